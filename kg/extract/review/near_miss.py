"""How far a pattern got that matched nowhere: the elements that matched, and the one that stopped it. For tracing alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.expressions import Expressions
from kg.extract.knowledge.pattern import PatternError, compile_piece
from kg.extract.knowledge.symbols import Symbols

_CONDITION = r"(?:&!?(?:[@%#][A-Za-z_]*|'[^']+'))*"
_TOKEN = re.compile(
    rf"\s*(?:(?P<open>[a-z_]+:\(|\()|(?P<look><!?\(|>!?\()|(?P<close>\))|(?P<or>\|)|(?P<repeat>[?*+]\??|\{{\d+(?:,\d+)?\}}\??)"
    rf"|(?P<atom>\$[a-z_][a-z_0-9]*{_CONDITION}|!?(?:[@%#][A-Za-z_]*|'[^']+'|\.){_CONDITION})|(?P<edge>[\^$]))"
)
_PART = re.compile(r"\(\?P<[a-z_]+>")


@dataclass(frozen=True)
class Element:
    """A piece of a pattern as it is written, and what it compiles to."""

    source: str
    regex: str
    size: int  # tokens that must be there, a piece that is repeated counted once; 0 for what may be absent or only stands before or after
    branches: tuple[tuple[Element, ...], ...] = ()  # of a group, what it may be


class Progress(NamedTuple):
    """How far a pattern got: tokens `first`:`last` of the row matched, then came no `wanted`."""

    first: int
    last: int
    done: int  # elements that matched, of `size`
    size: int
    wanted: str

    @property
    def share(self) -> float:
        """How much of the pattern matched, from 0 to 1."""
        return self.done / self.size


@lru_cache(maxsize=1)
def beginnings() -> Expressions:
    """The beginnings of patterns, which only tracing needs, kept by themselves: who writes a rule traces the same text again."""
    return Expressions("beginnings")


def elements(source: str, symbols: Symbols, macros: Mapping[str, str]) -> tuple[tuple[Element, ...], ...]:
    """The elements of a pattern that compiles, for each of its alternatives."""
    return _Elements(source.strip(), symbols, macros).branches()


class _Elements:
    """A pattern being read, by recursive descent."""

    def __init__(self, source: str, symbols: Symbols, macros: Mapping[str, str]) -> None:
        self._source, self._symbols, self._macros = source, symbols, macros
        self._tokens: list[tuple[str, int, int]] = []
        self._place = at = 0
        while at < len(source):
            found = _TOKEN.match(source, at)
            if found is None:
                raise PatternError(f"cannot read {source[at : at + 20]!r}")
            kind = found.lastgroup or ""
            self._tokens.append((kind, *found.span(kind)))
            at = found.end()

    def _peek(self) -> str:
        return self._tokens[self._place][0] if self._place < len(self._tokens) else ""

    def _take(self) -> tuple[str, int, int]:
        self._place += 1
        return self._tokens[self._place - 1]

    def branches(self) -> tuple[tuple[Element, ...], ...]:
        found = [self._sequence()]
        while self._peek() == "or":
            self._take()
            found.append(self._sequence())
        return tuple(found)

    def _sequence(self) -> tuple[Element, ...]:
        found = []
        while self._peek() not in ("", "or", "close"):
            found.append(self._element())
        return tuple(found)

    def _element(self) -> Element:
        kind, start, end = self._take()
        inner: tuple[tuple[Element, ...], ...] = ()
        if kind in ("open", "look"):
            inner = self.branches()
            end = self._take()[2]
        if repeated := self._peek() == "repeat":
            end = self._take()[2]
        written = self._source[start:end]
        regex, empty = compile_piece(written, self._symbols, self._macros)
        whole = inner if kind == "open" and not repeated else ()
        size = 0 if empty else max((sum(e.size for e in branch) for branch in whole), default=1)
        return Element(written, f"(?:{regex})", size, whole)


def furthest(alternatives: Sequence[Sequence[Element]], symbols: str) -> Progress | None:
    """How far a pattern that does not match comes on the symbols of a sentence; None if nothing that must be there does."""
    found = [_along(branch, "", symbols) for branch in alternatives]
    return max((one for one in found if one is not None and one.done), key=lambda one: (one.share, one.done), default=None)


def _along(sequence: Sequence[Element], before: str, symbols: str) -> Progress | None:
    """How far the elements come behind what matches `before`."""
    least, most = 0, len(sequence)  # so many elements match; a pattern that matches so far matches all that is shorter
    while least < most:
        middle = (least + most + 1) // 2
        if _longest(before, sequence[:middle], symbols) is not None:
            least = middle
        else:
            most = middle - 1
    span = _longest(before, sequence[:least], symbols)
    if span is None or least == len(sequence):
        return None
    stopped, size = sequence[least], sum(element.size for element in sequence)
    done = sum(element.size for element in sequence[:least])
    inner = [_along(branch, before + _joined(sequence[:least]), symbols) for branch in stopped.branches]
    best = max((one for one in inner if one is not None and one.done), key=lambda one: one.done, default=None)
    if best is not None:
        return Progress(best.first, best.last, done + best.done, size, best.wanted)
    return Progress(*span, done, size, stopped.source)


def _joined(sequence: Sequence[Element]) -> str:
    return "".join(element.regex for element in sequence)


def _longest(before: str, sequence: Sequence[Element], symbols: str) -> tuple[int, int] | None:
    """The place where these elements match that reaches furthest."""
    # The names of parts are of no use here, and a part may be tried in several ways.
    pattern = beginnings().compile(_PART.sub("(?:", before + _joined(sequence)))
    best: tuple[int, int] | None = None
    at = 0
    while match := pattern.search(symbols, at):
        if best is None or match.end() > best[1]:
            best = match.span()
        at = match.start() + 1
        if at > len(symbols):
            break
    return best
