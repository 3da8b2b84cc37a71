"""Python's search for cycles, off while what is made has none and stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
    """What is made inside stays as long as the process: Python never looks through it again. In a child that would copy its pages."""
    with no_cycle_search():
        yield
        gc.freeze()
