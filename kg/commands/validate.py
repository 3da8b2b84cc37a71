"""`kg validate`: a graph against its shapes."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli import options, output


@click.command()
@options.graph
@options.ontology
@click.option("--documents", type=click.IntRange(min=1), default=200, show_default=True, help="How many documents, spread evenly, to check against the shapes.")
@click.option("--all", "everything", is_flag=True, help="Check all documents against the shapes.")
@options.as_json
def command(graph: Path, ontology: Path | None, documents: int, everything: bool, as_json: bool) -> None:
    """Check a graph against the shapes (SHACL) and the whole of it against integrity checks.

    Says what was checked; of what is not as it must be, the thing, the document and the sentence, and what to do. The exit
    code is then 1.

    \b
    Example:
      kg validate
      kg validate --all --json
    """
    from kg.ask.faults import faults
    from kg.graph.store import open_graph
    from kg.graph.validate import validate
    from kg.ontology import Ontology

    view = open_graph(graph)
    with output.progress("validating") as watched:
        report = validate(view, Ontology.load(ontology), max_documents=None if everything else documents, progress=watched)
    found = faults(view.store, report)
    if as_json:
        checks = [asdict(result.check) | {"broken": result.broken} for result in report.checks]
        output.print_json(
            {"ok": report.ok, "checked": report.statement, "faults": [fault.as_data() for fault in found], "checks": checks}
        )  # fmt: skip
    else:
        for fault in found:
            click.echo(output.visible(f"{fault.name}: {fault.message} ({' '.join(filter(None, (fault.found_by, fault.value)))})"))
            for line in (" ".join(filter(None, (fault.document, fault.sentence))), f"→ {fault.way_out}", fault.node):
                click.echo(f"  {output.visible(line)}" if line else "", nl=bool(line))
        for result in report.checks:
            if result.broken > len(result.nodes):
                click.echo(f"{result.check.id}: {result.broken} in all")
        click.echo(f"checked {report.statement}; {'sound' if report.ok else 'NOT SOUND'}")
    sys.exit(0 if report.ok else 1)
