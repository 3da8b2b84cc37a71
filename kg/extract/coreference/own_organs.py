"""Whose an organ is that a text names without its area: 省委 in a report of 浙江, 发改委 where no place is named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from kg.extract.coreference.reference_text import ReferenceText
from kg.extract.document.areas import ADMINISTRATIVE, Areas
from kg.extract.knowledge.word_lists import listed_pairs, listed_words
from kg.extract.names.assemble import key_of
from kg.extract.names.mentions import SHORT_FORM
from kg.extract.names.names import NameTable
from kg.extract.names.rows import Draft
from kg.ontology import Ontology
from kg.text.fold import fold

_ZONE = "zone"
_LOOSE = "body-loose"  # the rule for short names that many bodies share
_SPOKEN_OF = 300  # characters back to the area that an organ without one is of


class OwnOrgans:
    """Gives organs their areas, and the names that they have outside the document; `national` is how the names of the nation's begin."""

    def __init__(self, ontology: Ontology, names: NameTable, areas: Areas, national: re.Pattern[str]) -> None:
        self._areas = areas
        self._national = national
        self._gazetteer = names.gazetteer
        self._organs = names.organs
        self._own_kinds = frozenset(listed_words(ontology, "own_kinds"))
        self._levels = frozenset(end[-1] for end in areas.level_ends)  # with what the names of areas end that have organs
        self._organ_names = {fold(short): full for full, shorts in listed_pairs(ontology, "organ_names") for short in shorts}
        self._organ_ends = tuple(self._organ_names)
        self._loose = {short: key_of(fold(full)) for short, full in listed_pairs(ontology, "loose")}

    def is_own(self, key: str) -> bool:
        """Whether a key is a word for an organ of the document's own area: 省委."""
        return key in self._organs

    def full_key(self, type: str, key: str) -> str:
        """The key of an organ of an area by its full name, however it is written: 杭州市政府, 省政府."""
        if type == "Body" and key.endswith(self._organ_ends):
            for at in range(1, len(key) - 1):  # the longest of the short names first
                if (full := self._organ_names.get(key[at:])) is not None:
                    known = key in self._organs and key[:at] + full not in self._organs  # 省纪委 of the document's own area
                    return key[:at] + full if key[at - 1] in self._levels and not known else key
        return key

    def place(self, drafts: Sequence[Draft], text: ReferenceText) -> None:
        """Give 省委 the area that it belongs to, and the name that it has outside this document: 浙江省委."""
        areas = sorted((d for d in drafts if d.type == "Area" and d.key not in text.visited and self._areas.level(d) in ADMINISTRATIVE), key=lambda d: d.start)
        starts = [d.start for d in areas]
        by_level = self._by_level(areas)
        by_end = {d.end: d for d in reversed(drafts) if d.type == "Area"}
        for draft in drafts:
            level = self._organs.get(draft.key) if draft.type == "Body" else None
            if level is None:
                continue
            if level == _ZONE and (zone := by_end.get(draft.start)) is not None:
                draft.start, draft.key, draft.owner, zone.nested = zone.start, self._areas.full_name(zone) + draft.key, zone, True
                continue  # 某开发区|管委会 is one name
            main = text.mains.at(draft.start)
            owner = self._of_level(level, by_level, None if main is not None and main.key in text.visited else main)
            if not text.report and not (owner is not None and text.in_table(draft.start)):  # a row names the places of its work
                owner = self._named_last(level, draft, areas, starts, text.folded) or owner
            kind = draft.key[:1] if draft.key[:1] in self._own_kinds else ""
            if owner is None or kind and owner.code and not self._areas.full_name(owner).endswith(kind):
                continue  # 省法院 is none of 上海, 县政府 none of 双流区
            if owner.code or self._areas.level(owner) and not owner.reference:  # 西湖区, of which there are two, has no code
                self._name(draft, owner)
            draft.owner = owner

    def of_own_areas(self, drafts: Sequence[Draft], areas: Sequence[Draft]) -> None:
        """Give 市财政局 the city that 我市 means by what the page says of itself: `areas` are such words."""
        by_level = {self._areas.level(area): area for area in reversed(areas)}
        city = next(filter(self._called_city, areas), None)
        for draft in drafts if areas else ():
            level = self._organs.get(draft.key) if draft.type == "Body" else None  # one that got its area is known by it
            owner = by_level.get(level) or (city if level == "city" else None) if level else None
            if owner is not None:
                self._name(draft, owner)
                draft.owner = owner

    def _name(self, organ: Draft, owner: Draft) -> None:
        """Let an organ have its name outside of the document: 襄阳市财政局 for 市财政局."""
        organ.key = owner.key + organ.key.removeprefix(next((end for end in self._areas.level_ends if organ.key.startswith(end)), ""))

    def of_the_nation(self, drafts: Sequence[Draft], text: ReferenceText) -> None:
        """Let 发改委 be the national commission where the document names that, or no place, and no other body of the kind."""
        loose = [draft for draft in drafts if draft.rule == _LOOSE and draft.key in self._loose]
        if not loose:
            return
        placed = text.report or any(draft.type == "Area" and self._areas.level(draft) in ADMINISTRATIVE for draft in drafts)
        bodies = {draft.key for draft in drafts if draft.type == "Body" and draft.rule != _LOOSE}
        meant: dict[str, bool] = {}
        for draft in loose:
            full = self._loose[draft.key]
            if full not in meant:
                kind = (self._national.sub("", full), *(short for short, other in self._loose.items() if other == full))
                named = {key for key in bodies if key == full or key.endswith(kind)}
                meant[full] = named == {full} or not named and not placed
            if meant[full]:
                draft.key, draft.reference = full, SHORT_FORM

    def _named_last(self, level: str, draft: Draft, areas: Sequence[Draft], starts: Sequence[int], folded: str) -> Draft | None:
        """The area of a level that the line of `draft` has named last before it: 内蒙古…，自治区党委… in a story about several."""
        begin = folded.rfind("\n", max(0, draft.start - _SPOKEN_OF), draft.start) + 1 or draft.start - _SPOKEN_OF
        for area in reversed(areas[bisect_left(starts, begin) : bisect_left(starts, draft.start)]):
            if (self._areas.level(area) == level or level == "city" and self._called_city(area)) and not self._areas.partner(area, folded):
                return area
        return None

    def _by_level(self, areas: Sequence[Draft]) -> Mapping[str, Mapping[str, Draft]]:
        """The first mention of each area by its code or name, by the level of the area; the one that a text names last comes first.

        Made once for all organs of a text: a long one names thousands of both.
        """
        found: dict[str, dict[str, Draft]] = {}
        for area in reversed(areas):
            found.setdefault(self._areas.level(area), {})[area.code or area.key] = area
        return found

    def _of_level(self, level: str, areas: Mapping[str, Mapping[str, Draft]], main: Draft | None) -> Draft | None:
        """The area of a level that a document is about: its main area, what that lies in, or the only one there is."""
        if main is not None and (self._areas.level(main) == level or level == "city" and self._called_city(main)):
            return main
        found = areas.get(level, {})
        if main is not None and main.code and (around := [d for c, d in found.items() if self._gazetteer.contains(c, main.code)]):
            return around[0]
        return next(iter(found.values())) if len(found) == 1 else None

    def _called_city(self, draft: Draft) -> bool:
        """Whether an area of another rank is a city by its name: 市委 in a report of 天津, or of 桐乡市, a city of the rank of a county, is its own."""
        place = self._gazetteer.get(draft.code) if draft.code else None
        return place is not None and self._areas.level_ends.get(place.name[-1]) == "city"
