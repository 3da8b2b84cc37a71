"""The default graph of a store: the RDF merge of its named graphs, each triple once.

Several documents name the same places and state the same facts, so their graphs share triples. Oxigraph can query the union
of all graphs instead, but up to 0.5.13 gives a triple once for each graph that has it: `COUNT` and `SUM` come out too large
(github.com/oxigraph/oxigraph/issues/1919, mended after that release). So the merge is kept beside the graphs, and a query
that names no graph is answered from it, by the letter of SPARQL 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Store

# The last term of a line; no literal holds a raw line feed, so nothing inside one can look like it.
_GRAPH = re.compile(rb" <[^<>\n]*> \.\n")


def load(store: Store, quads: bytes) -> None:
    """Add N-Quads, each in a named graph and with a line feed at its end, to their graphs and to the merge."""
    from pyoxigraph import RdfFormat

    store.bulk_load(quads + _GRAPH.sub(b" .\n", quads), format=RdfFormat.N_QUADS)


def remove(store: Store, graphs: Iterable[str]) -> None:
    """Take out the named graphs of these IRIs, and from the merge what no other graph holds."""
    from pyoxigraph import NamedNode, Quad

    for graph in map(NamedNode, graphs):
        held = list(store.quads_for_pattern(None, None, None, graph))
        store.remove_graph(graph)
        for quad in held:
            merged = Quad(quad.subject, quad.predicate, quad.object)
            others = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            if all(other == merged for other in others):
                store.remove(merged)
