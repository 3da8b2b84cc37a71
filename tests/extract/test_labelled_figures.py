"""Figures of a page that tells of a place line by line, each behind the label of a listed indicator."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document


def _told(extractor: Extractor, text: str) -> list[tuple[str, str, str, str]]:
    facts = extractor.extract(example_document(text))
    names = {entity.id: entity.name for entity in facts.entities}
    return [(names.get(one.subject or "", ""), one.indicator, str(one.value), one.period or "") for one in facts.observations]


@pytest.mark.parametrize(
    ("title", "area", "period"),
    [("沅平市2023年基本情况", "沅平市", "2023"), ("沅平市概况（2023年）", "沅平市", "2023"), ("白灣縣基本縣情", "白灣縣", ""), ("白湾县2023年主要指标", "白湾县", "2023")],
)
def test_lines_with_a_label_are_figures_of_the_place(extractor: Extractor, title: str, area: str, period: str) -> None:
    lines = "常住人口：58.1万人\n地区生产总值：512.6亿元，增长6.1%\n土地面积：2121平方公里\n联系电话：0794-1234567"
    assert _told(extractor, f"{title}\n{lines}\n") == [
        (area, "常住人口", "581000", period),
        (area, "地区生产总值", "51260000000", period),
        (area, "地区生产总值", "6.1", period),
        (area, "土地面积", "2121", period),
    ]


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("截至2023年底", "2023-12-31"), ("（數據截至2023年9月15日）", "2023-09-15"), ("统计时间：2023年", "2023"), ("2023年12月31日", "2023-12-31"),
        ("2024年3月5日", ""), ("2023年，全县发展", ""), ("来源：县政府", ""),  # when it was written; a sentence; neither
    ],
)  # fmt: skip
def test_the_line_below_the_title_of_a_sketch_tells_its_period(extractor: Extractor, line: str, period: str) -> None:
    assert _told(extractor, f"白湾县概况\n{line}\n全县常住人口58.1万人。") == [("白湾县", "常住人口", "581000", period)]
    assert _told(extractor, f"白湾县风光\n{line}\n全县常住人口58.1万人。")[0][3] in {"", "2023"}


@pytest.mark.parametrize("text", ["项目区简介\n常住人口：58.1万人", "社区概况\n常住人口：5800人"])
def test_what_is_no_name_of_a_place_is_none(extractor: Extractor, text: str) -> None:
    assert [area for area, *_ in _told(extractor, text)] == [""]


def test_a_headline_above_the_text_that_says_it_again_is_none(extractor: Extractor) -> None:
    assert len(_told(extractor, "沅平市：58.1万人参加医保\n今年以来，沅平市参加医保的有58.1万人。\n")) <= 1


@pytest.mark.parametrize("line", ["地区生产总值增速：5.8%", "地区生产总值增长:5.8%", "地区生产总值增速: 5.8%", "地區生產總值同比：5.8%"])
def test_a_label_that_says_growth_leads_to_no_share(extractor: Extractor, line: str) -> None:
    facts = extractor.extract(example_document(f"沅平市概况（2023年）\n{line}\n城镇化率：52.3%\n"))
    assert [(one.kind, str(one.value)) for one in facts.observations] == [("growth", "5.8"), ("share", "52.3")]


def test_a_blank_behind_the_colon_of_a_label_hides_no_figure(extractor: Extractor) -> None:
    lines = "GDP: 512.8亿元\n常住人口: 61.35万人\n粮食产量: 3.2万吨\n"
    assert _told(extractor, f"沅平市概况（2023年）\n{lines}") == _told(extractor, f"沅平市概况（2023年）\n{lines.replace(': ', '：')}") != []
