"""The default graph is the merge of the named ones, whatever is loaded and taken out, in whatever order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Quad, Store

from kg.graph import merge

_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_graphs = st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=4)


def _quads(graph: int, members: frozenset[str]) -> bytes:
    lines = (f'<x:{m}> <x:p> "> <x:g9> .\\n"@zh <x:g{graph}> .\n' for m in sorted(members))
    return "".join(lines).encode()


def _triples(store: Store, *, merged: bool) -> set[str]:
    found: list[str] = []
    for quad in store:
        if isinstance(quad.graph_name, DefaultGraph) is merged:
            found.append(str(Quad(quad.subject, quad.predicate, quad.object)))
    assert not merged or len(found) == len(set(found))
    return set(found)


@given(_graphs, st.data())
def test_the_default_graph_is_the_merge(graphs: list[frozenset[str]], data: st.DataObject) -> None:
    store = Store()
    for number, members in enumerate(graphs):
        merge.load(store, _quads(number, members))
    gone = data.draw(st.sets(st.sampled_from(range(len(graphs)))))
    merge.remove(store, [f"x:g{number}" for number in sorted(gone)])
    left = [members for number, members in enumerate(graphs) if number not in gone]
    assert _triples(store, merged=True) == _triples(store, merged=False)
    assert len(_triples(store, merged=True)) == len(frozenset().union(*left))


def test_what_two_documents_state_counts_once() -> None:
    store = Store()
    merge.load(store, _quads(1, frozenset("ab")))
    merge.load(store, _quads(2, frozenset("bc")))
    (row,) = store.query(_COUNT)  # type: ignore[misc]
    assert row["n"].value == "3"
