"""Named questions: SPARQL files of the ontology folder with a header that says what they ask and what they need.

A file is valid SPARQL as it stands. Its parameters are `VALUES ?name { … }` clauses: a given value replaces what stands
in the braces, as an escaped term and never as pasted text; a parameter without value or default loses its clause, so
that nothing is restricted. Lines from `#if name` to `#end` go with it. Where the query has them, `VALUES ?minConfidence`
and a last `LIMIT` make the parameters `min-confidence` and `top`, which need not stand in the header.

The header is YAML in lines that begin with `#:`, read by `Question`:

    #: id: projects-underway
    #: about: projects       (one of SUBJECTS; may be left out)
    #: zh-Hans: …            (also zh-Hant, en)
    #: parameters:
    #:   area: {type: Area, help: …, required: true}
    #: example: {area: 錢塘區}

`type` is a class of the ontology (several joined by `|`), `Entity` for any thing, or one of LITERAL_TYPES; `stage` is a
choice of the stages that the ontology has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite, nan
from pathlib import Path
from typing import Any

from kg.ask.lookup import spellings
from kg.ask.results import refuse_service, syntax_error
from kg.errors import KgError, UnfitValueError
from kg.graph.vocabulary import PREFIXES
from kg.ontology import Ontology, is_shipped
from kg.sparql_check import check
from kg.text.calendar_spans import period_days

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
# What a parameter may be, apart from a class of the ontology (a thing, given by name) or `Entity` (any thing).
LITERAL_TYPES = ("day", "date", "from", "to", "text", "number", "confidence", "count", "choice", "indicator", "stage")
# What a question is about, in the order in which lists of questions have them; one that does not say so stands last.
SUBJECTS = ("projects", "policies", "figures", "places", "events", "texts")
_KEYS = {*LANGUAGES, "id", "about", "parameters", "example"}
_PARAMETER_KEYS = {"type", "help", "required", "default", "of", "prefix"}
_VALUES = re.compile(r"VALUES \?(\w+) \{([^}]*)\}")
_LIMIT = re.compile(r"\bLIMIT (\d+)\s*$")
_DATE = re.compile(r"(\d{4})(?:[-年/.](\d{1,2})(?:[-月/.](\d{1,2})日?)?)?[月年]?")
_DAY_OF_ANY_YEAR = re.compile(r"-{0,2}(\d{1,2})[月-](\d{1,2})日?")
_IF = re.compile(r"^ *#if (\w+)\n(.*?)^ *#end\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Parameter:
    """A parameter of a named question, as the head of its file declares it."""

    name: str  # as the variable of the query: minConfidence
    type: str  # a class of the ontology, Entity, or one of LITERAL_TYPES
    help: str = ""
    required: bool = False
    default: str | None = None
    choices: tuple[str, ...] = ()
    prefix: str = ""  # of a choice: kgo:status- makes kgo:status-underway of underway

    @property
    def option(self) -> str:
        """The name on the command line: min-confidence."""
        return re.sub(r"[A-Z]", lambda found: "-" + found[0].lower(), self.name)

    @property
    def is_thing(self) -> bool:
        """Whether its values are things of the graph, not literals."""
        return self.type not in LITERAL_TYPES

    def unfit(
        self, value: str, why: str, *, fault: str = "unfit", near: tuple[str, ...] = (), bounds: tuple[int, int] | None = None, hint: str = ""
    ) -> UnfitValueError:
        """The error for a value that this parameter cannot have; `why` is said of the value, or of the graph."""
        said = why if fault == "unknown" else f"{value!r} {why}"
        plain = f"{self.name}: {said}" + (f" (near: {'、'.join(near)})" if near else "")
        return UnfitValueError(
            f"--{self.option}: {said}", parameter=self.name, value=value, fault=fault, allowed=self.choices, near=near, bounds=bounds, hint=hint,
            plain=plain,
        )


@dataclass(frozen=True)
class Question:
    """A named question: a file of `queries/`."""

    id: str
    titles: dict[str, str]  # language → title
    parameters: tuple[Parameter, ...]
    example: dict[str, str]
    sparql: str  # without the header
    path: Path
    about: str = ""  # one of SUBJECTS, or not told

    def __repr__(self) -> str:
        return f"<Question {self.id}({', '.join(p.name for p in self.parameters)}): {self.titles.get('en') or next(iter(self.titles.values()), '')}>"

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name or option; KgError listing those there are."""
        option = name.rstrip("_").replace("_", "-")  # from_ and min_confidence, as Python has to write them
        for parameter in self.parameters:
            if name == parameter.name or option == parameter.option:
                return parameter
        known = ", ".join(f"--{p.option}" for p in self.parameters) or "it has none"
        raise KgError(f"the question {self.id} has no parameter {name!r}", hint=f"parameters: {known}")

    def with_terms(self, terms: dict[str, list[str]], top: int | None = None) -> str:
        """The SPARQL with SPARQL terms (already escaped) for parameters; an empty list matches nothing."""

        def put(found: re.Match[str]) -> str:
            name = found[1]
            if name in terms:
                return f"VALUES ?{name} {{ {' '.join(terms[name])} }}"
            return found[0] if found[2].strip() != "UNDEF" else ""

        text = self.sparql
        if top is not None and (limit := _LIMIT.search(text)):
            text = re.sub(rf"\bLIMIT {limit[1]}\b", f"LIMIT {top}", text)  # a part of the query may have the same one
        text = _IF.sub(lambda found: found[2] if found[1] in terms else "", text)
        for name, values in terms.items():
            if len(values) == 1:
                text = _with_constant(text, name, values[0])
        text = _VALUES.sub(put, text)
        text = re.sub(r"\n[ \t]*(?=\n)", "", text)  # lines that are empty now
        return text


