"""How classes and relations are called in the languages of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kg.graph.vocabulary import ONTOLOGY_GRAPH, RDFS

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store


def ontology_quads(store: Store) -> Iterable[Quad]:
    """The labels in the ontology that a graph was built with, if it holds one."""
    from pyoxigraph import NamedNode

    return store.quads_for_pattern(None, NamedNode(RDFS + "label"), None, NamedNode(ONTOLOGY_GRAPH))


def term_labels(*sources: Iterable[Quad]) -> dict[str, dict[str, str]]:
    """Local name of a term → language → label; a later source wins."""
    from pyoxigraph import Literal, NamedNode

    labels: dict[str, dict[str, str]] = {}
    for source in sources:
        for quad in source:
            if quad.predicate.value != RDFS + "label" or not isinstance(quad.subject, NamedNode):
                continue
            if isinstance(quad.object, Literal):
                language = _page_language(quad.object.language or "en")
                labels.setdefault(local_name(quad.subject.value), {})[language] = quad.object.value
    return labels


def _page_language(tag: str) -> str:
    folded = tag.casefold()
    if not folded.startswith("zh"):
        return "en"
    return "zh-Hant" if any(mark in folded for mark in ("hant", "tw", "hk", "mo")) else "zh-Hans"


def local_name(iri: str) -> str:
    """What stands after the last # or /."""
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]


def label_of(labels: Mapping[str, Mapping[str, str]], name: str) -> dict[str, str]:
    """A label for every language of the page; a language without one borrows, at last the name itself."""
    own = labels.get(name, {})
    chinese = own.get("zh-Hans") or own.get("zh-Hant")
    return {
        "zh-Hans": own.get("zh-Hans") or chinese or own.get("en") or name,
        "zh-Hant": own.get("zh-Hant") or chinese or own.get("en") or name,
        "en": own.get("en") or name,
    }
