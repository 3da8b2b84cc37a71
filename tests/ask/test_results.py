"""SPARQL results as Python values, text and files; readable faults; no calls to other endpoints."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from pyoxigraph import Store

from kg.ask.results import run, syntax_error, unknown_terms
from kg.errors import KgError
from kg.graph.vocabulary import PREFIXES


def test_rows_are_python_values():
    query = """SELECT * WHERE { VALUES (?a ?b ?c ?d ?e ?f) {
        (1 2.50 true "2021-07-01"^^xsd:date "字"@zh UNDEF) } BIND(kgo:partOf AS ?g) }"""
    results = run(Store(), query, PREFIXES)
    assert results.columns == ("a", "b", "c", "d", "e", "f", "g")
    values = (1, Decimal("2.50"), True, datetime.date(2021, 7, 1), "字", None, "https://w3id.org/kgo/ns#partOf")
    assert list(results) == [values]


def test_rows_for_people_have_short_iris():
    assert list(run(Store(), "SELECT (kgo:partOf AS ?p) (2.50 AS ?n) {}", PREFIXES).rows()) == [("kgo:partOf", 2.5)]


def test_ask_and_construct(sample_store):
    assert run(sample_store, "ASK { ?s a kgo:Project }", PREFIXES).value is True
    triples = run(sample_store, "CONSTRUCT WHERE { ?s kgo:partOf ?o }", PREFIXES)
    written = triples.serialize("turtle").decode()
    heads = [line for line in written.splitlines() if line.startswith("@prefix")]
    assert written.count("kgo:partOf") == 1 and heads == sorted(heads)
    with pytest.raises(TypeError, match="only ASK"):
        _ = triples.value


def test_same_triples_are_the_same_bytes(sample_store):
    query = "CONSTRUCT WHERE { ?s skos:prefLabel ?o }"
    written = [run(sample_store, query, PREFIXES).serialize("ntriples").splitlines() for _ in range(2)]
    assert written[0] == written[1] == sorted(written[0])
    assert len(written[0]) > 10


def test_json_of_the_w3c(sample_store):
    data = json.loads(run(sample_store, "SELECT ?n { ?x a kgo:Honor ; rdfs:label ?n }", PREFIXES).serialize("json"))
    assert data["results"]["bindings"] == [{"n": {"type": "literal", "value": "整潔示範區", "xml:lang": "zh"}}]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ('SELECT ?x WHERE {\n  ?x rdfs:label "錢塘區" ; }}', "line 2, column"),
        ("SELECT ?x WHERE { ?x foo:bar 1 }", "the prefix foo: is not declared; write PREFIX foo: <…> first"),
        ("DELETE WHERE { ?s ?p ?o }", "line 1"),
    ],
)
def test_faults_name_line_and_column(query, message):
    with pytest.raises(KgError, match=message):
        run(Store(), query, PREFIXES)


def test_mark_stands_under_the_fault_in_chinese_text():
    with pytest.raises(KgError) as caught:
        run(Store(), 'ASK { ?x rdfs:label "錢塘" x }', PREFIXES)
    _, line, mark = caught.value.message.split("\n")
    before = mark[: mark.index("^")]
    assert before.count("\u3000") == 2  # as wide as 錢塘
    assert len(before) <= len(line)


@pytest.mark.parametrize("query", ["SELEC ?x { ?x ?p ?o }", "", "PREFIX a: <b:c> ?x"])
def test_what_is_no_query_is_told_which_forms_there_are(query):
    with pytest.raises(KgError, match="line 1, column .* a query is SELECT, ASK, CONSTRUCT or DESCRIBE$|DESCRIBE\n"):
        run(Store(), query, PREFIXES)


def test_an_update_is_told_that_queries_only_read():
    with pytest.raises(KgError, match="this changes data, and a query only reads"):
        run(Store(), "INSERT DATA { <a:b> <a:c> <a:d> }", PREFIXES)


def test_unknown_terms_are_found_with_their_neighbours(sample_store):
    query = "SELECT ?x { ?x a kgo:Projct ; kgo:hasStatus kgo:status-nowhere ; rdfs:label ?y }"
    found = unknown_terms(sample_store, query)
    assert sorted(found) == ["Projct", "status-nowhere"]
    assert unknown_terms(sample_store, "SELECT ?x { ?x kgo:partOf ?y }") == {}


HIDDEN = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x { ?s ?p ?o } }",
    "SELECT * { SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "# a comment\nSELECT * { ?s ?p '#' . SERVICE <http://127.0.0.1:9/> {} }",
]


@pytest.mark.parametrize("query", HIDDEN)
def test_service_is_refused(query):
    with pytest.raises(KgError, match="SERVICE is refused"):
        run(Store(), query, PREFIXES)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p ?o }",
        'SELECT * { ?s ?p "SERVICE <http://x>" }',
        "SELECT * { ?s ?p ?o } # SERVICE",
        "PREFIX service: <http://x/SERVICE#> SELECT * { ?s service:x ?o }",
        "SELECT * { ?s ?p '''it's SERVICE''' }",
    ],
)
def test_the_word_service_is_allowed(query):
    assert list(run(Store(), query, PREFIXES)) == []


def test_a_syntax_error_offers_keywords_and_signs_and_no_ranges_of_characters():
    error = syntax_error(_fault("SELECT ?x"), "SELECT ?x")
    assert error.message.startswith('SPARQL syntax: line 1, column 10: not understood here; it could go on with "$", "(", "?", "{"\n')
    assert "LIMIT" not in error.message and "FFFD" not in error.message


def _fault(sparql: str) -> SyntaxError:
    with pytest.raises(SyntaxError) as caught:
        Store().query(sparql)
    return caught.value


@pytest.mark.parametrize(("query", "form"), [("SELECT ?x { %s }", "xml"), ("CONSTRUCT { <a:a> <b:b> ?x } WHERE { %s }", "rdfxml")])
def test_xml_is_well_formed_whatever_a_text_holds(query, form):
    bind = r'BIND("a\u0001b\uFFFE<&>\r\n\tc" AS ?x)'
    (literal,) = ElementTree.fromstring(run(Store(), query % bind, PREFIXES).serialize(form)).iter("{b:}b" if form == "rdfxml" else "{http://www.w3.org/2005/sparql-results#}literal")
    assert literal.text == "a\ufffdb\ufffd<&>\r\n\tc"
