"""PDF: the text layer, page by page, with broken lines joined and running heads and page numbers left out."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import accumulate, chain, islice, pairwise, repeat
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.read.encoding import clean
from kg.read.line_joining import PAGE_BORDER, join_broken_lines, unspace
from kg.read.options import ReadOptions
from kg.read.pdf_tables import TABLE, with_tables_marked, with_tables_whole
from kg.read.rendering import Rendered, TextBuilder, squeeze
from kg.read.ruled_grid import RuledTable
from kg.read.ruled_lines import kinds_drawn, may_hold_tables, tables_of_pages

if TYPE_CHECKING:
    from pypdf import PdfReader

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


def read_pdf(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text with its ruled tables and the offset of each page. Other tables are read as lines: a PDF does not say where their cells are.

    Raises KgError for a damaged or encrypted file, for one that holds pictures only, and for one whose fonts do not
    say which characters they draw.
    """
    pages, metadata_title, pictures, drawn = _page_texts(data, file, options.max_bytes)
    marked, tables = with_tables_marked([clean(page) for page in pages], drawn)
    lines = _without_running_heads([_upright([_line(line) for line in page.split("\n")]) for page in marked])
    read = _joined_pages(with_tables_whole(_with_notes_behind(_without_cut_lines(lines)), tables), tables)
    text = read.text
    visible = sum(not c.isspace() for c in text)
    if not visible:
        raise KgError(
            f"holds no text on {f'its {len(pages)} pages' if len(pages) > 1 else 'its page'}, only pictures",
            file=file,
            hint="run OCR over it, then read the result",
        )
    if 2 * len(pictures) > len(pages):
        raise KgError(f"holds text on {len(pages) - len(pictures)} of its {len(pages)} pages only, pictures on the others", file=file, hint="run OCR over it, then read the result")
    if text.count("\ufffd") * 5 > visible or len(re.findall(r"/g?\d{2,5}(?=/|\s)", text)) * 10 > visible:
        raise KgError("its fonts do not say which characters they draw", file=file, hint="run OCR over it")
    head = text[:300]
    fields = {"title": metadata_title} if metadata_title and metadata_title in head else {}
    return [replace(read, fields=fields, structured=False)]


def _page_texts(data: bytes, file: str, limit: int) -> tuple[list[str], str, list[int], Mapping[int, Sequence[RuledTable]]]:
    """The text of each page, the title in the metadata ("" if there is none), the pages that hold but a picture, and tables by page, from 0."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every flaw it mends
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(BytesIO(data), strict=False)
        _unlock(reader, file)
        pages: list[str] = []
        pictures: list[int] = []
        ruled: list[int] = []
        total = 0
        for page in reader.pages:
            pages.append(page.extract_text() or "")
            total += len(pages[-1])
            if not pages[-1].strip() and not {"/Image", "/Form"}.isdisjoint(kinds_drawn(page)):
                pictures.append(len(pages))
            elif may_hold_tables(page):
                ruled.append(len(pages) - 1)
            if total > limit:
                raise KgError(f"holds more than {limit // 2**20} M characters", file=file)
        title = reader.metadata.title if reader.metadata else None
        return pages, squeeze(clean(str(title or ""))), pictures, tables_of_pages(data, ruled) if ruled else {}
    except KgError:
        raise
    except DependencyError as error:  # a cipher that needs a package which is not here
        raise KgError(f"is encrypted: {error}", file=file, hint="save a copy without a password") from error
    except (PyPdfError, RecursionError, MemoryError, ArithmeticError, LookupError, TypeError, ValueError,
            AttributeError, OSError, AssertionError, NotImplementedError) as error:  # fmt: skip
        # pypdf raises plain exceptions of many kinds on damaged files; this is the border they stop at.
        raise KgError(
            f"is a damaged PDF: {type(error).__name__}: {error}", file=file, hint="open and print it to PDF again"
        ) from error


def _unlock(reader: PdfReader, file: str) -> None:
    if not reader.is_encrypted:
        return
    try:
        opened = reader.decrypt("")  # many files forbid printing only, with an empty reading password
    except Exception as error:  # a cipher package that is not installed raises its own kind
        raise KgError(f"is encrypted: {error}", file=file, hint="save a copy without a password") from error
    if not opened:
        raise KgError("is encrypted", file=file, hint="save a copy without a password")


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
