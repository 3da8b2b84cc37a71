"""Whose figure it is: the body, project or place named with the number, else what the passage is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from kg.extract.names.mentions import NATION, MentionRef
from kg.extract.observations.clause_subject import ClauseSubject
from kg.extract.observations.figures import Figure
from kg.extract.observations.harm_places import HarmPlaces
from kg.extract.observations.named import Named, NamedReader
from kg.extract.observations.own_area import OwnArea
from kg.extract.observations.paragraph_subject import ParagraphSubject
from kg.extract.observations.passing import Passing
from kg.extract.observations.placed_items import PlacedItems
from kg.extract.observations.told_works import ToldWorks
from kg.model import Sentence
from kg.text.sentences import behind_last, line_end, line_start

_TITLE_REACH = 120  # characters in which a title stands
_LABELLED = re.compile(r"[^，。；：\n]{2,15}：[^，。；\n]{0,4}")  # of a line of a form, what stands before its number


class Whose(NamedTuple):
    """Whose a figure is, and where it is named: behind, clause, sentence, paragraph, title, area (of the report), passage, figure (the one before), country, none."""

    entity: str | None
    step: str


NOBODY = Whose(None, "none")
UNKNOWN = Whose(None, "unknown")  # of what was not found as a name, and so of nothing else that is named


def _by(mention: MentionRef | None, figure: Figure) -> Whose:
    """A figure's subject by a mention, which may be the country or a thing without a name."""
    if mention is None:
        return NOBODY
    if not mention.entity:
        return Whose(None, "country") if mention.type == NATION else NOBODY
    if mention.start >= figure.clause:
        return Whose(mention.entity, "behind" if mention.start >= figure.number.lead else "clause")
    return Whose(mention.entity, "sentence" if mention.start >= figure.sentence.start else "paragraph")


