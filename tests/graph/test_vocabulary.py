"""docs/vocabulary.md, the ontology and the graph speak of the same terms."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
import rdflib

from kg.export import export
from kg.graph.naming import naming
from kg.graph.store import GraphView
from kg.graph.vocabulary import KGO, PREFIXES, XSD
from kg.model import REFUTED
from kg.ontology import Ontology
from kg.text.units import read_units
from tests.graph.samples import document, facts

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")
OWN = {"Lot", "wonBy", "tenderedBy", "withdrawnBy", "predicate"}  # terms that other pages make up as examples


@pytest.fixture(scope="module")
def terms() -> set[str]:
    """The local names of all that policy.ttl defines."""
    graph = rdflib.Graph().parse(ROOT / "ontology" / "policy.ttl")
    return {str(subject).removeprefix(KGO) for subject in graph.subjects() if str(subject).startswith(KGO)}


@pytest.mark.parametrize("page", ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))])
def test_terms_of_the_docs_are_defined(terms: set[str], page: str) -> None:
    named = set(re.findall(r"\bkgo:([A-Za-z][\w-]*)", (ROOT / page).read_text(encoding="utf-8")))
    assert named - OWN - {name for name in named if name.endswith("-")} <= terms


def test_terms_of_the_ontology_are_documented(terms: set[str]) -> None:
    # A list is told by its first item and the endings of the others (`kgo:kind-level` `-growth`); structures and their parts by their letters.
    lists = re.compile(r"(kind|bound|status|genre|basis|figures|structure|component)(-|s?$)|kinds|relation|attribute")
    assert len(terms) > 100
    assert [name for name in sorted(terms) if not lists.match(name) and not re.search(rf"(?<![\w-]){name}(?![\w-])", PAGE)] == []


def test_relations_link_the_classes_of_the_table() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\w ]+) \| (.+) \|$", PAGE, re.MULTILINE)
    relations = Ontology.load().terms.relations
    told = {name: (frozenset(one.split()), frozenset(["Concept"] if "`" in other else other.split())) for name, one, other in rows if name in relations}
    assert told == relations


def test_properties_of_the_graph_are_documented(view) -> None:
    used = {row[0].value for row in view.query("SELECT DISTINCT ?p WHERE { ?s ?p ?o }")}
    assert len(used) > 60
    # The cube's own frame and VoID are as their recommendations have them.
    own = [iri for iri in sorted(used) if not iri.startswith((PREFIXES["qb"], PREFIXES["void"]))]
    assert [iri for iri in own if not re.search(rf"\b{re.split('[/#]', iri)[-1]}\b", PAGE)] == []


@pytest.fixture
def refuted(graph_of) -> GraphView:
    """A document with facts of every kind, two of them called wrong, and a date that is no whole day."""
    said = facts()
    wrong = {"basis": f"{REFUTED} somebody 2021-07-16"}
    relations = tuple(replace(r, **wrong) if r.predicate == "hasStatus" else r for r in said.relations)
    observations = tuple(replace(o, **wrong) if o.kind == "growth" else o for o in said.observations)
    number = said.attributes[0]
    attributes = (number, *(replace(number, property="issued", value=day) for day in ("2021-07", "2021-07-01")))
    return graph_of([(document(), replace(said, relations=relations, observations=observations, attributes=attributes))])


def test_values_are_of_the_range_of_their_property(refuted) -> None:
    others = """SELECT DISTINCT ?p ?range ?kind WHERE { ?p rdfs:range ?range . ?s ?p ?o FILTER(isLiteral(?o)) BIND(DATATYPE(?o) AS ?kind)
                FILTER((STRSTARTS(STR(?range), STR(xsd:)) || ?range = rdf:langString) && ?kind != ?range) }"""
    assert [tuple(map(str, row)) for row in refuted.query(others)] == []
    assert len(list(refuted.query("SELECT DISTINCT ?p WHERE { ?p rdfs:range ?range . ?s ?p ?o FILTER(isLiteral(?o)) }"))) > 20
    days = "SELECT DISTINCT (DATATYPE(?o) AS ?kind) WHERE { ?s ?p ?o . ?p rdfs:range kgo:isoDate } ORDER BY ?kind"
    assert [row[0].value for row in refuted.query(days)] == [XSD + "date", XSD + "string"]


@pytest.mark.parametrize(("side", "end"), [("domain", "?s"), ("range", "?o")])
def test_nodes_are_of_the_domain_and_range_of_their_property(refuted, side, end) -> None:
    held = f"?p rdfs:{side} ?class . ?s ?p ?o FILTER(STRSTARTS(STR(?class), STR(kgo:)) && ?class != kgo:isoDate && ?p != kgo:rule)"  # rules of the sample are made up
    assert [str(row[0]) for row in refuted.query(f"SELECT DISTINCT ?p WHERE {{ {held} FILTER NOT EXISTS {{ {end} a/rdfs:subClassOf* ?class }} }}")] == []
    assert len(list(refuted.query(f"SELECT DISTINCT ?p WHERE {{ {held} }}"))) > 5
    assert len(list(refuted.query("SELECT ?s WHERE { { ?s a kgo:RefutedStatement ; kgo:date ?d } UNION { ?s a kgo:RefutedObservation } }"))) == 2


def test_a_graph_is_sound_with_all_that_follows_from_the_ontology(refuted, tmp_path) -> None:
    export(refuted, "turtle", tmp_path / "graph.ttl")
    data, shapes, terms = (rdflib.Graph().parse(path) for path in (tmp_path / "graph.ttl", *(ROOT / "ontology" / name for name in ("shapes.ttl", "policy.ttl"))))
    conforms, _, report = pyshacl.validate(data, shacl_graph=shapes, ont_graph=terms, inference="rdfs")
    assert conforms, report


def test_a_unit_of_qudt_is_that_very_unit() -> None:
    kinds: dict[str, set[str]] = {}
    for unit in read_units(Ontology.load()).by_surface.values():
        kinds.setdefault(unit.iri, set()).add(unit.kind)
    assert {iri: found for iri, found in kinds.items() if iri and len(found) > 1} == {}
    same = naming(Ontology.load()).units
    assert same["吨"].endswith("/TONNE") and same["吨油当量"].endswith("/TOE")
    assert [unit for unit in ("个百分点", "个基点", "吨标准煤", "吨二氧化碳", "个工作日", "度", "亩", "斤") if unit in same] == []
