"""The name of what a figure measures: its own words, or those of the figure before it (同比增长17.2%)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from kg.extract.exclaimed import Told
from kg.extract.figures import Figure
from kg.extract.indicator_lists import MEASURE_NOUN, completed, with_head, without_new
from kg.extract.indicators import IndicatorReader, trim_after, trim_before
from kg.extract.subjects import SubjectReader
from kg.text.fold import fold
from kg.text.numbers import Number
from kg.text.times import Time

_LONGEST = 60  # characters of an indicator; what is longer is a clause, of which the beginning tells enough
_LIST_VERB = re.compile(r"(?:累计|共)?(?:整治|治理|修复|查处|整改|清理|关停|淘汰|新建|新增|新设|新创建|新认定|新获批|新培育|获批|认定|创建|培育|培养|引进|建成|建设|改造|新改建|改建|办理|办结|发布|举办|推出|新签约|开工|选派|发放|销售|生产|出口|进口)+(?=..)")
_OWN_VERB = re.compile(r"^(?:扩建|迁建|翻建|复建|改扩|加装|扩面|提标|优化|调整|退出|废止|修订|修改|修编|出台|制定|提请|获得?|吸纳|吸引|带动|纳入|入选|荣获|转化|转移|搬迁|拆除|种植|加固|更新|配备|配置|增设|增补|维修|维护|疏浚|绿化|完工|完成|竣工|投产|投用|投入|开通|续建|储备|谋划|实施)|总|达|为|累计|有(?!机|色)|增|减|新(?!能源|材料|型|兴)|近|居(?!民)|占(?=[比到全地])|(?:耕作|种植|养殖|治理|改造|建设|修复|培训|服务|覆盖|惠及)$")
_SHORT = 4  # so few characters before a number are a verb (遴选, 拿出), and tell what is done with the thing counted
_SHARE_OF = 8  # so few before 80%以上用于民生领域 name what the share is of
_COUNTS_ITSELF = frozenset({"场次", "人次", "架次", "列次"})  # units that say what is counted
_PARTS = re.compile(r"[、和与]|(?<!普)及(?![以时格])")
_MEASURE_NOUN_IN = re.compile(MEASURE_NOUN.pattern.removesuffix("$").replace("|增速", ""))
_INVESTED = re.compile("(?:计划|概算|估算|项目)?总?(?:投资|造价)")
_CLAUSE_NAME = 16  # so many characters of an earlier clause are a name at most
# 旅客吞吐量再次破亿、入境游客增长186.8%: the first half is told without a number of ours.
_TOLD = re.compile(r"(?:再次|首次|创|破|居|全覆盖|翻番)[^、，]{0,6}、(?=[^、]*$)")
# What something rose from is no part of its name.
_ROSE_FROM = re.compile(r"(?<![理自缘事])(?:已|也|将)*(?:由|(?<![服跟])从(?!业))(?=[^，。；由从]{0,20}(?:的|时|原来|过去|之前|此前)[^，。；由从]{0,4}$)")
_LIKENED = re.compile(r"(?<=[^，。；、])[与和同][^，。；、与和同]{1,20}相比，?[^，。；、]{2,8}$")
_REVISED = re.compile(r"(?:[上下]调|调[高低])[^，。；]{1,8}百分点[至到]?(?:了)?$")
_OF_MASS = frozenset({"吨", "斤", "公斤", "千克"})
_MEASURED = re.compile(r"(?:实现)?(?:(?:总|日均|夜间|研发|营业|经营)?(?:客流量|经费|进出口额|投资额|营业额|销售额|产值|产量|面积|收入|利润|成交额)|(?:客流|资金)(?:总?量|总额)|(?:新改扩建|改扩建|新建)[^，。；]{2,8})$")
_NUMBER_NEXT = re.compile(r"(?:累计|已|均|共|约|近|超过?|达到?|为|突破)*\d")
_CAME = re.compile(r"参加|出席|与会|参会|欢聚|齐聚|到场|观看|参观|见证")
_TWO_BASES = re.compile(r"[较比](?=[^，。；]*[年月季期])[^，。；和与]{2,14}[和与、][^，。；]{2,14}分别[^，。；\d]{1,4}$")
_MADE_AND_SOLD = re.compile(r"([产產])([销銷])(?=(量?)$)量?")
_PARTNERS = re.compile(r"([对与同自])([^，。；、\d对与同和及]{1,12}+(?:[、和与及][^，。；、\d对与同和及]{1,12}+)++)$")
_REGION = re.compile(r"[东西南北中]{1,2}部")
_REGIONS = re.compile(r"(?:[东西南北中]{1,2}部(?:地区)?[、和])+[东西南北中]{1,2}部(?:地区)?$")
_APART_REACH = 60  # characters
_TURNED = re.compile(r"(?<![理自缘事])(?:由|(?<![服跟])从(?!业))[^，。；由从]{2,18}?转为?(?:正?增长|上涨|上升|回升|下降)了?$")
_ALL_GREW = re.compile(r"[均都]?(?:实现|保持|呈现)?了?(?:较快|快速|高速|平稳|稳定|两位数|不同程度)?的?(?:增长|上涨|下降|回升)(?:较快|明显|态势)?$")
_TELLS = re.compile(
    r"(?<=[^，。；]{2})(?:多于|少于|高于|提升|提高|增长|上升|下降|回落|增加|减少|创|达到?|超过|居|位[居列]|[是为](?!主)|成为|继续|持续|再创|再度|保持|快速|较快|稳步|明显|逐[年步]|[均都]|突破)"
)
_LONG_NAME = 26
_GREW = re.compile(r"(?:增长|回升|上涨|下降|恢复|提升|提高|发展)(?:较快|迅速|明显|强劲|加快|显著|最快|良好|势头良好)$")
_TIMES_OF = re.compile(r"(?:约?是|为|相当于|达|也?接近)[^，。；、是]{0,24}的$")
_CAUSED = re.compile(r"(?:带动|帮助|吸引|引导|组织|支持|推动|促进|助力|安排)(?:近|超|了|约)*$")
_CAUSED_TO = re.compile(r"(?:实现|参加|参与|完成|成功|稳定|通过|获得|走上|加入|返乡|到|就近)[^，。；]")
_NO_NOUN = re.compile(r"[，。；：、（）“”在自从至到于的将已和与]|数据|显示|发布|统计|表示")
_EXAMPLES = re.compile(r"“[^”]{1,20}”(?:、“[^”]{1,20}”)*等")
_AMOUNT_NEXT = re.compile(r"(?:完成)?(?:规划|计划|协议|合计|累计)?(?:总投资额?|投资额?|总面积|面积|总产值|产值|总金额|金额)(?:合计|共计|累计)?(?:达|为|约|超)*到?$")
_WAY = re.compile(r"(?:以?内|左右)?(?:即可|便可|就可|就能|可以|可|能)?(?=从|到达|抵达|通达|直达|往返)")
_EACH_OWN = re.compile(r"分[别別](?:新增|[净淨]增)?(?=[占佔]|$)")
_CHANGED = re.compile(
    r"(?:[比较較][^，。；、]{1,14}?)?(?:同比|环比|環比|明显|明顯|大幅|平均)*+(?:增长|增長|增加|提高|提升|上升|扩大|擴大|下降|减少|減少|降低|回落|缩小|縮小|缩短|縮短)(?:[到至为為].*)?|[低少]"
)
_THIS_FIGURE = re.compile(r"(?:这?[一个]?)?(?:数字|数值|比例)")
_BRACKET = re.compile(r"（[^（）]{1,8}）")
_TOWN_AND_COUNTRY = re.compile(r"城([乡鄉])(?=(?:[常户戶][住籍])?居民|低保|[^，。；]{0,4}住[户戶])")
_RUNNING = re.compile(r"[、，]?(?:已|现已)?(?:累计|总[数量计]|共)(?:已|分别)*(?:达|为|突破|超|有|近|约|$)")
_SAID = re.compile(r"(?:已|均|将|也|于|当地时间)+$")
# What two rates are compared by: 高于全国, 比城镇居民高, 优于考核目标.
_COMPARES = re.compile(r"(?:比(?=[^，。；、]{1,16}[高低快慢]出?$)|高于|高出|快于|低于|领先|优于|好于|超(?:出|过)?(?=[^，。；、]{2,12}$))[^，。；]{0,16}$")
_RATES = "增速|增幅|涨幅|升幅|降幅|增长率"
_RATE = re.compile(f"(?:{_RATES})$")
_RATE_ALONE = re.compile(f"{_RATES}|占比|比重")
_CAME_TO_IT = re.compile(r"(?:新(?:增|[认認]定|[设設]立?|建|[签簽])|[净淨]增)$")
_QUOTED_LIST = re.compile(r"((?:“[^”“]{1,12}”){2,6})([^，。；、“”]{2,20})$")  # “甲工程”“乙工程”完成率分别达95%、98%
_QUOTED_ONE = re.compile(r"“[^”]+”")
_MEASURES = re.compile(r"[量数額额次]$")
_PROJECTS = re.compile(r"(?:项目|工程)(?=(?:集中|全面|陆续|相继)?(?:开工建设|开工|签约|落地|启动建设|启动|投产)?$)")  # 290个重大项目开工建设，总投资…
_YEARS_IN_A_ROW = re.compile(r"(?:已|均)?连续第?[\d一二两三四五六七八九十]{1,3}个?(?:年|届|季度|榨季|月)(?:保持|蝉联|实现)?")
# 甲地至乙地的通行时间: both ends belong to the name.
_ROUTE = re.compile(r"[^，。；、：]{2,16}?(?:至|到|往返|与|和)[^，。；、：]{2,16}?(?:时间|车程|航程|行程|路程|用时|耗时)")
_PEOPLE = re.compile(r"[^，。；、]{0,6}(?:儿女|人民)")
_UNFINISHED = re.compile(r"并$|^(?:提前|延长|缩短|虽然.*)$")  # no name of anything
_RANKED_BEHIND = re.compile(r"、(?=[^、，]{0,3}[居列排位])")  # 7部作品获奖、居全国第5位
_ROW_END = re.compile(r"连续第?[\d一二两三四五六七八九十]{1,3}个?(?:年|届|季度|榨季|赛季|月)(?:均|稳)?(?:[居排列位名][^，。；、]{0,5}|保持[^，。；、]{0,4}|[全世省]\S{0,3})?$")
_FOR = re.compile(r"(?:^|[，。；、：\n])为$")  # 为2万户家庭提供上门服务
# Where something is, which alone names nothing: 现场附近有1900名居民撤离, 在600亩茶园中.
_PLACE_WORD = re.compile(r"(?:附近|周边|现场|境内|城内|区内|之间|期间|守护下|身上|途中|(?<![以网海陆路线年跨迈登站跃])上|里|(?<=[业员者人区园个])中)$")
_OF_A_THING = re.compile(r"(?:计划|预计|概算)?(?:总投资额?|投资额?|造价|占地面积|面积|总面积|规模)$")
_UNDER_WAY = re.compile("(?:成功|集中|正式|顺利|加速|加快|全面)?(?:签约|开工|落地|建设(?=$|正)|投产|推进)")
_BACK_TO = re.compile("恢复[至到][^，。；]{2,16}(?=的$)")
_LAST_MEASURE = re.compile("(?:在田|播种|种植)?(?:面积|产量|产值|里程|数量|人次)$")
_PART_OF_AREA = re.compile("^(?:(?:大部|部分|局部)地区|局地|多地)(?:将)?(?:先后)?")
_FASTER = re.compile("增速|增幅|涨幅|降幅|加快|放缓")
_RATE_END = re.compile("(?:增速|增幅|涨幅|降幅|指数|[率值比]|[比占]重|占比|增长|比例|水平|差)$")
_PRICE = re.compile("降价|涨价")
_DONE = re.compile("(?<=.)(?:实现|进行|得到)了(?:有效)?")
_ALSO_DONE = frozenset({"改造", "改造提升", "新建", "修复", "改建", "续建"})
_NAMES_ITSELF = frozenset({"cooling-of", "earthquake"})  # rules whose name is the noun behind the number
_COMPARED = re.compile(r"(?:增速|增幅|涨幅|增长率)?(?:比[^，]{0,12})?(?:高于|高出|快于|低于|领先)|高出|快于|低于|领先|比|较|高|低|快")


class Name(NamedTuple):
    """An indicator as written, where its own words before the number begin, and where those behind it end."""

    text: str
    start: int
    end: int
    unshared: bool = False  # of several values told with 分别, this one's own name was not found


class _Verb(NamedTuple):
    """What is done with each of a list of things counted in the same unit."""

    text: str
    clause: int
    ahead: int  # where the number ends that it was said for last
    unit: str
    area: bool  # whether areas are told of: 新增治理水土流失面积1800平方公里、石漠化面积183平方公里

    def goes_on(self, figure: Figure) -> bool:
        return figure.clause == self.clause and figure.number.unit == self.unit and figure.ahead == self.ahead + 1


class IndicatorNamer:
    """Names the figures of one document, sentence by sentence."""

    def __init__(
        self, reader: IndicatorReader, text: str, folded: str, times: Sequence[Time], subjects: SubjectReader
    ) -> None:
        self._reader = reader
        self._text = text
        self._folded = folded
        self._times = times
        self._time_starts = [time.start for time in times]
        self._subjects = subjects
        self._start = 0  # of the sentence
        self._verb: _Verb | None = None  # of the list that is being read
        self._topic = ""  # what a following 同比增长 is about
        self._topic_kind = ""  # of the number that it was measured by
        self._rate = ""  # what a rank or 高于全国 behind a growth or a fall compares: 增速
        self._named_rate = False  # whether what grew was named with it, and not with an amount before it
        self._topic_unit = ""
        self._levels: list[str] = []  # what the amounts of this sentence are of, for a following 分别增长
        self._list: list[str] = []  # what the figures of the list are of that is being named
        self._last_list: list[str] = []  # … and of the list before, for a following 比8月份分别加快

    def new_sentence(self, start: int) -> None:
        """Forget what the sentence before the one at `start` was about."""
        self._start = start
        self._verb = None
        self._topic = self._rate = ""
        self._levels = []
        self._list = self._last_list = []

    def name(self, figure: Figure, told: Told | None = None) -> Name:
        """The indicator of a figure; an empty text where none is named. `told`: what the next sentence says of it."""
        number, rule, folded, text = figure.number, figure.rule, self._folded, self._text
        if told is not None:
            start, end = self._trimmed(told.start, told.end, False)
            return Name(text[start:end], number.lead, number.tail)
        if number.kind == "medal":
            return Name(text[number.unit_start : number.end], number.start, number.end)
        if mention := self._subjects.around(number.start, number.end):
            # 年产20万吨电池材料项目: the name itself says what is measured.
            start, end = trim_after(self._reader, folded, number.tail, mention.end, whole=True)
            return Name(text[mention.start : number.start] + text[start:end], mention.start, mention.end)
        if rule.id == "points-above" and (against := _COMPARES.search(folded, figure.begin, figure.first if figure.place[0] else number.lead)):
            return self._above(figure, against.start(), against.end())
        start, end = self._before(figure)
        if folded[start:end] in self._reader.alone:
            start = self._with_more(start)
        behind, tail = number.tail, number.tail
        if rule.indicator == "both":
            counted = number.tail + (len(rule.unit_as) if number.kind == "rank" else 0)  # 第459次飞行
            behind, tail = trim_after(self._reader, folded, counted, figure.behind, whole=rule.kind == "share")
            if number.kind == "rank":
                return Name(text[behind:tail], number.lead, tail)
            if folded[behind:tail] in self._reader.alone:  # 7部作品获“甲工程”奖
                ranked = _RANKED_BEHIND.search(folded, counted, figure.behind)
                behind, tail = trim_after(self._reader, folded, counted, ranked.start() if ranked else figure.behind, whole=True)
            if number.kind == "bare" and (people := _PEOPLE.match(folded, behind, tail)):
                tail = people.end()  # 3000万南岭儿女踏上新征程
            if rule.id == "bare-persons-behind" and (of := folded.find("的", behind + 2, tail)) >= 0:
                tail = of  # 30万农村居民的用水条件
            if (said := self._said_then(behind, tail)) is not None:
                tail = said  # 16个部门日前联合印发了…
            if number.kind == "count" and (amount := _AMOUNT_NEXT.search(folded, behind + 2, tail)):
                tail = amount.start()  # 38个项目总投资4523亿元
            elif number.kind == "count" and _NUMBER_NEXT.match(folded, tail) and (amount := _MEASURED.search(folded, behind + 2, tail)):
                tail = amount.start()  # 27个课题研发经费超过3亿元
        elif number.kind == "time" and (way := _WAY.match(folded, number.tail, figure.behind)):
            self._topic, self._topic_kind = (text[start:end] + text[way.end() : figure.behind])[:_LONGEST], "time"
            return Name(self._topic, start, figure.behind)  # 乘车18分钟可从甲市直达乙市
        result = own = self._shared_by(figure, start, end)
        if not result:
            if start < end and (self._is_time(start, end) or self._subjects.is_name(start, end, figure.place[1] > 1)):
                start = end  # 4月份增速加快1.7个百分点: a time names nothing, nor does a mere place
            result = self._joined(figure, text[start:end], folded[start:end], text[behind:tail])
            if start < end and result.startswith(text[start:end]) and (whose := self._before_time(figure, start)):
                result = text[whose[0] : whose[1]] + result
        if rule.id == "growth-fall" and _PRICE.search(folded, end, number.lead):
            result += "价格"
        if result.count("了") == 1:
            result = _DONE.sub("", result)
        if self._reader.fragment.search(self._plain(figure, result)):
            return Name("", start, number.tail)
        if figure.place[1] > 1:
            result = _EACH_OWN.sub("", result) or result
            if figure.place[0] == 0:
                self._last_list, self._list = self._list, []
            self._list.append(result)
        if rule.id != "points-above":
            if rule.kind in {"level", "share"} or rule.id == "amount-new":
                self._levels.append(result.removesuffix("新增"))
            if rule.kind != "rank":
                self._rate = ("增速" if rule.sign > 0 else "降幅") if rule.kind == "growth" else ""
                self._named_rate = start < end
                self._topic_kind, self._topic_unit = number.kind, number.unit
                self._topic = result.removesuffix("新增") or result  # 企业新增5331家、增长10.8%
            elif start < end and not self._topic:
                self._topic, self._topic_kind, self._topic_unit = result, "rank", ""  # 排名从第34位升至第11位
        result = self._with_verb(figure, _EXAMPLES.sub("", result) or result, start < end)
        used = behind < tail and result.endswith(text[behind:tail])
        if rule.kind == "rank":
            result = _YEARS_IN_A_ROW.sub("", result)
        elif used and result == text[behind:tail] and _FOR.search(folded, max(0, number.lead - 2), number.lead):
            result = text[number.lead - 1] + result
        if _UNFINISHED.search(self._plain(figure, result)):
            result = ""
        several = figure.place[1] > 1 and "分别" in folded[figure.clause : number.lead]
        several = several or "分别" in folded[figure.begin : number.lead] and folded[number.tail : number.tail + 1] in {"、", "和"}
        unshared = several and not own
        return Name(result[:_LONGEST], start, tail if used else number.tail, unshared)

    def _with_verb(self, figure: Figure, name: str, named: bool) -> str:
        """A name with the verb that its list has said once: 整治桥隧病害110个、违规占道270个; what is counted there is not what there is."""
        number, last = figure.number, self._verb
        counted = number.kind in {"count", "measure"} and figure.rule.kind in {"level", "change"} and named and not figure.place[0]
        if counted and last is not None and last.goes_on(figure) and self._folded[figure.ahead - 1] == "、":
            own = self._folded[figure.ahead : number.lead]
            if not _OWN_VERB.search(own) and not self._reader.verb_start.match(name) and (not MEASURE_NOUN.search(own) or last.area and own.endswith("面积")):
                self._verb = last._replace(ahead=number.tail)
                return last.text + name
        plain = self._plain(figure, name) if counted else ""
        verb = _LIST_VERB.match(plain)
        self._verb = _Verb(name[: verb.end()], figure.clause, number.tail, number.unit, plain.endswith("面积")) if verb else None
        return name

    def _plain(self, figure: Figure, name: str) -> str:
        """A name folded; most stand so in the folded text already, and folding costs more than to look."""
        return name if name in self._folded[figure.begin : figure.behind] else fold(name)

    def _above(self, figure: Figure, at: int, end: int) -> Name:
        """The name of 高于全国0.7个百分点, in which what compares stands in `at:end`: with what is told of before, and by which rate."""
        start, stop = self._trimmed(figure.begin, at, False)
        if (named := self._subjects.last_end(start, stop)) > start:
            start, stop = self._trimmed(named, stop, False)
            self._topic = self._rate = ""
        own, place, count = self._folded[start:stop], *figure.place
        words = self._text[start:stop]
        if count > 1 and len(parts := _PARTS.split(own)) == count:
            words = completed(parts, place, words)
        elif not own or _RATE_ALONE.fullmatch(own):
            told = self._topic or self._grew_before(figure)
            if not told:
                return Name("", at, at)
            words = told + (words or ("" if _RATE.search(told) else self._rate))
        return Name((words + self._text[at:end])[:_LONGEST], start if start < stop else at, figure.number.tail, count > 1 and len(parts) != count)

    # -- the words before the number ---------------------------------------------------------------------------

    def _before(self, figure: Figure) -> tuple[int, int]:
        """The span of the indicator before the number; empty if it is not named there."""
        number, rule = figure.number, figure.rule
        growth = rule.kind in {"growth", "change"} and rule.id != "amount-new"
        start, end = figure.begin, number.lead if figure.place[0] == 0 else figure.first
        if rose := _ROSE_FROM.search(self._folded, start, end):
            end = rose.start()  # 种群从2007年调查时的89种增至175种
        elif turned := _TURNED.search(self._folded, start, end):
            end = turned.start()  # 交货值由8月份的下降转为增长3.8%
        if self._folded[number.lead - 1 : number.lead] == "等":
            behind = trim_after(self._reader, self._folded, number.tail, figure.behind, whole=False)
            if behind[0] < behind[1] and not _CAME.match(self._folded, behind[0]):
                return number.lead, number.lead  # what stands before is a list of examples
            end -= 1
        if (revised := _REVISED.search(self._folded, start, end)) is not None:
            end = revised.start()  # 增速预期下调0.3个百分点至1.5%
        if number.kind == "times" and rule.kind == "level" and (like := _TIMES_OF.search(self._folded, start, end)):
            end = like.start()  # 产值是2013年协同发展前的1.8倍
        if growth and (like := _LIKENED.search(self._folded, start, end)):
            end = like.start()  # 揽收量与去年春节相比增长5%
        if told := _TOLD.search(self._folded, start, end):
            start = told.end()
        start, end = self._trimmed(start, end, growth)
        if number.kind == "time" and _ROUTE.match(self._folded, start, end):
            return start, end
        if (named := self._subjects.last_end(start, end)) > start:
            if bracket := _BRACKET.match(self._folded, named, end):
                named = bracket.end()  # 中欧班列（某地）累计开行
            start, end = self._trimmed(named, end, growth)
            self._topic = ""  # 项目总投资 is of the project, not of the figure before
        if rule.kind == "rank":
            if row := _ROW_END.search(self._folded, start, end):
                end = row.start()  # 茶叶产量连续9年排全国第一
            # 工业投资总量位居全市第二
            if cut := self._reader.rank_end.search(self._folded[start:end]):
                end = start + cut.start()
            start, end = self._trimmed(start, end, False)
        return start, end

    def _with_more(self, start: int) -> int:
        """Where a name begins that says nothing by itself (项目, 消费), with what stands right before it: “四上”单位, 带动消费."""
        if self._folded[start - 1] == "”":
            return max(self._folded.rfind("“", self._start, start), self._start)
        named = self._subjects.around(start - 1, start)
        if named is not None and named.end == start and named.type != "Area":
            return named.start  # 甲工程项目
        return start - 2 if self._folded.endswith(("带动", "拉动", "撬动"), self._start, start) else start

    def _before_time(self, figure: Figure, start: int) -> tuple[int, int] | None:
        """What stands before a time that parts the name: 汽车 in 汽车3月份产销增长15.3%."""
        if (parted := self._parted(figure, start)) is None:
            return None
        first, last = parted
        if not 2 <= last - first <= 12 or self._subjects.last_end(first, last + 2) > first:
            return None
        return None if _NO_NOUN.search(self._folded[first:last]) else parted

    def _parted(self, figure: Figure, start: int) -> tuple[int, int] | None:
        """The words right before a time that ends at `start`, of something that grew."""
        if figure.begin >= start or figure.rule.kind not in {"growth", "change"}:
            return None
        at = bisect_right(self._time_starts, start) - 1
        if at < 0 or self._times[at].end != start or self._times[at].role == "base" or self._times[at].start <= figure.begin:
            return None
        first, last = trim_before(self._reader, self._folded, figure.begin, self._times[at].start, False)
        return (first, last) if last == self._times[at].start else None

    def _trimmed(self, start: int, end: int, growth: bool) -> tuple[int, int]:
        opening = start
        while True:
            old = start, end
            start, end = trim_before(self._reader, self._folded, *self._without_times(start, end, growth), growth)
            if start >= end and (time := self._last_time(opening, old[1])):
                # 收入是2019年的1.5倍: what is measured stands before the time.
                return trim_before(self._reader, self._folded, opening, time.start, growth)
            if (start, end) == old or start >= end:
                return start, end

    def _said_then(self, start: int, end: int) -> int | None:
        """Where in the words behind a number a time begins at which something is done: 16个部门日前联合印发了…; None if none does."""
        for time in self._times[bisect_left(self._time_starts, start + 2) :]:
            if time.start >= end:
                return None
            if time.role in {"vague", "now", "day"}:
                said = _SAID.search(self._folded, start + 2, time.start)
                return said.start() if said else time.start
        return None

    def _is_time(self, start: int, end: int) -> bool:
        at = bisect_right(self._time_starts, start) - 1
        return at >= 0 and end <= self._times[at].end

    def _last_time(self, start: int, end: int) -> Time | None:
        at = bisect_left(self._time_starts, end) - 1
        return self._times[at] if at >= 0 and self._times[at].start > start else None

    def _without_times(self, start: int, end: int, growth: bool) -> tuple[int, int]:
        """`start:end` cut after the last date in it, and before a duration at its end (连续12年)."""
        for time in self._times[bisect_left(self._time_starts, start) :]:
            if time.start >= end:
                break
            if time.end >= end and time.role != "vague" or time.role == "base" and growth and time.start >= start:
                return start, time.start
            if time.role not in {"run", "vague"}:
                start = max(start, time.end)
        return start, end

    # -- one name out of both sides ----------------------------------------------------------------------------

    def _shared_by(self, figure: Figure, start: int, end: int) -> str:
        """The name of its own for one of several values: 光伏电池、汽车产量分别增长53.2%、22.5%; "" if there is none."""
        place, count = figure.place
        if count < 2:
            return ""
        parts = _PARTS.split(self._folded[start:end]) if start < end else []
        if len(parts) > count == len(paused := self._folded[start:end].split("、")):
            parts = paused  # 甲和乙进口量、丙出口量: 和 stands inside a member
        both = _TOWN_AND_COUNTRY.search(self._text, start, end) if count == 2 and len(parts) == 1 else None
        if both is not None and "分别" in self._folded[figure.clause : figure.first]:
            own = (("城镇", "农村") if both[1] == "乡" else ("城鎮", "農村"))[place]
            return self._text[start : both.start()] + own + self._text[both.start() + 2 : end]
        each = "分别" in self._folded[figure.clause : figure.number.lead]
        if each and self._topic and figure.number.kind == "points" and _TWO_BASES.search(self._folded, figure.begin, figure.first):
            return self._topic + ("" if _RATE.search(self._topic) else self._rate)  # 较一季度和去年四季度分别高2个、5个百分点
        if figure.rule.kind not in {"rank", "growth"} and not each and not (figure.rule.kind in {"level", "share"} and len(parts) == count):
            return ""
        if each and count == 2 and start < end and (made := _MADE_AND_SOLD.search(self._text, start, end)):
            whose = self._before_time(figure, start) or (start, start)
            return self._text[slice(*whose)] + self._text[start : made.start()] + made[1 + place] + (made[3] or "量")
        if each and (quoted := _QUOTED_LIST.search(self._folded, figure.begin, end)) and len(items := list(_QUOTED_ONE.finditer(quoted[1]))) == count:
            return self._text[quoted.start() + items[place].start() : quoted.start() + items[place].end()] + self._text[quoted.start(2) : end]
        first, _, rest = self._folded[start:end].partition("分别")
        if rest and first and self._subjects.names_exactly(start, start + len(first)):
            return self._text[end - len(rest) : end]  # 甲铁路、乙铁路分别发送旅客9万、16万人次
        if rest and not rest.startswith("占") and len(listed := _PARTS.split(first)) == count:
            done = "" if rest in {"新增", "净增"} else self._text[end - len(rest) : end]
            return self._joining(start, place) + completed(listed, place, self._text[start : start + len(first)]) + done
        if len(parts) == count:
            return self._joining(start, place) + completed(parts, place, self._text[start:end])
        if start < end:
            kinds = self._kinds_before(figure) if each else []
            if not kinds and each and len(parts) == 1:
                kinds = self._placed_apart(figure, start, count)
            own = self._text[start:end].removeprefix("分别").removeprefix("分別")
            if not kinds and each and own.startswith(("占", "佔")):
                whole = self._last_list if place else self._list  # 营业额、合同额分别占总额的53%和59%
                if len(whole) != count:
                    whole = self._levels[: len(self._levels) - place]
                return whole[place - count] + own if len(whole) >= count else ""
            return kinds[place] + own if kinds else ""
        if named := self._named_before(figure):
            return named[place]
        earlier = self._last_list if place else self._list
        running = place or _RUNNING.match(self._folded, figure.begin, figure.first)
        if each and len(earlier) == count and figure.rule.kind == "level" and running:
            return _CAME_TO_IT.sub("", without_new(earlier[place]))  # 甲、乙分别新增3家、8家，累计分别达到12家、40家
        if each and len(earlier) == count:
            return earlier[place]  # 分别增长5.4%、3.2%，比8月份分别加快0.9、1.1个百分点
        if each and len(self._levels) >= count:
            told = place if figure.rule.kind in {"level", "share"} else 0  # of this list, as _levels has them
            name = self._levels[len(self._levels) - told - count + place] if len(self._levels) >= told + count else ""
            return _CAME_TO_IT.sub("", without_new(name)) if running else name
        return ""

    def _joining(self, start: int, place: int) -> str:
        """The word that joins all partners of a list to its name: 对甲国、乙国进出口."""
        return self._text[start] if place and self._folded[start] == "对" else ""

    def _placed_apart(self, figure: Figure, start: int, count: int) -> list[str]:
        """What a name at `start` is told of, right before it: 对甲国、乙国进出口分别增长, 东部、西部地区投资分别增长, 收割机和拖拉机前7个月出口量分别增长."""
        begin = max(figure.clause, start - _APART_REACH)
        start -= 2 * self._folded.endswith("分别", begin, start)
        if regions := _REGIONS.search(self._folded, begin, start):
            ends = [part.end() for part in _REGION.finditer(self._folded, regions.start(), start)]
            tail = self._text[ends[-1] : start]
            return [self._text[end - 2 : end] + tail for end in ends] if len(ends) == count else []
        joined, first = "", start
        if found := _PARTNERS.search(self._folded, begin, start):
            joined, first, last = self._text[found.start(1) : found.end(1)], found.start(2), found.end(2)
        elif whose := self._parted(figure, start):
            first, last = whose
        if first == start or len(named := _PARTS.split(self._folded[first:last])) != count:
            return []
        ends = [first + sum(map(len, named[: at + 1])) + at for at in range(count)]
        return [joined + self._text[end - len(part) : end] for part, end in zip(named, ends)]

    def _clause_before(self, figure: Figure) -> tuple[int, int]:
        """The span of the clause before the one of a figure, in its sentence; empty if there is none."""
        stop = max(self._start, figure.clause - 1)
        return self._folded.rfind("，", self._start, stop) + 1 or self._start, stop

    def _named_before(self, figure: Figure) -> list[str]:
        """The names of a list in the clause before: 有色、电气机械等行业利润较快增长，分别增长12.7%、11.5%."""
        begin, stop = self._clause_before(figure)
        grew = _ALL_GREW.search(self._folded, begin, stop)
        if grew is None and (figure.clause != stop + 1 or not MEASURE_NOUN.search(self._folded, begin, stop)):
            return []
        if any(char.isdigit() for char in self._folded[begin:stop]):
            return []
        start, end = self._trimmed(begin, grew.start() if grew else stop, False)
        text, (listed, among, head) = self._text[start:end], self._folded[start:end].partition("等")
        parts = _PARTS.split(listed)
        if len(parts) > figure.place[1] == len(paused := listed.split("、")):
            parts = paused
        if len(parts) != figure.place[1]:
            return []
        return [with_head(parts, place, head, text) if among else completed(parts, place, text) for place in range(len(parts))]

    def _told_before(self, figure: Figure) -> str:
        """What the clause before opens with, which is part of what a share is of: 甲类贸易较快增长，占总额的43.9%; "" if nothing."""
        begin, stop = self._clause_before(figure)
        if (verb := _TELLS.search(self._folded, begin, stop)) is None:
            return ""
        return self._opening(begin, verb.start(), _LONG_NAME).removesuffix("占比").removesuffix("比重")

    def _grew_before(self, figure: Figure) -> str:
        """What the clause before says has grown: 山区旅游较快增长，增速高出全国2个百分点; "" if nothing."""
        begin, stop = self._clause_before(figure)
        if (grew := _ALL_GREW.search(self._folded, begin, stop)) is None:
            return ""
        return self._opening(begin, grew.start(), _CLAUSE_NAME)

    def _opening(self, begin: int, stop: int, most: int) -> str:
        """What the clause in `begin:stop` tells of, behind the thing that it names; "" if that is longer than `most` characters or holds a digit."""
        start, end = self._trimmed(begin, stop, False)
        if (named := self._subjects.last_end(start, end)) > start:
            start, end = self._trimmed(named, end, False)
        return self._text[start:end] if 2 <= end - start <= most and not any(map(str.isdigit, self._folded[start:end])) else ""

    def _kinds_before(self, figure: Figure) -> list[str]:
        """The members of a list in the clause before, of which one thing is told: 装饰品、葡萄酒等品类热销，销售额分别增长118%、90%."""
        begin, stop = self._clause_before(figure)
        listed, among, _ = self._folded[begin:stop].partition("等")
        parts = _PARTS.split(listed)
        if not among or len(parts) != figure.place[1] or any(char.isdigit() for char in listed):
            return []
        ends = [begin + sum(map(len, parts[: at + 1])) + at for at in range(len(parts))]
        return [self._text[end - len(part) : end] for part, end in zip(parts, ends)]

    def _fits_topic(self, number: Number) -> bool:
        """Whether a number may be of what was measured before: no minutes of what was weighed."""
        if "time" in {number.kind, self._topic_kind}:
            return number.kind == self._topic_kind
        if number.kind != "measure" or self._topic_kind != "measure" or number.unit == self._topic_unit:
            return True
        return {number.unit, self._topic_unit} <= _OF_MASS  # 总产量为3万吨，比上年增加2亿斤

    def _joined(self, figure: Figure, before: str, plain: str, after: str) -> str:
        """One indicator out of the words before the number (`plain`: folded) and those after it."""
        reader, number = self._reader, figure.number
        if after and figure.rule.id in _NAMES_ITSELF:
            return after
        if plain and figure.rule.kind == "level" and _PLACE_WORD.search(plain):
            plain = before = ""
            if not after:
                return ""
        if self._topic and plain in _ALSO_DONE and not after and number.unit == self._topic_unit:
            return before + without_new(self._topic)  # 新建梯田20万亩、改造5万亩
        if self._topic and plain == "新增" and not after and number.kind == "measure" and self._fits_topic(number):
            return self._topic + before
        if after and _CHANGED.fullmatch(after):
            after = ""  # 较上年的9323亿元增加4374亿元
        if plain and _THIS_FIGURE.fullmatch(plain):
            plain = before = ""  # 这个数字比去年增长50%
        if plain and self._topic and _CHANGED.fullmatch(plain):
            plain = before = ""  # 从2020年的3.7万亿元增长到2025年的4.9万亿元
        if self._topic and figure.rule.kind == "share" and (back := _BACK_TO.search(self._folded, figure.ahead, number.lead)):
            return self._topic + self._text[back.start() : back.end()]  # 恢复到去年同期的60%
        if plain and self._topic and self._of_topic(figure, plain):
            if self._topic.endswith(before) or plain == "占比" and self._topic.endswith("比重"):
                return self._topic  # 种植面积稳定在3亿亩，力争面积增加1万亩
            if _PART_OF_AREA.fullmatch(plain):
                return before + _PART_OF_AREA.sub("", self._topic)
            found = reader.generic.match(plain)
            if found and before[found.end() :] and self._topic.endswith(before[found.end() :]):
                return before  # 大部地区降温4℃，局地降温10℃
            if _LAST_MEASURE.fullmatch(plain) and (measured := _LAST_MEASURE.search(fold(self._topic))) and measured.start():
                return self._topic[: measured.start()] + before  # 茶叶种植面积30万亩，产量2万吨
            if plain.endswith("投资") and (works := _PROJECTS.search(fold(self._topic))) and works.end() < len(self._topic):
                if plain.startswith(works[0]):
                    return before  # 首批重大项目签约，38个项目总投资4000亿元
                return self._topic[self._topic.rfind("的", 0, works.start()) + 1 : works.end()] + before
            whole = plain.startswith("总") and not plain.startswith("总投") or _RUNNING.match(self._folded, figure.ahead, number.lead)
            return (without_new(self._topic) if whole else self._topic) + before
        if after and plain and self._folded[number.lead - 1 : number.lead] == "等" and _CAME.match(fold(after)):
            after = ""  # 代表、专家等700多人参加大会
        if after and plain and not self._names_thing(figure, plain, after):
            if figure.rule.kind == "share" and len(plain) <= _SHARE_OF:
                return before + after
            after = ""
        if not after:
            if not plain:
                if self._topic and _RUNNING.match(self._folded, figure.ahead, number.lead):
                    return without_new(self._topic)  # 新建绿道137公里、累计达到2136公里
                if self._topic and not self._fits_topic(number):
                    return ""
                if self._topic and self._rate and number.kind == "points" and self._faster(figure):
                    return self._topic + self._rate
                name = self._topic or self._known(figure)
                if figure.rule.kind == "rank" and self._topic and self._named_rate and not _RATE.search(self._topic):
                    return name + self._rate  # 零售总额增长4%、居全国第九
                counts = number.unit in _COUNTS_ITSELF and not _MEASURES.search(name)
                return name + (self._text[number.unit_start : number.end] if counts else "")
            if self._topic and plain.startswith("累计") and number.kind in {"count", "measure", "rank"} and reader.bare.fullmatch(plain):
                return without_new(self._topic)  # 新建高标准农田10万亩、累计建成90万亩
            if self._topic and number.kind == "count" and reader.bare.fullmatch(plain):
                return self._topic + before
            if not self._topic and figure.rule.kind == "share" and plain.startswith("占") and (part := self._told_before(figure)):
                return part + before
            return before
        if not plain or figure.rule.id == "people-of-a-land":
            return after
        if figure.rule.id == "share-of-behind" and len(plain) <= _CLAUSE_NAME:
            return before + after
        if figure.rule.id == "amount" and self._folded[number.tail : number.tail + 1] == "的" and _OF_A_THING.fullmatch(plain):
            # 总投资5亿元的乙项目
            return before if self._subjects.around(number.tail + 1, number.tail + 2) else _UNDER_WAY.split(after)[0] + before
        modifier = self._folded[number.lead - 1] == "的"
        if not modifier and (verb := reader.verb_end.search(plain)):
            return before[verb.start() :] + after
        if figure.rule.kind == "share":
            return before + after if len(plain) <= _SHARE_OF else before
        return before + after if len(plain) <= _SHORT and not modifier else after

    def _faster(self, figure: Figure) -> bool:
        """Whether it is the rate told before that changed: 出口增长3%，比上月加快1个百分点."""
        told = self._rate == "增速" and figure.rule.kind == "change" or _FASTER.search(self._folded, figure.ahead, figure.number.tail)
        return bool(told) and not _RATE_END.search(fold(self._topic))

    def _known(self, figure: Figure) -> str:
        """The last indicator of the table that the clause before names: 生产总值连跨4个台阶，2024年达到1.3万亿元; "" if none."""
        if figure.number.kind not in {"money", "percent", "points"}:
            return ""
        before, _ = self._clause_before(figure)
        found = [m.span() for m in self._reader.known.finditer(self._folded, before, figure.clause)]
        if not found:
            # 民生项目投资过半，达4364亿元
            start, end = trim_before(self._reader, self._folded, before, figure.clause, False)
            found = [(start, m.end()) for m in _MEASURE_NOUN_IN.finditer(self._folded, start, end) if 2 < m.end() - start <= _CLAUSE_NAME]
            if not found and (grew := _GREW.search(self._folded, start, end)) and 2 < grew.start() - start <= _CLAUSE_NAME:
                found = [(start, grew.start())]  # 客运市场增长较快，同比增速达到5.5%
        return self._text[slice(*found[-1])] if found else ""

    def _of_topic(self, figure: Figure, plain: str) -> bool:
        """Whether the words before only go on with what was measured before: 总量, 占比, 占全区比重, 高于全国."""
        if figure.number.kind == "money" and self._topic_kind != "money" and (invested := _INVESTED.match(plain)):
            # 全长24公里，总投资460亿元; but 签约项目12个、总投资80亿元
            return self._topic_kind == "count" and invested.end() == len(plain) and _PROJECTS.search(fold(self._topic)) is not None
        found = self._reader.generic.match(plain)
        if plain == "年" or plain.startswith("占") or found and len(plain) - found.end() <= 3 and not plain.startswith("规模以上"):
            return True
        return figure.rule.indicator == "last" and _COMPARED.match(plain) is not None

    def _names_thing(self, figure: Figure, plain: str, after: str) -> bool:
        """Whether the words behind the number name the thing counted, although words before it could."""
        reader, number = self._reader, figure.number
        behind = self._folded[number.tail : number.tail + 6]
        money = number.kind in {"money", "measure"}
        if behind.startswith("的") and (
            len(plain) < 2 or self._folded[number.lead - 1] == "了" or reader.verb_end.search(plain)
        ):
            money, behind = False, behind[1:]  # 找到400多万元的启动资金
        if figure.rule.id == "share-of-behind":
            return True
        if money and number.kind == "money" and not behind.startswith("的") and reader.money_end.search(plain):
            return False
        if after and number.kind == "count" and _CAUSED.search(plain) and _CAUSED_TO.match(behind):
            return True
        if not reader.not_noun.match(behind) and len(after) >= 2 and not (money and reader.verb_start.match(behind)):
            return True
        said_again = behind.startswith(("同比", "比", "较", "以上", "左右"))
        return reader.bare.fullmatch(plain) is not None and not said_again and figure.rule.kind != "share"
