"""Places that no table has, or several bear the name of, named by the title of their own government's report: 白湾县2024年政府工作报告; or by what lies or governs in them: 白湾市委.

The segmenter cuts such names at will (年白+湾县), and a table may have a part of one (沣|岚县): what stands around them is the evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from kg.extract.knowledge.phrases import Words
from kg.extract.names.gazetteer import Gazetteer
from kg.extract.names.rows import Fixed
from kg.text.segment import SegmentedText

_RULE, _ZONE = "titled-place", "area-zone-titled"


class TitledPlaceWords(Words):
    """The patterns `titled_places` of `rules/names.yaml`, with the same names; `name` is the group of the place, with those around it before."""

    in_all: re.Pattern[str]  # what each text has that names one
    titled: re.Pattern[str]  # a line that is the title of a report or a communique
    zone: re.Pattern[str]  # such a line of a zone
    congress: re.Pattern[str]
    spoken_for: re.Pattern[str]
    organ: re.Pattern[str]  # whose organ is named
    lies_in: re.Pattern[str]
    of_year: re.Pattern[str]  # at the head of a line about a year
    one: re.Pattern[str]  # one name, from where it begins
    zone_end: re.Pattern[str]
    any_zone: re.Pattern[str]  # what is no name of a zone without its place
    no_name: re.Pattern[str]
    goes_on: re.Pattern[str]  # what stands behind the name where the text says it again


class TitledPlaces:
    """Finds them by the frames in which nothing but a place can stand."""

    def __init__(self, gazetteer: Gazetteer, words: TitledPlaceWords) -> None:
        self._words = words
        self._places = gazetteer.names()

    def find(self, text: SegmentedText, found: Sequence[Fixed]) -> list[Fixed]:
        """Those that a text names in such a frame, and where it says them again; sorted. They may overlap `found`, of which none is the place itself."""
        folded = text.folded
        if not self._words.in_all.search(folded):
            return []
        places = [f for f in found if f.kind == "Area"]
        starts = {f.start: f for f in places}
        codes = {f.code for f in places}
        named: dict[str, Fixed] = {}
        for begin, end in sorted({*self._framed(folded), *self._told(folded)}):
            for start, stop in self._names(folded, begin, end, starts, codes):
                if not self._is_known(folded[start:stop]) and text.is_place_spelt(start, stop):
                    rule = _ZONE if self._words.zone_end.search(folded, start, stop) else _RULE
                    named.setdefault(folded[start:stop], Fixed(start, stop, "Area", folded[start:stop], "", rule))
        return self._everywhere(folded, named, found) if named else []

    def names(self, title: str) -> list[str]:
        """The names of those that a title names which is no part of its text, the place of the report last."""
        spans = (span for framed in sorted(set(self._framed(title))) for span in self._names(title, *framed, {}, frozenset()))
        return [name for start, end in spans if not self._is_known(name := title[start:end])]

    def _is_known(self, name: str) -> bool:
        """Whether a table has a place of such a name that is no town."""
        return any(place.level != "street" for place in self._places.get(name, ()))

    def _framed(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where a title, a congress or a speaker names one."""
        for frame in (self._words.titled, self._words.zone, self._words.congress, self._words.spoken_for):
            yield from (match.span("name") for match in frame.finditer(folded))

    def _told(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where a sentence of any text does."""
        for frame in (self._words.organ, self._words.lies_in, self._words.of_year):
            yield from (match.span("name") for match in frame.finditer(folded))

    def _names(self, folded: str, begin: int, end: int, places: Mapping[int, Fixed], codes: AbstractSet[str]) -> list[tuple[int, int]]:
        """The names that fill `begin:end`, one behind the other, and are no known places: 浙江省|白湾县|青石镇 has two. None if something else stands there.

        A town has namesakes: it is known where the text names its county or city.
        """
        names = []
        while begin < end:
            known = places.get(begin)
            if known is not None and _is_town(known) and codes.isdisjoint({known.code[:6], known.code[:4] + "00"}):
                known = None
            if known is not None and known.end <= end and not self._words.any_zone.match(folded, known.end, end):
                begin = known.end
                continue
            match = self._words.one.match(folded, begin, end)
            if match is None or self._words.no_name.search(match[0]) or self._words.any_zone.match(folded, begin, end):
                return []
            names.append((begin, end if self._words.zone_end.search(folded, begin, end) else match.end()))
            begin = names[-1][1]
        return names

    def _everywhere(self, folded: str, named: Mapping[str, Fixed], found: Sequence[Fixed]) -> list[Fixed]:
        """Each of `named` wherever `folded` has it, and nothing longer has been found there."""
        begins, result = [f.start for f in found], list[Fixed]()
        for name in sorted(named, key=len, reverse=True):
            at = folded.find(name)
            while at >= 0:
                end = at + len(name)
                over = found[max(0, bisect_left(begins, at) - 1) : bisect_left(begins, end)]
                longer = any(f.start <= at and end <= f.end and f.kind != "Area" for f in over)
                if at == named[name].start or not longer and self._words.goes_on.match(folded, end) and not any(at < one.end and one.start < end for one in result):
                    result.append(named[name]._replace(start=at, end=end))
                at = folded.find(name, end)
        return sorted(result, key=lambda fixed: fixed.start)


def _is_town(place: Fixed) -> bool:
    return place.code.isdigit() and len(place.code) == len("330114001")
