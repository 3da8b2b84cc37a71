"""Small extractors for the tests of builds: facts made from the words of a text, without rules or tables."""

from __future__ import annotations

import os
import re
import signal
from decimal import Decimal
from itertools import pairwise

from kg.model import Document, Entity, Facts, Mention, Observation, Relation, Sentence

_NAME = re.compile(r"([\u4e00-\u9fff]{2})区")


def words(document: Document) -> Facts:
    """Every 某某区 is an area, neighbours cooperate, every number is a figure."""
    text = document.text
    ends = [found.end() for found in re.finditer("[。\n]|$", text)]
    starts = [0, *ends[:-1]]
    sentences = tuple(Sentence(i, a, b) for i, (a, b) in enumerate(zip(starts, ends, strict=True)))

    def sentence(at: int) -> int:
        return next(s.index for s in sentences if s.start <= at < s.end)

    mentions: dict[str, list[Mention]] = {}
    for found in _NAME.finditer(text):
        mentions.setdefault(found[0], []).append(Mention(*found.span(), sentence(found.start()), "name"))
    entities = tuple(
        Entity(f"e{i}", "Area", name, (name,), tuple(places), name) for i, (name, places) in enumerate(mentions.items())
    )
    ids = {entity.name: entity.id for entity in entities}
    names = list(_NAME.finditer(text))
    relations = tuple(
        Relation(
            ids[a[0]], "cooperatesWith", ids[b[0]], a.start(), b.end(), sentence(a.start()), "located-by-topic", 0.8
        )
        for a, b in pairwise(names)
        if a[0] != b[0] and sentence(a.start()) == sentence(b.start())
    )
    observations = tuple(
        Observation(
            None, "数", "level", Decimal(n[0]), "", "=", None, *n.span(), sentence(n.start()), "amount", 0.9, n[0]
        )
        for n in re.finditer(r"\d+", text)
    )
    return Facts(document.id, document.date, sentences, entities, relations, observations)


def count_calls(document: Document) -> Facts:
    """As `words`, and one more byte in the file CALLS for each call."""
    with open(os.environ["CALLS"], "ab") as log:
        log.write(b"x")
    return words(document)


def die_on_poison(document: Document) -> Facts:
    """As `words`, but a text with 毒 kills the process, as the system does when memory runs out."""
    if "毒" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return words(document)


def fail_on_poison(document: Document) -> Facts:
    if "毒" in document.text:
        raise ZeroDivisionError("poison")
    return words(document)
