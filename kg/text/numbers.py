"""Written numbers of Chinese text: 205.64亿元, 近200亿, 百余场, 百分之十二点八, 30至50家, 翻一番, 第3位.

Works on folded text (Simplified, half-width digits). Values are `Decimal`, scaled by 万, 亿, the 兆 of 台湾 …; a percentage is its
number (12.8), 三成 is 30 %. One compiled pattern, one pass over the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from kg.expressions import compiled, either
from kg.text.units import Unit, UnitTable

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000, "兆": 1_000_000_000_000}
_LARGE = 10_000  # scales from here on multiply all that stands before them

_BEFORE_REACH = 8  # characters before a number in which words that bound it are looked for
_CLAUSE = 40  # characters before a number that are read for 预计, and before 一半 for what it is a part of
_ACRONYM = 6  # characters of the longest name in Latin letters
_BEFORE_FROM = 12  # characters in which 从 and 由 are looked for
_ROUNDED = Decimal("0.2")  # what three rounded shares may be off a hundred


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Those of `rules/numbers.yaml`, with the same names."""

    number: str
    bounded_before: str
    bounded_behind: str
    foreseen: re.Pattern[str]
    upwards: re.Pattern[str]
    passed: re.Pattern[str]
    half_of: re.Pattern[str]
    minus: re.Pattern[str]
    or_else: re.Pattern[str]
    told_last: re.Pattern[str]
    listed: re.Pattern[str]
    minutes: re.Pattern[str]
    between: re.Pattern[str]
    changed_from: re.Pattern[str]
    scale_of: re.Pattern[str]
    tenth_sign: frozenset[str]
    one_and_more: frozenset[str]
    counted_by_scales: frozenset[str]
    piece_of_points: frozenset[str]
    acronyms: frozenset[str]  # names in Latin letters that may stand directly before a number: GDP


