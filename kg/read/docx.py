"""Word files, read from their XML in document order.

python-docx passes over content controls, text boxes and inserted text that is still under revision, and takes four
times as long; the few parts of the format that hold text are read here instead (ECMA-376, part 1, chapter 17).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.read.archive import own_elements, xml_parts
from kg.read.flow import CONTENTS, PAGE_BREAK, add_paragraph, is_frame, levels_of_styles, paper
from kg.read.line_joining import unwrap
from kg.read.options import ReadOptions
from kg.read.rendering import Rendered, TextBuilder, columns_taken, raised

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {_W + "del", _W + "moveFrom", _W + "txbxContent", _W + "rt", _FALLBACK}  # rt: how a character is said
_HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录|目錄)\s*(?:[1-9]|heading|标题|標題)", re.IGNORECASE)
_DEEPEST = 200  # containers inside containers; Word itself refuses deeper tables long before


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known of the file while its paragraphs are read."""

    levels: dict[str, int]  # style id → heading level, or CONTENTS
    notes: dict[str, _Element]  # id → footnote
    file: str


def read_docx(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text with headings and tables; KgError if the archive or its XML is broken, oversized or has a DTD."""
    names = ("word/document.xml", "word/styles.xml", "docProps/core.xml", "word/footnotes.xml")
    body, styles, core, footnotes = xml_parts(data, names, "Word file", file, options.max_bytes)
    if body is None:
        raise KgError("is no Word file: word/document.xml is missing", file=file)
    builder = TextBuilder()
    root = body.find(_W + "body")
    if root is not None:
        _blocks(root, builder, _Context(_heading_levels(styles), _notes(footnotes), file), 0)
    return [paper(builder, (core.findtext(_DC + "title") if core is not None else None) or "")]


def _notes(footnotes: _Element | None) -> dict[str, _Element]:
    """Footnotes by their id, those apart that only draw lines."""
    found = footnotes.iter(_W + "footnote") if footnotes is not None else ()
    return {note.get(_W + "id", ""): note for note in found if note.get(_W + "type", "normal") == "normal"}


def _heading_levels(styles: _Element | None) -> dict[str, int]:
    """Style id → heading level, following what each style is based on."""
    if styles is None:
        return {}
    own: dict[str, int] = {}
    base: dict[str, str | None] = {}
    for style in styles.iter(_W + "style"):
        identifier = style.get(_W + "styleId", "")
        name = _value(style.find(_W + "name"))
        numbered = _HEADING_NAME.fullmatch(name)
        outline = _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
        if numbered:
            own[identifier] = int(numbered[1])
        elif name.lower() in ("title", "标题", "標題"):
            own[identifier] = 1
        elif _CONTENTS_NAME.fullmatch(name):
            own[identifier] = CONTENTS
        elif outline.isascii() and outline.isdigit() and int(outline) < 9:
            own[identifier] = int(outline) + 1
        above = _value(style.find(_W + "basedOn"))
        base[identifier] = above if identifier and above else None
    return levels_of_styles(own, base)


def _blocks(parent: _Element, builder: TextBuilder, context: _Context, depth: int) -> None:
    """Add the paragraphs and tables below `parent`, looking into containers such as content controls."""
    if depth > _DEEPEST:
        raise KgError("is nested too deeply", file=context.file)
    before = ""  # the text of a paragraph whose end was deleted: it goes on in the next
    for child in parent:
        if child.tag == _W + "p":
            before = _paragraph(child, builder, context, depth, before)
        elif child.tag == _W + "tbl":
            rows, header_rows = _rows(child)
            if is_frame(rows):
                for cell in own_elements(child, _W + "tc"):
                    _blocks(cell, builder, context, depth + 1)
            else:
                builder.table(rows, header_rows=header_rows)
        elif child.tag not in _SKIPPED and len(child) and not _is_contents(child):
            _blocks(child, builder, context, depth + 1)
    add_paragraph(builder, before, None)


def _is_contents(element: _Element) -> bool:
    """Whether a content control is Word's own table of contents."""
    return _value(element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")) == "Table of Contents"


def _paragraph(paragraph: _Element, builder: TextBuilder, context: _Context, depth: int, before: str) -> str:
    """Add a paragraph, its text boxes and footnotes, in this order; what is to stand before the next one."""
    text = before + "".join(_text(paragraph))
    properties = paragraph.find(_W + "pPr")
    level: int | None = None
    if properties is not None:
        if properties.find(f"{_W}rPr/{_W}del") is not None:
            return text
        outline = _value(properties.find(_W + "outlineLvl"))
        level = context.levels.get(_value(properties.find(_W + "pStyle")))
        if outline.isascii() and outline.isdigit() and int(outline) < 9:
            level = int(outline) + 1
    add_paragraph(builder, text, level)
    for box in paragraph.iter(_W + "txbxContent"):  # text boxes are read after the paragraph that they hang on
        if not any(above.tag in (_FALLBACK, _W + "txbxContent") for above in box.iterancestors()):
            _blocks(box, builder, context, depth + 1)
    if context.notes:
        for reference in paragraph.iter(_W + "footnoteReference"):
            if (note := context.notes.get(reference.get(_W + "id", ""))) is not None:
                _blocks(note, builder, context, depth + 1)
    return ""


def _rows(table: _Element) -> tuple[list[list[str]], int]:
    """The texts of a table's cells by row and grid column, and the number of header rows (1 if none is declared)."""
    rows: list[list[str]] = []
    declared = 0
    for row in own_elements(table, _W + "tr"):  # of a table inside a cell the text is in the cell
        cells: list[str] = [""] * columns_taken(_value(row.find(f"{_W}trPr/{_W}gridBefore")), least=0)
        for cell in own_elements(row, _W + "tc"):
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            continued = merged is not None and _value(merged) != "restart"
            cells.append("" if continued else unwrap("\n".join("".join(_text(p)).strip() for p in cell.iter(_W + "p"))))
            cells.extend([""] * (columns_taken(_value(cell.find(f"{_W}tcPr/{_W}gridSpan"))) - 1))
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
            yield raised(child.text or "") if _is_raised(child) else child.text or ""
        elif child.tag == _W + "tab":
            parent = child.getparent()  # a tab stop's definition has the same name as the character
            yield "\t" if parent is not None and parent.tag == _W + "r" else ""
        elif child.tag in (_W + "br", _W + "cr"):
            yield "\n" if child.get(_W + "type", "textWrapping") == "textWrapping" else PAGE_BREAK
        elif child.tag == _W + "noBreakHyphen":
            yield "-"
        elif child.tag not in _SKIPPED and len(child) and not (child.tag == _W + "r" and _is_hidden(child)):
            stack.append(iter(child))


def _is_raised(text: _Element) -> bool:
    run = text.getparent()
    return run is not None and _value(run.find(f"{_W}rPr/{_W}vertAlign")) == "superscript"


def _is_hidden(run: _Element) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and _value(hidden) not in ("0", "false", "off")


def _value(element: _Element | None) -> str:
    return (element.get(_W + "val") or "") if element is not None else ""
