"""Which area a document, and each of its sentences, is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import NamedTuple

from kg.extract.gazetteer import Gazetteer
from kg.extract.mentions import CORRECTED
from kg.extract.report_parts import ReportPart, communique_year, explains, plan_years, report_parts
from kg.extract.rows import Draft, Row
from kg.extract.symbols import Symbols
from kg.model import Document
from kg.text.fold import fold

ADMINISTRATIVE = ("province", "city", "county")
_TOPICAL = (*ADMINISTRATIVE, "zone", "street", "region")
_LEAD = 12  # an area named within so many characters is what a sentence begins with
_HEAD = 60
_COINED = "area-"  # rules whose areas no table holds begin so; their ends (社区, 新区) tell no level
_WAYS = frozenset("从至到往赴")
_TOWARDS = frozenset("对向为与同")
# What a sentence may say before it says what it is about.
_ASIDE = re.compile(r"(?:【[^】]*】|（[^）]*）|(?:今天|昨天|今晚|昨晚|近日|日前|目前|截至目前|最近|近年来|今年以来|今年|去年)|\d+年|\d+月|\d+日|上午|下午|[，、：—\s])*+")
_OPENING = 120  # what a story is about, it names in its headline or its first sentences
_LINE_START, _LINE_END = re.compile(r"(?:\n *+|\A)\Z"), re.compile(r"\Z| *+\n")
_PARTNERS_REACH = 40  # characters that a list of partners may have before one of them
_INDENT = 200  # blanks before a headline
_LISTS = "、和与及"
_HEADLINE = 40
_TITLE_LINES = 5
_FULL_STOPS = "。！？；：…"
_BRIEFS = 2  # a text with more headlines than so many tells several stories
_OWN_WORD = 3  # how many mentions 全省, 省委 … count for the areas of their level
_REPORT_HEAD = re.compile("政府工作报告|工作报告|年报告|统计公报")
_ADDRESS = re.compile("向大会报告工作|各位代表[:：!！，]")
_OURS = re.compile("各位代表|我省|我市|我区|我县")
_STORY_TITLE = re.compile("习近平|代表团|审议|【|出席|会见|主持|强调")
_NUMBERED = re.compile("[（(]?[一二三四五六七八九十]+[）)、是]|—")
_WHOLE = "(?<![健安齐完])全"  # not 健全市场, 安全区域
_OWN = re.compile(f"{_WHOLE}(?:[省区县州]|市(?!场))|(?<![族尔古藏])自治区|我们|(?:过去|刚刚过去)的?(?:一|五)年")
# Behind the name of whose government a report is: 在甲市第六届人民代表大会…, 甲市人民政府市长, 我代表甲市人民政府.
_GIVES = re.compile(r"第[^，。\n]{1,8}届(?:人民代表大会|人大)|人民代表大会|人民政府|政府|代?(?:省|市|县|区|州|盟|旗)长|主席")
_STANDS_FOR = re.compile("人民政府|政府")
_GREETING = 1000  # characters in which a report says for whom it is given
# What a government calls its own tells of which level it is and how its area is called; if nothing does, it is a province.
_SPEAKERS = (
    (re.compile(f"(?:{_WHOLE}|我)省"), ("province",), ("省",)),
    (re.compile(f"(?:{_WHOLE}|我)市(?!场)"), ("city", "province"), ("市", "州", "盟")),
    (re.compile(f"(?:{_WHOLE}|我)县"), ("county",), ("县", "旗")),
    (re.compile(f"(?:{_WHOLE}|我)区"), ("county", "province"), ("区",)),
    (re.compile("(?<![省各])市(?:委|政府|人民政府)"), ("city", "province"), ("市", "州", "盟")),
    (re.compile("(?<![市各])县(?:委|政府|人民政府)"), ("county",), ("县", "旗")),
    (re.compile("省(?:委|政府|人民政府)"), ("province",), ("省",)),
    (re.compile(""), ("province",), ("省", "市", "自治区")),
)
_PROVINCE = 2  # digits of a code that tell the province
_APART = ("71", "81", "82")  # 台湾, 香港 and 澳门 give no such reports
_TOLD = re.compile(r"(?:表示|指出|强调|认为|介绍|说)[，:]|会见|习近平主席|消息，|眼下|这两天|这段时间|最近|(?<!更)多地|全国各地|前夕|假期[里间，]|(?<![年去]|\d)\d+月\d+日|各省|各地区各部门|第[一二三四五六七八九十]+条")
_DATELINE = re.compile("(?:消息|讯|电)[（： ]|(?:讯|日电)\n")  # 央视网消息（新闻联播）：, 新华社北京1月2日电
_PIECE = 200  # less than so many characters do not show who speaks
_ACTS = 3  # every so many-th sentence at least begins with what is to be done
_NEWS = re.compile("今天|昨天|近日|日前|记者|本报|获悉|“[^”]{12,}。”")
_ENDS_BY_LEVEL = {"省": "province", "自治区": "province", "市": "city", "州": "city", "盟": "city", "区": "county", "县": "county", "旗": "county"}
_OWN_WORDS = {
    "province": ("全省", "我省", "省委", "省政府", "省人民政府", "自治区党委", "自治区政府"),
    "city": ("全市", "我市", "市委", "市政府", "市人民政府"),
    "county": ("全县", "我县", "县委", "县政府", "区委", "区政府"),
}


def _on_the_way(folded: str, draft: Draft) -> bool:
    """Whether a place is only where something comes from or goes to, or who it is for: 从贵阳至南宁, 针对下沙."""
    before = folded[draft.start - 1 : draft.start]
    return before in _WAYS or before in _TOWARDS or folded[draft.end : draft.end + 1] in _WAYS


def is_report(document: Document, folded: str) -> bool:
    """Whether a text is a government's report, or a piece of one, in which one area speaks of itself."""
    first = folded.split("\n", 1)[0]
    if len(first) <= _HEAD and first[-1:] not in _FULL_STOPS and _STORY_TITLE.search(first):
        return False
    heading = fold(document.title) + "\n" + "\n".join(folded[:2000].split("\n")[:_TITLE_LINES])
    if any("政府工作报告" in line and len(line) < _HEADLINE and not _NEWS.search(line) for line in heading.split("\n")):
        return True  # a story that speaks of such a report in passing is none
    if communique_year(fold(document.title), folded) is not None or plan_years(folded) is not None:
        return True
    if _ADDRESS.search(folded[:2000]) and not _NEWS.search(folded[:2000]):
        return True
    return bool(_OURS.search(folded)) and not _NEWS.search(folded)


