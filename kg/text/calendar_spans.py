"""Days and spans of the calendar, written as ISO 8601."""

from __future__ import annotations

import calendar
import re
from datetime import date as Day
from datetime import timedelta
from functools import lru_cache

_DAY = re.compile(r"[1-9]\d{3}-\d\d-\d\d")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_WRITTEN_OUT = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号號])?)?")
_DAY_LENGTH = len("2023-02-10")
PLAN_YEARS = 5
FIRST_PLAN_YEAR = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031}  # of 十一五, 十二五 …


def parse_date(date: str | None) -> Day | None:
    """The day of an ISO date; the middle of the year or month where only that is known; None for none."""
    if not date:
        return None
    parts = [int(piece) for piece in re.findall(r"\d+", date)[:3]]
    if len(parts) == 1:
        parts += [6, 30]
    if len(parts) == 2:
        parts.append(15)
    try:
        return Day(*parts)
    except ValueError:
        return None


def as_iso(given: str) -> str:
    """A year, month, day or interval as a user writes it, in ISO 8601 as far as it is written out in Chinese.

    >>> as_iso("2023年"), as_iso("2023年6月"), as_iso("2021年1月1日/2021年6月30日"), as_iso("2023-06")
    ('2023', '2023-06', '2021-01-01/2021-06-30', '2023-06')
    """
    return _WRITTEN_OUT.sub(lambda found: "-".join(part.zfill(2) for part in found.groups() if part), given.strip())


def is_day(value: str) -> bool:
    """Whether `value` is an ISO day that there was."""
    if not _DAY.fullmatch(value):
        return False
    try:
        Day.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_date(value: str) -> bool:
    """Whether `value` is a day, month or year as ISO 8601 writes them.

    >>> is_date("2021-02"), is_date("2021-02-30"), is_date("2021-01-01/2021-06-30")
    (True, False, False)
    """
    return _DATE.fullmatch(value) is not None and period_days(value) is not None


def is_one_day(period: str | None) -> bool:
    """Whether a period, written as ISO 8601, is a single day."""
    return period is not None and len(period) == _DAY_LENGTH


def is_span_of_days(period: str | None) -> bool:
    """Whether a period, written as ISO 8601, is an interval of days, as months in a row and whole years are too."""
    return period is not None and len(period) == 2 * _DAY_LENGTH + 1


def plan_of(year: int) -> str | None:
    """The five years of the plan that ends with `year`; None if none does.

    >>> plan_of(2025), plan_of(2026)
    ('2021-01-01/2025-12-31', None)
    """
    return None if year % PLAN_YEARS else whole_years(year - PLAN_YEARS + 1, year)


@lru_cache(maxsize=4096)
def period_days(period: str) -> tuple[str, str] | None:
    """First and last day (ISO) of an ISO 8601 year, month, day or interval of such; None if it is none of these.

    >>> period_days("2021-02"), period_days("2021-01-01/2021-06-30")
    (('2021-02-01', '2021-02-28'), ('2021-01-01', '2021-06-30'))
    """
    first, _, last = period.partition("/")
    start, end = _first_day(first), _last_day(last or first)
    return (start, end) if start and end else None


def _first_day(value: str) -> str | None:
    whole = value + "-01-01"[len(value) - 4 :] if len(value) in (4, 7) else value
    return whole if is_day(whole) else None


def _last_day(value: str) -> str | None:
    if len(value) == 4:
        value += "-12"
    if len(value) == 7:
        return next((f"{value}-{n}" for n in (31, 30, 29, 28) if is_day(f"{value}-{n}")), None)
    return value if is_day(value) else None


def iso_span(first: Day, last: Day) -> str:
    """A day, a month, a year or `first/last`."""
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    if (first.year, first.month, first.day) == (last.year, last.month, 1) and (last + timedelta(days=1)).day == 1:
        return f"{first:%Y-%m}"
    return f"{first.isoformat()}/{last.isoformat()}"


def whole_years(first: int, last: int) -> str:
    """All days from the first of one year to the last of another, an interval also where both are the same."""
    return f"{first}-01-01/{last}-12-31"


def months(year: int, first: int, last: int | None = None) -> tuple[Day, Day]:
    """The first and last day of the months `first` to `last` of a year."""
    last = last or first
    return Day(year, first, 1), Day(year, last, calendar.monthrange(year, last)[1])
