"""Which time a figure is of: stated with it, carried from before, or known from where a report stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.observation_rules import ObservationRules
from kg.model import Document, Sentence
from kg.text.times import Time, parse_date

_TITLE = re.compile(r"政府工作报告")
_NEWSY = re.compile(r"记者|今天（|昨天（|近日，|日前，|今日，")
_HOME = re.compile(r"全省|我省|全市|我市|全区|我区|各位代表|省委|自治区|市委")
_AHEAD_HEAD = re.compile(
    r"^.{0,14}(?:(?:20\d\d年|今年|明年|下一步|今后五年|未来五年).{0,18}(?:工作|目标|任务|总体要求|思路|安排|打算|预期|部署|建议)|今年是|做好今年)"
)
_BACK_HEAD = re.compile(r"^.{0,14}(?:(?:20\d\d年|过去一年|过去五年|五年来|去年).{0,12}(?:工作回顾|回顾|主要工作|成绩|发展成就|工作情况))")


@dataclass(frozen=True)
class Mood:
    """What a sentence of a government report speaks of: `year` and whether it is ahead (goals) or behind (results)."""

    ahead: bool
    year: int


def report_year(document: Document, folded: str) -> int | None:
    """The year a government work report is made in, None for any other document."""
    date = parse_date(document.date)
    head = f"{document.title}\n{document.stem}\n{folded[:300]}"
    if _TITLE.search(head):
        named = re.search(r"(20\d\d)年?[^\n]{0,20}政府工作报告", head)
        return int(named[1]) if named else date.year if date else None
    if date is not None and date.month <= 3 and _HOME.search(folded) and not _NEWSY.search(folded):
        return date.year
    return None


class MoodReader:
    """Tells the part of a report that looks back from the part that looks ahead, by headings and by its words."""

    def __init__(self, rules: ObservationRules) -> None:
        weights = {word: weight for word, weight in rules.mood["back"].items()}
        for word, weight in rules.mood["ahead"].items():
            weights[word] = weights.get(word, 0.0) - weight
        self._weights = weights
        self._words = re.compile("|".join(sorted(map(re.escape, weights), key=lambda word: (-len(word), word))))

    def score(self, text: str) -> float:
        """Above 0: looks back; below 0: looks ahead."""
        total = 0.0
        for word in self._words.findall(text):
            total += self._weights[word]
        # Results are exact (23.35万), goals are round (70万以上).
        total += 1.5 * len(re.findall(r"\d\.\d", text))
        return total

    def moods(self, year: int, folded: str, sentences: Sequence[Sentence]) -> list[Mood]:
        """The mood of each sentence; `year` is the report's."""
        moods: list[Mood] = []
        section: bool | None = None
        paragraph_end, ahead = -1, False
        for sentence in sentences:
            if sentence.start > paragraph_end:
                stop = folded.find("\n", sentence.start)
                paragraph_end = len(folded) if stop < 0 else stop
                text = folded[sentence.start : paragraph_end]
                if _BACK_HEAD.match(text) and len(text) < 60:
                    section = False
                elif _AHEAD_HEAD.match(text) and "政府工作报告" not in text:
                    section = True
                ahead = section if section is not None else self.score(text) < 0
            moods.append(Mood(ahead, year if ahead else year - 1))
        return moods


_BEFORE_TIME = re.compile(r"(?:^|[，。；：、（]|其中|——)(?:目前|预计|力争|据[^，]{0,12}|为|而|是|，)*$")


def governing(times: Sequence[Time], folded: str, clause: int, sentence: Sentence) -> Time | None:
    """The time that holds for a number: the last of `times` (those before it in its sentence) that can reach it.

    One in an earlier clause reaches it only from the opening of that clause: not 加紧赶工今年首个订单，….
    """
    for at in range(len(times) - 1, -1, -1):
        time = times[at]
        if time.role in {"base", "run", "day", "vague"}:
            continue
        if time.start < clause and not _BEFORE_TIME.search(folded[max(sentence.start, time.start - 14) : time.start]):
            if time.start > sentence.start and time.role != "since":
                continue
        earlier = times[at - 1] if at else None
        if earlier and earlier.role == "until" and time.role == "since" and "/" in (time.period or ""):
            # 截至2022年，十年来: the ten years end where the text says.
            return _until(time, earlier)
        return time
    return None


def _until(span: Time, state: Time) -> Time:
    first, last = (int(year[:4]) for year in (span.period or "").split("/"))
    stop = int((state.period or str(last))[:4])
    return replace(span, period=f"{stop - (last - first)}-01-01/{stop}-12-31", basis="stated", sure=0.8)
