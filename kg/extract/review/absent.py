"""What a rule needs that a sentence has nothing of, and what became of it where the text has it after all. For tracing alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.knowledge.pattern import literals
from kg.extract.names.rows import Row
from kg.extract.review.near_miss import Element
from kg.text.fold import fold


@dataclass(frozen=True)
class Missing:
    """An element of a pattern that no token matches, and why, as far as that can be told."""

    wanted: str
    why: str = ""


def missing(alternatives: Sequence[Sequence[Element]], row: Row, before: Row | None) -> tuple[Missing, ...]:
    """What no token of `row` matches of the alternative of which the least is missing; `before` is the same sentence before any rule."""
    found = [tuple(_missing(branch, row, before)) for branch in alternatives]
    return min(found, key=len, default=())


def _missing(sequence: Sequence[Element], row: Row, before: Row | None) -> list[Missing]:
    found: list[Missing] = []
    for element in sequence:
        if not element.size or re.search(element.regex, row.symbols):
            continue
        if len(element.branches) == 1:
            inner = _missing(element.branches[0], row, before)
            if inner:
                found += inner
                continue
        found.append(Missing(element.source, _why(element, row, before)))
    return found


def _why(element: Element, row: Row, before: Row | None) -> str:
    """Words that are cut otherwise here, or stand inside a name that was found earlier."""
    text = row.text[row.sentence.start : row.sentence.end]
    for word in sorted(literals(element.source), key=lambda word: (-len(word), word)):
        at = text.find(fold(word))
        if at < 0:
            continue
        first, last = row.sentence.start + at, row.sentence.start + at + len(word)
        covering = [place for place, (start, end) in enumerate(zip(row.starts, row.ends)) if start < last and end > first]
        if name := next((row.drafts[place] for place in covering if row.drafts[place] is not None), None):
            return f"{word} is inside {row.text[name.start : name.end]} by then ({name.type}, {name.rule or 'quotation'})"
        cut = [row.text[row.starts[place] : row.ends[place]] for place in covering]
        return f"{word} is read as {'|'.join(cut)} here: list it in a word class, or write these words one by one"
    if before is not None and (found := re.search(element.regex, before.symbols)) and found.end() > found.start():
        start, end = before.starts[found.start()], before.ends[found.end() - 1]
        for name in row.drafts:
            if name is not None and name.start <= start and end <= name.end:
                inner, whole = row.text[start:end], row.text[name.start : name.end]
                if inner == whole:
                    return f"{inner} is {name.type} by then ({name.rule})"
                return f"{inner} is inside {whole} by then ({name.type}, {name.rule})"
    return ""
