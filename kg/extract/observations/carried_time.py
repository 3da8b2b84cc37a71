"""Which period the news tells for a figure: that of its sentence, or what goes over from its paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.observations.figures import Figure
from kg.extract.observations.governing_time import COUNTED_YEARS, TextTimes
from kg.model import Sentence
from kg.text.sentences import is_open, line_end, line_start
from kg.text.times import Time

_LONG_AGO = 10  # years after which a text goes on with today
_YEAR_OPENS = 3  # months in which the year before is told of
_NEAR = 20  # in which a word tells of how it is counted: 每年, 日均
_RECORD_REACH = 5
_TRAFFIC_REACH = 30  # before a number; behind it _NEAR

Told = tuple[str | None, str]  # a period, and how it is known: stated, carried, document; (None, "") where nothing tells


class CarriedTime:
    """The periods of one document, asked for figure by figure in the order of the text."""

    def __init__(self, times: TextTimes) -> None:
        self._times, self._folded, self._words, self._year, self._day = times, times.folded, times.words, times.year, times.day
        self._held: tuple[int, Time] | None = None  # end of the paragraph, time that holds in it
        self._before: tuple[int, Time] | None = None  # what held when the figure was begun
        self._entered: tuple[int, tuple[int, Time] | None] = (-1, None)  # where the sentence of the figure begins, and what held before it
        self._after_goal: tuple[int, tuple[int, Time] | None] | None = None  # where a sentence ends, and what holds again behind it
        self._traffic_of: tuple[int, Time] | None = None  # as `_held`, for the traffic of a day

    def begin(self, sentence: Sentence) -> None:
        """Take up a figure of a sentence; behind a goal of 全年 holds what held before it: 全年计划减排50万吨。出口42万吨."""
        if self._after_goal is not None and sentence.start >= self._after_goal[0]:
            self._held, self._after_goal = self._after_goal[1], None
        self._before = self._held
        if self._entered[0] != sentence.start:
            self._entered = sentence.start, self._held

    def leave(self, sentence: Sentence) -> None:
        """The figure begun is a goal of 全年: what its sentence tells goes no further."""
        if self._after_goal is None:
            self._after_goal = sentence.end, self._before

    def held(self, sentence: Sentence) -> Time | None:
        """The time that was told before and holds in the paragraph of a sentence."""
        if self._held is None:
            return None
        end, time = self._held
        if sentence.start > end and self._folded[end : sentence.start].isspace() and self._words.goes_on.match(self._folded, sentence.start):
            self._held = (line_end(self._folded, sentence.start), time)  # 从投资看，…: the same again in another paragraph
        return time if sentence.start < self._held[0] else None

    def of(self, figure: Figure, stated: Time | None, here: Sequence[Time]) -> Told:
        """The period of a figure for which its sentence states a time or none; `here` are the times before it in the sentence."""
        if stated is not None:
            return self._of_stated(figure, stated)
        words, folded, sentence, at = self._words, self._folded, figure.sentence, figure.number.start
        part = words.of_which.match(folded, sentence.start) is not None  # 其中，快递量累计300亿件: in the time of the whole
        vague = any(time.role == "vague" and not (part and words.summed.fullmatch(folded, time.start, time.end)) for time in here)
        vague = vague or words.some_time.search(folded, sentence.start, at) is not None
        daily = self._is_daily(figure)
        own = (time for time in reversed(here) if time.role == "day" and time.period and not self._is_of_record(time))
        told = next(own, None)
        if told is not None and not vague:
            if not words.no_day.match(folded, told.end, at) and (daily or not words.expected.match(folded, told.end, at)):
                if daily:
                    self._traffic_of = (line_end(self._folded, sentence.start), told)
                return told.period, told.basis
        elif not vague and daily and (told := self._opening_day(sentence)):
            return told.period, "carried"
        traffic = self._traffic_of
        if daily and not here and traffic and sentence.start < traffic[0] and not words.mean.search(folded, max(sentence.start, at - _NEAR), at):
            return traffic[1].period, "carried"  # 铁路今天预计发送旅客…。公路方面，…
        if not vague and (held := self.held(sentence)) is not None:
            return (held.period, "carried") if self._goes_over(held, figure) else (None, "")
        if not vague and (season := self._season(figure)) and not self._is_long_ago(season):
            return season.period, "carried"
        if not here and self._day is not None and words.latest.search(folded, sentence.start, at):
            return self._day, "document"
        return None, ""

    def _of_stated(self, figure: Figure, stated: Time) -> Told:
        """The period of a time that the sentence states, which holds for what follows in its paragraph."""
        words, folded, sentence, at = self._words, self._folded, figure.sentence, figure.number.start
        if words.all_year.fullmatch(folded, stated.start, stated.end) and self._is_over(stated, figure):
            stated = stated._replace(period=str(int(stated.period or "") - 1))
        aside = is_open(folded, "（）", sentence.start, at)  # （2023年接待900万人次）: what follows is of no such year
        aside = aside or words.compared_time.search(folded, max(sentence.start, stated.start - 2), stated.end) is not None  # 高于2021年的5万吨
        aside = aside or stated.role == "period" and words.begins_from.match(folded, stated.start) is not None  # 占比从2019年的三成增至五成
        aside = aside or words.over_before.search(folded, max(sentence.start, stated.start - 3), stated.end) is not None
        aside = aside or self._times.is_of_part(stated)
        if stated.role == "since" and not aside and self._is_of_years(stated):
            self._held = None  # 自2022年以来，新建公园30个。…: what is told next is of now, or of some time that nobody names
        elif words.this_year.fullmatch(folded, stated.start, stated.end):
            if not aside and self._held is not None and self._is_year_over(self._held[1]):
                self._held = (line_end(self._folded, sentence.start), stated)  # 去年投资20亿元。今年安排300个。新开工70个
        elif stated.role in {"period", "since", "until", "now"} and stated.period and not aside:
            one_by_one = self._held is not self._entered[1] and self._held is not None and self._is_beside(self._held[1], stated)
            self._held = self._entered[1] if one_by_one else (line_end(self._folded, sentence.start), stated)
            self._traffic_of = None
        if stated.role == "now" and words.yearly.search(folded, max(sentence.start, at - _NEAR), at):
            return None, ""
        return stated.period, stated.basis

    def _is_of_years(self, time: Time) -> bool:
        """Whether a time since which something was done began in a year before the text was written."""
        return bool(time.period) and self._year is not None and int((time.period or "")[:4]) < self._year

    def _is_year_over(self, time: Time) -> bool:
        return len(time.period or "") == len("2024") and self._year is not None and int(time.period or "") < self._year

    def _is_beside(self, first: Time, second: Time) -> bool:
        """Whether a sentence tells of two times one by one, so that neither holds behind it: 一季度增长7%，二季度增长6%."""
        return first.role == second.role == "period" and first.period != second.period and len(first.period or "") == len(second.period or "")

    def _goes_over(self, time: Time, figure: Figure) -> bool:
        """Whether the time that holds in a paragraph is that of a figure too."""
        sentence, at = figure.sentence, figure.number.start
        if self._is_long_ago(time):
            return False  # 1934年12月，…在此召开会议。全市有遗址750处
        if time.role == "until" and self._words.enumerated.match(self._folded, sentence.start):
            return False  # 一是…，8月底开工率达到100%；二是…: each item has its own time
        if self._words.exists_size.search(self._folded, max(sentence.start, at - _NEAR), at):
            return False  # 大桥全长3千米
        struck = self._words.struck.fullmatch(self._folded, time.start, time.end) is not None
        return not struck or self._words.balance.search(self._folded, sentence.start, at) is not None

    def _season(self, figure: Figure) -> Time | None:
        """The months or quarters of which a paragraph told before in a sentence without a figure: 一季度，外贸平稳增长。出口….

        What grew has the time since the year began too: 今年以来，…取得新成绩。预计全市总值增长5%. Of a mean rate the years: 五年来，成效显著。总值年均增长5%.
        """
        sentence, at = figure.sentence, figure.number.start
        start = line_start(self._folded, sentence.start)
        before = self._times.between(start, sentence.start)
        mean = self._words.mean_rate.search(self._folded, max(sentence.start, self._folded.rfind("，", sentence.start, at)), at)
        if mean and (years := next((time for time in reversed(before) if time.role != "base"), None)) and COUNTED_YEARS.fullmatch(years.period or ""):
            return years
        if figure.rule.kind in {"growth", "change"} and len(before) == 1 and before[0].role == "since" and not self._is_of_years(before[0]) and self._times.opens_statement(before[0], start):
            return before[0]
        if not before or any(time.role not in {"period", "base", "day"} for time in before):
            return None
        # 2024年，面对…，…。初步核算，全省生产总值…: only of the year that is over, or is running
        whole = self._words.told_of_all.match(self._folded, sentence.start) is not None
        for time in reversed(before):
            period = time.period or ""
            of_year = whole and len(period) == len("2024") and self._folded[time.start].isdigit() and self._year is not None and int(period) >= self._year - 1
            compared = self._words.compared_time.search(self._folded, max(start, time.start - 2), time.end) or self._words.built_then.match(self._folded, time.end) or self._words.just_over.match(self._folded, time.end)
            if time.role == "period" and not compared and (len(period) in {7, 21} or of_year) and self._times.opens_statement(time, start):
                return time
        return None

    def _opening_day(self, sentence: Sentence) -> Time | None:
        """The day that the paragraph of a sentence opens with, unless a longer time follows it."""
        start = line_start(self._folded, sentence.start)
        told = self._times.between(start, sentence.end)
        if not told or told[0].start > start + 2 or told[0].role != "day":
            return None
        others = self._times.between(told[0].start + 1, sentence.start)
        return None if any(time.period and time.role != "day" for time in others) else told[0]

    def _is_daily(self, figure: Figure) -> bool:
        """Whether a figure is of the traffic of a day."""
        sentence, at = figure.sentence, figure.number.start
        return self._words.traffic.search(self._folded, max(sentence.start, at - _TRAFFIC_REACH), min(sentence.end, at + _NEAR)) is not None

    def _is_of_record(self, time: Time) -> bool:
        """Whether a day only tells when a record was set that is beaten: 刷新了2019年2月7日创下的纪录."""
        return self._words.record_of.search(self._folded, max(0, time.start - _RECORD_REACH), time.start) is not None

    def _is_long_ago(self, time: Time) -> bool:
        """Whether a period ended so long before the text was written that what is told next is of now."""
        period = time.period or ""
        return bool(period) and self._day is not None and int(period.rpartition("/")[2][:4]) <= int(self._day[:4]) - _LONG_AGO

    def _is_over(self, year: Time, figure: Figure) -> bool:
        """Whether a year without a number, told of early in the next, is the one that ended: (in January) 全年投资增长5%."""
        if self._day is None or self._day[:4] != year.period:
            return False
        if int(self._day[5:7]) > _YEAR_OPENS and not self._words.all_year_over.match(self._folded, year.end):
            return False
        return self._words.to_come.search(self._folded, figure.sentence.start, figure.number.start) is None
