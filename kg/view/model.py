"""The view model: what the explorer's front end is told about a graph, as plain JSON data.

```
{"format": 1, "title": …, "base": IRI prefix of ids, "vocabulary": IRI prefix of types and predicates,
 "types": [{"id", "label": {language: label}, "shape", "colour"}],       colour: [on light, on dark]
 "predicates": [{"id", "label"}],
 "totals": {"things", "facts", "left_out"}, "focus": id or null, "core": [[position, x, y]],
 "leading": how many things of each type the first panel names,
 "things": TABLE, "facts": TABLE, "figures": TABLE, "sentences": TABLE, "documents": TABLE,
 "clues": [[code …]],
 "fold": {traditional: simplified}, "notes": [[key of a text, what it is filled with …]]}
```
A TABLE is `{"fields": [name …], "rows": [[value …] …]}`. Things are ranked, the most central first; `s`, `o`, `sentence`,
`document` and `clues` in other tables are positions of rows; `responsible` are [id, name], as the page may not carry them. Offsets count
code points.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from kg.ask.lookup import find_things, scopes
from kg.graph.store import rows_of
from kg.graph.vocabulary import KGO, KGR, area_code
from kg.view.assets import WEB
from kg.view.central import LEADING
from kg.view.layout import all_places, core_places
from kg.view.links import Links, read_links
from kg.view.options import PageOptions, checked
from kg.view.records import (
    DOCUMENT_FIELDS,
    FACT_FIELDS,
    FIGURE_FIELDS,
    SENTENCE_FIELDS,
    Records,
    short,
)
from kg.view.search_keys import pinyin_keys, script_map, search_key
from kg.view.select import Selection, select
from kg.view.terms import label_of

if TYPE_CHECKING:
    from pyoxigraph import Store

THING_FIELDS = ("id", "label", "type", "names", "code", "scope", "degree", "mentions", "initials", "pinyin", "x", "y")
Labels = Mapping[str, Mapping[str, str]]
_NAMES = "SELECT DISTINCT ?thing ?name WHERE { ?thing skos:prefLabel ?key ; rdfs:label|skos:altLabel ?name }"
_WIDTH = 13.0  # of a Chinese character at the page's label size, in pixels
_LABEL_CHARACTERS = 12  # beyond which the page shortens a label


def view_model(store: Store, options: PageOptions, *, title: str = "", labels: Labels | None = None) -> dict[str, Any]:
    """The view model of the part of a graph that fits the options. KgError for names and types that are not in it."""
    options = checked(options)
    links = read_links(store)
    selection = select(links, options, _all_names(store, links) if options.focus or options.area else None, partial(_look_up, store))
    records = Records(store, everything=len(selection.statements) * 8 > len(links.statements))
    position = {thing: i for i, thing in enumerate(selection.things)}
    names = {i: records.names(links.iris[i], links.types[i], links.keys[i]) for i in selection.things}
    ends = [
        (position[links.sources[i]], position[links.targets[i]]) for i in selection.statements if links.targets[i] >= 0
    ]
    core = [position[i] for i in selection.core]
    facts = records.facts(links, selection.statements, position)
    figures = records.figures([links.iris[i] for i in selection.things], options.min_confidence)
    things = _thing_rows(links, selection, names, scopes(store), records, all_places(len(position), ends))
    focus = selection.focus
    return {
        "format": 1,
        "title": title or (names[focus][0] if focus is not None else ""),
        "base": KGR,
        "vocabulary": KGO,
        "types": type_styles(sorted({links.types[i] for i in selection.things}), labels or {}),
        "predicates": [
            {"id": name, "label": label_of(labels or {}, short(name))} for name in sorted({row[2] for row in facts})
        ],
        "totals": {"things": len(links.iris), "facts": len(links.statements), "left_out": selection.left_out},
        "focus": short(links.iris[focus]) if focus is not None else None,
        "leading": LEADING,
        "core": _core_rows(core, ends, [things[i][1] for i in core]),
        "things": {"fields": THING_FIELDS, "rows": things},
        "facts": {"fields": FACT_FIELDS, "rows": facts},
        "figures": {"fields": FIGURE_FIELDS, "rows": figures},
        "sentences": {"fields": SENTENCE_FIELDS, "rows": records.sentences},
        "documents": {"fields": DOCUMENT_FIELDS, "rows": records.documents},
        "clues": records.clues,
        "fold": script_map(name for own in names.values() for name in own),
        "notes": selection.notes,
    }


def _look_up(store: Store, name: str, type_: str) -> list[str]:
    return [thing.iri for thing in find_things(store, name, [type_] if type_ else [])]


def _all_names(store: Store, links: Links) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for thing, name in rows_of(store, _NAMES):
        if thing.value in links.index:
            names.setdefault(links.index[thing.value], []).append(name.value)
    return names


def _thing_rows(
    links: Links,
    selection: Selection,
    names: Mapping[int, Sequence[str]],
    scope: Mapping[str, str],
    records: Records,
    places: Sequence[tuple[int, int]],
) -> list[list[Any]]:
    rows = []
    for place, i in zip(places, selection.things, strict=True):
        label, *others = names[i]
        iri = links.iris[i]
        code = area_code(short(iri))
        known = {search_key(label)}
        # The folded key is worth showing only if nothing written says the same.
        extra = [name for name in others if name != links.keys[i] or search_key(name) not in known]
        row = [short(iri), label, links.types[i], extra, code, scope.get(iri, ""), selection.degree[i], records.mentions(iri)]
        rows.append([*row, *pinyin_keys(label), *place])
    return rows


def _core_rows(core: Sequence[int], ends: Sequence[tuple[int, int]], labels: Sequence[str]) -> list[list[int]]:
    inside = {thing: i for i, thing in enumerate(core)}
    pairs = [(inside[a], inside[b]) for a, b in ends if a in inside and b in inside]
    places = core_places([label_width(label) for label in labels], pairs)
    return [[thing, *place] for thing, place in zip(core, places, strict=True)]


def label_width(label: str) -> float:
    """About how wide the page draws a label, in pixels."""
    shown = label[:_LABEL_CHARACTERS]
    return max(40.0, sum(_WIDTH if ord(character) > 0x2E7F else _WIDTH * 0.55 for character in shown))


@lru_cache(maxsize=1)
def _styles() -> dict[str, Any]:
    styles: dict[str, Any] = json.loads((WEB / "styles.json").read_text(encoding="utf-8"))
    return styles


def type_styles(types: Sequence[str], labels: Labels) -> list[dict[str, Any]]:
    """Name, shape and colours of each type; types of a user's own ontology take the spare ones in turn."""
    styles = _styles()
    known = [name for name in styles["types"] if name in types]
    own = [name for name in types if name not in styles["types"]]
    spare = styles["spare"]
    looks = {name: styles["types"][name] for name in known}
    looks |= {name: spare[i % len(spare)] for i, name in enumerate(own)}
    return [{"id": name, "label": label_of(labels, name), **looks[name]} for name in looks]
