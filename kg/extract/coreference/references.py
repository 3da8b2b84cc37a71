"""Who is meant: short forms, words whose referent the document fixes, the area that a passage is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import NamedTuple

from kg.expressions import compiled
from kg.extract.coreference.editions import EditionWords, join_editions, name_editions
from kg.extract.coreference.own_organs import OwnOrgans
from kg.extract.coreference.reference_rules import Reference, read_references
from kg.extract.coreference.reference_text import ReferenceText
from kg.extract.coreference.same_works import SameWorks
from kg.extract.coreference.sessions import Sessions
from kg.extract.coreference.short_names import ShortNames
from kg.extract.document.areas import Areas
from kg.extract.document.main_area import MainArea, Speakers
from kg.extract.document.reports import FULL_STOPS
from kg.extract.document.stories import OPENING
from kg.extract.document.titles import Genre
from kg.extract.knowledge.phrases import Phrases, Words
from kg.extract.knowledge.symbols import Symbols, char_class
from kg.extract.knowledge.word_lists import listed_words
from kg.extract.names.assemble import key_of
from kg.extract.names.mentions import SAME_HEAD, SHORT_FORM
from kg.extract.names.names import NameTable
from kg.extract.names.rows import Draft, Row, Watch
from kg.model import Table
from kg.ontology import Ontology

_STATE_LETTER = "area-state-letter"  # the rule that finds 俄 before an office
_NEAR = 12  # names back to which a last word alone (大桥) can refer


class _Latest(NamedTuple):
    """Names that a word like 会议 may refer to, by when they were named last."""

    own: Draft | None = None
    last: Draft | None = None
    held: Draft | None = None  # 第三次会议9日下午在北京举行: what the story is about
    headed: Draft | None = None  # the first that the headline names
    nameless: bool = False  # 党组召开会议: what the story is about has no name


class ReferenceWords(Words):
    """The patterns `references` of `rules/names.yaml`, with the same names."""

    item: re.Pattern[str]  # what stands before the first word of an item: 二、会议审议通过…
    held: re.Pattern[str]  # what follows the name of a meeting that takes place
    stretch: re.Pattern[str]  # behind an area: a stretch of a road there
    leader: re.Pattern[str]  # behind a person inside another name, who is named all the same
    national: re.Pattern[str]
    other_work: re.Pattern[str]  # a work that is told of without its name
    line: re.Pattern[str]  # of 甲高铁乙大桥, 该工程 is the bridge: the line has many such works


class References:
    """Resolves within one document, nearest first; what stays doubtful is left out."""

    def __init__(self, ontology: Ontology, phrases: Phrases, symbols: Symbols, names: NameTable, areas: Areas, main: MainArea) -> None:
        self._words = phrases.words_of(ReferenceWords, "references")
        self._edition_words = phrases.words_of(EditionWords, "editions")
        self._any_work, self._joins_last = frozenset(listed_words(ontology, "any_work")), frozenset(listed_words(ontology, "joins_last"))
        self._gazetteer = names.gazetteer
        self._organs = OwnOrgans(ontology, names, areas, self._words.national)
        self._areas, self._main = areas, main
        self._symbols = symbols
        self._same_works = SameWorks(ontology)
        self._short_names = ShortNames(ontology)
        self._sessions = Sessions(ontology, self._edition_words.joins)
        self._about = listed_words(ontology, "held_about")
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
        self._parks = listed_words(ontology, "parks")
        self._of_kind = symbols.having("@any_of_kind")
        self._listing = symbols.having("@pause")
        self._this = symbols.having("@this")
        self._opens = symbols.having("@stop", "@adverb", "@modal", "@time_word", "@preposition", "@this")

    def resolve(self, rows: Sequence[Row], drafts: list[Draft], folded: str, genre: Genre, watch: Watch | None = None, tables: Sequence[Table] = ()) -> None:
        """Add the mentions that refer to things named elsewhere in the document: where it tells several stories, in the same one."""
        titles, report, norms, stories, _ = genre
        for draft in drafts:
            draft.key = self._organs.full_key(draft.type, key_of(draft.key or folded[draft.start : draft.end]))
        self._letters(drafts)
        mains = self._main.speakers(drafts, folded, titles, report=report)
        if titles.plan_years is not None and (planning := mains.areas[0]) is not None:
            planning.nested = False  # whose plan it is, its title names, though the title is a name itself
        name_editions(drafts, folded)
        self._sessions.name(drafts, folded)
        visited = self._areas.visited(drafts, folded)
        begun = [(row.sentence.start, stories[row.sentence.index]) for row in rows if row.sentence.index in stories]
        begins, headlines = [0, *(start for start, _ in begun)], [folded.find("\n"), *(end for _, end in begun)]
        speakers = Speakers((0,), (None,)) if stories else mains
        texts = [
            ReferenceText(folded, speakers, report, norms, headline, self._first_of_each(part, folded, visited), visited, tables)
            for headline, part in zip(headlines, _parts(drafts, begins), strict=True)
        ]
        meant = self._meant(rows, texts, stories, watch)
        drafts += [draft for draft, _ in meant]
        for draft in drafts:
            if draft.type == "Area" and self._words.stretch.match(folded, draft.end):
                draft.nested = True  # 北京段 is a stretch of a road
            elif draft.type == "Person" and draft.nested and self._words.leader.match(folded, draft.end):
                draft.nested = False  # named, though inside 习近平总书记关于…的重要指示
        self._short_names.without_place(drafts)
        self._short_names.of_kinds(drafts, folded, report=report)
        self._short_names.of_zones(drafts)
        self._short_names.without_tail(drafts)
        self._organs.of_the_nation(drafts, texts[-1])
        self._same_works.join(drafts, folded)
        self._short_names.of_titles(drafts)
        self._short_names.of_headlines(drafts, folded)
        self._short_names.of_ceremonies(drafts)
        join_editions(drafts, folded, self._edition_words, self._about)
        for draft, referent in meant:
            draft.key, draft.code = referent.key, referent.code  # by the name that it has now
        for text, part in zip(texts, _parts(drafts, begins), strict=True):
            self._organs.place(part, text)

    def of_own_areas(self, drafts: Sequence[Draft], areas: Sequence[Draft]) -> None:
        """Give organs without their area to those of `areas`, words for the text's own that got their meaning after all else had."""
        self._organs.of_own_areas(drafts, areas)

    def _meant(self, rows: Sequence[Row], texts: Sequence[ReferenceText], stories: Container[int], watch: Watch | None) -> list[tuple[Draft, Draft]]:
        """Each mention that refers, and what it refers to; with each of `stories` the next of the texts begins."""
        to_come = iter(texts)
        text = next(to_come)
        known: list[Draft] = []
        latest: dict[str, _Latest] = {}
        meant: list[tuple[Draft, Draft]] = []
        for row in rows:
            if row.sentence.index in stories:
                known, latest, text = [], {}, next(to_come)
            meant += self._resolve_row(row, text, known[-_NEAR:], latest, watch)
            known += [d for d in row.drafts if d is not None and d.type not in ("Quote", "Title")]
        return meant

    def _first_of_each(self, drafts: Sequence[Draft], folded: str, visited: AbstractSet[str]) -> dict[str, Draft]:
        """The first mention of each area by its name in full, without partners and what is visited."""
        return {
            self._areas.full_name(draft): draft
            for draft in reversed(drafts) if draft.type == "Area" and draft.key not in visited and not self._areas.partner(draft, folded)
        }  # fmt: skip

    def _letters(self, drafts: Sequence[Draft]) -> None:
        """Let 京, found by a rule, be 北京, by the name that the document has for it."""
        first = {draft.code: draft for draft in reversed(drafts) if draft.code}  # of each place
        for draft in drafts:
            letters = self._gazetteer.state_letters if draft.rule == _STATE_LETTER else self._gazetteer.abbreviations
            if draft.type != "Area" or draft.code or draft.key not in letters:
                continue
            if (place := self._gazetteer.get(letters[draft.key])) is None:
                continue
            if (named := first.get(place.code)) is not None:
                draft.code, draft.key, draft.reference = named.code, named.key, SHORT_FORM
            else:
                draft.code, draft.key = place.code, place.name
                first[place.code] = draft

    def _resolve_row(
        self, row: Row, text: ReferenceText, near: Sequence[Draft], latest: dict[str, _Latest], watch: Watch | None
    ) -> list[tuple[Draft, Draft]]:
        """Each new mention of one sentence with what it refers to, which is itself if nothing is found.

        `near` are the names just before the sentence; `latest` has for each reference the names so far that fit it.
        """
        meant: list[tuple[Draft, Draft]] = []
        known = list(near)
        for at in [match.start() for match in self._looked_at.finditer(row.symbols)]:
            draft = row.drafts[at]
            if draft is None:
                if (referring := self._referring(row, at, text, known, latest, watch)) is None:
                    continue
                meant.append(referring)
                draft, _ = referring
                row.drafts[at] = draft
                row.symbols = row.symbols[:at] + self._symbols.mention[draft.type] + row.symbols[at + 1 :]
            known.append(draft)
            self._note(draft, latest, text)
        return meant

    def _referring(
        self, row: Row, at: int, text: ReferenceText, known: Sequence[Draft], latest: dict[str, _Latest], watch: Watch | None
    ) -> tuple[Draft, Draft] | None:
        """The mention that the word at token `at` is, and what it refers to, of what is `known` so far; None if it refers to nothing."""
        word = text.folded[row.starts[at] : row.ends[at]]
        reference = self._by_word.get(word)
        referent = None
        if reference is not None:
            if why := self._means_none(reference, row, at, text, latest):
                if watch:
                    watch(reference.id, row, at, at + 1, why)
                return None
            referent = self._referent(reference, latest, text, row, row.starts[at])
            if referent is not None and reference.type == "Event" and self._of_place(row, at) and not referent.key.endswith(word):
                referent = None  # 论坛的达喀尔|会议 is another one, 西安|峰会 the 峰会 told of
            name, rule = reference.type, reference.id
        elif row.symbols[at] in self._heads and len(word) >= 2 and self._takes_up(row, at, text):
            referent = self._same_head(word, known, text.folded, row.sentence.start)
            name, rule = (referent.type if referent else ""), SAME_HEAD
        if referent is None and (reference is None or reference.alone != "name" or not self._speaks_of_itself(reference, text)):
            if watch and row.symbols[at] in self._refer:
                self._tell(row, at, reference, text, watch)
            return None
        new = Draft(row.starts[at], row.ends[at], name, row.sentence.index, rule, key=word, reference=rule)
        if referent is not None:
            new.key, new.code = referent.key or key_of(text.folded[referent.start : referent.end]), referent.code
        return new, referent or new

    @staticmethod
    def _of_place(row: Row, at: int) -> bool:
        """Whether a place stands right before token `at`."""
        return at > 0 and (place := row.drafts[at - 1]) is not None and place.type == "Area" and place.end == row.starts[at]

    def _means_none(self, reference: Reference, row: Row, at: int, text: ReferenceText, latest: dict[str, _Latest]) -> str:
        """Why a word that could refer speaks of no thing named before; "" if it may. What opens without a name is noted."""
        if reference.other and text.folded.startswith(reference.other, row.ends[at]):
            return "means something else before what follows"
        if reference.find == "previous" and self._any(reference, row, at, text):
            return "speaks of any such thing"
        if reference.opened_by and text.folded.endswith(reference.opened_by, 0, row.starts[at]) and latest.get(reference.id, _Latest()).held is None:
            latest[reference.id] = _Latest(nameless=True)
            return "tells of one that has no name"
        return ""

    def _tell(self, row: Row, at: int, reference: Reference | None, text: ReferenceText, watch: Watch) -> None:
        """Tell why a word that could refer is left unresolved."""
        if reference is not None:
            watch(reference.id, row, at, at + 1, "nothing that fits is named")
        elif row.ends[at] - row.starts[at] < 2:
            return
        elif self._takes_up(row, at, text):
            watch(SAME_HEAD, row, at, at + 1, "no name near before ends so")
        else:
            watch(SAME_HEAD, row, at, at + 1, "does not stand where it takes up a name")

    def _any(self, reference: Reference, row: Row, at: int, text: ReferenceText) -> bool:
        """Whether a word that could refer speaks of any such thing: 省旅发大会, 38次会议, 节庆、论坛、展会, the 会议 of a report or statute."""
        before = row.symbols[at - 1] if at and not self._words.item.fullmatch(text.folded, row.sentence.start, row.starts[at]) else ""
        if before in self._nouns:
            return True
        if reference.type == "Person":
            return at > 0 and (body := row.drafts[at - 1]) is not None and body.type == "Body"  # 中共中央|总书记 holds that office
        if reference.type != "Event":
            return False
        after = row.symbols[at + 1 : at + 2]
        return text.norms or before in self._of_many or after in self._listing or (text.report and after not in self._says)

    def _takes_up(self, row: Row, at: int, text: ReferenceText) -> bool:
        """Whether a head alone stands where it can take up a name (大桥全长…, 在景区); a report or statute speaks of all of a kind so."""
        if text.report or text.norms:
            return at > 0 and row.symbols[at - 1] in self._this
        if row.symbols[at] in self._of_kind and row.symbols[at + 1 : at + 2] in self._nouns:
            return False  # 铁路车次, 工程人员
        return at == 0 or row.symbols[at - 1] in self._opens

    def _note(self, draft: Draft, latest: dict[str, _Latest], text: ReferenceText) -> None:
        """Remember `draft` for the references that it fits: looking back for each would take the square of the text."""
        area = draft.type == "Area"
        if area and (draft.key in text.visited or self._areas.partner(draft, text.folded) or not text.report and self._areas.beside(draft, text.folded)):
            return
        level = self._areas.level(draft) if area else ""
        for reference in self._by_type.get(draft.type, ()):
            if area:
                fits = level in reference.levels and self._areas.full_name(draft).endswith(reference.ends)
            else:
                fits = not draft.reference and draft.key.endswith(reference.ends) and not text.folded.startswith(reference.passing, draft.end)
            if fits:
                # 全会 alone is the meeting of one's own organ, not 省委…全会 named beside it.
                others = not area and any(self._organs.is_own(inner.key) for inner in draft.inner)
                before = latest.get(reference.id, _Latest())
                if draft.type == "Project" and before.last is not None and before.last.end == draft.start and not self._words.line.search(before.last.key):
                    continue  # of 甲通道|乙大桥 该项目 is the whole
                if before.nameless and not self._words.held.match(text.folded, draft.end):
                    continue
                held = draft if draft.type == "Event" and self._words.held.match(text.folded, draft.end) else before.held
                headed = before.headed or (draft if draft.type in ("Event", "Project") and draft.end <= text.headline else None)
                latest[reference.id] = _Latest(before.own if others else draft, draft, held, headed)

    def _referent(self, reference: Reference, latest: Mapping[str, _Latest], text: ReferenceText, row: Row, start: int) -> Draft | None:
        found = latest.get(reference.id, _Latest())
        if reference.type == "Area":
            return self._area_meant(reference, found.last, text, row)
        near = found.own or found.last
        if reference.type != "Event":
            if near is not None and reference.reach == "line" and text.folded.find("\n", near.start, row.sentence.start) >= 0:
                return self._headed(found, text, start)
            return None if near is not None and near.type == "Project" and self._words.other_work.search(text.folded, near.end, start) else near
        # 会议 is no congress that the text calls 党的二十大 in passing.
        if near is not None and not text.folded.endswith(reference.ends, near.start, near.end):
            near = None
        return found.held or found.headed or near

    def _headed(self, found: _Latest, text: ReferenceText, start: int) -> Draft | None:
        """The work that the headline names, where the text has named no other so far, and the line of 该工程, which begins at `start`, tells of none without a name."""
        line = text.folded[text.folded.rfind("\n", 0, start) + 1 : start]
        if found.headed is None or found.last is None or text.folded[text.headline - 1] in FULL_STOPS or any(word in line for word in self._any_work):
            return None
        return found.headed if found.headed.key == found.last.key else None

    def _area_meant(self, reference: Reference, last: Draft | None, text: ReferenceText, row: Row) -> Draft | None:
        """The area of 全市: a report's own; else the last one named in this line, the only one named, the one that the text is about, or one named beside. Of 该市: the last one in this line."""
        in_line = last is not None and text.folded.find("\n", last.start, row.sentence.start) < 0
        if reference.find == "previous":
            return last if in_line else None
        main = text.mains.at(row.sentence.start)
        if main is not None and (main.key in text.visited or self._areas.speaks_as(main) not in reference.levels or not self._areas.full_name(main).endswith(reference.ends)):
            main = None
        if text.report or main is not None and text.mains.by == "opening":  # it is told who speaks
            return main or last
        if in_line:
            return last
        if len(fitting := self._fitting(reference, text)) == 1:
            return fitting[0]
        if main is not None and main.start < OPENING and not self._areas.partner(main, text.folded):
            return main
        return last if last is not None and text.beside(last, row.sentence.start) else None

    def _speaks_of_itself(self, reference: Reference, text: ReferenceText) -> bool:
        """Whether a text says 全市 of the area that it is from: a report; or one that names no area of the kind, and says so again or names no province."""
        if text.report or self._fitting(reference, text):
            return text.report
        return sum(map(text.folded.count, reference.words)) > 1 or not any(name in text.folded for name in self._provinces)

    @cached_property
    def _provinces(self) -> tuple[str, ...]:
        """The short names of all provinces: a text without its title that names none, be it in an organ's name, is of one."""
        places = filter(None, map(self._gazetteer.get, set(self._gazetteer.abbreviations.values())))
        return tuple(sorted(min((place.name, *place.forms), key=len) for place in places if place.level == "province"))

    def _fitting(self, reference: Reference, text: ReferenceText) -> list[Draft]:
        """The areas that a text names of which 全市 can be said."""
        return [area for name, area in text.areas.items() if name.endswith(reference.ends) and self._areas.speaks_as(area) in reference.levels]

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
            elif any_work and draft.type == "Area" and not draft.reference and name.endswith(self._parks) and folded.find("\n", draft.start, sentence) < 0:
                return None  # 某产业园开工。项目总投资9亿元: not what the paragraph before told of
            later = draft
        return found


def _parts(drafts: Sequence[Draft], begins: Sequence[int]) -> list[list[Draft]]:
    """`drafts` by the story in which they stand; the stories begin at `begins`, the first of which is 0."""
    parts: list[list[Draft]] = [[] for _ in begins]
    for draft in drafts:
        parts[bisect_right(begins, draft.start) - 1].append(draft)
    return parts