class Number(NamedTuple):
    """One amount: `text[start:end]` is the number with its unit, as it is to be quoted.

    `lead` ≤ start is where a word of bound before it begins (超, 不足 …), `tail` ≥ end where one after it ends (以上).
    In a list (11.1、11.2个百分点) a number takes the unit of the last, which is not in its span. `unit` is the unit to
    store, "" when none is written; `kind` is the unit's class, "bare" without one, "rank" for 第3位 and 前三. `bound` is
    one of = > < ~. `high` is set for a range (30至50家): value is its lower end.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    kind: str
    bound: str = "="
    lead: int = -1
    tail: int = -1
    unit_start: int = -1  # where the unit as written begins; unit_start == end without a unit
    unit_end: int = -1  # where it ends, if that is not `end`: a unit taken from later in a list
    scaled: bool = False  # written with 万, 亿 …
    spelled: bool = False  # written in characters, not digits
    high: Decimal | None = None


def chinese_value(words: str) -> Decimal | None:
    """The value of a number in characters, None if it is none, or no one number (三四百).

    >>> chinese_value("三百二十"), chinese_value("十二点八"), chinese_value("两千零五"), chinese_value("两千五"), chinese_value("二〇二一")
    (Decimal('320'), Decimal('12.8'), Decimal('2005'), Decimal('2500'), Decimal('2021'))
    """
    whole, _, fraction = words.partition("点")
    if not whole or any(c not in DIGITS and c not in SCALES for c in whole):
        return None
    if len(whole) > 1 and all(c in DIGITS for c in whole):
        # 二〇二一 is read digit by digit; 七八 (seven or eight) is no number we can hold.
        if len(whole) < 3:
            return None
        value = Decimal("".join(str(DIGITS[c]) for c in whole))
    elif any(DIGITS.get(one) and DIGITS.get(other) for one, other in pairwise(whole)):
        return None
    else:
        value = Decimal(_grouped(whole))
    if fraction:
        if any(c not in DIGITS for c in fraction):
            return None
        value += Decimal("0." + "".join(str(DIGITS[c]) for c in fraction))
    return value


def whole_number(words: str) -> int:
    """The value of a whole number in digits or characters, 0 if it is none.

    >>> whole_number("12"), whole_number("十二"), whole_number("七八")
    (12, 12, 0)
    """
    return int(words) if words.isdigit() else int(chinese_value(words) or 0)


def _grouped(words: str) -> int:
    total = section = digit = 0
    scale = last = 1  # `last`: by what a digit counts that nothing scales: a tenth of the scale right before it (两千五)
    for char in words:
        if char in DIGITS:
            digit, last = DIGITS[char], scale // 10 or 1
            scale = 1
            continue
        scale = SCALES[char]
        if scale < _LARGE:
            section += (digit or (1 if not section or scale > 1 else 0)) * scale
        else:
            # 万亿 multiplies what stands before it as a whole; 三亿五千万 adds.
            section += digit
            if total and total < scale:
                total = (total + section) * scale
            else:
                total += (section or 1) * scale
            section = 0
        digit = 0
    return total + section + digit * last


class NumberReader:
    """Finds numbers with the units of a table and the words of an ontology."""

    def __init__(self, units: UnitTable, words: NumberWords) -> None:
        self._units, self._words, self._bounds = units, words, units.bounds
        self._measure = compiled(rf"(?<![A-Za-z\d])(?:{'|'.join(map(re.escape, sorted(words.acronyms))) or '(?!)'})$")
        self._pattern = compiled(words.number.replace("UNIT", units.pattern).replace("TWIN", units.twins))
        currency, others = either(units.before_yuan), "".join(f"(?<!{re.escape(word)})" for word in units.bounds.other_words)
        self._before = compiled(words.bounded_before.replace("BOUND", either(units.bounds.before)).replace("OTHER", others).replace("CURRENCY", currency))
        self._currency, self._currency_reach = compiled(f"(?:{currency})$"), max(map(len, units.before_yuan), default=0)
        self._after = compiled(words.bounded_behind.replace("BOUND", either(units.bounds.behind)))

    def find(self, folded: str) -> list[Number]:
        """All numbers in a folded text, in order, ranges joined."""
        found: list[Number] = []
        for match in self._pattern.finditer(folded):
            number = self._read(match)
            if number is None or found and number.start < found[-1].end:
                continue
            if number.kind == "time" and (minutes := self._words.minutes.match(folded, number.end)):
                number = number._replace(end=minutes.end(), value=number.value + (Decimal(minutes[1]) / 60).quantize(Decimal("0.01")))
            number = self._bounded(folded, number)
            last = found[-1] if found else None
            if last is not None and last.scaled and _adds_to(last, number):
                found[-1] = number._replace(start=last.start, lead=last.lead, value=last.value + number.value)
                continue
            if last is not None and number.unit:
                self._share_unit(folded, found, number)
            if last is not None and (joined := self._range(folded, found[-1], number)):
                found[-1] = joined
            else:
                found.append(number)
        return self._parts_of_a_whole(folded, found) if ":" in folded else found

    def _read(self, match: re.Match[str]) -> Number | None:
        at, end = match.span()
        if match["digits"] is not None:
            return self._from_digits(match)
        if match["spelled"] is not None:
            return self._from_words(match)
        if match["first"] is not None:
            return Number(at, end, Decimal(1), "", "rank", unit_start=end)
        if (rank := match["rank"] or match["among_first"]) is not None:
            value = Decimal(rank) if rank.isdigit() else chinese_value(rank)
            bound = "<" if match["among_first"] else "="  # 全省前三: third at worst
            return None if value is None else Number(at, end, value, "", "rank", bound, unit_start=end)
        if match["per"] is not None:
            words = match["per"]
            per = Decimal(words) if words[0].isdigit() else chinese_value(words)
            return None if per is None else Number(at, end, per, "%", "percent", unit_start=at, spelled=True)
        if match["parts"] is not None:
            share = Decimal(100 * DIGITS[match["of"]]) / whole_number(match["parts"])
            return Number(at, end, share.quantize(Decimal("0.1")), "%", "percent", unit_start=at, spelled=True)
        if match["upper"] is not None:
            share = Decimal(100 * int(match["upper"])) / int(match["lower"])
            return Number(at, end, share.quantize(Decimal("0.1")), "%", "percent", unit_start=at)
        if match["tenths"] is not None:
            return Number(at, end, Decimal(10 * int(match["tenths"])), "%", "percent", unit_start=at + 1)
        if match["half_hour"] is not None:
            return Number(at, end, Decimal("0.5"), match["half_hour"][-2:], "time", unit_start=end - 2)
        if match["half"] is not None:
            if not self._words.half_of.search(match.string, max(0, at - _CLAUSE), at):
                return None
            return Number(at, end, Decimal(50), "%", "percent", unit_start=at, spelled=True)
        times = match["fold"] or "1"  # 翻番 alone is once
        doublings = int(times) if times.isdigit() else DIGITS[times]
        return Number(at, end, Decimal(2**doublings - 1), "倍", "times", ">" if match["fold_more"] else "=", unit_start=end - 1, spelled=True)

    def _from_digits(self, match: re.Match[str]) -> Number | None:
        folded, (start, end) = match.string, match.span()
        inside = start and (folded[start - 1].isascii() and (folded[start - 1].isalnum() or folded[start - 1] == "."))
        if inside and (match["unit"] is None or not self._measure.search(folded, max(0, start - _ACRONYM - 1), start)):
            return None  # G20, PM2.5, COVID19; GDP5469.06亿元 is an amount
        if match["digits"][0] == "0" and match["digits"][1:2].isdigit():
            return None  # 01组, 007号: a number in a name
        value = Decimal(match["digits"].replace(",", "").replace(" ", ""))
        if match["unit"] in {"%", "‰"} and self._words.minus.search(folded, max(0, start - 2), start):
            start, value = start - 1, -value  # 增速为-3.1%
        scaled = match["scale"] is not None
        if scaled:
            value *= _scale(match["scale"])
        bound = ">" if match["more"] or match["more_scaled"] or match["more_units"] else "="
        surface = match["unit"]
        if surface is None:
            end = max(match.end(g) for g in ("digits", "more", "scale", "more_scaled"))
            if end < len(folded) and folded[end].isascii() and folded[end].isalpha():
                return None  # 5G, 4K
            return Number(start, end, value, "", "bare", bound, unit_start=end, scaled=scaled)
        unit = self._units.by_surface[surface]
        if unit.stored == "CNY" and (named := self._currency.search(folded, max(0, start - self._currency_reach), start)):
            unit = self._units.by_surface[named[0]]  # 港币250万元
        if match["and_half"]:
            value += Decimal("0.5")
        if match["other_unit"]:
            unit = replace(unit, stored=surface + match["other_unit"])  # 件（辆）
        return self._with_unit(Number(start, end, value, "", "", bound, unit_start=match.start("unit"), scaled=scaled), unit)

    def _from_words(self, match: re.Match[str]) -> Number | None:
        words = match["spelled"]
        if not (match["spelled_unit"] or match["spelled_tenths"] or match["spelled_scale"]) and all(SCALES.get(char, 0) < _LARGE for char in words):
            return None  # 一带一路, 三农: a small number that counts nothing
        value = chinese_value(words)
        start, end = match.span()
        if value is None or self._words.or_else.search(match.string, max(0, start - 2), start):
            return None
        if match["spelled_scale"]:
            value *= _scale(match["spelled_scale"])
        if match["spelled_and_half"]:
            value += Decimal("0.5")
        bound = ">" if match["spelled_more"] or match["spelled_more_scaled"] else "="
        if match["spelled_tenths"]:
            value = value * 10 + (5 if match["half_tenth"] else DIGITS.get(match["part_tenth"], 0))
            return Number(start, end, value, "%", "percent", bound, unit_start=match.start("spelled_tenths"), spelled=True)
        if match["spelled_unit"]:
            unit = self._units.by_surface[match["spelled_unit"]]
            if unit.kind == "count" and bound == "=" and words_only(words) and not self._limited(match):
                return None  # 千家万户, 百个
            if unit.kind == "measure" and len(words) == 1 and words_only(words) and unit.written not in self._words.counted_by_scales:
                ends = self._words.told_last.match(match.string, match.end()) is not None
                if not ends or bound == "=" and not self._limited(match):
                    return None  # 百米长桌, 超百米的平台
            number = Number(start, end, value, "", "", bound, unit_start=match.start("spelled_unit"), scaled=value >= _LARGE, spelled=True)
            return self._with_unit(number, unit)
        return Number(start, end, value, "", "bare", bound, unit_start=end, scaled=value >= _LARGE, spelled=True)

    def _limited(self, match: re.Match[str]) -> bool:
        at = match.start()
        return any(words.search(match.string, max(0, at - _BEFORE_REACH), at) for words in (self._words.upwards, self._before))

    def _bounded(self, folded: str, number: Number) -> Number:
        """`number` with the words of bound around it."""
        lead, bound, tail = number.start, number.bound, number.end
        if folded[number.start] in SCALES and self._words.upwards.search(folded, max(0, lead - 2), lead):
            lead, bound = lead - 1, ">"  # 上百家
        elif before := self._before.search(folded, max(0, lead - _BEFORE_REACH), lead):
            lead = before.start()
            sign = self._bounds.before[before["word"]]
            bound = sign if sign == "<" or bound == "=" else bound
        elif number.unit == "%" and folded[number.unit_start] in self._words.tenth_sign and self._words.passed.search(folded, max(0, lead - 2), lead):
            bound = ">"
        if bound == "=" and self._words.foreseen.search(folded, max(0, lead - _CLAUSE), lead):
            bound = "~"  # 预计全年产量将达到…
        if after := self._after.match(folded, number.end):
            tail = after.end()
            sign = self._bounds.behind[after["word"]]
            bound = sign if bound in "=~" and sign != "=" else bound
        return number._replace(lead=lead, tail=tail, bound=bound)

    def _with_unit(self, number: Number, unit: Unit) -> Number:
        bound = ">" if unit.written in self._words.one_and_more else number.bound
        return number._replace(unit=unit.stored or unit.written, kind=unit.kind, bound=bound)

    def _share_unit(self, folded: str, found: list[Number], number: Number) -> None:
        """Give those of `found` that a list ends with the unit that it writes once, behind `number`: 提高11.1、11.2个百分点."""
        later = number.start
        for at in range(len(found) - 1, -1, -1):
            short = found[at].kind == "bare" or number.kind == "points" and found[at].unit in self._words.piece_of_points  # 分别高2.2个和3.7个百分点
            if not short or not self._words.listed.fullmatch(folded, found[at].end, later):
                break
            later = found[at].start
            found[at] = found[at]._replace(unit=number.unit, kind=number.kind, unit_start=number.unit_start, unit_end=number.end)

    def _parts_of_a_whole(self, folded: str, numbers: list[Number]) -> list[Number]:
        """`numbers` with 4.0:37.7:58.3 (the shares of three sectors) as percentages: three numbers that make a hundred."""
        for at in range(len(numbers) - 2):
            three = numbers[at : at + 3]
            parted = all(one.kind == "bare" for one in three) and all(folded[one.end : other.start] == ":" for one, other in pairwise(three))
            rose = parted and self._words.changed_from.search(folded, max(0, three[0].start - _BEFORE_FROM), three[0].start)  # 由5:40:55调整为…: what it was is not told
            if parted and not rose and abs(sum((one.value for one in three), Decimal(-100))) <= _ROUNDED:
                numbers[at : at + 3] = [one._replace(unit="%", kind="percent") for one in three]
        return numbers

    def _range(self, folded: str, low: Number, high: Number) -> Number | None:
        """One number for 30至50家, 5%—6%, 2—3家; None if the two are not a range."""
        if high.kind in {"rank", "bare"} or low.high is not None or low.spelled or high.spelled:
            return None
        if not self._words.between.fullmatch(folded, low.end, high.start) or not (low.kind == "bare" or low.unit == high.unit):
            return None
        value = low.value
        if not low.scaled and high.scaled and value < high.value / 100:
            # 3至5万人: the scale of the upper end holds for both.
            scale = self._words.scale_of.search(folded, high.start, high.unit_start)
            value *= _scale(scale[0]) if scale else 1
        if value >= high.value:
            return None
        return high._replace(start=low.start, value=value, high=high.value, lead=low.lead)


def words_only(words: str) -> bool:
    """Whether a number is only scales (百, 千万), which is more often a figure of speech than a count."""
    return all(char in SCALES for char in words)


def _scale(words: str) -> Decimal:
    factor = 1
    for char in words:
        factor *= SCALES[char]
    return Decimal(factor)


def _adds_to(last: Number, number: Number) -> bool:
    """Whether a number goes on with the one right before it: 6亿1163.2万人次; not 40万3岁以下婴幼儿, 4万亿、5万亿两个台阶."""
    return last.scaled and last.end == number.start and last.kind == "bare" and number.kind != "age" and not number.spelled
