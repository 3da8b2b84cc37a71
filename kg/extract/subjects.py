"""Whose figure it is: the body, project or place named with the number, else what the passage is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from kg.extract.mentions import MentionRef
from kg.model import Sentence

_BEARERS = frozenset({"Area", "Body", "Project", "Event", "Policy"})
_PLACE_BEFORE = re.compile(
    r"(?:在|到|至|从|由|向|对|落户|位于|来自|与|和|经|往|及|、|围绕|根据|按照|以|为|于|据|占|比|随着|通过|“|《|全球|自)$"
)
_SOURCE_AFTER = re.compile(
    r"(?:最新|日前|近日|今天|今日|昨天)?(?:发布|公布|表示|介绍|消息|数据|获悉|统计|要求|提出|出台|印发|批准发布|透露|披露|通报|监测|说|指出|强调|、)|[^，。]{0,8}(?:数据显示|介绍|表示|获悉|显示)"
)
_SCOPE_AFTER = re.compile(r"[^，。；、]{0,6}(?:第[一二三四五六七八九十\d]|首位|榜首|前列|比重|占比)")
# What is told after "the meeting was held" is seldom about the meeting; of fairs and games it is.
_MEETING = re.compile(r"(?:推进会|座谈会|动员会|现场会|研讨会|全会|会议|党代会)$")
_HELD_AFTER = re.compile(r"[^，。；]{0,10}(?:举行|召开)")
_MADE_BY = re.compile(r"(?:共)?(?:组织|主办|举办|承办|排定|发布|推出|认定|管辖|拥有|建设|运营|管理)的")
_OPENING = re.compile(
    r"(?:[^，。；]{0,8}[，：])?(?:目前|今天|昨天|其中|截至目前|同时|近日|日前|此外|另外|据介绍|已|是|仅|并|使|让|[^，。；]{0,8}年|的|在|[一二三四五六七八九十]是|——|“)*"
)
_ASIDE = re.compile(r"(?:随着|针对|围绕|根据|按照|为了|依托)[^，。；]*$")
_STOPS = re.compile(r"[，。；、\d一二三四五六七八九十]")
_LINK = re.compile(r"(?:共|已|累计|的|将|全年|今年|去年|还|也|现|目前|预计|年|平均|总|国内|首次|地区|已经|现有|辖区)*")


class SubjectReader:
    """Remembers, passage by passage, what the figures are about."""

    def __init__(
        self, folded: str, mentions: Sequence[MentionRef], topics: Mapping[int, str | None], report: bool
    ) -> None:
        self._folded = folded
        self._all = list(mentions)
        self._all_starts = [m.start for m in mentions]
        self._mentions = [m for m in mentions if m.type in _BEARERS]
        self._starts = [m.start for m in self._mentions]
        self._topics = topics
        self._report = report

    def _between(self, start: int, end: int) -> list[MentionRef]:
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def last_end(self, start: int, end: int) -> int:
        """Where the last subject in `start:end` ends that has words of the clause behind it; `start` if there is none.

        Inside a clause only a place is one (青岛海关共监管上合示范区到发班列): 提供公办幼儿园学位 is about places at school.
        """
        for mention in reversed(self._between(start, end)):
            if mention.end <= end - 2 and (mention.type == "Area" or self._opens(mention, start)):
                return start if self._folded[mention.start - 1] in "占比" else mention.end
        return start

    def _opens(self, mention: MentionRef, start: int) -> bool:
        return _OPENING.fullmatch(self._folded[start : mention.start]) is not None

    def around(self, start: int, end: int) -> MentionRef | None:
        """The mention inside which start:end stands, whatever its class."""
        at = bisect_right(self._all_starts, start) - 1
        for mention in self._all[max(0, at - 3) : at + 1]:
            if mention.start <= start and end <= mention.end:
                return mention
        return None

    def of(self, sentence: Sentence, clause: int, at: int, indicator: int, behind: tuple[int, int]) -> str | None:
        """The entity a number at `at` is about.

        Its clause begins at `clause`, the name of its indicator at `indicator`; `behind` is the span after the number.
        """
        named = self._behind(behind) or self._ahead(sentence, clause, at, indicator)
        if named is not None:
            return named.entity
        if self._report:
            return self._topics.get(sentence.index)
        carried = self._passage(sentence)
        return carried.entity if carried is not None else self._topics.get(sentence.index)

    def _behind(self, behind: tuple[int, int]) -> MentionRef | None:
        """全长1.62公里的京雄大桥; 39个国务院安委会成员单位."""
        start, end = behind
        if start < end and self._folded[start] == "的":
            start += 1
        for mention in self._between(start, start + 1):
            if mention.type in {"Project", "Body"} and mention.end <= end:
                return mention
        return None

    def _ahead(self, sentence: Sentence, clause: int, at: int, indicator: int) -> MentionRef | None:
        folded = self._folded
        inside = [m for m in self._between(sentence.start, at) if m.end <= at]
        here = [m for m in inside if m.start >= clause]
        if self._report:
            here = [m for m in here if m.type in {"Area", "Body", "Project"}]
        for mention in reversed(here):
            if mention.end <= indicator and _LINK.fullmatch(folded, mention.end, indicator):
                placed = not self._report or mention.type == "Area" or self._opens(mention, clause)
                if placed and not self._passing(mention, clause):
                    return mention
            if _MADE_BY.fullmatch(folded, mention.end, at):
                return mention
        opening = [m for m in here if not self._passing(m, clause) and self._opens(m, clause)]
        if opening and opening[0].end <= max(indicator, clause):
            return self._nearest(opening)
        if self._report:
            # A report speaks of its area; a body that opens the sentence keeps the word: 甲集团要全力突围，力争营收….
            first = inside[0] if inside else None
            if first is None or first.type != "Body" or not self._opens(first, sentence.start):
                return None
            return None if self._passing(first, sentence.start) else first
        if opening and opening[0].end < at:
            return self._nearest(opening)
        # The clause names none: the subject of the clauses before it goes on.
        earlier = [m for m in inside if m.start < clause and not self._passing(m, sentence.start)]
        return self._nearest(earlier) if earlier else None

    def _passing(self, mention: MentionRef, start: int) -> bool:
        """Named only as a place, a source, a scope or a partner of what is told."""
        before = self._folded[max(start, mention.start - 4) : mention.start]
        after = self._folded[mention.end : mention.end + 16]
        if _ASIDE.search(self._folded[max(0, mention.start - 24) : mention.start]):
            return True
        if mention.type == "Event" and _MEETING.search(self._folded, mention.start, mention.end) and _HELD_AFTER.match(after):
            return True
        return bool(_PLACE_BEFORE.search(before) or _SOURCE_AFTER.match(after) or _SCOPE_AFTER.match(after))

    def _nearest(self, mentions: list[MentionRef]) -> MentionRef:
        """Of 湖北武汉 the nearer one; of A主办的B, B."""
        best = mentions[0]
        for mention in mentions[1:]:
            gap = self._folded[best.end : mention.start]
            if gap in {"", "·", "“"} or (
                len(gap) <= 9 and (gap.endswith(("的", "工程", "项目")) and not _STOPS.search(gap))
            ):
                best = mention
            else:
                break
        return best

    def _passage(self, sentence: Sentence) -> MentionRef | None:
        """What the paragraph has named first as its subject, None if it names none before the sentence."""
        start = self._folded.rfind("\n", 0, sentence.start) + 1
        named = [m for m in self._between(start, sentence.start) if not self._passing(m, start)]
        return self._nearest(named) if named else None
