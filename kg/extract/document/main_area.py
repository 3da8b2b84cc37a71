"""Which area a text is of: whose report or answer it is, else the area that it says most of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from operator import itemgetter
from typing import NamedTuple

from kg.extract.document.areas import ADMINISTRATIVE, Areas
from kg.extract.document.reports import HEAD, SpeakerWords
from kg.extract.document.titles import ReportPart, Titles
from kg.extract.knowledge.phrases import Phrases, pattern_of
from kg.extract.knowledge.word_lists import words_in
from kg.extract.names.mentions import CORRECTED
from kg.extract.names.rows import Draft
from kg.ontology import Ontology
from kg.text.sentences import line_end, line_start
from kg.yaml_files import items_of

_OWN_WORD = 3  # how many mentions 全省, 省委 … count for the areas of their level
_GREETING = 1000  # characters in which a report says for whom it is given
_SPOKEN_FOR = 8  # characters before a name that say so
_NAMES_ITSELF = 3000  # a government names its own area, or what lies in that, once in so many characters at least
_PROVINCE = 2  # digits of a code that tell the province


class Speakers(NamedTuple):
    """The area that speaks from each of `starts` on; None where it is not named. `by` is what tells the first (`Main.by`)."""

    starts: tuple[int, ...]
    areas: tuple[Draft | None, ...]
    by: str = ""

    def at(self, position: int) -> Draft | None:
        """The area that speaks at a place of the text; None where it is not named."""
        return self.areas[max(bisect_right(self.starts, position) - 1, 0)]


class Main(NamedTuple):
    """The area that a text is of, and by what that is known: correction, title, opening (what stands below the title), metadata, words (what it says most of)."""

    area: Draft | None
    by: str


class Speaker(NamedTuple):
    """A government by what it calls its own, with the levels of its area and how the name of that ends."""

    says: re.Pattern[str]
    levels: tuple[str, ...]
    ends: tuple[str, ...]


class MainArea:
    """Finds it."""

    def __init__(self, ontology: Ontology, phrases: Phrases, words: SpeakerWords, areas: Areas) -> None:
        self._areas = areas
        self._gazetteer = areas.gazetteer
        self._words = words
        files = ontology.yaml("rules")
        self._governments = [
            Speaker(pattern_of(row["says"], phrases, "`says` of speakers", file, row["__line__"]), tuple(row["levels"]), tuple(row["ends"]))
            for file in sorted(files, key=lambda file: file.shipped) for row in file.data.get("speakers") or ()  # the first that fits counts: own ones before those shipped
        ]  # fmt: skip
        tables = [file.data for file in files]
        self._no_reports = words_in(tables, "no_reports")
        self._own_words = {level: words for table in tables for level, words in items_of(table.get("own_words"))}

    def says_of_itself(self, folded: str) -> int:
        """How often a text says 全省, 省委 or the like."""
        return sum(folded.count(word) for words in self._own_words.values() for word in words)

    def speakers(self, drafts: Sequence[Draft], folded: str, titles: Titles, *, report: bool) -> Speakers:
        """The main area of a text; of reports one after the other, that of each."""
        main, by = self._main_area(drafts, folded, titles, report=report)
        if not report:
            return Speakers((0,), (main,), by)
        areas = self._reporting(drafts)
        own = [main, *(self._titled(part, areas, folded).area or main for part in titles.parts[1:])]
        return Speakers(tuple(part.start for part in titles.parts), tuple(own), by)

    def _reporting(self, drafts: Sequence[Draft]) -> list[Draft]:
        """The areas whose government a title can name as the one that reports: towns too."""
        return [d for d in drafts if d.type == "Area" and not d.reference and (self._areas.level(d) in ADMINISTRATIVE or self._areas.is_town(d))]

    def _zone_of(self, drafts: Sequence[Draft], folded: str, head_end: int) -> Draft | None:
        """The zone whose report a text is by its first line: 某市经济技术开发区2018年工作报告; None for any other text."""
        zones = (d for d in drafts if d.type == "Area" and not d.reference and d.end < head_end and self._areas.speaks_as(d) == "zone")
        return next((d for d in zones if self._words.zone_report.match(folded, d.end, head_end)), None)

    def _titled(self, part: ReportPart, areas: Sequence[Draft], folded: str) -> Main:
        """The area that the title of a report names, the lines below it, or its first sentences (我代表甲市人民政府)."""
        near = sorted((d for d in areas if part.start <= d.start < min(part.titled + _GREETING, part.end)), key=lambda d: (d.start, d.end))
        for by, found in (
            ("title", [d for d in near if part.title <= d.start < part.titled]),
            ("opening", [d for d in near if part.titled <= d.start < part.headed and self._words.gives.match(folded, d.end)]),
            ("opening", [d for d in near if d.start >= part.headed and self._words.government.match(folded, d.end) and self._is_spoken_for(folded, self._outermost(d, near))]),
        ):  # fmt: skip
            if found:
                return Main(self._areas.narrowest(found, folded), by)
        return Main(None, "")

    def _stated(self, title: str, areas: Sequence[Draft], folded: str) -> Draft | None:
        """The one of `areas` that a title which is no part of the text names last: 甲省乙市2024年政府工作报告."""
        named = [(title.rfind(name) + len(name), -d.start, d) for d in areas for name in (folded[d.start : d.end], self._areas.full_name(d)) if name in title]
        return max(named, key=itemgetter(0, 1))[2] if named else None

    def _is_spoken_for(self, folded: str, at: int) -> bool:
        return self._words.stands_for.search(folded, max(0, at - _SPOKEN_FOR), at) is not None

    def _outermost(self, area: Draft, areas: Sequence[Draft]) -> int:
        """Where the names of areas begin that stand right before an area which lies in them: 浙江省|义乌市."""
        start = area.start
        for outer in reversed(areas):
            if outer.end == start and outer.code and area.code and self._gazetteer.contains(outer.code, area.code):
                start = outer.start
        return start

    def _main_area(self, drafts: Sequence[Draft], folded: str, titles: Titles, *, report: bool) -> Main:
        """The administrative area of a report's title, else the one that a text says most of; None if it names none.

        What lies in an area speaks for it too, and so do 全省 and 省委 for a province.
        """
        areas = self._areas.administrative(drafts)
        head_end = line_end(folded, 0)
        reporting = self._reporting(drafts)
        if titles.area and (said := self._called(titles.area, drafts)) is not None:
            return Main(said, "correction")
        in_head = [d for d in reporting if d.start < min(head_end, HEAD)]
        if (zone := self._zone_of(drafts, folded, head_end)) is not None:
            return Main(zone, "title")
        if in_head and (self._words.report_head.search(folded, 0, head_end) or titles.plan_years is not None):
            return Main(self._areas.narrowest(in_head, folded), "title")
        if report:
            if (corrected := self._corrected(drafts, folded)) is not None:
                return Main(corrected, "correction")
            if (titled := self._titled(titles.parts[0], reporting, folded)).area is not None:
                return titled
            if self._words.nation.search(folded, titles.parts[0].start, min(titles.parts[0].titled + _GREETING, titles.parts[0].end)):
                return Main(None, "opening")
            if (stated := self._stated(titles.stated, reporting, folded)) is not None:
                return Main(stated, "metadata")
            in_works = {id(place) for d in drafts if d.type == "Project" for part in d.inner for place in (part, *part.inner)}  # of their builders too
            if areas:
                return Main(self._speaker(areas, {d.code for d in areas if id(d) not in in_works}, folded), "words")
        if (answering := self._answering(drafts, folded)) is not None:
            return Main(answering, "opening")
        return Main(self.most_told(areas, folded, 0, len(folded)), "words")

    def _answering(self, drafts: Sequence[Draft], folded: str) -> Draft | None:
        """The area whose organ answers in a text of questions: it is named before the answer, signs below it or stands in the title; None for other texts."""
        if not self._words.asks.search(folded):
            return None
        found: list[tuple[int, Draft]] = []
        for draft in drafts:
            place = draft.inner[0] if draft.type == "Body" and draft.inner else None
            if place is None or place.type != "Area" or place.start != draft.start or self._areas.level(place) not in ADMINISTRATIVE:
                continue
            start, end = line_start(folded, draft.start), line_end(folded, draft.end)
            if self._words.answers.match(folded, draft.end):
                found.append((0, place))
            elif start and not (folded[start : draft.start] + folded[draft.end : end]).strip():
                found.append((1, place))
            elif not start:
                found.append((2, place))
        return min(found, key=itemgetter(0))[1] if found else None

    def most_told(self, areas: Sequence[Draft], folded: str, begin: int, end: int) -> Draft | None:
        """Of the areas that `begin:end` of a text names, the one that it says most of; None if it names none."""
        if not areas:
            return None
        first = {(d.code or d.key): d for d in reversed(areas)}
        counts = Counter(d.code or d.key for d in areas)
        own = {level for level, words in self._own_words.items() if any(folded.find(word, begin, end) >= 0 for word in words)}
        for key, draft in first.items():
            if self._calls_itself(draft) & own and not all(self._areas.partner(d, folded) for d in areas if (d.code or d.key) == key):
                counts[key] += _OWN_WORD + sum(self._areas.inside(key, other) for other in first)
        return first[max(counts, key=lambda key: (counts[key], -first[key].start))]

    def _calls_itself(self, draft: Draft) -> AbstractSet[str]:
        """The levels by whose words an area speaks of itself: a county that is called a city says 全市."""
        return {self._areas.level(draft), self._areas.level_ends.get(self._areas.full_name(draft)[-1:], "")}

    def _called(self, name: str, drafts: Sequence[Draft]) -> Draft | None:
        """The area that is called `name`, as keys are; where it first stands by itself, if it does."""
        called = [d for d in drafts if d.type == "Area" and name in (d.key, self._areas.full_name(d))]
        return next((d for d in called if not d.nested), called[0] if called else None)

    def _corrected(self, drafts: Sequence[Draft], folded: str) -> Draft | None:
        """What a correction by hand says that 全市 means."""
        return next((d for d in drafts if d.type == "Area" and d.reference == CORRECTED and self._words.own.match(folded, d.start)), None)

    def _speaker(self, areas: Sequence[Draft], named: AbstractSet[str], folded: str) -> Draft | None:
        """The area whose government speaks in a report without a heading, if one of `named` (codes), which is not only part of the names of works."""
        _, levels, ends = self._government(folded)
        visited = self._areas.visited(areas, folded)
        fitting = [
            d for d in areas
            if d.code in named and d.code and d.key not in visited and not d.code.startswith(self._no_reports) and (place := self._gazetteer.get(d.code))
            and place.level in levels and place.name.endswith(ends) and not self._areas.partner(d, folded) and not self._areas.ends_route(d, folded)
        ]
        counts = Counter(d.code for d in fitting)
        for code in counts:
            counts[code] += sum(self._areas.inside(code, d.code) for d in areas)
        best = max(fitting, key=lambda d: (counts[d.code], -d.start), default=None)
        if best is not None and counts[best.code] * _NAMES_ITSELF < len(folded):
            return None  # a place in passing: whose report it is, no table has
        if best is not None and levels != ("county",):
            told = Counter(d.code[:_PROVINCE] for d in areas if d.code and not d.code.startswith(self._no_reports))
            if told[best.code[:_PROVINCE]] < max(told.values()):
                return None  # the places are those of another province, which is not named
        return best

    def _government(self, folded: str) -> Speaker:
        """The one whose words for its own a text says most: a county speaks of 全县, and of 全省 where it is compared."""
        said = [sum(1 for found in government.says.finditer(folded) if found[0]) for government in self._governments]
        return self._governments[said.index(max(said))] if any(said) else next(one for one in self._governments if one.says.search(folded))
