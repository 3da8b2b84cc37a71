"""What lies in what, where no phrase says so: a report on 江西省 that names 南昌 means the 南昌 of 江西."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from kg.extract.document.areas import COINED
from kg.extract.knowledge.place_tables import CHINA, NATURAL, Division
from kg.extract.knowledge.word_lists import listed_words
from kg.extract.names.gazetteer import Gazetteer
from kg.extract.names.name_places import begins_elsewhere
from kg.extract.names.rows import Draft
from kg.extract.relations.things import Things
from kg.ontology import Ontology

_HOLDERS = ("province", "city", "county", "zone", "street", "")
_SPOKEN_OF = 200  # characters: what was named longer ago belongs to another story
_FEW = 3  # members of a region that is told by them: 京津冀
_BEFORE = 16  # characters before a name in which a verb tells what is done with it
_CLAUSE = re.compile("[，。；：！？\n]")


class Holder(NamedTuple):
    """An area of a document in which others can lie."""

    place: int  # in the document's list of things
    code: str
    depth: int  # how many places it lies in
    starts: list[int]  # of its mentions, ascending


class Containment:
    """Finds the nearest area around each, of those that the same document names."""

    def __init__(self, gazetteer: Gazetteer, ontology: Ontology) -> None:
        self._gazetteer = gazetteer
        self._spanning = listed_words(ontology, "spanning")
        self._sights = listed_words(ontology, "sights")
        self._met = listed_words(ontology, "taken_part_in")

    def around(self, place: int, things: Things, holders: Sequence[Holder]) -> tuple[int, Draft] | None:
        """The area that a thing lies in, of `holders`, and the mention by which that is known; None if nobody can tell."""
        mentions, code = things.members[place], things.code(place)
        named = [draft for draft in mentions if not draft.reference]  # 全省 alone is above what the text is about, not in it
        coined = bool(named) and all(draft.rule.startswith(COINED) for draft in named)
        if not code and not coined:
            return None
        ends: dict[int, set[int]] = {}
        outer = [h for h in holders if h.place != place and h.code != code and self._gazetteer.contains(h.code, code)]
        for draft in mentions if outer or not code else ():
            holder = self._by_table(draft, code, outer, holders, things.topics) if code else self._by_passage(draft, things, ends)
            if holder is not None and holder != place:
                return holder, draft
        return None

    def holders(self, things: Things) -> list[Holder]:
        """The listed areas in which other places can lie."""
        found = []
        for place in things.listed:
            code = things.code(place) if things.members[place][0].type == "Area" else ""
            area = self._gazetteer.get(code) if code else None
            if area is not None and (area.level in _HOLDERS or area.members or (area.level == "country" and code != CHINA)):
                found.append(Holder(place, code, len(self._gazetteer.parents(code)), [draft.start for draft in things.members[place]]))
        return found

    def _by_table(
        self, draft: Draft, code: str, around: Sequence[Holder], holders: Sequence[Holder], topics: Mapping[int, int | None]
    ) -> int | None:
        """The nearest area of those `around` the place of that code that the passage is about or that the text has named before."""
        topic = topics.get(draft.sentence)
        best: tuple[int, int] | None = None
        for other, outer, depth, starts in around:
            region = self._gazetteer.get(outer)
            if region is not None and region.level not in _HOLDERS and region.level != "country":
                # 京津冀 holds 天津 and, as the nearer is told, nothing smaller; with one of its members only, the text does not speak of that.
                # 川渝 only says 四川 and 重庆, and 东北 most often no more than where.
                told = best is None and len(region.members) == _FEW and code in region.members and code.endswith("0000")
                if told and self._spelled(region) and sum(holder.code in region.members for holder in holders) > 1:
                    best = (depth, other)
                continue
            before = bisect_left(starts, draft.start)
            if topic != other and not (before and draft.start - starts[before - 1] < _SPOKEN_OF):
                continue
            if best is None or depth > best[0]:
                best = (depth, other)
        return best[1] if best else None

    def _is_met(self, draft: Draft, folded: str) -> bool:
        """Whether its clause says before it that somebody only takes part in it or lies beside it."""
        clause = _CLAUSE.split(folded[max(draft.start - _BEFORE, 0) : draft.start])[-1]
        return any(word in clause for word in self._met)

    def _lettered(self, name: str) -> list[str]:
        """The provinces that a name begins with, each by one character, if they are several: 川藏, 京津冀."""
        short = self._gazetteer.abbreviations
        codes = [short[letter] for letter in takewhile(lambda letter: short.get(letter, "").endswith("0000"), name)]
        return codes if len(codes) > 1 else []

    def _spelled(self, region: Division) -> bool:
        """Whether a region is named by a character of each of its members: 京津冀."""
        return {code for letter, code in self._gazetteer.abbreviations.items() if letter in region.name} >= set(region.members)

    def _by_passage(self, draft: Draft, things: Things, ends: dict[int, set[int]]) -> int | None:
        """Of a coined area: what its name begins with, if that is named by itself too; else what the passage is about.

        `ends` remembers where the mentions of each thing end.
        """
        first = draft.inner[0] if draft.inner else None
        holder = things.topics.get(draft.sentence)
        if first is not None and first.type == "Area" and first.start == draft.start and first.entity >= 0:
            place = self._gazetteer.get(first.code) if first.code else None
            if draft.key.startswith(first.key) and len(draft.key) - len(first.key) == 1:
                return None  # 亚特兰大市 is 亚特兰大
            if not all(d.nested for d in things.members[first.entity]) and (place is None or place.level not in NATURAL):
                return first.entity
            if first.code or not first.key.endswith(self._sights):  # a sight that is listed lies where the text about it says
                outer = things.code(holder) if holder is not None else ""
                return holder if outer and first.code and self._gazetteer.contains(outer, first.code) else None
        # 下沙和江东: the other of a pair does not hold it. 哈尔滨…大街 is not in 南京.
        if holder is None or begins_elsewhere(self._gazetteer, draft.key, things.code(holder)) or self._is_met(draft, things.folded):
            return None
        outer = things.code(holder)
        if outer and not all(self._gazetteer.contains(outer, code) for code in self._lettered(draft.key)):
            return None  # 川藏经济协作试验区 is in no one province
        if draft.key.endswith(self._spanning) and outer and not outer.endswith("0000"):
            return None  # 洛阳 is in the 洛阳都市圈
        if draft.key.endswith(self._spanning) and outer and self._gazetteer.abbreviations.get(draft.key[0], outer) != outer:
            return None  # 粤东地区 is in no province but 广东
        if holder not in ends:
            ends[holder] = {d.end for d in things.members[holder]}
        return None if not ends[holder].isdisjoint((draft.start, draft.start - 1)) else holder
