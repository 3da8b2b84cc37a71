"""What the titles of a text say that it is: reports, most often one (a file may hold those of several years or places), a communique, a plan."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day
from typing import NamedTuple

from kg.extract.knowledge.phrases import Words
from kg.extract.knowledge.regions import Region
from kg.model import Document
from kg.text.calendar_spans import FIRST_PLAN_YEAR, PLAN_YEARS, parse_date, whole_years
from kg.text.fold import fold
from kg.text.sentences import line_end

_WHO_LINES, _WHO_LONGEST = 4, 60
_COMMUNIQUE_HEAD = 200  # characters
_PLAN_HEAD = 1500  # characters: the notice that passes it on may stand before it
_YEARS_BELOW = 12  # characters: 2023年—2025年
_REPORT_HEAD = 300  # characters
GREETING = 2000  # characters in which a report greets whom it is given to
LAST_MONTH = 3  # reports are made in the first quarter …
_LATE_MONTH = 11  # … or, to the congress of a county, when the year is nearly over


class TitleWords(Words):
    """The patterns `titles` of `rules/reports.yaml`, with the same names."""

    report: re.Pattern[str]  # a line that is the title of a report
    no_report: re.Pattern[str]  # in such a line: it tells of one
    report_word: re.Pattern[str]  # what both have
    tells_whose: re.Pattern[str]  # not at the head of each page
    who_gave_it: re.Pattern[str]  # and when, as the lines below the title say
    report_line: re.Pattern[str]  # a line of the head that begins with such a title
    greets: re.Pattern[str]  # whom a government gives its report to
    report_of_year: re.Pattern[str]
    year_head: re.Pattern[str]
    communique: re.Pattern[str]  # of a place for one year
    communique_word: re.Pattern[str]
    plan_of_place: re.Pattern[str]
    plan: re.Pattern[str]  # of whomever
    plan_word: re.Pattern[str]
    five_year_plan: re.Pattern[str]
    from_to: re.Pattern[str]
    glossary: re.Pattern[str]


class ReportPart(NamedTuple):
    """A report: where it begins and ends, and where the explanations of words (名词解释) behind it begin (its end, if there are none).

    Its title stands from `title` to `titled`, and the lines that say who gave it from there to `headed`; all are `start` if it has no title.
    """

    start: int
    title: int
    titled: int
    headed: int
    glossary: int
    end: int


@dataclass(frozen=True)
class Titles:
    """What the titles of one text say; each None where they say no such thing."""

    parts: tuple[ReportPart, ...]  # the reports, in order; the whole text if it has no title of one
    report_year: int | None  # in which a report is made
    communique_year: int | None  # of which a statistical communique tells
    plan_years: tuple[int, int] | None  # the first and the last of the plan of a place
    plan_end: int | None  # where the title of a plan, of whomever, ends
    stated: str = ""  # what the metadata or the file's name say that a report is called, folded; its text may begin without a title
    area: str = ""  # the area that a correction by hand says the text is of, as keys are written
    report: bool | None = None  # whether a correction by hand says that it is a report

    @property
    def plan_period(self) -> str:
        """The years of the plan of a place, "" of any other text."""
        if self.plan_years is None:
            return ""
        first, last = self.plan_years
        return str(first) if first == last else whole_years(first, last)


class Genre(NamedTuple):
    """What kind of text one is: by its titles, by all that it says, and by the stories that it tells."""

    titles: Titles
    report: bool  # a government report, in which an area speaks of itself
    norms: bool  # a statute, which says what is to be done and tells of nothing done
    stories: Mapping[int, int]  # the sentences that begin a story, where the text tells several, and the end of the headline of each
    region: Region | None = None  # from which it is, if that has words of its own


def explains(parts: Sequence[ReportPart], at: int) -> bool:
    """Whether what stands at `at` explains words: it is no act of the government, and tells no result and no goal."""
    return any(part.glossary <= at < part.end for part in parts)


class TitleReader:
    """Reads the titles of any text by the words of an ontology."""

    def __init__(self, words: TitleWords) -> None:
        self._words = words

    def read(self, document: Document, folded: str) -> Titles:
        """What the titles of `document` say, whose text is `folded`."""
        plan = self._words.plan.search(folded, 0, _PLAN_HEAD)
        return Titles(
            self._parts(folded), self._report_year(document, folded), self._communique_year(fold(document.title), folded),
            self._plan_years(folded), plan.end() if plan else None, self._stated(document),
        )  # fmt: skip

    def _stated(self, document: Document) -> str:
        lines = (fold(document.title), fold(document.stem))
        return next((line for line in lines if self._words.report_line.search(line)), "")

    def _parts(self, folded: str) -> tuple[ReportPart, ...]:
        """The reports of a text; a title other than the last one opens another."""
        heads: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)]
        last = ""
        for title in self._words.report.finditer(folded) if self._words.report_word.search(folded) else ():
            if self._words.no_report.search(title[1]):
                continue
            who_ends = self._who_ends(folded, title.end())
            name = title[1]
            if not self._words.tells_whose.search(name):
                if who_ends == title.end():
                    continue  # nothing but 政府工作报告, as at the head of each page
                name = folded[title.start() : who_ends]
            if name == last:
                continue
            start = title.start() if last else 0
            heads[len(heads) if last else 0 :] = [(start, title.start(), title.end(), who_ends)]
            last = name
        ends = [*(head[0] for head in heads[1:]), len(folded)]
        return tuple(ReportPart(*head, self._glossary_at(folded, head[0], end), end) for head, end in zip(heads, ends, strict=True))

    def _who_ends(self, folded: str, at: int) -> int:
        """The end of the lines below a title that say who gave a report and when; `at` if there are none."""
        found = at
        for _ in range(_WHO_LINES):
            while folded.startswith(("\n", " ", "　"), at):
                at += 1
            line = folded[at : line_end(folded, at)]
            if len(line) > _WHO_LONGEST or line.rstrip().endswith(("。", "：")) or not self._words.who_gave_it.search(line):
                break
            at = found = at + len(line)
        return found

    def _glossary_at(self, folded: str, start: int, end: int) -> int:
        found = self._words.glossary.search(folded, (start + end) // 2, end)  # a table of contents names them too
        return found.start() if found else end

    def _report_year(self, document: Document, folded: str) -> int | None:
        head = f"{fold(document.title)}\n{fold(document.stem)}\n{folded[:_REPORT_HEAD]}"
        if not self._words.report_line.search(head) and not self._words.greets.search(folded, 0, GREETING):
            return None
        named = self._words.report_of_year.search(head)
        date = parse_date(document.date)
        if named is None:
            return date.year + self._reports_on(date.year, date, folded) if date else None
        year = int(named["year"])
        return year + 1 if self._reports_on(year, date, folded) else year

    def _reports_on(self, year: int, date: Day | None, folded: str) -> bool:
        """Whether the `year` of a report's title or day is the one it looks back on, not the one for which it sets its goals."""
        for heading in self._words.year_head.finditer(folded):
            if int(heading["year"]) == year + (heading["back"] is None):
                return True
            if int(heading["year"]) == year - (heading["back"] is not None):
                return False
        if date is None:
            return False
        return date.year == year + 1 and date.month <= LAST_MONTH or date.year == year and date.month >= _LATE_MONTH

    def _communique_year(self, title: str, folded: str) -> int | None:
        head = f"{title}\n{folded[:_COMMUNIQUE_HEAD]}"
        found = self._words.communique.search(head) if self._words.communique_word.search(head) else None
        return int(found["year"]) if found else None

    def _plan_years(self, folded: str) -> tuple[int, int] | None:
        head = folded[:_PLAN_HEAD]
        if not self._words.plan_word.search(head) or (title := self._words.plan_of_place.search(head)) is None:
            return None
        below = head[title.end() :].lstrip("\n （")[:_YEARS_BELOW]  # the line below may hold nothing but the years
        if years := self._words.from_to.search(title[0]) or self._words.from_to.match(below):
            return int(years["first"]), int(years["last"])
        if five := self._words.five_year_plan.search(title[0]):
            first = FIRST_PLAN_YEAR[five["plan"]]
            return first, first + PLAN_YEARS - 1
        year = int(title["set_for"] or 0)
        return (year, year) if year else None
