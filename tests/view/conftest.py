"""A real browser for the page, and pages to look at in it."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.view import write_page
from tests.view.made_graphs import GraphMaker, district

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WAIT = 30_000  # milliseconds; machines that run tests are busy


@dataclass
class Opened:
    """A page in the browser, and all that went wrong or out of it."""

    page: Page
    path: Path
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def shown(self) -> set[str]:
        """Names of the things in the picture."""
        return set(self.page.evaluate("KG.app.visible.things.map((thing) => thing.label)"))

    def reload(self, fragment: str) -> None:
        """Opens the file anew under another address, as somebody who was sent a link does."""
        self.page.goto("about:blank")
        self.page.goto(f"file://{self.path}#{fragment}")
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("html[data-ready]", timeout=WAIT)

    def search(self, text: str) -> None:
        """Types into the search box, waits for suggestions and takes the first."""
        box = self.page.locator("#search")
        box.fill(text)
        self.page.wait_for_selector("#suggestion-0")
        box.press("Enter")
        self.until("document.activeElement.id === 'panel'")

    def ways(self) -> dict[str, str]:
        """What the menu of downloads offers: key → label. The menu is open then."""
        self.page.evaluate("document.querySelector('.menu').open = false")
        self.until("!document.querySelector('[data-way]')")
        self.page.click(".menu summary")
        self.page.wait_for_selector("[data-way=csv]")
        return {button.get_attribute("data-way") or "": button.inner_text() for button in self.page.locator("[data-way]").all()}

    def table(self, way: str, folder: Path) -> list[dict[str, str]]:
        """The rows of a table that is downloaded."""
        self.ways()
        with self.page.expect_download() as download:
            self.page.click(f"[data-way={way}]")
        download.value.save_as(folder / "table.csv")
        return list(csv.DictReader(io.StringIO((folder / "table.csv").read_text(encoding="utf-8-sig"))))

    def until(self, expression: str) -> None:
        """Waits until an expression is true. (Playwright's own wait evaluates text in the page, which its policy forbids.)"""
        end = time.monotonic() + WAIT / 1000
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, f"never true: {expression}"
            self.page.wait_for_timeout(30)


Open = Callable[..., Opened]


@pytest.fixture(scope="session")
def district_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the small district, written once."""
    path = tmp_path_factory.mktemp("page") / "district.html"
    write_page(district().view, path)
    return path


@pytest.fixture
def open_page(browser: Browser, district_page: Path, tmp_path: Path) -> Iterator[Open]:
    """Writes a graph's page and opens it; fails afterwards if the page had an error or asked for anything."""
    opened: list[Opened] = []

    def open_(maker: GraphMaker | None = None, fragment: str = "lang=en", **options: Any) -> Opened:
        path = district_page
        if maker or options:
            path = tmp_path / f"page{len(opened)}.html"
            write_page((maker or district()).view, path, **options)
        page = browser.new_page(viewport={"width": 1360, "height": 820}, locale="en-GB", reduced_motion="reduce")
        page.set_default_timeout(WAIT)
        result = Opened(page, path)
        page.on("pageerror", lambda error: result.errors.append(str(error)))
        page.on("console", lambda message: result.errors.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: result.requests.append(request.url))
        page.goto(f"file://{path}#{fragment}")
        result.ready()
        opened.append(result)
        return result

    yield open_
    for result in opened:
        outside = [url for url in result.requests if not url.startswith(("file:", "blob:", "about:", "data:"))]
        result.page.close()
        assert result.errors == []
        assert outside == []
