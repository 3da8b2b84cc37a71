"""Fixtures for the whole suite."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pyoxigraph import Store

    from kg.extract.extractor import Extractor

ROOT = Path(__file__).parents[1]
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tables are kept for the run of the tests, and not in the cache directory of who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module", autouse=True)
def given_back() -> Iterator[None]:
    """What a module has freed goes back to the system: the C library keeps it, and every process of the tests grows by it."""
    yield
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


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
def extractor() -> Extractor:
    """That of the shipped ontology. It is held, so that builds and extractions in this process take it too."""
    from kg.engines.worker import extractor
    from kg.ontology import Ontology

    return extractor(Ontology.load(), "rjieba")


@pytest.fixture(scope="session")
def sample_store() -> Store:
    """A store in memory with the sample documents."""
    from pyoxigraph import RdfFormat, Store

    from kg.graph.quads import stored

    store = Store()
    for document, facts in sample.documents():
        store.load(stored(document, facts).quads, format=RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium. `KG_CHROMIUM` names one that is not on the path."""
    path = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("LEFT OUT: NO CHROMIUM ON THIS MACHINE, THE PAGE IS NOT TESTED (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
