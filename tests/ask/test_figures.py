"""Figures of a graph: rows, files, charts."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.ask.figures import FigureRow, figures, write_figures
from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document
from kg.graph.about import ontology_quads
from kg.graph.quads import stored
from kg.ontology import Ontology
from kg.view.charts import draw


@pytest.fixture(scope="module")
def store(extractor: Extractor) -> Store:
    """Three texts on one district."""
    texts = [
        "2021年上半年，钱塘区地区生产总值增长11%，实现利润1142.15亿元。",
        "2021年上半年，錢塘區地區生產總值增長10.8%，實現利潤1142億元。",
        "2021年上半年，钱塘区服务业增加值增长7%。",
    ]
    store = Store()
    for number, text in enumerate(texts):
        document = replace(example_document(text, "2021-07-15"), id=f"d{number}", stem=f"d{number}")
        store.load(stored(document, extractor.extract(document)).quads, format=RdfFormat.N_QUADS)
    return store


def test_rows_are_found_in_either_script_with_their_sentence(store: Store) -> None:
    rows = figures(store, subject="錢塘區", indicator="地區生產總值")
    assert [(row.value, row.document, row.period) for row in rows] == [
        (Decimal(11), "d0", "2021-01-01/2021-06-30"), (Decimal("10.8"), "d1", "2021-01-01/2021-06-30"),
    ]  # fmt: skip
    assert all("11%" in row.sentence or "10.8%" in row.sentence for row in rows)


def test_an_unknown_subject_is_told(store: Store) -> None:
    with pytest.raises(KgError, match="nothing in the graph is called"):
        figures(store, subject="无此地")


def test_an_indicator_is_found_by_a_name_that_no_text_at_hand_writes(store: Store) -> None:
    named = Store()
    named.extend(store)
    named.load(ontology_quads(Ontology.load()), format=RdfFormat.N_QUADS)
    assert figures(named, indicator="GDP") == figures(named, indicator="gdp") == figures(named, indicator="地区生产总值") != []


@pytest.mark.parametrize(("wanted", "says"), [({"indicator": "不存在的指标"}, "不存在的指标"), ({"period": "last year"}, "no period"), ({"period": "2021-06/2021-01"}, "no period")])
def test_an_unknown_indicator_and_what_is_no_period_are_told(store: Store, wanted: dict[str, str], says: str) -> None:
    with pytest.raises(KgError, match=says):
        figures(store, **wanted)  # type: ignore[arg-type]


def test_a_level_restricts(store: Store) -> None:
    assert len(figures(store, level="county")) == 5
    assert figures(store, level="province") == figures(store, level="city") == []
    with pytest.raises(KgError, match="no level 'village'"):
        figures(store, level="village")


def test_a_period_restricts(store: Store) -> None:
    assert len(figures(store, period="2021")) == 5
    assert len(figures(store, period="2021-01/2021-06")) == 5  # months, as days would say it
    assert len(figures(store, period="2021年")) == len(figures(store, period="2021年1月/2021年6月")) == 5
    assert figures(store, period="2022") == figures(store, period="2021-02/2021-12") == []


def test_files_are_read_again(store: Store, tmp_path: Path) -> None:
    import openpyxl
    import pyarrow.parquet as pq

    rows = figures(store)
    for ending in ("csv", "json", "parquet", "xlsx"):
        write_figures(rows, tmp_path / f"f.{ending}")
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == len(rows) == 5
    first = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))[0]
    assert first["subject"] == rows[0].subject and first["clues"].startswith("text-")
    table = pq.read_table(tmp_path / "f.parquet")
    assert table.num_rows == len(rows) and str(table.schema.field("period_start").type) == "date32[day]"
    assert (first["period_start"], table["period_end"][0].as_py()) == ("2021-01-01", date(2021, 6, 30))
    assert openpyxl.load_workbook(tmp_path / "f.xlsx").active.max_row == len(rows) + 1
    with pytest.raises(KgError, match="endings: .csv"):
        write_figures(rows, tmp_path / "f.doc")


def test_more_figures_than_a_sheet_holds_are_refused(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = figures(store)
    monkeypatch.setattr("kg.ask.table_files._SHEET_ROWS", len(rows))
    with pytest.raises(KgError, match="room for 4 rows, and these are 5"):
        write_figures(rows, tmp_path / "f.xlsx")


@pytest.mark.parametrize("ending", ["png", "svg", "html"])
def test_charts_are_drawn_without_a_network(store: Store, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"c.{ending}"
    what = draw(figures(store, indicator="地区生产总值"), target)
    assert "地区生产总值" in what
    content = target.read_bytes()
    named = [form.encode() for name in ("钱塘区", "錢塘區") for form in (name, json.dumps(name)[1:-1])]
    assert content.startswith(b"\x89PNG") if ending == "png" else any(form in content for form in named)
    assert b"cdn.jsdelivr" not in content


def _row(subject: str, value: str, period: str, document: str = "d", iri: str = "") -> FigureRow:
    return FigureRow(
        id="", subject=subject, subject_id=iri or subject, indicator="地区生产总值", indicator_as_written="", kind="growth", bound="exact", value=Decimal(value), unit="%",
        period=period, period_start=None, period_end=None, base="", within="", responsible="", as_written="", confidence=0.9, clues="", rule="", sentence="",
        document=document, document_date="", start=0, end=1,
    )  # fmt: skip


def _drawn(rows: list[FigureRow], folder: Path) -> tuple[str, str, list[tuple[str, float]]]:
    """What was drawn in words, the drawing, and its bars or points: what they are labelled with, and their values."""
    target = folder / "c.svg"
    what = draw(rows, target)
    drawing = target.read_text(encoding="utf-8")
    marks = re.findall(r'aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="(?:bar|point)"', drawing)
    parts = [dict(part.partition(": ")[::2] for part in mark.split("; ")) for mark in marks]
    return what, drawing, [(part.get("bar") or part["subject"], next(float(v) for k, v in part.items() if "增速" in k)) for part in parts]


def test_of_ranks_the_longest_bar_would_be_the_worst_so_none_is_drawn(tmp_path: Path) -> None:
    growth = _row("河南省", "5", "2024")
    rank = replace(growth, kind="rank", value=Decimal(3), unit="")
    planned = replace(growth, kind="target", value=Decimal(10), unit="", within="全国")
    assert draw([rank, planned, growth], tmp_path / "c.svg").startswith("1 figure of 1 subject")
    with pytest.raises(KgError, match="ranks are not drawn"):
        draw([rank, planned], tmp_path / "c.svg")


def test_an_amount_of_half_a_year_is_no_point_in_a_course_of_years(tmp_path: Path) -> None:
    periods = ("2021", "2022", "2023-01-01/2023-12-31", "2024-01-01/2024-06-30")
    rates = [_row("杭州市", value, period) for value, period in zip(("8", "3", "5", "6"), periods, strict=True)]
    amounts = [replace(row, kind="level", unit="CNY") for row in rates]
    what = draw(amounts, tmp_path / "c.svg")
    assert what.startswith("3 figures over 3 periods") and what.endswith("; of periods of other lengths left out: 1")
    assert draw(rates, tmp_path / "c.svg").startswith("4 figures over 4 periods")
    assert draw(amounts, tmp_path / "c.svg", multiples=True).endswith("; figures left out of them: 1")


def test_a_value_that_is_told_twice_is_one_bar_and_the_period_is_shown(tmp_path: Path) -> None:
    rows = [_row("河南省", "11", "2024", "a"), _row("河南省", "10.6", "2024", "b"), _row("河南省", "10.6", "2024", "c"), _row("杭州市", "5", "2024")]
    what, drawing, bars = _drawn(rows, tmp_path)
    assert sorted(bars) == [("杭州市", 5.0), ("河南省", 10.6)]
    assert what == "2 figures of 2 subjects: 地区生产总值 · 增速 (%) · 2024; other values of the same subject and period left out: 1"
    assert "地区生产总值 · 增速 (%) · 2024" in drawing


def test_bars_of_different_periods_say_theirs(tmp_path: Path) -> None:
    _, _, bars = _drawn([_row("河南省", "11", "2024"), _row("杭州市", "5", "2023-01-01/2023-06-30")], tmp_path)
    assert sorted(bars) == [("杭州市 · 2023-01 – 06", 5.0), ("河南省 · 2024", 11.0)]


def test_bars_compare_one_period(tmp_path: Path) -> None:
    rows = [_row("河南省", "11", "2024"), _row("杭州市", "5", "2024"), _row("南京市", "7", "2024-01-01/2024-03-31"), _row("杭州市", "6", "2024-01-01/2024-06-30")]
    what, _, bars = _drawn(rows, tmp_path)
    assert sorted(bars) == [("杭州市", 5.0), ("河南省", 11.0)]
    assert what == "2 figures of 2 subjects: 地区生产总值 · 增速 (%) · 2024; of other periods left out: 2"


def test_where_each_indicator_has_one_figure_indicators_are_compared(tmp_path: Path) -> None:
    rows = [replace(_row("河南省", value, "2024"), indicator=name) for name, value in (("工业增加值", "7"), ("出口", "9"))]
    what, _, bars = _drawn([*rows, replace(_row("河南省", "5", "2023"), indicator="进口")], tmp_path)
    assert sorted(bars) == [("出口", 9.0), ("工业增加值", 7.0)]
    assert what == "2 indicators: 河南省 · 增速 (%) · 2024; others left out: 1"


def test_a_year_and_the_span_of_its_days_are_one_period(tmp_path: Path) -> None:
    rows = [_row("河南省", "11", "2024"), _row("杭州市", "5", "2024-01-01/2024-12-31"), _row("南京市", "7", "2025"), _row("河南省", "9", "2023")]
    rows += [_row("苏州市", "8", "2025"), _row("宁波市", "6", "2024-01-01/2024-12-31")]
    what, _, bars = _drawn(rows, tmp_path)
    assert sorted(bars) == [("宁波市", 6.0), ("杭州市", 5.0), ("河南省", 11.0)]
    assert what.endswith(" · 2024; of other periods left out: 3")


def test_periods_of_one_subject_stand_side_by_side(tmp_path: Path) -> None:
    # Both end on the same day: the half-year and its second quarter are two figures.
    rows = [_row("河南省", "11", "2024-01-01/2024-06-30"), _row("河南省", "10", "2024-04-01/2024-06-30"), _row("河南省", "10", "2024-04-01/2024-06-30", "b")]
    what, drawing, points = _drawn(rows, tmp_path)
    assert "2 figures over 2 periods" in what
    assert sorted(points) == [("河南省", 10.0), ("河南省", 11.0)]
    assert "2024-01 – 06" in drawing and "2024-04 – 06" in drawing


def test_panels_of_many_indicators_compare_without_colours_and_show_courses(tmp_path: Path) -> None:
    rows = [_row("河南省", "11", "2024"), _row("杭州市", "5", "2023-01-01/2023-06-30")]
    course = [replace(_row("河南省", str(n), f"202{n}"), indicator="人均可支配收入") for n in range(3)]
    alone = replace(_row("河南省", "3", "2024"), indicator="一般公共预算收入")
    target = tmp_path / "c.svg"
    what = draw([*rows, *course, alone], target, multiples=True)
    assert what == "2 of 3 indicators in small multiples; left out, as they have one figure each: 1"
    drawing = target.read_text(encoding="utf-8")
    assert "杭州市 · 2023-01 – 06" in drawing and "人均可支配收入 · 增速 (%)" in drawing
    assert "一般公共预算收入" not in drawing and "growth" not in drawing
    assert len(re.findall('aria-roledescription="bar"', drawing)) == 2
    assert len(re.findall('aria-roledescription="line mark"', drawing)) == 1


def test_what_a_panel_leaves_out_is_told(tmp_path: Path) -> None:
    alone = [_row(f"{name}市", "5", "2024") for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"]
    course = [_row("河南省", str(n), f"202{n}") for n in range(4)]
    for rows, left in (([*alone, *course], 20), (alone, 8), (course, 0)):
        what = draw(rows, tmp_path / "c.svg", multiples=True)
        assert what == "1 of 1 indicators in small multiples" + (f"; figures left out of them: {left}" if left else "")


def test_two_things_of_one_name_are_two_bars(tmp_path: Path) -> None:
    _, _, bars = _drawn([_row("高新区", "11", "2024", "a", "one"), _row("高新区", "10", "2024", "b", "two")], tmp_path)
    assert sorted(bars) == [("高新区 (a)", 11.0), ("高新区 (b)", 10.0)]


def test_nothing_to_draw_is_said(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="there is no figure to draw"):
        draw([], tmp_path / "c.png")
