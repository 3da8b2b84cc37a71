"""The server as one ASGI application: routes, life of the workers, the guard around it all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from kg.program import release
from kg.serve.answers import ProblemError, json_response, problem_response
from kg.serve.api import ENDPOINTS, endpoint_handler, openapi
from kg.serve.context import Context
from kg.serve.guard import Access, Guard
from kg.serve.library import Library
from kg.serve.negotiation import PAGE, preferred_or_page
from kg.serve.pages import missing_page, page_routes
from kg.serve.pool import Limits, Pool
from kg.serve.protocol import Endpoint

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_PROBLEM_TYPES = {name: "application/problem+json" for name in ("application/problem+json", "application/json")}


@dataclass(frozen=True, slots=True)
class Settings:
    """What `kg serve` was told."""

    graph: Path
    access: Access
    ontology: Path | None = None
    limits: Limits = field(default_factory=Limits)
    workers: int = 2


def create_app(settings: Settings, ready: Callable[[], None] = lambda: None, making: Callable[[], None] = lambda: None) -> Guard:
    """The ASGI application. KgError if the graph cannot be opened. Its workers start with the server's life and end
    with it; `making` is called when its index must be made first, `ready` when it takes requests."""
    pool = Pool(settings.limits, ready=settings.workers)
    library = Library(settings.graph)
    library.open(making)
    context = Context(settings.graph, settings.access, pool, library, settings.ontology)

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        await pool.start()
        ready()
        try:
            yield
        finally:
            await pool.close()
            await library.close()

    inner = Starlette(
        routes=_routes(settings, context),
        lifespan=life,
        exception_handlers={HTTPException: _not_served, ProblemError: _problem},
    )
    inner.router.redirect_slashes = False
    return Guard(inner, settings.access)


def _routes(settings: Settings, context: Context) -> list[Route]:
    document = openapi(release())

    async def described(_request: Request) -> Response:
        return json_response(document)

    # Starlette takes the first route that fits a path and would refuse the method of another.
    assert len({endpoint.path for endpoint in ENDPOINTS}) == len(ENDPOINTS)
    endpoint = Endpoint(settings.graph, context.pool)
    return [
        Route("/sparql", endpoint.answer, methods=["GET", "POST"]),
        Route("/id/{name:path}", endpoint.describe),
        Route("/ns", endpoint.vocabulary),
        Route("/api/openapi.json", described),
        *(Route(e.path, endpoint_handler(context, e), methods=[e.method]) for e in ENDPOINTS),
        *page_routes(context),
    ]


async def _not_served(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404 and request.method == "GET" and preferred_or_page(request.headers.get("accept", ""), _PROBLEM_TYPES) == PAGE:
        return missing_page()
    message = {404: "there is nothing here", 405: f"{request.method} is not served here"}.get(
        error.status_code, error.detail
    )
    return problem_response(request, ProblemError(error.status_code, message, headers=dict(error.headers or {})))


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return problem_response(request, error)
