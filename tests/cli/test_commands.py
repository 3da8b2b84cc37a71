"""Each command from end to end: what it prints, what it writes, how it ends."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from kg.extract import extractor

NAMES = "SELECT ?name WHERE { ?area kgo:code '330114' ; rdfs:label ?name } ORDER BY ?name"


def test_build_update_remove(run, corpus, tmp_path):
    graph = tmp_path / "graph"
    done = run("build", corpus, "-o", graph, "--jobs", 1)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("2 documents read, 0 unchanged, 0 removed, 0 files skipped")
    (corpus / "gaochun.md").unlink()
    done = run("build", corpus, "-o", graph, "--jobs", 1, "--json")
    report = json.loads(done.out)
    assert (report["built"], report["unchanged"], report["removed"]) == ([], 1, ["corpus/gaochun.md"])
    assert report["counts"]["documents"] == 1
    done = run("remove", corpus, "-g", graph)
    assert done.code == 0
    assert done.out.startswith("1 document removed; ") and "holds 0 documents" in done.out


def test_a_build_draws_its_figures(run, corpus, tmp_path):
    done = run("build", str(corpus), "-o", str(tmp_path / "g"), "--charts", str(tmp_path / "figures.svg"), "--jobs", "1")
    assert done.code == 0 and "small multiples" in done.err
    assert "地区生产总值" in (tmp_path / "figures.svg").read_text(encoding="utf-8")
    (tmp_path / "words.txt").write_text("杭州市召开会议。\n", encoding="utf-8")
    done = run("build", str(tmp_path / "words.txt"), "-o", str(tmp_path / "h"), "--charts", str(tmp_path / "none.svg"), "--jobs", "1")
    assert done.code == 0 and "no dated figure" in done.err and not (tmp_path / "none.svg").exists()


def test_a_chart_that_cannot_be_drawn_is_refused_before_the_build(run, corpus, tmp_path):
    done = run("build", corpus, "-o", tmp_path / "g", "--charts", tmp_path / "figures.gif", "--jobs", 1)
    assert done.code == 2 and "cannot draw .gif" in done.err and not (tmp_path / "g").exists()


def test_init_quotes_a_folder_with_a_space_in_what_it_says_to_type(run, tmp_path):
    done = run("init", tmp_path / "my own")
    assert done.code == 0 and f"--ontology '{tmp_path / 'my own'}'" in done.out


def test_unreadable_file_is_named_and_sets_the_exit_code(run, corpus, tmp_path):
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.7\nno more than that")
    done = run("build", corpus, "-o", tmp_path / "graph", "--jobs", 1)
    assert done.code == 1
    assert "skipped: " in done.err
    assert "broken.pdf" in done.err
    assert "2 documents read" in done.out
    done = run("extract", corpus, "-o", tmp_path / "facts", "--jobs", 1)
    assert done.code == 1
    assert "broken.pdf" in done.err


@pytest.mark.parametrize("command", ["build", "extract"])
def test_broken_records_are_named_and_set_the_exit_code(run, corpus, tmp_path, monkeypatch, command):
    sound, broken = '{"text": "杭州市召开会议。"}', '{"text": '
    (corpus / "r.jsonl").write_text("\n".join([sound, *[broken] * 7, sound]), encoding="utf-8")
    monkeypatch.chdir(corpus)
    done = run(command, "r.jsonl", "-o", tmp_path / "out", "--jobs", 1)
    told = done.err.splitlines()
    assert done.code == 1 and "2 documents" in done.out and "0 files skipped, 7 records of other files" in done.out
    assert [line.partition(": no valid")[0] for line in told] == [*(f"skipped: r.jsonl:{n}" for n in range(2, 7)), "skipped: r.jsonl: 2 records more (--json lists all)"]
    listed = json.loads(run(command, "r.jsonl", "-o", tmp_path / "again", "--jobs", 1, "--json").out)["refused"]
    assert [one["line"] for one in listed] == [*range(2, 9)] and {*map(str, listed[0])} == {"file", "line", "reason", "hint"}


@pytest.mark.parametrize("command", ["build", "extract"])
def test_a_skipped_file_is_named_from_the_folder_where_one_is(run, corpus, tmp_path, monkeypatch, command):
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.7\nno more than that")
    for folder, name in ((tmp_path, "corpus/broken.pdf"), (tmp_path.parent, f"{tmp_path.name}/corpus/broken.pdf"), (corpus.parents[-1], str(corpus / "broken.pdf")[1:])):
        monkeypatch.chdir(folder)
        assert f"skipped: {name}: " in run(command, corpus / "broken.pdf", corpus / "gaochun.md", "-o", tmp_path / "out", "--jobs", 1).err


def test_nothing_to_read_is_refused_whether_there_is_a_graph_or_not(run, corpus, tmp_path):
    assert run("build", tmp_path / "nowhere", "-o", tmp_path / "g").code == 2 and not (tmp_path / "g").exists()
    assert run("build", corpus, "-o", tmp_path / "g", "--jobs", 1).code == 0
    done = run("build", tmp_path / "nowhere", "-o", tmp_path / "g")
    assert done.code == 2 and "nowhere: does not exist" in done.err and not done.out
    corpus.rename(tmp_path / "elsewhere")  # what was built stays, and what is missed is told
    assert run("build", corpus, "-o", tmp_path / "g").code == 1


def test_extract_names_files_after_the_stem(run, corpus, tmp_path):
    (corpus / "sub").mkdir()
    (corpus / "sub" / "gaochun.txt").write_text("高淳区。", encoding="utf-8")
    done = run("extract", corpus, "-o", tmp_path / "facts", "--date", "2022-01-02", "--jobs", 1)
    assert done.code == 0
    assert "another document has the file name" in done.err
    names = sorted(path.name for path in (tmp_path / "facts").iterdir())
    assert names == ["2021-07-15-qiantang.json", "corpus_sub_gaochun.txt.json", "gaochun.json"]
    facts = json.loads((tmp_path / "facts" / "2021-07-15-qiantang.json").read_text(encoding="utf-8"))
    assert (facts["doc"], facts["date"]) == ("2021-07-15-qiantang", "2022-01-02")
    assert "錢塘區" in [entity["name"] for entity in facts["entities"]]


def test_extract_keeps_the_facts_of_a_document_that_a_correction_does_not_fit(run, corpus, tmp_path):
    (tmp_path / "my").mkdir()
    missing = "missing: {document: corpus/gaochun.md, subject: 高淳区, predicate: issues, object: 公园管理办法, quote: 別處}"
    (tmp_path / "my" / "corrections.yaml").write_text(f"corrections:\n- {missing}\n  author: a\n  date: 2026\n", encoding="utf-8")
    done = run("extract", corpus, "-o", tmp_path / "facts", "--jobs", 1, "--ontology", tmp_path / "my")
    assert done.code == 0 and "2 documents written" in done.out
    assert "corrections.yaml:2: the quote '別處' is not in corpus/gaochun.md" in done.err


def test_an_export_to_standard_output_is_nothing_else(run, built, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("export", "-f", "turtle", "-o", "-", "-g", built)
    assert done.out.startswith("@prefix") and "triples written" not in done.out and "triples written" in done.err
    assert run("export", "-f", "csv", "-o", "-", "-g", built).code == 2 and not list(tmp_path.iterdir())


def test_extract_writes_no_file_over_another(run, tmp_path):
    for name in ("x/a.txt", "y/a.txt", "w/y_a.txt.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("高淳区召开会议。", encoding="utf-8")
    run("extract", *(tmp_path / name for name in "wxy"), "-o", tmp_path / "facts", "--jobs", 1)
    assert len(list((tmp_path / "facts").iterdir())) == 3


def test_extract_goes_on_behind_a_file_with_which_reading_fails(run, monkeypatch, corpus, tmp_path):
    import kg.read

    read = kg.read.read_file

    def fails(source, options):
        if source.id.endswith(".md"):
            raise ZeroDivisionError("oh")
        return read(source, options)

    monkeypatch.setattr(kg.read, "read_file", fails)
    done = run("extract", corpus, "-o", tmp_path / "facts", "--jobs", 1)
    assert done.code == 1
    assert "gaochun.md: fault of the program: ZeroDivisionError: oh" in done.err
    assert [path.name for path in (tmp_path / "facts").iterdir()] == ["2021-07-15-qiantang.json"]


def test_extract_is_the_same_with_several_processes(run, corpus, tmp_path):
    for jobs in (1, 2):
        run("extract", corpus, "-o", tmp_path / str(jobs), "--jobs", jobs)
    files = sorted(path.name for path in (tmp_path / "1").iterdir())
    assert len(files) == 2
    for name in files:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_min_confidence_of_extract_and_export(run, corpus, built, tmp_path):
    run("extract", corpus, "-o", tmp_path / "all", "--jobs", 1)
    for jobs in (1, 2):
        assert run("extract", corpus, "-o", tmp_path / str(jobs), "--jobs", jobs, "--min-confidence", "0.9").code == 0
    left = 0
    for path in (tmp_path / "all").iterdir():
        text = (tmp_path / "1" / path.name).read_text(encoding="utf-8")
        assert (tmp_path / "2" / path.name).read_text(encoding="utf-8") == text
        everything, sure = json.loads(path.read_text(encoding="utf-8")), json.loads(text)
        assert sure["entities"] == everything["entities"]
        for part in ("relations", "observations", "attributes"):
            assert sure[part] == [fact for fact in everything[part] if fact["confidence"] >= 0.9]
            left += len(everything[part]) - len(sure[part])
    assert left > 0
    assert run("export", "-f", "csv", "-g", built, "-o", tmp_path / "tables", "--min-confidence", "0.9").code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "tables" / "facts.csv").read_text(encoding="utf-8-sig"))))
    assert rows and all(float(row["confidence"]) >= 0.9 for row in rows)


def test_every_command_refuses_a_confidence_that_cannot_be(run, built):
    from kg.cli import COMMANDS, root

    taking = []
    for name in COMMANDS:
        command = root.get_command(click.Context(root), name)
        assert command is not None
        if any("--min-confidence" in parameter.opts for parameter in command.params):
            taking.append(name)
            for wrong in ("2", "-0.1", "nan"):
                done = run(name, *(["."] if name in ("extract", "explain") else []), "--min-confidence", wrong)
                assert done.code == 2 and "Invalid value for '--min-confidence'" in done.err, (name, done)
            assert "--min-confidence FLOAT RANGE" in run(name, "--help").out
    assert sorted(taking) == ["ask", "chart", "conflicts", "diff", "explain", "export", "extract", "figures", "info", "view"]


def test_a_question_is_asked_by_confidence(run, built):
    asked = ("ask", "facts-of", "--thing", "錢塘區", "-g", built, "--json")
    surest = max(row["confidence"] for row in json.loads(run(*asked).out)["rows"])
    for least in (surest, 1):
        sure = json.loads(run(*asked, "--min-confidence", least).out)["rows"]
        assert [row["confidence"] >= least for row in sure] == [True] * (least == surest), least
    assert run("ask", "--min-confidence", "0.5").code == 2
    told = run("ask", "top-areas", "--min-confidence", "0.5", "-g", built)
    assert told.code == 2 and "the question top-areas has no parameter 'min-confidence'" in told.err
    everything = run("ask", "--examples", "-g", built, "--min-confidence", "1")
    assert everything.code == 0 and "has no parameter" not in everything.out


def test_query_formats(run, built, tmp_path):
    assert "錢塘區" in run("query", NAMES, "-g", built).out
    assert run("query", NAMES, "-g", built, "--format", "csv").out == "name\n錢塘區\n"
    assert run("query", NAMES, "-g", built, "--format", "tsv").out.splitlines()[0] == "?name"
    assert json.loads(run("query", NAMES, "-g", built, "--json").out)["head"] == {"vars": ["name"]}
    assert run("query", "ASK { ?x a kgo:Area }", "-g", built).out == "true\n"
    turtle = run("query", "CONSTRUCT { ?x a kgo:Area } WHERE { ?x kgo:code '330114' }", "-g", built).out
    assert "kgr:area-330114 a kgo:Area" in turtle
    file = tmp_path / "q.rq"
    file.write_text(NAMES, encoding="utf-8")
    assert run("query", "-f", file, "-g", built, "--format", "csv").out == "name\n錢塘區\n"


def test_an_empty_answer_names_terms_that_are_misspelt(run, built):
    done = run("query", "SELECT ?x WHERE { ?x a kgo:Projct }", "-g", built)
    assert (done.code, done.out.splitlines()[-1]) == (0, "0 rows")
    assert done.err == "note: nothing in the graph is called kgo:Projct; there is kgo:Project\n"
    assert run("query", "SELECT ?x WHERE { ?x a kgo:Honor }", "-g", built).err == ""


def test_answers_are_written_into_a_file_in_the_format_of_its_ending(run, built, tmp_path):
    triples = "CONSTRUCT { ?x a kgo:Area } WHERE { ?x kgo:code '330114' }"
    for query, name, begins in ((NAMES, "a.csv", b"\xef\xbb\xbfname\n"), (NAMES, "a.json", b'{"head"'), (NAMES, "a.xml", b"<?xml"), (NAMES, "a.txt", b"name"),
                                (triples, "a.ttl", b"@prefix"), (triples, "a.nt", b"<https://"), (triples, "a.rdf", b"<?xml"), (triples, "a.jsonld", b"[")):  # fmt: skip
        done = run("query", query, "-g", built, "-o", tmp_path / name)
        assert (done.code, done.out) == (0, "") and (tmp_path / name).read_bytes().startswith(begins), name
    assert run("query", NAMES, "-g", built, "--format", "csv", "-o", "-").out == "name\n錢塘區\n"
    done = run("ask", "top-areas", "-g", built, "-o", tmp_path / "b.csv")
    assert (done.code, done.out) == (0, "") and (tmp_path / "b.csv").read_bytes().startswith(b"\xef\xbb\xbfarea,sentences\n")
    assert run("query", "SELECT", "-g", built, "-o", tmp_path / "c.csv").code == 2 and not (tmp_path / "c.csv").exists()
    for arguments, begins in ((("-o", "list.csv"), "\ufeffid,question,"), (("top-areas", "--show", "-o", "top.rq"), "# "), (("--examples", "-o", "all.txt"), "\n")):
        done = run("ask", "-g", built, *arguments[:-1], tmp_path / arguments[-1])
        assert (done.code, done.out) == (0, "") and (tmp_path / arguments[-1]).read_text(encoding="utf-8").startswith(begins), arguments


@pytest.mark.parametrize(
    ("command", "endings"),
    [(("query", NAMES), "ttl, nt, rdf, csv, tsv, json, xml, jsonld, txt"), (("ask", "top-areas"), "csv, tsv, json, txt")],
)
def test_an_answer_is_not_written_under_the_name_of_another_format(run, built, tmp_path, command, endings):
    for form, name in (("table", "b.csv"), ("json", "b.csv"), ("csv", "b.json")):
        done = run(*command, "-g", built, "-o", tmp_path / name, "--format", form)
        assert done.code == 2 and f"ends in {name[2:]}, and --format {form} was asked for" in done.err and not (tmp_path / name).exists()
    assert run(*command, "-g", built, "-o", tmp_path / "b.dat", "--format", "csv").code == 0
    done = run(*command, "-g", built, "-o", tmp_path / "a.xlsx")
    assert done.code == 2 and "an answer is not written as xlsx" in done.err and f"endings: {endings}" in done.err
    assert not (tmp_path / "a.xlsx").exists()
    assert run(*command, "-g", built, "-o", tmp_path / "a.xlsx", "--json").code == 0


def test_a_page_and_an_export_bear_no_name_of_another_format(run, built, tmp_path):
    done = run("view", "-g", built, "-o", tmp_path / "v.pdf")
    assert done.code == 2 and "a page is HTML, and the name ends in pdf" in done.err
    for form, name in (("turtle", "x.csv"), ("trig", "x.nq"), ("nquads", "x.ttl")):
        done = run("export", "-g", built, "-f", form, "-o", tmp_path / name)
        assert done.code == 2 and f"ends in {name[2:]}, and --format {form} was asked for" in done.err
    assert not list(tmp_path.iterdir())
    assert run("export", "-g", built, "-f", "nquads", "-o", tmp_path / "x.nq").code == 0


def test_questions_are_listed_without_a_graph_but_not_of_one_that_is_none(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("ask").code == 0
    done = run("ask", "-g", tmp_path / "nowhere")
    assert done.code == 2 and "is no graph" in done.err


def test_figures_go_to_standard_output_or_into_the_file_that_is_told(run, built, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("figures", "-g", built, "-f", "csv", "-o", "-").out.startswith("id,subject,subject_id,") and not list(tmp_path.iterdir())
    done = run("figures", "-g", built, "-f", "table", "-o", "f.csv")
    assert done.code == 2 and "ends in csv, and --format table was asked for" in done.err and not list(tmp_path.iterdir())
    assert "written to f.parquet" in run("figures", "-g", built, "-f", "parquet", "-o", "f").out and (tmp_path / "f.parquet").exists()


def test_figures_are_set_side_by_side(run, built, tmp_path, monkeypatch):
    listed = run("figures", "-g", built, "--level", "county", "-f", "csv").out
    codes = {row["subject_id"].removeprefix("area-") for row in csv.DictReader(io.StringIO(listed))}
    assert codes and all(re.fullmatch(r"\d{6}", code) for code in codes)
    done = run("figures", "-g", built, "--wide", "--shared", 1, "--level", "county", "-o", tmp_path / "wide.csv")
    assert (done.code, done.out.split(" written")[0]) == (0, f"{len(codes)} subject{'s' * (len(codes) > 1)}")
    head, *rows = csv.reader(io.StringIO((tmp_path / "wide.csv").read_text(encoding="utf-8-sig")))
    assert (head[:2], {row[1] for row in rows}) == (["subject", "code"], codes)
    monkeypatch.setattr("kg.commands.figures._SHOWN", 2)
    shown = run("figures", "-g", built, "--wide", "--shared", 1, "--level", "county")
    assert shown.err == f"{len(head) - 2} further columns in a file: -o figures.csv\n" and head[0] in shown.out
    told = json.loads(run("figures", "-g", built, "--wide", "--shared", 1, "-f", "json").out)
    assert {"subject", "code"} <= told[0].keys()
    assert "--shared goes with --wide" in run("figures", "-g", built, "--shared", 1).err


def test_query_errors(run, built, tmp_path):
    done = run("query", "SELECT * WHERE { ?s ?p }", "-g", built)
    assert done.code == 2
    assert done.err.startswith("kg: SPARQL syntax: line 1, column ")
    assert "Traceback" not in done.err
    file = tmp_path / "q.rq"
    file.write_text("SELECT", encoding="utf-8")
    assert str(file) in run("query", "-f", file, "-g", built).err
    assert run("query", "-g", built).code == 2
    assert run("query", NAMES, "-g", built, "--format", "turtle").code == 2
    done = run("query", NAMES, "-g", tmp_path / "nothing")
    assert done.code == 2
    assert "is no graph" in done.err
    assert "kg build" in done.err


def test_spreadsheet_formulas_are_made_harmless(run, built):
    out = run("query", "SELECT ('=1+1' AS ?a) ('-5' AS ?b) (-5 AS ?c) ('@x' AS ?d) {}", "-g", built, "--format", "csv").out
    assert list(csv.reader(io.StringIO(out)))[1] == ["'=1+1", "-5", "-5", "'@x"]


def test_control_characters_do_not_reach_the_terminal(run, built):
    done = run("query", "SELECT ('a\\u001B[31mb\\u202Ec' AS ?x) {}", "-g", built)
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


def test_ask(run, built):
    listed = run("ask", "-g", built)
    assert listed.code == 0
    assert "某地有哪些在建項目" in listed.out
    assert len(json.loads(run("ask", "--json").out)) >= 28
    found = json.loads(run("ask", "growth", "--area", "钱塘区", "-g", built, "--json").out)
    assert [(row["indicator"], row["value"], row["unit"]) for row in found["rows"]] == [
        ("地區生產總值", 11, "%"), ("固定資產投資", 7, "%")]  # fmt: skip
    assert found["rows"][0]["source"] == "corpus/2021-07-15-qiantang.txt"
    assert "kgo:subject <https://w3id.org/kgo/id/area-330114>" in run(
        "ask", "growth", "--area=錢塘區", "--show", "-g", built).out  # fmt: skip
    assert "--from" in run("ask", "growth", "--help").out
    done = run("ask", "growth", "-g", built)
    assert (done.code, done.err.splitlines()[0]) == (2, "kg: growth needs --area")
    assert run("ask", "growth", "area", "-g", built).code == 2
    assert run("ask", "growth", "--area", "-g", built).code == 2


def test_a_table_tells_bases_and_ranks_in_words_and_files_keep_the_codes(run, tmp_path):
    text = "2024年，浙江省地区生产总值同比增长5.5%，总量80000亿元、居全国前五。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    graph = str(tmp_path / "g")
    assert run("build", str(tmp_path / "a.txt"), "-o", graph, "--jobs", "1").code == 0
    assert "5      全国" in (ranks := run("ask", "ranks", "--subject", "浙江省", "-g", graph).out) and "or better" in ranks
    assert ",below,5," in run("ask", "ranks", "--subject", "浙江省", "-g", graph, "-f", "csv").out
    assert "or better" in run("figures", "--kind", "rank", "-g", graph).out
    assert "rank  前五  2024  within 全国" in run("explain", "浙江省", "-g", graph).out
    shown = run("ask", "figures-of", "--subject", "浙江省", "-g", graph).out
    assert "8,000,000,000,000" in shown and "  2024  " in shown
    assert "year on year" in run("ask", "growth", "--area", "浙江省", "-g", graph).out
    assert ",同比," in run("ask", "growth", "--area", "浙江省", "-g", graph, "-f", "csv").out
    header, first = run("figures", "-g", graph, "-f", "csv").out.splitlines()[:2]
    assert header.startswith("id,subject,subject_id,indicator,") and "text-other" in first


def test_figures_name_who_answers_for_a_target_where_any_has_one(run, tmp_path):
    (tmp_path / "plain.txt").write_text("2024年，浙江省地区生产总值增长5.5%。", encoding="utf-8")
    (tmp_path / "plan.txt").write_text("浙江省2025年重点工作责任分解方案\n2025年2月10日\n\n一、主要目标\n1.一般公共预算收入增长5%。（责任单位：省财政厅）\n", encoding="utf-8")
    for name, said in (("plain.txt", False), ("plan.txt", True)):
        run("build", tmp_path / name, "-o", tmp_path / name[:-4])
        shown = run("figures", "-g", tmp_path / name[:-4]).out
        assert ("responsible" in shown, "浙江省财政厅" in shown) == (said, said)
        assert (",浙江省财政厅," in run("figures", "-g", tmp_path / name[:-4], "-f", "csv").out) == said


def test_a_question_without_an_answer_says_where_to_look(run, built):
    done = run("ask", "connections", "--area", "钱塘区", "-g", built)
    assert done.code == 0 and "0 rows" in done.out and "what else is known: kg explain 錢塘區" in done.err


def test_ask_examples_run_through(run, built):
    done = run("ask", "--examples", "-g", built)
    assert done.code == 0
    assert done.out.count("kg ask ") >= 28


def test_explain(run, built):
    done = run("explain", "钱塘区", "-g", built)
    assert done.code == 0
    assert done.out.startswith("錢塘區  Area  kgr:area-330114")
    assert "corpus/2021-07-15-qiantang.txt" in done.out
    assert "⟦" in done.out
    data = json.loads(run("explain", "錢塘區", "-g", built, "--json").out)
    assert data["things"][0]["thing"]["type"] == "Area"
    missing = run("explain", "錢塘區政府大樓", "-g", built)
    assert missing.code == 1
    assert "near: 錢塘區" in missing.err


@pytest.mark.parametrize(("name", "place"), [("望月鄉", True), ("望月盟", True), ("望月大廈", False)])
def test_what_ends_as_places_do_and_is_in_no_table_may_be_added(run, built, name, place):
    assert ("a place that the gazetteer lacks" in run("explain", name, "-g", built).err) is place


def test_a_place_that_only_the_graph_lacks_is_told_from_one_that_no_table_has(run, built):
    for arguments in (["explain", "拉薩市"], ["ask", "projects-underway", "--area", "拉薩市"]):
        said = run(*arguments, "-g", built).err
        assert "the gazetteer has this place, but no text of the graph names it" in said and "gazetteer lacks" not in said


def test_a_question_that_is_not_there_may_be_one_of_an_ontology_of_ones_own(run, built, tmp_path):
    assert "known with --ontology FOLDER" in run("ask", "posts-of", "-g", built).err
    run("init", tmp_path / "own")
    (tmp_path / "own" / "queries").mkdir()
    (tmp_path / "own" / "queries" / "q.rq").write_text("#: id: all-areas\n#: en: All areas\n#: zh-Hans: 地\n#: zh-Hant: 地\n#: example: {}\nSELECT ?a WHERE { ?a a kgo:Area }\n", encoding="utf-8")
    assert run("ask", "all-areas", "-g", built, "--ontology", tmp_path / "own").code == 0
    query = tmp_path / "own" / "queries" / "q.rq"
    query.write_text(query.read_text(encoding="utf-8").replace("kgo:Area", "kgo:Araea"), encoding="utf-8")
    assert "nothing in the graph is called kgo:Araea; there is kgo:Area" in run("ask", "all-areas", "-g", built, "--ontology", tmp_path / "own").err
    assert "--ontology" not in run("ask", "posts-of", "-g", built, "--ontology", tmp_path / "own").err


def test_a_fact_that_many_sentences_say_is_explained_by_some_of_them(run, tmp_path):
    (tmp_path / "t").mkdir()
    for n in "一二三四五六七":
        (tmp_path / "t" / f"{n}.txt").write_text(f"第{n}站在浙江杭州。", encoding="utf-8")
    assert run("build", tmp_path / "t", "-o", tmp_path / "g").code == 0
    out = run("explain", "杭州市", "-g", tmp_path / "g").out
    assert out.count("⟦浙江杭州⟧") == 5 and "… and 2 more sentences (--json has all)" in out
    assert run("explain", "杭州市", "-g", tmp_path / "g", "--json").out.count("part-of") >= 7


def test_a_figure_is_explained_with_its_bound(run, tmp_path):
    (tmp_path / "a.txt").write_text("云龙湖水库工程总投资超过3亿元，年供水约2亿立方米，设泵站5座。\n", encoding="utf-8")
    run("build", tmp_path / "a.txt", "-o", tmp_path / "g")
    lines = run("explain", "云龙湖水库工程", "-g", tmp_path / "g").out.splitlines()
    assert [line.split("  ")[3] for line in lines if "  level  " in line] == ["about 2亿立方米", "above 3亿元", "5座"]
    short = "indicator is not known, and its name is short (perhaps half a name)"
    assert [line.partition(" clues: ")[2] for line in lines if " clues: " in line] == [
        f"not told in a report or plan; subject named in the same sentence; no period found; {short}; subject is a project",
        "not told in a report or plan; subject named in the same clause; no period found; indicator is known; subject is a project",
        f"not told in a report or plan; subject named in the same sentence; no period found; {short}; subject is a project",
    ]
    data = json.loads(run("explain", "云龙湖水库工程", "-g", tmp_path / "g", "--json").out)
    assert data["things"][0]["figures"][1]["evidence"]["clues"] == ["text-other", "subject-clause", "undated-Project", "indicator-listed", "of-Project"]


def test_a_growth_is_explained_with_what_it_is_measured_against(run, tmp_path):
    (tmp_path / "a.txt").write_text("2021年，钱塘区地区生产总值同比增长6%，粮食产量比2018年增长2%，工业用电量增长3%。\n", encoding="utf-8")
    run("build", tmp_path / "a.txt", "-o", tmp_path / "g")
    lines = run("explain", "钱塘区", "-g", tmp_path / "g").out.splitlines()
    assert [line.strip() for line in lines if "  growth  " in line] == [
        "地区生产总值  growth  6%  2021  year on year", "工业用电量  growth  3%  2021", "粮食产量  growth  2%  2021  against 2018",
    ]  # fmt: skip
    found = json.loads(run("explain", "钱塘区", "-g", tmp_path / "g", "--json").out)["things"][0]["figures"]
    assert [figure["base"] for figure in found] == ["同比", "", "2018"]
    assert "  named in 1 sentence of " in "\n".join(lines)
    table = run("figures", "-g", tmp_path / "g").out.splitlines()
    assert table[0].split() == ["subject", "indicator", "kind", "value", "unit", "bound", "period", "base", "or", "within", "confidence", "document"]
    assert [(line.split()[3], "year on year" in line, "against 2018" in line) for line in table[2:5]] == [("6", True, False), ("3", False, False), ("2", False, True)]


def test_an_indicator_is_explained_with_where_its_figures_are(run, tmp_path):
    (tmp_path / "a.txt").write_text("2023年，钱塘区地区生产总值达1200亿元，同比增长6%。\n共招募志愿者300名。\n", encoding="utf-8")
    run("build", tmp_path / "a.txt", "-o", tmp_path / "g")
    assert "measured in 2 figures: kg figures --indicator 地区生产总值" in run("explain", "GDP", "-g", tmp_path / "g").out
    rows = run("figures", "-g", tmp_path / "g").out.splitlines()[2:]
    assert [row.split()[0] for row in rows] == ["钱塘区", "钱塘区", "招募志愿者"]  # what is nobody's stands last


def test_a_rank_is_explained_with_what_it_is_within_and_large_amounts_with_their_thousands_apart(run, tmp_path):
    (tmp_path / "a.txt").write_text("2021年，钱塘区粮食产量居全省第3位，财政收入12亿元。\n", encoding="utf-8")
    run("build", tmp_path / "a.txt", "-o", tmp_path / "g")
    out = run("explain", "钱塘区", "-g", tmp_path / "g").out
    assert "  rank  第3位  2021  within 全省\n" in out
    table = run("figures", "-g", tmp_path / "g").out
    assert "1,200,000,000" in table and "全省" in table
    assert "1200000000" in run("figures", "-g", tmp_path / "g", "-f", "csv").out


def test_disagreements_are_printed_with_their_units(run, tmp_path):
    for name, percent, sum_ in (("a", "11", "1200"), ("b", "10.6", "1300")):
        text = f"2021年，钱塘区地区生产总值{sum_}亿元，同比增长{percent}%。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    run("build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "g")
    lines = run("conflicts", "-g", tmp_path / "g").out.splitlines()
    assert [line.split("  ")[1] for line in lines if "。" in line] == ["11%", "10.6%", "120,000,000,000 CNY", "130,000,000,000 CNY"]
    assert lines[-1] == "2 disagreements"


def test_what_a_reference_means_is_explained(run, tmp_path):
    text = "雲龍湖水庫工程今天開工。\n" + "該工程年供水兩億立方米。該工程投資9億元。" + "該工程明年完工。" * 5
    folder = tmp_path / "t"
    folder.mkdir()
    (folder / "a.txt").write_text(text, encoding="utf-8")
    run("build", folder, "-o", tmp_path / "g", "--jobs", 1)
    (folder / "a.txt").write_text(text.replace("\n", ""), encoding="utf-8")
    run("build", folder, "-o", tmp_path / "g", "--jobs", 1)
    done = run("explain", "雲龍湖水庫工程", "-g", tmp_path / "g")
    assert "  該工程 (t/a.txt 12–15) ← reference rule ref-works, 1 sentence after 雲龍湖水庫工程\n" in done.out
    assert "  該工程 (t/a.txt 24–27) ← reference rule ref-works, 2 sentences after 雲龍湖水庫工程\n" in done.out
    assert "  … and 2 more references (--json has all)\n" in done.out
    (thing,) = json.loads(run("explain", "雲龍湖水庫工程", "-g", tmp_path / "g", "--json").out)["things"]
    assert [one["distance"] for one in thing["references"]] == [1, 2, 3, 4, 5, 6, 7]
    assert thing["references"][0]["sentence"] == "該工程年供水兩億立方米。"
    assert run("validate", "-g", tmp_path / "g").code == run("verify", "-g", tmp_path / "g").code == 0


def test_info_verify(run, built):
    done = run("info", "-g", built, "--counts-only")
    assert done.code == 0
    assert done.out.startswith("2 documents, ")
    assert json.loads(run("info", "-g", built, "--counts-only", "--json").out)["types"]["Area"] >= 3
    done = run("verify", "-g", built)
    assert done.code == 0
    assert " 0 faults" in done.out


def test_diff(run, corpus, tmp_path):
    graph = tmp_path / "graph"
    run("build", corpus, "-o", graph, "--jobs", 1)
    assert run("diff", "-g", graph).code == 2
    assert run("diff", graph, graph).code == 0
    text = (corpus / "2021-07-15-qiantang.txt").read_text(encoding="utf-8").replace("11%", "12%")
    (corpus / "2021-07-15-qiantang.txt").write_text(text, encoding="utf-8")
    run("build", corpus, "-o", graph, "--jobs", 1)
    done = run("diff", "-g", graph)
    assert done.code == 1
    changes = [line for line in done.out.splitlines() if line[:2] in ("+ ", "- ")]
    assert [line[0] + line.rpartition("growth ")[2][:3] for line in changes] == ["-11%", "+12%"]
    assert "1 altered, 0 renamed; facts and figures: 1 new, 1 gone" in done.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["view", "-o", "{no}/x.html"],
        ["export", "-f", "turtle", "-o", "{no}/x.ttl"],
        ["export", "-f", "csv", "-o", "{no}/x"],
        ["figures", "-f", "csv", "-o", "{no}/x.csv"],
        ["chart", "--multiples", "-o", "{no}/x.svg"],
    ],
    ids=lambda arguments: " ".join(arguments[:3]),
)
def test_what_cannot_be_written_is_one_message(run, built, tmp_path, arguments):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    done = run(*(argument.replace("{no}", str(tmp_path / "file")) for argument in arguments), "-g", built)
    assert (done.code, "cannot be written" in done.err, "Traceback" in done.err) == (2, True, False)


def test_a_folder_that_cannot_be_made_is_one_message(run, tmp_path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    done = run("init", tmp_path / "file" / "mine")
    assert (done.code, "cannot be written" in done.err) == (2, True)


def test_calibration_makes_the_folder_that_it_writes_to(run, root, tmp_path):
    target = tmp_path / "mine" / "rules" / "confidence.yaml"
    done = run("rules", "calibrate", root / "corpus" / "gold", "--texts", root / "corpus", "-o", target)
    assert done.code == 0 and "rules measured" in done.out
    assert "confidence" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "nowhere", "-o", "{tmp}/g"], "nowhere: does not exist"),
        (["build", "{tmp}", "-o", "{tmp}-g"], "holds no documents"),
        (["build", "{tmp}/*.txt", "{tmp}/none", "-o", "{tmp}-g"], "matches no document, nor is there anything to read in 1 more"),
        (["extract", "nowhere", "-o", "{tmp}/facts"], "nowhere: does not exist"),
        (["rules", "coverage", "nowhere"], "nowhere: does not exist"),
        (["rules", "coverage", "{tmp}"], "holds no documents"),
        (["rules", "sample", "nowhere"], "nowhere: does not exist"),
        (["rules", "calibrate", "nowhere"], "does not exist"),
        (["evaluate", "nowhere", "{tmp}"], "does not exist"),
        (["query", "-f", "nowhere.rq"], "does not exist"),
        (["remove", "nowhere", "-g", "{tmp}/none"], "is no graph"),
        (["diff", "{tmp}/none", "{tmp}/none"], "is no graph"),
        (["build", "{tmp}", "--date", "2021-02-30"], "is no date"),
        (["rules", "test", "--ontology", "{tmp}/none"], "is not an ontology folder"),
        (["build", "{tmp}", "--segmenter", "x"], "'x' is not one of"),
        (["build"], "Missing argument"),
        (["query", "ASK {}", "--min"], "No such option"),
        (["info", "-g", "{tmp}"], "is no graph"),
        (["evaluate", "{tmp}", "{tmp}"], "holds no gold annotations"),
    ],
)
def test_wrong_use_is_one_message_and_no_traceback(run, tmp_path, arguments, message):
    done = run(*(argument.replace("{tmp}", str(tmp_path)) for argument in arguments))
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("command", [["build", "-o"], ["extract", "-o"], ["rules", "coverage"]], ids=lambda command: " ".join(command))
def test_a_missing_path_beside_one_that_is_there_is_named_and_the_rest_done(run, corpus, tmp_path, command):
    output = [tmp_path / "out"] if command[-1] == "-o" else []
    done = run(*command, *output, corpus / "2021-07-15-qiantang.txt", tmp_path / "nowhere.txt")
    assert done.code == 1 and "nowhere.txt: does not exist" in done.err and done.out


@pytest.mark.parametrize("command", ["build", "extract"])
def test_a_column_named_where_no_file_has_columns_is_told(run, tmp_path, command):
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "a.txt").write_text("钱塘区位于杭州市。\n", encoding="utf-8")
    done = run(command, tmp_path / "t", "-o", tmp_path / "out", "--text-column", "正文", "--id-column", "号")
    assert done.code == 0 and "note: --text-column, --id-column had no effect" in done.err
    if command == "build":  # told again where nothing changed
        assert "had no effect" in run(command, tmp_path / "t", "-o", tmp_path / "out", "--text-column", "正文", "--id-column", "号").err
    (tmp_path / "t" / "b.csv").write_text("号,正文\n1,钱塘区位于杭州市东部。\n", encoding="utf-8")
    done = run(command, tmp_path / "t", "-o", tmp_path / "out", "--text-column", "正文", "--id-column", "号")
    assert done.code == 0 and "no effect" not in done.err


def test_a_process_of_its_own_says_all_and_does_what_is_left_for_its_end(tmp_path, corpus):
    code = """
