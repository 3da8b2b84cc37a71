"""Queries that are asked for one document or thing must not look through the whole store for it."""

from __future__ import annotations

import re

import pytest

from kg.ask.explain import EVIDENCE
from kg.serve.index_build import _FACTS, _FIGURES


@pytest.mark.parametrize("query", [_FACTS, _FIGURES, EVIDENCE], ids=["facts", "figures", "evidence"])
def test_each_optional_has_one_pattern(query: str) -> None:
    """Oxigraph joins several patterns of an OPTIONAL over all documents: a thousand times slower with 200 of them."""
    parts = re.findall(r"OPTIONAL \{([^{}]*?)(?=OPTIONAL|\})", query)
    assert len(parts) > 5
    assert [part for part in parts if len(part.split()) != 3 or "/" in part] == []
