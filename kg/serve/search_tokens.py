"""Text search as pairs of characters: every substring of a name is a phrase of pairs, found in an inverted index.

SQLite's full-text index knows words; Chinese names have none, and its trigrams do not find names of two characters.
A name becomes its overlapping pairs of characters, with marks for its two ends: 錢塘區 gives |錢, 錢塘, 塘區, 區|. Then
"begins with" and "is exactly" are phrases as well, and the index gives the most central things first at any size.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

_START, _END = "s", "e"


def _code(character: str) -> str:
    return format(ord(character), "x")


def pairs(text: str) -> list[str]:
    """The tokens of a whole name, from one end to the other; [] for none."""
    if not text:
        return []
    codes = [_START, *map(_code, text), _END]
    return [f"{a}z{b}" for a, b in pairwise(codes)]


def singles(texts: Iterable[str]) -> list[str]:
    """A token for each character that occurs, sorted."""
    return sorted({_code(character) for text in texts for character in text})


def exactly(text: str) -> str:
    """The phrase that a name matches if it is `text`."""
    return _phrase(pairs(text))


def beginning(text: str) -> str:
    """The phrase that names beginning with `text` match."""
    return _phrase(pairs(text)[:-1])


def containing(text: str) -> str:
    """The phrase that names with `text` inside match; for a single character it is for the column of singles."""
    return _phrase(pairs(text)[1:-1] if len(text) > 1 else [_code(text)])


def word(text: str) -> str:
    """One token for a whole text, whatever its characters."""
    return "w" + "z".join(map(_code, text))


def _phrase(tokens: list[str]) -> str:
    return '"' + " ".join(tokens) + '"'
