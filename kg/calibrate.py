"""Confidence that is measured: how often what a rule says stands in the gold annotations, or was found right by a reader."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit

from kg.clue_weights import Weight, weigh
from kg.errors import KgError
from kg.evaluate import agree, contained, match_entities, same_period, same_subject, standing, triples_of
from kg.extract.confidence import UNKNOWN, Confidence
from kg.extract.extractor import Extractor
from kg.extract.facts_json import to_json
from kg.judging import Verdict, read_verdicts
from kg.model import Document
from kg.read import find, read

Json = dict[str, Any]
# A rule seen n times keeps the kind's own precision with the weight of this many sightings (additive smoothing).
WEIGHT = 4
BY_CLUES = "figure_odds"  # the confidence of figures by their clues
_LIMITS = 0.001, 0.999  # log odds of 0 and 1 are infinite


@dataclass(frozen=True)
class Measured:
    """How a rule did: `confidence` is (right + WEIGHT · prior) / (of + WEIGHT).

    Of a rule of figures `log_odds` is what it adds to those that a figure is right, where that was measured.
    """

    rule: str
    kind: str  # entity, relation or observation
    right: int
    of: int
    confidence: float
    log_odds: float | None = None


@dataclass(frozen=True)
class Table:
    """All that was measured; `figure_odds` are the log odds that a figure is right, to which its rule and its clues add theirs, None without figures."""

    rows: list[Measured]
    figure_odds: float | None = None
    clues: Mapping[str, Weight] = field(default_factory=dict)
    shifts: Sequence[Shift] = ()

    def confidence(self) -> Confidence:
        """As the extractor will read it."""
        rules = {row.rule: row.confidence for row in self.rows}
        weights = {row.rule: row.log_odds for row in self.rows if row.log_odds is not None}
        return Confidence(rules, {}, self.figure_odds, weights | {clue: weight.log_odds for clue, weight in self.clues.items()})


def calibrate(
    extractor: Extractor, gold: Sequence[Path], texts: Sequence[Path] = (), verdicts: Sequence[Path] = ()
) -> Table:
    """One row for each rule that exists, by id; `verdicts` are tables of judged hits (`kg rules sample`).

    KgError if a gold file has no text beside it or in `texts`, or a table is faulty.
    """
    seen: list[Verdict] = []
    for judgements, document in _annotated(gold, texts):
        found = to_json(document, extractor.extract(document))
        seen += (Verdict(kind, fact["found_by"], tuple(fact.get("clues", ())), right) for kind, fact, right in judged(judgements, found))
    for path in verdicts:
        seen += read_verdicts(path)
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for one in seen:
        _add(counts[one.kind, one.rule], one.right, 1)
    known = frozenset(_rules(extractor))
    figures = {rule for kind, rule in known if kind == "observation"}
    weighed = weigh(((one.rule, *one.clues), one.right) for one in seen if one.kind == "observation" and one.clues and one.rule in figures)
    odds, weights = weighed or (None, {})
    totals = _totals((kind, correct, of) for (kind, _), (correct, of) in counts.items())
    rows = []
    for kind, rule in sorted({*counts, *known}, key=lambda key: (key[1], key[0])):
        correct, of = counts.get((kind, rule), (0, 0))
        prior = totals[kind][0] / totals[kind][1] if kind in totals else UNKNOWN
        own = weights.pop(rule, Weight(0.0, 0, 0)).log_odds if odds is not None and rule in figures else None
        rows.append(Measured(rule, kind, correct, of, round((correct + WEIGHT * prior) / (of + WEIGHT), 3), own))
    return Table(rows, odds, weights)


@dataclass(frozen=True)
class Shift:
    """By how much the confidence of one kind of fact (or `BY_CLUES`) was moved, in log odds; `right` of `of` facts were right on unread texts."""

    kind: str
    by: float
    right: int
    of: int


def shifted(table: Table, extractor: Extractor, unread: Sequence[Path], texts: Sequence[Path] = ()) -> Table:
    """`table` with the confidence that texts bear out which the rules were not tuned on.

    A rule does better on the texts that it was mended by than on others. So the log odds of all facts of a kind are moved by one
    number, such that on `unread` (folders of annotations) the mean confidence of the facts is the share of them that is right:
    Platt's scaling (1999) with the slope left at one. Figures are moved by their rules and by their clues apart. A kind that is always or never right there stays as it is.
    """
    measured, kinds = table.confidence(), {row.rule: row.kind for row in table.rows}
    seen: dict[str, Counter[tuple[float, bool]]] = defaultdict(Counter)
    for judgements, document in _annotated(unread, texts):
        for kind, fact, right in judged(judgements, to_json(document, extractor.extract(document))):
            rule = fact["found_by"]
            if kinds.get(rule) == kind:
                seen[kind][measured.of(rule, kind), right] += 1
                if clues := fact.get("clues"):
                    seen[BY_CLUES][measured.of_figure(rule, clues), right] += 1
    shifts = []
    for kind, counts in sorted(seen.items()):
        claimed = [confidence for confidence, _ in counts.elements()]
        correct = sum(count for (_, right), count in counts.items() if right)
        if 0 < correct < len(claimed):
            shifts.append(Shift(kind, _shift(claimed, correct / len(claimed)), correct, len(claimed)))
    by = {shift.kind: shift.by for shift in shifts}
    rows = [replace(row, confidence=_moved(row.confidence, by.get(row.kind, 0.0))) for row in table.rows]
    odds = None if table.figure_odds is None else round(table.figure_odds + by.get(BY_CLUES, 0.0), 3)
    return replace(table, rows=rows, figure_odds=odds, shifts=shifts)


def _shift(claimed: Sequence[float], share: float) -> float:
    odds = logit(np.clip(claimed, *_LIMITS))
    return round(float(brentq(lambda by: float(expit(odds + by).mean()) - share, -20, 20)), 3)


def _moved(confidence: float, by: float) -> float:
    return round(float(expit(logit(np.clip(confidence, *_LIMITS)) + by)), 3) if by else confidence


def _add(count: list[int], correct: int, of: int) -> None:
    count[0] += correct
    count[1] += of


def _totals(counts: Iterable[tuple[str, int, int]]) -> dict[str, list[int]]:
    """How many facts of each kind are right, of how many, for the kinds of which there are any."""
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for kind, correct, of in counts:
        _add(totals[kind], correct, of)
    return {kind: total for kind, total in totals.items() if total[1]}


def judged(gold: Json, found: Json) -> Iterator[tuple[str, Json, bool]]:
    """(kind of fact, fact, whether it is in the gold) for each fact found; a figure with the same subject and period."""
    found = standing(found)
    stands_for = match_entities(gold["entities"], found["entities"])
    for entity in found["entities"]:
        yield "entity", entity, entity["id"] in stands_for
    wanted = triples_of(gold)
    wanted |= contained(wanted)
    for relation in found["relations"]:
        alone = {**found, "relations": [relation]}
        yield "relation", relation, triples_of(alone, stands_for) <= wanted
    left = list(gold["observations"])
    for observation in found["observations"]:
        match = next((other for other in left if agree(observation, other)), None)
        if match is not None:
            left.remove(match)
        yield "observation", observation, match is not None and same_subject(observation, match, stands_for) and same_period(observation, match)


def as_yaml(table: Table, source: str) -> str:
    """The table as `ontology/rules/confidence.yaml` holds it."""
    rows, shifts = table.rows, table.shifts
    lines = [
        "# Measured by `kg rules calibrate`: how often what a rule found is right, by annotations and by readers' verdicts.",
        f"# {source}",
        f"# confidence = (right + {WEIGHT} x precision of all rules of the kind) / (of + {WEIGHT})",
        "# kinds: precision of all rules of the kind, which a rule has that has no row",
        *(f"# {s.kind}: log odds then moved by {s.by}, for {s.right} of {s.of} were right on texts that the rules were not tuned on" for s in shifts),
        "kinds:",
        *(f"  {kind}: {precision}" for kind, precision in sorted(_precision(rows, shifts).items())),
    ]
    if table.figure_odds is not None:
        lines += [
            "# figure_odds: log odds that a figure is right, to which its rule adds its log_odds and each of its clues (docs/figures.md) too",
            f"figure_odds: {table.figure_odds}",
            "clues:",
            *(f"  {clue}: {{log_odds: {weight.log_odds}, right: {weight.right}, of: {weight.of}}}" for clue, weight in sorted(table.clues.items())),
        ]
    lines.append("confidence:")
    for row in rows:
        odds = "" if row.log_odds is None else f", log_odds: {row.log_odds}"
        lines.append(f"  {row.rule}: {{confidence: {row.confidence}, right: {row.right}, of: {row.of}{odds}}}")
    return "\n".join(lines) + "\n"


def _precision(rows: Sequence[Measured], shifts: Sequence[Shift]) -> dict[str, float]:
    """The share of all facts of a kind that is right, moved as the kind's rules are."""
    totals = _totals((row.kind, row.right, row.of) for row in rows)
    by = {shift.kind: shift.by for shift in shifts}
    return {kind: _moved(round(right / of, 3), by.get(kind, 0.0)) for kind, (right, of) in totals.items()}


