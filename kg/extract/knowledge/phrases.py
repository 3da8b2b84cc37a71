"""The words and expressions by which the steps read: `classes`, `pieces` and `patterns` of `rules/*.yaml`.

A step names what it reads by in a class of its own (`Words`, `words_of`); the files say in which words texts write it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from kg.errors import KgError
from kg.expressions import NAMED, compiled, either, filled
from kg.linear import refusal
from kg.ontology import YamlFile
from kg.yaml_files import items_of

_NAMED_FREELY = ("table_stages",)  # steps whose patterns bear names of the ontology, one's own too
_Written = tuple[tuple[str, ...], YamlFile, int]  # the words of a class, and where they stand
_W = TypeVar("_W")


class Words:
    """What a step reads by: its annotations name patterns, classes and pieces. No dataclass: of a thousand fields those take a twentieth of a start to make."""

    def __init__(self, **given: object) -> None:
        vars(self).update(given)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name} is read from the rules, and stays")


@dataclass(frozen=True)
class Phrases:
    """All of them, of all rule files, by name."""

    classes: Mapping[str, tuple[str, ...]]
    pieces: Mapping[str, str]  # parts of expressions, most of them of several patterns; they name no piece that goes round to them
    own_pieces: frozenset[str]  # those that are not the program's: what its patterns make of them is checked as one's own patterns are
    patterns: Mapping[str, Mapping[str, re.Pattern[str]]]  # by the step that reads by them, and their names

    def words(self, name: str) -> str:
        """The words of a class as an alternation."""
        return either(self.classes[name])

    def filled(self, written: str) -> str:
        """An expression with its {pieces} and the words of each {class} in place; KeyError with the name of what is not defined."""
        return filled(written, lambda name: self.filled(self.pieces[name]) if name in self.pieces else self.words(name))

    def has_own_piece(self, written: str) -> bool:
        """Whether an expression, or a piece in it, names a piece of one's own."""
        names = NAMED.findall(written)
        return not self.own_pieces.isdisjoint(names) or any(self.has_own_piece(self.pieces[name]) for name in names if name in self.pieces)

    def words_of(self, kind: type[_W], step: str, **made: object) -> _W:
        """A record of patterns and word classes, each field with the pattern of the step, or the class, of its name; or as `made` elsewhere.

        A class is a set, or in its order where the field is a tuple; where it is a string, it is the piece of that name, for a pattern of which the step
        has a part itself. KgError names what the files do not have.
        """
        types = {name: str(type_) for name, type_ in kind.__annotations__.items()}
        given = {**self.patterns.get(step, {}), **made}
        for name, type_ in types.items():
            if name in given:
                continue
            if type_ == "str" and name in self.pieces:
                given[name] = self.filled(self.pieces[name])
            elif name in self.classes:
                given[name] = self.classes[name] if type_.startswith("tuple") else frozenset(self.classes[name])
        if missing := sorted(set(types) - set(given)):
            raise KgError(f"the rules lack patterns for {step}: {', '.join(missing)}")
        return kind(**{name: given[name] for name in types})


def read_phrases(files: Sequence[YamlFile]) -> Phrases:
    """The classes, pieces and patterns of rule files; one of a later file takes the place of the one of its name before.

    KgError names file and line of an unknown class, a piece that is called like a class, a faulty pattern, and a pattern of one's own that no step reads by.
    """
    written: dict[str, _Written] = {}
    pieces: dict[str, str] = {}
    own_pieces = frozenset(name for file in files if not file.shipped for name in file.data.get("pieces") or ())
    for file in files:
        given = file.data.get("classes") or {}
        line = given.get("__line__", 1)
        written.update((name, (tuple(map(str, words)), file, line)) for name, words in items_of(given))
    for file in files:
        given = file.data.get("pieces") or {}
        for name, piece in items_of(given):
            if name in written:
                where = written[name][1].path.name
                raise KgError(f"the piece {name}: a class of {where} has that name", file=file.path, line=given.get("__line__", 1), hint="give it another")
            pieces[name] = "|".join(map(str, piece)) if isinstance(piece, list) else str(piece)
    patterns: dict[str, dict[str, re.Pattern[str]]] = {}
    phrases = Phrases({name: _expanded(name, written) for name in written}, pieces, own_pieces, patterns)
    for file in files:
        for step, named in (file.data.get("patterns") or {}).items():
            if isinstance(named, Mapping):
                _add_patterns(step, named, phrases, file, patterns)
    return phrases


def _expanded(name: str, written: Mapping[str, _Written]) -> tuple[str, ...]:
    """The words of a class, with those of a class that it names as `{other}`, which names none itself."""
    words, file, line = written[name]
    found: dict[str, None] = {}
    for word in words:
        other = NAMED.fullmatch(word)
        if other is None:
            found[word] = None
            continue
        if other[1] not in written:
            raise KgError(f"class {name}: {word} is not defined", file=file.path, line=line)
        added = written[other[1]][0]
        if any(map(NAMED.fullmatch, added)):
            raise KgError(f"class {name}: {word} names a class itself", file=file.path, line=line)
        found.update(dict.fromkeys(added))
    return tuple(found)


def _add_patterns(step: str, named: Mapping[str, Any], phrases: Phrases, file: YamlFile, patterns: dict[str, dict[str, re.Pattern[str]]]) -> None:
    """The patterns that one file has for a step; a later file may give one anew, and but for steps whose names are free only the program knows what to do with a new one."""
    line = named.get("__line__", 1)
    for name, written in items_of(named):
        fault = f"pattern {step}.{name}"
        if not file.shipped and step not in _NAMED_FREELY and name not in patterns.get(step, {}):
            raise KgError(f"{fault}: the program has none of that name", file=file.path, line=line, hint="known: " + " ".join(sorted(patterns.get(step, patterns))))
        patterns.setdefault(step, {})[name] = pattern_of(str(written), phrases, fault, file, line)


def pattern_of(written: str, phrases: Phrases, what: str, file: YamlFile, line: int) -> re.Pattern[str]:
    """`written` compiled; KgError says what is wrong with `what`, which stands there: an unknown class, no expression, a slow one of one's own."""
    try:
        filled = phrases.filled(written)
        own = not file.shipped or phrases.has_own_piece(written)
        if own and (reason := refusal(filled)):
            raise KgError(f"{what} {reason}", file=file.path, line=line)
        return compiled(filled)
    except KeyError as error:
        raise KgError(f"{what} speaks of the class {error.args[0]!r}, which is not defined", file=file.path, line=line) from error
    except RecursionError as error:
        raise KgError(f"{what} is made of a piece that is made of itself", file=file.path, line=line) from error
    except re.error as error:
        raise KgError(f"{what} is no pattern: {error}", file=file.path, line=line) from error
