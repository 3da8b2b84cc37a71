"""Names of persons: a surname and a given name beside an office, a title or a verb of speech.

The segmenter cuts such names wrongly too often (王浩作+报告), so they are read from the characters; the words on both
sides are the evidence. A name found once is found everywhere in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from kg.expressions import compiled
from kg.extract.rows import Fixed
from kg.extract.word_lists import words_in
from kg.ontology import Ontology
from kg.text.fold import fold
from kg.text.segment import Word

_LONGEST = 3  # of a name with a one-character surname
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,6}){1,3}")
_FOREIGN_FROM = 4  # characters of transliteration that make a foreign name whatever the office
_FOREIGN_MOST = 8
_SHORTEST = 2  # of a foreign name
_POST_REACH = 12  # words behind 任, 当选 among which the office stands
_APPOINTED = 12  # characters behind a verb among which a name and what follows it stand
_APPOINTED_BELOW = 2000  # characters of a list of them
_LISTED = 4  # of a name in a list beside a person's
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_BREAKS = frozenset("，。；：！？\n")
_OPENS = frozenset("，。；：！？\n、 （")
_OF = "的"
_HYPHENS = ("-", "－")
_PAUSES = ("、", "，", "。", "；", "）")
# jieba's tags: of names of persons, of what the dictionary takes a given name for (孙|东明), of what can be a part of one
_NAME_TAGS = frozenset({"nr", "nrt", "nrfg"})
_GIVEN_WORDS = frozenset({"nr", "nrt", "nrfg", "ns", "nz"})
_GIVEN_TAGS = frozenset({"n", "a", "ag", "ng", "nr", "nrt", "nz", "ns", "j", "b", "m", "x"})


@dataclass(frozen=True, slots=True)
class PersonWords:
    """The classes and patterns of `rules/persons.yaml` by which names are cut, with the same names."""

    office_last: frozenset[str]
    head_of_place: frozenset[str]
    verb_first: frozenset[str]
    member: frozenset[str]
    behind_name: frozenset[str]
    joins_names: frozenset[str]
    sex: frozenset[str]
    word_of_its_own: frozenset[str]
    list_and: frozenset[str]
    list_etc: frozenset[str]
    joined_by: frozenset[str]
    appointed: re.Pattern[str]  # behind a verb by which somebody is given a post
    appointed_below: re.Pattern[str]  # between such a verb and a list of names, each in a line of its own
    told: re.Pattern[str]  # behind a person who is told of, besides verbs
    listed: re.Pattern[str]  # behind the name of an officer in a list
    closes: re.Pattern[str]  # behind the last name of a list
    adverb: re.Pattern[str]  # behind a foreign name, of characters that spell such names too
    ruler: re.Pattern[str]  # behind the names of kings and popes
    aged: re.Pattern[str]
    comrade: re.Pattern[str]
    apart: re.Pattern[str]  # behind an office, a name that a space sets apart from it


class _Text:
    """A text, with the words that it is made of and where they end."""

    def __init__(self, folded: str, words: Sequence[Word], ends: Sequence[int]) -> None:
        self.folded, self.words, self.ends = folded, words, ends

    @cached_property
    def borders(self) -> frozenset[int]:
        """Where words begin and end."""
        return frozenset((0, *self.ends))


class PersonNames:
    """What the lexicon knows of names, offices and what persons do."""

    def __init__(self, ontology: Ontology, words: PersonWords) -> None:
        self._words = words
        tables: list[Mapping[str, Any]] = [file.data for file in ontology.yaml("lexicon") if "surnames" in file.data]

        def listed(*keys: str) -> frozenset[str]:
            return frozenset(words_in(tables, *keys))

        self._surnames = listed("surnames", "common")
        self._rare = listed("surnames", "rare")
        self._compound = listed("surnames", "compound")
        self._allowed = listed("allowed_beside_a_post")
        self._not_given = listed("not_in_given_names")
        self._not_names = listed("not_names")
        self._no_name = tuple(sorted(self._not_names))
        self._speech = listed("speech")
        self._does = tuple(sorted(self._speech))  # what is told of a person
        self._verbs = tuple(verb for verb in self._does if len(verb) > 1)
        self._posts: set[str] = set()
        self._states: set[str] = set()  # offices that foreign states have
        sounds = "".join(fold(str(table.get("transliteration") or "")) for table in tables)
        self._sounds = compiled(f"[{sounds}]*")
        self._dotted = compiled(f"[{sounds}]{{2,8}}(?:·[{sounds}]{{1,8}}){{1,4}}")
        self._no_person = words_in(tables, "not_after_foreign")
        self._honorifics = listed("honorifics")
        self._said_alone = tuple(self._honorifics)
        self._ends_list = listed("list_ends")
        # Titles and verbs that names stand after; only with the segmenter's word for it.
        self._beside = {word for word in listed("met") if len(word) > 1}
        self._after: set[str] = set()
        for table in tables:
            for entry in table.get("posts") or ():
                titles = {fold(str(word)) for word in entry["words"]}
                if entry["side"] in ("after", "both"):
                    (self._posts if entry["kind"] == "office" else self._beside).update(titles)
                    if entry.get("body") == "foreign":
                        self._states |= titles
                if entry["side"] in ("before", "both"):
                    self._after |= titles
        self._titles = listed("state_titles")
        self._title_leads = words_in(tables, "title_leads")
        self._takes = listed("takes_post")
        self._appoints = listed("appoints")
        self._takes_how = listed("takes_how")
        self._members = {fold(member): fold(str(body)) for table in tables for member, body in (table.get("members") or {}).items() if member != "__line__"}
        self._separated = (*_PAUSES, *(words.list_and - set(_PAUSES)))
        self._trailing = "".join(words.behind_name)
        self._goes_on = (*self._verbs, *words.list_and, *words.list_etc, *words.joined_by)
        self._cues = self._posts | self._titles | self._beside | self._takes | words.member | {_OF}
        self._begins_post = tuple(sorted(post for post in self._posts if len(post) > 1))
        self._doubled = {post[0] + post for post in self._posts if len(post) == 2}
        self._joined = self._doubled | {end + name for end in words.office_last for name in self._surnames}
        self._joined |= words.head_of_place | {member[at:] for member in self._members for at in range(1, len(member))}
        self._not_beside = self._not_given - self._allowed

    def find(
        self,
        folded: str,
        words: Sequence[Word],
        ends: Sequence[int],
        known: Sequence[tuple[int, int]] = (),
        others: Sequence[tuple[int, int]] = (),
    ) -> list[Fixed]:
        """The persons named in `folded`, sorted, without overlaps; `known` are the spans of those that a table lists, `others` of other listed names."""
        text = _Text(folded, words, ends)
        certain: dict[str, str] = {}
        cues = self._cues
        # One plain pass over all words, since hardly any of them is beside a name.
        for number in [n for n, (word, tag) in enumerate(words) if word in cues or tag in _NAME_TAGS]:
            if words[number][0] != _OF or number and self._words.aged.search(words[number - 1][0]):  # 34岁的何剑龙
                for name, rule in self._named_at(text, number, others):
                    certain.setdefault(name, rule)
        if "·" in folded:
            for name in self._with_dots(folded, text.borders):
                certain.setdefault(name, "person-foreign")
        self._beside_others(folded, certain, known)
        return list(self._everywhere(folded, certain))

    def _named_at(self, text: _Text, number: int, others: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
        """The names before and behind the word of this number, and by which rule each is one."""
        folded, words, ends = text.folded, text.words, text.ends
        word = words[number][0]
        if word in self._takes and (name := self._before_post(folded, words, ends, number)):
            yield name, "person-post"
            return
        if word in self._appoints and (given := self._appointed(folded, ends[number])):
            yield from ((name, "person-post") for name in given)
            return
        if word in self._titles and number and (name := self._titled(folded, words, ends, number, others)):
            yield name, "person-titled"
        office = word in self._posts or (number > 0 and word in self._words.member and words[number - 1][0] + word in self._members)
        if not office and word in self._beside and (name := self._speaks_foreign(folded, ends[number])):
            yield name, "person-post"
        elif office or self._may_lead(words, number):
            name = self._behind(text, number, office=office)
            if name and not name.startswith(self._begins_post):  # 苏丹 is an office too: 苏丹副外长…
                yield name, "person-post"
        elif told := self._alone(words, number):
            yield word, told

    def _may_lead(self, words: Sequence[Word], number: int) -> bool:
        """Whether a word is a title, or 的, and what follows it looks like a name by the dictionary."""
        if words[number][0] != _OF and words[number][0] not in self._beside or number + 1 == len(words):
            return False
        return words[number + 1][1] in _NAME_TAGS or self._unknown(words[number + 1 : number + 4])

    def _behind(self, text: _Text, number: int, *, office: bool) -> str:
        """The name behind an office, a title or 的; "" if none stands there."""
        words = text.words
        if office and (apart := self._words.apart.match(text.folded, text.ends[number])):
            return apart[1] if self._is_name("".join(apart[1].split()), rare=True, beside=True) else ""
        following, kind = words[number + 1] if number + 1 < len(words) else ("", "")
        after = words[number + 2] if number + 2 < len(words) else ("", "")
        likely = kind in _NAME_TAGS or self._may_lead(words, number)
        cut = len(following) <= 2 and len(after[0]) == 1 and after[1] in _GIVEN_TAGS
        return self._reads(text.folded, text.ends[number], text.borders, following if likely else "", office=words[number][0] if office else "", cut=cut)

    def _alone(self, words: Sequence[Word], number: int) -> str:
        """By which rule a word is a name, by what stands beside it; "" if it is none."""
        word, tag = words[number]
        following = words[number + 1][0] if number + 1 < len(words) else ""
        if tag in _NAME_TAGS and _is_headed(words, number) and self._is_name(word, rare=False):
            return "person-headed"  # 【大国工匠】程平：…
        if following == "，" and number + 2 < len(words) and words[number + 2][0] in self._words.sex and self._is_name(word, rare=True):
            return "person-apposed"  # 王浩，男，汉族，…
        if len(word) <= 2 or not self._is_name(word, rare=False):
            return ""
        if following in self._speech:
            return "person-speech"
        if following in self._after:
            return "person-titled"  # 赵乐际委员长
        opens = number == 0 or words[number - 1][0] in _BREAKS
        return "person-apposed" if opens and following == "，" and len(word) == _LONGEST else ""  # 郭洁芳，广州市公安局原民警，…

    def recut(self, words: Sequence[Word]) -> Sequence[Word]:
        """The words, offices told from what the segmenter joined them with.

        主|任何|立峰 is 主任|何|立峰, 局局长 is 局|局长, 全国|人大代表 is 全国人大|代表, 南通市|长 is 南通|市长.
        """
        suspects = self._joined
        if suspects.isdisjoint(map(itemgetter(0), words)):
            return words
        places = [place for place, (word, _) in enumerate(words) if word in suspects]
        mended = list(words)
        for place in reversed(places):
            word, before = mended[place][0], mended[place - 1][0] if place else ""
            if word in self._words.head_of_place:
                following = mended[place + 1][0] if place + 1 < len(mended) else ""
                if len(before) > 2 and before[-1] + word in self._posts and following[:1] in self._surnames:
                    mended[place - 1 : place + 1] = [(before[:-1], "ns"), (before[-1] + word, "n")]
                continue
            if word in self._doubled:
                mended[place : place + 1] = [(word[0], "n"), (word[1:], "n")]
            elif before + word in self._members:
                body = self._members[before + word]
                mended[place - 1 : place + 1] = [(body, "nt"), ((before + word)[len(body) :], "n")]
            elif before and word[0] in self._words.office_last and word[1:] in self._surnames and before + word[0] in self._posts:
                mended[place - 1 : place + 1] = [(before + word[0], "n"), (word[1], "nr")]
        return mended

    def _before_post(self, folded: str, words: Sequence[Word], ends: Sequence[int], number: int) -> str:
        """The name that opens the clause in which `words[number]` says that somebody takes or leaves a post: 王浩被任命为甲省省长; "" if none does."""
        after = [word for word, _ in words[number + 1 : number + _POST_REACH]]
        closed = next((place for place, word in enumerate(after) if word in _BREAKS), len(after))
        if self._posts.isdisjoint(after[:closed]):
            return ""
        last = number - 1
        while last >= 0 and words[last][0] in self._takes_how:
            last -= 1
        first = last + 1
        while first > 0 and last - first < _LONGEST - 1 and words[first - 1][0] not in _BREAKS and words[first - 1][0] not in self._beside:
            first -= 1
        if first > last or (first and words[first - 1][0] not in _BREAKS and words[first - 1][0] not in self._beside):
            return ""
        name = folded[ends[first - 1] if first else 0 : ends[last]].strip()
        tagged = any(tag in _NAME_TAGS for _, tag in words[first : last + 1])
        sure = tagged or self._words.comrade.fullmatch(words[last + 1][0]) is not None
        return name if sure and self._is_name(name, rare=tagged, beside=True) else ""

    def _appointed(self, folded: str, end: int) -> list[str]:
        """The names right behind a verb that ends at `end`: 任命王浩为…; of a list below it, 任命：, one from each of its lines."""
        below = self._words.appointed_below.match(folded, end)
        names = []
        for line in folded[below.end() : below.end() + _APPOINTED_BELOW].split("\n") if below else [folded[end : end + _APPOINTED]]:
            given = self._words.appointed.match(line.lstrip())
            if given is None and line.strip():
                break
            if given is not None and self._is_name(given[1], rare=False, beside=True):
                names.append(given[1])
        return names

    def _titled(
        self, folded: str, words: Sequence[Word], ends: Sequence[int], number: int, others: Sequence[tuple[int, int]]
    ) -> str:
        """The foreign name right before the title `words[number]`: 同|卡维|拉|总统; "" if there is none, or what stands there is listed."""
        end = ends[number - 1]
        first = number
        while first and end - (ends[first - 2] if first > 1 else 0) <= _FOREIGN_MOST and self._sounds.fullmatch(words[first - 1][0]):
            first -= 1
        start = ends[first - 1] if first else 0
        if end - start < _LONGEST or not (start == 0 or folded.endswith(self._title_leads, 0, start)):
            return ""
        return "" if any(s < end and start < e for s, e in others) else folded[start:end]

    def _unknown(self, words: Sequence[Word]) -> bool:
        """Whether words that no dictionary has can be a name: 李稻葵 as one word, 郑|奀|秀 as three."""
        if not words:
            return False
        if len(words[0][0]) == _LONGEST:
            return words[0][1] in ("n", "") and self._is_name(words[0][0], rare=False)
        if len(words[0][0]) == 1 and len(words) > 1 and len(words[1][0]) == 2 and words[1][1] in _GIVEN_WORDS:
            return self._is_name(words[0][0] + words[1][0], rare=False)
        return all(len(word) == 1 for word, _ in words) and self._is_name("".join(word for word, _ in words), rare=False)

    def _with_dots(self, folded: str, borders: AbstractSet[int]) -> Iterator[str]:
        """Foreign names wherever they stand: 西摩·赫什."""
        for match in self._dotted.finditer(folded):
            start = next((at for at in range(match.start(), match.end()) if at in borders), match.start())
            end = match.end()
            if end not in borders and end - 1 in borders and folded[end - 1] in self._words.verb_first:
                end -= 1  # 艾力|荣获: its last character begins a word
            if folded.find("·", start, end) > start and not folded.startswith(self._no_person, end):
                yield folded[start:end]

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
        if found := self._dotted.match(folded, start):
            return start, found.end()
        for size in range(_LISTED, 1, -1):
            after = start + size
            closed = self._words.closes.match(folded, after) is not None or any(folded.startswith(word, after) for word in self._ends_list)
            if closed and self._is_name(folded[start:after], rare=True, beside=True):
                return start, after
        return None

    def _last_in_list(self, folded: str, start: int) -> tuple[int, int] | None:
        if folded[start - 1 : start] != "、":
            return None
        for size in range(2, _LISTED + 1):
            first = start - 1 - size
            if first >= 0 and (first == 0 or folded[first - 1] in _OPENS) and self._is_name(folded[first : start - 1], rare=True, beside=True):
                return first, start - 1
        return None

    def _everywhere(self, folded: str, names: Mapping[str, str]) -> Iterator[Fixed]:
        if not names:
            return
        # 欧内斯托·卡维拉 is spoken of as 卡维拉 later.
        last = {name.rpartition("·")[2]: name for name in names if "·" in name}
        whole = {short: name for short, name in last.items() if len(short) >= _LONGEST}
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
                if (ruler := self._words.ruler.match(folded, taken)) and self._sounds.fullmatch(name):
                    taken = ruler.end()  # 查尔斯|三世
                key = whole.get(name, name)
                yield Fixed(start, taken, "Person", "".join(key.split()), "", names[key])  # 王　浩 is 王浩

    def _reads(self, folded: str, start: int, borders: AbstractSet[int], word: str, *, office: str, cut: bool) -> str:
        """The name that begins at `start`, beside `office` (or a title, if that is empty); "" if none does.

        `word` is the segmenter's, if it takes it for a name; `cut` tells that it may have lost a character (毛伟+明).
        """
        if office and (found := _FOREIGN.match(folded, start)) and not folded.startswith(self._title_leads, start):  # not 主席|致电阿里·汗
            last = folded.rfind("·", start, found.end()) + 1
            end = next((place for place in range(last + 2, found.end() + 1) if place in borders), found.end())
            end = max(end, self._sounds_until(folded, last))
            verb = next((verb for verb in self._verbs if folded.endswith(verb, last + 1, end)), "")
            return folded[start : end - len(verb)]  # 阿里·汗|表示
        run = self._sounds_until(folded, start) - start
        if (adverb := self._words.adverb.search(folded, start, start + run)) and adverb.start() > start:
            run = adverb.start() - start  # 萨拉姆|强烈谴责
        if run > _LONGEST and start + run not in borders and start + run - 1 in borders and folded[start + run : start + run + 1] not in self._trailing:
            run -= 1  # 穆斯塔法|呼吁, but 萨克拉罗普|卢致|电
        after = start + run
        said = folded.startswith(self._does, after) or (after in borders and self._words.told.match(folded, after) is not None)
        told = office in self._states or said or (office and self._words.listed.match(folded, after) is not None)
        if office and run >= _SHORTEST and folded.startswith(_HYPHENS, after) and (end := self._sounds_until(folded, after + 1)) - after > _SHORTEST:
            return folded[start:end]  # 阿吉亚尔-布兰科
        if (office or word) and (run >= _FOREIGN_FROM or (run == _LONGEST and told)):
            return folded[start:after]
        pauses = self._separated if office in self._states else _PAUSES
        told = said or (len(office) > 1 and after in borders and folded.startswith(pauses, after))
        if office and told and run == _SHORTEST and folded[start] not in self._surnames and not folded.startswith(self._no_name, start):
            return folded[start:after]  # 大使多古称
        if len(word) > _LONGEST and self._sounds.fullmatch(word.rstrip(self._trailing)) and not word.startswith(self._no_name):
            return word.rstrip(self._trailing)  # 卢卡申科
        characters = _HAN.match(folded, start)
        if not characters:
            return ""
        text = characters[0][: _LONGEST + 1]
        if text[1:].startswith(self._said_alone):
            return ""  # 邵女士
        sizes = (4, 3) if text[:2] in self._compound else (3, 2)
        spoken = folded.startswith(self._goes_on, start + sizes[0])
        for size in sizes if cut or spoken else sorted(sizes, key=lambda size: (start + size not in borders, -size)):
            name = text[:size]
            if len(name) == size and self._is_name(name, rare=bool(word), beside=True) and self._can_end(folded, start + size, size):
                return name
        return ""

    def _speaks_foreign(self, folded: str, start: int) -> str:
        """The foreign name of three characters or more that begins at `start` and of which speech is told: 分析师卡维拉表示; "" if none does."""
        end = self._sounds_until(folded, start)
        spoken = end - start >= _LONGEST and folded[start] not in self._surnames and folded.startswith(self._verbs, end)
        spoken = spoken or (end - start >= _FOREIGN_FROM and self._words.told.match(folded, end) is not None)
        return folded[start:end] if spoken else ""

    def _sounds_until(self, folded: str, start: int) -> int:
        """Where the characters that transliterate foreign names end: 齐塞克迪|表示."""
        found = self._sounds.match(folded, start, start + _FOREIGN_MOST)
        return found.end() if found else start

    def _can_end(self, folded: str, end: int, size: int) -> bool:
        """王浩|作报告: neither a verb nor a conjunction begins with the name's last character."""
        if size == 2:
            return True
        if folded[end - 1] in self._words.joins_names and folded.startswith(_PAUSES, end):
            return True  # 周忠和、王梅祥
        return folded[end - 1] not in self._words.word_of_its_own and not any(folded.startswith(verb, end - 1) for verb in self._verbs)

    def _is_name(self, word: str, *, rare: bool, beside: bool = False) -> bool:
        if word.startswith(self._no_name):
            return False
        compound = word[:2] in self._compound
        if not compound and word[:1] not in self._surnames and not (rare and word[:1] in self._rare):
            return False
        given = word[2:] if compound else word[1:]
        forbidden = self._not_beside if beside else self._not_given
        if given in self._honorifics:
            return False
        return 1 <= len(given) <= 2 and _HAN.fullmatch(given) is not None and forbidden.isdisjoint(given)


def _is_headed(words: Sequence[Word], place: int) -> bool:
    """Whether a word stands between the name of a series and a colon, as those do whom an item tells of."""
    return 0 < place < len(words) - 1 and words[place - 1][0] == "】" and words[place + 1][0] in "：:"
