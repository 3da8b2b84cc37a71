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

from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.extract.facts_json import to_json
from kg.extract.knowledge.confidence import OPEN, OTHER, UNKNOWN, Confidence, read_confidence
from kg.model import Document
from kg.ontology import Ontology, is_shipped
from kg.quality.clue_weights import Seen, Weight, weigh
from kg.quality.evaluate import (
    contained,
    match_entities,
    match_observations,
    same_period,
    same_subject,
    standing,
    triples_of,
)
from kg.quality.judging import Verdict, read_verdicts
from kg.read import ReadOptions, find, read_file, with_noise_of

Json = dict[str, Any]
# A rule seen n times keeps the kind's own precision with the weight of this many sightings (additive smoothing).
WEIGHT = 4
FEWEST = 5  # facts with a clue of an open kind, or it counts among the others of that kind
_LIMITS = 0.001, 0.999  # log odds of 0 and 1 are infinite


@dataclass(frozen=True)
class Measured:
    """How a rule did: `confidence` is (right + WEIGHT · prior) / (of + WEIGHT).

    `log_odds` is what the rule adds to those that a fact is right, where that was measured: of kinds of facts that have clues.
    """

    rule: str
    kind: str  # entity, relation or observation
    right: int
    of: int
    confidence: float
    log_odds: float | None = None


@dataclass(frozen=True)
class Table:
    """All that was measured; `odds` are the log odds that a fact of a kind is right, to which its rule and its `clues` (by kind) add theirs."""

    rows: list[Measured]
    odds: Mapping[str, float] = field(default_factory=dict)
    clues: Mapping[str, Mapping[str, Weight]] = field(default_factory=dict)
    shifts: Sequence[Shift] = ()
    beside: bool = False  # of rules of a user's own alone, beside those of the shipped ontology

    def confidence(self) -> Confidence:
        """As the extractor will read it."""
        rules = {row.rule: row.confidence for row in self.rows}
        rule_odds = {row.rule: row.log_odds for row in self.rows if row.log_odds is not None}
        clue_odds = {kind: {clue: weight.log_odds for clue, weight in clues.items()} for kind, clues in self.clues.items()}
        return Confidence(rules, _precision(self.rows, self.shifts), self.odds, rule_odds, clue_odds)


def calibrate(
    extractor: Extractor, gold: Sequence[Path], texts: Sequence[Path] = (), verdicts: Sequence[Path] = ()
) -> Table:
    """One row for each rule that found something, by id; `verdicts` are tables of judged hits (`kg rules sample`).

    KgError if a gold file has no text beside it or in `texts`, or a table is faulty.
    """
    seen: list[Verdict] = []
    for judgements, document in _annotated(gold, texts, extractor):
        found = to_json(document, extractor.extract(document))
        seen += (Verdict(kind, fact["found_by"], tuple(fact.get("clues", ())), right) for kind, fact, right in judged(judgements, found))
    for path in verdicts:
        seen += read_verdicts(path)
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for one in seen:
        _add(counts[one.kind, one.rule], one.right, 1)
    odds: dict[str, float] = {}
    weights: dict[str, dict[str, Weight]] = {}
    for kind in sorted({one.kind for one in seen}):
        if weighed := weigh(_common([((one.rule, *one.clues), one.right) for one in seen if one.kind == kind and one.clues])):
            odds[kind], weights[kind] = weighed
    totals = _totals((kind, correct, of) for (kind, _), (correct, of) in counts.items())
    rows = []
    for (kind, rule), (correct, of) in sorted(counts.items(), key=lambda item: (item[0][1], item[0][0])):
        prior = totals[kind][0] / totals[kind][1]
        own = weights[kind].pop(rule, Weight(0.0, 0, 0)).log_odds if kind in odds else None
        rows.append(Measured(rule, kind, correct, of, round((correct + WEIGHT * prior) / (of + WEIGHT), 3), own))
    return Table(rows, odds, weights)


def _common(seen: Sequence[Seen]) -> Iterator[Seen]:
    """`seen` (rule, then clues) with one clue for all those of an open kind that are rare."""
    counts = Counter(clue for (_, *clues), _ in seen for clue in clues)

    def told(clue: str) -> str:
        kind, _, _ = clue.partition("-")
        return kind + OTHER if kind in OPEN and counts[clue] < FEWEST else clue

    return (((rule, *map(told, clues)), right) for (rule, *clues), right in seen)


@dataclass(frozen=True)
class Shift:
    """By how much the confidence of one kind of fact was moved, in log odds, by the rule alone or by the clues too; `right` of `of` facts were right on unread texts."""

    kind: str
    clues: bool
    by: float
    right: int
    of: int


def beside_shipped(table: Table, extractor: Extractor) -> Table:
    """What of `table` a folder of one's own needs beside the shipped ontology: its own rules that were judged.

    The shipped rules were measured on thousands of facts, of which a few verdicts on other texts take nothing back. A rule of one's
    own begins with the precision of its kind there, and is as sure as its row says, without clues.
    """
    own = extractor.rules.own() | {rule.id for rule in extractor.observer.rules.rules if not is_shipped(rule.file)}
    kinds = read_confidence(Ontology.load()).kinds
    rows = [
        replace(row, confidence=round((row.right + WEIGHT * kinds.get(row.kind, UNKNOWN)) / (row.of + WEIGHT), 3), log_odds=None)
        for row in table.rows if row.rule in own
    ]  # fmt: skip
    return Table(rows, beside=True)


