"""What makes a thing the same in every document: its key, and what the key is unique within.

A user's table has the last word: `authority.csv` in an ontology folder, with the columns

    decision,type,name,other,author,date,note

`same`: both names are one thing, called `other` from now on. `different`: the two names are never one thing. Of names that
every place has (15号线一期工程) those are meant whose place is that of the fuller name (西安地铁15号线一期工程).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.extract.knowledge.phrases import Words
from kg.extract.knowledge.symbols import Symbols
from kg.extract.knowledge.word_lists import listed_words
from kg.extract.names.assemble import key_of
from kg.extract.names.rows import Draft
from kg.ontology import Ontology
from kg.text.calendar_spans import is_date
from kg.text.fold import fold

COLUMNS = ("decision", "type", "name", "other", "author", "date", "note")
_NEEDED = COLUMNS[:4]
_MORE = "\0more"  # where cells stand for which the first line has no column
# A shorter name that no table knows is shared by many things of its kind: 大剧院, 工作会议, 实施方案.
_TELLING = {"Project": 4, "Event": 8, "Policy": 5, "Body": 4, "Honor": 3, "Area": 2, "Person": 2}
# Classes of things of which every place has some with names of common words: 能源集团, 5号线, 自贸试验区. A policy of common words is
# most often the same in all places: 公立医院改革.
_BY_WORDS = frozenset({"Project", "Area", "Body"})


@dataclass(frozen=True)
class Decision:
    """One line of an authority table, names folded."""

    decision: str
    type: str
    name: str
    other: str
    author: str
    date: str
    note: str
    place: tuple[Path, int]


def read_authority(ontology: Ontology) -> list[Decision]:
    """The decisions of all folders, later ones last; KgError with file and line for a faulty one."""
    found: list[Decision] = []
    for folder in ontology.folders:
        path = folder / "authority.csv"
        if not path.is_file():
            continue
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            raise KgError("is not UTF-8", file=path, hint="save it as UTF-8 (in Excel: CSV UTF-8)") from error
        try:
            found += _decisions(csv.DictReader(lines, restkey=_MORE), path, ontology)
        except csv.Error as error:
            raise KgError(f"cannot be read as a table: {error}", file=path, hint="save it as CSV, with quotes around cells that hold a comma or a quote") from error
    return found


def _decisions(reader: csv.DictReader[str], path: Path, ontology: Ontology) -> Iterator[Decision]:
    if missing := [column for column in _NEEDED if column not in (reader.fieldnames or ())]:
        raise KgError(f"has no column {', '.join(missing)}", file=path, line=1, hint=f"its first line is {','.join(COLUMNS)}")
    said: dict[tuple[str, frozenset[str]], tuple[str, int]] = {}  # type and both names → decision and line
    means: dict[tuple[str, str], tuple[str, int]] = {}  # type and name → what it is the same as, and line
    for row in reader:

        def fail(message: str, hint: str) -> KgError:
            return KgError(message, file=path, line=reader.line_num, hint=hint)

        given = {column: (row.get(column) or "").strip() for column in COLUMNS}
        if given["decision"].startswith("#") or not any(given.values()):
            continue
        if _MORE in row:
            raise fail("has more cells than the first line", "put a cell that holds a comma in quotes")
        if given["decision"] not in ("same", "different"):
            raise fail(f"{given['decision']!r} is no decision", "there are same and different")
        if given["type"] not in ontology.terms.types:
            raise fail(f"the ontology has no entity class {given['type']!r}", f"there are {', '.join(sorted(ontology.terms.types))}")
        if not given["name"] or not given["other"]:
            raise fail("a decision is of two names", "give both, name and other; same of a name and itself makes it one thing everywhere")
        if given["date"] and not is_date(given["date"]):
            raise fail(f"{given['date']!r} is no day", "write 2026-11-23")
        given |= {"name": key_of(fold(given["name"])), "other": key_of(fold(given["other"]))}
        decision, line = said.setdefault((given["type"], frozenset((given["name"], given["other"]))), (given["decision"], reader.line_num))
        if decision != given["decision"]:
            raise fail(f"says {given['decision']} of two names of which line {line} says {decision}", "leave one of the two rows out")
        if decision == "same":
            other, line = means.setdefault((given["type"], given["name"]), (given["other"], reader.line_num))
            if other != given["other"]:
                raise fail(f"{given['name']} is the same as {other} by line {line}", f"if all three are one, write same of {other} and {given['other']}")
        yield Decision(**given, place=(path, reader.line_num))


class Authority:
    """Who is whom by the user's word."""

    def __init__(self, ontology: Ontology) -> None:
        self._same: dict[tuple[str, str], str] = {}
        self._different: set[tuple[str, str, str]] = set()
        for decision in read_authority(ontology):
            if decision.decision == "same":
                self._same[decision.type, decision.name] = decision.other
            else:
                self._different |= {
                    (decision.type, decision.name, decision.other), (decision.type, decision.other, decision.name),
                }  # fmt: skip
        self._joined: dict[tuple[str, str], list[str]] = {}
        for type_, name in sorted(self._same):
            if (key := self.key(type_, name, "")) != name:
                self._joined.setdefault((type_, key), []).append(name)
        for (_, key), names in self._joined.items():
            names.append(key)

    def key(self, type_: str, own: str, given: str) -> str:
        """The canonical key of a thing written `own` that the lexicon calls `given` ("" for nothing)."""
        chosen = self._same.get((type_, own))
        if chosen is None and given and (type_, own, given) in self._different:
            return own
        key = chosen or given or own
        seen = {key}
        while (further := self._same.get((type_, key))) is not None and further not in seen:
            key = further
            seen.add(key)
        return key

    def joined(self, type_: str, key: str) -> list[str]:
        """The names that rows make one and call `key`, which is the last; [] if none does."""
        return self._joined.get((type_, key), [])

    def everywhere(self, type_: str, key: str) -> bool:
        """Whether the user says that a name is one thing wherever it stands: `same` of the name and itself."""
        return self._same.get((type_, key)) == key


