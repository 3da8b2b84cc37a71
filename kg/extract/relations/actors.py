"""Who acts in each clause of a sentence: the mention at its head, or whom the clauses and sentences before it told of."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from kg.expressions import compiled
from kg.extract.knowledge.symbols import Symbols, char_class
from kg.extract.names.rows import Draft, Row
from kg.extract.relations.context import NOBODY, Context

_BEFORE_PEOPLE = 5  # words that may stand before a noun for people and belong to it
_FEW = 3  # a longer list before a semicolon tells whom something is done to


class Actors:
    """Finds who acts; `types` are the types of entities that can."""

    def __init__(self, symbols: Symbols, types: frozenset[str]) -> None:
        having = symbols.having
        self.types = types
        self._stop = compiled(char_class(symbols.bits("@stop")))
        self._stops = having("@stop")
        # What may stand around who acts.
        self._skipped = having("@time_word", "@adverb", "@ordinal_head", "@lead_in", "%t", "%m") - having("@act")  # 做好榆林市…试点: what such a verb governs does not act
        self._numbers, self._pause = having("%m", "@number", "'一'"), having("@pause")
        self._open, self._close = having("@open"), having("@close")
        self._preposition, self._told_from = having("@preposition"), having("@told_from")
        self._lies = having("@locate")
        self._attributive, self._etc = having("@of", "@etc"), having("@etc")  # 钱塘区的 and 产城融合示范区等 are no actors; what follows them is
        self._when = having("@since")
        self._counted = having("%m", "@number", "@actor_kind")
        self.joined = having("@list_and", "@jointly")  # 教育部会同财政部: both act
        self._jointly = having("'与'", "'同'")
        self._natural = having("#AreaNatural")
        self._offices = having("@office", "@title", "@title_after")
        self._post_modifier = having("@post_modifier")
        # Actors without a name.
        self._pair, self._trio, self._each = having("@pair"), having("@trio"), having("@each")
        self._others, self._speakers = having("@others", "@side"), having("@speaker")
        self._anybody = self._others | self._speakers
        self._here, self._state, self._we = having("@here"), having("@state"), having("@we")
        self._nameless = self._pair | self._trio | self._each | self._others | self._here | self._state | self._we
        self._before_office = self._offices | self._state
        self._relevant, self._leading = having("@relevant"), having("@leading")  # 有关 and 负责人 of 某部有关负责人
        self._nouns = having("%n", "@others", "@generic")
        # What they do.
        self._act, self._must, self._urge = having("@act", "@pass_verb"), having("'要'"), having("@urge")
        self._helps = having("@help")
        self._build, self._grows, self._stage = having("@being_built"), having("@being_built", "@grows"), having("@stages")
        self._firsts = having("@first_of")  # behind a place: it only tells among what something is the first
        self._say, self._learn, self._hold = having("@say"), having("@learn"), having("@hold")
        self._describes = having("%n", "%nz", "%ns", "%j", "%b", "%a", "%m", "%q", "@generic", "@vague", "@letter", "@of", "@etc", "@pause")
        self._issues = having("@issue")
        self._does = having("@act", "@hold", "@say", "@issue")
        self._begins = having("@act", "@modal", "@issue")
        self._predicate = having("%v", "@adverb", "@modal", "@act")
        self._dateline, self._date = having("@wired"), having("%m", "%t", "@lead_in")

    def clauses(self, row: Row) -> list[tuple[int, int]]:
        """First and last token of each clause, the last exclusive."""
        stops = [match.start() for match in self._stop.finditer(row.symbols)]
        return list(zip([0, *[at + 1 for at in stops]], [*stops, len(row.symbols)]))

    def by_clause(self, row: Row, clauses: Sequence[tuple[int, int]], context: Context) -> list[tuple[int, ...]]:
        """For each clause, who acts in it: the mention at its head, else who acted before; `context` is brought up to date."""
        found = []
        news = not context.report
        context.speech = context.speech or self._speaks(row, context)
        context.actor = context.carried if context.carried is not None else NOBODY if context.speech and news else ()
        people = news and not self._anybody.isdisjoint(row.symbols)
        holds = news and not self._hold.isdisjoint(row.symbols)
        told_by: tuple[int, ...] = ()
        for first, last in clauses:
            at = self.opening(row, first, last)
            if at < last:
                at = self._head(row, at, last, context)
            if first == 0 and self._goes_on(row, at, last, context):
                context.actor = context.earlier
            if told_by and at < last and row.symbols[at] in self._begins:
                context.actor = told_by  # 记者从商务部获悉，今年将开展…
            told_by = self._told_by(row, first, last) if news and row.symbols[last - 1] in self._learn else ()
            if at < last:
                if people or row.symbols[at] in self._nameless or row.symbols[first] in self._must:
                    context.actor = self._unnamed(row, first, at, last, context, people)
                if (row.drafts[at] is not None or row.symbols[at] in self._before_office) and not (first == 0 and self._writes_from(row, at, last)):
                    self._read_head(row, at, last, context)
            found.append(context.actor)
            self._leave(row, at, last, context, holds)
        context.carried = context.actor if news and self.goes_over(row) and len(context.actor) <= _FEW else None
        return found

    def _head(self, row: Row, at: int, last: int, context: Context) -> int:
        """The token of a clause that opens at token `at` which may tell who acts; `context` forgets who acts no more."""
        symbol = row.symbols[at]
        if context.report and symbol in self._stage and any(entity >= 0 and context.types[entity] in {"Area", "Person"} for entity in context.actor):
            context.actor = ()  # 习近平总书记致贺信，成功举办…; 甲保税区通过验收，成功举办…: it is the area that reports
        if symbol in self._jointly and len(context.actor) > 1 and self._met(row, context.actor[1]):
            context.actor = context.actor[:1]  # 我省与上海市签署…，与广东省…
        if symbol in self._preposition:
            context.here = self._scene(row, at, last, context.here)
        if symbol in self._lies:
            at = self._behind_place(row, at, last)
        return at if row.drafts[at] is None else self._nearer(row, at, last)

    def _leave(self, row: Row, at: int, last: int, context: Context, holds: bool) -> None:
        """Who acts from the next clause on: whom this one asks to, or the meeting that is held in it (`holds`: the sentence tells of one)."""
        if not context.report and at + 1 < last and row.symbols[at] in self._urge:
            if helped := self._helped(row, at + 1, last):
                # 支持浙江大学建设新校区，推进…: either of the two may go on
                context.actor = NOBODY if row.symbols[at] in self._helps else helped
            elif row.drafts[at + 1] is None and row.symbols[at + 1] in self._each:
                context.actor = NOBODY  # 教育部发布通知，要求各地加强管理，编制规划
        if holds and (meeting := self._convened(row, at, last, context)) is not None:
            context.actor = (meeting.entity,)

    def _writes_from(self, row: Row, at: int, last: int) -> bool:
        """Whether token `at` only tells where news was written: 杭州10月2日电."""
        at += 1
        while at < last and (row.symbols[at] in self._date or self.is_area(row, at)):
            at += 1
        return at < last and row.symbols[at] in self._dateline

    def _met(self, row: Row, entity: int) -> bool:
        """Whether the first mention of `entity` in a sentence stands behind 与 or 同."""
        at = next((place for place, draft in enumerate(row.drafts) if draft is not None and draft.entity == entity), 0)
        return at > 0 and row.symbols[at - 1] in self._jointly

    def _read_head(self, row: Row, at: int, last: int, context: Context) -> None:
        """Bring `context` up to date with who is named from token `at` on, where a clause that ends before `last` tells who acts."""
        news = not context.report
        heads, after = self.listed_from(row, at, last, self.types)
        office = after if heads else at + (at + 1 < last and row.symbols[at] in self._state)  # 国务院|总理, 国家|主席
        if office + 1 < last and row.symbols[office] in self._post_modifier and row.symbols[office + 1] in self._offices:
            office += 1  # 钱塘区原|副区长
        if news and office < last and row.symbols[office] in self._offices:
            heads, after = self._holder(row, office, last)
        if news and heads and after < last and self._is_person(row, after):
            heads, after = self.listed_from(row, after, last, self.types)  # 中共中央|总书记习近平: it is he who acts
        if news and heads and after < last and (len(heads) > 1 and self._led(row, after, last) or self._hides(row, after, last)):
            context.actor = NOBODY
        elif context.report and heads and (self._built(row, after, last) or after < last and row.symbols[after] in self._firsts):
            context.actor = ()
        elif heads and not self._modifies(row, after, last):
            context.actor = context.earlier = tuple(draft.entity for draft in heads)
            if len(heads) > 1 or after < last and (row.symbols[after] in self._pair or row.symbols[after] in self._trio):
                context.group = context.actor

    def _hides(self, row: Row, at: int, last: int) -> bool:
        """Whether those named before token `at` only say whose people or papers act: 德国|多领域人士发起…, 商务部|发布的数据显示…"""
        if at + 1 < last and row.symbols[at] in self._issues and row.symbols[at + 1] in self._attributive:
            return True
        if (work := row.drafts[at]) is not None:
            return work.type == "Project" and at + 1 < last and row.symbols[at + 1] in self._predicate
        if row.symbols[at] in self._nameless or not self.is_area(row, at - 1) and self._led(row, at, last):
            return False  # 内蒙古、广东两地: they act themselves; 商务部有关负责人 speaks for it
        while at + 1 < last and row.drafts[at] is None and row.symbols[at] in self._describes and row.symbols[at] not in self._anybody:
            at += 1
        told = row.drafts[at] is None and row.symbols[at] in self._anybody
        if at + 1 == last:
            return told and row.text.startswith("：", row.ends[at])
        return told and (row.symbols[at + 1] in self._predicate or row.symbols[at + 1] in self._skipped)

    def _built(self, row: Row, at: int, last: int) -> bool:
        """Whether the place named before token `at` is what a clause tells the building of, and does nothing: 先行区|建设|提速, 核心区|加快建设."""
        return at < last and row.symbols[at] in self._build and (at + 1 == last or row.drafts[at + 1] is None and row.symbols[at + 1] in self._predicate)

    def _nearer(self, row: Row, at: int, last: int) -> int:
        """Of places and bodies side by side from token `at` on the last, which acts: 杭州市|钱塘区|实施…, 中共|杭州市委|召开…"""
        while at + 1 < last and self._can_lead(row, at) and self._can_lead(row, at + 1) and not self.apart(row, at + 1):
            at += 1
        return at

    @staticmethod
    def apart(row: Row, at: int) -> bool:
        """Whether a blank sets token `at` off from the one before, as names are listed in a headline: 民政部 国家林草局部署…"""
        return row.text[row.ends[at - 1] : row.starts[at]] == " "

    def _told_by(self, row: Row, first: int, last: int) -> tuple[int, ...]:
        """The body from which a clause has what the next one tells (记者从商务部获悉, 据商务部介绍); empty if there is none."""
        at = next((place for place in range(first, last - 1) if row.symbols[place] in self._told_from), last)
        draft = row.drafts[at + 1] if at + 1 < last else None
        return (draft.entity,) if draft is not None and draft.type == "Body" and draft.entity >= 0 else ()

    def _holder(self, row: Row, at: int, last: int) -> tuple[list[Draft], int]:
        """Who holds the offices that begin at token `at` (国务院总理|李强), and the token behind the name; nobody if none is named."""
        while at < last and row.symbols[at] not in self._attributive and row.symbols[at] not in self._does:
            draft = row.drafts[at]
            if draft is not None and draft.type == "Person":
                return self.listed_from(row, at, last, self.types)
            at += 1
        return [], at

    def _helped(self, row: Row, at: int, last: int) -> tuple[int, ...]:
        """Who is asked or helped to do what a clause tells: 支持自贸试验区发挥作用, and 要求自贸试验区发挥作用，推动… with the clauses behind it."""
        helped, after = self.listed_from(row, self._nearer(row, at, last), last, self.types)
        if after < last and (row.symbols[after] in self._grows and after + 1 == last or self._modifies(row, after, last)):
            return ()  # 推动大学建设，推动…: whoever does the first does the second
        return tuple(draft.entity for draft in helped) if after < last else ()

    def _led(self, row: Row, at: int, last: int) -> bool:
        """Whether nobody but their officers, without names, acts for those named before token `at`: 商务部、广东省等相关|负责人介绍…"""
        while at + 1 < last and row.drafts[at] is None and (row.symbols[at] in self._etc or row.symbols[at] in self._relevant):
            at += 1
        return row.drafts[at] is None and row.symbols[at] in self._leading

    def _convened(self, row: Row, first: int, last: int, context: Context) -> Draft | None:
        """The meeting that a person holds in a clause: what the next clauses tell, it does (李强主持召开会议，审议通过…)."""
        if any(entity < 0 or context.types[entity] != "Person" for entity in context.actor) or not context.actor:
            return None
        held = next((at for at in range(first, last) if row.symbols[at] in self._hold), last)
        return next((draft for draft in row.drafts[held:last] if draft is not None and draft.type == "Event" and draft.entity >= 0), None)

    def opening(self, row: Row, first: int, last: int) -> int:
        """The first token of a clause that does more than lead in (今年, 进一步, and the number of a paragraph)."""
        if first == 0:
            first = self._behind_number(row, last)
        while first < last and row.symbols[first] in self._skipped and row.drafts[first] is None:
            first += 1
        return first

    def _behind_number(self, row: Row, last: int) -> int:
        """The token behind the number with which a sentence begins: （一）某市推进…, 三、某市推进…; 0 if there is none."""
        symbols = row.symbols
        if last > 3 and symbols[0] in self._open and symbols[1] in self._numbers and symbols[2] in self._close:
            return 3
        return 2 if last > 2 and symbols[0] in self._numbers and symbols[1] in self._pause else 0

    def _behind_place(self, row: Row, at: int, last: int) -> int:
        """The token behind the place that a clause first puts its actor in: 位于北京市顺义区的|产业园."""
        behind = at + 1
        while behind < last and (self.is_area(row, behind) or row.drafts[behind] is None and row.symbols[behind] not in self._attributive) and behind < at + 6:
            behind += 1
        return behind + 1 if behind + 1 < last and row.symbols[behind] in self._attributive and self._can_lead(row, behind + 1) else at

    def _goes_on(self, row: Row, at: int, last: int, context: Context) -> bool:
        """Whether a sentence of the news begins with what is done, by whom the one before it told of: 继续开展…, 按照…开展…"""
        if context.report or context.actor == NOBODY or at >= last or row.symbols[at] in self._must or row.drafts[at] is not None:
            return False
        return row.symbols[at] in self._act

    def _unnamed(self, row: Row, first: int, at: int, last: int, context: Context, people: bool) -> tuple[int, ...]:
        """Who acts in a clause that begins with a word for actors without a name: nobody whom the text lists, or we.

        `people`: the sentence has a word for people.
        """
        symbol = row.symbols[at]
        if not context.report and (symbol in self._pair and len(context.group) in (1, 2) or symbol in self._trio and len(context.group) in (1, 3)):
            return context.group  # 两部门, 三地: those that were named together before
        if symbol in self._here and not context.report and context.here is not None and at + 1 < last:
            return NOBODY if row.symbols[at + 1] in self._nouns else (context.here,)  # 在甘肃，当地实施…, 当地农民实施…
        if at + 1 < last and symbol in self._state and row.symbols[at + 1] in self._predicate:
            return NOBODY
        if symbol in self._we:
            return () if context.report else NOBODY
        if symbol in self._each and len(context.actor) > 1:
            return context.actor  # 山东、河北…，各地都制定了…
        if not context.report and (symbol in self._others or (context.actor == () and row.symbols[first] in self._must)) or people and self._people(row, at, last):
            return NOBODY
        return context.actor

    def _people(self, row: Row, at: int, last: int) -> bool:
        """Whether people without a name act in the clause from token `at` on: 援疆|干部|扎实推进…"""
        for place in range(at, min(at + _BEFORE_PEOPLE, last - 1)):
            if row.drafts[place] is not None or row.symbols[place] in self._does or row.symbols[place] in self._urge:
                return False
            if row.symbols[place] in self._anybody:
                return row.symbols[place + 1] in self._predicate and (place == at or row.symbols[place - 1] not in self._preposition)
        return False

    def _scene(self, row: Row, at: int, last: int, before: int | None) -> int | None:
        """The place where a clause that opens at token `at` sets the scene (在陕西省榆林市，…), else `before`."""
        if at + 1 >= last or not self.is_area(row, at + 1):
            return before
        at += 1
        while at + 1 < last and self.is_area(row, at + 1):
            at += 1
        draft = row.drafts[at]
        ends = at + 1 == last or row.symbols[at + 1] in self._stops
        return draft.entity if draft is not None and draft.entity >= 0 and ends else before

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

    def _modifies(self, row: Row, at: int, last: int) -> bool:
        """Whether what ends before token `at` only modifies what follows: 钱塘区的企业, but not 农业农村部等七部门."""
        if at < last and (row.symbols[at] in self._offices or row.symbols[at] in self._when):
            return True  # 中央政治局常委: it is the person who acts; 党的十八大以来: it is a time
        if at >= last or row.symbols[at] not in self._attributive:
            return False
        if row.symbols[at] not in self._etc or at + 1 >= last or row.symbols[at + 1] not in self._counted:
            return True
        return at + 2 < last and row.symbols[at + 2] in self._attributive  # 北京等地的企业

    @staticmethod
    def goes_over(row: Row) -> bool:
        """Whether a sentence ends with a semicolon: who acts in it acts in the next too."""
        return row.text[row.ends[-1] - 1] in "；;"

    @staticmethod
    def _can_lead(row: Row, at: int) -> bool:
        """Whether a token is a place or body, which may stand before the name of one of its own."""
        draft = row.drafts[at]
        return draft is not None and draft.type in ("Area", "Body")

    @staticmethod
    def _is_person(row: Row, at: int) -> bool:
        draft = row.drafts[at]
        return draft is not None and draft.type == "Person" and draft.entity >= 0

    @staticmethod
    def is_area(row: Row, at: int) -> bool:
        """Whether token `at` is a place that is named."""
        draft = row.drafts[at]
        return draft is not None and draft.type == "Area"

    def outermost(self, row: Row, begin: int, at: int) -> int:
        """Where the places begin that stand right before the one at token `at`, from token `begin` on: 黑龙江|伊春 of 甲省甲市、黑龙江伊春."""
        while at > begin and self.is_area(row, at) and self.is_area(row, at - 1) and not self.apart(row, at):
            at -= 1
        return at

    def listed_from(self, row: Row, at: int, last: int, types: AbstractSet[str]) -> tuple[list[Draft], int]:
        """The coordinated mentions that begin at token `at` (A、B和C), and the token behind them."""
        found: list[Draft] = []
        while at < last:
            draft = row.drafts[at]
            # A river or a lake acts in nothing.
            if draft is None or draft.type not in types or draft.entity < 0 or row.symbols[at] in self._natural:
                break
            at += 1
            apart = at < last and self.apart(row, at)
            if found and draft.type == "Area" and at < last and self.is_area(row, at) and not apart:
                continue  # 黑龙江伊春、山西长治: the nearer one
            found.append(draft)
            if at + 1 < last and row.symbols[at] in self.joined:
                at += 1
            elif not apart:
                break
        return found, at
