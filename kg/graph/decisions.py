"""Which corrections and decisions by hand find nothing in a graph: most often a name with a slip, or a file that was renamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg.extract.assemble import key_of
from kg.extract.corrections import Correction, read_corrections
from kg.extract.identity import Decision, read_authority
from kg.graph.vocabulary import DCTERMS, KGO, RDF, RDFS, SKOS
from kg.ontology import Ontology
from kg.text.fold import fold

_NAMES = (NamedNode(f"{SKOS}prefLabel"), NamedNode(f"{RDFS}label"), NamedNode(f"{SKOS}altLabel"))
_IDENTIFIER, _BASIS = NamedNode(f"{DCTERMS}identifier"), NamedNode(f"{KGO}basis")
_TYPE, _SUBJECT = (NamedNode(f"{RDF}{name}") for name in ("type", "subject"))
_REFUTES = NamedNode(f"{KGO}refutes")


def decided(ontology: Ontology) -> list[Correction | Decision]:
    """All that was decided by hand; KgError with file and line for what is faulty."""
    return [*read_corrections(ontology), *read_authority(ontology)]


def idle(store: Store, made: Iterable[Correction | Decision]) -> list[str]:
    """A line with file and place for each of `made` that finds nothing in `store`.

    What a document cannot be given (`missing`) is in the notes of its file; here only if the document is not in the graph.
    """
    unfound = ((one, _unfound(store, one) if isinstance(one, Correction) else _unknown(store, one)) for one in made)
    return [f"{one.place[0]}:{one.place[1]}: finds nothing: {why}" for one, why in unfound if why]


def _unfound(store: Store, correction: Correction) -> str:
    """Why a correction changes nothing; "" if it changes something."""
    says = correction.says
    document = says.get("document")
    if document is not None and not any(store.quads_for_pattern(None, _IDENTIFIER, Literal(document), None)):
        return f"no document is {document}"
    if correction.kind == "wrong" and key_of(fold(says["subject"])) not in _refuted(store, correction):
        return f"no fact says {says['subject']} {says['predicate']} {says.get('object', says.get('value', ''))}".rstrip()
    if correction.kind == "name":
        written, meant = (key_of(fold(says[part])) for part in ("written", "is"))
        if written not in _names(store, meant, says["type"]):
            return f"no {says['type']} is written {says['written']}"
    return ""


def _refuted(store: Store, correction: Correction) -> set[str]:
    """The names of the subjects of all statements that a correction refutes."""
    predicate = NamedNode(KGO + correction.says["predicate"])
    found: set[str] = set()
    for quad in store.quads_for_pattern(None, _BASIS, Literal(correction.refutes), None):
        if any(store.quads_for_pattern(quad.subject, _REFUTES, predicate, None)):
            for subject in store.quads_for_pattern(quad.subject, _SUBJECT, None, None):
                found.update(_names_of(store, subject.object))
    return found


def _unknown(store: Store, row: Decision) -> str:
    """Why a row of `authority.csv` decides nothing; "" if it decides something."""
    there = _names(store, row.name, row.type) | _names(store, row.other, row.type)
    return "" if row.name in there else f"no {row.type} is called {row.name}"


def _names(store: Store, key: str, type_: str) -> set[str]:
    """All names, folded, of the things of a class whose canonical name is `key`."""
    found: set[str] = set()
    for quad in store.quads_for_pattern(None, _NAMES[0], Literal(key, language="zh-hans"), DefaultGraph()):
        if any(store.quads_for_pattern(quad.subject, _TYPE, NamedNode(KGO + type_), DefaultGraph())):
            found.update(_names_of(store, quad.subject))
    return found


def _names_of(store: Store, thing: object) -> Iterator[str]:
    for predicate in _NAMES:
        for quad in store.quads_for_pattern(thing, predicate, None, DefaultGraph()):  # type: ignore[arg-type]
            yield key_of(fold(quad.object.value))  # type: ignore[union-attr]
