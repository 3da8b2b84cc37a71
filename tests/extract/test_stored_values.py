"""Values as they are stored."""

from decimal import Decimal

import pytest

from kg.extract.observations.stored_values import plain


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("1E+3", "1000"), ("2.50", "2.5"), ("-7.0", "-7"), ("9" * 40, "9" * 40), ("1E+5000", "1" + "0" * 5000)],
)
def test_a_whole_number_is_written_out_however_long(value: str, wanted: str) -> None:
    assert str(plain(Decimal(value))) == wanted
