"""Errors as they leave the server: a status, a sentence that says what is wrong, never a traceback."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from starlette.responses import PlainTextResponse, Response

if TYPE_CHECKING:
    from starlette.requests import Request

# SPARQL 1.1 Protocol, section 2.1.5, leaves the choice: 400 for what is malformed, another 4XX or 5XX for what is
# refused. 503 asks to come back; 422 and 403 say that coming back with the same query is of no use.
STATUS = {
    "syntax": 400, "wrong": 400, "format": 406, "rows": 422, "refused": 403, "time": 503, "memory": 503, "busy": 503,
    "died": 500, "failed": 500, "gone": 503, "gone-client": 499,
}  # fmt: skip


class ProblemError(Exception):
    """A request that gets an error for an answer; `parts` say of what, for pages that tell it in their own language."""

    def __init__(
        self, status: int, message: str, *, kind: str = "", headers: dict[str, str] | None = None, parts: dict[str, Any] | None = None
    ) -> None:
        self.status, self.message, self.kind, self.headers, self.parts = status, message, kind, headers or {}, parts or {}
        super().__init__(message)


def json_response(data: object) -> Response:
    """JSON that may not be kept beyond this generation."""
    import orjson

    return Response(orjson.dumps(data), headers={"Cache-Control": "no-cache"}, media_type="application/json")


def table_response(name: str, columns: Iterable[str], rows: Iterable[Iterable[Any]], headers: Mapping[str, str] | None = None) -> Response:
    """A CSV file, with cells that a spreadsheet would run as formulas made harmless."""
    from kg.cells import harmless

    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(columns)
    lines.writerows(map(harmless, row) for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', **(headers or {})}
    return Response("\ufeff" + out.getvalue(), headers=headers, media_type="text/csv; charset=utf-8")


def stopped(kind: str, message: str, parts: dict[str, Any] | None = None) -> ProblemError:
    """The error for a query that a worker did not answer."""
    headers = {"Retry-After": "2"} if kind == "busy" else {}
    if kind in ("failed", "gone"):
        message = "the query could not be run" if kind == "failed" else "the graph is being replaced; try again"
    return ProblemError(STATUS.get(kind, 500), message, kind=kind, headers=headers, parts=parts)


def problem_response(request: Request, error: ProblemError) -> Response:
    """RFC 9457 for the API and for clients that ask for JSON, a line of text for everybody else."""
    wants_json = "json" in request.headers.get("accept", "") or request.scope["path"].startswith("/api")
    headers = {**error.headers, "Cache-Control": "no-store"}
    if not wants_json:
        return PlainTextResponse(error.message + "\n", error.status, headers)
    import orjson

    body = {"status": error.status, "title": error.message, **({"kind": error.kind} if error.kind else {}), **error.parts}
    return Response(orjson.dumps(body), error.status, headers, media_type="application/problem+json")
