"""Three hundred hostile names in the served pages, in a real browser: nothing runs, nothing leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest

from kg.model import Document, Facts
from tests.serve.conftest import Running, running
from tests.serve.made_graph import Draft, write_graph
from tests.view.hostile_labels import hostile_names

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

INNOCENT = "window.hit === undefined && !document.querySelector('#app img, #app iframe, object, embed, math, form[action*=evil], base')"
_KINDS = ("Area", "Body", "Project", "Policy", "Event", "Honor", "Person")
_EACH = 30  # names in one document


def _documents() -> list[tuple[Document, Facts]]:
    """Every name is a thing's, and in turn also a document's title and id, a sentence, a unit and an indicator."""
    names = hostile_names()
    pairs = []
    for first in range(0, len(names), _EACH):
        some = names[first : first + _EACH]
        draft = Draft(f"hostile/{some[0]}/{first}.txt", "".join(f"{name}位于中心区，投资12亿元。\n" for name in some), title=some[1])
        hub = draft.thing("Area", "中心区", key="中心区")
        for i, name in enumerate(some):
            thing = draft.thing(_KINDS[i % 7], name, key=name)
            draft.fact(thing, "locatedIn", hub, f"{name}位于中心区", value=name)
            draft.figure(thing, name, "level", "12", name, "2021", f"{name}位于中心区，投资12亿元", "12亿元")
        pairs.append(draft.pair())
    return pairs


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    graph = tmp_path_factory.mktemp("hostile")
    write_graph(graph, _documents())
    with running(graph) as server:
        yield server


@pytest.fixture
def page(browser: Browser, hostile: Running) -> Iterator[Page]:
    page = browser.new_page(locale="en-GB", reduced_motion="reduce")
    page.set_default_timeout(60_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: wrong.append(f"a dialog: {dialog.message}"))
    page.on("request", lambda request: None if request.url.startswith((hostile.url, "blob:", "data:", "about:")) else wrong.append(request.url))
    yield page
    page.close()
    assert wrong == []


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_in_three_hundred_hostile_names_runs_or_leaves(page: Page, hostile: Running) -> None:
    names = hostile_names()
    with httpx.Client(base_url=hostile.url, timeout=60) as client:
        listed = client.get("/api/documents", params={"limit": 100}).json()["documents"]
        things = client.get("/api/ranked", params={"limit": 500}).json()
    assert len(listed) == len(names) // _EACH and len(things) == len(names) + 1
    seen: set[str] = set()
    for path in ("/", "/documents", "/figures", "/questions", "/query", *(f"/documents/{one['id']}" for one in listed)):
        page.goto(hostile.url + path)
        page.wait_for_selector("html[data-ready]", state="attached")
        assert page.evaluate(INNOCENT), path
        if path.startswith("/documents/"):
            seen |= {name for name in names if name in page.evaluate("document.querySelector('.text').textContent")}
    assert len(seen) >= 280  # some cannot stand in a page as they are: line ends, NUL
    page.goto(hostile.url + "/")
    page.wait_for_selector("html[data-ready]", state="attached")
    for one in things[:25]:
        page.evaluate("(id) => { location.hash = 'focus=' + id; }", one["id"])
        page.wait_for_timeout(20)
        assert page.evaluate(INNOCENT), one
    for name in names[:45]:
        page.fill("#search", name)
        assert page.evaluate(INNOCENT), name
    for name in names[::20]:
        page.goto(f"{hostile.url}/documents?q={quote(name, safe='')}")
        page.wait_for_selector("html[data-ready]", state="attached")
        assert page.evaluate(INNOCENT), name


def test_answers_with_hostile_names_are_true_and_of_their_type(hostile: Running) -> None:
    names = set(hostile_names())
    with httpx.Client(base_url=hostile.url, timeout=60) as client:
        answer = client.get("/api/search", params={"q": "<script>"})
        assert answer.headers["content-type"].startswith("application/json") and "<script>" in answer.text
        query = "SELECT ?n { ?s rdfs:label ?n }"
        for accept in ("application/sparql-results+json", "text/csv", "application/sparql-results+xml"):
            found = client.post("/sparql", data={"query": query}, headers={"accept": accept})
            assert found.status_code == 200 and found.headers["content-type"].startswith(accept)
            assert found.headers["x-content-type-options"] == "nosniff"
        rows = client.post("/sparql", data={"query": query}, headers={"accept": "application/sparql-results+json"}).json()
        assert names <= {row["n"]["value"] for row in rows["results"]["bindings"]}
