"""A build that stays: what changed is built again, tables stay loaded, a slip is told and does no harm."""

from __future__ import annotations

import gc
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from weakref import WeakValueDictionary

import pytest
from click.testing import CliRunner

from kg import open as open_graph
from kg.build import BuildReport, build
from kg.cli import root
from kg.commands.init import write_starter
from kg.engines import worker
from kg.errors import KgError
from kg.graph.manifest import Skipped
from kg.watch import builds

_LONG = 60  # seconds after which a build that never comes fails the test


class Watched:
    """The builds of a folder, each waited for."""

    def __init__(self, *paths: str | Path, output: Path, ontology: Path | None = None) -> None:
        self.stop = threading.Event()
        self._made = builds(paths, output, ontology=ontology, stop=self.stop, jobs=1)

    def next(self) -> BuildReport | KgError:
        guard = threading.Timer(_LONG, self.stop.set)
        guard.start()
        try:
            return next(self._made)
        except StopIteration:
            pytest.fail("nothing was built")
        finally:
            guard.cancel()

    def report(self) -> BuildReport:
        made = self.next()
        assert isinstance(made, BuildReport), made
        return made

    def after(self, change: Callable[[], object], wait: float = 0.5) -> BuildReport | KgError:
        """What is built after `change`, which comes `wait` seconds after the watcher begins to; beyond two it has looked once for what it missed."""
        timer = threading.Timer(wait, change)
        timer.start()
        made = self.next()
        timer.join()
        return made

    def end(self) -> bool:
        self.stop.set()
        return next(self._made, None) is None


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("2021年1月5日，杭州市开工建设云溪水库。", encoding="utf-8")
    return folder


