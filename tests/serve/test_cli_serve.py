"""`kg serve` as it is typed."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.serve.made_graph import district, write_graph


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", "serve", *arguments], capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("index", ["none", "of another kind"])
def test_it_serves_and_stops_when_told(tmp_path: Path, index: str) -> None:
    generation = write_graph(tmp_path, district())
    if index != "none":
        (tmp_path / "generations" / generation / "serve.sqlite").write_bytes(b"made by another program")
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "-g", str(tmp_path), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
    try:
        assert found
        assert httpx.get(found[0] + "/api/info").status_code == 200
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode in (0, 130) and "Traceback" not in errors
    assert "making the index" in errors


def test_it_does_not_listen_to_others_without_a_token(district_graph: Path) -> None:
    done = _run("-g", str(district_graph), "--host", "0.0.0.0", "--port", "0")
    assert done.returncode == 2 and "needs a token" in done.stderr


def test_no_graph_and_no_port(tmp_path: Path, district_graph: Path) -> None:
    done = _run("-g", str(tmp_path))
    assert done.returncode == 2 and "is no graph" in done.stderr
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = _run("-g", str(district_graph), "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2 and "cannot listen" in done.stderr and "--port" in done.stderr
