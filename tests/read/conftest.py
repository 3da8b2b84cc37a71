"""Files written by hand, a few characters each, read through the whole of `kg.read`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.model import Document
from kg.read import ReadOptions, SourceFile, read

ReadAs = Callable[..., list[Document]]


@pytest.fixture
def read_as(tmp_path: Path) -> ReadAs:
    """read_as(name, content, **options): the documents of a file of that name and content."""

    def read_file(name: str, content: bytes | str, **options: Any) -> list[Document]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(SourceFile(path, f"folder/{name}"), ReadOptions(**options))

    return read_file
