"""A sound graph passes; each kind of damage is found by a shape or a check."""

from __future__ import annotations

import io
import re

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

import kg.graph.validate
from kg.graph.plain_shapes import plain
from kg.graph.quads import nquads
from kg.graph.validate import aimed, check_shapes, read_shapes, validate
from tests.graph.samples import document, facts


@pytest.fixture(scope="module")
def shapes(ontology_once):
    return read_shapes(ontology_once)


@pytest.fixture(scope="module")
def ontology_once():
    from kg.ontology import Ontology

    return Ontology.load()


@pytest.fixture(scope="module")
def easy(ontology_once):
    return plain(read_shapes(ontology_once))  # others than those that pySHACL is given: it adds to them


def triples(change=lambda text: text) -> bytes:
    text = nquads(document(), facts()).decode()
    changed = change(text)
    output = io.BytesIO()
    for quad in parse(changed.encode(), format=RdfFormat.N_QUADS):
        output.write(f"{quad.triple} .\n".encode())
    return output.getvalue()


def test_sound_document_conforms(shapes):
    assert check_shapes(triples(), shapes) == [] == check_shapes(triples(), aimed(shapes))


def without(pattern: str):
    """Drops the lines that match."""
    return lambda text: "".join(line for line in text.splitlines(keepends=True) if not re.search(pattern, line))


def swapped(old: str, new: str):
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


DAMAGE = [
    (without("prefLabel> .钱塘区"), "one canonical name"),
    (without("area-330114> .*rdf-schema#label"), "as a text writes it"),
    (swapped("status-operating", "status-done"), "kgo:statuses"),
    (swapped("kind-growth", "kind-speed"), "kgo:kinds"),
    (swapped("bound-about", "bound-perhaps"), "kgo:bounds"),
    (swapped("ns#figures-spb", "ns#figures-x"), "one of the data sets"),
    (swapped('"0.85"^^', '"1.85"^^'), "between 0 and 1"),
    (swapped("ab" * 32, "ab" * 31), "SHA-256"),
    (swapped('date> "2021-07-15"', 'date> "last week"'), "ISO 8601 year, month or day"),
    (swapped('ns#date> "2021-06-28"', 'ns#date> "June"'), "year, month, day or interval"),
    (without("/id/o-.*ns#value"), "one value"),
    (without("/id/o-.*ns#unit"), "one unit"),
    (without("/id/o-.*wasDerivedFrom"), "rests on a sentence"),
    (without("/id/o-.*ns#quote"), "quotes its text"),
    (without("/id/s-.*ns#rule"), "names the rule"),
    (without("/id/r-.*ns#rule"), "names the rule that resolved it"),
    (without("/id/r-.*ns#distance"), "so many sentences away"),
    (without("/id/r-.*ns#antecedent"), "takes its meaning from one mention"),
    (without("/id/t-.*ns#text"), "one text"),
    (without("/id/t-.*isPartOf"), "in one document"),
    (without("22-rdf-syntax-ns#object"), "one object"),
    (swapped('ns#start> "0"^^', 'ns#start> "-1"^^'), "begins at one place"),
    (swapped('periodEnd> "2021-06-30"', 'periodEnd> "2020-06-30"'), "not after its end"),
]


@pytest.mark.parametrize(("change", "message"), DAMAGE, ids=[message for _, message in DAMAGE])
def test_damage_is_found(shapes, easy, change, message):
    found = check_shapes(triples(change), aimed(shapes))
    assert any(message in violation.message for violation in found), found
    assert found == check_shapes(triples(change), shapes)
    assert not easy.surely_hold(quads_of(change))


def quads_of(change=lambda text: text) -> list[Quad]:
    return [Quad(t.subject, t.predicate, t.object) for t in parse(triples(change), format=RdfFormat.N_TRIPLES)]


def test_sound_document_is_told_without_pyshacl(easy):
    assert easy.surely_hold(quads_of()) and easy.surely_hold(quads_of() * 2)


XSD = "http://www.w3.org/2001/XMLSchema#"
OTHERS = [
    Literal("x"), Literal(""), Literal("x", language="zh"), Literal("-1", datatype=NamedNode(XSD + "integer")), Literal("2.5", datatype=NamedNode(XSD + "decimal")),
    Literal("2021-02-30", datatype=NamedNode(XSD + "date")), Literal("1999-01-01", datatype=NamedNode(XSD + "date")), NamedNode("https://example.org/x"), BlankNode("x"),
]  # fmt: skip


@pytest.mark.slow
def test_what_pyshacl_would_find_is_never_taken_for_sound(shapes, easy):
    """Each kind of triple gone, doubled with another value, or with another value in its place."""
    form, sound = aimed(shapes), quads_of()
    kinds = {(str(q.subject).partition("-")[0], q.predicate): q for q in sound}
    found = unsure = 0
    for quad in kinds.values():
        rest = [q for q in sound if q != quad]
        put = [Quad(quad.subject, quad.predicate, other) for other in OTHERS]
        for changed in (rest, *([*rest, other] for other in put), [*sound, put[0]], [*sound, put[7]]):
            if easy.surely_hold(changed):
                unsure += 1
                if unsure % 5 == 0:  # a sample: pySHACL takes a while
                    assert check_shapes("".join(f"{q.triple} .\n" for q in changed).encode(), form) == [], changed
            else:
                found += 1
    assert found > 300 and unsure > 100


