"""Are things still found, and told of, once they bear the name of another thing? What rules know of a name or of a sentence by heart shows.

    python benchmarks/exchanged.py SHARED [--kind Project ...] [--each 10] [--part 0] [--names FILE] [--show]

Every name that is found as annotated in the development gold and in the passages of `tests/gold/tune` is replaced by names of the same kind
and the same last two characters (of persons: the same length; of indicators: the same kind of figure and unit) from other texts, where they
are found too. A relation counts where both its ends are found after the exchange, as they were before it.
`--names` takes the names from a file instead, one to a line with its kind before it and a tab between, be they found anywhere or not.
`--part` takes half of the names and half of the places where they stand, 0 to mend by and 1 to measure with; `--show` prints what is lost.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from quality import document_of, texts

from kg.extract.extractor import Extractor
from kg.extract.facts_json import to_json
from kg.text.fold import fold

Json = dict[str, Any]
FIGURE = "Indicator"
KINDS = ("Policy", "Project", "Body", "Event", "Honor", "Person", "Area", FIGURE)
_LEVELS = "省市县区州旗镇乡村"  # an area is exchanged with one of its level


class Place(NamedTuple):
    """A name where it stands: in a text it has for itself alone, as part of no other annotated name."""

    stem: str
    kind: str
    name: str
    thing: str  # the annotation's identifier, for a figure its place in the list

    @property
    def shape(self) -> str:
        if self.kind == "Person":
            return str(len(self.name))
        if self.kind == "Area":
            return self.name[-1] if self.name[-1] in _LEVELS else ""
        return self.name[-2:]


class Text(NamedTuple):
    text: str
    annotation: Json
    found: Json


def places(stem: str, given: Text) -> Iterator[Place]:
    """Names of one text that may be exchanged: found wherever they stand, and apart from all others."""
    entities = given.annotation["entities"]
    surfaces = sorted((surface, entity["id"]) for entity in entities for surface in {entity["name"], *entity["surfaces"]})
    for entity in entities:
        for name in sorted({entity["name"], *entity["surfaces"]}):
            alone = all(name not in other and other not in name or (other, of) == (name, entity["id"]) for other, of in surfaces)
            if alone and name in given.text and not lost(given.text, given.found, entity["type"], name):
                yield Place(stem, entity["type"], name, entity["id"])
    for number, figure in enumerate(given.annotation["observations"]):
        name = figure["indicator"]
        if given.text.count(name) == 1 and not any(name in surface or surface in name for surface, _ in surfaces) and told(figure, given.found):
            yield Place(stem, FIGURE, name, str(number))


def lost(text: str, found: Json, kind: str, name: str) -> list[int]:
    """Where the name stands and is not found as a thing of its kind."""
    mentions = {(m["start"], m["end"]) for entity in found["entities"] if entity["type"] == kind for m in entity["mentions"]}
    return [m.start() for m in re.finditer(re.escape(name), text) if m.span() not in mentions]


def told(figure: Json, found: Json) -> bool:
    return any(
        fold(other["indicator"]) == fold(figure["indicator"]) and other["kind"] == figure["kind"] and float(other["value"]) == figure["value"]
        for other in found["observations"]
    )


def related(annotation: Json, relation: Json, found: Json, name: str, instead: str) -> bool:
    """Whether an annotated relation is found, its ends known by any of their surfaces."""
    surfaces = {entity["id"]: {fold(s.replace(name, instead)) for s in (entity["name"], *entity["surfaces"])} for entity in annotation["entities"]}
    ours = {entity["id"]: {fold(entity["name"]), *(fold(m["text"]) for m in entity["mentions"])} for entity in found["entities"]}
    return any(
        other["p"] == relation["p"] and all(surfaces[relation[end]] & ours.get(other.get(end), set()) for end in "so" if relation.get(end))
        for other in found["relations"]
    )


def part_of(*what: str) -> int:
    return hashlib.sha256("/".join(what).encode()).digest()[0] % 2


def key_of(place: Place, every: dict[str, Text]) -> object:
    """What a name has in common with those it is exchanged with."""
    if place.kind != FIGURE:
        return place.shape
    figure = every[place.stem].annotation["observations"][int(place.thing)]
    return figure["kind"], figure["unit"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--kind", dest="kinds", action="append", choices=KINDS)
    parser.add_argument("--each", type=int, default=10, help="names tried in each place")
    parser.add_argument("--part", type=int, choices=(0, 1))
    parser.add_argument("--names", type=Path)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    kinds = given.kinds or KINDS
    extractor = Extractor()

    def extract(stem: str, text: str, date: str) -> Json:
        document = document_of(stem, text, date)
        return to_json(document, extractor.extract(document))

    every: dict[str, Text] = {}
    for part in ("dev", "tune"):
        for stem, (text, file) in texts(given.shared, part).items():
            annotation = json.loads(file.read_text(encoding="utf-8"))
            every[stem] = Text(text, annotation, extract(stem, text, annotation["date"]))
    standing = [place for stem, text in every.items() for place in places(stem, text) if place.kind in kinds]
    donors: dict[object, dict[str, Place]] = defaultdict(dict)
    listed = [Place("", *line.split("\t"), "") for line in given.names.read_text(encoding="utf-8").splitlines()] if given.names else standing
    for place in listed:
        if given.part is None or part_of(place.name) == given.part:
            donors[place.kind, key_of(place, every)][place.name] = place
    names, relations, missing = Counter[tuple[str, bool]](), Counter[tuple[str, bool]](), defaultdict[tuple[str, str], list[str]](list)
    for place in standing:
        if given.part is not None and part_of(place.stem, place.name) != given.part:
            continue
        text, annotation, found = every[place.stem]
        others = [other.name for other in donors[place.kind, key_of(place, every)].values() if other.stem != place.stem and other.name != place.name]
        named = [entity["name"] for entity in annotation["entities"]]
        fits = [n for n in others if ("“" in n) == ("“" in place.name) and n not in text and not any(name in n for name in named)]
        before = [r for r in annotation["relations"] if place.thing in (r["s"], r.get("o")) and related(annotation, r, found, "", "")]
        for name in sorted(Random(place.name).sample(fits, min(given.each, len(fits)))):
            changed = text.replace(place.name, name)
            after = extract(place.stem, changed, annotation["date"])
            if place.kind == FIGURE:
                away = [] if told({**annotation["observations"][int(place.thing)], "indicator": name}, after) else [changed.index(name)]
            else:
                away = lost(changed, after, place.kind, name)
            names[place.kind, not away] += 1
            if away:
                missing[place.kind, name].append(_around(changed, away[0], name, after))
            elif place.kind != FIGURE:
                for relation in before:
                    kept = related(annotation, relation, after, place.name, name)
                    relations[relation["p"], kept] += 1
                    if not kept:
                        missing[relation["p"], name].append(_around(changed, changed.index(name), name, after))
    print("| names of | found after the exchange |\n|---|---|")
    for kind in kinds:
        print(f"| {kind} | {names[kind, True]:,} of {names[kind, True] + names[kind, False]:,} |")
    print("\n| relations of them | still told |\n|---|---|")
    for predicate in sorted({predicate for predicate, _ in relations}):
        print(f"| {predicate} | {relations[predicate, True]:,} of {relations[predicate, True] + relations[predicate, False]:,} |")
    if given.show:
        for (kind, name), where in sorted(missing.items(), key=lambda item: (-len(item[1]), item[0])):
            print(f"\n{kind} {name}: {len(where)}", *(f"    {line}" for line in where), sep="\n")


def _around(text: str, at: int, name: str, found: Json) -> str:
    """The name in its sentence, and what is found in its place."""
    end = at + len(name)
    near = [f"{m['text']}/{e['type']}" for e in found["entities"] for m in e["mentions"] if m["start"] < end and at < m["end"]]
    return (text[max(0, at - 30) : at] + f"【{name}】" + text[end : end + 18]).replace("\n", "/") + (f" | {' '.join(near)}" if near else "")


if __name__ == "__main__":
    main()
