"""Files to documents: `find` and `find_some` say which files there are, `read` gives the documents of one (`read_file` those of one with broken records), `document_of` that of a text at hand.

What reads them is loaded when it is first used: a build in which nothing changed reads none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.read.noise import with_noise_of
from kg.read.options import ReadOptions
from kg.read.sources import SourceFile, find, find_some, folder_of, idle_columns, path_list, stands_for

if TYPE_CHECKING:
    from kg.read.documents import document_of as document_of
    from kg.read.documents import read as read
    from kg.read.documents import read_bytes as read_bytes
    from kg.read.documents import read_file as read_file

__all__ = ["ReadOptions", "SourceFile", "document_of", "find", "find_some", "folder_of", "idle_columns", "path_list", "read", "read_bytes", "read_file", "stands_for", "with_noise_of"]


if not TYPE_CHECKING:  # which would take every name for known

    def __getattr__(name: str) -> Any:
        if name in ("document_of", "read", "read_bytes", "read_file"):
            return getattr(import_module("kg.read.documents"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
