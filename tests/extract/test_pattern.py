"""What stands before: each branch of a look-behind has a length of its own."""

from __future__ import annotations

import pytest

from kg.extract.pattern import _branches


@pytest.mark.parametrize(
    ("regex", "branches"),
    [
        ("[ab]|[cd][ef]", ["[ab]", "[cd][ef]"]),
        ("(?:[ab]|[cd][ef])", ["[ab]", "[cd][ef]"]),
        ("(?:[ab]|(?:[cd]|[ef]))", ["[ab]", "[cd]", "[ef]"]),
        ("(?:[ab]|[cd])(?:[ef]|[gh])", ["(?:[ab]|[cd])(?:[ef]|[gh])"]),
        ("[ab](?:[cd]|[ef])", ["[ab](?:[cd]|[ef])"]),
        ("[(|)]", ["[(|)]"]),
    ],
)
def test_branches_of_a_group_that_stands_alone_only(regex: str, branches: list[str]) -> None:
    assert _branches(regex) == branches
