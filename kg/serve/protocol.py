"""The SPARQL 1.1 Protocol (W3C Recommendation, 21 March 2013), its query operation, at /sparql."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from kg.graph.vocabulary import AREA, KGO, KGR, ONTOLOGY_GRAPH, iri_part
from kg.serve.answers import ProblemError, stopped
from kg.serve.live import Generation, live
from kg.serve.negotiation import PAGE, preferred, preferred_or_page
from kg.serve.pool import Pool, QueryStopped
from kg.serve.results import GRAPH_TYPES, JSON, ROW_TYPES, SHORT_NAMES
from kg.serve.service_description import describe_service
from kg.sparql_check import check

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

BODY_BYTES = 1_000_000  # of a request; queries of people have a few thousand
_BODY_SECONDS = 15.0
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_READ_ONLY = "this endpoint only reads: updates are refused"
_TERMS = f"""CONSTRUCT {{ ?term ?p ?o }} WHERE {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?term ?p ?o
    FILTER(STRSTARTS(STR(?term), "{KGO}") || STR(?term) = "{KGO.removesuffix("#")}") }} }}"""
_UTF8 = ("text/", "application/sparql-results+xml", "application/rdf+xml", "application/trig")


@dataclass(frozen=True, slots=True)
class Operation:
    """A query operation as the protocol carries it. None for graphs: not given, so the query or the server decides."""

    query: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    form: str = ""  # a short name of a format, which goes before the Accept header


async def read_body(request: Request, most: int = BODY_BYTES) -> bytes:
    """The request's body; ProblemError if it is too large or takes too long to arrive."""
    length = request.headers.get("content-length", "0")
    too_large = ProblemError(413, f"the request is larger than {most} bytes", headers={"Connection": "close"})
    if length.isdigit() and int(length) > most:
        raise too_large
    parts, size = [], 0
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise too_large
                parts.append(part)
    except TimeoutError:
        raise ProblemError(408, "the request did not arrive in time", headers={"Connection": "close"}) from None
    return b"".join(parts)


async def read_operation(request: Request) -> Operation | None:
    """The query operation of a request, None for a GET that asks nothing; ProblemError where the protocol is broken."""
    given = _pairs(request.scope["query_string"])
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == _UPDATE:
            raise ProblemError(403, _READ_ONLY, kind="refused")
        if kind not in (_FORM, _QUERY):
            raise ProblemError(415, f"POST takes the content types {_QUERY} and {_FORM}, not {kind or 'none'}")
        body = await read_body(request)
        if kind == _FORM:
            # Section 2.1.2: all parameters stand in the body then.
            if any(name in ("query", "default-graph-uri", "named-graph-uri") for name, _ in given):
                raise ProblemError(400, "a form must carry all parameters in its body, none in the URL")
            given = [*given, *_pairs(body)]
        else:
            if any(name == "query" for name, _ in given):
                raise ProblemError(400, "the query is given twice, in the URL and in the body")
            given.append(("query", _text(body)))
    return _operation(given, request.method)


def _operation(given: list[tuple[str, str]], method: str) -> Operation | None:
    queries = [value for name, value in given if name == "query"]
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in given):
        raise ProblemError(403, _READ_ONLY, kind="refused")
    if not queries and method in ("GET", "HEAD") and not any(name.endswith("graph-uri") for name, _ in given):
        return None
    if not queries:
        raise ProblemError(400, "the parameter query is missing")
    if len(queries) > 1:
        raise ProblemError(400, f"there must be one parameter query, not {len(queries)}")

    def graphs(wanted: str) -> tuple[str, ...] | None:
        return tuple(value for name, value in given if name == wanted) or None

    form = next((value for name, value in given if name == "format"), "")
    if form and form not in SHORT_NAMES:
        raise ProblemError(400, f"format must be one of {', '.join(SHORT_NAMES)}")
    return Operation(queries[0], graphs("default-graph-uri"), graphs("named-graph-uri"), form)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=1000
        )
    except (UnicodeDecodeError, ValueError) as error:
        raise ProblemError(400, "the parameters are not percent-encoded UTF-8") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(400, f"the query is not UTF-8 (byte {error.start})") from error


