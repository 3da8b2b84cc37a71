"""Boilerplate of reposted pages: share buttons, credits, page numbers, wire heads. Marked, never cut out.

The patterns are data: `ontology/lexicon/noise.yaml`, each with examples and near misses that the tests run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.expressions import compiled, either
from kg.linear import refusal
from kg.ontology import Ontology, is_shipped, shipped_folder
from kg.read.options import ReadOptions
from kg.yaml_files import items_of, read_yaml

_LONGEST_VALUE = 30
_LONGEST_LINE = 120  # no boilerplate line is longer; what is longer is somebody's sentence
_STAMP = re.compile(
    r"(?:[时時][间間][:：]\s?)?(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|[-/.]\d{1,2}[-/.]\d{1,2})(?:\s{0,3}\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?[\s|丨/]{1,6}"
)
_PLACES = ("line", "start", "any")
_KEYS = {"id", "where", "pattern", "examples", "near_misses", "__line__"}


@dataclass(frozen=True, slots=True)
class NoisePattern:
    """A row of `lexicon/noise.yaml`."""

    id: str
    where: str  # line: the whole line; start: its beginning; any: anywhere
    pattern: str
    examples: tuple[str, ...]  # the noise stands between « and »; without them the whole example is noise
    near_misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoiseTable:
    """All patterns compiled to one expression for each place, and the labels of a page's own fields."""

    patterns: tuple[NoisePattern, ...]
    labels: Mapping[str, tuple[str, ...]]  # field of the document → words that introduce it: source → 来源, 稿源
    line: re.Pattern[str]
    start: re.Pattern[str]
    anywhere: re.Pattern[str]
    field: re.Pattern[str]  # groups: label, value

    def field_of(self, label: str) -> str:
        """The document field that a label stands for; "" for a label that is mere noise (浏览次数)."""
        return next((name for name, words in self.labels.items() if label in words and name != "noise"), "")


def noise_spans(text: str, table: NoiseTable) -> tuple[tuple[int, int], ...]:
    """The sorted, disjoint spans of `text` that are boilerplate."""
    found: list[tuple[int, int]] = [m.span() for m in table.anywhere.finditer(text) if m.end() > m.start()]
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = at + len(line) - len(line.lstrip())
            if len(bare) <= _LONGEST_LINE and (table.line.fullmatch(bare) or is_field_line(bare, table)):
                found.append((start, start + len(bare)))
            elif head := table.start.match(bare):
                found.append((start, start + head.end()))
        at += len(line) + 1
    return _disjoint(found)


def is_field_line(line: str, table: NoiseTable) -> bool:
    """Whether `line` only holds labelled fields of the page: 发布时间：2021-07-15 来源：浙江日报 浏览次数：12.

    The day may stand before them without a label: 2021-07-15 10:11 来源：浙江日报.
    """
    if "。" in line or len(line) > _LONGEST_LINE:
        return False
    stamp = _STAMP.match(line)
    return bool(table.field.match(line) or (stamp and table.field.match(line, stamp.end())))


def page_fields(lines: Iterable[str], table: NoiseTable) -> dict[str, str]:
    """Field → value (date, source, publisher, url) as labelled in `lines`; the first of each counts."""
    values: dict[str, str] = {}
    lines = [line.strip(" \u3000•·●*-") for line in lines]
    for line, below in zip(lines, [*lines, ""][1:], strict=True):
        if line[-1:] in ("：", ":") and (name := table.field_of(line[:-1].strip())) and len(below) <= _LONGEST_VALUE and "。" not in below and below[-1:] not in ("：", ":"):
            values.setdefault(name, below)  # label and value in two blocks of a page
        if not is_field_line(line.strip(), table):
            continue
        for found in table.field.finditer(line.strip()):
            name = table.field_of(found["label"])
            value = found["value"].strip(" \u3000|丨/")
            if name and value and value[-1] not in ":：":  # the label of another, empty field
                values.setdefault(name, value)
    return values


