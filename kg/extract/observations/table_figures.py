"""Figures of tables: the heads of row and column say whose a value is, what it measures, of which unit and time.

    单位：亿元
    指标          2023年   2024年   同比增长(%)
    地区生产总值   1090.2   1142.15  11.0

gives two levels in CNY and a growth. Every head, the caption and the note of the unit are read alike (`LabelReader`); what
stands nearest holds: the value's own unit before that of its heads, and theirs before the caption's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day

from kg.extract.knowledge.phrases import Phrases
from kg.extract.names.mentions import MentionRef
from kg.extract.observations.indicators import IndicatorReader
from kg.extract.observations.observation_rules import ObservationRules
from kg.extract.observations.stored_values import STORED, plain
from kg.extract.observations.table_grid import Grid, grid_of, side_by_side
from kg.extract.observations.table_labels import PERCENT, HeadUnit, Label, LabelReader, pick_unit
from kg.extract.observations.table_words import TableWords
from kg.model import Document, Observation, Table
from kg.text.calendar_spans import is_one_day, iso_span, plan_of, whole_years
from kg.text.fold import fold
from kg.text.numbers import Number, NumberReader
from kg.text.sentences import ReadText, line_start
from kg.text.times import Time, TimeFinder

FOUND_BY = "table"
POINTS = "个百分点"  # what rates add up to over the years of a plan
UNSURE = 0.65  # at most, of a value whose unit is written nowhere
_CAPTION_LINES = 3  # lines above a table that may name it, its unit or its time
_LONGEST_CAPTION = 60
_HEAD = 200  # characters in which a title may begin
_SUMMED = ("[", "〔", "［")
_BOUNDS = {"<": "<", "＜": "<", "≤": "<", ">": ">", "＞": ">", "≥": ">"}
_WITHOUT_BOUNDS = str.maketrans("", "", "".join(_BOUNDS))
_SPACED = re.compile(r"(?<=[一-龥])[ 　]+(?=[一-龥])")  # 男 性
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_BEARERS = frozenset({"Area", "Body", "Project"})

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text as its tables are read: the same for all of them, but for the grid."""

    text: ReadText
    mentions: Sequence[MentionRef]
    topics: Mapping[int, str | None]
    grid: Grid
    plan: tuple[int, int] | None  # the first and the last year of the plan that the text is, if it is one

    def within(self, start: int, end: int) -> list[MentionRef]:
        at = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        stop = bisect_left(self.mentions, end, key=lambda mention: mention.start)
        return [m for m in self.mentions[at:stop] if m.end <= end and m.type in _BEARERS]

    def bearer(self, start: int, end: int) -> str | None:
        """The entity that the whole of a head names: of 浙江省杭州市 the last, of 甲高铁乙市段 all."""
        inside = self.within(start, end)
        if whole := next((m for m in inside if m.start == start < end == m.end), None):
            return whole.entity
        named = sum(m.end - m.start for m in inside)
        return inside[-1].entity if inside and named >= end - start else None

    @property
    def document(self) -> Document:
        return self.text.document

    @property
    def folded(self) -> str:
        return self.text.folded

    def titled(self) -> str | None:
        """The last area, body or project that the title names, if the title stands in the head of the text."""
        title = self.document.title
        start = self.document.text.find(title, 0, len(title) + _HEAD) if title else -1
        inside = self.within(start, start + len(title)) if start >= 0 else []
        return inside[-1].entity if inside else None

    def topic(self, position: int) -> str | None:
        return self.topics.get(self.text.sentence_at(position).index)

    def is_ahead(self, period: str | None) -> bool:
        """Whether a period begins in a year after that in which the text was written (2025年 in a plan of 2021), or is the end of the plan that it is."""
        if not period:
            return False
        if self.plan is not None and self.plan[0] < self.plan[1] <= int(period.split("/")[-1][:4]):
            return True
        return bool(self.document.date) and period[:4] > (self.document.date or "")[:4]

    def years_until(self, goal: str) -> str | None:
        """The years of the plan that ends with the year of a goal; None if none does."""
        year = int(goal[:4])
        return whole_years(*self.plan) if self.plan is not None and self.plan[1] == year else plan_of(year)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What holds for a table as a whole."""

    units: tuple[HeadUnit, ...]
    time: Time | None
    subject: str | None
    indicator: tuple[int, int] | None  # what the caption says is measured, for tables whose heads do not
    growth: bool  # whether the caption, and no head, says that the values are rates of growth
    parts: bool  # whether it says that the rows are the parts of what it names: 分行业固定资产投资
    plan: bool  # whether the caption says that the values are goals
    goal: str | None  # the one period that such a caption has
    works: bool  # whether the table is one of works
    money: HeadUnit | None  # the one unit of money that its heads give


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of values: its heads, outermost first, and what the columns before say."""

    labels: tuple[Label, ...]
    before: tuple[int, int] | None = None  # what the nearest named one measures, for an 增速 behind it
    time_before: Time | None = None  # the time of the nearest dated one
    goal_before: Time | None = None  # the time of the nearest one of goals, for what is added up until then
    of_goal: bool = False  # behind one of goals, for an 增速 behind it: 计划 | 增长 | 完成 | 增长

    def followed_by(self, labels: tuple[Label, ...], is_ahead: Callable[[str | None], bool]) -> _Column:
        """The next column, with these heads."""
        heads = self.labels[::-1]
        named = next(((label.start, label.end) for label in heads if label.start < label.end), self.before)
        dated = next((label.time for label in heads if label.time is not None and not label.target), self.time_before)
        goal = next((label.time for label in heads if label.time is not None and (label.target or is_ahead(label.time.period))), self.goal_before)
        return _Column(labels, named, dated, goal, self.of_goal if heads and heads[0].growth else any(label.target for label in heads))


