"""Places for things on the canvas, computed beforehand so that the page stands still. Units: canvas pixels at scale 1.

The few things of the core are placed by stress majorisation (Gansner, Koren, North 2004), which shows structure best;
all of them by pivot distances (Brandes, Pich 2006) and local repulsion, which takes a second for 5,000.
Everything starts from fixed values: the same links give the same places.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Links = NDArray[np.int64]

EDGE = 120.0  # wanted length of a link
LABEL_HEIGHT = 46.0  # node and label below it
_GAP = 90.0  # between parts that are not linked
_PIVOTS = 40
_ASPECT = 1.6  # screens are wider than high


def core_places(widths: Sequence[float], links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A place for each of a few hundred things; `widths` are those of their labels, which are kept from overlapping."""
    import numpy as np

    parts = _components(len(widths), _array(links))
    margins = [np.array([widths[i] for i in part]) / 2 for part, _ in parts]
    places = [
        _part_apart(_by_stress(len(part), inner), margin * 2)
        for (part, inner), margin in zip(parts, margins, strict=True)
    ]
    return _packed([part for part, _ in parts], places, margins)


def all_places(n: int, links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A place for each of `n` things, n up to some ten thousand."""
    import numpy as np

    parts = _components(n, _array(links))
    places = [_by_stress(len(part), inner) if len(part) <= 60 else _by_pivots(len(part), inner) for part, inner in parts]
    return _packed([part for part, _ in parts], places, [np.full(len(part), EDGE / 3) for part, _ in parts])


def _array(links: Sequence[tuple[int, int]]) -> Links:
    import numpy as np

    unique = sorted({(min(a, b), max(a, b)) for a, b in links if a != b})
    return np.array(unique, dtype=np.int64).reshape(-1, 2)


def _matrix(n: int, pairs: Links):  # type: ignore[no-untyped-def]
    import numpy as np
    from scipy.sparse import csr_array

    both = np.concatenate([pairs, pairs[:, ::-1]])
    return csr_array((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(n, n))


def _components(n: int, pairs: Links) -> list[tuple[list[int], Links]]:
    """The linked parts, largest first, each as its members and the links among them by position."""
    import numpy as np
    from scipy.sparse.csgraph import connected_components

    count, member = connected_components(_matrix(n, pairs), directed=False)
    position = np.empty(n, dtype=np.int64)
    members: list[list[int]] = [[] for _ in range(count)]
    for i, part in enumerate(member.tolist()):
        position[i] = len(members[part])
        members[part].append(i)
    inner: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for a, b in pairs.tolist():
        inner[member[a]].append((int(position[a]), int(position[b])))
    order = sorted(range(count), key=lambda part: (-len(members[part]), members[part][0]))
    return [(members[part], np.array(inner[part], dtype=np.int64).reshape(-1, 2)) for part in order]


def _circle(n: int) -> Points:
    import numpy as np

    angle = np.arange(n) * 2.399963  # the golden angle: no two start in one place
    return np.stack([np.cos(angle), np.sin(angle)], axis=1) * (EDGE * 0.5 * np.sqrt(np.arange(n))[:, None])


def _by_stress(n: int, pairs: Links) -> Points:
    """Places whose distances come as near as can be to the lengths of the shortest paths."""
    import numpy as np
    from scipy.sparse.csgraph import shortest_path

    if n <= 2:
        return np.array([[0.0, 0.0], [EDGE, 0.0]])[:n]
    degree = np.bincount(pairs.ravel(), minlength=n)
    # A link between two hubs is drawn longer, so that their leaves have room.
    length = 0.75 + 0.12 * np.sqrt(np.minimum(degree[pairs[:, 0]], degree[pairs[:, 1]]) * 2.0)
    graph = _matrix(n, pairs)
    graph.data = np.concatenate([length, length])[_csr_order(n, pairs)]
    wanted = shortest_path(graph, directed=False) * EDGE
    np.fill_diagonal(wanted, 1.0)
    weight = wanted**-2.0
    np.fill_diagonal(weight, 0.0)
    spread = weight.sum(axis=1, keepdims=True)
    places = _classical(wanted)
    for _ in range(150):
        delta = places[:, None, :] - places[None, :, :]
        distance = np.sqrt((delta**2).sum(axis=2)) + 1e-9
        pull = weight * wanted / distance
        places = (weight @ places + (pull.sum(axis=1, keepdims=True) * places - pull @ places)) / spread
    return _turned(places)


def _csr_order(n: int, pairs: Links) -> NDArray[np.int64]:
    """Where the entries of both directions of `pairs` lie in the row-sorted matrix."""
    import numpy as np

    both = np.concatenate([pairs, pairs[:, ::-1]])
    return np.lexsort((both[:, 1], both[:, 0]))


def _classical(wanted: Points) -> Points:
    """A start by classical scaling, slightly spread so that equal leaves do not lie on each other."""
    import numpy as np

    squared = wanted**2
    centred = -0.5 * (squared - squared.mean(0) - squared.mean(1)[:, None] + squared.mean())
    values, vectors = np.linalg.eigh(centred)
    start = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 1.0))
    start *= np.sign(start[np.abs(start).argmax(axis=0), [0, 1]])  # eigenvectors have no sign of their own
    return start + _circle(len(wanted)) * 0.2


def _by_pivots(n: int, pairs: Links) -> Points:
    import numpy as np
    from scipy.sparse.csgraph import dijkstra

    graph = _matrix(n, pairs)
    nearest = np.full(n, np.inf)
    pivot = int(np.bincount(pairs.ravel(), minlength=n).argmax())
    columns = []
    for _ in range(min(_PIVOTS, n)):
        distance = dijkstra(graph, directed=False, indices=pivot, unweighted=True)
        columns.append(distance)
        nearest = np.minimum(nearest, distance)
        pivot = int(nearest.argmax())
    squared = np.stack(columns, axis=1) ** 2
    centred = squared - squared.mean(0) - squared.mean(1)[:, None] + squared.mean()
    values, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, -2:] * np.sign(vectors[np.abs(vectors[:, -2:]).argmax(axis=0), [-2, -1]])
    places = centred @ axes
    places /= places.std(axis=0) + 1e-9
    places = places * (EDGE * 0.45 * np.sqrt(n)) + _circle(n) * 0.25
    return _turned(_relaxed(places, pairs))


def _relaxed(places: Points, pairs: Links, rounds: int = 70) -> Points:
    """Links pull, the nearest neighbours push; each round may move a thing less far."""
    import numpy as np
    from scipy.spatial import cKDTree

    n = len(places)
    degree = np.maximum(np.bincount(pairs.ravel(), minlength=n), 1)[:, None]
    for turn in range(rounds):
        reach = EDGE * 2.0 * (1 - turn / rounds) + 2
        distance, other = cKDTree(places).query(places, k=min(15, n))
        delta = places[:, None, :] - places[other[:, 1:]]
        gap = np.maximum(distance[:, 1:], 1.0)[:, :, None]
        push = (delta / gap * np.maximum(EDGE * 1.1 - gap, 0) * 0.35).sum(axis=1) + (delta / gap**2).sum(axis=1) * EDGE * 0.8
        along = places[pairs[:, 1]] - places[pairs[:, 0]]
        pull = np.zeros_like(places)
        np.add.at(pull, pairs[:, 0], along)
        np.add.at(pull, pairs[:, 1], -along)
        move = push + pull / degree * 0.35
        size = np.sqrt((move**2).sum(axis=1, keepdims=True)) + 1e-9
        places = places + move * np.minimum(1.0, reach / size)
    return places


def _turned(places: Points) -> Points:
    """The longest extent lies level."""
    import numpy as np

    centred = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1] * np.sign(axes[:, ::-1][np.abs(axes[:, ::-1]).argmax(axis=0), [0, 1]])
    turned: Points = centred @ axes
    return turned


def _part_apart(places: Points, widths: Points, rounds: int = 200) -> Points:
    """Pushes apart, along the shorter way, every two things whose labels overlap."""
    import numpy as np

    places = places.copy()
    places[:, 0] *= 1.25
    room = np.maximum((widths[:, None] + widths[None, :]) / 2 + 14, 50)
    order = np.arange(len(places))
    tie = np.sign(order[:, None] - order[None, :])
    for _ in range(rounds):
        delta = places[:, None, :] - places[None, :, :]
        over_x = room - np.abs(delta[:, :, 0])
        over_y = LABEL_HEIGHT - np.abs(delta[:, :, 1])
        clash = (over_x > 0) & (over_y > 0) & (tie != 0)
        if not clash.any():
            break
        level = clash & (over_x < over_y)
        upright = clash & ~level
        side = np.where(delta == 0, tie[:, :, None], np.sign(delta))
        places[:, 0] += (np.where(level, over_x, 0) * side[:, :, 0]).sum(axis=1) * 0.3
        places[:, 1] += (np.where(upright, over_y, 0) * side[:, :, 1]).sum(axis=1) * 0.3
    return places


def _packed(members: list[list[int]], parts: list[Points], margins: list[Points]) -> list[tuple[int, int]]:
    """The parts side by side in rows, largest first, centred on the origin and rounded to whole pixels."""
    import numpy as np

    n = sum(map(len, members))
    result = np.zeros((n, 2))
    boxes = []
    for places, margin in zip(parts, margins, strict=True):
        low = np.array([(places[:, 0] - margin).min(), places[:, 1].min() - LABEL_HEIGHT / 2])
        high = np.array([(places[:, 0] + margin).max(), places[:, 1].max() + LABEL_HEIGHT / 2])
        boxes.append((low, high - low))
    area = sum(float((size[0] + _GAP) * (size[1] + _GAP)) for _, size in boxes)
    row_width = max((area * _ASPECT) ** 0.5, *(float(size[0]) for _, size in boxes)) if boxes else 0.0
    x = y = row_height = 0.0
    for part, places, (low, size) in zip(members, parts, boxes, strict=True):
        if x and x + size[0] > row_width:
            x, y, row_height = 0.0, y + row_height + _GAP, 0.0
        result[part] = places - low + np.array([x, y])
        x, row_height = x + float(size[0]) + _GAP, max(row_height, float(size[1]))
    if n:
        result -= (result.min(axis=0) + result.max(axis=0)) / 2
    return [(int(a), int(b)) for a, b in np.rint(result)]
