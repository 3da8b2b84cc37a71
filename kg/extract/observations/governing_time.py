"""The times that a text names, and which of those in its sentence holds for a figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.extract.observations.figures import Figure
from kg.extract.observations.time_words import TimeWords
from kg.text.calendar_spans import is_one_day, parse_date, whole_years
from kg.text.times import Time

COUNTED_YEARS = re.compile(r"\d{4}/\d{4}")  # 五年来: in a section about them their first and last day are known
_SPAN_OF_YEARS = len("2016/2021")
_OF_PART = 3  # characters before a time
_OPENING = 14  # characters before a time that may stand between it and the opening of its clause


class TextTimes:
    """The times of one text in their order, and when it was written; `day` is None where no more than its month or year is known."""

    def __init__(self, folded: str, words: TimeWords, date: str | None, times: Sequence[Time]) -> None:
        self.folded, self.words, self.all = folded, words, times
        self.year = day.year if (day := parse_date(date)) else None
        self.day = date if is_one_day(date) else None
        self.starts = [time.start for time in times]

    def between(self, start: int, end: int) -> Sequence[Time]:
        """Those that begin in `start:end`."""
        return self.all[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def is_of_part(self, time: Time) -> bool:
        """Whether a time is told as a part of the one before: 上半年增长6%，其中6月份增长8%."""
        return self.words.of_part.search(self.folded, max(0, time.start - _OF_PART), time.start) is not None

    def opens_statement(self, time: Time, start: int) -> bool:
        """Whether a time stands at the opening of a clause of the sentence that begins at `start`."""
        before = self.folded[max(start, time.start - _OPENING) : time.start]
        if self.words.before_time.search(before) is not None:
            return True
        led = self.words.by_then_told if time.role == "goal" else self.words.before_planned
        return self.folded.startswith("，", time.end) and led.search(before) is not None

    def governing(self, figure: Figure, times: Sequence[Time]) -> Time | None:
        """The time that holds for a figure: the last of `times` (those before it in its sentence) that can reach it.

        One in an earlier clause reaches it only from the opening of that clause: not 加紧赶工今年首个订单，….
        """
        words, folded = self.words, self.folded
        for at in range(len(times) - 1, -1, -1):
            time = times[at]
            if time.role in {"base", "run", "day", "vague"} or time.role == "now" and words.superlative.match(folded, time.end):
                continue
            if words.just_over.match(folded, time.end) or words.set_then.match(folded, time.start):
                continue
            if at and folded[time.start : time.end] in words.loose_year and words.of_plan.match(folded, time.end):
                continue  # 截至2月底，全年目标任务完成率21.5%
            opens = self.opens_statement(time, figure.sentence.start)
            if time.start < figure.clause and not opens and not self._adverbial(time) and not words.heads_figures.match(folded, time.end):
                continue
            earlier = times[at - 1] if at else None
            if earlier and earlier.role == "until" and time.role == "since" and COUNTED_YEARS.fullmatch(time.period or ""):
                # 截至2022年，十年来: the ten years end where the text says.
                return _until(time, earlier)
            if earlier and earlier.role == "until" and words.as_of.match(folded, earlier.start) and words.of_year.search(folded, time.start, time.end):
                return earlier  # 截至4月底，2022年度收购…
            if earlier and earlier.role == "until" and words.as_of.match(folded, earlier.start) and earlier.end + 1 == time.start and words.year_only.fullmatch(folded, time.start, time.end):
                return earlier  # 截至5月底，2023年共建重大项目已开工230个
            if earlier and time.role == "until" and words.as_of.match(folded, time.start) and is_one_day(time.period) and folded[earlier.end : time.start] in {"", "，"} and words.this_year_so_far.fullmatch(folded, earlier.start, earlier.end):
                return time._replace(period=f"{(time.period or '')[:4]}-01-01/{time.period}")  # 今年，截至4月27日，…
            if words.as_of.match(folded, time.start) and is_one_day(time.period) and any(words.this_year_so_far.fullmatch(folded, each.start, each.end) for each in times[at + 1 :]):
                return time._replace(period=f"{(time.period or '')[:4]}-01-01/{time.period}")  # 截至4月2日，甲国今年已发生134起事件，已有300人受伤
            if earlier and words.as_of.match(folded, earlier.start) and earlier.period and words.this_year_so_far.fullmatch(folded, time.start, time.end):
                # 截至3月16日，…今年已开行900列
                return time._replace(period=f"{earlier.period[:4]}-01-01/{earlier.period}") if is_one_day(earlier.period) else time
            return time
        return None

    def _adverbial(self, time: Time) -> bool:
        """Words that open a statement wherever they stand: 到2023年底, 截至…, 建设5年来."""
        words, folded = self.words, self.folded
        if time.role == "since":
            return time.period is not None and (len(time.period) == _SPAN_OF_YEARS and not words.attributive.match(folded, time.end) or words.since_begun.match(folded, time.end) is not None)
        return time.role in {"goal", "until"} and words.adverbial.match(folded, time.start) is not None and not words.attributive.match(folded, time.end)  # 增长到2025年的4.9万亿元


def _until(span: Time, state: Time) -> Time:
    first, last = (int(year[:4]) for year in (span.period or "").split("/"))
    stop = int((state.period or str(last))[:4])
    return span._replace(period=whole_years(stop - (last - first), stop), basis="stated")
