"""`rules/confidence.yaml` has a row for each rule that there is, and none for one that is gone."""

from __future__ import annotations

import re
from pathlib import Path

from kg.calibrate import calibrate
from kg.extract.extractor import Extractor, read_confidence
from kg.ontology import Ontology

EXTRACT = Path(__file__).parents[2] / "kg" / "extract"


def _rules(extractor: Extractor) -> set[str]:
    """The ids of all rules of the ontology: of names, references, relations, figures and dates."""
    of_all = (extractor.rules.all(), extractor.references.rules, extractor.observer.rules.rules, extractor.policy_time.rules)
    return {rule.id for rules in of_all for rule in rules}


def _own_ways() -> set[str]:
    """What the program itself says that it found a thing by: gazetteer, name-list, person-titled …"""
    return {word for path in EXTRACT.glob("*.py") for word in re.findall(r'"([a-z]+(?:-[a-z]+)*)"', path.read_text(encoding="utf-8"))}


def test_every_rule_has_a_confidence_and_every_confidence_a_rule() -> None:
    extractor = Extractor()
    rows, rules = set(read_confidence(Ontology.load())), _rules(extractor)
    assert len(rules) > 700
    assert sorted(rules - rows) == [], "kg rules calibrate writes their rows"
    assert sorted(rows - rules - _own_ways()) == []


def test_calibrating_gives_every_rule_a_row(tmp_path: Path) -> None:
    extractor = Extractor()
    (tmp_path / "hits.csv").write_text("verdict,kind,rule\nright,relation,implements-act\n", encoding="utf-8")
    rows = {row.rule: row for row in calibrate(extractor, [], verdicts=[tmp_path / "hits.csv"])}
    assert set(rows) == _rules(extractor)
    assert (rows["time-issued"].of, rows["time-issued"].confidence) == (0, 0.8)  # a kind of which nothing was judged
