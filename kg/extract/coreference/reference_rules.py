"""The `references:` of the lexicon: words that stand for a thing named elsewhere (全会, 该项目), and how that is found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.extract.knowledge.rule_entries import Example, read_both, read_entries, refuse_unknown
from kg.ontology import Ontology
from kg.text.fold import fold

_KEYS = frozenset(
    ["id", "words", "type", "levels", "find", "ends", "passing", "other", "opened_by", "reach", "alone", "note", "examples", "rejects", "__line__"]
)
_FIND, _REACH, _ALONE = ("topic", "previous"), ("", "line"), ("drop", "name")


@dataclass(frozen=True)
class Reference:
    """One kind of words; the head of references.yaml explains the fields."""

    id: str
    words: frozenset[str]
    type: str
    levels: frozenset[str]
    find: str
    ends: tuple[str, ...]
    passing: tuple[str, ...]
    other: tuple[str, ...]
    opened_by: tuple[str, ...]
    reach: str
    alone: str
    examples: tuple[Example, ...]
    rejects: tuple[Example, ...]
    place: tuple[Path, int]


def read_references(ontology: Ontology) -> list[Reference]:
    """The references of all lexicon files, a later one of the same id in place of the earlier; KgError with file and line for a faulty one."""
    found: dict[str, Reference] = {}
    for file in ontology.yaml("lexicon"):
        found |= {one.id: one for one in read_entries(file, "references", "reference", lambda entry, place: _reference(entry, ontology, place))}
    return list(found.values())


def _reference(entry: Any, ontology: Ontology, place: tuple[Path, int]) -> Reference:
    if not isinstance(entry, dict) or not {"id", "words", "type", "find"} <= set(entry):
        raise ValueError("a reference has id, words, type, find")
    refuse_unknown(entry, _KEYS)
    if entry["type"] not in ontology.terms.types:
        raise ValueError(f"the ontology has no entity class {entry['type']}")
    for key, known, usual in (("find", _FIND, ""), ("reach", _REACH, ""), ("alone", _ALONE, "drop")):
        if entry.get(key, usual) not in known:
            raise ValueError(f"{key} knows {', '.join(filter(None, known))}, not {entry[key]}")
    examples, rejects = read_both(entry)
    words = frozenset(fold(str(word)) for word in entry["words"])

    def listed(key: str) -> tuple[str, ...]:
        return tuple(map(str, entry.get(key) or ()))

    return Reference(
        id=str(entry["id"]), words=words, type=entry["type"], levels=frozenset(listed("levels")), find=entry["find"],
        ends=listed("ends") or tuple(sorted(words)), passing=listed("passing"), other=listed("other"), opened_by=listed("opened_by"),
        reach=entry.get("reach", ""), alone=entry.get("alone", "drop"), examples=examples, rejects=rejects, place=place,
    )  # fmt: skip


def reference_words(ontology: Ontology) -> set[str]:
    """All words that refer, for the symbols to tell them from others."""
    return set().union(*(reference.words for reference in read_references(ontology)))
