"""What is in a graph: counts, the things everything hangs together by, and the groups they form."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg.ask.lookup import Thing, describe
from kg.ask.results import plain_rows
from kg.ontology import KGO

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.graph.store import GraphView


@dataclass(frozen=True)
class Info:
    """Counts of a graph. `central`: (thing, PageRank); `communities`: (number of things, the most central of them)."""

    documents: int
    sentences: int
    facts: int
    figures: int
    quads: int
    types: dict[str, int]
    predicates: dict[str, int]
    kinds: dict[str, int]  # of figures
    central: tuple[tuple[Thing, float], ...]
    communities: tuple[tuple[int, tuple[Thing, ...]], ...]

    def as_data(self) -> dict[str, Any]:
        """For JSON: all fields by their names."""
        return asdict(self)


def info(view: GraphView, top: int = 10, network: bool = True) -> Info:
    """Counts by type, predicate and kind; with `network`, the `top` central things and communities too."""
    store = view.store
    central: tuple[tuple[Thing, float], ...] = ()
    communities: tuple[tuple[int, tuple[Thing, ...]], ...] = ()
    if network:
        central, communities = _network(view, top)
    types = _counts(store, "SELECT ?k (COUNT(?x) AS ?n) WHERE { { SELECT DISTINCT ?x { ?x kgo:mentionedIn [] } } ?x a ?k } GROUP BY ?k")
    return Info(
        documents=_count(store, "?x a kgo:Document"),
        sentences=_count(store, "?x a kgo:Sentence"),
        facts=_count(store, "?x a kgo:Statement"),
        figures=_count(store, "?x a qb:Observation"),
        quads=plain_rows(store, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")[0][0],
        types=types,
        predicates=_counts(store, "SELECT ?k (COUNT(?x) AS ?n) WHERE { ?x rdf:predicate ?k } GROUP BY ?k"),
        kinds={
            kind.removeprefix("kind-"): number
            for kind, number in _counts(
                store, "SELECT ?k (COUNT(?x) AS ?n) WHERE { ?x a qb:Observation ; kgo:kind ?k } GROUP BY ?k"
            ).items()
        },
        central=central,
        communities=communities,
    )


def _count(store: Store, pattern: str) -> int:
    return int(plain_rows(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")[0][0])


def _counts(store: Store, sparql: str) -> dict[str, int]:
    """Local name → number, the largest first."""
    found = [(str(key).removeprefix(KGO), int(number)) for key, number in plain_rows(store, sparql)]
    return dict(sorted(found, key=lambda item: (-item[1], item[0])))


def _network(view: GraphView, top: int) -> tuple[Any, Any]:
    from kg.graph.network import communities, linked_pairs, ranked

    network = linked_pairs(view)
    ranks = ranked(network)
    groups = communities(network, ranks)
    store = view.store
    central = tuple((describe(store, iri), rank) for iri, rank in islice(ranks.items(), top))
    found = tuple((len(group), tuple(describe(store, iri) for iri in group[:5])) for group in groups[:top])
    return central, found
