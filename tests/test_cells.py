"""Cells that are no formula in a spreadsheet."""

import pytest

from kg.cells import harmless


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|x", "-2+3", "-a", "\t=1", "\r=1", "==", "-1e9|x", "+inf", "-1_0"])
def test_what_begins_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["=", "", "-5", "-2.5", "+7.5", "-1.5e-7", "錢塘區", 7, -5.5, None])
def test_signs_of_bounds_and_numbers_stay(cell: str | float | None) -> None:
    assert harmless(cell) == cell


def test_no_reader_meets_a_nul() -> None:
    assert harmless("a\x00b") == "a\ufffdb"
    assert harmless("=\x00") == "'=\ufffd"
