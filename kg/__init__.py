"""Knowledge graphs from Chinese policy text.

    import kg

    g = kg.build("corpus", "exports/graph")
    g.query("SELECT ?name WHERE { ?p a kgo:Project ; skos:prefLabel ?name }")
    g.ask("projects-underway", area="錢塘區")
    g.explain("錢塘區")
    g.figures(subject="錢塘區"), g.to_networkx(), g.dataset

`kg.open("exports/graph")` opens a graph that is there; `kg.Extractor` gives facts without a graph (docs/python.md). Nothing is
imported before it is used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inspect import Signature

    from kg.api import Graph as Graph
    from kg.api import build as build
    from kg.api import open as open
    from kg.errors import KgError as KgError
    from kg.extract.extractor import Extractor as Extractor
    from kg.read import document_of as document_of

__all__ = ["Extractor", "Graph", "KgError", "build", "document_of", "open"]

_HOME = {"Extractor": "kg.extract.extractor", "Graph": "kg.api", "KgError": "kg.errors", "document_of": "kg.read", "open": "kg.api"}

if not TYPE_CHECKING:  # which would take every name for known

    def __getattr__(name: str) -> Any:
        if name == "build":
            return import_module("kg.build")
        if name in _HOME:
            return getattr(import_module(_HOME[name]), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, *(name for name, value in globals().items() if isinstance(value, ModuleType) and value.__name__ == f"kg.{name}" and name not in __all__)]


class _BuildModule(ModuleType):
    """The module `kg.build`, which can be called: `kg.build(paths, output)` is `kg.api.build`, and `kg.build?` in a notebook tells of that."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Build a graph from files and folders, or bring it up to date, and open it: `kg.api.build`."""
        return import_module("kg.api").build(*arguments, **options)

    @property
    def __signature__(self) -> Signature:
        from inspect import signature  # which takes long to load

        return signature(import_module("kg.api").build)


class _Package(ModuleType):
    """Python puts a submodule into its package when it is first imported; here `kg.build` is made callable on its way."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "build" and type(value) is ModuleType:
            value.__class__ = _BuildModule
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
