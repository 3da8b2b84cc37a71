"""RDF formats, serialised by Oxigraph: hundreds of times as fast as writing node by node in Python.

Everything comes in a fixed order, so that the same graph gives the same bytes; one graph, or one subject, is held in
memory at a time.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, cast

from kg.graph.layout import evidence
from kg.graph.literals import xml_text
from kg.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, Triple

    from kg.graph.store import GraphView

_HEAD = 8192  # bytes in which all declarations of prefixes stand
_ATTRIBUTE = re.compile(rb'xmlns:[a-z]+="[^"]*"')


def write_nquads(view: GraphView, stream: IO[bytes]) -> int:
    """A quad on each line, graph by graph, the lines of a graph sorted by their bytes; the number of quads."""
    count = 0
    for lines in graph_lines(view):
        stream.writelines(lines)
        count += len(lines)
    return count


def graph_lines(view: GraphView) -> Iterator[list[bytes]]:
    """The N-Quads lines of each graph, sorted, a document's evidence in its own; the graphs in the order of their IRIs."""
    from pyoxigraph import RdfFormat, serialize

    for graph in sorted(view.store.named_graphs(), key=str):
        output = io.BytesIO()
        view.store.dump(output, RdfFormat.N_TRIPLES, from_graph=graph)
        serialize(evidence(view.store, graph.value), output, RdfFormat.N_QUADS)  # without graphs: triples
        ending = f" {graph} .\n".encode()
        # Split at line feeds alone: other separators (U+2028 …) may stand in literals.
        yield sorted(line.removesuffix(b" .") + ending for line in output.getvalue().split(b"\n") if line)


def write_trig(view: GraphView, stream: IO[bytes]) -> int:
    """Each document's facts in its graph, with prefixes; the number of quads."""
    from pyoxigraph import RdfFormat

    return _serialise(_quads(view), stream, RdfFormat.TRIG)


def write_jsonld(view: GraphView, stream: IO[bytes]) -> int:
    """JSON-LD, each document's facts in its graph; the number of quads."""
    from pyoxigraph import RdfFormat

    return _serialise(_quads(view), stream, RdfFormat.JSON_LD)


def write_turtle(view: GraphView, stream: IO[bytes]) -> int:
    """The union of all graphs, each triple once; the number of triples."""
    from pyoxigraph import RdfFormat

    return _serialise(_triples(view), stream, RdfFormat.TURTLE)


def write_rdfxml(view: GraphView, stream: IO[bytes]) -> int:
    """The union of all graphs, each triple once; the number of triples.

    XML 1.0 has no way to write most control characters: they become U+FFFD here.
    """
    from pyoxigraph import RdfFormat

    return _serialise(map(_for_xml, _triples(view)), stream, RdfFormat.RDF_XML)


def _quads(view: GraphView) -> Iterator[Quad]:
    from pyoxigraph import RdfFormat, parse

    for lines in graph_lines(view):
        yield from parse(b"".join(lines), format=RdfFormat.N_QUADS)


def _triples(view: GraphView) -> Iterator[Triple]:
    from pyoxigraph import DefaultGraph, Triple

    answer = cast("QuerySolutions", view.store.query("SELECT DISTINCT ?s WHERE { ?s ?p ?o }"))
    subjects = cast("list[NamedNode]", [row[0] for row in answer])
    for subject in sorted(subjects, key=str):
        merged = view.store.quads_for_pattern(subject, None, None, DefaultGraph())
        pairs = [(quad.predicate, quad.object) for quad in merged]
        for predicate, target in sorted(pairs, key=lambda pair: (str(pair[0]), str(pair[1]))):
            yield Triple(subject, predicate, target)


def _for_xml(triple: Triple) -> Triple:
    from pyoxigraph import Literal, Triple

    target = triple.object
    if not isinstance(target, Literal):
        return triple
    clean = xml_text(target.value)
    if clean == target.value:
        return triple
    changed = Literal(clean, language=target.language) if target.language else Literal(clean, datatype=target.datatype)
    return Triple(triple.subject, triple.predicate, changed)


def _serialise(terms: Iterable[Quad] | Iterable[Triple], stream: IO[bytes], form: RdfFormat) -> int:
    from pyoxigraph import serialize

    head = _SortedHead(stream)
    count = 0

    def counted() -> Iterator[Quad]:
        nonlocal count
        for count, term in enumerate(terms, 1):
            yield cast("Quad", term)

    serialize(counted(), output=cast("IO[bytes]", head), format=form, prefixes=PREFIXES)
    head.close()
    return count


class _SortedHead:
    """Passes on what is written, the declarations of prefixes sorted: the serialiser gives them in a random order."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._held, self._open = stream, bytearray(), True

    def write(self, data: bytes) -> int:
        if not self._open:
            return self._stream.write(data)
        self._held += data
        if len(self._held) >= _HEAD:
            self.close()
        return len(data)

    def flush(self) -> None:
        """Nothing is passed on before the head is complete."""

    def close(self) -> None:
        if self._open:
            self._open = False
            self._stream.write(_sorted_prefixes(bytes(self._held)))


def _sorted_prefixes(head: bytes) -> bytes:
    lines = head.split(b"\n")
    at = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix")), len(lines))
    lines[:at] = sorted(lines[:at])
    if len(lines) > 1 and lines[1].startswith(b"<rdf:RDF"):
        tag, _, rest = lines[1].partition(b">")
        lines[1] = b" ".join([b"<rdf:RDF", *sorted(_ATTRIBUTE.findall(tag))]) + b">" + rest
    return b"\n".join(lines)
