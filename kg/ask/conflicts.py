"""Figures that contradict one another: of one subject, meaning and period, and of values that cannot both hold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import combinations, product
from typing import Any, NamedTuple

from pyoxigraph import Store

from kg.ask.figures import FigureRow, figures
from kg.ask.lookup_words import lookup_words
from kg.graph.store import rows_of
from kg.text.fold import fold

_ROUNDED = Decimal("0.01")  # 43.8 % told as 44 % is rounded; 10.6 % told as 11 % is another statement
_NEAR = Decimal("0.1")  # of figures without a subject: so near by chance are two statistics seldom
_VAGUE = Decimal("0.05")  # 5%左右 of 4.8 %


@dataclass(frozen=True)
class Conflict:
    """Statements of one figure that cannot all hold; `subject` is "" of the whole country."""

    subject: str
    indicator: str
    kind: str
    unit: str
    period: str
    sides: tuple[FigureRow, ...]

    def as_data(self) -> dict[str, Any]:
        """For JSON: all fields by their names."""
        return asdict(self) | {"sides": [side.as_data() for side in self.sides]}


class _Tables(NamedTuple):
    """What the graph knows of indicators and units."""

    statistics: frozenset[str]  # canonical names
    names: frozenset[tuple[str, str]]  # canonical name and each name that means it: 新增托位 is part of 托位
    measures: frozenset[str]  # units that do not count


def conflicts(store: Store, *, min_confidence: float, **restrictions: Any) -> list[Conflict]:
    """Figures of one subject, meaning, kind, unit, base, scope and period that cannot all hold.

    Bounds and rounding are no disagreement. An author counts many things by one word (700個重大項目, 7個重大項目) but gives a
    statistic once. So values of one document disagree only if the ontology knows the indicator, and the unit measures rather
    than counts; otherwise two documents must differ, without any value that both give.
    """
    tables = _tables(store)
    same: dict[tuple[Any, ...], list[FigureRow]] = defaultdict(list)
    for row in figures(store, min_confidence=min_confidence, **restrictions):
        if _is_comparable(row):
            base = "" if row.base.endswith(lookup_words().year_before) else row.base
            meaning = _meaning(row, tables)
            same[row.subject_id, row.indicator, meaning, row.kind, row.unit, row.period_start, row.period_end, base, row.within].append(row)
    found = []
    for rows in same.values():
        one = rows[0]
        if sides := _sides(rows, within=one.indicator in tables.statistics and one.unit in tables.measures):
            found.append(Conflict(one.subject, one.indicator, one.kind, one.unit, one.period, sides))
    return sorted(found, key=lambda c: (c.subject, c.indicator, c.period))


def _tables(store: Store) -> _Tables:
    names = [(key.value, name.value) for key, name in rows_of(store, "SELECT ?key ?name WHERE { ?i kgo:usualUnit ?unit ; skos:prefLabel ?key ; skos:prefLabel|skos:altLabel ?name FILTER(?name = ?key || !STRENDS(?name, ?key)) }")]
    units = [unit.value for (unit,) in rows_of(store, "SELECT ?written WHERE { ?unit a kgo:MeasuringUnit ; skos:notation ?written }")]
    return _Tables(frozenset(key for key, _ in names), frozenset(names), frozenset(units))


def _is_comparable(row: FigureRow) -> bool:
    """Whether it says of when it is, and tells what was: what different authors expect of a year that is not over may differ."""
    if row.period_start is None or row.period_end is None:
        return False
    return row.kind == "target" or not row.document_date or row.period_end.isoformat() <= row.document_date


def _meaning(row: FigureRow, tables: _Tables) -> str:
    """What a figure is of: its indicator if the text writes one of its names, else what is written: land 建成 is not land 新建."""
    written = fold(row.indicator_as_written)
    return row.indicator if (row.indicator, written) in tables.names else written


def _sides(rows: list[FigureRow], within: bool) -> tuple[FigureRow, ...]:
    """Those that another contradicts, each once: between two documents that agree on nothing, or `within` one in different sentences.

    One sentence that gives two numbers of one name gives two figures, not a contradiction.
    """
    by_document: dict[str, list[FigureRow]] = defaultdict(list)
    for row in rows:
        by_document[row.document].append(row)
    apart = {
        row
        for ones, others in combinations(by_document.values(), 2)
        if not any(_agree(one, other) for one in ones for other in others)
        for pair in product(ones, others)
        if _same_subject(*pair)
        for row in pair
    }
    if within:
        pairs = (pair for of_one in by_document.values() for pair in combinations(of_one, 2))
        apart |= {row for one, other in pairs if one.sentence != other.sentence and _same_subject(one, other) and not _agree(one, other) for row in (one, other)}
    return tuple({(row.value, row.document, row.sentence): row for row in rows if row in apart}.values())


def _same_subject(one: FigureRow, other: FigureRow) -> bool:
    """Of two figures with one subject or none, whether they are of the same: one without may be of the country, or of a place that was missed."""
    return bool(one.subject_id) or abs(one.value - other.value) <= _NEAR * abs(one.value) or (_is_national(one) and _is_national(other))


def _is_national(row: FigureRow) -> bool:
    """Whether the sentence says 全国 right before the indicator."""
    sentence = fold(row.sentence)
    return any(f"{word}{fold(row.indicator_as_written)}" in sentence for word in lookup_words().nationwide)


def _agree(one: FigureRow, other: FigureRow) -> bool:
    """Whether both may hold: their spans meet, or one is the other rounded."""
    (low, high), (others_low, others_high) = _span(one), _span(other)
    return (low <= others_high and others_low <= high) or _is_rounded(one.value, other.value)


def _span(row: FigureRow) -> tuple[Decimal, Decimal]:
    """Between what a value lies as it is told. An estimate is told to its last digit, what is vague is not."""
    if row.bound == "above":
        return row.value, Decimal("Infinity")
    if row.bound == "below":
        return Decimal("-Infinity"), row.value
    give = max(_step(row.value) / 2, abs(row.value) * _VAGUE) if row.bound == "about" and not _is_estimate(row) else Decimal(0)
    return row.value - give, row.value + give


def _is_estimate(row: FigureRow) -> bool:
    """Whether the sentence gives it before it is counted, and says no 約 or 左右 with it."""
    words, sentence, amount = lookup_words(), fold(row.sentence), fold(row.as_written)
    vague = [word.format(amount) for word in words.vague]
    return any(word in sentence for word in words.estimates) and not any(word in sentence for word in vague)


def _is_rounded(one: Decimal, other: Decimal) -> bool:
    """Whether the value with the coarser last digit is the other one rounded, by less than a reader minds."""
    step, difference = max(_step(one), _step(other)), abs(one - other)
    return _step(one) != _step(other) and difference <= step / 2 and difference <= abs(one) * _ROUNDED


def _step(value: Decimal) -> Decimal:
    """One of the last digit that is not 0: 0.1 of 10.6, 100 of 1200."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))
