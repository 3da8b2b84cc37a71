"""Days and times of spreadsheets, as they are shown in a number format (ECMA-376, part 1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from kg.read.dates import full_dates

# Formats that each language has its own of, by numbers alone: no file writes them out. These are the Chinese ones.
_YEAR_MONTH, _MONTH_DAY, _HALF_DAY = 'yyyy"年"m"月"', 'm"月"d"日"', '上午/下午h"时"mm"分"'
CHINESE_FORMATS = {
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH), **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY), 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', **dict.fromkeys((34, 55), _HALF_DAY), **dict.fromkeys((35, 56), f'{_HALF_DAY}ss"秒"'),
}  # fmt: skip
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_PART = re.compile(r'\[[^\]]*\]|[_*].|\\(?P<sign>.)|"(?P<words>[^"]*)"|(?P<field>y+|m+|d+|h+|s+)(?:\.0+)?|(?P<half>am/pm|a/p|上午/下午)|(?P<other>.)')


def is_elapsed(form: str) -> bool:
    """Whether a format shows how long something took (`[h]:mm`)."""
    return _ELAPSED.search(form) is not None


def shown_date(value: date | time | timedelta, form: str) -> str:
    """A day, month, year or time of day as its format shows it, but a day as 2024-03-05 where it is shown otherwise than by year, month and day.

    "" for a time in the format of a day, which is a nought.
    """
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if "s" in form.lower() else "")
    parts = list(_PART.finditer(form.partition(";")[0].lower()))
    kinds = _kinds(parts)
    clock = value if isinstance(value, time) else value.time() if isinstance(value, datetime) else time()
    said = "".join(_said(part, kinds.get(part.start(), ""), value, clock, any(part["half"] for part in parts)) for part in parts).strip()
    shows = set(kinds.values())
    if not isinstance(value, date) or shows and not shows & {"year", "month", "day"}:
        return "" if shows & {"year", "month", "day"} else said if shows else clock.isoformat("minutes")
    if shows and "day" not in shows:
        return f"{value.year}年{value.month}月" if "month" in shows else f"{value.year}年"
    day = value.isoformat()[:10]
    if "?" not in said and [iso for _, _, iso in full_dates(said)] == [day]:
        return said
    return f"{day} {clock.isoformat('minutes')}" if "hour" in shows else day


def _kinds(parts: list[re.Match[str]]) -> dict[int, str]:
    """What each field of a format shows, by where it stands: m beside hours or seconds are minutes."""
    fields = [part for part in parts if part["field"]]
    letters = ["", *(part["field"][0] for part in fields), ""]
    kinds = {"y": "year", "d": "day", "h": "hour", "s": "second"}
    return {
        part.start(): kinds.get(letter) or ("minute" if before == "h" or after == "s" else "month")
        for part, before, letter, after in zip(fields, letters, letters[1:], letters[2:], strict=False)
    }


def _said(part: re.Match[str], kind: str, value: date | time, clock: time, halves: bool) -> str:
    """What a part of a format says of a value; a question mark for names of months and days, and for what is no field."""
    if kind in ("hour", "minute", "second"):
        number = (clock.hour - 1) % 12 + 1 if halves and kind == "hour" else getattr(clock, kind)
    elif kind:
        number = getattr(value, kind, 0)
        if kind != "year" and len(part["field"]) > 2 or kind == "year" and len(part["field"]) < 3:
            return "?"
    elif part["half"]:
        first, _, second = part["half"].upper().partition("/")
        return second if clock.hour >= 12 else first
    else:
        other = part["other"] or ""
        return "?" if other.isascii() and other.isalpha() else part["sign"] or part["words"] or other
    return f"{number:02}" if len(part["field"]) > 1 else str(number)
