"""Which names of lines are one: 贵南高铁 and 贵阳至南宁高速铁路, 兰张铁路兰武段 and 兰张铁路兰州至武威段."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.errors import KgError
from kg.expressions import compiled, either
from kg.ontology import Ontology
from kg.yaml_files import items_of


class SameRoutes:
    """Finds the fuller names of lines and stretches, by `routes:` of `lexicon/identity.yaml`."""

    def __init__(self, ontology: Ontology) -> None:
        self._kinds: dict[str, str] = {}  # what a line is called → its kind
        self._to = self._stretch = "\0"  # in no name, where no table gives one
        for file in ontology.yaml("lexicon"):
            given = file.data.get("routes") or {}
            self._kinds |= {str(name): kind for kind, names in items_of(given.get("lines")) for name in names}
            self._to, self._stretch = str(given.get("to", self._to)), str(given.get("stretch", self._stretch))
            if given and (len(self._to) != 1 or len(self._stretch) != 1):
                raise KgError("routes: `to` and `stretch` are one character each", file=file.path, line=given.get("__line__"))
        line, to, stretch = f"({either(self._kinds)})", re.escape(self._to), re.escape(self._stretch)
        self._route = compiled(f"([^{to}]++){to}(.+?){line}(?:([^{stretch}]++){stretch})?")
        self._short = compiled(f"(.)(.){line}(?:([^{stretch}]++){stretch})?")
        self._part = compiled(f"(.+?{line})(?:(.)(.)|([^{to}]++){to}([^{stretch}]++)){stretch}")

    def lines(self, named: Sequence[tuple[str, str]]) -> list[str | None]:
        """For each name, as key and without what it may leave off, the key by both its ends that means the same line."""
        routes: dict[str, list[tuple[re.Match[str], str]]] = {}  # by each character of where they begin
        for key in dict.fromkeys(key for key, _ in named):
            if self._to in key and (match := self._route.fullmatch(key)):
                for letter in dict.fromkeys(match[1]):
                    routes.setdefault(letter, []).append((match, key))
        return [self._line(routes, key, own) if routes else None for key, own in named]

    def _line(self, routes: dict[str, list[tuple[re.Match[str], str]]], key: str, own: str) -> str | None:
        if self._to in key or not (short := self._short.fullmatch(key) or self._short.fullmatch(own)):
            return None
        fitting = {
            full
            for match, full in routes.get(short[1], ())
            if short[2] in match[2] and self._kinds[short[3]] == self._kinds[match[3]] and self._same_stretch(short[4], match[4])
        }
        return fitting.pop() if len(fitting) == 1 else None

    def _same_stretch(self, short: str | None, full: str | None) -> bool:
        """Whether 朔神 and 山西朔城至神池 are the same stretch of a line; both may be none."""
        if short is None or full is None or short == full:
            return short == full
        begin, to, end = full.partition(self._to)
        return len(short) == 2 and bool(to) and short[0] in begin and short[1] in end

    def stretches(self, keys: Sequence[str]) -> list[str | None]:
        """For each key of a stretch by a character of each end, the key by both its ends that means the same stretch."""
        found = [self._part.fullmatch(key) if key.endswith(self._stretch) else None for key in keys]
        full: dict[tuple[str, str], list[re.Match[str]]] = {}  # by the line and each character of where they begin
        for match in filter(None, found):
            for letter in dict.fromkeys(match[5] or ""):
                full.setdefault((match[1], letter), []).append(match)
        fuller: list[str | None] = []
        for part in found:
            same = full.get((part[1], part[3]), ()) if part is not None and part[3] is not None else ()
            fitting = {other[0] for other in same if part is not None and part[4] in other[6]}
            fuller.append(fitting.pop() if len(fitting) == 1 else None)
        return fuller
