"""Names that tables know: found in the folded text at once, by Aho-Corasick."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import attrgetter

from kg.extract.knowledge.person_tables import PersonWords
from kg.extract.knowledge.phrases import Phrases, Words
from kg.extract.knowledge.place_tables import NATURAL, RANKS, TOWNS
from kg.extract.knowledge.word_lists import listed_words
from kg.extract.names.beside import Beside, BesideWords
from kg.extract.names.gazetteer import Gazetteer, PlaceWords
from kg.extract.names.line_ends import LineEnds, LineEndWords
from kg.extract.names.listed_names import ListedNames, listed_names
from kg.extract.names.mentions import OWN_REGION
from kg.extract.names.name_guards import NameGuards
from kg.extract.names.persons import PersonNames
from kg.extract.names.rows import ABROAD, Fixed, QuotationWords, quotations
from kg.extract.names.shared_bodies import SharedBodies
from kg.extract.names.surfaces import Surfaces
from kg.extract.names.titled_places import TitledPlaces, TitledPlaceWords
from kg.ontology import Ontology
from kg.text.segment import SegmentedText

_SPELT = 4  # characters beyond which a person's name without a dot is a foreign one
_CITY_ENDS = frozenset({"", "市", "州", "省"})  # between a place abroad and one in it
_TOWN = "town-"  # with which the codes of lesser towns abroad begin: persons bear such names too
_QUOTED_EVENT = 5  # characters of a quotation with its marks, below which an event listed without them may be something else: “五一”
_QUOTED_WORK = 6  # characters of the name of a work with its quotation marks, below which it may be a word: “海龙”
_QUOTED_BODY = 5  # characters of the name of a body or an area with its quotation marks, below which it may be a word
_QUOTED_ALONE = frozenset({"Area", "Body"})  # what is named by what stands in the quotation marks alone
_TAIL = 6  # characters of an office that the segmenter's dictionary has with its country
_AROUND = 12  # characters beside a hit that the gazetteer looks at

_Hit = tuple[int, int, str]  # start, end, surface


class KnownWords(Words):
    """The patterns `known` and a class of `rules/names.yaml`, with the same names."""

    paper_letters: re.Pattern[str]  # the part `letters`: those of the number of a paper
    up_to: frozenset[str]


class NameTable:
    """The known names of an ontology: places of the gazetteer; bodies, events and policies of the lexicon.

    A lexicon file lists names under `names:`, by type: `{name: …, aliases: […]}`; the name is the key of all of them.
    With `regional: true` its works and areas lie where the text about them says, like those that a rule finds.
    """

    def __init__(self, ontology: Ontology, phrases: Phrases) -> None:
        self.gazetteer = Gazetteer.load(ontology.finding, phrases.words_of(PlaceWords, "places"))
        self.guards = NameGuards(ontology)
        person_words = phrases.words_of(PersonWords, "persons")
        self.persons, self._head_of_place = PersonNames(ontology, person_words), person_words.head_of_place
        self.beside = Beside(ontology, self.gazetteer, phrases.words_of(BesideWords, "beside"))
        self.titled = TitledPlaces(self.gazetteer, phrases.words_of(TitledPlaceWords, "titled_places"))
        self.line_ends = LineEnds(phrases.words_of(LineEndWords, "line_ends"))
        self._quotation_words = phrases.words_of(QuotationWords, "quotations")
        self._words = phrases.words_of(KnownWords, "known")
        known = ListedNames(*ontology.tables.get("names", lambda: tuple(listed_names(ontology, self.gazetteer))))
        self.organs, self.listed, self.listed_keys = known.organs, known.listed, known.keys
        self._regional, self._quoting, self._tails, self._surfaces = known.regional, known.quoting, known.tails, Surfaces(known.surfaces)
        self._of_regions = known.of_regions
        elsewhere = {surface for names in known.of_regions.values() for surface in names if surface not in self.listed and self.gazetteer.use(surface) is None}
        self._not_in = {region: frozenset(elsewhere.difference(names)) for region, names in {"": {}, **known.of_regions}.items()}  # names that only texts of other regions have
        self._parents = frozenset(listed_words(ontology, "parents"))  # bodies that are above others
        self._headed = listed_words(ontology, "headed")  # ends of measures
        self.sharing = listed_words(ontology, "sharing")
        self._sights = listed_words(ontology, "sights")  # ends of places that one visits
        self._offices = tuple(word for word in self._tails if len(word) > 1)
        self._shared = SharedBodies(ontology, self.gazetteer, self._offices)
        self._ends_of_words = self._tails.union(listed_words(ontology, "behind_places", "states"))
        self._parts, self._counted = (listed_words(ontology, "behind_places", key) for key in ("parts", "counted"))
        self._sides, self._waters = listed_words(ontology, "behind_places", "sides"), listed_words(ontology, "behind_places", "waters")

    def compile(self) -> None:
        """Make ready at once for many texts."""
        self._surfaces.compile()

    def of_one_body(self) -> dict[tuple[str, str], str]:
        """Type and name → canonical name, of the listed bodies that have their name alone: no 外交部, of which each state has one, and no 省委."""
        known = ((kind, name, key) for name, (kind, key) in self.listed.items() if kind == "Body" and name != key)
        return {(kind, name): key for kind, name, key in known if name not in self._shared.names and name not in self.organs}

    def find(self, text: SegmentedText, region: str = "") -> list[Fixed]:
        """Known names and quotations in the text, sorted, without overlaps; a quotation wins over names inside it. A text of a `region` has the names of that too."""
        folded, not_in = text.folded, self._not_in[region]
        # All hits, also those inside one another: 加快形[成安]徽 must not hide 安徽.
        matches = [span for span in self._surfaces.find(folded) if folded[span[0] : span[1]] not in not_in]
        quoted = self._quoted(folded, matches)
        hits = _outside(quoted, self._likely(text, matches))
        found = sorted([*quoted, *self._resolved(text, hits, region)], key=attrgetter("start"))
        found = self._with_persons(text, found)
        if headed := self._by_head(folded, hits, found, region):
            found = merged(headed, found)
        if titled := self.titled.find(text, found):
            found = merged(titled, found)
        if line_ends := self.line_ends.find(text, found):
            found = merged(line_ends, found)
        beside = self.beside.find(text, found)
        begun = {f.start for f in beside}
        return merged([f for f in found if f.start not in begun] if beside else found, beside)

    def _quoted(self, folded: str, matches: Sequence[tuple[int, int]]) -> list[Fixed]:
        """The quotations that are read by themselves: not that of “东数西算”工程, which is listed with it."""
        wider = sorted((start, end) for start, end in matches if folded[start:end] in self._quoting)
        starts, reach = [start for start, _ in wider], list(accumulate((end for _, end in wider), max, initial=0))
        alone = (f for f in quotations(folded, self._quotation_words) if reach[bisect_right(starts, f.start)] < f.end and not self._names_listed(f, folded))
        return sorted((self._known_slogan(f, folded) for f in alone), key=lambda f: f.start)

    def _likely(self, text: SegmentedText, matches: Sequence[tuple[int, int]]) -> list[_Hit]:
        """The hits without short names across word borders, which are most often parts of two words: 商+业+兴+宁.

        The longest name at a place comes first.
        """
        folded, borders = text.folded, text.borders
        # 德国外交部 may be one word of the segmenter: two names side by side that fill it are two names.
        followed = {start for start, end in matches if end in borders}
        led = {end for start, end in matches if start in borders}  # 福建厦门, one word
        # 南充至巴中段: what a place leads to by 至 is one, however the segmenter cuts it.
        reached = {end + 1 for start, end in matches if start in borders and folded[end : end + 1] in self._words.up_to}

        def stands(start: int, end: int) -> bool:
            if start in reached:
                return True
            if start in borders and (end in borders or end in followed or folded.startswith(self._counted, end)):
                return True
            return (end in borders and start in led) or (start in borders and self._ends_word(text, end))

        numbers = [found.span("letters") for found in self._words.paper_letters.finditer(folded)]
        apart = [(start, end) for start, end in matches if not any(first < start and end <= last for first, last in numbers)] if numbers else matches
        likely = sorted((start, -end) for start, end in apart if end - start > 2 or stands(start, end))
        return [(start, -end, folded[start:-end]) for start, end in likely]

    def _with_persons(self, text: SegmentedText, found: list[Fixed]) -> list[Fixed]:
        """`found` and the persons that the text names, without what is only a part of their names."""
        folded = text.folded
        known = [(f.start, f.end) for f in found if f.kind == "Person"]
        others = [(f.start, f.end) for f in found if f.kind != "Person"]
        persons = self.persons.find(text, known, others)
        if not persons:
            return found
        # 南通市|长王浩 is 南通|市长|王浩.
        headed = {p.start - 1 for p in persons if folded[p.start - 1 : p.start] in self._head_of_place}
        found = [f._replace(end=f.end - 1) if f.end in headed and f.kind == "Area" and f.end - f.start > 2 else f for f in found] if headed else found
        if towns := [f for f in found if f.code.startswith(_TOWN)]:
            free = set(merged(persons, towns))
            found = [f for f in found if not f.code.startswith(_TOWN) or f in free]
        # 马科斯 is listed, and only a part of 费迪南德·马科斯.
        if longer := [p for p in persons if "·" in folded[p.start : p.end]]:
            parts = {f for p in longer for f in _over(found, p) if f.kind == "Person" and p.start <= f.start and f.end <= p.end}
            found = [f for f in found if f not in parts]
        # 副市长任华山; 王浩、任华山等: the name of a place behind a surname is a given name there.
        given = {(p.start + 1, p.end) for p in persons if p.rule in {"person-post", "person-list"} and p.end - p.start == len("任华山")}
        within = {f for f in found if f.kind == "Area" and (f.start, f.end) in given}
        # 马里 and 西安 are only parts of 加马里 and 贝德罗西安.
        for person in [p for p in persons if p.end - p.start > _SPELT or "·" in folded[p.start : p.end]]:
            over = _over(found, person)
            if all(_inside(f, person) or self._first_name(f, person, folded) for f in over):
                within.update(over)
        return merged([f for f in found if f not in within] if within else found, persons)

    def _by_head(self, folded: str, hits: Sequence[_Hit], found: Sequence[Fixed], region: str) -> list[Fixed]:
        """The bodies before persons who head them, where what both end and begin with is written once: 生态环境部|长王浩."""
        heads = {f.start - 1 for f in found if f.kind == "Person" and folded[f.start - 1 : f.start] in self._head_of_place}
        own = self._of_regions.get(region, {})
        bodies: list[Fixed] = []
        for start, end, surface in hits if heads else ():
            if surface not in own and (surface in self._shared.names or surface in self.organs or any(f.end == start and f.kind == "Area" for f in found)):
                continue  # 法国|财政部长: whose ministry it is, stands before it
            key = own.get(surface) or (known[1] if (known := self.listed.get(surface)) is not None and known[0] == "Body" else "")
            if end in heads and key and (not bodies or bodies[-1].end < end) and not _over(found, fixed := Fixed(start, end, "Body", key, "", "name-list-region" if surface in own else "name-list")):
                bodies.append(fixed)
        return bodies

    def _first_name(self, place: Fixed, person: Fixed, folded: str) -> bool:
        """Whether a place is the first name of a person: 约旦·皮克福德, 马里·金, but not 印度尼西亚·万隆, which are two places."""
        last = folded[place.end + 1 : person.end]
        dotted = place.kind == "Area" and place.start == person.start and place.end < person.end and folded[place.end] == "·"
        return dotted and (len(last) > 1 or place.shape in ABROAD) and last not in self.gazetteer.names()

    def _ends_word(self, text: SegmentedText, start: int) -> bool:
        """Whether what is left of the segmenter's word from `start` is an office, an organ or a word for states (中东国家), or a part of the place (郑州市区, 太湖边)."""
        folded = text.folded
        if folded.startswith(self._parts, start) or (folded.startswith(self._sides, start) and folded[start - 1] in self._waters):
            return True
        end = next((at for at in range(start + 1, start + _TAIL + 1) if at in text.borders), start)
        return folded[start:end] in self._ends_of_words

    def _names_listed(self, quotation: Fixed, folded: str) -> bool:
        """Whether a quotation is nothing but the name of a listed body, area or work, of which more is told: 极端组织“伊斯兰国”在…, but not “法塔赫”号潜艇."""
        if folded[quotation.start] != "“" or quotation.end - quotation.start < _QUOTED_BODY:
            return False
        kind = self.listed.get(folded[quotation.start + 1 : quotation.end - 1], ("",))[0]
        if kind == "Project":
            return quotation.end - quotation.start >= _QUOTED_WORK and self._quotation_words.works_told_of.match(folded, quotation.end) is not None
        return kind in _QUOTED_ALONE and self._quotation_words.told_of.match(folded, quotation.end) is not None

    def _known_slogan(self, quotation: Fixed, folded: str) -> Fixed:
        """A quotation that is the name of a listed measure is a known slogan, that of a listed event an event, whatever it looks like."""
        written = folded[quotation.start : quotation.end]
        listed = self.listed.get(written) or self.listed.get(written[1:-1])
        if quotation.kind != "Quote" or listed is None:
            return quotation
        if listed[0] == "Event" and (len(written) > _QUOTED_EVENT or written in self.listed):
            return quotation._replace(shape="QuoteEvent")
        return quotation._replace(shape="QuoteKnown") if listed[0] == "Policy" else quotation

    def _resolved(self, text: SegmentedText, hits: Sequence[_Hit], region: str) -> list[Fixed]:
        """The names and places that the hits are, the longest at each place of the text."""
        folded = text.folded
        context = self._certain(folded, hits)
        own = self._of_regions.get(region, {})
        if any(own.get(surface) == "" for _, _, surface in hits):
            context.setdefault(region)
        found: list[Fixed] = []
        place: Fixed | None = None  # the last with a code
        taken = 0  # end of the last accepted hit
        for hit in hits:
            start, end, surface = hit
            before, after = folded[max(0, start - _AROUND) : start], folded[end : end + _AROUND]
            if start < taken:
                if end <= taken and not found[-1].code and surface not in self.listed and surface not in own and (inner := self._place(hit, before, after, None, context)):
                    found[-1] = self._with_inner(found[-1], inner)
                continue
            if surface in own:
                one = self._of_region(hit, own[surface], region, before, after)
            elif surface not in self.listed:
                one = self._place(hit, before, after, place, context)
            elif self.guards.blocked(surface, before, after) or (surface in self.organs and start not in text.borders):
                one = None
            else:
                one = self._listed(hit, folded, place, found)
            if one is not None:
                found.append(one)
                taken = end
                if one.code:
                    place = one
                    context.setdefault(one.code)
        return found

    def _with_inner(self, name: Fixed, place: Fixed) -> Fixed:
        """A listed name with a province, city or county in it, the first of those that overlap; none in that of an event, at which others take part."""
        known = self.gazetteer.get(place.code) if place.code else None
        if name.kind == "Event" or known is None or known.level not in RANKS[1:4] or (name.inner and place.start < name.inner[-1].end):
            return name
        return name._replace(inner=(*name.inner, place))

    def _of_region(self, hit: _Hit, key: str, region: str, before: str, after: str) -> Fixed | None:
        """What a text of a region calls so: a body, or, without a `key`, the region itself."""
        start, end, surface = hit
        if self.guards.blocked(surface, before, after):
            return None
        if not key:
            place = self.gazetteer.get(region)
            return Fixed(start, end, "Area", place.name, region, OWN_REGION) if place is not None else None
        return Fixed(start, end, "Body", key, "", "name-list-region")

    def _certain(self, folded: str, hits: Sequence[_Hit]) -> dict[str, None]:
        """The codes of the places that the text names for certain, in its order."""
        context: dict[str, None] = {}
        for start, end, surface in hits:
            if surface in self.listed or self.gazetteer.use(surface) != "name":
                continue
            before, after = folded[max(0, start - _AROUND) : start], folded[end : end + _AROUND]
            if self.gazetteer.counts(surface, before, after) and (place := self.gazetteer.resolve(surface)):
                context.setdefault(place.code)
        return context

    def _listed(self, hit: _Hit, folded: str, place: Fixed | None, found: Sequence[Fixed]) -> Fixed | None:
        """A listed name (`place`: the place before it, `found`: all names before it), None if bodies of several states have it and another one's is meant."""
        start, end, surface = hit
        if surface in self._shared.names and self._shared.is_abroad(folded, start, end, place, found):
            return None
        kind, name = self.listed[surface]
        # Listed with its marks and without: they are no part of the name.
        if kind in _QUOTED_ALONE and surface[0] == "“" and self.listed.get(surface[1:-1]) == (kind, name):
            start, end, surface = start + 1, end - 1, surface[1:-1]
        headed = kind == "Policy" and surface.endswith(self._headed)
        shares = kind in {"Project", "Body"} and surface.endswith(self.sharing)
        sight = kind == "Area" and surface.endswith(self._sights)
        shape = "PolicyHeaded" if headed else "AreaSight" if sight else f"{kind}Shared" if shares else "BodyParent" if surface in self._parents else ""
        return Fixed(start, end, kind, name, "", self._regional.get(surface, "name-list"), shape)

    def _place(self, hit: _Hit, before: str, after: str, last: Fixed | None, context: Iterable[str]) -> Fixed | None:
        """A place of the gazetteer (`last`: the one before it), None if the hit is none."""
        start, end, surface = hit
        if not self.gazetteer.counts(surface, before, after, context):
            return None
        place = self.gazetteer.resolve(surface, context, last.code if last is not None and start - last.end <= 1 else "")
        if place is None:
            return Fixed(start, end, "Area", surface, "", "gazetteer")
        if place.code.startswith(_TOWN) and before.endswith(self._offices):
            return None  # 大使特雷西
        if place.level in RANKS[1:4] and last is not None and last.shape == "AreaAbroad" and before[len(before) - (start - last.end) :] in _CITY_ENDS:
            return Fixed(start, end, "Area", surface, "", "gazetteer")  # 首尔市|龙山区 is not the one of 辽源
        shape = "AreaNatural" if place.level in NATURAL else "AreaState" if place.level == "country" else "AreaAbroad" if place.level in TOWNS else ""
        return Fixed(start, end, "Area", place.name, place.code, "gazetteer", shape)


