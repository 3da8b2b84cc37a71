"""The fingerprint of an ontology: what can change a fact, or what the graph says of rules and decisions, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ontology import Ontology

FILES = {
    "authority.csv": "decision,type,name,other,author,date,note\n# of companies\nsame,Body,甲公司,乙公司,editor,2026-11-23,one firm\n",
    "corrections.yaml": "corrections:\n- wrong: {subject: 甲公司, predicate: partOf}\n  author: editor\n  date: 2026-11-23\n  note: none\n",
    "rules/own.yaml": "rules:\n- id: own\n  note: of lots\n  pattern: '@x'\n  examples: [{text: 甲, yields: [甲]}]\n  rejects: [乙]\n",
    "rules/figures.yaml": "observations:\n- id: figure\n  note: of heads\n  pattern: '@x'\n  match: [{text: 甲3个, yields: []}]\n  refuse: [乙3个]\n",
    "lexicon/own.yaml": "names:\n  Body:\n  - {name: 甲公司}\n",
}


def _fingerprint(folder: Path, name: str = "", old: str = "", new: str = "") -> str:
    for file, text in FILES.items():
        (folder / file).parent.mkdir(exist_ok=True)
        assert name != file or old in text
        (folder / file).write_text(text.replace(old, new) if file == name else text, encoding="utf-8")
    return Ontology.load(folder).fingerprint


@pytest.mark.parametrize(("name", "old", "new"), [
    ("authority.csv", "one firm", "one and the same"),
    ("authority.csv", "# of companies\n", "\n# of firms\n# and others\n"),
    ("corrections.yaml", "note: none", "note: a slip"),
    ("corrections.yaml", "note: none", "note: none  # really"),
    ("rules/own.yaml", "rules:", "# lots\n\nrules:"),
    ("rules/own.yaml", "text: 甲", "text: 甲甲"),
    ("rules/own.yaml", "[乙]", "[乙, 丙]"),
    ("rules/figures.yaml", "甲3个", "甲4个"),
    ("rules/figures.yaml", "[乙3个]", "[乙3个, 丙3个]"),
    ("lexicon/own.yaml", "names:", "# firms\nnames:"),
])  # fmt: skip
def test_remarks_and_examples_change_no_fact(tmp_path: Path, name: str, old: str, new: str) -> None:
    assert _fingerprint(tmp_path, name, old, new) == _fingerprint(tmp_path)


@pytest.mark.parametrize(("name", "old", "new"), [
    ("authority.csv", "乙公司", "丙公司"),
    ("authority.csv", "editor", "reader"),
    ("authority.csv", "same,Body", "#same,Body"),
    ("corrections.yaml", "甲公司", "乙公司"),
    ("corrections.yaml", "editor", "reader"),
    ("corrections.yaml", "corrections:", "# notes of builds name lines\ncorrections:"),
    ("rules/own.yaml", "'@x'", "'@y'"),
    ("rules/own.yaml", "of lots", "of parts"),
    ("rules/figures.yaml", "'@x'", "'@y'"),
    ("rules/figures.yaml", "of heads", "of tails"),
    ("lexicon/own.yaml", "甲公司", "乙公司"),
])  # fmt: skip
def test_what_decides_facts_or_is_told_of_them_changes_it(tmp_path: Path, name: str, old: str, new: str) -> None:
    assert _fingerprint(tmp_path, name, old, new) != _fingerprint(tmp_path)


def test_a_file_that_cannot_be_read_is_told_by_who_reads_it(tmp_path: Path) -> None:
    assert _fingerprint(tmp_path, "rules/own.yaml", "rules:", "rules: [") != _fingerprint(tmp_path)
