"""PDFs written by hand: words and lines at their places, in a font that is not embedded."""

from __future__ import annotations

from collections.abc import Sequence

from tests.fuzz.nasty import pdf as file_of

LEFT, TOP, ROW = 60, 760, 20  # points, from the left and from below
_SIZE = 10
_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 "
    b"/BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 "
    b"/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>"
)


def word(text: str, x: float, y: float) -> str:
    """A word of one line, as word processors write it."""
    return f"BT /F1 {_SIZE} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"


def line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x} {y} m {to_x} {to_y} l S"


def bar(x: float, y: float, width: float, height: float) -> str:
    """A thin bar, as word processors draw the sides of cells."""
    return f"{x} {y} {width} {height} re f"


def table(rows: Sequence[Sequence[str]], widths: Sequence[int], *, top: float = TOP, rules: str = "all") -> list[str]:
    """The words of a table and its lines: `all`, `columns` (around it, below the head, and between columns), or `level` ones only."""
    edges = [LEFT + sum(widths[:at]) for at in range(len(widths) + 1)]
    drawn = [word(text, edges[column] + 3, top - ROW * row - 14) for row, cells in enumerate(rows) for column, text in enumerate(cells) if text]
    bottom = top - ROW * len(rows)
    levels = [top - ROW * row for row in range(len(rows) + 1)] if rules == "all" else [top, top - ROW, bottom]
    drawn += [line(edges[0], y, edges[-1], y) for y in levels]
    if rules != "level":
        drawn += [line(x, top, x, bottom) for x in edges]
    return drawn


def pdf(*pages: Sequence[str], turned: int = 0) -> bytes:
    """The file; each page has the given operations."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _FONT]
    kids = []
    for page in pages:
        content = "\n".join(page).encode()
        kids.append(len(objects) + 2)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(b"<< /Type /Page /Parent 2 0 R /Rotate %d /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>" % (turned, len(objects)))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    return file_of(*objects, trailer=b"<< /Root 1 0 R /Size %d >>" % (len(objects) + 1))
