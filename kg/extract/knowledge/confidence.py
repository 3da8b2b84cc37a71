"""How sure a fact is: by its rule and its clues together, as far as they were measured; else by the precision of its rule, else by that of all rules of its kind."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.errors import KgError
from kg.ontology import Ontology
from kg.yaml_files import items_of

UNKNOWN = 0.5  # where nothing of the kind was measured, as with an ontology that has no confidence.yaml: as likely wrong as right
OPEN = ("ends", "object")  # kinds of clues with any number of values: characters
OTHER = "-other"  # ends the name of the clue that stands for all of an open kind that have no log odds of their own


@dataclass(frozen=True)
class Confidence:
    """Precision by rule id, and by kind of fact.

    `odds` are the log odds, by kind, that any fact is right. To them add what its rule (`rule_odds`) and each of its clues
    (`kg/extract/knowledge/clues.py`; `clue_odds`, by kind) add; a kind of which nothing was measured has none.
    """

    rules: Mapping[str, float]
    kinds: Mapping[str, float]
    odds: Mapping[str, float] = field(default_factory=dict)
    rule_odds: Mapping[str, float] = field(default_factory=dict)
    clue_odds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    _told: dict[tuple[str, ...], float] = field(default_factory=dict, repr=False)  # by kind, rule and clues, of which few differ

    def of(self, rule: str, kind: str, clues: Sequence[str] = ()) -> float:
        """From 0 to 1, of a fact of a kind; a rule that has a row without log odds is as sure as that says."""
        told = self._told.get((kind, rule, *clues))
        if told is None:
            if not clues or kind not in self.odds or rule in self.rules and rule not in self.rule_odds:
                told = self.rules.get(rule, self.kinds.get(kind, UNKNOWN))
            else:
                added = self.clue_odds.get(kind, {})
                told = as_share(self.odds[kind] + self.rule_odds.get(rule, 0.0) + sum(_of_clue(added, clue) for clue in clues))
            self._told[kind, rule, *clues] = told
        return told


def as_share(log_odds: float) -> float:
    """The probability with these log odds, to three places."""
    return round(1 / (1 + math.exp(-log_odds)), 3)


def _of_clue(added: Mapping[str, float], clue: str) -> float:
    kind = clue.partition("-")[0]
    return added.get(clue if clue in added or kind not in OPEN else kind + OTHER, 0.0)


def read_confidence(ontology: Ontology) -> Confidence:
    """What `rules/confidence.yaml` of each folder says; `kg rules calibrate` writes it. KgError where a file has another form."""
    rules: dict[str, float] = {}
    kinds: dict[str, float] = {}
    odds: dict[str, float] = {}
    rule_odds: dict[str, float] = {}
    clue_odds: dict[str, dict[str, float]] = {}
    for file in ontology.yaml("rules"):
        try:
            for rule, entry in items_of(file.data.get("confidence")):
                rules[rule] = float(entry["confidence"])
                rule_odds.pop(rule, None)  # of a folder before
                if "log_odds" in entry:
                    rule_odds[rule] = float(entry["log_odds"])
            kinds |= {kind: float(value) for kind, value in items_of(file.data.get("kinds"))}
            odds |= {kind: float(value) for kind, value in items_of(file.data.get("odds"))}
            for kind, clues in items_of(file.data.get("clues")):
                clue_odds.setdefault(kind, {}).update((clue, float(entry["log_odds"])) for clue, entry in items_of(clues))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise KgError(f"is no table of confidence: {error}", file=file.path, hint="write it anew with kg rules calibrate") from error
    return Confidence(rules, kinds, odds, rule_odds, clue_odds)
