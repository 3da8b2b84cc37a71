"""Every case of the protocol's table, and that the table in the docs is the one that was run."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pyoxigraph as ox
import pytest

from tests.serve.conftest import Running
from tests.serve.protocol_cases import ROOT, Case, ask, cases, verdict

CASES = cases()


@pytest.fixture(scope="module")
def client(server: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url) as found:
        yield found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_protocol(client: httpx.Client, case: Case) -> None:
    assert verdict(case, ask(client, case)) == ""


def test_there_are_enough_cases_and_each_has_its_own_name() -> None:
    assert len({case.id for case in CASES}) == len(CASES) >= 35


def test_the_table_in_the_docs_is_of_these_cases_and_all_pass() -> None:
    lines = (
        (ROOT / "docs" / "sparql-protocol.md").read_text(encoding="utf-8").partition("<!-- table -->")[2].splitlines()
    )
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| [a-z]", line)][1:]
    assert [row[0] for row in table] == [case.id for case in CASES]
    assert {row[-1] for row in table} == {"pass"}


_TERMS = """SELECT ?x WHERE { VALUES ?x { "a\\tb\\nc\\r\\"'\\\\" "錢塘"@zh 1 1.50 true <http://a/b> "=1+1" "a,b" "<&>" UNDEF } }"""


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
        ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
    ],
)
def test_terms_come_back_as_they_are(client: httpx.Client, media: str, form: ox.QueryResultsFormat) -> None:
    answer = client.get("/sparql", params={"query": _TERMS}, headers={"accept": media})
    found = ox.parse_query_results(answer.content, format=form)
    assert isinstance(found, ox.QuerySolutions)
    wanted = ox.Store().query(_TERMS)
    assert isinstance(wanted, ox.QuerySolutions)
    assert [row[0] for row in found] == [row[0] for row in wanted]


def test_csv_quotes_what_must_be_quoted(client: httpx.Client) -> None:
    import csv
    import io

    text = client.get("/sparql", params={"query": _TERMS}, headers={"accept": "text/csv"}).content.decode()
    found = [row[0] if row else "" for row in csv.reader(io.StringIO(text, newline=""))]
    assert found == ["x", "a\tb\nc\r\"'\\", "錢塘", "1", "1.5", "true", "http://a/b", "=1+1", "a,b", "<&>", ""]


def test_triples_as_xml_are_well_formed_whatever_a_text_holds(client: httpx.Client) -> None:
    query = r'CONSTRUCT { <a:a> <b:b> "a\u0001b\r\nc" } WHERE {}'
    answer = client.get("/sparql", params={"query": query}, headers={"accept": "application/rdf+xml"})
    assert [quad.object.value for quad in ox.parse(answer.content, format=ox.RdfFormat.RDF_XML)] == ["a\ufffdb\r\nc"]


def test_the_same_graph_is_the_same_bytes(client: httpx.Client) -> None:
    answers = {client.get("/sparql", params={"query": "CONSTRUCT WHERE { ?s ?p ?o }"}).content for _ in range(3)}
    assert len(answers) == 1


def test_browsers_without_a_query_come_to_the_editor(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"accept": "text/html,application/xhtml+xml"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/query")


def test_errors_are_json_for_who_asks_for_json(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "nonsense"}, headers={"accept": "application/sparql-results+json"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 400 and "line 1" in answer.json()["title"]


def test_format_in_a_link_goes_before_accept(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}", "format": "csv"}, headers={"accept": "text/html"})
    assert answer.headers["content-type"].startswith("text/csv")
