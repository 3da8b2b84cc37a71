"""JSON of what a graph folder keeps. Lone surrogates, in texts and in names of files that are no UTF-8, come back as they were."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any


def dumps(value: Any, *, indented: bool = False) -> bytes:
    """`value` as JSON; dataclasses are written as mappings of their fields."""
    import orjson

    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2 if indented else None)
    except TypeError:  # a lone surrogate, which orjson refuses; the standard library writes it as an escape
        return json.dumps(value, indent=0 if indented else None, default=asdict).encode("ascii")


def loads(content: bytes) -> Any:
    """What `dumps` was given; ValueError if it is damaged."""
    import orjson

    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:  # for one, an escaped lone surrogate
        return json.loads(content)
