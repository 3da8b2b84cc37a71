"""Python's search for cycles, off while what is made has none and stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_USUALLY = gc.get_threshold()
_RARELY = 200_000  # objects made and not let go, some twenty megabytes: more than fifty documents leave


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
    with no_cycle_search():
        yield
        gc.freeze()
        gc.set_threshold(_RARELY)


def tables_may_go() -> None:
    """Python looks through all objects again, as often as it does."""
    gc.unfreeze()
    gc.set_threshold(*_USUALLY)
