"""Codes and bases in words: every one that the program makes has words, in all languages that need them."""

from __future__ import annotations

import re

import pytest

from kg.ask.wording import told, told_clues, wording
from kg.extract.knowledge.phrases import read_phrases
from kg.extract.observations.figure_words import FigureWords
from kg.ontology import Ontology

LANGUAGES = {"en", "zh-Hans", "zh-Hant"}


def test_every_weighed_clue_of_a_figure_has_words_in_all_languages() -> None:
    weighed = [clue for file in Ontology.load().yaml("rules") for clue in (file.data.get("clues") or {}).get("observation", ()) if clue != "__line__"]
    assert len(weighed) > 30
    for clue in weighed:
        assert all(told("clue", clue, language) != clue for language in LANGUAGES), clue


def test_every_code_of_a_clue_is_told_in_three_languages() -> None:
    clues = {key: set(texts) for key, texts in wording().items() if key.startswith("clue-")}
    assert len(clues) > 30 and all(languages == LANGUAGES for languages in clues.values())


BASES = ["同比", "环比", "比上年", "较去年同期", "比上月", "较上季度", "比上一届", "两年平均", "五年年均", "2019"]


@pytest.mark.parametrize("base", BASES)
def test_what_figures_are_measured_against_has_english_words(base: str) -> None:
    assert not re.search("[\u4e00-\u9fff]", told("base", base))


def test_every_base_that_the_rules_find_has_words() -> None:
    words = read_phrases(Ontology.load().yaml("rules")).words_of(FigureWords, "figures")
    spans = ("上年", "去年", "上月", "上季度", "上届", "上一届")
    texts = [f"{verb}{span}{same}" for verb in "比较" for span in spans for same in ("", "同期")]
    texts += [f"{years}年{mean}" for years in "两二三四五" for mean in ("平均", "年均")]
    for text in texts:
        found = words.base.search(f"{text}增长")
        assert found and f"base-{found[0]}" in wording(), text


def test_what_has_no_words_stays_as_it_is() -> None:
    assert told("base", "与上周相比") == "与上周相比"
    assert told("base", "比上年", "zh-Hans") == "比上年"
    assert told("clue", "of-Reservoir") == "subject is of class Reservoir"
    assert told_clues(("text-report", "subject-area"), "zh-Hans") == "出自报告或规划；主体是报告的地区"
    assert told_clues(()) == ""
