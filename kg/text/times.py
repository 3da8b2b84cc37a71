"""Times of Chinese text resolved to ISO 8601: 上半年, 1—8月, “十三五”期间, 五年来, 截至目前, 去年底.

Works on folded text. A period is a year (`2020`), a day (`2023-02-03`), an interval (`2021-01-01/2021-06-30`,
`2018/2023`) or None where no honest interval can be given (近日).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta

from kg.text.numbers import chinese_value

_YEAR = r"(?:(?<!\d)(?P<year>(?:19|20)\d\d|[一二][零〇一二三四五六七八九]{3})(?:年度?)|(?P<rel>今年|本年|去年|上年|(?<!以)前年|(?<!文)明年))"
_NUM = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:\d{1,2}|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
_TO = r"[至到—–\-~]{1,2}"
_MONTH = rf"(?<!\d)(?<!\.)(?P<m1>{_NUM})月?份?(?:{_TO}(?P<m2>{_NUM}))?月份?(?![牙饼球])"
_DAYS = rf"(?P<d1>{_DAY})[日号]?(?:{_TO}(?:(?P<m3>{_NUM})月)?(?P<d2>{_DAY}))?[日号](?!线)"
_PART = (
    r"(?P<part>上半年|下半年|前[两二三1-3]个?季度|头[两二三]个季度|(?:第)?[一二三四1-4]季度|首季度|首季|全年|年内|年底|年末|岁末|年初|年中|底|末|初)"
)
_PLAN = r"“?十(?P<plan>[一二三四五六])五”?(?:规划)?(?P<planpart>期间|时期|以来|末|前[两三四]年|头[两三四]年|开局)"
_COUNT = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_BACK = rf"(?P<lead>这|近|过去|最近|连续|未来|今后|此后)?(?P<n>{_COUNT})个?(?P<nu>多?年|月|天|周)(?P<back>以?来|前|内|间|后)?"
_NOW = r"(?P<now>至此|截至目前|截止目前|目前|当前|眼下|现在|至今|迄今|如今|现阶段)(?:为止)?"
_TODAY = r"(?P<today>今天|今日|今晚|今早|昨天|昨日|昨晚|明天|明日|当日|当天)(?:[上下晚中]午|凌晨|晚)?(?:（(?:(?P<tm>\d{1,2})月)?(?P<td>\d{1,2})日）)?"
_LONG = r"(?P<long>一年来|过去(?:的)?一年|刚刚过去的一年|过去(?:的)?1年|这一年)"
_VAGUE = r"(?P<vague>近日|日前|近期|不久前|前不久|连日来|近年来|多年来|长期以来|累计|春节期间|假期期间)"
_AGE = r"(?P<century>\d{2})世纪(?:(?P<decade>\d)0年代)?"
_AFTER = r"(?P<after>以来|以前|之前|底前|末前|前|以后|之后|之前|起|底|末|期间|间)?"
_BEFORE = r"(?P<before>截至|截止到?|力争到|预计到|到|比|较|相比|自|从|与|高于|低于|超过|不低于)?"

_STARTS = "0-9一二两三四五六七八九十这近过最连未今此本去上前明后截到至目当眼现迄如昨日不多长累春假下首头全年岁刚第“自从比较力预相与高低超"
_PATTERN = re.compile(
    rf"""(?=[{_STARTS}]){_BEFORE}(?:
      (?P<y1>(?:19|20)\d\d)年?{_TO}(?P<y2>(?:19|20)\d\d)年
    | {_PLAN}
    | {_LONG}
    | {_VAGUE}
    | {_NOW}
    | {_TODAY}
    | {_AGE}
    | (?=[\d今本去上前明后一二三四五六七八九十第头首全年下岁]){_YEAR}?(?:{_MONTH}(?P<xun>上旬|中旬|下旬|底|末|初)?(?:{_DAYS})?|{_PART})?(?<=[年月度季初末底内中今夕号日旬份\d半])
    | {_BACK}
    | (?P<dd1>\d{{1,2}})日(?:{_TO}(?P<dd2>\d{{1,2}})日)?
    )(?P<same>同期|同月)?{_AFTER}""",
    re.VERBOSE,
)

_QUARTER = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SHIFT = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_FIRST_PLAN_YEAR = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031}


@dataclass(frozen=True, slots=True)
class Time:
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


def find_times(folded: str, date: str | None, start: int = 0, end: int | None = None) -> list[Time]:
    """The expressions of time in `folded[start:end]`, resolved against the document's `date` (ISO), in order."""
    resolver = Resolver(parse_date(date))
    found = []
    last = start
    for match in _PATTERN.finditer(folded, start, len(folded) if end is None else end):
        between = folded[last : match.start()]
        if "\n" in between:
            resolver.named = resolver.day = None
        elif "。" in between:
            resolver.fresh = False
        time = resolver.read(folded, match)
        last = match.end()
        if time is not None:
            found.append(time)
    return found


