"""Scores of the extractor on annotated texts, as the tables of docs/quality.md.

    python benchmarks/quality.py SHARED [--set dev --set tune --set held --set second] [--segmenter rjieba] [--script s2tw] [--headless]
    python benchmarks/quality.py SHARED --set held --kinds

SHARED holds the development gold (`gold/dev`) and the reports and news from which the passages of `tests/gold` were drawn.
Those of `held` are scored and never looked at; run them when a version is finished, not while rules are written.
`second` is the same passages as a second reader annotated them (`kg evaluate tests/gold/held tests/gold/second` compares the two).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from opencc import OpenCC
from scipy.stats import mannwhitneyu

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "gold"))

from passages import sample

from kg.extract.extractor import Extractor
from kg.extract.facts_json import to_json
from kg.model import Document, Facts
from kg.quality.calibrate import judged
from kg.quality.evaluate import Counts, Scores, evaluate
from kg.text.fold import fold

SETS = ("dev", "tune", "held")
SECOND = "second"
_TITLES = ("entities", "relations", "observations")

Json = dict[str, Any]


def texts(shared: Path, name: str) -> dict[str, tuple[str, Path]]:
    """Document name → its text and the file of its annotation."""
    if name == "dev":
        folder = shared / "gold" / "dev"
        return {path.stem: (path.with_suffix(".txt").read_text(encoding="utf-8"), path) for path in sorted(folder.glob("*.json"))}
    drawn = {passage.name: passage.text() for passage in sample(shared / "data") if passage.part == ("held" if name == SECOND else name)}
    return {path.stem: (drawn[path.stem], path) for path in sorted((ROOT / "tests" / "gold" / name).glob("*.json"))}


def document_of(stem: str, text: str, date: str) -> Document:
    return Document(
        id=stem, stem=stem, path=stem, text=text, format="txt", sha256="", title=text.split("\n", 1)[0], date=date, date_basis="option"
    )


def in_both_scripts(extractor: Extractor, shared: Path, name: str, script: str) -> str:
    """How much of what is found in the texts of one set is also found after OpenCC has put them into `script`."""
    convert = OpenCC(script).convert
    same = found = 0
    for stem, (text, annotation) in texts(shared, name).items():
        date, other = json.loads(annotation.read_text(encoding="utf-8"))["date"], convert(text)
        if len(other) == len(text):  # else offsets would differ
            one, two = (_found(extractor.extract(document_of(stem, written, date))) for written in (text, other))
            same, found = same + len(one & two), found + len(one | two)
    return f"{name} in {script}: {same} of {found} mentions, relations and figures are the same"


def _found(facts: Facts) -> set[tuple[object, ...]]:
    first = {entity.id: entity.mentions[0].start for entity in facts.entities}
    mentions = {(entity.type, mention.start, mention.end) for entity in facts.entities for mention in entity.mentions}
    relations = {
        (first[r.subject], r.predicate, first.get(r.object or "", fold(r.value or "")), r.date, r.start, r.end) for r in facts.relations
    }
    figures = {
        (first.get(o.subject or ""), fold(o.indicator), o.kind, o.value, fold(o.unit), o.period, o.start, o.end) for o in facts.observations
    }
    return {*mentions, *relations, *figures}


def without_heading(text: str, annotation: Json) -> tuple[str, Json] | None:
    """A report from its second line on, as one finds it quoted, and what of the annotation is still named there; None for another text."""
    heading, _, body = text.partition("\n")
    if not heading.endswith("政府工作报告"):
        return None
    entities = []
    for entity in annotation["entities"]:
        written = sorted({surface for surface in (entity["name"], *entity["surfaces"]) if surface in body}, key=lambda s: (-len(s), s))
        if written:
            name = entity["name"] if entity["name"] in body else written[0]
            entities.append({**entity, "name": name, "surfaces": written})
    named = {entity["id"] for entity in entities}
    relations = [r for r in annotation["relations"] if r["s"] in named and (r["p"] == "hasStatus" or r.get("o") in named)]
    observations = [{**o, "subject": o["subject"] if o["subject"] in named else None} for o in annotation["observations"]]
    return body, {**annotation, "entities": entities, "relations": relations, "observations": observations}


def score(extractor: Extractor, shared: Path, name: str, *, headless: bool = False) -> str:
    """Markdown tables of one set; `headless` scores its reports alone, without their headings."""
    sure: list[tuple[str, float, bool]] = []
    pairs: dict[str, list[tuple[str, Json, Json]]] = {}
    for stem, (text, annotation) in texts(shared, name).items():
        given = json.loads(annotation.read_text(encoding="utf-8"))
        if headless:
            if (cut := without_heading(text, given)) is None:
                continue
            text, given = cut
        document = document_of(stem, text, given["date"])
        found = to_json(document, extractor.extract(document))
        sure += ((kind, fact["confidence"], right) for kind, fact, right in judged(given, found))
        pairs.setdefault(_kind(stem, text), []).append((stem, given, found))
    every = [pair for of_kind in pairs.values() for pair in of_kind]
    scores = _compared(every)
    lines = [f"### {name} ({scores.documents} texts)", "", "| | P | R | F1 | right | wrong | missed |", "|---|---|---|---|---|---|---|"]
    for title in _TITLES:
        for label, counts in getattr(scores, title).rows():
            shown = f"**{title}**" if label == "ALL" else label
            lines.append(
                f"| {shown} | {counts.precision:.3f} | {counts.recall:.3f} | {counts.f1:.3f} | {counts.tp} | {counts.fp} | {counts.fn} |"
            )
    lines += ["", "| F1 | entities | relations | observations | subject right | period right |", "|---|---|---|---|---|---|"]
    lines.append(_row(f"all {scores.documents}", scores))
    if len(pairs) > 1:
        lines += (_row(f"{len(of_kind)} {kind}", _compared(of_kind)) for kind, of_kind in sorted(pairs.items()))
    lines += ["", *_reliability(sure)]
    return "\n".join(lines)


def by_kind(extractor: Extractor, shared: Path, name: str) -> str:
    """Of each type, predicate and kind of figure, in news and in reports: how many of those found are right, how many of all are found."""
    pairs: dict[str, list[tuple[str, Json, Json]]] = {"news": [], "reports": []}
    for stem, (text, annotation) in texts(shared, name).items():
        given = json.loads(annotation.read_text(encoding="utf-8"))
        document = document_of(stem, text, given["date"])
        found = to_json(document, extractor.extract(document))
        pairs["news" if _kind(stem, text) == "news" else "reports"].append((stem, given, found))
    scores = [_compared(of_kind) for of_kind in pairs.values()]
    lines = [f"| {name} | {len(pairs['news'])} news: right | found | {len(pairs['reports'])} reports: right | found |", "|---|---|---|---|---|"]
    for title in _TITLES:
        news, reports = (dict(getattr(of_kind, title).rows()) for of_kind in scores)
        for label in {**reports, **news}:
            cells = [f"| **{title}**" if label == "ALL" else f"| {label}"]
            for counts in (news.get(label, Counts()), reports.get(label, Counts())):
                cells += [f"{counts.tp} of {counts.tp + counts.fp}", f"{counts.tp} of {counts.tp + counts.fn}"]
            lines.append(" | ".join(cells) + " |")
    return "\n".join(lines)


def _kind(stem: str, text: str) -> str:
    if stem.startswith("news"):
        return "news"
    if not stem.startswith("report"):
        return "others"
    return "reports with their title" if text.split("\n", 1)[0].endswith("政府工作报告") else "reports without their title"


def _compared(pairs: Sequence[tuple[str, Json, Json]]) -> Scores:
    """Scores of what was found against what was annotated, by `kg evaluate`."""
    with tempfile.TemporaryDirectory() as folder:
        gold, facts = Path(folder, "gold"), Path(folder, "facts")
        gold.mkdir()
        facts.mkdir()
        for stem, given, found in pairs:
            (gold / f"{stem}.json").write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
            (facts / f"{stem}.json").write_text(json.dumps(found, ensure_ascii=False, default=float), encoding="utf-8")
        return evaluate(gold, facts)


def _row(label: str, scores: Scores) -> str:
    """F1 of all three, and how many of the matched figures have the right subject and the right period."""
    f1 = [dict(getattr(scores, title).rows())["ALL"].f1 for title in _TITLES]
    of_figures = [right / scores.matched for right in (scores.subjects_right, scores.periods_right)] if scores.matched else [float("nan")] * 2
    return " | ".join([f"| {label}", *(f"{value:.3f}" for value in (*f1, *of_figures))]) + " |"


def _reliability(sure: list[tuple[str, float, bool]]) -> list[str]:
    """How sure the facts are said to be, on average, and how many are right: over all of a kind, and by thirds of its facts.

    A figure is right with its subject and its period.
    """
    lines = ["| | facts | confidence | right | AUC | … least sure third | … middle | … surest |", "|---|---|---|---|---|---|---|---|"]
    for kind in dict.fromkeys(kind for kind, _, _ in sure):
        of_kind = sorted((confidence, right) for k, confidence, right in sure if k == kind)
        third = len(of_kind) / 3
        parts = [of_kind, *(of_kind[round(third * n) : round(third * (n + 1))] for n in range(3))]
        told = [(sum(c for c, _ in part) / len(part), sum(r for _, r in part) / len(part)) for part in parts if part]
        cells = [f"{told[0][0]:.3f}", f"{told[0][1]:.3f}", f"{_auc(of_kind):.3f}", *(f"{claimed:.3f}: {right:.3f}" for claimed, right in told[1:])]
        lines.append(" | ".join([f"| {kind}", str(len(of_kind)), *cells]) + " |")
    return lines


def _auc(facts: list[tuple[float, bool]]) -> float:
    """How often a right fact is surer than a wrong one (as sure counts half): Mann and Whitney's U over all such pairs; NaN without any."""
    right = [confidence for confidence, correct in facts if correct]
    wrong = [confidence for confidence, correct in facts if not correct]
    return mannwhitneyu(right, wrong).statistic / (len(right) * len(wrong)) if right and wrong else float("nan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--set", dest="sets", action="append", choices=(*SETS, SECOND))
    parser.add_argument("--segmenter", default="rjieba")
    parser.add_argument("--script", help="instead of scores: is the same found in the texts as OpenCC writes them (s2t, s2tw, s2hk)?")
    parser.add_argument("--kinds", action="store_true", help="instead of scores: what is right and what is found in news and in reports")
    parser.add_argument("--headless", action="store_true", help="reports alone, without their headings")
    arguments = parser.parse_args()
    extractor = Extractor(segmenter=arguments.segmenter)
    for name in arguments.sets or SETS:
        if arguments.script:
            print(in_both_scripts(extractor, arguments.shared, name, arguments.script))
        elif arguments.kinds:
            print(by_kind(extractor, arguments.shared, name), end="\n\n")
        else:
            print(score(extractor, arguments.shared, name, headless=arguments.headless), end="\n\n")


if __name__ == "__main__":
    main()
