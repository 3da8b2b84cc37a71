"""Which files there are to read: files, folders and glob patterns, each file once and with a stable name."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path

from kg.errors import KgError
from kg.read.detect import FOREIGN_SUFFIXES, SHEETS, SUFFIXES
from kg.read.options import ReadOptions

_ANY_FOLDERS = "**"  # a step of a pattern that stands for any number of folders


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read. One that cannot be read is here too: `read` raises its `problem`, so none is lost."""

    path: Path
    id: str  # folder given + "/" + path inside it; never absolute
    problem: str = ""
    hint: str = ""

    @property
    def stem(self) -> str:
        """The name of the file without its ending, as it can be printed."""
        return printable(self.path.stem)


def find(paths: str | Path | Iterable[str | Path]) -> list[SourceFile]:
    """The files that `paths` (files, folders, glob patterns, or one of them) stand for, sorted by id.

    A folder gives the files below it whose suffix is that of a document, hidden ones excepted; other files in it
    are no documents and passed over. A file named itself is taken whatever its suffix. The id is the given folder's
    name and the path inside it, for a single file its own folder's name and its name, for a pattern the same with
    the last folder before the first wildcard. A file that is reached twice counts once, under its longest id.

    What cannot be read or matches nothing is in the list with its `problem`. Two files with one id raise KgError.
    """
    found: list[SourceFile] = []
    for path in path_list(paths):
        found.extend(_expand(path))
    chosen: dict[object, SourceFile] = {}
    folders: dict[str, str] = {}
    for source in found:
        key = _identity(source, folders)
        other = chosen.get(key)
        if other is None or _preference(source) < _preference(other):
            chosen[key] = source
    sources = sorted(chosen.values(), key=lambda s: (s.id, str(s.path)))
    for one, two in pairwise(sources):
        if one.id == two.id and not (one.problem and two.problem):
            raise KgError(
                f"and {two.path} would both be the document {one.id}",
                file=one.path,
                hint="give the folder that holds both, or rename one of the folders",
            )
    return sources


def path_list(paths: str | Path | Iterable[str | Path]) -> list[str | Path]:
    """One path as a list of one: a text taken for a list would be as many paths as it has letters, and `/` one of them."""
    return [paths] if isinstance(paths, str | Path) else list(paths)


def find_some(paths: str | Path | Iterable[str | Path]) -> list[SourceFile]:
    """`find`, for work that has nothing to go on with otherwise: KgError if none of `paths` leads to a document."""
    sources = find(paths)
    if sources and all(source.problem for source in sources):
        first, more = sources[0], len(sources) - 1
        raise KgError(first.problem + (f", nor is there anything to read in {more} more" if more else ""), file=first.path, hint=first.hint)
    return sources


def folder_of(path: str | Path) -> Path:
    """The folder in which all lies that a given path stands for: itself, that of a file, that before the first wildcard of a pattern."""
    if os.path.isdir(path):
        return Path(path)
    folder, steps = _parted(path)
    return folder if steps else Path(path).parent


def stands_for(pattern: str | Path, path: str) -> bool:
    """Whether a glob pattern gives the file at the absolute `path` as a document, as `find` reads it; the file need not be there any more."""
    folder, steps = _parted(pattern)
    root, file = os.path.abspath(folder), Path(path)
    if not steps or not file.is_relative_to(root) or not _is_document(file):
        return False
    return _fits(steps, file.relative_to(root).parts, whole=_ANY_FOLDERS not in steps)


def _parted(pattern: str | Path) -> tuple[Path, Sequence[str]]:
    """The folder before the first wildcard of a pattern, and its steps from there on; none for a path without any."""
    steps = Path(pattern).parts
    fixed = next((i for i, step in enumerate(steps) if glob.has_magic(step)), len(steps))
    return Path(*steps[:fixed]), steps[fixed:]


def _fits(steps: Sequence[str], names: Sequence[str], *, whole: bool) -> bool:
    """Whether the names of a path are those of a pattern's steps; `whole`: or go on below a folder that the steps give, of which all is read."""
    if not steps:
        return not names or whole and not any(name.startswith(".") for name in names)
    if steps[0] == _ANY_FOLDERS and _fits(steps[1:], names, whole=whole):
        return True
    if not names or names[0].startswith(".") and not steps[0].startswith("."):
        return False  # a wildcard stands for nothing hidden
    rest = steps if steps[0] == _ANY_FOLDERS else steps[1:]
    return fnmatch.fnmatch(names[0], steps[0]) and _fits(rest, names[1:], whole=whole)


