"""Every example and near miss in the shipped rules, run through the whole extractor."""

from __future__ import annotations

import re
from pathlib import Path

from kg.extract.extractor import Extractor
from kg.extract.knowledge.rule_reading import rule_files
from kg.extract.knowledge.ways import read_ways
from kg.extract.review.examples import example_document, run_examples
from kg.read import find, read

EXTRACT = Path(__file__).parents[2] / "kg" / "extract"


def test_every_example_yields_what_it_says(extractor: Extractor) -> None:
    outcomes = list(run_examples(extractor))
    written = sum(
        len(rule.get("examples", ())) + len(rule.get("rejects", ()))
        for file in rule_files(extractor.ontology)
        for rule in file.data.get("rules", ())
    )
    written += sum(
        len(reference["examples"]) + len(reference["rejects"])
        for file in extractor.ontology.yaml("lexicon")
        for reference in file.data.get("references", ())
    )
    written += sum(len(rule.examples) + len(rule.rejects) for rule in extractor.policy_time.rules)
    written += sum(len(rule.match) + len(rule.refuse) for rule in extractor.observer.rules.rules)
    ways = [way for file in extractor.ontology.yaml("rules") for way in file.data.get("ways", ())]
    written += sum(len(way["examples"]) + len(way["rejects"]) for way in ways)
    assert len(outcomes) == written > 150
    failed = [f"{o.rule}: {o.text}: wanted {o.wanted}, found {o.found}" for o in outcomes if not o.passed]
    assert not failed, "\n".join(failed)


def _with_examples(extractor: Extractor) -> set[str]:
    """The ids of all that has examples: rules of the ontology, and ways of the program."""
    of_all = (extractor.rules.all(), extractor.references.rules, extractor.observer.rules.rules, extractor.policy_time.rules, read_ways(extractor.ontology))
    return {rule.id for rules in of_all for rule in rules}


def test_what_the_program_finds_by_itself_has_examples(extractor: Extractor) -> None:
    """Ids in the code of the extractor are those of rules or ways; and no way is one that the code does not have."""
    code = {word for path in EXTRACT.rglob("*.py") for word in re.findall(r'"([a-z]+(?:-[a-z]+)*)"', path.read_text(encoding="utf-8"))}
    kinds = tuple({way.id.split("-")[0] + "-" for way in read_ways(extractor.ontology) if "-" in way.id})
    named = {word for word in code if word.startswith(kinds)}
    assert len(named) > 15
    assert sorted(named - _with_examples(extractor)) == []
    assert sorted(way.id for way in read_ways(extractor.ontology) if way.id not in code) == []


def test_whatever_finds_a_fact_has_examples(extractor: Extractor, root: Path) -> None:
    """All ids that facts of the corpus and of the rules' own examples carry; only what is added by hand needs none."""
    texts = [rule.examples[0] for rule in (*extractor.rules.all(), *extractor.references.rules, *extractor.policy_time.rules, *read_ways(extractor.ontology))]
    documents = [example_document(example.text, example.date) for example in texts]
    documents += [document for source in find([root / "corpus"]) for document in read(source)]
    carried: set[str] = set()
    for document in documents:
        facts = extractor.extract(document)
        mentions = [mention for entity in facts.entities for mention in entity.mentions]
        carried |= {fact.found_by for fact in (*facts.entities, *mentions, *facts.relations, *facts.observations, *facts.attributes)}
        carried |= {mention.reference for mention in mentions if mention.reference}
    assert len(carried) > 700
    assert sorted(carried - _with_examples(extractor)) == []


def test_the_rules_ask_for_all_types_and_relations(extractor: Extractor) -> None:
    terms = extractor.ontology.terms
    listed = {kind for kind, _ in extractor.names.listed.values()} | {"Area"}
    assert {rule.type for rule in extractor.rules.entities} | listed >= terms.types
    assert {rule.predicate for rule in extractor.rules.relations} >= set(terms.relations)


def test_every_word_that_refers_is_one_token(extractor: Extractor) -> None:
    # What the segmenter cuts in two (该隧道) would never be looked up.
    words = [word for reference in extractor.references.rules for word in sorted(reference.words)]
    assert len(words) > 20
    assert [word for word in words if word not in [token for token, _ in extractor.segmenter.words(f"今天开通。{word}投资三亿元。")]] == []
