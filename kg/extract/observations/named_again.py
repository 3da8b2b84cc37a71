"""What a clause takes up again by its kind alone: 该项目, 林场, 本届展会, 全市."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.names.mentions import NATION, MentionRef, nameless
from kg.extract.observations.figures import Figure
from kg.extract.observations.named import NamedReader
from kg.text.sentences import behind_last, line_start

_OWN_NAME = 4  # characters that a part has of its own: 乙大桥, not 二期 or 乙段
_WORK_WORD = 3  # characters of a word for a work: 船, 平台, 望远镜
_POINT_REACH = 3  # characters before a name: a line ends there, or something is made a part of it
_KIND_REACH = 1200  # characters before a clause in which its kind may be named


class AgainNamed(NamedReader):
    """Finds what was named before in one text."""

    def find(self, figure: Figure, inside: Sequence[MentionRef], here: Sequence[MentionRef]) -> MentionRef | None:
        """What was named before in the paragraph and is taken up again by its kind: 该项目, 林场, 全市."""
        sentence, clause, at = figure.sentence, figure.clause, figure.number.lead
        folded = self._folded
        if len(here) > 1 and here[0].type == NATION and here[1].type == "Area" and folded[here[0].end : here[1].start] in self._words.towards:
            return here[1] if self._words.again_with_abroad.match(folded, here[1].end, at) else None  # 我国与甲国进出口
        paragraph = line_start(folded, sentence.start)
        whole = self._words.again_whole.search(folded, clause, at)
        if whole is not None and whole.end() == at and folded[at] in self._words.rank_begins:
            whole = None  # 甲市产量由全省第九位升至第六位
        if whole and not any(m.start > whole.start() for m in here):
            resolved = next((m for m in here if m.type == "Area" and m.start == whole.start()), None)
            return resolved or self._of_level(whole["level"], 0 if whole["this"] else paragraph, whole.start())
        if here:
            return None
        if again := self._kind_named(paragraph, clause, at) or self._zone(clause, at):
            return again
        told = max([sentence.start, *(m.end for m in inside)])  # 示范区一季度签约项目26个，完成投资42亿元
        while clause > told and (clause := folded.rfind("，", told, clause - 1) + 1):
            if again := self._zone(clause, at) or self._work_again(paragraph, clause, at):
                return again
        # 该隧道位于某县境内，长2177米: the places named since are where it lies.
        opens = clause != sentence.start and (not inside or self._words.again_this.match(folded, sentence.start) is not None)
        return self._kind_named(paragraph, sentence.start, at) if opens else None

    def _of_level(self, level: str, start: int, end: int) -> MentionRef | None:
        """The last area of a level that `start:end` names: for 全市 the last 市."""
        for mention in reversed(self._between(start, end)):
            if mention.type != "Area":
                continue
            name = self._folded[mention.start : mention.end]
            if any(one.endswith(level) and len(one) > 2 for one in self._named.called[mention.entity]) or self._words.again_province.fullmatch(name + level):
                return mention
        return None

    def _zone(self, clause: int, at: int) -> MentionRef | None:
        """The last zone named that ends as the word with which a clause opens: 示范区一季度…; nobody where none is."""
        lead = self._words.again_lead.match(self._folded, clause, at)
        taken = self._words.again_zone.match(self._folded, lead.end() if lead else clause, at)
        if taken is None:
            return None
        for mention in reversed(self._between(0, clause)):
            if mention.type not in {"Area", "Project"} or mention.end - mention.start <= len(taken["zone"]):
                continue
            if self._folded.endswith(taken["zone"], mention.start, mention.end):
                return mention
            if self._words.park.fullmatch(taken["zone"]) and self._words.park_end.search(self._folded, mention.start, mention.end):
                return mention
        return nameless(clause)

    def _work_again(self, paragraph: int, clause: int, at: int) -> MentionRef | None:
        """The work of the paragraph that a clause takes up by a word for any: 经理说，项目历时五年，总投资7亿元."""
        if self._words.again_any_work.match(self._folded, clause, at) is None:
            return None
        if len({m.entity for m in self._between(paragraph, clause) if m.type == "Project" and self._folded[m.start - 1] != "是"}) > 1:
            return nameless(clause)  # the line, or a bridge of it
        return self._kind_named(paragraph, clause, at)

    def _kind_named(self, paragraph: int, clause: int, at: int) -> MentionRef | None:
        """The last thing named before `clause` in the paragraph that is of the kind with which the clause opens."""
        folded = self._folded
        lead = self._words.again_lead.match(folded, clause, at)
        begin = lead.end() if lead else clause
        this = self._words.again_this.match(folded, begin, at)
        begin = this.end() if this else begin
        if folded[begin : begin + 1] == "《":
            begin += 1
        kinds = {"Project", "Body", "Event", "Policy"}
        before = [m for m in self._between(max(0, clause - _KIND_REACH), clause) if m.type in kinds and not self._words.enters.search(folded, max(0, m.start - _POINT_REACH), m.start)]
        for length in range(min(5, at - begin), 1 if this is None else 0, -1):
            word = folded[begin : begin + length]
            if this is None and self._words.again_common.fullmatch(word) or self._words.again_goes_on.match(folded, begin + length):
                continue
            near = paragraph if length < 2 or self._words.again_manifold.fullmatch(word) else 0
            for mention in reversed(before):
                if length < 2 and mention.type == "Body" and self._words.again_work.match(folded, begin, begin + 1):
                    continue  # of a yard, 该船 takes up none
                if near <= mention.start and mention.end - mention.start > length + 1 and folded.startswith(word, mention.end - length):
                    return self._joined_with(mention, before)
        if this is not None and (work := self._words.again_work.match(folded, begin, at)):
            last = next((m for m in reversed(before) if m.type == "Project" and m.start >= paragraph), None)
            if last is not None and (self._words.again_by_number.search(folded, last.start, last.end) or folded[last.end - 1] == folded[work.end() - 1]):
                return last
            if last is None and work.end() - begin <= _WORK_WORD and not any(m.type == "Event" for m in before):
                return nameless(begin)  # a ship is delivered that has no name. 该船载重量15万吨
        for takes_up, type in ((self._words.again_project, "Project"), (self._words.again_event, "Event")):
            found = takes_up.match(folded, begin, at)
            if found and not self._words.again_goes_on.match(folded, found.end()):
                last = next((m for m in reversed(before) if m.type == type and m.start >= paragraph and folded[m.start - 1] != "是" and not self._words.again_whole_of.search(folded, m.start - 6, m.start) and not self._words.route_point.search(folded, max(0, m.start - _POINT_REACH), m.start)), None)
                if last is not None and this is not None and type == "Project":
                    last = self._whole_of(last, before)
                elif last is not None and type == "Project" and self._ends_list(last, paragraph):
                    return nameless(begin)  # 6处工程分别是甲灌区、乙灌区和丙灌区。工程总投资3亿元
                return self._joined_with(last, before) if last is not None else None
        return None

    def _ends_list(self, mention: MentionRef, paragraph: int) -> bool:
        """Whether a work is the last of those that a sentence says several are: 分别是甲省乙灌区和丙省丁灌区."""
        begin = behind_last(self._folded, "。", paragraph, mention.start)
        if not self._folded.startswith("。", mention.end) or self._words.then_listed.search(self._folded, begin, mention.start) is None:
            return False
        start = mention.start
        while area := next((m for m in self._between(begin, start) if m.type == "Area" and m.end == start), None):
            start = area.start
        return self._words.one_of_several.search(self._folded, begin, start) is not None

    def _whole_of(self, mention: MentionRef, before: Sequence[MentionRef]) -> MentionRef:
        """What a work is a part of whose name stands right before its own, or begins it: of 甲通道乙大桥, 该项目 is 甲通道."""
        for other in reversed(before):
            begins = other.start == mention.start and mention.end - other.end >= _OWN_NAME
            if other.type == "Project" and (other.end == mention.start or begins):
                return mention if self._words.line.search(self._folded, other.start, other.end) else other
        return mention

    def _joined_with(self, mention: MentionRef, before: Sequence[MentionRef]) -> MentionRef:
        """The first of two names of one thing: of A博览会暨B博览会 A."""
        return next((m for m in before if m.end + 1 == mention.start and self._words.also_called.match(self._folded, m.end)), mention)
