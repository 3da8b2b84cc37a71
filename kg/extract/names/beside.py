"""Places that no table has, read from the characters right behind one that is named: 郴州|高椅岭村, 肯塔基州|路易斯维尔.

The segmenter cuts such names at will (碧云+峰村, 切萨+皮克市). Their ends, the place before them and what they are
spelled with are the evidence; `beside:` in areas.yaml says which.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from kg.expressions import compiled, either
from kg.extract.knowledge.phrases import Words
from kg.extract.knowledge.place_tables import CHINA
from kg.extract.names.gazetteer import Gazetteer
from kg.extract.names.rows import ABROAD, Fixed
from kg.ontology import Ontology
from kg.text.fold import fold
from kg.text.segment import NAME_TAGS, SegmentedText

_SHORTEST, _LONGEST = 2, 8  # characters before the end, unless the entry says otherwise
_ONE_BEHIND = 3  # so many of them may stand one behind the other: a county, a town, a village
_SPELLED = 3  # characters, with its end: a longer run that spells a foreign name is one, whatever words it may be cut into
_TOLD = 10  # characters of what is told of it, before its name: 的国家级传统|村落
_RULED = ("province", "city", "county", "street", "zone")
_RULE = "area-beside"
_NAMES = NAME_TAGS | {"x"}


class _Kind(NamedTuple):
    """One entry of `beside:`. In `pattern`, group 1 is the name."""

    pattern: re.Pattern[str]
    goes_on: re.Pattern[str]  # what must (not) stand behind
    refused: re.Pattern[str]
    behind: tuple[str, ...]
    where: AbstractSet[str]  # codes of countries; empty: abroad
    ended: bool  # by its end; else only a word that the segmenter takes for a name is one …
    led: bool  # … but where words before it say so


class BesideWords(Words):
    """The patterns `beside` of `rules/names.yaml`, with the same names."""

    goes_on: re.Pattern[str]  # behind a name
    this_state: re.Pattern[str]  # a state that was named before


class Beside:
    """Finds them behind the places that the tables have."""

    def __init__(self, ontology: Ontology, gazetteer: Gazetteer, words: BesideWords) -> None:
        self._gazetteer = gazetteer
        self._words = words
        files = list(ontology.yaml("lexicon"))
        sounds = "".join(fold(str(file.data.get("transliteration") or "")) for file in files)
        self._kinds = [_kind(entry, sounds) for file in files for entry in file.data.get("beside") or ()]
        self._abroad = [kind for kind in self._kinds if not kind.where]

    def find(self, text: SegmentedText, found: Sequence[Fixed]) -> list[Fixed]:
        """Those behind the places among `found`, and where the text names them again; both sorted.

        They overlap none of `found` but persons whose names they begin with: 得州|哈里斯县.
        """
        folded = text.folded
        named: dict[str, tuple[Fixed, _Kind]] = {}
        for begin, end, kind in self._behind_this(text, found):
            named.setdefault(folded[begin:end], (Fixed(begin, end, "Area", folded[begin:end], "", _RULE, "AreaAbroad"), kind))
        for number, place in enumerate(found):
            if place.kind != "Area" or not (country := self._country(place)):
                continue
            after = number + 1
            strict = found[after].start if after < len(found) else len(folded)
            if after < len(found) and found[after].kind == "Person" and found[after].start == place.end:
                after += 1
            limit = found[after].start if after < len(found) else len(folded)
            start, kinds = place.end, [kind for kind in self._kinds if country in kind.where or (not kind.where and country != CHINA)]
            before = folded[place.start : start]
            for _ in range(_ONE_BEHIND):
                if limit - start <= _SHORTEST or (hit := self._name(text, before, start, limit, strict, kinds)) is None:
                    break
                begin, end, kind = hit
                before, start = folded[begin:end], end
                shape = "" if country == CHINA else "AreaAbroad"
                named.setdefault(before, (Fixed(begin, end, "Area", before, "", _RULE, shape), kind))
        return _everywhere(folded, named, found) if named else []

    def _behind_this(self, text: SegmentedText, found: Sequence[Fixed]) -> Iterator[tuple[int, int, _Kind]]:
        """Those behind a state that was named before: 该州|舍别基诺市."""
        folded = text.folded
        abroad = next((f.start for f in found if f.shape in ABROAD), len(folded))
        starts = [f.start for f in found]
        for match in self._words.this_state.finditer(folded, abroad):
            following = bisect_left(starts, match.end())
            limit = starts[following] if following < len(starts) else len(folded)
            if (hit := self._name(text, match.group(), match.end(), limit, limit, self._abroad)) is not None:
                yield hit

    def _country(self, place: Fixed) -> str:
        """The code of the country of a place that is governed; "" for regions, waters and what no table has."""
        division = self._gazetteer.get(place.code) if place.code else None
        if division is None or division.level in ("region", "water", "relief"):
            return ""
        uppers = self._gazetteer.parents(place.code)
        country = division if division.level == "country" else uppers[-1] if uppers else None
        if country is None or country.level != "country" or (country.code == CHINA and division.level not in _RULED):
            return ""
        return country.code

    def _name(self, text: SegmentedText, before: str, start: int, limit: int, strict: int, kinds: Sequence[_Kind]) -> tuple[int, int, _Kind] | None:
        """The name at `start`, behind the place `before`, and its kind. It ends at `limit` at the latest, one that no end tells at `strict`."""
        for kind in kinds:
            if kind.behind and not before.endswith(kind.behind):
                continue
            match = kind.pattern.match(text.folded, start)
            if match is None or match.end(1) > (limit if kind.ended else strict) or kind.refused.search(match.group(1)):
                continue
            if self._is_ended(kind, text, *match.span(1)) if kind.ended else self._stands_alone(kind, text, *match.span(1)):
                return *match.span(1), kind
        return None

    @staticmethod
    def _is_ended(kind: _Kind, text: SegmentedText, start: int, end: int) -> bool:
        """Whether what ends as such places do is one; of what spells a foreign name the segmenter may take pieces for verbs: 叶+拉布+加市."""
        return not kind.where and end - start > _SPELLED or text.is_place_spelt(start, end, ended=True)

    def _stands_alone(self, kind: _Kind, text: SegmentedText, start: int, end: int) -> bool:
        """Whether what has no such end is one by the words before it and behind it, or by the segmenter."""
        if kind.led and self._words.goes_on.match(text.folded, end):
            return True
        words = text.ending_in(start, end)
        return bool(words) and end in text.borders and (kind.led or all(tag in _NAMES for _, tag in words))


def _everywhere(folded: str, named: Mapping[str, tuple[Fixed, _Kind]], found: Sequence[Fixed]) -> list[Fixed]:
    """Each of `named` wherever `folded` has it and nothing else has been found."""
    begun = {first.start for first, _ in named.values()}
    taken = [(f.start, f.end) for f in found if f.start not in begun]
    result: list[Fixed] = []
    standing = _occurrences(folded, named)
    for name in sorted(named, key=len, reverse=True):
        end = 0
        for at in standing[name]:
            if at < end:
                continue
            end = at + len(name)
            place = bisect_right(taken, (at, len(folded)))
            free = (place == 0 or taken[place - 1][1] <= at) and (place == len(taken) or end <= taken[place][0])
            first, kind = named[name]
            if free and (at == first.start or kind.goes_on.match(folded, end)):
                taken.insert(place, (at, end))
                result.append(first._replace(start=at, end=end))
    return sorted(result, key=lambda fixed: fixed.start)


def _occurrences(folded: str, names: Iterable[str]) -> dict[str, list[int]]:
    """Where each of `names` stands, in one pass over the text: it may name hundreds."""
    found: dict[str, list[int]] = {name: [] for name in names}
    lengths, first = sorted({len(name) for name in found}), {name[0] for name in found}
    for at in [at for at, character in enumerate(folded) if character in first]:
        for length in lengths:
            if (name := folded[at : at + length]) in found:
                found[name].append(at)
    return found


def _kind(entry: Mapping[str, Any], sounds: str) -> _Kind:
    where = entry["where"]
    letters = f"[{sounds}]" if where == "abroad" else "[\u4e00-\u9fff]"

    def any_of(key: str) -> str:
        return either(fold(str(word)) for word in entry.get(key) or ())

    ended = any_of("ends") if entry.get("ends") else ""
    least, most = int(entry.get("shortest") or _SHORTEST), int(entry.get("longest") or _LONGEST)
    name = f"{letters}{{{least},{most}}}" + (f"?(?:{ended})" if ended else "")
    told = f"(?:[\u4e00-\u9fff]{{1,{_TOLD}}}?(?:{any_of('told')}))?" if entry.get("told") else ""
    lead = f"(?:的{told})?" if entry.get("of") else f"(?:{any_of('led')})" if entry.get("led") else ""
    goes_on = f"(?!{any_of('not_after')})" if entry.get("not_after") else ""
    before = f"(?=$|{any_of('only_before')})" if entry.get("only_before") else ""
    codes = frozenset() if where == "abroad" else frozenset({CHINA}) if where == "home" else frozenset(where)
    return _Kind(
        compiled(f"{lead}({name}){goes_on}{before}"), compiled(goes_on), compiled(any_of("not")),
        tuple(entry.get("behind") or ()), codes, bool(ended), bool(entry.get("led")),
    )  # fmt: skip
