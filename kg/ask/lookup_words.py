"""The words by which things of a graph are looked up and compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.expressions import compiled
from kg.extract.names.gazetteer import is_listed
from kg.ontology import shipped_folder
from kg.text.fold import fold
from kg.yaml_files import items_of, read_yaml

# Without it 全市 in a text about such a place is of no place, and its facts are scattered.
_PLACES_OF_ONES_OWN = "a place that the gazetteer lacks is added in gazetteer/places.tsv of a folder of your own: kg init, then kg build --ontology"


@dataclass(frozen=True, slots=True)
class LookupWords:
    """Those of `lexicon/lookup.yaml`, with the same names."""

    area_level: re.Pattern[str]
    area_ends: tuple[str, ...]
    paper_on: re.Pattern[str]
    another: re.Pattern[str]
    other_side: frozenset[str]
    counts: re.Pattern[str]
    converts: Mapping[str, tuple[str, Decimal]]
    year_before: tuple[str, ...]
    nationwide: tuple[str, ...]
    estimates: tuple[str, ...]
    vague: tuple[str, ...]
    legal_forms: tuple[str, ...]


@cache
def lookup_words() -> LookupWords:
    """The shipped words, read when the first name is looked up."""
    given = read_yaml(shipped_folder() / "lexicon" / "lookup.yaml")["lookup"]
    return LookupWords(
        area_level=compiled(given["area_level"]), area_ends=tuple(given["area_ends"]), paper_on=compiled(given["paper_on"]),
        another=compiled(given["another"]), other_side=frozenset(given["other_side"]), counts=compiled(given["counts"]), converts={unit: (other, Decimal(many)) for unit, (other, many) in items_of(given["converts"])}, year_before=tuple(given["year_before"]),
        nationwide=tuple(given["nationwide"]), estimates=tuple(given["estimates"]), vague=tuple(given["vague"]), legal_forms=tuple(given["legal_forms"]),
    )  # fmt: skip


@cache
def place_ends() -> tuple[str, ...]:
    """What the names of divisions and villages end in, as the shipped `suffixes` of lexicon/areas.yaml list it."""
    entries = read_yaml(shipped_folder() / "lexicon" / "areas.yaml")["suffixes"]
    return tuple(word for entry in entries if entry["kind"] in ("division", "village") for word in entry["words"])


def missing_place(name: str) -> str:
    """What to do where a graph knows no place of that name."""
    if is_listed(fold(name.strip()), [shipped_folder()]):
        return "the gazetteer has this place, but no text of the graph names it: kg build adds texts"
    return _PLACES_OF_ONES_OWN
