"""Rules as data: read from `ontology/rules/*.yaml`, checked whole, with file and line for every fault.

`docs/rules.md` describes all keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.extract.knowledge.pattern import Pattern, compile_pattern, literals
from kg.extract.knowledge.rule_entries import read_both, refuse_unknown, words_of
from kg.extract.knowledge.rules import (
    CARRIED,
    DefaultRule,
    EntityRule,
    FrameRule,
    InsideRule,
    PatternRule,
    Refused,
    RelationRule,
    RuleSet,
    patterns_of,
)
from kg.extract.knowledge.symbols import Symbols
from kg.linear import refusal
from kg.ontology import Ontology, YamlFile
from kg.text.fold import fold
from kg.yaml_files import items_of

_WORD = re.compile(r"'([^']+)'")
_TYPE = re.compile(r"(?<![&!])#([A-Za-z]*)(?![A-Za-z]*&)")  # a type in a pattern, without further conditions
_COMMON = {"id", "note", "examples", "rejects", "__line__"}
# What a rule says of the names of a list, which it cuts at `coordinate`.
_OF_LISTS = {"part_ends", "part_begins", "part_has", "part_not", "part_alone", "part_share", "part_news", "part_drop", "counted", "counts"}
# Keys whose values are patterns, and so may name words.
_OF_SYMBOLS = (
    "pattern", "trigger", "unless", "unless_in_clause", "unless_before", "coordinate", "part_ends", "part_begins", "part_has", "part_not", "part_share", "part_news", "part_drop",
    "ends", "taken_by", "not_before",
)  # fmt: skip
_ENTITY = _COMMON | _OF_LISTS | {"entity", "pattern", "phase", "surfaces", "coordinate", "score", "over", "again", "report"}
_PATTERN = _COMMON | {"relation", "pattern", "value", "unless", "unless_in_clause", "mood", "guess", "undated", "tails", "begins", "carried", "of_line", "news", "governed", "housed", "shared"}
_FRAME = _COMMON | {
    "relation", "trigger", "subject", "object", "subject_from", "object_from", "value", "unless", "reach", "first", "mood", "weak", "report", "near", "ends", "taken_by",
    "not_before", "unless_in_clause", "unless_before",
}  # fmt: skip
_INSIDE = _COMMON | {"relation", "inside", "object", "ends", "reverse", "listed", "anywhere", "pattern", "news", "report"}
_DEFAULT = _COMMON | {"report", "news", "ends", "coined", "begins", "relation", "default", "object", "reverse", "by", "tails"}
BY = ("containment", "level", "title", "report", "prefix", "listed", "abbreviation", "office")
SUBJECT_FROM = ("before", "clause", "paragraph", "topic")
OBJECT_FROM = ("after", "before", "around", "trigger")


def rule_files(ontology: Ontology) -> list[YamlFile]:
    """The rule files that hold entity and relation rules; those of figures have `kind` and a reader of their own."""
    files = [file for file in ontology.yaml("rules") if "rules" in file.data or "macros" in file.data]
    found = []
    for file in files:
        of_figures = next((rule for rule in file.data.get("rules") or () if isinstance(rule, dict) and "kind" in rule), None)
        if of_figures is None:
            found.append(file if file.shipped else replace(file, data=_with_words_folded(file.data)))
        elif not file.path.stem.startswith("observations"):
            hint = "put it into rules/observations.yaml of the folder"
            raise KgError(f"rule {of_figures.get('id', '?')}: a rule with a kind is one of figures", file=file.path, line=of_figures.get("__line__", 1), hint=hint)
    return found


def _with_words_folded(data: dict[str, Any]) -> dict[str, Any]:
    """A rule file with the words of its patterns as texts have them when they are matched: Simplified, with uniform punctuation."""

    def folded(value: Any) -> Any:
        return _WORD.sub(lambda found: f"'{fold(found[1])}'", value) if isinstance(value, str) else value

    def all_folded(value: Any) -> Any:
        return {key: folded(one) for key, one in value.items()} if isinstance(value, dict) else value

    rules = [
        {key: folded(value) if key in _OF_SYMBOLS else value for key, value in rule.items()} if isinstance(rule, dict) else rule
        for rule in data.get("rules") or ()
    ]  # fmt: skip
    refused = data.get("refused") or {}
    return data | {
        "rules": rules, "macros": all_folded(data.get("macros") or {}),
        "refused": {kind: all_folded(said) for kind, said in refused.items()} if isinstance(refused, dict) else refused,
    }  # fmt: skip


def all_literals(files: list[YamlFile]) -> set[str]:
    """Every word that a pattern names; each must be known to the symbols."""
    found: set[str] = set()
    for file in files:
        for _, macro in items_of(file.data.get("macros")):
            found |= literals(str(macro))
        for rule in file.data.get("rules") or ():
            for key in _OF_SYMBOLS:
                found |= literals(str(rule.get(key, "")))
        for said in (file.data.get("refused") or {}).values():
            if isinstance(said, dict):
                found |= set().union(*(literals(str(text)) for text in said.values()))
    return found


def read_macros(files: list[YamlFile]) -> dict[str, str]:
    """The pieces of patterns that rule files name; KgError for a name given in two files of one folder, of which each would mean its own."""
    macros: dict[str, str] = {}
    given: dict[str, Path] = {}
    for file in files:
        for name, text in items_of(file.data.get("macros")):
            if (other := given.get(name)) is not None and other.parent == file.path.parent:
                raise KgError(f"the macro {name} stands in {other.name} already: give it another name", file=file.path, line=file.data["macros"]["__line__"])
            macros[name], given[name] = str(text), file.path
    return macros


def read_rules(ontology: Ontology, files: list[YamlFile], symbols: Symbols) -> RuleSet:
    """All rules, compiled. KgError tells the faults of all files at once."""
    macros = read_macros(files)
    rules: dict[str, EntityRule | RelationRule] = {}
    refused: dict[str, Refused] = {}
    faults: list[KgError] = []
    own: dict[str, tuple[Path, int]] = {}  # where the rules of a user's own files stand
    for file in files:
        try:
            for kind, more in _refused(file, ontology, symbols, macros).items():
                known = refused.get(kind, Refused())
                refused[kind] = Refused(known.begins | more.begins, known.holds | more.holds)
        except (ValueError, AttributeError) as error:
            faults.append(KgError(f"refused: {error}", file=file.path, line=1))
        try:
            entries = file.rules("rules")
        except KgError as error:
            faults.append(error)
            continue
        for entry in entries:
            line = entry.get("__line__", 1) if isinstance(entry, dict) else 1
            try:
                rule = _rule(entry, ontology, symbols, macros, (file.path, line))
                if not file.shipped:  # the tests have read the examples of the others
                    read_both(entry)
                    _refuse_slow(rule)
                    _refuse_idle(rule, ontology)
                    if rule.id in own:
                        path, first = own[rule.id]
                        raise ValueError(f"stands in line {first} of {path.name} already: give it another id")
                    own[rule.id] = file.path, line
                rules[rule.id] = rule
            except KeyError as error:
                faults.append(KgError(f"rule {entry.get('id', '?')}: needs {error.args[0]}", file=file.path, line=line))
            except (ValueError, TypeError, AttributeError) as error:
                name = entry.get("id", "?") if isinstance(entry, dict) else "?"
                faults.append(KgError(f"rule {name}: {error}", file=file.path, line=line))
    if faults:
        if len(faults) == 1:
            raise faults[0]
        raise KgError("\n".join(["the rules have faults:", *(str(fault) for fault in faults)]))
    result = RuleSet(refused=refused)
    for rule in rules.values():
        (result.entities if isinstance(rule, EntityRule) else result.relations).append(rule)  # type: ignore[arg-type]
    return result


def _refused(file: YamlFile, ontology: Ontology, symbols: Symbols, macros: Mapping[str, str]) -> dict[str, Refused]:
    """What a rule file says that no name of a type begins with or holds."""
    found = {}
    for kind, said in items_of(file.data.get("refused")):
        if kind not in ontology.terms.types:
            raise ValueError(f"the ontology has no entity class {kind}")
        refuse_unknown(said, {"begins", "holds", "__line__"})
        read = _Reading(said, ontology, symbols, macros, (file.path, 1))
        found[kind] = Refused(read.symbols("begins"), read.symbols("holds"))
    return found


def _refuse_slow(rule: EntityRule | RelationRule) -> None:
    for pattern in patterns_of(rule):
        if reason := refusal(pattern.regex.pattern):
            raise ValueError(reason)


def _refuse_idle(rule: EntityRule | RelationRule, ontology: Ontology) -> None:
    """ValueError for a part of a pattern, or what a rule is carried by, that can never be what the relation links."""
    if not isinstance(rule, PatternRule):
        return
    found = {part: _named_in(rule.pattern.source, part) for part in ("subject", "object")}
    if rule.carried:
        found["object" if found["subject"] else "subject"] = {rule.carried}
    for part, classes, side in (("subject", rule.subject, "domain"), ("object", rule.object, "range")):
        named = found[part] & ontology.terms.types
        if classes and named and not named & classes and "" not in found[part] and found[part] == named:
            raise ValueError(
                f"the {part} of {rule.predicate} can be {', '.join(sorted(classes))} (its rdfs:{side}), never {', '.join(sorted(named))}: "
                "change the rule, or the ontology"
            )


def _named_in(source: str, part: str) -> set[str]:
    """The types that a part of a pattern names, "" for any mention; none where it names none or has a macro in it."""
    at = source.find(f"{part}:(")
    if at < 0:
        return set()
    depth = 0
    for end in range(at, len(source)):
        depth += (source[end] == "(") - (source[end] == ")")
        if source[end] == ")" and not depth:
            inner = source[at:end]
            return set() if "$" in inner else set(_TYPE.findall(inner))
    return set()


def _unknown(what: str, name: str, known: Collection[str], way: str) -> ValueError:
    """The error for a name that the ontology does not have, with those that are nearly it, else with the way to declare it."""
    near = " or ".join(get_close_matches(name, known, n=2))
    return ValueError(f"the ontology has no {what} {name}: " + (f"did you mean {near}?" if near else way))


_PHASES = 9
_NOT_NAMED = ("Quote", "Title", "all")  # what a name may swallow beside things of the classes
_CLASS = "a Turtle file of the folder declares it, below kgo:Entity"
_RELATION = "a Turtle file of the folder declares it, below kgo:relation"


def _rule(
    entry: Mapping[str, Any], ontology: Ontology, symbols: Symbols, macros: Mapping[str, str], place: tuple[Path, int]
) -> EntityRule | RelationRule:
    if not isinstance(entry, dict) or "id" not in entry:
        raise ValueError("a rule is a mapping with an id")
    shapes = {"entity": _ENTITY, "trigger": _FRAME, "inside": _INSIDE, "default": _DEFAULT}
    shape = next((name for name in shapes if name in entry), "pattern")
    keys = shapes.get(shape, _PATTERN)
    refuse_unknown(entry, keys)
    read = _Reading(entry, ontology, symbols, macros, place)
    if shape == "entity":
        return _entity_rule(read)
    predicate = str(entry["relation"])
    if predicate not in ontology.terms.relations:
        if predicate in ontology.terms.attributes:
            raise ValueError(f"{predicate} is an attribute, which no rule gives: declare it below kgo:relation")
        raise _unknown("relation", predicate, ontology.terms.relations, _RELATION)
    if predicate == "hasStatus" and entry.get("value") not in ontology.terms.statuses:
        raise ValueError(f"{entry.get('value')!r} is no status (there are {', '.join(ontology.terms.statuses)})")
    readers: dict[str, Callable[[_Reading, str], RelationRule]] = {
        "trigger": _frame_rule, "inside": _inside_rule, "default": _default_rule, "pattern": _pattern_rule,
    }  # fmt: skip
    return readers[shape](read, predicate)


@dataclass(frozen=True)
class _Reading:
    """An entry of a rule file with what its values are read by; a missing key gives the empty value."""

    entry: Mapping[str, Any]
    ontology: Ontology
    known: Symbols
    macros: Mapping[str, str]
    place: tuple[Path, int]

    def words(self, key: str) -> tuple[str, ...]:
        return tuple(words_of(self.entry.get(key)))

    def folded(self, key: str) -> tuple[str, ...]:
        return tuple(map(fold, self.words(key)))

    def types(self, key: str, *others: str) -> frozenset[str]:
        """The entity classes that are listed, or what else there may be."""
        listed, known = frozenset(self.words(key)), {*self.ontology.terms.types, *others}
        if odd := sorted(listed - known):
            raise _unknown("entity class", odd[0], known, _CLASS)
        return listed

    def text(self, key: str, default: str = "") -> str:
        return str(self.entry.get(key, default))

    def number(self, key: str, default: int) -> int:
        value = self.entry.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"{key} is a whole number, not {value!r}")
        return value

    def flag(self, key: str) -> bool:
        return bool(self.entry.get(key))

    def carried(self) -> str:
        """The type of what a carried rule takes up: built things where it says no more than `true`."""
        value = self.entry.get("carried")
        if value not in (None, False, True, *self.ontology.terms.types):
            raise _unknown("entity class", str(value), self.ontology.terms.types, _CLASS)
        return CARRIED[0] if value is True else value or ""

    def pattern(self, key: str) -> Pattern:
        return compile_pattern(str(self.entry[key]), self.known, self.macros)

    def pattern_if_any(self, key: str) -> Pattern | None:
        return self.pattern(key) if self.entry.get(key) else None

    def symbols(self, key: str) -> frozenset[str]:
        pattern = self.pattern_if_any(key)
        return self.known.of_runs(pattern.needs[0]) if pattern is not None else frozenset()

    def mood(self) -> str:
        mood = self.text("mood")
        if mood not in ("", "plan", "done"):
            raise ValueError(f"mood is plan or done, not {mood}")
        return mood


def _entity_rule(read: _Reading) -> EntityRule:
    entry = read.entry
    if entry["entity"] not in read.ontology.terms.types:
        raise _unknown("entity class", str(entry["entity"]), read.ontology.terms.types, _CLASS)
    pattern, surfaces = read.pattern("pattern"), read.words("surfaces")
    if "name" not in pattern.names:
        raise ValueError("the pattern has no part name:( )")
    if unused := (set(pattern.names) ^ {"name", *surfaces}) - {"name", "head"}:
        raise ValueError(f"parts and surfaces differ in {', '.join(sorted(unused))}")
    if not 1 <= (phase := read.number("phase", 5)) <= _PHASES:
        raise ValueError(f"phase is 1 to {_PHASES}, not {phase}")
    if entry.get("counted", "after") not in ("after", "before"):
        raise ValueError("counted is after or before")
    if "coordinate" not in entry and (idle := sorted(set(entry) & _OF_LISTS)):
        raise ValueError(f"without coordinate {', '.join(idle)} says nothing")
    return EntityRule(
        id=str(entry["id"]), type=entry["entity"], phase=phase, pattern=pattern, surfaces=surfaces, headed="head" in pattern.names,
        coordinate=read.symbols("coordinate"), part_ends=read.symbols("part_ends"), part_begins=read.symbols("part_begins"),
        part_has=read.symbols("part_has"), part_not=read.symbols("part_not"), part_alone=read.flag("part_alone"),
        part_share=read.symbols("part_share"), part_news=read.symbols("part_news"), part_drop=read.symbols("part_drop"), counted=read.text("counted"),
        counts=read.words("counts"), score=read.number("score", 0), over=read.types("over", *_NOT_NAMED), again=read.flag("again"),
        report=read.flag("report"), entry=entry, place=read.place,
    )  # fmt: skip


def _inside_rule(read: _Reading, predicate: str) -> InsideRule:
    within = read.pattern("pattern") if "pattern" in read.entry else None
    if within is not None and within.names != ("object",):
        raise ValueError("the pattern of an inside rule has one part, object:( )")
    return InsideRule(**_of_mentions(read, predicate, "inside"), within=within, anywhere=read.flag("anywhere"), listed=read.flag("listed"))


def _default_rule(read: _Reading, predicate: str) -> DefaultRule:
    if read.text("by", BY[0]) not in BY:
        raise ValueError(f"by knows {', '.join(BY)}, not {read.text('by')}")
    return DefaultRule(
        **_of_mentions(read, predicate, "default"), by=read.text("by"), coined=read.flag("coined"), begins=read.folded("begins"), tails=read.folded("tails")
    )


def _of_mentions(read: _Reading, predicate: str, key: str) -> dict[str, Any]:
    """What `inside` and `default` rules have in common; `key` names the type of the mentions."""
    if (type_ := read.text(key)) not in read.ontology.terms.types:
        raise ValueError(f"the ontology has no entity class {type_}")
    return {
        "id": read.text("id"), "predicate": predicate, "type": type_, "object": read.types("object") or frozenset(["Area"]),
        "ends": read.symbols("ends"), "reverse": read.flag("reverse"), "news": read.flag("news"), "report": read.flag("report"),
        "entry": read.entry, "place": read.place,
    }  # fmt: skip


def _pattern_rule(read: _Reading, predicate: str) -> PatternRule:
    entry, pattern = read.entry, read.pattern("pattern")
    carried, of_line = read.carried(), read.flag("of_line")
    without = {"object"} if of_line or carried and "subject" in pattern.names else {"subject"} if carried else set()
    if missing := ({"subject"} if "value" in entry else {"subject", "object"}) - without - set(pattern.names):
        raise ValueError(f"the pattern has no part {', '.join(sorted(missing))}")
    if extra := set(pattern.names) - ({"subject", "object", "value"} - without):
        raise ValueError(f"the part {', '.join(sorted(extra))} is used by nothing")
    domain, allowed = read.ontology.terms.relations[predicate]
    return PatternRule(
        **_of_sentences(read, predicate), pattern=pattern, subject=domain, object=allowed, news=read.flag("news"), carried=carried, of_line=of_line, shared=read.flag("shared"),
        tails=read.folded("tails"), begins=read.folded("begins"), guess=read.flag("guess"), undated=read.flag("undated"), governed=read.flag("governed"), housed=read.flag("housed"),
    )  # fmt: skip


def _of_sentences(read: _Reading, predicate: str) -> dict[str, Any]:
    """What patterns and frames have in common."""
    return {
        "id": read.text("id"), "predicate": predicate, "value": read.entry.get("value"), "unless": read.pattern_if_any("unless"),
        "unless_in_clause": read.pattern_if_any("unless_in_clause"), "mood": read.mood(),
        "entry": read.entry, "place": read.place,
    }  # fmt: skip


def _frame_rule(read: _Reading, predicate: str) -> FrameRule:
    entry, terms = read.entry, read.ontology.terms
    domain, allowed = terms.relations[predicate]
    subject, target = frozenset(read.words("subject")), frozenset(read.words("object"))
    for classes, permitted, side in ((subject, domain, "subject"), (target, allowed, "object")):
        if unknown := classes - terms.types:
            raise ValueError(f"the ontology has no entity class {', '.join(sorted(unknown))}")
        if permitted and classes - permitted:
            raise ValueError(f"{', '.join(sorted(classes - permitted))} cannot be the {side} of {predicate}")
    sources = read.words("subject_from") or ("clause",)
    if odd := set(sources) - set(SUBJECT_FROM):
        raise ValueError(f"subject_from knows {', '.join(SUBJECT_FROM)}, not {', '.join(sorted(odd))}")
    if entry.get("object_from", "after") not in OBJECT_FROM:
        raise ValueError(f"object_from knows {', '.join(OBJECT_FROM)}")
    if entry.get("reach", "clause") not in ("clause", "sentence"):
        raise ValueError("reach is clause or sentence")
    return FrameRule(
        **_of_sentences(read, predicate), pattern=read.pattern("trigger"), subject=subject, object=target, report=read.flag("report"),
        subject_from=sources, object_from=read.text("object_from", "after"), reach=read.text("reach", "clause"),
        unless_before=read.pattern_if_any("unless_before"), taken_by=read.symbols("taken_by"), ends=read.symbols("ends"),
        not_before=read.symbols("not_before"), near=read.number("near", 0), first=read.flag("first"), weak=read.flag("weak"),
    )  # fmt: skip
