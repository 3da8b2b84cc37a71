"""How often each rule fires on real text, and where nothing fires though there is something to say."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.extractor import Extractor
from kg.model import Document

_SEED = 7  # which sentences are shown must not change from run to run


@dataclass(frozen=True)
class Coverage:
    """`fired` counts facts by rule (rules that never fired have 0), those of a user's own folder first; `silent` samples sentences with several entities and
    no relation, as (document id, sentence, names)."""

    documents: int
    sentences: int
    fired: dict[str, int]
    own: frozenset[str]  # the rules of a user's own folder
    silent: tuple[tuple[str, str, tuple[str, ...]], ...]
    silent_total: int


def coverage(extractor: Extractor, documents: Iterable[Document], sample: int = 20) -> Coverage:
    """What the rules make of `documents`."""
    fired: Counter[str] = Counter(dict.fromkeys((*extractor.rules.ids(), *(reference.id for reference in extractor.references.rules)), 0))
    silent: list[tuple[str, str, tuple[str, ...]]] = []
    count = sentences = 0
    for document in documents:
        count += 1
        facts = extractor.extract(document)
        sentences += len(facts.sentences)
        named: dict[int, dict[str, None]] = {}
        for entity in facts.entities:
            for mention in entity.mentions:
                fired[mention.found_by] += 1
                named.setdefault(mention.sentence, {})[entity.name] = None
        fired.update(relation.found_by for relation in facts.relations)
        fired.update(observation.found_by for observation in facts.observations)
        spoken = {relation.sentence for relation in facts.relations}
        for sentence in facts.sentences:
            names = tuple(named.get(sentence.index, ()))
            if len(names) > 1 and sentence.index not in spoken:
                silent.append((document.id, document.text[sentence.start : sentence.end], names))
    shown = sorted(random.Random(_SEED).sample(silent, min(sample, len(silent))))
    own = extractor.rules.own()
    order = sorted(fired.items(), key=lambda item: (item[0] not in own, -item[1], item[0]))
    return Coverage(count, sentences, dict(order), own, tuple(shown), len(silent))
