"""The JSON API: each route with its parameters, the function that answers it, and the schema of the answer."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from kg.model import FIGURE_KINDS
from kg.serve import figures
from kg.serve.answers import ProblemError, json_response, table_response
from kg.serve.context import Context, about
from kg.serve.parameters import DATE, Parameter, read_parameters
from kg.serve.protocol import read_body
from kg.serve.questions import answer_question, list_questions
from kg.serve.reader import WINDOW, read_document
from kg.serve.records import facts_of_links, part, thing_with_facts, whole_facts, whole_figures
from kg.serve.schemas import SCHEMAS, TEXT, Schema, listed, record, ref
from kg.view.options import first_day, last_day

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.library import Edition

MOST_IDS = 6000  # things of one picture
_MOST_FACTS = 400
Answer = Any
Handler = Callable[[Context, "Edition", dict[str, Any]], Answer]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation. A handler with `body` gets the JSON list of texts that was sent under its name there.

    Without a handler it is a named question, which a worker answers, with parameters of its own.
    """

    path: str
    about: str
    handler: Handler | None
    gives: Schema
    parameters: tuple[Parameter, ...] = ()
    body: str = ""  # name of the list of ids in the body of a POST; "" makes a GET
    media: tuple[str, ...] = field(default=("application/json",))

    @property
    def method(self) -> str:
        """The HTTP method of the operation."""
        return "POST" if self.body else "GET"


