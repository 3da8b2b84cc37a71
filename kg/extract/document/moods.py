"""Which sentences of a text look back and which ahead, and on what years: of reports, communiques and plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.expressions import compiled, either
from kg.extract.document.plan_leads import PlanLeads
from kg.extract.document.report_spans import ReportSpans
from kg.extract.document.titles import LAST_MONTH, ReportPart, Titles
from kg.extract.knowledge.phrases import Phrases, Words
from kg.model import Document, Sentence
from kg.ontology import Ontology
from kg.text.calendar_spans import is_day, parse_date
from kg.text.fold import fold
from kg.text.sentences import ReadText, line_end
from kg.text.times import Time, TimeFinder
from kg.yaml_files import items_of

# Words of `report_mood` per character: most passages of reports have more, and of the news items that are free of the
# language of news one in five.
_REPORT_DENSITY = 0.04
_HOME_DENSITY = 0.027  # enough in a text that says 我省
_LONG_ENOUGH = 200  # characters, for a density to mean anything
_BY_CHANCE = 1_000  # a report has one word of the language of news in so many characters
_PASSAGE = 3_000  # a text below this is a passage of a report, which may turn to the plan anywhere
# Odds, as `report_mood` has them.
_EXACT_ADDS = 2.0
_HEAD = 200  # characters in which the line below a title begins
_HALVES = ("-06-30", "-12-31")  # days for which figures are drawn up
_HEADING = 60  # a line shorter than so many characters is no paragraph
_EVEN = 3.1  # at this score a paragraph looks back as likely as ahead
_HEADING_ADDS = 15.0
_TURN_COSTS = 6.0  # most passages turn nowhere


@dataclass(frozen=True)
class Mood:
    """What a sentence of a government report speaks of: `year` and whether it is ahead (goals) or behind (results).

    `span` is the period of a section about several years (这五年, “十五五”时期), "" where it is about that year alone.
    """

    ahead: bool
    year: int
    span: str = ""


@dataclass(frozen=True)
class Timing:
    """The times that a text names, in order, and the mood of each of its sentences if it is a report (None: it is none).

    `ahead`: the numbers of the sentences that speak of plans; `plan`: a text that is no report is a plan itself; `release`: the period
    of which such a text tells throughout, as its title says.
    """

    times: Sequence[Time]
    moods: Sequence[Mood] | None
    ahead: frozenset[int] = frozenset()
    plan: bool = False
    release: str | None = None


class MoodWords(Words):
    """The patterns `moods` of `rules/reports.yaml`, with the same names."""

    news: re.Pattern[str]  # what government reports do not say
    addressed: re.Pattern[str]  # the government speaks to the congress
    home: re.Pattern[str]
    ahead_head: re.Pattern[str]
    this_or_next: re.Pattern[str]  # it opens one, however long it is
    back_head: re.Pattern[str]
    last_year: re.Pattern[str]  # in a passage without headings
    this_year: re.Pattern[str]
    year_opens: re.Pattern[str]
    told_of_year: re.Pattern[str]
    until_year: re.Pattern[str]  # a sentence that says what is to be by a year
    exact: re.Pattern[str]
    release: re.Pattern[str]  # in a title: the text tells of one period throughout
    dated_line: re.Pattern[str]  # below such a title: the part `when` tells the period, `until` says that it is the end of one


class MoodReader:
    """Tells the part of a report that looks back from the part that looks ahead, by headings and by its words."""

    def __init__(self, ontology: Ontology, phrases: Phrases, times: TimeFinder) -> None:
        self._times = times
        self._weights: dict[str, float] = {}  # what each word adds to the odds that a passage looks back
        for file in ontology.yaml("rules"):
            for side, weights in (file.data.get("report_mood") or {}).items():
                sign = {"back": 1.0, "ahead": -1.0}.get(side, 0.0)
                for word, weight in items_of(weights) if sign else ():
                    self._weights[word] = self._weights.get(word, 0.0) + sign * float(weight)
        self._weighted = compiled(either(self._weights))
        self._words = phrases.words_of(MoodWords, "moods")
        self._spans = phrases.words_of(ReportSpans, "sections")
        self._leads = phrases.words_of(PlanLeads, "plan_leads")

    def report_year(self, document: Document, folded: str, titles: Titles) -> int | None:
        """The year a government work report is made in, None for any other document.

        A passage without the title is known by its season, by what it does not say, and by how densely its words stand.
        """
        year, date = titles.report_year, parse_date(document.date)
        if titles.report is False:
            return None
        if year is not None or date is None:
            return year
        if titles.report:
            return date.year
        if date.month > LAST_MONTH or self._is_news(folded):
            return None
        density = sum(1 for _ in self._weighted.finditer(folded)) / max(1, len(folded))
        home = self._words.home.search(folded) is not None
        enough = density >= (_HOME_DENSITY if home else _REPORT_DENSITY) and (home or len(folded) >= _LONG_ENOUGH)
        return date.year if enough else None

    def _is_news(self, folded: str) -> bool:
        """Whether a text says what government reports do not say; one that speaks to those whom they are given to may say it by chance."""
        return self._words.news.search(folded) is not None and (self._words.addressed.search(folded) is None or sum(1 for _ in self._words.news.finditer(folded)) > len(folded) // _BY_CHANCE)

    def score(self, text: str) -> float:
        """Above 0: looks back; below 0: looks ahead."""
        total = _EXACT_ADDS * len(self._words.exact.findall(text))
        for word in self._weighted.findall(text):
            total += self._weights[word]
        return total - _EVEN if len(text) >= _HEADING else total

    def _turning(self, lines: Sequence[str], turns: Sequence[bool | None]) -> int:
        """The first of `lines` that looks ahead: a report looks back, and from some line on ahead."""
        scores = [self.score(line) for line in lines]
        for at, turn in enumerate(turns):
            if turn is not None:
                scores[at] += -_HEADING_ADDS if turn else _HEADING_ADDS
        gain = best = -sum(scores)  # all ahead
        first = 0
        for at, score in enumerate(scores, 1):
            gain += 2 * score
            value = gain if at == len(scores) else gain - _TURN_COSTS
            if value > best:
                first, best = at, value
        return first

    def _opens_plan(self, text: str, year: int) -> bool:
        found = self._words.ahead_head.match(text)
        if not found or found["year"] and int(found["year"][:4]) < year:
            return False
        return len(text) < _HEADING or self._words.this_or_next.search(found[0]) is not None

    def read(self, text: ReadText, titles: Titles) -> Timing:
        """What a text says of time."""
        document, folded, sentences = text
        if (told_of := titles.communique_year) is not None:
            # All of it tells of one year that is over; 全年 and 年末 are of that year, whenever it came out.
            return self._timing(self._times.find(folded, f"{told_of}-12-31"), [Mood(False, told_of)] * len(sentences), folded, sentences)
        if titles.plan_years is not None and (ahead := self._leads.sentences(folded, titles.plan_end, sentences, titles.plan_years[0])):
            first, _ = titles.plan_years
            to_come, before = Mood(True, first, titles.plan_period), Mood(False, first - 1)
            moods = [to_come if sentence.index in ahead else before for sentence in sentences]
            return self._timing(self._times.find(folded, document.date), moods, folded, sentences)
        year = self.report_year(document, folded, titles)
        if year is None:
            planned = self._leads.sentences(folded, titles.plan_end, sentences)
            ahead = planned | self._to_come(document, folded, sentences)
            release = self._released(document, folded)
            date = document.date or (release[:4] if release else None)  # 2024年1—7月甲市经济运行情况, undated: 1—7月 is of that year
            return Timing(self._times.find(folded, date), None, ahead, bool(planned) and titles.plan_end is not None, release)
        date, today = document.date, parse_date(document.date)
        made_before = date is not None and is_day(date) and date.startswith((f"{year - 1}-11", f"{year - 1}-12"))  # 今年 is the year that ends
        if today is not None and today.year < year and not made_before:
            date = str(year)  # known from the title only, which names the year before
        return self._timing(self._times.find(folded, date), self.moods(year, folded, titles.parts, sentences, ended=made_before), folded, sentences)

    def _released(self, document: Document, folded: str) -> str | None:
        """The period of which a text tells throughout, as its title says (2024年上半年甲省经济运行情况), or the line below that; None for any other text."""
        title = fold(document.title)
        if self._words.release.search(title) is None:
            return None
        told = [time.period for time in self._times.find(title, document.date) if time.role == "period"]
        return told[0] if len(told) == 1 else self._dated_below(title, folded, document.date) if not told else None

    def _dated_below(self, title: str, folded: str, date: str | None) -> str | None:
        """The time that the line below the title holds and nothing else: 截至2023年底, 2023年; a day alone only if it ends half a year, else the text was written on it."""
        line = next((line for line in folded[:_HEAD].split("\n") if line.strip(" 　") not in {"", title}), "")
        if (told := self._words.dated_line.fullmatch(line)) is None:
            return None
        times = self._times.find(told["when"], date)
        if len(times) != 1 or (period := times[0].period) is None:
            return None
        return period if told["until"] or not is_day(period) or period.endswith(_HALVES) else None

    def _to_come(self, document: Document, folded: str, sentences: Sequence[Sentence]) -> set[int]:
        """The sentences of a dated text that say what is to be by a later year: 到2030年，…."""
        if (date := parse_date(document.date)) is None:
            return set()
        until = ((sentence.index, self._words.until_year.match(folded, sentence.start, sentence.end)) for sentence in sentences)
        return {index for index, found in until if found is not None and int(found[1]) > date.year}

    def _timing(self, times: Sequence[Time], moods: Sequence[Mood], folded: str, sentences: Sequence[Sentence]) -> Timing:
        """That of a report: a sentence that opens with a day of a year that is over speaks of no plans, wherever it stands."""
        ahead = set()
        for sentence, mood in zip(sentences, moods, strict=True):
            if mood.ahead:
                told = self._words.told_of_year.match(folded, sentence.start, sentence.end)
                if told is None or int(told[1]) >= mood.year:
                    ahead.add(sentence.index)
        return Timing(times, moods, frozenset(ahead))

    def moods(self, year: int, folded: str, parts: Sequence[ReportPart], sentences: Sequence[Sentence], *, ended: bool = False) -> list[Mood]:
        """The mood of each sentence of reports; `year` is that of the first of `parts`, `ended` as `ReportSpans.of_sentences` has it."""
        lines = [(start, folded[start : line_end(folded, start)]) for start in _line_starts(sentences, folded)]
        # Each further report looks back first.
        turns = [False if any(part.title <= start < part.titled for part in parts[1:]) else self._turn(text, year) for start, text in lines]
        if len(folded) < _PASSAGE and not any(turn is not None for turn in turns):
            opens = [self._opens(text, year) for _, text in lines]
            turns = opens if False in opens else turns
        ahead_of: dict[int, bool] = {}
        if True in turns and (False in turns or len(folded) >= _PASSAGE):
            # A report opens with what was done: what stands before the first heading of the plan looks back.
            section = False
            for (start, _), turn in zip(lines, turns):
                section = section if turn is None else turn
                ahead_of[start] = section
        else:
            # A passage that opens with the review, as its heading says, and has no heading of the plan, goes on so.
            first = len(lines) if False in turns and len(folded) < _PASSAGE else self._turning([text for _, text in lines], turns)
            ahead_of = {start: at >= first for at, (start, _) in enumerate(lines)}
        ahead_in: list[bool] = []
        at = 0
        for sentence in sentences:
            while at + 1 < len(lines) and lines[at + 1][0] <= sentence.start:
                at += 1
            ahead_in.append(ahead_of[lines[at][0]])
        told = self._spans.of_sentences(year, ahead_in, folded, sentences, ended=ended)
        return [Mood(ahead, year if ahead else year - 1, span) for ahead, span in zip(ahead_in, told)]

    def _turn(self, text: str, year: int) -> bool | None:
        """True where a line opens the plan, False where it opens the review, None where it goes on."""
        if (several := self._spans.looks(text, year)) is not None:
            return several
        if len(text) < _HEADING and self._words.back_head.match(text):
            return False
        return True if self._opens_plan(text, year) else None

    def _opens(self, text: str, year: int) -> bool | None:
        """In a passage of `year` without headings: False where a paragraph opens with 去年，, True with 今年，, or with the number of such a year; None elsewhere."""
        if self._words.last_year.match(text):
            return False
        if named := self._words.year_opens.match(text):
            return int(named[1]) >= year
        return True if self._words.this_year.match(text) else None


def _line_starts(sentences: Sequence[Sentence], folded: str) -> list[int]:
    starts: list[int] = []
    for sentence in sentences:
        if not starts or "\n" in folded[starts[-1] : sentence.start]:
            starts.append(sentence.start)
    return starts
