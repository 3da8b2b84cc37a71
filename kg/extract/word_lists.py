"""Lists of words in the lexicon, read in one way: folded, of all files, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.ontology import Ontology
from kg.text.fold import fold
from kg.text.segment import Cut
from kg.yaml_files import items_of


def words_in(tables: Iterable[Mapping[str, Any]], *keys: str) -> tuple[str, ...]:
    """The words listed in parsed files under a key, or under one inside that (`surnames`, `rare`); () if no file has it.

    >>> words_in([{"told": {"first": ["首座", "首條"]}}, {"told": None}, {}], "told", "first")
    ('首座', '首条')
    """
    found: list[str] = []
    for table in tables:
        inner: Any = table
        for key in keys:
            inner = (inner or {}).get(key)
        found += [fold(str(word)) for word in inner or ()]
    return tuple(found)


def listed_words(ontology: Ontology, *keys: str) -> tuple[str, ...]:
    """`words_in` of all lexicon files of an ontology."""
    return words_in((file.data for file in ontology.yaml("lexicon")), *keys)


def read_cut(ontology: Ontology) -> Cut:
    """How the lexicon says that segmenters cut: `apart` of all files, and `glued`, which has the tag of each character."""
    tables = [file.data.get("glued") or {} for file in ontology.yaml("lexicon")]
    last, first = ({str(c): str(tag) for table in tables for c, tag in items_of(table.get(key))} for key in ("last", "first"))
    return Cut(listed_words(ontology, "apart"), last, first)
