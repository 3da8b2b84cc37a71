"""Who is meant: short forms, words whose referent the document fixes, the area that a passage is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kg.expressions import compiled
from kg.extract.assemble import key_of
from kg.extract.editions import EditionWords, join_editions, name_editions
from kg.extract.mentions import SAME_HEAD, SHORT_FORM
from kg.extract.names import NameTable
from kg.extract.phrases import Phrases
from kg.extract.reference_rules import Reference, read_references
from kg.extract.rows import Draft, Row, Watch
from kg.extract.same_works import SameWorks
from kg.extract.short_names import ShortNames
from kg.extract.symbols import Symbols, char_class
from kg.extract.titles import Titles
from kg.extract.topics import ADMINISTRATIVE, Speakers, Topics
from kg.extract.word_lists import listed_words
from kg.ontology import Ontology
from kg.text.fold import fold

_STATE_LETTER = "area-state-letter"  # the rule that finds 俄 before an office
_NEAR = 12  # names back to which a last word alone (大桥) can refer
_ZONE = "zone"
_SPOKEN_OF = 300  # characters back to the area that an organ without one is of
_LOOSE = "body-loose"  # the rule for short names that many bodies share
_BESIDE = 2  # lines back in which a thing must be named that the text neither heads nor tells to take place
_OPENING = 120  # what a story is about, it names in its headline or its first sentences


class _Latest(NamedTuple):
    """Names that a word like 会议 may refer to, by when they were named last."""

    own: Draft | None = None
    last: Draft | None = None
    held: Draft | None = None  # 第三次会议9日下午在北京举行: what the story is about
    headed: Draft | None = None  # the first that the headline names
    nameless: bool = False  # 党组召开会议: what the story is about has no name


class _Text(NamedTuple):
    """What is known of a whole text."""

    folded: str
    mains: Speakers  # the area that it says most of; of several reports that of each
    report: bool
    headline: int  # its end
    areas: Mapping[str, Draft]  # the first mention of each that it names, by its name in full
    visited: frozenset[str]  # keys of areas that one's own (我省) meets or visits, and so is none of

    def beside(self, draft: Draft, sentence: int) -> bool:
        """Whether `draft` is named in the line of a sentence that begins at `sentence`, or in the two before."""
        return self.folded.count("\n", draft.start, sentence) <= _BESIDE


@dataclass(frozen=True, slots=True)
class ReferenceWords:
    """The patterns `references` of `rules/names.yaml`, with the same names."""

    held: re.Pattern[str]  # what follows the name of a meeting that takes place
    stretch: re.Pattern[str]  # behind an area: a stretch of a road there
    leader: re.Pattern[str]  # behind a person inside another name, who is named all the same
    national: re.Pattern[str]
    line: re.Pattern[str]  # of 甲高铁乙大桥, 该工程 is the bridge: the line has many such works


class References:
    """Resolves within one document, nearest first; what stays doubtful is left out."""

    def __init__(self, ontology: Ontology, phrases: Phrases, symbols: Symbols, names: NameTable, topics: Topics) -> None:
        self._words = phrases.words_of(ReferenceWords, "references")
        self._edition_words = phrases.words_of(EditionWords, "editions")
        self._any_work, self._joins_last = frozenset(listed_words(ontology, "any_work")), frozenset(listed_words(ontology, "joins_last"))
        self._own_kinds = frozenset(listed_words(ontology, "own_kinds"))
        self._levels = frozenset(end[-1] for end in topics.level_ends)  # with what the names of areas end that have organs
        self._gazetteer = names.gazetteer
        self._organs = names.organs
        self._topics = topics
        self._symbols = symbols
        self._same_works = SameWorks(ontology)
        self._short_names = ShortNames(ontology)
        self._about = listed_words(ontology, "held_about")
        tables = [file.data.get("organ_names") or {} for file in ontology.yaml("lexicon")]
        self._organ_names = {
            fold(short): fold(full) for table in tables for full, shorts in table.items() if full != "__line__" for short in shorts
        }
        self._organ_ends = tuple(self._organ_names)
        self._loose = {
            fold(short): key_of(fold(full)) for file in ontology.yaml("lexicon") for short, full in (file.data.get("loose") or {}).items() if short != "__line__"
        }
        self.rules = read_references(ontology)
        self._by_type: dict[str, list[Reference]] = {}
        for reference in self.rules:
            self._by_type.setdefault(reference.type, []).append(reference)
        self._by_word = {word: reference for reference in self.rules for word in reference.words}
        self._heads = symbols.having("@project_head", "@event_head", "@area_head")
        words = frozenset().union(*(symbols.of_any_tag(word) for word in self._by_word))
        self._refer = self._heads | words
        self._looked_at = compiled(char_class(symbols.bits("#") | symbols.bits_of(self._refer)))  # mentions, and what may refer
        self._nouns = symbols.having("%n", "%nz", "%j", "%vn") - symbols.having("#")
        self._of_many = symbols.having("@of", "@pause", "@classifier", "@of_many", "%m")  # 一次民主的大会, 38次会议, 历次全会
        self._says = symbols.having("@say", "@issue")
        self._of_kind = symbols.having("@any_of_kind")
        self._listing = symbols.having("@pause")
        self._this = symbols.having("@this")
        self._opens = symbols.having("@stop", "@adverb", "@modal", "@time_word", "@preposition", "@this")

    def resolve(self, rows: Sequence[Row], drafts: list[Draft], folded: str, titles: Titles, watch: Watch | None = None, *, report: bool) -> None:
        """Add the mentions that refer to things named elsewhere in the document."""
        for draft in drafts:
            draft.key = self._full_key(draft.type, draft.key or key_of(folded[draft.start : draft.end]))
        self._letters(drafts)
        mains = self._topics.speakers(drafts, folded, titles, report=report)
        name_editions(drafts, folded)
        visited = self._topics.visited(drafts, folded)
        areas = {
            self._full_name(draft): draft
            for draft in reversed(drafts) if draft.type == "Area" and draft.key not in visited and not self._topics.partner(draft, folded)
        }  # fmt: skip
        text = _Text(folded, mains, report, folded.find("\n"), areas, visited)
        known: list[Draft] = []
        latest: dict[str, _Latest] = {}
        meant: list[tuple[Draft, Draft]] = []  # each mention that refers, and what it refers to
        for row in rows:
            meant += self._resolve_row(row, text, known[-_NEAR:], latest, watch)
            known.extend(d for d in row.drafts if d is not None and d.type not in ("Quote", "Title"))
        drafts += [draft for draft, _ in meant]
        for draft in drafts:
            if draft.type == "Area" and self._words.stretch.match(folded, draft.end):
                draft.nested = True  # 北京段 is a stretch of a road
            elif draft.type == "Person" and draft.nested and self._words.leader.match(folded, draft.end):
                draft.nested = False  # named, though inside 习近平总书记关于…的重要指示
        self._short_names.without_place(drafts)
        self._short_names.of_kinds(drafts, folded, report=report)
        self._short_names.without_tail(drafts)
        self._of_the_nation(drafts, text)
        self._same_works.join(drafts, folded)
        self._short_names.of_titles(drafts)
        self._short_names.of_headlines(drafts)
        self._short_names.of_ceremonies(drafts)
        join_editions(drafts, folded, self._edition_words, self._about)
        for draft, referent in meant:
            draft.key, draft.code = referent.key, referent.code  # by the name that it has now
        self._own_organs(drafts, text)

    def _letters(self, drafts: Sequence[Draft]) -> None:
        """Let 京, found by a rule, be 北京, by the name that the document has for it."""
        for draft in drafts:
            letters = self._gazetteer.state_letters if draft.rule == _STATE_LETTER else self._gazetteer.abbreviations
            if draft.type != "Area" or draft.code or draft.key not in letters:
                continue
            place = self._gazetteer.get(letters[draft.key])
            named = next((d for d in drafts if place is not None and d.code == place.code), None)
            if named is not None:
                draft.code, draft.key, draft.reference = named.code, named.key, SHORT_FORM
            elif place is not None:
                draft.code, draft.key = place.code, place.name

    def _own_organs(self, drafts: Sequence[Draft], text: _Text) -> None:
        """Give 省委 the area that it belongs to, and the name that it has outside this document: 浙江省委."""
        areas = sorted((d for d in drafts if d.type == "Area" and d.key not in text.visited and self._topics.level(d) in ADMINISTRATIVE), key=lambda d: d.start)
        starts = [d.start for d in areas]
        by_level = self._by_level(areas)
        by_end = {d.end: d for d in reversed(drafts) if d.type == "Area"}
        for draft in drafts:
            level = self._organs.get(draft.key) if draft.type == "Body" else None
            if level is None:
                continue
            if level == _ZONE and (zone := by_end.get(draft.start)) is not None:
                draft.start, draft.key, draft.owner, zone.nested = zone.start, self._full_name(zone) + draft.key, zone, True
                continue  # 某开发区|管委会 is one name
            main = text.mains.at(draft.start)
            owner = self._of_level(level, by_level, None if main is not None and main.key in text.visited else main)
            if not text.report:
                owner = self._named_last(level, draft, areas, starts, text.folded) or owner
            kind = draft.key[:1] if draft.key[:1] in self._own_kinds else ""
            if owner is None or kind and owner.code and not self._full_name(owner).endswith(kind):
                continue  # 省法院 is none of 上海, 县政府 none of 双流区
            draft.owner = owner
            if owner.code:
                draft.key = owner.key + draft.key.removeprefix(next((end for end in self._topics.level_ends if draft.key.startswith(end)), ""))

    def _of_the_nation(self, drafts: Sequence[Draft], text: _Text) -> None:
        """Let 发改委 be the national commission where the document names that, or no place, and no other body of the kind."""
        loose = [d for d in drafts if d.rule == _LOOSE and d.key in self._loose]
        if not loose:
            return
        placed = text.report or any(d.type == "Area" and self._topics.level(d) in ADMINISTRATIVE for d in drafts)
        for draft in loose:
            full = self._loose[draft.key]
            kind = (self._words.national.sub("", full), *(short for short, meant in self._loose.items() if meant == full))
            others = {d.key for d in drafts if d.type == "Body" and d.rule != _LOOSE and (d.key == full or d.key.endswith(kind))}
            if others == {full} or not others and not placed:
                draft.key, draft.reference = full, SHORT_FORM

    def _named_last(self, level: str, draft: Draft, areas: Sequence[Draft], starts: Sequence[int], folded: str) -> Draft | None:
        """The area of a level that the line of `draft` has named last before it: 内蒙古…，自治区党委… in a story about several."""
        begin = folded.rfind("\n", max(0, draft.start - _SPOKEN_OF), draft.start) + 1 or draft.start - _SPOKEN_OF
        for area in reversed(areas[bisect_left(starts, begin) : bisect_left(starts, draft.start)]):
            if self._topics.level(area) == level or level == "city" and self._municipality(area):
                return area
        return None

    def _by_level(self, areas: Sequence[Draft]) -> Mapping[str, Mapping[str, Draft]]:
        """The first mention of each area by its code or name, by the level of the area; the one that a text names last comes first.

        Made once for all organs of a text: a long one names thousands of both.
        """
        found: dict[str, dict[str, Draft]] = {}
        for area in reversed(areas):
            found.setdefault(self._topics.level(area), {})[area.code or area.key] = area
        return found

    def _of_level(self, level: str, areas: Mapping[str, Mapping[str, Draft]], main: Draft | None) -> Draft | None:
        """The area of a level that a document is about: its main area, what that lies in, or the only one there is."""
        if main is not None and (self._topics.level(main) == level or (level == "city" and self._municipality(main))):
            return main
        found = areas.get(level, {})
        if main is not None and main.code and (around := [d for c, d in found.items() if self._gazetteer.contains(c, main.code)]):
            return around[0]
        if level == "city" and not found and main is not None and self._is_only_city(main, areas):
            return main  # 市政府 in a text about 桐乡市, a city of the rank of a county, that names no other
        return next(iter(found.values())) if len(found) == 1 else None

    def _is_only_city(self, main: Draft, areas: Mapping[str, Mapping[str, Draft]]) -> bool:
        """Whether `main` is called a city, and no other area that a text names is."""
        return {name for known in areas.values() for area in known.values() if (name := self._full_name(area)).endswith("市")} == {self._full_name(main)}

    def _municipality(self, draft: Draft) -> bool:
        """Whether a province is a city: 市委 in a report of 天津 is its own."""
        place = self._gazetteer.get(draft.code) if draft.code else None
        return place is not None and place.level == "province" and self._topics.level_ends.get(place.name[-1]) == "city"

    def _resolve_row(
        self, row: Row, text: _Text, near: list[Draft], latest: dict[str, _Latest], watch: Watch | None
    ) -> list[tuple[Draft, Draft]]:
        """Resolve what refers in one sentence. `near` are the names just before it; `latest` has for each reference the
        names so far that fit it. Gives each new mention with what it refers to, which is itself if nothing is found."""
        meant: list[tuple[Draft, Draft]] = []
        here: list[Draft] = []
        for at in [match.start() for match in self._looked_at.finditer(row.symbols)]:
            draft = row.drafts[at]
            if draft is not None:
                here.append(draft)
                self._note(draft, latest, text)
                continue
            word = text.folded[row.starts[at] : row.ends[at]]
            reference = self._by_word.get(word)
            referent = None
            if reference is not None:
                if why := self._means_none(reference, row, at, text, latest):
                    if watch:
                        watch(reference.id, row, at, at + 1, why)
                    continue
                referent = self._referent(reference, latest, text, row)
                name, rule = reference.type, reference.id
            elif row.symbols[at] in self._heads and len(word) >= 2 and self._takes_up(row, at, text):
                referent = self._same_head(word, [*near, *here[-_NEAR:]], text.folded, row.sentence.start)
                name, rule = (referent.type if referent else ""), SAME_HEAD
            if referent is None and (reference is None or reference.alone != "name" or not self._speaks_of_itself(reference, text)):
                if watch and row.symbols[at] in self._refer:
                    self._tell(row, at, reference, text, watch)
                continue
            new = Draft(row.starts[at], row.ends[at], name, row.sentence.index, rule, key=word, reference=rule)
            if referent is not None:
                new.key, new.code = referent.key or key_of(text.folded[referent.start : referent.end]), referent.code
            row.drafts[at] = new
            row.symbols = row.symbols[:at] + self._symbols.mention[new.type] + row.symbols[at + 1 :]
            meant.append((new, referent or new))
            here.append(new)
            self._note(new, latest, text)
        return meant

    def _means_none(self, reference: Reference, row: Row, at: int, text: _Text, latest: dict[str, _Latest]) -> str:
        """Why a word that could refer speaks of no thing named before; "" if it may. What opens without a name is noted."""
        if reference.other and text.folded.startswith(reference.other, row.ends[at]):
            return "means something else before what follows"
        if reference.find == "previous" and self._any(reference, row, at, text):
            return "speaks of any such thing"
        if reference.opened_by and text.folded.endswith(reference.opened_by, 0, row.starts[at]) and latest.get(reference.id, _Latest()).held is None:
            latest[reference.id] = _Latest(nameless=True)
            return "tells of one that has no name"
        return ""

    def _tell(self, row: Row, at: int, reference: Reference | None, text: _Text, watch: Watch) -> None:
        """Tell why a word that could refer is left unresolved."""
        if reference is not None:
            watch(reference.id, row, at, at + 1, "nothing that fits is named")
        elif row.ends[at] - row.starts[at] < 2:
            return
        elif self._takes_up(row, at, text):
            watch(SAME_HEAD, row, at, at + 1, "no name near before ends so")
        else:
            watch(SAME_HEAD, row, at, at + 1, "does not stand where it takes up a name")

    def _any(self, reference: Reference, row: Row, at: int, text: _Text) -> bool:
        """Whether a word that could refer speaks of any such thing: 省旅发大会, 38次会议, 节庆、论坛、展会, a report's 会议."""
        before = row.symbols[at - 1] if at else ""
        if before in self._nouns:
            return True
        if reference.type != "Event":
            return False
        after = row.symbols[at + 1 : at + 2]
        return before in self._of_many or after in self._listing or (text.report and after not in self._says)

    def _takes_up(self, row: Row, at: int, text: _Text) -> bool:
        """Whether a head alone stands where it can take up a name (大桥全长…, 在景区); a report speaks of all of a kind so."""
        if text.report:
            return at > 0 and row.symbols[at - 1] in self._this
        if row.symbols[at] in self._of_kind and row.symbols[at + 1 : at + 2] in self._nouns:
            return False  # 铁路车次, 工程人员
        return at == 0 or row.symbols[at - 1] in self._opens

    def _note(self, draft: Draft, latest: dict[str, _Latest], text: _Text) -> None:
        """Remember `draft` for the references that it fits: looking back for each would take the square of the text."""
        area = draft.type == "Area"
        if area and (draft.key in text.visited or self._topics.partner(draft, text.folded)):
            return
        level = self._topics.level(draft) if area else ""
        for reference in self._by_type.get(draft.type, ()):
            if area:
                fits = level in reference.levels and self._full_name(draft).endswith(reference.ends)
            else:
                fits = not draft.reference and draft.key.endswith(reference.ends) and not text.folded.startswith(reference.passing, draft.end)
            if fits:
                # 全会 alone is the meeting of one's own organ, not 省委…全会 named beside it.
                others = not area and any(inner.key in self._organs for inner in draft.inner)
                before = latest.get(reference.id, _Latest())
                if draft.type == "Project" and before.last is not None and before.last.end == draft.start and not self._words.line.search(before.last.key):
                    continue  # of 甲通道|乙大桥 该项目 is the whole
                if before.nameless and not self._words.held.match(text.folded, draft.end):
                    continue
                held = draft if draft.type == "Event" and self._words.held.match(text.folded, draft.end) else before.held
                headed = before.headed or (draft if draft.type == "Event" and draft.end <= text.headline else None)
                latest[reference.id] = _Latest(before.own if others else draft, draft, held, headed)

    def _full_name(self, draft: Draft) -> str:
        """The name of an area with its last word, where a table knows it: 杭州市 for 杭州."""
        place = self._gazetteer.get(draft.code) if draft.code else None
        return place.name if place is not None else draft.key

    def _referent(self, reference: Reference, latest: Mapping[str, _Latest], text: _Text, row: Row) -> Draft | None:
        found = latest.get(reference.id, _Latest())
        if reference.type == "Area":
            return self._area_meant(reference, found.last, text, row)
        near = found.own or found.last
        if reference.type != "Event":
            return near if near is None or reference.reach != "line" or text.folded.find("\n", near.start, row.sentence.start) < 0 else None
        # 会议 is no congress that the text calls 党的二十大 in passing.
        if near is not None and not text.folded.endswith(reference.ends, near.start, near.end):
            near = None
        return found.held or found.headed or near

    def _area_meant(self, reference: Reference, last: Draft | None, text: _Text, row: Row) -> Draft | None:
        """The area of 全市: a report's own; else the last one named in this line, the only one named, the one that the text is about, or one named beside."""
        main = text.mains.at(row.sentence.start)
        if main is not None and (main.key in text.visited or self._topics.level(main) not in reference.levels or not self._full_name(main).endswith(reference.ends)):
            main = None
        if text.report:
            return main or last
        if last is not None and text.folded.find("\n", last.start, row.sentence.start) < 0:
            return last
        if len(fitting := self._fitting(reference, text)) == 1:
            return fitting[0]
        if main is not None and main.start < _OPENING and not self._topics.partner(main, text.folded):
            return main
        return last if last is not None and text.beside(last, row.sentence.start) else None

    def _speaks_of_itself(self, reference: Reference, text: _Text) -> bool:
        """Whether a text says 全市 of the area that it is from: a report; or one that names no area of the kind, and says so again or names no province."""
        if text.report or self._fitting(reference, text):
            return text.report
        return sum(map(text.folded.count, reference.words)) > 1 or not any(name in text.folded for name in self._provinces)

    @cached_property
    def _provinces(self) -> tuple[str, ...]:
        """The short names of all provinces: a text without its title that names none, be it in an organ's name, is of one."""
        places = filter(None, map(self._gazetteer.get, set(self._gazetteer.abbreviations.values())))
        return tuple(sorted(min((place.name, *place.forms), key=len) for place in places if place.level == "province"))

    def _fitting(self, reference: Reference, text: _Text) -> list[Draft]:
        """The areas that a text names of which 全市 can be said."""
        return [area for name, area in text.areas.items() if name.endswith(reference.ends) and self._topics.level(area) in reference.levels]

    def _same_head(self, word: str, known: Sequence[Draft], folded: str, sentence: int) -> Draft | None:
        """The last named thing whose name ends with `word` and is longer: 大桥 after 乌江特大桥.

        None if the sentence, which begins at `sentence`, names another work after it, or if it is the last of several.
        """
        any_work = word in self._any_work
        later: Draft | None = None
        found: Draft | None = None
        other = ""  # the work that the sentence itself names last
        for draft in reversed(known[-_NEAR:]):
            together = later is not None and draft.type == later.type == "Project" and folded[draft.end : later.start] in self._joins_last
            if found is not None or any_work and together:
                return None if together else found
            name = folded[draft.start : draft.end]
            if draft.type in ("Project", "Event", "Area") and not draft.reference and name.endswith(word) and len(name) > len(word):
                if other not in name:
                    return None
                found = draft
            elif any_work and draft.type == "Project" and draft.start >= sentence:
                other = other or name
            later = draft
        return found

    def _full_key(self, type: str, key: str) -> str:
        """The key of an organ of an area by its full name, however it is written: 杭州市政府, 省政府."""
        if type == "Body" and key.endswith(self._organ_ends):
            for at in range(1, len(key) - 1):  # the longest of the short names first
                if (full := self._organ_names.get(key[at:])) is not None:
                    known = key in self._organs and key[:at] + full not in self._organs  # 省纪委 of the document's own area
                    return key[:at] + full if key[at - 1] in self._levels and not known else key
        return key
