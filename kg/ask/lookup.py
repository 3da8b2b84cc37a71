"""Things by name: any name or short form that a text uses, in either script, finds the thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import ne
from typing import TYPE_CHECKING, Any

from kg.ask.lookup_words import lookup_words
from kg.errors import KgError
from kg.graph.naming import by_preference
from kg.graph.store import rows_of, texts_of
from kg.graph.vocabulary import DCTERMS, KGR, RDF, RDFS, SKOS
from kg.ontology import KGO

if TYPE_CHECKING:
    from pyoxigraph import Store

_PREF = SKOS + "prefLabel"
_NAME = RDFS + "label"
# Simplified to the Traditional of the mainland's tables, Taiwan and Hong Kong.
_SCRIPTS = ("s2t", "s2tw", "s2hk")
_SLIP = 3  # characters of a name in which one may be a slip: in a name of two it makes another name
_LABELS = (_PREF, _NAME, SKOS + "altLabel")


@dataclass(frozen=True, order=True)
class Thing:
    """A node with what it is called: `name` as written in a text, `key` the folded canonical name."""

    name: str
    type: str  # local name of its class: Area, Indicator …; "" if it has none
    iri: str
    key: str = ""


def find_things(store: Store, name: str, types: Iterable[str] = ()) -> list[Thing]:
    """The things called `name` in a text or by their full name, sorted; of `types` only, if any are given.

    An IRI, `kgr:…` or an administrative code (330114) finds its thing too, and the short name of an area (湖南) those
    that bear it with their level (湖南省), where nothing else does; at last those that the word refers to in a text
    (全会, 该工程). [] if there is none.
    """
    from pyoxigraph import DefaultGraph, Literal, NamedNode

    wanted = set(types)
    nodes: set[str] = set()
    if iri := _as_iri(name):
        nodes.add(iri)
    for spelling in spellings(name):
        for language in ("zh", "zh-Hans"):
            literal = Literal(spelling, language=language)
            for label in _LABELS:
                for quad in store.quads_for_pattern(None, NamedNode(label), literal, DefaultGraph()):
                    if isinstance(quad.subject, NamedNode):
                        nodes.add(quad.subject.value)
    found = _of_types(store, nodes, wanted)
    return found or (areas_by_short_name(store, name) if not wanted or "Area" in wanted else []) or _of_types(store, _referents(store, name), wanted)


def _of_types(store: Store, nodes: Iterable[str], wanted: set[str]) -> list[Thing]:
    things = (describe(store, node) for node in nodes)
    return sorted(thing for thing in things if thing.type and (not wanted or thing.type in wanted))


def _referents(store: Store, name: str) -> set[str]:
    """What `name` stands for in a text."""
    from pyoxigraph import DefaultGraph, Literal, NamedNode

    quotes = (quad for word in spellings(name) for quad in store.quads_for_pattern(None, NamedNode(KGO + "quote"), Literal(word), DefaultGraph()))
    return {referent for quad in quotes for referent in _values(store, quad.subject.value, KGO + "refersTo")}  # type: ignore[union-attr]


def areas_by_short_name(store: Store, name: str) -> list[Thing]:
    """The areas whose full name is `name` and a level's ending: 湖南省 for 湖南, 广西壮族自治区 for 广西; sorted."""
    from kg.text.fold import fold

    short = fold(name.strip())
    if len(short) < 2:
        return []
    level = lookup_words().area_level
    return [thing for thing in things_containing(store, short, ("Area",), 1000) if thing.key.startswith(short) and level.fullmatch(thing.key, len(short))]


def things_containing(store: Store, part: str, types: Iterable[str] = (), limit: int = 20) -> list[Thing]:
    """Things with `part` in their full name, shortest names first: what to offer when nothing has that very name."""
    from pyoxigraph import Literal

    from kg.text.fold import fold

    folded = Literal(fold(part.strip()))
    nodes = _nodes_by_key(store, f"FILTER(CONTAINS(STR(?key), {folded}) || CONTAINS({folded}, STR(?key)))")  # three times as quick as here
    return _things(store, nodes, names_containing(part, nodes), types, limit)


def things_like(store: Store, name: str, types: Iterable[str] = (), limit: int = 5) -> list[Thing]:
    """What to offer for a name that nothing has: the things with `near_names`."""
    if found := things_containing(store, name, types, limit):
        return found
    nodes = _nodes_by_key(store)
    return _things(store, nodes, names_sharing(name, nodes), types, limit)


