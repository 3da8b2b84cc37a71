"""A graph as tables for spreadsheets: things, facts, figures, documents, one CSV file each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.cells import harmless
from kg.errors import KgError
from kg.graph.store import rows_of
from kg.graph.vocabulary import KGO, KGR, term_name
from kg.whole_file import whole_file

if TYPE_CHECKING:
    from kg.graph.store import GraphView

# table → (columns, query); the variables stand in the order of the columns
_TABLES: dict[str, tuple[tuple[str, ...], str]] = {
    "things": (
        ("id", "type", "name", "key", "code", "scope", "documents"),
        """SELECT ?id ?type (MIN(?written) AS ?name) ?key ?code ?scope (COUNT(DISTINCT ?d) AS ?documents) WHERE {
             GRAPH ?d { ?id a ?type ; skos:prefLabel ?key ; rdfs:label ?written . OPTIONAL { ?id kgo:code ?code } OPTIONAL { ?id kgo:scope ?scope } }
             FILTER EXISTS { ?id kgo:mentionedIn [] }
           } GROUP BY ?id ?type ?key ?code ?scope ORDER BY ?type ?key ?id""",
    ),
    "facts": (
        ("id", "subject", "subject_name", "predicate", "object", "object_name", "value", "date", "confidence", "basis", "rule",
         "quote", "sentence", "document", "start", "end"),
        """SELECT ?f ?s ?sn ?p ?o ?on ?value ?date ?confidence ?basis ?rule ?quote ?sentence ?document ?start ?end WHERE {
             ?f a kgo:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgo:confidence ?confidence ; kgo:statedIn ?d .
             GRAPH ?d { ?s rdfs:label ?sn . ?d dcterms:identifier ?document } OPTIONAL { GRAPH ?d { ?o rdfs:label ?on } }
             OPTIONAL { ?f kgo:rule ?rule } OPTIONAL { ?f kgo:basis ?basis }
             OPTIONAL { ?f kgo:value ?value } OPTIONAL { ?f kgo:date ?date }
             OPTIONAL { ?f kgo:quote ?quote ; kgo:start ?start ; kgo:end ?end ; prov:wasDerivedFrom/kgo:text ?sentence }
           } ORDER BY ?document ?start ?end ?p ?s ?o ?f""",
    ),
    "figures": (
        ("id", "subject", "subject_name", "indicator", "indicator_as_written", "kind", "bound", "value", "unit", "period", "period_start",
         "period_end", "base", "within", "responsible", "as_written", "confidence", "clues", "rule", "sentence", "document", "start", "end"),
        """SELECT ?f ?s ?sn ?indicator ?text ?kind ?bound ?value ?unit ?period ?first ?last ?base ?scope ?who ?quoted ?confidence ?clues ?rule
                  ?sentence ?document ?start ?end WHERE {
             ?f a qb:Observation ; kgo:indicator/skos:prefLabel ?indicator ; kgo:indicatorText ?text ;
                kgo:kind ?kind ; kgo:bound ?bound ; kgo:value ?value ; kgo:unit/skos:notation ?unit ;
                kgo:confidence ?confidence ; kgo:rule ?rule ; kgo:start ?start ; kgo:end ?end ;
                prov:wasDerivedFrom/kgo:text ?sentence ; kgo:statedIn ?d . ?d dcterms:identifier ?document .
             OPTIONAL { ?f kgo:subject ?s . GRAPH ?d { ?s rdfs:label ?sn } }
             OPTIONAL { ?f kgo:period ?period } OPTIONAL { ?f kgo:periodStart ?first ; kgo:periodEnd ?last } OPTIONAL { ?f kgo:base ?base }
             OPTIONAL { ?f kgo:rankScope ?scope } OPTIONAL { ?f kgo:quoted ?quoted } OPTIONAL { ?f kgo:clues ?clues }
             OPTIONAL { { SELECT ?f (GROUP_CONCAT(?name; SEPARATOR="、") AS ?who) WHERE {
               { SELECT ?f ?name WHERE { ?f kgo:responsible/skos:prefLabel ?name } ORDER BY ?f ?name } } GROUP BY ?f } }
           } ORDER BY ?document ?start ?end ?f""",
    ),
    "documents": (
        ("document", "title", "date", "genre", "areas", "area_basis", "period", "publisher", "source", "format", "sha256"),
        """SELECT ?document ?title ?date ?genre ?areas ?basis ?period ?publisher ?source ?format ?sha256 WHERE {
             ?d a kgo:Document ; dcterms:identifier ?document ; kgo:format ?format ; kgo:sha256 ?sha256 ; kgo:genre ?genre .
             OPTIONAL { { SELECT ?d (GROUP_CONCAT(?name; SEPARATOR="、") AS ?areas) WHERE {
               { SELECT ?d ?name WHERE { ?d a kgo:Document ; dcterms:spatial/skos:prefLabel ?name } ORDER BY ?d ?name } } GROUP BY ?d } }
             OPTIONAL { ?d kgo:areaBasis ?basis } OPTIONAL { ?d dcterms:temporal ?period }
             OPTIONAL { ?d dcterms:title ?title } OPTIONAL { ?d dcterms:date ?date }
             OPTIONAL { ?d dcterms:publisher ?publisher } OPTIONAL { ?d dcterms:source ?source }
           } ORDER BY ?document""",
    ),
}  # fmt: skip


def write_tables(view: GraphView, folder: Path) -> dict[Path, int]:
    """Write things.csv, facts.csv, figures.csv and documents.csv into `folder`; each file with its number of rows.

    UTF-8 with a byte order mark, as spreadsheets want it. Text that a spreadsheet would run as a formula gets an
    apostrophe before it. KgError if the folder cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise KgError("is a file; tables are written into a folder", file=folder)
    written: dict[Path, int] = {}
    for name, (columns, query) in _TABLES.items():
        path = folder / f"{name}.csv"
        with whole_file(path) as stream:
            written[path] = _write(stream, columns, _rows(view, query))
    return written


def _write(stream: IO[bytes], columns: tuple[str, ...], rows: Iterator[list[str]]) -> int:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(columns)
    count = 0
    for count, row in enumerate(rows, 1):
        lines.writerow([harmless(cell) for cell in row])
    text.detach()
    return count


def _rows(view: GraphView, query: str) -> Iterator[list[str]]:
    for row in rows_of(view.store, query):
        yield [_cell(term) for term in row]


def _cell(term: Any) -> str:
    if term is None:
        return ""
    value: str = term.value
    if value.startswith(KGR):
        return value.removeprefix(KGR).removeprefix("rule-")
    return term_name(value) if value.startswith(KGO) else value
