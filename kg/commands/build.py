"""`kg build`: files to a graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli import options, output
from kg.cli.reading import read_options, reading
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.build import BuildReport


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("-o", "--output", "target", metavar="PATH", default="exports/graph", show_default=True, help="Graph folder to write, apart from the texts.")
@options.jobs
@reading
@options.ontology
@options.segmenter
@click.option("--no-wait", is_flag=True, help="Give up if another build is writing this graph, instead of waiting.")
@click.option("--watch", "again", is_flag=True, help="Stay, and build again whenever a text or the ontology changes.")
@click.option("--charts", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Draw the figures of the graph as small multiples: a .html, .png or .svg file.")
@options.as_json
def command(
    paths: tuple[str, ...], target: str, jobs: int | None, date: str | None, ontology: Path | None, segmenter: str,
    no_wait: bool, again: bool, charts: Path | None, as_json: bool, **how: Any,
) -> None:  # fmt: skip
    """Build a graph from files and folders, or bring it up to date.

    PATH is a file, a folder or a pattern in quotes: txt, md, html, mht, docx, doc, wps, odt, rtf, pdf, ofd, jsonl, csv, xlsx, xls, et,
    ods. Only what changed since the last build is read again; a file that is gone takes its facts with it. A file that cannot be read, or a record of one, is named and left out,
    and the exit code is 1; it is 2, and nothing is written, where the paths lead to no file and the graph has none from them.

    With --watch it stays until Ctrl-C and builds again after each change, with its tables loaded; a slip in a rule is told,
    and the graph stays as it was until it is mended. kg serve beside it shows the new graph by itself.

    \b
    Example:
      kg build corpus -o exports/graph
      kg build corpus -o exports/graph --watch
      kg build corpus/*.md --split-heading 2 --jobs 2
      kg build corpus/zhejiang-projects-2024.csv --text-column 正文 --date-column 日期
      kg build corpus --charts exports/figures.html
    """
    from kg.build import build

    if charts is not None:
        from kg.view.charts import check_ending

        check_ending(charts)  # before the build, which takes long
    graph = Path(target)
    given: dict[str, Any] = {
        "jobs": jobs, "ontology": ontology, "segmenter": segmenter, "options": read_options(date, how), "wait": not no_wait,
        "notice": lambda line: click.echo(line, err=True),
    }  # fmt: skip
    if again:
        from itertools import chain

        from kg.watch import builds

        with output.progress("building") as watched:  # the first may take long
            made_later = builds(paths, target, progress=watched, **given)
            first = next(made_later)
        told: set[str] = set()
        for made in chain([first], made_later):
            if isinstance(made, KgError):
                output.complain(made)
                continue
            _tell(made, graph, charts, as_json, told)
            told = set(_skipped(made))
            click.echo("watching for changes (Ctrl-C stops)", err=True)
        return
    try:
        with output.progress("building") as watched:
            report = build(paths, target, progress=watched, **given)
    except KeyboardInterrupt:
        click.echo("the graph is whole, and what has been read need not be read again by the next build", err=True)
        raise
    _tell(report, graph, charts, as_json)
    sys.exit(0 if report.ok else 1)


def _tell(report: BuildReport, graph: Path, charts: Path | None, as_json: bool, told: Collection[str] = ()) -> None:
    print_report(report, graph, as_json, told)
    if charts is not None:
        draw_figures(graph, charts)


def _skipped(report: BuildReport) -> list[str]:
    """A line for each file or record that was skipped: which, why, and what to do."""
    files = [KgError(s.reason, file=output.place(s.path), hint=s.hint) for s in report.skipped]
    records = [KgError(r.reason, file=output.place(path), line=r.line, hint=r.hint) for path, r in report.refused]
    return [*map(str, files), *output.few_of_each_file(records)]


def print_report(report: BuildReport, graph: Path, as_json: bool, told: Collection[str] = ()) -> None:
    """What was skipped and why on standard error, what the graph holds now on standard output; lines `told` before are not told again."""
    if as_json:
        output.print_json({
            "graph": str(graph), "generation": report.generation, "changed": report.changed, "built": report.built,
            "unchanged": report.unchanged, "removed": report.removed, "counts": dict(report.counts),
            "skipped": [{"file": s.path, "reason": s.reason, "hint": s.hint} for s in report.skipped],
            "refused": [{"file": path, "line": r.line, "reason": r.reason, "hint": r.hint} for path, r in report.refused],
            "checked": report.checked, "problems": report.problems, "notes": report.notes, "seconds": round(report.seconds, 3),
        })  # fmt: skip
        return
    for line in _skipped(report):
        if line not in told:
            click.echo(f"skipped: {output.visible(line)}", err=True)
    for line in report.problems:
        click.echo(f"check failed: {output.visible(line)}", err=True)
    for line in report.notes:
        click.echo(f"note: {output.visible(line)}", err=True)
    done = f"{output.counted(len(report.built), 'document')} read, {report.unchanged} unchanged, {len(report.removed)} removed"
    click.echo(f"{done}, {output.left_out(len(report.skipped), len(report.refused))}; {report.seconds:.1f} s")
    print_holdings(report, graph)


def print_holdings(report: BuildReport, graph: Path) -> None:
    """How much the graph holds now."""
    counts = report.counts
    facts = counts.get("relations", 0) + counts.get("attributes", 0)
    documents, figures = counts.get("documents", 0), counts.get("observations", 0)
    click.echo(f"{graph} holds {output.counted(documents, 'document')}: {output.counted(facts, 'fact')}, {output.counted(figures, 'figure')}")


def draw_figures(graph: Path, target: Path) -> None:
    """Draw what the graph measures, an indicator a panel; a line on standard error says what was drawn, or that nothing was."""
    from kg.ask.figures import figures
    from kg.graph.store import open_graph
    from kg.view.charts import draw

    rows = [row for row in figures(open_graph(graph).store) if row.period]
    if not rows:
        click.echo(f"no dated figure to draw: {target} is not written", err=True)
        return
    click.echo(f"{draw(rows, target, title='', multiples=True)} → {target}", err=True)
