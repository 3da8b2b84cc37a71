"""The one error class for faults that a user can cause and mend."""

from __future__ import annotations


class KgError(Exception):
    """What is wrong, where, and the way out. Printed by the CLI as one message, without a traceback.

    `file` and `line` (counted from 1) say where; `hint` says what the user can do.
    """

    def __init__(self, message: str, *, file: object = None, line: int | None = None, hint: str = "") -> None:
        self.message, self.file, self.line, self.hint = message, file, line, hint
        place = f"{file}:{line}: " if file is not None and line else f"{file}: " if file is not None else ""
        super().__init__(f"{place}{message}" + (f" ({hint})" if hint else ""))

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword arguments do not survive pickling between worker processes by themselves.
        return _rebuild, (self.message, self.file, self.line, self.hint)


def _rebuild(message: str, file: object, line: int | None, hint: str) -> KgError:
    return KgError(message, file=file, line=line, hint=hint)
