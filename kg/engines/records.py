"""How files are told of: by their path from the root, and why one is left out."""

from __future__ import annotations

import os

from kg.graph.manifest import Skipped
from kg.read import SourceFile


def absolute(source: SourceFile) -> str:
    """The path of a file from the root, as the manifest names it."""
    return os.path.abspath(source.path)


def skipped(source: SourceFile, reason: str, hint: str = "") -> Skipped:
    """The record of a file that gives nothing, and why."""
    return Skipped(absolute(source), source.id, reason, hint)