class SubjectReader(NamedReader):
    """Tells of one text's figures whose they are. Sentences are asked for in order."""

    def __init__(self, named: Named, topics: Mapping[int, str | None], heads: Mapping[int, tuple[int, int]], own: str | None) -> None:
        """`heads` are the spans of the headlines of the text and its stories, by the sentence with which each begins, in order; `own` is the area that a text which is no report tells of as its own."""
        super().__init__(named)
        self._report = named.report
        home = {m.entity for m in named.home}
        self._topics = {index: None if topic in home else topic for index, topic in topics.items()}
        told = set(self._topics.values())
        self._own = OwnArea(named, None if own in home else own, self._topics)
        self._area = self._own.area or (None if named.report or len(told) != 1 else told.pop())  # the one that all of a text that is no report is about
        self._own_text = self._own.area is not None or self._area is not None and self._words.own_place.search(self._folded) is not None  # 全市, 我县: it speaks of that as its own
        self._passing = passing = Passing(named)
        self._works = ToldWorks(named, passing)
        self._clause = ClauseSubject(named, passing)
        self._paragraph = ParagraphSubject(named, passing)
        self._last: tuple[int, str | None] = (-2, None)  # the sentence of the figure told last, and whose that is
        self._of_which: tuple[int, str | None] = (-2, None)  # a sentence that opens with 其中, and whose the figures before it are
        self._told_of = None if named.report else self._paper_on()
        self._headline = self._place_of_headline()
        self._items = PlacedItems(named)
        self._harm = HarmPlaces(named)
        self._begins = list(heads)
        self._heads_of = list(heads.values())
        self._headed = [{m.entity for m in named.any_between(*head)} for head in self._heads_of]

    def of(self, figure: Figure, indicator: int, name: str) -> Whose:
        """The entity that a figure is about, and where it is named; the name of its indicator begins at `indicator` and is `name` (folded)."""
        whose = self._whose(figure, indicator, name)
        self._last = figure.sentence.index, whose.entity
        return whose

    def _whose(self, figure: Figure, indicator: int, name: str) -> Whose:
        sentence, clause, at = figure.sentence, figure.clause, figure.number.lead
        if (otherwise := self._told_otherwise(figure, name)) is not None:
            return otherwise
        if (work := self._named.work_told_of(sentence.start, at)) is not None:
            return Whose(work.entity, "clause")
        harm = not self._report and self._words.harm.search(self._folded, indicator, figure.behind) is not None
        named = self._clause.find(figure, indicator)
        if harm:
            named = self._harm.place(figure, named)
        if named is not None and named.type == "Policy" and self._own_text and (area := next((m for m in self._between(sentence.start, named.start) if m.end == named.start and m.entity == self._area), None)):
            named = area  # 全省家庭医生签约服务覆盖率
        if named is not None and named.type == "Policy" and named.start < clause and self._is_acted_on(named) and not harm and not self._words.of_a_policy.search(self._folded, clause, at):
            return Whose(self._area, "passage")  # 实施甲行动，新增企业300家
        if named is not None and (told := self._by_named(named, figure, indicator, name)) is not None:
            return told
        if named is None and (work := self._works.told(figure)):
            return _by(work, figure)
        if named is None and self._named.measured_of_several(clause, indicator) and self._words.of_areas.search(self._folded, indicator, at):
            return NOBODY  # 甲市、乙市经济总量突破6000亿元: of each, or of both, and not of what they lie in
        if self._report:
            return self._of_place_again(figure) or self._of_passage(figure)
        if named is None and (thing := self._of_form(at)) is not None:
            return Whose(thing.entity, "passage")
        if sentence.index == self._last[0] + 1 and self._words.of_which.match(self._folded, sentence.start):
            self._of_which = sentence.index, self._last[1]
        if sentence.index == self._of_which[0] + 1 and self._folded[sentence.start - 1] == "；" and named is None:
            self._of_which = sentence.index, self._of_which[1]  # 其中2019年改造6个；2020年改造3个
        if sentence.index == self._of_which[0] and not self._works.is_size(figure):
            return Whose(self._of_which[1], "figure")  # 旅客12万人次。其中，内地旅客5万人次，占40%
        carried = self._going_on(sentence) or self._paragraph.find(figure, self._clause.again)
        if carried is not None and (self._is_of_areas(carried, indicator, at) or self._is_aim(carried)):
            carried = None
        if carried is not None and not harm and carried.entity not in self._heading(sentence) and self._own.is_left(carried, sentence):
            return Whose(self._own.area, "passage")
        if carried is not None and self._is_acted_on(carried) and not harm and not self._works.is_size(figure) and not self._words.once_built.search(self._folded, sentence.start, at):
            return Whose(self._area, "passage")  # 深入实施甲行动。新增企业300家
        if carried is not None and carried.type == "Body" and harm:
            carried = self._harm.where(figure)
        return self._by_carried(carried, figure, name) if carried is not None else self._of_text(figure, indicator)

    def heads(self, sentence: Sentence) -> list[str]:
        """The things whose names alone stand before the colon with which a line, or an item of its list, begins: 一、甲区、乙区：月标准为2000元."""
        return [mention.entity for mention in self._heads(sentence)]

    def _heads(self, sentence: Sentence) -> list[MentionRef]:
        start = line_start(self._folded, sentence.start)
        head = self._words.numbered_head.match(self._folded, start, sentence.end)
        if head is None or "。" in self._folded[head.end() : sentence.start]:
            return []
        found: list[MentionRef] = []
        at, end = head.span("who")
        while at < end:
            here = [m for m in self._between(at, at + 1) if m.end <= end and (m.type in {"Area", "Project"} or m.type == "Body" and not self._words.office.search(self._folded, m.start, m.end))]
            if not here:
                return []
            longest = max(here, key=lambda m: m.end)
            if found and found[-1].end == at:
                found.pop()  # 甲市乙区
            found.append(longest)
            at = longest.end
            if self._folded[at] in self._words.joins:
                at += 1
        return found

    def _of_item(self, figure: Figure, name: str) -> Whose | None:
        """Whose a figure is that stands behind such a colon; nobody's, if it is of several and none of each."""
        sentence, clause, at = figure.sentence, figure.clause, figure.number.lead
        heads = self._heads(sentence)
        if not heads or any(m.start >= max(clause, heads[-1].end) for m in self._between(sentence.start, at)):
            return None
        if len(heads) > 1 and not self._words.of_each_head.search(name):
            return NOBODY
        return Whose(heads[0].entity, "sentence")

    def _told_otherwise(self, figure: Figure, name: str) -> Whose | None:
        """What is told by other words than the names of its clause; None if nothing is."""
        clause, at = figure.clause, figure.number.lead
        if (item := self._of_item(figure, name)) is not None:
            return item
        if built := self._works.to_be_built(figure):
            return _by(built, figure)
        if (most := self._named.most_of(clause, at)) is not None:
            return _by(most[1], figure)
        if (first := self._words.first_of.search(self._folded, figure.sentence.start, clause)) and not self._between(clause, at):
            named = [m for m in self._between(first.start("who"), clause) if m.end == first.end("who")]
            if named or figure.number.kind == "percent":
                return _by(max(named, key=lambda m: m.end - m.start), figure) if named else UNKNOWN
        if self._report:
            work = self._works.invested(figure)
            return _by(work, figure) if work else None
        if self._words.way_time.search(name) and self._words.between_places.search(name):
            return _by(self._way(figure), figure)
        if firm := self._own_firm(figure):
            return _by(firm, figure)
        won = self._won(figure)
        return _by(won, figure) if won else None

    def _by_named(self, named: MentionRef, figure: Figure, indicator: int, name: str) -> Whose | None:
        """Whose a figure is for which its sentence names something; None if that can have no such figure."""
        sentence, clause, at = figure.sentence, figure.clause, figure.number.lead
        if named.type == "Body" and self._words.hands_down.match(self._folded, named.end):
            return self._of_passage(figure)
        if (self._report or self._own.area is not None and not self._goes_on_acting(named, sentence)) and self._is_of_the_area(named, figure, indicator):
            return self._of_passage(figure)
        if named.type in {"Body", "Policy"} and self._is_of_a_land(named, name):
            return self._land_of(named, figure)
        if not self._report and self._works.is_of_works(named, figure):
            return _by(next((m for m in reversed(self._between(sentence.start, clause)) if self._works.is_work(m)), None), figure)
        if named.type == "Area":
            if self._is_theirs(named, sentence):
                return self._of_passage(figure) if self._report else NOBODY
            if named.start < clause and (work := self._works.told(figure)):
                return _by(work, figure)
            if named.start < clause and self._words.base_in_it.match(self._folded, clause):
                return NOBODY  # 甲新城启动建设，乙科技园入驻企业20家
            if self._words.thing_in_it.match(self._folded, named.end) or self._words.base_in_it.match(self._folded, named.end):
                return NOBODY
        if named.start >= clause or self._report or not self._is_of_areas(named, indicator, at):
            return _by(named, figure)
        return None

    def _is_theirs(self, place: MentionRef, sentence: Sentence) -> bool:
        """Whether a place only says where those are from who do something in another: 横琴举行招商会，澳门企业签约项目35个."""
        if self._words.people_of.match(self._folded, place.end) is None:
            return False
        return any(m.type == "Area" and m.entity != place.entity and m.end < place.start for m in self._between(sentence.start, place.start))

    def _is_acted_on(self, mention: MentionRef) -> bool:
        """Whether a thing of which a text about one area told before is only what that area acts on, and not what its sentence opens with."""
        if self._area is None or mention.type not in {"Policy", "Project"} or not mention.entity or self._own.is_presented(mention):
            return False
        if not self._own_text and (mention.type == "Project" or not self._headed or self._area not in self._headed[0]):
            return False
        start = behind_last(self._folded, "。；！？", line_start(self._folded, mention.start), mention.start)
        return not any(self._named.opens(m, start) and m.end >= mention.end for m in self._between(start, mention.start + 1))

    def _by_carried(self, carried: MentionRef, figure: Figure, name: str) -> Whose:
        """Whose a figure is of which nothing but the paragraph before tells."""
        sentence, clause, at = figure.sentence, figure.clause, figure.number.lead
        if carried.type in {"Body", "Policy"} and self._is_of_a_land(carried, name):
            return self._land_of(carried, figure)
        if carried.type == "Event" and self._words.has_room.search(self._folded, clause, at):
            built = (m for m in reversed(self._between(line_start(self._folded, sentence.start), sentence.start)) if m.type == "Project")
            return _by(next(built, None), figure)  # 某运动会主场馆甲体育场封顶。场馆可容纳4万名观众
        if self._works.is_of_works(carried, figure):
            return NOBODY  # 某园由甲县建设，总投资5000万元
        if carried.type == "Area" and not self._words.counted_works.search(self._folded, sentence.start, at) and self._named.once_built(sentence, at):
            return NOBODY  # 投产后，年产零部件40万套: of what is built, and was not found
        return _by(carried, figure)

    def _of_text(self, figure: Figure, indicator: int) -> Whose:
        """What the text, its passage or its headline is about, for a figure of which nothing else tells."""
        sentence, at = figure.sentence, figure.number.lead
        if self._told_of is not None:
            return Whose(self._told_of, "title")
        if (place := self._items.of(sentence.start)) is not None and not self._works.is_size(figure):
            return Whose(place, "title")
        passage = self._of_passage(figure)
        if passage.entity is not None and self._works.is_size(figure):
            return NOBODY  # 在甲市，…。这个基地刚刚动工，总投资35亿元
        if passage.entity is not None and passage.entity not in self._clause.examples:
            return passage
        if (begun := self._since_begun(figure)) is None and self._headline is not None and self._words.of_areas.search(self._folded, indicator, at):
            return Whose(self._headline, "title")  # 前三季度甲市经济向好 … 前三季度服务业增加值增长7%
        return _by(begun, figure)

    def _is_of_the_area(self, named: MentionRef, figure: Figure, indicator: int) -> bool:
        """Whether a clause of a report turns from the body that an earlier one told of to what its area has: 甲中心揭牌，高新技术企业突破7000家.

        An organ goes on acting, and a firm's revenue is its own.
        """
        clause = figure.clause
        if named.type != "Body" or named.start >= clause or indicator < clause:
            return False
        return not self._words.organ_end.search(self._folded, named.start, named.end) and not self._words.of_firm.match(self._folded, clause)

    def _of_passage(self, figure: Figure) -> Whose:
        """The area that a report is of, or the one that a passage of another text is about.

        News of a land names places without being about them: one of such a text is named by its first line, by the sentence of the
        number, or by the scene with which the paragraph opens.
        """
        sentence, at = figure.sentence, figure.number.lead
        topic = self._topics.get(sentence.index)
        if topic is None or self._report:
            return NOBODY if topic is None else Whose(topic, "area")
        if self._own.is_told_of(sentence):
            return Whose(self._own.area, "passage")
        told = topic in self._heading(sentence) or any(m.entity == topic and not self._is_beside(m) for m in self._between(sentence.start, at))
        scene = None if told else self._paragraph.last_scene(sentence)
        return Whose(topic, "passage") if told or scene is not None and scene.entity == topic else NOBODY

    def _heading(self, sentence: Sentence) -> AbstractSet[str]:
        """What the headline of the story names in which a sentence stands."""
        return self._headed[bisect_right(self._begins, sentence.index) - 1]

    def _goes_on_acting(self, body: MentionRef, sentence: Sentence) -> bool:
        """Whether news go on telling of a body: of a firm, or of one of which the sentence has told a figure (甲大学招生1万人，新增专业4个)."""
        return self._last == (sentence.index, body.entity) or self._words.firm_end.search(self._folded, body.start, body.end) is not None

    def _of_place_again(self, figure: Figure) -> Whose | None:
        """The place of which a sentence of a report has told a figure, and names nothing since: 甲区引进企业56家，增加值增长9%."""
        sentence, at = figure.sentence, figure.number.lead
        first, *others = self._between(sentence.start, at) or (None,)
        if first is None or others or first.type != "Area" or self._last != (sentence.index, first.entity):
            return None
        if not self._named.opens(first, sentence.start) or "；" in self._folded[first.end : at]:
            return None
        return Whose(first.entity, "sentence")

    def _of_form(self, at: int) -> MentionRef | None:
        """The thing of a user's own class that a text named last before a line with a label and a number at `at`: 成交价：3.2亿元."""
        line = line_start(self._folded, at)
        if not self._named.own or _LABELLED.fullmatch(self._folded, line, at) is None:
            return None
        return next((m for m in reversed(self._between(0, line)) if m.type in self._named.own), None)

    def _is_beside(self, place: MentionRef) -> bool:
        """Whether a place is only one of those counted, or what a figure is compared with: 包括甲区在内的13个园区; 高于全省4个百分点."""
        compared = self._words.compared_with.search(self._folded, max(0, place.start - 2), place.start)
        return compared is not None or self._words.counted_in.match(self._folded, place.end) is not None

    def _place_of_headline(self) -> str | None:
        """The one town, county or province that the first line of a text names, if the text speaks of it as its own: 全市, 我县."""
        first = line_end(self._folded, 0)
        places = [m for m in self._between(0, first) if m.type in {"Area", NATION}]
        if self._report or not places or any(m.type != "Area" for m in self._between(0, first)) or self._words.own_place.search(self._folded, first) is None:
            return None
        last = self._named.nearest(places)
        return last.entity if last is places[-1] else None

    def _way(self, figure: Figure) -> MentionRef | None:
        """The road or line of which the paragraph told last before a number that tells how long one is on the way between two places."""
        sentence, at = figure.sentence, figure.number.lead
        start = line_start(self._folded, sentence.start)
        return next((m for m in reversed(self._between(start, at)) if m.type == "Project" and m.end <= at), None)

    def _paper_on(self) -> str | None:
        """The project that a paper is about, or the institution whose yearly report or accounts it is, as its title tells; None if it is of no single one.

        甲大桥可行性研究报告的批复; 甲大学2023年年度报告, 甲县教育局2023年度部门决算.
        """
        titled = self._between(0, _TITLE_REACH)
        if (work := next((m.entity for m in titled if m.type == "Project" and self._words.paper_on_work.match(self._folded, m.end)), None)) is not None:
            return work
        opened = [m for m in titled if m.type == "Area" and self._opens_title(m)]
        first = max((m for m in titled if m.type == "Body" and (self._opens_title(m) or any(m.start == place.end for place in opened))), key=lambda m: m.end, default=None)
        if first is None:
            return None
        organ = self._words.acting.search(self._folded, first.start, first.end) is not None
        paper = self._words.accounts_of if organ else self._words.yearly_of
        return first.entity if paper.match(self._folded, first.end) else None

    def _opens_title(self, mention: MentionRef) -> bool:
        """Whether a text begins with a name, or with that behind its year: 2024年度甲厅部门预算."""
        return self._words.before_title.fullmatch(self._folded, 0, mention.start) is not None

    # -- what is told by other words than its clause -------------------------------------------------------------

    def _won(self, figure: Figure) -> MentionRef | None:
        """The honour that those counted received: 15名演员获得某奖."""
        found = self._words.wins.match(self._folded, figure.number.tail, figure.behind)
        if found is None:
            return None
        return next((m for m in self._named.any_between(found.end(), found.end() + 2) if m.type == "Honor"), None)

    def _going_on(self, sentence: Sentence) -> MentionRef | None:
        """Whose the figures of the sentence before are, if it opens with a zone or a firm: 甲高新区新增企业25家。实现产值143亿元."""
        if self._last[0] != sentence.index - 1 or self._folded[sentence.start - 1] == "\n":
            return None
        line = line_start(self._folded, sentence.start - 1)
        start = behind_last(self._folded, "。！？", line, sentence.start - 1)  # a whole text has perhaps no ！
        opens = next(iter(self._between(start, sentence.start)), None)
        ends = self._words.zone if opens is not None and opens.type == "Area" else self._words.firm_end
        if opens is None or opens.type not in {"Area", "Body"} or not ends.search(self._folded, opens.start, opens.end) or opens.entity != self._last[1] or not self._named.opens(opens, start):
            return None
        return None if self._passing.known(opens, start) else opens

    def _own_firm(self, figure: Figure) -> MentionRef | None:
        """The firm that a clause only calls so: the one whose officer tells it, else what the paragraph named last, if that is a firm by its name."""
        sentence, clause, at = figure.sentence, figure.clause, figure.number.lead
        found = self._words.own_firm.match(self._folded, clause, at)
        if found is None or self._between(clause, at):
            return None
        bodies = [m for m in self._between(line_start(self._folded, sentence.start), clause) if m.type == "Body"]
        told = (m for m in reversed(bodies) if m.start >= sentence.start and self._words.firm_officer.match(self._folded, m.end, clause))
        last = bodies[-1] if bodies and self._words.firm_end.search(self._folded, bodies[-1].start, bodies[-1].end) else None
        return next(told, last) or (None if bodies else self._firm_of_headline(sentence))

    def _firm_of_headline(self, sentence: Sentence) -> MentionRef | None:
        """The one firm that the headline of a story names, of which all of it tells: 甲电器发布公告 … 公司实现营业收入86亿元."""
        bodies = [m for m in self._named.any_between(*self._heads_of[bisect_right(self._begins, sentence.index) - 1]) if m.type == "Body"]
        if len({m.entity for m in bodies}) != 1 or self._words.acting.search(self._folded, bodies[0].start, bodies[0].end):
            return None
        return bodies[0]

    def _since_begun(self, figure: Figure) -> MentionRef | None:
        """What is under way since it began, where nothing else is named: 某督察自2019年启动以来，已完成任务1275项."""
        sentence, at = figure.sentence, figure.number.lead
        begun = self._words.since_it_began
        told = (m for m in self._between(sentence.start, at) if m.type in {"Event", "Policy"} and begun.match(self._folded, m.end))
        return next((m for m in told if not self._named.is_meeting(m)), None)

    # -- what can have such a figure -----------------------------------------------------------------------------

    def _is_of_areas(self, mention: MentionRef, indicator: int, at: int) -> bool:
        """Whether what is measured is so of areas only, and a mention is none."""
        measured = self._words.of_places if mention.type == "Body" else self._words.of_areas
        return mention.type in {"Body", "Project", "Policy", "Event"} and measured.search(self._folded, indicator, at) is not None

    def _is_of_a_land(self, source: MentionRef, name: str) -> bool:
        """Whether an office or a report only tells of what is measured (`name`), which is so of a country or an area."""
        office = self._words.office.search(self._folded, source.start, source.end)
        return office is not None and self._words.of_a_land.search(name) is not None

    def _land_of(self, body: MentionRef, figure: Figure) -> Whose:
        """The area for which an office tells something: the one that its name begins with, else the one that the passage is about; None for the whole country."""
        inside = (m for m in self._named.any_between(body.start, body.start + 1) if m.type == "Area" and m not in self._named.home)
        if (place := next(inside, None)) is not None:
            return _by(place, figure)
        return self._of_passage(figure) if self._report or self._own.area is not None or self._words.local_office.match(self._folded, body.start) else NOBODY

    def _is_aim(self, mention: MentionRef) -> bool:
        """Whether a policy is named only as what is carried out, without its marks: 深化结构改革."""
        if mention.type != "Policy" or self._folded[mention.start - 1] in "《“" or self._folded[mention.end] in "》”":
            return False
        return not self._named.opens(mention, self._named.clause_of(mention))
