"""The examples inside the rules, run through the whole extractor as they would run in a document; those of figures through the reader of figures alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kg.extract.extractor import Extractor
from kg.extract.knowledge.ways import read_ways
from kg.extract.names.mentions import MentionRef
from kg.extract.observations.observation_rules import ObservationRule
from kg.extract.observations.observations import SpokenOf
from kg.model import Document, Facts, Observation, Table
from kg.read.markdown import read_markdown
from kg.read.options import ReadOptions
from kg.text.fold import fold
from kg.text.sentences import ReadText, split_sentences

_DAY = "2024-06-30"  # the date of an example that states none
_TABLE = "\n|---"  # the line of Markdown below the heads of a table
_DECIDES = "decides about a number"


@dataclass(frozen=True)
class Outcome:
    """What one example of a rule gave: `found` is what this rule yielded."""

    rule: str
    file: Path
    line: int
    text: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the rule yields what the example wants, and nothing else."""
        return sorted(self.wanted) == sorted(self.found)


def example_document(text: str, date: str | None = None) -> Document:
    """A document that consists of `text`, in which tables stand as in Markdown; its first line is the title if there are several."""
    tables: tuple[Table, ...] = ()
    if _TABLE in text:
        (read,) = read_markdown(text.encode(), "example", ReadOptions())
        text, tables = read.text, read.tables
    title = text.split("\n", 1)[0] if "\n" in text else ""
    return Document(
        id="example", stem="example", path="example", text=text, format="txt", sha256="", title=title, date=date or _DAY,
        date_basis="option", tables=tables,
    )  # fmt: skip


def run_examples(extractor: Extractor, only: Iterable[str] = ()) -> Iterator[Outcome]:
    """One outcome for each example and near miss of every rule and way (or of those whose ids are in `only`)."""
    wanted = set(only)
    for rule in (*extractor.rules.all(), *extractor.references.rules, *extractor.policy_time.rules, *read_ways(extractor.ontology)):
        if wanted and rule.id not in wanted:
            continue
        for example in (*rule.examples, *rule.rejects):
            document = example_document(example.text, example.date)
            made = _made(rule.id, document, extractor.extract(document))
            path, line = rule.place
            yield Outcome(rule.id, path, example.line or line, example.text, tuple(sorted(set(example.yields))), made)
    for figure in extractor.observer.rules.rules:
        if not wanted or figure.id in wanted:
            yield from _of_figures(extractor, figure)


def figures_alone(
    extractor: Extractor, document: Document, mentions: Sequence[MentionRef] = (), topic: str | None = None
) -> list[Observation]:
    """The observations of a text in which nothing is named but `mentions`, and all of which is about `topic`."""
    folded = fold(document.text)
    read = ReadText(document, folded, split_sentences(document, folded))
    titles = extractor.titles.read(document, folded)
    spoken = SpokenOf({sentence.index: topic for sentence in read.sentences}, {})
    return extractor.observer.observe(read, mentions, spoken, titles, extractor.observer.moods.read(read, titles))


def _of_figures(extractor: Extractor, rule: ObservationRule) -> Iterator[Outcome]:
    """What a rule of figures makes of its examples; one of the kind `none` must decide that their numbers are none."""
    observer = extractor.observer
    for example in rule.match:
        decides = (_DECIDES,) if rule.id in observer.deciding(example.text) else ()
        read = figures_alone(extractor, example_document(example.text))
        found = tuple(_told(one.kind, one.indicator, one.value, one.unit) for one in read if one.found_by == rule.id)
        wanted = tuple(_told(*one) for one in example.yields)
        if rule.kind == "none":
            wanted, found = (_DECIDES,), found + decides
        yield Outcome(rule.id, rule.file, rule.line, example.text, wanted, found)
    for text in rule.refuse:
        yield Outcome(rule.id, rule.file, rule.line, text, (), (_DECIDES,) if rule.id in observer.deciding(text) else ())


def _told(kind: str, indicator: str, value: Decimal, unit: str) -> str:
    return f"{kind} {indicator} {value.normalize():f} {unit}".strip()


def _made(rule: str, document: Document, facts: Facts) -> tuple[str, ...]:
    """What a rule alone made of the text: names, `word = name` of what only refers, `subject predicate object`, `property value`, figures."""
    name = {entity.id: entity.name for entity in facts.entities}
    found: set[str] = set()
    for entity in facts.entities:
        for mention in entity.mentions:
            if mention.reference == rule:
                found.add(f"{document.text[mention.start : mention.end]} = {entity.name}")
            elif mention.found_by == rule:
                found.add(entity.name)
    for relation in facts.relations:
        if relation.found_by == rule:
            parts = [name[relation.subject], relation.predicate, name.get(relation.object or ""), relation.value]
            found.add(" ".join(part for part in parts if part is not None))
    found.update(f"{a.property} {a.value or name[a.object or '']}" for a in facts.attributes if a.found_by == rule)
    found.update(_told(o.kind, o.indicator, o.value, o.unit) for o in facts.observations if o.found_by == rule)
    return tuple(sorted(found))
