"""A graph as a network: things and what links them, for networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.naming import by_preference
from kg.graph.store import texts_of
from kg.graph.vocabulary import KGO

if TYPE_CHECKING:
    import networkx
    from pyoxigraph import Store

    from kg.graph.store import GraphView

_SEED = 20210715  # of the search for communities: the same graph gives the same ones
_PLACES = 12  # to which weights and ranks are rounded, so that the order of additions does not show

_THINGS = """SELECT ?thing ?type ?key WHERE { ?thing skos:prefLabel ?key ; a ?type ; kgo:mentionedIn [] }"""
_NAMES = """SELECT ?thing ?name WHERE { GRAPH ?document { ?thing rdfs:label ?name ; skos:prefLabel [] } }"""
_LINKS = """SELECT ?s ?p ?o ?statement ?confidence ?sentence ?date ?value WHERE {
  ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgo:confidence ?confidence .
  FILTER(isIRI(?o))
  OPTIONAL { ?statement prov:wasDerivedFrom ?sentence }
  OPTIONAL { ?statement kgo:date ?date }
  OPTIONAL { ?statement kgo:value ?value }
}"""


def to_networkx(view: GraphView, *, min_confidence: float = 0.0) -> networkx.MultiDiGraph[str]:
    """Things as nodes, keyed by IRI, with `label` (the first name `by_preference`), `type` and `key`; each statement
    that links two things as an edge, keyed by the statement's IRI, with `predicate`, `confidence`, `sentence` (IRI, ""
    if known from a table), and `date` and `value` where there are any.

    Nodes and edges come in the order of their IRIs. What is less sure than `min_confidence` is left out, and so are
    indicators and figures.
    """
    import networkx

    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    names = _names(view.store)
    things: dict[str, tuple[str, str]] = {}
    for thing, type_, key in sorted((a, b, c) for a, b, c in texts_of(view.store, _THINGS) if b.startswith(KGO)):
        things.setdefault(thing, (type_, key))
    for thing, (type_, key) in things.items():
        network.add_node(thing, label=by_preference(names.get(thing, {key: 1}), type_.removeprefix(KGO), key)[0], type=type_.removeprefix(KGO), key=key)
    for s, p, o, statement, confidence, sentence, date, value in sorted(texts_of(view.store, _LINKS)):
        if s in things and o in things and float(confidence) >= min_confidence:
            more = {name: text for name, text in (("date", date), ("value", value)) if text}
            predicate = p.removeprefix(KGO)
            network.add_edge(
                s, o, key=statement, predicate=predicate, confidence=float(confidence), sentence=sentence, **more
            )
    return network


def _names(store: Store) -> dict[str, dict[str, int]]:
    """Thing → its names, each with the number of documents that write it."""
    counts: dict[str, dict[str, int]] = {}
    for thing, name in texts_of(store, _NAMES):
        own = counts.setdefault(thing, {})
        own[name] = own.get(name, 0) + 1
    return counts


def pagerank(network: networkx.MultiDiGraph[str]) -> dict[str, float]:
    """PageRank (Page et al. 1999, damping 0.85) of each node, the most central first; {} for an empty network."""
    import networkx

    if not network:
        return {}
    ranks = networkx.pagerank(_simple(network))
    rounded = {node: round(rank, _PLACES) for node, rank in ranks.items()}
    return dict(sorted(rounded.items(), key=lambda item: (-item[1], item[0])))


def central_things(network: networkx.MultiDiGraph[str], top: int = 10) -> list[tuple[str, float]]:
    """The `top` nodes by PageRank, each with its rank."""
    return list(pagerank(network).items())[:top]


def communities(network: networkx.MultiDiGraph[str]) -> list[list[str]]:
    """Groups of nodes that are linked among themselves more than with others (Louvain, Blondel et al. 2008), the
    largest first, the nodes of each by PageRank, the most central first; nodes without any link are in none."""
    import networkx

    graph = _simple(network).to_undirected()
    graph.remove_nodes_from([node for node in list(graph) if graph.degree(node) == 0])
    if not graph:
        return []
    found = networkx.community.louvain_communities(graph, seed=_SEED)
    place = {node: i for i, node in enumerate(pagerank(network))}
    return sorted((sorted(group, key=place.__getitem__) for group in found), key=lambda group: (-len(group), group))


def _simple(network: networkx.MultiDiGraph[str]) -> networkx.DiGraph[str]:
    """One edge for each pair of nodes, as heavy as its statements are sure; no loops."""
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(network)
    weights: dict[tuple[str, str], float] = {}
    for source, target, data in network.edges(data=True):
        if source != target:
            weights[source, target] = weights.get((source, target), 0.0) + float(data["confidence"])
    for (source, target), weight in weights.items():
        graph.add_edge(source, target, weight=round(weight, _PLACES))
    return graph
