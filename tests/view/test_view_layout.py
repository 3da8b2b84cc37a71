from __future__ import annotations

import random

from kg.view.layout import LABEL_HEIGHT, all_places, core_places

LINKS = [(0, i) for i in range(1, 14)] + [(14, 15), (15, 16), (1, 14)]


def test_labels_of_the_core_do_not_cover_each_other() -> None:
    widths = [60.0 + 8 * (i % 12) for i in range(20)]
    places = core_places(widths, LINKS)
    clashes = [
        (i, j)
        for i in range(20)
        for j in range(i)
        if abs(places[i][0] - places[j][0]) < (widths[i] + widths[j]) / 2
        and abs(places[i][1] - places[j][1]) < LABEL_HEIGHT - 2
    ]
    assert clashes == []


def test_linked_things_lie_nearer_than_others() -> None:
    places = core_places([60.0] * 17, LINKS)

    def distance(a: int, b: int) -> float:
        return float(((places[a][0] - places[b][0]) ** 2 + (places[a][1] - places[b][1]) ** 2) ** 0.5)

    assert distance(15, 16) < distance(2, 16)
    assert distance(0, 1) < distance(0, 15)


def test_the_order_of_links_does_not_matter() -> None:
    shuffled = [(b, a) for a, b in LINKS]
    random.Random(3).shuffle(shuffled)
    assert core_places([80.0] * 20, LINKS) == core_places([80.0] * 20, shuffled)
    assert all_places(20, LINKS) == all_places(20, shuffled + LINKS)


def test_nothing_one_thing_and_things_without_links_have_places() -> None:
    assert core_places([], []) == [] and all_places(0, []) == []
    assert core_places([50.0], [(0, 0)]) == [(0, 0)]
    assert len(set(all_places(30, []))) == 30


def test_a_large_part_is_spread_out() -> None:
    chance = random.Random(1)
    places = all_places(400, [(i, chance.randrange(i)) for i in range(1, 400)])
    assert len(set(places)) > 390
    cells = {(x // 60, y // 60) for x, y in places}
    assert len(cells) > 200
