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
