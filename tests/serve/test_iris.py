"""The IRIs of a graph lead to what it says of them, at the server that has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest

from kg.graph.vocabulary import KGO, KGR, document_iri, unit_iri
from tests.graph.fixtures import graph_of, ontology
from tests.graph.samples import document, facts
from tests.serve.conftest import running

__all__ = ["graph_of", "ontology"]
RDF = {"text/turtle": ox.RdfFormat.TURTLE, "application/ld+json": ox.RdfFormat.JSON_LD, "application/rdf+xml": ox.RdfFormat.RDF_XML}
UNIT = "万人/km²"


@pytest.fixture
def client(graph_of) -> Iterator[httpx.Client]:
    said = facts()
    view = graph_of([(document(), replace(said, observations=tuple(replace(o, unit=UNIT) for o in said.observations)))])
    with running(view.folder) as server, httpx.Client(base_url=server.url) as found:
        yield found


def test_an_iri_leads_to_what_the_graph_says_of_it(client: httpx.Client) -> None:
    paper = document_iri(document().id).removeprefix(KGR)
    for iri, page in (
        (f"{KGR}area-330114", "/#focus=area-330114"),
        (f"{KGR}{paper}", f"/documents/{paper}"),
        (unit_iri(UNIT), f"/query#query={quote(f'DESCRIBE <{unit_iri(UNIT)}>')}"),
    ):
        address = "/id/" + iri.removeprefix(KGR)
        for accept, form in RDF.items():
            answer = client.get(address, headers={"accept": accept})
            assert (answer.status_code, answer.headers["content-type"].partition(";")[0], answer.headers["vary"]) == (200, accept, "Accept")
            assert {quad.subject.value for quad in ox.parse(answer.content, format=form)} == {iri}
        assert client.head(address).status_code == 200
        answer = client.get(address, headers={"accept": "text/html,*/*;q=0.8"})
        assert (answer.status_code, answer.headers["location"]) == (303, page)
        assert client.get(address, headers={"accept": "text/turtle, text/html;q=0.9"}).headers["content-type"].startswith("text/turtle")
        assert client.get(address, headers={"accept": "image/png"}).status_code == 406
        assert client.post(address).status_code == 405
    for name in ("e-00000000000000000000", "x> ?p ?o } ASK { <a", "", "../ns"):
        assert client.get(f"/id/{quote(name, safe='')}", headers={"accept": "text/turtle"}).status_code == 404
    assert "text/html" in client.get("/id/e-0", headers={"accept": "text/html"}).headers["content-type"]


def test_the_vocabulary_is_served_at_its_address(client: httpx.Client) -> None:
    answer = client.get("/ns", headers={"accept": "text/turtle"})
    terms = {quad.subject.value for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)}
    assert {f"{KGO}Area", f"{KGO}partOf", f"{KGO}status-planned", KGO.removesuffix("#")} <= terms
    assert not [iri for iri in terms if iri.startswith(KGR)]
