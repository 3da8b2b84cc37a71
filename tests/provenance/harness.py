"""Every fact against its source: python -m tests.provenance.harness [FOLDER…] [--every N]

Builds a graph of the folders (by default the real texts beside the checkout), then asks of every fact in it: is its quote
the text at its offsets, does the rule exist that it names (`kg verify`), and is that text what its source file gives when
it is read anew? Counts are printed as JSON; the exit code is 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kg.build import build
from kg.graph.store import open_graph
from kg.graph.verify import verify
from kg.read import ReadOptions, find, read

SHARED = Path(__file__).parents[3] / "shared" / "data"
FOLDERS = ("reports-2025", "news", "laws")


def run(paths: list[Path], graph: Path, jobs: int | None = None) -> dict[str, Any]:
    """What was built, what was checked, and every fault found."""
    started = time.monotonic()
    report = build(list(paths), graph, jobs=jobs)
    view = open_graph(graph)
    checked = verify(view)
    faults = [f"{p.document}: {p.node} {p.what}" for p in checked.problems]
    faults += [f"{one.id}: {one.reason}" for one in report.skipped]
    faults += [f"{path}: changed or gone" for path in (*checked.changed, *checked.missing)]
    texts = facts = 0
    for source in find(paths):
        for document in read(source, ReadOptions()):
            texts += 1
            if view.source_text(document.id) != document.text:
                faults.append(f"{document.id}: read anew its text is another")
            said = view.facts(document.id)
            for fact in (*said.relations, *said.observations, *said.attributes):
                facts += 1
                if getattr(fact, "basis", "text") != "authority" and not document.text[fact.start : fact.end].strip():
                    faults.append(f"{document.id}: {fact.rule} quotes nothing at {fact.start}")
    if texts != checked.documents or not facts:
        faults.append(f"{texts} texts, {checked.documents} checked, {facts} facts")
    return {
        "documents": checked.documents, "quotes": checked.quotes, "facts": facts, "files": checked.files, "faults": faults,
        "checked_by_the_build": report.checked, "seconds": round(time.monotonic() - started, 1),
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description="Every fact against its source.")
    parser.add_argument("paths", nargs="*", type=Path)
    given = parser.parse_args()
    paths = given.paths or [SHARED / name for name in FOLDERS]
    if not all(path.exists() for path in paths):
        print(f"LEFT OUT: there are no texts at {', '.join(map(str, paths))}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="kg-provenance-") as folder:
        report = run(paths, Path(folder) / "graph")
    print(json.dumps(report | {"faults": report["faults"][:50]}, ensure_ascii=False, indent=1))
    return 1 if report["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
