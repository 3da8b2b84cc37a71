"""What an ontology folder of one's own adds to the classes, relations and stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.api import extract
from kg.ask.answers import answer
from kg.ask.questions import load_questions
from kg.build import build
from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.graph.store import open_graph
from kg.graph.validate import validate
from kg.ontology import Ontology

SHIPPED = ("planned", "started", "underway", "completed", "operating")
OWN = """
@prefix kgo: <https://w3id.org/kgo/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
kgo:status-started kgo:step 7 .
kgo:status-closed a skos:Concept ; skos:inScheme kgo:statuses ; kgo:step 6 .
"""


def test_stages_stand_in_the_order_of_their_steps_each_once(tmp_path: Path) -> None:
    assert Ontology.load().terms.statuses == SHIPPED
    (tmp_path / "own.ttl").write_text(OWN, encoding="utf-8")
    own = Ontology.load(tmp_path)
    assert own.terms.statuses == ("planned", "underway", "completed", "operating", "closed", "started")
    assert load_questions(own)["projects-by-status"].parameter("status").choices == own.terms.statuses


def write_closed(folder: Path, text: str) -> None:
    """Below `folder` an ontology `own` with a stage `closed`, which it gives a road of a text, and that text in `t`."""
    (folder / "own").mkdir()
    (folder / "own" / "own.ttl").write_text(OWN, encoding="utf-8")
    entry = "{document: t/a.txt, subject: 錢塘快速路, predicate: hasStatus, value: closed, quote: 錢塘快速路停用}"
    (folder / "own" / "corrections.yaml").write_text(f"corrections:\n  - missing: {entry}\n    author: editor\n    date: 2026-11-23\n", encoding="utf-8")
    (folder / "t").mkdir()
    (folder / "t" / "a.txt").write_text(text, encoding="utf-8")


def test_a_stage_of_ones_own_is_sound_and_asked_for(tmp_path: Path) -> None:
    write_closed(tmp_path, "錢塘區新建錢塘快速路，錢塘快速路全線通車。今年，錢塘快速路停用。\n")
    own = Ontology.load(tmp_path / "own")
    assert build([tmp_path / "t"], tmp_path / "graph", ontology=tmp_path / "own", jobs=1).ok
    graph = open_graph(tmp_path / "graph")
    assert validate(graph, own).violations == ()
    questions = load_questions(own)
    (latest,) = answer(graph.store, questions["projects-latest"], {}).rows
    (closed,) = answer(graph.store, questions["projects-by-status"], {"status": ["closed"]}).rows
    assert "closed" in str(latest) and "停用" in str(closed) and len(answer(graph.store, questions["projects-by-status"], {}).rows) == 2


def test_a_stage_of_ones_own_is_read_from_a_table_of_works(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "own.ttl").write_text(OWN, encoding="utf-8")
    own = tmp_path / "rules" / "own.yaml"
    own.write_text("patterns:\n  table_stages:\n    closed: 停用|拆除\n", encoding="utf-8")
    (tmp_path / "a.csv").write_text("项目名称,建设地点,进展\n衢江大桥,湖镇镇,停用\n柳溪水库,湖镇镇,在建\n", encoding="utf-8")
    [(document, facts)] = extract(tmp_path / "a.csv", ontology=tmp_path)
    stages = {document.text[one.start : one.end]: one.value for one in facts.relations if one.predicate == "hasStatus"}
    assert stages == {"衢江大桥\t湖镇镇\t停用": "closed", "柳溪水库\t湖镇镇\t在建": "underway"}
    own.write_text("patterns:\n  table_stages:\n    shut: 停用\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"a stage that the ontology does not have: shut \(stages: planned, .*closed"):
        Extractor(Ontology.load(tmp_path))


def test_what_is_in_a_later_stage_of_ones_own_is_under_way_no_more(tmp_path: Path) -> None:
    write_closed(tmp_path, "錢塘區錢塘快速路開工建設，錢塘區江灣大橋開工建設。今年，錢塘快速路停用。\n")
    build([tmp_path / "t"], tmp_path / "graph", ontology=tmp_path / "own", jobs=1)
    question = load_questions(Ontology.load(tmp_path / "own"))["projects-underway"]
    assert [row[0] for row in answer(open_graph(tmp_path / "graph").store, question, {"area": ["錢塘區"]}).rows] == ["錢塘區江灣大橋"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("rules/more.yml", r"rules.more\.yml: nothing reads files of rules that end in \.yml .name it more\.yaml"),
        ("gazetteer/more.csv", r"nothing reads files of gazetteer that end in \.csv .name it more\.tsv, and part its cells with tabs"),
        ("rules/old/more.yaml", r"old.more\.yaml: nothing reads what lies in folders below rules"),
        ("Queries/mine.rq", r"Queries: nothing reads what has this name .did you mean queries\?"),
        ("correction.yaml", r"correction\.yaml: nothing reads what has this name .did you mean corrections\.yaml\?"),
        ("rules/hits.csv", ""),  # a table of hits to be judged
        ("rules2/more.yaml", ""),
        ("compose.yaml", ""),
        ("rules/.more.yml", ""),
    ],
)
def test_what_is_meant_for_an_ontology_and_not_read_is_told(tmp_path: Path, name: str, message: str) -> None:
    for given in ("own.ttl", "rules/own.yaml", name):
        (tmp_path / given).parent.mkdir(exist_ok=True)
        (tmp_path / given).write_text("", encoding="utf-8")
    if message:
        with pytest.raises(KgError, match=message):
            Ontology.load(tmp_path)
    else:
        Ontology.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@prefix a: <http://a/> .\na:b a a:c\n", r"own\.ttl:3: is not valid Turtle: Unexpected end .what is said of one thing ends with a full stop"),
        ("@prefix a: <http://a/> .\na:b a c:d .\n", r"own\.ttl:2: is not valid Turtle: The prefix c: has not been declared$"),
    ],
)
def test_a_slip_in_turtle_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "own.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=message):
        _ = Ontology.load(tmp_path).terms
