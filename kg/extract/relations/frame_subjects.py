"""Who does what a verb says: those named before it, who acts in the clause or acted before, or the area that the passage is about."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from kg.extract.knowledge.rules import FrameRule
from kg.extract.knowledge.symbols import Symbols
from kg.extract.names.rows import Draft, Row
from kg.extract.relations.actors import Actors
from kg.extract.relations.clause_openings import Stretch
from kg.extract.relations.context import NOBODY, Context
from kg.extract.relations.side_by_side import is_area, outermost, set_apart

_Subjects = tuple[list[int], list[tuple[int, int]]]  # entities, and the spans to quote


class FrameSubjects:
    """Finds the subjects of frames, as `subject_from` of each says."""

    def __init__(self, symbols: Symbols, actors: Actors) -> None:
        self._types, self._lists, self._openings = actors.types, actors.lists, actors.openings
        having = symbols.having
        self._preposition = having("@preposition")
        self._before_place = self._preposition - having("'由'")  # 由教育部印发: who stands behind it acts
        self._with = having("'与'", "'同'")
        self._kinds = having("@actors_of_a_kind")
        self._joined = actors.lists.joins | having("'同'")
        self._natural, self._state, self._urge = having("#AreaNatural"), having("@state"), having("@urge")
        self._nouns = having("%n", "@others", "@generic")
        self._abroad = having("@side") | having("@letter") & having("%ns", "%j")  # 支持柬建设…, 感谢摩方坚持…
        self._leads_to = having("@adverb", "@modal", "%d")
        self._times = having("@time_word", "%t", "%m", "@open", "@close", "@adverb", "%d", "'月'", "'日'")
        self._governs = self._preposition | having("@jointly", "@of", "%p") | having("@list_and") - having("@pause")

    def of(self, rule: FrameRule, verb: Stretch, actor: tuple[int, ...], context: Context) -> _Subjects:
        """Entities that may be the subject, from the nearest source that has any, and the spans to quote; `actor` acts in the clause of the verb."""
        partners: list[int] = []  # who does it together with the subject: 与湖北、安徽签署…
        for source in rule.subject_from:
            if source == "before":
                named, partners = self._before(rule, verb)
                if named:
                    return _named(named)
            elif source == "topic":
                if (topic := self._topic(rule, verb, context)) is not None:
                    return [topic, *(entity for entity in partners if entity != topic)], []
            else:
                told = self._acting(rule, verb, actor if source == "clause" else context.earlier, partners, context)
                if told is not None:
                    return told
        return partners, []

    def _before(self, rule: FrameRule, verb: Stretch) -> tuple[list[Draft], list[int]]:
        """Those named last before a verb, as subjects, or as partners of a subject that is named elsewhere."""
        row, first, _, begin, _ = verb
        for at in range(first - 1, begin - 1, -1):
            draft = row.drafts[at]
            if draft is None or draft.type not in rule.subject or draft.entity < 0:
                continue
            if draft.type == "Area" and at + 1 < first and row.symbols[at + 1] in self._kinds:
                return [], []  # 香港|企业|落实…: not the place
            start = at
            while (outer := outermost(row, begin, start)) - 2 >= begin and row.symbols[outer - 1] in self._joined and row.drafts[outer - 2] is not None:
                start = outer - 2
            while start > begin and row.drafts[start - 1] is not None and set_apart(row, start):
                start -= 1
            around = start  # 在浙江|安吉提出…: no place that the preposition governs acts
            while around > begin and draft.type == "Area" and is_area(row, around - 1):
                around -= 1
            if around > begin and row.symbols[around - 1] in self._before_place:
                continue
            members = [
                d for n, d in enumerate(row.drafts[start : at + 1], start)
                if d is not None and d.type in rule.subject and d.entity >= 0 and not (n < at and outermost(row, begin, n + 1) <= n)
            ]  # fmt: skip
            opening = self._openings.of(row, begin, first)
            if opening < around and row.symbols[opening] in self._with:
                # 与湖北、安徽签署…: who is spoken of does so too; 与某公司、百度等企业签署…: some of the others have no name
                return [], [d.entity for d in members] if opening == around - 1 else []
            return [*self._apart_from(rule, row, begin, around), *members], []
        return [], []

    def _apart_from(self, rule: FrameRule, row: Row, begin: int, around: int) -> list[Draft]:
        """Who does with those named from token `around` on what they do, and is named before a time: 浙江大学|今天（6月1日）|与吉利集团签署…"""
        at = around - 2
        if at < begin or row.symbols[at + 1] not in self._with or row.drafts[at] is not None:
            return []
        while at > begin and row.drafts[at] is None and row.symbols[at] in self._times:
            at -= 1
        draft = row.drafts[at]
        governed = at > begin and row.symbols[at - 1] in self._governs
        return [draft] if draft is not None and draft.type in rule.subject and draft.entity >= 0 and not governed else []

    def _acting(self, rule: FrameRule, verb: Stretch, acting: tuple[int, ...], partners: Sequence[int], context: Context) -> _Subjects | None:
        """Who is told to act: those asked to or standing beside the verb, else `acting`; None if the verb may have another subject."""
        if rule.predicate == "implements":
            nearer = self._urged(rule.subject, verb, context)
            if nearer is None and rule.object_from != "trigger":
                nearer = self._beside(rule.subject, verb)
            if nearer is not None:
                return _named(nearer)
        if acting == NOBODY:
            return [*partners], []
        if allowed := [entity for entity in acting if context.types[entity] in rule.subject and entity not in partners]:
            return [*allowed, *partners], []
        if acting and not partners and not context.report and (context.topic not in context.own or any(context.types[entity] == "Person" for entity in acting)):
            return [], []  # a person or a meeting acts, not the place that the story is about
        return None

    def _topic(self, rule: FrameRule, verb: Stretch, context: Context) -> int | None:
        """The area that the passage is about, where that can be the subject."""
        topic = context.topic
        if context.norms or topic is None or context.types[topic] not in rule.subject:
            return None
        # In the news, what is awarded to somebody unnamed is not awarded to a place that is told of in passing.
        theirs = rule.predicate != "awarded" or context.report or topic in (context.home, *context.own)
        return topic if theirs and self._speaks_of(context, verb) else None

    def _urged(self, types: AbstractSet[str], verb: Stretch, context: Context) -> list[Draft] | None:
        """Who is asked or helped to act before the verb in its clause: 要求中央企业健全…, 支持伊利推进…; None if nobody is.

        In a report, what an area makes its places and its people do, it does itself.
        """
        row, first, _, begin, _ = verb
        for at in range(first - 2, begin - 1, -1):
            if row.symbols[at] not in self._urge:
                continue
            draft = row.drafts[at + 1]
            if draft is not None:
                urged, _ = self._lists.begun(row, at + 1, first, types)
                return None if context.report and any(one.type == "Area" for one in urged) else urged or None
            if not context.report and row.symbols[at + 1] in self._abroad:
                return []
            return [] if not context.report and row.symbols[at + 1] in self._nouns and at + 2 < first and row.drafts[at + 2] is None else None
        return None

    def _beside(self, types: AbstractSet[str], verb: Stretch) -> list[Draft] | None:
        """Who stands directly before the verb inside a clause that another opens: 展现了中国|推动…, 抓住国家|扩大…; None if nobody does."""
        row, first, _, begin, _ = verb
        at = first - 1
        while at > begin and row.drafts[at] is None and row.symbols[at] in self._leads_to:
            at -= 1
        if at <= begin:
            return None
        draft = row.drafts[at]
        if draft is None:
            told = row.symbols[at] in self._state and row.drafts[at - 1] is None and row.symbols[first] not in self._nouns
            return [] if told else None
        outer = at  # 在甲州|乙市推进…: what stands behind a preposition acts in nothing
        while outer - 1 > begin and is_area(row, outer) and is_area(row, outer - 1):
            outer -= 1
        if draft.type not in self._types or row.symbols[outer - 1] in self._governs or row.symbols[at] in self._natural:
            return None
        if row.symbols[at - 1] in self._lists.joins and (other := row.drafts[at - 2]) is not None and other.type in self._types:
            return None  # 沈阳、大连建设…: both do; 支持沈阳建设…、大连建设…: one each
        if set_apart(row, at):
            return None
        return [draft] if draft.type in types and draft.entity >= 0 else []

    def _speaks_of(self, context: Context, verb: Stretch) -> bool:
        """Whether the area that the passage is about can be who acts: in the news it must be named near."""
        row, first = verb.row, verb.first
        if context.report:
            return True
        before = [draft for draft in row.drafts[:first] if draft is not None]
        if any(draft.type == "Person" for draft in before) and context.topic not in context.own:
            return False
        if first > 1 and row.symbols[first - 2] in self._preposition and (scene := row.drafts[first - 1]) is not None and scene.entity == context.topic:
            return False  # 双方在北京|签署…: where it is done says nothing of who does it
        return context.topic in (context.home, *context.own, *context.earlier) or any(draft.entity == context.topic for draft in before)


def _named(drafts: Sequence[Draft]) -> _Subjects:
    return [draft.entity for draft in drafts], [(draft.start, draft.end) for draft in drafts]
