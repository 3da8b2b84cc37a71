"""What a build has to do: which files are new or changed, which are as they were, which are gone."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.engines.records import absolute, skipped
from kg.graph.manifest import FileRecord, Manifest, Skipped
from kg.read import SourceFile, stands_for

# A file changed within so many nanoseconds of the last look at it may have been changed again with the same time stamp.
_RACY = 2 * 10**9


@dataclass(frozen=True, slots=True)
class Plan:
    """`read`: files to be read. `unchanged`: as they are in the graph, with their state as of now. `kept`: built from
    other paths before. `removed`: gone from the paths given. `clashes`: skipped, since another file has their id.
    `refused`: skipped, since what could not be read last time is still the same."""

    read: tuple[SourceFile, ...]
    unchanged: tuple[FileRecord, ...]
    kept: tuple[FileRecord, ...]
    removed: tuple[FileRecord, ...]
    clashes: tuple[Skipped, ...] = ()
    refused: tuple[Skipped, ...] = ()


def plan(
    sources: Sequence[SourceFile], paths: Iterable[str | Path], manifest: Manifest, settings: str, looked: int
) -> Plan:
    """Compare what is there with what was built.

    A file is unchanged if its settings and id are the same and either its size and time stamp or its bytes are.
    `looked` is when the manifest was written, in nanoseconds. A file whose bytes were refused is not read again before
    it or the settings change: a scanned PDF in a folder must not make every build load the ontology's tables.
    """
    before = {record.path: record for record in manifest.files}
    refusals = {one.path: one for one in manifest.skipped}
    found = {absolute(source): source for source in sources}
    roots = [_Root(path) for path in paths]
    # What lies in a folder that cannot be listed now, or is empty (a disk that is not mounted), is not gone.
    closed = tuple(absolute(source) + os.sep for source in sources if source.problem)
    kept: list[FileRecord] = []
    removed: list[FileRecord] = []
    for path, record in before.items():
        if path not in found:
            gone = not path.startswith(closed) and any(root.holds(path) for root in roots)
            (removed if gone else kept).append(record)
    # An id names one file. Of two, the one that was there stays, and the other is told how to mend it.
    taken = {record.id: record.path for record in kept}
    read, unchanged, clashes, refused = [], [], [], []
    for path, source in sorted(found.items(), key=lambda item: (item[1].id, item[0])):
        if source.id in taken and not source.problem:
            hint = f"remove that one (kg remove {taken[source.id]}), or build into another graph"
            clashes.append(skipped(source, f"has the id {source.id}, as {taken[source.id]} has", hint))
            continue
        same = _unchanged(source, before.get(path), settings, looked)
        refusal = refusals.get(path)
        if same:
            unchanged.append(same)
        elif refusal and path not in before and _still_refused(source, refusal, settings, looked):
            refused.append(refusal)
        else:
            read.append(source)
    return Plan(tuple(read), tuple(unchanged), tuple(kept), tuple(removed), tuple(clashes), tuple(refused))


class _Root:
    """A path given to a build; `holds` tells whether a file that is gone was one of its files."""

    def __init__(self, path: str | Path) -> None:
        # A path that is not there at all may be a disk that is not mounted: nothing is taken for removed.
        self._folder = os.path.abspath(path).rstrip(os.sep) + os.sep if os.path.isdir(path) else None
        self._pattern = path if not os.path.exists(path) and glob.has_magic(str(path)) else None

    def holds(self, path: str) -> bool:
        if self._folder is not None:
            return path.startswith(self._folder)
        return self._pattern is not None and stands_for(self._pattern, path)


def _unchanged(source: SourceFile, record: FileRecord | None, settings: str, looked: int) -> FileRecord | None:
    """The record of a file that need not be read again, or None."""
    if record is None or source.problem or record.settings != settings or record.id != source.id:
        return None
    try:
        status = os.stat(source.path)
        if status.st_size != record.size:
            return None
        if status.st_mtime_ns == record.mtime_ns and status.st_mtime_ns < looked - _RACY:
            return record
        with open(source.path, "rb") as stream:
            same = hashlib.file_digest(stream, "sha256").hexdigest() == record.sha256
    except (OSError, ValueError):
        return None
    return replace(record, mtime_ns=status.st_mtime_ns) if same else None


def _still_refused(source: SourceFile, refusal: Skipped, settings: str, looked: int) -> bool:
    if source.problem or refusal.settings != settings or refusal.id != source.id:
        return False
    try:
        status = os.stat(source.path)
    except (OSError, ValueError):
        return False
    return (status.st_size, status.st_mtime_ns) == (refusal.size, refusal.mtime_ns) and status.st_mtime_ns < looked - _RACY


def under(paths: Iterable[str | Path], manifest: Manifest) -> dict[str, list[FileRecord]]:
    """For each of `paths` the files of the graph that it names: a file, a folder, or a file's id; where it is none of these, a pattern."""
    found: dict[str, list[FileRecord]] = {}
    for path in map(str, paths):
        full = os.path.abspath(path)
        inside = full.rstrip(os.sep) + os.sep
        named = [one for one in manifest.files if path and (one.path == full or one.path.startswith(inside) or one.id == path)]
        found[path] = named or [one for one in manifest.files if stands_for(path, one.path)]  # a name may hold what patterns are written with
    return found
