"""Sentences that a text which is no dated report puts into the plan: those of a plan, those behind 重点抓好以下工作：, or 今年，我市将….

The patterns are those of `rules/reports.yaml`, with the same names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.knowledge.phrases import Words
from kg.model import Sentence
from kg.text.calendar_spans import FIRST_PLAN_YEAR

_HEADING = 40


class PlanLeads(Words):
    """How a plan is opened and what ends it."""

    lead_listing: re.Pattern[str]  # 重点抓好以下工作：, for all that follows
    lead_year: re.Pattern[str]  # 今年，我市将…, for the sentences of its paragraph that go on
    goes_on: re.Pattern[str]
    told_of_past: re.Pattern[str]  # in a sentence that is none of the plan
    turns_back: re.Pattern[str]  # what the text looks back with from here on
    turns_ahead: re.Pattern[str]  # in a plan: what a paragraph opens with that looks back no more
    of_plan_years: re.Pattern[str]  # in a plan: what a paragraph or a heading opens with that tells of the years of some plan
    looks_back: re.Pattern[str]  # in a plan: what stands under such a heading, or in a paragraph that opens so, is none of it

    def sentences(self, folded: str, title_end: int | None, sentences: Sequence[Sentence], first: int | None = None) -> frozenset[int]:
        """The numbers of the sentences that stand in a plan; none where nothing opens one.

        `title_end` is where the title of a plan ends, if the text has one: all below it is planned; `first` is the first year of that plan, if known.
        """
        if title_end is None and not self.lead_listing.search(folded) and not self.lead_year.search(folded):
            return frozenset()
        found = set()
        listing = year = back = False
        last_end = 0
        for sentence in sentences:
            start, end = sentence.start, sentence.end
            if begins := "\n" in folded[last_end:start]:
                year = False
            last_end = end
            past = self.told_of_past.search(folded, start, end) is not None
            if title_end is not None and start >= title_end:
                if begins:
                    back = self._is_back(folded, sentence, back, first)
                if not back and (not past or self.turns_ahead.match(folded, start, end)):  # 到2025年，累计建成90公里
                    found.add(sentence.index)
                continue
            if self.turns_back.search(folded, start, end):
                listing = year = False
            elif not past and self.lead_listing.search(folded, start, end):
                listing = True
            elif not past and self.lead_year.match(folded, start, end):
                year = True
            elif not listing:
                year = year and not past and self.goes_on.match(folded, start, end) is not None
            if (listing or year) and not past:
                found.add(sentence.index)
        return frozenset(found)

    def _is_back(self, folded: str, sentence: Sentence, back: bool, first: int | None) -> bool:
        """Whether the paragraph of a plan that begins with `sentence` looks back; `back`: the one before it does; `first` is the first year of the plan."""
        if first is not None and (told := self.of_plan_years.match(folded, sentence.start, sentence.end)):
            return FIRST_PLAN_YEAR[told["plan"]] < first
        if self.looks_back.match(folded, sentence.start, sentence.end):
            return True
        if self.turns_ahead.match(folded, sentence.start, sentence.end):
            return False
        heading = sentence.end - sentence.start <= _HEADING and folded[sentence.end - 1] not in "。；，：、"
        return back and not heading
