"""What was worked out before and is the same again: plain tables in the user's cache directory.

Reading an ontology takes most of the time in which a short text is read. What comes of it depends on the ontology and the
program alone, so it is kept under the hash of both. Nothing depends on it: where the directory cannot be used, or a file
in it is damaged or not the user's own, the tables are made anew.

The files hold tables of plain values, written by `marshal`, as Python keeps its own compiled modules: reading them runs
no code and makes no objects but numbers, texts and collections. A damaged one is known by its hash. Only files and a
folder that belong to the user, and that nobody else may write, are read.
"""

from __future__ import annotations

import hashlib
import marshal
import mmap
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_APPLICATION = "zhengce-kg"
# Files of a kind that are kept, those used last: what they were made from changes with every edit.
_KEPT = {"yaml": 256}
_FEW = 4  # of any other kind
_PARTIAL = ".part-"
_HOUR = 3600 * 10**9
_DIGEST = 32
_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_IMPLEMENTATION = f"{sys.implementation.cache_tag} {sys.hexversion:x} {marshal.version} {sys.byteorder}"


def cache_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path | None:
    """Where this system keeps what a program can make again, None if it does not say: `XDG_CACHE_HOME` or `~/.cache`,
    `~/Library/Caches` on macOS, `LOCALAPPDATA` on Windows."""
    home = environment.get("HOME", "")
    if (given := environment.get("XDG_CACHE_HOME", "")) and os.path.isabs(given):
        base = given
    elif platform == "win32":
        base = environment.get("LOCALAPPDATA", "")
    else:
        base = os.path.join(home, *(("Library", "Caches") if platform == "darwin" else (".cache",))) if home else ""
    return Path(base, _APPLICATION) if base and os.path.isabs(base) else None


def hash_of(*parts: str | bytes) -> str:
    """A hash of `parts` and of the Python that runs, which decides what `marshal` writes."""
    total = hashlib.sha256()
    for part in (_IMPLEMENTATION, *parts):
        content = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        total.update(b"%d:" % len(content))
        total.update(content)
    return total.hexdigest()


def recall(kind: str, key: str, folder: Path | None = None) -> Any:
    """What was kept under `key`; None if there is nothing, or nothing that can be trusted."""
    try:
        if (descriptor := _opened(kind, key, folder)) is None:
            return None
        with open(descriptor, "rb") as stream:
            content = stream.read()
        body = memoryview(content)[_DIGEST:]
        return marshal.loads(body) if hashlib.sha256(body).digest() == content[:_DIGEST] else None
    except (OSError, ValueError, EOFError, TypeError):
        return None


def keep(kind: str, key: str, value: Any, folder: Path | None = None) -> bool:
    """Keep plain values (None, numbers, texts, bytes, tuples, lists, sets, mappings) under `key`; whether that was done."""
    try:
        body = marshal.dumps(value)
    except ValueError:
        return False  # a day in a YAML file, for one
    return _written(kind, key, (hashlib.sha256(body).digest(), body), folder)


class Pieces:
    """Plain values by text, kept together, of which each is read and checked when it is asked for: a short text needs few of many."""

    def __init__(self, places: Mapping[bytes, tuple[int, int, bytes]], content: mmap.mmap) -> None:
        self._places, self._content = places, content

    def get(self, text: str) -> Any:
        """What was kept under `text`; None if there is nothing, or nothing that can be trusted."""
        place = self._places.get(_name(text))
        if place is None:
            return None
        packed = self._content[place[0] : place[1]]
        try:
            return marshal.loads(packed) if hashlib.sha256(packed).digest() == place[2] else None
        except (ValueError, EOFError, TypeError):
            return None

    def taken(self) -> dict[bytes, bytes]:
        """All that was kept, as `keep_pieces` takes it; nothing is left here, so that the file may be replaced (Windows)."""
        with self._content as content:
            found = {name: content[start:end] for name, (start, end, _) in self._places.items()}
        self._places = {}
        return found


def piece(text: str, value: Any) -> tuple[bytes, bytes]:
    """One of the pieces that `keep_pieces` takes."""
    return _name(text), marshal.dumps(value)


def packed(value: Any) -> bytes:
    """A plain value inside of one that is kept, which `unpacked` reads when it is asked for."""
    return marshal.dumps(value)


def unpacked(content: bytes) -> Any:
    """What `packed` was given; only of what `recall` has found whole."""
    return marshal.loads(content)


