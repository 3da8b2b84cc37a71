"""What is left out for speed changes no fact: patterns sorted out by a sieve, tokens that cannot refer, what was found out once and is kept."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.extract.extractor import Extractor
from kg.extract.knowledge.sieve import Sieve, places, sieve
from kg.model import Document, Facts
from kg.read import ReadOptions, find, read

CORPUS = Path(__file__).parents[2] / "corpus"
SECONDS = 20  # of processor time for real texts: some fifty documents


class EveryPattern(Sieve):
    """Sorts out nothing."""

    def possible(self, symbols: str) -> int:
        return self._every


@pytest.fixture(scope="module")
def plain() -> Extractor:
    """An extractor that tries every rule in every sentence and looks at every token."""
    extractor = Extractor()
    for owner in (extractor.phases, extractor.relations):
        owner._sieve.__class__ = EveryPattern
    for pattern in extractor.rules.patterns():
        pattern.__dict__["search"] = pattern.regex.search  # without a look at neighbours
    extractor.references._looked_at = re.compile(".", re.DOTALL)
    return extractor


def kept(extractor: Extractor) -> list[dict[Any, Any]]:
    """The tables in which an extractor keeps what it found out, for the next time it is asked."""
    gazetteer, symbols = extractor.names.gazetteer, extractor.symbols
    tables = [getattr(gazetteer, name) for name in ("_places", "_uses", "_candidates", "_chains", "_within")]
    return [*tables, gazetteer._names._found, extractor.names.guards._of_name, symbols._seen, symbols._sets]


def found_afresh(plain: Extractor, document: Document) -> Facts:
    """The facts that an extractor finds which has read nothing before."""
    for table in kept(plain):
        table.clear()
    return plain.extract(document)


def documents_of(paths: Iterable[Path], options: ReadOptions) -> list[Document]:
    return [document for source in find(paths) for document in read(source, options)]


def test_facts_are_those_of_the_plain_path(extractor: Extractor, plain: Extractor) -> None:
    documents = documents_of([CORPUS], ReadOptions())
    assert len(documents) > 5
    for document in documents:
        assert extractor.extract(document) == found_afresh(plain, document), document.id
    assert all(kept(extractor)), "a table that is never filled tries nothing"


def test_facts_of_rule_examples_are_those_of_the_plain_path(extractor: Extractor, plain: Extractor) -> None:
    document = documents_of([CORPUS], ReadOptions())[0]
    texts = [example.text for rule in extractor.rules.all() for example in (*rule.examples, *rule.rejects)]
    assert len(texts) > 100
    for text in texts:
        alone = replace(document, text=text, noise=(), headings=(), tables=(), pages=())
        assert extractor.extract(alone) == found_afresh(plain, alone), text


def test_facts_of_real_texts_are_those_of_the_plain_path(extractor: Extractor, plain: Extractor, shared: Path) -> None:
    """As many chance documents as can be read in SECONDS; skipped, loudly, where there are none."""
    files = sorted(path for folder in ("news", "reports-2025", "laws") for path in (shared / "data" / folder).iterdir())
    by_chance = (document for path in random.Random(11).sample(files, len(files)) for document in documents_of([path], ReadOptions(split_heading=3)))
    end, tried = time.process_time() + SECONDS, 0
    for document in by_chance:
        assert extractor.extract(document) == found_afresh(plain, document), document.id
        tried += 1
        if time.process_time() > end:
            break
    assert tried > 10


def test_a_sieve_leaves_what_has_all_that_it_needs() -> None:
    made = Sieve(sieve([[((0, 1),)], [((0, 2),), ((2, 3),)], [], [((3, 4),)]], 4), "abcd")
    assert list(places(made.possible("a"))) == [0, 2]
    assert list(places(made.possible("bc"))) == [1, 2]
    assert list(places(made.possible(""))) == [2]
    assert list(places(made.possible("abcd"))) == [0, 1, 2, 3]
