"""Cells that are no formula in a spreadsheet."""

import pytest

from kg.cells import harmless


@pytest.mark.parametrize("cell", ["=1+1", "@x", "+cmd", "-2+3", "\t=1", "\r=1", "=="])
def test_what_begins_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["=", "", "-5", "+5.5", "錢塘區", 7, None])
def test_signs_of_bounds_and_numbers_stay(cell: str | int | None) -> None:
    assert harmless(cell) == cell
