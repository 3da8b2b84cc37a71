"""A graph over HTTP: SPARQL endpoint, JSON API, and the pages that use them."""
