"""OpenDocument texts and spreadsheets (OASIS OpenDocument 1.3, ISO/IEC 26300), as LibreOffice and the offices of Taiwan write them.

The few parts of the format that hold text are read from its XML; a cell of a spreadsheet holds what it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.read.archive import own_elements, xml_parts
from kg.read.dates import full_dates
from kg.read.flow import CONTENTS, PAGE_BREAK, add_paragraph, is_frame, paper
from kg.read.line_joining import unwrap
from kg.read.options import ReadOptions
from kg.read.rendering import Rendered, TextBuilder, columns_taken, raised
from kg.read.tabular import RecordText
from kg.read.workbook import Sheet, read_sheets

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFFICE, _STYLE, _TEXT, _TABLE, _DRAW = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "style", "text", "table", "drawing"))
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
# what was deleted, what readers remarked, how a character is said, tables of contents
_NEVER = {
    _TEXT + "tracked-changes", _OFFICE + "annotation", _TEXT + "ruby-text", _TEXT + "table-of-content", _TEXT + "alphabetical-index", _TEXT + "illustration-index",
    _TEXT + "table-index", _TEXT + "sequence-decls", _OFFICE + "forms",
}  # fmt: skip
_APART = (_DRAW + "frame", _DRAW + "custom-shape", _TEXT + "note")  # read after the paragraph that they hang on
_DEEPEST = 200
_COUNT = re.compile("[0-9]{1,9}")
_MOST_COLUMNS = 1024  # of a sheet; a program writes 16,384 to give one format to all of them


@dataclass(frozen=True, slots=True)
class _Styles:
    """What the styles of a file say by their names."""

    hidden: frozenset[str]  # of text or sheets
    raised: frozenset[str]
    levels: dict[str, int]  # of paragraphs: the level of a heading, or CONTENTS


def read_odt(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text with headings and tables; KgError if the archive or its XML is broken or oversized."""
    content, styles, title = _parts(data, file, options)
    builder = TextBuilder()
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise KgError("is no OpenDocument text", file=file, hint="save it as docx")
    _blocks(body, builder, styles, file, 0)
    return [paper(builder, title)]


def read_ods(data: bytes, file: str, options: ReadOptions) -> list[RecordText]:
    """As `kg.read.workbook.read_xlsx`."""
    content, styles, _ = _parts(data, file, options)
    body = content.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
    if body is None:
        raise KgError("is no OpenDocument spreadsheet", file=file, hint="save it as xlsx")
    shown = [sheet for sheet in body.iterchildren(_TABLE + "table") if sheet.get(_TABLE + "style-name", "") not in styles.hidden]
    return read_sheets([Sheet(sheet.get(_TABLE + "name", ""), _sheet_rows(sheet, styles)) for sheet in shown], file, options)


def _parts(data: bytes, file: str, options: ReadOptions) -> tuple[_Element, _Styles, str]:
    """The content of a file, its styles and the title that its properties give."""
    content, styles, meta = xml_parts(data, ("content.xml", "styles.xml", "meta.xml"), "OpenDocument file", file, options.max_bytes)
    if content is None:
        raise KgError("is no OpenDocument file: content.xml is missing", file=file)
    title = meta.findtext(f"{_OFFICE}meta/{_TITLE}") if meta is not None else None
    return content, _styles([part for part in (styles, content) if part is not None]), title or ""


def _styles(parts: Sequence[_Element]) -> _Styles:
    hidden: set[str] = set()
    high: set[str] = set()
    levels: dict[str, int] = {}
    parents: dict[str, str] = {}
    for style in (style for part in parts for style in part.iter(_STYLE + "style")):
        name = style.get(_STYLE + "name", "")
        parents[name] = style.get(_STYLE + "parent-style-name", "")
        text = style.find(_STYLE + "text-properties")
        if text is not None and text.get(_TEXT + "display") == "none":
            hidden.add(name)
        if text is not None and text.get(_STYLE + "text-position", "").startswith(("super", "1", "2", "3", "4", "5", "6")):
            high.add(name)
        table = style.find(_STYLE + "table-properties")
        if table is not None and table.get(_TABLE + "display") == "false":
            hidden.add(name)
        if name == "Title":
            levels[name] = 1
        elif name.startswith("Contents_20_"):
            levels[name] = CONTENTS
    for name, parent in parents.items():  # an automatic style is what it is made from
        if parent in levels:
            levels.setdefault(name, levels[parent])
    return _Styles(frozenset(hidden), frozenset(high), levels)


