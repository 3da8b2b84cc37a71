"""Who acts in each clause of a sentence: the mention at its head, or whom the clauses and sentences before it told of."""

from __future__ import annotations

from typing import NamedTuple

from kg.extract.knowledge.symbols import Symbols
from kg.extract.names.rows import Draft, Row
from kg.extract.relations.clause_openings import Openings
from kg.extract.relations.context import NOBODY, Context
from kg.extract.relations.named_actors import NamedActors
from kg.extract.relations.side_by_side import Lists, is_area, nearest
from kg.extract.relations.unnamed_actors import UnnamedActors

_FEW = 3  # a longer list before a semicolon tells whom something is done to


class Clause(NamedTuple):
    """Tokens `begin:end` of a row, and who acts in them."""

    begin: int
    end: int
    actor: tuple[int, ...]


class Actors:
    """Finds who acts; `types` are the types of entities that can."""

    def __init__(self, symbols: Symbols, types: frozenset[str]) -> None:
        having = symbols.having
        self.types, self.lists, self.openings = types, Lists(symbols), Openings(symbols)
        self._unnamed = UnnamedActors(symbols)
        self._named = NamedActors(symbols, types, self.lists, self.openings, self._unnamed)
        # Somebody speaks.
        self._say, self._speakers = having("@say"), having("@speaker")
        self._learn, self._told_from, self._begins = having("@learn"), having("@told_from"), having("@act", "@modal", "@issue")
        # What a clause begins with.
        self._act, self._must = having("@act", "@pass_verb"), having("'要'")
        self._preposition, self._stops = having("@preposition"), having("@stop")
        self._jointly, self._stage = having("'与'", "'同'"), having("@stages")
        # Whom it leaves to the next.
        self._hold = having("@hold")
        self._urge, self._helps, self._grows = having("@urge"), having("@help"), having("@being_built", "@grows")

    def by_clause(self, row: Row, context: Context) -> list[Clause]:
        """The clauses of a row, and who acts in each: the mention at its head, else who acted before; `context` is brought up to date."""
        found = []
        news = not context.report
        context.speech = context.speech or self._speaks(row, context)
        context.actor = context.carried if context.carried is not None else NOBODY if context.speech and news else ()
        people = news and not self._unnamed.people.isdisjoint(row.symbols)
        holds = news and not self._hold.isdisjoint(row.symbols)
        told_by: tuple[int, ...] = ()
        for first, last in self.openings.clauses(row):
            at = self.openings.of(row, first, last)
            if at < last:
                at = self._head(row, at, last, context)
            if first == 0 and self._goes_on(row, at, last, context):
                context.actor = context.earlier
            if told_by and at < last and row.symbols[at] in self._begins:
                context.actor = told_by  # 记者从商务部获悉，今年将开展…
            told_by = self._told_by(row, first, last) if news and row.symbols[last - 1] in self._learn else ()
            if at < last:
                if people or self._unnamed.open(row, first, at):
                    context.actor = self._unnamed.of(row, first, at, last, context, people)
                if self._named.open(row, at) and not (first == 0 and self.openings.is_dateline(row, at, last)):
                    self._named.read(row, at, last, context)
            found.append(Clause(first, last, context.actor))
            self._leave(row, at, last, context, holds)
        context.carried = context.actor if news and self.goes_over(row) and len(context.actor) <= _FEW else None
        return found

    def _speaks(self, row: Row, context: Context) -> bool:
        """Whether somebody is quoted: what a leader, a meeting or an expert calls for, no place does.

        In a text about one area, its own meetings and experts speak for it.
        """
        if self._say.isdisjoint(row.symbols):
            return False
        abroad = context.topic not in context.own
        said = [at for at, symbol in enumerate(row.symbols) if symbol in self._say]
        return any(
            draft.type == "Person" or draft.type == "Event" and abroad if draft is not None else abroad and symbol in self._speakers
            for at in said for symbol, draft in zip(row.symbols[max(0, at - 3) : at], row.drafts[max(0, at - 3) : at])
        )  # fmt: skip

    def _head(self, row: Row, at: int, last: int, context: Context) -> int:
        """The token of a clause that opens at token `at` which may tell who acts; `context` forgets who acts no more."""
        symbol = row.symbols[at]
        if context.report and symbol in self._stage and any(entity >= 0 and context.types[entity] in {"Area", "Person"} for entity in context.actor):
            context.actor = ()  # 习近平总书记致贺信，成功举办…; 甲保税区通过验收，成功举办…: it is the area that reports
        if symbol in self._jointly and len(context.actor) > 1 and self._met(row, context.actor[1]):
            context.actor = context.actor[:1]  # 我省与上海市签署…，与广东省…
        if symbol in self._preposition:
            context.here = self._scene(row, at, last, context.here)
        return nearest(row, self.openings.behind_place(row, at, last), last)

    def _met(self, row: Row, entity: int) -> bool:
        """Whether the first mention of `entity` in a sentence stands behind 与 or 同."""
        at = next((place for place, draft in enumerate(row.drafts) if draft is not None and draft.entity == entity), 0)
        return at > 0 and row.symbols[at - 1] in self._jointly

    def _scene(self, row: Row, at: int, last: int, before: int | None) -> int | None:
        """The place where a clause that opens at token `at` sets the scene (在陕西省榆林市，…), else `before`."""
        if at + 1 >= last or not is_area(row, at + 1):
            return before
        at += 1
        while at + 1 < last and is_area(row, at + 1):
            at += 1
        draft = row.drafts[at]
        ends = at + 1 == last or row.symbols[at + 1] in self._stops
        return draft.entity if draft is not None and draft.entity >= 0 and ends else before

    def _goes_on(self, row: Row, at: int, last: int, context: Context) -> bool:
        """Whether a sentence of the news begins with what is done, by whom the one before it told of: 继续开展…, 按照…开展…"""
        if context.report or context.actor == NOBODY or at >= last or row.symbols[at] in self._must or row.drafts[at] is not None:
            return False
        return row.symbols[at] in self._act

    def _told_by(self, row: Row, first: int, last: int) -> tuple[int, ...]:
        """The body from which a clause has what the next one tells (记者从商务部获悉, 据商务部介绍); empty if there is none."""
        at = next((place for place in range(first, last - 1) if row.symbols[place] in self._told_from), last)
        draft = row.drafts[at + 1] if at + 1 < last else None
        return (draft.entity,) if draft is not None and draft.type == "Body" and draft.entity >= 0 else ()

    def _leave(self, row: Row, at: int, last: int, context: Context, holds: bool) -> None:
        """Who acts from the next clause on: whom this one asks to, or the meeting that is held in it (`holds`: the sentence tells of one)."""
        if not context.report and at + 1 < last and row.symbols[at] in self._urge:
            if helped := self._helped(row, at + 1, last):
                # 支持浙江大学建设新校区，推进…: either of the two may go on
                context.actor = NOBODY if row.symbols[at] in self._helps else helped
            elif row.drafts[at + 1] is None and row.symbols[at + 1] in self._unnamed.each:
                context.actor = NOBODY  # 教育部发布通知，要求各地加强管理，编制规划
        if holds and (meeting := self._convened(row, at, last, context)) is not None:
            context.actor = (meeting.entity,)

    def _helped(self, row: Row, at: int, last: int) -> tuple[int, ...]:
        """Who is asked or helped to do what a clause tells: 支持自贸试验区发挥作用, and 要求自贸试验区发挥作用，推动… with the clauses behind it."""
        helped, after = self.lists.begun(row, nearest(row, at, last), last, self.types)
        if after < last and (row.symbols[after] in self._grows and after + 1 == last or self._named.modify(row, after, last)):
            return ()  # 推动大学建设，推动…: whoever does the first does the second
        return tuple(draft.entity for draft in helped) if after < last else ()

    def _convened(self, row: Row, first: int, last: int, context: Context) -> Draft | None:
        """The meeting that a person holds in a clause: what the next clauses tell, it does (李强主持召开会议，审议通过…)."""
        if any(entity < 0 or context.types[entity] != "Person" for entity in context.actor) or not context.actor:
            return None
        held = next((at for at in range(first, last) if row.symbols[at] in self._hold), last)
        return next((draft for draft in row.drafts[held:last] if draft is not None and draft.type == "Event" and draft.entity >= 0), None)

    @staticmethod
    def goes_over(row: Row) -> bool:
        """Whether a sentence ends with a semicolon: who acts in it acts in the next too."""
        return row.text[row.ends[-1] - 1] in "；;"
