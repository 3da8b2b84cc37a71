"""Options that say how files are read, shared by the commands that read files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.read import ReadOptions

F = TypeVar("F", bound=Callable[..., Any])

_COLUMNS = ("text", "id", "title", "date", "source", "publisher", "url")


def reading(function: F) -> F:
    """The options of `kg.read.ReadOptions`; all but `date` arrive in the command's `**how`."""
    for name in reversed(_COLUMNS):
        function = click.option(
            f"--{name}-column", metavar="NAME", help=f"Column of jsonl, csv and spreadsheet files with the {name}."
        )(function)
    function = click.option(
        "--max-bytes", type=click.IntRange(min=1), metavar="N", help="Largest file to read. [default: 64 MB]"
    )(function)
    function = click.option("--encoding", metavar="NAME", help="Encoding of text files, where it is not found out.")(function)
    function = click.option(
        "--split-heading", type=click.IntRange(1, 6), metavar="N", help="Each section under a heading of level N is a document."
    )(function)
    function = click.option("--whole", is_flag=True, help="Each file is one document, also one that holds several papers or articles.")(function)
    return options.date(function)


def read_options(date: str | None, how: dict[str, Any]) -> ReadOptions:
    """The ReadOptions that the command line gives."""
    from kg.read import ReadOptions

    return ReadOptions(date=date, **{name: value for name, value in how.items() if value is not None})
