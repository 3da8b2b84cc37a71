"""Whose a page is whose text says only 全县 of its area: what its title, its publisher and the words that a page says of itself name.

So do the paper that printed it, and the place where it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.coreference.reference_rules import Reference
from kg.extract.knowledge.phrases import Words
from kg.extract.names.gazetteer import Gazetteer
from kg.extract.names.rows import Draft
from kg.extract.names.titled_places import TitledPlaces
from kg.model import Document
from kg.text.fold import fold

_REACH = 400  # characters of what a page says of itself: behind its head it may list its neighbours
_LONGEST, _SHORTEST = 8, 3  # characters of the full name of a place
_PROVINCE = "province"
_OF_PAPERS = (_PROVINCE, "city")  # a county may be called like a paper of elsewhere: 光明区, 新安县


class MastheadWords(Words):
    """The patterns `masthead` of `rules/names.yaml`, with the same names; `place` is the group of the place."""

    paper: re.Pattern[str]
    written_at: re.Pattern[str]


class Masthead:
    """Finds it by the full names of the gazetteer, and by what the title of a government's report is of."""

    def __init__(self, gazetteer: Gazetteer, titled: TitledPlaces, rules: Sequence[Reference], words: MastheadWords) -> None:
        self._gazetteer = gazetteer
        self._words = words
        self._titled = titled
        self._rules = {rule.id: rule for rule in rules if rule.type == "Area" and rule.alone == "name"}

    def name(self, document: Document, drafts: Sequence[Draft], corrected: str = "") -> list[Draft]:
        """Let words for the text's own area that mean nothing in the text be the one such place that its masthead names; before that, `corrected` by hand.

        Those words are returned.
        """
        places: dict[str, tuple[str, str] | None] = {}
        named = []
        for draft in drafts:
            rule = self._rules.get(draft.reference)
            if rule is None or draft.code or draft.key not in rule.words:
                continue
            if rule.id not in places:
                places[rule.id] = self._place(document, rule, corrected)
            if place := places[rule.id]:
                draft.key, draft.code = place
                named.append(draft)
        return named

    def _place(self, document: Document, rule: Reference, corrected: str) -> tuple[str, str] | None:
        """Name and code of the one place of a rule's levels that the metadata name, else of the one that the page says of itself."""
        said = fold("\n".join(document.text[start:end] for start, end in document.noise)[:_REACH])
        publisher, source = fold(document.publisher), fold(document.source)
        for text in (corrected, publisher, fold(document.title), fold(document.stem), source, said):
            named = list(dict.fromkeys(self._named(text)))
            context = [place.code for name in named if (place := self._gazetteer.resolve(name)) is not None]
            fitting = [place for name in named if name.endswith(rule.ends) and (place := self._gazetteer.resolve(name, context)) is not None and place.level in rule.levels]
            if len(fitting) == 1:
                return fitting[0].name, fitting[0].code
        if printed := self._printed(f"{publisher}\n{source}\n{said}", rule):
            return printed
        titled = [name for text in (document.title, document.stem) for name in self._titled.names(fold(text)) if name.endswith(rule.ends)]
        return (titled[-1], "") if titled else None

    def _printed(self, said: str, rule: Reference) -> tuple[str, str] | None:
        """Name and code of the one place of a rule's levels that a paper is of or a text was written at, or the one province in which these lie."""
        papers = [place for found in self._words.paper.finditer(said) if (place := self._gazetteer.resolve(found["place"])) is not None and place.level in _OF_PAPERS]
        datelines = [place for found in self._words.written_at.finditer(said) if (place := self._gazetteer.resolve(found["place"])) is not None]
        places = {place.code: place for place in (*papers, *datelines)}
        around = {province.code: province for code in places if (province := self._gazetteer.get(f"{code[:2]}0000")) is not None}
        for known in (places, around):
            fitting = [place for place in known.values() if place.name.endswith(rule.ends) and place.level in rule.levels]
            if fitting:
                return (fitting[0].name, fitting[0].code) if len(fitting) == 1 else None
        return None

    def _named(self, text: str) -> Iterator[str]:
        """The full names of places in a text, from left to right."""
        names, at = self._gazetteer.names(), 0
        while at < len(text):
            heads = (text[at : at + length] for length in range(min(_LONGEST, len(text) - at), _SHORTEST - 1, -1))
            found = next((head for head in heads if head in names and any(place.name == head for place in names[head])), "")
            if found:
                yield found
            at += len(found) or 1