def test_the_report_is_that_of_pyshacl(graph_of, monkeypatch):
    view = graph_of([(document(), facts())], lambda quads: swapped("bound-about", "bound-perhaps")(quads.decode()).encode())
    report = validate(view)
    assert [violation.message for violation in report.violations] == ["A figure has a bound of the list kgo:bounds."]
    monkeypatch.setattr(kg.graph.validate, "plain", lambda _shapes: None)
    assert validate(view) == report


def test_a_sound_graph_needs_no_pyshacl(view, monkeypatch):
    monkeypatch.setattr(kg.graph.validate, "check_shapes", lambda *_: pytest.fail("pySHACL was run"))
    assert validate(view, max_documents=None).violations == ()


@pytest.mark.parametrize(
    "more",
    [
        "kgo:EntityShape sh:or ( [ sh:nodeKind sh:IRI ] [ sh:nodeKind sh:Literal ] ) .",
        "kgo:Own a sh:NodeShape ; sh:targetSubjectsOf kgo:code ; sh:property [ sh:path kgo:code ; sh:maxCount 1 ] .",
        "kgo:Own a sh:NodeShape ; sh:targetClass kgo:Area ; sh:property [ sh:path ( kgo:partOf kgo:code ) ; sh:maxCount 1 ] .",
        "kgo:Own a sh:NodeShape ; sh:targetClass kgo:Area ; sh:property [ sh:path kgo:code ; sh:minCount 2 ] .",
        'kgo:Own a sh:NodeShape ; sh:targetClass kgo:Area ; sh:property [ sh:path kgo:code ; sh:in ( "1" ) ] .',
        'kgo:Own a sh:NodeShape ; sh:targetClass kgo:Area ; sh:property [ sh:path kgo:code ; sh:pattern "x" ; sh:flags "i" ] .',
        "kgo:Own a sh:NodeShape , <http://www.w3.org/2000/01/rdf-schema#Class> ; sh:property [ sh:path kgo:code ; sh:maxCount 1 ] .",
    ],
)
def test_shapes_that_say_more_are_left_to_pyshacl(ontology_once, more):
    prefixes = "@prefix kgo: <https://w3id.org/kgo/ns#> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    shapes = read_shapes(ontology_once)
    assert plain(shapes) is not None
    assert plain(shapes + type(shapes)().parse(data=prefixes + more, format="turtle")) is None


def test_a_node_of_a_class_below_is_left_to_pyshacl(easy):
    below = Quad(NamedNode("https://example.org/Town"), NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf"), NamedNode("https://w3id.org/kgo/ns#Area"))
    assert not easy.surely_hold([*quads_of(), below])


def test_report_says_what_was_checked(view, monkeypatch):
    report = validate(view, max_documents=1)
    assert (report.documents, report.total) == (1, 2)
    assert report.statement.startswith("1 of 2 documents (")
    assert report.violations == ()
    # The rules of the hand-written facts are none of the ontology's; all else holds.
    assert {r.check.id for r in report.checks if r.broken} == {"known-rule"} and not report.ok
    assert validate(view, max_documents=None).statement.startswith("all 2 documents (")


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (without("wasDerivedFrom"), "statement-sentence"),
        (without("/id/o-.*wasDerivedFrom"), "observation-sentence"),
        (swapped('quote> "地鐵8號線開通"', 'quote> "地鐵9號線開通"'), "quote-in-sentence"),
        (without("area-330114> <[^>]*partOf>"), "statement-asserted"),
        (swapped("area-330114> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/kgo/ns#Area>",
                 "area-330114> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/kgo/ns#Honor>"), "domain"),
        (swapped("area-330100> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/kgo/ns#Area>",
                 "area-330100> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/kgo/ns#Person>"), "range"),
        (swapped("ns#issues>", "ns#shouts>"), "known-term"),
        (without("/id/o-.*ns#kind"), "observation-kind"),
    ],
)  # fmt: skip
def test_checks_on_the_whole_graph(graph_of, change, check):
    view = graph_of([(document(), facts())], lambda quads: change(quads.decode()).encode())
    assert check in {r.check.id for r in validate(view, max_documents=0).checks if r.broken}


def test_one_thing_two_names(graph_of):
    from dataclasses import replace

    said = facts("news/b.txt")
    other = replace(said, entities=(replace(said.entities[0], key="钱塘"), *said.entities[1:]))
    view = graph_of([(document(), facts()), (document("news/b.txt"), other)])
    broken = {r.check.id: r.nodes for r in validate(view, max_documents=0).checks if r.broken}
    assert broken["one-name"] == ("https://w3id.org/kgo/id/area-330114",)
