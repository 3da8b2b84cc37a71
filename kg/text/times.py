"""Times of Chinese text resolved to ISO 8601: 上半年, 1—8月, “十三五”期间, 五年来, 截至目前, 去年底.

Works on folded text. A period is a year (`2020`), a day (`2023-02-03`), an interval (`2021-01-01/2021-06-30`,
`2018/2023`) or None where no honest interval can be given (近日). How texts write times is in `rules/calendar.yaml`; what is
read here is which part of its pattern a time has (`match["year_end"]`).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from typing import NamedTuple

from kg.read.dates import REPUBLIC
from kg.text.calendar_spans import FIRST_PLAN_YEAR, PLAN_YEARS, iso_span, months, parse_date, whole_years
from kg.text.holidays import holiday, last_holiday
from kg.text.numbers import whole_number

_SATURDAY, _MIDWEEK = 5, 2  # as Python counts the days of a week
_FIRST_COMMON = 1000  # years below are of the Republic
_SPRING, _AUTUMN = 4, 10  # months in which 一年来 is no year of the calendar
_YEAR, _DAY = 4, 10  # characters of an ISO year and day
_HALF = 6  # months by which a month lies before the one named, where it is of the next year
_MONTH_BEGINS, _MONTH_ENDS = 4, 26  # days of a month
_BEFORE = 4  # characters before a time in which words that bear on it are looked for
_MONTH_OR_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """Those of `rules/calendar.yaml`, with the same names."""

    time: re.Pattern[str]
    republic_time: re.Pattern[str]
    of_republic: re.Pattern[str]
    of_taiwan: re.Pattern[str]
    word_goes_on: re.Pattern[str]
    likened_to: re.Pattern[str]
    back_to: re.Pattern[str]
    as_then: re.Pattern[str]
    goes_on_from: re.Pattern[str]
    since_then: re.Pattern[str]
    since_begun: re.Pattern[str]
    day_of_feast: re.Pattern[str]
    lasting: re.Pattern[str]
    record: re.Pattern[str]
    planned: re.Pattern[str]
    behind_month: re.Pattern[str]
    span_mark: frozenset[str]
    last_year: frozenset[str]
    year_before_last: frozenset[str]
    next_year: frozenset[str]


class Time(NamedTuple):
    """An expression of time in the text. `role` says how it bears on the figures around it:

    period   it is when they hold          since    from then to the document's date
    until    a state as of then            goal     by then
    base     what they are compared with   run      how long something has lasted or will last (连续12年): no period
    day      the day of the news itself    now      目前, 截至目前
    vague    近日, 累计: explicitly no period
    """

    start: int
    end: int
    period: str | None
    role: str
    basis: str  # "stated", "document" (the document's date was needed), "" without a period


class TimeFinder:
    """Finds times by the words of an ontology."""

    def __init__(self, words: CalendarWords) -> None:
        self._words = words

    def find(self, folded: str, date: str | None) -> list[Time]:
        """The expressions of time in a folded text, resolved against the document's `date` (ISO), in order."""
        words = self._words
        resolver = Resolver(words, date)
        found: list[Time] = []
        last = 0
        pattern = words.republic_time if words.of_republic.search(folded) and words.of_taiwan.search(folded) else words.time
        for match in pattern.finditer(folded):
            if match.start() == match.end():
                continue  # every part of the pattern is optional behind a 年, a 月 …
            between = folded[last : match.start()]
            if "\n" in between:
                resolver.named = resolver.day = None
            elif "。" in between:
                resolver.fresh = False
            time = resolver.read(match)
            last = match.end()
            joined = between in words.span_mark or (between == "" and match["to"])
            if time is not None and found and joined and (both := _from_to(found[-1], time)) is not None:
                found[-1] = both
            elif time is not None:
                found.append(time)
        return found


