"""What is named only in passing: as a place, a source, a scope or a partner of what is told."""

from __future__ import annotations

from kg.extract.names.mentions import NATION, MentionRef
from kg.extract.observations.named import Named, NamedReader
from kg.extract.observations.nation_marks import SOURCE_REACH

_BEFORE = 4  # characters before a name that tell what part it plays
_ASIDE_REACH = 24
_PARTNERS_REACH = 16
_QUOTED_NAME = 16  # characters of a quotation behind a name with which it opens, if all of it is a name
_OFFICE_REACH = 12  # characters behind a body in which its officer is named
_ONE_OF_REACH = 20
_BECOMES_REACH = 26


class Passing(NamedReader):
    """Tells of one text's mentions whether they are named in passing, and whether more may be told of them later."""

    def __init__(self, named: Named) -> None:
        super().__init__(named)
        self._remembered: dict[tuple[MentionRef, int], bool] = {}  # each figure of a sentence asks of all that is named before it

    def known(self, mention: MentionRef, start: int) -> bool:
        """`passes`, remembered."""
        if (mention, start) not in self._remembered:
            self._remembered[mention, start] = self.passes(mention, start)
        return self._remembered[mention, start]

    def passes(self, mention: MentionRef, start: int) -> bool:
        """Whether a mention, in a clause or sentence that begins at `start`, is named only in passing."""
        if mention.type == NATION:
            return False
        words, kind = self._words, mention.type
        before, after = self._beside(mention, start)
        if self._is_told_of(mention, before):
            return False
        if kind == "Body" and (last := self._named.acts_with(mention)) is not None:
            tail = self._folded[last.end : last.end + SOURCE_REACH]
            tells = words.source_after.match(tail) or words.spoken_for.match(tail) or words.hosts_after.match(tail)
            return tells is not None or words.place_before.search(before) is not None
        if self._any_passes(mention, start, before, after):
            return True
        of_class = _BY_CLASS.get(kind)  # of a user's own class no more is known
        return of_class is not None and of_class(self, mention, start, before, after)

    def tells(self, body: MentionRef) -> bool:
        """Whether a body only tells what follows: 甲机构指出，…."""
        return not self._named.report and self._words.tells_next.match(self._folded, body.end) is not None

    def _beside(self, mention: MentionRef, start: int) -> tuple[str, str]:
        """The words before and behind a name that tell what part it plays, without the marks of a quotation that is its name."""
        folded = self._folded
        before = folded[max(start, mention.start - _BEFORE) : mention.start]
        after = folded[mention.end : mention.end + SOURCE_REACH]
        if before.endswith("“") and "”" not in folded[mention.end : mention.end + _QUOTED_NAME]:
            before = before[:-1]  # what somebody says, and no name that is quoted
        if before[-2:] in self._words.home:
            before = folded[max(start, mention.start - _BEFORE - 2) : mention.start - 2]  # 对甲国、中国香港
        if before.endswith("“") and after.startswith("”") and mention.type != "Policy":
            return before[:-1], after[1:]
        return before, after

    def _any_passes(self, mention: MentionRef, start: int, before: str, after: str) -> bool:
        """Whether the words around a name of any class say that it is named in passing."""
        folded, words = self._folded, self._words
        if words.only_compared.match(after) or words.is_called.search(before) and words.best_of.match(after) or words.along.match(after):
            return True
        if words.counted_in.match(folded, mention.end):
            return True  # 包括甲区在内的13个园区
        if words.is_called.search(before) and words.times_that.match(folded, mention.end):
            return True  # 是乙船所载的2倍
        if before.endswith("—") and not before.endswith("——"):
            return True  # 甲国—乙国贸易额
        if words.aside.search(folded[max(0, mention.start - _ASIDE_REACH) : mention.start]):
            return True
        if mention.type != "Policy" and words.ends_there.search(folded, max(start, mention.start - _PARTNERS_REACH), mention.start):
            return True
        source = (mention.type != "Event" or self._named.is_meeting(mention)) and words.source_after.match(after)
        issues = mention.type == "Area" and words.issues_paper.match(after)  # 甲市发布《规划》，到2025年产值增长8%
        return bool(words.place_before.search(before) or source and not issues or words.scope_after.match(after))

    def _area_passes(self, mention: MentionRef, start: int, before: str, after: str) -> bool:
        folded, words = self._folded, self._words
        if words.first_there.match(after) or words.who_came.match(folded, mention.end) or words.also_compared.search(folded, max(start, mention.start - _PARTNERS_REACH), mention.start):
            return True
        if before.endswith("等") and words.with_partners.search(folded, max(start, mention.start - _PARTNERS_REACH), mention.start):
            return True  # 其中对甲国等乙地区国家增长44%
        if words.leads_on.match(after) and any(m.type == "Area" for m in self._named.between(mention.end + 1, mention.end + 2)):
            return True  # 甲高铁乙城至丙城段
        if self._named.is_route_end(mention, start) or words.counted.search(before):
            return True
        return self._becomes(mention, start) or not self._named.report and self._of_guest(mention)

    def _body_passes(self, mention: MentionRef, start: int, before: str, after: str) -> bool:
        folded, words = self._folded, self._words
        if words.by_whom.search(before) and words.approves.match(folded, mention.end):
            return True  # 工程获甲省发展改革委核准，总投资9亿元
        if words.spoken_for.match(folded, mention.end) or words.hosts_after.match(folded, mention.end) or words.and_so_many.match(folded, mention.end):
            return True
        return self._becomes(mention, start) or not self._named.report and self._of_guest(mention)

    def _project_passes(self, mention: MentionRef, start: int, before: str, after: str) -> bool:
        if self._words.and_so_many.match(self._folded, mention.end):
            return True  # 甲园等85个项目
        if self._words.route_point.search(before) and not self._named.opens(mention, start):
            return True  # 线路北起甲站，南至乙站，全长30公里
        if self._words.enters.search(before):
            return True  # 这项列入国家甲工程的项目，全长30公里
        return self._becomes(mention, start) or self.is_whole(mention, start)

    def _event_passes(self, mention: MentionRef, start: int, before: str, after: str) -> bool:
        folded, words = self._folded, self._words
        if words.and_such.match(after) or words.announces.match(folded, mention.end) or words.since_it_began.match(folded, mention.end):
            return True  # 举办某节等活动160项
        if words.feast.fullmatch(folded, mention.start, mention.end):
            return True  # 端午节前售出4000个
        return self._named.is_meeting(mention) and words.held_after.match(after) is not None

    def _policy_passes(self, mention: MentionRef, start: int, before: str, after: str) -> bool:
        folded, words = self._folded, self._words
        if words.put_to_use.search(folded, max(start, mention.start - _BEFORE), mention.start) and words.mechanism.search(folded, mention.start, mention.end):
            return True
        if words.since_it_began.match(folded, mention.end) or words.brings.search(before):
            return True  # 累计新增减税降费2万亿元
        if not self._named.report and words.paper_end.search(folded, mention.start, mention.end) and words.goes_on_without.match(folded, mention.end):
            return True  # 甲省推出某方案，力争货运量增长2%
        return self.is_whole(mention, start)

    def _becomes(self, mention: MentionRef, start: int) -> bool:
        """Whether a name is what something else becomes."""
        return self._words.comes_to_be.search(self._folded, max(start, mention.start - _BECOMES_REACH), mention.start) is not None

    def _is_told_of(self, mention: MentionRef, before: str) -> bool:
        """Whether the words around a name say that what follows is of it, although a preposition stands before it."""
        folded, words, kind = self._folded, self._words, mention.type
        if kind == "Area" and words.before_next.search(before):
            return True
        if kind == "Project" and words.through.search(before) and words.goes_through.match(folded, mention.end):
            return True
        if kind in {"Project", "Body"} and words.in_it.search(before) and words.within.match(folded, mention.end):
            return True
        return kind == "Policy" and before.endswith("《") and words.has_parts.match(folded, mention.end) is not None

    def _of_guest(self, mention: MentionRef) -> bool:
        """Whether a name only says whose officer somebody is who is listed with others: 甲国总理李四和来自50多个国家的嘉宾出席."""
        person = next((m for m in self._named.any_between(mention.end, mention.end + _OFFICE_REACH) if m.type == "Person"), None)
        if person is None or not self._folded[mention.end : person.start].isalpha():
            return False
        return self._words.with_others.match(self._folded, person.end) is not None

    def is_whole(self, mention: MentionRef, start: int) -> bool:
        """Whether a mention is what another thing is a part of: 甲高铁是国家“乙”铁路网的骨干."""
        before = self._folded[max(start, mention.start - _ONE_OF_REACH) : mention.start]
        return self._words.is_one_of.search(before) is not None and self._words.one_of_it.match(self._folded, mention.end) is not None

    def lasts(self, mention: MentionRef) -> bool:
        """Whether what is named can be spoken of in the sentences after: no meeting and no organ, which acts and tells but is seldom measured."""
        if mention.type == "Body" and not self._named.report:
            return self._words.acting.search(self._folded, mention.start, mention.end) is None
        if mention.type == "Policy" and not self._named.report and self._words.mechanism.search(self._folded, mention.start, mention.end):
            return False  # 三级物流体系稳步构建。…
        if mention.type == "Area" and not self._named.report and self._words.one_of_many.match(self._folded, mention.end):
            return False
        return mention.type != "Event" or not self._named.is_meeting(mention)


_BY_CLASS = {
    "Area": Passing._area_passes, "Body": Passing._body_passes, "Event": Passing._event_passes, "Policy": Passing._policy_passes,
    "Project": Passing._project_passes,
}  # fmt: skip
