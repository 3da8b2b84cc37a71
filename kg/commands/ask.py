"""`kg ask`: named questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from kg.ask.questions import LANGUAGES, Question
from kg.ask.wording import OR_BETTER, grouped, is_among_first, told
from kg.cli import options, output
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.api import Graph
    from kg.ask.answers import Answer
    from kg.cells import Cell

_NAMES = 5  # of several things that a name means, so many are told
_LARGE = 10_000  # from here on thousands are set apart: a year is not


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("question", required=False)
@click.argument("parameters", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAMETER VALUE]…")
@options.graph
@options.ontology
@click.option("-f", "--format", "asked_form", type=click.Choice(output.FORMATS), help="[default: table]")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh-Hant", show_default=True, help="Language of titles.")
@click.option("--examples", is_flag=True, help="Answer every question with its example.")
@click.option("--show", is_flag=True, help="Print the SPARQL that would be run, and do not run it.")
@click.option("-w", "--wide", is_flag=True, help="Do not shorten cells.")
@options.min_confidence
@click.option("-h", "--help", "wants_help", is_flag=True, help="Show this message, or the parameters of QUESTION.")
@options.output_file
@options.as_json
@click.pass_context
def command(
    context: click.Context, question: str | None, parameters: tuple[str, ...], graph: Path, ontology: Path | None, asked_form: str | None,
    lang: str, examples: bool, show: bool, wide: bool, min_confidence: float, wants_help: bool, target: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Ask a named question, or list them.

    QUESTION is an id (kg ask lists them) or the question in words, as far as only one has them. Each question has
    parameters of its own, named as options; kg ask QUESTION --help shows them. A name is understood in either script
    and may be a short form; an option may be given more than once. Questions that tell facts have --min-confidence;
    those that count where things are named have not.

    \b
    Example:
      kg ask
      kg ask projects-underway --area 錢塘區
      kg ask on-day --on 6月28日 --json
      kg ask growth --area 钱塘区 --from 2021-01 --to 2021-06 -f csv
    """
    from kg.api import open as open_graph
    from kg.ask.answers import fitting_examples, pick_question
    from kg.ask.questions import load_questions
    from kg.cli.patience import stoppable
    from kg.commands.query import tell_unknown_terms
    from kg.graph.store import live_generation
    from kg.ontology import Ontology, is_shipped

    asked_form = "json" if as_json else asked_form
    form = asked_form if show else output.form_of(asked_form, target, output.FORMATS)  # what is shown is SPARQL, whatever its file is called
    form = form or "table"
    if wants_help and question is None:
        click.echo(context.get_help())
        return
    questions = load_questions(Ontology.load(ontology))
    # At 0 nothing is less sure: then it may be asked of questions that know no confidence, too.
    sure = {"min-confidence": [str(min_confidence)]} if min_confidence else {}
    if question is None and not examples:
        if parameters or sure:
            raise KgError(f"{[*parameters, '--min-confidence'][0]} stands without a question", hint="kg ask lists the questions")
        named = context.get_parameter_source("graph") is ParameterSource.COMMANDLINE  # by -g: a slip in it is told
        examples_here = fitting_examples(open_graph(graph).store, questions.values()) if named or live_generation(graph) else [one.example for one in questions.values()]
        with output.into(target, form):
            _list(list(questions.values()), examples_here, lang, form)
        return
    if wants_help:
        _explain(pick_question(questions, question or ""))
        return
    opened = open_graph(graph)
    if examples:
        with output.into(target, form):
            for one, example in zip(questions.values(), fitting_examples(opened.store, questions.values()), strict=True):
                click.echo(f"\n{one.titles[lang]}  kg ask {one.id}{_options(example)}")
                _answer_example(opened, one, example, sure, form, wide)
        return
    picked = pick_question(questions, question or "")
    values = _values(parameters) | sure
    if show:
        with output.into(target, None):
            click.echo(opened.bind(picked, values))
        return
    with stoppable():
        answer = opened.ask(picked, values)
    with output.into(target, form):
        _tell(answer, form, wide)
    if not answer.rows and not is_shipped(picked.path):
        tell_unknown_terms(opened, picked.sparql)
    if form == "table" and not answer.rows and (asked := [things[0].name for things in answer.understood.values() if things]):
        click.echo(f"what else is known: kg explain {output.visible(asked[0])}", err=True)
    most = values.get("top") or [parameter.default or "" for parameter in picked.parameters if parameter.option == "top"]
    if most and most[-1] == str(len(answer.rows)):
        click.echo(f"as many rows as asked for; there may be more: --top {10 * len(answer.rows)}", err=True)


