"""Tables that are drawn with ruling lines: from lines and characters by their place to cells.

Places are points (1/72 inch), from left to right and from bottom to top. What is not surely a table is none: lines that
part no two columns, cells that are no rectangles, a cell of several values whose names cannot be told apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

from kg.read.line_joining import join_lines, unspace

NEAR = 3.0  # what lines may miss each other by
_LEAST_LENGTH = 6.0
_LEAST_FILLED = 0.5  # of the cells; the grid of a chart has fewer
_LEAST_COVERED = 0.6  # of the side of a cell, by the line that parts it from the next
_SAME_LINE = 0.5  # of the size of its characters
_MOST_HEADS = 4
_LONGEST_CELL = 400  # characters; a longer one is text in a frame
_MOST_LINES = 400  # that meet: more are a drawing
NUMBER = re.compile(r"[-−+＋<>≥≤▲△▼]?\d[\d,，]*(?:\.\d+)?%?")
VALUE = re.compile(rf"{NUMBER.pattern}|[-—–…]{{1,2}}")
_SINGLE_CHARACTERS = re.compile(r"[\u3400-\u9fff](?: [\u3400-\u9fff])+")
_HEAD_OF_GROUP = re.compile(r"[：:]$")


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line: at which height it runs from where to where, or (upright) at which place."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as drawn: its middle, the line that it stands on, its size, and the room it takes."""

    text: str
    x: float
    y: float
    line: float
    size: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class RuledTable:
    """The cells of a table by row and column; a cell that spans several stands in the first, the others are empty."""

    rows: tuple[tuple[str, ...], ...]
    header_rows: int  # 0: it only goes on
    columns: tuple[float, ...]  # where the columns begin, and where the last one ends
    box: tuple[float, float, float, float]  # left, bottom, right and top of what it takes of the page
    drawn: str  # all its characters but blanks, in the order in which the page draws them


