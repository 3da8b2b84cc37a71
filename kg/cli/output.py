"""Printing for people and for programs: tables that keep columns in line with Chinese in them, CSV, TSV, JSON."""

from __future__ import annotations

import io
import os
import shutil
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from kg.cells import Cell, harmless
from kg.errors import KgError
from kg.whole_file import STANDARD_OUTPUT, whole_file

FORMATS = ("table", "csv", "tsv", "json")
_ENDINGS = {"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml", "nq": "nquads"}  # of files; others end in the name of the format
_PLAIN = ("", "txt")  # of files that have what a terminal shows
_WIDEST = 60  # columns of a terminal that one cell may take
_BEFORE = 8  # characters of a sentence shown before what its row names
_GAP, _INDENT = "  ", "    "  # between columns; before those that stand below a row
_LONG, _SHORT = 40, 24  # columns of a terminal: what takes more goes below a row first, what takes no more is not cut
_FEW = 5  # broken records of one file that are told of
_NAMED = 12  # characters of that which are to be seen, with what is said of it


@contextmanager
def into(target: Path | None, form: str | None) -> Iterator[None]:
    """What is printed goes into the file `target`, whole or not at all; CSV with a byte order mark, without which Excel reads it as GBK."""
    if target is None or target == STANDARD_OUTPUT:
        yield
        return
    with whole_file(target) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig" if form == "csv" else "utf-8", newline="")
        with redirect_stdout(text):
            yield
        text.detach()


def form_of(form: str | None, target: Path | None, known: Sequence[str]) -> str | None:
    """`form`, or the one of `known` that a file ends in where none was asked for; KgError for an ending of something else."""
    ending = "" if target is None else target.suffix.lower().removeprefix(".")
    own = _ENDINGS.get(ending, ending)
    if form and own in known and own != form:
        raise KgError(f"ends in {ending}, and --format {form} was asked for", file=target, hint="leave the format out, or give the file another ending")
    if form or ending in _PLAIN:
        return form
    if own in known:
        return own
    endings = [*(short for short, name in _ENDINGS.items() if name in known), *(name for name in known if name not in (*_ENDINGS.values(), "table")), "txt"]
    raise KgError(f"an answer is not written as {ending}", file=target, hint=f"endings: {', '.join(endings)}")


def print_json(value: object) -> None:
    """`value` as indented JSON; Decimal and dates as what they say."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def complain(error: KgError) -> None:
    """Say on standard error what is wrong, where, and the way out."""
    place = "" if error.file is None else f"{error.file}:{error.line}: " if error.line else f"{error.file}: "
    click.echo(f"kg: {place}{error.message}", err=True)
    if error.hint:
        click.echo(f"    {error.hint}", err=True)


def place(path: object) -> str:
    """A file's path for people: from the folder where they are, where it lies below that, else from the root."""
    full, here = os.path.abspath(str(path)), os.path.join(os.getcwd(), "")
    return full.removeprefix(here)


def placed(error: KgError) -> KgError:
    """`error` with its file as `place` writes it."""
    return KgError(error.message, file=place(error.file), line=error.line, hint=error.hint)


def few_of_each_file(refused: Iterable[KgError]) -> list[str]:
    """A line for each broken record, but of one file at most a few, and how many more it has."""
    lines: list[str] = []
    for file, of_file in groupby(refused, key=lambda error: error.file):
        told = [str(error) for error in of_file]
        lines += told if len(told) <= _FEW else [*told[:_FEW], f"{file}: {counted(len(told) - _FEW, 'record')} more (--json lists all)"]
    return lines


def left_out(files: int, records: int) -> str:
    """How many files were skipped, and how many records of others, if any."""
    return f"{counted(files, 'file')} skipped" + (f", {counted(records, 'record')} of other files" if records else "")


def _plain(value: Any) -> Any:
    from decimal import Decimal

    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def counted(count: int, noun: str, form: str = "") -> str:
    """`1 row`, `2 rows`: a number with its noun; `form` is the number's format."""
    return f"{count:{form}} {noun}" + ("" if count == 1 else "s")


def distance(sentences: int) -> str:
    """How far a reference stands from its antecedent: `2 sentences after`, `in the sentence of`."""
    if not sentences:
        return "in the sentence of"
    return f"{counted(abs(sentences), 'sentence')} {'after' if sentences > 0 else 'before'}"


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Cell]], form: str = "table", *, wide: bool = False) -> int:
    """Print `rows` in one of FORMATS and return how many there were.

    A table that is too wide for the terminal has its widest columns below each row; `wide` cuts no cell and moves none.
    """
    if form == "json":
        listed = [dict(zip(columns, row, strict=True)) for row in rows]
        print_json(listed)
        return len(listed)
    if form in ("csv", "tsv"):
        return _delimited(columns, rows, form)
    columns = [*map(visible, columns)]
    found = [[cell if wide else _shortened(cell, row) for cell in row] for row in ([_shown(cell) for cell in row] for row in rows)]
    widths = [max(map(width, column)) for column in zip(columns, *found, strict=True)]
    room = 0 if wide else terminal_columns()
    beside, widths = _beside(widths, room) if room else (list(range(len(columns))), widths)
    below = [at for at in range(len(columns)) if at not in beside]
    click.echo(_line([columns[at] for at in beside], [widths[at] for at in beside]))
    click.echo(_GAP.join("─" * widths[at] for at in beside))
    for row in found:
        click.echo(_line([row[at] for at in beside], [widths[at] for at in beside]))
        for line in _joined([f"{columns[at]}: {row[at]}" for at in below if row[at]], room - len(_INDENT)):
            click.echo(_INDENT + line)
    return len(found)


