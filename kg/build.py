"""A corpus to a graph: what changed is read and extracted, everything else stays as it is.

    report = build(["reports", "news"], "exports/graph")
    report.ok, report.documents, report.skipped

A build brings the graph in line with the paths it is given: new and changed files are read, files that are gone from
those paths are taken out, and what was built from other paths stays. The result is the one that a build from nothing
would give.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.engines.chunks import file_sizes
from kg.engines.plan import Plan, plan, under
from kg.engines.settings import Extract, Setup
from kg.engines.update import Live, Update, read_live, tidy
from kg.errors import KgError
from kg.graph.cache import FactsCache, discard_unreadable
from kg.graph.generations import NextGeneration, as_fault, clear_leftovers, locked
from kg.graph.manifest import Manifest, RefusedRecord, Skipped
from kg.graph.store import CACHE, live_generation, live_or_fault, open_graph
from kg.graph.vocabulary import DATASET
from kg.ontology import Ontology
from kg.program import program_version
from kg.read import ReadOptions, find, find_some, folder_of, idle_columns, path_list, with_noise_of

if TYPE_CHECKING:
    from kg.extract.coreference.identity import Decision
    from kg.extract.corrections.correction_file import Correction

Progress = Callable[[int, int], None]
Notice = Callable[[str], None]
_LONG_BYTES = 2 * 2**20  # of a file that takes so long that the bar stands still meanwhile
_SAMPLE = 20  # documents whose quotes are checked at the end of a build


@dataclass(frozen=True)
class BuildReport:
    """What a build did. Documents are given by id, sorted.

    `counts` sums over the whole graph: files, documents, quads, sentences, mentions, entities, relations, observations,
    attributes. `problems` are faults that the check at the end found; `notes` are for the user to read.
    """

    generation: str
    changed: bool  # False: there was nothing to do, and the generation is the one there was
    built: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    refused: tuple[tuple[str, RefusedRecord], ...] = ()  # of files that are built, by their paths: records that are broken
    counts: Mapping[str, int] = field(default_factory=dict)
    checked: int = 0  # quotes compared with their text at the end
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)  # file id → traceback, where the program was at fault
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether every file is in the graph, with all of its records, and the check found nothing."""
        return not self.skipped and not self.refused and not self.problems

    @property
    def documents(self) -> int:
        """Documents in the graph."""
        return self.counts.get("documents", 0)


def build(
    paths: str | Path | Iterable[str | Path],
    output: str | Path,
    *,
    jobs: int | None = None,
    date: str | None = None,
    ontology: Ontology | str | Path | None = None,
    segmenter: str = "rjieba",
    options: ReadOptions | None = None,
    progress: Progress | None = None,
    notice: Notice | None = None,
    wait: bool = True,
    extract: Extract | None = None,
) -> BuildReport:
    """Bring the graph folder `output` in line with `paths` (files, folders, patterns).

    `jobs` is the number of processes (None: all processors). `date` overrides the date of every document. `options` say
    how files are read, `extract` replaces the ontology's rules. `progress` is told (files done, files to do), `notice`
    what the user should know meanwhile. While another build writes the same graph, this one waits, or with
    `wait=False` raises KgError. A file that cannot be read is in `skipped`, a broken record in `refused`, and the rest is built; KgError is for what
    stops the whole, and leaves the graph as it was; so is an `output` that is a folder of `paths`, one inside it is noted.
    """
    started = time.perf_counter()
    folder, given = _given(paths, output)
    inside = _apart(folder, given)
    knowledge = ontology if isinstance(ontology, Ontology) else Ontology.load(ontology)
    reading = with_noise_of(options or ReadOptions(), knowledge)
    if date is not None:
        reading = replace(reading, date=date)
    by_hand = _by_hand(knowledge)  # first: a slip in these files is told before any text is read
    setup = Setup(knowledge, reading, segmenter, folder / CACHE, extract)
    with locked(folder, wait=wait, notice=notice), as_fault(folder, "the graph cannot be written"):
        clear_leftovers(folder)
        live = read_live(folder)
        if not any(under(given, live.manifest).values()):
            find_some(given)  # nor was anything built from them, which a disk that is not mounted would hide
        todo = _plan(given, setup, live)
        for source, size in zip(todo.read, file_sizes(todo.read)):
            if notice and size > _LONG_BYTES:
                notice(f"{source.id} has {size / 2**20:.1f} MB: it is read in one go, which may take minutes")
        update = Update(folder, live, todo, knowledge, program_version())
        removed, manifest, changed = _written(update, todo, setup, jobs, progress)
        checked, problems = _check(folder, update.built, manifest) if changed else (0, ())
        notes = (*inside, *_notes(todo, setup), *_dropped(todo, live, knowledge), *_of_corrections(folder, manifest, setup, by_hand))
    return BuildReport(
        generation=live_generation(folder) or "",
        changed=changed,
        built=tuple(sorted(update.built)),
        unchanged=sum(len(record.documents) for record in todo.unchanged),
        removed=removed,
        skipped=manifest.skipped,
        refused=tuple((record.path, one) for record in manifest.files for one in record.refused),
        counts=manifest.counts,
        checked=checked,
        problems=problems,
        notes=notes,
        details=update.details,
        seconds=time.perf_counter() - started,
    )


def _given(paths: str | Path | Iterable[str | Path], output: str | Path) -> tuple[Path, list[str | Path]]:
    """The graph folder and what is to be read; KgError if either is nothing."""
    folder = Path(output)
    given = path_list(paths)
    if not given:
        raise KgError("no files or folders to build from")
    if not str(output):
        raise KgError("the graph needs a folder to be written to, and the name given is empty")
    if live_generation(folder) is None:
        find_some(given)  # no folder is made for paths that give nothing; what there is to read is looked for under the lock
    return folder, given


