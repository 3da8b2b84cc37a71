"""A text as it is put together by a reader: lines, and the spans of headings and table cells in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import Cell, Table
from kg.read.encoding import clean
from kg.read.line_joining import broken_title

_TITLE_LINES = 6
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FEW_DIGITS = re.compile(r"\s?\d{1,3}\s?", re.ASCII)
_BLANKS = re.compile(r"[ \t\xa0\u2002-\u200a]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """The span of a heading in the text, and its level."""

    start: int
    end: int
    level: int  # 1 is the outermost


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one reader makes of one file or record. Offsets count code points of `text`."""

    text: str
    headings: tuple[Heading, ...] = ()
    tables: tuple[Table, ...] = ()
    pages: tuple[int, ...] = ()
    # title, date, source, publisher, url: as the file's own metadata gives them
    fields: Mapping[str, str] = field(default_factory=dict)
    part: str = ""  # the record's name inside its file; "" for a file that is one text
    record: bytes | None = None  # the record's own bytes, for its hash
    line: int = 0  # of the record in its file or sheet, from 1
    structured: bool = True  # False: the format knows no headings, so lines that look like one are marked
    dated: str = ""  # the day of the page that it stands on, for one that has none of its own


class TextBuilder:
    """Collects lines in reading order and knows where each stands."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self._headings: list[Heading] = []
        self._tables: list[Table] = []

    def paragraph(self, text: str) -> tuple[int, int] | None:
        """Add `text`, its line ends kept and its blanks squeezed; its span, or None if nothing is left of it."""
        lines = (squeeze(line) for line in clean(text).split("\n"))
        content = "\n".join(line for line in lines if line)
        if not content:
            return None
        start = self._length
        self._put(content)
        return start, start + len(content)

    def heading(self, text: str, level: int) -> None:
        """Add a heading on a line of its own; nothing if `text` is blank."""
        span = self.paragraph(text.replace("\n", " "))
        if span:
            self._headings.append(Heading(*span, level))

    def table(self, rows: Sequence[Sequence[str]], *, header_rows: int = 1) -> list[int]:
        """Add a table: cells separated by tabs, rows by line ends. The line before it, if short, is its caption.

        Where each row begins is told; an empty one, where the next does.
        """
        begins: list[int] = []
        if len(rows) > 1 and len(rows[0]) > 1 and sum(bool(v.strip()) for v in rows[0]) == 1:
            begins.append(self._length)
            self.paragraph(" ".join(rows[0]))  # one cell over the whole width is the caption
            rows = rows[1:]
        cells: list[Cell] = []
        lines: list[str] = []
        start = at = self._length
        for row, values in enumerate(rows):
            texts = [squeeze(clean(value).replace("\n", " ")) for value in values]
            begins.append(at)
            if not any(texts):
                continue
            for column, text in enumerate(texts):
                cells.append(Cell(row, column, at, at + len(text), header=row < header_rows))
                at += len(text) + 1
            lines.append("\t".join(texts))
        if not lines:
            return begins
        caption = self._lines[-1].rpartition("\n")[2] if self._lines else ""
        if len(caption) > 40 or "。" in caption or "\t" in caption:
            caption = ""
        content = "\n".join(lines)
        self._put(content)
        self._tables.append(Table(start, start + len(content), tuple(cells), caption))
        return begins

    def join_title(self) -> None:
        """Make the title of an official paper one line, where it was set in several paragraphs."""
        tables = min((table.start for table in self._tables), default=self._length)
        starts = [0]
        for line in self._lines[:_TITLE_LINES]:
            if "\n" in line or starts[-1] >= tables:
                break
            starts.append(starts[-1] + len(line) + 1)
        joined = broken_title(self._lines[: len(starts) - 1])
        if not joined:
            return
        first = joined.start - 1
        gone = starts[joined.start : joined.stop]  # what begins there or behind loses a line end

        def moved(offset: int) -> int:
            return offset - sum(start <= offset for start in gone)

        title = "".join(self._lines[first : joined.stop])
        self._lines[first : joined.stop] = [title]
        self._length = moved(self._length)
        begins, ends = starts[first], starts[first] + len(title)
        inside = [h.level for h in self._headings if begins <= moved(h.start) < ends]
        rest = [Heading(moved(h.start), moved(h.end), h.level) for h in self._headings if not begins <= moved(h.start) < ends]
        self._headings = sorted([*rest, *([Heading(begins, ends, min(inside))] if inside else [])], key=lambda h: h.start)
        self._tables = [shift_table(table, moved(table.start) - table.start) for table in self._tables]

    def append(self, other: TextBuilder) -> None:
        """Add all that `other` holds."""
        shift = self._length
        self._lines += other._lines
        self._length += other._length
        self._headings += [Heading(h.start + shift, h.end + shift, h.level) for h in other._headings]
        self._tables += [shift_table(table, shift) for table in other._tables]

    def mentions(self, text: str) -> bool:
        """Whether one of the first lines already is `text`."""
        wanted = squeeze(clean(text))
        return any(wanted == line for lines in self._lines[:5] for line in lines.split("\n")[:5])

    def rendered(self, *, fields: Mapping[str, str] | None = None) -> Rendered:
        """What was built, with the `fields` that the file states."""
        return Rendered("\n".join(self._lines), tuple(self._headings), tuple(self._tables), (), fields or {})

    @property
    def has_structure(self) -> bool:
        """Whether there is a table, or more than one paragraph."""
        return bool(self._tables) or len(self._lines) > 1

    @property
    def length(self) -> int:
        """The offset at which the next line will begin."""
        return self._length

    def _put(self, content: str) -> None:
        self._lines.append(content)
        self._length += len(content) + 1


def shift_table(table: Table, by: int) -> Table:
    """The same table `by` characters further on."""
    cells = tuple(Cell(c.row, c.column, c.start + by, c.end + by, c.header) for c in table.cells)
    return Table(table.start + by, table.end + by, cells, table.caption)


def columns_taken(written: str, *, least: int = 1) -> int:
    """How many columns or rows a cell takes, as `written` says: at least so many, and at most 64."""
    return max(least, min(int(written), 64)) if written.isascii() and written.isdigit() else least


def raised(text: str) -> str:
    """`text` as superscript: m² and 6.1%³, which as m2 and 6.1%3 would be other units and figures."""
    return text.translate(_RAISED) if _FEW_DIGITS.fullmatch(text) else text


def squeeze(line: str) -> str:
    """`line` without outer blanks, inner runs of blanks made one. An ideographic space inside stays."""
    return _BLANKS.sub(" ", line).strip()
