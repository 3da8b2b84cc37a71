"""A server goes on while its graph is rebuilt under it, and then answers from the new one."""

from __future__ import annotations

import shutil
import threading
import time
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from kg.errors import KgError
from kg.graph.generations import clear_leftovers
from kg.serve.index_schema import NAME
from kg.serve.library import Library
from kg.serve.pool import Limits
from tests.serve.conftest import Running, running
from tests.serve.made_graph import Draft, district, write_graph

TITLES = "SELECT ?t { ?d a kgo:Document ; dcterms:title ?t } ORDER BY ?t"


def _titles(server: Running) -> list[str]:
    answer = httpx.get(server.url + "/sparql", params={"query": TITLES}, timeout=30)
    assert answer.status_code == 200, answer.text
    return [row["t"]["value"] for row in answer.json()["results"]["bindings"]]


def _write_and_remove(folder: Path, stopped: threading.Event) -> None:
    """Files come and go in the folder, as they do while an index is made, until there is none."""
    while not stopped.is_set():
        try:
            for n in range(20):
                (folder / f"{n}.part").touch()
            for n in range(20):
                (folder / f"{n}.part").unlink()
        except FileNotFoundError:
            return


def _third() -> Draft:
    draft = Draft("plan/c.txt", "余杭区举办世界互联网大会。", title="新的简报")
    area, event = draft.thing("Area", "余杭区", code="330110"), draft.thing("Event", "世界互联网大会")
    draft.fact(area, "convenes", event, "余杭区举办世界互联网大会")
    return draft


def test_a_rebuild_is_followed_without_a_failed_request(tmp_path: Path) -> None:
    write_graph(tmp_path, district())
    faults: list[str] = []
    asked = 0
    done = threading.Event()

    def ask(server: Running) -> None:
        nonlocal asked
        with httpx.Client(base_url=server.url, timeout=30) as client:
            while not done.is_set():
                for path in (
                    "/sparql?query=" + "SELECT+*+%7B+%3Fs+a+kgo%3AArea+%7D",
                    "/api/search?q=qtq",
                    "/api/things/area-330114",
                ):
                    answer = client.get(path)
                    asked += 1
                    if answer.status_code != 200:
                        faults.append(f"{path} {answer.status_code} {answer.text}")

    with running(tmp_path, limits=Limits(seconds=60)) as server:
        askers = [threading.Thread(target=ask, args=(server,)) for _ in range(3)]
        for thread in askers:
            thread.start()
        names = [write_graph(tmp_path, [*district()[: 1 + n % 2], _third().pair()]) for n in range(3)]
        # As each build does before it starts: the live generation and the one before stay.
        assert clear_leftovers(tmp_path) == ["000001", names[0]]
        assert "新的简报" in _titles(server)
        deadline = time.monotonic() + 60
        while httpx.get(server.url + "/api/info").json()["generation"] != names[-1]:
            assert time.monotonic() < deadline, "the index of the new generation was not taken up"
            time.sleep(0.2)
        found = httpx.get(server.url + "/api/search?q=yhq").json()["results"]
        assert [one["thing"]["label"] for one in found] == ["余杭区"]
        done.set()
        for thread in askers:
            thread.join(30)
    assert faults == [] and asked > 30


def test_a_generation_is_cleared_away_while_a_server_makes_its_index(tmp_path: Path) -> None:
    kept = [write_graph(tmp_path, district()) for _ in range(2)]
    for _ in range(40):
        gone = tmp_path / "generations" / "000000"
        gone.mkdir()
        stopped = threading.Event()
        writer = threading.Thread(target=_write_and_remove, args=(gone, stopped))
        writer.start()
        try:
            time.sleep(0.002)
            assert clear_leftovers(tmp_path) == ["000000"]
        finally:
            stopped.set()
            writer.join(30)
    assert sorted(path.name for path in (tmp_path / "generations").iterdir()) == kept


def test_a_document_of_a_generation_that_is_gone_says_so(tmp_path: Path) -> None:
    write_graph(tmp_path, district())
    with running(tmp_path) as server:
        document = httpx.get(server.url + "/api/documents").json()["documents"][0]
        (tmp_path / "facts.sqlite").unlink()
        answer = httpx.get(f"{server.url}/api/documents/{document['id']}")
        assert answer.status_code == 410 and "build the graph again" in answer.text


def test_an_index_is_made_once_and_a_damaged_one_again(tmp_path: Path) -> None:
    name = write_graph(tmp_path, district())
    index = tmp_path / "generations" / name / NAME
    Library(tmp_path).open()
    first = index.stat().st_mtime_ns
    Library(tmp_path).open()
    assert index.stat().st_mtime_ns == first
    index.write_bytes(b"SQLite format 3\0 and then nothing of the kind")
    Library(tmp_path).open()
    assert index.stat().st_mtime_ns != first


def test_the_same_graph_gives_the_same_index(tmp_path: Path) -> None:
    contents = []
    for order in (1, -1):
        folder = tmp_path / str(order)
        name = write_graph(folder, district()[::order])
        library = Library(folder)
        library.open()
        edition = library._edition
        assert edition is not None
        tables = ("thing", "fact", "link", "figure", "indicator", "document", "sentence")
        contents.append([edition.index.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables])
        assert (folder / "generations" / name / NAME).is_file()
    assert contents[0] == contents[1]


def test_a_folder_that_is_no_graph(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="is no graph"):
        Library(tmp_path).open()


def test_a_broken_store_is_told(tmp_path: Path) -> None:
    name = write_graph(tmp_path, district())
    shutil.rmtree(tmp_path / "generations" / name / "store")
    with pytest.raises(KgError, match="index for searching cannot be made"):
        Library(tmp_path).open()


def test_a_new_generation_without_an_index_leaves_the_old_one(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_graph(tmp_path, district())
    with running(tmp_path) as server:
        (tmp_path / "generations" / "000009").mkdir()
        (tmp_path / "CURRENT").write_text("000009\n")
        deadline = time.monotonic() + 30
        while "cannot be made" not in caplog.text:
            assert httpx.get(server.url + "/api/search?q=qtq").status_code == 200
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert httpx.get(server.url + "/api/search?q=qtq").status_code == 200
        answer = httpx.get(server.url + "/sparql?query=ASK%7B%7D")
        assert answer.status_code == 503 and "being replaced" in answer.text


def test_dates_of_documents_may_be_missing(tmp_path: Path) -> None:
    pairs = [(replace(document, date=None), replace(facts, date=None)) for document, facts in district()]
    write_graph(tmp_path, pairs)
    with running(tmp_path) as server:
        assert httpx.get(server.url + "/api/documents").json()["total"] == 2


def test_an_empty_graph_is_served(tmp_path: Path) -> None:
    write_graph(tmp_path, [])
    with running(tmp_path) as server:
        assert httpx.get(server.url + "/api/info").json()["totals"]["things"] == 0
        assert httpx.get(server.url + "/api/start").json() == []
        assert httpx.get(server.url + "/api/figures").json()["figures"] == []
        assert httpx.post(server.url + "/api/part", json={"ids": []}).json() == {"things": [], "links": []}
