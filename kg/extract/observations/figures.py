"""Numbers of a sentence that are figures: which rule decides about each, and the stretches of text around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.extract.names.mentions import MentionRef
from kg.extract.names.rows import behind_numbering
from kg.extract.observations.figure_words import EACH, FigureWords
from kg.extract.observations.observation_rules import ObservationRule, ObservationRules
from kg.model import Sentence
from kg.text.numbers import Number
from kg.text.sentences import behind_last, is_open
from kg.text.times import Time

# A short bracket inside a name (污水治理（管控）率) parts nothing.
_CLAUSE = re.compile(r"（[^（）\n]{0,15}）|[，。；：！？\n（）】]|——")
_HAS_END = re.compile(r"[。；！？…”：]$")
_NUMBERING = re.compile(r"(?<![^\n])[ 　]*+\d{1,2}(?:\.\d{1,2})+[ 　]")
_INDENT = 8  # blanks before a number that opens a line
_QUOTED = re.compile(r"[“《（][^”》）\n]{0,20}$")
_ARTICLE = re.compile(r"^[ #*]*第[一二三四五六七八九十百零〇\d]+条", re.MULTILINE)
_ARTICLES = 3  # a report may quote one
# Characters around a number that are read for it. No clause is that long; in a text without marks, what is tried from
# each of its characters would take time that grows with the square of its length.
_REACH = 300
_DIFFERENT = frozenset({"percent", "money", "measure", "count"})  # kinds of numbers that one list may tell together …
_STANDS = frozenset({"level", "share"})  # … of what stands so
_FEW = 10  # so many things at most each of several has, where it is not said that all have them together
_WORDED = 3  # characters from the opening of a bracket to a number before which it says what is measured
BARE_VERB = 4  # characters of a clause that only goes on: 达到, 约为
_LONGEST_LIST = 50  # numbers after one verb, each of which is read with the words before the first
_INK = re.compile(r"\S")
_INDEX_REACH = 60  # characters before a number of points
_BARE_REACH = 30
COLONS = ("：", "： ")  # before the number of a form
_UNIT_NOTE = re.compile(r"(?:（[^（）]{1,12}）)?")  # behind the number of a form: （人民币）
_TITLE_LENGTH = 45  # a longer line without a full stop is text that lost it


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the rule that decided it and the stretches of text around it."""

    number: Number
    rule: ObservationRule
    sentence: Sentence  # in which it stands
    clause: int  # where its clause begins
    ahead: int  # where the words before it begin: the clause, or the end of the number before
    behind: int  # where the words after it end
    begin: int  # where the words of its list begin: `ahead` of the list's first number
    first: int  # where the list's first number begins, which may be this one
    place: tuple[int, int] = (0, 1)  # which of how many numbers with one verb (分别增长4.3%、5.5%)


class Told(NamedTuple):
    """What a sentence tells of a number that the one before is all of: where the time begins, and where what it counts begins and ends."""

    begin: int
    start: int
    end: int


