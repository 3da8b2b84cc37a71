"""Whose a page is of which the text says only 全县."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document

TEXT = "全县小麦喜获丰收\n今年，全县小麦面积30万亩。我县设立服务站20个。"


@pytest.mark.parametrize(
    ("title", "publisher", "key"),
    [
        ("小麦喜获丰收_肥西县人民政府", "", "肥西县"),
        ("小麦喜获丰收", "肥西县融媒体中心", "肥西县"),
        ("小麦喜获丰收", "合肥市人民政府", "全县"),
        ("肥西县与肥东县比丰收", "", "全县"),
    ],
)
def test_the_metadata_name_the_county(extractor: Extractor, title: str, publisher: str, key: str) -> None:
    facts = extractor.extract(replace(example_document(TEXT), title=title, publisher=publisher))
    areas = {entity.id: entity.key for entity in facts.entities if entity.type == "Area"}
    assert [areas.get(one.subject or "") for one in facts.observations] == [key, key]


def test_so_does_what_a_page_says_of_itself(extractor: Extractor) -> None:
    page = "来源：杭州市西湖区人民政府\n"
    document = replace(example_document(page + TEXT.replace("县", "区")), noise=((0, len(page)),))
    facts = extractor.extract(document)
    assert {(entity.key, entity.code) for entity in facts.entities if entity.type == "Area"} == {("西湖区", "330106")}


@pytest.mark.parametrize(
    ("text", "publisher", "key"),
    [
        ("问：我市今年有哪些补贴？\n答：市财政局将于近期兑付。", "襄阳市人民政府", "襄阳市财政局"),
        ("本市將於近期發放補貼，市財政局負責。", "襄阳市财政局", "襄阳市财政局"),
        ("我县学校将于近期开学，县教育局已部署。", "桐庐县教育局", "桐庐县教育局"),
        ("我县学校将于近期开学，市教育局已部署。", "桐庐县教育局", "市教育局"),  # of whichever city
    ],
)
def test_an_organ_without_its_area_is_that_of_the_masthead(extractor: Extractor, text: str, publisher: str, key: str) -> None:
    facts = extractor.extract(replace(example_document(text), publisher=publisher))
    assert [entity.key for entity in facts.entities if entity.type == "Body"] == [key]


def test_what_a_paper_now_presents_begins_no_name_of_a_city(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("现将市财政局制定的办法印发给你们。\n襄阳市财政局"))
    assert [entity.key for entity in facts.entities if entity.type in ("Area", "Body")] == ["襄阳市财政局"]
