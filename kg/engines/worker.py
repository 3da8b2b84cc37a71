"""Files to their quads and facts: what each worker does, in whatever process."""

from __future__ import annotations

import hashlib
import os
import traceback
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakValueDictionary

from kg.engines.records import absolute, skipped
from kg.engines.settings import Setup, cache_key
from kg.errors import KgError, program_fault
from kg.extract.fault import Fault, facts_of
from kg.graph.cache import CacheRow, FactsCache, pack_row, read_document, read_facts
from kg.graph.manifest import DocumentRecord, FileRecord, RefusedRecord, Skipped
from kg.graph.naming import Naming, naming
from kg.graph.quads import Stored, stored
from kg.graph.vocabulary import document_iri
from kg.model import REFUTED, Document, Facts
from kg.read import ReadOptions, SourceFile, read_bytes
from kg.read.detect import RECORDS
from kg.read.documents import source_bytes

if TYPE_CHECKING:
    from kg.extract.extractor import Extractor
    from kg.ontology import Ontology

T = TypeVar("T")

_HELD: WeakValueDictionary[tuple[str, str], Extractor] = WeakValueDictionary()  # by fingerprint of the ontology, and segmenter
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


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that could be read: its documents, and their facts if the cache has them."""

    source: SourceFile
    record: FileRecord  # without documents and notes
    documents: Sequence[Document]
    facts: Sequence[Facts] | None


class Worker:
    """Loads the ontology once; `run` and `run_all` then take file after file. `many`: see `kg.engines.local.Work`."""

    def __init__(self, setup: Setup, *, many: bool = False) -> None:
        self.setup = setup
        self._settings = setup.settings
        self._naming: Naming = naming(setup.ontology)
        self._extractor = None if setup.extract else extractor(setup.ontology, setup.segmenter)
        if many and self._extractor is not None:
            self._extractor.compile_all()

    def run_all(self, sources: Sequence[SourceFile]) -> list[Outcome]:
        """An outcome for each file; their documents are read side by side. Never raises."""
        opened = [_bounded(source, partial(self._open, source)) for source in sources]
        made = self._extract([document for one in opened if isinstance(one, _Opened) and one.facts is None for document in one.documents])
        return [one if isinstance(one, Outcome) else _bounded(one.source, partial(self._outcome, one, made)) for one in opened]

    def run(self, source: SourceFile) -> Outcome:
        """The outcome for a file. Never raises."""
        return self.run_all([source])[0]

    def _open(self, source: SourceFile) -> _Opened | Outcome:
        if source.problem:
            return Outcome(source, skipped=skipped(source, source.problem, source.hint))
        data, status = stable_bytes(source, self.setup.options)
        sha256 = hashlib.sha256(data).hexdigest()
        record = FileRecord(
            path=absolute(source), id=source.id, size=status.st_size, mtime_ns=status.st_mtime_ns, sha256=sha256,
            settings=self._settings, key=cache_key(self._settings, source.id, sha256), documents=(),
        )  # fmt: skip
        pairs = self._cached(record.key)
        if pairs and pairs[0][0].format not in RECORDS:  # of which some may be refused, which the cache does not tell
            return _Opened(source, record, [document for document, _ in pairs], [facts for _, facts in pairs])
        try:
            reading = read_bytes(data, source, self.setup.options)
            refused = tuple(RefusedRecord(error.line or 0, error.message, error.hint) for error in reading.refused)
            return _Opened(source, replace(record, refused=refused), reading.documents, [facts for _, facts in pairs] or None)
        except KgError as error:
            # With the state in which its bytes cannot be read.
            state = replace(_skipped(source, error), size=status.st_size, mtime_ns=status.st_mtime_ns, settings=self._settings)
            return Outcome(source, skipped=state)

    def _extract(self, documents: Sequence[Document]) -> Iterator[Facts | Fault]:
        return map(self._by_function, documents) if self._extractor is None else self._extractor.try_all(documents)

    def _by_function(self, document: Document) -> Facts | Fault:
        assert self.setup.extract is not None
        try:
            return self.setup.extract(document)
        except Exception as error:  # noqa: BLE001 - as the extractor does it
            return Fault(document.id, error)

    def _outcome(self, opened: _Opened, made: Iterator[Facts | Fault]) -> Outcome:
        """The outcome for a file: its facts are those of the cache, or the next of `made`."""
        found: Sequence[Facts | Fault] = opened.facts or list(islice(made, len(opened.documents)))  # all are taken, whichever fails
        pairs = [(document, facts_of(one)) for document, one in zip(opened.documents, found, strict=True)]
        quads, records = [], []
        notes: list[str] = []
        for document, facts in pairs:
            quads.append(stored(document, facts, self._naming))
            records.append(DocumentRecord(document.id, document_iri(document.id), _counts(facts, quads[-1])))
            if self._extractor is not None:
                notes += map(str, self._extractor.corrections.unfit(document, facts))
        rows = () if opened.facts else tuple(pack_row(i, document, facts) for i, (document, facts) in enumerate(pairs))
        record = replace(opened.record, documents=tuple(records), notes=tuple(notes))
        return Outcome(opened.source, record, b"".join(one.quads for one in quads), rows)

    def _cached(self, key: str) -> list[tuple[Document, Facts]]:
        try:
            with FactsCache(self.setup.cache) as cache:
                return [(read_document(row.document), read_facts(row.facts)) for row in cache.get(key)]
        except (KgError, ValueError, KeyError, TypeError, zlib.error):
            # Damaged, or of another format: it is made again, and replaced.
            return []


@dataclass(frozen=True)
class Building:
    """What a build does with files."""

    setup: Setup

    def worker(self, *, many: bool) -> Callable[[Sequence[SourceFile]], list[Outcome]]:
        return Worker(self.setup, many=many).run_all

    def lost(self, source: SourceFile, error: KgError) -> Outcome:
        return Outcome(source, skipped=_skipped(source, error))


def _bounded(source: SourceFile, work: Callable[[], T]) -> T | Outcome:
    """What `work` makes of a file; where it cannot be read, or the program fails with it, an outcome that says so."""
    try:
        return work()
    except KgError as error:
        return Outcome(source, skipped=_skipped(source, error))
    except Exception as error:  # noqa: BLE001 - the border of a worker
        return Outcome(source, skipped=_skipped(source, program_fault(error)), detail=traceback.format_exc())


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


def _skipped(source: SourceFile, error: KgError) -> Skipped:
    return skipped(source, f"line {error.line}: {error.message}" if error.line else error.message, error.hint)


def extractor(ontology: Ontology, segmenter: str) -> Extractor:
    """The extractor of an ontology: the one there is, as long as somebody holds it, since its tables take long to load."""
    from kg.extract.extractor import Extractor

    kept = _HELD.get((ontology.fingerprint, segmenter))
    if kept is None:
        kept = _HELD[ontology.fingerprint, segmenter] = Extractor(ontology, segmenter)
    return kept


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
