"""The quads of one document, as N-Quads text: for other programs (`nquads`), and as the store keeps them (`stored`).

Text from templates, loaded in bulk, is several times as fast as building terms one by one. Every literal goes through
`kg.graph.literals`, every IRI through `kg.graph.vocabulary`: nothing else of a document reaches the output, so that
nothing in it can add a statement of its choosing. The shape is described in docs/vocabulary.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kg.extract.names.mentions import CORRECTED, NAMES
from kg.graph.literals import chinese, confidence, day, day_or_text, decimal, integer, plain, simplified
from kg.graph.naming import PLAIN, Naming, folded
from kg.graph.vocabulary import (
    BOUNDS,
    DCTERMS,
    KGO,
    KGR,
    PROV,
    QB,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    digest,
    document_iri,
    entity_iri,
    indicator_iri,
    rule_iri,
    term_iri,
    unit_iri,
)
from kg.model import REFUTED, Antecedent, Attribute, Document, Entity, Facts, Mention, Observation, Relation
from kg.text.calendar_spans import period_days

_A = f"<{RDF}type>"
_SENTENCE, _STATEMENT, _OBSERVATION = f"<{KGO}Sentence>", f"<{KGO}Statement>", f"<{QB}Observation>"
_PREF, _LABEL, _ALT = f"<{SKOS}prefLabel>", f"<{RDFS}label>", f"<{SKOS}altLabel>"
_MENTIONED, _TEXT, _START, _END = f"<{KGO}mentionedIn>", f"<{KGO}text>", f"<{KGO}start>", f"<{KGO}end>"
_IS_PART_OF, _DERIVED, _QUOTE = f"<{DCTERMS}isPartOf>", f"<{PROV}wasDerivedFrom>", f"<{KGO}quote>"
_RULE, _CONFIDENCE, _BASIS = f"<{KGO}rule>", f"<{KGO}confidence>", f"<{KGO}basis>"
_SUBJECT, _PREDICATE, _OBJECT = f"<{RDF}subject>", f"<{RDF}predicate>", f"<{RDF}object>"
_REFUTED_STATEMENT, _REFUTES = f"<{KGO}RefutedStatement>", f"<{KGO}refutes>"
_REFERENCE, _REFERS_TO, _ANTECEDENT, _DISTANCE = (f"<{KGO}{name}>" for name in ("Reference", "refersTo", "antecedent", "distance"))
_REFUTED_OBSERVATION, _REFUTED_INDICATOR, _WRITTEN = f"<{KGO}RefutedObservation>", f"<{KGO}refutedIndicator>", f"<{KGO}written>"
_VALUE, _DATE, _STATED_IN = f"<{KGO}value>", f"<{KGO}date>", f"<{KGO}statedIn>"

_TOGETHER = 10_000  # lines that become bytes in one go: as text those of a long document take three times as much


class Stored(NamedTuple):
    """A document's N-Quads in the layout of `kg.graph.layout`, and how many triples they say."""

    quads: bytes
    triples: int


def nquads(document: Document, facts: Facts, naming: Naming = PLAIN) -> bytes:
    """All that `facts` say about `document`: sorted N-Quads lines in UTF-8, each once, in the document's own graph.

    Only sentences that hold a mention or a fact become nodes.
    """
    writer = _Writer(document, facts, naming)
    return _ended(sorted({*writer.plain, *writer.evidence}), f" {writer.iri} .\n")


def stored(document: Document, facts: Facts, naming: Naming = PLAIN) -> Stored:
    """The same triples as `nquads` gives, in no order that means anything: the evidence in the default graph, all else there and in the document's graph."""
    writer = _Writer(document, facts, naming)
    quads = _ended(writer.evidence, " .\n") + _in_both(writer.plain, writer.iri)
    return Stored(quads, len(writer.evidence) + len(writer.plain))


def _in_both(lines: Sequence[str], graph: str) -> bytes:
    return _ended(lines, " .\n") + _ended(lines, f" {graph} .\n")


def _ended(lines: Sequence[str], end: str) -> bytes:
    """The lines, each with that end, in UTF-8."""
    parts = (lines[at : at + _TOGETHER] for at in range(0, len(lines), _TOGETHER))
    return b"".join((end.join(part) + end).encode("utf-8") for part in parts)


