"""The geometry of a table: which cells hold values, and which words stand above and beside each of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.observations.table_words import TableWords
from kg.model import Cell, Table

_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_OR_MONTH = re.compile(r"(?:19|20)\d\d\.\d{1,2}")  # 2015.7: a month, or an amount
_LEAST_SHARE = 0.5  # of the cells below and right of the heads must hold values, or the table holds words
_MOST_HEADS = 4


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells by place, with the rows and columns that are heads."""

    cells: Mapping[tuple[int, int], Cell]
    words: Mapping[tuple[int, int], str]  # folded, of the cells that are not empty
    heads: tuple[int, ...]  # rows of column heads
    body: tuple[int, ...]  # the rows below
    stubs: tuple[int, ...]  # columns of row heads
    columns: tuple[int, ...]  # the columns of values
    values: frozenset[tuple[int, int]] = frozenset()  # the places that hold one

    def above(self, column: int) -> list[tuple[int, int]]:
        """The places of a column's heads, the outermost first; a head that spans several columns stands at the first."""
        found: list[tuple[int, int]] = []
        for row in self.heads:
            for at in range(column, -1, -1):
                if (row, at) in self.words:
                    # The span of an outer head ends where the next begins; an inner one covers one column only,
                    # unless the row has nothing else (a head merged downwards is empty below).
                    if at == column or self._spans(row, at, column):
                        found.append((row, at))
                    break
        return found

    def _spans(self, row: int, first: int, column: int) -> bool:
        if first in self.stubs:
            return False
        later = [r for r in self.heads if r > row]
        return any((r, column) in self.words for r in later)

    def beside(self, row: int) -> list[tuple[int, int]]:
        """The places of a row's heads, the outermost first; one that spans several rows stands in the first.

        A column of years is such a head wherever it stands.
        """
        found: list[tuple[int, int]] = []
        for stub in self.stubs:
            place: tuple[int, int] | None = (row, stub)
            if place not in self.words:
                place = self._higher(row, stub) if stub != self.stubs[-1] else None
            if place is not None:
                found.append(place)
        return found

    def _higher(self, row: int, stub: int) -> tuple[int, int] | None:
        return next(((r, stub) for r in sorted(self.body, reverse=True) if r < row and (r, stub) in self.words), None)


def side_by_side(table: Table, folded: str) -> list[Table]:
    """The tables that were set beside each other to save room, each with the same heads: 行业 | 增长 | 行业 | 增长; most often the one table."""
    first = min((cell.row for cell in table.cells), default=0)
    heads = {cell.column: words for cell in table.cells if cell.row == first and (words := folded[cell.start : cell.end].strip())}
    last = max((cell.column for cell in table.cells), default=0) + 1
    width = next((at for at in sorted(heads) if at > 1 and heads[at] == heads.get(0)), 0)
    if not width or last % width or any(heads.get(at) != heads.get(at % width) for at in range(last)):
        return [table]
    parts = [tuple(replace(cell, column=cell.column - begin) for cell in table.cells if begin <= cell.column < begin + width) for begin in range(0, last, width)]
    return [replace(table, cells=part) for part in parts]


def grid_of(table: Table, folded: str, read_by: TableWords) -> Grid | None:
    """The grid of a table of values, without columns that hold no figures; None for a table of words."""
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    words = {place: text for place, cell in cells.items() if (text := folded[cell.start : cell.end].strip())}
    rows = sorted({row for row, _ in words})
    columns = sorted({column for _, column in words})
    if len(rows) < 2 or len(columns) < 2:
        return None
    heads = _heads(table, words, rows, columns, read_by)
    body = [row for row in rows if row not in heads]
    if not heads or not body:
        return None
    stubs: list[int] = []
    values: list[int] = []
    places: list[tuple[int, int]] = []
    for column in columns:
        if any(read_by.skip.fullmatch(words[row, column].replace(" ", "")) for row in heads if (row, column) in words):
            continue
        held = [words[row, column] for row in body if (row, column) in words]
        here = _values(words, body, column, read_by)
        numeric = len(here)
        filled = sum(not read_by.no_value.fullmatch(word) for word in held)
        titled = any(read_by.dates.fullmatch(words[row, column]) for row in heads if (row, column) in words)
        dated = (not stubs or titled) and all(_YEAR.fullmatch(word) for word in held)
        if numeric and not dated and numeric >= _LEAST_SHARE * filled:
            values.append(column)
            places += here
        elif not values or dated and titled:
            stubs.append(column)
    if not values or not stubs:
        return None
    return Grid(cells, words, tuple(heads), tuple(body), tuple(stubs), tuple(values), frozenset(places))


def _values(words: Mapping[tuple[int, int], str], body: Sequence[int], column: int, read_by: TableWords) -> list[tuple[int, int]]:
    """The places of a column that hold a value. 2015.7 is one among amounts (1088.4), and a month by itself."""
    places = [(row, column) for row in body if (row, column) in words]
    plain = [place for place in places if _is_value(words[place], read_by)]
    if not any("." in words[place] for place in plain):
        return plain
    return [place for place in places if _is_value(words[place], read_by) or _YEAR_OR_MONTH.fullmatch(words[place])]


def _is_value(word: str, read_by: TableWords) -> bool:
    """Whether the words of a cell are one value (and no date, no number of a telephone)."""
    return read_by.value.fullmatch(word) is not None and not read_by.dated.search(word)


def _heads(table: Table, words: Mapping[tuple[int, int], str], rows: Sequence[int], columns: Sequence[int], read_by: TableWords) -> list[int]:
    """The rows of heads: those marked, and those at the top without a value below the first column."""
    marked = {cell.row for cell in table.cells if cell.header}
    heads: list[int] = []
    for row in rows[:_MOST_HEADS]:
        held = [words[row, column] for column in columns[1:] if (row, column) in words]
        worded = bool(held) and not any(_is_value(word, read_by) and not _YEAR.fullmatch(word) for word in held)
        if not worded and not (row in marked and not held):
            break
        if len(heads) and row not in marked and (row, columns[0]) in words and not _continues(words, heads, row, columns):
            break
        heads.append(row)
    return heads


def _continues(words: Mapping[tuple[int, int], str], heads: Sequence[int], row: int, columns: Sequence[int]) -> bool:
    """Whether a row of words repeats or fills a head above: a row of rows' names without values does not."""
    return any((heads[-1], column) not in words and (row, column) in words for column in columns[1:])