def near_names(name: str, keys: Iterable[str]) -> list[str]:
    """Of canonical names those that are near `name`, the nearest first: those that contain it or are contained in it, else
    those that share half of its pairs of characters or more (厦门地铁6号线 for 厦门地铁9号线) or have one other character (钱塘区 for 钱唐区)."""
    keys = list(keys)
    return names_containing(name, keys) or names_sharing(name, keys)


def names_containing(part: str, keys: Iterable[str]) -> list[str]:
    """The canonical names with `part` in them, the shortest first, then those that are in `part`, the longest first."""
    from kg.text.fold import fold

    folded = fold(part.strip())
    hits = {key for key in keys if folded and (folded in key or (len(key) > 1 and key in folded))}
    return sorted(hits, key=lambda key: (folded not in key, len(key) if folded in key else -len(key), key))


def names_sharing(name: str, keys: Iterable[str]) -> list[str]:
    """The canonical names that share half of their pairs of characters with `name` or have one other character, the most alike first."""
    from kg.text.fold import fold

    folded = fold(name.strip())
    pairs = _pairs(folded)
    hits = []
    for key in set(keys):
        own = _pairs(key)
        if pairs and 4 * len(pairs & own) >= len(pairs) + len(own):
            hits.append((-len(pairs & own) / (len(pairs) + len(own)), key))
        elif len(key) == len(folded) >= _SLIP and sum(map(ne, key, folded)) == 1:
            hits.append((0.0, key))  # in a name of three or four characters a slip leaves hardly a pair
    return [key for _, key in sorted(hits)]


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _nodes_by_key(store: Store, condition: str = "") -> dict[str, list[str]]:
    """Canonical name → the IRIs of what is called so, sorted; of names that fit a condition of SPARQL only, if one is given."""
    found: dict[str, set[str]] = {}
    for thing, key in rows_of(store, f"SELECT ?thing ?key {{ ?thing skos:prefLabel ?key {condition} }}"):
        found.setdefault(key.value, set()).add(thing.value)
    return {key: sorted(nodes) for key, nodes in found.items()}


def _things(store: Store, nodes: Mapping[str, Sequence[str]], keys: Iterable[str], types: Iterable[str], limit: int) -> list[Thing]:
    """The first `limit` things, of `types` if any are given, that have the names `keys`."""
    wanted = set(types)
    described = (describe(store, node) for key in keys for node in nodes[key])
    return list(islice((thing for thing in described if thing.type and (not wanted or thing.type in wanted)), limit))


def known_class(store: Store, name: str) -> str:
    """The class called `name` (in any case) that things of the graph have; KgError with those there are."""
    rows = rows_of(store, "SELECT DISTINCT ?class { ?thing skos:prefLabel ?label ; a ?class }")
    known: set[str] = {iri.value.removeprefix(KGO) for (iri,) in rows if iri.value.startswith(KGO)}
    found = next((one for one in sorted(known) if one.casefold() == name.casefold()), None)
    if found is None:
        raise KgError(f"nothing in the graph is of the type {name!r}", hint=f"there are {', '.join(sorted(known))}")
    return found


def _as_iri(name: str) -> str | None:
    if name.startswith(KGR):
        return name
    if found := re.fullmatch(r"kgr:([\w-]+)", name):
        return KGR + found[1]
    return f"{KGR}area-{name}" if re.fullmatch(r"\d{2,12}", name) else None


def spellings(name: str) -> list[str]:
    """`name`, its folded form and that form in the Traditional scripts; each once."""
    from kg.text.fold import fold

    name = name.strip().strip("“”「」『』《》\"")
    folded = fold(name)
    return list(dict.fromkeys([name, folded, *(_converter(script).convert(folded) for script in _SCRIPTS)]))


@lru_cache(maxsize=4)
def _converter(script: str) -> Any:
    from opencc import OpenCC

    return OpenCC(script)


def describe(store: Store, iri: str) -> Thing:
    """The thing behind an IRI; `name` is the first `by_preference`, or the IRI's end where it has no name."""
    names = set(_values(store, iri, _NAME))
    return _described(store, iri, _often_written(store, [iri])[iri] if len(names) > 1 else dict.fromkeys(names, 1))


def _described(store: Store, iri: str, written: Mapping[str, int]) -> Thing:
    """The thing behind an IRI with these names, each with the number of documents that write it."""
    key, type_ = min(_values(store, iri, _PREF), default=""), _type_of(store, iri)
    name = next(iter(by_preference(written, type_, key)), key)
    return Thing(name or iri.rpartition("/")[2].rpartition("#")[2], type_, iri, key)


