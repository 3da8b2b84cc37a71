"""`rules/confidence.yaml` has no row for a rule that is gone; a rule that has no row yet is as sure as its kind."""

from __future__ import annotations

import re
from pathlib import Path

from kg.calibrate import calibrate
from kg.extract.confidence import read_confidence
from kg.extract.extractor import Extractor
from kg.ontology import Ontology

EXTRACT = Path(__file__).parents[2] / "kg" / "extract"


def _rules(extractor: Extractor) -> set[str]:
    """The ids of all rules of the ontology: of names, references, relations, figures and dates."""
    of_all = (extractor.rules.all(), extractor.references.rules, extractor.observer.rules.rules, extractor.policy_time.rules)
    return {rule.id for rules in of_all for rule in rules}


def _own_ways() -> set[str]:
    """What the program itself says that it found a thing by: gazetteer, name-list, person-titled …"""
    return {word for path in EXTRACT.glob("*.py") for word in re.findall(r'"([a-z]+(?:-[a-z]+)*)"', path.read_text(encoding="utf-8"))}


def test_every_confidence_has_a_rule() -> None:
    extractor = Extractor()
    rows, rules = set(read_confidence(Ontology.load()).rules), _rules(extractor)
    assert len(rules) > 700
    assert len(rows) > 700
    assert sorted(rows - rules - _own_ways()) == []


def test_calibrating_gives_every_rule_a_row(tmp_path: Path) -> None:
    extractor = Extractor()
    (tmp_path / "hits.csv").write_text("verdict,kind,rule\nright,relation,implements-act\n", encoding="utf-8")
    rows = {row.rule: row for row in calibrate(extractor, [], verdicts=[tmp_path / "hits.csv"]).rows}
    assert set(rows) == _rules(extractor)
    assert (rows["time-issued"].of, rows["time-issued"].confidence) == (0, 1.0)  # dates are told as relations are
    assert (rows["amount"].of, rows["amount"].confidence) == (0, 0.5)  # a kind of which nothing was judged


def test_a_rule_without_a_row_is_as_sure_as_all_of_its_kind(tmp_path: Path) -> None:
    shipped = read_confidence(Ontology.load())
    assert set(shipped.kinds) == {"entity", "relation", "observation"}
    assert shipped.of_relation("no-such-rule") == shipped.kinds["relation"] == shipped.of_relation("time-issued")
    assert shipped.of_figure("table") == shipped.kinds["observation"] == shipped.of_figure("age")
    assert shipped.of_relation("implements-act") == shipped.rules["implements-act"] != shipped.kinds["relation"]
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "confidence.yaml").write_text("kinds: {relation: 0.6}\nconfidence: {mine: {confidence: 0.7}}\n", encoding="utf-8")
    own = read_confidence(Ontology.load(tmp_path))
    assert (own.of_relation("mine"), own.of_relation("other"), own.of_entity("other")) == (0.7, 0.6, shipped.kinds["entity"])
    assert read_confidence(Ontology.load(tmp_path, alone=True)).of_entity("other") == 0.5


def test_clues_add_to_the_log_odds_that_a_figure_is_right(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "confidence.yaml").write_text(
        "figure_odds: 0.0\nclues: {subject-clause: {log_odds: 1.0}, period-none: {log_odds: -2.0}}\n"
        "confidence: {mine: {confidence: 0.3, log_odds: 1.0}, said: {confidence: 0.3}}\n",
        encoding="utf-8",
    )
    own = read_confidence(Ontology.load(tmp_path, alone=True))
    assert own.of_figure("mine", ["subject-clause"]) == 0.881  # 1 / (1 + e^-2)
    assert own.of_figure("mine", ["subject-clause", "period-none"]) == 0.5
    assert own.of_figure("unseen", ["subject-clause", "unknown"]) == 0.731  # a rule and a clue without a row add nothing
    assert own.of_figure("said", ["subject-clause"]) == 0.3  # a rule whose row has no log odds is as sure as it says
    assert own.of_figure("mine") == 0.3  # as figures of tables, which have no clues


def test_a_row_of_ones_own_takes_the_place_of_a_shipped_one_with_its_weight(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "confidence.yaml").write_text("confidence: {amount: {confidence: 0.3}}\n", encoding="utf-8")
    shipped, own = read_confidence(Ontology.load()), read_confidence(Ontology.load(tmp_path))
    assert own.of_figure("amount", ["text-report"]) == 0.3 != shipped.of_figure("amount", ["text-report"])
    assert own.of_figure("growth-rise", ["text-report"]) == shipped.of_figure("growth-rise", ["text-report"])


def test_figures_are_surer_where_more_is_told_of_them() -> None:
    """Measured weights, not their amounts: a report before other texts, a listed indicator before half a name, a period before none."""
    shipped = read_confidence(Ontology.load())
    base = ["text-report", "subject-area", "of-Area", "period-report", "indicator-listed"]
    sure = shipped.of_figure("amount", base)
    for clue, weaker in (("indicator-listed", "indicator-short"), ("subject-area", "subject-paragraph"), ("text-report", "text-other"), ("period-report", "undated-Area")):
        assert shipped.of_figure("amount", [weaker if one == clue else one for one in base]) < sure
