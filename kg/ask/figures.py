"""The figures of a graph as tidy rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from kg.ask.table_files import as_text, write_table
from kg.errors import KgError
from kg.graph.store import rows_of
from kg.graph.vocabulary import AREA, KGR, term_name
from kg.model import FIGURE_KINDS, PLACE_LEVELS
from kg.text.calendar_spans import as_iso, period_days
from kg.text.fold import fold


@dataclass(frozen=True)
class FigureRow:
    """One statement of one figure. `value` is scaled (1142.15億元 is 114215000000), `period` ISO 8601 or ""."""

    id: str  # o-…, the last part of its IRI
    subject: str  # the name that most documents write; "" for figures of the whole country, or of what no rule found
    subject_id: str  # the last part of its IRI, as in all tables
    indicator: str  # canonical
    indicator_as_written: str
    kind: str  # level growth share change rank target
    bound: str  # exact above below about
    value: Decimal
    unit: str
    period: str
    period_start: date | None  # first and last day of the period, None if it has none
    period_end: date | None
    base: str  # what a growth is measured against
    within: str  # what a rank or share is within
    responsible: str  # of a target: the names of those who answer for it, parted by 、
    as_written: str  # the amount as the text has it
    confidence: float
    clues: str  # what the confidence rests on besides the rule, parted by blanks (docs/figures.md, "How sure")
    rule: str
    sentence: str
    document: str
    document_date: str  # ISO day, month or year, "" if not known
    start: int
    end: int

    def as_data(self) -> dict[str, Any]:
        """For JSON: all fields by their names, days as ISO text."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}

    def as_cells(self) -> list[str]:
        """For CSV, in the order of `COLUMNS`."""
        return [as_text(getattr(self, name)) for name in COLUMNS]


# By the administrative code with which the last part of a place's IRI ends: 330000 is a province, 330100 a city, 330114 a district of it.
_LEVELS = dict(zip(PLACE_LEVELS, (re.compile(AREA + code) for code in (r"\d{2}0000", r"\d{2}(?!00)\d{2}00", r"\d{4}(?!00)\d{2}")), strict=True))
COLUMNS = tuple(field.name for field in fields(FigureRow))

_QUERY = """SELECT DISTINCT ?o ?subject ?indicator ?kind ?value ?unit ?bound ?period ?base ?scope ?text ?quoted ?sentence ?document
       ?start ?end ?confidence ?clues ?rule ?start_day ?end_day ?dated WHERE {
  %s
  ?o a qb:Observation ; kgo:indicator/skos:prefLabel ?indicator ; kgo:indicatorText ?text ; kgo:kind ?kind ; kgo:value ?value ;
     kgo:unit/skos:notation ?unit ; kgo:bound ?bound ; kgo:start ?start ; kgo:end ?end ; kgo:confidence ?confidence ;
     kgo:rule ?rule ; prov:wasDerivedFrom ?t .
  ?t kgo:text ?sentence ; dcterms:isPartOf ?d . ?d dcterms:identifier ?document . OPTIONAL { ?d dcterms:date ?dated }
  OPTIONAL { ?o kgo:subject ?subject } OPTIONAL { ?o kgo:period ?period } OPTIONAL { ?o kgo:base ?base }
  OPTIONAL { ?o kgo:rankScope ?scope } OPTIONAL { ?o kgo:quoted ?quoted } OPTIONAL { ?o kgo:clues ?clues }
  OPTIONAL { ?o kgo:periodStart ?start_day ; kgo:periodEnd ?end_day FILTER(DATATYPE(?start_day) = xsd:date && DATATYPE(?end_day) = xsd:date) } }"""


