"""`manifest.json` of a generation: which files it was made from, and what each gave."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.errors import KgError
from kg.graph import json_text

FORMAT = 3  # 1: no merge of all documents; 2: evidence in the documents' graphs and in the merge
_FORMAT_AT_HEAD = re.compile(rb'\s*\{\s*"format":\s*(\d+)')
COUNTED = ("quads", "sentences", "mentions", "entities", "relations", "observations", "attributes")


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document in the graph. `counts` are in the order of COUNTED; entities are those of this document alone."""

    id: str
    iri: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A record of a file in the graph that is not read itself, and why."""

    line: int  # or row of its sheet, from 1
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file in the graph: where it lies, its state when it was read, and what its facts depend on besides its bytes."""

    path: str  # absolute
    id: str
    size: int
    mtime_ns: int
    sha256: str
    settings: str  # hash of program, ontology, segmenter and reading options
    key: str  # of its documents in the cache
    documents: tuple[DocumentRecord, ...]
    notes: tuple[str, ...] = ()  # for the user to read: corrections that its documents could not be given
    refused: tuple[RefusedRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the graph, and why.

    `size`, `mtime_ns` and `settings` are as in a FileRecord where the reason lies in the file's bytes; `settings` is ""
    where it lies elsewhere (no permission, out of memory), and the file is tried again by every build.
    """

    path: str
    id: str
    reason: str
    hint: str = ""
    size: int = -1
    mtime_ns: int = -1
    settings: str = ""


@dataclass(frozen=True)
class Manifest:
    """All files, sorted by id, and those that could not be read."""

    files: tuple[FileRecord, ...]
    skipped: tuple[Skipped, ...] = ()
    ontology: str = ""  # fingerprint
    program: str = ""

    @cached_property
    def documents(self) -> dict[str, tuple[FileRecord, int]]:
        """Document id → its file and its place in the file."""
        return {document.id: (file, i) for file in self.files for i, document in enumerate(file.documents)}

    @cached_property
    def counts(self) -> dict[str, int]:
        """Files, documents, and the sums of what COUNTED names."""
        counts = [document.counts for file in self.files for document in file.documents]
        total = map(sum, zip(*counts, strict=True)) if counts else (0 for _ in COUNTED)
        return {"files": len(self.files), "documents": len(counts), **dict(zip(COUNTED, total, strict=True))}

    @property
    def keys(self) -> set[str]:
        """The cache keys of all files."""
        return {file.key for file in self.files}


def ordered(files: Iterable[FileRecord]) -> tuple[FileRecord, ...]:
    """The files in the order of a manifest, in whatever order they were read."""
    return tuple(sorted(files, key=lambda file: (file.id, file.path)))


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write it in one step: a reader finds the old one or the new one."""
    data = {
        "format": FORMAT,
        "program": manifest.program,
        "ontology": manifest.ontology,
        "counts": dict(manifest.counts),
        "files": manifest.files,
        "skipped": manifest.skipped,
    }
    replace_file(path, json_text.dumps(data, indented=True))


def read_manifest(path: Path) -> Manifest:
    """KgError if it is missing, damaged or of another format."""
    try:
        data = json_text.loads(path.read_bytes())
        if data["format"] != FORMAT:
            raise KgError(f"is of format {data['format']}, not {FORMAT}", file=path, hint="build the graph again")
        files = tuple([
            FileRecord(
                f["path"], f["id"], f["size"], f["mtime_ns"], f["sha256"], f["settings"], f["key"],
                tuple([DocumentRecord(d["id"], d["iri"], tuple(d["counts"])) for d in f["documents"]]), tuple(f.get("notes", ())),
                tuple([RefusedRecord(**one) for one in f.get("refused", ())]),
            )
            for f in data["files"]
        ])  # fmt: skip
        skipped = tuple(Skipped(**one) for one in data["skipped"])
        return Manifest(files, skipped, data["ontology"], data["program"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KgError(f"cannot be read: {error}", file=path, hint="build the graph again") from error


def check_format(path: Path) -> None:
    """KgError if the manifest says that its generation is of another format. Reads its first bytes: opening must stay cheap."""
    try:
        with open(path, "rb") as stream:
            head = _FORMAT_AT_HEAD.match(stream.read(64))
    except OSError:
        return  # that it cannot be read is told by who needs it
    if head and int(head[1]) != FORMAT:
        raise KgError(f"is of format {int(head[1])}, not {FORMAT}", file=path, hint="build the graph again")


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` to the disk under another name and rename it to `path`."""
    partial = path.with_name(f".{path.name}.part")
    with open(partial, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(partial, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` last; where folders cannot be opened (Windows) nothing is done."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
