"""What an ontology folder of one's own adds to the classes, relations and stages."""

from __future__ import annotations

from pathlib import Path

from kg.ontology import Ontology

SHIPPED = ("planned", "started", "underway", "completed", "operating")
OWN = """
@prefix kgo: <https://w3id.org/kgo/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
kgo:status-started kgo:step 7 .
kgo:status-closed a skos:Concept ; skos:inScheme kgo:statuses ; kgo:step 6 .
"""


def test_stages_stand_in_the_order_of_their_steps_each_once(tmp_path: Path) -> None:
    assert Ontology.load().terms.statuses == SHIPPED
    (tmp_path / "own.ttl").write_text(OWN, encoding="utf-8")
    assert Ontology.load(tmp_path).terms.statuses == ("planned", "underway", "completed", "operating", "closed", "started")