def load_noise(paths: tuple[Path, ...] | None = None) -> NoiseTable:
    """The noise table of `paths`, a later entry in place of an earlier one of its id, or the shipped one; KgError with file and line for a faulty entry."""
    tables = paths if paths is not None else (_shipped_table(),)
    return _load(tables, tuple(_state(path) for path in tables))


def with_noise_of(options: ReadOptions, ontology: Ontology) -> ReadOptions:
    """`options` with the noise tables of one's own folder of an ontology behind the shipped one, where it has any and none are given."""
    own = [path for path in ontology.files("lexicon", ".yaml") if not is_shipped(path) and not {"noise", "labels"}.isdisjoint(read_yaml(path))]
    return replace(options, noise=(_shipped_table(), *own)) if own and options.noise is None else options


def _state(path: Path) -> tuple[int, int]:
    """What changes when a table is written; zeros if it is not there, which is told when it is read."""
    try:
        status = os.stat(path)
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _shipped_table() -> Path:
    return shipped_folder() / "lexicon" / "noise.yaml"


@lru_cache(maxsize=8)
def _load(paths: tuple[Path, ...], _states: tuple[tuple[int, int], ...]) -> NoiseTable:
    patterns: dict[str, NoisePattern] = {}
    labels: dict[str, tuple[str, ...]] = {}
    for path in paths:
        data = read_yaml(path)
        for entry in data.get("noise") or ():
            pattern = _pattern(entry, path)
            patterns[pattern.id] = pattern
        for name, words in items_of(data.get("labels")):
            labels[name] = (*labels.get(name, ()), *(str(word) for word in words))
    line, start, anywhere = (_any_of(p.pattern for p in patterns.values() if p.where == place) for place in _PLACES)
    return NoiseTable(tuple(patterns.values()), labels, line, start, anywhere, _field_pattern(labels))


def _pattern(entry: Any, path: Path) -> NoisePattern:
    if not isinstance(entry, dict):
        raise KgError("an entry of `noise` must be a mapping", file=path)
    line = entry.get("__line__")
    unknown = sorted(set(entry) - _KEYS)
    missing = sorted(_KEYS - set(entry))
    if unknown or missing:
        what = f"unknown key {unknown[0]!r}" if unknown else f"the key {missing[0]!r} is missing"
        raise KgError(f"noise pattern {entry.get('id', '?')}: {what}", file=path, line=line)
    if entry["where"] not in _PLACES:
        raise KgError(f"noise pattern {entry['id']}: `where` must be one of {', '.join(_PLACES)}", file=path, line=line)
    try:
        compiled(entry["pattern"])
        reason = "" if is_shipped(path) else refusal(entry["pattern"])
    except (re.error, TypeError) as error:
        raise KgError(f"noise pattern {entry['id']}: {error}", file=path, line=line) from error
    if reason:
        raise KgError(f"noise pattern {entry['id']}: {reason}", file=path, line=line)
    if not entry["examples"] or not entry["near_misses"]:
        raise KgError(f"noise pattern {entry['id']}: needs an example and a near miss", file=path, line=line)
    return NoisePattern(
        str(entry["id"]), entry["where"], entry["pattern"], tuple(entry["examples"]), tuple(entry["near_misses"])
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return compiled("|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)")


def _field_pattern(labels: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    label = either({word for words in labels.values() for word in words})
    # A value ends where the next label begins, or a bare one ends the line (来源：浙江日报 字号).
    return compiled(
        rf"(?:^|(?<=[\d\s|丨/\u3000)）\]】]))(?P<label>{label})\s?[:：]\s?(?P<value>(?:(?!\s[【\[（(]?(?:{label})\s?(?:[:：]|$)|(?<=\d)(?:{label})[:：])[^\n\t]){{0,60}})"
    )


def _disjoint(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
