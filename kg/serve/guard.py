"""What every request must pass and every answer carries, whatever it asks for.

Against DNS rebinding the Host header must name this server; against other sites' scripts Origin and Sec-Fetch-Site must
be ours or an origin that was let in; a server that listens to others asks for its token first.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import logging
import re
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.serve.answers import ProblemError, problem_response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_DATA_PATHS = ("/sparql", "/api")
_SHARED_PATHS = (*_DATA_PATHS, "/id/", "/ns")  # what pages of other sites that are let in may ask for
_COOKIE = "kg-session"
_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s/@?#\\\[\]:]+))(?::[0-9]*)?")
_ADDRESS_BYTES, _HEADER_BYTES = 48 * 1024, 32 * 1024
_METHODS = "GET, HEAD, POST, OPTIONS"
log = logging.getLogger("kg.serve")


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask: names that the Host header may carry, origins whose pages may read, the token ("": none asked)."""

    hosts: frozenset[str]
    origins: frozenset[str] = frozenset()
    token: str = ""

    @property
    def session(self) -> str:
        """What the cookie holds: shows that its bearer had the token, without telling it."""
        return hmac.new(self.token.encode(), b"kg session", hashlib.sha256).hexdigest()


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Guard:
    """ASGI middleware around the whole server."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                own = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(h for h in self._headers(request) if h[0] not in own or h[0] == b"vary"),
                ]
            await send(message)

        try:
            answer = self._refusal(request)
            await (answer or self._app)(scope, receive, guarded)
        except ProblemError as error:
            await problem_response(request, error)(scope, receive, guarded)
        except Exception:  # the server's boundary: the cause goes to the log, the client learns only that it failed
            log.exception("%s %s failed", request.method, request.scope["path"])
            if not started:
                problem = ProblemError(500, "internal error; the server's log says more")
                await problem_response(request, problem)(scope, receive, guarded)

    def _headers(self, request: Request) -> list[tuple[bytes, bytes]]:
        headers = dict(_HEADERS)
        origin = request.headers.get("origin", "")
        if request.scope["path"].startswith(_SHARED_PATHS) and self._lets_in(origin):
            headers["Access-Control-Allow-Origin"] = "*" if "*" in self._access.origins else origin
            headers["Access-Control-Expose-Headers"] = "Content-Type, Retry-After"
        else:
            headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if self._access.origins:
            headers["Vary"] = "Origin"
        return [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    def _lets_in(self, origin: str) -> bool:
        return bool(origin) and (origin in self._access.origins or "*" in self._access.origins)

    def _refusal(self, request: Request) -> Response | None:
        """None for a request that may pass; a response that answers it already, or ProblemError."""
        _check_size(request)
        self._check_host(request)
        data = request.scope["path"].startswith(_DATA_PATHS)
        origin = request.headers.get("origin", "")
        if request.scope["path"].startswith(_SHARED_PATHS) and self._lets_in(origin):
            if request.method == "OPTIONS":
                return _preflight(request)
        else:
            _check_site(request, origin, data)
            if request.method == "OPTIONS":
                return Response(status_code=204, headers={"Allow": _METHODS})
        return self._check_token(request) if self._access.token else None

    def _check_host(self, request: Request) -> None:
        given = request.headers.getlist("host")
        name = host_name(given[0]) if len(given) == 1 else ""
        if not name or (name not in self._access.hosts and "*" not in self._access.hosts):
            raise ProblemError(
                421, "the Host header does not name this server (kg serve --allow-host NAME lets a name in)"
            )

    def _check_token(self, request: Request) -> Response | None:
        scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _same(credentials.strip(), self._access.token):
            return None
        if _same(_cookie(request), self._access.session):
            return None
        pairs = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in pairs if name == "token"]
        if given and _same(given[0], self._access.token):
            if request.method != "GET" or request.scope["path"].startswith(_DATA_PATHS):
                return None
            # The token leaves the address, so that it stays out of histories and links that are passed on.
            rest = urlencode([pair for pair in pairs if pair[0] != "token"])
            answer = RedirectResponse(request.scope["path"].replace("//", "/") + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(
                _COOKIE,
                self._access.session,
                httponly=True,
                samesite="strict",
                secure=request.scope["scheme"] == "https",
            )
            return answer
        raise ProblemError(
            401, "this server asks for its token: open /?token=…, or send Authorization: Bearer …",
            headers={"WWW-Authenticate": 'Bearer realm="kg"'},
        )  # fmt: skip


def _check_size(request: Request) -> None:
    if len(request.scope["query_string"]) + len(request.scope.get("raw_path", b"")) > _ADDRESS_BYTES:
        raise ProblemError(414, "the address is too long; send the query with POST")
    if sum(len(name) + len(value) for name, value in request.scope["headers"]) > _HEADER_BYTES:
        raise ProblemError(431, "the headers are too large")


def host_name(header: str) -> str:
    """The name in a Host header, without port; "" if it is none.

    >>> host_name("LocalHost:8000"), host_name("[::1]:8000"), host_name("a@b"), host_name("a:b")
    ('localhost', '::1', '', '')
    """
    found = _HOST.fullmatch(header)
    return (found[1] or found[2]).lower().removesuffix(".") if found else ""


def _check_site(request: Request, origin: str, data: bool) -> None:
    own = request.headers.get("host", "")
    if origin and origin.partition("://")[2].lower() != own.lower():
        raise ProblemError(403, "requests from other sites are refused (kg serve --cors ORIGIN lets a site in)")
    site = request.headers.get("sec-fetch-site", "none")
    # A link from elsewhere may open a page, which then asks for its data itself.
    followed = not data and request.method in ("GET", "HEAD") and request.headers.get("sec-fetch-mode") == "navigate"
    if site not in ("none", "same-origin") and not followed:
        raise ProblemError(403, "requests from other sites are refused (kg serve --cors ORIGIN lets a site in)")


def _preflight(request: Request) -> Response:
    wanted = request.headers.get("access-control-request-headers", "")
    allowed = [
        name
        for name in (part.strip() for part in wanted.split(","))
        if name.lower() in ("accept", "authorization", "content-type")
    ]
    headers = {"Access-Control-Allow-Methods": _METHODS, "Access-Control-Max-Age": "600", "Allow": _METHODS}
    if allowed:
        headers["Access-Control-Allow-Headers"] = ", ".join(allowed)
    return Response(status_code=204, headers=headers)


def _cookie(request: Request) -> str:
    try:
        found = SimpleCookie(request.headers.get("cookie", "")).get(_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
