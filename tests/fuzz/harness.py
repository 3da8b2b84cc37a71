"""Everything that reads, fed with what hurts: python -m tests.fuzz.harness [--seconds 600] [--examples 100] [--seed 1]

- files: each of the nasty files, in a process of its own with bounds on processor time and memory, ends as facts or as a
  stated reason;
- mutations: files of every format, changed by hypothesis, likewise;
- doubling: twice the text takes no more than about twice the time, from bytes to quads;
- knowledge: the ontology's own files with a mistake in each load, or the fault is told with its file.

Printed as JSON are counts and every fault found; the exit code is 1 if there is one.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from kg.engines.worker import Worker
from kg.read import SourceFile, find
from tests.fuzz.bounded import Bounds, Ended, in_child, ready_worker, run_file
from tests.fuzz.knowledge import try_mistake
from tests.fuzz.mutations import SUFFIXES, mutated
from tests.fuzz.nasty import TEXT, write_files

BOUNDS = Bounds()
_AT_LEAST = 200  # nasty files


@dataclass
class Report:
    """What was tried, how it ended, what was slowest and largest, and every fault."""

    seed: int
    files: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    slowest: str = ""
    largest: str = ""
    mutations: Counter[str] = field(default_factory=Counter)
    doublings: dict[str, float] = field(default_factory=dict)
    mistakes: int = 0
    left_out: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def as_json(self) -> str:
        return json.dumps(self.__dict__, ensure_ascii=False, indent=1)


def run_files(worker: Worker, folder: Path, report: Report, *, every: int = 1, large: bool = True) -> list[Ended]:
    """Each n-th of the nasty files through the worker; how they ended."""
    folder.mkdir()
    written = write_files(folder, large=large)
    sources = [source for source in find([folder]) if source.path in set(written) or source.problem]
    if len(written) < _AT_LEAST or len({source.path for source in sources}) < len(written) - 10:  # links to one file count once
        report.faults.append(f"{len(written)} nasty files, {len(sources)} found")
    ended = [run_file(worker, source, BOUNDS) for source in sources[::every]]
    report.files += len(ended)
    report.ended.update(one.how for one in ended)
    slow, big = max(ended, key=lambda one: one.seconds), max(ended, key=lambda one: one.megabytes)
    report.slowest = f"{slow.name}: {slow.seconds:.1f} s of {BOUNDS.time_for(slow.size):.0f}"
    report.largest = f"{big.name}: {big.megabytes:.0f} MB of {BOUNDS.megabytes}"
    report.faults += [one.fault for one in ended if one.fault]
    return ended


def run_mutations(worker: Worker, folder: Path, report: Report, examples: int, number: int, until: float) -> None:
    """So many changed files of each format; hypothesis makes a failing one smaller."""
    for place, suffix in enumerate(SUFFIXES):
        now = time.monotonic()
        share = now + max(0.0, until - now) / (len(SUFFIXES) - place)
        try:
            _mutations_of(suffix, worker, folder / f"mutated.{suffix}", report, examples, number, share)
        except (AssertionError, ExceptionGroup) as error:
            report.faults.append(f"mutated {suffix}: {str(error)[:1500]}")


def _mutations_of(
    suffix: str, worker: Worker, path: Path, report: Report, examples: int, number: int, until: float
) -> None:
    @seed(number)
    @settings(max_examples=examples, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(mutated(suffix))
    def one(data: bytes) -> None:
        if time.monotonic() > until:
            return
        path.write_bytes(data)
        ended = run_file(worker, SourceFile(path, path.name), BOUNDS)
        report.mutations[f"{suffix} {ended.how}"] += 1
        assert not ended.fault, ended.fault

    one()
    tried = sum(count for key, count in report.mutations.items() if key.startswith(suffix + " "))
    if tried < examples:
        report.left_out.append(f"{examples - tried} of {examples} changed {suffix} files")


# Texts that repeat something which makes rules look far; each is a line of its own length, in paragraphs of 60,000.
SHAPES = {
    "sentences": TEXT,
    "one clause": "钱塘区和滨江区及",
    "figures": "增长5%、投资12亿元、",
    "words": "以及为达到",
    "growth": "同比增长",
    "years": "2021年",
    "areas": "浙江省杭州市钱塘区",
    "bodies": "市发展改革委会同市财政局、",
    "projects": "杭州地铁8号线一期工程、",
    "policies": "《关于推进城市更新的实施意见》、",
    "references": "全市、该区、会议、",
    "open titles": "《关于",
    "open quotes": "“推进",
    "open brackets": "（国办发〔2021〕3号",
    "persons": "区委书记王建国、",
    "repeals": "同时废止《办法》（2021年第3号）",
    "semicolons": "钱塘区加快建设；",
    "headlines": "钱塘区\n",
    "commas": "，",
    "stops": "。",
    "digits": "1",
    "numerals": "十",
    "table": "钱塘区\t12\t5%\n",
}
_SMALL = 24_000  # characters


def run_doubling(worker: Worker, folder: Path, report: Report, shapes: dict[str, str], until: float) -> None:
    """Time for a text and for one of twice its length; a fault shows in each of three tries."""
    for name, unit in shapes.items():
        if time.monotonic() > until:
            report.left_out.append(f"doubling: {name}")
            continue
        tries = []
        for _ in range(3):
            once, twice = _seconds(worker, folder, unit, _SMALL), _seconds(worker, folder, unit, 2 * _SMALL)
            tries.append(f"{once:.2f} s and {twice:.2f} s")
            # Four times as long would be quadratic. The constant covers what a machine does beside.
            if twice <= 3 * once + 0.3:
                break
        else:
            report.faults.append(f"doubling {name}: {', '.join(tries)} for twice as much")
        report.doublings[name] = round(twice / max(once, 0.001), 2)


def _seconds(worker: Worker, folder: Path, unit: str, size: int) -> float:
    path = folder / "doubled.txt"
    path.write_text((unit * (size // len(unit) + 1))[:size], encoding="utf-8")

    def work() -> float:
        start = time.process_time()
        worker.run(SourceFile(path, "doubled.txt"))
        return time.process_time() - start

    answer: Any = in_child(work, BOUNDS)[0]
    return float(answer) if answer is not None else BOUNDS.seconds


def run_mistakes(folder: Path, report: Report, count: int, number: int, until: float) -> None:
    """So many mistakes in the ontology's files."""
    for i in range(count):
        if time.monotonic() > until:
            report.left_out.append(f"{count - i} of {count} mistakes in the ontology")
            return
        answer, _, _, status = in_child(lambda i=i: try_mistake(folder / "ontology", number * 100_000 + i), BOUNDS)
        report.mistakes += 1
        if answer is None:
            report.faults.append(f"mistake {number * 100_000 + i}: the process ended with {status}")
        elif answer:
            report.faults.append(answer)


def main() -> int:
    parser = argparse.ArgumentParser(description="Feed every reader, the extractor and the loaders with what hurts.")
    parser.add_argument("--seconds", type=float, default=600.0, help="begin nothing new after this time")
    parser.add_argument("--examples", type=int, default=100, help="changed files of each format")
    parser.add_argument("--mistakes", type=int, default=60, help="mistakes in the ontology's files")
    parser.add_argument("--seed", type=int, default=1)
    given_ = parser.parse_args()
    started = time.monotonic()
    report = Report(given_.seed)
    with tempfile.TemporaryDirectory(prefix="kg-fuzz-") as name:
        folder = Path(name)
        worker = ready_worker(folder)
        run_files(worker, folder / "nasty", report)
        until = started + given_.seconds
        run_doubling(worker, folder, report, SHAPES, until)
        half = (time.monotonic() + until) / 2
        run_mistakes(folder, report, given_.mistakes, given_.seed, half)
        run_mutations(worker, folder, report, given_.examples, given_.seed, until)
    report.seconds = round(time.monotonic() - started, 1)
    print(report.as_json())
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
