"""Things that may be one and the same, with the reason: for review, never merged by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pyoxigraph import Store

from kg.graph.vocabulary import KGO, PREFIXES

_ALIKE = 0.7  # share of two-character pieces in common from which two names are shown
_SHORTEST = 4  # shorter names share too many pieces by chance
_COMMON = 60  # a piece that so many names have tells nothing


@dataclass(frozen=True)
class Pair:
    """Two things of one class; `why` is one of scope, contained, alike."""

    type: str
    name: str
    other: str
    iri: str
    other_iri: str
    why: str
    score: float

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def likely_same(store: Store, kind: str | None = None, limit: int = 100) -> list[Pair]:
    """Likely duplicates, most likely first; of the class `kind` only, if given."""
    pairs: dict[tuple[str, str], Pair] = {}
    for type_, things in _things(store).items():
        if kind is None or type_ == kind:
            for pair in _candidates(type_, things):
                key = (min(pair.iri, pair.other_iri), max(pair.iri, pair.other_iri))
                if key not in pairs or pairs[key].score < pair.score:
                    pairs[key] = pair
    return sorted(pairs.values(), key=lambda p: (-p.score, p.type, p.name, p.other, p.iri, p.other_iri))[:limit]


def _things(store: Store) -> dict[str, list[tuple[str, str, str]]]:
    """Class → (IRI, key, code) of all entities."""
    rows: Any = store.query(
        """SELECT DISTINCT ?thing ?class ?name ?code WHERE {
             ?thing a ?class ; skos:prefLabel ?name ; kgo:mentionedIn ?sentence . OPTIONAL { ?thing kgo:code ?code } }""",
        prefixes=PREFIXES,
    )  # fmt: skip
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for thing, class_, name, code in rows:
        found[class_.value.removeprefix(KGO)].add((thing.value, name.value, code.value if code is not None else ""))
    return {class_: sorted(things) for class_, things in sorted(found.items())}


def _candidates(type_: str, things: list[tuple[str, str, str]]) -> Iterator[Pair]:
    by_name: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    by_piece: dict[str, list[int]] = defaultdict(list)
    pieces: list[frozenset[str]] = []
    for number, thing in enumerate(things):
        by_name[thing[1]].append(thing)
        pieces.append(frozenset(thing[1][at : at + 2] for at in range(len(thing[1]) - 1)))
        for piece in pieces[-1]:
            by_piece[piece].append(number)
    for same in by_name.values():
        for place, (iri, name, code) in enumerate(same):
            for other_iri, other, other_code in same[place + 1 :]:
                if not (code and other_code):  # two divisions with one name are two places
                    yield Pair(type_, name, other, iri, other_iri, "scope", 1.0)
    for number, (iri, name, code) in enumerate(things):
        if len(name) < _SHORTEST:
            continue
        near = {other for piece in pieces[number] if len(by_piece[piece]) <= _COMMON for other in by_piece[piece] if other > number}
        for other_number in sorted(near):
            other_iri, other, other_code = things[other_number]
            if len(other) < _SHORTEST or other == name or (code and other_code):
                continue
            score = len(pieces[number] & pieces[other_number]) / len(pieces[number] | pieces[other_number])
            contained = name in other or other in name
            if contained and score >= 0.5:
                yield Pair(type_, name, other, iri, other_iri, "contained", round(score, 3))
            elif score >= _ALIKE and _digits(name) == _digits(other):
                yield Pair(type_, name, other, iri, other_iri, "alike", round(score, 3))


def _digits(name: str) -> str:
    """The numbers in a name: 一期 and 二期, 8号线 and 9号线 are two things."""
    return "".join(char for char in name if char.isdigit() or char in "一二三四五六七八九十")
