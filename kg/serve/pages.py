"""The pages and what they load. Pages are fixed texts without data: their scripts fetch that from the API.

Nothing is looked up on the disk by a name from a URL: all files are known beforehand, by name, with their content.
"""

from __future__ import annotations

import hashlib
import html
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.serve.answers import ProblemError
from kg.serve.guard import POLICY
from kg.serve.yasgui import FILES, editor_files, style_sources
from kg.view.assets import WEB as VIEW_WEB
from kg.view.assets import program, style, vis_network, words

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.context import Context

WEB = Path(__file__).parent / "web"
# path → (title, scripts, style sheets). The page of one document or question finds its id in its own address.
_EXPLORER = ("library.js", "explorer.js", "site.js", "source.js", "explore.js")
PAGES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "/": ("Explorer", _EXPLORER, ("page.css", "site.css")),
    "/documents": ("Documents", ("explorer.js", "site.js", "documents.js"), ("page.css", "site.css")),
    "/documents/{id:path}": ("Document", ("explorer.js", "site.js", "reader.js"), ("page.css", "site.css")),
    "/questions": ("Questions", ("explorer.js", "site.js", "chart.js", "questions.js"), ("page.css", "site.css")),
    "/questions/{id}": ("Question", ("explorer.js", "site.js", "chart.js", "questions.js"), ("page.css", "site.css")),
    "/figures": ("Figures", ("explorer.js", "site.js", "chart.js", "tables.js"), ("page.css", "site.css")),
    "/query": ("SPARQL", ("explorer.js", "site.js", "yasgui.js", "query.js"), ("page.css", "yasgui.css", "site.css")),
}
_MISSING = ("Nothing here", ("explorer.js", "site.js", "missing.js"), ("page.css", "site.css"))
_OWN = (
    "missing.js",
    "site.js",
    "source.js",
    "explore.js",
    "documents.js",
    "reader.js",
    "chart.js",
    "questions.js",
    "tables.js",
    "query.js",
)
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g fill="none" stroke="#1f5fa8" stroke-width="2.5">'
    '<path d="M9 10L23 8M9 10L16 24M23 8L16 24"/></g><g fill="#1f5fa8"><circle cx="9" cy="10" r="4.5"/>'
    '<circle cx="23" cy="8" r="3.5"/><circle cx="16" cy="24" r="4"/></g></svg>'
)


@lru_cache(maxsize=1)
def assets() -> dict[str, tuple[bytes, str]]:
    """Name → content and media type, of everything but the query editor."""
    js = "text/javascript; charset=utf-8"
    found = {
        "library.js": (vis_network().encode(), js),
        "explorer.js": (program().encode(), js),
        "page.css": (style().encode(), "text/css; charset=utf-8"),
        "site.css": ((WEB / "site.css").read_bytes(), "text/css; charset=utf-8"),
        "words.json": (words().encode(), "application/json"),
        "site-words.json": ((WEB / "words.json").read_bytes(), "application/json"),
        "styles.json": ((VIEW_WEB / "styles.json").read_bytes(), "application/json"),
        "icon.svg": (_ICON.encode(), "image/svg+xml"),
    }
    return found | {name: ((WEB / name).read_bytes(), js) for name in _OWN}


def page(title: str, scripts: tuple[str, ...], sheets: tuple[str, ...]) -> str:
    """A page's markup: what to load, and a place for the scripts to fill."""
    links = "".join(f'<link rel="stylesheet" href="/assets/{name}">\n' for name in sheets)
    loads = "".join(f'<script src="/assets/{name}"></script>\n' for name in scripts)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{html.escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">\n{links}</head>\n<body class="served">\n'
        "<noscript>This page needs JavaScript. 此页面需要启用 JavaScript。此頁面需要啟用 JavaScript。</noscript>\n"
        f'<nav id="site"></nav>\n<div id="app"></div>\n{loads}</body>\n</html>\n'
    )


def missing_page() -> Response:
    """What a browser is shown at an address where there is nothing."""
    return Response(page(*_MISSING).encode(), status_code=404, media_type="text/html; charset=utf-8")


def page_routes(context: Context) -> list[Route]:
    """Routes of the pages and of what they load."""
    routes = [Route("/assets/{name}", _asset), Route("/favicon.ico", _icon)]
    return routes + [Route(path, _page(path, context)) for path in PAGES]


async def _document_address(context: Context, name: str) -> str | None:
    """Where the document is read that has this id or path (`docs/a.txt`); a file of several documents leads to their list."""
    index = context.library.edition().index
    found = await run_in_threadpool(index.document, name)
    if found:
        return f"/documents/{found['id']}"
    return f"/documents?q={quote(name, safe='/')}%23" if await run_in_threadpool(index.has_parts, name) else None


async def _is_there(path: str, context: Context, request: Request) -> bool:
    """Whether there is the question that the address names."""
    if path == "/questions/{id}":
        return request.path_params["id"] in await run_in_threadpool(lambda: context.questions)
    return True


def _page(path: str, context: Context):  # type: ignore[no-untyped-def]
    body = page(*PAGES[path]).encode()

    async def answer(request: Request) -> Response:
        if path == "/documents/{id:path}":
            name = request.path_params["id"]
            address = await _document_address(context, name)
            if address and address != f"/documents/{name}":
                return RedirectResponse(address, 303, {"Cache-Control": "no-cache"})
            there = address is not None
        else:
            there = await _is_there(path, context, request)
        if not there:
            # The page itself says what there is not, in the reader's language; the status says it to programs.
            return Response(body, 404, {"Cache-Control": "no-cache"}, "text/html; charset=utf-8")
        response = _cached(request, body, "text/html; charset=utf-8")
        if "yasgui.js" in PAGES[path][1]:
            allowed = await run_in_threadpool(style_sources)
            response.headers["Content-Security-Policy"] = POLICY.replace(
                "style-src 'self'", f"style-src 'self'{allowed}"
            )
        return response

    return answer


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name in FILES:
        content = (await run_in_threadpool(editor_files)).get(name)
        if content is None:
            raise ProblemError(404, "the query editor is not installed")
        return _cached(request, content, FILES[name][1])
    if name not in assets():
        raise ProblemError(404, "there is nothing here")
    return _cached(request, *assets()[name])


async def _icon(request: Request) -> Response:
    return _cached(request, *assets()["icon.svg"])


def _cached(request: Request, content: bytes, media_type: str) -> Response:
    """With an entity tag: browsers ask each time, and get the content only if it is another."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)
