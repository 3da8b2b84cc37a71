"""HTML that stands inside markdown, as text: a tag scanner that never backtracks and needs no tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from kg.read.line_joining import unwrap

# Attribute values holding < or > do not occur in exported markdown; excluding both keeps the scan linear.
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*|/)?>")
_BREAKING = frozenset({
    "p", "br", "div", "li", "ul", "ol", "dl", "dt", "dd", "tr", "table", "thead", "tbody", "section", "article", "blockquote",
    "pre", "hr", "center", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
_HIDDEN = frozenset(("script", "style"))
_STRONG = frozenset(("strong", "b"))


def html_lines(fragment: str) -> Iterator[tuple[str, int]]:
    """The lines of `fragment` with their heading level: 1-6 for h1-h6, 7 for a line wholly in bold, else 0."""
    fragment = without_comments(fragment)
    line: list[str] = []
    level = strong = hidden = at = 0
    plain = False  # whether the line has text outside bold
    for found in _TAG.finditer(fragment):
        text = fragment[at : found.start()]
        at = found.end()
        if not hidden and text:
            line.append(text)
            plain = plain or (not strong and bool(text.strip()))
        closing, name = bool(found[1]), (found[2] or "").lower()
        if name in _HIDDEN:
            hidden = 0 if closing else 1
        elif name in _STRONG:
            strong = 0 if closing else 1
        elif name in _BREAKING:
            yield from _line(line, level or (0 if plain or not line else 7))
            line, plain = [], False
            is_heading = len(name) == 2 and name[0] == "h" and name[1].isdigit()
            level = int(name[1]) if is_heading and not closing else 0
    if not hidden:
        line.append(fragment[at:])
        plain = plain or (not strong and bool(fragment[at:].strip()))
    yield from _line(line, level or (0 if plain else 7))


def without_comments(text: str) -> str:
    """`text` without `<!-- … -->`; one that is never closed is text."""
    pieces: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces.append(text[at:start])
        at = end + 3
    return "".join(pieces) + text[at:] if pieces else text[at:]


def _line(pieces: list[str], level: int) -> Iterator[tuple[str, int]]:
    text = unwrap(unescape("".join(pieces)).strip())
    if text:
        yield text, level
