"""An ontology of one's own that stands alone: nothing is found but by its own rules and names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document
from kg.model import Facts
from kg.ontology import Ontology, shipped_folder

TEXT = "2023年，浙江省地区生产总值增长6%。省人民政府印发《钱塘江保护条例》，自2024年1月1日起施行。第二标段由长河建设公司中标。"
NAMES = "names:\n  Body:\n    - {name: 长河建设公司}\n"


def _own(folder: Path, settings: str | None) -> Path:
    shutil.copytree(shipped_folder() / "starter", folder)
    (folder / "lexicon" / "names.yaml").write_text(NAMES, encoding="utf-8")
    if settings is not None:
        (folder / "ontology.yaml").write_text(settings, encoding="utf-8")
    return folder


def _found(facts: Facts) -> tuple[list[str], list[str]]:
    return [entity.name for entity in facts.entities], [relation.predicate for relation in facts.relations]


def test_alone_it_finds_what_its_own_rules_and_names_say(tmp_path: Path) -> None:
    beside = Extractor(Ontology.load(_own(tmp_path / "beside", None))).extract(example_document(TEXT))
    assert {"浙江省", "第二标段", "长河建设公司"} < set(_found(beside)[0]) and beside.observations and beside.attributes
    alone = Extractor(Ontology.load(_own(tmp_path / "alone", "alone: true\n"))).extract(example_document(TEXT))
    assert _found(alone) == (["第二标段", "长河建设公司"], ["wonBy"])
    assert (alone.observations, alone.attributes) == ((), ())


def test_whether_it_stands_alone_is_part_of_what_facts_were_found_with(tmp_path: Path) -> None:
    own = _own(tmp_path / "own", None)
    assert Ontology.load(own).fingerprint != Ontology.load(own, alone=True).fingerprint
    (own / "ontology.yaml").write_text("alone: false\n", encoding="utf-8")
    assert not Ontology.load(own).alone


def test_a_shipped_rule_is_left_out(tmp_path: Path) -> None:
    text = "云龙湖水库工程第二标段开标。"
    beside = Extractor(Ontology.load(_own(tmp_path / "beside", None)))
    assert {e.name: e.found_by for e in beside.extract(example_document(text)).entities} == {"云龙湖水库工程第二标段": "project-line"}
    own = _own(tmp_path / "own", "without: [project-line]\n")
    without = Extractor(Ontology.load(own))
    assert {e.name: e.found_by for e in without.extract(example_document(text)).entities} == {"云龙湖水库工程第二标段": "lot-numbered"}
    assert len(beside.rules.all()) - len(without.rules.all()) == 1
    assert Ontology.load(own).fingerprint != Ontology.load(tmp_path / "beside").fingerprint


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("alone: often\n", "ontology.yaml:1: alone must be true or false"),
        ("alone: true\nonly: true\n", "ontology.yaml:2: knows no only"),
        ("without: project-line\n", "ontology.yaml:1: without must be a list of the ids of rules"),
    ],
)
def test_a_faulty_setting_is_refused(tmp_path: Path, settings: str, message: str) -> None:
    with pytest.raises(KgError, match=message):
        Ontology.load(_own(tmp_path / "own", settings))


@pytest.mark.parametrize("rule", ["project-lines", "ref-head"])  # a slip, and a way: what no rule finds cannot be left out as one
def test_what_is_left_out_must_be_a_shipped_rule(tmp_path: Path, rule: str) -> None:
    with pytest.raises(KgError, match=rf"ontology.yaml:1: there is no shipped rule '{rule}' to be left out .did you mean"):
        Ontology.load(_own(tmp_path / "own", f"without: [{rule}]\n")).yaml("rules")
