"""What a figure is about where its sentence names nothing: what its paragraph has told of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise

from kg.extract.names.mentions import NATION, MentionRef
from kg.extract.observations.figures import Figure
from kg.extract.observations.named import Named, NamedReader
from kg.extract.observations.passing import Passing
from kg.model import Sentence
from kg.text.sentences import behind_last, line_start

_TURNS_REACH = 1000  # characters: every sentence with a figure looks back so far
_IN_TURN = 3  # places told of one after the other, of which none has the others


class ParagraphSubject(NamedReader):
    """Remembers, paragraph by paragraph, what one text tells of. Sentences are asked for in order."""

    def __init__(self, named: Named, passing: Passing) -> None:
        super().__init__(named)
        self._passing = passing
        self._told: tuple[int, int, list[MentionRef]] = (-1, -1, [])  # see _named_before
        self._parallels: dict[tuple[int, int], MentionRef | None] = {}  # what _parallel found, by its arguments

    def find(self, figure: Figure, again: tuple[int, MentionRef | None]) -> MentionRef | None:
        """What a figure is about by the sentences before; None if they tell of nothing.

        `again` is what was last taken up by its kind, and where.
        """
        sentence, at = figure.sentence, figure.number.lead
        local = self._words.local.search(self._folded, sentence.start, at)
        return (self.last_scene(sentence) if local else None) or self._passage(sentence, again)

    def _passage(self, sentence: Sentence, again: tuple[int, MentionRef | None]) -> MentionRef | None:
        """What the paragraph has named first as its subject, None if it names none before the sentence."""
        start = line_start(self._folded, sentence.start)
        if start > 1 and self._words.goes_on.match(self._folded, start):
            start = line_start(self._folded, start - 1)  # 另外，…: of what the paragraph before told
        if near := self._parallel(start, sentence.start):
            return near
        at, taken_up = again
        if taken_up is not None and start <= at < sentence.start and not self._between(at, sentence.start):
            return taken_up
        named = self._named_before(start, sentence.start)
        if not named:
            return None
        first = self._named.nearest(named)
        if first.type == "Area" and (last := self._told_in_turn(start, sentence.start)):
            return last
        turned = next((m for m in reversed(named) if m.type in {NATION, "Area"}), first)
        if first.type == "Area" and turned.type == NATION and not turned.entity:
            return turned  # of 安徽今年…。今年，我国… the last
        if first.type == NATION:
            if not first.entity and (home := self._named.home_among(named)):
                return home
            # 我国启动A工程。十年来累计投入…: what was begun is spoken of.
            begun = (m for n, m in pairwise(named) if n.type == NATION and m.type == "Project" and self._words.begun.fullmatch(self._folded, n.end, m.start))
            return next(begun, first)
        return self._place_of(first) if first.type in {"Policy", "Event"} else first

    def _told_in_turn(self, paragraph: int, end: int) -> MentionRef | None:
        """The place of the sentence right before `end`, where a paragraph tells of several in turn, one in each sentence: 甲省…。乙省…。在丙市，…."""
        places: list[tuple[int, MentionRef]] = []  # with what a sentence opens, and where that begins
        begin = paragraph = max(paragraph, end - _TURNS_REACH)
        while begin < end:
            stop = self._folded.find("。", begin, end) + 1 or end
            areas = [m for m in self._between(begin, stop) if m.type == "Area"]
            if areas and self._words.turns_to.fullmatch(self._folded, begin, areas[0].start):
                places.append((begin, self._named.nearest(areas)))
            begin = stop
        last = self._folded.rfind("。", paragraph, end - 1) + 1 or paragraph
        if len({place.entity for _, place in places}) < _IN_TURN or places[-1][0] != last:
            return None
        return places[-1][1]

    def _named_before(self, paragraph: int, end: int) -> list[MentionRef]:
        """What a paragraph names before `end`, not in passing. Sentences come in order: each looks only at what is new."""
        begin, upto, named = self._told
        if begin != paragraph or upto > end:
            upto, named = paragraph, []
        new = self._between(upto, end)
        tellers = [m for m in new if m.type == "Body" and self._passing.tells(m)]
        tell = {m.entity for m in tellers}
        begins = {m.start for m in tellers if self._words.organ_end.search(self._folded, m.start, m.end)}  # of 甲省统计局 neither it nor 甲省 is told of
        named += [m for m in new if m.entity not in tell and not (m.type == "Area" and m.start in begins) and not self._passing.passes(m, paragraph) and self._passing.lasts(m) and not self._is_within(m)]
        self._told = (paragraph, end, named)
        return named

    def _is_within(self, mention: MentionRef) -> bool:
        """Whether a clause names a company, or the place that its name begins with, as one of many: 扶持企业甲市乙公司上市."""
        if mention.type not in {"Area", "Body"} or self._named.report:
            return False
        begin = self._named.clause_of(mention)
        return self._words.supported.search(self._folded, begin, mention.start) is not None

    def _parallel(self, paragraph: int, end: int) -> MentionRef | None:
        """What the last of the statements that end in a semicolon before `end` opens with: 甲区建设提速；3家总部开工."""
        passed, found = [], None
        while found is None and end > paragraph and self._folded[end - 1] == "；":
            if (paragraph, end) in self._parallels:
                found = self._parallels[paragraph, end]
                break
            passed.append(end)
            start = behind_last(self._folded, "。；！？", paragraph, end - 1)
            opening = (m for m in self._between(start, end) if m.type in {"Area", "Body", "Project"})
            found = next((m for m in opening if self._named.opens(m, start) and not self._passing.passes(m, start)), None)
            end = start
        self._parallels |= dict.fromkeys([(paragraph, each) for each in passed], found)
        return found

    def last_scene(self, sentence: Sentence) -> MentionRef | None:
        """The place with which the last sentence opens that names one: 在乙市丙中心，玉米长势喜人。今年，当地采用…."""
        start = line_start(self._folded, sentence.start)
        areas = [m for m in self._between(start, sentence.start) if m.type == "Area"]
        if not areas:
            return None
        begin = behind_last(self._folded, "。", start, areas[-1].start)
        areas = [m for m in areas if m.start >= begin]
        opens = self._words.scene.fullmatch(self._folded, begin, areas[0].start)
        return self._named.nearest(areas) if opens else None

    def _place_of(self, mention: MentionRef) -> MentionRef:
        """The area that the name of a policy or event begins with, if the text names it; else the mention itself, and so a fair."""
        if mention.type == "Event" and self._words.fair.search(self._folded, mention.start, mention.end):
            return mention
        begins = (self._folded[mention.start : end] for end in range(mention.end, mention.start, -1))
        return next((self._areas[begin] for begin in begins if begin in self._areas), mention)

    @cached_property
    def _areas(self) -> Mapping[str, MentionRef]:
        """The first mention of each area as it is written."""
        return {self._folded[m.start : m.end]: m for m in reversed(self._named.all) if m.type == "Area" and m not in self._named.home}
