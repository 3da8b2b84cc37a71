"""Relation rules over rows whose mentions are found: patterns, and triggers with arguments around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce
from itertools import product
from operator import or_
from typing import NamedTuple

from kg.extract.actors import NOBODY, Actors, Context
from kg.extract.pattern import Pattern
from kg.extract.place_tables import CHINA
from kg.extract.rows import Draft, Row, Watch
from kg.extract.rules import CARRIED, RelationRule
from kg.extract.sieve import Sieve, places
from kg.extract.symbols import Runs, Symbols, runs

_LOCATED = 5  # so many characters behind a place make the place a prefix of a name and not a part of it
_TOLD = frozenset({"implements", "issues", "comprises", "awarded"})
_NEAREST = frozenset({"connects", "comprises", "targets"})  # of several containing places only the nearest counts
_NO_NORM = frozenset({"hasStatus", "awarded"})  # what a statute cannot say: a work in it is any work of its kind; who issues a paper is to do so
_NUMBERED = 4  # tokens of a line up to its label: （3）招标人：
_HOLDING = frozenset({"comprises", "partOf", "locatedIn"})
_BEYOND = frozenset({"Area", "Policy"})  # what stands directly behind a work and is what the name goes on with
_BESIDE = frozenset({"”“", "》《", " "})  # between things that are listed and not said of each other: “村跑”“村歌”


class Link(NamedTuple):
    """One relation read from one place. Ends are entity numbers; `start:end` is the evidence, as it is of a fact."""

    subject: int
    predicate: str
    object: int | None
    start: int
    end: int
    sentence: int
    rule: str
    value: str | None = None  # hasStatus: the stage
    written: tuple[int, int] | None = None  # holdsPost: where the text writes the office

    @classmethod
    def of_mention(cls, rule: RelationRule, thing: int, other: int, mention: Draft) -> Link:
        """What a rule says of a thing and another by a mention as a whole, the other one first if the rule is `reverse`."""
        subject, target = (other, thing) if rule.reverse else (thing, other)
        return cls(subject, rule.predicate, target, mention.start, mention.end, mention.sentence, rule.id)


class Relations:
    """The relation rules of one ontology."""

    def __init__(
        self, rules: Sequence[RelationRule], symbols: Symbols, actors: frozenset[str], contains: Callable[[str, str], bool], capital: Iterable[str]
    ) -> None:
        """`actors` are the types that can act; `contains` says whether the place of a code holds that of another; `capital` are words for what a city is to it."""
        self._contains = contains
        self._inside = [rule for rule in rules if rule.inside]
        self._default = [rule for rule in rules if rule.default and not rule.by]
        self._listed = frozenset(rule.id for rule in rules if rule.listed)
        self._weak = frozenset(rule.id for rule in rules if rule.weak)
        self._read = [(rule, rule.pattern) for rule in rules if rule.pattern is not None]
        self._sieve = Sieve([pattern.needs for _, pattern in self._read], symbols.in_order)
        # A frame yields nothing without a mention that can be its object; only who watches wants to see it try.
        self._fine_sieve = Sieve([_needs(rule, pattern, symbols) for rule, pattern in self._read], symbols.in_order)
        self._negation = symbols.having("@negation")
        self._preposition = symbols.having("@preposition") - symbols.having("'由'")  # 由教育部印发: who stands behind it acts
        self._with = symbols.having("'与'", "'同'")
        self._capital = symbols.having(*(f"'{word}'" for word in capital))
        self._done = symbols.having("'了'")
        self._beyond = symbols.having("@beyond")
        self._labels = dict.fromkeys(symbols.having("@form_place", "@form_owner", "@form_size"), "field") | dict.fromkeys(symbols.having("@form_name"), "name")
        self._nouns = symbols.having("%n", "%vn", "%b", "@of", "@generic")
        self._actors = Actors(symbols, actors)
        self._joined = self._actors.joined | symbols.having("'同'")
        # By what a sentence is like (`_holds_not`): the rules that hold in none such, as the sieves have them.
        self._idle = {
            kind: sum(1 << place for place, (rule, _) in enumerate(self._read) if _holds_not(rule, *kind)) for kind in product((False, True), repeat=3)
        }

    def run(self, row: Row, context: Context, watch: Watch | None = None) -> list[Link]:
        """The links of one sentence, best rule first; `context` is brought up to date."""
        if watch is None and not context.told and not any(row.drafts):
            context.actor = ()
            if not self._actors.goes_over(row):
                context.carried = None
            return []  # nothing is named that could be related
        clauses = self._actors.clauses(row)
        actors = self._actors.by_clause(row, clauses, context)
        links: list[Link] = []
        if watch:
            self._tell(row, context, watch)
        idle = self._idle[context.ahead, context.report, context.norms]
        for order in places((self._sieve if watch else self._fine_sieve).possible(row.symbols) & ~idle):
            rule, pattern = self._read[order]
            if rule.unless is not None and rule.unless.regex.search(row.symbols):
                continue
            if rule.frame:
                links.extend(self._frame(rule, pattern, row, clauses, actors, context, watch))
            else:
                links.extend(self._pattern(rule, pattern, row, clauses, context, watch))
        links.extend(self._from_names(row, context))
        told: dict[str, Draft] = {}
        for draft in row.drafts:
            if draft is not None and draft.type in CARRIED and draft.entity >= 0:
                told.setdefault(draft.type, draft)
        if "Event" in context.told:
            told.pop("Event", None)  # a passage goes from work to work, but tells of one event and what belongs to it
        context.told |= told
        return links

    def label(self, row: Row) -> str:
        """What the line that `row` begins is in a form: "name" of a work, another "field" of it, or "", which is no line of a form."""
        for at, symbol in enumerate(row.symbols[:_NUMBERED]):
            if symbol in self._labels:
                return self._labels[symbol] if row.text.startswith(("：", "（"), row.ends[at]) else ""
        return ""

    def _tell(self, row: Row, context: Context, watch: Watch) -> None:
        """Tell of all rules before they run, also of those that are sorted out or do not hold here."""
        for rule, pattern in self._read:
            match = pattern.regex.search(row.symbols)
            if match is None:
                watch.tries(rule.id, pattern, row)
            elif why := _holds_not(rule, context.ahead, context.report, context.norms):
                watch(rule.id, row, *match.span(), why)
            elif rule.unless is not None and (against := rule.unless.regex.search(row.symbols)):
                watch(rule.id, row, *against.span(), "what its `unless` says stands there")

    def _from_names(self, row: Row, context: Context) -> list[Link]:
        """Links between a mention and the place that its name begins with: 钱塘区委 governs 钱塘区."""
        links = []
        own = context.own | {place for place in (context.home, context.topic) if place is not None}
        for at, draft in enumerate(row.drafts):
            if draft is None or draft.entity < 0 or not draft.inner:
                continue
            for rule in self._inside:
                if rule.inside != draft.type or (rule.ends and draft.tail not in rule.ends) or (rule.news and context.report):
                    continue
                if rule.report and (not context.report or draft.inner[0].entity in own or draft.inner[0].code.startswith("water-")):
                    continue
                if rule.within is not None:
                    links.extend(self._within(rule, draft))
                    continue
                for part in draft.inner if rule.anywhere else draft.inner[:1]:
                    # 瑞金机场 is not located by its name; 广西下六甲灌区工程 is.
                    proper = rule.predicate == "locatedIn" and not rule.ends and (
                        draft.end - part.end < _LOCATED or part.code.startswith("water-")
                    )
                    begins = part.start == draft.start or rule.anywhere
                    if rule.predicate == "locatedIn" and part.code == CHINA:
                        continue  # 中国银行 is not there by its name
                    if begins and part.type in rule.object and part.entity >= 0 and not proper:
                        links.append(Link.of_mention(rule, draft.entity, part.entity, draft))
        return links

    def _within(self, rule: RelationRule, draft: Draft) -> list[Link]:
        """Links between a mention and things that its name holds where the rule's pattern says: 贵阳至南宁高铁 connects 南宁."""
        links: list[Link] = []
        for match in rule.within.regex.finditer(draft.form) if rule.within is not None else ():
            parts = [part for part in draft.parts[match.start("object") : match.end("object")] if part is not None and part.type in rule.object and part.entity >= 0]
            for part in self._narrowest(parts) if rule.predicate == "locatedIn" else parts:
                if rule.predicate == "locatedIn" and draft.end - part.end < _LOCATED and part.start == draft.start and not rule.ends:
                    continue
                links.append(Link.of_mention(rule, draft.entity, part.entity, draft))
        return links

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

    def without_unlisted(self, links: Sequence[Link], alone: AbstractSet[int]) -> list[Link]:
        """`links` without those of `listed` rules an end of which stands only inside other names."""
        return [link for link in links if link.rule not in self._listed or {link.subject, link.object} <= alone]

    def without_weak(self, links: Sequence[Link], types: Sequence[str]) -> list[Link]:
        """`links` without those of `weak` rules whose object somebody else carries out or wrote, or is part of something.

        An award that a sentence gives to those it names is not their area's too; another sentence's may be.
        """
        told = {
            (link.object, link.sentence if link.predicate == "awarded" else None) for link in links
            if link.rule not in self._weak and (link.predicate in _TOLD and types[link.subject] != "Person")
        }  # fmt: skip
        return [link for link in links if link.rule not in self._weak or told.isdisjoint(((link.object, None), (link.object, link.sentence)))]

    def defaults(self, drafts: Sequence[Draft], topics: Mapping[int, int | None], types: Sequence[str], links: Sequence[Link], context: Context) -> list[Link]:
        """Links to the area that a passage is about, for things that have no such relation otherwise."""
        report = context.report
        found = []
        listed = ("name-list", "name-list-regional") if report else ("name-list",)  # in a report, a rule `by: listed` sees to them
        for rule in self._default:
            if rule.news and report or context.norms and rule.coined:
                continue
            has = {(link.object if rule.reverse else link.subject) for link in links if link.predicate == rule.predicate}
            for draft in drafts:
                topic = topics.get(draft.sentence)
                if draft.type != rule.default or draft.entity in has or topic is None or draft.nested or types[topic] not in rule.object:
                    continue
                if rule.report and not report and topic not in context.own:
                    continue
                if rule.begins and not draft.key.startswith(rule.begins):
                    continue
                if rule.coined and draft.rule in listed and "“" not in draft.key or rule.ends and draft.tail not in rule.ends:
                    continue
                if topic != draft.entity:
                    has.add(draft.entity)
                    found.append(Link.of_mention(rule, draft.entity, topic, draft))
        return found

    def _pattern(
        self, rule: RelationRule, pattern: Pattern, row: Row, clauses: Sequence[tuple[int, int]], context: Context, watch: Watch | None
    ) -> list[Link]:
        links: list[Link] = []
        at = place = 0
        while match := pattern.regex.search(row.symbols, at):
            at = match.start() + 1
            first, last = match.span()
            while place + 1 < len(clauses) and clauses[place + 1][0] <= first:
                place += 1
            until = place
            while clauses[until][1] < last:
                until += 1
            if why := self._against(rule, row, first, last, clauses[place][0], clauses[until][1]):
                if watch:
                    watch(rule.id, row, first, last, why)
                continue
            carried = [thing for thing in [_first(row, first, rule.carried) or context.told.get(rule.carried)] if thing is not None] if rule.carried else []
            named = "subject" in pattern.names
            subjects = self._drafts(row, match.span("subject"), rule.subject) if named else carried
            has_object = "object" in pattern.names and match.start("object") >= 0 or named and bool(rule.carried)
            objects = carried if named and rule.carried else self._drafts(row, match.span("object"), rule.object) if has_object else []
            if rule.tails:
                subjects = [draft for draft in subjects if draft.key.endswith(rule.tails)]
            if rule.begins:
                subjects = [draft for draft in subjects if draft.key.startswith(rule.begins)]
            if rule.predicate == "hasStatus" and not rule.carried:
                subjects = self._nearest(row, subjects)
                if match.start("subject") > first:
                    subjects = self._whole(row, subjects)
            if rule.predicate in _NEAREST:
                objects = self._nearest(row, objects)
            if rule.governed:
                objects = [area for organ in objects if (area := _area_of(organ)) is not None]
            written = None
            if "value" in pattern.names and match.start("value") >= 0:
                written = row.starts[match.start("value")], row.ends[match.end("value") - 1]
            told = row.starts[first], row.ends[last - 1], row.sentence.index, rule.id, rule.value, written
            for subject in subjects:
                if not has_object:
                    links.append(Link(subject.entity, rule.predicate, None, *told))
                for target in objects:
                    between = row.text[min(subject.end, target.end) : max(subject.start, target.start)]
                    if target.entity != subject.entity and not (rule.predicate in _HOLDING and between in _BESIDE):
                        links.append(Link(subject.entity, rule.predicate, target.entity, *told))
            if watch:
                watch(rule.id, row, first, last, "fired" if subjects and (objects or not has_object) else "no mention there")
        return links

    def _against(self, rule: RelationRule, row: Row, first: int, last: int, begin: int, end: int) -> str:
        """Why a match at tokens first:last, in the clauses begin:end, says nothing; "" if it may."""
        if not self._negation.isdisjoint(row.symbols[max(begin, first - 3) : last]):
            return "negated"
        if rule.unless_in_clause is not None and rule.unless_in_clause.regex.search(row.symbols, begin, end):
            return "what its `unless_in_clause` says stands there"
        if rule.unless_before is not None and row.symbols[last : last + 1] not in self._done and rule.unless_before.regex.search(row.symbols, 0, first):
            return "what its `unless_before` says stands before it"
        return "an earlier verb takes its object" if rule.taken_by and self._taken(rule, row, begin, first) else ""

    @staticmethod
    def _drafts(row: Row, span: tuple[int, int], types: frozenset[str]) -> list[Draft]:
        first, last = span
        return [draft for draft in row.drafts[first:last] if draft is not None and draft.entity >= 0 and (not types or draft.type in types)]

    def _nearest(self, row: Row, drafts: list[Draft]) -> list[Draft]:
        """`drafts` without areas and works directly before another: 江西省南昌市 is one place here, of 渝湘高铁重庆长江隧道 the tunnel is told.

        So is a state with its capital: 老挝首都万象.
        """
        places = {id(draft): at for at, draft in enumerate(row.drafts) if draft is not None}

        def outer(draft: Draft) -> bool:
            at, end = places[id(draft)] + 1, draft.end
            if at < len(row.drafts) and row.symbols[at] in self._capital:
                at, end = at + 1, row.ends[at]
            after = row.drafts[at] if at < len(row.drafts) else None
            return draft.type in ("Area", "Project") and after is not None and after.type == draft.type and after.start <= end

        return [draft for draft in drafts if not outer(draft)]

    def _whole(self, row: Row, drafts: list[Draft]) -> list[Draft]:
        """`drafts` without those of which what follows makes something else: a verb that governs 福州机场|综合保税区, 数据平台|功能 governs that."""
        places = {id(draft): at for at, draft in enumerate(row.drafts) if draft is not None} if drafts else {}

        def goes_on(draft: Draft) -> bool:
            at = places[id(draft)] + 1
            if at == len(row.drafts) or row.starts[at] > draft.end:
                return False
            after = row.drafts[at]
            return row.symbols[at] in self._beyond or after is not None and after.type in _BEYOND

        return [draft for draft in drafts if not goes_on(draft)]

    def _frame(
        self, rule: RelationRule, pattern: Pattern, row: Row, clauses: Sequence[tuple[int, int]],
        actors: Sequence[tuple[int, ...]], context: Context, watch: Watch | None,
    ) -> list[Link]:  # fmt: skip
        links: list[Link] = []
        place = 0
        matches = list(pattern.regex.finditer(row.symbols))
        for number, match in enumerate(matches):
            first, last = match.span()
            while place + 1 < len(clauses) and clauses[place][1] <= first:
                place += 1
            begin, end = clauses[place]
            if why := self._against(rule, row, first, last, begin, end):
                if watch:
                    watch(rule.id, row, first, last, why)
                continue
            until = len(row.symbols) if rule.reach == "sentence" else end
            if number + 1 < len(matches):
                until = min(until, max(matches[number + 1].start(), last))
            objects = self._objects(rule, row, begin, first, last, until)
            if rule.ends:
                objects = [d for d in objects if d.tail in rule.ends]
            if rule.predicate == "undertakes":
                objects = self._whole(row, objects)
            if rule.not_before and objects:
                objects = [d for d in objects if not self._attribute(rule, row, d, last, until)]
            if not objects and not watch:
                continue
            subjects, subject_span = self._subjects(rule, row, begin, first, actors[place], context)
            if watch:
                state = "fired" if objects and subjects else "no object" if not objects else "no subject"
                watch(rule.id, row, first, last, state)
            for target in objects:
                spans = [(row.starts[first], row.ends[last - 1]), (target.start, target.end), *subject_span]
                for subject in subjects:
                    if subject != target.entity:
                        links.append(
                            Link(
                                subject, rule.predicate, target.entity, min(s for s, _ in spans), max(e for _, e in spans),
                                row.sentence.index, rule.id, rule.value,
                            )
                        )  # fmt: skip
        return links

    def _attribute(self, rule: RelationRule, row: Row, object_: Draft, last: int, until: int) -> bool:
        """Whether what stands behind an object makes it the attribute of another thing: 发布“揭榜挂帅”|项目|榜单."""
        at = next(place for place in range(last, until) if row.drafts[place] is object_) + 1
        while at < until and row.drafts[at] is None and row.symbols[at] not in rule.not_before and row.symbols[at] in self._nouns:
            at += 1
        return at < until and row.drafts[at] is None and row.symbols[at] in rule.not_before

    @staticmethod
    def _taken(rule: RelationRule, row: Row, begin: int, first: int) -> bool:
        """Whether an earlier verb of the clause governs what follows the trigger: 出台扩大贸易等20条措施 is no 扩大 of them."""
        for at in range(first - 1, begin - 1, -1):
            if (draft := row.drafts[at]) is not None and draft.type in rule.object:
                return False
            if row.symbols[at] in rule.taken_by:
                return True
        return False

    def _objects(self, rule: RelationRule, row: Row, begin: int, first: int, last: int, until: int) -> list[Draft]:
        if rule.object_from == "trigger":
            return self._drafts(row, (first, last), rule.object)
        found: list[Draft] = []
        if rule.object_from in ("after", "around"):
            far = rule.near and all(draft is None for draft in row.drafts[last : last + rule.near])
            found = [] if far else self._drafts(row, (last, until), rule.object)
        if found or rule.object_from == "after":
            return found[:1] if rule.first else found
        found = self._drafts(row, (begin, first), rule.object)
        return found[-1:] if rule.first else found

    def _subjects(
        self, rule: RelationRule, row: Row, begin: int, first: int, actor: tuple[int, ...], context: Context
    ) -> tuple[list[int], list[tuple[int, int]]]:
        """Entities that may be the subject, from the nearest source that has any, and the spans to quote."""
        partners: list[int] = []  # who does it together with the subject: 与湖北、安徽签署…
        for source in rule.subject_from:
            if source == "before":
                for at in range(first - 1, begin - 1, -1):
                    draft = row.drafts[at]
                    if draft is None or draft.type not in rule.subject or draft.entity < 0:
                        continue
                    start = at
                    while start - 2 >= begin and row.symbols[start - 1] in self._joined and row.drafts[start - 2] is not None:
                        start -= 2
                    while start > begin and row.drafts[start - 1] is not None and self._actors.apart(row, start):
                        start -= 1
                    around = start  # 在浙江|安吉提出…: no place that the preposition governs acts
                    while around > begin and (outer := row.drafts[around - 1]) is not None and outer.type == draft.type == "Area":
                        around -= 1
                    if around > begin and row.symbols[around - 1] in self._preposition:
                        continue
                    members = [d for d in row.drafts[start : at + 1] if d is not None and d.type in rule.subject and d.entity >= 0]
                    opening = self._actors.opening(row, begin, first)
                    if opening < around and row.symbols[opening] in self._with:
                        # 与湖北、安徽签署…: who is spoken of does so too; 与某公司、百度等企业签署…: some of the others have no name
                        partners = [d.entity for d in members] if opening == around - 1 else []
                        break
                    return [d.entity for d in members], [(d.start, d.end) for d in members]
            elif source in ("clause", "paragraph"):
                acting = actor if source == "clause" else context.earlier
                if rule.predicate == "implements" and (urged := self._actors.urged(rule.subject, row, begin, first, context)) is not None:
                    return [draft.entity for draft in urged], [(draft.start, draft.end) for draft in urged]
                if rule.predicate == "implements" and rule.object_from != "trigger" and (near := self._actors.beside(rule.subject, row, begin, first)) is not None:
                    return [draft.entity for draft in near], [(draft.start, draft.end) for draft in near]
                if acting == NOBODY:
                    return partners, []
                allowed = [entity for entity in acting if context.types[entity] in rule.subject and entity not in partners]
                if allowed:
                    return allowed + partners, []
                if acting and not partners and not context.report and (context.topic not in context.own or any(context.types[entity] == "Person" for entity in acting)):
                    return [], []  # a person or a meeting acts, not the place that the story is about
            elif source == "topic" and not context.norms and context.topic is not None and context.types[context.topic] in rule.subject:
                # In the news, what is awarded to somebody unnamed is not awarded to a place that is told of in passing.
                theirs = rule.predicate != "awarded" or context.report or context.topic in (context.home, *context.own)
                if theirs and self._actors.speaks_of(context, row, first):
                    return [context.topic, *(entity for entity in partners if entity != context.topic)], []
        return partners, []


