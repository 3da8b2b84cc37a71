"""What was decided by hand and a graph: which decisions are about a thing, and which find nothing (most often a name with
a slip, or a file that was renamed)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg.extract.coreference.identity import Decision, read_authority
from kg.extract.corrections.correction_file import Correction, read_corrections
from kg.extract.corrections.figure_corrections import StatedFigure
from kg.extract.names.assemble import key_of
from kg.graph.store import rows_of, texts_of
from kg.graph.vocabulary import DCTERMS, KGO, RDF, RDFS, SKOS, indicator_iri
from kg.ontology import Ontology
from kg.text.fold import fold

_NAMES = (NamedNode(f"{SKOS}prefLabel"), NamedNode(f"{RDFS}label"), NamedNode(f"{SKOS}altLabel"))
_IDENTIFIER, _SPATIAL, _BASIS = NamedNode(f"{DCTERMS}identifier"), NamedNode(f"{DCTERMS}spatial"), NamedNode(f"{KGO}basis")
_TYPE, _SUBJECT = (NamedNode(f"{RDF}{name}") for name in ("type", "subject"))
_MENTIONED, _TEXT = (NamedNode(f"{KGO}{name}") for name in ("mentionedIn", "text"))
_REFUTES = NamedNode(f"{KGO}refutes")


def decided(ontology: Ontology) -> list[Correction | Decision]:
    """All that was decided by hand; KgError with file and line for what is faulty."""
    return [*read_corrections(ontology), *read_authority(ontology)]


class AboutName(NamedTuple):
    """A decision about two names of a class: `decides` is name (`written` is called `other`), same or different.

    The names are folded; `document` is the id of the only one that is meant, or "".
    """

    decides: str
    type: str
    written: str
    other: str
    author: str
    date: str
    document: str = ""


def about_names(ontology: Ontology) -> list[AboutName]:
    """The `name` corrections and the rows of `authority.csv`, in their order."""
    found = []
    for one in decided(ontology):
        if isinstance(one, Decision):
            found.append(AboutName(one.decision, one.type, one.name, one.other, one.author, one.date))
        elif one.kind == "name":
            written, meant = (key_of(fold(one.says[part])) for part in ("written", "is"))
            found.append(AboutName("name", one.says["type"], written, meant, one.author, one.date, one.says.get("document", "")))
    return found


def said_different(store: Store) -> frozenset[tuple[str, str, str]]:
    """Class and two names of each pair that a row of `authority.csv` keeps apart, as `store` knows them."""
    rows = rows_of(
        store,
        "SELECT ?class ?written ?other WHERE { ?d kgo:decides 'different' ; kgo:decidedClass ?class ; kgo:written ?written ; kgo:other ?other }",
    )
    return frozenset((class_.value.removeprefix(KGO), written.value, other.value) for class_, written, other in rows)


def decisions_about(store: Store, thing: str, documents: Collection[str]) -> list[AboutName]:
    """The decisions that `store` keeps and that made the thing of that IRI what it is; it is named in `documents`."""
    answer = texts_of(
        store,
        """SELECT ?decides ?class ?written ?other ?author ?date ?document WHERE {
             ?d a kgo:Decision ; kgo:decides ?decides ; kgo:decidedClass ?class ; kgo:written ?written ; kgo:other ?other ;
                dcterms:creator ?author ; dcterms:date ?date . OPTIONAL { ?d dcterms:source ?document } }""",
    )
    kept = [AboutName(*row) for row in answer]
    if not kept:
        return []
    node = NamedNode(thing)
    classes = {quad.object.value for quad in store.quads_for_pattern(node, _TYPE, None, DefaultGraph())}  # type: ignore[union-attr]
    names = set(compared_names(store, node))
    keys = {quad.object.value for quad in store.quads_for_pattern(node, _NAMES[0], None, DefaultGraph())}  # type: ignore[union-attr]
    own = [one for one in kept if one.type in classes and one.document in ("", *documents)]
    if chained := {one.written: one.other for one in own if one.decides == "same" and one.written != one.other}:
        # Where a is b and b is c, the thing called c is written a, and b may stand nowhere.
        for name in list(names):
            way = [name]
            while (further := chained.get(way[-1])) is not None and further not in way:
                way.append(further)
            if way[-1] in keys:
                names.update(way)
    found = []
    for one in own:
        together = {one.written, one.other} <= names  # a row that was not needed is not told
        if one.decides == "name" and one.other in keys:
            together = together or _stands_where_named(store, node, one.written)
        apart = not together and (one.written in keys or one.other in keys)
        if apart if one.decides == "different" else together:
            found.append(one._replace(type=one.type.removeprefix(KGO)))
    return sorted(found)


def idle(store: Store, made: Iterable[Correction | Decision]) -> list[str]:
    """A line with file and place for each of `made` that finds nothing in `store`.

    What a document cannot be given (`missing`) is in the notes of its file; here only if the document is not in the graph.
    """
    made = list(made)
    called = {(row.type, row.name): row.other for row in made if isinstance(row, Decision) and row.decision == "same"}
    unfound = ((one, _unfound(store, one) if isinstance(one, Correction) else _unknown(store, one, called)) for one in made)
    return [f"{one.place[0]}:{one.place[1]}: finds nothing: {why}" for one, why in unfound if why]


def _unfound(store: Store, correction: Correction) -> str:
    """Why a correction changes nothing; "" if it changes something."""
    says = correction.says
    document = says.get("document")
    if document is not None and not any(store.quads_for_pattern(None, _IDENTIFIER, Literal(document), None)):
        return f"no document is {document}"
    if correction.figure is not None:
        return "" if correction.kind == "missing" or _refutes_a_figure(store, correction, correction.figure) else f"no such figure of {says['indicator']}"
    if correction.kind == "text" and "area" in says and not _is_of(store, says["document"], key_of(fold(says["area"]))):
        return f"{document} names no area {says['area']}, nor its own by 全市, 我县 and the like"
    if correction.kind == "wrong" and key_of(fold(says["subject"])) not in _refuted(store, correction):
        return f"no fact says {says['subject']} {says['predicate']} {says.get('object', says.get('value', ''))}".rstrip()
    if correction.kind == "name":
        written, meant = (key_of(fold(says[part])) for part in ("written", "is"))
        things = _called(store, meant, says["type"])
        if not any(written in compared_names(store, thing) or _stands_where_named(store, thing, written) for thing in things):
            return f"no {says['type']} is written {says['written']}"
    return ""


def _is_of(store: Store, document: str, area: str) -> bool:
    """Whether the document of that id is of an area of that name, as keys are written."""
    nodes = (quad.subject for quad in store.quads_for_pattern(None, _IDENTIFIER, Literal(document), DefaultGraph()))
    return any(area in compared_names(store, quad.object) for node in nodes for quad in store.quads_for_pattern(node, _SPATIAL, None, DefaultGraph()))


def _refuted(store: Store, correction: Correction) -> set[str]:
    """The names of the subjects of all statements that a correction refutes."""
    predicate = NamedNode(KGO + correction.says["predicate"])
    found: set[str] = set()
    for quad in store.quads_for_pattern(None, _BASIS, Literal(correction.refutes), None):
        if any(store.quads_for_pattern(quad.subject, _REFUTES, predicate, None)):
            for subject in store.quads_for_pattern(quad.subject, _SUBJECT, None, None):
                found.update(compared_names(store, subject.object))
    return found


def _refutes_a_figure(store: Store, correction: Correction, figure: StatedFigure) -> bool:
    rows = rows_of(
        store,
        f"""SELECT ?subject ?kind ?value ?unit ?period ?document ?sentence WHERE {{
              ?f kgo:basis {Literal(correction.refutes)} ; kgo:refutedIndicator <{indicator_iri(figure.indicator)}> ;
                 kgo:kind ?kind ; kgo:value ?value ; kgo:unit/skos:notation ?unit ; kgo:statedIn/dcterms:identifier ?document ;
                 prov:wasDerivedFrom/kgo:text ?sentence .
              OPTIONAL {{ ?f rdf:subject ?subject }} OPTIONAL {{ ?f kgo:period ?period }} }}""",
    )
    says = correction.says
    wanted, quote = key_of(fold(says.get("subject", ""))), fold(says.get("quote", ""))
    for subject, kind, value, unit, period, document, sentence in rows:
        if says.get("document", document.value) != document.value or quote not in fold(sentence.value):
            continue
        told = kind.value.removeprefix(f"{KGO}kind-"), Decimal(value.value), unit.value, period.value if period else ""
        if figure.may_be(*told) and (not wanted or subject is not None and wanted in compared_names(store, subject)):
            return True
    return False


def _unknown(store: Store, row: Decision, called: Mapping[tuple[str, str], str]) -> str:
    """Why a row of `authority.csv` decides nothing; "" if it decides something. `called` is what all rows of `same` say."""
    way = [row.name, row.other]
    while (further := called.get((row.type, way[-1]))) is not None and further not in way:
        way.append(further)  # a is b, and b is c: the thing is called c
    there = set().union(*(_names(store, key, row.type) for key in way))
    return "" if row.name in there else f"no {row.type} is called {row.name}"


def _names(store: Store, key: str, type_: str) -> set[str]:
    """All names, folded, of the things of a class whose canonical name is `key`."""
    return {name for thing in _called(store, key, type_) for name in compared_names(store, thing)}


def _called(store: Store, key: str, type_: str) -> Iterator[Any]:
    """The things of a class whose canonical name is `key`."""
    for quad in store.quads_for_pattern(None, _NAMES[0], Literal(key, language="zh-hans"), DefaultGraph()):
        if any(store.quads_for_pattern(quad.subject, _TYPE, NamedNode(KGO + type_), DefaultGraph())):
            yield quad.subject


def _stands_where_named(store: Store, thing: Any, written: str) -> bool:
    """Whether a sentence that names a thing has the words `written`, of which a correction took its name."""
    for named in store.quads_for_pattern(thing, _MENTIONED, None, DefaultGraph()):
        if any(written in key_of(fold(text.object.value)) for text in store.quads_for_pattern(named.object, _TEXT, None, DefaultGraph())):  # type: ignore[arg-type, union-attr]
            return True
    return False


def compared_names(store: Store, thing: object) -> Iterator[str]:
    """All names of a thing as they are compared: folded, without marks."""
    for predicate in _NAMES:
        for quad in store.quads_for_pattern(thing, predicate, None, DefaultGraph()):  # type: ignore[arg-type]
            yield key_of(fold(quad.object.value))  # type: ignore[union-attr]
