"""Which files one process reads together: their documents are read side by side, which takes less time, but every process should have its share."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from kg.read import SourceFile

_MOST_BYTES = 128 * 1024
_MOST_FILES = 64
_SHARES = 16  # chunks for each process, if there is enough for that
_LEAST_BYTES = 32 * 1024

Chunk = tuple[SourceFile, ...]


def file_sizes(sources: Sequence[SourceFile]) -> list[int]:
    """Bytes of each file, 0 where nobody can tell."""
    return list(map(_file_size, sources))


def chunks(sources: Sequence[SourceFile], sizes: Sequence[int], jobs: int) -> Iterator[Chunk]:
    """`sources` in their order, whose `sizes` in bytes these are, in chunks for `jobs` processes."""
    most = min(_MOST_BYTES, max(_LEAST_BYTES, sum(sizes) // (jobs * _SHARES)))
    chunk: list[SourceFile] = []
    size = 0
    for source, own in zip(sources, sizes):
        if chunk and (size + own > most or len(chunk) == _MOST_FILES):
            yield tuple(chunk)
            chunk, size = [], 0
        chunk.append(source)
        size += own
    if chunk:
        yield tuple(chunk)


def _file_size(source: SourceFile) -> int:
    try:
        return os.stat(source.path).st_size
    except (OSError, ValueError):
        return 0
