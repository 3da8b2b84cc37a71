"""From a file to the documents in it."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from kg.errors import KgError
from kg.model import Document
from kg.read.dates import date_in_name, parse_date
from kg.read.detect import FOREIGN_SUFFIXES, RECORDS, detect_format
from kg.read.encoding import clean
from kg.read.gaps import without_gaps
from kg.read.head import date_of, title_of
from kg.read.headings import guess_headings
from kg.read.noise import NoiseTable, load_noise, noise_spans, page_fields
from kg.read.options import ReadOptions
from kg.read.page_words import page_words
from kg.read.papers import split_papers
from kg.read.rendering import Rendered
from kg.read.sections import split_sections
from kg.read.sources import SourceFile, printable, source_of

Reader = Callable[[bytes, str, ReadOptions], Sequence[Rendered | KgError]]  # why a record has no text stands in its place
_READERS = {  # format → module and function
    "txt": ("plain", "read_plain"),
    "md": ("markdown", "read_markdown"),
    "html": ("html", "read_html"),
    "mht": ("mht", "read_mht"),
    "docx": ("docx", "read_docx"),
    "doc": ("word97", "read_doc"),
    "odt": ("opendocument", "read_odt"),
    "rtf": ("rtf", "read_rtf"),
    "pdf": ("pdf", "read_pdf"),
    "ofd": ("ofd", "read_ofd"),
    "jsonl": ("tabular", "read_jsonl"),
    "csv": ("tabular", "read_csv"),
    "xlsx": ("workbook", "read_xlsx"),
    "xls": ("workbook", "read_xls"),
    "ods": ("opendocument", "read_ods"),
}
_HEAD_LINES = 12
_UNMARKED = ("txt", "docx", "doc", "odt", "rtf", "pdf", "ofd")  # in which somebody may have put papers one below the other; a page of the web is one
_UNSAFE = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
# What one text may hold. A long report has 40,000 characters, its longest paragraph 2,000. What is read of a sentence
# looks back over its paragraph, and a process needs up to a kilobyte for each character of a text dense with facts.
_LONGEST_TEXT = 2_000_000
_LONGEST_LINE = 50_000
_LONGEST_PART = 80  # of a record's id inside a file name, which may have 255 bytes
_LISTED = 5  # lines of refused records, where one message tells of all


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gives: its documents in their order in it, at least one, and why some of its records are none."""

    documents: tuple[Document, ...]
    refused: tuple[KgError, ...] = ()  # with their lines


def read(source: SourceFile | str | Path, options: ReadOptions | None = None) -> list[Document]:
    """The documents of one file (of `find`, or its path), in their order in it.

    KgError with the reason if the file, or one of its records, cannot be read; `read_file` gives the others.
    """
    reading = read_file(source, options)
    if reading.refused:
        raise _in_one(reading.refused)
    return list(reading.documents)


def read_file(source: SourceFile | str | Path, options: ReadOptions | None = None) -> Reading:
    """What one file gives, less the records that are broken; KgError with the reason if nothing of it can be read."""
    options = options or ReadOptions()
    if not isinstance(source, SourceFile):
        source = source_of(source)
    if source.problem:
        raise KgError(source.problem, file=printable(str(source.path)), hint=source.hint)
    data = source_bytes(source, options.max_bytes)
    return read_bytes(data, source, options)


def read_bytes(data: bytes, source: SourceFile, options: ReadOptions) -> Reading:
    """As `read_file`, for bytes already at hand (the build has hashed them)."""
    file = printable(str(source.path))
    name = detect_format(data, file)
    try:
        texts = [text if isinstance(text, KgError) else without_gaps(text) for text in _reader(name)(data, file, options)]
    except (RecursionError, MemoryError) as error:
        raise KgError(f"cannot be read: {type(error).__name__}", file=file, hint="split the file") from error
    if len(texts) == 1 and isinstance(whole := texts[0], Rendered):
        if options.split_heading is not None and not whole.part:
            texts = [*split_sections(whole, options.split_heading)]
        elif name in _UNMARKED and not options.whole:
            texts = [*split_papers(whole)]
    noise = load_noise(options.noise)
    sha256 = hashlib.sha256(data).hexdigest()
    documents: list[Document] = []
    refused: list[KgError] = []
    for text in texts:
        if isinstance(text, KgError):
            refused.append(text)
        elif (too_long := _too_long(text, name, file)) is None:
            documents.append(_document(text, source, file, name, sha256, noise, options))
        elif text.line:
            refused.append(too_long)
        else:
            raise too_long
    if not any(document.text.strip() for document in documents):
        raise _in_one(refused) if refused else KgError("holds no text", file=file)
    return Reading(tuple(documents), tuple(refused))


def _in_one(refused: Sequence[KgError]) -> KgError:
    """The first of several, with the lines of the others."""
    first = refused[0]
    others = [str(error.line) for error in refused[1 : 1 + _LISTED]]
    more = f"; also line {', '.join(others)}" if others else ""
    if len(refused) > 1 + _LISTED:
        more += f" and {len(refused) - 1 - _LISTED} more"
    return KgError(first.message + more, file=first.file, line=first.line, hint=first.hint)


