"""Things that may be one and the same, with the reason: for review, never merged by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from os.path import commonprefix
from typing import Any, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Store

from kg.extract.assemble import LAWS
from kg.graph.decisions import compared_names, said_different
from kg.graph.store import rows_of
from kg.graph.vocabulary import KGO
from kg.lookup import known_class
from kg.lookup_words import lookup_words

_ALIKE = 0.7  # share of two-character pieces in common from which two names are shown
_SHORTEST = 4  # shorter names share too many pieces by chance
_TWO_PLACES, _ONE_PLACE = 0.4, 0.8  # scores of one name in two known places, and where one of them is not known
_COMMON = 60  # a piece that so many names have tells nothing


@dataclass(frozen=True)
class Pair:
    """Two things of one class; `why` is one of scope, contained, alike.

    `place` and `other_place` say where a name stands that is no thing's alone: an area, else a document; "" for one that is.
    """

    type: str
    name: str
    other: str
    iri: str
    other_iri: str
    why: str
    score: float
    place: str
    other_place: str

    def as_data(self) -> dict[str, Any]:
        """For JSON: all fields by their names."""
        return asdict(self)


class _Known(NamedTuple):
    """A thing of the graph as pairs are made of it."""

    iri: str
    key: str
    code: str
    place: str


def likely_same(store: Store, kind: str | None = None, limit: int = 100) -> list[Pair]:
    """Likely duplicates, most likely first; of the class `kind` only, if given (KgError if nothing is of it).

    Left out are those that somebody keeps apart, and those between which the graph has a fact: a government comprises its office.
    """
    kind = kind and known_class(store, kind)
    apart = said_different(store)
    pairs: dict[tuple[str, str], Pair] = {}
    for type_, of_class in _things(store).items():
        if kind is None or type_ == kind:
            for pair in _candidates(type_, of_class):
                key = (min(pair.iri, pair.other_iri), max(pair.iri, pair.other_iri))
                if key not in pairs or pairs[key].score < pair.score:
                    pairs[key] = pair
    likely = sorted(pairs.values(), key=lambda p: (-p.score, p.type, p.name, p.other, p.iri, p.other_iri))
    return list(islice((pair for pair in likely if not _linked(store, pair) and not _kept_apart(store, pair, apart)), limit))


def _linked(store: Store, pair: Pair) -> bool:
    one, other = NamedNode(pair.iri), NamedNode(pair.other_iri)
    return any(any(store.quads_for_pattern(*ends, DefaultGraph())) for ends in ((one, None, other), (other, None, one)))


def _kept_apart(store: Store, pair: Pair, apart: frozenset[tuple[str, str, str]]) -> bool:
    """Whether a row of `authority.csv` says that the two are different."""
    if not apart:
        return False
    own, others = (set(compared_names(store, NamedNode(iri))) for iri in (pair.iri, pair.other_iri))
    return any((pair.type, *ends) in apart for one in own for other in others for ends in ((one, other), (other, one)))


def _things(store: Store) -> dict[str, list[_Known]]:
    """Class → all entities of it, sorted."""
    rows = rows_of(
        store,
        """SELECT DISTINCT ?thing ?class ?name ?code ?scope ?place WHERE {
             ?thing a ?class ; skos:prefLabel ?name ; kgo:mentionedIn ?sentence . OPTIONAL { ?thing kgo:code ?code }
             OPTIONAL { ?thing kgo:scope ?scope OPTIONAL { ?area kgo:code ?scope ; skos:prefLabel ?place } } }""",
    )  # fmt: skip
    found: dict[str, set[_Known]] = defaultdict(set)
    for thing, class_, name, code, scope, place in rows:
        values = ("" if term is None else term.value for term in (code, place or scope))
        found[class_.value.removeprefix(KGO)].add(_Known(thing.value, name.value, *values))
    return {class_: sorted(things) for class_, things in sorted(found.items())}


def _candidates(type_: str, things: list[_Known]) -> Iterator[Pair]:
    def pair(one: _Known, other: _Known, why: str, score: float) -> Pair:
        return Pair(type_, one.key, other.key, one.iri, other.iri, why, round(score, 3), one.place, other.place)

    by_name: dict[str, list[_Known]] = defaultdict(list)
    by_piece: dict[str, list[int]] = defaultdict(list)
    pieces: list[frozenset[str]] = []
    for number, thing in enumerate(things):
        by_name[thing.key].append(thing)
        pieces.append(frozenset(thing.key[at : at + 2] for at in range(len(thing.key) - 1)))
        for piece in pieces[-1]:
            by_piece[piece].append(number)
    for same in by_name.values():
        for place, one in enumerate(same):
            for other in same[place + 1 :]:
                if not (one.code and other.code):  # two divisions with one name are two places
                    yield pair(one, other, "scope", _TWO_PLACES if one.place and other.place else _ONE_PLACE)
    for number, one in enumerate(things):
        if len(one.key) < _SHORTEST:
            continue
        near = {other for piece in pieces[number] if len(by_piece[piece]) <= _COMMON for other in by_piece[piece] if other > number}
        for other_number in sorted(near):
            other = things[other_number]
            if len(other.key) < _SHORTEST or other.key == one.key or (one.code and other.code):
                continue
            score = len(pieces[number] & pieces[other_number]) / len(pieces[number] | pieces[other_number])
            contained = one.key in other.key or other.key in one.key
            if contained and (_apart(*sorted((one.key, other.key), key=len)) or _of_another_place(one, other)):
                continue
            if contained and score >= 0.5:
                yield pair(one, other, "contained", score)
            elif score >= _ALIKE and _digits(one.key) == _digits(other.key) and not _elsewhere(one.key, other.key):
                yield pair(one, other, "alike", score)


def _apart(short: str, full: str) -> bool:
    """Whether the longer of two names tells of another thing: of a paper on the other, of its office, of the law of a place."""
    words = lookup_words()
    return bool(words.paper_on.fullmatch(full.replace(short, "", 1))) or full.removeprefix(short) in words.offices or _local_law(short, full)


def _local_law(law: str, longer: str) -> bool:
    """Whether `longer` is the law of a place that has the name of a law of the country, which names no place."""
    return law.endswith(LAWS) and longer.endswith(law) and longer.removesuffix(law).endswith(lookup_words().area_ends)


def _of_another_place(one: _Known, other: _Known) -> bool:
    """Whether the shorter name is of a known place and the longer begins with another: 市政府 of one city and 甲市政府."""
    short, full = sorted((one, other), key=lambda thing: len(thing.key))
    lead = full.key.removesuffix(short.key)
    return bool(short.place) and "/" not in short.place and lead != full.key and not short.place.startswith(lead)


def _elsewhere(one: str, other: str) -> bool:
    """Whether two names begin with two areas and go on alike: the congresses of two provinces are two."""
    alike = len(commonprefix([one[::-1], other[::-1]]))
    rest = one[len(one) - alike :]
    # 江西省 and 山西省 have a character of their names in common too.
    return min(len(one), len(other)) > alike and any(rest.startswith(lookup_words().area_ends, shared) for shared in range(2))


def _digits(name: str) -> str:
    """The numbers in a name: 一期 and 二期, 8号线 and 9号线 are two things."""
    return "".join(char for char in name if char.isdigit() or char in "一二三四五六七八九十")
