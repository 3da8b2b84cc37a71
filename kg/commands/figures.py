"""`kg figures`: statistics as tidy rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.ask.wording import OR_BETTER, grouped, is_among_first, told
from kg.cli import options, output
from kg.model import FIGURE_KINDS

F = TypeVar("F", bound=Callable[..., Any])
_FORMATS = ("table", "csv", "parquet", "xlsx", "json")


def restrictions(function: F) -> F:
    """`--area`, `--indicator`, `--period`, `--kind`: what the rows are restricted to."""
    for option in (
        click.option("--kind", type=click.Choice(FIGURE_KINDS), help="One kind only."),
        click.option("--period", metavar="P", help="Year, month, day or interval that the figure lies in: 2024, 2024年6月, 2021-01-01/2021-06-30."),
        click.option("--indicator", metavar="WORDS", help="Part of an indicator's name, or another name of it (GDP), in either script."),
        click.option("--area", "--subject", "subject", metavar="NAME", help="Area, body, project or policy the figures are about."),
    ):
        function = option(function)
    return function


@click.command()
@options.graph
@restrictions
@options.min_confidence
@click.option("-f", "--format", "form", type=click.Choice(_FORMATS), help="Output format. [default: table]")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), help="File to write; parquet and xlsx need one.")
def command(
    graph: Path, subject: str | None, indicator: str | None, period: str | None, kind: str | None, min_confidence: float,
    form: str | None, target: Path | None,
) -> None:  # fmt: skip
    """List the figures as tidy rows: one statement of one figure a row, with its sentence and file.

    \b
    Example:
      kg figures --area 錢塘區 --indicator 地區生產總值
      kg figures --kind target -f xlsx -o targets.xlsx
    """
    from kg.ask.figures import COLUMNS, figures, write_figures
    from kg.graph.store import open_graph
    from kg.whole_file import STANDARD_OUTPUT

    rows = figures(
        open_graph(graph).store, subject=subject, indicator=indicator, period=period, kind=kind, min_confidence=min_confidence
    )
    if target is not None and target != STANDARD_OUTPUT:
        form = output.form_of(form, target, _FORMATS)
        target = target if target.suffix or form in (None, "table") else target.with_suffix(f".{form}")
        write_figures(rows, target)
        click.echo(f"{output.counted(len(rows), 'figure')} written to {target}")
        return
    if form in ("parquet", "xlsx"):
        raise click.UsageError(f"{form} needs a file: -o figures.{form}")
    if form == "json":
        output.print_json([row.as_data() for row in rows])
    elif form == "csv":
        output.print_rows(COLUMNS, [row.as_cells() for row in rows], "csv")
    else:
        columns = ["subject", "indicator", "kind", "value", "unit", "bound", "period", "base or within", "confidence", "document"]
        shown = [
            [r.subject, r.indicator, r.kind, grouped(r.value), r.unit, OR_BETTER if is_among_first(r.kind, r.within, r.unit, r.bound) else r.bound, r.period, told("base", r.base) or r.within, f"{r.confidence:.2f}", r.document]
            for r in rows
        ]  # fmt: skip
        if any(r.responsible for r in rows):
            columns.insert(-2, "responsible")
            for row, r in zip(shown, rows, strict=True):
                row.insert(-2, r.responsible)
        output.print_rows(columns, shown)
