"""The XML inside of a zip archive, as Word, OpenDocument and OFD files are made."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from kg.errors import KgError

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENCRYPTED = 1  # a bit of what the archive says of each member


def xml_parts(data: bytes, names: Sequence[str], kind: str, file: str, limit: int) -> list[_Element | None]:
    """The parsed parts of an archive, None for one that it has not; see `xml_part`."""
    with opened(data, kind, file) as archive:
        held = set(archive.namelist())
        return [xml_part(archive, name, kind, file, limit) if name in held else None for name in names]


@contextmanager
def opened(data: bytes, kind: str, file: str) -> Iterator[zipfile.ZipFile]:
    """The archive; KgError if it is broken, or what is read of it, or protected. `kind` is what the file is to the reader of the message."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if any(member.flag_bits & _ENCRYPTED for member in archive.infolist()):
                raise KgError("is protected by a password", file=file, hint="save a copy without a password")
            yield archive
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise KgError(f"is a damaged {kind}: {error}", file=file, hint="open it and save it again") from error


def xml_part(archive: zipfile.ZipFile, member: str | zipfile.ZipInfo, kind: str, file: str, limit: int) -> _Element:
    """A parsed part; never more than `limit` bytes of it are read, whatever the header says. KgError if its XML is broken, oversized or has a DTD."""
    from lxml import etree

    name = member if isinstance(member, str) else member.filename
    with archive.open(member) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise KgError(f"unpacks to more than {limit // 2**20} MB", file=file, hint="raise --max-bytes if it is genuine")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)  # either would end the text before it
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise KgError(f"is a damaged {kind}: {name}: {error}", file=file) from error
    if root.getroottree().docinfo.doctype:
        raise KgError(f"{name} declares a document type, which no {kind} does", file=file)
    return root


def own_elements(container: _Element, tag: str) -> Iterator[_Element]:
    """The elements `tag` below one, those apart that lie in another of its own kind inside of it, as the rows of a table in a cell do."""
    for element in container.iter(tag):
        if next(element.iterancestors(str(container.tag)), None) is container:
            yield element
