"""Queries that call, change or merely mention: refused exactly where the engine would act."""

from __future__ import annotations

import pytest

from kg.sparql_check import check

CALLS = {
    "plain": "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }",
    "lower case": "SELECT * { service silent <http://e/> { ?s ?p ?o } }",
    "variable": "SELECT * { ?e ?p ?o SERVICE ?e { ?s ?p ?o } }",
    "glued to its name": "PREFIX ex: <http://e/> SELECT * { SERVICEex:a { ?s ?p ?o } }",
    "glued to a default name": "PREFIX : <http://e/> SELECT * { SERVICE:a { ?s ?p ?o } }",
    "glued, with a comment": "PREFIX ex: <http://e/> SELECT * { SERVICEex:a # no\n { ?s ?p ?o } }",
    "glued to SILENT": "SELECT * { SERVICESILENT<http://e/> { ?s ?p ?o } }",
    "glued to a boolean": "SELECT * { ?x ?y trueSERVICE <http://e/> { ?s ?p ?o } }",
    "glued to a number": "SELECT * { ?x ?y 1SERVICE <http://e/> { ?s ?p ?o } }",
    "after an empty name": "PREFIX ex: <a:> SELECT * { ?x ?y ex:.SERVICE <http://e/> { ?s ?p ?o } }",
    "less-than hides a quote": "SELECT * { ?x ?y ?z FILTER(?x<'>')SERVICE <http://e/> { ?s ?p ?o } }#'",
    "less-than hides a comment": "SELECT * { ?x ?y ?z FILTER(?x!=1||?x<?y#>'''\n)SERVICE <http://e/> {} }#'''",
    "escaped": "SELECT * { \\u0053ERVICE <http://e/> { ?s ?p ?o } }",
    "comment ended by a carriage return": "SELECT * { ?x ?y ?z . #\rSERVICE <http://e/> { ?s ?p ?o } }",
    "in a subquery": "SELECT * { { SELECT * { { SERVICE <http://e/> { ?s ?p ?o } } } } }",
    "in EXISTS": "ASK { ?s ?p ?o FILTER EXISTS { SERVICE <http://e/> { ?s ?p ?o } } }",
}
MENTIONS = {
    "string": "SELECT * { ?s ?p 'SERVICE <http://e/>' }",
    "long string": 'SELECT * { ?s ?p """a "SERVICE" b""" }',
    "string with an escaped quote": r"SELECT * { ?s ?p 'it\' SERVICE x' }",
    "comment": "SELECT * { ?s ?p ?o } # SERVICE <http://e/>",
    "IRI": "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT * { ?s a sd:Service }",
    "variable": "SELECT ?service { ?service ?p $service }",
    "prefix": "PREFIX service: <http://x/SERVICE#> SELECT * { ?s service:x ?o }",
    "name": "PREFIX ex: <http://e/> SELECT * { ?s ex:service ?o }",
}


@pytest.mark.parametrize("query", CALLS.values(), ids=CALLS)
def test_calls_are_refused(query: str) -> None:
    assert "SERVICE" in check(query).refused


@pytest.mark.parametrize("query", MENTIONS.values(), ids=MENTIONS)
def test_mentions_are_not(query: str) -> None:
    assert check(query).refused == ""


def test_the_place_is_told() -> None:
    assert check("SELECT * {\n  SERVICE <http://e/> {} }").refused.endswith("(line 2, column 3)")


@pytest.mark.parametrize("word", ["INSERT DATA", "DELETE WHERE", "LOAD", "CLEAR", "DROP", "insert data"])
def test_updates_are_refused(word: str) -> None:
    assert "only reads" in check(f"PREFIX a: <http://a/> {word} {{ a:a a:a a:a }}").refused


def test_query_forms() -> None:
    assert [check(q).form for q in ("SELECT * {}", "# ASK\nASK {}", "construct WHERE {}", "DESCRIBE <a:a>", "nonsense")] == [
        "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "",
    ]  # fmt: skip


def test_words_of_updates_are_harmless_inside_a_query() -> None:
    assert check("SELECT (1 AS ?add) { ?s ?load 'DELETE' }").refused == ""


@pytest.mark.parametrize(("query", "found"), [("SELECT * FROM <a:b> {}", True), ("SELECT * { ?s ?p 'FROM' }", False)])
def test_own_datasets_are_seen(query: str, found: bool) -> None:
    assert check(query).has_dataset is found


@pytest.mark.parametrize(
    "text", ["'" * 20_000, "<" * 20_000, "\\" * 20_000, 'a"' * 20_000, "a:" * 20_000, "''' " * 9_000, "a." * 20_000]
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    import time

    start = time.perf_counter()
    check("SERVICE " + text)
    assert time.perf_counter() - start < 3