def _rules(extractor: Extractor) -> Iterator[tuple[str, str]]:
    for rule in extractor.rules.entities:
        yield "entity", rule.id
    for reference in extractor.references.rules:
        yield "entity", reference.id
    for relation in extractor.rules.relations:
        yield "relation", relation.id
    for observation in extractor.observer.rules.rules:
        yield "observation", observation.id
    for timed in extractor.policy_time.rules:
        yield "relation", timed.id  # annotations say nothing of dates and grounds of policies; they are told as relations are


def _annotated(gold: Sequence[Path], texts: Sequence[Path]) -> Iterator[tuple[Json, Document]]:
    """Each annotation with the document it is of, which has its file stem: a text beside it, or a document of `texts`."""
    elsewhere: dict[str, Document] | None = None
    for folder in gold:
        for annotation in sorted(folder.glob("*.json")):
            judgements: Json = json.loads(annotation.read_text(encoding="utf-8"))
            document = _by_stem([annotation.with_suffix(".txt")]).get(annotation.stem)
            if document is None:
                elsewhere = _by_stem(texts) if elsewhere is None else elsewhere
                document = elsewhere.get(annotation.stem)
            if document is None:
                raise KgError("has no text beside it", file=annotation, hint="name the folder of the texts by --texts")
            yield judgements, replace(document, date=judgements.get("date"), date_basis="option")


def _by_stem(paths: Sequence[Path]) -> dict[str, Document]:
    """The documents below `paths` that can be read, by their file stems."""
    documents: dict[str, Document] = {}
    for source in find([path for path in paths if path.exists()]):
        try:
            documents.update((document.stem, document) for document in read(source))
        except KgError:
            continue  # a file that no annotation is of does not matter, and of one that does the absence is told
    return documents
