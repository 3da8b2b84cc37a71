"""Spreadsheets: each sheet that is shown holds texts, one a row, or is a table of figures, as a csv file does."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO, StringIO
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from kg.errors import KgError
from kg.read.cell_dates import CHINESE_FORMATS, is_elapsed, shown_date
from kg.read.options import ReadOptions
from kg.read.tabular import NoTexts, RecordText, documents, figures, record_of

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from xlrd.book import Book
    from xlrd.sheet import Cell as OldCell

_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"\\.|\[[^\]]*\]|[_*].")  # of a number's format: colours, and blanks of some width
_NUMBER_FORMAT = re.compile(r'(?P<left>[#0?,]*)(?:\.(?P<right>[#0?]+))?(?P<thousands>,*)(?P<percent>%?)(?:"(?P<unit>[^"]*)")?')


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is shown."""

    title: str
    rows: list[tuple[int, list[str]]]  # that hold something: the number in the sheet, from 1, and the cells as they are shown


def read_xlsx(data: bytes, file: str, options: ReadOptions) -> list[RecordText]:
    """The texts of all sheets of an Excel workbook that are shown, and their tables of figures.

    KgError if the workbook is broken or oversized, and as `read_sheets`.
    """
    return read_sheets(_sheets(data, file, options.max_bytes), file, options)


def read_xls(data: bytes, file: str, options: ReadOptions) -> list[RecordText]:
    """The same of a workbook of Excel 97-2003 or of WPS."""
    return read_sheets(_old_sheets(data, file), file, options)


def read_sheets(sheets: Iterable[Sheet], file: str, options: ReadOptions) -> list[RecordText]:
    """The texts and tables of sheets, and why rows that should have a text are refused; a sheet that holds neither is passed over.

    KgError if no sheet has anything to read.
    """
    sheets = [sheet for sheet in sheets if sheet.rows]
    found: list[RecordText] = []
    nothing: KgError | None = None
    for sheet in sheets:
        try:
            texts = _texts(sheet, file, options)
        except NoTexts as error:
            nothing = nothing or error
            continue
        # What changed is told sheet by sheet: one that is as it was has the hash that it had.
        own = "\n".join("\x1f".join(row) for _, row in sheet.rows).encode("utf-8", "replace")
        found += [_of_sheet(sheet.title, text, own) for text in texts] if len(sheets) > 1 else texts
    if not found:
        raise nothing or KgError("holds no text", file=file)
    return found


def _of_sheet(title: str, text: RecordText, own: bytes) -> RecordText:
    """What one of several sheets gives, by its name; `own`: what the sheet holds."""
    if isinstance(text, KgError):
        return KgError(f"sheet {title}: {text.message}", file=text.file, line=text.line, hint=text.hint)
    return replace(text, part="/".join(filter(None, (title, text.part))), record=text.record or own)


def _texts(sheet: Sheet, file: str, options: ReadOptions) -> list[RecordText]:
    rows = [row for _, row in sheet.rows]
    name = PurePath(file).stem
    if (table := figures(rows, name if _UNNAMED.fullmatch(sheet.title) else f"{name} {sheet.title}", options)) is not None:
        return [table]
    head = next((at for at, row in enumerate(rows) if sum(map(bool, row)) > 1), 0)
    columns = rows[head]
    return list(documents([record_of(line, columns, row) for line, row in sheet.rows[head + 1 :]], columns, file, options))


def _sheets(data: bytes, file: str, limit: int) -> list[Sheet]:
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
                    sheets.append(Sheet(sheet.title, _rows([_cell(cell, book) for cell in row] for row in sheet.iter_rows())))
            book.close()
    except KgError:
        raise
    except Exception as error:  # of a broken workbook openpyxl raises whatever comes of it
        raise _damaged(error, file) from error
    return sheets


def _old_sheets(data: bytes, file: str) -> list[Sheet]:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=StringIO(), on_demand=True)
        return [Sheet(sheet.name, _rows([_old_cell(cell, book) for cell in row] for row in sheet.get_rows())) for sheet in book.sheets() if not sheet.visibility]
    except Exception as error:  # as above
        if "encrypted" in str(error):
            raise KgError("is protected by a password", file=file, hint="save a copy without a password") from error
        raise _damaged(error, file) from error


def _damaged(error: Exception, file: str) -> KgError:
    return KgError(f"is a damaged Excel workbook: {str(error).partition(chr(10))[0]}", file=file, hint="open it and save it again")


def _rows(rows: Iterable[list[str]]) -> list[tuple[int, list[str]]]:
    """Rows that hold something, as far as the last cell that is not empty."""
    found: list[tuple[int, list[str]]] = []
    for number, shown in enumerate(rows, start=1):
        while shown and not shown[-1]:
            shown.pop()
        if shown:
            found.append((number, shown))
    return found


def _cell(cell: Cell, book: Workbook) -> str:
    from openpyxl.utils.datetime import from_excel

    value = "" if cell.data_type == "e" else cell.value  # e: #DIV/0!
    form: str = cell.number_format
    if isinstance(value, int | float) and form == "General" and (chinese := CHINESE_FORMATS.get(cell.style_array.numFmtId)):
        try:
            value, form = from_excel(value, book.epoch), chinese
        except (OverflowError, ValueError):
            value = ""  # Excel shows ####
    return _shown(value, form)


def _old_cell(cell: OldCell, book: Book) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ""
    key = book.xf_list[cell.xf_index or 0].format_key
    form = book.format_map[key].format_str or CHINESE_FORMATS.get(key, "")
    if cell.ctype == xlrd.XL_CELL_DATE and isinstance(cell.value, float):
        return _shown(_old_date(cell.value, form, book.datemode), form)
    return _shown(bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value, form)


def _old_date(value: float, form: str, datemode: Literal[0, 1]) -> date | time | timedelta | None:
    """Days since the beginning of time; before its first day, a time of day. None if there is no such day: Excel shows ####."""
    import xlrd

    try:
        if is_elapsed(form):
            return timedelta(days=value)
        if 0 <= value < 1:
            return (datetime.min + timedelta(seconds=round(value * 86400))).time()
        return xlrd.xldate_as_datetime(value, datemode)
    except (OverflowError, ValueError):
        return None


def _shown(value: object, form: str) -> str:
    """A value as Excel shows it in a number format."""
    if value is None:
        return ""
    if isinstance(value, date | time | timedelta):
        return shown_date(value, form)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(Decimal(repr(value)), form)
    return str(value).strip()


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
