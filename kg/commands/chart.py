"""`kg chart`: figures drawn."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.commands.figures import restrictions


@click.command()
@options.graph
@restrictions
@options.min_confidence
@click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path, dir_okay=False), help="A .png, .svg or .html file.")
@click.option("--multiples", is_flag=True, help="A panel for each indicator with figures to compare.")
@click.option("--title", default="", help="Title of the chart.")
def command(
    graph: Path, subject: str | None, indicator: str | None, period: str | None, kind: str | None, min_confidence: float,
    target: Path, multiples: bool, title: str,
) -> None:  # fmt: skip
    """Draw figures as PNG, SVG or HTML: a series over time, or a comparison of subjects.

    \b
    Example:
      kg chart --indicator 地區生產總值 --kind growth -o growth.png
      kg chart --area 錢塘區 --multiples -o figures.html
    """
    from kg.ask.figures import figures
    from kg.graph.store import open_graph
    from kg.view.charts import draw

    rows = figures(
        open_graph(graph).store, subject=subject, indicator=indicator, period=period, kind=kind, min_confidence=min_confidence
    )
    click.echo(f"{draw(rows, target, title=title, multiples=multiples)} → {target}")
