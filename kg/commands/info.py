"""`kg info`: what is in a graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options, output


@click.command()
@options.graph
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, help="How many central things and communities.")
@click.option("--counts-only", is_flag=True, help="Leave out PageRank and communities, which take longest.")
@options.min_confidence
@options.as_json
def command(graph: Path, top: int, counts_only: bool, min_confidence: float, as_json: bool) -> None:
    """Count what is in a graph; its central things and communities.

    With --min-confidence all is counted that kg export would write with it. Central things are those with the highest PageRank over all relations, communities are found by the Louvain method.

    \b
    Example:
      kg info
      kg info -g exports/graph --counts-only --json
      kg info --min-confidence 0.7
    """
    from kg.ask.info import info
    from kg.graph.sieve import surer
    from kg.graph.store import open_graph

    with surer(open_graph(graph), min_confidence) as view:
        found = info(view, top, network=not counts_only)
    if as_json:
        output.print_json(found.as_data())
        return
    click.echo(
        f"{output.counted(found.documents, 'document')}, {output.counted(sum(found.types.values()), 'thing')}, "
        f"{output.counted(found.facts, 'fact')}, {output.counted(found.figures, 'figure')}, "
        f"{output.counted(found.sentences, 'sentence')}, {output.counted(found.quads, 'quad')}"
    )
    for title, counts in (("things", found.types), ("facts", found.predicates), ("figures", found.kinds)):
        if counts:
            click.echo(f"\n{title}")
            output.print_counts(counts)
    if found.central:
        click.echo("\ncentral things (PageRank)")
        for thing, rank in found.central:
            click.echo(f"  {rank:.4f}  {output.visible(thing.name)}  {thing.type}")
    if found.communities:
        click.echo("\ncommunities")
        for size, members in found.communities:
            click.echo(f"  {size:>5}  {output.visible('、'.join(thing.name for thing in members))}")
