"""Whose figure it is: the body, project or place named with the number, else what the passage is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from kg.extract.mentions import MentionRef
from kg.model import Sentence

_BEARERS = frozenset({"Area", "Body", "Project", "Event", "Policy"})
_PLACE_BEFORE = re.compile(r"(?:在|到|至|从|由|向|对|落户|位于|来自|与|和|经|往|及|、|围绕|根据|按照|以|为|于|“|《)$")
_OPENING = re.compile(r"^(?:[^，。；]{0,6}[，：])?(?:目前|今天|昨天|其中|截至目前|同时|近日|日前|此外|据介绍|的|在|[一二三四五六七八九十]是|——|“)*$")
_OF = re.compile(r"的(?:[^，。；、]{0,10})?$")


class SubjectReader:
    """Remembers, passage by passage, what the figures are about."""

    def __init__(
        self, folded: str, mentions: Sequence[MentionRef], topics: Mapping[int, str | None], report: bool
    ) -> None:
        self._folded = folded
        self._mentions = [m for m in mentions if m.type in _BEARERS]
        self._starts = [m.start for m in self._mentions]
        self._topics = topics
        self._report = report
        self._line = (-1, -1)
        self._carried: MentionRef | None = None

    def _between(self, start: int, end: int) -> list[MentionRef]:
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def around(self, start: int, end: int) -> MentionRef | None:
        """The mention inside which start:end stands, whatever its class."""
        at = bisect_right(self._starts, start) - 1
        for mention in self._mentions[max(0, at - 3) : at + 1]:
            if mention.start <= start and end <= mention.end:
                return mention
        return None

    def of(self, sentence: Sentence, clause: int, at: int, behind: tuple[int, int]) -> str | None:
        """The entity a number at `at`, in a clause from `clause` on, is about; `behind` is the span after the number."""
        named = self._behind(behind) or self._ahead(sentence, clause, at)
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

    def _ahead(self, sentence: Sentence, clause: int, at: int) -> MentionRef | None:
        inside = [m for m in self._between(sentence.start, at) if m.end <= at]
        if not inside:
            return None
        own = [m for m in inside if m.start >= clause and not self._passing(m, clause)]
        if own:
            return self._widest(own, at)
        if self._report:
            return None
        # The clause names none: the subject of the clause before it goes on.
        opening = [m for m in inside if m.start < clause and not self._passing(m, sentence.start)]
        return self._widest(opening, clause) if opening else None

    def _passing(self, mention: MentionRef, start: int) -> bool:
        """Named only as a place, a source or a partner of what is told."""
        before = self._folded[max(start, mention.start - 4) : mention.start]
        return _PLACE_BEFORE.search(before) is not None

    def _widest(self, mentions: list[MentionRef], at: int) -> MentionRef:
        """Of 湖北武汉 the nearer one; of A的B, B."""
        best = mentions[0]
        for mention in mentions[1:]:
            gap = self._folded[best.end : mention.start]
            if gap in {"", "的", "·"} or "，" in gap:
                best = mention
        return best

    def _passage(self, sentence: Sentence) -> MentionRef | None:
        """What the paragraph has named first as its subject; the title of an item where the paragraph names none."""
        folded = self._folded
        start = folded.rfind("\n", 0, sentence.start) + 1
        named = [m for m in self._between(start, sentence.start) if not self._passing(m, start)]
        for kinds in ({"Project", "Event", "Body", "Policy"}, {"Area"}):
            for mention in named:
                if mention.type in kinds:
                    return mention
        return None