def test_what_changes_is_built_again_until_it_is_stopped(texts: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    watched = Watched(texts, output=graph)
    assert watched.report().documents == 1
    added = watched.after(lambda: (texts / "b.txt").write_text("宁波市建成东湖大桥。", encoding="utf-8"))
    assert isinstance(added, BuildReport) and (len(added.built), added.unchanged, added.documents) == (1, 1, 2)
    gone = watched.after(lambda: (texts / "a.txt").unlink())
    assert isinstance(gone, BuildReport) and (len(gone.removed), gone.documents) == (1, 1)
    assert watched.end()


def test_what_changed_while_the_first_build_ran_is_not_missed(texts: Path, tmp_path: Path) -> None:
    watched = Watched(texts, output=tmp_path / "graph")
    watched.report()
    (texts / "b.txt").write_text("宁波市建成东湖大桥。", encoding="utf-8")  # nobody watches yet
    assert watched.report().documents == 2
    assert watched.end()


def test_folders_that_a_pattern_stands_for_are_watched(texts: Path, tmp_path: Path) -> None:
    watched = Watched(f"{tmp_path}/t*/*.txt", output=tmp_path / "graph")
    assert watched.report().documents == 1
    added = watched.after(lambda: (texts / "b.txt").write_text("宁波市建成东湖大桥。", encoding="utf-8"), wait=2)
    assert isinstance(added, BuildReport) and added.documents == 2
    assert watched.end()


def test_a_file_beside_a_folder_is_watched_without_what_lies_below_its_own_folder(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lone = tmp_path / "lone" / "note.txt"
    (lone.parent / "below").mkdir(parents=True)
    lone.write_text("宁波市建成东湖大桥。", encoding="utf-8")
    calls = []
    monkeypatch.setattr("kg.watch.build", lambda *given, **how: calls.append(1) or build(*given, **how))
    watched = Watched(texts, lone, output=tmp_path / "graph")
    assert watched.report().documents == 2
    below = threading.Timer(2, lambda: (lone.parent / "below" / "c.txt").write_text("嘉兴市建成南湖大桥。", encoding="utf-8"))
    below.start()
    changed = watched.after(lambda: lone.write_text("宁波市建成西湖大桥。", encoding="utf-8"), wait=4)
    assert isinstance(changed, BuildReport) and (len(changed.built), changed.unchanged) == (1, 1)
    assert len(calls) == 3  # the first, the look for what was missed, and the change: none for what lies below
    added = watched.after(lambda: (texts / "b.txt").write_text("嘉兴市建成南湖大桥。", encoding="utf-8"), wait=2)
    assert isinstance(added, BuildReport) and added.documents == 3
    assert watched.end()


def test_a_folder_that_is_made_again_is_watched_again(texts: Path, tmp_path: Path) -> None:
    watched = Watched(texts, output=tmp_path / "graph")
    watched.report()
    gone = watched.after(lambda: shutil.rmtree(texts), wait=2)
    assert isinstance(gone, BuildReport) and [one.reason for one in gone.skipped] == ["does not exist"] and not gone.changed

    def again() -> None:
        texts.mkdir()
        (texts / "b.txt").write_text("宁波市建成东湖大桥。", encoding="utf-8")

    made = watched.after(again)
    assert isinstance(made, BuildReport) and (len(made.built), len(made.removed), made.skipped) == (1, 1, ())
    added = watched.after(lambda: (texts / "c.txt").write_text("嘉兴市建成南湖大桥。", encoding="utf-8"), wait=2)
    assert isinstance(added, BuildReport) and added.documents == 2
    assert watched.end()


def test_what_cannot_be_read_is_told_though_the_graph_stays_as_it_is(texts: Path, tmp_path: Path) -> None:
    watched = Watched(texts, output=tmp_path / "graph")
    watched.report()
    bad = watched.after(lambda: (texts / "b.html").write_text("<script>1</script>", encoding="utf-8"))
    assert isinstance(bad, BuildReport) and not bad.changed and [Path(one.path).name for one in bad.skipped] == ["b.html"]
    mended = watched.after(lambda: (texts / "b.html").unlink())
    assert isinstance(mended, BuildReport) and not mended.skipped
    assert watched.end()


def test_tables_are_loaded_once(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.extract import extractor

    made = []
    monkeypatch.setattr(worker, "_HELD", WeakValueDictionary())
    load = extractor.Extractor.__init__

    def counting(self: extractor.Extractor, *given: object) -> None:
        made.append(given)
        load(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(extractor.Extractor, "__init__", counting)
    watched = Watched(texts, output=tmp_path / "graph")
    watched.report()
    watched.after(lambda: (texts / "b.txt").write_text("宁波市建成东湖大桥。", encoding="utf-8"))
    assert len(made) == 1
    assert watched.end()
    del watched
    gc.collect()
    assert not worker._HELD  # nobody needs them any more


def test_a_slip_in_a_rule_is_told_and_its_mending_built(texts: Path, tmp_path: Path) -> None:
    own, graph = tmp_path / "own", tmp_path / "graph"
    write_starter(own)
    rules = next((own / "rules").glob("*.yaml"))
    right = rules.read_text(encoding="utf-8")
    watched = Watched(texts, output=graph, ontology=own)
    before = watched.report().generation
    slip = watched.after(lambda: rules.write_text(right + "\n  - id: [\n", encoding="utf-8"))
    assert isinstance(slip, KgError) and slip.file == rules
    assert open_graph(graph).view.path.name == before
    mended = watched.after(lambda: rules.write_text(right, encoding="utf-8"))
    assert isinstance(mended, BuildReport) and not mended.changed
    assert watched.end()


def test_what_is_wrong_from_the_start_is_raised(tmp_path: Path) -> None:
    with pytest.raises(KgError):
        next(builds([tmp_path / "nowhere"], tmp_path / "graph"))


def test_the_first_build_of_a_watch_shows_its_progress(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []

    @contextmanager
    def bar(title: str) -> Iterator[Callable[[int, int], None]]:
        yield lambda done, total: shown.append((title, done, total))
        shown.append("over")

    real = builds
    monkeypatch.setattr("kg.cli.output.progress", bar)
    monkeypatch.setattr("kg.watch.builds", lambda *given, **how: islice(real(*given, **how), 1))
    done = CliRunner().invoke(root, ["build", str(texts), "-o", str(tmp_path / "graph"), "--watch", "--jobs", "1"])
    assert done.exit_code == 0 and shown[-1] == "over" and ("building", 1, 1) in shown


def test_the_command_prints_each_build_and_ends_with_0(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def two(*given: object, **how: object) -> Iterator[BuildReport | KgError]:
        yield BuildReport("g1", True, built=("a",), counts={"documents": 1})
        yield KgError("is no rule", file=Path("own.yaml"), line=3, hint="mend it")
        empty = Skipped("t/empty.txt", "t/empty.txt", "is empty")
        yield BuildReport("g2", True, built=("b",), unchanged=1, counts={"documents": 2}, skipped=(empty,))
        yield BuildReport("g3", True, built=("c",), unchanged=2, counts={"documents": 3}, skipped=(empty, Skipped("t/new.pdf", "t/new.pdf", "holds no text")))

    monkeypatch.setattr("kg.watch.builds", two)
    done = CliRunner().invoke(root, ["build", str(texts), "-o", str(tmp_path / "graph"), "--watch"])
    assert done.exit_code == 0
    assert "holds 1 document" in done.output and "kg: own.yaml:3: is no rule" in done.output and "holds 2 documents" in done.output
    assert done.output.count("watching for changes") == 3
    assert done.output.count("empty.txt: is empty") == done.output.count("new.pdf: holds no text") == 1  # told once, not after every change
    assert "3 documents" in done.output and "2 files skipped" in done.output
