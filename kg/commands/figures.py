"""`kg figures`: statistics as tidy rows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.ask.wording import OR_BETTER, grouped, is_among_first, told
from kg.cli import options, output
from kg.model import FIGURE_KINDS, PLACE_LEVELS

if TYPE_CHECKING:
    from kg.ask.table_files import Table

F = TypeVar("F", bound=Callable[..., Any])
_FORMATS = ("table", "csv", "parquet", "xlsx", "json")
_SHARED = 2  # subjects, at the least, that have what is a column
_SHOWN = 12  # columns of a wide table that a terminal has room for; a file has all of them


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
@click.option("--level", type=click.Choice(PLACE_LEVELS), help="Places of one level only, by their codes: an autonomous region or a municipality is a province.")
@options.min_confidence
@click.option("--wide", is_flag=True, help="One row a subject, one column a measure and time, those first that most subjects have.")
@click.option("--shared", type=click.IntRange(min=1), metavar="N", help=f"With --wide: only measures that N subjects have or more. [default: {_SHARED}]")
@click.option("-f", "--format", "form", type=click.Choice(_FORMATS), help="Output format. [default: table]")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), help="File to write; parquet and xlsx need one.")
def command(
    graph: Path, subject: str | None, indicator: str | None, period: str | None, kind: str | None, level: str | None, min_confidence: float,
    wide: bool, shared: int | None, form: str | None, target: Path | None,
) -> None:  # fmt: skip
    """List the figures as tidy rows: one statement of one figure a row, with its sentence and file.

    With --wide they are set side by side, one row a subject. A cell has the surest of its statements; the column note behind it says if it is no exact
    number (~ about, > at least or above, < at most or below), and what else is stated. Which sentences say so the tidy rows tell.

    \b
    Example:
      kg figures --area 錢塘區 --indicator 地區生產總值
      kg figures --kind target -f xlsx -o targets.xlsx
      kg figures --wide --level province -o provinces.csv
    """
    from kg.ask.figures import COLUMNS, figures, write_figures
    from kg.ask.table_files import write_table
    from kg.ask.wide import side_by_side
    from kg.graph.store import open_graph
    from kg.whole_file import STANDARD_OUTPUT

    if shared and not wide:
        raise click.UsageError("--shared goes with --wide")
    rows = figures(
        open_graph(graph).store, subject=subject, indicator=indicator, period=period, kind=kind, level=level, min_confidence=min_confidence
    )
    table = side_by_side(rows, shared or _SHARED) if wide else None
    if target is not None and target != STANDARD_OUTPUT:
        form = output.form_of(form, target, _FORMATS)
        target = target if target.suffix or form in (None, "table") else target.with_suffix(f".{form}")
        if table:
            write_table(table, target)
        else:
            write_figures(rows, target)
        click.echo(f"{output.counted(len(table[1]), 'subject') if table else output.counted(len(rows), 'figure')} written to {target}")
        return
    if form in ("parquet", "xlsx"):
        raise click.UsageError(f"{form} needs a file: -o figures.{form}")
    if table:
        _print_wide(table, form)
    elif form == "json":
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


def _print_wide(table: Table, form: str | None) -> None:
    from kg.ask.table_files import as_text

    columns, rows = table
    if form == "json":
        output.print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif form == "csv":
        output.print_rows(columns, [[*map(as_text, row)] for row in rows], "csv")
    else:
        output.print_rows(columns[:_SHOWN], [[grouped(cell) if isinstance(cell, Decimal) else as_text(cell) for cell in row[:_SHOWN]] for row in rows])
        if len(columns) > _SHOWN:
            click.echo(f"{output.counted(len(columns) - _SHOWN, 'further column')} in a file: -o figures.csv", err=True)
