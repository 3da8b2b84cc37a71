"""Which program this is: what it makes of a text depends on its code."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

# Packages and modules whose code decides what a text's facts and quads are: all that takes part in making them.
DECIDING = (
    "collector.py", "edges.py", "errors.py", "expressions.py", "linear.py", "model.py", "once.py", "ontology.py", "program.py", "remembered.py",
    "yaml_files.py", "read", "text", "extract", "graph",
)  # fmt: skip
_INSTALLED = ("zhengce_kg-", ".dist-info")
_HOME = Path(__file__).parent
_IMPORTED = time.time_ns()


@lru_cache(maxsize=1)
def program_version() -> str:
    """Version of the program and a hash of the code that makes facts, so that a changed program never finds old ones."""
    total = hashlib.sha256()
    for file in _sources():
        content = file.read_bytes()
        total.update(b"%s:%d:" % (file.relative_to(_HOME).as_posix().encode(), len(content)))
        total.update(content)
    return f"{release()}+{total.hexdigest()[:12]}"


@lru_cache(maxsize=1)
def release() -> str:
    """The version that is installed, "0" if none is (run from a checkout).

    It is in the name of the folder that an installation leaves beside the package; `importlib.metadata`, which reads that
    name too, is asked only where there is no such folder, since importing it takes longer than all else here.
    """
    for place in sys.path:
        try:
            names = os.listdir(place or ".")
        except OSError:
            continue
        for name in names:
            if name.startswith(_INSTALLED[0]) and name.endswith(_INSTALLED[1]):
                return name.removeprefix(_INSTALLED[0]).removesuffix(_INSTALLED[1])
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("zhengce-kg")
    except PackageNotFoundError:
        return "0"


def runs_its_sources() -> bool:
    """Whether the code that runs is that of the files which `program_version` looks at: none is younger than this process.

    Who edits the program while it runs must not find under the new version what the old one made.
    """
    return all(file.stat().st_mtime_ns < _IMPORTED for file in _sources())


def _sources() -> Iterator[Path]:
    for name in DECIDING:
        path = _HOME / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]
