"""A sample of what `make fuzz` does in full, and that the harness can find what it looks for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.nasty import contents

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="LEFT OUT: processes are bounded on Linux only")

# In a process of its own, which forks: here threads of other tests may run.
SAMPLE = """
import json, sys, tempfile, time
from pathlib import Path
from tests.fuzz import harness
report = harness.Report(1)
folder = Path(tempfile.mkdtemp(dir=sys.argv[1]))
worker = harness.ready_worker(folder)
harness.run_files(worker, folder / "nasty", report, every=7, large=False)
shapes = {name: harness.SHAPES[name] for name in ("one clause", "words", "references", "open titles")}
harness.run_doubling(worker, folder, report, shapes, time.monotonic() + 60)
harness.run_mutations(worker, folder, report, 4, 1, time.monotonic() + 60)
harness.run_mistakes(folder, report, 3, 1, time.monotonic() + 60)
print(report.as_json())
"""
FAULTS = """
import os, sys, tempfile, time
from pathlib import Path
from tests.fuzz import bounded, harness
from kg.read import SourceFile
folder = Path(tempfile.mkdtemp(dir=sys.argv[1]))
path = folder / "a.txt"
path.write_text("a")
source = SourceFile(path, "a")
class Worker:
    def __init__(self, run): self.run = run
def spin(_):
    while True: pass
def eat(_):
    kept = bytearray(200 * 2**20)
    for i in range(0, len(kept), 4096): kept[i] = 1
    return bounded.Outcome(source, skipped=harness_skipped)
from kg.engines.records import skipped
harness_skipped = skipped(source, "is a test")
tight = bounded.Bounds(seconds=1, seconds_a_megabyte=1, megabytes=50)
print(bounded.run_file(Worker(spin), source, tight).how)
print(bounded.run_file(Worker(eat), source, tight).how)
print(bounded.run_file(Worker(lambda _: os._exit(3)), source, tight).how)
print(bounded.run_file(Worker(lambda _: bounded.Outcome(source, skipped=skipped(source, "x"), detail="Traceback")), source, tight).how)
print(bounded.run_file(Worker(lambda _: bounded.Outcome(source, quads=b"<a> <b> .\\n")), source, tight).how)
print(bounded.run_file(Worker(lambda _: bounded.Outcome(source, skipped=harness_skipped)), source, tight).how)
"""


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)


@pytest.mark.slow
def test_a_sample_ends_as_facts_or_reasons(tmp_path: Path) -> None:
    done = run(SAMPLE, tmp_path)
    report = json.loads(done.stdout) if done.returncode == 0 else pytest.fail(done.stderr)
    assert report["faults"] == []
    assert report["files"] >= 40 and set(report["ended"]) == {"facts", "reason"}
    assert sum(report["mutations"].values()) >= 20 and report["mistakes"] == 3 and len(report["doublings"]) == 4


def test_the_harness_sees_what_goes_wrong(tmp_path: Path) -> None:
    done = run(FAULTS, tmp_path)
    assert done.stdout.split("\n")[:6] == [
        "took too long", "took too much memory", "died with 3", "fault of the program", "died with 1", "reason",
    ], done.stderr  # fmt: skip


def test_there_are_enough_nasty_files() -> None:
    assert len({name for name, _ in contents(large=False)}) >= 250
