"""What other sites, other machines, broken clients and hostile names can do: nothing."""

from __future__ import annotations

import re
import socket
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.errors import KgError
from kg.serve import connections
from kg.serve.guard import Access, host_name, is_loopback
from kg.serve.pages import PAGES
from kg.serve.server import LOOPBACK_NAMES, access
from tests.serve.conftest import Running, running
from tests.serve.made_graph import district, write_graph

ASK = "/sparql?query=ASK%7B%7D"
TOKEN = "correct-horse-battery"
EVERYWHERE = [*(re.sub(r"\{id.*?\}", "x", path) for path in PAGES), ASK, "/api/info", "/assets/site.js", "/nothing"]


def test_python_files_where_the_server_is_started_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_graph(tmp_path / "graph", district())
    (tmp_path / "kg").mkdir()
    for name in ("random.py", "queue.py", "kg/__init__.py"):
        (tmp_path / name).write_text("raise SystemExit('a file of the folder ran')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with running(tmp_path / "graph") as server:
        assert httpx.get(server.url + ASK, timeout=30).json()["boolean"] is True


@pytest.mark.parametrize("path", EVERYWHERE)
def test_headers_stand_on_every_answer(server: Running, path: str) -> None:
    headers = httpx.get(server.url + path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_nothing_inline(server: Running, path: str) -> None:
    page = httpx.get(server.url + re.sub(r"\{id.*?\}", "x", path)).text
    assert (
        "<script>" not in page
        and "<style" not in page
        and " style=" not in page
        and " on" not in page.replace(" on ", "")
    )


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost@evil", "", "127.0.0.1/x", "[::1"]
)
def test_wrong_hosts_are_refused(server: Running, host: str) -> None:
    for path in ("/", ASK, "/api/info"):
        assert httpx.get(server.url + path, headers={"host": host}).status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:9999", "[::1]:8000"])
def test_own_names_are_served_whatever_the_port(server: Running, host: str) -> None:
    assert httpx.get(server.url + ASK, headers={"host": host}).status_code == 200


def test_two_host_headers_are_refused(server: Running) -> None:
    answer = _raw(server, b"GET /api/info HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n")
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 421"))


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
    ],
)
@pytest.mark.parametrize("path", [ASK, "/api/info"])
def test_other_sites_may_not_ask(server: Running, path: str, headers: dict[str, str]) -> None:
    answer = httpx.get(server.url + path, headers=headers)
    assert answer.status_code == 403 and "other sites" in answer.text
    assert "access-control-allow-origin" not in answer.headers


def test_links_from_elsewhere_open_pages(server: Running) -> None:
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert httpx.get(server.url + "/", headers=followed).status_code == 200
    assert (
        httpx.get(server.url + "/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}).status_code
        == 403
    )


def test_own_pages_may_ask(server: Running) -> None:
    headers = {"origin": server.url, "sec-fetch-site": "same-origin"}
    assert httpx.post(server.url + "/sparql", data={"query": "ASK {}"}, headers=headers).status_code == 200


def test_an_origin_that_is_let_in(district_graph: Path) -> None:
    who = access("127.0.0.1", "", ["https://friend.example"], [])
    with running(district_graph, access=who) as server:
        friend = {"origin": "https://friend.example", "sec-fetch-site": "cross-site"}
        answer = httpx.get(server.url + ASK, headers=friend)
        assert answer.status_code == 200 and answer.headers["access-control-allow-origin"] == "https://friend.example"
        before = httpx.options(server.url + "/sparql", headers={**friend, "access-control-request-method": "POST",
                                                               "access-control-request-headers": "content-type, x-evil"})  # fmt: skip
        assert before.status_code == 204
        assert (before.headers["access-control-allow-headers"], before.headers["vary"]) == ("content-type", "Origin")
        assert httpx.get(server.url + ASK, headers={"origin": "https://other.example"}).status_code == 403
        answer = httpx.get(server.url + "/id/area-330114", headers={**friend, "accept": "text/turtle"})
        assert answer.status_code == 200 and answer.headers["access-control-allow-origin"] == "https://friend.example"
        assert httpx.get(server.url + "/id/area-330114", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).status_code == 200  # a link


def test_listening_elsewhere_needs_a_token() -> None:
    with pytest.raises(KgError, match="needs a token"):
        access("0.0.0.0", "", [], [])
    with pytest.raises(KgError, match="too short"):
        access("192.168.1.5", "secret", [], [])
    assert access("0.0.0.0", TOKEN, [], ["kg.example"]).hosts >= {"kg.example", "localhost"}
    assert access("127.0.0.1", "", [], []).token == ""


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.1", False),
        ("example.org", False),
    ],
)
def test_loopback(host: str, own: bool) -> None:
    assert is_loopback(host) is own


@pytest.mark.parametrize("origin", ["example.org", "https://example.org/", "ftp://example.org", "https://a/b"])
def test_an_origin_must_be_one(origin: str) -> None:
    with pytest.raises(KgError, match="no origin"):
        access("127.0.0.1", "", [origin], [])


