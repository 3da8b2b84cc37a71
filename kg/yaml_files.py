"""YAML files: mappings that know their lines, parsed once for each content of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.program import program_version, runs_its_sources
from kg.remembered import hash_of, keep, recall

_SHAPE = "all keys of a row begin in one column, all rows of a list with - in one column; what has : # ' or brackets in it stands in double quotes"
_FULL = re.compile(r"^\s*(?:- )?(?:\{\s*)?(\w+)\s*：|[\[{,]\s*(\w+)：")  # a key before a full-width colon
_QUOTES = re.compile(r"[:\[,]\s+[“”‘’]")  # full-width quotation marks in which a value stands
_Place = tuple[Any, ...]  # keys and indexes that lead to a value


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file, each mapping inside with its line; KgError if it cannot be read as one."""
    content = path.read_bytes()
    key = hash_of(program_version(), content)
    known: tuple[dict[str, Any], list[tuple[_Place, str]]] | None = recall("yaml", key)
    if known is not None:
        data, days = known
    else:
        try:
            data = parse_yaml(content, path)
            # Days are no plain values: they are kept beside the rest, as text.
            days = [(place, day.isoformat()) for place, day in _days(data, ())]
        except RecursionError as error:
            raise KgError("is nested too deeply, or holds itself", file=path) from error
        for place, text in days:
            _put(data, place, text)
        if runs_its_sources():
            keep("yaml", key, (data, days))
    for place, text in days:
        _put(data, place, date.fromisoformat(text))
    return data


def _slip(lines: list[str], first: int, last: int) -> tuple[int, str] | None:
    """Line and mending of a slip that keyboards make, in the lines `first` to `last`, the last first; None if none is seen."""
    for number in range(min(last, len(lines)), min(first, last) - 1, -1):
        line = lines[number - 1]
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return number, "indent with blanks, not with a tab"
        if found := _FULL.search(line):
            return number, f"the colon behind {found[1] or found[2]} is a full-width one: write : and a blank"
        if _QUOTES.search(line):
            return number, 'the quotation marks are full-width ones: write "…"'
    return None


def items_of(mapping: Mapping[str, Any] | None) -> list[tuple[str, Any]]:
    """What a mapping of a file says, without its line; nothing of one that is not there."""
    return [(key, value) for key, value in (mapping or {}).items() if key != "__line__"]


def _days(value: Any, place: _Place) -> Iterator[tuple[_Place, date]]:
    if type(value) is date:
        yield place, value
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _days(item, (*place, key))


def _put(data: Any, place: _Place, value: Any) -> None:
    for key in place[:-1]:
        data = data[key]
    data[place[-1]] = value


def parse_yaml(content: bytes, path: Path) -> dict[str, Any]:
    """`read_yaml` of the bytes of the file `path`."""
    import yaml

    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc, valid-type]
        def construct_object(self, node: Any, deep: bool = False) -> Any:
            try:
                return super().construct_object(node, deep=deep)
            except ValueError as error:  # a day that never was: 2021-02-30
                line = node.start_mark.line + 1
                hint = "put it in quotes if it is a word"
                raise KgError(f"{str(node.value)[:40]!r} cannot be read: {error}", file=path, line=line, hint=hint) from error

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[str, Any]:
            seen: set[str] = set()
            for key, _ in node.value:
                if not isinstance(key.value, str):
                    raise KgError("a key must be a word, not a list or a mapping", file=path, line=key.start_mark.line + 1)
                if key.value in seen:
                    raise KgError(f"the key {key.value!r} stands twice", file=path, line=key.start_mark.line + 1)
                seen.add(key.value)
            mapping: dict[str, Any] = super().construct_mapping(node, deep=deep)
            mapping["__line__"] = node.start_mark.line + 1
            return mapping

    try:
        data = yaml.load(content.decode("utf-8"), Loader)
    except yaml.YAMLError as error:
        mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else None
        slip = _slip(content.decode("utf-8", "replace").splitlines(), context.line + 1 if context else line or 1, line or 1)
        place, hint = slip or (line, _SHAPE)
        raise KgError(f"is not valid YAML: {getattr(error, 'problem', error)}", file=path, line=place, hint=hint) from error
    except UnicodeDecodeError as error:
        raise KgError("is not UTF-8", file=path, hint="save it as UTF-8") from error
    if data is None:
        return {"__line__": 1}
    if not isinstance(data, dict):
        raise KgError("must be a mapping at its top", file=path, line=1, hint=f"its first line is a key and a colon, as {path.stem if path.stem == 'corrections' else 'rules'}:, and what belongs to it stands below")
    return data
