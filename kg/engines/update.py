"""Outcomes into a graph folder: the next generation, the cache of facts, and at the end the switch."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.engines.plan import Plan
from kg.engines.records import absolute
from kg.errors import KgError
from kg.graph.cache import CacheRow, FactsCache
from kg.graph.generations import NextGeneration, clear_leftovers, kept_generations
from kg.graph.manifest import FileRecord, Manifest, Skipped, ordered, read_manifest, write_manifest
from kg.graph.store import CACHE, GENERATIONS, MANIFEST, live_generation
from kg.graph.vocabulary import DATASET, ONTOLOGY_GRAPH, RULES_GRAPH
from kg.ontology import Ontology

if TYPE_CHECKING:
    from kg.engines.worker import Outcome

_CACHE_BATCH = 4 * 2**20  # bytes of rows in one transaction: nobody waits for it longer than that takes


@dataclass(frozen=True, slots=True)
class Live:
    """The generation to start from. `path` is None where there is none, or none that can be used."""

    path: Path | None
    manifest: Manifest
    looked: int  # when its manifest was written, in nanoseconds


def read_live(folder: Path) -> Live:
    """The live generation; one whose manifest is lost or damaged is no start."""
    name = live_generation(folder)
    if name is not None:
        path = folder / GENERATIONS / name
        try:
            return Live(path, read_manifest(path / MANIFEST), (path / MANIFEST).stat().st_mtime_ns)
        except (KgError, OSError):
            pass
    return Live(None, Manifest(()), 0)


class Update:
    """Takes the outcomes of a plan one by one; `finish` makes the result live, `abandon` leaves nothing of it but the facts in the cache."""

    def __init__(self, folder: Path, live: Live, plan: Plan, ontology: Ontology, program: str) -> None:
        self._folder, self._live, self._plan = folder, live, plan
        self._ontology, self._program = ontology, program
        self._base = live.path if plan.unchanged or plan.kept else None
        # The terms and rules that the base holds are those of this ontology: they are several times a small document.
        known = (live.manifest.ontology, live.manifest.program) == (ontology.fingerprint, program)
        self._keeps_terms = self._base is not None and known
        self._before = {record.path: record for record in live.manifest.files}
        self._next: NextGeneration | None = None
        self._begun: Future[NextGeneration] | None = None
        self._cache: FactsCache | None = None
        self._rows: list[tuple[str, CacheRow]] = []
        self._size = 0
        self._records: list[FileRecord] = [*plan.kept, *plan.unchanged]
        self._ids = {document.id for record in self._records for document in record.documents}
        self.built: list[str] = []
        self.skipped: list[Skipped] = [*plan.clashes, *plan.refused]
        self.details: dict[str, str] = {}

    def take(self, outcome: Outcome) -> None:
        """Write what a file gave, or note why it gave nothing."""
        record = outcome.record
        if record is not None:
            ids = [document.id for document in record.documents]
            twice = sorted({id for id in ids if id in self._ids or ids.count(id) > 1}) if self._clash(ids) else []
            if twice:
                hint = "rename the file, or the record inside it"
                self.skipped.append(
                    Skipped(record.path, record.id, f"gives the document {twice[0]} a second time", hint)
                )
                return
            self._generation().add(outcome.quads)
            self._records.append(record)
            self._ids.update(ids)
            self.built += ids
            self._keep(record.key, outcome.rows)
        elif outcome.skipped is not None:
            self.skipped.append(outcome.skipped)
            if outcome.detail:
                self.details[outcome.source.id] = outcome.detail

    def _clash(self, ids: list[str]) -> bool:
        return len(set(ids)) < len(ids) or not self._ids.isdisjoint(ids)

    def _keep(self, key: str, rows: Iterable[CacheRow]) -> None:
        for row in rows:
            self._rows.append((key, row))
            self._size += len(row.document) + len(row.facts)
        if self._size >= _CACHE_BATCH:
            self._put()

    def _put(self) -> None:
        if self._rows:
            if self._cache is None:
                self._cache = FactsCache(self._folder / CACHE, write=True)
            self._cache.put(self._rows)
            self._rows, self._size = [], 0

    def begin(self) -> None:
        """Begin the next generation in a thread, if it will surely be needed: the store works in its own code, while this thread may load its tables."""
        if self._outdated():
            pool = ThreadPoolExecutor(1)
            self._begun = pool.submit(self._begin)
            pool.shutdown(wait=False)

    def _generation(self) -> NextGeneration:
        """The next generation, begun when it is first needed."""
        if self._next is None:
            self._next = self._begin() if self._begun is None else self._begun.result()
        return self._next

    def _begin(self) -> NextGeneration:
        """A new generation without what this build replaces or takes out."""
        begun = NextGeneration(self._folder, self._base)
        try:
            if self._base is not None:
                # All of it first: a document may have moved from one file to another.
                begun.remove(document.iri for record in self._outdated() for document in record.documents)
                begun.remove([DATASET] if self._keeps_terms else [DATASET, ONTOLOGY_GRAPH, RULES_GRAPH])
        except BaseException:
            begun.abandon()
            raise
        return begun

    def _outdated(self) -> list[FileRecord]:
        read = (absolute(source) for source in self._plan.read)
        return [*self._plan.removed, *(self._before[path] for path in read if path in self._before)]

    def removed(self) -> tuple[str, ...]:
        """Ids of the documents that were in the graph and are not any more, sorted."""
        return tuple(sorted({d.id for record in self._outdated() for d in record.documents} - self._ids))

    def finish(self) -> tuple[Manifest, bool]:
        """The manifest of what is live now, and whether that is a new generation."""
        skipped = tuple(sorted(self.skipped, key=lambda one: (one.id, one.path)))
        manifest = Manifest(ordered(self._records), skipped, self._ontology.fingerprint, self._program)
        if self._live.path is None or self._outdated():
            self._generation()
        self._put()
        if self._cache is not None:
            self._cache.close()
        if self._next is None:
            assert self._live.path is not None
            # The terms and rules in the store are still those of the build that put them there.
            manifest = replace(manifest, ontology=self._live.manifest.ontology, program=self._live.manifest.program)
            if manifest != self._live.manifest:
                write_manifest(manifest, self._live.path / MANIFEST)
            return manifest, False
        from kg.graph.about import about_quads, dataset_quads

        self._next.add(dataset_quads(manifest) if self._keeps_terms else about_quads(manifest, self._ontology))
        self._next.finish(manifest)
        tidy(self._folder, manifest, self._live)
        return manifest, True

    def abandon(self) -> None:
        """Take away what was written of the next generation. The facts that were found are kept: the next build need not find them again."""
        with suppress(KgError):  # a disk that is full
            self._put()
        if self._cache is not None:
            self._cache.close()
        if self._begun is not None:
            with suppress(KgError):  # then nothing is left of it
                self._next = self._begun.result()
        if self._next is not None:
            self._next.abandon()


def tidy(folder: Path, live: Manifest, before: Live) -> None:
    """Take away the generation that is two back, and the cached texts that no kept generation needs.

    `before` is the generation that was live until now: what is known of it need not be read again.
    """
    clear_leftovers(folder)
    keys = set(live.keys)
    for path in kept_generations(folder)[:-1]:
        try:
            keys |= (before.manifest if path == before.path else read_manifest(path / MANIFEST)).keys
        except KgError:
            continue  # a generation that cannot say what it needs is of no use any more
    with FactsCache(folder / CACHE, write=True) as cache:
        cache.keep(keys)
