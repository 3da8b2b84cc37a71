"""One indicator that texts call otherwise is one in the figures of a server."""

from __future__ import annotations

import pytest

from kg.build import build
from kg.serve.figures import Filter, filtered, indicators
from kg.serve.index import Index
from kg.serve.library import Library

TEXT = "2024年，浙江省地区生产总值增长5.5%。\n2024年，江苏省生产总值增长5.8%。\n2024年，河北省GDP增长5.4%。\n2024年，福建省粮食产量增长1%。\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("indicators")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    assert build([folder / "a.txt"], folder / "graph", jobs=1).ok
    library = Library(folder / "graph")
    library.open()
    assert library._edition is not None
    return library._edition.index


@pytest.mark.parametrize("words", ["地区生产总值", "生产总值", "gdp", "地區生產總值"])
def test_an_indicator_is_found_by_any_of_its_names(index: Index, words: str) -> None:
    rows, total = filtered(index, Filter(indicator=words, kind="growth"), 10, 0)
    assert total == 3 and {row["indicator"] for row in rows} == {"地区生产总值"}
    assert sorted(row["written"] for row in rows) == ["GDP", "地区生产总值", "生产总值"]


def test_indicators_are_listed_once(index: Index) -> None:
    assert indicators(index, "生产总值", 10) == [{"name": "地区生产总值", "figures": 3}]
