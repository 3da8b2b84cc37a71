"""What the confidence of a fact rests on: clues that the extractor notes with it."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.knowledge.clues import in_period, of_subject
from kg.extract.review.examples import example_document
from kg.model import Observation


def figures(extractor: Extractor, text: str, date: str = "2024-01-15") -> list[Observation]:
    return list(extractor.extract(example_document(text, date)).observations)


@pytest.mark.parametrize(
    ("text", "clues"),
    [
        ("2023年西湖区新增企业25家。", "text-other subject-clause period-clause indicator-free of-Area"),
        ("2023年，西湖区经济向好，固定资产投资达30亿元。", "text-other subject-sentence period-sentence indicator-listed of-Area"),
        ("2023年，西湖区固定资产投资达30亿元。进出口总额20亿元。", "text-other subject-paragraph period-paragraph indicator-listed of-Area"),
        ("2023年，全国固定资产投资30万亿元。", "text-other subject-country period-sentence indicator-listed"),
        ("新招募志愿者300名。", "text-other subject-none undated-nobody indicator-free"),
        ("一艘货轮交付。该船载重量15万吨。", "text-other subject-none undated-nobody indicator-short"),  # a thing without a name, not the whole country
        ("全长36公里的杭州湾跨海大桥通车。", "text-other subject-behind undated-Project indicator-short of-Project"),
        ("西湖区政府工作报告\n一、2023年工作回顾\n地区生产总值增长6%。", "text-report subject-area period-report indicator-listed of-Area"),
    ],
)
def test_where_subject_and_period_are_told_is_noted(extractor: Extractor, text: str, clues: str) -> None:
    assert " ".join(figures(extractor, text)[-1].clues) == clues


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("钱塘区建成云栖大桥。", {"钱塘区": "other-Area ends-区 length-middle named-once coded", "云栖大桥": "other-Project ends-桥 length-middle named-once"}),
        ("云栖大桥开工。该项目由甲桥建设集团承建。云栖大桥全长3公里。", {"云栖大桥": "other-Project ends-桥 length-middle named-often referred"}),
        ("西湖区政府工作报告\n我们实施云栖城市更新三年行动计划。", {"云栖城市更新三年行动计划": "report-Policy ends-划 length-long named-once"}),
    ],
)
def test_how_a_thing_is_named_is_noted(extractor: Extractor, text: str, things: dict[str, str]) -> None:
    found = {one.name: " ".join(one.clues) for one in extractor.extract(example_document(text, "2024-01-15")).entities}
    assert {name: found.get(name) for name in things} == things


@pytest.mark.parametrize(
    ("text", "predicate", "clues"),
    [
        ("西湖区印发云栖城市更新三年行动计划。", "issues", "other-issues subject-evidence object-划"),
        ("西湖区人民政府印发云栖城市更新三年行动计划。今天，区政府实施新安江治理行动。", "implements", "other-implements subject-sentence object-动 referred"),
        ("西湖区政府工作报告\n我们实施云栖城市更新三年行动计划。", "implements", "report-implements subject-elsewhere object-划"),
        ("云栖大桥开工。", "hasStatus", "other-hasStatus subject-evidence"),
    ],
)
def test_where_the_subject_of_a_relation_is_named_is_noted(extractor: Extractor, text: str, predicate: str, clues: str) -> None:
    found = [one for one in extractor.extract(example_document(text, "2024-01-15")).relations if one.predicate == predicate]
    assert " ".join(found[-1].clues) == clues


def test_traditional_script_gives_the_same_clues(extractor: Extractor) -> None:
    one, other = "2023年，西湖区经济向好，建成云栖大桥，固定资产投资达30亿元。", "2023年，西湖區經濟向好，建成雲棲大橋，固定資產投資達30億元。"
    found, same = (extractor.extract(example_document(text, "2024-01-15")) for text in (one, other))
    for part in ("entities", "relations", "observations"):
        assert [fact.clues for fact in getattr(found, part)] == [fact.clues for fact in getattr(same, part)] != []


def test_a_surer_reading_makes_a_surer_figure(extractor: Extractor) -> None:
    told, open_ = figures(extractor, "2023年，西湖区固定资产投资达30亿元。")[0], figures(extractor, "有关方面表示，装机达30套。")[0]
    assert open_.confidence < told.confidence


def test_what_is_taken_from_the_figure_before_is_noted_so() -> None:
    one = Observation("e1", "产值", "level", 1, "CNY", "=", "2023", 0, 1, 0, "amount", 0.0, clues=("text-other", "period-clause", "subject-clause"))  # type: ignore[arg-type]
    assert of_subject(one, "e1") is one
    assert of_subject(one, "e2").clues == ("text-other", "period-clause", "subject-figure")
    assert in_period(one, None, "", "open").clues == ("text-other", "period-open", "subject-clause")


@pytest.mark.parametrize(
    ("title", "line", "subject"),
    [
        ("西湖区招商忙", "已有落户企业25家。", "西湖区"),
        ("各地招商忙", "已有落户企业25家。", None),
        ("各地招商忙", "西湖区发布了10条旅游线路。", "西湖区"),
        ("各地招商忙", "在西湖区，新街已经开市。首批25家企业已入驻。", "西湖区"),
    ],
)
def test_a_passage_gives_its_area_only_where_that_is_named(extractor: Extractor, title: str, line: str, subject: str | None) -> None:
    """By the headline, the sentence or the scene that its paragraph opens with."""
    text = f"{title}\n近日，西湖区启动招商。西湖区出台意见，西湖区办起专窗。\n{line}"
    facts = extractor.extract(example_document(text))
    names = {entity.id: entity.name for entity in facts.entities}
    assert [names.get(one.subject or "") for one in facts.observations] == [subject]
