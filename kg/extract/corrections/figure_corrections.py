"""Corrections of figures: which figure one means that is called wrong, and which one is added that is missing.

    - wrong: {document: seed/a.txt, subject: 錢塘區, indicator: 進出口總額, kind: growth, value: -3.2%}
    - missing: {document: seed/a.txt, subject: 錢塘區, indicator: 進出口總額, kind: level, value: 120億元, period: 2023, quote: 進出口總額120億元}

`value` and `unit` are as a text has them (120億元) or as the graph has them (12000000000 and CNY).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path

from kg.errors import KgError
from kg.extract.knowledge.indicator_table import IndicatorTable, read_indicators
from kg.extract.knowledge.phrases import read_phrases
from kg.model import FIGURE_KINDS, Observation
from kg.ontology import Ontology
from kg.text.calendar_spans import period_days
from kg.text.fold import fold
from kg.text.numbers import Number, NumberReader, NumberWords
from kg.text.units import read_units

KEYS = {
    "wrong": {"document", "subject", "indicator", "kind", "value", "unit", "period", "quote"},
    "missing": {"document", "subject", "subject_type", "indicator", "kind", "value", "unit", "bound", "period", "base", "scope", "quote"},
}
NEEDED = {"wrong": {"indicator"}, "missing": {"document", "indicator", "kind", "value", "quote"}}
_BOUNDS = ("=", ">", "<", "~")


@dataclass(frozen=True)
class StatedFigure:
    """A figure as a correction states it; what it leaves open is "", or None for the amount."""

    indicator: str  # canonical
    kind: str
    amount: tuple[Decimal, str] | None  # scaled, with the unit as an observation has it
    bound: str
    period: str
    undated: bool = False  # said to have no period, which is more than that none is said

    def may_be(self, kind: str, value: Decimal, unit: str, period: str) -> bool:
        """Whether a figure of its indicator is meant."""
        same_amount = self.amount is None or (self.amount[0] == value and fold(self.amount[1]) == fold(unit))
        same_period = not period if self.undated else not self.period or period_days(self.period) == period_days(period)
        return same_amount and same_period and self.kind in ("", kind)


class FigureReader:
    """Reads figures of corrections with the indicators and units of an ontology, which are read when first needed."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology

    @cached_property
    def _indicators(self) -> IndicatorTable:
        return read_indicators(self._ontology)

    @cached_property
    def _numbers(self) -> NumberReader:
        words = read_phrases(self._ontology.yaml("rules")).words_of(NumberWords, "numbers")
        return NumberReader(read_units(self._ontology), words)

    def read(self, says: Mapping[str, str], path: Path, line: int) -> StatedFigure:
        """What a correction at that place says of a figure; KgError for what no figure can have."""
        kind, period = says.get("kind", ""), says.get("period", "")
        bound = says.get("bound", "=")
        if kind and kind not in FIGURE_KINDS:
            raise KgError(f"{kind!r} is no kind of figure", file=path, line=line, hint=f"there are {', '.join(FIGURE_KINDS)}")
        if bound not in _BOUNDS:
            raise KgError(f"{bound!r} is no bound", file=path, line=line, hint=f"there are {' '.join(_BOUNDS)}")
        if period and ((days := period_days(period)) is None or days[0] > days[1]):
            raise KgError(f"{period!r} is no period", file=path, line=line, hint="write 2024, 2024-06, 2024-06-30 or 2021-01-01/2021-06-30")
        amount = None
        if "value" in says:
            amount = self._amount(says["value"], says.get("unit", ""))
            if amount is None:
                message = f"{says['value'] + says.get('unit', '')!r} is no amount"
                raise KgError(message, file=path, line=line, hint="write it as the text does: 120億元, -3.2%, 35萬戶, 第2位")
        elif "unit" in says:
            raise KgError("a unit needs a value", file=path, line=line, hint="write value: 120億元, or value: 12000000000 and unit: CNY")
        return StatedFigure(self._indicators.key(says["indicator"]), kind, amount, bound, period, says.get("period") == "")

    def _amount(self, value: str, unit: str) -> tuple[Decimal, str] | None:
        """The amount that is written so, scaled, with its unit; None if it is none."""
        written = (value + unit).strip()
        folded = fold(written)
        negative, bare = folded.startswith("-"), folded.lstrip("-+")
        sign, skipped = -1 if negative else 1, len(folded) - len(bare)
        found = self._numbers.find(bare)
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(bare)):
            one = found[0]
            as_written = written[skipped + one.unit_start : skipped + one.end]
            return sign * one.value, as_written if fold(as_written) == one.unit else one.unit
        try:
            # A unit of the graph (CNY), or one that no table has.
            amount = Decimal(value.strip().replace(",", ""))
        except InvalidOperation:
            return None
        return (amount, unit) if amount.is_finite() else None  # NaN and Infinity are Decimals too

    def means(self, figure: StatedFigure, one: Observation) -> bool:
        """Whether `one` is the figure, whomever it is about."""
        return self._indicators.key(one.indicator) == figure.indicator and figure.may_be(one.kind, one.value, one.unit, one.period or "")

    def said_in(self, figure: StatedFigure, folded_quote: str) -> Number | None:
        """The number of a quote that gives the figure's value; its unit may stand elsewhere, as in tables."""
        wanted = figure.amount and _digits(figure.amount[0])
        return next((one for one in self._numbers.find(folded_quote) if _digits(one.value) == wanted), None)


def _digits(value: Decimal) -> tuple[int, ...]:
    """The digits of a value that are the same in any scale."""
    return value.normalize().as_tuple().digits