def terminal_columns() -> int:
    """How wide the terminal is that standard output goes to; 0 for a pipe or a file."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def _beside(widths: Sequence[int], room: int) -> tuple[list[int], list[int]]:
    """The columns that stand beside each other in `room`, and how wide each is; what is not among them goes below each row.

    Sentences, names of files and other long ones go first, then those on the right; names give some of their width before that.
    """
    beside = list(range(len(widths)))
    while len(beside) > 1 and _total(widths, beside) > room and widths[widest := max(beside, key=widths.__getitem__)] > _LONG:
        beside.remove(widest)
    most = max((widths[at] for at in beside), default=0)
    while len(beside) > 1 and _total(widths, beside) > room:
        if most > _SHORT:
            most -= 1
            widths = [min(size, most) if at in beside else size for at, size in enumerate(widths)]
        else:
            beside.pop()
    return beside, [min(size, room) for size in widths]


def _total(widths: Sequence[int], beside: Sequence[int]) -> int:
    return sum(widths[at] for at in beside) + len(_GAP) * (len(beside) - 1)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return _GAP.join(pad(cut(cell, size), size) for cell, size in zip(cells, widths, strict=True)).rstrip()


def _joined(cells: Sequence[str], room: int) -> list[str]:
    """Cells in as few lines as they fit in, in their order."""
    lines: list[str] = []
    for cell in cells:
        if lines and width(longer := lines[-1] + _GAP + cell) <= room:
            lines[-1] = longer
        else:
            lines.append(cut(cell, room))
    return lines


def _delimited(columns: Sequence[str], rows: Iterable[Sequence[Cell]], form: str) -> int:
    import csv

    lines = csv.writer(sys.stdout, lineterminator="\n", delimiter="," if form == "csv" else "\t")
    lines.writerow(map(harmless, columns))
    count = 0
    for count, row in enumerate(rows, 1):
        lines.writerow(map(harmless, row))
    return count


def _shown(cell: Cell) -> str:
    return "" if cell is None else visible(str(cell))


def _shortened(cell: str, row: Sequence[str]) -> str:
    """A cell that is not too wide: of a sentence, the part with what the other cells of its row name, or the last of it."""
    if width(cell) <= _WIDEST:
        return cell
    named = [at for at in (cell.find(other) for other in row if len(other) > 1 and other != cell) if at >= 0]
    first, last = min(named, default=0), max(named, default=0)
    begin = _from(cell, first if width(cell[max(0, first - _BEFORE) : last + _NAMED]) < _WIDEST else last)
    return cut("…" + cell[begin:] if begin else cell, _WIDEST)


def _from(text: str, at: int) -> int:
    """Where to begin so that what stands at `at` is seen with words before it, and the room is filled; 0 if it is seen anyway."""
    if width(text[: at + _NAMED]) <= _WIDEST:
        return 0
    begin = max(0, at - _BEFORE)
    while begin and width(text[begin - 1 :]) < _WIDEST:
        begin -= 1
    return begin


def visible(text: str) -> str:
    """`text` on one line and without control characters: documents must not steer the terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)


def width(text: str) -> int:
    """Columns that `text` takes in a terminal: two for a Chinese character."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, columns: int) -> str:
    """`text` with blanks behind it, so many columns wide."""
    return text + " " * (columns - width(text))


def cut(text: str, columns: int) -> str:
    """`text`, shortened with … to at most so many terminal columns."""
    if width(text) <= columns:
        return text
    taken, kept = 1, []
    for char in text:
        taken += width(char)
        if taken > columns:
            break
        kept.append(char)
    return "".join(kept) + "…"


Report = Callable[[int, int], None]
_DRAWN_EACH = 0.1  # seconds


@contextmanager
def progress(title: str) -> Iterator[Report | None]:
    """A function that takes (done, total) and moves a bar, or None where nobody watches (a pipe, a log).

    The bar is there once something is done and not all. No thread moves it: beside one no process may be forked, and each of a build would load its tables anew.
    """
    if not sys.stderr.isatty():
        yield None
        return
    with ExitStack() as stack:
        shown: list[Report] = []

        def report(done: int, total: int) -> None:
            if not shown and done < total:
                shown.append(stack.enter_context(_bar(title)))
            for show in shown:
                show(done, total)

        yield report


@contextmanager
def _bar(title: str) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True, auto_refresh=False,
    ) as bar:  # fmt: skip
        task = bar.add_task(title, total=None)
        drawn = 0.0

        def show(done: int, total: int) -> None:
            nonlocal drawn
            now = time.monotonic()
            bar.update(task, completed=done, total=total)
            if now - drawn >= _DRAWN_EACH:
                bar.refresh()
                drawn = now

        yield show


def print_counts(counts: dict[str, int]) -> None:
    """Names with their numbers, numbers in line."""
    widest = max(map(width, counts))
    for name, number in counts.items():
        click.echo(f"  {pad(visible(name), widest)}  {number:>7}")
