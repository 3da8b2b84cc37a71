from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.review.examples import example_document
from kg.text.fold import fold
from kg.text.sentences import split_sentences


def _sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(example_document(text), fold(text))]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("一。二！三？四", ["一。", "二！", "三？", "四"]),
        ("甲；乙。", ["甲；", "乙。"]),
        ("他说：“一。二。”三。", ["他说：“一。二。”", "三。"]),
        ("甲（乙。丙）丁。戊。", ["甲（乙。丙）丁。", "戊。"]),
        ("标题\n正文。", ["标题", "正文。"]),
        ("一、二、三。", ["一、二、三。"]),
        ("8.全县春耕过半；9.“百家讲堂”开讲。", ["全县春耕过半；", "“百家讲堂”开讲。"]),  # the number of a line of a list is no part of it
        ("6.5吨种子。3.1月份回升。\n9.四座桥：甲桥、乙桥。", ["6.5吨种子。", "3.1月份回升。", "9.四座桥：甲桥、乙桥。"]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert _sentences(text) == sentences


def test_a_quotation_that_is_never_closed_does_not_swallow_the_document() -> None:
    text = "“" + "一二三四五六七八九十。" * 100
    assert len(_sentences(text)) > 20


def test_noise_is_no_sentence() -> None:
    text = "正文。\n分享让更多人看到\n"
    document = replace(example_document(text), noise=((4, 12),))
    assert [text[s.start : s.end] for s in split_sentences(document, fold(text))] == ["正文。"]


@given(st.text(alphabet="一二，。；！？“”（）《》\n 、a"))
def test_sentences_are_in_order_and_apart(text: str) -> None:
    found = split_sentences(example_document(text), fold(text))
    assert all(s.start < s.end <= len(text) for s in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert [s.index for s in found] == list(range(len(found)))
