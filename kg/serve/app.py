"""The server as one ASGI application: routes, life of the workers, the guard around it all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from kg.serve.answers import ProblemError, problem_response
from kg.serve.guard import Access, Guard
from kg.serve.pool import Limits, Pool
from kg.serve.protocol import Endpoint

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Settings:
    """What `kg serve` was told."""

    graph: Path
    access: Access
    ontology: Path | None = None
    limits: Limits = field(default_factory=Limits)
    workers: int = 2


def create_app(settings: Settings) -> Guard:
    """The ASGI application. Its workers start with the server's life and end with it."""
    pool = Pool(settings.limits, ready=settings.workers)

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            await pool.close()

    routes = [Route("/sparql", Endpoint(settings.graph, pool).answer, methods=["GET", "POST"])]
    inner = Starlette(
        routes=routes, lifespan=life, exception_handlers={HTTPException: _not_served, ProblemError: _problem}
    )
    inner.state.pool = pool
    inner.router.redirect_slashes = False
    return Guard(inner, settings.access)


async def _not_served(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    message = {404: "there is nothing here", 405: f"{request.method} is not served here"}.get(
        error.status_code, error.detail
    )
    return problem_response(request, ProblemError(error.status_code, message, headers=headers))


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return problem_response(request, error)
