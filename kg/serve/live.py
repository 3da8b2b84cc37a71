"""The generation of a graph folder that is live now, found anew for each request, so that a rebuild is followed at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.graph.store import GENERATIONS, STORE, live_or_fault


@dataclass(frozen=True, slots=True)
class Generation:
    """`name` is its folder's name, `folder` its path."""

    name: str
    folder: Path

    @property
    def store(self) -> str:
        """The path of its Oxigraph store."""
        return str(self.folder / STORE)


def live(graph: Path) -> Generation:
    """The generation that CURRENT names; KgError if the folder is no graph."""
    name = live_or_fault(graph)
    return Generation(name, graph / GENERATIONS / name)
