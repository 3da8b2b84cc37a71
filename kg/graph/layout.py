"""What stands where in a store, so that each thing is stored as often as somebody looks for it there.

A document's named graph holds what it says plainly: its own description, things with their names, facts. The default graph
holds the RDF merge of all named graphs, each triple once, and beside it the evidence: sentences, statements, figures and
what is mentioned where. These nodes belong to one document by their IRIs, and name it (`kgo:statedIn`,
`dcterms:isPartOf`); a second copy in the document's graph would cost a third of all time to load and half the disk.

The merge is kept because Oxigraph up to 0.5.13, asked for the union of all graphs, gives a triple once for each graph
that has it: `COUNT` and `SUM` come out too large (github.com/oxigraph/oxigraph/issues/1919, mended after that release).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.graph.vocabulary import DCTERMS, KGO

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store


def evidence(store: Store, document: str) -> Iterator[Quad]:
    """The quads of the default graph that are evidence of the document of that IRI."""
    from pyoxigraph import DefaultGraph, NamedNode

    merged, about = DefaultGraph(), NamedNode(document)
    for fact in store.quads_for_pattern(None, NamedNode(KGO + "statedIn"), about, merged):
        yield from store.quads_for_pattern(fact.subject, None, None, merged)
    for sentence in store.quads_for_pattern(None, NamedNode(DCTERMS + "isPartOf"), about, merged):
        yield from store.quads_for_pattern(sentence.subject, None, None, merged)
        yield from store.quads_for_pattern(None, NamedNode(KGO + "mentionedIn"), sentence.subject, merged)


def remove(store: Store, graphs: Iterable[str]) -> None:
    """Take out the named graphs of these IRIs, their evidence, and from the merge what no other graph holds."""
    from pyoxigraph import NamedNode, Quad

    for graph in map(NamedNode, graphs):
        gone = list(evidence(store, graph.value))
        held = list(store.quads_for_pattern(None, None, None, graph))
        store.remove_graph(graph)
        for quad in held:
            merged = Quad(quad.subject, quad.predicate, quad.object)
            others = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            if all(other == merged for other in others):
                gone.append(merged)
        for quad in gone:
            store.remove(quad)
