"""Files to documents: `find` says which files there are, `read` gives the documents of one."""

from __future__ import annotations

from kg.read.documents import read, read_bytes
from kg.read.options import ReadOptions
from kg.read.sources import SourceFile, find

__all__ = ["ReadOptions", "SourceFile", "find", "read", "read_bytes"]
