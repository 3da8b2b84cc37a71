"""The time that a piece of news opens with, for what it tells of the same area without one of its own: 今年以来，甲市推进治水。新建管网90公里."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from kg.extract.observations.figures import Figure
from kg.extract.observations.governing_time import TextTimes
from kg.extract.observations.named import Named
from kg.model import Sentence
from kg.text.sentences import behind_last, line_end, line_start
from kg.text.times import Time

_REACH = 1500  # characters of a short piece of news
_OVERVIEW = frozenset({"period", "since"})
_ASIDE = frozenset({"base", "run", "vague"})  # what ends no time that was told
_NOT_YET = _ASIDE | {"day"}  # 1月16日，甲市举行新闻发布会。
_HEADLINE = 40
_FULL_STOP = "。"


class LeadTime:
    """Tells it for one text that is no report."""

    def __init__(self, named: Named, times: TextTimes, own: str | None) -> None:
        """`own` is the area that the text tells of as its own."""
        self._own = own
        self._named, self._times, self._words, self._folded = named, times, times.words, times.folded

    def of(self, figure: Figure, here: Sequence[Time], subject: str | None) -> Time | None:
        """That of a figure about `subject`, in a sentence that has told the times `here` before it."""
        if subject is None or any(time.role != "base" for time in here):
            return None
        sentence = figure.sentence
        paragraph = line_start(self._folded, sentence.start)
        for begin in dict.fromkeys((paragraph, self._text_begins) if self._named.one_story else (paragraph,)):
            if (time := self._opens(begin, sentence)) is not None:
                of = {m.entity for m in self._named.any_between(begin, self._folded.find(_FULL_STOP, time.end)) if m.type == "Area"}
                if self._own is not None and begin == self._text_begins:
                    of.add(self._own)  # told by its own organ: 甲市政府新闻办举行发布会，介绍2024年经济运行情况
                if subject in of or self._own in of:
                    return time if self._holds(time, figure, stock=subject in of and time.role != "since") else None
        return None

    @cached_property
    def _text_begins(self) -> int:
        """Where the first line begins that is no headline."""
        start = 0
        while start < len(self._folded):
            end = line_end(self._folded, start)
            if self._folded.find(_FULL_STOP, start, end) >= 0 or end - start > _HEADLINE and self._folded[start:end].strip():
                break
            start = end + 1
        return start

    def _opens(self, begin: int, sentence: Sentence) -> Time | None:
        """The one time of the sentence that begins at `begin`, or of the next if that has none, if no other is told before `sentence`."""
        if sentence.start - begin > _REACH:
            return None
        stated = next((time for time in self._times.between(begin, sentence.start) if time.role not in _NOT_YET), None)
        if stated is None or self._folded.count(_FULL_STOP, begin, stated.start) > 1:
            return None
        begin = behind_last(self._folded, _FULL_STOP, begin, stated.start)
        end = self._folded.find(_FULL_STOP, stated.end, sentence.start) + 1
        if not end:
            return None
        told = [time for time in self._times.between(begin, end) if time.role not in _ASIDE]
        overview = [time for time in told if time.role in _OVERVIEW and time.period]
        if len(overview) != 1 or any(time.role != "day" for time in told if time is not overview[0]):
            return None
        time = overview[0]
        presented = self._words.presented.search(self._folded, begin, time.start) and self._words.presented_of.match(self._folded, time.end)
        if not presented and not self._times.opens_statement(time, begin) or self._words.this_year.fullmatch(self._folded, time.start, time.end):
            return None
        if any(time.role not in _ASIDE for time in self._times.between(end, sentence.start)) or self._is_over(time):
            return None
        return time

    def _is_over(self, time: Time) -> bool:
        """Whether a time began so long before the text was written that what is told next is of now."""
        year = self._times.year
        return year is not None and int((time.period or "")[:4]) < year - 1

    def _holds(self, time: Time, figure: Figure, *, stock: bool) -> bool:
        """Whether a figure is of a time: no sum or size, and unless a `stock` may be only what grew, what was done or what flows."""
        at, words, part = figure.number.start, self._words, len(time.period or "") != len("2024")
        if words.summed.search(self._folded, figure.sentence.start, at) or words.not_yet_done.search(self._folded, figure.sentence.start, at):
            return False
        if words.exists_size.search(self._folded, figure.clause, at) or words.stands_now.search(self._folded, figure.clause, at) or words.yearly.search(self._folded, figure.clause, at):
            return False
        if part and figure.rule.kind in {"level", "share"} and words.at_end.search(self._folded, figure.clause, at):
            return False
        if stock or figure.rule.kind in {"growth", "change"}:
            return True
        return figure.rule.kind == "level" and (words.done_in_years.search(self._folded, figure.clause, figure.number.lead) or words.flow.search(self._folded, figure.clause, figure.number.lead)) is not None
