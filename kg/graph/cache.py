"""`facts.sqlite`: documents as they were read and the facts in them, under the hash of all that they depend on.

A row that is there is right for ever, since its key names its inputs; so rows need no order and no transaction with the
store. What no kept generation names is removed by the next build.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kg.errors import KgError
from kg.graph import json_text

if TYPE_CHECKING:
    from kg.model import Document, Facts

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
  key TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, document BLOB NOT NULL, facts BLOB NOT NULL,
  PRIMARY KEY (key, position))
"""
_WAIT = 30.0  # seconds for another process to finish a batch


@dataclass(frozen=True, slots=True)
class CacheRow:
    """One document of a file: its place in the file, its id, and both parts packed."""

    position: int
    id: str
    document: bytes
    facts: bytes


def pack(value: Any) -> bytes:
    """JSON, compressed. Dataclasses are written as mappings of their fields."""
    return zlib.compress(json_text.dumps(value), 1)


def unpack(packed: bytes) -> Any:
    """What `pack` was given; ValueError or zlib.error if it is damaged."""
    return json_text.loads(zlib.decompress(packed))


def pack_row(position: int, document: Document, facts: Facts) -> CacheRow:
    """The row of a document that stands at `position` in its file, with its facts."""
    from kg.extract.facts_json import to_json

    return CacheRow(position, document.id, pack(document), pack(to_json(document, facts)))


def read_document(packed: bytes) -> Document:
    """The document in a row."""
    from kg.model import Cell, Document, Table

    data = unpack(packed)
    for name in ("noise", "headings"):
        data[name] = tuple((start, end) for start, end in data[name])
    data["pages"] = tuple(data["pages"])
    data["tables"] = tuple(
        Table(t["start"], t["end"], tuple(Cell(**cell) for cell in t["cells"]), t["caption"]) for t in data["tables"]
    )
    return Document(**data)


def read_facts(packed: bytes) -> Facts:
    """The facts in a row."""
    from kg.extract.facts_json import from_json

    return from_json(unpack(packed))


class FactsCache:
    """The table of a graph folder. One object serves one thread; `close` it, or use it in a `with`."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        self._path = path
        with self._faults():
            self._connection = _connect(path, write)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def get(self, key: str) -> list[CacheRow]:
        """The documents of the file with that key, in their order; [] if it is not there."""
        with self._faults():
            found = self._connection.execute(
                "SELECT position, id, document, facts FROM document WHERE key = ? ORDER BY position", (key,)
            )
            return [CacheRow(*row) for row in found]

    def document(self, key: str, position: int) -> CacheRow | None:
        """One document of a file."""
        with self._faults():
            row = self._connection.execute(
                "SELECT position, id, document, facts FROM document WHERE key = ? AND position = ?", (key, position)
            ).fetchone()
        return CacheRow(*row) if row else None

    def put(self, rows: Iterable[tuple[str, CacheRow]]) -> None:
        """Add rows under their keys, all or none."""
        with self._faults(), self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?)",
                ((key, row.position, row.id, row.document, row.facts) for key, row in rows),
            )

    def keys(self) -> set[str]:
        """The keys of all files that are there."""
        with self._faults():
            return {key for (key,) in self._connection.execute("SELECT DISTINCT key FROM document")}

    def keep(self, keys: set[str]) -> int:
        """Remove what has none of these keys; the number of documents removed."""
        gone = [(key,) for key in sorted(self.keys() - keys)]
        with self._faults(), self._connection:
            return self._connection.executemany("DELETE FROM document WHERE key = ?", gone).rowcount if gone else 0

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            hint = "the next build makes it anew if it is deleted" if "malformed" in str(error) else "is the disk full?"
            raise KgError(f"the cache of facts cannot be used: {error}", file=self._path, hint=hint) from error


def _connect(path: Path, write: bool) -> sqlite3.Connection:
    if write:
        connection = sqlite3.connect(path, timeout=_WAIT)
        # Rows are small and can be made again: one fsync a batch is enough.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_SCHEMA)
        return connection
    from urllib.parse import quote

    address = f"file:{quote(str(path))}"
    if not path.exists():
        raise sqlite3.OperationalError("there is none")
    try:
        # Opened as for writing, so that what a killed build left half-written is rolled back first.
        connection = sqlite3.connect(f"{address}?mode=rw", uri=True, timeout=_WAIT)
        connection.execute("SELECT 1 FROM document LIMIT 1")
    except sqlite3.OperationalError:
        connection = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=_WAIT)
    return connection


def discard_unreadable(path: Path) -> bool:
    """Remove what stands at `path` if it is no table of facts; whether it was removed. Its rows are made again."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("SELECT key, position, id, document, facts FROM document LIMIT 1").fetchone()
        return False
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise KgError("the cache of facts is locked", file=path, hint="another program has it open") from error
    except sqlite3.DatabaseError:
        pass
    path.unlink()
    path.with_name(path.name + "-journal").unlink(missing_ok=True)
    return True
