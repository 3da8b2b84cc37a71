"""Which indicators are one: `lexicon/indicators.yaml` with labels, aliases, units and broader terms."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.expressions import compiled, either
from kg.extract.knowledge.word_lists import listed_words
from kg.linear import refusal
from kg.ontology import Ontology
from kg.text.fold import fold

_KEYS = frozenset({"label", "aliases", "written", "unit", "broader", "__line__"})
_MARKS = re.compile(r"[\s　·]")
_SHORT = 2  # characters of a name that many longer ones end with
_MEASURED = frozenset({"", "CNY", "USD", "%"})  # units of what is not counted


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of `lexicon/indicators.yaml`."""

    label: str  # preferred, folded
    aliases: tuple[str, ...] = ()
    written: re.Pattern[str] | None = None  # further names, where parts of them are written in several ways; None if there are none
    unit: str = ""  # the unit it is usually given in
    broader: str = ""  # label of the broader indicator


@dataclass(frozen=True)
class IndicatorTable:
    """All rows, by what texts write."""

    indicators: Mapping[str, Indicator]  # by label
    labels: Mapping[str, str]  # label or alias → label
    own: tuple[str, ...]  # labels and aliases of a user's own files
    leads: re.Pattern[str]  # what may stand before the name of an indicator without making it another one
    counts: re.Pattern[str]  # what may stand behind the name of what is counted
    amounts: re.Pattern[str]  # … and of what is measured

    def key(self, text: str) -> str:
        """The preferred label of an indicator as a text writes it; the text itself, folded and cleaned, if it is not listed."""
        name = _MARKS.sub("", fold(text)).strip("、，。：；的")
        if name in self.labels:
            return self.labels[name]
        lead = self.leads.match(name)
        bare = name[lead.end() :] if lead else name
        return self.labels.get(bare) or self._said_in_full(bare) or self._written(bare) or bare or name

    def _said_in_full(self, name: str) -> str:
        """The label of what a name counts or measures: of 高新技术企业数 高新技术企业, of 固定资产投资规模 固定资产投资; "" if that is not listed.

        出口数量 is no 出口, which is money, and a measure of two characters (出口规模) may be one of anything.
        """
        for pattern, measured in ((self.counts, False), (self.amounts, True)):
            bare = pattern.sub("", name)
            label = self.labels.get(bare, "") if bare != name else ""
            if label and (self.indicators[label].unit in _MEASURED) is measured and (not measured or len(bare) > _SHORT):
                return label
        return ""

    def _written(self, name: str) -> str:
        """The label of the indicator whose `written` fits a name; "" if none does."""
        return next((one.label for one in self.indicators.values() if one.written and one.written.fullmatch(name)), "")


def indicator_table(
    files: list[tuple[Path, dict[str, Any]]], leads: Sequence[str] = (), own: Collection[Path] = (), counts: Sequence[str] = (), amounts: Sequence[str] = ()
) -> IndicatorTable:  # fmt: skip
    """The table in parsed YAML files, with the words that may stand before a name; those in `own` are a user's. KgError for an unknown key, an alias of two
    indicators, a broader term not listed."""
    indicators: dict[str, Indicator] = {}
    labels: dict[str, str] = {}
    places: dict[str, tuple[Path, int]] = {}
    mine: list[str] = []
    for path, data in files:
        for row in data.get("indicators") or ():
            line = row.get("__line__", 1)
            if set(row) - _KEYS or not row.get("label"):
                raise KgError("an indicator needs `label`, and knows aliases, written, unit and broader", file=path, line=line)
            written = _expression(row["written"], path, line) if row.get("written") else None
            one = Indicator(fold(row["label"]), tuple(map(fold, row.get("aliases") or ())), written, row.get("unit", ""), fold(row.get("broader", "")))
            mine.extend((one.label, *one.aliases) if path in own else ())
            for name in (one.label, *one.aliases):
                if labels.get(name, one.label) != one.label:
                    what = f"already names {labels[name]!r}" if labels[name] != name else "is an indicator of its own already"
                    raise KgError(f"{name!r} {what}", file=path, line=line, hint=f"leave it out, or list {labels[name]} again with all its names")
                labels[name] = one.label
            indicators[one.label] = one
            places[one.label] = path, line
    for one in indicators.values():
        if one.broader and one.broader not in indicators:
            path, line = places[one.label]
            raise KgError(f"the broader term {one.broader!r} of {one.label!r} is not listed", file=path, line=line)
    return IndicatorTable(indicators, labels, tuple(mine), compiled(f"(?:{either(leads)})+"), compiled(f"(?:{either(counts)})$"), compiled(f"(?:{either(amounts)})$"))


def _expression(source: str, path: Path, line: int) -> re.Pattern[str]:
    """An expression over folded names, compiled; KgError if it is none, or could take very long."""
    try:
        found, why = compiled(source), refusal(source)
    except re.error as error:
        raise KgError(f"`written` is no expression: {error}", file=path, line=line) from None
    if why:
        raise KgError(f"`written` {why}", file=path, line=line)
    return found


def read_indicators(ontology: Ontology) -> IndicatorTable:
    """The table of all lexicon files of an ontology; words that lead to an indicator, of all files."""
    files = [file for file in ontology.yaml("lexicon") if "indicators" in file.data]
    own = [file.path for file in files if not file.shipped]
    return indicator_table([(file.path, file.data) for file in files], listed_words(ontology, "leads"), own, listed_words(ontology, "number_of"), listed_words(ontology, "amount_of"))
