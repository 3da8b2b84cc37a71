"""Rules as data: read from `ontology/rules/*.yaml`, checked whole, with file and line for every fault.

An entity rule marks a stretch of a sentence as a mention; a relation rule joins mentions, either by a pattern with parts
`subject` and `object`, or by a trigger and what may stand around it. `docs/rules.md` describes all keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import KgError
from kg.extract.pattern import Pattern, compile_pattern, literals
from kg.extract.symbols import Symbols
from kg.linear import refusal
from kg.ontology import Ontology, YamlFile
from kg.text.fold import fold

Entry = TypeVar("Entry")
_COMMON = {"id", "note", "examples", "rejects", "__line__"}
# What a rule says of the names of a list, which it cuts at `coordinate`.
_OF_LISTS = {"part_ends", "part_begins", "part_has", "part_not", "part_alone", "part_share", "part_news", "part_drop", "counted", "counts"}
# Keys whose values are patterns, and so may name words.
_OF_SYMBOLS = (
    "pattern", "trigger", "unless", "unless_in_clause", "unless_before", "coordinate", "part_ends", "part_begins", "part_has", "part_not", "part_share", "part_news", "part_drop",
    "ends", "taken_by", "not_before",
)  # fmt: skip
_ENTITY = _COMMON | _OF_LISTS | {"entity", "pattern", "phase", "surfaces", "coordinate", "score", "over", "again", "report"}
_PATTERN = _COMMON | {"relation", "pattern", "value", "unless", "unless_in_clause", "mood", "guess", "undated", "tails", "begins", "carried", "news", "governed"}
_FRAME = _COMMON | {
    "relation", "trigger", "subject", "object", "subject_from", "object_from", "value", "unless", "reach", "first", "mood", "weak", "report", "near", "ends", "taken_by",
    "not_before", "unless_in_clause", "unless_before",
}  # fmt: skip
_INSIDE = _COMMON | {"relation", "inside", "object", "ends", "reverse", "listed", "anywhere", "pattern", "news", "report"}
_DEFAULT = _COMMON | {"report", "news", "ends", "coined", "begins", "relation", "default", "object", "reverse", "by", "tails"}
BY = ("containment", "level", "title", "report", "prefix", "listed", "abbreviation", "office")
CARRIED = ("Project", "Event")
SUBJECT_FROM = ("before", "clause", "paragraph", "topic")
OBJECT_FROM = ("after", "before", "around", "trigger")


@dataclass(frozen=True)
class Example:
    text: str
    yields: tuple[str, ...]  # empty for a near miss
    date: str | None = None


@dataclass(frozen=True)
class EntityRule:
    id: str
    type: str
    phase: int
    pattern: Pattern
    surfaces: tuple[str, ...]  # named parts that are surfaces of the same thing
    coordinate: frozenset[str]  # symbols at which the name is a list of names
    part_ends: frozenset[str]  # symbols with which each name of such a list must end
    part_begins: frozenset[str]  # … or, in a counted list that goes on with 等, begin
    part_has: frozenset[str]  # symbols of which each name of such a list must hold one, else it is left out; empty: any
    part_not: frozenset[str]  # symbols with which no name of such a list may end (an institute among sites)
    part_alone: bool  # a name of such a list may be a single word
    part_share: frozenset[str]  # where half of the names of a list hold one of `part_has`, the others are names too if they hold one of these
    part_news: frozenset[str]  # … and outside of reports one of these; empty: any
    part_drop: frozenset[str]  # symbols with which a name of a counted list neither begins nor ends
    counted: str  # "after" or "before": the list must be as long as the number that stands there says
    counts: tuple[str, ...]  # what is counted there ends so
    score: int  # what wins where two rules claim the same characters
    over: frozenset[str]  # types of earlier mentions that the name may swallow ("all": any)
    again: bool  # run the phase again after it fired, for the next item of a list
    report: bool  # only in reports, where one area speaks of itself
    examples: tuple[Example, ...] = ()
    rejects: tuple[Example, ...] = ()
    place: tuple[Path, int] = (Path(), 0)


@dataclass(frozen=True)
class RelationRule:
    id: str
    predicate: str
    pattern: Pattern | None  # of the whole, or of the trigger alone in a frame
    frame: bool
    subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    subject_from: tuple[str, ...] = ()
    object_from: str = "after"
    reach: str = "clause"
    value: str | None = None
    unless: Pattern | None = None  # must not occur in the sentence
    unless_in_clause: Pattern | None = None  # … nor this in the clause, or the clauses, of a match
    unless_before: Pattern | None = None  # nor may what stands before a frame's trigger end so
    mood: str = ""  # plan: only where a report looks ahead; done: only elsewhere
    first: bool = False  # a frame whose object is the nearest one only
    inside: str = ""  # subject's type, where the object is the first part of its name
    ends: frozenset[str] = frozenset()  # symbols with which the name of an `inside` rule, the object of a frame, or the thing of a `default` rule must end
    default: str = ""  # subject's type, where the object is the area that the passage is about
    reverse: bool = False  # an `inside` or `default` rule whose area is the subject
    news: bool = False  # an `inside` or `default` rule that says nothing of reports
    listed: bool = False  # an `inside` rule that counts only where the text also names the place by itself
    coined: bool = False  # a `default` rule only for things that no table of names lists
    within: Pattern | None = None  # an `inside` rule whose object stands where this pattern of the name's own tokens says
    anywhere: bool = False  # an `inside` rule for every such mention inside the name, not only the one it begins with
    tails: tuple[str, ...] = ()  # ends of the subject's name; with `by: abbreviation`, what stands before the character
    by: str = ""  # how a `default` rule finds the area, if not as what the passage is about
    weak: bool = False  # a frame that counts only for objects of which no other rule says who does or makes them
    taken_by: frozenset[str] = frozenset()  # symbols that, standing before the trigger in its clause, take its object
    report: bool = False  # a frame, an `inside` or a `default` rule only for reports, where one area speaks of itself
    not_before: frozenset[str] = frozenset()  # symbols of nouns behind an object that make it their attribute
    near: int = 0  # a frame whose first object stands so many tokens behind the trigger at most; 0: anywhere
    carried: str = ""  # the subject, or the object, stands before: the first thing of this type in the sentence, else in the one before in its paragraph
    guess: bool = False  # a stage that counts only where no other rule gives one: 预计明年通车
    undated: bool = False  # the time beside it is that of something to come
    governed: bool = False  # the object is the area whose organ stands in the part `object`, if it is named by itself
    begins: tuple[str, ...] = ()  # a `default` rule, or a pattern with its subject, only for names that begin so
    examples: tuple[Example, ...] = ()
    rejects: tuple[Example, ...] = ()
    place: tuple[Path, int] = (Path(), 0)


@dataclass(frozen=True)
class Refused:
    """Symbols that no name of a type begins with, or holds, whichever rule finds it."""

    begins: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()


@dataclass
class RuleSet:
    entities: list[EntityRule] = field(default_factory=list)
    relations: list[RelationRule] = field(default_factory=list)
    refused: dict[str, Refused] = field(default_factory=dict)  # by type

    def ids(self) -> list[str]:
        """The ids of all rules, in the order of `all`."""
        return [rule.id for rule in self.all()]

    def patterns(self) -> Iterator[Pattern]:
        """All patterns that rules are made of."""
        for entity in self.entities:
            yield entity.pattern
        for relation in self.relations:
            yield from filter(None, (relation.pattern, relation.unless, relation.unless_in_clause, relation.unless_before, relation.within))

    def all(self) -> list[EntityRule | RelationRule]:
        """Entity rules, then relation rules, each in the order of the files."""
        return [*self.entities, *self.relations]


def rule_files(ontology: Ontology) -> list[YamlFile]:
    """The rule files that hold entity and relation rules; those of figures have `kind` and a reader of their own."""
    files = [file for file in ontology.yaml("rules") if "rules" in file.data or "macros" in file.data]
    return [file for file in files if not any("kind" in rule for rule in file.data.get("rules") or () if isinstance(rule, dict))]


def all_literals(files: list[YamlFile]) -> set[str]:
    """Every word that a pattern names; each must be known to the symbols."""
    found: set[str] = set()
    for file in files:
        for macro in (file.data.get("macros") or {}).values():
            found |= literals(str(macro))
        for rule in file.data.get("rules") or ():
            for key in _OF_SYMBOLS:
                found |= literals(str(rule.get(key, "")))
        for said in (file.data.get("refused") or {}).values():
            if isinstance(said, dict):
                found |= set().union(*(literals(str(text)) for text in said.values()))
    return found


def read_macros(files: list[YamlFile]) -> dict[str, str]:
    """The pieces of patterns that rule files name."""
    return {name: str(text) for file in files for name, text in (file.data.get("macros") or {}).items() if name != "__line__"}


def read_rules(ontology: Ontology, files: list[YamlFile], symbols: Symbols) -> RuleSet:
    """All rules, compiled. KgError tells the faults of all files at once."""
    macros = read_macros(files)
    rules: dict[str, EntityRule | RelationRule] = {}
    refused: dict[str, Refused] = {}
    faults: list[KgError] = []
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
                if not file.shipped:
                    _refuse_slow(rule)
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
    for kind, said in (file.data.get("refused") or {}).items():
        if kind == "__line__":
            continue
        if kind not in ontology.terms.types:
            raise ValueError(f"the ontology has no entity class {kind}")
        refuse_unknown(said, {"begins", "holds", "__line__"})
        read = _Reading(said, ontology, symbols, macros)
        found[kind] = Refused(read.symbols("begins"), read.symbols("holds"))
    return found


def _refuse_slow(rule: EntityRule | RelationRule) -> None:
    patterns = (rule.pattern,) if isinstance(rule, EntityRule) else (rule.pattern, rule.unless, rule.unless_in_clause, rule.unless_before, rule.within)
    for pattern in patterns:
        if pattern is not None and (reason := refusal(pattern.regex.pattern)):
            raise ValueError(reason)


def _rule(
    entry: Mapping[str, Any], ontology: Ontology, symbols: Symbols, macros: Mapping[str, str], place: tuple[Path, int]
) -> EntityRule | RelationRule:
    if not isinstance(entry, dict) or "id" not in entry:
        raise ValueError("a rule is a mapping with an id")
    shapes = {"entity": _ENTITY, "trigger": _FRAME, "inside": _INSIDE, "default": _DEFAULT}
    shape = next((name for name in shapes if name in entry), "pattern")
    keys = shapes.get(shape, _PATTERN)
    refuse_unknown(entry, keys)
    examples, rejects = read_both(entry)
    read = _Reading(entry, ontology, symbols, macros)
    if shape == "entity":
        rule: EntityRule | RelationRule = _entity_rule(read)
    else:
        predicate = str(entry["relation"])
        if predicate not in ontology.terms.relations:
            raise ValueError(f"the ontology has no relation {predicate}")
        if predicate == "hasStatus" and entry.get("value") not in ontology.terms.statuses:
            raise ValueError(f"{entry.get('value')!r} is no status (there are {', '.join(ontology.terms.statuses)})")
        readers = {"trigger": _frame_rule, "inside": _place_rule, "default": _place_rule, "pattern": _pattern_rule}
        rule = readers[shape](read, predicate)
    return replace(rule, examples=examples, rejects=rejects, place=place)


@dataclass(frozen=True)
class _Reading:
    """An entry of a rule file with what its values are read by; a missing key gives the empty value."""

    entry: Mapping[str, Any]
    ontology: Ontology
    known: Symbols
    macros: Mapping[str, str]

    def words(self, key: str) -> tuple[str, ...]:
        return tuple(_list(self.entry.get(key)))

    def text(self, key: str, default: str = "") -> str:
        return str(self.entry.get(key, default))

    def flag(self, key: str) -> bool:
        return bool(self.entry.get(key))

    def carried(self) -> str:
        """The type of what a carried rule takes up: built things where it says no more than `true`."""
        value = self.entry.get("carried")
        if value not in (None, True, *CARRIED):
            raise ValueError(f"carried knows true and {', '.join(CARRIED)}, not {value}")
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
        raise ValueError(f"the ontology has no entity class {entry['entity']}")
    pattern, surfaces = read.pattern("pattern"), read.words("surfaces")
    if "name" not in pattern.names:
        raise ValueError("the pattern has no part name:( )")
    if unused := (set(pattern.names) ^ {"name", *surfaces}) - {"name"}:
        raise ValueError(f"parts and surfaces differ in {', '.join(sorted(unused))}")
    if entry.get("counted", "after") not in ("after", "before"):
        raise ValueError("counted is after or before")
    if "coordinate" not in entry and (idle := sorted(set(entry) & _OF_LISTS)):
        raise ValueError(f"without coordinate {', '.join(idle)} says nothing")
    return EntityRule(
        id=str(entry["id"]), type=entry["entity"], phase=int(entry.get("phase", 5)), pattern=pattern, surfaces=surfaces,
        coordinate=read.symbols("coordinate"), part_ends=read.symbols("part_ends"), part_begins=read.symbols("part_begins"),
        part_has=read.symbols("part_has"), part_not=read.symbols("part_not"), part_alone=read.flag("part_alone"),
        part_share=read.symbols("part_share"), part_news=read.symbols("part_news"), part_drop=read.symbols("part_drop"), counted=read.text("counted"),
        counts=read.words("counts"), score=int(entry.get("score", 0)), over=frozenset(read.words("over")), again=read.flag("again"),
        report=read.flag("report"),
    )  # fmt: skip


def _place_rule(read: _Reading, predicate: str) -> RelationRule:
    """An `inside` or `default` rule, whose other end is most often an area."""
    entry = read.entry
    bearer = read.text("inside") or read.text("default")
    if bearer not in read.ontology.terms.types:
        raise ValueError(f"the ontology has no entity class {bearer}")
    if entry.get("by", BY[0]) not in BY:
        raise ValueError(f"by knows {', '.join(BY)}, not {entry['by']}")
    within = read.pattern("pattern") if "pattern" in entry else None
    if within is not None and within.names != ("object",):
        raise ValueError("the pattern of an inside rule has one part, object:( )")
    return RelationRule(
        str(entry["id"]), predicate, None, False, object=frozenset(read.words("object") or ["Area"]), inside=read.text("inside"),
        ends=read.symbols("ends"), default=read.text("default"), reverse=read.flag("reverse"), news=read.flag("news"),
        listed=read.flag("listed"), coined=read.flag("coined"), within=within, anywhere=read.flag("anywhere"),
        tails=tuple(map(fold, read.words("tails"))), by=read.text("by"), report=read.flag("report"),
        begins=tuple(map(fold, read.words("begins"))),
    )  # fmt: skip


def _pattern_rule(read: _Reading, predicate: str) -> RelationRule:
    entry, pattern = read.entry, read.pattern("pattern")
    carried = read.carried()
    without = {"object"} if carried and "subject" in pattern.names else {"subject"} if carried else set()
    if missing := ({"subject"} if "value" in entry else {"subject", "object"}) - without - set(pattern.names):
        raise ValueError(f"the pattern has no part {', '.join(sorted(missing))}")
    if extra := set(pattern.names) - ({"subject", "object", "value"} - without):
        raise ValueError(f"the part {', '.join(sorted(extra))} is used by nothing")
    domain, allowed = read.ontology.terms.relations[predicate]
    return RelationRule(
        str(entry["id"]), predicate, pattern, False, subject=domain, object=allowed, value=entry.get("value"),
        unless=read.pattern_if_any("unless"), unless_in_clause=read.pattern_if_any("unless_in_clause"), mood=read.mood(), tails=tuple(map(fold, read.words("tails"))),
        carried=carried, guess=read.flag("guess"), undated=read.flag("undated"), news=read.flag("news"), begins=tuple(map(fold, read.words("begins"))),
        governed=read.flag("governed"), listed=read.flag("governed"),
    )  # fmt: skip


def _frame_rule(read: _Reading, predicate: str) -> RelationRule:
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
    return RelationRule(
        str(entry["id"]), predicate, read.pattern("trigger"), True, subject=subject, object=target, subject_from=sources,
        object_from=read.text("object_from", "after"), reach=read.text("reach", "clause"), value=entry.get("value"),
        unless=read.pattern_if_any("unless"), unless_in_clause=read.pattern_if_any("unless_in_clause"),
        unless_before=read.pattern_if_any("unless_before"), mood=read.mood(), first=read.flag("first"), ends=read.symbols("ends"),
        weak=read.flag("weak"), taken_by=read.symbols("taken_by"), not_before=read.symbols("not_before"), report=read.flag("report"),
        near=int(entry.get("near", 0)),
    )  # fmt: skip


def _list(value: Any) -> list[str]:
    return [] if value is None else [str(v) for v in value] if isinstance(value, list) else [str(value)]


def read_entries(file: YamlFile, key: str, what: str, read: Callable[[Any, tuple[Path, int]], Entry]) -> Iterator[Entry]:
    """What `read` makes of each row under `key` and its place; its ValueError or TypeError becomes a KgError that names `what`, file and line."""
    for row in file.rules(key):
        named: Mapping[str, Any] = row if isinstance(row, dict) else {}
        line = named.get("__line__", 1)
        try:
            yield read(row, (file.path, line))
        except (ValueError, TypeError) as error:
            raise KgError(f"{what} {named.get('id', '?')}: {error}", file=file.path, line=line) from error


def refuse_unknown(entry: Mapping[str, Any], keys: AbstractSet[str]) -> None:
    """ValueError for keys of an entry that nothing reads."""
    if unknown := sorted(map(str, set(entry) - keys)):
        raise ValueError(f"unknown key {', '.join(unknown)} (known: {', '.join(sorted(keys - {'__line__'}))})")


def read_both(entry: Mapping[str, Any]) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """The examples and the near misses of a rule; ValueError if it lacks either, or one of them is faulty."""
    examples, rejects = _read_examples(entry, "examples"), _read_examples(entry, "rejects")
    if not examples or not rejects:
        raise ValueError("needs at least one of examples and one of rejects (a near miss)")
    return examples, rejects


def _read_examples(entry: Mapping[str, Any], key: str) -> tuple[Example, ...]:
    """The texts under `examples` or `rejects` of a rule; ValueError says what is wrong with one."""
    found = []
    for given in entry.get(key) or ():
        if isinstance(given, str) and key == "rejects":
            found.append(Example(given, ()))
        elif isinstance(given, dict) and "text" in given and not set(given) - {"text", "yields", "date", "__line__"}:
            yields = tuple(_list(given.get("yields")))
            if key == "examples" and not yields:
                raise ValueError("an example says what it yields")
            found.append(Example(str(given["text"]), yields, str(given["date"]) if "date" in given else None))
        else:
            raise ValueError(f"{key} holds mappings with text and yields" + (", or texts" if key == "rejects" else ""))
    return tuple(found)
