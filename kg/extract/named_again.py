"""What a clause takes up again by its kind alone: 该项目, 林场, 本届展会, 全市."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.extract.mentions import NATION, MentionRef
from kg.model import Sentence

# Words that only lead in.
_LEADS_IN = re.compile(r"(?:[^，。；]{0,6}，)?(?:目前|现在|如今|今年|届时|预计|据介绍|据统计|据悉|此外|同时|其中|近\w年来|这几年|而|仅)*，?")
_THIS = re.compile(r"(?:该|此次|本次|本届|这次|这一|这个|这座|这条|这支|这家|这项|此项|这艘|此)(?=[^，。；、\d])")
_NEXT_OF_WORD = re.compile(r"[师区城镇外委]")
_MANIFOLD = re.compile(r"平台|项目|工程|活动|基地|系统|中心|园区")  # of which a text may name several, each in a paragraph of its own
_TAKES_UP_PROJECT = re.compile(r"线路|全线|主线|项目|工程|大坝|主桥")
_TAKES_UP_EVENT = re.compile(r"(?:展会|赛事|演习|联演)(?!期间)|(?<=[该次届一个项])(?:活动|大赛|演练|论坛|比赛|展览)")
# 该顶管机, 该直升机: things made, whose names end otherwise (“某号”)
_A_WORK = re.compile(r"[^，。；、的\d]{0,6}?(?:机|船|舰|艇|车|器|星|箭|桥|塔|坝|站|厂|线|炉|罐|楼|馆|港|隧道|平台|装置|设备|系统|望远镜)(?![关构制场票员型队])")
_BY_NUMBER = re.compile(r"(?:号|[0-9A-Z]|型)$")
# Words that many names end with, and that seldom mean one of them unless 该 stands before.
_COMMON = re.compile(r"中国|企业|银行|学校|大学|高校|医院|城市|地区|公司|集团|部门|机构|政府|国家|产业|农业|中心|委员|经济|建设|行动|计划|发展|政策|会议|服务|部|院|局|代表|大会|市场|铁路|高速公路|公路|高铁|地铁|机场|港口")
_WHOLE_OF = re.compile("(?<![这那])(?:是|作为|系)(?:国家|我国|全国|全省)[“《]?$")  # 甲高铁是国家“乙”铁路网的骨干，线路全长…
_WHOLE = re.compile(r"(?<![占比居列为])全(?P<level>[省市县区州镇乡村旗])(?![性域面内外])")
_PROVINCE = re.compile(r"(?:河[北南]|山[东西]|湖[北南]|广东|江[苏西]|浙江|安徽|福建|四川|贵州|云南|陕西|甘肃|青海|海南|吉林|辽宁|黑龙江)省?")
_WITH_ABROAD = re.compile(r"[^，。；\d]{0,8}(?:进出口|贸易|进口|出口)")
_KIND_REACH = 1200  # characters before a clause in which its kind may be named


class AgainNamed:
    """Finds what was named before in a text; `within` gives the mentions that begin in a span and can have figures."""

    def __init__(self, folded: str, within: Callable[[int, int], list[MentionRef]]) -> None:
        self._folded = folded
        self._within = within

    def find(
        self, sentence: Sentence, clause: int, at: int, inside: Sequence[MentionRef], here: Sequence[MentionRef]
    ) -> MentionRef | None:
        """What was named before in the paragraph and is taken up again by its kind: 该项目, 林场, 全市."""
        folded = self._folded
        if len(here) > 1 and here[0].type == NATION and here[1].type == "Area" and folded[here[0].end : here[1].start] in {"与", "同", "对"}:
            return here[1] if _WITH_ABROAD.match(folded, here[1].end, at) else None  # 我国与甲国进出口
        paragraph = folded.rfind("\n", 0, sentence.start) + 1
        if (whole := _WHOLE.search(folded, clause, at)) and not any(m.start > whole.start() for m in here):
            return self._of_level(whole["level"], paragraph, whole.start())
        if here:
            return None
        if again := self._kind_named(paragraph, clause, at):
            return again
        # 该隧道位于某县境内，长2177米: the places named since are where it lies.
        opens = clause != sentence.start and (not inside or _THIS.match(folded, sentence.start) is not None)
        return self._kind_named(paragraph, sentence.start, at) if opens else None

    def _of_level(self, level: str, start: int, end: int) -> MentionRef | None:
        """The last area of a level that `start:end` names: for 全市 the last 市."""
        for mention in reversed(self._within(start, end)):
            name = self._folded[mention.start : mention.end]
            if mention.type == "Area" and (name.endswith(level) and len(name) > 2 or level == "省" and _PROVINCE.fullmatch(name)):
                return mention
        return None

    def _kind_named(self, paragraph: int, clause: int, at: int) -> MentionRef | None:
        """The last thing named before `clause` in the paragraph that is of the kind with which the clause opens."""
        folded = self._folded
        lead = _LEADS_IN.match(folded, clause, at)
        begin = lead.end() if lead else clause
        this = _THIS.match(folded, begin, at)
        begin = this.end() if this else begin
        if folded[begin : begin + 1] == "《":
            begin += 1
        kinds = {"Project", "Body", "Event", "Policy"}
        before = [m for m in self._within(max(0, clause - _KIND_REACH), clause) if m.type in kinds]
        for length in range(min(5, at - begin), 1 if this is None else 0, -1):
            word = folded[begin : begin + length]
            if this is None and _COMMON.fullmatch(word) or _NEXT_OF_WORD.match(folded, begin + length):
                continue
            near = paragraph if length < 2 or _MANIFOLD.fullmatch(word) else 0
            for mention in reversed(before):
                if near <= mention.start and mention.end - mention.start > length + 1 and folded.startswith(word, mention.end - length):
                    return self._joined_with(mention, before)
        if this is not None and (work := _A_WORK.match(folded, begin, at)):
            last = next((m for m in reversed(before) if m.type == "Project" and m.start >= paragraph), None)
            if last is not None and (_BY_NUMBER.search(folded, last.start, last.end) or folded[last.end - 1] == folded[work.end() - 1]):
                return last
        for words, type in ((_TAKES_UP_PROJECT, "Project"), (_TAKES_UP_EVENT, "Event")):
            found = words.match(folded, begin, at)
            if found and not _NEXT_OF_WORD.match(folded, found.end()):
                last = next((m for m in reversed(before) if m.type == type and m.start >= paragraph and not _WHOLE_OF.search(folded, m.start - 6, m.start)), None)
                return self._joined_with(last, before) if last is not None else None
        return None

    def _joined_with(self, mention: MentionRef, before: Sequence[MentionRef]) -> MentionRef:
        """The first of two names of one thing: of A博览会暨B博览会 A."""
        return next((m for m in before if m.end + 1 == mention.start and self._folded[m.end] == "暨"), mention)
