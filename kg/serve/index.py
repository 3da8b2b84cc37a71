"""Answers from a generation's index: search, things, links, figures, documents. Read-only, and safe to ask from threads."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.serve.search_tokens import beginning, containing, exactly, word
from kg.view.search_keys import search_key

Row = dict[str, Any]
MOST_PER_GROUP = 24  # facts of one thing and relation that are told at once; hubs have ten thousands
MOST_FIGURES = 200
_REACH = 60  # candidates looked at for each kind of match: the most central that fit
_BUSY = 400  # links beyond which a thing's links to few others are looked up one by one
_THING = "rank, id, label, type, names, code, degree, mentions, x, y, initials, pinyin"
_FACT = 'f.id, f.s, f.p, f.o, f.value, f.date, f.own, f.confidence, f.sentence, f.start, f."end", f.rule, f.basis'
_FIGURE = (
    "g.id, g.s, i.name AS indicator, g.kind, g.value, g.unit, g.bound, g.period, g.base, g.scope, g.quoted, g.confidence, "
    'g.sentence, g.start, g."end", g.rule'
)


class Index:
    """One open index file. A connection belongs to one thread; each thread opens its own."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._threads = threading.local()
        self._meta: dict[str, Any] = {key: json.loads(value) for key, value in self._all("SELECT key, value FROM meta")}
        self.totals: dict[str, int] = self._meta["totals"]
        self.types: dict[str, int] = self._meta["types"]
        self.predicates: dict[str, int] = self._meta["predicates"]
        self.start: list[Row] = self._meta["start"]

    def _connection(self) -> sqlite3.Connection:
        found = getattr(self._threads, "connection", None)
        if found is None:
            found = sqlite3.connect(self._address, uri=True)
            found.execute("PRAGMA mmap_size = 2000000000")
            self._threads.connection = found
        connection: sqlite3.Connection = found
        return connection

    def _all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection().execute(sql, values).fetchall()

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        found = self._connection().execute(sql, values)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]

    # Things

    def rank(self, thing: str) -> int | None:
        """The number of the thing with that id or administrative code; None if there is none."""
        found = self._all("SELECT rank FROM thing WHERE id = ?", (thing,)) or (
            self._all("SELECT rank FROM thing WHERE code = ? AND code != ''", (thing,)) if thing.isdigit() else []
        )
        return found[0][0] if found else None

    def things(self, ranks: Iterable[int]) -> dict[int, Row]:
        """Rank → thing. `neighbours` counts the things linked to it."""
        wanted = json.dumps(sorted(set(ranks)))
        rows = self._rows(f"SELECT {_THING} FROM json_each(?) JOIN thing ON rank = value", (wanted,))
        for row in rows:
            row["names"], row["neighbours"] = json.loads(row["names"]), row["degree"]
        return {row.pop("rank"): row for row in rows}

    def ids_to_ranks(self, ids: Iterable[str]) -> list[int]:
        """The numbers of those ids that there are, sorted."""
        rows = self._all(
            "SELECT rank FROM json_each(?) JOIN thing ON id = value ORDER BY rank", (json.dumps(list(ids)),)
        )
        return list(dict.fromkeys(row[0] for row in rows))

    def ranked(self, n: int) -> list[Row]:
        """Ids and places of the most central things that have a place on the great map."""
        return self._rows("SELECT id, x, y FROM thing WHERE x IS NOT NULL ORDER BY rank LIMIT ?", (n,))

    def neighbours(self, rank: int, limit: int) -> list[int]:
        """The most central things linked to one."""
        rows = self._all(
            "SELECT b FROM link WHERE a = ?1 UNION SELECT a FROM link WHERE b = ?1 ORDER BY 1 LIMIT ?2", (rank, limit)
        )
        return [row[0] for row in rows]

    # Search

    def search(self, text: str, limit: int, kind: str = "") -> list[tuple[int, str]]:
        """(rank, further name that matched or "") of the best matches, scored as the page to send scores them."""
        query = search_key(text)
        if not query:
            return []
        best: dict[int, int] = {}
        for score, expression in _tiers(query):
            if len(best) >= limit and score < min(sorted(best.values())[-limit:]):
                break
            if kind:
                expression = f'({expression}) AND kind : "{word(kind)}"'
            for (rank,) in self._all("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?", (expression, _REACH)):
                best.setdefault(rank, score)
        if query.isdigit():
            for rank, own in self._all("SELECT rank, type FROM thing WHERE code = ? AND code != ''", (query,)):
                if not kind or own == kind:
                    best[rank] = 100
        lengths = dict(self._all("SELECT rank, length FROM json_each(?) JOIN thing ON rank = value", (json.dumps(list(best)),)))
        # Between 40 and 80 centrality decides, outside the shorter name: as in the page to send.
        ordered = sorted(best, key=lambda r: (-best[r], lengths[r] if not 40 < best[r] < 80 else 0, r))[:limit]
        return [(rank, self._matched_name(rank, query, best[rank])) for rank in ordered]

    def _matched_name(self, rank: int, query: str, score: int) -> str:
        if score not in (95, 58, 40):
            return ""
        names: list[str] = json.loads(self._all("SELECT names FROM thing WHERE rank = ?", (rank,))[0][0])
        fits = {95: str.__eq__, 58: str.startswith, 40: str.__contains__}[score]
        return next((name for name in names if fits(search_key(name), query)), "")

    # Links and facts

    def links(self, ranks: Sequence[int]) -> list[Row]:
        """The links among these things: both ends, relation, number of facts, dates and confidences of some of them."""
        wanted = json.dumps(sorted(set(ranks)))
        busy, quiet = [], []
        for rank, degree in self._all("SELECT rank, degree FROM json_each(?) JOIN thing ON rank = value", (wanted,)):
            (busy if degree > max(_BUSY, len(ranks)) else quiet).append(rank)
        fields = "l.a, l.b, l.p AS predicate, l.count, l.facts"
        # CROSS JOIN fixes the order: for a hub every pair is looked up, for others all links are read and sifted.
        rows = self._rows(
            f"SELECT {fields} FROM json_each(?1) q CROSS JOIN link l ON l.a = q.value WHERE l.b IN (SELECT value FROM json_each(?2)) "
            f"UNION ALL SELECT {fields} FROM json_each(?3) q CROSS JOIN json_each(?2) r CROSS JOIN link l "
            "ON l.a = q.value AND l.b = r.value ORDER BY 1, 2, 3",
            (json.dumps(quiet), wanted, json.dumps(busy)),
        )
        for row in rows:
            row["facts"] = json.loads(row["facts"])
        return rows

    def groups(self, rank: int) -> list[Row]:
        """How many facts a thing has by relation; `out` tells whether it is their subject."""
        rows = self._rows(
            "SELECT p AS predicate, 1 AS out, COUNT(*) AS total FROM fact WHERE s = ?1 GROUP BY p UNION ALL "
            "SELECT p, 0, COUNT(*) FROM fact WHERE o = ?1 AND s != ?1 GROUP BY p ORDER BY 1, 2 DESC",
            (rank,),
        )
        for row in rows:
            row["out"] = bool(row["out"])
        return rows

    def facts_of(self, rank: int, predicate: str, out: bool, limit: int, offset: int = 0) -> list[Row]:
        """Facts of a thing in one relation, those with the most central things first."""
        own, other = ("s", "o") if out else ("o", "s")
        return self._rows(
            f"SELECT {_FACT} FROM fact f WHERE f.{own} = ? AND f.p = ? {'' if out else 'AND f.s != f.o'} "
            f"ORDER BY f.{other}, f.id LIMIT ? OFFSET ?",
            (rank, predicate, limit, offset),
        )

    def facts_between(self, source: int, predicate: str, target: int, limit: int, offset: int = 0) -> list[Row]:
        """The facts of one link."""
        return self._rows(
            f"SELECT {_FACT} FROM fact f WHERE f.s = ? AND f.p = ? AND f.o = ? ORDER BY f.id LIMIT ? OFFSET ?",
            (source, predicate, target, limit, offset),
        )

    def fact(self, fact: str) -> Row | None:
        """A fact by its id, or None."""
        found = self._rows(f"SELECT {_FACT} FROM fact f WHERE f.id = ?", (fact,))
        return found[0] if found else None

    def figure(self, figure: str) -> Row | None:
        """A figure by its id, or None."""
        found = self._rows(f"SELECT {_FIGURE} FROM figure g JOIN indicator i ON i.n = g.indicator WHERE g.id = ?", (figure,))
        return found[0] if found else None

    def figures_of(self, rank: int, limit: int = MOST_FIGURES) -> tuple[list[Row], int]:
        """Figures about a thing by indicator and period, and how many there are."""
        total: int = self._all("SELECT COUNT(*) FROM figure WHERE s = ?", (rank,))[0][0]
        rows = self._rows(
            f"SELECT {_FIGURE} FROM figure g JOIN indicator i ON i.n = g.indicator WHERE g.s = ? "
            "ORDER BY g.indicator, g.kind, g.first, g.id LIMIT ?",
            (rank, limit),
        )
        return sorted(rows, key=lambda row: (row["indicator"], row["kind"], row["period"], row["id"])), total

    # Sentences and documents

    def sentences(self, numbers: Iterable[int]) -> dict[int, Row]:
        """Number → text, start in its document, and the document."""
        rows = self._rows(
            "SELECT t.n, t.text, t.start, t.document FROM json_each(?) JOIN sentence t ON t.n = value",
            (json.dumps(sorted(set(numbers))),),
        )
        known = self.documents_by_number(row["document"] for row in rows)
        return {row.pop("n"): {**row, "document": known.get(row["document"])} for row in rows}

    def documents_by_number(self, numbers: Iterable[int]) -> dict[int, Row]:
        """Number → id, path, title, date, source, publisher."""
        rows = self._rows(
            "SELECT d.n, d.id, d.title, d.date, d.source, d.publisher, d.path FROM json_each(?) JOIN document d ON d.n = value",
            (json.dumps(sorted(set(numbers))),),
        )
        return {row.pop("n"): row for row in rows}

    def document(self, document: str) -> Row | None:
        """A document by its id (`d-…`) or by its path; None if there is none."""
        fields = "id, path, title, date, source, publisher, facts, figures"
        found = self._rows(f"SELECT {fields} FROM document WHERE id = ?", (document,)) or self._rows(
            f"SELECT {fields} FROM document WHERE path = ?", (document,)
        )
        return found[0] if found else None

    def documents(self, text: str, limit: int, offset: int) -> tuple[list[Row], int]:
        """Documents whose title, path or publisher contains the text, the newest first; and how many there are."""
        where, values = ("WHERE instr(key, ?)", [search_key(text)]) if search_key(text) else ("", [])
        total: int = self._all(f"SELECT COUNT(*) FROM document {where}", values)[0][0]
        rows = self._rows(
            f"SELECT id, path, title, date, source, publisher, facts, figures FROM document {where} "
            "ORDER BY date DESC, path LIMIT ? OFFSET ?",
            [*values, limit, offset],
        )
        return rows, total


def _tiers(query: str) -> Iterator[tuple[int, str]]:
    """Scores and full-text expressions, best first: the same ladder as in kg/view/web/fold.js."""
    yield 100, f"label : {exactly(query)}"
    yield 95, f"names : {exactly(query)}"
    yield 80, f"label : {beginning(query)}"
    latin = query.isascii() and query.isalnum()
    if latin:
        yield 75, f"initials : {exactly(query)}"
        yield 65, f"initials : {beginning(query)}"
        yield 60, f"pinyin : {beginning(query)}"
    yield 58, f"names : {beginning(query)}"
    one = len(query) == 1
    yield 50, f"{'single' if one else 'label'} : {containing(query)}"
    yield 40, f"{'others' if one else 'names'} : {containing(query)}"
    if latin and len(query) > 1:
        yield 35, f"initials : {containing(query)}"
    if latin and len(query) > 3:
        yield 30, f"pinyin : {containing(query)}"
