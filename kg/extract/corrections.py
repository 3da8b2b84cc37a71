"""Corrections by hand: facts that are wrong, facts that are missing, names that mean another thing.

They live in `corrections.yaml` of an ontology folder, with author and date, and are applied at every build:

    corrections:
      - wrong: {document: seed/a.txt, subject: 錢塘區, predicate: implements, object: 三地鐵時代}
        author: editor, date: 2026-11-23, note: a figure of speech
      - missing: {document: seed/a.txt, subject: 錢塘區, predicate: undertakes, object: 錢塘快速路, quote: 錢塘快速路}
        author: …
      - name: {document: seed/a.txt, written: 下沙區塊, is: 下沙, type: Area}
        author: …

`document` may be left out of `wrong` and `name`: then every document is meant. A wrong fact stays as a statement that
says who refuted it, but is no longer asserted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.extract.assemble import key_of
from kg.extract.footnotes import Footnotes, without_marks
from kg.extract.mentions import CORRECTED
from kg.extract.rows import Draft
from kg.model import REFUTED, Document, Entity, Facts, Mention, Relation, Sentence
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
_FIGURE = {"indicator", "unit", "period", "kind"}  # what only figures have
_COPIED = {"subject", "object", "quote", "written", "is"}  # from texts, perhaps with the marks of footnotes
_NEEDED = {"wrong": {"subject", "predicate"}, "missing": {"document", "subject", "predicate", "quote"}, "name": {"written", "is", "type"}}


@dataclass(frozen=True)
class Correction:
    kind: str
    says: dict[str, str]
    author: str
    date: str
    place: tuple[Path, int]

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
    for folder in ontology.folders:
        path = folder / "corrections.yaml"
        if path.is_file():
            found += [_correction(entry, path, ontology) for entry in read_yaml(path).get("corrections") or ()]
    return found


def _correction(entry: Any, path: Path, ontology: Ontology) -> Correction:
    line = entry.get("__line__", 1) if isinstance(entry, dict) else 1
    kinds = [kind for kind in _KINDS if isinstance(entry, dict) and kind in entry]
    if len(kinds) != 1 or not isinstance(entry[kinds[0]], dict):
        raise KgError("a correction is one of wrong, missing, name", file=path, line=line)
    says = {key: str(value) for key, value in entry[kinds[0]].items() if key != "__line__"}
    says |= {key: without_marks(says[key]) for key in _COPIED & set(says)}
    if _FIGURE & set(says):
        raise KgError("figures cannot be corrected, only facts: relations and statuses", file=path, line=line)
    if unknown := set(says) - _KINDS[kinds[0]]:
        raise KgError(f"{kinds[0]} knows no {', '.join(sorted(unknown))}", file=path, line=line)
    if missing := _NEEDED[kinds[0]] - set(says):
        raise KgError(f"{kinds[0]} needs {', '.join(sorted(missing))}", file=path, line=line)
    if not entry.get("author") or not entry.get("date"):
        raise KgError("a correction needs an author and a date", file=path, line=line)
    if "predicate" in says and says["predicate"] not in ontology.terms.relations:
        # Relations have English names; a name in Chinese is most often an indicator's.
        hint = "" if says["predicate"].isascii() else "figures (an indicator's values) cannot be corrected; relations are called as in kg explain: undertakes, locatedIn …"
        raise KgError(f"the ontology has no relation {says['predicate']}", file=path, line=line, hint=hint)
    for key in ("type", "subject_type", "object_type"):
        if key in says and says[key] not in ontology.terms.types:
            raise KgError(f"the ontology has no entity class {says[key]}", file=path, line=line)
    if says.get("predicate") == _STATUS and (kinds[0] == "missing" or {"object", "value"} & set(says)):
        says["value"] = says.pop("object", says.get("value", ""))  # the object of a status is its value: completed
        if says["value"] not in ontology.terms.statuses:
            raise KgError(f"{says['value']!r} is no status", file=path, line=line, hint=f"there are {', '.join(ontology.terms.statuses)}")
    return Correction(kinds[0], says, str(entry["author"]), str(entry["date"]), (path, line))


class Corrections:
    """The corrections of an ontology, applied document by document."""

    def __init__(self, ontology: Ontology) -> None:
        self._all = read_corrections(ontology)
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
            elif correction.kind == "wrong":
                relations = [self._refuted(correction, relation, entities) for relation in relations]
            else:
                try:
                    entities, relations = self._added(correction, document, folded, sentences, entities, relations)
                except KgError as error:
                    self.unfit.append(error)
        return entities, relations

    def unfit_of(self, document: Document, facts: Facts) -> list[KgError]:
        """Why facts that were found before lack missing ones: what `unfit` was when they were found."""
        missing = [correction for correction in self._all if correction.kind == "missing" and correction.about(document)]
        if not missing:
            return []
        marks = Footnotes.of(document.text) or Footnotes(())
        read, sentences = marks.read(document), marks.read_sentences(facts.sentences)
        folded, unfit = without_noise(fold(read.text), read.noise), []
        for correction in missing:
            try:
                self._added(correction, read, folded, sentences, list(facts.entities), [])
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

    def _added(
        self, correction: Correction, document: Document, folded: str, sentences: Sequence[Sentence], entities: list[Entity],
        relations: list[Relation],
    ) -> tuple[list[Entity], list[Relation]]:  # fmt: skip
        says = correction.says
        start = folded.find(fold(says["quote"]))
        sentence = next((s for s in sentences if s.start <= start < s.end), None)
        if start < 0 or sentence is None:
            file, line = correction.place
            raise KgError(f"the quote {says['quote']!r} is not in {document.id}", file=file, line=line)
        subject, entities = self._end(correction, "subject", document, folded, sentences, entities)
        target = None
        if "object" in says:
            target, entities = self._end(correction, "object", document, folded, sentences, entities)
        added = Relation(
            subject, says["predicate"], target, start, start + len(says["quote"]), sentence.index, RULE, 1.0,
            says.get("value"), says.get("date"), f"added by {correction.by}",
        )  # fmt: skip
        return entities, [*relations, added]

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


def _called(entity: Entity, says: dict[str, str]) -> Entity:
    """The entity by the name that a correction gives it, where no mention of it is that name already."""
    meant = entity.type == says["type"] and entity.key == key_of(fold(says["is"]))
    return replace(entity, name=says["is"]) if meant and all(mention.reference == RULE for mention in entity.mentions) else entity


def _named(entities: Sequence[Entity], identifier: str, name: str) -> bool:
    wanted = key_of(fold(name))
    entity = next((e for e in entities if e.id == identifier), None)
    return entity is not None and wanted in {entity.key, *(key_of(fold(surface)) for surface in entity.surfaces)}
