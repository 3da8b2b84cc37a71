"""`kg explain`: what is known about a thing."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.ask.wording import is_among_first, measured, told
from kg.cli import options, output
from kg.cli.evidence import print_evidence

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.ask.explain import Decided, Explanation, Fact, Figure, Reference
    from kg.ask.lookup import Thing

_REFERENCES = 5  # of a thing that are printed: a report says 全市 a hundred times
_SENTENCES = 5  # of a fact that are printed: half a year of news says a hundred times that a province is of its country


@click.command()
@click.argument("name")
@options.graph
@options.min_confidence
@click.option("--type", "kind", metavar="TYPE", help="Things of one class only: Area, Body, Project …")
@click.option("--first", is_flag=True, help="Where several things have the name, explain each instead of listing them.")
@options.as_json
def command(name: str, graph: Path, min_confidence: float, kind: str | None, first: bool, as_json: bool) -> None:
    """Show what is known about a thing, with the sentences that say it.

    NAME is any name or short form that a text uses, in either script, an administrative code (330114) or an IRI. Each
    fact comes with its sentence (the evidence marked ⟦…⟧), file, place in the file's text, rule, confidence and date of
    the document; of the stages of a project the one told last stands first. A short
    form or description (全會, 該工程) comes with the rule that resolved it and the mention that gives its meaning.

    \b
    Example:
      kg explain 錢塘區
      kg explain 錢塘區第一次黨代會 --type Event --first
      kg explain 330114 --min-confidence 0.7 --json
    """
    from kg.api import open as open_graph
    from kg.ask.explain import explain_thing, similar
    from kg.ask.lookup import find_things, known_class
    from kg.ask.lookup_words import missing_place, place_ends
    from kg.text.fold import fold

    opened = open_graph(graph)
    things = find_things(opened.store, name, [known_class(opened.store, kind)] if kind else [])
    if not things:
        near = similar(opened.store, name)
        if as_json:
            output.print_json({"things": [], "similar": [_short(thing) for thing in near]})
        else:
            click.echo(f"nothing in the graph is called {name!r}", err=True)
            for thing in near:
                click.echo(f"    near: {_line(opened.store, thing)}", err=True)
            if fold(name.strip()).endswith(place_ends()):
                click.echo(f"    {missing_place(name)}", err=True)
        sys.exit(1)
    if as_json:
        found = [explain_thing(opened.store, thing, min_confidence).as_data() for thing in things]
        output.print_json({"things": found})
        return
    if len(things) > 1 and not first:
        click.echo(f"{len(things)} things are called {name}:")
        for thing in things:
            click.echo(f"  {_line(opened.store, thing)}")
        click.echo("Give one of the kgr: names, --type, or --first for all of them.")
        return
    for position, thing in enumerate(things):
        if position:
            click.echo()
        _print(opened.store, explain_thing(opened.store, thing, min_confidence))


def _short(thing: Thing) -> dict[str, str]:
    return {"name": thing.name, "type": thing.type, "iri": thing.iri}


def _line(store: Store, thing: Thing) -> str:
    from kg.ask.lookup import governed, scopes
    from kg.graph.vocabulary import KGR

    where = "".join(f" of {scope}" for scope in scopes(store, thing.iri).values())
    if not where and (areas := governed(store, thing.iri)):
        where = f" of {'、'.join(areas)}"
    return f"{output.visible(thing.name + where)}  {thing.type}  kgr:{thing.iri.removeprefix(KGR)}"


def _print(store: Store, found: Explanation) -> None:
    click.echo(_line(store, found.thing))
    for title, values in (("names", found.names), ("short", found.short_forms), ("code", found.properties.get("code", ()))):
        if values:
            click.echo(f"  {title}: {output.visible('、'.join(values))}")
    for decided in found.decisions:
        click.echo(f"  {output.visible(_decided(decided))}")
    if found.thing.type == "Indicator":
        click.echo(f"  measured in {output.counted(found.measured, 'figure')}: kg figures --indicator {output.visible(found.thing.name)}")
        return
    documents = "、".join(found.documents[:3]) + (f" … ({len(found.documents)})" if len(found.documents) > 3 else "")
    click.echo(f"  named in {output.counted(found.mentions, 'sentence')} of {output.visible(documents) or 'no document'}")
    for reference in found.references[:_REFERENCES]:
        click.echo(f"  {output.visible(_referred(reference))}")
    if len(found.references) > _REFERENCES:
        click.echo(f"  … and {len(found.references) - _REFERENCES} more references (--json has all)")
    for (outgoing, predicate), facts in groupby(found.facts, key=lambda fact: (fact.outgoing, fact.predicate)):
        click.echo(f"\n{predicate if outgoing else '← ' + predicate}")
        for fact in facts:
            _print_fact(fact)
    if found.figures:
        click.echo("\nfigures")
    for figure in found.figures:
        told_already = figure.bound in ("", "exact") or is_among_first(figure.kind, figure.scope, figure.unit, figure.bound)  # 前三
        amount = _amount(figure) if told_already else f"{figure.bound} {_amount(figure)}"
        words = [figure.indicator, figure.kind, amount, figure.period, told("base", figure.base), figure.scope and f"within {figure.scope}"]
        words.append("answered for by " + "、".join(figure.responsible) if figure.responsible else "")
        click.echo(f"  {output.visible('  '.join(word for word in words if word))}")
        print_evidence(figure.evidence)


def _decided(decided: Decided) -> str:
    by = f"by {decided.author or 'hand'}" + (f" on {decided.date}" if decided.date else "")
    if decided.how == "different":
        return f"kept apart {by}: {decided.written}, {decided.other}"
    if decided.written == decided.other:
        return f"made one everywhere {by}"
    return f"{'named so' if decided.how == 'name' else 'made one'} {by}: {decided.written} is {decided.other}"


def _referred(one: Reference) -> str:
    """該工程 (t/a.txt 31–34) ← reference rule ref-works, 1 sentence after 雲溪大橋工程."""
    return f"{one.quote} ({one.source} {one.start}–{one.end}) ← reference rule {one.rule}, {output.distance(one.distance)} {one.antecedent}"


def _amount(figure: Figure) -> str:
    """The amount as written, with the sign of a fall (下降3.2%) and the unit of a table's cell, which stand elsewhere in the text."""
    written = figure.quoted or str(figure.value)
    if written.strip("0123456789.,-−") == "" and figure.unit not in ("", "–"):
        written = measured(figure.value, figure.unit)
    return written if str(figure.value)[0] != "-" or written[0] in "-−" else f"-{written}"


def _print_fact(fact: Fact) -> None:
    value = f"  {fact.value}" if fact.value else ""
    target = fact.other.name + value if fact.other else fact.value
    date = f"  {fact.date}" if fact.date else ""
    click.echo(f"  {output.visible(target + date)}")
    for evidence in fact.evidence[:_SENTENCES]:
        print_evidence(evidence)
    if len(fact.evidence) > _SENTENCES:
        click.echo(f"      … and {output.counted(len(fact.evidence) - _SENTENCES, 'more sentence')} (--json has all)")
