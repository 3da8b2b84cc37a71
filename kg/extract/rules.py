"""What a rule is.

An entity rule marks a stretch of a sentence as a mention; a relation rule joins mentions, either by a pattern with parts
`subject` and `object`, or by a trigger and what may stand around it. kg/extract/rule_reading.py reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.extract.pattern import Pattern
from kg.extract.rule_entries import Example

CARRIED = ("Project", "Event")


@dataclass(frozen=True)
class EntityRule:
    """A pattern whose part `name` is a mention of one type; sets of symbols that say nothing are empty."""

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
    """A relation by a pattern, a frame, the inside of names, or as a default; keys of the other shapes are empty."""

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
    """All rules of an ontology, in the order in which they are tried."""

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
