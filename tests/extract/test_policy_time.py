"""Dates of laws and notices: from head, articles and end of the text, and from news about them."""

from __future__ import annotations

import dataclasses

import pytest

from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.extract.knowledge.phrases import read_phrases
from kg.extract.relations.policy_time import _years_later
from kg.extract.relations.policy_time_rules import read_time_rules
from kg.extract.review.examples import example_document
from kg.model import Facts
from kg.ontology import Ontology

LAW = """江城市湖泊保護條例
2016年10月21日 江城市第七屆人民代表大會常務委員會第二十五次會議通過
2018年12月1日 《關於修改〈江城市湖泊保護條例〉的決定》第一次修正
第一條 為了保護湖泊，根據《中華人民共和國水法》、《城市綠化條例》和其他法律，制定本條例。
第二條 養殖許可證有效期為五年。
第三條 本條例自2017年3月1日起施行，有效期十年。1999年公布的《江城市湖泊管理辦法》同時廢止。
"""


def facts_of(extractor: Extractor, text: str, date: str | None = "2021-06-10") -> tuple[Facts, list[str]]:
    """The facts of `text` and its attributes as lines `subject property value-or-name`."""
    facts = extractor.extract(example_document(text, date))
    name = {entity.id: entity.name for entity in facts.entities}
    return facts, [f"{name[a.subject]} {a.property} {a.value or name[a.object or '']}" for a in facts.attributes]


def test_a_law_in_traditional_script_gives_its_whole_history(extractor: Extractor) -> None:
    _, lines = facts_of(extractor, LAW)
    own, decision = "江城市湖泊保護條例", "關於修改〈江城市湖泊保護條例〉的決定"
    assert lines == [
        f"{own} adopted 2016-10-21",
        f"{own} amended 2018-12-01",
        f"{decision} revises {own}",
        f"{own} basedOn 中華人民共和國水法",
        f"{own} basedOn 城市綠化條例",
        f"{own} effectiveFrom 2017-03-01",
        f"{own} effectiveUntil 2027-02-28",
        f"{own} repeals 江城市湖泊管理辦法",
    ]


def test_attributes_quote_the_characters_that_say_them(extractor: Extractor) -> None:
    facts, _ = facts_of(extractor, LAW)
    until = next(a for a in facts.attributes if a.property == "effectiveFrom")
    assert LAW[until.start : until.end] == "本條例自2017年3月1日起施行"
    sentence = facts.sentences[until.sentence]
    assert sentence.start <= until.start < until.end <= sentence.end


def test_the_law_repealed_is_succeeded_by_the_new_one(extractor: Extractor) -> None:
    facts, _ = facts_of(extractor, LAW)
    name = {entity.id: entity.name for entity in facts.entities}
    followed = [(name[r.subject], name[r.object or ""]) for r in facts.relations if r.predicate == "succeededBy"]
    assert followed == [("江城市湖泊管理辦法", "江城市湖泊保護條例")]


def test_the_year_of_the_repealed_law_is_not_that_of_its_repeal(extractor: Extractor) -> None:
    facts, _ = facts_of(extractor, LAW)
    assert [r.date for r in facts.relations if r.predicate == "succeededBy"] == [None]


def test_what_a_notice_passes_on_calls_itself_so(extractor: Extractor) -> None:
    text = (
        "江城市人民政府关于印发《江城市公园管理办法》的通知\n各区人民政府：\n现将《江城市公园管理办法》印发给你们。本通知自印发之日起生效。\n"
        "江城市公园管理办法\n第一条 根据《城市绿化条例》，制定本办法。\n第二条 本办法自2023年7月1日起施行。"
    )
    _, lines = facts_of(extractor, text)
    assert "江城市公园管理办法 basedOn 城市绿化条例" in lines
    assert "江城市公园管理办法 effectiveFrom 2023-07-01" in lines


def test_the_text_calls_itself_this_regulation(extractor: Extractor) -> None:
    facts, _ = facts_of(extractor, LAW)
    own = next(entity for entity in facts.entities if entity.name == "江城市湖泊保護條例")
    assert "本條例" in own.surfaces


def test_what_was_issued_before_under_the_same_name_is_another_policy(extractor: Extractor) -> None:
    facts, lines = facts_of(extractor, (
        "江城市人民政府办公室关于印发《江城市防台风应急预案》的通知\n江政办发〔2024〕12号\n各区：\n《江城市防台风应急预案》已经市政府同意，现印发给你们。"
        "2020年印发的《江城市防台风应急预案》（江政办发〔2020〕8号）同时废止。\n江城市防台风应急预案\n1.1 编制依据\n根据《防洪法》，制定本预案。\n"
    ))  # fmt: skip
    now, before = (next(e for e in facts.entities if e.key == f"江城市防台风应急预案{year}") for year in ("", "（2020年）"))
    by_subject = {(a.subject, a.property): a.value or a.object for a in facts.attributes}
    assert by_subject[before.id, "documentNumber"] == "江政办发〔2020〕8号" and (now.id, "documentNumber") not in by_subject
    assert {a.object for a in facts.attributes if a.property == "repeals"} == {before.id}
    assert [(r.subject, r.object) for r in facts.relations if r.predicate == "succeededBy"] == [(before.id, now.id)]
    assert "江城市防台风应急预案 basedOn 防洪法" in lines


