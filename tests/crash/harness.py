"""Builds killed at random moments: python -m tests.crash.harness [--kills 200] [--seconds 600] [--seed 1] [--command 20]

A folder of texts has two states. A build of the first state is the old graph, a build of the second the new one; both are
made once, unkilled. Each try then starts a build towards the second state, from nothing or from the old graph, by one
process or two, kills it (SIGKILL) at a random moment and asks whether

- what can be opened is the old graph or the new one: the same sorted N-Quads, and every quote is found in its text;
- no process of the killed build lives on;
- the next build finishes, gives the new graph, and leaves nothing behind: no partial files, two generations at most,
  nothing in the folder for temporary files.

Only builds that were killed count as tries; those that were done before the kill came are counted apart.

So that hundreds of kills fit into minutes, builds are children of a process that has everything loaded, and facts come
from the small extractor of the build tests. `--command N` makes each N-th try a real `kg build` in a process of its own,
with the real extractor (0: none).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from tests.crash.builds import ROOT, Builder, CommandBuilder, ForkBuilder, State, kill_after, write_state

_NOTHING = "nothing"  # state of a folder in which there is no graph
_LEFT = {"CURRENT", "lock", "facts.sqlite", "generations"}


@dataclass
class Report:
    """What happened: tries, what was live after each kill, and every fault found."""

    seed: int
    asked: int
    kills: int = 0  # builds that were killed
    late: int = 0  # builds that were done before the kill came
    after: Counter[str] = field(default_factory=Counter)  # kind of build and what was live after its kill
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether as many builds were killed as asked, and all of them got over it."""
        return self.kills >= self.asked and not self.faults

    def as_json(self) -> str:
        return json.dumps(self.__dict__ | {"after": dict(sorted(self.after.items()))}, ensure_ascii=False, indent=1)


@dataclass(frozen=True)
class _Stage:
    """What one kind of builder needs: the old graph to copy, the digests of both, and how long a build takes."""

    builder: Builder
    old: Path
    digests: dict[str, str]  # digest of sorted N-Quads to "old" or "new"
    seconds: dict[bool, float]  # of an unkilled build by one process, from nothing (True) or from the old graph


def run(folder: Path, kills: int, seconds: float, seed: int, command: int = 0, documents: int = 24) -> Report:
    """Kill up to `kills` builds within `seconds`, working in `folder`; with `command` each n-th is a real `kg build`."""
    started = time.monotonic()
    chance = random.Random(seed)
    report = Report(seed, kills)
    (folder / "tmp").mkdir()
    with patch.dict(os.environ, TMPDIR=str(folder / "tmp")):
        _tries(folder, kills, started + seconds, chance, report, command, documents)
    report.seconds = round(time.monotonic() - started, 1)
    return report


def _tries(
    folder: Path, kills: int, until: float, chance: random.Random, report: Report, command: int, documents: int
) -> None:
    fast = _stage(folder / "fast", ForkBuilder(), documents)
    slow = _stage(folder / "command", CommandBuilder(), min(documents, 6)) if command else None
    while report.kills < kills and time.monotonic() < until:
        number = report.kills + report.late + 1
        stage = slow if slow is not None and number % command == 0 else fast
        _try(folder / "graph", stage, number, chance, report)


def _stage(folder: Path, builder: Builder, documents: int) -> _Stage:
    corpus = folder / "corpus"
    write_state(corpus, documents, State.OLD)
    _unkilled(builder, corpus, folder / "warm")
    _unkilled(builder, corpus, folder / "old")
    write_state(corpus, documents, State.NEW)
    taken = {True: _unkilled(builder, corpus, folder / "new")}
    shutil.copytree(folder / "old", folder / "again")
    taken[False] = _unkilled(builder, corpus, folder / "again")
    digests = {_digest(builder, folder / name): name for name in ("old", "new")}
    if len(digests) != 2 or digests.get(_digest(builder, folder / "again")) != "new":
        raise RuntimeError("the two states give one graph, or a build by steps differs from one from nothing")
    return _Stage(builder, folder / "old", digests, taken)


