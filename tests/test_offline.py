"""What the README tells one to do, with no network: every command of `make demo` while sockets are cut off."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Read by every Python that starts: whoever looks up a name or connects is stopped, and leaves a line in a file.
CUT = """
import os, sys
def cut(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        with open(os.environ["KG_CALLS"], "a") as log:
            log.write(f"{event} {arguments!r}\\n")
        raise OSError("sockets are cut off")
sys.addaudithook(cut)
"""


def demo_commands(out: Path) -> list[list[str]]:
    """The commands under `demo:` in the Makefile, writing to `out`."""
    recipe = re.search(r"^demo:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe
    lines = [line.strip() for line in recipe[1].splitlines() if line.strip().startswith("$(KG)")]
    return [shlex.split(line.replace("$(KG)", "").replace("$(OUT)", str(out))) for line in lines]


@pytest.fixture
def cut(tmp_path: Path) -> dict[str, str]:
    """An environment in which Python programs have no sockets."""
    place = tmp_path / "cut"
    place.mkdir()
    (place / "sitecustomize.py").write_text(CUT, encoding="utf-8")
    (place / "calls").touch()
    return {**os.environ, "PYTHONPATH": f"{place}{os.pathsep}{ROOT}", "KG_CALLS": str(place / "calls")}


def without_network() -> list[str]:
    """How to start a program in a network of its own, which leads nowhere: this holds for libraries in Rust and C too."""
    command = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
        return command
    return []


@pytest.mark.slow
def test_the_demo_needs_no_network(tmp_path: Path, cut: dict[str, str]) -> None:
    commands = demo_commands(tmp_path / "out")
    assert len(commands) >= 10 and commands[0][0] == "build"
    (tmp_path / "out").mkdir()
    for arguments in commands:
        done = subprocess.run([*without_network(), sys.executable, "-m", "kg", *arguments], cwd=ROOT, env=cut, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"kg {' '.join(arguments)}\n{done.stdout}{done.stderr}"
    assert Path(cut["KG_CALLS"]).read_text() == ""  # nobody even tried
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"graph", "graph.html", "graph.ttl", "graph.nq", "csv"}


def test_the_cut_would_be_noticed(cut: dict[str, str]) -> None:
    code = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')"
    done = subprocess.run([sys.executable, "-c", code], env=cut, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "127.0.0.1" in Path(cut["KG_CALLS"]).read_text()


@pytest.mark.skipif(not without_network(), reason="LEFT OUT: no network can be made here that leads nowhere")
def test_the_network_that_leads_nowhere() -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run([*without_network(), sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "Network is unreachable" in done.stderr
