"""What 元 is in texts of regions with money of their own."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("臺南市政府表示，市府投入工程費2億元，拓寬道路12公尺。", "新台幣"),
        ("行政院核定經費30億元，支持高雄市、屏東縣治水。", "新台幣"),
        ("香港運輸署表示，工程開支為5億元，已獲立法會批准。", "港元"),
        ("澳門行政長官表示，財政儲備達6000億元。", "澳門元"),
        ("高雄市府表示，工程费2亿元。", "新台币"),
        ("行政院撥款3億元。", "新台幣"),
        ("本港稅收3億元。", "港元"),
        ("本澳稅收3億元。", "澳門元"),
        ("高雄市府表示，歲出新台幣90億元，較上年增加2億元。", "新台幣"),
        ("臺南市農業局表示，產品銷往日本、韓國、泰國，市府促成商機10億元。", "新台幣"),
        ("臺南市、嘉義市補助農路2億元。", "新台幣"),
        # who writes of the region from elsewhere, or names the money
        ("台湾企业在江苏、浙江投资20亿元，行政院未作回应。", "CNY"),
        ("厦门与台湾贸易额达500亿元。", "CNY"),
        ("香港特区政府表示，两地贸易额达3万亿元人民币，开支为5亿元。", "CNY"),
        ("杭州市政府投入工程费2亿元。", "CNY"),
        ("本港稅收3億元，人民幣存款5億元。", "CNY"),
        ("行政院拨款3亿元。", "CNY"),
        ("國務院有關部門與行政院商定撥款3億元。", "CNY"),
    ],
)
def test_yuan_is_the_money_of_the_region_that_a_text_is_from(extractor: Extractor, text: str, unit: str) -> None:
    amounts = [one.unit for one in extractor.extract(example_document(text)).observations if one.unit not in {"公尺", "公里"}]
    assert amounts
    assert set(amounts) == {unit}
