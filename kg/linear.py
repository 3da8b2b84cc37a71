"""How many ways a regular expression can try at one place of a text before it gives up.

Python's `re` goes back and tries again. Where two parts of a pattern can both take the same characters, the ways multiply:
`(a+)+b` tries 2ⁿ of them on n times `a`. `ways` is an upper bound on them, read off the parsed expression: repetitions
whose end is decided by the next character count once, the others with all their lengths. A pattern with few ways
takes time linear in the text.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

MOST = 100_000  # ways that a pattern may have: a few milliseconds at the worst place
_UNBOUNDED = 200  # what `*` counts as: the length of a long sentence
_HUGE = 10**12

Span = tuple[int, int]  # first and last code point
Chars = tuple[Span, ...]
_LAST_LETTER = 0x323B0  # no letter, digit or blank lies beyond
_WRITTEN = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s", op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
ANY: Chars = ((0, sys.maxunicode),)


class Part(NamedTuple):
    """What is known of a part of an expression."""

    ways: int
    first: Chars  # what it can begin with
    empty: bool  # whether it can match nothing


def ways(pattern: str, flags: int = 0) -> int:
    """An upper bound on the ways that `pattern` has at one place; re.error if it is no regular expression."""
    reader = _Reader()
    whole = reader.sequence(list(parser.parse(pattern, flags)), ())
    return min(_HUGE, max(whole.ways, reader.inside))


def refusal(pattern: str) -> str:
    """Why `pattern` is refused, "" if it is not: it could try too many ways at one place."""
    number = ways(pattern)
    if number <= MOST:
        return ""
    many = "a million or more" if number >= 10**6 else f"{number:,}"
    return (
        f"could take very long: at one place it can try {many} ways. Let no two neighbouring repetitions "
        "take the same, or make one possessive (*+)"
    )


def first_of(items: Sequence[Any]) -> Part:
    """With what a match of these items of a parsed expression may begin, and whether it may be empty."""
    return _Reader().sequence(items, ())


class _Reader:
    def __init__(self) -> None:
        self.inside = 1  # the most ways in what is tried for itself: a look ahead or behind, a possessive part

    def sequence(self, items: Sequence[Any], follow: Chars) -> Part:
        """The whole of `items`, after which a character of `follow` comes."""
        total, empty = 1, True
        first: Chars = ()
        for item in reversed(items):  # from the end: what follows decides
            part = self.item(item, (*first, *follow) if empty else first)
            total = min(_HUGE, total * part.ways)
            first = (*part.first, *first) if part.empty else part.first
            empty = empty and part.empty
        return Part(total, first, empty)

    def item(self, item: Any, follow: Chars) -> Part:
        kind, value = item
        if kind in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
            return Part(1, chars_of(item), False)
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            least, most, inner = value
            return self.repeat(int(least), int(most), list(inner), follow)
        if kind is op.POSSESSIVE_REPEAT:
            return self.once(value[2], value[0] == 0)
        if kind is op.ATOMIC_GROUP:
            return self.once(value, False)
        if kind is op.BRANCH:
            return self.branches(value[1], follow)
        if kind is op.SUBPATTERN:
            return self.sequence(list(value[3]), follow)
        if kind in (op.ASSERT, op.ASSERT_NOT):
            self.inside = max(self.inside, self.sequence(list(value[1]), ()).ways)
            return Part(1, (), True)
        if kind is op.AT:
            return Part(1, (), True)
        if kind is op.GROUPREF_EXISTS:
            return self.branches([part or [] for part in value[1:]], follow)
        return Part(1, ANY, True)  # a reference to a group

    def once(self, inner: Any, empty: bool) -> Part:
        """What is never tried again once it has matched."""
        part = self.sequence(list(inner), ())
        self.inside = max(self.inside, part.ways)
        return Part(1, part.first, empty or part.empty)

    def repeat(self, least: int, most: int, items: Sequence[Any], follow: Chars) -> Part:
        first = self.sequence(items, ()).first
        once = self.sequence(items, (*first, *follow) if most > 1 else follow)
        times = min(most, _UNBOUNDED)
        least = min(least, times)
        if not _meet(once.first, follow) and not once.empty:
            total = once.ways**times if times < 64 or once.ways == 1 else _HUGE
        elif once.ways == 1:
            total = times - least + 1
        else:
            total = sum(once.ways**i for i in range(least, times + 1)) if times < 64 else _HUGE
        return Part(min(_HUGE, max(1, total)), once.first, least == 0 or once.empty)

    def branches(self, branches: Sequence[Any], follow: Chars) -> Part:
        listed = [list(branch) for branch in branches]
        words = [tuple(value for _, value in one) for one in listed if one and all(k is op.LITERAL for k, _ in one)]
        others = [self.sequence(one, follow) for one in listed if not one or any(k is not op.LITERAL for k, _ in one)]
        # Of words only those match at one place that begin one another; and the shorter of two leads on only where
        # the rest of the longer can come after it.
        chains: dict[int, int] = {}
        known = set(words)
        for word in known:
            shorter = (size for size in range(1, len(word)) if word[:size] in known)
            depth = 1 + sum(_meet(((word[size], word[size]),), follow) for size in shorter)
            chains[word[0]] = max(chains.get(word[0], 0), depth)
        parts = [*others, *(Part(depth, ((char, char),), False) for char, depth in chains.items())]
        firsts = tuple(span for part in parts for span in part.first)
        return Part(_most_at_once(parts, follow), firsts, any(part.empty for part in parts))


def _most_at_once(parts: Iterable[Part], follow: Chars) -> int:
    """The largest sum of ways of parts that one and the same character can begin, or come after where one is empty."""
    always = 0
    steps: list[tuple[int, int]] = []
    for part in parts:
        if part.empty and not follow:
            always += part.ways
            continue
        for first, last in merged((*part.first, *follow) if part.empty else part.first):
            steps += [(first, part.ways), (last + 1, -part.ways)]
    best = now = 0
    for _, change in sorted(steps):
        now += change
        best = max(best, now)
    return min(_HUGE, max(1, best + always))


def _meet(one: Chars, two: Chars) -> bool:
    return any(a <= d and c <= b for a, b in one for c, d in two)


def merged(chars: Chars) -> list[Span]:
    """The same characters in stretches that neither touch nor overlap, in order."""
    found: list[Span] = []
    for first, last in sorted(chars):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def chars_of(item: Any) -> Chars:
    """What one item of a parsed expression that takes one character takes."""
    kind, value = item
    if kind is op.LITERAL:
        return tuple((ord(c), ord(c)) for c in {chr(value), *chr(value).lower()[:1], *chr(value).upper()[:1]})
    if kind is op.NOT_LITERAL:
        return _without([(value, value)])
    if kind is op.ANY:
        return ANY
    spans: list[Span] = []
    negated = False
    for what, given in value:
        if what is op.NEGATE:
            negated = True
        elif what is op.LITERAL:
            spans.append((given, given))
        elif what is op.RANGE:
            spans.append(given)
        elif negated:
            return ANY  # more than there is: an upper bound stays one
        else:
            spans += _category(given)
    return _without(spans) if negated else tuple(spans)


def _without(spans: list[Span]) -> Chars:
    left, at = [], 0
    for first, last in merged(tuple(spans)):
        if at < first:
            left.append((at, first - 1))
        at = last + 1
    return (*left, (at, sys.maxunicode)) if at <= sys.maxunicode else tuple(left)


@lru_cache(maxsize=8)
def _category(name: Any) -> Chars:
    if name not in _WRITTEN:
        return ANY
    test = re.compile(_WRITTEN[name])
    found = tuple((c, c) for c in range(_LAST_LETTER) if test.match(chr(c)))
    return (*merged(found), *(((_LAST_LETTER, sys.maxunicode),) if _WRITTEN[name].isupper() else ()))
