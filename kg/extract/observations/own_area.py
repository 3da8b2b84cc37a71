"""The area that a text which is no report tells of as its own, and where it goes back to that: 记者从甲市统计局获悉，…. 乙项目投产。群众增收。新增企业30家."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.names.mentions import MentionRef
from kg.extract.observations.named import Named
from kg.model import Sentence
from kg.text.sentences import behind_last, line_start

_ENDS = "。；！？"


class OwnArea:
    """That of one text; `topics` are the areas that its sentences are about."""

    def __init__(self, named: Named, area: str | None, topics: Mapping[int, str | None]) -> None:
        self.area = area
        self._named, self._folded, self._topics = named, named.folded, topics
        self._first_end = named.folded.find("。")  # of the first sentence

    def is_told_of(self, sentence: Sentence) -> bool:
        """Whether a sentence can be about the own area, since neither it nor the one before opens with another."""
        topic = self._topics.get(sentence.index)
        if self.area is None or topic == self.area:
            return self.area is not None
        return all(m.entity != topic for m in self._named.between(self._sentence_before(sentence), sentence.end))

    def is_presented(self, mention: MentionRef) -> bool:
        """Whether the first sentence of such a text names a thing, which the text is about then: 记者从甲局获悉，乙公司…."""
        return self.area is not None and mention.start < self._first_end

    def is_left(self, carried: MentionRef, sentence: Sentence) -> bool:
        """Whether a text has gone on from what its paragraph named before a sentence: from all but what the sentence right before opens with, or a place that another did."""
        if not self.is_told_of(sentence) or carried.entity in {"", self.area} or self.is_presented(carried):
            return False
        begins = behind_last(self._folded, _ENDS, line_start(self._folded, carried.start), carried.start)
        opens = self._named.opens(carried, self._named.clause_of(carried)) and all(m.entity == self.area for m in self._named.between(begins, carried.start))
        return not opens or begins < self._sentence_before(sentence) and carried.type != "Area"

    def _sentence_before(self, sentence: Sentence) -> int:
        """Where the sentence before one begins, if both stand in one paragraph; else where that begins."""
        return behind_last(self._folded, _ENDS, line_start(self._folded, sentence.start), max(sentence.start - 1, 0))
