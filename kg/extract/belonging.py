"""What lies in what, and which area an organ belongs to, where the text does not say so in one phrase.

A report on 江西省 that names 南昌 means the 南昌 of 江西; 省委 in it is 江西省委. Both need the whole document: the rules
that state them are the `default` rules with a key `by`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from kg.errors import KgError
from kg.expressions import compiled
from kg.extract.assemble import code_of
from kg.extract.gazetteer import Gazetteer
from kg.extract.place_tables import CHINA, Division
from kg.extract.relations import Link
from kg.extract.rows import Draft
from kg.extract.rules import RelationRule
from kg.extract.word_lists import listed_words
from kg.ontology import Ontology
from kg.text.fold import fold

_HOLDERS = ("province", "city", "county", "zone", "street", "")
_RANKS = ("country", "province", "city", "county", "street")
_NATURAL = ("water", "relief")
_SPOKEN_OF = 200  # characters: what was named longer ago belongs to another story
_FEW = 3  # members of a region that is told by them: 京津冀
_TOWNS = ("world", "town")  # levels of what lies in countries abroad
_LARGE = ("province", "city")  # levels of places that the names of works elsewhere begin with
_NAMED = 9  # characters that the name of a company or school is known by, at most
_PLACE = 4  # characters of a place that an institution is named by, at most
_YEARS = compiled("（[^（）]*）$")  # what a plan says of its years or its state behind its name
_OF_NOBODY = compiled(r"(?:^|[^\u4e00-\u9fff]|[受由请])$")  # before an office, no word that says whose it is
_ON_LISTED = "project-of-project"  # the rule of names that go on behind that of a listed work
_COINED = "area-"  # rules whose areas no table holds begin so


class Holder(NamedTuple):
    """An area of a document in which others can lie."""

    place: int  # in the document's list of things
    code: str
    depth: int  # how many places it lies in
    starts: list[int]  # of its mentions, ascending


class Belonging:
    """The rules that need the gazetteer and the whole document."""

    def __init__(self, rules: Sequence[RelationRule], gazetteer: Gazetteer, ontology: Ontology) -> None:
        self._rules = [rule for rule in rules if rule.by]
        self._guessed = frozenset(rule.id for rule in self._rules)
        self._gazetteer = gazetteer
        self._partners = listed_words(ontology, "partners")
        self._nationwide = listed_words(ontology, "nationwide")
        self._left_off = frozenset(listed_words(ontology, "left_off"))
        self._national = listed_words(ontology, "institutions", "national")
        self._seas = listed_words(ontology, "behind_places", "seas")
        self._own = frozenset(listed_words(ontology, "own_begins"))
        self._moving = listed_words(ontology, "moving")
        self._spanning = listed_words(ontology, "spanning")
        self._parents = listed_words(ontology, "parents")
        self._endings = listed_words(ontology, "institutions", "endings")
        self._elsewhere = listed_words(ontology, "institutions", "elsewhere")
        self._homes = _homes(ontology, gazetteer)
        tables = [file.data.get("governs") or {} for file in ontology.yaml("lexicon")]
        governs = {fold(office): fold(end) for table in tables for end, offices in table.items() if end != "__line__" for office in offices}
        self._governs = {office: governs[office] for office in sorted(governs, key=len, reverse=True)}  # how the name of the area ends, by the office
        self._held: dict[str, list[tuple[str, str]]] = {}
        for file in ontology.yaml("lexicon"):
            for entry in file.data.get("held") or ():
                if missing := {"person", "office", "body"} - entry.keys():
                    raise KgError(f"`held` needs {', '.join(sorted(missing))}", file=file.path, line=entry["__line__"])
                self._held.setdefault(fold(entry["person"]), []).append((fold(entry["office"]), fold(entry["body"])))

    def links(
        self, members: Sequence[Sequence[Draft]], alone: AbstractSet[int], topics: Mapping[int, int | None], links: Sequence[Link], folded: str,
        report: bool,
    ) -> list[Link]:  # fmt: skip
        """The links that hold between listed things: those that are named by themselves (`alone`), or used by one of `links`."""
        used = {link.object for link in links} | {link.subject for link in links}
        # A person inside a policy's name (习近平总书记关于…的重要指示) is named all the same.
        listed = [place for place, group in enumerate(members) if place in used or place in alone or group[0].type == "Person"]
        holders = self._holders(members, listed)
        owners: dict[frozenset[str], dict[str, int]] = {}  # by their types
        found: list[Link] = []
        for rule in self._rules:
            if rule.by == "prefix":
                if rule.object not in owners:
                    owners[rule.object] = self._owners(rule.object, members, folded)
                found.extend(self._by_prefix(rule, members, owners[rule.object], folded))
                continue
            has = {link.subject for link in links if link.predicate == rule.predicate}
            for place in listed:
                if members[place][0].type != rule.default or (place in has and rule.by not in ("title", "listed")):
                    continue
                if rule.by == "level":
                    found.extend(self._organ(rule, place, members))
                elif rule.by == "report":
                    found.extend(self._institution(rule, place, members, topics, report, folded))
                elif rule.by == "listed":
                    found.extend(self._listed(rule, place, members, listed, topics if report else {}, placed=place in has))
                elif rule.by == "abbreviation":
                    found.extend(self._abbreviated(rule, place, members, listed))
                elif rule.by == "title":
                    found.extend(self._title(rule, place, members, folded))
                elif rule.by == "office":
                    found.extend(self._office(rule, place, members, topics, folded) if report else [])
                else:
                    found.extend(self._contained(rule, place, members, holders, topics))
        return found

    def _institution(
        self, rule: RelationRule, place: int, members: Sequence[Sequence[Draft]], topics: Mapping[int, int | None], report: bool, folded: str
    ) -> list[Link]:
        """A school or company in a document that is about one area and no other: it is there."""
        about = set(topics.values())
        topic = about.pop() if len(about) == 1 else None
        draft = members[place][0]
        if topic is None or members[topic][0].type not in rule.object:
            return []
        area = members[topic][0]
        there = [Link.of_mention(rule, place, topic, draft)]
        home = self._home(draft.key) if area.code else ""
        if home:
            return there if home == area.code else []
        parent = next((word for word in self._parents if draft.key.startswith(word)), "")
        if parent and self._begins_in(draft.key.removeprefix(parent), area.code):
            return there  # 中国科学院大连化学物理研究所
        national = draft.rule != "name-list" and draft.key.startswith(self._national)  # 国家…技术创新中心 that a report tells of
        if national and all(folded.endswith(self._partners, 0, d.start) for d in members[place]):
            return []  # 与中国农业科学院茶叶研究所签订合作协议
        if not draft.key.endswith(self._endings) or (draft.key.startswith(self._elsewhere) and not national):
            return []
        # A name that a table knows may be of anywhere (浙江大学 in a report of 贵州), if it does not begin with the area's own or a place in it;
        # one of a region's table may be a neighbour's (深圳港集团 in a report of 海南), if it begins with a place elsewhere.
        # In the news it is no other either: 云南省…医院 in a text about 北京.
        begins = self._begins_in(draft.key, area.code)
        elsewhere = begins is False and (not report or draft.rule.startswith("name-list"))
        if area.key[:2] not in draft.key and (elsewhere or draft.rule == "name-list" and not begins):
            return []
        return there

    def _home(self, name: str) -> str:
        """The code of the province that a company or a school without a place in its name is of: 奇瑞商用车 of 安徽; "" for most."""
        return next((self._homes[name[:n]] for n in range(min(len(name), _NAMED), 1, -1) if name[:n] in self._homes), "")

    def _begins_in(self, name: str, outer: str, levels: Sequence[str] = ()) -> bool | None:
        """Whether a name begins with that of a place in `outer`: 郑州大学 in 河南; None if it begins with no place (of `levels`, if any are given)."""
        heads = (name[:n] for n in range(min(len(name) - 1, _PLACE), 1, -1))
        places = [place for head in heads for place in self._gazetteer.names().get(head, ()) if not levels or place.level in levels]
        return any(self._gazetteer.contains(outer, place.code) for place in places) if places and outer else None

    def _abbreviated(self, rule: RelationRule, place: int, members: Sequence[Sequence[Draft]], listed: Sequence[int]) -> list[Link]:
        """A measure and the named area that its name holds by one character, behind one of `tails`: 科技援疆 is about 新疆."""
        draft, short = members[place][0], self._gazetteer.abbreviations
        name = draft.key
        # 法治浙江 names the place itself; 苏皖 is told by both.
        codes = {
            short[letter] for at, letter in enumerate(name)
            if letter in short and name.endswith(rule.tails, 0, at) and name[at + 1 : at + 2] not in short and name[at : at + 2] not in self._gazetteer.names()
        }  # fmt: skip
        if not codes:
            return []
        areas = [other for other in listed if members[other][0].type in rule.object and any(d.code in codes for d in members[other])]
        return [Link.of_mention(rule, place, other, draft) for other in areas[:1]]

    def _listed(
        self, rule: RelationRule, place: int, members: Sequence[Sequence[Draft]], listed: Sequence[int],
        topics: Mapping[int, int | None], *, placed: bool,
    ) -> list[Link]:  # fmt: skip
        """A thing that a table names: where its name begins, if that is named too, else in a report's own area.

        `topics` is empty where a text is no report. Of what is somewhere by another rule (`placed`), only works on a listed one are told to be
        where its name begins: 郑州机场三期 in a report of 河南 that names 郑州.
        """
        draft = next((d for d in members[place] if not d.nested and not d.reference), None)
        if placed and (draft is None or draft.rule != _ON_LISTED):
            return []
        topic = topics.get(draft.sentence) if draft is not None else None
        if draft is None or (topic is None and topics) or not draft.rule.startswith(("name-list", _ON_LISTED)) or any(word in draft.key for word in self._nationwide):
            return []
        own = code_of(members[topic]) if topic is not None else CHINA
        if topic is not None and draft.rule == "name-list" and self._begins_in(draft.key, own, _LARGE) is False:
            return []  # 济南遥墙国际机场 that a report of another province tells of
        near = (
            (len(d.key), other) for other in listed if members[other][0].type in rule.object
            for d in members[other]
            if d.code and draft.key.startswith(self._stem(d.key)) and d.code != CHINA and self._gazetteer.contains(own, d.code) and not self._natural(d.code)
        )  # fmt: skip
        holder = max(near, default=None)
        there = holder[1] if holder is not None else None if draft.rule == _ON_LISTED else topic
        return [] if there is None else [Link.of_mention(rule, place, there, draft)]

    def _stem(self, name: str) -> str:
        """The name of an area without its level: 郑州 of 郑州市."""
        return name[:-1] if len(name) > 2 and name[-1] in self._left_off else name

    def _natural(self, code: str) -> bool:
        place = self._gazetteer.get(code)
        return place is not None and place.level in _NATURAL

    def without_impossible(self, links: Sequence[Link], members: Sequence[Sequence[Draft]], home: str = "") -> list[Link]:
        """`links` without places in others that are no larger: 瑞典 and 丹麦 side by side are two countries.

        `home` is the code of the area that a report is about: what it builds is not where a name elsewhere begins (内蒙古…送电江西工程).
        """
        told = {(link.object, link.subject) for link in links if link.predicate == "partOf" and link.rule not in self._guessed}
        return [
            link for link in links
            if (link.predicate != "partOf" or self._possible(link, members))
            and not (link.predicate == "partOf" and link.rule in self._guessed and (link.subject, link.object) in told)  # 喀什等南疆地区
            and (link.predicate != "locatedIn" or self._at_home(link, members, home))
        ]

    def _at_home(self, link: Link, members: Sequence[Sequence[Draft]], home: str) -> bool:
        code = code_of(members[link.object]) if link.object is not None else ""
        place = self._gazetteer.get(code) if code else None
        if place is not None and place.code == CHINA:
            return members[link.subject][0].type == "Event"  # 中国…馆, 中国的…卫星 tell whose they are
        if place is None or not home or place.level not in _RANKS[1:] or not link.rule.startswith("located-by-name"):
            return True
        return self._gazetteer.contains(home, code) or self._gazetteer.contains(code, home)

    def without_elsewhere(self, links: Sequence[Link], members: Sequence[Sequence[Draft]]) -> list[Link]:
        """`links` of things to the area that a news story is about, without those that are elsewhere by name: 烟台南站 in a story about 西宁."""
        return [
            link for link in links
            if link.object is None or not self._begins_elsewhere(members[link.subject][0].key, code_of(members[link.object]))
        ]  # fmt: skip

    def _begins_elsewhere(self, name: str, area: str) -> bool:
        """Whether a name begins with that of a province, city or county neither in `area` nor around it."""
        for length in range(min(len(name) - 1, _PLACE), 1, -1):
            places = self._gazetteer.names().get(name[:length], ())
            if places:  # 永定河 before 永定
                ruled = area and self._gazetteer.use(name[:length]) == "name" and all(place.level in _RANKS[1:4] for place in places)
                return bool(ruled) and not any(self._gazetteer.contains(area, p.code) or self._gazetteer.contains(p.code, area) for p in places)
        return False

    def nearest(self, links: Sequence[Link], members: Sequence[Sequence[Draft]], alone: AbstractSet[int]) -> list[Link]:
        """`links` without the wider of two places of one thing: 在山东举行 in the headline, 在山东曲阜举行 below it.

        What moves (`moving` in projects.yaml) is in none of them. `alone` are the entities that a text names by themselves: a place inside another's name only is not listed.
        """
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

    def _moves(self, thing: Draft) -> bool:
        return thing.type == "Project" and thing.key.endswith(self._moving)

    def _possible(self, link: Link, members: Sequence[Sequence[Draft]]) -> bool:
        """Whether one place can lie in another, as far as the tables know them."""
        inner, outer = self._place(members[link.subject]), self._place(members[link.object if link.object is not None else link.subject])
        if inner is None:  # 亚丁湾索马里海域
            return outer is None or outer.level != "water" or not members[link.subject][0].key.endswith(self._seas)
        if outer is None:
            return inner.level not in ("water", "region")  # 夫子庙秦淮河, 江南华南
        if outer.level in _NATURAL and inner.level in (*_RANKS, *_TOWNS):
            return False  # 长江干流江苏段, 红海城市荷台达
        if inner.level == "country" and self._gazetteer.parents(outer.code) or self._apart(inner, outer):
            return False  # 布鲁塞尔中国文化中心; 伊朗北京对话, 佐治亚州全州
        if inner.level == "water" and outer.level in (*_RANKS[1:], "zone"):
            return self._gazetteer.contains(inner.parent, outer.code) or self._gazetteer.contains(outer.code, inner.code)  # 重庆长江大桥
        if inner.level == "region" or inner.level == "world" and not self._gazetteer.parents(inner.code):
            return self._wide_in(inner, outer)
        return inner.level not in _RANKS or outer.level not in _RANKS or _RANKS.index(inner.level) > _RANKS.index(outer.level)

    def _place(self, group: Sequence[Draft]) -> Division | None:
        """What the tables know of a thing, if they know it as a place."""
        return next((place for draft in group if draft.code and (place := self._gazetteer.get(draft.code))), None)

    def _wide_in(self, wide: Division, outer: Division) -> bool:
        """Whether a region, or what lies in no country, can lie in a place."""
        inside = self._gazetteer.contains(outer.code, wide.code)
        if outer.level == wide.level:
            return inside  # 南亚东南亚
        if outer.code == CHINA or outer.level not in (*_RANKS, "zone"):
            return True
        if wide.level == "region" and outer.level == "country":
            return inside  # 美国中东政策
        return inside or bool(wide.parent) and self._gazetteer.contains(wide.parent, outer.code)  # 在美国，北美…

    def _apart(self, inner: Division, outer: Division) -> bool:
        """Whether a place is in another province or country than one that it stands behind, and has no namesake in that."""
        chain = (outer, *self._gazetteer.parents(outer.code))
        upper = next((place for place in chain if place.level in _RANKS[:2]), None)
        known = self._gazetteer.parents(inner.code)
        if upper is None or inner.level not in (*_LARGE, "county", "zone", *_TOWNS) or not known or known[-1].level != "country":
            return False
        if inner.level == "zone" and inner.parent.endswith("0000"):
            return False  # 大连东关街: where a table says no more than a province, others have the name
        return not any(self._gazetteer.contains(upper.code, place.code) for place in (inner, *self._gazetteer.names().get(inner.name, ())))

    def _owners(self, types: AbstractSet[str], members: Sequence[Sequence[Draft]], folded: str) -> dict[str, int]:
        """The things of these types by their names, but for the country and what is said of one's own area."""
        owners: dict[str, int] = {}
        for place, group in enumerate(members):
            if group[0].type in types and not any(d.code == CHINA for d in group):
                named = (d for d in group if not d.nested and d.end - d.start > 1 and not (d.type == "Area" and folded[d.start] in self._own))
                owners.update({folded[d.start : d.end]: place for d in named})
        return owners

    @staticmethod
    def _by_prefix(rule: RelationRule, members: Sequence[Sequence[Draft]], owners: Mapping[str, int], folded: str) -> list[Link]:
        """Links between a thing and which of `owners` its name begins with: 杭州市…方案 targets 杭州市."""
        found = []
        for place, group in enumerate(members):
            for draft in group if group[0].type == rule.default else ():
                name = folded[draft.start : draft.end]
                if draft.nested or draft.reference or not _YEARS.sub("", name).endswith(rule.tails):
                    continue
                begins = next((name[:n] for n in range(len(name) - 1, 1, -1) if name[:n] in owners), "")
                longer = any(part.start == draft.start and part.end - part.start > len(begins) and part.type in rule.object for part in draft.inner)
                if begins and owners[begins] != place and not longer:  # 郑州航空港区规划 is not of 郑州
                    found.append(Link.of_mention(rule, place, owners[begins], draft))
                    break
        return found

    @staticmethod
    def _organ(rule: RelationRule, place: int, members: Sequence[Sequence[Draft]]) -> list[Link]:
        for draft in members[place]:
            if draft.owner is not None and draft.owner.entity >= 0:
                return [Link.of_mention(rule, place, draft.owner.entity, draft)]
        return []

    def _title(self, rule: RelationRule, place: int, members: Sequence[Sequence[Draft]], folded: str) -> list[Link]:
        """习近平总书记 holds the office of 总书记 in 党中央, where the text names that by itself."""
        for draft in members[place]:
            for office, body in self._held.get(draft.key, ()):
                holder = next((n for n, group in enumerate(members) if group[0].key == body and group[0].type in rule.object), None)
                if holder is not None and folded.startswith(office, draft.end):
                    end = draft.end + len(office)
                    return [Link(place, rule.predicate, holder, draft.start, end, draft.sentence, rule.id, written=(draft.end, end))]
        return []

    def _office(
        self, rule: RelationRule, place: int, members: Sequence[Sequence[Draft]], topics: Mapping[int, int | None], folded: str
    ) -> list[Link]:
        """省长 王浩 holds that office in the province that the report is about; 县长 none in it."""
        for draft in members[place]:
            before = folded[: draft.start].rstrip(" ")
            topic = topics.get(draft.sentence)
            office = next((word for word in self._governs if before.endswith(word)), "")
            if topic is None or not office or _OF_NOBODY.search(before, 0, len(before) - len(office)) is None:
                continue
            area = self._gazetteer.get(code_of(members[topic]))
            ends = [end for end in self._governs.values() if area is not None and area.name.endswith(end)]
            if max(ends, key=len, default="") == self._governs[office]:  # 区长 is no office of a 自治区
                written = len(before) - len(office), len(before)
                return [Link(place, rule.predicate, topic, written[0], draft.end, draft.sentence, rule.id, written=written)]
        return []

    def _contained(
        self, rule: RelationRule, place: int, members: Sequence[Sequence[Draft]], holders: Sequence[Holder],
        topics: Mapping[int, int | None],
    ) -> list[Link]:  # fmt: skip
        code = code_of(members[place])
        named = [d for d in members[place] if not d.reference]  # 全省 alone is above what the text is about, not in it
        coined = bool(named) and all(d.rule.startswith(_COINED) for d in named)
        if not code and not coined:
            return []
        ends: dict[int, set[int]] = {}
        around = [h for h in holders if h.place != place and h.code != code and self._gazetteer.contains(h.code, code)]
        for draft in members[place] if around or not code else ():
            holder = self._by_table(draft, code, around, holders, topics) if code else self._by_passage(draft, members, topics, ends)
            if holder is not None and holder != place:
                return [Link.of_mention(rule, place, holder, draft)]
        return []

    def _holders(self, members: Sequence[Sequence[Draft]], listed: Sequence[int]) -> list[Holder]:
        """The listed areas in which other places can lie."""
        found = []
        for place in listed:
            code = code_of(members[place]) if members[place][0].type == "Area" else ""
            area = self._gazetteer.get(code) if code else None
            if area is not None and (area.level in _HOLDERS or area.members or (area.level == "country" and code != CHINA)):
                found.append(Holder(place, code, len(self._gazetteer.parents(code)), [draft.start for draft in members[place]]))
        return found

    def _by_table(
        self, draft: Draft, code: str, around: Sequence[Holder], holders: Sequence[Holder], topics: Mapping[int, int | None]
    ) -> int | None:
        """The nearest area of those `around` the place of that code that the passage is about or that the text has named before."""
        topic = topics.get(draft.sentence)
        best: tuple[int, int] | None = None
        for other, outer, depth, starts in around:
            region = self._gazetteer.get(outer)
            if region is not None and region.level not in _HOLDERS and region.level != "country":
                # 京津冀 holds 天津 and, as the nearer is told, nothing smaller; with one of its members only, the text does not speak of that.
                # 川渝 only says 四川 and 重庆, and 东北 most often no more than where.
                told = best is None and len(region.members) == _FEW and code in region.members and code.endswith("0000")
                if told and self._spelled(region) and sum(holder.code in region.members for holder in holders) > 1:
                    best = (depth, other)
                continue
            before = bisect_left(starts, draft.start)
            if topic != other and not (before and draft.start - starts[before - 1] < _SPOKEN_OF):
                continue
            if best is None or depth > best[0]:
                best = (depth, other)
        return best[1] if best else None

    def _spelled(self, region: Division) -> bool:
        """Whether a region is named by a character of each of its members: 京津冀."""
        return {code for letter, code in self._gazetteer.abbreviations.items() if letter in region.name} >= set(region.members)

    def _by_passage(
        self, draft: Draft, members: Sequence[Sequence[Draft]], topics: Mapping[int, int | None], ends: dict[int, set[int]]
    ) -> int | None:
        """Of a coined area: what its name begins with, if that is named by itself too; else what the passage is about.

        `ends` remembers where the mentions of each thing end.
        """
        first = draft.inner[0] if draft.inner else None
        holder = topics.get(draft.sentence)
        if first is not None and first.type == "Area" and first.start == draft.start and first.entity >= 0:
            place = self._gazetteer.get(first.code) if first.code else None
            if draft.key.startswith(first.key) and len(draft.key) - len(first.key) == 1:
                return None  # 亚特兰大市 is 亚特兰大
            if not all(d.nested for d in members[first.entity]) and (place is None or place.level not in _NATURAL):
                return first.entity
            outer = code_of(members[holder]) if holder is not None else ""
            return holder if outer and first.code and self._gazetteer.contains(outer, first.code) else None
        # 下沙和江东: the other of a pair does not hold it. 哈尔滨…大街 is not in 南京.
        if holder is None or self._begins_elsewhere(draft.key, code_of(members[holder])):
            return None
        outer = code_of(members[holder])
        if draft.key.endswith(self._spanning) and outer and not outer.endswith("0000"):
            return None  # 洛阳 is in the 洛阳都市圈
        if draft.key.endswith(self._spanning) and outer and self._gazetteer.abbreviations.get(draft.key[0], outer) != outer:
            return None  # 粤东地区 is in no province but 广东
        if holder not in ends:
            ends[holder] = {d.end for d in members[holder]}
        return None if not ends[holder].isdisjoint((draft.start, draft.start - 1)) else holder


def _homes(ontology: Ontology, gazetteer: Gazetteer) -> dict[str, str]:
    """The code of the province of companies and schools by their names, where these tell no place; KgError for an area that is no province."""
    homes: dict[str, str] = {}
    for file in ontology.yaml("lexicon"):
        given = file.data.get("homes") or {}
        for area, names in given.items():
            if area == "__line__":
                continue
            code = next((place.code for place in gazetteer.names().get(fold(area), ()) if place.level == "province"), "")
            if not code:
                raise KgError(f"`homes` names {area!r}, which is no province of the gazetteer", file=file.path, line=given["__line__"])
            homes.update({fold(name): code for name in names})
    return homes