def names_of_all(store: Store, iris: Sequence[str]) -> dict[str, str]:
    """What `describe` calls each of these things; most have one name, and one query finds those."""
    written: dict[str, list[str]] = {iri: [] for iri in iris}
    for thing, name in texts_of(store, f"SELECT ?thing ?name {{ {_one_of(iris)} ?thing rdfs:label ?name }}"):
        written[thing].append(name)
    often = _often_written(store, [iri for iri, names in written.items() if len(names) != 1])
    return {iri: _described(store, iri, often[iri]).name if iri in often else names[0] for iri, names in written.items()}


def _often_written(store: Store, iris: Sequence[str]) -> dict[str, Counter[str]]:
    """Of each of these things its names, with the number of documents that write them. Counted by the store: a country is called by its name in
    every other document, and each time would be fetched."""
    often: dict[str, Counter[str]] = {iri: Counter() for iri in iris}
    sparql = f"SELECT ?thing ?name (COUNT(*) AS ?often) {{ {_one_of(iris)} GRAPH ?document {{ ?thing rdfs:label ?name }} }} GROUP BY ?thing ?name"
    for thing, name, number in texts_of(store, sparql) if iris else ():
        often[thing][name] += int(number)
    return often


def _one_of(iris: Sequence[str]) -> str:
    return f"VALUES ?thing {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def responsible(store: Store, figure: str | None = None) -> dict[str, tuple[Thing, ...]]:
    """Targets (`figure` only, if given) → who answers for each, by name; figures that nobody answers for are left out."""
    from pyoxigraph import DefaultGraph, NamedNode

    described: dict[str, Thing] = {}
    found: dict[str, list[Thing]] = {}
    for quad in store.quads_for_pattern(NamedNode(figure) if figure else None, NamedNode(KGO + "responsible"), None, DefaultGraph()):
        target, who = quad.subject.value, quad.object.value  # type: ignore[union-attr]
        found.setdefault(target, []).append(described.get(who) or described.setdefault(who, describe(store, who)))
    return {target: tuple(sorted(things)) for target, things in found.items()}


def scopes(store: Store, iri: str | None = None) -> dict[str, str]:
    """Things whose canonical name alone does not tell which one they are (of `iri` only, if given) → what does: the area
    that they belong to, by its name, else the title of the document that speaks of them."""
    from pyoxigraph import DefaultGraph, NamedNode

    thing = NamedNode(iri) if iri else None
    told: dict[str, str] = {}  # scope → how it is shown
    found: dict[str, str] = {}
    for quad in store.quads_for_pattern(thing, NamedNode(KGO + "scope"), None, DefaultGraph()):
        scope = quad.object.value  # type: ignore[union-attr]
        if scope not in told:
            told[scope] = _scope_name(store, scope)
        found[quad.subject.value] = told[scope]  # type: ignore[union-attr]
    return found


def governed(store: Store, iri: str) -> list[str]:
    """The areas that a body governs or is located in, by name: they tell which 省人民政府 it is. Sorted."""
    from pyoxigraph import DefaultGraph, NamedNode

    for predicate in ("governs", "locatedIn"):
        found = {quad.object.value for quad in store.quads_for_pattern(NamedNode(iri), NamedNode(KGO + predicate), None, DefaultGraph())}  # type: ignore[union-attr]
        if found:
            return sorted(describe(store, area).name for area in found)
    return []


def _scope_name(store: Store, scope: str) -> str:
    """An area by its code, a document by its id, or an area by its name."""
    from pyoxigraph import DefaultGraph, Literal, NamedNode

    if scope.isdigit() and (area := describe(store, f"{KGR}area-{scope}")).type:
        return area.name
    for quad in store.quads_for_pattern(None, NamedNode(DCTERMS + "identifier"), Literal(scope), DefaultGraph()):
        return min(_values(store, quad.subject.value, DCTERMS + "title"), default=scope)  # type: ignore[union-attr]
    return scope


def names_of(store: Store, iri: str) -> list[str]:
    """The names of a thing as texts write them (`rdfs:label`), sorted."""
    return sorted(set(_values(store, iri, _NAME)))


def _type_of(store: Store, iri: str) -> str:
    classes = sorted(v for v in _values(store, iri, RDF + "type") if v.startswith(KGO))
    return classes[0].removeprefix(KGO) if classes else ""


def _values(store: Store, iri: str, predicate: str) -> Iterator[str]:
    """The values of the merged documents."""
    from pyoxigraph import DefaultGraph, Literal, NamedNode

    for quad in store.quads_for_pattern(NamedNode(iri), NamedNode(predicate), None, DefaultGraph()):
        if isinstance(quad.object, Literal | NamedNode):
            yield quad.object.value
