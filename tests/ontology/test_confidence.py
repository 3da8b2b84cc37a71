"""`rules/confidence.yaml` has no row for a rule that is gone; a rule that has no row yet is as sure as its kind."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.extract.knowledge.confidence import read_confidence
from kg.ontology import Ontology, shipped_folder
from kg.quality.calibrate import as_yaml, beside_shipped, calibrate

EXTRACT = Path(__file__).parents[2] / "kg" / "extract"


def _rules(extractor: Extractor) -> set[str]:
    """The ids of all rules of the ontology: of names, references, relations, figures and dates."""
    of_all = (extractor.rules.all(), extractor.references.rules, extractor.observer.rules.rules, extractor.policy_time.rules)
    return {rule.id for rules in of_all for rule in rules}


def _own_ways() -> set[str]:
    """What the program itself says that it found a thing by: gazetteer, name-list, person-titled …"""
    return {word for path in EXTRACT.rglob("*.py") for word in re.findall(r'"([a-z]+(?:-[a-z]+)*)"', path.read_text(encoding="utf-8"))}


def test_every_confidence_has_a_rule(extractor: Extractor) -> None:
    rows, rules = set(read_confidence(Ontology.load()).rules), _rules(extractor)
    assert len(rules) > 700
    assert len(rows) > 500
    assert sorted(rows - rules - _own_ways()) == []


def test_calibrating_gives_those_rules_a_row_that_were_judged(extractor: Extractor, tmp_path: Path) -> None:
    (tmp_path / "hits.csv").write_text("verdict,kind,rule\nright,relation,implements-act\n", encoding="utf-8")
    table = calibrate(extractor, [], verdicts=[tmp_path / "hits.csv"])
    assert [row.rule for row in table.rows] == ["implements-act"]
    assert table.confidence().of("time-issued", "relation") == 1.0  # as sure as all of its kind
    assert table.confidence().of("amount", "observation") == 0.5  # a kind of which nothing was judged


def test_verdicts_on_a_folder_of_ones_own_leave_the_shipped_rules_as_sure_as_they_are(tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(shipped_folder() / "starter", own)
    extractor = Extractor(Ontology.load(own))
    (tmp_path / "hits.csv").write_text("verdict,kind,rule\nright,relation,implements-act\nwrong,relation,won-by\n", encoding="utf-8")
    table = beside_shipped(calibrate(extractor, [], verdicts=[tmp_path / "hits.csv"]), extractor)
    assert [(row.rule, row.right, row.of) for row in table.rows] == [("won-by", 0, 1)]
    (own / "rules" / "confidence.yaml").write_text(as_yaml(table, "1 fact of hits.csv"), encoding="utf-8")
    before, after = read_confidence(Ontology.load()), read_confidence(Ontology.load(own))
    assert (after.kinds, after.odds, after.clue_odds) == (before.kinds, before.odds, before.clue_odds)
    assert {rule for rule in after.rules if after.rules[rule] != before.rules.get(rule)} == {"won-by"}
    assert after.of("won-by", "relation", ("referred",)) == round(before.kinds["relation"] * 4 / 5, 3)


def test_a_rule_without_a_row_is_as_sure_as_all_of_its_kind(tmp_path: Path) -> None:
    shipped = read_confidence(Ontology.load())
    assert set(shipped.kinds) == set(shipped.odds) == {"entity", "relation", "observation"}
    assert shipped.of("no-such-rule", "relation") == shipped.kinds["relation"] == shipped.of("time-issued", "relation")
    assert shipped.of("table", "observation") == shipped.kinds["observation"] == shipped.of("age", "observation")
    surest = max(shipped.rules, key=lambda rule: shipped.rules[rule])
    assert shipped.of(surest, "relation") == shipped.rules[surest] > shipped.kinds["relation"]
    _written(tmp_path, "kinds: {relation: 0.6}\nconfidence: {mine: {confidence: 0.7}}\n")
    own = read_confidence(Ontology.load(tmp_path))
    assert (own.of("mine", "relation"), own.of("other", "relation"), own.of("other", "entity")) == (0.7, 0.6, shipped.kinds["entity"])
    assert read_confidence(Ontology.load(tmp_path, alone=True)).of("other", "entity") == 0.5


def test_clues_add_to_the_log_odds_that_a_fact_is_right(tmp_path: Path) -> None:
    _written(
        tmp_path,
        "odds: {observation: 0.0, entity: 1.0}\n"
        "clues: {observation: {subject-clause: {log_odds: 1.0}, undated-nobody: {log_odds: -2.0}, text-other: {log_odds: -2.0}}, entity: {ends-other: {log_odds: -1.0}, ends-桥: {log_odds: 1.0}}}\n"
        "confidence: {mine: {confidence: 0.3, log_odds: 1.0}, said: {confidence: 0.3}}\n",
    )
    own = read_confidence(Ontology.load(tmp_path, alone=True))
    assert own.of("mine", "observation", ["subject-clause"]) == 0.881  # 1 / (1 + e^-2)
    assert own.of("mine", "observation", ["subject-clause", "undated-nobody"]) == 0.5
    assert own.of("unseen", "observation", ["subject-clause", "unknown"]) == 0.731  # a rule and a clue without a row add nothing
    assert own.of("said", "observation", ["subject-clause"]) == 0.3  # a rule whose row has no log odds is as sure as it says
    assert own.of("mine", "observation") == 0.3  # as figures of tables, which have no clues
    assert own.of("unseen", "entity", ["ends-桥"]) == 0.881
    assert own.of("unseen", "entity", ["ends-了"]) == 0.5  # as all endings that are rare
    assert own.of("unseen", "observation", ["text-report"]) == 0.5  # not what other texts are
    assert own.of("unseen", "relation", ["subject-clause"]) == 0.5  # of a kind of which nothing was measured


def test_a_row_of_ones_own_takes_the_place_of_a_shipped_one_with_its_log_odds(tmp_path: Path) -> None:
    _written(tmp_path, "confidence: {amount: {confidence: 0.3}}\n")
    shipped, own = read_confidence(Ontology.load()), read_confidence(Ontology.load(tmp_path))
    assert own.of("amount", "observation", ["text-report"]) == 0.3 != shipped.of("amount", "observation", ["text-report"])
    assert own.of("growth-rise", "observation", ["text-report"]) == shipped.of("growth-rise", "observation", ["text-report"])


@pytest.mark.parametrize("content", ["clues: {entity: {ends-桥: 3}}", "clues: {ends-桥: {log_odds: 1.0}}", "confidence: {mine: {right: 3}}", "odds: {entity: much}"])
def test_a_table_of_another_form_is_named(tmp_path: Path, content: str) -> None:
    _written(tmp_path, content)
    with pytest.raises(KgError) as error:
        read_confidence(Ontology.load(tmp_path))
    assert error.value.file == tmp_path / "rules" / "confidence.yaml"


def test_facts_are_surer_where_more_speaks_for_them() -> None:
    """Measured odds, not their amounts: a report before other texts, a listed indicator before half a name, a period before none, names that end as names do."""
    shipped = read_confidence(Ontology.load())
    figure = ["text-report", "subject-area", "of-Area", "period-report", "indicator-listed"]
    thing = ["report-Project", "ends-路", "length-middle", "named-often"]
    relation = ["report-implements", "subject-evidence", "object-动"]
    weaker = {
        "text-report": "text-other", "subject-area": "subject-paragraph", "period-report": "undated-Area", "indicator-listed": "indicator-short",
        "report-Project": "other-Project", "ends-路": "ends-other", "named-often": "named-once",
        "report-implements": "other-implements", "subject-evidence": "subject-elsewhere", "object-动": "object-other",
    }  # fmt: skip
    for rule, kind, clues in (("amount", "observation", figure), ("project-line", "entity", thing), ("implements-act", "relation", relation)):
        for clue in set(clues) & set(weaker):
            less = [weaker[clue] if one == clue else one for one in clues]
            assert shipped.of(rule, kind, less) < shipped.of(rule, kind, clues), clue


def _written(folder: Path, table: str) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "confidence.yaml").write_text(table, encoding="utf-8")
