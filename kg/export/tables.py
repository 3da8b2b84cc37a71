"""A graph as tables for spreadsheets: things, facts, figures, documents, one CSV file each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.ask.figures import COLUMNS, figures
from kg.cells import harmless
from kg.errors import KgError
from kg.graph.network import named_things
from kg.graph.store import rows_of
from kg.graph.vocabulary import KGO, KGR, term_name
from kg.whole_file import whole_file

if TYPE_CHECKING:
    from kg.graph.store import GraphView

_CALLED = ("name", "subject", "object")  # columns that tell a thing by its name
# table → (columns, query); the variables stand in the order of the columns
_TABLES: dict[str, tuple[tuple[str, ...], str]] = {
    "things": (
        ("id", "type", "name", "key", "code", "scope", "documents"),
        """SELECT ?id ?type (?id AS ?name) ?key ?code ?scope (COUNT(DISTINCT ?d) AS ?documents) WHERE {
             GRAPH ?d { ?id a ?type ; skos:prefLabel ?key . OPTIONAL { ?id kgo:code ?code } OPTIONAL { ?id kgo:scope ?scope } }
             FILTER EXISTS { ?id kgo:mentionedIn [] }
           } GROUP BY ?id ?type ?key ?code ?scope ORDER BY ?type ?key ?id""",
    ),
    "facts": (
        ("id", "subject", "subject_id", "predicate", "object", "object_id", "value", "date", "confidence", "basis", "rule",
         "quote", "sentence", "document", "start", "end"),
        """SELECT ?f ?s (?s AS ?subject) ?p ?o (?o AS ?object) ?value ?date ?confidence ?basis ?rule ?quote ?sentence ?document ?start ?end WHERE {
             ?f a kgo:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgo:confidence ?confidence ; kgo:statedIn ?d .
             ?d dcterms:identifier ?document .
             OPTIONAL { ?f kgo:rule ?rule } OPTIONAL { ?f kgo:basis ?basis }
             OPTIONAL { ?f kgo:value ?value } OPTIONAL { ?f kgo:date ?date }
             OPTIONAL { ?f kgo:quote ?quote ; kgo:start ?start ; kgo:end ?end ; prov:wasDerivedFrom/kgo:text ?sentence }
           } ORDER BY ?document ?start ?end ?p ?s ?o ?f""",
    ),
    "documents": (
        ("id", "document", "title", "date", "date_basis", "genre", "areas", "area_basis", "period", "publisher", "source", "url", "format", "sha256"),
        """SELECT ?d ?document ?title ?date ?date_basis ?genre ?areas ?basis ?period ?publisher ?source ?url ?format ?sha256 WHERE {
             ?d a kgo:Document ; dcterms:identifier ?document ; kgo:format ?format ; kgo:sha256 ?sha256 ; kgo:genre ?genre .
             OPTIONAL { { SELECT ?d (GROUP_CONCAT(?name; SEPARATOR="、") AS ?areas) WHERE {
               { SELECT ?d ?name WHERE { ?d a kgo:Document ; dcterms:spatial/skos:prefLabel ?name } ORDER BY ?d ?name } } GROUP BY ?d } }
             OPTIONAL { ?d kgo:areaBasis ?basis } OPTIONAL { ?d dcterms:temporal ?period }
             OPTIONAL { ?d dcterms:title ?title } OPTIONAL { ?d dcterms:date ?date } OPTIONAL { ?d kgo:dateBasis ?date_basis }
             OPTIONAL { ?d dcterms:publisher ?publisher } OPTIONAL { ?d dcterms:source ?source } OPTIONAL { ?d schema:url ?url }
           } ORDER BY ?document""",
    ),
}  # fmt: skip


def write_tables(view: GraphView, folder: str | Path) -> dict[Path, int]:
    """Write things.csv, facts.csv, figures.csv and documents.csv into `folder`; each file with its number of rows.

    UTF-8 with a byte order mark, as spreadsheets want it. Text that a spreadsheet would run as a formula gets an
    apostrophe before it. KgError if the folder cannot be written.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise KgError("is a file; tables are written into a folder", file=folder)
    names = {iri: thing.name for iri, thing in named_things(view.store).items()}
    tables = {name: (columns, _rows(view, columns, query, names)) for name, (columns, query) in _TABLES.items()}
    tables["figures"] = (COLUMNS, _figures(view))
    written: dict[Path, int] = {}
    for name, (columns, rows) in tables.items():
        path = folder / f"{name}.csv"
        with whole_file(path) as stream:
            written[path] = _write(stream, columns, rows)
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


def _figures(view: GraphView) -> Iterator[list[str]]:
    """Those of `kg figures`, in the order of the texts."""
    for row in sorted(figures(view.store), key=lambda row: (row.document, row.start, row.end, row.id)):
        yield row.as_cells()


def _rows(view: GraphView, columns: tuple[str, ...], query: str, names: dict[str, str]) -> Iterator[list[str]]:
    for row in rows_of(view.store, query):
        yield [_cell(column, "" if term is None else term.value, names) for column, term in zip(columns, row, strict=True)]


def _cell(column: str, value: str, names: dict[str, str]) -> str:
    if column in _CALLED and value in names:
        return names[value]
    if value.startswith(KGR):
        return value.removeprefix(KGR).removeprefix("rule-")
    if column == "object_id":
        return ""  # a stage, a date or a number is no thing
    return term_name(value) if value.startswith(KGO) else value
