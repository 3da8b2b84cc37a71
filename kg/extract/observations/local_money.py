"""What 元 is in a text of a region with money of its own: in one of 台湾 that names no other money, a 新台币."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.extract.knowledge.regions import Regions, is_traditional
from kg.extract.knowledge.word_lists import listed_words
from kg.extract.names.rows import Draft
from kg.model import Observation
from kg.ontology import Ontology

_COUNTRY = re.compile("[A-Z]{3}")  # where goods of a region go does not tell from where its texts are
_YUAN = "CNY"  # the unit of 元

class LocalMoney:
    """That of `regions`."""

    def __init__(self, ontology: Ontology, regions: Regions, contains: Callable[[str, str], bool]) -> None:
        self._contains = contains
        self._named, self._elsewhere = listed_words(ontology, "money_named"), listed_words(ontology, "not_local")
        self._regions = regions.all

    def of_region(self, observations: list[Observation], drafts: Sequence[Draft], text: str, folded: str) -> list[Observation]:
        """`observations`, those in 元 in the money of the region that the text is from, if it names no other."""
        if not any(one.unit == _YUAN for one in observations):
            return observations
        named = [word for word in self._named if word in folded]
        codes = [draft.code for draft in drafts if draft.type == "Area" and draft.code and not _COUNTRY.fullmatch(draft.code)]
        traditional = is_traditional(text)
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
