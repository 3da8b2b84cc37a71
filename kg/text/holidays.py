"""The days off of public holidays: 元旦假期, “五一”小长假, 国庆黄金周."""

from __future__ import annotations

from datetime import date as Day
from datetime import timedelta
from functools import cache

_LONG_AGO = 270  # days after which a holiday without a year is the next one
_ONE = timedelta(days=1)
_CALLED = {"五一": "劳动节", "国庆": "国庆节"}
_TOGETHER = {"中秋": "国庆"}  # in 2020 both fell on one day, which is listed under the other name


@cache
def holiday(year: int, name: str) -> tuple[Day, Day] | None:
    """The first and last day off around a holiday, by the yearly notices of the State Council; None where none is known.

    >>> holiday(2023, "元旦")
    (datetime.date(2022, 12, 31), datetime.date(2023, 1, 2))
    """
    from chinese_calendar.constants import Holiday, holidays  # 10 ms, for which hardly any text has a use

    called = {one.chinese: one.value for one in Holiday}.get(_CALLED.get(name, name))
    # The days off at New Year may begin in December.
    days = [day for day, told in holidays.items() if told == called and (day + timedelta(days=7)).year == year]
    if not days:
        return holiday(year, _TOGETHER[name]) if name in _TOGETHER else None
    first = last = min(days)
    while _off(first - _ONE):
        first -= _ONE
    while _off(last + _ONE):
        last += _ONE
    return first, last


def last_holiday(said: Day, name: str) -> tuple[Day, Day] | None:
    """The days off of a holiday that is under way or over on the day `said`; None if it is a year ago, for then one to come is meant."""
    spans = [span for year in (said.year + 1, said.year) if (span := holiday(year, name))]
    return next((span for span in spans if span[0] <= said and (said - span[1]).days < _LONG_AGO), None)


def _off(day: Day) -> bool:
    """Whether a day is a holiday or a weekend without work."""
    from chinese_calendar import is_holiday

    try:
        return bool(is_holiday(day))
    except NotImplementedError:  # a year that the calendar does not know
        return False