def _blocks(parent: _Element, builder: TextBuilder, styles: _Styles, file: str, depth: int) -> None:
    """Add the paragraphs and tables below `parent`, looking into lists, sections and the like."""
    if depth > _DEEPEST:
        raise KgError("is nested too deeply", file=file)
    for child in parent:
        if child.tag in (_TEXT + "p", _TEXT + "h"):
            name = child.get(_TEXT + "style-name", "")
            level = columns_taken(child.get(_TEXT + "outline-level", "1")) if child.tag == _TEXT + "h" else styles.levels.get(name)
            if name not in styles.hidden:
                add_paragraph(builder, "".join(_text(child, styles)), level)
            for apart in child.iter(*_APART):
                if not _is_left_out(apart, child):
                    _blocks(apart, builder, styles, file, depth + 1)
        elif child.tag == _TABLE + "table":
            rows, header_rows = _rows(child, styles)
            if is_frame(rows):
                for cell in own_elements(child, _TABLE + "table-cell"):
                    _blocks(cell, builder, styles, file, depth + 1)
            else:
                builder.table(rows, header_rows=header_rows)
        elif child.tag not in _NEVER:
            _blocks(child, builder, styles, file, depth + 1)


def _is_left_out(inner: _Element, outer: _Element) -> bool:
    """Whether something between the two is not read where it stands."""
    for above in inner.iterancestors():
        if above is outer:
            return False
        if above.tag in _NEVER or above.tag in _APART:
            return True
    return False


def _text(paragraph: _Element, styles: _Styles) -> Iterator[str]:
    """The visible characters below `paragraph`."""
    yield paragraph.text or ""
    for child in paragraph:
        if child.tag == _TEXT + "line-break":
            yield "\n"
        elif child.tag == _TEXT + "tab":
            yield "\t"
        elif child.tag == _TEXT + "s":
            yield " " * columns_taken(child.get(_TEXT + "c", "1"))
        elif child.tag == _TEXT + "soft-page-break":
            yield PAGE_BREAK
        elif child.tag not in _NEVER and child.tag not in _APART and (name := child.get(_TEXT + "style-name", "")) not in styles.hidden:
            inner = "".join(_text(child, styles))
            yield raised(inner) if name in styles.raised else inner
        yield child.tail or ""


def _rows(table: _Element, styles: _Styles) -> tuple[list[list[str]], int]:
    """The texts of a table's cells by row and column, and the number of header rows (1 if none is declared)."""
    rows: list[list[str]] = []
    declared = 0
    for row in own_elements(table, _TABLE + "table-row"):  # of a table inside a cell the text is in the cell
        inside = row.getparent()
        if inside is not None and inside.tag == _TABLE + "table-header-rows" and declared == len(rows):
            declared += 1
        rows.append(_cells(row, styles))
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows], declared or 1


def _cells(row: _Element, styles: _Styles) -> list[str]:
    """What the cells of a row show, those apart that others cover; empty ones at its end are left out."""
    cells: list[str] = []
    gap = 0  # empty cells that count once another one follows
    for cell in row.iterchildren(_TABLE + "table-cell", _TABLE + "covered-table-cell"):
        times = _times(cell.get(_TABLE + "number-columns-repeated", "1"))
        text = _shown(cell, styles) if cell.tag == _TABLE + "table-cell" else ""
        if not text:
            gap += times
        elif len(cells) + gap < _MOST_COLUMNS:
            cells += [""] * gap + [text] * min(times, _MOST_COLUMNS)
            gap = 0
    return cells


def _shown(cell: _Element, styles: _Styles) -> str:
    lines = ("".join(_text(line, styles)).strip() for line in cell.iter(_TEXT + "p", _TEXT + "h") if not _is_left_out(line, cell))
    text = unwrap("\n".join(lines))
    kind = cell.get(_OFFICE + "value-type", "")
    if kind == "date" and "年" not in text and [iso for _, _, iso in full_dates(text)] != [day := cell.get(_OFFICE + "date-value", text)[:10]]:
        return day  # as a workbook of Excel has it, where the day is shown in a way that may be misread
    return text.replace(",", "") if kind in ("float", "percentage", "currency") else text


def _sheet_rows(sheet: _Element, styles: _Styles) -> list[tuple[int, list[str]]]:
    """Rows that hold something, by their number in the sheet."""
    found: list[tuple[int, list[str]]] = []
    number = 1
    for row in sheet.iter(_TABLE + "table-row"):
        if cells := _cells(row, styles):
            found.append((number, cells))
        number += _times(row.get(_TABLE + "number-rows-repeated", "1"))
    return found


def _times(written: str) -> int:
    """How often a cell or row stands there; once, if that is no number of any sheet."""
    return int(written) if _COUNT.fullmatch(written) else 1
