"""Who answers for a target: 规上工业增加值增长7%。（责任单位：某局、某局）"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.relations.deeds import Answer
from kg.model import Observation

_SAME_LINE = re.compile(r"[^\n]*(?:\n\s*)?")  # a label of its own line goes on with the line above
_SAME_PART = re.compile(r"[^\n（）()。]*(?:\n\s*)?")  # between two labels for the same task


def answered_for(found: Sequence[Observation], answers: Sequence[Answer], text: str, numbers: Mapping[int, str]) -> list[Observation]:
    """`found` with those who answer for its targets, whom the next of `answers` names in the line of a target or at the beginning of the next line.

    `numbers` gives the entity ids.
    """
    told = sorted(answers)
    starts = [answer.start for answer in told]

    def of_target(one: Observation) -> Iterator[int]:
        place = bisect_left(starts, one.end)
        if place == len(told) or not _SAME_LINE.fullmatch(text, one.end, starts[place]):
            return
        yield from told[place].who
        for before, after in zip(told[place:], told[place + 1 :], strict=False):
            if not _SAME_PART.fullmatch(text, before.end, after.start):
                return
            yield from after.who

    def with_who(one: Observation) -> Observation:
        who = dict.fromkeys(numbers[entity] for entity in of_target(one) if entity in numbers) if one.kind == "target" else {}
        return replace(one, responsible=tuple(who)) if who else one

    return [with_who(one) for one in found] if told else list(found)
