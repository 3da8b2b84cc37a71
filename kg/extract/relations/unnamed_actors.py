"""Who acts where a clause begins with a word for actors without a name: 两部门, 各地, 当地, 我们, 援疆干部."""

from __future__ import annotations

from kg.extract.knowledge.symbols import Symbols
from kg.extract.names.rows import Row
from kg.extract.relations.context import NOBODY, Context

_BEFORE_PEOPLE = 5  # words that may stand before a noun for people and belong to it


class UnnamedActors:
    """Finds those of them whom the text has named before; most often they are nobody that it lists."""

    def __init__(self, symbols: Symbols) -> None:
        having = symbols.having
        pair, trio, self.each = having("@pair"), having("@trio"), having("@each")
        self._pair, self._trio, self.counted = pair, trio, pair | trio
        self.kinds = having("@actors_of_a_kind")
        self._others, self._here, self.state, self._we = having("@others", "@side") | self.kinds, having("@here"), having("@state"), having("@we")
        self.people = self._others | having("@speaker")
        self.words = self.counted | self.each | self._others | self._here | self.state | self._we
        self._must, self._urge, self._preposition = having("'要'"), having("@urge"), having("@preposition")
        self._nouns = having("%n", "@others", "@generic")
        self.does = having("@act", "@hold", "@say", "@issue")
        self.predicate = having("%v", "@adverb", "@modal", "@act")

    def open(self, row: Row, first: int, at: int) -> bool:
        """Whether a clause from token `first` on, which opens at token `at`, may be theirs."""
        return row.symbols[at] in self.words or row.symbols[first] in self._must

    def of(self, row: Row, first: int, at: int, last: int, context: Context, people: bool) -> tuple[int, ...]:
        """Who acts in a clause from token `first` on, which opens at token `at` and ends before `last`; `people`: its sentence has a word for people."""
        symbol = row.symbols[at]
        if not context.report and (symbol in self._pair and len(context.group) in (1, 2) or symbol in self._trio and len(context.group) in (1, 3)):
            return context.group  # 两部门, 三地: those that were named together before
        if symbol in self._here and not context.report and context.here is not None and at + 1 < last:
            return NOBODY if row.symbols[at + 1] in self._nouns else (context.here,)  # 在甘肃，当地实施…, 当地农民实施…
        if at + 1 < last and symbol in self.state and row.symbols[at + 1] in self.predicate:
            return NOBODY
        if symbol in self._we:
            return () if context.report else NOBODY
        if symbol in self.each and len(context.actor) > 1:
            return context.actor  # 山东、河北…，各地都制定了…
        if not context.report and (symbol in self._others or (context.actor == () and row.symbols[first] in self._must)) or people and self._people(row, at, last):
            return NOBODY
        return context.actor

    def _people(self, row: Row, at: int, last: int) -> bool:
        """Whether people without a name act in the clause from token `at` on: 援疆|干部|扎实推进…"""
        for place in range(at, min(at + _BEFORE_PEOPLE, last - 1)):
            if row.drafts[place] is not None or row.symbols[place] in self.does or row.symbols[place] in self._urge:
                return False
            if row.symbols[place] in self.people:
                return row.symbols[place + 1] in self.predicate and (place == at or row.symbols[place - 1] not in self._preposition)
        return False
