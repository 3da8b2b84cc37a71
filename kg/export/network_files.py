"""Network formats for Gephi, Cytoscape and the like: things as nodes, statements as edges."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from kg.graph.literals import xml_text

if TYPE_CHECKING:
    import networkx

    from kg.graph.store import GraphView


def write_graphml(view: GraphView, stream: IO[bytes]) -> int:
    """GraphML; the number of edges."""
    import networkx

    network = _network(view)
    for _, _, data in network.edges(data=True):
        data["edgelabel"] = data.pop("label")  # Gephi knows both; things have `label`, and no two keys of a file may have one id
    networkx.write_graphml(network, stream, encoding="utf-8", named_key_ids=True)
    return len(network.edges)


def write_gexf(view: GraphView, stream: IO[bytes]) -> int:
    """GEXF 1.2; the number of edges."""
    import networkx

    network = _network(view)
    for _, _, key, data in network.edges(keys=True, data=True):
        data["id"] = key  # else the library numbers the edges, and none leads back to its statement
    writer = networkx.readwrite.gexf.GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    # The library stamps the day into the file; the same graph must give the same bytes.
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
    writer.add_graph(network)
    for attribute in writer.xml.iterfind(".//attributes[@class='node']/attribute[@title='networkx_key']"):
        attribute.set("title", "key")  # the library means it for keys of edges
    writer.write(stream)
    return len(network.edges)


def _network(view: GraphView) -> networkx.MultiDiGraph[str]:
    """The network with short ids and attributes that XML can hold, and `weight` for layouts."""
    import networkx

    from kg.graph.network import to_networkx
    from kg.graph.vocabulary import KGR

    network = to_networkx(view)
    clean: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, data in network.nodes(data=True):
        clean.add_node(node.removeprefix(KGR), **{name: xml_text(text) for name, text in data.items()})
    for source, target, key, data in network.edges(keys=True, data=True):
        texts = {n: xml_text(v) if isinstance(v, str) else v for n, v in data.items()}
        clean.add_edge(
            source.removeprefix(KGR), target.removeprefix(KGR), key=key.removeprefix(KGR),
            label=texts["predicate"], weight=texts["confidence"], **texts,
        )  # fmt: skip
    return clean
