"""The rules of `rules/policy_time.yaml`: when a measure was adopted, issued, in force, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kg.extract.knowledge.phrases import Phrases, Words, pattern_of
from kg.extract.knowledge.rule_entries import Example, read_both, read_entries, refuse_unknown
from kg.ontology import Ontology, YamlFile

_WHERE = ("title", "head", "tail", "text", "any")
_SUBJECT = ("own", "named", "near")
_VALUE = ("day", "issue", "years", "number", "names", "own", "none")
_PART_OF_VALUE = {"day": "day", "years": "count", "number": "number", "names": "names"}
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


class PolicyWords(Words):
    """The patterns `policy_time` of `rules/policy_time.yaml`, with the same names: what tells that a text is itself a law, a rule or a notice, and of what."""

    joins: frozenset[str]  # the members of a list
    title: re.Pattern[str]
    no_title: re.Pattern[str]
    sign: re.Pattern[str]
    self_words: re.Pattern[str]
    nested_title: re.Pattern[str]
    amended: re.Pattern[str]  # what the title of a paper says that it amends
    issuer: re.Pattern[str]  # a line above the title
    first_article: re.Pattern[str]
    passes_on: re.Pattern[str]  # before the title of what a notice passes on
    passed_plain: re.Pattern[str]  # a title that names without marks what it passes on
    decreed: re.Pattern[str]  # `name` is what a decree issues
    ended: re.Pattern[str]  # behind a title: what was issued before under that name
    issued_earlier: re.Pattern[str]  # before a title
    short_name: re.Pattern[str]  # behind a title
    short_name_word: re.Pattern[str]


def read_time_rules(ontology: Ontology, phrases: Phrases) -> tuple[TimeRule, ...]:
    """The rules of all ontology folders, a later one of the same id in place of the earlier.

    KgError names file and line of an unknown key, property or relation, a faulty pattern and a rule without examples.
    """
    rules: dict[str, TimeRule] = {}
    for file in ontology.yaml("rules"):
        found = read_entries(file, "policy_time_rules", "rule", partial(_rule, phrases=phrases, ontology=ontology, file=file))
        rules |= {rule.id: rule for rule in found}
    return tuple(rules.values())


def _rule(row: Mapping[str, Any], place: tuple[Path, int], *, phrases: Phrases, ontology: Ontology, file: YamlFile) -> TimeRule:
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
    pattern = pattern_of(str(row["pattern"]), phrases, f"rule {row['id']}: the pattern", file, place[1])
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
