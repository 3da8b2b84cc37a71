"""The Rust segmenter against the reference, one process against several: fact by fact, also on real text where it is there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.build import build
from kg.extract.extractor import Extractor
from kg.graph.store import open_graph
from kg.model import Document
from kg.quality.judging import hits
from kg.read import ReadOptions, find, read

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
REAL = [DATA / "news" / "20230104.md", DATA / "news" / "20230518.md", DATA / "reports-2025" / "2025年江苏省政府工作报告.docx"]
with_real_text = pytest.mark.skipif(not all(path.is_file() for path in REAL), reason="LEFT OUT: the news and reports of ../shared/data are not here")
OPTIONS = ReadOptions(split_heading=3)


@pytest.fixture(scope="module")
def reference() -> Extractor:
    return Extractor(segmenter="jieba")


def documents(paths: Iterable[Path]) -> list[Document]:
    return [document for source in find(paths) for document in read(source, OPTIONS)]


def told(extractor: Extractor, document: Document) -> set[str]:
    return {f"{document.id} {hit.start} {hit.fact}" for hit in hits(document, extractor.extract(document))}


@pytest.mark.parametrize("paths", [[ROOT / "corpus"], pytest.param(REAL, marks=with_real_text)], ids=["corpus", "real"])
def test_segmenters_give_the_same_facts(extractor: Extractor, reference: Extractor, paths: list[Path]) -> None:
    fast: set[str] = set()
    slow: set[str] = set()
    for document in documents(paths):
        fast |= told(extractor, document)
        slow |= told(reference, document)
    assert len(fast) > 300
    assert len(fast & slow) >= 0.98 * len(fast | slow), "\n".join([*sorted(f"- {fact}" for fact in slow - fast), *sorted(f"+ {fact}" for fact in fast - slow)])


@pytest.mark.parametrize("paths", [[ROOT / "corpus"], pytest.param(REAL, marks=with_real_text)], ids=["corpus", "real"])
def test_one_process_and_several_write_the_same_graph(tmp_path: Path, paths: list[Path]) -> None:
    written = []
    for jobs in (1, 2):
        graph = tmp_path / str(jobs)
        assert build(paths, graph, jobs=jobs, options=OPTIONS).ok
        written.append({str(quad) for quad in open_graph(graph).store})
    assert len(written[0]) > 1000 and written[0] == written[1]
