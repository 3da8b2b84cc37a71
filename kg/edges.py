"""With which characters what an expression finds may begin and end.

One look at a character then tells that most expressions cannot match there. What may be is read off the parsed expression
and is more rather than less than what can: an expression with nothing to go by may begin and end with anything.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from kg.expressions import expressions
from kg.linear import ANY, Chars, chars_of, first_of, merged

_Flat = tuple[int, ...]  # first and last code point of each stretch of characters, in order
_FLAGS = re.compile(r"\(\?[a-zA-Z-]*[im]")  # letters of either case, `$` at the end of any line: the parsed expression does not tell them


def may_begin(expression: str) -> Callable[[str], bool]:
    """Whether a match of `expression` at one place may begin with a character ("": with nothing behind the place)."""
    return partial(_may_be, _edges(expression)[0])


def may_end(expression: str) -> Callable[[str], bool]:
    """Whether a text that ends with a character may be one in which `expression` finds something: any, unless it holds at the end (`$`) alone."""
    return partial(_may_be, _edges(expression)[1])


def _may_be(stretches: _Flat, char: str) -> bool:
    if char in ("", "\n"):  # `$` stands before a last line break too
        return True
    at = bisect_right(stretches, ord(char))
    return at % 2 == 1 or stretches[at - 1 : at] == (ord(char),)


def _edges(expression: str) -> tuple[_Flat, _Flat]:
    told: tuple[_Flat, _Flat] = expressions().told_of(expression, _read)
    return told


def _read(expression: str) -> tuple[_Flat, _Flat]:
    if _FLAGS.search(expression):
        return _flat(ANY), _flat(ANY)
    items = list(parser.parse(expression))
    begin = first_of(items)
    end, empty = _last(items)
    return _flat(ANY if begin.empty else begin.first), _flat(ANY if empty or not _at_end(items) else end)


def _flat(chars: Chars) -> _Flat:
    return tuple(edge for stretch in merged(chars) for edge in stretch)


def _at_end(items: Sequence[Any]) -> bool:
    """Whether these match only where the text ends."""
    if not items:
        return False
    kind, value = items[-1]
    if kind is op.AT:
        return value in (op.AT_END, op.AT_END_STRING)
    if kind is op.SUBPATTERN:
        return _at_end(list(value[3]))
    if kind is op.BRANCH:
        return all(_at_end(list(branch)) for branch in value[1])
    return False


def _last(items: Sequence[Any]) -> tuple[Chars, bool]:
    """The characters that a match of these may end with, and whether it may be empty."""
    found: Chars = ()
    for item in reversed(items):
        chars, empty = _last_of(*item)
        found += chars
        if not empty:
            return found, False
    return found, True


def _last_of(kind: Any, value: Any) -> tuple[Chars, bool]:
    if kind in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
        return chars_of((kind, value)), False
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        chars, empty = _last(list(value[2]))
        return chars, empty or value[0] == 0
    if kind is op.ATOMIC_GROUP:
        return _last(list(value))
    if kind is op.SUBPATTERN:
        return _last(list(value[3]))
    if kind is op.BRANCH:
        parts = [_last(list(branch)) for branch in value[1]]
        return tuple(stretch for chars, _ in parts for stretch in chars), any(empty for _, empty in parts)
    if kind in (op.ASSERT, op.ASSERT_NOT, op.AT):
        return (), True
    return ANY, True  # a reference to a group