def endpoint_handler(context: Context, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """The Starlette endpoint of an operation."""

    async def handle(request: Request) -> Response:
        if endpoint.handler is None:
            return await answer_question(context, request)
        values = read_parameters(request, endpoint.parameters)
        if endpoint.body:
            values[endpoint.body] = await _read_ids(request, endpoint.body)
        found = await run_in_threadpool(endpoint.handler, context, context.library.edition(), values)
        if found is None:
            raise ProblemError(404, f"there is no {endpoint.path.split('/')[2].rstrip('s')} of that id in this graph")
        if isinstance(found, Response):
            return found
        return json_response(found)

    return handle


async def _read_ids(request: Request, name: str) -> list[str]:
    import orjson

    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise ProblemError(415, "the body must be application/json")
    try:
        data = orjson.loads(await read_body(request))
        ids = data[name]
        if not isinstance(ids, list) or not all(isinstance(one, str) and len(one) <= 300 for one in ids):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        raise ProblemError(400, f'the body must be {{"{name}": [text, …]}}') from None
    if len(ids) > MOST_IDS:
        raise ProblemError(400, f"{name}: at most {MOST_IDS} at once")
    return ids


def _rank(edition: Edition, thing: str) -> int:
    rank = edition.index.rank(thing)
    if rank is None:
        raise ProblemError(404, "there is no thing of that id in this graph")
    return rank


def _info(context: Context, edition: Edition, _: dict[str, Any]) -> Answer:
    return about(context, edition)


def _start(_: Context, edition: Edition, __: dict[str, Any]) -> Answer:
    return edition.index.start


def _ranked(_: Context, edition: Edition, values: dict[str, Any]) -> Answer:
    return edition.index.ranked(values["limit"])


def _search(_: Context, edition: Edition, values: dict[str, Any]) -> Answer:
    found = edition.index.search(values["q"], values["limit"], values["type"] or "")
    things = edition.index.things(rank for rank, _ in found)
    return {"results": [{"thing": things[rank], "name": name} for rank, name in found]}


def _thing(_: Context, edition: Edition, values: dict[str, Any]) -> Answer:
    return thing_with_facts(edition.index, _rank(edition, values["id"]), least=values[_LEAST.name])


def _things(_: Context, edition: Edition, values: dict[str, Any]) -> Answer:
    ranks = edition.index.ids_to_ranks(values["ids"][:200])
    return [thing_with_facts(edition.index, rank, 6, values[_LEAST.name]) for rank in ranks]


def _thing_facts(_: Context, edition: Edition, values: dict[str, Any]) -> Answer:
    index, rank, out = edition.index, _rank(edition, values["id"]), values["direction"] == "out"
    least = values[_LEAST.name]
    total = sum(g["total"] for g in index.groups(rank, least) if g["predicate"] == values["predicate"] and g["out"] == out)
    rows = index.facts_of(rank, values["predicate"], out, values["limit"], values["offset"], least)
    return {"facts": whole_facts(index, rows), "total": total, "offset": values["offset"]}


def _neighbours(_: Context, edition: Edition, values: dict[str, Any]) -> Answer:
    ranks = edition.index.neighbours(_rank(edition, values["id"]), values["limit"], values[_LEAST.name])
    things = edition.index.things(ranks)
    return [things[rank]["id"] for rank in ranks]


def _neighbourhood(_: Context, edition: Edition, values: dict[str, Any]) -> Answer:
    rank, least = _rank(edition, values["id"]), values[_LEAST.name]
    return part(edition.index, [rank, *edition.index.neighbours(rank, values["limit"], least)], least)


def _part(_: Context, edition: Edition, values: dict[str, Any]) -> Answer:
    return part(edition.index, edition.index.ids_to_ranks(values["ids"]), values[_LEAST.name])


def _facts(_: Context, edition: Edition, values: dict[str, Any]) -> Answer:
    return facts_of_links(edition.index, values["links"], _MOST_FACTS * 10, values[_LEAST.name])


def _evidence(_: Context, edition: Edition, values: dict[str, Any]) -> Answer:
    index = edition.index
    if row := index.fact(values["id"]):
        return whole_facts(index, [row])[0]
    row = figures.one_figure(index, values["id"])
    return whole_figures(index, [row])[0] if row else None


def _documents(_: Context, edition: Edition, values: dict[str, Any]) -> Answer:
    rows, total = edition.index.documents(values["q"], values["limit"], values["offset"])
    return {"documents": rows, "total": total, "offset": values["offset"]}


def _document(_: Context, edition: Edition, values: dict[str, Any]) -> Answer:
    return read_document(edition, values["id"], values["from"], values["length"], values[_LEAST.name])


def _figures(_: Context, edition: Edition, values: dict[str, Any]) -> Answer:
    index = edition.index
    subjects: tuple[int, ...] | None = None
    if values["thing"]:
        subjects = (_rank(edition, values["thing"]),)
    elif values["area"]:
        # Only things that bear the very name, in either script: a part of a name would mix districts.
        found = [rank for rank, _ in index.search(values["area"], 20)]
        subjects = tuple(rank for rank in found if edition_names(edition, rank, values["area"]))
        if not subjects:
            raise _unknown_name(edition, values["area"], found[:5])
    if values["since"] and values["until"] and first_day(values["since"]) > last_day(values["until"]):
        raise ProblemError(400, f"since {values['since']} is later than until {values['until']}")
    wanted = figures.Filter(
        subjects, values["indicator"] or "", values["kind"] or "", values["unit"] or "", values["since"] or "",
        values["until"] or "", values[_LEAST.name],
    )  # fmt: skip
    rows, total = figures.filtered(index, wanted, values["limit"], values["offset"], values["sort"] or "")
    whole = whole_figures(index, rows)
    if values["format"] == "csv":
        return csv_response(whole, total)
    things = index.things(subjects) if subjects is not None else None
    return {"figures": whole, "total": total, "offset": values["offset"],
            "subjects": None if things is None else [things[rank] for rank in sorted(things)]}  # fmt: skip


def _unknown_name(edition: Edition, name: str, like: list[int]) -> ProblemError:
    """The error for an `area` that no thing is called, with the names of things like it, as the questions tell of one."""
    things = edition.index.things(like)
    near = list(dict.fromkeys(things[rank]["label"] for rank in like))
    parts = {"parameter": "area", "value": name, "fault": "unknown", **({"near": near} if near else {})}
    said = f"area: the graph knows no thing called {name!r}" + (f" (near: {'、'.join(near)})" if near else "")
    return ProblemError(400, said, kind="wrong", parts=parts)


def edition_names(edition: Edition, rank: int, name: str) -> bool:
    """Whether the thing is called exactly so, or has that code."""
    from kg.view.search_keys import search_key

    thing = edition.index.things([rank])[rank]
    key = search_key(name)
    return thing["code"] == name or any(search_key(own) == key for own in (thing["label"], *thing["names"]))


def csv_response(rows: list[dict[str, Any]], total: int) -> Response:
    """Figures as CSV."""
    cells = []
    for row in rows:
        subject, sentence, document = row["subject"] or {}, row["sentence"] or {}, row["document"] or {}
        found = {**row, "subject": subject.get("label", ""), "subject_id": subject.get("id", ""), "quote": sentence.get("quote", ""), "clues": " ".join(row["clues"]),
                 "indicator_as_written": row["written"], "as_written": row["quoted"], "within": row["scope"], "responsible": "、".join(who["label"] for who in row["responsible"]), "sentence": sentence.get("text", ""), "document": document.get("path", ""), "document_date": document.get("date", "")}  # fmt: skip
        cells.append([found[column] for column in figures.COLUMNS])
    return table_response("figures", figures.COLUMNS, cells, {"X-Total-Count": str(total)})


def _indicators(_: Context, edition: Edition, values: dict[str, Any]) -> Answer:
    found = figures.indicators(edition.index, values["q"], values["limit"])
    return {"indicators": found, "units": edition.index.units}


def _questions(context: Context, _: Edition, __: dict[str, Any]) -> Answer:
    return list_questions(context)


_ID = Parameter(
    "id", "Id of a thing: its IRI without the prefix; an administrative code will do.", place="path", least=1
)
_DOCUMENT_ID = Parameter("id", "Id of a document: its IRI without the prefix.", place="path", least=1)
_FACT_ID = Parameter("id", "Id of a statement (s-…) or an observation (o-…).", place="path", least=1)
_OFFSET = Parameter("offset", "How many to pass over.", 0, most=10_000_000)
_LEAST = Parameter("min-confidence", "Only facts and figures at least as sure, from 0 to 1.", 0.0, most=1)
_FORMATS = ("json", "csv")


def _limit(default: int, most: int) -> Parameter:
    return Parameter("limit", "How many at most.", default, least=1, most=most)


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("/api/info", "What the graph holds and how its terms are called.", _info, ref("About")),
    Endpoint("/api/start", "What the explorer opens with: central things and their places.", _start, listed(ref("Spot"))),
    Endpoint("/api/ranked", "The most central things with their places on the great map.", _ranked, listed(ref("Spot")),
             (_limit(100, 5000),)),
    Endpoint("/api/search", "Things by name in either script, by further names, code, pinyin or its initials.", _search,
             ref("Found"), (Parameter("q", "What to search for.", "", least=0), _limit(12, 100),
                            Parameter("type", "Only things of this class: Area, Body …"))),
    Endpoint("/api/things/{id}", "A thing: names, the first facts of each relation with their sentences, figures.", _thing,
             ref("ThingWithFacts"), (_ID, _LEAST)),
    Endpoint("/api/things/{id}/facts", "More facts of a thing in one relation.", _thing_facts, ref("Facts"),
             (_ID, Parameter("predicate", "Relation: partOf …", required=True),
              Parameter("direction", "Whether the thing is the subject (out) or the object (in).", "out", choices=("out", "in")),
              _limit(50, _MOST_FACTS), _OFFSET, _LEAST)),
    Endpoint("/api/things/{id}/neighbours", "Ids of the most central things linked to one.", _neighbours, listed(TEXT),
             (_ID, _limit(24, 2000), _LEAST)),
    Endpoint("/api/neighbourhood/{id}", "A thing, the most central things linked to it, and all links among them.",
             _neighbourhood, ref("Part"), (_ID, _limit(24, 1000), _LEAST)),
    Endpoint("/api/part", "These things and the links among them.", _part, ref("Part"), (_LEAST,), body="ids"),
    Endpoint("/api/things", "Several things, each with its first facts; at most 200 are told.", _things,
             listed(ref("ThingWithFacts")), (_LEAST,), body="ids"),
    Endpoint("/api/facts", 'The facts of links named "subject predicate object".', _facts, listed(ref("Fact")), (_LEAST,),
             body="links"),
    Endpoint("/api/evidence/{id}", "A fact or figure with the sentence that says it.", _evidence,
             {"anyOf": [ref("Fact"), ref("Figure")]}, (_FACT_ID,)),
    Endpoint("/api/documents", "Documents, the newest first.", _documents, ref("Documents"),
             (Parameter("q", "Words of title, path or publisher.", ""), _limit(50, 500), _OFFSET)),
    Endpoint("/api/documents/{id}", "A document's text with all mentions, facts and figures in it.", _document, ref("Reading"),
             (_DOCUMENT_ID, Parameter("from", "First code point told.", 0, most=100_000_000),
              Parameter("length", "Code points told at most.", WINDOW, least=1, most=200_000), _LEAST)),
    Endpoint("/api/figures", "Figures as a table.", _figures, ref("Figures"),
             (Parameter("area", "Name or code of an area, body or project, in either script."),
              Parameter("thing", "Id of the subject."), Parameter("indicator", "Words of the indicator."),
              Parameter("kind", "Kind of figure.", choices=FIGURE_KINDS),
              Parameter("unit", "Unit as the graph writes it: CNY, % …"),
              Parameter("since", "First period: year, month or day.", pattern=DATE),
              Parameter("until", "Last period: year, month or day.", pattern=DATE),
              Parameter("sort", "What comes first; without it figures are listed by indicator.", choices=tuple(figures.ORDERS)),
              _limit(100, 1000), _OFFSET, _LEAST, Parameter("format", "json or csv.", "json", choices=_FORMATS)),
             media=("application/json", "text/csv")),
    Endpoint("/api/indicators", "Indicators and units by how many figures there are.", _indicators, ref("Indicators"),
             (Parameter("q", "Words of the indicator.", ""), _limit(30, 500))),
    Endpoint("/api/questions", "The named questions with their parameters.", _questions, listed(ref("Question"))),
    Endpoint("/api/questions/{id}", "The answer to a named question. Its parameters are given by name and may repeat.", None,
             ref("Answer"), (Parameter("id", "Id of the question.", place="path", least=1),),
             media=("application/json", "text/csv")),
)  # fmt: skip


