"""Readers' verdicts on chance hits of the rules, on news and reports outside of all annotated passages.

    python tests/gold/judged.py SHARED_DATA > still.csv

`judged.csv` keeps places and a hash of each fact, not the wording. This prints the rows whose fact is still found where it
was judged, by the rule that finds it now, and the clues of a figure: after a change of rules they are what the verdicts say of them
(`kg rules calibrate --judged still.csv`). Most were drawn with `kg rules sample`, ten to forty hits of
every rule, the last 173 from all figures of the texts, as they come.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from passages import _items, plain, source_text

from kg.extract.extractor import Extractor
from kg.model import Document
from kg.quality.judging import hits
from kg.read import find, read

JUDGED = Path(__file__).with_name("judged.csv")
COLUMNS = ("verdict", "kind", "rule", "clues", "document", "start", "end", "fact")


def documents(shared_data: Path) -> Iterator[Document]:
    """Each item of the news, and each report."""
    for path in sorted((shared_data / "news").glob("20*.md")):
        text, day = source_text(path), f"{path.stem[:4]}-{path.stem[4:6]}-{path.stem[6:8]}"
        for start, end in _items(text):
            item = plain(text[start:end])
            yield Document(
                id=f"{path.stem}#{start}", stem=path.stem, path=path.stem, text=item, format="txt", sha256="",
                title=item.split("\n", 1)[0], date=day, date_basis="option",
            )  # fmt: skip
    for source in find([shared_data / "reports-2025"]):
        yield from read(source)


def digest(fact: str) -> str:
    return hashlib.sha256(fact.encode("utf-8")).hexdigest()[:12]


def still_found(shared_data: Path, table: Path = JUDGED) -> Iterator[dict[str, str]]:
    """The rows of `table` whose fact is found again, each with the rule that finds it now."""
    judged: dict[str, dict[tuple[str, str, str, str], dict[str, str]]] = {}
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            judged.setdefault(row["document"], {})[row["kind"], row["start"], row["end"], row["fact"]] = row
    extractor = Extractor()
    for document in documents(shared_data):
        rows = judged.get(document.id)
        if not rows:
            continue
        for hit in hits(document, extractor.extract(document)):
            row = rows.pop((hit.kind, str(hit.start), str(hit.end), digest(hit.fact)), None)
            if row is not None:
                yield {**row, "rule": hit.rule, "clues": hit.clues}


def main() -> None:
    written = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    written.writeheader()
    written.writerows(sorted(still_found(Path(sys.argv[1])), key=lambda row: (row["rule"], row["document"], int(row["start"]), row["fact"])))


if __name__ == "__main__":
    main()