def _with_constant(sparql: str, name: str, term: str) -> str:
    """The query with a term in place of a variable, which stays a column of the answer if it was one.

    Oxigraph works out the right side of a join or OPTIONAL as a whole before it looks at a VALUES row: on 900,000 quads
    that made 2.6 s of 0.1 s. A constant it looks up in its index.
    """
    variable = re.compile(rf"\?{name}\b")
    head, where, rest = sparql.partition("WHERE {")
    body, closing, tail = rest.rpartition("}")
    # A variable that an inner query gives out must stay one; and at the end of a path (partOf*) a VALUES row is what
    # makes Oxigraph begin there: 0.15 s against 1.1 s.
    if re.search(rf"\bSELECT\b[^{{]*\?{name}\b|[*+] \?{name}\b", body):
        return sparql
    body = _VALUES.sub(lambda found: "" if found[1] == name else found[0], body)
    body = variable.sub(lambda _: term, body)
    if variable.search(head):
        head = variable.sub(lambda _: f"({term} AS ?{name})", head)
        # What is given a value in the head is none to group by.
        tail = re.sub(r"GROUP BY(?: +\?\w+)+", lambda grouped: variable.sub("", grouped[0]), tail)
    else:
        tail = variable.sub("", tail)
    return head + where + body + closing + tail


def load_questions(ontology: Ontology) -> dict[str, Question]:
    """The questions of all ontology folders by id, sorted; a later folder's question replaces an earlier one."""
    found = {}
    for path in ontology.files("queries", ".rq"):
        question = read_question(path)
        stages = {p.name: replace(p, type="choice", choices=ontology.terms.statuses, prefix="kgo:status-") for p in question.parameters if p.type == "stage"}
        question = replace(question, parameters=tuple(stages.get(p.name, p) for p in question.parameters))
        if not is_shipped(path):
            _check_types(question, ontology.terms.types)
            _check_sparql(path)
        found[question.id] = question
    return dict(sorted(found.items()))


