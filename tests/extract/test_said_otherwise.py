"""Sentences that say the contrary of what their words suggest: what is ended, not begun, over, or named by chance."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document
from kg.model import Facts

REPORT = "2025年浙江省政府工作报告\n"


def _read(extractor: Extractor, text: str, date: str | None = None) -> Facts:
    return extractor.extract(example_document(text, date))


def _said(facts: Facts, *predicates: str) -> set[str]:
    name = {entity.id: entity.name for entity in facts.entities}
    return {f"{name[r.subject]} {r.predicate} {name[r.object] if r.object else r.value}" for r in facts.relations if r.predicate in predicates}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("废止《浙江省道路办法》。", set()),
        ("廢止《浙江省道路辦法》。", set()),
        ("修订《浙江省水利条例》，废止《浙江省道路办法》。", {"浙江省 issues 浙江省水利条例"}),
        ("出台《浙江省水利条例》，原《浙江省道路办法》同时废止。", {"浙江省 issues 浙江省水利条例"}),
        ("废止《浙江省公路办法》《浙江省河道办法》和《浙江省港口办法》。", set()),
        ("《浙江省公路办法》《浙江省河道办法》等5件规章予以废止。", set()),
        ("停止执行“首违必罚”机制，取消“绿码通行”制度。", set()),
        ("废止实施多年的《浙江省道路办法》。", set()),
        ("实施《浙江省港口办法》。", {"浙江省 implements 浙江省港口办法"}),
    ],
)
def test_what_is_ended_is_neither_carried_out_nor_issued(extractor: Extractor, text: str, wanted: set[str]) -> None:
    assert _said(_read(extractor, REPORT + text), "implements", "issues") == wanted


@pytest.mark.parametrize("text", ["錢塘區尚未實施亞運城市行動。", "举办航运城市论坛，振兴城市群。", "响应城市需求，推动专项城市更新，打造日韩城市会客厅。"])
def test_a_city_is_not_read_across_two_words(extractor: Extractor, text: str) -> None:
    assert not [e.name for e in _read(extractor, text).entities if e.type == "Area" and e.name.endswith("城市")]


def test_such_cities_are_read_where_they_are_meant(extractor: Extractor) -> None:
    found = {e.name for e in _read(extractor, "山西運城市、山东聊城市和江苏盐城市推进合作。").entities}
    assert {"運城市", "聊城市", "盐城市"} <= found


@pytest.mark.parametrize("text", ["由浙江省发展改革委、浙江省交通运输厅联合印发《综合交通建设行动方案》。", "由浙江省發展改革委、浙江省交通運輸廳聯合印發《綜合交通建設行動方案》。"])
def test_who_stands_behind_by_issues(extractor: Extractor, text: str) -> None:
    assert {said.split(" ")[0][-3:] for said in _said(_read(extractor, REPORT + text), "issues")} <= {"改革委", "运输厅", "運輸廳"}
    assert len(_said(_read(extractor, REPORT + text), "issues")) == 2


def test_digits_behind_an_acronym_are_an_amount(extractor: Extractor) -> None:
    facts = _read(extractor, "2025年广西壮族自治区政府工作报告\n南宁市GDP5469.06亿元，增长4%。建设G20馆，C919飞机。", "2025-01-20")
    name = {entity.id: entity.name for entity in facts.entities}
    found = [(name.get(o.subject or ""), o.indicator, o.kind) for o in facts.observations]
    assert found == [("南宁市", "GDP", "level"), ("南宁市", "GDP", "growth")]


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("2022年11月，江东高速改扩建工程建成通车。", "operating"),
        ("2022年11月，江東高速改擴建工程建成通車。", "operating"),
        ("2024年11月，江东高速改扩建工程建成通车。", "underway"),
        ("推动江东高速改扩建工程建成通车。", "underway"),
    ],
)
def test_a_day_of_a_year_that_is_over_is_told_of_among_plans(extractor: Extractor, sentence: str, stage: str) -> None:
    text = f"2024年浙江省政府工作报告\n二、2024年重点工作\n（一）推进交通建设。{sentence}"
    stages = [r.value for r in _read(extractor, text, "2024-01-20").relations if r.predicate == "hasStatus"]
    assert stages == [stage]


COMMUNIQUE = """江城市2022年国民经济和社会发展统计公报
江城市统计局
2023年4月3日
一、综合
初步核算，全年地区生产总值1200亿元，比上年增长5%。年末全市常住人口300万人。
"""


def test_a_communique_tells_of_its_place_and_of_the_year_of_its_title(extractor: Extractor) -> None:
    text = COMMUNIQUE.replace("江城市", "绍兴市")
    facts = extractor.extract(example_document(text, "2023-04-03"))
    city = next(entity.id for entity in facts.entities if entity.name == "绍兴市")
    assert [(one.subject, one.period) for one in facts.observations] == [(city, "2022")] * 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("现代渔业发展规划\n一、总体要求\n2025年，全省快递量达到5亿件。到2030年，冷库容量突破900万吨。", [("level", "2025"), ("target", "2030")]),
        ("2026年渔业工作计划\n渔业产值突破900亿元。", [("target", "2026")]),
        ("2025年，全省物流总额达到5万亿元，增长7%。\n到2030年，冷库容量达到900万吨。", [("level", "2025"), ("growth", "2025"), ("target", "2030")]),
    ],
)
def test_what_is_over_is_reached_and_what_is_to_come_is_set(extractor: Extractor, text: str, told: list[tuple[str, str | None]]) -> None:
    assert [(one.kind, one.period) for one in extractor.extract(example_document(text, "2026-03-01")).observations] == told


PLAN = """绍兴市“十四五”综合交通发展规划
一、发展基础
“十三五”时期，京雄大桥建成通车，公路里程达到900公里。
二、主要任务
建成运河二通道，开工建设钱塘快速路。到2025年，公路里程达到1200公里，年均增长6%。
"""


def test_a_plan_looks_ahead_except_where_it_tells_from_where_it_begins(extractor: Extractor) -> None:
    facts = extractor.extract(example_document(PLAN, None))
    name = {entity.id: entity.name for entity in facts.entities}
    stages = {name[one.subject]: one.value for one in facts.relations if one.predicate == "hasStatus"}
    assert stages == {"京雄大桥": "operating", "运河二通道": "underway", "钱塘快速路": "planned"}
    assert [(name[one.subject or ""], one.kind, one.period) for one in facts.observations] == [
        ("绍兴市", "level", "2016-01-01/2020-12-31"), ("绍兴市", "target", "2025"), ("绍兴市", "target", "2021-01-01/2025-12-31"),
    ]  # fmt: skip
