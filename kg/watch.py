"""Build now, and again after each change: what stays loaded makes a changed file a matter of half a second.

Changes are told by the system (watchfiles), on drives that tell none by looking (`WATCHFILES_FORCE_POLLING=1`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

from watchfiles import Change, watch

from kg.build import BuildReport, build, folder_of
from kg.engines.worker import extractor
from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.ontology import Ontology

_QUIET_MS = 30  # without a further change, after which it builds
_LOOK_MS = 1000  # how often it looks whether it is to stop, and how soon after the first build for what was missed meanwhile


def builds(
    paths: Iterable[str | Path], output: str | Path, *, ontology: str | Path | None = None, segmenter: str = "rjieba",
    stop: Event | None = None, **how: Any,
) -> Iterator[BuildReport | KgError]:  # fmt: skip
    """The report of a build, then one for each later build that changed the graph or goes again after one that was stopped, until `stop` is set or Ctrl-C comes.

    Built again is after a change of a file of `paths` or of the folder `ontology`, with what `kg.build.build` takes (`how`).
    What stops a later build, as a slip in a rule just written does, is given instead of a report, and the graph stays as
    it was; the first build raises it.
    """
    given, target = list(paths), os.path.realpath(output)
    keeper = _Keeper(ontology, segmenter)
    yield build(given, output, ontology=keeper.ontology(), segmenter=segmenter, **how)
    folders = sorted({os.path.realpath(folder_of(path)) for path in given} | ({os.path.realpath(ontology)} if ontology else set()))
    deep = bool(ontology) or any(os.path.isdir(path) or "**" in str(path) for path in given)

    def counts(_: Change, path: str) -> bool:
        return not Path(path).is_relative_to(target)

    changes = watch(
        *folders, watch_filter=counts, stop_event=stop, recursive=deep, step=_QUIET_MS, rust_timeout=_LOOK_MS, yield_on_timeout=True,
        raise_interrupt=False, ignore_permission_denied=True,
    )  # fmt: skip
    stopped = False
    for number, changed in enumerate(changes):
        if number and not changed:
            continue  # the first time it looks at all: something may have changed while the first build ran
        try:
            report = build(given, output, ontology=keeper.ontology(), segmenter=segmenter, **how)
        except KgError as error:
            stopped = True
            yield error
        else:
            if report.changed or stopped:
                yield report
            stopped = False


class _Keeper:
    """Holds the tables that a build takes most of its time to load, as long as the ontology is the same."""

    def __init__(self, folder: str | Path | None, segmenter: str) -> None:
        self._folder = folder
        self._segmenter = segmenter
        self._ontology: Ontology | None = None
        self._kept: Extractor | None = None

    def ontology(self) -> Ontology:
        """The ontology as its files are now; KgError for a slip in them."""
        if self._ontology is None or self._folder is not None and Ontology.load(self._folder).fingerprint != self._ontology.fingerprint:
            loaded = Ontology.load(self._folder)
            self._ontology, self._kept = loaded, extractor(loaded, self._segmenter)
        return self._ontology
