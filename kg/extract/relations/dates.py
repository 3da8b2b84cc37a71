"""When a fact happened: the time named in its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kg.extract.knowledge.phrases import Words
from kg.model import Sentence
from kg.read.dates import day_alone
from kg.text.times import Time

# What happens at a point in time; other relations hold without one.
DATED = frozenset({"hasStatus", "convenes", "issues", "awarded", "succeededBy", "cooperatesWith"})
_MONTH = 7  # characters of an ISO month


class DateWords(Words):
    """The patterns `dates` of `rules/relations.yaml`, with the same names."""

    attributive: re.Pattern[str]  # behind a time: it is that of the thing named, not of what happens to it
    anniversary: re.Pattern[str]  # behind a fact: the time is that of the anniversary
    all_year: re.Pattern[str]  # what lasts all year happened on no day of it
    written_on: re.Pattern[str]  # a day on which the text itself says that it was written


class Dates:
    """Dates facts by the times of a document, which are given in their order.

    `names` are the spans of names, ascending: 《2022年决算的报告》 is not of that year.
    """

    def __init__(self, words: DateWords, folded: str, times: Sequence[Time], sentences: Sequence[Sentence], names: Sequence[tuple[int, int]]) -> None:
        starts = [start for start, _ in names]

        def named(time: Time) -> bool:
            at = bisect_right(starts, time.start) - 1
            return at >= 0 and time.end <= names[at][1]

        self._times = [time for time in times if time.period and "/" not in time.period and not named(time) and not words.all_year.match(folded, time.start)]
        self._words = words
        self._starts = [time.start for time in self._times]
        self._folded = folded
        self._sentences = sentences

    def written(self, date: str | None) -> str | None:
        """The day of a document, moved to the latest day of the same month that its text calls today."""
        if date is None:
            return None
        days = (time.period for time in self._times if self._words.written_on.match(self._folded, time.start))
        return max([date, *(day for day in days if day and day[:_MONTH] == date[:_MONTH])])

    def within(self, start: int, end: int) -> str | None:
        """The day, month or year that stands in this stretch of a line, or None; a day alone may be written 2024-12-17."""
        if day := day_alone(self._folded[start:end].strip()):
            return day
        place = bisect_left(self._starts, start)
        time = self._times[place] if place < len(self._times) else None
        return time.period if time is not None and time.end <= end else None

    def of(self, predicate: str, sentence: int, start: int, end: int) -> str | None:
        """ISO day, month or year of a fact with this evidence, or None.

        The time inside the evidence or the last one before it in the sentence, with no full stop of a clause between
        that belongs to another event.
        """
        if predicate not in DATED or not self._times or self._words.anniversary.match(self._folded, end):
            return None
        begin = self._sentences[sentence].start
        for place in range(bisect_left(self._starts, end) - 1, -1, -1):
            time = self._times[place]
            if time.start < begin:
                return None
            between = self._folded[time.end : start]
            if between.count("，") > 1 or "；" in between:
                return None
            if predicate != "issues" and self._words.attributive.match(self._folded, time.end, end):
                return None
            if "，" in between and not self._opens(time, begin):
                return None  # 一期已于6月28日开通，二期加快建设: the day is that of the clause before
            if time.role in ("period", "day"):
                return time.period
        return None

    def _opens(self, time: Time, begin: int) -> bool:
        """Whether a time stands at the opening of its clause, and so holds for those behind it too."""
        return time.start == begin or self._folded[time.start - 1] in "，、：（\n "
