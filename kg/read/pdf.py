"""PDF: the text layer, page by page, with broken lines joined and running heads and page numbers left out."""

from __future__ import annotations

import logging
import re
from collections import Counter
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.read.encoding import clean
from kg.read.line_joining import close_gaps, join_broken_lines, unspace
from kg.read.options import ReadOptions
from kg.read.rendering import Rendered, squeeze

if TYPE_CHECKING:
    from pypdf import PdfReader

_PAGE_NUMBER = re.compile(
    r"[-—–－·]?\s?(?:第\s?)?\d{1,4}(?:\s?[页頁])?(?:\s?[/，, ]\s?(?:共\s?)?\d{1,4}(?:\s?[页頁])?)?\s?[-—–－·]?"
)
_REPEATED = 3  # a first or last line that stands on so many pages, digits apart, is a running head
_DIGITS = re.compile(r"\d+")


def read_pdf(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text with the offset of each page. Tables are read as lines: a PDF does not say where its cells are.

    Raises KgError for a damaged or encrypted file, for one that holds pictures only, and for one whose fonts do not
    say which characters they draw.
    """
    pages, metadata_title = _page_texts(data, file, options.max_bytes)
    lines = _without_running_heads([[squeeze(line) for line in clean(page).split("\n")] for page in pages])
    text, offsets = _joined_pages(lines)
    visible = sum(not c.isspace() for c in text)
    if not visible:
        raise KgError(
            f"holds no text on its {len(pages)} pages, only pictures",
            file=file,
            hint="run OCR over it, then read the result",
        )
    if text.count("\ufffd") * 5 > visible or len(re.findall(r"/g?\d{2,5}(?=/|\s)", text)) * 10 > visible:
        raise KgError("its fonts do not say which characters they draw", file=file, hint="run OCR over it")
    head = text[:300]
    fields = {"title": metadata_title} if metadata_title and metadata_title in head else {}
    return [Rendered(text, pages=offsets, fields=fields, structured=False)]


def _page_texts(data: bytes, file: str, limit: int) -> tuple[list[str], str]:
    """The text of each page, and the title in the metadata ("" if there is none)."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every flaw it mends
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(BytesIO(data), strict=False)
        _unlock(reader, file)
        pages: list[str] = []
        total = 0
        for page in reader.pages:
            pages.append(page.extract_text() or "")
            total += len(pages[-1])
            if total > limit:
                raise KgError(f"holds more than {limit // 2**20} M characters", file=file)
        title = reader.metadata.title if reader.metadata else None
        return pages, squeeze(clean(str(title or "")))
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
    edges = Counter(_DIGITS.sub("0", line) for page in pages for line in {*page[:1], *page[-1:]})
    cleaned: list[list[str]] = []
    for page in pages:
        for at in (0, -1):
            while page and (_PAGE_NUMBER.fullmatch(page[at]) or edges[_DIGITS.sub("0", page[at])] >= _REPEATED):
                page.pop(at)
        cleaned.append(page)
    return cleaned


def _joined_pages(pages: list[list[str]]) -> tuple[str, tuple[int, ...]]:
    """The whole text and where in it each page begins; a sentence that runs over the page's end stays whole."""
    # Private-use characters mark the page borders while lines are joined. They are no characters of any font's
    # text that we keep: those of the page itself are replaced before.
    border = "\ue000"
    lines = iter(close_gaps([unspace(line) for page in pages for line in page]))
    marked = "\n".join(border + "\n".join(islice(lines, len(page))).replace(border, "\ufffd") for page in pages)
    joined = join_broken_lines(marked)
    offsets: list[int] = []
    pieces = joined.split(border)
    length = len(pieces[0])
    for piece in pieces[1:]:
        offsets.append(length)
        length += len(piece)
    return "".join(pieces), tuple(offsets)