def may_be_piece(document: Document, folded: str) -> bool:
    """Whether a text without a heading, in which nobody is quoted, can be a stretch out of a government's report."""
    text = folded.strip()
    first = text.split("\n", 1)[0].rstrip()
    if len(text) < _PIECE or (len(first) <= _HEAD and first[-1:] not in _FULL_STOPS and not _NUMBERED.match(first)):
        return False
    if _DATELINE.search(fold(document.text.strip()[:_HEAD])):  # which is left out of what is read
        return False
    return not _NEWS.search(text.replace("今天的", "")) and not _TOLD.search(text)


def _openings(rows: Sequence[Row], folded: str) -> set[int]:
    """The sentences that are headlines: short, alone on their line, without a full stop."""
    found = set()
    for row in rows:
        start, end = row.sentence.start, row.sentence.end
        if end - start > _HEADLINE or folded[end - 1] in _FULL_STOPS:
            continue
        if _LINE_START.search(folded, max(0, start - _INDENT), start) and _LINE_END.match(folded, end):
            found.add(row.sentence.index)
    return found


def _listed(row: Row, area: Draft, folded: str) -> bool:
    """Whether an area is one of several: what is said of 江东和下沙 is about what holds them."""
    places = [d for d in row.drafts if d is not None and d.type == "Area"]
    return any(d.start - e.end == 1 and folded[e.end] in _LISTS for e, d in pairwise(places) if area is d or area is e)


class Speakers(NamedTuple):
    """The area that speaks from each of `starts` on; None where it is not named."""

    starts: tuple[int, ...]
    areas: tuple[Draft | None, ...]

    def at(self, position: int) -> Draft | None:
        return self.areas[max(bisect_right(self.starts, position) - 1, 0)]


