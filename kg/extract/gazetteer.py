"""Places with codes: which names they have, which of several namesakes a text means, what lies in what.

The tables are `gazetteer/*.tsv` of the ontology folders, what is known about single names is `lexicon/areas.yaml`
(docs/gazetteer.md describes both). Names are kept folded, as `kg.text.fold` gives them; look-ups take folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from kg.errors import KgError
from kg.ontology import read_yaml

Use = Literal["name", "context"]

LEVELS = (
    "country", "world", "region", "province", "city", "county", "zone", "water", "relief", "street",
)  # fmt: skip
# Among namesakes the higher of these wins where nothing in the text speaks for one of them.
_RANK = {"country": 0, "province": 0, "city": 1}
_NO_SURFACE = "-"  # in the column `forms`: the row keeps its code but its name is not looked for
_STREET_ALONE = 4  # a street-level name that only one place has counts without context from this length on


class Division(NamedTuple):
    """One place of the tables. `since` and `until` are ISO days, "" where open; `successors` are codes."""

    code: str
    name: str
    level: str
    parent: str = ""
    forms: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guard:
    """Characters beside a hit that make it something else: 大理 before 石."""

    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gazetteer:
    """All places by code, and how their names count."""

    divisions: Mapping[str, Division]
    in_context: frozenset[str]  # short forms that count only where their place is otherwise spoken of
    never: frozenset[str]  # short forms that never count
    guards: Mapping[str, Guard]
    preferred: Mapping[str, str]  # surface → code meant where no context tells
    left_open: frozenset[str]  # surfaces that need a context even though one namesake ranks higher
    aliases: Mapping[str, tuple[str, ...]]  # code → further names
    abbreviations: Mapping[str, str]  # one character → code

    @classmethod
    def load(cls, folders: Path | Sequence[Path]) -> Gazetteer:
        """The tables of one or several ontology folders, later ones replacing codes of earlier ones.

        KgError with file and line for a table or `areas.yaml` that cannot be read.
        """
        divisions: dict[str, Division] = {}
        notes = _Notes()
        for folder in [folders] if isinstance(folders, Path) else folders:
            for path in sorted((folder / "gazetteer").glob("*.tsv")):
                divisions.update((row.code, row) for row in _read_table(path))
            if (areas := folder / "lexicon" / "areas.yaml").is_file():
                notes.read(areas)
        return cls(
            divisions=divisions,
            in_context=frozenset(notes.in_context - notes.never),
            never=frozenset(notes.never),
            guards=notes.guards,
            preferred=notes.preferred,
            left_open=frozenset(notes.left_open),
            aliases=notes.aliases,
            abbreviations=notes.abbreviations,
        )

    @cached_property
    def _names(self) -> dict[str, tuple[Division, ...]]:
        found: dict[str, list[Division]] = {}
        for division in self.divisions.values():
            if division.level == "street" and _NO_SURFACE in division.forms:
                continue
            surfaces = {division.name, *division.forms, *self.aliases.get(division.code, ())}
            for surface in surfaces if len(surfaces) == 1 else sorted(surfaces - self.never | {division.name}):
                found.setdefault(surface, []).append(division)
        return {surface: tuple(namesakes) for surface, namesakes in found.items()}

    def names(self) -> dict[str, tuple[Division, ...]]:
        """Every surface that can name a place, folded, with the places it can name in the order of the tables."""
        return self._names

    def get(self, code: str) -> Division | None:
        """The place with this code; codes may be given short (33 for 330000)."""
        return self.divisions.get(code) or self.divisions.get(code.ljust(6, "0") if code.isdigit() else code)

    def use(self, surface: str) -> Use | None:
        """How a surface counts: "name" wherever it stands, "context" only where `counts` finds support; None if unknown."""
        places = self._names.get(surface)
        if places is None:
            return None
        if surface in self.in_context or all(place.level == "street" for place in places):
            return "context"
        return "name"

    def counts(self, surface: str, before: str = "", after: str = "", context: Iterable[str] = ()) -> bool:
        """Whether a hit of `surface` is a place.

        `before` and `after` are the folded text around the hit (a dozen characters do), `context` the codes of places
        that the document certainly names. A surface that needs context has it if its own place, or one that lies
        directly above it, is in `context`, or if the name of one above it stands right before the hit.
        """
        use = self.use(surface)
        if use is None or self._blocked(surface, before, after):
            return False
        if use == "name":
            return True
        known = set(context)
        for place in self._names[surface]:
            chain = self.parents(place.code)
            above = {upper.code for upper in chain if upper.level != "country"}
            if place.level == "street":
                above -= {upper.code for upper in chain if upper.level == "province"}
            near = {place.code} if surface in self.in_context else {place.code, *above}
            if known & near or any(before.endswith((upper.name, *upper.forms)) for upper in chain if upper.forms):
                return True
            if any(before.endswith(upper.name) for upper in chain):
                return True
        places = self._names[surface]
        return len(places) == 1 and places[0].level == "street" and len(surface) >= _STREET_ALONE

    def _blocked(self, surface: str, before: str, after: str) -> bool:
        guard = self.guards.get(surface)
        return guard is not None and (before.endswith(guard.not_before) or after.startswith(guard.not_after))

    def resolve(self, surface: str, context: Iterable[str] = ()) -> Division | None:
        """The one place that `surface` means, or None where that is unknown or doubtful.

        `context` holds codes of places, the most telling first: the name right before, those of the sentence, the
        document's main area. A province's short name is always the province (海南 is not 海南州).
        """
        places = self._names.get(surface, ())
        provinces = [place for place in places if place.level in ("province", "country")]
        if len(provinces) == 1:
            return provinces[0]
        if not places:
            return None
        order = list(dict.fromkeys(context))
        left = self._narrowed(places, order)
        if len(left) == 1 and (len(places) > 1 or left[0].level != "street"):
            return left[0] if left[0].level != "street" or self._near(left[0], order) else None
        if len(places) == 1:
            return places[0] if self._near(places[0], order) or len(surface) >= _STREET_ALONE else None
        if (code := self.preferred.get(surface)) and any(place.code == code for place in left):
            return self.divisions[code]
        if surface in self.left_open:
            return None
        ranked = sorted(left, key=lambda place: _RANK.get(place.level, 9))
        first, second = (_RANK.get(place.level, 9) for place in ranked[:2])
        return ranked[0] if first < second else None

    def _narrowed(self, places: Sequence[Division], context: Sequence[str]) -> Sequence[Division]:
        """Of namesakes those that fit the context: by containment first, then by a shared city, then a shared province."""
        for related in (self._contained, self._shares("city"), self._shares("province")):
            for code in context:
                fitting = [place for place in places if related(place.code, code)]
                if fitting:
                    places = fitting
                if len(places) == 1:
                    return places
        return places

    def _contained(self, one: str, other: str) -> bool:
        return self.contains(one, other) or (self.contains(other, one) and not self._too_wide(other))

    def _too_wide(self, code: str) -> bool:
        place = self.get(code)
        return place is None or place.level in ("country", "world")

    def _shares(self, level: str):  # type: ignore[no-untyped-def]
        def related(one: str, other: str) -> bool:
            uppers = {place.code for place in self.parents(one) if place.level == level}
            return any(place.code in uppers for place in self.parents(other))

        return related

    def _near(self, place: Division, context: Iterable[str]) -> bool:
        """Whether the context names the place itself, or for a street-level place its county or city."""
        if place.level != "street":
            return True
        uppers = {upper.code for upper in self.parents(place.code) if upper.level in ("city", "county")}
        return any(code == place.code or code in uppers or self._same_county(place, code) for code in context)

    def _same_county(self, place: Division, code: str) -> bool:
        return place.parent != "" and any(upper.code == place.parent for upper in self.parents(code))

    def parents(self, code: str) -> tuple[Division, ...]:
        """What the place lies in, nearest first; () for an unknown code."""
        return tuple(self._upwards(code))

    def _upwards(self, code: str) -> Iterator[Division]:
        place, seen = self.get(code), {code}
        while place is not None:
            upper = _above(place, self.divisions)
            if not upper or upper in seen:
                return
            seen.add(upper)
            place = self.divisions.get(upper)
            if place is not None:
                yield place

    def contains(self, outer: str, inner: str) -> bool:
        """Whether `inner` lies in `outer` or is it; a region contains its members and all in them."""
        place = self.get(outer)
        if place is None:
            return False
        chain = [code for code in (inner, *(upper.code for upper in self.parents(inner)))]
        return place.code in chain or any(member in chain for member in place.members)

    def same_place(self, one: str, other: str) -> bool:
        """Whether two codes are one place: equal once written in full (33 and 330000)."""
        left, right = self.get(one), self.get(other)
        return left.code == right.code if left is not None and right is not None else one == other


_NATIONAL = re.compile(r"\d+$")


def _above(place: Division, divisions: Mapping[str, Division]) -> str:
    """The code of what a place lies in; for Chinese divisions without a stated parent it follows from the code."""
    if place.parent or not _NATIONAL.match(place.code):
        return place.parent
    code = place.code
    uppers = [code[:6], code[:4] + "00", code[:2] + "0000"] if len(code) > 6 else [code[:4] + "00", code[:2] + "0000"]
    for upper in uppers:
        if upper != code and upper in divisions:
            return upper
    return "CHN" if code.endswith("0000") else ""


def _read_table(path: Path) -> Iterator[Division]:
    """The rows of one table: tab-separated, a header that names the columns, lists joined by '|'."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise KgError("is not UTF-8", file=path, hint="save it as UTF-8") from error
    known = ("code", "name", "level", "forms", "parent", "members", "from", "until", "successors")
    header = tuple(lines[0].split("\t")) if lines else ()
    if header[:3] != known[:3] or header != known[: len(header)]:
        raise KgError(f"must begin with the columns {' '.join(known)} (from the fourth on optional)", file=path, line=1)
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        field = line.split("\t")
        if not 3 <= len(field) <= len(header) or not field[0] or len(field[1]) < 2 or field[2] not in LEVELS:
            raise KgError(f"needs a code, a name and one of the levels {' '.join(LEVELS)}", file=path, line=number)
        if len(field) == 3:
            yield Division(field[0], field[1], field[2])
            continue
        field += [""] * (len(known) - len(field))
        yield Division(
            field[0], field[1], field[2], field[4], _several(field[3]), _several(field[5]), field[6], field[7],
            _several(field[8]),
        )  # fmt: skip


