"""What the program finds without a rule (the `ways:` of rules/ways.yaml): each has examples and near misses, as rules have them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.extract.rules import Example, read_both
from kg.ontology import Ontology

_KEYS = frozenset(["id", "note", "examples", "rejects", "__line__"])


@dataclass(frozen=True)
class Way:
    id: str
    examples: tuple[Example, ...]
    rejects: tuple[Example, ...]
    place: tuple[Path, int]


def read_ways(ontology: Ontology) -> list[Way]:
    """The ways of all folders that find facts, a later one of the same id in place of the earlier; KgError with file and line for a faulty one."""
    found: dict[str, Way] = {}
    for file in ontology.yaml("rules"):
        if ontology.alone and file.shipped:
            continue  # what the tables would find is not found
        for entry in file.rules("ways"):
            line = entry.get("__line__", 1) if isinstance(entry, dict) else 1
            try:
                way = _way(entry, (file.path, line))
            except (ValueError, TypeError) as error:
                raise KgError(f"way {entry.get('id', '?') if isinstance(entry, dict) else '?'}: {error}", file=file.path, line=line) from error
            found[way.id] = way
    return list(found.values())


def _way(entry: Any, place: tuple[Path, int]) -> Way:
    if not isinstance(entry, dict) or "id" not in entry:
        raise ValueError("a way is a mapping with an id")
    if unknown := sorted(set(entry) - _KEYS):
        raise ValueError(f"unknown key {', '.join(unknown)} (known: {', '.join(sorted(_KEYS - {'__line__'}))})")
    return Way(str(entry["id"]), *read_both(entry), place)
