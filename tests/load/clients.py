"""Many clients at once against one server: python tests/load/clients.py [--clients 64] [--seconds 60] [--graph FOLDER]

Clients ask a mixture of everything that is served, and a few runaway queries among it. Printed as JSON are counts,
latencies, errors and memory of the server and its workers, at the start, after a warm-up and at the end; the exit code
is 1 if a request failed that should not have, or memory grew.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
_QUERIES = (
    "SELECT DISTINCT ?s { ?s a kgo:Area } LIMIT 50",
    "SELECT ?p (COUNT(?f) AS ?n) { ?f rdf:predicate ?p } GROUP BY ?p ORDER BY ?p",
    "ASK { ?s kgo:partOf ?o }",
    "CONSTRUCT { ?s kgo:partOf ?o } WHERE { ?s kgo:partOf ?o } LIMIT 50",
)
_WORDS = ("qtq", "区", "钱塘", "錢塘區", "工程", "a", "长江", "330114")
_RUNAWAYS = 0.002  # share of requests
_GROWTH = 80  # megabytes that the server itself may gain after the warm-up: caches of pages and of the allocator


@dataclass
class Tally:
    """What the clients saw."""

    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def requests(things: list[str], documents: list[str], chance: random.Random) -> tuple[str, str, dict[str, Any], int]:
    """A request: its kind, path, parameters, and the status that it must get."""
    if chance.random() < _RUNAWAYS:
        return "runaway", "/sparql", {"query": RUNAWAY}, 503
    kinds: list[tuple[str, str, dict[str, Any]]] = [
        ("sparql", "/sparql", {"query": chance.choice(_QUERIES)}),
        ("search", "/api/search", {"q": chance.choice(_WORDS)}),
        ("thing", f"/api/things/{chance.choice(things)}", {}),
        ("neighbourhood", f"/api/neighbourhood/{chance.choice(things)}", {}),
        ("document", f"/api/documents/{chance.choice(documents)}", {}),
        ("figures", "/api/figures", {"limit": 50}),
        ("page", chance.choice(("/", "/figures", "/assets/explorer.js")), {}),
    ]
    return *chance.choice(kinds), 200


async def client(
    session: httpx.AsyncClient, number: int, until: float, known: tuple[list[str], list[str]], tally: Tally
) -> None:
    """Asks one request after the other."""
    chance = random.Random(number)
    while time.monotonic() < until:
        kind, path, parameters, wanted = requests(*known, chance)
        start = time.monotonic()
        try:
            answer = await session.get(path, params=parameters)
            status = answer.status_code
            note = answer.text[:120] if status != 200 else ""
        except httpx.HTTPError as error:
            status, note = 0, repr(error)
        tally.statuses[f"{kind} {status}"] += 1
        if status == wanted:
            if wanted == 200:
                tally.seconds.append(time.monotonic() - start)
        else:
            tally.faults.append(f"{kind} {path}: {status} {note}")


async def press(url: str, clients: int, seconds: float) -> Tally:
    """What so many clients see in so many seconds."""
    # One session: a context for TLS, which nobody uses here, would be made for each of them.
    pool = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx.AsyncClient(base_url=url, timeout=120, limits=pool) as session:
        things = [one["id"] for one in (await session.get("/api/ranked", params={"limit": 500})).json()]
        documents = [
            one["id"] for one in (await session.get("/api/documents", params={"limit": 100})).json()["documents"]
        ]
        tally = Tally()
        until = time.monotonic() + seconds
        await asyncio.gather(*(client(session, n, until, (things, documents), tally) for n in range(clients)))
    return tally


def memory(server: psutil.Process) -> dict[str, float]:
    """Megabytes that are resident: the server, and all its workers together."""
    workers = 0
    for child in server.children(recursive=True):
        try:
            workers += child.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return {"server": round(server.memory_info().rss / 2**20, 1), "workers": round(workers / 2**20, 1)}


def run(graph: Path, clients: int, seconds: float, timeout: float = 10) -> dict[str, Any]:
    """Starts a server over the graph, presses it, stops it; the report."""
    command = [sys.executable, "-m", "kg", "serve", "-g", str(graph), "--port", "0", "--timeout", str(timeout)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"http://[\d.]+:\d+", process.stdout.readline())
        assert found, "the server did not start"
        server = psutil.Process(process.pid)
        before = memory(server)
        asyncio.run(press(found[0], clients, min(10.0, seconds / 3)))
        warm = memory(server)
        tally = asyncio.run(press(found[0], clients, seconds))
        after = memory(server)
    finally:
        process.terminate()
        process.wait(20)
    ordered = sorted(tally.seconds)
    return {
        "clients": clients, "seconds": seconds, "requests": sum(tally.statuses.values()),
        "median_ms": round(1000 * ordered[len(ordered) // 2], 1), "p95_ms": round(1000 * ordered[int(len(ordered) * 0.95)], 1),
        "statuses": dict(sorted(tally.statuses.items())), "faults": len(tally.faults), "first_faults": tally.faults[:5],
        "memory_mb": {"start": before, "warm": warm, "end": after},
        "grew": after["server"] - warm["server"] > _GROWTH,
    }  # fmt: skip


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--graph", type=Path, help="a graph folder; one is made up if none is given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph = options.graph
        if graph is None:
            sys.path.insert(0, str(ROOT))
            from benchmarks.large_graph import write

            graph = Path(folder) / "graph"
            write(graph, 5000)
        report = run(graph, options.clients, options.seconds)
    print(json.dumps(report, ensure_ascii=False, indent=2))
    sys.exit(bool(report["faults"] or report["grew"]))


if __name__ == "__main__":
    main()
