"""The gaps that word processors and some sites leave between Chinese and Latin characters (长 32.5 公里), closed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from kg.expressions import compiled
from kg.model import Cell, Table
from kg.read.line_joining import HAN
from kg.read.rendering import Heading, Rendered

# Between Chinese and Latin characters, before and behind the Latin ones: a blank, none, and what stands between Chinese ones.
_GAPS = (compiled(rf"(?<=[{HAN}]) (?=[!-~])"), compiled(rf"(?<=[!-~]) (?=[{HAN}])"))
_NO_GAPS = (compiled(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])"), compiled(r"(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])"))
_GAPS_AT_MARKS = compiled(r"(?<=[，。：；、（）《》〔〕]) |(?<=\S) (?=[，。：；、（）《》〔〕])")
_LABEL = r"(?![\u4e00-\u9fff]{2,6}[：:])"  # 2024-04-11 来源：…: what the next field of a page begins with
_BETWEEN = (compiled(rf"()(?<=[{HAN}]) (?=[!-~]{{1,40}} ?[{HAN}])"), compiled(rf"((?<=[{HAN}])[!-~]{{1,40}}|^\d{{1,4}}(?= 年)) (?=[{HAN}]){_LABEL}"))
_MARK = compiled(r"[，。；]")
_LEAST_GAPS, _FEW_GAPS = 5, 3
_MOST_BORDERS = 0.7  # of all borders, that have a gap; all of them, where there are but a few


def without_gaps(read: Rendered) -> Rendered:
    """`read` without the blanks between Chinese and Latin characters, where they are a habit of its text; else `read` itself."""
    if " " not in read.text:
        return read
    lines = read.text.split("\n")
    closed = close_gaps(lines)
    if closed == lines:
        return read
    now = dict(zip(lines, closed, strict=True))
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    gone = [start + at for start, line, left in zip(starts, lines, closed, strict=False) if len(line) != len(left) for at in _left_out(line, left)]

    def moved(offset: int) -> int:
        return offset - bisect_left(gone, offset)

    def table(told: Table) -> Table:
        cells = tuple(Cell(cell.row, cell.column, moved(cell.start), moved(cell.end), cell.header) for cell in told.cells)
        return Table(moved(told.start), moved(told.end), cells, now.get(told.caption, told.caption))

    return replace(
        read,
        text="\n".join(closed),
        headings=tuple(Heading(moved(heading.start), moved(heading.end), heading.level) for heading in read.headings),
        tables=tuple(map(table, read.tables)),
        pages=tuple(map(moved, read.pages)),
    )


def close_gaps(lines: Sequence[str]) -> list[str]:
    """`lines` without the gaps between Chinese and Latin characters, where they have them all through.

    They do if most borders in running text have one, counted before and behind the Latin characters. In a line without
    a mark of sentences or tabs, which may be a row of a table set with blanks, a gap is closed only around what stands
    between Chinese characters on both sides.
    """
    running = [line for line in lines if _MARK.search(line)]
    sides = [side for side in range(2) if _are_gaps(running, _GAPS[side], _NO_GAPS[side])]
    return [_closed(line, sides) if " " in line else line for line in lines] if sides else list(lines)


def _left_out(line: str, left: str) -> list[int]:
    """Where in `line` the blanks stand that `left` has not."""
    gone: list[int] = []
    for at, character in enumerate(line):
        if character != left[at - len(gone) : at - len(gone) + 1]:
            gone.append(at)
    return gone


def _are_gaps(lines: Sequence[str], gap: re.Pattern[str], none: re.Pattern[str]) -> bool:
    gaps = sum(len(gap.findall(line)) for line in lines)
    borders = gaps + sum(len(none.findall(line)) for line in lines)
    return gaps >= _LEAST_GAPS and gaps >= _MOST_BORDERS * borders or _FEW_GAPS <= gaps == borders


def _closed(line: str, sides: Sequence[int]) -> str:
    running = "\t" in line or _MARK.search(line)
    for side in sides:
        line = _GAPS[side].sub("", line) if running else _BETWEEN[side].sub(r"\1", line)
    return _GAPS_AT_MARKS.sub("", line) if running else line
