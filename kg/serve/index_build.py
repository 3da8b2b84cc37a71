"""Makes a generation's index in one pass over its store: `python -m kg.serve.index_build STORE TARGET`.

In a process of its own, since a large graph takes a minute and some memory, and the server must go on meanwhile.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

from kg.ask.lookup import responsible, scopes
from kg.graph.naming import by_preference
from kg.graph.vocabulary import KGO, PREFIXES, RDF, area_code
from kg.serve.index_schema import FORMAT, INDEXES, TABLES
from kg.serve.ranking import distinct_pairs, great_map, opening
from kg.serve.search_tokens import pairs, singles, word
from kg.view.central import LEADING, pagerank
from kg.view.links import AUTHORITY
from kg.view.options import first_day, last_day
from kg.view.records import indicator_name, short
from kg.view.search_keys import pinyin_keys, search_key
from kg.view.terms import ontology_quads, term_labels

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyoxigraph import NamedNode, Store

# Distinct and grouped inside the engine, which compares short codes and looks up only what is left over.
_KEYS = "SELECT DISTINCT ?thing ?key WHERE { GRAPH ?g { ?thing skos:prefLabel ?key } }"
_NAMES = "SELECT ?thing ?name (COUNT(?g) AS ?n) WHERE { GRAPH ?g { ?thing ?predicate ?name } } GROUP BY ?thing ?name"
_MENTIONS = "SELECT ?thing (COUNT(?s) AS ?n) WHERE { ?thing kgo:mentionedIn ?s } GROUP BY ?thing"
# One pattern in each OPTIONAL: several in one are joined over the whole store, for each document anew (a thousand times slower).
_FACTS = """SELECT ?n ?s ?p ?o ?value ?date ?basis ?confidence ?sentence ?start ?end ?rule ?document WHERE {
  ?n kgo:statedIn ?document ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
  OPTIONAL { ?n kgo:value ?value } OPTIONAL { ?n kgo:date ?date } OPTIONAL { ?n kgo:basis ?basis }
  OPTIONAL { ?n kgo:confidence ?confidence } OPTIONAL { ?n kgo:rule ?rule }
  OPTIONAL { ?n prov:wasDerivedFrom ?sentence } OPTIONAL { ?n kgo:start ?start } OPTIONAL { ?n kgo:end ?end } }"""
_FIGURES = """SELECT ?o ?s ?indicator ?written ?kind ?value ?unit ?bound ?period ?base ?scope ?quoted ?confidence ?sentence ?start ?end
  ?rule ?clues ?document WHERE {
  ?o kgo:statedIn ?document ; kgo:indicator ?indicator ; kgo:indicatorText ?written ; kgo:kind ?kind ; kgo:value ?value ; kgo:unit ?unit ; kgo:bound ?bound .
  OPTIONAL { ?o kgo:subject ?s } OPTIONAL { ?o kgo:period ?period } OPTIONAL { ?o kgo:base ?base }
  OPTIONAL { ?o kgo:rankScope ?scope } OPTIONAL { ?o kgo:quoted ?quoted } OPTIONAL { ?o kgo:confidence ?confidence }
  OPTIONAL { ?o kgo:rule ?rule } OPTIONAL { ?o kgo:clues ?clues }
  OPTIONAL { ?o prov:wasDerivedFrom ?sentence } OPTIONAL { ?o kgo:start ?start } OPTIONAL { ?o kgo:end ?end } }"""
_INDICATOR_NAMES = """SELECT DISTINCT ?i ?name WHERE { GRAPH ?g { ?i a kgo:Indicator .
  { ?i skos:prefLabel ?name BIND(0 AS ?place) } UNION { ?i skos:altLabel ?name BIND(1 AS ?place) } } } ORDER BY ?place ?name"""
_SENTENCES = "SELECT ?sentence ?text ?start ?document WHERE { ?sentence dcterms:isPartOf ?document ; kgo:text ?text ; kgo:start ?start }"
_DOCUMENTS = """SELECT ?document ?path ?title ?date ?source ?publisher WHERE { ?document a kgo:Document .
  OPTIONAL { ?document dcterms:identifier ?path } OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document dcterms:date ?date } OPTIONAL { ?document dcterms:source ?source }
  OPTIONAL { ?document dcterms:publisher ?publisher } } ORDER BY ?path ?document"""
_LINK_FACTS = 60  # different dates and confidences of one link that are told; beyond, only how many there are
_BATCH = 20_000


def build_index(store: Store, target: Path) -> None:
    """Writes the index of a store to `target`, in one step."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(partial)) as database:
            database.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;" + TABLES
            )
            _Builder(store, database).run()
            database.executescript(INDEXES + "INSERT INTO search (search) VALUES ('optimize'); ANALYZE;")
            database.commit()
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)


