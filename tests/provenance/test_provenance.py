"""Quotes are what the sources say: the sample corpus whole, of the real texts a few; `make verify-data` checks all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import build
from kg.graph import verify as verification
from tests.provenance.harness import FOLDERS, run

ROOT = Path(__file__).parents[2]


def test_every_fact_of_the_sample_corpus(tmp_path: Path) -> None:
    report = run([ROOT / "corpus"], tmp_path / "g")
    assert report["faults"] == []
    assert report["facts"] > 200 and report["quotes"] > report["facts"] and report["checked_by_the_build"] > 200


@pytest.mark.slow
def test_facts_of_real_texts(shared: Path, tmp_path: Path) -> None:
    chosen = [sorted((shared / "data" / name).iterdir())[i] for name in FOLDERS for i in (3, 17)]
    report = run(chosen, tmp_path / "g")
    assert report["faults"] == []
    assert report["facts"] > 500 and report["documents"] >= len(chosen)


def test_a_build_says_when_a_quote_is_not_in_its_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check at the end of each build is not for show."""
    (tmp_path / "a.txt").write_text("杭州市与宁波市签署合作协议。", encoding="utf-8")
    real = verification.as_stored
    monkeypatch.setattr(verification, "as_stored", lambda text: real(text).replace("杭", "沆"))
    report = build([tmp_path / "a.txt"], tmp_path / "g")
    assert not report.ok and any("but the text has" in problem for problem in report.problems)
