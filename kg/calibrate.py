"""Confidence that is measured: how often what a rule says stands in the gold annotations, or was found right by a reader."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit

from kg.errors import KgError
from kg.evaluate import agree, contained, match_entities, standing, triples_of
from kg.extract.confidence import UNKNOWN
from kg.extract.extractor import Extractor
from kg.extract.facts_json import to_json
from kg.judging import read_verdicts
from kg.model import Document
from kg.read import find, read

Json = dict[str, Any]
# A rule seen n times keeps the kind's own precision with the weight of this many sightings (additive smoothing).
WEIGHT = 4
_LIMITS = 0.001, 0.999  # log odds of 0 and 1 are infinite


@dataclass(frozen=True)
class Measured:
    """How a rule did: `confidence` is (right + WEIGHT · prior) / (of + WEIGHT)."""

    rule: str
    kind: str  # entity, relation or observation
    right: int
    of: int
    confidence: float


def calibrate(
    extractor: Extractor, gold: Sequence[Path], texts: Sequence[Path] = (), verdicts: Sequence[Path] = ()
) -> list[Measured]:
    """One row for each rule that exists, by id; `verdicts` are tables of judged hits (`kg rules sample`).

    KgError if a gold file has no text beside it or in `texts`, or a table is faulty.
    """
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for judgements, document in _annotated(gold, texts):
        found = to_json(document, extractor.extract(document))
        for kind, fact, right in judged(judgements, found):
            _add(counts[kind, fact["found_by"]], right, 1)
    for path in verdicts:
        for key, (correct, of) in read_verdicts(path).items():
            _add(counts[key], correct, of)
    totals = _totals((kind, correct, of) for (kind, _), (correct, of) in counts.items())
    rows = []
    for kind, rule in sorted({*counts, *_known(extractor)}, key=lambda key: (key[1], key[0])):
        correct, of = counts.get((kind, rule), (0, 0))
        prior = totals[kind][0] / totals[kind][1] if kind in totals else UNKNOWN
        rows.append(Measured(rule, kind, correct, of, round((correct + WEIGHT * prior) / (of + WEIGHT), 3)))
    return rows


@dataclass(frozen=True)
class Shift:
    """By how much the confidence of one kind of fact was moved, in log odds; `right` of `of` facts were right on unread texts."""

    kind: str
    by: float
    right: int
    of: int


def shifted(
    rows: Sequence[Measured], extractor: Extractor, unread: Sequence[Path], texts: Sequence[Path] = ()
) -> tuple[list[Measured], list[Shift]]:
    """`rows` with the confidence that texts bear out which the rules were not tuned on.

    A rule does better on the texts that it was mended by than on others. So the log odds of all rules of a kind are moved by one
    number, such that on `unread` (folders of annotations) the mean confidence of the facts is the share of them that is right:
    Platt's scaling (1999) with the slope left at one. A kind that is always or never right there stays as it is.
    """
    of_rule = {(row.kind, row.rule): row.confidence for row in rows}
    seen: dict[str, Counter[tuple[float, bool]]] = defaultdict(Counter)
    for judgements, document in _annotated(unread, texts):
        for kind, fact, right in judged(judgements, to_json(document, extractor.extract(document))):
            if (confidence := of_rule.get((kind, fact["found_by"]))) is not None:
                seen[kind][confidence, right] += 1
    shifts = []
    for kind, counts in sorted(seen.items()):
        claimed = [confidence for confidence, _ in counts.elements()]
        correct = sum(count for (_, right), count in counts.items() if right)
        if 0 < correct < len(claimed):
            shifts.append(Shift(kind, _shift(claimed, correct / len(claimed)), correct, len(claimed)))
    by = {shift.kind: shift.by for shift in shifts}
    return [replace(row, confidence=_moved(row.confidence, by.get(row.kind, 0.0))) for row in rows], shifts


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
    """(kind of fact, fact, whether it is in the gold) for each fact found."""
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
        yield "observation", observation, match is not None


def as_yaml(rows: Sequence[Measured], source: str, shifts: Sequence[Shift] = ()) -> str:
    """The table as `ontology/rules/confidence.yaml` holds it."""
    lines = [
        "# Measured by `kg rules calibrate`: how often what a rule found is right, by annotations and by readers' verdicts.",
        f"# {source}",
        f"# confidence = (right + {WEIGHT} x precision of all rules of the kind) / (of + {WEIGHT})",
        "# kinds: precision of all rules of the kind, which a rule has that has no row",
        *(f"# {s.kind}: log odds then moved by {s.by}, for {s.right} of {s.of} were right on texts that the rules were not tuned on" for s in shifts),
        "kinds:",
        *(f"  {kind}: {precision}" for kind, precision in sorted(_precision(rows, shifts).items())),
        "confidence:",
    ]
    lines += [f"  {row.rule}: {{confidence: {row.confidence}, right: {row.right}, of: {row.of}}}" for row in rows]
    return "\n".join(lines) + "\n"


def _precision(rows: Sequence[Measured], shifts: Sequence[Shift]) -> dict[str, float]:
    """The share of all facts of a kind that is right, moved as the kind's rules are."""
    totals = _totals((row.kind, row.right, row.of) for row in rows)
    by = {shift.kind: shift.by for shift in shifts}
    return {kind: _moved(round(right / of, 3), by.get(kind, 0.0)) for kind, (right, of) in totals.items()}


def _known(extractor: Extractor) -> Iterator[tuple[str, str]]:
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
