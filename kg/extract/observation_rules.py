"""The rules of `rules/observations*.yaml`: which numbers are observations, and of which kind.

The files also hold the words and expressions by which the later steps read names, subjects and times (`words_of`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import KgError
from kg.expressions import compiled, either
from kg.linear import refusal
from kg.ontology import is_shipped
from kg.text.numbers import Number
from kg.text.units import CLASSES

KINDS = frozenset({"level", "growth", "share", "change", "rank", "none"})
INDICATORS = frozenset({"before", "both", "last"})
_KEYS = frozenset(
    [
        "id",
        "unit",
        "before",
        "after",
        "not_before",
        "not_after",
        "spelled",
        "scaled",
        "bounded",
        "below",
        "kind",
        "sign",
        "indicator",
        "keep",
        "unit_as",
        "match",
        "refuse",
        "__line__",
    ]
)
_CLASS = re.compile(r"\{([a-z_]+)\}")  # in a pattern or a class: the words of that class
_UNITS = CLASSES | {"bare", "rank"}
_W = TypeVar("_W")


@dataclass(frozen=True)
class Example:
    """A text with the observations the rule finds in it: (kind, indicator, value, unit) each."""

    text: str
    yields: tuple[tuple[str, str, Decimal, str], ...]


@dataclass(frozen=True)
class ObservationRule:
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

    def fits(self, number: Number, before: str, after: str) -> bool:
        """Whether the rule decides about `number`, whose unit is one of the rule's, between these two texts."""
        if self.spelled is not None and number.spelled != self.spelled:
            return False
        if self.scaled is not None and number.scaled != self.scaled:
            return False
        if self.bounded is not None and (number.bound != "=") != self.bounded:
            return False
        if self.below is not None and number.value >= self.below:
            return False
        if self.after is not None and not self.after.match(after):
            return False
        if self.before is not None and not self.before.search(before):
            return False
        if self.not_after is not None and self.not_after.match(after):
            return False
        return self.not_before is None or not self.not_before.search(before)


@dataclass(frozen=True)
class ObservationRules:
    rules: tuple[ObservationRule, ...]
    by_unit: Mapping[str, tuple[ObservationRule, ...]]
    classes: Mapping[str, tuple[str, ...]]
    mood: Mapping[str, Mapping[str, float]]
    patterns: Mapping[str, Mapping[str, re.Pattern[str]]]  # by the step that reads by them, and their names

    @property
    def fallback(self) -> ObservationRule:
        """The last rule: a number with a unit that nothing speaks against is a level."""
        return self.rules[-1]

    def decide(self, number: Number, before: str, after: str) -> ObservationRule | None:
        """The first rule that fits, None if none does."""
        for rule in self.by_unit.get(number.kind, ()):
            if rule.fits(number, before, after):
                return rule
        return None

    @cached_property
    def verbs(self) -> re.Pattern[str]:
        """Any verb that says what is done with a thing counted."""
        return compiled(self.words("bare_verb"))

    def words(self, name: str) -> str:
        """The words of a class as an alternation."""
        return either(self.classes[name])

    def words_of(self, kind: type[_W], step: str) -> _W:
        """A dataclass of patterns and word classes, each field with the pattern of the step, or the class, of its name.

        KgError names what the files do not have.
        """
        given = {**{name: frozenset(words) for name, words in self.classes.items()}, **self.patterns.get(step, {})}
        wanted = [field.name for field in fields(kind)]  # type: ignore[arg-type]
        if missing := sorted(set(wanted) - set(given)):
            raise KgError(f"the rules of figures lack patterns for {step}: {', '.join(missing)}")
        return kind(**{name: given[name] for name in wanted})


def observation_rules(files: list[tuple[Path, dict[str, Any]]]) -> ObservationRules:
    """The rules of parsed YAML files. New rules of a later file come first; one of a known id takes its place.

    KgError names file and line of an unknown key, class or pattern, of a missing kind and of a rule without examples.
    """
    written: dict[str, tuple[tuple[str, ...], Path, int]] = {}
    mood: dict[str, dict[str, float]] = {"back": {}, "ahead": {}}
    rules: dict[str, ObservationRule] = {}
    for path, data in files:
        given = data.get("classes") or {}
        written.update((name, (tuple(map(str, words)), path, given.get("__line__", 1))) for name, words in given.items() if name != "__line__")
        for side, weights in (data.get("report_mood") or {}).items():
            if side in mood:
                mood[side] |= {word: float(weight) for word, weight in weights.items() if word != "__line__"}
    classes = {name: _expanded(name, written) for name in written}
    patterns: dict[str, dict[str, re.Pattern[str]]] = {}
    for path, data in files:
        _add_patterns(data.get("patterns") or {}, classes, path, patterns)
    for path, data in files:
        own = [_rule(row, classes, path) for row in data.get("rules") or ()]
        # A new rule is tried before those of the files before, the last of which decides about whatever is left.
        added = {rule.id: rule for rule in own if rule.id not in rules}
        rules = added | rules | {rule.id: rule for rule in own if rule.id in rules}
    ordered = tuple(rules.values())
    by_unit = {unit: tuple(rule for rule in ordered if unit in rule.units) for unit in sorted(_UNITS)}
    return ObservationRules(ordered, by_unit, classes, mood, patterns)


