"""Read access to a graph folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.graph.cache import CacheRow, FactsCache, read_document, read_facts
from kg.graph.manifest import DocumentRecord, Manifest, check_format, read_manifest
from kg.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

    from kg.model import Document, Facts

_PLACE = re.compile(r"error at (\d+):\d+")
CURRENT = "CURRENT"
GENERATIONS = "generations"
STORE = "store"
MANIFEST = "manifest.json"
CACHE = "facts.sqlite"


def rows_of(store: Store, sparql: str) -> Iterable[Any]:
    """The solutions of a SELECT over all documents together, with the usual prefixes known."""
    answer: Iterable[Any] = store.query(sparql, prefixes=PREFIXES)  # type: ignore[assignment]
    return answer


def texts_of(store: Store, sparql: str) -> Iterator[tuple[str, ...]]:
    """`rows_of` as texts: the value of each term, "" where there is none."""
    return (tuple("" if term is None else term.value for term in row) for row in rows_of(store, sparql))


class GraphView:
    """One generation of a graph, opened for reading. What is built meanwhile does not change it.

    `generation` is its name. Opening is cheap: the manifest, the facts and rdflib are read when they are asked for.
    """

    def __init__(self, folder: Path, generation: str, store: Store, manifest: Manifest | None = None) -> None:
        self.folder, self.generation, self.store = folder, generation, store
        self._manifest = manifest

    @property
    def path(self) -> Path:
        """The folder of the generation."""
        return self.folder / GENERATIONS / self.generation

    @cached_property
    def manifest(self) -> Manifest:
        """Files, documents, counts and skipped files."""
        return self._manifest or read_manifest(self.path / MANIFEST)

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The graph as an `rdflib.Dataset` with the prefixes bound; its default graph is the merge of the documents'.

        It shares the store of this view and is read-only.
        """
        import rdflib
        from oxrdflib import OxigraphStore

        dataset = rdflib.Dataset(store=OxigraphStore(store=self.store))
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace, replace=True)
        return dataset

    def query(self, sparql: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        """The answer over all documents together, `GRAPH ?document` over the plain facts of each; the usual prefixes need no declaration.

        KgError for a query that is no SPARQL. The text is run as it is: a query from outside goes through
        `kg.ask.results.run`, which refuses `SERVICE`.
        """
        try:
            return self.store.query(sparql, prefixes=PREFIXES)
        except SyntaxError as error:
            place = _PLACE.search(str(error))
            raise KgError(f"the query is not SPARQL: {error}", line=int(place[1]) if place else None) from error

    def documents(self) -> list[DocumentRecord]:
        """The documents of the graph, in the order of their files' ids."""
        return [document for file in self.manifest.files for document in file.documents]

    def document(self, document: str) -> Document:
        """The document with that id, as it was read; its `path` is where its file was when the graph was built."""
        return replace(read_document(self._row(document).document), path=self.manifest.documents[document][0].path)

    def facts(self, document: str) -> Facts:
        """The facts of the document with that id. KgError if the graph does not have it."""
        return read_facts(self._row(document).facts)

    def source_text(self, document: str) -> str:
        """The text of the document with that id, as it was read; offsets of facts count its code points."""
        return self.document(document).text

    def _row(self, document: str) -> CacheRow:
        if document not in self.manifest.documents:
            raise KgError(f"the graph has no document {document!r}", file=self.folder)
        file, position = self.manifest.documents[document]
        # Opened anew each time: a connection serves one thread only, and the server asks from many.
        with closing(FactsCache(self.folder / CACHE)) as cache:
            row = cache.document(file.key, position)
        if row is None:
            hint = (
                "open the graph again" if live_generation(self.folder) != self.generation else "build the graph again"
            )
            raise KgError(f"the text of {document} is no longer kept", file=self.folder / CACHE, hint=hint)
        return row


def live_generation(folder: Path) -> str | None:
    """Name of the live generation, or None if there is no graph in `folder`."""
    try:
        name = (folder / CURRENT).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:  # bytes that are no text; a name with NUL
        raise KgError(f"cannot be read: {error}", file=folder / CURRENT) from error
    if not name.isdigit():
        raise KgError("does not name a generation", file=folder / CURRENT, hint="build the graph again")
    return name


def live_or_fault(folder: Path) -> str:
    """Name of the live generation; KgError if there is no graph in `folder`."""
    name = live_generation(folder)
    if name is None and (folder / GENERATIONS).is_dir():
        raise KgError("holds no graph yet: its first build goes on, or was stopped", file=folder, hint="wait for it, or build again")
    if name is None:
        raise KgError("is no graph", file=folder, hint=f"kg build PATH… -o {folder} makes one")
    return name


def open_graph(folder: str | Path, manifest: Manifest | None = None) -> GraphView:
    """The live generation of the graph in `folder`; KgError if there is none or it cannot be opened.

    `manifest` is that of the live generation, from who has just written it.
    """
    from pyoxigraph import Store

    folder = Path(folder)
    for _ in range(10):
        name = live_or_fault(folder)
        path = folder / GENERATIONS / name / STORE
        check_format(path.with_name(MANIFEST))
        try:
            return GraphView(folder, name, Store.read_only(str(path)), manifest)
        except OSError as error:
            # Two builds may have passed since CURRENT was read, and taken that generation away.
            if live_generation(folder) == name:
                raise KgError(f"cannot be opened: {error}", file=path, hint="build the graph again") from error
    raise KgError("changes faster than it can be opened", file=folder)
