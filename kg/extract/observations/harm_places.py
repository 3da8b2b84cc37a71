"""The place where people came to harm: of those hurt or killed it is told, not of who fights, rules or tells."""

from __future__ import annotations

from kg.extract.names.mentions import MentionRef, nameless
from kg.extract.observations.figures import Figure
from kg.extract.observations.named import NamedReader
from kg.text.sentences import line_start

_STRUCK_REACH = 120  # characters: every figure of the dead looks back so far, at each place
_PLACE_REACH = 12  # characters of the name of a place


class HarmPlaces(NamedReader):
    """Finds them in one text."""

    def place(self, figure: Figure, named: MentionRef | None) -> MentionRef | None:
        """The place of which a figure of harm is, where its clause tells of `named`; that itself, where it can be."""
        if struck := self._struck(figure) or self._right_before(figure) or self._people_of(figure):
            return struck
        if named is None and any(m.type == "Area" and not self._tells(m) for m in self._between(figure.sentence.start, figure.number.lead)):
            return self._where_in(figure)  # 地震还在甲国乙城等地造成5人遇难
        if named is not None and (named.type == "Body" or self._leads(named) or self._named.is_water(named)):
            return self.where(figure)  # the dead are of the place, not of those who fight or tell
        return named

    def where(self, figure: Figure) -> MentionRef | None:
        """The place that the sentence names before the number, else the one that its paragraph names first."""
        sentence, at = figure.sentence, figure.number.lead
        start = line_start(self._folded, sentence.start)
        areas = [m for m in self._between(start, at) if m.type == "Area" and not self._leads(m) and not self._named.is_water(m)]
        here = [m for m in areas if m.start >= sentence.start]
        return self._named.nearest(here or areas) if areas else None

    def _struck(self, figure: Figure) -> MentionRef | None:
        """The place that is attacked in a sentence before the number: 甲国对乙国首都丙城发射导弹，造成5人死亡."""
        sentence, at = figure.sentence, figure.number.lead
        areas = [m for m in self._between(max(sentence.start, at - _STRUCK_REACH), at) if m.type == "Area"]
        for mention in reversed(areas):
            aimed_at = self._words.strikes.search(self._folded, max(sentence.start, mention.start - 4), mention.start)
            if aimed_at and self._words.attack.search(self._folded, mention.end, at):
                return self._named.nearest([m for m in areas if m.start >= mention.start])
        return None

    def _right_before(self, figure: Figure) -> MentionRef | None:
        """The place whose dead are counted right behind its name: 已造成甲国3400人遇难."""
        at = figure.number.lead
        return next((m for m in self._between(max(0, at - _PLACE_REACH), at) if m.type == "Area" and m.end == at), None)

    def _people_of(self, figure: Figure) -> MentionRef | None:
        """The place whose people are counted by its name behind the number, where no other is named before: 21万甲国平民死于战争."""
        sentence, at, tail = figure.sentence, figure.number.lead, figure.number.tail
        if any(m.type == "Area" for m in self._between(sentence.start, at)):
            return None
        return next((m for m in self._between(tail, tail + 1) if m.type == "Area" and self._words.its_people.match(self._folded, m.end)), None)

    def _where_in(self, figure: Figure) -> MentionRef | None:
        """The place that the sentence names before the number; nobody's, where it tells of several together: 已在甲国和乙国造成2万人遇难."""
        sentence, at = figure.sentence, figure.number.lead
        last = next(m for m in reversed(self._between(sentence.start, at)) if m.type == "Area")
        if len(self._named.sharing(sentence.start, at, last.entity)) > 1 or self._words.lands.search(self._folded, last.end, at):
            return nameless(at)
        return self.where(figure)

    def _tells(self, area: MentionRef) -> bool:
        """Whether an area only says whose papers or offices tell: 据甲国媒体报道."""
        return self._folded[area.start - 1] == "据" or self._words.source_of.match(self._folded, area.end) is not None

    def _leads(self, area: MentionRef) -> bool:
        """Whether an area only leads others: 以甲国为首的."""
        return self._words.leads.match(self._folded, area.end) is not None