def read_question(path: Path) -> Question:
    """One question; KgError with file and line for a header that does not say what it must."""
    import yaml

    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise KgError("is not UTF-8", file=path, hint="save it as UTF-8") from error
    header = [line[2:].removeprefix(" ") for line in lines if line.startswith("#:")]
    try:
        # The base loader keeps every scalar a string: a parameter may be called `on`, a default may be 2021-07-01.
        data = yaml.load("\n".join(header), getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise KgError(f"header is not YAML: {getattr(error, 'problem', error)}", file=path, line=mark.line + 1 if mark else 1) from error
    if not isinstance(data, dict):
        raise KgError("has no header", file=path, line=1, hint="lines that begin with #: give id, titles and parameters")
    _check_keys(path, "the header", data, _KEYS, required={"id", *LANGUAGES, "example"})
    for key, written in (("parameters", "body: {type: Body}"), ("example", "{body: 浙江大学}")):
        if not isinstance(data.get(key) or {}, dict):
            raise KgError(f"{key} must be a mapping", file=path, line=_header_line(lines, key), hint=f"write {written}")
    sparql = "\n".join(line for line in lines if not line.startswith("#:")).strip() + "\n"
    declared = {name: _parameter(path, name, entry) for name, entry in (data.get("parameters") or {}).items()}
    parameters = tuple((declared | {p.name: p for p in _usual_parameters(sparql) if p.name not in declared}).values())
    question = Question(
        id=data["id"],
        titles={language: data[language] for language in LANGUAGES},
        parameters=parameters,
        example=data["example"] or {},
        sparql=sparql,
        path=path,
        about=data.get("about", ""),
    )
    _check(question)
    return question


def _header_line(lines: Sequence[str], key: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"#: {key}:")), 1)


def _check_keys(path: Path, what: str, data: dict[str, Any], known: set[str], required: set[str]) -> None:
    if unknown := sorted(set(data) - known):
        raise KgError(f"{what} has the unknown key {unknown[0]!r}", file=path, hint=f"known: {', '.join(sorted(known))}")
    if missing := sorted(required - set(data)):
        raise KgError(f"{what} has no {missing[0]!r}", file=path, hint=f"it needs {', '.join(sorted(required))}")


def _parameter(path: Path, name: str, entry: Any) -> Parameter:
    what = f"parameter {name!r}"
    if not isinstance(entry, dict):
        raise KgError(f"{what} must be a mapping", file=path)
    _check_keys(path, what, entry, _PARAMETER_KEYS, required={"type"})
    return Parameter(
        name=name,
        type=entry["type"],
        help=entry.get("help", ""),
        required=entry.get("required") == "true",
        default=entry.get("default"),
        choices=tuple(entry.get("of", ())),
        prefix=entry.get("prefix", ""),
    )


def _usual_parameters(sparql: str) -> list[Parameter]:
    usual = []
    if "VALUES ?minConfidence {" in sparql:
        usual.append(Parameter("minConfidence", "confidence", "leave out facts that are less sure"))
    if limit := _LIMIT.search(sparql):
        usual.append(Parameter("top", "count", "number of rows", default=limit[1]))
    return usual


def _check(question: Question) -> None:
    """Every parameter has its clause, every clause of a parameter is written so that it can be replaced."""
    if question.about not in ("", *SUBJECTS):
        raise KgError(f"about: {question.about!r} is no subject", file=question.path, hint=f"it is one of {', '.join(SUBJECTS)}")
    clauses = {found[1] for found in _VALUES.finditer(question.sparql)}
    conditions = {found[1] for found in _IF.finditer(question.sparql)}
    if unknown := sorted(conditions - {parameter.name for parameter in question.parameters}):
        raise KgError(f"#if {unknown[0]}: there is no such parameter", file=question.path)
    for parameter in question.parameters:
        if parameter.type == "count":
            if not _LIMIT.search(question.sparql):
                raise KgError(f"parameter {parameter.name!r} needs LIMIT at the end of the query", file=question.path)
        elif parameter.name not in clauses:
            hint = f"write VALUES ?{parameter.name} {{ UNDEF }} where ?{parameter.name} counts"
            raise KgError(f"the query has no VALUES ?{parameter.name} {{ … }}", file=question.path, hint=hint)
    for name in question.example:
        question.parameter(name)


