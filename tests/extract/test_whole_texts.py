"""What runs through a whole text: a title that tells its kind and year, and times that hold behind others."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract.extractor import Extractor
from kg.read import ReadOptions, find, read


def _figures(extractor: Extractor, folder: Path, text: str, name: str = "a.txt") -> list[tuple[str, str, str, str | None]]:
    """Subject, indicator, kind and period of each figure of a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (source,) = find([path])
    (document,) = read(source, ReadOptions())
    facts = extractor.extract(document)
    names = {entity.id: entity.name for entity in facts.entities}
    return [(names.get(one.subject or "", ""), one.indicator, one.kind, one.period) for one in facts.observations]


@pytest.mark.parametrize("title", ["2025年德清县政府工作报告（摘要）", "2025年德清县政府工作报告（节选）", "德清县政府工作报告（2025年）", "德清縣政府工作報告（2025年）"])
def test_what_stands_behind_a_report_s_title_takes_no_year_from_it(extractor: Extractor, tmp_path: Path, title: str) -> None:
    figures = _figures(extractor, tmp_path, f"{title}\n\n去年，全县地区生产总值达到736.8亿元、增长6.2%。\n")
    assert [(kind, period) for _, _, kind, period in figures] == [("level", "2024"), ("growth", "2024")]


@pytest.mark.parametrize("kind", ["行动方案", "实施方案", "行动计划"])
def test_a_scheme_of_several_years_is_a_plan(extractor: Extractor, tmp_path: Path, kind: str) -> None:
    text = f"湖州市低空经济发展{kind}（2023—2025年）\n\n一、总体目标\n到2025年，低空产业产值达到300亿元；龙头企业10家。\n"
    assert _figures(extractor, tmp_path, text) == [
        ("湖州市", "低空产业产值", "target", "2025"),
        ("湖州市", "龙头企业", "target", "2023-01-01/2025-12-31"),
    ]


def test_the_end_of_the_plan_before_is_where_a_plan_begins(extractor: Extractor, tmp_path: Path) -> None:
    text = "德清县国民经济和社会发展第十四个五年规划\n\n“十三五”末，全县地区生产总值达到544亿元；茶叶产量达到3万吨。\n\n到2025年，全县地区生产总值达到800亿元。\n"
    assert [(kind, period) for _, _, kind, period in _figures(extractor, tmp_path, text)] == [("level", "2020"), ("level", "2020"), ("target", "2025")]


def test_months_of_an_undated_text_are_of_the_year_that_it_names(extractor: Extractor, tmp_path: Path) -> None:
    text = "2024年1—7月德清县经济运行情况\n\n1—7月，规上工业增加值增长8.7%。固定资产投资下降1.8%。\n"
    assert {period for *_, period in _figures(extractor, tmp_path, text)} == {"2024-01-01/2024-07-31"}
    text = "德清县市政项目进展\n\n2025年全县计划实施市政项目31个。截至4月底，完成投资3.85亿元。\n"
    assert [period for *_, period in _figures(extractor, tmp_path, text)] == ["2025", "2025-04-30"]


def test_a_column_of_last_year_s_rates_and_who_signed_above_a_table(extractor: Extractor, tmp_path: Path) -> None:
    text = (
        "# 德清县2024年一季度经济运行情况\n\n德清县统计局（2024年4月24日）\n\n"
        "| 指标 | 一季度 | 增速（%） | 上年同期增速（%） |\n|---|---|---|---|\n| 规上工业增加值（亿元） | 63.2 | 7.1 | 5.4 |\n"
    )
    now, before = "2024-01-01/2024-03-31", "2023-01-01/2023-03-31"
    assert sorted(_figures(extractor, tmp_path, text, "a.md")) == [
        ("德清县", "规上工业增加值", "growth", before),
        ("德清县", "规上工业增加值", "growth", now),
        ("德清县", "规上工业增加值", "level", now),
    ]


def test_loans_of_all_kinds_keep_their_name(extractor: Extractor, tmp_path: Path) -> None:
    text = "安吉县2024年一季度经济运行情况\n2024年4月24日\n一季度末，各项存款余额1532亿元，增长9%；各项贷款余额1398亿元。\n"
    assert [indicator for _, indicator, *_ in _figures(extractor, tmp_path, text)] == ["各项存款余额", "各项存款余额", "各项贷款余额"]


def test_a_part_told_of_ends_no_period_that_the_title_tells(extractor: Extractor, tmp_path: Path) -> None:
    text = "2024年1—7月德清县经济运行情况\n\n1—7月，规上工业增加值增长8.7%，其中7月份增长9.8%。\n投资低位企稳。固定资产投资下降1.8%。\n"
    assert _figures(extractor, tmp_path, text)[-1][-1] == "2024-01-01/2024-07-31"


def test_the_years_of_a_plan_may_stand_below_its_title(extractor: Extractor, tmp_path: Path) -> None:
    text = "湖州市低空经济发展行动方案\n（2023—2025年）\n\n一、总体目标\n低空产业产值达到300亿元。\n"
    assert _figures(extractor, tmp_path, text) == [("湖州市", "低空产业产值", "target", "2023-01-01/2025-12-31")]
