"""Whether a graph is sound: SHACL on documents, as many as time allows, and SPARQL on the whole.

Batches of documents that surely are as plain shapes say (`plain_shapes.py`) need no pySHACL, which takes a hundred times as
long; what is wrong with the others, pySHACL says. It is run on rdflib graphs with SHACL Core only: on its Oxigraph path
(0.40.1) valid code lists fail and reporting grows with the square of the results. What was left out is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from kg.errors import KgError
from kg.graph.integrity import CheckResult, integrity
from kg.graph.layout import evidence
from kg.graph.plain_shapes import plain
from kg.graph.verify import sample
from kg.graph.vocabulary import SH, term_iri
from kg.ontology import Ontology

if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import Quad, Store

    from kg.graph.manifest import DocumentRecord
    from kg.graph.store import GraphView

MAX_DOCUMENTS = 200
_BATCH = 5000  # quads: some thousand nodes, a second or two of pySHACL
_ENTITY_SHAPE = "EntityShape"


@dataclass(frozen=True, slots=True)
class Violation:
    """One result of SHACL: the node, the property ("" if the node as a whole), what is wrong, the value if there is one."""

    node: str
    path: str
    message: str
    value: str = ""


@dataclass(frozen=True)
class ValidateReport:
    """What was checked and what was found: `documents` of `total` against the shapes, the whole graph by `checks`."""

    documents: int
    total: int
    quads: int  # of the documents checked against the shapes
    shapes: int
    violations: tuple[Violation, ...]
    checks: tuple[CheckResult, ...]

    @property
    def ok(self) -> bool:
        """Whether neither the shapes nor the checks found anything."""
        return not self.violations and not any(result.broken for result in self.checks)

    @property
    def statement(self) -> str:
        """One sentence that says what was checked."""
        some = "all" if self.documents == self.total else f"{self.documents} of"
        return (
            f"{some} {self.total} documents ({self.quads} quads) against {self.shapes} SHACL shapes, "
            f"the whole graph against {len(self.checks)} integrity checks"
        )


def validate(
    view: GraphView,
    ontology: Ontology | None = None,
    *,
    max_documents: int | None = MAX_DOCUMENTS,
    progress: Callable[[int, int], None] | None = None,
) -> ValidateReport:
    """Validate at most `max_documents` documents (None: all), spread evenly, against the ontology's shapes*.ttl files, and
    the whole graph against the integrity checks."""
    ontology = ontology or Ontology.load()
    shapes = read_shapes(ontology)
    records = {record.id: record for record in view.documents()}
    ids = list(records) if max_documents is None else sample(list(records), max_documents)
    chosen = [records[id] for id in ids]
    violations: list[Violation] = []
    form, easy = aimed(shapes), plain(shapes)
    done = 0
    for batch in _batches(chosen):
        if easy is None or not easy.surely_hold(_quads(view.store, batch)):
            violations += check_shapes(_triples(view.store, batch), form)
        done += len(batch)
        if progress:
            progress(done, len(chosen))
    quads = sum(record.counts[0] for record in chosen)
    checks = tuple(integrity(view.store))
    return ValidateReport(len(chosen), len(records), quads, _count(shapes), tuple(violations), checks)


def read_shapes(ontology: Ontology) -> rdflib.Graph:
    """The shapes of all ontology folders in one graph, those for things aimed at every class below kgo:Entity, their stages all that there are.

    KgError for a file that is not Turtle.
    """
    import rdflib

    shapes = rdflib.Graph()
    for path in ontology.files("", ".ttl"):
        if path.name.startswith("shapes"):
            try:
                shapes.parse(path, format="turtle")
            except Exception as error:  # rdflib's parser raises several kinds, all meaning the same
                raise KgError(f"is not valid Turtle: {error}", file=path) from error
    sh = rdflib.Namespace(SH)
    entity_shape = rdflib.URIRef(term_iri(_ENTITY_SHAPE))
    for name in sorted(ontology.terms.types):
        shapes.add((entity_shape, sh.targetClass, rdflib.URIRef(term_iri(name))))
    for shape in shapes.subjects(sh.path, rdflib.URIRef(term_iri("hasStatus"))):
        for given in shapes.objects(shape, sh["in"]):
            stages = rdflib.collection.Collection(shapes, given)
            stages += [iri for name in ontology.terms.statuses if (iri := rdflib.URIRef(term_iri(f"status-{name}"))) not in set(stages)]
    return shapes


def aimed(shapes: rdflib.Graph) -> rdflib.Graph:
    """The same shapes, each property of a node shape aimed at that shape's targets itself.

    pySHACL looks at a property shape once for all of its own targets, but once for each node where it stands inside a
    node shape: this form says the same and takes a third of the time.
    """
    import rdflib

    sh = rdflib.Namespace(SH)
    result = rdflib.Graph()
    for triple in shapes:
        result.add(triple)
    for shape in list(shapes.subjects(sh.targetClass, None)):
        for inner in list(shapes.objects(shape, sh.property)):
            result.remove((shape, sh.property, inner))
            result.add((inner, rdflib.RDF.type, sh.PropertyShape))
            for target in shapes.objects(shape, sh.targetClass):
                result.add((inner, sh.targetClass, target))
    return result


def check_shapes(triples: bytes, shapes: rdflib.Graph) -> list[Violation]:
    """What SHACL finds in N-Triples, sorted."""
    import rdflib
    from pyshacl import validate as run

    data = rdflib.Graph()
    data.parse(data=triples, format="nt")
    _conforms, results, _text = run(data, shacl_graph=shapes, inference="none", advanced=False, meta_shacl=False)
    return sorted(_violations(results), key=lambda v: (v.node, v.path, v.message, v.value))


def _violations(results: Any) -> Iterator[Violation]:
    import rdflib

    sh = rdflib.Namespace(SH)
    for result in results.subjects(rdflib.RDF.type, sh.ValidationResult):
        path, value = results.value(result, sh.resultPath), results.value(result, sh.value)
        yield Violation(
            node=str(results.value(result, sh.focusNode)),
            path="" if path is None else str(path),
            message=str(results.value(result, sh.resultMessage) or results.value(result, sh.sourceConstraintComponent)),
            value="" if value is None else str(value),
        )


def _batches(records: Sequence[DocumentRecord]) -> Iterator[list[DocumentRecord]]:
    batch: list[DocumentRecord] = []
    size = 0
    for record in records:
        if batch and size + record.counts[0] > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(record)
        size += record.counts[0]
    if batch:
        yield batch


def _triples(store: Store, batch: Sequence[DocumentRecord]) -> bytes:
    """N-Triples of the documents of a batch."""
    from pyoxigraph import RdfFormat, serialize

    return cast("bytes", serialize((quad.triple for quad in _quads(store, batch)), format=RdfFormat.N_TRIPLES))


def _quads(store: Store, batch: Sequence[DocumentRecord]) -> Iterator[Quad]:
    """Those of the documents of a batch, with their evidence."""
    from pyoxigraph import NamedNode

    for record in batch:
        yield from store.quads_for_pattern(None, None, None, NamedNode(record.iri))
        yield from evidence(store, record.iri)


def _count(shapes: rdflib.Graph) -> int:
    import rdflib

    return sum(1 for _ in shapes.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "NodeShape")))
