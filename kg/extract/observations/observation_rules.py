"""The rules of `rules/observations*.yaml`: which numbers are observations, and of which kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from kg.edges import may_begin, may_end
from kg.extract.knowledge.phrases import Phrases, pattern_of
from kg.extract.knowledge.rule_entries import read_entries, refuse_unknown
from kg.extract.knowledge.sieve import places
from kg.ontology import YamlFile
from kg.text.numbers import Number
from kg.text.units import CLASSES

KINDS = frozenset({"level", "growth", "share", "change", "rank", "none"})
INDICATORS = frozenset({"before", "both", "last"})
_KEYS = frozenset({
    "id", "unit", "before", "after", "not_before", "not_after", "spelled", "scaled", "bounded", "below",
    "kind", "sign", "indicator", "keep", "unit_as", "match", "refuse", "__line__",
})  # fmt: skip
_UNITS = CLASSES | {"bare", "rank"}


@dataclass(frozen=True)
class Example:
    """A text with the observations the rule finds in it: (kind, indicator, value, unit) each."""

    text: str
    yields: tuple[tuple[str, str, Decimal, str], ...]


@dataclass(frozen=True)
class ObservationRule:
    """What a number with one of `units` is, by the words before and after it; None where a condition says nothing. docs/rules.md describes the keys."""

    id: str
    units: frozenset[str]
    kind: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    spelled: bool | None
    scaled: bool | None
    bounded: bool | None
    below: Decimal | None
    sign: int
    indicator: str
    keep: bool
    unit_as: str
    match: tuple[Example, ...]
    refuse: tuple[str, ...]
    file: Path
    line: int

    def conditions(self, number: Number, before: str, after: str) -> Iterator[tuple[str, bool]]:
        """Each condition that the rule has, by its key, and whether it holds: what `ObservationRules.decide` asks, for tracing."""
        for name, asked, is_ in (("spelled", self.spelled, number.spelled), ("scaled", self.scaled, number.scaled), ("bounded", self.bounded, number.bound != "=")):
            if asked is not None:
                yield name, is_ == asked
        if self.below is not None:
            yield "below", number.value < self.below
        if self.after is not None:
            yield "after", self.after.match(after) is not None
        if self.before is not None:
            yield "before", self.before.search(before) is not None
        if self.not_after is not None:
            yield "not_after", self.not_after.match(after) is None
        if self.not_before is not None:
            yield "not_before", self.not_before.search(before) is None


class RulesOfUnit:
    """The rules of one unit, dozens for each number: the characters beside it sort most of them out."""

    def __init__(self, rules: Sequence[ObservationRule]) -> None:
        self.rules = rules
        self._behind: dict[str, int] = {}  # character → the rules that may hold behind it, as bits
        self._ahead: dict[str, int] = {}
        self._left: dict[int, tuple[ObservationRule, ...]] = {}

    @cached_property
    def _ends(self) -> list[Callable[[str], bool] | None]:
        return [rule.before and may_end(rule.before.pattern) for rule in self.rules]

    @cached_property
    def _begins(self) -> list[Callable[[str], bool] | None]:
        return [rule.after and may_begin(rule.after.pattern) for rule in self.rules]

    def compile(self) -> None:
        """Read at once with which characters the expressions begin and end, else when a figure first has this unit."""
        _ = self._ends, self._begins

    def possible(self, before: str, after: str) -> Sequence[ObservationRule]:
        """The rules that a number between these two characters ("" for none) may fit, in order."""
        behind, ahead = self._behind.get(before), self._ahead.get(after)
        if behind is None:
            behind = self._behind[before] = _bits(self._ends, before)
        if ahead is None:
            ahead = self._ahead[after] = _bits(self._begins, after)
        left = behind & ahead
        if left not in self._left:
            self._left[left] = tuple(map(self.rules.__getitem__, places(left)))
        return self._left[left]


def _bits(edges: Sequence[Callable[[str], bool] | None], char: str) -> int:
    return sum(1 << place for place, may in enumerate(edges) if may is None or may(char))


@dataclass(frozen=True)
class ObservationRules:
    """All of them, in the order in which they are tried, and by unit."""

    rules: tuple[ObservationRule, ...]
    by_unit: Mapping[str, RulesOfUnit]

    @property
    def fallback(self) -> ObservationRule:
        """The last rule: a number with a unit that nothing speaks against is a level."""
        return self.rules[-1]

    def compile_all(self) -> None:
        """Read off all expressions at once what each unit's rules are sorted out by."""
        for rules in self.by_unit.values():
            rules.compile()

    def decide(self, number: Number, before: str, after: str) -> ObservationRule | None:
        """The first rule that fits `number` between these two texts, None if none does. `ObservationRule.conditions` tells them one by one."""
        before = before.rstrip(" ")  # 产量增 5%
        bounded = number.bound != "="
        for rule in self.by_unit[number.kind].possible(before[-1:], after[:1]):  # the cheapest conditions first
            if rule.after is not None and not rule.after.match(after):
                continue
            if rule.spelled is not None and number.spelled != rule.spelled or rule.scaled is not None and number.scaled != rule.scaled:
                continue
            if rule.bounded is not None and bounded != rule.bounded or rule.below is not None and number.value >= rule.below:
                continue
            if rule.before is not None and not rule.before.search(before):
                continue
            if rule.not_after is not None and rule.not_after.match(after) or rule.not_before is not None and rule.not_before.search(before):
                continue
            return rule
        return None


