"""`kg view`: the graph as one HTML page."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kg.cli import options, output
from kg.errors import KgError


@click.command()
@options.graph
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("graph.html"),
    show_default=True,
    help="File to write.",
)
@click.option("--focus", metavar="NAME", help="Open at this thing: a name in either script, a short name of an area (河南), a code or an IRI.")
@click.option(
    "--hops",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Steps around the focus that are shown at first.",
)
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="TYPE",
    help="Carry only things of this type (Area, Project …); may be repeated.",
)
@click.option("--area", metavar="NAME", help="Carry only this area, what is inside it, and what is linked to that.")
@click.option(
    "--since", metavar="DATE", help="Leave out facts before this day, month or year, and facts without a date."
)
@click.option(
    "--until", metavar="DATE", help="Leave out facts after this day, month or year, and facts without a date."
)
@options.min_confidence
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=5000,
    show_default=True,
    help="Things that the page carries at most, the most central first.",
)
@click.option("--title", help="Title of the page.")
@options.as_json
def command(
    graph: Path, target: Path, focus: str | None, hops: int, types: tuple[str, ...], area: str | None, since: str | None,
    until: str | None, min_confidence: float, limit: int, title: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Write the graph as one HTML page that opens offline.

    The page shows a readable core at first; search, click and filter to see the rest, each fact with its sentence.

    \b
    Example:
      kg view -o exports/graph.html
      kg view --focus 錢塘區 --hops 2 -o qiantang.html
      kg view --type Project --type Area --since 2021 --min-confidence 0.7
    """
    from kg.graph.store import open_graph
    from kg.view import write_page

    if target.suffix.lower() not in ("", ".html", ".htm"):
        raise KgError(f"a page is HTML, and the name ends in {target.suffix[1:]}", file=target, hint="name it .html")
    report = write_page(
        open_graph(graph), target, focus=focus, hops=hops, types=types, area=area, since=since, until=until,
        min_confidence=min_confidence, title=title, limit=limit,
    )  # fmt: skip
    if as_json:
        output.print_json(asdict(report))
        return
    for note in report.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(
        f"{report.path}: {output.counted(report.things, 'thing', ',')}, {output.counted(report.facts, 'fact', ',')}, "
        f"{output.counted(report.figures, 'figure', ',')}, {report.bytes / 1e6:.1f} MB"
    )
    if report.left_out:
        click.echo(f"left out: {report.left_out:,} less central things (--limit {limit})")
    if report.without_subject:
        click.echo(f"left out: {output.counted(report.without_subject, 'figure', ',')} without a subject, which no thing's panel could show (kg figures lists all)")
