"""Answers to named questions: names become things, values become escaped terms, nodes in the answer get their labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.ask.lookup import Thing, describe, find_things, names_of_all, things_containing, things_like
from kg.ask.lookup_words import missing_place
from kg.ask.questions import Parameter, Question, literal_terms
from kg.ask.results import shown
from kg.cells import Cell
from kg.errors import KgError, UnfitValueError
from kg.graph.store import rows_of
from kg.graph.vocabulary import KGR, PREFIXES, term_name
from kg.ontology import KGO, is_shipped

if TYPE_CHECKING:
    from pyoxigraph import Store

Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Answer:
    """Rows for people (`rows`: names in place of nodes) and for programs (`iris`: the node of a cell, or None)."""

    question: str
    sparql: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    iris: tuple[tuple[str | None, ...], ...]
    understood: dict[str, tuple[Thing, ...]]  # parameter → the things that its value names

    def __repr__(self) -> str:
        return f"<Answer to {self.question}: {len(self.rows)} rows of {', '.join(self.columns)}>"

    def as_data(self) -> dict[str, Any]:
        """For JSON: rows as objects; a cell that is a node has its IRI under `<column>_iri`."""
        listed = []
        for row, iris in zip(self.rows, self.iris, strict=True):
            cells: dict[str, Cell] = dict(zip(self.columns, row, strict=True))
            cells |= {f"{c}_iri": iri for c, iri in zip(self.columns, iris, strict=True) if iri}
            listed.append(cells)
        understood = {
            name: [{"name": t.name, "type": t.type, "iri": t.iri} for t in things] for name, things in self.understood.items()
        }
        return {"question": self.question, "parameters": understood, "columns": list(self.columns), "rows": listed}


def pick_question(questions: Mapping[str, Question], name: str) -> Question:
    """The question with that id or title (in any language, or the only one whose title contains it); else KgError."""
    from kg.text.fold import fold

    if name in questions:
        return questions[name]
    folded = fold(name.strip()).rstrip("？?").lower()
    titled = [q for q in questions.values() if folded and any(folded in fold(t).lower() for t in q.titles.values())]
    exact = [q for q in titled if any(folded == fold(t).lower() for t in q.titles.values())]
    if len(exact or titled) == 1:
        return (exact or titled)[0]
    near = [q.id for q in titled] or get_close_matches(name, questions, n=3)
    hint = f"did you mean {' or '.join(near[:5])}?" if near else f"kg ask lists the questions; kg explain {name} tells of a thing, kg ask sentences-with --words {name} finds words"
    if all(is_shipped(question.path) for question in questions.values()):
        hint += " (a question of your own is known with --ontology FOLDER)"
    raise KgError(f"there is no question {name!r}", hint=hint)


def bind(store: Store, question: Question, values: Values) -> tuple[str, dict[str, tuple[Thing, ...]]]:
    """SPARQL with the values in place, and the things that names were understood as.

    Values are keyed by parameter name or option. A name that several things bear means all of them. KgError for an
    unknown parameter, a missing required one, a name that nothing bears, and a value that does not fit.
    """
    given = {question.parameter(name).name: list(found) for name, found in values.items() if found}
    terms: dict[str, list[str]] = {}
    understood: dict[str, tuple[Thing, ...]] = {}
    top: int | None = None
    for parameter in question.parameters:
        wanted = given.get(parameter.name) or ([parameter.default] if parameter.default is not None else [])
        if not wanted:
            if parameter.required:
                example = fitting_examples(store, [question])[0].get(parameter.name, "…")
                message, hint = f"{question.id} needs --{parameter.option}", f"for example --{parameter.option} {example}"
                plain = f"{parameter.name} is missing, for example {example}"
                raise UnfitValueError(message, parameter=parameter.name, fault="missing", allowed=parameter.choices, hint=hint, plain=plain)
            continue
        if parameter.type == "count":
            top = _count(parameter, wanted[-1])
        elif parameter.is_thing or parameter.type == "indicator":
            things = tuple(dict.fromkeys(thing for name in wanted for thing in _things(store, parameter, name)))
            understood[parameter.name] = things
            terms[parameter.name] = [f"<{thing.iri}>" for thing in things]
        else:
            terms[parameter.name] = literal_terms(parameter, wanted)
    _check_order(question, given)
    return question.with_terms(terms, top), understood


def _check_order(question: Question, given: Mapping[str, Sequence[str]]) -> None:
    """KgError where the span between the `from` and the `to` that are asked for holds no day."""
    ends = {parameter.type: parameter for parameter in question.parameters if parameter.type in ("from", "to") and parameter.name in given}
    if len(ends) == len(("from", "to")):
        (first,), (last,) = (literal_terms(ends[end], [given[ends[end].name][-1]]) for end in ("from", "to"))
        if first > last:  # days in ISO 8601
            raise ends["from"].unfit(given[ends["from"].name][-1], f"is later than the end, {given[ends['to'].name][-1]}")


def fitting_examples(store: Store, questions: Iterable[Question]) -> list[dict[str, str]]:
    """The example of each question; where the graph has nothing of the name, with the thing of its class that is named most."""
    known: dict[tuple[tuple[str, ...], str], str] = {}
    examples = []
    for question in questions:
        example = dict(question.example)
        for name, value in example.items():
            if (parameter := question.parameter(name)).is_thing:
                if (asked := (_types(parameter), value)) not in known:
                    known[asked] = value if find_things(store, value, asked[0]) else _named_most(store, asked[0]) or value
                example[name] = known[asked]
        examples.append(example)
    return examples


def _named_most(store: Store, types: Sequence[str]) -> str:
    """The thing of one of these classes, or of any, that most sentences name; "" if there is none."""
    of = f"VALUES ?class {{ {' '.join(f'<{KGO}{name}>' for name in types)} }} ?x a ?class ." if types else ""
    found = rows_of(store, f"SELECT ?x (COUNT(*) AS ?n) WHERE {{ {of} ?x kgo:mentionedIn ?where }} GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 1")
    return next((describe(store, row["x"].value).name for row in found), "")


def _count(parameter: Parameter, value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 0 < int(value) <= 1_000_000:
        raise parameter.unfit(value, "is no number of rows")
    return int(value)


def _things(store: Store, parameter: Parameter, name: str) -> list[Thing]:
    types = _types(parameter)
    if parameter.type == "indicator":
        # 增加值 means every indicator with these words: analysts seldom know the full name.
        return find_things(store, name, types) or _or_fail(store, parameter, name, things_containing(store, name, types, 50))
    return find_things(store, name, types) or _or_fail(store, parameter, name, [])


def _types(parameter: Parameter) -> tuple[str, ...]:
    if parameter.type == "indicator":
        return ("Indicator",)
    # A parameter may take things of several classes: "Area|Body".
    return () if parameter.type == "Entity" else tuple(parameter.type.split("|"))


def _or_fail(store: Store, parameter: Parameter, name: str, found: list[Thing]) -> list[Thing]:
    if found:
        return found
    near = tuple(thing.name for thing in things_like(store, name, _types(parameter)))
    hints = ["near: " + "、".join(near)] if near else []
    if "Area" in _types(parameter):
        hints.append(missing_place(name))
    hint = "; ".join(hints) or "kg explain NAME finds things by any of their names"
    what = "thing" if parameter.type == "Entity" else parameter.type.replace("|", " or ")
    raise parameter.unfit(name, f"the graph knows no {what} called {name!r}", fault="unknown", near=near, hint=hint)


def answer(store: Store, question: Question, values: Values) -> Answer:
    """Run a question over all documents together; rows in the order of its ORDER BY."""
    sparql, understood = bind(store, question, values)
    found: Any = store.query(sparql, prefixes=PREFIXES)
    columns = tuple(variable.value for variable in found.variables)
    solutions = [tuple(solution) for solution in found]
    iris = [tuple(term.value if isinstance(term, NamedNode) else None for term in terms) for terms in solutions]
    labels = _labels(store, {iri for row in iris for iri in row if iri})
    rows = (tuple(labels[iri] if iri else shown(term) for term, iri in zip(*row, strict=True)) for row in zip(solutions, iris, strict=True))
    return Answer(question.id, sparql, columns, tuple(rows), tuple(iris), understood)


def _labels(store: Store, iris: set[str]) -> dict[str, str]:
    """What stands for each IRI: a thing's name, the last part of another IRI. Names are asked for all at once."""
    names = names_of_all(store, [iri for iri in iris if iri.startswith(KGR)])
    return {iri: names[iri] if iri in names else _last_part(iri) for iri in iris}


def _last_part(iri: str) -> str:
    if iri.startswith(KGO):
        return term_name(iri)
    return iri.rpartition("/")[2].rpartition("#")[2]
