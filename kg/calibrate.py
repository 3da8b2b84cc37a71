"""Confidence that is measured: how often what a rule says stands in the gold annotations, or was found right by a reader."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.evaluate import agree, contained, match_entities, triples_of
from kg.extract.extractor import Extractor
from kg.extract.facts_json import to_json
from kg.judging import read_verdicts
from kg.model import Document
from kg.read import find, read

Json = dict[str, Any]
# A rule seen n times keeps the kind's own precision with the weight of this many sightings (additive smoothing).
WEIGHT = 4


@dataclass(frozen=True)
class Measured:
    """How a rule did: `confidence` is (right + WEIGHT · prior) / (of + WEIGHT)."""

    rule: str
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
        for kind, rule, right in judged(judgements, found):
            _add(counts[kind, rule], right, 1)
    for path in verdicts:
        for key, (correct, of) in read_verdicts(path).items():
            _add(counts[key], correct, of)
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for (kind, _), (correct, of) in counts.items():
        _add(totals[kind], correct, of)
    rows = []
    for kind, rule in sorted({*counts, *_known(extractor)}, key=lambda key: (key[1], key[0])):
        correct, of = counts.get((kind, rule), (0, 0))
        prior = totals[kind][0] / totals[kind][1] if totals[kind][1] else 0.5
        rows.append(Measured(rule, correct, of, round((correct + WEIGHT * prior) / (of + WEIGHT), 3)))
    return rows


def _add(count: list[int], correct: int, of: int) -> None:
    count[0] += correct
    count[1] += of


def judged(gold: Json, found: Json) -> Iterator[tuple[str, str, bool]]:
    """(kind of fact, rule, whether it is in the gold) for each fact found."""
    stands_for = match_entities(gold["entities"], found["entities"])
    for entity in found["entities"]:
        yield "entity", entity["found_by"], entity["id"] in stands_for
    wanted = triples_of(gold)
    wanted |= contained(wanted)
    for relation in found["relations"]:
        if relation.get("basis") == "authority":
            continue
        alone = {**found, "relations": [relation]}
        yield "relation", relation["found_by"], triples_of(alone, stands_for) <= wanted
    left = list(gold["observations"])
    for observation in found["observations"]:
        match = next((other for other in left if agree(observation, other)), None)
        if match is not None:
            left.remove(match)
        yield "observation", observation["found_by"], match is not None


def as_yaml(rows: Iterable[Measured], source: str) -> str:
    """The table as `ontology/rules/confidence.yaml` holds it."""
    lines = [
        "# Measured by `kg rules calibrate`: how often what a rule found is right, by annotations and by readers' verdicts.",
        f"# {source}",
        f"# confidence = (right + {WEIGHT} x precision of all rules of the kind) / (of + {WEIGHT})",
        "confidence:",
    ]
    lines += [f"  {row.rule}: {{confidence: {row.confidence}, right: {row.right}, of: {row.of}}}" for row in rows]
    return "\n".join(lines) + "\n"


def _known(extractor: Extractor) -> Iterator[tuple[str, str]]:
    for rule in extractor.rules.entities:
        yield "entity", rule.id
    for relation in extractor.rules.relations:
        yield "relation", relation.id
    for observation in extractor.observer.rules.rules:
        yield "observation", observation.id


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
