"""The name of what a figure measures: its own words, or those of the figure before it (同比增长17.2%)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from kg.extract.observations.clause_before import ClauseBefore
from kg.extract.observations.figure_words import EACH
from kg.extract.observations.figures import COLONS, Figure, Told
from kg.extract.observations.indicators import IndicatorReader
from kg.extract.observations.joined_name import JoinedName
from kg.extract.observations.name_spans import NameSpans
from kg.extract.observations.name_words import NameWords
from kg.extract.observations.named import Named
from kg.extract.observations.shared_names import SECTORS, SharedNames
from kg.extract.observations.so_far import SoFar
from kg.text.fold import fold
from kg.text.sentences import behind_last, is_open
from kg.text.times import Time

_MEASURED = frozenset({"measure", "money", "percent"})  # kinds of numbers that count nothing
_RATES_AND_SUMS = frozenset({"percent", "points", "money"})
_TURNED = frozenset({"growth-of-object", "fall-of-object"})  # rules of what somebody does to something
_CLAUSE_MARKS = "，。；：！？\n"
_BEFORE_OWN = "，。；：、的（）(,;: \n"  # what may stand before the name of a user's own indicator
_CLAUSE_ENDS = "，。；、\n0123456789"
_SHORT = 2  # characters of a name that tells little behind a quotation: “疆电外送”电量
_SHORT_KIND = 4  # characters of what has so many kinds: more of them also tell what it does
_LONGEST = 60  # characters of an indicator; what is longer is a clause, of which the beginning tells enough


class Name(NamedTuple):
    """An indicator as written, where its own words before the number begin, and where those behind it end."""

    text: str
    start: int
    end: int
    unshared: bool = False  # of several values told with 分别, this one's own name was not found


class _Verb(NamedTuple):
    """What is done with each of a list of things: 新建泵站3座、水渠20公里; people in such a list are often only those whom it serves."""

    text: str
    clause: int
    ahead: int  # where the number ends that it was said for last
    unit: str
    area: bool  # whether areas are told of: 新增治理水土流失面积1800平方公里、石漠化面积183平方公里

    def goes_on(self, figure: Figure, served: AbstractSet[str]) -> bool:
        """Whether a figure is of the next thing in the list; `served` are the units of people."""
        counted = figure.number.unit == self.unit or figure.number.unit not in served
        return counted and figure.clause == self.clause and figure.ahead == self.ahead + 1


class IndicatorNamer:
    """Names the figures of one document, sentence by sentence."""

    def __init__(self, reader: IndicatorReader, words: NameWords, text: str, times: Sequence[Time], named: Named) -> None:
        self._reader = reader
        self._words = words
        self._text = text
        self._folded = named.folded
        self._named = named
        self._spans = NameSpans(reader, words, text, times, named)
        self._clause = ClauseBefore(self._spans)
        self._shared = SharedNames(self._spans, self._clause)
        self._joined = JoinedName(self._spans, self._clause)
        self._so_far = SoFar()
        self._sentence = 0
        self._only, self._told_of = "", set[str]()
        self.new_sentence(0)

    def new_sentence(self, start: int) -> None:
        """Forget what the sentence before the one at `start` was about, but for what grew right before a semicolon."""
        grown = ""
        if start and self._folded[start - 1] == "；" and self._so_far.rate:
            grown = self._so_far.topic or self._so_far.grown
        self._before = fold(self._so_far.topic) if start and self._sentence < start else ""  # what the sentence before told of last
        if not (start and self._folded[start - 1] == "；"):
            self._only = next(iter(self._told_of)) if len(self._told_of) == 1 else ""  # … and all that it told of
            self._told_of = set()
        self._sentence = start
        owner = self._so_far.owner if start and self._folded[start - 1] == "；" else ""
        self._so_far = SoFar(grown=grown, owner=owner)
        self._verb: _Verb | None = None  # of the list that is being read
        self._whole = (0, 0, -1)  # where the words for the whole stand that a share is told of next, and where its amount ends

    def name(self, figure: Figure, told: Told | None = None) -> Name:
        """The indicator of a figure; an empty text where none is named. `told`: what the next sentence says of it."""
        number, text = figure.number, self._text
        if told is not None:
            start, end = self._spans.trimmed(told.start, told.end, False)
            return Name(text[start:end], number.lead, number.tail)
        if number.kind == "medal":
            return Name(text[number.unit_start : number.end], number.start, number.end)
        if mention := self._named.around(number.start, number.end):
            # 年产20万吨电池材料项目: the name itself says what is measured.
            start, end = self._reader.trim_after(self._folded, number.tail, mention.end, whole=True)
            return Name(text[mention.start : number.start] + text[start:end], mention.start, mention.end)
        if own := self._own(figure):
            return own
        if figure.rule.id == "points-above":
            if figure.place[1] == 2 and (two := self._words.compares_two.search(self._folded, figure.begin, figure.first)):
                return self._above_each(figure, two)
            if against := self._words.compares.search(self._folded, figure.begin, figure.first):
                return self._above(figure, against.start(), against.end())
        if figure.rule.id == "points-pulled-by" and (pulled := self._words.pulls.search(self._folded, figure.begin, number.lead)):
            start, end, _ = self._spans.trimmed_behind_name(figure.begin, pulled.start())
            return Name(text[start : pulled.end("what")] if start < end and figure.place[1] == 1 else "", start, number.tail)  # 消费拉动经济增长1.2个百分点
        if figure.rule.kind == "rank" and (ranked := self._words.ranked_list.search(self._folded, figure.ahead, number.lead)):
            return self._placed_in(figure, ranked)
        name = self._around(figure)
        if not name.text and figure.rule.kind == "level":
            self._so_far.unnamed = number.tail
        return name

    def _placed_in(self, figure: Figure, ranked: re.Match[str]) -> Name:
        """What a place in a list is told of: 综合实力 of 综合实力列全国百强县第86位, else the list."""
        start, end, _ = self._spans.trimmed_behind_name(figure.ahead, ranked.start())
        own, reader = self._folded[start:end], self._reader
        if not own or reader.fragment.search(own) or reader.bare.fullmatch(own) or self._words.rank_alone.fullmatch(own) or self._named.names_exactly(start, start + len(self._words.ranked_at.sub("", own))):
            return Name(self._text[slice(*ranked.span("list"))], start, figure.number.tail)
        return Name(self._text[start:end], start, figure.number.tail)

    def _own(self, figure: Figure) -> Name | None:
        """The name of a listed indicator before a colon, or of a user's own one, right before a number, behind a mark or another name: C11地块|成交总价|8.8亿元."""
        number, folded, begin = figure.number, self._folded, figure.ahead
        if figure.rule.kind not in {"level", "share", "growth"}:
            return None
        if begin > self._sentence and folded.endswith(COLONS, begin - 1, number.lead):
            colon = begin - 1
            begin = behind_last(folded, _CLAUSE_MARKS, self._sentence, colon)  # a colon, which ends a clause, leads from a name to its number
            if figure.rule.kind == "growth":
                start, end = self._reader.trim_before(folded, begin, colon, True)  # 生产总值增速：5.8%
                return Name(self._text[start:end], start, number.tail) if self._reader.known.fullmatch(folded, start, end) else None
            if labelled := self._reader.labelled.search(folded, begin, number.lead):
                return Name(self._text[slice(*labelled.span("name"))], labelled.start(), number.tail)
        if figure.rule.kind == "growth" or self._reader.own is None or (found := self._reader.own.search(folded, begin, number.lead)) is None:
            return None
        start = found.start()
        behind = start == begin or folded[start - 1] in _BEFORE_OWN or any(m.end == start for m in self._named.any_between(start - _LONGEST, start))
        return Name(self._text[start : found.end("name")], start, number.tail) if behind else None

    def _of_sector(self, figure: Figure, name: str) -> str:
        """第二产业占比, of 三次产业结构比为5:40:55 the second; `name` where it is no such thing."""
        place, count = figure.place
        if count != len(SECTORS):
            return name
        if name == self._so_far.topic and len(before := self._so_far.list_before(place)) == count:
            return before[place]  # 三次产业结构由5:45:50调整为5:40:55
        if (found := self._words.three_sectors.search(name)) is None:
            return name
        return name[: found.start()] + f"第{SECTORS[place]}{found['sector']}占比"

    def _around(self, figure: Figure) -> Name:
        """The name in the words around the number, and with what was told before."""
        number, rule, folded, text = figure.number, figure.rule, self._folded, self._text
        start, end = self._before_number(figure)
        if (part := self._words.part_of.match(folded, max(figure.ahead, start - 2), end)) and self._words.share_next.match(folded, number.tail):
            self._whole = part.start(1), end, number.tail
            return Name(text[part.end() : end], part.end(), number.tail)
        if figure.ahead == self._whole[2] and rule.kind == "share":
            start, end, _ = self._whole
        behind, tail = number.tail, number.tail
        if rule.indicator == "both":
            behind, tail = self._spans.behind(figure)
            if number.kind == "rank":
                return Name(text[behind:tail], number.lead, tail)
        elif number.kind == "time" and (way := self._words.way.match(folded, number.tail, figure.behind)):
            self._so_far.topic, self._so_far.kind = (text[start:end] + text[way.end() : figure.behind])[:_LONGEST], "time"
            return Name(self._so_far.topic, start, figure.behind)  # 乘车18分钟可从甲市直达乙市
        counted = behind < tail
        own = self._shared.own(figure, start, end, self._so_far)
        if not own and start < end:
            if self._says_who(figure, start, end, counted):
                start = end
            elif number.kind == "time" and self._named.names_exactly(start, end):
                return Name("", start, number.tail)  # 甲市至乙市最快1小时可达: no place is so long
        if start < end and rule.kind != "share" and number.kind in _RATES_AND_SUMS and self._words.place_unlisted.fullmatch(folded, start, end):
            self._so_far = SoFar()  # what follows is of that place too
            return Name("", start, number.tail)
        name = self._in_full(figure, own or self._own_words(figure, start, end, text[behind:tail]), start, end, tail)
        if self._reader.fragment.search(self._plain(figure, name)):
            return Name("", start, number.tail)
        if not name and rule.kind == "growth" and self._only and self._words.by_places.match(folded, self._sentence):
            name = self._only  # 工业增加值90亿元，增长9%。分县看，甲县增长7%，乙县增长10%
        if rule.kind == "share":
            name = self._of_sector(figure, name)
        if figure.place[1] > 1:
            name = self._words.so_many.sub("", self._words.each_own.sub("", name) or name)
        self._remember(figure, name, start < end)
        name = self._with_verb(figure, self._words.examples.sub("", name) or name, start < end)
        used = counted and name.endswith(text[behind:tail])
        name = self._ended(figure, name, start, end, text[behind:tail] if used else "")
        return Name(name[:_LONGEST], start, tail if used else number.tail, not own and self._is_one_of_several(figure))

    def _before_number(self, figure: Figure) -> tuple[int, int]:
        """The span of the words before the number that may name what it measures, with more of them where they say nothing alone."""
        start, end, named = self._spans.before(figure)
        places = figure.rule.kind == "growth" and (start == end or self._named.names_exactly(start, end)) and not self._words.joins_all.search(self._folded, figure.begin, end)
        if named and not places:
            self._so_far.topic = ""  # 项目总投资 is of the project, not of the figure before; but 其中，甲市、乙市分别增长 goes on with it
        alone = self._folded[start:end] in self._reader.alone and not self._named.words.built_with_it.match(self._folded, figure.number.tail)
        if alone or end - start == _SHORT and self._spans.is_behind_quotation(start):
            start = self._spans.with_more(start, end, self._sentence)
        return start, end

    def _says_who(self, figure: Figure, start: int, end: int, counted: bool) -> bool:
        """Whether the words in `start:end` only tell when, where or who, and what stands elsewhere; `counted`: behind the number."""
        if self._spans.is_time(start, end) or self._named.is_name(start, end, figure.place[1] > 1 or figure.clause < figure.ahead == start):
            return True  # 4月份增速加快1.7个百分点: a time names nothing, nor does a mere place
        # 甲部已将30个项目列入名单: who does something with what is counted
        return counted and self._words.does_with.fullmatch(self._folded, end, figure.number.lead) is not None and self._named.names_exactly(start, end)

    def _in_full(self, figure: Figure, name: str, start: int, end: int, tail: int) -> str:
        """A name with what was measured before, and what stands between its words and the number; they stand as `_completed` says."""
        number, rule, folded, text, words = figure.number, figure.rule, self._folded, self._text, self._words
        if words.residents.search(name) and (measured := words.of_residents.search(self._so_far.topic)):
            name += measured[1]  # 居民人均收入3万元，城镇居民4万元
        if rule.kind == "growth" and words.industry.fullmatch(name) and (of := words.of_industries.search(self._so_far.topic)):
            name += of[1]  # 甲业增加值增长8%，乙业增长3%
        if rule.kind == "growth" and figure.place[1] == 1:
            name = self._with_partner(figure) or name
        name = self._completed(figure, name, start, end, tail)
        if number.kind == "points" and start < end and name == text[start:end] and (rate := words.rate_cut.match(folded, end, number.lead)):
            name += text[slice(*rate.span("rate"))]
        if rule.id in _TURNED:
            name = words.turned_by.sub("", name)
        elif rule.kind == "level" and figure.place[1] == 1 and start < end and name == text[start:end]:
            name = self._clause.fuller(figure, name) or name
        if rule.id == "growth-fall" and words.price.search(folded, end, number.lead):
            name += words.price_called[0]
        if rule.kind == "change" and name and not fold(name).endswith(words.harvest_called[0]) and words.harvest.search(folded, figure.clause, number.lead):
            name += words.harvest_called[0]
        if words.trade.fullmatch(fold(name)) and (partners := [*words.traded_with.finditer(folded, self._sentence, max(self._sentence, figure.clause))]):
            name = text[slice(*partners[-1].span())] + name
        if number.kind == "count":
            name = words.size_first.sub("", name)
        name = words.time_inside.sub("", words.foreseen_inside.sub("", name))
        return words.done.sub("", name) if name.count("了") == 1 else name

    def _ended(self, figure: Figure, name: str, start: int, end: int, after: str) -> str:
        """A name as it is told, "" where it names nothing that is measured; `after` are the words behind the number with which it ends."""
        number, rule, folded = figure.number, figure.rule, self._folded
        if rule.kind == "rank":
            name = self._words.years_in_a_row.sub("", name)
        elif after and name == after and folded[number.tail + len(after) : number.tail + len(after) + 1] in _CLAUSE_ENDS and self._words.for_whom.search(folded, max(0, number.lead - 2), number.lead):
            name = self._text[number.lead - 1] + name
        if number.kind in _MEASURED and start < end and name == self._text[start:end] and self._named.names_exactly(start, end):
            return ""  # 甲港以超过3万标箱的吞吐量: its name says nothing of what is measured
        if rule.kind == "growth" and self._words.firm_end.search(fold(name)):
            return ""
        plain = self._plain(figure, name)
        # 甲市、乙市超过5000亿元，全省1个过万亿: a place says nothing of what is measured
        return "" if not after and plain in self._named.places or self._words.unfinished.search(plain) else name

    def _turned_round(self, figure: Figure, name: str) -> str:
        """The name of a part of what the clause before tells of, or of so many kinds of a thing, whose own words stand in another order; "" for any other."""
        words, folded = self._words, self._folded
        if figure.rule.kind == "share" and (come := words.all_come.match(fold(name))) and (whole := words.of_all.search(folded, self._sentence, figure.clause)):
            first, last = self._spans.trimmed(*whole.span("what"), False)
            return self._text[first:last] + name[come.end() :]  # 新增装机中，超过80%都来自可再生能源
        if figure.number.kind == "count" and (kinds := words.kinds_of.match(fold(name))):
            thing = name[kinds.end() :]
            return (thing if len(thing) <= _SHORT_KIND else "") + name[: kinds.end("kinds")]  # 200个品种的牡丹
        return ""

    def _completed(self, figure: Figure, name: str, start: int, end: int, tail: int) -> str:
        """A name that is cut too short, with what else tells of it; its words before the number stand in `start:end`, those behind end at `tail`."""
        number, words, folded, text = figure.number, self._words, self._folded, self._text
        plain = folded[start:end]
        if figure.rule.kind == "change" and name == text[start:end] and (words.per_each.fullmatch(plain) or plain.endswith("年")):
            return text[start : number.lead]  # 户均增收4000元
        if number.kind == "count" and (placed := words.placed.fullmatch(fold(name))):
            return name[slice(*placed.span("where"))]
        if turned := self._turned_round(figure, name):
            return turned
        if figure.rule.kind == "growth" and (against := words.against_end.search(name)) and against.start():
            return name[: against.start()]
        if number.kind == "count" and tail > number.tail and name.endswith(text[tail - 1]) and (harmed := words.harmed.match(folded, tail, figure.behind)):
            return name + text[slice(*harmed.span("harm"))]  # 1800座房屋在地震中受损
        if figure.rule.kind == "growth" and words.sector.fullmatch(plain) and words.by_sector.match(folded, self._sentence) and (of := words.of_sector.search(self._before)):
            return name + of[0]  # 投资增长5%。分产业看，第二产业增长8%
        if words.value_of_sector.fullmatch(plain) and (economy := self._part_economy()):
            return economy + name  # 民营经济增加值90亿元。其中，第一产业增加值9亿元
        if words.harvested.fullmatch(plain) and name == text[start:end] and (crops := [*words.crop.finditer(folded, self._sentence, figure.ahead)]):
            return text[slice(*crops[-1].span())] + name  # 粮食面积、产量双增，总产9亿斤
        if words.sums.fullmatch(plain) and name == text[start:end]:
            begin = behind_last(folded, "，", self._sentence, max(self._sentence, figure.clause - 1))
            if figure.clause > begin and (what := words.in_respect.search(folded, begin, figure.clause - 1)):
                return text[slice(*what.span("what"))] + name
        return name

    def _with_partner(self, figure: Figure) -> str:
        """The trade told of before with another than before: 对甲国出口增长5%，对乙国增长8%; "" if a figure is of no such thing."""
        words, folded, lead = self._words, self._folded, figure.number.lead
        grown = self._reader.growth.search(folded[figure.ahead : lead])
        if grown is None or (partner := words.with_partner.fullmatch(folded, figure.ahead, figure.ahead + grown.start())) is None:
            return ""
        topic = self._so_far.topic
        traded = words.traded.fullmatch(fold(topic))
        return self._text[slice(*partner.span("partner"))] + topic[slice(*traded.span("what"))] if traded else ""

    def _part_economy(self) -> str:
        """The part of the economy whose sectors a sentence tells of: the one that the sentence before opens with, or that was named before a semicolon; "" if it is all of it."""
        if self._words.among_them.match(self._folded, self._sentence):
            begin = behind_last(self._folded, "。\n", 0, self._sentence - 1)
            found = self._words.part_economy.match(self._folded, begin)
        else:
            found = self._words.part_economy.match(self._before)
        return found["whose"] if found else ""

    def _own_words(self, figure: Figure, start: int, end: int, after: str) -> str:
        """The name by the words in `start:end` before the number and those `after` it."""
        before = self._text[start:end]
        result = self._joined.of(figure, before, self._folded[start:end], after, self._so_far)
        if start < end and result.startswith(before) and (whose := self._spans.before_time(figure, start)):
            return self._text[slice(*whose)] + result
        return result

    def _is_one_of_several(self, figure: Figure) -> bool:
        """Whether 分别 says that each value is of another thing."""
        number = figure.number
        if figure.place[1] > 1 and EACH in self._folded[figure.clause : number.lead]:
            return True
        return EACH in self._folded[figure.begin : number.lead] and self._folded[number.tail : number.tail + 1] in self._words.joins

    def _remember(self, figure: Figure, name: str, named: bool) -> None:
        """Keep the name of a figure for those that go on with it; `named`: words before its number say it."""
        number, rule, so_far = figure.number, figure.rule, self._so_far
        if so_far.topic and is_open(self._folded, "（）", self._sentence, number.start):
            return  # 项目76项（新建48项），总投资9亿元: behind the brackets the text goes on with what it told of before
        if figure.place[1] > 1:
            if figure.place[0] == 0:
                so_far.listed_before, so_far.listed = so_far.listed, []
            so_far.listed.append(name)
        if rule.kind == "rank":
            so_far.ranked = figure.clause, name
        if rule.id == "points-above":
            return
        if rule.kind in {"level", "share"} or rule.id == "amount-new":
            so_far.levels.append(self._words.newly_end.sub("", name))
        if rule.kind == "level":
            so_far.by_unit[number.unit] = name
        if rule.kind != "rank":
            of_topic = rule.kind == "share" and so_far.topic and name.startswith(so_far.topic) and self._words.tells_part.match(name, len(so_far.topic))
            so_far.shared = so_far.topic if of_topic else ""
            so_far.rate = self._words.rate_called[rule.sign < 0] if rule.kind == "growth" and number.kind != "times" else ""  # 翻番，居全国第5位: of the amount
            so_far.rate_named = named
            so_far.kind, so_far.unit = number.kind, number.unit
            so_far.topic = self._words.newly_end.sub("", name) or name  # 企业新增5331家、增长10.8%
            self._told_of.add(so_far.topic)
            if owner := (self._words.owner if number.kind == "count" else self._words.earner).fullmatch(fold(name)):
                if not (so_far.owner and name.startswith(so_far.owner)):
                    so_far.owner = name[: owner.end("who")]
            elif so_far.owner and not name.startswith(so_far.owner):
                so_far.owner = ""
        elif named and not so_far.topic:
            so_far.topic, so_far.kind, so_far.unit = name, "rank", ""  # 排名从第34位升至第11位

    def _with_verb(self, figure: Figure, name: str, named: bool) -> str:
        """A name with the verb that its list has said once: 整治桥隧病害110个、违规占道270个; what is counted there is not what there is."""
        number, last, words = figure.number, self._verb, self._words
        counted = number.kind in {"count", "measure"} and figure.rule.kind in {"level", "change"} and named and not figure.place[0]
        if counted and last is not None and last.goes_on(figure, self._words.served_unit) and self._folded[figure.ahead - 1] == "、":
            own = self._folded[figure.ahead : number.lead]
            measured = words.measure_noun.search(own) and not (last.area and words.area_end.search(own))
            if not words.own_verb.search(own) and not self._reader.verb_start.match(name) and not measured:
                self._verb = last._replace(ahead=number.tail)
                return last.text + name
        plain = self._plain(figure, name) if counted else ""
        verb = words.list_verb.match(plain)
        self._verb = _Verb(name[: verb.end()], figure.clause, number.tail, number.unit, words.area_end.search(plain) is not None) if verb else None
        return name

    def _plain(self, figure: Figure, name: str) -> str:
        """A name folded; most stand so in the folded text already, and folding costs more than to look."""
        return name if name in self._folded[figure.begin : figure.behind] else fold(name)

    def _above(self, figure: Figure, at: int, end: int) -> Name:
        """The name of 高于全国0.7个百分点, in which what compares stands in `at:end`: with what is told of before, and by which rate."""
        start, stop, named = self._spans.trimmed_behind_name(figure.begin, at)
        if named:
            self._so_far.topic = self._so_far.rate = ""
        own, (place, count) = self._folded[start:stop], figure.place
        unshared = count > 1
        if count > 1 and len(parts := self._words.parts.split(own)) == count:
            words, unshared = self._spans.lists.completed(parts, place, self._text[start:stop]), False
        elif not (words := self._compared(figure, start, stop)):
            return Name("", at, at)
        return Name((words + self._text[at:end])[:_LONGEST], start if start < stop else at, figure.number.tail, unshared)

    def _above_each(self, figure: Figure, two: re.Match[str]) -> Name:
        """The name of one of two distances from two others: 比全国、全省分别高0.5和0.3个百分点."""
        start, stop, _ = self._spans.trimmed_behind_name(figure.begin, two.start())
        if not (words := self._compared(figure, start, stop)):
            return Name("", two.start(), two.start())
        how = (self._text[slice(*two.span(part))] for part in ("than", ("first", "second")[figure.place[0]], "how") if two[part])
        return Name((words + "".join(how))[:_LONGEST], start if start < stop else two.start(), figure.number.tail)

    def _compared(self, figure: Figure, start: int, stop: int) -> str:
        """What is compared with another: the words in `start:stop`, or what was told of before, and by which rate; "" if nothing was."""
        own, words = self._folded[start:stop], self._text[start:stop]
        if own and self._words.rate_alone.fullmatch(own) is None:
            self._so_far.topic, self._so_far.kind, self._so_far.rate, self._so_far.rate_named = words, "percent", "", False
            return words
        if not (told := self._so_far.topic or self._clause.grew(figure)):
            return ""
        # 下降2%，低于全市3个百分点: whether it fell by more or less than there is left to the words
        rate = "" if self._words.rate.search(told) or self._so_far.rate != self._words.rate_called[0] else self._so_far.rate
        self._so_far.rate_named = True  # 增速高于全国0.2个百分点，居全国第2位: a rank behind it is of the rate
        return told + (words or rate)