def _values(parameters: tuple[str, ...]) -> dict[str, list[str]]:
    """`--area A --area=B` as {"area": [A, B]}."""
    values: dict[str, list[str]] = {}
    waiting = list(parameters)
    while waiting:
        name, equals, value = waiting.pop(0).partition("=")
        if not name.startswith("--") or len(name) == 2:
            raise KgError(f"{name!r} is no option", hint="write --PARAMETER VALUE")
        if not equals:
            if not waiting:
                raise KgError(f"{name} stands without a value")
            value = waiting.pop(0)
        values.setdefault(name[2:], []).append(value)
    return values


def _options(example: dict[str, str]) -> str:
    return "".join(f" --{name} {value}" for name, value in example.items())


def _list(questions: list[Question], examples: list[dict[str, str]], lang: str, form: str) -> None:
    if form == "json":
        output.print_json([
            {"id": q.id, "about": q.about, "titles": q.titles, "example": example,
             "parameters": [{"name": p.option, "type": p.type, "required": p.required, "default": p.default,
                             "choices": list(p.choices), "help": p.help} for p in q.parameters]}
            for q, example in zip(questions, examples, strict=True)
        ])  # fmt: skip
        return
    other = "en" if lang != "en" else "zh-Hant"
    rows = [[q.id, q.titles[lang], q.titles[other], _options(example).strip()] for q, example in zip(questions, examples, strict=True)]
    output.print_rows(["id", "question", "in other words" if lang == "en" else "in English", "example"], rows, form)


def _explain(question: Question) -> None:
    for language in LANGUAGES:
        click.echo(f"{language:<8}  {question.titles[language]}")
    click.echo(f"\nExample:\n  kg ask {question.id}{_options(question.example)}\n\nParameters:")
    for parameter in question.parameters:
        kind = "|".join(parameter.choices) or parameter.type
        notes = [parameter.help, "required" if parameter.required else "", f"default {parameter.default}" if parameter.default else ""]
        click.echo(f"  --{parameter.option:<18}{kind:<28}{'; '.join(filter(None, notes))}".rstrip())


def _answer_example(opened: Graph, question: Question, example: dict[str, str], sure: dict[str, list[str]], form: str, wide: bool) -> None:
    sieved = sure if any(parameter.option in sure for parameter in question.parameters) else {}
    try:
        _print(opened.ask(question, {**example, **sieved}), form, wide, most=10)
    except KgError as error:  # the example names things that this graph may not hold
        click.echo(f"  – {error}")


def _tell(answer: Answer, form: str, wide: bool) -> None:
    """Print an answer; where a name means several things, they are told beside it."""
    if form == "json":
        output.print_json(answer.as_data())
        return
    for name, things in answer.understood.items():
        if len(things) > 1:
            names = list(dict.fromkeys(thing.name for thing in things))
            more = f" … ({len(names)} names of {len(things)} things)" if len(names) > _NAMES else ""
            click.echo(f"{name}: {'、'.join(names[:_NAMES])}{more}", err=True)
    _print(answer, form, wide)


def _print(answer: Answer, form: str, wide: bool, most: int | None = None) -> None:
    rows = answer.rows[:most]
    shown = [_for_people(answer.columns, row) for row in rows] if form == "table" else rows
    output.print_rows(answer.columns, shown, form, wide=wide)
    if form == "table":
        more = len(answer.rows) - len(rows)
        click.echo(output.counted(len(answer.rows), "row") + (f", {more} of them not shown" if more else ""))


def _for_people(columns: Sequence[str], row: Sequence[Cell]) -> list[Cell]:
    """A row with its codes and bases in words and the thousands of its large numbers apart."""
    named = dict(zip(columns, row, strict=True))
    kind, scope, unit, bound = (str(named.get(column) or "") for column in ("kind", "within", "unit", "bound"))
    if is_among_first(kind, scope, unit, bound):
        named["bound"] = OR_BETTER
    return [_in_words(column, cell) for column, cell in named.items()]


def _in_words(column: str, cell: Cell) -> Cell:
    if isinstance(cell, str):
        return told("base", cell) if column == "base" else cell
    return grouped(cell) if cell is not None and abs(cell) >= _LARGE else cell
