"""OFD (GB/T 33190-2016), the format with a fixed layout of Chinese offices: a zip archive of XML that says where each character and line is drawn.

What its pages and their templates draw is read, as of a PDF; annotations, seals and attachments are not.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.read.archive import opened, xml_part
from kg.read.drawn_text import lines_of_page
from kg.read.encoding import clean
from kg.read.ofd_drawing import KIND, Drawn, Pen, children, is_on, text_of
from kg.read.options import ReadOptions
from kg.read.pages import read_pages
from kg.read.rendering import Rendered, squeeze
from kg.read.ruled_grid import RuledTable
from kg.read.ruled_lines import MOST_BYTES, MOST_OBJECTS

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTRY = "OFD.xml"
_ENCRYPTED = "encryptions.xml"  # says how the other parts are encrypted (GM/T 0099)
_UTF8_NAME = 0x800  # a bit of what the archive says of each member
_MOST_UNPACKED = 8  # times what a part may have: a page whose characters are described one by one has half a kilobyte for each
_MOST_CHARACTERS = 2_000_000
_FETCH_AGAIN = "fetch it again, or open it and save it again"


def read_ofd(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text with its ruled tables and the offset of each page; one for each document, where a file has several.

    Raises KgError for a broken or encrypted file, one that lacks a page, and one that holds pictures only.
    """
    with opened(data, KIND, file) as archive:
        package = _Package(archive, file, options.max_bytes)
        bodies = list(children(package.part("", _ENTRY)[1], "DocBody"))
        if not bodies:
            raise KgError(f"is no {KIND}: {_ENTRY} names no document", file=file)
        read = [_Document(package, body).rendered() for body in bodies]
    return read if len(read) == 1 else [replace(text, part=f"{number:02d}") for number, text in enumerate(read, 1)]


class _Package:
    """The parts of a file by the places that they name each other by."""

    def __init__(self, archive: zipfile.ZipFile, file: str, limit: int) -> None:
        self.file = file
        self._archive, self._limit, self._unpacked = archive, limit, 0
        self._members = {_plain(_name_of(member)): member for member in archive.infolist()}
        if _ENCRYPTED in self._members:
            raise KgError("is encrypted", file=file, hint="save a copy without encryption")

    def place(self, base: str, location: str) -> str:
        """The name of the part that another one, `base`, means; some mean the top by a place of their own. "" if there is none."""
        location = location.strip().replace("\\", "/")
        places = [location] if location.startswith("/") else [join(dirname(base), location), location]
        return next((place.lstrip("/") for place in map(normpath, places) if _plain(place) in self._members), "") if location else ""

    def part(self, base: str, location: str) -> tuple[str, _Element]:
        """The name and the content of the part that another one means; KgError if there is none."""
        name = self.place(base, location)
        if not name:
            raise KgError(f"is a damaged {KIND}: {location.strip() or 'a part without a name'}, to which {base or 'it'} points, is missing", file=self.file, hint=_FETCH_AGAIN)
        member = self._members[_plain(name)]
        self._unpacked += member.file_size
        if self._unpacked > _MOST_UNPACKED * self._limit:
            raise KgError(f"unpacks to more than {_MOST_UNPACKED * self._limit // 2**20} MB", file=self.file, hint="raise --max-bytes if it is genuine")
        return name, xml_part(self._archive, member, KIND, self.file, self._limit)


class _Document:
    """One document of a file, and what its pages have in common."""

    def __init__(self, package: _Package, body: _Element) -> None:
        self._package, self._file = package, package.file
        base, root = _ENTRY, body
        for version in (version for versions in children(body, "Versions") for version in children(versions, "Version")):
            if is_on(version, "Current", otherwise=False):
                base, root = package.part(_ENTRY, version.get("BaseLoc", ""))
        self._name, self._root = package.part(base, text_of(root, "DocRoot"))
        info = next(children(body, "DocInfo"), None)
        self._title = squeeze(clean(text_of(info, "Title"))) if info is not None else ""
        common = next(children(self._root, "CommonData"), self._root)
        self._templates = {template.get("ID", ""): template.get("BaseLoc", "") for template in children(common, "TemplatePage")}
        self._resources = [package.place(self._name, resource.text or "") for kind in ("PublicRes", "DocumentRes") for resource in children(common, kind)]
        self._composites: dict[str, _Element] = {}
        self._of_templates: dict[str, Drawn] = {}
        self._pen = Pen(self._file, self._composite)

    def rendered(self) -> Rendered:
        """Its text; KgError if it has no pages or lacks one, or if they hold no text."""
        pages = [page.get("BaseLoc", "") for tree in children(self._root, "Pages") for page in children(tree, "Page")]
        if not pages:
            raise KgError(f"is a damaged {KIND}: {self._name} names no pages", file=self._file, hint=_FETCH_AGAIN)
        texts: list[str] = []
        tables: list[RuledTable] = []
        pictures = characters = 0
        for location in pages:
            drawn = self._page(location)
            strokes = drawn.strokes if drawn.objects <= MOST_OBJECTS and drawn.path_bytes <= MOST_BYTES else []
            lines, found = lines_of_page(drawn.characters, strokes, len(tables))
            texts.append("\n".join(lines))
            tables += found
            pictures += drawn.pictures and not lines
            characters += len(drawn.characters)
            if characters > _MOST_CHARACTERS:
                raise KgError(f"holds more than {_MOST_CHARACTERS:,} characters", file=self._file, hint="split the file")
        return read_pages(texts, tables, pictures, self._title, self._file)

    def _page(self, location: str) -> Drawn:
        """What a page draws, and its templates, wherever they lie: drawn first, as most are."""
        page, own = self._drawn(location)
        drawn = Drawn()
        for template in children(page, "Template"):
            identity = template.get("TemplateID", "")
            if identity in self._templates and identity not in self._of_templates:
                self._of_templates[identity] = self._drawn(self._templates[identity])[1]
            drawn.add(self._of_templates.get(identity, Drawn()))
        drawn.add(own)
        return drawn

    def _drawn(self, location: str) -> tuple[_Element, Drawn]:
        name, page = self._package.part(self._name, location)
        self._resources += [self._package.place(name, resource.text or "") for resource in children(page, "PageRes")]
        return page, self._pen.drawn(page, name)

    def _composite(self, identity: str) -> _Element | None:
        """What a drawing that is kept once draws; None if it is nowhere."""
        while self._resources:
            if name := self._resources.pop():
                for units in children(self._package.part("", name)[1], "CompositeGraphicUnits"):
                    self._composites |= {unit.get("ID", ""): content for unit in children(units, "CompositeGraphicUnit") for content in children(unit, "Content")}
        return self._composites.get(identity)


def _plain(name: str) -> str:
    """The name of a part as it is compared: writers use both slashes, and small letters for great."""
    return name.replace("\\", "/").lstrip("/").removeprefix("./").lower()


def _name_of(member: zipfile.ZipInfo) -> str:
    """The name of a member of an archive; where its encoding is not said, it is UTF-8 or that of a Chinese Windows."""
    if member.flag_bits & _UTF8_NAME or member.filename.isascii():
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
