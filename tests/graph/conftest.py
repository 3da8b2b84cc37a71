from tests.graph.fixtures import graph_of, ontology, view

__all__ = ["graph_of", "ontology", "view"]
