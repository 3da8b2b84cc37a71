"""What is known about a thing: its names, and each fact with the sentence, the file and the place that say it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg.ask.lookup import Thing, describe, find_things, names_of, responsible, things_like
from kg.ask.results import Plain, plain_rows
from kg.graph.vocabulary import KGR, PREFIXES
from kg.ontology import KGO

if TYPE_CHECKING:
    from pyoxigraph import Store


@dataclass(frozen=True)
class Evidence:
    """Where a fact is read: `start` and `end` count code points in the text of the document `source`."""

    sentence: str
    sentence_start: int | None  # of the sentence in the same text
    quote: str
    source: str
    start: int | None
    end: int | None
    rule: str
    confidence: float
    basis: str  # text, authority (known from a table), or what corrections say
    clues: tuple[str, ...] = ()  # of a figure: what its confidence rests on besides the rule
    reported: str = ""  # the date of the document


@dataclass(frozen=True)
class Fact:
    """A relation or attribute. `outgoing`: the thing explained is its subject; `other` is the far end, if it is a thing."""

    predicate: str
    outgoing: bool
    other: Thing | None
    value: str
    date: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Figure:
    """One statement of one figure about a thing; `value` is scaled, `quoted` as the text writes it."""

    indicator: str
    kind: str
    bound: str
    value: Plain
    unit: str
    quoted: str
    period: str
    base: str  # what a growth or change is measured against, folded; "" if nothing is named
    scope: str  # what a rank is within
    responsible: tuple[str, ...]  # who answers for a target
    evidence: Evidence


@dataclass(frozen=True)
class Decided:
    """What somebody decided by hand about two names, one of which the thing has: `how` is name, same or different."""

    how: str
    written: str  # folded, as is `other`
    other: str
    author: str
    date: str


@dataclass(frozen=True)
class Reference:
    """A place where a text means the thing by a short form or description, and from which mention that takes its meaning."""

    quote: str
    rule: str
    antecedent: str  # as the text writes it
    distance: int  # sentences from there: 0 in the same one, 1 in the one before, -1 in the one behind
    sentence: str
    source: str
    start: int
    end: int


@dataclass(frozen=True)
class Explanation:
    """All that a graph knows of one thing."""

    thing: Thing
    names: tuple[str, ...]  # in full, as texts write them
    short_forms: tuple[str, ...]
    properties: dict[str, tuple[str, ...]]  # code, scope
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    mentions: int  # sentences that name it
    documents: tuple[str, ...]  # in which it is named
    decisions: tuple[Decided, ...] = ()  # by hand, that made it what it is
    references: tuple[Reference, ...] = ()  # in the order of the documents' ids and texts
    measured: int = 0  # figures of it, if it is an indicator

    def __repr__(self) -> str:
        return f"<Explanation of {self.thing.name} ({self.thing.type}): {len(self.facts)} facts, {len(self.figures)} figures, {self.mentions} sentences>"

    def as_data(self) -> dict[str, Any]:
        """For JSON: all fields by their names."""
        return asdict(self)


def explain(store: Store, name: str, min_confidence: float = 0.0) -> list[Explanation]:
    """What is known about each thing called `name` (in either script; a code or IRI will do); [] if there is none."""
    return [explain_thing(store, thing, min_confidence) for thing in find_things(store, name)]


def similar(store: Store, name: str) -> list[Thing]:
    """Things whose name contains `name`, is contained in it or is much like it: to be offered when nothing has that name."""
    return things_like(store, name, limit=10)


def explain_thing(store: Store, thing: Thing, min_confidence: float = 0.0) -> Explanation:
    """What is known about one thing; facts and figures that are less sure than `min_confidence` are left out."""
    from kg.graph.decisions import decisions_about

    node = f"<{thing.iri}>"
    rows = plain_rows(store, f"SELECT ?p ?v WHERE {{ {node} ?p ?v }}")
    values: dict[str, set[str]] = {}
    for predicate, value in rows:
        values.setdefault(str(predicate), set()).add(str(value))
    full = names_of(store, thing.iri)
    short = sorted(values.get(PREFIXES["skos"] + "altLabel", set()) - set(full))
    mentioned = plain_rows(
        store,
        f"""SELECT ?source (COUNT(DISTINCT ?t) AS ?n) WHERE {{
            {node} kgo:mentionedIn ?t . ?t dcterms:isPartOf/dcterms:identifier ?source }} GROUP BY ?source ORDER BY ?source""",
    )
    documents = tuple(str(source) for source, _ in mentioned)
    decisions = decisions_about(store, thing.iri, documents)
    return Explanation(
        thing=thing,
        names=tuple(full),
        short_forms=tuple(short),
        properties={name: tuple(sorted(values[KGO + name])) for name in ("code", "scope") if KGO + name in values},
        facts=_facts(store, node, min_confidence),
        figures=_figures(store, node, min_confidence),
        mentions=sum(int(str(count)) for _, count in mentioned),
        documents=documents,
        decisions=tuple(Decided(d.decides, d.written, d.other, d.author, d.date) for d in decisions),
        references=_references(store, node),
        measured=_measured(store, node, min_confidence) if thing.type == "Indicator" else 0,
    )


def _measured(store: Store, node: str, min_confidence: float) -> int:
    """How many figures an indicator has."""
    ((count,),) = plain_rows(
        store, f"SELECT (COUNT(?figure) AS ?figures) WHERE {{ ?figure kgo:indicator {node} ; kgo:confidence ?sure FILTER(?sure >= {min_confidence}) }}"
    )
    return int(str(count))


def _references(store: Store, node: str) -> tuple[Reference, ...]:
    rows = plain_rows(
        store,
        f"""SELECT ?quote ?rule ?antecedent ?distance ?sentence ?source ?start ?end WHERE {{
            ?r kgo:refersTo {node} ; kgo:quote ?quote ; kgo:rule ?rule ; kgo:antecedent ?antecedent ; kgo:distance ?distance ;
               kgo:start ?start ; kgo:end ?end ; prov:wasDerivedFrom ?t . ?t kgo:text ?sentence ; dcterms:isPartOf/dcterms:identifier ?source }}""",
    )
    found = [
        Reference(as_text(quote), _rule(rule), as_text(antecedent), int(as_text(distance)), as_text(sentence), as_text(source), int(as_text(start)), int(as_text(end)))
        for quote, rule, antecedent, distance, sentence, source, start, end in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.source, one.start, one.rule)))


# What must be there first, then one pattern in each OPTIONAL: several in one, and what is joined behind an OPTIONAL, are looked up over the
# whole store (6 s a query for 200 documents, 0.05 s so).
EVIDENCE = """?f kgo:rule ?rule ; kgo:confidence ?confidence .
    OPTIONAL { ?f kgo:start ?start } OPTIONAL { ?f kgo:end ?end } OPTIONAL { ?f kgo:quote ?quote }
    OPTIONAL { ?f prov:wasDerivedFrom ?t OPTIONAL { ?t kgo:text ?sentence } OPTIONAL { ?t kgo:start ?from }
               OPTIONAL { ?t dcterms:isPartOf ?document OPTIONAL { ?document dcterms:identifier ?source }
               OPTIONAL { ?document dcterms:date ?reported } } }
    OPTIONAL { ?f kgo:basis ?basis } OPTIONAL { ?f kgo:clues ?clues }"""
EVIDENCE_COLUMNS = "?sentence ?from ?quote ?source ?start ?end ?rule ?confidence ?basis ?clues ?reported"


def evidence_of(row: tuple[Plain, ...]) -> Evidence:
    sentence, begin, quote, source, start, end, rule, confidence, basis, clues, reported = row
    return Evidence(
        sentence=as_text(sentence),
        sentence_start=begin if isinstance(begin, int) else None,
        quote=as_text(quote),
        source=as_text(source),
        start=start if isinstance(start, int) else None,
        end=end if isinstance(end, int) else None,
        rule=_rule(rule),
        confidence=float(str(confidence)),
        basis=as_text(basis) or "text",
        clues=tuple(as_text(clues).split()),
        reported=as_text(reported),
    )


def _rule(iri: Plain) -> str:
    return as_text(iri).rpartition("/")[2].removeprefix("rule-")


def as_text(value: Plain) -> str:
    """A plain value in words; "" for none."""
    return "" if value is None else str(value)


def _facts(store: Store, node: str, least: float) -> tuple[Fact, ...]:
    found: dict[tuple[str, bool, str, str, str], set[Evidence]] = {}
    for outgoing in (True, False):
        near, far = ("subject", "object") if outgoing else ("object", "subject")
        rows = plain_rows(
            store,
            f"""SELECT DISTINCT ?p ?other ?value ?date {EVIDENCE_COLUMNS} WHERE {{
                ?f rdf:{near} {node} ; rdf:predicate|kgo:refutes ?p . {EVIDENCE}
                OPTIONAL {{ ?f rdf:{far} ?other }} OPTIONAL {{ ?f kgo:value ?value }} OPTIONAL {{ ?f kgo:date ?date }}
                FILTER(?confidence >= {least:.6f}) }}""",
        )
        for predicate, other, value, date, *evidence in rows:
            key = (as_text(predicate).removeprefix(KGO), outgoing, as_text(other), as_text(value), as_text(date))
            found.setdefault(key, set()).add(evidence_of(tuple(evidence)))
    facts = []
    for (predicate, outgoing, other, value, date), evidence_ in found.items():
        thing = describe(store, other) if other.startswith(KGR) else None
        literal = value if thing or value else other.removeprefix(KGO).removeprefix("status-")
        ordered = tuple(sorted(evidence_, key=lambda e: (e.source, e.start or 0, e.rule, e.quote)))
        facts.append(Fact(predicate, outgoing, thing, literal, date, ordered))
    facts.sort(key=lambda f: (f.other or Thing("", "", ""), f.value, f.date))
    facts.sort(key=_told, reverse=True)
    return tuple(sorted(facts, key=lambda f: (not f.outgoing, f.predicate)))


def _told(fact: Fact) -> str:
    """When a stage of a project was last told: what it is at now stands before what it was at. "" of what is no stage."""
    return "" if fact.other or fact.predicate != "hasStatus" else max(fact.date, *(one.reported for one in fact.evidence))


def _figures(store: Store, node: str, least: float) -> tuple[Figure, ...]:
    rows = plain_rows(
        store,
        f"""SELECT DISTINCT ?indicator ?kind ?bound ?amount ?unit ?quoted ?period ?base ?scope ?f {EVIDENCE_COLUMNS} WHERE {{
            {{ ?f kgo:subject {node} ; kgo:indicatorText ?indicator }}
            UNION {{ ?f a kgo:RefutedObservation ; rdf:subject {node} ; kgo:written ?indicator }}
            ?f kgo:kind ?kind ; kgo:value ?amount . {EVIDENCE}
            OPTIONAL {{ ?f kgo:bound ?bound }} OPTIONAL {{ ?f kgo:unit ?unit }} OPTIONAL {{ ?f kgo:quoted ?quoted }}
            OPTIONAL {{ ?f kgo:period ?period }} OPTIONAL {{ ?f kgo:base ?base }} OPTIONAL {{ ?f kgo:rankScope ?scope }}
            FILTER(?confidence >= {least:.6f}) }}""",
    )
    figures = []
    for indicator, kind, bound, value, unit, quoted, period, base, scope, figure, *evidence in rows:
        figures.append(
            Figure(
                indicator=as_text(indicator),
                kind=as_text(kind).removeprefix(KGO + "kind-"),
                bound=as_text(bound).removeprefix(KGO + "bound-"),
                value=value,
                unit=describe(store, as_text(unit)).name if unit else "",
                quoted=as_text(quoted),
                period=as_text(period),
                base=as_text(base),
                scope=as_text(scope),
                responsible=tuple(who.name for who in responsible(store, as_text(figure)).get(as_text(figure), ())) if as_text(kind) == f"{KGO}kind-target" else (),
                evidence=evidence_of(tuple(evidence)),
            )
        )
    return tuple(sorted(figures, key=lambda f: (f.indicator, f.period, f.kind, f.evidence.source, f.evidence.start or 0)))