def _check_types(question: Question, classes: frozenset[str]) -> None:
    """KgError for a parameter of a type that is neither a class nor a kind of literal."""
    for parameter in question.parameters:
        for name in parameter.type.split("|"):
            if name not in {"Entity", *classes, *LITERAL_TYPES}:
                hint = f"it is a class ({', '.join(sorted(classes))}), Entity for any thing, or one of {', '.join(LITERAL_TYPES)}"
                raise KgError(f"parameter {parameter.name!r} has the unknown type {name!r}", file=question.path, hint=hint)


def _check_sparql(path: Path) -> None:
    """KgError with the line for a query that is no SELECT, is no SPARQL, or would call another endpoint; it stands as it is, with what its parameters are without values."""
    from pyoxigraph import Store

    lines = path.read_text(encoding="utf-8").splitlines()
    sparql = "\n".join("" if line.startswith("#:") else line for line in lines)  # so that lines have their numbers
    try:
        refuse_service(sparql)
    except KgError as error:
        raise KgError(error.message, file=path, hint=error.hint) from error
    if check(sparql).form != "SELECT":
        raise KgError("a question is a SELECT", file=path, hint="what it gives are rows")
    try:
        Store().query(sparql, prefixes=PREFIXES)
    except SyntaxError as error:
        raise syntax_error(error, sparql, str(path)) from error


def literal_terms(parameter: Parameter, values: list[str]) -> list[str]:
    """The SPARQL terms of literal values, checked and escaped; KgError naming the option for a value that does not fit."""
    if parameter.type == "text":
        return [quoted(spelling) for value in values for spelling in spellings(value)]
    return [_literal(parameter, value.strip()) for value in values]


def _literal(parameter: Parameter, value: str) -> str:
    if parameter.type == "choice":
        if value not in parameter.choices:
            raise parameter.unfit(value, f"is none of {', '.join(parameter.choices)}")
        return parameter.prefix + value if parameter.prefix else quoted(value)
    if parameter.type in ("number", "confidence"):
        return f'"{_number(parameter, value):.6f}"^^xsd:decimal'
    if parameter.type in ("date", "from", "to"):
        return f'"{_written_period(parameter, value)[1][parameter.type == "to"]}"^^xsd:date'
    if parameter.type == "day":
        return quoted(_part_of_date(parameter, value))
    return quoted(value)


def _number(parameter: Parameter, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = nan
    if not isfinite(number):
        raise parameter.unfit(value, "is no number")
    if parameter.type == "confidence" and not 0 <= number <= 1:
        raise parameter.unfit(value, "is not between 0 and 1", bounds=(0, 1))
    return number


def quoted(text: str) -> str:
    """`text` as a SPARQL string literal."""
    escaped = text.translate({0x22: '\\"', 0x5C: "\\\\", 0x0A: "\\n", 0x0D: "\\r", 0x09: "\\t"})
    return f'"{escaped}"'


def _written_period(parameter: Parameter, value: str) -> tuple[str, tuple[str, str]]:
    """The year, month or day of 2021-06-28, 2021-06, 2021 or 2021年6月28日 in ISO 8601, with its first and last day."""
    found = _DATE.fullmatch(value)
    iso = "-".join(part.zfill(2) for part in found.groups() if part) if found else ""
    if (days := period_days(iso)) is None:
        raise parameter.unfit(value, "is no date: write 2021-06-28, 2021-06, 2021 or 2021年6月28日")
    return iso, days


def _part_of_date(parameter: Parameter, value: str) -> str:
    """What dates of that day contain: 2021-06-28 of a whole date, -06-28 of 6月28日."""
    found = _DAY_OF_ANY_YEAR.fullmatch(value)
    if found is None:
        return _written_period(parameter, value)[0]
    part = f"-{found[1]:0>2}-{found[2]:0>2}"
    if period_days(f"2000{part}") is None:  # which has a 29 February
        raise parameter.unfit(value, "is no day")
    return part
