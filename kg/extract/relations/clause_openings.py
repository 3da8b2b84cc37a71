"""Where the clauses of a sentence begin to tell something: behind a number, a time, or the place that they put their actor in."""

from __future__ import annotations

from typing import NamedTuple

from kg.expressions import compiled
from kg.extract.knowledge.symbols import Symbols, char_class
from kg.extract.names.rows import Row
from kg.extract.relations.side_by_side import can_lead, is_area

_LONGEST_PLACE = 6  # tokens of a place that a clause puts its actor in


class Stretch(NamedTuple):
    """Tokens `first:last` of a row, in the clauses that are its tokens `begin:end`."""

    row: Row
    first: int
    last: int
    begin: int
    end: int


class Openings:
    """Finds them."""

    def __init__(self, symbols: Symbols) -> None:
        having = symbols.having
        self._stop = compiled(char_class(symbols.bits("@stop")))
        # What may stand before who acts; 做好榆林市…试点: what such a verb governs does not act.
        self.skipped = having("@time_word", "@adverb", "@ordinal_head", "@lead_in", "%t", "%m") - having("@act")
        self._numbers, self._pause = having("%m", "@number", "'一'"), having("@pause")
        self._open, self._close = having("@open"), having("@close")
        self._lies, self._attributive = having("@locate"), having("@of", "@etc")
        self._dateline, self._date = having("@wired"), having("%m", "%t", "@lead_in")

    def clauses(self, row: Row) -> list[tuple[int, int]]:
        """First and last token of each clause, the last exclusive."""
        stops = [match.start() for match in self._stop.finditer(row.symbols)]
        return list(zip([0, *[at + 1 for at in stops]], [*stops, len(row.symbols)]))

    def of(self, row: Row, first: int, last: int) -> int:
        """The first token of a clause that does more than lead in (今年, 进一步, and the number of a paragraph)."""
        if first == 0:
            first = self._behind_number(row, last)
        while first < last and row.symbols[first] in self.skipped and row.drafts[first] is None:
            first += 1
        return first

    def _behind_number(self, row: Row, last: int) -> int:
        """The token behind the number with which a sentence begins: （一）某市推进…, 三、某市推进…; 0 if there is none."""
        symbols = row.symbols
        if last > 3 and symbols[0] in self._open and symbols[1] in self._numbers and symbols[2] in self._close:
            return 3
        return 2 if last > 2 and symbols[0] in self._numbers and symbols[1] in self._pause else 0

    def behind_place(self, row: Row, at: int, last: int) -> int:
        """The token behind the place that a clause first puts its actor in (位于北京市顺义区的|产业园), `at` if it does not."""
        if row.symbols[at] not in self._lies:
            return at
        behind = at + 1
        while behind < last and (is_area(row, behind) or row.drafts[behind] is None and row.symbols[behind] not in self._attributive) and behind < at + _LONGEST_PLACE:
            behind += 1
        return behind + 1 if behind + 1 < last and row.symbols[behind] in self._attributive and can_lead(row, behind + 1) else at

    def is_dateline(self, row: Row, at: int, last: int) -> bool:
        """Whether token `at` only tells where news was written: 杭州10月2日电."""
        at += 1
        while at < last and (row.symbols[at] in self._date or is_area(row, at)):
            at += 1
        return at < last and row.symbols[at] in self._dateline