def _from_to(first: Time, last: Time) -> Time | None:
    """What two months of different years or two days span together: 2024年7月至2025年6月, 昨天到今天; None for any other two times."""
    begun, ended = _MONTH_OR_DAY.fullmatch(first.period or ""), _MONTH_OR_DAY.fullmatch(last.period or "")
    if begun is None or ended is None or (begun[3] is None) != (ended[3] is None) or last.role == "base":
        return None
    if begun[1] >= ended[1] and not (begun[3] and first.role == last.role == "day" and begun[0] < ended[0]):
        return None
    begin = Day(int(begun[1]), int(begun[2]), int(begun[3] or 1))
    stop = Day(int(ended[1]), int(ended[2]), int(ended[3])) if ended[3] else months(int(ended[1]), int(ended[2]), int(ended[2]))[1]
    role = "base" if first.role == "base" else "period"
    return Time(first.start, last.end, iso_span(begin, stop), role, last.basis)


class Resolver:
    """Reads matches one after another: a later 全年 takes the year that was named before it.

    Of a document whose year or month alone is known, days that are told from its own (昨日, 近期, 今年以来) are left open, or are that year or month.
    """

    def __init__(self, words: CalendarWords, date: str | None) -> None:
        self._words = words
        self.document = parse_date(date)
        self.written = date if self.document else None  # a day, or the year or month alone
        self.today = self.document if date and len(date) == _DAY else None
        self.named: int | None = None  # the last year named in this paragraph
        self.fresh = False  # … and in this very sentence
        self.day: Day | None = None  # the last day named

    def read(self, match: re.Match[str]) -> Time | None:
        """The time of one match, None where it is none after all (5年级, 一月球)."""
        for part, reads in _READERS.items():
            if match[part]:
                return reads(self, match)
        return self._calendar(match)

    # -- the kinds ---------------------------------------------------------------------------------------------

    def _vague(self, match: re.Match[str]) -> Time:
        return self._made(match, None, "vague")

    def _now(self, match: re.Match[str]) -> Time:
        return self._made(match, self.written, "now")

    def _year_long(self, match: re.Match[str]) -> Time:
        """过去一年: most often the year before, but none of the calendar where it is told far from its ends."""
        if self.today is not None and _SPRING <= self.today.month <= _AUTUMN:
            return self._vague(match)
        return self._made(match, str(self.document.year - 1) if self.document else None, "period")

    def _from_year_to_year(self, match: re.Match[str]) -> Time | None:
        first, last = int(match["y1"]), int(match["y2"])
        return self._made(match, whole_years(first, last), self._role(match), stated=True) if first < last else None

    def _fiscal(self, match: re.Match[str]) -> Time | None:
        """2023-24年度: from the April of one year to the March of the next; a year of schools from September to August."""
        begun = whole_number(match["f1"] or match["f1_said"])
        next_ = int(match["f2"]) if match["f2"] else whole_number(match["f1_said"][:2] + match["f2_said"]) % 100  # 二五 alone is no number
        first, last = begun, int(match["f3"] or begun) + 1
        if (first + 1) % 100 != next_ or last <= first:
            return None
        begin, end = (Day(first, 9, 1), Day(last, 8, 31)) if match["f_school"] else (Day(first, 4, 1), Day(last, 3, 31))
        return self._made(match, iso_span(begin, end), self._role(match), stated=True)

    def _school(self, match: re.Match[str]) -> Time:
        """113学年度, a year of schools told by its first: of Taiwan, which counts the years of the Republic, from August, else from September."""
        year = int(match["school"])
        begin, end = (Day(year, 9, 1), Day(year + 1, 8, 31)) if year >= _FIRST_COMMON else (Day(year + REPUBLIC, 8, 1), Day(year + REPUBLIC + 1, 7, 31))
        return self._made(match, iso_span(begin, end), self._role(match), stated=True)

    def _calendar(self, match: re.Match[str]) -> Time | None:
        """A month, a year or a part of one."""
        year, stated = self._year(match), match["year"] is not None
        if match["m1"]:
            return self._of_month(match, year, stated=stated)
        if match["year"] or match["told_year"]:
            if self._role(match) != "base":  # 比2021年增长44%。全年…: what it is compared with is not what is told of
                self.named, self.fresh = year, year is not None
        elif not match["part"] or match["end"] or match["begin"]:
            return None
        else:
            year = self._year_for_part(match)
        if year is None:
            return self._made(match, None, "period")
        return self._placed(match, year, stated=stated)

    def _placed(self, match: re.Match[str], year: int, *, stated: bool) -> Time:
        """A year (`stated` as a number) or part of a year with the words around it: 截至…底, 到…, …以来."""
        role = self._role(match)
        ended = "until" if role == "period" else role
        if match["at_end"] and (part := _months_of(match)) is not None:
            return self._made(match, months(year, *part)[1].isoformat(), ended, stated=stated)
        if match["end"] or match["year_end"] or match["at_end"]:
            if match["since"]:
                return self._vague(match)  # 去年底以来: since some day of its last weeks
            over = match["to"] and self.document is not None and year < self.document.year  # (said in 2023) 到去年底，余额超过3万亿元
            if match["until"] or match["by"] and not over:
                return self._made(match, str(year), "goal", stated=stated)
            return self._made(match, f"{year}-12-31", "until" if over else ended, stated=stated)
        if match["before_end"] or match["until"] or match["within_year"]:
            return self._made(match, str(year), "goal", stated=stated)
        begin, stop = _part_of_year(year, match)
        if match["since"] or match["later"] or match["from"]:
            after = match["since"] or match["later"] or match["during"]
            if not after and self._words.since_then.match(match.string, match.end()) and (since := self._since(begin)):
                return self._made(match, since, "since", stated=stated)
            if match["later"] or not after or self.document is None:
                return self._made(match, str(year), role, stated=stated)
            return self._made(match, self._since(begin), "since", stated=stated)
        if role == "period" and not match["part"] and self._words.since_begun.match(match.string, match.end()) and year != self._this_year():
            return self._made(match, self._since(Day(year, 1, 1)), "since", stated=stated)
        return self._made(match, iso_span(begin, stop), role, stated=stated)

    def _of_month(self, match: re.Match[str], year: int | None, *, stated: bool) -> Time | None:
        first = whole_number(match["m1"])
        last = whole_number(match["m2"]) if match["m2"] else first
        if not (1 <= first <= 12 and 1 <= last <= 12) or last < first:
            return None
        # 一月 may be "one month" (五年一月); only with more around it is it January
        if match["one"] and not match["in_full"] and year is None and not match["d1"] and not match["m2"]:
            return None
        if year is None:
            if self.fresh and self.named is not None:
                year = self.named + self._new_year(self.named, first)
            elif self.document is not None:
                year = self._nearest_year(first, last)
            elif self.named is not None:
                year = self.named  # 2025年计划…项目31个。截至4月底，…
        if year is None:
            return self._made(match, None, "period")
        role = self._role(match)
        try:
            if match["d1"]:
                begin = Day(year, first, whole_number(match["d1"]))
                stop = Day(year, whole_number(match["m3"]) if match["m3"] else first, whole_number(match["d2"])) if match["d2"] else begin
                self.day = begin
                if stop < begin:
                    return None
                role = "day" if role == "period" and begin == stop else role
            else:
                begin, stop = _third_of_month(match, *months(year, first, last))
        except ValueError:
            return None
        if match["year"] or match["told_year"]:
            self.named, self.fresh = year, True
        then = self._words.since_then if match["from"] else self._words.since_begun
        told_since = (match["from"] or role in {"period", "day"}) and not _has_after(match) and then.match(match.string, match.end())
        if match["since"] or told_since:
            return self._made(match, self._since(begin), "since", stated=stated)
        if match["before_end"] or match["until"]:
            return self._made(match, iso_span(begin, stop), "goal", stated=stated)
        ends = match["month_end"] or match["at_end"]
        if match["as_of"] or ends:
            # 截至6月底 is a day; 截至6月 says no more than the month.
            state = stop.isoformat() if ends or match["d1"] or match["third"] else iso_span(begin, stop)
            return self._made(match, state, role if role == "base" else "until", stated=stated)
        return self._made(match, iso_span(begin, stop), role, stated=stated)

    def _counted(self, match: re.Match[str]) -> Time | None:
        """Several years, months, weeks or days: 五年来, 3个月前, 连续12年."""
        folded, words = match.string, self._words
        count = whole_number(match["n"])
        leads = match["past"] or match["in_a_row"] or match["coming"]
        if not leads and words.word_goes_on.match(folded, match.end("unit")):
            return None
        if count == 0 or match["n_months"] and not match["pieces"]:
            return None
        role, period = "run", None
        before = max(0, match.start() - _BEFORE)
        lasting = words.lasting.search(folded, before, match.start()) or words.record.match(folded, match.end())
        if self.document is not None and match["years"] and not lasting:
            now = self.document.year
            until_now = (match["past"] or match["these"]) and (not match["back"] or match["within"] or match["between"])
            if match["to_now"] or until_now:
                role, period = "since", f"{now - count}/{now}"
            elif match["in_a_row"]:
                period = f"{now - count + 1}/{now}"
            elif match["coming"] or match["within"] and words.planned.search(folded, before, match.start()):
                role, period = "goal", f"{now}/{now + count}"
            elif match["ago"]:
                period = str(now - count)
            elif match["between"]:
                role, period = "since", f"{now - count}/{now}"
        elif self.today is not None and match["ago"] and count < 60:
            period = _ago(self.today, count, match).isoformat()
        return self._made(match, period, role)

    def _today(self, match: re.Match[str]) -> Time:
        day = self.today
        if match["that_day"]:
            day = self.day or self.today
        elif day is not None:
            day += timedelta(days=-1 if match["yesterday"] else 1 if match["tomorrow"] else 0)
        told = match["today_day"] or match["today_in"]
        if told and self.document is not None and (match["today_month"] or not self._year_alone()):
            # The bracket is the better witness: 今天（2月4日）.
            month = int(match["today_month"]) if match["today_month"] else (day or self.document).month
            try:
                day = Day(self._nearest_year(month, month), month, int(told))
            except ValueError:
                pass
        self.day = day
        return self._made(match, day.isoformat() if day else None, "until" if match["as_of"] else "day")

    def _near(self, match: re.Match[str]) -> Time:
        """今明两天, 本周末: two days."""
        if self.today is None:
            return self._made(match, None, "period")
        if match["weekend"]:
            ago = self.today.weekday() - _SATURDAY
            past = match["past_weekend"] or match["this_weekend"] and self.today.weekday() < _MIDWEEK
            first = self.today - timedelta(days=ago + 7 if past else min(ago, 1) if ago > 0 else ago)
        else:
            first = self.today + timedelta(days=1 if match["from_tomorrow"] else 0)
        return self._made(match, iso_span(first, first + timedelta(days=1)), self._role(match))

    def _feast(self, match: re.Match[str]) -> Time:
        """元旦假期: the days off; only the day that is told of in 假期首日, 假期第三天."""
        name = match["feast"].strip("“”")
        shift = self._shift(match["feast_told"])
        if self.document is None:
            span = holiday(int(match["feast_year"]), name) if match["feast_year"] else None
        elif match["feast_year"] or shift or self._year_alone():
            span = holiday(int(match["feast_year"] or self.document.year + shift), name)
        else:
            span = last_holiday(self.document, name)
        if span is None:
            return self._made(match, None, "vague")
        first, last = span
        if one := self._words.day_of_feast.match(match.string, match.end() - (match["ahead"] is not None)):
            if one["several"]:
                last = min(last, first + timedelta(days=whole_number(one["several"]) - 1))
            else:
                first += timedelta(days=whole_number(one["nth"] or "1") - 1)
                last = first
        role = "base" if self._role(match) == "base" else "period"
        told = self._made(match, iso_span(first, last), role)
        return told._replace(end=max(told.end, one.end())) if one else told

    def _plan(self, match: re.Match[str]) -> Time:
        first = FIRST_PLAN_YEAR[match["plan"]]
        compared = self._role(match) == "base"
        if match["since_plan"]:
            return self._made(match, self._since(Day(first, 1, 1)), "since")
        if match["plan_end"]:
            return self._made(match, str(first + PLAN_YEARS - 1), "base" if compared else "goal")
        if match["plan_opens"]:
            return self._made(match, str(first), "run")
        years = whole_number(match["plan_years"]) if match["plan_years"] else PLAN_YEARS
        return self._made(match, whole_years(first, first + years - 1), "base" if compared else "period", stated=True)

    def _century(self, match: re.Match[str]) -> Time:
        first = (int(match["century"]) - 1) * 100
        if match["decade"]:
            first += int(match["decade"]) * 10
            return self._made(match, f"{first}/{first + 9}", "period", stated=True)
        return self._made(match, f"{first + 1}/{first + 100}", "run", stated=True)

    def _day_alone(self, match: re.Match[str]) -> Time | None:
        if self.document is None or self._year_alone():
            return self._made(match, None, "day")
        try:
            begin = self._day_near(self.document, match)
            last = int(match["dd2"] or begin.day)
            stop = (begin if last >= begin.day else self.document).replace(day=last)
        except (ValueError, OverflowError):
            return None
        self.day = begin
        since = match["from"] and not match["dd2"] and (match["on"] or self._words.since_then.match(match.string, match.end()))
        if since and self.today is not None and begin <= self.today:
            return self._made(match, iso_span(begin, self.today), "since")
        return self._made(match, iso_span(begin, stop), "until" if match["as_of"] else "day")

    def _day_near(self, document: Day, match: re.Match[str]) -> Day:
        """The day of the document's month; told at the beginning of one, the last days are those of the month before."""
        day = int(match["dd1"])
        over = document.day <= _MONTH_BEGINS and day >= _MONTH_ENDS and not self._words.behind_month.match(match.string, match.start())
        return (document.replace(day=1) - timedelta(days=1) if over else document).replace(day=day)

    # -- years -------------------------------------------------------------------------------------------------

    def _year_alone(self) -> bool:
        """Whether of the document's date the year alone is known."""
        return self.written is not None and len(self.written) == _YEAR

    def _this_year(self) -> int | None:
        return self.document.year if self.document else None

    def _shift(self, told: str | None) -> int:
        """By how many years one that is told from the document's own lies behind it: 去年 -1."""
        return -1 if told in self._words.last_year else -2 if told in self._words.year_before_last else int(told in self._words.next_year)

    def _year(self, match: re.Match[str]) -> int | None:
        if written := match["year"]:
            year = whole_number(written)
            return year if year >= _FIRST_COMMON else year + REPUBLIC
        if match["told_year"] and self.document is not None:
            return self.document.year + self._shift(match["told_year"])
        return None

    def _year_for_part(self, match: re.Match[str]) -> int | None:
        if self.named is not None and (self.fresh or match["whole_year"]):
            return self.named
        if self.document is None:
            return None
        year = self.document.year
        if match["whole_year"] or match["within_year"] or match["year_end"] or match["year_begin"] or match["middle"]:
            return year
        begin, stop = _part_of_year(year, match)
        if self._year_alone():
            self.named = year
            return year
        # In January 前三季度 can only be last year's.
        if begin > self.document or (stop > self.document and self.document.month <= 3 and match["from_begin"]):
            year -= 1
        self.named = year  # 2020年…。下半年…，全年…: the text has moved on
        return year

    def _new_year(self, named: int, month: int) -> int:
        """1 where a month is of the year after the one just named: 2022年12月23日达到峰值，1月12日回落, said in January 2023."""
        if self.day is None or self.day.year != named or self.day.month - month <= _HALF or self.document is None:
            return 0
        return int((self.document.year, self.document.month) >= (named + 1, month))

    def _nearest_year(self, first: int, last: int) -> int:
        assert self.document is not None
        year = self.document.year
        if self._year_alone():
            return year
        if first - self.document.month > 6:
            return year - 1
        if self.document.month - last > 9:
            return year + 1
        # 1-8月 in January is last year's.
        return year - 1 if first <= self.document.month and last - self.document.month > 2 else year

    def _since(self, first: Day) -> str | None:
        if self.document is None or self.document < first:
            return None
        if self.today is not None:
            return iso_span(first, self.today) if first != self.today else first.isoformat()
        year = self.document.year
        if not self._year_alone():
            return iso_span(first, months(year, self.document.month, self.document.month)[1])
        if (first.month, first.day) != (1, 1):
            return None
        return str(year) if first.year == year else f"{first.year}/{year}"

    def _role(self, match: re.Match[str]) -> str:
        words, folded = self._words, match.string
        if match["same"] or match["compared"] or match["likened"] and words.likened_to.match(folded, match.end()):
            return "base"
        if match["likened"] or match["measured_by"]:
            return "period"
        if match["as_of"]:
            return "until"
        before = max(0, match.start() - _BEFORE)
        if words.back_to.search(folded, before, match.start("year") if match["year"] else match.start()) and words.as_then.match(folded, match.end()):
            return "base"  # 恢复至2019年的七成
        if match["told_year"] and words.goes_on_from.search(folded, before, match.start()):
            return "base"  # 延续去年高增长，1—2月出口…
        return "goal" if match["by"] else "period"

    @staticmethod
    def _made(match: re.Match[str], period: str | None, role: str, *, stated: bool = False) -> Time:
        return Time(match.start(), match.end(), period, role, "" if period is None else "stated" if stated else "document")


