"""The ontology folder: everything that is knowledge and not program.

A user's own folder adds to the shipped one: its classes, words and rules come after, and a rule with an id that is
already there replaces the earlier one. With `alone: true` in its `ontology.yaml` nothing but its own rules and names finds
facts; of the shipped one remain the words that every text is read with (function words, units, dates), the classes and the questions.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.program import program_version, runs_its_sources
from kg.remembered import Tables, hash_of, keep, recall
from kg.yaml_files import items_of, read_yaml

KGO = "https://w3id.org/kgo/ns#"
_SHIPPED = ("_ontology", "../ontology")  # inside an installed wheel; in a checkout
# What a folder of one's own may hold; one with nothing of it is most often a slip in the path.
_PARTS = ("*.ttl", "rules/", "lexicon/", "gazetteer/", "queries/", "authority.csv", "corrections.yaml")
_READ = {".ttl", ".yaml", ".tsv", ".csv"}
_SETTINGS = "ontology.yaml"
_SUFFIXES = {"lexicon": ".yaml", "rules": ".yaml", "gazetteer": ".tsv", "queries": ".rq"}  # what is read in each folder
_MEANT = {".yml": ".yaml", ".csv": ".tsv", ".sparql": ".rq"}
_ALIKE = 0.8  # of names: rule and rules
_WHERE = re.compile(r"^Parser error at line \d+ (?:column \d+|between columns \d+ and \d+): ")
_APPLIED = frozenset({"corrections.yaml", "authority.csv"})  # to what was found: no table rests on them
# What of the shipped files finds facts by itself, and how sure that is.
_FINDING = frozenset({
    "rules", "refused", "policy_time_rules", "confidence", "kinds", "odds", "clues",
    "names", "bodies", "events", "persons", "policies", "projects", "organs", "references", "institutions", "loose", "organ_names", "homes",
})  # fmt: skip


@lru_cache(maxsize=1)
def shipped_folder() -> Path:
    """The ontology that comes with the program."""
    here = Path(__file__).parent
    for name in _SHIPPED:
        folder = (here / name).resolve()
        if (folder / "rules").is_dir():
            return folder
    raise KgError("the program's ontology folder is missing", file=here, hint="install the package again")


@lru_cache(maxsize=256)
def is_shipped(path: Path) -> bool:
    """Whether `path` lies in the ontology that comes with the program."""
    return path.resolve().is_relative_to(shipped_folder())


def _refuse_unread(folder: Path) -> None:
    """KgError for a file that is surely meant for an ontology and that nothing reads, for its name or its place."""
    named = [*_SUFFIXES, *_APPLIED, _SETTINGS]
    for path in sorted(folder.iterdir()):
        near = get_close_matches(path.name.lower(), named, n=1, cutoff=_ALIKE)
        if near and path.name != near[0] and not (folder / near[0]).exists():
            raise KgError("nothing reads what has this name", file=path, hint=f"did you mean {near[0]}?")
    for name, suffix in _SUFFIXES.items():
        for path in sorted((folder / name).rglob("*")):
            if path.name.startswith(".") or _MEANT.get(path.suffix, path.suffix) != suffix:
                continue  # a note, or what an editor leaves
            if path.suffix != suffix:
                raise KgError(f"nothing reads files of {name} that end in {path.suffix}", file=path, hint=f"name it {path.stem}{suffix}" + (", and part its cells with tabs" if suffix == ".tsv" else ""))
            if path.parent != folder / name:
                raise KgError(f"nothing reads what lies in folders below {name}", file=path, hint=f"put it right into {folder / name}")


def _settings(folder: Path) -> tuple[bool, tuple[str, ...]]:
    """Whether a folder stands alone, and the ids of the shipped rules that it leaves out."""
    path = folder / _SETTINGS
    if not path.is_file():
        return False, ()
    settings = read_yaml(path)
    alone, without = settings.get("alone", False), settings.get("without", [])
    if unknown := sorted(set(settings) - {"alone", "without", "__line__"}):
        raise KgError(f"knows no {', '.join(unknown)}", file=path, line=_line_of(path, unknown[0]), hint="it knows alone and without")
    if not isinstance(alone, bool):
        hint = "alone: true lets only the rules and names of this folder find facts"
        raise KgError("alone must be true or false", file=path, line=_line_of(path, "alone"), hint=hint)
    if not isinstance(without, list) or not all(isinstance(rule, str) for rule in without):
        raise KgError("without must be a list of the ids of rules", file=path, line=_line_of(path, "without"), hint="without: [project-line]")
    return alone, tuple(without)


@dataclass(frozen=True)
class YamlFile:
    """One parsed YAML file; mappings know their line under the key `__line__`."""

    path: Path
    data: dict[str, Any]

    @cached_property
    def shipped(self) -> bool:
        """Whether it came with the program: the tests have checked it, so that not every start must."""
        return is_shipped(self.path)

    def rules(self, key: str) -> list[Any]:
        """The rules listed under `key`; KgError if an id stands twice, for one of them would be lost without a word."""
        lines: dict[str, int] = {}
        rows = list(self.data.get(key) or ())
        for row in rows:
            if not isinstance(row, dict) or "id" not in row:
                continue  # whoever reads the rule tells what it lacks
            name, line = str(row["id"]), row.get("__line__", 1)
            if name in lines:
                raise KgError(f"rule {name} stands in line {lines[name]} already", file=self.path, line=line, hint="give it another id")
            lines[name] = line
        return rows


@dataclass(frozen=True)
class Ontology:
    """The folders that count, the shipped one first; `alone` if nothing of that finds facts, `without` the rules of it that do not.

    A file is read once: an ontology whose files were edited is loaded again.
    """

    folders: tuple[Path, ...]
    alone: bool = False
    without: tuple[str, ...] = ()

    @classmethod
    def load(cls, folder: str | Path | None = None, *, alone: bool = False) -> Ontology:
        """The shipped ontology, and `folder` on top of it, alone if it says so or `alone`; KgError if it is none."""
        if folder is None:
            return cls((shipped_folder(),))
        own = Path(folder)
        if not own.is_dir():
            raise KgError("is not an ontology folder", file=own, hint="kg init DIR writes one to start from")
        if not any(path for pattern in _PARTS for path in own.glob(pattern)):
            raise KgError(f"holds nothing of an ontology: none of {', '.join(_PARTS)}", file=own, hint="kg init DIR writes one to start from")
        _refuse_unread(own)
        own_alone, without = _settings(own)
        return cls((shipped_folder(), own), alone or own_alone, without)

    @property
    def has_decisions(self) -> bool:
        """Whether a folder holds what people decided by hand."""
        return any((folder / name).is_file() for folder in self.folders for name in _APPLIED)

    @property
    def finding(self) -> tuple[Path, ...]:
        """The folders whose names find facts."""
        return tuple(folder for folder in self.folders if not (self.alone and is_shipped(folder)))

    def files(self, kind: str, suffix: str) -> list[Path]:
        """The files of a subfolder (`""` for the folder itself), in the order in which they count."""
        return [path for folder in self.folders for path in sorted((folder / kind).glob(f"*{suffix}"))]

    def yaml(self, kind: str) -> list[YamlFile]:
        """The YAML files of `rules` or `lexicon`; KgError with file and line for one that is not valid."""
        if kind not in self._parsed:
            _ = self.fingerprint  # first: under that of files which changed since, tables of the old ones would be kept
            files = [YamlFile(path, read_yaml(path)) for path in self.files(kind, ".yaml")]
            if self.alone:
                files = [replace(file, data={k: v for k, v in file.data.items() if k not in _FINDING}) if file.shipped else file for file in files]
            if self.without:
                self._refuse_unknown_ids()
                files = [replace(file, data=_left_of(file.data, self.without)) if file.shipped else file for file in files]
            if not all(file.shipped for file in files):
                _refuse_unknown(files)
                if kind == "lexicon":
                    self.tables.get("checked", lambda: _check_shapes(files))
            self._parsed[kind] = files
        return self._parsed[kind]

    def _refuse_unknown_ids(self) -> None:
        """KgError for an id in `without` that no shipped rule has."""
        paths = [path for kind in ("rules", "lexicon") for path in self.files(kind, ".yaml") if is_shipped(path)]
        known = {str(row["id"]) for path in paths for key, row in _rows_with_ids(read_yaml(path)) if key != "ways"}
        for rule in self.without:
            if rule not in known:
                path = self.folders[-1] / _SETTINGS
                near = " or ".join(get_close_matches(rule, known, n=3))
                hint = f"did you mean {near}?" if near else "kg rules coverage PATHS --all lists them"
                raise KgError(f"there is no shipped rule {rule!r} to be left out", file=path, line=_line_of(path, "without"), hint=hint)

    @cached_property
    def tables(self) -> Tables:
        """What was made of this ontology by this program before (`kg.remembered`); `save` keeps what is new."""

        folders, alone, hashes = self.folders, self.alone, self._hashes  # not `self`, which holds the tables

        def unchanged() -> bool:
            return runs_its_sources() and _hashes(folders, alone=alone) == hashes

        return Tables(hash_of(program_version(), hashes[0]), unchanged)

    def __getstate__(self) -> dict[str, Any]:
        """Without the tables: another process finds them where they are kept."""
        return {name: value for name, value in vars(self).items() if name != "tables"}

    @cached_property
    def _parsed(self) -> dict[str, list[YamlFile]]:
        # Several readers look into the same files; parsing is most of the start-up time.
        return {}

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the names of all files that can change a fact, and over what in them can."""
        return self._hashes[1]

    @cached_property
    def _hashes(self) -> tuple[str, str]:
        return _hashes(self.folders, alone=self.alone)

    @cached_property
    def terms(self) -> Terms:
        """The classes and relations of the Turtle files."""

        def read() -> tuple[Any, ...]:
            files = self.files("", ".ttl")
            terms, shipped = read_terms(files), [path for path in files if is_shipped(path)]
            own = terms.types - read_terms(shipped).types if shipped != files else terms.own
            return terms.types, terms.relations, terms.attributes, terms.statuses, own

        return Terms(*self.tables.get("terms", read))


