"""Writing a graph folder: generations, the switch from one to the next, the lock.

A generation is written under a name that no reader looks for, forced to the disk, renamed, and only then named in
CURRENT. Whatever happens before that rename leaves the live generation as it was; what is left over is cleared by the
next writer. The generation before the live one is kept.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.graph import layout
from kg.graph.manifest import Manifest, replace_file, sync_folder, write_manifest
from kg.graph.store import CURRENT, GENERATIONS, MANIFEST, STORE, live_generation

if TYPE_CHECKING:
    from pyoxigraph import Store

_PART = ".part"
# RocksDB does not give up its lock on a store that it could not open: another attempt of this process needs another name.
_ATTEMPTS = count(1)
_BATCH = 32 * 2**20  # bytes of N-Quads handed to one bulk load: each sorts its own in memory and writes a few large files
_STORE_SAYS = re.compile(r"IO error: ([^:]+): While ")  # RocksDB, before it names a file of its own
_LITTLE = 2**20  # bytes of N-Quads below which one transaction is sooner done than a bulk load


@contextmanager
def as_fault(folder: Path, what: str) -> Iterator[None]:
    """What the system refuses (disk full, no permission), as a KgError that says so and that nothing is lost."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        if said := _STORE_SAYS.match(reason):
            reason = said[1]
        hint = "the graph is as it was before" if (folder / CURRENT).exists() else "no graph was made: build it where there is room and the right to write"
        raise KgError(f"{what}: {reason}", file=folder, hint=hint) from error


@contextmanager
def locked(folder: Path, *, wait: bool = True, notice: Callable[[str], None] | None = None) -> Iterator[None]:
    """The right to write in `folder`. The system takes the lock back from a process that dies.

    Where another holds it: wait for it, telling `notice`, or with `wait=False` raise KgError.
    """
    from filelock import FileLock, Timeout

    with as_fault(folder, "the graph folder cannot be written"):
        (folder / GENERATIONS).mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock", is_singleton=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if not wait:
                raise KgError(
                    "another build is writing this graph", file=folder, hint="try again when it is done"
                ) from None
            if notice:
                notice(f"another build is writing {folder}; waiting for it")
            lock.acquire()
    try:
        yield
    finally:
        lock.release()


def clear_leftovers(folder: Path) -> list[str]:
    """Remove what a killed build left, and all generations but the live one and the one before; their names.

    To be called under the lock.
    """
    live = live_generation(folder)
    names = sorted(path.name for path in (folder / GENERATIONS).iterdir())
    whole = [name for name in names if name.isdigit()]
    before = [name for name in whole if live is not None and int(name) < int(live)]
    kept = {live, *before[-1:]}
    gone = [name for name in names if name not in kept]
    with as_fault(folder, "leftovers of an earlier build cannot be removed"):
        for name in gone:
            _clear_away(folder / GENERATIONS / name)
        for path in folder.glob(".*.part"):
            path.unlink()
    return gone


def _clear_away(path: Path) -> None:
    """Remove a file or folder; one that a server may still be writing an index into is moved from under it first."""
    if not path.is_dir():
        path.unlink()
        return
    if path.name.isdigit():
        path = path.rename(path.with_name(f"{path.name}.{next(_ATTEMPTS)}{_PART}"))
    shutil.rmtree(path)


def kept_generations(folder: Path) -> list[Path]:
    """Folders of the generations that can be opened, the live one last."""
    names = (path.name for path in (folder / GENERATIONS).iterdir())
    return [folder / GENERATIONS / name for name in sorted(name for name in names if name.isdigit())]


class NextGeneration:
    """A generation being written. Quads are collected and loaded in large batches; `finish` makes it the live one."""

    def __init__(self, folder: Path, base: Path | None) -> None:
        """An empty one, or with `base` (folder of a generation) a copy of that; the copy shares its files on disk."""
        from pyoxigraph import Store

        self._folder = folder
        taken = [int(path.name.partition(".")[0]) for path in (folder / GENERATIONS).iterdir()]
        self.name = f"{max(taken, default=0) + 1:06}"
        self._partial = folder / GENERATIONS / f"{self.name}.{next(_ATTEMPTS)}{_PART}"
        self._store: Store | None = None
        self._quads: list[bytes] = []
        self._size = self._loads = 0
        try:
            with as_fault(folder, "the new generation cannot be written"):
                self._partial.mkdir()
                place = str(self._partial / STORE)
                if base is not None:
                    Store.read_only(str(base / STORE)).backup(place)
                self._store = Store(place)
        except BaseException:
            self.abandon()
            raise

    def remove(self, graphs: Iterable[str]) -> None:
        """Take out the graphs of these IRIs, and the evidence of their documents."""
        assert self._store is not None
        with as_fault(self._folder, "the new generation cannot be written"):
            layout.remove(self._store, graphs)

    def add(self, quads: bytes) -> None:
        """Load N-Quads in the layout of `kg.graph.layout`, sooner or later."""
        self._quads.append(quads)
        self._size += len(quads)
        if self._size >= _BATCH:
            self._load()

    def _load(self) -> None:
        from pyoxigraph import RdfFormat

        assert self._store is not None
        batch, self._quads, self._size = b"".join(self._quads), [], 0
        if batch:
            with as_fault(self._folder, "the new generation cannot be written"):
                # A bulk load writes files of its own and first flushes what was removed: for little, that is most of the work.
                load = self._store.load if len(batch) < _LITTLE else self._store.bulk_load
                load(batch, format=RdfFormat.N_QUADS)
                self._loads += 1

    def _merge(self) -> None:
        """Each load left files of its own, and every look-up would look into all of them: merged, questions take half
        the time, for a twentieth more of the build's.
        """
        if self._loads > 1:
            assert self._store is not None
            self._store.optimize()

    def finish(self, manifest: Manifest) -> str:
        """Everything to the disk, then the switch; the generation's name."""
        self._load()
        with as_fault(self._folder, "the new generation cannot be written"):
            assert self._store is not None
            self._merge()
            self._store.flush()
            self._store = None  # closes it: the folder must be at rest before it is renamed
            write_manifest(manifest, self._partial / MANIFEST)
            _sync_files(self._partial / STORE)
            final = self._partial.with_name(self.name)
            os.rename(self._partial, final)
            sync_folder(final.parent)
            replace_file(self._folder / CURRENT, self.name.encode() + b"\n")
        return self.name

    def abandon(self) -> None:
        """Close and remove what was written so far."""
        self._store, self._quads = None, []
        shutil.rmtree(self._partial, ignore_errors=True)


def _sync_files(folder: Path) -> None:
    """Force the files that are this generation's own to the disk; those it shares with the one before are there."""
    for path in folder.iterdir():
        if path.stat().st_nlink == 1:
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
    sync_folder(folder)
