"""`kg diff`: two graphs, or two generations of one."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli import options, output


@click.command()
@click.argument("old", required=False, type=click.Path(path_type=Path))
@click.argument("new", required=False, type=click.Path(path_type=Path))
@options.graph
@click.option("--generation", metavar="N", help="Generation to compare the live one with. [default: the one before]")
@click.option("--limit", type=click.IntRange(min=0), default=200, show_default=True, help="Changes to print; 0 for all.")
@options.min_confidence
@options.as_json
def command(
    old: Path | None, new: Path | None, graph: Path, generation: str | None, limit: int, min_confidence: float, as_json: bool
) -> None:  # fmt: skip
    """Show what changed between two graphs or generations.

    OLD and NEW are graph folders; without them the live generation of -g is compared with the one before it. A fact is
    what a document says, whichever rule found it; with --min-confidence one that only one side has so surely is a change. The exit code is 1 if there is any difference.

    \b
    Example:
      kg diff
      kg diff exports/graph /backup/graph --json
    """
    from kg.ask import compare
    from kg.graph.sieve import surer
    from kg.graph.store import open_graph

    if (old is None) != (new is None):
        raise click.UsageError("give two graphs, or none to compare the generations of -g")
    if old is not None and new is not None:
        before, after = open_graph(old), open_graph(new)
    else:
        before, after = compare.generation(graph, generation), open_graph(graph)
    with surer(before, min_confidence) as one, surer(after, min_confidence) as other:
        found = compare.compare(one.store, other.store)
    if as_json:
        output.print_json(asdict(found))
    else:
        for title, documents in (("new", found.added), ("gone", found.removed), ("altered", found.altered)):
            for document in documents:
                click.echo(f"{title:<8} {output.visible(document)}")
        for was, now in found.renamed:
            click.echo(f"{'renamed':<8} {output.visible(was)} → {output.visible(now)}")
        shown = found.changes[:limit] if limit else found.changes
        for change in shown:
            click.echo(f"{change.sign} {output.visible(change.document)}  {output.visible(change.fact)}")
        signs = [change.sign for change in found.changes]
        more = f", {len(signs) - len(shown)} not shown" if len(shown) < len(signs) else ""
        click.echo(
            f"documents: {len(found.added)} new, {len(found.removed)} gone, {len(found.altered)} altered, {len(found.renamed)} renamed; "
            f"facts and figures: {signs.count('+')} new, {signs.count('-')} gone{more}"
        )
    sys.exit(0 if found.empty else 1)
