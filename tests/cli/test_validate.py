"""Faults of a graph are told by the name of the thing, with the sentence, and with what to do."""

from __future__ import annotations

import json
import re
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.build import build
from kg.graph.vocabulary import KGO, RDF, XSD
from tests.cli.conftest import Run

TEXT = "钱塘区城市绿化条例（草案）\n2021年，钱塘区地区生产总值增长11%。钱塘区位于杭州市。\n"


def put(store: Store, node: NamedNode, predicate: str, value: NamedNode | Literal) -> None:
    for quad in list(store.quads_for_pattern(node, NamedNode(predicate), None, DefaultGraph())):
        store.remove(quad)
    store.add(Quad(node, NamedNode(predicate), value, DefaultGraph()))


def damaged(folder: Path) -> Path:
    """A graph of one text in which a figure is too sure, a rule unknown and a relation of the wrong class."""
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    build([folder / "a.txt"], folder / "g", jobs=1)
    store = Store(str(folder / "g" / "generations" / (folder / "g" / "CURRENT").read_text().strip() / "store"))

    figure = next(q.subject for q in store.quads_for_pattern(None, NamedNode(KGO + "indicatorText"), None, DefaultGraph()))
    put(store, figure, KGO + "confidence", Literal("1.5", datatype=NamedNode(XSD + "decimal")))
    put(store, figure, KGO + "rule", NamedNode("https://w3id.org/kgo/id/rule-gone"))
    (fact,) = {q.subject for q in store.quads_for_pattern(None, NamedNode(RDF + "predicate"), NamedNode(KGO + "partOf"), DefaultGraph())
               if list(store.quads_for_pattern(q.subject, NamedNode(KGO + "quote"), None, DefaultGraph()))}  # fmt: skip
    put(store, fact, RDF + "predicate", NamedNode(KGO + "holdsPost"))
    store.flush()
    return folder / "g"


def test_every_fault_names_thing_document_sentence_and_a_way_out(run: Run, tmp_path: Path) -> None:
    graph = damaged(tmp_path)
    done = run("validate", "-g", graph, "--json")
    assert done.code == 1
    told = {fault["found_by"]: fault for fault in json.loads(done.out)["faults"]}
    assert set(told) == {"shape", "known-rule", "statement-asserted", "domain"}
    figure, rule, relation = told["shape"], told["known-rule"], told["domain"]
    assert (figure["name"], figure["value"]) == ("钱塘区 地区生产总值 11%", "confidence 1.5") and "under `wrong` in corrections.yaml" in figure["way_out"]
    assert rule["name"] == "rule-gone" and "--ontology" in rule["way_out"]
    assert relation["name"].startswith("钱塘区 holdsPost 杭州市") and re.search(r"narrow the rule [a-z]\S+,", relation["way_out"])
    assert all(fault["document"].endswith("a.txt") and fault["sentence"].endswith("。") for fault in told.values())
    lines = run("validate", "-g", graph).out.splitlines()
    assert lines[0] == "钱塘区 地区生产总值 11%: A confidence lies between 0 and 1. (shape confidence 1.5)"
    assert lines[1].endswith("a.txt 2021年，钱塘区地区生产总值增长11%。") and lines[2].startswith("  → ") and lines[-1].endswith("NOT SOUND")
