"""Knowledge graphs from Chinese policy text.

    import kg

    g = kg.build("corpus", "exports/graph")
    g.query("SELECT ?name WHERE { ?p a kgo:Project ; skos:prefLabel ?name }")
    g.ask("projects-underway", area="錢塘區")
    g.explain("錢塘區")
    g.to_networkx(), g.dataset

`kg.open("exports/graph")` opens a graph that is there. Nothing is imported before it is used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import Graph as Graph
    from kg.api import build as build
    from kg.api import open as open
    from kg.errors import KgError as KgError

__all__ = ["Graph", "KgError", "build", "open"]

_HOME = {"Graph": "kg.api", "open": "kg.api", "KgError": "kg.errors"}


def __getattr__(name: str) -> Any:
    if name == "build":
        return import_module("kg.build")
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _BuildModule(ModuleType):
    """The module `kg.build`, which can be called: `kg.build(paths, output)` is `kg.api.build`."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return import_module("kg.api").build(*arguments, **options)


class _Package(ModuleType):
    """Python puts a submodule into its package when it is first imported; here `kg.build` is made callable on its way."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "build" and type(value) is ModuleType:
            value.__class__ = _BuildModule
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
