"""Which format a file has: by what is in it, and only then by its suffix."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterable
from io import BytesIO
from pathlib import PurePath

from kg.errors import KgError
from kg.read.encoding import wide_encoding

SUFFIXES = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
    ".ofd": "ofd",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".doc": "doc",
    ".dot": "doc",
    ".wps": "doc",
    ".xls": "xls",
    ".et": "xls",
    ".odt": "odt",
    ".ods": "ods",
    ".rtf": "rtf",
    ".mht": "mht",
    ".mhtml": "mht",
}
_FORMATS = frozenset(SUFFIXES.values())
SHEETS = ("csv", "xlsx", "xls", "ods")  # tables with a text in each row, or of figures
RECORDS = ("jsonl", *SHEETS)
# Read if it is named itself; in a folder it may be anything.
_NAMED_SUFFIXES = {".json": "jsonl"}
# Documents that somebody may well have put into a folder to be read: named as unreadable, not passed over.
FOREIGN_SUFFIXES = {
    ".caj": "save it as pdf",
    ".ppt": "save it as pdf",
    ".pptx": "save it as pdf",
    ".epub": "unpack it and give the html files",
    ".zip": "unpack it and give the folder",
    ".rar": "unpack it and give the folder",
    ".7z": "unpack it and give the folder",
}
_SIGNATURES = (
    (b"\x89PNG", "a PNG picture", ""),
    (b"\xff\xd8\xff", "a JPEG picture", ""),
    (b"GIF8", "a GIF picture", ""),
    (b"II*\x00", "a TIFF picture", ""),
    (b"MM\x00*", "a TIFF picture", ""),
    (b"RIFF", "an audio, video or picture file", ""),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"BZh", "a bzip2 archive", "unpack it"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it and give the folder"),
    (b"Rar!", "a rar archive", "unpack it and give the folder"),
    (b"\xfd7zXZ", "an xz archive", "unpack it"),
    (b"\x7fELF", "a program", ""),
    (b"SQLite format 3", "an SQLite database", ""),
    (b"ID3", "an audio file", ""),
    (b"HNDLER", "a CAJ file", "save it as pdf"),
)
# What the outermost folder of a compound file has. What is protected by a password is one, whatever it holds.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_COMPOUND_CONTENTS = (
    ("EncryptedPackage", "protected by a password", "save a copy without a password"),
    ("WordDocument", "doc", ""),
    ("Workbook", "xls", ""),
    ("Book", "xls", ""),
    ("PowerPoint Document", "a PowerPoint 97-2003 presentation, which cannot be read", "save it as pdf"),
    ("", "an Office 97-2003 file, which cannot be read", "save it as docx or xlsx"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_ZIP_CONTENTS = (
    ("word/document.xml", "docx", ""),
    ("xl/workbook.xml", "xlsx", ""),
    ("xl/workbook.bin", "a binary Excel workbook", "save it as xlsx"),
    ("ppt/presentation.xml", "a PowerPoint presentation", "save it as pdf"),
    ("OFD.xml", "ofd", ""),
    (f"{_OPEN_DOCUMENT}text", "odt", ""),
    (f"{_OPEN_DOCUMENT}text-template", "odt", ""),
    (f"{_OPEN_DOCUMENT}spreadsheet", "ods", ""),
    ("content.xml", "an OpenDocument file that holds no text", "save it as pdf"),
    ("META-INF/container.xml", "an e-book", "unpack it and give the html files"),
    ("", "a zip archive", "unpack it and give the folder"),
)
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*)?<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE,
)
_MESSAGE = re.compile(rb"\A(?:[\w-]+:[^\n]*\n|[ \t]+[^\n]*\n){0,40}?mime-version:\s*1\.0", re.IGNORECASE)  # how a page saved whole begins
_ANY_TAG = re.compile(rb"<[A-Za-z!/]|<\x00[A-Za-z!/]")
_CONTROLS = bytes((*range(9), *range(14, 27), *range(28, 32)))
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def detect_format(data: bytes, file: str) -> str:
    """The format of a file, as `SUFFIXES` names it; KgError that says what the file is instead."""
    if not data.strip():
        raise KgError("is empty", file=file)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_format(data, file)
    if data.startswith(_COMPOUND):
        return _named(_compound_contents(data, file), _COMPOUND_CONTENTS, file)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if _MESSAGE.match(data) and b"text/html" in data[:65536].lower():
        return "mht"
    for signature, name, hint in _SIGNATURES:
        if data.startswith(signature):
            raise KgError(f"is {name}, not a text", file=file, hint=hint)
    suffix = PurePath(file).suffix.lower()
    named = SUFFIXES.get(suffix) or _NAMED_SUFFIXES.get(suffix, "txt")
    if _HTML.match(data):
        return "html"
    _refuse_binary(data, file)
    if named == "html" and not _ANY_TAG.search(data):
        return "txt"
    if named in SHEETS and b"\t" in data[:4096]:
        return "csv"
    # The suffix of a Word or Excel file on what is plainly text (a saved error page) is read as text.
    return named if named in ("txt", "md", "html", "jsonl", "csv") else "txt"


def _zip_format(data: bytes, file: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {*archive.namelist(), *_kind_of_office(archive)}
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise KgError(f"is a damaged zip archive, Word, Excel or OFD file: {error}", file=file, hint="fetch it again") from error
    return _named(names, _ZIP_CONTENTS, file)


def _kind_of_office(archive: zipfile.ZipFile) -> list[str]:
    """What an OpenDocument file says that it is."""
    return [archive.read("mimetype")[:100].decode("ascii", "replace").strip()] if "mimetype" in archive.namelist() else []


def _compound_contents(data: bytes, file: str) -> set[str]:
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as compound:
            return {path[0] for path in compound.listdir()}
    except Exception as error:  # of a broken one, whatever comes of it
        raise KgError(f"is a damaged Word or Excel file: {error}", file=file, hint="open it and save it as docx or xlsx") from error


def _named(members: Collection[str], contents: Iterable[tuple[str, str, str]], file: str) -> str:
    """What a file is that holds `members`, by the first of `contents` (member, format or what it is, way out) that is among them."""
    for member, name, hint in contents:
        if member in members or not member:
            if name in _FORMATS:
                return name
            raise KgError(f"is {name}", file=file, hint=hint)
    raise AssertionError("the last one is that of all")


def _refuse_binary(data: bytes, file: str) -> None:
    """KgError if `data` is no text in any encoding: text hardly holds control bytes, UTF-16 apart."""
    sample = data[:65536]
    if sample.startswith(_WIDE_MARKS):
        return
    if wide_encoding(data):
        return
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > max(2, len(sample) // 200):
        raise KgError("is binary data, not a text", file=file)
