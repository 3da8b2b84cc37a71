"""What the endpoint says of itself: SPARQL 1.1 Service Description (W3C Recommendation, 21 March 2013)."""

from __future__ import annotations

from kg.serve.results import CSV, GRAPH_TYPES, JSON, ROW_TYPES, TSV, XML, graph_as

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    JSON: "SPARQL_Results_JSON", XML: "SPARQL_Results_XML", CSV: "SPARQL_Results_CSV", TSV: "SPARQL_Results_TSV",
    "text/turtle": "Turtle", "application/n-triples": "N-Triples", "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML", "application/trig": "TriG", "application/n-quads": "N-Quads",
}  # fmt: skip


def describe_service(endpoint: str, media_type: str) -> bytes:
    """The description of the service at that URL. Nodes that others leave blank have IRIs, as everywhere in the graph."""
    from pyoxigraph import NamedNode, Triple

    from kg.graph.vocabulary import PREFIXES

    service, dataset, default = (NamedNode(endpoint + part) for part in ("#service", "#dataset", "#default-graph"))
    a = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

    def sd(name: str) -> NamedNode:
        return NamedNode(SD + name)

    formats = dict.fromkeys((*ROW_TYPES.values(), *GRAPH_TYPES.values()))
    triples = [
        Triple(service, a, sd("Service")),
        Triple(service, sd("endpoint"), NamedNode(endpoint)),
        Triple(service, sd("supportedLanguage"), sd("SPARQL11Query")),
        Triple(service, sd("feature"), sd("UnionDefaultGraph")),
        Triple(service, sd("defaultDataset"), dataset),
        Triple(dataset, a, sd("Dataset")),
        Triple(dataset, sd("defaultGraph"), default),
        Triple(default, a, sd("Graph")),
        *(Triple(service, sd("resultFormat"), NamedNode(_FORMATS + _NAMES[form])) for form in formats),
    ]
    return graph_as(media_type, triples, {**PREFIXES, "sd": SD})
