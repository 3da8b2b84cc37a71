"""Whether a graph still says what its texts say: quotes against texts, rules against the ontology, files against hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.graph.layout import evidence
from kg.graph.literals import as_stored
from kg.graph.vocabulary import KGO, RDF, RULES_GRAPH, document_iri

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.graph.store import GraphView

_WANTED = tuple(KGO + name for name in ("quote", "text", "start", "end", "rule"))


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: in which document, at which node ("" where it is the whole document), and what."""

    document: str
    node: str
    what: str


@dataclass(frozen=True)
class VerifyReport:
    """What was checked and what was found. `changed` and `missing` are files, as the graph knows them."""

    documents: int
    quotes: int
    files: int
    problems: tuple[Problem, ...] = ()
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the graph is sound in itself; a source that changed since is no fault of the graph."""
        return not self.problems


def verify(
    view: GraphView, *, documents: Sequence[str] | None = None, sources: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> VerifyReport:  # fmt: skip
    """Check every quote and sentence of `documents` (ids; default all) against the text at its offsets, and that each
    rule named is one that the graph knows; with `sources` also whether the files are still as they were read."""
    ids = [document.id for document in view.documents()] if documents is None else list(documents)
    rules = known_rules(view.store)
    problems: list[Problem] = []
    quotes = 0
    for done, document in enumerate(ids, 1):
        try:
            text = view.source_text(document)
        except KgError as error:
            problems.append(Problem(document, "", error.message))
            continue
        number, found = check_quotes(view.store, document, text, rules)
        quotes += number
        problems += found
        if progress:
            progress(done, len(ids))
    changed, missing = check_files(view) if sources else ((), ())
    return VerifyReport(len(ids), quotes, len(view.manifest.files) if sources else 0, tuple(problems), changed, missing)


def known_rules(store: Store) -> set[str]:
    """IRIs of the rules of the ontology with which the graph was built."""
    from pyoxigraph import NamedNode

    quads = store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(KGO + "Rule"), NamedNode(RULES_GRAPH))
    return {str(quad.subject)[1:-1] for quad in quads}


def check_quotes(store: Store, document: str, text: str, rules: Iterable[str]) -> tuple[int, list[Problem]]:
    """How many quotes and sentences of a document were compared with `text`, and what was wrong, sorted by node."""
    nodes: dict[str, dict[str, str]] = {}
    for quad in evidence(store, document_iri(document)):
        if quad.predicate.value in _WANTED:
            nodes.setdefault(str(quad.subject)[1:-1], {})[quad.predicate.value] = _value(quad.object)
    known = set(rules)
    problems = []
    checked = 0
    for node, has in sorted(nodes.items()):
        rule = has.get(KGO + "rule")
        if rule is not None and rule not in known:
            problems.append(
                Problem(document, node, f"names the rule {rule.rpartition('rule-')[2]}, which there is not")
            )
        written = has.get(KGO + "quote", has.get(KGO + "text"))
        if written is None:
            continue
        checked += 1
        start, end = int(has.get(KGO + "start", -1)), int(has.get(KGO + "end", -1))
        if not 0 <= start <= end <= len(text):
            problems.append(
                Problem(document, node, f"has offsets {start} to {end} in a text of {len(text)} characters")
            )
        elif as_stored(text[start:end]) != written:
            problems.append(Problem(document, node, f"quotes {written!r}, but the text has {text[start:end]!r}"))
    return checked, problems


def _value(term: object) -> str:
    value: str = getattr(term, "value", "")
    return value


def check_files(view: GraphView) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files that have other bytes than when they were read, and those that are no longer there."""
    changed, missing = [], []
    for record in view.manifest.files:
        try:
            with open(record.path, "rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != record.sha256:
                    changed.append(record.path)
        except (OSError, ValueError):
            missing.append(record.path)
    return tuple(changed), tuple(missing)


def sample(ids: Sequence[str], size: int) -> list[str]:
    """At most `size` of `ids`, spread evenly, the same each time."""
    if len(ids) <= size:
        return list(ids)
    return [ids[i * len(ids) // size] for i in range(size)]
