"""The items of a digest that are headed by places: 【广东】…, 广东：…, or a line that is 广东省 alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from kg.extract.observations.named import Named

_FEWEST = 2  # places that make a digest: one alone is where a piece of news was written
_BREAK = re.compile("\n")
_HEADLINE = 30  # characters of a line that may head another item


class PlacedItems:
    """Where the items of one text begin, and of which place each is; one headed otherwise is of none."""

    def __init__(self, named: Named) -> None:
        self._starts: list[int] = []
        self._places: list[str | None] = []
        heads = [] if named.report else [(found, self._place(named, *found.span("place"))) for found in named.words.item_head.finditer(named.folded)]
        if len({place for _, place in heads if place is not None}) < _FEWEST:
            return
        ends = [found.start() for found, _ in heads][1:] + [len(named.folded)]
        for (found, place), end in zip(heads, ends, strict=True):
            self._starts.append(found.start())
            self._places.append(place)
            if place is not None and (other := self._headed_otherwise(named.folded, found.end(), end)) is not None:
                self._starts.append(other)
                self._places.append(None)

    def of(self, at: int) -> str | None:
        """The place of the item in which `at` stands, if it has one."""
        place = bisect_right(self._starts, at) - 1
        return self._places[place] if place >= 0 else None

    @staticmethod
    def _place(named: Named, start: int, end: int) -> str | None:
        """The place of which `start:end` is the name, and no more."""
        return next((m.entity for m in named.any_between(start, start + 1) if m.end == end and m.type == "Area"), None)

    @staticmethod
    def _headed_otherwise(folded: str, start: int, end: int) -> int | None:
        """Where, behind the line of a head, the headline of something else stands before `end`."""
        breaks = [found.start() for found in _BREAK.finditer(folded, start, end)]
        lines = ((one + 1, folded[one + 1 : other].strip()) for one, other in pairwise([*breaks, end]))
        return next((at for at, line in lines if line and len(line) < _HEADLINE and line[-1] not in "。；！？，、："), None)
