"""Figures from an index: of a thing, in a document, and as a table that can be filtered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from kg.serve.index import Index, Row, surer
from kg.view.options import first_day, last_day
from kg.view.search_keys import search_key

MOST_OF_A_THING = 200
# Of the table as CSV: what `kg figures -f csv` has too is called as there.
COLUMNS = (
    "id", "subject", "subject_id", "indicator", "indicator_as_written", "kind", "bound", "value", "unit", "period", "base", "within", "responsible",
    "as_written", "confidence", "clues", "rule", "quote", "sentence", "document", "document_date",
)  # fmt: skip
_FIELDS = (
    "g.id, g.s, i.name AS indicator, g.kind, g.value, g.unit, g.bound, g.period, g.base, g.scope, g.quoted, g.confidence, "
    'g.sentence, g.start, g."end", g.rule, g.clues, g.written, g.responsible'
)
# What the table may be ordered by: the largest, the smallest, the latest, the surest first.
ORDERS = {
    "largest": "CAST(g.value AS REAL) DESC, ", "smallest": "CAST(g.value AS REAL), ", "latest": "g.last DESC, ", "surest": "g.confidence DESC, ",
}  # fmt: skip
_FROM = "FROM figure g JOIN indicator i ON i.n = g.indicator"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a table of figures is restricted to. Dates are ISO years, months or days; "" and None restrict nothing."""

    subjects: tuple[int, ...] | None = None  # ranks
    indicator: str = ""  # words in its name
    kind: str = ""
    unit: str = ""
    since: str = ""
    until: str = ""
    least: float = 0.0  # confidence


def one_figure(index: Index, figure: str) -> Row | None:
    """A figure by its id, or None."""
    found = index.rows(f"SELECT {_FIELDS} {_FROM} WHERE g.id = ?", (figure,))
    return found[0] if found else None


def figures_of(index: Index, rank: int, limit: int = MOST_OF_A_THING, least: float = 0.0) -> tuple[list[Row], int]:
    """Figures about a thing by indicator and period, and how many there are."""
    sure, values = surer("g", least)
    total = index.count(f"SELECT COUNT(*) FROM figure g WHERE g.s = ? {sure}", (rank, *values))
    rows = index.rows(
        f"SELECT {_FIELDS} {_FROM} WHERE g.s = ? {sure} ORDER BY g.indicator, g.kind, g.first, g.id LIMIT ?", (rank, *values, limit)
    )
    return sorted(rows, key=lambda row: (row["indicator"], row["kind"], row["period"], row["id"])), total


def answered_for(index: Index, rank: int, limit: int = MOST_OF_A_THING, least: float = 0.0) -> list[Row]:
    """The targets that a thing answers for, by indicator and period."""
    sure, values = surer("g", least)
    return index.rows(
        f"SELECT {_FIELDS} {_FROM} WHERE g.id IN (SELECT figure FROM answer WHERE thing = ?) {sure} ORDER BY g.indicator, g.first, g.id LIMIT ?",
        (rank, *values, limit),
    )


def figures_in(index: Index, document: str, start: int, end: int, least: float = 0.0) -> list[Row]:
    """The figures in a stretch of a document, in the order of the text."""
    sure, values = surer("g", least)
    return index.rows(
        f"SELECT {_FIELDS} {_FROM} WHERE g.document = (SELECT n FROM document WHERE id = ?) AND g.start < ? "
        f'AND g."end" > ? {sure} ORDER BY g.start, g."end", g.id',
        (document, end, start, *values),
    )


def filtered(index: Index, wanted: Filter, limit: int, offset: int, sort: str = "") -> tuple[list[Row], int]:
    """Figures that fit, by indicator (the most frequent first), kind and period, or first by one of ORDERS; and how many there are."""
    where, values = _conditions(wanted)
    total = index.count(f"SELECT COUNT(*) FROM figure g {where}", values) if where else index.totals["figures"]
    rows = index.rows(
        f"SELECT {_FIELDS} {_FROM} {where} ORDER BY {ORDERS.get(sort, '')}g.indicator, g.kind, g.first, g.id LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    return rows, total


def _conditions(wanted: Filter) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    if wanted.subjects is not None:
        parts.append("g.s IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(wanted.subjects))
    if words := search_key(wanted.indicator):
        parts.append("g.indicator IN (SELECT n FROM indicator WHERE instr(key, ?))")
        values.append(words)
    for column in ("kind", "unit"):
        if value := getattr(wanted, column):
            parts.append(f"g.{column} = ?")
            values.append(value)
    # A + keeps an index from being used for a condition: periods are the last way to find figures, not the first.
    plain = "+" if parts else ""
    if wanted.since:
        parts.append(f"{plain}g.last >= ?")
        values.append(first_day(wanted.since))
    if wanted.until:
        parts.append(f"{plain}g.first != '' AND {plain}g.first <= ?")
        values.append(last_day(wanted.until))
    sure, bound = surer(f"{plain}g", wanted.least)
    return (f"WHERE {' AND '.join(parts) or 'true'} {sure}" if parts or sure else ""), [*values, *bound]


def indicators(index: Index, text: str, limit: int) -> list[Row]:
    """Indicators with these words in their names, the most frequent first."""
    return index.rows(
        "SELECT name, figures FROM indicator WHERE instr(key, ?) ORDER BY n LIMIT ?", (search_key(text), limit)
    )