class _Builder:
    def __init__(self, store: Store, database: sqlite3.Connection) -> None:
        self._store, self._database = store, database
        self._iris: list[str] = []  # things in the order of their IRIs, which numbers them until ranks are known
        self._types: list[str] = []
        self._keys: list[str] = []
        self._index: dict[str, int] = {}
        self._documents: dict[str, int] = {}
        self._dates: list[str] = []
        self._sentences: dict[str, int] = {}

    def run(self) -> None:
        self._read_things()
        documents = self._read_documents()
        self._write_sentences()
        ends = self._write_facts()
        linked, weights = distinct_pairs(ends)
        rank_of = self._ranks(linked, weights)
        self._renumber(rank_of)
        figures = self._write_figures(rank_of)
        self._write_things(rank_of, rank_of[linked] if len(linked) else linked, weights)
        self._write_links()
        self._write_documents(documents, figures)
        self._write_meta(sum(figures.values()))

    def _rows(self, sparql: str, **known: NamedNode) -> Iterator[tuple[str, ...]]:
        from pyoxigraph import Variable

        given: dict[Any, Any] = {Variable(name): term for name, term in known.items()}
        found: Any = self._store.query(sparql, prefixes=PREFIXES, substitutions=given)
        return (tuple(term.value if term is not None else "" for term in row) for row in found)

    def _rows_by_document(self, sparql: str) -> Iterator[tuple[str, ...]]:
        """The rows of a query for each `?document` in turn.

        One document after the other: what is said of one lies together on the disk, and what is joined over all of a
        million facts does not fit any cache (7,000 facts took 50 s so, 2 s by document).
        """
        for graph in cast("Iterator[NamedNode]", self._store.named_graphs()):
            yield from self._rows(sparql, document=graph)

    def _insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        batch: list[tuple[Any, ...]] = []
        for row in rows:
            batch.append(row)
            if len(batch) == _BATCH:
                self._database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", batch)
                batch.clear()
        if batch:
            self._database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(batch[0]))})", batch)

    def _read_things(self) -> None:
        from pyoxigraph import DefaultGraph, NamedNode

        keys: dict[str, str] = {}
        for iri, key in self._rows(_KEYS):
            if iri not in keys or key < keys[iri]:
                keys[iri] = key
        # The first class that is found will do: a join would go through all documents that name a thing.
        a = NamedNode(RDF + "type")
        for iri in sorted(keys):
            quad = next(self._store.quads_for_pattern(NamedNode(iri), a, None, DefaultGraph()), None)
            kind = quad.object.value if quad else ""  # type: ignore[union-attr]
            if kind.startswith(KGO) and kind != KGO + "Indicator":
                self._index[iri] = len(self._iris)
                self._iris.append(iri)
                self._types.append(kind.removeprefix(KGO))
                self._keys.append(keys[iri])

    def _read_documents(self) -> list[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = []
        for row in self._rows(_DOCUMENTS):
            if row[0] not in self._documents:
                self._documents[row[0]] = len(rows)
                self._dates.append(row[3])
                rows.append(row)
        return rows

    def _write_sentences(self) -> None:
        def rows() -> Iterator[tuple[Any, ...]]:
            for sentence, text, start, graph in self._rows_by_document(_SENTENCES):
                if sentence not in self._sentences:
                    number = self._sentences[sentence] = len(self._sentences)
                    yield number, text, self._documents.get(graph, -1), int(start)

        self._insert("sentence", rows())

    def _place(self, sentence: str, start: str, end: str, rule: str) -> tuple[int, int, int, str]:
        number = self._sentences.get(sentence, -1)
        return number, int(start or 0), int(end or 0), unquote(short(rule).removeprefix("rule-"))

    def _write_facts(self) -> NDArray[Any]:
        """Fills the table with thing numbers by IRI; gives for each fact between things both ends, and 1 if a text says
        it. What a reference table knows is repeated by every document that names both things, and kept once.
        """
        from array import array

        import numpy as np

        ends = array("q")
        known: dict[tuple[int, str, int, str], tuple[Any, ...]] = {}

        def rows() -> Iterator[tuple[Any, ...]]:
            for statement, s, p, o, value, date, basis, confidence, *place, graph in self._rows_by_document(_FACTS):
                source, target = self._index.get(s), self._index.get(o, -1)
                if source is None:
                    continue
                document = self._documents.get(graph, -1)
                if target >= 0:
                    ends.extend((source, target, int(basis != AUTHORITY)))
                elif not value:
                    value = short(o)
                own = date or (self._dates[document] if document >= 0 else "")
                sure = round(float(confidence), 3) if confidence else 1.0
                shown = value.removeprefix("status-")
                row = (
                    short(statement), source, short(p), target, shown, own, int(bool(date)), sure, document,
                    *self._place(*place), basis,
                )  # fmt: skip
                if basis != AUTHORITY:
                    yield row
                elif row < known.get(row[1:5], ("~",)):
                    # No document's date is its date, and no document says it.
                    known[row[1:5]] = (*row[:5], date, int(bool(date)), sure, -1, *row[9:])
            yield from known.values()

        self._insert("fact", rows())
        return np.frombuffer(ends, dtype=np.int64).reshape(-1, 3) if ends else np.zeros((0, 3), dtype=np.int64)

    def _ranks(self, linked: NDArray[Any], weights: NDArray[Any]) -> NDArray[Any]:
        """Thing number → rank; of equals the first by IRI."""
        import numpy as np

        importance = pagerank(len(self._iris), linked, weights)
        order = np.lexsort((np.arange(len(self._iris)), -importance))
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = np.arange(len(order))
        return ranks

    def _renumber(self, rank_of: NDArray[Any]) -> None:
        self._database.execute("CREATE TEMP TABLE number (n INTEGER PRIMARY KEY, rank INTEGER NOT NULL)")
        self._database.executemany("INSERT INTO number VALUES (?, ?)", enumerate(rank_of.tolist()))
        self._database.execute("INSERT INTO number VALUES (-1, -1)")
        self._database.execute(
            "UPDATE fact SET s = (SELECT rank FROM number WHERE n = s), o = (SELECT rank FROM number WHERE n = o)"
        )

    def _write_figures(self, rank_of: NDArray[Any]) -> Counter[int]:
        """Fills figures and indicators; gives the number of figures of each document.

        What texts call 生产总值, GDP or 地區生產總值 is one indicator, under the name that `indicator_name` chooses.
        """
        units = self._units()
        numbers: dict[str, int] = {}
        names: dict[str, Counter[str]] = {}
        by_document: Counter[int] = Counter()
        answering = {short(target): [int(rank_of[self._index[who.iri]]) for who in things if who.iri in self._index] for target, things in responsible(self._store).items()}

        def rows() -> Iterator[tuple[Any, ...]]:
            for row in self._rows_by_document(_FIGURES):
                o, s, indicator, written, kind, value, unit, bound, period, *rest, confidence, sentence, start, end, rule, clues, graph = row
                number = numbers.setdefault(indicator, len(numbers))
                document = self._documents.get(graph, -1)
                names.setdefault(indicator, Counter())[written] += 1
                by_document[document] += 1
                subject = self._index.get(s)
                yield (
                    short(o), None if subject is None else int(rank_of[subject]), number,
                    short(kind).removeprefix("kind-"), value, units.get(unit, short(unit).removeprefix("unit-")),
                    short(bound).removeprefix("bound-"), period, first_day(period) if period else "",
                    last_day(period) if period else "", *rest, round(float(confidence or 1), 3), document,
                    *self._place(sentence, start, end, rule), clues, written, " ".join(map(str, answering.get(short(o), ()))),
                )  # fmt: skip

        self._insert("figure", rows())
        self._insert("answer", sorted((rank, target) for target, ranks in answering.items() for rank in ranks))
        # Numbered anew, the most frequent first, which is the order in which tables show them.
        labels: dict[str, list[str]] = {iri: [] for iri in names}
        for iri, label in self._rows(_INDICATOR_NAMES):
            if iri in labels:
                labels[iri].append(label)
        shown = {iri: indicator_name(written, labels[iri]) for iri, written in names.items()}
        order = sorted(names, key=lambda iri: (-names[iri].total(), shown[iri], iri))
        self._database.execute("CREATE TEMP TABLE place (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)")
        self._database.executemany(
            "INSERT INTO place VALUES (?, ?)", ((numbers[iri], n) for n, iri in enumerate(order))
        )
        self._database.execute("UPDATE figure SET indicator = (SELECT new FROM place WHERE old = indicator)")
        keys = {iri: "\n".join(sorted({search_key(name) for name in (*names[iri], *labels[iri])})) for iri in names}
        self._insert("indicator", ((n, shown[iri], keys[iri], names[iri].total()) for n, iri in enumerate(order)))
        return by_document

    def _units(self) -> dict[str, str]:
        rows = self._rows("SELECT DISTINCT ?unit ?name WHERE { GRAPH ?g { ?unit a kgo:Unit ; skos:notation ?name } }")
        return dict(sorted(rows))  # type: ignore[arg-type]

    def _names(self) -> list[Counter[str]]:
        """For each thing the names that texts use; those that stand first somewhere count most."""
        found: list[Counter[str]] = [Counter() for _ in self._iris]
        for weight, predicate in ((1000, "rdfs:label"), (1, "skos:altLabel")):
            for iri, name, count in self._rows(_NAMES.replace("?predicate", predicate)):
                thing = self._index.get(iri)
                if thing is not None:
                    found[thing][name] += weight * int(count)
        return found

    def _mentions(self) -> dict[int, int]:
        rows = self._rows(_MENTIONS)
        return {self._index[iri]: int(count) for iri, count in rows if iri in self._index}

    def _write_things(self, rank_of: NDArray[Any], linked: NDArray[Any], weights: NDArray[Any]) -> None:
        import numpy as np

        written, mentions, scope = self._names(), self._mentions(), scopes(self._store)
        degrees = (
            np.bincount(linked.ravel(), minlength=len(self._iris)).tolist() if len(linked) else [0] * len(self._iris)
        )
        places = great_map(linked, len(self._iris))
        by_rank = np.argsort(rank_of).tolist()
        types = [self._types[thing] for thing in by_rank]
        labels: list[str] = []

        def rows() -> Iterator[tuple[Any, ...]]:
            for rank, thing in enumerate(by_rank):
                key = self._keys[thing]
                names = by_preference(written[thing], self._types[thing], key) or [key]
                label, known = names[0], {search_key(name) for name in names}
                names = names if search_key(key) in known else [*names, key]
                labels.append(label)
                local = short(self._iris[thing])
                initials, pinyin = pinyin_keys(label)
                x, y = places[rank] if rank < len(places) else (None, None)
                yield (
                    rank, local, label, self._types[thing], json.dumps(names[1:], ensure_ascii=False), area_code(local),
                    scope.get(self._iris[thing], ""), degrees[rank],
                    mentions.get(thing, 0), x, y, len(search_key(label)), initials, pinyin,
                )  # fmt: skip

        self._insert("thing", rows())
        self._write_search()
        first = [
            {"id": self._id(by_rank[rank]), "x": x, "y": y} for rank, x, y in opening(linked, weights, labels, types)
        ]
        self._set("start", first)
        central: dict[str, list[int]] = {}
        for rank, kind in enumerate(types):
            if len(own := central.setdefault(kind, [])) < LEADING:
                own.append(rank)
        self._set("central", central)

    def _id(self, thing: int) -> str:
        return short(self._iris[thing])

    def _write_search(self) -> None:
        def rows() -> Iterator[tuple[Any, ...]]:
            found = self._database.execute("SELECT rank, label, names, type, initials, pinyin FROM thing")
            for rank, label, names, kind, initials, pinyin in found:
                key = search_key(label)
                others = [search_key(name) for name in json.loads(names)]
                columns = (pairs(key), [t for o in others for t in pairs(o)], singles([key]), singles(others))
                yield rank, *map(" ".join, (*columns, _readings(initials), _readings(pinyin))), word(kind)

        batch = list(rows())
        self._database.executemany(
            "INSERT INTO search (rowid, label, names, single, others, initials, pinyin, kind) VALUES (?,?,?,?,?,?,?,?)",
            batch,
        )

    def _write_links(self) -> None:
        def rows() -> Iterator[tuple[Any, ...]]:
            found = self._database.execute(
                "SELECT s, o, p, date, confidence, COUNT(*) FROM fact WHERE o >= 0 AND s != o "
                "GROUP BY s, o, p, date, confidence ORDER BY s, o, p, date, confidence"
            )
            for (a, b, p), group in groupby(found.fetchall(), key=lambda row: row[:3]):
                facts = [(date, confidence, count) for *_, date, confidence, count in group]
                told = [{"date": date, "confidence": confidence} for date, confidence, _ in facts[:_LINK_FACTS]]
                yield a, b, p, sum(count for *_, count in facts), json.dumps(told, separators=(",", ":"))

        self._insert("link", rows())

    def _write_documents(self, documents: list[tuple[str, ...]], figures: Counter[int]) -> None:
        facts = dict(self._database.execute("SELECT document, COUNT(*) FROM fact GROUP BY document"))
        self._insert("document", (
            (n, short(iri), path, title, date, source, publisher, search_key(f"{title} {path} {publisher}"),
             facts.get(n, 0), figures[n])
            for n, (iri, path, title, date, source, publisher) in enumerate(documents)
        ))  # fmt: skip

    def _set(self, key: str, value: object) -> None:
        self._database.execute("INSERT INTO meta VALUES (?, ?)", (key, json.dumps(value, ensure_ascii=False)))

    def _write_meta(self, figures: int) -> None:
        def counted(sql: str) -> dict[str, int]:
            return dict(self._database.execute(sql).fetchall())

        facts = counted("SELECT p, COUNT(*) FROM fact GROUP BY p ORDER BY p")
        types = counted("SELECT type, COUNT(*) FROM thing GROUP BY type ORDER BY type")
        units = self._database.execute("SELECT unit, COUNT(*) FROM figure GROUP BY unit ORDER BY 2 DESC, 1 LIMIT 60")
        self._set("units", [{"name": name, "figures": count} for name, count in units])
        self._set("labels", term_labels(ontology_quads(self._store)))
        self._set("types", types)
        self._set("predicates", facts)
        totals = {
            "things": len(self._iris),
            "facts": sum(facts.values()),
            "figures": figures,
            "documents": len(self._documents),
        }
        self._set("totals", totals)
        self._set("format", FORMAT)


def _readings(spaced: str) -> list[str]:
    """Tokens of all readings of a name: characters with two readings give it several, set apart by spaces."""
    return [token for reading in spaced.split() for token in pairs(reading)]


def main() -> None:
    """The command of the process that builds an index."""
    from pyoxigraph import Store

    from kg.serve.confine import isolate

    isolate()
    build_index(Store.read_only(sys.argv[1]), Path(sys.argv[2]))


if __name__ == "__main__":
    main()