def observation_rules(files: Sequence[YamlFile], phrases: Phrases) -> ObservationRules:
    """The rules of figures among `files`. New rules of a later file come first; one of a known id takes its place.

    KgError names file and line of an unknown key or class, of a faulty pattern, of a missing kind and of a rule without examples.
    """
    rules: dict[str, ObservationRule] = {}
    for file in files:
        own = list(read_entries(file, "rules", "rule", partial(_rule, phrases=phrases, file=file)))
        # A new rule is tried before those of the files before, the last of which decides about whatever is left.
        added = {rule.id: rule for rule in own if rule.id not in rules}
        rules = added | rules | {rule.id: rule for rule in own if rule.id in rules}
    ordered = tuple(rules.values())
    by_unit = {unit: RulesOfUnit([rule for rule in ordered if unit in rule.units]) for unit in sorted(_UNITS)}
    return ObservationRules(ordered, by_unit)


def _rule(row: dict[str, Any], place: tuple[Path, int], *, phrases: Phrases, file: YamlFile) -> ObservationRule:
    refuse_unknown(row, _KEYS)
    if not row.get("id") or row.get("kind") not in KINDS:
        raise ValueError(f"needs an id and a kind ({', '.join(sorted(KINDS))})")
    if set(row.get("unit") or ("",)) - _UNITS:
        raise ValueError(f"`unit` must list classes of units ({', '.join(sorted(_UNITS))})")
    if row.get("indicator", "before") not in INDICATORS:
        raise ValueError(f"unknown `indicator` (known: {', '.join(sorted(INDICATORS))})")
    if not row.get("match") or not row.get("refuse"):
        raise ValueError("needs examples under `match` and `refuse`")

    def pattern(key: str) -> re.Pattern[str] | None:
        written = row.get(key)
        return None if written is None else pattern_of(str(written), phrases, f"rule {row['id']}: `{key}`", file, place[1])

    examples = tuple(
        Example(e["text"], tuple((kind, words, Decimal(str(value)), unit) for kind, words, value, unit in e["yields"]))
        for e in row["match"]
    )
    return ObservationRule(
        id=row["id"], units=frozenset(row["unit"]), kind=row["kind"], before=pattern("before"), after=pattern("after"),
        not_before=pattern("not_before"), not_after=pattern("not_after"), spelled=row.get("spelled"),
        scaled=row.get("scaled"), bounded=row.get("bounded"),
        below=Decimal(str(row["below"])) if "below" in row else None, sign=row.get("sign", 1),
        indicator=row.get("indicator", "before"), keep=row.get("keep", False), unit_as=row.get("unit_as", ""),
        match=examples, refuse=tuple(row["refuse"]), file=file.path, line=place[1],
    )  # fmt: skip