class FigureFinder:
    """Decides number by number; `around` gives the mention inside which a span stands."""

    def __init__(self, rules: ObservationRules, words: FigureWords, folded: str, around: Callable[[int, int], MentionRef | None]) -> None:
        self._rules = rules
        self._words = words
        self._folded = folded
        self._around = around

    def find(self, sentence: Sentence, numbers: Sequence[Number]) -> list[Figure]:
        """The figures among the `numbers` of a sentence, in order."""
        folded = self._folded
        figures: list[Figure] = []
        marks = [m.span() for m in _CLAUSE.finditer(folded, sentence.start, sentence.end) if m.end() - m.start() < 3]
        clauses = [behind_numbering(folded, sentence), *[end for _, end in marks]]
        stops = [start for start, _ in marks]
        for position, number in enumerate(numbers):
            clause = max(clauses[max(0, bisect_left(clauses, number.start + 1) - 1)], number.start - _REACH)
            stop = bisect_left(stops, number.tail)
            end = stops[stop] if stop < len(stops) else sentence.end
            if (aside := self._aside(clause, number)) is not None:
                clause, end = aside
            behind = self._behind(numbers, position, end)
            behind = min(behind, number.tail + _REACH)
            last = figures[-1] if figures else None
            ahead = max(clause, last.number.tail) if last else clause
            if last and ahead == last.number.tail and (comma := folded.rfind("、", ahead, number.lead)) >= 0:
                ahead = comma + 1
            elif last and last.number.kind == number.kind == "count" and self._words.also.search(folded, last.number.tail, number.lead):
                ahead = number.lead  # 97个国家和8个国际组织
            rule = self._decide(sentence, number, clause, ahead, behind, last)
            mark = stops[stop] if stop < len(stops) else sentence.end
            if rule is not None and self._is_supposed(sentence, number, clause):
                continue
            if rule is None or position and self._is_size(numbers[position - 1], number, mark):
                continue
            if position + 1 < len(numbers) and self._is_size_of(number, numbers[position + 1]):
                continue
            if position and numbers[position - 1].kind == number.kind and self._is_size_of(numbers[position - 1], number):
                continue
            listed = last is not None and last.place[0] < _LONGEST_LIST
            if last and listed and (rule is last.rule and self._continues(last, number) or self._turns(last, number, rule) or self._differs(last, number, rule)):
                place = last.place[0] + 1
                figures[-place:] = [replace(f, place=(f.place[0], place + 1)) for f in figures[-place:]]
                figures.append(Figure(number, rule, sentence, clause, ahead, behind, last.begin, last.first, (place, place + 1)))
            else:
                figures.append(Figure(number, rule, sentence, clause, ahead, behind, ahead, number.lead))
        return figures

    def _aside(self, clause: int, number: Number) -> tuple[int, int] | None:
        """The span of the words and the number of a short bracket right behind a work (某风电场（装机40万千瓦）), which tell of that; None for any other number."""
        opened = self._folded.rfind("（", clause, number.lead)
        closed = self._folded.find("）", number.tail)
        if opened <= clause or number.lead - opened < _WORDED or closed < 0 or "）" in self._folded[opened : number.lead]:
            return None
        work = self._around(opened - 1, opened)
        return (opened + 1, closed) if work is not None and work.type == "Project" and work.end == opened else None

    def told_next(self, figure: Figure) -> Told | None:
        """What the sentence behind tells of a number that is a sentence by itself (3.1亿人！这是截至2024年底，农村网民的规模); None for any other number."""
        number, sentence, folded = figure.number, figure.sentence, self._folded
        if number.lead != sentence.start or folded[number.tail : sentence.end] not in {"！", "!"}:
            return None
        found = self._words.what_it_is.match(folded, sentence.end)
        return Told(found.start(), found.start("what"), found.end()) if found else None

    def _decide(
        self, sentence: Sentence, number: Number, clause: int, ahead: int, behind: int, last: Figure | None
    ) -> ObservationRule | None:
        """The rule that makes `number` a figure, None if it is none."""
        mention = self._around(number.start, number.end)
        if mention is not None:
            # 年产20万吨电池材料项目, 千万吨级炼厂; in any other name a number is part of the name, and 30万吨级码头 tells of what ships it takes.
            sized = mention.type == "Project" and number.kind == "measure" and self._folded[number.start - 1] not in "±+-"
            sized = sized and number.unit not in self._words.kind_unit and not self._words.berth.match(self._folded, number.end, mention.end)
            return self._rules.fallback if sized else None
        if number.kind == "count" and number.value < _FEW and self._words.each_has.search(self._folded, clause, number.lead):
            return None
        if last is not None and number.kind == last.rule.kind == "rank" and self._words.ranked.fullmatch(self._folded, last.number.tail, number.lead):
            return last.rule
        # In 新增5个A、6个B the verb stands before the first.
        reach = ahead if ahead < number.lead or last is not None and self._passes(last, number, ahead - 1) else clause
        if number.kind == "percent" and reach == clause and number.lead - clause <= BARE_VERB and self._folded[clause - 1 : clause] == "，":
            before = behind_last(self._folded, "，", sentence.start, clause - 1)
            if last is None or last.number.start < before:
                reach = before  # 增速最高，达到45.7%
        if number.kind == "percent" and ahead == clause > sentence.start and self._folded.endswith(COLONS, clause - 1, number.lead):
            reach = behind_last(self._folded, "，。；：", sentence.start, clause - 1)  # 生产总值增速：5.8%
        if last is not None and number.kind == "percent" and last.rule.kind == "change" and self._folded[last.number.tail : number.lead] == "或":
            return self._rules.decide(number, self._folded[last.clause : last.number.lead], "")  # 增加2万人或1.4%
        if number.kind == "percent" and (more := self._words.more_rates.match(self._folded, number.tail)):
            behind = more.end()  # 分别实现了5%和1.8%的增长
        rule = self._rules.decide(number, self._folded[reach : number.lead], self._folded[number.end : behind])
        if rule is None or rule.kind == "none" or self._in_quotes(sentence, number) or self._sums_up(number, ahead):
            return None
        return self._same_as_before(last, number, rule, ahead) if last else rule

    def _is_supposed(self, sentence: Sentence, number: Number, clause: int) -> bool:
        """Whether a number tells what would come of what the clause before only supposes."""
        if self._words.supposed_before.search(self._folded, max(0, sentence.start - 1), clause) is None:
            return False
        return self._words.told_all_the_same.search(self._folded, clause, number.start) is None

    def _is_size(self, counted: Number, number: Number, mark: int) -> bool:
        """Whether `number` says how large each of the things is that the number before it counts; `mark` ends its clause."""
        folded = self._folded
        between = folded[counted.tail : number.lead]
        if counted.kind != "count" or number.kind not in {"money", "measure", "bare", "count"} or self._words.size_of_each.fullmatch(between) is None:
            return False
        if number.kind == "count":
            return not between and number.bound != "=" and number.tail > number.end and number.tail < mark
        if folded.startswith("的", number.tail):
            return number.bound != "=" or self._words.over.search(between) is not None
        if self._words.over.search(between) is not None and folded[number.tail : number.tail + 1] == "、":
            return True  # 64个产值过10亿元、200个过千万元的企业
        return number.bound != "=" and self._words.places.match(between) is not None

    def _is_size_of(self, number: Number, counted: Number) -> bool:
        """Whether `number` says how large each of the things is that are counted behind them: 10亿元以上重大项目26个, 1亿元以上5亿元以下项目20个."""
        if number.kind == counted.kind and number.tail == counted.lead and all(self._words.limit_end.search(self._folded, one.end, one.tail) for one in (number, counted)):
            return True
        if counted.kind != "count" or number.kind not in {"money", "measure", "bare"} or number.tail == number.end:
            return False
        return self._words.limit_end.search(self._folded, number.end, number.tail) is not None and self._words.counted_behind.fullmatch(self._folded, number.tail, counted.lead) is not None

    def _same_as_before(self, last: Figure, number: Number, rule: ObservationRule, ahead: int) -> ObservationRule:
        """In 分别增长4.3%、5.5% and 新增5个A、6个B the rule of the first number decides about the second too."""
        if self._times_and_percents(last, number):
            return last.rule if self._words.listed.fullmatch(self._folded, last.number.tail, number.lead) else rule
        if last.number.kind != number.kind or self._passes(last, number, last.number.tail):
            return rule
        between = self._folded[last.number.tail : number.lead]
        if between == "，" and self._words.of_others.match(self._folded, number.tail):
            return rule
        if between == "，" and number.kind == "count" and number.unit != last.number.unit:
            return rule  # 企业增加到5000家，9项成果获奖
        if between == "，" and last.rule.kind == "change" and number.kind not in {"percent", "points"}:
            return rule  # 新增学位3万个，10件实事全部办结
        if self._words.listed.fullmatch(between):
            return last.rule
        if last.rule.id == "bare-people-new" and rule.id == "bare-people" and "、" in between:
            return last.rule
        if last.rule.id == "amount-new" and rule.id == "amount" and "、" in between:
            own = self._folded[ahead : number.lead]
            if not self._words.verbal.search(own) and not self._words.verb.search(own):
                return last.rule
        return rule

    def _passes(self, last: Figure, number: Number, at: int) -> bool:
        """Whether `number` is what something that rose by `last` has reached, as the words from `at` to it say."""
        if self._words.passed.match(self._folded, at, number.start):
            return True
        by = last.rule.kind == "change" and EACH not in self._folded[last.clause : last.number.lead]
        return by and self._words.passed_by_change.match(self._folded, at, number.start) is not None

    def _continues(self, last: Figure, number: Number) -> bool:
        """Whether `number` goes on a list that `last` is in: 4.3%、5.5%和6%."""
        if last.rule.kind == "rank":
            return self._words.ranked.fullmatch(self._folded, last.number.tail, number.lead) is not None
        listed = number.kind in {"percent", "points", "times", "money", "measure"}
        listed = listed or number.kind == "count" and EACH in self._folded[last.clause : last.first]
        same = last.number.kind == number.kind and listed
        if self._folded[last.number.tail] == "，" and self._words.of_others.match(self._folded, number.tail):
            return False
        same = same or self._times_and_percents(last, number)
        if not same and {last.number.kind, number.kind} <= {"money", "measure", "count"}:
            same = EACH in self._folded[last.clause : last.first]  # 货物和旅客吞吐量分别达到3万吨、90万人次
        return same and self._words.listed.fullmatch(self._folded, last.number.tail, number.lead) is not None

    def _times_and_percents(self, last: Figure, number: Number) -> bool:
        """Whether two rates are told together of which one is so large that it is told as a multiple: 分别增长2倍和35%."""
        kinds = {last.number.kind, number.kind}
        return kinds == {"times", "percent"} and last.rule.kind == "growth" and EACH in self._folded[last.clause : last.first]

    def _turns(self, last: Figure, number: Number, rule: ObservationRule) -> bool:
        """Whether `number` goes on a list with another verb: 分别增长2%和下降1%."""
        if rule.kind != last.rule.kind or rule.kind not in {"growth", "change"} or last.number.kind != number.kind:
            return False
        if self._words.turned.fullmatch(self._folded, last.number.tail, number.lead) is None:
            return False
        return EACH in self._folded[last.clause : last.first]

    def _differs(self, last: Figure, number: Number, rule: ObservationRule) -> bool:
        """Whether `number` goes on a list whose values are of different kinds, as 分别 says: 覆盖率、蓄积量分别达到61%和4亿立方米."""
        if (last.number.kind == "percent") is (number.kind == "percent") or not {last.number.kind, number.kind} <= _DIFFERENT:
            return False
        if not {last.rule.kind, rule.kind} <= _STANDS or EACH not in self._folded[last.clause : last.first]:
            return False
        return self._words.listed.fullmatch(self._folded, last.number.tail, number.lead) is not None

    def _behind(self, numbers: Sequence[Number], position: int, clause_end: int) -> int:
        """Where the words behind a number end: with the clause, or before what is counted next in it."""
        folded = self._folded
        start, counted = numbers[position].tail, numbers[position].kind == "count"
        for number in numbers[position + 1 :]:
            if number.lead >= clause_end:
                break
            # Not one in its own right: the threshold in 64个产值超10亿元的企业, a place in an order, one in quotation marks, the size of what is counted.
            if folded[number.tail : number.tail + 1] == "的" and number.kind != "percent" or number.kind == "rank" or is_open(folded, "“”", start, number.lead):
                continue
            if number.lead == start and counted and (number.kind in {"measure", "money", "bare"} or number.kind == "count" and number.tail > number.end):
                continue  # 20个500千伏输变电工程, 957个50户以上村寨
            if (comma := folded.rfind("、", start, number.lead)) >= 0:
                return comma
            if folded[start : number.lead] == ":":
                return start
            found = self._words.and_more.search(folded, start, number.lead)
            return found.start() if found else number.lead
        return clause_end

    def _sums_up(self, number: Number, start: int) -> bool:
        """Whether a number only says how many were named before it: 种子、肥料、农药3类农资."""
        if number.kind != "count" or number.bound != "=" or not 2 <= number.value <= 12:
            return False
        start = behind_last(self._folded, "，", start, number.start)
        listed = self._folded[start : number.start]
        # 甲、乙、丙等3家: often all there are, but told as an example
        either = (items for items in (self._words.items.split(listed), listed.split("、")) if len(items) == number.value)
        if listed.endswith("等") and not self._words.bearers.match(self._folded, number.end):
            return False
        return any(all(len(item) > 1 for item in items) for items in either)

    def _in_quotes(self, sentence: Sentence, number: Number) -> bool:
        """Inside short quotation marks or a title a number is part of a name."""
        opened = _QUOTED.search(self._folded, max(sentence.start, number.start - 20), number.start)
        if opened is None or opened[0][0] == "（":
            return False
        closing = "”" if opened[0][0] == "“" else "》"
        return 0 <= self._folded.find(closing, number.end, number.end + 14)


