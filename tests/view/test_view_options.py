from __future__ import annotations

import pytest

from kg.errors import KgError
from kg.view.options import PageOptions, checked, first_day, known_types, last_day, within


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [("2021", "2021-01-01", "2021-12-31"), ("2021-06", "2021-06-01", "2021-06-31"), ("2021-06-28", "2021-06-28", "2021-06-28"),
     ("2021-01-01/2021-06-30", "2021-01-01", "2021-06-30")],
)  # fmt: skip
def test_days_at_the_ends_of_a_date(date: str, first: str, last: str) -> None:
    assert (first_day(date), last_day(date)) == (first, last)


@pytest.mark.parametrize(
    ("date", "since", "until", "inside"),
    [("2021-06-28", "2021-06", "2021-06", True), ("2021-06-28", "2021-07", None, False), ("2021", "2021-12-31", None, True),
     ("2021-06", None, "2021-05", False), ("2019", None, "2019-01-01", True), ("", None, None, True), ("", "1900", None, False)],
)  # fmt: skip
def test_a_date_is_within_a_range_if_they_overlap(
    date: str, since: str | None, until: str | None, inside: bool
) -> None:
    assert within(date, since, until) is inside


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (PageOptions(since="June"), "--since is no date: 'June' (write 2021, 2021-06 or 2021-06-28)"),
        (PageOptions(since="2022", until="2021-12"), "--since 2022 is later than --until 2021-12"),
        (PageOptions(min_confidence=1.5), "--min-confidence must lie between 0 and 1, not 1.5"),
        (PageOptions(hops=-1), "--hops must be 0 or more, not -1"),
        (PageOptions(limit=0), "--limit must be 1 or more, not 0"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(options: PageOptions, message: str) -> None:
    with pytest.raises(KgError) as caught:
        checked(options)
    assert str(caught.value) == message


def test_dates_may_be_written_out() -> None:
    options = checked(PageOptions(since="2021年6月", until="2021年12月5日"))
    assert (options.since, options.until) == ("2021-06", "2021-12-05")


def test_types_are_found_in_any_case_and_unknown_ones_named() -> None:
    assert known_types(["project", "Area"], ["Area", "Body", "Project"]) == {"Area", "Project"}
    with pytest.raises(KgError) as caught:
        known_types(["Plan"], ["Body", "Area"])
    assert str(caught.value) == "no thing of type 'Plan' in this graph (there are: Area, Body)"
