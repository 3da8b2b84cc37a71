"""Facts written as JSON and read again are the same Facts, whatever they hold."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.extract.facts_json import from_json, to_json
from kg.model import Attribute, Document, Entity, Facts, Mention, Observation, Relation, Sentence

TEXT = "6月28日,杭州地鐵8號線一期工程開通,投資205.640億元。"
DOCUMENT = Document(id="news/a.txt", stem="a", path="news/a.txt", text=TEXT, format="txt", sha256="0" * 64)

texts = st.text(max_size=12)
maybe = st.none() | texts
places = st.tuples(st.integers(0, 20), st.integers(0, 20))
confidences = st.floats(0, 1)
clues = st.lists(texts, max_size=3).map(tuple)
evidence = {
    "start": st.integers(0, 40), "end": st.integers(0, 40), "sentence": st.integers(0, 9), "found_by": texts,
    "confidence": confidences,
}  # fmt: skip
mentions = st.builds(Mention, st.integers(0, 40), st.integers(0, 40), st.integers(0, 9), texts, texts)
entities = st.builds(
    Entity, id=texts, type=texts, name=texts, surfaces=st.lists(texts, max_size=3).map(tuple),
    mentions=st.lists(mentions, max_size=3).map(tuple), key=texts, scope=texts, code=texts, confidence=confidences,
    found_by=texts, clues=clues,
)  # fmt: skip
relations = st.builds(
    Relation, subject=texts, predicate=texts, object=maybe, value=maybe, date=maybe,
    basis=st.sampled_from(["text", "authority"]), clues=clues, **evidence,
)  # fmt: skip
values = st.decimals(allow_nan=False, allow_infinity=False, places=None)
observations = st.builds(
    Observation, subject=maybe, indicator=texts, kind=texts, value=values, unit=texts, bound=texts, period=maybe,
    quoted=texts, period_basis=texts, base=texts, scope=texts, clues=clues, **evidence,
)  # fmt: skip
attributes = st.builds(Attribute, subject=texts, property=texts, value=maybe, object=maybe, **evidence)


@settings(max_examples=60, deadline=None)
@given(
    date=maybe,
    sentences=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.booleans()), max_size=3),
    entities=st.lists(entities, max_size=2).map(tuple),
    relations=st.lists(relations, max_size=2).map(tuple),
    observations=st.lists(observations, max_size=2).map(tuple),
    attributes=st.lists(attributes, max_size=2).map(tuple),
)
def test_round_trip_is_exact(date, sentences, **parts):
    facts = Facts(DOCUMENT.id, date, tuple(Sentence(i, *s) for i, s in enumerate(sentences)), **parts)
    again = from_json(json.loads(json.dumps(to_json(DOCUMENT, facts))))
    assert again == facts
    # Equal decimals may still be written differently: 205.640 must not become 205.64.
    assert [str(o.value) for o in again.observations] == [str(o.value) for o in facts.observations]


def test_keys_of_the_annotation_format():
    project = Entity("e1", "Project", "杭州地鐵8號線一期工程", ("杭州地鐵8號線一期工程",), (Mention(6, 17, 0, "r"),), "k")
    facts = Facts(
        DOCUMENT.id, "2021-07-15", (Sentence(0, 0, len(TEXT)),), (project,),
        (Relation("e1", "hasStatus", None, 6, 19, 0, "opened", 0.9, value="operating", date="2021-06-28"),),
        (Observation("e1", "投資", "level", Decimal("20564000000.0"), "CNY", "=", None, 20, 31, 0, "r", 0.8),),
    )  # fmt: skip
    written = to_json(DOCUMENT, facts)
    assert (written["doc"], written["date"]) == ("a", "2021-07-15")
    assert written["entities"][0]["mentions"][0]["text"] == "杭州地鐵8號線一期工程"
    relation = {k: written["relations"][0].get(k, "absent") for k in ("s", "p", "o", "value", "date", "evidence")}
    assert relation == {
        "s": "e1", "p": "hasStatus", "o": "absent", "value": "operating", "date": "2021-06-28",
        "evidence": "杭州地鐵8號線一期工程開通",
    }  # fmt: skip
    assert written["observations"][0]["value"] == 20564000000
    assert written["observations"][0]["evidence"] == "投資205.640億元"


def test_gold_annotations_are_refused_with_the_missing_key():
    with pytest.raises(KgError, match="facts without 'document'.*only the output of kg extract"):
        from_json({"doc": "a", "date": None, "entities": [], "relations": [], "observations": []})
