from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.graph.about import about_quads
from kg.graph.cache import FactsCache, pack_row
from kg.graph.generations import NextGeneration, locked
from kg.graph.manifest import DocumentRecord, FileRecord, Manifest
from kg.graph.quads import stored
from kg.graph.store import CACHE, GraphView, open_graph
from kg.graph.vocabulary import document_iri
from kg.model import Document, Facts
from kg.ontology import Ontology
from tests.graph.samples import document, facts


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return Ontology.load()


@pytest.fixture
def graph_of(tmp_path: Path, ontology: Ontology) -> Callable[..., GraphView]:
    """A graph folder with these (document, facts), opened; `change` alters the quads of each document."""

    def make(pairs: list[tuple[Document, Facts]], change: Callable[[bytes], bytes] = lambda quads: quads) -> GraphView:
        folder = tmp_path / "graph"
        with locked(folder):
            generation = NextGeneration(folder, None)
            records = []
            with FactsCache(folder / CACHE, write=True) as cache:
                for about, said in pairs:
                    quads, triples = stored(about, said)
                    generation.add(change(quads))
                    cache.put([(about.id, pack_row(0, about, said))])
                    counts = (
                        triples, len(said.sentences), 0, len(said.entities), len(said.relations),
                        len(said.observations), len(said.attributes),
                    )  # fmt: skip
                    one = DocumentRecord(about.id, document_iri(about.id), counts)
                    records.append(FileRecord(about.path, about.id, 0, 0, about.sha256, "", about.id, (one,)))
            manifest = Manifest(tuple(records), (), ontology.fingerprint, "test")
            generation.add(about_quads(manifest, ontology))
            generation.finish(manifest)
        return open_graph(folder)

    return make


@pytest.fixture
def view(graph_of: Callable[..., GraphView]) -> GraphView:
    """Two documents that speak of the same things."""
    return graph_of([(document(name), facts(name)) for name in ("news/a.txt", "news/b.txt")])
