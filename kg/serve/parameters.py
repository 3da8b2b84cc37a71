"""Parameters of API requests: declared once, read and checked by the server, described in the OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.serve.answers import ProblemError

if TYPE_CHECKING:
    from starlette.requests import Request

DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
_FRACTION = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,4})?")
_TEXT = 200  # characters of a search or a name


@dataclass(frozen=True, slots=True)
class Parameter:
    """`default` None: left out unless it is given. `least` and `most` bound numbers and the length of texts;
    a default with a point (0.0) makes a number that may have a fraction."""

    name: str
    about: str
    default: str | int | float | None = None
    place: str = "query"
    required: bool = False
    least: int = 0
    most: int = _TEXT
    choices: tuple[str, ...] = ()
    pattern: str = ""

    @property
    def is_number(self) -> bool:
        """Whether its values are whole numbers."""
        return isinstance(self.default, int)

    def read(self, text: str) -> str | int | float:
        """The value; ProblemError if it is not one of this parameter's."""
        if isinstance(self.default, float):
            if not _FRACTION.fullmatch(text) or not self.least <= float(text) <= self.most:
                raise self._unfit(text, f"must be a number from {self.least} to {self.most}", least=self.least, most=self.most)
            return float(text)
        if self.is_number:
            # No sign, no blanks, no digits of other scripts: exactly what the document promises.
            if not re.fullmatch(r"[0-9]{1,9}", text) or not self.least <= int(text) <= self.most:
                raise self._unfit(text, f"must be a whole number from {self.least} to {self.most}", least=self.least, most=self.most)
            return int(text)
        if self.choices and text not in self.choices:
            raise self._unfit(text, f"must be one of {', '.join(self.choices)}", allowed=list(self.choices))
        if self.pattern and not re.fullmatch(self.pattern.strip("^$"), text, re.ASCII):
            raise self._unfit(text, "must look like 2021, 2021-06 or 2021-06-28")
        if not self.least <= len(text) <= self.most:
            raise self._unfit(text, f"must have {self.least} to {self.most} characters", least=self.least, most=self.most, measured="length")
        return text

    def _unfit(self, text: str, must: str, **more: Any) -> ProblemError:
        return ProblemError(400, f"{self.name} {must}", parts={"parameter": self.name, "value": text[:_TEXT], "fault": "unfit", **more})

    def described(self) -> dict[str, Any]:
        """The parameter as OpenAPI describes it."""
        if self.is_number or isinstance(self.default, float):
            kind = "integer" if self.is_number else "number"
            schema: dict[str, Any] = {"type": kind, "minimum": self.least, "maximum": self.most}
        elif self.choices:
            schema = {"type": "string", "enum": list(self.choices)}
        else:
            schema = {"type": "string", "minLength": self.least, "maxLength": self.most}
            if self.pattern:
                schema["pattern"] = self.pattern
        if self.default is not None:
            schema["default"] = self.default
        required = self.required or self.place == "path"
        return {"name": self.name, "in": self.place, "required": required, "description": self.about, "schema": schema}


def read_parameters(request: Request, known: Sequence[Parameter]) -> dict[str, Any]:
    """Name → value for all parameters, defaults filled in; ProblemError naming what does not fit."""
    values: dict[str, Any] = {}
    given = request.query_params
    for parameter in known:
        if parameter.place == "path":
            values[parameter.name] = parameter.read(request.path_params[parameter.name])
            continue
        found = given.getlist(parameter.name)
        if len(found) > 1:
            raise ProblemError(400, f"{parameter.name} is given more than once")
        if not found and parameter.required:
            raise ProblemError(400, f"{parameter.name} is missing: {parameter.about}", parts={"parameter": parameter.name, "fault": "missing"})
        values[parameter.name] = parameter.read(found[0]) if found else parameter.default
    queries = {parameter.name for parameter in known if parameter.place == "query"}
    unknown = sorted(set(given) - queries - {"token"})
    if unknown:
        names = f"there are {', '.join(sorted(queries))}" if queries else "there is none here"
        raise ProblemError(400, f"no parameter {unknown[0]!r}; {names}")
    return values
