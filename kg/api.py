"""The Python API: `kg.build`, `kg.open` and `Graph`; `extract`, for facts without a graph."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.graph.vocabulary import PREFIXES
from kg.ontology import Ontology

if TYPE_CHECKING:
    import networkx
    import rdflib
    from pyoxigraph import Store

    from kg.ask.answers import Answer
    from kg.ask.explain import Explanation
    from kg.ask.figures import FigureRow
    from kg.ask.questions import Question
    from kg.ask.results import Results
    from kg.build import Notice, Progress
    from kg.graph.store import GraphView
    from kg.model import Document, Facts
    from kg.read import ReadOptions


_TOLD = 5  # files that a build leaves out, by their names


class Graph:
    """A graph folder opened for reading. It keeps the generation that it opened, whatever is built meanwhile."""

    def __init__(self, view: GraphView, ontology: Ontology) -> None:
        self.view = view
        self.ontology = ontology

    def __repr__(self) -> str:
        return f"<kg.Graph {str(self.view.folder)!r}, generation {self.view.generation}, documents: {len(self.view.documents())}>"

    @property
    def store(self) -> Store:
        """The Oxigraph store: one named graph for each document."""
        return self.view.store

    @property
    def dataset(self) -> rdflib.Dataset:
        """The graph as an `rdflib.Dataset` over the same store, with the usual prefixes bound."""
        return self.view.dataset

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The named questions by id."""
        from kg.ask.questions import load_questions

        return load_questions(self.ontology)

    def query(self, sparql: str, source: str | None = None) -> Results:
        """What a SPARQL query gives, over all documents together; KgError for bad syntax (`source` is named in it)."""
        from kg.ask.results import run

        return run(self.store, sparql, PREFIXES, source)

    def _question(self, question: str | Question) -> Question:
        from kg.ask.answers import pick_question

        return pick_question(self.questions, question) if isinstance(question, str) else question

    def ask(self, question: str | Question, values: dict[str, Any] | None = None, **more: Any) -> Answer:
        """The answer to a named question: `g.ask("projects-underway", area="錢塘區")`.

        A parameter (`min_confidence`, `from_`: as `--min-confidence`, `--from` of `kg ask`) takes one value or several. KgError for an
        unknown question, parameter or name.
        """
        from kg.ask.answers import answer

        return answer(self.store, self._question(question), _listed({**(values or {}), **more}))

    def bind(self, question: str | Question, values: dict[str, Any] | None = None, **more: Any) -> str:
        """The SPARQL that `ask` would run."""
        from kg.ask.answers import bind

        return bind(self.store, self._question(question), _listed({**(values or {}), **more}))[0]

    def explain(self, name: str, min_confidence: float = 0.0) -> list[Explanation]:
        """What is known about each thing with that name, in either script; [] if there is none."""
        from kg.ask.explain import explain

        return explain(self.store, name, min_confidence)

    def figures(
        self, *, subject: str | None = None, indicator: str | None = None, period: str | None = None, kind: str | None = None,
        level: str | None = None, min_confidence: float = 0.0,
    ) -> list[FigureRow]:  # fmt: skip
        """Figures as tidy rows, restricted as by `kg figures`: `pandas.DataFrame(g.figures(subject="錢塘區"))`.

        `kg.ask.figures` says what may be asked for. `value` is a Decimal, scaled: 1142.15億元 is 114215000000 of unit CNY. KgError if
        nothing has that name.
        """
        from kg.ask.figures import figures

        return figures(self.store, subject=subject, indicator=indicator, period=period, kind=kind, level=level, min_confidence=min_confidence)

    def to_networkx(self, min_confidence: float = 0.0) -> networkx.MultiDiGraph[str]:
        """Things as nodes, keyed by IRI, and statements as edges, keyed by theirs: `kg.graph.network` says what they carry."""
        from kg.graph.network import to_networkx

        return to_networkx(self.view, min_confidence=min_confidence)


def _listed(values: dict[str, Any]) -> dict[str, list[str]]:
    return {
        name: [str(one) for one in value] if isinstance(value, Iterable) and not isinstance(value, str) else [str(value)]
        for name, value in values.items()
        if value is not None
    }


def _ontology(folder: str | Path | Ontology | None) -> Ontology:
    if isinstance(folder, Ontology):  # loaded anew: its files may have been edited since, which nobody would be told
        own = folder.folders[1:]
        return Ontology.load(own[0] if own else None, alone=folder.alone)
    return Ontology.load(folder)


def open(graph: str | Path, ontology: Ontology | str | Path | None = None) -> Graph:
    """The live generation of a graph folder; KgError if there is none."""
    from kg.graph.store import open_graph

    return Graph(open_graph(graph), _ontology(ontology))


def build(
    paths: str | Path | Iterable[str | Path], output: str | Path, *, ontology: Ontology | str | Path | None = None, jobs: int | None = None,
    date: str | None = None, segmenter: str = "rjieba", options: ReadOptions | None = None, progress: Progress | None = None,
    notice: Notice | None = None, wait: bool = True,
) -> Graph:  # fmt: skip
    """Build a graph from files and folders, or bring it up to date, and open it.

    The options are those of `kg.build.build`, which returns a report: `jobs` processes (None: all processors, 1: this one), `date` of all
    documents (ISO), `options` for how files are read, `progress` and `notice` to be called meanwhile. Files and records that cannot be read,
    which are left out, and all that `kg build` would note are told as warnings; `graph.view.manifest` names the files. KgError for
    what stops the whole.
    """
    from kg.build import build as run
    from kg.graph.store import open_graph

    knowledge = _ontology(ontology)
    report = run(
        paths, output, ontology=knowledge, jobs=jobs, date=date, segmenter=segmenter, options=options, progress=progress, notice=notice, wait=wait
    )
    left_out = [f"left out: {KgError(one.reason, file=one.id, hint=one.hint)}" for one in report.skipped]
    left_out += [f"left out: {KgError(one.reason, file=path, line=one.line, hint=one.hint)}" for path, one in report.refused]
    more = [f"… and {len(left_out) - _TOLD} more (graph.view.manifest: skipped, and refused of its files)"] if len(left_out) > _TOLD else []
    for line in (*left_out[:_TOLD], *more, *report.problems, *report.notes):
        warnings.warn(line, stacklevel=3)  # of who calls `kg.build`
    return Graph(open_graph(output), knowledge)


def extract(
    paths: str | Path | Iterable[str | Path], *, ontology: Ontology | str | Path | None = None, segmenter: str = "rjieba", **options: Any
) -> Iterator[tuple[Document, Facts]]:
    """Each document of `paths` with its facts, in the order of their ids; KgError for the first file that cannot be read.
    Records that are broken are told as warnings.

    `paths` are files and folders; a text at hand goes by `kg.document_of(text)` and `kg.Extractor().extract`.
    `options` are those of `kg.read.ReadOptions` (date, split_heading, text_column …).
    """
    from kg.extract.extractor import Extractor
    from kg.read import ReadOptions, find, read_file, with_noise_of

    knowledge = _ontology(ontology)
    reading = with_noise_of(ReadOptions(**options), knowledge)
    extractor = Extractor(knowledge, segmenter)
    for source in find(paths):
        given = read_file(source, reading)
        for refused in given.refused:
            warnings.warn(f"left out: {refused}", stacklevel=2)
        yield from zip(given.documents, extractor.extract_all(given.documents))
