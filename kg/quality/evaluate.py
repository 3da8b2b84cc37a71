"""Extracted facts against gold annotations: precision, recall and F1 by type, predicate and kind.

What counts as found, after the annotation guideline:

- An *entity*: same type and at least one name in common; each found entity stands for one gold entity at most.
- A *relation*: same predicate and both ends. Containment (`partOf`, `locatedIn`) is compared up to transitivity and up to
  the choice between the two; `cooperatesWith` has no direction; `hasStatus` compares the stage. Facts known from a table
  (`"basis": "authority"`) do not count, and nothing that somebody refuted does.
- An *observation*: kind, unit, value within one in a thousand, and a like indicator (one contains the other, or half of
  their characters are shared). Subject and period are counted apart, over the matched ones.

Quotation and book-title marks and blanks do not count in names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.model import REFUTED
from kg.text.calendar_spans import period_days

Json = dict[str, Any]
Triple = tuple[str, str, str]

_CONTAINMENT = frozenset({"partOf", "locatedIn"})
_MARKS = dict.fromkeys(map(ord, "“”‘’「」『』《》〈〉\"' \u3000"))
_TOLERANCE = 1e-3


@dataclass
class Counts:
    """True positives, false positives, false negatives, and the figures that follow from them."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0.0 if nothing was."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of what is to be found that was; 0.0 if nothing is."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass
class Table:
    """Counts overall and per label."""

    overall: Counts = field(default_factory=Counts)
    labels: dict[str, Counts] = field(default_factory=dict)

    def add(self, label: str, outcome: str) -> None:
        """Count one `tp`, `fp` or `fn` under `label`."""
        for counts in (self.overall, self.labels.setdefault(label, Counts())):
            setattr(counts, outcome, getattr(counts, outcome) + 1)

    def rows(self) -> list[tuple[str, Counts]]:
        """ALL first, then the labels, those with most cases first (among equals, those met first)."""
        order = sorted(self.labels.items(), key=lambda item: -item[1].tp - item[1].fp - item[1].fn)
        return [("ALL", self.overall), *order]


@dataclass
class Scores:
    """What `evaluate` gives. `errors` maps a document to its misses ("- missed …") and false finds ("+ wrong …")."""

    entities: Table = field(default_factory=Table)
    relations: Table = field(default_factory=Table)
    observations: Table = field(default_factory=Table)
    matched: int = 0
    subjects_right: int = 0
    periods_right: int = 0
    documents: int = 0
    missing: int = 0  # of these, what no facts are there of
    errors: dict[str, list[str]] = field(default_factory=dict)


def evaluate(gold: str | Path, facts: str | Path) -> Scores:
    """Score the JSON files in `facts` against those of the same name in `gold`; one that is missing counts as empty; KgError if all are.

    A gold file whose name ends in `.gold.json` is compared with the facts named without `.gold`.
    """
    scores = Scores()
    paths = sorted(Path(gold).glob("*.json"))
    if not paths:
        raise KgError("holds no gold annotations (*.json)", file=gold)
    if not Path(facts).is_dir():
        raise KgError("is no folder of facts", file=facts, hint="kg extract PATH -o DIR writes one")
    for path in paths:
        other = Path(facts) / path.name.replace(".gold.json", ".json")
        scores.missing += not other.exists()
        found = _load(other) if other.exists() else {"entities": [], "relations": [], "observations": []}
        scores.errors[path.stem] = _score(_load(path), found, scores)
        scores.documents += 1
    if scores.missing == scores.documents:
        raise KgError(f"holds facts of none of the {scores.documents} annotated documents", file=facts, hint="facts have the name of their annotation; kg extract PATH -o DIR writes them")
    return scores


def _load(path: Path) -> Json:
    try:
        data: Json = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        raise KgError(f"is not JSON: {error}", file=path, line=getattr(error, "lineno", None)) from error
    if not isinstance(data, dict) or not {"entities", "relations", "observations"} <= set(data):
        raise KgError("has no entities, relations and observations", file=path)
    return data


def _score(gold: Json, found: Json, scores: Scores) -> list[str]:
    """Add one document to `scores`; its errors."""
    found = standing(found)
    stands_for = match_entities(gold["entities"], found["entities"])
    errors = list(_score_entities(gold, found, stands_for, scores.entities))
    errors += _score_relations(gold, found, stands_for, scores.relations)
    errors += _score_observations(gold, found, stands_for, scores)
    return errors


def _bare(name: str) -> str:
    return name.translate(_MARKS)


def _names(entity: Json) -> set[str]:
    return {_bare(name) for name in (entity["name"], *entity.get("surfaces", ()))}


def match_entities(gold: list[Json], found: list[Json]) -> dict[str, str]:
    """The gold id that each found id stands for; pairs with the same name first, then by the longest name shared."""
    candidates = []
    for ours in found:
        for theirs in gold:
            if ours["type"] != theirs["type"]:
                continue
            shared = _names(ours) & _names(theirs)
            if shared:
                same_name = _bare(ours["name"]) == _bare(theirs["name"])
                candidates.append((same_name, max(map(len, shared)), len(shared), ours["id"], theirs["id"]))
    stands_for: dict[str, str] = {}
    taken: set[str] = set()
    for *_, ours_id, theirs_id in sorted(candidates, reverse=True):
        if ours_id not in stands_for and theirs_id not in taken:
            stands_for[ours_id] = theirs_id
            taken.add(theirs_id)
    return stands_for


