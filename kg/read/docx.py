"""Word files, read from their XML in document order.

python-docx passes over content controls, text boxes and inserted text that is still under revision, and takes four
times as long; the few parts of the format that hold text are read here instead (ECMA-376, part 1, chapter 17).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.read.options import ReadOptions
from kg.read.rendering import Rendered, TextBuilder

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {_W + "del", _W + "moveFrom", _W + "txbxContent", _FALLBACK}
_HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_LONGEST_HEADING = 100
_DEEPEST = 200  # containers inside containers; Word itself refuses deeper tables long before


def read_docx(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text with headings and tables; KgError if the archive or its XML is broken, oversized or has a DTD."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            body = _part(archive, "word/document.xml", file, options.max_bytes)
            styles = _part(archive, "word/styles.xml", file, options.max_bytes)
            core = _part(archive, "docProps/core.xml", file, options.max_bytes)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise KgError(f"is a damaged Word file: {error}", file=file, hint="open and save it in Word again") from error
    if body is None:
        raise KgError("is no Word file: word/document.xml is missing", file=file)
    builder = TextBuilder()
    root = body.find(_W + "body")
    if root is not None:
        _blocks(root, builder, _heading_levels(styles), 0, file)
    title = core.findtext(_DC + "title") if core is not None else None
    rendered = builder.rendered()
    # The title in the properties is often that of a template: it counts only if the text begins with it.
    if title and title.strip() and builder.mentions(title):
        rendered = replace(rendered, fields={"title": title.strip()})
    return [replace(rendered, structured=bool(rendered.headings))]


def _part(archive: zipfile.ZipFile, name: str, file: str, limit: int) -> _Element | None:
    """The parsed XML of one part, None if there is none; never more than `limit` bytes, whatever the header says."""
    from lxml import etree

    if name not in archive.namelist():
        return None
    with archive.open(name) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise KgError(f"unpacks to more than {limit // 2**20} MB", file=file, hint="raise --max-bytes if it is genuine")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise KgError(f"is a damaged Word file: {name}: {error}", file=file) from error
    if root.getroottree().docinfo.doctype:
        raise KgError(f"{name} declares a document type, which no Word file does", file=file)
    return root


def _heading_levels(styles: _Element | None) -> dict[str, int]:
    """Style id → heading level, following what each style is based on."""
    if styles is None:
        return {}
    own: dict[str, int] = {}
    base: dict[str, str] = {}
    for style in styles.iter(_W + "style"):
        identifier = style.get(_W + "styleId", "")
        name = _value(style.find(_W + "name"))
        numbered = _HEADING_NAME.fullmatch(name)
        outline = _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
        if numbered:
            own[identifier] = int(numbered[1])
        elif name.lower() in ("title", "标题", "標題"):
            own[identifier] = 1
        elif outline.isascii() and outline.isdigit() and int(outline) < 9:
            own[identifier] = int(outline) + 1
        base[identifier] = _value(style.find(_W + "basedOn"))
    levels: dict[str, int] = {}
    for identifier in base:
        at, seen = identifier, set[str]()
        while at and at not in own and at not in seen:
            seen.add(at)
            at = base.get(at, "")
        if at in own:
            levels[identifier] = own[at]
    return levels


def _blocks(parent: _Element, builder: TextBuilder, levels: dict[str, int], depth: int, file: str) -> None:
    """Add the paragraphs and tables below `parent`, looking into containers such as content controls."""
    if depth > _DEEPEST:
        raise KgError("is nested too deeply", file=file)
    for child in parent:
        if child.tag == _W + "p":
            _paragraph(child, builder, levels, depth, file)
        elif child.tag == _W + "tbl":
            rows, header_rows = _rows(child)
            builder.table(rows, header_rows=header_rows)
        elif child.tag not in _SKIPPED and isinstance(child.tag, str) and len(child):
            _blocks(child, builder, levels, depth + 1, file)


def _paragraph(paragraph: _Element, builder: TextBuilder, levels: dict[str, int], depth: int, file: str) -> None:
    text = "".join(_text(paragraph))
    properties = paragraph.find(_W + "pPr")
    level = 0
    if properties is not None:
        outline = _value(properties.find(_W + "outlineLvl"))
        level = levels.get(_value(properties.find(_W + "pStyle")), 0)
        if outline.isascii() and outline.isdigit() and int(outline) < 9:
            level = int(outline) + 1
    if level and len(text) <= _LONGEST_HEADING:
        builder.heading(text, level)
    else:
        builder.paragraph(text)
    for box in paragraph.iter(_W + "txbxContent"):  # text boxes are read after the paragraph that they hang on
        if not any(above.tag in (_FALLBACK, _W + "txbxContent") for above in box.iterancestors()):
            _blocks(box, builder, levels, depth + 1, file)


def _rows(table: _Element) -> tuple[list[list[str]], int]:
    """The texts of a table's cells by row and grid column, and the number of header rows (1 if none is declared)."""
    rows: list[list[str]] = []
    declared = 0
    for row in table.iter(_W + "tr"):
        if next(row.iterancestors(_W + "tbl"), None) is not table:
            continue  # a row of a table inside a cell: its text is in the cell
        cells: list[str] = []
        for cell in row.iter(_W + "tc"):
            if next(cell.iterancestors(_W + "tr"), None) is not row:
                continue
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            continued = merged is not None and _value(merged) != "restart"
            cells.append("" if continued else " ".join("".join(_text(p)) for p in cell.iter(_W + "p")))
            span = _value(cell.find(f"{_W}tcPr/{_W}gridSpan"))
            cells.extend([""] * (min(int(span), 64) - 1 if span.isascii() and span.isdigit() else 0))
        if row.find(f"{_W}trPr/{_W}tblHeader") is not None and declared == len(rows):
            declared += 1
        rows.append(cells)
    return rows, declared or 1


def _text(paragraph: _Element) -> Iterator[str]:
    """The visible characters below `paragraph`: deleted text, field codes and text boxes are not among them."""
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == _W + "t":
            yield child.text or ""
        elif child.tag == _W + "tab":
            parent = child.getparent()  # a tab stop's definition has the same name as the character
            yield "\t" if parent is not None and parent.tag == _W + "r" else ""
        elif child.tag in (_W + "br", _W + "cr"):
            yield "\n"
        elif child.tag == _W + "noBreakHyphen":
            yield "-"
        elif child.tag not in _SKIPPED and len(child):
            stack.append(iter(child))


def _value(element: _Element | None) -> str:
    return (element.get(_W + "val") or "") if element is not None else ""