def is_statute(folded: str) -> bool:
    """Whether a text is written in articles: what it counts are norms (处五万元以上罚款), no statistics."""
    return len(_ARTICLE.findall(folded)) >= _ARTICLES


def without_times(numbers: Sequence[Number], times: Sequence[Time], folded: str, words: FigureWords) -> list[Number]:
    """The numbers that can be figures: no part of an expression of time, and not bare (编号12) unless large."""
    kept: list[Number] = []
    position = 0
    for number in numbers:
        if number.kind == "index" and not words.index.search(folded, max(0, number.lead - _INDEX_REACH), number.lead):
            continue  # 8点
        small = number.kind == "bare" and not number.scaled and number.value < 10_000
        if small and not any(named.search(folded, max(0, number.lead - _BARE_REACH), number.lead) for named in (words.index_is, words.ratio_is)):
            continue
        if number.kind == "count" and not number.scaled and _numbers_line(folded, number):
            continue  # 3.1 具有…资质, but not 3.1 亿元
        if number.kind in {"grade", "medal"} and number.spelled:
            continue  # 三级医院
        while position < len(times) and times[position].end <= number.start:
            position += 1
        inside = position < len(times) and times[position].start <= number.start < times[position].end
        if not inside or number.kind == "time" and times[position].role == "run" and words.days_changed.search(folded, max(0, number.lead - 4), number.lead):
            kept.append(number)
    return kept


