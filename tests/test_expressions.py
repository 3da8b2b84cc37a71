"""Expressions whose compiled form is kept: the same objects as `re` makes, however they come about."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from kg import remembered
from kg.expressions import Expressions

SOME = [
    "", "a", "(?!)", "(?P<name>钱塘区|[甲-癸]{2,3})(?P<rest>.*?)$", r"(?x) a  b # comment", "(?i)straße|İ", r"\bx++(?<=[a-c])", r"(a)(?:b)(?P<c>d)?(?(c)e|f)",
    "[" + "".join(map(chr, range(0x3400, 0x6000, 3))) + "]", r"(?s-m:.)\Z", "[^\\d\\s]", "(?>ab|a)c",
]  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "zhengce-kg"


def kept(home: Path) -> Path:
    [file] = home.glob("expressions-*")
    return file


@pytest.fixture
def full() -> None:
    """Everything of SOME kept by an earlier process."""
    before = Expressions()
    for expression in SOME:
        before.compile(expression)
    before.save()


def same(one: re.Pattern[str], other: re.Pattern[str]) -> bool:
    return one == other and (one.flags, one.groups, dict(one.groupindex)) == (other.flags, other.groups, dict(other.groupindex))


@pytest.mark.parametrize("expression", SOME)
def test_what_is_compiled_is_what_re_compiles(expression: str) -> None:
    assert same(Expressions().compile(expression), re.compile(expression))


@pytest.mark.parametrize("expression", SOME)
def test_what_is_kept_is_what_re_compiles(expression: str, full: None, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = re.compile(expression)
    monkeypatch.setattr("kg.expressions._numbers", pytest.fail)
    monkeypatch.setattr(re, "compile", pytest.fail)
    assert same(Expressions().compile(expression), expected)


@pytest.mark.parametrize("expression", ["(", "[a", "(?<=a+)b", "a{3,2}", "(?P<x>a)(?P<x>b)"])
def test_errors_are_those_of_re(expression: str) -> None:
    with pytest.raises(re.error) as expected:
        re.compile(expression)
    with pytest.raises(re.error) as found:
        Expressions().compile(expression)
    assert str(found.value) == str(expected.value)
    wrong: Any = 3
    with pytest.raises(TypeError):
        Expressions().compile(wrong)


def test_numbers_that_the_c_code_refuses_are_made_again(full: None, home: Path) -> None:
    [(kind, key)] = [kept(home).name.split("-")]
    pieces = remembered.recall_pieces(kind, key)
    assert pieces is not None
    (flags, packed, *rest), told = pieces.get("a")
    remembered.keep_pieces(kind, key, dict([remembered.piece("a", ((flags, b"\xff" * len(packed), *rest), told))]))
    found = Expressions()
    assert same(found.compile("a"), re.compile("a"))
    found.save()
    assert same(Expressions().compile("a"), re.compile("a"))
    mended = remembered.recall_pieces(kind, key)
    assert mended is not None and mended.get("a")[0][1] == packed


def test_what_is_read_off_an_expression_is_kept_with_it(home: Path) -> None:
    asked: list[str] = []

    def read(expression: str) -> int:
        asked.append(expression)
        return len(expression)

    for _ in range(2):
        found = Expressions()
        found.compile("abc")
        assert (found.told_of("abc", read), found.told_of("abc", read)) == (3, 3)
        found.save()
    assert asked == ["abc"]


def test_nothing_is_written_where_nothing_is_new(full: None, home: Path) -> None:
    before = kept(home).stat().st_ino
    found = Expressions()
    found.compile(SOME[3])
    found.save()
    assert kept(home).stat().st_ino == before
    found.compile("new")
    found.save()
    assert kept(home).stat().st_ino != before


def test_a_python_that_compiles_in_other_ways_compiles_as_it_does(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    def gone(_: str) -> None:
        raise AttributeError("_code")

    monkeypatch.setattr("kg.expressions._numbers", gone)
    found = Expressions()
    assert all(same(found.compile(expression), re.compile(expression)) for expression in SOME)
    found.save()
    assert not home.exists()


def test_a_python_without_that_module_compiles_as_it_does(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("kg.expressions.import_module", missing)
    found = Expressions()
    assert same(found.compile("a"), re.compile("a"))
    found.save()
    assert not home.exists()


def test_above_a_bound_only_what_was_used_is_kept(full: None, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setattr("kg.expressions._MOST", 10)
    found = Expressions()
    found.compile(SOME[1])
    found.compile("new")
    found.save()
    kind, key = kept(home).name.split("-")
    pieces = remembered.recall_pieces(kind, key)
    assert pieces is not None and len(pieces.taken()) == 2
    assert all(same(Expressions().compile(expression), re.compile(expression)) for expression in (SOME[1], "new"))
