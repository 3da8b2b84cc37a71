"""Editions of events: 第六届进博会 is one of the fairs called 中国国际进口博览会, and 进博会 after it is that one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.extract.knowledge.phrases import Words
from kg.extract.names.assemble import key_of
from kg.extract.names.mentions import EDITION
from kg.extract.names.rows import Draft

_THIS = 4  # characters before an event that may say so
_FEW = 8  # so many names are compared one by one
_NEAR, _REACH = 12, 500  # names, and characters, back to which 本届 can refer


class EditionWords(Words):
    """The patterns `editions` of `rules/names.yaml`, with the same names."""

    joins: frozenset[str]
    this: re.Pattern[str]  # before an event: one that was named before
    numbered: re.Pattern[str]
    of_many: re.Pattern[str]  # of which one body, or one year, has several


def name_editions(drafts: Sequence[Draft], folded: str) -> None:
    """Name each edition by the canonical name of its event: 第六届进博会 gets the key 第六届中国国际进口博览会."""
    for draft in drafts:
        if (series := _series(draft)) is not None:
            draft.key = key_of(folded[draft.start : series.start]) + series.key


def _series(draft: Draft) -> Draft | None:
    """The known event with which the name of an edition ends."""
    last = draft.inner[-1] if draft.type == "Event" and draft.inner else None
    return last if last is not None and last.type == "Event" and last.end == draft.end else None


def join_editions(drafts: Sequence[Draft], folded: str, words: EditionWords, about: tuple[str, ...] = ()) -> None:
    """Let an event named without its edition, or with less of it, be the one edition that the document names.

    It is none whose name ends as `about` says: 第七届进博会新闻发布会 is held about the fair.
    """
    events = [d for d in drafts if d.type == "Event" and not d.reference]
    names: dict[str, tuple[str, str]] = {}  # key → name as written, key of its series
    for draft in events:
        series = _series(draft)
        names.setdefault(draft.key, (key_of(folded[draft.start : draft.end]), series.key if series is not None else ""))
    joined: dict[str, str] = {}
    told = _Told(names if len(names) > 1 else {}, words)
    for key in names if len(names) > 1 else ():
        fuller = {other for other in told.fuller(key) if key.endswith(about) or not other.endswith(about)}
        longest = max(fuller, key=lambda other: (len(other), other), default="")
        if longest and all(in_order(other, longest) for other in fuller):
            joined[key] = longest
    for draft in events:
        if draft.key in joined:
            draft.key, draft.reference = joined[draft.key], EDITION
    for place, draft in enumerate(events):
        name, before = folded[draft.start : draft.end], events[max(0, place - _NEAR) : place]
        if words.this.search(folded, max(0, draft.start - _THIS), draft.start) and (named := _named_in_full(draft, name, [d for d in before if name.endswith(about) or not d.key.endswith(about)])):
            draft.key, draft.reference = named.key, EDITION


def _named_in_full(draft: Draft, name: str, before: Sequence[Draft]) -> Draft | None:
    """The event that 本届 means, before `draft`, written `name`: for 本届冬运会 第十四届全国冬季运动会."""
    for other in reversed(before):
        if draft.start - other.end > _REACH:
            return None
        if other.key == draft.key:
            return None
        if len(other.key) > len(name) and other.key[-1] == name[-1] and in_order(name, other.key):
            return other
    return None


class _Told:
    """The names of a document's events (key → name as written, key of its series), by what others may say in other words."""

    def __init__(self, names: Mapping[str, tuple[str, str]], words: EditionWords) -> None:
        self._names, self._words = names, words
        self._numbers = {key: number for key, (name, _) in names.items() if (number := words.numbered.search(name))}
        self._of_series: dict[str, _Holding] = {}  # keys
        self._of_number: dict[str, _Holding] = {}  # keys of editions of a series, by the number or year that they begin with
        self._of_edition: dict[tuple[str, str], _Holding] = {}  # names, by number or year and their last two characters
        self._ending: dict[str, list[str]] = {}  # for each name of no series the keys of those that end with it
        written = {name for name, series in names.values() if not series}
        lengths = sorted({len(name) for name in written})
        for key, (name, series) in names.items():
            if series:
                self._of_series.setdefault(series, _Holding()).add(key, key)
                if begins := words.numbered.match(key):
                    self._of_number.setdefault(begins[0], _Holding()).add(key, key)
            if number := self._numbers.get(key):
                self._of_edition.setdefault((number[0], name[-2:]), _Holding()).add(name, key)
            for length in lengths:
                if length <= len(name) and name[-length:] in written:
                    self._ending.setdefault(name[-length:], []).append(key)

    def fuller(self, key: str) -> set[str]:
        """The keys of those that name the event of `key` in more words, or by the name of its series."""
        name, series = self._names[key]
        found = set(self._ending[name]) if not series else set()
        if same := self._of_series.get(series or key):
            found.update([other for longer, other in same.like(key) if in_order(key, longer)])
        if (number := self._numbers.get(key)) is not None:
            if not self._words.of_many.search(name):
                # 第三届消博会主题活动 … 第三届中国国际消费品博览会主题活动
                alike = self._of_edition[number[0], name[-2:]].like(name)
                found.update([other for longer, other in alike if len(longer) > len(name) and in_order(name, longer)])
            if number.start() == 0 and (editions := self._of_number.get(number[0])):
                # 2023年春节联欢晚会, in full what the key of 2023年春晚 says
                end = name[number.end() :].lstrip("年")
                found.update([other for whole, other in editions.like(end) if whole.endswith(end)])
        return found - {key}


class _Holding:
    """Names, each with its key. Of many, only those that have the rarest character of a shorter one are looked at."""

    def __init__(self) -> None:
        self._all: list[tuple[str, str]] = []
        self._having: dict[str, list[tuple[str, str]]] = {}

    def add(self, name: str, key: str) -> None:
        """One more; before the first question."""
        self._all.append((name, key))

    def like(self, short: str) -> list[tuple[str, str]]:
        """At least those that have all characters of `short`."""
        if len(self._all) <= _FEW or not short:
            return self._all
        if not self._having:
            for entry in self._all:
                for character in set(entry[0]):
                    self._having.setdefault(character, []).append(entry)
        return min([self._having.get(character, []) for character in set(short)], key=len)


def in_order(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in that order: 2024年春晚 in 2024年龙年春晚."""
    rest = iter(long)
    return all(character in rest for character in short)
