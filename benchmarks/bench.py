"""Speed and memory, as ratios within one run: `make bench` (or `python benchmarks/bench.py [--shared DIR] [--full] [--check]`).

Both sides of every ratio are measured here, one after the other, so that a slow or busy machine slows both. Written are
`benchmarks/results/<date>.json` and the growth curve `docs/pictures/growth.svg`. Texts are the news and reports of SHARED where
there is one, else the sample corpus repeated. Left out: installing, and the first import of a fresh checkout.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
KG = str(Path(sys.executable).with_name("kg"))
SPLIT = ["--split-heading", "3"]
# name → (what must hold, in words; the bound; whether more is better)
MARKS = {
    "facts_vs_posseg": ("text to Facts, one process, against jieba.posseg: times its characters per second", 5.0, True),
    "build_vs_cut": ("kg build with 2 processes against jieba.cut with one: times its time", 1.0, False),
    "growth": ("time per document, most against least over the sizes", 1.2, False),
    "peak_mb": ("peak memory of the largest process, MB", 1536.0, False),
    "rebuild_none": ("rebuild with nothing changed, share of the full build", 0.02, False),
    "rebuild_one": ("rebuild with one document changed, share of the full build", 0.03, False),
    "questions_p95_ms": ("named questions, 95th percentile, ms", 100.0, False),
    "cold_query_s": ("kg query from a cold start, s", 0.6, False),
    "cold_help_s": ("kg --help from a cold start, s", 0.25, False),
    "store_ratio": ("store on disk, times the text's bytes", 60.0, False),
}


def timed(work: Callable[[], Any], repeats: int = 3) -> float:
    """Median seconds of `repeats` runs after one to warm up."""
    work()
    taken = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def run(*arguments: str) -> tuple[float, float]:
    """Seconds and peak MB (of the largest process in it) of one command."""
    begin = time.perf_counter()
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def documents(shared: Path | None) -> list[Any]:
    from kg.read import ReadOptions, find, read

    options = ReadOptions(split_heading=3)
    folders = [shared / "data" / "news", shared / "data" / "reports-2025"] if shared else [ROOT / "corpus"]
    return [document for source in find([str(f) for f in folders], options) for document in read(source, options)]


def facts_against_tagging(texts: list[Any], characters: int) -> dict[str, float]:
    import jieba
    import jieba.posseg

    from kg.extract.extractor import Extractor

    jieba.setLogLevel(60)
    jieba.initialize()
    chosen, size = [], 0
    for document in texts:
        chosen.append(document)
        size += len(document.text)
        if size >= characters:
            break
    extractor = Extractor()
    ours = timed(lambda: [extractor.extract(document) for document in chosen])
    posseg = timed(lambda: [list(jieba.posseg.cut(document.text)) for document in chosen], repeats=1)
    return {"facts_chars_s": size / ours, "posseg_chars_s": size / posseg, "facts_vs_posseg": posseg / ours, "characters": size}


def build_against_cutting(texts: list[Any], folders: list[Path], work: Path) -> dict[str, float]:
    import jieba

    cut = timed(lambda: [list(jieba.cut(document.text)) for document in texts], repeats=1)
    graph = work / "whole"
    built, _ = run(KG, "build", *map(str, folders), "-o", str(graph), "--jobs", "2", *SPLIT)
    again, _ = run(KG, "build", *map(str, folders), "-o", str(graph), "--jobs", "2", *SPLIT)
    size = sum(f.stat().st_size for f in graph.rglob("*") if f.is_file() and "generations" in f.parts)
    text = sum(len(document.text.encode("utf-8")) for document in texts)
    return {
        "cut_s": cut, "build_s": built, "build_vs_cut": built / cut, "nothing_changed_s": again, "rebuild_none": again / built,
        "text_bytes": text, "store_bytes": size, "store_ratio": size / text,
    }  # fmt: skip


def repeated(texts: list[Any], count: int, folder: Path) -> None:
    """`count` documents in `folder`: the texts again and again under new dates."""
    folder.mkdir()
    day = date(2010, 1, 1)
    for number in range(count):
        document = texts[number % len(texts)]
        (folder / f"{day + timedelta(days=number)}-{number:05}.txt").write_text(document.text, encoding="utf-8")


def growth(texts: list[Any], sizes: list[int], work: Path) -> dict[str, Any]:
    """Seconds per document and peak memory by number of documents; start-up is measured by itself and taken off."""
    short = [document for document in texts if len(document.text) < 3000] or texts
    empty = work / "one"
    repeated(short, 1, empty)
    start, _ = run(KG, "build", str(empty), "-o", str(work / "graph-one"), "--jobs", "2")
    rows = []
    for size in sizes:
        folder = work / f"docs-{size}"
        repeated(short, size, folder)
        taken, peak = run(KG, "build", str(folder), "-o", str(work / f"graph-{size}"), "--jobs", "2")
        rows.append({"documents": size, "seconds": taken, "per_document_ms": (taken - start) / size * 1000, "peak_mb": peak})
    large = [row["per_document_ms"] for row in rows if row["documents"] >= 200]
    folder, graph = work / f"docs-{sizes[-1]}", work / f"graph-{sizes[-1]}"
    one = next(iter(sorted(folder.iterdir())))
    one.write_text(one.read_text(encoding="utf-8") + "\n錢塘區召開會議。\n", encoding="utf-8")
    changed, _ = run(KG, "build", str(folder), "-o", str(graph), "--jobs", "2")
    return {
        "start_up_s": start, "rows": rows, "growth": max(large) / min(large), "peak_mb": max(row["peak_mb"] for row in rows),
        "rebuild_one": changed / rows[-1]["seconds"],
    }  # fmt: skip


def questions(graph: Path) -> dict[str, float]:
    """Milliseconds of the named questions by their own examples, each asked three times."""
    from kg.ask import answer
    from kg.errors import KgError
    from kg.graph.store import open_graph
    from kg.ontology import Ontology
    from kg.questions import load_questions

    view = open_graph(graph)
    taken = []
    for question in load_questions(Ontology.load()).values():
        values = {name: [value] for name, value in question.example.items()}
        for _ in range(3):
            begin = time.perf_counter()
            try:
                answer(view.store, question, values)
            except KgError:
                continue  # the thing of the example is not in this graph
            taken.append((time.perf_counter() - begin) * 1000)
    taken.sort()
    return {"asked": len(taken), "questions_p95_ms": taken[int(len(taken) * 0.95)] if taken else float("nan")}


def cold(graph: Path) -> dict[str, float]:
    query = [KG, "query", "SELECT (COUNT(*) AS ?n) WHERE { ?s a kgo:Area }", "-g", str(graph)]
    return {"cold_help_s": timed(lambda: run(KG, "--help"), 5), "cold_query_s": timed(lambda: run(*query), 5)}


def peers(texts: list[Any]) -> dict[str, float]:
    """Characters per second of what a user would otherwise take, where it is installed."""
    sample = "".join(document.text for document in texts)[:30_000]
    makers: dict[str, Callable[[Any], Callable[[], Any]]] = {
        "jieba.posseg": lambda m: lambda: list(m.cut(sample)),
        "jiagu": lambda m: lambda: m.ner(m.seg(sample)),
        "jionlp": lambda m: lambda: [m.ner.extract_money(line) for line in sample.splitlines()],
    }
    found = {}
    for name, maker in makers.items():
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        found[name] = len(sample) / timed(maker(module), repeats=1)
    return found


def draw(rows: list[dict[str, float]], target: Path) -> None:
    import altair as alt

    target.parent.mkdir(parents=True, exist_ok=True)
    chart = alt.Chart(alt.Data(values=rows)).mark_line(point=True).encode(
        x=alt.X("documents:Q", scale=alt.Scale(type="log"), title="documents"),
        y=alt.Y("per_document_ms:Q", title="ms per document (start-up taken off)"),
    )  # fmt: skip
    chart.properties(width=480, height=260).save(str(target))


def table(measured: dict[str, float]) -> Iterator[str]:
    yield "| | mark | measured | |"
    yield "|---|---|---|---|"
    for name, (words, bound, more) in MARKS.items():
        if name in measured:
            value = measured[name]
            met = value >= bound if more else value <= bound
            yield f"| {words} | {'≥' if more else '≤'} {bound:g} | {value:.3g} | {'met' if met else 'not met'} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--full", action="store_true", help="up to 20,000 documents")
    parser.add_argument("--quick", action="store_true", help="sample corpus, up to 200 documents")
    parser.add_argument("--check", action="store_true", help="exit 1 if a mark is not met")
    arguments = parser.parse_args()
    shared = arguments.shared if arguments.shared.is_dir() and not arguments.quick else None
    sizes = [20, 200] if arguments.quick else [20, 200, 2000, 20_000] if arguments.full else [20, 200, 2000]
    folders = [shared / "data" / "news", shared / "data" / "reports-2025"] if shared else [ROOT / "corpus"]
    work = Path(tempfile.mkdtemp(prefix="kg-bench-"))
    try:
        texts = documents(shared)
        measured: dict[str, Any] = facts_against_tagging(texts, 200_000)
        measured |= build_against_cutting(texts, folders, work)
        measured |= growth(texts, sizes, work)
        measured |= questions(work / f"graph-{sizes[-1]}") | cold(work / f"graph-{sizes[-1]}")
        measured["peers_chars_s"] = peers(texts)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False).stdout.strip()
    measured["machine"] = {
        "date": date.today().isoformat(), "commit": commit, "python": platform.python_version(), "cpus": os.cpu_count(),
        "processor": platform.processor() or platform.machine(), "load": os.getloadavg()[0], "texts": "news and reports" if shared else "corpus",
        "versions": {name: version(name) for name in ("jieba", "rjieba", "pyoxigraph", "ahocorasick-rs", "opencc")},
    }  # fmt: skip
    target = ROOT / "benchmarks" / "results" / f"{date.today().isoformat()}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draw(measured["rows"], ROOT / "docs" / "pictures" / "growth.svg")
    print("\n".join(table(measured)))
    if arguments.check and any(line.endswith("| not met |") for line in table(measured)):
        sys.exit(1)


if __name__ == "__main__":
    main()
