"""The SPARQL 1.1 Protocol as a table of requests and what must come back. Written from the Recommendation's own rules.

`python tests/serve/protocol_cases.py` asks a server each of them and writes docs/sparql-protocol.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox

ROOT = Path(__file__).parents[2]
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
SELECT = "SELECT DISTINCT ?s WHERE { ?s a kgo:Area } ORDER BY ?s"
ASK = "ASK { ?s a kgo:Area }"
CONSTRUCT = "CONSTRUCT { ?s a kgo:Area } WHERE { ?s a kgo:Area }"
DESCRIBE = "DESCRIBE kgr:area-330114"
KGR, KGO = "https://w3id.org/kgo/id/", "https://w3id.org/kgo/ns#"
AREAS = 4
Check = Callable[[httpx.Response], bool]
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Case:
    """One request. `says` are words that the body of an error must have; `holds` judges the answer."""

    id: str
    clause: str
    rule: str
    method: str = "GET"
    query: Pairs = field(default_factory=list)
    form: Pairs | None = None
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    media: str = ""
    says: str = ""
    holds: Check | None = None


def ask(client: httpx.Client, case: Case) -> httpx.Response:
    """The server's answer to a case."""
    url = "/sparql" + (f"?{urlencode(case.query)}" if case.query else "")
    headers = dict(case.headers)
    content = case.body
    if case.form is not None:
        content = urlencode(case.form).encode()
        headers.setdefault("content-type", FORM)
    return client.request(case.method, url, content=content, headers=headers)


def verdict(case: Case, answer: httpx.Response) -> str:
    """What is wrong with an answer; "" if nothing is."""
    if answer.status_code != case.status:
        return f"status {answer.status_code} instead of {case.status}: {answer.text[:200]}"
    media = answer.headers.get("content-type", "").partition(";")[0]
    if case.media and media != case.media:
        return f"{media} instead of {case.media}"
    if case.says and case.says not in answer.text:
        return f"the message does not say {case.says!r}: {answer.text[:200]}"
    if case.status >= 400 and ("Traceback" in answer.text or 'File "' in answer.text):
        return "a stack trace in the answer"
    if case.holds and not case.holds(answer):
        return f"not the answer that was wanted: {answer.text[:200]}"
    return ""


def rows(n: int) -> Check:
    """A JSON result with so many rows."""
    return lambda answer: len(json.loads(answer.text)["results"]["bindings"]) == n


def triples(media: str, n: int) -> Check:
    """A graph in that format with so many triples."""

    def check(answer: httpx.Response) -> bool:
        form = ox.RdfFormat.from_media_type(media)
        assert form is not None
        return sum(1 for _ in ox.parse(answer.content, format=form)) == n

    return check


def _described(answer: httpx.Response) -> bool:
    text = answer.text
    return "sparql-service-description#" in text and "SPARQL11Query" in text and "/sparql>" in text


def _xml_rows(answer: httpx.Response) -> bool:
    return len(ElementTree.fromstring(answer.content).findall(".//{*}result")) == AREAS


def _lines(n: int) -> Check:
    return lambda answer: len(answer.text.splitlines()) == n


def cases() -> list[Case]:
    """All of them; `document` IRIs are those of the made-up district."""
    from kg.graph.vocabulary import document_iri

    a, b = document_iri("plan/a.txt"), document_iri("plan/b.txt")
    count = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    return [*_operations(), *_formats(), *_datasets(a, b, count), *_faults(), *_refusals(), *_rest()]


def _operations() -> Iterator[Case]:
    q = [("query", SELECT)]
    yield Case("get", "2.1.1", "query via GET", query=q, media=JSON, holds=rows(AREAS))
    yield Case(
        "post-form",
        "2.1.2",
        "query via POST with URL-encoded parameters",
        "POST",
        form=q,
        media=JSON,
        holds=rows(AREAS),
    )
    yield Case("post-direct", "2.1.3", "query via POST directly", "POST", body=SELECT.encode(),
               headers={"content-type": QUERY}, media=JSON, holds=rows(AREAS))  # fmt: skip
    yield Case("post-charset", "2.1.3", "a content type with a charset parameter is that content type", "POST", body=SELECT.encode(),
               headers={"content-type": QUERY + "; charset=utf-8"}, holds=rows(AREAS))  # fmt: skip
    yield Case("get-plus", "2.1.1", "a space may come as +, other characters percent-encoded as UTF-8",
               query=[("query", 'SELECT ?s { ?s rdfs:label "下沙"@zh }')], holds=rows(1))  # fmt: skip
    yield Case("post-utf8", "2.1.3", "the body of a direct POST is UTF-8", "POST", body='SELECT ?s { ?s rdfs:label "下沙"@zh }'.encode(),
               headers={"content-type": QUERY}, holds=rows(1))  # fmt: skip


