"""The ruling lines and characters of a PDF's pages, with their places, by PDFium; and of any page, the tables that lines draw."""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kg.read.level_grid import level_tables
from kg.read.ruled_grid import Glyph, Rule, RuledTable, ruled_tables, whole_lines

if TYPE_CHECKING:
    from pypdf import PageObject

_READING = threading.Lock()  # PDFium reads one file at a time
_LINES = re.compile(rb"\b(?:re|l)\b")
LEAST_LINES = 3  # above a table, below its head and below it
MOST_BYTES = 8_000_000  # of a page's description: more is a drawing
MOST_OBJECTS = 50_000
_MOST_LINES = 1000  # of a page, each drawn in as many pieces as you like: more are a map
_DEEPEST = 4  # forms inside forms
_THICKEST = 2.5  # points; a wider bar is no line
_LEVEL = 1.0  # what the ends of a line may differ by
WHITE = 250

Point = tuple[float, float]


def may_hold_tables(page: PageObject) -> bool:
    """Whether a page draws lines, or draws something that is described elsewhere in the file; told without reading it."""
    contents = page.get_contents()
    data = contents.get_data() if contents is not None else b""
    if len(data) > MOST_BYTES:
        return False
    return sum(1 for _ in _LINES.finditer(data)) >= LEAST_LINES or b" Do" in data and "/Form" in kinds_drawn(page)


def kinds_drawn(page: PageObject) -> set[str]:
    """What a page draws that is described elsewhere in the file: /Form, /Image."""
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    return {entry.get_object().get("/Subtype") for entry in objects.get_object().values()} if objects is not None else set()


def tables_of_pages(data: bytes, pages: list[int]) -> dict[int, list[RuledTable]]:
    """The ruled tables of the pages of these numbers (from 0); none for a page that PDFium does not read."""
    with _READING:
        return dict(_tables(data, pages))


def _tables(data: bytes, pages: list[int]) -> Iterator[tuple[int, list[RuledTable]]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    with closing(document):
        for number in pages:
            try:
                page = document[number]
            except (pypdfium2.PdfiumError, IndexError):
                continue
            with closing(page):
                rules = list(_rules(page))
                if len(rules) >= LEAST_LINES and (tables := tables_of_lines(rules, list(_glyphs(page)))):
                    yield number, tables


def tables_of_lines(rules: list[Rule], glyphs: list[Glyph]) -> list[RuledTable]:
    """The tables that lines draw, in the order in which the page draws their characters."""
    lines = whole_lines(rules)
    if len(lines) > _MOST_LINES:
        return []
    found = [*ruled_tables(lines, glyphs), *level_tables(lines, glyphs)]
    return [table for _, table in sorted(found, key=lambda placed: placed[0])]


def _turned(page: Any) -> Callable[[float, float], Point]:
    """How a place on the page as it is drawn becomes one on the page as it is shown."""
    import pypdfium2.raw as pdfium

    turns: list[Callable[[float, float], Point]] = [lambda x, y: (x, y), lambda x, y: (y, -x), lambda x, y: (-x, -y), lambda x, y: (-y, x)]
    return turns[int(pdfium.FPDFPage_GetRotation(page)) % 4]


def _glyphs(page: Any) -> Iterator[Glyph]:
    """The characters of a page in the order in which it draws them."""
    import pypdfium2.raw as pdfium

    turned = _turned(page)
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    room = pdfium.FS_RECTF()
    text = pdfium.FPDFText_LoadPage(page)
    try:
        for at in range(pdfium.FPDFText_CountChars(text)):
            code = pdfium.FPDFText_GetUnicode(text, at)
            character = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
            if not pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top) or not pdfium.FPDFText_GetCharOrigin(text, at, x, y):
                continue
            middle = turned((left.value + right.value) / 2, (bottom.value + top.value) / 2)
            size = pdfium.FPDFText_GetFontSize(text, at) or 1.0
            pdfium.FPDFText_GetLooseCharBox(text, at, room)
            sides = sorted([turned(room.left, room.bottom)[0], turned(room.right, room.top)[0]])
            yield Glyph(character, *middle, turned(x.value, y.value)[1], size, *sides)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _rules(page: Any) -> Iterator[Rule]:
    """The straight level and upright lines of a page, thin bars among them."""
    import pypdfium2.raw as pdfium

    turned = _turned(page)
    count = pdfium.FPDFPage_CountObjects(page)
    if count > MOST_OBJECTS:
        return
    waiting: list[tuple[Any, list[Any], int]] = [(pdfium.FPDFPage_GetObject(page, at), [], 0) for at in reversed(range(count))]
    seen = 0
    while waiting and seen < MOST_OBJECTS:
        drawn, matrices, depth = waiting.pop()
        seen += 1
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFPageObj_GetMatrix(drawn, matrix):
            continue
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            inner = range(pdfium.FPDFFormObj_CountObjects(drawn)) if depth < _DEEPEST else range(0)
            waiting += [(pdfium.FPDFFormObj_GetObject(drawn, at), [matrix, *matrices], depth + 1) for at in inner]
        else:
            yield from _of_path(drawn, [matrix, *matrices], turned)


def _of_path(path: Any, matrices: list[Any], turned: Callable[[float, float], Point]) -> Iterator[Rule]:
    import pypdfium2.raw as pdfium

    filled, stroked = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, filled, stroked):
        return
    draws = [stroked.value and _is_seen(path, pdfium.FPDFPageObj_GetStrokeColor), filled.value and _is_seen(path, pdfium.FPDFPageObj_GetFillColor)]
    if not any(draws):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    pieces: list[list[Point]] = []
    for at in range(min(pdfium.FPDFPath_CountSegments(path), MOST_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        place = x.value, y.value
        for m in matrices:
            place = m.a * place[0] + m.c * place[1] + m.e, m.b * place[0] + m.d * place[1] + m.f
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not pieces:
            pieces.append([])
        pieces[-1].append(turned(*place))
        if pdfium.FPDFPathSegment_GetClose(segment):
            pieces[-1].append(pieces[-1][0])
    for points in pieces:
        yield from rules_of_points(points, bool(draws[0]))


def rules_of_points(points: list[Point], stroked: bool) -> Iterator[Rule]:
    """The lines of one stroke of the pen, or a thin bar as a line."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    if min(right - left, high - low) <= _THICKEST:
        upright = high - low > right - left
        yield Rule(True, (left + right) / 2, low, high) if upright else Rule(False, (low + high) / 2, left, right)
    elif stroked:
        for (x, y), (to_x, to_y) in pairwise(points):
            if abs(to_x - x) <= _LEVEL:
                yield Rule(True, x, min(y, to_y), max(y, to_y))
            elif abs(to_y - y) <= _LEVEL:
                yield Rule(False, y, min(x, to_x), max(x, to_x))


def _is_seen(path: Any, color_of: Callable[..., Any]) -> bool:
    """Whether the color is not that of the paper."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    return not color_of(path, red, green, blue, alpha) or alpha.value > 0 and min(red.value, green.value, blue.value) < WHITE
