"""Names of persons: a surname and a given name beside an office, a title or a verb of speech.

The segmenter cuts such names wrongly too often (王浩作+报告), so they are read from the characters; the words on both
sides are the evidence. A name found once is found everywhere in the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.extract.knowledge.person_tables import HAN, JOINED, LONGEST, PAUSES, PersonTables, PersonWords
from kg.extract.names.foreign_names import ForeignNames
from kg.extract.names.office_cuts import OfficeCuts
from kg.extract.names.rows import Fixed
from kg.ontology import Ontology
from kg.text.segment import NAME_TAGS, PERSON_TAGS, SegmentedText, Word

_POST_REACH = 12  # words behind 任, 当选 among which the office stands
_APPOINTED = 12  # characters behind a verb among which a name and what follows it stand
_APPOINTED_BELOW = 2000  # characters of a list of them
_LISTED = 4  # of a name in a list beside a person's
_BREAKS = frozenset("，。；：！？\n")
_OPENS = frozenset("，。；：！？\n、 （")
_OF = "的"
_PREDICATE_TAGS = frozenset({"v", "vn", "d", "ad", "p", "t"})
_DOING_TAGS = frozenset({"v", "vn", "a", "an", "ad", "d"})  # of ordinary words
_GIVEN_TAGS = frozenset({"n", "a", "ag", "ng", "nr", "nrt", "nz", "ns", "j", "b", "m", "x"})  # of what can be a part of a given name


class PersonNames:
    """Finds the persons that a text names, by what the lexicon knows of them."""

    def __init__(self, ontology: Ontology, words: PersonWords) -> None:
        self._words = words
        self._tables = tables = PersonTables(ontology, words)
        self._foreign = ForeignNames(tables)
        self.recut = OfficeCuts(tables).recut
        self._said_alone = tuple(tables.honorifics)
        self._says = tuple(verb for verb in tables.does if len(verb) == 1 and verb not in tables.takes)
        self._goes_on = (*tables.verbs, *words.list_and, *words.list_etc, *words.joined_by)
        self._begins_after = (*tables.verbs, *(word for word in tables.list_ends if len(word) > 1))
        self._cues = tables.posts | tables.titles | tables.beside | tables.takes | tables.appoints | tables.speech | words.member | {_OF}
        self._begins_post = tuple(sorted(post for post in tables.posts if len(post) > 1))

    def find(self, text: SegmentedText, known: Sequence[tuple[int, int]] = (), others: Sequence[tuple[int, int]] = ()) -> list[Fixed]:
        """The persons named in a text, sorted, without overlaps; `known` are the spans of those that a table lists, `others` of other listed names."""
        folded, words = text.folded, text.words
        certain: dict[str, str] = {}
        cues = self._cues
        # One plain pass over all words, since hardly any of them is beside a name.
        for number in [n for n, (word, tag) in enumerate(words) if word in cues or tag in PERSON_TAGS]:
            if words[number][0] != _OF or number and self._words.aged.search(words[number - 1][0]):  # 34岁的何剑龙
                for name, rule in self._named_at(text, number, others):
                    certain.setdefault(name, rule)
        if "·" in folded:
            for name in self._foreign.with_dots(text):
                certain.setdefault(name, "person-foreign")
        for lead in self._words.leaders.finditer(folded):  # 市领导王浩、李强等
            if (first := self._name_closed(folded, lead.end())) is not None:
                certain.setdefault(folded[first[0] : first[1]], "person-list")
        self._beside_others(folded, certain, known)
        return list(self._everywhere(folded, certain))

    def _named_at(self, text: SegmentedText, number: int, others: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
        """The names before and behind the word of this number, and by which rule each is one."""
        folded, words, ends = text.folded, text.words, text.ends
        word = words[number][0]
        if word in self._tables.takes and (name := self._before_post(text, number)):
            yield name, "person-post"
            return
        if word in self._tables.appoints and (given := self._appointed(folded, ends[number])):
            yield from ((name, "person-post") for name in given)
            return
        if word in self._tables.speech and (name := self._before_speech(text, number)):
            yield name, "person-speech"
            return
        if word in self._tables.titles and number and (name := self._foreign.before_title(text, number, others)):
            yield name, "person-titled"
        office = word in self._tables.posts or (number > 0 and word in self._words.member and words[number - 1][0] + word in self._tables.members)
        if not office and word in self._tables.beside and (name := self._foreign.speaking(folded, ends[number])):
            yield name, "person-post"
        elif office or self._may_lead(words, number) or self._aged(text, number, others) or self._tables.is_joined(folded[ends[number] : ends[number] + JOINED]):
            name = self._behind(text, number, office=office)
            if name and not name.startswith(self._begins_post):  # 苏丹 is an office too: 苏丹副外长…
                yield name, "person-post"
        elif told := self._alone(words, number):
            yield word, told

    def _may_lead(self, words: Sequence[Word], number: int) -> bool:
        """Whether a word is a title, or 的, and what follows it looks like a name by the dictionary."""
        if words[number][0] != _OF and words[number][0] not in self._tables.beside or number + 1 == len(words):
            return False
        return words[number + 1][1] in PERSON_TAGS or self._unknown(words[number + 1 : number + 4])

    def _aged(self, text: SegmentedText, number: int, others: Sequence[tuple[int, int]]) -> bool:
        """Whether what follows 的 behind an age looks like a proper name of which no table knows, cut as it may be: 33岁的|孙芝茵正|带领."""
        if text.words[number][0] != _OF or number + 1 == len(text.words) or text.words[number + 1][1] not in NAME_TAGS:
            return False
        start, end = text.ends[number], text.ends[number + 1]
        return not any(first < end and start < last for first, last in others)

    def _behind(self, text: SegmentedText, number: int, *, office: bool) -> str:
        """The name behind an office, a title or 的; "" if none stands there."""
        words = text.words
        if office and (apart := self._words.apart.match(text.folded, text.ends[number])):
            return apart[1] if self._tables.is_name("".join(apart[1].split()), rare=True, beside=True) else ""
        following, kind = words[number + 1] if number + 1 < len(words) else ("", "")
        after = words[number + 2] if number + 2 < len(words) else ("", "")
        likely = kind in PERSON_TAGS or self._may_lead(words, number)
        cut = len(following) <= 2 and len(after[0]) == 1 and after[1] in _GIVEN_TAGS
        if cut and len(following) == (2 if following in self._tables.compound else 1):  # 诸葛|明|正在
            cut = number + 3 < len(words) and words[number + 3][1] not in _PREDICATE_TAGS
        name = self._reads(text, text.ends[number], following if likely else "", office=words[number][0] if office else "", cut=cut)
        return "" if self._is_plain(name, following, kind) else name

    def _is_plain(self, name: str, word: str, tag: str) -> bool:
        """Whether what was read as a name is a verb or adjective of two characters, or a spelled one begins with such: 总书记|考察."""
        return len(word) == 2 and tag in _DOING_TAGS and name.startswith(word) and (name == word or self._foreign.is_spelled(name))

    def _alone(self, words: Sequence[Word], number: int) -> str:
        """By which rule a word is a name, by what stands beside it; "" if it is none."""
        word, tag = words[number]
        following = words[number + 1][0] if number + 1 < len(words) else ""
        if tag in PERSON_TAGS and _is_headed(words, number) and self._tables.is_name(word, rare=False):
            return "person-headed"  # 【大国工匠】程平：…
        if following == "，" and number + 2 < len(words) and words[number + 2][0] in self._words.sex and self._tables.is_name(word, rare=True):
            return "person-apposed"  # 王浩，男，汉族，…
        opens = _opens_clause(words, number)
        closes = number + 2 < len(words) and words[number + 2][0] in _BREAKS
        if len(word) <= 2 and not (opens and (following in self._tables.verbs or closes and following in self._says)):
            return ""  # 王浩告诉记者, 王浩说：
        if following in self._tables.speech and self._tables.is_name(word, rare=False, beside=True):
            return "person-speech"
        if len(word) <= 2 or not self._tables.is_name(word, rare=False):
            return ""
        if following in self._tables.after:
            return "person-titled"  # 赵乐际委员长
        return "person-apposed" if opens and following == "，" and len(word) == LONGEST else ""  # 郭洁芳，广州市公安局原民警，…

    def _before_post(self, text: SegmentedText, number: int) -> str:
        """The name that opens the clause in which the word of this number says that somebody takes or leaves a post: 王浩被任命为甲省省长; "" if none does."""
        words = text.words
        after = [word for word, _ in words[number + 1 : number + _POST_REACH]]
        closed = next((place for place, word in enumerate(after) if word in _BREAKS), len(after))
        if self._tables.posts.isdisjoint(after[:closed]):
            return ""
        last = number - 1
        while last >= 0 and words[last][0] in self._tables.takes_how:
            last -= 1
        first = self._clause_begin(words, last)
        if first > last:
            return ""
        name = text.folded[text.ends[first - 1] if first else 0 : text.ends[last]].strip()
        tagged = any(tag in PERSON_TAGS for _, tag in words[first : last + 1])
        sure = tagged or self._words.comrade.fullmatch(words[last + 1][0]) is not None
        return name if sure and self._tables.is_name(name, rare=tagged, beside=True) else ""

    def _before_speech(self, text: SegmentedText, number: int) -> str:
        """The name in several words that is all that stands before a verb of speech in its clause: 芦|建国|主持会议; "" if none is."""
        words = text.words
        first = self._clause_begin(words, number - 1)
        if number - first < 2:
            return ""
        (begin, tag), (_, following) = words[first : first + 2]
        named = tag in PERSON_TAGS or self._tables.is_joined(begin + words[first + 1][0]) or following in NAME_TAGS and (len(begin) == 1 or begin in self._tables.compound)
        name = text.folded[text.ends[first - 1] if first else 0 : text.ends[number - 1]].strip()
        return name if named and len(name) > 2 and self._tables.is_name(name, rare=tag in PERSON_TAGS, beside=True) else ""

    def _clause_begin(self, words: Sequence[Word], last: int) -> int:
        """Where the clause, or what a title leads, begins of which `words[last]` is one of the first three; `last + 1` if it is none of them."""
        first = last + 1
        while first > 0 and last - first < LONGEST - 1 and not self._begins(words, first):
            first -= 1
        return first if self._begins(words, first) else last + 1

    def _begins(self, words: Sequence[Word], first: int) -> bool:
        return _opens_clause(words, first) or words[first - 1][0] in self._tables.beside

    def _appointed(self, folded: str, end: int) -> list[str]:
        """The names right behind a verb that ends at `end`: 任命王浩为…; of a list below it, 任命：, one from each of its lines."""
        below = self._words.appointed_below.match(folded, end)
        names = []
        for line in folded[below.end() : below.end() + _APPOINTED_BELOW].split("\n") if below else [folded[end : end + _APPOINTED]]:
            given = self._words.appointed.match(line.lstrip())
            if given is None and line.strip():
                break
            if given is not None and self._tables.is_name(given[1], rare=False, beside=True):
                names.append(given[1])
        return names

    def _unknown(self, words: Sequence[Word]) -> bool:
        """Whether words that no dictionary has can be a name: 李稻葵 as one word, 郑|奀|秀 as three."""
        if not words:
            return False
        if len(words[0][0]) == LONGEST:
            return words[0][1] in ("n", "") and self._tables.is_name(words[0][0], rare=False)
        alone = len(words[0][0]) == 1 or words[0][0] in self._tables.compound
        if alone and len(words) > 1 and len(words[1][0]) == 2 and words[1][1] in NAME_TAGS:
            return self._tables.is_name(words[0][0] + words[1][0], rare=False)
        return all(len(word) == 1 for word, _ in words) and self._tables.is_name("".join(word for word, _ in words), rare=False)

    def _beside_others(self, folded: str, certain: dict[str, str], known: Sequence[tuple[int, int]]) -> None:
        """Add to `certain` what stands in a list with a person: 王毅、何立峰等参加会见."""
        spans = [*known, *((f.start, f.end) for f in self._everywhere(folded, certain))]
        seen = set()
        while spans:
            start, end = spans.pop()
            if (start, end) in seen:
                continue
            seen.add((start, end))
            for one in (self._next_in_list(folded, end), self._last_in_list(folded, start)):
                if one is not None and one not in seen:
                    certain.setdefault(folded[one[0] : one[1]], "person-list")
                    spans.append(one)

    def _next_in_list(self, folded: str, end: int) -> tuple[int, int] | None:
        if folded[end : end + 1] not in self._words.list_and:
            return None
        start = end + 1
        if (stop := self._foreign.dotted_at(folded, start)) >= 0:
            return start, stop
        return self._name_closed(folded, start)

    def _name_closed(self, folded: str, start: int) -> tuple[int, int] | None:
        """The name that begins at `start` and behind which a list goes on or ends."""
        for size in range(_LISTED, 1, -1):
            after = start + size
            closed = self._words.closes.match(folded, after) is not None or folded.startswith(self._tables.list_ends, after)
            if closed and self._tables.is_name(folded[start:after], rare=True, beside=True):
                return start, after
        return None

    def _last_in_list(self, folded: str, start: int) -> tuple[int, int] | None:
        if folded[start - 1 : start] != "、":
            return None
        for size in range(2, _LISTED + 1):
            first = start - 1 - size
            if first >= 0 and (first == 0 or folded[first - 1] in _OPENS) and self._tables.is_name(folded[first : start - 1], rare=True, beside=True):
                return first, start - 1
        return None

    def _everywhere(self, folded: str, names: Mapping[str, str]) -> Iterator[Fixed]:
        if not names:
            return
        # 欧内斯托·卡维拉 is spoken of as 卡维拉 later.
        last = {name.rpartition("·")[2]: name for name in names if "·" in name}
        whole = {short: name for short, name in last.items() if len(short) >= LONGEST}
        places: list[tuple[int, int, str]] = []
        for name in {**whole, **names}:
            at = folded.find(name)
            while at >= 0:
                places.append((at, -len(name), name))
                at = folded.find(name, at + 1)
        taken = 0
        for start, size, name in sorted(places):  # the longest first of those that begin together
            if start >= taken:
                taken = start - size
                if (ruler := self._words.ruler.match(folded, taken)) and self._foreign.is_spelled(name):
                    taken = ruler.end()  # 查尔斯|三世
                key = whole.get(name, name)
                yield Fixed(start, taken, "Person", "".join(key.split()), "", names[key])  # 王　浩 is 王浩

    def _reads(self, text: SegmentedText, start: int, word: str, *, office: str, cut: bool) -> str:
        """The name that begins at `start`, beside `office` (or a title, if that is empty); "" if none does.

        `word` is the segmenter's, if it takes it for a name; `cut` tells that it may have lost a character (毛伟+明).
        """
        folded, borders = text.folded, text.borders
        characters = HAN.match(folded, start)
        if characters and self._tables.is_joined(characters[0][:JOINED]):
            return characters[0][:JOINED]
        if foreign := self._foreign.beside(text, start, word, office):
            return foreign
        if not characters:
            return ""
        longest = characters[0][: LONGEST + 1]
        if longest[1:].startswith(self._said_alone):
            return ""  # 邵女士
        sizes = (4, 3) if longest[:2] in self._tables.compound else (3, 2)
        spoken = folded.startswith((*self._goes_on, *self._says), start + sizes[0])  # 邹素|英说
        for size in sizes if cut or spoken else sorted(sizes, key=lambda size: (start + size not in borders, -size)):
            name = longest[:size]
            if folded.startswith("·", start + size):
                return ""  # the beginning of a foreign name
            if len(name) == size and self._tables.is_name(name, rare=bool(word), beside=True) and self._can_end(folded, start + size, size):
                return name
        return ""

    def _can_end(self, folded: str, end: int, size: int) -> bool:
        """王浩|作报告: neither a verb nor a conjunction begins with the name's last character."""
        if size == 2:
            return True
        if folded[end - 1] in self._words.joins_names and folded.startswith(PAUSES, end):
            return True  # 周忠和、王梅祥
        return folded[end - 1] not in self._words.word_of_its_own and not folded.startswith(self._begins_after, end - 1)


def _opens_clause(words: Sequence[Word], number: int) -> bool:
    """Whether a clause begins with the word of this number, be it behind somebody's words: “订单不断，”王浩说。"""
    if number > 1 and words[number - 1][0] == "”":
        number -= 1
    return number == 0 or words[number - 1][0] in _BREAKS


def _is_headed(words: Sequence[Word], place: int) -> bool:
    """Whether a word stands between the name of a series and a colon, as those do whom an item tells of."""
    return 0 < place < len(words) - 1 and words[place - 1][0] == "】" and words[place + 1][0] in "：:"
