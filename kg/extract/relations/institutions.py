"""Which area a company or a school is in, where the text does not say so."""

from __future__ import annotations

from kg.errors import KgError
from kg.expressions import compiled
from kg.extract.knowledge.rules import DefaultRule
from kg.extract.knowledge.word_lists import listed_words
from kg.extract.names.gazetteer import Gazetteer
from kg.extract.names.name_places import begins_in
from kg.extract.relations.things import Things
from kg.ontology import Ontology
from kg.text.fold import fold
from kg.yaml_files import items_of

_NOWHERE = "-"  # the code of a place that no table has, in which no other is known to be
_IN_BRACKETS = compiled("（([^（）]{2,4})）")  # where a company is registered
_NAMED = 9  # characters that the name of a company or school is known by, at most


class Institutions:
    """Tells it by the names of both, and by `institutions`, `homes` and `parents` of the lexicon."""

    def __init__(self, gazetteer: Gazetteer, ontology: Ontology) -> None:
        self._gazetteer = gazetteer
        self._partners = listed_words(ontology, "partners")
        self._national = listed_words(ontology, "institutions", "national")
        self._parents = listed_words(ontology, "parents")
        self._endings = listed_words(ontology, "institutions", "endings")
        self._elsewhere = listed_words(ontology, "institutions", "elsewhere")
        self._homes = _homes(ontology, gazetteer)

    def area(self, rule: DefaultRule, place: int, things: Things) -> int | None:
        """The area of an institution in a document that is about this one and no other; None if it is not there."""
        about = set(things.topics.values())
        topic = about.pop() if len(about) == 1 else None
        if topic is None or things.members[topic][0].type not in rule.object:
            return None
        return topic if self._is_in(place, topic, things) else None

    def _is_in(self, place: int, topic: int, things: Things) -> bool:
        mentions, area = things.members[place], things.members[topic][0]
        draft = mentions[0]
        home = self._home(draft.key) if area.code else ""
        if home:
            return home == area.code
        parent = next((word for word in self._parents if draft.key.startswith(word)), "") if draft.key.startswith(self._parents) else ""
        if parent and begins_in(self._gazetteer, draft.key.removeprefix(parent), area.code):
            return True  # 中国科学院大连化学物理研究所
        national = draft.rule != "name-list" and draft.key.startswith(self._national)  # 国家…技术创新中心 that a report tells of
        if national and all(things.folded.endswith(self._partners, 0, d.start) for d in mentions):
            return False  # 与中国农业科学院茶叶研究所签订合作协议
        if not draft.key.endswith(self._endings) or (draft.key.startswith(self._elsewhere) and not national):
            return False
        # A name that a table knows may be of anywhere (浙江大学 in a report of 贵州), if it does not begin with the area's own or a place in it;
        # one of a region's table may be a neighbour's (深圳港集团 in a report of 海南), if it begins with a place elsewhere.
        # In the news it is no other either: 云南省…医院 in a text about 北京.
        code = area.code or ("" if area.reference else _NOWHERE)
        begins = begins_in(self._gazetteer, draft.key, code)
        elsewhere = begins is False and (not things.report or draft.rule.startswith("name-list"))
        if not things.report and any(begins_in(self._gazetteer, found[1] + found[0], code) is False for found in _IN_BRACKETS.finditer(draft.key)):
            return False  # 甲科技（北京）有限公司
        return area.key[:2] in draft.key or not (elsewhere or draft.rule == "name-list" and not begins)

    def _home(self, name: str) -> str:
        """The code of the province that a company or a school without a place in its name is of: 奇瑞商用车 of 安徽; "" for most."""
        return next((self._homes[name[:n]] for n in range(min(len(name), _NAMED), 1, -1) if name[:n] in self._homes), "")


def _homes(ontology: Ontology, gazetteer: Gazetteer) -> dict[str, str]:
    """The code of the province of companies and schools by their names, where these tell no place; KgError for an area that is no province."""
    homes: dict[str, str] = {}
    for file in ontology.yaml("lexicon"):
        given = file.data.get("homes") or {}
        for area, names in items_of(given):
            code = next((place.code for place in gazetteer.names().get(fold(area), ()) if place.level == "province"), "")
            if not code:
                raise KgError(f"`homes` names {area!r}, which is no province of the gazetteer", file=file.path, line=given["__line__"])
            homes.update({fold(name): code for name in names})
    return homes
