"""Makes the pictures of docs/explorer.md from the sample corpus: `python docs/pictures/make.py` (needs Chromium)."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import kg
from kg.view import write_page

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / "corpus"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
# name → (width, height, colours, address)
PICTURES = {
    "explorer-start": (1360, 820, "light", "lang=en"),
    "explorer-thing": (1360, 820, "light", "lang=zh-Hans&only=area-330114&focus=area-330114"),
    "explorer-dark": (1360, 820, "dark", "lang=zh-Hant&only=area-330100&focus=area-330100"),
    "explorer-facts": (1360, 620, "light", "lang=en&view=facts"),
    "explorer-narrow": (390, 800, "light", "lang=zh-Hans&focus=area-330114"),
}


def main() -> int:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        print("no Chromium on this machine: no pictures made", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder, "graph.html")
        write_page(kg.build(CORPUS, Path(folder, "graph")).view, page_file)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, (width, height, colours, address) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
            page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
            page.goto(f"file://{page_file}#{address}")
            page.wait_for_selector("html[data-ready]")
            page.wait_for_timeout(800)  # until the last drawing
            page.screenshot(path=str(HERE / f"{name}.png"))
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
