"""The default graph is the merge of the named ones and their evidence, whatever is loaded and taken out, in whatever order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from kg.graph import layout
from kg.graph.quads import nquads, stored
from kg.graph.vocabulary import DCTERMS, KGO, document_iri
from tests.graph.samples import document, facts

_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_graphs = st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=4)


def _quads(graph: int, members: frozenset[str]) -> bytes:
    """Things that several graphs name, each mentioned in a sentence of its own and stated once."""
    lines = []
    for m in sorted(members):
        shared = f'<x:{m}> <x:p> "> <x:g9> .\\n"@zh'
        lines += [f"{shared} <x:g{graph}> .", f"{shared} ."]
        lines += [
            f"<x:t{graph}{m}> <{DCTERMS}isPartOf> <x:g{graph}> .",
            f"<x:{m}> <{KGO}mentionedIn> <x:t{graph}{m}> .",
        ]
        lines += [f"<x:s{graph}{m}> <{KGO}statedIn> <x:g{graph}> .", f"<x:s{graph}{m}> <x:subject> <x:{m}> ."]
    return "".join(f"{line}\n" for line in lines).encode()


def _loaded(graphs: dict[int, frozenset[str]]) -> Store:
    store = Store()
    for number, members in graphs.items():
        store.bulk_load(_quads(number, members), format=RdfFormat.N_QUADS)
    return store


@given(_graphs, st.data())
def test_taking_out_is_the_same_as_never_putting_in(graphs: list[frozenset[str]], data: st.DataObject) -> None:
    store = _loaded(dict(enumerate(graphs)))
    gone = data.draw(st.sets(st.sampled_from(range(len(graphs)))))
    layout.remove(store, [f"x:g{number}" for number in sorted(gone)])
    left = {number: members for number, members in enumerate(graphs) if number not in gone}
    assert sorted(map(str, store)) == sorted(map(str, _loaded(left)))


@given(_graphs)
def test_the_default_graph_is_the_merge_and_the_evidence(graphs: list[frozenset[str]]) -> None:
    store = _loaded(dict(enumerate(graphs)))
    merged = {str(q.triple) for q in store if not isinstance(q.graph_name, DefaultGraph)}
    proof = {str(q.triple) for number in range(len(graphs)) for q in layout.evidence(store, f"x:g{number}")}
    whole = [str(q.triple) for q in store.quads_for_pattern(None, None, None, DefaultGraph())]
    assert sorted(whole) == sorted(merged | proof)


def test_what_two_documents_state_counts_once() -> None:
    store = Store()
    for graph in ("x:g1", "x:g2"):
        for name in (None, NamedNode(graph)):
            store.add(Quad(NamedNode("x:a"), NamedNode("x:p"), NamedNode("x:b"), name or DefaultGraph()))
    (row,) = store.query(_COUNT)  # type: ignore[misc]
    assert row["n"].value == "1"


def test_a_real_document_goes_without_a_trace() -> None:
    store = Store()
    for name in ("news/a.txt", "news/b.txt"):
        store.load(stored(document(name), facts(name)).quads, format=RdfFormat.N_QUADS)
    layout.remove(store, [document_iri("news/b.txt")])
    alone = Store()
    alone.load(stored(document("news/a.txt"), facts("news/a.txt")).quads, format=RdfFormat.N_QUADS)
    assert sorted(map(str, store)) == sorted(map(str, alone))
    assert len(set(nquads(document("news/b.txt"), facts("news/b.txt")).splitlines())) > 100
