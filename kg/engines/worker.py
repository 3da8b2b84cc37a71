"""One file to its quads and facts: what each worker does, in whatever process."""

from __future__ import annotations

import hashlib
import os
import traceback
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.engines.settings import Extract, Setup, cache_key
from kg.errors import KgError
from kg.graph.cache import CacheRow, FactsCache, pack_row, read_document, read_facts
from kg.graph.manifest import DocumentRecord, FileRecord, Skipped
from kg.graph.naming import Naming, naming
from kg.graph.quads import Stored, stored
from kg.graph.vocabulary import document_iri
from kg.model import REFUTED, Document, Facts
from kg.read import ReadOptions, SourceFile, read_bytes
from kg.read.documents import source_bytes

if TYPE_CHECKING:
    from kg.extract.extractor import Extractor

_TRIES = 3  # for a file that is being written while it is read


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a record with quads and rows for the cache, or the reason why it is skipped.

    `rows` is empty where the cache had them. `detail` is the traceback of a fault of the program.
    """

    source: SourceFile
    record: FileRecord | None = None
    quads: bytes = b""
    rows: tuple[CacheRow, ...] = ()
    skipped: Skipped | None = None
    detail: str = ""


class Worker:
    """Loads the ontology once; `run` then takes file after file.

    With `many` to come, all patterns are compiled at once, and kept for later builds: else when a text first needs them,
    which each process of a pool would do by itself.
    """

    def __init__(self, setup: Setup, *, many: bool = False) -> None:
        self.setup = setup
        self._settings = setup.settings
        self._naming: Naming = naming(setup.ontology)
        self._extractor = None if setup.extract else _extractor(setup, many)
        self._extract: Extract = setup.extract or self._extractor.extract  # type: ignore[union-attr]
        self._notes: list[str] = []  # of the file that is read

    def run(self, source: SourceFile) -> Outcome:
        """The outcome for a file. Never raises: this is one of the two places where every fault is caught."""
        try:
            return self._run(source)
        except KgError as error:
            return Outcome(source, skipped=skipped(source, _reason(error), error.hint))
        except Exception as error:  # noqa: BLE001 - the border of a worker
            reason = f"fault of the program: {type(error).__name__}: {error}"
            hint = "please report it, with the file if you can"
            return Outcome(source, skipped=skipped(source, reason, hint), detail=traceback.format_exc())

    def _run(self, source: SourceFile) -> Outcome:
        if source.problem:
            return Outcome(source, skipped=skipped(source, source.problem, source.hint))
        data, status = stable_bytes(source, self.setup.options)
        sha256 = hashlib.sha256(data).hexdigest()
        key = cache_key(self._settings, source.id, sha256)
        pairs = self._cached(key)
        rows: tuple[CacheRow, ...] = ()
        self._notes = []
        for document, facts in pairs:
            self._note(self._extractor.corrections.unfit_of(document, facts) if self._extractor else [])
        if not pairs:
            try:
                pairs = [(document, self._facts(document)) for document in read_bytes(data, source, self.setup.options)]
            except KgError as error:
                return Outcome(source, skipped=self._refused(source, error, status))
            rows = tuple(pack_row(i, document, facts) for i, (document, facts) in enumerate(pairs))
        quads, records = [], []
        for document, facts in pairs:
            quads.append(stored(document, facts, self._naming))
            records.append(DocumentRecord(document.id, document_iri(document.id), _counts(facts, quads[-1])))
        record = FileRecord(
            path=absolute(source), id=source.id, size=status.st_size, mtime_ns=status.st_mtime_ns, sha256=sha256,
            settings=self._settings, key=key, documents=tuple(records), notes=tuple(self._notes),
        )  # fmt: skip
        return Outcome(source, record, b"".join(one.quads for one in quads), rows)

    def _refused(self, source: SourceFile, error: KgError, status: os.stat_result) -> Skipped:
        """Why the bytes of a file cannot be read, with the state in which they cannot."""
        return Skipped(
            absolute(source), source.id, _reason(error), error.hint,
            size=status.st_size, mtime_ns=status.st_mtime_ns, settings=self._settings,
        )  # fmt: skip

    def _facts(self, document: Document) -> Facts:
        try:
            facts = self._extract(document)
            if self._extractor is not None:
                self._note(self._extractor.corrections.unfit)
            return facts
        except KgError:
            raise
        except Exception as error:
            error.add_note(f"while extracting the document {document.id}")
            raise

    def _note(self, unfit: list[KgError]) -> None:
        self._notes += map(str, unfit)

    def _cached(self, key: str) -> list[tuple[Document, Facts]]:
        try:
            with FactsCache(self.setup.cache) as cache:
                return [(read_document(row.document), read_facts(row.facts)) for row in cache.get(key)]
        except (KgError, ValueError, KeyError, TypeError, zlib.error):
            # Damaged, or of another format: it is made again, and replaced.
            return []


def stable_bytes(source: SourceFile, options: ReadOptions) -> tuple[bytes, os.stat_result]:
    """The bytes of a file and its state, read again if the file changed meanwhile; KgError if it keeps changing."""
    for _ in range(_TRIES):
        try:
            before = os.stat(source.path)
            data = source_bytes(source, options.max_bytes)
            after = os.stat(source.path)
        except (OSError, ValueError) as error:
            raise KgError(f"cannot be opened: {getattr(error, 'strerror', None) or error}", file=source.path) from error
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and len(data) == after.st_size:
            return data, after
    raise KgError("changes while it is read", file=source.path, hint="build again when nobody writes it")


def absolute(source: SourceFile) -> str:
    return os.path.abspath(source.path)


def _reason(error: KgError) -> str:
    return f"line {error.line}: {error.message}" if error.line else error.message


def skipped(source: SourceFile, reason: str, hint: str = "") -> Skipped:
    return Skipped(absolute(source), source.id, reason, hint)


def _extractor(setup: Setup, many: bool) -> Extractor:
    from kg.extract.extractor import Extractor

    extractor = Extractor(setup.ontology, setup.segmenter)
    if many:
        extractor.compile_all()
    return extractor


def _counts(facts: Facts, stored: Stored) -> tuple[int, ...]:
    """In the order of kg.graph.manifest.COUNTED."""
    attributes = sum(not one.basis.startswith(REFUTED) for one in facts.attributes)
    return (
        stored.triples,
        stored.quads.count(b"/ns#Sentence> ."),
        sum(len(entity.mentions) for entity in facts.entities),
        len(facts.entities),
        stored.quads.count(b"/ns#Statement> .") - attributes,
        sum(not one.basis.startswith(REFUTED) for one in facts.observations),
        attributes,
    )
