"""The stories of a text that tells several, as a newscast does, and their headlines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from kg.extract.document.reports import FULL_STOPS, HEADLINE
from kg.extract.names.rows import Row
from kg.model import Sentence
from kg.text.sentences import line_end

_LINE_START, _LINE_END = re.compile(r"(?:\n *+|\A)\Z"), re.compile(r"\Z| *+\n")
COLUMN = re.compile(r"【[^】\n]{1,60}】")  # before a headline, what series it belongs to
_INDENT = 200  # blanks before a headline
OPENING = 120  # characters in which a story names what it is about, by its headline or its first sentences
_NUMBERED = re.compile(r" *(?:[一二三四五六七八九十]{1,2}、|（(?:[一二三四五六七八九十]{1,2}|[0-9]{1,2})）|[0-9]{1,2}(?:\.[0-9]{1,2})*[.、 ]|第[一二三四五六七八九十0-9]{1,3}[章节编]|附件)")  # a section of one text, and no headline of another story
_ITEM = re.compile(r" *(?:[0-9]{1,3}(?:[.](?![0-9])|[、）])|（[0-9]{1,3}）|[①-⑳])")  # of a list, in figures
_HEADLINE = re.compile(r"[^\W\d_年月日星期一二三四五六]")  # below the name of a newscast more than its day
_SHORT_STORY = 6  # sentences, with its headline
_BRIEFS = 2  # a text with more headlines than so many tells several stories


def headlines(rows: Sequence[Row], folded: str) -> set[int]:
    """The sentences that are headlines: short, alone on their line, without a full stop."""
    found = set()
    for row in rows:
        start, end = row.sentence.start, row.sentence.end
        says = column.end() if (column := COLUMN.match(folded, start, end)) else start
        if end - says > HEADLINE or folded[end - 1] in FULL_STOPS:
            continue
        if _LINE_START.search(folded, max(0, start - _INDENT), start) and _LINE_END.match(folded, end):
            found.add(row.sentence.index)
    return found


def long_stories(stories: Iterable[int], sentences: int) -> set[int]:
    """Those of `stories`, by the sentences that begin them, that are no briefs; the text has so many `sentences`."""
    return {index for index, behind in pairwise([*sorted(stories), sentences]) if behind - index >= _SHORT_STORY}


def story_heads(stories: Mapping[int, int], sentences: Sequence[Sentence], folded: str) -> dict[int, tuple[int, int]]:
    """The spans of the headlines of a text's `stories`, empty of briefs, by the sentence with which each begins, in order; the first line heads what no other does."""
    heads = {0: (0, line_end(folded, 0))}
    long = long_stories(stories, len(sentences))
    for index in sorted(stories):
        start = sentences[index].start
        heads[index] = start, stories[index] if index in long else start
    return heads


def stories_told(
    rows: Sequence[Row], openings: AbstractSet[int], folded: str, newscast_title: re.Pattern[str], says_of_one: Callable[[], int]
) -> dict[int, int]:
    """The sentences that begin a story, where a text tells several, with the end of the headline of each; else none.

    It has more than two headlines, and more than `says_of_one`: how often it names any one area, or says words like 全省. Short lines one below the other
    (title, date, source) are one headline; numbered ones, and those with nothing below them, are none. The items of a numbered list are stories too,
    and so are the paragraphs of a newscast up to its first headline.
    """
    heads: dict[int, int] = {}
    items: dict[int, int] = {}
    newscast = newscast_title.search(folded, 0, line_end(folded, 0)) is not None
    run: Row | None = None  # the first of short lines one below the other
    last_end = 0
    for row in rows:
        index, start, end = row.sentence.index, row.sentence.start, row.sentence.end
        if index in openings:
            run = run or row
        else:
            headed = run is not None
            if run is not None and not _NUMBERED.match(folded, run.sentence.start):
                heads[run.sentence.index] = last_end
                newscast = newscast and (len(heads) > 1 or _HEADLINE.search(folded, line_end(folded, 0), last_end) is None)
            run = None
            line = folded.rfind("\n", last_end, start) + 1
            if line and (item := _ITEM.match(folded, line)) and item.end() >= start or line and newscast and not headed and len(heads) <= 1:
                items[index] = start
        last_end = end
    if newscast and items:
        return heads | items
    if len(heads) <= _BRIEFS:
        return {}
    return heads | items if len(heads) > says_of_one() else {}
