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


def program_fault(error: Exception, file: object = None) -> KgError:
    """What the user of one of many files is told of a slip in the program that it met."""
    return KgError(f"fault of the program: {type(error).__name__}: {error}", file=file, hint="please report it, with the file if you can")


class UnfitValueError(KgError):
    """A value that does not fit its parameter, in parts too, so that a page can tell of it in its own language.

    `fault`: missing, unfit (no such value can be), unknown (the graph has nothing of that name); `allowed`: all that fit, where
    they can be listed; `bounds`: the least and the greatest number that fits; `near`: names like an unknown one. `plain` is the message for who gives values by parameter, not as options.
    """

    def __init__(
        self, message: str, *, parameter: str, value: str = "", fault: str = "unfit", allowed: tuple[str, ...] = (),
        near: tuple[str, ...] = (), bounds: tuple[int, int] | None = None, hint: str = "", plain: str = "",
    ) -> None:  # fmt: skip
        super().__init__(message, hint=hint)
        self.plain = plain or message
        self.parts: dict[str, object] = {"parameter": parameter, "value": value, "fault": fault}
        self.parts |= {name: list(given) for name, given in (("allowed", allowed), ("near", near)) if given}
        self.parts |= dict(zip(("least", "most"), bounds or (), strict=False))

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_unfit, (self.message, self.hint, self.parts, self.plain)


def _rebuild_unfit(message: str, hint: str, parts: dict[str, object], plain: str) -> UnfitValueError:
    error = UnfitValueError(message, parameter="", hint=hint, plain=plain)
    error.parts = parts
    return error
