"""A thing is found by any name that a text uses, in either script; what is known about it comes with its evidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg import api
from kg.ask.answers import answer
from kg.ask.explain import explain
from kg.ask.lookup import (
    describe,
    find_things,
    governed,
    names_of_all,
    near_names,
    scopes,
    spellings,
    things_containing,
    things_like,
)
from kg.ask.questions import load_questions
from kg.build import build
from kg.graph.network import named_things
from kg.graph.store import open_graph
from kg.graph.vocabulary import KGO, KGR, RDF, RDFS, SKOS
from kg.ontology import Ontology


@pytest.mark.parametrize("name", ["錢塘區", "钱塘区", "錢塘", "钱塘", "“錢塘區”", " 錢塘區 ", "330114", "kgr:area-330114"])
def test_found_by(sample_store, name):
    found = find_things(sample_store, name)
    assert [(thing.iri.rpartition("/")[2], thing.type, thing.key) for thing in found] == [("area-330114", "Area", "钱塘区")]


@pytest.mark.parametrize(("short", "full"), [("拱墅", "拱墅区"), ("湖南", "湖南省"), ("广西", "广西壮族自治区"), ("伊犁", "伊犁哈萨克自治州"), ("廣西", "广西壮族自治区")])
def test_short_name_of_an_area_that_texts_write_in_full(tmp_path, short, full):
    (tmp_path / "a.txt").write_text("拱墅区、湖南省、广西壮族自治区、伊犁哈萨克自治州、湖南师范大学开展合作。", encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "g", jobs=1)
    store = open_graph(tmp_path / "g").store
    assert [thing.key for thing in find_things(store, short)] == [full]
    assert find_things(store, short, ["Body"]) == []


def test_of_things_with_one_name_the_place_or_the_document_tells_which(tmp_path):
    for name, text in {
        "a.txt": "天津市政府工作报告\n组建能源集团。\n", "b.txt": "重庆市政府工作报告\n组建能源集团。\n", "c.txt": "十项行动\n各地实施“十项行动”。\n",
    }.items():  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
    build([tmp_path / name for name in ("a.txt", "b.txt", "c.txt")], tmp_path / "g", jobs=1)
    store = open_graph(tmp_path / "g").store
    told = scopes(store)
    assert sorted(told[thing.iri] for thing in find_things(store, "能源集团")) == ["天津市", "重庆市"]
    (actions,) = find_things(store, "十项行动")
    assert scopes(store, actions.iri) == {actions.iri: "十项行动"}
    assert not any(thing.iri in told for thing in find_things(store, "天津市"))


def test_names_asked_for_together_are_those_asked_for_one_by_one(sample_store):
    things = {quad.subject.value for quad in sample_store.quads_for_pattern(None, None, None) if quad.subject.value.startswith("https://w3id.org/kgo/id/")}
    assert len(things) > 50
    assert names_of_all(sample_store, sorted(things)) == {iri: describe(sample_store, iri).name for iri in things}


def test_type_narrows(sample_store):
    assert [t.type for t in find_things(sample_store, "全會", ["Event"])] == ["Event"]
    assert find_things(sample_store, "全會", ["Area"]) == []


@pytest.mark.parametrize("name", ["", "沒有的", "kgr:e-nothing", "999999", "<http://x>", '"'])
def test_not_found(sample_store, name):
    assert find_things(sample_store, name) == []


def test_near_names_shortest_first(sample_store):
    assert [thing.key for thing in things_containing(sample_store, "錢塘")][:4] == [
        "钱塘区", "钱塘区委", "钱塘大道", "钱塘新区"]  # fmt: skip
    # also what is contained in the name asked for
    assert [thing.key for thing in things_containing(sample_store, "杭州市钱塘区政府")][:2] == ["杭州市", "钱塘区"]
    assert things_containing(sample_store, "") == []


def test_spellings_hold_both_scripts():
    assert {"钱塘区", "錢塘區"} <= set(spellings("钱塘区"))


def test_explanation_quotes_the_text(sample_store):
    from tests import sample

    texts = {document.id: document.text for document, _ in sample.documents()}
    [found] = explain(sample_store, "钱塘区")
    assert found.names == ("錢塘區", "钱塘区")
    assert found.short_forms == ("錢塘",)
    assert found.properties == {"code": ("330114",)}
    assert found.documents == ("corpus/notice.txt", "corpus/plenary.txt")
    evidence = [e for fact in found.facts for e in fact.evidence] + [figure.evidence for figure in found.figures]
    assert len(evidence) >= 12
    for one in evidence:
        text = texts[one.source]
        assert text[one.start : one.end] == one.quote
        assert text[one.sentence_start : one.sentence_start + len(one.sentence)] == one.sentence


def test_explanation_groups_by_relation_both_ways(sample_store):
    [found] = explain(sample_store, "錢塘區")
    known = {(fact.predicate, fact.outgoing, fact.other.name if fact.other else fact.value) for fact in found.facts}
    assert {("partOf", True, "杭州市"), ("succeededBy", False, "錢塘新區"), ("awarded", True, "整潔示範區")} <= known
    assert [(f.indicator, str(f.value), f.period) for f in found.figures if f.kind == "target"] == [("生產總值", "8", "2021")]


def test_status_is_a_value(sample_store):
    [found] = explain(sample_store, "錢塘大道")
    [status] = [fact for fact in found.facts if fact.predicate == "hasStatus"]
    assert (status.other, status.value, status.date) == (None, "operating", "2021-07-01")


def test_least_confidence(sample_store):
    [everything], [sure] = explain(sample_store, "共富方案"), explain(sample_store, "共富方案", 0.7)
    assert len(everything.facts) == 1
    assert sure.facts == ()


def test_nothing_known(sample_store):
    assert explain(sample_store, "沒有的") == []


def test_a_name_much_like_one_is_offered(tmp_path):
    (tmp_path / "line.txt").write_text("厦门地铁6号线开工建设。厦门市园林局举行活动。\n", encoding="utf-8")
    build([tmp_path / "line.txt"], tmp_path / "graph", jobs=1)
    store = open_graph(tmp_path / "graph").store
    assert things_containing(store, "厦门地铁9号线", ("Project",)) == []
    assert [thing.name for thing in things_like(store, "厦门地铁9号线", ("Project",))] == ["厦门地铁6号线"]
    assert things_like(store, "大熊猫国家公园", ("Project",)) == []


def test_an_area_is_called_by_its_full_name_and_counted_once(tmp_path):
    for name, text in (("a.txt", "湖南召开会议。"), ("b.txt", "湖南交通便利。"), ("c.txt", "湖南省召开会议。")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    build([tmp_path / name for name in ("a.txt", "b.txt", "c.txt")], tmp_path / "g", jobs=1)
    graph = api.open(tmp_path / "g")
    assert [thing.name for thing in find_things(graph.store, "湖南")] == ["湖南省"]
    assert [tuple(row) for row in answer(graph.store, load_questions(Ontology.load())["top-areas"], {}).rows] == [("湖南省", 3)]


def test_organs_with_one_name_are_told_apart_by_what_they_govern(tmp_path):
    for name, text in (("a.txt", "湖南省召开会议。省人民政府印发通知。"), ("b.txt", "河南省召开会议。省人民政府印发通知。")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "g", jobs=1)
    store = open_graph(tmp_path / "g").store
    assert sorted(governed(store, thing.iri) for thing in find_things(store, "省人民政府")) == [["河南省"], ["湖南省"]]


def test_a_slip_in_a_short_name_brings_the_name():
    keys = ["钱塘区", "余杭区", "钱塘区委", "杭州", "浙江省人民政府"]
    assert near_names("錢唐區", keys) == ["钱塘区"]
    assert near_names("钱塘", keys) == ["钱塘区", "钱塘区委"]
    assert near_names("浙江省人民政俯", keys) == ["浙江省人民政府"]
    assert near_names("杭洲", keys) == []  # of two characters one makes another name
    assert near_names("", keys) == []


def test_a_word_that_refers_to_a_thing_is_no_name_of_it_but_finds_it(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("2024年浙江省政府工作报告\n浙江推进云龙湖水库工程建设。全省新设企业3万家。该工程年供水两亿立方米。\n", encoding="utf-8")
    assert build([texts], tmp_path / "g", jobs=1).ok
    store = open_graph(tmp_path / "g").store
    for word, key in (("全省", "浙江省"), ("该工程", "云龙湖水库工程"), ("該工程", "云龙湖水库工程")):
        (thing,) = find_things(store, word)
        assert thing.key == key
        (told,) = explain(store, thing.iri)
        assert word not in (*told.names, *told.short_forms) and told.references
    assert "浙江" in explain(store, "浙江省")[0].short_forms


def test_a_thing_is_called_as_most_documents_call_it_by_whoever_tells_of_it():
    store, merged = Store(), DefaultGraph()
    iri, sentence = NamedNode(f"{KGR}e-1"), NamedNode(f"{KGR}t-1")
    for number, name in enumerate(("世界贸易组织", "世贸组织", "世贸组织")):
        for predicate, target in ((f"{RDFS}label", Literal(name, language="zh")), (f"{SKOS}prefLabel", Literal("世界贸易组织", language="zh-hans")), (f"{RDF}type", NamedNode(f"{KGO}Body"))):
            store.extend(Quad(iri, NamedNode(predicate), target, graph) for graph in (merged, NamedNode(f"{KGR}d-{number}")))
    store.add(Quad(iri, NamedNode(f"{KGO}mentionedIn"), sentence, merged))
    assert describe(store, iri.value).name == names_of_all(store, [iri.value])[iri.value] == named_things(store)[iri.value].name == "世贸组织"
