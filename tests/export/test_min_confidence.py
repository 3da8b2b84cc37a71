"""Facts below the bound are in no format, and neither is what only they spoke of; the rest is as it was."""

from __future__ import annotations

import csv
from pathlib import Path

import networkx
import pytest

from kg.export import FORMATS, export
from kg.graph.integrity import integrity
from kg.graph.sieve import surer
from tests.export.test_export import RDF, read_again, triples_of

KGO = "https://w3id.org/kgo/ns#"


def confidences(triples) -> set[float]:
    return {float(o) for _, p, o, _ in triples if p == KGO + "confidence"}


@pytest.mark.parametrize("format", sorted(RDF))
def test_rdf_without_less_sure_facts(view, tmp_path, format):
    path = tmp_path / f"out{FORMATS[format]}"
    whole, written = triples_of(view), export(view, format, path, min_confidence=0.85)
    found, _ = read_again(path, format)
    assert written.count and found < whole
    assert confidences(whole) & {0.7, 0.8} and min(confidences(found)) == 0.85
    assert not {p for _, p, _, _ in found} & {KGO + "holdsPost", KGO + "rankScope"}
    assert not any(o == "王某" for _, _, o, _ in found)  # of whom nothing sure is said
    assert {o for _, p, o, _ in found if p == KGO + "text"} < {o for _, p, o, _ in whole if p == KGO + "text"}


@pytest.mark.parametrize("least", [0.75, 0.85, 0.9, 0.96, 1.0])
def test_what_is_left_is_a_sound_graph(view, least):
    with surer(view, least) as kept:
        assert {result.check.id for result in integrity(kept.store) if result.broken} <= {"known-rule"}  # the sample's are made up
        named = {str(row["x"]) for row in kept.query("SELECT ?x { ?x kgo:mentionedIn ?t . ?t kgo:text ?text }")}
        spoken = {str(row["x"]) for row in kept.query("SELECT ?x { { [] rdf:subject|rdf:object ?x FILTER(isIRI(?x)) } UNION { [] kgo:subject ?x } }")}
        assert named <= spoken
        counted = kept.query("SELECT ?n { ?x void:triples|void:entities ?n }")
        assert not list(counted)  # they are those of the whole graph


def test_a_reference_stays_with_what_it_refers_to(view):
    meant = "SELECT ?x { [] kgo:refersTo ?x ; kgo:antecedent ?name ; kgo:distance ?far ; kgo:rule ?rule }"
    with surer(view, 0.85) as kept:
        assert len(list(kept.query(meant))) == len(list(view.query(meant))) == 2
    with surer(view, 1.1) as kept:
        assert not list(kept.query("SELECT ?r { ?r a kgo:Reference }"))


def test_no_bound_is_the_graph_itself(view):
    with surer(view, 0.0) as kept:
        assert kept is view


def test_a_fact_stays_where_another_place_says_it_surely(view):
    with surer(view, 0.98) as kept:
        # Of the two statements that say it, the one from the table is sure enough.
        assert bool(kept.query("ASK { GRAPH ?d { kgr:area-330114 kgo:partOf kgr:area-330100 } }"))
    with surer(view, 0.95) as kept:
        assert not bool(kept.query("ASK { GRAPH ?d { ?policy kgo:documentNumber ?n . ?area kgo:issues ?policy } }"))


def test_networks_and_tables_without_less_sure_facts(view, tmp_path: Path):
    export(view, "graphml", tmp_path / "out.graphml", min_confidence=0.95)
    network = networkx.read_graphml(tmp_path / "out.graphml")
    # The policy stays for its number, which is surer than who issued it.
    assert {data["key"] for _, data in network.nodes(data=True)} == {"钱塘区", "杭州市", "制造业行动计划"}
    assert {data["predicate"] for _, _, data in network.edges(data=True)} == {"partOf"}
    export(view, "csv", tmp_path / "tables", min_confidence=0.95)

    def rows(name: str) -> list[dict[str, str]]:
        with (tmp_path / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    assert {float(row["confidence"]) for row in rows("facts")} == {0.97, 0.99, 1.0}
    assert {row["confidence"] for row in rows("figures")} == {"0.95"}
    assert {row["key"] for row in rows("things")} == {"钱塘区", "杭州市", "制造业行动计划"}
    assert len(rows("documents")) == 2
