"""Facts, figures and documents as the API tells them: things in place of their numbers, and with every fact its sentence.

The explorer's front end reads the same records from a page to send, so their keys are those of kg/view/web/embedded.js.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kg.serve import figures
from kg.serve.index import MOST_PER_GROUP, Index, Row

_OFFSETS = ("start", "end")


def whole_facts(index: Index, rows: Sequence[Row]) -> list[Row]:
    """Fact rows with subject, object, sentence and document in them."""
    things = index.things(rank for row in rows for rank in (row["s"], row["o"]) if rank >= 0)
    sentences = index.sentences(row["sentence"] for row in rows)
    return [
        {
            "id": row["id"], "predicate": row["p"], "subject": things[row["s"]], "object": things.get(row["o"]),
            "value": row["value"], "date": row["date"], "ownDate": bool(row["own"]), "confidence": row["confidence"],
            "rule": row["rule"], "basis": row["basis"], **evidence(row, sentences),
        }
        for row in rows
    ]  # fmt: skip


def whole_figures(index: Index, rows: Sequence[Row]) -> list[Row]:
    """Figure rows with subject (null for national figures), sentence and document in them."""
    things = index.things(
        rank for row in rows for rank in (row["s"], *map(int, row["responsible"].split())) if rank is not None
    )
    sentences = index.sentences(row["sentence"] for row in rows)
    kept = [{k: v for k, v in row.items() if k not in ("s", *_OFFSETS, "sentence")} for row in rows]
    return [
        {
            **own, "clues": row["clues"].split(), "responsible": [things[int(rank)] for rank in row["responsible"].split()],
            "subject": things.get(row["s"]), **evidence(row, sentences),
        }
        for row, own in zip(rows, kept, strict=True)
    ]  # fmt: skip


def evidence(row: Row, sentences: dict[int, Row]) -> Row:
    """The sentence with the quote's place in it, and the document; both null for what no text says.

    Offsets count code points. A quote beyond its sentence (a cell of a table) has the place 0, 0 and stands in `quote`.
    """
    found = sentences.get(row["sentence"])
    if found is None:
        return {"sentence": None, "document": None}
    start, end = (row[name] - found["start"] for name in _OFFSETS)
    if not 0 <= start < end <= len(found["text"]):
        start = end = 0
    sentence = {
        "text": found["text"],
        "from": start,
        "to": end,
        "quote": found["text"][start:end],
        "start": found["start"],
    }
    return {"sentence": sentence, "document": found["document"]}


def thing_with_facts(index: Index, rank: int, per_group: int = MOST_PER_GROUP, least: float = 0.0) -> Row:
    """A thing, the first facts of each of its relations, its figures, and how many of each there are, the targets it answers for; all at least so sure."""
    groups = index.groups(rank, least)
    rows = [row for group in groups for row in index.facts_of(rank, group["predicate"], group["out"], per_group, least=least)]
    found, total = figures.figures_of(index, rank, least=least)
    return {
        "thing": index.things([rank])[rank],
        "facts": whole_facts(index, rows),
        "figures": whole_figures(index, found),
        "answers": whole_figures(index, figures.answered_for(index, rank, least=least)),
        "groups": groups,
        "totals": {"facts": sum(group["total"] for group in groups), "figures": total},
    }


def part(index: Index, ranks: Sequence[int], least: float = 0.0) -> Row:
    """Things and the links among them that a fact says that is at least so sure."""
    things = index.things(ranks)
    links = []
    for row in index.links(ranks, least):
        source, target = things[row["a"]]["id"], things[row["b"]]["id"]
        links.append({
            "id": f"{source} {row['predicate']} {target}", "from": source, "to": target, "predicate": row["predicate"],
            "count": row["count"], "facts": row["facts"],
        })  # fmt: skip
    return {"things": [things[rank] for rank in sorted(things)], "links": links}


def facts_of_links(index: Index, links: Iterable[str], limit: int, least: float = 0.0) -> list[Row]:
    """The facts of links given as "subject predicate object", at most `limit` in all."""
    split = [parts for parts in (link.split(" ") for link in links) if len(parts) == 3]
    known: dict[str, int | None] = {}
    rows: list[dict[str, Any]] = []
    for source, predicate, target in split:
        for name in (source, target):
            if name not in known:
                known[name] = index.rank(name)
        a, b = known[source], known[target]
        if a is not None and b is not None and len(rows) < limit:
            rows.extend(index.facts_between(a, predicate, b, limit - len(rows), least))
    return whole_facts(index, rows)