@pytest.mark.parametrize("behind", ["（2024—2026年）", "（试行）"])
def test_a_plan_is_one_thing_with_and_without_the_bracket_of_its_title(extractor: Extractor, behind: str) -> None:
    text = f"江城市数字经济三年行动计划{behind}\n发文字号：江政发〔2024〕12号\n一、目标\n建成平台20个。\n本计划自2024年4月1日起施行。"
    facts, lines = facts_of(extractor, text)
    (plan,) = (entity for entity in facts.entities if entity.type == "Policy")
    assert {f"江城市数字经济三年行动计划{behind}", "江城市数字经济三年行动计划", "本计划"} <= {*plan.surfaces, plan.name}
    assert {line.removeprefix(plan.name).strip() for line in lines} >= {"documentNumber 江政发〔2024〕12号", "effectiveFrom 2024-04-01"}


@pytest.mark.parametrize(("named", "wanted"), [("《规划》", "绍兴市湖泊保护“十四五”规划"), ("《方案》", "方案"), ("《浙江省水利规划》（以下简称《规划》），落实《规划》", "浙江省水利规划")])
def test_a_plan_is_meant_by_its_kind_alone_where_no_other_is_called_so(extractor: Extractor, named: str, wanted: str) -> None:
    text = f"绍兴市湖泊保护“十四五”规划（2021—2025年）\n根据《浙江省湖泊规划》，制定本规划。\n全市落实{named}，改善水质。"
    facts, _ = facts_of(extractor, text)
    word = named[-3:-1]
    at = text.rindex(word)
    (meant,) = [entity for entity in facts.entities if any((m.start, m.end) == (at, at + 2) for m in entity.mentions)]
    assert meant.name.removesuffix("（2021—2025年）") == wanted


@pytest.mark.parametrize(
    ("date", "wanted"), [("2023-04-30", "2023-05-01"), ("2022-12-30", "2022-05-01"), (None, None)]
)
def test_a_day_without_a_year_takes_the_document_s(extractor: Extractor, date: str | None, wanted: str | None) -> None:
    document = dataclasses.replace(example_document("《江河保护办法》将于5月1日起施行。"), date=date)
    found = [a.value for a in extractor.extract(document).attributes]
    assert found == ([wanted] if wanted else [])


def test_news_about_a_law_is_no_law(extractor: Extractor) -> None:
    _, lines = facts_of(extractor, "江城市出台湖泊保护条例\n江城市近日出台条例。湖泊许可证自2017年3月1日起施行。")
    assert lines == []


def test_an_amending_decision_adopted_later_is_no_adoption_of_the_law(extractor: Extractor) -> None:
    text = LAW.replace("第一條", "2019年12月24日江城市人民代表大會第九次會議通過並經2020年1月15日某省人民代表大會第一次會議批准的《決定》修正\n第一條", 1)
    lines = facts_of(extractor, text)[1]
    assert [line for line in lines if " adopted " in line] == ["江城市湖泊保護條例 adopted 2016-10-21"]
    assert "江城市湖泊保護條例 amended 2020-01-15" in lines


def test_the_end_of_a_part_is_not_the_end_of_the_whole(extractor: Extractor) -> None:
    text = LAW.replace("《江城市湖泊管理辦法》同時廢止", "《江城市湖泊管理辦法》中關於養殖的規定同時廢止")
    assert not [line for line in facts_of(extractor, text)[1] if " repeals " in line]


def test_an_earlier_version_of_the_same_name_dates_nothing_of_the_present_one(extractor: Extractor) -> None:
    text = "秋收办法\n第一条 为了秋收，制定本办法。\n第二条 2001年3月1日市政府发布的《秋收办法》（江政发〔2001〕3号）同时废止。"
    facts = facts_of(extractor, text)[0]
    now = next(e.id for e in facts.entities if e.key == "秋收办法")
    assert [a.property for a in facts.attributes if a.subject == now] == ["repeals"]


@pytest.mark.parametrize(
    ("begin", "count", "wanted"),
    [("2020-04-01", "五", "2025-03-31"), ("2020-02-29", "1", "2021-02-28"), (None, "5", None), ("2020-01-01", "零", None)],
)
def test_validity_in_years_ends_the_day_before(begin: str | None, count: str, wanted: str | None) -> None:
    assert _years_later(begin, count) == wanted


def test_a_rule_for_an_unknown_attribute_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("onto")
    (folder / "rules").mkdir()
    (folder / "rules" / "policy_time.yaml").write_text(
        "policy_time_rules:\n"
        "  - {id: r, property: colour, where: any, subject: own, value: own, cues: [a], pattern: a,"
        " examples: [{text: a, yields: [b]}], rejects: [c]}\n",
        encoding="utf-8",
    )
    shipped = Ontology.load()
    with pytest.raises(KgError, match=r"policy_time\.yaml:2: rule r: the ontology has no attribute colour"):
        read_time_rules(Ontology((*shipped.folders, folder)), read_phrases(shipped.yaml("rules")))
