"""A text tells the same however it was typed, copied or saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract.extractor import Extractor
from kg.model import Document
from kg.read import ReadOptions, SourceFile, read_bytes
from tests.extract.variants import VARIANTS, told

CORPUS = Path(__file__).parents[2] / "corpus"
TEXTS = ["guizhou-energy-2025-01-22.txt", "qiantang-plenary-2021-07-15.txt"]


def _read(name: str, text: str) -> Document:
    (document,) = read_bytes(text.encode(), SourceFile(Path(name), f"corpus/{name}"), ReadOptions(date="2025-02-01", whole=True)).documents
    return document


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("variant", VARIANTS)
def test_what_is_told_does_not_change(extractor: Extractor, name: str, variant: str) -> None:
    text = (CORPUS / name).read_text(encoding="utf-8")
    assert told(extractor, _read(name, VARIANTS[variant](text))) == told(extractor, _read(name, text))