class IdentityWords(Words):
    """The patterns `identity` of `rules/names.yaml`, with the same names."""

    local: re.Pattern[str]


class Telling:
    """Which names are one thing's own by their words: `telling` of `lexicon/identity.yaml`."""

    def __init__(self, ontology: Ontology, symbols: Symbols, words: IdentityWords) -> None:
        self._words = words
        features, common, self._begins, self._ends = (listed_words(ontology, "telling", key) for key in ("features", "common", "begins", "ends"))
        self._each = frozenset(map(key_of, listed_words(ontology, "telling", "each")))
        self._symbols = symbols.having(*features) - symbols.having(*common)

    def tells(self, key: str, drafts: Iterable[Draft]) -> bool:
        """Whether `key` is the name of one thing, by how it begins or by a word of one of `drafts`."""
        if key.endswith(self._ends):
            return False
        forms = [draft.form for draft in drafts if not draft.reference]
        return key.startswith(self._begins) or not forms or any(not form or not self._symbols.isdisjoint(form) for form in forms)

    def is_of_each(self, type_: str, key: str) -> bool:
        """Whether each place has a work of its own by a name, though tables list it: 国际贸易单一窗口."""
        return type_ == "Project" and key in self._each

    def is_local(self, key: str) -> bool:
        """Whether a name says that it is of whoever is spoken of, however long it is: 区教育局, 25条措施."""
        return self._words.local.match(key) is not None


def scope_of(type_: str, key: str, *, listed: bool, placed: bool, tells: bool, local: bool, topic: str, document: str) -> str:
    """What `key` is unique within: "" for a name that tells, else the area (code or key) or the document.

    `listed`: a table knows the name; `placed`: an area stands inside it; `tells`: a word of it is a name; `local`: it says
    that it is anybody's; `topic`: the area its passage is about.
    """
    if listed or placed:
        return ""
    if (tells or type_ not in _BY_WORDS) and len(key) >= _TELLING.get(type_, 5) and not local:
        return ""
    return topic or document

