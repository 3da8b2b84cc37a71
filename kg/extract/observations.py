"""Figures of a document: who, what, how much, of which unit, over which period, said by which characters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from kg.extract.indicators import IndicatorReader, trim_after, trim_before
from kg.extract.mentions import MentionRef
from kg.extract.observation_rules import ObservationRule, ObservationRules, observation_rules
from kg.extract.periods import Mood, MoodReader, governing, report_year
from kg.extract.subjects import SubjectReader
from kg.model import Document, Observation, Sentence
from kg.ontology import Ontology, read_yaml
from kg.text.numbers import Number, NumberReader
from kg.text.times import Time, find_times, parse_date
from kg.text.units import unit_table

CONFIDENCE = 0.9  # until it is calibrated per rule
# A short bracket inside a name (污水治理（管控）率) parts nothing.
_CLAUSE = re.compile(r"（[^（）\n]{0,15}）|[，。；：！？\n（）]|——")
_HAS_END = re.compile(r"[。；！？…”：]$")
_GOAL = re.compile(
    r"力争|争取(?!到|了|过|中央|国家|上级)|有望|目标(?:是|为)?|确保|(?<!按)(?<!动)计划(?=[新建完实种投开招在到用培发引])|规划建设|拟[新建]"
    r"|(?<!预计)(?<!预期)将(?:再)?(?:新增|建成|建设|新建|达到|完成|实现|打造|培育|增至|提高到|开通|突破|超过|形成)"
    r"|(?:要|应)(?:新增|建成|建设|新建|达到|完成|实现|打造|培育|提高)"
)
_GOAL_BEHIND = re.compile(r"[^，。；]{0,6}的?(?:总体)?目标(?![^，。；]{0,2}(?:完成|落地))")
_DONE = re.compile(r"已(?!成)|去年|上年|截至|目前|完成了|建成了|实现了|现有|过去")
_BASE = re.compile(r"同比|环比|(?:比|较)(?:上年|去年|上月|上季度)(?:同期)?|(?:比|较)(\d{4})年")
_SCOPE = re.compile(r"(全国|全省|全市|全区|全球|世界|亚洲|行业|同行业|西部|东部|中部|西北|西南|沿海|长三角|国内)[^，、]{0,6}$")
_LISTED = re.compile(r"[、和及]|以及|，")
_SHORT = 4  # so few characters before a number are a verb (遴选, 分蓄长江), and tell what is done with the thing counted
_PARTS = re.compile(r"[、和与及]")
_MEASURE_NOUN = re.compile(
    r"(?:产量|产值|增加值|总额|余额|收入|支出|贷款|存款|投资|出口|进口|进出口|销量|销售额|消费|零售额|数量|规模|占比|比重|比例|面积|成交额|成交量|人数|人次|吞吐量|发送量|用电量|覆盖率|普及率|增速|利润)$"
)
_COMPARED = re.compile(r"高于|高出|快于|低于|领先|比|较|高|低|快")
_LOOSE_YEAR = frozenset({"全年", "年内", "年底", "年末", "岁末", "年初", "年中", "年底前"})
_AND = re.compile(r"以及|[和及](?=[^，。；和及]{0,8}(?<!的)$)")
_VERBAL = re.compile(r"总|达|为|累计|有|增|减")
_QUOTED = re.compile(r"[“《（][^”》）\n]{0,20}$")


@dataclass(frozen=True)
class _Figure:
    """A number with the rule that decided it and the stretches of text around it."""

    number: Number
    rule: ObservationRule
    clause: int  # where its clause begins
    ahead: int  # where the words before it begin: the clause, or the end of the number before
    behind: int  # where the words after it end
    begin: int  # where the words of its list begin: `ahead` of the list's first number
    first: int  # where the list's first number begins
    place: tuple[int, int] = (0, 1)  # which of how many numbers with one verb (分别增长4.3%、5.5%)


class Observer:
    """Reads observations with the rules and units of an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        def tables(kind: str, name: str) -> list[tuple[object, dict[str, object]]]:
            return [(path, read_yaml(path)) for path in ontology.files(kind, ".yaml") if path.stem.startswith(name)]

        self.rules: ObservationRules = observation_rules(tables("rules", "observations"))  # type: ignore[arg-type]
        self.numbers = NumberReader(unit_table(tables("lexicon", "units")))  # type: ignore[arg-type]
        words = self.rules.words
        self.rank_end = re.compile(f"(?:{words('rank_verb')}|均|[至到在])*(?:{words('rank_scope')})[^，]{{0,8}}$")
        self.indicators = IndicatorReader.of(self.rules)
        self.moods = MoodReader(self.rules)

    def observe(
        self,
        document: Document,
        folded: str,
        sentences: Sequence[Sentence],
        mentions: Sequence[MentionRef],
        topics: Mapping[int, str | None],
    ) -> list[Observation]:
        """The observations of `document`, in text order; `folded` is its text folded, `mentions` sorted by start.

        `topics` maps a sentence's index to the entity its passage is about, None where it is about none.
        """
        numbers = self.numbers.find(folded)
        if not numbers:
            return []
        times = find_times(folded, document.date)
        numbers = [n for n in _without_times(numbers, times) if n.kind != "bare" or n.scaled and not n.spelled or n.value >= 10_000]
        reading = _Reading(self, document, folded, sentences, times, SubjectReader(folded, mentions, topics, False))
        year = report_year(document, folded)
        if year is not None:
            reading.subjects = SubjectReader(folded, mentions, topics, True)
            reading.moods = self.moods.moods(year, folded, sentences)
        starts = [number.start for number in numbers]
        found: list[Observation] = []
        for sentence in sentences:
            first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            if first < last and not _is_title(folded, sentence):
                found += reading.sentence(sentence, numbers[first:last])
        return found


