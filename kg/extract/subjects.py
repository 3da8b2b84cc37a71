"""Whose figure it is: the body, project or place named with the number, else what the passage is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, islice, pairwise

from kg.extract.mentions import NATION, MentionRef
from kg.extract.named_again import AgainNamed
from kg.model import Sentence

_BEARERS = frozenset({"Area", "Body", "Project", "Event", "Policy"})
_PLACE_BEFORE = re.compile(
    r"(?:在|到|至|从|由|向|对|落户|位于|地处|坐落在|毗邻|紧邻|横跨|来自|与|和|经|往|及|、|围绕|根据|按照|以|为|于|据|不仅|不仅是|不仅仅是|占|占到|占到了|占了|比|随着|通过|“|《|全球|自|进口|出口|支援|援助|帮扶|输送|布局|途经|覆盖|辐射|惠及|联合|携手)$"
)
_SOURCE_AFTER = re.compile(
    r"(?:(?:最新|此前|日前|近日|近期|今天|今日|昨天|昨日|\d{1,2}日)(?:（[^）\n]{1,8}）)?|对外|联合|正式)*(?:发布|公布|表示|介绍|消息|数据|获悉|统计|要求|提出|出台|印发|批准发布|透露|披露|通报|监测|说|指出|强调|称(?![号为赞之])|证实|决定|认为|明确|报道|预测|估计|警告|预计，|、)|[^，。]{0,8}(?:监测，|数据显示|介绍|表示|获悉|显示|发现|认为|预测|测算)|[^，。]{0,14}举行[^，。]{0,6}发布会|[^，。]{0,4}发布会"
)
# Who speaks for it: 甲国某会主席李四17日在会上表示.
_SPOKEN_FOR = re.compile(
    r"(?:[^，。；]{0,6}(?:主席|总理|总统|行长|总裁|主任|局长|部长|司长|会长|秘书长|负责人|发言人|顾问|专家|分析师|官员|议员|董事长|首席|院长)[^，。；]{0,30}?|等(?:\d+|[一二两三四五六七八九十]+)(?:个|家)?(?:部门|单位|机构)(?:近日|日前)?(?:联合)?|(?:在|于)?(?:当天|\d{1,2}日)|与[^，。；]{2,16}(?:联合|共同))(?:印发|发布|公布|表示|称|说|指出|认为|强调|介绍|预测|预计|同(?=[^，。；]{2,12}座谈))"
)
# Between a place and the nearer one: 甲国西南部乙省, 甲国首都乙城.
_PART_OF = re.compile("[东西南北中]{1,2}部(?:的|城市)?|(?:[东西南北中]{1,2}部)?(?:首都|首府|城市|城镇|重镇|小镇)")
_ONE_OF_MANY = re.compile(r"(?:依然|继续|仍)?(?:为|是|保持)(?:我国|中国|全国)")  # 甲国继续为我国最大贸易伙伴
_HARM = re.compile("死亡|受伤|遇难|伤亡|失踪|丧生|身亡|流离失所|死伤")
# 甲高铁是国家“乙”铁路网的骨干，线路全长…: not what it is a part of.
_IS_ONE_OF = re.compile(r"(?<![这那])(?:是|作为|系)(?:国家|我国|全国|全省)?[“《]?$")
_COUNTED = re.compile(r"\d[多余]?个$")  # 来自31个非洲国家的艺术家
_ONE_OF_IT = re.compile(r"[”》]?[^，。；]{0,12}(?:之一|骨干|标志性|控制性|关键|重要|组成部分|连接线|重点|配套|子项目)")
_STRIKES = re.compile("[对向]$")
_STRUCK_REACH = 120  # characters: every figure of the dead looks back so far, at each place
_ATTACK = re.compile("(?:发射|发动|展开|实施|进行)了?[^，。；]{0,14}(?:导弹|袭|击|炸|搜捕|行动)|[空突]袭|袭击|轰炸|炮击")
_FIGHTS = re.compile("(?:军|军队|军方|部队|武装|组织|联盟|公约)$")
_AT = re.compile(r"[，。；：说称示道]?(?:而)?(?:在|来到|走进)")
_SCOPE_AFTER = re.compile(r"[^，。；、]{0,6}(?:第[一二三四五六七八九十\d]+(?![个条座家批次届期大])|首位|榜首|前列|比重|占比)")
# What is told after "the meeting was held" is seldom about the meeting; of fairs and games it is.
MEETING = re.compile(r"(?:推进会|座谈会|发布会|吹风会|通气会|记者会|动员会|现场会|研讨会|仪式|全会|会议|党代会|两会|[一二三四五六七八九十]大|(?:推进|签约|开工)活动)$")
_HELD_AFTER = re.compile(r"[^，。；]{0,10}(?:举行|召开)")
_MADE_BY = re.compile(r"(?:共)?(?:组织|主办|举办|承办|排定|发布|推出|认定|管辖|拥有|建设|运营|管理)的(?:[^，。；、的\d]{2,8}的)?")
_HOSTS_AFTER = re.compile(r"等?(?:[^，。；、]{0,4}(?:部门|单位|机构))?(?:联合|共同)?(?:主办|承办|协办|举办)(?:、承办|、协办)?(?:的(?!\d)|，)")
_MADE_THERE = re.compile(r"(?:拍摄|研制|研发|生产|制作|设计|推荐|评选|提供|发布|发起|主办|承建)")  # 12幅紫金山天文台拍摄的底片
_OPENING = re.compile(
    r"(?:[^，。；]{0,8}[，：])?(?:新建|在建的?|目前|今天|昨天|其中|截至目前|[东西南北中]{1,2}部|同时|近日|日前|此外|另外|据介绍|已|是|仅|并|使|让|将|把|经|本届|本次|此次|这届|[^，。；]{0,8}(?:年|\d月份?|季度)|(?:地处|位于|坐落在|坐落于)[^，。；]{1,14}?的|的|在|[一二三四五六七八九十]是|——|“|《)*+"
)
# Folding leaves 隨著 as 随著: 著 is a word of its own.
_ASIDE = re.compile(r"(?:随[着著]|针对|围绕|根据|按照|为了|依托|通过(?:深化|推进|实施|开展|推动|落实|完善))[^，。；]*$")
# 在某医院病房，40名医护人员…: who is there belongs to it.
_WITHIN = re.compile(
    r"(?:[^，。；的]{0,4}(?:病房|候车[厅室]|候机[厅楼]|急诊科|车间|实验室|机房|指挥中心|控制室)|(?:的)?(?:施工|建设|项目|作业|生产)现场|工地|(?:服务|办事|业务)?大厅|展厅|园区)[内里]?，"
)
_HAS_PARTS = re.compile(r"》[^，。；]{0,4}?(?:共|分为?|全文|由|包括|包含|涵盖|明确|提出|推出|部署)[^，。；《、]{0,6}?(?=[\d一二三四五六七八九十])")  # 《条例》共八章66条
_SCENE = re.compile(r"(?:记者一?|目前|今年|近日|日前|这几天|连日来)?，?(?:在|走进|来到)")
_REGION = re.compile(r"(?:[^，。；]{0,14}(?:省份|地区|一带|境内|城市|农村|山区|沿海))，")  # 在甲国南部受灾严重的11个省份，
_LOCAL = re.compile(r"(?:^|[，。])(?:[今去]年|目前|近年来|现在)?，?(?:当地(?!时间)|这里(?:共|现|已)?有)", re.MULTILINE)
_AND_OTHERS = re.compile(
    r"(?:[东西南北中]{1,2}部|大部)?等(?:(?:多?地|省份?|省市|省区)(?!区)|\d{1,3}[多余]?[个座](?:重点|大中|主要)?(?:城市|省份|省区市|省区|国家|地区|省|县)(?!的|和地区))"
)
_STOPS = re.compile(r"[，。；、\d一二三四五六七八九十]")
# What is measured of areas and of the country only, and so never of a project that was spoken of before.
_OF_AREAS = re.compile(r"规模以上|规上|生产总值|零售总额|进出口总|居民|城镇|常住人口|人均|服务业|社会消费|消费品|用电量|粮食产量|播种面积|价格指数|CPI|全行业|财政|失业率|新增就业|参保|城镇化|森林覆盖率|优良天数|空气质量|物价|固定资产投资|[农工业]增加值")
_AFTER = 24  # characters behind a name that tell what part it plays
_BEGUN = re.compile(r"(?:全面|正式|组织|先后)?(?:启动|实施|推进|开工|建设|建成)了?")
_LINK = re.compile(r"”?(?:今天|昨天|今日|昨日|(?:19|20)\d\d年|[上下]半年|[一二三四]季度|前[两二三]季度|\d{1,2}月份?|全球|共|已经|已|累计|的|将|全年|今年|去年|还|也|现有|仍有|共有|已有|仍|曾|一度|现|目前|预计|年|平均|总|国内|首次|地区|辖区)*+")
# What is said of the whole country: 我国…, 2022年全国…; not 全国第一, 全国统一, 居全国前列.
_NATION = re.compile(
    r"(?:(?<=[，。；：！？\n　 ])|^|(?<=显示)|(?<=表示))(?:其中|截至|从|在|随[着著]|[^，。；：！？\n]{0,12}(?:[年月日末底份季度前时看内间]|目前|以来|至今)){0,3}"
    r"(我国|国内(?!生产总值|首|外|最|第)|全国(?!第|首|最|前|一|统|范围|唯|人大|政协|人民|两会|平均|先进|劳|文明|百|性|领先|重(?!点(?:零售|企业|行业|城市|地区|领域|商圈|流通|监测|物流))|知名|各地|的[一二三四五六七八九十\d]))",
    re.MULTILINE,
)
_NATION_WORD, _BREAK = re.compile("我国|国内|全国"), re.compile(r"[，。；：！？\n]")  # what _NATION needs, what it does not reach over
_TO_LAST_BREAK = re.compile(rf"(?s:.*){_BREAK.pattern}")
# 优化全国5000多个服务中心
_NATION_COUNTS = re.compile(r"(?<=[^，。；：！？\n　 占居选在自前列于出过])全国(?=[近超约]?\d)")
# An organ of the whole country that is named as a source tells of the country.
_NATIONAL = re.compile(r"“?(?:国家|国务院|全国|中央|中国(?!.*(?:公司|集团|大学))|.{2,8}(?:[^司支总]部|总署|总局)$)|.*“?十[一二三四五六]五”?全国")
# What will be once something is built is told of what is built: 届时, 建成后.
ONCE_BUILT = re.compile(r"(?:届时|(?:建成|投产|达产|投用|投运|通车|开通|贯通|启用|竣工|完工|运营|落地)(?:以后|之后|后))[^。；]{0,60}$")
# A place inside a name that was not found: 国家甲市中心每天处理….
_NAME_GOES_ON = re.compile(r"以[东西南北]|(?:研究|数据|创新|计算|测控|服务)?中心(?!城|区)|大学|学院|公司|集团|银行|医院|电视台|天文台|植物园|博物馆")
_OF_A_POLICY = re.compile(r"”?(?:沿线|共建国|共建伙伴|相关|示范村|示范县|其他|成员国|协定)")  # “一带一路”沿线国家进出口
_BUILT_REACH = 400  # characters
_NOW_AGAIN = re.compile(r"目前|现已|已经|今年以来|截至|累计")
_ORGAN = re.compile(r"(?:部|委|委员会|总局|总署|办公室|新闻办|署|局)$")
_SAYS = re.compile(r"以及|来自|还有|说|介绍|表示|指出|强调|告诉|认为|宣布|透露|主持|报告|要求|同志|总书记|主席|总理|等")
_SINCE_IT_BEGAN = re.compile(r"[》”]?(?:期间|前夕|假期|假日|小长假|(?:自|从)?(?:(?:20\d\d年)?(?:\d{1,2}月)?)?(?:召开|实施|生效|施行|启动|发布|印发|出台|开展)*(?:[一二两三四五六七八九十]年(?:多)?)?(?:以来|来，))")
_GOES_THROUGH = re.compile(r"(?:累计|的)?(?:进出口|出入境|进出境|出口|进口|运输|发运|往来)")  # 经某口岸进出口总值
_ONLY_COMPARED = re.compile(r"[”》]?(?:不同|相比|类似|一样)，")  # 与此前的甲型飞船不同，…
_BEST_OF = re.compile(r"(?:目前|境内|历史上)?(?:首[个条座家艘次]|第[一二三]|最|唯一)")  # 该线是某国第一条时速350公里的高铁
_WINS = re.compile(r"[^，。；]{2,30}?(?:获得|荣获|入选|获评|获颁|摘得|斩获|喜获|入围|上榜)了?[“《]?")
_EACH = re.compile(r"分别|(?<![首成古国花])[均都皆](?![衡价质])")
_AT_EVENT = re.compile(r"[”》]?(?:活动|现场|大赛|比赛)?(?:上|中|首日|当天)，")
_GOES_ON = re.compile(r"[ 　]*(?:另外|此外|与此同时|同时)，")
_BEGINS = re.compile(r"(?:启动|召开|举行|举办|下达|部署|发布|印发|出台|推出|开展|组织|公布|制定)(?:实施)?(?:了)?[^，。；]{0,24}$")
# Who came to a gathering; what was done while it lasted.
_ATTENDS = re.compile(r"[^，。；]{0,24}?(?:(?:参加|出席)(?=$|[，。；了会活论开此本现仪颁大研])|与会|参会|参展|作了?(?:交流)?发言|欢聚|齐聚|汇聚一堂)(?:会议)?")
_ZONE = re.compile(r"(?:试验区|示范区|开发区|新区|高新区|园区|合作区|科学城|科技城|产业园|港区|农谷|硅谷|高地|综保区|保税区|集聚区|先行区|集结中心)$")
_HELD_NEAR = re.compile(r"[^，。；]{0,30}(?:举行|召开|开幕|闭幕)")
_HOLDS = re.compile(r"(?:举行|召开)了?[“《]?$")
_MEETING_REACH = 300  # characters
_WHILE_IT_LASTED = re.compile(r"(?:[会展节季周坛赛]|活动)期间，")
_CONSISTS = re.compile(r"(?:主要|共|将|并)*(?:涵盖|包括|包含|涉及|分为|列出|囊括)")
_FIRST_OF_ITS_KIND = re.compile(
    r"(?:我国|国内|全国|全球|世界|亚洲|[全我][省市区县])?(?:目前|单体)*(?:首[个座条艘台家款架套列批]|最[大长高深](?:的|跨度的?|规模的?)?|第[一二三]大|规模最大的?|在建|新建)?"
)
_TRADES = re.compile("进出口|出口|进口|贸易|投资")
_STOPS_CLAUSE = re.compile(r"[，。；：]")
_BARE_VERB = 4  # characters of a clause that only goes on: 达到, 约为
_ROUTE_END = 8  # characters of the country before a town: 至甲国乙城
_TOGETHER = frozenset({"、", "和", "与", "及", "以及"})
_NOWHERE = ""  # the subject of such a mark: none


def _turns_to_nation(folded: str) -> Iterator[tuple[int, int]]:
    """The spans of _NATION, looked for only in the clauses that hold one of its words: few do."""
    at, clause = 0, 0
    while word := _NATION_WORD.search(folded, at):
        clause = before.end() if (before := _TO_LAST_BREAK.match(folded, clause, word.start())) else clause
        found = _BREAK.search(folded, word.end())
        at = found.start() if found else len(folded)
        yield from (match.span(1) for match in _NATION.finditer(folded, clause, at))


class SubjectReader:
    """Remembers, passage by passage, what the figures are about."""

    def __init__(
        self, folded: str, mentions: Sequence[MentionRef], topics: Mapping[int, str | None], report: bool
    ) -> None:
        self._folded = folded
        self._all = list(mentions)
        self._all_starts = [m.start for m in mentions]
        self._mentions = [m for m in mentions if m.type in _BEARERS]
        if not report:
            ours = [m for m in self._mentions if m.type != "Area" or not self._is_home(m)]
            self._mentions = sorted([*ours, *self._national(mentions)])
        self._starts = [m.start for m in self._mentions]
        home = {m.entity for m in mentions if m.type == "Area" and self._is_home(m)}
        self._topics = {index: None if topic in home else topic for index, topic in topics.items()}
        self._report = report
        self._again_named = AgainNamed(folded, self._between)
        self._again: tuple[int, MentionRef | None] = (-1, None)  # where the kind of something named before was last taken up
        self._told: tuple[int, int, list[MentionRef]] = (-1, -1, [])  # see _named_before
        self._passed: dict[tuple[MentionRef, int], bool] = {}  # each figure of a sentence asks of all that is named before it

    def _is_home(self, mention: MentionRef) -> bool:
        return self._folded[mention.start : mention.end] == "中国"

    def _national(self, mentions: Sequence[MentionRef]) -> list[MentionRef]:
        """The places at which a text turns to the whole country."""
        folded = self._folded
        marks = [MentionRef(*span, _NOWHERE, NATION) for span in _turns_to_nation(folded)]
        marks += [MentionRef(m.start(), m.end(), _NOWHERE, NATION) for m in _NATION_COUNTS.finditer(folded)]
        reach = list(accumulate((m.end for m in mentions), max, initial=0))  # of the mentions before each
        marks = [m for m in marks if reach[bisect_right(self._all_starts, m.start)] < m.end]
        marks += [m._replace(type=NATION) for m in mentions if m.type == "Area" and self._is_home(m)]
        for mention in mentions:
            if mention.type not in {"Body", "Policy"} or not _NATIONAL.match(folded, mention.start, mention.end):
                continue
            if _SOURCE_AFTER.match(folded[mention.end : mention.end + _AFTER].lstrip("》”")):
                marks.append(MentionRef(mention.end, mention.end, _NOWHERE, NATION))
        return marks

    def _between(self, start: int, end: int) -> list[MentionRef]:
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def names(self, start: int, end: int) -> bool:
        """Whether `start:end` names anything that could have figures, or turns to the country."""
        return bool(self._between(start, end))

    def last_end(self, start: int, end: int) -> int:
        """Where the last subject in `start:end` ends that has words of the clause behind it; `start` if there is none.

        Inside a clause only a place is one (青岛海关共监管上合示范区到发班列): 提供公办幼儿园学位 is about places at school.
        """
        for mention in reversed(self._between(start, end)):
            if mention.type == NATION or self._folded[mention.end] == "》":
                continue  # 《条例》共八章66条: what is counted are its own parts
            if _NAME_GOES_ON.match(self._folded, mention.end) or mention.type == "Policy" and _OF_A_POLICY.match(self._folded, mention.end) or self._folded[mention.start - 1] == "“" and self._folded[mention.end] != "”":
                continue  # “上海标准”
            if self._folded[start : mention.start].endswith(("到", "至")) and self._folded[mention.end] == "的":
                return start  # 乙市到甲市的时间
            if self._is_partner(mention, start, end):
                continue  # 对甲国出口额
            listed = self._folded[mention.start - 1] in "、和与" and self.names_exactly(start, mention.start - 1)
            if mention.end <= end - 2 and (mention.type == "Area" or listed or self._opens(mention, start)):
                part = self._folded[mention.start - 1] in "占比" or self._folded.endswith("相当于", start, mention.start)
                return start if part else mention.end
        return start

    def _is_partner(self, mention: MentionRef, start: int, end: int) -> bool:
        """Whether trade with an area is told of, which belongs to the name."""
        before = self._folded[start : mention.start].rstrip("“")
        trade = before.endswith(("对", "与", "同")) and _TRADES.search(self._folded, mention.end, end)
        return bool(trade) and "分别" not in self._folded[mention.end : end]

    def names_exactly(self, start: int, end: int) -> bool:
        """Whether start:end is the name of something that could have figures."""
        return any(m.end == end and m.type != NATION for m in self._between(start, start + 1))

    def is_name(self, start: int, end: int, listed: bool = False) -> bool:
        """Whether start:end is the name of a place and no more; `listed`: it may be the last of several (甲市、乙市分别增长…)."""
        if self._folded[start - 1 : start] in (("至", "到", "—") if listed else ("至", "到", "—", "、", "和", "与")):
            return False
        return any(m.type == "Area" and m.end == end for m in self._between(start, start + 1))

    def _opens(self, mention: MentionRef, start: int) -> bool:
        before = self._folded[start : mention.start]
        return _OPENING.fullmatch(before) is not None and not (self._report and before.endswith("新建"))  # there it is done, not named

    def around(self, start: int, end: int) -> MentionRef | None:
        """The mention inside which start:end stands, whatever its class."""
        at = bisect_right(self._all_starts, start) - 1
        for mention in self._all[max(0, at - 3) : at + 1]:
            if mention.start <= start and end <= mention.end:
                return mention
        return None

    def of_person(self, sentence: Sentence, at: int) -> bool:
        """Whether a number at `at` tells of a person: 种粮大户某某今年新流转了1000亩耕地; not what somebody only says or leads."""
        named = self._all[bisect_left(self._all_starts, sentence.start) : bisect_left(self._all_starts, at)]
        last = next((m for m in reversed(named) if m.end <= at and m.type != "Policy"), None)
        if last is None or last.type != "Person":
            return False
        return not _SAYS.search(self._folded, last.end, at) and self._folded[last.end : last.end + 1] not in "、和与"

    def of(self, sentence: Sentence, clause: int, at: int, indicator: int, behind: tuple[int, int]) -> str | None:
        """The entity a number at `at` is about.

        Its clause begins at `clause`, the name of its indicator at `indicator`; `behind` is the span after the number.
        """
        if built := self._built(sentence, at):
            return built.entity
        if not self._report and (won := self._won(behind)):
            return won.entity
        named = self._behind(behind) or self._ahead(sentence, clause, at, indicator, behind[1])
        if not self._report and _HARM.search(self._folded, indicator, behind[1]):
            if struck := self._struck(sentence, at):
                named = struck
            elif named is not None and (named.type == "Body" or self._leads(named)):
                named = self._where(sentence, at)  # the dead are of the place, not of those who fight or tell
        if named is not None and (named.start >= clause or self._report or not self._is_of_areas(named, indicator, at)):
            return named.entity or None
        if self._report:
            return self._topics.get(sentence.index)
        carried = (self._last_scene(sentence) if _LOCAL.search(self._folded, sentence.start, at) else None) or self._passage(sentence)
        if carried is not None and (self._is_of_areas(carried, indicator, at) or self._is_aim(carried)):
            carried = None
        if carried is not None and carried.type == "Body" and _HARM.search(self._folded, indicator, behind[1]):
            carried = self._where(sentence, at)
        if carried is not None:
            return carried.entity or None
        return self._topics.get(sentence.index) or self._since_begun(sentence, at)

    def _since_begun(self, sentence: Sentence, at: int) -> str | None:
        """What is under way since it began, where nothing else is named: 某督察自2019年启动以来，已完成任务1275项."""
        told = (m for m in self._between(sentence.start, at) if m.type in {"Event", "Policy"} and _SINCE_IT_BEGAN.match(self._folded, m.end))
        return next((m.entity for m in told if not MEETING.search(self._folded, m.start, m.end)), None)

    def _where(self, sentence: Sentence, at: int) -> MentionRef | None:
        """The place that the sentence names before `at`, else the one that its paragraph names first."""
        start = self._folded.rfind("\n", 0, sentence.start) + 1
        areas = [m for m in self._between(start, at) if m.type == "Area" and not self._leads(m)]
        here = [m for m in areas if m.start >= sentence.start]
        return self._nearest(here or areas) if areas else None

    def _struck(self, sentence: Sentence, at: int) -> MentionRef | None:
        """The place that is attacked in a sentence before `at`: 甲国对乙国首都丙城发射导弹，造成5人死亡."""
        areas = [m for m in self._between(max(sentence.start, at - _STRUCK_REACH), at) if m.type == "Area"]
        for mention in reversed(areas):
            if _STRIKES.search(self._folded, max(sentence.start, mention.start - 4), mention.start) and _ATTACK.search(self._folded, mention.end, at):
                return self._nearest([m for m in areas if m.start >= mention.start])
        return None

    def _leads(self, area: MentionRef) -> bool:
        """Whether an area only tells who fights, or leads others: 甲国军方, 以甲国为首的."""
        whole = self.around(area.start, area.end)
        fights = whole is not None and whole.type == "Body" and _FIGHTS.search(self._folded, whole.start, whole.end)
        return bool(fights) or self._folded.startswith(("为首", "军", "国防军"), area.end)

    def _is_aim(self, mention: MentionRef) -> bool:
        """Whether a policy is named only as what is carried out, without its marks: 深化结构改革."""
        if mention.type != "Policy" or self._folded[mention.start - 1] in "《“" or self._folded[mention.end] in "》”":
            return False
        return not self._opens(mention, self._clause_of(mention))

    def _clause_of(self, mention: MentionRef) -> int:
        """Where the clause with a mention begins."""
        line = self._folded.rfind("\n", 0, mention.start) + 1  # so that no mark that is rare is sought through the whole text
        return max(line, *(self._folded.rfind(mark, line, mention.start) + 1 for mark in "，。；：！？"))

    def _is_of_areas(self, mention: MentionRef, indicator: int, at: int) -> bool:
        """Whether what is measured is so of areas only, and a mention is none."""
        return mention.type in {"Project", "Policy", "Event"} and _OF_AREAS.search(self._folded, indicator, at) is not None

    def _built(self, sentence: Sentence, at: int) -> MentionRef | None:
        """The project that is spoken of before 届时 or 建成后, if a number at `at` tells what will be then."""
        found = ONCE_BUILT.search(self._folded, max(sentence.start, at - 80), at)
        if found is None or _NOW_AGAIN.search(found[0]):
            return None
        start = max(self._folded.rfind("\n", 0, sentence.start) + 1, found.start() - _BUILT_REACH)
        projects = [m for m in self._between(start, found.start()) if m.type == "Project"]
        return projects[-1] if projects and not any(m.type == "Project" for m in self._between(found.start(), at)) else None

    def _won(self, behind: tuple[int, int]) -> MentionRef | None:
        """The honour that those counted received: 15名演员获得某奖."""
        found = _WINS.match(self._folded, *behind)
        if found is None:
            return None
        near = self._all[bisect_left(self._all_starts, found.end()) : bisect_left(self._all_starts, found.end() + 2)]
        return next((m for m in near if m.type == "Honor"), None)

    def sharing(self, start: int, end: int, subject: str | None) -> list[str]:
        """The entities named together with `subject` in `start:end`, in order: 杭州、宁波和温州; only itself if it stands alone."""
        inside = [m for m in self._between(start, end) if m.end <= end]
        at = next((i for i, m in enumerate(inside) if m.entity == subject), None)
        if at is None:
            return []
        chain = [inside[at]]
        for mention in inside[at + 1 :]:
            if mention.type == chain[-1].type and self._folded[chain[-1].end : mention.start] in _TOGETHER:
                chain.append(mention)
        for mention in reversed(inside[:at]):
            if mention.type == chain[0].type and self._folded[mention.end : chain[0].start] in _TOGETHER:
                chain.insert(0, mention)
        return [m.entity for m in chain]

    def _behind(self, behind: tuple[int, int]) -> MentionRef | None:
        """全长1.62公里的京雄大桥; 39个国务院安委会成员单位."""
        start, end = behind
        starts = [start]
        if start < end and self._folded[start] == "的":
            kind = _FIRST_OF_ITS_KIND.match(self._folded, start + 1)
            starts = [start + 1, kind.end() if kind else start + 1]  # 占地千亩的国内最大电池基地
        for mention in (mention for start in dict.fromkeys(starts) for mention in self._between(start, start + 1)):
            if mention.type in {"Project", "Body"} and mention.end <= end and not _MADE_THERE.match(self._folded, mention.end):
                return mention
        return None

    def _ahead(self, sentence: Sentence, clause: int, at: int, indicator: int, end: int) -> MentionRef | None:
        folded = self._folded
        inside = [m for m in self._between(sentence.start, at) if m.end <= at]
        here = [m for m in inside if m.start >= clause]
        if self._report:
            here = [m for m in here if m.type in {"Area", "Body", "Project"}]
            if folded[at - 1] == "等" and ("、" in folded[clause:at] or here and here[-1].end == at - 1):
                here = []  # 甲青砖茶、乙米酒等6个品牌: places of examples
        elif here and here[-1].end == at - 1 and folded[at - 1] == "等":
            examples = self.sharing(clause, at, here[-1].entity)
            here = here if len(examples) < 2 else [m for m in here if m.entity not in examples]  # 甲省、乙省等20个省份
        if not self._report and (again := self._again_named.find(sentence, clause, at, inside, here)):
            self._again = (at, again)
            return again
        for mention in here:
            if (made := _MADE_BY.match(folded, mention.end, at + 1)) and folded[made.end()].isdigit():
                return mention
        if here and folded[at] == "第" and folded[here[-1].end : at] in {"", "的"} and here[-1].type in {"Project", "Body"}:
            return here[-1]  # 这是某型火箭的第459次飞行
        if here and here[-1].end == at and here[-1].type == NATION:
            return here[-1]  # 持续优化全国5000多个服务中心
        if len(here) > 1 and "共" in folded[here[-1].end : at] and here[0].type in {"Project", "Body"} and self._opens(here[0], clause):
            together = self.sharing(clause, at, here[0].entity)
            if len(together) > 1 and not _SOURCE_AFTER.match(folded, here[-1].end):
                return here[0]  # 甲机场、乙机场共起降航班734架次
        if len(here) > 1 and _EACH.search(folded, here[-1].end, at):
            # 杭州、宁波分别增长4.7%、5.4%: the first stands for all; `sharing` tells the others.
            together = self.sharing(clause, at, here[-1].entity)
            first = next((m for m in here if m.entity == together[0]), None) if len(together) > 1 else None
            if first is not None and self._opens(first, clause):
                return first
        if not self._report and here and self._of_more(here[-1], clause, at):
            return MentionRef(here[-1].start, here[-1].end, _NOWHERE, NATION)
        for mention in reversed(here):
            if mention.end <= indicator and _LINK.fullmatch(folded, mention.end, indicator):
                # 青岛海关已监管中欧班列1459列: what stands right before its number is what is counted.
                counted = mention.end == at and mention.type == "Project" and len(here) > 1
                placed = (not self._report and not counted) or mention.type == "Area" or self._opens(mention, clause)
                if placed and not self._passing(mention, clause):
                    return self._nearest([m for m in here if m.start >= mention.start])
        opens = next((m for m in here if not self._passing(m, clause) and self._opens(m, clause)), None)
        opening = [m for m in here if opens is not None and m.start >= opens.start]
        if opening and opening[0].end <= max(indicator, clause):
            return self._nearest(opening)
        if self._report:
            # A report speaks of its area; a body that opens the sentence keeps the word: 甲集团要全力突围，力争营收….
            first = inside[0] if inside else None
            if first is None or first.type not in {"Body", "Area"} or not self._opens(first, sentence.start):
                return None
            if first.type == "Area" and not _ZONE.search(folded, first.start, first.end):
                return None
            return None if self._passing(first, sentence.start) else first
        if opening and opening[0].end < at:
            return self._nearest(opening)
        if gathering := self._gathering(sentence, at, end):
            return gathering
        # The clause names none: the subject of the clauses before it goes on.
        if inside and not here and (held := self._held(inside[-1], clause)):
            return held
        if not here and (apposed := self._apposed(inside)):
            return apposed
        if not here and (place := self._placed(inside, clause)):
            return place
        earlier = [m for m in inside if m.start < clause and not self._only_passing(m, sentence.start)]
        if all(m.type == "Policy" for m in earlier) and (scene := self._scene(sentence, inside)):
            return scene
        return self._going_on(sentence, earlier, clause, at) if earlier else None

    def _of_more(self, last: MentionRef, clause: int, at: int) -> bool:
        """Whether a number at `at` is of more places than are named, of which `last` is the last: 甲、乙、丙等地最高气温将达35℃."""
        if last.type != "Area" or not _AND_OTHERS.match(self._folded, last.end, at) or _EACH.search(self._folded, last.end, at):
            return False
        return len(self.sharing(clause, at, last.entity)) > 1

    def _gathering(self, sentence: Sentence, at: int, end: int) -> MentionRef | None:
        """The event that those counted at `at` came to, or that lasted when something was done: 展会期间，…."""
        attends = _ATTENDS.match(self._folded, at, end)
        if not attends and not _WHILE_IT_LASTED.search(self._folded, sentence.start, at):
            return None
        start = self._folded.rfind("\n", 0, sentence.start) + 1
        if attends and attends[0].endswith(("会议", "发言")):
            # The meeting that was held, of which the paragraph before may tell.
            told = reversed(self._between(max(0, start - _MEETING_REACH), at))
            return next((m for m in told if m.type == "Event" and (_HELD_NEAR.match(self._folded, m.end) or _HOLDS.search(self._folded, m.start - 4, m.start))), None)
        return next((m for m in reversed(self._between(start, at)) if m.type == "Event"), None)

    def _home_of(self, mentions: Sequence[MentionRef]) -> MentionRef | None:
        """The country where one of `mentions` names it, and not inside another name."""
        for mention in mentions:
            if mention.type == NATION and mention.entity:
                whole = self.around(mention.start, mention.end)
                if whole is None or whole.end - whole.start == mention.end - mention.start:
                    return mention
        return None

    def _apposed(self, inside: Sequence[MentionRef]) -> MentionRef | None:
        """What the clauses before name last, behind a dash and before a comma: 发现了我国首个大气田——某气田，探明储量…."""
        last = max(inside, key=lambda m: (m.end, -m.start), default=None)
        if last is None or last.type not in {"Project", "Body"} or self._folded[last.end : last.end + 1] != "，":
            return None
        dash = self._folded.rfind("—", 0, last.start)
        return last if dash >= 0 and dash + 1 >= min(m.start for m in inside if m.end <= last.end and m.end > dash) else None

    def _held(self, last: MentionRef, clause: int) -> MentionRef | None:
        """The fair at which something is shown: 在某馆举办的“特展”上，首次展出了12幅."""
        if last.type != "Event" or MEETING.search(self._folded, last.start, last.end):
            return None
        return last if _AT_EVENT.fullmatch(self._folded, last.end, clause) else None

    def _going_on(self, sentence: Sentence, earlier: Sequence[MentionRef], clause: int, at: int) -> MentionRef:
        """Of what the clauses before name, that of which a clause without a name goes on to tell with the number at `at`."""
        last = max(earlier, key=lambda m: (m.end, -m.start))
        if last.type in {"Policy", "Event", "Project"} and _CONSISTS.match(self._folded, clause):
            return last  # 三地公布“湾区标准”，涵盖25个领域
        begun = last.type in {"Policy", "Event"} and not MEETING.search(self._folded, last.start, last.end) and _BEGINS.search(self._folded, earlier[0].end, last.start)
        if len(earlier) > 1 and begun and not _STOPS_CLAUSE.search(self._folded, last.end, clause - 1):
            return last  # 某部启动试点工作，拟选1000所学校
        if at - clause <= _BARE_VERB:
            # 甲地区增速最高，达到45.7%
            before = max(self._folded.rfind(mark, sentence.start, clause - 1) + 1 for mark in "，；")
            if before and (opening := [m for m in earlier if m.start >= before]) and self._opens(opening[0], before):
                return self._nearest(opening)
        if earlier[0].entity == _NOWHERE and (named := self._home_of(earlier)):
            return named  # 统计局发布：中国制造业采购经理指数为52.6%，上升2.5个百分点
        return self._nearest(list(earlier))

    def _scene(self, sentence: Sentence, inside: Sequence[MentionRef]) -> MentionRef | None:
        """The place that a sentence opens with: 在山西运城，当地部门设立了31个服务站."""
        first = next((m for m in inside if m.type == "Area"), None)
        if first is None or not _SCENE.fullmatch(self._folded, sentence.start, first.start):
            return None
        place = self._nearest([m for m in inside if m.start >= first.start])
        return place if self._folded[place.end : place.end + 1] in "，的" else None

    def _last_scene(self, sentence: Sentence) -> MentionRef | None:
        """The place with which the last sentence opens that names one: 在乙市丙中心，玉米长势喜人。今年，当地采用…."""
        start = self._folded.rfind("\n", 0, sentence.start) + 1
        areas = [m for m in self._between(start, sentence.start) if m.type == "Area"]
        if not areas:
            return None
        begin = max(start, self._folded.rfind("。", start, areas[-1].start) + 1)
        areas = [m for m in areas if m.start >= begin]
        opens = _SCENE.fullmatch(self._folded, begin, areas[0].start)
        return self._nearest(areas) if opens else None

    def _placed(self, inside: Sequence[MentionRef], clause: int) -> MentionRef | None:
        """The place that the clause before is about: 据报道，在甲市，体感温度降到零下35摄氏度."""
        last = next((m for m in reversed(inside) if m.end == clause - 1 or m.end < clause and _REGION.fullmatch(self._folded, m.end, clause)), None)
        if last is None or last.type != "Area" or self._folded[clause - 1] != "，":
            return None
        start = self._clause_of(last)
        first = next(m for m in inside if m.start >= start)
        alone = first.type in {"Area", NATION} and len(self.sharing(start, clause, last.entity)) < 2
        return last if alone and _AT.fullmatch(self._folded, start, first.start) else None

    def _only_passing(self, mention: MentionRef, start: int) -> bool:
        """`_passing`, remembered."""
        if (mention, start) not in self._passed:
            self._passed[mention, start] = self._passing(mention, start)
        return self._passed[mention, start]

    def _passing(self, mention: MentionRef, start: int) -> bool:
        """Named only as a place, a source, a scope or a partner of what is told."""
        before = self._folded[max(start, mention.start - 4) : mention.start]
        after = self._folded[mention.end : mention.end + _AFTER]
        if mention.type == "Policy" and after.startswith("委员会"):
            return True
        if before.endswith("“") and after.startswith("”") and mention.type != "Policy":
            before, after = before[:-1], after[1:]
        if mention.type == NATION:
            return False
        if mention.type == "Project" and before.endswith(("经", "通过")) and _GOES_THROUGH.match(self._folded, mention.end):
            return False
        if mention.type in {"Project", "Body"} and before.endswith("在") and _WITHIN.match(self._folded, mention.end):
            return False
        if mention.type == "Policy" and before.endswith("《") and _HAS_PARTS.match(self._folded, mention.end):
            return False
        if mention.type == "Body" and (joint := self._joint(mention)) is not None:
            last = self._folded[joint.end : joint.end + _AFTER]
            return bool(_SOURCE_AFTER.match(last) or _SPOKEN_FOR.match(last) or _HOSTS_AFTER.match(last)) or _PLACE_BEFORE.search(before) is not None
        if _ONLY_COMPARED.match(after) or before.endswith(("是", "为")) and _BEST_OF.match(after):
            return True
        if mention.type == "Body" and _SPOKEN_FOR.match(self._folded, mention.end):
            return True
        if mention.type == "Event" and after.startswith(("等", "”等")):
            return True  # 举办某节等活动160项
        if mention.type in {"Event", "Policy"} and _SINCE_IT_BEGAN.match(self._folded, mention.end):
            return True
        if _ASIDE.search(self._folded[max(0, mention.start - 24) : mention.start]):
            return True
        if mention.type == "Event" and MEETING.search(self._folded, mention.start, mention.end) and _HELD_AFTER.match(after):
            return True
        told = (mention.type != "Event" or MEETING.search(self._folded, mention.start, mention.end)) and _SOURCE_AFTER.match(after)
        if mention.type == "Body" and _HOSTS_AFTER.match(self._folded, mention.end):
            return True
        if mention.type in {"Project", "Policy"} and _IS_ONE_OF.search(self._folded[max(start, mention.start - 10) : mention.start]) and _ONE_OF_IT.match(self._folded, mention.end):
            return True
        if mention.type == "Area" and (self._is_route_end(mention, start) or _COUNTED.search(before)):
            return True
        if mention.type == "Policy" and before.endswith(("新增", "释放")):
            return True  # 累计新增减税降费2万亿元
        return bool(_PLACE_BEFORE.search(before) or told or _SCOPE_AFTER.match(after))

    def _is_route_end(self, mention: MentionRef, start: int) -> bool:
        """Whether a place stands behind another to which a route leads: 成都至甲国乙城."""
        near = self._between(max(start, mention.start - _ROUTE_END), mention.start)
        return any(m.end == mention.start and m.type == "Area" and self._folded[m.start - 1] in "至到" for m in near)

    def _joint(self, mention: MentionRef) -> MentionRef | None:
        """The last of the organs that act together with one: 甲部、乙部再次下拨6亿元; None if it acts alone."""
        last: MentionRef | None = None
        at = mention.end
        while self._folded[at : at + 1] in {"、", "和"}:
            following = next((m for m in self._between(at + 1, at + 2) if m.type == "Body"), None)
            if following is None:
                break
            last, at = following, following.end
        return last

    def _nearest(self, mentions: list[MentionRef]) -> MentionRef:
        """Of 湖北武汉 the nearer one; of A主办的B, B."""
        best = mentions[0]
        for mention in islice(mentions, 1, None):
            if mention.start < best.end:
                # A name that another begins with (甲区 in 甲区政府), or one inside it.
                best = mention if mention.start == best.start and mention.end > best.end else best
                continue
            gap = self._folded[best.end : mention.start]
            counted = self._folded[mention.end : mention.end + 1] == "的" and self._folded[mention.end + 1 : mention.end + 2].isdigit()
            if gap and counted:
                break  # 常州排定的太湖治理的227个工程
            if gap in {"", "·", "“"} or mention.type == best.type == "Area" and _PART_OF.fullmatch(gap) or gap.endswith("之一——") or (
                len(gap) <= 9 and (gap.endswith(("的", "工程", "项目")) and not _STOPS.search(gap))
            ):
                best = mention
            else:
                break
        return best

    def _passage(self, sentence: Sentence) -> MentionRef | None:
        """What the paragraph has named first as its subject, None if it names none before the sentence."""
        start = self._folded.rfind("\n", 0, sentence.start) + 1
        if start > 1 and _GOES_ON.match(self._folded, start):
            start = self._folded.rfind("\n", 0, start - 1) + 1  # 另外，…: of what the paragraph before told
        if near := self._parallel(start, sentence.start):
            return near
        at, again = self._again
        if again is not None and start <= at < sentence.start and not self._between(at, sentence.start):
            return again
        named = self._named_before(start, sentence.start)
        if not named:
            return None
        first = self._nearest(named)
        turned = next((m for m in reversed(named) if m.type in {NATION, "Area"}), first)
        if first.type == "Area" and turned.type == NATION and not turned.entity:
            return turned  # of 安徽今年…。今年，我国… the last
        if first.type == NATION:
            if not first.entity and (home := self._home_of(named)):
                return home
            # 我国启动A工程。十年来累计投入…: what was begun is spoken of.
            begun = (m for n, m in pairwise(named) if n.type == NATION and m.type == "Project" and _BEGUN.fullmatch(self._folded, n.end, m.start))
            return next(begun, first)
        return self._place_of(first) if first.type in {"Policy", "Event"} else first

    def _named_before(self, paragraph: int, end: int) -> list[MentionRef]:
        """What a paragraph names before `end`, not in passing. Sentences come in order: each looks only at what is new."""
        begin, upto, named = self._told
        if begin != paragraph or upto > end:
            upto, named = paragraph, []
        named += [m for m in self._between(upto, end) if not self._passing(m, paragraph) and self._lasts(m)]
        self._told = (paragraph, end, named)
        return named

    def _lasts(self, mention: MentionRef) -> bool:
        """Whether what is named can be spoken of in the sentences after: no meeting and no organ of the country, of which seldom more is told."""
        if mention.type == "Body" and not self._report:
            return not (_NATIONAL.match(self._folded, mention.start, mention.end) and _ORGAN.search(self._folded, mention.start, mention.end))
        if mention.type == "Area" and not self._report and _ONE_OF_MANY.match(self._folded, mention.end):
            return False
        return mention.type != "Event" or not MEETING.search(self._folded, mention.start, mention.end)

    def _parallel(self, paragraph: int, end: int) -> MentionRef | None:
        """What the last of the statements that end in a semicolon before `end` opens with: 甲区建设提速；3家总部开工."""
        while end > paragraph and self._folded[end - 1] == "；":
            start = max(paragraph, *(self._folded.rfind(mark, 0, end - 1) + 1 for mark in "。；！？"))
            for mention in self._between(start, end):
                if mention.type in {"Area", "Body", "Project"} and self._opens(mention, start) and not self._passing(mention, start):
                    return mention
            end = start
        return None

    def _place_of(self, mention: MentionRef) -> MentionRef:
        """The area that the name of a policy or event begins with, if the text names it; else the mention itself."""
        name = self._folded[mention.start : mention.end]
        areas = [m for m in self._all if m.type == "Area" and not self._is_home(m) and name.startswith(self._folded[m.start : m.end])]
        return max(areas, key=lambda area: (area.end - area.start, -area.start), default=mention)