import atexit, os
from kg.cli import main
ended = os._exit
os._exit = lambda code: (os.write(1, b"at once"), ended(code))
atexit.register(print, "told last")
main()
"""
    for arguments, wanted in ((["--help"], 0), (["--nothing"], 2), (["build", str(corpus), "-o", str(tmp_path / "g")], 0)):
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == wanted and done.stdout.endswith("told last\nat once")


ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(6)) + " }"


# `kg`, which says when it is about to ask the store. The interpreter takes Ctrl-C only if whoever started it did not say that it must not.
ANNOUNCED = """
import signal
from kg import api
from kg.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
query = api.Graph.query
def announced(*arguments, **more):
    print("asking", flush=True)
    return query(*arguments, **more)
api.Graph.query = announced
main()
"""


def test_a_query_stops_after_its_time(built):
    arguments = [sys.executable, "-m", "kg", "query", "-g", str(built), ENDLESS, "--timeout", "0.5"]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2 and "stopped after 0.5 seconds" in done.stderr and done.stdout == ""


def test_a_query_stops_at_ctrl_c(built):
    arguments = [sys.executable, "-c", ANNOUNCED, "query", "-g", str(built), ENDLESS]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout.readline() == "asking\n"
            time.sleep(0.5)  # until Python waits for the store; before, it would take Ctrl-C by itself
            running.send_signal(signal.SIGINT)
            _, said = running.communicate(timeout=20)
        finally:
            running.kill()
    assert running.returncode == 130 and said == "kg: stopped\n"


def test_a_query_in_time_is_answered(run, built):
    done = run("query", "ASK { ?x a kgo:Area }", "-g", built, "--timeout", 60)
    assert (done.code, done.out, done.err) == (0, "true\n", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["explain", "錢塘區", "--type", "Plan"], "of the type 'Plan'"),
        (["same", "--type", "Plan"], "of the type 'Plan'"),
        (["figures", "--indicator", "快樂指數"], "'快樂指數'"),
        (["figures", "--period", "last year"], "no period"),
        (["rules", "trace", "錢塘區。", "--rule", "status-governd"], "did you mean status-governed"),
        (["rules", "test", "no-such-rule"], "no rule 'no-such-rule'"),
    ],
)
def test_what_is_unknown_is_named(run, built, arguments, message):
    done = run(*arguments, *([] if arguments[0] == "rules" else ["-g", built]))
    assert (done.code, done.out) == (2, "")
    assert message in done.err and "Traceback" not in done.err


def test_coverage_counts_rules_and_shows_what_none_of_them_links(run, tmp_path):
    (tmp_path / "a.txt").write_text("錢塘區實施亞運城市行動。錢塘區實施美麗河湖行動。杭州市、寧波市和亞運城市行動。", encoding="utf-8")
    done = run("rules", "coverage", tmp_path)
    assert done.code == 0 and "implements-act" in done.out and "杭州市、寧波市和亞運城市行動" in done.out
    counted = next(line for line in done.out.splitlines() if "implements-act" in line)
    assert "2" in counted.split()
    assert "rules that found nothing (--all lists them)" in done.out and "ref-bridge" not in done.out
    own = tmp_path / "own"
    run("init", own)
    of_own = run("rules", "coverage", tmp_path / "a.txt", "--ontology", own).out
    assert [line.split()[:2] for line in of_own.splitlines()[2:4]] == [["0", "lot-numbered"], ["0", "won-by"]]
    every = run("rules", "coverage", tmp_path, "--all").out
    assert "\n0      ref-bridge\n" in every and "--all" not in every


def test_a_trace_says_where_rules_stopped(run):
    text = "云龙湖水库工程今天开工，总投资3亿元。该工程年供水两亿立方米。"
    out = run("rules", "trace", text).out
    assert "known Area                               云龙湖  water-yunlonghu  (gazetteer)\n" in out
    assert "fired                                    status-started: 云龙湖水库工程今天开工\n" in out
    assert "fired                                    amount: 3亿元\n" in out
    assert "means                                    ref-works: 该工程 = 云龙湖水库工程, 1 sentence after 云龙湖水库工程\n" in out
    assert re.search(r"Project  云龙湖水库工程 0–7、该工程 19–22  \(project-line, 0\.\d\d by other-Project ends-程 length-middle named-twice referred\)\n", out)
    assert " by text-other subject-sentence undated-Project indicator-listed of-Project)\n" in out
    assert out.count(" matched  ") == 6 and "patterns that matched in part (--all shows them)" in out
    every = run("rules", "trace", text, "--all").out
    assert every.count(" matched  ") > 6 and "--all" not in every
    alone = run("rules", "trace", text, "--rule", "comprises-adjacent-project").out
    assert "1 of 2 matched                           comprises-adjacent-project: 该工程 | no object:( #Project ) at 年\n" in alone
    assert "status-started:" not in alone and "means" not in alone and "does not stand there" not in alone
    assert "does not stand there                     ref-bridge: what it needs\n" in run("rules", "trace", text, "--rule", "ref-bridge").out
    data = json.loads(run("rules", "trace", text, "--json").out)
    assert {"tokens", "known", "steps", "near", "absent", "figures", "references"} == set(data)
    assert data["references"][0] == {"rule": "ref-works", "text": "该工程", "start": 19, "end": 22, "means": "云龙湖水库工程", "antecedent": "云龙湖水库工程", "distance": 1}
    assert [figure["rule"] for figure in data["figures"]] == ["amount", "amount"] and len(data["near"]) > 6


def test_a_traced_text_has_no_day_that_it_does_not_state(run):
    done = run("rules", "trace", "政府工作報告\n全市新修公路3公里。\n2022年新修鐵路5公里。")
    figures = [line for line in done.out.splitlines() if " level = " in line]
    assert len(figures) == 2 and "20" not in figures[0] and "2022" in figures[1]


def test_fault_of_the_program_is_no_traceback_but_for_debug(run, monkeypatch, built):
    def fails(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("kg.graph.store.open_graph", fails)
    done = run("info", "-g", built)
    assert done.code == 3
    assert "internal error: ZeroDivisionError: oh" in done.err
    assert "Traceback" not in done.err
    assert "Traceback" in run("--debug", "info", "-g", built).err


def test_extract_goes_on_behind_a_document_with_which_the_program_fails(run, monkeypatch, tmp_path):
    for name, text in {"a.txt": "钱塘区召开会议。", "b.txt": "坏的", "c.txt": "杭州市召开会议。"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    split = extractor.split_sentences

    def fails(document, folded):
        if folded == "坏的":
            raise ZeroDivisionError("oh")
        return split(document, folded)

    monkeypatch.setattr(extractor, "split_sentences", fails)
    done = run("extract", tmp_path, "-o", tmp_path / "facts", "--jobs", 1)
    assert done.code == 1
    assert "b.txt: fault of the program: ZeroDivisionError: oh (please report it, with the file if you can)" in done.err
    assert sorted(path.name for path in (tmp_path / "facts").iterdir()) == ["a.json", "c.json"]


def test_output_is_utf8_in_any_locale_and_a_closed_pipe_is_no_error(built):
    environment = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path)}
    command = [sys.executable, "-m", "kg", "query", NAMES, "-g", str(built)]
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert "錢塘區" in done.stdout.decode("utf-8")
    endless = "SELECT * WHERE { ?s ?p ?o . ?a ?b ?c } LIMIT 200000"
    with subprocess.Popen(
        [*command[:4], endless, "-g", str(built), "--format", "csv"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b"" and process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="LEFT OUT: there is no /dev/full here")
def test_output_that_cannot_be_written_is_no_fault_of_the_program(built):
    command = [sys.executable, "-m", "kg", "figures", "-g", str(built)]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2 and done.stderr.startswith("kg: output: No space left on device\n    is there room")
    closed = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", *command], stderr=subprocess.PIPE, text=True, check=False)
    assert (closed.returncode, closed.stderr) == (0, "")


def test_bytes_that_are_no_text_are_named(built):
    command = [sys.executable, "-m", "kg", "explain", b"\xff", "-g", str(built)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 2 and b"holds bytes that are no text here" in done.stderr and b"report it" not in done.stderr


def test_a_build_stopped_by_ctrl_c_says_what_there_is(run, monkeypatch, corpus, tmp_path):
    def stopped(*_arguments, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.build.build", stopped)
    done = run("build", corpus, "-o", tmp_path / "g")
    assert done.code == 130 and "the graph is whole" in done.err and done.err.endswith("kg: stopped\n")


def test_starts_fast():
    """`kg --help` loads none of what takes long to load; the benchmark measures the seconds."""
    told = subprocess.run([sys.executable, "-X", "importtime", "-m", "kg", "--help"], capture_output=True, text=True, check=True)
    loaded = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in told.stderr.splitlines() if "|" in line}
    assert "click" in loaded
    assert not loaded & {"rjieba", "jieba", "rdflib", "pyoxigraph", "pyvis", "networkx", "opencc", "ahocorasick_rs", "yaml", "httpx", "starlette"}


def test_a_build_without_a_name_for_the_graph_writes_nothing(run, corpus, tmp_path, monkeypatch):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    done = run("build", corpus, "-o", "")
    assert done.code != 0 and "the name given is empty" in done.err and not list(here.iterdir())


def test_a_folder_without_an_ontology_is_refused(run, corpus, tmp_path):
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong" / "table.csv").write_text("a,b\n", encoding="utf-8")
    done = run("build", corpus, "-o", tmp_path / "g", "--ontology", tmp_path / "wrong")
    assert done.code == 2 and "wrong: holds nothing of an ontology: none of *.ttl, rules/, lexicon/" in done.err
    assert "kg init DIR writes one" in done.err and not (tmp_path / "g").exists()


@pytest.mark.parametrize("arguments", [["--focus", "钱塘"], ["--focus", "330114"], ["--area", "錢塘"]])
def test_a_page_knows_the_names_that_explain_knows(run, built, tmp_path, arguments):
    done = run("view", "-g", built, *arguments, "-o", tmp_path / "x.html", "--json")
    assert done.code == 0 and json.loads(done.out)["things"] > 1


def test_view_says_which_figures_no_page_carries(run, tmp_path):
    (tmp_path / "one.txt").write_text("厦门市地区生产总值增长6%。\n", encoding="utf-8")
    (tmp_path / "two.txt").write_text("粮食产量增长2%。\n", encoding="utf-8")
    built = run("build", tmp_path / "one.txt", tmp_path / "two.txt", "-o", tmp_path / "graph")
    assert built.out.rstrip().endswith("2 figures")
    seen = run("view", "-g", tmp_path / "graph", "-o", tmp_path / "graph.html")
    assert "1 figure, " in seen.out and "left out: 1 figure without a subject" in seen.out
    assert run("info", "-g", tmp_path / "graph", "--counts-only").out.startswith("2 documents, ")
    only = run("ask", "figures-of", "--subject", "厦门市", "-g", tmp_path / "graph")
    assert only.out.rstrip().endswith("\n1 row")


def test_min_confidence_of_info_and_diff(run, corpus, built, tmp_path):
    def info(*more):
        return json.loads(run("info", "-g", built, "--json", *more).out)

    whole, some = info("--counts-only"), info("--counts-only", "--min-confidence", "0.9")
    assert 0 < some["facts"] < whole["facts"] and 0 < some["figures"] <= whole["figures"]
    assert some["documents"] == whole["documents"] and sum(some["types"].values()) < sum(whole["types"].values())
    assert sum(some["predicates"].values()) == some["facts"] and sum(some["kinds"].values()) == some["figures"]
    assert info("--min-confidence", "0") == info()
    (corpus / "added.txt").write_text("2023年，高淳区地区生产总值增长7.5%。据介绍，这里有300多人参加培训。\n", encoding="utf-8")
    assert run("build", corpus, "-o", tmp_path / "later", "--jobs", 1).code == 0
    run("extract", corpus / "added.txt", "-o", tmp_path / "facts")
    (found,) = (json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "facts").iterdir())
    surest = max(fact["confidence"] for part in ("relations", "observations") for fact in found[part])  # of a relation and a figure, as measured
    told = [json.loads(run("diff", built, tmp_path / "later", "--json", "--min-confidence", least).out) for least in ("0", surest, "1")]
    assert [len(one["added"]) for one in told] == [1, 1, 1]  # documents are told all the same
    assert len(told[0]["changes"]) > len(told[1]["changes"]) > len(told[2]["changes"])