def _int(words: str) -> int:
    if words.isdigit():
        return int(words)
    value = chinese_value(words)
    return int(value) if value is not None else 0


def _span(first: Day, last: Day) -> str:
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    return f"{first.isoformat()}/{last.isoformat()}"


def _month(year: int, first: int, last: int | None = None) -> tuple[Day, Day]:
    last = last or first
    return Day(year, first, 1), Day(year, last, calendar.monthrange(year, last)[1])


class Resolver:
    """Reads matches one after another: a later 全年 takes the year that was named before it."""

    def __init__(self, document: Day | None) -> None:
        self.document = document
        self.named: int | None = None  # the last year named in this paragraph
        self.fresh = False  # … and in this very sentence
        self.day: Day | None = None  # the last day named

    def read(self, folded: str, match: re.Match[str]) -> Time | None:
        """The time of one match, None where it is none after all (5年级, 一月球)."""
        group = match.groupdict()
        if group["n"] is not None:
            return self._counted(folded, match)
        if group["vague"]:
            return self._made(match, None, "vague", 1.0)
        if group["now"]:
            return self._made(match, self.document.isoformat() if self.document else None, "now", 0.9)
        if group["long"]:
            return self._made(match, str(self.document.year - 1) if self.document else None, "period", 0.7)
        if group["today"]:
            return self._today(match)
        if group["plan"]:
            return self._plan(match)
        if group["century"]:
            return self._century(match)
        if group["dd1"]:
            return self._day_alone(match)
        if group["y1"]:
            first, last = int(group["y1"]), int(group["y2"])
            if last <= first or not _year_written(match):
                return None
            return self._made(match, f"{first}-01-01/{last}-12-31", self._role(match), 1.0)
        return self._calendar(folded, match)

    # -- the kinds ---------------------------------------------------------------------------------------------

    def _calendar(self, folded: str, match: re.Match[str]) -> Time | None:
        year, sure = self._year(match)
        if match["m1"]:
            return self._of_month(folded, match, year, sure)
        part = match["part"] or ""
        if match["year"] or match["rel"]:
            self.named, self.fresh = year, year is not None
        elif part in {"", "底", "末", "初"}:
            return None
        else:
            year, sure = self._year_for_part(part)
        if year is None:
            return self._made(match, None, "period", 0.0)
        role = self._role(match)
        after = match["after"] or ""
        if part in {"底", "末", "年底", "年末", "岁末"} or after in {"底", "末"}:
            if after in {"前", "之前", "以前"} or match["before"] in {"到", "力争到", "预计到"}:
                return self._made(match, str(year), "goal", sure)
            return self._made(match, f"{year}-12-31", "until" if role == "period" else role, sure)
        if after in {"底前", "末前"} or (after in {"前", "之前", "以前"}) or part == "年内":
            return self._made(match, str(year), "goal", sure)
        if after in {"以来", "起", "以后", "之后"} or match["before"] in {"自", "从"}:
            if after in {"以后", "之后"} or not after or self.document is None:
                return self._made(match, str(year), role, sure)
            return self._made(match, self._since(Day(year, 1, 1)), "since", sure)
        if not part or part == "全年":
            return self._made(match, str(year), role, sure)
        return self._made(match, _span(*_part_of(year, part)), role, sure)

    def _of_month(self, folded: str, match: re.Match[str], year: int | None, sure: float) -> Time | None:
        first = _int(match["m1"])
        last = _int(match["m2"]) if match["m2"] else first
        if not (1 <= first <= 12 and 1 <= last <= 12) or last < first:
            return None
        if not match["m1"].isdigit() and year is None and not (match["d1"] or match["m2"]) and match["m1"] in "一":
            # 一月 may be "one month" (五年一月); only with more around it is it January
            if folded[match.end("m1") : match.end("m1") + 2] != "月份":
                return None
        if year is None:
            if self.fresh and self.named is not None:
                year, sure = self.named, 0.9
            elif self.document is not None:
                year, sure = self._nearest_year(first, last), 0.9
        if year is None:
            return self._made(match, None, "period", 0.0)
        role = self._role(match)
        try:
            if match["d1"]:
                begin = Day(year, first, _int(match["d1"]))
                stop = Day(year, _int(match["m3"]) if match["m3"] else first, _int(match["d2"])) if match["d2"] else begin
                self.day = begin
                if stop < begin:
                    return None
                role = "day" if role == "period" and begin == stop else role
            else:
                begin, stop = _month(year, first, last)
                if match["xun"]:
                    begin, stop = _tenth(begin, stop, match["xun"])
        except ValueError:
            return None
        if match["year"] or match["rel"]:
            self.named, self.fresh = year, True
        if match["after"] in {"以来", "起"}:
            return self._made(match, self._since(begin), "since", sure)
        if match["after"] in {"底前", "前", "之前", "以前"}:
            return self._made(match, _span(begin, stop), "goal", sure)
        if match["before"] in {"截至", "截止", "截止到"} or match["xun"] in {"底", "末"} or match["after"] in {"底", "末"}:
            return self._made(match, stop.isoformat(), role if role == "base" else "until", sure)
        return self._made(match, _span(begin, stop), role, sure)

    def _counted(self, folded: str, match: re.Match[str]) -> Time | None:
        unit, back, lead = match["nu"], match["back"] or "", match["lead"] or ""
        count = _int(match["n"])
        if folded[match.end("nu") : match.end("nu") + 1] in {"级", "代", "度", "薪", "货", "龄", "历", "检", "限", "产"}:
            if not lead:
                return None
        if count == 0 or (unit == "月" and folded[match.end("n")] != "个"):
            return None
        role = "run"
        period, sure = None, 0.0
        if self.document is not None and unit.endswith("年"):
            now = self.document.year
            if back in {"来", "以来"} or (lead in {"近", "过去", "最近", "这"} and back in {"", "内", "间", "来"} and lead):
                role, period, sure = "since", f"{now - count}/{now}", 0.7
            elif lead == "连续":
                period, sure = f"{now - count + 1}/{now}", 0.4
            elif lead in {"未来", "今后", "此后"}:
                role, period, sure = "goal", f"{now}/{now + count}", 0.6
            elif back == "前":
                period, sure = str(now - count), 0.6
            elif back == "间":
                role, period, sure = "since", f"{now - count}/{now}", 0.5
        elif self.document is not None and back == "前" and count < 60:
            period, sure = self._ago(count, unit).isoformat(), 0.5
        return Time(match.start(), match.end(), period, role, sure, "document" if period else "")

    def _ago(self, count: int, unit: str) -> Day:
        assert self.document is not None
        if unit == "天":
            return self.document - timedelta(days=count)
        if unit == "周":
            return self.document - timedelta(weeks=count)
        months = self.document.year * 12 + self.document.month - 1 - count
        year, month = divmod(months, 12)
        return Day(year, month + 1, min(self.document.day, calendar.monthrange(year, month + 1)[1]))

    def _today(self, match: re.Match[str]) -> Time:
        day = self.document
        if match["today"] in {"当日", "当天"}:
            day = self.day or self.document
        elif day is not None:
            day += timedelta(days=-1 if match["today"].startswith("昨") else 1 if match["today"].startswith("明") else 0)
        if match["td"] and self.document is not None:
            # The bracket is the better witness: 今天（2月4日）.
            month = int(match["tm"]) if match["tm"] else (day or self.document).month
            try:
                day = Day(self._nearest_year(month, month), month, int(match["td"]))
            except ValueError:
                pass
        self.day = day
        role = "until" if match["before"] in {"截至", "截止", "截止到"} else "day"
        return self._made(match, day.isoformat() if day else None, role, 0.9)

    def _plan(self, match: re.Match[str]) -> Time:
        first = _FIRST_PLAN_YEAR[match["plan"]]
        part = match["planpart"]
        if part == "以来":
            return self._made(match, self._since(Day(first, 1, 1)), "since", 0.9)
        if part == "末":
            return self._made(match, str(first + 4), "goal", 0.9)
        if part == "开局":
            return self._made(match, str(first), "run", 0.9)
        years = _QUARTER.get(part[1], 5) if part[0] in "前头" else 5
        return self._made(match, f"{first}-01-01/{first + years - 1}-12-31", "period", 1.0)

    def _century(self, match: re.Match[str]) -> Time:
        first = (int(match["century"]) - 1) * 100
        if match["decade"]:
            first += int(match["decade"]) * 10
            return self._made(match, f"{first}/{first + 9}", "period", 1.0)
        return self._made(match, f"{first + 1}/{first + 100}", "run", 1.0)

    def _day_alone(self, match: re.Match[str]) -> Time | None:
        if self.document is None:
            return self._made(match, None, "day", 0.0)
        try:
            begin = Day(self.document.year, self.document.month, int(match["dd1"]))
            stop = begin.replace(day=int(match["dd2"])) if match["dd2"] else begin
        except ValueError:
            return None
        self.day = begin
        return self._made(match, _span(begin, stop), "day", 0.8)

    # -- years -------------------------------------------------------------------------------------------------

    def _year(self, match: re.Match[str]) -> tuple[int | None, float]:
        if written := match["year"]:
            return (int(written) if written.isdigit() else _int(written)), 1.0
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
        begin, stop = _part_of(year, part)
        # In January 前三季度 can only be last year's.
        if begin > self.document or (stop > self.document and self.document.month <= 3 and part[0] in "前头"):
            year -= 1
        return year, 0.8

    def _nearest_year(self, first: int, last: int) -> int:
        assert self.document is not None
        year = self.document.year
        ahead = (first - self.document.month) if first > self.document.month else 0
        if ahead > 6:
            return year - 1
        if self.document.month - last > 9:
            return year + 1
        # 1-8月 in January is last year's.
        if last > first and last > self.document.month and last - self.document.month > 2 and first <= self.document.month:
            return year - 1
        return year

    def _since(self, first: Day) -> str | None:
        if self.document is None or self.document < first:
            return None
        return _span(first, self.document) if first != self.document else first.isoformat()

    def _role(self, match: re.Match[str]) -> str:
        before = match["before"] or ""
        if match["same"] or before in {"比", "较", "相比", "与", "高于", "低于", "超过", "不低于"}:
            return "base" if match["same"] or before in {"比", "较", "相比"} else "period"
        if before in {"截至", "截止", "截止到"}:
            return "until"
        if before in {"到", "力争到", "预计到"}:
            return "goal"
        return "period"

    def _made(self, match: re.Match[str], period: str | None, role: str, sure: float) -> Time:
        basis = "" if period is None else "stated" if sure == 1.0 else "document"
        return Time(match.start(), match.end(), period, role, sure if period else 0.0, basis)


def _year_written(match: re.Match[str]) -> bool:
    text = match[0]
    return "年" in text


def _part_of(year: int, part: str) -> tuple[Day, Day]:
    if part == "上半年":
        return _month(year, 1, 6)
    if part == "下半年":
        return _month(year, 7, 12)
    if part in {"年初", "初"}:
        return _month(year, 1)
    if part == "年中":
        return _month(year, 6)
    if part.startswith("首季"):
        return _month(year, 1, 3)
    if part.endswith("季度"):
        number = next(_QUARTER[c] for c in part if c in _QUARTER)
        return _month(year, 1, number * 3) if part[0] in "前头" else _month(year, number * 3 - 2, number * 3)
    return Day(year, 1, 1), Day(year, 12, 31)


def _tenth(begin: Day, stop: Day, part: str) -> tuple[Day, Day]:
    if part in {"上旬", "初"}:
        return begin, begin.replace(day=10)
    if part == "中旬":
        return begin.replace(day=11), begin.replace(day=20)
    if part == "下旬":
        return begin.replace(day=21), stop
    return begin, stop
