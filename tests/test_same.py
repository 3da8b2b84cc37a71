"""Likely duplicates of a graph, each with its reason; what is plainly two is left out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kg.build import build
from kg.errors import KgError
from kg.graph.store import open_graph
from kg.same import Pair, likely_same

TEXTS = {
    "a.txt": "杭州市錢塘區推進江東大道提升改造工程，實施“十項行動”。\n",
    "b.txt": "錢塘區推進錢塘區江東大道提升改造工程。杭州地鐵8號線一期工程開通，杭州地鐵8號線二期工程開工。\n",
    "c.txt": "浙江省第十四屆人民代表大會第三次會議召開。安徽省第十四屆人民代表大會第三次會議召開。\n",
    "d.txt": "南京市高淳區實施“十項行動”。\n",
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("same")
    (folder / "texts").mkdir()
    for name, text in TEXTS.items():
        (folder / "texts" / name).write_text(text, encoding="utf-8")
    assert build([folder / "texts"], folder / "graph", jobs=1).ok
    return folder / "graph"


def _pairs(graph: Path, kind: str | None = None) -> list[Pair]:
    return likely_same(open_graph(graph).store, kind)


def test_one_name_inside_the_other_is_shown(graph: Path) -> None:
    pairs = {(pair.name, pair.other): pair.why for pair in _pairs(graph, "project")}
    assert pairs["钱塘区江东大道提升改造工程", "江东大道提升改造工程"] == "contained"


def test_phases_and_congresses_of_two_provinces_are_two(graph: Path) -> None:
    names = {name for pair in _pairs(graph) for name in (pair.name, pair.other)}
    assert not any("号线" in name or "人民代表大会" in name for name in names)


def test_one_name_in_two_places_says_in_which(graph: Path) -> None:
    (pair,) = [pair for pair in _pairs(graph) if pair.name == pair.other]
    assert (pair.name, pair.why) == ("十项行动", "scope") and {pair.place, pair.other_place} == {"钱塘区", "高淳区"}


def test_an_unknown_class_is_named_with_those_there_are(graph: Path) -> None:
    with pytest.raises(KgError, match="'Plan'") as error:
        _pairs(graph, "Plan")
    assert "Project" in (error.value.hint or "")


def test_rows_for_the_table_of_decisions(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kg.cli import main

    with pytest.raises(SystemExit):
        main(["same", "-g", str(graph), "--csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert all(len(row["name"]) <= len(row["other"]) for row in rows), "the fuller name is the one that stays"
    assert {row["decision"] for row in rows} == {"same"} and {row["type"] for row in rows} >= {"Project"}
