"""Word classes from what the lexicon says of bodies, areas, events, honors and persons.

The files of these topics list their words by what they mean (`suffixes`, `posts` …); patterns see them as word classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.text.fold import fold


class Classes:
    """Collects words by class: (class name, part of speech) → words, suffixes, exceptions."""

    def __init__(self) -> None:
        self.words: dict[tuple[str, str], set[str]] = {}
        self.suffixes: dict[tuple[str, str], set[str]] = {}
        self.excluded: dict[tuple[str, str], set[str]] = {}

    def add(self, name: str, words: Iterable[Any] = (), suffixes: Iterable[Any] = (), excluded: Iterable[Any] = (), tag: str = "n") -> None:
        """More members of class `name`; `tag` is the part of speech that they count as."""
        for table, given in ((self.words, words), (self.suffixes, suffixes), (self.excluded, excluded)):
            table.setdefault((name, tag), set()).update(fold(str(word)) for word in given if word != "__line__")


def topic_classes(data: Mapping[str, Any]) -> Classes:
    """The classes that one lexicon file defines by its topic; empty for a file of another kind."""
    found = Classes()
    if "bodies" in data:
        _bodies(data, found)
    if "uses" in data and "suffixes" in data:
        _areas(data, found)
    if "state_letters" in data:
        found.add("state_letter", data["state_letters"] or (), tag="")
    if "editions" in data:
        _events(data, found)
    if "posts" in data:
        _persons(data, found)
    return found


def _heads(entries: Iterable[Any], prefix: str, found: Classes, excluded: Iterable[Any] = (), tag: str = "") -> None:
    """`suffixes:` of a topic: classes area_strong, area_weak …; without a tag the words keep the one that they have."""
    for entry in entries:
        if isinstance(entry, dict) and "strength" in entry:
            found.add(f"{prefix}_{entry['strength']}", suffixes=entry["words"], excluded=excluded, tag=tag)


def _areas(data: Mapping[str, Any], found: Classes) -> None:
    never = data.get("never_areas") or ()
    for entry in data["suffixes"]:
        kind = entry["kind"] if entry["strength"] == "strong" else "weak"
        found.add(f"area_{kind}", suffixes=entry["words"], excluded=never, tag="")


def _bodies(data: Mapping[str, Any], found: Classes) -> None:
    organs = data.get("organs") or {}
    for group, entry in organs.items():
        if isinstance(entry, dict) and "words" in entry:
            found.add("country_organ" if group == "country" else "organ", entry["words"])
    _heads(data.get("suffixes") or (), "body", found, tag="n")
    for entry in data.get("suffixes") or ():
        if isinstance(entry, dict) and entry.get("strength") == "strong":
            found.add(f"body_{entry['kind']}", suffixes=entry["words"])
    found.add("generic_body", data.get("generic_heads") or ())
    found.add("body_modifier", data.get("generic_modifiers") or (), tag="b")
    found.add("body_word", data.get("name_words") or ())
    found.add("loose_body", data.get("loose") or ())


def _events(data: Mapping[str, Any], found: Classes) -> None:
    not_events = data.get("not_events") or ()
    _heads(data.get("suffixes") or (), "event", found, not_events)
    _heads(data.get("honor_heads") or (), "honor", found)


def _persons(data: Mapping[str, Any], found: Classes) -> None:
    for entry in data["posts"]:
        office = entry["kind"] == "office"
        if entry.get("side") in ("after", "both"):
            found.add("office" if office else "title", entry["words"], tag="n" if office else "")
        if entry.get("side") in ("before", "both"):
            found.add("title_after", entry["words"], tag="n" if office else "")
    found.add("post_modifier", data.get("post_modifiers") or (), tag="b")
