"""Tables for people: what a cell that is too wide shows, and how a name of several things is told."""

from __future__ import annotations

import pytest

from kg.cli.output import print_rows, width

AHEAD = "全市加快补齐各类短板，" * 5


def shown(capsys, sentence, *others):
    print_rows(["a", "sentence", "b"], [[others[0], sentence, *others[1:]]])
    return capsys.readouterr().out.splitlines()[2]


@pytest.mark.parametrize("behind", ["", "并完善配套设施，" * 6])
def test_a_long_sentence_is_shown_where_it_names_what_its_row_tells(capsys, behind):
    line = shown(capsys, f"{AHEAD}东港大桥开工建设，{behind}", "东港大桥", "")
    cell = line.removeprefix("东港大桥").strip()
    assert cell.startswith("…") and "东港大桥开工建设" in cell
    assert 50 <= width(cell) <= 60


def test_it_shows_both_names_if_they_have_room_and_else_the_last(capsys):
    near = shown(capsys, f"{AHEAD}东港市推进东港大桥建设", "东港大桥", "东港市")
    assert "东港市推进东港大桥建设" in near
    far = shown(capsys, f"东港市{AHEAD}东港大桥开工", "东港大桥", "东港市")
    assert "东港大桥开工" in far


def test_it_begins_at_its_beginning_where_that_shows_what_is_named(capsys):
    line = shown(capsys, f"东港大桥开工建设，{AHEAD}", "东港大桥", "")
    assert line.removeprefix("东港大桥").strip().startswith("东港大桥开工建设，")
    assert "…全" not in line


def test_a_cell_that_has_room_is_whole(capsys):
    assert "东港大桥开工建设。" in shown(capsys, "东港大桥开工建设。", "东港大桥", "")


def test_of_a_name_that_many_things_have_a_few_names_are_told(capsys):
    from kg.ask.answers import Answer
    from kg.ask.lookup import Thing
    from kg.commands.ask import _tell

    things = tuple(Thing(f"东港{number}号桥", "Project", f"urn:{number}") for number in (1, 2, 3, 3, 4, 5, 6))
    _tell(Answer("q", "", ("a",), (), (), {"project": things}), "table", wide=False)
    assert capsys.readouterr().err == "project: 东港1号桥、东港2号桥、东港3号桥、东港4号桥、东港5号桥 … (6 names of 7 things)\n"


def at_width(capsys, monkeypatch, columns, *table):
    monkeypatch.setattr("kg.cli.output.terminal_columns", lambda: columns)
    print_rows(*table)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(width, lines)) <= columns
    return lines


WIDE = (["project", "place", "stage", "sentence", "source"], [["东港大桥", "东港市", "started", "东港市东港大桥开工建设，" * 4, "news/2024/04-01.txt"], ["西港大桥", None, "planned", "", "a.txt"]])


def test_what_does_not_fit_into_the_terminal_stands_below_its_row(capsys, monkeypatch):
    lines = at_width(capsys, monkeypatch, 80, *WIDE)
    assert lines[0].split() == ["project", "place", "stage", "source"]
    assert lines[2].split() == ["东港大桥", "东港市", "started", "news/2024/04-01.txt"]
    assert lines[3].startswith("    sentence: 东港市东港大桥开工建设，") and lines[4].startswith("西港大桥") and len(lines) == 5
    narrow = at_width(capsys, monkeypatch, 30, *WIDE)
    assert narrow[0].split() == ["project", "place", "stage"] and "    source: a.txt" in narrow


def test_a_table_that_fits_or_is_piped_keeps_its_columns(capsys, monkeypatch):
    piped = at_width(capsys, monkeypatch, 400, *WIDE)
    print_rows(*WIDE)
    assert capsys.readouterr().out.splitlines() == piped and len(piped) == 4
    monkeypatch.setattr("kg.cli.output.terminal_columns", lambda: 20)
    print_rows(*WIDE, wide=True)
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_names_give_some_of_their_width_before_they_go_below(capsys, monkeypatch):
    lines = at_width(capsys, monkeypatch, 60, ["indicator", "value", "unit", "period"], [["规模以上工业企业实现利润总额", "12", "%", "2021-01-01/2021-06-30"]])
    assert lines[2].startswith("规模以上工业企业实现利…") and lines[2].endswith("2021-01-01/2021-06-30")
