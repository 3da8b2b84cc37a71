"""Corrections by hand: facts that are wrong, facts that are missing, names that mean another thing, texts read as what they are not.

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
      - text: {document: seed/a.txt, area: 錢塘區, genre: report, date: 2021-01-20}
        author: …

`document` may be left out of `wrong` and `name`: then every document is meant. A wrong fact stays as a statement that
says who refuted it, but is no longer asserted. A predicate is a relation, or an attribute of a policy (issued, effectiveFrom,
basedOn …). Where an `indicator` stands in place of the `predicate`, a figure is meant
(`kg.extract.corrections.figure_corrections`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.extract.corrections.figure_corrections import KEYS as FIGURE_KEYS
from kg.extract.corrections.figure_corrections import NEEDED as NEEDED_OF_FIGURE
from kg.extract.corrections.figure_corrections import FigureReader, StatedFigure
from kg.extract.corrections.footnotes import without_marks
from kg.model import REFUTED, Document
from kg.ontology import Ontology
from kg.text.calendar_spans import is_date
from kg.yaml_files import items_of, read_yaml

_STATUS = "hasStatus"
_KINDS = {
    "wrong": {"document", "subject", "predicate", "object", "value"},
    "missing": {"document", "subject", "predicate", "object", "value", "quote", "subject_type", "object_type", "date"},
    "name": {"document", "written", "is", "type"},
    "text": {"document", "area", "genre", "date"},
}
_GENRES = ("report", "text")  # what a text can be said to be
_DAYS = ("date", "isoDate")  # ranges of attributes that are days, the second may be a month or a year too
_EXAMPLES = {
    "wrong": "wrong: {subject: 錢塘區, predicate: undertakes, object: 錢塘快速路}",
    "missing": "missing: {document: seed/a.txt, subject: 錢塘區, predicate: undertakes, object: 錢塘快速路, quote: 錢塘區新建錢塘快速路}",
    "name": "name: {written: 下沙區塊, is: 下沙, type: Area}",
    "text": "text: {document: seed/a.txt, area: 錢塘區}",
}
_FIGURE_EXAMPLES = {
    "wrong": "wrong: {subject: 錢塘區, indicator: 進出口總額, value: 120億元}",
    "missing": "missing: {document: seed/a.txt, subject: 錢塘區, indicator: 進出口總額, kind: level, value: 120億元, quote: 進出口總額120億元}",
}
_COPIED = {"subject", "object", "quote", "written", "is"}  # from texts, perhaps with the marks of footnotes
_NEEDED = {"wrong": {"subject", "predicate"}, "missing": {"document", "subject", "predicate", "quote"}, "name": {"written", "is", "type"}, "text": {"document"}}


@dataclass(frozen=True)
class Correction:
    """One entry of `corrections.yaml`: its kind (wrong, missing, name, text), what it says by key, and where it stands."""

    kind: str
    says: dict[str, str]
    author: str
    date: str
    place: tuple[Path, int]
    figure: StatedFigure | None = None  # where a figure is meant, not a relation

    def about(self, document: Document) -> bool:
        """Whether it holds for a document: one that names none holds for all."""
        return self.says.get("document", document.id) == document.id

    @property
    def by(self) -> str:
        """Who decided, and when."""
        return f"{self.author} on {self.date}"

    def fault(self, message: str, hint: str) -> KgError:
        """Why it cannot be followed, with the place where it stands."""
        file, line = self.place
        return KgError(message, file=file, line=line, hint=hint)

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
        if not path.is_file():
            continue
        data = read_yaml(path)
        if unknown := sorted(map(str, set(data) - {"corrections", "__line__"})):
            raise KgError(f"unknown key {', '.join(unknown)}", file=path, line=data["__line__"], hint="all stands in a list under corrections:")
        entries = data.get("corrections") or []
        if not isinstance(entries, list):
            raise KgError("corrections must be a list", file=path, line=data["__line__"], hint=f"each begins with a dash: - {_EXAMPLES['wrong']}")
        found += [_Entry(entry, path, ontology).read(figures) for entry in entries]
    return found


class _Entry:
    """One entry of a corrections.yaml, being read."""

    def __init__(self, entry: Any, path: Path, ontology: Ontology) -> None:
        self._entry: dict[str, Any] = entry if isinstance(entry, dict) else {}
        self._path, self._line, self._ontology = path, self._entry.get("__line__", 1), ontology

    def _fail(self, message: str, hint: str = "") -> KgError:
        return KgError(message, file=self._path, line=self._line, hint=hint)

    def read(self, figures: FigureReader) -> Correction:
        entry = self._entry
        kinds = [kind for kind in _KINDS if kind in entry]
        if len(kinds) != 1 or not isinstance(entry[kinds[0]], dict):
            raise self._fail("a correction is one of wrong, missing, name, text", f"write {_EXAMPLES[kinds[0] if kinds else 'wrong']}")
        kind = kinds[0]
        if unknown := sorted(map(str, set(entry) - {kind, "author", "date", "note", "__line__"})):
            raise self._fail(f"a correction knows no {', '.join(unknown)}", f"beside {kind} there are author, date, note")
        says = self._said(kind)
        of_figure = "indicator" in says and kind in FIGURE_KEYS
        self._check_keys(kind, says, of_figure=of_figure)
        if not entry.get("author") or not entry.get("date"):
            raise self._fail("a correction needs an author and a date", "write author: your name, date: 2026-11-23 below it")
        self._check_day(str(entry["date"]))
        self._check_terms(says)
        if kind == "text":
            self._check_text(says)
        if says.get("predicate") == _STATUS and (kind == "missing" or {"object", "value"} & set(says)):
            says["value"] = says.pop("object", says.get("value", ""))  # the object of a status is its value: completed
            if says["value"] not in self._ontology.terms.statuses:
                raise self._fail(f"{says['value']!r} is no status", f"there are {', '.join(self._ontology.terms.statuses)}")
        elif kind == "missing" and says.get("predicate") in self._ontology.terms.relations and "object" not in says:
            raise self._fail("missing needs object", f"{says['predicate']} leads to another thing")
        if says.get("predicate") in self._ontology.terms.attributes:
            self._read_attribute(kind, says)
        figure = figures.read(says, self._path, self._line) if of_figure else None
        return Correction(kind, says, str(entry["author"]), str(entry["date"]), (self._path, self._line), figure)

    def _said(self, kind: str) -> dict[str, str]:
        said = dict(items_of(self._entry[kind]))
        if wrong := [key for key, value in said.items() if value is None or isinstance(value, dict | list)]:
            raise self._fail(f"{wrong[0]} of {kind} must be a word or a number", "put it in quotes if it holds marks of YAML")
        says = {str(key): str(value) for key, value in said.items()}
        return says | {key: without_marks(says[key]) for key in _COPIED & set(says)}

    def _check_keys(self, kind: str, says: dict[str, str], *, of_figure: bool) -> None:
        what = f"{kind} of a figure" if of_figure else kind
        known = (FIGURE_KEYS if of_figure else _KINDS)[kind]
        if unknown := sorted(set(says) - known):
            raise self._fail(f"{what} knows no {', '.join(unknown)}", f"known: {', '.join(sorted(known))}")
        if missing := sorted((NEEDED_OF_FIGURE if of_figure else _NEEDED)[kind] - set(says)):
            hint = f"write {_FIGURE_EXAMPLES[kind] if of_figure else _EXAMPLES[kind]}" + ("; or, for a figure, its indicator" if "predicate" in missing else "")
            raise self._fail(f"{what} needs {', '.join(missing)}", hint)
        if of_figure and not {"document", "subject"} & set(says):
            raise self._fail(f"{what} needs subject or document", f"write {_FIGURE_EXAMPLES[kind]}")

    def _check_terms(self, says: dict[str, str]) -> None:
        terms = self._ontology.terms
        predicate = says.get("predicate")
        if predicate is not None and predicate not in terms.relations and predicate not in terms.attributes:
            # Relations have English names; a name in Chinese is most often an indicator's.
            chinese = "" if predicate.isascii() else "what a figure is of is called indicator; "
            raise self._fail(f"the ontology has no relation {predicate}", f"{chinese}there are {', '.join(sorted({**terms.relations, **terms.attributes}))}")
        for key in ("type", "subject_type", "object_type"):
            if key in says and says[key] not in terms.types:
                raise self._fail(f"the ontology has no entity class {says[key]}", f"there are {', '.join(sorted(terms.types))}")

    def _check_text(self, says: dict[str, str]) -> None:
        if len(says) == len(_NEEDED["text"]):
            raise self._fail("text says nothing of its document", f"give area, genre or date: {_EXAMPLES['text']}")
        if says.get("genre", _GENRES[0]) not in _GENRES:
            raise self._fail(f"{says['genre']!r} is no genre that can be given", f"there are {', '.join(_GENRES)}")
        if "date" in says:
            self._check_day(says["date"])

    def _check_day(self, said: str) -> None:
        if not is_date(said):
            raise self._fail(f"{said!r} is no day", "write 2024-06-30, 2024-06 or 2024")

    def _read_attribute(self, kind: str, says: dict[str, str]) -> None:
        """Check what an attribute of a policy is said to be, and put it where a fact has it: a thing is its object, a day its value."""
        predicate = says["predicate"]
        values = self._ontology.terms.attributes[predicate]
        values = "date" if values in _DAYS else values
        given, other = ("object", "value") if values in self._ontology.terms.types else ("value", "object")
        if other in says:
            says[given] = says.pop(other)
        if kind == "missing" and given not in says:
            raise self._fail(f"missing needs {given}", f"{predicate} is of {values or 'some value'}")
        if "date" in says:
            raise self._fail(f"{predicate} has no date", "only relations have one" + (f"; its own day is the value: {says['date']}" if values == "date" else ""))
        if values == "date" and given in says:
            self._check_day(says[given])
