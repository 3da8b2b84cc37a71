"""What is left untried for speed changes no fact: sentences sorted out by a sieve, tokens that cannot refer."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kg.extract.extractor import Extractor
from kg.extract.sieve import Sieve, places
from kg.read import ReadOptions, find, read

CORPUS = Path(__file__).parents[2] / "corpus"


class EveryPattern(Sieve):
    """Sorts out nothing."""

    def possible(self, symbols: str) -> int:
        return self._every


@pytest.fixture(scope="module")
def plain() -> Extractor:
    """An extractor that tries every rule in every sentence and looks at every token."""
    extractor = Extractor()
    sieves = [(owner, name) for owner in (extractor.phases, extractor.relations) for name in ("_sieve", "_fine_sieve") if hasattr(owner, name)]
    assert {owner for owner, _ in sieves} == {extractor.phases, extractor.relations}
    for owner, name in sieves:
        getattr(owner, name).__class__ = EveryPattern
    extractor.references._looked_at = re.compile(".", re.DOTALL)
    return extractor


def test_facts_are_those_of_the_plain_path(extractor: Extractor, plain: Extractor) -> None:
    documents = [document for source in find([str(CORPUS)], ReadOptions()) for document in read(source, ReadOptions())]
    assert len(documents) > 5
    for document in documents:
        assert extractor.extract(document) == plain.extract(document), document.id


def test_facts_of_rule_examples_are_those_of_the_plain_path(extractor: Extractor, plain: Extractor) -> None:
    document = next(document for source in find([str(CORPUS)], ReadOptions()) for document in read(source, ReadOptions()))
    texts = [example.text for rule in extractor.rules.all() for example in (*rule.examples, *rule.rejects)]
    assert len(texts) > 100
    for text in texts:
        alone = replace(document, text=text, noise=(), headings=(), tables=(), pages=())
        assert extractor.extract(alone) == plain.extract(alone), text


def test_a_sieve_leaves_what_has_all_that_it_needs() -> None:
    sieve = Sieve([[((0, 1),)], [((0, 2),), ((2, 3),)], [], [((3, 4),)]], "abcd")
    assert list(places(sieve.possible("a"))) == [0, 2]
    assert list(places(sieve.possible("bc"))) == [1, 2]
    assert list(places(sieve.possible(""))) == [2]
    assert list(places(sieve.possible("abcd"))) == [0, 1, 2, 3]
