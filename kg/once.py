"""A question that is asked of the same value again and again, answered once for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Value = TypeVar("_Value")
_MOST = 50_000  # answers that are remembered: those of all words but the rare


class Once(dict[_Value, bool]):
    """Whether something holds of a value. A look-up (`once[value]`) asks for what it does not remember."""

    def __init__(self, holds: Callable[[_Value], bool]) -> None:
        super().__init__()
        self._holds = holds

    def __missing__(self, value: _Value) -> bool:
        answer = self._holds(value)
        if len(self) < _MOST:
            self[value] = answer
        return answer
