"""The formats, by name, and how a file of each is written: whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.errors import KgError
from kg.export.network_files import write_gexf, write_graphml
from kg.export.rdf_files import write_jsonld, write_nquads, write_rdfxml, write_trig, write_turtle
from kg.export.tables import write_tables
from kg.graph.sieve import surer
from kg.whole_file import whole_file

if TYPE_CHECKING:
    from kg.graph.store import GraphView

Writer = Callable[["GraphView", IO[bytes]], int]
_WRITERS: dict[str, tuple[str, Writer]] = {
    "turtle": ("triples", write_turtle),
    "trig": ("quads", write_trig),
    "nquads": ("quads", write_nquads),
    "jsonld": ("quads", write_jsonld),
    "rdfxml": ("triples", write_rdfxml),
    "graphml": ("edges", write_graphml),
    "gexf": ("edges", write_gexf),
}
# name → ending of its files; "csv" is a folder of tables
FORMATS = {
    "turtle": ".ttl", "trig": ".trig", "nquads": ".nq", "jsonld": ".jsonld", "rdfxml": ".rdf", "graphml": ".graphml",
    "gexf": ".gexf", "csv": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: files with the number of what `unit` names (triples, quads, edges, rows) in each."""

    format: str
    unit: str
    files: dict[Path, int]

    @property
    def count(self) -> int:
        """What was written, in `unit`, in all files."""
        return sum(self.files.values())


def export(view: GraphView, format: str, path: str | Path, *, min_confidence: float = 0.0) -> ExportReport:
    """Write the graph to the file `path`, for csv to the folder `path`.

    Formats for triples (turtle, rdfxml) and networks hold the union of all documents; trig, nquads and jsonld keep each
    document's facts in its own graph. Facts that are less sure than `min_confidence` are left out, and things without
    any other. KgError for an unknown format or a file that cannot be written.
    """
    target = Path(path)
    if format not in FORMATS:
        raise KgError(f"unknown format {format!r}", hint=f"formats: {', '.join(FORMATS)}")
    with surer(view, min_confidence) as kept:
        if format == "csv":
            return ExportReport(format, "rows", write_tables(kept, target))
        unit, writer = _WRITERS[format]
        with whole_file(target) as stream:
            count = writer(kept, stream)
    return ExportReport(format, unit, {target: count})
