"""Queries that never end, never fit or never stop: each is stopped alone, and nobody is called."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil  # type: ignore[import-untyped]
import pytest

from kg.serve.pool import Limits
from tests.serve.conftest import Running, running

_DIGITS = " ".join(map(str, range(10)))
_VALUES = " ".join(f"VALUES ?v{i} {{ {_DIGITS} }}" for i in range(12))
RUNAWAYS = {
    "cross product of values": f"SELECT (COUNT(*) AS ?n) {{ {_VALUES} }}",
    "cross product of triples": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<x:x>|^!<x:x>)* ?b . ?c (!<x:x>|^!<x:x>)* ?d . ?e (!<x:x>|^!<x:x>)* ?f }",
    "regular expression": f"ASK {{ {_VALUES} FILTER(REGEX(CONCAT(STR(?v0), STR(?v11)), '^(a+)+$')) }}",
    "construct": f"CONSTRUCT {{ ?v0 <x:p> ?v1 }} WHERE {{ {_VALUES} FILTER({' + '.join(f'?v{i}' for i in range(12))} < 0) }}",
}
GLUTTONS = {
    "sort of everything": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?l",
    "distinct of everything": f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {_VALUES} }}",
    "long string": "SELECT (STRLEN(?h) AS ?n) { BIND('aaaaaaaaaaaaaaaa' AS ?a) "
    + " ".join(f"BIND(CONCAT({', '.join(['?' + chr(96 + i)] * 64)}) AS ?{chr(97 + i)})" for i in range(1, 8)) + " }",
}  # fmt: skip
QUICK = "SELECT DISTINCT ?s { ?s a kgo:Area }"


@pytest.fixture(scope="module")
def strict(district_graph: Path) -> Iterator[Running]:
    with running(district_graph, limits=Limits(seconds=1.5, rows=50, megabytes=100)) as started:
        yield started


def _ask(server: Running, query: str) -> httpx.Response:
    return httpx.post(server.url + "/sparql", data={"query": query}, timeout=60)


@pytest.mark.parametrize("query", RUNAWAYS.values(), ids=RUNAWAYS)
def test_time(strict: Running, query: str) -> None:
    start = time.monotonic()
    answer = _ask(strict, query)
    assert (answer.status_code, answer.text) == (503, "the query was stopped after 1.5 seconds\n")
    assert time.monotonic() - start < 15


@pytest.mark.parametrize("query", GLUTTONS.values(), ids=GLUTTONS)
def test_memory(district_graph: Path, query: str) -> None:
    # Time enough for memory to be what runs out first, also on a busy machine.
    with running(district_graph, limits=Limits(seconds=60, megabytes=100)) as server:
        answer = _ask(server, query)
        assert (answer.status_code, answer.text) == (
            503,
            "the query was stopped: it needs more than 100 MB of memory\n",
        )
        assert _ask(server, QUICK).status_code == 200


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_rows(strict: Running, query: str) -> None:
    answer = _ask(strict, query)
    assert answer.status_code == 422 and "more than 50 rows" in answer.text
    assert _ask(strict, query + " LIMIT 50").status_code == 200


def test_others_are_unharmed(district_graph: Path) -> None:
    statuses: list[int] = []
    with running(district_graph, limits=Limits(seconds=6)) as server:
        query = RUNAWAYS["cross product of triples"]
        runaways = [threading.Thread(target=lambda: statuses.append(_ask(server, query).status_code)) for _ in range(6)]
        for thread in runaways:
            thread.start()
        waits = []
        while any(thread.is_alive() for thread in runaways):
            start = time.monotonic()
            assert _ask(server, QUICK).status_code == 200
            waits.append(time.monotonic() - start)
    assert statuses == [503] * 6
    assert sorted(waits)[len(waits) // 2] < 1


@pytest.fixture
def patient(district_graph: Path) -> Iterator[Running]:
    """A server whose queries have time enough for a worker to start on a busy machine."""
    with running(district_graph, limits=Limits(seconds=60)) as started:
        yield started


def test_workers_that_are_killed_while_idle_cost_no_query(patient: Running) -> None:
    _ask(patient, QUICK)
    _kill_workers()
    assert [_ask(patient, QUICK).status_code for _ in range(6)] == [200] * 6


def test_a_worker_that_is_killed_at_work_costs_its_query_only(patient: Running) -> None:
    statuses: list[int] = []
    working = threading.Thread(target=lambda: statuses.append(_ask(patient, RUNAWAYS["path"]).status_code))
    before = {worker.pid: worker.cpu_times().user for worker in _workers()}
    working.start()
    _until(lambda: any(worker.cpu_times().user > before.get(worker.pid, 0.0) + 0.2 for worker in _workers()))
    _kill_workers()
    working.join()
    assert statuses == [500]
    assert [_ask(patient, QUICK).status_code for _ in range(6)] == [200] * 6


def _until(holds: Callable[[], bool]) -> None:
    """Waits for what must come; how long it takes is the machine's affair."""
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _kill_workers() -> None:
    workers = _workers()
    assert workers
    for worker in workers:
        worker.kill()
    time.sleep(0.5)


def _workers() -> list[psutil.Process]:
    children = psutil.Process(os.getpid()).children()
    return [child for child in children if "kg.serve.worker" in " ".join(child.cmdline())]


def test_no_worker_outlives_its_server(district_graph: Path) -> None:
    before = {worker.pid for worker in _workers()}
    with running(district_graph, limits=Limits(seconds=30)) as server:
        threading.Thread(target=lambda: _swallow(server), daemon=True).start()
        _until(lambda: bool({worker.pid for worker in _workers()} - before))
    _until(lambda: not {worker.pid for worker in _workers()} - before)


def _swallow(server: Running) -> None:
    try:
        _ask(server, RUNAWAYS["path"])
    except httpx.HTTPError:
        pass


def test_a_query_ends_when_nobody_waits_for_it(district_graph: Path) -> None:
    others = {worker.pid for worker in _workers()}  # of servers of other tests, which do what they do
    with running(district_graph, limits=Limits(seconds=300)) as server:
        own = [worker for worker in _workers() if worker.pid not in others]
        assert own
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(server.url + "/sparql", data={"query": RUNAWAYS["cross product of values"]}, timeout=2)
        _until(lambda: not all(_lives(worker) for worker in own))  # a query that was given up is run by none


def _lives(worker: psutil.Process) -> bool:
    try:
        return bool(worker.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_nobody_is_called(strict: Running) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        listener.settimeout(0.5)
        there = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        data = "{ ?s ?p ?o }"
        for query in (
            f"SELECT * {{ SERVICE <{there}> {data} }}",
            f"SELECT * {{ SERVICE SILENT <{there}> {data} }}",
            f"SELECT * {{ ?x ?y trueSERVICE <{there}> {data} }}",
            f"SELECT * {{ ?x ?y ?z FILTER(?x!=1||?x<?y#>'''\n)SERVICE <{there}> {data} }}#'''",
            f"SELECT * FROM <{there}> FROM NAMED <{there}> {{ ?s ?p ?o GRAPH ?g {data} }}",
            f"DESCRIBE <{there}>",
            f"LOAD <{there}>",
        ):
            _ask(strict, query)
        httpx.get(strict.url + "/sparql", params={"query": "ASK {}", "default-graph-uri": there})
        httpx.post(strict.url + "/sparql", data={"update": f"LOAD <{there}>"})
        with pytest.raises(TimeoutError):
            listener.accept()