def test_token(district_graph: Path) -> None:
    who = Access(frozenset(LOOPBACK_NAMES), token=TOKEN)
    with running(district_graph, access=who) as server, httpx.Client(base_url=server.url) as client:
        for path in ("/", "/api/info", ASK, "/assets/site.js"):
            refused = client.get(path)
            assert refused.status_code == 401 and TOKEN not in refused.text
            assert client.get(path, headers={"authorization": "Bearer wrong"}).status_code == 401
            assert client.get(path, headers={"cookie": "kg-session=" + TOKEN}).status_code == 401
        assert client.get("/?token=wrong").status_code == 401
        assert client.get(ASK, headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert client.get(f"{ASK}&token={TOKEN}").status_code == 200
        entered = client.get(f"/documents?q=a&token={TOKEN}")
        assert (entered.status_code, entered.headers["location"]) == (303, "/documents?q=a")
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie and TOKEN not in cookie
        assert client.get("/api/info").status_code == 200  # by the cookie


@pytest.mark.parametrize(
    "path",
    ["/assets/../app.py", "/assets/..%2f..%2fapp.py", "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets//etc/passwd", "/..%2f..%2fetc/passwd",
     "/documents/..%2f..%2fx/../..", "/api/documents/..%2F..%2Ffacts.sqlite", "/assets/site.js%00.css", "/api/things/%00", "/assets/words.json/"],
)  # fmt: skip
def test_no_path_leads_out(server: Running, path: str) -> None:
    answer = _raw(server, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    status = int(answer.split(b" ")[1])
    assert status in (400, 404) or b'<div id="app">' in answer, answer[:300]
    assert b"root:" not in answer and b"import " not in answer and b"SQLite" not in answer


def test_requests_that_are_too_large(server: Running) -> None:
    big = b"x" * 1_100_000
    for path, media in (
        ("/sparql", "application/sparql-query"),
        ("/sparql", "application/x-www-form-urlencoded"),
        ("/api/part", "application/json"),
    ):
        answer = httpx.post(server.url + path, content=big, headers={"content-type": media})
        assert answer.status_code == 413 and "larger than" in answer.text

    def chunks() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * 65536

    assert (
        httpx.post(
            server.url + "/sparql", content=chunks(), headers={"content-type": "application/sparql-query"}
        ).status_code
        == 413
    )
    long = b"GET /sparql?query=" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    assert _raw(server, long).startswith(b"HTTP/1.1 4")
    assert httpx.get(server.url + "/api/info", headers={"x": "y" * 100_000}).status_code in (400, 431)


@pytest.mark.parametrize(
    "request_",
    [b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/9.9\r\n\r\n", b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n",
     b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n", b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
     b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n bad header\r\n\r\n", b"\x00" * 1000],
)  # fmt: skip
def test_malformed_requests(server: Running, request_: bytes) -> None:
    answer = _raw(server, request_)
    assert answer == b"" or answer.split(b" ")[1].startswith(b"4"), answer[:200]
    assert b"Traceback" not in answer and b"File " not in answer
    assert httpx.get(server.url + ASK).status_code == 200


def test_slow_clients_are_let_go(district_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr("kg.serve.protocol._BODY_SECONDS", 0.5)
    with running(district_graph) as server:
        for sent in (b"", b"GET / HTTP/1.1\r\nHost: 127", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET / HT"):
            start = time.monotonic()
            _raw(server, sent, patience=20)
            assert time.monotonic() - start < 15, sent
        body = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK"
        assert _raw(server, body, patience=20).startswith(b"HTTP/1.1 408")


def test_faults_tell_nothing_of_the_inside(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr("kg.serve.index.Index.search", broken)
    told: list[str] = []

    class Log:
        """Whoever configured logging earlier in this process may have silenced the server's own."""

        def exception(self, *_: object) -> None:
            told.append(traceback.format_exc())

    monkeypatch.setattr("kg.serve.guard.log", Log())
    answer = httpx.get(server.url + "/api/search?q=x")
    assert answer.status_code == 500
    assert "secret" not in answer.text and "Traceback" not in answer.text
    deadline = time.monotonic() + 20
    while not told and time.monotonic() < deadline:
        time.sleep(0.05)  # the framework answers before it hands the fault on
    assert "secret of the inside" in told[0]


def test_host_names() -> None:
    assert [host_name(h) for h in ("a.b:80", "A.", "[::1]", "[::1]:8", "a:b", "a b", "", ":80", "a/b")] == [
        "a.b",
        "a",
        "::1",
        "::1",
        "",
        "",
        "",
        "",
        "",
    ]


def _raw(server: Running, request_: bytes, patience: float = 10) -> bytes:
    """What comes back for bytes, until the server closes or has answered."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=patience) as connection:
        connection.sendall(request_)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except (TimeoutError, ConnectionError):
            pass
        return answer
