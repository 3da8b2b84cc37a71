"""Marks of footnotes: what is found is the same without them, and stands where the text with them says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extract.corrections.footnotes import Footnotes, without_marks
from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document
from kg.extract.review.trace import trace

TEXT = (
    "2025年浙江省政府工作报告\n实施长三角一体化发展{}战略{}，开展“百村千社{}”行动，建成江东高速{}改扩建工程。"
    "全省{}新修公路320{}公里，四大产业{}增加值占比提高4个百分点{}，出台《浙江省水利{}条例》{}。"
)
MARKS = ["［1］", "[2]", "〔3〕", "［14］", "[5]", "", "［7］", "〔118〕", "[9]", "［10］"]


ELSEWHERE = ["（见附件1）", "(见表2)", "（下同）", "", "（详见附表三）", "", "（见专栏7）", "", "（名单附后）", "（參見附錄）"]


@pytest.mark.parametrize("marks", [MARKS, ELSEWHERE])
def test_marks_change_no_fact(extractor: Extractor, marks: list[str]) -> None:
    marked = extractor.extract(example_document(TEXT.format(*marks)))
    bare = extractor.extract(example_document(TEXT.format(*[""] * len(MARKS))))
    assert [(e.type, e.name, e.key) for e in marked.entities] == [(e.type, e.name, e.key) for e in bare.entities]
    assert [(r.subject, r.predicate, r.object, r.value) for r in marked.relations] == [(r.subject, r.predicate, r.object, r.value) for r in bare.relations]
    assert [(o.indicator, o.value, o.period) for o in marked.observations] == [(o.indicator, o.value, o.period) for o in bare.observations]
    assert len(bare.relations) > 4 and len(bare.observations) == 2


def test_offsets_are_those_of_the_text_with_marks(extractor: Extractor) -> None:
    text = TEXT.format(*MARKS)
    facts = extractor.extract(example_document(text))
    written = {text[m.start : m.end] for entity in facts.entities for m in entity.mentions}
    assert {"江东高速［14］改扩建工程", "“百村千社〔3〕”行动", "浙江省水利[9]条例"} <= written
    for entity in facts.entities:
        assert all(text[m.start : m.end] in entity.surfaces for m in entity.mentions)
    for one in (*facts.relations, *facts.observations):
        assert 0 <= one.start < one.end <= len(text)
    assert "4个百分点" in text[facts.observations[-1].start : facts.observations[-1].end]


def test_headings_and_noise_move_with_the_text() -> None:
    text = "第一章［1］\n推进改革［2］。（记者）"
    marks = Footnotes.of(text)
    assert marks is not None
    read = marks.read(replace(example_document(text), headings=((0, 6),), noise=((text.index("（"), len(text)),)))
    assert [read.text[s:e] for s, e in (*read.headings, *read.noise)] == ["第一章", "（记者）"]
    assert [text[marks.start(s) : marks.end(e)] for s, e in ((0, 3), (3, 6))] == ["第一章", "\n推进"]


@pytest.mark.parametrize("text", ["国发〔21〕3号文件印发。", "印发〔2021〕12号文。", "数组a[1]为空。", "江城（附近）降雨。", "展品（如图书）增多。", "（见附件）"])
def test_other_brackets_are_no_marks(text: str) -> None:
    assert Footnotes.of(text) is None


def test_a_trace_stands_where_the_text_says(extractor: Extractor) -> None:
    text = "实施长三角一体化发展［1］战略。浙江［2］加快发展。"
    traced = trace(extractor, example_document(text))
    places = {token.text: text[token.start : token.end] for row in traced.tokens for token in row}
    assert places["浙江"] == "浙江"


def test_marks_that_stand_together_are_all_left_out() -> None:
    marks = Footnotes.of("实施长三角一体化发展［3］［4］战略。")
    assert marks is not None and marks.read(example_document("实施长三角一体化发展［3］［4］战略。")).text == "实施长三角一体化发展战略。"
    assert (marks.end(10), marks.start(10)) == (10, 16)


def test_a_mark_may_stand_behind_a_per_cent() -> None:
    assert without_marks("城镇化率达到59.22%［1］，人口707.9万人［4］。") == "城镇化率达到59.22%，人口707.9万人。"
