"""Names: what the ontology's tables say about those that stand in facts as text (units and indicators), and which of its names a
thing is called by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kg.graph.vocabulary import UNIT
from kg.ontology import Ontology
from kg.text.fold import fold


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """`text` in the form in which names are compared."""
    return fold(text).strip()


@dataclass(frozen=True)
class Naming:
    """How indicators and units become nodes. Without tables a folded name is its own key."""

    indicator: Callable[[str], str] = folded  # name as written → canonical name
    units: Mapping[str, str] = field(default_factory=dict)  # folded unit → IRI of its QUDT unit


PLAIN = Naming()


def naming(ontology: Ontology) -> Naming:
    """The naming that the ontology's lexicon gives."""
    from kg.extract.knowledge.indicator_table import read_indicators
    from kg.text.units import read_units

    units: dict[str, str] = {}
    for unit in read_units(ontology).by_surface.values():
        if unit.iri:
            iri = UNIT + unit.iri.removeprefix("unit:")
            units.setdefault(unit.written, iri)
            if unit.stored:
                units.setdefault(unit.stored, iri)
    return Naming(read_indicators(ontology).key, units)


def by_preference(written: Mapping[str, int], type_: str, key: str) -> list[str]:
    """The names of a thing, what most documents call it first (of equals the canonical one, the shortest, the first).

    An indicator and an area are called as a text writes their canonical name, if one does: 固定資產投資, not 完成投資; 湖南省, not 湖南.
    A number is the name of no line, if one of them says of which city it is: 成都轨道交通10号线, not 10号线.
    """
    full = {name for name in written if type_ in ("Indicator", "Area") and fold(name) == key}
    numbers = {name for name in written if type_ == "Project" and name[0].isdigit() and not key[:1].isdigit()}
    return sorted(written, key=lambda name: (name not in full, name in numbers, -written[name], name != key, len(name), name))
