"""What a SPARQL query gives: rows, triples or yes/no, as Python values, as text for people, as the W3C's formats."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from kg.cells import Cell
from kg.errors import KgError
from kg.graph.literals import sound_xml
from kg.graph.store import rows_of
from kg.graph.vocabulary import ONTOLOGY_GRAPH, PREFIXES, XSD
from kg.sparql_check import check

if TYPE_CHECKING:
    from pyoxigraph import Store

_SERVICE = "SERVICE"
_KGO = PREFIXES["kgo"]
Plain = str | int | float | bool | Decimal | datetime.date | None
# datatype → how its values are read; those of any other stay texts
_READ: dict[str, Callable[[str], Plain]] = {
    **dict.fromkeys((XSD + name for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger")), int),
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "float": float,
    XSD + "boolean": ("true", "1").__contains__,
    XSD + "date": datetime.date.fromisoformat,
}


class Results:
    """The answer to one query; iterating gives each row as a tuple of Python values. Rows are not kept: once all were given, asking for them
    again is a KgError (`rows = list(results)` keeps them).

    `form` is "rows" (SELECT), "triples" (CONSTRUCT, DESCRIBE) or "boolean" (ASK); `columns` names the columns of rows and is
    subject, predicate, object for triples. An IRI is a plain string in full, a number an int, Decimal or float.
    """

    def __init__(self, raw: Any, prefixes: Mapping[str, str]) -> None:
        from pyoxigraph import QueryBoolean, QuerySolutions

        self._raw, self._prefixes, self._given = raw, prefixes, False
        self.form = "rows" if isinstance(raw, QuerySolutions) else "boolean" if isinstance(raw, QueryBoolean) else "triples"
        self.columns: tuple[str, ...] = ()
        if self.form == "rows":
            self.columns = tuple(variable.value for variable in raw.variables)
        elif self.form == "triples":
            self.columns = ("subject", "predicate", "object")

    @property
    def value(self) -> bool:
        """The answer to ASK."""
        if self.form != "boolean":
            raise TypeError("only ASK has a yes or no for an answer")
        return bool(self._raw)

    def __bool__(self) -> bool:
        return self.value if self.form == "boolean" else True

    def __repr__(self) -> str:
        return f"<Results: {self.value}>" if self.form == "boolean" else f"<Results: {self.form} of {', '.join(self.columns)}>"

    def _refuse_again(self) -> None:
        if self._given:
            raise KgError("the rows were given already, and are not kept", hint="keep them by list(results), or ask again")

    def _terms(self) -> Iterator[tuple[Any, ...]]:
        self._refuse_again()
        if self.form == "boolean":
            raise TypeError("ASK has no rows; .value is its yes or no")
        for row in self._raw:
            yield (row.subject, row.predicate, row.object) if self.form == "triples" else tuple(row)
        self._given = True

    def __iter__(self) -> Iterator[tuple[Plain, ...]]:
        for terms in self._terms():
            yield tuple(plain(term) for term in terms)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Rows for people: IRIs short (kgo:partOf), numbers as numbers."""
        for terms in self._terms():
            yield tuple(self._shown(term) for term in terms)

    def _shown(self, term: Any) -> Cell:
        from pyoxigraph import NamedNode

        return short(term.value, self._prefixes) if isinstance(term, NamedNode) else shown(term)

    def serialize(self, form: str) -> bytes:
        """The results as UTF-8: json, xml, csv or tsv for rows and yes/no; turtle, ntriples, rdfxml or jsonld for triples. Rows are given by it, too."""
        from pyoxigraph import QueryResultsFormat, RdfFormat, serialize

        self._refuse_again()
        if self.form == "triples":
            formats = {
                "turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML,
                "jsonld": RdfFormat.JSON_LD,
            }  # fmt: skip
            if form not in formats:
                raise KgError(f"triples cannot be written as {form}", hint=", ".join(formats))
            # Sorted, so that the same answer is the same bytes.
            triples = sorted(self._raw, key=str)
            written = serialize(triples, format=formats[form], prefixes=dict(self._prefixes))
            if form == "turtle":  # the serialiser gives the prefixes in a random order
                lines = cast("bytes", written).split(b"\n")
                head = next((at for at, line in enumerate(lines) if not line.startswith(b"@prefix")), len(lines))
                written = b"\n".join(sorted(lines[:head]) + lines[head:])
        else:
            results = {
                "json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "csv": QueryResultsFormat.CSV,
                "tsv": QueryResultsFormat.TSV,
            }  # fmt: skip
            if form not in results:
                raise KgError(f"rows cannot be written as {form}", hint=", ".join(results))
            written = self._raw.serialize(format=results[form])
        assert isinstance(written, bytes)
        self._given = self.form != "boolean"
        return sound_xml(written) if form in ("rdfxml", "xml") else written


def plain_rows(store: Store, sparql: str) -> list[tuple[Any, ...]]:
    """The rows of a SELECT over all documents together, as plain values."""
    return [tuple(plain(term) for term in row) for row in rows_of(store, sparql)]


def plain(term: Any) -> Plain:
    """A term as a Python value: an IRI or text as str, a number as a number, xsd:date as date, nothing as None."""
    if term is None:
        return None
    if (datatype := getattr(term, "datatype", None)) is None:  # no literal
        return str(term.value) if hasattr(term, "value") else str(term)
    text: str = term.value
    read = _READ.get(datatype.value)
    try:
        return read(text) if read else text
    except (ValueError, ArithmeticError):
        return text  # "abc"^^xsd:integer is allowed in RDF


