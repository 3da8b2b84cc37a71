"""`kg remove`: documents out of a graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options, output
from kg.commands.build import print_holdings, print_report


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@options.graph
@options.as_json
def command(paths: tuple[str, ...], graph: Path, as_json: bool) -> None:
    """Take documents and their facts out of a graph.

    PATH is a file, folder or pattern as it was given to kg build, or the id of a file in the graph; the files
    themselves need not be there any more and are not touched.

    \b
    Example:
      kg remove corpus/qiantang-metro.html
      kg remove 'corpus/*.pdf' -g exports/graph
    """
    from kg.build import remove

    report = remove(paths, graph, notice=lambda line: click.echo(line, err=True))
    if as_json:
        print_report(report, graph, as_json)
        return
    click.echo(f"{output.counted(len(report.removed), 'document')} removed; {report.seconds:.1f} s")
    print_holdings(report, graph)
