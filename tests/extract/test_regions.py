"""Texts of Hong Kong, Macau and Taiwan: which they are, and what they name in their own words."""

from __future__ import annotations

import pytest

from kg import document_of
from kg.extract.extractor import Extractor
from kg.text.fold import fold

HONG_KONG = "發展局負責新發展區工程，立法會審議撥款。公屋輪候時間縮短。今年上半年訪港旅客達二千萬人次，本港失業率為3%。"
TAIWAN = "雲林縣政府新聞稿\n行政院核定社會住宅計畫，內政部補助興建。公共托育中心達125處，捷運動工。北港鎮道路完工。"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HONG_KONG, "810000"),
        (fold(HONG_KONG), "810000"),
        (TAIWAN, "710000"),
        ("本澳入境旅客增加，博彩毛收入上升，市政署改善街市。", "820000"),
        ("我省新建港區，全港貨物吞吐量增長，發展局公布規劃。", ""),
        ("某市发展局公布规划，立法会代表团来访。", ""),
        ("全國中小企業融資增長，全國小麥收購順利，美國農業部和德國經濟部發布數據，投資12億元。", ""),
        ("橫琴口岸客流增長，珠海市旅遊局推出線路，財政年度預算公布，投資3億元。", ""),
    ],
)
def test_a_text_is_of_a_region_by_its_own_words(extractor: Extractor, text: str, code: str) -> None:
    region = extractor.regions.of_text(text, fold(text))
    assert (region.code if region else "") == code


def test_organs_of_a_region_are_bodies_of_their_own(extractor: Extractor) -> None:
    assert {"香港发展局", "香港特别行政区立法会"} <= {e.key for e in extractor.extract(document_of(HONG_KONG)).entities if e.type == "Body"}
    assert "台湾内政部" in {e.key for e in extractor.extract(document_of(TAIWAN)).entities if e.type == "Body"}


def test_what_names_nobody_is_the_region_s_or_the_county_s(extractor: Extractor) -> None:
    for text, key in ((HONG_KONG, "香港特别行政区"), (TAIWAN, "云林县")):
        facts = extractor.extract(document_of(text))
        keys = {entity.id: entity.key for entity in facts.entities}
        assert facts.observations
        assert {keys.get(one.subject or "", "") for one in facts.observations} == {key}
