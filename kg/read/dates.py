"""Dates as they stand in metadata, file names and the head of a text, as ISO 8601 strings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from kg.expressions import compiled

_DIGITS = {**{str(n): n for n in range(10)}, **dict(zip("〇一二三四五六七八九", range(10), strict=True))}
_DIGITS |= {"零": 0, "○": 0, "Ｏ": 0, "O": 0, "０": 0}
_NUMERAL = "〇零○ＯO０一二三四五六七八九"

REPUBLIC = 1911  # the year before its first: 民国112年 and a bare 112年8月18日 are 2023
# 2021年7月15日, 2021-07-15, 2021/7/15, 2021.07.15, 二〇二一年七月十五日, 民國112年8月18日
_DAY = compiled(
    r"(?<!\d)((?:19|20)\d\d)\s{0,2}(?:年\s{0,2}(1[0-2]|0?[1-9])\s{0,2}月\s{0,2}(3[01]|[12]\d|0?[1-9])\s{0,2}[日号號]"
    r"|([-/.])(1[0-2]|0?[1-9])\4(3[01]|[12]\d|0?[1-9])(?!\d))"
    rf"|([一二][{_NUMERAL}]{{3}})年([一二三四五六七八九十]{{1,2}})月([一二三四五六七八九十]{{1,3}})日"
    r"|(?:民[国國]\s{0,2}([1-9]?\d|1[0-3]\d)|(?<![\d.])(1[0-3]\d))\s{0,2}年\s{0,2}(1[0-2]|0?[1-9])\s{0,2}月\s{0,2}(3[01]|[12]\d|0?[1-9])\s{0,2}日"
)
_COMPACT_DAY = compiled(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_NAME_DAY = compiled(r"(?<!\d)((?:19|20)\d\d)[-_.](1[0-2]|0?[1-9])[-_.](3[01]|[12]\d|0?[1-9])(?!\d)")
# Only in values of metadata: 5 Mar 2024, March 5, 2024, 113-05-06 (民国), and seconds or milliseconds since 1970
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_ENGLISH_DAY = re.compile(
    rf"\b(?:(3[01]|[12]\d|0?[1-9])[ -]{_MONTH_NAME},?[ -]|{_MONTH_NAME} (3[01]|[12]\d|0?[1-9]),? )((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_REPUBLIC_DAY = compiled(r"(?<!\d)(1[0-3]\d)([-/.])(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0?[1-9])(?!\d)")
_STAMP = compiled(r"([12]?\d{9})(?:\d{3})?(?:\.0)?")
_HERE = timezone(timedelta(hours=8))  # 北京时间, in which Chinese sites tell the day
_MONTH = compiled(r"(?<!\d)((?:19|20)\d\d)(?:年(1[0-2]|0?[1-9])月|[-_./](1[0-2]|0[1-9])(?![\d]))")
_YEAR = compiled(r"(?<!\d)((?:19|20)\d\d)年")
_BARE_YEAR = compiled(r"((?:19|20)\d\d)")
_YEAR_TOKEN = compiled(r"(?<![0-9A-Za-z])((?:19|20)\d\d)(?![0-9A-Za-z])")


def full_dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and ISO form of each date with year, month and day in `text`; impossible days are left out."""
    for found in _DAY.finditer(text):
        if found[12]:
            year, month, day = int(found[10] or found[11]) + REPUBLIC, int(found[12]), int(found[13])
        elif found[7]:
            year, month, day = _year(found[7]), _number(found[8]), _number(found[9])
        else:
            year, month, day = int(found[1]), int(found[2] or found[5]), int(found[3] or found[6])
        iso = _iso(year, month, day)
        if iso:
            yield found.start(), found.end(), iso


def day_alone(line: str) -> str | None:
    """The ISO day that a line is and says no more than; None for any other."""
    return next((day for start, end, day in full_dates(line) if start == 0 and end == len(line)), None)


def parse_date(value: str) -> str | None:
    """The ISO day, year-month or year that a metadata value such as `2021/7/15 10:00` states; None if it states none.

    >>> parse_date("Tue, 05 Mar 2024 10:00:00 GMT"), parse_date("113-05-06"), parse_date("1709600000")
    ('2024-03-05', '2024-05-06', '2024-03-05')
    """
    value = value.strip()
    for _, _, iso in full_dates(value):
        return iso
    if found := _ENGLISH_DAY.search(value):
        month = _MONTHS.index((found[2] or found[3]).lower()) + 1
        return _iso(int(found[5]), month, int(found[1] or found[4]))
    if found := _REPUBLIC_DAY.search(value):
        return _iso(int(found[1]) + REPUBLIC, int(found[3]), int(found[4]))
    if found := _STAMP.fullmatch(value):
        return datetime.fromtimestamp(int(found[1]), _HERE).date().isoformat()
    year = _YEAR.match(value) or _BARE_YEAR.fullmatch(value)
    return _compact(value) or _month(value) or (year[1] if year else None)


def date_in_name(stem: str) -> str | None:
    """The date in a file name: a day (2021-07-15, 20210715, 2021年7月15日), else a month, else a year."""
    for found in _NAME_DAY.finditer(stem):
        iso = _iso(int(found[1]), int(found[2]), int(found[3]))
        if iso:
            return iso
    for _, _, iso in full_dates(stem):
        return iso
    day_or_month = _compact(stem) or _month(stem)
    if day_or_month:
        return day_or_month
    year = _YEAR.search(stem) or _YEAR_TOKEN.search(stem)
    return year[1] if year else None


def _compact(value: str) -> str | None:
    for found in _COMPACT_DAY.finditer(value):
        iso = _iso(int(found[1]), int(found[2]), int(found[3]))
        if iso:
            return iso
    return None


def _month(value: str) -> str | None:
    found = _MONTH.search(value)
    return f"{found[1]}-{int(found[2] or found[3]):02d}" if found else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _year(numerals: str) -> int:
    return int("".join(str(_DIGITS[c]) for c in numerals))


def _number(numerals: str) -> int:
    """The value of a Chinese numeral below 100: 七 is 7, 十五 is 15, 三十一 is 31; 0 for nonsense."""
    tens, ten, ones = numerals.rpartition("十")
    if "十" in tens or len(ones) > 1 or len(tens) > 1:
        return 0
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + (_DIGITS[ones] if ones else 0)
