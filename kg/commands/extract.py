"""`kg extract`: facts as JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kg.cli import options, output
from kg.cli.reading import read_options, reading


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("-o", "--output", "folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write to.")
@options.jobs
@reading
@options.ontology
@options.segmenter
@options.min_confidence
@options.as_json
def command(
    paths: tuple[str, ...], folder: Path, jobs: int | None, date: str | None, ontology: Path | None, segmenter: str,
    min_confidence: float, as_json: bool, **how: Any,
) -> None:  # fmt: skip
    """Write the facts of each document as JSON, without a graph.

    PATH is a file, a folder or a pattern in quotes. Each document gives one file, named after its file stem, in the
    format of gold annotations with offsets, rules and confidence as further keys. With --min-confidence relations,
    figures and attributes that are less sure are left out; the entities stay, with where they are named. A file that
    cannot be read, or a record of one, is named and left out, and the exit code is 1.

    \b
    Example:
      kg extract corpus -o facts
      kg extract corpus/qiantang-plenary-2021-07-15.txt -o facts --date 2021-07-15
    """
    from kg.engines.extract_files import extract_files
    from kg.ontology import Ontology

    with output.progress("reading") as report_progress:
        report = extract_files(
            paths, folder, read_options(date, how), ontology=Ontology.load(ontology), segmenter=segmenter, jobs=jobs,
            min_confidence=min_confidence, progress=report_progress,
        )  # fmt: skip
    for line in (*map(str, map(output.placed, report.skipped)), *output.few_of_each_file(map(output.placed, report.refused))):
        click.echo(f"skipped: {output.visible(line)}", err=True)
    for identifier in report.renamed:
        name = report.written[identifier].name
        click.echo(f"note: another document has the file name of {identifier}; written to {name}", err=True)
    for note in report.notes:
        click.echo(f"note: {output.visible(note)}", err=True)
    if as_json:
        skipped = [{"file": str(e.file), "reason": e.message, "hint": e.hint} for e in report.skipped]
        refused = [{"file": str(e.file), "line": e.line, "reason": e.message, "hint": e.hint} for e in report.refused]
        output.print_json({"written": {k: str(v) for k, v in report.written.items()}, "skipped": skipped, "refused": refused})
    else:
        click.echo(f"{output.counted(len(report.written), 'document')} written to {folder}, {output.left_out(len(report.skipped), len(report.refused))}")
    sys.exit(1 if report.skipped or report.refused else 0)
