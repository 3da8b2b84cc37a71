"""The reports of a text, most often one; a file may hold those of several years or places, one after the other."""

from __future__ import annotations

import re
from typing import NamedTuple

_TITLE = re.compile(r"^[ 　#*]*+(20\d\d年[^\n，。；：]{0,16}政府工作报告)[ 　*]*+$", re.MULTILINE)
_GLOSSARY = re.compile(r"^[^\n。，]{0,30}名词(?:解释|注释|说明)[^\n。，]{0,6}$", re.MULTILINE)


class ReportPart(NamedTuple):
    """A report: where it begins and ends, and where the explanations of words (名词解释) behind it begin (its end, if there are none)."""

    start: int
    glossary: int
    end: int


def report_parts(folded: str) -> list[ReportPart]:
    """The reports of a text, in order; a title other than the last one opens another."""
    starts, last = [0], ""
    for title in _TITLE.finditer(folded):
        if last and title[1] != last:
            starts.append(title.start())
        last = title[1]
    return [ReportPart(start, _glossary_at(folded, start, end), end) for start, end in zip(starts, [*starts[1:], len(folded)], strict=True)]


def _glossary_at(folded: str, start: int, end: int) -> int:
    found = _GLOSSARY.search(folded, (start + end) // 2, end)  # a table of contents names them too
    return found.start() if found else end


def explains(parts: list[ReportPart], at: int) -> bool:
    """Whether what stands at `at` explains words: it is no act of the government, and tells no result and no goal."""
    return any(part.glossary <= at < part.end for part in parts)
