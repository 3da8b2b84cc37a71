"""Times of Chinese text resolved to ISO 8601: 上半年, 1—8月, “十三五”期间, 五年来, 截至目前, 去年底.

Works on folded text. A period is a year (`2020`), a day (`2023-02-03`), an interval (`2021-01-01/2021-06-30`,
`2018/2023`) or None where no honest interval can be given (近日).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date as Day
from datetime import timedelta
from typing import NamedTuple

from kg.text.calendar_spans import QUARTERS, iso_span, months, parse_date, part_of_year, third_of_month, whole_years
from kg.text.holidays import holiday, last_holiday
from kg.text.numbers import whole_number
from kg.text.time_pattern import TIME, republic_time

_SHIFT = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
# 5年级, 年度, 年薪 …: the word goes on, and is no duration.
_NOT_A_TIME_BEFORE = frozenset("级代度薪货龄历检限产")
_SATURDAY, _MIDWEEK = 5, 2  # as Python counts the days of a week
_FIRST_COMMON = 1000  # years below are of the Republic
_REPUBLIC = 1911  # the year before its first
# A text that counts the years of the Republic says so, or has such a year with a part of it, and speaks of Taiwan.
_OF_REPUBLIC = re.compile(r"民国(?:1[0-3]\d|[1-9]?\d)年|(?<![\d.])1[0-3]\d年(?:度|\d{1,2}月|第[1-4一二三四]季|[上下]半年|全年|底|同期|共|起(?![来点]))")
_OF_TAIWAN = re.compile("中华民国|行政院|立法院|监察院|主计|新台币|台[湾北中南]|高雄|新北|桃园|云林|彰化|屏东|苗栗|嘉义|花莲|农粮署|经济部")
_YEAR, _DAY = 4, 10  # characters of an ISO year and day
_HALF = 6  # months by which a month lies before the one named, where it is of the next year
_MONTH_BEGINS, _MONTH_ENDS = 4, 26  # days of a month
PLAN_YEARS = 5
FIRST_PLAN_YEAR = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031}
_MONTH_OR_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
# Words around a time, by what they make of it.
_TO = ("至", "到", "—", "－", "-")
_COMPARED = frozenset({"比", "同比", "环比", "较", "相比"})
_MAY_COMPARE = _COMPARED | {"与", "高于", "低于", "超过", "不低于"}
_LIKENED = re.compile("[^，。；]{0,16}?相比")  # 与2019年相比, 与2019年的30万亩相比
_BACK_TO = re.compile("恢复[到至]$")
_AS_THEN = re.compile("(?:春运|春节|国庆|元旦)?(?:假期|假日|期间)?(?:的|水平|同期)")  # behind it: 恢复到2019年春运的73%
_GOES_ON = re.compile("(?:延续|承接|接续|扭转|改变|弥补)了?$")
_BY = frozenset({"到", "力争到", "预计到"})
_BEFORE = frozenset({"前", "之前", "以前"})
_FROM = frozenset({"自", "从"})
_SINCE = frozenset({"以来", "至今", "起"})
_AFTERWARDS = frozenset({"以后", "之后"})
_END = frozenset({"底", "末"})
_END_OF_YEAR = _END | {"年底", "年末", "岁末"}
_AT_END_BEFORE = frozenset({"底前", "末前"})
# 自2021年首次举办以来
_SINCE_THEN = re.compile(r"[^，。；、\n]{0,24}?开始(?=，)|[^，。；、\n\d]{1,14}(?:以来|至今)|，[^，。；\n\d]{2,18}以来|[^，。；\n\d（）]{1,24}以来|[^，。；\n\d（）]{0,16}（[^（）\n]{1,12}）[^，。；\n\d（）]{0,10}以来")
# 今年3月开展专项行动以来, 2012年投产以来
_SINCE_BEGUN = re.compile(r"[^，。；、\n\d]{0,8}?(?:开展|启动|实施|投产|投用|投运|开通|通车|通航|通水|成立|设立|运营|运行|建成|开工|开园|开馆|开放|施行|生效|举办|推出|组建|签署|发布|出台|上线|挂牌|试点|推行|建设|改革)[^，。；、\n\d]{0,14}以来(?![^，。；、]{0,8}(?:新高|最|首|纪录))")
_DAY_OF_FEAST = re.compile(r"(?:的)?(?:首日|第([一二三四五六七八]|\d)[天日]|(?P<many>[前头])([两二三四五六七]|\d)[天日])")
# 中断近三年, 3年来的最高纪录: how long, and no time of what is told.
_LASTING = re.compile(r"(?:中断|历时|时隔|停[航运滞办]|暌违|阔别|耗时|用时|持续|长达|间隔)(?:了)?$")
_PLANNED = re.compile("(?:力争|争取|计划|规划|确保|力求|拟)(?:用|在)?$")  # 力争三年内: the years to come
_RECORD = re.compile(r"(?:同期)?的?(?:最[高低大多好快小少佳]|新[高低]|首次|纪录)")


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
    sure: float  # 1 stated in full; 0.9 year taken from the document's date; 0.6 and less a reading
    basis: str  # "stated", "document" (the document's date was needed), "" without a period


def find_times(folded: str, date: str | None) -> list[Time]:
    """The expressions of time in a folded text, resolved against the document's `date` (ISO), in order."""
    resolver = Resolver(date)
    found: list[Time] = []
    last = 0
    pattern = republic_time() if _OF_REPUBLIC.search(folded) and _OF_TAIWAN.search(folded) else TIME
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
        joined = between in _TO or (between == "" and match["before"] == "到")
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
    return Time(first.start, last.end, iso_span(begin, stop), role, min(first.sure, last.sure), last.basis)


