"""What is least sure, listed for a reader who checks it."""

from __future__ import annotations

import json

import pytest

from kg.ask.doubts import least_sure
from kg.build import build
from kg.graph.store import open_graph


@pytest.fixture(scope="module")
def sample(root, tmp_path_factory):
    """A graph of the documents that come with the program."""
    graph = tmp_path_factory.mktemp("sample") / "graph"
    assert build([root / "corpus"], graph, jobs=1).ok
    return graph


def test_the_least_sure_come_first_with_their_places(run, sample):
    told = json.loads(run("doubts", "-g", sample, "--limit", "400", "--json").out)
    sure = [(not one["subject"], one["evidence"]["confidence"]) for one in told]
    assert sure == sorted(sure) and len(set(sure)) > 10
    assert any(one["what"].startswith("level  553.8 (55,380,000,000 CNY)  2021") for one in told)  # in a table, whose head has the unit
    assert {"kind" in one["correction"] for one in told} == {True, False}  # figures and facts
    for one in told:
        begin, evidence = one["evidence"]["sentence_start"], one["evidence"]
        assert evidence["source"] and evidence["quote"]
        assert evidence["start"] >= begin or evidence["end"] > begin
    few = run("doubts", "-g", sample, "--limit", "3").out
    assert few.count("⟦") == 3 and few.startswith(f"{told[0]['subject'] or '–'}  {told[0]['says']}  {told[0]['what']}\n")


def test_facts_or_figures_or_one_relation_alone(run, sample):
    def told(*options: str) -> list[dict[str, object]]:
        return json.loads(run("doubts", "-g", sample, "--json", "--limit", "10000", *options).out)

    assert all("indicator" in one["correction"] for one in told("--of", "figures"))
    assert all("predicate" in one["correction"] for one in told("--of", "facts"))
    assert {one["says"] for one in told("--relation", "undertakes")} == {"undertakes"}
    assert len(told("--of", "figures")) + len(told("--of", "facts")) == len(told())


@pytest.mark.parametrize(
    ("options", "message"),
    [(["--relation", "builds"], "no fact of the graph has the relation 'builds'"), (["--relation", "undertakes", "--of", "figures"], "figures have no relation")],
)
def test_what_cannot_be_listed_is_said(run, sample, options, message):
    done = run("doubts", "-g", sample, *options)
    assert (done.code, message in done.err) == (2, True)


def test_an_entry_takes_back_its_own_figure_alone(run, tmp_path):
    """Of one amount told with a subject and without one, with a period and without."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("新招募志愿者300名。\n\n钱塘区新招募志愿者300名。\n\n2023年，钱塘区新招募志愿者300名。", encoding="utf-8")

    def figures(graph: str, *options: object) -> list[tuple[str, str]]:
        assert run("build", tmp_path / "texts", "-o", tmp_path / graph, "--jobs", 1, *options).code == 0
        rows = json.loads(run("figures", "-g", tmp_path / graph, "--format", "json").out)
        return sorted((row["subject"], row["period"]) for row in rows)

    every = figures("graph")
    assert len(set(every)) == len(every) == 3 and ("", "") in every
    entries = run("doubts", "-g", tmp_path / "graph", "--of", "figures", "--corrections", "editor").out.removeprefix("corrections:\n").split("  # ")[1:]
    assert len(entries) == 3
    (tmp_path / "own").mkdir()
    left = set()
    for number, entry in enumerate(entries):
        (tmp_path / "own" / "corrections.yaml").write_text(f"corrections:\n  # {entry}", encoding="utf-8")
        kept = figures(f"without{number}", "--ontology", tmp_path / "own")
        left |= set(every) - set(kept)
        assert len(kept) == 2
    assert left == set(every)


def test_entries_of_corrections_take_back_what_they_were_printed_for(run, root, sample, tmp_path):
    """All facts and figures of the graph that a text says: then none is left."""
    printed = run("doubts", "-g", sample, "--limit", "10000", "--corrections", "editor").out
    assert printed.count("\n  - wrong: ") == len(least_sure(open_graph(sample).store, 10000)) > 200
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "corrections.yaml").write_text(printed, encoding="utf-8")
    done = run("build", root / "corpus", "-o", tmp_path / "graph", "--ontology", tmp_path / "own", "--jobs", 1)
    assert (done.code, "finds nothing" in done.err + done.out) == (0, False)
    assert least_sure(open_graph(tmp_path / "graph").store) == []
