"""Rows of rule files of any kind: read with file and line for every fault, each with its examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import KgError
from kg.ontology import YamlFile

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Example:
    """A text and what a rule yields in it, as `subject predicate object` or a name; with the day of its document."""

    text: str
    yields: tuple[str, ...]  # empty for a near miss
    date: str | None = None
    line: int = 0  # where it stands, if it is a mapping


def read_entries(file: YamlFile, key: str, what: str, read: Callable[[Any, tuple[Path, int]], Entry]) -> Iterator[Entry]:
    """What `read` makes of each row under `key` and its place; its ValueError or TypeError becomes a KgError that names `what`, file and line."""
    for row in file.rules(key):
        named: Mapping[str, Any] = row if isinstance(row, dict) else {}
        line = named.get("__line__", 1)
        try:
            yield read(row, (file.path, line))
        except (ValueError, TypeError) as error:
            raise KgError(f"{what} {named.get('id', '?')}: {error}", file=file.path, line=line) from error


def refuse_unknown(entry: Mapping[str, Any], keys: AbstractSet[str]) -> None:
    """ValueError for keys of an entry that nothing reads."""
    if unknown := sorted(map(str, set(entry) - keys)):
        raise ValueError(f"unknown key {', '.join(unknown)} (known: {', '.join(sorted(keys - {'__line__'}))})")


def read_both(entry: Mapping[str, Any]) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """The examples and the near misses of a rule; ValueError if it lacks either, or one of them is faulty."""
    examples, rejects = _read_examples(entry, "examples"), _read_examples(entry, "rejects")
    if not examples or not rejects:
        raise ValueError("needs at least one of examples and one of rejects (a near miss)")
    return examples, rejects


def _read_examples(entry: Mapping[str, Any], key: str) -> tuple[Example, ...]:
    """The texts under `examples` or `rejects` of a rule; ValueError says what is wrong with one."""
    found = []
    rows = entry.get(key) or ()
    for given in [rows] if isinstance(rows, str) and key == "examples" else rows:
        if isinstance(given, str) and key == "rejects":
            found.append(Example(given, ()))
        elif isinstance(given, dict) and "text" in given and not set(given) - {"text", "yields", "date", "__line__"}:
            yields = tuple(words_of(given.get("yields")))
            if key == "examples" and not yields:
                raise ValueError("an example says what it yields")
            date = str(given["date"]) if "date" in given else None
            found.append(Example(str(given["text"]), yields, date, given.get("__line__", 0)))
        else:
            odd = next(iter(given), "") if isinstance(given, dict) else given
            shown = ", not " + repr(odd)[:60] if odd else ""
            raise ValueError(f"{key} holds mappings with text and yields" + (", or texts" if key == "rejects" else "") + f"{shown}: write {{text: …, yields: […]}}")
    return tuple(found)


def words_of(value: Any) -> list[str]:
    """What stands under a key: one word, a list of them, or nothing."""
    return [] if value is None else [str(v) for v in value] if isinstance(value, list) else [str(value)]
