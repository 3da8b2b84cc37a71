"""`kg same`: likely duplicates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options, output

if TYPE_CHECKING:
    from kg.ask.same import Pair

_WHY = {"scope": "one name, two places", "contained": "one name contains the other", "alike": "the names are alike"}


@click.command()
@options.graph
@click.option("--type", "kind", metavar="TYPE", help="Things of one class only: Area, Body, Project …")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many pairs.")
@click.option("--csv", "as_csv", is_flag=True, help="Print rows to be reviewed and put into authority.csv.")
@options.as_json
def command(graph: Path, kind: str | None, limit: int, as_csv: bool, as_json: bool) -> None:
    """List things that may be one and the same, with the reason.

    Nothing is merged by itself. Write what you decide into authority.csv of your ontology folder (--csv prints rows for
    it: `same` makes them one from the next build on, `different` keeps them apart for good). Pairs that you keep apart are
    not listed, nor those of which the graph says how the two are related.

    \b
    Example:
      kg same --type Body
      kg same --csv --limit 20
    """
    from kg.ask.same import likely_same
    from kg.graph.store import open_graph

    pairs = likely_same(open_graph(graph).store, kind, limit)
    if as_json:
        output.print_json([pair.as_data() for pair in pairs])
    elif as_csv:
        rows = [["same", pair.type, *names, "", "", _why(pair)] for pair in pairs for names in _rows(pair)]
        output.print_rows(["decision", "type", "name", "other", "author", "date", "note"], rows, "csv")
    else:
        rows = [[f"{pair.score:.2f}", pair.type, pair.name, pair.other, _why(pair)] for pair in pairs]
        output.print_rows(["score", "type", "name", "other", "why"], rows)


def _rows(pair: Pair) -> list[list[str]]:
    """The names of the rows that make a pair one: `same` calls both by the second name, the fuller one, and where that is
    a thing of its own in each place, a row with that name twice makes it one."""
    short, full = sorted((pair.name, pair.other), key=len)
    two_places = pair.place and pair.other_place and pair.place != pair.other_place
    return [[short, full], [full, full]] if two_places and short != full else [[short, full]]


def _why(pair: Pair) -> str:
    places = " and ".join(dict.fromkeys(filter(None, (pair.place, pair.other_place))))
    return f"{_WHY[pair.why]}: {places}" if places else _WHY[pair.why]
