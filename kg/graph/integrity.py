"""What must hold over a whole graph, asked as SPARQL on Oxigraph: joins that SHACL in Python would take hours for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from kg.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions, Store

_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Check:
    """A condition on the whole graph; `query` selects the nodes that break it as ?node, with ?document where known."""

    id: str
    title: str
    query: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How many nodes break a check, and the first few of them."""

    check: Check
    broken: int
    nodes: tuple[str, ...]


_EXACTLY_ONE = """SELECT ?node WHERE {{
  ?node a {kind} . OPTIONAL {{ ?node {path} ?value }} }} GROUP BY ?node HAVING (COUNT(?value) != 1)"""

CHECKS = (
    Check(
        "statement-sentence",
        "every statement has a sentence, or is known from a table",
        # MINUS, for FILTER NOT EXISTS { … path … } takes Oxigraph a time that grows with the square of the sentences.
        """SELECT ?node WHERE { ?node a kgo:Statement
             MINUS { ?node prov:wasDerivedFrom/kgo:text ?text } MINUS { ?node kgo:basis "authority" } }""",
    ),
    Check(
        "observation-sentence",
        "every figure has a sentence",
        "SELECT ?node WHERE { ?node a qb:Observation MINUS { ?node prov:wasDerivedFrom/kgo:text ?text } }",
    ),
    Check(
        "quote-in-sentence",
        "a quote inside its sentence is the characters at its offsets",
        """SELECT ?node WHERE { ?node kgo:quote ?quote ; kgo:start ?a ; kgo:end ?b ; prov:wasDerivedFrom ?where .
             ?where kgo:text ?text ; kgo:start ?begin ; kgo:end ?stop .
             FILTER(?a >= ?begin && ?b <= ?stop && SUBSTR(?text, ?a - ?begin + 1, ?b - ?a) != ?quote) }""",
    ),
    Check(
        "statement-asserted",
        "every statement is asserted plainly too, and none that somebody refuted",
        """SELECT ?node WHERE {
             { ?node rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgo:statedIn ?d FILTER NOT EXISTS { GRAPH ?d { ?s ?p ?o } } }
             UNION { ?node a kgo:RefutedStatement ; rdf:predicate ?p } UNION { ?node a kgo:RefutedObservation ; kgo:indicator ?p } }""",
    ),
    Check(
        "own-document",
        "a fact is stated in the document of its sentence",
        """SELECT ?node WHERE { ?node kgo:statedIn ?d ; prov:wasDerivedFrom ?sentence .
             FILTER NOT EXISTS { ?sentence dcterms:isPartOf ?d } }""",
    ),
    Check(
        "one-name",
        "a thing has the same canonical name in all documents",
        "SELECT ?node WHERE { ?node skos:prefLabel ?key } GROUP BY ?node HAVING (COUNT(DISTINCT ?key) > 1)",
    ),
    Check(
        "one-class",
        "a thing has the same class in all documents",
        """SELECT ?node WHERE { ?node kgo:mentionedIn [] ; a ?class } GROUP BY ?node HAVING (COUNT(DISTINCT ?class) > 1)""",
    ),
    Check(
        "domain",
        "the subject of a relation is of a class that the ontology allows",
        """SELECT DISTINCT ?node WHERE { ?node rdf:predicate ?p ; rdf:subject ?s . FILTER EXISTS { ?p schema:domainIncludes [] }
             FILTER NOT EXISTS { ?p schema:domainIncludes ?class . ?s a ?class } }""",
    ),
    Check(
        "range",
        "the object of a relation is of a class that the ontology allows",
        """SELECT DISTINCT ?node WHERE { ?node rdf:predicate ?p ; rdf:object ?o . FILTER EXISTS { ?p schema:rangeIncludes [] }
             FILTER NOT EXISTS { ?p schema:rangeIncludes ?class . ?o a ?class } }""",
    ),
    Check(
        "known-term",
        "every class and relation that is used is one of the ontology's",
        """SELECT DISTINCT ?node WHERE { { [] rdf:predicate ?node } UNION { [] kgo:mentionedIn [] ; a ?node }
             FILTER NOT EXISTS { ?node rdfs:label ?label } }""",
    ),
    Check(
        "known-rule",
        "every rule that is named is one of the ontology's",
        "SELECT DISTINCT ?node WHERE { [] kgo:rule ?node . FILTER NOT EXISTS { ?node a kgo:Rule } }",
    ),
    *(
        Check(
            f"observation-{name}",
            f"a figure has one {name}",
            _EXACTLY_ONE.format(kind="qb:Observation", path=f"kgo:{name}"),
        )
        for name in ("value", "kind", "bound", "unit", "indicator")
    ),
)


def integrity(store: Store) -> list[CheckResult]:
    """The result of every check, in their order, each with a few nodes (IRIs, sorted)."""
    results = []
    for check in CHECKS:
        answer = cast("QuerySolutions", store.query(check.query, prefixes=PREFIXES))
        nodes = sorted({str(row["node"]).strip("<>") for row in answer})
        results.append(CheckResult(check, len(nodes), tuple(nodes[:_EXAMPLES])))
    return results