def _rows_with_ids(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of a YAML file that are known by an id, each with the key under which it stands."""
    for key, rows in data.items():
        if isinstance(rows, list):
            yield from ((key, row) for row in rows if isinstance(row, dict) and "id" in row)


def _left_of(data: dict[str, Any], without: tuple[str, ...]) -> dict[str, Any]:
    """A YAML file without the rules of these ids."""
    out = {(key, row["id"]) for key, row in _rows_with_ids(data) if key != "ways" and row["id"] in without}
    kept = {key: [row for row in data[key] if not isinstance(row, dict) or (key, row.get("id")) not in out] for key, _ in out}
    return data | kept


def _hashes(folders: Iterable[Path], *, alone: bool) -> tuple[str, str]:
    """Of the files that tables are made from, and of all that can change a fact."""
    total = hashlib.sha256()
    if alone:
        total.update(b"alone")
    files = [(path, folder) for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in _READ and path.is_file()]

    def add(applied: bool) -> str:
        for path, folder in files:
            if (path.parent == folder and path.name in _APPLIED) == applied:
                name, content = path.relative_to(folder).as_posix().encode(), deciding(path)
                total.update(b"%d:%s%d:" % (len(name), name, len(content)))
                total.update(content)
        return total.hexdigest()

    return add(applied=False), add(applied=True)


def deciding(path: Path) -> bytes:
    """What of a file decides facts, or what the graph says of rules and decisions: of one's own tables without comments,
    examples and the notes of decisions and corrections, so that writing those does not make the next build read every text
    again. The note of a rule stays: the graph tells it."""
    try:
        if path.suffix == ".yaml" and not is_shipped(path):
            return repr(_without_remarks(read_yaml(path), is_corrections=path.name == "corrections.yaml")).encode("utf-8", "surrogatepass")
        if path.name == "authority.csv" and not is_shipped(path):
            rows = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
            return repr([sorted((str(key), str(value)) for key, value in row.items() if key != "note") for row in rows if not _is_remark(row)]).encode()
    except (KgError, ValueError, csv.Error):
        pass  # whoever reads it tells what is wrong
    return path.read_bytes()


_EXAMPLES = ("examples", "rejects", "match", "refuse")  # of a rule; the last two of one of figures


def _is_remark(row: Mapping[str, Any]) -> bool:
    return str(next(iter(row.values()), "")).strip().startswith("#") or not any(row.values())


def _without_remarks(value: Any, *, is_corrections: bool) -> Any:
    """Parsed YAML without what a person writes for persons. The lines of corrections stay: notes about them are kept with the documents."""
    if isinstance(value, list):
        return [_without_remarks(item, is_corrections=is_corrections) for item in value]
    if not isinstance(value, dict):
        return value
    remarks = {"note"} if is_corrections else {"__line__", *_EXAMPLES} if "id" in value else {"__line__"}
    return {key: _without_remarks(item, is_corrections=is_corrections) for key, item in value.items() if key not in remarks}


@dataclass(frozen=True)
class Terms:
    """The entity classes and relations that rules may speak of."""

    types: frozenset[str]
    # predicate → (classes allowed as subject, classes allowed as object); empty: any
    relations: dict[str, tuple[frozenset[str], frozenset[str]]]
    attributes: dict[str, str]  # attribute → what its values are: a class, date, string; "" if that is not stated
    statuses: tuple[str, ...] = ()  # the stages that hasStatus may give, each further than the one before
    own: frozenset[str] = frozenset()  # entity classes of a user's own folder

    @property
    def own_bearers(self) -> frozenset[str]:
        """The own classes of which figures may be told: not those that are only what another thing has, as a kind of use."""
        subjects, objects = (frozenset().union(*(ends[side] for ends in self.relations.values())) for side in (0, 1))
        return self.own & subjects | self.own - objects


def read_terms(files: list[Path]) -> Terms:
    """Entity classes (below kgo:Entity), relations (below kgo:relation), attributes (below kgo:attribute), stages (in kgo:statuses)."""
    from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

    store = Store()
    for path in files:
        try:
            store.load(path=str(path), format=RdfFormat.TURTLE)
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None)
            message = _WHERE.sub("", str(getattr(error, "msg", None) or error))
            hint = "what is said of one thing ends with a full stop, and each statement of it before the last with ;" if "xpected" in message else ""
            raise KgError(f"is not valid Turtle: {message}", file=path, line=line, hint=hint) from error

    prefixes = f"""PREFIX kgo: <{KGO}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
                   PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
                   PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"""

    def local(term: object) -> str:
        assert isinstance(term, NamedNode)
        return term.value.rpartition("#")[2] if "#" in term.value else term.value.rpartition("/")[2]

    def rows_of(query: str) -> QuerySolutions:
        answer = store.query(f"{prefixes} {query}")
        assert isinstance(answer, QuerySolutions)
        return answer

    def names(pattern: str) -> frozenset[str]:
        return frozenset(local(row[0]) for row in rows_of(f"SELECT DISTINCT ?x WHERE {{ {pattern} }}"))

    ends: dict[str, tuple[set[str], set[str]]] = {
        name: (set(), set()) for name in names("?x rdfs:subPropertyOf+ kgo:relation")
    }
    ours: set[str] = set()
    for place, side in enumerate(("domain", "range")):
        rows = rows_of(
            f"""SELECT ?p ?c WHERE {{ ?p rdfs:subPropertyOf+ kgo:relation ; rdfs:{side} ?given .
                ?given (owl:unionOf/rdf:rest*/rdf:first)? ?c . FILTER(isIRI(?c)) }}"""
        )
        for predicate, allowed in rows:
            ends[local(predicate)][place].add(local(allowed))
            if isinstance(allowed, NamedNode) and allowed.value.startswith(KGO):
                ours.add(local(allowed))
    values = rows_of("SELECT ?x (MIN(?given) AS ?range) WHERE { ?x rdfs:subPropertyOf+ kgo:attribute OPTIONAL { ?x rdfs:range ?given } } GROUP BY ?x ORDER BY ?x")
    stages = "SELECT ?x (MAX(?step) AS ?far) WHERE { ?x skos:inScheme kgo:statuses OPTIONAL { ?x kgo:step ?step } } GROUP BY ?x ORDER BY ?far ?x"
    relations = {name: (frozenset(subject), frozenset(target)) for name, (subject, target) in ends.items()}
    types = names("?x rdfs:subClassOf+ kgo:Entity")
    for name, sides in relations.items():
        for side, classes in zip(("domain", "range"), sides):
            if unknown := sorted((classes & ours) - types - {"Entity"}):
                path, line = _place_of(f"kgo:{unknown[0]}", files)
                hint = f"declare it: kgo:{unknown[0]} a owl:Class ; rdfs:subClassOf kgo:Entity ."
                raise KgError(f"kgo:{name} has the {side} kgo:{unknown[0]}, which is no class below kgo:Entity", file=path, line=line, hint=hint)
    return Terms(
        types=types,
        relations=relations,
        attributes={local(row[0]): local(row[1]) if row[1] is not None else "" for row in values},
        statuses=tuple(local(row[0]).removeprefix("status-") for row in rows_of(stages)),
    )


def _place_of(term: str, files: list[Path]) -> tuple[Path, int]:
    """The file and the line that name a term first, the latest file first: a user's own."""
    whole = re.compile(re.escape(term) + r"(?![\w-])")
    for path in reversed(files):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if whole.search(line):
                return path, number
    return files[-1], 1


# What the shipped tables hold at each place: the kinds of values, and below them what lists and mappings hold.
_EACH = "\0"  # stands for any item of a list and for any key that the shipped tables do not have


def _refuse_unknown(files: list[YamlFile]) -> None:
    """KgError for the first key at the top of a user's file that no shipped file of its kind has: nothing would read it."""
    known = {key for file in files if file.shipped for key in file.data} | _FINDING
    for file in files:
        if not file.shipped and (odd := next((key for key in file.data if key not in known), None)):
            near = get_close_matches(odd, known, n=1)
            hint = f"did you mean {near[0]}?" if near else "there are " + ", ".join(sorted(known - {"__line__"}))
            raise KgError(f"nothing reads the key {odd}", file=file.path, line=_line_of(file.path, odd), hint=hint)


def _line_of(path: Path, key: str) -> int:
    """The first line of a YAML file that begins with a key, however far it is indented; 1 if none does."""
    begins = re.compile(rf"\s*(?:- )?[\"']?{re.escape(key)}[\"']?\s*:")
    return next((number for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1) if begins.match(line)), 1)


