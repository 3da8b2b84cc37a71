"""The rules of `rules/policy_time.yaml`: when a measure was adopted, issued, in force, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.expressions import compiled
from kg.extract.rule_entries import Example, read_both, read_entries, refuse_unknown
from kg.linear import refusal
from kg.ontology import Ontology
from kg.yaml_files import items_of

_WHERE = ("title", "head", "tail", "text", "any")
_SUBJECT = ("own", "named", "near")
_VALUE = ("day", "issue", "years", "number", "names", "own", "none")
_PART_OF_VALUE = {"day": "day", "years": "count", "number": "number", "names": "names"}
_READ_BY = ("issuer", "first_article", "passes_on", "passed_plain", "short_name", "short_name_word")  # expressions of `document`
_KEYS = frozenset(
    ["id", "property", "where", "subject", "value", "cues", "pattern", "otherwise", "follows", "by", "examples", "rejects", "note", "__line__"]
)


@dataclass(frozen=True)
class TimeRule:
    """One way in which texts state one property; the file's head explains the fields."""

    id: str
    property: str
    where: str
    subject: str
    value: str
    cues: tuple[str, ...]
    pattern: re.Pattern[str]
    otherwise: bool
    follows: str
    by: str
    examples: tuple[Example, ...]
    rejects: tuple[Example, ...]
    place: tuple[Path, int]


@dataclass(frozen=True)
class PolicyTimeRules:
    """All rules, and what tells that a text is itself a law, a rule or a notice."""

    rules: tuple[TimeRule, ...]
    title: re.Pattern[str]
    no_title: re.Pattern[str]
    sign: re.Pattern[str]
    self_words: re.Pattern[str]
    nested_title: re.Pattern[str]
    issuer: re.Pattern[str]  # a line above the title
    first_article: re.Pattern[str]
    passes_on: re.Pattern[str]  # before the title of what a notice passes on
    passed_plain: re.Pattern[str]  # a title that names without marks what it passes on
    short_name: re.Pattern[str]  # behind a title
    short_name_word: re.Pattern[str]


def read_policy_time(ontology: Ontology) -> PolicyTimeRules | None:
    """The rules of all ontology folders, a later one of the same id in place of the earlier; None if there are none.

    KgError names file and line of an unknown key, property or relation, a faulty pattern and a rule without examples.
    """
    pieces: dict[str, str] = {}
    document: dict[str, Any] = {}
    rules: dict[str, TimeRule] = {}
    for file in ontology.yaml("rules"):
        data = file.data.get("policy_time") or {}
        if not data and not file.data.get("policy_time_rules"):
            continue
        pieces |= {name: str(text) for name, text in items_of(data.get("pieces"))}
        document |= data.get("document") or {}
        if missing := {"title", "not", "signs", "self", *_READ_BY} - set(document):
            raise KgError(f"policy_time: document needs {', '.join(sorted(missing))}", file=file.path)
        pieces["self"] = "(?:" + "|".join(sorted(map(str, document["self"]), key=lambda word: (-len(word), word))) + ")"
        found = read_entries(file, "policy_time_rules", "rule", partial(_rule, pieces=pieces, ontology=ontology, shipped=file.shipped))
        rules |= {rule.id: rule for rule in found}
    if not rules:
        return None
    return PolicyTimeRules(
        tuple(rules.values()),
        title=compiled(str(document["title"])), no_title=compiled(str(document["not"])),
        sign=compiled("|".join(f"(?:{sign})" for sign in document["signs"])), self_words=compiled(pieces["self"]),
        nested_title=compiled(_filled(pieces["title"], pieces)),
        **{name: compiled(str(document[name])) for name in _READ_BY},
    )  # fmt: skip


def _rule(row: Mapping[str, Any], place: tuple[Path, int], *, pieces: Mapping[str, str], ontology: Ontology, shipped: bool) -> TimeRule:
    refuse_unknown(row, _KEYS)
    needed = {"id", "where", "subject", "value", "cues", "pattern"} | ({"by"} if row.get("value") == "none" else {"property"})
    if missing := needed - set(row):
        raise ValueError(f"needs {', '.join(sorted(missing))}")
    for key, known in (("where", _WHERE), ("subject", _SUBJECT), ("value", _VALUE)):
        if row[key] not in known:
            raise ValueError(f"`{key}` knows no {row[key]} (known: {', '.join(known)})")
    if "property" in row and row["property"] not in ontology.terms.attributes:
        raise ValueError(f"the ontology has no attribute {row['property']}")
    for key in ("follows", "by"):
        if row.get(key) and row[key] not in ontology.terms.relations:
            raise ValueError(f"the ontology has no relation {row[key]}")
    examples, rejects = read_both(row)
    try:
        filled = _filled(str(row["pattern"]), pieces)
        if not shipped and (reason := refusal(filled)):
            raise ValueError(f"the pattern {reason}")
        pattern = compiled(filled)
    except KeyError as error:
        raise ValueError(f"the pattern speaks of {{{error.args[0]}}}, which `pieces` does not define") from error
    except re.error as error:
        raise ValueError(f"the pattern cannot be compiled: {error}") from error
    part = _PART_OF_VALUE.get(row["value"])
    wanted = {part} if part else set()
    wanted |= {"subject"} if row["subject"] == "named" else set()
    wanted |= {"by"} if row.get("by") and row["where"] != "tail" else set()
    if missing := wanted - set(pattern.groupindex):
        raise ValueError(f"the pattern has no part {', '.join(sorted(missing))}")
    return TimeRule(
        id=str(row["id"]), property=row.get("property", ""), where=row["where"], subject=row["subject"], value=row["value"],
        cues=tuple(map(str, row["cues"])), pattern=pattern, otherwise=bool(row.get("otherwise")),
        follows=str(row.get("follows", "")), by=str(row.get("by", "")),
        examples=examples, rejects=rejects, place=place,
    )  # fmt: skip


def _filled(pattern: str, pieces: Mapping[str, str]) -> str:
    """`pattern` with its {pieces} put in, and theirs; a repetition like {0,3} is no piece."""
    for _ in range(4):
        filled = re.sub(r"\{([a-z]+)\}", lambda match: pieces[match[1]], pattern)
        if filled == pattern:
            break
        pattern = filled
    return pattern
