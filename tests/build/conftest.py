from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph

from kg.build import BuildReport, build
from kg.export.rdf_files import graph_lines
from kg.graph.store import open_graph
from kg.ontology import Ontology
from tests.build.extraction import words


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return Ontology.load()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Five texts in two folders."""
    folder = tmp_path / "corpus"
    for name, text in {
        "a.txt": "东山区与西山区合作。投资12亿元。",
        "b.txt": "西山区与南山区合作，完成34项。",
        "c.md": "# 简讯\n\n北山区新增5家。",
        "sub/d.txt": "东山区与北山区合作。",
        "sub/e.txt": "南山区发布7号文。",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def make(ontology: Ontology) -> Callable[..., BuildReport]:
    """`build` with a small extractor, in this process."""
    return partial(build, ontology=ontology, extract=words, jobs=1)


def lines(graph: Path) -> list[bytes]:
    """Sorted N-Quads of a graph, whose default graph is the merge of the named ones."""
    view = open_graph(graph)
    found = sorted(line for one in graph_lines(view) for line in one)
    merged = sorted(f"{quad.triple} .\n".encode() for quad in view.store.quads_for_pattern(None, None, None, DefaultGraph()))
    assert merged == sorted({line.rpartition(b" <")[0] + b" .\n" for line in found})
    return found