def _written(name: str) -> str:
    """How what stands at such a place of a lexicon file is written."""
    top, _, below = name.partition(".")
    if top == "classes" and below and "." not in below:
        return f"{below}: {{words: [中标, 成交], tag: v}}"
    return "- {name: 浙江大学, aliases: [浙大]}" if top == "names" and below.endswith("[]") else ""


def _kind(value: Any) -> str:
    return "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a word or number"


def _learn(value: Any, known: dict[str, Any]) -> None:
    known.setdefault("kinds", set()).add(_kind(value))
    children: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        children = items_of(value)
    elif isinstance(value, list):
        children = [(_EACH, item) for item in value]
    for key, item in children:
        for name in {key, _EACH}:
            _learn(item, known.setdefault(name, {}))


def _check_shapes(files: list[YamlFile]) -> bool:
    """True; KgError where a user's table has another shape than the shipped ones."""
    shipped = [file for file in files if file.shipped]
    key = hash_of(program_version(), *(file.path.read_bytes() for file in shipped))
    known: dict[str, Any] | None = recall("shapes", key)
    if known is None:
        known = {}
        for file in shipped:
            _learn(file.data, known)
        if runs_its_sources():
            keep("shapes", key, known)
    for file in files:
        if not file.shipped:
            _check_shape(file.data, known, file.path, 1, "")
    return True


def _check_shape(value: Any, known: dict[str, Any], path: Path, line: int, name: str) -> None:
    """KgError where a user's table has a list for a mapping, a word for a list and the like."""
    if isinstance(value, dict):
        line = value.get("__line__", line)
    if (kinds := known.get("kinds")) and _kind(value) not in kinds and not (value is None and name.count(".") == 0):
        what = f"`{name}` " if name else ""
        written = _written(name)
        if written and not name.endswith("[]"):
            line = _line_of(path, name.rpartition(".")[2])
        raise KgError(f"{what}must be {' or '.join(sorted(kinds))}, not {_kind(value)}", file=path, line=line, hint=f"write {written}" if written else "")
    if isinstance(value, dict):
        for key, item in items_of(value):
            if (below := known.get(str(key)) or (known.get(_EACH) if name else None)):
                _check_shape(item, below, path, line, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list) and (below := known.get(_EACH)):
        for item in value:
            _check_shape(item, below, path, line, name + "[]")
