"""Groups of mentions to entities that mean the same in every document, and what tables know of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from kg.extract.coreference.antecedents import mentions_of
from kg.extract.coreference.city_lines import CityLines
from kg.extract.coreference.identity import Authority, Telling, scope_of
from kg.extract.knowledge.clues import of_thing
from kg.extract.knowledge.confidence import Confidence
from kg.extract.names.assemble import best_name, code_of, key_of
from kg.extract.names.gazetteer import Gazetteer
from kg.extract.names.mentions import SHORT_FORM
from kg.extract.names.names import NameTable
from kg.extract.names.rows import Draft
from kg.model import Entity, Relation
from kg.text.sentences import ReadText


class EntityMaker:
    """Names, keys and scopes of the things of one document."""

    def __init__(
        self, authority: Authority, names: NameTable, telling: Telling, lines: CityLines, level_ends: Iterable[str], confidence: Confidence,
        alone: Callable[[str], list[Draft]],
    ) -> None:  # fmt: skip
        """`level_ends` are the ends of the full names of areas; `alone` gives what a name by itself names."""
        self._gazetteer: Gazetteer = names.gazetteer
        self._listed = names.listed_keys
        self._organs = names.organs
        self._authority = authority
        self._telling = telling
        self._lines = lines
        self._level_ends = tuple(level_ends)
        self._confidence = confidence
        self._alone = alone
        self._told: dict[tuple[str, str], tuple[bool, frozenset[str]]] = {}

    def make(
        self, text: ReadText, members: Sequence[Sequence[Draft]], kept: AbstractSet[int | None], topics: Mapping[int, int | None], kind: str
    ) -> tuple[list[Entity], dict[int, str]]:
        """The entities in order of first mention, and the id of each group that became one: those whose places are in `kept`. `kind` is that of the text (`clues.text_kind`)."""
        entities: list[Entity] = []
        numbers: dict[int, str] = {}
        for place, drafts in enumerate(members):
            if place in kept:
                numbers[place] = f"e{len(entities) + 1}"
                entities.append(self._entity(numbers[place], text, drafts, members, topics, kind))
        return entities, numbers

    def _entity(
        self, number: str, text: ReadText, drafts: Sequence[Draft], members: Sequence[Sequence[Draft]], topics: Mapping[int, int | None], kind: str
    ) -> Entity:
        document, folded, _ = text
        code = code_of(drafts)
        official = place.name if code and (place := self._gazetteer.get(code)) is not None else ""
        start, end = best_name(drafts, folded, self._level_ends, official)
        surfaces: dict[str, None] = {document.text[start:end]: None}
        for draft in drafts:
            for s, e in ((draft.start, draft.end), *draft.surfaces):
                surfaces[document.text[s:e]] = None
        first = drafts[0]
        own = key_of(folded[start:end])
        given = first.key or next((d.key for d in drafts if d.key), "")
        key = self._authority.key(first.type, own, given)
        topic = topics.get(first.sentence)
        about = members[topic] if topic is not None else ()
        if key not in (own, given):
            if code:  # the user says that it is another place
                code = place.code if (place := self._gazetteer.resolve(key)) is not None else ""
            elif self._elsewhere(first.type, key, self._scope(given or own, drafts, about, "")):
                key = given or own
        scope = "" if code or self._joined_tells(first.type, key) else self._scope(key, drafts, about, document.id)
        if first.type == "Project" and key in (own, given) and (line := self._lines.key(key, scope, folded)) is not None:
            key, scope = line, ""
        name = document.text[start:end]
        mentions = tuple(mentions_of(drafts, members, folded))
        clues = of_thing(first.type, kind, key, len(mentions), referred=any(m.reference for m in mentions), coded=bool(code))
        return Entity(
            id=number, type=first.type, name="".join(name.split()) if first.type == "Person" else name, surfaces=tuple(surfaces),
            mentions=mentions, key=key, scope=scope, code=code,
            confidence=max([self._confidence.of(rule, "entity", clues) for rule in {d.rule for d in drafts}]), found_by=first.rule, clues=clues,
        )  # fmt: skip

    def _elsewhere(self, type_: str, key: str, scope: str) -> bool:
        """Whether what is unique within `scope` lies in another place than those that the name `key` tells: Line 15 of another city."""
        places = self._telling_alone(type_, key)[1]
        if not places or self._gazetteer.get(scope) is None:
            return False
        contains = self._gazetteer.contains
        return not any(contains(place, scope) or contains(scope, place) for place in places)

    def _joined_tells(self, type_: str, key: str) -> bool:
        """Whether one of the names that the user makes one tells by itself which thing it is; then all of them do."""
        return any(self._telling_alone(type_, name)[0] for name in self._authority.joined(type_, key))

    def _telling_alone(self, type_: str, name: str) -> tuple[bool, frozenset[str]]:
        """Whether a name tells by itself which thing it is, and the codes of the places that it names."""
        if (type_, name) not in self._told:
            inside = self._alone(name)
            whole = [draft for draft in inside if draft.type == type_ and (draft.start, draft.end) == (0, len(name))]
            places = frozenset(draft.code for draft in inside if draft.type == "Area" and draft.code)
            placed = any(map(_names_itself, [inner for draft in whole for inner in draft.inner] if whole else inside))
            of_each = self._telling.is_of_each(type_, name)
            listed = name in self._listed and name not in self._organs and not of_each
            tells = bool(whole) and self._telling.tells(name, whole) and not of_each
            scope = scope_of(type_, name, listed=listed, placed=placed, tells=tells, local=self._telling.is_local(name), topic="", document="own")
            self._told[type_, name] = not scope, places
        return self._told[type_, name]

    def _scope(self, key: str, drafts: Sequence[Draft], topic: Sequence[Draft], document: str) -> str:
        """What makes the key unique; `topic` are the mentions of the area that the passage is about, if it is about one."""
        type_ = drafts[0].type
        everywhere, of_each = self._authority.everywhere(type_, key), self._telling.is_of_each(type_, key)
        listed = key in self._listed and key not in self._organs and not of_each or everywhere
        if not listed and any(self._is_namesake(place) for d in drafts for place in (d, d.owner, *d.inner) if place is not None):
            return document  # which 鼓楼区 it is, no word of the text tells
        named = [d for d in topic if d.code or not (d.reference or self._is_namesake(d))]  # 全市 in a text that names no city is no name
        area = next((d for d in named if d.code), named[0] if named else None)
        return scope_of(
            type_, key, listed=listed,
            placed=not of_each and any(d.owner is not None and d.key.startswith(d.owner.key) or any(map(_names_itself, d.inner)) for d in drafts),
            tells=self._telling.tells(key, drafts) and not of_each, local=self._telling.is_local(key),
            topic=area.code or area.key if area is not None else "", document="" if of_each else document,
        )  # fmt: skip

    def _is_namesake(self, draft: Draft) -> bool:
        """Whether it is a place of whose name the gazetteer has several, and it is open which one is meant."""
        return draft.type == "Area" and not draft.code and len(self._gazetteer.names().get(draft.key, ())) > 1

    def known(self, entities: Sequence[Entity], relations: Sequence[Relation]) -> list[Relation]:
        """What the gazetteer knows of the areas of one document: what lies in what, what became what.

        Only between areas that the document names, and only where the text itself says nothing of the kind.
        """
        by_code = {entity.code: entity for entity in entities if entity.type == "Area" and entity.code}
        said = {(relation.subject, relation.predicate) for relation in relations}
        found = []
        for code, entity in by_code.items():
            place = self._gazetteer.get(code)
            if place is None:
                continue
            outer = next((by_code[upper.code] for upper in self._gazetteer.parents(code) if upper.code in by_code), None)
            if outer is not None and (entity.id, "partOf") not in said:
                found.append(self._from_table(entity, "partOf", outer))
            for successor in place.successors:
                if successor in by_code and (entity.id, "succeededBy") not in said:
                    found.append(self._from_table(entity, "succeededBy", by_code[successor], place.until or None))
        return found

    @staticmethod
    def _from_table(subject: Entity, predicate: str, target: Entity, date: str | None = None) -> Relation:
        place = subject.mentions[0]
        return Relation(
            subject.id, predicate, target.id, place.start, place.end, place.sentence, "gazetteer", 1.0, None, date, "authority"
        )


def _names_itself(inner: Draft) -> bool:
    """Whether a thing named inside a name says of itself which one it is: not 省委 in 省委经济工作会议, nor 全省 in 全省旅游发展大会."""
    return inner.type not in ("Quote", "Title") and inner.reference in ("", SHORT_FORM) and inner.owner is None
