"""Options that several commands share, so that they are named and explained alike."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def graph(function: F) -> F:
    """`-g GRAPH`: the graph folder to read, as the argument `graph` (a Path)."""
    return click.option(
        "-g", "--graph", type=click.Path(path_type=Path), default=Path("exports/graph"), show_default=True,
        help="Graph folder.",
    )(function)  # fmt: skip


def as_json(function: F) -> F:
    """`--json`: the argument `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")(function)


def output_file(function: F) -> F:
    """`-o FILE`: the argument `target`, or None for standard output."""
    return click.option(
        "-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
        help="Write into a file, in the format that it ends in if no other is given; csv opens in Excel.",
    )(function)  # fmt: skip


class _Confidence(click.FloatRange):
    """A number from 0 to 1. click's own range takes nan, which is neither below nor above anything."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if isnan(number):
            self.fail(f"{value} is not in the range {self._describe_range()}.", param, ctx)
        return number


def min_confidence_of(default: float) -> Callable[[F], F]:
    """`--min-confidence X`: the argument `min_confidence`, between 0 and 1."""
    return click.option(
        "--min-confidence", type=_Confidence(0, 1), default=default, show_default=True,
        help="Leave out facts and figures that are less sure.",
    )  # fmt: skip


min_confidence = min_confidence_of(0.0)


def jobs(function: F) -> F:
    """`--jobs N`: the argument `jobs` (None: as many as there are processors)."""
    return click.option("--jobs", type=click.IntRange(min=1), help="Processes to use. [default: all processors]")(function)


def date(function: F) -> F:
    """`--date D`: the argument `date`, an ISO day, month or year, or None."""
    return click.option(
        "--date", metavar="D", callback=_iso_date, help="Date of the documents (2021-07-15), instead of what they say."
    )(function)


def _iso_date(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from datetime import date as day

    from kg.text.calendar_spans import as_iso

    value = as_iso(value)
    padded = value + "-01-01"[len(value) - 4 :] if len(value) in (4, 7) else value
    try:
        if len(value) not in (4, 7, 10):
            raise ValueError
        day.fromisoformat(padded)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write 2021-07-15, 2021-07 or 2021") from None
    return value


def ontology(function: F) -> F:
    """`--ontology DIR`: the argument `ontology`, a folder that is laid over the shipped one, or None."""
    return click.option(
        "--ontology", type=click.Path(path_type=Path), help="Folder with words, rules and classes of your own (kg init), added to the shipped ones or alone (its ontology.yaml)."
    )(function)


def segmenter(function: F) -> F:
    """`--segmenter jieba|rjieba`: the argument `segmenter`."""
    return click.option(
        "--segmenter", type=click.Choice(["rjieba", "jieba"]), default="rjieba", show_default=True, help="Word segmenter."
    )(function)
