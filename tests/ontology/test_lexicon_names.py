"""The lexicons of names: written folded, told apart, found in both scripts, and pointing at places that exist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from opencc import OpenCC

from kg.errors import KgError
from kg.extract.knowledge.phrases import read_phrases
from kg.extract.knowledge.symbols import read_classes
from kg.extract.names.gazetteer import Gazetteer, PlaceWords
from kg.extract.names.listed_names import own_organs
from kg.extract.names.name_guards import NameGuards
from kg.ontology import Ontology, shipped_folder
from kg.text.fold import fold
from kg.yaml_files import read_yaml

FILES = ("areas", "bodies", "persons", "events")


@cache
def lexicon(name: str) -> dict[str, Any]:
    return read_yaml(shipped_folder() / "lexicon" / f"{name}.yaml")


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return Gazetteer.load([shipped_folder()], read_phrases(Ontology.load().yaml("rules")).words_of(PlaceWords, "places"))


def listed(file: str, key: str) -> Iterator[tuple[str, str]]:
    """(canonical name, one of its surfaces) of all names of a file."""
    for group, entries in lexicon(file)[key].items():
        if group != "__line__":
            for name, others in entries.items():
                if name != "__line__":
                    yield from ((name, surface) for surface in (name, *others))


def words(value: Any) -> Iterator[str]:
    """All strings in lists of a parsed file: those are words, the rest is prose and keys."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "__line__":
                yield from words(inner)
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, str):
                yield inner
            else:
                yield from words(inner)


@pytest.mark.parametrize("file", FILES)
def test_words_are_folded(file: str) -> None:
    found = list(words(lexicon(file)))
    assert len(found) > 200
    assert [word for word in found if fold(word) != word] == []


@pytest.mark.parametrize("file", FILES)
def test_no_list_holds_a_word_twice(file: str) -> None:
    def lists(value: Any) -> Iterator[list[str]]:
        if isinstance(value, dict):
            for inner in value.values():
                yield from lists(inner)
        elif isinstance(value, list):
            yield [item for item in value if isinstance(item, str)]
            for inner in value:
                if not isinstance(inner, str):
                    yield from lists(inner)

    found = list(lists(lexicon(file)))
    assert len(found) > 10
    assert [sorted({w for w in some if some.count(w) > 1}) for some in found if len(set(some)) < len(some)] == []


@pytest.mark.parametrize(("file", "key", "least"), [("bodies", "bodies", 1300), ("events", "events", 300)])
def test_a_surface_means_one_thing(file: str, key: str, least: int) -> None:
    names: dict[str, set[str]] = {}
    for name, surface in listed(file, key):
        names.setdefault(surface, set()).add(name)
    assert len(names) > least
    assert {surface: found for surface, found in names.items() if len(found) > 1} == {}


def test_bodies_and_events_share_no_surface() -> None:
    bodies, events = ({surface for _, surface in listed(f, k)} for f, k in (("bodies", "bodies"), ("events", "events")))
    assert bodies & events == set()
    assert bodies & {surface for surface in gazetteer().names() if gazetteer().use(surface) == "name"} == set()


@pytest.mark.parametrize(("file", "key"), [("bodies", "bodies"), ("events", "events")])
def test_traditional_text_finds_every_name(file: str, key: str) -> None:
    traditional = OpenCC("s2t")
    surfaces = sorted({surface for _, surface in listed(file, key)})
    assert len(surfaces) > 200
    assert [s for s in surfaces if fold(traditional.convert(s)) != s] == []


def test_traditional_text_finds_nearly_every_place() -> None:
    traditional = OpenCC("s2t")
    names = gazetteer().names()
    lost = [name for name in names if len(name) > 1 and fold(traditional.convert(name)) not in names]
    # Where one simplified character stands for several, a made-up traditional spelling may fold to another one.
    assert len(lost) <= 25, lost


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("國家發展改革委", "国家发展和改革委员会"),
        ("工信部", "工业和信息化部"),
        ("總台", "中央广播电视总台"),
        ("亞投行", "亚洲基础设施投资银行"),
        ("全國人大常委會", "全国人民代表大会常务委员会"),
        ("新華社", "新华通讯社"),
    ],
)
def test_short_names_of_bodies(surface: str, name: str) -> None:
    assert {canonical for canonical, found in listed("bodies", "bodies") if found == fold(surface)} == {name}


def test_loose_names_stand_for_listed_bodies() -> None:
    canonical = {name for name, _ in listed("bodies", "bodies")}
    loose = {key: value for key, value in lexicon("bodies")["loose"].items() if key != "__line__"}
    assert len(loose) > 20
    assert {key: value for key, value in loose.items() if value not in canonical} == {}


