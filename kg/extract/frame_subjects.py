"""Who does what a verb says: those named before it, who acts in the clause or acted before, or the area that the passage is about."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.actors import NOBODY, Actors, Context
from kg.extract.rows import Draft, Row
from kg.extract.rules import RelationRule
from kg.extract.symbols import Symbols

_Subjects = tuple[list[int], list[tuple[int, int]]]  # entities, and the spans to quote


class FrameSubjects:
    """Finds the subjects of frames, as `subject_from` of each says."""

    def __init__(self, symbols: Symbols, actors: Actors) -> None:
        self._actors = actors
        self._preposition = symbols.having("@preposition") - symbols.having("'由'")  # 由教育部印发: who stands behind it acts
        self._with = symbols.having("'与'", "'同'")
        self._joined = actors.joined | symbols.having("'同'")

    def of(self, rule: RelationRule, row: Row, begin: int, first: int, actor: tuple[int, ...], context: Context) -> _Subjects:
        """Entities that may be the subject, from the nearest source that has any, and the spans to quote.

        The verb is token `first`, its clause begins at token `begin`, and `actor` acts in it.
        """
        partners: list[int] = []  # who does it together with the subject: 与湖北、安徽签署…
        for source in rule.subject_from:
            if source == "before":
                named, partners = self._before(rule, row, begin, first)
                if named:
                    return _named(named)
            elif source == "topic":
                if (topic := self._topic(rule, row, first, context)) is not None:
                    return [topic, *(entity for entity in partners if entity != topic)], []
            else:
                told = self._acting(rule, row, begin, first, actor if source == "clause" else context.earlier, partners, context)
                if told is not None:
                    return told
        return partners, []

    def _before(self, rule: RelationRule, row: Row, begin: int, first: int) -> tuple[list[Draft], list[int]]:
        """Those named last before a verb, as subjects, or as partners of a subject that is named elsewhere."""
        for at in range(first - 1, begin - 1, -1):
            draft = row.drafts[at]
            if draft is None or draft.type not in rule.subject or draft.entity < 0:
                continue
            start = at
            while start - 2 >= begin and row.symbols[start - 1] in self._joined and row.drafts[start - 2] is not None:
                start -= 2
            while start > begin and row.drafts[start - 1] is not None and self._actors.apart(row, start):
                start -= 1
            around = start  # 在浙江|安吉提出…: no place that the preposition governs acts
            while around > begin and (outer := row.drafts[around - 1]) is not None and outer.type == draft.type == "Area":
                around -= 1
            if around > begin and row.symbols[around - 1] in self._preposition:
                continue
            members = [d for d in row.drafts[start : at + 1] if d is not None and d.type in rule.subject and d.entity >= 0]
            opening = self._actors.opening(row, begin, first)
            if opening < around and row.symbols[opening] in self._with:
                # 与湖北、安徽签署…: who is spoken of does so too; 与某公司、百度等企业签署…: some of the others have no name
                return [], [d.entity for d in members] if opening == around - 1 else []
            return members, []
        return [], []

    def _acting(
        self, rule: RelationRule, row: Row, begin: int, first: int, acting: tuple[int, ...], partners: Sequence[int], context: Context
    ) -> _Subjects | None:
        """Who is told to act: those asked to or standing beside the verb, else `acting`; None if the verb may have another subject."""
        if rule.predicate == "implements":
            nearer = self._actors.urged(rule.subject, row, begin, first, context)
            if nearer is None and rule.object_from != "trigger":
                nearer = self._actors.beside(rule.subject, row, begin, first)
            if nearer is not None:
                return _named(nearer)
        if acting == NOBODY:
            return [*partners], []
        if allowed := [entity for entity in acting if context.types[entity] in rule.subject and entity not in partners]:
            return [*allowed, *partners], []
        if acting and not partners and not context.report and (context.topic not in context.own or any(context.types[entity] == "Person" for entity in acting)):
            return [], []  # a person or a meeting acts, not the place that the story is about
        return None

    def _topic(self, rule: RelationRule, row: Row, first: int, context: Context) -> int | None:
        """The area that the passage is about, where that can be the subject."""
        topic = context.topic
        if context.norms or topic is None or context.types[topic] not in rule.subject:
            return None
        # In the news, what is awarded to somebody unnamed is not awarded to a place that is told of in passing.
        theirs = rule.predicate != "awarded" or context.report or topic in (context.home, *context.own)
        return topic if theirs and self._actors.speaks_of(context, row, first) else None


def _named(drafts: Sequence[Draft]) -> _Subjects:
    return [draft.entity for draft in drafts], [(draft.start, draft.end) for draft in drafts]
