"""Figures of a document: who, what, how much, of which unit, over which period, said by which characters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

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
from kg.extract.stored_values import plain, unit_as, written_unit
from kg.extract.subject_words import SubjectWords
from kg.extract.subjects import SubjectReader
from kg.extract.table_figures import FOUND_BY as FOUND_BY_TABLE
from kg.extract.table_figures import TableReader
from kg.extract.time_words import TimeWords
from kg.extract.titles import Titles, explains
from kg.extract.told_before import ToldBefore
from kg.model import Document, Observation, Sentence
from kg.ontology import Ontology
from kg.text.fold import fold
from kg.text.numbers import NumberReader
from kg.text.units import read_units


class Observer:
    """Reads observations with the rules and units of an ontology; made once, used for every document.

    `confidence` is the ontology's own, where it was read before.
    """

    def __init__(self, ontology: Ontology, phrases: Phrases, confidence: Confidence | None = None) -> None:
        self.rules = observation_rules([file for file in ontology.yaml("rules") if file.path.stem.startswith("observations")], phrases)
        self.numbers = NumberReader(read_units(ontology), phrases.classes["acronyms"])
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
            before = ToldBefore(folded, self._figure_words, when, named)
            for figure in finder.find(sentence, numbers[first:last]):
                told = told_next(self._figure_words, folded, sentence, figure.number)
                name = namer.name(figure, told)
                if not name.text:
                    when.when(sentence, figure, False)  # its time may hold for what follows
                    continue
                observed = self._observed(document, folded, sentence, figure, name, named, subjects, when, told)
                if timing.moods and fold(name.text) in self._indicators.alone:
                    # Of a company its revenue (收入) may be told so, of the area that a report is about not.
                    observed = [one for one in observed if one.subject not in {None, topics.get(sentence.index)}]
                observed = before.completed(figure, observed)
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

    def _bearers(self, folded: str, sentence: Sentence, figure: Figure, named: Named, subject: str) -> list[str]:
        """Whose a figure is, of several named together: 杭州、宁波分别增长4.7%、5.4%; 杭州、宁波均增长6%."""
        words = folded[figure.clause : figure.first]
        place, count = figure.place
        each = self._figure_words.each_own.search(words)
        if not each and not (count == 1 and self._figure_words.each.search(words)):
            return [subject]
        sharing = named.sharing(sentence.start, figure.first, subject)
        if count > 1:
            return [sharing[place] if len(sharing) == count else subject]
        return list(dict.fromkeys(sharing)) if len(sharing) > 1 and not each else [subject]

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
            subject = subjects.of(sentence, figure.clause, number.lead, name.start, behind, fold(name.text))
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
            words = self._figure_words
            rule = replace(rule, kind="level" if words.interest_rate.search(name.text) else "growth" if words.growth_rate.search(name.text) else "share")
            figure = replace(figure, rule=rule)
        when = reader.told(figure, told) if told else reader.when(sentence, figure, mention is not None, subject)
        base = self._figure_words.base.search(folded, figure.clause, number.start)
        base_of = (base[1] or base[0]) if base and rule.kind in {"growth", "change"} else ""
        if base and figure.place[1] == 2 and (both := self._figure_words.two_bases.search(folded, figure.clause, figure.first)):
            base_of = both[1 + figure.place[0]]
        scope = self._figure_words.among.search(folded[figure.clause : figure.first if figure.place[0] else number.start]) if rule.kind == "rank" else None
        ranked = named.ranked_among(figure.clause, number.lead) if rule.kind == "rank" else None
        within = scope[1] if scope else ""
        if ranked and not (scope and scope[1] in folded[ranked[1].start : ranked[1].end]):
            within = document.text[ranked[1].start : ranked[1].end]
        bound = "=" if rule.kind == "rank" and number.bound == "~" else number.bound  # 预计 foresees the amount, 连续保持第一 not
        if figure.place[0] and bound == "=" and self._figure_words.at_least.match(folded, figure.first):
            bound = ">"  # 提高到不低于1200元和1700元
        if bound == "=" and mention is not None and folded[number.end] == "级":
            bound = "~"  # 千万吨级炼化项目
        if bound == "=" and number.kind == "money" and "最" in folded[number.lead - 4 : number.lead] and self._figure_words.at_most.search(folded, figure.clause, number.lead):
            bound = "<"
        values = [(number.value, bound)] if number.high is None else [(number.value, ">"), (number.high, "<")]
        return [
            Observation(
                subject=bearer, indicator=name.text, kind=when.kind, value=plain(value * rule.sign),
                unit=unit_as(document.text, folded, rule.unit_as, number) or written_unit(document.text, number), bound=bound, period=when.period,
                start=min(name.start, number.lead), end=max(name.end, number.tail), sentence=sentence.index,
                found_by=rule.id, confidence=self._confidence.of_figure(rule.id),
                quoted=document.text[number.start : number.end], period_basis=when.basis,
                base=base_of, scope=within,
            )
            for bearer in bearers for value, bound in values
        ]  # fmt: skip