def _formats() -> Iterator[Case]:
    q = [("query", SELECT)]
    for name, media, check in (("json", JSON, rows(AREAS)), ("xml", XML, _xml_rows), ("csv", "text/csv", _lines(AREAS + 1)),
                               ("tsv", "text/tab-separated-values", _lines(AREAS + 1))):  # fmt: skip
        yield Case(
            f"select-{name}",
            "2.1.6",
            f"SELECT as {media}",
            query=q,
            headers={"accept": media},
            media=media,
            holds=check,
        )
    yield Case(
        "select-any",
        "2.1.6",
        "without a preference a SPARQL results format is given",
        query=q,
        headers={"accept": "*/*"},
        media=JSON,
    )
    yield Case(
        "select-q",
        "2.1.6",
        "the preferred of several formats",
        query=q,
        headers={"accept": f"{JSON};q=0.2, {XML};q=0.9, text/html"},
        media=XML,
    )
    yield Case("ask-json", "2.1.6", "ASK as JSON", query=[("query", ASK)], headers={"accept": JSON}, media=JSON,
               holds=lambda answer: json.loads(answer.text)["boolean"] is True)  # fmt: skip
    yield Case("ask-xml", "2.1.6", "ASK as XML", query=[("query", ASK)], headers={"accept": XML}, media=XML,
               holds=lambda answer: "<boolean>true</boolean>" in answer.text)  # fmt: skip
    for name, media in (("turtle", "text/turtle"), ("ntriples", "application/n-triples"), ("jsonld", "application/ld+json"),
                        ("rdfxml", "application/rdf+xml"), ("trig", "application/trig")):  # fmt: skip
        yield Case(f"construct-{name}", "2.1.6", f"CONSTRUCT as {media}", query=[("query", CONSTRUCT)], headers={"accept": media},
                   media=media, holds=triples(media, AREAS))  # fmt: skip
    yield Case("describe", "2.1.6", "DESCRIBE gives RDF", query=[("query", DESCRIBE)], media="text/turtle",
               holds=lambda answer: "330114" in answer.text)  # fmt: skip
    yield Case("not-acceptable", "2.1.6", "no format that the client takes: 406, and which there are", query=q,
               headers={"accept": "image/png"}, status=406, says=JSON)  # fmt: skip
    yield Case(
        "not-acceptable-kind",
        "2.1.6",
        "rows cannot be had as RDF: 406",
        query=q,
        headers={"accept": "text/turtle"},
        status=406,
    )


def _datasets(a: str, b: str, count: str) -> Iterator[Case]:
    areas = ("query", "SELECT ?s { ?s a kgo:Area }")
    yield Case(
        "default-graph",
        "2.1.4",
        "default-graph-uri is the default graph",
        query=[areas, ("default-graph-uri", a)],
        holds=rows(2),
    )
    yield Case(
        "default-graphs",
        "2.1.4",
        "several are merged",
        query=[("query", "SELECT DISTINCT ?s { ?s a kgo:Area }"), ("default-graph-uri", a), ("default-graph-uri", b)],
        holds=rows(AREAS),
    )
    yield Case(
        "named-graph",
        "2.1.4",
        "named-graph-uri are the named graphs, and no others",
        query=[("query", count), ("named-graph-uri", b)],
        holds=rows(1),
    )
    yield Case(
        "only-named",
        "2.1.4",
        "with named graphs alone the default graph is empty",
        query=[areas, ("named-graph-uri", b)],
        holds=rows(0),
    )
    yield Case(
        "only-default",
        "2.1.4",
        "with default graphs alone there are no named graphs",
        query=[("query", count), ("default-graph-uri", a)],
        holds=rows(0),
    )
    yield Case(
        "dataset-wins",
        "2.1.4",
        "the protocol's dataset goes before the query's",
        query=[("query", f"SELECT ?s FROM <{b}> {{ ?s a kgo:Area }}"), ("default-graph-uri", a)],
        holds=rows(2),
    )
    yield Case(
        "from",
        "2.1.4",
        "without one, FROM in the query counts",
        query=[("query", f"SELECT ?s FROM <{b}> {{ ?s a kgo:Area }}")],
        holds=rows(3),
    )
    yield Case(
        "dataset-form",
        "2.1.2",
        "dataset parameters in a form",
        "POST",
        form=[areas, ("default-graph-uri", a)],
        holds=rows(2),
    )
    yield Case("dataset-direct", "2.1.3", "dataset parameters in the URL of a direct POST", "POST", query=[("default-graph-uri", a)],
               body=areas[1].encode(), headers={"content-type": QUERY}, holds=rows(2))  # fmt: skip
    yield Case(
        "unknown-graph",
        "2.1.4",
        "a graph that is not here is empty, and is not fetched",
        query=[areas, ("default-graph-uri", "http://127.0.0.1:9/none")],
        holds=rows(0),
    )
    yield Case(
        "graph-no-iri",
        "2.1.4",
        "a graph must be an absolute IRI",
        query=[areas, ("default-graph-uri", "no iri")],
        status=400,
    )


