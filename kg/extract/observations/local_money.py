"""What 元 is in a text of a region with money of its own: in one of 台湾 that names no other money, a 新台币."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kg.expressions import compiled, either
from kg.extract.knowledge.word_lists import words_in
from kg.extract.names.rows import Draft
from kg.model import Observation
from kg.ontology import Ontology

_COUNTRY = re.compile("[A-Z]{3}")  # where goods of a region go does not tell from where its texts are
_YUAN = "CNY"  # the unit of 元
_TRADITIONAL = re.compile("[億萬個國區]")


@dataclass(frozen=True, slots=True)
class _Region:
    code: str
    units: tuple[str, ...]  # its money in Simplified and in Traditional script
    money: tuple[str, ...]  # all that it is called
    says: re.Pattern[str]  # what texts of the region say that name its places
    own: re.Pattern[str]  # what only its own texts say in Traditional script


class LocalMoney:
    """The regions of `local_money:` of `lexicon/units.yaml`."""

    def __init__(self, ontology: Ontology, contains: Callable[[str, str], bool]) -> None:
        self._contains = contains
        tables = [file.data for file in ontology.yaml("lexicon")]
        self._named, self._elsewhere = words_in(tables, "money_named"), words_in(tables, "not_local")
        self._regions = [
            _Region(str(row["in"]), tuple(row["units"]), words_in([row], "money"), compiled(either(words_in([row], "says"))), compiled(either(words_in([row], "own"))))
            for table in tables for row in table.get("local_money") or ()
        ]  # fmt: skip

    def of_region(self, observations: list[Observation], drafts: Sequence[Draft], text: str, folded: str) -> list[Observation]:
        """`observations`, those in 元 in the money of the region that the text is from, if it names no other."""
        if not any(one.unit == _YUAN for one in observations):
            return observations
        named = [word for word in self._named if word in folded]
        codes = [draft.code for draft in drafts if draft.type == "Area" and draft.code and not _COUNTRY.fullmatch(draft.code)]
        traditional = _TRADITIONAL.search(text) is not None
        own = traditional and not any(word in folded for word in self._elsewhere)
        for region in self._regions:
            if not set(named) <= set(region.money):
                continue
            there = 2 * sum(self._contains(region.code, code) for code in codes) > len(codes)
            only = own and (len(codes) > 1 or bool(named)) and all(self._contains(region.code, code) for code in codes)
            if there and region.says.search(folded) or only or own and region.own.search(folded):
                unit = region.units[-1 if traditional else 0]
                return [replace(one, unit=unit) if one.unit == _YUAN else one for one in observations]
        return observations
