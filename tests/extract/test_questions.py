"""Texts of questions and answers: what is asked states nothing, and the organ that answers speaks of its own area."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document
from kg.model import Facts


def _figures(facts: Facts) -> list[tuple[str, str, int]]:
    names = {entity.id: entity.name for entity in facts.entities}
    return [(names.get(one.subject or "", ""), one.indicator, int(one.value)) for one in facts.observations]


def _stages(facts: Facts) -> list[tuple[str, str | None]]:
    names = {entity.id: entity.name for entity in facts.entities}
    return [(names[one.subject], one.value) for one in facts.relations if one.predicate == "hasStatus"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("今年衢州市新增学位几个，有没有超过2000个？", []),
        ("听到衢州市收费上涨了30%，属实吗？", []),
        ("衢州市今年新增學位2000個，還會再增加300個嗎？", [("衢州市", "新增學位", 2000)]),
        ("衢州市今年新增学位2000个。", [("衢州市", "新增学位", 2000)]),
        ("县发改局局长答：目前衢江大桥正在加快建设，累计完成投资8000元。", [("衢江大桥", "累计完成投资", 8000)]),
    ],
)
def test_what_is_asked_is_no_figure(extractor: Extractor, text: str, figures: list[tuple[str, str, int]]) -> None:
    assert _figures(extractor.extract(example_document(text))) == figures


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("衢江大桥什么时候开工？", []),
        ("衢江大橋通車了嗎？衢江大橋尚未通車。", []),
        ("衢江大桥开工建设，沿线居民什么时候能用上？", [("衢江大桥", "started")]),
        ("衢江大桥开工。", [("衢江大桥", "started")]),
    ],
)
def test_what_is_asked_is_no_stage(extractor: Extractor, text: str, stages: list[tuple[str, str | None]]) -> None:
    assert _stages(extractor.extract(example_document(text))) == stages


@pytest.mark.parametrize(
    "text",
    [
        "网友咨询：杭州市、宁波市都有补贴，请问我市会跟进吗？\n衢州市住房和城乡建设局答复：您好！2024年我市发放购房补贴1200万元。杭州市、宁波市的做法我市正在研究。",
        "問：在上海市、南京市、杭州市看病可以直接報銷嗎？\n答：可以。2024年，我市在上海市、南京市、杭州市發放購房補貼1200萬元。\n衢州市醫療保障局\n2025年4月2日",
        "衢州市医疗保障局热点问答\n问：杭州市、杭州市和杭州市可以报销吗？\n答：可以。2024年我市发放购房补贴1200万元。",
    ],
)
def test_the_area_of_who_answers(extractor: Extractor, text: str) -> None:
    facts = extractor.extract(example_document(text))
    codes = {entity.id: entity.code for entity in facts.entities}
    assert [(codes.get(one.subject or ""), int(one.value)) for one in facts.observations] == [("330800", 12000000)]


def test_where_questions_are_answered_is_no_report(extractor: Extractor) -> None:
    answer = "我市加快建设交通强市。推进衢江大桥建设。实施水网工程。完善公交体系。感谢您对我市交通工作的关心。"
    assert extractor.extract(example_document(answer)).reading.genre == "report"
    assert extractor.extract(example_document("网友留言：衢江大桥何时开工？\n" + answer)).reading.genre == "text"
