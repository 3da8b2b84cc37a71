"""The value and the unit of a number as an observation keeps them."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.text.numbers import Number

_BESIDE_UNIT = re.compile(r"(?<=小[时時])\d.*|[个個]多|^[个個]")  # 1小时20分钟, 3个多月
STORED = frozenset({"%", "CNY", "USD", "倍"})  # units that are not kept as written


def unit_as(text: str, folded: str, unit: str, number: Number) -> str:
    """The unit that a rule gives, in the script of the text where it stands right behind the number: 310萬農戶 are 戶."""
    at = folded.find(unit, number.tail, number.tail + 4) if unit else -1
    return text[at : at + len(unit)] if at >= 0 else unit


def written_unit(text: str, number: Number) -> str:
    """CNY, %, … or the classifier in the script of the text."""
    if number.kind == "medal":
        return ""  # 4金1银: what was won is counted
    if number.unit in STORED:
        return number.unit
    written = text[number.unit_start : max(number.end, number.unit_end)].rstrip("多余餘")
    if written == "元":
        return text[number.start - len(number.unit) : number.start]  # 港币250万元
    if number.kind == "time":
        return _BESIDE_UNIT.sub("", written)
    return written


def plain(value: Decimal) -> Decimal:
    """The value without needless zeros: 20564000000.00 is 20564000000."""
    whole = value.to_integral_value()
    return Decimal(f"{whole:f}") if value == whole else value.normalize()
