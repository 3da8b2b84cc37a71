"""With which characters what an expression finds may begin and end."""

from __future__ import annotations

import re
from itertools import product

import pytest

from kg.edges import may_begin, may_end
from kg.extract.extractor import Extractor
from kg.once import Once

EXPRESSIONS = [
    "甲乙|丙丁", "[甲乙]{0,2}丙$", "(?:甲|乙丙)+$", "(?<!甲)乙$|丙丁$", "(?:甲|$)", "甲?乙*", "[^甲乙]丙?$", "(?>甲乙|丙)$", "(?:甲乙?)++$",
    "(?P<a>甲)乙?(?P=a)$", "甲$|乙", "^丙", r"\d丁$", "(?=甲)[甲乙]丙", "(?!甲)[甲乙丙]丁?$", "丙(?:丁$)", "丁(?!甲)$", "(?:甲{2,3}){0,1}?丁$",
    "(?m)甲$", "(?m:乙)$", "(?i)a|b甲$", "(?i:[a-b]甲)$", "丙(?i:a)$",
]  # fmt: skip
TEXTS = ["".join(text) for size in range(4) for text in product("甲乙丙丁1AB\n", repeat=size)]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_nothing_is_found_where_its_edge_may_not_be(expression: str) -> None:
    pattern, begins, ends = re.compile(expression), may_begin(expression), may_end(expression)
    for text in TEXTS:
        assert begins(text[:1]) or pattern.match(text) is None
        assert ends(text[-1:]) or pattern.search(text) is None


def test_most_characters_are_told_not_to_be() -> None:
    assert [char for char in "甲乙丙丁" if may_begin("甲乙|[丙]?丁")(char)] == ["甲", "丙", "丁"]
    assert [char for char in "甲乙丙丁" if may_end("(?:甲|乙丙?)$")(char)] == ["甲", "乙", "丙"]
    assert all(may_end("甲|乙$")(char) for char in "甲乙丙丁")  # the first holds anywhere


def test_what_rules_of_figures_ask_is_told_by_edges(extractor: Extractor) -> None:
    rules = extractor.observer.rules.by_unit["count"]
    assert 0 < len(rules.possible("值", "，")) < len(rules.rules) / 2
    assert list(rules.possible("", "")) == list(rules.rules)


def test_a_question_is_asked_once_of_each_value() -> None:
    asked: list[str] = []

    def long(word: str) -> bool:
        asked.append(word)
        return len(word) > 1

    once = Once(long)
    assert [once[word] for word in ("甲", "甲乙", "甲", "甲乙")] == [False, True, False, True]
    assert asked == ["甲", "甲乙"]