class _Reading:
    """One document being read: what the figures before have told."""

    def __init__(
        self, observer: Observer, document: Document, folded: str, sentences: Sequence[Sentence],
        times: Sequence[Time], subjects: SubjectReader,
    ) -> None:  # fmt: skip
        self.observer = observer
        self.document = document
        self.folded = folded
        self.sentences = sentences
        self.times = times
        self.time_starts = [time.start for time in times]
        self.subjects = subjects
        self.moods: list[Mood] = []
        self.topic = ""  # the indicator that a following 同比增长 is about
        self.carried: tuple[int, Time] | None = None  # end of the paragraph, time that holds in it

    def sentence(self, sentence: Sentence, numbers: list[Number]) -> list[Observation]:
        folded = self.folded
        self.topic = ""
        self.levels: list[str] = []
        figures: list[_Figure] = []
        marks = [m.span() for m in _CLAUSE.finditer(folded, sentence.start, sentence.end) if m.end() - m.start() < 3]
        clauses = [sentence.start, *(end for _, end in marks)]
        stops = [start for start, _ in marks]
        previous: Number | None = None
        figure: _Figure | None = None
        for position, number in enumerate(numbers):
            clause = clauses[max(0, bisect_left(clauses, number.start + 1) - 1)]
            ahead = max(clause, previous.tail) if previous else clause
            following = self._next(numbers, position, sentence.end)
            stop = bisect_left(stops, number.tail)
            behind = min(following, stops[stop] if stop < len(stops) else sentence.end)
            if behind == following < sentence.end and (cut := _last_link(folded, number.tail, behind)) >= 0:
                behind = cut
            if previous and ahead == previous.tail and (comma := folded.rfind("、", ahead, number.lead)) >= 0:
                ahead = comma + 1
            # In 新增5个A、6个B the verb stands before the first.
            reach = ahead if ahead < number.lead else clause
            rule = self.observer.rules.decide(number, folded[reach : number.lead], folded[number.end : behind])
            if previous and figure and rule and rule.kind != "none":
                rule = self._same_as_before(figure, number, rule, ahead)
            mention = self.subjects.around(number.start, number.end)
            if mention is not None and mention.type == "Project" and number.kind == "measure":
                rule = self.observer.rules.fallback  # 年产20万吨电池材料项目, 千万吨级码头
            elif rule is None or rule.kind == "none" or mention is not None or self._in_quotes(sentence, number):
                continue
            listed = previous is not None and figure is not None and rule is figure.rule and _joined_to(folded, figure, number)
            if listed and figure is not None:
                place = figure.place[0] + 1
                figure = _Figure(number, rule, clause, ahead, behind, figure.begin, figure.first, (place, place + 1))
                figures[-place:] = [replace(f, place=(f.place[0], place + 1)) for f in figures[-place:]]
            else:
                figure = _Figure(number, rule, clause, ahead, behind, ahead, number.lead)
            figures.append(figure)
            previous = number
        found: list[Observation] = []
        for figure in figures:
            found += self._figure(sentence, figure)
        return found

    def _same_as_before(self, before: _Figure, number: Number, rule: ObservationRule, ahead: int) -> ObservationRule:
        """In 分别增长4.3%、5.5% and 新增5个A、6个B the rule of the first number decides about the second too."""
        if before.number.kind != number.kind:
            return rule
        between = self.folded[before.number.tail : number.lead]
        if _LISTED.fullmatch(between):
            return before.rule
        if before.rule.id == "amount-new" and rule.id == "amount" and "、" in between:
            own = self.folded[ahead : number.lead]
            if not _VERBAL.search(own) and not self.observer.indicators.verb_start.search(own):
                return before.rule
        return rule

    def _next(self, numbers: list[Number], position: int, end: int) -> int:
        """Where the next number begins that is one in its own right: not the threshold in 64个产值超10亿元的企业."""
        for number in numbers[position + 1 :]:
            if number.kind != "rank" and self.folded[number.tail : number.tail + 1] != "的":
                return number.lead
            if number.kind == "rank" and number.end - number.start > 1 and self.folded[number.start] != "第":
                return number.lead
        return end

    def _in_quotes(self, sentence: Sentence, number: Number) -> bool:
        """Inside short quotation marks or a title a number is part of a name."""
        opened = _QUOTED.search(self.folded, max(sentence.start, number.start - 20), number.start)
        if opened is None or opened[0][0] == "（":
            return False
        closing = "”" if opened[0][0] == "“" else "》"
        return 0 <= self.folded.find(closing, number.end, number.end + 14)

    def _figure(self, sentence: Sentence, figure: _Figure) -> list[Observation]:
        number, rule, folded = figure.number, figure.rule, self.folded
        indicator, begins = self._indicator(figure)
        if not indicator:
            return []
        unit = rule.unit_as or self._unit(number)
        subject = self._subject(sentence, figure, begins)
        kind, period, basis = self._when(sentence, figure)
        values = [(number.value, number.bound)] if number.high is None else [(number.value, ">"), (number.high, "<")]
        base = _BASE.search(folded[figure.clause : number.start])
        scope = _SCOPE.search(folded[figure.clause : number.start]) if rule.kind == "rank" else None
        return [
            Observation(
                subject=subject, indicator=indicator, kind=kind, value=_plain(value * rule.sign), unit=unit, bound=bound,
                period=period, start=max(figure.ahead, sentence.start), end=max(number.tail, min(figure.behind, number.tail)),
                sentence=sentence.index, found_by=rule.id, confidence=CONFIDENCE,
                quoted=self.document.text[number.start : number.end], period_basis=basis,
                base=(base[1] or base[0]) if base else "", scope=scope[1] if scope else "",
            )
            for value, bound in values
        ]  # fmt: skip

    def _unit(self, number: Number) -> str:
        """CNY, %, … or the classifier in the script of the text."""
        written = self.document.text[number.unit_start : max(number.end, number.unit_end)]
        if number.unit in {"%", "CNY", "USD", "倍"}:
            return number.unit
        if number.kind == "time" or written[-1:] in "多余":
            written = written.rstrip("多余").replace("个多", "").removeprefix("个").removeprefix("個")
        return written

    # -- what is measured --------------------------------------------------------------------------------------

    def _indicator(self, figure: _Figure) -> tuple[str, int]:
        """What is measured, as written, and where its words begin."""
        reader, folded, number, rule = self.observer.indicators, self.folded, figure.number, figure.rule
        text = self.document.text
        if mention := self.subjects.around(number.start, number.end):
            # 年产20万吨电池材料项目: the name itself says what is measured.
            a_start, a_end = trim_after(reader, folded, number.tail, mention.end, whole=True)
            return text[mention.start : number.start] + text[a_start:a_end], mention.start
        growth = rule.kind in {"growth", "change"} and rule.id != "amount-new"
        start, end = figure.begin, number.lead if figure.place[0] == 0 else figure.first
        if folded[number.lead - 1 : number.lead] == "等":
            start = end = number.lead  # what stands before is a list of examples
        start, end = self._trimmed(start, end, growth)
        if (named := self.subjects.last_end(start, end)) > start:
            start, end = self._trimmed(named, end, growth)
            self.topic = ""  # 项目总投资 is of the project, not of the figure before
        if rule.kind == "rank":
            start, end = self._ranked(start, end)
        before = text[start:end]
        after = ""
        if rule.indicator in {"both", "after"}:
            a_start, a_end = trim_after(reader, folded, number.tail, figure.behind, whole=rule.kind == "share")
            after = text[a_start:a_end]
        result = self._shared_by(figure, start, end)
        if not result:
            result = self._joined(figure, before, folded[start:end], after, folded[number.tail : number.tail + 6])
        if rule.kind in {"level", "share"} and rule.id != "points-above":
            self.levels.append(result)
        if rule.id != "points-above" and rule.kind in {"level", "share", "change", "growth"}:
            self.topic = result
        return result[:60], start

    def _joined(self, figure: _Figure, before: str, plain: str, after: str, behind: str) -> str:
        """One indicator out of the words before the number (`plain`: folded) and those after it."""
        reader, number = self.observer.indicators, figure.number
        generic = bool(plain) and len(plain) <= 12 and reader.generic.match(plain) is not None
        compared = figure.rule.indicator == "last" and _COMPARED.match(plain) is not None
        if plain and self.topic and (compared or plain.startswith("占") or generic):
            return self.topic + before
        money = number.kind in {"money", "measure"}
        if behind.startswith("的") and plain and (len(plain) < 2 or self.folded[number.lead - 1] == "了" or reader.verb_end.search(plain)):
            money, behind = False, behind[1:]  # 找到400多万元的启动资金
        if after and plain and (
            reader.not_noun.match(behind) or len(after) < 2 or money and reader.verb_start.match(behind)
        ) and figure.rule.id != "share-of-behind":
            verb_only = reader.bare.fullmatch(plain)
            if figure.rule.kind == "share" and len(plain) <= 8:
                return before + after
            if not verb_only or behind.startswith(("同比", "比", "较", "以上", "左右")):
                after = ""
        if not after:
            if not plain:
                return self.topic + (self._unit(number) if number.unit in {"场次", "人次", "架次", "列次"} else "")
            if reader.bare.fullmatch(plain) and self.topic and number.kind == "count":
                return self.topic + before
            return before
        if not plain:
            return after
        if not self._ends_in_of(number) and (verb := reader.verb_end.search(plain)):
            return before[verb.start() :] + after
        if figure.rule.kind == "share":
            return before + after if len(plain) <= 8 else before
        return before + after if len(plain) <= _SHORT and not self._ends_in_of(number) else after

    def _ends_in_of(self, number: Number) -> bool:
        return self.folded[number.lead - 1] == "的"

    def _ranked(self, start: int, end: int) -> tuple[int, int]:
        """The words before a rank without the scope: 工业投资总量位居全市第二."""
        folded = self.folded[start:end]
        cut = self.observer.rank_end.search(folded)
        if cut:
            end = start + cut.start()
        return trim_before(self.observer.indicators, self.folded, start, end, False)

    def _without_times(self, start: int, end: int) -> tuple[int, int]:
        """`start:end` cut after the last date in it, and before a duration at its end (连续12年)."""
        first = bisect_left(self.time_starts, start)
        for time in self.times[first:]:
            if time.start >= end:
                break
            if time.end >= end and time.role != "vague":
                return start, time.start
            if time.role not in {"run", "vague"}:
                start = max(start, time.end)
        return start, end

    def _trimmed(self, start: int, end: int, growth: bool) -> tuple[int, int]:
        reader, folded = self.observer.indicators, self.folded
        opening = start
        while True:
            old = start, end
            start, end = trim_before(reader, folded, *self._without_times(start, end), growth)
            if start >= end and (time := self._last_time(opening, old[1])):
                # 收入是2019年的1.5倍: what is measured stands before the time.
                return trim_before(reader, folded, opening, time.start, growth)
            if (start, end) == old or start >= end:
                return start, end

    def _last_time(self, start: int, end: int) -> Time | None:
        at = bisect_left(self.time_starts, end) - 1
        return self.times[at] if at >= 0 and self.times[at].start > start else None

    def _shared_by(self, figure: _Figure, start: int, end: int) -> str:
        """The name of its own for one of several values: 太阳能电池、新能源汽车产量分别增长53.2%、22.5%; "" if there is none."""
        place, count = figure.place
        if count < 2 or "分别" not in self.folded[figure.clause : figure.number.lead]:
            return ""
        parts = _PARTS.split(self.folded[start:end]) if start < end else []
        if len(parts) == count:
            return completed(parts, place, self.document.text[start:end])
        if start >= end and len(self.levels) >= count:
            return self.levels[len(self.levels) - count + place]
        return ""

    # -- whose, and when -----------------------------------------------------------------------------------------

    def _subject(self, sentence: Sentence, figure: _Figure, indicator: int) -> str | None:
        number = figure.number
        if mention := self.subjects.around(number.start, number.end):
            return mention.entity
        return self.subjects.of(sentence, figure.clause, number.lead, indicator, (number.tail, figure.behind))

    def _when(self, sentence: Sentence, figure: _Figure) -> tuple[str, str | None, str]:
        """Kind (a goal is a target), period, and what the period was read from."""
        first = bisect_left(self.time_starts, sentence.start)
        last = bisect_left(self.time_starts, figure.number.start)
        here = self.times[first:last]
        kind = figure.rule.kind
        stated = governing(here, self.folded, figure.clause, sentence)
        before = self.folded[figure.clause : figure.number.lead]
        inside = self.subjects.around(figure.number.start, figure.number.end) is not None
        if inside and self.moods:
            return kind, None, ""  # the size of a project, whenever it is
        if self.moods:
            return self._in_report(sentence, figure, kind, stated, before)
        period, basis = (None, "") if inside else self._carried(sentence, stated, here)
        document = parse_date(self.document.date)
        goal = _GOAL.search(self.folded, max(sentence.start, figure.number.start - 40), figure.number.start)
        if _GOAL_BEHIND.match(self.folded, figure.number.tail, figure.behind):
            return "target", period, basis
        ahead = goal is not None and not _DONE.search(self.folded, goal.end(), figure.number.start)
        if kind != "rank" and ahead or (stated and document and self._ahead_of(stated, document.year)):
            kind = "target"
        return kind, period, basis

    def _ahead_of(self, time: Time, year: int) -> bool:
        """Whether a goal lies in the future: 到2025年, or 到2023年底 said in 2023."""
        if time.role != "goal" or not time.period:
            return False
        named = int(time.period[:4])
        return named > year or named == year and self.folded[time.start] in "到力"

    def _in_report(
        self, sentence: Sentence, figure: _Figure, kind: str, stated: Time | None, before: str
    ) -> tuple[str, str | None, str]:
        mood = self.moods[sentence.index]
        loose = stated is not None and self.folded[stated.start : stated.end] in _LOOSE_YEAR
        if stated is not None and stated.period and stated.role != "now" and not loose:
            future = stated.period[:4] >= str(mood.year) and mood.ahead
            if stated.role == "goal" or future:
                kind = "target" if mood.ahead else kind
                return kind, stated.period, "stated"
            return kind, stated.period, "stated"
        if mood.ahead:
            if figure.rule.keep or _DONE.search(before):
                return kind, None, ""
            return "target", str(mood.year), "document"
        return kind, str(mood.year), "document"

    def _carried(self, sentence: Sentence, stated: Time | None, here: Sequence[Time]) -> tuple[str | None, str]:
        if stated is not None:
            text = self.folded[stated.start : stated.end]
            if stated.role in {"period", "since", "until", "now"} and text != "今年" and stated.period:
                stop = self.folded.find("\n", sentence.start)
                self.carried = (len(self.folded) if stop < 0 else stop, stated)
            return stated.period, stated.basis if stated.period else ""
        if any(time.role == "vague" for time in here):
            return None, ""
        if self.carried and sentence.start < self.carried[0]:
            return self.carried[1].period, "carried"
        return None, ""


