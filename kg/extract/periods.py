"""Which time a figure is of: stated with it, carried from before, or known from where a report stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Day

from kg.expressions import compiled, either
from kg.extract.observation_rules import ObservationRules
from kg.extract.phrases import Phrases
from kg.extract.plan_leads import PlanLeads
from kg.extract.report_parts import communique_year, plan_years, report_parts
from kg.extract.report_spans import looks, spans
from kg.model import Document, Sentence
from kg.text.calendar_spans import parse_date, whole_years
from kg.text.fold import fold
from kg.text.times import Time, find_times

# The title of a report; not 会议讨论《政府工作报告（征求意见稿）》 among the headlines of the news.
_TITLE = re.compile(
    r"^(?![^\n]*(?:讨论|审议|听取|征求|座谈|意见|解读|起草|通过|点评|摘要|学习|会见|主持))[^\n，。；]{0,40}政府工作报告", re.MULTILINE
)
# What government reports do not say: the language of news, and of laws and notices.
_NEWSY = re.compile(
    r"记者|网友|代表委员|两会|这里|这款|这批|这个[春夏秋冬]|昨天|今天|今日|近日|日前|\d{1,2}日|表示(?!衷心|感谢|崇高|最|诚挚|深切|热烈|由衷|亲切)|会见|主持召开|出席|报道|^【|新闻|新年|新春|眼下|今年以来|今年，|国务院总理|数据显示|统计显示|监测显示|消息|据介绍|据了解|据统计|不久前|这段时间|这几天|这家|正在举行|目前，|截至目前|如今|随着|近年来|当地|村里的|他们|说，|联组会|我国[^\n。]{0,40}位居世界"
    r"|(?:今年|前)(?:[1１]|[一二三四五六七八九]个?)[—至季]|一季度"
    r"|第[一二三四五六七八九十百]+条|通知|公告",
    re.MULTILINE,
)
_HOME = re.compile(r"全省|我省|全市|我市|全区|我区|各位代表|省委|自治区|市委")
_AHEAD_HEAD = re.compile(
    r"[ 　]*(?:[^，。]{0,10}?(?P<year>20\d\d年)?(?:今年|明年|下一步|今后五年|未来五年)?[^，。]{0,14}(?:工作安排|工作部署|目标任务|主要目标|预期目标|总体要求|总体思路|重点工作|重点任务|工作打算|工作建议|主要任务|工作思路|民生实事\n?$)|今年是|做好今年)"
)
_BACK_HEAD = re.compile(
    r"[ 　]*[^，。]{0,10}(?:20\d\d年|过去一年|过去五年|五年来|去年|一年来|)[^，。]{0,12}(?:回顾|主要成绩|发展成就|工作情况)"
)
# 2024年工作回顾, 2025年重点工作安排: which year is over and which is ahead.
_YEAR_HEAD = re.compile(
    r"^[^，。\n]{0,10}(?P<year>20\d\d)年(?:度)?(?:政府|主要|重点|全[省市区县])?(?:(?P<back>工作(?:的)?(?:回顾|总结|情况|完成情况))|(?:经济社会发展)?(?:的)?(?:总体|主要|预期|重点)?(?:工作安排|工作部署|工作打算|工作建议|目标任务|预期目标|主要目标|重点工作|主要任务|总体要求))[^。，\n]{0,12}$",
    re.MULTILINE,
)
_YEARS = re.compile(r"\d{4}/\d{4}")
_YEAR_ONLY = re.compile(r"(?:19|20)\d\d年")
_TOLD_OF_YEAR = re.compile(r"[ 　]*+(?:早在|于)?+(20\d\d)年(?:\d{1,2}月)?+(?:\d{1,2}日|[初末底])?+，")
_SINCE_BEGUN = re.compile(r"[^，。；]{2,24}以来，")  # 某局3月开展专项行动以来，…

# Words of `report_mood` per character: most passages of reports have more, and of the news items that are free of the
# language of news one in five.
_REPORT_DENSITY = 0.04
_HOME_DENSITY = 0.027  # enough in a text that says 我省
_LAST_MONTH = 3  # reports are made in the first quarter
_LONG_ENOUGH = 200  # characters, for a density to mean anything
_PASSAGE = 3_000  # a text below this is a passage of a report, which may turn to the plan anywhere
# Odds, as `report_mood` has them.
_EXACT = re.compile(r"\d\.\d|\d\d[1-9](?![\d年])|\d[1-9](?:件|项|部|场)")  # results are exact (23.35万), goals are round (70万以上)
_EXACT_ADDS = 2.0
_PARAGRAPH = 60  # a shorter line is a heading
_EVEN = 3.1  # at this score a paragraph looks back as likely as ahead
_HEADING_ADDS = 15.0
_TURN_COSTS = 6.0  # most passages turn nowhere


@dataclass(frozen=True)
class Mood:
    """What a sentence of a government report speaks of: `year` and whether it is ahead (goals) or behind (results).

    `span` is the period of a section about several years (这五年, “十五五”时期), "" where it is about that year alone.
    """

    ahead: bool
    year: int
    span: str = ""


def looks_ahead(mood: Mood, folded: str, sentence: Sentence) -> bool:
    """Whether a sentence speaks of plans; one that opens with a day of a year that is over does not, wherever it stands."""
    if not mood.ahead:
        return False
    told = _TOLD_OF_YEAR.match(folded, sentence.start, sentence.end)
    return told is None or int(told[1]) >= mood.year


@dataclass(frozen=True)
class Timing:
    """The times that a text names, in order, and the mood of each of its sentences if it is a report (None: it is none).

    `planned`: the numbers of the sentences that a text which is no report says to be planned; `plan`: it is a plan itself.
    """

    times: Sequence[Time]
    moods: Sequence[Mood] | None
    planned: frozenset[int] = frozenset()
    plan: bool = False

    def looks_ahead(self, sentence: Sentence, folded: str) -> bool:
        """Whether a sentence speaks of plans."""
        return sentence.index in self.planned if self.moods is None else looks_ahead(self.moods[sentence.index], folded, sentence)


def titled_year(document: Document, folded: str) -> int | None:
    """The year in which a government work report is made, by its title; None for any text that does not say it is one."""
    head = f"{document.title}\n{document.stem}\n{folded[:300]}"
    if not _TITLE.search(head):
        return None
    named = re.search(r"(20\d\d)年?[^\n]{0,20}政府工作报告", head)
    date = parse_date(document.date)
    if named is None:
        return date.year if date else None
    year = int(named[1])
    return year + 1 if _reports_on(year, date, folded) else year


def _reports_on(year: int, date: Day | None, folded: str) -> bool:
    """Whether the `year` in a report's title is the one it looks back on, not the one in which it is made."""
    for heading in _YEAR_HEAD.finditer(folded):
        if int(heading["year"]) == year + (heading["back"] is None):
            return True
        if int(heading["year"]) == year - (heading["back"] is not None):
            return False
    return date is not None and date.year == year + 1 and date.month <= _LAST_MONTH


