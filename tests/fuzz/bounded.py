"""One file through the whole way (read, text, extract, quads) in a process of its own, with bounds on time and memory."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.engines.settings import Setup
from kg.engines.worker import Outcome, Worker
from kg.ontology import Ontology
from kg.read import ReadOptions, SourceFile

MEGABYTE = 2**20


@dataclass(frozen=True)
class Bounds:
    """What a file may take: seconds of processor time, for itself and for each megabyte, and megabytes of memory."""

    seconds: float = 15.0
    seconds_a_megabyte: float = 12.0
    megabytes: int = 1500

    def time_for(self, size: int) -> float:
        return self.seconds + self.seconds_a_megabyte * size / MEGABYTE


@dataclass(frozen=True)
class Ended:
    """How one file ended: `how` is "facts", "reason", or what went wrong; `note` says more."""

    name: str
    size: int
    how: str
    note: str
    seconds: float  # of processor time
    megabytes: float  # more than the process had at its start
    quads: int = 0

    @property
    def fault(self) -> str:
        return "" if self.how in ("facts", "reason") else f"{self.name!r}: {self.how}: {self.note}"


def ready_worker(folder: Path) -> Worker:
    """A worker with all tables and readers loaded, so that children which are forked from here start at once."""
    import kg.extract.extractor
    import kg.read.docx
    import kg.read.html
    import kg.read.markdown
    import kg.read.mht
    import kg.read.ofd
    import kg.read.opendocument
    import kg.read.pdf
    import kg.read.plain
    import kg.read.rtf
    import kg.read.tabular
    import kg.read.word97
    import kg.read.workbook  # noqa: F401

    worker = Worker(Setup(Ontology.load(), ReadOptions(), "rjieba", folder / "facts.sqlite"))
    for name in ("warm.txt", "warm.md", "warm.html"):
        path = folder / name
        path.write_text("<p>2021年，钱塘区召开会议，投资5亿元。</p>", encoding="utf-8")
        worker.run(SourceFile(path, name))
        path.unlink()
    return worker


def run_file(worker: Worker, source: SourceFile, bounds: Bounds) -> Ended:
    """How `source` ends in a forked process."""
    try:
        size = source.path.stat().st_size
    except OSError:
        size = 0
    name = source.path.name
    answer, seconds, megabytes, status = in_child(lambda: _look(worker.run(source)), bounds, size)
    if answer is None:
        how = {signal.SIGXCPU: "took too long", signal.SIGKILL: "took too long"}.get(-status, f"died with {status}")
        return Ended(name, size, how, f"{seconds:.0f} s of {bounds.time_for(size):.0f}", seconds, megabytes)
    how, note, quads = answer
    if megabytes > bounds.megabytes:
        how, note = "took too much memory", f"{megabytes:.0f} MB of {bounds.megabytes}"
    return Ended(name, size, how, note, seconds, megabytes, quads)


def _look(outcome: Outcome) -> tuple[str, str, int]:
    """How a file ended, and whether what it gave is sound."""
    if outcome.skipped is not None:
        if outcome.detail or not outcome.skipped.reason.strip():
            return "fault of the program", outcome.skipped.reason + "\n" + outcome.detail, 0
        return "reason", outcome.skipped.reason, 0
    from pyoxigraph import RdfFormat, parse

    count = 0
    for _ in parse(outcome.quads, format=RdfFormat.N_QUADS):
        count += 1
    if count != outcome.quads.count(b"\n"):
        return "quads that are none", f"{outcome.quads.count(chr(10).encode())} lines, {count} quads", count
    return "facts", "", count


def in_child(
    work: Callable[[], Any], bounds: Bounds, size: int = 0
) -> tuple[Any, float, float, int]:
    """What `work` gives in a forked process (None if it dies), its processor time, its growth in megabytes, its status."""
    sys.stdout.flush()
    ours, theirs = os.pipe()
    before = _resident()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(ours)
            limit = int(bounds.time_for(size)) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 2))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            most = _address_space() + (2 * bounds.megabytes + 512) * MEGABYTE
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            with os.fdopen(theirs, "wb") as pipe:
                pickle.dump(work(), pipe)
            code = 0
        except BaseException as error:  # noqa: BLE001 - the child ends here whatever happens
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        finally:
            os._exit(code)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        data = pipe.read()
    _, status, used = os.wait4(pid, 0)
    answer = pickle.loads(data) if data else None
    grown = max(0.0, used.ru_maxrss / 1024 - before)
    return answer, used.ru_utime + used.ru_stime, grown, os.waitstatus_to_exitcode(status)


def seconds_of(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / MEGABYTE


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
