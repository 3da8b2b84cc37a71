"""What a document says of itself: its title, and the day it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.read.dates import day_alone, full_dates
from kg.read.page_words import page_words
from kg.read.rendering import Heading

_LONGEST_TITLE = 60
_LONGEST_DATE_LINE = 80  # 2019年8月1日 某省第十三届人民代表大会常务委员会第十三次会议批准的《…》修正
_HEAD_LINES = 12
_HEAD = 400  # characters; a date further down is somebody else's
_FOOT_LINES = 6
_LISTED = 3  # lines of the head that end in a day each: a list of articles, none of whose days is that of the page
_BRACKET = re.compile(r"[—\-–\s　]*[（(][^（()）]*")  # in which the history of a law stands
_BESIDE_DAY = 3  # characters behind the day of a dateline
_LONGEST_DAY = 12  # 二〇二一年十二月三十一日
_STANDS_APART = re.compile(r"(?:\A|[\n。！？：:（(【\]】|｜])[\s　]*\Z")


def title_of(text: str, headings: Sequence[Heading], noise: Sequence[tuple[int, int]]) -> str:
    """The outermost of the first headings, else the first line if it is short and no sentence, else ""."""
    noisy = dict(noise)
    first = [h for h in headings if h.start not in noisy and h.start < _HEAD][:3]
    if first:
        top = min(first, key=lambda h: (h.level, h.start))
        return text[top.start : top.end]
    words, at = page_words(), 0
    for line in text[: 4 * _HEAD].split("\n"):
        start = at + len(line) - len(line.lstrip())
        bare = text[noisy.get(start, start) : at + len(line)].strip()  # 【本报讯】 before a title is no part of it
        if bare and not _is_dateline(bare) and not words.letterhead.fullmatch(bare) and not words.field.match(bare) and not words.number.fullmatch(bare):
            return bare if len(bare) <= _LONGEST_TITLE and "。" not in bare and bare[-1] not in "：:" else ""
        at += len(line) + 1
    return ""


def _is_dateline(line: str) -> bool:
    """Whether a line holds a day and hardly more: 2021-06-28 某城."""
    return any(start == 0 and len(line) - end <= _BESIDE_DAY for start, end, _ in full_dates(line))


def date_of(text: str) -> str | None:
    """The day on which `text` was written, as the text itself says; None if it does not.

    In this order: the lines of the head that begin with a date (of several, as in the history of a law, the last
    day); a line that is a date and nothing else above the attachments; a short line of the head with a date in it,
    but for that of an event (开标时间：…); the line below a notice that is a date and nothing else; the first full date of the head that begins a sentence or belongs to a dateline: 园区于2021年6月28日开园 tells of the
    park, not of the text.
    """
    words = page_words()
    lines = [line.strip() for line in text[: 8 * _HEAD].split("\n")]
    head = [line for line in lines if line][:_HEAD_LINES]
    history = [day for line in head for day in _leading_dates(line)]
    if history:
        return max(history)
    if signed := _signed(text):
        return signed
    listed = {day for line in head for _, end, day in full_dates(line) if end >= len(line) - 1}
    for line in head if len(listed) < _LISTED else ():
        if len(line) <= _LONGEST_DATE_LINE and "。" not in line:
            for start, end, day in full_dates(line):
                if "\t" in line and not words.labelled_cell.search(line, 0, start):
                    continue
                if not words.governed.search(line, 0, start) and not words.other_day.search(line, 0, start) and not words.ahead.match(line, end):
                    return day
    foot = [line.strip() for line in text[-_HEAD:].split("\n") if line.strip()][-_FOOT_LINES:]
    if below := next(filter(None, map(day_alone, reversed(foot))), None):
        return below
    head_text = text[:_HEAD]
    days = ((start, end, day) for start, end, day in full_dates(head_text) if not words.ahead.match(head_text, end))
    found = next((day for start, end, day in days if _STANDS_APART.search(head_text, 0, start) or words.dateline.match(head_text, end)), None)
    year = next((number["year"] for line in head if (number := words.number.fullmatch(line))), None)
    return None if found and year and found[:4] < year else found


def _leading_dates(line: str) -> list[str]:
    """The day with which a line of the head begins, marks and brackets before it apart, and those of a history that go on in its brackets.

    Not of a running sentence, nor a day to come.
    """
    words, bare = page_words(), line.lstrip("—-–（( 　")
    if len(line) > _LONGEST_DATE_LINE * 2 or "。" in line[:-1]:
        return []
    found = list(full_dates(bare))
    if not found or found[0][0] != 0 or words.ahead.match(bare, found[0][1]):
        return []
    history = _BRACKET.match(line)
    last = history.end() - (len(line) - len(bare)) if history else 0
    later = [(start, end, day) for start, end, day in found[1:] if end <= last]
    return [found[0][2], *(day for start, end, day in later if words.enacted.match(bare, end) and not words.ahead.match(bare, end) and not words.governed.search(bare, 0, start))]


def _signed(text: str) -> str | None:
    """The day of a paper's signature, where attachments follow it."""
    words = page_words()
    if not words.attached.search(text):
        return None
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line, below in pairwise(lines):
        if words.below_signature.match(below) and len(line) <= _LONGEST_DAY and (day := day_alone(line)):
            return day
    return None
