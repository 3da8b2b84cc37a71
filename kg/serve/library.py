"""The live generation as the API reads it: its index and the texts of its documents.

The index of a new generation is made in a process beside the server; until it is ready the one before answers.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from kg.errors import KgError
from kg.graph.store import GraphView
from kg.serve.index import Index
from kg.serve.index_schema import NAME
from kg.serve.live import Generation, live

log = logging.getLogger("kg.serve")


@dataclass(frozen=True)
class Edition:
    """A generation that can be asked: its name, its index, and the texts of its documents."""

    name: str
    index: Index
    texts: GraphView


class Library:
    """Gives the newest edition that is ready, and looks after the next."""

    def __init__(self, graph: Path) -> None:
        self._graph = graph
        self._edition: Edition | None = None
        self._making: asyncio.Task[None] | None = None
        self._failed = ""
        # For graphs whose folders cannot be written.
        self._spare = tempfile.TemporaryDirectory(prefix="kg-serve-")

    def open(self, making: Callable[[], None] = lambda: None) -> None:
        """Opens the live generation, making its index first if need be, of which `making` tells. KgError if it cannot be made."""
        generation = live(self._graph)
        path = self._place(generation)
        if not self._try(generation, path):
            path.unlink(missing_ok=True)
            making()
            made = subprocess.run(
                self._command(generation, path), env=_environment(), capture_output=True, text=True, check=False
            )
            if made.returncode or not self._try(generation, path):
                reason = (made.stderr.strip().splitlines() or ["no reason was given"])[-1]
                raise KgError(f"the index for searching cannot be made: {reason}", file=path)

    def edition(self) -> Edition:
        """The newest edition that is ready. Must be called on the server's event loop."""
        generation = live(self._graph)
        assert self._edition is not None, "open() comes first"
        if generation.name not in (self._edition.name, self._failed) and (self._making is None or self._making.done()):
            self._making = asyncio.get_running_loop().create_task(self._make(generation))
        return self._edition

    async def _make(self, generation: Generation) -> None:
        path = self._place(generation)
        try:
            if not await asyncio.to_thread(self._try, generation, path):
                process = await asyncio.create_subprocess_exec(
                    *self._command(generation, path), env=_environment(), stderr=asyncio.subprocess.PIPE
                )
                try:
                    _, errors = await process.communicate()
                finally:
                    if process.returncode is None:
                        process.kill()
                if process.returncode or not await asyncio.to_thread(self._try, generation, path):
                    raise KgError(errors.decode("utf-8", "replace").strip()[-500:])
        except (KgError, OSError) as error:
            self._failed = generation.name
            log.error("the index of generation %s cannot be made, the one before stays: %s", generation.name, error)

    def _try(self, generation: Generation, path: Path) -> bool:
        """Takes up an index that is there; False if there is none that can be used."""
        if not path.is_file():
            return False
        try:
            index = Index(path)
        except (OSError, ValueError, KeyError, sqlite3.DatabaseError) as error:
            log.warning("an index that cannot be read is made anew: %s", error)
            return False
        # Texts come from the cache of facts, not from the store, so none is opened here.
        texts = GraphView(self._graph, generation.name, cast(Any, None))
        self._edition = Edition(generation.name, index, texts)
        return True

    def _place(self, generation: Generation) -> Path:
        if os.access(generation.folder, os.W_OK):
            return generation.folder / NAME
        return Path(self._spare.name) / f"{generation.name}-{NAME}"

    def _command(self, generation: Generation, path: Path) -> list[str]:
        # -P: what lies in the folder where the server was started is no part of the program.
        return [sys.executable, "-P", "-m", "kg.serve.index_build", generation.store, str(path)]

    async def close(self) -> None:
        """Ends what is being made."""
        if self._making:
            self._making.cancel()
            await asyncio.gather(self._making, return_exceptions=True)
        self._spare.cleanup()


def _environment() -> dict[str, str]:
    package = str(Path(__file__).parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))}
