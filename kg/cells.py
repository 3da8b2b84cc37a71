"""Cells of CSV files: text from documents must not become a formula in the spreadsheet that opens them."""

from __future__ import annotations

import re

Cell = str | int | float | None

_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


def harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula, and no reader for the end of the file: text that begins like a formula gets an apostrophe before it."""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\x00", "\ufffd")
    # A lone sign (the = of an exact value) is a formula to none of them.
    return f"'{text}" if text.startswith(_SIGNS) and text != "=" and not _NUMBER.fullmatch(text) else text
