"""The Python API: `import kg` and what hangs on it."""

from __future__ import annotations

import datetime
import inspect
import pickle
import subprocess
import sys
from dataclasses import replace

import pytest

import kg
from kg.api import extract
from kg.errors import KgError
from kg.ontology import Ontology
from kg.read import read
from tests import sample


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    """A graph of one small file."""
    folder = tmp_path_factory.mktemp("api")
    (folder / "a.txt").write_text(sample.PLENARY, encoding="utf-8")
    return kg.build(folder / "a.txt", folder / "graph", jobs=1, date="2021-07-15")


def test_build_gives_an_open_graph(graph):
    assert isinstance(graph, kg.Graph) and repr(graph).endswith("graph', generation 000001, documents: 1>")
    names = {name for (name,) in graph.query("SELECT ?name WHERE { ?a a kgo:Area ; rdfs:label ?name }")}
    assert "錢塘區" in names
    again = kg.open(graph.view.folder)
    assert again.view.generation == graph.view.generation


def test_what_a_build_leaves_out_is_told(tmp_path):
    for n in range(7):
        (tmp_path / f"{n}.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "a.txt").write_text("錢塘區。", encoding="utf-8")
    with pytest.warns(UserWarning) as told:
        assert len(kg.build(tmp_path, tmp_path.parent / f"{tmp_path.name}-g", jobs=1).view.manifest.skipped) == 7
    assert [str(one.message).partition(".pdf")[0] for one in told[:2]] == [f"left out: {tmp_path.name}/{n}" for n in range(2)]
    assert str(told[5].message).startswith("… and 2 more (") and told[0].filename == __file__


def test_ask_takes_values_and_lists(graph):
    one = graph.ask("figures-of", subject="錢塘區")
    assert one.rows
    assert one.rows == graph.ask("figures-of", {"subject": ["钱塘区"]}).rows
    assert "area-330114" in graph.bind("figures-of", subject="錢塘區")
    assert len(graph.questions) >= 28


def test_explain_dataset_networkx(graph):
    import rdflib

    [found] = graph.explain("钱塘区")
    assert found.thing.iri.endswith("area-330114")
    assert isinstance(graph.dataset, rdflib.Dataset)
    [[number]] = graph.dataset.query("SELECT (COUNT(DISTINCT ?t) AS ?n) WHERE { ?t a kgo:Sentence }")
    [(counted,)] = graph.query("SELECT (COUNT(DISTINCT ?t) AS ?n) WHERE { ?t a kgo:Sentence }")
    assert int(number) == counted > 0
    assert found.thing.iri in graph.to_networkx()


def test_errors_are_kg_errors(tmp_path):
    with pytest.raises(kg.KgError, match="is no graph"):
        kg.open(tmp_path)
    assert kg.KgError is KgError


def test_figures_are_tidy_rows(graph):
    rows = graph.figures(subject="钱塘区", kind="growth")
    assert rows and {row.kind for row in rows} == {"growth"} and {row.subject_id for row in rows} == {"area-330114"}
    with pytest.raises(KgError, match="no kind 'grwoth' of figures"):
        graph.figures(kind="grwoth")


def test_parameters_are_written_as_python_has_to(graph):
    asked = graph.ask("growth", area={"钱塘区"}, from_=datetime.date(2021, 1, 1), min_confidence=0.1)
    assert asked.rows and asked == graph.ask("growth", {"area": "钱塘区", "from": "2021-01-01", "minConfidence": "0.1"})
    with pytest.raises(KgError, match="no parameter 'form_'"):
        graph.ask("growth", area="钱塘区", form_="2021")


def test_rows_that_were_given_are_not_none(graph):
    results = graph.query("SELECT ?a WHERE { ?a a kgo:Area }")
    assert repr(results) == "<Results: rows of a>"
    first = next(iter(results))
    assert first not in list(results)
    for again in (results, results.rows()):
        with pytest.raises(KgError, match="given already"):
            list(again)
    with pytest.raises(KgError, match="given already"):
        results.serialize("csv")
    triples = graph.query("CONSTRUCT { ?a a kgo:Area } WHERE { ?a a kgo:Area }")
    assert triples.serialize("ntriples")
    with pytest.raises(KgError, match="given already"):
        list(triples)
    with pytest.raises(TypeError, match="ASK has no rows"):
        list(graph.query("ASK { ?s ?p ?o }"))


def test_broken_records_are_warnings(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "钱塘区。"}\n{"text": \n', encoding="utf-8")
    with pytest.warns(UserWarning, match=r"left out: .*a\.jsonl:2: no valid JSON"):
        assert [document.part for document, _ in extract(tmp_path)] == ["1"]
    with pytest.warns(UserWarning, match=r"left out: .*a\.jsonl:2: no valid JSON"):
        assert len(kg.build(tmp_path / "a.jsonl", tmp_path / "g", jobs=1).view.documents()) == 1


def test_a_text_at_hand_is_read_as_its_file_is(tmp_path):
    (tmp_path / "a.txt").write_text(sample.PLENARY, encoding="utf-8")
    [read_] = read(tmp_path / "a.txt")
    made = kg.document_of(sample.PLENARY, id=read_.id)
    assert made == replace(read_, path=made.path)
    assert kg.document_of("字\r\n　字", title="题", date="2021").text == "字\r\n　字"
    for date in ("gestern", datetime.date(2021, 1, 1)):
        with pytest.raises(KgError, match="is no date"):
            kg.document_of("字", date=date)  # type: ignore[arg-type]


def test_an_extractor_takes_a_folder_and_tells_that_it_stays(tmp_path):
    with pytest.raises(KgError, match="is not an ontology folder"):
        kg.Extractor(tmp_path / "none")
    extractor = kg.Extractor()
    facts = extractor.extract(kg.document_of(sample.PLENARY))
    assert repr(facts).startswith("<Facts of 'text': ") and pickle.loads(pickle.dumps(facts)) == facts
    with pytest.raises(TypeError, match=r"kg\.document_of\(text\) makes one"):
        extractor.extract("钱塘区")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="let each process make its own"):
        pickle.dumps(extractor)


def test_an_ontology_that_was_edited_is_read_again(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("2021年7月1日，钱塘区召开动员大会。", encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    (own / "corrections.yaml").write_text("corrections: []\n", encoding="utf-8")
    ontology = Ontology.load(own)

    def areas():
        g = kg.build(tmp_path / "texts", tmp_path / "graph", ontology=ontology, jobs=1)
        return [name for (name,) in g.query("SELECT ?name WHERE { ?a a kgo:Area ; rdfs:label ?name }")]

    assert areas() == ["钱塘区"]
    name = "{document: texts/a.txt, written: 钱塘区, is: 钱塘新区, type: Area}"
    (own / "corrections.yaml").write_text(f"corrections:\n  - name: {name}\n    author: editor\n    date: 2026-01-01\n", encoding="utf-8")
    assert areas() != ["钱塘区"]


def test_a_script_without_a_guard_is_not_run_by_its_processes(tmp_path):
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text("2021年7月1日，钱塘区召开动员大会。", encoding="utf-8")
    # With another thread, as on other systems than Linux, processes are not forked.
    (tmp_path / "script.py").write_text(
        "import threading, kg\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        f"print(len(kg.build({str(tmp_path)!r} + '/*.txt', {str(tmp_path / 'graph')!r}, jobs=2).view.documents()))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, tmp_path / "script.py"], capture_output=True, text=True, timeout=100, check=True)
    assert (done.stdout, done.stderr) == ("4\n", "")


def test_what_is_shown_is_short(graph):
    document = graph.view.document(graph.view.documents()[0].id)
    shown = (document, graph.view.facts(document.id), graph.ask("figures-of", subject="钱塘区"), graph.explain("钱塘区"), graph.questions["growth"])
    assert [len(repr(one)) < 400 for one in shown] == [True] * 5


def test_extract_gives_documents_with_facts(tmp_path):
    from kg.api import extract

    (tmp_path / "a.txt").write_text(sample.PLENARY, encoding="utf-8")
    [(document, facts)] = extract(tmp_path, date="2021-07-15")
    assert (document.date, facts.document) == ("2021-07-15", document.id)
    assert facts.entities


@pytest.mark.parametrize("first", ["import kg.build", "from kg.build import remove", "import kg.api", "kg.open", "pass"])
def test_build_can_be_called_whatever_was_imported_before(first):
    code = f"import kg\n{first}\nassert callable(kg.build)\nfrom kg.build import build\nassert kg.build.build is build"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_unknown_names_are_attribute_errors():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kg.nothing  # type: ignore[attr-defined]
    assert {*kg.__all__, "read"} <= set(dir(kg)) and not {"Any", "ModuleType", "sys"} & set(dir(kg))
    assert [name for name in kg.__all__ if not callable(getattr(kg, name))] == []


def test_a_notebook_shows_how_build_is_called():
    assert "jobs" in inspect.signature(kg.build).parameters
