"""One name out of the words before a number, those behind it, and what was measured before."""

from __future__ import annotations

import re

from kg.extract.observations.clause_before import CLAUSE_NAME, ClauseBefore
from kg.extract.observations.figures import Figure
from kg.extract.observations.name_spans import NameSpans
from kg.extract.observations.so_far import SoFar
from kg.text.fold import fold
from kg.text.numbers import Number

_SHORT = 4  # so few characters before a number are a verb (遴选, 拿出), and tell what is done with the thing counted
_VERB = 2  # so few characters measured before are a verb too (开行), and no thing
_SHARE_OF = 8  # so few before 80%以上用于民生领域 name what the share is of
_RIGHT_BEHIND = (0, 1)  # characters from an amount to what is told of it: a comma
_PARTS = frozenset("，；")  # these too part a thing counted from the one before: 提案831件全部办复
_ENDS_NAME = frozenset("，。；的0123456789")
_NAMES_ITSELF = frozenset({"cooling-of", "earthquake"})  # rules whose name is the noun behind the number
_SUMMED = frozenset({"count", "measure", "rank"})  # kinds of numbers that 累计 sums


class JoinedName:
    """Joins the words around the numbers of one text."""

    def __init__(self, spans: NameSpans, clause: ClauseBefore) -> None:
        self._spans = spans
        self._reader = spans.reader
        self._lists = spans.lists
        self._clause = clause
        self._words = spans.words
        self._folded = spans.folded
        self._text = spans.text

    def of(self, figure: Figure, before: str, plain: str, after: str, so_far: SoFar) -> str:
        """The indicator out of the words before the number (`plain`: folded) and those after it; "" if they name none."""
        words, rule, topic = self._words, figure.rule, so_far.topic
        if not plain and figure.number.kind == "money" and words.of_each_size.match(self._folded, figure.number.tail):
            return ""  # 其中50亿元1个
        if after and rule.id in _NAMES_ITSELF:
            return after.partition("、")[0]
        if plain and rule.kind == "level" and words.place_word.search(plain):
            if not after:
                return ""
            plain = before = ""
        if topic and not after and (name := self._with_done(figure, before, plain, so_far)):
            return name
        if after and words.changed.fullmatch(after):
            after = ""  # 较上年的9323亿元增加4374亿元
        if plain and (words.this_figure.fullmatch(plain) or topic and words.changed.fullmatch(plain)):
            plain = before = ""  # 这个数字比去年增长50%; 从2020年的3.7万亿元增长到2025年的4.9万亿元
        if name := self._again(figure, before, plain, topic):
            return name
        if deed := self._deed(figure, plain, so_far):
            before, plain = before[len(plain) - len(deed) :], deed
        if so_far.owner and words.owned.fullmatch(plain):
            return so_far.owner + before  # 规模以上服务业8户，营业收入3亿元
        if plain:
            return self._with_words_before(figure, before, plain, after, so_far)
        return after or self._carried(figure, so_far)

    def _with_words_before(self, figure: Figure, before: str, plain: str, after: str, so_far: SoFar) -> str:
        """The name of a number that has words before it, and perhaps words behind it."""
        words, number = self._words, figure.number
        if after and self._before_is_of_another(figure, plain, after):
            return after
        if self._folded[number.lead - 1] == "的" and number.unit in words.people_unit and (came := words.came_there.match(self._folded, number.tail, figure.behind)):
            return self._text[slice(*came.span())]  # 来自多个行业的两万人参加抗议活动
        if so_far.topic and not self._size(figure, plain) and self._goes_on(figure, plain, so_far):
            return self._of_topic(figure, before, plain, so_far.topic)
        if after and self._folded[number.lead - 1] == "等" and words.came.match(fold(after)):
            after = ""  # 代表、专家等700多人参加大会
        if after and not self._names_thing(figure, plain, after):
            if figure.rule.kind == "share" and len(plain) <= _SHARE_OF:
                return before + after
            after = ""
        return self._both(figure, before, plain, after) if after else self._before_alone(figure, before, plain, so_far)

    def _again(self, figure: Figure, before: str, plain: str, topic: str) -> str:
        """What was measured before (`topic`), of which a share or a mean is told; "" if none is."""
        words, number = self._words, figure.number
        if figure.rule.kind == "share" and (back := words.back_to.search(self._folded, figure.ahead, number.lead)):
            start, end, _ = self._spans.trimmed_behind_name(figure.ahead, back.start())
            own = self._folded[start:end]
            nothing = not own or self._reader.generic.fullmatch(own) or words.this_figure.fullmatch(own)
            return (topic if nothing else self._text[start:end]) + self._text[slice(*back.span())]  # 恢复到去年同期的60%
        if topic and figure.rule.kind == "share" and (met := words.fulfilled.match(self._folded, figure.ahead, number.lead)):
            return topic + self._text[slice(*met.span(1))]  # 完成投资12亿元，完成年度任务的92%
        if topic and (mean := words.mean_again.fullmatch(plain)) and (at := fold(topic).find(mean["verb"])) >= 0:
            return words.summed_end.sub("", topic[:at]) + before[: mean.end("mean")] + topic[at:]  # 累计发送旅客5000万人次，日均发送700万人次
        return ""

    def _deed(self, figure: Figure, plain: str, so_far: SoFar) -> str:
        """What those just counted are given (为2万户农户提供保障5亿元), as the words before a number (`plain`) say behind them; "" if they say nothing of it."""
        if not plain or so_far.kind != "count" or figure.ahead <= figure.clause:
            return ""
        topic = fold(so_far.topic)
        size = next((size for size in range(min(len(plain), len(topic)), 1, -1) if topic.endswith(plain[:size])), 0)
        return plain[size:] if size and self._words.given_to.match(plain, size) else ""

    def _before_is_of_another(self, figure: Figure, plain: str, after: str) -> bool:
        """Whether the words before a number (`plain`) are of the one before it, and those behind (`after`) a name by themselves."""
        number = figure.number
        if figure.ahead <= figure.clause or self._folded[figure.ahead : number.lead].removesuffix("共") != plain:
            return False
        if self._words.counted_kind.fullmatch(plain):
            return True  # 通达24个国家200个城市
        end = number.tail + len(after)
        joins = self._words.joins
        alone = self._folded[figure.ahead - 1] not in joins | _PARTS and self._folded[end : end + 1] in joins | _ENDS_NAME
        return number.kind == "count" and alone and not self._reader.verb_end.search(plain)  # 260户牧民8万只羊, 18个大项269个小项

    def _with_done(self, figure: Figure, before: str, plain: str, so_far: SoFar) -> str:
        """What was measured before, with what else is done with it: 新建梯田20万亩、改造5万亩; "" if nothing is."""
        number = figure.number
        told = so_far.topic if number.unit == so_far.unit else so_far.by_unit.get(number.unit, "") if number.kind == "count" else ""
        if plain in self._words.also_done and told:
            topic = self._lists.without_new(told)
            if done := self._words.done_behind.search(fold(topic)):
                return topic[: done.start()] + before  # 老旧小区改造开工30个、完工20个
            if number.kind == "measure" and (measured := self._words.last_measure.search(fold(topic))) and measured.start():
                topic = topic[: measured.start()]  # 绿道全长137公里，建成92公里
            done = self._words.done_before.match(fold(topic))
            return topic[slice(*done.span("who"))] + before + topic[done.end() :] if done else before + topic
        if plain in self._words.newly and number.kind == "measure" and self._fits_topic(number, so_far):
            return so_far.topic + before
        return ""

    def _size(self, figure: Figure, plain: str) -> re.Match[str] | None:
        """The words before a number if they only say what it is of the thing named behind it: 总投资5亿元的乙项目."""
        if figure.rule.id != "amount" or not self._folded.startswith("的", figure.number.tail):
            return None
        return self._words.of_a_thing.fullmatch(plain)

    # -- going on with what was measured before ------------------------------------------------------------------

    def _goes_on(self, figure: Figure, plain: str, so_far: SoFar) -> bool:
        """Whether the words before only go on with what was measured before: 总量, 占比, 占全区比重, 高于全国."""
        if self._words.without.fullmatch(plain):
            return True
        if so_far.kind == "money" and self._words.progress.search(plain):
            return False  # 总投资5亿元，整体进度达97%
        if figure.number.kind == "money" and so_far.kind != "money" and (invested := self._words.invested.match(plain)):
            # 全长24公里，总投资460亿元; but 签约项目12个、总投资80亿元
            return so_far.kind == "count" and invested.end() == len(plain) and self._words.projects.search(fold(so_far.topic)) is not None
        if self._words.other_side.fullmatch(plain) and self._words.two_sided.search(fold(so_far.topic)):
            return True
        found = self._reader.generic.match(plain)
        if plain in self._words.mean_of or self._words.share_of.match(plain) or found and len(plain) - found.end() <= 3:
            return True
        return figure.rule.indicator == "last" and self._words.compared.match(plain) is not None

    def _of_topic(self, figure: Figure, before: str, plain: str, topic: str) -> str:
        """What was measured before (`topic`), with the words before the number."""
        words = self._words
        if self._reader.generic.match(plain) and (of_whole := words.share_of_whole.search(fold(topic), 2)):
            topic = topic[: of_whole.start()]  # 产量占全省40%，规模居全省第一
        if topic.endswith(before) or plain in words.share_called and words.share_end.search(fold(topic)):
            return topic  # 种植面积稳定在3亿亩，力争面积增加1万亩
        if words.without.fullmatch(plain):
            return _without(words.rate, topic) + before
        if words.other_side.fullmatch(plain):
            return topic[:-2] + before  # 基金收入9亿元，支出8亿元
        if words.part_of_area.fullmatch(plain):
            return before + _without(words.part_of_area, topic)
        found = self._reader.generic.match(plain)
        if found and before[found.end() :] and topic.endswith(before[found.end() :]):
            return before  # 大部地区降温4℃，局地降温10℃
        if words.last_measure.fullmatch(plain) and (measured := words.last_measure.search(fold(topic))):
            # 茶叶种植面积30万亩，产量2万吨; 项目总投资9亿元，全长30公里
            whose = "" if words.work_itself.fullmatch(fold(topic), 0, measured.start()) else topic[: measured.start()]
            return (self._lists.without_new(whose) if words.total.match(plain) or words.output.match(plain) else whose) + before
        if words.investment_end.search(plain) and (works := words.projects.search(fold(topic))):
            if plain.startswith(works[0]):
                return before  # 首批重大项目签约，38个项目总投资4000亿元
            if works.end() < len(topic):
                return topic[topic.rfind("的", 0, works.start()) + 1 : works.end()] + before
        if words.output_value.fullmatch(plain) and words.value_added.search(topic):
            return words.value_added.sub("", topic) + before  # 工业增加值增长5%，总产值突破900亿元
        whole = words.total_of.match(plain) or words.running.match(self._folded, figure.ahead, figure.number.lead)
        return (self._lists.without_new(topic) if whole else topic) + before

    def _fits_topic(self, number: Number, so_far: SoFar) -> bool:
        """Whether a number may be of what was measured before: no minutes of what was weighed."""
        if "time" in {number.kind, so_far.kind}:
            return number.kind == so_far.kind or number.kind in {"percent", "points"}  # 停电时间0.8小时，同比下降12%
        if number.kind != "measure" or so_far.kind != "measure" or number.unit == so_far.unit:
            return True
        return {number.unit, so_far.unit} <= self._words.of_mass  # 总产量为3万吨，比上年增加2亿斤

    def _carried(self, figure: Figure, so_far: SoFar) -> str:
        """The name of a number without words of its own."""
        number, topic = figure.number, so_far.topic
        if figure.rule.kind == "growth" and figure.ahead - so_far.unnamed in _RIGHT_BEHIND:
            return ""  # 支出9亿元，其中本级2亿元，增长5%
        if figure.rule.kind == "rank" and so_far.kind == "count" and self._words.among_them.search(self._folded, figure.sentence.start, figure.clause + 2):
            return ""  # 10个县入围百强，其中甲市居第4位，乙市居第19位
        if figure.rule.kind == "rank" and so_far.ranked[0] == figure.clause:
            return so_far.ranked[1]  # 总量由第3位上升至第2位
        if figure.rule.kind == "level" and (told := self._clause.record(figure)):
            return told
        if figure.rule.kind == "growth" and (turned := self._clause.turned(figure) or self._clause.record(figure) or self._clause.driven(figure)):
            return turned
        if topic and self._words.running.match(self._folded, figure.ahead, number.lead):
            return self._lists.without_new(topic)  # 新建绿道137公里、累计达到2136公里
        if figure.rule.kind == "change" and topic and number.unit != so_far.unit and (number.unit in so_far.by_unit or number.kind == "count" and so_far.kind == "money"):
            return so_far.by_unit.get(number.unit, "")
        if topic and not self._fits_topic(number, so_far):
            return ""
        if figure.rule.kind == "growth" and so_far.shared:
            return so_far.shared
        if topic and so_far.rate and number.kind == "points" and self._faster(figure, so_far):
            return topic + so_far.rate
        if topic and figure.rule.kind == "rank" and so_far.rate_named and not self._words.rate.search(fold(topic)):
            return topic + so_far.rate  # 零售总额增长4%、居全国第九
        if figure.rule.kind == "growth" and number.kind == "percent" and (share := self._words.share_end.search(fold(topic))) and share.start():
            topic = topic[: share.start()]  # 出口占比52%，增长8%: what grew is what has the share
        name = topic or (so_far.grown if figure.rule.kind == "growth" or number.kind == "points" else "") or self._clause.known(figure)
        counts = number.unit in self._words.counts_itself and not self._words.measures.search(fold(name))
        return name + (self._text[number.unit_start : number.end] if counts and name else "")

    def _faster(self, figure: Figure, so_far: SoFar) -> bool:
        """Whether it is the rate told before that changed: 出口增长3%，比上月加快1个百分点."""
        told = so_far.rate == self._words.rate_called[0] and figure.rule.kind == "change" or self._words.faster.search(self._folded, figure.ahead, figure.number.tail)
        return bool(told) and not self._words.rate_end.search(fold(so_far.topic))

    # -- words of its own ----------------------------------------------------------------------------------------

    def _before_alone(self, figure: Figure, before: str, plain: str, so_far: SoFar) -> str:
        """The name of a number with words before it only."""
        number, topic = figure.number, so_far.topic
        if (sized := self._size(figure, plain)) and (things := self._words.so_many_things.match(self._folded, number.tail)):
            start, end = self._reader.trim_after(self._folded, *things.span("what"), whole=False)
            if listed := self._words.then_listed.search(self._folded, start + 1, end):
                end = listed.start()
            return self._words.starts_then.split(self._text[start:end])[0] + before[sized.start("size") :]  # 总投资5亿元的12个续建项目
        bare = bool(topic) and so_far.kind != "percent" and self._reader.bare.fullmatch(plain) is not None
        if bare and self._words.summed.match(plain) and number.kind in _SUMMED:
            return self._lists.without_new(topic)  # 新建高标准农田10万亩、累计建成90万亩
        if bare and number.kind == "count":
            if done := self._words.ran_end.search(fold(topic)):
                return topic[: done.start()] + before  # 甲班列累计开行1410列、运送14万标箱
            return before if len(topic) <= _VERB else topic + before  # 开行4186列，运送44万标箱
        if not topic and figure.rule.kind == "share" and self._words.takes_part.match(plain) and (part := self._clause.told(figure)):
            return part + before
        return before

    def _both(self, figure: Figure, before: str, plain: str, after: str) -> str:
        """The name of a number with words before it, and words behind it (`after`) that count."""
        number, rule = figure.number, figure.rule
        if rule.id == "people-of-a-land":
            return after
        if rule.id == "share-of-behind" and len(plain) <= CLAUSE_NAME:
            return before + after
        if sized := self._size(figure, plain):
            before = before[sized.start("size") :]  # 加快建设总投资5亿元的乙项目
            named = self._spans.named.around(number.tail + 1, number.tail + 2)
            return before if named else self._words.under_way.split(after)[0] + before
        if self._words.befell.fullmatch(fold(after)):
            return _without(self._words.examples, before) + after  # 医院等公共建筑也有533处受损
        if made := self._words.made_yearly.search(plain):
            return before[made.start() :] + after  # 一期包括年产160万吨乙烯的装置
        modifier = self._folded[number.lead - 1] == "的"
        if not modifier and (verb := self._reader.verb_end.search(plain)):
            return before[verb.start() :] + after
        if rule.kind == "share":
            return before + after if len(plain) <= _SHARE_OF else before
        return before + after if len(plain) <= _SHORT and not modifier else after

    def _names_thing(self, figure: Figure, plain: str, after: str) -> bool:
        """Whether the words behind the number name the thing counted, although words before it could."""
        reader, number = self._reader, figure.number
        behind = self._folded[number.tail : number.tail + 6]
        money = number.kind in {"money", "measure"}
        if behind.startswith("的") and (len(plain) < 2 or self._folded[number.lead - 1] == "了" or reader.verb_end.search(plain)):
            money, behind = False, behind[1:]  # 找到400多万元的启动资金
        if figure.rule.id == "share-of-behind":
            return True
        if money and number.kind == "money" and not behind.startswith("的") and reader.money_end.search(plain):
            return False
        if number.kind == "count" and self._words.caused.search(plain) and self._words.caused_to.match(behind):
            return True
        if not reader.not_noun.match(behind) and (len(after) >= 2 or number.kind == "count" and fold(after) in self._words.place_sign) and not (money and reader.verb_start.match(behind)):
            return True
        return reader.bare.fullmatch(plain) is not None and not self._words.said_again.match(behind) and figure.rule.kind != "share"


def _without(pattern: re.Pattern[str], name: str) -> str:
    """A name as written without what a pattern over folded text finds in it."""
    folded = fold(name)
    if len(folded) != len(name):
        return name
    for found in reversed([*pattern.finditer(folded)]):
        name = name[: found.start()] + name[found.end() :]
    return name
