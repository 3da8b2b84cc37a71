"""Whether triples are surely as SHACL shapes say, told without pySHACL, which takes a hundred times as long.

Shapes are plain if they aim at classes and say of properties how many values they have and of which kind. Of triples that
break one, or that would take more of SHACL or XML Schema to judge, nothing is sure, and pySHACL says what is wrong: a sound
graph, as nearly all are, is told in seconds, and a report has nothing that pySHACL did not find.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day
from decimal import Decimal
from math import inf
from typing import TYPE_CHECKING, Any, cast

from pyoxigraph import Literal, NamedNode

from kg.graph.vocabulary import RDF, RDFS, SH, XSD

if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import BlankNode, Quad, Triple

    Term = NamedNode | BlankNode | Literal | Triple

_NODE_WORDS = {RDF + "type", SH + "targetClass", SH + "nodeKind", SH + "property", RDFS + "label", RDFS + "comment"}
_SAID_ONLY = {SH + "message", SH + "name", SH + "description", SH + "severity", RDFS + "label", RDFS + "comment"}
_TYPE, _BELOW = NamedNode(RDF + "type"), NamedNode(RDFS + "subClassOf")
_NUMBERS = (NamedNode(XSD + "integer"), NamedNode(XSD + "decimal"))
_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Values = Mapping[NamedNode, Sequence["Term"]]  # of one node, by property
Test = Callable[["Term"], bool]


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """What holds for the values of one property; `tests` for each of them."""

    path: NamedNode
    least: int  # 0 or 1
    most: float  # infinite where any number is allowed
    of_class: NamedNode | None
    not_above: NamedNode | None  # property whose values are no smaller
    tests: tuple[Test, ...]


@dataclass(frozen=True)
class PlainShapes:
    """Property shapes by the class of the nodes that they are about, and the classes whose nodes are IRIs."""

    properties: Mapping[NamedNode, Sequence[PropertyShape]]
    named: frozenset[NamedNode]

    def surely_hold(self, quads: Iterable[Quad]) -> bool:
        """Whether the triples, whatever graph they are of, surely break no shape."""
        about: defaultdict[Term, list[Quad]] = defaultdict(list)
        kinds: defaultdict[Term, set[Term]] = defaultdict(set)
        for quad in quads:
            about[quad.subject].append(quad)
            if quad.predicate == _TYPE:
                kinds[quad.subject].add(quad.object)
        for node, said in about.items():
            values: dict[NamedNode, list[Term]] = {}
            for quad in said:
                values.setdefault(quad.predicate, []).append(quad.object)
            if _BELOW in values:
                return False  # nodes of classes below would be meant too
            for kind in kinds.get(node, ()):
                if kind in self.named and type(node) is not NamedNode:
                    return False
                for shape in self.properties.get(cast("NamedNode", kind), ()):
                    if not _holds(shape, values, kinds):
                        return False
        return True


def _holds(shape: PropertyShape, values: Values, kinds: Mapping[Term, set[Term]]) -> bool:
    found = values.get(shape.path, ())
    if len(found) < shape.least or len(found) > shape.most and len(set(found)) > shape.most:
        return False
    for value in found:
        for test in shape.tests:
            if not test(value):
                return False
        if shape.of_class is not None and shape.of_class not in kinds.get(value, ()):
            return False
        if shape.not_above is not None and not all(_is_not_above(value, other) for other in values.get(shape.not_above, ())):
            return False
    return True


def plain(shapes: rdflib.Graph) -> PlainShapes | None:
    """The same shapes in this form; None if they say anything that it has no place for."""
    import rdflib

    sh = rdflib.Namespace(SH)
    shape: PropertyShape | None
    properties: defaultdict[NamedNode, list[PropertyShape]] = defaultdict(list)
    named: set[NamedNode] = set()
    read: set[Any] = set()
    for node in set(shapes.subjects(rdflib.RDF.type, sh.NodeShape)):
        said = {str(predicate) for predicate in shapes.predicates(node)}
        kinds = set(shapes.objects(node, sh.nodeKind))
        if not said <= _NODE_WORDS or set(shapes.objects(node, rdflib.RDF.type)) != {sh.NodeShape} or not kinds <= {sh.IRI}:
            return None
        own = [_property(shapes, inner, read) for inner in shapes.objects(node, sh.property)]
        read.add(node)
        for target in shapes.objects(node, sh.targetClass):
            named |= {NamedNode(str(target))} if kinds else set()
            for shape in own:
                if shape is None:
                    return None
                properties[NamedNode(str(target))].append(shape)
    return PlainShapes(properties, frozenset(named)) if set(shapes.subjects()) <= read else None


def _property(shapes: rdflib.Graph, node: Any, read: set[Any]) -> PropertyShape | None:
    """A property shape; None if it is not plain. What belongs to it is marked as read."""
    import rdflib

    read.add(node)
    path: NamedNode | None = None
    of_class: NamedNode | None = None
    not_above: NamedNode | None = None
    least, most = 0, inf
    tests: list[Test] = []
    value: Any
    for predicate, value in shapes.predicate_objects(node):
        word = str(predicate)
        if word == SH + "path" and isinstance(value, rdflib.URIRef):
            path = NamedNode(str(value))
        elif word == SH + "minCount" and value.toPython() in (0, 1):
            least = value.toPython()
        elif word == SH + "maxCount" and isinstance(value.toPython(), int):
            most = value.toPython()
        elif word == SH + "class" and of_class is None:
            of_class = NamedNode(str(value))
        elif word == SH + "lessThanOrEquals" and not_above is None:
            not_above = NamedNode(str(value))
        elif word == SH + "in":
            items = list(shapes.items(value))
            while value != rdflib.RDF.nil:
                read.add(value)
                value = shapes.value(value, rdflib.RDF.rest)
            if not all(isinstance(item, rdflib.URIRef) for item in items):
                return None
            tests.append(frozenset(map(NamedNode, map(str, items))).__contains__)
        elif (test := _TESTS.get(word, _no_test)(value)) is not None:
            tests.append(test)
        elif word not in _SAID_ONLY and (predicate, value) != (rdflib.RDF.type, rdflib.Namespace(SH).PropertyShape):
            return None
    return PropertyShape(path, least, most, of_class, not_above, tuple(tests)) if path is not None else None


def _is_iri(term: Term) -> bool:
    return type(term) is NamedNode


def _no_test(_value: Any) -> None:
    return None


def _of_kind(value: Any) -> Test | None:
    kinds: dict[str, Test] = {"IRI": _is_iri, "IRIOrLiteral": lambda term: type(term) is NamedNode or type(term) is Literal}
    return kinds.get(str(value).removeprefix(SH))


def _of_datatype(value: Any) -> Test | None:
    """A literal of the datatype that is written as it is to be; more ways of writing it are left to pySHACL."""
    datatype = NamedNode(str(value))
    written = _WRITTEN.get(datatype.value)
    if written is None:
        return None
    return lambda term: type(term) is Literal and term.datatype == datatype and written(term.value)


def _is_day(written: str) -> bool:
    try:
        return _DAY.fullmatch(written) is not None and Day.fromisoformat(written).year > 0
    except ValueError:
        return False


def _matches(value: Any) -> Test:
    pattern = re.compile(str(value))
    return lambda term: isinstance(term, NamedNode | Literal) and pattern.search(term.value) is not None


def _at_least(value: Any) -> Test:
    limit = Decimal(str(value))
    return lambda term: (number := _number(term)) is not None and number >= limit


def _at_most(value: Any) -> Test:
    limit = Decimal(str(value))
    return lambda term: (number := _number(term)) is not None and number <= limit


def _as_long_as(value: Any) -> Test:
    return lambda term: isinstance(term, NamedNode | Literal) and len(term.value) >= int(value)


def _number(term: Term) -> Decimal | None:
    if type(term) is Literal and term.datatype in _NUMBERS and _DECIMAL.fullmatch(term.value):
        return Decimal(term.value)
    return None


def _is_not_above(term: Term, other: Term) -> bool:
    """Whether one value is surely no larger than the other: of numbers and days."""
    one, two = _number(term), _number(other)
    if one is not None and two is not None:
        return one <= two
    days = isinstance(term, Literal) and isinstance(other, Literal) and term.datatype.value == other.datatype.value == XSD + "date"
    return days and _is_day(term.value) and _is_day(other.value) and term.value <= other.value  # type: ignore[union-attr]


_WRITTEN: dict[str, Callable[[str], bool]] = {
    XSD + "string": lambda _written: True,
    RDF + "langString": lambda _written: True,
    XSD + "integer": lambda written: _INTEGER.fullmatch(written) is not None,
    XSD + "decimal": lambda written: _DECIMAL.fullmatch(written) is not None,
    XSD + "date": _is_day,
}
_TESTS: dict[str, Callable[[Any], Test | None]] = {
    SH + "nodeKind": _of_kind,
    SH + "datatype": _of_datatype,
    SH + "pattern": _matches,
    SH + "minInclusive": _at_least,
    SH + "maxInclusive": _at_most,
    SH + "minLength": _as_long_as,
}
