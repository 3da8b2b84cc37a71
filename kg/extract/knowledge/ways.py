"""What the program finds without a rule (the `ways:` of rules/ways.yaml): each has examples and near misses, as rules have them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.extract.knowledge.rule_entries import Example, read_both, read_entries, refuse_unknown
from kg.ontology import Ontology

_KEYS = frozenset(["id", "note", "examples", "rejects", "__line__"])


@dataclass(frozen=True)
class Way:
    """How a mention is resolved that no reference of the lexicon resolves, with its examples."""

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
        found |= {way.id: way for way in read_entries(file, "ways", "way", _way)}
    return list(found.values())


def _way(entry: Any, place: tuple[Path, int]) -> Way:
    if not isinstance(entry, dict) or "id" not in entry:
        raise ValueError("a way is a mapping with an id")
    refuse_unknown(entry, _KEYS)
    return Way(str(entry["id"]), *read_both(entry), place)
