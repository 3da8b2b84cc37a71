"""A relation as it is read, between the things of one document by their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.extract.knowledge.rules import MentionRule
from kg.extract.names.rows import Draft


class Link(NamedTuple):
    """One relation read from one place. Ends are entity numbers; `start:end` is the evidence, as it is of a fact."""

    subject: int
    predicate: str
    object: int | None
    start: int
    end: int
    sentence: int
    rule: str
    value: str | None = None  # hasStatus: the stage
    written: tuple[int, int] | None = None  # holdsPost: where the text writes the office
    day: tuple[int, int] | None = None  # where its day stands, if that is known: of a row of a table; (0, 0) if nowhere

    @classmethod
    def of_mention(cls, rule: MentionRule, thing: int, other: int, mention: Draft) -> Link:
        """What a rule says of a thing and another by a mention as a whole, the other one first if the rule is `reverse`."""
        subject, target = (other, thing) if rule.reverse else (thing, other)
        return cls(subject, rule.predicate, target, mention.start, mention.end, mention.sentence, rule.id)


def without_parts(links: Sequence[Link]) -> list[Link]:
    """The links without those that say of each part what the same sentence says of the whole (guideline: implements)."""
    wholes = {(link.sentence, link.object): link.subject for link in links if link.predicate == "comprises"}
    if not wholes:
        return list(links)
    said = {(link.sentence, link.subject, link.predicate, link.object) for link in links}
    return [
        link for link in links
        if link.predicate not in ("implements", "issues")
        or (whole := wholes.get((link.sentence, link.object))) is None
        or (link.sentence, link.subject, link.predicate, whole) not in said
    ]  # fmt: skip
