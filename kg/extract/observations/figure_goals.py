"""Whether a figure is a goal, and by when it is to be met."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.document.moods import Mood
from kg.extract.observations.figures import Figure
from kg.extract.observations.governing_time import TextTimes
from kg.text.calendar_spans import PLAN_YEARS, is_span_of_days, plan_of
from kg.text.sentences import behind_last, line_start
from kg.text.times import Time

_HEADING = 40  # characters of a line that heads a paragraph
_REACH = 120  # characters before a number in which a word of purpose bears on it


class Goals:
    """Tells it for one document; `moods` is empty unless it is a government report, `planned` are the sentences of a text that is itself a plan."""

    def __init__(self, times: TextTimes, moods: Sequence[Mood], planned: frozenset[int]) -> None:
        self._times, self._folded, self._words, self._year, self._day = times, times.folded, times.words, times.year, times.day
        self._moods = moods
        self._planned = planned
        self._first = next((mood.year for mood in moods if mood.ahead and mood.span), None) if self._year is None else None  # of the plan that an undated text is
        self._set = -1  # where the sentence begins of which the last figure was a goal
        self._last: tuple[int, Time] | None = None  # where the last sentence with a goal ends, and by when it is to be met

    def note(self, figure: Figure, goal: Time) -> None:
        """Remember that the sentence of a figure states a goal, with which the next may go on."""
        self._last = figure.sentence.end, goal

    def going_on(self, figure: Figure, here: Sequence[Time]) -> Time | None:
        """By when the goal is to be met that a figure without a time of its own goes on with; `here` are the times before it in its sentence."""
        if figure.rule.kind == "rank" or any(time.role != "base" for time in here):
            return None
        return self._before(figure) or self._of_paragraph(figure)

    def _before(self, figure: Figure) -> Time | None:
        """By when a goal is to be met that goes on with others behind a semicolon: 到2030年，总值突破2万亿元；覆盖率达到60%."""
        sentence = figure.sentence
        if self._last is None:
            return None
        end, goal = self._last
        at = figure.number.lead
        parted = self._folded[max(0, end - 1) : sentence.start + 1] if end <= sentence.start else ""
        if end != sentence.end and (parted[:1] != "；" or any(mark in parted for mark in "。！？\n")):
            return None
        if self._words.done.search(self._folded, sentence.start, at) or self._words.given.search(self._folded, sentence.start, sentence.end):
            return None
        if figure.rule.keep or self._words.for_those.search(self._folded, figure.clause, at) or self._words.used_in_plan.search(self._folded, figure.clause, at) or self._words.standing.match(self._folded, sentence.start, at):
            return None
        self._last = sentence.end, goal
        return goal

    def _of_paragraph(self, figure: Figure) -> Time | None:
        """By when a goal is to be met of which the sentence before spoke, in a plan or of one: 《方案》提出，到2027年，规模突破300亿元。建成平台20个."""
        sentence = figure.sentence
        if self._moods and not ((mood := self._moods[sentence.index]).ahead and mood.span):
            return None  # a report, of which the next sentence speaks of its year again
        begin = line_start(self._folded, sentence.start)
        before = [time for time in self._times.between(begin, sentence.start) if time.role != "base"]
        if not before or (goal := before[-1]).role != "goal" or not self.lies_ahead(goal):
            return None
        heading = line_start(self._folded, max(0, begin - 1))
        of_plan = self._moods or sentence.index in self._planned or "》" in self._folded[begin : goal.start]
        if not of_plan and not self._words.speaks_of_goals.search(self._folded, max(heading, begin - _HEADING), goal.start):
            return None
        if self._words.goal_heads.search(self._folded, max(0, begin - 1), goal.start) is None:
            return None
        if self._words.done.search(self._folded, goal.end, sentence.end) or self._words.given.search(self._folded, sentence.start, sentence.end):
            return None
        if figure.rule.keep or self._words.for_those.search(self._folded, figure.clause, figure.number.lead):
            return None
        return goal if self._words.goal_goes_on.search(self._folded, figure.clause, figure.number.start) else None

    def is_goal(self, figure: Figure, stated: Time | None) -> bool:
        """Whether a figure is one, for which its sentence states a time or none."""
        sentence = figure.sentence
        at = figure.number.start
        if figure.number.unit in self._words.weather_unit:
            return False
        if self._words.goal_behind.match(self._folded, figure.number.tail, figure.behind):
            return self._words.met_before.search(self._folded, figure.clause, at) is None
        if stated and self.lies_ahead(stated):
            return True
        if self._is_proposed(figure, stated):
            return True
        if sentence.index in self._planned and figure.rule.kind != "rank" and not self._is_past(stated) and self._words.sets.search(self._folded, figure.clause, at):
            return True
        if stated and stated.role == "period" and figure.rule.kind != "rank" and self._is_ordered(figure, stated):
            return True
        if self._year is None and stated and stated.role == "goal" and self._words.by_when.match(self._folded, stated.start) and self._words.hoped.match(self._folded, stated.end, sentence.end):
            return True
        goal = self._words.goal.search(self._folded, max(sentence.start, at - _REACH), at)
        sure = self._words.makes_sure.match(self._folded, goal.start(), figure.clause) if goal is not None and figure.rule.kind == "level" else None
        if sure is not None and self._words.sets.search(self._folded, figure.clause, at) is None:
            goal = self._words.goal.search(self._folded, sure.end(), at)  # 确保群众温暖过冬，建成住房300套
        if goal is not None and self._words.beside_goal.search(self._folded, figure.clause, figure.first):
            return False
        if goal is not None and self._words.may_foresee.match(goal[0]) and self._words.foreseen.search(self._folded, sentence.start, goal.start()):
            return False
        if goal is not None and stated is not None and stated.start >= goal.end() and stated.role in {"period", "until"} and self._is_over_by_now(stated):
            goal = self._words.goal.search(self._folded, stated.end, at)  # 全年计划投资8亿元，一季度利润增长5%; but 一季度计划开工20项
        if goal is not None and stated is not None and goal.end() <= figure.clause and self._is_over_by_now(stated) and self._words.planned_then.search(goal[0]) is None:
            return False  # 去年，甲市确保粮食安全，新建粮库5座
        if goal is not None and self._words.exists_size.search(self._folded, figure.clause, figure.number.lead):
            return False  # 根据规划，铁路全长300公里
        if figure.rule.kind == "rank" and self._words.rank_goal.search(self._folded, figure.clause, at) is None:
            return False  # a rank is held, not planned
        if goal is None or self.is_done(figure, goal.end(), at) or self._words.only_foreseen.search(self._folded, goal.end(), at):
            return False
        return not self._words.by_those.match(self._folded, figure.clause) and self._words.for_those.search(self._folded, figure.clause, at) is None

    def _is_proposed(self, figure: Figure, stated: Time | None) -> bool:
        """Whether a meeting or a paper says that a figure is to be: 会议提出，粮食产量稳定在125亿斤; 提出投资增长5%、新增就业8万人的目标."""
        at, kind = figure.number.start, figure.rule.kind
        if kind == "rank" or figure.rule.keep or self._is_past(stated) or stated is not None and (stated.role in {"now", "since", "until"} or self._is_over_by_now(stated)):
            return False
        if self._words.goal_stated.search(self._folded, figure.clause, at) and self._words.goal_stated_behind.match(self._folded, figure.number.tail, figure.sentence.end):
            return True
        begin = behind_last(self._folded, "。！？\n", 0, figure.sentence.start)  # behind a semicolon it goes on
        said = next(reversed(list(self._words.proposes.finditer(self._folded, begin, at))), None)
        follow = None if said else self._words.goals_follow.search(self._folded, line_start(self._folded, begin), begin)
        told = said.end() if said else begin if follow else None
        if told is None or self.is_done(figure, begin, at) or self._words.not_proposed.search(self._folded, told, at):
            return False
        if self._words.for_those.search(self._folded, figure.clause, at) or self._words.only_foreseen.search(self._folded, told, at):
            return False
        begin = max(figure.clause, told)
        set_out = kind in {"growth", "change"} or self._words.sets.search(self._folded, begin, at) or self._words.set_out.search(self._folded, begin - 1, at)
        return bool(set_out) or figure.number.tail > figure.number.end

    def told(self, figure: Figure, *, goal: bool) -> None:
        """Remember whether the figure told last is a goal."""
        self._set = figure.sentence.start if goal else -1

    def is_done(self, figure: Figure, start: int, at: int) -> bool:
        """Whether words in `start:at` say that a figure is no goal; but what grows 比去年 grows with the goal right before it."""
        done = self._words.done.search(self._folded, start, at)
        while done is not None and self._set == figure.sentence.start and self._words.than_before.search(self._folded, start, done.end()):
            done = self._words.done.search(self._folded, done.end(), at)
        return done is not None

    def is_of_rank(self, figure: Figure) -> bool:
        """Whether the rank of a figure is one that is aimed at."""
        here = self._folded, figure.clause, figure.number.start
        return (self._words.rank_goal.search(*here) or self._words.goal.search(*here)) is not None

    def years_of_plan(self, goal: Time) -> str | None:
        """The years that the title names (2023—2025年), or the five of a plan, which end with the year of a goal; None where it ends with no such year."""
        year = int((goal.period or "0")[:4])
        titled = (time.period or "" for time in self._times.between(0, self._folded.find("\n")))
        if (years := next((span for span in titled if is_span_of_days(span) and span[:4] < span[11:15] == str(year)), None)) is not None:
            return years
        return None if self._year is not None and not year - PLAN_YEARS <= self._year <= year else plan_of(year)

    def _is_over_by_now(self, time: Time) -> bool:
        """Whether a time had ended on the day of the text."""
        last = (time.period or "").split("/")[-1]
        return bool(last) and self._day is not None and last < self._day[: len(last)]

    def _is_ordered(self, figure: Figure, time: Time) -> bool:
        """Whether a meeting or plan says what a year is to bring that is not yet come: 会议提出，2025年粮食产量稳定在125亿斤."""
        if self._year is None or not time.period or int(time.period[:4]) <= self._year or self._words.orders.search(self._folded, figure.sentence.start, time.start) is None:
            return False
        return self._words.sets.search(self._folded, figure.clause, figure.number.start) is not None and self._words.only_foreseen.search(self._folded, figure.sentence.start, figure.number.start) is None

    def _is_past(self, time: Time | None) -> bool:
        """Whether a year was over when the text was written: what it says of it, a plan does not set."""
        if time is None or not time.period or self._year is None:
            return False
        return int(time.period.split("/")[-1][:4]) < self._year

    def lies_ahead(self, time: Time) -> bool:
        """到2025年, or 到2023年底 said in 2023, or 6月底前 said before."""
        if time.role != "goal" or not time.period:
            return False
        named = int(time.period[:4])
        if self._year is None:
            return self._first is not None and named >= self._first
        if self._day is not None and time.period.split("/")[-1] < self._day[: len(time.period.split("/")[-1])]:
            return False  # 从2月的5%到3月份的6%, said in April
        if self._words.from_now.match(self._folded, time.start):
            return self._words.foreseen.search(self._folded, line_start(self._folded, time.start), time.start) is None
        if named > self._year or named == self._year and self._words.by_when.match(self._folded, time.start) is not None:
            return True
        if self._day is None or self._words.by_then.search(self._folded, time.start, time.end) is None:
            return False
        last = time.period.split("/")[-1]
        return last + "-12-31"[len(last) - len("2021") :] > self._day  # 6月底前, said in March
