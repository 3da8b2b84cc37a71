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
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Mapping
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
    if (folder := folder or cache_folder()) is None or not _is_own(folder):
        return None
    try:
        path = folder / f"{kind}-{key}"
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as stream:
            if not _trusted(os.fstat(descriptor), stat.S_ISREG):
                return None
            content = stream.read()
        with suppress(OSError):  # a cache that may only be read
            os.utime(path)
        body = memoryview(content)[_DIGEST:]
        return marshal.loads(body) if hashlib.sha256(body).digest() == content[:_DIGEST] else None
    except (OSError, ValueError, EOFError, TypeError):
        return None


def keep(kind: str, key: str, value: Any, folder: Path | None = None) -> bool:
    """Keep plain values (None, numbers, texts, bytes, tuples, lists, sets, mappings) under `key`; whether that was done."""
    if (folder := folder or cache_folder()) is None:
        return False
    try:
        body = marshal.dumps(value)
    except ValueError:
        return False  # a day in a YAML file, for one
    try:
        _make(folder)
        if not _is_own(folder):
            return False
        descriptor, partial = tempfile.mkstemp(prefix=_PARTIAL, dir=folder)
        try:
            with open(descriptor, "wb") as stream:
                stream.write(hashlib.sha256(body).digest())
                stream.write(body)
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
