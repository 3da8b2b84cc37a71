"""Days and spans of the calendar, written as ISO 8601."""

from __future__ import annotations

import calendar
import re
from datetime import date as Day
from datetime import timedelta
from functools import lru_cache

_DAY = re.compile(r"[1-9]\d{3}-\d\d-\d\d")
_DAY_LENGTH = len("2023-02-10")
_MONTHS = {word: number for number, word in enumerate("两三四五六七八九十", 2)} | {"二": 2, "十一": 11}
QUARTERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


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


def is_day(value: str) -> bool:
    """Whether `value` is an ISO day that there was."""
    if not _DAY.fullmatch(value):
        return False
    try:
        Day.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_one_day(period: str | None) -> bool:
    """Whether a period, written as ISO 8601, is a single day."""
    return period is not None and len(period) == _DAY_LENGTH


def is_span_of_days(period: str | None) -> bool:
    """Whether a period, written as ISO 8601, is an interval of days, as months in a row and whole years are too."""
    return period is not None and len(period) == 2 * _DAY_LENGTH + 1


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


def part_of_year(year: int, part: str) -> tuple[Day, Day]:
    """First and last day of 上半年, 前三季度, 年初 …; of the whole year for any other word."""
    if part == "上半年":
        return months(year, 1, 6)
    if part == "下半年":
        return months(year, 7, 12)
    if part in {"年初", "初"}:
        return months(year, 1)
    if part == "年中":
        return months(year, 6)
    if part.endswith("月"):
        count = part[1:-1].removesuffix("个")  # 前5个月, 前5月
        return months(year, 1, _MONTHS.get(count) or min(int(count), 12))
    if part.startswith("首季"):
        return months(year, 1, 3)
    if part.endswith(("季度", "季")):
        number = next(QUARTERS[c] for c in part if c in QUARTERS)
        return months(year, 1, number * 3) if part[0] in "前头首" else months(year, number * 3 - 2, number * 3)
    return Day(year, 1, 1), Day(year, 12, 31)


def third_of_month(begin: Day, stop: Day, part: str) -> tuple[Day, Day]:
    """上旬, 中旬 or 下旬 of the month that lasts from `begin` to `stop`."""
    if part in {"上旬", "初"}:
        return begin, begin.replace(day=10)
    if part == "中旬":
        return begin.replace(day=11), begin.replace(day=20)
    if part == "下旬":
        return begin.replace(day=21), stop
    return begin, stop
