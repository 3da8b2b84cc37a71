"""From which mention a reference takes its meaning, and how far that is."""

from __future__ import annotations

import pytest

from kg.extract.coreference.antecedents import mentions_of
from kg.extract.extractor import Extractor
from kg.extract.facts_json import to_json
from kg.extract.names.rows import Draft
from kg.extract.review.examples import example_document
from kg.model import Antecedent

Resolved = tuple[str, str, str | None, int | None]  # word, rule, antecedent, distance


def _resolved(extractor: Extractor, text: str) -> list[Resolved]:
    """What refers in a text, in its order."""
    mentions = [m for e in extractor.extract(example_document(text)).entities for m in e.mentions if m.reference]
    found: list[Resolved] = []
    for mention in sorted(mentions, key=lambda m: m.start):
        source = mention.antecedent
        place = (text[source.start : source.end], source.distance) if source else (None, None)
        found.append((text[mention.start : mention.end], mention.reference, *place))
    return found


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("雲龍湖水庫工程今天開工。總投資9億元，工期三年。該工程年供水兩億立方米。", [("該工程", "ref-works", "雲龍湖水庫工程", 2)]),
        ("云龙湖水库工程今天开工，该工程年供水两亿立方米。", [("该工程", "ref-works", "云龙湖水库工程", 0)]),
        ("京雄高速明年通车\n京雄高速公路昨天贯通。", [("京雄高速", "ref-short", "京雄高速公路", -1)]),
        ("浙江省推进改革。省委作出部署。", [("省委", "ref-organ", "浙江省", 1)]),
        ("钱塘区第一次党代会今天召开。钱塘发展迈出新步。", [("钱塘", "ref-place", "钱塘区", 1)]),
        ("钱塘发展迈出新步。", []),  # the table knows it, and no other mention tells
        ("推进基层减负增能，全市新增岗位3万个。支持全市中小企业。", [("全市", "ref-city", None, None), ("全市", "ref-city", None, None)]),
        ("国家发展改革委印发规划。发改委表示，将推进建设。", [("发改委", "ref-short", "国家发展改革委", 1)]),
        ("发改委表示，将推进建设。", [("发改委", "ref-short", None, None)]),
        ("乌龙江特大桥今天合龙。大桥全长三公里。大桥明年通车。", [("大桥", "ref-head", "乌龙江特大桥", 1), ("大桥", "ref-head", "乌龙江特大桥", 2)]),
    ],
)
def test_a_reference_keeps_its_rule_and_its_distance(extractor: Extractor, text: str, resolved: list[Resolved]) -> None:
    assert _resolved(extractor, text) == resolved


def test_offsets_are_those_of_the_text_with_its_footnotes(extractor: Extractor) -> None:
    assert _resolved(extractor, "云龙湖水库工程［3］今天开工。该工程［4］年供水两亿立方米。") == [("该工程", "ref-works", "云龙湖水库工程", 1)]


def test_json_says_it_of_resolved_references_alone(extractor: Extractor) -> None:
    document = example_document("云龙湖水库工程今天开工。该工程年供水两亿立方米。")
    (works,) = (e for e in to_json(document, extractor.extract(document))["entities"] if e["type"] == "Project")
    name, taken_up = works["mentions"]
    assert not {"reference", "distance", "antecedent"} & set(name)
    assert (taken_up["reference"], taken_up["distance"]) == ("ref-works", 1)
    assert taken_up["antecedent"] == {"start": 0, "end": 7, "text": "云龙湖水库工程"}


def test_what_holds_a_reference_or_lies_in_it_gives_it_no_meaning() -> None:
    def draft(start: int, end: int, reference: str = "") -> Draft:
        return Draft(start, end, "Project", start // 10, "r", reference=reference, entity=0)

    def antecedents(*drafts: Draft) -> list[Antecedent | None]:
        return [mention.antecedent for mention in mentions_of(drafts, [drafts], "")]

    assert antecedents(draft(0, 4), draft(10, 20), draft(12, 14, "ref")) == [None, None, Antecedent(0, 4, 1)]
    assert antecedents(draft(10, 20, "ref"), draft(12, 14), draft(30, 34)) == [Antecedent(30, 34, -2), None, None]
    assert antecedents(draft(10, 20), draft(12, 14, "ref")) == [None, None]
