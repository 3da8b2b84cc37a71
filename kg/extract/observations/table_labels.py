"""What the head of a row or column says: a unit, a time, how its values are to be taken, and the words left over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.observations.table_words import TableWords
from kg.text.numbers import NumberReader
from kg.text.sentences import ReadText
from kg.text.times import Time, TimeFinder

_BRACKET = re.compile(r"（([^（）]{1,14})）")
_SEVERAL = re.compile(r"[、，/或和]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d|[-./]\d{1,2}(?!\d))年?")  # not of a day: 2026-04-20
_MARKS = re.compile(r"\[\d+\]|[*※]+$")


@dataclass(frozen=True, slots=True)
class HeadUnit:
    """A unit that a head gives: `surface` folded and with its scale (万千瓦), `written` as the text has it, without (千瓦)."""

    surface: str
    written: str
    kind: str


@dataclass(frozen=True, slots=True)
class Label:
    """One head. `start:end` are the words of it that name something, as a span of the text; empty if none do."""

    start: int
    end: int
    units: tuple[HeadUnit, ...] = ()
    time: Time | None = None
    year_before: bool = False  # 上年同期
    growth: bool = False
    rank: bool = False
    scope: str = ""  # of a rank: 全市, folded
    target: bool = False
    month: bool = False  # 当月, beside 累计
    year: bool = False  # 年度计划: of a whole year
    so_far: bool = False  # 累计完成投资: of all the years up to then
    mean: bool = False  # over several years
    fulfilled: bool = False  # how much of a goal is done


PERCENT = (HeadUnit("%", "%", "percent"),)


class LabelReader:
    """Reads heads with the words of the rules and the table of units."""

    def __init__(self, words: TableWords, numbers: NumberReader, times: TimeFinder) -> None:
        self._words, self._numbers, self._times = words, numbers, times

    def caption(self, folded: str, start: int, end: int) -> tuple[int, int] | None:
        """What a caption says is measured: of 各市地区生产总值情况表 地区生产总值; None if that is left to the heads."""
        if found := self._words.caption_lead.match(folded, start, end):
            start = found.end()
        if found := self._words.caption_tail.search(folded, start, end):
            end = found.start()
        return (start, end) if end - start > 1 else None

    def only_time(self, title: str, date: str | None) -> Time | None:
        """The time of a title, None if it has none or several."""
        found = [time for time in self._times.find(title, date) if time.period and time.role in {"period", "until", "since"}]
        return found[0] if len(found) == 1 else None

    def unit(self, folded: str, written: str) -> HeadUnit | None:
        """The unit that the words are (`written` is `folded` before folding), None if they are no unit."""
        first, last = len(folded) - len(folded.lstrip()), len(folded.rstrip())
        surface = folded[first:last]
        if surface[:1].isdigit():  # 交通类（2个）: a count of its own
            return None
        if surface in self._words.lasting_units:
            return HeadUnit(surface, written[first:last], "bare")
        found = self._numbers.find(f"1{surface}")
        if len(found) != 1 or found[0].end != len(surface) + 1 or (found[0].kind == "bare" and not found[0].scaled):
            return None
        return HeadUnit(surface, written[first + found[0].unit_start - 1 : last], found[0].kind)

    def note(self, folded: str, written: str) -> tuple[HeadUnit, ...]:
        """The units in 单位：亿元、%."""
        note = self._words.unit_note.search(folded)
        return self._several(folded[slice(*note.span(1))], written[slice(*note.span(1))]) if note else ()

    def _several(self, folded: str, written: str) -> tuple[HeadUnit, ...]:
        if (one := self.unit(folded, written)) is not None:
            return (one,)
        found: list[HeadUnit] = []
        at = 0
        for piece in _SEVERAL.split(folded):
            if (unit := self.unit(piece, written[at : at + len(piece)])) is not None:
                found.append(unit)
            at += len(piece) + 1
        return tuple(found)

    def read(self, text: ReadText, start: int, end: int, year: int | None = None, *, works: bool = False) -> Label:
        """The label `start:end` of a text; `year` is that of the table, for 1-6月, and `works` says whether it is one of works."""
        words, written, date = text.folded[start:end], text.document.text[start:end], text.document.date
        first, last = 0, len(words)
        if numbering := self._words.numbering.match(words):
            first = numbering.end()
        if marks := _MARKS.search(words):
            last = marks.start()
        units: tuple[HeadUnit, ...] = ()
        for bracket in reversed(list(_BRACKET.finditer(words, first, last))):
            found = self._several(bracket[1], written[slice(*bracket.span(1))])
            found = found or (PERCENT if "%" in bracket[1] else ())
            if found and bracket.end() == last:
                units, last = found, bracket.start()
        if not units and (found := self.note(words, written)):
            units = found
            if (noted := self._words.unit_word.search(words)) and noted.start():
                last = min(last, noted.start())
        if not units and words.endswith("%"):
            units, last = PERCENT, last - 1
        time = self._time(words, date, year)
        before = self._words.same_time.fullmatch(words[first:last].strip()) is not None
        spoken = words[first:last]
        growth = self._words.growth.search(spoken) is not None or any("±" in b[1] or "+" in b[1] for b in _BRACKET.finditer(words))
        ranked = self._words.rank.search(spoken)
        if ranked is not None and last > first + ranked.start():
            last = first + ranked.start()
        fulfilled = self._words.fulfilled.fullmatch(spoken.strip()) is not None
        so_far = self._words.so_far.search(spoken)  # of places 累计 is said of the year
        span = self._named(words, first, last, growth, before, works) if not fulfilled else (first, last)
        return Label(
            start + span[0], start + span[1], units, time, before, growth, ranked is not None,
            ranked[1] or "" if ranked is not None else "", self._words.target.search(spoken) is not None, self._words.of_month.search(spoken) is not None,
            self._words.of_year.search(spoken) is not None, so_far is not None and (works or so_far["begun"] is not None),
            self._words.mean_rate.search(spoken) is not None, fulfilled,
        )  # fmt: skip

    def _time(self, words: str, date: str | None, year: int | None) -> Time | None:
        lead = f"{year}年，" if year is not None else ""
        for time in self._times.find(lead + words, date):
            if time.start >= len(lead) and time.role in {"period", "until", "goal", "since", "day"} and time.period:
                return time
        if plan := self._words.five_years.search(words):
            return next((time for time in self._times.find(f"{plan[0]}期间", date) if time.period), None)
        if found := _YEAR.search(words):
            return Time(found.start(), found.end(), found[1], "period", "stated")
        return None

    def _named(self, words: str, first: int, last: int, growth: bool, before: bool, works: bool) -> tuple[int, int]:
        """The part of `words[first:last]` that names what is measured, or whose it is. What a work has taken so far (累计完成投资) is another sum than that of a year."""
        if before:
            return first, first
        none = {"run", "vague"} if works else {"run"}  # 60周岁以上 is no time
        times = [(time.start, time.end) for time in self._times.find(words, "2000-07-01") if time.role not in none]
        for begin, stop in (*times, *(found.span() for found in _YEAR.finditer(words))):
            if begin <= first + 1 < stop <= last:
                first = stop
            elif stop >= last - 1 and begin > first and begin < last:
                last = begin
        if growth and (grown := self._words.grown.search(words, first, last)):
            last = grown.start()
        if (month := self._words.of_month.search(words, first, last)) and first < month.start() and month.end() == last:
            last = month.start()  # 财政收入当月
        target = [m for m in self._words.target.finditer(words, first, last)]
        if target and target[-1].end() == last:
            last = target[-1].start()
            if growth and (grown := self._words.grown.search(words, first, last)):
                last = grown.start()  # 增速目标
        if plain := self._words.plain.fullmatch(words, first, last):
            return plain.start(), plain.start()
        while first < last and words[first] in " ：，、":
            first += 1
        while last > first and words[last - 1] in " ：，、":
            last -= 1
        return first, last


def pick_unit(units: Sequence[HeadUnit], percent: bool) -> HeadUnit | None:
    """Of several units the one that fits: % for a growth or share, else the first other."""
    fitting = [unit for unit in units if (unit.kind in {"percent", "points"}) == percent]
    return fitting[0] if fitting else units[0] if len(units) == 1 else None
