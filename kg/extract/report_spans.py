"""Sections of a government report that look back or ahead on more than one year: 这五年, “十五五”时期的主要目标."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.model import Sentence
from kg.text.calendar_spans import whole_years
from kg.text.times import FIRST_PLAN_YEAR

_PLAN_YEARS = 5
# What may stand before the words that open a section.
_LEAD = r"[ 　]*+(?:[—－-]{1,4}+|[一二三四五六七八九十]{1,2}[、是]|（[一二三四五六七八九十]{1,2}）)?(?:各位代表[，！])?+(?:这是)?+"
_PLAN = r"“?+十(?P<plan>[一二三四五六])五”?+(?:规划)?+"
_FIVE = r"[五5]个?+年"
# “十四五”时期, 这五年, 五年来, 本届政府任期的五年; not 五年规划, 过去五年多
_BACK = re.compile(
    rf"{_LEAD}(?:回顾|回首|回望|走过|经过|总结)?的?+(?:{_PLAN}(?:时期|期间|[这的]?{_FIVE}|(?=以来))"
    rf"|(?:刚刚)?+(?:过去|这|走过)的?+这?+{_FIVE}(?!多|规划|行动)|{_FIVE}(?:以?来|[间里]，)|本届政府[^，。]{{0,6}}{_FIVE}|[^，。；：]{{4,24}}的{_FIVE}。)"
)
_AHEAD = re.compile(
    rf"{_LEAD}(?:展望|迈进|面向|关于)?(?:{_PLAN}(?:时期|期间|这{_FIVE}|(?:经济社会)?发展(?:的)?(?:主要)?目标|(?:的)?主要目标)|(?:今后|未来|接下来的?)(?:的)?{_FIVE}(?!行动|规划))"
)
_ONE_YEAR = re.compile(r"(?P<year>20\d\d)年|今年|去年|过去(?:的)?一年|一年来")
# The one year that is over, or the year that begins, wherever in a paragraph, and at its beginning only.
_OVER = re.compile(rf"{_LEAD}(?:(?:刚刚|刚)?过去的(?:(?P<year>20\d\d)年|一年)|一年来)")
_OPENS_YEAR = re.compile(rf"{_LEAD}(?:(?P<ahead>(?:做好)?今年[，是经政工重的我全])|去年(?:以来)?，|(?P<year>20\d\d)年(?:，|是|[^，。；]{{0,12}}(?:目标|工作|任务|要求)))")
_SECTION_HEAD = re.compile(r"(?!.*政府工作报告).*(?:回顾|成就|成绩|工作|目标|任务|考虑|安排|思路|要求|部署|蓝图|打算)")
_HEAD_SPAN = re.compile(rf"{_PLAN}|(?P<ahead>今后|未来)?(?P<five>{_FIVE})")
_BY = re.compile(r"(?:^|[，：；])(?:力争|争取|预计|努力)?到(?P<year>20\d\d)年(?:底|末|时)?(?=[，：])")
_HEADING = 60  # characters of a line that is no paragraph


class _Turn(NamedTuple):
    ahead: bool
    span: str  # "" for a single year


def looks(line: str, year: int) -> bool | None:
    """Whether a line of a report of `year` opens a section about the years ahead (True) or behind (False)."""
    turn = _heading(line, year) if len(line) < _HEADING else None
    turn = turn or _opening(line, year, True)
    return turn.ahead if turn and turn.span else None


def spans(year: int, ahead: Sequence[bool], folded: str, sentences: Sequence[Sentence]) -> list[str]:
    """What period each sentence of a report of `year` speaks of, if it is not one year: "" where it is.

    `ahead` says of each sentence whether it speaks of plans. A section lasts until another opens; one that opens inside
    a paragraph lasts no longer than that.
    """
    found: list[str] = []
    section = here = _Turn(False, "")
    by, by_lasts, last = "", False, 0  # 到2030年, whether for the next paragraphs too, the end of the sentence before
    for sentence, plan in zip(sentences, ahead):
        text = folded[sentence.start : sentence.end]
        begins = "\n" in folded[last : sentence.start] or not found
        if section.ahead != plan:
            section = here = _Turn(plan, "")
        if begins:
            here, by = section, by if by_lasts else ""
        whole = begins and len(text) < _HEADING and folded[sentence.end : sentence.end + 1] in {"\n", ""}
        turn = (_heading(text, year) if whole else None) or _opening(text, year, begins)
        if turn is not None and turn.ahead == plan:
            here, by, by_lasts = turn, "", False
            section = turn if begins else section
        found.append(by or here.span)
        if plan and (goal := _last(_BY, text)) and int(goal["year"]) > year:
            by, by_lasts = goal["year"], bool(here.span) and text.endswith("：")
        if not here.span and not text.endswith(("；", "：")):
            by = ""
        last = sentence.end
    return found


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)


def _heading(line: str, year: int) -> _Turn | None:
    """Of “十四五”时期和2025年工作回顾 what is told of first."""
    if not _SECTION_HEAD.match(line) or line.endswith(("。", "；", "，")):
        return None
    span, single = _HEAD_SPAN.search(line), _ONE_YEAR.search(line)
    if single and (span is None or single.start() < span.start()):
        named = single["year"]
        return _Turn(int(named) >= year if named else single[0] == "今年", "")
    if span is None:
        return None
    if span["plan"]:
        return _of_plan(FIRST_PLAN_YEAR[span["plan"]], year)
    return _next(year) if span["ahead"] else _before(year, line)


def _opening(text: str, year: int, begins: bool) -> _Turn | None:
    """What the words that a sentence begins with turn to; `begins` if a paragraph begins with it."""
    if found := _AHEAD.match(text):
        turn = _of_plan(FIRST_PLAN_YEAR[found["plan"]], year) if found["plan"] else _next(year)
        if turn is None or turn.ahead:
            return turn
    if found := _BACK.match(text):
        return _of_plan(FIRST_PLAN_YEAR[found["plan"]], year) if found["plan"] else _before(year, found[0])
    if found := _OVER.match(text):
        return _Turn(False, "") if not found["year"] or int(found["year"]) == year - 1 else None
    if begins and (found := _OPENS_YEAR.match(text)):
        named = int(found["year"]) if found["year"] else year if found["ahead"] else year - 1
        return _Turn(named == year, "") if named in {year - 1, year} else None
    return None


def _of_plan(first: int, year: int) -> _Turn | None:
    """The years of a plan that is over or just begins; None in the midst of it."""
    if first == year or first == year + 1:
        return _Turn(True, whole_years(first, first + _PLAN_YEARS - 1))
    return _Turn(False, whole_years(first, first + _PLAN_YEARS - 1)) if first + _PLAN_YEARS <= year else None


def _before(year: int, words: str) -> _Turn:
    """The five years before a report of which its words speak; 五年来 is counted back, as elsewhere, unless a plan has just ended."""
    counted = re.search("年以?来", words) is not None and year - _PLAN_YEARS not in FIRST_PLAN_YEAR.values()
    return _Turn(False, f"{year - _PLAN_YEARS}/{year}" if counted else whole_years(year - _PLAN_YEARS, year - 1))


def _next(year: int) -> _Turn:
    return _Turn(True, whole_years(year, year + _PLAN_YEARS - 1))
