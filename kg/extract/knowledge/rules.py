"""What a rule is.

An entity rule marks a stretch of a sentence as a mention; a relation rule joins mentions: by a pattern, by a verb with what stands
around it, by what a name holds, or by what a passage is about. kg/extract/knowledge/rule_reading.py reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.extract.knowledge.pattern import Pattern
from kg.extract.knowledge.rule_entries import Example, read_both
from kg.ontology import is_shipped

CARRIED = ("Project", "Event")  # what prose tells of in one paragraph; what else a rule is carried by, a whole text tells of line by line


class _Shown:
    """What a rule's entry in its file shows of it, read when somebody asks: only who tests rules does."""

    entry: Mapping[str, Any]

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """Texts in which the rule finds something."""
        return read_both(self.entry)[0]

    @cached_property
    def rejects(self) -> tuple[Example, ...]:
        """Near misses."""
        return read_both(self.entry)[1]


@dataclass(frozen=True)
class EntityRule(_Shown):
    """A pattern whose part `name` is a mention of one type; sets of symbols that say nothing are empty."""

    id: str
    type: str
    phase: int
    pattern: Pattern
    surfaces: tuple[str, ...]  # named parts that are surfaces of the same thing
    headed: bool  # the part `head` of the pattern is what the names of a list share behind them
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
    entry: Mapping[str, Any] = field(repr=False, compare=False)  # as it stands in its file
    place: tuple[Path, int]


@dataclass(frozen=True, kw_only=True)
class RelationRule(_Shown):
    """What relation rules of all shapes have; sets and texts that say nothing are empty."""

    id: str
    predicate: str
    object: frozenset[str]  # types
    report: bool = False  # only in reports, where one area speaks of itself
    news: bool = False  # says nothing in reports
    entry: Mapping[str, Any] = field(repr=False, compare=False)  # as it stands in its file
    place: tuple[Path, int]


@dataclass(frozen=True, kw_only=True)
class _SentenceRule(RelationRule):
    """A relation that the words of a sentence say."""

    pattern: Pattern  # of the whole, or of a frame's trigger
    subject: frozenset[str]  # types
    value: str | None = None
    unless: Pattern | None = None  # must not occur in the sentence
    unless_in_clause: Pattern | None = None  # … nor this in the clause, or the clauses, of a match
    mood: str = ""  # plan: only where a report looks ahead; done: only elsewhere


@dataclass(frozen=True, kw_only=True)
class PatternRule(_SentenceRule):
    """A relation between the parts `subject` and `object` of a pattern."""

    carried: str = ""  # the subject, or the object, stands before: the first thing of this type in the sentence, else in the one before in its paragraph
    shared: bool = False  # the value begins with the character before it, which is written once: 教育部|长
    of_line: bool = False  # the object is all that its line, up to the match, says somebody carries out
    tails: tuple[str, ...] = ()  # ends of the subject's name
    begins: tuple[str, ...] = ()  # beginnings of the subject's name
    guess: bool = False  # a stage that counts only where no other rule gives one (预计明年通车), a place of a body whose name says no other
    undated: bool = False  # the time beside it is that of something to come
    housed: bool = False  # the object is the place with which the name of the building in the part `object` begins
    governed: bool = False  # the object is the area whose organ stands in the part `object`, if the text also names it by itself


@dataclass(frozen=True, kw_only=True)
class FrameRule(_SentenceRule):
    """A relation by a verb, the trigger, and what stands around it."""

    subject_from: tuple[str, ...]
    object_from: str = "after"
    reach: str = "clause"
    unless_before: Pattern | None = None  # what stands before the trigger must not end so
    taken_by: frozenset[str] = frozenset()  # symbols that, standing before the trigger in its clause, take its object
    ends: frozenset[str] = frozenset()  # symbols with which the name of the object must end
    not_before: frozenset[str] = frozenset()  # symbols of nouns behind an object that make it their attribute
    near: int = 0  # the first object stands so many tokens behind the trigger at most; 0: anywhere
    first: bool = False  # the object is the nearest one only
    weak: bool = False  # counts only for objects of which no other rule says who does or makes them


@dataclass(frozen=True, kw_only=True)
class MentionRule(RelationRule):
    """A relation that each mention of a type stands for, most often to an area."""

    type: str  # of the mention
    ends: frozenset[str] = frozenset()  # symbols with which its name must end
    reverse: bool = False  # what is mentioned is the object


@dataclass(frozen=True, kw_only=True)
class InsideRule(MentionRule):
    """… to what its name begins with, or holds."""

    within: Pattern | None = None  # where in the name the other end stands; None: at its beginning
    anywhere: bool = False  # every mention inside the name, not only the one it begins with
    listed: bool = False  # counts only where the text also names both by themselves


@dataclass(frozen=True, kw_only=True)
class DefaultRule(MentionRule):
    """… to the area that the passage is about, or that is found as `by` says."""

    by: str = ""
    coined: bool = False  # only for things that no table of names lists
    begins: tuple[str, ...] = ()  # beginnings of the name
    tails: tuple[str, ...] = ()  # ends of the name; with `by: abbreviation`, what stands before the character


@dataclass(frozen=True)
class Refused:
    """Symbols that no name of a type begins with, or holds, whichever rule finds it."""

    begins: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()


@dataclass
class RuleSet:
    """All rules of an ontology, in the order in which they are tried."""

    entities: list[EntityRule] = field(default_factory=list)
    relations: list[RelationRule] = field(default_factory=list)
    refused: dict[str, Refused] = field(default_factory=dict)  # by type

    def ids(self) -> list[str]:
        """The ids of all rules, in the order of `all`."""
        return [rule.id for rule in self.all()]

    def patterns(self) -> Iterator[Pattern]:
        """All patterns that rules are made of."""
        for rule in self.all():
            yield from patterns_of(rule)

    def own(self) -> frozenset[str]:
        """The ids of the rules of a user's own folder."""
        return frozenset(rule.id for rule in self.all() if not is_shipped(rule.place[0]))

    def all(self) -> list[EntityRule | RelationRule]:
        """Entity rules, then relation rules, each in the order of the files."""
        return [*self.entities, *self.relations]


def patterns_of(rule: EntityRule | RelationRule) -> Iterator[Pattern]:
    """The patterns that a rule is made of."""
    values = (getattr(rule, key.name) for key in fields(rule))
    return (value for value in values if isinstance(value, Pattern))
