"""What holds only beside the rest of what a document says: links of `listed` and `governed`, of `weak`, and of `default` rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from kg.extract.knowledge.rules import DefaultRule, FrameRule, InsideRule, PatternRule, RelationRule
from kg.extract.names.rows import Draft
from kg.extract.relations.context import Context
from kg.extract.relations.links import Link

_TOLD = frozenset({"implements", "issues", "comprises", "awarded"})


class WeakLinks:
    """Those rules of one ontology."""

    def __init__(self, rules: Sequence[RelationRule]) -> None:
        self._listed = frozenset(rule.id for rule in rules if isinstance(rule, InsideRule) and rule.listed or isinstance(rule, PatternRule) and rule.governed)
        self._weak = frozenset(rule.id for rule in rules if isinstance(rule, FrameRule) and rule.weak)
        self._default = [rule for rule in rules if isinstance(rule, DefaultRule) and not rule.by]

    def without_unlisted(self, links: Sequence[Link], alone: AbstractSet[int]) -> list[Link]:
        """`links` without those of `listed` and `governed` rules an end of which stands only inside other names."""
        return [link for link in links if link.rule not in self._listed or {link.subject, link.object} <= alone]

    def without_weak(self, links: Sequence[Link], types: Sequence[str]) -> list[Link]:
        """`links` without those of `weak` rules whose object somebody else carries out or wrote, or is part of something.

        An award that a sentence gives to those it names is not their area's too; another sentence's may be.
        """
        told = {
            (link.object, link.sentence if link.predicate == "awarded" else None) for link in links
            if link.rule not in self._weak and (link.predicate in _TOLD and types[link.subject] != "Person")
        }  # fmt: skip
        return [link for link in links if link.rule not in self._weak or told.isdisjoint(((link.object, None), (link.object, link.sentence)))]

    def defaults(self, drafts: Sequence[Draft], topics: Mapping[int, int | None], links: Sequence[Link], context: Context) -> list[Link]:
        """Links to the area that a passage is about, for things that have no such relation by `links`."""
        found = []
        placed: dict[str, list[tuple[Draft, int]]] = {}  # by type, with the area that the passage is about
        for draft in drafts:
            topic = topics.get(draft.sentence)
            if topic is not None and topic != draft.entity:
                placed.setdefault(draft.type, []).append((draft, topic))
        for rule in self._default:
            if rule.type not in placed or rule.news and context.report or context.norms and rule.coined:
                continue
            has = {(link.object if rule.reverse else link.subject) for link in links if link.predicate == rule.predicate}
            for draft, topic in placed[rule.type]:
                if draft.entity in has or not _holds(rule, draft, topic, context):
                    continue
                has.add(draft.entity)
                found.append(Link.of_mention(rule, draft.entity, topic, draft))
        return found


def _holds(rule: DefaultRule, draft: Draft, topic: int, context: Context) -> bool:
    """Whether a `default` rule speaks of such a mention, where the passage is about `topic`."""
    if draft.nested or context.types[topic] not in rule.object or rule.report and not context.report and topic not in context.own:
        return False
    if rule.begins and not draft.key.startswith(rule.begins) or rule.ends and draft.tail not in rule.ends:
        return False
    listed = ("name-list", "name-list-regional") if context.report else ("name-list",)  # in a report, a rule `by: listed` sees to them
    return not (rule.coined and draft.rule in listed and "“" not in draft.key)
