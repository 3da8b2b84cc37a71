"""The pages of a file whose lines are where a typesetter set them (PDF, OFD) as one text: running heads and page numbers left out, broken lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain, islice, pairwise, repeat

from kg.errors import KgError
from kg.read.line_joining import PAGE_BORDER, join_broken_lines, unspace
from kg.read.pdf_tables import TABLE, with_tables_whole
from kg.read.rendering import Rendered, TextBuilder, squeeze
from kg.read.ruled_grid import RuledTable

_PAGE_NUMBER = re.compile(
    r"[-—–－·]?\s?(?:第\s?)?\d{1,4}(?:\s?[页頁])?(?:\s?[/，, ]?\s?(?:共\s?)\d{1,4}(?:\s?[页頁])?|\s?[/，, ]\s?\d{1,4}(?:\s?[页頁])?)?\s?[-—–－·]?"
)
# What a browser prints above and below a page that stands alone: 2025/5/10 10:02 某通知 https://example.org/a.html 1/2
_PRINTED = re.compile(r"(?=.)(?:\d{1,4}/\d{1,2}/\d{1,4},? (?:[上下]午)?\d{1,2}:\d{2}(?: ?[AP]M)?(?: [^，。；]{0,120})?)?(?:(?:https?|file)://\S+ \d{1,4}/\d{1,4})?")
_REPEATED = 3  # a first or last line that stands on so many pages, digits apart, is a running head; on each of two pages, too
_SHORTEST_CUT, _MOST_CUT = 8, 0.5  # characters of a line that stands on two pages, and how much of it is left
_NOTE = re.compile(r"[①-⑳]|[\[〔]\d{1,3}[\]〕]")
_INDENT = "\u3000\u3000"
_INDENTED = re.compile("[\u3000\u2003\xa0]{2}")
_INDENT_KEPT = re.compile(f"^({PAGE_BORDER}?){_INDENT}", re.MULTILINE)
_EDGE_LINES = 3  # of a page, above and below, that can be running heads
_DIGITS = re.compile(r"\d+")
_BARE_NUMBER = re.compile(r"\d{1,4}")
_WORD = re.compile(r"[A-Za-z\u3400-\u9fff]")
_UPRIGHT = 2  # wide characters on a line of vertical text: one, and a mark behind it
_LEAST_UPRIGHT, _MOST_UPRIGHT = 12, 0.8  # lines of a page, and how many of them, that make it one of vertical text


def read_pages(pages: Sequence[str], tables: list[RuledTable], pictures: int, title: str, file: str) -> Rendered:
    """One text of pages, each with the marks of its `tables` in place; the `title` that the file states counts if the text begins with it.

    Raises KgError for a text that is none: `pictures` of the pages hold pictures only, or fonts do not say which characters they draw.
    """
    lines = _without_running_heads([_upright([_line(line) for line in page.split("\n")]) for page in pages])
    read = _joined_pages(with_tables_whole(_with_notes_behind(_without_cut_lines(lines)), tables), tables)
    text = read.text
    visible = sum(not c.isspace() for c in text)
    if not visible:
        raise KgError(
            f"holds no text on {f'its {len(pages)} pages' if len(pages) > 1 else 'its page'}, only pictures",
            file=file,
            hint="run OCR over it, then read the result",
        )
    if 2 * pictures > len(pages):
        raise KgError(f"holds text on {len(pages) - pictures} of its {len(pages)} pages only, pictures on the others", file=file, hint="run OCR over it, then read the result")
    if text.count("\ufffd") * 5 > visible:
        raise fonts_unknown(file)
    return replace(read, fields={"title": title} if title and title in text[:300] else {}, structured=False)


def fonts_unknown(file: str) -> KgError:
    """What is told of a file whose characters are known by their shapes only."""
    return KgError("its fonts do not say which characters they draw", file=file, hint="run OCR over it")


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """The lines of each page, blank ones, page numbers and heads repeated over the pages left out."""
    pages = [[line for line in page if line] for page in pages]
    filled = [page for page in pages if page]
    least = 2 if len(filled) == 2 else _REPEATED
    edges = Counter((side, depth, _DIGITS.sub("0", line)) for page in filled for side, depth, line in _edges(page))
    counted = Counter(int(page[side]) - number for number, page in enumerate(pages) if page for side in (0, -1) if _BARE_NUMBER.fullmatch(page[side]))
    cleaned: list[list[str]] = []
    for number, page in enumerate(pages):
        heads = {line for side, depth, line in _edges(page) if _WORD.search(line) and edges[side, depth, _DIGITS.sub("0", line)] >= least}
        for side in (0, -1):
            while page:
                line = page[side]
                if line in heads:
                    heads.remove(line)  # the title that the running head repeats stands below it once more
                elif not (_PAGE_NUMBER.fullmatch(line) or _PRINTED.fullmatch(line)) or _BARE_NUMBER.fullmatch(line) and not _counts_pages(int(line) - number, counted):
                    break
                page.pop(side)
        cleaned.append(page)
    return cleaned


def _line(written: str) -> str:
    """A line without outer blanks; the indent of a paragraph is kept until lines are joined."""
    line = squeeze(written)
    return _INDENT + line if line and _INDENTED.match(written) else line


def _edges(page: list[str]) -> Iterator[tuple[int, int, str]]:
    """Side, depth and text of the lines of a page that can be running heads."""
    for depth in range(min(_EDGE_LINES, len(page))):
        yield 0, depth, page[depth]
        yield -1, depth, page[-1 - depth]


def _counts_pages(ahead: int, counted: Counter[int]) -> bool:
    """Whether a bare number at a page's edge, so far ahead of the page's index, is its number and no figure of a table."""
    return ahead == 1 or counted[ahead] >= 2


def _upright(page: list[str]) -> list[str]:
    """A page of vertical text, one character a line, as one line; any other as it is, and one with a table."""
    lines = [line for line in page if line]
    if any(TABLE.fullmatch(line) for line in lines):
        return page
    upright = sum(len(line) <= _UPRIGHT and line[0] >= "\u2e80" for line in lines)
    return ["".join(lines)] if upright >= max(_LEAST_UPRIGHT, _MOST_UPRIGHT * len(lines)) else page


def _without_cut_lines(pages: list[list[str]]) -> list[list[str]]:
    """The lines of each page, but for one that a browser cut at the border and printed on both, here and there without marks."""
    kept = [list(page) for page in pages]
    for page, below in pairwise(kept):
        if page and below:
            one, two = ("".join(line.split()) for line in (page[-1], below[0]))
            if _MOST_CUT * len(two) <= len(one) <= len(two) and _is_thinned(one, two):
                page.pop()
            elif _MOST_CUT * len(one) <= len(two) < len(one) and _is_thinned(two, one):
                below.pop(0)
    return kept


def _is_thinned(line: str, whole: str) -> bool:
    """Whether `line` is `whole` without some of its characters."""
    rest = iter(whole)
    return len(line) >= _SHORTEST_CUT and all(character in rest for character in line)


def _with_notes_behind(pages: list[list[str]]) -> list[list[str]]:
    """The lines of each page; its footnotes stand behind the sentence that they cut, where the next page ends it."""
    moved: list[list[str]] = []
    notes: list[str] = []
    for page in pages:
        if notes:
            ends = next((at for at, line in enumerate(page, 1) if line[-1] in "。！？"), len(page))
            page, notes = [*page[:ends], *notes, *page[ends:]], []
        first = next((at for at in range(1, len(page)) if (mark := _NOTE.match(page[at])) and any(mark[0] in line[1:] for line in page[:at])), 0)
        if first and page[first - 1][-1] not in "。！？；：;:":
            page, notes = page[:first], page[first:]
        moved.append(page)
    return [*moved[:-1], [*moved[-1], *notes]] if notes else moved


def _joined_pages(pages: list[list[str]], tables: Sequence[RuledTable] = ()) -> Rendered:
    """The whole text with its tables and where in it each page begins; a sentence that runs over the page's end stays whole."""
    lines = (unspace(line) for page in pages for line in page)
    marked = "\n".join(PAGE_BORDER + "\n".join(islice(lines, len(page))).replace(PAGE_BORDER, "\ufffd") for page in pages)
    joined = _INDENT_KEPT.sub(r"\1", join_broken_lines(marked)).split("\n")
    builder = TextBuilder()
    offsets: list[int] = []
    at = 0
    while at < len(joined):
        mark = TABLE.fullmatch(joined[at].lstrip(PAGE_BORDER))
        if mark is None:
            first, *others = joined[at].split(PAGE_BORDER)
            offsets += accumulate(map(len, others[:-1]), initial=builder.length + len(first)) if others else ()
            builder.paragraph("".join([first, *others]))
            at += 1
            continue
        parts = [tables[int(mark[1])]]
        borders = [joined[at].count(PAGE_BORDER)]
        while (at := at + 1) < len(joined) and (mark := TABLE.fullmatch(joined[at].lstrip(PAGE_BORDER))) and not tables[int(mark[1])].header_rows:
            parts.append(tables[int(mark[1])])
            borders.append(joined[at].count(PAGE_BORDER))
        begins = builder.table([row for part in parts for row in part.rows], header_rows=parts[0].header_rows)
        firsts = accumulate((len(part.rows) for part in parts[:-1]), initial=0)
        offsets += chain.from_iterable(repeat(begins[first], borders[part]) for part, first in enumerate(firsts))
    rendered = builder.rendered()
    return replace(rendered, pages=tuple(min(offset, len(rendered.text)) for offset in offsets))
