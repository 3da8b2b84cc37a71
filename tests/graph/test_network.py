from __future__ import annotations

import networkx
import pytest

from kg.graph.network import communities, linked_pairs, ranked, to_networkx

DISTRICT = "https://w3id.org/kgo/id/area-330114"
CITY = "https://w3id.org/kgo/id/area-330100"


def test_things_and_links(view):
    network = to_networkx(view)
    assert network.nodes[DISTRICT] == {"label": "錢塘區", "type": "Area", "key": "钱塘区", "code": "330114"}
    # 王某 has the document for a scope, so the two documents speak of two persons.
    assert sorted(data["type"] for _, data in network.nodes(data=True)) == [
        "Area",
        "Area",
        "Person",
        "Person",
        "Policy",
        "Project",
    ]
    between = list(network.get_edge_data(DISTRICT, CITY).values())
    assert len(between) == 4 and {data["predicate"] for data in between} == {"partOf"}
    assert {data["document"] for data in between if not data["sentence"]} and all("區" in data["sentence"] or "区" in data["sentence"] for data in between if data["sentence"])
    posts = [data for _, _, data in network.edges(data=True) if data["predicate"] == "holdsPost"]
    assert [data["value"] for data in posts] == ["區長", "區長"]


def test_confidence_filters(view):
    assert len(to_networkx(view, min_confidence=0.95).edges) == 4
    assert len(to_networkx(view, min_confidence=0.99).edges) == 2


def test_central_and_communities_are_stable(view):
    network = linked_pairs(view)
    assert set(network) == set(to_networkx(view))
    sure = [data["confidence"] for data in to_networkx(view).get_edge_data(DISTRICT, CITY).values()]
    assert len(sure) == 4 and abs(network.edges[DISTRICT, CITY]["weight"] - sum(sure)) < 1e-9
    ranks = ranked(network)
    assert next(iter(ranks)) == DISTRICT
    assert abs(sum(ranks.values()) - 1) < 1e-6
    groups = communities(network, ranks)
    again = linked_pairs(view)
    assert groups == communities(again, ranked(again))
    assert {node for group in groups for node in group} == {n for n in network if network.degree(n)}


def test_ranks_are_those_of_networkx_when_it_goes_on_long_enough(view):
    network = linked_pairs(view)
    assert len(network.edges) > 2 and [node for node in network if not network.out_degree(node)]  # some lead nowhere
    exact = networkx.pagerank(network, tol=1e-13, max_iter=1000)
    assert ranked(network) == pytest.approx(exact, abs=1e-5)


def test_communities_are_what_hangs_together():
    network: networkx.DiGraph[str] = networkx.DiGraph()
    for one in ("abcd", "wxyz"):
        for i, source in enumerate(one):
            for target in one[i + 1 :]:
                network.add_edge(source, target, weight=1.0)
    network.add_edge("a", "w", weight=0.1)
    network.add_node("alone")
    assert sorted(map(sorted, communities(network, ranked(network)))) == [list("abcd"), list("wxyz")]


def test_nothing_in_the_network():
    empty: networkx.DiGraph[str] = networkx.DiGraph()
    assert ranked(empty) == {} and communities(empty, {}) == []
