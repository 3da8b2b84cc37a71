"""Which patterns a sentence can match at all: one look at its symbols decides for all rules at once.

Most sentences lack what most rules need, and asking rule by rule costs more than the rules that remain. So every
requirement of every pattern (a set of symbols of which one must stand there) is a bit of one integer. The bits that the
symbols of a sentence satisfy are joined by `or`; the requirements of a pattern lie a fixed distance apart, so that one
shift and `and` for each of them leaves the patterns that have all they need. The cost hardly grows with the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import accumulate
from operator import or_

from kg.extract.knowledge.symbols import Runs

_MOST = 4  # requirements of one pattern that are looked at, the first ones: more of them sort out hardly more


class Sieve:
    """Made of the requirements of each pattern, those first that are rarely met; `possible` gives the patterns left by their place in the list.

    Requirements are sets of symbols by their numbers: the place of each in `symbols`.
    """

    def __init__(self, requirements: Sequence[Iterable[Runs]], symbols: Sequence[str]) -> None:
        given = [list(needs)[:_MOST] for needs in requirements]
        width, planes = len(given), max(map(len, given), default=0)
        self._shifts = [width * plane for plane in range(1, planes)]
        self._every = (1 << width) - 1
        self._unneeded = 0  # bits of requirements that a pattern does not have
        wanted: dict[Runs, int] = {}  # set of symbols → the requirements that it satisfies
        for place, needs in enumerate(given):
            for plane in range(planes):
                bit = 1 << (plane * width + place)
                if plane < len(needs):
                    wanted[needs[plane]] = wanted.get(needs[plane], 0) | bit
                else:
                    self._unneeded |= bit
        # Sets are few stretches of neighbouring symbols: what changes from one symbol to the next is noted at their ends.
        changes = [0] * (len(symbols) + 1)
        for needed, satisfied in wanted.items():
            for first, end in needed:
                changes[first] ^= satisfied
                changes[end] ^= satisfied
        self._satisfied = dict(zip(symbols, accumulate(changes, _changed)))

    def possible(self, symbols: str) -> int:
        """The patterns that a sentence with these symbols may match, as the bits of an integer."""
        found = left = reduce(or_, map(self._satisfied.__getitem__, set(symbols)), self._unneeded)
        for shift in self._shifts:
            left &= found >> shift
        return left & self._every


def _changed(bits: int, change: int) -> int:
    """`bits ^ change`, the same object where nothing changes: fewer of them, read at every sentence, stay in the processor's cache."""
    return bits ^ change if change else bits


def places(bits: int) -> list[int]:
    """The numbers of the bits that are set, the lowest first."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found
