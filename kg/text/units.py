"""Units and classifiers: the table `lexicon/units.yaml`, read once and asked by surface."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.expressions import either
from kg.ontology import Ontology
from kg.yaml_files import items_of

CLASSES = frozenset({"percent", "points", "times", "money", "measure", "time", "age", "count", "grade", "medal", "index"})
_MEASURING = frozenset({"percent", "times", "money", "measure", "time", "age"})  # of CLASSES
_TWIN = 2  # characters of a classifier
_KEYS = frozenset({"written", "class", "unit", "iri", "__line__"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One surface of a unit. `stored` is "" where an observation keeps the unit as the text writes it."""

    written: str
    kind: str  # one of CLASSES
    stored: str
    iri: str  # "unit:KiloM", or "" for a classifier without a QUDT unit


@dataclass(frozen=True, slots=True)
class Bounds:
    """Words beside a number that bound it, each with its sign: one of = > < ~."""

    before: dict[str, str]
    behind: dict[str, str]
    other_words: tuple[str, ...]  # that end like those before a number


@dataclass(frozen=True)
class UnitTable:
    """All units by what texts write."""

    by_surface: dict[str, Unit]
    guards: dict[str, str]  # surface → characters that may not follow it
    bounds: Bounds
    before_yuan: tuple[str, ...]  # surfaces of money that may stand before an amount in 元 and tell whose it is

    @cached_property
    def pattern(self) -> str:
        """A regular expression for any surface, the longest first."""
        words = sorted(self.by_surface, key=lambda word: (-len(word), word))
        behind = either(self.bounds.behind)  # 突破80万人大关
        return "|".join(
            re.escape(word) + (f"(?:(?={behind})|(?![{self.guards[word]}]))" if word in self.guards else "") for word in words
        )

    @property
    def measures(self) -> frozenset[str]:
        """The units that measure and do not count, as they are stored."""
        return frozenset(unit.stored or unit.written for unit in self.by_surface.values() if unit.kind in _MEASURING)

    @cached_property
    def twins(self) -> str:
        """A regular expression for a classifier that stands with another in brackets or behind a stroke: 套（间）, 件/套."""
        words = (word for word, unit in self.by_surface.items() if unit.kind == "count" and len(word) <= _TWIN and "/" not in word)
        return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def read_units(ontology: Ontology) -> UnitTable:
    """The table of all lexicon files of an ontology; KgError with file and line for a faulty row."""
    return unit_table([(file.path, file.data) for file in ontology.yaml("lexicon") if {"units", "bounds"} & file.data.keys()])


def unit_table(files: list[tuple[Path, dict[str, Any]]]) -> UnitTable:
    """The table of all `units:` lists in parsed YAML files; a later surface replaces an earlier one."""
    table: dict[str, Unit] = {}
    guards: dict[str, str] = {}
    before_yuan: list[str] = []
    bounds = Bounds({}, {}, ())
    for path, data in files:
        guards |= dict(items_of(data.get("guards")))
        before_yuan += data.get("before_yuan") or ()
        bounds = _with_more(bounds, data.get("bounds") or {}, path)
        for row in data.get("units", ()):
            line = row.get("__line__") if isinstance(row, dict) else None
            if not isinstance(row, dict) or set(row) - _KEYS or not row.get("written"):
                raise KgError("a unit needs `written` and `class`, and knows unit and iri", file=path, line=line)
            if row.get("class") not in CLASSES:
                raise KgError(
                    f"unknown class of unit {row.get('class')!r}", file=path, line=line, hint=", ".join(CLASSES)
                )
            for word in row["written"]:
                table[word] = Unit(word, row["class"], str(row.get("unit", "")), row.get("iri", ""))
    return UnitTable(table, guards, bounds, tuple(before_yuan))


def _with_more(bounds: Bounds, given: Mapping[str, Any], path: Path) -> Bounds:
    for place in ("before", "behind"):
        if unknown := dict(items_of(given.get(place))).keys() - set("=><~"):
            raise KgError(f"a bound has one of the signs = > < ~, not {', '.join(sorted(unknown))}", file=path, line=given[place]["__line__"])
    before, behind = ({word: sign for sign, words in items_of(given.get(place)) for word in words} for place in ("before", "behind"))
    return Bounds(bounds.before | before, bounds.behind | behind, (*bounds.other_words, *(given.get("not") or ())))
