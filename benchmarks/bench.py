"""Speed and memory, as ratios within one run: `make bench` (or `python benchmarks/bench.py [--shared DIR] [--full] [--check]`).

Both sides of every ratio are measured here, one after the other, so that a slow machine slows both; where one process stands
against one process it is its processor time that counts, which other programs disturb least. Written are
`benchmarks/results/<date>.json` and the growth curve `docs/pictures/growth.svg`. Texts are the news and reports of SHARED where
there is one, else the sample corpus repeated. Peers are measured by the Python of `--peers`, an environment in which they are
installed; those that are not are named. `--peers-only` measures nothing else and puts their figures into the file of the day. Left out: installing, and the first import of a fresh checkout.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

ROOT = Path(__file__).parents[1]
KG = str(Path(sys.executable).with_name("kg"))
SPLIT = ["--split-heading", "3"]
ROUNDS = 3
PEERS_SIZE = 20_000  # characters: the slowest of them reads a few hundred a second
LARGE = 2000  # documents; beyond, rdflib does not hold the graph, and one changed document is a share of another build
MOST_NAMED = 300  # things that a question is tried with before its example is taken
TRIES = 60  # seconds that rdflib's own engine gets for one question
# name → (what must hold, in words; the bound; whether more is better)
MARKS = {
    "facts_vs_posseg": ("text to Facts, one process, against jieba.posseg: times its characters per second", 5.0, True),
    "build_vs_cut": ("kg build with 2 processes against jieba.cut with one: times its time", 1.0, False),
    "growth": ("processor time per document, most against least from 200 documents on", 1.2, False),
    "peak_mb": ("peak memory of the largest process, MB", 1536.0, False),
    "rebuild_none": ("rebuild with nothing changed, share of the full build", 0.02, False),
    "rebuild_one": ("rebuild with one document changed, share of the full build", 0.03, False),
    "rebuild_watched": ("the same by kg build --watch, from the change to its report", 0.03, False),
    "questions_p95_ms": ("named questions, 95th percentile, ms", 100.0, False),
    "rdflib_times": ("named questions, times as fast as rdflib's engine (median of those it finishes in 60 s)", 100.0, True),
    "cold_query_s": ("kg query from a cold start, s", 0.6, False),
    "cold_help_s": ("kg --help from a cold start, s", 0.25, False),
    "store_ratio": ("store on disk, times the text's bytes", 60.0, False),
}


# name → both sides of a ratio
SIDES = {
    "facts_vs_posseg": "{facts_chars_s:,.0f} and {posseg_chars_s:,.0f} characters a second",
    "build_vs_cut": "{build_s:.1f} and {cut_s:.1f} s",
    "rebuild_none": "{nothing_changed_s:.2f} and {build_s:.1f} s",
    "rebuild_one": "{one_changed_s:.2f} and {full_s:.1f} s",
    "rebuild_watched": "{watched_s:.2f} and {full_s:.1f} s",
    "rdflib_times": "{oxigraph_ms:.2f} and {rdflib_ms:.1f} ms in the median",
    "store_ratio": "{store_bytes:,} and {text_bytes:,} bytes",
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


def processor_time(work: Callable[[], Any]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


class Used(NamedTuple):
    """What one command took: seconds, processor seconds of all its processes, MB of the largest of them."""

    seconds: float
    processor: float
    peak_mb: float


# A process in between, so that what is counted is this command's and not an earlier one's.
_COUNTED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def run(*arguments: str) -> Used:
    # Some containers tell Python to keep no compiled modules; then each start would compile the program anew, as no user's does.
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", _COUNTED, *arguments], check=True, capture_output=True, text=True, env=usual)
    processor, peak = map(float, done.stdout.split())
    return Used(time.perf_counter() - begin, processor, peak)


def documents(shared: Path | None) -> list[Any]:
    from kg.read import ReadOptions, find, read

    options = ReadOptions(split_heading=3)
    folders = [shared / "data" / "news", shared / "data" / "reports-2025"] if shared else [ROOT / "corpus"]
    return [document for source in find(folders) for document in read(source, options)]


def facts_against_tagging(texts: list[Any], characters: int) -> dict[str, Any]:
    import jieba
    import jieba.posseg

    from kg.collector import tables_that_stay
    from kg.extract.extractor import Extractor

    jieba.setLogLevel(60)
    jieba.initialize()
    chosen, size = [], 0
    for document in texts:
        chosen.append(document)
        size += len(document.text)
        if size >= characters:
            break
    with tables_that_stay():  # as in the processes of a build; what is jieba's is left alone too
        extractor = Extractor()
        list(jieba.posseg.cut(chosen[0].text))
    rounds: list[tuple[float, float]] = []
    for _ in range(4):  # in turn, so that whatever else the machine does falls on both
        ours = processor_time(lambda: list(extractor.extract_all(chosen)))
        rounds.append((ours, processor_time(lambda: [list(jieba.posseg.cut(document.text)) for document in chosen])))
    ours, posseg = (statistics.median(times) for times in zip(*rounds[1:]))  # the first warms up
    ratios = [tagged / own for own, tagged in rounds[1:]]
    return {
        "facts_chars_s": size / ours, "posseg_chars_s": size / posseg, "facts_vs_posseg": statistics.median(ratios),
        "facts_vs_posseg_spread": [min(ratios), max(ratios)], "characters": size,
    }  # fmt: skip


def segmenters(texts: list[Any], characters: int) -> dict[str, Any]:
    """How many facts are the same with `rjieba` and with `jieba` itself, on the same text."""
    from kg.extract.extractor import Extractor

    found = []
    for name in ("rjieba", "jieba"):
        extractor, facts, size = Extractor(segmenter=name), set(), 0
        for document in texts:
            read = extractor.extract(document)
            names = {entity.id: (entity.type, entity.key) for entity in read.entities}
            facts |= {(document.id, *key) for key in names.values()}
            facts |= {(document.id, names[r.subject], r.predicate, names.get(r.object or ""), r.value) for r in read.relations}
            facts |= {(document.id, o.indicator, o.kind, o.value, o.unit, o.period) for o in read.observations}
            size += len(document.text)
            if size >= characters:
                break
        found.append(facts)
    return {"facts_rjieba": len(found[0]), "facts_jieba": len(found[1]), "facts_in_both": len(found[0] & found[1])}


def build_against_cutting(texts: list[Any], folders: list[Path], work: Path) -> dict[str, Any]:
    import jieba

    def cutting() -> float:
        begin = time.perf_counter()
        for document in texts:
            list(jieba.cut(document.text))
        return time.perf_counter() - begin

    def building(number: int) -> Used:
        return run(KG, "build", *map(str, folders), "-o", str(work / f"whole-{number}"), "--jobs", "2", *SPLIT)

    rounds = []
    for number in range(ROUNDS):  # in turn, so that whatever else the machine does falls on both
        begin = time.process_time()
        cut = cutting()
        rounds.append((cut, time.process_time() - begin, building(number)))
    graph, again = work / f"whole-{ROUNDS - 1}", [building(ROUNDS - 1) for _ in range(ROUNDS)]
    cut, processor, built, built_processor, unchanged = (
        statistics.median(values)
        for values in (
            [cut for cut, _, _ in rounds], [taken for _, taken, _ in rounds], [used.seconds for _, _, used in rounds],
            [used.processor for _, _, used in rounds], [used.seconds for used in again],
        )
    )  # fmt: skip
    ratios = [used.seconds / cut for cut, _, used in rounds]
    size = sum(f.stat().st_size for f in graph.rglob("*") if f.is_file() and "generations" in f.parts)
    text = sum(len(document.text.encode("utf-8")) for document in texts)
    return {
        "cut_s": cut, "build_s": built, "build_vs_cut": statistics.median(ratios), "build_vs_cut_spread": [min(ratios), max(ratios)], "cut_processor_s": processor,
        "build_processor_s": built_processor, "nothing_changed_s": unchanged, "rebuild_none": unchanged / built,
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
    """Seconds per document and peak memory by number of documents; a build of two, which is nearly all start-up, is taken off."""
    short = [document for document in texts if len(document.text) < 3000] or texts
    empty = work / "one"
    repeated(short, 1, empty)
    with patch.dict(os.environ, XDG_CACHE_HOME=str(work / "empty-cache")):  # as for a new user: nothing is kept yet
        first = run(KG, "build", str(empty), "-o", str(work / "graph-first"), "--jobs", "2")
    two = work / "two"  # with one alone no second process starts, which every other build pays for
    repeated(short, 2, two)
    starts = [run(KG, "build", str(two), "-o", str(work / f"graph-two-{number}"), "--jobs", "2") for number in range(ROUNDS)]
    start = sorted(starts, key=lambda used: used.processor)[ROUNDS // 2]
    rows = []
    for size in sizes:
        folder = work / f"docs-{size}"
        repeated(short, size, folder)
        used = run(KG, "build", str(folder), "-o", str(work / f"graph-{size}"), "--jobs", "2")
        each = {"per_document_ms": (used.seconds - start.seconds) / (size - 2) * 1000, "processor_ms": (used.processor - start.processor) / (size - 2) * 1000}
        rows.append({"documents": size, "seconds": used.seconds, "peak_mb": used.peak_mb} | each)
    # By processor time: other programs on the machine take from the seconds of each size something else.
    large = [row["processor_ms"] for row in rows if row["documents"] >= 200]
    whole = [row for row in rows if row["documents"] <= LARGE][-1]
    folder, graph = work / f"docs-{whole['documents']}", work / f"graph-{whole['documents']}"
    one = next(iter(sorted(folder.iterdir())))
    rebuilt = []
    for _ in range(ROUNDS):
        add_line(one)
        rebuilt.append(run(KG, "build", str(folder), "-o", str(graph), "--jobs", "2"))
    watched = statistics.median(watching(folder, graph, one))
    changed, changed_processor = (statistics.median(values) for values in ([u.seconds for u in rebuilt], [u.processor for u in rebuilt]))
    return {
        "first_start_processor_s": first.processor, "start_up_s": start.seconds, "start_up_processor_s": start.processor, "rows": rows, "growth": max(large) / min(large), "peak_mb": max(row["peak_mb"] for row in rows),
        "one_changed_s": changed, "one_changed_processor_s": changed_processor, "full_s": whole["seconds"], "rebuild_one": changed / whole["seconds"],
        "watched_s": watched, "rebuild_watched": watched / whole["seconds"],
    }  # fmt: skip


def add_line(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + "\n錢塘區召開會議。\n", encoding="utf-8")


def watching(folder: Path, graph: Path, one: Path) -> Iterator[float]:
    """Seconds from each change of `one` until a build that stays has told that it is in the graph."""
    command = [KG, "build", str(folder), "-o", str(graph), "--jobs", "2", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        told = (line for line in process.stdout or () if " holds " in line)
        next(told)
        time.sleep(3)  # until it waits for changes, and has looked once what it missed before
        for _ in range(ROUNDS):
            add_line(one)
            begin = time.perf_counter()
            next(told)
            yield time.perf_counter() - begin
        process.terminate()  # a background shell lets its children ignore Ctrl-C


def questions(graph: Path) -> dict[str, float]:
    """Milliseconds of the named questions, each asked three times, and how many have an answer."""
    from kg.graph.store import open_graph

    taken = [(len(found.rows), seconds * 1000) for found, seconds in asked(open_graph(graph).store)]
    times = sorted(milliseconds for _, milliseconds in taken)
    return {
        "asked": len(taken), "answered": sum(rows > 0 for rows, _ in taken),
        "questions_p95_ms": times[int(len(times) * 0.95)] if times else float("nan"),
    }  # fmt: skip


def asked(store: Any) -> Iterator[tuple[Any, float]]:
    """Each answer to a named question about what this graph holds, and its seconds; three times."""
    from kg.ask.answers import answer
    from kg.ask.questions import load_questions
    from kg.errors import KgError
    from kg.ontology import Ontology

    for question in load_questions(Ontology.load()).values():
        values = _held(store, question)
        for _ in range(3):
            begin = time.perf_counter()
            try:
                found = answer(store, question, values)
            except KgError:
                break  # the thing of the example is not in this graph
            yield found, time.perf_counter() - begin


def _held(store: Any, question: Any) -> dict[str, list[str]]:
    """The values of the question's example, with the most often named thing about which there is something to tell in place of its own:
    a question about what the graph does not hold measures little but the reading of its words."""
    from kg.ask.answers import answer
    from kg.errors import KgError

    values = {name: [value] for name, value in question.example.items()}
    for parameter in question.parameters:
        for name in _often_named(store, parameter.type) if parameter.is_thing and parameter.name in values else ():
            try:
                if answer(store, question, {**values, parameter.name: [name]}).rows:
                    values[parameter.name] = [name]
                    break
            except KgError:
                continue
    return values


def _often_named(store: Any, types: str) -> list[str]:
    from kg.graph.vocabulary import PREFIXES

    one_of = "" if types == "Entity" else f"VALUES ?type {{ {' '.join(f'kgo:{name}' for name in types.split('|'))} }}"
    most = f"""SELECT ?name (COUNT(?sentence) AS ?often) WHERE {{ {one_of} ?thing a ?type ; skos:prefLabel ?name ; kgo:mentionedIn ?sentence }}
        GROUP BY ?name ORDER BY DESC(?often) ?name LIMIT {MOST_NAMED}"""
    return [row["name"].value for row in store.query(most, prefixes=PREFIXES)]


def against_rdflib(graph: Path) -> dict[str, Any]:
    """The same questions as SPARQL, run by Oxigraph and by rdflib's own engine over the same triples in memory."""
    import rdflib
    from pyoxigraph import RdfFormat

    from kg.graph.store import open_graph
    from kg.graph.vocabulary import PREFIXES

    view = open_graph(graph)
    plain = rdflib.Graph()
    triples = view.store.dump(format=RdfFormat.N_TRIPLES, from_graph=_default_graph())
    plain.parse(data=triples, format="nt")
    for prefix, namespace in PREFIXES.items():
        plain.bind(prefix, namespace, replace=True)
    taken: list[tuple[float, float]] = []  # seconds of rdflib and of Oxigraph
    unfinished = 0
    for sparql in sorted({found.sparql for found, _ in asked(view.store)}):
        ours = timed(lambda: list(view.query(sparql)))  # type: ignore[arg-type] # noqa: B023
        signal.alarm(TRIES)
        try:
            begin = time.perf_counter()
            list(plain.query(sparql))
            taken.append((time.perf_counter() - begin, ours))
        except TimeoutError:
            unfinished += 1
        finally:
            signal.alarm(0)
    measured = {"rdflib_triples": len(plain), "rdflib_asked": len(taken), "rdflib_unfinished": unfinished}
    if not taken:
        return measured
    times = [theirs / ours for theirs, ours in taken]
    theirs_ms, ours_ms = (statistics.median(seconds) * 1000 for seconds in zip(*taken, strict=True))
    return measured | {"rdflib_times": statistics.median(times), "rdflib_least_times": min(times), "rdflib_ms": theirs_ms, "oxigraph_ms": ours_ms}


