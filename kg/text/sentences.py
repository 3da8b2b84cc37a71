"""Sentences of a document: at 。！？； and line ends, never inside quotation marks or brackets, behind the number of a line (8.全国春耕过半)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from kg.model import Document, Sentence

_MARK = re.compile(r"[。！？；…\n“”（）《》]")
_LIST_MARK = re.compile(r"[0-9]{1,3}\.\s{0,2}(?=[^\s\w.]|[^\W0-9A-Za-z_]|(?<=\s)20[0-9]{2}年|(?<=\s)[0-9]{1,2}月)(?![^：\n]{1,80}：)")  # no 6.5G, 3.1月份, nor a note, which its number tells (9.四大工程：…)
_IS_IT_SO = 7  # characters of a last clause that asks about the one before: 是真的吗？
_LONGEST = 400  # a quotation or bracket open for longer than this was never meant to be closed


class ReadText(NamedTuple):
    """A document as it is read: its text folded, and its sentences."""

    document: Document
    folded: str
    sentences: Sequence[Sentence]

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that begins last at or before a place of the text; the first before that."""
        return self.sentences[max(bisect_right(self.sentences, position, key=lambda sentence: sentence.start) - 1, 0)]


def split_sentences(document: Document, folded: str) -> tuple[Sentence, ...]:
    """The sentences of `document`, in order, without those that lie in noise; `folded` is `fold(document.text)`."""
    spans: list[tuple[int, int]] = []
    start, depth, opened = 0, 0, 0
    for found in _MARK.finditer(folded):
        mark, at = found[0], found.start()
        if mark in "“（《":
            # “…“ instead of “…”: a second opening mark of the same kind closes nothing we rely on.
            if depth == 0:
                opened = at
            depth += 1
            continue
        if mark in "”）》":
            depth = max(0, depth - 1)
            # 他说：“……。” ends where the quotation ends.
            if depth == 0 and at > 0 and folded[at - 1] in "。！？" and mark == "”":
                spans.append((start, at + 1))
                start = at + 1
            continue
        if mark == "\n" or depth == 0 or at - opened > _LONGEST:
            end = at if mark == "\n" else at + 1
            spans.append((start, end))
            start, depth = at + 1, 0
    spans.append((start, len(folded)))
    return _numbered(document, folded, spans)


def asked_from(folded: str, sentence: Sentence) -> int:
    """Where a sentence begins to ask, and states nothing from there on: its last clause, or the whole where that says but 是真的吗; its end if it asks nothing."""
    end = sentence.end - folded.endswith("”", sentence.start, sentence.end)
    if not folded.endswith("？", sentence.start, end):
        return sentence.end
    clause = behind_last(folded, "，", sentence.start, end)
    return clause if end - clause > _IS_IT_SO else sentence.start


def line_start(text: str, position: int) -> int:
    """Where the line with `position` begins."""
    return text.rfind("\n", 0, position) + 1


def line_end(text: str, position: int) -> int:
    """Where the line with `position` ends: before its line end, or with the text."""
    stop = text.find("\n", position)
    return len(text) if stop < 0 else stop


def behind_last(text: str, marks: str, start: int, end: int) -> int:
    """Where what stands behind the last of `marks` in `start:end` begins; `start` if there is none.

    >>> behind_last("甲省，乙市；丙县", "，；", 0, 8)
    6
    """
    return max(start, *(text.rfind(mark, start, end) + 1 for mark in marks))


def is_open(text: str, marks: str, start: int, at: int) -> bool:
    """Whether the first of a pair of marks stands in `start:at` and is not closed.

    >>> is_open("甲省（乙市）丙县（丁镇", "（）", 0, 6), is_open("甲省（乙市）丙县（丁镇", "（）", 0, 10)
    (False, True)
    """
    return text.rfind(marks[0], start, at) > text.rfind(marks[1], start, at)


def _numbered(document: Document, folded: str, spans: list[tuple[int, int]]) -> tuple[Sentence, ...]:
    sentences: list[Sentence] = []
    heading_starts = [start for start, _ in document.headings]
    noise_starts = [start for start, _ in document.noise]
    for start, end in spans:
        start = _skip_blanks(folded, start, end)
        start = _after_noise(document.noise, noise_starts, start)  # a wire head: “新华社杭州7月14日电”
        start = _skip_blanks(folded, start, end)
        if mark := _LIST_MARK.match(folded, start, end):
            start = mark.end()
        while end > start and folded[end - 1].isspace():
            end -= 1
        if start >= end or _inside(document.noise, noise_starts, start, end):
            continue
        heading = _inside(document.headings, heading_starts, start, end)
        sentences.append(Sentence(len(sentences), start, end, heading))
    return tuple(sentences)


def _skip_blanks(folded: str, start: int, end: int) -> int:
    while start < end and folded[start].isspace():
        start += 1
    return start


def _after_noise(noise: tuple[tuple[int, int], ...], starts: list[int], position: int) -> int:
    """`position`, or the end of the noise that begins there or reaches over it."""
    at = bisect_right(starts, position) - 1
    return max(position, noise[at][1]) if at >= 0 else position


def _inside(spans: tuple[tuple[int, int], ...], starts: list[int], start: int, end: int) -> bool:
    """Whether the middle of start:end lies in one of the sorted `spans`."""
    middle = (start + end) // 2
    at = bisect_right(starts, middle) - 1
    return at >= 0 and middle < spans[at][1]