class Endpoint:
    """/sparql over the live generation of a graph folder, and the IRIs of what is in it."""

    def __init__(self, graph: Path, pool: Pool) -> None:
        self._graph, self._pool = graph, pool

    async def answer(self, request: Request) -> Response:
        """GET, HEAD and POST; other methods do not get here."""
        operation = await read_operation(request)
        if operation is None:
            return self._without_query(request)
        checked = check(operation.query)
        if checked.refused:
            raise ProblemError(403, checked.refused, kind="refused")
        rows, graph = accepted(request.headers.get("accept", ""), operation.form)
        wanted = graph if checked.form in ("CONSTRUCT", "DESCRIBE") else rows
        if checked.form and wanted is None:
            offered = GRAPH_TYPES if checked.form in ("CONSTRUCT", "DESCRIBE") else ROW_TYPES
            raise ProblemError(406, f"{checked.form} gives {', '.join(dict.fromkeys(offered.values()))}", kind="format")
        body_type, body = await self._run(request, _message(operation, rows, graph))
        return _answered(body_type, body)

    async def describe(self, request: Request) -> Response:
        """What the graph says of the node whose IRI ends as the address does: its page for a browser, RDF for a program."""
        name = iri_part(request.path_params["name"])  # as the IRI has it: the server has decoded the address
        iri = KGR + name
        _, there = await self._run(request, _message(Operation(f"ASK {{ <{iri}> ?p ?o }}", None, None), JSON, None))
        if b"true" not in there:
            raise HTTPException(404)
        if preferred_or_page(request.headers.get("accept", ""), GRAPH_TYPES) == PAGE:
            return RedirectResponse(_page_of(name), 303, {"Vary": "Accept"})
        return await self._as_rdf(request, f"DESCRIBE <{iri}>")

    async def vocabulary(self, request: Request) -> Response:
        """The terms of the graph's ontology, as RDF."""
        return await self._as_rdf(request, _TERMS)

    async def _as_rdf(self, request: Request, query: str) -> Response:
        form = preferred(request.headers.get("accept", ""), GRAPH_TYPES)
        if form is None:
            raise ProblemError(406, "this comes as " + ", ".join(dict.fromkeys(GRAPH_TYPES.values())), kind="format")
        body_type, body = await self._run(request, _message(Operation(query, None, None), None, form))
        return _answered(body_type, body)

    async def _run(self, request: Request, message: dict[str, Any]) -> tuple[str, bytes]:
        async def gone() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass

        return await run_live(self._pool, self._graph, message, gone)

    def _without_query(self, request: Request) -> Response:
        accept = request.headers.get("accept", "")
        form = preferred_or_page(accept, GRAPH_TYPES)
        if form == PAGE:
            return RedirectResponse("/query", 303, {"Vary": "Accept"})
        if form is None:
            raise ProblemError(
                406, "the service description comes as " + ", ".join(dict.fromkeys(GRAPH_TYPES.values()))
            )
        body = describe_service(str(request.url.replace(query="", fragment="")), form)
        return Response(body, headers={"Content-Type": form, "Vary": "Accept"})


def _answered(body_type: str, body: bytes) -> Response:
    charset = "; charset=utf-8" if body_type.startswith(_UTF8) else ""
    return Response(body, headers={"Content-Type": body_type + charset, "Vary": "Accept", "Cache-Control": "no-cache"})


def _page_of(name: str) -> str:
    """The page that shows a node of the graph."""
    if name.startswith("d-"):
        return f"/documents/{name}"
    if name.startswith(("e-", AREA)):
        return f"/#focus={quote(name)}"
    return f"/query#query={quote(f'DESCRIBE <{KGR}{name}>')}"


def accepted(accept: str, form: str) -> tuple[str | None, str | None]:
    """The formats wanted for rows and for graphs; None where the client takes none that there is."""
    if form:
        types = SHORT_NAMES[form]
        return (
            next((t for t in types if t in ROW_TYPES.values()), None),
            next((t for t in types if t in GRAPH_TYPES.values()), None),
        )
    return preferred(accept, ROW_TYPES), preferred(accept, GRAPH_TYPES)


def _message(operation: Operation, rows: str | None, graph: str | None) -> dict[str, Any]:
    default, named = operation.default_graphs, operation.named_graphs
    if default is not None or named is not None:
        # Section 2.1.4: what the protocol gives is the whole dataset, and goes before FROM in the query.
        default, named = default or (), named or ()
    return {
        "op": "query", "query": operation.query, "rows": rows, "graph": graph,
        "default_graphs": default, "named_graphs": named,
    }  # fmt: skip


async def run_live(pool: Pool, graph: Path, message: dict[str, Any], gone: Any = None) -> tuple[str, bytes]:
    """The answer from the live generation. Should it be removed under the query's feet, the next one is asked."""
    asked: Generation | None = None
    for _ in range(3):
        generation = live(graph)
        if generation == asked:
            break
        asked = generation
        try:
            return await pool.run({**message, "store": generation.store}, gone)
        except QueryStopped as error:
            if error.kind not in ("gone", "failed"):
                raise stopped(error.kind, error.message, error.parts) from error
            cause = error
    raise stopped(cause.kind, cause.message) from cause