def _area_of(organ: Draft) -> Draft | None:
    """The area of an organ: what its name begins with, or, of 市委, what it belongs to; None if it has none."""
    area = organ.owner or (organ.inner[0] if organ.inner and organ.inner[0].start == organ.start else None)
    return area if area is not None and area.type == "Area" and area.entity >= 0 else None


def _holds_not(rule: RelationRule, ahead: bool, report: bool, norms: bool) -> str:
    """Why a rule says nothing in a sentence of plans or of results (`ahead`), of a report or of other texts, of a statute or none; "" if it does."""
    if rule.mood and (rule.mood == "plan") != ahead:
        return "holds only where a text looks ahead" if rule.mood == "plan" else "holds only of what is done"
    if rule.report and not report:
        return "holds only in reports"
    if rule.news and report:
        return "holds only outside of reports"
    if norms and (rule.predicate in _NO_NORM or rule.frame and rule.predicate == "issues"):
        return "holds only outside of statutes"
    return ""


def _first(row: Row, last: int, type_: str) -> Draft | None:
    """The first thing of a type that the tokens before `last` name; None if they name none."""
    return next((draft for draft in row.drafts[:last] if draft is not None and draft.type == type_ and draft.entity >= 0), None)


def _needs(rule: RelationRule, pattern: Pattern, symbols: Symbols) -> tuple[Runs, ...]:
    """What a sentence must hold for the rule to yield anything."""
    if not rule.frame:
        return pattern.needs
    return (runs(reduce(or_, (symbols.bits(f"#{type_}") for type_ in rule.object), 0)), *pattern.needs)
