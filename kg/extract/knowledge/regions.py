"""Regions whose governments write in their own words, with organs and money of their own: from which of them a text is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.expressions import compiled, either
from kg.extract.knowledge.word_lists import listed_words, words_in
from kg.ontology import Ontology
from kg.text.fold import fold
from kg.yaml_files import items_of

_TRADITIONAL = re.compile("[億萬個國區與對應為會務產業發縣處計開關經濟]")


@dataclass(frozen=True, slots=True)
class Region:
    """One of `regions:` of `lexicon/regions.yaml`."""

    code: str
    units: tuple[str, ...]  # its money in Simplified and in Traditional script
    money: tuple[str, ...]  # all that it is called
    says: re.Pattern[str]  # what texts of the region say that name its places
    own: re.Pattern[str]  # what only its own texts say
    told: re.Pattern[str]  # that, and what other texts hardly say: several such words tell it
    speaks: bool  # whether its texts speak of it throughout


def is_traditional(text: str) -> bool:
    """Whether a text is in Traditional script."""
    return _TRADITIONAL.search(text) is not None


class Regions:
    """Tells from which region a text is."""

    def __init__(self, ontology: Ontology) -> None:
        self.all = tuple(
            Region(str(row["in"]), tuple(row["units"]), words_in([row], "money"), compiled(either(words_in([row], "says"))), compiled(either(words_in([row], "own"))), compiled(either((*words_in([row], "own"), *words_in([row], "also")))), bool(row.get("speaks")))
            for row in _rows(ontology)
        )
        self.by_code = {region.code: region for region in self.all}
        self._elsewhere = listed_words(ontology, "elsewhere")
        self._needed = {key: int(value) for file in ontology.yaml("lexicon") for key, value in items_of(file.data.get("evidence"))}

    def of_text(self, text: str, folded: str) -> Region | None:
        """The region whose own words a text says, more of them than those of any other; None if it says few, or what is said elsewhere."""
        if any(word in folded for word in self._elsewhere):
            return None
        said = [(len(set(region.told.findall(folded))), region) for region in self.all]
        most, region = max(said, key=lambda one: one[0], default=(0, None))
        return region if most >= self._needed["traditional" if is_traditional(text) else "simplified"] else None


def _rows(ontology: Ontology) -> list[Mapping[str, Any]]:
    return [row for file in ontology.yaml("lexicon") for row in file.data.get("regions") or ()]


def names_of_regions(ontology: Ontology) -> Iterator[tuple[str, str, str, str]]:
    """Each name that only texts of a region have for something, folded: code of the region, type ("" of the region itself), name, and what it is known by everywhere."""
    for row in _rows(ontology):
        code, prefix = str(row["in"]), fold(str(row["prefix"]))
        yield from ((code, "", word, "") for word in words_in([row], "names"))
        for body, aliases in items_of(row.get("bodies")):
            name = fold(body)
            key = name if name.startswith(prefix) else prefix + name
            yield from ((code, "Body", fold(str(surface)), key) for surface in (body, *(aliases or ())))
