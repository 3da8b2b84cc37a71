"""Connections that do not wait for ever: uvicorn's HTTP protocol with bounds on slow clients.

uvicorn closes idle connections between requests, but waits without end for the first bytes of a request and for a
client that does not read its answer.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0  # for a request's line and headers
WRITE_SECONDS = 60.0  # without a client reading anything


class PatientProtocol(H11Protocol):
    """HTTP/1.1 with a deadline for request heads and for clients that stop reading."""

    _head: asyncio.TimerHandle | None = None
    _stuck: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._head = self.loop.call_later(HEAD_SECONDS, self._end_if_idle)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._wait_for_head()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait_for_head()

    def _wait_for_head(self) -> None:
        """The clock runs while a head is incomplete, from its first byte, and stands while a request is answered."""
        busy = self.cycle is not None and not self.cycle.response_complete
        if busy and self._head is not None:
            self._head.cancel()
            self._head = None
        elif not busy and self._head is None:
            self._head = self.loop.call_later(HEAD_SECONDS, self._end_if_idle)

    def _end_if_idle(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stuck = self.loop.call_later(WRITE_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop(self._stuck)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop(self._head)
        self._stop(self._stuck)
        super().connection_lost(exc)

    def _stop(self, timer: Any) -> None:
        if timer is not None:
            timer.cancel()
