"""How sure a fact is: by the measured precision of its rule, or of all rules of its kind as long as it was not measured itself; a figure by its clues too."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.ontology import Ontology

UNKNOWN = 0.5  # where nothing of the kind was measured, as with an ontology that has no confidence.yaml: as likely wrong as right


@dataclass(frozen=True)
class Confidence:
    """Precision by rule id, and by kind of fact: entity, relation (attributes too), observation.

    `weights` has what each rule of figures and each clue (`kg/extract/clues.py`) adds to the log odds that a figure is right, which
    begin at `figures`; None as long as none was measured.
    """

    rules: Mapping[str, float]
    kinds: Mapping[str, float]
    figures: float | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    _told: dict[tuple[str, ...], float] = field(default_factory=dict, repr=False)  # by rule and clues, of which few differ

    def of(self, rule: str, kind: str) -> float:
        """From 0 to 1, of a rule that finds facts of a kind."""
        return self.rules.get(rule, self.kinds.get(kind, UNKNOWN))

    def of_entity(self, rule: str) -> float:
        """`of` a rule that finds entities."""
        return self.of(rule, "entity")

    def of_relation(self, rule: str) -> float:
        """`of` a rule that finds relations and attributes."""
        return self.of(rule, "relation")

    def of_figure(self, rule: str, clues: Sequence[str] = ()) -> float:
        """`of` a rule that finds observations, with what is known by its clues; a rule that has a row without a weight is as sure as that says."""
        if self.figures is None or not clues or rule in self.rules and rule not in self.weights:
            return self.of(rule, "observation")
        told = self._told.get((rule, *clues))
        if told is None:
            odds = self.figures + sum(self.weights.get(clue, 0.0) for clue in (rule, *clues))
            told = self._told[rule, *clues] = round(1 / (1 + math.exp(-odds)), 3)
        return told


def read_confidence(ontology: Ontology) -> Confidence:
    """What `rules/confidence.yaml` of each folder says; `kg rules calibrate` writes it."""
    rules: dict[str, float] = {}
    kinds: dict[str, float] = {}
    figures: float | None = None
    weights: dict[str, float] = {}
    for file in ontology.yaml("rules"):
        for rule, entry in (file.data.get("confidence") or {}).items():
            if rule != "__line__":
                rules[rule] = float(entry["confidence"])
                weights.pop(rule, None)  # of a folder before
                if "log_odds" in entry:
                    weights[rule] = float(entry["log_odds"])
        kinds |= {kind: float(value) for kind, value in (file.data.get("kinds") or {}).items() if kind != "__line__"}
        if "figure_odds" in file.data:
            figures = float(file.data["figure_odds"])
        weights |= {clue: float(entry["log_odds"]) for clue, entry in (file.data.get("clues") or {}).items() if clue != "__line__"}
    return Confidence(rules, kinds, figures, weights)
