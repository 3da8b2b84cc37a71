"""Lists of words in the lexicon, read in one way: folded, of all files, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kg.ontology import Ontology
from kg.text.fold import fold, folded_words
from kg.text.segment import Cut
from kg.yaml_files import items_of


def words_in(tables: Iterable[Mapping[str, Any]], *keys: str) -> tuple[str, ...]:
    """The words listed in parsed files under a key, or under one inside that (`surnames`, `rare`); () if no file has it.

    >>> words_in([{"told": {"first": ["首座", "首條"]}}, {"told": None}, {}], "told", "first")
    ('首座', '首条')
    """
    return tuple(folded_words(str(word) for inner in _under(tables, keys) for word in inner or ()))


def listed_words(ontology: Ontology, *keys: str) -> tuple[str, ...]:
    """`words_in` of all lexicon files of an ontology."""
    return words_in((file.data for file in ontology.yaml("lexicon")), *keys)


def listed_pairs(ontology: Ontology, *keys: str) -> list[tuple[str, Any]]:
    """What the mappings say that all lexicon files of an ontology have under a key, or under one inside that; names are folded, what they are mapped to not."""
    tables = (file.data for file in ontology.yaml("lexicon"))
    return [(fold(str(name)), value) for inner in _under(tables, keys) for name, value in items_of(inner)]


def _under(tables: Iterable[Mapping[str, Any]], keys: Sequence[str]) -> Iterator[Any]:
    """What each of parsed files has under nested keys; None where it has nothing."""
    for table in tables:
        inner: Any = table
        for key in keys:
            inner = (inner or {}).get(key)
        yield inner


def read_cut(ontology: Ontology) -> Cut:
    """How the lexicon says that segmenters cut: `apart` of all files, and `glued`, which has the tag of each character."""
    last, first, pairs = ({characters: str(tag) for characters, tag in listed_pairs(ontology, "glued", key)} for key in ("last", "first", "pairs"))
    return Cut(listed_words(ontology, "apart"), last, first, pairs)
