"""Lines are known by their two ends, whatever the segmenter makes of these."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document


def _lines(extractor: Extractor, text: str) -> list[tuple[str, list[str]]]:
    facts = extractor.extract(example_document(text))
    names = {entity.id: entity.name for entity in facts.entities}
    ends = [(one.subject, names[one.object or ""]) for one in facts.relations if one.predicate == "connects"]
    return [(entity.name, [end for line, end in ends if line == entity.id]) for entity in facts.entities if entity.type == "Project"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("推动岗切至思陇高速公路开工。", [("岗切至思陇高速公路", ["岗切", "思陇"])]),
        ("开工建设富蕴至塔克什肯鐵路，力争年内贯通。", [("富蕴至塔克什肯鐵路", ["富蕴", "塔克什肯"])]),
        ("加快達布達爾至弓棚子公路、沱湖至梅雨公路建設。", [("達布達爾至弓棚子公路", ["達布達爾", "弓棚子"]), ("沱湖至梅雨公路", ["沱湖", "梅雨"])]),
        ("昨天，茨榆山至贺疃至鸦鹊岭高速正式通车。", [("茨榆山至贺疃至鸦鹊岭高速", ["茨榆山", "贺疃", "鸦鹊岭"])]),
        ("建成湾龙至麻扎、三义寨至浔中等高速公路。", [("湾龙至麻扎", ["湾龙", "麻扎"]), ("三义寨至浔中", ["三义寨", "浔中"])]),
    ],
)
def test_both_ends_of_a_line_are_known(extractor: Extractor, text: str, lines: list[tuple[str, list[str]]]) -> None:
    assert [(name, sorted(ends)) for name, ends in _lines(extractor, text)] == [(name, sorted(ends)) for name, ends in lines]


@pytest.mark.parametrize(
    "text",
    [
        "里程增至高速公路的两倍。", "服务延伸至农村公路。", "全县周一至周五高速公路畅通。", "绥芬河至国境线铁路通车。",
        "里程由九十公里提高至高速公路总里程的一半。", "建设1至5号线铁路。", "市区至机场公路改造。", "昨天上午至下午高速公路畅通。",
    ],
)  # fmt: skip
def test_what_stands_beside_至_is_no_place(extractor: Extractor, text: str) -> None:
    facts = extractor.extract(example_document(text))
    assert not [entity.name for entity in facts.entities if entity.found_by.startswith("place-line-") and entity.name != "绥芬河"]