def _score_entities(gold: Json, found: Json, stands_for: dict[str, str], table: Table) -> Iterator[str]:
    reached = set(stands_for.values())
    for entity in gold["entities"]:
        table.add(entity["type"], "tp" if entity["id"] in reached else "fn")
        if entity["id"] not in reached:
            yield f"- missed {entity['type']} {entity['name']}"
    for entity in found["entities"]:
        if entity["id"] not in stands_for:
            table.add(entity["type"], "fp")
            yield f"+ wrong {entity['type']} {entity['name']}"


def standing(found: Json) -> Json:
    """The facts of one document that its text says: not those known from a table, nor those that somebody refuted."""
    kept = {
        kind: [fact for fact in found[kind] if not fact.get("basis", "text").startswith(("authority", REFUTED))]
        for kind in ("relations", "observations")
    }
    return {**found, **kept}


def triples_of(document: Json, stands_for: dict[str, str] | None = None) -> set[Triple]:
    """The relations to score; ids of found entities are put into gold ids, unmatched ones marked by `?`."""

    def end(identifier: str | None) -> str:
        if stands_for is None:
            return str(identifier)
        return stands_for.get(identifier or "", f"?{identifier}")

    triples: set[Triple] = set()
    for relation in document["relations"]:
        predicate, subject = relation["p"], end(relation["s"])
        target = str(relation["value"]) if predicate == "hasStatus" else end(relation["o"])
        if predicate == "cooperatesWith" and target < subject:
            subject, target = target, subject
        triples.add((subject, predicate, target))
    return triples


def contained(triples: Iterable[Triple]) -> set[Triple]:
    """All containments that follow from those given, under both predicates."""
    above: dict[str, set[str]] = {}
    for subject, predicate, target in triples:
        if predicate in _CONTAINMENT:
            above.setdefault(subject, set()).add(target)
    closed: set[Triple] = set()
    for start in above:
        reached: set[str] = set()
        waiting = [start]
        while waiting:
            new = above.get(waiting.pop(), set()) - reached
            reached |= new
            waiting.extend(new)
        closed |= {(start, predicate, end) for end in reached for predicate in _CONTAINMENT}
    return closed


def _score_relations(gold: Json, found: Json, stands_for: dict[str, str], table: Table) -> Iterator[str]:
    name = {entity["id"]: entity["name"] for entity in gold["entities"]}
    name |= {f"?{entity['id']}": f"?{entity['name']}" for entity in found["entities"]}
    wanted, got = triples_of(gold), triples_of(found, stands_for)
    wanted_too, got_too = contained(wanted), contained(got)

    def shown(triple: Triple) -> str:
        return f"{name.get(triple[0], triple[0])} {triple[1]} {name.get(triple[2], triple[2])}"

    for triple in sorted(wanted):
        ok = triple in got or triple in got_too
        table.add(triple[1], "tp" if ok else "fn")
        if not ok:
            yield f"- missed {shown(triple)}"
    for triple in sorted(got):
        if triple not in wanted and triple not in wanted_too:
            table.add(triple[1], "fp")
            yield f"+ wrong {shown(triple)}"


def alike(one: str, other: str) -> bool:
    """Whether two indicators may be the same: one contains the other, or half of their characters are shared."""
    one, other = _bare(one), _bare(other)
    if not one or not other:
        return False
    return one in other or other in one or len(set(one) & set(other)) >= 0.5 * len(set(one) | set(other))


def agree(ours: Json, theirs: Json) -> bool:
    """Whether two figures say the same: kind, unit, value within rounding, and an indicator that is alike."""
    close = abs(ours["value"] - theirs["value"]) <= _TOLERANCE * max(abs(theirs["value"]), 1e-9)
    same = ours["kind"] == theirs["kind"] and ours["unit"] == theirs["unit"]
    return close and same and alike(ours["indicator"], theirs["indicator"])


def same_subject(ours: Json, theirs: Json, stands_for: dict[str, str]) -> bool:
    """Whether two figures are about one thing; `stands_for` has for each entity of ours the one of theirs."""
    return bool(stands_for.get(ours.get("subject") or "") == theirs["subject"])


def same_period(ours: Json, theirs: Json) -> bool:
    """Whether two figures hold on the same days: 2023-01 is 2023-01-01/2023-01-31."""
    one, other = ours.get("period"), theirs.get("period")
    return bool(one == other or one and other and period_days(one) == period_days(other) is not None)


def match_observations(gold: list[Json], found: list[Json]) -> tuple[list[Json | None], list[Json]]:
    """For each found figure the first gold one that says the same, each of which stands for one at most; and those of gold that are left."""
    left, partners = list(gold), []
    for ours in found:
        at = next((at for at, theirs in enumerate(left) if agree(ours, theirs)), None)
        partners.append(None if at is None else left.pop(at))
    return partners, left


def _score_observations(gold: Json, found: Json, stands_for: dict[str, str], scores: Scores) -> Iterator[str]:
    partners, missed = match_observations(gold["observations"], found["observations"])
    wrong = []
    for ours, theirs in zip(found["observations"], partners, strict=True):
        if theirs is None:
            wrong.append(ours)
            continue
        scores.observations.add(theirs["kind"], "tp")
        scores.matched += 1
        scores.subjects_right += same_subject(ours, theirs, stands_for)
        scores.periods_right += same_period(ours, theirs)
    for theirs in missed:
        scores.observations.add(theirs["kind"], "fn")
        yield f"- missed {_described(theirs)}"
    for ours in wrong:
        scores.observations.add(ours["kind"], "fp")
        yield f"+ wrong {_described(ours)}"


def _described(observation: Json) -> str:
    return f"{observation['kind']} {observation['indicator']} {observation['value']} {observation['unit']}"
