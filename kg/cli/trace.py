"""What `kg rules trace` prints."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from kg.cli import output
from kg.extract.review.trace import most_advanced

if TYPE_CHECKING:
    from kg.extract.review.trace import Absent, NearMiss, Trace
    from kg.extract.review.trace_figures import Decided
    from kg.model import Entity, Facts, Mention, Observation, Relation

_NEAR = 3  # patterns that matched in part shown for each sentence
_STOPPED = 2  # rules of figures that came close shown for each number
_LONGEST = 80  # characters of a pattern's element
_WIDTH = 40  # of the column that says what happened


def as_data(found: Trace, rules: Collection[str], text: str) -> dict[str, Any]:
    """All that was traced, of `rules` if there are any, as plain data."""
    tokens = [[{"text": t.text, "start": t.start, "features": t.features} for t in row] for row in found.tokens]
    references = [
        {"rule": mention.reference, "text": text[mention.start : mention.end], "start": mention.start, "end": mention.end, "means": entity.name}
        | ({"antecedent": text[a.start : a.end], "distance": a.distance} if (a := mention.antecedent) else {})
        for entity, mention in _references(found.facts) if not rules or mention.reference in rules
    ]  # fmt: skip
    return {
        "tokens": tokens,
        "known": [asdict(known) for known in found.known],
        "steps": [{"rule": s.rule, "text": s.text, "start": s.start, "end": s.end, "outcome": s.outcome} for s in found.steps if not rules or s.rule in rules],
        "near": [asdict(miss) for miss in found.near if not rules or miss.rule in rules],
        "absent": [asdict(absent) for absent in found.absent if not rules or absent.rule in rules],
        "figures": [asdict(decided) for decided in found.figures if not rules or _of(decided, rules)],
        "references": references,
    }


def print_trace(found: Trace, rules: Collection[str], text: str, own: Collection[str] = (), *, everything: bool) -> None:
    """Print what was traced, of `rules` if there are any, and the facts; near misses all, or the most advanced and those of `own` rules."""
    for row in found.tokens:
        click.echo("  ".join(f"{output.visible(t.text)}[{' '.join(t.features)}]" for t in row))
    for known in found.known:
        means = "".join(f"  {part}" for part in (known.key if known.key != known.text else "", known.code) if part)
        _line(f"known {known.type}", f"{known.text}{means}  ({known.found_by})" if known.found_by else known.text)
    click.echo()
    for step in found.steps:
        if not rules or step.rule in rules:
            _line(step.outcome, f"{step.rule}: {step.text}")
    near = [miss for miss in found.near if not rules or miss.rule in rules]
    advanced = most_advanced(near, _NEAR)
    shown = near if everything else [miss for miss in near if miss.rule in own or miss in advanced]
    for miss in shown:
        _line(f"{miss.done} of {miss.size} matched", f"{miss.rule}: {miss.text} {_stopped(miss)}")
    if len(near) > len(shown):
        click.echo(f"… and {output.counted(len(near) - len(shown), 'pattern')} that matched in part (--all shows them)")
    for decided in found.figures:
        if not rules or _of(decided, rules):
            _print_figure(decided, rules, everything=everything)
    for entity, mention in _references(found.facts):
        if not rules or mention.reference in rules:
            _line("means", f"{mention.reference}: {text[mention.start : mention.end]} = {entity.name}{_from(mention, text)}")
    for absent in found.absent:
        if absent.rule in rules and (any(one.why for one in absent.missing) or not any(miss.rule == absent.rule for miss in near)):
            _line("does not stand there", f"{absent.rule}: {_lacking(absent)}")
    for rule in sorted(set(rules) - _told(found) - {absent.rule for absent in found.absent}):
        _line("does not stand there", f"{rule}: what it needs")
    click.echo()
    _print_facts(found.facts, text)


def why_not(found: Trace, rule: str) -> list[str]:
    """Why a rule did not find all that its example wants, as far as the trace of it knows: what else it did, or where it stopped."""
    told = [f"{step.outcome}: {step.text}" for step in found.steps if step.rule == rule and step.outcome != "fired"]
    told += [f"{miss.done} of {miss.size} matched: {miss.text} {_stopped(miss)}" for miss in most_advanced([m for m in found.near if m.rule == rule], 1)]
    told += [f"does not stand there: {_lacking(absent)}" for absent in found.absent if absent.rule == rule]
    for decided in found.figures:
        told += [f"{decided.text}: {' and '.join(one.matched)} matched, not {', '.join(one.failed)}" for one in decided.stopped if one.rule == rule]
        told += [f"{decided.text}: {decided.rule} decides before it"] if decided.rule not in ("", rule) else []
    return list(dict.fromkeys(told))


def _told(found: Trace) -> set[str]:
    """The rules of which something is told."""
    of_figures = {rule for decided in found.figures for rule in (decided.rule, *(stopped.rule for stopped in decided.stopped))}
    return {step.rule for step in found.steps} | {miss.rule for miss in found.near} | of_figures | {mention.reference for _, mention in _references(found.facts)}


def _line(what: str, of: str) -> None:
    click.echo(f"{what:<{_WIDTH}} {output.visible(of)}")


def _stopped(miss: NearMiss) -> str:
    return f"| no {_short(miss.wanted)} " + (f"at {miss.at}" if miss.at else "at the sentence's end")


def _lacking(absent: Absent) -> str:
    return "; ".join(_short(one.wanted) + (f" ({one.why})" if one.why else "") for one in absent.missing)


def _short(wanted: str) -> str:
    return wanted if len(wanted) <= _LONGEST else f"{wanted[:_LONGEST]}…"


def _of(decided: Decided, rules: Collection[str]) -> bool:
    return decided.rule in rules or any(stopped.rule in rules for stopped in decided.stopped)


def _print_figure(decided: Decided, rules: Collection[str], *, everything: bool) -> None:
    _line(decided.outcome, f"{decided.rule}: {decided.text}" if decided.rule else decided.text)
    stopped = [one for one in decided.stopped if not rules or one.rule in rules]
    for one in stopped if everything else stopped[:_STOPPED]:
        _line("  came close", f"{one.rule}: {decided.text} | {' and '.join(one.matched)} matched, not {', '.join(one.failed)}")


def _references(facts: Facts) -> list[tuple[Entity, Mention]]:
    """The mentions that refer, in the order of the text, with what they mean."""
    found = [(entity, mention) for entity in facts.entities for mention in entity.mentions if mention.reference]
    return sorted(found, key=lambda one: (one[1].start, one[1].end))


def _from(mention: Mention, text: str) -> str:
    """From which mention a reference takes its meaning: `, 1 sentence after 云龙湖水库工程`."""
    source = mention.antecedent
    if source is None:
        return ", by no other mention"
    return f", {output.distance(source.distance)} {text[source.start : source.end]}"


def _print_facts(facts: Facts, text: str) -> None:
    names = {entity.id: entity.name for entity in facts.entities}
    for entity in facts.entities:
        click.echo(f"{entity.type:<8} {output.visible(_places(entity, text))}  ({_how(entity)})")
    for relation in facts.relations:
        target = " ".join(filter(None, [names.get(relation.object or ""), relation.value, relation.date]))
        click.echo(f"{output.visible(names[relation.subject])} {relation.predicate} {output.visible(target)}  ({_how(relation)})")
    for figure in facts.observations:
        subject = names.get(figure.subject or "", "–")
        amount = f"{figure.bound} {figure.value} {figure.unit}  {figure.period or ''}"
        click.echo(f"{output.visible(subject)} {output.visible(figure.indicator)} {figure.kind} {amount}  ({_how(figure)})")


def _how(fact: Entity | Relation | Observation) -> str:
    """By which rule a fact was found, how sure it is, and by which clues, as confidence.yaml names them."""
    return f"{fact.found_by}, {fact.confidence:.2f}" + (f" by {' '.join(fact.clues)}" if fact.clues else "")


def _places(entity: Entity, text: str) -> str:
    """Each surface of a thing with its places: 钱塘区 0–3, 18–21、全区 30–32."""
    places: dict[str, list[str]] = {}
    for mention in sorted(entity.mentions, key=lambda mention: mention.start):
        places.setdefault(text[mention.start : mention.end], []).append(f"{mention.start}–{mention.end}")
    return "、".join(f"{surface} {', '.join(spans)}" for surface, spans in places.items())
