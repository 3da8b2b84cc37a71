"""A number that a sentence is all of, and what the next says of it: 3.1亿人！这是截至2024年底，农村网民的规模."""

from __future__ import annotations

from typing import NamedTuple

from kg.extract.figure_words import FigureWords
from kg.model import Sentence
from kg.text.numbers import Number


class Told(NamedTuple):
    """Where the time that is told with a number alone begins, and where what it counts begins and ends."""

    begin: int
    start: int
    end: int


def told_next(words: FigureWords, folded: str, sentence: Sentence, number: Number) -> Told | None:
    """What the sentence behind tells of a number that is a sentence by itself; None for any other number."""
    if number.lead != sentence.start or folded[number.tail : sentence.end] not in {"！", "!"}:
        return None
    found = words.what_it_is.match(folded, sentence.end)
    return Told(found.start(), found.start("what"), found.end()) if found else None