def _by_hand(ontology: Ontology) -> list[Correction | Decision]:
    if not ontology.has_decisions:
        return []
    from kg.graph.decisions import decided

    return decided(ontology)


def _written(update: Update, todo: Plan, setup: Setup, jobs: int | None, progress: Progress | None) -> tuple[tuple[str, ...], Manifest, bool]:
    """The documents that went, what is in the new generation, and whether it differs from the one before; nothing is left of one that fails."""
    try:
        if todo.read:
            if len(todo.read) == 1:  # for more, processes are forked, which no other thread may see
                update.begin()
            from kg.engines.local import run_files
            from kg.engines.worker import Building  # what reads and extracts takes long to load

            for done, outcome in enumerate(run_files(todo.read, Building(setup), jobs), 1):
                update.take(outcome)
                if progress:
                    progress(done, len(todo.read))
        return update.removed(), *update.finish()
    except BaseException:
        update.abandon()
        raise


def _of_corrections(folder: Path, manifest: Manifest, setup: Setup, by_hand: list[Correction | Decision]) -> list[str]:
    """What was decided by hand and fits no document, of those too that were not read again: it must not go unseen."""
    unfit = [note for record in manifest.files if record.settings == setup.settings for note in record.notes]
    if not by_hand:
        return unfit
    from kg.graph.decisions import idle

    return [*unfit, *idle(open_graph(folder, manifest).store, by_hand)]


def _apart(folder: Path, given: Sequence[str | Path]) -> tuple[str, ...]:
    """A note for each given folder that the graph folder lies in; KgError if it is one whose texts are read."""
    target, notes = Path(os.path.realpath(folder)), []
    for path in given:
        source = os.path.realpath(folder_of(path))
        if target == Path(source):
            raise KgError(f"holds what is to be read ({path}): the graph would lie among its texts", file=folder, hint="name another folder by -o")
        if os.path.isdir(path) and target.is_relative_to(source):
            notes.append(f"the graph {folder} lies in {path}, which is read: tables and pages exported there become texts of the next build")
    return tuple(notes)


def _plan(paths: Sequence[str | Path], setup: Setup, live: Live) -> Plan:
    discard_unreadable(setup.cache)
    with FactsCache(setup.cache, write=True) as cache:
        there = cache.keys()
    # A file whose text is no longer kept is read again, whatever its state.
    files = tuple(f if f.key in there else replace(f, settings="") for f in live.manifest.files)
    return plan(find(paths), paths, replace(live.manifest, files=files), setup.settings, live.looked)


def _notes(todo: Plan, setup: Setup) -> tuple[str, ...]:
    idle = idle_columns(setup.options, [*(source.path for source in todo.read), *(record.path for record in todo.unchanged)])
    stale = sum(record.settings != setup.settings for record in todo.kept)
    renew = f"{stale} files from other paths were read with another ontology, version or options; build them too to renew them"
    return (*([idle] if idle else []), *([renew] if stale else []))


def _dropped(todo: Plan, live: Live, ontology: Ontology) -> tuple[str, ...]:
    """A note where the graph was built with an ontology folder of one's own, and this build has none: its corrections would be lost without a word."""
    before = live.manifest
    if len(ontology.folders) > 1 or len(todo.kept) == len(before.files) or before.ontology == ontology.fingerprint:
        return ()
    if before.program != program_version():
        return ()  # of which the shipped ontology was another one, too
    return ("the graph was built with another ontology before: what that added or corrected is not in it any more; give it again by --ontology",)


def _check(folder: Path, built: list[str], manifest: Manifest) -> tuple[int, tuple[str, ...]]:
    """Compare a sample of what was built with its texts, as they are stored."""
    from kg.graph.verify import sample, verify

    found = verify(open_graph(folder, manifest), documents=sample(sorted(built), _SAMPLE), sources=False)
    return found.quotes, tuple(f"{p.document}: {p.node} {p.what}" for p in found.problems)


def remove(
    paths: str | Path | Iterable[str | Path], graph: str | Path, *, wait: bool = True, notice: Notice | None = None
) -> BuildReport:
    """Take the documents of `paths` out of the graph: files, folders or patterns as they were given, or ids of files.

    The files themselves need not be there any more. KgError if one of `paths` names nothing in the graph.
    """
    started = time.perf_counter()
    folder = Path(graph)
    live_or_fault(folder)
    given = path_list(paths)
    from kg.graph.about import dataset_quads

    with locked(folder, wait=wait, notice=notice), as_fault(folder, "the graph cannot be written"):
        clear_leftovers(folder)
        live = open_graph(folder)
        found = under(given, live.manifest)
        if missing := [path for path, records in found.items() if not records]:
            raise KgError(
                f"nothing in the graph comes from {missing[0]}", file=folder, hint="give a path as it was built"
            )
        gone = {record.path: record for records in found.values() for record in records}
        after = _without(live.manifest, set(gone))
        generation = NextGeneration(folder, live.path)
        try:
            generation.remove(document.iri for record in gone.values() for document in record.documents)
            generation.remove([DATASET])
            generation.add(dataset_quads(after))
            name = generation.finish(after)
        except BaseException:
            generation.abandon()
            raise
        tidy(folder, after, Live(live.path, live.manifest, 0))
    removed = tuple(sorted(document.id for record in gone.values() for document in record.documents))
    seconds = time.perf_counter() - started
    return BuildReport(name, True, removed=removed, counts=after.counts, seconds=seconds)


def _without(manifest: Manifest, paths: set[str]) -> Manifest:
    return replace(
        manifest,
        files=tuple(record for record in manifest.files if record.path not in paths),
        skipped=tuple(one for one in manifest.skipped if one.path not in paths),
    )
