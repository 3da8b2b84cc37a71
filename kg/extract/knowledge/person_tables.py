"""What the lexicon and the rules know of names, offices and what persons do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kg.extract.knowledge.phrases import Words
from kg.extract.knowledge.word_lists import words_in
from kg.ontology import Ontology
from kg.text.fold import fold, folded_words
from kg.yaml_files import items_of

LONGEST = 3  # characters of a name with a surname of one
JOINED = 4  # characters of a name without surname, of two parts: 扎西|顿珠
HAN = re.compile(r"[\u4e00-\u9fff]+")
PAUSES = ("、", "，", "。", "；", "）")


class PersonWords(Words):
    """The classes and patterns of `rules/persons.yaml` by which names are cut, with the same names."""

    office_last: frozenset[str]
    head_of_place: frozenset[str]
    verb_first: frozenset[str]
    member: frozenset[str]
    behind_name: frozenset[str]
    joins_names: frozenset[str]
    sex: frozenset[str]
    word_of_its_own: frozenset[str]
    list_and: frozenset[str]
    list_etc: frozenset[str]
    joined_by: frozenset[str]
    appointed: re.Pattern[str]  # behind a verb by which somebody is given a post
    appointed_below: re.Pattern[str]  # between such a verb and a list of names, each in a line of its own
    told: re.Pattern[str]  # behind a person who is told of, besides verbs
    leaders: re.Pattern[str]  # before the first of several who lead a place
    listed: re.Pattern[str]  # behind the name of an officer in a list
    closes: re.Pattern[str]  # behind the last name of a list
    adverb: re.Pattern[str]  # behind a foreign name, of characters that spell such names too
    because: re.Pattern[str]  # 因, as a word of its own
    ruler: re.Pattern[str]  # behind the names of kings and popes
    aged: re.Pattern[str]
    comrade: re.Pattern[str]
    apart: re.Pattern[str]  # behind an office, a name that a space sets apart from it


class PersonTables:
    """`lexicon/persons.yaml` of all folders, folded; a text's words are looked up in it."""

    def __init__(self, ontology: Ontology, words: PersonWords) -> None:
        tables: list[Mapping[str, Any]] = [file.data for file in ontology.yaml("lexicon") if "surnames" in file.data]

        def listed(*keys: str) -> frozenset[str]:
            return frozenset(words_in(tables, *keys))

        self.words = words
        self.surnames = listed("surnames", "common")
        self.compound = listed("surnames", "compound")
        self.not_names = tuple(sorted(listed("not_names")))
        self.honorifics = listed("honorifics")
        self._parts = listed("name_parts")
        self._rare = listed("surnames", "rare")
        self._not_given = listed("not_in_given_names")
        self._not_beside = self._not_given - listed("allowed_beside_a_post")
        self.speech = listed("speech")
        self.does = tuple(sorted(self.speech))  # what is told of a person
        self.verbs = tuple(verb for verb in self.does if len(verb) > 1)
        self.sounds = "".join(fold(str(table.get("transliteration") or "")) for table in tables)
        self.not_after_foreign = words_in(tables, "not_after_foreign")
        self.list_ends = tuple(sorted(listed("list_ends")))
        self.titles, self.title_leads = listed("state_titles"), words_in(tables, "title_leads")
        self.takes, self.takes_how, self.appoints = listed("takes_post"), listed("takes_how"), listed("appoints")
        self.members = {fold(member): fold(str(body)) for table in tables for member, body in items_of(table.get("members"))}
        posts = [entry for table in tables for entry in table.get("posts") or ()]
        behind = [entry for entry in posts if entry["side"] in ("after", "both")]
        self.posts = _titles(entry for entry in behind if entry["kind"] == "office")
        self.states = _titles(entry for entry in behind if entry.get("body") == "foreign")  # offices that foreign states have
        # Titles and verbs that names stand after; only with the segmenter's word for it.
        self.beside = {word for word in listed("met") if len(word) > 1} | listed("people") | _titles(entry for entry in behind if entry["kind"] != "office")
        self.after = _titles(entry for entry in posts if entry["side"] in ("before", "both"))

    def is_joined(self, word: str) -> bool:
        """Whether a word is a name without surname, made of two listed ones: 扎西顿珠."""
        return len(word) == JOINED and word[: JOINED // 2] in self._parts and word[JOINED // 2 :] in self._parts

    def is_name(self, word: str, *, rare: bool, beside: bool = False) -> bool:
        """Whether a word is a surname, of the `rare` ones too, and a given name; `beside` an office more can be one."""
        if word.startswith(self.not_names):
            return False
        if self.is_joined(word) or (beside and word in self._parts):
            return True
        compound = word[:2] in self.compound
        if not compound and word[:1] not in self.surnames and not (rare and word[:1] in self._rare):
            return False
        given = word[2:] if compound else word[1:]
        forbidden = self._not_beside if beside else self._not_given
        if given in self.honorifics:
            return False
        return 1 <= len(given) <= 2 and HAN.fullmatch(given) is not None and forbidden.isdisjoint(given)


def _titles(entries: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(folded_words(str(word) for entry in entries for word in entry["words"]))
