"""What the areas are that a text names: their levels, their names in full, and which of them a sentence names only beside what it is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from kg.expressions import compiled, either
from kg.extract.document.reports import SpeakerWords
from kg.extract.knowledge.word_lists import listed_words
from kg.extract.names.gazetteer import Gazetteer
from kg.extract.names.rows import Draft
from kg.ontology import Ontology
from kg.yaml_files import items_of

ADMINISTRATIVE = ("province", "city", "county")
COINED = "area-"  # rules whose areas no table holds begin so; their ends (社区, 新区) tell no level
_PARTNERS_REACH = 40  # characters that a list of partners may have before one of them
_CLAUSE_END = re.compile("[，。；！？\n]")
_IN_TITLE = re.compile(r"[）】]?(?:(?:19|20)\d\d年)?")  # （山西省）2018年娄烦县政府工作报告


class Areas:
    """Tells it by the gazetteer, and by the words of reports."""

    def __init__(self, ontology: Ontology, words: SpeakerWords, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._words = words
        self._partners = compiled(f"(?:{either(listed_words(ontology, 'partners'))})(?:[^，。；：！？\\n、和及]{{1,8}}[、和及])*\\Z")
        tables = [file.data for file in ontology.yaml("rules")]
        self._zone_ends = tuple(end for table in tables for end in table.get("zone_ends") or ())
        self.level_ends = {end: level for table in tables for end, level in items_of(table.get("level_ends"))}

    def level(self, draft: Draft) -> str:
        """province, city, county, street, zone …; by the end of the name where no table knows it; "" if unknown."""
        if draft.code and (place := self.gazetteer.get(draft.code)):
            return place.level
        if draft.rule.startswith(COINED):
            return ""
        return next((level for end, level in self.level_ends.items() if draft.key.endswith(end)), "")

    def speaks_as(self, draft: Draft) -> str:
        """The level of what a text can call 全区 or 全镇: `level`, or a zone or a town that no table has, by the end of its name."""
        return self.level(draft) or ("zone" if draft.key.endswith(self._zone_ends) else "street" if draft.key.endswith(self._words.town_ends) else "")

    def full_name(self, draft: Draft) -> str:
        """The name of an area with its last word, where a table knows it: 杭州市 for 杭州."""
        place = self.gazetteer.get(draft.code) if draft.code else None
        return place.name if place is not None else draft.key

    def partner(self, draft: Draft, folded: str) -> bool:
        """Whether an area is named as one that another meets, helps or learns from, or in a list of such: 与上海, 学习浙江经验."""
        return self._partners.search(folded, max(0, draft.start - _PARTNERS_REACH), draft.start) is not None

    def beside(self, draft: Draft, folded: str) -> bool:
        """Whether an area is one of several that a sentence only lists: 甲市、乙市等地."""
        return folded[draft.start - 1 : draft.start] == "、" or self._words.listed_behind.match(folded, draft.end) is not None

    def visited(self, drafts: Sequence[Draft], folded: str) -> frozenset[str]:
        """The keys of the areas that a text's own area meets or visits, by a clause that says so: 我省代表团赴甲省考察."""
        own = [found.end() for found in self._words.first_person.finditer(folded)]
        if not own:
            return frozenset()
        areas = [d for d in drafts if d.type == "Area" and self.level(d) in ADMINISTRATIVE and self.partner(d, folded)]
        # With the word nearest before an area stands the least between them.
        nearest = ((own[at - 1], d) for d in areas if (at := bisect_right(own, d.start)))
        return frozenset(d.key for end, d in nearest if d.start <= end + _PARTNERS_REACH and not _CLAUSE_END.search(folded, end, d.start))

    def on_the_way(self, draft: Draft, folded: str) -> bool:
        """Whether a place is only where something comes from or goes to, or who it is for."""
        before = self._words.way_before.search(folded, max(0, draft.start - 1), draft.start)
        return before is not None or self._words.way_behind.match(folded, draft.end) is not None

    def ranks_others(self, draft: Draft, folded: str) -> bool:
        """Whether an area is only what somebody is ranked in: 居全省第五."""
        return self._words.ranked_in.match(folded, draft.end) is not None

    def is_beside_measured(self, draft: Draft, folded: str) -> bool:
        """Whether an area is only what somebody is ranked in or compared with: 高于全省."""
        return self.ranks_others(draft, folded) or self._words.compared.search(folded, max(0, draft.start - 1), draft.start) is not None

    def ends_route(self, draft: Draft, folded: str) -> bool:
        """Whether a place is an end of a route: 贵阳至南宁高铁."""
        return self._words.route_before.search(folded, max(0, draft.start - 1), draft.start) is not None or self._words.way_behind.match(folded, draft.end) is not None

    def administrative(self, drafts: Sequence[Draft]) -> list[Draft]:
        """The provinces, cities and counties that are named, and not only referred to."""
        return [d for d in drafts if d.type == "Area" and self.level(d) in ADMINISTRATIVE and not d.reference]

    def is_town(self, draft: Draft) -> bool:
        """Whether it is a town, which has a government of its own, as no community has."""
        return self.speaks_as(draft) == "street" and self.full_name(draft).endswith(self._words.town_ends)

    def inside(self, outer: str, inner: str) -> bool:
        """Whether the place of one code lies in that of another and is not the same."""
        return outer != inner and self.gazetteer.contains(outer, inner)

    def narrowest(self, areas: Sequence[Draft], title: str = "") -> Draft:
        """The last of `areas` that stand one right behind what it lies in; in a `title`, given as the folded text, a bracket may close or a year stand between."""
        best = areas[0]
        for draft in areas[1:]:
            gap = draft.start - best.end
            near = gap <= 1 or bool(title) and _IN_TITLE.fullmatch(title, best.end, draft.start) is not None
            if best.code and draft.code and near and self.gazetteer.contains(best.code, draft.code) or not draft.code and not gap and self.is_town(draft):
                best = draft
        return best
