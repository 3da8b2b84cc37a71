"""Why a rule fired or did not: tokens with their classes, known names, what happened to every rule that was tried, how far the
patterns got that did not match, which rule decided about each number, and what each reference means."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kg.expressions import expressions
from kg.extract.corrections.footnotes import Footnotes
from kg.extract.extractor import Extractor
from kg.extract.knowledge.pattern import Pattern
from kg.extract.knowledge.rule_reading import read_macros, rule_files
from kg.extract.names.rows import Row
from kg.extract.review.absent import Missing, missing
from kg.extract.review.near_miss import Element, beginnings, elements, furthest
from kg.extract.review.trace_figures import Decided, watched_observer
from kg.model import Document, Facts


@dataclass(frozen=True)
class Token:
    """A word of the text; offsets are those of the document."""

    text: str
    start: int
    end: int
    features: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """A name or quotation that is one token before any rule runs: `found_by` is the table, "" for a quotation."""

    text: str
    start: int
    end: int
    type: str
    found_by: str
    key: str
    code: str


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
class NearMiss:
    """A pattern that matched in part: `text` is what did, `wanted` the element that no match has at `at` ("" at the sentence's end)."""

    rule: str
    sentence: int
    start: int
    end: int
    text: str
    done: int  # elements that must be there and are, of `size`
    size: int
    wanted: str
    at: str
    telling: bool  # the match holds the rarest thing that the rule needs


@dataclass(frozen=True)
class Absent:
    """What the sentence that comes nearest to a rule has nothing of, and the rule needs."""

    rule: str
    sentence: int
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class Trace:
    """All that happened to one document."""

    tokens: tuple[tuple[Token, ...], ...]  # by sentence, before any rule
    known: tuple[Known, ...]
    steps: tuple[Step, ...]
    near: tuple[NearMiss, ...]  # by sentence, the most advanced first
    absent: tuple[Absent, ...]  # of the rules asked for of which nothing else is told
    figures: tuple[Decided, ...]
    facts: Facts


def trace(extractor: Extractor, document: Document, asked: Collection[str] = ()) -> Trace:
    """What happened to `document`, rule by rule; the same facts as `extractor.extract(document)`. Of rules that are `asked`
    for and found nothing that they need it is told what they miss."""
    marks = Footnotes.of(document.text) or Footnotes(())
    plain = marks.read(document)
    rows = extractor.rows(plain)
    watcher = _Watcher(extractor, plain, marks, rows, frozenset(asked))
    with watched_observer(extractor) as decisions:
        facts = extractor.extract(document, watcher)
    tokens = tuple(
        tuple(
            Token(plain.text[start:end], marks.start(start), marks.end(end), tuple(sorted(extractor.symbols.features(symbol))))
            for start, end, symbol in zip(row.starts, row.ends, row.symbols)
        )
        for row in rows
    )
    known = tuple(
        Known(plain.text[d.start : d.end], marks.start(d.start), marks.end(d.end), d.type, d.rule, d.key, d.code)
        for row in rows for d in row.drafts if d is not None
    )  # fmt: skip
    figures = decisions.told(plain, facts, marks)
    expressions().save()
    beginnings().save()
    return Trace(tokens, known, tuple(watcher.steps), watcher.missed(), watcher.absent(), figures, facts)


def most_advanced(near: Iterable[NearMiss], count: int) -> list[NearMiss]:
    """The first `count` near misses of each sentence."""
    kept: dict[int, list[NearMiss]] = {}
    for miss in near:
        kept.setdefault(miss.sentence, []).append(miss)
    return [miss for sentence in sorted(kept) for miss in kept[sentence][:count]]


class _Watcher:
    """Notes what rules do in a document that was read without its footnote marks."""

    def __init__(self, extractor: Extractor, plain: Document, marks: Footnotes, rows: Iterable[Row], asked: frozenset[str]) -> None:
        self._before, self._asked = {row.sentence.index: row for row in rows}, asked
        self._absent: dict[str, Absent] = {}
        self.steps: list[Step] = []
        self._parsed: dict[str, tuple[tuple[Element, ...], ...]] = {}  # by rule
        self._near: dict[tuple[str, int], NearMiss] = {}
        self._symbols, self._text, self._marks = extractor.symbols, plain.text, marks
        self._macros = read_macros(rule_files(extractor.ontology))

    def __call__(self, rule: str, row: Row, first: int, last: int, outcome: str) -> None:
        start, end = row.starts[first], row.ends[last - 1]
        self.steps.append(Step(rule, row.sentence.index, self._marks.start(start), self._marks.end(end), self._text[start:end], outcome))

    def tries(self, rule: str, pattern: Pattern, row: Row) -> None:
        """Note how far the pattern comes, if the sentence has the rarest thing that it needs."""
        trigger = self._symbols.of_runs(pattern.needs[0])
        lacking = trigger.isdisjoint(row.symbols)
        if lacking and rule not in self._asked or pattern.regex.search(row.symbols):
            return
        parsed = self._parsed.get(rule)
        if parsed is None:
            parsed = self._parsed[rule] = elements(pattern.source, self._symbols, self._macros)
        if rule in self._asked:
            absent = Absent(rule, row.sentence.index, missing(parsed, row, self._before.get(row.sentence.index)))
            known = self._absent.get(rule)
            if absent.missing and (known is None or len(absent.missing) < len(known.missing)):
                self._absent[rule] = absent
        if lacking:
            return
        got = furthest(parsed, row.symbols)
        if got is None:
            return
        start, end = row.starts[got.first], row.ends[got.last - 1]
        at = self._text[row.starts[got.last] : row.ends[got.last]] if got.last < len(row.symbols) else ""
        telling = not trigger.isdisjoint(row.symbols[got.first : got.last])
        self._near[rule, row.sentence.index] = NearMiss(
            rule, row.sentence.index, self._marks.start(start), self._marks.end(end), self._text[start:end], got.done, got.size, got.wanted, at, telling
        )

    def absent(self) -> tuple[Absent, ...]:
        """What the rules asked for miss that did nothing in any sentence, each in the sentence where that is least."""
        done = {step.rule for step in self.steps}
        return tuple(absent for rule, absent in sorted(self._absent.items()) if rule not in done)

    def missed(self) -> tuple[NearMiss, ...]:
        """The near misses of rules that did nothing else in that sentence, the most advanced first."""
        done = {(step.rule, step.sentence) for step in self.steps}
        near = (miss for key, miss in self._near.items() if key not in done)
        return tuple(sorted(near, key=lambda m: (m.sentence, not m.telling, -m.done / m.size, -m.done, m.start, m.rule)))