def _default_graph() -> Any:
    from pyoxigraph import DefaultGraph

    return DefaultGraph()


def _too_long(*_: object) -> None:
    raise TimeoutError


def cold(graph: Path) -> dict[str, float]:
    query = [KG, "query", "SELECT (COUNT(*) AS ?n) WHERE { ?s a kgo:Area }", "-g", str(graph)]
    quiet = subprocess.DEVNULL
    return {
        "cold_help_s": timed(lambda: subprocess.run([KG, "--help"], check=True, stdout=quiet), 7),
        "cold_query_s": timed(lambda: subprocess.run(query, check=True, stdout=quiet), 7),
    }


def peers(texts: list[Any], python: str, work: Path) -> dict[str, Any]:
    """Characters per processor second of this program and of what a user would otherwise take, or why it could not be had."""
    from kg.extract.extractor import Extractor
    from kg.extract.review.examples import example_document

    sample = work / "peers.txt"
    text = "\n".join(document.text for document in texts[:60])[:PEERS_SIZE]
    sample.write_text(text, encoding="utf-8")
    extractor = Extractor()
    extractor.extract(example_document(text))  # what is compiled at the first text
    own = round(len(text) / processor_time(lambda: extractor.extract(example_document(text))))
    done = subprocess.run([python, str(ROOT / "benchmarks" / "peers.py"), str(sample)], check=True, capture_output=True, text=True)
    return {
        "commit": commit(), "load": os.getloadavg()[0], "characters": len(text),
        "chars_s": {"text to Facts (this program)": own, **json.loads(done.stdout.splitlines()[-1])},
    }  # fmt: skip


