"""The lines of a page that says where each character is drawn, in reading order, and its tables.

What stands at one height is a line if it was drawn at a stretch or touches; what stands above something is read before it; else
the order is that in which the page was drawn. So columns are read one after the other, wherever a writer puts heads and notes.
Places are points, from left to right and from bottom to top.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from kg.read.encoding import clean
from kg.read.line_joining import TABLE_MARK
from kg.read.ruled_grid import Glyph, RuledTable
from kg.read.ruled_lines import LEAST_LINES, Point, rules_of_points, tables_of_lines

# All of the size of the characters.
_SAME_LINE, _SAME_HEIGHT = 0.5, 0.3  # what those of a line drawn at a stretch, and those that touch, may stand apart in height
_TIGHT, _TIGHT_WIDE = 0.15, 0.2  # wider gaps between Latin and between Chinese characters are blanks, not so that
_BETWEEN = 0.4  # which word processors leave between Chinese and Latin ones
_BACK = 0.3  # how far one may reach into the one before
_TOUCHING = 0.5
_ASCENT, _MIDDLE = 0.9, 0.35
_MOST_ALIKE = 8  # times that a character was last drawn, among which one drawn twice is looked for
_MOST_ORDERED = 500  # lines of a page; more are no text
_NARROW = re.compile(r"[!-~]")


class Character(NamedTuple):
    """One as a page draws it."""

    text: str
    x: float  # where it begins, and on which line
    y: float
    width: float
    size: float
    turns: int  # quarter turns to the left by which it is turned
    below: bool  # below the one drawn before, in a column of upright text


class Stroke(NamedTuple):
    """One stroke of the pen, or the outline of what is filled."""

    points: list[Point]
    drawn: bool  # not only filled


@dataclass(slots=True)
class _Piece:
    """Characters that stand close together, as drawn."""

    number: int
    line: float
    left: float
    right: float
    size: float
    text: list[str]
    upright: bool = False
    low: float = 0.0  # of upright text


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the page or a table: the room that it takes, and the number of what is first drawn of it."""

    text: str
    left: float
    low: float
    right: float
    high: float
    number: int


def lines_of_page(characters: Sequence[Character], strokes: Iterable[Stroke], first_table: int) -> tuple[list[str], list[RuledTable]]:
    """The lines of a page in reading order, the mark of a table in place of its characters, and its tables, numbered from `first_table` on."""
    if not characters:
        return [], []
    turns = Counter(character.turns for character in characters).most_common(1)[0][0]
    upright = [(number, character) for number, character in enumerate(characters) if character.turns == turns]
    glyphs = [_glyph(character) for _, character in upright]
    rules = [rule for stroke in strokes for rule in rules_of_points([_turned(*point, turns) for point in stroke.points], stroke.drawn)]
    tables = tables_of_lines(rules, list(_with_blanks(glyphs))) if len(rules) >= LEAST_LINES else []
    held: list[_Line] = []
    for at, table in enumerate(tables):
        left, low, right, high = table.box
        inside = {number for (number, _), glyph in zip(upright, glyphs, strict=True) if left < glyph.x < right and low < glyph.y < high}
        if inside:
            held.append(_Line(f"{TABLE_MARK}{first_table + at}", left, low, right, high, min(inside)))
            kept = [(placed, glyph) for placed, glyph in zip(upright, glyphs, strict=True) if placed[0] not in inside]
            upright, glyphs = [placed for placed, _ in kept], [glyph for _, glyph in kept]
    lines = [*held, *_lines([(number, glyph, character.below) for (number, character), glyph in zip(upright, glyphs, strict=True)])]
    for other in {character.turns for character in characters} - {turns}:
        turned = _lines([(number, _glyph(character), character.below) for number, character in enumerate(characters) if character.turns == other])
        lines += [_turned_line(line, turns - other) for line in turned]
    return [line.text for line in _in_order(lines)], tables


