"""Which office somebody has, where a title beside the name says it and the body or the area stands elsewhere in the text."""

from __future__ import annotations

from kg.errors import KgError
from kg.expressions import compiled, either
from kg.extract.knowledge.rules import DefaultRule
from kg.extract.knowledge.word_lists import listed_pairs, listed_words
from kg.extract.names.gazetteer import Gazetteer
from kg.extract.relations.links import Link
from kg.extract.relations.things import Things
from kg.ontology import Ontology
from kg.text.fold import fold


class Offices:
    """Reads `held` and `governs` of `lexicon/persons.yaml`; KgError names file and line of a faulty entry."""

    def __init__(self, gazetteer: Gazetteer, ontology: Ontology) -> None:
        self._gazetteer = gazetteer
        self._whose_unsaid = compiled(rf"(?:^|[^\u4e00-\u9fff]|{either(listed_words(ontology, 'before_governs'))})$")  # before an office
        governs = {fold(office): end for end, offices in listed_pairs(ontology, "governs") for office in offices}
        self._held: dict[str, list[tuple[str, str]]] = {}
        for file in ontology.yaml("lexicon"):
            for entry in file.data.get("held") or ():
                if missing := {"person", "office", "body"} - entry.keys():
                    raise KgError(f"`held` needs {', '.join(sorted(missing))}", file=file.path, line=entry["__line__"])
                self._held.setdefault(fold(entry["person"]), []).append((fold(entry["office"]), fold(entry["body"])))
        self._governs = {office: governs[office] for office in sorted(governs, key=len, reverse=True)}  # how the name of the area ends, by the office

    def by_title(self, rule: DefaultRule, place: int, things: Things) -> Link | None:
        """习近平总书记 holds the office of 总书记 in 党中央, where the text names that by itself."""
        for draft in things.members[place]:
            for office, body in self._held.get(draft.key, ()):
                holder = next((n for n, group in enumerate(things.members) if group[0].key == body and group[0].type in rule.object), None)
                if holder is not None and things.folded.startswith(office, draft.end):
                    end = draft.end + len(office)
                    return Link(place, rule.predicate, holder, draft.start, end, draft.sentence, rule.id, written=(draft.end, end))
        return None

    def of_report(self, rule: DefaultRule, place: int, things: Things) -> Link | None:
        """省长 王浩 holds that office in the province that the report is about; 县长 none in it."""
        folded = things.folded
        for draft in things.members[place] if things.report else ():
            end = draft.start
            while end and folded[end - 1] == " ":
                end -= 1
            office = next((word for word in self._governs if folded.endswith(word, 0, end)), "")
            start, topic = end - len(office), things.topics.get(draft.sentence)
            if topic is None or not office or self._whose_unsaid.search(folded, max(0, start - 1), start) is None:
                continue
            area = self._gazetteer.get(things.code(topic))
            ends = [name_end for name_end in self._governs.values() if area is not None and area.name.endswith(name_end)]
            if max(ends, key=len, default="") == self._governs[office]:  # 区长 is no office of a 自治区
                return Link(place, rule.predicate, topic, start, draft.end, draft.sentence, rule.id, written=(start, end))
        return None
