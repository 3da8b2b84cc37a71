"""Sections of a government report that look back or ahead on more than one year: 这五年, “十五五”时期的主要目标."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.extract.knowledge.phrases import Words
from kg.model import Sentence
from kg.text.calendar_spans import FIRST_PLAN_YEAR, PLAN_YEARS, whole_years

_HEADING = 60  # characters of a line that is no paragraph


class _Turn(NamedTuple):
    ahead: bool
    span: str  # "" for a single year


class ReportSpans(Words):
    """The patterns `sections` of `rules/reports.yaml`, with the same names, and what is read by them."""

    back: re.Pattern[str]  # what opens a section about years that are over …
    ahead: re.Pattern[str]  # … or to come
    one_year: re.Pattern[str]
    this_year: re.Pattern[str]
    over: re.Pattern[str]
    opens_year: re.Pattern[str]
    heading: re.Pattern[str]
    heading_span: re.Pattern[str]  # in a heading: the years that it is about
    by_year: re.Pattern[str]
    counted_back: re.Pattern[str]  # 五年来: not the years of a plan

    def looks(self, line: str, year: int) -> bool | None:
        """Whether a line of a report of `year` opens a section about the years ahead (True) or behind (False)."""
        turn = self._heading(line, year) if len(line) < _HEADING else None
        turn = turn or self._opening(line, year, True)
        return turn.ahead if turn and turn.span else None

    def of_sentences(self, year: int, ahead: Sequence[bool], folded: str, sentences: Sequence[Sentence], *, ended: bool = False) -> list[str]:
        """What period each sentence of a report of `year` speaks of, if it is not one year: "" where it is.

        `ended`: the report was made when the year before `year` was about to end, of which 五年来 is the last.

        `ahead` says of each sentence whether it speaks of plans. A section lasts until another opens; one that opens inside
        a paragraph lasts no longer than that.
        """
        found: list[str] = []
        section = here = _Turn(False, "")
        by, by_lasts, last = "", False, 0  # 到2030年, whether for the next paragraphs too, the end of the sentence before
        for sentence, plan in zip(sentences, ahead):
            text = folded[sentence.start : sentence.end]
            begins = "\n" in folded[last : sentence.start] or not found
            if section.ahead != plan:
                section = here = _Turn(plan, "")
            if begins:
                here, by = section, by if by_lasts else ""
            whole = begins and len(text) < _HEADING and folded[sentence.end : sentence.end + 1] in {"\n", ""}
            turn = (self._heading(text, year) if whole else None) or self._opening(text, year, begins)
            if turn is not None and turn.span == _counted_back(year) and section.span == whole_years(year - PLAN_YEARS, year - 1):
                turn = section  # 过去五年工作回顾, and below it 五年来，…: the same years
            if turn is not None and turn.ahead == plan:
                here, by, by_lasts = turn, "", False
                section = turn if begins else section
            found.append(by or here.span)
            if plan and (goal := _last(self.by_year, text)) and int(goal["year"]) > year:
                by, by_lasts = goal["year"], bool(here.span) and text.endswith("：")
            if not here.span and not text.endswith(("；", "：")):
                by = ""
            last = sentence.end
        return [whole_years(year - PLAN_YEARS, year - 1) if ended and span == _counted_back(year) else span for span in found]

    def _heading(self, line: str, year: int) -> _Turn | None:
        """Of “十四五”时期和2025年工作回顾 what is told of first."""
        if not self.heading.match(line) or line.endswith(("。", "；", "，")):
            return None
        span, single = self.heading_span.search(line), self.one_year.search(line)
        if single and (span is None or single.start() < span.start()):
            named = single["year"]
            return _Turn(int(named) >= year if named else self.this_year.fullmatch(single[0]) is not None, "")
        if span is None:
            return None
        if span["plan"]:
            return _of_plan(FIRST_PLAN_YEAR[span["plan"]], year)
        return _next(year) if span["ahead"] else self._before(year, line)

    def _opening(self, text: str, year: int, begins: bool) -> _Turn | None:
        """What the words that a sentence begins with turn to; `begins` if a paragraph begins with it."""
        if found := self.ahead.match(text):
            turn = _of_plan(FIRST_PLAN_YEAR[found["plan"]], year) if found["plan"] else _next(year)
            if turn is None or turn.ahead:
                return turn
        if found := self.back.match(text):
            return _of_plan(FIRST_PLAN_YEAR[found["plan"]], year) if found["plan"] else self._before(year, found[0])
        if found := self.over.match(text):
            return _Turn(False, "") if not found["year"] or int(found["year"]) == year - 1 else None
        if begins and (found := self.opens_year.match(text)):
            named = int(found["year"]) if found["year"] else year if found["ahead"] else year - 1
            return _Turn(named == year, "") if named in {year - 1, year} else None
        return None

    def _before(self, year: int, words: str) -> _Turn:
        """The five years before a report of which its words speak; 五年来 is counted back, as elsewhere, unless a plan has just ended."""
        counted = self.counted_back.search(words) is not None and year - PLAN_YEARS not in FIRST_PLAN_YEAR.values()
        return _Turn(False, _counted_back(year) if counted else whole_years(year - PLAN_YEARS, year - 1))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)


def _of_plan(first: int, year: int) -> _Turn | None:
    """The years of a plan that is over or just begins; None in the midst of it."""
    if first == year or first == year + 1:
        return _Turn(True, whole_years(first, first + PLAN_YEARS - 1))
    return _Turn(False, whole_years(first, first + PLAN_YEARS - 1)) if first + PLAN_YEARS <= year else None


def _counted_back(year: int) -> str:
    return f"{year - PLAN_YEARS}/{year}"


def _next(year: int) -> _Turn:
    return _Turn(True, whole_years(year, year + PLAN_YEARS - 1))
