"""Whether a text is a report of a government, or a piece of one, in which one area speaks of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from kg.extract.document.titles import GREETING, Titles
from kg.extract.knowledge.phrases import Words
from kg.extract.knowledge.symbols import Symbols
from kg.extract.names.rows import Row
from kg.model import Document
from kg.text.fold import fold

HEAD = 60  # characters of a line that can be a heading
FULL_STOPS = "。！？；：…"
HEADLINE = 40
_TITLE_LINES = 5
_PIECE = 200  # less than so many characters do not show who speaks
_ACTS = 3  # every so many-th sentence at least begins with what is to be done


class SpeakerWords(Words):
    """The patterns `speakers` of `rules/reports.yaml`, with the same names: who speaks in a text, and of what."""

    joins: frozenset[str]  # the members of a list
    town_ends: tuple[str, ...]  # of the names of towns, whose governments report too
    story_title: re.Pattern[str]  # in the first line of a story …
    in_full: re.Pattern[str]  # … but not what says that a text is printed in full
    report_word: re.Pattern[str]
    address: re.Pattern[str]  # whom a report is given to
    addressed: re.Pattern[str]  # the same, somewhere in what is left of one
    asks: re.Pattern[str]  # how a question begins that a government answers
    answers: re.Pattern[str]  # behind the organ that answers
    ours: re.Pattern[str]  # what only a government says
    news: re.Pattern[str]  # what news say, and no report
    news_in_piece: re.Pattern[str]
    numbered: re.Pattern[str]  # a line that goes on a list
    own: re.Pattern[str]  # what speaks of itself
    told: re.Pattern[str]  # what shows that others are told of
    dateline: re.Pattern[str]
    aside: re.Pattern[str]
    about: re.Pattern[str]  # before the place that a title names first
    report_head: re.Pattern[str]  # in the first line of a report of any kind
    zone_report: re.Pattern[str]  # behind the name of a zone in that line
    own_paper: re.Pattern[str]  # behind the name of an area with which a title begins: the paper is its own
    gives: re.Pattern[str]
    nation: re.Pattern[str]  # who gives the report of a whole country, which is of none of its places
    government: re.Pattern[str]  # behind the name of an area …
    stands_for: re.Pattern[str]  # … and before it: 我代表甲市人民政府
    source: re.Pattern[str]  # behind the name of an area whose organ tells what a text gives on: 记者从甲市统计局获悉
    first_person: re.Pattern[str]  # what a text calls its own area
    way_before: re.Pattern[str]  # a place is only where something comes from or goes to, or who it is for
    route_before: re.Pattern[str]
    way_behind: re.Pattern[str]
    listed_behind: re.Pattern[str]  # an area is one of several
    compared: re.Pattern[str]  # right before what a figure is compared with: 高于全省
    ranked_in: re.Pattern[str]  # right behind what somebody is ranked in: 全省第五
    one_text: re.Pattern[str]  # in the first two lines of a text that tells no stories, however many headlines it has
    newscast: re.Pattern[str]  # in the first line of a text that tells all the news of a day


class ReportReader:
    """Tells reports from other texts, by the words of an ontology."""

    def __init__(self, words: SpeakerWords, symbols: Symbols) -> None:
        self._words = words
        self._to_do = symbols.having("@act", "@build", "@hold")

    def is_report(self, document: Document, rows: Sequence[Row], folded: str, titles: Titles) -> bool:
        """Whether one area speaks of itself in a text: a report by its title or its words, a communique, a plan, or a stretch out of one."""
        if titles.report is not None:
            return titles.report
        if self._words.asks.search(folded):
            return False
        return self._is_whole(document, rows, folded, titles) or self.is_piece(document, rows, folded)

    def _is_whole(self, document: Document, rows: Sequence[Row], folded: str, titles: Titles) -> bool:
        words = self._words
        first = words.in_full.sub("", folded.split("\n", 1)[0])
        if len(first) <= HEAD and first[-1:] not in FULL_STOPS and words.story_title.search(first):
            return False
        heading = fold(document.title) + "\n" + fold(document.stem) + "\n" + "\n".join(folded[:GREETING].split("\n")[:_TITLE_LINES])
        lines = chain.from_iterable((line, line.partition("——")[0]) for line in heading.split("\n"))  # with and without where it was given
        titled = (line for line in lines if len(line) < HEADLINE and line[-1:] not in FULL_STOPS)
        if any(words.report_word.search(line) and not words.news.search(line) for line in titled):
            return True  # a story that speaks of such a report in passing is none
        if titles.communique_year is not None or titles.plan_years is not None:
            return True
        if words.address.search(folded, 0, GREETING) and not words.news.search(folded, 0, GREETING):
            return True
        if words.addressed.search(folded):
            return not self._has_dateline(document)
        if not words.ours.search(folded) or self._has_headline(rows, folded):
            return False
        return not (words.news.search(folded) or words.told.search(folded) or self._has_dateline(document))

    def is_piece(self, document: Document, rows: Sequence[Row], folded: str) -> bool:
        """Whether a text is a stretch out of a government's report: it has no heading, and its sentences say what is to be done."""
        if not self.may_be_piece(document, folded):
            return False
        if self._words.own.search(folded) or self._words.numbered.match(folded.strip()):
            return True
        acts = sum(map(self._opens_with_act, rows))
        return acts * _ACTS >= len(rows)

    def may_be_piece(self, document: Document, folded: str) -> bool:
        """Whether a text without a heading, in which nobody is quoted, can be a stretch out of a government's report."""
        text = folded.strip()
        if len(text) < _PIECE or self._heading(text):
            return False
        return not self._has_dateline(document) and not self._words.news_in_piece.search(text) and not self._words.told.search(text)

    def _has_headline(self, rows: Sequence[Row], folded: str) -> bool:
        """Whether a text opens with a line that tells something (我市新建三所小学), where a section of a report says what is to be done (加快建设交通强市)."""
        heading = self._heading(folded.strip())
        return bool(heading) and (not self._opens_with_act(rows[0]) or self._words.ours.search(heading) is not None)

    def _heading(self, text: str) -> str:
        """The line that heads a text; "" if it opens with a sentence or a numbered item."""
        first = text.split("\n", 1)[0].rstrip()
        return first if len(first) <= HEAD and first[-1:] not in FULL_STOPS and not self._words.numbered.match(first) else ""

    def _opens_with_act(self, row: Row) -> bool:
        return not self._to_do.isdisjoint(row.symbols[:2])

    def _has_dateline(self, document: Document) -> bool:
        """Whether a text opens as a story of an agency or a paper does, which is left out of what is read."""
        return self._words.dateline.search(fold(document.text.strip()[:HEAD])) is not None
