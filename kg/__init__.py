"""Knowledge graphs from Chinese policy text.

>>> import kg
>>> g = kg.build("corpus", "exports/graph")        # doctest: +SKIP
>>> g.query("SELECT ?p WHERE { ?p a kgo:Project }")  # doctest: +SKIP
>>> g.explain("錢塘區")                              # doctest: +SKIP

Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import Graph as Graph
    from kg.api import build as build
    from kg.api import extract as extract
    from kg.api import open as open
    from kg.errors import KgError as KgError

__all__ = ["Graph", "KgError", "build", "extract", "open"]

_HOME = {"Graph": "kg.api", "build": "kg.api", "extract": "kg.api", "open": "kg.api", "KgError": "kg.errors"}


def __getattr__(name: str) -> object:
    if name in _HOME:
        value: object = getattr(import_module(_HOME[name]), name)
        # `kg.build` is also a module: importing it would put the module in the function's place.
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
