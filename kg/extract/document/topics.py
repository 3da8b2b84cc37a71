"""Which area a document, and each of its sentences, is about."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, pairwise
from operator import attrgetter
from typing import NamedTuple

from kg.extract.document.areas import ADMINISTRATIVE, Areas
from kg.extract.document.main_area import MainArea, Speakers
from kg.extract.document.reports import HEAD, HEADLINE, SpeakerWords
from kg.extract.document.stories import COLUMN, OPENING, long_stories, stories_told
from kg.extract.document.titles import Genre, ReportPart, explains
from kg.extract.knowledge.regions import Region
from kg.extract.knowledge.word_lists import listed_words
from kg.extract.names.rows import Draft, Row
from kg.ontology import Ontology
from kg.text.sentences import line_end

_TOPICAL = (*ADMINISTRATIVE, "zone", "street", "region")
_LEAD = 12  # an area named within so many characters is what a sentence begins with
_ZONE = "area-zone-"  # rules of zones that no table holds
_SOURCED = 240  # characters in which a text tells who its source is


def _listed(row: Row, area: Draft, folded: str, joins: AbstractSet[str]) -> bool:
    """Whether an area is one of several: what is said of 江东和下沙 is about what holds them."""
    places = [d for d in row.drafts if d is not None and d.type == "Area"]
    return any(d.start - e.end == 1 and folded[e.end] in joins for e, d in pairwise(places) if area is d or area is e)


class About(NamedTuple):
    """For each sentence the entity number of the area that it is about, or None; and the areas that the text as a whole is of, with what tells them (`Main.by`).

    `own`: the area that a text which is no report tells of as its own: an organ of it is the source, or the text says 全市 and names no such area.
    """

    of_sentences: Mapping[int, int | None]
    areas: tuple[int, ...]
    by: str
    own: int | None = None


class Topics:
    """Finds what is spoken of; places are compared by the gazetteer."""

    def __init__(self, ontology: Ontology, words: SpeakerWords, areas: Areas, main: MainArea) -> None:
        self._areas, self._main = areas, main
        self._words = words
        self._institutions = listed_words(ontology, "institutions", "endings")

    def stories(self, rows: Sequence[Row], openings: AbstractSet[int], drafts: Sequence[Draft], folded: str) -> dict[int, int]:
        """The sentences that begin a story, where a text tells several (`stories_told`), with the end of the headline of each; else none."""

        if self._words.one_text.search(folded, 0, line_end(folded, line_end(folded, 0) + 1)):
            return {}

        def says_of_one() -> int:
            return max(self._main.says_of_itself(folded), *Counter(d.code or d.key for d in self._areas.administrative(drafts)).values(), 0)

        return stories_told(rows, openings, folded, self._words.newscast, says_of_one)

    def of_sentences(self, rows: Sequence[Row], members: Sequence[Sequence[Draft]], folded: str, openings: AbstractSet[int], genre: Genre) -> About:
        """What the text and each of its sentences are about. Those of `openings` are headlines."""
        titles, report, _, stories, region = genre
        drafts = sorted(chain.from_iterable(members), key=attrgetter("start"))
        speakers = self._main.speakers(drafts, folded, titles, report=report)
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
        elif not stories and (source := self._source(drafts, folded)) is not None and (default in {None, source.entity} or main is not None and self._areas.inside(source.code, main.code)):
            default = own = source.entity
            by = "opening"
        elif not stories and region is not None and (home := self._home_of(region, drafts, folded)) is not None and (default in {None, home.entity} or home.code != region.code):
            default = own = home.entity
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
            here = [d for d in row.drafts if d is not None and d.type == "Area" and d.entity >= 0 and self._areas.level(d) in _TOPICAL]
            begin = self._words.aside.match(folded, start, end).end()  # type: ignore[union-attr]
            if lead := [d for d in here if d.start - begin <= _LEAD and not self._areas.on_the_way(d, folded) and not self._areas.partner(d, folded) and not self._areas.ranks_others(d, folded)]:
                best = self._areas.narrowest(lead)
                current = default if default is not None and _listed(row, best, folded, self._words.joins) else best.entity
                if opens and (stories or (start and best.start == begin)):
                    section = current  # 广东：…, 河南积极…: such a line heads all that follows to the next one
            topics[row.sentence.index] = current
        return About(topics, tuple(whole), by if whole else "", own)

    def _home_of(self, region: Region, drafts: Sequence[Draft], folded: str) -> Draft | None:
        """The area that a text of a region is of: the one whose government its first line names, else the region, if its texts speak of that throughout."""
        head = line_end(folded, 0)
        areas = [d for d in drafts if d.type == "Area" and d.entity >= 0]
        titled = next((d for d in areas if d.end < head and self._areas.level(d) in ADMINISTRATIVE and self._words.government.match(folded, d.end)), None)
        return titled or next((d for d in areas if region.speaks and d.code == region.code), None)

    def _source(self, drafts: Sequence[Draft], folded: str) -> Draft | None:
        """The area whose own organ is the source of a text, as its opening says: 记者从甲省统计局获悉, 甲市政府新闻办举行新闻发布会; None if organs of several are."""
        sources = []
        for area in self._areas.administrative(drafts):
            if area.start < _SOURCED and area.entity >= 0 and self._words.source.match(folded, area.end):
                begin = max(folded.rfind(mark, 0, area.start) for mark in "，。；\n") + 1
                sources += [d for d in self._areas.administrative(drafts) if begin <= d.start <= area.start and d.entity >= 0]
        # 浙江省杭州市统计局 is of the last
        inner = [d for d in sources if not any(d.entity != other.entity and self._areas.inside(d.code, other.code) for other in sources)]
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
            main = self._main.most_told(self._areas.administrative(here), folded, begin, end)
            found[index] = self._default(main, here, folded, story=True, begin=begin) if index in long else None
        return found

    def _default(self, main: Draft | None, drafts: Sequence[Draft], folded: str, *, story: bool, begin: int = 0) -> int | None:
        """What a document, or a story that begins at `begin`, is about: the main area if it is about one; 全省 or 我区 if it never names that."""
        areas = [d for d in drafts if d.type == "Area" and d.entity >= 0]
        # A piece of a longer text may name its area late; a story of the news does not.
        if main is not None and self._dominates(main, areas) and (
            not story or any(d.start - begin < OPENING for d in areas if d.entity == main.entity)
        ):
            return main.entity
        if main is not None and "\n" in folded[:HEAD] and self._words.about.fullmatch(folded, 0, main.start) and all(d.entity == main.entity for d in areas) and not self._names_institution(main, drafts):
            return main.entity  # the one place that a text names, with which its headline begins: 关于甲县2021年财政决算草案的报告
        named = {d.entity for d in areas if not d.reference}
        return next((d.entity for d in areas if d.reference and d.entity not in named and not self._areas.is_beside_measured(d, folded)), None)

    def _names_institution(self, place: Draft, drafts: Sequence[Draft]) -> bool:
        """Whether a place only begins the name of a company, a school or the like: a text that its name heads is of that."""
        return any(d.type == "Body" and d.start in {place.start, place.end} and d.end > place.end and d.key.endswith(self._institutions) for d in drafts)

    def _headed_zone(self, drafts: Sequence[Draft], folded: str) -> Draft | None:
        """The zone with which the headline of a text begins that names it again, or whose paper it is: what it tells is of that, and not of the city around."""
        first = next((d for d in drafts if d.type == "Area" and not d.reference), None)
        if first is None or folded[: first.start].strip() or folded.find("\n", first.end, HEAD) < 0 or not first.key.endswith("区") or not (self._areas.level(first) == "zone" or first.rule.startswith(_ZONE)):
            return None
        if self._words.own_paper.match(folded, first.end):
            return first
        return first if sum(d.entity == first.entity for d in drafts) > 1 else None

    def _titled_otherwise(self, main: Draft | None, drafts: Sequence[Draft], folded: str) -> bool:
        """Whether the title of a paper names another area than the one that it says most, such as a zone in it."""
        end = folded.find("\n")
        if main is None or not 0 < end <= HEAD:
            return False
        titled = [d for d in drafts if d.type == "Area" and d.start < end and self._areas.level(d) in _TOPICAL and not d.reference]
        return bool(titled) and all(d.entity != main.entity and not self._areas.inside(d.code, main.code) for d in titled)

    def _dominates(self, main: Draft, areas: Sequence[Draft]) -> bool:
        """Whether a document is about one area: named three times, twice as often as any other, as often as all others."""
        same = sum(d.entity == main.entity for d in areas)
        within = sum(bool(d.code and main.code) and d.entity != main.entity and self._areas.inside(main.code, d.code) for d in areas)
        others: Mapping[int, int] = Counter(
            d.entity for d in areas
            if d.entity != main.entity and self._areas.level(d) in ADMINISTRATIVE
            and not (d.code and main.code and (self._areas.inside(main.code, d.code) or self._areas.inside(d.code, main.code)))
        )  # fmt: skip
        if same < 2 or same + within < 3:
            return False
        return same + within >= sum(others.values()) and same + within >= 2 * max(others.values(), default=0) or len(others) <= 1


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
