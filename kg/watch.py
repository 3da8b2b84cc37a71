"""Build now, and again after each change: what stays loaded makes a changed file a matter of half a second.

Changes are told by the system (watchfiles), on drives that tell none by looking (`WATCHFILES_FORCE_POLLING=1`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from glob import has_magic
from pathlib import Path
from threading import Event, Thread
from typing import Any

from watchfiles import Change, watch

from kg.build import BuildReport, build
from kg.engines.worker import extractor
from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.ontology import Ontology
from kg.read import folder_of, path_list

_QUIET_MS = 30  # without a further change, after which it builds
_LOOK_MS = 1000  # how often it looks whether it is to stop, and how soon after the first build for what was missed meanwhile


def builds(
    paths: str | Path | Iterable[str | Path], output: str | Path, *, ontology: str | Path | None = None, segmenter: str = "rjieba",
    stop: Event | None = None, **how: Any,
) -> Iterator[BuildReport | KgError]:  # fmt: skip
    """The report of a build, then one for each later build that changed the graph, skips or notes something else, or goes again after one
    that was stopped, until `stop` is set or Ctrl-C comes.

    Built again is after a change of a file of `paths` or of the folder `ontology`, with what `kg.build.build` takes (`how`).
    What stops a later build, as a slip in a rule just written does, is given instead of a report, and the graph stays as
    it was; the first build raises it.
    """
    given = path_list(paths)
    keeper = _Keeper(ontology, segmenter)
    told: BuildReport | KgError = build(given, output, ontology=keeper.ontology(), segmenter=segmenter, **how)
    yield told
    how.pop("progress", None)  # which shows the first build, that may take long
    for _ in _changes([*given, *([ontology] if ontology else [])], os.path.realpath(output), stop):
        try:
            made = build(given, output, ontology=keeper.ontology(), segmenter=segmenter, **how)
        except KgError as error:
            told = error
            yield error
        else:
            if made.changed or isinstance(told, KgError) or (made.skipped, made.refused, made.notes) != (told.skipped, told.refused, told.notes):
                yield made
            told = made


class _Round:
    """A round of watching, which is over (`is_set`) as soon as `stop` is set, or something is `seen` beside what its main watcher looks at."""

    def __init__(self, stop: Event | None) -> None:
        self._stop = stop
        self.seen = Event()

    def is_set(self) -> bool:
        return self.seen.is_set() or self._stop is not None and self._stop.is_set()


def _changes(given: Sequence[str | Path], target: str, stop: Event | None) -> Iterator[None]:
    """Once when it begins to look, since something may have changed before; then after each change outside `target`."""

    def counts(_: Change, path: str) -> bool:
        return not Path(path).is_relative_to(target)

    while True:
        folders, round_ = _folders(given), _Round(stop)
        # A watcher looks into all of its folders deeply or into none: files of their own beside folders have a second one.
        deep, flat = _by_depth(given)
        if deep and flat:
            Thread(target=_look, args=(flat, counts, round_), daemon=True).start()
        changes = watch(
            *(deep or flat), watch_filter=counts, stop_event=round_, recursive=bool(deep),
            step=_QUIET_MS, rust_timeout=_LOOK_MS, yield_on_timeout=True, ignore_permission_denied=True,
        )  # fmt: skip
        try:
            for number, changed in enumerate(changes):
                if _folders(given) != folders or any((Change.deleted, folder) in changed for folder in folders):
                    break  # one that is made again is another one to the system, which tells nothing of it
                if changed or not number:
                    yield
            else:
                if not round_.seen.is_set():
                    return
                yield
        except KeyboardInterrupt:
            return
        finally:
            round_.seen.set()


def _look(folders: Sequence[str], counts: Callable[[Change, str], bool], round_: _Round) -> None:
    """Ends the round at the first change of a file in `folders` themselves."""
    with suppress(FileNotFoundError):  # a folder that is gone: the main watcher asks for it again and again
        for _ in watch(*folders, watch_filter=counts, stop_event=round_, recursive=False, step=_QUIET_MS, ignore_permission_denied=True):
            round_.seen.set()


def _by_depth(given: Iterable[str | Path]) -> tuple[list[str], list[str]]:
    """The folders to be watched with all below them, and those of which only some files of their own count."""
    deep = {os.path.realpath(folder_of(path)) for path in given if os.path.isdir(path) or has_magic(str(path))}
    flat = {os.path.realpath(folder_of(path)) for path in given} - deep
    return sorted(deep), sorted(folder for folder in flat if not any(Path(folder).is_relative_to(other) for other in deep))


def _folders(given: Iterable[str | Path]) -> dict[str, int | None]:
    """The folders to be watched, each with its number in the file system; None for one that is not there."""
    return {folder: _number(folder) for folder in sorted({os.path.realpath(folder_of(path)) for path in given})}


def _number(folder: str) -> int | None:
    try:
        return os.stat(folder).st_ino
    except OSError:
        return None


class _Keeper:
    """Holds the tables that a build takes most of its time to load, as long as the ontology is the same."""

    def __init__(self, folder: str | Path | None, segmenter: str) -> None:
        self._folder = folder
        self._segmenter = segmenter
        self._ontology: Ontology | None = None
        self._kept: Extractor | None = None

    def ontology(self) -> Ontology:
        """The ontology as its files are now; KgError for a slip in them."""
        if self._ontology is not None and self._folder is None:
            return self._ontology
        loaded = Ontology.load(self._folder)
        if self._ontology is None or loaded.fingerprint != self._ontology.fingerprint:
            self._ontology, self._kept = loaded, extractor(loaded, self._segmenter)
        return self._ontology
