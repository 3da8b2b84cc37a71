"""What a figure is about as its own sentence tells: named behind it, in its clause, or in the clauses before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.names.mentions import NATION, MentionRef, nameless
from kg.extract.observations.figures import BARE_VERB, Figure
from kg.extract.observations.named import Named, NamedReader
from kg.extract.observations.named_again import AgainNamed
from kg.extract.observations.nation_marks import NOWHERE
from kg.extract.observations.passing import Passing
from kg.model import Sentence
from kg.text.sentences import behind_last, line_start

_STOPS_CLAUSE = re.compile(r"[，。；：]")
_MEETING_REACH = 300  # characters
_ROOM_REACH = 8


class ClauseSubject(NamedReader):
    """Finds what the sentences of one text name for their figures."""

    def __init__(self, named: Named, passing: Passing) -> None:
        super().__init__(named)
        self._passing = passing
        self._again_named = AgainNamed(named)
        self.again: tuple[int, MentionRef | None] = (-1, None)  # where the kind of something named before was last taken up
        self.examples: set[str] = set()  # what the sentence looked at last has named so far as mere examples of what is counted
        self._sentence = -1

    def find(self, figure: Figure, indicator: int) -> MentionRef | None:
        """What a figure is about, the name of whose indicator begins at `indicator`; None if its sentence does not tell."""
        sentence, clause, at = figure.sentence, figure.clause, figure.number.lead
        if sentence.start != self._sentence:
            self._sentence, self.examples = sentence.start, set()
        if counted := self._behind(figure, indicator):
            return counted
        inside = [m for m in self._between(sentence.start, at) if m.end <= at]
        named = [m for m in inside if m.start >= clause]
        here = self._here(figure, named)
        if not here and named and self._opens_items(figure, named):
            return nameless(clause)
        self.examples = (self.examples | {m.entity for m in named}) - {m.entity for m in here}
        taken_up = not self._named.report or not here and clause > sentence.start and self._words.again_this.match(self._folded, clause) is not None
        if taken_up and (again := self._again_named.find(figure, inside, here)):
            self.again = (at, again)
            return again
        if not here and (told := self._unnamed(figure, inside) or self._is_built(figure, inside)):
            return told
        if not self._named.report and self._words.of_states.match(self._folded, clause, at):
            return nameless(clause)
        if here and (own := self._in_clause(figure, here, indicator)):
            return own
        opens = next((m for m in here if not self._passing.passes(m, clause) and self._named.opens(m, clause)), None)
        opening = [m for m in here if m.start >= opens.start] if opens is not None else []
        if opening and opening[0].end <= max(indicator, clause):
            return self._named.nearest(opening)
        if self._named.report:
            return self._opener(sentence, inside) or self._port(figure, inside, indicator)
        if opening and opening[0].end < at:
            return self._named.nearest(opening)
        return self._gathering(figure) or self._before(figure, inside, here)

    def _unnamed(self, figure: Figure, inside: Sequence[MentionRef]) -> MentionRef | None:
        """What a clause of the news tells of that has no name in it: nobody, or what a clause before takes up; None if it says nothing of such."""
        if self._named.report:
            return None
        # of a project that is not found, and of nobody else
        if self._words.again_one.match(self._folded, figure.clause, figure.number.lead) or self._is_of_others(figure):
            return nameless(figure.clause)
        return self._taken_up(figure, inside)

    def _invested_in(self, told: Sequence[MentionRef]) -> MentionRef | None:
        """What the owner among `told` begins the name of: 投资3亿元的甲集团物流园; of none that was found if a noun follows, None if nothing does."""
        owner = max((m for m in told if m.type == "Body"), key=lambda m: m.end)
        works = [m for m in [*told, *self._between(owner.end, owner.end + 1)] if m.type == "Project"]
        if works:
            return max(works, key=lambda m: m.end)
        return nameless(owner.start) if self._words.more_behind.match(self._folded, owner.end) else None

    def _behind(self, figure: Figure, indicator: int) -> MentionRef | None:
        """全长1.62公里的京雄大桥; 39个国务院安委会成员单位. Nobody's, if such a bridge was not found."""
        start, end = figure.number.tail, figure.behind
        starts = [start]
        if built := self._words.built_with_it.match(self._folded, start, end):
            starts = [built.end()]  # 投资30亿元建设的乙电站
        elif start < end and self._folded[start] == "的":
            kind = self._words.first_of_its_kind.match(self._folded, start + 1)
            starts = [start + 1, kind.end() if kind else start + 1]  # 占地千亩的国内最大电池基地
        invested = self._folded[start : start + 1] == "的" and self._words.money_in.search(self._folded, max(0, indicator), start) is not None
        for place in dict.fromkeys(starts):
            told = self._between(place, place + 1)
            if invested and any(m.type == "Body" for m in told) and (of := self._invested_in(told)):
                return of
            for mention in told:
                if mention.type in {"Project", "Body"} and mention.end <= end and not self._words.made_there.match(self._folded, mention.end):
                    return mention
        of_it = start < end and self._folded[start] == "的" and self._words.of_works.match(self._folded, figure.clause) is not None
        return nameless(start) if built or of_it and not self._named.report else None

    # -- named in the clause of the number -----------------------------------------------------------------------

    def _here(self, figure: Figure, here: list[MentionRef]) -> list[MentionRef]:
        """What the clause of a figure names, without mere examples of what is counted: 甲省、乙省等20个省份."""
        clause, at = figure.clause, figure.number.lead
        among = self._folded[at - 1] == "等"
        if self._named.report:
            here = [m for m in here if m.type in {"Area", "Body", "Project"}]
            return [] if among and ("、" in self._folded[clause:at] or here and here[-1].end == at - 1) else here
        if among and here and here[-1].end == at - 1:
            examples = self._named.sharing(clause, at, here[-1].entity)
            alone = len(examples) == 1 and here[-1].type in {"Project", "Body"}  # 甲园等85个项目竣工
            return [m for m in self._without_last(here) if m.entity not in examples or len(examples) < 2 and not alone]
        return [] if among and self._opens_items(figure, here) else here

    def _opens_items(self, figure: Figure, here: Sequence[MentionRef]) -> bool:
        """Whether the places in a clause only open the items of a list of examples: 甲国榴莲、乙国龙眼等8种水果."""
        clause, at = figure.clause, figure.number.lead
        if self._named.report or self._folded[at - 1] != "等" or here[-1:] and here[-1].end == at - 1 or any(m.type != "Area" for m in here):
            return False
        further = [m for m in here if self._folded[m.start - 1] == "、"]
        return bool(further) and here[0].start == clause and here[0] is not further[0]

    def _without_last(self, here: list[MentionRef]) -> list[MentionRef]:
        """`here` without the list of places or things that it ends with, of which each may stand behind what it lies in: 甲省乙市、丙省丁市."""
        first = len(here) - 1
        while first and here[first - 1].type == here[-1].type and self._joins(here[first - 1].end, here[first].start):
            first -= 1
        several = any(self._folded[one.end : other.start] for one, other in pairwise(here[first:]))
        return here[:first] if several else here

    def _joins(self, start: int, end: int) -> bool:
        """Whether nothing stands between two names but what joins those of a list, and marks of an aside: 甲区（含乙园）、丙区."""
        return end <= start or self._folded[start:end].strip("（含）") in {"", *self._words.joins}

    def _in_clause(self, figure: Figure, here: Sequence[MentionRef], indicator: int) -> MentionRef | None:
        """Of what the clause names, that which words or its place beside the number single out."""
        clause, at = figure.clause, figure.number.lead
        folded, words, last = self._folded, self._words, here[-1]
        for mention in here:
            if (made := words.made_by.match(folded, mention.end, at + 1)) and folded[made.end()].isdigit():
                return mention
        if folded[at] == "第" and folded[last.end : at] in {"", "的"} and last.type in {"Project", "Body"}:
            return last  # 这是某型火箭的第459次飞行
        if last.end == at and last.type == NATION:
            return last  # 持续优化全国5000多个服务中心
        if together := self._together(figure, here):
            return together
        if not self._named.report and self._of_more(figure, last):
            return nameless(last.start)
        for mention in reversed(here):
            if mention.end <= indicator and words.link.fullmatch(folded, mention.end, indicator):
                # 青岛海关已监管中欧班列1459列: what stands right before its number is what is counted.
                counted = mention.end == at and mention.type == "Project" and len(here) > 1
                placed = (not self._named.report and not counted) or mention.type == "Area" or self._named.opens(mention, clause) or self._is_paid_for(figure, mention)
                if placed and not self._passing.passes(mention, clause):
                    return self._named.nearest([m for m in here if m.start >= mention.start])
        return None

    def _is_paid_for(self, figure: Figure, work: MentionRef) -> bool:
        """Whether a clause of a report tells how much is to be spent on a work: 确保甲高速年度投资20亿元."""
        clause, at = figure.clause, figure.number.lead
        if work.type != "Project" or self._words.furthers.fullmatch(self._folded, clause, work.start) is None:
            return False
        return self._words.spent.fullmatch(self._folded, work.end, at) is not None

    def _together(self, figure: Figure, here: Sequence[MentionRef]) -> MentionRef | None:
        """The first of several that a clause opens with, which stands for all; `Named.sharing` tells the others."""
        clause, at = figure.clause, figure.number.lead
        folded, first, last = self._folded, here[0], here[-1]
        if len(here) < 2:
            return None
        in_sum = self._words.in_all.search(folded, last.end, at) and first.type in {"Project", "Body"} and self._named.opens(first, clause)
        if in_sum and len(self._named.sharing(clause, at, first.entity)) > 1 and not self._words.source_after.match(folded, last.end):
            return first  # 甲机场、乙机场共起降航班734架次
        if self._words.each.search(folded, last.end, at):
            # 杭州、宁波分别增长4.7%、5.4%
            names = self._named.sharing(clause, at, last.entity)
            opens = next((m for m in here if m.entity == names[0]), None) if len(names) > 1 else None
            if opens is not None and self._named.opens(opens, clause):
                return opens
        return None

    def _of_more(self, figure: Figure, last: MentionRef) -> bool:
        """Whether a figure is of more places than are named, of which `last` is the last: 甲、乙、丙等地最高气温将达35℃."""
        clause, at = figure.clause, figure.number.lead
        if last.type != "Area" or self._words.each.search(self._folded, last.end, at):
            return False
        if (other := self._words.and_unknown.match(self._folded, last.end, at)) and not self._named.any_between(last.end, other.end()):
            return True  # 甲州和没有找到的乙州停电40万户
        return self._words.and_others.match(self._folded, last.end, at) is not None and len(self._named.sharing(clause, at, last.entity)) > 1

    def _opener(self, sentence: Sentence, inside: Sequence[MentionRef]) -> MentionRef | None:
        """The body or zone that opens a sentence of a report, else the report speaks of its area: 甲集团要全力突围，力争营收…."""
        first = inside[0] if inside else None
        if first is None or first.type not in {"Body", "Area"} or not self._named.opens(first, sentence.start):
            return None
        if first.type == "Body" and self._is_office(first):
            return None
        if first.type == "Area" and not self._words.zone.search(self._folded, first.start, first.end) and not self._has_own_task(first, inside):
            return None
        return None if self._passing.passes(first, sentence.start) else first

    def _has_own_task(self, area: MentionRef, inside: Sequence[MentionRef]) -> bool:
        """Whether a sentence gives a place that it opens with a task of its own: 某市依托甲区打造基地，推广车辆5000辆."""
        folded, words = self._folded, self._words
        if not words.administered.search(folded, area.start, area.end) or not words.own_task.match(folded, area.end):
            return False
        return all(m.type != "Area" or self._passing.passes(m, area.start) for m in inside[1:])

    def _port(self, figure: Figure, inside: Sequence[MentionRef], indicator: int) -> MentionRef | None:
        """The port or airport that the clause before opens with: 甲港货物吞吐量达3亿吨，集装箱吞吐量达50万标箱."""
        clause, at = figure.clause, figure.number.lead
        if not self._words.of_ports.search(self._folded, indicator, at) or any(m.start >= clause for m in inside):
            return None
        last = next((m for m in reversed(inside) if m.type in {"Project", "Area", "Body"}), None)
        if last is None or last.type != "Project" or not self._words.port_end.search(self._folded, last.start, last.end):
            return None
        return last if self._named.opens(last, self._named.clause_of(last)) else None

    def _is_of_others(self, figure: Figure) -> bool:
        """Whether a figure is of some who were not found as names: 两家企业销售额近30亿元; 甲电子加大研发，产值增长8%."""
        sentence, clause, at = figure.sentence, figure.clause, figure.number.lead
        if self._words.of_a_company.search(self._folded, clause, at) is None:
            return False
        if self._words.several_again.match(self._folded, clause, at):
            return True
        begin = behind_last(self._folded, "，；", sentence.start, clause - 1)
        unknown = (self._words.unknown_company.match(self._folded, opening, at) for opening in (begin, clause))
        return any(found is not None and not self._between(found.start(), found.end()) for found in unknown)

    def _is_built(self, figure: Figure, inside: Sequence[MentionRef]) -> MentionRef | None:
        """What the clauses before say is built, where what is measured is so of works: 某集团在甲市建设乙电站，装机容量90万千瓦.

        Nobody's, where what is built was not found; None where nothing else is said to be built.
        """
        sentence, clause, at = figure.sentence, figure.clause, figure.number.lead
        words, folded = self._words, self._folded
        if clause == sentence.start or not words.of_what_is_built.match(folded, clause, at):
            return None
        begin = behind_last(folded, "；：", sentence.start, clause)
        works = next((m for m in reversed(inside) if m.type == "Project" and not self._passing.passes(m, begin)), None)
        if works is not None and works.start >= begin:
            after = [m for m in inside if m.start >= works.end]
            if all(m.type == "Area" and self._passing.passes(m, begin) for m in after):
                several = words.one_of_several.search(folded, begin, works.start) and self._named.between(begin, works.start)
                return nameless(clause) if several and len(self._named.sharing(begin, works.end, works.entity)) > 1 else works
            return None
        if not inside or inside[-1].start < begin:
            return None
        last = self._named.clause_of(inside[-1])
        if words.builds_something.search(folded, last, folded.find("，", inside[-1].end)):
            return nameless(clause)
        return None

    def _taken_up(self, figure: Figure, inside: Sequence[MentionRef]) -> MentionRef | None:
        """What a clause before takes up without its name, and since when the sentence names nothing: 经理说，这条线全长16公里，设车站12座.

        Nobody's, if what was taken up was not found.
        """
        sentence, clause = figure.sentence, figure.clause
        told = max([sentence.start, *(m.end for m in inside)])
        while clause > told:
            clause = max(self._folded.rfind("，", told, clause - 1) + 1, told)
            if clause != told and self._words.this_work.match(self._folded, clause):
                at, again = self.again
                return again if again is not None and clause <= at < sentence.end else nameless(clause)
        return None

    def _is_office(self, body: MentionRef) -> bool:
        """Whether a body is an office of a government, which acts for its area."""
        return self._words.organ.search(self._folded, body.start, body.end) is not None

    def _gathering(self, figure: Figure) -> MentionRef | None:
        """The event that those counted came to, or that lasted when something was done: 展会期间，…."""
        sentence, at = figure.sentence, figure.number.lead
        stop = _STOPS_CLAUSE.search(self._folded, figure.behind, sentence.end)
        end = stop.start() if stop else sentence.end  # of its clause: 来自68个国家的1000名代表出席
        attends = None if self._words.has_room.search(self._folded, max(sentence.start, at - _ROOM_REACH), at) else self._words.attends.match(self._folded, at, end)
        if not attends and not self._words.while_it_lasted.search(self._folded, sentence.start, at):
            return None
        if not attends and self._turned(figure):
            return None
        start = line_start(self._folded, sentence.start)
        if attends and self._words.at_meeting.search(attends[0]):
            # The meeting that was held, of which the paragraph before may tell.
            told = reversed(self._between(max(0, start - _MEETING_REACH), at))
            return next((m for m in told if m.type == "Event" and self._was_held(m)), None)
        return next((m for m in reversed(self._between(start, at)) if m.type == "Event"), None)

    def _turned(self, figure: Figure) -> bool:
        """Whether a sentence has turned from an event to a place or body: 论坛期间，甲区签约项目26个，总投资340亿元."""
        sentence, at = figure.sentence, figure.number.lead
        lasted = self._words.while_it_lasted.search(self._folded, sentence.start, at)
        told = self._between(lasted.end(), at) if lasted else []
        return bool(told) and told[0].type in {"Area", "Body"} and self._named.opens(told[0], self._named.clause_of(told[0])) and not self._passing.passes(told[0], sentence.start)

    def _was_held(self, event: MentionRef) -> bool:
        held = self._words.held_near.match(self._folded, event.end) or self._words.holds.search(self._folded, event.start - 4, event.start)
        return held is not None

    # -- named in the clauses before -----------------------------------------------------------------------------

    def _before(self, figure: Figure, inside: Sequence[MentionRef], here: Sequence[MentionRef]) -> MentionRef | None:
        """What the clauses before are about, of which a clause without a name of its own goes on to tell."""
        sentence, clause, at = figure.sentence, figure.clause, figure.number.lead
        if not here:
            shown = self._shown_at(inside[-1], clause) if inside else None
            if found := shown or self._local(inside, clause) or self._apposed(inside) or self._placed(inside, clause):
                return found
        earlier = [m for m in inside if m.start < clause and not self._passing.known(m, sentence.start)]
        if all(m.type == "Policy" for m in earlier) and (scene := self._scene(sentence, inside)):
            return scene
        if earlier and earlier[-1].type == "Body" and self._words.aims_at.match(self._folded, clause, at) and self._is_office(earlier[-1]):
            return None  # 省某局要推进…，力争装机突破…: what is aimed at is the area's
        if not earlier:
            return None
        found = self._going_on(figure, earlier)
        return nameless(clause) if self._lies_at(figure, found) else found

    def _lies_at(self, figure: Figure, place: MentionRef) -> bool:
        """Whether a place is only where something lies that was not found, of which later clauses tell: 甲电场位于乙平原腹地，….

        Or one of several examples: 甲、乙等城市，….
        """
        sentence, clause = figure.sentence, figure.clause
        if place.type != "Area" or place.start < sentence.start:
            return False
        begin = self._named.clause_of(place)
        last = [m for m in self._between(begin, clause) if m.type == "Area"][-1]
        pause = self._folded.find("、", place.end, last.start)
        if pause >= 0 and not any(m.type == "Area" for m in self._between(place.end, pause)) and self._words.and_others.match(self._folded, last.end):
            return True
        for found in self._words.lies_there.finditer(self._folded, sentence.start, clause):
            start, end = found.span("thing" if found["thing"] else "kind")
            if found.start() <= place.start < found.end() and not any(m.end == end or m.start < end < m.end for m in self._named.any_between(start, end)):
                return True
        return False

    def _shown_at(self, last: MentionRef, clause: int) -> MentionRef | None:
        """The fair at which something is shown: 在某馆举办的“特展”上，首次展出了12幅."""
        if last.type != "Event" or self._named.is_meeting(last):
            return None
        return last if self._words.at_event.fullmatch(self._folded, last.end, clause) else None

    def _apposed(self, inside: Sequence[MentionRef]) -> MentionRef | None:
        """What the clauses before name last, behind a dash and before a comma: 发现了我国首个大气田——某气田，探明储量…."""
        last = max(inside, key=lambda m: (m.end, -m.start), default=None)
        if last is None or last.type not in {"Project", "Body"} or self._folded[last.end : last.end + 1] != "，":
            return None
        dash = self._folded.rfind("—", 0, last.start)
        return last if dash >= 0 and dash + 1 >= min(m.start for m in inside if m.end <= last.end and m.end > dash) else None

    def _local(self, inside: Sequence[MentionRef], clause: int) -> MentionRef | None:
        """The place named last, of which a clause before says that it goes on to tell: 甲省早稻抽穗，在乙县，当地探索新模式，安装设备30套."""
        last = inside[-1] if inside else None
        if last is None or last.type != "Area" or last.end >= clause or not self._words.there.match(self._folded, last.end):
            return None
        return last

    def _placed(self, inside: Sequence[MentionRef], clause: int) -> MentionRef | None:
        """The place that the clause before is about: 据报道，在甲市，体感温度降到零下35摄氏度."""
        region = self._words.region.fullmatch
        last = next((m for m in reversed(inside) if m.end == clause - 1 or m.end < clause and region(self._folded, m.end, clause)), None)
        if last is None or last.type != "Area" or self._folded[clause - 1] != "，":
            return None
        start = self._named.clause_of(last)
        first = next(m for m in inside if m.start >= start)
        alone = first.type in {"Area", NATION} and len(self._named.sharing(start, clause, last.entity)) < 2
        return last if alone and self._words.at.fullmatch(self._folded, start, first.start) else None

    def _scene(self, sentence: Sentence, inside: Sequence[MentionRef]) -> MentionRef | None:
        """The place that a sentence opens with: 在山西运城，当地部门设立了31个服务站."""
        first = next((m for m in inside if m.type == "Area"), None)
        if first is None or not self._words.scene.fullmatch(self._folded, sentence.start, first.start):
            return None
        place = self._named.nearest([m for m in inside if m.start >= first.start])
        return place if self._folded[place.end : place.end + 1] in "，的" or self._words.region.match(self._folded, place.end) else None

    def _going_on(self, figure: Figure, earlier: Sequence[MentionRef]) -> MentionRef:
        """Of what the clauses before name, that of which a clause without a name goes on to tell."""
        sentence, clause, at = figure.sentence, figure.clause, figure.number.lead
        last = max(earlier, key=lambda m: (m.end, -m.start))
        if last.type in {"Policy", "Event", "Project"} and self._words.consists_of.match(self._folded, clause):
            return last  # 三地公布“湾区标准”，涵盖25个领域
        if len(earlier) > 1 and self._is_begun(earlier[0], last) and not _STOPS_CLAUSE.search(self._folded, last.end, clause - 1):
            return last  # 某部启动试点工作，拟选1000所学校
        if at - clause <= BARE_VERB:
            # 甲地区增速最高，达到45.7%
            before = behind_last(self._folded, "，；", sentence.start, clause - 1)
            if before > sentence.start and (opening := [m for m in earlier if m.start >= before]) and self._named.opens(opening[0], before):
                return self._named.nearest(opening)
        if earlier[0].entity == NOWHERE and (home := self._named.home_among(earlier)):
            return home  # 统计局发布：中国制造业采购经理指数为52.6%，上升2.5个百分点
        return self._named.nearest(earlier)

    def _is_begun(self, first: MentionRef, last: MentionRef) -> bool:
        """Whether a policy or event is said to begin, by what is named first."""
        if last.type not in {"Policy", "Event"} or self._named.is_meeting(last):
            return False
        return self._words.begins.search(self._folded, first.end, last.start) is not None
