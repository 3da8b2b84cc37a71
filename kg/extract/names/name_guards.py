"""What must not stand beside a listed name: 商务部 is no ministry in 商务部门.

Read from `guards:` of the lexicon's files: entries with `names` (or `ends`: all names with that end), and with
`not_before`, `not_after` (strings directly beside the name) or `word: true` (no letter or digit beside it).
"""

from __future__ import annotations

from typing import Any

from kg.errors import KgError
from kg.extract.knowledge.place_tables import Guard
from kg.ontology import Ontology

_KEYS = {"names", "ends", "not_before", "not_after", "word", "__line__"}


class NameGuards:
    """All guards of an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self._by_name: dict[str, list[Guard]] = {}
        self._by_end: dict[str, list[Guard]] = {}
        self._of_name: dict[str, tuple[Guard, ...]] = {}  # of names asked for
        for file in ontology.yaml("lexicon"):
            entries = file.data.get("guards")
            if not isinstance(entries, list):  # areas.yaml has a mapping of its own shape; the gazetteer reads it
                continue
            for entry in entries:
                self._add(entry, file.path)

    def _add(self, entry: Any, path: object) -> None:
        line = entry.get("__line__") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or set(entry) - _KEYS or ("names" in entry) == ("ends" in entry):
            hint = "one of names and ends, and some of not_before, not_after, word"
            raise KgError("a guard has keys that are not known, or too few", file=path, line=line, hint=hint)
        guard = Guard(tuple(entry.get("not_before") or ()), tuple(entry.get("not_after") or ()), word=bool(entry.get("word")))
        for name in entry.get("names") or ():
            self._by_name.setdefault(name, []).append(guard)
        if "ends" in entry:
            self._by_end.setdefault(entry["ends"], []).append(guard)

    def blocked(self, name: str, before: str, after: str) -> bool:
        """Whether a hit of a listed name between these (folded) stretches of text is something else."""
        guards = self._of_name.get(name)
        if guards is None:
            by_end = (guard for end, found in self._by_end.items() if name.endswith(end) for guard in found)
            guards = self._of_name[name] = (*self._by_name.get(name, ()), *by_end)
        return any(guard.blocks(before, after) for guard in guards) if guards else False
