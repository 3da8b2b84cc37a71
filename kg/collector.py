"""Python's search for cycles, off while what is made has none and stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = 200_000  # objects made and not let go, some twenty megabytes: more than fifty documents leave
_usually: tuple[int, int, int] | None = None  # how often Python looked before the tables were made


@contextmanager
def no_cycle_search() -> Iterator[None]:
    """While tables of many small objects are made, looking through them again and again takes a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def tables_that_stay() -> Iterator[None]:
    """What is made inside stays until `tables_may_go`: Python never looks through it, which in a child would copy its pages.

    Reading documents makes no cycles, so that what it makes is looked through rarely, too.
    """
    global _usually
    with no_cycle_search():
        yield
        gc.freeze()
        if _usually is None:
            _usually = gc.get_threshold()
        gc.set_threshold(RARELY)


def tables_may_go() -> None:
    """Python looks through all objects again, as often as it did."""
    global _usually
    gc.unfreeze()
    if _usually is not None:
        gc.set_threshold(*_usually)
    _usually = None
