"""`kg query`: SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options, output
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.api import Graph

RDF_FORMATS = ("turtle", "ntriples", "rdfxml", "jsonld")
RESULT_FORMATS = (*output.FORMATS, "xml")


@click.command()
@click.argument("sparql", required=False)
@click.option("-f", "--file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path), help="Read the query from a file (- for standard input).")
@options.graph
@click.option("--format", "form", type=click.Choice([*RESULT_FORMATS, *RDF_FORMATS]), help="[default: table; turtle for CONSTRUCT and DESCRIBE]")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Stop a query that takes longer.")
@click.option("-w", "--wide", is_flag=True, help="Do not shorten cells.")
@options.output_file
@options.as_json
def command(
    sparql: str | None, file: Path | None, graph: Path, form: str | None, timeout: float | None, wide: bool, target: Path | None, as_json: bool
) -> None:  # fmt: skip
    """Run a SPARQL query.

    It sees all documents together; GRAPH ?document { … } looks into the plain facts of each. The usual prefixes (kgo, kgr, rdf,
    rdfs, skos, prov, dcterms, qb, xsd …) need not be declared. JSON, XML, TSV are the W3C result formats; in CSV a text
    that a spreadsheet would take for a formula gets an apostrophe before it. A query is run as it is written: to leave out
    what is less sure, ask the statements or figures and write FILTER(?sure >= 0.8) for their kgo:confidence.

    \b
    Example:
      kg query 'SELECT ?name WHERE { ?p a kgo:Project ; skos:prefLabel ?name } LIMIT 10'
      echo 'ASK { ?x a kgo:Project }' | kg query -f -
      kg query 'CONSTRUCT WHERE { ?a kgo:partOf ?b }' --format turtle
      kg query 'SELECT ?s ?o WHERE { [] rdf:subject ?s ; rdf:predicate kgo:partOf ; rdf:object ?o ; kgo:confidence ?sure FILTER(?sure >= 0.8) }'
    """
    from kg.api import open as open_graph
    from kg.cli.patience import stoppable

    if (sparql is None) == (file is None):
        raise click.UsageError("give either a query or -f FILE")
    if file is not None:
        text = sys.stdin.read() if str(file) == "-" else _read(file)
    else:
        text = sparql or ""
    opened = open_graph(graph)
    form = output.form_of("json" if as_json else form, target, (*RESULT_FORMATS, *RDF_FORMATS))
    with stoppable(timeout), output.into(target, form):
        _run(opened, text, None if file is None else str(file), form, wide)


def _run(opened: Graph, text: str, source: str | None, form: str | None, wide: bool) -> None:
    results = opened.query(text, source=source)
    if results.form == "triples":
        if form in ("csv", "tsv", "table", "xml"):
            raise click.UsageError(f"CONSTRUCT and DESCRIBE give triples: --format {', '.join(RDF_FORMATS)}")
        _write(results.serialize("jsonld" if form == "json" else form or "turtle"))
    elif form in RDF_FORMATS:
        raise click.UsageError(f"SELECT and ASK give no triples: --format {', '.join(RESULT_FORMATS)}")
    elif form in ("json", "xml", "tsv"):
        _write(results.serialize(form))
    elif results.form == "boolean":
        click.echo("true" if results.value else "false")
    else:
        count = output.print_rows(results.columns, results.rows(), form or "table", wide=wide)
        if form in (None, "table"):
            click.echo(output.counted(count, "row"))
        if not count:
            tell_unknown_terms(opened, text)


def tell_unknown_terms(opened: Graph, sparql: str) -> None:
    """Name the terms of a query without an answer that nothing in the graph bears, on standard error."""
    from kg.ask.results import unknown_terms

    for name, near in unknown_terms(opened.store, sparql).items():
        also = f"; there is {', '.join(f'kgo:{term}' for term in near)}" if near else ""
        click.echo(f"note: nothing in the graph is called kgo:{name}{also}", err=True)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise KgError("is not UTF-8", file=file) from error


def _write(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data if data.endswith(b"\n") else data + b"\n")
