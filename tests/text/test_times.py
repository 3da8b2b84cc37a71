"""Every case of times.yaml, in both scripts, and how times of one text bear on each other."""

from __future__ import annotations

from pathlib import Path

import opencc
import pytest
import yaml

from kg.extract.knowledge.phrases import read_phrases
from kg.ontology import Ontology
from kg.text.fold import fold
from kg.text.times import CalendarWords, TimeFinder

TIMES = TimeFinder(read_phrases(Ontology.load().yaml("rules")).words_of(CalendarWords, "calendar"))
CASES: list[tuple[str | None, str, str | None, str]] = [
    tuple(None if value is None else str(value) for value in row)  # type: ignore[misc]
    for row in yaml.load((Path(__file__).parent / "times.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
]
TRADITIONAL = opencc.OpenCC("s2t")


def _none(value: str | None) -> str | None:
    return None if value in {"~", ""} else value


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 120


@pytest.mark.parametrize("script", ["hans", "hant"])
@pytest.mark.parametrize("case", CASES, ids=[f"{row[0]}-{row[1]}" for row in CASES])
def test_case(case: tuple[str | None, str, str | None, str], script: str) -> None:
    date, written, period, role = (_none(value) for value in case)
    assert written is not None
    text = TRADITIONAL.convert(written) if script == "hant" else written
    found = TIMES.find(fold(text), date)
    if role == "none":
        assert found == []
        return
    assert [(time.period, time.role) for time in found] == [(period, role)]
    assert (found[0].start, found[0].end) == (0, len(text))


def test_years_within_which_something_is_planned_are_those_to_come() -> None:
    found = {text: [(time.period, time.role) for time in TIMES.find(fold(text), "2025-01-16")] for text in ("力争三年内建成。", "三年内建成。", "近三年内建成。")}
    assert found == {"力争三年内建成。": [("2025/2028", "goal")], "三年内建成。": [(None, "run")], "近三年内建成。": [("2022/2025", "since")]}


def test_a_later_part_of_the_year_takes_the_year_named_before() -> None:
    times = TIMES.find(fold("2020年，数量居首。全年投资增长。\n全年出口增长。"), "2021-07-15")
    assert [time.period for time in times] == ["2020", "2020", "2021"]


def test_a_month_of_spring_behind_one_of_winter_is_of_the_next_year() -> None:
    text = fold("2022年12月20日达到30万人次，1月8日降至8万人次。")
    assert [time.period for time in TIMES.find(text, "2023-01-14")] == ["2022-12-20", "2023-01-08"]
    assert [time.period for time in TIMES.find(text, "2022-12-30")] == ["2022-12-20", "2022-01-08"]


def test_a_year_to_compare_with_is_not_what_the_text_goes_on_with() -> None:
    times = TIMES.find(fold("2022年投资100亿元，比2020年增长44%。全年新开工5处，客流恢复至2019年春运同期的九成。"), "2023-01-13")
    assert [(time.period, time.role) for time in times] == [("2022", "period"), ("2020", "base"), ("2022", "period"), ("2019", "base")]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("行政院：112年第2季成長1.4%，111年全年成長2.4%，110年10月底為3%。", ["2023-04-01/2023-06-30", "2022", "2021-10-31"]),
        ("民國109年，台北市新建社會住宅。", ["2020"]),
        ("台中這所學校建校110年來，112年度招生。", [None, "2023"]),
        ("甲校建校110年来培养学生。", [None]),
    ],
)
def test_years_of_the_republic(text: str, periods: list[str | None]) -> None:
    assert [time.period for time in TIMES.find(fold(text), None)] == periods


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024年7月至2025年6月，", "2024-07-01/2025-06-30"),
        ("2023年10月到2024年3月", "2023-10-01/2024-03-31"),
        ("2024年9月1日至2025年8月31日", "2024-09-01/2025-08-31"),
    ],
)
def test_a_span_may_reach_into_the_next_year(text: str, period: str) -> None:
    assert [time.period for time in TIMES.find(fold(text), "2025-09-15")] == [period]


def test_two_months_that_are_only_named_together_are_no_span() -> None:
    assert [time.period for time in TIMES.find(fold("2024年7月、2025年6月"), "2025-09-15")] == ["2024-07", "2025-06"]
    assert [time.role for time in TIMES.find(fold("比2023年7月至2024年6月增长5%"), "2025-09-15")] == ["base"]


def test_no_month_comes_before_the_first() -> None:
    assert TIMES.find(fold("30日举行"), "0001-01-02") == []


def test_that_day_is_the_day_named_before() -> None:
    times = TIMES.find(fold("3月5日开幕，当日签约5项"), "2021-07-15")
    assert [time.period for time in times] == ["2021-03-05", "2021-03-05"]


@pytest.mark.parametrize(("text", "basis"), [("2020年", "stated"), ("去年", "document"), ("五年来", "document"), ("近日", "")])
def test_whether_the_date_of_the_document_was_needed(text: str, basis: str) -> None:
    (time,) = TIMES.find(text, "2021-07-15")
    assert time.basis == basis


@pytest.mark.parametrize("text", ["文明年会", "投产后年发电", "以前年度结转", "400万吨/年", "12345热线", "1.5倍"])
def test_no_time_is_read_into(text: str) -> None:
    assert TIMES.find(text, "2021-07-15") == []


def test_a_half_year_without_its_year_moves_the_text_on() -> None:
    text = "2020年产值100亿元。下半年继续推进，确保全年突破120亿元。"
    assert [time.period for time in TIMES.find(fold(text), "2021-07-28")] == ["2020", "2021-07-01/2021-12-31", "2021"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("从2018年开始，累计投放", [("2018-01-01/2021-07-15", "since"), (None, "vague")]),
        ("从2018年开始建设，", [("2018", "period")]),
        ("自2018年推行至今，", [("2018-01-01/2021-07-15", "since"), ("2021-07-15", "now")]),
        ("从2018年高二（2）班成立小组开始，先后有", [("2018-01-01/2021-07-15", "since")]),
        ("演练从12日开始，", [("2021-07-12/2021-07-15", "since")]),
        ("恢复到2019年春运的八成", [("2019", "base")]),
    ],
)
def test_what_began_then_and_what_is_only_likened(text: str, periods: list[tuple[str | None, str]]) -> None:
    assert [(time.period, time.role) for time in TIMES.find(fold(text), "2021-07-15")] == periods
