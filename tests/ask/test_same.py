"""Likely duplicates of a graph, each with its reason; what is plainly two is left out."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from kg.ask.lookup import find_things
from kg.ask.same import Pair, _candidates, _Known, _Places, likely_same
from kg.build import build
from kg.commands.same import _rows
from kg.errors import KgError
from kg.graph.store import open_graph

TEXTS = {
    "a.txt": "杭州市錢塘區推進江東大道提升改造工程，實施“十項行動”。\n",
    "b.txt": "錢塘區推進錢塘區江東大道提升改造工程。杭州地鐵8號線一期工程開通，杭州地鐵8號線二期工程開工。\n",
    "c.txt": "浙江省第十四屆人民代表大會第三次會議召開。安徽省第十四屆人民代表大會第三次會議召開。\n",
    "d.txt": "南京市高淳區實施“十項行動”。\n",
    "e.txt": "錢塘區農業農村局印發通知。錢塘區農業農村局種業管理中心發布名錄。\n",
    "f.txt": "根據《濕地養護條例》和《浙江省濕地養護條例》，實施《浙江省濕地養護規劃》。落實《濕地養護規劃》。\n",
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


@pytest.mark.parametrize(
    ("type_", "one", "other"),
    [
        ("Body", "俄罗斯国防部", "白俄罗斯国防部"),
        ("Body", "苏丹外交部", "南苏丹外交部"),
        ("Policy", "关于设立全国植树日的决定", "关于设立全国植树日的决定（草案）"),
        ("Policy", "无障碍环境建设", "无障碍环境建设法"),
        ("Policy", "关于湖南水利工作的重要讲话", "关于湖北水利工作的重要讲话"),
        ("Project", "2号线西延伸", "12号线西延伸"),
        ("Event", "第三届云贵茶业博览会", "第四届云贵茶业博览会"),
        ("Event", "政协第十四届全国委员会第一次会议", "政协第十四届全国委员会常务委员会第一次会议"),
        ("Event", "残疾人奥林匹克运动会", "冬季残疾人奥林匹克运动会"),
        ("Body", "云贵资源循环集团", "云贵资源循环集团党组"),
        ("Body", "云贵轨道集团", "云贵水务环境集团有限公司"),
    ],
)
def test_names_that_tell_two_things(type_: str, one: str, other: str) -> None:
    assert not _candidate(type_, one, other)


@pytest.mark.parametrize(
    ("type_", "one", "other"),
    [
        ("Policy", "大气污染整治三年行动", "大气污染整治三年行动计划"),
        ("Policy", "优势产业提质倍增行动", "六大优势产业提质倍增行动"),
        ("Project", "云龙湖水库工程", "徐州云龙湖水库工程"),
        ("Area", "克拉马托尔斯克", "克拉马托尔斯克市"),
        ("Policy", "城市更新和韧性提升的激励机制", "城市更新和韧性提升激励机制"),
        ("Body", "云贵轨道集团", "云贵轨道交通集团有限公司"),
    ],
)
def test_names_that_may_be_of_one_thing(type_: str, one: str, other: str) -> None:
    assert _candidate(type_, one, other)


def _candidate(type_: str, one: str, other: str) -> list[Pair]:
    areas = [_Known(f"a{number}", name, str(number), "") for number, name in enumerate(("俄罗斯", "白俄罗斯", "苏丹", "南苏丹", "湖南省", "湖北省", "徐州市"))]
    return list(_candidates(type_, [_Known("x", one, "", ""), _Known("y", other, "", "")], _Places(areas)))


def test_one_name_in_many_places_is_asked_about_once(tmp_path: Path) -> None:
    for name, county in (("a", "高淳区"), ("b", "钱塘区"), ("c", "安吉县")):
        (tmp_path / f"{name}.txt").write_text(f"{county}实施“十项行动”。\n", encoding="utf-8")
    assert build([tmp_path], tmp_path / "g", jobs=1).ok
    assert [(pair.name, pair.other) for pair in likely_same(open_graph(tmp_path / "g").store)] == [("十项行动", "十项行动")]


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


def test_what_the_graph_says_is_related_is_two(graph: Path) -> None:
    store = open_graph(graph).store
    names = "錢塘區農業農村局", "錢塘區農業農村局種業管理中心"
    assert [len(find_things(store, name)) for name in names] == [1, 1]
    assert not [pair for pair in _pairs(graph, "Body") if "农业农村局" in pair.name]


def test_a_law_of_the_country_and_one_of_a_province_are_two(graph: Path) -> None:
    names = {pair.name for pair in _pairs(graph, "Policy")} | {pair.other for pair in _pairs(graph, "Policy")}
    assert "浙江省湿地养护规划" in names and "浙江省湿地养护条例" not in names


@pytest.mark.parametrize("row", ["different,Project,錢塘區江東大道提升改造工程,江東大道提升改造工程", "same,Project,江東大道提升改造工程,錢塘區江東大道提升改造工程"])
def test_what_is_decided_is_not_asked_again(graph: Path, tmp_path: Path, row: str) -> None:
    (tmp_path / "authority.csv").write_text(f"decision,type,name,other,author,date,note\n{row},editor,2026-11-23,\n", encoding="utf-8")
    assert build([graph.parent / "texts"], tmp_path / "graph", jobs=1, ontology=tmp_path).notes == ()
    assert [pair for pair in _pairs(graph, "Project") if "江东大道" in pair.name] and not [pair for pair in _pairs(tmp_path / "graph", "Project") if "江东大道" in pair.name]


def test_rows_for_names_in_two_places_make_them_one() -> None:
    pair = Pair("Body", "能源集团有限公司", "能源集团", "a", "b", "contained", 0.5, "钱塘区", "高淳区")
    assert _rows(pair) == [["能源集团", "能源集团有限公司"], ["能源集团有限公司", "能源集团有限公司"]]
    assert _rows(replace(pair, other_place="钱塘区")) == [["能源集团", "能源集团有限公司"]]
