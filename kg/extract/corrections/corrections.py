"""Corrections by hand, applied to what was found in a document; `kg.extract.corrections.correction_file` says how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple, TypeVar

from kg.errors import KgError
from kg.extract.corrections.correction_file import Correction, read_corrections
from kg.extract.corrections.figure_corrections import FigureReader, StatedFigure
from kg.extract.corrections.footnotes import Footnotes
from kg.extract.names.assemble import key_of
from kg.extract.names.mentions import CORRECTED
from kg.extract.names.rows import Draft
from kg.model import Attribute, Document, Entity, Facts, Mention, Observation, Relation, Sentence
from kg.ontology import Ontology
from kg.text.fold import fold, without_noise
from kg.text.sentences import ReadText


class ToldText(NamedTuple):
    """What corrections say of a text as a whole: the area that it is of, as keys are written, and whether it is a report; "" and None where they do not say."""

    document: Document  # with the day that they give it
    area: str
    report: bool | None


class Corrections:
    """The corrections of an ontology, applied document by document."""

    def __init__(self, ontology: Ontology) -> None:
        self._all = read_corrections(ontology)
        self._figures = FigureReader(ontology)
        self._attributes = ontology.terms.attributes

    def of_text(self, document: Document) -> ToldText:
        """What `text` corrections say of a document; the last that says something counts."""
        says: dict[str, str] = {}
        for correction in self._all:
            if correction.kind == "text" and correction.about(document):
                says |= correction.says
        if "date" in says:
            document = replace(document, date=says["date"], date_basis=CORRECTED)
        return ToldText(document, key_of(fold(says.get("area", ""))), says["genre"] == "report" if "genre" in says else None)

    def rename(self, document: Document, drafts: Sequence[Draft], folded: str) -> None:
        """Let mentions mean what a `name` correction says."""
        for correction in self._all:
            if correction.kind != "name" or not correction.about(document):
                continue
            written, meant = (key_of(fold(correction.says[key])) for key in ("written", "is"))
            code = next((d.code for d in drafts if d.code and key_of(folded[d.start : d.end]) == meant), "")
            for draft in drafts:
                if draft.type == correction.says["type"] and key_of(folded[draft.start : draft.end]) == written:
                    draft.key, draft.code, draft.reference = meant, code, CORRECTED

    def apply(self, text: ReadText, entities: list[Entity], relations: list[Relation], attributes: list[Attribute]) -> tuple[list[Entity], list[Relation], list[Attribute]]:
        """The facts with things called by their given names, wrong ones refuted and missing ones added; what does not fit the document is left out (`unfit`)."""
        for correction in self._all:
            if not correction.about(text.document):
                continue
            if correction.kind == "name":
                entities = [_as_written(_called(entity, correction.says), correction.says, text) for entity in entities]
            elif correction.kind == "text" or correction.figure is not None:
                continue
            elif correction.kind == "wrong":
                relations = [_refuted(correction, relation.predicate, relation, entities) for relation in relations]
                attributes = [_refuted(correction, attribute.property, attribute, entities) for attribute in attributes]
            else:
                try:
                    entities, added = self._added(correction, text, entities)
                except KgError:
                    continue
                if isinstance(added, Relation):
                    relations = [*relations, added]
                else:
                    attributes = [*attributes, added]
        return entities, relations, attributes

    def apply_to_figures(self, text: ReadText, entities: list[Entity], figures: list[Observation]) -> tuple[list[Entity], list[Observation]]:
        """As `apply`, which comes first, for figures."""
        for correction in self._all:
            if correction.figure is None or not correction.about(text.document):
                continue
            if correction.kind == "wrong":
                quote = fold(correction.says.get("quote", ""))
                figures = [
                    self._refuted_figure(correction, correction.figure, one, entities)
                    if quote in text.folded[text.sentences[one.sentence].start : text.sentences[one.sentence].end] else one
                    for one in figures
                ]  # fmt: skip
                continue
            with suppress(KgError):
                entities, added = self._added_figure(correction, correction.figure, text, entities)
                figures = [*figures, added]
        return entities, figures

    def unfit(self, document: Document, facts: Facts) -> list[KgError]:
        """The missing facts that `document`, whose facts these are, cannot be given, with why."""
        missing = [correction for correction in self._all if correction.kind == "missing" and correction.about(document)]
        if not missing:
            return []
        marks = Footnotes.of(document.text) or Footnotes(())
        plain = marks.read(document)
        read, unfit = ReadText(plain, without_noise(fold(plain.text), plain.noise), marks.read_sentences(facts.sentences)), []
        for correction in sorted(missing, key=lambda one: one.figure is not None):
            try:
                if correction.figure is None:
                    self._added(correction, read, list(facts.entities))
                else:
                    self._added_figure(correction, correction.figure, read, list(facts.entities))
            except KgError as error:
                unfit.append(error)
        return unfit

    def _refuted_figure(self, correction: Correction, figure: StatedFigure, one: Observation, entities: Sequence[Entity]) -> Observation:
        subject = correction.says.get("subject")
        if subject == "" and one.subject is not None or subject and (one.subject is None or not _named(entities, one.subject, subject)):
            return one
        return replace(one, basis=correction.refutes) if self._figures.means(figure, one) else one

    def _added(self, correction: Correction, text: ReadText, entities: list[Entity]) -> tuple[list[Entity], Relation | Attribute]:
        says = correction.says
        start, sentence = _quoted(correction, text)
        subject, entities = self._end(correction, "subject", text, entities)
        target = None
        if "object" in says:
            target, entities = self._end(correction, "object", text, entities)
        predicate, value, place = says["predicate"], says.get("value"), (start, start + len(says["quote"]), sentence.index)
        by = f"added by {correction.by}"
        if predicate in self._attributes:
            return entities, Attribute(subject, predicate, value, target, *place, CORRECTED, 1.0, by)
        return entities, Relation(subject, predicate, target, *place, CORRECTED, 1.0, value, says.get("date"), by)

    def _added_figure(self, correction: Correction, figure: StatedFigure, text: ReadText, entities: list[Entity]) -> tuple[list[Entity], Observation]:
        says = correction.says
        start, sentence = _quoted(correction, text)
        end = start + len(says["quote"])
        number = self._figures.said_in(figure, text.folded[start:end])
        if number is None or figure.amount is None:
            hint = "quote the words with the number, and give the value as they have it"
            raise correction.fault(f"the quote {says['quote']!r} does not say {says['value']}", hint)
        subject = None
        if "subject" in says:
            subject, entities = self._end(correction, "subject", text, entities)
        value, unit = figure.amount
        added = Observation(
            subject, says["indicator"], figure.kind, value, unit, figure.bound, figure.period or None, start, end, sentence.index,
            CORRECTED, 1.0, quoted=text.document.text[start + number.start : start + number.end], period_basis="stated" if figure.period else "",
            base=says.get("base", ""), scope=says.get("scope", ""), basis=f"added by {correction.by}",
        )  # fmt: skip
        return entities, added

    @staticmethod
    def _end(correction: Correction, side: str, text: ReadText, entities: list[Entity]) -> tuple[str, list[Entity]]:
        name = correction.says[side]
        for entity in entities:
            if _named(entities, entity.id, name):
                return entity.id, entities
        kind = correction.says.get(f"{side}_type")
        start = text.folded.find(fold(name))
        sentence = _holding(text, start)
        if kind is None or start < 0 or sentence is None:
            hint = "write it as the text does" if kind is not None or start < 0 else f"give its class as {side}_type"
            raise correction.fault(f"{name!r} is nothing that {text.document.id} names", hint)
        end = start + len(name)
        written = text.document.text[start:end]
        new = Entity(
            id=f"e{len(entities) + 1}", type=kind, name=written, surfaces=(written,),
            mentions=(Mention(start, end, sentence.index, CORRECTED),), key=key_of(fold(name)), found_by=CORRECTED,
        )  # fmt: skip
        return new.id, [*entities, new]


def _holding(text: ReadText, place: int) -> Sentence | None:
    """The sentence that holds a place; None if none does."""
    return next((s for s in text.sentences if s.start <= place < s.end), None)


def _quoted(correction: Correction, text: ReadText) -> tuple[int, Sentence]:
    """Where the quote of a correction begins, and its sentence; KgError if the document does not have it."""
    quote = correction.says["quote"]
    start = text.folded.find(fold(quote))
    sentence = _holding(text, start)
    if start < 0 or sentence is None:
        raise correction.fault(f"the quote {quote!r} is not in {text.document.id}", "copy it from the text")
    return start, sentence


_Fact = TypeVar("_Fact", Relation, Attribute)


def _refuted(correction: Correction, predicate: str, fact: _Fact, entities: Sequence[Entity]) -> _Fact:
    """The fact with that predicate, refuted if it is the one that a correction calls wrong."""
    says = correction.says
    if predicate != says["predicate"] or not _named(entities, fact.subject, says["subject"]):
        return fact
    if "object" in says and not (_same(fact.value, says["object"]) if fact.object is None else _named(entities, fact.object, says["object"])):
        return fact
    if "value" in says and not _same(fact.value, says["value"]):
        return fact
    return replace(fact, basis=correction.refutes)


def _same(value: str | None, given: str) -> bool:
    return value is not None and fold(value) == fold(given)


def _called(entity: Entity, says: dict[str, str]) -> Entity:
    """The entity by the name that a correction gives it, where no mention of it is that name already."""
    meant = entity.type == says["type"] and entity.key == key_of(fold(says["is"]))
    return replace(entity, name=says["is"]) if meant and all(mention.reference == CORRECTED for mention in entity.mentions) else entity


def _as_written(entity: Entity, says: dict[str, str], text: ReadText) -> Entity:
    """The entity with the name that a correction gives it where the text has that name and too much or too little of it was
    taken (扶持甲公司 for 甲公司): there it is mentioned by its name, and what was taken is no name of it."""
    written, meant = key_of(fold(says["written"])), fold(says["is"])
    if entity.type != says["type"] or entity.key != key_of(meant):
        return entity
    mentions: dict[tuple[int, int], Mention] = {}
    for mention in entity.mentions:
        if mention.reference == CORRECTED and key_of(text.folded[mention.start : mention.end]) == written:
            sentence = text.sentences[mention.sentence]
            # Only where the name shares a character with what was taken.
            at = text.folded.find(meant, max(sentence.start, mention.start - len(meant) + 1), min(sentence.end, mention.end + len(meant) - 1))
            if at >= 0:
                mention = replace(mention, start=at, end=at + len(meant), reference="")
        mentions.setdefault((mention.start, mention.end), mention)
    if tuple(mentions.values()) == entity.mentions:
        return entity
    texts = [text.document.text[start:end] for start, end in mentions]
    gone = {surface for surface in entity.surfaces if key_of(fold(surface)) == written and surface not in texts}
    surfaces = tuple(dict.fromkeys([*(surface for surface in entity.surfaces if surface not in gone), *texts]))
    return replace(entity, name=texts[0] if entity.name in gone else entity.name, surfaces=surfaces, mentions=tuple(mentions.values()))


def _named(entities: Sequence[Entity], identifier: str, name: str) -> bool:
    wanted = key_of(fold(name))
    entity = next((e for e in entities if e.id == identifier), None)
    return entity is not None and wanted in {entity.key, *(key_of(fold(surface)) for surface in entity.surfaces)}
