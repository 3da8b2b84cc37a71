"""Builds that can be killed: their texts, the processes they run in, and a look at the graph that they leave."""

from __future__ import annotations

import enum
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).parents[2]
_PATIENCE = 120.0  # seconds for anything that nobody kills
_ENDING = 10.0  # seconds that workers may take to notice that their build is dead
_NAMES = ["东山", "西山", "南山", "北山", "中山", "远山", "青山", "金山", "石山", "龙山"]


class State(enum.Enum):
    OLD = 0
    NEW = 1


def write_state(corpus: Path, documents: int, state: State) -> None:
    """Texts in `corpus`. From OLD to NEW every fourth is edited, one is added, one taken away and one broken."""
    corpus.mkdir(parents=True, exist_ok=True)
    for path in corpus.iterdir():
        path.unlink()
    for i in range(documents):
        one, two = _NAMES[i % len(_NAMES)], _NAMES[(3 * i + 1) % len(_NAMES)]
        number = 10 + i + (100 if state is State.NEW and i % 4 == 0 else 0)
        text = "".join(f"{one}区与{two}区合作，2021年完成投资{number + k}亿元。\n" for k in range(8))
        (corpus / f"{i:03}.txt").write_text(text, encoding="utf-8")
    if state is State.NEW:
        (corpus / "001.txt").unlink()
        (corpus / "new.txt").write_text("新山区与东山区合作。", encoding="utf-8")
        (corpus / "002.txt").write_text("东山区与西山区合作，完成7项。", encoding="utf-8")


@dataclass(frozen=True)
class Look:
    """What can be opened: the generation ("" if there is no graph), sorted N-Quads, and quotes that are not in their texts."""

    generation: str
    lines: bytes
    problems: tuple[str, ...]


def look(graph: Path) -> Look:
    """Open a graph and check it as `kg verify` does, all documents of it."""
    from kg.export.rdf_files import graph_lines
    from kg.graph.store import live_generation, open_graph
    from kg.graph.verify import verify

    name = live_generation(graph)
    if name is None:
        return Look("", b"", ())
    view = open_graph(graph)
    lines = sorted(line for one in graph_lines(view) for line in one)
    problems = verify(view, sources=False).problems
    return Look(name, b"".join(lines), tuple(f"{p.document}: {p.what}" for p in problems))


class Running(Protocol):
    """A build that was started: it leads a process group of its own."""

    pid: int

    def wait(self) -> int: ...


class Builder(Protocol):
    name: str

    def start(self, corpus: Path, graph: Path, jobs: int) -> Running: ...

    def look(self, graph: Path) -> Look: ...


class ForkBuilder:
    """`kg.build.build` with the small extractor in a child of this process, which never opens a store itself: no
    threads of a store may be there when it forks."""

    name = "function"

    def __init__(self) -> None:
        # Loaded here, once for all children: a kill then falls into the work and not into imports.
        import filelock  # noqa: F401
        import orjson  # noqa: F401
        import pyoxigraph  # noqa: F401

        import kg.build
        import kg.export.rdf_files
        import kg.extract.knowledge.indicator_table
        import kg.graph.about
        import kg.read.markdown
        import kg.read.plain
        import kg.text.units
        import tests.build.extraction  # noqa: F401
        from kg.graph.naming import naming
        from kg.ontology import Ontology
        from kg.program import program_version

        self._context = multiprocessing.get_context("fork")
        self._build = kg.build.build
        self._ontology = Ontology.load()
        _ = self._ontology.fingerprint, self._ontology.terms, self._ontology.yaml("rules")
        program_version()
        naming(self._ontology)

    def start(self, corpus: Path, graph: Path, jobs: int) -> Running:
        return _Child(lambda: self._run(corpus, graph, jobs))

    def _run(self, corpus: Path, graph: Path, jobs: int) -> int:
        from tests.build.extraction import words

        return 0 if self._build([corpus], graph, ontology=self._ontology, extract=words, jobs=jobs).ok else 1

    def look(self, graph: Path) -> Look:
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_send_look, args=(graph, theirs))
        process.start()
        theirs.close()
        try:
            answer = ours.recv()
        except EOFError:
            raise RuntimeError("the process that looked at the graph died") from None
        finally:
            process.join()
            ours.close()
        if isinstance(answer, str):
            raise RuntimeError(answer)  # noqa: TRY004 - the message of what went wrong there
        assert isinstance(answer, Look)
        return answer


def _send_look(graph: Path, pipe: Connection) -> None:
    try:
        pipe.send(look(graph))
    except Exception as error:  # noqa: BLE001 - told to the parent, who reports it
        pipe.send(f"{type(error).__name__}: {error}")


class _Child:
    """A forked process that runs a function and ends with what it returns."""

    def __init__(self, work: Callable[[], int]) -> None:
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            code = 70
            try:
                os.setpgid(0, 0)
                code = work()
            except BaseException as error:  # noqa: BLE001 - this process may not return into its parent's code
                sys.stderr.write(f"{type(error).__name__}: {error}\n")
                sys.stderr.flush()
            finally:
                os._exit(code)
        try:
            os.setpgid(self.pid, self.pid)  # by both, so that neither need wait for the other
        except OSError:
            pass

    def wait(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


class CommandBuilder:
    """The command `kg build` with the real extractor."""

    name = "command"

    def start(self, corpus: Path, graph: Path, jobs: int) -> Running:
        return _Command(["build", str(corpus), "-o", str(graph), "--jobs", str(jobs)])

    def look(self, graph: Path) -> Look:
        return ForkBuilder.look(_fork_for_looks(), graph)


_looker: list[ForkBuilder] = []


def _fork_for_looks() -> ForkBuilder:
    if not _looker:
        _looker.append(ForkBuilder())
    return _looker[0]


class _Command:
    def __init__(self, arguments: list[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kg", *arguments],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.pid = self._process.pid

    def wait(self) -> int:
        return self._process.wait(timeout=_PATIENCE)


@dataclass(frozen=True)
class Killed:
    by_us: bool  # False: it was done before
    survivors: int  # processes of the build that were still there after `_ENDING` seconds


def kill_after(running: Running, seconds: float) -> Killed:
    """Kill a build (its first process only, as the system would) after `seconds`, and wait for its workers to end."""
    time.sleep(seconds)
    try:
        os.kill(running.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    code = running.wait()
    deadline = time.monotonic() + _ENDING
    while (left := _group(running.pid)) and time.monotonic() < deadline:
        time.sleep(0.01)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    return Killed(code == -signal.SIGKILL, len(left))


def _group(leader: int) -> list[int]:
    """Living processes in the process group of `leader`."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == leader and fields[0] not in "ZX":
            found.append(int(entry.name))
    return found
