"""What a worker makes of many files at once: each what it would make of it alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.engines.settings import Setup
from kg.engines.worker import Outcome, Worker
from kg.graph.cache import FactsCache
from kg.model import Document, Facts
from kg.ontology import Ontology
from kg.read import ReadOptions, find
from tests.build.extraction import count_calls, fail_on_poison, words


@pytest.mark.parametrize("extract", [None, words, fail_on_poison])
def test_files_read_side_by_side_have_each_its_own_facts(
    corpus: Path, tmp_path: Path, ontology: Ontology, extract: Callable[[Document], Facts] | None
) -> None:
    (corpus / "b.jsonl").write_text('{"text": "杭州市增长7%。"}\n{"text": "宁波市增长8%。"}\n', encoding="utf-8")
    (corpus / "b0.txt").write_text(" \n", encoding="utf-8")
    (corpus / "sub" / "poison.txt").write_text("毒山区完成5项。", encoding="utf-8")
    worker = Worker(Setup(ontology, ReadOptions(), "rjieba", tmp_path / "cache", extract))
    sources = list(find([corpus]))
    alone = [worker.run(source) for source in sources]
    with FactsCache(tmp_path / "cache", write=True) as cache:  # that of the second, the fourth … is found again
        cache.put([(one.record.key, row) for one in alone[1::2] if one.record is not None for row in one.rows])

    together = worker.run_all(sources)

    def told(one: Outcome) -> tuple[object, ...]:
        return one.source, one.record, one.quads, one.skipped

    assert list(map(told, together)) == list(map(told, alone))
    assert {bool(one.rows) for one in together if one.record is not None} == {True, False}
    skipped = [one.source.id for one in together if one.skipped is not None]
    assert skipped == ["corpus/b0.txt", *(["corpus/sub/poison.txt"] if extract is fail_on_poison else [])]


def test_a_document_that_fails_is_named_and_those_beside_it_are_read_once(
    corpus: Path, tmp_path: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "b.jsonl").write_text('{"text": "毒山区。"}\n{"text": "宁波市增长8%。"}\n', encoding="utf-8")
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    worker = Worker(Setup(ontology, ReadOptions(), "rjieba", tmp_path / "cache", fail_or_count))

    outcomes = worker.run_all(list(find([corpus])))

    assert {one.source.id: one.skipped.reason for one in outcomes if one.skipped is not None} == {"corpus/b.jsonl": "fault of the program: ZeroDivisionError: poison"}
    assert ["corpus/b.jsonl#1" in one.detail for one in outcomes if one.skipped is not None] == [True]
    assert (tmp_path / "calls").read_bytes() == b"x" * 6  # five texts, and the second document of the file that failed


def fail_or_count(document: Document) -> Facts:
    fail_on_poison(document)
    return count_calls(document)
