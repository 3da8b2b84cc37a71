"""Who acts of those with whose names a clause begins: 杭州市钱塘区, 教育部会同财政部, 国务院总理李强; not 德国 of 德国多领域人士."""

from __future__ import annotations

from kg.extract.knowledge.symbols import Symbols
from kg.extract.names.rows import Draft, Row
from kg.extract.relations.clause_openings import Openings
from kg.extract.relations.context import NOBODY, Context
from kg.extract.relations.side_by_side import Lists, is_area, is_person
from kg.extract.relations.unnamed_actors import UnnamedActors


class NamedActors:
    """Finds them; `types` are the types of entities that can act."""

    def __init__(self, symbols: Symbols, types: frozenset[str], lists: Lists, openings: Openings, unnamed: UnnamedActors) -> None:
        having = symbols.having
        self._types, self._lists, self._unnamed = types, lists, unnamed
        self._attributive, self._etc = having("@of", "@etc"), having("@etc")  # 钱塘区的 and 产城融合示范区等 are no actors; what follows them is
        self._when, self._counted = having("@since"), having("%m", "@number", "@actor_kind")
        self._offices, self._post_modifier = having("@office", "@title", "@title_after"), having("@post_modifier")
        self._before_office = self._offices | unnamed.state
        self._relevant, self._leading = having("@relevant"), having("@leading")  # 有关 and 负责人 of 某部有关负责人
        self._built, self._firsts = having("@being_built"), having("@first_of")
        self._issues = having("@issue")
        self._skipped = openings.skipped
        self._describes = having("%n", "%nz", "%ns", "%j", "%b", "%a", "%m", "%q", "@generic", "@vague", "@letter", "@of", "@etc", "@pause")

    def open(self, row: Row, at: int) -> bool:
        """Whether a clause that opens at token `at` may tell who acts by a name, or an office before one."""
        return row.drafts[at] is not None or row.symbols[at] in self._before_office

    def read(self, row: Row, at: int, last: int, context: Context) -> None:
        """Bring `context` up to date with who is named from token `at` on, where a clause that ends before `last` tells who acts."""
        heads, after = self._heads(row, at, last, context.report)
        if not heads:
            return
        if not context.report and after < last and (len(heads) > 1 and self._led(row, after, last) or self._hide(row, after, last)):
            context.actor = NOBODY
        elif context.report and (self._are_built(row, after, last) or after < last and row.symbols[after] in self._firsts):
            context.actor = ()
        elif not self.modify(row, after, last):
            context.actor = context.earlier = tuple(draft.entity for draft in heads)
            if len(heads) > 1 or after < last and row.symbols[after] in self._unnamed.counted:
                context.group = context.actor

    def _heads(self, row: Row, at: int, last: int, report: bool) -> tuple[list[Draft], int]:
        """Those named from token `at` on, in the news the person behind their office, and the token behind them."""
        heads, after = self._lists.begun(row, at, last, self._types)
        if report:
            return heads, after
        office = after if heads else at + (at + 1 < last and row.symbols[at] in self._unnamed.state)  # 国务院|总理, 国家|主席
        if office + 1 < last and row.symbols[office] in self._post_modifier and row.symbols[office + 1] in self._offices:
            office += 1  # 钱塘区原|副区长
        if office < last and row.symbols[office] in self._offices:
            heads, after = self._holder(row, office, last)
        if heads and after < last and is_person(row, after):
            return self._lists.begun(row, after, last, self._types)  # 中共中央|总书记习近平: it is he who acts
        return heads, after

    def _holder(self, row: Row, at: int, last: int) -> tuple[list[Draft], int]:
        """Who holds the offices that begin at token `at` (国务院总理|李强), and the token behind the name; nobody if none is named."""
        while at < last and row.symbols[at] not in self._attributive and row.symbols[at] not in self._unnamed.does:
            draft = row.drafts[at]
            if draft is not None and draft.type == "Person":
                return self._lists.begun(row, at, last, self._types)
            at += 1
        return [], at

    def _led(self, row: Row, at: int, last: int) -> bool:
        """Whether nobody but their officers, without names, acts for those named before token `at`: 商务部、广东省等相关|负责人介绍…"""
        while at + 1 < last and row.drafts[at] is None and (row.symbols[at] in self._etc or row.symbols[at] in self._relevant):
            at += 1
        return row.drafts[at] is None and row.symbols[at] in self._leading

    def _hide(self, row: Row, at: int, last: int) -> bool:
        """Whether those named before token `at` only say whose people or papers act: 德国|多领域人士发起…, 商务部|发布的数据显示…"""
        people, predicate = self._unnamed.people, self._unnamed.predicate
        if at + 1 < last and row.symbols[at] in self._issues and row.symbols[at + 1] in self._attributive:
            return True
        if (work := row.drafts[at]) is not None:
            return work.type == "Project" and at + 1 < last and row.symbols[at + 1] in predicate
        if row.symbols[at] in self._unnamed.kinds and is_area(row, at - 1) and at + 1 < last:
            return row.drafts[at + 1] is None and row.symbols[at + 1] in predicate  # 香港|企业|落实…
        if row.symbols[at] in self._unnamed.words or not is_area(row, at - 1) and self._led(row, at, last):
            return False  # 内蒙古、广东两地: they act themselves; 商务部有关负责人 speaks for it
        while at + 1 < last and row.drafts[at] is None and row.symbols[at] in self._describes and row.symbols[at] not in people:
            at += 1
        told = row.drafts[at] is None and row.symbols[at] in people
        if at + 1 == last:
            return told and row.text.startswith("：", row.ends[at])
        return told and (row.symbols[at + 1] in predicate or row.symbols[at + 1] in self._skipped)

    def _are_built(self, row: Row, at: int, last: int) -> bool:
        """Whether the place named before token `at` is what a clause tells the building of, and does nothing: 先行区|建设|提速, 核心区|加快建设."""
        return at < last and row.symbols[at] in self._built and (at + 1 == last or row.drafts[at + 1] is None and row.symbols[at + 1] in self._unnamed.predicate)

    def modify(self, row: Row, at: int, last: int) -> bool:
        """Whether what ends before token `at` only modifies what follows: 钱塘区的企业, but not 农业农村部等七部门."""
        if at < last and (row.symbols[at] in self._offices or row.symbols[at] in self._when):
            return True  # 中央政治局常委: it is the person who acts; 党的十八大以来: it is a time
        if at >= last or row.symbols[at] not in self._attributive:
            return False
        if row.symbols[at] not in self._etc or at + 1 >= last or row.symbols[at + 1] not in self._counted:
            return True
        return at + 2 < last and row.symbols[at + 2] in self._attributive  # 北京等地的企业
