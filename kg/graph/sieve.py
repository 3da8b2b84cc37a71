"""A graph without what is less sure: a view over a store of its own, which is exported, counted and compared as any other.

What goes: statements and figures below the bound, the plain facts that no other statement of the document says, things
that have no fact left, and then the sentences, indicators and units that nothing needs any more. What is refuted counts
for nothing; it stays beside things that stay.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.graph.layout import evidence
from kg.graph.store import rows_of
from kg.graph.vocabulary import DATASET, KGO, KGR, PREFIXES, PROV, RDF, VOID

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

    from kg.graph.store import GraphView

_MENTIONED, _CONFIDENCE = KGO + "mentionedIn", KGO + "confidence"
_REFERS_TO = KGO + "refersTo"
_KEPT_WITH_USE = (f"{KGR}i-", f"{KGR}unit-")  # indicators and units


@contextmanager
def surer(view: GraphView, min_confidence: float) -> Iterator[GraphView]:
    """`view` with the facts that are at least so sure; `view` itself for a bound of 0. It lasts as long as the context.

    Kept on the disk meanwhile, in the folder for temporary files: a graph may be larger than memory.
    """
    from pyoxigraph import Store

    from kg.graph.store import GraphView

    if min_confidence <= 0:
        yield view
        return
    with ExitStack() as until_used:
        try:
            folder = until_used.enter_context(tempfile.TemporaryDirectory(prefix="kg-sure-", ignore_cleanup_errors=True))
            store = Store(str(Path(folder) / "store"))
            store.bulk_extend(_kept(view.store, min_confidence))
        except OSError as error:
            raise KgError(f"the facts to be kept cannot be written: {error}", file=tempfile.gettempdir()) from error
        yield GraphView(view.folder, view.generation, store)


def _kept(store: Store, least: float) -> Iterator[Quad]:
    things = _things_with_facts(store, least)
    for graph in sorted(store.named_graphs(), key=str):
        proof: dict[Any, list[Quad]] = defaultdict(list)
        for quad in evidence(store, graph.value):
            proof[quad.subject].append(quad)
        plain = list(store.quads_for_pattern(None, None, None, graph))
        yield from _kept_of_document(plain, proof, things, least) if proof else _about(plain)


def _things_with_facts(store: Store, least: float) -> set[str]:
    """The IRIs of what sure facts and figures are about."""
    kept = f"?f kgo:confidence ?sure . FILTER(?sure >= {least:.6f})"
    answer = rows_of(
        store,
        f"""SELECT DISTINCT ?thing WHERE {{ {{ ?f rdf:predicate [] ; rdf:subject|rdf:object ?thing }} UNION {{ ?f kgo:subject ?thing }}
            {kept} FILTER(isIRI(?thing)) }}""",
    )
    return {row[0].value for row in answer}


def _kept_of_document(plain: list[Quad], proof: dict[Any, list[Quad]], things: set[str], least: float) -> Iterator[Quad]:
    from pyoxigraph import Quad

    named = {quad.subject.value for quad in plain if quad.predicate.value == PREFIXES["skos"] + "prefLabel"}  # type: ignore[union-attr]
    gone = {iri for iri in named if iri not in things and not iri.startswith(_KEPT_WITH_USE)}
    said: set[tuple[Any, ...]] = set()  # by statements that stay
    unsaid: set[tuple[Any, ...]] = set()  # by those that go
    used: set[Any] = set()  # sentences, indicators, units
    sieved: list[Quad] = []
    mentions: list[Quad] = []
    for quads in proof.values():
        own = {quad.predicate.value: quad.object for quad in quads}
        if _REFERS_TO in own:  # it stays with what it refers to
            if own[_REFERS_TO].value not in gone:  # type: ignore[union-attr]
                sieved += quads
            continue
        if _CONFIDENCE not in own:
            mentions += quads
            continue
        fact = (own.get(RDF + "subject"), own.get(RDF + "predicate"), own.get(RDF + "object"))
        ends = {getattr(end, "value", "") for end in (fact[0], fact[2])}
        if float(own[_CONFIDENCE].value) < least or ends & gone:  # type: ignore[union-attr]
            unsaid.add(fact)
            continue
        said.add(fact)
        used.update(own[name] for name in (PROV + "wasDerivedFrom", KGO + "indicator", KGO + "unit") if name in own)
        sieved += quads
    for quad in mentions:
        if quad.predicate.value == _MENTIONED and quad.subject.value not in gone:  # type: ignore[union-attr]
            used.add(quad.object)
            sieved.append(quad)
    sieved += [quad for quad in mentions if quad.predicate.value != _MENTIONED and quad.subject in used]
    yield from sieved
    for quad in plain:
        iri = quad.subject.value  # type: ignore[union-attr]
        if iri in gone or (iri.startswith(_KEPT_WITH_USE) and quad.subject not in used):
            continue
        triple = (quad.subject, quad.predicate, quad.object)
        if triple in said or triple not in unsaid:
            yield quad
            yield Quad(*triple)


def _about(plain: list[Quad]) -> Iterator[Quad]:
    """What is no document's, but for the counts, which are those of the whole graph."""
    from pyoxigraph import Quad

    for quad in plain:
        counted = quad.predicate.value in (VOID + "triples", VOID + "classPartition") or quad.subject.value.startswith(f"{DATASET}-")  # type: ignore[union-attr]
        if not counted:
            yield quad
            yield Quad(quad.subject, quad.predicate, quad.object)
