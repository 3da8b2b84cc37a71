"""Which things are central, and which few of them make a picture to begin with: for the page and for the server."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from kg.graph import network

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEADING = 6  # things of each type that the first panel names
CORE = 42  # things shown at first: as many as can be read on one screen without zooming
REFERENCE_WEIGHT = 0.1  # of a link that only a reference table knows, against one that a text says
_SEEDS = 8  # central things that the first picture grows from
_LINKS_PER_THING = 1.5  # beyond which a picture of this size turns into a thicket
_OF_ONE_TYPE = 9  # things of one type at most, so that districts do not crowd out what is done in them
_LEAVES = 4  # things that hang on one hub alone: more of them say nothing new

Neighbours = Mapping[int, AbstractSet[int]]
_NONE: frozenset[int] = frozenset()


def pagerank(n: int, pairs: NDArray[np.int64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """PageRank on an undirected graph, mean 1.

    `pairs` has a row of two numbers below n for each linked pair of things, `weights` how much it counts. Rounded, so
    that ties do not hang on the order of additions.
    """
    import numpy as np

    source, target = np.concatenate([pairs, pairs[:, ::-1]]).T
    ranks: NDArray[np.float64] = np.round(network.pagerank(n, source, target, np.concatenate([weights, weights])) * n, 9)
    return ranks


def readable_core(
    ranked: Sequence[int], types: Mapping[int, str], told: Neighbours, neighbours: Neighbours
) -> list[int]:
    """Central things of all types that make a readable picture: grown from a few seeds, by rank, while links stay few.

    `told` are the links that texts say; `neighbours` those and the ones of reference tables, which are drawn too but are
    no reason to show a thing. The most central things alone would be a thicket (every province with every national
    policy), all provinces around their country or, in a sparse graph, a heap of unrelated pairs.
    """
    core = set(_seeds(ranked, types, told))
    counts = Counter(types[thing] for thing in core)
    leaves: Counter[int] = Counter()
    links = sum(len(neighbours.get(thing, _NONE) & core) for thing in core) // 2
    # Things that join what is there come before things that hang on one of them; a thing without a link to the core may
    # get one by what came after it, so there are several rounds. The last fills up a graph of one or two types.
    for least, of_one_type in ((2, _OF_ONE_TYPE), (2, _OF_ONE_TYPE), (1, _OF_ONE_TYPE), (1, _OF_ONE_TYPE), (1, CORE)):
        if of_one_type == CORE and len(core) > CORE // 2:
            break
        for thing in ranked:
            if len(core) >= CORE:
                break
            joined = told.get(thing, _NONE) & core
            if thing in core or len(joined) < least or counts[types[thing]] >= of_one_type:
                continue
            added = len(neighbours.get(thing, _NONE) & core)
            hub = next(iter(joined)) if len(joined) == 1 else None
            # A thing with one link never makes a thicket thicker, however close the seeds are to each other.
            thicket = added > 1 and links + added > _LINKS_PER_THING * (len(core) + 1)
            if thicket or (hub is not None and leaves[hub] >= _LEAVES):
                continue
            if hub is not None and of_one_type < CORE:
                leaves[hub] += 1
            core.add(thing)
            counts[types[thing]] += 1
            links += added
    parts = sorted(_parts(core, neighbours), key=len, reverse=True)
    kept = [part for part in parts if len(part) > 2] or parts
    whole = set().union(*kept) if kept else set(ranked[:CORE])
    return [thing for thing in ranked if thing in whole]


def _seeds(ranked: Sequence[int], types: Mapping[int, str], told: Neighbours) -> list[int]:
    """The most central things of each type in turn."""
    by_type: dict[str, list[int]] = {}
    for thing in ranked:
        own = by_type.setdefault(types[thing], [])
        if len(own) < _SEEDS and told.get(thing):
            own.append(thing)
    turns = zip_longest(*by_type.values())
    return [thing for thing in chain.from_iterable(turns) if thing is not None][:_SEEDS]


def distances(neighbours: Neighbours, start: int) -> dict[int, int]:
    """Links on the shortest path from `start` to each thing that can be reached."""
    distance, queue = {start: 0}, deque([start])
    while queue:
        here = queue.popleft()
        for other in neighbours.get(here, ()):
            if other not in distance:
                distance[other] = distance[here] + 1
                queue.append(other)
    return distance


def _parts(things: set[int], neighbours: Neighbours) -> list[set[int]]:
    """The linked parts of a set of things."""
    inner = {thing: neighbours.get(thing, _NONE) & things for thing in things}
    left, parts = set(things), []
    for first in sorted(things):
        if first in left:
            part = set(distances(inner, first))
            left -= part
            parts.append(part)
    return parts