class Topics:
    """Finds what is spoken of; places are compared by the gazetteer."""

    def __init__(self, gazetteer: Gazetteer, symbols: Symbols, partners: Sequence[str]) -> None:
        """`partners` are the words before those whom a government meets, helps or learns from."""
        self._gazetteer = gazetteer
        self._partners = re.compile(f"(?:{'|'.join(map(re.escape, partners))})(?:[^，。；：！？\\n、和及]{{1,8}}[、和及])*\\Z" if partners else "(?!)")
        self._to_do = symbols.having("@act", "@build", "@hold")

    def is_piece(self, document: Document, rows: Sequence[Row], folded: str) -> bool:
        """Whether a text is a stretch out of a government's report: it has no heading, and its sentences say what is to be done."""
        if not may_be_piece(document, folded):
            return False
        if _OWN.search(folded) or _NUMBERED.match(folded.strip()):
            return True
        acts = sum(not self._to_do.isdisjoint(row.symbols[:2]) for row in rows)
        return acts * _ACTS >= len(rows)

    def level(self, draft: Draft) -> str:
        """province, city, county, street, zone …; by the end of the name where no table knows it; "" if unknown."""
        if draft.code and (place := self._gazetteer.get(draft.code)):
            return place.level
        if draft.rule.startswith(_COINED):
            return ""
        return next((level for end, level in _ENDS_BY_LEVEL.items() if draft.key.endswith(end)), "")

    def partner(self, draft: Draft, folded: str) -> bool:
        """Whether an area is named as one that another meets, helps or learns from, or in a list of such: 与上海, 学习浙江经验."""
        return self._partners.search(folded, max(0, draft.start - _PARTNERS_REACH), draft.start) is not None

    def speakers(self, drafts: Sequence[Draft], folded: str, *, report: bool) -> Speakers:
        """The main area of a text; of reports one after the other, that of each."""
        main = self.main_area(drafts, folded, report=report)
        if not report:
            return Speakers((0,), (main,))
        parts = report_parts(folded)
        areas = self._areas(drafts)
        own = [main, *(self._titled(part, areas, folded) or main for part in parts[1:])]
        return Speakers(tuple(part.start for part in parts), tuple(own))

    def _areas(self, drafts: Sequence[Draft]) -> list[Draft]:
        return [d for d in drafts if d.type == "Area" and self.level(d) in ADMINISTRATIVE and not d.reference]

    def _titled(self, part: ReportPart, areas: Sequence[Draft], folded: str) -> Draft | None:
        """The area that the title of a report names, the lines below it, or its first sentences (我代表甲市人民政府)."""
        near = sorted((d for d in areas if part.start <= d.start < min(part.titled + _GREETING, part.end)), key=lambda d: (d.start, d.end))
        for found in (
            [d for d in near if part.title <= d.start < part.titled],
            [d for d in near if part.titled <= d.start < part.headed and _GIVES.match(folded, d.end)],
            [d for d in near if d.start >= part.headed and _STANDS_FOR.match(folded, d.end) and folded.endswith("代表", 0, self._outermost(d, near))],
        ):
            if found:
                return self._narrowest(found)
        return None

    def _outermost(self, area: Draft, areas: Sequence[Draft]) -> int:
        """Where the names of areas begin that stand right before an area which lies in them: 浙江省|义乌市."""
        start = area.start
        for outer in reversed(areas):
            if outer.end == start and outer.code and area.code and self._gazetteer.contains(outer.code, area.code):
                start = outer.start
        return start

    def main_area(self, drafts: Sequence[Draft], folded: str, *, report: bool) -> Draft | None:
        """The administrative area of a report's title, else the one that a text says most of; None if it names none.

        What lies in an area speaks for it too, and so do 全省 and 省委 for a province.
        """
        areas = self._areas(drafts)
        head_end = folded.find("\n") if "\n" in folded else len(folded)
        in_head = [d for d in areas if d.start < min(head_end, _HEAD)]
        if in_head and (_REPORT_HEAD.search(folded[:head_end]) or plan_years(folded) is not None):
            return self._narrowest(in_head)
        if report:
            if (corrected := self._corrected(drafts, folded)) is not None:
                return corrected
            if (titled := self._titled(report_parts(folded)[0], areas, folded)) is not None:
                return titled
        if not areas:
            return None
        if report:
            return self._speaker(areas, folded)
        first = {(d.code or d.key): d for d in reversed(areas)}
        counts = Counter(d.code or d.key for d in areas)
        own = {level for level, words in _OWN_WORDS.items() if any(word in folded for word in words)}
        for key, draft in first.items():
            if self.level(draft) in own and not all(self.partner(d, folded) for d in areas if (d.code or d.key) == key):
                counts[key] += _OWN_WORD + sum(self._inside(key, other) for other in first)
        return first[max(counts, key=lambda key: (counts[key], -first[key].start))]

    @staticmethod
    def _corrected(drafts: Sequence[Draft], folded: str) -> Draft | None:
        """What a correction by hand says that 全市 means."""
        return next((d for d in drafts if d.type == "Area" and d.reference == CORRECTED and _OWN.match(folded, d.start)), None)

    def _speaker(self, areas: Sequence[Draft], folded: str) -> Draft | None:
        """The area whose government speaks in a report without a heading, if it is named."""
        levels, ends = next((levels, ends) for words, levels, ends in _SPEAKERS if words.search(folded))
        fitting = [
            d for d in areas
            if d.code and not d.code.startswith(_APART) and (place := self._gazetteer.get(d.code))
            and place.level in levels and place.name.endswith(ends) and not self.partner(d, folded)
        ]
        counts = Counter(d.code for d in fitting)
        for code in counts:
            counts[code] += sum(self._inside(code, d.code) for d in areas)
        best = max(fitting, key=lambda d: (counts[d.code], -d.start), default=None)
        if best is not None and levels != ("county",):
            told = Counter(d.code[:_PROVINCE] for d in areas if d.code and not d.code.startswith(_APART))
            if told[best.code[:_PROVINCE]] < max(told.values()):
                return None  # the places are those of another province, which is not named
        return best

    def _inside(self, outer: str, inner: str) -> bool:
        return outer != inner and self._gazetteer.contains(outer, inner)

    def of_sentences(
        self, rows: Sequence[Row], members: Sequence[Sequence[Draft]], folded: str, *, report: bool
    ) -> dict[int, int | None]:
        """For each sentence the entity number of the area that it is about, or None."""
        drafts = sorted((d for group in members for d in group), key=lambda d: d.start)
        speakers = self.speakers(drafts, folded, report=report)
        main = speakers.areas[0]
        story = not report and bool(_NEWS.search(folded))
        default = self._default(main, drafts, story=story)
        if not report and not story and default is not None and self._titled_otherwise(main, drafts, folded):
            default = None
        if report:
            return self._of_reports(rows, speakers, default, report_parts(folded))
        topics: dict[int, int | None] = {}
        openings = _openings(rows, folded)
        often = sum(d.entity == main.entity for d in drafts if d.entity >= 0) if main is not None else 0
        briefs = len(openings) > max(_BRIEFS, often)
        if briefs:
            default = None  # each item has a topic of its own
        current = section = default
        last_end = 0
        for row in rows:
            start, end = row.sentence.start, row.sentence.end
            opens = row.sentence.index in openings
            if opens:
                section = default
            if opens if briefs else "\n" in folded[last_end:start]:
                current = section
            last_end = end
            here = [d for d in row.drafts if d is not None and d.type == "Area" and d.entity >= 0 and self.level(d) in _TOPICAL]
            begin = _ASIDE.match(folded, start, end).end()  # type: ignore[union-attr]
            if lead := [d for d in here if d.start - begin <= _LEAD and not _on_the_way(folded, d) and not self.partner(d, folded)]:
                best = self._narrowest(lead)
                current = default if default is not None and _listed(row, best, folded) else best.entity
                if opens and start and best.start == begin:
                    section = current  # 广东：…, 河南积极…: such a line heads all that follows to the next one
            topics[row.sentence.index] = current
        return topics

    @staticmethod
    def _of_reports(rows: Sequence[Row], speakers: Speakers, default: int | None, parts: Sequence[ReportPart]) -> dict[int, int | None]:
        """The area of each sentence in the reports of a text; `default` where it is not named."""
        topics: dict[int, int | None] = {}
        for row in rows:
            at = row.sentence.start
            speaker = speakers.at(at)
            topics[row.sentence.index] = None if explains(parts, at) else default if speaker is None else speaker.entity
        return topics

    def _default(self, main: Draft | None, drafts: Sequence[Draft], *, story: bool) -> int | None:
        """What the whole document is about: the main area if it is about one; 全省 or 我区 if it never names that."""
        areas = [d for d in drafts if d.type == "Area" and d.entity >= 0]
        # A piece of a longer text may name its area late; a story of the news does not.
        if main is not None and self._dominates(main, areas) and (
            not story or any(d.start < _OPENING for d in areas if d.entity == main.entity)
        ):
            return main.entity
        return next((d.entity for d in areas if d.reference and not d.code), None)

    def _titled_otherwise(self, main: Draft | None, drafts: Sequence[Draft], folded: str) -> bool:
        """Whether the title of a paper names another area than the one that it says most, such as a zone in it."""
        end = folded.find("\n")
        if main is None or not 0 < end <= _HEAD:
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

    def _narrowest(self, areas: Sequence[Draft]) -> Draft:
        best = areas[0]
        for draft in areas[1:]:
            if best.code and draft.code and draft.start - best.end <= 1 and self._gazetteer.contains(best.code, draft.code):
                best = draft
        return best


def told_near(
    rows: Sequence[Row], drafts: Sequence[Draft], topics: Mapping[int, int | None], folded: str, own: AbstractSet[int]
) -> dict[int, int | None]:
    """`topics` where the line of the sentence names the area, or its headline, or the story that it heads; None elsewhere.

    The areas of `own` a text speaks of throughout, and need not be named.
    """
    headlines = {number for number, line in enumerate(folded.split("\n")) if len(line.strip()) <= _HEADLINE}
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
        beside = line + 1 if line in headlines else line - 1  # the story of a headline, the headline of a story
        near = [line] if line in headlines and beside in headlines else [line, beside]
        found[sentence] = topic if topic in own or any((topic, one) in named for one in near) else None
    return found
