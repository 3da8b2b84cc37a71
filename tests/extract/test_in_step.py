"""Reading many documents side by side: each is read as it would be alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.extract import extractor as module
from kg.extract.extractor import Extractor
from kg.extract.fault import Fault
from kg.extract.in_step import Steps, in_step
from kg.extract.names.rows import Row
from kg.extract.review.examples import example_document
from kg.read import ReadOptions, find, read

TEXTS = [
    "甲市发展改革委印发《甲市氢能产业规划》。",
    "",
    "乙縣人民政府二〇二四年工作報告：全年實現地區生產總值120億元，增長5.1%。",
    "丙大桥开工建设，总投资8亿元［1］。\n［1］丙大桥，指连接丁镇与戊镇的大桥。",
]


def test_works_take_turns_and_may_differ_in_length() -> None:
    told: list[str] = []

    def work(name: str, steps: int) -> Steps[str]:
        for step in range(steps):
            told.append(f"{name}{step}")
            yield
        return name

    assert in_step([work("a", 1), work("b", 3), work("c", 0)]) == ["a", "b", "c"]
    assert told == ["a0", "b0", "b1", "b2"]


def test_a_fault_names_its_document_and_leaves_the_others_alone(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [*map(example_document, TEXTS)]
    facts = [*map(extractor.extract, documents)]
    resolve = extractor.references.resolve

    def fail(rows: Sequence[Row], *given: Any, **more: Any) -> None:
        if not rows:
            raise ValueError("no")
        resolve(rows, *given, **more)

    monkeypatch.setattr(extractor.references, "resolve", fail)
    empty, made = documents[1], list(extractor.try_all(documents))
    assert [one for one in made if not isinstance(one, Fault)] == [facts[0], *facts[2:]]
    assert isinstance(made[1], Fault) and made[1].document == empty.id
    for reading in (lambda: extractor.extract(empty), lambda: list(extractor.extract_all(documents))):
        with pytest.raises(ValueError, match="no") as caught:
            reading()
        assert caught.value.__notes__ == [f"while extracting the document {empty.id}"]


@pytest.mark.parametrize("together", [1, 60, 100_000])
def test_facts_are_those_of_each_document_alone(extractor: Extractor, root: Path, monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    monkeypatch.setattr(module, "_TOGETHER", together)
    documents = [*map(example_document, TEXTS), *(document for source in find([root / "corpus"]) for document in read(source, ReadOptions()))][:9]
    assert list(extractor.extract_all(documents)) == [extractor.extract(one) for one in documents]
