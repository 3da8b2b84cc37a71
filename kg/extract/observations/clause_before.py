"""What the clause before a figure names, with which the figure goes on: 民生项目投资过半，达4364亿元."""

from __future__ import annotations

from kg.extract.observations.figures import Figure
from kg.extract.observations.indicator_lists import with_head
from kg.extract.observations.name_spans import NameSpans
from kg.text.sentences import behind_last

CLAUSE_NAME = 16  # so many characters of an earlier clause are a name at most
_LONG_NAME = 26  # … of one that tells what a share of it is


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


class ClauseBefore:
    """Reads the clause before each figure."""

    def __init__(self, spans: NameSpans) -> None:
        self._spans = spans
        self._lists = spans.lists
        self._words = spans.words
        self._folded = spans.folded
        self._text = spans.text

    def _span(self, figure: Figure) -> tuple[int, int]:
        """The span of the clause before the one of a figure, in its sentence; empty if there is none."""
        begin = figure.sentence.start
        stop = max(begin, figure.clause - 1)
        return behind_last(self._folded, "，", begin, stop), stop

    def listed(self, figure: Figure) -> list[str]:
        """The names of a list that the clause tells of: 有色、电气机械等行业利润较快增长，分别增长12.7%、11.5%."""
        begin, stop = self._span(figure)
        grew = self._words.all_grew.search(self._folded, begin, stop)
        if grew is None and (figure.clause != stop + 1 or not self._words.measure_noun.search(self._folded, begin, stop)):
            return []
        if _has_digit(self._folded[begin:stop]):
            return []
        start, end = self._spans.trimmed(begin, grew.start() if grew else stop, False)
        text, (listed, among, head) = self._text[start:end], self._folded[start:end].partition("等")
        parts = self._words.parts.split(listed)
        if len(parts) > figure.place[1] == len(paused := listed.split("、")):
            parts = paused
        if len(parts) != figure.place[1]:
            return []
        joining = text[0] if self._words.joins_all.match(listed) else ""  # 对甲国、乙国进出口明显增长
        names = [with_head(parts, place, head, text) if among else self._lists.completed(parts, place, text) for place in range(len(parts))]
        return [joining * (place > 0) + name for place, name in enumerate(names)]

    def kinds(self, figure: Figure) -> list[str]:
        """The members of a list of which one thing is told: 装饰品、葡萄酒等品类热销，销售额分别增长118%、90%."""
        begin, stop = self._span(figure)
        listed, among, _ = self._folded[begin:stop].partition("等")
        parts = self._words.parts.split(listed)
        if not among or len(parts) != figure.place[1] or _has_digit(listed):
            return []
        ends = [begin + sum(map(len, parts[: at + 1])) + at for at in range(len(parts))]
        return [self._text[end - len(part) : end] for part, end in zip(parts, ends)]

    def told(self, figure: Figure) -> str:
        """What the clause opens with, which is part of what a share is of: 甲类贸易较快增长，占总额的43.9%; "" if nothing."""
        begin, stop = self._span(figure)
        if (verb := self._words.tells.search(self._folded, begin, stop)) is None:
            return ""
        return self._words.share_end.sub("", self._opening(begin, verb.start(), _LONG_NAME))

    def grew(self, figure: Figure) -> str:
        """What the clause says has grown: 山区旅游较快增长，增速高出全国2个百分点; "" if nothing."""
        begin, stop = self._span(figure)
        if (grew := self._words.all_grew.search(self._folded, begin, stop)) is None:
            return ""
        return self._opening(begin, grew.start(), CLAUSE_NAME)

    def turned(self, figure: Figure) -> str:
        """What the clause says has turned or grows: 出口由负转正，同比增长4%; "" if nothing."""
        begin, stop = self._span(figure)
        if figure.ahead != figure.clause or (turned := self._words.turned_round.search(self._folded, begin, stop)) is None:
            return ""
        return self._opening(begin, turned.start(), CLAUSE_NAME)

    def driven(self, figure: Figure) -> str:
        """Of what the clause says why it changed: 机械业则受需求带动，年增16%; "" if of nothing."""
        begin, stop = self._span(figure)
        if figure.ahead != figure.clause or (why := self._words.driven.search(self._folded, begin, stop)) is None:
            return ""
        return self._opening(begin, why.start(), CLAUSE_NAME)

    def fuller(self, figure: Figure, name: str) -> str:
        """The longer name of what the clause says has grown, which ends with `name`: 一般贸易进出口增长迅猛，进出口998亿元; "" if it says nothing of it."""
        begin, stop = self._span(figure)
        grew = self._words.grew.search(self._folded, begin, stop) or self._words.all_grew.search(self._folded, begin, stop)
        told = self._opening(begin, grew.start(), CLAUSE_NAME) if grew is not None else ""
        return told if len(told) > len(name) and told.endswith(name) else ""

    def record(self, figure: Figure) -> str:
        """What the clause says has never been as much: 粮食产量再创历史新高，达到1.4万亿斤; "" if nothing."""
        begin, stop = self._span(figure)
        if figure.ahead != figure.clause or (high := self._words.record.search(self._folded, begin, stop)) is None:
            return ""
        name = self._opening(begin, high.start(), _LONG_NAME)
        return name if self._words.measure_end.search(name) else ""

    def _opening(self, begin: int, stop: int, most: int) -> str:
        """What the clause in `begin:stop` tells of, behind the thing that it names; "" if that is longer than `most` characters or holds a digit."""
        start, end, _ = self._spans.trimmed_behind_name(begin, stop)
        return self._text[start:end] if 2 <= end - start <= most and not _has_digit(self._folded[start:end]) else ""

    def known(self, figure: Figure) -> str:
        """The last indicator of the table that the clause names: 生产总值连跨4个台阶，2024年达到1.3万亿元; "" if none."""
        if figure.number.kind not in {"money", "percent", "points", "measure"}:
            return ""
        begin, _ = self._span(figure)
        known = [m.span() for m in self._spans.reader.known.finditer(self._folded, begin, figure.clause)]
        if found := [(start, end) for start, end in known if start == begin or not self._words.compared_with.search(self._folded, begin, start)]:
            return self._text[slice(*found[-1])]
        if figure.number.kind == "measure":
            return ""  # 粮食总产量再上新台阶，突破1600亿斤
        # 民生项目投资过半，达4364亿元
        start, end = self._spans.reader.trim_before(self._folded, begin, figure.clause, False)
        nouns = [m.end() for m in self._words.measure_noun_in.finditer(self._folded, start, end) if 2 < m.end() - start <= CLAUSE_NAME]
        if nouns:
            return self._text[start : nouns[-1]]
        grew = self._words.grew.search(self._folded, start, end)  # 客运市场增长较快，同比增速达到5.5%
        return self._text[start : grew.start()] if grew and 2 < grew.start() - start <= CLAUSE_NAME else ""