def _unkilled(builder: Builder, corpus: Path, graph: Path) -> float:
    started = time.monotonic()
    code = builder.start(corpus, graph, jobs=1).wait()
    if code != 0:
        raise RuntimeError(f"a build that nobody killed ended with {code}")
    return time.monotonic() - started


def _digest(builder: Builder, graph: Path) -> str:
    state = builder.look(graph)
    return hashlib.sha256(state.lines).hexdigest() if state.generation else _NOTHING


def _try(graph: Path, stage: _Stage, number: int, chance: random.Random, report: Report) -> None:
    full, jobs = chance.random() < 0.5, chance.choice((1, 2))
    # Two processes take longer than one on so little; where nothing else runs, a build ends before its measured time.
    moment = chance.uniform(0, (1.2 if jobs == 2 else 0.9) * stage.seconds[full])
    shutil.rmtree(graph, ignore_errors=True)
    if not full:
        shutil.copytree(stage.old, graph)
    kind = f"{stage.builder.name}, {'from nothing' if full else 'one more'}, {jobs} jobs"
    corpus = stage.old.parent / "corpus"
    killed = kill_after(stage.builder.start(corpus, graph, jobs), moment)
    report.kills += killed.by_us
    report.late += not killed.by_us
    faults = []
    if killed.survivors:
        faults.append(f"{killed.survivors} processes lived on")
    live = _live(stage, graph, faults)
    report.after[f"{kind}: {live}"] += 1
    if live not in ((_NOTHING, "new") if full else ("old", "new")):
        faults.append(f"the live graph is {live}")
    if (code := stage.builder.start(corpus, graph, 1).wait()) != 0:
        faults.append(f"the next build ended with {code}")
    elif (now := _live(stage, graph, faults)) != "new":
        faults.append(f"the next build left {now}")
    faults += _leftovers(graph)
    faults += [f"left over: {path.name} among temporary files" for path in (graph.parent / "tmp").iterdir()]
    report.faults += [f"try {number} ({kind}, killed at {moment:.3f} s): {fault}" for fault in faults]


def _live(stage: _Stage, graph: Path, faults: list[str]) -> str:
    """Which graph can be opened: "nothing", "old", "new", or what it is instead."""
    try:
        state = stage.builder.look(graph)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault to report
        return f"not to be opened: {error}"
    faults += state.problems
    if not state.generation:
        return _NOTHING
    return stage.digests.get(hashlib.sha256(state.lines).hexdigest(), "a mixture")


def _leftovers(graph: Path) -> list[str]:
    left = sorted({path.name for path in graph.iterdir()} - _LEFT)
    generations = sorted(path.name for path in (graph / "generations").iterdir())
    left += [name for name in generations if not name.isdigit()]
    if len(generations) > 2:
        left.append(f"{len(generations)} generations")
    return [f"left over: {', '.join(left)}"] if left else []


def _program() -> str:
    """Hash of all files that the builds run and read."""
    total = hashlib.sha256()
    for path in sorted(path for name in ("kg", "ontology", "tests/build") for path in (ROOT / name).rglob("*.*")):
        if path.suffix != ".pyc" and path.is_file():
            total.update(path.read_bytes())
    return total.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill builds at random moments and look at what is left.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=600.0, help="stop after this time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--command", type=int, default=20, help="each n-th build is a real `kg build` (0: none)")
    given = parser.parse_args()
    before = _program()
    with tempfile.TemporaryDirectory(prefix="kg-crash-") as folder:
        report = run(Path(folder), given.kills, given.seconds, given.seed, given.command)
    print(report.as_json())
    if _program() != before:
        print("the program or its ontology changed meanwhile: this run says nothing", file=sys.stderr)
        return 2
    if report.kills < report.asked:
        print(f"only {report.kills} of {report.asked} kills in {report.seconds} seconds", file=sys.stderr)
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
