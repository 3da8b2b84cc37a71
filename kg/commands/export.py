"""`kg export`: a graph as a file for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options, output
from kg.export import FORMATS


@click.command()
@options.graph
@click.option("-f", "--format", "form", required=True, type=click.Choice(list(FORMATS)), help="Format.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="File (- for standard output), for csv a folder. [default: beside the graph]")
@options.min_confidence
def command(graph: Path, form: str, target: Path | None, min_confidence: float) -> None:
    """Write the graph in an RDF, network or table format.

    turtle, rdfxml and the networks (graphml, gexf) hold the union of all documents; trig, nquads and jsonld keep each
    document's facts in a graph of its own; csv writes a folder of tables. With --min-confidence things that have no fact as sure are left out too.

    \b
    Example:
      kg export -f turtle -o graph.ttl
      kg export -f csv -o tables --min-confidence 0.7
    """
    from kg.export import export
    from kg.graph.store import open_graph
    from kg.whole_file import STANDARD_OUTPUT

    place = target or graph.with_name(graph.name + (FORMATS[form] or "-csv"))
    if place == STANDARD_OUTPUT and form == "csv":
        raise click.UsageError("csv is a folder of tables: -o FOLDER")
    if form != "csv":
        output.form_of(form, target, tuple(FORMATS))
    report = export(open_graph(graph), form, place, min_confidence=min_confidence)
    click.echo(f"{report.count} {report.unit} written to {place}", err=place == STANDARD_OUTPUT)
