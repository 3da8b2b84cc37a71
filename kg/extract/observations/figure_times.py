"""When a figure holds, and whether it is a goal."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import timedelta
from itertools import accumulate
from typing import NamedTuple

from kg.extract.document.moods import Mood, Timing
from kg.extract.knowledge.clues import in_period
from kg.extract.names.mentions import MentionRef
from kg.extract.observations.carried_time import CarriedTime
from kg.extract.observations.event_days import event_days, held_on
from kg.extract.observations.figure_goals import Goals
from kg.extract.observations.figures import Figure, Told
from kg.extract.observations.governing_time import COUNTED_YEARS, TextTimes
from kg.extract.observations.lead_time import LeadTime
from kg.extract.observations.named import Named
from kg.extract.observations.time_words import TimeWords
from kg.model import Observation
from kg.text.calendar_spans import (
    FIRST_PLAN_YEAR,
    PLAN_YEARS,
    is_one_day,
    is_span_of_days,
    iso_span,
    parse_date,
    plan_of,
    whole_years,
)
from kg.text.numbers import whole_number
from kg.text.sentences import behind_last, line_end, line_start
from kg.text.times import Time

_YEAR = re.compile(r"\d{4}")
_LATER_QUARTER = re.compile(r"\d{4}-(?:04|07|10)-01/\d{4}-(?:06|09|12)-3")  # 第三季度总值累计增长3%: since the year began
_PART_OF_YEAR = re.compile(r"\d{4}-\d\d(?:-\d\d/\d{4}-\d\d-\d\d)?")
_OPENS = 2  # characters before the time that a sentence opens with


def times_outside(times: Sequence[Time], mentions: Sequence[MentionRef]) -> list[Time]:
    """The times that are no part of a name: not 2023 in 2023年全国职业技能大赛."""
    names = [(m.start, m.end) for m in mentions if m.type in {"Event", "Policy", "Project", "Honor"}]
    starts = [start for start, _ in names]
    reach = list(accumulate((end for _, end in names), max, initial=0))
    return [time for time in times if reach[bisect_right(starts, time.start)] <= time.start]


class When(NamedTuple):
    """When a figure holds, and what kind of figure that makes it."""

    kind: str  # the rule's, or target
    period: str | None
    basis: str  # "stated", "carried", "document"; "" without a period
    step: str = "none"  # where the period is told: clause, sentence, paragraph, report (its year or years), day (of the news), none; open: left open by a report


class WhenReader:
    """Reads the times of one document, which is a government report if `timing` has moods; `own` is the area that a text which is no report tells of as its own."""

    def __init__(self, named: Named, words: TimeWords, timing: Timing, date: str | None, own: str | None) -> None:
        times = TextTimes(named.folded, words, date, times_outside(timing.times, named.all))
        moods: Sequence[Mood] = timing.moods or ()
        self._release = timing.release  # the period of which all of the text tells
        self._times, self._folded, self._words, self._year, self._day = times, times.folded, times.words, times.year, times.day
        self._named = named
        self._moods = moods
        self._works = {m.entity for m in named.any_between(0, len(self._folded)) if m.type == "Project"} if moods else set()
        self._events, held = event_days(named, words, timing.times), held_on(named, words, timing.times)
        self._held = {event: day for event, day in held.items() if self._events.get(event) is None}  # 16日的发布会介绍，甲大会将于22日至25日举行
        self._goals = Goals(times, moods, timing.ahead if timing.plan else frozenset())
        self._carried = CarriedTime(times)
        self._lead = LeadTime(named, times, own)

    def when(self, figure: Figure, inside: bool, subject: str | None = None) -> When:
        """Kind and period of a figure about `subject`; `inside` if it stands in the name of a project."""
        here = self._times.between(figure.sentence.start, figure.number.start)
        stated = self._stated(figure, here)
        when = self._read(figure, here, stated, subject, inside=inside)
        self._goals.told(figure, goal=when.kind == "target")
        return when._replace(step=self._step(figure, stated, when))

    def _step(self, figure: Figure, stated: Time | None, when: When) -> str:
        """Where what `when` says of a figure is told, for which its sentence states a time or none."""
        if when.period is None:
            return "open" if self._moods else "none"
        if when.basis == "carried":
            return "paragraph"
        if stated is not None and (when.basis == "stated" or not self._moods):
            return "clause" if stated.start >= figure.clause else "sentence"
        return "report" if self._moods else "day"

    def _read(self, figure: Figure, here: Sequence[Time], stated: Time | None, subject: str | None, *, inside: bool) -> When:
        """`when`, of a figure with the times `here` before it in its sentence and the one `stated` for it."""
        kind, at = figure.rule.kind, figure.number.lead
        if self._is_start(figure):
            return self._at_start(figure, here, stated)
        if stated is not None and self._in_from(figure.clause, stated, stated.end) and self._words.turns.search(self._folded, stated.end, at):
            stated = self._times.governing(figure, [time for time in here if time is not stated])
        if self._named.once_built(figure.sentence, at):
            return When(kind, None, "")
        if (years := self._in_a_row(figure, stated)) is not None:
            return When(kind, years, "document")
        if not self._moods:
            return self._in_news(figure, here, stated, subject, inside=inside)
        # The size of a project is its size, whenever it is built.
        its_size = inside or subject in self._works and self._words.size_of_work.fullmatch(self._folded, figure.clause, at) is not None
        return When(kind, None, "") if its_size else self._in_report(figure, stated)

    def _stated(self, figure: Figure, here: Sequence[Time]) -> Time | None:
        """The time that its sentence states for a figure, of those `here` before it; or that of a goal with which it goes on."""
        stated = self._times.governing(figure, here)
        if stated is not None and self._is_other(figure, stated):
            stated = self._times.governing(figure, [time for time in here if time is not stated])
        if stated is None:
            return self._goals.going_on(figure, here) or self._time_going_on(figure, here)
        if stated.role == "goal" and self._goals.lies_ahead(stated):
            self._goals.note(figure, stated)
        if _LATER_QUARTER.match(stated.period or "") and self._words.running.match(self._folded, stated.end, figure.number.lead):
            stated = stated._replace(period=f"{(stated.period or '')[:4]}-01-01{(stated.period or '')[10:]}")
        return stated

    def _time_going_on(self, figure: Figure, here: Sequence[Time]) -> Time | None:
        """The time with which the review of a report goes on behind a semicolon.

        In a plan of several years the year that the statement opened with. Of one year its months or quarters: 前三季度，零售总额增长5%；出口增长6%. Of several years one of them, but not for what was
        done in all: 2020年总值达300亿元，年均增长5%；存款余额500亿元.
        """
        sentence = figure.sentence
        if not self._moods or any(time.role != "base" for time in here):
            return None
        if (mood := self._moods[sentence.index]).ahead and not mood.span:
            return None
        begin = behind_last(self._folded, "。！？\n", 0, sentence.start)
        before = self._times.between(begin, sentence.start)
        told = next((time for time in before if time.role == "period"), None)
        if told is None or told.start > begin + _OPENS or any(time.role not in {"base", "run"} for time in before if time is not told):
            return None
        if mood.ahead:
            return told if _YEAR.fullmatch(told.period or "") and mood.span[:4] <= (told.period or "") <= mood.span[11:15] else None  # 2023年，新增12家；利用率提高到75%
        if not mood.span:
            return told if _PART_OF_YEAR.fullmatch(told.period or "") and (told.period or "").startswith(str(mood.year)) else None
        if not _YEAR.fullmatch(told.period or ""):
            return None
        if figure.rule.kind == "growth":
            return None if self._words.mean_of_years.search(self._folded, begin, sentence.start) else told
        done = self._words.done_in_years.search(self._folded, figure.clause, figure.number.start) is not None
        return None if done or figure.rule.kind == "change" else told

    def _at_start(self, figure: Figure, here: Sequence[Time], stated: Time | None) -> When:
        """Of a number that something rose or fell from."""
        kind = figure.rule.kind
        if (before := self._year_before(figure, here)) is not None:
            return When(kind, before or None, "document" if before else "")
        own = stated if stated is not None and self._in_from(figure.clause, stated, figure.number.lead) else None
        if own is None and self._moods and not (mood := self._moods[figure.sentence.index]).ahead and mood.span:
            return When(kind, str(int(mood.span[:4]) - 1), "document")  # what five years began from
        return When(kind, own.period, own.basis) if own is not None and own.period else When(kind, None, "")

    def _in_news(self, figure: Figure, here: Sequence[Time], stated: Time | None, subject: str | None, *, inside: bool) -> When:
        """Of a figure in a text that is no report: the time that its sentence or paragraph tells, as far as it can be that of the figure."""
        sentence = figure.sentence
        kind = figure.rule.kind
        self._carried.begin(sentence)
        period, basis = (None, "") if inside else self._carried.of(figure, stated, here)
        if period is None and subject is not None and subject in self._held and self._words.attended.match(self._folded, figure.number.tail, sentence.end):
            return When(kind, self._held[subject], "carried")
        if subject is not None and subject in self._events:
            # What a fair will show is no goal, and holds on its days.
            days = self._events[subject] if period is None and not inside and not self._words.first_day.search(self._folded, figure.clause, figure.number.start) else None
            return When(kind, days or period, "carried" if days else basis)
        if not self._goals.is_goal(figure, stated):
            if period is None and not inside and (lead := self._lead.of(figure, here, subject)) is not None:
                period, basis = lead.period, "carried"
            if period is not None:
                period = self._of_result(figure, here, period, carried=basis == "carried")
                if period is not None and (kind == "rank" or kind == "share" and basis == "carried") and COUNTED_YEARS.fullmatch(period):
                    period = None  # 签署20年来，进口增长8倍。其中，…占比近三成，居全国首位: no place is held since then
            elif not inside and self._tells_of_release(figure, here):
                period, basis = self._release, "document"  # 2024年上半年甲省经济运行情况: so are its later paragraphs
            return When(kind, period, basis if period else "")
        if stated is not None and self._folded[stated.start : stated.end] in self._words.loose_year:
            self._carried.leave(sentence)
        period = self._of_goal(figure, stated, period, carried=basis == "carried") if period is not None else None
        return When("target", period, basis if period else "")

    def _of_goal(self, figure: Figure, stated: Time | None, period: str, *, carried: bool) -> str | None:
        """By when a goal is to be met for which `period` is told (`carried`: before its sentence); None if nobody can tell."""
        if carried and self._day is not None and (last := period.split("/")[-1]) < self._day[: len(last)]:
            return None  # 上半年生产8万吨。力争产值突破3亿元: no goal of what is over
        if self._words.within_years.search(self._folded, figure.clause, figure.number.start) and not carried:
            return None  # 今年产量保持1500亿斤，五年内提高2亿斤
        if COUNTED_YEARS.fullmatch(period) and int(period[-4:]) <= (self._year or 0):
            return None  # 十年来成效显著，…任务要保持到2035年
        if stated is None:
            return None if is_one_day(period) else period  # 2月10日，航线恢复，计划每周开2班: the day is not when the goal is to be met
        if stated.role == "goal" and figure.rule.kind == "growth" and self._is_mean_of_years(figure):
            return self._goals.years_of_plan(stated)
        if stated.role == "goal" and self._is_summed_change(figure):
            return self._goals.years_of_plan(stated) or period
        return period

    def _is_summed_change(self, figure: Figure) -> bool:
        """Whether a figure is what several years add up to: 到2025年，新增就业累计60万人 (not 里程累计达到600公里, which is reached in the last)."""
        if figure.rule.kind == "level":
            return self._words.done_in_all.search(self._folded, figure.clause, figure.number.lead) is not None
        return figure.rule.kind in {"change", "growth"} and self._words.summed.search(self._folded, figure.clause, figure.number.lead) is not None

    def _of_result(self, figure: Figure, here: Sequence[Time], period: str, *, carried: bool) -> str | None:
        """When a figure holds that is no goal, for which `period` is told (`carried`: before its sentence); None if nobody can tell."""
        kind, number = figure.rule.kind, figure.number
        if carried and self._year is not None and int(period[:4]) > self._year:
            return None  # what is told behind a goal is of no year to come
        if (ended := self._last_of(period, figure)) is not None:
            period = ended
        if carried and (self._words.first_day.search(self._folded, figure.clause, number.start) or self._named.words.built_with_it.match(self._folded, number.tail)):
            return None  # the month told of before is not that of 首日, nor when 3亿元 are spent on what is built with them
        if kind == "growth" and _YEAR.fullmatch(period) and self._words.mean_rate.search(self._folded, figure.clause, number.start):
            return self._years_told(figure, period)  # 2025年达到3万亿元，年均增长5%
        if kind in {"change", "growth"} and is_one_day(period):
            return self._from_base(here, figure, period)
        return period or None

    def _tells_of_release(self, figure: Figure, here: Sequence[Time]) -> bool:
        """Whether all of the text tells of one period, and no other was told of last before a figure with the times `here` before it in its sentence."""
        if self._release is None or any(time.role != "base" for time in here):
            return False
        if self._words.of_release.search(self._folded, figure.sentence.start, figure.number.lead):
            return True
        before = (self._times.all[at] for at in range(bisect_left(self._times.starts, figure.sentence.start) - 1, -1, -1))  # most often the first of them tells
        told = (time.period for time in before if time.period and time.role in {"period", "until", "since"} and not self._times.is_of_part(time) and not self._is_line(time))
        return next(told, self._release) in {self._release, f"{self._release}-12-31"}

    def _is_line(self, time: Time) -> bool:
        """Whether a line holds a time and nothing else: below a title, when the text was written."""
        line = self._folded[line_start(self._folded, time.start) : line_end(self._folded, time.end)]
        return line.strip(" 　（）") == self._folded[time.start : time.end]

    def _year_before(self, figure: Figure, here: Sequence[Time]) -> str | None:
        """The year before the one told of, of what rose from it: 由上年的20万辆增加到30万辆; "" if nobody can tell which, None where nothing rose so."""
        own = next((time for time in reversed(here) if self._in_from(figure.clause, time, figure.number.lead)), None)
        if own is None or self._words.year_before.fullmatch(self._folded, own.start, own.end) is None:
            return None
        told = self._times.governing(figure, [time for time in here if time.end <= own.start])
        if told is None:
            told = self._carried.held(figure.sentence)
        if told is not None and _YEAR.fullmatch(told.period or ""):
            return str(int(told.period or "") - 1)
        if self._moods and told is None and not (mood := self._moods[figure.sentence.index]).ahead and not mood.span:
            return str(mood.year - 1)
        return ""

    def told(self, figure: Figure, told: Told) -> When:
        """Kind and period of a number of which the next sentence tells."""
        time = next((time for time in self._times.between(told.begin, told.end) if time.period and time.role in {"period", "until", "since", "now"}), None)
        return When(figure.rule.kind, time.period, time.basis, "sentence") if time is not None else When(figure.rule.kind, None, "")

    def as_before(self, figure: Figure, one: Observation, last: Figure, before: Observation) -> Observation:
        """The month or year of the same indicator told right before, not the day it is told on: 4日公布的3月份指数为55%，环比上升2个百分点.

        Of a goal that goes on with another the time of that: 计划今年投资30亿元，同比增长8%.
        """
        both_goals = one.kind == before.kind == "target" and one.period is None
        if not before.period or not both_goals and (not is_one_day(one.period) or is_one_day(before.period) or "target" in {one.kind, before.kind}):
            return one
        own = self._times.between(last.number.end, figure.number.start)
        if any(time.role != "base" for time in own):
            return one
        return in_period(one, before.period, "carried", "figure")

    def _years_told(self, figure: Figure, year: str) -> str | None:
        """The several years up to `year` of which the paragraph told before, over which a mean holds; None if it told of none."""
        start = line_start(self._folded, figure.sentence.start)
        for time in reversed(self._times.between(start, figure.number.start)):
            if time.role == "since" and (told := self._words.plan_years.match(self._folded, time.start)) and FIRST_PLAN_YEAR[told["plan"]] == int(year) - PLAN_YEARS + 1:
                return plan_of(int(year))  # “十三五”以来，…。2020年，…年均增长5%
            if time.role == "period" and time.period and is_span_of_days(time.period) and time.period[:4] < time.period[11:15] == year:
                return time.period
        return None

    def _last_of(self, period: str | None, figure: Figure) -> str | None:
        """Of what stands at the end of several years their last one, "" if they are not over; None for what holds through them."""
        if period is None or not is_span_of_days(period) or not self._is_stock(figure):
            return None
        first, last = period[:4], period[11:15]
        if first == last or not period.endswith("-12-31"):
            return None
        return last if self._year is None or int(last) < self._year else ""

    def _is_stock(self, figure: Figure) -> bool:
        if figure.rule.kind == "level" and self._words.grown_to.search(self._folded, figure.clause, figure.first):
            return True  # “十四五”期间，…里程由7500公里增至13500公里
        return figure.rule.kind in {"level", "share"} and self._words.stock.search(self._folded, figure.clause, figure.first) is not None

    def _is_start(self, figure: Figure) -> bool:
        """Whether a number is what something rose or fell from, or one of a ratio that it did: 由2023年的5:45:50调整为5:40:55."""
        if self._words.from_then.search(self._folded[figure.clause : figure.first]) is None:
            return False
        tail = figure.number.tail
        if figure.place[1] > 1 and (rest := self._words.rest_of_ratio.match(self._folded, tail)):
            tail = rest.end()
        return self._words.on_to.match(self._folded, tail) is not None

    def _in_a_row(self, figure: Figure, stated: Time | None) -> str | None:
        """The years through which something held: 连续12年稳定在500亿斤以上, in a report on 2024."""
        found = self._words.in_a_row.search(self._folded, figure.clause, figure.number.lead)
        if found is None:
            return None
        last = self._moods[figure.sentence.index].year if self._moods and not self._moods[figure.sentence.index].ahead else None
        if stated is not None and _YEAR.fullmatch(stated.period or ""):
            last = int(stated.period or "")
        elif last is None and found["over"] and self._year is not None and not self._moods:
            last = self._year - 1
        return None if last is None else whole_years(last - whole_number(found["years"]) + 1, last)

    def _is_other(self, figure: Figure, time: Time) -> bool:
        """Whether a time is what a figure is compared with, or when something else was begun or built.

        是2013年的1.8倍; 相当于2018年的52%; 2022年7月开工建设，总投资30亿元.
        """
        of_then = figure.number.kind == "times" or figure.number.kind == "percent" and self._words.part_of_then.match(self._folded, time.end)
        if of_then and self._words.times_of.search(self._folded, figure.clause, time.start):
            return True
        if self._words.times_of.search(self._folded, max(0, time.start - 1), time.start) and self._words.times_as_much.match(self._folded, time.end):
            return True  # 是上年的2.2倍，恢复到2019年的84%
        if figure.number.kind == "points" and self._words.compared_time.search(self._folded, figure.clause, time.end):
            return True  # 增长7%，高于上半年0.4个百分点
        if time.start < figure.clause and time.role == "period" and self._words.begins_from.match(self._folded, time.start) and self._words.moved_to.search(self._folded, time.end, figure.clause):
            return True  # 占比从2019年的三成增至五成，两天就收获订单800万元
        if time.start >= figure.clause and self._words.second_base.search(self._folded, figure.clause, time.start):
            return True
        return time.start < figure.clause and time.role in {"period", "goal"} and self._words.built_then.match(self._folded, time.end) is not None

    def _from_base(self, here: Sequence[Time], figure: Figure, period: str) -> str:
        """From the day after which something grew to the day of `period`: 6月末…较年初增长8%."""
        base = next((time for time in reversed(here) if time.start >= figure.clause and time.role == "base" and time.period), None)
        if base is None or (stop := parse_date(period)) is None:
            return period
        first = None
        if self._words.from_begin.search(self._folded, base.start, base.end) and base.period and len(base.period) == len("2023-01"):
            first = parse_date(f"{base.period[:4]}-01-01")
        elif self._words.from_end.search(self._folded, base.start, base.end) and (day := parse_date(base.period)) is not None:
            first = day + timedelta(days=1)
        return iso_span(first, stop) if first is not None and first < stop else period

    def _in_from(self, clause: int, time: Time, end: int) -> bool:
        """Whether a time of the clause stands behind 从 or 由: 从现在的5个多小时."""
        if time.start < clause:
            return False
        found = self._words.from_then.search(self._folded, clause, end)
        return found is not None and found.start() <= time.start

    def _in_report(self, figure: Figure, stated: Time | None) -> When:
        mood, kind = self._moods[figure.sentence.index], figure.rule.kind
        if stated is not None and stated.role != "goal" and self._words.five_years_summed.search(self._folded, stated.end, figure.number.lead) and (years := self._summed_years(figure, mood)):
            return When("target" if mood.ahead else kind, years, "document")  # 2020年，收入达到1.8万元，五年累计脱贫7万人
        if stated is not None and stated.start < figure.clause and not mood.ahead and kind in {"rank", "share"} and COUNTED_YEARS.fullmatch(stated.period or ""):
            stated = None  # 近3年投入年均增长12%，企业占比超过80%: the share is of now
        told = self._folded[stated.start : stated.end] if stated is not None else ""
        loose = told in self._words.loose_year or not mood.ahead and self._words.by_end.match(told) is not None
        if stated is not None and stated.period and stated.role != "now" and not loose:
            return self._at_time(figure, stated, stated.period, mood)
        if mood.ahead:
            return self._in_plan(figure, mood)
        if (years := self._summed_years(figure, mood)) is not None:
            return When(kind, years, "document")
        summed = (self._words.running_sum if mood.span else self._words.summed).search(self._folded, figure.clause, figure.number.lead) is not None
        if not mood.span and kind == "growth" and self._words.mean_rate.search(self._folded, figure.clause, figure.number.start):
            mean = self._years_told(figure, str(mood.year))
            return When(kind, mean, "document" if mean else "")
        over = mood.span if mood.span and not self._is_reached(figure) else str(mood.year)
        return When(kind, None, "") if summed else When(kind, over, "document")

    def _summed_years(self, figure: Figure, mood: Mood) -> str | None:
        """The five years over which the sentence says that it adds up: 五年累计完成投资300亿元，新增公路90公里; None if it does not."""
        told = self._words.five_years_summed.search(self._folded, figure.sentence.start, figure.number.lead)
        if told is None or self._is_reached(figure) or self._times.between(told.end(), figure.number.lead):
            return None
        if told.end() < figure.clause and figure.rule.kind != "change" and self._words.done_in_years.search(self._folded, figure.clause, figure.number.start) is None:
            return None
        return mood.span or plan_of(mood.year)

    def _at_time(self, figure: Figure, stated: Time, told: str, mood: Mood) -> When:
        """When it is for which a sentence of a report states a time, with the period `told`."""
        kind, goal = figure.rule.kind, stated.role == "goal"
        ahead = self._goals.lies_ahead(stated) or mood.ahead and (goal or told[:4] >= str(mood.year))
        ahead = ahead or goal and told[:4] > str(mood.year)  # 到2025年, in a paragraph that looks back on 2020
        mean = self._is_mean_of_years(figure)
        period: str | None = told
        if mood.span and (mean or COUNTED_YEARS.fullmatch(told)):
            # 2020年总值达…，年均增长…: the mean is over all the years of the section; but 五年来，城镇化率达到62%
            period = str(mood.year) if not mean and not mood.ahead and self._is_reached(figure) else mood.span
        if mean and not mood.span and kind == "growth" and ahead and goal:
            period = self._goals.years_of_plan(stated)
            return When("target", period, "stated" if period else "")
        if mean and not mood.span and kind == "growth" and not ahead and _YEAR.fullmatch(told):
            period = self._years_told(figure, told)
            return When(kind, period, "stated" if period else "")
        if ahead and goal and self._is_summed_change(figure):
            period = mood.span or self._goals.years_of_plan(stated) or period
        return When("target" if ahead else kind, period, "stated")

    def _in_plan(self, figure: Figure, mood: Mood) -> When:
        """When a figure is for which a sentence that looks ahead states no time."""
        kind, lead = figure.rule.kind, figure.number.lead
        if kind == "rank" and not self._goals.is_of_rank(figure):
            return When(kind, None, "")  # 居全国第一: a rank is held, not planned
        if self._words.standing.match(self._folded, figure.sentence.start, lead) or self._words.those_there.search(self._folded, figure.clause, lead):
            return When(kind, None, "")
        if self._words.exists.search(self._folded, figure.clause - 1, lead) or figure.number.kind == "count" and figure.number.high is None and self._words.used_in_plan.search(self._folded, figure.clause, lead):
            return When(kind, None, "")
        if figure.rule.keep or self._goals.is_done(figure, figure.clause, lead):
            return When(kind, None, "")
        begin = behind_last(self._folded, "；", figure.sentence.start, figure.clause)
        if self._words.within_years.search(self._folded, begin, figure.number.start):
            return When("target", None, "")  # 用3—5年时间，培养…
        if is_span_of_days(mood.span) and self._is_reached(figure) and self._summed_years(figure, mood) is None and not self._is_mean_of_years(figure):
            return When("target", mood.span[11:15], "document")  # 城镇化率达到65%: at the end of the plan
        return When("target", mood.span or str(mood.year), "document")

    def _is_reached(self, figure: Figure) -> bool:
        """Whether a figure of several years is what stands at their end (城镇化率达到62%), and no sum of what was done in them."""
        at = figure.first if figure.place[0] else figure.number.start  # 分别达56.2%、34.7%
        before = self._folded[figure.clause : at]
        if self._is_stock(figure):
            return True
        if figure.rule.kind == "level":
            return self._words.reached.search(before) is not None and self._words.done_in_years.search(before) is None
        return figure.rule.kind == "rank" or figure.rule.kind == "share" and (self._words.reached.search(before) or self._words.stands_at.search(before)) is not None

    def _is_mean_of_years(self, figure: Figure) -> bool:
        return self._words.mean_of_years.search(self._folded, figure.clause, figure.number.start) is not None