def figures(
    store: Store, *, subject: str | None = None, indicator: str | None = None, period: str | None = None, kind: str | None = None,
    level: str | None = None, min_confidence: float = 0.0,
) -> list[FigureRow]:  # fmt: skip
    """Figures by subject, indicator, period and place in the text, those without a subject last; those of one subject, indicator, kind or level only, if given.

    `subject` is a name in either script, a code or an IRI; `indicator` part of a name in either script, or another name in full (GDP); `period` a year,
    month, day (2023-06-30, 2023年6月30日) or interval that the figure's period lies in; `level` one of `PLACE_LEVELS`, which places with a code have. KgError if nothing has that name, no figure such an indicator,
    or if the period, kind or level is none.
    """
    from kg.ask.lookup import find_things, responsible, things_containing, things_like

    if kind and kind not in FIGURE_KINDS:
        raise KgError(f"there is no kind {kind!r} of figures", hint=", ".join(FIGURE_KINDS))
    if level and level not in PLACE_LEVELS:
        raise KgError(f"there is no level {level!r} of places", hint=", ".join(PLACE_LEVELS))
    of = ""
    if subject is not None:
        wanted = {thing.iri for thing in find_things(store, subject)}
        if not wanted:
            like = "、".join(thing.name for thing in things_like(store, subject))
            raise KgError(f"nothing in the graph is called {subject!r}", hint=f"near: {like}" if like else "kg info lists the central things")
        of = f"VALUES ?subject {{ {' '.join(f'<{iri}>' for iri in sorted(wanted))} }} ?o kgo:subject ?subject ."
    period = as_iso(period) if period else None
    if period and ((days := period_days(period)) is None or days[0] > days[1]):
        raise KgError(f"{period!r} is no period", hint="write 2024, 2024-06, 2024-06-30 or 2021-01-01/2021-06-30")
    part, known = fold(indicator) if indicator else "", not indicator
    # One that goes by another name here: GDP is 地区生产总值, whatever the text at hand writes.
    called = {thing.name for written in {indicator, indicator.upper()} for thing in find_things(store, written, ("Indicator",))} if indicator else set()
    names: dict[str, str] = {}
    answering = {target: "、".join(who.name for who in things) for target, things in responsible(store).items()}
    rows = []
    for solution in rows_of(store, _QUERY % of):
        row = _row(solution, names, answering, store)
        if part and row.indicator not in called and part not in row.indicator and part not in fold(row.indicator_as_written):
            continue
        known = True
        if (kind and row.kind != kind) or (level and _LEVELS[level].fullmatch(row.subject_id) is None) or row.confidence < min_confidence or (period and not _within(row.period, period)):
            continue
        rows.append(row)
    if not known:
        near = things_containing(store, part, ("Indicator",), 5)
        if any(part in thing.key for thing in near):
            return []  # of other subjects
        hint = f"near: {'、'.join(thing.name for thing in near)}" if near else "kg figures without it lists them all"
        raise KgError(f"no figure's indicator has {indicator!r} in its name", hint=hint)
    return sorted(rows, key=lambda r: (not r.subject, r.subject, r.indicator, r.kind, r.period, r.document, r.start, r.value))


def _row(solution: Any, names: dict[str, str], answering: Mapping[str, str], store: Store) -> FigureRow:
    from kg.ask.lookup import describe

    def text(name: str) -> str:
        term = solution[name]
        return "" if term is None else str(term.value)

    iri = text("subject")
    if iri and iri not in names:
        names[iri] = describe(store, iri).name
    return FigureRow(
        id=text("o").removeprefix(KGR), subject=names.get(iri, ""), subject_id=iri.removeprefix(KGR),
        indicator=text("indicator"), indicator_as_written=text("text"), kind=term_name(text("kind")), bound=term_name(text("bound")),
        value=Decimal(text("value")), unit=text("unit"), period=text("period"), period_start=_day(solution["start_day"]), period_end=_day(solution["end_day"]),
        base=text("base"), within=text("scope"), responsible=answering.get(text("o"), ""), as_written=text("quoted"),
        confidence=float(text("confidence")), clues=text("clues"), rule=text("rule").removeprefix(KGR + "rule-"), sentence=text("sentence"),
        document=text("document"), document_date=text("dated"), start=int(text("start")), end=int(text("end")),
    )  # fmt: skip


def _day(term: Any) -> date | None:
    return None if term is None else date.fromisoformat(term.value)


def _within(period: str, wanted: str) -> bool:
    """Whether a figure's period lies in `wanted`; a figure without one lies in none."""
    if not period:
        return False
    held, given = period_days(period), period_days(wanted)
    return held is not None and given is not None and given[0] <= held[0] and held[1] <= given[1]


def write_figures(rows: Sequence[FigureRow], path: str | Path) -> None:
    """Write rows as csv, json, parquet or xlsx, by the ending of `path`; KgError for another ending."""
    write_table((COLUMNS, [[getattr(row, name) for name in COLUMNS] for row in rows]), path)
