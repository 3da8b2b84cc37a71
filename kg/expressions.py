"""Regular expressions whose compiled form is kept from one start to the next.

Python compiles an expression in two steps: Python code makes a list of numbers of it, and C code checks the numbers and
makes the object that matches. The first step takes nearly all of the time: 0.2 s for what one short text needs, of which
the second takes 0.003 s. So the numbers are kept (`kg.remembered`) under the very Python that made them, and the checks
stay as they are. A Python that compiles in other ways compiles as it always does.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any

from kg.remembered import hash_of, keep, recall

_MOST = 32 * 2**20  # bytes of numbers that are kept, one ontology has 18 MB; above, only those of the expressions that this process used
_TRIED = "(?P<a>x+)|[y-z甲-癸]{2,3}?(?<!q)"  # compiled both ways before anything else is

NAMED = re.compile(r"\{([a-z_]+)\}")  # in an expression as a file writes it: a part that has a name

# Flags, numbers, number of groups, groups by name, names of groups: what the C code takes.
_Numbers = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]


class Expressions:
    """Expressions by their text. `save` keeps what had to be compiled, under `kind`."""

    def __init__(self, kind: str = "expressions") -> None:
        self._kind = kind
        self._c: Any = None
        try:
            self._c = import_module("_sre")
            self._key = hash_of(f"{self._c.MAGIC} {self._c.CODESIZE}")
            known = recall(kind, self._key)
        except (ImportError, AttributeError):
            self._key, known = "", None
        self._known: dict[str, _Numbers]
        self._told: dict[str, Any]  # what was read off expressions
        self._known, self._told = known if isinstance(known, tuple) else ({}, {})
        self._used: set[str] = set()
        self._new = False

    def compile(self, expression: str) -> re.Pattern[str]:
        """`re.compile(expression)`, with the same errors."""
        numbers = self._known.get(expression)
        if numbers is not None:
            try:
                pattern = self._made(expression, numbers)
            except (RuntimeError, TypeError, ValueError, OverflowError):  # what the C code says of wrong numbers
                del self._known[expression]
            else:
                self._used.add(expression)
                return pattern
        if not self._compiles_alike:
            return re.compile(expression)
        numbers = self._known[expression] = _numbers(expression)
        self._used.add(expression)
        self._new = True
        return self._made(expression, numbers)

    def told_of(self, expression: str, read: Callable[[str], Any]) -> Any:
        """What `read` reads off an expression, which takes long: plain values, kept as its numbers are."""
        told = self._told.get(expression)
        if told is None:
            told = self._told[expression] = read(expression)
            self._new = True
        return told

    def save(self) -> None:
        """Keep what was compiled or read for the first time."""
        if self._new and self._key:
            if sum(len(numbers[1]) for numbers in self._known.values()) > _MOST:
                self._known = {expression: self._known[expression] for expression in self._used}
                self._told = {expression: told for expression, told in self._told.items() if expression in self._used}
            keep(self._kind, self._key, (self._known, self._told))
        self._new = False

    @cached_property
    def _compiles_alike(self) -> bool:
        """Whether this Python makes the same of an expression in two steps as in one."""
        try:
            return self._made(_TRIED, _numbers(_TRIED)) == re.compile(_TRIED)
        except Exception:  # noqa: BLE001 - whatever another Python does there
            return False

    def _made(self, expression: str, numbers: _Numbers) -> re.Pattern[str]:
        flags, packed, groups, by_name, names = numbers
        code = array("I")
        code.frombytes(packed)
        pattern: re.Pattern[str] = self._c.compile(expression, flags, code.tolist(), groups, by_name, names)
        return pattern


@lru_cache(maxsize=1)
def expressions() -> Expressions:
    """Those of this process, as `re` has a cache for each process."""
    return Expressions()


def compiled(expression: str) -> re.Pattern[str]:
    """`re.compile(expression)`, sooner: for the long expressions that are made of an ontology's words."""
    return expressions().compile(expression)


def either(words: Iterable[str]) -> str:
    """An expression for one of `words`, the longest that fits; one that fits nothing if there are none."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))) or "(?!)"


def filled(written: str, part: Callable[[str], str]) -> str:
    """An expression with what `part` gives for each {name} in its place; with the errors of `part`.

    >>> filled("{about}.{1,9}", {"about": "关于|對於"}.__getitem__)
    '关于|對於.{1,9}'
    """
    return NAMED.sub(lambda found: part(found[1]), written)


def _numbers(expression: str) -> _Numbers:
    """What `re` hands to its C code, by the same calls."""
    parser: Any = import_module("re._parser")
    compiler: Any = import_module("re._compiler")
    parsed = parser.parse(expression, 0)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    code = array("I", compiler._code(parsed, 0))
    return int(state.flags), code.tobytes(), state.groups - 1, dict(state.groupdict), tuple(names)
