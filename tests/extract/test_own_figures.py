"""Figures of things of a user's own classes, by the names of the user's own indicators, in prose and in the lines of a form."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document
from kg.ontology import Ontology

TERMS = """@prefix kgo: <https://w3id.org/kgo/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kgo:Plot a owl:Class ; rdfs:subClassOf kgo:Entity ; rdfs:label "地块"@zh-Hans , "地塊"@zh-Hant , "Plot"@en .
kgo:PlotUse a owl:Class ; rdfs:subClassOf kgo:Entity ; rdfs:label "用途"@zh-Hans , "用途"@zh-Hant , "Use"@en .
kgo:usedFor a owl:ObjectProperty ; rdfs:subPropertyOf kgo:relation ; rdfs:label "用途"@zh-Hans , "用途"@zh-Hant , "used for"@en ;
  rdfs:domain kgo:Plot ; rdfs:range kgo:PlotUse .
"""
WORDS = """classes:
  plot_head: {words: [地块], tag: n}
names:
  PlotUse:
    - {name: 住宅用地}
indicators:
  - {label: 成交价, aliases: [成交總價], unit: CNY}
  - {label: 竞买人数, unit: 人}
"""
RULES = """rules:
  - id: plot
    entity: Plot
    phase: 3
    score: 9
    pattern: "name:( (%eng|%m) @plot_head )"
    examples: [{text: G15地块今天成交。, yields: [G15地块]}]
    rejects: [优质地块今天成交。]
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plots")
    for name, text in (("plots.ttl", TERMS), ("lexicon/plots.yaml", WORDS), ("rules/plots.yaml", RULES)):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def extractor(own: Path) -> Extractor:
    return Extractor(Ontology.load(own))


def _figures(extractor: Extractor, text: str) -> list[tuple[str, str, str]]:
    facts = extractor.extract(example_document(text))
    names = {entity.id: entity.name for entity in facts.entities}
    return [(names.get(one.subject or "", ""), one.indicator, str(one.value)) for one in facts.observations]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("G15地块成交总价8.8亿元。", [("G15地块", "成交总价", "880000000")]),  # the shipped words would cut 成交 off
        ("G15地块成交公示\n用途：住宅用地\n成交价：9.5亿元\n联系人另行通知。", [("G15地块", "成交价", "950000000")]),  # of the plot, not of its use
        ("G15地塊成交公示\n（一）成交價：9.5億元（人民幣）\nG16地塊\n（二）成交價：3億元\n完", [("G15地塊", "成交價", "950000000"), ("G16地塊", "成交價", "300000000")]),
        ("G15地块成交公示\n竞买人数：12人\n联系人另行通知。", [("G15地块", "竞买人数", "12")]),  # nothing else names what is counted before a colon
        ("G15地块成交公示\n成交价9.5亿元创新高\n成交价9.5亿元。", [("", "成交价", "950000000")]),  # a headline is told again below it
    ],
)
def test_a_thing_of_ones_own_has_its_figures(extractor: Extractor, text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert _figures(extractor, text) == wanted


def test_a_class_that_is_only_what_others_have_has_none(own: Path) -> None:
    assert Ontology.load(own).terms.own == {"Plot", "PlotUse"}
    assert Ontology.load(own).terms.own_bearers == {"Plot"}
    assert Ontology.load().terms.own == frozenset()


def test_the_name_of_an_indicator_is_not_cut_out_of_a_longer_one(extractor: Extractor) -> None:
    assert [name for _, name, _ in _figures(extractor, "G15地块单套成交价8.8亿元。")] == ["单套成交价"]


def test_a_rule_of_figures_in_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "plots.yaml").write_text(RULES + "  - {id: price, kind: level, unit: [money]}\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"plots\.yaml:9: rule price: a rule with a kind is one of figures .put it into rules/observations\.yaml"):
        Extractor(Ontology.load(tmp_path))


def test_a_name_of_another_indicator_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "plots.yaml").write_text("indicators:\n  - {label: 成交价款, aliases: [成交金额]}\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"plots\.yaml:2: '成交金额' already names '成交额' .leave it out, or list 成交额 again with all its names"):
        Extractor(Ontology.load(tmp_path))
