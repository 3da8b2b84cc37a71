"""Marks of footnotes (［15］, [3], 〔7〕) and what only refers to an annex or a table (（见附件2）, （下同）) are no words: a text is read without
them, and its facts are told of the text with them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TypeVar

from kg.model import (
    Antecedent,
    Attribute,
    Cell,
    Document,
    Entity,
    Facts,
    Mention,
    Observation,
    Relation,
    Sentence,
    Table,
)

# Behind a word, its quotation or bracket, a per cent, also several together; not 国发〔21〕3号.
_BEHIND = r"(?<=[\u4e00-\u9fff”’」』》）)%％])"
_NUMBER = rf"{_BEHIND}(?:[［\[〔]\d{{1,3}}[］\]〕])++(?!第?\d+号)"
# （详见附件2）, （见专栏3）, （名单附后）
_ELSEWHERE = (
    rf"{_BEHIND}[（(](?:(?:[详詳]?[见見]|[参參][见見])(?:附[件表录錄图圖注註]|下[文表图圖]|上[文表图圖]|[专專][栏欄]|[图圖表]|[脚腳][注註])[^（）()，。；\n]{{0,12}}"
    r"|(?:[\u4e00-\u9fff]{1,4})?附[后後]|[专專][栏欄]\s?\d{1,2}|如[上下]?[图圖表]\s?\d{0,2}|下同)[）)]"
)
_MARK = re.compile(f"{_NUMBER}|{_ELSEWHERE}")
_OPENS = re.compile(r"[［\[〔]|[附见見专專下如][^（）()，。；\n]{0,14}[）)]")
_Placed = TypeVar("_Placed", Sentence, Antecedent, Mention, Relation, Observation, Attribute)


def without_marks(text: str) -> str:
    """`text` without the marks of footnotes in it."""
    return _MARK.sub("", text)


class Footnotes:
    """The marks of one document."""

    def __init__(self, marks: Sequence[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in marks]
        self._ends = [end for _, end in marks]
        self._cut = [0, *accumulate(end - start for start, end in marks)]  # how much is gone before each
        self._joints = [start - gone for start, gone in zip(self._starts, self._cut)]  # where each stood, in the text without them

    @classmethod
    def of(cls, text: str) -> Footnotes | None:
        """Those of `text`; None if it has none."""
        if _OPENS.search(text) is None:
            return None
        marks = [mark.span() for mark in _MARK.finditer(text)]
        return cls(marks) if marks else None

    def start(self, at: int) -> int:
        """Where in the text with marks the character `at` of that without them stands."""
        return at + self._cut[bisect_right(self._joints, at)]

    def end(self, at: int) -> int:
        """Where in the text with marks a stretch ends that ends at `at` in that without them."""
        return self.start(at - 1) + 1 if at else 0

    def _without(self, at: int) -> int:
        before = bisect_right(self._starts, at)
        return at - self._cut[before] + (max(0, self._ends[before - 1] - at) if before else 0)

    def read(self, document: Document) -> Document:
        """The document without its marks."""
        text, at = [], 0
        for start, end in zip(self._starts, self._ends):
            text.append(document.text[at:start])
            at = end

        def spans(given: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
            return tuple((self._without(start), self._without(end)) for start, end in given)

        def table(one: Table) -> Table:
            cells = tuple(Cell(c.row, c.column, self._without(c.start), self._without(c.end), c.header) for c in one.cells)
            return replace(one, start=self._without(one.start), end=self._without(one.end), cells=cells)

        return replace(
            document, text="".join([*text, document.text[at:]]), noise=spans(document.noise), headings=spans(document.headings),
            tables=tuple(map(table, document.tables)), pages=tuple(map(self._without, document.pages)),
        )  # fmt: skip

    def read_sentences(self, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
        """Sentences of the text with marks, as those of the text without them."""
        return tuple(replace(one, start=self._without(one.start), end=self._without(one.end)) for one in sentences)

    def told(self, facts: Facts, text: str) -> Facts:
        """What was found in the text without marks, told of `text`, which has them."""

        def moved(one: _Placed) -> _Placed:
            return replace(one, start=self.start(one.start), end=self.end(one.end))

        def mention(one: Mention) -> Mention:
            return moved(one if one.antecedent is None else replace(one, antecedent=moved(one.antecedent)))

        def entity(one: Entity) -> Entity:
            mentions = tuple(map(mention, one.mentions))
            surfaces = dict.fromkeys([*one.surfaces, *(text[m.start : m.end] for m in mentions)])
            return replace(one, mentions=mentions, surfaces=tuple(surfaces))

        return replace(
            facts, sentences=tuple(map(moved, facts.sentences)), entities=tuple(map(entity, facts.entities)),
            relations=tuple(map(moved, facts.relations)), observations=tuple(map(moved, facts.observations)),
            attributes=tuple(map(moved, facts.attributes)),
        )  # fmt: skip
