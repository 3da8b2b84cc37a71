"""All things of a graph and what links them, read in one pass and held in columns: what a selection is made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.graph.store import rows_of
from kg.graph.vocabulary import AREA, KGO, KGR

if TYPE_CHECKING:
    from pyoxigraph import Store

# Things are told from indicators, units and rules, which have labels too, by how their IRIs begin.
_THING_IRIS = (KGR + "e-", KGR + AREA)
AUTHORITY = "authority"  # the kgo:basis of what a reference table knows
_THINGS = "SELECT DISTINCT ?thing ?class ?key WHERE { ?thing skos:prefLabel ?key ; a ?class }"
_STATEMENTS = """SELECT ?statement ?s ?p ?o ?confidence ?date ?basis ?document WHERE {
  ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgo:statedIn ?document .
  OPTIONAL { ?statement kgo:confidence ?confidence }
  OPTIONAL { ?statement kgo:date ?date }
  OPTIONAL { ?statement kgo:basis ?basis }
}"""
_DOCUMENT_DATES = "SELECT ?document ?date WHERE { ?document a kgo:Document ; dcterms:date ?date }"


@dataclass(slots=True)
class Links:
    """Columns over things (index = thing) and over statements (index = statement), both in the order of their IRIs.

    `targets` is -1 where the object is no thing (a status, a document number). `dates` is the fact's own date, else
    that of the document that says it (`own_date` tells which), else ""; what is known from a table and not from the
    document has no date of its saying. A fact that states no confidence counts as certain. `reference` marks what a
    reference table knows: every document that names both things repeats it, here it stands once.
    """

    iris: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    statements: list[str] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    predicates: list[str] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    confidences: list[float] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    own_date: list[bool] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    reference: list[bool] = field(default_factory=list)


def read_links(store: Store) -> Links:
    """Every thing and every statement of the store. A statement about something that is no thing is left out."""
    links = Links()
    # A thing with two classes keeps the first by name, whatever order the store answers in.
    for iri, kind, key in sorted((r[0].value, r[1].value, r[2].value) for r in rows_of(store, _THINGS)):
        if iri not in links.index and iri.startswith(_THING_IRIS) and kind.startswith(KGO):
            links.index[iri] = len(links.iris)
            links.iris.append(iri)
            links.types.append(kind.removeprefix(KGO))
            links.keys.append(key)
    document_dates = {row[0].value: row[1].value for row in rows_of(store, _DOCUMENT_DATES)}
    rows = []
    for statement, s, p, o, confidence, date, basis, document in rows_of(store, _STATEMENTS):
        if s.value in links.index:
            sure = float(confidence.value) if confidence is not None else 1.0
            own = date.value if date else ""
            said = "" if basis is not None and basis.value != "text" else document_dates.get(document.value, "")
            known = basis is not None and basis.value == AUTHORITY
            rows.append((statement.value, s.value, p.value, o.value, sure, own, said, document.value, known))
    rows.sort()
    seen: set[tuple[str, str, str]] = set()
    for statement, s, p, o, sure, own, said, document, known in rows:
        if known:
            if (s, p, o) in seen:
                continue
            seen.add((s, p, o))
        links.statements.append(statement)
        links.sources.append(links.index[s])
        links.predicates.append(p.removeprefix(KGO))
        links.targets.append(links.index.get(o, -1))
        links.objects.append(o)
        links.confidences.append(sure)
        links.own_date.append(bool(own))
        links.dates.append(own or said)
        links.documents.append(document)
        links.reference.append(known)
    return links
