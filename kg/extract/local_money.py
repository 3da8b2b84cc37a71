"""What 元 is in a text of a region with money of its own: in one of 台湾 that names no other money, a 新台币."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kg.expressions import compiled, either
from kg.extract.rows import Draft
from kg.extract.word_lists import words_in
from kg.model import Observation
from kg.ontology import Ontology

_YUAN = "CNY"  # the unit of 元


@dataclass(frozen=True, slots=True)
class _Region:
    code: str
    unit: str
    says: re.Pattern[str]  # what only texts of the region say


class LocalMoney:
    """The regions of `local_money:` of `lexicon/units.yaml`."""

    def __init__(self, ontology: Ontology, contains: Callable[[str, str], bool]) -> None:
        self._contains = contains
        tables = [file.data for file in ontology.yaml("lexicon")]
        self._named = words_in(tables, "money_named")
        self._regions = [
            _Region(str(row["in"]), row["unit"], compiled(either(words_in([row], "says"))))
            for table in tables for row in table.get("local_money") or ()
        ]  # fmt: skip

    def of_region(self, observations: list[Observation], drafts: Sequence[Draft], folded: str) -> list[Observation]:
        """`observations`, those in 元 in the money of the region that the text is from, if it names no money."""
        if not any(one.unit == _YUAN for one in observations) or any(word in folded for word in self._named):
            return observations
        codes = [draft.code for draft in drafts if draft.type == "Area" and draft.code]
        for region in self._regions:
            if 2 * sum(self._contains(region.code, code) for code in codes) > len(codes) and region.says.search(folded):
                return [replace(one, unit=region.unit) if one.unit == _YUAN else one for one in observations]
        return observations
