"""What the handlers of requests share: settings, the pool of workers, the library, the terms of the ontology."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.ask.questions import Question, load_questions
from kg.graph.vocabulary import KGO, KGR
from kg.ontology import Ontology
from kg.serve.library import Edition, Library
from kg.serve.pool import Pool
from kg.serve.ranking import PLACED
from kg.view.model import type_styles
from kg.view.terms import label_of, term_labels

if TYPE_CHECKING:
    from kg.serve.guard import Access


@dataclass(frozen=True)
class Context:
    """One server's state; the ontology is read when it is first asked for."""

    graph: Path
    access: Access
    pool: Pool
    library: Library
    ontology_folder: Path | None = None

    @cached_property
    def ontology(self) -> Ontology:
        """The shipped ontology, with the user's own on top."""
        return Ontology.load(self.ontology_folder)

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """Names of classes and relations by language, as this program ships them."""
        from pyoxigraph import RdfFormat, parse

        files = self.ontology.files("", ".ttl")
        return term_labels(*(parse(path=str(file), format=RdfFormat.TURTLE) for file in files))

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The named questions by id."""
        return load_questions(self.ontology)


def about(context: Context, edition: Edition) -> dict[str, Any]:
    """What the explorer has to know of a graph before it draws anything."""
    index = edition.index
    labels = {**context.labels, **index.labels}
    return {
        "title": "",
        "types": type_styles(sorted(index.types), labels),
        "predicates": [{"id": name, "label": label_of(labels, name)} for name in sorted(index.predicates)],
        "totals": {**index.totals, "left_out": 0},
        "notes": [],
        "focus": None,
        "base": KGR,
        "vocabulary": KGO,
        "carried": index.totals["things"],
        "most": PLACED,
        "facts": index.totals["facts"],
        "figures": index.totals["figures"],
        "generation": edition.name,
        "fold": {},
        "central": [
            {"type": kind, "total": index.types[kind], "things": list(index.things(ranks).values())}
            for kind, ranks in sorted(index.central.items())
        ],
    }
