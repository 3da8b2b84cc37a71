"""Works of which a clause tells how large they are, what they cost or what they will be, often without their names: 全市首座电站投产，年发电3亿度."""

from __future__ import annotations

from kg.extract.names.mentions import MentionRef, nameless
from kg.extract.observations.figures import Figure
from kg.extract.observations.named import Named, NamedReader
from kg.extract.observations.passing import Passing
from kg.text.sentences import behind_last, line_start

_BUILT_REACH = 400  # characters
_WORK_REACH = 70  # characters of the clauses before in which a work is told of without its name


class ToldWorks(NamedReader):
    """Finds them in one text."""

    def __init__(self, named: Named, passing: Passing) -> None:
        super().__init__(named)
        self._passing = passing

    def to_be_built(self, figure: Figure) -> MentionRef | None:
        """The project that is spoken of before 届时 or 建成后, if the number tells what will be then."""
        sentence, at = figure.sentence, figure.number.lead
        found = self._named.once_built(sentence, at)
        if found is None or self._words.now_again.search(found[0]):
            return None
        start = max(line_start(self._folded, sentence.start), found.start() - _BUILT_REACH)
        projects = [m for m in self._between(start, found.start()) if m.type == "Project" and not self._passing.is_whole(m, start)]
        opening = behind_last(self._folded, "，；。", sentence.start, found.start())
        if projects and (kind := self._words.built_kind.fullmatch(self._folded, opening, found.start())):
            fitting = [m for m in projects if self._builds(m, kind["kind"])]
            return fitting[-1] if fitting else nameless(opening)
        if self._words.own_work.fullmatch(self._folded, opening, found.start()) and not any(m.end > opening for m in projects):
            return nameless(opening)
        return projects[-1] if projects and not any(m.type == "Project" for m in self._between(found.start(), at)) else None

    def _builds(self, project: MentionRef, kind: str) -> bool:
        """Whether a project is of a kind or builds such a thing: of 甲机场改扩建工程 机场, of 甲机场造地工程 not."""
        at = self._folded.rfind(kind, project.start, project.end)
        return at >= 0 and self._words.still_built.fullmatch(self._folded, at + len(kind), project.end) is not None

    def invested(self, figure: Figure) -> MentionRef | None:
        """The one work that the clause before is to further, of which a clause tells how much is spent: 抓好甲高速建设，完成投资30亿元.

        Its size and cost may be told between them: 推进甲高速建设，总投资96亿元，年内完成投资30亿元.
        """
        sentence, clause, at = figure.sentence, figure.clause, figure.number.lead
        if clause == sentence.start or not self._words.spent.fullmatch(self._folded, clause, at):
            return None
        begin = behind_last(self._folded, "，；", sentence.start, clause - 1)
        sized = (self._words.of_works, self._words.of_one_work)
        while begin > sentence.start and self._folded[begin - 1] == "，" and any(size.match(self._folded, begin) for size in sized) and not self._between(begin, clause):
            clause, begin = begin, behind_last(self._folded, "，；", sentence.start, begin - 1)
        named = self._between(begin, clause)
        works = [m for m in named if not any(other is not m and other.start <= m.start and m.end <= other.end for other in named)]  # of 甲县乙水库 the work
        if len(works) != 1 or works[0].type != "Project" or not self._words.furthered.fullmatch(self._folded, works[0].end, clause):
            return None
        return works[0] if self._words.furthers.fullmatch(self._folded, begin, works[0].start) else None

    def is_of_works(self, mention: MentionRef, figure: Figure) -> bool:
        """Whether what is measured is so of works only, and the clause goes on from an area or its government: 甲市举行乙大桥开工仪式，全长29公里."""
        sentence, clause = figure.sentence, figure.clause
        if mention.type not in {"Area", "Body"} or mention.start >= clause or not self.is_size(figure):
            return False
        if mention.type == "Body":
            return self._words.of_line.match(self._folded, clause) is not None or self._words.of_government.search(self._folded, mention.start, mention.end) is not None
        opens = mention.start == sentence.start or self._folded[mention.start - 1] == "，"
        return not self.is_work(mention) and not (opens and self._named.is_water(mention))  # 甲江发源于丁山，全长290公里

    def is_size(self, figure: Figure) -> bool:
        """Whether a clause tells the size or cost of one work, and not of so many: 甲市新建隧道3座，全长12公里."""
        sentence, clause = figure.sentence, figure.clause
        return self._words.of_works.match(self._folded, clause) is not None and not self._words.counted_works.search(self._folded, sentence.start, clause)

    def is_work(self, mention: MentionRef) -> bool:
        """Whether a mention is of something built: a project, a zone."""
        return mention.type == "Project" or mention.type == "Area" and self._words.zone.search(self._folded, mention.start, mention.end) is not None

    def told(self, figure: Figure) -> MentionRef | None:
        """The work of which a clause tells how large it is, and that the one before told of, often without a name: 全市首座电站投产，年发电3亿度."""
        sentence, clause = figure.sentence, figure.clause
        begin = max(sentence.start, clause - _WORK_REACH)
        if not self._words.of_one_work.match(self._folded, clause) or (told := self._words.first_work.search(self._folded, begin, clause)) is None:
            return None
        work = next((m for m in reversed(self._between(told.start(), clause)) if m.type == "Project"), None)
        return work or nameless(clause)