def _several(field: str) -> tuple[str, ...]:
    return tuple(field.split("|")) if field else ()


class _Notes:
    """What the areas.yaml files of all folders say together."""

    def __init__(self) -> None:
        self.in_context: set[str] = set()
        self.never: set[str] = set()
        self.left_open: set[str] = set()
        self.guards: dict[str, Guard] = {}
        self.preferred: dict[str, str] = {}
        self.aliases: dict[str, tuple[str, ...]] = {}
        self.abbreviations: dict[str, str] = {}

    def read(self, path: Path) -> None:
        data = read_yaml(path)
        for entry in data.get("uses", ()):
            if entry.get("use") not in ("never", "context"):
                raise KgError("use must be never or context", file=path, line=entry.get("__line__"))
            (self.never if entry["use"] == "never" else self.in_context).update(entry.get("surfaces", ()))
        self.left_open.update(data.get("open", ()))
        for surface, guard in _entries(data.get("guards", {})):
            self.guards[surface] = Guard(tuple(guard.get("not_before", ())), tuple(guard.get("not_after", ())))
        self.preferred.update(_entries(data.get("prefer", {})))
        self.aliases.update((code, tuple(names)) for code, names in _entries(data.get("aliases", {})))
        self.abbreviations.update(_entries(data.get("abbreviations", {})))


def _entries(mapping: Mapping[str, object]) -> Iterator[tuple[str, object]]:  # type: ignore[type-arg]
    return ((key, value) for key, value in mapping.items() if key != "__line__")
