"""A quick sample of killed builds, in processes of their own; `make crash-test` kills two hundred."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crash import harness
from tests.crash.builds import Look

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="LEFT OUT: builds are killed on Linux only, where they can be forked")
def test_killed_builds_leave_the_old_graph_or_the_new() -> None:
    # In a process of its own: it forks, and here threads of other tests may run.
    command = [sys.executable, "-m", "tests.crash.harness", "--kills", "8", "--seconds", "60", "--command", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    report = json.loads(done.stdout)
    assert report["faults"] == [] and "died" not in done.stderr
    assert report["kills"] >= 4  # the machine may be busy


class _Builder:
    name = "made up"

    def __init__(self, found: Look) -> None:
        self._found = found

    def look(self, graph: Path) -> Look:
        return self._found


@pytest.mark.parametrize(
    ("found", "live", "faults"),
    [
        (Look("000001", b"a\n", ()), "old", []),
        (Look("000002", b"a\nb\n", ()), "a mixture", []),
        (Look("000001", b"a\n", ("x: quotes y",)), "old", ["x: quotes y"]),
        (Look("", b"", ()), "nothing", []),
    ],
)
def test_the_harness_tells_a_mixture(tmp_path: Path, found: Look, live: str, faults: list[str]) -> None:
    old = harness._digest(_Builder(Look("000001", b"a\n", ())), tmp_path)
    stage = harness._Stage(_Builder(found), tmp_path, {old: "old"}, {})
    told: list[str] = []
    assert (harness._live(stage, tmp_path, told), told) == (live, faults)


def test_the_harness_tells_leftovers(tmp_path: Path) -> None:
    for name in ("000001", "000002"):
        (tmp_path / "generations" / name).mkdir(parents=True)
    assert harness._leftovers(tmp_path) == []
    (tmp_path / "generations" / "000003.part").mkdir()
    (tmp_path / ".CURRENT.part").touch()
    assert harness._leftovers(tmp_path) == ["left over: .CURRENT.part, 000003.part, 3 generations"]