class Resolver:
    """Reads matches one after another: a later 全年 takes the year that was named before it.

    Of a document whose year or month alone is known, days that are told from its own (昨日, 近期, 今年以来) are left open, or are that year or month.
    """

    def __init__(self, date: str | None) -> None:
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
        return self._made(match, None, "vague", 1.0)

    def _now(self, match: re.Match[str]) -> Time:
        return self._made(match, self.written, "now", 0.9)

    def _year_long(self, match: re.Match[str]) -> Time:
        """过去一年: most often the year before."""
        return self._made(match, str(self.document.year - 1) if self.document else None, "period", 0.7)

    def _from_year_to_year(self, match: re.Match[str]) -> Time | None:
        first, last = int(match["y1"]), int(match["y2"])
        return self._made(match, whole_years(first, last), self._role(match), 1.0) if first < last else None

    def _calendar(self, match: re.Match[str]) -> Time | None:
        """A month, a year or a part of one."""
        year, sure = self._year(match)
        if match["m1"]:
            return self._of_month(match, year, sure)
        part = match["part"] or ""
        if match["year"] or match["rel"]:
            if self._role(match) != "base":  # 比2021年增长44%。全年…: what it is compared with is not what is told of
                self.named, self.fresh = year, year is not None
        elif part in _END or part in {"", "初"}:
            return None
        else:
            year, sure = self._year_for_part(part)
        if year is None:
            return self._made(match, None, "period", 0.0)
        return self._placed(match, part, year, sure)

    def _placed(self, match: re.Match[str], part: str, year: int, sure: float) -> Time:
        """A year or part of a year with the words around it: 截至…底, 到…, …以来."""
        role = self._role(match)
        after = match["after"] or ""
        if part.endswith(("季度", "半年")) and after in _END:
            return self._made(match, part_of_year(year, part)[1].isoformat(), "until" if role == "period" else role, sure)
        if part in _END_OF_YEAR or after in _END:
            over = match["before"] == "到" and self.document is not None and year < self.document.year  # (said in 2023) 到去年底，余额超过3万亿元
            if after in _BEFORE or match["before"] in _BY and not over:
                return self._made(match, str(year), "goal", sure)
            if over:
                return self._made(match, f"{year}-12-31", "until", sure)
            return self._made(match, f"{year}-12-31", "until" if role == "period" else role, sure)
        if after in _AT_END_BEFORE or after in _BEFORE or part == "年内":
            return self._made(match, str(year), "goal", sure)
        if after in _SINCE or after in _AFTERWARDS or match["before"] in _FROM:
            if not after and _SINCE_THEN.match(match.string, match.end()) and (since := self._since(Day(year, 1, 1))):
                return self._made(match, since, "since", sure)
            if after in _AFTERWARDS or not after or self.document is None:
                return self._made(match, str(year), role, sure)
            return self._made(match, self._since(Day(year, 1, 1)), "since", sure)
        if role == "period" and not part and _SINCE_BEGUN.match(match.string, match.end()) and year != self._this_year():
            return self._made(match, self._since(Day(year, 1, 1)), "since", sure)
        if not part or part == "全年":
            return self._made(match, str(year), role, sure)
        return self._made(match, iso_span(*part_of_year(year, part)), role, sure)

    def _of_month(self, match: re.Match[str], year: int | None, sure: float) -> Time | None:
        folded = match.string
        first = whole_number(match["m1"])
        last = whole_number(match["m2"]) if match["m2"] else first
        if not (1 <= first <= 12 and 1 <= last <= 12) or last < first:
            return None
        # 一月 may be "one month" (五年一月); only with more around it is it January
        alone = year is None and not match["d1"] and not match["m2"] and match["m1"] == "一"
        if alone and folded[match.end("m1") : match.end("m1") + 2] != "月份":
            return None
        if year is None:
            if self.fresh and self.named is not None:
                year, sure = self.named + self._new_year(self.named, first), 0.9
            elif self.document is not None:
                year, sure = self._nearest_year(first, last), 0.9
        if year is None:
            return self._made(match, None, "period", 0.0)
        role = self._role(match)
        try:
            if match["d1"]:
                begin = Day(year, first, whole_number(match["d1"]))
                stop = (
                    Day(year, whole_number(match["m3"]) if match["m3"] else first, whole_number(match["d2"])) if match["d2"] else begin
                )
                self.day = begin
                if stop < begin:
                    return None
                role = "day" if role == "period" and begin == stop else role
            else:
                begin, stop = months(year, first, last)
                if match["xun"]:
                    begin, stop = third_of_month(begin, stop, match["xun"])
        except ValueError:
            return None
        if match["year"] or match["rel"]:
            self.named, self.fresh = year, True
        then = _SINCE_THEN if match["before"] in _FROM else _SINCE_BEGUN
        told_since = (match["before"] in _FROM or role in {"period", "day"}) and not match["after"] and then.match(folded, match.end())
        if match["after"] in _SINCE or told_since:
            return self._made(match, self._since(begin), "since", sure)
        if match["after"] == "底前" or match["after"] in _BEFORE:
            return self._made(match, iso_span(begin, stop), "goal", sure)
        ends = match["xun"] in _END or match["after"] in _END
        if _is_as_of(match) or ends:
            # 截至6月底 is a day; 截至6月 says no more than the month.
            state = stop.isoformat() if ends or match["d1"] or match["xun"] else iso_span(begin, stop)
            return self._made(match, state, role if role == "base" else "until", sure)
        return self._made(match, iso_span(begin, stop), role, sure)

    def _counted(self, match: re.Match[str]) -> Time | None:
        """Several years, months, weeks or days: 五年来, 3个月前, 连续12年."""
        folded, unit, back, lead = match.string, match["nu"], match["back"] or "", match["lead"] or ""
        count = whole_number(match["n"])
        if lead in {"", "这"} and folded[match.end("nu") : match.end("nu") + 1] in _NOT_A_TIME_BEFORE:
            return None
        if count == 0 or (unit == "月" and folded[match.end("n")] != "个"):
            return None
        role, period, sure = "run", None, 0.0
        lasting = _LASTING.search(folded, max(0, match.start() - 4), match.start()) or _RECORD.match(folded, match.end())
        if self.document is not None and unit.endswith("年") and not lasting:
            now = self.document.year
            if back in {"来", "以来", "里"} or lead in {"近", "过去", "最近", "这"} and back in {"", "内", "间"}:
                role, period, sure = "since", f"{now - count}/{now}", 0.7
            elif lead == "连续":
                period, sure = f"{now - count + 1}/{now}", 0.4
            elif lead in {"未来", "今后", "此后"} or back == "内" and _PLANNED.search(folded, max(0, match.start() - 3), match.start()):
                role, period, sure = "goal", f"{now}/{now + count}", 0.6
            elif back == "前":
                period, sure = str(now - count), 0.6
            elif back == "间":
                role, period, sure = "since", f"{now - count}/{now}", 0.5
        elif self.today is not None and back == "前" and count < 60:
            period, sure = self._ago(self.today, count, unit).isoformat(), 0.5
        return self._made(match, period, role, sure)

    @staticmethod
    def _ago(day: Day, count: int, unit: str) -> Day:
        """So many days, weeks or months before `day`."""
        if unit == "天":
            return day - timedelta(days=count)
        if unit == "周":
            return day - timedelta(weeks=count)
        year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
        return Day(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

    def _today(self, match: re.Match[str]) -> Time:
        day = self.today
        if match["today"] in {"当日", "当天"}:
            day = self.day or self.today
        elif day is not None:
            day += timedelta(
                days=-1 if match["today"].startswith("昨") else 1 if match["today"].startswith("明") else 0
            )
        if match["td"] and self.document is not None and (match["tm"] or not self._year_alone()):
            # The bracket is the better witness: 今天（2月4日）.
            month = int(match["tm"]) if match["tm"] else (day or self.document).month
            try:
                day = Day(self._nearest_year(month, month), month, int(match["td"]))
            except ValueError:
                pass
        self.day = day
        return self._made(match, day.isoformat() if day else None, "until" if _is_as_of(match) else "day", 0.9)

    def _near(self, match: re.Match[str]) -> Time:
        """今明两天, 本周末: two days."""
        if self.today is None:
            return self._made(match, None, "period", 0.0)
        if not match["near"].endswith("周末"):
            first = self.today + timedelta(days=match["near"].startswith("明"))
        else:
            ago = self.today.weekday() - _SATURDAY
            past = match["near"][0] in "上刚" or match["near"][0] == "这" and self.today.weekday() < _MIDWEEK
            first = self.today - timedelta(days=ago + 7 if past else min(ago, 1) if ago > 0 else ago)
        return self._made(match, iso_span(first, first + timedelta(days=1)), self._role(match), 0.9)

    def _feast(self, match: re.Match[str]) -> Time:
        """元旦假期: the days off; only the day that is told of in 假期首日, 假期第三天."""
        name = match["feast"].strip("“”")
        shift = _SHIFT.get(match["frel"] or "", 0)
        if match["fy"] or ((shift or self._year_alone()) and self.document is not None):
            span = holiday(int(match["fy"]) if match["fy"] else self.document.year + shift, name)  # type: ignore[union-attr]
        else:
            span = last_holiday(self.document, name) if self.document is not None else None
        if span is None:
            return self._made(match, None, "vague", 1.0)
        first, last = span
        if one := _DAY_OF_FEAST.match(match.string, match.end() - (match["after"] == "前")):
            if one["many"]:
                last = min(last, first + timedelta(days=whole_number(one[3]) - 1))
            else:
                first += timedelta(days=0 if one[1] is None else whole_number(one[1]) - 1)
                last = first
        role = "base" if match["before"] in _COMPARED or match["same"] else "period"
        told = self._made(match, iso_span(first, last), role, 0.9)
        return told._replace(end=max(told.end, one.end())) if one else told

    def _plan(self, match: re.Match[str]) -> Time:
        first = FIRST_PLAN_YEAR[match["plan"]]
        part = match["planpart"] or "期间"  # 展望“十五五”，…
        if part == "以来":
            return self._made(match, self._since(Day(first, 1, 1)), "since", 0.9)
        if part == "末":
            return self._made(match, str(first + PLAN_YEARS - 1), "base" if self._role(match) == "base" else "goal", 0.9)
        if part == "开局":
            return self._made(match, str(first), "run", 0.9)
        years = QUARTERS.get(part[1], PLAN_YEARS) if part[0] in "前头" else PLAN_YEARS
        return self._made(match, whole_years(first, first + years - 1), "base" if self._role(match) == "base" else "period", 1.0)

    def _century(self, match: re.Match[str]) -> Time:
        first = (int(match["century"]) - 1) * 100
        if match["decade"]:
            first += int(match["decade"]) * 10
            return self._made(match, f"{first}/{first + 9}", "period", 1.0)
        return self._made(match, f"{first + 1}/{first + 100}", "run", 1.0)

    def _day_alone(self, match: re.Match[str]) -> Time | None:
        if self.document is None or self._year_alone():
            return self._made(match, None, "day", 0.0)
        try:
            begin = _day_near(self.document, match, int(match["dd1"]))
            last = int(match["dd2"] or begin.day)
            stop = (begin if last >= begin.day else self.document).replace(day=last)
        except (ValueError, OverflowError):
            return None
        self.day = begin
        if match["before"] in _FROM and not match["dd2"] and (match["after"] == "起" or _SINCE_THEN.match(match.string, match.end())) and self.today is not None and begin <= self.today:
            return self._made(match, iso_span(begin, self.today), "since", 0.8)
        return self._made(match, iso_span(begin, stop), "until" if _is_as_of(match) else "day", 0.8)

    def _year_alone(self) -> bool:
        """Whether of the document's date the year alone is known."""
        return self.written is not None and len(self.written) == _YEAR

    def _this_year(self) -> int | None:
        return self.document.year if self.document else None

    # -- years -------------------------------------------------------------------------------------------------

    def _year(self, match: re.Match[str]) -> tuple[int | None, float]:
        if written := match["year"]:
            year = whole_number(written.rpartition("国")[2])
            return year if year >= _FIRST_COMMON else year + _REPUBLIC, 1.0
        if match["rel"] and self.document is not None:
            return self.document.year + _SHIFT[match["rel"]], 0.9
        return None, 0.0

    def _year_for_part(self, part: str) -> tuple[int | None, float]:
        if self.named is not None and (self.fresh or part == "全年"):
            return self.named, 0.9
        if self.document is None:
            return None, 0.0
        year = self.document.year
        if part in {"全年", "年内", "年底", "年末", "岁末", "年初", "年中"}:
            return year, 0.7
        begin, stop = part_of_year(year, part)
        if self._year_alone():
            self.named = year
            return year, 0.8
        # In January 前三季度 can only be last year's.
        if begin > self.document or (stop > self.document and self.document.month <= 3 and part[0] in "前头首"):
            year -= 1
        self.named = year  # 2020年…。下半年…，全年…: the text has moved on
        return year, 0.8

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
        before = match["before"] or ""
        if match["same"] or before in _MAY_COMPARE:
            likened = before == "与" and _LIKENED.match(match.string, match.end())
            return "base" if likened or match["same"] or before in _COMPARED else "period"
        if _is_as_of(match):
            return "until"
        if _BACK_TO.search(match.string, max(0, match.start() - 3), match.start("year") if match["year"] else match.start()) and _AS_THEN.match(match.string, match.end()):
            return "base"  # 恢复至2019年的七成
        if match["rel"] and _GOES_ON.search(match.string, max(0, match.start() - 3), match.start()):
            return "base"  # 延续去年高增长，1—2月出口…
        if before in _BY:
            return "goal"
        return "period"

    def _made(self, match: re.Match[str], period: str | None, role: str, sure: float) -> Time:
        basis = "" if period is None else "stated" if sure == 1.0 else "document"
        return Time(match.start(), match.end(), period, role, sure if period else 0.0, basis)


# What reads a match, by the part of the pattern that only such a match has: the first of them that it has; `_calendar` if none.
_READERS: dict[str, Callable[[Resolver, re.Match[str]], Time | None]] = {
    "n": Resolver._counted, "vague": Resolver._vague, "now": Resolver._now, "long": Resolver._year_long, "near": Resolver._near,
    "today": Resolver._today, "feast": Resolver._feast, "plan": Resolver._plan, "century": Resolver._century,
    "dd1": Resolver._day_alone, "y1": Resolver._from_year_to_year,
}  # fmt: skip


def _is_as_of(match: re.Match[str]) -> bool:
    """Whether a time is one as of which something stands: 截至6月底."""
    return (match["before"] or "").startswith("截")


def _day_near(document: Day, match: re.Match[str], day: int) -> Day:
    """The day of the document's month; told at the beginning of one, the last days are those of the month before."""
    over = document.day <= _MONTH_BEGINS and day >= _MONTH_ENDS and match.string[match.start() - 1 : match.start()] != "月"
    return (document.replace(day=1) - timedelta(days=1) if over else document).replace(day=day)
