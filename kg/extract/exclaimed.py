"""A number that a sentence is all of, and what the next says of it: 3.1亿人！这是截至2024年底，农村网民的规模."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.model import Sentence
from kg.text.numbers import Number

_WHAT = re.compile(r"[ 　]*这(?:也|就|正)?是(?P<when>(?:截至|到)?[^，。！\n]{0,14}?(?:底|末|日|目前)，)?(?P<what>[^，。！？\n]{3,60})")


class Told(NamedTuple):
    """Where the time that is told with a number alone begins, and where what it counts begins and ends."""

    begin: int
    start: int
    end: int


def told_next(folded: str, sentence: Sentence, number: Number) -> Told | None:
    """What the sentence behind tells of a number that is a sentence by itself; None for any other number."""
    if number.lead != sentence.start or folded[number.tail : sentence.end] not in {"！", "!"}:
        return None
    found = _WHAT.match(folded, sentence.end)
    return Told(found.start(), found.start("what"), found.end()) if found else None
