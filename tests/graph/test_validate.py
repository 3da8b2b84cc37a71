"""A sound graph passes; each kind of damage is found by a shape or a check."""

from __future__ import annotations

import io
import re

import pytest
from pyoxigraph import RdfFormat, parse

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
def test_damage_is_found(shapes, change, message):
    found = check_shapes(triples(change), aimed(shapes))
    assert any(message in violation.message for violation in found), found
    assert found == check_shapes(triples(change), shapes)


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