@dataclass(frozen=True, slots=True)
class _Heads:
    """The heads of one value, outermost first, those of its row before those of its column."""

    labels: tuple[Label, ...]
    beside: int  # how many of them are heads of the row
    first: int  # where the first head of the row begins, -1 if there is none
    unit: HeadUnit | None  # from a column of units
    column: _Column
    row_before: tuple[int, int] | None  # what the nearest named row above measures, for a row 增速 below it
    whole: tuple[int, int] | None  # what the nearest row above measures that is of no sector of the economy, for those of the sectors below it

    def any(self, what: str) -> bool:
        return any(getattr(label, what) for label in self.labels)


class TableReader:
    """Reads the tables of a document with the words of an ontology; made once."""

    def __init__(self, rules: ObservationRules, phrases: Phrases, numbers: NumberReader, times: TimeFinder, indicators: IndicatorReader, confidence: float) -> None:
        self._rules = rules
        self._confidence = confidence
        self._numbers = numbers
        self._indicators = indicators
        self._words = words = phrases.words_of(TableWords, "tables")
        self._labels = LabelReader(words, numbers, times)

    def observe(
        self, text: ReadText, mentions: Sequence[MentionRef], topics: Mapping[int, str | None], plan: tuple[int, int] | None = None
    ) -> tuple[list[Observation], list[tuple[int, int]]]:
        """The observations of all tables of values, and the spans of those tables, which hold no prose; `plan` are the years of the plan that the text is."""
        found: list[Observation] = []
        spans: list[tuple[int, int]] = []
        for table in text.document.tables if text.sentences else ():
            for part in side_by_side(table, text.folded):
                grid = grid_of(part, text.folded, self._words)
                if grid is not None:
                    found += self._table(part, _Reading(text, mentions, topics, grid, plan))
                    spans.append((table.start, table.end))
        return found, spans

    # -- one table ---------------------------------------------------------------------------------------------

    def _table(self, table: Table, reading: _Reading) -> Iterator[Observation]:
        setting = self._setting(table, reading)
        year = int(setting.time.period[:4]) if setting.time and setting.time.period else None
        grid = reading.grid
        labels = {
            place: self._labels.read(reading.text, grid.cells[place].start, grid.cells[place].end, year, works=setting.works)
            for place in grid.words if place[0] in grid.heads or place[1] in grid.stubs
        }  # fmt: skip
        money = {unit.surface: unit for label in labels.values() for unit in label.units if unit.kind == "money"}
        growth = setting.growth and not any(label.growth for label in labels.values())
        setting = replace(setting, growth=growth, money=next(iter(money.values())) if len(money) == 1 and not setting.units else None)
        units = self._unit_column(reading)
        works = self._headed(grid, self._words.works)
        aside = {units, *self._told_beside(grid, works)}
        columns: dict[int, _Column] = {}
        last = _Column(())
        for at in grid.columns:
            columns[at] = last = last.followed_by(tuple(labels[place] for place in grid.above(at)), reading.is_ahead)
        row_before: tuple[int, int] | None = None
        whole: tuple[int, int] | None = None
        for row in grid.body:
            summed = {at for at in range(grid.columns[0]) if self._words.total.fullmatch(grid.words.get((row, at), "").replace(" ", ""))}
            if summed and (works or summed.isdisjoint(grid.stubs)):  # 合计 below 序号: not of the row above
                continue
            in_row = [labels[row, stub] for stub in grid.stubs if stub not in aside and (row, stub) in labels]
            told = [label for label in in_row if label.start < label.end]
            row_before = row_before if not told else None if reading.bearer(told[-1].start, told[-1].end) else (told[-1].start, told[-1].end)
            if told and not self._words.sector.fullmatch(reading.folded, told[-1].start, told[-1].end):
                whole = told[-1].start, told[-1].end
            beside = [place for place in grid.beside(row) if place[1] not in aside]
            first = min((grid.cells[place].start for place in beside if place[0] == row), default=-1)
            unit = self._unit(reading, (row, units))
            for at, column in columns.items():
                if (row, at) in grid.values:
                    heads = _Heads((*(labels[place] for place in beside), *column.labels), len(beside), first, unit, column, row_before, whole)
                    yield from self._value(reading, setting, (row, at), heads)

    def _unit_column(self, reading: _Reading) -> int:
        """The column of row heads that gives each row's unit; -1 if there is none."""
        grid = reading.grid
        for column in grid.stubs[1:]:
            held = [(row, column) for row in grid.body if (row, column) in grid.words]
            if held and sum(self._unit(reading, place) is not None for place in held) > 0.5 * len(held):
                return column
        return -1

    @staticmethod
    def _headed(grid: Grid, pattern: re.Pattern[str]) -> set[int]:
        """The columns of which a head is as a pattern says."""
        return {column for (row, column), words in grid.words.items() if row in grid.heads and pattern.fullmatch(words.replace(" ", ""))}

    def _told_beside(self, grid: Grid, works: set[int]) -> set[int]:
        """The columns of row heads that only tell more of what another names: where a project lies, who builds it.

        In a table with columns of `works` that are all others.
        """
        stubs = set(grid.stubs)
        if works & stubs:
            return stubs - works - self._headed(grid, self._words.measures)
        found = stubs & self._headed(grid, self._words.beside)
        if stubs & self._headed(grid, self._words.things):
            found |= stubs & self._headed(grid, self._words.kinds)
        return found if found < stubs else set()

    def _unit(self, reading: _Reading, place: Place) -> HeadUnit | None:
        if place not in reading.grid.words:
            return None
        cell = reading.grid.cells[place]
        return self._labels.unit(reading.folded[cell.start : cell.end], reading.document.text[cell.start : cell.end])

    def _setting(self, table: Table, reading: _Reading) -> _Setting:
        """What the lines right above a table say, and a unit noted in one of its cells."""
        folded, text, date = reading.folded, reading.document.text, reading.document.date
        units: tuple[HeadUnit, ...] = ()
        time: Time | None = None
        subject: str | None = None
        named: tuple[int, int] | None = None
        plan, goal = False, None
        growth = parts = False
        for start, end in self._lines_above(folded, table.start):
            label = self._labels.read(reading.text, start, end)
            units = units or self._labels.note(folded[start:end], text[start:end]) or label.units
            if label.time is not None and not (label.time.role == "day" and is_one_day(label.time.period)):  # the day on which it was written
                time = time or label.time
            inside = [m for m in reading.within(start, end) if m.type != "Body" or not self._words.signature.fullmatch(folded[start : m.start] + folded[m.end : end])]
            subject = subject or (inside[-1].entity if inside else None)
            begin = max([label.start, *(m.end for m in inside)])  # 上海市固定资产投资
            if begin < label.end and self._words.unit_note.match(folded, start, end) is None:
                named = named or self._labels.caption(folded, begin, label.end)
            growth = growth or self._words.caption_growth.search(folded, start, end) is not None
            parts = parts or self._words.caption_parts.search(folded, start, end) is not None
            if not plan and self._words.target.search(folded[start:end]) is not None:
                plan, only = True, self._labels.only_time(folded[start:end], date)
                goal = only.period if only is not None else None
        for place, words in reading.grid.words.items():
            if not units and self._words.unit_colon.search(words):
                cell = reading.grid.cells[place]
                units = self._labels.note(folded[cell.start : cell.end], text[cell.start : cell.end])
        time = time or self._labels.only_time(fold(reading.document.title), date)
        subject = subject or reading.topic(table.start) or reading.titled()
        works = bool(self._headed(reading.grid, self._words.works))
        if works and named is not None and self._words.of_money.search(folded, *named) is None:
            named = None  # 重点工程进度: of no one of them
        if named is not None and growth and (grown := self._words.grown.search(folded, *named)) and grown.start() > named[0]:
            named = named[0], grown.start()
        return _Setting(units, time, subject, named, growth, parts and named is not None, plan, goal, works, None)

    def _lines_above(self, folded: str, position: int) -> list[tuple[int, int]]:
        """The short lines right above a table, the nearest first."""
        found: list[tuple[int, int]] = []
        end = position - 1
        while end > 0 and len(found) < _CAPTION_LINES:
            start = line_start(folded, end)
            line = folded[start:end]
            if len(line) > _LONGEST_CAPTION or line.rstrip().endswith(("。", "；")) and not self._words.unit_colon.search(line):
                break
            if line.strip():
                found.append((start, end))
            end = start - 1
        return found

    # -- one value ---------------------------------------------------------------------------------------------

    def _value(self, reading: _Reading, setting: _Setting, place: Place, heads: _Heads) -> Iterator[Observation]:
        folded, cell = reading.folded, reading.grid.cells[place]
        # Plans put what is added up over their years in brackets: 〔0.35〕 is no rate.
        summed = reading.document.text.startswith(_SUMMED, cell.start) or heads.column.goal_before is not None and self._is_added(folded, heads)
        rank = heads.any("rank")
        growth = (heads.any("growth") or setting.growth and not rank) and not summed
        naming, subject = self._told_of(reading, setting, heads)
        if summed and len(naming) > 1 and self._is_added(folded, heads):
            naming.pop()
        name = _SPACED.sub("", "".join(folded[start:end] for start, end in naming))
        unit = self._unit_of(heads, setting, growth, name)
        if unit is None and self._words.of_money.search(name) and not heads.any("fulfilled"):
            unit = setting.money  # 年度目标（亿元） | 累计完成
        number = self._number(reading.grid.words[place], None if rank else unit)
        if number is None or not name:
            return
        of_sector = self._of_sector(folded, naming, heads)
        name += of_sector
        fulfilled = heads.any("fulfilled") and number.kind in {"percent", "bare"}
        kind, sign = ("share", 1) if fulfilled else self._kind(name, number, growth, rank)
        sign = -1 if self._words.fall.match(reading.grid.words[place]) else sign
        written = _SPACED.sub("", "".join(reading.document.text[start:end] for start, end in naming)) + of_sector
        if kind in {"growth", "change"}:
            start, end = self._indicators.trim_before(name, 0, len(name), True)
            written = written[start:end] or written
        time, period = self._period(reading, setting, heads, name)
        stated = any(label.time is not None for label in heads.labels)
        goal = heads.column.goal_before
        until = reading.years_until(goal.period) if (summed or heads.any("mean")) and not stated and goal is not None and goal.period else None
        if until is not None:
            time, period = goal, until
        if summed and (heads.any("growth") or until is not None):
            kind = "change"
        ahead = until is not None or reading.is_ahead(period) and not (period and "/" in period and self._words.done.search(name))
        ahead = ahead or heads.column.of_goal and heads.labels[-1].growth
        if kind != "rank" and not fulfilled and not heads.any("so_far") and (ahead or heads.any("target") or (time is not None and time.role == "goal") or (setting.plan and (not stated or period == setting.goal and not self._words.done.search(name)))):
            if ahead and until is None and period and (summed or kind == "growth" and heads.any("mean")):
                period = reading.years_until(period)
            kind = "target"
        sentence = reading.text.sentence_at(cell.start)
        values = [(number.value, number.bound)] if number.high is None else [(number.value, ">"), (number.high, "<")]
        sure = unit is not None or number.kind != "bare" or rank
        for value, bound in values:
            yield Observation(
                subject=subject, indicator=written, kind=kind, value=plain(value * sign),
                unit="" if kind == "rank" else POINTS if summed and _stored(number, unit) == "%" and not self._words.falls_by.search(name) else _stored(number, unit), bound=bound, period=period,
                start=heads.first if sentence.start <= heads.first <= cell.start else cell.start, end=cell.end,
                sentence=sentence.index, found_by=FOUND_BY, confidence=self._confidence if sure else min(self._confidence, UNSURE),
                quoted=reading.document.text[cell.start : cell.end],
                period_basis=(time.basis or "stated") if time is not None and period else "",
                scope=next((label.scope for label in heads.labels if label.rank), "") if kind == "rank" else "",
            )  # fmt: skip

    def _told_of(self, reading: _Reading, setting: _Setting, heads: _Heads) -> tuple[list[tuple[int, int]], str | None]:
        """The spans that name what is measured, and the entity that it is measured of."""
        subject, nation = None, False
        naming: list[tuple[int, int]] = []
        for place, label in enumerate(heads.labels):
            entity = reading.bearer(label.start, label.end)
            if entity is not None:
                subject = subject or entity
            elif self._words.nation.fullmatch(reading.folded, label.start, label.end):
                nation = True
            elif label.start < label.end and not self._words.total.fullmatch(reading.folded, label.start, label.end):
                if 0 < place < heads.beside:
                    naming.clear()  # the outer of two heads of a row is a class of indicators
                naming.append((label.start, label.end))
        if not naming and heads.row_before is not None and any(label.growth for label in heads.labels[: heads.beside]):
            naming = [heads.row_before]
        elif not naming and heads.column.before is not None and (heads.any("growth") or heads.any("rank")):
            naming = [heads.column.before]
        elif not naming and setting.indicator is not None and not heads.any("so_far"):
            naming = [setting.indicator]
        elif setting.indicator is not None and len(naming) == 1 and heads.any("fulfilled") and not setting.works:
            naming.insert(0, setting.indicator)  # 完成率 of what the caption names
        elif setting.indicator is not None and len(naming) == 1 and setting.parts and subject is None:
            naming.append(setting.indicator)  # 采矿业 in a table 分行业固定资产投资
        elif naming and heads.beside and heads.column.before is not None and heads.any("growth") and self._words.amount.fullmatch(reading.folded, *heads.column.before):
            naming.append(heads.column.before)  # 乙烯 | 产量 | 增长: what grew is 乙烯产量
        if len(naming) > 1 and self._words.amount.fullmatch(reading.folded, *naming[-1]) and self._words.measure_end.search(reading.folded[slice(*naming[-2])]):
            naming.pop()  # 发电量 | 产量
        if len(naming) > 1 and reading.folded[slice(*naming[-2])] in reading.folded[slice(*naming[-1])]:
            naming.pop(-2)  # 投资 over 总投资
        return naming, subject or (None if nation else setting.subject)

    def _is_added(self, folded: str, heads: _Heads) -> bool:
        """Whether the head of a column says that it has what is added: 五年增加, behind columns of years."""
        return bool(heads.column.labels) and self._words.added.fullmatch(folded, heads.column.labels[-1].start, heads.column.labels[-1].end) is not None

    def _of_sector(self, folded: str, naming: Sequence[tuple[int, int]], heads: _Heads) -> str:
        """增加值 for a row 第一产业 below 地区生产总值, 投资 for one below 固定资产投资; "" for any other."""
        if len(naming) != 1 or heads.whole is None or not self._words.sector.fullmatch(folded, *naming[0]):
            return ""
        found = self._words.of_sectors.search(folded, *heads.whole)
        return "" if found is None else found["own"] or self._words.product_called[0]

    def _unit_of(self, heads: _Heads, setting: _Setting, growth: bool, name: str) -> HeadUnit | None:
        """The unit of a value of that name: that of its innermost head, else of its row, else of the table; a growth is in %, a sum of money in that."""
        inner = heads.labels[-1] if heads.labels else None
        if inner is not None and inner.units:
            return pick_unit(inner.units, growth)
        of_row = (heads.unit,) if heads.unit else ()
        money = [unit for unit in setting.units if unit.kind == "money"] if self._words.of_money.search(name) else []
        for units in (of_row, *(label.units for label in reversed(heads.labels)), money, setting.units):
            found = pick_unit(units, growth)
            if found is not None and not (growth and found.kind not in {"percent", "points"}):
                return found
        return PERCENT[0] if growth else None

    def _period(self, reading: _Reading, setting: _Setting, heads: _Heads, name: str) -> tuple[Time | None, str | None]:
        own = (label.time for label in reversed(heads.labels) if not (label.fulfilled and label.year))  # 完成全年计划 by now
        time = next((time for time in own if time is not None), None)
        if time is None and (self._words.lasting.search(name) or heads.any("so_far")):
            return None, None
        before = heads.column.time_before
        told_before = before is not None and (not setting.plan or heads.any("fulfilled") or reading.is_ahead(before.period))
        if time is None and told_before and (heads.any("growth") or heads.any("rank") or heads.any("fulfilled")):
            time = before  # nearer than the title's: a bulletin of 2025 gives years up to 2024
        time = time or setting.time
        period = time.period if time is not None else None
        if period and time is setting.time and heads.any("year") and heads.any("target") and not heads.any("fulfilled"):
            period = period[:4]  # 年度计划 beside 1-5月完成
        if period and heads.any("year_before"):
            period = _year_before(period)
        if period and heads.any("month"):
            period = _last_month(period)
        return time, period

    def _number(self, words: str, unit: HeadUnit | None) -> Number | None:
        """The number of a cell, with its own unit or else `unit`; None if the cell holds several."""
        bound = next((_BOUNDS[character] for character in words if character in _BOUNDS), "")
        words = self._words.signs.sub("", words.translate(_WITHOUT_BOUNDS))
        found = self._numbers.find(words)
        digits = list(_DIGITS.finditer(words))
        if unit is not None and unit.kind != "bare" and digits and found and found[-1].kind == "bare":
            last = digits[-1].end()
            found = self._numbers.find(words[:last] + unit.surface + words[last:])
        if len(found) != 1:
            return None
        return found[0]._replace(bound=bound) if bound else found[0]

    def _kind(self, name: str, number: Number, growth: bool, rank: bool) -> tuple[str, int]:
        """What a value is, by the words of its heads; and the sign of a fall."""
        if rank and number.kind in {"bare", "rank"}:
            return "rank", 1
        if growth:
            return ("growth" if number.kind in {"percent", "times"} else "change"), 1
        rule = self._rules.decide(number, name, "")
        return ("level", 1) if rule is None or rule.kind == "none" else (rule.kind, rule.sign)


def _stored(number: Number, unit: HeadUnit | None) -> str:
    if number.unit in STORED or unit is None or number.kind != unit.kind:
        return number.unit
    return unit.written


def _year_before(period: str) -> str:
    """The same period of the year before."""
    ends = [f"{int(end[:4]) - 1}{end[4:]}".replace("-02-29", "-02-28") for end in period.split("/")]
    return "/".join(ends)


def _last_month(period: str) -> str:
    """The last month of a period of months: of January to June, June."""
    last = period.split("/")[-1]
    if not is_one_day(last):
        return period
    day = Day.fromisoformat(last)
    return iso_span(day.replace(day=1), day)
