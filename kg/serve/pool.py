"""Worker processes for queries, each of which can be stopped without harm to the others.

A few workers stand ready. A query that has run for a second counts as slow: it goes on at the lowest priority, and its
place is filled by a fresh worker, up to a bound, so that short queries of others never wait behind it.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.serve.frames import packed, receive_message

MOST = 12  # workers in all
SLOW_AFTER = 1.0  # seconds
_PATIENCE = 15.0  # seconds that a query waits for a worker
_GRACE = 2.0  # the kernel's own deadline for a worker lies so far behind the server's
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use: seconds, rows (or triples) of the answer, megabytes of memory."""

    seconds: float = 10.0
    rows: int = 100_000
    megabytes: int = 512


class QueryStopped(Exception):
    """A query that got no answer. `kind`: time, memory, busy, died, or an error kind of the worker, which may tell its parts."""

    def __init__(self, kind: str, message: str, parts: dict[str, Any] | None = None) -> None:
        self.kind, self.message, self.parts = kind, message, parts or {}
        super().__init__(message)


class _Worker:
    def __init__(self, process: asyncio.subprocess.Process, errors: Any) -> None:
        self.process, self._errors, self.slow = process, errors, False

    @classmethod
    async def start(cls, megabytes: int) -> _Worker:
        package = str(Path(__file__).parents[2])
        path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
        # One arena: else glibc reserves address space by thread, which would count against the bound.
        environment = {**os.environ, "PYTHONPATH": path, "MALLOC_ARENA_MAX": "1", "RUST_BACKTRACE": "0"}
        errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "kg.serve.worker", str(megabytes * _MEGABYTE), env=environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=errors, limit=_MEGABYTE,
        )  # fmt: skip
        return cls(process, errors)

    async def ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(packed(request))
        await self.process.stdin.drain()
        return await receive_message(self.process.stdout)

    def last_words(self) -> str:
        """The end of what the worker wrote to standard error."""
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - 4000))
        text: str = self._errors.read().decode("utf-8", "replace")
        return text

    def hurry_less(self) -> None:
        with suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, 19)

    async def kill(self) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        with suppress(OSError):
            await self.process.wait()
        self._errors.close()


class Pool:
    """`ready` workers for short queries; slow ones are let beside them until there are MOST in all."""

    def __init__(self, limits: Limits, *, ready: int) -> None:
        self.limits, self._ready, self._most = limits, ready, max(ready, MOST)
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._starting = 0
        self._waiting: deque[asyncio.Future[_Worker]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Starts the ready workers."""
        self._idle.extend(await asyncio.gather(*(_Worker.start(self.limits.megabytes) for _ in range(self._ready))))

    async def run(
        self, request: dict[str, Any], gone: Callable[[], Awaitable[None]] | None = None
    ) -> tuple[str, bytes]:
        """Media type and body of the answer; QueryStopped if there is none. `gone` returns when nobody waits any more."""
        worker = await self._take()
        request = {"limit": self.limits.rows, "seconds": self.limits.seconds + _GRACE, **request}
        loop = asyncio.get_running_loop()
        slow = loop.call_later(SLOW_AFTER, self._slow_down, worker)
        asking = loop.create_task(worker.ask(request))
        watching = loop.create_task(_wait(gone))
        keep = False
        try:
            done, _ = await asyncio.wait(
                {asking, watching}, timeout=self.limits.seconds, return_when=asyncio.FIRST_COMPLETED
            )
            if asking not in done:
                if watching in done:
                    raise QueryStopped("gone-client", "nobody waits for the answer any more")
                raise QueryStopped("time", f"the query was stopped after {self.limits.seconds:g} seconds")
            try:
                head, body = asking.result()
            except (asyncio.IncompleteReadError, ConnectionError, BrokenPipeError) as error:
                raise self._died(worker) from error
            # A worker that has grown far is not used again: memory comes back only with the process.
            keep = head.get("memory", 0) * 2 < self.limits.megabytes * _MEGABYTE
            if head.get("error") == "memory":
                keep = False
                raise self._out_of_memory()
            if "error" in head:
                raise QueryStopped(head["error"], head["message"], head.get("parts"))
            return head["type"], body
        finally:
            slow.cancel()
            asking.cancel()
            watching.cancel()
            self._give_back(worker, keep)

    def _died(self, worker: _Worker) -> QueryStopped:
        words = worker.last_words()
        if any(sign in words for sign in ("memory allocation", "bad_alloc", "MemoryError", "Cannot allocate memory")):
            return self._out_of_memory()
        return QueryStopped("died", "the process that ran the query ended before it had an answer")

    def _out_of_memory(self) -> QueryStopped:
        return QueryStopped("memory", f"the query was stopped: it needs more than {self.limits.megabytes} MB of memory")

    async def _take(self) -> _Worker:
        if self._closed:
            raise QueryStopped("busy", "the server is stopping")
        while self._idle:
            worker = self._idle.pop()
            if worker.process.returncode is None:
                self._busy.add(worker)
                return worker
            self._spawn(worker.kill())  # it ended while it had nothing to do, as when the system lacks memory
        waiter: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        self._fill()
        try:
            return await asyncio.wait_for(waiter, _PATIENCE)
        except TimeoutError:
            raise QueryStopped("busy", "too many queries are running; try again in a moment") from None
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self._give_back(waiter.result(), keep=True)
            raise
        finally:
            with suppress(ValueError):
                self._waiting.remove(waiter)

    def _slow_down(self, worker: _Worker) -> None:
        worker.slow = True
        worker.hurry_less()
        self._fill()

    def _fill(self) -> None:
        """Starts workers where quick ones are missing."""
        quick = len(self._idle) + sum(not worker.slow for worker in self._busy) + self._starting
        total = len(self._idle) + len(self._busy) + self._starting
        for _ in range(min(self._ready - quick, self._most - total)):
            self._starting += 1
            self._spawn(self._start_one())

    async def _start_one(self) -> None:
        try:
            worker = await _Worker.start(self.limits.megabytes)
        finally:
            self._starting -= 1
        self._offer(worker)

    def _offer(self, worker: _Worker) -> None:
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                self._busy.add(worker)
                waiter.set_result(worker)
                return
        if self._closed or len(self._idle) >= self._ready:
            self._spawn(worker.kill())
        else:
            self._idle.append(worker)

    def _give_back(self, worker: _Worker, keep: bool) -> None:
        self._busy.discard(worker)
        if keep and not worker.slow:
            self._offer(worker)
        else:
            # A priority once lowered cannot be raised again, so a worker that was slow goes too.
            self._spawn(worker.kill())
            if not self._closed:
                self._fill()

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Ends all workers, whatever they do."""
        self._closed = True
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_exception(QueryStopped("busy", "the server is stopping"))
        workers = [*self._idle, *self._busy]
        self._idle.clear()
        await asyncio.gather(*(worker.kill() for worker in workers), *self._tasks, return_exceptions=True)


async def _wait(gone: Callable[[], Awaitable[None]] | None) -> None:
    if gone is None:
        await asyncio.Event().wait()
    else:
        await gone()
