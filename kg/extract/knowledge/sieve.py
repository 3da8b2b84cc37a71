"""Which patterns a sentence can match at all: one look at its symbols decides for all rules at once.

Most sentences lack what most rules need, and asking rule by rule costs more than the rules that remain. So every
requirement of every pattern (a set of symbols of which one must stand there) is a bit of one integer. The bits that the
symbols of a sentence satisfy are joined by `or`; the requirements of a pattern lie a fixed distance apart, so that one
shift and `and` for each of them leaves the patterns that have all they need. The cost hardly grows with the rules.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from kg.extract.knowledge.symbols import Runs

_MOST = 4  # requirements of one pattern that are looked at, the first ones: more of them sort out hardly more

# What a sieve is made of, as plain values: number of patterns and of planes, requirements that a pattern does not have, bytes of one set
# of requirements, all such sets one behind the other, and which of them each symbol satisfies.
Made = tuple[int, int, int, int, bytes, bytes]


def sieve(requirements: Sequence[Iterable[Runs]], symbols: int) -> Made:
    """Made of the requirements of each pattern, those first that are rarely met, for so many symbols.

    Requirements are sets of symbols by their numbers.
    """
    given = [list(needs)[:_MOST] for needs in requirements]
    width, planes = len(given), max(map(len, given), default=0)
    unneeded = 0
    wanted: dict[Runs, int] = {}  # set of symbols → the requirements that it satisfies
    for place, needs in enumerate(given):
        for plane in range(planes):
            bit = 1 << (plane * width + place)
            if plane < len(needs):
                wanted[needs[plane]] = wanted.get(needs[plane], 0) | bit
            else:
                unneeded |= bit
    # Sets are few stretches of neighbouring symbols: what changes from one symbol to the next is noted at their ends.
    changes = [0] * (symbols + 1)
    for needed, satisfied in wanted.items():
        for first, end in needed:
            changes[first] ^= satisfied
            changes[end] ^= satisfied
    distinct = {0: 0}
    bits, kind, kinds = 0, 0, array("I")
    for change in changes[:-1]:
        if change:
            bits ^= change
            kind = distinct.setdefault(bits, len(distinct))
        kinds.append(kind)
    size = width * planes // 8 + 1
    return width, planes, unneeded, size, b"".join([bits.to_bytes(size, "little") for bits in distinct]), kinds.tobytes()


class _Satisfied(dict[str, int]):
    """The requirements that a symbol satisfies, as the bits of an integer: looked up when it is first met, since a text has few of all."""

    def __init__(self, first: str, size: int, sets: bytes, kinds: bytes) -> None:
        super().__init__()
        self._first, self._size, self._sets = ord(first), size, sets
        self._kinds = array("I")
        self._kinds.frombytes(kinds)
        self._known: dict[int, int] = {}  # one object for all symbols that satisfy the same: fewer of them stay in the processor's cache

    def __missing__(self, symbol: str) -> int:
        kind = self._kinds[ord(symbol) - self._first]
        bits = self._known.get(kind)
        if bits is None:
            bits = self._known[kind] = int.from_bytes(self._sets[kind * self._size : (kind + 1) * self._size], "little")
        self[symbol] = bits
        return bits


class Sieve:
    """`possible` gives the patterns left by their place in the list; `symbols` are those of which `sieve` was told, in their order."""

    def __init__(self, made: Made, symbols: Sequence[str]) -> None:
        width, planes, self._unneeded, size, sets, kinds = made
        self._shifts = [width * plane for plane in range(1, planes)]
        self._every = (1 << width) - 1
        self._satisfied = _Satisfied(symbols[0], size, sets, kinds)

    def possible(self, symbols: str) -> int:
        """The patterns that a sentence with these symbols may match, as the bits of an integer."""
        found = left = reduce(or_, map(self._satisfied.__getitem__, set(symbols)), self._unneeded)
        for shift in self._shifts:
            left &= found >> shift
        return left & self._every


def places(bits: int) -> list[int]:
    """The numbers of the bits that are set, the lowest first."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found
