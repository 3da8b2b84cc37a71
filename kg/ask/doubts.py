"""The facts and figures that are least sure, least sure first: what a reader checks first.

Figures of nothing named come last: no question is answered by them.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg.ask.explain import EVIDENCE, EVIDENCE_COLUMNS, Evidence, as_text, evidence_of
from kg.ask.lookup import describe
from kg.ask.results import plain_rows
from kg.ask.wording import measured
from kg.errors import KgError
from kg.graph.vocabulary import KGO, KGR

if TYPE_CHECKING:
    from pyoxigraph import Store

FACTS, FIGURES = "facts", "figures"
_NAMES_UNIT = re.compile(r"[^\s\d.,，．０-９+＋—–~～-]")  # an amount that is no bare number
_CLASSES = {FACTS: "kgo:Statement", FIGURES: "qb:Observation"}


@dataclass(frozen=True)
class Doubt:
    """A fact or figure with its one place; `says` is the property or the indicator, `what` the object, value or amount, as they are shown."""

    subject: str  # "" of a figure of nothing named
    says: str
    what: str
    evidence: Evidence
    correction: dict[str, str]  # what a `wrong` of corrections.yaml says to mean it; "" says that it has no subject, or no period

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def least_sure(store: Store, limit: int = 50, *, of: str = "", relation: str = "") -> list[Doubt]:
    """The `limit` least sure of FACTS or FIGURES, or of both, by confidence, document and place, those of nothing named last; of one relation only, if given.

    KgError if no fact of the graph has that relation.
    """
    classes = [name for kind, name in _CLASSES.items() if of in ("", kind) and not (relation and kind == FIGURES)]
    of_relation = f"?f rdf:predicate <{KGO}{_known(store, relation)}> ." if relation else ""
    rows = plain_rows(
        store,
        f"""SELECT ?f ?class WHERE {{ VALUES ?class {{ {' '.join(classes)} }} ?f a ?class ; kgo:confidence ?confidence . {of_relation}
            OPTIONAL {{ ?f kgo:subject|rdf:subject ?s }} }} ORDER BY DESC(BOUND(?s)) ?confidence ?f LIMIT {limit}""",
    )
    statements = [iri for iri, class_ in rows if str(class_).startswith(KGO)]
    figures = [iri for iri, class_ in rows if not str(class_).startswith(KGO)]
    return sorted(
        [*_facts(store, statements), *_figures(store, figures)],
        key=lambda one: (not one.subject, one.evidence.confidence, one.evidence.source, one.evidence.start or 0, one.says, one.subject, one.what),
    )


def _known(store: Store, relation: str) -> str:
    rows = plain_rows(store, "SELECT DISTINCT ?p { ?f a kgo:Statement ; rdf:predicate ?p }")
    known = sorted(str(iri).removeprefix(KGO) for (iri,) in rows)
    if relation not in known:
        raise KgError(f"no fact of the graph has the relation {relation!r}", hint=f"there are {', '.join(known)}" if known else "it has no facts")
    return relation


def _facts(store: Store, iris: list[str]) -> list[Doubt]:
    rows = plain_rows(
        store,
        f"""SELECT DISTINCT ?f ?s ?p ?o ?value {EVIDENCE_COLUMNS} WHERE {{ VALUES ?f {{ {_nodes(iris)} }}
            ?f rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . {EVIDENCE} OPTIONAL {{ ?f kgo:value ?value }} }}""",
    )
    found = []
    for _, s, p, o, value, *place in rows:
        subject, relation, evidence = describe(store, s).name, str(p).removeprefix(KGO), evidence_of(tuple(place))
        if not evidence.source:
            continue  # a table says it, no text
        if str(o).startswith(KGR):
            end = {"object": describe(store, o).name} | ({"value": str(value)} if value else {})
        elif str(o).startswith(KGO):
            end = {"object": str(o).removeprefix(f"{KGO}status-")}
        else:
            end = {"value": str(o)}
        what = "  ".join(end.values())
        found.append(Doubt(subject, relation, what, evidence, {"document": evidence.source, "subject": subject, "predicate": relation, **end}))
    return found


def _figures(store: Store, iris: list[str]) -> list[Doubt]:
    rows = plain_rows(
        store,
        f"""SELECT DISTINCT ?f ?s ?indicator ?kind ?quoted ?value ?unit ?period {EVIDENCE_COLUMNS} WHERE {{ VALUES ?f {{ {_nodes(iris)} }}
            ?f kgo:indicatorText ?indicator ; kgo:kind ?kind ; kgo:value ?value ; kgo:unit/skos:notation ?unit . {EVIDENCE}
            OPTIONAL {{ ?f kgo:subject ?s }} OPTIONAL {{ ?f kgo:quoted ?quoted }} OPTIONAL {{ ?f kgo:period ?period }} }}""",
    )
    found = []
    for _, s, indicator, kind, quoted, value, unit, period, *place in rows:
        subject, evidence = describe(store, s).name if s else "", evidence_of(tuple(place))
        kind = str(kind).removeprefix(f"{KGO}kind-")
        amount = as_text(quoted)
        if not _NAMES_UNIT.search(amount):  # the head of its table names it
            amount = f"{amount} ({measured(value, str(unit))})"
        what = "  ".join(filter(None, (kind, amount.strip(), as_text(period))))
        means = {"document": evidence.source, "subject": subject, "indicator": str(indicator), "kind": kind, "value": str(value), "unit": str(unit), "period": as_text(period)}
        found.append(Doubt(subject, str(indicator), what, evidence, means))
    return found


def _nodes(iris: list[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)