class MoodReader:
    """Tells the part of a report that looks back from the part that looks ahead, by headings and by its words."""

    def __init__(self, rules: ObservationRules, phrases: Phrases) -> None:
        weights = {word: weight for word, weight in rules.mood["back"].items()}
        for word, weight in rules.mood["ahead"].items():
            weights[word] = weights.get(word, 0.0) - weight
        self._weights = weights
        self._words = compiled(either(weights))
        self._leads = phrases.words_of(PlanLeads, "plan_leads")

    def report_year(self, document: Document, folded: str) -> int | None:
        """The year a government work report is made in, None for any other document.

        A passage without the title is known by its season, by what it does not say, and by how densely its words stand.
        """
        year, date = titled_year(document, folded), parse_date(document.date)
        if year is not None or date is None or date.month > _LAST_MONTH or _NEWSY.search(folded):
            return year
        density = sum(1 for _ in self._words.finditer(folded)) / max(1, len(folded))
        home = _HOME.search(folded) is not None
        enough = density >= (_HOME_DENSITY if home else _REPORT_DENSITY) and (home or len(folded) >= _LONG_ENOUGH)
        return date.year if enough else None

    def score(self, text: str) -> float:
        """Above 0: looks back; below 0: looks ahead."""
        total = _EXACT_ADDS * len(_EXACT.findall(text))
        for word in self._words.findall(text):
            total += self._weights[word]
        return total - _EVEN if len(text) >= _PARAGRAPH else total

    def _turning(self, lines: Sequence[str], turns: Sequence[bool | None]) -> int:
        """The first of `lines` that looks ahead: a report looks back, and from some line on ahead."""
        scores = [self.score(line) for line in lines]
        for at, turn in enumerate(turns):
            if turn is not None:
                scores[at] += -_HEADING_ADDS if turn else _HEADING_ADDS
        gain = best = -sum(scores)  # all ahead
        first = 0
        for at, score in enumerate(scores, 1):
            gain += 2 * score
            value = gain if at == len(scores) else gain - _TURN_COSTS
            if value > best:
                first, best = at, value
        return first

    def _opens_plan(self, text: str, year: int) -> bool:
        found = _AHEAD_HEAD.match(text)
        if not found or "政府工作报告" in text or "回顾" in found[0]:
            return False
        if found["year"] and int(found["year"][:4]) < year:
            return False
        return len(text) < 60 or "今年" in found[0] or "今后" in found[0]

    def read(self, document: Document, folded: str, sentences: Sequence[Sentence]) -> Timing:
        """What `document` says of time."""
        if (told_of := communique_year(fold(document.title), folded)) is not None:
            # All of it tells of one year that is over; 全年 and 年末 are of that year, whenever it came out.
            return Timing(find_times(folded, f"{told_of}-12-31"), [Mood(False, told_of)] * len(sentences))
        if (years := plan_years(folded)) is not None and (ahead := self._leads.sentences(folded, sentences)):
            first, last = years
            to_come, before = Mood(True, first, whole_years(first, last)), Mood(False, first - 1)
            return Timing(find_times(folded, document.date), [to_come if sentence.index in ahead else before for sentence in sentences])
        year = self.report_year(document, folded)
        moods = None if year is None else self.moods(year, folded, sentences)
        date, today = document.date, parse_date(document.date)
        if year is not None and today is not None and today.year < year:
            date = str(year)  # known from the title only, which names the year before
        planned = self._leads.sentences(folded, sentences) if moods is None else frozenset()
        return Timing(find_times(folded, date), moods, planned, bool(planned) and self._leads.titled(folded) is not None)

    def moods(self, year: int, folded: str, sentences: Sequence[Sentence]) -> list[Mood]:
        """The mood of each sentence; `year` is the report's."""
        lines = [(start, folded[start : self._line_end(folded, start)]) for start in _line_starts(sentences, folded)]
        further = report_parts(folded)[1:]  # each report looks back first
        turns = [False if any(part.title <= start < part.titled for part in further) else self._turn(text, year) for start, text in lines]
        ahead_of: dict[int, bool] = {}
        if True in turns and (False in turns or len(folded) >= _PASSAGE):
            # A report opens with what was done: what stands before the first heading of the plan looks back.
            section = False
            for (start, _), turn in zip(lines, turns):
                section = section if turn is None else turn
                ahead_of[start] = section
        else:
            first = self._turning([text for _, text in lines], turns)
            ahead_of = {start: at >= first for at, (start, _) in enumerate(lines)}
        ahead_in: list[bool] = []
        at = 0
        for sentence in sentences:
            while at + 1 < len(lines) and lines[at + 1][0] <= sentence.start:
                at += 1
            ahead_in.append(ahead_of[lines[at][0]])
        told = spans(year, ahead_in, folded, sentences)
        return [Mood(ahead, year if ahead else year - 1, span) for ahead, span in zip(ahead_in, told)]

    def _turn(self, text: str, year: int) -> bool | None:
        """True where a line opens the plan, False where it opens the review, None where it goes on."""
        if (several := looks(text, year)) is not None:
            return several
        if len(text) < 60 and _BACK_HEAD.match(text):
            return False
        return True if self._opens_plan(text, year) else None

    @staticmethod
    def _line_end(folded: str, start: int) -> int:
        stop = folded.find("\n", start)
        return len(folded) if stop < 0 else stop


