"""Which things are central, and where they stand on the canvas, for graphs of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.view.central import CORE, REFERENCE_WEIGHT, readable_core
from kg.view.layout import all_places, core_places
from kg.view.model import label_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Ends = NDArray[np.int64]
    Weights = NDArray[np.float64]

PLACED = 5000  # things with a place on the great map; a browser draws no more
Place = tuple[int, int]


def distinct_pairs(ends: Ends) -> tuple[Ends, Weights]:
    """Each linked pair of things once, smaller number first, and how much it counts.

    `ends` has a row for each fact: two thing numbers, and 1 if a text says it, 0 if only a reference table knows.
    """
    import numpy as np

    apart = ends[ends[:, 0] != ends[:, 1]]
    pairs, place = np.unique(np.sort(apart[:, :2], axis=1), axis=0, return_inverse=True)
    told = np.bincount(place.ravel(), weights=apart[:, 2], minlength=len(pairs)) > 0
    return pairs, np.where(told, 1.0, REFERENCE_WEIGHT)


def great_map(pairs: Ends, n: int) -> list[Place]:
    """A place for each of the most central things, at most PLACED of them. Numbers of things are their ranks here."""
    top = min(n, PLACED)
    inside = pairs[(pairs < top).all(axis=1)] if len(pairs) else pairs
    return all_places(top, [(int(a), int(b)) for a, b in inside])


def opening(pairs: Ends, weights: Weights, labels: Sequence[str], types: Sequence[str]) -> list[tuple[int, int, int]]:
    """What the explorer opens with: (rank, x, y) of things that make a readable picture. Numbers are ranks here too."""
    reach = min(len(labels), 100 * CORE)
    near: dict[int, set[int]] = {}
    told: dict[int, set[int]] = {}
    chosen = (pairs < reach).all(axis=1)
    inside = pairs[chosen].tolist()
    for (a, b), weight in zip(inside, weights[chosen].tolist(), strict=True):
        for links in (near, told) if weight > REFERENCE_WEIGHT else (near,):
            links.setdefault(a, set()).add(b)
            links.setdefault(b, set()).add(a)
    shown = readable_core(range(reach), dict(enumerate(types[:reach])), told, near)
    position = {thing: i for i, thing in enumerate(shown)}
    linked = [(position[a], position[b]) for a, b in inside if a in position and b in position]
    places = core_places([label_width(labels[thing]) for thing in shown], linked)
    return [(thing, *place) for thing, place in zip(shown, places, strict=True)]
