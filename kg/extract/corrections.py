"""Corrections by hand: facts that are wrong, facts that are missing, names that mean another thing.

They live in `corrections.yaml` of an ontology folder, with author and date, and are applied at every build:

    corrections:
      - wrong: {document: seed/a.txt, subject: 錢塘區, predicate: implements, object: 三地鐵時代}
        author: editor
        date: 2026-11-23
        note: a figure of speech
      - missing: {document: seed/a.txt, subject: 錢塘區, predicate: undertakes, object: 錢塘快速路, quote: 錢塘快速路}
        author: …
      - name: {document: seed/a.txt, written: 下沙區塊, is: 下沙, type: Area}
        author: …

`document` may be left out of `wrong` and `name`: then every document is meant. A wrong fact stays as a statement that
says who refuted it, but is no longer asserted. Where an `indicator` stands in place of the `predicate`, a figure is meant
(`kg.extract.figure_corrections`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.extract.assemble import key_of
from kg.extract.figure_corrections import KEYS as FIGURE_KEYS
from kg.extract.figure_corrections import NEEDED as NEEDED_OF_FIGURE
from kg.extract.figure_corrections import FigureReader, StatedFigure
from kg.extract.footnotes import Footnotes, without_marks
from kg.extract.mentions import CORRECTED
from kg.extract.rows import Draft
from kg.model import REFUTED, Document, Entity, Facts, Mention, Observation, Relation, Sentence
from kg.ontology import Ontology
from kg.text.fold import fold, without_noise
from kg.yaml_files import read_yaml

RULE = CORRECTED
_STATUS = "hasStatus"
_KINDS = {
    "wrong": {"document", "subject", "predicate", "object", "value"},
    "missing": {"document", "subject", "predicate", "object", "value", "quote", "subject_type", "object_type", "date"},
    "name": {"document", "written", "is", "type"},
}
_COPIED = {"subject", "object", "quote", "written", "is"}  # from texts, perhaps with the marks of footnotes
_NEEDED = {"wrong": {"subject", "predicate"}, "missing": {"document", "subject", "predicate", "quote"}, "name": {"written", "is", "type"}}


@dataclass(frozen=True)
class Correction:
    kind: str
    says: dict[str, str]
    author: str
    date: str
    place: tuple[Path, int]
    figure: StatedFigure | None = None  # where a figure is meant, not a relation

    def about(self, document: Document) -> bool:
        return self.says.get("document", document.id) == document.id

    @property
    def by(self) -> str:
        return f"{self.author} on {self.date}"

    @property
    def refutes(self) -> str:
        """The basis of a fact that this correction refutes."""
        return f"{REFUTED} by {self.by}"


def read_corrections(ontology: Ontology) -> list[Correction]:
    """The corrections of all folders; KgError with file and line for a faulty one."""
    found = []
    figures = FigureReader(ontology)
    for folder in ontology.folders:
        path = folder / "corrections.yaml"
        if path.is_file():
            found += [_correction(entry, path, ontology, figures) for entry in read_yaml(path).get("corrections") or ()]
    return found


def _correction(entry: Any, path: Path, ontology: Ontology, figures: FigureReader) -> Correction:
    line = entry.get("__line__", 1) if isinstance(entry, dict) else 1
    kinds = [kind for kind in _KINDS if isinstance(entry, dict) and kind in entry]
    if len(kinds) != 1 or not isinstance(entry[kinds[0]], dict):
        raise KgError("a correction is one of wrong, missing, name", file=path, line=line)
    says = {key: str(value) for key, value in entry[kinds[0]].items() if key != "__line__"}
    says |= {key: without_marks(says[key]) for key in _COPIED & set(says)}
    of_figure = "indicator" in says and kinds[0] in FIGURE_KEYS
    what = f"{kinds[0]} of a figure" if of_figure else kinds[0]
    if unknown := set(says) - (FIGURE_KEYS if of_figure else _KINDS)[kinds[0]]:
        raise KgError(f"{what} knows no {', '.join(sorted(unknown))}", file=path, line=line)
    if missing := (NEEDED_OF_FIGURE if of_figure else _NEEDED)[kinds[0]] - set(says):
        hint = "or, for a figure, its indicator" if "predicate" in missing else ""
        raise KgError(f"{what} needs {', '.join(sorted(missing))}", file=path, line=line, hint=hint)
    if of_figure and not {"document", "subject"} & set(says):
        raise KgError(f"{what} needs subject or document", file=path, line=line)
    if not entry.get("author") or not entry.get("date"):
        raise KgError("a correction needs an author and a date", file=path, line=line)
    if "predicate" in says and says["predicate"] not in ontology.terms.relations:
        # Relations have English names; a name in Chinese is most often an indicator's.
        hint = "" if says["predicate"].isascii() else "that of a figure is called indicator; relations are called as in kg explain: undertakes, locatedIn …"
        raise KgError(f"the ontology has no relation {says['predicate']}", file=path, line=line, hint=hint)
    for key in ("type", "subject_type", "object_type"):
        if key in says and says[key] not in ontology.terms.types:
            raise KgError(f"the ontology has no entity class {says[key]}", file=path, line=line)
    if says.get("predicate") == _STATUS and (kinds[0] == "missing" or {"object", "value"} & set(says)):
        says["value"] = says.pop("object", says.get("value", ""))  # the object of a status is its value: completed
        if says["value"] not in ontology.terms.statuses:
            raise KgError(f"{says['value']!r} is no status", file=path, line=line, hint=f"there are {', '.join(ontology.terms.statuses)}")
    figure = figures.read(says, path, line) if of_figure else None
    return Correction(kinds[0], says, str(entry["author"]), str(entry["date"]), (path, line), figure)


class Corrections:
    """The corrections of an ontology, applied document by document."""

    def __init__(self, ontology: Ontology) -> None:
        self._all = read_corrections(ontology)
        self._figures = FigureReader(ontology)
        self.unfit: list[KgError] = []  # of the last document: missing facts that it cannot be given, with why

    def rename(self, document: Document, drafts: Sequence[Draft], folded: str) -> None:
        """Let mentions mean what a `name` correction says."""
        for correction in self._all:
            if correction.kind != "name" or not correction.about(document):
                continue
            written, meant = (key_of(fold(correction.says[key])) for key in ("written", "is"))
            code = next((d.code for d in drafts if d.code and key_of(folded[d.start : d.end]) == meant), "")
            for draft in drafts:
                if draft.type == correction.says["type"] and key_of(folded[draft.start : draft.end]) == written:
                    draft.key, draft.code, draft.reference = meant, code, RULE

    def apply(
        self, document: Document, folded: str, sentences: Sequence[Sentence], entities: list[Entity], relations: list[Relation]
    ) -> tuple[list[Entity], list[Relation]]:
        """The facts with things called by their given names, wrong ones refuted and missing ones added; what does not fit the document is left out and told in `unfit`."""
        self.unfit = []
        for correction in self._all:
            if not correction.about(document):
                continue
            if correction.kind == "name":
                entities = [_called(entity, correction.says) for entity in entities]
            elif correction.figure is not None:
                continue
            elif correction.kind == "wrong":
                relations = [self._refuted(correction, relation, entities) for relation in relations]
            else:
                try:
                    entities, added = self._added(correction, document, folded, sentences, entities)
                    relations = [*relations, added]
                except KgError as error:
                    self.unfit.append(error)
        return entities, relations

    def apply_to_figures(
        self, document: Document, folded: str, sentences: Sequence[Sentence], entities: list[Entity], figures: list[Observation]
    ) -> tuple[list[Entity], list[Observation]]:
        """As `apply`, which comes first, for figures."""
        for correction in self._all:
            if correction.figure is None or not correction.about(document):
                continue
            if correction.kind == "wrong":
                quote = fold(correction.says.get("quote", ""))
                figures = [
                    self._refuted_figure(correction, correction.figure, one, entities)
                    if quote in folded[sentences[one.sentence].start : sentences[one.sentence].end] else one
                    for one in figures
                ]  # fmt: skip
                continue
            try:
                entities, added = self._added_figure(correction, correction.figure, document, folded, sentences, entities)
                figures = [*figures, added]
            except KgError as error:
                self.unfit.append(error)
        return entities, figures

    def unfit_of(self, document: Document, facts: Facts) -> list[KgError]:
        """Why facts that were found before lack missing ones: what `unfit` was when they were found."""
        missing = [correction for correction in self._all if correction.kind == "missing" and correction.about(document)]
        if not missing:
            return []
        marks = Footnotes.of(document.text) or Footnotes(())
        read, sentences = marks.read(document), marks.read_sentences(facts.sentences)
        folded, unfit = without_noise(fold(read.text), read.noise), []
        for correction in sorted(missing, key=lambda one: one.figure is not None):
            try:
                if correction.figure is None:
                    self._added(correction, read, folded, sentences, list(facts.entities))
                else:
                    self._added_figure(correction, correction.figure, read, folded, sentences, list(facts.entities))
            except KgError as error:
                unfit.append(error)
        return unfit

    @staticmethod
    def _refuted(correction: Correction, relation: Relation, entities: Sequence[Entity]) -> Relation:
        says = correction.says
        if relation.predicate != says["predicate"] or not _named(entities, relation.subject, says["subject"]):
            return relation
        if "object" in says and not (relation.value == says["object"] if relation.object is None else _named(entities, relation.object, says["object"])):
            return relation
        if "value" in says and relation.value != says["value"]:
            return relation
        return replace(relation, basis=correction.refutes)

    def _refuted_figure(self, correction: Correction, figure: StatedFigure, one: Observation, entities: Sequence[Entity]) -> Observation:
        subject = correction.says.get("subject")
        if subject is not None and (one.subject is None or not _named(entities, one.subject, subject)):
            return one
        return replace(one, basis=correction.refutes) if self._figures.means(figure, one) else one

    def _added(
        self, correction: Correction, document: Document, folded: str, sentences: Sequence[Sentence], entities: list[Entity]
    ) -> tuple[list[Entity], Relation]:
        says = correction.says
        start, sentence = _quoted(correction, document, folded, sentences)
        subject, entities = self._end(correction, "subject", document, folded, sentences, entities)
        target = None
        if "object" in says:
            target, entities = self._end(correction, "object", document, folded, sentences, entities)
        added = Relation(
            subject, says["predicate"], target, start, start + len(says["quote"]), sentence.index, RULE, 1.0,
            says.get("value"), says.get("date"), f"added by {correction.by}",
        )  # fmt: skip
        return entities, added

    def _added_figure(
        self, correction: Correction, figure: StatedFigure, document: Document, folded: str, sentences: Sequence[Sentence], entities: list[Entity]
    ) -> tuple[list[Entity], Observation]:
        says = correction.says
        start, sentence = _quoted(correction, document, folded, sentences)
        end = start + len(says["quote"])
        number = self._figures.said_in(figure, folded[start:end])
        if number is None or figure.amount is None:
            file, line = correction.place
            raise KgError(f"the quote {says['quote']!r} does not say {says['value']}", file=file, line=line)
        subject = None
        if "subject" in says:
            subject, entities = self._end(correction, "subject", document, folded, sentences, entities)
        value, unit = figure.amount
        added = Observation(
            subject, says["indicator"], figure.kind, value, unit, figure.bound, figure.period or None, start, end, sentence.index,
            RULE, 1.0, quoted=document.text[start + number.start : start + number.end], period_basis="stated" if figure.period else "",
            base=says.get("base", ""), scope=says.get("scope", ""), basis=f"added by {correction.by}",
        )  # fmt: skip
        return entities, added

    @staticmethod
    def _end(
        correction: Correction, side: str, document: Document, folded: str, sentences: Sequence[Sentence], entities: list[Entity]
    ) -> tuple[str, list[Entity]]:
        name = correction.says[side]
        for entity in entities:
            if _named(entities, entity.id, name):
                return entity.id, entities
        file, line = correction.place
        kind = correction.says.get(f"{side}_type")
        start = folded.find(fold(name))
        sentence = next((s for s in sentences if s.start <= start < s.end), None)
        if kind is None or start < 0 or sentence is None:
            raise KgError(
                f"{name!r} is nothing that {document.id} names", file=file, line=line, hint=f"give its class as {side}_type"
            )
        end = start + len(name)
        written = document.text[start:end]
        new = Entity(
            id=f"e{len(entities) + 1}", type=kind, name=written, surfaces=(written,),
            mentions=(Mention(start, end, sentence.index, RULE),), key=key_of(fold(name)), found_by=RULE,
        )  # fmt: skip
        return new.id, [*entities, new]


def _quoted(correction: Correction, document: Document, folded: str, sentences: Sequence[Sentence]) -> tuple[int, Sentence]:
    """Where the quote of a correction begins, and its sentence; KgError if the document does not have it."""
    quote = correction.says["quote"]
    start = folded.find(fold(quote))
    sentence = next((s for s in sentences if s.start <= start < s.end), None)
    if start < 0 or sentence is None:
        file, line = correction.place
        raise KgError(f"the quote {quote!r} is not in {document.id}", file=file, line=line)
    return start, sentence


def _called(entity: Entity, says: dict[str, str]) -> Entity:
    """The entity by the name that a correction gives it, where no mention of it is that name already."""
    meant = entity.type == says["type"] and entity.key == key_of(fold(says["is"]))
    return replace(entity, name=says["is"]) if meant and all(mention.reference == RULE for mention in entity.mentions) else entity


def _named(entities: Sequence[Entity], identifier: str, name: str) -> bool:
    wanted = key_of(fold(name))
    entity = next((e for e in entities if e.id == identifier), None)
    return entity is not None and wanted in {entity.key, *(key_of(fold(surface)) for surface in entity.surfaces)}