def _last_link(folded: str, start: int, end: int) -> int:
    """Where the last 、, 和 or 以及 begins that parts what is counted here from what is counted next; -1 if there is none."""
    if (comma := folded.rfind("、", start, end)) >= 0:
        return comma
    found = _AND.search(folded, start, end)
    return found.start() if found else -1


def _joined_to(folded: str, before: _Figure, number: Number) -> bool:
    """Whether `number` goes on a list that the figure before it is in: 4.3%、5.5%和6%."""
    same = before.number.kind == number.kind and before.number.kind in {"percent", "points", "times", "money", "measure"}
    return same and _LISTED.fullmatch(folded, before.number.tail, number.lead) is not None


def completed(parts: Sequence[str], place: int, text: str) -> str:
    """One of several coordinated names as `text` writes them, with the words that only the last of them has.

    `parts` are the names in folded form, parted in `text` by one character each.

    >>> completed(["太阳能电池", "新能源汽车产量"], 0, "太陽能電池、新能源汽車產量")
    '太陽能電池產量'
    """
    start = sum(len(part) + 1 for part in parts[:place])
    written = text[start : start + len(parts[place])]
    own, last = parts[place], parts[-1]
    if place == len(parts) - 1:
        return written
    at = last.find(own[-1:])
    if 0 <= at < len(last) - 1:
        return written + text[len(text) - len(last) + at + 1 :]
    head = _MEASURE_NOUN.search(last)
    return written + text[len(text) - len(head[0]) :] if head and not _MEASURE_NOUN.search(own) else written


