"""Figures set side by side: a row for each subject, a column for each measure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kg.ask.figures import FigureRow
from kg.ask.table_files import write_table
from kg.ask.wide import side_by_side
from kg.cli.output import print_rows

GROWTH = FigureRow(
    id="", subject="甲省", subject_id="area-330000", indicator="地区生产总值", indicator_as_written="", kind="growth", bound="exact", value=Decimal("5.5"), unit="%",
    period="2024", period_start=None, period_end=None, base="", within="", responsible="", as_written="", confidence=0.9, clues="", rule="", sentence="",
    document="d", document_date="", start=0, end=1,
)  # fmt: skip
OTHER = {"subject": "乙省", "subject_id": "area-110000"}


def test_places_are_rows_in_the_order_of_their_codes_and_measures_columns_by_how_many_have_them() -> None:
    rows = [GROWTH, replace(GROWTH, **OTHER, value=Decimal(6)), replace(GROWTH, subject="丙集团", subject_id="e-1", value=Decimal(7)), replace(GROWTH, subject="", subject_id="")]
    rows += [replace(row, indicator="城镇新增就业", kind="change", unit="人", value=Decimal(30000)) for row in rows[:2]]
    columns, table = side_by_side(rows, 2)
    assert columns == ["subject", "code", "地区生产总值 growth 2024 %", "城镇新增就业 change 2024 人"]
    assert table == [["乙省", "110000", 6, 30000], ["甲省", "330000", Decimal("5.5"), 30000], ["丙集团", None, 7, None]]
    assert side_by_side(rows, 3)[0] == columns[:3]


@pytest.mark.parametrize(
    "other",
    [{"period": "2025"}, {"kind": "target"}, {"unit": "个百分点"}, {"base": "2019"}, {"indicator": "出口总额"}, {"kind": "rank", "within": "全国"}],
    ids=str,
)
def test_what_measures_another_thing_stands_in_another_column(other: dict[str, str]) -> None:
    columns, table = side_by_side([GROWTH, replace(GROWTH, **OTHER, **other)], 1)
    assert len(columns) == 4
    assert sorted(row[2:].count(None) for row in table) == [1, 1]


def test_growth_against_the_year_before_is_growth_without_a_base() -> None:
    columns, table = side_by_side([GROWTH, replace(GROWTH, **OTHER, base="同比", value=Decimal(6))], 2)
    assert (columns[2:], [row[2] for row in table]) == (["地区生产总值 growth 2024 %"], [6, Decimal("5.5")])


def test_what_is_no_exact_number_or_stated_otherwise_stands_in_a_note() -> None:
    low, high = replace(GROWTH, bound="above", value=Decimal(5)), replace(GROWTH, bound="below")
    about = replace(GROWTH, **OTHER, bound="about", value=Decimal(6))
    columns, table = side_by_side([low, high, high, about, replace(about, bound="exact", value=Decimal(8), confidence=0.95)], 2)
    assert columns[2:] == ["地区生产总值 growth 2024 %", "地区生产总值 growth 2024 % note"]
    assert [row[2:] for row in table] == [[8, "~6"], [5, ">; <5.5"]]


def test_one_quantity_is_told_in_the_unit_that_most_tell_it_in() -> None:
    grain = replace(GROWTH, indicator="粮食产量", kind="level", unit="斤", value=Decimal(90_000_000_000))
    rows = [grain, replace(grain, **OTHER, unit="吨", value=Decimal("1234567.8")), replace(grain, subject="丙省", subject_id="area-520000")]
    columns, table = side_by_side(rows, 2)
    assert columns[2:] == ["粮食产量 level 2024 斤"]
    assert [(row[0], row[2]) for row in table] == [("乙省", Decimal(2469135600)), ("甲省", 90_000_000_000), ("丙省", 90_000_000_000)]
    land = replace(grain, **OTHER, unit="亩")
    assert side_by_side([grain, land], 1)[0][2:] == ["粮食产量 level 2024 亩", "粮食产量 level 2024 斤"]


def test_names_of_columns_are_as_harmless_as_cells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are texts of documents too."""
    columns, table = side_by_side([replace(GROWTH, indicator='=HYPERLINK("\x1b[31m")')], 1)
    write_table((columns, table), tmp_path / "a.csv")
    assert "'=HYPERLINK" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig").split("\n")[0]
    print_rows(columns, [["甲省", "330000", "5.5"]], "csv")
    assert "'=HYPERLINK" in capsys.readouterr().out
    print_rows(columns, [["甲省", "330000", "5.5"]])
    assert "\x1b" not in capsys.readouterr().out
