"""What the names of things say of other things inside them: 钱塘区委 governs 钱塘区, 贵阳至南宁高铁 connects 南宁."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.extract.knowledge.place_tables import CHINA
from kg.extract.knowledge.rules import InsideRule, RelationRule
from kg.extract.names.rows import Draft, Row
from kg.extract.relations.context import Context
from kg.extract.relations.links import Link

_LOCATED = 5  # so many characters behind a place make the place a prefix of a name and not a part of it
_WATER = "water-"  # how the codes of rivers and lakes begin


class NameLinks:
    """The `inside` rules of one ontology."""

    def __init__(self, rules: Sequence[RelationRule], contains: Callable[[str, str], bool]) -> None:
        self._rules = [rule for rule in rules if isinstance(rule, InsideRule)]
        self._contains = contains

    def of(self, row: Row, context: Context) -> list[Link]:
        """The links between the mentions of a sentence and what their names hold."""
        links: list[Link] = []
        own = context.own | {place for place in (context.home, context.topic) if place is not None}
        for draft in row.drafts:
            if draft is None or draft.entity < 0 or not draft.inner:
                continue
            for rule in self._rules:
                if rule.type != draft.type or (rule.ends and draft.tail not in rule.ends) or (rule.news and context.report):
                    continue
                if rule.report and (not context.report or draft.inner[0].entity in own or draft.inner[0].code.startswith(_WATER)):
                    continue
                parts = self._of_names(rule, draft) if rule.within is None else self._where_told(rule, draft)
                links.extend(Link.of_mention(rule, draft.entity, part.entity, draft) for part in parts)
        return links

    @staticmethod
    def _of_names(rule: InsideRule, draft: Draft) -> Iterator[Draft]:
        """What the name of a mention begins with, or all that it holds where the rule takes it `anywhere`."""
        for part in draft.inner if rule.anywhere else draft.inner[:1]:
            if rule.predicate == "locatedIn" and part.code == CHINA:
                continue  # 中国银行 is not there by its name
            if rule.predicate == "locatedIn" and not rule.ends and (draft.end - part.end < _LOCATED or part.code.startswith(_WATER)):
                continue  # 瑞金机场 is not located by its name; 广西下六甲灌区工程 is
            if (part.start == draft.start or rule.anywhere) and part.type in rule.object and part.entity >= 0:
                yield part

    def _where_told(self, rule: InsideRule, draft: Draft) -> Iterator[Draft]:
        """What the name of a mention holds where the rule's pattern says: the ends of 贵阳至南宁高铁."""
        assert rule.within is not None
        for match in rule.within.regex.finditer(draft.form):
            held = draft.parts[match.start("object") : match.end("object")]
            parts = [part for part in held if part is not None and part.type in rule.object and part.entity >= 0]
            for part in self._narrowest([part for part in parts if not self._is_namesake(part, draft)]) if rule.predicate == "locatedIn" else parts:
                if not (rule.predicate == "locatedIn" and draft.end - part.end < _LOCATED and part.start == draft.start and not rule.ends):
                    yield part

    def _is_namesake(self, part: Draft, draft: Draft) -> bool:
        """Whether a place in a name stands right behind one of the mainland that it does not lie in: 平湖 of 济南平湖云江物流园 is not the city in 浙江."""
        before = next((other for other in draft.inner if other.end == part.start), None)
        return before is not None and before.code.isdigit() and part.code.isdigit() and not self._contains(before.code, part.code)

    def _narrowest(self, parts: Sequence[Draft]) -> list[Draft]:
        """`parts` without those that the next lies in, side by side (甘肃酒泉瓜州县…项目), and those that only name the thing (茂名华南…)."""
        kept: list[Draft] = []
        for part in parts:
            if kept and kept[-1].end == part.start:
                if not self._contains(kept[-1].code, part.code):
                    continue
                kept.pop()
            kept.append(part)
        return kept


def place_of(hall: Draft) -> Draft | None:
    """The place that the name of a building begins with (浙江|绍兴国际会展中心), None if it holds another one further on."""
    places = sorted((inner for inner in hall.inner if inner.type == "Area"), key=lambda inner: inner.start)
    at, place = hall.start, None
    for inner in places:
        if inner.start != at:
            return None
        at = inner.end
        if inner.entity >= 0 and inner.code != CHINA and not inner.code.startswith(_WATER):
            place = inner
    return place