def commit() -> str:
    return subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False).stdout.strip()


def write_results(measured: dict[str, Any]) -> None:
    """Put the figures into the file of the day, in place of those of the same names."""
    target = ROOT / "benchmarks" / "results" / f"{date.today().isoformat()}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    before = json.loads(target.read_text(encoding="utf-8")) if target.exists() else {}
    target.write_text(json.dumps(before | measured, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def print_peers(found: dict[str, Any]) -> None:
    for name, figure in found["chars_s"].items():
        print(f"{name}: {figure if isinstance(figure, str) else f'{figure:,} characters a second'}")


def draw(rows: list[dict[str, float]], target: Path) -> None:
    import altair as alt

    target.parent.mkdir(parents=True, exist_ok=True)
    chart = alt.Chart(alt.Data(values=rows)).mark_line(point=True).encode(
        x=alt.X("documents:Q", scale=alt.Scale(type="log"), title="documents"),
        y=alt.Y("processor_ms:Q", title="processor ms per document, start-up taken off"),
    )  # fmt: skip
    chart.properties(width=480, height=260).save(str(target))


def table(measured: dict[str, float]) -> Iterator[str]:
    yield "| | mark | measured | | both sides |"
    yield "|---|---|---|---|---|"
    for name, (words, bound, more) in MARKS.items():
        if name in measured:
            value = measured[name]
            met = value >= bound if more else value <= bound
            yield f"| {words} | {'≥' if more else '≤'} {bound:g} | {value:.3g} | {'met' if met else 'not met'} | {SIDES.get(name, '').format(**measured)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--full", action="store_true", help="up to 20,000 documents")
    parser.add_argument("--quick", action="store_true", help="sample corpus, up to 200 documents")
    parser.add_argument("--check", action="store_true", help="exit 1 if a mark is not met")
    parser.add_argument("--peers", metavar="PYTHON", help="measure the peers too, with a Python whose environment holds them")
    parser.add_argument("--peers-only", action="store_true", help="measure the peers alone")
    arguments = parser.parse_args()
    signal.signal(signal.SIGALRM, _too_long)
    shared = arguments.shared if arguments.shared.is_dir() and not arguments.quick else None
    sizes = [20, 200] if arguments.quick else [20, 200, 2000, 20_000] if arguments.full else [20, 200, 2000]
    folders = [shared / "data" / "news", shared / "data" / "reports-2025"] if shared else [ROOT / "corpus"]
    work = Path(tempfile.mkdtemp(prefix="kg-bench-"))
    # As for somebody who has installed the program and not run it yet: modules are compiled, nothing else is kept.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ |= {"PYTHONPYCACHEPREFIX": str(work / "compiled"), "XDG_CACHE_HOME": str(work / "cache")}
    for command in ([KG, "--help"], [sys.executable, "-c", "import kg.build, kg.extract.extractor, kg.commands.build, kg.commands.query"]):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    try:
        texts = documents(shared)
        if arguments.peers_only:
            found = peers(texts, arguments.peers or sys.executable, work)
            write_results({"peers": found})
            print_peers(found)
            return
        measured: dict[str, Any] = facts_against_tagging(texts, 200_000)
        measured |= build_against_cutting(texts, folders, work)
        measured |= growth(texts, sizes, work)
        measured |= questions(work / f"graph-{sizes[-1]}") | cold(work / f"graph-{sizes[-1]}")
        measured |= against_rdflib(work / f"graph-{min(sizes[-1], LARGE)}") | segmenters(texts, 200_000)
        if arguments.peers:
            measured["peers"] = peers(texts, arguments.peers, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    measured["machine"] = {
        "date": date.today().isoformat(), "commit": commit(), "python": platform.python_version(), "cpus": os.cpu_count(),
        "processor": platform.processor() or platform.machine(), "load": os.getloadavg()[0], "texts": "news and reports" if shared else "corpus",
        "versions": {name: version(name) for name in ("jieba", "rjieba", "pyoxigraph", "rdflib", "ahocorasick-rs", "opencc")},
    }  # fmt: skip
    write_results(measured)
    if not arguments.quick:
        draw(measured["rows"], ROOT / "docs" / "pictures" / "growth.svg")
    print("\n".join(table(measured)))
    if "peers" in measured:
        print_peers(measured["peers"])
    if arguments.check and any("| not met |" in line for line in table(measured)):
        sys.exit(1)


if __name__ == "__main__":
    main()
