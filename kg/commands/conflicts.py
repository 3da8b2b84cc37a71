"""`kg conflicts`: statements that disagree."""

from __future__ import annotations

from pathlib import Path

import click

from kg.ask.wording import measured
from kg.cli import options, output
from kg.commands.figures import restrictions

_PROBABLE = 0.5  # below it a figure is more likely read wrong than said wrong


@click.command()
@options.graph
@restrictions
@options.min_confidence_of(_PROBABLE)
@options.as_json
def command(
    graph: Path, subject: str | None, indicator: str | None, period: str | None, kind: str | None, min_confidence: float, as_json: bool
) -> None:
    """Show statements that disagree: one subject, indicator and period, and values that cannot all hold.

    What is rounded (43.8% and 44%) or bounded (超過4萬億 and 4.2萬億) does not disagree, nor what different authors expect of a
    time that is not over. Things that one document counts by one word (新增企業25家 here, 31家 there) are no disagreement: of
    one document only measures that the ontology knows are compared. Each side comes with its sentence and file. A figure that
    is more likely read wrong than right is left out, unless you ask for a lower confidence.

    \b
    Example:
      kg conflicts
      kg conflicts --area 錢塘區 --json
    """
    from kg.ask.conflicts import conflicts
    from kg.graph.store import open_graph

    found = conflicts(
        open_graph(graph).store, subject=subject, indicator=indicator, period=period, kind=kind, min_confidence=min_confidence
    )
    if as_json:
        output.print_json([conflict.as_data() for conflict in found])
        return
    for conflict in found:
        click.echo(output.visible(f"{conflict.subject or '全国'}  {conflict.indicator}  {conflict.kind}  {conflict.period}"))
        for side in conflict.sides:
            click.echo(f"  {output.visible(f'{measured(side.value, side.unit)}  {side.sentence}')}")
            click.echo(f"      {output.visible(f'{side.document} {side.start}–{side.end}')} ({side.confidence:.2f})")
    click.echo(output.counted(len(found), "disagreement"))
