"""Runs the application: addresses, tokens and connections."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.serve.app import Settings, create_app
from kg.serve.guard import Access, is_loopback
from kg.serve.live import live
from kg.serve.pool import Limits

if TYPE_CHECKING:
    import uvicorn

_CONNECTIONS = 1000
_SHORTEST_TOKEN = 16
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")


def access(host: str, token: str, cors: Sequence[str], names: Sequence[str]) -> Access:
    """Who may ask a server that listens at `host`; KgError where that would leave it open to everybody."""
    if not is_loopback(host):
        if not token:
            hint = "give one with --token or KG_TOKEN, or listen on 127.0.0.1"
            raise KgError(f"{host} can be reached from other machines, and so needs a token", hint=hint)
        if len(token) < _SHORTEST_TOKEN:
            raise KgError(f"the token is too short to be safe; take {_SHORTEST_TOKEN} characters or more")
    for origin in cors:
        if origin != "*" and (not origin.startswith(("http://", "https://")) or origin.count("/") != 2):
            raise KgError(f"--cors: {origin!r} is no origin", hint="write https://example.org, without a path")
    hosts = {host.strip("[]").lower(), *LOOPBACK_NAMES, *(name.lower() for name in names)}
    if host in ("0.0.0.0", "::"):
        hosts |= {socket.gethostname().lower(), socket.getfqdn().lower(), *_own_addresses()}
    return Access(frozenset(hosts - {"0.0.0.0", "::"}), frozenset(cors), token)


def _own_addresses() -> set[str]:
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None)}
    except OSError:
        return set()


def serve(
    graph: Path, *, host: str, port: int, who: Access, limits: Limits, ontology: Path | None = None,
    ready: Callable[[str], None] = lambda address: None, making: Callable[[], None] = lambda: None,
) -> None:  # fmt: skip
    """Serves until it is told to stop. `ready` is called with the address once connections are taken, `making` before if an index must be made. KgError if the
    folder is no graph or the address cannot be had."""
    live(graph)
    with _listening(host, port) as listener:
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}/"
        server = make_server(Settings(graph, who, ontology, limits), lambda: ready(address), making)
        asyncio.run(server.serve(sockets=[listener]))


def make_server(settings: Settings, ready: Callable[[], None] = lambda: None, making: Callable[[], None] = lambda: None) -> uvicorn.Server:
    """The HTTP server around the application, with bounds on connections, heads and waiting."""
    import uvicorn

    from kg.serve.connections import PatientProtocol

    return uvicorn.Server(
        uvicorn.Config(
            create_app(settings, ready, making), http=PatientProtocol, ws="none", log_level="warning", access_log=False,
            server_header=False, date_header=True, limit_concurrency=_CONNECTIONS, timeout_keep_alive=5,
            timeout_graceful_shutdown=3, h11_max_incomplete_event_size=64 * 1024, proxy_headers=False,
        )
    )  # fmt: skip


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio switches Nagle off; without, each small answer waits 40 ms for an acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(256)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise KgError(f"cannot listen on {host} port {port}: {reason}", hint="take another one with --port") from error
    return listener
