"""Answers from a generation's index: search, things, links, facts, documents. Read-only, and safe to ask from threads."""

from __future__ import annotations

import json
import queue
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.serve.index_schema import FORMAT
from kg.serve.search_tokens import beginning, containing, exactly, word
from kg.view.search_keys import search_key

Row = dict[str, Any]
MOST_PER_GROUP = 24  # facts of one thing and relation that are told at once; hubs have ten thousands
_REACH = 60  # candidates looked at for each kind of match: the most central that fit
_CONNECTIONS = 8
_BUSY = 400  # links beyond which a thing's links to few others are looked up one by one
# The index by objects leaves out facts without one, and is used only where that is said.
_INCOMING = "AND f.o >= 0 AND f.s != f.o"
_THING = "rank, id, label, type, names, code, scope, degree, mentions, x, y, initials, pinyin"
_FACT = 'f.id, f.s, f.p, f.o, f.value, f.date, f.own, f.confidence, f.sentence, f.start, f."end", f.rule, f.basis'


class Index:
    """One open index file; ValueError if it is of another format.

    Its connections are opened at once, so that it can be read after a build has removed it.
    """

    def __init__(self, path: Path) -> None:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connections: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        for _ in range(_CONNECTIONS):
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            connection.execute("PRAGMA mmap_size = 2000000000")
            self._connections.put(connection)
        self._meta: dict[str, Any] = {key: json.loads(value) for key, value in self._all("SELECT key, value FROM meta")}
        if self._meta["format"] != FORMAT:
            raise ValueError(f"format {self._meta['format']} instead of {FORMAT}")
        self.totals: dict[str, int] = self._meta["totals"]
        self.types: dict[str, int] = self._meta["types"]
        self.predicates: dict[str, int] = self._meta["predicates"]
        self.labels: dict[str, dict[str, str]] = self._meta["labels"]
        self.start: list[Row] = self._meta["start"]
        self.central: dict[str, list[int]] = self._meta["central"]
        self.units: list[Row] = self._meta["units"]  # by how many figures have them

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = self._connections.get()
        try:
            yield connection
        finally:
            self._connections.put(connection)

    def _all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._connection() as connection:
            return connection.execute(sql, values).fetchall()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """What a query gives, each row by the names of its columns."""
        with self._connection() as connection:
            found = connection.execute(sql, values)
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found]

    def count(self, sql: str, values: Sequence[Any] = ()) -> int:
        """The one number that a query gives."""
        number: int = self._all(sql, values)[0][0]
        return number

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
        rows = self.rows(f"SELECT {_THING} FROM (SELECT value FROM json_each(?)) JOIN thing ON rank = value", (wanted,))
        for row in rows:
            row["names"], row["neighbours"] = json.loads(row["names"]), row["degree"]
        return {row.pop("rank"): row for row in rows}

    def ids_to_ranks(self, ids: Iterable[str]) -> list[int]:
        """The numbers of those ids that there are, sorted."""
        rows = self._all(
            "SELECT rank FROM (SELECT value FROM json_each(?)) JOIN thing ON id = value ORDER BY rank",
            (json.dumps(list(ids)),),
        )
        return list(dict.fromkeys(row[0] for row in rows))

    def ranked(self, n: int) -> list[Row]:
        """Ids and places of the most central things that have a place on the great map."""
        return self.rows("SELECT id, x, y FROM thing WHERE x IS NOT NULL ORDER BY rank LIMIT ?", (n,))

    def neighbours(self, rank: int, limit: int, least: float = 0.0) -> list[int]:
        """The most central things linked to one by a fact that is at least so sure."""
        # The links are far fewer than the facts, so they are asked where that is enough.
        link, sure = ("fact", "AND o >= 0 AND confidence >= ?3") if least > 0 else ("link", "")
        a, b = ("s", "o") if least > 0 else ("a", "b")
        rows = self._all(
            f"SELECT {b} FROM {link} WHERE {a} = ?1 AND {b} != ?1 {sure} UNION SELECT {a} FROM {link} WHERE {b} = ?1 AND {a} != ?1 {sure} "
            "ORDER BY 1 LIMIT ?2",
            (rank, limit, least) if least > 0 else (rank, limit),
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
            for (rank,) in self._all(
                "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?", (expression, _REACH)
            ):
                best.setdefault(rank, score)
        if query.isdigit():
            for rank, own in self._all("SELECT rank, type FROM thing WHERE code = ? AND code != ''", (query,)):
                if not kind or own == kind:
                    best[rank] = 100
        lengths = dict(
            self._all(
                "SELECT rank, length FROM (SELECT value FROM json_each(?)) JOIN thing ON rank = value",
                (json.dumps(list(best)),),
            )
        )
        # Between 40 and 80 centrality decides, outside the shorter name: as in the page to send.
        ordered = sorted(best, key=lambda r: (-best[r], lengths[r] if not 40 < best[r] < 80 else 0, r))[:limit]
        return [(rank, self._matched_name(rank, query, best[rank])) for rank in ordered]

    def _matched_name(self, rank: int, query: str, score: int) -> str:
        if score not in (95, 58, 40):
            return ""
        names: list[str] = json.loads(self._all("SELECT names FROM thing WHERE rank = ?", (rank,))[0][0])
        ways: dict[int, Callable[[str, str], bool]] = {95: str.__eq__, 58: str.startswith, 40: str.__contains__}
        fits = ways[score]
        return next((name for name in names if fits(search_key(name), query)), "")

    # Links and facts

    def links(self, ranks: Sequence[int], least: float = 0.0) -> list[Row]:
        """The links among these things: both ends, relation, number of facts that are at least so sure, dates and confidences of some of them."""
        wanted = json.dumps(sorted(set(ranks)))
        busy: list[int] = []
        quiet: list[int] = []
        for rank, degree in self._all(
            "SELECT rank, degree FROM (SELECT value FROM json_each(?)) JOIN thing ON rank = value", (wanted,)
        ):
            (busy if degree > max(_BUSY, len(ranks)) else quiet).append(rank)
        sure = "(SELECT COUNT(*) FROM fact f WHERE f.s = l.a AND f.p = l.p AND f.o = l.b AND f.confidence >= ?4)" if least > 0 else "l.count"
        fields = f"l.a, l.b, l.p AS predicate, {sure} AS count, l.facts"
        # CROSS JOIN fixes the order: for a hub every pair is looked up, for others all links are read and sifted.
        rows = self.rows(
            f"SELECT {fields} FROM json_each(?1) q CROSS JOIN link l ON l.a = q.value WHERE l.b IN (SELECT value FROM json_each(?2)) "
            f"UNION ALL SELECT {fields} FROM json_each(?3) q CROSS JOIN json_each(?2) r CROSS JOIN link l "
            "ON l.a = q.value AND l.b = r.value ORDER BY 1, 2, 3",
            (json.dumps(quiet), wanted, json.dumps(busy), least) if least > 0 else (json.dumps(quiet), wanted, json.dumps(busy)),
        )
        for row in rows:
            row["facts"] = [fact for fact in json.loads(row["facts"]) if fact["confidence"] >= least]
        return [row for row in rows if row["count"]]

    def groups(self, rank: int, least: float = 0.0) -> list[Row]:
        """How many facts a thing has by relation; `out` tells whether it is their subject."""
        sure, values = surer("fact", least)
        rows = self.rows(
            f"SELECT p AS predicate, 1 AS out, COUNT(*) AS total FROM fact WHERE s = ? {sure} GROUP BY p UNION ALL "
            f"SELECT p, 0, COUNT(*) FROM fact WHERE o = ? AND o >= 0 AND s != ? {sure} GROUP BY p ORDER BY 1, 2 DESC",
            (rank, *values, rank, rank, *values),
        )
        for row in rows:
            row["out"] = bool(row["out"])
        return rows

    def facts_of(self, rank: int, predicate: str, out: bool, limit: int, offset: int = 0, least: float = 0.0) -> list[Row]:
        """Facts of a thing in one relation, those with the most central things first."""
        own, other = ("s", "o") if out else ("o", "s")
        sure, values = surer("f", least)
        return self.rows(
            f"SELECT {_FACT} FROM fact f WHERE f.{own} = ? AND f.p = ? {'' if out else _INCOMING} {sure} "
            f"ORDER BY f.{other}, f.id LIMIT ? OFFSET ?",
            (rank, predicate, *values, limit, offset),
        )

    def facts_between(self, source: int, predicate: str, target: int, limit: int, least: float = 0.0) -> list[Row]:
        """The facts of one link."""
        sure, values = surer("f", least)
        return self.rows(
            f"SELECT {_FACT} FROM fact f WHERE f.s = ? AND f.p = ? AND f.o = ? {sure} ORDER BY f.id LIMIT ?",
            (source, predicate, target, *values, limit),
        )

    def fact(self, fact: str) -> Row | None:
        """A fact by its id, or None."""
        found = self.rows(f"SELECT {_FACT} FROM fact f WHERE f.id = ?", (fact,))
        return found[0] if found else None

    # Sentences and documents

    def sentences(self, numbers: Iterable[int]) -> dict[int, Row]:
        """Number → text, start in its document, and the document."""
        rows = self.rows(
            "SELECT t.n, t.text, t.start, t.document FROM json_each(?) JOIN sentence t ON t.n = value",
            (json.dumps(sorted(set(numbers))),),
        )
        known = self.documents_by_number(row["document"] for row in rows)
        return {row.pop("n"): {**row, "document": known.get(row["document"])} for row in rows}

    def documents_by_number(self, numbers: Iterable[int]) -> dict[int, Row]:
        """Number → id, path, title, date, source, publisher."""
        rows = self.rows(
            "SELECT d.n, d.id, d.title, d.date, d.source, d.publisher, d.path FROM json_each(?) JOIN document d ON d.n = value",
            (json.dumps(sorted(set(numbers))),),
        )
        return {row.pop("n"): row for row in rows}

    def document(self, document: str) -> Row | None:
        """A document by its id (`d-…`) or by its path; None if there is none."""
        fields = "id, path, title, date, source, publisher, facts, figures"
        found = self.rows(f"SELECT {fields} FROM document WHERE id = ?", (document,)) or self.rows(
            f"SELECT {fields} FROM document WHERE path = ?", (document,)
        )
        return found[0] if found else None

    def has_parts(self, path: str) -> bool:
        """Whether there are documents that are parts of the file at `path` (`path#1`)."""
        return bool(self.rows("SELECT 1 FROM document WHERE instr(path, ?) = 1 LIMIT 1", (f"{path}#",)))

    def facts_in(self, document: str, start: int, end: int, least: float = 0.0) -> list[Row]:
        """The facts that rest on a stretch of a document, in the order of the text."""
        sure, values = surer("f", least)
        return self.rows(
            f"SELECT {_FACT} FROM fact f WHERE f.document = (SELECT n FROM document WHERE id = ?) AND f.sentence >= 0 "
            f'AND f.start < ? AND f."end" > ? {sure} ORDER BY f.start, f."end", f.id',
            (document, end, start, *values),
        )

    def documents(self, text: str, limit: int, offset: int) -> tuple[list[Row], int]:
        """Documents whose title, path or publisher contains the text, the newest first; and how many there are."""
        where, values = ("WHERE instr(key, ?)", [search_key(text)]) if search_key(text) else ("", [])
        total = self.count(f"SELECT COUNT(*) FROM document {where}", values)
        rows = self.rows(
            f"SELECT id, path, title, date, source, publisher, facts, figures FROM document {where} "
            "ORDER BY date DESC, path LIMIT ? OFFSET ?",
            [*values, limit, offset],
        )
        return rows, total


def surer(table: str, least: float) -> tuple[str, tuple[float, ...]]:
    """The condition that a fact or figure is at least so sure, with its values; none for 0, so that counts need the index alone."""
    return (f"AND {table}.confidence >= ?", (least,)) if least > 0 else ("", ())


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
