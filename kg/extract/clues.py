"""What tells how sure a figure is besides its rule: the text, whose it is and of when, by which words that was found, and its name.

A clue is a word of one of these kinds, of which a figure has one each (`of` only if it has a subject):

| | |
|---|---|
| `text` | report (of a government, a plan, a communique), other |
| `subject` | where it is named: as in `subjects.Whose`; name: the number stands in its name; list: at its place in a list; figure: told by the figure before |
| `of` | the class of the subject |
| `period` | where it is told: as in `figure_times.When`; figure: told by the figure before |
| `undated` | instead of a period: the class of the subject, or nobody. The size of a project has none, what a country did has one |
| `indicator` | listed: its name holds a name of the table of indicators; else short, free or long |
"""

from __future__ import annotations

from dataclasses import replace

from kg.model import Observation

_SHORT, _LONG = 3, 16  # characters: 银行, 城市 are often half a name; what is long is often a clause


def in_period(one: Observation, period: str | None, basis: str, step: str) -> Observation:
    """A figure with another period, and the clue where that is told."""
    return replace(one, period=period, period_basis=basis, clues=_with(one.clues, "period", step))


def of_subject(one: Observation, subject: str | None) -> Observation:
    """A figure with the subject of the figure before."""
    return one if subject == one.subject else replace(one, subject=subject, clues=_with(one.clues, "subject", "figure"))


def completed(clues: tuple[str, ...], subject_class: str | None) -> tuple[str, ...]:
    """The clues of a figure with the class of its subject, None if it has no subject."""
    told = (f"undated-{subject_class or 'nobody'}" if clue == "period-none" else clue for clue in clues)
    return (*told, f"of-{subject_class}") if subject_class else tuple(told)


def _with(clues: tuple[str, ...], kind: str, step: str) -> tuple[str, ...]:
    return tuple(f"{kind}-{step}" if clue.startswith(f"{kind}-") else clue for clue in clues)


def indicator_clue(name: str, *, listed: bool) -> str:
    """What the name of an indicator tells; `listed`: the table of indicators has it, or a part of it."""
    if listed:
        return "indicator-listed"
    return "indicator-short" if len(name) <= _SHORT else "indicator-long" if len(name) >= _LONG else "indicator-free"
