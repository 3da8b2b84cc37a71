"""Word 97-2003 files, as Word and WPS save them: their text, and which of it is hidden, deleted, a heading or in a table.

No library that is kept up gets Chinese out of them, so that the few structures on which text hangs are read here, by the names that [MS-DOC], the
published specification, has for them. Text is counted in UTF-16 code units, as the format does.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.read.encoding import with_whole_characters
from kg.read.flow import CONTENTS, PAGE_BREAK, add_paragraph, is_frame, levels_of_styles, paper
from kg.read.line_joining import unwrap
from kg.read.options import ReadOptions
from kg.read.rendering import Rendered, TextBuilder, raised

if TYPE_CHECKING:
    from olefile import OleFileIO

_WORD_97 = 0x00C1  # the version from which on the structures are those below
_LENGTHS = "<3i 4x 3i"  # FibRgLw97, from 0x4C on: of the main text, footnotes, headers, comments, endnotes, text boxes, which lie one behind the other
_STYLES, _NOTES_AT, _NOTES, _CHARACTERS, _PARAGRAPHS, _PIECES = 1, 2, 3, 12, 13, 33  # FibRgFcLcb97, from 0x9A on: pairs of offset and length
_PAGE = 512  # bytes of a page of formatting

# characters that are none
_CELL, _FIELD, _RESULT, _FIELD_END = "\x07", "\x13", "\x14", "\x15"
_ENDS = re.compile("[\r\x07\x0c]")
_SIGNS = str.maketrans({"\x0b": "\n", "\x0c": PAGE_BREAK, "\x1e": "-", **dict.fromkeys("\x00\x01\x02\x03\x04\x05\x06\x08\x13\x14\x15\x1f")})
_NOT_READ = re.compile(r"\s*(?:TOC|INDEX)\b")  # fields that repeat what stands elsewhere

# Sprm: how paragraphs, rows and characters differ from their style
_STYLE, _IN_TABLE, _OUTLINE = 0x4600, 0x2416, 0x2640
_ROW_ENDS, _ROW_CELLS, _ROW_IS_HEAD = 0x2417, 0xD608, 0x3404
_ELSEWHERE = (0x6645, 0x6646)  # more of it than a page holds
_DELETED, _HIDDEN, _POSITION = 0x0800, 0x083C, 0x2A48
_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes, by the last three bits of the code; 0: they say so themselves

_LEVELS = {**{n: n for n in range(1, 10)}, 62: 1, **dict.fromkeys(range(19, 28), CONTENTS)}  # by what a style is (StdfBase.sti): 标题 1…, 标题, 目录 1…
_ONE_EDGE = 40  # twips: edges of cells that lie no further apart are one

_Properties = dict[int, bytes]
_Run = tuple[int, int, _Properties]  # from where to where in the file, in bytes


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int  # of its text
    end: int
    place: int  # in the file, in bytes
    width: int  # bytes of a character


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    ends_cell: bool
    properties: _Properties
    notes: tuple[int, ...]  # which footnotes stand in it


def read_doc(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text with headings and tables; KgError if the file is broken, protected by a password, or older than Word 97."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as compound:
            main = compound.openstream("WordDocument").read()
            version, flags = struct.unpack_from("<2x H 6x H", main)
            if version < _WORD_97:
                raise KgError("is a Word file older than Word 97, which cannot be read", file=file, hint="save it as docx")
            if flags & 0x100:
                raise KgError("is protected by a password", file=file, hint="save a copy without a password")
            tables = compound.openstream("1Table" if flags & 0x200 else "0Table").read()
            more = compound.openstream("Data").read() if compound.exists("Data") else b""
            builder = TextBuilder()
            _Document(main, tables, more).add_to(builder)
            return [paper(builder, _title(compound))]
    except KgError:
        raise
    except Exception as error:  # of a broken file, whatever comes of it
        raise KgError(f"is a damaged Word file: {error}", file=file, hint="open it and save it as docx") from error


def _title(compound: OleFileIO[str]) -> str:
    properties: Any = compound.get_metadata()  # its stubs lack what it reads
    title = properties.title or b""
    return title.decode("gb18030" if properties.codepage == 936 else "utf-8", "replace") if isinstance(title, bytes) else title


class _Document:
    """The text of one file, and what its tables say of it."""

    def __init__(self, main: bytes, tables: bytes, more: bytes) -> None:
        self._main, self._tables, self._more = main, tables, more
        self._pieces = list(_pieces(self._table(_PIECES)))
        if self._pieces and self._pieces[-1].end > len(main):
            raise ValueError("more text than it has bytes")
        self._text = "".join(map(self._units, self._pieces))
        lengths = struct.unpack_from(_LENGTHS, main, 0x4C)
        if min(lengths) < 0 or lengths[0] > len(self._text):
            raise ValueError("its text is not all there")
        self._stories = [sum(lengths[:n]) for n in range(len(lengths) + 1)]  # where each begins
        self._levels = _style_levels(self._table(_STYLES))
        self._paragraph_runs = self._runs(_PARAGRAPHS, self._of_paragraph)
        self._starts = [run[0] for run in self._paragraph_runs]
        self._silent, self._raised = bytearray(len(self._text)), bytearray(len(self._text))
        runs = self._runs(_CHARACTERS, self._of_characters)
        self._mark(self._silent, [run for run in runs if _is_on(run[2], _DELETED) or _is_on(run[2], _HIDDEN)])
        self._mark(self._raised, [run for run in runs if _is_on(run[2], _POSITION)])

    def add_to(self, builder: TextBuilder) -> None:
        """Add the main text, each footnote behind its paragraph, and what stands in text boxes behind all of it."""
        at = _numbers(self._table(_NOTES_AT), 2)
        ends = _numbers(self._table(_NOTES), 0)
        if ends != sorted(ends):
            raise ValueError("footnotes out of order")
        notes = [self._paragraphs(self._stories[1] + start, self._stories[1] + end, ()) for start, end in pairwise(ends)]
        self._add(builder, self._paragraphs(0, self._stories[1], at[:-1]), notes)
        self._add(builder, self._paragraphs(self._stories[5], min(self._stories[6], len(self._text)), ()), [])

    def _add(self, builder: TextBuilder, paragraphs: Sequence[_Paragraph], notes: Sequence[Sequence[_Paragraph]]) -> None:
        for in_table, together in groupby(paragraphs, key=lambda paragraph: _is_on(paragraph.properties, _IN_TABLE)):
            some = list(together)
            if in_table:
                self._add_table(builder, some)
            for paragraph in some:
                if not in_table:
                    add_paragraph(builder, paragraph.text, self._level(paragraph.properties))
                for number in paragraph.notes:
                    for line in notes[number] if number < len(notes) else ():
                        add_paragraph(builder, line.text, None)

    def _add_table(self, builder: TextBuilder, paragraphs: Sequence[_Paragraph]) -> None:
        rows: list[tuple[list[list[str]], bytes]] = []  # of each cell its paragraphs
        heads = 0
        cells: list[list[str]] = []
        lines: list[str] = []
        for paragraph in paragraphs:
            if paragraph.ends_cell and _is_on(paragraph.properties, _ROW_ENDS):
                heads += heads == len(rows) and _is_on(paragraph.properties, _ROW_IS_HEAD)
                rows.append((cells, paragraph.properties.get(_ROW_CELLS, b"")))
                cells = []
                continue
            lines.append(paragraph.text.strip())
            if paragraph.ends_cell:
                cells.append(lines)
                lines = []
        grid = _in_columns([([unwrap("\n".join(cell)) for cell in row], layout) for row, layout in rows])
        if is_frame(grid):
            for line in (line for row, _ in rows for cell in row for line in cell):
                add_paragraph(builder, line, None)
        else:
            builder.table(grid, header_rows=heads or 1)

    def _level(self, properties: _Properties) -> int | None:
        outline = properties.get(_OUTLINE, b"\x09")[0]
        return outline + 1 if outline < 9 else self._levels.get(_number(properties, _STYLE))

    def _paragraphs(self, start: int, end: int, notes: Sequence[int]) -> list[_Paragraph]:
        """The paragraphs of a stretch of text; `notes`: where footnotes stand."""
        silent = self._silent[start:end]
        for first, last in _apart(_unread_fields(self._text[start:end])):
            silent[first:last] = b"\1" * (last - first)
        placed = sorted((at, number) for number, at in enumerate(notes))
        found: list[_Paragraph] = []
        begins = start
        for mark in _ENDS.finditer(self._text, start, end):
            properties, run_ends = self._properties(mark.start())
            if mark[0] != _CELL and silent[mark.start() - start] or mark[0] == "\x0c" and not run_ends:
                continue  # it is deleted, or a page ends inside of a paragraph
            text = "".join(self._visible(begins, mark.start(), silent, start))
            inside = tuple(number for _, number in placed[bisect_left(placed, (begins, 0)) : bisect_left(placed, (mark.end(), 0))])
            found.append(_Paragraph(text, mark[0] == _CELL, properties, inside))
            begins = mark.end()
        return found

    def _visible(self, start: int, end: int, silent: bytearray, shift: int) -> Iterator[str]:
        for (is_silent, is_raised), group in groupby(range(start, end), key=lambda at: (silent[at - shift], self._raised[at])):
            if not is_silent:
                places = list(group)
                units = self._text[places[0] : places[-1] + 1].translate(_SIGNS)
                text = with_whole_characters(units)
                yield raised(text) if is_raised else text

    def _properties(self, at: int) -> tuple[_Properties, bool]:
        """Those of the paragraph that a character ends, and whether it does."""
        piece = self._pieces[max(0, bisect_right(self._pieces, at, key=lambda piece: piece.start) - 1)]
        place = piece.place + (at - piece.start) * piece.width
        index = bisect_right(self._starts, place) - 1
        if index < 0 or place >= self._paragraph_runs[index][1]:
            return {}, False
        return self._paragraph_runs[index][2], place + piece.width == self._paragraph_runs[index][1]

    def _mark(self, mask: bytearray, runs: Sequence[_Run]) -> None:
        """Set a mask for the text that lies in such places of the file."""
        spans = list(_apart((start, end) for start, end, _ in runs))
        ends = [end for _, end in spans]
        for piece in self._pieces:
            length = piece.end - piece.start
            for at in range(bisect_right(ends, piece.place), len(spans)):
                first = max(0, (spans[at][0] - piece.place) // piece.width)
                last = min(length, (spans[at][1] - piece.place) // piece.width)
                if first >= length:
                    break
                if first < last:
                    mask[piece.start + first : piece.start + last] = b"\1" * (last - first)

    def _table(self, index: int) -> bytes:
        at, length = struct.unpack_from("<ii", self._main, 0x9A + 8 * index)
        return self._tables[at : at + length] if at >= 0 and length > 0 else b""

    def _units(self, piece: _Piece) -> str:
        """The text of a piece, a character for each code unit, so many as it should have."""
        count = piece.end - piece.start
        raw = self._main[piece.place : piece.place + count * piece.width]
        if len(raw) != count * piece.width:
            raise ValueError("its text is not all there")
        return raw.decode("cp1252", "replace") if piece.width == 1 else "".join(map(chr, struct.unpack(f"<{count}H", raw)))

    def _runs(self, index: int, read: Callable[[bytes, int, int], _Properties]) -> list[_Run]:
        """The formatting on all pages that a table lists, by where its text lies (PlcBtePapx, PlcBteChpx)."""
        table = self._table(index)
        count = max(0, (len(table) - 4) // 8)
        found: list[_Run] = []
        for number in struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ():
            at = (number & 0x3FFFFF) * _PAGE
            page = self._main[at : at + _PAGE]
            if len(page) == _PAGE:
                runs = page[-1]
                bounds = struct.unpack_from(f"<{runs + 1}I", page)
                found += [(start, end, read(page, 4 * (runs + 1), n)) for n, (start, end) in enumerate(pairwise(bounds))]
            if len(found) > len(self._main):
                raise ValueError("more formatting than it has bytes")
        return sorted(found, key=lambda run: run[:2])

    def _of_paragraph(self, page: bytes, behind: int, number: int) -> _Properties:
        """PapxInFkp."""
        at = page[behind + 13 * number] * 2
        if not at:
            return {}
        size, at = (2 * page[at] - 1, at + 1) if page[at] else (2 * page[at + 1], at + 2)
        properties = {_STYLE: page[at : at + 2]} | _changes(page[at + 2 : at + size])
        for code in _ELSEWHERE:
            if code in properties:
                begins = struct.unpack("<I", properties[code])[0]
                length = struct.unpack_from("<H", self._more, begins)[0]
                properties |= _changes(self._more[begins + 2 : begins + 2 + length])
        return properties

    @staticmethod
    def _of_characters(page: bytes, behind: int, number: int) -> _Properties:
        """Chpx."""
        at = page[behind + number] * 2
        return _changes(page[at + 1 : at + 1 + page[at]]) if at else {}


def _pieces(clx: bytes) -> Iterator[_Piece]:
    """Of what the text is put together (Clx)."""
    at = 0
    while clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    size = struct.unpack_from("<I", clx, at + 1)[0]
    table = clx[at + 5 : at + 5 + size]
    count = (len(table) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", table)
    for number, (start, end) in enumerate(pairwise(bounds)):
        place = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)[0]
        if start > end:
            raise ValueError("pieces of its text out of order")
        yield _Piece(start, end, (place & 0x3FFFFFFF) // 2, 1) if place & 0x40000000 else _Piece(start, end, place, 2)


def _changes(raw: bytes) -> _Properties:
    """Code and operand of each change to a style (Prl); what is cut off at the end is left out."""
    found: _Properties = {}
    at = 0
    while at + 3 <= len(raw):
        code = struct.unpack_from("<H", raw, at)[0]
        at += 2
        size = _OPERANDS[code >> 13]
        if code == _ROW_CELLS and at + 2 <= len(raw):
            size, at = struct.unpack_from("<H", raw, at)[0] - 1, at + 2
        elif not size:
            size, at = raw[at], at + 1
        found[code] = raw[at : at + size]
        at += size
    return found


def _style_levels(table: bytes) -> dict[int, int]:
    """Of each style that is that of a heading or of contents, or is based on one, the level (STSH)."""
    if not table:
        return {}
    head, count = struct.unpack_from("<HH", table)
    at = 2 + head
    own: dict[int, int] = {}
    base: dict[int, int | None] = {}
    for number in range(count):
        if at + 2 > len(table):
            break
        size = struct.unpack_from("<H", table, at)[0]
        if size >= 4:
            kind, above = struct.unpack_from("<HH", table, at + 2)
            base[number] = above >> 4
            if (level := _LEVELS.get(kind & 0xFFF)) is not None:
                own[number] = level
        at += 2 + size + size % 2
    return levels_of_styles(own, base)


def _unread_fields(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that are not shown: what computes a field, and the whole of one that repeats what stands elsewhere."""
    open_fields: list[list[int]] = []
    for mark in re.finditer(f"[{_FIELD}{_RESULT}{_FIELD_END}]", text):
        if mark[0] == _FIELD:
            open_fields.append([mark.start()])
        elif open_fields and mark[0] == _RESULT:
            open_fields[-1].append(mark.start())
        elif open_fields:
            first, *result = open_fields.pop()
            told = result[0] if result else mark.start()
            yield first, mark.start() if _NOT_READ.match(text, first + 1, told) else told


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same stretches in order, what several of them hold in one only: a file may have them in any number, one inside the other."""
    reached = 0
    for start, end in sorted(spans):
        if end > max(start, reached):
            yield max(start, reached), end
            reached = end


def _numbers(table: bytes, size: int) -> list[int]:
    """The positions of a table in which so many bytes are said of each [2.2.2]."""
    count = (len(table) - 4) // (4 + size)
    return list(struct.unpack_from(f"<{count + 1}i", table)) if count > 0 else []


def _in_columns(rows: Sequence[tuple[list[str], bytes]]) -> list[list[str]]:
    """The cells of each row, each in the column of the whole table where it begins; those that a merged cell covers are empty."""
    lefts = [_left_edges(row, len(cells)) for cells, row in rows]
    if not all(lefts):
        return [cells for cells, _ in rows]
    columns: list[int] = []
    for edge in sorted({edge for row in lefts for edge, _ in row}):
        if not columns or edge - columns[-1] > _ONE_EDGE:
            columns.append(edge)
    found: list[list[str]] = []
    for (cells, _), row in zip(rows, lefts, strict=True):
        placed = [""] * len(columns)
        for cell, (edge, is_covered) in zip(cells, row, strict=True):
            at = max(0, bisect_right(columns, edge) - 1)
            placed[at] = placed[at] if is_covered else " ".join(filter(None, (placed[at], cell)))
        found.append(placed)
    return found


def _left_edges(row: bytes, cells: int) -> list[tuple[int, bool]]:
    """Where each cell of a row begins, in twips, and whether one beside or above covers it (TDefTableOperand); none if the row does not say so of just these."""
    if len(row) < 3 + 2 * cells or row[0] != cells:
        return []
    edges = struct.unpack_from(f"<{cells}h", row, 1)
    flags = row[3 + 2 * cells :]
    merged = [struct.unpack_from("<H", flags, 20 * n)[0] if 20 * n + 2 <= len(flags) else 0 for n in range(cells)]
    return [(edge, flag & 3 == 1 or flag >> 5 & 3 == 1) for edge, flag in zip(edges, merged, strict=True)]


def _number(properties: _Properties, code: int) -> int:
    return int.from_bytes(properties.get(code, b""), "little")


def _is_on(properties: _Properties, code: int) -> bool:
    return _number(properties, code) == 1
