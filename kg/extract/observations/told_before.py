"""What a figure takes from those told before in its sentence: their indicator, their subjects, their kind."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.knowledge.clues import in_period, of_subject
from kg.extract.observations.figure_times import WhenReader
from kg.extract.observations.figure_words import EACH, FigureWords
from kg.extract.observations.figures import Figure
from kg.extract.observations.named import Named
from kg.model import Observation


class ToldBefore:
    """Remembers the figures of one sentence, which are told in order."""

    def __init__(self, folded: str, words: FigureWords, when: WhenReader, named: Named) -> None:
        self._folded = folded
        self._words = words
        self._when = when
        self._named = named
        self._last: tuple[Figure, Observation] | None = None
        self._amounts: list[Observation] = []
        self._listed: list[Observation] = []  # of the last list of values

    def completed(self, figure: Figure, observed: list[Observation]) -> list[Observation]:
        """The observations of a figure with what they take from those before; they are remembered for the next."""
        if self._last is not None:
            for taken in (self._grown_too, self._going_on, self._beside, self._of_those, self._summed_up):
                observed = [taken(figure, one, *self._last) for one in observed]
            observed = self._each_of_amounts(figure, observed)
            observed = self._each_of_list(figure, observed)
        self._amounts += [one for one in observed if figure.rule.kind == "level"]
        if figure.place[1] > 1 and figure.rule.kind in {"level", "share"}:
            self._listed = [*(self._listed if figure.place[0] else ()), *observed]
        self._last = (figure, observed[0]) if len(observed) == 1 else None
        return observed

    def _going_on(self, figure: Figure, one: Observation, last: Figure, before: Observation) -> Observation:
        """A figure that goes on with the indicator told right before, in its month and of whom that was: 长三角地区预计发送旅客155万人次，同比增长14%; 某港吞吐量增长6%，突破8亿吨、居全国第3位."""
        at, begin = figure.number.start, max(figure.clause, last.number.tail)
        if self._words.of_rate.sub("", one.indicator) not in {before.indicator, ""} or figure.place[0] or one.indicator in self._folded[begin:at]:
            return one
        if last.clause < figure.clause and one.indicator == before.indicator:
            one = self._when.as_before(figure, one, last, before)
        if "，" in self._folded[last.number.tail : figure.clause - 1]:
            return one
        if self._named.between(begin, at) and not (one.kind == "rank" and self._words.among_all.fullmatch(self._folded, begin, at)):
            return one
        return of_subject(one, before.subject)

    def _beside(self, figure: Figure, one: Observation, last: Figure, before: Observation) -> Observation:
        """Those hurt, told in the same clause as those before: 造成3人死亡、5人受伤."""
        if figure.clause != last.clause or figure.place[0] or one.kind != "level" or before.kind != "level" or self._named.words.harm.search(one.indicator) is None:
            return one
        if before.subject is None or self._folded[last.number.tail : figure.number.start].count("、") != 1 or self._named.between(last.number.tail, figure.number.start):
            return one
        return of_subject(one, before.subject)

    def _of_those(self, figure: Figure, one: Observation, last: Figure, before: Observation) -> Observation:
        """A part of what was told right before, or what became of it: 甲园引进企业41家，其中外资企业7家; 甲港吞吐量20万吨，恢复到2019年的84%."""
        if figure.place[0] or one.subject == before.subject or self._named.between(last.number.tail, figure.number.start):
            return one
        if "，" in self._folded[last.number.tail : max(last.number.tail, figure.clause - 1)] or "；" in self._folded[last.number.tail : figure.clause]:
            return one
        became = len(before.indicator) > 1 and one.indicator.startswith(before.indicator) and (one.kind == "share" or figure.rule.id == "points-above")
        return of_subject(one, before.subject) if became or self._words.of_which.match(self._folded, figure.clause) else one

    def _summed_up(self, figure: Figure, one: Observation, _: Figure, before: Observation) -> Observation:
        """What a sum has come to is of no part of the time in which it grew: 今年以来新增基站300个，累计建成4万个."""
        if one.kind != "level" or before.kind != "change" or "/" not in (one.period or ""):
            return one
        summed = self._words.summed_up.search(self._folded, figure.clause, figure.number.start)
        return in_period(one, None, "", "open") if summed else one

    def _each_of_amounts(self, figure: Figure, observed: list[Observation]) -> list[Observation]:
        """A rate of the one whose amount was told at its place before: 甲市总值3万亿元，乙市2万亿元，分别增长5%和2%."""
        place, count = figure.place
        if count < 2 or figure.rule.kind != "growth" or len(self._amounts) != count or EACH not in self._folded[figure.clause : figure.first]:
            return observed
        subjects = [one.subject for one in self._amounts]
        if None in subjects or len(set(subjects)) not in {1, count} or self._named.between(figure.clause, figure.first):
            return observed
        if len(set(subjects)) == 1:
            return [of_subject(one, subjects[place]) for one in observed]  # 甲港吞吐量3亿吨，集装箱吞吐量50万标箱，分别增长5%和2%
        return [replace(of_subject(one, subjects[place]), indicator=self._amounts[place].indicator) for one in observed]

    def _each_of_list(self, figure: Figure, observed: list[Observation]) -> list[Observation]:
        """A rate of the one whose value stood at its place in the list before: 甲市、乙市总值分别达到2万亿元、1万亿元，增长5%、6%."""
        place, count = figure.place
        if count < 2 or figure.rule.kind not in {"growth", "change"} or len(self._listed) != count or self._named.between(figure.clause, figure.first):
            return observed
        if len({one.subject for one in self._listed}) != count or any(one.indicator not in {each.indicator for each in self._listed} for one in observed):
            return observed
        return [replace(of_subject(one, self._listed[place].subject), indicator=self._listed[place].indicator) for one in observed]

    def _grown_too(self, figure: Figure, one: Observation, last: Figure, before: Observation) -> Observation:
        """A rate that one of growth is told beside, without words of its own: 甲国经济增长0.2%，乙国0.4%; 同比上涨10.4%，高于上月的10.1%."""
        if one.kind != "share" or before.kind != "growth" or one.indicator != before.indicator:
            return one
        return one if self._words.of_a_whole.search(self._folded, last.number.tail, figure.number.end) else replace(one, kind="growth")
