"""Where things cannot be, a place in one that is no larger, a work where a name elsewhere begins, a thing in two places; and what honors no province receives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from kg.extract.knowledge.place_tables import CHINA, NATURAL, RANKS, TOWNS, Division
from kg.extract.knowledge.rules import DefaultRule, PatternRule, RelationRule
from kg.extract.knowledge.word_lists import listed_words
from kg.extract.names.assemble import code_of
from kg.extract.names.gazetteer import Gazetteer
from kg.extract.names.name_places import begins_elsewhere
from kg.extract.names.rows import Draft
from kg.extract.relations.links import Link
from kg.ontology import Ontology

_SHORT = 2  # characters that tell one province from the others
_ROUTE = re.compile(r"[\u4e00-\u9fff]{2}[至到]+[\u4e00-\u9fff]{2}")
_RULED = ("province", "city", "county", "zone", *TOWNS)  # levels of what lies in one province or country


class PossiblePlaces:
    """Sorts out links by what the gazetteer knows; `members` are the mentions of each thing of a document."""

    def __init__(self, rules: Sequence[RelationRule], gazetteer: Gazetteer, ontology: Ontology) -> None:
        self._defaults = frozenset(rule.id for rule in rules if isinstance(rule, DefaultRule) or isinstance(rule, PatternRule) and rule.guess)
        self._guessed = frozenset(rule.id for rule in rules if isinstance(rule, DefaultRule) and rule.by)
        self._gazetteer = gazetteer
        self._seas = listed_words(ontology, "behind_places", "seas")
        self._moving = listed_words(ontology, "moving")
        self._one_place = listed_words(ontology, "one_place")
        self._helps = listed_words(ontology, "helps")
        self._honors_apart = listed_words(ontology, "honors_apart")

    def without_impossible(self, links: Sequence[Link], members: Sequence[Sequence[Draft]], home: str) -> list[Link]:
        """`links` without places in others that are no larger (瑞典 and 丹麦 side by side are two countries), and without honors that no such place receives.

        `home` is the code of the area that a report is about: what it builds is not where a name elsewhere begins (内蒙古…送电江西工程).
        """
        told = {(link.object, link.subject) for link in links if link.predicate == "partOf" and link.rule not in self._guessed}
        return [
            link for link in links
            if (link.predicate != "partOf" or self._possible(link, members))
            and not (link.predicate == "partOf" and link.rule in self._guessed and (link.subject, link.object) in told)  # 喀什等南疆地区
            and (link.predicate != "locatedIn" or self._at_home(link, members, home))
            and (link.predicate != "awarded" or self._may_receive(link, members))
        ]

    def _may_receive(self, link: Link, members: Sequence[Sequence[Draft]]) -> bool:
        """No province, city or county receives what only a firm, a sight, a school or a village can be."""
        if link.object is None or not members[link.object][0].key.endswith(self._honors_apart):
            return True
        code = code_of(members[link.subject])
        place = self._gazetteer.get(code) if code else None
        return place is None or place.level not in RANKS[:4]

    def _at_home(self, link: Link, members: Sequence[Sequence[Draft]], home: str) -> bool:
        code = code_of(members[link.object]) if link.object is not None else ""
        place = self._gazetteer.get(code) if code else None
        if place is not None and place.code == CHINA:
            return members[link.subject][0].type == "Event"  # 中国…馆, 中国的…卫星 tell whose they are
        if place is None or not home or not link.rule.startswith("located-by-name"):
            return True
        if place.level == "region" and members[link.subject][0].key.endswith(self._one_place):
            return code == home or not self._gazetteer.contains(code, home)  # 华东…基地 in a report of 上海 is there
        if place.level not in RANKS[1:]:
            return True
        return self._gazetteer.contains(home, code) or self._gazetteer.contains(code, home)

    def without_elsewhere(self, links: Sequence[Link], members: Sequence[Sequence[Draft]]) -> list[Link]:
        """`links` of things to the area that a news story is about, without those that are elsewhere by name: 烟台南站 in a story about 西宁."""
        return [
            link for link in links
            if link.object is None or not begins_elsewhere(self._gazetteer, members[link.subject][0].key, code_of(members[link.object]))
        ]  # fmt: skip

    def nearest(self, links: Sequence[Link], members: Sequence[Sequence[Draft]], alone: AbstractSet[int]) -> list[Link]:
        """`links` without the wider of two places of one thing (在山东举行 in the headline, 在山东曲阜举行 below it) and those to a place that only helps
        (广东援疆工业园) or that a body's own name speaks against (浙江华越公司 in a report of 弋阳县).

        What moves (`moving` in projects.yaml) is in none of them. `alone` are the entities that a text names by themselves: a place inside another's name only is not listed.
        """
        links = [link for link in links if link.predicate not in {"partOf", "locatedIn", "connects"} or not self._only_helps(link, members)]
        links = [link for link in links if link.predicate != "locatedIn" or not self._is_from_elsewhere(link, members)]
        within = {(link.subject, link.object) for link in links if link.predicate == "partOf"}
        places: dict[int, set[int]] = {}
        for link in links:
            if link.predicate == "locatedIn" and link.object is not None and link.object in alone:
                places.setdefault(link.subject, set()).add(link.object)

        def holds(outer: int, inner: int) -> bool:
            codes = members[outer][0].code, members[inner][0].code
            return outer != inner and ((inner, outer) in within or all(codes) and self._gazetteer.contains(*codes))

        return [
            link for link in links
            if link.predicate != "locatedIn" or link.object is None
            or not (any(holds(link.object, other) for other in places.get(link.subject, ())) or self._moves(members[link.subject][0]))
        ]  # fmt: skip

    def _is_from_elsewhere(self, link: Link, members: Sequence[Sequence[Draft]]) -> bool:
        """Whether a body, of which no words say where it is, has a name that begins with another place, and does not hold this one: 北京…医院三亚医院."""
        body = members[link.subject][0]
        if body.type != "Body" or link.rule not in self._defaults or link.object is None:
            return False
        first, area = body.inner[0] if body.inner else None, code_of(members[link.object])
        if first is None or first.start != body.start or not area or any(place.key[:_SHORT] in body.key for place in members[link.object]):
            return False
        own = self._gazetteer.get(first.code) if first.code else None
        return own is not None and own.level in RANKS[1:4] and not (self._gazetteer.contains(area, own.code) or self._gazetteer.contains(own.code, area))

    def _only_helps(self, link: Link, members: Sequence[Sequence[Draft]]) -> bool:
        """Whether the name of a thing says of a place only that it helps where that is (广东援疆工业园), or, of a train, only in which province it begins (钦州港至昆明班列)."""
        if link.object is None:
            return False
        thing, places = members[link.subject][0], members[link.object]
        if link.predicate == "connects":
            place = self._place(places)
            return place is not None and place.level == RANKS[1] and self._moves(thing) and _ROUTE.search(thing.key) is not None and not any(p.key[:_SHORT] in thing.key for p in places)
        names = {place.key for place in places}
        heads = (thing.key[: thing.key.find(word)] for word in self._helps if word in thing.key)
        return any(len(head) > 1 and name.startswith(head) for head in heads for name in names)

    def _moves(self, thing: Draft) -> bool:
        return thing.type == "Project" and thing.key.endswith(self._moving)

    def _possible(self, link: Link, members: Sequence[Sequence[Draft]]) -> bool:
        """Whether one place can lie in another, as far as the tables know them."""
        inner, outer = self._place(members[link.subject]), self._place(members[link.object if link.object is not None else link.subject])
        if inner is None:  # 亚丁湾索马里海域
            return outer is None or outer.level != "water" or not members[link.subject][0].key.endswith(self._seas)
        if outer is None:
            return inner.level not in ("water", "region")  # 夫子庙秦淮河, 江南华南
        if outer.level in NATURAL and inner.level in (*RANKS, *TOWNS):
            return False  # 长江干流江苏段, 红海城市荷台达
        if inner.level == "country" and self._gazetteer.parents(outer.code) or self._apart(inner, outer):
            return False  # 布鲁塞尔中国文化中心; 伊朗北京对话, 佐治亚州全州
        if inner.level == "water" and outer.level in (*RANKS[1:], "zone"):
            return self._gazetteer.contains(inner.parent, outer.code) or self._gazetteer.contains(outer.code, inner.code)  # 重庆长江大桥
        if inner.level == "region" or inner.level == "world" and not self._gazetteer.parents(inner.code):
            return self._wide_in(inner, outer)
        return inner.level not in RANKS or outer.level not in RANKS or RANKS.index(inner.level) > RANKS.index(outer.level)

    def _place(self, group: Sequence[Draft]) -> Division | None:
        """What the tables know of a thing, if they know it as a place."""
        return next((place for draft in group if draft.code and (place := self._gazetteer.get(draft.code))), None)

    def _wide_in(self, wide: Division, outer: Division) -> bool:
        """Whether a region, or what lies in no country, can lie in a place."""
        inside = self._gazetteer.contains(outer.code, wide.code)
        if outer.level == wide.level:
            return inside  # 南亚东南亚
        if outer.code == CHINA and wide.level == "world":
            return inside  # 中国中亚友好交往
        if outer.code == CHINA or outer.level not in (*RANKS, "zone"):
            return True
        if wide.level == "region" and outer.level == "country":
            return inside  # 美国中东政策
        return inside or bool(wide.parent) and self._gazetteer.contains(wide.parent, outer.code)  # 在美国，北美…

    def _apart(self, inner: Division, outer: Division) -> bool:
        """Whether a place is in another province or country than one that it stands behind, and has no namesake in that."""
        chain = (outer, *self._gazetteer.parents(outer.code))
        upper = next((place for place in chain if place.level in RANKS[:2]), None)
        known = self._gazetteer.parents(inner.code)
        if upper is None or inner.level not in _RULED or not known or known[-1].level != "country":
            return False
        if inner.level == "zone" and inner.parent.endswith("0000"):
            return False  # 大连东关街: where a table says no more than a province, others have the name
        return not any(self._gazetteer.contains(upper.code, place.code) for place in (inner, *self._gazetteer.names().get(inner.name, ())))
