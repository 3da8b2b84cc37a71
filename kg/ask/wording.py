"""The words by which readers are told what a graph keeps as a code (a clue) or as a word of the text (a base), in the languages of the pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from kg.ontology import shipped_folder
from kg.yaml_files import items_of, read_yaml

OR_BETTER = "or better"  # in a column of bounds; nobody takes `below` of a rank for what it means
_YEAR = re.compile(r"\d{4}")


@cache
def wording() -> Mapping[str, Mapping[str, str]]:
    """Key (`clue-subject-clause`, `base-同比`) → language (en, zh-Hans, zh-Hant) → words, with {0} for what the key leaves open."""
    given = read_yaml(shipped_folder() / "lexicon" / "wording.yaml")["wording"]
    return {
        f"{group}-{code}": dict(items_of(texts))
        for group, entries in items_of(given)
        for codes, texts in items_of(entries)
        for code in codes.split()
    }


def told(group: str, code: str, language: str = "en") -> str:
    """A code in words: its own, or those of what stands before its first hyphen; the code itself where a language has none."""
    key = f"year-{code}" if group == "base" and _YEAR.fullmatch(code) else code
    kind, _, rest = key.partition("-")
    words = wording().get(f"{group}-{key}", {}).get(language) or wording().get(f"{group}-{kind}", {}).get(language)
    return words.replace("{0}", rest) if words else code


def grouped(value: object) -> str:
    """A number with its thousands apart (11,820,000,000), for people; what is none as it is."""
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}" if isinstance(value, int | float) else str(value)


def measured(value: object, unit: str) -> str:
    """A value with its unit, as it is printed for people: `10.6%`, `1,200 人`."""
    return f"{grouped(value)}{unit}" if unit in ("", "%", "‰") else f"{grouped(value)} {unit}"


def is_among_first(kind: str, scope: str, unit: str, bound: str) -> bool:
    """Whether a figure says that a thing is among the first of its `scope` (前三), which is third at worst: a rank, or one that is planned."""
    return is_rank(kind, scope, unit) and bound == "below"


def is_rank(kind: str, scope: str, unit: str) -> bool:
    """Whether a figure is a place among others: a rank, or one that is planned, which has what it is within and no unit."""
    return kind == "rank" or bool(scope) and unit in ("", "–")


def told_clues(clues: Sequence[str], language: str = "en") -> str:
    """The clues of a figure in words, one after the other."""
    return ("; " if language == "en" else "；").join(told("clue", clue, language) for clue in clues)
