"""Places with codes: which names they have, which of several namesakes a text means, what lies in what.

The tables are `gazetteer/*.tsv` of the ontology folders, what is known about single names is `lexicon/areas.yaml`
(docs/gazetteer.md describes both). Names are kept folded, as `kg.text.fold` gives them; look-ups take folded text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from kg.extract.knowledge.phrases import Words
from kg.extract.knowledge.place_tables import (
    CHINA,
    NATURAL,
    RANKS,
    Division,
    Guard,
    Notes,
    division,
    read_lines,
    read_notes,
    refuse_unknown_codes,
    surfaces,
)
from kg.ontology import is_shipped
from kg.program import program_version, runs_its_sources
from kg.remembered import hash_of, keep, recall

Use = Literal["name", "context"]

# Among namesakes the higher of these wins where nothing in the text speaks for one of them.
_RANK = {"country": 0, "province": 0, "city": 1}
_UNRANKED = 9
_BORDERS = ("", *"，。；：！？、\n")  # of a clause
_EVERY_PLACE = "*"  # the key of guards for all surfaces; with a character, for those that end with it
_SHORT_FORMS = "**"  # the key of guards for surfaces that are no place's whole name
_CITIES = ("city", "county")
_FEW = ("zone", *NATURAL)  # levels of which a province has few places
_IN_CONTEXT = ("street", "town")  # levels of places whose names count only near what they lie in
_LONGEST = 8  # characters of a place in a list
_STREET_ALONE = 4  # a street-level name that only one place has counts without context from this length on


class PlaceWords(Words):
    """How places are named together, and how the names of some end; `classes` of rules/areas.yaml."""

    joins_places: frozenset[str]
    up_to: frozenset[str]
    town_ends: tuple[str, ...]
    nature_ends: tuple[str, ...]


class Names(Mapping[str, tuple[Division, ...]]):
    """Surface → the places it can name, in the order of the tables; places are read when they are asked for."""

    def __init__(self, codes: dict[str, str], places: Callable[[str], Division | None]) -> None:
        self._codes, self._places = codes, places
        self._found: dict[str, tuple[Division, ...]] = {}

    def __getitem__(self, surface: str) -> tuple[Division, ...]:
        if surface not in self._found:
            found = (self._places(code) for code in self._codes[surface].split())
            self._found[surface] = tuple(place for place in found if place is not None)
        return self._found[surface]

    def __contains__(self, surface: object) -> bool:
        return surface in self._codes

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)


class _Places(dict[str, Division]):
    """The places that were asked for, by code; `read` looks others up in the lines of the tables."""

    def __init__(self, lines: dict[str, str]) -> None:
        super().__init__()
        self._lines = lines

    def read(self, code: str) -> Division | None:
        if (known := self.get(code)) is not None:
            return known
        line = self._lines.get(code) or (self._lines.get(code.ljust(6, "0")) if code.isdigit() else None)
        if line is None:
            return None
        self[code] = place = division(line)
        return place


def _noted(folders: Sequence[Path]) -> list[Path]:
    return [path for folder in folders if (path := folder / "lexicon" / "areas.yaml").is_file()]


def _tables(folders: Sequence[Path], noted: Sequence[Path], notes: Notes | None = None) -> tuple[dict[str, str], dict[str, str]]:
    """The lines of the tables by code, and the codes by each name; `notes` are those of the files `noted`."""
    tables = [path for folder in folders for path in sorted((folder / "gazetteer").glob("*.tsv"))]
    contents = [path.read_bytes() for path in tables]
    key = hash_of(program_version(), *contents, "", *(path.read_bytes() for path in noted))
    found: tuple[dict[str, str], dict[str, str]] | None = recall("places", key)
    if found is None:
        lines = read_lines(tables, contents)
        found = lines, surfaces(lines, notes or read_notes(noted), tables)
        own = [path for path in tables if not is_shipped(path)]
        if own != tables:  # what stands alone may lie in places that it leaves out
            refuse_unknown_codes(lines, own)
        if runs_its_sources():
            keep("places", key, found)
    return found


def is_listed(name: str, folders: Sequence[Path]) -> bool:
    """Whether the tables of ontology folders have a place of this folded name."""
    return name in _tables(folders, _noted(folders))[1]


class Gazetteer:
    """All places by code, and how their names count."""

    def __init__(self, lines: dict[str, str], codes: dict[str, str], notes: Notes, words: PlaceWords) -> None:
        self._lines = lines
        # What was found out before: a document asks for the same few places again and again.
        self._places = _Places(lines)
        self._names = Names(codes, self._places.read)
        self._notes, self._words = notes, words
        self._uses: dict[str, Use] = {}
        self._guarded: dict[str, tuple[Guard, ...]] = {}
        self._candidates: dict[str, tuple[Sequence[Division], bool]] = {}
        self._chains: dict[str, tuple[Division, ...]] = {}
        self._within: dict[str, frozenset[str]] = {}  # a place and all that it lies in, by codes

    @classmethod
    def load(cls, folders: Sequence[Path], words: PlaceWords) -> Gazetteer:
        """The tables of ontology folders, later ones replacing codes of earlier ones.

        KgError with file and line for a table or `areas.yaml` that cannot be read.
        """
        noted = _noted(folders)
        notes = read_notes(noted)
        return cls(*_tables(folders, noted, notes), notes, words)

    def __len__(self) -> int:
        return len(self._lines)

    def names(self) -> Mapping[str, tuple[Division, ...]]:
        """Every surface that can name a place, folded, with the places it can name in the order of the tables."""
        return self._names

    @property
    def abbreviations(self) -> Mapping[str, str]:
        """One-character names (沪, 浙) and the codes of their places; they count only inside coordinations and lines."""
        return self._notes.abbreviations

    @property
    def state_letters(self) -> Mapping[str, str]:
        """One-character names of states and their codes; they count only before an office (俄总统)."""
        return self._notes.state_letters

    def get(self, code: str) -> Division | None:
        """The place with this code, None if there is none; codes may be given short (33 for 330000)."""
        return self._places.read(code)

    def use(self, surface: str) -> Use | None:
        """How a surface counts: "name" wherever it stands, "context" only where `counts` finds support; None if unknown."""
        if surface not in self._names:
            return None
        if (known := self._uses.get(surface)) is None:
            known = self._uses[surface] = self._use(surface)
        return known

    def _use(self, surface: str) -> Use:
        if surface in self._notes.in_context and surface not in self._notes.never:
            return "context"
        return "context" if all(place.level in _IN_CONTEXT for place in self._names[surface]) else "name"

    def counts(self, surface: str, before: str = "", after: str = "", context: Iterable[str] = ()) -> bool:
        """Whether a hit of `surface` is a place.

        `before` and `after` are the folded text around the hit (a dozen characters do), `context` the codes of places
        that the document certainly names. A short form that needs context has it where its own place is in `context`, where a frame of the notes says plainly that it is a place,
        or the name of one above it stands right before the hit, or a known place of its province is listed with it; a city that
        begins a clause has it also where its province is in `context`, a street also where its county or city is in `context`, a zone or a water
        also where its province is. A street-level name that no other place has counts from four characters on.
        """
        use = self.use(surface)
        if use is None or self._blocked(surface, before, after):
            return False
        if use == "name":
            return True
        known, places = set(context), self._names[surface]
        if len(places) == 1 and self._street_alone(surface, places[0]):
            return True
        if self._plainly(surface, places, before, after):
            return True
        return any(self._supported(place, before, after, known) for place in places)

    def _plainly(self, surface: str, places: Sequence[Division], before: str, after: str) -> bool:
        """Whether what stands beside the name of a city or county, and of no water or hill, says by itself that it is a place: 在开封开幕.

        So it is with towns by their whole names.
        """
        if not any(frame.holds(before, after) for frame in self._notes.plain):
            return False
        levels = {place.level for place in places}
        if surface.endswith(self._words.nature_ends):
            return False  # 东湖 is most often a lake, though no table has it
        if levels == {"street"}:
            return len(surface) > 2 and surface.endswith(self._words.town_ends)
        return not levels.isdisjoint(_CITIES) and levels.issubset(RANKS[1:])

    def _supported(self, place: Division, before: str, after: str, known: set[str]) -> bool:
        uppers = self.parents(place.code)
        if place.code in known or any(before.endswith((upper.name, *upper.forms)) for upper in uppers if upper.code != CHINA or place.level == "city"):
            return True  # 中国民乐 is music
        if before[-1:] in self._words.up_to and place.level in _CITIES and self._ends_in_place(before[:-1]):
            return True
        if before[-1:] in self._words.joins_places and self._listed_with(place, before[:-1], known):
            return True
        if place.level in _CITIES and self._listed_before(place, after, known):
            return True
        begins = before[-1:] in _BORDERS and after[:1] not in _BORDERS  # 大同入选…, not 祝大家安康
        if place.level == "city" and begins and any(upper.level == "province" and upper.code in known for upper in uppers):
            return True
        if place.level in ("province", "city", "county"):
            return False
        # Streets, zones, waters, cities abroad: what they lie in is enough, if it is no larger than a city, or a foreign state.
        # Waters and zones are few enough in a province: 北江 where 广东 is named.
        # That a text names China tells nothing.
        if place.level in _FEW:
            return any(upper.code in known and upper.code != CHINA for upper in uppers) or self._in_waters(place, before, after, known)
        return any(
            upper.code in known and upper.level in (*_CITIES, "country") and upper.code != CHINA
            for upper in uppers[:2]
        )

    def _in_waters(self, place: Division, before: str, after: str, known: set[str]) -> bool:
        """Whether a known river, lake or sea stands right beside this one, as in 东江、西江 and 红海和亚丁湾."""
        joins = self._words.joins_places
        if place.level != "water" or joins.isdisjoint((before[-1:], after[:1])):
            return False
        others = (other for code in known if (other := self.get(code)) is not None and other.level == "water")
        names = tuple(name for other in others for name in (other.name, *other.forms))
        return (before[-1:] in joins and before[:-1].endswith(names)) or (after[:1] in joins and after[1:].startswith(names))

    def _ends_in_place(self, before: str) -> bool:
        """Whether a place is named right before, one that needs no context: 内江至大足高速公路."""
        return any(self.use(before[-length:]) == "name" for length in range(2, min(_LONGEST, len(before)) + 1))

    def _listed_with(self, place: Division, before: str, known: set[str]) -> bool:
        """Whether a known place of the same province stands right before it, as in 蒲城、周至."""
        others = (self.get(code) for code in known)
        beside = (other for other in others if other is not None and before.endswith((other.name, *other.forms)))
        return any(
            other.level in _CITIES and self._share_province(place.code, other.code) for other in beside
        )

    def _listed_before(self, place: Division, after: str, known: set[str]) -> bool:
        """Whether a list goes on behind it with places, one of them known and of the same province: 天门、仙桃、潜江."""
        first, *items = after.split("、")
        for item in items if not first else ():
            named = next((item[:n] for n in range(_LONGEST, 1, -1) if item[:n] in self._names), "")
            if named and any(other.code in known and self._share_province(place.code, other.code) for other in self._names[named]):
                return True
            if named != item:
                return False  # 天门、米酒和潜江
        return False

    def _blocked(self, surface: str, before: str, after: str) -> bool:
        if (guards := self._guarded.get(surface)) is None:
            whole = any(place.name == surface for place in self._names[surface])
            known, keys = self._notes.guards, [surface, _EVERY_PLACE, _EVERY_PLACE + surface[-1], *(() if whole else (_SHORT_FORMS,))]
            guards = self._guarded[surface] = tuple(known[key] for key in keys if key in known)
        for guard in guards:
            if guard.blocks(before, after):
                return True
        return False

    def resolve(self, surface: str, context: Iterable[str] = (), before: str = "") -> Division | None:
        """The one place that `surface` means, or None where that is unknown or doubtful.

        `context` holds codes of places, the most telling first: those of the sentence, the document's main area; `before` is the code of
        the place right before. A province's short name is always the province (海南 is not 海南州).
        """
        if (known := self._candidates.get(surface)) is None:
            known = self._candidates[surface] = self._without_context(surface)
        places, settled = known
        if settled:
            return places[0] if places else None
        code = self._notes.preferred.get(surface)
        preferred = next((place for place in places if place.code == code), None)
        namesakes, order = len(places), list(dict.fromkeys([before, *context] if before else context))
        relations: tuple[Callable[[str, str], bool], ...] = (self._contained, self._share_city, self._share_province)
        if preferred is not None and preferred.level in NATURAL:
            # 南海 is the sea, also where 中国 or 广州 is named; in 广东南海, and where 佛山 is named, it is the district.
            order = [near for near in order if near != CHINA and (place := self.get(near)) is not None and (near == before or place.level in _CITIES)]
            relations = relations[:2]
        places = self._narrowed(places, order, relations)
        if len(places) == 1:
            place = places[0]
            return place if place.level != "street" or self._near(place, order) else None
        # 监利 is the town of today, unless the text names the county that it was: then containment has told.
        if len(existing := [place for place in places if not place.until]) == 1:
            return existing[0]
        if preferred in places:
            return preferred
        if surface in self._notes.left_open and len(places) == namesakes:
            return None
        ranks = sorted(_RANK.get(place.level, _UNRANKED) for place in places)
        if ranks[0] == ranks[1]:
            return None
        return min(places, key=lambda place: _RANK.get(place.level, _UNRANKED))

    def _without_context(self, surface: str) -> tuple[Sequence[Division], bool]:
        """The places that `surface` can mean, and whether no context can change which of them it is (the only one)."""
        places: Sequence[Division] = self._names.get(surface, ())
        provinces = [place for place in places if place.level in ("province", "country")]
        if len(provinces) == 1 or not places:
            return provinces, True
        # A city's short form is the city's (西安 is not 西安区), unless the notes leave it open.
        cities = [place for place in places if place.level == "city" and place.name != surface]
        if len(cities) == 1 and surface not in self._notes.left_open:
            return cities, True
        return places, len(places) == 1 and (places[0].level != "street" or self._street_alone(surface, places[0]))

    def _street_alone(self, surface: str, place: Division) -> bool:
        """Whether a name that only this place has is enough to know it as a street, with no context."""
        return place.level == "street" and len(surface) >= _STREET_ALONE and surface not in self._notes.in_context

    def _narrowed(self, places: Sequence[Division], context: Sequence[str], relations: Sequence[Callable[[str, str], bool]]) -> Sequence[Division]:
        """Of namesakes those that fit the context, by one of `relations` after the other."""
        if len(places) == 1:
            return places
        for related in relations:
            for code in context:
                places = [place for place in places if related(place.code, code)] or places
                if len(places) == 1:
                    return places
        return places

    def _contained(self, one: str, other: str) -> bool:
        return self.contains(one, other) or self.contains(other, one)

    def _share_city(self, one: str, other: str) -> bool:
        return self._share("city", one, other)

    def _share_province(self, one: str, other: str) -> bool:
        return self._share("province", one, other)

    def _share(self, level: str, one: str, other: str) -> bool:
        uppers = {place.code for place in self.parents(one) if place.level == level}
        return any(place.code in uppers for place in self.parents(other))

    def _near(self, place: Division, context: Iterable[str]) -> bool:
        """Whether the context names a street-level place itself, its county or city, or another place in that county."""
        uppers = self.parents(place.code)
        named = {place.code, *(upper.code for upper in uppers if upper.level in _CITIES)}
        county = uppers[0].code if uppers and uppers[0].level == "county" else ""
        return any(code in named or (county and self.contains(county, code)) for code in context)

    def parents(self, code: str) -> tuple[Division, ...]:
        """What the place lies in, nearest first; () for an unknown code."""
        if (known := self._chains.get(code)) is not None:
            return known
        found: list[Division] = []
        place = self.get(code)
        while place is not None and (place := self._above(place)) is not None and place not in found:
            found.append(place)
        chain = self._chains[code] = tuple(found)
        return chain

    def _above(self, place: Division) -> Division | None:
        """What a place lies in; for Chinese divisions without a stated parent it follows from the code."""
        if place.parent or not place.code.isdigit():
            return self.get(place.parent) if place.parent else None
        code = place.code
        for length in (6, 4, 2):
            upper = code[:length].ljust(6, "0")
            if len(code) > length and upper != code and upper in self._lines:
                return self.get(upper)
        return self.get(CHINA) if code.endswith("0000") else None

    def contains(self, outer: str, inner: str) -> bool:
        """Whether `inner` lies in `outer` or is it; a region contains its members and all in them."""
        place = self._places.get(outer) or self.get(outer)
        if place is None:
            return False
        within = self._within.get(inner)
        if within is None:
            within = self._within[inner] = frozenset((inner, *(upper.code for upper in self.parents(inner))))
        return place.code in within or not within.isdisjoint(place.members)
