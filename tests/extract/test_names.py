"""The names that the lexicon lists, and what must not be read as one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.extract.extractor import Extractor
from kg.extract.names.listed_names import TABLES
from kg.extract.review.examples import example_document
from kg.ontology import Ontology
from kg.text.fold import fold
from kg.yaml_files import items_of


def _listed() -> Iterator[tuple[str, str, str]]:
    """Type, name and each form (folded) of what the lexicon lists by name."""
    for file in Ontology.load().yaml("lexicon"):
        for kind, entries in items_of(file.data.get("names")):
            yield from ((kind, str(entry["name"]), fold(str(form))) for entry in entries for form in (entry["name"], *(entry.get("aliases") or ())))
        for key, kind in TABLES.items():
            groups = [entries for _, entries in items_of(file.data.get(key)) if isinstance(entries, dict)]
            yield from ((kind, name, fold(str(form))) for entries in groups for name, aliases in items_of(entries) for form in (name, *(aliases or ())))


def test_each_form_of_a_name_is_listed_once() -> None:
    """A form names one thing: what stands in two entries has the name of the first, whatever the second says."""
    listed: dict[str, list[tuple[str, str]]] = {}
    for kind, name, form in _listed():
        listed.setdefault(form, []).append((kind, name))
    assert len(listed) > 50_000
    assert {form: entries for form, entries in listed.items() if len(entries) > 1} == {}


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("德国首都柏林举行集会。", ["德国", "柏林"]),
        ("德國首都柏林舉行集會。", ["德国", "柏林"]),
        ("爱尔兰首都都柏林举行集会。", ["爱尔兰", "都柏林"]),
        ("建设八大关键工程。", []),
        ("挪威海军参加演习。", []),
        ("舰艇在挪威海航行。", ["挪威海"]),
        ("东京都市圈扩大。", ["东京都市圈"]),
        ("保护洮河源头。", ["洮河"]),
        ("福建、广东三省签约。", ["福建", "广东"]),
        ("振兴东三省。", ["东三省"]),
    ],
)
def test_no_place_is_read_across_two_words(extractor: Extractor, text: str, areas: list[str]) -> None:
    facts = extractor.extract(example_document(text))
    assert [fold(entity.name) for entity in facts.entities if entity.type == "Area"] == areas


def test_a_place_behind_a_surname_beside_an_office_is_a_given_name(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("原副市长任华山受到处理。"))
    assert [(entity.type, entity.name) for entity in facts.entities] == [("Person", "任华山")]


def test_a_law_is_one_with_and_without_the_name_of_the_country(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("《中华人民共和国湖泊保护法》施行。《湖泊保护法》共五章。"))
    assert [(entity.name, len(entity.mentions)) for entity in facts.entities] == [("中华人民共和国湖泊保护法", 2)]
