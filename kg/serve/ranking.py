"""Which things are central, and where they stand on the canvas, for graphs of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.view.layout import all_places, core_places
from kg.view.model import label_width
from kg.view.select import CORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Ends = NDArray[np.int64]

PLACED = 5000  # things with a place on the great map; a browser draws no more
Place = tuple[int, int]


def distinct_pairs(ends: Ends) -> Ends:
    """Each linked pair of things once, smaller number first; `ends` has a row of two thing numbers for each fact."""
    import numpy as np

    apart = ends[ends[:, 0] != ends[:, 1]]
    return np.unique(np.sort(apart, axis=1), axis=0)


def pagerank(n: int, pairs: Ends) -> NDArray[np.float64]:
    """PageRank (Page et al. 1999, damping 0.85) on the undirected graph, mean 1; rounded, so that the order of
    additions does not show."""
    import numpy as np
    from scipy.sparse import csr_array  # type: ignore[import-untyped]

    if not n:
        return np.zeros(0)
    source, target = np.concatenate([pairs, pairs[:, ::-1]]).T
    degree = np.bincount(source, minlength=n).astype(float)
    flow = csr_array((1.0 / degree[source], (target, source)), shape=(n, n))
    rank = np.full(n, 1.0 / n)
    for _ in range(60):
        rank = 0.15 / n + 0.85 * (flow @ rank + rank[degree == 0].sum() / n)
    return np.round(rank * n, 9)


def great_map(pairs: Ends, n: int) -> list[Place]:
    """A place for each of the most central things, at most PLACED of them. Numbers of things are their ranks here."""
    top = min(n, PLACED)
    inside = pairs[(pairs < top).all(axis=1)] if len(pairs) else pairs
    return all_places(top, [(int(a), int(b)) for a, b in inside])


def opening(pairs: Ends, labels: Sequence[str]) -> list[tuple[int, int, int]]:
    """What the explorer opens with: (rank, x, y) of the most central things that are linked among themselves."""
    reach = min(len(labels), 40 * CORE)
    near: dict[int, set[int]] = {}
    inside = pairs[(pairs < reach).all(axis=1)] if len(pairs) else pairs
    for a, b in inside.tolist():
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    first = set(range(min(CORE, reach)))
    core = {thing for thing in first if near.get(thing, set()) & first} or set(range(min(1, reach)))
    for thing in range(reach):
        if len(core) >= CORE:
            break
        if near.get(thing, set()) & core:
            core.add(thing)
    shown = sorted(core)
    position = {thing: i for i, thing in enumerate(shown)}
    linked = [(position[a], position[b]) for a, b in inside.tolist() if a in core and b in core]
    places = core_places([label_width(labels[thing]) for thing in shown], linked)
    return [(thing, *place) for thing, place in zip(shown, places, strict=True)]
