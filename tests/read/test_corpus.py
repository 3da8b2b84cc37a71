"""The sample corpus reads whole, and its annotations stand on the text as read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.model import Document
from kg.read import find, read

CORPUS = Path(__file__).parents[2] / "corpus"
GOLD = sorted((CORPUS / "gold").glob("*.json"))


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    found = [document for source in find([CORPUS]) for document in read(source)]
    return {document.stem: document for document in found}


def test_all_files_formats_and_scripts(documents: dict[str, Document]) -> None:
    assert len({document.path for document in documents.values()}) == 17
    assert {document.format for document in documents.values()} == {"txt", "md", "html", "docx", "pdf", "jsonl", "csv"}
    assert sum("錢塘區" in document.text for document in documents.values()) >= 3
    assert sum("钱塘区" in document.text for document in documents.values()) >= 3
    for document in documents.values():
        assert document.date and len(document.date) == 10, document.id
        assert document.title, document.id


@pytest.mark.parametrize(
    ("stem", "beginning"),
    [
        ("hangzhou-waste-notice", "杭州市城市管理局\n关于做好"),
        ("qiantang-lighting-tender", "錢塘區江東大道提升改造工程"),
    ],
)
def test_legacy_encodings(documents: dict[str, Document], stem: str, beginning: str) -> None:
    assert documents[stem].text.startswith(beginning)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_annotations_quote_the_text(documents: dict[str, Document], path: Path) -> None:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    document = documents[gold["doc"]]
    assert (path.stem, gold["date"]) == (gold["doc"], document.date)
    known = {entity["id"] for entity in gold["entities"]}
    assert len(known) == len(gold["entities"]) > 5
    for entity in gold["entities"]:
        assert entity["name"] in entity["surfaces"]
        assert all(surface in document.text for surface in entity["surfaces"])
    for relation in gold["relations"]:
        assert relation["s"] in known and (relation["p"] == "hasStatus" or relation["o"] in known)
        assert relation["evidence"] in document.text
    for observation in gold["observations"]:
        assert observation["subject"] in known | {None}
        assert observation["evidence"] in document.text and observation["indicator"] in document.text


def test_six_documents_are_annotated() -> None:
    assert len(GOLD) == 6
