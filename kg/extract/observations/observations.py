"""Figures of a document: who, what, how much, of which unit, over which period, said by which characters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import NamedTuple

from kg.extract.document.moods import MoodReader, Timing
from kg.extract.document.stories import story_heads
from kg.extract.document.titles import Titles, explains
from kg.extract.knowledge.clues import completed, indicator_clue, text_kind
from kg.extract.knowledge.confidence import Confidence
from kg.extract.knowledge.indicator_table import read_indicators
from kg.extract.knowledge.phrases import Phrases
from kg.extract.names.mentions import MentionRef
from kg.extract.observations.figure_times import WhenReader
from kg.extract.observations.figure_words import EACH, FigureWords
from kg.extract.observations.figures import (
    Figure,
    FigureFinder,
    Told,
    is_field,
    is_statute,
    is_title,
    without_times,
)
from kg.extract.observations.indicator_naming import IndicatorNamer, Name
from kg.extract.observations.indicators import IndicatorReader
from kg.extract.observations.name_words import NameWords
from kg.extract.observations.named import Named
from kg.extract.observations.observation_rules import ObservationRules, observation_rules
from kg.extract.observations.stored_values import plain, unit_as, written_unit
from kg.extract.observations.subject_words import SubjectWords
from kg.extract.observations.subjects import NOBODY, UNKNOWN, SubjectReader, Whose
from kg.extract.observations.table_figures import FOUND_BY as FOUND_BY_TABLE
from kg.extract.observations.table_figures import TableReader
from kg.extract.observations.time_words import TimeWords
from kg.extract.observations.told_before import ToldBefore
from kg.model import Observation, Sentence
from kg.ontology import Ontology
from kg.text.fold import fold
from kg.text.numbers import Number, NumberReader, NumberWords
from kg.text.sentences import ReadText, asked_from, behind_last, line_start
from kg.text.times import CalendarWords, TimeFinder
from kg.text.units import read_units

_HEAD_REACH = 150  # characters of a list of rates below one head
_ENDS = frozenset("，。；")  # of a clause
_GROWTH_SAID = "growth-reached"  # the rule of growths that a noun says (涨幅), which may be that of the last of several alone
_FIELDS = tuple(field.name for field in fields(Observation))
_VALUES = attrgetter(*_FIELDS)


class SpokenOf(NamedTuple):
    """What a text speaks of, by the ids of entities."""

    topics: Mapping[int, str | None]  # for each sentence, by its index, what its passage is about
    stories: Mapping[int, int]  # the sentences that begin a story, and the end of the headline of each
    own: str | None = None  # the area that a text which is no report tells of as its own


@dataclass(frozen=True, slots=True)
class _Means:
    """What the figures of all documents are read by."""

    confidence: Confidence
    own: frozenset[str]  # the classes of a user's own, whose things have figures too
    indicators: IndicatorReader
    figures: FigureWords
    subjects: SubjectWords
    names: NameWords
    times: TimeWords
    bound_behind: Mapping[str, str]  # words behind a number, with their signs


class Observer:
    """Reads observations with the rules and units of an ontology; made once, used for every document."""

    def __init__(self, ontology: Ontology, phrases: Phrases, confidence: Confidence) -> None:
        self.rules = observation_rules([file for file in ontology.yaml("rules") if file.path.stem.startswith("observations")], phrases)
        units = read_units(ontology)
        self.numbers = NumberReader(units, phrases.words_of(NumberWords, "numbers"))
        self._means = means = _Means(
            confidence, ontology.terms.own_bearers,
            IndicatorReader.of(phrases, (table := read_indicators(ontology)).labels, table.own), phrases.words_of(FigureWords, "figures"),
            phrases.words_of(SubjectWords, "subjects"), phrases.words_of(NameWords, "names"), phrases.words_of(TimeWords, "times"),
            units.bounds.behind,
        )  # fmt: skip
        self.times = TimeFinder(phrases.words_of(CalendarWords, "calendar"))
        self.moods = MoodReader(ontology, phrases, self.times)
        self._tables = TableReader(self.rules, phrases, self.numbers, self.times, means.indicators, confidence.of(FOUND_BY_TABLE, "observation"))

    def observe(self, text: ReadText, mentions: Sequence[MentionRef], spoken: SpokenOf, titles: Titles, timing: Timing) -> list[Observation]:
        """The observations of a text, in its order; `mentions` are sorted by start."""
        _, folded, sentences = text
        tabled, tables = self._tables.observe(text, mentions, spoken.topics, titles.plan_years)
        numbers = self.numbers.find(folded)
        if not numbers or is_statute(folded):
            return tabled
        numbers = without_times(numbers, timing.times, folded, self._means.figures)
        figures = _Figures(self.rules, self._means, text, mentions, spoken, timing)
        starts = [number.start for number in numbers]
        labelled = self._means.indicators.labelled
        parts = titles.parts if timing.moods else ()
        found: list[Observation] = []
        for sentence in sentences:
            first, last = bisect_left(starts, sentence.start), bisect_left(starts, asked_from(folded, sentence))
            title = is_title(folded, sentence) and not is_field(folded, sentence, numbers[first:last], labelled)
            if first == last or title or explains(parts, sentence.start) or any(s <= sentence.start < e for s, e in tables):
                continue
            found += figures.of_sentence(sentence, numbers[first:last])
        return sorted([*found, *tabled], key=lambda one: (one.sentence, one.end)) if tabled else found

    def deciding(self, text: str) -> list[str]:
        """The rules that decide about the numbers of a text of one sentence, "" for a number about which none does."""
        folded = fold(text)
        ids = []
        for number in self.numbers.find(folded):
            start = behind_last(folded, "，", 0, number.start)
            rule = self.rules.decide(number, folded[start : number.lead], folded[number.end :])
            ids.append(rule.id if rule else "")
        return ids


class _Figures:
    """The figures of one document, sentence by sentence in their order."""

    def __init__(self, rules: ObservationRules, means: _Means, text: ReadText, mentions: Sequence[MentionRef], spoken: SpokenOf, timing: Timing) -> None:
        document, folded, sentences = text
        heads = story_heads(spoken.stories, sentences, folded)
        self._words, self._bound_behind, self._confidence = means.figures, means.bound_behind, means.confidence
        self._alone = means.indicators.alone if timing.moods else frozenset()  # what says nothing of the area that a report is about
        self._text_clue = f"text-{text_kind(report=timing.moods is not None)}"
        self._listed = means.indicators.known.search
        self._classes = {mention.entity: mention.type for mention in mentions}
        self._text, self._folded, self._topics = document.text, folded, spoken.topics
        self._named = named = Named(folded, mentions, means.subjects, means.own, [start for start, _ in heads.values()], report=timing.moods is not None)
        self._subjects = SubjectReader(named, spoken.topics, heads, spoken.own)
        self._finder = FigureFinder(rules, means.figures, folded, named.around)
        self._namer = IndicatorNamer(means.indicators, means.names, document.text, timing.times, named)
        self._when = WhenReader(named, means.times, timing, document.date, spoken.own)
        self._of_all = -1  # where the sentence begins that told last of several places together

    def of_sentence(self, sentence: Sentence, numbers: Sequence[Number]) -> list[Observation]:
        """What `numbers` say, which are all that the sentence has."""
        found: list[Observation] = []
        self._namer.new_sentence(sentence.start)
        before = ToldBefore(self._folded, self._words, self._when, self._named)
        for figure in self._finder.find(sentence, numbers):
            told = self._finder.told_next(figure)
            name = self._namer.name(figure, told)
            if not name.text:
                self._when.when(figure, False)  # its time may hold for what follows
                continue
            written = fold(name.text)
            observed = self._observed(figure, name, written, told)
            if self._alone and written in self._alone:
                # Of a company its revenue (收入) may be told so, of the area that a report is about not.
                observed = [one for one in observed if one.subject not in {None, self._topics.get(sentence.index)}]
            found += before.completed(figure, observed)
        return [self._weighed(one) for one in found]

    def _weighed(self, one: Observation) -> Observation:
        """A figure with the class of its subject among its clues, and as sure as they tell; what is no mention is the area of a passage."""
        clues = completed(one.clues, None if one.subject is None else self._classes.get(one.subject, "Area"))
        known = dict(zip(_FIELDS, _VALUES(one)))  # `replace` asks for each of them by itself, and this is done to every figure
        return Observation(**known | {"clues": clues, "confidence": self._confidence.of(one.found_by, "observation", clues)})

    def _observed(self, figure: Figure, name: Name, written: str, told: Told | None) -> list[Observation]:
        """What one figure, whose name is `written` so (folded), says: of several that bear it, or between two bounds, more than one thing."""
        number, sentence, text = figure.number, figure.sentence, self._text
        mention = self._named.around(number.start, number.end)
        if mention is None and self._named.of_person(sentence, number.lead):
            return []
        if mention is not None:
            whose = Whose(mention.entity, "name")
        else:
            whose = self._subjects.of(figure, name.start, written)
            if whose.step != "behind" and self._named.of_unnamed(sentence, number.lead):
                whose = NOBODY
            if whose is UNKNOWN:
                return []
            if whose.entity is None and figure.rule.kind == "level" and self._named.of_a_size(figure.clause, number.lead, number.tail):
                return []
        subject = whose.entity
        bearers = self._bearers(figure, subject, inside=mention is not None)
        if name.unshared and bearers == [subject] and (subject is None or len(self._named.sharing(sentence.start, figure.first, subject)) != figure.place[1]):
            return []  # 分别 parts what was not found apart: whose or of what each value is nobody can tell
        if figure.rule.kind == "share" or figure.rule.id == _GROWTH_SAID and figure.place[0] + 1 < figure.place[1] and self._words.other_rate.search(written):
            figure, name = self._as_named(figure, name)  # 失业率、物价涨幅分别控制在5%和3%以内: 涨幅 is said of the last alone
        rule = figure.rule
        when = self._when.told(figure, told) if told else self._when.when(figure, mention is not None or self._is_size(figure), subject)
        bound = self._bound(figure, inside=mention is not None)
        values = [(number.value, bound)] if number.high is None else [(number.value, ">"), (number.high, "<")]
        found = f"period-{when.step}", indicator_clue(name.text, listed=self._listed(fold(name.text)) is not None)
        unit = unit_as(text, self._folded, rule.unit_as, number) or written_unit(text, number)
        return [
            Observation(
                subject=bearer, indicator=name.text, kind=when.kind, value=plain(value * rule.sign), unit=unit, bound=bound, period=when.period,
                start=min(name.start, number.lead), end=max(name.end, number.tail), sentence=sentence.index,
                found_by=rule.id, confidence=0.0, clues=(self._text_clue, f"subject-{whose.step if bearer == subject else 'list'}", *found),
                quoted=text[number.start : number.end], period_basis=when.basis, base=self._base(figure), scope=self._scope(figure),
            )
            for bearer in bearers for value, bound in values
        ]  # fmt: skip

    def _is_size(self, figure: Figure) -> bool:
        """Whether a figure in a bracket right behind a work tells how large it is or what it costs: that is so whenever it is built."""
        work = self._named.work_told_of(figure.sentence.start, figure.number.lead) if figure.rule.kind == "level" else None
        return work is not None and self._words.taken_so_far.search(self._folded, work.end, figure.number.lead) is None

    def _bearers(self, figure: Figure, subject: str | None, *, inside: bool) -> list[str | None]:
        """Whose a figure is, of several named together: 杭州、宁波分别增长4.7%、5.4%; 杭州、宁波均增长6%.

        [None] if it is of several as a whole; `inside` if its number stands in a name, whose thing then bears it.
        """
        named, sentence, number, (place, count) = self._named, figure.sentence, figure.number, figure.place
        if not inside and count == 1 and named.together(figure.clause, number.lead):
            self._of_all = sentence.start
            return [None]
        if subject is None:
            return [None]
        if not inside and self._of_all == sentence.start and not named.between(figure.clause, number.lead) and self._classes.get(subject) == "Area":
            return [None]  # 甲市、乙市共引进企业30家，总投资9亿元
        heads = [] if inside else self._subjects.heads(sentence)
        if len(heads) > 1 and subject == heads[0]:
            return [*dict.fromkeys(heads)]
        bearers: list[str | None] = [subject]
        words = self._folded[figure.clause : figure.first]
        each = EACH in words
        if not inside and (each or count == 1 and self._words.each.search(words)):
            sharing = named.sharing(sentence.start, figure.first, subject)
            if count > 1:
                bearers = [sharing[place] if len(sharing) == count else subject]
            elif len(sharing) > 1:
                so_many_each = not each or self._words.each_so_many.search(words) and self._folded[number.tail : number.tail + 1] in _ENDS
                bearers = [*dict.fromkeys(sharing)] if so_many_each else []  # 甲县、乙县分别新建码头5座、泊位3个: whose each is, nobody can tell
        return [None] if bearers == [subject] and named.summed(figure.clause, number.start, subject) else bearers

    def _as_named(self, figure: Figure, name: Name) -> tuple[Figure, Name]:
        """A percentage as its name says what it is: a rate of interest is a level, a rate of growth a growth, and so is a 降幅, below zero."""
        words, rule = self._words, figure.rule
        if (fell := words.fall_rate.search(fold(name.text))) and fell.start():
            return replace(figure, rule=replace(rule, kind="growth", sign=-1)), name._replace(text=name.text[: fell.start()])
        if (headed := self._headed(figure)) and not words.of_a_whole.search(name.text):
            return replace(figure, rule=replace(rule, kind="growth", sign=-1 if headed["fell"] else 1)), name
        kind = "level" if words.interest_rate.search(name.text) else "growth" if words.growth_rate.search(fold(name.text)) else "share"
        return replace(figure, rule=replace(rule, kind=kind)), name

    def _headed(self, figure: Figure) -> re.Match[str] | None:
        """The head of a list of rates in which a percentage stands: 主要指标增速：工业5.6%，投资8%."""
        line = line_start(self._folded, figure.number.lead)
        return self._words.rates_headed.search(self._folded, max(line, figure.number.lead - _HEAD_REACH), figure.number.lead)

    def _base(self, figure: Figure) -> str:
        """What a figure is measured against (同比, 2019年); "" if nothing is named."""
        base = self._words.base.search(self._folded, figure.clause, figure.number.start)
        if base is None:
            return ""
        if figure.place[1] == 2 and (both := self._words.two_bases.search(self._folded, figure.clause, figure.first)):
            return both[1 + figure.place[0]]
        return base[1] or base[0] if figure.rule.kind in {"growth", "change"} else ""

    def _scope(self, figure: Figure) -> str:
        """What a rank is within (全市); "" for another figure, or if nothing is named."""
        if figure.rule.kind != "rank":
            return ""
        own = self._words.among.search(self._folded[figure.ahead : figure.number.start]) if figure.place[0] else None  # 居全国第一、全球第三
        among = own or self._words.among.search(self._folded[figure.clause : figure.first if figure.place[0] else figure.number.start])
        if ranked := self._named.ranked_among(figure.clause, figure.number.lead):
            within = slice(ranked[1].start, ranked[1].end)
            if not (among and among[1] in self._folded[within]):
                return self._text[within]
        return among[1] if among else ""

    def _bound(self, figure: Figure, *, inside: bool) -> str:
        """The bound of a number by the words around it; `inside` if it stands in a name."""
        number, folded = figure.number, self._folded
        bound = "=" if figure.rule.kind == "rank" and number.bound == "~" else number.bound  # 预计 foresees the amount, 连续保持第一 not
        if figure.place[0] and bound == "=" and self._words.at_least.match(folded, figure.first):
            bound = ">"  # 提高到不低于1200元和1700元
        if bound == "=" and figure.place[0] + 1 < figure.place[1] and (all_of := self._words.bound_of_all.match(folded, number.tail)) and EACH in folded[figure.clause : figure.first]:
            bound = self._bound_behind[all_of[1]]  # 分别控制在6%和4.5%以内
        if bound == "=" and inside and self._words.grade.match(folded, number.end):
            bound = "~"  # 千万吨级炼化项目
        if bound == "=" and number.kind == "money" and self._words.at_most.search(folded, figure.clause, number.lead):
            bound = "<"
        return bound
