"""The files behind the gazetteer: tables of places and what `areas.yaml` says about single names.

Lines of a table stay text until somebody asks for their place: of 45,000 a document needs a few dozen, and the
program starts often.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import KgError
from kg.yaml_files import items_of, read_yaml

LEVELS = (
    "country", "world", "region", "province", "city", "county", "zone", "water", "relief", "street", "town",
)  # fmt: skip
CHINA = "CHN"  # the code of the country
RANKS = ("country", "province", "city", "county", "street")  # levels of government, the highest first
NATURAL = ("water", "relief")  # levels of places that nobody governs
TOWNS = ("world", "town")  # levels of what lies in countries abroad
NO_SURFACE = "-"  # in the column `forms`: the row keeps its code but its name is not looked for
_COLUMNS = ("code", "name", "level", "forms", "parent", "members", "from", "until", "successors")
_KNOWN_LEVELS = frozenset(LEVELS)


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
    """Characters beside a hit that make it something else: 大理 before 石, 商务部 before 门."""

    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    but: tuple[str, ...] = ()  # what may stand after it all the same: 部分 behind 东北, before 部
    word: bool = False  # no Latin letter or digit stands beside it

    def blocks(self, before: str, after: str) -> bool:
        """Whether a hit between these (folded) stretches of text is something else."""
        if before.endswith(self.not_before) or (after.startswith(self.not_after) and not after.startswith(self.but)):
            return True
        return self.word and (_is_latin(before[-1:]) or _is_latin(after[:1]))


class Frame(NamedTuple):
    """What stands before and behind a name that can be nothing but a place there: 在…举行, 来自…的."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    def holds(self, before: str, after: str) -> bool:
        return before.endswith(self.before) and after.startswith(self.after)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


@dataclass
class Notes:
    """What the `areas.yaml` files of all folders say together."""

    in_context: set[str] = field(default_factory=set)
    never: set[str] = field(default_factory=set)
    left_open: set[str] = field(default_factory=set)
    guards: dict[str, Guard] = field(default_factory=dict)
    plain: list[Frame] = field(default_factory=list)
    preferred: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)
    state_letters: dict[str, str] = field(default_factory=dict)


def division(line: str) -> Division:
    """The place that one line of a table describes; the line has been checked by `surfaces`."""
    found = line.split("\t")
    found += [""] * (len(_COLUMNS) - len(found))
    code, name, level, forms, parent, members, since, until, successors = found
    several = tuple(form for form in forms.split("|") if form and form != NO_SURFACE)
    return Division(code, name, level, parent, several, _several(members), since, until, _several(successors))


def read_lines(paths: Sequence[Path], contents: Sequence[bytes]) -> dict[str, str]:
    """Code → line of all tables (files and what is in them), a later line replacing an earlier one of the same code; KgError for a wrong header."""
    lines: dict[str, str] = {}
    for path, content in zip(paths, contents, strict=True):
        rows = _text(content, path).split("\n")
        header = tuple(rows[0].split("\t"))
        if len(header) < 3 or header != _COLUMNS[: len(header)]:
            wanted = f"must begin with the columns {' '.join(_COLUMNS)} (from the fourth on optional)"
            raise KgError(wanted, file=path, line=1)
        for row in rows[1:]:
            if row:
                lines[row.partition("\t")[0]] = row
    return lines


def refuse_unknown_codes(lines: Mapping[str, str], paths: Sequence[Path]) -> None:
    """KgError for the first row of `paths` whose parent, members or successors are codes of no table."""
    for path in paths:
        for number, row in enumerate(_text(path.read_bytes(), path).split("\n")[1:], 2):
            place = division(row) if row.count("\t") > 1 else None
            if place is None:
                continue
            for column, codes in (("parent", (place.parent,) if place.parent else ()), ("members", place.members), ("successors", place.successors)):
                if unknown := next((code for code in codes if code not in lines), None):
                    hint = "write the code as the table of divisions has it, six digits (310000 for Shanghai), or add its row"
                    raise KgError(f"the {column} of {place.name} is {unknown}, a code that no table has", file=path, line=number, hint=hint)


