"""What a figure measures: the indicator cut out of the words around the number."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kg.edges import may_end
from kg.expressions import compiled, either
from kg.extract.knowledge.phrases import Phrases
from kg.once import Once

_EDGE = ' 　、，。：；—–-“”‘’（）()·…"《》【】①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳\n\t'
_TAIL = 16  # so many characters at the end of a name are looked at for words that lead to the number
_KNOWN_LENGTH = 3  # 投资 and 产值 are parts of many other names
_OPEN, _CLOSE = "“（《‘", "”）》’"
_TWINS = re.compile(r"（[\u4e00-\u9fff]{1,3}(?:、[\u4e00-\u9fff]{1,3})+）")


@dataclass(frozen=True, slots=True)
class IndicatorReader:
    """The patterns `indicators` of `rules/observations_names.yaml`, with the same names, and the names of the table of indicators."""

    lead: re.Pattern[str]  # words that lead up to a name
    tail: re.Pattern[str]  # words that lead from a name to the number
    growth: re.Pattern[str]
    bare: re.Pattern[str]
    verb_end: re.Pattern[str]
    verb_start: re.Pattern[str]
    predicate: re.Pattern[str]
    place_sign: frozenset[str]  # words of one character for places that are counted: 12个镇获评…
    generic: re.Pattern[str]
    not_noun: re.Pattern[str]
    rank_end: re.Pattern[str]
    money_end: re.Pattern[str]  # what is spent is named before its amount: 安排专项资金800万元采购药物
    fragment: re.Pattern[str]  # what shows that words are no name
    came_from: re.Pattern[str]  # no part of what is counted
    against: re.Pattern[str]
    made_by: re.Pattern[str]  # who makes it so, before what is measured
    by_somebody: re.Pattern[str]  # a change that somebody makes
    to_whom: re.Pattern[str]
    no_noun_first: re.Pattern[str]
    owner_of: re.Pattern[str]  # those counted, before what is told of them: 300个站点的观测信息
    alone: frozenset[str]  # say nothing without further words: 收入, 作品
    known: re.Pattern[str]  # names of the table of indicators
    labelled: re.Pattern[str]  # one of them with the colon that leads to its number
    own: re.Pattern[str] | None  # names of a user's own indicators, right before a number; None if there are none
    tail_ends: Once[str]  # the characters that `tail` may end with

    @classmethod
    def of(cls, phrases: Phrases, names: Iterable[str] = (), own: Collection[str] = ()) -> IndicatorReader:
        """The patterns of the rules, and one for the longer of `names`, and for `own` ones; KgError for a pattern that is missing."""
        known = either(name for name in names if len(name) >= _KNOWN_LENGTH)
        tail = phrases.patterns.get("indicators", {}).get("tail")
        return phrases.words_of(cls, "indicators", known=compiled(known), labelled=compiled(f"(?P<name>{known})： ?$"), own=compiled(f"(?P<name>{either(own)})(?:{phrases.words('to_number')})?$") if own else None, tail_ends=Once(may_end(tail.pattern if tail else "")))

    def tail_of(self, folded: str, start: int, end: int) -> re.Match[str] | None:
        """The words at the end of a name that lead to the number."""
        return self.tail.search(folded, max(start, end - _TAIL), end) if end > start and self.tail_ends[folded[end - 1]] else None

    def trim_before(self, folded: str, start: int, end: int, growth: bool) -> tuple[int, int]:
        """The span of the indicator in `folded[start:end]`, the words that lead up to a number; empty if nothing is left."""
        while True:
            old = start, end
            start, end = span_of(folded, start, end)
            if growth and (found := self.growth.search(folded[start:end])):
                end = start + found.start()
                if self.by_somebody.search(found[0]) and (whose := self.made_by.search(folded, start, end)):
                    start = whose.start() + 1
                if against := self.against.search(folded, start, end):
                    end = against.start()
            if found := self.tail_of(folded, start, end):
                end = found.start()
            if found := self.lead.match(folded, start, end):
                start = found.end()
            if found := self.came_from.search(folded, start, end):
                end = found.start()
            growth = False
            if (start, end) == old:
                return start, max(start, end)

    def trim_after(self, folded: str, start: int, end: int, *, whole: bool) -> tuple[int, int]:
        """The span of the counted thing in `folded[start:end]`, the words behind a number; empty if none is named.

        Unless `whole`, what it does is cut off: 高新区进入全国50强.
        """
        if start < end and self.no_noun_first.match(folded, start):
            start += 1
        if start >= end or folded[start] in "、，。；：（）—或":  # 增加2万人或1.4%
            return start, start
        text = folded[start:end]
        if not whole and (cut := self.predicate.search(text, 1 if text[0] in self.place_sign else 2)):
            end = start + cut.start()
        if not whole and (of := self.owner_of.match(folded, start, end)):
            end = of.start("of")
        if found := self.tail_of(folded, start, end):
            end = found.start()
        if self.to_whom.search(folded, start, end):
            end -= 1
        return span_of(folded, start, end)


def span_of(text: str, start: int, end: int) -> tuple[int, int]:
    """`start:end` without marks and unpaired brackets at its edges, and no half of a bracket: 省（区、市） is one word."""
    opening = text.rfind("（", start, end)
    if opening >= 0 and text.find("）", opening, end) < 0:
        end = found.end() if (found := _TWINS.match(text, opening)) else opening
    closing = text.find("）", start, end)
    if closing >= 0 and text.find("（", start, closing) < 0:
        start = closing + 1
    while start < end and text[start] in _EDGE and not _opens_inside(text, start, end):
        start += 1
    while end > start and text[end - 1] in _EDGE and not _closes_inside(text, start, end):
        end -= 1
    return start, end


def _opens_inside(text: str, start: int, end: int) -> bool:
    at = _OPEN.find(text[start])
    return at >= 0 and _CLOSE[at] in text[start + 1 : end]


def _closes_inside(text: str, start: int, end: int) -> bool:
    at = _CLOSE.find(text[end - 1])
    return at >= 0 and _OPEN[at] in text[start : end - 1]
