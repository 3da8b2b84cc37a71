"""Tables whose lines part rows only (三线表): the columns are told by where words stand, if they surely are columns.

Lines of one length lie above the head, below it, and below the last row. Below the head each row has its name and at most one
word in each column; a column holds either values only or none, and has a head of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.read.ruled_grid import NEAR, NUMBER, VALUE, Glyph, Rule, RuledTable, by_line, meet

_LEAST_LENGTH = 100.0
_GAP = 0.8  # of the size of its characters, between two words
_MOST_HEAD_LINES, _LEAST_ROWS = 4, 2
_MOST_TABLES = 50  # of a page
_MOST_RULES = 200  # of one table: a page has no room for as many rows, and their time grows with the third power


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: float
    right: float


def level_tables(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[tuple[int, RuledTable]]:
    """The tables of a page, by its whole lines, with the place of the first character of each among all."""
    upright = [rule for rule in rules if rule.upright]
    level = [rule for rule in rules if not rule.upright and rule.end - rule.start >= _LEAST_LENGTH and not any(meet(rule, other) for other in upright)]
    level.sort(key=lambda rule: -rule.at)
    found: list[tuple[int, RuledTable]] = []
    at = 0
    while at + 2 < len(level) and len(found) < _MOST_TABLES:
        run = [level[at], *(rule for rule in level[at + 1 :] if abs(rule.start - level[at].start) <= NEAR and abs(rule.end - level[at].end) <= NEAR)]
        if len(run) > _MOST_RULES:
            return found
        last, placed = 2, None
        while last < len(run) and (longer := _table(run[: last + 1], glyphs)):
            last, placed = last + 1, longer
        if placed is not None and len(placed[1].rows) - placed[1].header_rows >= _LEAST_ROWS:
            found.append(placed)
            at = level.index(run[last - 1])
        else:
            at += 1
    return found


def _table(run: Sequence[Rule], glyphs: Sequence[Glyph]) -> tuple[int, RuledTable] | None:
    left, right = run[0].start - NEAR, run[0].end + NEAR
    inside = [at for at, glyph in enumerate(glyphs) if left < glyph.x < right and run[-1].at < glyph.y < run[0].at]
    seen = [glyphs[at] for at in inside if not glyphs[at].text.isspace()]
    head = list(_lines([glyph for glyph in seen if glyph.y > run[1].at]))
    body = [line for above, below in pairwise(run[1:]) for line in _lines([glyph for glyph in seen if below.at < glyph.y <= above.at])]
    if not 0 < len(head) <= _MOST_HEAD_LINES or not body:
        return None
    columns = _columns(body)
    rows = _rows(body, columns)
    heads = _heads(head, columns)
    if rows is None or heads is None:
        return None
    first = next(at for at in inside if not glyphs[at].text.isspace())
    edges = (*(start for start, _ in columns), columns[-1][1])
    return first, RuledTable((*heads, *rows), len(heads), edges, (left, run[-1].at, right, run[0].at), "".join(glyph.text for glyph in seen))


def _lines(glyphs: Sequence[Glyph]) -> Iterator[list[_Word]]:
    """The words of each line, from top to bottom and left to right."""
    for _, line in sorted(by_line(glyphs), key=lambda placed: -placed[0]):
        words: list[_Word] = []
        for glyph in sorted(line, key=lambda glyph: glyph.x):
            if words and glyph.left - words[-1].right <= _GAP * glyph.size:
                words[-1] = _Word(words[-1].text + glyph.text, words[-1].left, glyph.right)
            else:
                words.append(_Word(glyph.text, glyph.left, glyph.right))
        yield words


def _columns(body: Sequence[Sequence[_Word]]) -> list[tuple[float, float]]:
    """Where columns begin and end: what stands below each other is one."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((word.left, word.right) for line in body for word in line):
        if columns and left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _reach(word: _Word, columns: Sequence[tuple[float, float]]) -> list[int]:
    return [at for at, (start, end) in enumerate(columns) if word.left <= end and start <= word.right]


def _rows(body: Sequence[Sequence[_Word]], columns: Sequence[tuple[float, float]]) -> list[tuple[str, ...]] | None:
    rows: list[tuple[str, ...]] = []
    for line in body:
        row = [""] * len(columns)
        for word in line:
            (at,) = _reach(word, columns)
            if row[at]:
                return None
            row[at] = word.text
        rows.append(tuple(row))
    if not all(row[0] and not VALUE.fullmatch(row[0]) and any(NUMBER.fullmatch(text) for text in row) for row in rows):
        return None
    for held in list(zip(*rows, strict=True))[1:]:
        values = sum(VALUE.fullmatch(text) is not None for text in held if text)
        if values not in (0, sum(map(bool, held))):
            return None
    return rows


def _heads(head: Sequence[Sequence[_Word]], columns: Sequence[tuple[float, float]]) -> list[tuple[str, ...]] | None:
    """The rows of heads: one over several columns, if there is such a head, and one for each column."""
    over, own = [""] * len(columns), [""] * len(columns)
    for line in head:
        for word in line:
            reached = _reach(word, columns) or _nearest(word, columns)
            if len(reached) == 1:
                own[reached[0]] += word.text
            elif own[reached[0]] or over[reached[0]] or 0 in reached or len(head) < 2:
                return None
            else:
                over[reached[0]] = word.text
    if not all(own[1:]):
        return None
    if not any(over):
        return [tuple(own)]
    return [(own[0], *over[1:]), ("", *own[1:])]  # that of the names stands beside both, as where lines are drawn around it


def _nearest(word: _Word, columns: Sequence[tuple[float, float]]) -> list[int]:
    """The column beside whose values the head of a narrow one stands."""
    middle = (word.left + word.right) / 2
    return [min(range(len(columns)), key=lambda at: min(abs(columns[at][0] - middle), abs(columns[at][1] - middle)))]
