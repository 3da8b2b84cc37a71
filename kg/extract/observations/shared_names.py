"""The name of its own for each of several values told together: 光伏电池、汽车产量分别增长53.2%、22.5%."""

from __future__ import annotations

import re

from kg.extract.observations.clause_before import ClauseBefore
from kg.extract.observations.figure_words import EACH
from kg.extract.observations.figures import Figure
from kg.extract.observations.name_spans import NameSpans
from kg.extract.observations.so_far import SoFar
from kg.text.fold import fold

_QUOTED_LIST = re.compile(r"((?:“[^”“]{1,12}”){2,6})([^，。；、“”]{2,20})$")
_QUOTED_ONE = re.compile(r"“[^”]+”")
SECTORS = "一二三"  # of the economy
_APART_REACH = 60  # characters


class SharedNames:
    """Tells which of the names of one text each value of a list has."""

    def __init__(self, spans: NameSpans, clause: ClauseBefore) -> None:
        self._spans = spans
        self._lists = spans.lists
        self._clause = clause
        self._words = spans.words
        self._folded = spans.folded
        self._text = spans.text

    def own(self, figure: Figure, start: int, end: int, so_far: SoFar) -> str:
        """The name of one of several values, whose words before the number stand in `start:end`; "" if it has none of its own."""
        (place, count), rule, words = figure.place, figure.rule, self._words
        if count == 1 and rule.kind == "rank" and words.last_too.match(self._folded, figure.number.tail):
            parts = self._parts(start, end, 2)
            return self._lists.completed(parts, 0, self._text[start:end]) if len(parts) == 2 else ""
        if count < 2:
            return ""
        each = EACH in self._folded[figure.clause : figure.number.lead]
        parts = self._parts(start, end, count)
        if len(parts) == 1 and count == 2 and (own := self._town_or_country(figure, start, end)):
            return own
        if each and so_far.topic and figure.number.kind == "points" and words.two_bases.search(self._folded, figure.begin, figure.first):
            return so_far.topic + ("" if words.rate.search(so_far.topic) else so_far.rate)  # 较一季度和去年四季度分别高2个、5个百分点
        if each and count == 2 and (bases := words.two_rates.search(self._folded, figure.begin, figure.first)):
            first, last, _ = self._spans.trimmed_behind_name(figure.begin, bases.start())
            return self._text[first:last] or so_far.topic  # 零售总额环比、同比分别增长0.4%和3.8%
        if rule.kind not in {"rank", "growth"} and not each and not (rule.kind in {"level", "share"} and len(parts) == count):
            return ""
        if each and (own := self._made_or_sold(figure, start, end) or self._in_a_row(figure, start, end) or self._quoted(figure, end)):
            return own
        if own := self._before_each(start, end, place, count):
            return own
        if len(parts) == count:
            return self._joining(start, place) + self._lists.completed(parts, place, self._text[start:end])
        if each and count == len(SECTORS) and (sectors := words.of_each_sector.search(self._text, start, end)):
            return self._text[start : sectors.start()] + f"第{SECTORS[place]}{sectors['sector']}" + self._text[sectors.end() : end]
        if start < end:
            return self._of_kinds(figure, start, end, so_far, alone=len(parts) == 1) if each else ""
        if named := self._clause.listed(figure):
            return named[place]
        return self._told_before(figure, so_far) if each or self._goes_with_list(figure, so_far) else ""

    def _goes_with_list(self, figure: Figure, so_far: SoFar) -> bool:
        """Whether rates without words are those of the things listed right before: 城乡收入分别达到4万元和2万元，增长5%和7%."""
        earlier = so_far.list_before(figure.place[0])
        return figure.rule.kind == "growth" and len(set(earlier)) == len(earlier) == figure.place[1]

    def _parts(self, start: int, end: int, count: int) -> list[str]:
        """The members of the list in `start:end`, folded; none if it is empty."""
        parts = self._words.parts.split(self._folded[start:end]) if start < end else []
        if len(parts) > count == len(paused := self._folded[start:end].split("、")):
            return paused  # 甲和乙进口量、丙出口量: 和 stands inside a member
        return parts

    def _town_or_country(self, figure: Figure, start: int, end: int) -> str:
        """城镇居民收入 of 城乡居民收入分别增长5%、6%."""
        both = self._words.town_and_country.search(self._text, start, end)
        if both is None or EACH not in self._folded[figure.clause : figure.first]:
            return ""
        own = (self._words.of_town, self._words.of_country)[figure.place[0]][both[1] != fold(both[1])]
        return self._text[start : both.start()] + own + self._text[both.start() + 2 : end]

    def _made_or_sold(self, figure: Figure, start: int, end: int) -> str:
        """汽车产量 of 汽车产销分别增长5%、6%."""
        place, count = figure.place
        if count != 2 or start >= end or (made := self._words.made_and_sold.search(self._text, start, end)) is None:
            return ""
        whose = self._spans.before_time(figure, start) or (start, start)
        return self._text[slice(*whose)] + self._text[start : made.start()] + made[1 + place] + (made[3] or "量")

    def _in_a_row(self, figure: Figure, start: int, end: int) -> str:
        """粮产量 of 粮肉奶产量分别达到9万吨、3万吨、2万吨."""
        place, count = figure.place
        found = self._words.goods_in_a_row.search(self._text, start, end) if start < end else None
        if found is None or len(found["goods"]) != count:
            return ""
        return self._text[start : found.start()] + found["goods"][place] + found["what"]

    def _quoted(self, figure: Figure, end: int) -> str:
        """“甲工程”完成率 of “甲工程”“乙工程”完成率分别达95%、98%."""
        place, count = figure.place
        quoted = _QUOTED_LIST.search(self._folded, figure.begin, end)
        if quoted is None or len(items := list(_QUOTED_ONE.finditer(quoted[1]))) != count:
            return ""
        return self._text[quoted.start() + items[place].start() : quoted.start() + items[place].end()] + self._text[quoted.start(2) : end]

    def _before_each(self, start: int, end: int, place: int, count: int) -> str:
        """甲产业产值 of 甲产业、乙产业产值分别达9万、16万."""
        first, _, rest = self._folded[start:end].partition(EACH)
        if not rest:
            return ""
        if self._words.takes_part.match(rest) or len(listed := self._words.parts.split(first)) != count:
            return ""
        done = "" if rest in self._words.newly else self._text[end - len(rest) : end]
        return self._joining(start, place) + self._lists.completed(listed, place, self._text[start : start + len(first)]) + done

    def _joining(self, start: int, place: int) -> str:
        """The word that joins all partners of a list to its name: 对甲国、乙国进出口."""
        return self._text[start] if place and self._words.joins_all.match(self._folded, start) else ""

    def _of_kinds(self, figure: Figure, start: int, end: int, so_far: SoFar, *, alone: bool) -> str:
        """One kind of what is named in `start:end`; `alone`: as one thing."""
        place, count = figure.place
        kinds = self._clause.kinds(figure) or (self._placed_apart(figure, start, count) if alone else [])
        own = self._text[start + len(EACH) * self._folded.startswith(EACH, start, end) : end]
        if kinds or not self._words.takes_part.match(own):
            return kinds[place] + own if kinds else ""
        whole = so_far.list_before(place)  # 营业额、合同额分别占总额的53%和59%
        if len(whole) != count:
            whole = so_far.levels[: len(so_far.levels) - place]
        return whole[place - count] + own if len(whole) >= count else ""

    def _placed_apart(self, figure: Figure, start: int, count: int) -> list[str]:
        """What a name at `start` is told of, right before it: 对甲国、乙国进出口分别增长, 东部、西部地区投资分别增长, 收割机和拖拉机前7个月出口量分别增长."""
        words, folded = self._words, self._folded
        begin = max(figure.clause, start - _APART_REACH)
        start -= len(EACH) * folded.endswith(EACH, begin, start)
        if regions := words.regions.search(folded, begin, start):
            ends = [part.end() for part in words.region.finditer(folded, regions.start(), start)]
            tail = self._text[ends[-1] : start]
            return [self._text[end - 2 : end] + tail for end in ends] if len(ends) == count else []
        joined, first = "", start
        if found := words.partners.search(folded, begin, start):
            joined, first, last = self._text[found.start(1) : found.end(1)], found.start(2), found.end(2)
        elif whose := self._spans.parted(figure, start):
            first, last = whose
        if first == start or len(named := words.parts.split(folded[first:last])) != count:
            return []
        ends = [first + sum(map(len, named[: at + 1])) + at for at in range(count)]
        return [joined + self._text[end - len(part) : end] for part, end in zip(named, ends)]

    def _told_before(self, figure: Figure, so_far: SoFar) -> str:
        """The name that the value at the same place was told of before: 分别增长5.4%、3.2%，比8月份分别加快0.9、1.1个百分点."""
        place, count = figure.place
        earlier = so_far.list_before(place)
        running = place or self._words.running.match(self._folded, figure.begin, figure.first)
        if len(earlier) == count:
            if figure.rule.kind != "level" or not running:
                return earlier[place]
            return self._words.came_to_it.sub("", self._lists.without_new(earlier[place]))  # 甲、乙分别新增3家、8家，累计分别达到12家、40家
        if len(so_far.levels) < count:
            return ""
        told = place if figure.rule.kind in {"level", "share"} else 0  # of this list, as levels has them
        name = so_far.levels[len(so_far.levels) - told - count + place] if len(so_far.levels) >= told + count else ""
        return self._words.came_to_it.sub("", self._lists.without_new(name)) if running else name
