"""The reports of a text, most often one; a file may hold those of several years or places, one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.text.times import FIRST_PLAN_YEAR

_TITLE = re.compile(r"^[ 　#*]*+([^\n，。；：！？《》]{0,24}政府工作报告)(?:（[^\n（）]{0,30}）)?[ 　*]*+$", re.MULTILINE)
_NO_TITLE = re.compile("讨论|审议|听取|征求|座谈|解读|起草|通过|点评|摘要|学习|会见|主持|关于|作政府|附件|目录")
_TELLS_WHOSE = re.compile("20\\d\\d年|[省市县区州盟旗](?:人民)?政府工作报告$")
# Who gave the report, and when, as the lines below its title say.
_WHO = re.compile(r"\d{1,2}月\d{1,2}日|人民代表大会|届人大|(?:省|市|县|区|州|盟|旗)长|主席")
_WHO_LINES, _WHO_LONGEST = 4, 60
# A communique of a place for one year: 甲市2023年国民经济和社会发展统计公报, 2023年甲市统计公报.
_COMMUNIQUE = re.compile(r"^[ 　#*]*+(?![^\n]*(?:中华人民共和国|国家|全国|中国|解读|发布|根据|附件|目录))[^\n，。；：《》]{0,16}(?P<year>20\d\d)年[^\n，。；：《》]{0,30}统计公报[ 　*]*+$", re.MULTILINE)
_COMMUNIQUE_HEAD = 200  # characters
# A plan of a place for some years: 甲市“十四五”交通发展规划, 甲省工业三年行动计划（2024—2026年）; not of a region (大湾区, 长三角地区).
_PLAN = re.compile(
    r"^[ 　#*]*+(?![^\n]*(?:发布|印发|出台|编制|审议|解读|公布|通过|获批|批复|关于|根据|实施情况|报告|启动|推进会|落实|附件|目录))"
    r"[^\n，。；：《》、“]{1,10}(?:省|(?<![城超])市|县|州|盟|旗|(?<![湾济范地新园发城山海])区)[^\n，。；：《》]{2,36}(?:规划|纲要|计划|行动方案)(?:（[^\n（）]{1,20}）)?[ 　*]*+$",
    re.MULTILINE,
)
_PLAN_HEAD = 1500  # characters: the notice that passes it on may stand before it
_FIVE_YEARS = re.compile("第?十(?P<plan>[一二三四五六])(?:个五年|五)")
_FROM_TO = re.compile(r"(?P<first>20\d\d)年?[-—－–~至]{1,2}(?P<last>20\d\d)年?")
_GLOSSARY = re.compile(r"^[^\n。，]{0,30}名词(?:解释|注释|说明)[^\n。，]{0,6}$", re.MULTILINE)


class ReportPart(NamedTuple):
    """A report: where it begins and ends, and where the explanations of words (名词解释) behind it begin (its end, if there are none).

    Its title stands from `title` to `titled`, and the lines that say who gave it from there to `headed`; all are `start` if it has no title.
    """

    start: int
    title: int
    titled: int
    headed: int
    glossary: int
    end: int


@lru_cache(maxsize=1)  # of one text several steps ask
def report_parts(folded: str) -> tuple[ReportPart, ...]:
    """The reports of a text, in order; a title other than the last one opens another."""
    heads: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)]
    last = ""
    for title in _TITLE.finditer(folded) if "政府工作报告" in folded else ():
        if _NO_TITLE.search(title[1]):
            continue
        who_ends = _who_ends(folded, title.end())
        name = title[1]
        if not _TELLS_WHOSE.search(name):
            if who_ends == title.end():
                continue  # nothing but 政府工作报告, as at the head of each page
            name = folded[title.start() : who_ends]
        if name == last:
            continue
        start = title.start() if last else 0
        heads[len(heads) if last else 0 :] = [(start, title.start(), title.end(), who_ends)]
        last = name
    ends = [*(head[0] for head in heads[1:]), len(folded)]
    return tuple(ReportPart(*head, _glossary_at(folded, head[0], end), end) for head, end in zip(heads, ends, strict=True))


def communique_year(title: str, folded: str) -> int | None:
    """The year of which a statistical communique tells, by its title; None for any other text."""
    found = _COMMUNIQUE.search(f"{title}\n{folded[:_COMMUNIQUE_HEAD]}") if "统计公报" in title or "统计公报" in folded[:_COMMUNIQUE_HEAD] else None
    return int(found["year"]) if found else None


@lru_cache(maxsize=1)  # of one text several steps ask
def plan_years(folded: str) -> tuple[int, int] | None:
    """The first and the last year of the plan of a place that a text is, by its title; None for any other text."""
    head = folded[:_PLAN_HEAD]
    if not ("规划" in head or "计划" in head or "方案" in head) or (title := _PLAN.search(head)) is None:
        return None
    if years := _FROM_TO.search(title[0]):
        return int(years["first"]), int(years["last"])
    if five := _FIVE_YEARS.search(title[0]):
        first = FIRST_PLAN_YEAR[five["plan"]]
        return first, first + 4
    return None


def _who_ends(folded: str, at: int) -> int:
    """The end of the lines below a title that say who gave a report and when; `at` if there are none."""
    found = at
    for _ in range(_WHO_LINES):
        while folded.startswith(("\n", " ", "　"), at):
            at += 1
        stop = folded.find("\n", at)
        line = folded[at : stop if stop >= 0 else len(folded)]
        if len(line) > _WHO_LONGEST or line.rstrip().endswith(("。", "：")) or not _WHO.search(line):
            break
        at = found = at + len(line)
    return found


def _glossary_at(folded: str, start: int, end: int) -> int:
    found = _GLOSSARY.search(folded, (start + end) // 2, end)  # a table of contents names them too
    return found.start() if found else end


def explains(parts: Sequence[ReportPart], at: int) -> bool:
    """Whether what stands at `at` explains words: it is no act of the government, and tells no result and no goal."""
    return any(part.glossary <= at < part.end for part in parts)
