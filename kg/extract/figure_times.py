"""When a figure holds, and whether it is a goal."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import accumulate
from typing import NamedTuple

from kg.extract.exclaimed import Told
from kg.extract.figures import Figure
from kg.extract.mentions import MentionRef
from kg.extract.named import Named
from kg.extract.periods import Mood, governing, opens_statement
from kg.model import Observation, Sentence
from kg.text.calendar_spans import iso_span, parse_date, whole_years
from kg.text.numbers import whole_number
from kg.text.times import Time

_SECOND_BASE = re.compile(r"[较比](?:[^，。；和与、]{2,14}[和与、]|[^，。；、\d]{2,14}前的)$")  # 较一季度和去年四季度分别高2个、5个百分点
_GOAL = re.compile(
    r"力争|争取(?!到|了|过|中央|国家|上级)|有望|(?<!考核)(?<!计划)(?<!可持续发展)(?<![军敌事个等该])目标(?!发起|发动|实施)(?:是|为)?|(?<!为)(?<!为了)确保(?![^，。；]{0,12}前提下)|(?<!按)(?<!动)计划(?!总投资)(?=(?:今年|明年|年内|全年)?[新建完实种投开招在到用培发引每总共于将从选安互再增面向分改治修扩整植对])|(?:今年|全年|年内|明年)计划(?!的|内|外|任务|已|单列|总?投资的|执行)|规划(?:建设|将)|按照?(?:规划|计划)，|拟(?:[新建选招开投安用支推引资聘]|认定|每|定(?!了))"
    r"|(?<=[省市区县州])预期(?=[^，。；、\d]{2,12}增长)"
    r"|(?<!预计)(?<!预期)将(?:[于在][^，。；]{1,10}?)?(?:联合[^，。；]{2,8}?)?(?:再|协同|陆续|分别|继续|重点|着力|持续|进一步|全面|大力|积极|集中|统筹|共同|联合|还|共|于年内)*(?:有(?=[近约超\d]|$)|新增|建成|建设|新建|推进|举办|开展|实施|投入|推出|安排|启动|达到|完成|实现|打造|培育|增至|提高到|开通|突破|超过|形成"
    r"|围绕|聚焦|布局|营造|支持|组织|招[募聘收引]|改造|新改建|改建|改扩建|扩建|修建|修复|治理|整治|试点建设|增设|新开|种植|投放|培养|选拔|选派|评选|认定|减少|压减|降低到?|升级|更新|完善|解决|办好|培训|发放|引进|建立|设立|创建|扩大|推广|推动|加快|深入|进行(?!到))"
    r"|(?:要|应)(?:新增|建成|建设|新建|达到|完成|实现|打造|培育|提高)"
)
_GOAL_BEHIND = re.compile(r"[^，。；]{0,6}(?<![军事])的?(?:总体)?目标(?!发动|实施|进行|被|遭|，打|人群|群体|客户|用户|市场|企业|价|细项|(?:任务)?[^，。；]{0,4}(?:完成|落地|实现|达成))")
_DONE = re.compile(r"已(?!成)|去年|上年|截至|目前|完成了|建成了|实现了|现有|过去")
_NO_GOAL = re.compile(f"{_DONE.pattern}|预计|，共?(?:涉及|途经|覆盖)")
_HOPED = re.compile(r"[^。；已了]*[\d%元人个家里亩吨](?:以上|左右)")  # 到2030年，…达到68%以上, in a text without a date
_LOOSE_YEAR = frozenset({"全年", "年内", "年底", "年末", "岁末", "年初", "年中", "年底前"})
# 由创始之初的57个增至109个: the first number is of an earlier time, and a time that stands with it is not the second's.
_FROM = re.compile(r"[由从](?P<then>[^，。；由从]{0,16}?)$")
_ON_TO = re.compile(r"(?:[、和]\d[\d.]*[^，。；\d]{1,4})?[^，。；\d]{0,4}(?:提高|提升|上升|增长|增加|增|升|扩大|扩展|拓展|降|下降|减少|降低|缩短|压缩|压减|回落|跃升|上调|下调|延长)[^，。；\d]{0,2}[到至为]")
# 预计全年总额将超过330万亿元 foresees, and plans nothing.
_FORESEEN = re.compile(r"(?:预计|预期|预测|据测算)[^。；]{0,60}$")
# 我区每年接待游客…, 我省1100多种…: how things stand, in a plan too.
_STANDING = re.compile(r"我[省区市县州](?:$|(?![^。]*(?:要|将|力争|确保|争取|实现|达到|建设|实施))[^。；]*?(?:每年|现有|还有))[^。；]*$")
_LATEST = re.compile(r"(?:最新|进度|调度)[^，。；]{0,10}显示，[^，。；]{0,12}已[^，。；]*$")  # 最新农情调度显示，全国已播…
_IN_A_ROW = re.compile(r"(?P<over>已经?|已)?连续第?(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,3})年(?!度)(?=[^、]*$)")
_BUILT_THEN = re.compile(r"(?:已|正式|全面|将|前|底|初)*(?:开工建设|开工|投产|建成投产|建成投用|建成通车|建成|投用|投运|通车|启用|竣工)，")
# 做大做强甲、乙等10个产业: they are there already.
_THOSE_THERE = re.compile(r"(?:围绕|聚焦|做大做强|做优做强|做强做优|完善)[^，。；]*(?:等|首批)$")
# 全县有3万渔民在镇上就业; 发挥好9个医疗中心的作用: they are there, in a plan too.
_EXISTS = re.compile(r"[，。；：\n][我全][省区市县州疆](?:还|现|目前)?有$|(?:总面积|规划面积|占地面积|全长|总长)(?:达|为|约|近|共)*$")
_USED_IN_PLAN = re.compile(r"(?:发挥好|用好|做大|做优|做强|盯紧|紧盯|抓实)[^，。；]*$")
# What a plan sets: 冷库容量达到500万吨, 年均增长12%; not what it gives (给予50万元) or tells (全长20公里).
_SET = re.compile("达到?|突破|超过|实现|[高升降低少大][到至]|[制定持]在|年均(?:增长|增速|下降|新增)|新[增建]")
# What a plan gives, and no goal: 给予50万元奖励.
_GIVEN = re.compile("给予|奖励|补助|补贴|资助|罚款|最高")
_PLAN_YEARS = 5
# How many live there, and rates that change little from year to year: they stand at the end of several years, with and without 达到.
_STOCK = re.compile(r"(?:常住|户籍|总)人口(?:约|超过?|近|为|达到?)*$|(?:城镇化|覆盖|普及|入园|入学|巩固)率(?:约|超过?|近|为|达到?)*$")
# How a sentence begins that tells what a whole place has come to.
_TOLD_OF_ALL = re.compile("(?:经|据|根据)?(?:[^，。；]{0,8}统一)?初?步?(?:核算|统计)(?:结果)?，|全[省市县区州旗](?![域面])")
_BEFORE_IT = re.compile("上一?年度?")
_OF_WEATHER = frozenset({"℃", "摄氏度"})  # is foreseen, not planned
# 聚焦12个产业集群, 服务两地3000余家企业, 以15项工程为抓手
_FOR_THOSE = re.compile(r"(?:围绕|聚焦|服务(?!站|区|中心|网点|点)|依托)[^，。；]*$")
_RANK_GOAL = re.compile(f"{_GOAL.pattern}|保持|进入|跻身|迈入|争")
# A day of the news is when its figures hold, but for what is only told on it, is to come, or does not change.
# The traffic that is foreseen of the day itself is told of it: 今天，全国铁路预计发送旅客815万人次.
_NO_DAY_OF_TRAFFIC = re.compile(
    r"[^，。；]{0,16}(?:发布|获悉|显示|介绍|表示|消息|通报|了解到)(?:，|数据|的|消息)|[^。；]*(?:部署|表彰|评选|此次调整|(?<!成功)将(?![^，。；]{0,60}(?:发射升空|送入))|计划|全长|全程|总长|线路长|容量|面积|利用|可满足|每年)"
)
_NO_DAY = re.compile(f"{_NO_DAY_OF_TRAFFIC.pattern}|[^。；]*预计")
# Traffic of a day, which a report on the day goes on to tell of sentence by sentence.
_DAILY = re.compile(r"旅客|客流|人员流动|航班|流量|列车|票房|包裹|出行|起降|揽[收投]")
_MEAN = re.compile(r"日均|平均|累计|同期")
_YEARLY = re.compile(r"每年|年均|(?<![\d一二三四五六七八九十去今前明上])年(?:产|发电|送电|上网|处理|输送|供水|减排|吞吐|运输|服务|接待|可|节约|平均)")
_COUNTED_YEARS = re.compile(r"\d{4}/\d{4}")  # 五年来: in a section about them their first and last day are known
_SUMMED = re.compile(r"累计")  # over no one year
_RUNNING = re.compile(r"累计(?:已|分别)*(?:达到?|为|突破|超过?|近|约)*$")  # nor over five
# What stands at the end of several years, and words for what came about in them.
_REACH = r"(?:达|达到|超过?|突破|(?:提高|上升|增加|提升|扩大|缩小|下降|降低|增长|跃升|拓展)[到至]|[增升降扩][到至])(?:约|近)?"
_REACHED = re.compile(rf"{_REACH}$")
_IS = re.compile(rf"(?:{_REACH}|(?:分别)?(?:为|占|稳定在|保持在))$")  # 比重为
_DONE_IN = re.compile(r"新|累计|完成|实施|建设|改造|改建|扩建|培训|发放|投入(?!强度|占|比)|安排|引进|引育|治理|整治|修复|减少|压减|淘汰|退出|转移|搬迁|减免|筹[建集措]|销售|生产(?!总值)|接待|运送|输送|签约|开工|竣工|办理|查处|化解|总投资|[净淨]增|就业(?!率)")
_YEAR_OPENS = 3  # months in which the year before is told of
_TO_COME = re.compile(r"预计|计划|将|力争|确保|目标|今年|[占约]|可|拟|任务|规划|全年全")
_DAY = len("2023-02-10")  # a date of one day
_GOAL_REACH = 120  # characters before a number in which a word of purpose bears on it


_HELD = re.compile(r"[^。；\n]{0,30}?(?:举行|举办|召开|开幕|进行|亮相)")
_HELD_BEFORE = re.compile(r"(?:举行|举办|召开)(?:了)?[“《]?$")
_MET = re.compile(r"[^。；\n]{0,30}?(?:举行|举办|召开)(?![^。；\n]{0,20}(?:为期|持续))")
_LASTS_DAYS = re.compile(r"(?:博览会|交易会|[博展文消交]会|[展节赛季周]|运动会|[奥残]会|公开赛|巡演|年货节)$")
_HELD_NEAR = 4  # characters between an event and its day: 协商会16日在京召开
_ATTENDED = re.compile(r"[^，。；]{0,24}?(?:参加|出席|与会|参会|发言|欢聚)")
_NEW_SENTENCE = re.compile(r"[。；\n]")
_DATED_NEAR = 60  # characters between an event and its days


def event_days(named: Named, times: Sequence[Time]) -> dict[str, str | None]:
    """The first and last day of each event that is no meeting; None where the text does not give both."""
    days: dict[str, str | None] = {}
    folded = named.folded
    spans = [t for t in times if t.role == "period" and t.period and len(t.period) == len("2023-05-16/2023-05-20") and "日" in folded[t.start : t.end]]
    starts, ends = [time.start for time in spans], [time.end for time in spans]
    for mention in named.all:
        if mention.type != "Event" or named.is_meeting(mention):
            continue
        if days.setdefault(mention.entity, None) is not None:
            continue
        for time in spans[bisect_left(ends, mention.start - _DATED_NEAR) : bisect_right(starts, mention.end + _DATED_NEAR)]:
            first, last = (mention.end, time.start) if mention.end <= time.start else (time.end, mention.start)
            if first <= last and not _NEW_SENTENCE.search(folded, first, last) and _HELD.match(folded, max(time.end, mention.end)):
                days[mention.entity] = time.period
                break
    return days


def held_on(folded: str, mentions: Sequence[MentionRef], times: Sequence[Time]) -> dict[str, str]:
    """The day on which each event was held, where the sentence that names it tells: 专题协商会16日在京召开."""
    days: dict[str, str] = {}
    told = [time for time in times if time.role == "day" and time.period]
    starts = [time.start for time in told]
    for mention in mentions:
        if mention.type != "Event" or mention.entity in days or _LASTS_DAYS.search(folded, mention.start, mention.end):
            continue
        for time in told[bisect_left(starts, mention.start - _DATED_NEAR) : bisect_right(starts, mention.end + _HELD_NEAR)]:
            first, last = (mention.end, time.start) if mention.end <= time.start else (time.end, mention.start)
            if first > last or _NEW_SENTENCE.search(folded, first, last):
                continue
            if _MET.match(folded, max(time.end, mention.end)) or _HELD_BEFORE.search(folded, time.end, mention.start):
                days[mention.entity] = str(time.period)
                break
    return days


def times_outside(times: Sequence[Time], mentions: Sequence[MentionRef]) -> list[Time]:
    """The times that are no part of a name: not 2023 in 2023年全国职业技能大赛."""
    names = [(m.start, m.end) for m in mentions if m.type in {"Event", "Policy", "Project", "Honor"}]
    starts = [start for start, _ in names]
    reach = list(accumulate((end for _, end in names), max, initial=0))
    return [time for time in times if reach[bisect_right(starts, time.start)] <= time.start]


class When(NamedTuple):
    kind: str  # the rule's, or target
    period: str | None
    basis: str  # "stated", "carried", "document"; "" without a period


class WhenReader:
    """Reads the times of one document; `moods` is empty unless it is a government report, `events` and `held` as `event_days` and `held_on` give them."""

    def __init__(
        self, named: Named, date: str | None, times: Sequence[Time], moods: Sequence[Mood], events: Mapping[str, str | None], held: Mapping[str, str],
        planned: frozenset[int] = frozenset(),
    ) -> None:  # fmt: skip
        self._folded = named.folded
        self._once_built = named.words.once_built
        self._year = day.year if (day := parse_date(date)) else None
        self._date = date if date is not None and len(date) == _DAY else None
        self._times = times
        self._starts = [time.start for time in times]
        self._moods = moods
        self._events = events
        self._held = held
        self._planned = planned  # sentences of a text that is itself a plan
        self._carried: tuple[int, Time] | None = None  # end of the paragraph, time that holds in it
        self._traffic_of: tuple[int, Time] | None = None  # the same, for the traffic of a day
        self._goal: tuple[int, Time] | None = None  # where the last sentence with a goal ends, and by when it is to be met

    def when(self, sentence: Sentence, figure: Figure, inside: bool, subject: str | None = None) -> When:
        """Kind and period of a figure about `subject`; `inside` if it stands in the name of a project."""
        first, last = bisect_left(self._starts, sentence.start), bisect_left(self._starts, figure.number.start)
        here = self._times[first:last]
        stated = governing(here, self._folded, figure.clause, sentence)
        if stated is not None and self._is_other(figure, stated):
            stated = governing([time for time in here if time is not stated], self._folded, figure.clause, sentence)
        if stated is None:
            stated = self._goal_before(sentence, here, figure)
        elif stated.role == "goal" and self._lies_ahead(stated):
            self._goal = sentence.end, stated
        if self._is_start(figure):
            if (before := self._year_before(sentence, figure, here)) is not None:
                return When(figure.rule.kind, before or None, "document" if before else "")
            own = stated if stated is not None and self._in_from(figure.clause, stated, figure.number.lead) else None
            period = own.period if own is not None else None
            if own is None and self._moods and not (mood := self._moods[sentence.index]).ahead and mood.span:
                return When(figure.rule.kind, str(int(mood.span[:4]) - 1), "document")  # what five years began from
            return When(figure.rule.kind, period, own.basis if own is not None and period else "")
        since = self._folded[stated.end : figure.number.lead] if stated is not None else ""
        if stated is not None and self._in_from(figure.clause, stated, stated.end) and ("转" in since or any(c.isdigit() for c in since)):
            stated = governing([time for time in here if time is not stated], self._folded, figure.clause, sentence)
        if self._once_built.search(self._folded, max(sentence.start, figure.number.lead - 80), figure.number.lead):
            return When(figure.rule.kind, None, "")
        if (years := self._in_a_row(sentence, figure, stated)) is not None:
            return When(figure.rule.kind, years, "document")
        if self._moods:
            # The size of a project is its size, whenever it is built.
            return When(figure.rule.kind, None, "") if inside else self._in_report(sentence, figure, stated)
        period, basis = (None, "") if inside else self._carry(sentence, stated, here, figure.number.start)
        if period is None and subject is not None and subject in self._held and _ATTENDED.match(self._folded, figure.number.tail, sentence.end):
            return When(figure.rule.kind, self._held[subject], "carried")
        if subject is not None and subject in self._events:
            # What a fair will show is no goal, and holds on its days.
            days = self._events[subject] if period is None and not inside else None
            return When(figure.rule.kind, days or period, "carried" if days else basis)
        kind = "target" if self._is_goal(sentence, figure, stated) else figure.rule.kind
        if kind == "target" and stated is not None and stated.role == "goal" and figure.rule.kind == "growth" and "年均" in self._folded[figure.clause : figure.number.start]:
            period = self._years_of_plan(stated)
            basis = basis if period else ""
        if kind != "target" and (ended := self._last_of(period, figure)) is not None:
            period, basis = ended or None, basis if ended else ""
        if kind in {"change", "growth"} and period is not None and len(period) == _DAY:
            period = self._from_base(here, figure, period)
        if kind == "target" and stated is None and period is not None and len(period) == _DAY:
            period, basis = None, ""  # 2月10日，航线恢复，计划每周开2班: the day is not when the goal is to be met
        return When(kind, period, basis)

    def _goal_before(self, sentence: Sentence, here: Sequence[Time], figure: Figure) -> Time | None:
        """By when a goal is to be met that goes on with others behind a semicolon: 到2030年，总值突破2万亿元；覆盖率达到60%."""
        if self._goal is None or any(time.role != "base" for time in here):
            return None
        end, goal = self._goal
        at = figure.number.lead
        parted = self._folded[max(0, end - 1) : sentence.start + 1] if end <= sentence.start else ""
        if end != sentence.end and (parted[:1] != "；" or any(mark in parted for mark in "。！？\n")):
            return None
        if figure.rule.kind == "rank" or _DONE.search(self._folded, sentence.start, at) or _GIVEN.search(self._folded, sentence.start, sentence.end):
            return None
        if figure.rule.keep or _FOR_THOSE.search(self._folded, figure.clause, at) or _USED_IN_PLAN.search(self._folded, figure.clause, at) or _STANDING.match(self._folded, sentence.start, at):
            return None
        self._goal = sentence.end, goal
        return goal

    def _year_before(self, sentence: Sentence, figure: Figure, here: Sequence[Time]) -> str | None:
        """The year before the one told of, of what rose from it: 由上年的20万辆增加到30万辆; "" if nobody can tell which, None where nothing rose so."""
        own = next((time for time in reversed(here) if self._in_from(figure.clause, time, figure.number.lead)), None)
        if own is None or _BEFORE_IT.fullmatch(self._folded, own.start, own.end) is None:
            return None
        told = governing([time for time in here if time.end <= own.start], self._folded, figure.clause, sentence)
        if told is None and self._carried and sentence.start < self._carried[0]:
            told = self._carried[1]
        if told is not None and re.fullmatch(r"\d{4}", told.period or ""):
            return str(int(told.period or "") - 1)
        if self._moods and told is None and not (mood := self._moods[sentence.index]).ahead and not mood.span:
            return str(mood.year - 1)
        return ""

    def told(self, figure: Figure, told: Told) -> When:
        """Kind and period of a number of which the next sentence tells."""
        first, last = bisect_left(self._starts, told.begin), bisect_left(self._starts, told.end)
        time = next((time for time in self._times[first:last] if time.period and time.role in {"period", "until", "since", "now"}), None)
        return When(figure.rule.kind, time.period, time.basis) if time is not None else When(figure.rule.kind, None, "")

    def as_before(self, figure: Figure, one: Observation, last: Figure, before: Observation) -> Observation:
        """The month or year of the same indicator told right before, not the day it is told on: 4日公布的3月份指数为55%，环比上升2个百分点."""
        if len(one.period or "") != _DAY or not before.period or len(before.period) == _DAY or "target" in {one.kind, before.kind}:
            return one
        own = self._times[bisect_left(self._starts, last.number.end) : bisect_left(self._starts, figure.number.start)]
        if any(time.role != "base" for time in own):
            return one
        return replace(one, period=before.period, period_basis="carried")

    def _years_of_plan(self, goal: Time) -> str | None:
        """The five years of a plan that end with the year of a goal; None where it ends with no such year."""
        year = int((goal.period or "0")[:4])
        if year % _PLAN_YEARS or self._year is not None and not year - _PLAN_YEARS <= self._year <= year:
            return None
        return whole_years(year - _PLAN_YEARS + 1, year)

    def _last_of(self, period: str | None, figure: Figure) -> str | None:
        """Of what stands at the end of several years their last one, "" if they are not over; None for what holds through them."""
        if period is None or len(period) != len("2021-01-01/2025-12-31") or not self._is_stock(figure):
            return None
        first, last = period[:4], period[11:15]
        if first == last or not period.endswith("-12-31"):
            return None
        return last if self._year is None or int(last) < self._year else ""

    def _is_stock(self, figure: Figure) -> bool:
        before = figure.first if figure.place[0] else figure.number.lead
        return figure.rule.kind in {"level", "share"} and _STOCK.search(self._folded, figure.clause, before) is not None

    def _is_start(self, figure: Figure) -> bool:
        """Whether a number is what something rose or fell from."""
        before = self._folded[figure.clause : figure.number.lead]
        return _FROM.search(before) is not None and _ON_TO.match(self._folded, figure.number.tail) is not None

    def _in_a_row(self, sentence: Sentence, figure: Figure, stated: Time | None) -> str | None:
        """The years through which something held: 连续12年稳定在500亿斤以上, in a report on 2024."""
        found = _IN_A_ROW.search(self._folded, figure.clause, figure.number.lead)
        if found is None:
            return None
        last = self._moods[sentence.index].year if self._moods and not self._moods[sentence.index].ahead else None
        if stated is not None and re.fullmatch(r"\d{4}", stated.period or ""):
            last = int(stated.period or "")
        elif last is None and found["over"] and self._year is not None and not self._moods:
            last = self._year - 1
        return None if last is None else whole_years(last - whole_number(found["years"]) + 1, last)

    def _is_other(self, figure: Figure, time: Time) -> bool:
        """Whether a time is what a figure is compared with, or when something else was begun or built.

        是2013年的1.8倍; 2022年7月开工建设，总投资30亿元.
        """
        if figure.number.kind == "times" and self._folded[time.start - 1] in "是为" and time.start >= figure.clause:
            return True
        if time.start >= figure.clause and _SECOND_BASE.search(self._folded, figure.clause, time.start):
            return True
        return time.start < figure.clause and time.role in {"period", "goal"} and _BUILT_THEN.match(self._folded, time.end) is not None

    def _from_base(self, here: Sequence[Time], figure: Figure, period: str) -> str:
        """From the day after which something grew to the day of `period`: 6月末…较年初增长8%."""
        base = next((time for time in reversed(here) if time.start >= figure.clause and time.role == "base" and time.period), None)
        if base is None or (stop := parse_date(period)) is None:
            return period
        first = None
        if self._folded[base.end - 1] == "初" and base.period and len(base.period) == len("2023-01"):
            first = parse_date(f"{base.period[:4]}-01-01")
        elif self._folded[base.end - 1] in "末底" and (day := parse_date(base.period)) is not None:
            first = day + timedelta(days=1)
        return iso_span(first, stop) if first is not None and first < stop else period

    def _in_from(self, clause: int, time: Time, end: int) -> bool:
        """Whether a time of the clause stands behind 从 or 由: 从现在的5个多小时."""
        if time.start < clause:
            return False
        found = _FROM.search(self._folded, clause, end)
        return found is not None and found.start() <= time.start

    def _is_goal(self, sentence: Sentence, figure: Figure, stated: Time | None) -> bool:
        at = figure.number.start
        if figure.number.unit in _OF_WEATHER:
            return False
        if _GOAL_BEHIND.match(self._folded, figure.number.tail, figure.behind) or stated and self._lies_ahead(stated):
            return True
        if sentence.index in self._planned and figure.rule.kind != "rank" and not self._is_past(stated) and _SET.search(self._folded, figure.clause, at):
            return True
        if self._year is None and stated and stated.role == "goal" and self._folded[stated.start] in "到力" and _HOPED.match(self._folded, stated.end, sentence.end):
            return True
        goal = _GOAL.search(self._folded, max(sentence.start, at - _GOAL_REACH), at)
        if goal is not None and goal[0][0] == "将" and _FORESEEN.search(self._folded, sentence.start, goal.start()):
            return False
        if goal is None or figure.rule.kind == "rank" or _NO_GOAL.search(self._folded, goal.end(), at):
            return False
        return not self._folded.startswith("以", figure.clause) and _FOR_THOSE.search(self._folded, figure.clause, at) is None

    def _is_past(self, time: Time | None) -> bool:
        """Whether a year was over when the text was written: what it says of it, a plan does not set."""
        if time is None or not time.period or self._year is None:
            return False
        return int(time.period.split("/")[-1][:4]) < self._year

    def _lies_ahead(self, time: Time) -> bool:
        """到2025年, or 到2023年底 said in 2023."""
        if time.role != "goal" or not time.period or self._year is None:
            return False
        named = int(time.period[:4])
        return named > self._year or named == self._year and self._folded[time.start] in "到力"

    def _in_report(self, sentence: Sentence, figure: Figure, stated: Time | None) -> When:
        mood, kind = self._moods[sentence.index], figure.rule.kind
        if stated is not None and stated.start < figure.clause and not mood.ahead and kind in {"rank", "share"} and _COUNTED_YEARS.fullmatch(stated.period or ""):
            stated = None  # 近3年投入年均增长12%，企业占比超过80%: the share is of now
        loose = stated is not None and self._folded[stated.start : stated.end] in _LOOSE_YEAR
        if stated is not None and stated.period and stated.role != "now" and not loose:
            ahead = self._lies_ahead(stated) or mood.ahead and (stated.role == "goal" or stated.period[:4] >= str(mood.year))
            # 2020年总值达…，年均增长…: the mean is over all the years of the section
            mean = "年均" in self._folded[figure.clause : figure.number.start]
            period: str | None = mood.span if mood.span and (mean or _COUNTED_YEARS.fullmatch(stated.period)) else stated.period
            if ahead and mean and not mood.span and stated.role == "goal" and kind == "growth":
                period = self._years_of_plan(stated)
                return When("target", period, "stated" if period else "")
            return When("target" if ahead else kind, period, "stated")
        if not mood.ahead:
            summed = (_RUNNING if mood.span else _SUMMED).search(self._folded, figure.clause, figure.number.lead) is not None
            over = mood.span if mood.span and not self._is_reached(figure) else str(mood.year)
            return When(kind, None, "") if summed else When(kind, over, "document")
        if kind == "rank" and not _RANK_GOAL.search(self._folded, figure.clause, figure.number.start):
            return When(kind, None, "")  # 居全国第一: a rank is held, not planned
        if _STANDING.match(self._folded, sentence.start, figure.number.lead) or _THOSE_THERE.search(self._folded, figure.clause, figure.number.lead):
            return When(kind, None, "")
        if _EXISTS.search(self._folded, figure.clause - 1, figure.number.lead) or figure.number.kind == "count" and figure.number.high is None and _USED_IN_PLAN.search(self._folded, figure.clause, figure.number.lead):
            return When(kind, None, "")
        if figure.rule.keep or _DONE.search(self._folded, figure.clause, figure.number.lead):
            return When(kind, None, "")
        return When("target", mood.span or str(mood.year), "document")

    def _is_reached(self, figure: Figure) -> bool:
        """Whether a figure of several years is what stands at their end (城镇化率达到62%), and no sum of what was done in them."""
        at = figure.first if figure.place[0] else figure.number.start  # 分别达56.2%、34.7%
        before = self._folded[figure.clause : at]
        if self._is_stock(figure):
            return True
        if figure.rule.kind == "level":
            return _REACHED.search(before) is not None and _DONE_IN.search(before) is None
        return figure.rule.kind == "rank" or figure.rule.kind == "share" and _IS.search(before) is not None

    def _is_daily(self, sentence: Sentence, at: int) -> bool:
        return _DAILY.search(self._folded, max(sentence.start, at - 30), min(sentence.end, at + 20)) is not None

    def _opening_day(self, sentence: Sentence) -> Time | None:
        """The day that the paragraph of a sentence opens with, unless a longer time follows it."""
        start = self._folded.rfind("\n", 0, sentence.start) + 1
        first = bisect_left(self._starts, start)
        if first == len(self._times) or self._times[first].start > start + 2 or self._times[first].role != "day":
            return None
        others = self._times[first + 1 : bisect_left(self._starts, sentence.start)]
        return None if any(time.period and time.role != "day" for time in others) else self._times[first]

    def _carry(self, sentence: Sentence, stated: Time | None, here: Sequence[Time], at: int) -> tuple[str | None, str]:
        """The period stated in the sentence, else the one its paragraph is in."""
        if stated is not None:
            said = self._folded[stated.start : stated.end]
            if said == "全年" and self._is_over(stated, sentence, at):
                stated = stated._replace(period=str(int(stated.period or "") - 1))
            if stated.role in {"period", "since", "until", "now"} and said != "今年" and stated.period:
                self._carried = (self._end_of_paragraph(sentence), stated)
                self._traffic_of = None
            if stated.role == "now" and _YEARLY.search(self._folded, max(sentence.start, at - 20), at):
                return None, ""
            return stated.period, stated.basis
        vague = any(time.role == "vague" for time in here) or "期间" in self._folded[sentence.start : at]  # 暑运期间: nobody says when
        told = next((time for time in reversed(here) if time.role == "day" and time.period), None)
        daily = self._is_daily(sentence, at)
        if told is not None and not vague:
            if not (_NO_DAY_OF_TRAFFIC if daily else _NO_DAY).match(self._folded, told.end, at):
                if daily:
                    self._traffic_of = (self._end_of_paragraph(sentence), told)
                return told.period, told.basis
        elif not vague and daily and (told := self._opening_day(sentence)):
            return told.period, "carried"
        traffic = self._traffic_of
        if daily and not here and traffic and sentence.start < traffic[0] and not _MEAN.search(self._folded, max(sentence.start, at - 20), at):
            return traffic[1].period, "carried"  # 铁路今天预计发送旅客…。公路方面，…
        if self._carried and sentence.start < self._carried[0] and not vague:
            return self._carried[1].period, "carried"
        if not vague and (told := self._season(sentence)):
            return told.period, "carried"
        if not here and self._date is not None and _LATEST.search(self._folded, sentence.start, at):
            return self._date, "document"
        return None, ""

    def _is_over(self, year: Time, sentence: Sentence, at: int) -> bool:
        """Whether a year without a number, told of early in the next, is the one that ended: (in January) 全年投资增长5%."""
        if self._date is None or self._date[:4] != year.period:
            return False
        if int(self._date[5:7]) > _YEAR_OPENS and not self._folded.startswith(("共", "累计", "新发展"), year.end):
            return False
        return _TO_COME.search(self._folded, sentence.start, at) is None

    def _end_of_paragraph(self, sentence: Sentence) -> int:
        stop = self._folded.find("\n", sentence.start)
        return len(self._folded) if stop < 0 else stop

    def _season(self, sentence: Sentence) -> Time | None:
        """The months or quarters of which a paragraph told before in a sentence without a figure: 一季度，外贸平稳增长。出口…."""
        start = self._folded.rfind("\n", 0, sentence.start) + 1
        before = self._times[bisect_left(self._starts, start) : bisect_left(self._starts, sentence.start)]
        if not before or any(time.role not in {"period", "base", "day"} for time in before):
            return None
        # 2024年，面对…，…。初步核算，全省生产总值…: only of the year that is over, or is running
        whole = _TOLD_OF_ALL.match(self._folded, sentence.start) is not None
        for time in reversed(before):
            period = time.period or ""
            of_year = whole and len(period) == len("2024") and self._folded[time.start].isdigit() and self._year is not None and int(period) >= self._year - 1
            if time.role == "period" and (len(period) in {7, 21} or of_year) and opens_statement(time, self._folded, start):
                return time
        return None