class _Writer:
    """The triples of one document, as lines without their ends, each once: `evidence` is what can be of no other document (sentences,
    statements, figures, and what is mentioned where), `plain` is the rest."""

    def __init__(self, document: Document, facts: Facts, naming: Naming) -> None:
        self._document, self._facts, self._naming = document, facts, naming
        self.iri = f"<{document_iri(document.id)}>"
        self._plain: list[str] = []
        self._evidence: list[str] = []
        self._sentences: dict[int, str] = {}
        self._entities: dict[str, str] = {}
        self._indicators: dict[str, str] = {}
        self._units: dict[str, str] = {}
        self._write()
        self.plain, self.evidence = list(dict.fromkeys(self._plain)), list(dict.fromkeys(self._evidence))

    def _write(self) -> None:
        for entity in self._facts.entities:
            self._entity(entity)
        for relation in self._facts.relations:
            self._relation(relation)
        for attribute in self._facts.attributes:
            self._attribute(attribute)
        self._observations()
        self._document_node()

    def _document_node(self) -> None:
        document, iri = self._document, self.iri
        add = self._plain.append
        add(f"{iri} {_A} <{KGO}Document>")
        add(f"{iri} <{DCTERMS}identifier> {plain(document.id)}")
        add(f"{iri} <{KGO}format> {plain(document.format)}")
        add(f"{iri} <{KGO}sha256> {plain(document.sha256)}")
        date, reading = self._facts.date or document.date, self._facts.reading
        basis = document.date_basis if date == document.date else CORRECTED
        for predicate, value in (
            (f"{DCTERMS}title", chinese(document.title) if document.title else ""),
            (f"{DCTERMS}date", plain(date) if date else ""),
            (f"{KGO}dateBasis", plain(basis) if date and basis else ""),
            (f"{DCTERMS}source", plain(document.source) if document.source else ""),
            (f"{DCTERMS}publisher", plain(document.publisher) if document.publisher else ""),
            # As text: an address found in a document may be no valid IRI.
            (f"{SCHEMA}url", plain(document.url) if document.url else ""),
            (f"{KGO}genre", f"<{term_iri('genre-' + reading.genre)}>"),
            (f"{KGO}areaBasis", f"<{term_iri('basis-' + reading.areas_basis)}>" if reading.areas else ""),
            (f"{DCTERMS}temporal", plain(reading.period) if reading.period else ""),
        ):
            if value:
                add(f"{iri} <{predicate}> {value}")
        for area in reading.areas:
            add(f"{iri} <{DCTERMS}spatial> {self._entities[area]}")

    def _sentence(self, index: int) -> str:
        """The node of a sentence, written when it is first asked for."""
        iri = self._sentences.get(index)
        if iri is None:
            sentence = self._facts.sentences[index]
            start, end = sentence.start, sentence.end
            iri = f"<{KGR}t-{digest(self._document.id, str(start), str(end))}>"
            self._sentences[index] = iri
            self._evidence += (
                f"{iri} {_A} {_SENTENCE}",
                f"{iri} {_TEXT} {plain(self._document.text[start:end])}",
                f"{iri} {_START} {integer(start)}",
                f"{iri} {_END} {integer(end)}",
                f"{iri} {_IS_PART_OF} {self.iri}",
            )
        return iri

    def _entity(self, entity: Entity) -> None:
        iri = f"<{entity_iri(entity.type, entity.key, entity.scope, entity.code)}>"
        self._entities[entity.id] = iri
        add = self._plain.append
        add(f"{iri} {_A} <{term_iri(entity.type)}>")
        add(f"{iri} {_PREF} {simplified(entity.key)}")
        referring = self._referring(entity)
        name = entity.key if entity.name in referring else entity.name
        add(f"{iri} {_LABEL} {chinese(name)}")
        for surface in entity.surfaces:
            if surface != name and surface not in referring:
                add(f"{iri} {_ALT} {chinese(surface)}")
        if entity.code:
            add(f"{iri} <{KGO}code> {plain(entity.code)}")
        if entity.scope:
            add(f"{iri} <{KGO}scope> {plain(entity.scope)}")
        for index in {mention.sentence for mention in entity.mentions}:
            self._evidence.append(f"{iri} {_MENTIONED} {self._sentence(index)}")
        for mention in entity.mentions:
            if mention.antecedent is not None:
                self._reference(iri, mention, mention.antecedent)

    def _referring(self, entity: Entity) -> set[str]:
        """The words that mean the thing where they stand and are no name of it: 全省, 该项目, 会议."""
        said: dict[str, set[str]] = {}
        for mention in entity.mentions:
            said.setdefault(self._document.text[mention.start : mention.end], set()).add(mention.reference)
        return {words for words, references in said.items() if references.isdisjoint(NAMES)}

    def _reference(self, thing: str, mention: Mention, antecedent: Antecedent) -> None:
        """How a word was found to mean `thing`; names say it by themselves, and have no node."""
        start, end, text = mention.start, mention.end, self._document.text
        iri = f"<{KGR}r-{digest(self._document.id, thing, str(start), str(end), mention.reference)}>"
        self._evidence += (
            f"{iri} {_A} {_REFERENCE}",
            f"{iri} {_REFERS_TO} {thing}",
            f"{iri} {_ANTECEDENT} {plain(text[antecedent.start : antecedent.end])}",
            f"{iri} {_DISTANCE} {integer(antecedent.distance)}",
            f"{iri} {_STATED_IN} {self.iri}",
            f"{iri} {_DERIVED} {self._sentence(mention.sentence)}",
            f"{iri} {_START} {integer(start)}",
            f"{iri} {_END} {integer(end)}",
            f"{iri} {_QUOTE} {plain(text[start:end])}",
            f"{iri} {_RULE} <{rule_iri(mention.reference)}>",
        )

    def _place(self, iri: str, fact: Relation | Attribute | Observation) -> None:
        start, end = fact.start, fact.end
        self._evidence += (
            f"{iri} {_DERIVED} {self._sentence(fact.sentence)}",
            f"{iri} {_START} {integer(start)}",
            f"{iri} {_END} {integer(end)}",
            f"{iri} {_QUOTE} {plain(self._document.text[start:end])}",
            f"{iri} {_RULE} <{rule_iri(fact.found_by)}>",
            f"{iri} {_CONFIDENCE} {confidence(fact.confidence)}",
        )

    def _statement(self, subject: str, predicate: str, target: str, fact: Relation | Attribute, *more: str) -> str:
        """The plain fact, and its statement without evidence."""
        place = (str(fact.start), str(fact.end))
        name = digest(self._document.id, subject, predicate, target, *more, *place, fact.found_by)
        iri = f"<{KGR}s-{name}>"
        # What somebody refuted is told of, not asserted; it has a property of its own, so that who asks for facts does not meet it.
        refuted = fact.basis.startswith(REFUTED)
        if not refuted:
            self._plain.append(f"{subject} {predicate} {target}")
        self._evidence += (
            f"{iri} {_A} {_REFUTED_STATEMENT if refuted else _STATEMENT}",
            f"{iri} {_SUBJECT} {subject}",
            f"{iri} {_REFUTES if refuted else _PREDICATE} {predicate}",
            f"{iri} {_OBJECT} {target}",
            f"{iri} {_STATED_IN} {self.iri}",
        )
        return iri

    def _relation(self, relation: Relation) -> None:
        value, date = relation.value or "", relation.date or ""
        if relation.object is not None:
            target = self._entities[relation.object]
        elif relation.predicate == "hasStatus":
            target, value = f"<{term_iri('status-' + value)}>", ""
        else:
            target = chinese(value)
        subject, predicate = self._entities[relation.subject], f"<{term_iri(relation.predicate)}>"
        iri = self._statement(subject, predicate, target, relation, value, date)
        add = self._evidence.append
        if value and relation.object is not None:
            add(f"{iri} {_VALUE} {chinese(value)}")
        if date:
            add(f"{iri} {_DATE} {plain(date)}")
        if relation.basis != "text":
            add(f"{iri} {_BASIS} {plain(relation.basis)}")
        if relation.basis != "authority":
            self._place(iri, relation)
        else:
            # The text does not say it, so no sentence is named as its source.
            add(f"{iri} {_RULE} <{rule_iri(relation.found_by)}>")
            add(f"{iri} {_CONFIDENCE} {confidence(relation.confidence)}")

    def _attribute(self, attribute: Attribute) -> None:
        target = self._entities[attribute.object] if attribute.object is not None else day_or_text(attribute.value or "")
        predicate = f"<{term_iri(attribute.property)}>"
        iri = self._statement(self._entities[attribute.subject], predicate, target, attribute)
        if attribute.basis != "text":
            self._evidence.append(f"{iri} {_BASIS} {plain(attribute.basis)}")
        self._place(iri, attribute)

    def _observations(self) -> None:
        # Numbered in the order of the text, not of the list: the extractor's order must not be in the bytes.
        ordered = sorted(self._facts.observations, key=lambda o: (o.start, o.end, repr(o)))
        for position, observation in enumerate(ordered, 1):
            self._observation(observation, position)

    def _observation(self, observation: Observation, position: int) -> None:
        o = observation
        subject = "" if o.subject is None else self._entities[o.subject]
        period = o.period or ""
        fields = (subject, o.indicator, o.kind, str(o.value), o.unit, o.bound, period, o.base, o.scope, o.quoted)
        iri = f"<{KGR}o-{digest(self._document.id, *fields, str(o.start), str(o.end), str(position))}>"
        refuted = o.basis.startswith(REFUTED)
        self._evidence += self._refuted_figure(iri, o, subject) if refuted else self._stated_figure(iri, o, subject)
        self._evidence += (
            f"{iri} <{KGO}kind> <{term_iri('kind-' + o.kind)}>",
            f"{iri} {_VALUE} {decimal(o.value)}",
            f"{iri} <{KGO}unit> {self._unit(o.unit)}",
            f"{iri} <{KGO}bound> <{term_iri('bound-' + BOUNDS.get(o.bound, o.bound))}>",
            f"{iri} {_STATED_IN} {self.iri}",
            f"{iri} <{KGO}position> {integer(position)}",
        )
        if o.basis != "text":
            self._evidence.append(f"{iri} {_BASIS} {plain(o.basis)}")
        self._evidence += (f"{iri} <{KGO}{predicate}> {value}" for predicate, value in _details(o))
        self._evidence += (f"{iri} <{KGO}responsible> {self._entities[who]}" for who in o.responsible)
        self._place(iri, o)

    def _stated_figure(self, iri: str, o: Observation, subject: str) -> list[str]:
        """What a figure is of; a figure that somebody refuted has no such triple, so that who asks for figures does not meet it."""
        known = ("s" if subject else "") + ("p" if o.period else "") + ("b" if o.base else "")
        lines = [
            f"{iri} {_A} {_OBSERVATION}",
            f"{iri} <{QB}dataSet> <{KGO}figures{'-' + known if known else ''}>",
            f"{iri} <{KGO}indicator> {self._indicator(o.indicator)}",
            f"{iri} <{KGO}indicatorText> {chinese(o.indicator)}",
        ]
        return [*lines, f"{iri} <{KGO}subject> {subject}"] if subject else lines

    def _refuted_figure(self, iri: str, o: Observation, subject: str) -> list[str]:
        lines = [
            f"{iri} {_A} {_REFUTED_OBSERVATION}",
            f"{iri} {_REFUTED_INDICATOR} <{indicator_iri(self._naming.indicator(o.indicator))}>",
            f"{iri} {_WRITTEN} {chinese(o.indicator)}",
        ]
        return [*lines, f"{iri} {_SUBJECT} {subject}"] if subject else lines

    def _indicator(self, written: str) -> str:
        iri = self._indicators.get(written)
        if iri is None:
            key = self._naming.indicator(written)
            iri = self._indicators[written] = f"<{indicator_iri(key)}>"
            self._plain += (
                f"{iri} {_A} <{KGO}Indicator>",
                f"{iri} {_PREF} {simplified(key)}",
                f"{iri} {_LABEL} {chinese(written)}",
            )
        return iri

    def _unit(self, written: str) -> str:
        iri = self._units.get(written)
        if iri is None:
            unit = folded(written)
            iri = self._units[written] = f"<{unit_iri(unit)}>"
            self._plain += (f"{iri} {_A} <{KGO}Unit>", f"{iri} <{SKOS}notation> {plain(unit)}")
            # What a rank is counted in; a label must not be empty.
            self._plain.append(f"{iri} {_LABEL} {chinese(written) if unit else chinese('–')}")
            if same := self._naming.units.get(unit):
                self._plain.append(f"{iri} <{SKOS}exactMatch> <{same}>")
        return iri


def _details(observation: Observation) -> Iterable[tuple[str, str]]:
    """What an observation has only if its text says it."""
    if observation.period:
        yield "period", plain(observation.period)
        if days := period_days(observation.period):
            for predicate, iso in zip(("periodStart", "periodEnd"), days, strict=True):
                yield predicate, day(iso) or plain(iso)
    if observation.period_basis:
        yield "periodBasis", plain(observation.period_basis)
    if observation.clues:
        yield "clues", plain(" ".join(observation.clues))
    if observation.base:
        yield "base", chinese(observation.base)
    if observation.scope:
        yield "rankScope", chinese(observation.scope)
    if observation.quoted:
        yield "quoted", chinese(observation.quoted)


def table_lines(rows: Iterable[tuple[str, str, str]], graph: str) -> bytes:
    """N-Quads of `rows` (subject IRI, predicate IRI, object as N-Quads text) in the graph of that IRI and the default graph."""
    return _in_both(sorted({f"<{s}> <{p}> {o}" for s, p, o in rows}), f"<{graph}>")
