"""Fixtures for the whole suite."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import sample

if TYPE_CHECKING:
    from pyoxigraph import Store

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real texts beside the checkout; tests that need it are skipped, loudly, where it is not."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("LEFT OUT: the folder ../shared with real texts is not here")
    return folder


@pytest.fixture(scope="session")
def sample_store() -> Store:
    """A store in memory with the sample documents."""
    from pyoxigraph import RdfFormat, Store

    from kg.graph.quads import nquads

    store = Store()
    for document, facts in sample.documents():
        store.load(nquads(document, facts), format=RdfFormat.N_QUADS)
    return store
