"""Places for things on the canvas, computed beforehand so that the page stands still. Units: canvas pixels at scale 1.

The few things of the core are placed by stress majorisation (Gansner, Koren, North 2004), which shows structure best;
all of them by pivot distances (Brandes, Pich 2006) and local repulsion, which takes a fraction of a second for 5,000.
Everything starts from fixed values: the same links give the same places. Written on numpy alone, since loading scipy
takes longer than the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Pairs = NDArray[np.int64]

EDGE = 108.0  # wanted length of a link
LABEL_HEIGHT = 54.0  # node and label below it
_GAP = 44.0  # between parts that are not linked
_PIVOTS = 16
_ASPECT = 1.3  # screens are wider than high


def core_places(widths: Sequence[float], links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A place for each of a few hundred things; `widths` are those of their labels, which are kept from overlapping."""
    import numpy as np

    parts = _components(len(widths), _array(links))
    margins = [np.array([widths[i] for i in part]) / 2 for part, _ in parts]
    places = [
        _apart(_by_stress(len(part), inner), margin * 2) for (part, inner), margin in zip(parts, margins, strict=True)
    ]
    return _packed([part for part, _ in parts], places, margins)


def all_places(n: int, links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A place for each of `n` things, n up to some ten thousand."""
    import numpy as np

    parts = _components(n, _array(links))
    places = [
        _by_stress(len(part), inner) if len(part) <= 60 else _by_pivots(len(part), inner) for part, inner in parts
    ]
    return _packed([part for part, _ in parts], places, [np.full(len(part), EDGE / 3) for part, _ in parts])


def _array(links: Sequence[tuple[int, int]]) -> Pairs:
    import numpy as np

    unique = sorted({(min(a, b), max(a, b)) for a, b in links if a != b})
    return np.array(unique, dtype=np.int64).reshape(-1, 2)


def _beside(n: int, pairs: Pairs) -> list[list[int]]:
    beside: list[list[int]] = [[] for _ in range(n)]
    for a, b in pairs.tolist():
        beside[a].append(b)
        beside[b].append(a)
    return beside


def _components(n: int, pairs: Pairs) -> list[tuple[list[int], Pairs]]:
    """The linked parts, largest first, each as its members and the links among them by position."""
    import numpy as np

    beside = _beside(n, pairs)
    part_of, position = [-1] * n, [0] * n
    members: list[list[int]] = []
    for first in range(n):
        if part_of[first] >= 0:
            continue
        part_of[first] = len(members)
        found = [first]
        for here in found:
            for other in beside[here]:
                if part_of[other] < 0:
                    part_of[other] = len(members)
                    found.append(other)
        found.sort()
        for place, thing in enumerate(found):
            position[thing] = place
        members.append(found)
    inner: list[list[tuple[int, int]]] = [[] for _ in members]
    for a, b in pairs.tolist():
        inner[part_of[a]].append((position[a], position[b]))
    order = sorted(range(len(members)), key=lambda part: (-len(members[part]), members[part][0]))
    return [(members[part], np.array(inner[part], dtype=np.int64).reshape(-1, 2)) for part in order]


def _circle(n: int) -> Points:
    import numpy as np

    angle = np.arange(n) * 2.399963  # the golden angle: no two start in one place
    return np.stack([np.cos(angle), np.sin(angle)], axis=1) * (EDGE * 0.5 * np.sqrt(np.arange(n))[:, None])


def _by_stress(n: int, pairs: Pairs) -> Points:
    """Places whose distances come as near as can be to the lengths of the shortest paths."""
    import numpy as np

    if n <= 2:
        return np.array([[0.0, 0.0], [EDGE, 0.0]])[:n]
    degree = np.bincount(pairs.ravel(), minlength=n)
    # A link between two hubs is drawn longer, so that their leaves have room.
    length = EDGE * (0.75 + 0.12 * np.sqrt(np.minimum(degree[pairs[:, 0]], degree[pairs[:, 1]]) * 2.0))
    wanted = np.full((n, n), np.inf)
    wanted[pairs[:, 0], pairs[:, 1]] = wanted[pairs[:, 1], pairs[:, 0]] = length
    np.fill_diagonal(wanted, 0.0)
    for via in range(n):  # Floyd, Warshall
        wanted = np.minimum(wanted, wanted[:, via, None] + wanted[None, via, :])
    np.fill_diagonal(wanted, 1.0)
    weight = wanted**-2.0
    np.fill_diagonal(weight, 0.0)
    total = weight.sum(axis=1, keepdims=True)
    places = _classical(wanted)
    for _ in range(150):
        delta = places[:, None, :] - places[None, :, :]
        distance = np.sqrt((delta**2).sum(axis=2)) + 1e-9
        pull = weight * wanted / distance
        places = (weight @ places + (pull.sum(axis=1, keepdims=True) * places - pull @ places)) / total
    return _turned(places)


def _classical(wanted: Points) -> Points:
    """A start by classical scaling, slightly spread so that equal leaves do not lie on each other."""
    import numpy as np

    squared = wanted**2
    centred = -0.5 * (squared - squared.mean(0) - squared.mean(1)[:, None] + squared.mean())
    values, vectors = np.linalg.eigh(centred)
    start = _signed(vectors[:, -2:]) * np.sqrt(np.maximum(values[-2:], 1.0))
    spread: Points = start + _circle(len(wanted)) * 0.2
    return spread


def _signed(axes: Points) -> Points:
    """Eigenvectors have no sign of their own: the largest entry of each is made positive."""
    import numpy as np

    signed: Points = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    return signed


def _by_pivots(n: int, pairs: Pairs) -> Points:
    """Distances to a few far-apart things, projected to the plane, then relaxed."""
    import numpy as np

    beside = _beside(n, pairs)
    nearest = np.full(n, n)
    pivot = int(np.bincount(pairs.ravel(), minlength=n).argmax())
    columns = []
    for _ in range(min(_PIVOTS, n)):
        distance = _steps(beside, pivot)
        columns.append(distance)
        nearest = np.minimum(nearest, distance)
        pivot = int(nearest.argmax())
    squared = np.stack(columns, axis=1).astype(float) ** 2
    centred = squared - squared.mean(0) - squared.mean(1)[:, None] + squared.mean()
    _, vectors = np.linalg.eigh(centred.T @ centred)
    places = centred @ _signed(vectors[:, -2:])
    # Long chains end far outside; without a limit they would leave the rest of the map the size of a point.
    places = np.arcsinh(places / (np.median(np.abs(places), axis=0) + 1e-9) / 2)
    places /= places.std(axis=0) + 1e-9
    places = places * (EDGE * 0.45 * np.sqrt(n)) + _circle(n) * 0.25
    return _turned(_relaxed(places, pairs))


def _steps(beside: list[list[int]], start: int) -> NDArray[np.int64]:
    """Links on the shortest path from `start` to each thing of its part."""
    import numpy as np

    steps = [-1] * len(beside)
    steps[start] = 0
    reached = [start]
    for here in reached:
        for other in beside[here]:
            if steps[other] < 0:
                steps[other] = steps[here] + 1
                reached.append(other)
    return np.array(steps)


def _relaxed(places: Points, pairs: Pairs) -> Points:
    """Links pull, what lies in the same and the eight next cells of a grid pushes; each round moves less far."""
    import numpy as np

    n = len(places)
    rounds = 70 if n <= 8000 else 40  # a map of more is only looked at from afar
    degree = np.maximum(np.bincount(pairs.ravel(), minlength=n), 1)[:, None]
    a, b = pairs[:, 0], pairs[:, 1]
    for turn in range(rounds):
        cell_size = EDGE * (0.9 if turn % 2 else 0.6)  # two grids in turn, so that no border of cells shows
        push = _push(places, cell_size)
        along = places[b] - places[a]
        pull = np.stack(
            [
                np.bincount(a, weights=along[:, axis], minlength=n)
                - np.bincount(b, weights=along[:, axis], minlength=n)
                for axis in (0, 1)
            ],
            axis=1,
        )
        move = push + pull / degree * 0.3
        size = np.sqrt((move**2).sum(axis=1, keepdims=True)) + 1e-9
        places = places + move * np.minimum(1.0, (EDGE * 1.5 * (1 - turn / rounds) + 2) / size)
    return places


def _push(places: Points, cell_size: float) -> Points:
    """Away from the middle of what lies in each of the nine cells around a thing, the stronger the more and nearer."""
    import numpy as np

    cell = np.floor((places - places.min(axis=0)) / cell_size).astype(np.int64) + 1
    columns = int(cell[:, 0].max()) + 2
    index = cell[:, 1] * columns + cell[:, 0]
    size = columns * (int(cell[:, 1].max()) + 2)
    mass = np.bincount(index, minlength=size).astype(float)
    sums = np.stack([np.bincount(index, weights=places[:, axis], minlength=size) for axis in (0, 1)], axis=1)
    push = np.zeros_like(places)
    for row in (-1, 0, 1):
        for column in (-1, 0, 1):
            near = index + row * columns + column
            count, total = mass[near], sums[near]
            if row == column == 0:
                count, total = count - 1, total - places
            delta = places - total / np.maximum(count, 1)[:, None]
            squared = np.maximum((delta**2).sum(axis=1), 25.0)
            push += delta * (count / squared)[:, None] * EDGE * 0.75
    return push


def _turned(places: Points) -> Points:
    """The longest extent lies level."""
    import numpy as np

    centred = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    turned: Points = centred @ _signed(axes[:, ::-1])
    return turned


def _apart(places: Points, widths: Points, rounds: int = 400) -> Points:
    """Pushes apart, along the shorter way, every two things whose labels overlap."""
    import numpy as np

    places = places * np.array([1.25, 1.0])
    room = np.maximum((widths[:, None] + widths[None, :]) / 2 + 22, 60)
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
        places[:, 0] += (np.where(level, over_x + 1, 0) * side[:, :, 0]).sum(axis=1) * 0.25
        places[:, 1] += (np.where(upright, over_y + 1, 0) * side[:, :, 1]).sum(axis=1) * 0.25
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
