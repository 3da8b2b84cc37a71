"""What a text names that can have figures: where it stands, which clause it opens, and what is told together with it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from kg.extract.names.mentions import NATION, MentionRef
from kg.extract.observations.figure_words import EACH
from kg.extract.observations.nation_marks import nation_marks
from kg.extract.observations.subject_words import SubjectWords
from kg.model import Sentence
from kg.text.numbers import whole_number
from kg.text.sentences import behind_last, line_start

_BEARERS = frozenset({"Area", "Body", "Project", "Event", "Policy"})
_HOLDS_PLACES = frozenset({"Area", "Body", "Project"})
_IN_REPORTS = frozenset({"Area", "Body", "Project"})  # what has figures in a report
_STOPS = re.compile(r"[，。；、\d一二三四五六七八九十]")  # no name goes on over one
_NAME_GAP = 9  # so many characters at most stand between A and B in A的…工程B
_THEN_REACH = 80  # characters before a number in which 届时 or 建成后 tells when it will be
_ROUTE_END = 8  # characters of the country before a town: 至甲国乙城


class Named:
    """The mentions of one text, by place. In news the country is no bearer by its name: marks tell where a text turns to it."""

    def __init__(
        self, folded: str, mentions: Sequence[MentionRef], words: SubjectWords, own: frozenset[str], stories: Sequence[int], *, report: bool
    ) -> None:
        """`own` are the classes of a user's own, whose things have figures too; `stories`: where each story of the text begins."""
        self.folded = folded
        self.own = own
        self.words = words
        self.report = report
        self.all = list(mentions)
        self._all_starts = [m.start for m in mentions]
        self.home = frozenset([m for m in mentions if m.type == "Area" and folded[m.start : m.end] in words.home])  # where the country is named
        self._bearers = [m for m in _outer(mentions) if m.type in _BEARERS or m.type in own]
        self.places = frozenset([folded[m.start : m.end] for m in mentions if m.type == "Area"])
        datelines = [found.span() for found in words.dateline.finditer(folded)]
        datelines += [found.span() for found in words.aside_parts.finditer(folded)]
        if datelines:
            self._bearers = [m for m in self._bearers if not any(start <= m.start < end for start, end in datelines)]
        self._bearers = [m for m in self._bearers if m.type != "Area" or not self._is_origin(m)]
        if not report:
            ours = [m for m in self._bearers if m not in self.home]
            self._bearers = sorted([*ours, *nation_marks(folded, mentions, self.home, words)])
        self._starts = [m.start for m in self._bearers]
        self._stories = stories
        self.one_story = len(stories) < 2

    @cached_property
    def called(self) -> dict[str, set[str]]:
        """All that each thing is called."""
        called: dict[str, set[str]] = {}
        for mention in self.all:
            called.setdefault(mention.entity, set()).add(self.folded[mention.start : mention.end])
        return called

    def between(self, start: int, end: int) -> list[MentionRef]:
        """The mentions and marks that begin in `start:end`, and in the last story that does, and can have figures."""
        if not self.one_story:
            start = max(start, self._stories[bisect_left(self._stories, end, 1) - 1])
        return self._bearers[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def any_between(self, start: int, end: int) -> list[MentionRef]:
        """The mentions of any class that begin in `start:end`."""
        return self.all[bisect_left(self._all_starts, start) : bisect_left(self._all_starts, end)]

    def around(self, start: int, end: int) -> MentionRef | None:
        """The mention inside which `start:end` stands, whatever its class."""
        at = bisect_right(self._all_starts, start) - 1
        for mention in self.all[max(0, at - 3) : at + 1]:
            if mention.start <= start and end <= mention.end:
                return mention
        return None

    def work_told_of(self, sentence: int, position: int) -> MentionRef | None:
        """The work right behind which the bracket opens in which `position` stands, in a sentence that begins at `sentence`: 某电站（总投资9亿元，装机120万千瓦）."""
        opened = self.folded.rfind("（", sentence, position)
        if opened <= sentence or "）" in self.folded[opened:position]:
            return None
        work = self.around(opened - 1, opened)
        return work if work is not None and work.type == "Project" and work.end == opened else None

    def _is_origin(self, area: MentionRef) -> bool:
        """Whether an area only tells from where those come who are counted: 其中甲市居民5万人次, 乙市单牌车; or whose paper tells."""
        if not self.report and self.words.paper_of.match(self.folded, area.end):
            return True
        found = self.words.of_whom.match(self.folded, area.end)
        if found is None or self.report:
            return False
        return not found["there"] or self.words.among_whom.search(self.folded, area.start - 4, area.start) is not None

    def names_exactly(self, start: int, end: int) -> bool:
        """Whether `start:end` is the name of something that could have figures."""
        return end in [m.end for m in self.between(start, start + 1) if m.type != NATION]

    def is_name(self, start: int, end: int, listed: bool = False) -> bool:
        """Whether `start:end` is the name of a place and no more; `listed`: it may be the last of several (甲市、乙市分别增长…)."""
        before = self.folded[start - 1 : start]
        if before in self.words.route_to or before == "—" or not listed and before in self.words.joins:
            return False
        return end in [m.end for m in self.between(start, start + 1) if m.type == "Area"]

    def is_meeting(self, mention: MentionRef) -> bool:
        """Whether the name of a mention ends like that of a meeting, of which seldom anything is counted."""
        return self.words.meeting.search(self.folded, mention.start, mention.end) is not None

    def is_water(self, mention: MentionRef) -> bool:
        """Whether a place is a river, a lake or a sea by the end of its name."""
        return mention.type == "Area" and self.words.waters.search(self.folded, mention.start, mention.end) is not None

    def of_person(self, sentence: Sentence, at: int) -> bool:
        """Whether a number at `at` tells of a person: 种粮大户某某今年新流转了1000亩耕地; not what somebody only says or leads."""
        for last in reversed(self.any_between(sentence.start, at)):
            if last.type == "Person" and (self.words.lives.match(self.folded, last.end) and self.opens(last, sentence.start) or self.words.of_himself.search(self.folded, last.end, at)):
                return True  # 某某家住甲村，近两年流转25亩土地; 某某说，因土地不够，他租地种植，去年收入10万元
        for last in reversed(self.any_between(sentence.start, at)):
            if last.end <= at and last.type != "Policy":
                says = last.type != "Person" or self.words.says.search(self.folded, last.end, at)
                return not says and self.folded[last.end : last.end + 1] not in self.words.joins
        return False

    def once_built(self, sentence: Sentence, at: int) -> re.Match[str] | None:
        """What says, not far before a number at `at`, that it tells what will be once something is built: 届时, 建成后."""
        return self.words.once_built.search(self.folded, max(sentence.start, at - _THEN_REACH), at)

    def of_a_size(self, clause: int, lead: int, tail: int) -> bool:
        """Whether an amount in `lead:tail` only tells how large a thing is of which something else is said: 自重30吨的装载机."""
        return self.folded.startswith("的", tail) and self.words.size_before.search(self.folded, clause, lead) is not None

    def of_unnamed(self, sentence: Sentence, at: int) -> bool:
        """Whether a number at `at` tells of a firm, a school or goods that are not named: 这家企业今年订单增长三成; not of one named before, of a place hit or of what is named since."""
        found = None
        for found in self.words.unnamed_firm.finditer(self.folded, sentence.start, at):
            pass
        if found is None and (again := self.words.firm_again.search(self.folded, sentence.start, at)) and not self.between(again.start(), at):
            line = line_start(self.folded, sentence.start)
            told = self.words.unnamed_firm.search(self.folded, line, sentence.start)
            return told is not None and all(m.type != "Body" for m in self.between(line, at))
        if found is None or self.words.befell.search(self.folded, found.end(), sentence.end) or self.between(found.end(), at):
            return False
        paragraph = line_start(self.folded, sentence.start)
        before = self.between(paragraph, found.start()) if found["this"] else ()
        return not any(m.type in {"Body", "Project"} or m.type == "Area" and self.words.zone.search(self.folded, m.start, m.end) for m in before)

    def clause_of(self, mention: MentionRef) -> int:
        """Where the clause with a mention begins."""
        line = line_start(self.folded, mention.start)  # so that no mark that is rare is sought through the whole text
        return behind_last(self.folded, "，。；：！？", line, mention.start)

    def opens(self, mention: MentionRef, start: int) -> bool:
        """Whether nothing but words that lead in stands between `start` and a mention."""
        before = self.folded[start : mention.start]
        return self.words.opening.fullmatch(before) is not None and not (self.report and self.words.is_done.search(before))

    def last_end(self, start: int, end: int) -> int:
        """Where the last subject in `start:end` ends that has words of the clause behind it; `start` if there is none.

        Inside a clause only a place is one (青岛海关共监管上合示范区到发班列): 提供公办幼儿园学位 is about places at school.
        """
        folded, words = self.folded, self.words
        for mention in reversed(self.between(start, end)):
            if mention.type == NATION or folded[mention.end] == "》":
                continue  # 《条例》共八章66条: what is counted are its own parts
            if self.report and mention.type not in _IN_REPORTS and mention.type not in self.own:
                continue  # 个人养老金开户数: no policy has figures there, and so its name belongs to what is counted
            if words.name_goes_on.match(folded, mention.end) or mention.type == "Policy" and words.of_a_policy.match(folded, mention.end):
                continue
            if start < mention.start and folded[mention.start - 1] in words.route_to and folded[mention.end] == "的":
                return start  # 乙市到甲市的时间
            if self._is_partner(mention, start, end):
                continue  # 对甲国出口额
            if folded[mention.start - 1] in words.route_from and folded[mention.end] in words.route_to and self.between(mention.end + 1, mention.end + 2):
                return mention.start - 1  # 从甲市到乙市将由5小时缩短到3小时
            listed = folded[mention.start - 1] in words.joins and self.names_exactly(start, mention.start - 1)
            behind = any(m.end == mention.start and self.opens(m, start) for m in self.between(start, mention.start))  # 甲区乙港新开航线
            behind = behind or words.made_by_somebody.search(folded, start, mention.start) is not None
            if mention.end <= end - 2 and (mention.type == "Area" or listed or behind or self.opens(mention, start)):
                return start if words.part_of_its.search(folded, mention.start - 3, mention.start) else mention.end
        return start

    def most_of(self, clause: int, at: int) -> tuple[int, MentionRef] | None:
        """The place of which a clause tells what it has most of all, right before the number at `at`, and where the words end that name it: 最大点雨量为尉氏县的588毫米."""
        if self.folded[at - 1] != "的":
            return None
        place = next((m for m in self.any_between(clause, at) if m.type == "Area" and m.end == at - 1), None)
        if place is None or (found := self.words.most_of.search(self.folded, clause, place.start)) is None:
            return None
        return found.start("is"), place

    def ranked_among(self, start: int, at: int) -> tuple[int, MentionRef] | None:
        """The place among whose parts something is ranked at `at`, and where the words begin that say so: 稳居甲省第二位."""
        area = next((m for m in reversed(self.between(start, at)) if m.type == "Area" and m.end <= at), None)
        if area is None or self.words.ranked_parts.fullmatch(self.folded, area.end, at) is None:
            return None
        ranks = self.words.ranks_in.search(self.folded, start, area.start)
        return (ranks.start(), area) if ranks else None

    def _is_partner(self, mention: MentionRef, start: int, end: int) -> bool:
        """Whether trade with an area is told of, which belongs to the name."""
        before = self.folded[start : mention.start].rstrip("“")
        trade = before[-1:] in self.words.towards and self.words.trades.search(self.folded, mention.end, end)
        return bool(trade) and EACH not in self.folded[mention.end : end]

    def sharing(self, start: int, end: int, subject: str | None) -> list[str]:
        """The entities named together with `subject` in `start:end`, in order: 杭州、宁波和温州; only itself if it stands alone."""
        joins = self.words.joins
        inside = [m for m in self.between(start, end) if m.end <= end]
        at = next((i for i, m in enumerate(inside) if m.entity == subject), None)
        if at is None:
            return []
        chain = [inside[at]]
        for mention in inside[at + 1 :]:
            if mention.type == chain[-1].type and self.folded[chain[-1].end : mention.start] in joins:
                chain.append(mention)
        for mention in reversed(inside[:at]):
            if mention.type == chain[0].type and self.folded[mention.end : chain[0].start] in joins:
                chain.insert(0, mention)
        return [m.entity for m in chain]

    def summed(self, start: int, end: int, subject: str) -> bool:
        """Whether what `start:end` measures is of several together, of which `subject` is one: 甲市、乙市总值之和."""
        return self.words.summed.search(self.folded, start, end) is not None and len(self.sharing(start, end, subject)) > 1

    def together(self, start: int, end: int) -> bool:
        """Whether `start:end` names several places and says so: 甲市、乙市两市转移群众4万人, 甲市、乙市共引进企业30家 are of no one of them."""
        places = [m for m in self.between(start, end) if m.type == "Area" and m.end <= end]
        if len(places) < 2 or (said := self.words.jointly.match(self.folded, places[-1].end, end)) is None:
            return False
        sharing = len(self.sharing(start, end, places[-1].entity))
        return said.end() <= end and (sharing == whole_number(said["places"]) if said["places"] else sharing > 1)

    def measured_of_several(self, start: int, end: int) -> bool:
        """Whether `start:end` is a list of places and no more."""
        places = [m for m in self.between(start, end) if m.type == "Area" and m.end <= end]
        if not places or places[0].start != start or places[-1].end != end:
            return False
        return len(self.sharing(start, end, places[-1].entity)) == len({m.entity for m in places}) > 1

    def acts_with(self, mention: MentionRef) -> MentionRef | None:
        """The last of the organs that act together with one: 甲部、乙部再次下拨6亿元; None if it acts alone."""
        last: MentionRef | None = None
        at = mention.end
        while True:
            begins = at + 1 if self.folded[at : at + 1] in self.words.joins else at  # 区委区政府印发… has none
            following = next((m for m in self.between(begins, begins + 1) if m.type == "Body" and m is not mention), None)
            if following is None:
                break
            last, at = following, following.end
        return last

    def is_route_end(self, mention: MentionRef, start: int) -> bool:
        """Whether a place stands behind another to which a route leads: 成都至甲国乙城."""
        leads = self.folded[mention.start - 1] in self.words.route_to  # 甲城至乙城航班
        near = [m for m in self.between(max(start, mention.start - _ROUTE_END), mention.start) if m.type == "Area"]
        return any((leads and m.end == mention.start - 1) or (m.end == mention.start and self.folded[m.start - 1] in self.words.route_to) for m in near)

    def nearest(self, mentions: Sequence[MentionRef]) -> MentionRef:
        """Of 湖北武汉 the nearer one; of A主办的B, B."""
        best = mentions[0]
        for mention in islice(mentions, 1, None):
            if mention.start < best.end:
                # A name that another begins with (甲区 in 甲区政府), or one inside it.
                best = mention if mention.start == best.start and mention.end > best.end else best
                continue
            gap = self.folded[best.end : mention.start]
            if not gap and best.type == "Area" and self.words.direction.fullmatch(self.folded, mention.start, mention.end):
                continue  # 美国中西部
            if gap and self.folded[mention.end : mention.end + 1] == "的" and self.folded[mention.end + 1 : mention.end + 2].isdigit():
                break  # 常州排定的太湖治理的227个工程
            if not self._leads_on(best, gap, mention):
                break
            best = mention
        return best

    def _leads_on(self, first: MentionRef, gap: str, second: MentionRef) -> bool:
        """Whether `gap` between two names says that the second is the nearer: 甲国首都乙城, 三大机场之一——甲机场."""
        if gap in {"", "·", "“"} or self.words.one_of_them.search(gap):
            return True
        if first.type == second.type == "Area" and self.words.part_of.fullmatch(gap):
            return True
        return len(gap) <= _NAME_GAP and self.words.holds_next.search(gap) is not None and not _STOPS.search(gap)

    def home_among(self, mentions: Sequence[MentionRef]) -> MentionRef | None:
        """The country where one of `mentions` names it, and not inside another name."""
        for mention in mentions:
            if mention.type == NATION and mention.entity:
                whole = self.around(mention.start, mention.end)
                if whole is None or whole.end - whole.start == mention.end - mention.start:
                    return mention
        return None


class NamedReader:
    """What looks at what one text names."""

    def __init__(self, named: Named) -> None:
        self._named = named
        self._folded = named.folded
        self._words = named.words
        self._between = named.between


def _outer(mentions: Sequence[MentionRef]) -> list[MentionRef]:
    """Without the places inside longer names, which are not what is told of: 甲省 in 某铁路甲省段, 乙市 in 某大学乙市研究院.

    One that a name begins with stays: 甲区 in 甲区政府; but not who holds an event: 省委 in 省委农村工作会议.
    """
    events = {m.start: m.end for m in mentions if m.type == "Event"}
    kept: list[MentionRef] = []
    last: MentionRef | None = None  # the name that reaches furthest
    for mention in mentions:
        inside = last is not None and last.start < mention.start and mention.end <= last.end
        holds_it = mention.type == "Body" and events.get(mention.start, 0) > mention.end
        if not holds_it and (not inside or mention.type != "Area" or last is None or last.type not in _HOLDS_PLACES):
            kept.append(mention)
        if last is None or mention.end > last.end:
            last = mention
    return kept
