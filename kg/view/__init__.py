"""A graph as one HTML page that needs nothing else: no server, no network, no files beside it."""

from kg.view.page import PageReport, write_page

__all__ = ["PageReport", "write_page"]
