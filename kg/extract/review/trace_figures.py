"""Which rule decided about each number of a text, and which came close."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, fields

from kg.extract.corrections.footnotes import Footnotes
from kg.extract.extractor import Extractor
from kg.extract.observations.observation_rules import ObservationRule, ObservationRules
from kg.model import Document, Facts
from kg.text.fold import fold, without_noise
from kg.text.numbers import Number


@dataclass(frozen=True)
class Stopped:
    """A rule of figures whose words stand beside a number, and which does not decide about it all the same."""

    rule: str
    matched: tuple[str, ...]  # of `before` and `after`
    failed: tuple[str, ...]  # its other conditions that do not hold


@dataclass(frozen=True)
class Decided:
    """A number with the rule that decided about it ("" if none was asked or fits), and what became of it."""

    start: int
    end: int
    text: str
    rule: str
    outcome: str
    stopped: tuple[Stopped, ...]  # of the rules that were tried before, the nearest first


@dataclass(frozen=True)
class _Asked:
    number: Number
    before: str
    after: str
    rule: ObservationRule | None


@dataclass(frozen=True)
class _WatchedRules(ObservationRules):
    """Rules that note what they are asked."""

    asked: list[_Asked] = field(default_factory=list)

    def decide(self, number: Number, before: str, after: str) -> ObservationRule | None:
        rule = super().decide(number, before, after)
        self.asked.append(_Asked(number, before, after, rule))
        return rule


@dataclass(frozen=True)
class Decisions:
    """What the rules of figures were asked while a document was read."""

    extractor: Extractor
    rules: _WatchedRules

    def told(self, plain: Document, facts: Facts, marks: Footnotes) -> tuple[Decided, ...]:
        """What became of every number of a document, whose facts are told of the text with footnote marks."""
        asked = {(one.number.start, one.number.end): one for one in self.rules.asked}
        folded = without_noise(fold(plain.text), plain.noise)
        found = []
        for number in self.extractor.observer.numbers.find(folded):
            written, start, end = plain.text[number.start : number.end], marks.start(number.start), marks.end(number.end)
            made = [o for o in facts.observations if o.start <= start and end <= o.end and o.quoted == written]
            one = asked.get((number.start, number.end))
            rule = made[0].found_by if made else one.rule.id if one is not None and one.rule is not None else ""
            stopped = self._stopped(one) if one is not None else ()
            found.append(Decided(start, end, written, rule, _outcome(one, bool(made)), stopped))
        return tuple(found)

    def _stopped(self, one: _Asked) -> tuple[Stopped, ...]:
        tried = []
        for rule in self.rules.by_unit[one.number.kind].rules:
            if rule is one.rule:
                break
            holds = dict(rule.conditions(one.number, one.before, one.after))
            matched = tuple(name for name in ("before", "after") if holds.get(name))
            failed = tuple(name for name, held in holds.items() if not held)
            if matched and failed:
                tried.append(Stopped(rule.id, matched, failed))
        return tuple(sorted(tried, key=lambda s: (len(s.failed) - len(s.matched), len(s.failed))))


def _outcome(one: _Asked | None, made: bool) -> str:
    if made:
        return "fired"
    if one is None:
        return "not asked: in a time or name, or bare"
    if one.rule is None:
        return "no rule fits"
    if one.rule.kind == "none":
        return "no figure"
    return "fits, but nothing is named that it counts"


@contextmanager
def watched_observer(extractor: Extractor) -> Iterator[Decisions]:
    """Let the rules of figures note what they are asked, as long as the context lasts."""
    observer = extractor.observer
    watched = copy(observer)
    rules = watched.rules = _WatchedRules(**{own.name: getattr(observer.rules, own.name) for own in fields(observer.rules)})
    extractor.observer = watched
    try:
        yield Decisions(extractor, rules)
    finally:
        extractor.observer = observer
