"""`kg verify`: every quote against its text."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli import options, output


@click.command()
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]…")
@options.graph
@click.option("--no-sources", is_flag=True, help="Do not look whether the source files changed since.")
@options.as_json
def command(documents: tuple[str, ...], graph: Path, no_sources: bool, as_json: bool) -> None:
    """Check every quote and offset against the source files.

    The quote of each fact must be the characters of the text at its offsets, and the rule it names must exist. Source
    files that changed or went away since they were read are listed, which is no fault of the graph. DOCUMENT is an id;
    without one all documents are checked. The exit code is 1 if a fault was found.

    \b
    Example:
      kg verify
      kg verify corpus/qiantang-plenary-2021-07-15.txt --no-sources
    """
    from kg.graph.store import open_graph
    from kg.graph.verify import verify

    with output.progress("checking") as watched:
        report = verify(open_graph(graph), documents=documents or None, sources=not no_sources, progress=watched)
    if as_json:
        output.print_json(asdict(report) | {"ok": report.ok})
    else:
        for problem in report.problems:
            click.echo(f"fault: {output.visible(f'{problem.document}: {problem.what} {problem.node}'.rstrip())}")
        for title, files in (("changed since", report.changed), ("gone since", report.missing)):
            for file in files:
                click.echo(f"{title}: {output.visible(file)}")
        click.echo(
            f"{output.counted(report.quotes, 'quote')} of {output.counted(report.documents, 'document')} checked, "
            f"{output.counted(len(report.problems), 'fault')}; {output.counted(report.files, 'file')} looked at, {len(report.changed)} changed, {len(report.missing)} gone"
        )
    sys.exit(0 if report.ok else 1)
