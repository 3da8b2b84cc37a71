"""A document for reading: its text, and where in it things are named and facts are said."""

from __future__ import annotations

from typing import Any

from kg.errors import KgError
from kg.graph.vocabulary import KGR, entity_iri
from kg.serve import figures
from kg.serve.answers import ProblemError
from kg.serve.library import Edition
from kg.serve.records import whole_facts, whole_figures

WINDOW = 60_000  # code points told at once; reports have 30,000


def read_document(edition: Edition, document: str, start: int = 0, window: int = WINDOW, least: float = 0.0) -> dict[str, Any] | None:
    """A stretch of a document, None if there is no such document. All offsets count code points of the whole text.

    `read_as` tells how the whole was read; its areas are places in `things`. A mention is [start, end, place in `things`]; facts and figures carry `start` and `end`, and no sentence: the text is
    here, those at least as sure as `least`. `next` is where the following stretch begins, null at the end. ProblemError if the text is no longer kept.
    """
    index = edition.index
    about = index.document(document)
    if about is None:
        return None
    try:
        source, facts = edition.texts.document(about["path"]), edition.texts.facts(about["path"])
    except KgError as error:
        raise ProblemError(
            410, "the text of this document is no longer kept; build the graph again", kind="gone"
        ) from error
    length = len(source.text)
    start = min(start, length)
    end = min(length, start + window)
    if end < length:
        # A stretch ends between sentences, so that nothing that is said is cut.
        end = max((s.end for s in facts.sentences if start < s.end <= end), default=end)

    def inside(spans: Any) -> list[list[int]]:
        return [[a, b] for a, b in spans if a < end and b > start]

    ids = [entity_iri(e.type, e.key, e.scope, e.code).removeprefix(KGR) for e in facts.entities]
    ranks = {name: index.rank(name) for name in set(ids)}
    known = index.things(rank for rank in ranks.values() if rank is not None)
    shown = sorted({name for name, rank in ranks.items() if rank is not None})
    place = {name: i for i, name in enumerate(shown)}
    mentions = sorted(
        [m.start, m.end, place[name]]
        for name, entity in zip(ids, facts.entities, strict=True)
        for m in entity.mentions
        if name in place and m.start < end and m.end > start
    )
    return {
        "document": {**about, "characters": length},
        "read_as": {
            "genre": facts.reading.genre, "basis": facts.reading.areas_basis, "period": facts.reading.period,
            "areas": [place[name] for e, name in zip(facts.entities, ids, strict=True) if e.id in facts.reading.areas and name in place],
        },
        "text": source.text[start:end],
        "start": start,
        "end": end,
        "next": end if end < length else None,
        "headings": inside(source.headings),
        "noise": inside(source.noise),
        "things": [known[rank] for name in shown if (rank := ranks[name]) is not None],
        "mentions": mentions,
        "facts": _placed(index.facts_in(about["id"], start, end, least), whole_facts, index),
        "figures": _placed(figures.figures_in(index, about["id"], start, end, least), whole_figures, index),
    }


def _placed(rows: list[dict[str, Any]], whole: Any, index: Any) -> list[dict[str, Any]]:
    """Whole records with their places in the document instead of their sentences."""
    records = whole(index, rows)
    return [
        {
            **{k: v for k, v in record.items() if k not in ("sentence", "document")},
            "start": row["start"],
            "end": row["end"],
        }
        for row, record in zip(rows, records, strict=True)
    ]
