"""What the sentences of one line say that is carried out, for rules that say of all of it who answers for it (`of_line`)."""

from __future__ import annotations

from typing import NamedTuple

from kg.extract.names.rows import Draft

_OF_OBJECT = frozenset({"implements", "undertakes", "issues"})
_OF_SUBJECT = frozenset({"hasStatus"})


class Answer(NamedTuple):
    """Where a text says who answers for something: `start:end` are offsets, `who` entity numbers."""

    start: int
    end: int
    who: tuple[int, ...]


class Deeds:
    """The deeds of a line. It may have several parts, each of which ends with who answers for it: 实施甲行动（某局牵头），建设乙工程（某局牵头）."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []  # of all lines so far
        self.labels: list[int] = []  # the offsets, in order, at which the sentence says who answers for something
        self.begin_line()

    def begin_line(self) -> None:
        """Forget the deeds of the line before."""
        self._told: dict[int, Draft] = {}  # by where they stand
        self._answered = False  # the last part has ended

    def tell(self, predicate: str, subject: Draft | None, target: Draft | None) -> None:
        """Add what a relation says is carried out, whoever does it."""
        deed = target if predicate in _OF_OBJECT else subject if predicate in _OF_SUBJECT else None
        if deed is not None:
            if self._answered:
                self._told, self._answered = {}, False
            self._told[deed.start] = deed

    def before(self, at: int) -> list[Draft]:
        """The deeds of the part that ends at offset `at`."""
        earlier = [label for label in self.labels if label < at]
        while earlier:
            if part := [deed for start, deed in self._told.items() if earlier[-1] < start < at]:
                return part
            at = earlier.pop()
        return [deed for start, deed in self._told.items() if start < at]

    def end(self) -> None:
        """End a sentence that has `labels`: what another label behind it says is of the same part."""
        last = self.labels[-1]
        open_ = {start: deed for start, deed in self._told.items() if start > last}
        self._told = open_ or {deed.start: deed for deed in self.before(last + 1)}
        self._answered = not open_