def openapi(version: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document, made from the same table as the routes."""
    paths: dict[str, Any] = {}
    for endpoint in ENDPOINTS:
        operation: dict[str, Any] = {
            "operationId": endpoint.method.lower() + "".join(map(str.capitalize, re.findall(r"\w+", endpoint.path))),
            "summary": endpoint.about,
            "parameters": [parameter.described() for parameter in endpoint.parameters],
            "responses": _responses(endpoint),
        }
        if endpoint.body:
            ids = {**listed({"type": "string", "maxLength": 300}), "maxItems": MOST_IDS}
            schema = record(**{endpoint.body: ids})
            operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
        if endpoint.handler is None:
            free = {"type": "object", "additionalProperties": {"type": "string", "maxLength": 200}}
            operation["parameters"].append({
                "name": "parameters", "in": "query", "style": "form", "explode": True, "schema": free,
                "description": "The question's own parameters, `limit` rows, and `format` (json or csv).",
            })  # fmt: skip
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "Knowledge graph of policy texts", "version": version, "summary": "Read-only; every fact with its sentence."},
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }  # fmt: skip


def _responses(endpoint: Endpoint) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": ref("Problem")}}
    content = {
        media: {"schema": endpoint.gives if media == "application/json" else {"type": "string"}}
        for media in endpoint.media
    }
    wrong: dict[str, Any] = {"400": "The request is not as described.", "404": "There is nothing of that id."}
    if endpoint.body:
        wrong |= {"413": "The body is too large.", "415": "The body is not JSON."}
    if endpoint.handler is None:
        wrong |= {"422": "The answer has too many rows.", "503": "The question takes too much time or memory."}
    if "documents/" in endpoint.path:
        wrong["410"] = "The text is no longer kept."
    return {"200": {"description": "The answer.", "content": content},
            **{code: {"description": about, "content": problem} for code, about in wrong.items()}}  # fmt: skip
