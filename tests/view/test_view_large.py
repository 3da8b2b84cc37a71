"""5,000 things and 15,000 links: quick to write, quick to use. The benchmark gives figures; this guards against ruin."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg.view import write_page
from tests.view.conftest import Open
from tests.view.made_graphs import large

pytestmark = pytest.mark.slow
# Three times what is promised on a quiet machine: tests run beside each other.
PATIENCE = 15.0


@pytest.mark.browser
def test_five_thousand_things_are_written_opened_searched_and_read_in_time(open_page: Open) -> None:
    maker = large(5000, 15000)
    assert len(maker.store) > 0
    begin = time.perf_counter()
    opened = open_page(maker)
    opened.page.fill("#search", "镇")
    opened.page.wait_for_selector("#suggestion-0")
    opened.page.keyboard.press("Enter")
    opened.until("!!document.querySelector('#panel mark')")
    assert time.perf_counter() - begin < 2 * PATIENCE
    assert opened.path.stat().st_size < 12_000_000
    assert len(opened.shown()) < 80  # a readable part, not all at once
    begin = time.perf_counter()
    opened.page.evaluate(
        "KG.app.change((state) => { Object.assign(state, { base: { kind: 'all', n: 5000 }, extra: [], open: new Map() }); })"
    )
    assert opened.page.evaluate("KG.app.visible.things.length") == 5000
    assert time.perf_counter() - begin < PATIENCE


def test_twenty_thousand_things_do_not_take_minutes(tmp_path: Path) -> None:
    maker = large(20_000, 40_000)
    assert len(maker.store) > 0
    begin = time.perf_counter()
    report = write_page(maker.view, tmp_path / "page.html", limit=20_000)
    assert report.things == 20_000
    assert time.perf_counter() - begin < 60
