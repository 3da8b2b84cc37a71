"""Where a text has the names that tables know, all of them, also those inside one another."""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from kg.once import Once

_LITTLE = 100_000  # characters that are sooner looked through than the automaton is made


class Surfaces:
    """Names in ascending order, each of two characters or more. An automaton finds them in many texts; for the first few it is not made,
    which takes a quarter of the time in which an extractor is ready."""

    def __init__(self, surfaces: Sequence[str]) -> None:
        self._surfaces = surfaces
        self._longest = max(map(len, surfaces), default=0)
        self._begins = Once(self._begins_one)
        self._automaton: Any = None
        self._left = _LITTLE

    def compile(self) -> None:
        """Make the automaton at once."""
        import ahocorasick_rs

        if self._automaton is None:
            self._automaton = ahocorasick_rs.AhoCorasick(self._surfaces, matchkind=ahocorasick_rs.MatchKind.Standard)

    def find(self, folded: str) -> list[tuple[int, int]]:
        """Start and end of each, in no order."""
        self._left -= len(folded)
        if self._left < 0:
            self.compile()
        if self._automaton is None:
            return self._looked_up(folded)
        return [(start, end) for _, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True)]

    def _looked_up(self, folded: str) -> list[tuple[int, int]]:
        """What the automaton finds, by looking into the names in their order."""
        found: list[tuple[int, int]] = []
        for start in range(len(folded) - 1):
            if not self._begins[folded[start : start + 2]]:
                continue
            rest = folded[start : start + self._longest]
            while len(rest) > 1:
                # Of what stands before `rest` in the order the last is the longest name that it begins with, or has as much in common as any.
                at = bisect_right(self._surfaces, rest)
                if not at:
                    break
                before = self._surfaces[at - 1]
                if rest.startswith(before):
                    found.append((start, start + len(before)))
                    rest = before[:-1]
                else:
                    rest = os.path.commonprefix((before, rest))
        return found

    def _begins_one(self, pair: str) -> bool:
        at = bisect_left(self._surfaces, pair)
        return at < len(self._surfaces) and self._surfaces[at].startswith(pair)
