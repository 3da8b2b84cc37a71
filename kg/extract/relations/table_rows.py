"""Tables of works and of places, row by row: who builds a work, where, and how far it is.

    项目名称 | 建设单位 | 建设性质 | 建设地点
    衢江大桥 | 龙游县交通局 | 续建 | 湖镇镇

Heads say what the cells below them are. What a cell names is a thing by itself, whatever its words: no other column is part of the name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import KgError
from kg.extract.knowledge.phrases import Words
from kg.extract.names.rows import Draft
from kg.extract.relations.links import Link
from kg.text.sentences import ReadText

_WORK, _PLACE, _BODY, _LINK = "table-work", "table-place", "table-body", "table-row"
_SHORTEST, _LONGEST = 3, 40  # characters of the name of a work in a cell
_NOWHERE = (0, 0)
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}|（[一二三四五六七八九十]{1,3}）")
_WORDED = re.compile(r"[\u4e00-\u9fff]{2}")

_MADE = {"works": ("Project", _WORK), "places": ("Area", _PLACE), "site": ("Area", _PLACE), "owner": ("Body", _BODY), "duty": ("Body", _BODY)}
_ONLY_BESIDE_WORKS = frozenset({"owner", "duty", "site"})  # what such cells name is told of in a table of works alone
_OF_WORKS = frozenset({"owner", "site", "size", "stage", "nature", "begun", "done"})
_DAYS = {"started": "begun", "completed": "done", "operating": "done"}  # the column that has the day of a stage


class TableRowWords(Words):
    """The patterns `table_rows` of `rules/relations.yaml`, with the same names."""

    works: re.Pattern[str]  # the head of the column of works
    owner: re.Pattern[str]  # … of who builds them
    duty: re.Pattern[str]  # … of who answers for them
    site: re.Pattern[str]  # … of where they are
    stage: re.Pattern[str]  # … of how far they are
    nature: re.Pattern[str]  # … of whether they are new or go on, which tells how far they are where nothing else does
    begun: re.Pattern[str]  # … of when they were begun
    done: re.Pattern[str]  # … of when they were finished
    size: re.Pattern[str]  # … of how large they are: only works have such a column
    no_work: re.Pattern[str]  # a cell that names no one work
    places: re.Pattern[str]  # the head of a column of villages, communities or towns
    place: re.Pattern[str]  # the name of one
    body: re.Pattern[str]  # the name of one who builds
    group: re.Pattern[str]  # a row that heads others and says how far they are; group `stage` is what it says
    numbered: re.Pattern[str]  # what the number of a row looks like that heads others; its groups are of different ranks


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the columns of a table are, and its rows below the heads."""

    kinds: Mapping[int, str]
    rows: Sequence[Mapping[int, _Cell]]
    groups: Sequence[_Cell | None]  # what a row above each of them says of how far they are: 一、续建项目（3个）
    counted: bool  # whether some rows are numbered in digits
    table: int  # where their table begins

    def heads_others(self, row: Mapping[int, _Cell]) -> bool:
        """Whether a row names no work but a kind of them: 一 | 大型水库, above 1 | 甲水库工程."""
        return self.counted and 0 in row and _NUMERAL.fullmatch(row[0].text) is not None

    def cells(self) -> Iterator[dict[str, _Cell]]:
        """The cells of each row by kind. A place that stands before the works once for several of them holds for each."""
        at = {kind: column for column, kind in self.kinds.items()}
        outer = "site" in at and "works" in at and at["site"] < at["works"]
        above: _Cell | None = None
        for row, group in zip(self.rows, self.groups, strict=True):
            cells = {kind: row[column] for kind, column in at.items() if column in row}
            if group is not None:
                cells["group"] = group
            if "works" in cells and self.heads_others(row):
                del cells["works"]
            if outer:
                above = cells.get("site", above if "works" in cells else None)
                if above is not None:
                    cells["site"] = above
            yield cells


