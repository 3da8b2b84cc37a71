"""Judging rules by chance hits: what each yields on real text, put into a table for a reader to mark as right or wrong.

Annotations say how a rule does on texts that it was perhaps written for; a reader's verdicts on texts that nobody
annotated say it for all others, and cost a line each.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NamedTuple

from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.extract.names.mentions import OWN_ORGAN, SHORT_PLACE
from kg.model import Document, Facts, Sentence

_SEED = 7  # which hits are drawn must not change from run to run
_BEFORE = 60  # characters of the sentence before that are shown with a hit: who is spoken of often stands there
_VERDICTS = {"right": True, "r": True, "wrong": False, "w": False}  # all else counts neither way: debatable, or not judged


@dataclass(frozen=True)
class Hit:
    """What a rule yields in one place; offsets are those of the document's text, `text` has the place between 【 and 】."""

    verdict: str
    kind: str  # entity, relation or observation
    rule: str
    clues: str  # parted by blanks
    document: str
    start: int
    end: int
    fact: str
    text: str


COLUMNS = tuple(field.name for field in fields(Hit))


def sample(extractor: Extractor, documents: Iterable[Document], count: int, rules: Iterable[str] = ()) -> list[Hit]:
    """Up to `count` chance hits of each rule (of `rules`, if given) on `documents`, each fact once, by rule."""
    wanted = frozenset(rules)
    found: dict[tuple[str, str], dict[str, Hit]] = defaultdict(dict)
    for document in documents:
        for hit in hits(document, extractor.extract(document)):
            if not wanted or hit.rule in wanted:
                found[hit.rule, hit.kind].setdefault(hit.fact, hit)
    drawn: list[Hit] = []
    for key in sorted(found):
        of_rule = list(found[key].values())
        drawn += random.Random(f"{_SEED} {key}").sample(of_rule, min(count, len(of_rule)))
    return drawn


def hits(document: Document, facts: Facts) -> Iterator[Hit]:
    """All that rules yielded in one document: mentions, relations and figures."""
    name = {entity.id: f"{entity.name} ({entity.type})" for entity in facts.entities}
    sentences = {sentence.index: sentence for sentence in facts.sentences}

    def hit(kind: str, rule: str, start: int, end: int, sentence: int, fact: str, clues: Sequence[str] = ()) -> Hit:
        return Hit("", kind, rule, " ".join(clues), document.id, start, end, fact, _shown(document.text, sentences[sentence], start, end))

    for entity in facts.entities:
        for mention in entity.mentions:
            reference = "" if mention.reference in (OWN_ORGAN, SHORT_PLACE) else mention.reference  # these are names that a table has
            rule = reference or mention.found_by
            fact = f"{entity.type} {document.text[mention.start : mention.end]}" + (f" = {entity.name}" if reference else "")
            yield hit("entity", rule, mention.start, mention.end, mention.sentence, fact, entity.clues)
    for relation in facts.relations:
        if relation.basis == "text":
            parts = (name[relation.subject], relation.predicate, name.get(relation.object or ""), relation.value, relation.date)
            yield hit("relation", relation.found_by, relation.start, relation.end, relation.sentence, " ".join(filter(None, parts)), relation.clues)
    for one in facts.observations:
        if one.basis != "text":
            continue
        told = (name.get(one.subject or "", "–"), one.indicator, one.kind, f"{one.bound}{one.value}", one.unit, one.period, one.base, one.scope)
        yield hit("observation", one.found_by, one.start, one.end, one.sentence, " | ".join(filter(None, told)), one.clues)


def _shown(text: str, sentence: Sentence, start: int, end: int) -> str:
    begin, stop = max(0, min(sentence.start, start) - _BEFORE), max(sentence.end, end)
    return " ".join(f"{text[begin:start]}【{text[start:end]}】{text[end:stop]}".split())


class Verdict(NamedTuple):
    """A fact that was judged."""

    kind: str
    rule: str
    clues: tuple[str, ...]
    right: bool


def read_verdicts(path: Path) -> list[Verdict]:
    """The facts judged in a table with the columns verdict, kind, rule and clues; KgError with the line of a faulty row."""
    found = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if not {"verdict", "kind", "rule"} <= set(reader.fieldnames or ()):
                raise KgError("needs the columns verdict, kind and rule", file=path, line=1, hint="kg rules sample makes such a table")
            for row in reader:
                verdict = _VERDICTS.get((row["verdict"] or "").strip().lower())
                if row["kind"] not in ("entity", "relation", "observation") or not row["rule"]:
                    raise KgError("needs a kind (entity, relation, observation) and a rule", file=path, line=reader.line_num)
                if verdict is not None:
                    found.append(Verdict(row["kind"], row["rule"], tuple((row.get("clues") or "").split()), verdict))
    except UnicodeDecodeError as error:
        raise KgError("is not UTF-8", file=path, hint="save it as UTF-8 (in Excel: CSV UTF-8)") from error
    if not found:  # a table of confidence made of it would hold nothing, and take the place of another
        raise KgError("holds no verdict", file=path, hint="write right or wrong into the column verdict; anything else counts neither way")
    return found
