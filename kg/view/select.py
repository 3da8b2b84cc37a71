"""Which things a page carries, and which of them it opens with."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.ask.lookup import near_names
from kg.errors import KgError
from kg.view.central import CORE, REFERENCE_WEIGHT, distances, pagerank, readable_core
from kg.view.links import Links
from kg.view.options import PageOptions, known_types, within
from kg.view.search_keys import search_key

__all__ = ["CORE", "FOCUS_CORE", "Selection", "select"]
FOCUS_CORE = 120  # a focus was asked for: more of its surroundings, still readable after a zoom
_OFFERED = 4  # near names, for one that nothing has
Note = tuple[str, ...]  # the key of a text of the page (web/words.json), and what it is filled with
LookUp = Callable[[str, str], Iterable[str]]  # a name and a class ("" for any) → IRIs
_WITHIN_AREA = frozenset({"partOf", "locatedIn", "governs"})


@dataclass(frozen=True, slots=True)
class Selection:
    """Indices into `Links`. `things` are ranked, the most central first; `core` is the part shown at first."""

    things: tuple[int, ...]
    statements: tuple[int, ...]  # both ends carried; literal facts of carried things
    core: tuple[int, ...]
    focus: int | None
    degree: dict[int, int]  # distinct links to other things, before the limit cut any off
    left_out: int  # things that fit the filters and were cut off by the limit
    notes: tuple[Note, ...] = ()


class _Names:
    """What the things of a graph are called; `notes` tell which of several of one name was taken."""

    def __init__(self, links: Links, names: Mapping[int, Sequence[str]], look_up: LookUp | None) -> None:
        self._links, self._names, self._look_up = links, names, look_up
        self.notes: list[Note] = []

    def find(self, name: str, option: str, kind: str = "") -> int:
        """The thing called `name` in either script, else what `look_up` finds; of several the one with most statements. `option` is what asks for it."""
        links, wanted = self._links, search_key(name)
        candidates = [i for i in range(len(links.iris)) if not kind or links.types[i] == kind]
        keys = {i: {search_key(links.keys[i]), *map(search_key, self._names.get(i, ()))} for i in candidates}
        found = [i for i in candidates if wanted in keys[i]]
        if not found and self._look_up:
            found = [links.index[iri] for iri in self._look_up(name, kind) if iri in links.index]
        if not found:
            likely = near_names(name, (links.keys[i] for i in candidates))[:_OFFERED]
            raise KgError(
                f"{option}: nothing in this graph is called {name!r}",
                hint=f"did you mean {', '.join(likely)}?" if likely else "kg info lists the central things",
            )
        count = Counter(links.sources) + Counter(t for t in links.targets if t >= 0)
        found.sort(key=lambda i: (-count[i], links.iris[i]))
        if len(found) > 1:
            self.notes.append(("note-several", str(len(found)), name))
        return found[0]


def select(links: Links, options: PageOptions, names: Mapping[int, Sequence[str]] | None = None, look_up: LookUp | None = None) -> Selection:
    """The things and statements that fit the options; KgError for a name or type that the graph does not have.

    `names` are all names of each thing; `look_up` finds what none of them is: short names of areas, codes, IRIs.
    """
    wanted = known_types(options.types, sorted(set(links.types)))
    called = _Names(links, names or {}, look_up)
    focus = called.find(options.focus, "--focus") if options.focus else None
    statements = [
        i
        for i, target in enumerate(links.targets)
        if links.confidences[i] >= options.min_confidence
        and within(links.dates[i], options.since, options.until)
        and (target < 0 or target != links.sources[i])
    ]
    allowed = {i for i, kind in enumerate(links.types) if not wanted or kind in wanted or i == focus}
    if options.area:
        area = called.find(options.area, "--area", kind="Area")
        allowed &= _of_area(links, statements, area) | ({focus} if focus is not None else set())
    if options.since or options.until or options.min_confidence > 0:
        spoken_of = {links.sources[i] for i in statements} | {links.targets[i] for i in statements}
        allowed &= spoken_of | ({focus} if focus is not None else set())
    neighbours = _neighbours(links, statements, allowed)
    told = _neighbours(links, (i for i in statements if not links.reference[i]), allowed)
    rank = _ranks(neighbours, told, sorted(allowed))
    order = sorted(allowed, key=lambda i: (-rank[i], links.iris[i]))
    hops: dict[int, int] = {}
    if focus is not None:
        hops = distances(neighbours, focus)
        far = len(links.iris)
        order.sort(key=lambda i: hops.get(i, far))  # stable: by rank within a distance
    things = order[: options.limit]
    carried = set(things)
    kept = tuple(
        i for i in statements if links.sources[i] in carried and (links.targets[i] < 0 or links.targets[i] in carried)
    )
    if focus is not None:
        near = [i for i in things if hops.get(i, options.hops + 1) <= options.hops]
        core = near[:FOCUS_CORE]
        if len(near) > len(core):
            called.notes.append(("note-nearest", str(len(near)), str(options.hops), str(len(core))))
    else:
        core = readable_core(things, {i: links.types[i] for i in things}, told, neighbours)
    degree = {i: len(neighbours.get(i, ())) for i in things}
    return Selection(
        tuple(things), kept, tuple(core), focus, degree, left_out=len(order) - len(things), notes=tuple(called.notes)
    )


def _of_area(links: Links, statements: Sequence[int], area: int) -> set[int]:
    """The area, every place inside it, what lies in or governs one of them, and whatever is linked to those directly."""
    inside_of: dict[int, list[int]] = {}
    for i in statements:
        if links.predicates[i] in _WITHIN_AREA and links.targets[i] >= 0:
            inside_of.setdefault(links.targets[i], []).append(links.sources[i])
    inside, queue = {area}, deque([area])
    while queue:
        for thing in inside_of.get(queue.popleft(), ()):
            if thing not in inside:
                inside.add(thing)
                queue.append(thing)
    linked = set(inside)
    for i in statements:
        if links.targets[i] >= 0 and (links.sources[i] in inside or links.targets[i] in inside):
            linked.update((links.sources[i], links.targets[i]))
    return linked


def _neighbours(links: Links, statements: Iterable[int], allowed: set[int]) -> dict[int, set[int]]:
    beside: dict[int, set[int]] = {}
    for i in statements:
        source, target = links.sources[i], links.targets[i]
        if target >= 0 and source in allowed and target in allowed:
            beside.setdefault(source, set()).add(target)
            beside.setdefault(target, set()).add(source)
    return beside


def _ranks(neighbours: dict[int, set[int]], told: dict[int, set[int]], things: Sequence[int]) -> dict[int, float]:
    """PageRank of things; a link that only a reference table knows counts little."""
    import numpy as np

    position = {thing: i for i, thing in enumerate(things)}
    pairs = [(a, b) for a in things for b in sorted(neighbours.get(a, ())) if a < b]
    ends = np.array([(position[a], position[b]) for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    weights = np.array([1.0 if b in told.get(a, ()) else REFERENCE_WEIGHT for a, b in pairs])
    return dict(zip(things, pagerank(len(things), ends, weights).tolist(), strict=True))
