"""Links to relations, as a fact has them: each once, and of a thing the furthest stage; with its day, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.extract.knowledge.clues import Saying
from kg.extract.knowledge.confidence import Confidence
from kg.extract.knowledge.rules import PatternRule, RelationRule
from kg.extract.relations.dates import Dates
from kg.extract.relations.links import Link, without_parts
from kg.model import Document, Entity, Relation

_AT_MOST = {"started": "planned", "completed": "underway", "operating": "underway"}  # what is so only in a year to come
_Rank = tuple[tuple[bool, int], bool]


class RelationMaker:
    """Makes the relations of each document, with the rules of an ontology, whose statuses stand in their order."""

    def __init__(self, rules: Sequence[RelationRule], statuses: Iterable[str], confidence: Confidence) -> None:
        patterns = [rule for rule in rules if isinstance(rule, PatternRule)]
        self._guesses = frozenset(rule.id for rule in patterns if rule.guess)
        self._undated = frozenset(rule.id for rule in patterns if rule.undated)
        self._steps = {status: step for step, status in enumerate(statuses)}
        self._confidence = confidence

    def make(
        self, document: Document, dates: Dates, links: Sequence[Link], numbers: Mapping[int, str], entities: Sequence[Entity], text: str
    ) -> list[Relation]:
        """The relations that `links` say, in the order of the text; `numbers` are the ids of the things that became entities, `text` is its kind (`clues.text_kind`)."""
        saying, relations = Saying(entities, text), []
        known = [link for link in without_parts(links) if link.subject in numbers and (link.object is None or link.object in numbers)]
        for link in sorted(self._chosen(known, dates, dates.written(document.date)), key=lambda l: (l.start, l.end, l.predicate, l.subject, l.object or -1)):
            ends = numbers[link.subject], link.predicate, numbers[link.object] if link.object is not None else None
            clues = saying.of(*ends, link.start, link.end, link.sentence)
            value = document.text[slice(*link.written)] if link.written is not None else link.value
            sure = self._confidence.of(link.rule, "relation", clues)
            relations.append(Relation(*ends, link.start, link.end, link.sentence, link.rule, sure, value, self._date(link, dates), clues=clues))
        return _between_two(relations, entities)

    def _chosen(self, links: Sequence[Link], dates: Dates, written: str | None) -> list[Link]:
        """Of links that say the same the first, of those that say the stage of a thing the furthest; the text was written on that day."""
        first: dict[tuple[int, str, int | None], Link] = {}
        stages: dict[int, tuple[_Rank, Link]] = {}
        for link in links:
            if link.predicate != "hasStatus":
                first.setdefault((link.subject, link.predicate, link.object), link)
            elif (stage := _still_to_come(link, self._date(link, dates), written)) is not None:
                # A headline tells the stage, the sentence below it also the day.
                rank = (self._stage(stage), self._date(stage, dates) is not None)
                if stage.subject not in stages or rank > stages[stage.subject][0]:
                    stages[stage.subject] = (rank, stage)
        return [*first.values(), *(link for _, link in stages.values())]

    def _date(self, link: Link, dates: Dates) -> str | None:
        if link.day is not None:
            return dates.within(*link.day)
        return None if link.rule in self._undated else dates.of(link.predicate, link.sentence, link.start, link.end)

    def _stage(self, link: Link) -> tuple[bool, int]:
        """How far a thing is by `link`, to compare: what is only expected counts where nothing else is said."""
        return link.rule not in self._guesses, self._steps[link.value or ""]


def _is_later(date: str | None, written: str | None) -> bool:
    """Whether a day, month or year lies behind the day on which a text was written, as far as both are known."""
    return bool(date and written) and str(date)[: len(str(written))] > str(written)[: len(str(date))]


def _still_to_come(link: Link, date: str | None, written: str | None) -> Link | None:
    """A status as far as it can be when a text was written: what it says is built in a later year is under way.

    None where a month of the same year is later: then it is of the year before, or only meant.
    """
    if link.value not in _AT_MOST or not _is_later(date, written):
        return link
    return link._replace(value=_AT_MOST[link.value]) if str(date)[:4] > str(written)[:4] else None


def _between_two(relations: Sequence[Relation], entities: Sequence[Entity]) -> list[Relation]:
    """The relations without those whose two ends are names of one thing, as `authority.csv` may say that they are."""
    thing = {entity.id: (entity.type, entity.key, entity.scope, entity.code) for entity in entities}
    return [fact for fact in relations if fact.object is None or thing[fact.subject] != thing[fact.object]]
