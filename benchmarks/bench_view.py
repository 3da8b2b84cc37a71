"""How long a page takes to write, to open and to answer: `python benchmarks/bench_view.py [--things N --links M]`.

Left out: starting Python and building the graph. "Interactive" runs from the browser's start of navigation until the
search box has answered a query and the panel shows the sentence of what was found. Prints JSON; medians of `--runs`.
On a machine that others use too elapsed times say little; `write_cpu_s` is processor time.
Beside it the plain page that pyvis writes of the same things and links, names and relations only, is written once.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pyoxigraph import RdfFormat

from tests.conftest import FLAGS, NAMES
from tests.view.made_graphs import large

LIMITS = {"write_s": 5.0, "interactive_s": 5.0, "megabytes": 12.0}
WRITE = """
import sys, time; sys.path.insert(0, {root!r})
from pathlib import Path; from pyoxigraph import RdfFormat, Store
from kg.graph.store import GraphView
store = Store(); store.bulk_load(Path({quads!r}).read_bytes(), format=RdfFormat.N_QUADS)
begin, cpu = time.perf_counter(), time.process_time()
from kg.view import write_page
write_page(GraphView(Path(), "1", store), {page!r}, limit=1_000_000)
print(time.perf_counter() - begin, time.process_time() - cpu)
"""
PLAIN = """
import sys, time; sys.path.insert(0, {root!r})
from pathlib import Path; from pyoxigraph import RdfFormat, Store
from kg.view.links import read_links
store = Store(); store.bulk_load(Path({quads!r}).read_bytes(), format=RdfFormat.N_QUADS)
links = read_links(store)
begin, cpu = time.perf_counter(), time.process_time()
from pyvis.network import Network
network = Network(directed=True, cdn_resources="in_line")
for i, (name, kind) in enumerate(zip(links.keys, links.types)): network.add_node(i, label=name, title=kind, group=kind)
for one, other, predicate in zip(links.sources, links.targets, links.predicates):
    if other >= 0: network.add_edge(one, other, title=predicate)
Path({page!r}).write_text(network.generate_html(), encoding="utf-8")
print(time.perf_counter() - begin, time.process_time() - cpu)
"""


def written(quads: Path, page: Path, how: str = WRITE) -> dict[str, float]:
    """Seconds, and seconds of processor time, to write the page in a fresh process, with the import of all that it needs."""
    program = how.format(root=str(Path(__file__).parents[1]), quads=str(quads), page=str(page))
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.split()
    return {"write_s": float(told[0]), "write_cpu_s": float(told[1])}


def opened(page_file: Path, chromium: str) -> dict[str, float]:
    """Seconds until the page is ready, search has answered, the panel shows a sentence; then one of each when warm."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1360, "height": 820})
        begin = time.perf_counter()
        page.goto(f"file://{page_file}#lang=en")
        page.wait_for_selector("html[data-ready]")
        ready = time.perf_counter() - begin
        page.locator("#search").fill("xq")
        page.wait_for_selector("#suggestion-0")
        page.keyboard.press("Enter")
        page.wait_for_selector("#panel mark")
        interactive = time.perf_counter() - begin
        warm = page.evaluate(
            """async () => { const time = async (act) => { const begin = performance.now(); await act(); return (performance.now() - begin) / 1000; };
            return { search_s: await time(() => KG.app.source.search("城", 12)), panel_s: await time(() => KG.app.go(KG.app.visible.things[5].id)),
              all_shown_s: await time(() => KG.app.change((state) => { Object.assign(state, { base: { kind: "all", n: 1e6 }, extra: [], open: new Map() }); })) }; }"""
        )
        browser.close()
    return {"ready_s": ready, "interactive_s": interactive, **warm}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--things", type=int, default=5000)
    parser.add_argument("--links", type=int, default=15000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--check", action="store_true", help="exit 1 if a promise is not kept")
    options = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    with tempfile.TemporaryDirectory() as folder:
        quads, page = Path(folder, "graph.nq"), Path(folder, "page.html")
        large(options.things, options.links).store.dump(quads, RdfFormat.N_QUADS)
        runs = [{**written(quads, page), **(opened(page, chromium) if chromium else {})} for _ in range(options.runs)]
        megabytes = page.stat().st_size / 1e6
        plain = Path(folder, "plain.html")
        by_pyvis = {**written(quads, plain, PLAIN), "megabytes": plain.stat().st_size / 1e6}
    figures = {name: round(statistics.median(run[name] for run in runs), 3) for name in runs[0]} | {
        "megabytes": round(megabytes, 2)
    }
    result = {
        "things": options.things, "links": options.links, "runs": options.runs, "figures": figures,
        "spread": {name: [round(min(r[name] for r in runs), 3), round(max(r[name] for r in runs), 3)] for name in runs[0]},
        "plain_pyvis": {name: round(value, 2) for name, value in by_pyvis.items()}, "limits": LIMITS, "browser": chromium or "LEFT OUT: no Chromium on this machine",
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}",
        "load": os.getloadavg()[0], "pyvis": version("pyvis"), "pyoxigraph": version("pyoxigraph"),
    }  # fmt: skip
    print(json.dumps(result, indent=2))
    broken = [name for name, limit in LIMITS.items() if figures.get(name, 0) > limit]
    if broken and options.check:
        print(f"over the limit: {', '.join(broken)}", file=sys.stderr)
    return int(bool(broken) and options.check)


if __name__ == "__main__":
    sys.exit(main())