class _InOrder:
    """The mentions of a text by where they begin: a table may have very many rows."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = sorted(drafts, key=lambda draft: draft.start)

    def inside(self, cell: _Cell) -> list[Draft]:
        """The mentions in a cell."""
        first = bisect_left(self._drafts, cell.start, key=lambda draft: draft.start)
        last = bisect_left(self._drafts, cell.end, lo=first, key=lambda draft: draft.start)
        return [draft for draft in self._drafts[first:last] if draft.end <= cell.end]

    def standing(self, cell: _Cell | None, type_: str) -> list[Draft]:
        """The mentions of a type in a cell, but for parts of names."""
        return [] if cell is None else [draft for draft in self.inside(cell) if draft.type == type_ and not draft.nested]


class TableRows:
    """Reads the tables of a text; `stages`: what a cell says of a work that is in one of the stages, `known`."""

    def __init__(self, words: TableRowWords, stages: Mapping[str, re.Pattern[str]], known: Sequence[str]) -> None:
        if unknown := sorted(set(stages) - set(known)):
            raise KgError(f"the patterns table_stages name a stage that the ontology does not have: {', '.join(unknown)}", hint=f"stages: {', '.join(known)}")
        self._words = words
        self._heads = {kind: getattr(words, kind) for kind in ("works", "owner", "duty", "site", "stage", "nature", "begun", "done", "size", "places")}
        self._stages = stages

    def drafts(self, text: ReadText, known: Sequence[Draft]) -> list[Draft]:
        """Mentions of the works, of who builds them and of places that no rule of names found as a whole."""
        if not text.document.tables:
            return []
        found: list[Draft] = []
        named = _InOrder(known)
        for kind, cell in self._named(text):
            inside = named.inside(cell)
            type_, rule = _MADE[kind]
            if kind == "works" and (whole := next((d for d in inside if (d.start, d.end, d.type, d.code) == (cell.start, cell.end, "Area", "")), None)):
                whole.type, whole.rule = type_, rule  # 云溪科创岛: no table of places has it, and this one says that it is built
            if any((draft.start, draft.end) == (cell.start, cell.end) or kind == "site" and draft.type == "Area" for draft in inside):
                continue
            if type_ != "Area" and (tail := next((d for d in inside if d.type == type_ and d.end == cell.end and not d.nested), None)) is not None:
                # 青岛|京东方光电科技有限公司, 隆基|年产29GW电池项目: no name by itself
                tail.start, tail.rule, tail.inner = cell.start, rule, tuple(draft for draft in inside if draft is not tail)
                for draft in inside:
                    draft.nested = draft is not tail
                continue
            for draft in inside:
                draft.nested = True
            sentence = text.sentence_at(cell.start)
            found.append(Draft(cell.start, cell.end, type_, sentence.index, rule, inner=tuple(inside)))
        return found

    def links(self, text: ReadText, drafts: Sequence[Draft], topics: Mapping[int, int | None], inside: Callable[[int, int], bool]) -> list[Link]:
        """What the rows say of their works, which lie in the area that the table is about: `inside` tells of two areas whether the first holds the second."""
        if not text.document.tables:
            return []
        works = {(draft.start, draft.end): draft for draft in drafts if draft.type == "Project"}
        links: list[Link] = []
        named = _InOrder(drafts)
        for columns in self._columns(text):
            home = topics.get(text.sentence_at(columns.table).index)  # not of a row, which names the place of its work
            for cells in columns.cells():
                name = cells.get("works")
                if name is not None and (work := works.get((name.start, name.end))) is not None:
                    sentence = text.sentence_at(name.start).index
                    for subject, predicate, target, said, value, day in self._said(work.entity, cells, named):
                        start, end = (name.start, said.end) if said.start >= name.start else (said.start, name.end)
                        links.append(Link(subject, predicate, target, start, end, sentence, _LINK, value, day=day))
                    if home is not None and not any(inside(home, draft.entity) for draft in named.standing(cells.get("site"), "Area")):
                        links.append(Link(work.entity, "locatedIn", home, name.start, name.end, sentence, _LINK, day=_NOWHERE))
        return links

    def _said(self, work: int, cells: Mapping[str, _Cell], named: _InOrder) -> Iterator[tuple[int, str, int | None, Draft | _Cell, str | None, tuple[int, int]]]:
        """What the other cells of a row say of its work: subject, relation, object, what says so, value, where its day stands."""
        for draft in named.standing(cells.get("owner"), "Body"):
            yield draft.entity, "undertakes", work, draft, None, _NOWHERE
        for draft in named.standing(cells.get("duty"), "Body"):
            yield draft.entity, "responsibleFor", work, draft, None, _NOWHERE
        for draft in named.standing(cells.get("site"), "Area"):
            yield work, "locatedIn", draft.entity, draft, None, _NOWHERE
        told = next((cells[kind] for kind in ("stage", "nature") if kind in cells), None)
        stage = self._stage(told.text) if told is not None else None
        if stage is None and "group" in cells:
            told, stage = cells["group"], self._stage(cells["group"].text)
        if told is not None and stage is not None:
            day = cells.get(_DAYS.get(stage, ""))
            yield work, "hasStatus", None, told, stage, (day.start, day.end) if day is not None else _NOWHERE

    def _stage(self, text: str) -> str | None:
        return next((stage for stage, pattern in self._stages.items() if pattern.fullmatch(text)), None)

    def _named(self, text: ReadText) -> Iterator[tuple[str, _Cell]]:
        for columns in self._columns(text):
            works = "works" in columns.kinds.values()
            for row in columns.rows:
                for column, kind in columns.kinds.items():
                    if kind == "works" and columns.heads_others(row):
                        continue
                    if (cell := row.get(column)) is not None and (works or kind not in _ONLY_BESIDE_WORKS) and self._names_one(kind, cell.text):
                        yield kind, cell

    def _names_one(self, kind: str, text: str) -> bool:
        if kind == "works":
            return _SHORTEST <= len(text) <= _LONGEST and self._words.no_work.search(text) is None
        if kind not in _MADE:
            return False
        named = self._words.place if _MADE[kind][0] == "Area" else self._words.body
        return named.fullmatch(text) is not None

    def _columns(self, text: ReadText) -> Iterator[_Columns]:
        for table in text.document.tables:
            rows: dict[int, dict[int, _Cell]] = {}
            for cell in table.cells:
                words = text.folded[cell.start : cell.end]
                if bare := words.strip():
                    start = cell.start + len(words) - len(words.lstrip())
                    rows.setdefault(cell.row, {})[cell.column] = _Cell(start, start + len(bare), bare)
            kinds: dict[int, str] = {}
            below: list[Mapping[int, _Cell]] = []
            for _, row in sorted(rows.items()):
                heads = {column: kind for column, cell in row.items() if (kind := self._kind(cell.text))}
                if "works" not in heads.values():  # 区县: where a work lies, else what the rows tell of
                    heads |= {column: "places" for column, cell in row.items() if self._heads["places"].fullmatch(cell.text.replace(" ", ""))}
                if {"works", "places"} & set(heads.values()) and len(row) > 1:
                    # A table below another without a line between them has heads of its own.
                    if below:
                        yield from self._of_things(kinds, below, table.start)
                    kinds, below = heads, []
                elif kinds:
                    below.append(row)
            yield from self._of_things(kinds, below, table.start)

    def _of_things(self, kinds: Mapping[int, str], rows: Sequence[Mapping[int, _Cell]], table: int) -> Iterator[_Columns]:
        """The columns and rows, if they tell of things: each kind has one column, and works one of those that only works have."""
        once = {column: kind for column, kind in kinds.items() if list(kinds.values()).count(kind) == 1}
        if "works" in once.values() and not _OF_WORKS & set(once.values()):
            once = {column: kind for column, kind in once.items() if kind != "works"}
        if rows and once:
            yield _Columns(once, rows, self._groups(rows), any(0 in row and row[0].text.isdecimal() for row in rows), table)

    def _groups(self, rows: Sequence[Mapping[int, _Cell]]) -> list[_Cell | None]:
        """What the rows that head others say of how far those are, for each row: until one of the same rank says no more of it."""
        found: list[_Cell | None] = []
        group: _Cell | None = None
        rank = 0
        for row in rows:
            worded = [cell for cell in row.values() if _WORDED.search(cell.text)]
            if len(worded) == 1:
                numbered = self._words.numbered.match(worded[0].text)
                here = numbered.lastindex or 0 if numbered is not None else 0
                if told := self._words.group.fullmatch(worded[0].text):
                    start = worded[0].start + told.start("stage")
                    group, rank = _Cell(start, start + len(told["stage"]), told["stage"]), here
                elif here == rank:
                    group = None
            found.append(group)
        return found

    def _kind(self, head: str) -> str:
        bare = head.replace(" ", "")
        return next((kind for kind, pattern in self._heads.items() if pattern.fullmatch(bare)), "")
