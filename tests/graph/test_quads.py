"""Quads are valid, sorted, complete and the same after a round trip, whatever the text holds."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Store

from kg.graph.layout import evidence
from kg.graph.quads import nquads, stored
from kg.graph.vocabulary import document_iri
from kg.model import Attribute, Document, Entity, Facts, Mention, Observation, Relation, Sentence
from tests.graph.samples import document, facts

# RFC 3987, section 2.2: ucschar and the ASCII that may stand in a path or fragment; no private characters, no lone %.
IRI = re.compile(
    r"https?://[\w.-]+/(?:[A-Za-z0-9._~!$&'()*+,;=:@/#?-]|%[0-9A-Fa-f]{2}"
    "|[\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd])*"
)
LONE = re.compile("[\ud800-\udfff]")
KGO = "https://w3id.org/kgo/ns#"


def loaded(quads: bytes) -> Store:
    store = Store()
    store.load(quads, format=RdfFormat.N_QUADS)
    return store


def dumped(store: Store) -> list[str]:
    output = io.BytesIO()
    store.dump(output, RdfFormat.N_QUADS)
    return sorted(output.getvalue().decode().splitlines())


def test_store_gives_back_the_same_lines():
    quads = nquads(document(), facts())
    lines = quads.decode().splitlines()
    assert lines == sorted(set(lines))
    assert dumped(loaded(quads)) == lines


def test_order_of_facts_is_not_in_the_bytes():
    whole = facts()
    mixed = replace(
        whole,
        entities=whole.entities[::-1],
        relations=whole.relations[::-1],
        observations=random.Random(1).sample(whole.observations, len(whole.observations)),
    )
    assert mixed.observations != whole.observations
    assert nquads(document(), mixed) == nquads(document(), whole)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("kgr:area-330114 kgo:partOf kgr:area-330100", True),
        ("?p skos:prefLabel '地铁8号线'@zh-Hans ; kgo:hasStatus kgo:status-operating", True),
        (
            "?s rdf:predicate kgo:hasStatus ; kgo:date '2021-06-28' ; kgo:quote '地鐵8號線開通' ; kgo:confidence 0.85",
            True,
        ),
        ("?s rdf:predicate kgo:holdsPost ; kgo:value '區長'@zh ; prov:wasDerivedFrom/kgo:text '王某任區長。'", True),
        ("?x rdfs:label '製造業行動計劃'@zh ; kgo:documentNumber '錢政發〔2021〕3號'", True),
        (
            "kgr:area-330114 kgo:mentionedIn/dcterms:isPartOf/dcterms:identifier 'news/a.txt'",
            True,
        ),
        ("kgr:area-330114 skos:altLabel '全市'@zh", False),  # it refers to the place, and is no name of it
        (
            "?r a kgo:Reference ; kgo:refersTo kgr:area-330114 ; kgo:quote '全市' ; kgo:antecedent '錢塘區' ; kgo:distance 2",
            True,
        ),
        (
            "?r a kgo:Reference ; kgo:rule kgr:rule-ref-city ; kgo:statedIn ?d ; prov:wasDerivedFrom/dcterms:isPartOf ?d",
            True,
        ),
        ("?r a kgo:Reference ; kgo:quote '錢塘區'", False),  # a name says it by itself
        (
            "?o a qb:Observation ; kgo:value 114215000000.0 ; kgo:unit/skos:notation 'CNY' ; kgo:bound kgo:bound-exact",
            True,
        ),
        ("?o kgo:kind kgo:kind-growth ; kgo:value 11.0 ; kgo:base '同比'@zh ; qb:dataSet kgo:figures-spb", True),
        ("?o kgo:periodStart '2021-01-01'^^xsd:date ; kgo:periodEnd '2021-06-30'^^xsd:date", True),
        ("?o kgo:kind kgo:kind-rank ; kgo:unit kgr:unit- ; kgo:rankScope '全市'@zh ; qb:dataSet kgo:figures", True),
        ("?o kgo:kind kgo:kind-rank ; kgo:subject ?nobody", False),
        ("?s kgo:basis 'authority' ; rdf:predicate kgo:partOf ; kgo:rule kgr:rule-gazetteer", True),
        ("?s kgo:basis 'authority' ; prov:wasDerivedFrom ?sentence", False),
        ("?d a kgo:Document ; dcterms:date '2021-07-15' ; dcterms:title '錢塘區半年報'@zh ; kgo:format 'txt'", True),
    ],
)
def test_shape(question, answer):
    from kg.graph.vocabulary import PREFIXES

    store = Store()
    store.load(stored(document(), facts()).quads, format=RdfFormat.N_QUADS)
    assert bool(store.query(f"ASK {{ {question} }}", prefixes=PREFIXES)) is answer


def test_a_target_has_those_who_answer_for_it():
    from kg.graph.vocabulary import PREFIXES

    given = facts()
    areas = [entity.id for entity in given.entities if entity.type == "Area"]
    of_all = replace(given, observations=[replace(one, responsible=tuple(areas)) for one in given.observations])
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?o a qb:Observation ; kgo:responsible ?who . ?who a kgo:Area }"
    for told, expected in ((given, 0), (of_all, len(areas) * len(given.observations))):
        store = Store()
        store.load(stored(document(), told).quads, format=RdfFormat.N_QUADS)
        (row,) = store.query(count, prefixes=PREFIXES)
        assert int(row["n"].value) == expected


def test_everything_is_in_the_documents_graph_and_has_no_blank_node():
    quads = list(loaded(nquads(document(), facts())))
    assert {q.graph_name for q in quads} == {NamedNode(document_iri("news/a.txt"))}
    assert all(isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode | Literal) for q in quads)


def test_the_store_gets_the_same_triples_in_another_layout():
    quads, triples = stored(document(), facts())
    store, own = loaded(quads), NamedNode(document_iri("news/a.txt"))
    whole = {str(quad.triple) for quad in loaded(nquads(document(), facts()))}
    assert {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, DefaultGraph())} == whole
    assert triples == len(whole)
    proof = {str(quad.triple) for quad in evidence(store, own.value)}
    in_graph = {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, own)}
    assert proof.isdisjoint(in_graph) and proof | in_graph == whole
    assert not any("/id/s-" in line.split(" ")[0] for line in in_graph)


def test_only_sentences_with_something_in_them_are_nodes():
    alone = replace(facts(), entities=(), relations=(), observations=(), attributes=())
    assert b"#Sentence" not in nquads(document(), alone)
    assert nquads(document(), facts()).count(b"ns#Sentence>") == 4


def test_days_that_never_were_are_no_dates():
    given_ = facts()
    wrong = replace(
        given_, attributes=tuple(replace(a, property="issued", value="2021-02-30") for a in given_.attributes)
    )
    assert b'issued> "2021-02-30" ' in nquads(document(), wrong)
    right = replace(
        given_, attributes=tuple(replace(a, property="issued", value="2021-02-28") for a in given_.attributes)
    )
    assert b'issued> "2021-02-28"^^<http://www.w3.org/2001/XMLSchema#date> ' in nquads(document(), right)


# Anything at all, with what is most likely to break a line, a literal or an IRI drawn often.
nasty = st.sampled_from(
    [
        '"',
        "\\",
        "\n",
        "\r",
        "\x00",
        "\x85",
        "\u2028",
        "\ud800",
        "\ufffe",
        "> <",
        '" .\n<x> <y> <z> .',
        "\x7f",
        "\\u0041",
    ]
)
anything = st.lists(nasty | st.text(st.characters(), max_size=3), max_size=4).map("".join)
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18, places=6)


@st.composite
def arbitrary(draw):
    text = draw(anything) + "。" + draw(anything)
    size = len(text)
    spans = st.tuples(st.integers(0, size), st.integers(0, size)).map(sorted)
    sentences = [Sentence(i, *draw(spans)) for i in range(2)]
    place = lambda: (*draw(spans), draw(st.integers(0, 1)), draw(anything), draw(st.floats(0, 1)))
    entities = [
        Entity(f"e{i}", draw(anything), draw(anything), (draw(anything),), (Mention(0, 1, draw(st.integers(0, 1)), "t"),),
               draw(anything), draw(anything), draw(anything))
        for i in range(2)
    ]  # fmt: skip
    relation = Relation(
        "e0", draw(anything), draw(st.sampled_from([None, "e1"])), *place(), draw(st.none() | anything), draw(anything)
    )
    status = Relation("e1", "hasStatus", None, *place(), draw(anything))
    observation = Observation(
        draw(st.sampled_from([None, "e0"])), draw(anything), draw(anything), draw(decimals), draw(anything), draw(anything),
        draw(st.none() | anything), *place(), draw(anything), draw(anything), draw(anything), draw(anything),
    )  # fmt: skip
    attribute = Attribute("e1", draw(anything), draw(anything), None, *place())
    about = Document(draw(anything), "x", "x", text, draw(anything), draw(anything), draw(anything), draw(st.none() | anything),
                     draw(anything), draw(anything), draw(anything), draw(anything))  # fmt: skip
    return about, Facts(
        about.id, None, tuple(sentences), tuple(entities), (relation, status), (observation,), (attribute,)
    )


@settings(max_examples=150, deadline=None)
@given(arbitrary())
def test_any_text_gives_valid_quads_in_two_libraries(pair):
    import rdflib

    about, said = pair
    quads = nquads(about, said)
    store = loaded(quads)
    graph = f"<{document_iri(about.id)}>"
    count = quads.count(b"\n")
    # Nothing in a document can add a statement, or put one into another graph.
    assert len(store) == count == quads.count(f" {graph} .\n".encode())
    assert {str(g) for g in store.named_graphs()} == {graph}
    terms = {t for q in store for t in (q.subject, q.predicate, q.object, q.graph_name) if isinstance(t, NamedNode)}
    assert [t.value for t in terms if not IRI.fullmatch(t.value)] == []
    other = rdflib.Dataset()
    other.parse(data=quads, format="nquads")
    assert len(other) == count
    written = {q.object.value for q in store.quads_for_pattern(None, NamedNode(KGO + "text"), None, None)}
    assert written <= {LONE.sub("\ufffd", about.text[s.start : s.end]) for s in said.sentences}


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_literals_come_back_unchanged(text):
    import rdflib

    quads = nquads(
        document(text=text),
        replace(
            facts(),
            sentences=(Sentence(0, 0, len(text)),),
            entities=(Entity("e1", "Area", text, (), (Mention(0, 1, 0, ""),), text),),
            relations=(),
            observations=(),
            attributes=(),
        ),
    )
    store = loaded(quads)
    (back,) = {q.object.value for q in store.quads_for_pattern(None, NamedNode(KGO + "text"), None, None)}
    assert back == text
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=quads, format="nquads")
    assert {str(o) for o in dataset.objects(None, rdflib.URIRef(KGO + "text"))} == {text}


@settings(deadline=None)
@given(decimals)
def test_numbers_come_back_unchanged(value):
    given_ = facts()
    quads = nquads(document(), replace(given_, observations=(replace(given_.observations[0], value=value),)))
    assert dumped(loaded(quads)) == quads.decode().splitlines()
    (back,) = {q.object.value for q in loaded(quads).quads_for_pattern(None, NamedNode(KGO + "value"), None, None)} - {
        "區長"
    }
    assert Decimal(back) == value
