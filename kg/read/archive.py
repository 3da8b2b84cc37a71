"""The XML inside of a zip archive, as Word and OpenDocument files are made."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from kg.errors import KgError

if TYPE_CHECKING:
    from lxml.etree import _Element


def xml_parts(data: bytes, names: Sequence[str], kind: str, file: str, limit: int) -> list[_Element | None]:
    """The parsed parts of an archive, None for one that it has not; never more than `limit` bytes of each, whatever the header says.

    KgError if the archive or the XML of a part is broken, oversized or has a DTD; `kind` is what the file is to the reader of the message.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return [_part(archive, name, kind, file, limit) for name in names]
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise KgError(f"is a damaged {kind}: {error}", file=file, hint="open it and save it again") from error


def own_elements(container: _Element, tag: str) -> Iterator[_Element]:
    """The elements `tag` below one, those apart that lie in another of its own kind inside of it, as the rows of a table in a cell do."""
    for element in container.iter(tag):
        if next(element.iterancestors(str(container.tag)), None) is container:
            yield element


def _part(archive: zipfile.ZipFile, name: str, kind: str, file: str, limit: int) -> _Element | None:
    from lxml import etree

    if name not in archive.namelist():
        return None
    with archive.open(name) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise KgError(f"unpacks to more than {limit // 2**20} MB", file=file, hint="raise --max-bytes if it is genuine")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise KgError(f"is a damaged {kind}: {name}: {error}", file=file) from error
    if root.getroottree().docinfo.doctype:
        raise KgError(f"{name} declares a document type, which no {kind} does", file=file)
    return root
