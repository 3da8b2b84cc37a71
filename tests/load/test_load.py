"""A few seconds of the load test; `make load-test` runs the whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.load.clients import run
from tests.serve.made_graph import district, write_graph


def test_a_sample_of_the_load(tmp_path: Path) -> None:
    write_graph(tmp_path, district())
    # A thread of its own: where browser tests ran before in this process, the main one has an event loop already.
    with ThreadPoolExecutor(1) as thread:
        report = thread.submit(run, tmp_path, clients=16, seconds=3, timeout=30).result()
    assert report["first_faults"] == []
    assert report["requests"] > 20  # the machine may be busy
    assert not report["grew"]
