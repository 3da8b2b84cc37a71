"""Results of SELECT and ASK in the four W3C formats, and of CONSTRUCT and DESCRIBE in RDF, with a bound on the rows.

SPARQL 1.1 Query Results JSON Format, CSV and TSV Formats, and XML Format (Second Edition). Oxigraph can write them
itself, but only as a whole: to stop at a number of rows, rows are taken from it one by one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from kg.graph.literals import sound_xml, xml_text

if TYPE_CHECKING:
    from pyoxigraph import RdfFormat

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, N_TRIPLES, JSON_LD = "text/turtle", "application/n-triples", "application/ld+json"
RDF_XML, TRIG, N_QUADS = "application/rdf+xml", "application/trig", "application/n-quads"
# In the order of preference when a client takes anything. The second name of a format is one that clients ask for too.
ROW_TYPES = {
    JSON: JSON, "application/json": JSON, XML: XML, "application/xml": XML, "text/xml": XML, CSV: CSV, TSV: TSV,
}  # fmt: skip
GRAPH_TYPES = {
    TURTLE: TURTLE, N_TRIPLES: N_TRIPLES, JSON_LD: JSON_LD, "application/json": JSON_LD, RDF_XML: RDF_XML,
    "application/xml": RDF_XML, "text/xml": RDF_XML, TRIG: TRIG, N_QUADS: N_QUADS,
}  # fmt: skip
SHORT_NAMES = {
    "json": (JSON, JSON_LD), "xml": (XML, RDF_XML), "csv": (CSV,), "tsv": (TSV,), "turtle": (TURTLE,),
    "ntriples": (N_TRIPLES,), "jsonld": (JSON_LD,), "rdfxml": (RDF_XML,), "trig": (TRIG,), "nquads": (N_QUADS,),
}  # fmt: skip
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'


class TooManyRows(Exception):
    """The answer has more rows (or triples) than are given out."""


def bounded(rows: Iterable[Any], most: int) -> Iterator[Any]:
    """The rows; TooManyRows after `most` of them if there are more."""
    found = iter(rows)
    yield from islice(found, most)
    for _ in found:
        raise TooManyRows


def rows_as(media_type: str, columns: Sequence[str], rows: Iterable[Any]) -> bytes:
    """A SELECT result. A row is indexed by number and gives a pyoxigraph term or None."""
    writers: dict[str, Callable[[Sequence[str], Iterable[Any]], bytes]] = {JSON: _json, XML: _xml, CSV: _csv, TSV: _tsv}
    return writers[media_type](columns, rows)


def truth_as(media_type: str, value: bool) -> bytes:
    """An ASK result. CSV and TSV have no form for it in the standard; as other servers do, the bare word is given."""
    word = "true" if value else "false"
    if media_type == JSON:
        return f'{{"head":{{}},"boolean":{word}}}'.encode()
    if media_type == XML:
        return f"{_XML_HEAD}<head></head>\n<boolean>{word}</boolean>\n</sparql>\n".encode()
    return f"{word}\n".encode()


def graph_as(media_type: str, triples: Iterable[Any], prefixes: dict[str, str]) -> bytes:
    """Triples, each once and in a fixed order."""
    from pyoxigraph import serialize

    ordered = sorted(set(triples), key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
    form = rdf_format(media_type)
    bound = prefixes if form.name in ("Turtle", "TriG", "RDF/XML", "JSON-LD") else None
    written = serialize(ordered, format=form, prefixes=bound) or b""
    return sound_xml(written) if media_type == RDF_XML else written


def rdf_format(media_type: str) -> RdfFormat:
    """The format of a media type that the server offers."""
    from pyoxigraph import RdfFormat

    form = RdfFormat.from_media_type(media_type)
    assert form is not None, media_type
    return form


def _json(columns: Sequence[str], rows: Iterable[Any]) -> bytes:
    import orjson

    bindings = []
    for row in rows:
        cells = ((name, row[i]) for i, name in enumerate(columns))
        bindings.append({name: _json_term(term) for name, term in cells if term is not None})
    return orjson.dumps({"head": {"vars": list(columns)}, "results": {"bindings": bindings}})


def _json_term(term: Any) -> dict[str, Any]:
    kind = type(term).__name__
    if kind == "NamedNode":
        return {"type": "uri", "value": term.value}
    if kind == "Literal":
        cell = {"type": "literal", "value": term.value}
        if term.language:
            cell["xml:lang"] = term.language
        elif term.datatype.value != _XSD_STRING:
            cell["datatype"] = term.datatype.value
        return cell
    if kind == "BlankNode":
        return {"type": "bnode", "value": term.value}
    parts = {name: _json_term(getattr(term, name)) for name in ("subject", "predicate", "object")}
    return {"type": "triple", "value": parts}


def _xml(columns: Sequence[str], rows: Iterable[Any]) -> bytes:
    out = io.StringIO()
    out.write(_XML_HEAD + "<head>\n")
    out.writelines(f"  <variable name={quoteattr(name)}/>\n" for name in columns)
    out.write("</head>\n<results>\n")
    for row in rows:
        out.write("  <result>\n")
        for i, name in enumerate(columns):
            if row[i] is not None:
                out.write(f"    <binding name={quoteattr(name)}>{_xml_term(row[i])}</binding>\n")
        out.write("  </result>\n")
    out.write("</results>\n</sparql>\n")
    return out.getvalue().encode()


def _xml_term(term: Any) -> str:
    kind = type(term).__name__
    if kind == "NamedNode":
        return f"<uri>{escape(term.value)}</uri>"
    if kind == "BlankNode":
        return f"<bnode>{escape(term.value)}</bnode>"
    if kind == "Triple":
        parts = (f"<{name}>{_xml_term(getattr(term, name))}</{name}>" for name in ("subject", "predicate", "object"))
        return f"<triple>{''.join(parts)}</triple>"
    # XML 1.0 cannot hold control characters, not even escaped; a carriage return would be read as a line feed.
    text = escape(xml_text(term.value), {"\r": "&#13;"})
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    if term.datatype.value != _XSD_STRING:
        return f"<literal datatype={quoteattr(term.datatype.value)}>{text}</literal>"
    return f"<literal>{text}</literal>"


def _csv(columns: Sequence[str], rows: Iterable[Any]) -> bytes:
    # Values stand as they are: the format promises them, and a guard against spreadsheet formulas would change them.
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(columns)
    for row in rows:
        lines.writerow([_csv_term(row[i]) for i in range(len(columns))])
    return out.getvalue().encode()


def _csv_term(term: Any) -> str:
    if term is None:
        return ""
    kind = type(term).__name__
    if kind == "BlankNode":
        return f"_:{term.value}"
    value: str = str(term) if kind == "Triple" else term.value
    return value


def _tsv(columns: Sequence[str], rows: Iterable[Any]) -> bytes:
    lines = ["\t".join(f"?{name}" for name in columns)]
    for row in rows:
        # N-Triples escapes line ends in literals but leaves tabs as they are.
        cells = ("" if row[i] is None else str(row[i]).replace("\t", "\\t") for i in range(len(columns)))
        lines.append("\t".join(cells))
    return ("\n".join(lines) + "\n").encode()
