"""One file as several documents: a section under each heading of one level."""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.model import Table
from kg.read.rendering import Heading, Rendered, shift_table

_WORDS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")


def split_sections(whole: Rendered, level: int) -> list[Rendered]:
    """The sections of `whole`, cut at each heading of `level` or above; parts are numbered 01, 02, … in order.

    What stands before the first such heading, or directly under one above `level`, is a section too unless it is
    blank or a list of contents. Without a heading of `level`, the text stays whole and its part empty.
    """
    cuts = [heading for heading in whole.headings if heading.level <= level]
    if not any(heading.level == level for heading in cuts):
        return [whole]
    titles = [_key(whole.text[h.start : h.end]) for h in cuts if h.level == level]
    starts = [heading.start for heading in cuts]
    borders = [(None, 0, starts[0]), *zip(cuts, starts, [*starts[1:], len(whole.text)], strict=True)]
    sections: list[Rendered] = []
    for heading, start, end in borders:
        body = whole.text[heading.end if heading else 0 : end]
        is_item = heading is not None and heading.level == level
        if not body.strip() and not is_item:
            continue
        if not is_item and _lists_contents(body, titles):
            continue
        sections.append(section(whole, start, end, part=f"{len(sections) + 1:02d}"))
    return sections


def _lists_contents(body: str, titles: list[str]) -> bool:
    """Whether `body` only lists what follows: half of the titles stand in it, or it mostly consists of them."""
    listed = _key(body)
    found = [title for title in titles if title and title in listed]
    return 2 * len(found) >= len(titles) or 2 * sum(map(len, found)) >= len(listed)


def _key(text: str) -> str:
    return _WORDS.sub("", text)


def section(whole: Rendered, start: int, end: int, *, part: str) -> Rendered:
    """The piece of `whole` from `start` to `end`, with what stands in it."""
    text = whole.text[start:end].rstrip()
    end = start + len(text)
    headings = tuple(
        Heading(h.start - start, h.end - start, h.level) for h in whole.headings if start <= h.start and h.end <= end
    )
    tables: tuple[Table, ...] = tuple(
        shift_table(table, -start) for table in whole.tables if start <= table.start and table.end <= end
    )
    fields = {name: value for name, value in whole.fields.items() if name != "title"}
    return Rendered(
        text, headings, tables, _pages(whole.pages, start, end), fields, part, text.encode("utf-8"), whole.structured
    )


def _pages(pages: tuple[int, ...], start: int, end: int) -> tuple[int, ...]:
    """The page borders inside start:end; the page on which the slice begins counts as beginning with it."""
    if not pages:
        return ()
    inside = pages[bisect_left(pages, start + 1) : bisect_left(pages, end)]
    return (0, *(at - start for at in inside))
