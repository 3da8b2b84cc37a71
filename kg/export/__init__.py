"""A graph as a file, in a format that other programs read."""

from kg.export.formats import FORMATS, ExportReport, export

__all__ = ["FORMATS", "ExportReport", "export"]
