"""What contradicts what, and what does not."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.ask.conflicts import Conflict, conflicts
from kg.engines.worker import extractor
from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document
from kg.graph.about import lexicon_rows
from kg.graph.naming import naming
from kg.graph.quads import stored
from kg.ontology import Ontology


@cache
def _loaded(own: Path | None = None) -> tuple[Extractor, Ontology]:
    ontology = Ontology.load(own)
    return extractor(ontology, "rjieba"), ontology  # the one of all tests of this process


def found(*texts: str, date: str = "2024-01-15", min_confidence: float = 0.0, own: Path | None = None) -> list[Conflict]:
    """The conflicts between texts of one day, each a document."""
    (reader, ontology), store = _loaded(own), Store()
    known = "".join(f"<{s}> <{p}> {o} .\n" for s, p, o in sorted(lexicon_rows(ontology)))
    store.load(known.encode(), format=RdfFormat.N_TRIPLES)
    for number, text in enumerate(texts):
        document = replace(example_document(text, date), id=f"d{number}", stem=f"d{number}")
        store.load(stored(document, reader.extract(document), naming(ontology)).quads, format=RdfFormat.N_QUADS)
    return conflicts(store, min_confidence=min_confidence)


def test_both_sides_come_with_their_sentences_in_either_script() -> None:
    (one,) = found("2023年，钱塘区地区生产总值增长11%。", "2023年，錢塘區地區生產總值增長10.6%。")
    assert [(str(side.value), side.sentence[:4], side.document) for side in one.sides] == [("11", "2023", "d0"), ("10.6", "2023", "d1")]
    assert one.as_data()["sides"][0]["period_start"] == "2023-01-01"  # for JSON


@pytest.mark.parametrize(
    ("texts", "disagree"),
    [
        # one text: a statistic that it gives twice; things that it counts by one word
        (["2023年，钱塘区地区生产总值增长11%。2023年，钱塘区地区生产总值增长9%。"], True),
        (["2023年，河南省粮食播种面积1.61亿亩。2023年，河南省粮食播种面积1.5亿亩。"], True),
        (["2023年，钱塘区实施重大项目70个。2023年，钱塘区建成重大项目7个。"], False),
        (["2023年，钱塘区新增企业25家。2023年，钱塘区新增企业31家。"], False),
        # two texts: what both count, each once; what the second counts twice, once as the first
        (["2023年，钱塘区新增企业25家。", "2023年，钱塘区新增企业31家。"], True),
        (["2023年，钱塘区新增企业25家。", "2023年，钱塘区新增企业31家。2023年，钱塘区新增企业25家。"], False),
    ],
)
def test_counts_of_one_word_in_one_text_are_not_one_figure(texts: list[str], disagree: bool) -> None:
    assert bool(found(*texts)) is disagree


@pytest.mark.parametrize(
    ("one", "other", "disagree"),
    [
        ("实现利润1142.15亿元", "实现利润1142亿元", False),
        ("固定资产投资增长44%", "固定资产投资增长43.8%", False),
        ("固定资产投资增长5%左右", "固定资产投资增长4.8%", False),
        ("固定资产投资增长5%左右", "固定资产投资增长4.1%", True),
        ("固定资产投资预计增长11%", "固定资产投资增长10.6%", True),
        ("实现利润超过400亿元", "实现利润420亿元", False),
        ("实现利润超过400亿元", "实现利润390亿元", True),
        ("实现利润229亿元", "实现利润228亿元", True),
    ],
)
def test_bounds_and_rounding_are_no_disagreement(one: str, other: str, disagree: bool) -> None:
    assert bool(found(f"2023年，钱塘区{one}。", f"2023年，钱塘区{other}。")) is disagree


def test_units_of_ones_own_measure_if_they_say_so(tmp_path: Path) -> None:
    for unit, kind, disagree in (("垧", "measure", True), ("垛", "count", False)):
        (tmp_path / unit / "lexicon").mkdir(parents=True)
        (tmp_path / unit / "lexicon" / "own.yaml").write_text(f"units:\n  - {{written: [{unit}], class: {kind}}}\n", encoding="utf-8")
        text = f"2023年，河南省粮食播种面积1610{unit}。2023年，河南省粮食播种面积1500{unit}。"
        assert bool(found(text, own=tmp_path / unit)) is disagree


def test_what_is_made_new_is_not_all_that_there_is() -> None:
    built, new = "2023年，河南省建成高标准农田8000万亩。", "2023年，河南省新建高标准农田500万亩。"
    assert not found(built, new)
    assert found(new, new.replace("500", "600"))


def test_what_is_expected_of_a_year_that_is_not_over_may_differ() -> None:
    texts = "2024年，钱塘区地区生产总值增长5.2%。", "2024年，钱塘区地区生产总值增长4.8%。"
    assert not found(*texts)
    assert found(*texts, date="2025-01-20")


@pytest.mark.parametrize(
    ("one", "other", "disagree"),
    [
        ("全国新设外商投资企业5万家", "全国新设外商投资企业8万家", True),
        ("物流业总收入12.7万亿元", "物流业总收入12.1万亿元", True),
        ("物流业总收入12.7万亿元", "物流业总收入2.1万亿元", False),  # perhaps of a place named before
    ],
)
def test_figures_of_nothing_named_are_compared_if_they_are_the_countrys_or_near(one: str, other: str, disagree: bool) -> None:
    assert bool(found(f"2023年，{one}。", f"2023年，{other}。")) is disagree


def test_what_is_likely_read_wrong_is_no_disagreement() -> None:
    texts = "2023年，钱塘区地区生产总值增长11%。", "2023年，钱塘区地区生产总值增长10.6%。"
    assert found(*texts)
    assert not found(*texts, min_confidence=0.99)
