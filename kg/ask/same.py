"""Things that may be one and the same, with the reason: for review, never merged by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import reduce
from itertools import combinations, islice
from os.path import commonprefix
from typing import Any, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Store

from kg.ask.lookup import known_class
from kg.ask.lookup_words import lookup_words
from kg.extract.names.assemble import law_words
from kg.graph.decisions import compared_names, said_different
from kg.graph.store import rows_of
from kg.graph.vocabulary import KGO

_ALIKE = 0.7  # share of two-character pieces in common from which two names are shown
_SHORTEST = 4  # shorter names share too many pieces by chance
_TWO_PLACES, _ONE_PLACE = 0.4, 0.8  # scores of one name in two known places, and where one of them is not known
_HALF = 0.5  # share from which one name inside another is shown
_PLACE = 2  # characters of the name of a place that tells by itself
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
    things = _things(store)
    places = _Places(things.get("Area", ()))
    pairs: dict[tuple[str, str, str], Pair] = {}  # one of the same two names: 三河村 of three places is asked about once
    for type_, of_class in things.items():
        if kind is None or type_ == kind:
            for pair in _candidates(type_, of_class, places):
                key = (type_, min(pair.name, pair.other), max(pair.name, pair.other))
                if key not in pairs or _order(pair) < _order(pairs[key]):
                    pairs[key] = pair
    likely = sorted(pairs.values(), key=_order)
    return list(islice((pair for pair in likely if not _linked(store, pair) and not _kept_apart(store, pair, apart)), limit))


def _order(pair: Pair) -> tuple[Any, ...]:
    return -pair.score, pair.type, pair.name, pair.other, pair.iri, pair.other_iri


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


class _Places:
    """Which places a name names: of 白俄罗斯国防部 it is 白俄罗斯, and not 俄罗斯 too."""

    def __init__(self, areas: Iterable[_Known]) -> None:
        level = lookup_words().area_level
        self._areas: dict[str, str] = {}  # a place's name in full and without its level → in full
        for area in areas:
            if len(area.key) >= _PLACE and area.code:
                self._areas[area.key] = area.key
                if (end := level.search(area.key, _PLACE)) and end.end() == len(area.key):
                    self._areas.setdefault(area.key[: end.start()], area.key)
        self._longest = max(map(len, self._areas), default=0)

    def of(self, name: str) -> frozenset[str]:
        found, at = set(), 0
        while at < len(name) - 1:
            length = next((n for n in range(min(self._longest, len(name) - at), 1, -1) if name[at : at + n] in self._areas), 0)
            if length:
                found.add(self._areas[name[at : at + length]])
            at += length or 1
        return frozenset(found)


def _candidates(type_: str, things: list[_Known], places: _Places) -> Iterator[Pair]:
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
        for one, other in combinations(same, 2):
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
            if type_ == "Body" and score < _ALIKE and _is_short_for(one.key, other.key):
                score = _ALIKE
            contained = one.key in other.key or other.key in one.key
            if score < (_HALF if contained else _ALIKE) or _are_two(one, other, contained, places):
                continue
            yield pair(one, other, "contained" if contained else "alike", score)


def _is_short_for(one: str, other: str) -> bool:
    """Whether a firm goes by a shorter name: 成都轨道集团 for 成都轨道交通集团有限公司. Both begin and end alike, but for what it is by law."""
    short, full = sorted((reduce(str.removesuffix, lookup_words().legal_forms, name) for name in (one, other)), key=len)
    if len(short) < _SHORTEST or short == full or short[:_PLACE] != full[:_PLACE] or short[-_PLACE:] != full[-_PLACE:]:
        return False
    letters = iter(full)
    return all(letter in letters for letter in short)


def _are_two(one: _Known, other: _Known, contained: bool, places: _Places) -> bool:
    """Whether the names tell two things: of two numbers or places, a thing and a part of it or a paper on it."""
    short, full = sorted((one, other), key=lambda thing: len(thing.key))
    theirs, others = places.of(short.key), places.of(full.key)
    if _digits(short.key) != _digits(full.key) or (theirs and others and not theirs <= others and not others <= theirs):
        return True
    return _apart(short.key, full.key) or _of_another_place(short, full) if contained else _differ(short.key, full.key)


def _apart(short: str, full: str) -> bool:
    """Whether the longer of two names tells of another thing: of a paper on the other, of a part of it, of the law of a place."""
    words = lookup_words()
    lead, _, tail = full.partition(short)
    if words.paper_on.fullmatch(lead + tail) or (tail and words.another.fullmatch(tail)) or lead in words.other_side:
        return True
    return bool(lead) and short.endswith(law_words().ends) and lead.endswith(words.area_ends)


def _of_another_place(short: _Known, full: _Known) -> bool:
    """Whether the shorter name is of a known place and the longer begins with another: 市政府 of one city and 甲市政府."""
    lead = full.key.removesuffix(short.key)
    return bool(short.place) and "/" not in short.place and lead != full.key and not short.place.startswith(lead)


def _differ(one: str, other: str) -> bool:
    """Whether two names differ in a word that tells two things: of two places, of a committee and of the whole."""
    begin = len(commonprefix([one, other]))
    end = min(len(commonprefix([one[::-1], other[::-1]])), min(len(one), len(other)) - begin)
    middles = one[begin : len(one) - end], other[begin : len(other) - end]
    words, rest = lookup_words(), one[len(one) - end :]
    # Of two places that no table knows a last character may be alike too.
    places = all(middles) and any(rest.startswith(words.area_ends, shared) for shared in range(2))
    return places or any(words.another.fullmatch(middle) for middle in middles)


def _digits(name: str) -> str:
    """The numbers in a name, but of what it counts: 一期 and 二期, 8号线 and 9号线 are two things, 六大行动 and 行动 may be one."""
    return "".join(char for char in lookup_words().counts.sub("", name) if char.isdigit() or char in "一二三四五六七八九十首两")
