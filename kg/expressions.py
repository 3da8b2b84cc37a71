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
from contextlib import suppress
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any

from kg.remembered import Pieces, hash_of, keep_pieces, piece, recall_pieces

_MOST = 32 * 2**20  # bytes of numbers that are kept on, one ontology has 18 MB; above, only those of the expressions that this process used
_TRIED = "(?P<a>x+)|[y-z甲-癸]{2,3}?(?<!q)"  # compiled both ways before anything else is

NAMED = re.compile(r"\{([a-z_]+)\}")  # in an expression as a file writes it: a part that has a name

# Flags, numbers, number of groups, groups by name, names of groups: what the C code takes.
_Numbers = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]


class Expressions:
    """Expressions by their text. `save` keeps what had to be compiled, under `kind`."""

    def __init__(self, kind: str = "expressions") -> None:
        self._kind = kind
        self._c: Any = None
        self._key = ""
        self._kept: Pieces | None = None
        with suppress(ImportError, AttributeError):
            self._c = import_module("_sre")
            self._key = hash_of(f"pieces {self._c.MAGIC} {self._c.CODESIZE}")
            self._kept = recall_pieces(kind, self._key)
        self._used: dict[str, list[Any]] = {}  # numbers of each, and what was read off it
        self._new = False

    def compile(self, expression: str) -> re.Pattern[str]:
        """`re.compile(expression)`, with the same errors."""
        known = self._known(expression)
        if known[0] is not None:
            with suppress(RuntimeError, TypeError, ValueError, OverflowError):  # what the C code says of wrong numbers
                return self._made(expression, known[0])
        if not self._compiles_alike:
            return re.compile(expression)
        known[0] = _numbers(expression)
        self._new = True
        return self._made(expression, known[0])

    def told_of(self, expression: str, read: Callable[[str], Any]) -> Any:
        """What `read` reads off an expression, which takes long: plain values, kept as its numbers are."""
        known = self._known(expression)
        if known[1] is None:
            known[1] = read(expression)
            self._new = True
        return known[1]

    def _known(self, expression: str) -> list[Any]:
        known = self._used.get(expression)
        if known is None:
            kept = self._kept.get(expression) if self._kept is not None else None
            known = [*kept] if isinstance(kept, tuple) and len(kept) == 2 else [None, None]
            self._used[expression] = known
        return known

    def save(self) -> None:
        """Keep what was compiled or read for the first time."""
        if self._new and self._key:
            pieces = dict(piece(expression, tuple(known)) for expression, known in self._used.items())
            kept = self._kept.taken() if self._kept is not None else {}
            if sum(map(len, kept.values())) <= _MOST:
                pieces = kept | pieces
            keep_pieces(self._kind, self._key, pieces)
            self._kept = recall_pieces(self._kind, self._key)
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
    escaped = sorted(word if word.isalnum() else re.escape(word) for word in words)  # letters need none, and are looked at thirty times as fast
    return "|".join(sorted(escaped, key=len, reverse=True)) or "(?!)"


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
