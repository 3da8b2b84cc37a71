"""Foreign names by the characters that spell them: 卢卡申科, 西摩·赫什, 大使多古称."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.expressions import compiled
from kg.extract.knowledge.person_tables import LONGEST, PAUSES, PersonTables
from kg.text.segment import SegmentedText

_DOTTED = compiled(r"[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,6}){1,3}")
_SURE = 4  # characters of transliteration that make a foreign name whatever the office
_MOST = 8
_SHORTEST = 2
_HYPHENS = ("-", "－")


class ForeignNames:
    """Finds them by `transliteration` of the lexicon."""

    def __init__(self, tables: PersonTables) -> None:
        self._tables = tables
        self._words = tables.words
        self._sounds = compiled(f"[{tables.sounds}]*")
        self._dotted = compiled(f"[{tables.sounds}]{{2,8}}(?:·[{tables.sounds}]{{1,8}}){{1,4}}")
        self._separated = (*PAUSES, *(tables.words.list_and - set(PAUSES)))
        self._trailing = "".join(tables.words.behind_name)

    def is_spelled(self, name: str) -> bool:
        """Whether a name has no other characters than those that spell foreign ones."""
        return self._sounds.fullmatch(name) is not None

    def dotted_at(self, folded: str, start: int) -> int:
        """Where the name with dots ends that begins at `start`; -1 if none does."""
        found = self._dotted.match(folded, start)
        return found.end() if found else -1

    def before_title(self, text: SegmentedText, number: int, others: Sequence[tuple[int, int]]) -> str:
        """The foreign name right before the title that is the word of this number: 同|卡维|拉|总统; "" if there is none, or what stands there is listed."""
        folded, words, ends = text.folded, text.words, text.ends
        end = ends[number - 1]
        first = number
        while first and end - (ends[first - 2] if first > 1 else 0) <= _MOST and self._sounds.fullmatch(words[first - 1][0]):
            first -= 1
        start = ends[first - 1] if first else 0
        if end - start < LONGEST or not (start == 0 or folded.endswith(self._tables.title_leads, 0, start)):
            return ""
        return "" if any(s < end and start < e for s, e in others) else folded[start:end]

    def with_dots(self, text: SegmentedText) -> Iterator[str]:
        """Foreign names wherever they stand: 西摩·赫什."""
        folded, borders = text.folded, text.borders
        for match in self._dotted.finditer(folded):
            start = next((at for at in range(match.start(), match.end()) if at in borders), match.start())
            end = self._without_because(folded, match.end())
            if end not in borders and end - 1 in borders and folded[end - 1] in self._words.verb_first:
                end -= 1  # 艾力|荣获: its last character begins a word
            if folded.find("·", start, end) > start and not folded.startswith(self._tables.not_after_foreign, end):
                yield folded[start:end]

    def beside(self, text: SegmentedText, start: int, word: str, office: str) -> str:
        """The foreign name that begins at `start`, beside `office` (or a title, if that is empty); "" if none does.

        `word` is the segmenter's, if it takes it for a name.
        """
        folded, borders = text.folded, text.borders
        if (office or word) and (found := _DOTTED.match(folded, start)) and not folded.startswith(self._tables.title_leads, start):  # not 主席|致电阿里·汗
            return folded[start : self._dotted_end(text, start, found.end())]
        run = self._run(text, start)
        after = start + run
        said = folded.startswith(self._tables.does, after) or (after in borders and self._words.told.match(folded, after) is not None)
        told = office in self._tables.states or said or (office and self._words.listed.match(folded, after) is not None)
        if office and run >= _SHORTEST and folded.startswith(_HYPHENS, after) and (end := self._until(folded, after + 1)) - after > _SHORTEST:
            return folded[start:end]  # 阿吉亚尔-布兰科
        if (office or word) and (run >= _SURE or (run == LONGEST and told)):
            return folded[start:after]
        pauses = self._separated if office in self._tables.states else PAUSES
        told = said or (len(office) > 1 and after in borders and folded.startswith(pauses, after))
        if office and told and run == _SHORTEST and folded[start] not in self._tables.surnames and not folded.startswith(self._tables.not_names, start):
            return folded[start:after]  # 大使多古称
        return ""

    def _dotted_end(self, text: SegmentedText, start: int, end: int) -> int:
        """Where a name with dots ends, of characters that may be more than the name: 阿里·汗|表示."""
        folded = text.folded
        last = folded.rfind("·", start, end) + 1
        end = next((place for place in range(last + 2, end + 1) if place in text.borders), end)
        end = max(end, self._until(folded, last))
        verb = next((verb for verb in (*self._tables.verbs, *self._tables.does) if folded.endswith(verb, last + 1, end)), "")
        return self._without_because(folded, end - len(verb))

    def _run(self, text: SegmentedText, start: int) -> int:
        """How many characters from `start` on spell a foreign name."""
        folded, borders = text.folded, text.borders
        run = self._until(folded, start) - start
        if (adverb := self._words.adverb.search(folded, start, start + run)) and adverb.start() > start:
            run = adverb.start() - start  # 萨拉姆|强烈谴责
        if run > LONGEST and start + run not in borders and start + run - 1 in borders and folded[start + run : start + run + 1] not in self._trailing:
            run -= 1  # 穆斯塔法|呼吁, but 萨克拉罗普|卢致|电
        return run

    def speaking(self, folded: str, start: int) -> str:
        """The foreign name of three characters or more that begins at `start` and of which speech is told: 分析师卡维拉表示; "" if none does."""
        end = self._until(folded, start)
        spoken = end - start >= LONGEST and folded[start] not in self._tables.surnames and folded.startswith(self._tables.verbs, end)
        spoken = spoken or (end - start >= _SURE and self._words.told.match(folded, end) is not None)
        return folded[start:end] if spoken else ""

    def _until(self, folded: str, start: int) -> int:
        """Where the characters that transliterate foreign names end: 齐塞克迪|表示."""
        found = self._sounds.match(folded, start, start + _MOST)
        return self._without_because(folded, found.end()) if found else start

    def _without_because(self, folded: str, end: int) -> int:
        """Where a name ends that seems to end at `end`, if its last character is the word 因."""
        return end - 1 if self._words.because.match(folded, end - 1) else end
