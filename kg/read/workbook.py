"""Excel workbooks: each sheet that is shown holds texts, one a row, or is a table of figures, as a csv file does."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.read.options import ReadOptions
from kg.read.rendering import Rendered
from kg.read.tabular import NoTexts, documents, figures, record_of

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

_Row = tuple[int, list[str]]  # its number in the sheet, from 1, and its cells
_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"\\.|\[[^\]]*\]|[_*].")  # of a number's format: colours, and blanks of some width
_NUMBER_FORMAT = re.compile(r'(?P<left>[#0?,]*)(?:\.(?P<right>[#0?]+))?(?P<thousands>,*)(?P<percent>%?)(?:"(?P<unit>[^"]*)")?')


def read_xlsx(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """The texts of all sheets that are shown, and their tables of figures; a sheet that holds neither is passed over.

    KgError if the workbook is broken or oversized, a text of it is missing, or no sheet has anything to read.
    """
    sheets = _sheets(data, file, options.max_bytes)
    found: list[Rendered] = []
    nothing: KgError | None = None
    for title, rows in sheets:
        try:
            texts = _texts(title, rows, file, options)
        except NoTexts as error:
            nothing = nothing or error
            continue
        # What changed is told sheet by sheet: one that is as it was has the hash that it had.
        own = "\n".join("\x1f".join(row) for _, row in rows).encode("utf-8", "replace")
        found += [replace(text, part="/".join(filter(None, (title, text.part))), record=text.record or own) for text in texts] if len(sheets) > 1 else texts
    if not found:
        raise nothing or KgError("holds no text", file=file)
    return found


def _texts(title: str, numbered: Sequence[_Row], file: str, options: ReadOptions) -> list[Rendered]:
    rows = [row for _, row in numbered]
    name = PurePath(file).stem
    if (table := figures(rows, name if _UNNAMED.fullmatch(title) else f"{name} {title}", options)) is not None:
        return [table]
    head = next((at for at, row in enumerate(rows) if sum(map(bool, row)) > 1), 0)
    columns = rows[head]
    return list(documents([record_of(line, columns, row) for line, row in numbered[head + 1 :]], columns, file, options))


def _sheets(data: bytes, file: str, limit: int) -> list[tuple[str, list[_Row]]]:
    """Name and rows of each sheet that is shown and not empty."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())  # no part is read further than it says there
        if size > limit:
            raise KgError(f"unpacks to more than {limit // 2**20} MB", file=file, hint="raise --max-bytes if it is genuine")
        with warnings.catch_warnings(action="ignore"):  # of what it does not keep, such as drop-down lists
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = []
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    sheet.reset_dimensions()  # they may be those of a whole empty sheet
                    sheets.append((sheet.title, _rows(sheet.iter_rows())))
            book.close()
    except KgError:
        raise
    except Exception as error:  # of a broken workbook openpyxl raises whatever comes of it
        raise KgError(f"is a damaged Excel workbook: {str(error).partition(chr(10))[0]}", file=file, hint="open and save it in Excel again") from error
    return [(title, rows) for title, rows in sheets if rows]


def _rows(cells: Iterable[Iterable[Cell]]) -> list[_Row]:
    """Rows that hold something, each cell as Excel shows it, as far as the last one that is not empty."""
    found: list[_Row] = []
    for number, row in enumerate(cells, start=1):
        shown = [_shown(cell) for cell in row]
        while shown and not shown[-1]:
            shown.pop()
        if shown:
            found.append((number, shown))
    return found


def _shown(cell: Cell) -> str:
    value = cell.value
    if value is None or cell.data_type == "e":  # #DIV/0!
        return ""
    if isinstance(value, date):
        return _day(value, cell.number_format.lower())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(Decimal(repr(value)), cell.number_format)
    return str(value).strip()


def _day(value: date, form: str) -> str:
    if "d" in form or isinstance(value, datetime) and value.time() != datetime.min.time():
        return value.isoformat()[:10]
    return f"{value.year}年{value.month}月" if "m" in form else f"{value.year}年"


def _number(value: Decimal, form: str) -> str:
    """A number in its format: with so many places, as a percentage, with the unit that is written behind it (ECMA-376, part 1, 18.8.31)."""
    given = _NUMBER_FORMAT.search(_NOT_SHOWN.sub("", form.split(";")[0]))
    if given is None or not (given["left"] or given["right"]) or re.search(r"[Ee/]", form):
        return _plain(value.normalize())
    value = value.scaleb(2) if given["percent"] else value.scaleb(-3 * len(given["thousands"]))
    places = given["right"] or ""
    rounded = value.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    return _plain(rounded.normalize() if places.endswith("#") else rounded) + (given["percent"] or given["unit"] or "")


def _plain(value: Decimal) -> str:
    return f"{value:f}"
