"""`kg validate`: a graph against its shapes."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from kg import cli_options as options
from kg import cli_output as output


@click.command()
@options.graph
@options.ontology
@click.option("--documents", type=click.IntRange(min=1), default=200, show_default=True, help="How many documents, spread evenly, to check against the shapes.")
@click.option("--all", "everything", is_flag=True, help="Check all documents against the shapes.")
@options.as_json
def command(graph: Path, ontology: Path | None, documents: int, everything: bool, as_json: bool) -> None:
    """Check a graph against the shapes (SHACL) and the whole of it against integrity checks.

    Says what was checked. The exit code is 1 if something is not as it must be.

    \b
    Example:
      kg validate
      kg validate --all --json
    """
    from kg.graph.store import open_graph
    from kg.graph.validate import validate
    from kg.ontology import Ontology

    with output.progress("validating") as watched:
        report = validate(
            open_graph(graph), Ontology.load(ontology), max_documents=None if everything else documents, progress=watched
        )
    if as_json:
        output.print_json(asdict(report) | {"ok": report.ok, "checked": report.statement})
    else:
        for violation in report.violations:
            click.echo(f"shape: {output.visible(f'{violation.node} {violation.path} {violation.message} {violation.value}')}")
        for check in report.checks:
            if check.broken:
                nodes = output.visible(", ".join(check.nodes))
                click.echo(f"check: {check.broken} times it does not hold that {check.check.title} ({check.check.id}): {nodes}")
        click.echo(f"checked {report.statement}; {'sound' if report.ok else 'NOT SOUND'}")
    sys.exit(0 if report.ok else 1)
