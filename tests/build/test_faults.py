"""What a build does when workers die, disks fill, others build at the same time, or it is killed itself."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kg.build import build
from kg.engines import chunks, local
from kg.errors import KgError
from kg.export.rdf_files import graph_lines
from kg.graph.generations import NextGeneration, locked
from kg.graph.store import live_generation, open_graph
from tests.build.conftest import lines
from tests.build.extraction import die_on_poison, fail_on_poison

DOCUMENT = b" <https://w3id.org/kgo/id/d-"  # stands in every quad of a document


@pytest.fixture
def poisoned(corpus):
    (corpus / "p.txt").write_text("毒山区。", encoding="utf-8")
    return corpus


def test_dead_worker_is_named_and_the_rest_kept(poisoned, tmp_path, ontology, make, monkeypatch):
    monkeypatch.setattr(chunks, "_MOST_FILES", 2)
    report = build([poisoned], tmp_path / "g", ontology=ontology, extract=die_on_poison, jobs=2)
    (skipped,) = report.skipped
    assert skipped.id == "corpus/p.txt" and skipped.reason == "the process that read it died"
    assert report.documents == 5 and not report.ok
    (poisoned / "p.txt").unlink()
    make([poisoned], tmp_path / "full")
    assert [x for x in lines(tmp_path / "g") if b"/id/d-" in x] == [
        x for x in lines(tmp_path / "full") if b"/id/d-" in x
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_fault_of_the_program_is_reported_with_its_place(poisoned, tmp_path, ontology, jobs):
    report = build([poisoned], tmp_path / "g", ontology=ontology, extract=fail_on_poison, jobs=jobs)
    assert report.skipped[0].reason == "fault of the program: ZeroDivisionError: poison"
    assert "extracting the document corpus/p.txt" in report.details["corpus/p.txt"]
    assert report.documents == 5


def test_file_that_changes_while_it_is_read(corpus, tmp_path, make, monkeypatch):
    from kg.engines import worker

    def growing(source, limit):
        data = source.path.read_bytes()
        if source.path.name == "a.txt":
            source.path.write_bytes(data + b"\n")
        return data

    monkeypatch.setattr(worker, "source_bytes", growing)
    report = make([corpus], tmp_path / "g")
    assert [(s.id, s.reason) for s in report.skipped] == [("corpus/a.txt", "changes while it is read")]
    assert report.documents == 4


def test_reader_keeps_its_generation(corpus, tmp_path, make):
    make([corpus], tmp_path / "g")
    old = open_graph(tmp_path / "g")
    before = lines(tmp_path / "g")
    for i in range(3):  # after which the generation it reads is gone from the folder
        (corpus / "a.txt").write_text(f"新山区完成{i}项。", encoding="utf-8")
        make([corpus], tmp_path / "g")
        if i == 0:
            assert old.source_text("corpus/a.txt") == "东山区与西山区合作。投资12亿元。"
    assert not old.path.exists()
    assert sum(map(len, graph_lines(old))) == len(before)
    assert bool(
        old.query("ASK { ?a skos:prefLabel '西山区'@zh-Hans ; kgo:mentionedIn/kgo:text '东山区与西山区合作。' }")
    )
    assert lines(tmp_path / "g") != before


def test_a_first_build_that_fails_speaks_of_no_graph_before(corpus, tmp_path, make, monkeypatch):
    def full(*_args: object) -> None:
        raise OSError("IO error: No space left on device: While appending to file: g/1.sst: No space left on device")  # as RocksDB says it

    monkeypatch.setattr(NextGeneration, "_merge", full)
    with pytest.raises(KgError) as raised:
        make([corpus], tmp_path / "g")
    assert raised.value.message == "the new generation cannot be written: No space left on device" and raised.value.hint.startswith("no graph was made")
    with pytest.raises(KgError, match="holds no graph yet: its first build goes on, or was stopped"):
        open_graph(tmp_path / "g")


def test_what_a_stopped_build_has_found_need_not_be_found_again(corpus, tmp_path, make, monkeypatch):
    def stopped(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as changed:
        changed.setattr(NextGeneration, "finish", stopped)
        with pytest.raises(KeyboardInterrupt):
            make([corpus], tmp_path / "g")
    monkeypatch.setattr("kg.engines.worker.pack_row", stopped)  # what makes a row of new facts
    assert make([corpus], tmp_path / "g").documents == 5


@pytest.mark.parametrize("moment", ["begin", "remove", "load", "finish", "switch"])
def test_full_disk_leaves_the_live_graph(corpus, tmp_path, make, monkeypatch, moment):
    make([corpus], tmp_path / "g")
    before = lines(tmp_path / "g")
    (corpus / "a.txt").write_text("新山区。", encoding="utf-8")

    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    if moment == "begin":
        monkeypatch.setattr("pathlib.Path.mkdir", full)
    elif moment == "remove":
        monkeypatch.setattr(NextGeneration, "remove", full)
    elif moment == "load":
        monkeypatch.setattr(NextGeneration, "_load", full)
    elif moment == "finish":
        monkeypatch.setattr("kg.graph.generations.write_manifest", full)
    else:
        monkeypatch.setattr("kg.graph.generations.replace_file", full)
    with pytest.raises(KgError, match="No space left on device") as raised:
        make([corpus], tmp_path / "g")
    assert raised.value.hint == "the graph is as it was before"
    assert lines(tmp_path / "g") == before
    monkeypatch.undo()
    assert make([corpus], tmp_path / "g").built == ("corpus/a.txt",)
    make([corpus], tmp_path / "full")
    assert lines(tmp_path / "g") == lines(tmp_path / "full")
    assert len(list((tmp_path / "g" / "generations").iterdir())) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_folder_that_cannot_be_written(corpus, make):
    with pytest.raises(KgError, match="the graph folder cannot be written"):
        make([corpus], Path("/dev/full/graph"))


def test_a_graph_needs_a_name(corpus, make, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(KgError, match="the name given is empty"):
        make([corpus], "")
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


@pytest.mark.parametrize("given", ["corpus", "corpus/a.txt", "corpus/*.txt", "corpus/../corpus"])
def test_a_graph_among_the_texts_is_refused(corpus, make, tmp_path, monkeypatch, given):
    monkeypatch.chdir(tmp_path)
    before = sorted(corpus.rglob("*"))
    with pytest.raises(KgError) as caught:
        make([given], "corpus")
    assert str(caught.value) == f"corpus: holds what is to be read ({given}): the graph would lie among its texts (name another folder by -o)"
    assert sorted(corpus.rglob("*")) == before


def test_a_graph_below_the_texts_is_told(corpus, make):
    for _ in range(2):
        (note,) = make([corpus], corpus / "graph").notes
        assert note == f"the graph {corpus / 'graph'} lies in {corpus}, which is read: tables and pages exported there become texts of the next build"


def test_second_build_waits_or_refuses(corpus, tmp_path, make):
    told: list[str] = []
    with locked(tmp_path / "g"):
        with pytest.raises(KgError, match="another build is writing"):
            make([corpus], tmp_path / "g", wait=False)
        second = threading.Thread(target=make, args=([corpus], tmp_path / "g"), kwargs={"notice": told.append})
        second.start()
        while not told:
            time.sleep(0.01)
        assert live_generation(tmp_path / "g") is None
    second.join()
    assert live_generation(tmp_path / "g") == "000001"
    assert "waiting" in told[0]


KILLED = """
import os, sys, time
from kg.build import build
from kg.engines import update
from kg.ontology import Ontology
from tests.build.extraction import words
moment, count = sys.argv[3], [0]
def after(owner, name):
    real = getattr(owner, name)
    def run(*args, **more):
        result = real(*args, **more)
        print("now", flush=True)
        time.sleep(60)
        return result
    setattr(owner, name, run)
