"""Cells of CSV files: text from documents must not become a formula in the spreadsheet that opens them."""

from __future__ import annotations

Cell = str | int | float | None


_SIGNS = "=+-@\t\r"


def harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it."""
    # A lone sign (the = of an exact value) is a formula to none of them.
    if isinstance(cell, str) and cell[:1] in _SIGNS and cell not in ("", "=") and not _is_number(cell):
        return "'" + cell
    return cell


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return "_" not in text
