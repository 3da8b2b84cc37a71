"""Each noise pattern finds its examples, exactly, and leaves its near misses alone: through the whole table."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.ontology import Ontology
from kg.read import ReadOptions, find, read, with_noise_of
from kg.read.noise import NoisePattern, load_noise, noise_spans, page_fields

PATTERNS = load_noise().patterns
EXAMPLES = [(p, example) for p in PATTERNS for example in p.examples]
NEAR_MISSES = [(p, miss) for p in PATTERNS for miss in p.near_misses]


def test_every_pattern_has_examples() -> None:
    assert len(PATTERNS) >= 15
    assert len(EXAMPLES) >= 2 * len(PATTERNS)


@pytest.mark.parametrize(("pattern", "example"), EXAMPLES, ids=lambda v: v if isinstance(v, str) else v.id)
def test_example(pattern: NoisePattern, example: str) -> None:
    if "«" not in example:
        example = f"«{example}»"
    start, end = example.index("«"), example.index("»") - 1
    text = example.replace("«", "").replace("»", "")
    spans = noise_spans(text, load_noise())
    assert [(s, len(text[:e].rstrip())) for s, e in spans] == [(start, len(text[:end].rstrip()))]


@pytest.mark.parametrize(("pattern", "miss"), NEAR_MISSES, ids=lambda v: v if isinstance(v, str) else v.id)
def test_near_miss(pattern: NoisePattern, miss: str) -> None:
    assert noise_spans(miss, load_noise()) == ()


def test_noise_of_an_ontology_of_ones_own(tmp_path: Path) -> None:
    table, text = tmp_path / "own" / "lexicon" / "own.yaml", tmp_path / "a.txt"
    table.parent.mkdir(parents=True)
    text.write_text("标题\n小编提醒：出门带伞\n正文。", encoding="utf-8")

    def marked(entry: str) -> tuple[tuple[int, int], ...]:
        table.write_text(entry, encoding="utf-8")
        options = with_noise_of(ReadOptions(), Ontology.load(tmp_path / "own"))
        [document] = [document for source in find([text]) for document in read(source, options)]
        return document.noise

    assert marked("noise: [{id: own, where: line, pattern: 小编提醒：.*, examples: [小编提醒：早睡], near_misses: [小编]}]\n") == ((3, 12),)
    assert marked("noise: [{id: own, where: line, pattern: 小编提醒：早.*, examples: [小编提醒：早睡], near_misses: [小编]}]\n") == ()
    assert with_noise_of(ReadOptions(), Ontology.load()) == ReadOptions()


def test_lines_of_page_fields_are_noise_and_are_read() -> None:
    line = "发布时间：2021-07-15 10:00 来源：浙江日报 浏览次数：12"
    assert noise_spans(f"标题\n{line}\n正文。", load_noise()) == ((3, 3 + len(line)),)
    assert page_fields([line], load_noise()) == {"date": "2021-07-15 10:00", "source": "浙江日报"}


@pytest.mark.parametrize(
    "line",
    ["2024-03-06 10:11 来源：浙江日报", "2024年3月6日 10:11:12　来源：浙江日报 字号", "2024/3/6 | 來源: 浙江日报 浏览次数：12"],
)
def test_page_fields_may_follow_a_bare_day(line: str) -> None:
    assert noise_spans(f"标题\n{line}\n正文。", load_noise()) == ((3, 3 + len(line)),)
    assert page_fields([line], load_noise()) == {"source": "浙江日报"}


def test_a_day_before_a_sentence_is_no_field() -> None:
    assert noise_spans("2024年3月6日 浙江日报来源于1949年的杭州", load_noise()) == ()


def test_a_sentence_with_a_label_inside_is_no_field() -> None:
    assert noise_spans("资金来源：财政拨款。", load_noise()) == ()
    assert page_fields(["主要资金来源：财政拨款和社会投资。"], load_noise()) == {}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{id: a, where: line, pattern: 'x', examples: [x]}", "near_misses"),
        ("{id: a, where: line, pattern: '(', examples: [x], near_misses: [y]}", "noise pattern a"),
        ("{id: a, where: top, pattern: 'x', examples: [x], near_misses: [y]}", "where"),
        ("{id: a, where: line, pattern: 'x', examples: [], near_misses: [y]}", "needs an example"),
        ("{id: a, where: line, pattern: 'x', examples: [x], near_misses: [y], colour: red}", "unknown key 'colour'"),
    ],
)
def test_faulty_tables_name_file_and_line(tmp_path: Path, entry: str, message: str) -> None:
    table = tmp_path / "noise.yaml"
    table.write_text(f"# a comment\nnoise:\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(KgError, match=message) as failure:
        load_noise((table,))
    assert (failure.value.file, failure.value.line) == (table, 3)
