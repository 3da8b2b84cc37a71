"""Names, sentences, titles and files from hostile documents are data everywhere: nothing runs, nothing leaves."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from tests.view.conftest import Open, Opened
from tests.view.hostile_labels import PLAIN_ADDRESS, hostile_graph, hostile_names

INNOCENT = "window.hit === undefined && !document.querySelector('img, iframe, object, embed, math, form, base')"


def saved(opened: Opened, way: str, target: Path) -> bytes:
    opened.page.click("summary:has-text('Download')")
    with opened.page.expect_download() as download:
        opened.page.click(f"[data-way={way}]")
    download.value.save_as(target)
    return target.read_bytes()


def test_there_are_three_hundred_different_names() -> None:
    assert len(set(hostile_names())) == 300


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_in_three_hundred_hostile_names_runs_or_leaves(open_page: Open) -> None:
    opened = open_page(hostile_graph(), title=hostile_names()[0])
    dialogs: list[str] = []
    opened.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    opened.page.evaluate(
        "addEventListener('securitypolicyviolation', (event) => { window.hit = event.violatedDirective; })"
    )
    opened.page.evaluate("KG.app.change((state) => { state.base = { kind: 'all', n: 400 }; })")
    assert opened.page.evaluate("KG.app.visible.things.length") == 301
    wrong = opened.page.evaluate(
        """async () => { const wrong = [];
        for (const { id, label } of KG.app.visible.things) {
          await KG.app.select(id);
          if (document.querySelector("#panel h2").textContent !== label) wrong.push(label);
          if (!document.querySelector("#panel mark")) wrong.push("no quote: " + label);
        } return wrong; }"""
    )
    assert wrong == []
    opened.page.evaluate("KG.app.select(null)")  # else the table lists the facts of the last one alone
    for view in ("facts", "things"):
        opened.page.click(f"#tab-{view}")
        while opened.page.locator("#tables .more").is_visible():
            opened.page.click("#tables .more")
        assert opened.page.locator("#tables tbody tr").count() >= 301
    for name in hostile_names()[:90]:
        opened.page.fill("#search", name)
        opened.page.evaluate("document.querySelector('#search').dispatchEvent(new Event('input'))")
    for language in ("zh-Hans", "zh-Hant", "en"):
        opened.page.select_option("#language", language)
    assert opened.page.evaluate(INNOCENT)
    assert dialogs == []


@pytest.mark.browser
def test_only_plain_web_addresses_become_links(open_page: Open) -> None:
    opened = open_page(hostile_graph())
    addresses = opened.page.evaluate(
        """async () => { const found = [];
        for (const { id } of KG.app.visible.things) {
          await KG.app.select(id);
          found.push(...[...document.querySelectorAll("#panel a")].map((link) => link.getAttribute("href")));
        } return found; }"""
    )
    assert set(addresses) == {PLAIN_ADDRESS}


@pytest.mark.browser
def test_a_hostile_address_is_only_text(open_page: Open) -> None:
    opened = open_page()
    for fragment in ("focus=<img src=x onerror=window.hit=1>", "hide=<script>window.hit=1</script>&view=javascript:1",
                     "open=__proto__,constructor~9&add=__proto__&only=toString", "all=1e9&min=NaN&since=<b>&lang=__proto__"):  # fmt: skip
        opened.reload(fragment)
        assert opened.page.evaluate(INNOCENT)


@pytest.mark.browser
def test_downloads_of_hostile_names_are_harmless_and_true(open_page: Open, tmp_path: Path) -> None:
    opened = open_page(hostile_graph())
    opened.page.evaluate("KG.app.change((state) => { state.base = { kind: 'all', n: 400 }; })")
    rows = list(csv.reader(io.StringIO(saved(opened, "csv", tmp_path / "a.csv").decode("utf-8-sig"), newline="")))
    assert len(rows) > 600
    assert {len(row) for row in rows} == {18}
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.lstrip("\t\r\n \0\ufeff")[:1] in tuple("=+-@＝＋－＠")]
    assert sum(cell.startswith("'=cmd") for cell in cells) >= 4

    names = {q.object.value for q in hostile_graph().store if q.predicate.value.endswith("#label")}
    told = Store()
    told.load(saved(opened, "ttl", tmp_path / "a.ttl"), format=RdfFormat.TURTLE)
    assert {q.object.value for q in told if q.predicate.value.endswith("#label")} == names

    saved(opened, "svg", tmp_path / "a.svg")
    opened.page.goto(f"file://{tmp_path}/a.svg")
    assert opened.page.evaluate(
        "window.hit === undefined && !document.querySelector('script, foreignObject, image, a')"
    )
    assert opened.page.evaluate("document.querySelectorAll('title').length") == 301
