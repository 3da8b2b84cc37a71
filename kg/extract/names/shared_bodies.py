"""Bodies whose names several states share: 外交部 behind 德国 is no ministry of ours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from kg.extract.knowledge.place_tables import CHINA
from kg.extract.knowledge.word_lists import listed_words
from kg.extract.names.gazetteer import Gazetteer
from kg.extract.names.rows import ABROAD, Fixed
from kg.ontology import Ontology
from kg.text.sentences import behind_last, line_end, line_start

_STATE = 5  # characters of the name of a state that that of a body begins with, at most
_MARKS = "。！？"  # ends of sentences
_NAMED_LAST = 400  # characters back to where the text named with its state what it names without it now


class SharedBodies:
    """Tells whose body such a name means, by `shared_names` and `shared_apart` of the lexicon."""

    def __init__(self, ontology: Ontology, gazetteer: Gazetteer, offices: tuple[str, ...]) -> None:
        """`offices` are words of offices and organs that stand behind the name of a state."""
        self._gazetteer = gazetteer
        self._offices = offices
        self.names = frozenset(listed_words(ontology, "shared_names"))  # that bodies of several states have
        self._of_others = listed_words(ontology, "shared_apart", "before")  # what makes them another state's
        self._ours = listed_words(ontology, "shared_apart", "ours")  # what tells that a line speaks of ours, too
        self._not_ours = listed_words(ontology, "shared_apart", "not_ours")  # in which such a word stands by chance
        self._speakers = listed_words(ontology, "shared_apart", "speakers")  # who make it another state's in a sentence only
        self._tellers = listed_words(ontology, "shared_apart", "tellers")  # who, behind a state's name, tell of it
        self._between = ("", *listed_words(ontology, "shared_apart", "between"))  # between a state's name and that of its organ
        self._within = listed_words(ontology, "shared_apart", "within")  # what, before a state's name and a comma, says that something happens there

    def is_abroad(self, folded: str, start: int, end: int, place: Fixed | None, found: Sequence[Fixed]) -> bool:
        """Whether the name in `start:end` means another state's body; `place` is the place before it, `found` are all names before it."""
        if place is not None and place.shape == "AreaState" and folded[place.end : start] in self._between:
            return True  # 德国外交部; a rule reads it as Germany's
        if folded.endswith(self._of_others, 0, start):
            return True  # 该国财政部
        return self._told_of(folded, start, end, found)  # 韩国企划财政部…，财政部…

    def _told_of(self, folded: str, start: int, end: int, found: Sequence[Fixed]) -> bool:
        """Whether the line of a name that several states share has told of another state's body before it, and nowhere of ours.

        Who speaks in another sentence (外交部发言人) is ours most often.
        """
        begin = line_start(folded, start)
        if self._speaks_of_ours(folded[begin : line_end(folded, begin)]):
            return False
        speaks = folded.startswith(self._speakers, end)
        if speaks:
            begin = behind_last(folded, _MARKS, begin, start)
        told = takewhile(lambda one: one.start >= begin, reversed(found))
        return any(self._tells_of_state(folded, one) for one in told) or not speaks and self._named_with_state(folded, start, end, found)

    def _speaks_of_ours(self, text: str) -> bool:
        """Whether words of a text tell that it speaks of our own bodies, too."""
        for word in self._not_ours:
            text = text.replace(word, "")
        return any(word in text for word in self._ours)

    def _tells_of_state(self, folded: str, one: Fixed) -> bool:
        """Whether a name makes its line tell of another state: its organ or officer, its media, 在某国，…."""
        if one.kind == "Body":
            return self._is_of_state(folded[one.start : one.end])
        if one.shape not in ABROAD:
            return False
        there = folded.startswith("，", one.end) and folded.endswith(self._within, 0, one.start)
        return there or folded.startswith((*self._offices, *self._tellers), one.end)

    def _named_with_state(self, folded: str, start: int, end: int, found: Sequence[Fixed]) -> bool:
        """Whether the text named it with another state last, not far before: 以色列国家安全部长…, and 国家安全部 in the next paragraph."""
        surface = folded[start:end]
        for one in takewhile(lambda one: one.start >= start - _NAMED_LAST, reversed(found)):
            if one.kind == "Body" and folded[one.start : one.end] == surface:
                return False
            if one.shape in ABROAD and folded.startswith(tuple(word + surface for word in self._between), one.end):
                return not self._speaks_of_ours(folded[one.end : start])
        return False

    def _is_of_state(self, name: str) -> bool:
        """Whether a name begins with that of another state."""
        heads = (name[:n] for n in range(2, _STATE + 1))
        return any(place.level == "country" and place.code != CHINA for head in heads for place in self._gazetteer.names().get(head, ()))
