"""Names of persons beside offices: where they end, and what is none."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.text.fold import fold
from kg.text.segment import word_ends


def found(extractor: Extractor, text: str) -> list[str]:
    folded = fold(text)
    words = extractor.segmenter.words(folded)
    return [folded[f.start : f.end] for f in extractor.names.persons.find(folded, words, word_ends(words))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("省长王浩作报告。", ["王浩"]),
        ("省长毛伟明作政府工作报告。", ["毛伟明"]),
        ("農工黨中央主席何維、全國工商聯主席高雲龍介紹成果。", ["何维", "高云龙"]),
        ("塞尔维亚总统武契奇抵达北京。", ["武契奇"]),
        ("菲律宾总统费迪南德·罗慕尔德兹·马科斯对我国进行访问。", ["费迪南德·罗慕尔德兹·马科斯"]),
        ("省长王浩说。会后王浩离开。", ["王浩", "王浩"]),
        ("总书记考察时强调，主席团会议召开。", []),
        ("任务高度重要，主任高度重视。", []),
    ],
)
def test_names_beside_offices(extractor: Extractor, text: str, names: list[str]) -> None:
    assert found(extractor, text) == names
