"""What the facts of a file depend on besides its bytes: program, ontology, segmenter, reading options."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.model import Document, Facts
from kg.ontology import Ontology
from kg.read import ReadOptions

Extract = Callable[[Document], Facts]
# Packages and modules whose code decides what a text's facts and quads are.
_DECIDING = ("model.py", "ontology.py", "read", "text", "extract", "graph")


@lru_cache(maxsize=1)
def program_version() -> str:
    """Version of the program and a hash of the code that makes facts, so that a changed program never finds old ones."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        release = version("zhengce-kg")
    except PackageNotFoundError:  # run from a checkout that is not installed
        release = "0"
    total = hashlib.sha256()
    home = Path(__file__).parent.parent
    for name in _DECIDING:
        path = home / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            content = file.read_bytes()
            total.update(b"%s:%d:" % (file.relative_to(home).as_posix().encode(), len(content)))
            total.update(content)
    return f"{release}+{total.hexdigest()[:12]}"


@dataclass(frozen=True)
class Setup:
    """All that a worker needs to know; it can be sent to another process."""

    ontology: Ontology
    options: ReadOptions
    segmenter: str
    cache: Path
    # Another way to facts than the ontology's rules; a module-level function.
    extract: Extract | None = None

    @property
    def settings(self) -> str:
        """Hash of all that bears on the facts of a file but the file."""
        other = f"{self.extract.__module__}.{self.extract.__qualname__}" if self.extract else ""
        parts = (program_version(), self.ontology.fingerprint, self.segmenter, repr(self.options), other)
        total = hashlib.sha256()
        for part in parts:
            content = part.encode("utf-8", "surrogateescape")
            total.update(b"%d:" % len(content) + content)
        return total.hexdigest()


def cache_key(settings: str, source: str, sha256: str) -> str:
    """Key of a file's documents: settings, the file's id (it is in the documents' ids, and its name may hold a date), bytes."""
    content = source.encode("utf-8", "replace")
    return hashlib.sha256(f"{settings}:{len(content)}:".encode() + content + sha256.encode()).hexdigest()
