"""Which things belong to which, where a text does not say so in one phrase.

What lies in what and whose an organ is (省委 in a report on 江西省 is 江西省委) needs the whole document: the rules that state it are
the `default` rules with a key `by`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from kg.expressions import compiled
from kg.extract.knowledge.place_tables import CHINA, NATURAL
from kg.extract.knowledge.rules import DefaultRule, RelationRule
from kg.extract.knowledge.word_lists import listed_words
from kg.extract.names.gazetteer import Gazetteer
from kg.extract.names.name_places import begins_in
from kg.extract.names.rows import Draft
from kg.extract.relations.containment import Containment, Holder
from kg.extract.relations.institutions import Institutions
from kg.extract.relations.links import Link
from kg.extract.relations.offices import Offices
from kg.extract.relations.things import Things
from kg.ontology import Ontology

_LARGE = ("province", "city")  # levels of places that the names of works elsewhere begin with
_YEARS = compiled("（[^（）]*）$")  # what a plan says of its years or its state behind its name
_ON_LISTED = "project-of-project"  # the rule of names that go on behind that of a listed work
_WORLD = "world"  # level of places abroad that are no countries
_SITES = ("Area", "Project")  # 郑州航空港区规划 is of the zone, 郑州机场规划 of the works
_BESIDE_OTHERS = ("title", "listed")  # what these rules find holds beside what others do


class Belonging:
    """The rules that need the gazetteer and the whole document."""

    def __init__(self, rules: Sequence[RelationRule], gazetteer: Gazetteer, ontology: Ontology) -> None:
        self._rules = [rule for rule in rules if isinstance(rule, DefaultRule) and rule.by]
        self._gazetteer = gazetteer
        self._containment = Containment(gazetteer, ontology)
        self._institutions = Institutions(gazetteer, ontology)
        self._offices = Offices(gazetteer, ontology)
        self._nationwide = listed_words(ontology, "nationwide")
        self._left_off = frozenset(listed_words(ontology, "left_off"))
        self._own = frozenset(listed_words(ontology, "own_begins"))

    def links(self, things: Things) -> list[Link]:
        """The links between the listed things of a document that its other links do not say."""
        holders = self._containment.holders(things)
        owners: dict[frozenset[str], dict[str, int]] = {}  # by their types
        found: list[Link] = []
        for rule in self._rules:
            if rule.by == "prefix":
                if rule.object not in owners:
                    owners[rule.object] = self._owners(rule.object, things)
                links = self._by_prefix(rule, things, owners[rule.object])
                found.extend(self._told_places(links, things, found) if rule.predicate == "locatedIn" else links)
                continue
            related = things.related.get(rule.predicate, frozenset()) if rule.by not in _BESIDE_OTHERS else frozenset()
            places = (place for place in things.listed if things.members[place][0].type == rule.type and place not in related)
            found.extend(link for place in places if (link := self._link(rule, place, things, holders)) is not None)
        return found

    def _link(self, rule: DefaultRule, place: int, things: Things, holders: Sequence[Holder]) -> Link | None:
        """What a rule that is not `by: prefix` says of one thing."""
        if rule.by == "title":
            return self._offices.by_title(rule, place, things)
        if rule.by == "office":
            return self._offices.of_report(rule, place, things)
        draft: Draft | None = things.members[place][0]
        if rule.by == "level":
            draft = next((one for one in things.members[place] if one.owner is not None and one.owner.entity >= 0), None)
            other = draft.owner.entity if draft is not None and draft.owner is not None else None
        elif rule.by == "report":
            other = self._institutions.area(rule, place, things)
        elif rule.by == "listed":
            draft = next((one for one in things.members[place] if not one.nested and not one.reference), None)
            other = self._listed(rule, place, draft, things) if draft is not None else None
        elif rule.by == "abbreviation":
            other = self._abbreviated(rule, place, things)
        else:
            other, draft = self._containment.around(place, things, holders) or (None, None)
        return Link.of_mention(rule, place, other, draft) if other is not None and draft is not None else None

    def _told_places(self, links: Sequence[Link], things: Things, found: Sequence[Link]) -> list[Link]:
        """Those of `links` that name a place: 英国中央银行 is an organ of its area, 长江技术创新中心 and 亚洲开发银行 are in no one place."""
        organs = {link.subject for link in found if link.predicate == "governs"} | things.related.get("governs", frozenset())
        return [
            link for link in links
            if link.subject not in organs and link.object is not None and not self._is_wide(things.code(link.object))
            and not any(self._is_elsewhere(part, link, things.code(link.object)) for part in things.members[link.subject][0].inner)  # 北京…医院三亚医院
        ]  # fmt: skip

    def _is_elsewhere(self, part: Draft, link: Link, code: str) -> bool:
        """Whether a part of the name of a link's subject is a place behind the one that it begins with, and not in that: 北京大兴国际机场 is in 北京."""
        return part.type == "Area" and part.start > link.start and not (part.code and code and self._gazetteer.contains(code, part.code))

    def _is_called(self, part: Draft, owner: int | None) -> bool:
        """Whether a place in a name is an area in other words: 澳门特区 is 澳门; but 长江干流 is not all of 长江."""
        return part.entity == owner and bool(part.code) and not self._natural(part.code)

    def _abbreviated(self, rule: DefaultRule, place: int, things: Things) -> int | None:
        """The named area that the name of a measure holds by one character, behind one of `tails`: 科技援疆 is about 新疆."""
        name, short = things.members[place][0].key, self._gazetteer.abbreviations
        # 法治浙江 names the place itself; 苏皖 is told by both.
        codes = {
            short[letter] for at, letter in enumerate(name)
            if letter in short and name.endswith(rule.tails, 0, at) and name[at + 1 : at + 2] not in short and name[at : at + 2] not in self._gazetteer.names()
        }  # fmt: skip
        return next((other for _, code, other in things.coded if code in codes and things.members[other][0].type in rule.object), None)

    def _listed(self, rule: DefaultRule, place: int, draft: Draft, things: Things) -> int | None:
        """Where a thing is that a table names, by its mention `draft`: where its name begins, if that is named too, else in a report's own area.

        Of what is somewhere by another rule, only works on a listed one are told to be where its name begins: 郑州机场三期 in a report of 河南
        that names 郑州.
        """
        if not draft.rule.startswith(("name-list", _ON_LISTED)) or any(word in draft.key for word in self._nationwide):
            return None
        if draft.rule != _ON_LISTED and place in things.related.get(rule.predicate, ()):
            return None
        topic = things.topics.get(draft.sentence) if things.report else None
        if topic is None and things.report and things.topics:
            return None
        own = things.code(topic) if topic is not None else CHINA
        if topic is not None and draft.rule == "name-list" and begins_in(self._gazetteer, draft.key, own, _LARGE) is False:
            return None  # 济南遥墙国际机场 that a report of another province tells of
        near = (
            (len(key), other) for key, code, other in things.coded if draft.key.startswith(self._stem(key)) and things.members[other][0].type in rule.object
            and code != CHINA and self._gazetteer.contains(own, code) and not self._natural(code)
        )  # fmt: skip
        holder = max(near, default=None)
        return holder[1] if holder is not None else None if draft.rule == _ON_LISTED else topic

    def _stem(self, name: str) -> str:
        """The name of an area without its level: 郑州 of 郑州市."""
        return name[:-1] if len(name) > 2 and name[-1] in self._left_off else name

    def _is_wide(self, code: str) -> bool:
        """Whether it is a river, a range or a continent, after which things elsewhere are named too."""
        place = self._gazetteer.get(code)
        return self._natural(code) or place is not None and place.level == _WORLD and not self._gazetteer.parents(code)

    def _natural(self, code: str) -> bool:
        place = self._gazetteer.get(code)
        return place is not None and place.level in NATURAL

    def _owners(self, types: AbstractSet[str], things: Things) -> dict[str, int]:
        """The things of these types by their names, but for the country and what is said of one's own area."""
        owners: dict[str, int] = {}
        for place, group in enumerate(things.members):
            if group[0].type in types and not any(d.code == CHINA for d in group):
                named = (d for d in group if not d.nested and d.end - d.start > 1 and not (d.type == "Area" and things.folded[d.start] in self._own))
                owners.update({things.folded[d.start : d.end]: place for d in named})
        return owners

    def _by_prefix(self, rule: DefaultRule, things: Things, owners: Mapping[str, int]) -> list[Link]:
        """Links between a thing and which of `owners` its name begins with, behind words of `begins`: 杭州市…方案, 关于支持杭州市…的意见 target 杭州市."""
        found = []
        for place, group in enumerate(things.members):
            for draft in group if group[0].type == rule.type else ():
                name = things.folded[draft.start : draft.end]
                if draft.nested or draft.reference or not _YEARS.sub("", name).endswith(rule.tails):
                    continue
                start = draft.start
                while lead := next((word for word in rule.begins if name.startswith(word)), ""):
                    name, start = name.removeprefix(lead), start + len(lead)
                begins = next((name[:n] for n in range(len(name) - 1, 1, -1) if name[:n] in owners), "")
                longer = any(part.start == start and part.end - part.start > len(begins) and part.type in _SITES and not self._is_called(part, owners.get(begins)) for part in draft.inner)
                if begins and owners[begins] != place and not longer:
                    found.append(Link.of_mention(rule, place, owners[begins], draft))
                    break
        return found
