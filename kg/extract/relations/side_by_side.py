"""Mentions that stand side by side in a row: places and bodies before the name of one of their own, and lists."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from kg.extract.knowledge.symbols import Symbols
from kg.extract.names.rows import Draft, Row


def is_area(row: Row, at: int) -> bool:
    """Whether token `at` is a place that is named."""
    draft = row.drafts[at]
    return draft is not None and draft.type == "Area"


def is_person(row: Row, at: int) -> bool:
    """Whether token `at` is a person who is named."""
    draft = row.drafts[at]
    return draft is not None and draft.type == "Person" and draft.entity >= 0


def can_lead(row: Row, at: int) -> bool:
    """Whether a token is a place or body, which may stand before the name of one of its own."""
    draft = row.drafts[at]
    return draft is not None and draft.type in ("Area", "Body")


def set_apart(row: Row, at: int) -> bool:
    """Whether a blank sets token `at` off from the one before, as names are listed in a headline: 民政部 国家林草局部署…"""
    return row.text[row.ends[at - 1] : row.starts[at]] == " "


def nearest(row: Row, at: int, last: int) -> int:
    """Of places and bodies side by side from token `at` on the last, which acts: 杭州市|钱塘区|实施…, 中共|杭州市委|召开…"""
    while at + 1 < last and can_lead(row, at) and can_lead(row, at + 1) and not set_apart(row, at + 1):
        at += 1
    return at


def outermost(row: Row, begin: int, at: int) -> int:
    """Where the places begin that stand right before the one or the body at token `at`, from token `begin` on: 黑龙江|伊春 of 甲省甲市、黑龙江伊春."""
    while at > begin and can_lead(row, at) and is_area(row, at - 1) and not set_apart(row, at):
        at -= 1
    return at


class Lists:
    """Reads lists of mentions."""

    def __init__(self, symbols: Symbols) -> None:
        self.joins = symbols.having("@list_and", "@jointly")  # 教育部会同财政部: both act
        self._natural = symbols.having("#AreaNatural")

    def begun(self, row: Row, at: int, last: int, types: AbstractSet[str]) -> tuple[list[Draft], int]:
        """The coordinated mentions that begin at token `at` (A、B和C), and the token behind them."""
        found: list[Draft] = []
        while at < last:
            draft = row.drafts[at]
            # A river or a lake acts in nothing.
            if draft is None or draft.type not in types or draft.entity < 0 or row.symbols[at] in self._natural:
                break
            at += 1
            apart = at < last and set_apart(row, at)
            if found and draft.type == "Area" and at < last and is_area(row, at) and not apart:
                continue  # 黑龙江伊春、山西长治: the nearer one
            found.append(draft)
            if at + 1 < last and row.symbols[at] in self.joins:
                at += 1
            elif not apart:
                break
        return found, at
