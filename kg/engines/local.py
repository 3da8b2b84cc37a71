"""Work on files on this machine: in this process, or mapped over a pool of processes that are started once.

Files go out in chunks and come back in order. A worker that dies (killed, out of memory, a fault in a C library) takes
its pool with it: the files under way are then run one by one, each in a process of its own, so that the one that kills
it is named and all others are kept.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext, SpawnContext, SpawnProcess
from types import ModuleType
from typing import Any, Protocol, TypeVar

from kg.collector import tables_may_go, tables_that_stay
from kg.engines.chunks import Chunk, chunks, file_sizes
from kg.errors import KgError
from kg.expressions import expressions
from kg.read import SourceFile

# Chunks per worker handed out before the first of them is back: enough to do while this process loads a batch of quads,
# and a bound on memory.
_AHEAD = 8
_ALONE_BYTES = 64 * 1024  # below this a pool costs more than it saves

# What this process does with files. Made before the pool forks, so that its tables are loaded once and shared.
_worker: Callable[[Chunk], list[Any]] | None = None

T = TypeVar("T")


class Work(Protocol[T]):
    """What is done with files; it can be sent to another process."""

    def worker(self, *, many: bool) -> Callable[[Chunk], list[T]]:
        """What gives an outcome for each file, its tables loaded, and never raises.

        With `many` to come, all patterns are compiled at once, and kept for later: else when a text first needs them, which each process of a
        pool would do by itself.
        """

    def lost(self, source: SourceFile, error: KgError) -> T:
        """The outcome for a file whose process died."""


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_files(sources: Sequence[SourceFile], work: Work[T], jobs: int | None = None) -> Iterator[T]:
    """An outcome for each of `sources`, in their order.

    `jobs` is the number of processes; by default as many as there are processors, or this one alone for a few small
    files.
    """
    sizes = file_sizes(sources)
    if jobs is None:
        jobs = processors() if sum(sizes) > _ALONE_BYTES else 1
    global _worker
    try:
        if jobs <= 1 or len(sources) < 2:
            with tables_that_stay():
                worker = work.worker(many=False)
            for chunk in chunks(sources, sizes, 1):
                yield from worker(chunk)
            expressions().save()  # rules are compiled when a text first needs them
        else:
            context = _context(work)
            if context.get_start_method() == "fork":
                with tables_that_stay():
                    _worker = work.worker(many=True)
            yield from _pooled(list(chunks(sources, sizes, jobs)), work, jobs, context)
    finally:
        _worker = None
        tables_may_go()


def _context(work: Work[Any]) -> BaseContext:
    """Fork where that is safe: on Linux, and only while no other thread could hold a lock that the child would inherit."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    return SpawnContext() if b"__main__" in pickle.dumps(work) else _WithoutScript()


class _ProcessWithoutScript(SpawnProcess):
    """A spawned process that does not run the program's script again, which others do to know what it defines.

    A script without `if __name__ == "__main__":` would build again there, and wait for the very build that waits for it.
    """

    def start(self) -> None:
        script = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            super().start()
        finally:
            sys.modules["__main__"] = script


class _WithoutScript(SpawnContext):
    Process = _ProcessWithoutScript


def _pooled(parts: list[Chunk], work: Work[T], jobs: int, context: BaseContext) -> Iterator[T]:
    waiting = deque(parts)
    while waiting:
        pool = _pool(work, min(jobs, len(waiting)), context)
        under_way: deque[tuple[Chunk, Future[list[T]]]] = deque()
        broken = False
        try:
            while waiting or under_way:
                while waiting and len(under_way) < jobs * _AHEAD:
                    under_way.append((waiting[0], pool.submit(_run_chunk, waiting[0])))
                    waiting.popleft()
                outcomes = under_way[0][1].result()
                under_way.popleft()
                yield from outcomes
        except BrokenProcessPool:
            broken = True
        finally:
            # Workers that are still at it finish their chunk; none is started any more.
            pool.shutdown(wait=broken, cancel_futures=True)
        for chunk, future in under_way:
            if future.done() and not future.cancelled() and future.exception() is None:
                yield from future.result()
            else:
                yield from _one_by_one(chunk, work, context)


def _one_by_one(chunk: Chunk, work: Work[T], context: BaseContext) -> Iterator[T]:
    pool = _pool(work, 1, context)
    try:
        for source in chunk:
            try:
                yield from pool.submit(_run_chunk, (source,)).result()
            except BrokenProcessPool:
                pool.shutdown(wait=True)
                yield work.lost(source, KgError("the process that read it died", file=source.path, hint="out of memory? Give it more, or split the file"))
                pool = _pool(work, 1, context)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(work: Work[Any], jobs: int, context: BaseContext) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(work,))


def _start(work: Work[Any]) -> None:
    """Make a new process ready: tables loaded, and an end to it when the process that started it dies."""
    global _worker
    if _worker is None:
        with tables_that_stay():
            _worker = work.worker(many=True)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _run_chunk(chunk: Chunk) -> list[Any]:
    assert _worker is not None
    return _worker(chunk)
