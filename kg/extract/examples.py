"""The examples inside the rules, run through the whole extractor as they would run in a document; those of figures through the reader of figures alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kg.extract.extractor import Extractor
from kg.extract.mentions import MentionRef
from kg.extract.observation_rules import ObservationRule
from kg.extract.rules import EntityRule, Example, RelationRule
from kg.model import Document, Facts, Observation
from kg.text.fold import fold
from kg.text.sentences import split_sentences

_DAY = "2024-06-30"  # the date of an example that states none
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
        return sorted(self.wanted) == sorted(self.found)


def example_document(text: str, date: str | None = None) -> Document:
    """A document that consists of `text`; its first line is the title if there are several."""
    title = text.split("\n", 1)[0] if "\n" in text else ""
    return Document(
        id="example", stem="example", path="example", text=text, format="txt", sha256="", title=title, date=date or _DAY,
        date_basis="option",
    )  # fmt: skip


def run_examples(extractor: Extractor, only: Iterable[str] = ()) -> Iterator[Outcome]:
    """One outcome for each example and near miss of every rule (or of those whose ids are in `only`)."""
    wanted = set(only)
    for rule in extractor.rules.all():
        if wanted and rule.id not in wanted:
            continue
        file, line = rule.place
        for example in (*rule.examples, *rule.rejects):
            facts = extractor.extract(example_document(example.text, example.date))
            yield Outcome(rule.id, file, line, example.text, _wanted(example), tuple(_yielded(rule, facts)))
    for reference in extractor.references.rules:
        if wanted and reference.id not in wanted:
            continue
        file, line = reference.place
        for example in (*reference.examples, *reference.rejects):
            document = example_document(example.text, example.date)
            yield Outcome(reference.id, file, line, example.text, _wanted(example), _meant(reference.id, document, extractor.extract(document)))
    for timed in extractor.policy_time.rules:
        if wanted and timed.id not in wanted:
            continue
        file, line = timed.place
        for text, yields in (*((e.text, e.yields) for e in timed.examples), *((text, ()) for text in timed.rejects)):
            facts = extractor.extract(example_document(text))
            yield Outcome(timed.id, file, line, text, tuple(sorted(yields)), tuple(_dated(timed.id, facts)))
    for figure in extractor.observer.rules.rules:
        if not wanted or figure.id in wanted:
            yield from _of_figures(extractor, figure)


def figures_alone(
    extractor: Extractor, document: Document, mentions: Sequence[MentionRef] = (), topic: str | None = None
) -> list[Observation]:
    """The observations of a text in which nothing is named but `mentions`, and all of which is about `topic`."""
    folded = fold(document.text)
    sentences = split_sentences(document, folded)
    titles = extractor.titles.read(document, folded)
    timing = extractor.observer.moods.read(document, folded, titles, sentences)
    topics = {sentence.index: topic for sentence in sentences}
    return extractor.observer.observe(document, folded, sentences, mentions, topics, titles, timing)


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


def _wanted(example: Example) -> tuple[str, ...]:
    return tuple(sorted(set(example.yields)))


def _meant(rule: str, document: Document, facts: Facts) -> tuple[str, ...]:
    """What a reference made of the text: `word = name`."""
    found = {
        f"{document.text[mention.start : mention.end]} = {entity.name}"
        for entity in facts.entities for mention in entity.mentions if mention.reference == rule
    }  # fmt: skip
    return tuple(sorted(found))


def _dated(rule: str, facts: Facts) -> list[str]:
    """What a rule of policy time made of the text: `property value`, or `property name`."""
    name = {entity.id: entity.name for entity in facts.entities}
    return sorted({f"{a.property} {a.value or name[a.object or '']}" for a in facts.attributes if a.found_by == rule})


def _yielded(rule: EntityRule | RelationRule, facts: Facts) -> list[str]:
    """What `rule` alone made of the text: names, or `subject predicate object`."""
    if isinstance(rule, EntityRule):
        found = {
            entity.name for entity in facts.entities if any(m.found_by == rule.id for m in entity.mentions)
        }
        return sorted(found)
    name = {entity.id: entity.name for entity in facts.entities}
    found = set()
    for relation in facts.relations:
        if relation.found_by == rule.id:
            parts = [name[relation.subject], relation.predicate]
            parts += [name[relation.object]] if relation.object is not None else []
            parts += [relation.value] if relation.value is not None else []
            found.add(" ".join(parts))
    return sorted(found)