def test_areas_speak_of_places_that_exist() -> None:
    data, places = lexicon("areas"), gazetteer()
    known = set(places.names())
    listed_surfaces = [s for entry in data["uses"] for s in entry["surfaces"]] + [*data["prefer"], *data["open"]]
    lines = (shipped_folder() / "gazetteer" / "divisions.tsv").read_text("utf-8").splitlines()
    known |= {form for line in lines for cell in line.split("\t")[1:4:2] for form in cell.split("|")}
    assert [s for s in listed_surfaces if s != "__line__" and s not in known] == []
    codes = [*data["aliases"], *data["prefer"].values(), *data["abbreviations"].values()]
    assert [c for c in codes if isinstance(c, str) and c != "__line__" and places.get(c) is None] == []


def test_our_country_is_never_an_area() -> None:
    assert [word for word in ("我国", "全国", "国内", "国家") if word in gazetteer().names()] == []


@pytest.mark.parametrize(
    ("name", "before", "after", "blocked"),
    [
        ("商务部", "", "发布", False),
        ("商务部", "", "门", True),
        ("外交部", "", "长表示", True),
        ("央视", "", "频", True),
        ("国航", "中", "天", True),
        ("北京大学", "", "生", True),
        ("北京大学", "", "举行", False),
        ("G20", "x", "", True),
        ("G20", "出席", "峰会", False),
    ],
)
def test_guards(name: str, before: str, after: str, blocked: bool) -> None:
    assert NameGuards(Ontology.load()).blocked(name, before, after) is blocked


@pytest.mark.parametrize("entry", ["{names: [甲], ends: 乙}", "{not_after: [门]}", "{names: [甲], after: [门]}", "甲"])
def test_a_guard_of_a_wrong_shape_is_refused(tmp_path: Any, entry: str) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "own.yaml").write_text(f"guards:\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(KgError, match="a guard has keys"):
        NameGuards(Ontology.load(tmp_path, alone=True))


def test_a_class_that_no_rule_names_says_what_it_is_for() -> None:
    ontology = Ontology.load()
    texts = [path.read_text(encoding="utf-8") for kind in ("rules", "lexicon") for path in ontology.files(kind, ".yaml")]
    texts += [path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "kg").rglob("*.py")]
    named = {name for text in texts for name in re.findall("@([a-z_]+)", text)}
    classes = {name: entry for file in ontology.yaml("lexicon") for name, entry in (file.data.get("classes") or {}).items() if name != "__line__"}
    assert len(classes) > 200
    assert [name for name, entry in classes.items() if name not in named and not entry.get("note", "").startswith("for the segmenter: ")] == []


def test_a_class_stands_in_one_file_and_lists_a_word_once_and_no_end_as_a_word_too() -> None:
    classes = [(name, entry) for file in Ontology.load().yaml("lexicon") for name, entry in (file.data.get("classes") or {}).items() if name != "__line__"]
    assert [name for name, files in Counter(name for name, _ in classes).items() if files > 1] == []
    given = [(name, entry.get("words", []), entry.get("suffixes", [])) for name, entry in classes]
    assert [(name, word) for name, words, ends in given for word, times in Counter([*map(str, words), *map(str, ends)]).items() if times > 1] == []


def _with(folder: Path, lexicon: str) -> Ontology:
    (folder / "lexicon").mkdir()
    (folder / "lexicon" / "own.yaml").write_text(lexicon, encoding="utf-8")
    return Ontology.load(folder)


def test_departments_of_a_folder_of_ones_own_are_own_organs_too(tmp_path: Path) -> None:
    organs = own_organs(_with(tmp_path, "organs: {departments: {words: [星空發展局, 星空部门]}}\n"))
    assert {name: organs.get(name) for name in ("省星空发展局", "市星空发展局", "县星空发展局", "省星空部门", "省教育厅")} == {
        "省星空发展局": "province", "市星空发展局": "city", "县星空发展局": "county", "省星空部门": None, "省教育厅": "province",
    }  # fmt: skip


def test_own_departments_need_their_beginnings(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"own\.yaml:3: `own_departments` needs `begins`"):
        own_organs(_with(tmp_path, "organs:\n  own_departments:\n    groups: [departments]\n"))


def test_a_verb_behind_a_word_of_manner_is_of_its_classes(tmp_path: Any) -> None:
    lexicon = "manner: [正式, 全面]\nclasses:\n  begin: {manner: true, not: [全面启动], words: [开工, 启动]}\n  end: {words: [竣工]}\n  other: {words: [正式开工, 全面启动, 正式竣工, 正式]}\n"
    words = {name: known.words for name, known in read_classes(_with(tmp_path, lexicon)).items()}
    assert words["begin"] >= {"开工", "启动", "正式开工"} and not words["begin"] & {"全面启动", "正式"}
    assert "正式竣工" not in words["end"]


def test_what_is_done_in_whatever_manner_is_done() -> None:
    classes = read_classes(Ontology.load())
    assert {"正式开工", "破土动工"} <= classes["build"].words
    assert "成功召开" in classes["hold"].words
    assert "顺利完成" not in classes["status_completed"].words  # 顺利完成铺轨 is of a line under way
