"""What the facts of a file depend on besides its bytes: program, ontology, segmenter, reading options."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ontology import Ontology, deciding
from kg.program import program_version
from kg.read import ReadOptions

if TYPE_CHECKING:
    from kg.model import Document, Facts

Extract = Callable[["Document"], "Facts"]


@dataclass(frozen=True)
class Setup:
    """All that a worker needs to know; it can be sent to another process."""

    ontology: Ontology
    options: ReadOptions
    segmenter: str
    cache: Path
    # Another way to facts than the ontology's rules; a module-level function.
    extract: Extract | None = None

    @cached_property
    def settings(self) -> str:
        """Hash of all that bears on the facts of a file but the file."""
        other = f"{self.extract.__module__}.{self.extract.__qualname__}" if self.extract else ""
        parts = (program_version(), self.ontology.fingerprint, self.segmenter, repr(self.options), other)
        tables = [deciding(path) for path in self.options.noise or ()]
        total = hashlib.sha256()
        for content in (*(part.encode("utf-8", "surrogateescape") for part in parts), *tables):
            total.update(b"%d:" % len(content) + content)
        return total.hexdigest()


def cache_key(settings: str, source: str, sha256: str) -> str:
    """Key of a file's documents: settings, the file's id (it is in the documents' ids, and its name may hold a date), bytes."""
    content = source.encode("utf-8", "replace")
    return hashlib.sha256(f"{settings}:{len(content)}:".encode() + content + sha256.encode()).hexdigest()
