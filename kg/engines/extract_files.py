"""Facts of many files as JSON files; what `kg extract` does."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.engines.chunks import Chunk
from kg.engines.local import run_files
from kg.errors import KgError, program_fault
from kg.extract.fault import Fault
from kg.ontology import Ontology
from kg.whole_file import whole_file

if TYPE_CHECKING:
    from kg.extract.extractor import Extractor
    from kg.model import Facts
    from kg.read import ReadOptions, SourceFile
    from kg.read.documents import Reading

# Of a file (Document.id, Document.stem, JSON) of each document, the records refused, and the corrections that fit none of them; or why it has none.
Outcome = tuple[list[tuple[str, str, bytes]], Sequence[KgError], list[KgError]] | KgError
_LONGEST = 240  # bytes of a file name; file systems take 255
_UNSAFE = re.compile(r'[/\\:*?"<>|#\x00-\x1f\x7f]+')


@dataclass
class ExtractReport:
    """`written`: Document.id → file. `skipped`: why a file gave nothing. `refused`: records of files that gave something. `renamed`: ids whose file has a longer name. `notes`: of options without effect, and of corrections that the documents cannot be given."""

    written: dict[str, Path] = field(default_factory=dict)
    skipped: list[KgError] = field(default_factory=list)
    refused: list[KgError] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def extract_files(
    paths: Iterable[str | Path],
    output: str | Path,
    options: ReadOptions,
    *,
    ontology: Ontology,
    segmenter: str = "rjieba",
    jobs: int | None = None,
    min_confidence: float = 0.0,
    progress: Callable[[int, int], None] | None = None,
) -> ExtractReport:
    """Write `<stem>.json` for each document into `output`, which is made if need be.

    Where two documents have the same stem, the first by id keeps it, the others are named after their whole id.
    A file that cannot be read, or a record of it, or with which the program fails, is reported, not raised; KgError if there is none to read. Facts that are less sure than `min_confidence` are left out.
    """
    from kg.read import find_some, idle_columns, with_noise_of

    sources = find_some(paths)
    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KgError(f"cannot be made: {error.strerror}", file=folder) from error
    options = with_noise_of(options, ontology)
    idle = idle_columns(options, (source.path for source in sources))
    report, taken = ExtractReport(notes=[idle] if idle else []), set[str]()
    work = _Extracting(ontology, segmenter, options, min_confidence)
    for done, outcome in enumerate(run_files(sources, work, jobs), 1):
        if isinstance(outcome, KgError):
            report.skipped.append(outcome)
        else:
            documents, refused, unfit = outcome
            report.refused += refused
            report.notes += map(str, unfit)
            for identifier, stem, content in documents:
                name = stem
                # Names that differ in case alone are one file on some systems.
                if name.casefold() in taken:
                    name = _UNSAFE.sub("_", identifier)
                    report.renamed.append(identifier)
                if len(name.encode()) > _LONGEST or name.casefold() in taken:  # y_a.txt and y/a.txt
                    name = f"{name[:60]}-{hashlib.sha256(identifier.encode('utf-8', 'replace')).hexdigest()[:12]}"
                taken.add(name.casefold())
                report.written[identifier] = _write(folder / f"{name}.json", content)
        if progress:
            progress(done, len(sources))
    return report


def sure_enough(facts: Facts, least: float) -> Facts:
    """The facts without relations, figures and attributes that are less sure; all entities."""
    return replace(
        facts,
        relations=tuple(one for one in facts.relations if one.confidence >= least),
        observations=tuple(one for one in facts.observations if one.confidence >= least),
        attributes=tuple(one for one in facts.attributes if one.confidence >= least),
    )


def _write(path: Path, content: bytes) -> Path:
    with whole_file(path) as stream:
        stream.write(content)
    return path


@dataclass(frozen=True)
class _Extracting:
    """What is done with the files."""

    ontology: Ontology
    segmenter: str
    options: ReadOptions
    least: float

    def worker(self, *, many: bool) -> Callable[[Chunk], list[Outcome]]:
        from kg.engines.worker import extractor

        made = extractor(self.ontology, self.segmenter)
        if many:
            made.compile_all()
        return partial(self._extract, made)

    def lost(self, _source: SourceFile, error: KgError) -> Outcome:
        return error

    def _extract(self, extractor: Extractor, sources: Chunk) -> list[Outcome]:
        """What each file gives; the documents of all are read side by side."""
        read = [self._reading(source) for source in sources]
        made = extractor.try_all(document for reading in read if not isinstance(reading, KgError) for document in reading.documents)
        return [reading if isinstance(reading, KgError) else self._as_json(extractor, reading, made) for reading in read]

    def _reading(self, source: SourceFile) -> Reading | KgError:
        from kg.read import read_file

        try:
            return read_file(source, self.options)
        except KgError as error:
            return error
        except Exception as error:  # noqa: BLE001 - the border of a file: those beside it are read on
            return program_fault(error, source.path)

    def _as_json(self, extractor: Extractor, reading: Reading, made: Iterator[Facts | Fault]) -> Outcome:
        import json

        from kg.extract.facts_json import to_json

        written, unfit = [], []
        for document, facts in [(document, next(made)) for document in reading.documents]:  # all are taken, whichever fails
            if isinstance(facts, Fault):
                return program_fault(facts.error, document.id)
            unfit += extractor.corrections.unfit(document, facts)
            data = to_json(document, sure_enough(facts, self.least))
            # A lone surrogate from a broken file cannot be written as UTF-8.
            text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
            written.append((document.id, document.stem, text.encode("utf-8", "replace")))
        return written, reading.refused, unfit
