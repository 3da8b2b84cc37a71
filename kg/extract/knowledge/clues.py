"""What tells how sure a fact is besides its rule: a fact has one clue of each of these kinds, as far as they apply.

Of a thing (`of_thing`):

| | |
|---|---|
| `report`, `other` | its class, in a report (of a government, a plan, a communique) or in another text |
| `ends` | the last character of its key: what is cut short seldom ends as names do |
| `length` | of its key: short, middle, long |
| `named` | how often: once, twice, often |
| `referred` | some words only refer to it |
| `coded` | a place that the gazetteer has |

Of a relation (`Saying`):

| | |
|---|---|
| `report`, `other` | the property |
| `subject` | where its subject is named: evidence, sentence, elsewhere |
| `object` | the last character of its object's key |
| `referred` | the sentence refers to its subject, be it beside its name |

Of a figure (`of` only if it has a subject):

| | |
|---|---|
| `text` | report, other |
| `subject` | where it is named: as in `subjects.Whose`; name: the number stands in its name; list: at its place in a list; figure: told by the figure before |
| `of` | the class of the subject |
| `period` | where it is told: as in `figure_times.When`; figure: told by the figure before |
| `undated` | instead of a period: the class of the subject, or nobody. The size of a project has none, what a country did has one |
| `indicator` | listed: its name holds a name of the table of indicators; else short, free or long |
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kg.model import Entity, Mention, Observation

_SHORT, _LONG = 3, 16  # characters of an indicator: 银行, 城市 are often half a name; what is long is often a clause
_SHORT_NAME, _LONG_NAME = 2, 10
_TIMES = ("once", "twice", "often")


def text_kind(*, report: bool) -> str:
    """In what a fact is told."""
    return "report" if report else "other"


def of_thing(type_: str, text: str, key: str, times: int, *, referred: bool, coded: bool) -> tuple[str, ...]:
    """The clues of a thing that a text of a kind (`text_kind`) names so many times."""
    length = "short" if len(key) <= _SHORT_NAME else "long" if len(key) >= _LONG_NAME else "middle"
    clues = (f"{text}-{type_}", f"ends-{key[-1:]}", f"length-{length}", f"named-{_TIMES[min(times, len(_TIMES)) - 1]}")
    return (*clues, *(("referred",) if referred else ()), *(("coded",) if coded else ()))


class Saying:
    """The clues of the relations of one document."""

    def __init__(self, entities: Iterable[Entity], text: str) -> None:
        self._text = text
        self._ends: dict[str, str] = {}
        self._mentions: dict[tuple[str, int], list[Mention]] = defaultdict(list)
        for entity in entities:
            self._ends[entity.id] = entity.key[-1:]
            for mention in entity.mentions:
                self._mentions[entity.id, mention.sentence].append(mention)

    def of(self, subject: str, predicate: str, target: str | None, start: int, end: int, sentence: int) -> tuple[str, ...]:
        """Those of a relation of which `start:end` in a sentence says that it holds."""
        here = self._mentions.get((subject, sentence), ())
        where = "evidence" if any(start <= m.start and m.end <= end for m in here) else "sentence" if here else "elsewhere"
        clues = f"{self._text}-{predicate}", f"subject-{where}"
        return (*clues, *((f"object-{self._ends[target]}",) if target else ()), *(("referred",) if any(m.reference for m in here) else ()))


def in_period(one: Observation, period: str | None, basis: str, step: str) -> Observation:
    """A figure with another period, and the clue where that is told."""
    return replace(one, period=period, period_basis=basis, clues=_with(one.clues, "period", step))


def of_subject(one: Observation, subject: str | None) -> Observation:
    """A figure with the subject of the figure before."""
    return one if subject == one.subject else replace(one, subject=subject, clues=_with(one.clues, "subject", "figure"))


def completed(clues: tuple[str, ...], subject_class: str | None) -> tuple[str, ...]:
    """The clues of a figure with the class of its subject, None if it has no subject."""
    told = [f"undated-{subject_class or 'nobody'}" if clue == "period-none" else clue for clue in clues]
    return (*told, f"of-{subject_class}") if subject_class else tuple(told)


def _with(clues: tuple[str, ...], kind: str, step: str) -> tuple[str, ...]:
    return tuple(f"{kind}-{step}" if clue.startswith(f"{kind}-") else clue for clue in clues)


def indicator_clue(name: str, *, listed: bool) -> str:
    """What the name of an indicator tells; `listed`: the table of indicators has it, or a part of it."""
    if listed:
        return "indicator-listed"
    return "indicator-short" if len(name) <= _SHORT else "indicator-long" if len(name) >= _LONG else "indicator-free"
