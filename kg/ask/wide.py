"""Figures as a wide table: one row a subject, one column a measure of one time, which many of them have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from kg.ask.figures import FigureRow
from kg.ask.lookup_words import lookup_words
from kg.ask.table_files import Table, Value
from kg.extract.observations.stored_values import plain
from kg.graph.vocabulary import BOUNDS, area_code
from kg.text.fold import fold

_SIGNS = {name: "" if sign == "=" else sign for sign, name in BOUNDS.items()}


class _Measure(NamedTuple):
    """What the figures of a column have in common: only such can be set side by side."""

    indicator: str
    kind: str
    period: str
    unit: str
    base: str  # "" for the year before, against which growth is measured where nothing is said
    within: str

    def label(self) -> str:
        parts = [self.indicator, self.kind, self.period, self.unit, self.base, self.within and f"within {self.within}"]
        return " ".join(part for part in parts if part)


def side_by_side(rows: Sequence[FigureRow], shared: int) -> Table:
    """A row for each subject of `rows`, places by their codes, and a column for each measure that `shared` of them have or more; figures without a subject are in none.

    First come name and code of the subject, then the measures, those first that most subjects have, each in the unit in which it is told most often
    (吨 and 斤 are one measure). A cell is a Decimal, None where there is no figure. Of several statements of one cell the number is the surest one's; where a
    number is no exact one, or others are stated too, the column `note` behind it has the bound and the others: "~", ">; <5.5".
    """
    names = {row.subject_id: row.subject for row in rows if row.subject_id}
    cells = {_measure(told): _by_subject(told) for told in _measured(rows)}
    measures = sorted((one for one, held in cells.items() if len(held) >= shared), key=lambda one: (-len(cells[one]), one))
    subjects = sorted({subject for one in measures for subject in cells[one]}, key=lambda subject: (not area_code(subject), subject))
    columns = ["subject", "code"]
    table: list[list[Value]] = [[names[subject], area_code(subject) or None] for subject in subjects]
    for measure in measures:
        told = [_told(cells[measure].get(subject, ()), measure.unit) for subject in subjects]
        columns.append(measure.label())
        for line, (number, _) in zip(table, told, strict=True):
            line.append(number)
        if any(note for _, note in told):
            columns.append(f"{measure.label()} note")
            for line, (_, note) in zip(table, told, strict=True):
                line.append(note or None)
    return columns, table


def _measured(rows: Sequence[FigureRow]) -> Iterable[list[FigureRow]]:
    """Figures that have a subject, by what they measure, whatever the unit in which they tell it."""
    alike: dict[_Measure, list[FigureRow]] = defaultdict(list)
    for row in rows:
        if row.subject_id:
            alike[_measure([row])._replace(unit=_in_common(row.unit)[0])].append(row)
    return alike.values()


def _by_subject(rows: Sequence[FigureRow]) -> dict[str, list[FigureRow]]:
    held: dict[str, list[FigureRow]] = defaultdict(list)
    for row in rows:
        held[row.subject_id].append(row)
    return held


def _measure(rows: Sequence[FigureRow]) -> _Measure:
    """What figures that are alike measure, in the unit that most of them have."""
    row, units = rows[0], Counter(row.unit for row in rows)
    base = "" if row.base.endswith(lookup_words().year_before) else row.base
    return _Measure(row.indicator, row.kind, row.period, max(units, key=lambda unit: (units[unit], unit)), base, row.within)


def _in_common(unit: str) -> tuple[str, Decimal]:
    """The unit in which a quantity is reckoned, and how many of it one `unit` is; a unit of no other quantity is its own."""
    return lookup_words().converts.get(fold(unit), (unit, Decimal(1)))


def _told(statements: Sequence[FigureRow], unit: str) -> tuple[Decimal | None, str]:
    """The number that statements of one cell give in a unit, and what else they say of it."""
    told = sorted(statements, key=lambda row: -row.confidence)
    said = [*dict.fromkeys((row.value if row.unit == unit else plain(row.value * _in_common(row.unit)[1] / _in_common(unit)[1]), _SIGNS[row.bound]) for row in told)]
    if not said:
        return None, ""
    (value, sign), *others = said
    return value, "; ".join(filter(None, [sign, *(f"{how}{other:f}" for other, how in others)]))