def _faults() -> Iterator[Case]:
    yield Case(
        "no-query", "2.1.5", "POST without query: 400", "POST", form=[("x", "y")], status=400, says="query is missing"
    )
    yield Case(
        "two-queries",
        "2.1.1",
        "exactly one query: 400",
        query=[("query", ASK), ("query", ASK)],
        status=400,
        says="one parameter query",
    )
    yield Case("two-places", "2.1.3", "query in the URL and in the body: 400", "POST", query=[("query", ASK)], body=ASK.encode(),
               headers={"content-type": QUERY}, status=400)  # fmt: skip
    yield Case(
        "syntax",
        "2.1.5",
        "malformed query: 400, with line and column",
        query=[("query", "SELECT * WHERE {\n ?s ?p }")],
        status=400,
        says="line 2",
    )
    yield Case(
        "prefix",
        "2.1.5",
        "undeclared prefix: 400, with line and column",
        query=[("query", "SELECT * { ?s a no:Thing }")],
        status=400,
        says="line 1",
    )
    yield Case("empty", "2.1.5", "empty query: 400", query=[("query", "")], status=400)
    yield Case(
        "not-utf8",
        "2.1.3",
        "a body that is no UTF-8: 400",
        "POST",
        body=b"SELECT '\xff' {}",
        headers={"content-type": QUERY},
        status=400,
        says="UTF-8",
    )
    yield Case(
        "media-type",
        "2.1.5",
        "another content type: 415",
        "POST",
        body=ASK.encode(),
        headers={"content-type": "text/plain"},
        status=415,
        says=QUERY,
    )
    yield Case("method", "2.1", "another method: 405", "PUT", body=b"", headers={"content-type": QUERY}, status=405)


def _refusals() -> Iterator[Case]:
    insert = "INSERT DATA { <a:a> <a:b> <a:c> }"
    yield Case(
        "update-form",
        "2.2.1",
        "update as a form: refused",
        "POST",
        form=[("update", insert)],
        status=403,
        says="only reads",
    )
    yield Case(
        "update-direct",
        "2.2.2",
        "update directly: refused",
        "POST",
        body=insert.encode(),
        headers={"content-type": UPDATE},
        status=403,
        says="only reads",
    )
    yield Case("update-get", "2.2", "update by GET: refused", query=[("update", insert)], status=403)
    yield Case(
        "update-as-query",
        "2.2",
        "an update sent as a query: refused",
        query=[("query", insert)],
        status=403,
        says="only reads",
    )
    yield Case(
        "service",
        "Federated Query",
        "SERVICE: refused",
        query=[("query", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")],
        status=403,
        says="SERVICE",
    )


def _rest() -> Iterator[Case]:
    yield Case("description", "Service Description 2", "GET without query gives the service description", headers={"accept": "text/turtle"},
               media="text/turtle", holds=_described)  # fmt: skip
    yield Case(
        "description-xml",
        "Service Description 2",
        "in the RDF format that is asked for",
        headers={"accept": "application/rdf+xml"},
        media="application/rdf+xml",
    )
    yield Case(
        "head",
        "RFC 9110 9.3.2",
        "HEAD gives the headers of GET",
        "HEAD",
        query=[("query", ASK)],
        media=JSON,
        holds=lambda answer: not answer.content,
    )
    yield Case(
        "options",
        "RFC 9110 9.3.7",
        "OPTIONS names the methods",
        "OPTIONS",
        status=204,
        holds=lambda answer: "POST" in answer.headers["allow"],
    )
    yield Case(
        "vary",
        "2.1.6",
        "an answer says that it depends on Accept",
        query=[("query", ASK)],
        holds=lambda answer: "Accept" in answer.headers["vary"],
    )


def main() -> None:
    """Asks a server over the made-up district and writes the table."""
    import sys
    import tempfile

    sys.path.insert(0, str(ROOT))
    from tests.serve.conftest import running
    from tests.serve.made_graph import district, write_graph

    folder = Path(tempfile.mkdtemp())
    write_graph(folder, district())
    lines, passed = [], 0
    with running(folder) as server, httpx.Client(base_url=server.url) as client:
        for case in cases():
            fault = verdict(case, ask(client, case))
            passed += not fault
            lines.append(
                f"| {case.id} | {case.clause} | {case.rule} | {case.status} | {'pass' if not fault else 'FAIL: ' + fault} |"
            )
    write_table(lines, passed)


def write_table(lines: list[str], passed: int) -> None:
    """docs/sparql-protocol.md, all but its first part."""
    page: Any = ROOT / "docs" / "sparql-protocol.md"
    head = page.read_text(encoding="utf-8").partition("<!-- table -->")[0]
    table = [
        "<!-- table -->",
        "",
        f"{passed} of {len(lines)} pass.",
        "",
        "| case | clause | rule | status | result |",
        "|---|---|---|---|---|",
    ]
    page.write_text(head + "\n".join([*table, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
