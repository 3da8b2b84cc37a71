"""docs/vocabulary.md, the ontology and the graph speak of the same terms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib

from kg.graph.naming import naming
from kg.graph.vocabulary import KGO, PREFIXES
from kg.ontology import Ontology
from kg.text.units import read_units

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


def test_values_are_of_the_range_of_their_property(view) -> None:
    others = """SELECT DISTINCT ?p ?range ?kind WHERE { ?p rdfs:range ?range . ?s ?p ?o FILTER(isLiteral(?o)) BIND(DATATYPE(?o) AS ?kind)
                FILTER((STRSTARTS(STR(?range), STR(xsd:)) || ?range = rdf:langString) && ?kind != ?range) }"""
    assert [tuple(map(str, row)) for row in view.query(others)] == []
    assert len(list(view.query("SELECT DISTINCT ?p WHERE { ?p rdfs:range ?range . ?s ?p ?o FILTER(isLiteral(?o)) }"))) > 20


def test_a_unit_of_qudt_is_that_very_unit() -> None:
    kinds: dict[str, set[str]] = {}
    for unit in read_units(Ontology.load()).by_surface.values():
        kinds.setdefault(unit.iri, set()).add(unit.kind)
    assert {iri: found for iri, found in kinds.items() if iri and len(found) > 1} == {}
    same = naming(Ontology.load()).units
    assert same["吨"].endswith("/TONNE") and same["吨油当量"].endswith("/TOE")
    assert [unit for unit in ("个百分点", "个基点", "吨标准煤", "吨二氧化碳", "个工作日") if unit in same] == []