from kg.graph import generations
after({"take": update.Update, "load": generations.NextGeneration, "manifest": generations, "switch": generations}[moment],
      {"take": "take", "load": "_load", "manifest": "write_manifest", "switch": "replace_file"}[moment])
build([sys.argv[1]], sys.argv[2], ontology=Ontology.load(), extract=words, jobs=2)
"""


@pytest.mark.parametrize("moment", ["take", "load", "manifest", "switch"])
@pytest.mark.parametrize("first", [True, False])
def test_killed_build(corpus, tmp_path, make, moment, first):
    graph = tmp_path / "g"
    before = None
    if not first:
        make([corpus], graph)
        before = lines(graph)
        (corpus / "a.txt").write_text("新山区与东山区合作。", encoding="utf-8")
    home = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(home)}
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(corpus), str(graph), moment],
        stdout=subprocess.PIPE,
        env=environment,
        cwd=home,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"now\n"
    process.kill()
    process.wait()
    make([corpus], tmp_path / "full")
    whole = lines(tmp_path / "full")
    if moment == "switch":
        # By documents: the killed process read program and ontology anew, and either may just have been edited.
        assert [x for x in lines(graph) if DOCUMENT in x] == [x for x in whole if DOCUMENT in x]
    elif first:
        assert live_generation(graph) is None
    else:
        assert lines(graph) == before
    make([corpus], graph, wait=True)
    assert lines(graph) == whole
    left = {path.name for path in graph.iterdir()}
    assert left == {"CURRENT", "lock", "facts.sqlite", "generations"}
    assert all(path.name.isdigit() for path in (graph / "generations").iterdir())


def test_workers_end_with_their_parent(tmp_path):
    """A killed build must not leave processes behind that hold its lock."""
    code = """
import multiprocessing, time
from concurrent.futures import ProcessPoolExecutor
from kg.engines import chunks, local
local._worker = object()
pool = ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork"), initializer=local._start, initargs=(None,))
print(pool.submit(__import__("os").getpid).result(), flush=True)
time.sleep(60)
"""
    home = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(home)}
    )
    assert process.stdout is not None
    child = int(process.stdout.readline())
    os.kill(child, 0)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(child, 0)
            state = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            break
        if state == "Z":
            break
        time.sleep(0.02)
    else:
        pytest.fail("the worker outlived its parent")


def test_processes_are_not_forked_beside_threads():
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert local._context(None).get_start_method() == "spawn"
    finally:
        stop.set()
        thread.join()
    if sys.platform == "linux" and threading.active_count() == 1:
        assert local._context(None).get_start_method() == multiprocessing.get_context("fork").get_start_method()


def test_spawned_workers_give_the_same(corpus, tmp_path, make):
    make([corpus], tmp_path / "one")
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        make([corpus], tmp_path / "two", jobs=2)
    finally:
        stop.set()
        thread.join()
    assert lines(tmp_path / "one") == lines(tmp_path / "two")
