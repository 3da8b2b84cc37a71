"""Time of every kind of request on a large graph: python benchmarks/bench_serve.py [--facts 1000000] [--graph FOLDER]

One client asks one request after the other, as a person at the explorer does; names, things and documents are drawn by a
fixed seed, hubs among them. Printed as JSON: median, 95th percentile and longest, in milliseconds, by kind, and the 95th
percentile of the processor time that the server spent on a request (Linux), which tells what a machine without other
work would take; what the graph holds; how long the start took, with the index if there was none. Making the graph is not
counted; with --graph it is taken from there (and made there if it is missing). The exit code is 1 if a 95th percentile is
over 200 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[1]
WANTED = 200.0  # milliseconds
_REPEATS = 60


def kinds(client: httpx.Client, chance: random.Random) -> dict[str, list[tuple[str, str, Any]]]:
    """Kind → requests as (method, path, parameters or body)."""
    ranked = [one["id"] for one in client.get("/api/ranked", params={"limit": 5000}).json()]
    start = [one["id"] for one in client.get("/api/start").json()]
    documents = [one["id"] for one in client.get("/api/documents", params={"limit": 500}).json()["documents"]]
    labels = [client.get(f"/api/things/{thing}").json()["thing"]["label"] for thing in chance.sample(ranked, 30)]
    indicators = [one["name"] for one in client.get("/api/indicators").json()["indicators"]]
    # Half of the things asked for are among the hundred most central ones, which have the most facts.
    things = [*ranked[:30], *chance.sample(ranked, 30)]
    words = [
        *labels,
        *(label[:2] for label in labels),
        *(label[-1] for label in labels),
        "区",
        "工程",
        "xq",
        "a",
        "dongxi",
        "不在",
    ]

    def some(make: Any) -> list[tuple[str, str, Any]]:
        return [make(i) for i in range(_REPEATS)]

    return {
        "info": some(lambda i: ("GET", "/api/info", {})),
        "start": some(lambda i: ("GET", "/api/start", {})),
        "search": some(lambda i: ("GET", "/api/search", {"q": words[i % len(words)]})),
        "search by class": some(lambda i: ("GET", "/api/search", {"q": words[i % len(words)], "type": "Honor"})),
        "thing": some(lambda i: ("GET", f"/api/things/{things[i]}", {})),
        "neighbours": some(lambda i: ("GET", f"/api/things/{things[i]}/neighbours", {})),
        "neighbourhood": some(lambda i: ("GET", f"/api/neighbourhood/{things[i]}", {})),
        "part, opening": some(lambda i: ("POST", "/api/part", {"ids": start})),
        "part, 400 things": some(lambda i: ("POST", "/api/part", {"ids": chance.sample(ranked, 200) + ranked[:200]})),
        "document": some(lambda i: ("GET", f"/api/documents/{documents[i % len(documents)]}", {})),
        "documents": some(lambda i: ("GET", "/api/documents", {"q": str(i)})),
        "figures": some(lambda i: ("GET", "/api/figures", {})),
        "figures of a thing": some(lambda i: ("GET", "/api/figures", {"thing": things[i]})),
        "figures by indicator": some(lambda i: ("GET", "/api/figures", {"indicator": indicators[i % len(indicators)], "since": "2015"})),
        "figures by period": some(lambda i: ("GET", "/api/figures", {"since": "2016", "until": "2018"})),
        "indicators": some(lambda i: ("GET", "/api/indicators", {"q": "产"})),
    }  # fmt: skip


def processor_time(process: int) -> float:
    """Seconds that the threads of a process have run so far; nan where the system does not tell."""
    try:
        threads = Path(f"/proc/{process}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9
    except OSError:
        return float("nan")


def timed(client: httpx.Client, requests: list[tuple[str, str, Any]], process: int) -> dict[str, float]:
    """Figures of one kind of request."""
    seconds, used = [], []
    for method, path, given in [requests[0], *requests]:
        before, start = processor_time(process), time.perf_counter()
        answer = client.request(method, path, **({"params": given} if method == "GET" else {"json": given}))
        seconds.append(time.perf_counter() - start)
        used.append(processor_time(process) - before)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:200])
    ordered = sorted(1000 * one for one in seconds[1:])  # the first was the warm-up
    busy = sorted(1000 * one for one in used[1:])
    return {
        "median": round(ordered[len(ordered) // 2], 1),
        "p95": round(ordered[int(len(ordered) * 0.95)], 1),
        "longest": round(ordered[-1], 1),
        "cpu_p95": round(busy[int(len(busy) * 0.95)], 1),
    }


def bench(graph: Path) -> dict[str, Any]:
    """The report on one graph folder."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "kg", "serve", "-g", str(graph), "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"http://[\d.]+:\d+", process.stdout.readline())
        assert found, "the server did not start"
        started = time.perf_counter() - start
        with httpx.Client(base_url=found[0], timeout=120) as client:
            totals = client.get("/api/info").json()["totals"]
            report = {
                kind: timed(client, requests, process.pid) for kind, requests in kinds(client, random.Random(7)).items()
            }
    finally:
        process.terminate()
        process.wait(20)
    index = next(graph.glob("generations/*/serve.sqlite"))
    return {
        "totals": totals, "seconds_to_start": round(started, 1), "index_mb": round(index.stat().st_size / 2**20),
        "milliseconds": report, "worst_p95": max(one["p95"] for one in report.values()),
        "worst_cpu_p95": max(one["cpu_p95"] for one in report.values()), "load": os.getloadavg(),
        "processors": os.cpu_count(), "python": platform.python_version(),
    }  # fmt: skip


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--graph", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph = options.graph or Path(folder) / "graph"
        if not (graph / "CURRENT").exists():
            sys.path.insert(0, str(ROOT))
            from benchmarks.large_graph import write

            write(graph, options.facts)
        report = bench(graph)
    print(json.dumps(report, ensure_ascii=False, indent=2))
    sys.exit(report["worst_p95"] > WANTED)


if __name__ == "__main__":
    main()
