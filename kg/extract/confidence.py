"""How sure a rule is: its measured precision, or that of all rules of its kind as long as it was not measured itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.ontology import Ontology

UNKNOWN = 0.5  # where nothing of the kind was measured, as with an ontology that has no confidence.yaml: as likely wrong as right


@dataclass(frozen=True)
class Confidence:
    """Precision by rule id, and by kind of fact: entity, relation (attributes too), observation."""

    rules: Mapping[str, float]
    kinds: Mapping[str, float]

    def of(self, rule: str, kind: str) -> float:
        """From 0 to 1, of a rule that finds facts of a kind."""
        return self.rules.get(rule, self.kinds.get(kind, UNKNOWN))

    def of_entity(self, rule: str) -> float:
        """`of` a rule that finds entities."""
        return self.of(rule, "entity")

    def of_relation(self, rule: str) -> float:
        """`of` a rule that finds relations and attributes."""
        return self.of(rule, "relation")

    def of_figure(self, rule: str) -> float:
        """`of` a rule that finds observations."""
        return self.of(rule, "observation")


def read_confidence(ontology: Ontology) -> Confidence:
    """What `rules/confidence.yaml` of each folder says; `kg rules calibrate` writes it."""
    rules: dict[str, float] = {}
    kinds: dict[str, float] = {}
    for file in ontology.yaml("rules"):
        for rule, entry in (file.data.get("confidence") or {}).items():
            if rule != "__line__":
                rules[rule] = float(entry["confidence"])
        kinds |= {kind: float(value) for kind, value in (file.data.get("kinds") or {}).items() if kind != "__line__"}
    return Confidence(rules, kinds)
