"""How much of what is told is told as well when the same text is typed, copied or saved otherwise, as the table of docs/quality-experiments.md.

    python benchmarks/written_otherwise.py SHARED [--texts 40]

The texts are chance ones of the development gold and of the passages of `tests/gold/tune`, read as files are.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from random import Random

from quality import ROOT, texts

from kg.extract.extractor import Extractor
from kg.model import Document
from kg.read import ReadOptions, find, read

sys.path.insert(0, str(ROOT))

from tests.extract.variants import VARIANTS, told


def _read(text: str, date: str, folder: Path) -> Document:
    path = folder / "text.txt"
    path.write_bytes(text.encode())
    (source,) = find([path])
    (document,) = read(source, ReadOptions(date=date, whole=True))
    return document


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--texts", type=int, default=40)
    given = parser.parse_args()
    extractor = Extractor()
    drawn = [(text, json.loads(file.read_text())["date"]) for part in ("dev", "tune") for text, file in texts(given.shared, part).values()]
    chosen = Random(5).sample(drawn, given.texts)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = [told(extractor, _read(text, date, folder)) for text, date in chosen]
        print("| written with | texts changed | facts the same |\n|---|---|---|")
        for title, change in VARIANTS.items():
            changed = [(change(text), date, facts) for (text, date), facts in zip(chosen, plain, strict=True) if change(text) != text]
            pairs = [(told(extractor, _read(text, date, folder)), facts) for text, date, facts in changed]
            print(f"| {title} | {len(changed)} | {sum(len(a & b) for a, b in pairs):,} of {sum(len(a | b) for a, b in pairs):,} |", flush=True)


if __name__ == "__main__":
    main()