def recall_pieces(kind: str, key: str, folder: Path | None = None) -> Pieces | None:
    """The pieces that were kept under `key`; None if there are none, or none that can be trusted."""
    try:
        if (descriptor := _opened(kind, key, folder)) is None:
            return None
        with open(descriptor, "rb") as stream:
            content = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        begin = _DIGEST + 8
        head = content[begin : begin + int.from_bytes(content[_DIGEST:begin], "little")]
        return Pieces(marshal.loads(head), content) if hashlib.sha256(head).digest() == content[:_DIGEST] else None
    except (OSError, ValueError, EOFError, TypeError):
        return None


def keep_pieces(kind: str, key: str, pieces: Mapping[bytes, bytes], folder: Path | None = None) -> bool:
    """Keep what `piece` gave under `key`; whether that was done."""
    places: dict[bytes, tuple[int, int, bytes]] = {}

    def head_from(at: int) -> bytes:
        for name, content in pieces.items():
            places[name] = at, at + len(content), hashlib.sha256(content).digest()
            at += len(content)
        return marshal.dumps(places, 0)  # numbers take the same space, whatever they are

    begin = _DIGEST + 8 + len(head_from(0))
    head = head_from(begin)
    return _written(kind, key, (hashlib.sha256(head).digest(), len(head).to_bytes(8, "little"), head, *pieces.values()), folder)


def _name(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _opened(kind: str, key: str, folder: Path | None) -> int | None:
    """A file of the user's own, opened for reading, and told to be in use; None or OSError if there is none."""
    if (folder := folder or cache_folder()) is None or not _is_own(folder):
        return None
    path = folder / f"{kind}-{key}"
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    if not _trusted(os.fstat(descriptor), stat.S_ISREG):
        os.close(descriptor)
        return None
    with suppress(OSError):  # a cache that may only be read
        os.utime(path)
    return descriptor


def _written(kind: str, key: str, parts: Iterable[bytes], folder: Path | None) -> bool:
    """Write a file in one step; whether that was done."""
    if (folder := folder or cache_folder()) is None:
        return False
    try:
        _make(folder)
        if not _is_own(folder):
            return False
        descriptor, partial = tempfile.mkstemp(prefix=_PARTIAL, dir=folder)
        try:
            with open(descriptor, "wb") as stream:
                stream.writelines(parts)
            os.replace(partial, folder / f"{kind}-{key}")
        except BaseException:
            with suppress(OSError):
                os.unlink(partial)
            raise
    except OSError:
        return False
    with suppress(OSError):  # another process clears away the same files
        _clear(folder, kind)
    return True


def _make(folder: Path) -> None:
    """Make the folder; not in what belongs to somebody else (under `sudo` the home is another user's)."""
    above = next(path for path in (folder, *folder.parents) if path.exists())
    if above != folder and _is_mine(above.stat()):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def _clear(folder: Path, kind: str) -> None:
    """Remove those of a kind that were not used for the longest time, above the number that is kept, and what a killed process left half-written."""
    files: list[tuple[int, str]] = []
    partial: list[tuple[int, str]] = []
    for entry in os.scandir(folder):
        if entry.name.startswith((f"{kind}-", _PARTIAL)):
            (partial if entry.name.startswith(_PARTIAL) else files).append((entry.stat().st_mtime_ns, entry.path))
    files.sort()
    gone = files[: -_KEPT.get(kind, _FEW)] + [one for one in partial if files and one[0] < files[-1][0] - _HOUR]
    for _, path in gone:
        os.unlink(path)


def _is_own(folder: Path) -> bool:
    try:
        return _trusted(os.lstat(folder), stat.S_ISDIR)
    except (OSError, ValueError):
        return False


def _trusted(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    return is_kind(status.st_mode) and _is_mine(status) and not (hasattr(os, "geteuid") and status.st_mode & _OTHERS)


def _is_mine(status: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


class Tables:
    """Tables under one key, each read when it is asked for; those that had to be made are kept by `save`.

    `unchanged` says, when they are written, whether what they were made from is still what the key says.
    """

    def __init__(self, key: str, unchanged: Callable[[], bool]) -> None:
        self._key, self._unchanged = key, unchanged
        self._made: dict[str, Any] = {}

    def get(self, name: str, make: Callable[[], Any]) -> Any:
        """The table called `name`, made if it is not there."""
        if name in self._made:
            return self._made[name]
        found = recall(name, self._key)
        if found is None:
            found = self._made[name] = make()
        return found

    def save(self) -> None:
        """Keep the tables that were made."""
        if self._made and self._unchanged():
            for name, table in self._made.items():
                keep(name, self._key, table)
        self._made.clear()
