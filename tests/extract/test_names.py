"""The names that the lexicon lists."""

from __future__ import annotations

from collections import Counter

from kg.ontology import Ontology
from kg.text.fold import fold


def test_each_name_is_listed_once() -> None:
    listed = Counter(
        (kind, fold(str(entry["name"])))
        for file in Ontology.load().yaml("lexicon")
        for kind, entries in (file.data.get("names") or {}).items()
        for entry in (entries if kind != "__line__" else ())
    )
    assert len(listed) > 10_000
    assert [name for name, times in listed.items() if times > 1] == []
