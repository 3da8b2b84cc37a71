"""An ontology folder to start from."""

from __future__ import annotations

import shutil
from pathlib import Path

from kg.errors import KgError
from kg.ontology import shipped_folder


def write_starter(folder: str | Path) -> list[Path]:
    """Write the starter ontology into `folder`, which must be new or empty; the files written, sorted."""
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise KgError("is there already", file=target, hint="name a new folder")
    try:
        shutil.copytree(shipped_folder() / "starter", target, dirs_exist_ok=True)
    except OSError as error:
        raise KgError(f"cannot be written: {error.strerror or error}", file=target) from error
    return sorted(path for path in target.rglob("*") if path.is_file())