def _expanded(name: str, written: Mapping[str, tuple[tuple[str, ...], Path, int]]) -> tuple[str, ...]:
    """The words of a class, with those of a class that it names as `{other}`, which names none itself."""
    words, path, line = written[name]
    found: dict[str, None] = {}
    for word in words:
        other = _CLASS.fullmatch(word)
        if other is None:
            found[word] = None
            continue
        if other[1] not in written:
            raise KgError(f"class {name}: {word} is not defined", file=path, line=line)
        added = written[other[1]][0]
        if any(map(_CLASS.fullmatch, added)):
            raise KgError(f"class {name}: {word} names a class itself", file=path, line=line)
        found.update(dict.fromkeys(added))
    return tuple(found)


def _add_patterns(
    given: Mapping[str, Any], classes: Mapping[str, tuple[str, ...]], path: Path, patterns: dict[str, dict[str, re.Pattern[str]]]
) -> None:
    """The patterns of one file, by step; a later file may give one anew, but only the program knows what to do with a new one."""
    for step, named in given.items():
        for name, written in named.items() if isinstance(named, Mapping) else ():
            if name == "__line__":
                continue
            fault = f"pattern {step}.{name}"
            line = named.get("__line__", 1)
            if not is_shipped(path) and name not in patterns.get(step, {}):
                raise KgError(f"{fault}: the program has none of that name", file=path, line=line, hint="known: " + " ".join(sorted(patterns.get(step, patterns))))
            try:
                filled = _filled(str(written), classes)
                if not is_shipped(path) and (reason := refusal(filled)):
                    raise KgError(f"{fault} {reason}", file=path, line=line)
                patterns.setdefault(step, {})[name] = compiled(filled)
            except KeyError as error:
                raise KgError(f"{fault} speaks of the class {error.args[0]!r}, which is not defined", file=path, line=line) from error
            except re.error as error:
                raise KgError(f"{fault} is no pattern: {error}", file=path, line=line) from error


def _rule(row: dict[str, Any], classes: Mapping[str, tuple[str, ...]], path: Path) -> ObservationRule:
    line = row.get("__line__", 1)

    def fail(message: str, hint: str = "") -> KgError:
        return KgError(f"rule {row.get('id', '?')}: {message}", file=path, line=line, hint=hint)

    if unknown := set(row) - _KEYS:
        raise fail(f"unknown key {min(unknown)!r}", "known: " + " ".join(sorted(_KEYS - {"__line__"})))
    if not row.get("id") or row.get("kind") not in KINDS:
        raise fail("needs an id and a kind", "kind is one of " + " ".join(sorted(KINDS)))
    if set(row.get("unit") or ("",)) - _UNITS:
        raise fail("`unit` must list classes of units", " ".join(sorted(_UNITS)))
    if row.get("indicator", "before") not in INDICATORS:
        raise fail("unknown `indicator`", " ".join(sorted(INDICATORS)))
    if not row.get("match") or not row.get("refuse"):
        raise fail("needs examples under `match` and `refuse`")

    def pattern(key: str) -> re.Pattern[str] | None:
        if (written := row.get(key)) is None:
            return None
        try:
            filled = _filled(str(written), classes)
            if not is_shipped(path) and (reason := refusal(filled)):
                raise fail(f"`{key}` {reason}")
            return compiled(filled)
        except KeyError as error:
            raise fail(f"`{key}` speaks of the class {error.args[0]!r}, which is not defined") from error
        except re.error as error:
            raise fail(f"`{key}` is no pattern: {error}") from error

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
        match=examples, refuse=tuple(row["refuse"]), file=path, line=line,
    )  # fmt: skip


def _filled(written: str, classes: Mapping[str, tuple[str, ...]]) -> str:
    def words(found: re.Match[str]) -> str:
        return either(classes[found[1]])

    return _CLASS.sub(words, written)
