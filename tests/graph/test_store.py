"""Read access: the union as default graph, prefixes known, rdflib beside it, facts and texts from the cache."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from kg.errors import KgError
from kg.graph import generations
from kg.graph.cache import FactsCache
from kg.graph.layout import evidence
from kg.graph.store import CACHE, CURRENT, open_graph
from tests.graph.samples import TEXT, document, facts


def test_query_sees_all_documents_and_knows_prefixes(view):
    rows = list(view.query("SELECT ?d WHERE { ?d a kgo:Document ; dcterms:identifier ?i } ORDER BY ?i"))
    assert len(rows) == 2
    assert bool(view.query("ASK { kgr:area-330114 kgo:partOf kgr:area-330100 }"))
    stated = view.query("SELECT ?d (COUNT(?s) AS ?n) WHERE { ?s a kgo:Statement ; kgo:statedIn ?d } GROUP BY ?d")
    assert [row["n"].value for row in stated] == ["6", "6"]
    plainly = view.query("SELECT ?d WHERE { GRAPH ?d { kgr:area-330114 kgo:partOf kgr:area-330100 ; a kgo:Area } }")
    assert {row["d"].value for row in plainly} == {record.iri for record in view.documents()}


def test_syntax_error_has_its_line(view):
    with pytest.raises(KgError, match="the query is not SPARQL") as raised:
        view.query("SELECT *\nWHERE { ?s ?p }")
    assert raised.value.line == 2


def test_dataset_is_rdflib_over_the_same_store(view):
    import rdflib

    dataset = view.dataset
    kgo = rdflib.Namespace("https://w3id.org/kgo/ns#")
    area = rdflib.URIRef("https://w3id.org/kgo/id/area-330114")
    assert (area, kgo.partOf, None) in dataset
    assert len(list(dataset.query("SELECT DISTINCT ?a WHERE { ?a a kgo:Area }"))) == 2
    assert dict(dataset.namespaces())["kgr"] == rdflib.URIRef("https://w3id.org/kgo/id/")
    graphs = {str(graph.identifier) for graph in dataset.graphs()}
    assert {record.iri for record in view.documents()} <= graphs
    assert str(dataset.value(area, rdflib.SKOS.prefLabel)) == "钱塘区"
    with pytest.raises(RuntimeError, match="read-write"):
        dataset.add((area, rdflib.RDFS.comment, rdflib.Literal("x")))


def test_documents_facts_and_texts(view):
    assert [record.id for record in view.documents()] == ["news/a.txt", "news/b.txt"]
    assert view.source_text("news/b.txt") == TEXT
    assert view.facts("news/b.txt") == facts("news/b.txt")
    assert view.document("news/a.txt") == document("news/a.txt")
    with pytest.raises(KgError, match="no document 'news/c.txt'"):
        view.facts("news/c.txt")


def test_text_that_is_no_longer_kept(view):
    with FactsCache(view.folder / CACHE, write=True) as cache:
        assert cache.keep({"news/a.txt"}) == 1
    assert view.source_text("news/a.txt")
    with pytest.raises(KgError, match="no longer kept"):
        view.source_text("news/b.txt")


def test_no_graph(tmp_path, view):
    with pytest.raises(KgError, match="is no graph") as raised:
        open_graph(tmp_path / "nothing")
    assert "kg build" in raised.value.hint
    (view.folder / CURRENT).write_text("../../etc\n")
    with pytest.raises(KgError, match="does not name a generation"):
        open_graph(view.folder)
    (view.folder / CURRENT).write_text("000099\n")
    with pytest.raises(KgError, match="cannot be opened"):
        open_graph(view.folder)


def test_text_with_a_lone_surrogate_survives_the_cache(graph_of):
    odd = document(text=TEXT + "\ud800尾")
    view = graph_of([(odd, facts())])
    assert view.source_text("news/a.txt") == TEXT + "\ud800尾"


def test_about_the_dataset(view):
    rows = list(view.query("SELECT ?t ?n WHERE { kgr:dataset void:triples ?t ; void:documents ?n }"))
    assert [row["n"].value for row in rows] == ["2"]
    each = [view.store.quads_for_pattern(None, None, None, NamedNode(one.iri)) for one in view.documents()]
    proof = [evidence(view.store, one.iri) for one in view.documents()]
    assert sum(1 for quads in (*each, *proof) for _ in quads) == int(rows[0]["t"].value)


def test_terms_have_labels_in_three_languages(view):
    query = """SELECT ?p (COUNT(DISTINCT LANG(?l)) AS ?n) WHERE { ?x a kgo:Statement ; rdf:predicate ?p . ?p rdfs:label ?l } GROUP BY ?p"""
    counts = {row["p"].value.rpartition("#")[2]: row["n"].value for row in view.query(query)}
    assert counts == dict.fromkeys(["partOf", "issues", "hasStatus", "holdsPost", "documentNumber"], "3")


def test_indicators_have_broader_ones_and_other_names(view):
    """A figure's indicator and the lexicon's are one node."""
    query = """ASK { ?o kgo:indicator ?i . ?i skos:altLabel 'GDP'@zh-Hans ; kgo:usualUnit/skos:notation 'CNY' .
                     ?narrower skos:broader ?i ; skos:prefLabel '人均地区生产总值'@zh-Hans }"""
    assert bool(view.query(query))


def test_files_of_many_loads_are_merged(graph_of, monkeypatch):
    """A look-up looks into every file that a load left; the quads stay the same."""
    pairs = [(document(f"news/{n}.txt"), facts(f"news/{n}.txt")) for n in "abcdef"]
    quads = sorted(map(str, graph_of(pairs).store))
    monkeypatch.setattr(generations, "_BATCH", 1)
    monkeypatch.setattr(generations, "_LITTLE", 1)
    apart = graph_of(pairs)
    assert sorted(map(str, apart.store)) == quads
    tables = list(apart.path.glob("store/*.sst"))
    monkeypatch.setattr(generations.NextGeneration, "_merge", lambda self: None)
    assert len(list(graph_of(pairs).path.glob("store/*.sst"))) > len(tables)