def _outside(quoted: Sequence[Fixed], hits: Iterable[_Hit]) -> list[_Hit]:
    """Those of `hits`, which are sorted, that overlap none of the quotations."""
    kept, place = [], 0
    for hit in hits:
        while place < len(quoted) and quoted[place].end <= hit[0]:
            place += 1
        if place == len(quoted) or quoted[place].start >= hit[1]:
            kept.append(hit)
    return kept


def _inside(place: Fixed, person: Fixed) -> bool:
    return place.kind == "Area" and person.start < place.start and place.end <= person.end


def _over(found: Sequence[Fixed], one: Fixed) -> Sequence[Fixed]:
    """What of `found`, sorted and without overlaps, overlaps `one`."""
    first = bisect_right(found, one.start, key=attrgetter("end"))
    return found[first : bisect_left(found, one.end, first, key=attrgetter("start"))]


def merged(found: Sequence[Fixed], more: Sequence[Fixed]) -> list[Fixed]:
    """`found` and what of `more` overlaps none of it, sorted; both are sorted and without overlaps."""
    result, place = list(found), 0
    for extra in more:
        while place < len(found) and found[place].end <= extra.start:
            place += 1
        if place == len(found) or found[place].start >= extra.end:
            result.append(extra)
    return sorted(result, key=attrgetter("start"))
