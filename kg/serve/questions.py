"""The named questions over HTTP: their forms, and their answers from a worker under the limits of all queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from kg.serve.answers import ProblemError, json_response, table_response
from kg.serve.context import Context
from kg.serve.protocol import run_live

if TYPE_CHECKING:
    from starlette.requests import Request

_MOST_VALUES = 50
_LONGEST = 200


def list_questions(context: Context) -> list[dict[str, Any]]:
    """What they are about, titles, parameters, examples and SPARQL of all questions."""
    return [
        {
            "id": question.id,
            "about": question.about,
            "titles": question.titles,
            "example": question.example,
            "parameters": [
                {"name": p.name, "type": p.type, "help": p.help, "required": p.required, "choices": list(p.choices),
                 "default": p.default}
                for p in question.parameters
            ],
            "sparql": question.sparql,
        }
        for question in context.questions.values()
    ]  # fmt: skip


async def answer_question(context: Context, request: Request) -> Response:
    """The answer to the question in the path as JSON, or with format=csv as a table."""
    question = context.questions.get(request.path_params["id"])
    if question is None:
        raise ProblemError(404, "there is no question of that id; /api/questions lists them")
    given = [(name, value) for name, value in request.query_params.multi_items() if name != "token"]
    form = next((value for name, value in given if name == "format"), "json")
    if form not in ("json", "csv"):
        raise ProblemError(400, "format must be json or csv", parts={"parameter": "format", "value": form, "fault": "unfit", "allowed": ["json", "csv"]})
    values: dict[str, list[str]] = {}
    known = {name for parameter in question.parameters for name in (parameter.name, parameter.option)}
    for name, value in given:
        if name == "format":
            continue
        if name not in known:
            names = ", ".join(p.name for p in question.parameters) or "it has none"
            raise ProblemError(400, f"the question has no parameter {name!r}; parameters: {names}")
        if len(value) > _LONGEST:
            raise ProblemError(
                400, f"{name} must have at most {_LONGEST} characters",
                parts={"parameter": question.parameter(name).name, "value": value[:_LONGEST], "fault": "unfit", "most": _LONGEST},
            )  # fmt: skip
        if value:
            values.setdefault(name, []).append(value)
    if sum(map(len, values.values())) > _MOST_VALUES:
        raise ProblemError(400, f"at most {_MOST_VALUES} values can be given")
    folder = context.ontology_folder
    message = {
        "op": "ask", "question": question.id, "values": values,
        "ontology": str(folder) if folder else None,
    }  # fmt: skip
    _, body = await run_live(context.pool, context.graph, message)
    import orjson

    data = orjson.loads(body)
    if form == "json":
        return json_response(data)
    rows = ([row[column] for column in data["columns"]] for row in data["rows"])
    return table_response(question.id, data["columns"], rows)
