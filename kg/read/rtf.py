"""Rich text files (RTF 1.9), by striprtf: text without headings, and tables that have no merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from kg.errors import KgError
from kg.read.encoding import decode, with_whole_characters
from kg.read.flow import add_paragraph
from kg.read.options import ReadOptions
from kg.read.rendering import Rendered, TextBuilder, raised

_TOKEN = re.compile(r"\\(?P<word>[a-z]+)(?P<argument>-?\d+)? ?|\\'[0-9a-f]{2}|\\.|[{}]|[^\\{}]+|\\", re.ASCII | re.IGNORECASE | re.DOTALL)
_SAYS = frozenset({"u", "tab", "line", "par", "sect", "page", "emdash", "endash", "emspace", "enspace", "qmspace", "bullet", "lquote", "rquote", "ldblquote", "rdblquote"})
_HIDDEN, _RAISED = ("v", "deleted"), "super"
_OFF = {"nosupersub": (_RAISED,), "sub": (_RAISED,), "plain": (*_HIDDEN, _RAISED)}
_CELL_ENDS = "|"


def read_rtf(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text; KgError if it cannot be read."""
    from striprtf.striprtf import rtf_to_text

    source = "".join(_shown(decode(data, file=file, encoding=options.encoding)))
    try:
        text = with_whole_characters(rtf_to_text(source, errors="replace"))
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


def _shown(source: str) -> Iterator[str]:
    """What striprtf is to read, which takes no notice of what was deleted or is hidden, nor of raised figures (km²)."""
    on: frozenset[str] = frozenset()
    outside: list[frozenset[str]] = []  # what was on where each open group began
    for token in _TOKEN.finditer(source):
        said, word = token[0], token["word"]
        if word in (*_HIDDEN, _RAISED):
            on = on - {word} if token["argument"] == "0" else on | {word}
        elif word in _OFF:
            on = on.difference(_OFF[word])
        elif said == "{":
            outside.append(on)
        elif said == "}":
            on = outside.pop() if outside else on
        elif not on or word and word not in _SAYS:
            pass
        elif on.intersection(_HIDDEN):
            continue
        elif not word and (high := raised(plain := "".join(said.splitlines()))) != plain:  # line ends say nothing
            said = "".join(f"{{\\uc1\\u{ord(sign)}?}}" for sign in high)
        yield said
