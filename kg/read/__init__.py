"""Files to documents: `find` and `find_some` say which files there are, `read` gives the documents of one."""

from __future__ import annotations

from kg.read.documents import read, read_bytes
from kg.read.noise import with_noise_of
from kg.read.options import ReadOptions
from kg.read.sources import SourceFile, find, find_some, folder_of, idle_columns, stands_for

__all__ = ["ReadOptions", "SourceFile", "find", "find_some", "folder_of", "idle_columns", "read", "read_bytes", "stands_for", "with_noise_of"]