def shown(term: Any) -> Cell:
    """A term for people: a number as a number, a whole one without a point; all else as text, nothing as None."""
    value = plain(term)
    if isinstance(value, str):  # as most are
        return value
    if isinstance(value, bool | datetime.date):
        return str(value).lower()
    if isinstance(value, Decimal | float):
        return int(value) if -(10**15) < value < 10**15 and value == int(value) else float(value)
    return value


def short(iri: str, prefixes: Mapping[str, str]) -> str:
    """`kgo:partOf` of the whole IRI, where a prefix fits; else the IRI."""
    for name, start in prefixes.items():
        if iri.startswith(start) and all(c.isalnum() or c in "-_" for c in iri[len(start) :]):
            return f"{name}:{iri[len(start) :]}"
    return iri


def run(store: Any, sparql: str, prefixes: Mapping[str, str], source: str | None = None) -> Results:
    """The results of `sparql` over all documents together; KgError with line and column for bad syntax.

    `SERVICE` is refused: a query must not make the program call out.
    """
    refuse_service(sparql)
    try:
        raw = store.query(sparql, prefixes=dict(prefixes))
    except SyntaxError as error:
        raise syntax_error(error, sparql, source) from error
    except (ValueError, OSError) as error:
        raise KgError(f"the query failed: {error}", file=source) from error
    return Results(raw, prefixes)


def syntax_error(error: SyntaxError, sparql: str, source: str | None = None) -> KgError:
    """What is wrong in a query, with the line it is in and a mark under the place."""
    message = str(error.msg or error)
    found = re.search(r"error at (\d+):(\d+): ?(.*)", message, re.DOTALL)
    line = error.lineno or (int(found[1]) if found else None)
    column = error.offset or (int(found[2]) if found else None)
    reason = found[3] if found else message
    lines = sparql.splitlines()
    shown = ""
    if line and column and line <= len(lines):
        text = lines[line - 1]
        # A Chinese character is two columns wide, and so is the ideographic space.
        wide = (unicodedata.east_asian_width(c) in "WF" for c in text[: column - 1])
        shown = f"\n    {text}\n    {''.join(chr(0x3000) if w else ' ' for w in wide).ljust(column - 1)}^"
    place = f"line {line}, column {column}: " if line and column else ""
    known = check(sparql)
    # The parser tries one form after the other and complains of the last one it tried.
    what = _readable(reason, lines[line - 1][: column - 1] if shown and line and column else "") if known.form else "a query is SELECT, ASK, CONSTRUCT or DESCRIBE"
    if not known.form and known.refused:
        what += "; this changes data, and a query only reads"
    return KgError(f"SPARQL syntax: {place}{what}{shown}", file=source)


_CHARACTERS = re.compile(r"\['.*?'\]|\[_\]", re.DOTALL)  # ['0'..='9']
_FORMS = ("ASK", "CONSTRUCT")  # told of by the parser within a query of another form too


def _readable(reason: str, before: str) -> str:
    """The parser lists every character it could have taken; a few keywords and signs are enough. `before` is the line up to there."""
    if "Prefix not found" in reason:
        found = re.search(r"([\w.-]*):\S*$", before)
        return f"the prefix {found[1]}: is not declared; write PREFIX {found[1]}: <…> first" if found else "this prefix is not declared"
    head, expected, rest = reason.partition("expected ")
    tokens = [token for token in re.findall(r'"[^"\s]{1,8}"|\b[A-Z]{2,}\b', _CHARACTERS.sub("", rest)) if token not in _FORMS]
    if not expected or not tokens:
        return "not understood here" if expected else reason
    return f"{head}not understood here; it could go on with {', '.join(tokens[:8])}{' …' if len(tokens) > 8 else ''}"


def unknown_terms(store: Any, sparql: str) -> dict[str, list[str]]:
    """Names `kgo:…` in a query that nothing in the graph bears, each with known ones written much like it.

    SPARQL finds nothing for a misspelt class and says no word; this is for whoever shows an empty answer.
    """
    from difflib import get_close_matches

    terms = {name: f"<{_KGO}{name}>" for name in sorted(set(re.findall(r"\bkgo:([A-Za-z][\w-]*)", sparql)))}
    used = "ASK {{ {{ ?s a {0} }} UNION {{ ?s {0} ?o }} UNION {{ {0} ?p ?o }} UNION {{ ?s ?p {0} }} }}"
    unknown = [name for name, iri in terms.items() if not store.query(used.format(iri))]
    if not unknown:
        return {}
    rows = store.query(f"SELECT DISTINCT ?t {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?t a ?c }} FILTER(STRSTARTS(STR(?t), '{_KGO}')) }}")
    known = sorted(row["t"].value.removeprefix(_KGO) for row in rows)
    return {name: get_close_matches(name, known, n=3, cutoff=0.7) for name in unknown}


def refuse_service(sparql: str) -> None:
    """KgError if the query would call another endpoint: the program opens no connections of its own."""
    refused = check(sparql).refused
    if _SERVICE in refused:
        hint = "fetch the other data, then build it in"
        raise KgError(f"SERVICE is refused: {refused}", hint=hint)
