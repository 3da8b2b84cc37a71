"""Tables of figures as files: csv, json, parquet, xlsx."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO

from kg.cells import harmless
from kg.errors import KgError
from kg.whole_file import whole_file

Value = str | int | float | Decimal | date | None
Table = tuple[Sequence[str], Sequence[Sequence[Value]]]  # the names of the columns, and the rows

_SHEET_ROWS = 1_048_576  # of an xlsx sheet; the library drops what is beyond without a word


def write_table(table: Table, path: str | Path) -> None:
    """Write a table as csv, json, parquet or xlsx, by the ending of `path`; KgError for another ending."""
    path = Path(path)
    writers = {".csv": _write_csv, ".json": _write_json, ".parquet": _write_parquet, ".xlsx": _write_xlsx}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise KgError(f"cannot write {path.suffix or 'a file without ending'}", file=path, hint=f"endings: {', '.join(writers)}")
    if writer is _write_xlsx and len(table[1]) >= _SHEET_ROWS:
        raise KgError(f"a sheet has room for {_SHEET_ROWS - 1} rows, and these are {len(table[1])}", file=path, hint="write csv or parquet, or restrict them")
    with whole_file(path) as stream:
        writer(table, stream)


def as_text(value: Value) -> str:
    """A value for CSV: numbers with all their digits, nothing for None."""
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value:f}"
        case float():
            return f"{value:g}"
    return str(value)


def _floats(values: Iterable[Value]) -> list[Value]:
    """Values with floats in place of decimals, which few programs read."""
    return [float(value) if isinstance(value, Decimal) else value for value in values]


def _write_csv(table: Table, stream: IO[bytes]) -> None:
    import csv

    columns, rows = table
    # With a byte-order mark, without which Excel reads UTF-8 as GBK.
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerows([harmless(as_text(value)) for value in row] for row in (columns, *rows))
    text.detach()


def _write_json(table: Table, stream: IO[bytes]) -> None:
    import json

    columns, rows = table
    data = [{name: value.isoformat() if isinstance(value, date) else value for name, value in zip(columns, _floats(row), strict=True)} for row in rows]
    stream.write(json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n")


def _write_parquet(table: Table, stream: IO[bytes]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns, rows = table
    values = {name: _floats(row[place] for row in rows) for place, name in enumerate(columns)}
    days = {name: pa.array(column, pa.date32()) for name, column in values.items() if any(isinstance(value, date) for value in column)}
    pq.write_table(pa.table(values | days), stream)


def _write_xlsx(table: Table, stream: IO[bytes]) -> None:
    import xlsxwriter

    columns, rows = table
    made = io.BytesIO()  # a file that a full disk cuts off, the library would complain of once more
    # Text is text, whatever it begins with.
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("figures")
        sheet.write_row(0, 0, columns)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, _floats(row))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    stream.write(made.getvalue())
