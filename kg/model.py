"""The data that is handed from stage to stage: frozen, without logic.

Every offset counts code points in `Document.text`, which is the text as it was read, before any folding;
`document.text[start:end]` is always the very characters that a fact rests on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

REFUTED = "refuted"
FIGURE_KINDS = ("level", "growth", "share", "change", "rank", "target")
PLACE_LEVELS = ("province", "city", "county")


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell: its place in the table and its span in the document's text."""

    row: int
    column: int
    start: int
    end: int
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose cells stand, tab- and line-separated, in the document's text from `start` to `end`."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One readable text with what is known about it. A file may give several (`part` tells them apart)."""

    id: str  # stable name: folder given/path inside it, plus "#part" for a part of a file; never absolute
    stem: str  # what `kg extract` names the output after: file stem, plus "-part"
    path: str  # the file as the user can open it
    text: str = field(repr=False)  # nobody wants to see two million characters, nor the spans in them, by looking at a document
    format: str  # txt md html mht docx doc odt rtf pdf ofd jsonl csv xlsx xls ods
    sha256: str  # of the file's bytes (of the record's text for a part)
    title: str = ""
    date: str | None = None  # ISO 8601 day, or year or year-month where only that is known
    date_basis: str = ""  # option, metadata, filename, text, correction; "" when there is no date
    source: str = ""
    publisher: str = ""
    url: str = ""
    part: str = ""
    noise: tuple[tuple[int, int], ...] = field(default=(), repr=False)  # spans of boilerplate: never sentences, never mentions
    headings: tuple[tuple[int, int], ...] = field(default=(), repr=False)  # spans of headings; a heading is a sentence of its own
    tables: tuple[Table, ...] = field(default=(), repr=False)
    pages: tuple[int, ...] = field(default=(), repr=False)  # offset at which each page begins (pdf), else empty


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its number and span; a heading is one of its own."""

    index: int
    start: int
    end: int
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The mention from which a reference takes its meaning, and how far that is."""

    start: int
    end: int
    distance: int  # in sentences, headings counted: 0 in the same one, 1 in the one before, -1 in the one behind


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names an entity."""

    start: int
    end: int
    sentence: int
    found_by: str  # id of the rule or lexicon table
    reference: str = ""  # "" for a name; else how a short form or description was resolved (rule id)
    antecedent: Antecedent | None = None  # of a reference; None where no other mention gives its meaning (a table, a correction)


@dataclass(frozen=True, slots=True)
class Entity:
    """A specific thing of one document. `name` and `surfaces` are written as in the text."""

    id: str  # e1, e2 … in order of first mention; local to the document
    type: str  # class of the ontology: Area Body Project Policy Event Honor Person, or a user's own
    name: str
    surfaces: tuple[str, ...]
    mentions: tuple[Mention, ...]
    key: str  # canonical name: folded, aliases resolved; with `type` and `scope` it makes the IRI
    scope: str = ""  # what makes the key unique: an area's code or key, or the document's id; "" if the key alone does
    code: str = ""  # administrative division code where the entity is in the gazetteer
    confidence: float = 1.0
    found_by: str = ""
    clues: tuple[str, ...] = ()  # what its confidence rests on besides the rule: report-Project, ends-桥 …


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between two entities of one document, by their ids; `start:end` is the evidence."""

    subject: str
    predicate: str
    object: str | None  # entity id; None where `value` alone is the object (hasStatus)
    start: int  # of the evidence
    end: int
    sentence: int
    found_by: str
    confidence: float
    value: str | None = None  # hasStatus: the stage; holdsPost: the office
    date: str | None = None
    basis: str = "text"  # "authority": known from a table, not read in this text; how it begins where somebody refuted it: REFUTED
    clues: tuple[str, ...] = ()  # as of an Entity: other-issues, subject-sentence …


@dataclass(frozen=True, slots=True)
class Observation:
    """One statement of one figure; `subject` is an entity id, None where nobody is told of; `start:end` is the evidence."""

    subject: str | None
    indicator: str
    kind: str  # one of FIGURE_KINDS
    value: Decimal  # scaled: 1142.15億元 is 114215000000
    unit: str  # "%", "CNY", "USD" or the classifier as written
    bound: str  # = > < ~
    period: str | None  # ISO 8601 year, day or interval
    start: int  # of the evidence
    end: int
    sentence: int
    found_by: str
    confidence: float
    quoted: str = ""  # the number and unit as written: 1142.15億元
    period_basis: str = ""  # what the period was read from, and how sure: "stated", "carried", "document"
    base: str = ""  # what a growth is measured against: 同比, 环比, 2019
    scope: str = ""  # what a rank or share is within: 全市
    basis: str = "text"  # as of a Relation
    responsible: tuple[str, ...] = ()  # of a target: entity ids of who answers for it
    clues: tuple[str, ...] = ()  # what its confidence rests on besides the rule: text-other, subject-clause, period-sentence …


@dataclass(frozen=True, slots=True)
class Attribute:
    """A dated or literal property of an entity that is none of the scored relations: 文号, 施行日期, 修订…"""

    subject: str
    property: str  # property of the ontology: documentNumber, issued, effectiveFrom, effectiveUntil, revises, repeals, basedOn
    value: str | None
    object: str | None  # entity id
    start: int
    end: int
    sentence: int
    found_by: str
    confidence: float
    basis: str = "text"  # as of a Relation


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text was read as a whole; a slip here runs through all its facts."""

    genre: str  # law communique plan report digest (several stories, as a newscast) text (any other, such as news)
    areas: tuple[str, ...] = ()  # entity ids of the areas whose it is, as report, plan or story; of several reports one after the other, each
    areas_basis: str = ""  # what says so: correction, title, opening (what stands below the title), metadata, words (what it says most of)
    period: str = ""  # ISO 8601 interval of the years that figures without one are of: of a report the year before and its own; "" if they are of the document's day


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one document says. `extract(document)` is a pure function; the result is plain data."""

    document: str  # Document.id
    date: str | None
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    observations: tuple[Observation, ...]
    attributes: tuple[Attribute, ...] = ()
    reading: Reading = Reading("text")

    def __repr__(self) -> str:
        kinds = ("sentences", "entities", "relations", "observations", "attributes")
        return f"<Facts of {self.document!r}: {', '.join(f'{len(getattr(self, kind))} {kind}' for kind in kinds)}>"
