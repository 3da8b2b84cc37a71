"""The integrity constraints of the RDF Data Cube vocabulary (W3C recommendation, section 11), asked in our own words.

Each query must find nothing. IC-13, 15 to 17 speak of required attributes and of measure dimensions (there are none of
the latter), IC-7 to 10 and 18 of slices, IC-20 and 21 of hierarchical code lists: what cannot occur is asked all the same.
"""

from __future__ import annotations

import pytest

CONSTRAINTS = {
    "IC-1 an observation is in one data set": """SELECT ?o WHERE { ?o a qb:Observation OPTIONAL { ?o qb:dataSet ?d } }
        GROUP BY ?o HAVING (COUNT(DISTINCT ?d) != 1)""",
    "IC-2 a data set has one structure": """SELECT ?d WHERE { ?d a qb:DataSet OPTIONAL { ?d qb:structure ?s } }
        GROUP BY ?d HAVING (COUNT(DISTINCT ?s) != 1)""",
    "IC-3 a structure has a measure": """SELECT ?s WHERE { ?s a qb:DataStructureDefinition
        FILTER NOT EXISTS { ?s qb:component/qb:measure ?m . ?m a qb:MeasureProperty } }""",
    "IC-4 a dimension has a range": "SELECT ?d WHERE { ?d a qb:DimensionProperty FILTER NOT EXISTS { ?d rdfs:range ?r } }",
    "IC-5 a dimension of concepts has a code list": """SELECT ?d WHERE { ?d a qb:DimensionProperty ; rdfs:range skos:Concept
        FILTER NOT EXISTS { ?d qb:codeList ?l } }""",
    "IC-6 only attributes are optional": """SELECT ?c WHERE { ?c qb:componentRequired false
        FILTER NOT EXISTS { ?c qb:attribute ?a . ?a a qb:AttributeProperty } }""",
    "IC-7 a slice key is declared": "SELECT ?k WHERE { ?k a qb:SliceKey FILTER NOT EXISTS { ?s qb:sliceKey ?k } }",
    "IC-9 a slice has one structure": "SELECT ?x WHERE { ?x a qb:Slice FILTER NOT EXISTS { ?x qb:sliceStructure ?k } }",
    "IC-11 an observation has all dimensions of its structure": """SELECT ?o WHERE {
        ?o qb:dataSet/qb:structure/qb:component/qb:dimension ?p FILTER NOT EXISTS { ?o ?p ?v } }""",
    "IC-12 no two observations have the same dimensions": """SELECT ?a WHERE {
        ?a qb:dataSet ?d ; kgo:statedIn ?t ; kgo:position ?n . ?b qb:dataSet ?d ; kgo:statedIn ?t ; kgo:position ?n FILTER(?a != ?b)
        FILTER NOT EXISTS { ?d qb:structure/qb:component/qb:dimension ?p . ?a ?p ?x . ?b ?p ?y FILTER(?x != ?y) } }""",
    "IC-13 required attributes are there": """SELECT ?o WHERE { ?o qb:dataSet/qb:structure/qb:component ?c .
        ?c qb:componentRequired true ; qb:attribute ?p FILTER NOT EXISTS { ?o ?p ?v } }""",
    "IC-14 all measures are there": """SELECT ?o WHERE { ?o qb:dataSet/qb:structure/qb:component/qb:measure ?m
        FILTER NOT EXISTS { ?o ?m ?v } }""",
    "IC-15 no measure dimension": "SELECT ?c WHERE { ?c qb:dimension qb:measureType }",
    "IC-18 slices belong to the data set of their observations": "SELECT ?x WHERE { ?x qb:slice ?y }",
    "IC-19 a coded value is of its code list": """SELECT ?o WHERE {
        ?o qb:dataSet/qb:structure/qb:component/qb:dimension ?p . ?p qb:codeList ?l . ?o ?p ?v
        FILTER NOT EXISTS { ?v a skos:Concept ; skos:inScheme ?l } }""",
    "beyond the standard: a dimension that an observation has is in its structure": """SELECT ?o WHERE {
        ?p a qb:DimensionProperty . ?o ?p ?v ; a qb:Observation
        FILTER NOT EXISTS { ?o qb:dataSet/qb:structure/qb:component/qb:dimension ?p } }""",
    "beyond the standard, too: an attribute that an observation has is in its structure": """SELECT ?o WHERE {
        ?p a qb:AttributeProperty . ?o ?p ?v ; a qb:Observation
        FILTER NOT EXISTS { ?o qb:dataSet/qb:structure/qb:component/qb:attribute ?p } }""",
}  # fmt: skip


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraint_holds(view, name):
    assert [str(row[0]) for row in view.query(CONSTRAINTS[name])] == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("IC-1", "http://purl.org/linked-data/cube#dataSet", "http://example.org/set"),
        ("IC-11", "/ns#period>", "/ns#when>"),
        ("IC-12", '/ns#position> "2"', '/ns#position> "1"'),
        ("IC-13", "/ns#confidence>", "/ns#sure>"),
        ("IC-14", "/ns#value>", "/ns#worth>"),
        ("IC-19", "kind-rank", "kind-place"),
        ("beyond the standard:", "figures-spb", "figures-sp"),
        ("beyond the standard, too", "figures-spb", "figures-b"),
    ],
)
def test_constraint_can_fail(graph_of, name, old, new):
    from dataclasses import replace

    from tests.graph.samples import document, facts

    said = facts()
    # Twice the same figure in one place: only their numbers tell them apart.
    twice = replace(said, observations=(*said.observations, said.observations[0]))
    graph = graph_of([(document(), twice)], lambda quads: quads.replace(old.encode(), new.encode()))
    query = next(query for title, query in CONSTRAINTS.items() if title.startswith(name))
    assert list(graph.query(query))
