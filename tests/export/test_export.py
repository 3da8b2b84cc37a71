"""Every format is read again by another program, holds what the store holds, and has the same bytes each time."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import networkx
import pytest
import rdflib
from pyoxigraph import DefaultGraph

from kg.ask.figures import COLUMNS, figures, write_figures
from kg.errors import KgError
from kg.export import FORMATS, export
from kg.graph.layout import evidence
from kg.graph.literals import xml_text
from kg.graph.store import rows_of
from kg.graph.vocabulary import KGR
from kg.serve.figures import COLUMNS as API_COLUMNS
from tests.graph.samples import document, facts

DOCS = Path(__file__).parents[2] / "docs" / "vocabulary.md"
RDF = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld", "rdfxml": "xml"}


def triples_of(view) -> set[tuple[str, str, str, str]]:
    """Subject, predicate, object and its language."""
    return {
        (str(q.subject)[1:-1], str(q.predicate)[1:-1], q.object.value, getattr(q.object, "language", None) or "")
        for q in view.store.quads_for_pattern(None, None, None, None)
    }


def read_again(path: Path, format: str) -> tuple[set[tuple[str, str, str, str]], set[str]]:
    """The triples of a file, as rdflib reads them, and the names of its graphs."""
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format=RDF[format])
    triples = {(str(s), str(p), str(o), getattr(o, "language", None) or "") for s, p, o, _ in dataset.quads()}
    return triples, {str(graph.identifier) for graph in dataset.graphs()}


@pytest.mark.parametrize("format", sorted(RDF))
def test_rdf_is_read_again(view, tmp_path, format):
    path = tmp_path / f"out{FORMATS[format]}"
    report = export(view, format, path)
    found, named = read_again(path, format)
    expected = triples_of(view)
    assert found == expected
    if format in ("turtle", "rdfxml"):
        assert report.count == len(expected)
    else:
        in_graphs = sum(1 for quad in view.store if not isinstance(quad.graph_name, DefaultGraph))
        proof = sum(1 for record in view.documents() for _ in evidence(view.store, record.iri))
        assert report.count == in_graphs + proof
        assert {record.iri for record in view.documents()} <= named


def test_rdf_has_prefixes(view, tmp_path):
    export(view, "turtle", tmp_path / "a.ttl")
    text = (tmp_path / "a.ttl").read_text(encoding="utf-8")
    assert "kgr:area-330114 a kgo:Area" in text
    heads = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert heads == sorted(heads) and len(heads) > 10


def test_networks_are_read_again(view, tmp_path):
    export(view, "graphml", tmp_path / "a.graphml")
    network = networkx.read_graphml(tmp_path / "a.graphml", force_multigraph=True)
    assert network.nodes["area-330114"] == {"label": "錢塘區", "type": "Area", "key": "钱塘区", "code": "330114"}
    assert {data["predicate"] for _, _, data in network.edges(data=True)} == {"partOf", "issues", "holdsPost"}
    keys = re.findall(r'<key id="(\w+)"', (tmp_path / "a.graphml").read_text(encoding="utf-8"))
    assert len(keys) == len(set(keys)) > 8
    export(view, "gexf", tmp_path / "a.gexf")
    again = networkx.read_gexf(tmp_path / "a.gexf")
    assert dict(again.nodes) == dict(network.nodes)
    assert {data["id"] for _, _, data in again.edges(data=True)} == {key for _, _, key in network.edges(keys=True)}


def test_tables_are_read_again(view, tmp_path):
    report = export(view, "csv", tmp_path / "tables")
    tables = {}
    for path, count in report.files.items():
        with path.open(encoding="utf-8-sig", newline="") as stream:
            tables[path.stem] = list(csv.DictReader(stream))
        assert len(tables[path.stem]) == count
    assert {name: len(rows) for name, rows in tables.items()} == {
        "things": 6,
        "facts": 12,
        "figures": 6,
        "documents": 2,
    }
    district = next(row for row in tables["things"] if row["id"] == "area-330114")
    assert district == {
        "id": "area-330114",
        "type": "Area",
        "name": "錢塘區",
        "key": "钱塘区",
        "code": "330114",
        "scope": "",
        "documents": "2",
    }
    things, documents = ({row[key] for row in tables[name]} for name, key in (("things", "id"), ("documents", "document")))
    for row in (*tables["facts"], *tables["figures"]):
        assert row["document"] in documents and row["subject_id"] in things | {""}
    assert {row["object_id"] for row in tables["facts"] if row["object_id"]} <= things
    # A thing is called by one name, in whichever table it stands.
    called = {row["id"]: row["name"] for row in tables["things"]}
    told = [(row[f"{end}_id"], row[end]) for name in ("facts", "figures") for row in tables[name] for end in ("subject", "object") if row.get(f"{end}_id")]
    assert len(told) > 10 and all(called[thing] == name for thing, name in told)
    for name, kind in (("facts", "kgo:Statement"), ("figures", "qb:Observation")):
        assert {KGR + row["id"] for row in tables[name]} == {node.value for (node,) in rows_of(view.store, f"SELECT ?f {{ ?f a {kind} }}")}
    status = next(row for row in tables["facts"] if row["predicate"] == "hasStatus")
    assert (status["subject"], status["object"], status["object_id"], status["date"], status["quote"]) == (
        "地鐵8號線", "operating", "", "2021-06-28", "地鐵8號線開通",
    )  # fmt: skip
    authority = [row for row in tables["facts"] if row["basis"] == "authority"]
    assert len(authority) == 2 and authority[0]["quote"] == ""
    growth = next(row for row in tables["figures"] if row["kind"] == "growth")
    assert (growth["value"], growth["unit"], growth["bound"], growth["base"]) == ("11", "%", "about", "同比")
    assert (growth["period_start"], growth["period_end"]) == ("2021-01-01", "2021-06-30")
    rank = next(row for row in tables["figures"] if row["kind"] == "rank")
    assert (rank["subject_id"], rank["unit"], rank["within"]) == ("", "", "全市")
    assert rank["clues"] == "text-report subject-none" and growth["clues"] == ""
    assert [(row["id"], row["url"]) for row in tables["documents"]] == [(record.iri.removeprefix(KGR), "https://example.org/a?b=c d") for record in view.documents()]


def test_the_facts_are_an_edge_list(view, tmp_path):
    export(view, "csv", tmp_path / "tables")
    export(view, "graphml", tmp_path / "a.graphml")
    with (tmp_path / "tables" / "facts.csv").open(encoding="utf-8-sig", newline="") as stream:
        edges = [(row["subject_id"], row["object_id"], row["id"]) for row in csv.DictReader(stream) if row["object_id"]]
    network = networkx.MultiDiGraph()
    network.add_edges_from(edges)
    assert set(network.edges(keys=True)) == set(networkx.read_graphml(tmp_path / "a.graphml", force_multigraph=True).edges(keys=True))


def test_a_table_of_figures_has_the_same_columns_wherever_it_comes_from(view, tmp_path):
    export(view, "csv", tmp_path / "tables")
    write_figures(figures(view.store), tmp_path / "figures.csv")
    exported, written = (path.read_text(encoding="utf-8-sig").splitlines() for path in (tmp_path / "tables" / "figures.csv", tmp_path / "figures.csv"))
    assert exported[0] == written[0] and sorted(exported) == sorted(written)
    assert set(API_COLUMNS) - {"quote"} < set(COLUMNS)


def test_every_column_of_the_tables_is_documented(view, tmp_path):
    documented = set(re.findall(r"`(\w+)`", DOCS.read_text(encoding="utf-8").partition("## Tables")[2]))
    for path in export(view, "csv", tmp_path / "tables").files:
        assert set(path.read_text(encoding="utf-8-sig").partition("\n")[0].split(",")) <= documented, path.stem
    assert set(COLUMNS) <= documented


def hostile(graph_of):
    """A graph whose names hold markup, formulas and control characters."""
    said = facts()
    nasty = ['=HYPERLINK("http://x")', "<script>&]]>\x0b\x1f", '" .\n<a> <b> <c> .', "\u202e\ufffe", "a\x00b"]
    entities = tuple(replace(e, name=n, surfaces=(n,), key=n) for e, n in zip(said.entities, nasty, strict=True))
    return graph_of([(replace(document(), title="=1+1"), replace(said, entities=entities))])


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_hostile_names_are_data(graph_of, tmp_path, format):
    view = hostile(graph_of)
    path = tmp_path / f"out{FORMATS[format]}"
    report = export(view, format, path)
    if format == "csv":
        for file in report.files:
            with file.open(encoding="utf-8-sig", newline="") as stream:
                cells = [cell for row in csv.reader(stream) for cell in row]
            assert not [cell for cell in cells if cell[:1] in ("=", "@", "+")]
        names = (path / "things.csv").read_text(encoding="utf-8-sig")
        assert "'=HYPERLINK" in names
    elif format == "graphml":
        assert len(networkx.read_graphml(path)) == 5
    elif format == "gexf":
        assert len(networkx.read_gexf(path)) == 5
    else:
        found, _ = read_again(path, format)
        expected = triples_of(view)
        if format == "rdfxml":
            expected = {(s, p, xml_text(o), language) for s, p, o, language in expected}
        assert found == expected


def test_what_cannot_be_done(view, tmp_path):
    with pytest.raises(KgError, match="unknown format 'pdf'") as raised:
        export(view, "pdf", tmp_path / "a.pdf")
    assert "turtle, trig, nquads" in raised.value.hint
    (tmp_path / "file").write_text("x")
    for format in ("turtle", "csv"):
        with pytest.raises(KgError):
            export(view, format, tmp_path / "file" / "a")
    with pytest.raises(KgError, match="is a file"):
        export(view, "csv", tmp_path / "file")


def test_half_a_file_is_never_left(view, tmp_path, monkeypatch):
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(__import__("kg.export.formats", fromlist=["x"])._WRITERS, "turtle", ("triples", full))
    (tmp_path / "a.ttl").write_text("before")
    with pytest.raises(KgError, match="No space left"):
        export(view, "turtle", tmp_path / "a.ttl")
    assert [(p.name, p.read_text()) for p in tmp_path.glob("*.ttl*")] == [("a.ttl", "before")]
    assert not list(tmp_path.glob(".a.ttl*"))


def test_same_bytes_in_every_process(view, tmp_path):
    code = """
import sys
from pathlib import Path
from kg.export import FORMATS, export
from kg.graph.store import open_graph
view = open_graph(sys.argv[1])
for name, ending in FORMATS.items():
    export(view, name, Path(sys.argv[2]) / ("out" + ending))
"""
    home = Path(__file__).parents[2]
    found = []
    for seed in ("1", "2"):
        target = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(home)}
        subprocess.run([sys.executable, "-c", code, str(view.folder), str(target)], check=True, env=environment)
        found.append({p.relative_to(target): p.read_bytes() for p in sorted(target.rglob("*")) if p.is_file()})
    assert len(found[0]) == 11
    assert found[0] == found[1]
    json.loads(found[0][Path("out.jsonld")])
