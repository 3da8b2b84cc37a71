"""What changed between two graphs: documents, facts and figures that are in one of them only.

Facts are compared by what they say and which document says it, not by rule, offsets or confidence: a rule that was
renamed changes no fact, neither does a text put into the other script, and neither does a thing that has another IRI
now (its place became known) but is called the same.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ask.lookup import describe
from kg.ask.wording import is_among_first, measured
from kg.errors import KgError
from kg.graph.store import texts_of
from kg.graph.vocabulary import BOUNDS, KGR
from kg.ontology import KGO
from kg.text.fold import fold

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.graph.store import GraphView

_FACTS = """SELECT DISTINCT ?source ?s ?p ?o ?value ?date WHERE {
    ?f a kgo:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgo:statedIn/dcterms:identifier ?source .
    OPTIONAL { ?f kgo:value ?value } OPTIONAL { ?f kgo:date ?date } }"""
_FIGURES = """SELECT DISTINCT ?source ?s ?indicator ?kind ?bound ?value ?unit ?period ?scope WHERE {
    ?f kgo:indicatorText ?indicator ; kgo:kind ?kind ; kgo:bound ?bound ; kgo:value ?value ; kgo:unit ?unit ;
       kgo:statedIn/dcterms:identifier ?source .
    OPTIONAL { ?f kgo:subject ?s } OPTIONAL { ?f kgo:period ?period } OPTIONAL { ?f kgo:rankScope ?scope } }"""
_DOCUMENTS = "SELECT ?source ?hash WHERE { ?d a kgo:Document ; dcterms:identifier ?source ; kgo:sha256 ?hash }"
_SIGNS = {f"{KGO}bound-{name}": sign for sign, name in BOUNDS.items()}


@dataclass(frozen=True)
class Change:
    """A fact or figure that only one of the graphs has: `sign` is + (new) or - (gone)."""

    sign: str
    document: str
    fact: str


@dataclass(frozen=True)
class Difference:
    """Documents by id, and the changes sorted by document and fact."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    altered: tuple[str, ...]  # in both, from other bytes
    changes: tuple[Change, ...]
    renamed: tuple[tuple[str, str], ...] = ()  # old id and new id of the same bytes

    @property
    def empty(self) -> bool:
        """Whether the two graphs say the same."""
        return not (self.added or self.removed or self.altered or self.changes or self.renamed)


def compare(old: Store, new: Store) -> Difference:
    """What `new` has that `old` has not, and the other way round."""
    before, after = _documents(old), _documents(new)
    renamed = _renamed(before, after)
    before = {renamed.get(source, source): digest for source, digest in before.items()}
    changes: list[Change] = []
    for query, name in ((_FACTS, _fact), (_FIGURES, _figure)):
        were = _by_meaning({(renamed.get(row[0], row[0]), *row[1:]) for row in texts_of(old, query)})
        are = _by_meaning(set(texts_of(new, query)))
        gone = Counter((row[0], name(old, row)) for said, row in were.items() if said not in are)
        come = Counter((row[0], name(new, row)) for said, row in are.items() if said not in were)
        # What reads the same on both sides is one fact about things that were told apart anew.
        changes += [Change("-", *one) for one in (gone - come).elements()]
        changes += [Change("+", *one) for one in (come - gone).elements()]
    return Difference(
        added=tuple(sorted(set(after) - set(before))),
        removed=tuple(sorted(set(before) - set(after))),
        altered=tuple(sorted(d for d in set(before) & set(after) if before[d] != after[d])),
        changes=tuple(sorted(changes, key=lambda c: (c.document, c.fact, c.sign))),
        renamed=tuple(sorted(renamed.items())),
    )


def _renamed(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """Old id → new id of each file that was moved or renamed: the only one of its bytes on both sides."""

    def alone(some: dict[str, str], others: dict[str, str]) -> dict[str, str]:
        times = Counter(some.values())
        return {digest: source for source, digest in some.items() if source not in others and times[digest] == 1}

    gone, come = alone(before, after), alone(after, before)
    return {gone[digest]: come[digest] for digest in gone.keys() & come.keys()}


def generation(folder: Path, name: str | None = None) -> GraphView:
    """A generation of a graph that is still kept; by default the one before the live one. KgError if it is not there."""
    from pyoxigraph import Store

    from kg.graph.generations import kept_generations
    from kg.graph.store import STORE, GraphView, live_or_fault

    live = live_or_fault(folder)
    kept = {path.name: path for path in kept_generations(folder)}
    if name is None:
        earlier = [one for one in kept if one < live]
        if not earlier:
            raise KgError(
                "has no earlier generation", file=folder, hint="build it again after a change, or give two graphs"
            )
        name = earlier[-1]
    name = name.zfill(6)
    if name not in kept:
        raise KgError(f"has no generation {name}", file=folder, hint=f"kept are {', '.join(kept)}")
    return GraphView(folder, name, Store.read_only(str(kept[name] / STORE)))


def _by_meaning(rows: set[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The rows under what they say in either script: document, then all else folded."""
    return {(row[0], *map(fold, row[1:])): row for row in sorted(rows)}


def _documents(store: Store) -> dict[str, str]:
    return {source: digest for source, digest in texts_of(store, _DOCUMENTS)}


def _fact(store: Store, row: tuple[str, ...]) -> str:
    _, subject, predicate, target, value, date = row
    words = [describe(store, subject).name, predicate.removeprefix(KGO), _name(store, target), value, date]
    return " ".join(word for word in words if word)


def _figure(store: Store, row: tuple[str, ...]) -> str:
    _, subject, indicator, kind, bound, value, unit, period, scope = row
    kind, sign = kind.removeprefix(KGO + "kind-"), _SIGNS.get(bound, "").replace("=", "")
    of = _name(store, unit).replace("–", "")  # what has no unit has one called so
    first = is_among_first(kind, scope, of, bound.removeprefix(KGO + "bound-"))
    amount = f"among the first {value}" if first else f"{sign}{measured(Decimal(value), of)}"
    words = [_name(store, subject), indicator, kind, amount, period, scope and f"within {scope}"]
    return " ".join(word for word in words if word)


def _name(store: Store, value: str) -> str:
    """A thing's name, a code's last part, or the text itself."""
    return describe(store, value).name if value.startswith(KGR) else value.removeprefix(KGO).removeprefix("status-")