def _numbers_line(folded: str, number: Number) -> bool:
    """Whether a number with a blank behind it opens a line: 3.1 具有…; in the midst of one it is a figure set apart by blanks."""
    found = _NUMBERING.search(folded, max(0, number.start - _INDENT), number.end)
    return found is not None and found.end() > number.start


def is_field(folded: str, sentence: Sentence, numbers: Sequence[Number], labelled: re.Pattern[str]) -> bool:
    """Whether a line is that of a form: it says a number and nothing else behind its label (成交价：3.2亿元), or first of all that of a listed indicator."""
    if sentence.heading or not numbers or not folded.endswith(COLONS, sentence.start, numbers[0].lead) or numbers[0].lead == sentence.start:
        return False
    if labelled.search(folded, sentence.start, numbers[0].lead):
        return True
    return len(numbers) == 1 and _UNIT_NOTE.fullmatch(folded, numbers[0].tail, sentence.end) is not None


def is_title(folded: str, sentence: Sentence) -> bool:
    """A heading, or a short line without a full stop above other text: its figures are said again below."""
    if sentence.heading:
        return True
    start, end = sentence.start, sentence.end
    if end - start > _TITLE_LENGTH or _HAS_END.search(folded[end - 1]) or folded[end : end + 1] != "\n":
        return False
    return (start == 0 or folded[start - 1] in "\n 　") and _INK.search(folded, end) is not None
