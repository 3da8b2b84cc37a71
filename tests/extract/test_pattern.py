"""What stands before: each branch of a look-behind has a length of its own; what a match needs side by side is looked for first."""

from __future__ import annotations

from itertools import product

import pytest

from kg.extract.knowledge import pattern as patterns
from kg.extract.knowledge.pattern import PatternError, _branches, compile_pattern
from kg.extract.knowledge.symbols import Symbols


@pytest.mark.parametrize(
    ("regex", "branches"),
    [
        ("[ab]|[cd][ef]", ["[ab]", "[cd][ef]"]),
        ("(?:[ab]|[cd][ef])", ["[ab]", "[cd][ef]"]),
        ("(?:[ab]|(?:[cd]|[ef]))", ["[ab]", "[cd]", "[ef]"]),
        ("(?:[ab]|[cd])(?:[ef]|[gh])", ["(?:[ab]|[cd])(?:[ef]|[gh])"]),
        ("[ab](?:[cd]|[ef])", ["[ab](?:[cd]|[ef])"]),
        ("[(|)]", ["[(|)]"]),
    ],
)
def test_branches_of_a_group_that_stands_alone_only(regex: str, branches: list[str]) -> None:
    assert _branches(regex) == branches


@pytest.mark.parametrize(
    ("source", "has_neighbours"),
    [
        ("'甲' '乙'", True),
        ("'甲' '乙'? '丙'", True),
        ("'甲' ('乙'|'丙')* '丁'", True),
        ("('甲' '乙'){1,2} '丙'?", True),
        ("('甲' '乙')? '丙'", False),
        ("('甲'|'乙' '丙') '丁'", True),
        ("('甲'?|'乙' '丙') '丁'", False),
        ("<( '甲' ) '乙'", True),
        ("<( ^|'甲' ) '乙'", False),
        ("<( '甲' ) '乙'? '丙'", True),
        ("'甲' '乙'? <( '丙'|'甲' ) '丁'", True),
        ("'甲' >( '乙' ) .", True),
        ("'甲' >( '乙'|$ )", False),
        ("'甲' >!( '乙' ) '丙'", True),
        ("<!( '甲' ) '乙' '丙'", True),
        ("name:( '甲'? ('乙'|'丙' '丁')? ) '甲' $", False),
        ("'甲' (<( '甲' ) '乙'|'丙')", True),
    ],
)
def test_neighbours_leave_out_no_match(source: str, has_neighbours: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_LONG", 0)
    words = "甲乙丙丁"
    symbols = Symbols({}, {}, set(words))
    pattern = compile_pattern(source, symbols, {})
    assert bool(pattern.neighbours) == has_neighbours
    matched = 0
    for length in range(1, 6):
        for written in product(symbols.of_words([(word, "n") for word in words]), repeat=length):
            row = "".join(written)
            found, expected = pattern.search(row), pattern.regex.search(row)
            assert (found and found.span()) == (expected and expected.span())
            matched += expected is not None
    assert matched


def test_a_named_word_has_the_part_of_speech_of_the_dictionary() -> None:
    symbols = Symbols({}, {}, {"清明", "礼赞"}, lambda word: "a" if word == "清明" else "")
    assert symbols.of_word("清明", "t") == symbols.of_word("清明", "a")
    assert symbols.of_word("礼赞", "v") != symbols.of_word("礼赞", "n")
    assert compile_pattern("%a&'清明'", symbols, {}).search(symbols.of_word("清明", "nr"))
    with pytest.raises(PatternError, match="no token can be %t&'清明': 清明 is %a"):
        compile_pattern("%t&'清明'", symbols, {})
