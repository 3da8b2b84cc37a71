"""A server in a thread of its own, on a free port of the loopback."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg.serve.app import Settings
from kg.serve.guard import Access
from kg.serve.pool import Limits
from kg.serve.server import LOOPBACK_NAMES, make_server
from tests.serve.made_graph import district, write_graph


@dataclass(frozen=True)
class Running:
    """Where a server listens and which graph it serves."""

    url: str
    graph: Path
    app: Any

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])


@contextmanager
def running(
    graph: Path, *, limits: Limits | None = None, access: Access | None = None, workers: int = 2
) -> Iterator[Running]:
    """A server over a graph folder, stopped at the end."""
    who = access or Access(frozenset(LOOPBACK_NAMES))
    server = make_server(Settings(graph, who, limits=limits or Limits(seconds=30), workers=workers))
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started:
        assert thread.is_alive() and time.monotonic() < deadline, "the server did not start"
        time.sleep(0.01)
    try:
        yield Running(f"http://127.0.0.1:{listener.getsockname()[1]}", graph, server.config.app)
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive(), "the server did not stop"


@pytest.fixture(scope="session")
def district_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    graph = tmp_path_factory.mktemp("graph")
    write_graph(graph, district())
    return graph


@pytest.fixture(scope="session")
def server(district_graph: Path) -> Iterator[Running]:
    with running(district_graph) as started:
        yield started


@pytest.fixture
def start() -> Callable[..., Any]:
    return running