def _without_times(numbers: list[Number], times: Sequence[Time]) -> list[Number]:
    """The numbers that are no part of an expression of time."""
    kept: list[Number] = []
    position = 0
    for number in numbers:
        while position < len(times) and times[position].end <= number.start:
            position += 1
        if position < len(times) and times[position].start <= number.start < times[position].end:
            continue
        kept.append(number)
    return kept


def _is_title(folded: str, sentence: Sentence) -> bool:
    """A short line without a full stop, above other text: its figures are said again below."""
    if sentence.heading:
        return True
    line_start = sentence.start == 0 or folded[sentence.start - 1] in "\n 　"
    at_end = folded[sentence.end : sentence.end + 1] == "\n" and folded[sentence.end :].strip() != ""
    return line_start and at_end and sentence.end - sentence.start <= 45 and not _HAS_END.search(folded[sentence.end - 1])


def _plain(value: Decimal) -> Decimal:
    """The value without needless zeros: 20564000000.00 is 20564000000."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


@lru_cache(maxsize=1)
def _shipped() -> Observer:
    return Observer(Ontology.load())


def observe(
    document: Document,
    folded: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[MentionRef],
    topics: Mapping[int, str | None],
) -> list[Observation]:
    """`Observer.observe` with the shipped ontology."""
    return _shipped().observe(document, folded, sentences, mentions, topics)