def surfaces(lines: Mapping[str, str], notes: Notes, paths: Sequence[Path]) -> dict[str, str]:
    """Each name and other form → the codes that bear it, separated by a space; KgError for a line of a wrong shape."""
    codes: dict[str, str] = {}
    never, aliases, levels = notes.never, notes.aliases, _KNOWN_LEVELS
    for code, line in lines.items():
        cells = line.split("\t", 4)
        try:
            name, level = cells[1], cells[2]
        except IndexError:
            raise _misshapen(line, paths) from None
        if level not in levels or len(name) < 2 or not code:
            raise _misshapen(line, paths)
        forms = cells[3] if len(cells) > 3 else ""
        if forms == NO_SURFACE:
            continue
        if name not in codes:
            if name not in never:
                codes[name] = code
        else:
            codes[name] += " " + code
        if forms or code in aliases:
            for form in dict.fromkeys((*forms.split("|"), *aliases.get(code, ()))):
                if form and form != name and form not in never:
                    codes[form] = f"{codes[form]} {code}" if form in codes else code
    return codes


def _misshapen(line: str, paths: Sequence[Path]) -> KgError:
    # Only now, when something is wrong, is it worth finding out where the line stands.
    message = f"needs a code, a name of two characters or more and one of the levels {' '.join(LEVELS)}"
    for path in reversed(paths):
        rows = _text(path.read_bytes(), path).split("\n")
        if line in rows:
            return KgError(message, file=path, line=rows.index(line) + 1, hint="" if "\t" in line else "part the cells with tabs, not with blanks or commas")
    return KgError(message)


def _text(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise KgError("is not UTF-8", file=path, hint="save it as UTF-8") from error


def _several(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def read_notes(paths: Sequence[Path]) -> Notes:
    """What the files say, later ones adding to earlier ones; KgError with file and line for an entry of a wrong shape."""
    notes = Notes()
    for path in paths:
        data = read_yaml(path)
        for entry in data.get("uses") or ():
            if not isinstance(entry, dict) or entry.get("use") not in ("never", "context"):
                line = entry.get("__line__") if isinstance(entry, dict) else None
                raise KgError("an entry of uses needs use: never or context, and surfaces", file=path, line=line)
            (notes.never if entry["use"] == "never" else notes.in_context).update(entry.get("surfaces") or ())
        notes.left_open.update(data.get("open") or ())
        for surface, guard in _entries(data, "guards", path):
            not_before, not_after, but = (tuple(guard.get(key) or ()) for key in ("not_before", "not_after", "but"))
            notes.guards[surface] = Guard(not_before, not_after, but)
        for frame in data.get("plain") or ():
            if not isinstance(frame, dict) or not all(isinstance(frame.get(key), list) for key in Frame._fields):
                raise KgError("an entry of plain needs the lists before and after", file=path, line=frame.get("__line__") if isinstance(frame, dict) else None)
            notes.plain.append(Frame(tuple(frame["before"]), tuple(frame["after"])))
        notes.preferred.update(_entries(data, "prefer", path))
        notes.aliases.update((code, tuple(names)) for code, names in _entries(data, "aliases", path))
        notes.abbreviations.update(_entries(data, "abbreviations", path))
        notes.state_letters.update(_entries(data, "state_letters", path))
    return notes


def _entries(data: Mapping[str, Any], key: str, path: Path) -> list[tuple[str, Any]]:
    found = data.get(key) or {}
    if not isinstance(found, dict):
        raise KgError(f"{key} must be a mapping", file=path)
    wrong = [name for name in found if not isinstance(name, str)]
    if wrong:
        raise KgError(f"{key}: {wrong[0]!r} must be written in quotation marks", file=path, line=found["__line__"])
    return items_of(found)
