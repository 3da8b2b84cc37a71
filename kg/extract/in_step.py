"""Several texts taken through the same steps side by side.

What a step looks things up in (the automaton of names, the dictionary of words, the patterns of rules) takes megabytes. Taken
document by document, each step pushes the tables of the others out of the processor's cache; taken step by step for many
documents, a step finds its own there. That is a fifth of the time of reading (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import TypeVar

T = TypeVar("T")
Steps = Generator[None, None, T]  # work that pauses (`yield`) between its steps, and returns what it made


def in_step(works: Iterable[Steps[T]]) -> list[T]:
    """What each of `works` makes, in their order: all do their first step, then all their second, and so on.

    Raises what one of them raises; the others are then given up.
    """
    made: dict[int, T] = {}
    under_way = list(enumerate(works))
    while under_way:
        left = []
        for number, work in under_way:
            try:
                next(work)
            except StopIteration as end:
                made[number] = end.value
            else:
                left.append((number, work))
        under_way = left
    return [made[number] for number in range(len(made))]
