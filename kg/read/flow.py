"""What the files of word processors have in common: paragraphs and headings, pages broken inside of sentences, frames that look like tables."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from kg.read.line_joining import join_soft_breaks, unwrap
from kg.read.rendering import Rendered, TextBuilder

Style = TypeVar("Style", bound=Hashable)

CONTENTS = 0  # the level of what stands in a table of contents, which is left out
PAGE_BREAK = "\f"
_BROKEN_PAGE = re.compile(r"\s*\f\s*")
_LONGEST_HEADING = 100
_RUNNING = re.compile(r"[，、；：]|[^\n]{40}")
_ENDED = "。！？"


def add_paragraph(builder: TextBuilder, text: str, level: int | None) -> None:
    """Add what one paragraph says, as a heading if it has a level and is no longer than one."""
    text = _without_page_breaks(text)
    if level and len(text) <= _LONGEST_HEADING:
        builder.heading(unwrap(text), level)
    elif level != CONTENTS:
        builder.paragraph(join_soft_breaks(text))


def levels_of_styles(own: Mapping[Style, int], based_on: Mapping[Style, Style | None]) -> dict[Style, int]:
    """Of each style the level that it has, or that the next one has of those on which it is based; `based_on` has all of them."""
    levels: dict[Style, int] = {}
    for style in based_on:
        at: Style | None = style
        seen: set[Style] = set()
        while at is not None and at not in own and at not in seen:
            seen.add(at)
            at = based_on.get(at)
        if at is not None and at in own:
            levels[style] = own[at]
    return levels


def is_frame(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table is a frame around text, or a letterhead: fewer than two of its rows have two columns."""
    return sum(len(row) >= 2 and any(row[1:]) for row in rows) < 2 and not any(len(row) > 2 and sum(map(bool, row)) > 2 for row in rows)


def _without_page_breaks(text: str) -> str:
    """`text` whose page breaks are line ends, and nothing in the middle of a sentence."""
    if PAGE_BREAK not in text:
        return text
    first, *rest = _BROKEN_PAGE.split(text)
    for piece in rest:
        goes_on = first and first[-1] not in _ENDED and _RUNNING.search(first.rpartition("\n")[2])
        first += piece if goes_on else "\n" + piece
    return first


def paper(builder: TextBuilder, title: str) -> Rendered:
    """What was built, its title in one line; `title` is what the properties of the file say.

    That is often the title of a template: it counts only if the text begins with it.
    """
    builder.join_title()
    fields = {"title": title.strip()} if title.strip() and builder.mentions(title) else {}
    rendered = builder.rendered(fields=fields)
    return replace(rendered, structured=bool(rendered.headings))
