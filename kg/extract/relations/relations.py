"""Relation rules over rows whose mentions are found: patterns, and triggers with arguments around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property, reduce
from itertools import product
from operator import or_

from kg.extract.knowledge.rules import CARRIED, FrameRule, PatternRule, RelationRule
from kg.extract.knowledge.sieve import Sieve, places, sieve
from kg.extract.knowledge.symbols import Runs, Symbols, runs
from kg.extract.knowledge.word_lists import listed_words
from kg.extract.names.rows import Draft, Row, Watch
from kg.extract.relations.actors import Actors, Clause
from kg.extract.relations.clause_openings import Stretch
from kg.extract.relations.context import Context
from kg.extract.relations.deeds import Answer
from kg.extract.relations.frame_subjects import FrameSubjects
from kg.extract.relations.links import Link
from kg.extract.relations.name_links import NameLinks, place_of
from kg.ontology import Ontology
from kg.text.sentences import asked_from

_NEAREST = frozenset({"connects", "comprises", "targets"})  # of several containing places only the nearest counts
_DEEDS = frozenset({"issues", "implements", "undertakes", "hasStatus", "awarded", "convenes", "cooperatesWith", "targets", "succeededBy"})  # which a question does not state
_NO_NORM = frozenset({"hasStatus", "awarded"})  # what a statute cannot say: a work in it is any work of its kind; who issues a paper is to do so
_NUMBERED = 4  # tokens of a line up to its label: （3）招标人：
_MEETS = 3  # tokens behind a thing up to the verb that says that another meets it
_HALLS = frozenset({"Body", "Project"})  # what names a building
_HOLDING = frozenset({"comprises", "partOf", "locatedIn"})
_BEYOND = frozenset({"Area", "Policy"})  # what stands directly behind a work and is what the name goes on with
_BESIDE = frozenset({"”“", "》《", " "})  # between things that are listed and not said of each other: “村跑”“村歌”


class Relations:
    """The relation rules of one ontology."""

    def __init__(
        self, rules: Sequence[RelationRule], symbols: Symbols, actors: frozenset[str], contains: Callable[[str, str], bool], ontology: Ontology
    ) -> None:
        """`actors` are the types that can act; `contains` says whether the place of a code holds that of another."""
        self._names = NameLinks(rules, contains)
        self._read = [rule for rule in rules if isinstance(rule, PatternRule | FrameRule)]
        # A frame yields nothing without a mention that can be its object; only who watches wants to see it try.
        self._symbols = symbols
        made = ontology.tables.get("links", lambda: sieve([_needs(rule, symbols) for rule in self._read], len(symbols.in_order)))
        self._sieve = Sieve(made, symbols.in_order)
        self._and_then = symbols.having("'并'")
        self._carried = frozenset([*CARRIED, *(rule.carried for rule in self._read if isinstance(rule, PatternRule) and rule.carried)])
        self._negation = symbols.having("@negation")
        self._capital = symbols.having(*(f"'{word}'" for word in listed_words(ontology, "retold", "capital")))  # what a city is to its country
        self._done = symbols.having("'了'")
        self._beyond = symbols.having("@beyond")
        self._labels = dict.fromkeys(symbols.having("@form_place", "@form_owner", "@form_size", "@duty_label"), "field") | dict.fromkeys(symbols.having("@form_name"), "name")
        self._behind_label = listed_words(ontology, "behind_label")
        self._work, self._of_work = symbols.having("@form_work"), symbols.having("@form_of_work")
        self._with, self._meets = symbols.having("@meets_with"), symbols.having("@meets")
        self._nouns = symbols.having("%n", "%vn", "%b", "@of", "@generic")
        self._lists = symbols.having("@etc", "@list_and")
        self._as_one = tuple(listed_words(ontology, "act_as_one", side) for side in ("first", "second"))
        self._actors = Actors(symbols, actors)
        self._subjects = FrameSubjects(symbols, self._actors)
        # By what a sentence is like (`_holds_not`): the rules that hold in none such, as the sieves have them.
        self._idle = {
            kind: sum(1 << place for place, rule in enumerate(self._read) if _holds_not(rule, *kind)) for kind in product((False, True), repeat=3)
        }

    @cached_property
    def _watched_sieve(self) -> Sieve:
        """Leaves frames without an object too."""
        return Sieve(sieve([rule.pattern.needs for rule in self._read], len(self._symbols.in_order)), self._symbols.in_order)

    def run(self, row: Row, context: Context, watch: Watch | None = None) -> list[Link]:
        """The links of one sentence, best rule first; `context` is brought up to date."""
        if watch is None and not context.told and not any(row.drafts):
            context.actor = ()
            if not self._actors.goes_over(row):
                context.carried = None
            return []  # nothing is named that could be related
        clauses = self._actors.by_clause(row, context)
        links: list[Link] = []
        of_line: list[tuple[PatternRule, re.Match[str]]] = []
        if watch:
            self._tell(row, context, watch)
        idle = self._idle[context.ahead, context.report, context.norms]
        for order in places((self._watched_sieve if watch else self._sieve).possible(row.symbols) & ~idle):
            rule = self._read[order]
            if rule.unless is not None and rule.unless.regex.search(row.symbols):
                continue
            if isinstance(rule, FrameRule):
                if matches := list(rule.pattern.regex.finditer(row.symbols)):
                    links.extend(self._frame(rule, row, matches, clauses, context, watch))
            elif match := rule.pattern.search(row.symbols):
                if rule.of_line:
                    of_line.append((rule, match))
                else:
                    links.extend(self._pattern(rule, row, match, clauses, context, watch))
        if of_line:
            context.deeds.labels = sorted([row.starts[found.start()] for rule, _ in of_line for found in rule.pattern.regex.finditer(row.symbols)])
            for rule, match in of_line:
                links.extend(self._pattern(rule, row, match, clauses, context, watch))
            context.deeds.end()
        if (asked := asked_from(row.text, row.sentence)) < row.sentence.end:
            links = [link for link in links if link.end <= asked or link.predicate not in _DEEDS]
        links.extend(self._names.of(row, context))
        told: dict[str, Draft] = {}
        for at, draft in enumerate(row.drafts):
            if draft is not None and draft.type in self._carried and draft.entity >= 0 and not self._met(row, at):
                told.setdefault(draft.type, draft)
        if "Event" in context.told:
            told.pop("Event", None)  # a passage goes from work to work, but tells of one event and what belongs to it
        context.told |= told
        return links

    def label(self, row: Row) -> str:
        """What the line that `row` begins is in a form: "name" of a work, another "field" of it, or "", which is no line of a form."""
        for at, symbol in enumerate(row.symbols[:_NUMBERED]):
            if symbol in self._labels:
                return self._labels[symbol] if row.text.startswith(self._behind_label, row.ends[at]) else ""
            if symbol in self._work and row.symbols[at + 1 : at + 2] in self._of_work:
                return "field"
        return ""

    def _tell(self, row: Row, context: Context, watch: Watch) -> None:
        """Tell of all rules before they run, also of those that are sorted out or do not hold here."""
        for rule in self._read:
            match = rule.pattern.search(row.symbols)
            if match is None:
                watch.tries(rule.id, rule.pattern, row)
            elif why := _holds_not(rule, context.ahead, context.report, context.norms):
                watch(rule.id, row, *match.span(), why)
            elif rule.unless is not None and (against := rule.unless.regex.search(row.symbols)):
                watch(rule.id, row, *against.span(), "what its `unless` says stands there")

    def _pattern(
        self, rule: PatternRule, row: Row, found: re.Match[str] | None, clauses: Sequence[Clause], context: Context, watch: Watch | None
    ) -> list[Link]:
        """What a rule says whose pattern first matches as `found`."""
        links: list[Link] = []
        place = 0
        while found:
            match, (first, last) = found, found.span()
            found = rule.pattern.regex.search(row.symbols, first + 1)
            while place + 1 < len(clauses) and clauses[place + 1].begin <= first:
                place += 1
            until = place
            while clauses[until].end < last:
                until += 1
            if why := self._against(rule, Stretch(row, first, last, clauses[place].begin, clauses[until].end)):
                if watch:
                    watch(rule.id, row, first, last, why)
                continue
            subjects, objects = self._ends(rule, match, row, context)
            written = None
            if "value" in rule.pattern.names and match.start("value") >= 0:
                written = row.starts[match.start("value")] - rule.shared, row.ends[match.end("value") - 1]
            if rule.of_line:
                context.deeds.answers.append(Answer(row.starts[first], row.ends[last - 1], tuple(draft.entity for draft in subjects)))
            told = row.starts[first], row.ends[last - 1], row.sentence.index, rule.id, rule.value, written
            for subject in subjects:
                for target in (None,) if objects is None else objects:
                    context.deeds.tell(rule.predicate, subject, target)
                    if target is None or self._relates(rule, row, subject, target):
                        links.append(Link(subject.entity, rule.predicate, None if target is None else target.entity, *told))
            if watch:
                watch(rule.id, row, first, last, "fired" if subjects and objects != [] else "no mention there")
        return links

    def _ends(self, rule: PatternRule, match: re.Match[str], row: Row, context: Context) -> tuple[list[Draft], list[Draft] | None]:
        """The subjects and objects of a match: the things in its parts, or the one that a rule carries on with; None where no object is told."""
        first = match.start()
        named = "subject" in rule.pattern.names
        carried = self._carries_on(rule, row, first, context, () if named else rule.tails) if rule.carried else None
        subjects = self._drafts(row, match.span("subject"), rule.subject) if named else [carried] if carried else []
        objects = None
        if rule.of_line:
            objects = [draft for draft in context.deeds.before(row.starts[first]) if draft.type in rule.object]
        elif named and rule.carried:
            objects = [carried] if carried else []
        elif "object" in rule.pattern.names and match.start("object") >= 0:
            objects = self._drafts(row, match.span("object"), _HALLS if rule.housed else rule.object)
        if rule.of_line:  # 日照高新区|管委会 is one name
            subjects = [draft for draft in subjects if not (draft.nested and any(other.owner is draft for other in subjects))]
        if rule.tails:
            subjects = [draft for draft in subjects if draft.key.endswith(rule.tails)]
        if rule.begins:
            subjects = [draft for draft in subjects if draft.key.startswith(rule.begins)]
        if rule.predicate == "hasStatus" and not rule.carried:
            subjects = self._nearest(row, subjects)
            if match.start("subject") > first:
                subjects = self._whole(row, subjects)
        if rule.predicate in ("awarded", "implements"):
            subjects = self._nearest(row, subjects)
        if objects and rule.predicate in _NEAREST:
            objects = self._nearest(row, objects)
        if objects and rule.housed:
            objects = [place for hall in objects if (place := place_of(hall)) is not None]
        if objects and rule.governed:
            objects = [area for organ in objects if (area := _area_of(organ)) is not None]
        return subjects, objects

    def _carries_on(self, rule: PatternRule, row: Row, last: int, context: Context, tails: tuple[str, ...]) -> Draft | None:
        """What a rule carries on with at token `last`: the first thing of its type that the sentence tells of before, of those whose names have one of
        `tails` if any has, else what the text told of last."""
        drafts = enumerate(row.drafts[:last])
        here = [d for at, d in drafts if d is not None and d.type == rule.carried and d.entity >= 0 and not self._met(row, at)]
        fitting = (draft for draft in here if draft.key.endswith(tails)) if tails else iter(here)
        return next(fitting, here[0] if here else context.told.get(rule.carried))

    def _met(self, row: Row, at: int) -> bool:
        """Whether the sentence only says that what it tells of meets the thing at a token: 与某高速相接，途经甲县."""
        if at == 0 or row.symbols[at - 1] not in self._with:
            return False
        return not self._meets.isdisjoint(row.symbols[at + 1 : at + 1 + _MEETS])

    def _relates(self, rule: PatternRule, row: Row, subject: Draft, target: Draft) -> bool:
        """Whether two things that a match has are not one thing, nor listed side by side where one would be in the other, nor 市委、市政府, who act as one."""
        between = row.text[min(subject.end, target.end) : max(subject.start, target.start)]
        if rule.predicate == "cooperatesWith" and between == "、" and all(map(str.endswith, (subject.key, target.key), self._as_one)):
            return False
        return target.entity != subject.entity and not (rule.predicate in _HOLDING and between in _BESIDE)

    def _against(self, rule: PatternRule | FrameRule, match: Stretch) -> str:
        """Why a match says nothing; "" if it may."""
        symbols = match.row.symbols
        if not self._negation.isdisjoint(symbols[max(match.begin, match.first - 3) : match.last]):
            return "negated"
        if rule.unless_in_clause is not None and rule.unless_in_clause.regex.search(symbols, match.begin, match.end):
            return "what its `unless_in_clause` says stands there"
        return self._led_otherwise(rule, match) if isinstance(rule, FrameRule) else ""

    def _led_otherwise(self, rule: FrameRule, trigger: Stretch) -> str:
        """Why what stands before a trigger makes it say something else; "" if it does not."""
        symbols, last = trigger.row.symbols, trigger.last
        if rule.unless_before is not None and symbols[last : last + 1] not in self._done and rule.unless_before.regex.search(symbols, 0, trigger.first):
            return "what its `unless_before` says stands before it"
        return "an earlier verb takes its object" if rule.taken_by and self._taken(rule, trigger) else ""

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
            if id(draft) not in places:
                return False  # carried on from another sentence
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
        self, rule: FrameRule, row: Row, matches: Sequence[re.Match[str]], clauses: Sequence[Clause], context: Context, watch: Watch | None
    ) -> list[Link]:
        links: list[Link] = []
        place = 0
        for number, match in enumerate(matches):
            first, last = match.span()
            while place + 1 < len(clauses) and clauses[place].end <= first:
                place += 1
            begin, end, actor = clauses[place]
            trigger = Stretch(row, first, last, begin, end)
            if why := self._against(rule, trigger):
                if watch:
                    watch(rule.id, row, first, last, why)
                continue
            until = len(row.symbols) if rule.reach == "sentence" else end
            if number + 1 < len(matches):
                until = min(until, max(matches[number + 1].start(), last))
            objects = self._objects(rule, trigger, self._to_next_deed(row, last, until))
            if not objects and not watch:
                continue
            subjects, beside = self._subjects.of(rule, trigger, actor, context)
            if watch:
                watch(rule.id, row, first, last, "fired" if objects and subjects else "no object" if not objects else "no subject")
            for target in objects:
                context.deeds.tell(rule.predicate, None, target)  # whoever does it
                starts, ends = zip((row.starts[first], row.ends[last - 1]), (target.start, target.end), *beside, strict=True)
                start, end = min(starts), max(ends)
                links += [
                    Link(subject, rule.predicate, target.entity, start, end, row.sentence.index, rule.id, rule.value)
                    for subject in subjects if subject != target.entity
                ]  # fmt: skip
        return links

    def _to_next_deed(self, row: Row, last: int, until: int) -> int:
        """Where the words end that a verb before token `last` may govern, if behind what it governs another deed is told: 主持第一届论坛|并出席第二届论坛."""
        governs = False
        for at in range(last, until - 1):
            if row.drafts[at] is not None:
                governs = True
            elif governs and row.symbols[at] in self._and_then:
                return at
        return until

    def _attribute(self, rule: FrameRule, row: Row, object_: Draft, last: int, until: int) -> bool:
        """Whether what stands behind an object makes it the attribute of another thing: 发布“揭榜挂帅”|项目|榜单.

        What is done with several is done with each of them (启动《甲条例》《乙办法》|等修订), but 等文件 only says what they are.
        """
        at = next(place for place in range(last, until) if row.drafts[place] is object_) + 1
        each = rule.predicate == "implements"
        while at < until and row.symbols[at] not in rule.not_before:
            draft, symbol = row.drafts[at], row.symbols[at]
            goes_on = symbol in self._nouns or each and symbol in self._lists if draft is None else each and draft.type in rule.object
            if not goes_on:
                break
            at += 1
        return at < until and row.drafts[at] is None and row.symbols[at] in rule.not_before

    @staticmethod
    def _taken(rule: FrameRule, trigger: Stretch) -> bool:
        """Whether an earlier verb of the clause governs what follows the trigger: 出台扩大贸易等20条措施 is no 扩大 of them."""
        row = trigger.row
        for at in range(trigger.first - 1, trigger.begin - 1, -1):
            if (draft := row.drafts[at]) is not None and draft.type in rule.object:
                return False
            if row.symbols[at] in rule.taken_by:
                return True
        return False

    def _objects(self, rule: FrameRule, trigger: Stretch, until: int) -> list[Draft]:
        """What a frame may be said of, in the clause of its verb and as far as token `until`."""
        row = trigger.row
        objects = self._named_around(rule, trigger, until)
        if rule.ends:
            objects = [draft for draft in objects if draft.tail in rule.ends]
        if rule.predicate == "undertakes":
            objects = self._whole(row, objects)
        return [draft for draft in objects if not self._attribute(rule, row, draft, trigger.last, until)] if rule.not_before else objects

    def _named_around(self, rule: FrameRule, trigger: Stretch, until: int) -> list[Draft]:
        row, first, last, begin, _ = trigger
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


def _area_of(organ: Draft) -> Draft | None:
    """The area of an organ: what its name begins with, or, of 市委, what it belongs to; None if it has none."""
    area = organ.owner or (organ.inner[0] if organ.inner and organ.inner[0].start == organ.start else None)
    return area if area is not None and area.type == "Area" and area.entity >= 0 else None


def _holds_not(rule: PatternRule | FrameRule, ahead: bool, report: bool, norms: bool) -> str:
    """Why a rule says nothing in a sentence of plans or of results (`ahead`), of a report or of other texts, of a statute or none; "" if it does."""
    if rule.mood and (rule.mood == "plan") != ahead:
        return "holds only where a text looks ahead" if rule.mood == "plan" else "holds only of what is done"
    if rule.report and not report:
        return "holds only in reports"
    if rule.news and report:
        return "holds only outside of reports"
    if norms and (rule.predicate in _NO_NORM or isinstance(rule, FrameRule) and rule.predicate == "issues"):
        return "holds only outside of statutes"
    return ""


def _needs(rule: PatternRule | FrameRule, symbols: Symbols) -> tuple[Runs, ...]:
    """What a sentence must hold for the rule to yield anything."""
    if not isinstance(rule, FrameRule):
        return rule.pattern.needs
    return (runs(reduce(or_, (symbols.bits(f"#{type_}") for type_ in rule.object), 0)), *rule.pattern.needs)