def idle_columns(options: ReadOptions, paths: Iterable[str | Path]) -> str:
    """What to tell who names columns where none of the files has any; "" if all is well."""
    given = [field.name for field in fields(options) if field.name.endswith("_column") and getattr(options, field.name) is not None]
    if not given or any(SUFFIXES.get(Path(path).suffix.lower()) in ("jsonl", *SHEETS) for path in paths):
        return ""
    names = ", ".join(f"--{name.replace('_', '-')}" for name in given)
    return f"{names} had no effect: columns are those of jsonl, csv and spreadsheet files, and none is among the files given"


def _expand(path: str | Path) -> list[SourceFile]:
    given = Path(path)
    if path == "":  # an unset variable; `Path` takes it for the current folder
        return [SourceFile(given, "", "the path given is empty", "a dot stands for the current folder")]
    try:
        if given.is_dir():
            return list(_below(given, given))
        if given.exists() or given.is_symlink():
            return [_source(given, given.parent)]
    except (OSError, ValueError) as error:  # a name with NUL, one that is too long
        return [SourceFile(given, printable(str(path)), problem=_reason(error))]
    if glob.has_magic(str(path)):
        return _matches(str(path))
    return [SourceFile(given, printable(str(path)), "does not exist", "give a file, a folder or a pattern in quotes")]


def _matches(pattern: str) -> list[SourceFile]:
    """The documents that a glob pattern matches, as if the folder before its first wildcard had been given."""
    root, steps = _parted(pattern)
    found: list[SourceFile] = []
    for match in sorted(glob.glob(pattern, recursive=True)):
        path = Path(match)
        if path.is_dir():
            if _ANY_FOLDERS not in steps:
                found.extend(_below(path, root))
        elif _is_document(path):
            found.append(_source(path, root))
    if not found:
        return [
            SourceFile(Path(pattern), printable(pattern), "matches no document", "quote it, and mind ** for subfolders")
        ]
    return found


def _below(folder: Path, root: Path) -> Iterator[SourceFile]:
    """The documents below `folder`, in sorted order; linked folders are followed, each once."""
    seen: set[tuple[int, int]] = set()
    pending = [folder]
    empty = True
    while pending:
        current = pending.pop()
        try:
            status = current.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = sorted(os.scandir(current), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            empty = False
            yield SourceFile(current, _id(current, root), f"cannot be listed: {_reason(error)}")
            continue
        folders: list[Path] = []
        above = f"{at}/" if (at := _id(current, root)) else ""
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = current / entry.name
            try:
                is_folder = entry.is_dir()
            except OSError:
                is_folder = False  # a link to itself; named below if it has a document's suffix
            if is_folder:
                folders.append(path)
            elif _is_document(path):
                empty = False
                yield SourceFile(path, above + printable(entry.name))
        pending.extend(reversed(folders))
    if empty:
        hint = f"documents end in {' '.join(s for s in SUFFIXES if len(s) < 7)}"
        yield SourceFile(folder, _id(folder, root), "holds no documents", hint)


def _is_document(path: Path) -> bool:
    suffix = path.suffix.lower()
    # ~$report.docx is Word's lock on a file that is open
    return (suffix in SUFFIXES or suffix in FOREIGN_SUFFIXES) and not path.name.startswith(("~$", "."))


def source_of(path: str | Path) -> SourceFile:
    """One file by its path, with the id that `find` gives it."""
    return _source(Path(path), Path(path).parent)


def _source(path: Path, root: Path) -> SourceFile:
    return SourceFile(path, _id(path, root))


def _id(path: Path, root: Path) -> str:
    name = _name_of(str(root))
    inside = path.relative_to(root).as_posix()
    return printable("/".join(step for step in (name, inside) if step not in ("", ".")))


def _name_of(folder: str) -> str:
    return os.path.basename(os.path.abspath(folder))


def printable(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 are written \\xff, everything else is kept."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _identity(source: SourceFile, folders: dict[str, str]) -> object:
    """What two names of one file have in common. `folders` holds the real paths of folders looked at before: most files
    share theirs with thousands."""
    if source.problem:
        return source.id
    try:
        path = str(source.path)
        folder, name = os.path.split(path)
        if not name or name == ".." or os.path.islink(path):
            return os.path.realpath(path, strict=True)
        if folder not in folders:
            folders[folder] = os.path.realpath(folder, strict=True)
        return os.path.join(folders[folder], name)
    except (OSError, ValueError):
        return str(source.path)


def _preference(source: SourceFile) -> tuple[bool, int, str]:
    """A name of its own before a link to the file, then the longest id, then the first."""
    return source.path.is_symlink(), -source.id.count("/"), source.id


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
