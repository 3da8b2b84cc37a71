"""Rich text files (RTF 1.9), by striprtf: text without headings, and tables that have no merged cells."""

from __future__ import annotations

import re
from itertools import groupby

from kg.errors import KgError
from kg.read.encoding import decode
from kg.read.flow import add_paragraph
from kg.read.options import ReadOptions
from kg.read.rendering import Rendered, TextBuilder, raised

# What striprtf keeps as if it were said: what was deleted or is hidden, and raised figures (km²).
_GROUP = re.compile(r"\{[^{}]*\}")  # without others inside
_UNSEEN = re.compile(r"\\(?:deleted|v)(?![a-z0-9])")
_FIGURES = re.compile(r"\{(?P<words>(?:\\[a-z]+(?:-?\d++)?+\s?)++)(?P<text>\d{1,3})\}", re.ASCII)
_SUPER = re.compile(r"\\super(?![a-z0-9])")
_CELL_ENDS = "|"


def read_rtf(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text; KgError if it cannot be read."""
    from striprtf.striprtf import rtf_to_text

    source = _GROUP.sub(_shown, decode(data, file=file, encoding=options.encoding))
    try:
        text = rtf_to_text(source, errors="replace").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    except (ValueError, LookupError, IndexError) as error:
        raise KgError(f"is a damaged rich text file: {error}", file=file, hint="open it and save it as docx") from error
    builder = TextBuilder()
    for is_row, lines in groupby(text.split("\n"), key=lambda line: line.endswith(_CELL_ENDS)):
        rows = [line.removesuffix(_CELL_ENDS).split(_CELL_ENDS) for line in lines]
        widths = set(map(len, rows))
        if is_row and len(rows) > 1 and widths != {1} and len(widths) == 1:
            builder.table(rows)
        else:  # of merged cells it does not say which heads they stand below
            for row in rows:
                add_paragraph(builder, "\t".join(row), None)
    builder.join_title()
    return [builder.rendered()]


def _shown(group: re.Match[str]) -> str:
    """A group as striprtf is to read it."""
    if _UNSEEN.search(group[0]):
        return ""
    figures = _FIGURES.fullmatch(group[0])
    return "".join(f"\\u{ord(sign)}?" for sign in raised(figures["text"])) if figures and _SUPER.search(figures["words"]) else group[0]
