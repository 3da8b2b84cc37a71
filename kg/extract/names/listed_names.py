"""What the lexicon lists by name, read before any text: bodies, events, persons, policies, works, areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.errors import KgError
from kg.extract.knowledge.regions import names_of_regions
from kg.extract.knowledge.word_lists import listed_words, words_in
from kg.extract.names.assemble import key_of
from kg.extract.names.gazetteer import Gazetteer
from kg.ontology import Ontology, YamlFile
from kg.text.fold import fold
from kg.yaml_files import items_of

_REGIONAL = {"Project": "name-list-regional", "Area": "area-name-list-regional", "Body": "name-list-regional"}
TABLES = {"bodies": "Body", "events": "Event", "persons": "Person", "policies": "Policy", "projects": "Project"}


class ListedNames(NamedTuple):
    """What is known of names before any text. The values are plain: they are kept from one start to the next."""

    listed: dict[str, tuple[str, str]]  # surface → type, key
    surfaces: list[str]  # of the gazetteer too
    quoting: frozenset[str]  # listed names with a quotation in them that are read whole
    regional: dict[str, str]  # surface → rule, of files of one region's names
    organs: dict[str, str]  # organ without its area → level of that
    tails: frozenset[str]  # words right behind a place
    keys: frozenset[str]  # of listed names: “四下基层” is the key 四下基层
    of_regions: dict[str, dict[str, str]]  # code of a region → surface that names something in its texts alone → the body's key, "" for the region itself


def listed_names(ontology: Ontology, gazetteer: Gazetteer) -> ListedNames:
    """The names of an ontology, with the places of its gazetteer."""
    organs = own_organs(ontology)
    listed = {**{word: ("Body", word) for word in organs}, **_read_names(ontology)}
    of_regions: dict[str, dict[str, str]] = {}
    for code, kind, surface, key in names_of_regions(ontology):
        of_regions.setdefault(code, {})[surface] = key
        if kind:
            listed.setdefault(key, (kind, key))
    quoting = frozenset(surface for surface in listed if "“" in surface and _read_whole(surface, listed))
    return ListedNames(listed, sorted({*gazetteer.names(), *listed, *(surface for names in of_regions.values() for surface in names)}), quoting, _regional(ontology), organs, _offices_and_organs(ontology), frozenset(key_of(key) for _, key in listed.values()), of_regions)


def _read_whole(surface: str, listed: Mapping[str, tuple[str, str]]) -> bool:
    """Whether a listed name with a quotation in it is to be read whole: 渝黔桂“氢走廊”, “黑土粮仓”科技会战.

    A measure that begins or ends with its quotation, or whose quotation is listed itself, goes by that: 共建“一带一路”.
    """
    kind = listed[surface][0]
    if kind == "Policy":
        before, _, rest = surface.partition("“")
        quoted, _, after = rest.partition("”")
        return bool(before and after) and "“" not in after and not (quoted in listed or f"“{quoted}”" in listed)
    return kind == "Project" or not (surface[0] == "“" and surface.find("”") == len(surface) - 1)


def _regional(ontology: Ontology) -> dict[str, str]:
    """Folded surface → what a fact says it was found by, for works, areas and bodies of files of one region's names."""
    table: dict[str, str] = {}
    for file in ontology.yaml("lexicon"):
        if file.data.get("regional"):
            for kind, _, surfaces in _entries(file):
                if kind in _REGIONAL:
                    table.update((fold(surface), _REGIONAL[kind]) for surface in surfaces)
    return table


def _entries(file: YamlFile) -> Iterator[tuple[str, int, list[str]]]:
    """Type, line, name and aliases of what a lexicon file lists under `names:`; KgError for an entry without a name."""
    for kind, entries in items_of(file.data.get("names")):
        for entry in entries:
            line = entry["__line__"]
            if not entry.get("name"):
                raise KgError(f"what is listed as {kind} needs a name", file=file.path, line=line)
            yield kind, line, [str(surface) for surface in (entry["name"], *(entry.get("aliases") or ()))]


def _offices_and_organs(ontology: Ontology) -> frozenset[str]:
    """Words that stand right behind the name of a place: 总理, 外交部."""
    found: set[str] = set()
    for file in ontology.yaml("lexicon"):
        for entry in file.data.get("posts") or ():
            found.update(fold(str(word)) for word in entry["words"])
        for entry in (file.data.get("organs") or {}).values():
            if isinstance(entry, dict):
                found.update(fold(str(word)) for word in entry.get("words") or ())
    return frozenset(found)


def own_organs(ontology: Ontology) -> dict[str, str]:
    """Organ named without its area (省委) → the level of the area that it belongs to."""
    found: dict[str, str] = {}
    for file in ontology.yaml("lexicon"):
        organs = file.data.get("organs") or {}
        for level, words in (organs.get("own_area") or {}).items():
            if isinstance(words, list) and level != "joint":
                found.update((fold(word), level) for word in words)
        departments = organs.get("own_departments") or {}
        if departments.get("groups") and not departments.get("begins"):
            raise KgError("`own_departments` needs `begins`", file=file.path, line=departments["__line__"])
        for group in departments.get("groups") or ():  # of whichever file has words for it
            words = [word for word in listed_words(ontology, "organs", group, "words") if not word.endswith(words_in([departments], "not_ends"))]
            for level, beginnings in items_of(departments["begins"]):
                found.update((fold(beginning) + word, level) for word in words for beginning in beginnings)
    return found


def _read_names(ontology: Ontology) -> dict[str, tuple[str, str]]:
    """Folded surface → (type, key) of all names that the lexicon lists; KgError for one listed under two types."""
    table: dict[str, tuple[str, str]] = {}
    for file in ontology.yaml("lexicon"):
        for kind, line, surfaces in _entries(file):
            if kind not in ontology.terms.types:
                raise KgError(f"{surfaces[0]}: the ontology has no entity class {kind}", file=file.path, line=line)
            for surface in surfaces:
                folded = fold(surface)
                if table.setdefault(folded, (kind, fold(surfaces[0])))[0] != kind:
                    raise KgError(f"{surface} is listed as {kind} and as {table[folded][0]}", file=file.path, line=line)
        for key, kind in TABLES.items():
            groups = [entries for _, entries in items_of(file.data.get(key)) if isinstance(entries, dict)]
            for name, aliases in (entry for entries in groups for entry in items_of(entries)):
                for surface in (name, *(aliases or ())):
                    table.setdefault(fold(str(surface)), (kind, fold(name)))
    return table