def ruled_tables(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[tuple[int, RuledTable]]:
    """The tables of a page, by its whole lines, with the place of the first character of each among all."""
    return [table for group in _joined(rules) if 3 <= len(group) <= _MOST_LINES and (table := _table(group, glyphs))]


def whole_lines(rules: Sequence[Rule]) -> list[Rule]:
    """The rules, those that run on in each other made one; each cell may have drawn its own part."""
    whole: list[Rule] = []
    for upright in (False, True):
        strips: list[list[Rule]] = []
        for rule in sorted((r for r in rules if r.upright == upright), key=lambda r: r.at):
            if strips and rule.at - strips[-1][0].at <= NEAR / 2:
                strips[-1].append(rule)
            else:
                strips.append([rule])
        for strip in strips:
            at = sum(rule.at for rule in strip) / len(strip)
            pieces = sorted((rule.start, rule.end) for rule in strip)
            start, end = pieces[0]
            for begins, ends in pieces[1:]:
                if begins > end + NEAR:
                    whole.append(Rule(upright, at, start, end))
                    start = begins
                end = max(end, ends)
            whole.append(Rule(upright, at, start, end))
    return [rule for rule in whole if rule.end - rule.start >= _LEAST_LENGTH]


def _joined(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules by what they are connected to."""
    level = [rule for rule in rules if not rule.upright]
    upright = [rule for rule in rules if rule.upright]
    groups: list[list[Rule]] = []
    left = set(range(len(upright)))
    free = set(range(len(level)))
    while left:
        waiting: list[Rule] = [upright[left.pop()]]
        group: list[Rule] = []
        while waiting:
            rule = waiting.pop()
            group.append(rule)
            others, rest = (level, free) if rule.upright else (upright, left)
            for at in [at for at in rest if meet(rule, others[at])]:
                rest.discard(at)
                waiting.append(others[at])
        groups.append(group)
    return groups


def meet(one: Rule, other: Rule) -> bool:
    """Whether a level and an upright line touch."""
    return one.start - NEAR <= other.at <= one.end + NEAR and other.start - NEAR <= one.at <= other.end + NEAR


def _table(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> tuple[int, RuledTable] | None:
    """A table and the place of its first character among all; None if the lines make none."""
    level = [rule for rule in rules if not rule.upright]
    upright = [rule for rule in rules if rule.upright]
    if len(level) < 2:
        return None
    xs = _edges([rule.at for rule in upright], min(r.start for r in level), max(r.end for r in level))
    ys = _edges([rule.at for rule in level], min(r.start for r in upright), max(r.end for r in upright))[::-1]
    inside = [at for at, glyph in enumerate(glyphs) if xs[0] < glyph.x < xs[-1] and ys[-1] < glyph.y < ys[0]]
    if len(xs) < 3 or len(ys) < 2 or not inside:
        return None
    spans = _spans(xs, ys, level, upright)
    if spans is None:
        return None
    held: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    first_of = {place: span[0] for span in spans for place in span}
    for at in inside:
        glyph = glyphs[at]
        row = len(ys) - 1 - bisect_right(ys[::-1], glyph.y)
        held[first_of[row, bisect_right(xs, glyph.x) - 1]].append(glyph)
    lines = {place: _lines(those) for place, those in held.items()}
    if sum(bool(lines.get(span[0])) for span in spans) < _LEAST_FILLED * len(spans):
        return None
    rows: list[tuple[str, ...]] = []
    tall = {row for span in spans for row, _ in span if span[0][0] != span[-1][0]}
    for row in range(len(ys) - 1):
        cells = [lines.get((row, column), []) for column in range(len(xs) - 1)]
        parted = _parted(cells, row in tall)
        if parted is None:
            return None
        rows += parted
    filled = sorted(sum(map(bool, row)) for row in rows)
    if filled[-1] < 3 and filled[-2:-1] != [2] or max(len(text) for row in rows for text in row) > _LONGEST_CELL:
        return None  # a frame around text
    head = max((span[-1][0] + 1 for span in spans if span[0][0] == 0), default=1)
    drawn = "".join(glyphs[at].text for at in inside if not glyphs[at].text.isspace())
    first = next(at for at in inside if not glyphs[at].text.isspace()) if drawn else 0
    return (first, RuledTable(tuple(rows), min(head, _MOST_HEADS), tuple(xs), (xs[0], ys[-1], xs[-1], ys[0]), drawn)) if drawn else None


def _edges(lines: Sequence[float], first: float, last: float) -> list[float]:
    """Where columns or rows are parted: at the lines, and at the ends of those across, where a side is open."""
    edges: list[float] = []
    for at in sorted([*lines, first, last]):
        if not edges or at - edges[-1] > NEAR:
            edges.append(at)
    return edges


def _spans(xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]) -> list[list[tuple[int, int]]] | None:
    """The places that make one cell, by cell and in order; None if one is no rectangle."""
    home: dict[tuple[int, int], tuple[int, int]] = {(row, column): (row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}

    def found(place: tuple[int, int]) -> tuple[int, int]:
        while home[place] != place:
            place = home[place]
        return place

    for row, column in list(home):
        if column and not _covered(upright, xs[column], ys[row + 1], ys[row]):
            home[found((row, column))] = found((row, column - 1))
        if row and not _covered(level, ys[row], xs[column], xs[column + 1]):
            home[found((row, column))] = found((row - 1, column))
    spans: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for place in sorted(home):
        spans[found(place)].append(place)
    for span in spans.values():
        height = span[-1][0] - span[0][0] + 1
        width = span[-1][1] - span[0][1] + 1
        if width < 1 or height * width != len(span):
            return None
    return list(spans.values())


def _covered(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Whether lines run along most of the side of a cell."""
    return sum(max(0.0, min(end, rule.end) - max(start, rule.start)) for rule in rules if abs(rule.at - at) <= NEAR) >= _LEAST_COVERED * (end - start)


def by_line(glyphs: Sequence[Glyph]) -> list[tuple[float, list[Glyph]]]:
    """Characters by the line that they stand on, lines as they begin to be drawn; blanks go with what is drawn before them."""
    lines: list[tuple[float, list[Glyph]]] = []
    for glyph in glyphs:
        if glyph.text.isspace():
            if lines:
                lines[-1][1].append(glyph)
            continue
        near = next((those for at, those in lines if abs(at - glyph.line) <= _SAME_LINE * glyph.size), None)
        if near is None:
            lines.append((glyph.line, near := []))
        near.append(glyph)
    return lines


def _lines(glyphs: Sequence[Glyph]) -> list[tuple[float, str]]:
    """The lines of a cell and where they stand, from top to bottom."""
    written = ((at, unspace(" ".join("".join(g.text for g in those).split()))) for at, those in by_line(glyphs))
    return sorted(((at, text.replace(" ", "") if _SINGLE_CHARACTERS.fullmatch(text) else text) for at, text in written), reverse=True)


def _parted(cells: Sequence[Sequence[tuple[float, str]]], tall: bool) -> list[tuple[str, ...]] | None:
    """The rows of a ruled row: one, or one for each line where lines part columns only; None if it cannot be told."""
    listed = [cell for cell in cells if len(cell) > 1 and all(VALUE.fullmatch(text) for _, text in cell) and sum(NUMBER.fullmatch(text) is not None for _, text in cell) > 1]
    if not listed:
        return [tuple(_joined_lines([text for _, text in cell]) for cell in cells)] if any(cells) else []
    named = next((cell for cell in cells if cell), [])
    if tall or named in listed:
        return None
    rows: list[tuple[str, ...]] = []
    for at, name in named:
        row = tuple(next((text for line, text in cell if abs(line - at) <= NEAR), "") for cell in cells)
        if not any(NUMBER.fullmatch(text) for text in row) and not _HEAD_OF_GROUP.search(name):
            return None  # the half of a name, perhaps
        rows.append(row)
    told = sum(bool(text) for row in rows for text in row)
    return rows if told == sum(map(len, cells)) else None


def _joined_lines(lines: Sequence[str]) -> str:
    return reduce(join_lines, lines) if lines else ""


def further_rows(before: RuledTable, table: RuledTable) -> RuledTable | None:
    """What a page goes on with of the table at the end of the page before, its heads not said again (and no rows of heads); None if it is another table."""
    if len(before.columns) != len(table.columns) or any(abs(a - b) > 2 * NEAR for a, b in zip(before.columns, table.columns, strict=True)):
        return None
    again = 0
    while again < min(len(before.rows), len(table.rows), _MOST_HEADS) and before.rows[again] == table.rows[again]:
        again += 1
    rows = table.rows[again:]
    if not rows or not again and sum(map(bool, rows[0])) > 1 and not any(NUMBER.fullmatch(text) for text in rows[0][1:]):
        return None  # it has heads of its own, or says no more
    return replace(table, rows=rows, header_rows=0)