def shifted(table: Table, extractor: Extractor, unread: Sequence[Path], texts: Sequence[Path] = ()) -> Table:
    """`table` with the confidence that texts bear out which the rules were not tuned on.

    A rule does better on the texts that it was mended by than on others. So the log odds of all facts of a kind are moved by one
    number, such that on `unread` (folders of annotations) the mean confidence of the facts is the share of them that is right:
    Platt's scaling (1999) with the slope left at one. What the rule alone and what the clues too tell are moved apart. A kind that is always or never right there stays as it is.
    """
    measured, kinds = table.confidence(), {row.rule: row.kind for row in table.rows}
    seen: dict[tuple[str, bool], Counter[tuple[float, bool]]] = defaultdict(Counter)
    for judgements, document in _annotated(unread, texts, extractor):
        for kind, fact, right in judged(judgements, to_json(document, extractor.extract(document))):
            rule = fact["found_by"]
            if kinds.get(rule, kind) == kind:
                seen[kind, False][measured.of(rule, kind), right] += 1
                if clues := fact.get("clues"):
                    seen[kind, True][measured.of(rule, kind, clues), right] += 1
    shifts = []
    for (kind, clues), counts in sorted(seen.items()):
        claimed = [confidence for confidence, _ in counts.elements()]
        correct = sum(count for (_, right), count in counts.items() if right)
        if 0 < correct < len(claimed):
            shifts.append(Shift(kind, clues, _shift(claimed, correct / len(claimed)), correct, len(claimed)))
    by = {(shift.kind, shift.clues): shift.by for shift in shifts}
    rows = [replace(row, confidence=_moved(row.confidence, by.get((row.kind, False), 0.0))) for row in table.rows]
    odds = {kind: round(log_odds + by.get((kind, True), 0.0), 3) for kind, log_odds in table.odds.items()}
    return replace(table, rows=rows, odds=odds, shifts=shifts)


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
    partners, _ = match_observations(gold["observations"], found["observations"])
    for observation, match in zip(found["observations"], partners, strict=True):
        yield "observation", observation, match is not None and same_subject(observation, match, stands_for) and same_period(observation, match)


_OF_KINDS = (
    "# kinds: precision of all rules of the kind, which a rule has that has no row",
    "# odds: log odds that a fact of a kind is right, to which its rule adds its log_odds and each of its clues too (docs/rules.md)",
)


def as_yaml(table: Table, source: str) -> str:
    """The table as `ontology/rules/confidence.yaml` holds it."""
    rows, shifts = table.rows, table.shifts
    lines = [
        "# Measured by `kg rules calibrate`: how often what a rule found is right, by annotations and by readers' verdicts.",
        f"# {source}",
        f"# confidence = (right + {WEIGHT} x precision of all rules of the kind) / (of + {WEIGHT})",
        *(_OF_KINDS if not table.beside else ["# of the rules of this folder alone; all others are as sure as the shipped table says"]),
        *(
            f"# {s.kind}{' by clues' if s.clues else ''}: log odds then moved by {s.by}, for {s.right} of {s.of} were right on texts that the rules were not tuned on"
            for s in shifts
        ),
    ]
    if not table.beside:
        lines += ["kinds:", *(f"  {kind}: {precision}" for kind, precision in sorted(_precision(rows, shifts).items()))]
    if table.odds:
        lines += ["odds:", *(f"  {kind}: {log_odds}" for kind, log_odds in sorted(table.odds.items())), "clues:"]
    for kind, clues in sorted(table.clues.items()):
        lines.append(f"  {kind}:")
        lines += [f"    {clue}: {{log_odds: {weight.log_odds}, right: {weight.right}, of: {weight.of}}}" for clue, weight in sorted(clues.items())]
    lines.append("confidence:")
    for row in rows:
        odds = "" if row.log_odds is None else f", log_odds: {row.log_odds}"
        lines.append(f"  {row.rule}: {{confidence: {row.confidence}, right: {row.right}, of: {row.of}{odds}}}")
    return "\n".join(lines) + "\n"


def _precision(rows: Sequence[Measured], shifts: Sequence[Shift]) -> dict[str, float]:
    """The share of all facts of a kind that is right, moved as the kind's rules are."""
    totals = _totals((row.kind, row.right, row.of) for row in rows)
    by = {shift.kind: shift.by for shift in shifts if not shift.clues}
    return {kind: _moved(round(right / of, 3), by.get(kind, 0.0)) for kind, (right, of) in totals.items()}


def _annotated(gold: Sequence[Path], texts: Sequence[Path], extractor: Extractor) -> Iterator[tuple[Json, Document]]:
    """Each annotation with the document it is of, which has its file stem: a text beside it, or a document of `texts`; read as for the extractor's ontology."""
    options = with_noise_of(ReadOptions(), extractor.ontology)
    elsewhere: dict[str, Document] | None = None
    for folder in gold:
        for annotation in sorted(folder.glob("*.json")):
            judgements: Json = json.loads(annotation.read_text(encoding="utf-8"))
            document = _by_stem([annotation.with_suffix(".txt")], options).get(annotation.stem)
            if document is None:
                elsewhere = _by_stem(texts, options) if elsewhere is None else elsewhere
                document = elsewhere.get(annotation.stem)
            if document is None:
                raise KgError("has no text beside it", file=annotation, hint="name the folder of the texts by --texts")
            yield judgements, replace(document, date=judgements.get("date"), date_basis="option")


def _by_stem(paths: Sequence[Path], options: ReadOptions) -> dict[str, Document]:
    """The documents below `paths` that can be read, by their file stems."""
    documents: dict[str, Document] = {}
    for source in find([path for path in paths if path.exists()]):
        try:
            documents.update((document.stem, document) for document in read_file(source, options).documents)
        except KgError:
            continue  # a file that no annotation is of does not matter, and of one that does the absence is told
    return documents