# What reads a match, by the part of the pattern that only such a match has: the first of them that it has; `_calendar` if none.
_READERS: dict[str, Callable[[Resolver, re.Match[str]], Time | None]] = {
    "n": Resolver._counted, "vague": Resolver._vague, "now": Resolver._now, "long": Resolver._year_long, "near": Resolver._near,
    "today": Resolver._today, "feast": Resolver._feast, "plan": Resolver._plan, "century": Resolver._century,
    "dd1": Resolver._day_alone, "y1": Resolver._from_year_to_year, "f1": Resolver._fiscal, "f1_said": Resolver._fiscal, "school": Resolver._school,
}  # fmt: skip


def _has_after(match: re.Match[str]) -> bool:
    """Whether a word behind a time says how it bears: 以来, 底, 期间."""
    return any(match[part] for part in ("since", "until", "before_end", "later", "at_end", "during"))


def _months_of(match: re.Match[str]) -> tuple[int, int] | None:
    """The first and last month of a half of a year, of a quarter or of several; None for any other part of a year."""
    if match["first_half"]:
        return 1, 6
    if match["second_half"]:
        return 7, 12
    if match["first_quarter"]:
        return 1, 3
    if match["quarters"]:
        return 1, 3 * whole_number(match["quarters"])
    if match["quarter"]:
        return 3 * whole_number(match["quarter"]) - 2, 3 * whole_number(match["quarter"])
    return None


def _part_of_year(year: int, match: re.Match[str]) -> tuple[Day, Day]:
    """First and last day of 上半年, 前三季度, 前5个月, 年初 …; of the whole year if no part of it is told."""
    if (part := _months_of(match)) is not None:
        return months(year, *part)
    if match["months"]:
        return months(year, 1, min(whole_number(match["months"]), 12))
    if match["year_begin"] or match["begin"]:
        return months(year, 1)
    return months(year, 6) if match["middle"] else months(year, 1, 12)


def _third_of_month(match: re.Match[str], begin: Day, stop: Day) -> tuple[Day, Day]:
    """上旬, 中旬 or 下旬 of the month that lasts from `begin` to `stop`; all of it if no third is told."""
    if match["first_third"]:
        return begin, begin.replace(day=10)
    if match["second_third"]:
        return begin.replace(day=11), begin.replace(day=20)
    return begin.replace(day=21) if match["last_third"] else begin, stop


def _ago(day: Day, count: int, match: re.Match[str]) -> Day:
    """So many days, weeks or months before `day`."""
    if match["days"]:
        return day - timedelta(days=count)
    if match["weeks"]:
        return day - timedelta(weeks=count)
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return Day(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
