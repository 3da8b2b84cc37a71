"""A graph as a network: things and what links them, for networkx."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from kg.graph.naming import by_preference
from kg.graph.store import texts_of
from kg.graph.vocabulary import KGO

if TYPE_CHECKING:
    import networkx
    import numpy as np
    from numpy.typing import NDArray
    from pyoxigraph import Store

    from kg.graph.store import GraphView

_SEED = 20210715  # of the search for communities: the same graph gives the same ones
_ROUNDS = 60  # after which PageRank changes by less than a ten-thousandth of itself (0.85 to this power)
_PLACES = 12  # to which weights and ranks are rounded, so that the order of additions does not show

# A thing is in many sentences: it is found once before its name is looked up.
_THINGS = "SELECT ?thing ?type ?key ?code WHERE { { SELECT DISTINCT ?thing { ?thing kgo:mentionedIn [] } } ?thing skos:prefLabel ?key ; a ?type OPTIONAL { ?thing kgo:code ?code } }"
_NAMES = """SELECT ?thing ?name WHERE { GRAPH ?document { ?thing rdfs:label ?name ; skos:prefLabel [] } }"""
_LINKS = """SELECT ?s ?p ?o ?statement ?confidence ?sentence ?document ?date ?value WHERE {
  ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgo:confidence ?confidence ;
    kgo:statedIn ?document .
  FILTER(isIRI(?o))
  OPTIONAL { ?statement prov:wasDerivedFrom ?sentence }
  OPTIONAL { ?statement kgo:date ?date }
  OPTIONAL { ?statement kgo:value ?value }
}"""
_TEXTS = "SELECT ?sentence ?text WHERE { ?sentence kgo:text ?text }"  # beside the links: joined with each it is slow
_DOCUMENTS = "SELECT ?document ?id WHERE { ?document dcterms:identifier ?id }"
_PAIRS = """SELECT ?s ?o ?confidence WHERE {
  ?statement rdf:subject ?s ; rdf:object ?o ; kgo:confidence ?confidence .
  FILTER(isIRI(?o))
}"""


class NamedThing(NamedTuple):
    """What a thing is called: the first name `by_preference`, the local name of its class, its canonical name, an area's code or ""."""

    name: str
    type: str
    key: str
    code: str


def to_networkx(view: GraphView, *, min_confidence: float = 0.0) -> networkx.MultiDiGraph[str]:
    """Things as nodes, keyed by IRI, with `label` (the first name `by_preference`), `type`, `key` and an area's `code`; each statement
    that links two things as an edge, keyed by the statement's IRI, with `predicate`, `confidence`, the `sentence` that says
    so ("" if known from a table), the id of its `document`, and `date` and `value` where there are any.

    Nodes and edges come in the order of their IRIs. What is less sure than `min_confidence` is left out, and so are
    indicators and figures.
    """
    import networkx

    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    things = named_things(view.store)
    for iri, thing in things.items():
        network.add_node(iri, label=thing.name, type=thing.type, key=thing.key, **({"code": thing.code} if thing.code else {}))
    sentences = {sentence: text for sentence, text in texts_of(view.store, _TEXTS)}
    documents = {document: name for document, name in texts_of(view.store, _DOCUMENTS)}
    for s, p, o, statement, confidence, sentence, document, date, value in sorted(texts_of(view.store, _LINKS)):
        if s in things and o in things and float(confidence) >= min_confidence:
            more = {name: text for name, text in (("date", date), ("value", value)) if text}
            predicate = p.removeprefix(KGO)
            network.add_edge(
                s, o, key=statement, predicate=predicate, confidence=float(confidence), sentence=sentences.get(sentence, ""),
                document=documents.get(document, ""), **more,
            )  # fmt: skip
    return network


def named_things(store: Store) -> dict[str, NamedThing]:
    """All things that a text names, by IRI and in the order of the IRIs."""
    names = _names(store)
    found: dict[str, NamedThing] = {}
    for iri, type_, key, code in sorted((a, b.removeprefix(KGO), *more) for a, b, *more in texts_of(store, _THINGS) if b.startswith(KGO)):
        found.setdefault(iri, NamedThing(by_preference(names.get(iri, {key: 1}), type_, key)[0], type_, key, code))
    return found


def _names(store: Store) -> dict[str, dict[str, int]]:
    """Thing → its names, each with the number of documents that write it."""
    counts: dict[str, dict[str, int]] = {}
    for thing, name in texts_of(store, _NAMES):
        own = counts.setdefault(thing, {})
        own[name] = own.get(name, 0) + 1
    return counts


def linked_pairs(view: GraphView) -> networkx.DiGraph[str]:
    """Things as nodes, keyed by IRI, with one edge for each pair that statements link, its `weight` the sum of how sure these are; no loops."""
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(sorted({thing for thing, type_, *_ in texts_of(view.store, _THINGS) if type_.startswith(KGO)}))
    weights: dict[tuple[str, str], float] = {}
    for source, target, confidence in texts_of(view.store, _PAIRS):
        if source != target and source in graph and target in graph:
            weights[source, target] = weights.get((source, target), 0.0) + float(confidence)
    for (source, target), weight in sorted(weights.items()):
        graph.add_edge(source, target, weight=round(weight, _PLACES))
    return graph


def pagerank(n: int, source: NDArray[np.int64], target: NDArray[np.int64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """PageRank (Page et al. 1999, damping 0.85) of the nodes 0 to n - 1, which sum to 1, by links from `source` to `target` that count as much as `weight`."""
    import numpy as np

    out = np.bincount(source, weights=weight, minlength=n)
    share = weight / out[source]
    alone = out == 0
    rank = np.full(n, 1.0 / max(n, 1))
    for _ in range(_ROUNDS if n else 0):
        passed = np.bincount(target, weights=rank[source] * share, minlength=n)
        rank = 0.15 / n + 0.85 * (passed + rank[alone].sum() / n)
    return rank


def ranked(network: networkx.DiGraph[str]) -> dict[str, float]:
    """PageRank of each node of `linked_pairs`, the most central first."""
    import numpy as np

    place = {node: i for i, node in enumerate(network)}
    links = [(place[source], place[target], weight) for source, target, weight in network.edges(data="weight")]
    source, target, weight = np.array(links).reshape(-1, 3).T
    ranks = pagerank(len(place), source.astype(np.int64), target.astype(np.int64), weight).round(_PLACES).tolist()
    return dict(sorted(zip(place, ranks, strict=True), key=lambda item: (-item[1], item[0])))


def communities(network: networkx.DiGraph[str], ranks: Mapping[str, float]) -> list[list[str]]:
    """Groups of nodes of `linked_pairs` that are linked among themselves more than with others (Louvain, Blondel et al. 2008),
    the largest first, the nodes of each in the order of `ranks`; nodes without any link are in none."""
    import networkx

    graph = network.to_undirected()
    graph.remove_nodes_from([node for node in list(graph) if graph.degree(node) == 0])
    if not graph:
        return []
    found = networkx.community.louvain_communities(graph, seed=_SEED)
    place = {node: i for i, node in enumerate(ranks)}
    return sorted((sorted(group, key=place.__getitem__) for group in found), key=lambda group: (-len(group), group))
