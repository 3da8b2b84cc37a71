"""Policy time: when a law, rule or notice was adopted, issued, in force and amended, what it rests on and what it ends.

A text that is itself such a document has an entity of its own, named by its title; 本条例 in it is that entity. The rules
are in `rules/policy_time.yaml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta

from kg.extract.knowledge.confidence import Confidence
from kg.extract.knowledge.phrases import Phrases
from kg.extract.names.assemble import key_of
from kg.extract.names.rows import Draft
from kg.extract.relations.links import Link
from kg.extract.relations.policy_mentions import PolicyMentions, passed_on
from kg.extract.relations.policy_time_rules import PolicyWords, TimeRule, read_time_rules
from kg.model import Attribute, Sentence
from kg.ontology import Ontology
from kg.text.numbers import whole_number
from kg.text.sentences import ReadText
from kg.text.times import TimeFinder

_HEAD = 600  # characters that may be the head of a text without articles
_TAIL = 4  # last sentences in which a notice is signed
_BLANK = frozenset(" \u3000\n")
_ISSUER = frozenset({"Body", "Event"})


@dataclass(frozen=True, slots=True)
class Dated:
    """One attribute before entities have ids: `subject` and `target` are entity numbers. It has a value, a place where the text writes it, or a target."""

    subject: int
    property: str
    value: str | None
    written: tuple[int, int] | None
    target: int | None
    start: int
    end: int
    sentence: int
    rule: str


class PolicyTime:
    """The rules of one ontology, ready for every document."""

    def __init__(self, ontology: Ontology, phrases: Phrases, times: TimeFinder) -> None:
        self.rules = read_time_rules(ontology, phrases)
        self._words = phrases.words_of(PolicyWords, "policy_time")
        self._mentions = PolicyMentions(self._words)
        self._times = times

    def drafts(self, text: ReadText, known: Sequence[Draft]) -> list[Draft]:
        """Mentions of the text itself and of papers, which no rule of names finds; none where there are no rules of time."""
        return self._mentions.drafts(text, known) if self.rules else []

    def read(self, text: ReadText, members: Sequence[Sequence[Draft]]) -> tuple[list[Dated], list[Link]]:
        """What the text says of times and foundations of policies, and the relations that go with it."""
        if not self.rules or not text.sentences:
            return [], []
        reading = _Reading(self._words, self._times, text, members)
        reading.passes_on(passed_on(self._words, text.folded[slice(*reading.title)]))
        for rule in self.rules:
            if rule.where == "any" or reading.own is not None:
                reading.apply(rule)
        return reading.found, reading.links


class _Reading:
    """One document being read."""

    def __init__(self, words: PolicyWords, times: TimeFinder, text: ReadText, members: Sequence[Sequence[Draft]]) -> None:
        document, folded, sentences = text
        self._times, self._between = times, words.joins | _BLANK  # what stands between bodies that issue a text together
        self._folded, self._date, self._sentences = folded, document.date, sentences
        self._starts = [sentence.start for sentence in sentences]
        self._named = {key_of(folded[d.start : d.end]): d.entity for group in reversed(members) for d in group if d.type == "Policy"}
        self._named |= {d.key: d.entity for group in reversed(members) for d in group if d.type == "Policy" and d.key}
        self._policies = sorted((d for group in members for d in group if d.type == "Policy"), key=lambda d: (d.start, d.end))
        self._issuers = sorted((d for group in members for d in group if d.type in _ISSUER), key=lambda d: (d.start, d.end))
        title = next((d for d in self._policies if d.rule == "policy-own-title"), None)
        self.title = (title.start, title.end) if title is not None else (0, 0)
        self._alone = {d.entity for d in self._issuers if not d.nested}
        self.own = title.entity if title is not None else None
        if self.own is None:
            self.own = next((d.entity for d in self._policies if d.rule == "policy-own-word"), None)
        self._own_words = [(d.start, d.entity) for d in self._policies if d.rule == "policy-own-word"]
        named = [(d, self._named.get(key_of(folded[d.start : d.end]))) for d in self._policies if d.key and not d.reference]
        self._editions = {d.entity: now for d, now in named if now not in (None, d.entity)}  # what was issued before, and what of that name holds now
        article = words.first_article.search(folded)
        self._head_end = article.start() if article else min(len(folded), _HEAD)
        self._tail = sentences[-_TAIL].start if len(sentences) > _TAIL else len(folded)
        self._decreed = words.decreed
        self._passed: list[int] = []  # what the text passes on, which is issued with it
        self.found: list[Dated] = []
        self.links: list[Link] = []

    def passes_on(self, key: str) -> None:
        """Told of what a notice passes on by its title; a decree names it above the first article: 《X办法》…，现予公布。"""
        named = [key] if key else [key_of(found["name"]) for found in self._decreed.finditer(self._folded, 0, self._head_end)]
        self._passed = [entity for one in named if (entity := self._named.get(one)) is not None and entity != self.own]

    def apply(self, rule: TimeRule) -> None:
        """Read what one rule finds."""
        if rule.otherwise and any(d.property == rule.property and d.subject == self.own for d in self.found):
            return
        for sentence in self._candidates(rule):
            text = self._folded[sentence.start : sentence.end]
            for match in rule.pattern.finditer(text):
                self._keep(rule, match, sentence)

    def _candidates(self, rule: TimeRule) -> Sequence[Sentence]:
        """The sentences that hold a cue of `rule`, in order."""
        if rule.where == "title":
            at = bisect_right(self._starts, self.title[0]) - 1
            return self._sentences[at : at + 1] if any(cue in self._folded[slice(*self.title)] for cue in rule.cues) else []
        if rule.where == "tail" and (signed := self._signed_before(rule)) is not None:
            return [signed]
        begin = self._tail if rule.where == "tail" else self._starts[0]
        end = self._head_end if rule.where == "head" else len(self._folded)
        places: set[int] = set()
        for cue in rule.cues:
            at = self._folded.find(cue, begin, end)
            while at >= 0:
                place = bisect_right(self._starts, at) - 1
                places.add(place)
                at = self._folded.find(cue, self._sentences[place].end if self._sentences[place].end > at else at + 1, end)
        return [self._sentences[place] for place in sorted(places)]

    def _signed_before(self, rule: TimeRule) -> Sentence | None:
        """The line of a day below lines of bodies, above what a notice passes on."""
        if not self._passed:
            return None
        head = self._sentences[: bisect_left(self._starts, self._head_end)]
        days = (line for line in head if rule.pattern.fullmatch(self._folded[line.start : line.end].rstrip("\n")))
        return next((line for line in days if self._signed_above(line)), None)

    def _keep(self, rule: TimeRule, match: re.Match[str], sentence: Sentence) -> None:
        start, end = sentence.start + match.start(), sentence.start + match.end()
        while start < end and self._folded[start].isspace():
            start += 1
        subject = self._subject(rule, match, sentence)
        if subject is None:
            return

        def dated(*, value: str | None = None, written: tuple[int, int] | None = None, target: int | None = None, of: int = subject) -> None:
            said = of, rule.property, value, written, target
            known = any((d.subject, d.property, d.value, d.written, d.target) == said for d in self.found)
            if not known and of != target:
                self.found.append(Dated(*said, start, end, sentence.index, rule.id))

        if rule.value in ("names", "own"):
            targets = [self._itself(rule, end)] if rule.value == "own" else self._names(match, sentence)
            for target in targets:
                if target is not None:
                    dated(target=target)
                    if rule.follows and target != subject:
                        now = self._editions.get(target, subject)
                        self.links.append(Link(target, rule.follows, now, start, end, sentence.index, rule.id, day=self._day_told(match, sentence)))
        elif rule.value == "number":
            dated(written=(sentence.start + match.start("number"), sentence.start + match.end("number")))
        elif rule.value != "none" and (value := self._value(rule, match, sentence, subject)) is not None:
            dated(value=value)
            if rule.property == "issued" and rule.subject == "own" and subject == self.own:
                for passed in self._passed:
                    dated(value=value, of=passed)
        if rule.by:
            self._by(rule, match, sentence, subject, start, end)

    def _subject(self, rule: TimeRule, match: re.Match[str], sentence: Sentence) -> int | None:
        if rule.subject == "own":
            return self._itself(rule, sentence.start + match.end())
        if (named := match.groupdict().get("subject")) is not None:
            title = named[1:-1] if named[0] == "《" else named
            start = sentence.start + match.start("subject") + named.index(title)
            here = next((d.entity for d in self._policies if (d.start, d.end) == (start, start + len(title))), None)
            found = self._named.get(key_of(title)) if here is None else here
            # A text names itself by 本条例; a title like its own is that of an earlier version.
            return found if found != self.own else None
        if rule.subject != "near":
            return None
        # The measure named last before the phrase, in this sentence or the one before it.
        at = sentence.start + match.start()
        begin = self._starts[max(0, bisect_right(self._starts, sentence.start) - 2)]
        before = [d for d in self._policies if begin <= d.start and d.end <= at + 1 and d.entity >= 0]
        titled = [d for d in before if self._folded[max(0, d.start - 1)] == "《"]
        return titled[-1].entity if titled else None

    def _itself(self, rule: TimeRule, before: int) -> int | None:
        """The document that speaks at a place: the notice, or what it passes on, whose articles call it 本办法."""
        at = bisect_left(self._own_words, (before,)) - 1
        return self.own if at < 0 or rule.where != "text" else self._own_words[at][1]

    def _names(self, match: re.Match[str], sentence: Sentence) -> list[int]:
        """The entities named by titles in the part `names`."""
        start, end = (sentence.start + place for place in match.span("names"))
        first = bisect_left([d.start for d in self._policies], start)
        inside = [d for d in self._policies[first:] if d.end <= end]
        held = "subject" in match.re.groupindex and match.span("subject")[1] > match.span("names")[1]  # in the title of the paper that tells of them
        titled = [d for d in inside if (held or not d.nested) and self._folded[d.start - 1] == "《" and not d.reference]
        titled = [d for d in titled if not any(other.start < d.start and d.end <= other.end for other in titled)]
        return list(dict.fromkeys(d.entity for d in titled))

    def _value(self, rule: TimeRule, match: re.Match[str], sentence: Sentence, subject: int) -> str | None:
        if rule.value == "issue":
            return self._first(subject, "issued")
        if rule.value == "years":
            return _years_later(self._first(subject, "effectiveFrom"), match["count"])
        return self._day(sentence.start + match.start("day"), sentence.start + match.end("day"))

    def _first(self, subject: int, property_: str) -> str | None:
        return min((d.value for d in self.found if d.subject == subject and d.property == property_ and d.value), default=None)

    @staticmethod
    def _day_told(match: re.Match[str], sentence: Sentence) -> tuple[int, int] | None:
        """Where a rule found the day of what it tells, if it looks for one."""
        if match.groupdict().get("day") is None:
            return None
        start, end = match.span("day")
        return sentence.start + start, sentence.start + end

    def _day(self, start: int, end: int) -> str | None:
        """ISO day written at start:end; 起 behind it is cut off, so that it is read as a day and not as a beginning."""
        times = self._times.find(self._folded[start:end], self._date)
        return next((time.period for time in times if time.period and re.fullmatch(r"\d{4}-\d{2}-\d{2}", time.period)), None)

    def _by(self, rule: TimeRule, match: re.Match[str], sentence: Sentence, subject: int, start: int, end: int) -> None:
        """The meeting that the part `by` names, else the bodies: 第三次会议 of 国务院 did it, not 国务院.

        Before 关于 in the title, and in the lines above the day of the signature, stand bodies and nothing else.
        """
        if rule.where in ("title", "tail"):
            tail = rule.where == "tail"
            signed = self._signed_above(sentence) if tail else self._bodies(*(sentence.start + place for place in match.span("by")))
            for issuer in signed:
                for issued in (subject, *(self._passed if tail and subject == self.own else ())):
                    self.links.append(Link(issuer.entity, rule.by, issued, start, end, sentence.index, rule.id))
            return
        first, last = (sentence.start + place for place in match.span("by"))
        inside = [d for d in self._issuers if first <= d.start and d.end <= last and not d.nested and d.entity >= 0]
        if inside:
            meeting = [d for d in inside if d.type == "Event"][-1:]
            for issuer in meeting or inside:
                self.links.append(Link(issuer.entity, rule.by, subject, start, end, sentence.index, rule.id))

    def _signed_above(self, sentence: Sentence) -> list[Draft]:
        """The bodies in the lines above `sentence` that hold nothing else."""
        found: list[Draft] = []
        for line in reversed(self._sentences[: bisect_left(self._starts, sentence.start)]):
            if not (bodies := self._bodies(line.start, line.end)):
                break
            found[:0] = bodies
        return found

    def _bodies(self, start: int, end: int) -> list[Draft]:
        """The bodies, named by themselves somewhere, that fill start:end; empty where anything else stands there."""
        inside = [d for d in self._issuers if start <= d.start and d.end <= end and d.type == "Body" and d.entity in self._alone]
        found: list[Draft] = []
        at = start
        for draft in sorted(inside, key=lambda d: (d.start, -d.end)):
            if draft.start >= at:
                if not self._between.issuperset(self._folded[at : draft.start]):
                    return []
                found.append(draft)
                at = draft.end
        return found if self._between.issuperset(self._folded[at:end]) else []


def attributes(
    dated: Sequence[Dated], numbers: Mapping[int, str], text: str, confidence: Confidence
) -> list[Attribute]:
    """The attributes of `dated`, with the ids of entities; in the order of the text."""
    found = []
    for d in sorted(dated, key=lambda d: (d.start, d.end, d.property, d.subject, d.target or -1, d.value or "")):
        if d.subject not in numbers or (d.target is not None and d.target not in numbers):
            continue
        value = text[slice(*d.written)] if d.written is not None else d.value
        target = numbers[d.target] if d.target is not None else None
        found.append(Attribute(numbers[d.subject], d.property, value, target, d.start, d.end, d.sentence, d.rule, confidence.of(d.rule, "relation")))
    return found


def _years_later(begin: str | None, count: str) -> str | None:
    """The last day of `count` years from the ISO day `begin`."""
    if begin is None:
        return None
    years = whole_number(count)
    first = Day.fromisoformat(begin)
    if not 0 < years <= 50:
        return None
    try:
        return (first.replace(year=first.year + years) - timedelta(days=1)).isoformat()
    except ValueError:  # 29 February
        return Day(first.year + years, 2, 28).isoformat()
