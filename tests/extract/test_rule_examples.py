"""Every example and near miss in the shipped rules, run through the whole extractor."""

from __future__ import annotations

from kg.extract.examples import run_examples
from kg.extract.extractor import Extractor
from kg.extract.rules import rule_files


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
    assert len(outcomes) == written > 150
    failed = [f"{o.rule}: {o.text}: wanted {o.wanted}, found {o.found}" for o in outcomes if not o.passed]
    assert not failed, "\n".join(failed)


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
