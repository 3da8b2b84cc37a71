"""Figures of a document: who, what, how much, of which unit, over which period, said by which characters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.extract.confidence import Confidence, read_confidence
from kg.extract.event_days import event_days, held_on
from kg.extract.exclaimed import Told, told_next
from kg.extract.figure_times import WhenReader, times_outside
from kg.extract.figure_words import FigureWords
from kg.extract.figures import Figure, FigureFinder, is_statute, is_title, without_times
from kg.extract.indicator_naming import IndicatorNamer, Name
from kg.extract.indicator_table import read_indicators
from kg.extract.indicators import IndicatorReader
from kg.extract.mentions import MentionRef
from kg.extract.moods import MoodReader, Timing
from kg.extract.name_words import NameWords
from kg.extract.named import Named
from kg.extract.observation_rules import observation_rules
from kg.extract.phrases import Phrases
from kg.extract.subject_words import SubjectWords
from kg.extract.subjects import SubjectReader
from kg.extract.table_figures import FOUND_BY as FOUND_BY_TABLE
from kg.extract.table_figures import TableReader
from kg.extract.time_words import TimeWords
from kg.extract.titles import Titles, explains
from kg.model import Document, Observation, Sentence
from kg.ontology import Ontology
from kg.text.fold import fold
from kg.text.numbers import Number, NumberReader
from kg.text.units import unit_table

_BASE = re.compile(r"同比|环比|(?:比|较)(?:上年|去年|上月|上季度)(?:同期)?|(?:比|较)(\d{4})年")
_SCOPE = re.compile(
    r"(全国|全省|全市|全区|全球|世界|亚洲|行业|同行业|中西部|西部|东部|中部|东北|西北|西南|华北|华东|华南|沿海|长三角|国内|大陆)[^，、]{0,6}$"
)
_EACH = re.compile(r"(?<![首成古国花])[均都皆](?!衡|价|质)")
# What a rate is said by its name, not by its %: 基准利率从4%上调至4.25%, 经济增速从3.8%升至4.6%.
_NO_SHARE = (("level", re.compile(r"利率(?:目标区间|水平)?$")), ("growth", re.compile(r"(?:增速|增幅|涨幅|增长率)$")))
_AMONG = re.compile(r"[，、]?[^，。；、]{0,3}(?:[居列]|排名?|跃升至?|升至|上升到)[^，。；、]{0,8}")  # 居全区第2位: among all of the area
_OF_A_WHOLE = re.compile(r"[占率]|比[重例]")
_STORED = frozenset({"%", "CNY", "USD", "倍"})  # units that are not kept as written


class Observer:
    """Reads observations with the rules and units of an ontology; made once, used for every document.

    `confidence` is the ontology's own, where it was read before.
    """

    def __init__(self, ontology: Ontology, phrases: Phrases, confidence: Confidence | None = None) -> None:
        self.rules = observation_rules([file for file in ontology.yaml("rules") if file.path.stem.startswith("observations")], phrases)
        self.numbers = NumberReader(unit_table([(file.path, file.data) for file in ontology.yaml("lexicon") if file.path.stem.startswith("units")]), phrases.classes["acronyms"])
        self._indicators = IndicatorReader.of(phrases, read_indicators(ontology).labels)
        self._figure_words = phrases.words_of(FigureWords, "figures")
        self._subject_words = phrases.words_of(SubjectWords, "subjects")
        self._name_words = phrases.words_of(NameWords, "names")
        self._time_words = phrases.words_of(TimeWords, "times")
        self.moods = MoodReader(ontology, phrases)
        self._confidence = confidence or read_confidence(ontology)
        self._tables = TableReader(self.rules, phrases, self.numbers, self._indicators, self._confidence.of_figure(FOUND_BY_TABLE))

    def observe(
        self,
        document: Document,
        folded: str,
        sentences: Sequence[Sentence],
        mentions: Sequence[MentionRef],
        topics: Mapping[int, str | None],
        titles: Titles,
        timing: Timing,
    ) -> list[Observation]:
        """The observations of `document`, in text order; `folded` is its text folded, `mentions` sorted by start.

        `topics` maps a sentence's index to the entity its passage is about, None where it is about none.
        """
        tabled, tables = self._tables.observe(document, folded, sentences, mentions, topics)
        numbers = self.numbers.find(folded)
        if not numbers or is_statute(folded):
            return tabled
        numbers = without_times(numbers, timing.times, folded, self._figure_words)
        named = Named(folded, mentions, self._subject_words, report=timing.moods is not None)
        subjects = SubjectReader(named, topics)
        finder = FigureFinder(self.rules, self._figure_words, folded, named.around)
        namer = IndicatorNamer(self._indicators, self._name_words, document.text, folded, timing.times, named)
        events, held = event_days(named, self._time_words, timing.times), held_on(folded, self._time_words, mentions, timing.times)
        outside, planned = times_outside(timing.times, mentions), timing.ahead if timing.plan else frozenset()
        when = WhenReader(named, self._time_words, document.date, outside, timing.moods or (), events, held, planned)
        starts = [number.start for number in numbers]
        parts = titles.parts if timing.moods else ()
        found: list[Observation] = []
        for sentence in sentences:
            first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            if first == last or is_title(folded, sentence) or explains(parts, sentence.start) or any(s <= sentence.start < e for s, e in tables):
                continue
            namer.new_sentence(sentence.start)
            previous: tuple[Figure, Observation] | None = None
            amounts: list[Observation] = []  # of the sentence
            listed: list[Observation] = []  # of its last list of values
            for figure in finder.find(sentence, numbers[first:last]):
                told = told_next(folded, sentence, figure.number)
                name = namer.name(figure, told)
                if not name.text:
                    when.when(sentence, figure, False)  # its time may hold for what follows
                    continue
                observed = self._observed(document, folded, sentence, figure, name, named, subjects, when, told)
                if timing.moods and fold(name.text) in self._indicators.alone:
                    # Of a company its revenue (收入) may be told so, of the area that a report is about not.
                    observed = [one for one in observed if one.subject not in {None, topics.get(sentence.index)}]
                if previous is not None:
                    observed = [_grown_too(folded, figure, one, *previous) for one in observed]
                    observed = [_going_on(folded, figure, one, *previous, when, named) for one in observed]
                    observed = [_of_those(folded, figure, one, *previous, named) for one in observed]
                    observed = _each_of_those(folded, figure, observed, amounts, named)
                    observed = _each_of_list(folded, figure, observed, listed, named)
                amounts += [one for one in observed if figure.rule.kind == "level"]
                if figure.place[1] > 1 and figure.rule.kind in {"level", "share"}:
                    listed = [*(listed if figure.place[0] else ()), *observed]
                previous = (figure, observed[-1]) if len(observed) == 1 else previous if not observed else None
                found += observed
        return sorted([*found, *tabled], key=lambda one: (one.sentence, one.end)) if tabled else found

    def deciding(self, text: str) -> list[str]:
        """The rules that decide about the numbers of a text of one sentence, "" for a number about which none does."""
        folded = fold(text)
        ids = []
        for number in self.numbers.find(folded):
            start = folded.rfind("，", 0, number.start) + 1
            rule = self.rules.decide(number, folded[start : number.lead], folded[number.end :])
            ids.append(rule.id if rule else "")
        return ids

    @staticmethod
    def _bearers(folded: str, sentence: Sentence, figure: Figure, named: Named, subject: str) -> list[str]:
        """Whose a figure is, of several named together: 杭州、宁波分别增长4.7%、5.4%; 杭州、宁波均增长6%."""
        words = folded[figure.clause : figure.first]
        place, count = figure.place
        if "分别" not in words and not (count == 1 and _EACH.search(words)):
            return [subject]
        sharing = named.sharing(sentence.start, figure.first, subject)
        if count > 1:
            return [sharing[place] if len(sharing) == count else subject]
        return list(dict.fromkeys(sharing)) if len(sharing) > 1 and "分别" not in words else [subject]

    def _observed(
        self, document: Document, folded: str, sentence: Sentence, figure: Figure, name: Name,
        named: Named, subjects: SubjectReader, reader: WhenReader, told: Told | None,
    ) -> list[Observation]:  # fmt: skip
        number, rule = figure.number, figure.rule
        mention = named.around(number.start, number.end)
        if mention is None and named.of_person(sentence, number.lead):
            return []
        if mention is not None:
            subject: str | None = mention.entity
        else:
            behind = (number.tail, figure.behind)
            subject = subjects.of(sentence, figure.clause, number.lead, name.start, behind)
        bearers: Sequence[str | None] = [subject]
        if subject is not None and mention is None:
            bearers = self._bearers(folded, sentence, figure, named, subject)
        if subject is not None and bearers == [subject] and named.summed(figure.clause, number.start, subject):
            bearers = [None]
        if mention is None and figure.place[1] == 1 and named.together(figure.clause, number.lead):
            bearers = [None]
        if name.unshared and bearers == [subject] and (subject is None or len(named.sharing(sentence.start, figure.first, subject)) != figure.place[1]):
            return []  # 分别 parts what was not found apart: whose or of what each value is nobody can tell
        if rule.kind == "share":
            rule = replace(rule, kind=next((kind for kind, words in _NO_SHARE if words.search(name.text)), "share"))
            figure = replace(figure, rule=rule)
        when = reader.told(figure, told) if told else reader.when(sentence, figure, mention is not None, subject)
        base = _BASE.search(folded, figure.clause, number.start)
        scope = _SCOPE.search(folded[figure.clause : figure.first if figure.place[0] else number.start]) if rule.kind == "rank" else None
        bound = "=" if rule.kind == "rank" and number.bound == "~" else number.bound  # 预计 foresees the amount, 连续保持第一 not
        if figure.place[0] and bound == "=" and folded.startswith(("不低于", "不少于"), figure.first):
            bound = ">"  # 提高到不低于1200元和1700元
        values = [(number.value, bound)] if number.high is None else [(number.value, ">"), (number.high, "<")]
        return [
            Observation(
                subject=bearer, indicator=name.text, kind=when.kind, value=plain(value * rule.sign),
                unit=_unit_as(document.text, folded, rule.unit_as, number) or written_unit(document.text, number), bound=bound, period=when.period,
                start=min(name.start, number.lead), end=max(name.end, number.tail), sentence=sentence.index,
                found_by=rule.id, confidence=self._confidence.of_figure(rule.id),
                quoted=document.text[number.start : number.end], period_basis=when.basis,
                base=(base[1] or base[0]) if base else "", scope=scope[1] if scope else "",
            )
            for bearer in bearers for value, bound in values
        ]  # fmt: skip


def _going_on(
    folded: str, figure: Figure, one: Observation, last: Figure, before: Observation, when: WhenReader, named: Named
) -> Observation:
    """A figure that goes on with the indicator told right before, in its month and of whom that was: 长三角地区预计发送旅客155万人次，同比增长14%; 某港吞吐量增长6%，突破8亿吨、居全国第3位."""
    at, begin = figure.number.start, max(figure.clause, last.number.tail)
    if one.indicator.removesuffix("增速").removesuffix("降幅") not in {before.indicator, ""} or figure.place[0] or one.indicator in folded[begin:at]:
        return one
    if last.clause < figure.clause and one.indicator == before.indicator:
        one = when.as_before(figure, one, last, before)
    if "，" in folded[last.number.tail : figure.clause - 1]:
        return one
    if named.between(begin, at) and not (one.kind == "rank" and _AMONG.fullmatch(folded, begin, at)):
        return one
    return replace(one, subject=before.subject)


def _of_those(folded: str, figure: Figure, one: Observation, last: Figure, before: Observation, named: Named) -> Observation:
    """A part of what was told right before, or what became of it: 甲园引进企业41家，其中外资企业7家; 甲港吞吐量20万吨，恢复到2019年的84%."""
    if figure.place[0] or one.subject == before.subject or named.between(last.number.tail, figure.number.start):
        return one
    if "，" in folded[last.number.tail : max(last.number.tail, figure.clause - 1)] or "；" in folded[last.number.tail : figure.clause]:
        return one
    part = folded.startswith("其中", figure.clause) or len(before.indicator) > 1 and one.indicator.startswith(before.indicator) and (one.kind == "share" or figure.rule.id == "points-above")
    return replace(one, subject=before.subject) if part else one


def _each_of_those(folded: str, figure: Figure, observed: list[Observation], amounts: Sequence[Observation], named: Named) -> list[Observation]:
    """A rate of the one whose amount was told at its place before: 甲市总值3万亿元，乙市2万亿元，分别增长5%和2%."""
    place, count = figure.place
    if count < 2 or figure.rule.kind != "growth" or len(amounts) != count or "分别" not in folded[figure.clause : figure.first]:
        return observed
    subjects = [one.subject for one in amounts]
    if None in subjects or len(set(subjects)) not in {1, count} or named.between(figure.clause, figure.first):
        return observed
    if len(set(subjects)) == 1:
        return [replace(one, subject=subjects[place]) for one in observed]  # 甲港吞吐量3亿吨，集装箱吞吐量50万标箱，分别增长5%和2%
    return [replace(one, subject=subjects[place], indicator=amounts[place].indicator) for one in observed]


def _each_of_list(folded: str, figure: Figure, observed: list[Observation], listed: Sequence[Observation], named: Named) -> list[Observation]:
    """A rate of the one whose value stood at its place in the list before: 甲市、乙市总值分别达到2万亿元、1万亿元，增长5%、6%."""
    place, count = figure.place
    if count < 2 or figure.rule.kind not in {"growth", "change"} or len(listed) != count or named.between(figure.clause, figure.first):
        return observed
    if len({one.subject for one in listed}) != count or any(one.indicator not in {each.indicator for each in listed} for one in observed):
        return observed
    return [replace(one, subject=listed[place].subject, indicator=listed[place].indicator) for one in observed]


def _grown_too(folded: str, figure: Figure, one: Observation, last: Figure, before: Observation) -> Observation:
    """A rate that one of growth is told beside, without words of its own: 甲国经济增长0.2%，乙国0.4%; 同比上涨10.4%，高于上月的10.1%."""
    if one.kind != "share" or before.kind != "growth" or one.indicator != before.indicator:
        return one
    return one if _OF_A_WHOLE.search(folded, last.number.tail, figure.number.end) else replace(one, kind="growth")


def _unit_as(text: str, folded: str, unit: str, number: Number) -> str:
    """The unit that a rule gives, in the script of the text where it stands right behind the number: 310萬農戶 are 戶."""
    at = folded.find(unit, number.tail, number.tail + 4) if unit else -1
    return text[at : at + len(unit)] if at >= 0 else unit


def written_unit(text: str, number: Number) -> str:
    """CNY, %, … or the classifier in the script of the text."""
    if number.kind == "medal":
        return ""  # 4金1银: what was won is counted
    if number.unit in _STORED:
        return number.unit
    written = text[number.unit_start : max(number.end, number.unit_end)].rstrip("多余餘")
    if number.kind == "time":
        written = re.sub(r"(?<=小[时時])\d.*", "", written)  # 1小时20分钟
        return written.replace("个多", "").replace("個多", "").removeprefix("个").removeprefix("個")
    return written


def plain(value: Decimal) -> Decimal:
    """The value without needless zeros: 20564000000.00 is 20564000000."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()
