"""Why a rule fired or did not: tokens with their classes, and what happened to every rule that was tried."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.extractor import Extractor
from kg.extract.footnotes import Footnotes
from kg.extract.rows import Row
from kg.model import Document, Facts


@dataclass(frozen=True)
class Token:
    text: str
    start: int
    end: int
    features: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One thing that a rule did, or where it stopped; offsets are those of the document's text."""

    rule: str
    sentence: int
    start: int
    end: int
    text: str
    outcome: str


@dataclass(frozen=True)
class Trace:
    tokens: tuple[tuple[Token, ...], ...]  # by sentence, before any rule
    steps: tuple[Step, ...]
    facts: Facts


def trace(extractor: Extractor, document: Document) -> Trace:
    """What happened to `document`, rule by rule; the same facts as `extractor.extract(document)`."""
    steps: list[Step] = []
    marks = Footnotes.of(document.text) or Footnotes(())
    plain = marks.read(document)

    def watch(rule: str, row: Row, first: int, last: int, outcome: str) -> None:
        start, end = row.starts[first], row.ends[last - 1]
        steps.append(Step(rule, row.sentence.index, marks.start(start), marks.end(end), plain.text[start:end], outcome))

    facts = extractor.extract(document, watch)
    rows = extractor.rows(plain)
    tokens = tuple(
        tuple(
            Token(plain.text[start:end], marks.start(start), marks.end(end), tuple(sorted(extractor.symbols.features(symbol))))
            for start, end, symbol in zip(row.starts, row.ends, row.symbols)
        )
        for row in rows
    )
    return Trace(tokens, tuple(steps), facts)