def document_of(text: str, *, id: str = "text", title: str = "", date: str | None = None) -> Document:
    """A text at hand as a document: its characters as they are, so that offsets count them.

    Title and date are read from `id` and the text, as those of a txt file are, where none is given. KgError for a `date` that is
    none and a text too long.
    """
    options, rendered = ReadOptions(date=date), Rendered(text, fields={"title": title} if title else {}, structured=False)
    if too_long := _too_long(rendered, "txt", id):
        raise too_long
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _document(rendered, SourceFile(Path(id), id), id, "txt", sha256, load_noise(options.noise), options)


def _too_long(rendered: Rendered, format: str, file: str) -> KgError | None:
    """Why a text would take too much time or memory, None if it does not."""
    where = f"its part {rendered.part[:_LONGEST_PART]}" if rendered.part else "it"
    if len(rendered.text) > _LONGEST_TEXT:
        hint = "split it, for example with --split-heading" if format in ("md", "html", "mht", "docx", "doc", "odt") else "split the file"
        return KgError(f"{where} holds {len(rendered.text):,} characters; at most {_LONGEST_TEXT:,} are read as one text", file=file, line=rendered.line or None, hint=hint)
    longest = max(map(len, rendered.text.split("\n")))
    if longest > _LONGEST_LINE:
        hint = "break it into paragraphs"
        return KgError(f"{where} holds a line of {longest:,} characters; at most {_LONGEST_LINE:,} are read as one", file=file, line=rendered.line or None, hint=hint)
    return None


def _reader(name: str) -> Reader:
    """The reader of a format. Each is loaded when first used: trafilatura and pypdf take a third of a second each."""
    module, function = _READERS[name]
    reader: Reader = getattr(import_module(f"kg.read.{module}"), function)
    return reader


def source_bytes(source: SourceFile, limit: int) -> bytes:
    """The bytes of a file; KgError if it cannot be opened, is no regular file, or is larger than `limit`."""
    file = printable(str(source.path))
    try:
        # A pipe or device would block or never end; O_NONBLOCK lets the open itself return.
        descriptor = os.open(source.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise KgError("is no regular file", file=file)
            data = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise KgError(f"cannot be opened: {reason}", file=file) from error
    if len(data) > limit:
        raise KgError(f"is larger than {limit / 2**20:g} MB", file=file, hint="raise --max-bytes, or split the file")
    foreign = FOREIGN_SUFFIXES.get(source.path.suffix.lower())
    if foreign and not data.startswith((b"<", b"PK", b"\xd0\xcf", b"{\\rtf")):
        raise KgError(f"is a {source.path.suffix.lower()[1:]} file, which cannot be read", file=file, hint=foreign)
    return data


def _document(
    rendered: Rendered, source: SourceFile, file: str, format: str, sha256: str, table: NoiseTable, options: ReadOptions
) -> Document:
    text = rendered.text if format not in RECORDS else clean(rendered.text)
    noise = noise_spans(text, table)
    headings = rendered.headings if rendered.structured else guess_headings(text, noise)
    head = [line for line in text[:2000].split("\n") if line.strip()][:_HEAD_LINES]
    fields = {**page_fields(head, table), **rendered.fields}
    title = fields.get("title") or title_of(text, headings if rendered.structured else (), noise)
    date, basis = _date(fields.get("date", ""), source.path.stem, title, text, options)
    if date is None and rendered.dated:
        date, basis = rendered.dated, "text"
    if rendered.tables and "\t" in title:  # a table of figures alone has no line of its own that names it
        title = source.path.stem
    part = clean(rendered.part)
    return Document(
        id=f"{source.id}#{part}" if part else source.id,
        stem=f"{source.stem}-{_UNSAFE.sub('_', part)[:_LONGEST_PART]}" if part else source.stem,
        path=file,
        text=text,
        format=format,
        sha256=sha256 if rendered.record is None else hashlib.sha256(rendered.record).hexdigest(),
        title=clean(title).replace("\n", " "),
        date=date,
        date_basis=basis,
        source=clean(fields.get("source", "")),
        publisher=clean(fields.get("publisher", "")),
        url=clean(fields.get("url", "")),
        part=part,
        noise=noise,
        headings=tuple((heading.start, heading.end) for heading in headings),
        tables=rendered.tables,
        pages=rendered.pages,
    )


def _is_of_next_year(day: str, named: str, stem: str, title: str) -> bool:
    """Whether a file's name or title says that it tells of a year, `named`, and `day` lies in the one after it."""
    if len(named) != len("2023") or int(day[:4]) != int(named) + 1:
        return False
    return any(page_words().about_a_year.search(name) for name in (stem, title) if named in name)


def _date(stated: str, stem: str, title: str, text: str, options: ReadOptions) -> tuple[str | None, str]:
    """The document's date and what it rests on: option, metadata, filename or text.

    A file name that only gives a year or month gives way to a day of that year or month in the head of the text; that
    of a paper about a year (2023年…统计公报) to a day of the next.
    """
    if options.date:
        return options.date, "option"
    from_fields = parse_date(stated) if stated else None
    if from_fields:
        return from_fields, "metadata"
    named = date_in_name(stem)
    if named and len(named) == 10:
        return named, "filename"
    written = date_of(text)
    if written and (named is None or written.startswith(named) or _is_of_next_year(written, named, stem, title)):
        return written, "text"
    return (named, "filename") if named else (None, "")
