"""One extractor for all tests of this folder: loading it is the slow part."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()
