"""The days off of each public holiday, by the yearly notices of the State Council: 元旦假期, “五一”小长假, 国庆黄金周."""

from __future__ import annotations

from datetime import date as Day
from datetime import timedelta

# First day (month and day; a month of 12 is of the year before) and number of days off.
_DAYS: dict[int, dict[str, tuple[int, int, int]]] = {
    2018: {"元旦": (12, 30, 3), "春节": (2, 15, 7), "清明": (4, 5, 3), "五一": (4, 29, 3), "端午": (6, 16, 3), "中秋": (9, 22, 3), "国庆": (10, 1, 7)},
    2019: {"元旦": (12, 30, 3), "春节": (2, 4, 7), "清明": (4, 5, 3), "五一": (5, 1, 4), "端午": (6, 7, 3), "中秋": (9, 13, 3), "国庆": (10, 1, 7)},
    2020: {"元旦": (1, 1, 1), "春节": (1, 24, 10), "清明": (4, 4, 3), "五一": (5, 1, 5), "端午": (6, 25, 3), "中秋": (10, 1, 8), "国庆": (10, 1, 8)},
    2021: {"元旦": (1, 1, 3), "春节": (2, 11, 7), "清明": (4, 3, 3), "五一": (5, 1, 5), "端午": (6, 12, 3), "中秋": (9, 19, 3), "国庆": (10, 1, 7)},
    2022: {"元旦": (1, 1, 3), "春节": (1, 31, 7), "清明": (4, 3, 3), "五一": (4, 30, 5), "端午": (6, 3, 3), "中秋": (9, 10, 3), "国庆": (10, 1, 7)},
    2023: {"元旦": (12, 31, 3), "春节": (1, 21, 7), "清明": (4, 5, 1), "五一": (4, 29, 5), "端午": (6, 22, 3), "中秋": (9, 29, 8), "国庆": (9, 29, 8)},
    2024: {"元旦": (12, 30, 3), "春节": (2, 10, 8), "清明": (4, 4, 3), "五一": (5, 1, 5), "端午": (6, 8, 3), "中秋": (9, 15, 3), "国庆": (10, 1, 7)},
    2025: {"元旦": (1, 1, 1), "春节": (1, 28, 8), "清明": (4, 4, 3), "五一": (5, 1, 5), "端午": (5, 31, 3), "中秋": (10, 1, 8), "国庆": (10, 1, 8)},
    2026: {"元旦": (1, 1, 3), "春节": (2, 15, 9), "清明": (4, 4, 3), "五一": (5, 1, 5), "端午": (6, 19, 3), "中秋": (9, 25, 3), "国庆": (10, 1, 7)},
}  # fmt: skip


def holiday(year: int, name: str) -> tuple[Day, Day] | None:
    """The first and last day off of a holiday; None where the year is not in the table.

    >>> holiday(2023, "元旦")
    (datetime.date(2022, 12, 31), datetime.date(2023, 1, 2))
    """
    found = _DAYS.get(year, {}).get("五一" if name == "劳动节" else name)
    if found is None:
        return None
    month, day, count = found
    first = Day(year - 1 if month == 12 else year, month, day)
    return first, first + timedelta(days=count - 1)


def last_holiday(said: Day, name: str) -> tuple[Day, Day] | None:
    """The days off of a holiday that is under way or over on the day `said`; None if it is a year ago, for then one to come is meant."""
    spans = [span for year in (said.year + 1, said.year) if (span := holiday(year, name))]
    return next((span for span in spans if span[0] <= said), None)