def _turned(x: float, y: float, turns: int) -> Point:
    """A place on the page after so many quarter turns to the right, by which what was turned to the left stands upright."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turns % 4]


def _turned_line(line: _Line, turns: int) -> _Line:
    (x, y), (to_x, to_y) = _turned(line.left, line.low, turns), _turned(line.right, line.high, turns)
    return _Line(line.text, min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y), line.number)


def _glyph(character: Character) -> Glyph:
    x, y = _turned(character.x, character.y, character.turns)
    return Glyph(character.text, x + character.width / 2, y + _MIDDLE * character.size, y, character.size, x, x + character.width)


def _with_blanks(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """The characters, and blanks where gaps inside of a line are some."""
    yield from glyphs[:1]
    for before, glyph in pairwise(glyphs):
        if abs(glyph.line - before.line) <= _SAME_HEIGHT * glyph.size and _is_blank(before.text, glyph.text, glyph.left - before.right, min(before.size, glyph.size)):
            yield replace(before, text=" ")
        yield glyph


def _lines(glyphs: Sequence[tuple[int, Glyph, bool]]) -> Iterator[_Line]:
    """The lines of characters of one direction."""
    pieces = list(_pieces(_once(glyphs)))
    home = list(range(len(pieces)))

    def found(at: int) -> int:
        while home[at] != at:
            home[at] = home[home[at]]
            at = home[at]
        return at

    level = [at for at, piece in enumerate(pieces) if not piece.upright]
    for one, other in [*_at_a_stretch(pieces, level), *_touching(pieces, level)]:
        home[found(other)] = found(one)
    lines: dict[int, list[_Piece]] = {}
    for at, piece in enumerate(pieces):
        lines.setdefault(found(at), []).append(piece)
    for line in lines.values():
        line.sort(key=lambda piece: piece.left)
        size = max(piece.size for piece in line)
        lowest = min(piece.low if piece.upright else piece.line for piece in line)
        left, right = line[0].left, max(piece.right for piece in line)
        if text := clean(_joined(line)).replace(TABLE_MARK, "\ufffd"):
            yield _Line(text, left, lowest, right, max(piece.line for piece in line) + _ASCENT * size, min(piece.number for piece in line))


def _pieces(glyphs: Iterable[tuple[int, Glyph, bool]]) -> Iterator[_Piece]:
    piece: _Piece | None = None
    for number, glyph, below in glyphs:
        if piece is not None and below:
            piece.text.append(glyph.text)
            piece.upright, piece.low, piece.right = True, glyph.line, max(piece.right, glyph.right)
        elif (
            piece is not None
            and not piece.upright
            and abs(glyph.line - piece.line) <= _SAME_HEIGHT * glyph.size
            and -_BACK * glyph.size <= glyph.left - piece.right <= _TIGHT * glyph.size
        ):
            piece.text.append(glyph.text)
            piece.right = glyph.right
        else:
            if piece is not None:
                yield piece
            piece = _Piece(number, glyph.line, glyph.left, glyph.right, glyph.size, [glyph.text])
    if piece is not None:
        yield piece


def _once(glyphs: Iterable[tuple[int, Glyph, bool]]) -> Iterator[tuple[int, Glyph, bool]]:
    """Without those that are drawn anew over themselves, to look bold."""
    drawn: dict[str, deque[Glyph]] = {}
    for number, glyph, below in glyphs:
        alike = drawn.setdefault(glyph.text, deque(maxlen=_MOST_ALIKE))
        near = _BACK * (glyph.right - glyph.left)
        if not any(abs(glyph.left - other.left) <= near and abs(glyph.line - other.line) <= near for other in alike):
            alike.append(glyph)
            yield number, glyph, below


def _at_a_stretch(pieces: Sequence[_Piece], level: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pieces of one line that are drawn one after the other."""
    for one, other in pairwise(level):
        before, piece = pieces[one], pieces[other]
        if piece.left >= before.left and abs(piece.line - before.line) <= _SAME_LINE * max(piece.size, before.size):
            yield one, other


def _touching(pieces: Sequence[_Piece], level: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pieces side by side, whenever they are drawn: figures after all words, perhaps."""
    strip: list[int] = []
    for at in [*sorted(level, key=lambda at: pieces[at].line), -1]:
        if strip and (at < 0 or pieces[at].line - pieces[strip[0]].line > _SAME_HEIGHT * pieces[at].size):
            for one, other in pairwise(sorted(strip, key=lambda at: pieces[at].left)):
                gap = pieces[other].left - pieces[one].right
                if -_BACK * pieces[other].size <= gap <= _TOUCHING * min(pieces[one].size, pieces[other].size):
                    yield one, other
            strip = []
        strip.append(at)


def _joined(pieces: Sequence[_Piece]) -> str:
    """The characters of a line, with a blank where a gap is one."""
    written = "".join(pieces[0].text)
    for before, piece in pairwise(pieces):
        following = "".join(piece.text)
        blank = _is_blank(written, following, piece.left - before.right, min(before.size, piece.size))
        written += " " + following if blank else following
    return written


def _is_blank(written: str, following: str, gap: float, size: float) -> bool:
    """Whether a gap between two characters, or pieces of a line, stands for a blank that is not drawn."""
    narrow = [_NARROW.fullmatch(character) is not None for character in (written[-1], following[0])]
    least = _TIGHT if all(narrow) else _BETWEEN if any(narrow) else _TIGHT_WIDE
    return gap > least * size and not written[-1].isspace() and not following[0].isspace()


def _in_order(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Lines from top to bottom; those from where some first stand side by side to where some last do, as they are drawn, but each after those above it.

    To these belongs what is drawn between them: the rest of a column that is longer than its neighbour.
    """
    bands = list(_bands(lines))
    beside = [at for at, band in enumerate(bands) if len(band) > 1] or [0]
    first, last = beside[0], beside[-1] + 1
    drawn = [line.number for band in bands[first:last] for line in band]
    while first and min(drawn) < bands[first - 1][0].number < max(drawn):
        first -= 1
    while last < len(bands) and min(drawn) < bands[last][0].number < max(drawn):
        last += 1
    for band in bands[:first]:
        yield from band
    yield from _as_drawn([line for band in bands[first:last] for line in band])
    for band in bands[last:]:
        yield from band


def _bands(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Lines by the height at which they stand, those together that reach to a height in common, from top to bottom."""
    band: list[_Line] = []
    low = 0.0
    for line in sorted(lines, key=lambda line: -line.high):
        if band and line.high <= low:
            yield band
            band = []
        low = min(low, line.low) if band else line.low
        band.append(line)
    if band:
        yield band


def _as_drawn(lines: Sequence[_Line]) -> Iterator[_Line]:
    drawn = sorted(lines, key=lambda line: line.number)
    if len(drawn) > _MOST_ORDERED:
        yield from drawn
        return
    below: list[list[int]] = [[at for at, line in enumerate(drawn) if _is_above(other, line)] for other in drawn]
    untold = Counter(at for those in below for at in those)
    free = [at for at in range(len(drawn)) if not untold[at]]
    while free:
        at = heappop(free)
        yield drawn[at]
        for other in below[at]:
            untold[other] -= 1
            if not untold[other]:
                heappush(free, other)


def _is_above(other: _Line, line: _Line) -> bool:
    """Whether `other` ends above the middle of `line`, over or below some of it."""
    overlap = min(other.right, line.right) - max(other.left, line.left)
    return other.low > (line.low + line.high) / 2 and overlap > _MIDDLE * min(other.high - other.low, line.high - line.low)
