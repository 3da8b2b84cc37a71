"""PDF: the text layer, page by page, with broken lines joined and running heads and page numbers left out."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.read.encoding import clean
from kg.read.options import ReadOptions
from kg.read.pages import fonts_unknown, read_pages
from kg.read.pdf_tables import with_tables_marked
from kg.read.rendering import Rendered, squeeze
from kg.read.ruled_grid import RuledTable
from kg.read.ruled_lines import kinds_drawn, may_hold_tables, tables_of_pages

if TYPE_CHECKING:
    from pypdf import PdfReader

_GLYPH = re.compile(r"/g?\d{2,5}(?=/|\s)")  # the name of one, where nothing says which character it is


def read_pdf(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text with its ruled tables and the offset of each page. Other tables are read as lines: a PDF does not say where their cells are.

    Raises KgError for a damaged or encrypted file, for one that holds pictures only, and for one whose fonts do not
    say which characters they draw.
    """
    pages, title, pictures, drawn = _page_texts(data, file, options.max_bytes)
    marked, tables = with_tables_marked([clean(page) for page in pages], drawn)
    read = read_pages(marked, tables, len(pictures), title, file)
    if len(_GLYPH.findall(read.text)) * 10 > sum(not character.isspace() for character in read.text):
        raise fonts_unknown(file)
    return [read]


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
