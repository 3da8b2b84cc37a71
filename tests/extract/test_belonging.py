"""What the whole document decides: containment, organs without their area, editions, topics."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document
from kg.model import Facts


def facts(extractor: Extractor, text: str) -> Facts:
    return extractor.extract(example_document(text))


def relations(given: Facts) -> set[tuple[str, str, str]]:
    name = {entity.id: entity.name for entity in given.entities}
    return {(name[r.subject], r.predicate, name[r.object]) for r in given.relations if r.object is not None and r.basis == "text"}


def test_a_place_lies_in_the_area_that_its_paragraph_named_before(extractor: Extractor) -> None:
    given = relations(facts(extractor, "江苏多地加快招商。在南京，多家企业增资扩产。"))
    assert ("南京", "partOf", "江苏") in given


def test_a_place_lies_in_the_area_that_an_earlier_paragraph_names(extractor: Extractor) -> None:
    given = relations(facts(extractor, "江苏多地加快招商。\n浙江和福建加快招商。\n在南京，多家企业增资扩产。"))
    assert ("南京", "partOf", "江苏") in given


def test_a_place_lies_in_no_area_that_only_a_later_paragraph_names(extractor: Extractor) -> None:
    given = relations(facts(extractor, "在南京，多家企业增资扩产。\n浙江和福建加快招商。\n江苏多地加快招商。"))
    assert not any(p == "partOf" and s == "南京" for s, p, _ in given)


@pytest.mark.parametrize(("city", "place"), [("济南", "济南"), ("嘉兴", "平湖"), ("浙江", "平湖")])
def test_a_work_is_at_no_namesake_behind_another_city(extractor: Extractor, city: str, place: str) -> None:
    given = relations(facts(extractor, f"{city}平湖云江物流园建成投用。"))
    assert {o for s, p, o in given if (s, p) == (f"{city}平湖云江物流园", "locatedIn")} == {place}


def test_two_countries_side_by_side_are_not_in_one_another(extractor: Extractor) -> None:
    assert not any(p == "partOf" for _, p, _ in relations(facts(extractor, "他访问瑞典丹麦。")))


def test_what_is_named_after_a_city_elsewhere_is_not_where_the_story_is(extractor: Extractor) -> None:
    given = relations(facts(extractor, "西宁加快发展。烟台南站建成，湟水大桥建成。"))
    assert {o for s, p, o in given if p == "locatedIn" and s == "湟水大桥"} == {"西宁"}
    assert not any(p == "locatedIn" and s == "烟台南站" and o == "西宁" for s, p, o in given)


def test_an_organ_without_its_area_has_the_name_it_has_elsewhere(extractor: Extractor) -> None:
    given = facts(extractor, "浙江省加快发展。省委作出部署。")
    assert [e.key for e in given.entities if e.type == "Body"] == ["浙江省委"]


@pytest.mark.parametrize("organ", ["人民政府办公室", "政府办", "人大常委会", "政协办公室", "农业农村局"])
def test_so_has_each_organ_that_an_area_of_the_level_has(extractor: Extractor, organ: str) -> None:
    for area in ("海盐县", "南湖区"):
        given = facts(extractor, f"{area}加快发展。{area[-1]}{organ}组织培训。")
        (body,) = (e for e in given.entities if e.type == "Body")
        assert body.key.startswith(area) and (body.name, "governs", area) in relations(given)


def test_an_organ_of_an_area_that_is_never_named_governs_nothing(extractor: Extractor) -> None:
    assert not relations(facts(extractor, "省委作出部署。"))


def test_an_area_inside_an_organs_name_alone_is_not_listed(extractor: Extractor) -> None:
    given = facts(extractor, "广东省纪委监委发布消息。")
    assert [(e.type, e.name) for e in given.entities] == [("Body", "广东省纪委监委")]


def test_a_fair_without_its_edition_is_the_edition_named_before(extractor: Extractor) -> None:
    given = facts(extractor, "第四届辽宁国际投资贸易洽谈会在沈阳闭幕。本届辽洽会签约项目很多。")
    events = [e for e in given.entities if e.type == "Event"]
    assert [(e.name, "辽洽会" in e.surfaces) for e in events] == [("第四届辽宁国际投资贸易洽谈会", True)]


def test_two_editions_stay_two_events(extractor: Extractor) -> None:
    given = facts(extractor, "第五届进博会和第六届进博会都在上海举行。进博会影响很大。")
    assert sum(e.type == "Event" for e in given.entities) == 3


def events(extractor: Extractor, text: str) -> list[tuple[str, ...]]:
    return [e.surfaces for e in facts(extractor, text).entities if e.type == "Event"]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("第十四屆全國冬季運動會開幕。本屆冬運會項目很多。", [("第十四屆全國冬季運動會", "冬運會")]),  # in fewer words
        ("第五屆進博會閉幕。第六屆進博會開幕。本屆進博會展品更多。", [("第五屆進博會",), ("第六屆進博會", "進博會")]),  # the nearer
        (f"第十四屆全國冬季運動會開幕。{'各地加快發展。' * 80}本屆冬運會項目很多。", [("第十四屆全國冬季運動會",), ("冬運會",)]),  # too far
    ],
    ids=["shorter", "nearer", "far"],
)
def test_this_edition_is_the_event_named_in_full_before(extractor: Extractor, text: str, surfaces: list[tuple[str, ...]]) -> None:
    assert events(extractor, text) == surfaces


@pytest.mark.parametrize(
    ("short", "long", "count"),
    [
        ("第三屆消博會主題活動", "第三屆中國國際消費品博覽會主題活動", 1),
        ("第三屆消博會主題活動", "第十三屆中國國際消費品博覽會主題活動", 2),  # another number
        ("2023年花燈節論壇", "2024年江南花燈節論壇", 2),  # another year
        ("第三屆消博會會議", "第三屆中國國際消費品博覽會會議", 2),  # a fair has several
    ],
)
def test_names_of_one_number_in_fewer_and_in_more_words_are_one_event(extractor: Extractor, short: str, long: str, count: int) -> None:
    assert len(events(extractor, f"{short}舉行。{long}舉行。")) == count


REPORT = "2025年{area}政府工作報告\n{area}加快發展。支持{name}發展。"


@pytest.mark.parametrize(
    ("name", "area", "there"),
    [
        ("濟南遙牆國際機場", "山東省", True),
        ("濟南遙牆國際機場", "安徽省", False),  # a work that begins with a city elsewhere
        ("北京協和醫院貴州醫院", "貴州省", True),  # one that the list of a region holds
        ("中國科學院大連化學物理研究所", "遼寧省", True),  # 中國科學院 is no part of the place
        ("中國科學院大連化學物理研究所", "福建省", False),
    ],
)
def test_what_a_report_tells_of_lies_in_its_area_unless_the_name_says_otherwise(extractor: Extractor, name: str, area: str, there: bool) -> None:
    given = relations(facts(extractor, REPORT.format(area=area, name=name)))
    assert ((name, "locatedIn", area) in given) == there


def test_quanhui_is_the_meeting_of_ones_own_organ(extractor: Extractor) -> None:
    text = "钱塘区加快发展，钱塘区委召开一届二次全体（扩大）会议。省委十四届九次全会审议通过意见。全会提出重抓平台。"
    given = facts(extractor, text)
    assert next(e.surfaces for e in given.entities if "全会" in e.surfaces)[0] == "一届二次全体（扩大）会议"


def test_a_place_that_only_helps_holds_nothing(extractor: Extractor) -> None:
    text = "广东加大帮扶力度。广东对口帮扶黔南示范区、广东援疆工业园加快建设。山东援藏桑珠孜区高效农业示范园建成投产。"
    assert not {(s, p, o) for s, p, o in relations(facts(extractor, text)) if p in {"partOf", "locatedIn"}}
    assert ("广东海洋装备产业园", "locatedIn", "广东") in relations(facts(extractor, "广东加快发展。广东海洋装备产业园建成投产。"))


def test_a_train_whose_name_tells_its_ends_connects_those(extractor: Extractor) -> None:
    assert {o for _, p, o in relations(facts(extractor, "广西开行钦州港至昆明班列。")) if p == "connects"} == {"昆明"}
    assert {o for _, p, o in relations(facts(extractor, "重庆开行重庆至昆明班列。")) if p == "connects"} == {"重庆", "昆明"}
    assert {o for _, p, o in relations(facts(extractor, "新疆开行中欧班列。")) if p == "connects"} == {"新疆"}


@pytest.mark.parametrize(
    ("body", "there"),
    [
        ("浙江华越科技有限公司", False), ("浙江華越科技有限公司", False), ("上海明远股份有限公司", False), ("杭州华辰医院", False),
        ("江西华越科技有限公司", True), ("上饶明远股份有限公司", True), ("浙江华越（弋阳）有限公司", True), ("华越科技有限公司", True),
    ],
)  # fmt: skip
def test_a_body_is_not_where_a_text_is_of_if_its_name_begins_elsewhere(extractor: Extractor, body: str, there: bool) -> None:
    told = relations(facts(extractor, f"2025年弋阳县政府工作报告\n各位代表：{body}建成新线。"))
    assert {one for one in told if one[:2] == (body, "locatedIn")} == ({(body, "locatedIn", "弋阳县")} if there else set())