def _line_starts(sentences: Sequence[Sentence], folded: str) -> list[int]:
    starts: list[int] = []
    for sentence in sentences:
        if not starts or "\n" in folded[starts[-1] : sentence.start]:
            starts.append(sentence.start)
    return starts


_BEFORE_TIME = re.compile(r"(?:^|[，。；：、（]|其中|——)(?:(?:刚刚?)?过去的|特别是|尤其是|这是|目前|预计|力争|据[^，]{0,12}|为|而|是|，)*+$")


def opens_statement(time: Time, folded: str, start: int) -> bool:
    """Whether a time stands at the opening of a clause of the sentence that begins at `start`."""
    return _BEFORE_TIME.search(folded[max(start, time.start - 14) : time.start]) is not None


# 目前世界上工作时间最长的月球车
_SUPERLATIVE = re.compile(r"(?:世界|全球|国内|全国|我国|亚洲|国际)[上内]?[^，。；]{0,12}(?:最|首|唯一)")


# 某省2025年的主要预期目标是：…, 通报了上半年的成绩单：…
_HEADS_FIGURES = re.compile(r"的?[^，。；：]{0,12}(?:目标|成绩单|答卷|数据|指标)(?:是|为|任务|如下)?：")


def governing(times: Sequence[Time], folded: str, clause: int, sentence: Sentence) -> Time | None:
    """The time that holds for a number: the last of `times` (those before it in its sentence) that can reach it.

    One in an earlier clause reaches it only from the opening of that clause: not 加紧赶工今年首个订单，….
    """
    for at in range(len(times) - 1, -1, -1):
        time = times[at]
        if time.role in {"base", "run", "day", "vague"} or time.role == "now" and _SUPERLATIVE.match(folded, time.end):
            continue
        opens = opens_statement(time, folded, sentence.start)
        if time.start < clause and not opens and not _adverbial(time, folded) and not _HEADS_FIGURES.match(folded, time.end):
            continue
        earlier = times[at - 1] if at else None
        if earlier and earlier.role == "until" and time.role == "since" and _YEARS.fullmatch(time.period or ""):
            # 截至2022年，十年来: the ten years end where the text says.
            return _until(time, earlier)
        if earlier and earlier.role == "until" and folded[earlier.start] == "截" and folded[time.end - 1] == "度":
            return earlier  # 截至4月底，2022年度收购…
        if earlier and earlier.role == "until" and folded[earlier.start] == "截" and earlier.end + 1 == time.start and _YEAR_ONLY.fullmatch(folded, time.start, time.end):
            return earlier  # 截至5月底，2023年共建重大项目已开工230个
        if earlier and folded[earlier.start] == "截" and earlier.period and folded[time.start : time.end] in {"今年", "今年以来"}:
            # 截至3月16日，…今年已开行900列
            return time._replace(period=f"{earlier.period[:4]}-01-01/{earlier.period}") if len(earlier.period) == 10 else time
        return time
    return None


def _adverbial(time: Time, folded: str) -> bool:
    """Words that open a statement wherever they stand: 到2023年底, 截至…, 建设5年来."""
    if time.role == "since":
        return time.period is not None and (len(time.period) == 9 and folded[time.end : time.end + 1] != "的" or _SINCE_BEGUN.match(folded, time.end) is not None)
    return time.role in {"goal", "until"} and folded[time.start] in "到截力预" and folded[time.end : time.end + 1] != "的"  # 增长到2025年的4.9万亿元


def _until(span: Time, state: Time) -> Time:
    first, last = (int(year[:4]) for year in (span.period or "").split("/"))
    stop = int((state.period or str(last))[:4])
    return span._replace(period=whole_years(stop - (last - first), stop), basis="stated", sure=0.8)
