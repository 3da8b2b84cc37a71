"""Which area a document, and each of its sentences, is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, pairwise
from operator import attrgetter, itemgetter
from typing import NamedTuple

from kg.expressions import compiled, either
from kg.extract.document.reports import HEAD, HEADLINE, SpeakerWords
from kg.extract.document.stories import COLUMN, long_stories, stories_told
from kg.extract.document.titles import ReportPart, Titles, explains
from kg.extract.knowledge.phrases import Phrases, pattern_of
from kg.extract.knowledge.word_lists import listed_words, words_in
from kg.extract.names.gazetteer import Gazetteer
from kg.extract.names.mentions import CORRECTED
from kg.extract.names.rows import Draft, Row
from kg.ontology import Ontology
from kg.text.sentences import line_end, line_start
from kg.yaml_files import items_of

ADMINISTRATIVE = ("province", "city", "county")
_TOPICAL = (*ADMINISTRATIVE, "zone", "street", "region")
_LEAD = 12  # an area named within so many characters is what a sentence begins with
_ZONE = "area-zone-"  # rules of zones that no table holds
_COINED = "area-"  # rules whose areas no table holds begin so; their ends (社区, 新区) tell no level
_OPENING = 120  # what a story is about, it names in its headline or its first sentences
_PARTNERS_REACH = 40  # characters that a list of partners may have before one of them
_CLAUSE_END = re.compile("[，。；！？\n]")
_OWN_WORD = 3  # how many mentions 全省, 省委 … count for the areas of their level
_GREETING = 1000  # characters in which a report says for whom it is given
_SPOKEN_FOR = 8  # characters before a name that say so
_IN_TITLE = re.compile(r"[）】]?(?:(?:19|20)\d\d年)?")  # （山西省）2018年娄烦县政府工作报告
_NAMES_ITSELF = 3000  # a government names its own area, or what lies in that, once in so many characters at least
_SOURCED = 240  # characters in which a text tells who its source is
_PROVINCE = 2  # digits of a code that tell the province


def _listed(row: Row, area: Draft, folded: str, joins: AbstractSet[str]) -> bool:
    """Whether an area is one of several: what is said of 江东和下沙 is about what holds them."""
    places = [d for d in row.drafts if d is not None and d.type == "Area"]
    return any(d.start - e.end == 1 and folded[e.end] in joins for e, d in pairwise(places) if area is d or area is e)


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


class About(NamedTuple):
    """For each sentence the entity number of the area that it is about, or None; and the areas that the text as a whole is of, with what tells them (`Main.by`).

    `own`: the area that a text which is no report tells of as its own: an organ of it is the source, or the text says 全市 and names no such area.
    """

    of_sentences: Mapping[int, int | None]
    areas: tuple[int, ...]
    by: str
    own: int | None = None


class Speaker(NamedTuple):
    """A government by what it calls its own, with the levels of its area and how the name of that ends."""

    says: re.Pattern[str]
    levels: tuple[str, ...]
    ends: tuple[str, ...]


class Topics:
    """Finds what is spoken of; places are compared by the gazetteer."""

    def __init__(self, ontology: Ontology, phrases: Phrases, words: SpeakerWords, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._words = words
        self._partners = compiled(f"(?:{either(listed_words(ontology, 'partners'))})(?:[^，。；：！？\\n、和及]{{1,8}}[、和及])*\\Z")
        self._institutions = listed_words(ontology, "institutions", "endings")
        files = ontology.yaml("rules")
        self._governments = [
            Speaker(pattern_of(row["says"], phrases, "`says` of speakers", file, row["__line__"]), tuple(row["levels"]), tuple(row["ends"]))
            for file in sorted(files, key=lambda file: file.shipped) for row in file.data.get("speakers") or ()  # the first that fits counts: own ones before those shipped
        ]  # fmt: skip
        tables = [file.data for file in files]
        self._no_reports = words_in(tables, "no_reports")
        self._own_words = {level: words for table in tables for level, words in items_of(table.get("own_words"))}
        self._zone_ends = tuple(end for table in tables for end in table.get("zone_ends") or ())
        self.level_ends = {end: level for table in tables for end, level in items_of(table.get("level_ends"))}

    def level(self, draft: Draft) -> str:
        """province, city, county, street, zone …; by the end of the name where no table knows it; "" if unknown."""
        if draft.code and (place := self._gazetteer.get(draft.code)):
            return place.level
        if draft.rule.startswith(_COINED):
            return ""
        return next((level for end, level in self.level_ends.items() if draft.key.endswith(end)), "")

    def speaks_as(self, draft: Draft) -> str:
        """The level of what a text can call 全区 or 全镇: `level`, or a zone or a town that no table has, by the end of its name."""
        return self.level(draft) or ("zone" if draft.key.endswith(self._zone_ends) else "street" if draft.key.endswith(self._words.town_ends) else "")

    def full_name(self, draft: Draft) -> str:
        """The name of an area with its last word, where a table knows it: 杭州市 for 杭州."""
        place = self._gazetteer.get(draft.code) if draft.code else None
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

    def _on_the_way(self, folded: str, draft: Draft) -> bool:
        """Whether a place is only where something comes from or goes to, or who it is for."""
        before = self._words.way_before.search(folded, max(0, draft.start - 1), draft.start)
        return before is not None or self._words.way_behind.match(folded, draft.end) is not None

    def _ranks_others(self, draft: Draft, folded: str) -> bool:
        """Whether an area is only what somebody is ranked in: 居全省第五."""
        return self._words.ranked_in.match(folded, draft.end) is not None

    def _is_beside_measured(self, draft: Draft, folded: str) -> bool:
        """Whether an area is only what somebody is ranked in or compared with: 高于全省."""
        return self._ranks_others(draft, folded) or self._words.compared.search(folded, max(0, draft.start - 1), draft.start) is not None

    def _ends_route(self, folded: str, draft: Draft) -> bool:
        """Whether a place is an end of a route: 贵阳至南宁高铁."""
        return self._words.route_before.search(folded, max(0, draft.start - 1), draft.start) is not None or self._words.way_behind.match(folded, draft.end) is not None

    def speakers(self, drafts: Sequence[Draft], folded: str, titles: Titles, *, report: bool) -> Speakers:
        """The main area of a text; of reports one after the other, that of each."""
        main, by = self.main_area(drafts, folded, titles, report=report)
        if not report:
            return Speakers((0,), (main,), by)
        areas = self._reporting(drafts)
        own = [main, *(self._titled(part, areas, folded).area or main for part in titles.parts[1:])]
        return Speakers(tuple(part.start for part in titles.parts), tuple(own), by)

    def _areas(self, drafts: Sequence[Draft]) -> list[Draft]:
        return [d for d in drafts if d.type == "Area" and self.level(d) in ADMINISTRATIVE and not d.reference]

    def _reporting(self, drafts: Sequence[Draft]) -> list[Draft]:
        """The areas whose government a title can name as the one that reports: towns too."""
        return [d for d in drafts if d.type == "Area" and not d.reference and (self.level(d) in ADMINISTRATIVE or self._is_town(d))]

    def _zone_of(self, drafts: Sequence[Draft], folded: str, head_end: int) -> Draft | None:
        """The zone whose report a text is by its first line: 某市经济技术开发区2018年工作报告; None for any other text."""
        zones = (d for d in drafts if d.type == "Area" and not d.reference and d.end < head_end and self.speaks_as(d) == "zone")
        return next((d for d in zones if self._words.zone_report.match(folded, d.end, head_end)), None)

    def _is_town(self, draft: Draft) -> bool:
        return self.speaks_as(draft) == "street" and self.full_name(draft).endswith(self._words.town_ends)

    def _titled(self, part: ReportPart, areas: Sequence[Draft], folded: str) -> Main:
        """The area that the title of a report names, the lines below it, or its first sentences (我代表甲市人民政府)."""
        near = sorted((d for d in areas if part.start <= d.start < min(part.titled + _GREETING, part.end)), key=lambda d: (d.start, d.end))
        for by, found in (
            ("title", [d for d in near if part.title <= d.start < part.titled]),
            ("opening", [d for d in near if part.titled <= d.start < part.headed and self._words.gives.match(folded, d.end)]),
            ("opening", [d for d in near if d.start >= part.headed and self._words.government.match(folded, d.end) and self._is_spoken_for(folded, self._outermost(d, near))]),
        ):  # fmt: skip
            if found:
                return Main(self._narrowest(found, folded), by)
        return Main(None, "")

    def _stated(self, title: str, areas: Sequence[Draft], folded: str) -> Draft | None:
        """The one of `areas` that a title which is no part of the text names last: 甲省乙市2024年政府工作报告."""
        named = [(title.rfind(name) + len(name), -d.start, d) for d in areas for name in (folded[d.start : d.end], self.full_name(d)) if name in title]
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

    def main_area(self, drafts: Sequence[Draft], folded: str, titles: Titles, *, report: bool) -> Main:
        """The administrative area of a report's title, else the one that a text says most of; None if it names none.

        What lies in an area speaks for it too, and so do 全省 and 省委 for a province.
        """
        areas = self._areas(drafts)
        head_end = line_end(folded, 0)
        reporting = self._reporting(drafts)
        if titles.area and (said := self._called(titles.area, drafts)) is not None:
            return Main(said, "correction")
        in_head = [d for d in reporting if d.start < min(head_end, HEAD)]
        if (zone := self._zone_of(drafts, folded, head_end)) is not None:
            return Main(zone, "title")
        if in_head and (self._words.report_head.search(folded, 0, head_end) or titles.plan_years is not None):
            return Main(self._narrowest(in_head, folded), "title")
        if report:
            if (corrected := self._corrected(drafts, folded)) is not None:
                return Main(corrected, "correction")
            if (titled := self._titled(titles.parts[0], reporting, folded)).area is not None:
                return titled
            if self._words.nation.search(folded, titles.parts[0].start, min(titles.parts[0].titled + _GREETING, titles.parts[0].end)):
                return Main(None, "opening")
            if (stated := self._stated(titles.stated, reporting, folded)) is not None:
                return Main(stated, "metadata")
            in_works = {id(place) for d in drafts if d.type == "Project" for place in d.inner}
            if areas:
                return Main(self._speaker(areas, {d.code for d in areas if id(d) not in in_works}, folded), "words")
        if (answering := self._answering(drafts, folded)) is not None:
            return Main(answering, "opening")
        return Main(self._most_told(areas, folded, 0, len(folded)), "words")

    def _answering(self, drafts: Sequence[Draft], folded: str) -> Draft | None:
        """The area whose organ answers in a text of questions: it is named before the answer, signs below it or stands in the title; None for other texts."""
        if not self._words.asks.search(folded):
            return None
        found: list[tuple[int, Draft]] = []
        for draft in drafts:
            place = draft.inner[0] if draft.type == "Body" and draft.inner else None
            if place is None or place.type != "Area" or place.start != draft.start or self.level(place) not in ADMINISTRATIVE:
                continue
            start, end = line_start(folded, draft.start), line_end(folded, draft.end)
            if self._words.answers.match(folded, draft.end):
                found.append((0, place))
            elif start and not (folded[start : draft.start] + folded[draft.end : end]).strip():
                found.append((1, place))
            elif not start:
                found.append((2, place))
        return min(found, key=itemgetter(0))[1] if found else None

    def _most_told(self, areas: Sequence[Draft], folded: str, begin: int, end: int) -> Draft | None:
        """Of the areas that `begin:end` of a text names, the one that it says most of; None if it names none."""
        if not areas:
            return None
        first = {(d.code or d.key): d for d in reversed(areas)}
        counts = Counter(d.code or d.key for d in areas)
        own = {level for level, words in self._own_words.items() if any(folded.find(word, begin, end) >= 0 for word in words)}
        for key, draft in first.items():
            if self._calls_itself(draft) & own and not all(self.partner(d, folded) for d in areas if (d.code or d.key) == key):
                counts[key] += _OWN_WORD + sum(self._inside(key, other) for other in first)
        return first[max(counts, key=lambda key: (counts[key], -first[key].start))]

    def _calls_itself(self, draft: Draft) -> AbstractSet[str]:
        """The levels by whose words an area speaks of itself: a county that is called a city says 全市."""
        return {self.level(draft), self.level_ends.get(self.full_name(draft)[-1:], "")}

    def _called(self, name: str, drafts: Sequence[Draft]) -> Draft | None:
        """The area that is called `name`, as keys are; where it first stands by itself, if it does."""
        called = [d for d in drafts if d.type == "Area" and name in (d.key, self.full_name(d))]
        return next((d for d in called if not d.nested), called[0] if called else None)

    def _corrected(self, drafts: Sequence[Draft], folded: str) -> Draft | None:
        """What a correction by hand says that 全市 means."""
        return next((d for d in drafts if d.type == "Area" and d.reference == CORRECTED and self._words.own.match(folded, d.start)), None)

    def _speaker(self, areas: Sequence[Draft], named: AbstractSet[str], folded: str) -> Draft | None:
        """The area whose government speaks in a report without a heading, if one of `named` (codes), which is not only part of the names of works."""
        _, levels, ends = self._government(folded)
        visited = self.visited(areas, folded)
        fitting = [
            d for d in areas
            if d.code in named and d.code and d.key not in visited and not d.code.startswith(self._no_reports) and (place := self._gazetteer.get(d.code))
            and place.level in levels and place.name.endswith(ends) and not self.partner(d, folded) and not self._ends_route(folded, d)
        ]
        counts = Counter(d.code for d in fitting)
        for code in counts:
            counts[code] += sum(self._inside(code, d.code) for d in areas)
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

    def _inside(self, outer: str, inner: str) -> bool:
        return outer != inner and self._gazetteer.contains(outer, inner)

    def stories(self, rows: Sequence[Row], openings: AbstractSet[int], drafts: Sequence[Draft], folded: str) -> dict[int, int]:
        """The sentences that begin a story, where a text tells several (`stories_told`), with the end of the headline of each; else none."""

        def says_of_one() -> int:
            own = sum(folded.count(word) for words in self._own_words.values() for word in words)
            return max(own, *Counter(d.code or d.key for d in self._areas(drafts)).values(), 0)

        return stories_told(rows, openings, folded, self._words.newscast, says_of_one)

    def of_sentences(
        self, rows: Sequence[Row], members: Sequence[Sequence[Draft]], folded: str, titles: Titles, openings: AbstractSet[int],
        stories: Mapping[int, int], *, report: bool,
    ) -> About:
        """What the text and each of its sentences are about. Those of `openings` are headlines; with those of `stories` another story begins."""
        drafts = sorted(chain.from_iterable(members), key=attrgetter("start"))
        speakers = self.speakers(drafts, folded, titles, report=report)
        main = speakers.areas[0]
        story = not report and bool(self._words.news.search(folded))
        told = self._of_stories(rows, stories, drafts, folded)
        default = None if stories else self._default(main, drafts, folded, story=story)
        if not report and not story and default is not None and self._titled_otherwise(main, drafts, folded):
            default = None
        if report:
            spoken = [area.entity for area in speakers.areas if area is not None and area.entity >= 0] or ([] if default is None else [default])
            return About(self._of_reports(rows, speakers, default, titles.parts), tuple(dict.fromkeys(spoken)), speakers.by if spoken else "")
        by = "words"
        own = None if default is None or any(d.entity == default and not d.reference for d in drafts) else default
        if speakers.by == "correction":
            default, by = main.entity, speakers.by  # type: ignore[union-attr]
        elif not stories and (zone := self._headed_zone(drafts, folded)) is not None:
            default, by = zone.entity, "title"
        elif not stories and (source := self._source(drafts, folded)) is not None and (default in {None, source.entity} or main is not None and self._inside(source.code, main.code)):
            default = own = source.entity
            by = "opening"
        whole = [] if default is None else [default]
        topics: dict[int, int | None] = {}
        current = section = default
        last_end = 0
        for row in rows:
            start, end = row.sentence.start, row.sentence.end
            opens = row.sentence.index in openings
            if row.sentence.index in (stories or openings):
                section = default = told.get(row.sentence.index, default)
            if "\n" in folded[last_end:start]:
                current = section
            last_end = end
            here = [d for d in row.drafts if d is not None and d.type == "Area" and d.entity >= 0 and self.level(d) in _TOPICAL]
            begin = self._words.aside.match(folded, start, end).end()  # type: ignore[union-attr]
            if lead := [d for d in here if d.start - begin <= _LEAD and not self._on_the_way(folded, d) and not self.partner(d, folded) and not self._ranks_others(d, folded)]:
                best = self._narrowest(lead)
                current = default if default is not None and _listed(row, best, folded, self._words.joins) else best.entity
                if opens and (stories or (start and best.start == begin)):
                    section = current  # 广东：…, 河南积极…: such a line heads all that follows to the next one
            topics[row.sentence.index] = current
        return About(topics, tuple(whole), by if whole else "", own)

    def _source(self, drafts: Sequence[Draft], folded: str) -> Draft | None:
        """The area whose own organ is the source of a text, as its opening says: 记者从甲省统计局获悉, 甲市政府新闻办举行新闻发布会; None if organs of several are."""
        sources = []
        for area in self._areas(drafts):
            if area.start < _SOURCED and area.entity >= 0 and self._words.source.match(folded, area.end):
                begin = max(folded.rfind(mark, 0, area.start) for mark in "，。；\n") + 1
                sources += [d for d in self._areas(drafts) if begin <= d.start <= area.start and d.entity >= 0]
        # 浙江省杭州市统计局 is of the last
        inner = [d for d in sources if not any(d.entity != other.entity and self._inside(d.code, other.code) for other in sources)]
        return inner[0] if len({d.entity for d in inner}) == 1 else None

    @staticmethod
    def _of_reports(rows: Sequence[Row], speakers: Speakers, default: int | None, parts: Sequence[ReportPart]) -> dict[int, int | None]:
        """The area of each sentence in the reports of a text; `default` where it is not named."""
        topics: dict[int, int | None] = {}
        for row in rows:
            at = row.sentence.start
            speaker = speakers.at(at)
            topics[row.sentence.index] = None if explains(parts, at) else default if speaker is None else speaker.entity
        return topics

    def _of_stories(self, rows: Sequence[Row], stories: Mapping[int, int], drafts: Sequence[Draft], folded: str) -> dict[int, int | None]:
        """What each of `stories` is about as a whole, by the sentence with which it begins; briefs name places without being about them."""
        begins = [row.sentence.start for row in rows if row.sentence.index in stories]
        starts = [d.start for d in drafts]
        long = long_stories(stories, len(rows))
        found: dict[int, int | None] = {}
        for index, begin, end in zip(sorted(stories), begins, [*begins[1:], len(folded)]):
            here = drafts[bisect_left(starts, begin) : bisect_left(starts, end)]
            main = self._most_told(self._areas(here), folded, begin, end)
            found[index] = self._default(main, here, folded, story=True, begin=begin) if index in long else None
        return found

    def _default(self, main: Draft | None, drafts: Sequence[Draft], folded: str, *, story: bool, begin: int = 0) -> int | None:
        """What a document, or a story that begins at `begin`, is about: the main area if it is about one; 全省 or 我区 if it never names that."""
        areas = [d for d in drafts if d.type == "Area" and d.entity >= 0]
        # A piece of a longer text may name its area late; a story of the news does not.
        if main is not None and self._dominates(main, areas) and (
            not story or any(d.start - begin < _OPENING for d in areas if d.entity == main.entity)
        ):
            return main.entity
        if main is not None and "\n" in folded[:HEAD] and self._words.about.fullmatch(folded, 0, main.start) and all(d.entity == main.entity for d in areas) and not self._names_institution(main, drafts):
            return main.entity  # the one place that a text names, with which its headline begins: 关于甲县2021年财政决算草案的报告
        named = {d.entity for d in areas if not d.reference}
        return next((d.entity for d in areas if d.reference and d.entity not in named and not self._is_beside_measured(d, folded)), None)

    def _names_institution(self, place: Draft, drafts: Sequence[Draft]) -> bool:
        """Whether a place only begins the name of a company, a school or the like: a text that its name heads is of that."""
        return any(d.type == "Body" and d.start in {place.start, place.end} and d.end > place.end and d.key.endswith(self._institutions) for d in drafts)

    def _headed_zone(self, drafts: Sequence[Draft], folded: str) -> Draft | None:
        """The zone with which the headline of a text begins that names it again, or whose paper it is: what it tells is of that, and not of the city around."""
        first = next((d for d in drafts if d.type == "Area" and not d.reference), None)
        if first is None or folded[: first.start].strip() or folded.find("\n", first.end, HEAD) < 0 or not first.key.endswith("区") or not (self.level(first) == "zone" or first.rule.startswith(_ZONE)):
            return None
        if self._words.own_paper.match(folded, first.end):
            return first
        return first if sum(d.entity == first.entity for d in drafts) > 1 else None

    def _titled_otherwise(self, main: Draft | None, drafts: Sequence[Draft], folded: str) -> bool:
        """Whether the title of a paper names another area than the one that it says most, such as a zone in it."""
        end = folded.find("\n")
        if main is None or not 0 < end <= HEAD:
            return False
        titled = [d for d in drafts if d.type == "Area" and d.start < end and self.level(d) in _TOPICAL and not d.reference]
        return bool(titled) and all(d.entity != main.entity and not self._inside(d.code, main.code) for d in titled)

    def _dominates(self, main: Draft, areas: Sequence[Draft]) -> bool:
        """Whether a document is about one area: named three times, twice as often as any other, as often as all others."""
        same = sum(d.entity == main.entity for d in areas)
        within = sum(bool(d.code and main.code) and d.entity != main.entity and self._inside(main.code, d.code) for d in areas)
        others: Mapping[int, int] = Counter(
            d.entity for d in areas
            if d.entity != main.entity and self.level(d) in ADMINISTRATIVE
            and not (d.code and main.code and (self._inside(main.code, d.code) or self._inside(d.code, main.code)))
        )  # fmt: skip
        if same < 2 or same + within < 3:
            return False
        return same + within >= sum(others.values()) and same + within >= 2 * max(others.values(), default=0) or len(others) <= 1

    def _narrowest(self, areas: Sequence[Draft], title: str = "") -> Draft:
        """The last of `areas` that stand one right behind what it lies in; in a `title`, given as the folded text, a bracket may close or a year stand between."""
        best = areas[0]
        for draft in areas[1:]:
            gap = draft.start - best.end
            near = gap <= 1 or bool(title) and _IN_TITLE.fullmatch(title, best.end, draft.start) is not None
            if best.code and draft.code and near and self._gazetteer.contains(best.code, draft.code) or not draft.code and not gap and self._is_town(draft):
                best = draft
        return best


def told_near(
    rows: Sequence[Row], drafts: Sequence[Draft], topics: Mapping[int, int | None], folded: str, own: AbstractSet[int]
) -> dict[int, int | None]:
    """`topics` where the line of the sentence names the area, or its headline, or the story that it heads; None elsewhere.

    The areas of `own` a text speaks of throughout, and need not be named.
    """
    short = {number for number, line in enumerate(folded.split("\n")) if len(COLUMN.sub("", line.strip(), 1)) <= HEADLINE}
    lines: dict[int, int] = {}  # number of the line of each sentence
    number = last = 0
    for row in rows:
        number += folded.count("\n", last, row.sentence.start)
        last = row.sentence.start
        lines[row.sentence.index] = number
    named = {(draft.entity, lines.get(draft.sentence, -1)) for draft in drafts if draft.type == "Area" and draft.entity >= 0}
    found: dict[int, int | None] = {}
    for sentence, line in lines.items():
        topic = topics.get(sentence)
        beside = line + 1 if line in short else line - 1  # the story of a headline, the headline of a story
        near = [line] if line in short and beside in short else [line, beside]
        found[sentence] = topic if topic in own or any((topic, one) in named for one in near) else None
    return found
