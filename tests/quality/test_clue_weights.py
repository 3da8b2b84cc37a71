"""What clues add to the log odds of a figure."""

from __future__ import annotations

import math

import pytest

from kg.quality.clue_weights import weigh


def test_weights_tell_apart_what_is_right_and_what_is_not() -> None:
    seen = [(("amount", "good"), True)] * 90 + [(("amount", "good"), False)] * 10 + [(("amount", "bad"), True)] * 30 + [(("amount", "bad"), False)] * 70
    odds, weights = weigh(seen) or pytest.fail("nothing weighed")
    assert odds == round(math.log(120 / 80), 3)
    assert (weights["good"].right, weights["good"].of, weights["bad"].right, weights["bad"].of) == (90, 100, 30, 100)

    def sure(*clues: str) -> float:
        return 1 / (1 + math.exp(-odds - sum(weights[clue].log_odds for clue in clues)))

    assert sure("amount", "good") == pytest.approx(0.9, abs=0.04)
    assert sure("amount", "bad") == pytest.approx(0.3, abs=0.04)


def test_what_was_seen_once_weighs_next_to_nothing() -> None:
    seen = [(("common",), True)] * 90 + [(("common",), False)] * 30 + [(("rare",), False)]
    _, weights = weigh(seen) or pytest.fail("nothing weighed")
    assert -0.5 < weights["rare"].log_odds < 0


@pytest.mark.parametrize("right", [[], [True, True], [False]])
def test_where_all_are_right_or_none_nothing_is_weighed(right: list[bool]) -> None:
    assert weigh((("a",), one) for one in right) is None
