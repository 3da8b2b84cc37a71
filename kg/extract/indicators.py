"""What a figure measures: the indicator cut out of the words around the number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.expressions import compiled
from kg.extract.phrases import Phrases

_EDGE = ' 　、，。：；—–-“”‘’（）()·…"《》【】①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳\n\t'
_SOURCE = re.compile(r"(?<=[^，。；、][^，。；、])(?:(?<![理自缘事])由|(?<![服跟])从(?!业))[^，。；由从]{1,14}$")
_AGAINST = re.compile(r"(?:相[比较]|(?<![占对环同配相])[比较](?![重例率]))[^，。；、]{1,14}$")
_MAKES_IT = re.compile(r"(?<=[^，。；、])(?<![麻即必])(?:将|把)(?![军领士帅要会有是实])[^，。；、将把比较]{2,16}$")  # 新系统将通行效率提升30%
_BY_SOMEBODY = re.compile("提升|提高|降低|缩短|压缩|压减")
_TO_WHOM = re.compile("(?<=..)(?<![结反应面相成核校配绝敌])对$")
_TAIL = 16  # so many characters at the end of a name are looked at for words that lead to the number
_KNOWN_LENGTH = 3  # 投资 and 产值 are parts of many other names
_OPEN, _CLOSE = "“（《‘", "”）》’"


@dataclass(frozen=True)
class IndicatorReader:
    """Patterns made from the word classes of the observation rules."""

    lead: re.Pattern[str]
    tail: re.Pattern[str]
    growth: re.Pattern[str]
    bare: re.Pattern[str]
    verb_end: re.Pattern[str]
    verb_start: re.Pattern[str]
    predicate: re.Pattern[str]
    generic: re.Pattern[str]
    not_noun: re.Pattern[str]
    rank_end: re.Pattern[str]
    money_end: re.Pattern[str]  # what is spent is named before its amount: 安排专项资金800万元采购药物
    alone: frozenset[str]  # say nothing without further words: 收入, 作品
    known: re.Pattern[str]  # names of the table of indicators
    fragment: re.Pattern[str]  # what shows that words are no name

    @classmethod
    def of(cls, phrases: Phrases, names: Iterable[str] = ()) -> IndicatorReader:
        words = phrases.words

        def raw(name: str) -> str:
            return "|".join(phrases.classes[name])

        known = sorted((name for name in names if len(name) >= _KNOWN_LENGTH), key=lambda name: (-len(name), name))
        change = f"{words('rise')}|{words('fall')}"
        whose = rf"(?:{words('departments')})部门(?!支出|预算|收入|就业|贷款|存款)|\d+个(?:{words('each_of')})(?![级域委长])|通过[^，。；]{{2,10}}?等方式"
        # Possessive: many of these words are made of others of them, and going back would try every way to divide a text.
        return cls(
            lead=compiled(f"(?:(?:{words('lead')}|{raw('lead_short')}|{whose})(?!率|值|额|比)[、，]?)++"),
            tail=compiled(f"(?:{words('tail')}|{raw('tail_short')})++$"),
            growth=compiled(
                f"(?:{words('grown')})*+(?:{change})(?:{words('filler')})*+$|(?<![占对环同配相])[比较](?![重例率])[^，。；、]{{1,14}}[多少高低快慢]出?(?:{words('filler')})*+$"
            ),
            bare=compiled(f"(?:{words('lead')}|{words('bare_verb')}|{raw('lead_short')})++"),
            verb_end=compiled(f"(?:(?:{words('bare_verb')})[和、及]?)++$"),
            verb_start=compiled(words("bare_verb")),
            predicate=compiled(f"{words('predicate')}|{raw('predicate_short')}"),
            generic=compiled(f"(?:{words('generic')})"),
            not_noun=compiled(f"{words('not_noun')}|{words('reach_to')}"),
            rank_end=compiled(f"(?:{words('rank_verb')}|均|[至到在])*+(?:{words('rank_scope')})[^，]{{0,8}}$"),
            money_end=compiled(f"(?:{words('money_noun')})$"),
            fragment=compiled(raw("fragment")),
            alone=frozenset(phrases.classes["alone"]),
            known=compiled("|".join(map(re.escape, known)) or "(?!)"),
        )


_TWINS = re.compile(r"（[\u4e00-\u9fff]{1,3}(?:、[\u4e00-\u9fff]{1,3})+）")


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


def trim_before(reader: IndicatorReader, folded: str, start: int, end: int, growth: bool) -> tuple[int, int]:
    """The span of the indicator in `folded[start:end]`, the words that lead up to a number; empty if nothing is left."""
    while True:
        old = start, end
        start, end = span_of(folded, start, end)
        if growth and (found := reader.growth.search(folded[start:end])):
            end = start + found.start()
            if _BY_SOMEBODY.search(found[0]) and (whose := _MAKES_IT.search(folded, start, end)):
                start = whose.start() + 1
            if against := _AGAINST.search(folded, start, end):
                end = against.start()
        if found := reader.tail.search(folded, max(start, end - _TAIL), end):
            end = found.start()
        if found := reader.lead.match(folded, start, end):
            start = found.end()
        # 成员数量由创始之初的57个: where it came from is no part of what is counted
        if found := _SOURCE.search(folded, start, end):
            end = found.start()
        growth = False
        if (start, end) == old:
            return start, max(start, end)


def trim_after(reader: IndicatorReader, folded: str, start: int, end: int, *, whole: bool) -> tuple[int, int]:
    """The span of the counted thing in `folded[start:end]`, the words behind a number; empty if none is named.

    Unless `whole`, what it does is cut off: 高新区进入全国50强.
    """
    if start < end and folded[start] in "的级":
        start += 1
    if start >= end or folded[start] in "、，。；：）—":
        return start, start
    text = folded[start:end]
    if not whole and (cut := reader.predicate.search(text, 2)):
        end = start + cut.start()
    if found := reader.tail.search(folded, max(start, end - _TAIL), end):
        end = found.start()
    if _TO_WHOM.search(folded, start, end):
        end -= 1  # 11家医院对30个街道进行包片
    return span_of(folded, start, end)
