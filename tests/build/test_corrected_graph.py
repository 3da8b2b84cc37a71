"""A graph with corrections is sound, and a correction that fits no text costs no document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.build import BuildReport, build
from kg.errors import KgError
from kg.graph.store import open_graph
from kg.graph.validate import validate
from kg.graph.verify import verify
from kg.model import Document, Facts
from kg.ontology import Ontology

TEXT = "錢塘區要聞\n2023年，錢塘區進出口總額下降3.2%。錢塘區實施品質校園建設工程。錢塘快速路工程已竣工。\n"
BY = "    author: editor\n    date: 2026-11-23\n"


def _built(folder: Path, *corrections: str) -> BuildReport:
    (folder / "t").mkdir()
    (folder / "t" / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "my").mkdir(exist_ok=True)
    lines = "".join(f"  - {correction}\n{BY}" for correction in corrections)
    (folder / "my" / "corrections.yaml").write_text(f"corrections:\n{lines}", encoding="utf-8")
    return build([folder / "t"], folder / "graph", ontology=folder / "my", jobs=1)


def _said(folder: Path) -> list[tuple[str, str]]:
    rows = open_graph(folder / "graph").query("SELECT ?p ?b { ?s rdf:predicate|kgo:refutes ?p ; kgo:basis ?b FILTER(?b != 'authority') } ORDER BY ?p ?b")
    return [(row["p"].value.rpartition("#")[2], row["b"].value.split()[0]) for row in rows]  # type: ignore[union-attr, index]


def test_a_graph_with_refuted_and_added_facts_is_sound(tmp_path: Path) -> None:
    report = _built(
        tmp_path,
        "wrong: {subject: 錢塘快速路工程, predicate: hasStatus, object: completed}",
        "missing: {document: t/a.txt, subject: 錢塘區, predicate: undertakes, object: 錢塘快速路工程, quote: 錢塘快速路工程}",
    )
    assert report.ok and report.notes == ()
    assert validate(open_graph(tmp_path / "graph"), Ontology.load(tmp_path / "my")).ok
    assert _said(tmp_path) == [("hasStatus", "refuted"), ("undertakes", "added")]
    assert not bool(open_graph(tmp_path / "graph").query("ASK { [] rdf:predicate kgo:hasStatus ; rdf:object kgo:status-completed }"))


def test_a_graph_with_corrected_dates_of_policies_is_sound(tmp_path: Path) -> None:
    from kg.ask.answers import answer
    from kg.ask.explain import explain
    from kg.ask.questions import load_questions

    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "b.txt").write_text("公园管理条例\n第一条 为了公园，制定本条例。\n第二条 本条例自2021年6月1日起施行。\n", encoding="utf-8")
    (tmp_path / "my").mkdir()
    wrong = "wrong: {subject: 公园管理条例, predicate: effectiveFrom, value: 2021-06-01}"
    missing = "missing: {document: t/b.txt, subject: 公园管理条例, predicate: effectiveFrom, value: 2021-07-01, quote: 施行}"
    idle = "wrong: {subject: 公园管理条例, predicate: issued}"
    (tmp_path / "my" / "corrections.yaml").write_text("corrections:\n" + "".join(f"  - {one}\n{BY}" for one in (wrong, missing, idle)), encoding="utf-8")
    report = build([tmp_path / "t"], tmp_path / "graph", ontology=tmp_path / "my", jobs=1)
    assert report.ok and report.counts["attributes"] == 1
    assert [note.rpartition(": ")[2] for note in report.notes] == ["no fact says 公园管理条例 issued"]
    graph = open_graph(tmp_path / "graph")
    assert validate(graph, Ontology.load(tmp_path / "my")).ok
    assert _said(tmp_path) == [("effectiveFrom", "added"), ("effectiveFrom", "refuted")]
    assert answer(graph.store, load_questions(Ontology.load())["policy-documents"], {}).rows == (("公园管理条例", "effectiveFrom", "2021-07-01", "第二条 本条例自2021年6月1日起施行。", None, "t/b.txt"),)
    (explained,) = explain(graph.store, "公园管理条例")
    assert sorted((fact.evidence[0].basis, fact.value) for fact in explained.facts) == [
        ("added by editor on 2026-11-23", "2021-07-01"), ("refuted by editor on 2026-11-23", "2021-06-01"),
    ]  # fmt: skip


def test_what_is_refuted_is_explained_and_nowhere_else(tmp_path: Path) -> None:
    from kg.ask.answers import answer
    from kg.ask.explain import explain
    from kg.ask.questions import load_questions
    from kg.export.tables import write_tables
    from kg.graph.network import to_networkx

    _built(tmp_path, "wrong: {subject: 錢塘區, predicate: undertakes, object: 品質校園建設工程}")
    graph = open_graph(tmp_path / "graph")
    question = load_questions(Ontology.load())["undertaken-by"]
    assert answer(graph.store, question, {"actor": ["錢塘區"]}).rows == ()
    assert not [p for _, _, p in to_networkx(graph).edges(data="predicate") if p == "undertakes"]
    (tmp_path / "csv").mkdir()
    write_tables(graph, tmp_path / "csv")
    assert not any("undertakes" in path.read_text(encoding="utf-8") for path in (tmp_path / "csv").iterdir())
    (explained,) = explain(graph.store, "錢塘區")
    assert [(fact.predicate, fact.evidence[0].basis) for fact in explained.facts if fact.predicate == "undertakes"] == [("undertakes", "refuted by editor on 2026-11-23")]


def test_a_missing_fact_that_does_not_fit_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    report = _built(
        tmp_path, "missing: {document: t/a.txt, subject: 錢塘區, predicate: undertakes, object: 錢塘快速路工程, quote: 沒有這句}"
    )
    assert report.ok and report.counts["documents"] == 1 and report.counts["relations"] > 0
    (note,) = report.notes
    assert note.endswith("corrections.yaml:2: the quote '沒有這句' is not in t/a.txt (copy it from the text)")
    again = build([tmp_path / "t"], tmp_path / "graph", ontology=tmp_path / "my", jobs=1)
    assert not again.built and again.notes == report.notes  # nothing was read, and it is told all the same
    next((tmp_path / "graph").glob("generations/*/manifest.json")).write_text("lost", encoding="utf-8")
    renewed = build([tmp_path / "t"], tmp_path / "graph", ontology=tmp_path / "my", jobs=1)
    assert renewed.built and renewed.notes == report.notes  # of facts that were kept


@pytest.mark.parametrize("name", ["authority.csv", "corrections.yaml"])
def test_a_slip_is_told_before_anything_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "my").mkdir()
    (tmp_path / "my" / name).write_text("decision,type,name,other\nsane,Body,甲,乙\n" if name == "authority.csv" else "corrections: [{}]\n", encoding="utf-8")
    with pytest.raises(KgError) as error:
        build([tmp_path / "a.txt"], tmp_path / "graph", ontology=tmp_path / "my", extract=_not_read)
    assert error.value.file == tmp_path / "my" / name and not (tmp_path / "graph").exists()


def _not_read(document: Document) -> Facts:
    raise AssertionError(document.id)


def test_what_finds_nothing_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "my").mkdir()
    rows = "same,Body,錢塘城投,錢塘區城市建設投資集團,editor,2026-11-23,\nsame,Area,下沙,錢塘區,editor,2026-11-23,\n"
    (tmp_path / "my" / "authority.csv").write_text(f"decision,type,name,other,author,date,note\n{rows}", encoding="utf-8")
    report = _built(
        tmp_path,
        "wrong: {subject: 錢塘快速路工程, predicate: hasStatus, object: completed}",
        "wrong: {subject: 錢塘快速路, predicate: hasStatus, object: operating}",
        "name: {written: 品質校園建設工程, is: 品質校園工程, type: Project}",
        "name: {written: 品質校園工程, is: 校園工程, type: Project}",
        "missing: {document: t/b.txt, subject: 錢塘區, predicate: undertakes, object: 錢塘快速路, quote: 錢塘快速路}",
    )
    assert report.ok
    assert [note.rpartition("/my/")[2] for note in report.notes] == [
        "corrections.yaml:5: finds nothing: no fact says 錢塘快速路 hasStatus operating",
        "corrections.yaml:11: finds nothing: no Project is written 品質校園工程",
        "corrections.yaml:14: finds nothing: no document is t/b.txt",
        "authority.csv:2: finds nothing: no Body is called 钱塘城投",
        "authority.csv:3: finds nothing: no Area is called 下沙",
    ]


def test_a_thing_is_called_by_the_name_that_a_correction_gives(tmp_path: Path) -> None:
    _built(tmp_path, "name: {written: 品質校園建設工程, is: 品質校園行動, type: Project}")
    rows = open_graph(tmp_path / "graph").query("SELECT ?label WHERE { ?thing skos:prefLabel '品质校园行动'@zh-hans ; rdfs:label ?label }")
    assert [row["label"].value for row in rows] == ["品質校園行動"]  # type: ignore[union-attr, index]


@pytest.mark.parametrize("right", ["校園建設工程", "實施品質校園建設工程"])
def test_what_was_taken_for_a_name_is_none_where_the_text_has_the_right_one(tmp_path: Path, right: str) -> None:
    from kg.ask.explain import explain

    assert _built(tmp_path, f"name: {{written: 品質校園建設工程, is: {right}, type: Project}}").notes == ()
    store = open_graph(tmp_path / "graph").store
    (explained,) = explain(store, right)
    assert (explained.names, explained.short_forms) == ((right,), ())
    assert [(one.how, one.written) for one in explained.decisions] == [("name", "品质校园建设工程")]
    assert explain(store, "品質校園建設工程") == []
    assert verify(open_graph(tmp_path / "graph")).ok


def test_a_fall_is_explained_with_its_sign(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    from contextlib import suppress

    from kg.cli import main

    _built(tmp_path)
    with suppress(SystemExit):
        main(["explain", "錢塘區", "-g", str(tmp_path / "graph")])
    assert "growth  -3.2%  2023" in capsys.readouterr().out


_ROWS = """same,Project,品質校園建設工程,品質校園行動,editor,2026-11-24,
same,Project,錢塘快速路工程,錢塘快速路工程,editor,2026-11-25,
different,Area,錢塘區,錢塘新區,editor,2026-11-26,
different,Area,下沙,大江東,editor,2026-11-26,
same,Body,錢塘城投,錢塘區城市建設投資集團,editor,2026-11-23,
"""


def test_who_decided_about_names_is_explained(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    from contextlib import suppress

    from kg.ask.explain import explain
    from kg.cli import main

    def printed(name: str) -> str:
        capsys.readouterr()
        with suppress(SystemExit):
            main(["explain", name, "-g", str(tmp_path / "graph")])
        return str(capsys.readouterr().out)

    (tmp_path / "my").mkdir()
    (tmp_path / "my" / "authority.csv").write_text(f"decision,type,name,other,author,date,note\n{_ROWS}", encoding="utf-8")
    _built(tmp_path)
    assert "  made one by editor on 2026-11-24: 品质校园建设工程 is 品质校园行动\n" in printed("品質校園建設工程")
    assert "  made one everywhere by editor on 2026-11-25\n" in printed("錢塘快速路工程")
    assert "  kept apart by editor on 2026-11-26: 钱塘区, 钱塘新区\n" in printed("錢塘區")
    graph = open_graph(tmp_path / "graph")
    assert validate(graph, Ontology.load(tmp_path / "my")).ok
    (explained,) = explain(graph.store, "錢塘區")
    assert explained.as_data()["decisions"] == (
        {"how": "different", "written": "钱塘区", "other": "钱塘新区", "author": "editor", "date": "2026-11-26"},
    )


def test_who_named_a_thing_is_explained(tmp_path: Path) -> None:
    from kg.ask.explain import explain

    correction = "name: {{document: {}, written: 品質校園建設工程, is: 品質校園行動, type: Project}}"
    _built(tmp_path, correction.format("t/a.txt"), correction.format("t/b.txt"))
    graph = open_graph(tmp_path / "graph")
    (explained,) = explain(graph.store, "品質校園行動")
    assert [(one.how, one.written, one.other, one.author, one.date) for one in explained.decisions] == [
        ("name", "品质校园建设工程", "品质校园行动", "editor", "2026-11-23")
    ]
    (other,) = explain(graph.store, "錢塘快速路工程")
    assert other.decisions == ()


def test_the_rows_of_the_docs_work_on_the_corpus(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.ask.explain import explain

    page = (root / "docs" / "corrections.md").read_text(encoding="utf-8")
    (tmp_path / "my").mkdir()
    for language, name in (("csv", "authority.csv"), ("yaml", "corrections.yaml")):
        (block,) = re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)
        (tmp_path / "my" / name).write_text(block, encoding="utf-8")
    monkeypatch.chdir(root)
    texts = ["corpus/qiantang-plenary-2021-07-15.txt", "corpus/qiantang-metro.html", "corpus/钱塘区公园管理办法.md"]
    report = build(texts, tmp_path / "graph", ontology=tmp_path / "my", jobs=1)
    assert report.ok and report.notes == ()
    store = open_graph(tmp_path / "graph").store
    by = "by editor on 2026-11-23"
    district = next(one for one in explain(store, "錢塘區") if one.thing.type == "Area")
    said = {(fact.predicate, fact.other.name): fact.evidence[-1].basis for fact in district.facts if fact.other}
    assert said["implements", "智涌錢塘·現代星城"] == f"refuted {by}"
    assert said["implements", "十大攻堅行動"] == f"added {by}"
    assert [one.how for one in district.decisions] == ["different"]
    for name, basis in (("杭州2022年第19屆亞運會", f"refuted {by}"), ("亞運輪滑館", f"added {by}")):
        (thing,) = explain(store, name)
        assert [(one.bound, one.quoted, one.evidence.basis) for one in thing.figures if one.indicator == "容納觀眾"] == [("about", "4000人", basis)]
    (road,) = explain(store, "杭紹臺高速")
    assert [(one.how, one.written) for one in road.decisions] == [("name", "杭绍台")]
    (meeting,) = explain(store, "區委一屆二次全會")
    assert [one.how for one in meeting.decisions] == ["same"] and meeting == explain(store, "一屆二次全體(擴大)會議")[0]


def test_a_chain_of_decisions_is_told_whole(tmp_path: Path) -> None:
    from kg.ask.explain import explain

    (tmp_path / "my").mkdir()
    rows = "same,Project,品質校園建設工程,品質校園工程,editor,2026-11-24,\nsame,Project,品質校園工程,品質校園行動,editor,2026-11-25,\n"
    rows += "same,Project,幸福校園工程,品質校園行動,editor,2026-11-26,\n"
    (tmp_path / "my" / "authority.csv").write_text(f"decision,type,name,other,author,date,note\n{rows}", encoding="utf-8")
    _built(tmp_path)
    (explained,) = explain(open_graph(tmp_path / "graph").store, "品質校園建設工程")
    assert [one.date for one in explained.decisions] == ["2026-11-25", "2026-11-24"]  # the third was not needed


_FIGURE = "missing: {document: t/a.txt, subject: 錢塘區, indicator: 進出口總額, kind: level, value: 120億元, period: 2023, quote: "


def test_a_refuted_figure_is_explained_and_nowhere_else(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    from contextlib import suppress

    from kg.ask.answers import answer
    from kg.ask.explain import explain
    from kg.ask.figures import figures
    from kg.ask.info import info
    from kg.ask.questions import load_questions
    from kg.cli import main
    from kg.export.tables import write_tables
    from kg.graph.verify import verify
    from kg.view.records import Records

    report = _built(tmp_path, "wrong: {document: t/a.txt, subject: 钱塘区, indicator: 進出口總額, kind: growth, value: -3.2%}")
    graph = open_graph(tmp_path / "graph")
    assert report.notes == () and report.counts["observations"] == 0
    assert validate(graph, Ontology.load(tmp_path / "my")).ok and verify(graph).ok
    assert figures(graph.store) == [] and info(graph).figures == 0 and info(graph).kinds == {}
    (district,) = [one.thing.iri for one in explain(graph.store, "錢塘區")]
    # The server's index and the page ask for these; so may anybody's query.
    assert not bool(graph.query("ASK { ?figure kgo:indicator|kgo:indicatorText|kgo:subject|qb:dataSet [] }"))
    assert Records(graph.store).figures([district]) == []
    for name, values in (("figures-of", {"subject": ["錢塘區"]}), ("growth", {"area": ["錢塘區"]})):
        assert answer(graph.store, load_questions(Ontology.load())[name], values).rows == ()
    (tmp_path / "csv").mkdir()
    write_tables(graph, tmp_path / "csv")
    assert not any("-3.2" in path.read_text(encoding="utf-8") for path in (tmp_path / "csv").iterdir())
    (explained,) = explain(graph.store, "錢塘區")
    assert [(one.indicator, one.evidence.basis) for one in explained.figures] == [("進出口總額", "refuted by editor on 2026-11-23")]
    with suppress(SystemExit):
        main(["explain", "錢塘區", "-g", str(tmp_path / "graph")])
    assert "refuted by editor on 2026-11-23)" in capsys.readouterr().out


def test_a_missing_figure_is_added_to_all_that_shows_figures(tmp_path: Path) -> None:
    from kg.ask.explain import explain
    from kg.ask.figures import figures
    from kg.graph.verify import verify

    report = _built(tmp_path, "missing: {document: t/a.txt, subject: 錢塘快速路工程, indicator: 路程, kind: level, value: 3.2, unit: 公里, period: 2023, quote: 下降3.2%}")
    graph = open_graph(tmp_path / "graph")
    assert report.notes == () and report.counts["observations"] == 2
    assert validate(graph, Ontology.load(tmp_path / "my")).ok and verify(graph).ok
    (added,) = figures(graph.store, subject="錢塘快速路工程")
    assert (added.indicator, added.kind, str(added.value), added.unit, added.period) == ("路程", "level", "3.2", "公里", "2023")
    (explained,) = explain(graph.store, "錢塘快速路工程")
    assert [(one.quoted, one.evidence.quote, one.evidence.basis) for one in explained.figures] == [("3.2%", "下降3.2%", "added by editor on 2026-11-23")]


def test_a_correction_of_a_figure_that_finds_nothing_is_told(tmp_path: Path) -> None:
    report = _built(
        tmp_path,
        "wrong: {subject: 錢塘區, indicator: 進出口總額, value: 3.2%}",
        "wrong: {subject: 錢塘區, indicator: 出口總額}",
        "wrong: {document: t/b.txt, indicator: 進出口總額}",
        "wrong: {subject: 錢塘區, indicator: 進出口總額, quote: 竣工}",
        "wrong: {document: t/a.txt, indicator: 進出口總額, period: 2023, quote: 下降}",
        _FIGURE + "下降3.2%}",
        _FIGURE + "120億元}",
    )
    assert report.ok
    assert sorted(note.rpartition("/my/")[2] for note in report.notes) == [
        "corrections.yaml:11: finds nothing: no such figure of 進出口總額",
        "corrections.yaml:17: the quote '下降3.2%' does not say 120億元 (quote the words with the number, and give the value as they have it)",
        "corrections.yaml:20: the quote '120億元' is not in t/a.txt (copy it from the text)",
        "corrections.yaml:2: finds nothing: no such figure of 進出口總額",
        "corrections.yaml:5: finds nothing: no such figure of 出口總額",
        "corrections.yaml:8: finds nothing: no document is t/b.txt",
    ]


def test_a_text_is_of_the_area_and_day_that_a_correction_gives_it(tmp_path: Path) -> None:
    report = _built(tmp_path, "text: {document: t/a.txt, area: 錢塘區, date: 2023-08}")
    assert report.ok and report.notes == ()
    assert validate(open_graph(tmp_path / "graph"), Ontology.load(tmp_path / "my")).ok
    (row,) = open_graph(tmp_path / "graph").query(
        "SELECT ?area ?basis ?date ?by WHERE { ?d dcterms:spatial/rdfs:label ?area ; kgo:areaBasis ?basis ; dcterms:date ?date ; kgo:dateBasis ?by }"
    )
    assert [term.value.rpartition("#")[2] for term in row] == ["錢塘區", "basis-correction", "2023-08", "correction"]  # type: ignore[union-attr]


def test_an_area_that_a_text_does_not_name_is_told(tmp_path: Path) -> None:
    report = _built(tmp_path, "text: {document: t/a.txt, area: 青岛市}", "text: {document: t/b.txt, area: 錢塘區}")
    assert [note.rpartition("finds nothing: ")[2] for note in report.notes] == [
        "t/a.txt names no area 青岛市, nor its own by 全市, 我县 and the like", "no document is t/b.txt",
    ]  # fmt: skip


def test_a_build_without_the_folder_of_the_one_before_says_that_its_corrections_are_gone(tmp_path: Path) -> None:
    _built(tmp_path, "wrong: {subject: 錢塘快速路工程, predicate: hasStatus, object: completed}")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.txt").write_text("杭州市召開會議。", encoding="utf-8")
    (beside,) = build([tmp_path / "more"], tmp_path / "graph", jobs=1).notes
    assert "1 files from other paths were read with another ontology" in beside  # and are as they were
    assert build([tmp_path / "t", tmp_path / "more"], tmp_path / "other", ontology=tmp_path / "my", jobs=1).notes == ()
    (dropped,) = build([tmp_path / "t", tmp_path / "more"], tmp_path / "other", jobs=1).notes
    assert dropped.startswith("the graph was built with another ontology before") and "--ontology" in dropped
    assert build([tmp_path / "t", tmp_path / "more"], tmp_path / "other", jobs=1).notes == ()
