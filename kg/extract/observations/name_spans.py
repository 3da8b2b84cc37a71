"""Where the words that name what a figure measures begin and end, before the number and behind it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kg.extract.observations.figures import Figure
from kg.extract.observations.indicator_lists import ListNames
from kg.extract.observations.indicators import IndicatorReader
from kg.extract.observations.name_words import NameWords
from kg.extract.observations.named import Named
from kg.text.times import Time

_SAID_AGAIN = 2  # a time so near to the number tells when it holds, not what is done next
_PARTED = range(2, 13)  # characters before a time that may be part of a name


class NameSpans:
    """Finds the spans of names in one text (`text` as it is written), whose times are given in order."""

    def __init__(self, reader: IndicatorReader, words: NameWords, text: str, times: Sequence[Time], named: Named) -> None:
        self.reader = reader
        self.words = words
        self.lists = ListNames(words)
        self.text, self.folded = text, named.folded
        self.named = named
        self._times = times
        self._time_starts = [time.start for time in times]

    def before(self, figure: Figure) -> tuple[int, int, bool]:
        """The span of the indicator before the number, empty if it is not named there; and whether it stands behind a name."""
        number, rule, folded, words = figure.number, figure.rule, self.folded, self.words
        if folded[number.lead - 1 : number.lead] == "等":
            behind = self.reader.trim_after(folded, number.tail, figure.behind, whole=False)
            if behind[0] < behind[1] and not words.came.match(folded, behind[0]):
                return number.lead, number.lead, False  # what stands before is a list of examples
        if rule.kind == "rank" and (ranked := self.named.ranked_among(figure.begin, number.lead)):
            return self.trimmed_behind_name(figure.begin, ranked[0])  # 总值稳居甲省第二位
        growth = rule.kind in {"growth", "change"} and rule.id != "amount-new"
        start, end = figure.begin, self._end_before(figure, growth)
        if told := words.told.search(folded, start, end) or folded.startswith("的", number.tail) and words.and_amount.search(folded, start, end):
            start = told.end()
        start, end = self.trimmed(start, end, growth)
        if number.kind == "time" and words.route.match(folded, start, end):
            return start, end, False
        among = self.reader.rank_end.search(folded[start:end]) if rule.kind == "rank" else None
        if among is not None and among.start() and words.ranks.match(among[0]):
            end = start + among.start()  # before the whole in it: 增速居全市各区首位
        else:
            among = None
        start, end, named = self._behind_name(start, end, growth)
        if rule.kind == "rank":
            if row := words.row_end.search(folded, start, end):
                end = row.start()  # 茶叶产量连续9年排全国第一
            # 工业投资总量位居全市第二
            if among is None and (cut := self.reader.rank_end.search(folded[start:end])):
                end = start + cut.start()
            elif words.rank_alone.fullmatch(folded, start, end):
                start = end
            elif place := words.rank_end.search(folded, start, end):
                end = place.start()  # 综合评价列第23位
            start, end = self.trimmed(start, end, False)
        return start, end, named

    def _end_before(self, figure: Figure, growth: bool) -> int:
        """Where the words before a number end that can name it: before what it rose from, is revised from or likened to."""
        number, folded, words = figure.number, self.folded, self.words
        start, end = figure.begin, figure.first
        if rose := words.rose_from.search(folded, start, end):
            end = rose.start()  # 种群从2007年调查时的89种增至175种
        elif turned := words.turned.search(folded, start, end):
            end = turned.start()  # 交货值由8月份的下降转为增长3.8%
        if folded[number.lead - 1 : number.lead] == "等":
            end -= 1
        if end == number.lead and (most := self.named.most_of(start, end)) is not None:
            end = most[0]  # 最大点雨量为尉氏县的588毫米
        if (revised := words.revised.search(folded, start, end)) is not None:
            end = revised.start()  # 增速预期下调0.3个百分点至1.5%
        if number.kind == "times" and figure.rule.kind == "level" and (like := words.times_of.search(folded, start, end)):
            end = like.start()  # 产值是2013年协同发展前的1.8倍
        if growth and (like := words.likened.search(folded, start, end)):
            end = like.start()  # 揽收量与去年春节相比增长5%
        return end

    def trimmed_behind_name(self, start: int, end: int) -> tuple[int, int, bool]:
        """`trimmed`, and behind the last name that `start:end` holds; whether it holds one."""
        return self._behind_name(*self.trimmed(start, end, False), False)

    def _behind_name(self, start: int, end: int, growth: bool) -> tuple[int, int, bool]:
        whole = self.named.around(start - 1, start + 1) if start else None
        if whole is not None and whole.type in {"Project", "Area", "Event"} and whole.start < start < whole.end < end:
            start = whole.start  # 和田至若羌铁路: no name is cut for a word that its begin looks like
        if (named := self.named.last_end(start, end)) <= start:
            return start, end, False
        if bracket := self.words.bracket.match(self.folded, named, end):
            named = bracket.end()  # 中欧班列（某地）累计开行
        return *self.trimmed(named, end, growth), True

    def trimmed(self, start: int, end: int, growth: bool) -> tuple[int, int]:
        """The span of the name in `start:end`, without times and the words that lead to it and from it; empty if there is none."""
        opening = start
        while True:
            old = start, end
            start, end = self.reader.trim_before(self.folded, *self._without_times(start, end, growth), growth)
            if start >= end and (time := self._last_time(opening, old[1])):
                # 收入是2019年的1.5倍: what is measured stands before the time.
                return self.reader.trim_before(self.folded, opening, time.start, growth)
            if (start, end) == old or start >= end:
                return start, end

    def with_more(self, start: int, end: int, sentence: int) -> int:
        """Where the name in `start:end` begins that says nothing by itself (项目, 消费), with what stands right before it: “四上”单位, 带动消费.

        `sentence` is where its sentence begins.
        """
        if self.folded[start - 1] == "”":
            return max(self.folded.rfind("“", sentence, start), sentence)
        named = self.named.around(start - 1, start)
        if named is not None and named.end == start and named.type != "Area":
            own = self.words.of_a_thing.fullmatch(self.folded, start, end) or self.words.ran_end.match(self.folded, start, end)
            its_size = named.type in {"Project", "Body"} and own
            return start if its_size else named.start  # 甲工程项目; the 总投资 of 甲水库 is the project's own
        return start - 2 if self.folded[max(sentence, start - 2) : start] in self.words.brings_about else start

    def is_behind_quotation(self, start: int) -> bool:
        """Whether a quotation ends at `start` that is no name of a thing with figures of its own: “疆电外送”电量, not “某号”发运."""
        if self.folded[start - 1] != "”":
            return False
        quoted = self.named.around(start - 2, start - 1)
        return quoted is None or quoted.type not in {"Project", "Body", "Area", "Event"}

    def before_time(self, figure: Figure, start: int) -> tuple[int, int] | None:
        """What stands before a time that parts the name: 汽车 in 汽车3月份产销增长15.3%."""
        if (parted := self.parted(figure, start)) is None:
            return None
        first, last = parted
        return None if last - first not in _PARTED or self.named.last_end(first, last + 2) > first else parted

    def parted(self, figure: Figure, start: int) -> tuple[int, int] | None:
        """The words right before a time that ends at `start`, of something that grew."""
        stock = figure.rule.kind == "level" and self.words.stock_parted.match(self.folded, start) is not None
        if figure.begin >= start or figure.rule.kind not in {"growth", "change"} and not stock:
            return None
        at = bisect_right(self._time_starts, start) - 1
        if at < 0 or self._times[at].end != start or self._times[at].role == "base" or self._times[at].start <= figure.begin:
            return None
        begin = self.named.last_end(figure.begin, self._times[at].start) if stock else figure.begin
        first, last = self.reader.trim_before(self.folded, begin, self._times[at].start, False)
        return (first, last) if last == self._times[at].start else None

    def behind(self, figure: Figure) -> tuple[int, int]:
        """The span of the thing counted behind the number; empty if it is not named there."""
        number, rule, folded, words = figure.number, figure.rule, self.folded, self.words
        counted = number.tail + (len(rule.unit_as) if number.kind == "rank" else 0)  # 第459次飞行
        start, end = self.reader.trim_after(folded, counted, figure.behind, whole=rule.kind == "share")
        if number.kind == "rank":
            return start, end
        if number.kind == "measure" and words.made_yearly.search(folded, figure.begin, number.lead) and (maker := words.maker.search(folded, start + 1, end)):
            return start, maker.start()  # 年产160万吨乙烯的装置
        if folded[start:end] in self.reader.alone and folded[end : end + 1] not in {"的", "中"}:  # 7部作品获“甲工程”奖
            ranked = words.ranked_behind.search(folded, counted, figure.behind)
            start, end = self.reader.trim_after(folded, counted, ranked.start() if ranked else figure.behind, whole=True)
        if number.kind == "bare" and (people := words.people.match(folded, start, end)):
            end = people.end()  # 3000万南岭儿女踏上新征程
        if rule.id == "bare-persons-behind" and (of := folded.find("的", start + 2, end)) >= 0:
            end = of  # 30万农村居民的用水条件
        if (said := self._said_then(start, end)) is not None:
            end = said  # 16个部门日前联合印发了…
        if listed := words.then_listed.search(folded, start + 1, end):
            end = listed.start()
        if number.kind == "count" and words.count_next.match(folded, start):
            return start, start  # 65万户200万人
        if rule.id == "share-of-behind" and (rest := words.rest_of_clause.match(folded, end)):
            return start, rest.end()
        if number.kind == "count" and (amount := words.amount_next.search(folded, start + 2, end)):
            end = amount.start()  # 38个项目总投资4523亿元
        elif number.kind == "count" and words.number_next.match(folded, end) and (amount := words.measured.search(folded, start + 2, end)):
            end = amount.start()  # 27个课题研发经费超过3亿元
        elif number.kind == "count":
            end = self._before_deed(figure, start, end)
        return start, end

    def _before_deed(self, figure: Figure, start: int, end: int) -> int:
        """Where the name of those counted ends, before what they do or what is done there or with them: 77所大学建设了288个基地; 将142名旅客送到对岸."""
        folded, words = self.folded, self.words
        first = start + 1 if folded[start : start + 1] in self.reader.place_sign else start + 2
        then = words.then_number.match(folded, end) is not None and folded[figure.number.lead - 1] not in words.before_whom
        if then and (does := words.does_then.search(folded, first, end) or words.does_named.search(folded, first, end)) or (does := words.each_does.search(folded, first, end)):
            end = does.start()
        acted_on = not self.named.report and words.acted_on.search(folded, figure.clause, figure.number.lead) is not None
        if (then or acted_on) and (does := words.does_there.search(folded, first, end)) and does.end() < end:
            end = does.start()
        return end

    # -- times in names ------------------------------------------------------------------------------------------

    def is_time(self, start: int, end: int) -> bool:
        """Whether `start:end` is no more than a time."""
        at = bisect_right(self._time_starts, start) - 1
        return at >= 0 and end <= self._times[at].end

    def _said_then(self, start: int, end: int) -> int | None:
        """Where in the words behind a number a time begins at which something is done: 16个部门日前联合印发了…; None if none does."""
        for time in self._times[bisect_left(self._time_starts, start + _SAID_AGAIN) :]:
            if time.start >= end:
                return None
            if time.role in {"vague", "now", "day"}:
                said = self.words.said.search(self.folded, start + _SAID_AGAIN, time.start)
                return said.start() if said else time.start
        return None

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
            if time.role not in {"run", "vague"} and not self.words.takes_up.search(self.folded, start, time.start):
                start = max(start, time.end)
        return start, end
