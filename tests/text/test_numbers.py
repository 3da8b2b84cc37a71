"""Numbers as people write them: value, unit, bound; what is none; and offsets that point at the characters."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.extract.knowledge.phrases import read_phrases
from kg.ontology import Ontology
from kg.text.fold import fold
from kg.text.numbers import Number, NumberReader, NumberWords, chinese_value
from kg.text.units import unit_table
from kg.yaml_files import read_yaml

WORDS = read_phrases(Ontology.load().yaml("rules")).words_of(NumberWords, "numbers")


def _shipped() -> NumberReader:
    files = [path for path in Ontology.load().files("lexicon", ".yaml") if path.stem == "units"]
    return NumberReader(unit_table([(path, read_yaml(path)) for path in files]), WORDS)


SHIPPED = _shipped()


@pytest.fixture
def reader() -> NumberReader:
    return SHIPPED


def _one(reader: NumberReader, text: str) -> Number:
    (number,) = reader.find(fold(text))
    return number


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("205.64億元", "20564000000", "CNY", "="),
        ("1.76萬家", "17600", "家", "="),
        ("30,357,976,000元", "30357976000", "CNY", "="),
        ("１９５５", "1955", "", "="),
        ("三成", "30", "%", "="),
        ("三成五", "35", "%", "="),
        ("八成以上", "80", "%", ">"),
        ("百分之十二點八", "12.8", "%", "="),
        ("三分之一", "33.3", "%", "="),
        ("近200億", "20000000000", "", "~"),
        ("超千萬", "10000000", "", ">"),
        ("不足一百萬元", "1000000", "CNY", "<"),
        ("翻一番", "1", "倍", "="),
        ("翻两番", "3", "倍", "="),
        ("翻番", "1", "倍", "="),
        ("四百億千瓦時", "40000000000", "千瓦时", "="),
        ("一百万千瓦", "1000000", "千瓦", "="),
        ("4.5倍", "4.5", "倍", "="),
        ("2.3個百分點", "2.3", "个百分点", "="),
        ("百餘場", "100", "场", ">"),
        ("近千部", "1000", "部", "~"),
        ("三十餘家", "30", "家", ">"), ("上百個", "100", "个", ">"), ("兩百多公里", "200", "公里", ">"), ("百余公里", "100", "公里", ">"), ("近千吨", "1000", "吨", "~"),
        ("上萬人", "10000", "人", ">"), ("上亿元", "100000000", "CNY", ">"), ("十余座", "10", "座", ">"),
        ("9200多萬畝", "92000000", "亩", ">"),
        ("10多亿元", "1000000000", "CNY", ">"),
        ("500余家", "500", "家", ">"),
        ("十四亿多人", "1400000000", "人", ">"),
        ("一亿五千万人", "150000000", "人", "="),
        ("二十五个", "25", "个", "="),
        ("5863.4亿美元", "586340000000", "USD", "="),
        ("400万吨/年", "4000000", "吨/年", "="),
        ("800台（套）", "800", "台（套）", "="),
        ("280余万件（辆）", "2800000", "件（辆）", ">"),
        ("7.4万套（间）", "74000", "套（间）", "="),
        ("56幅（件）", "56", "幅（件）", "="),
        ("320套/件", "320", "套/件", "="),
        ("16.5万元/人", "165000", "CNY", "="),
        ("1個半小時", "1.5", "小时", "="),
        ("1小时20分钟", "1.33", "小时", "="),
        ("2小时5分", "2.08", "小时", "="),
        ("5个多小时", "5", "小时", ">"),
        ("11.7万个以上", "117000", "个", ">"),
        ("20个以内", "20", "个", "<"),
        ("6%左右", "6", "%", "~"),
        ("6亿1163.2万人次", "611632000", "人次", "="),
        ("不低于500亿斤", "50000000000", "斤", ">"),
        ("至少3所", "3", "所", ">"),
        ("约35%", "35", "%", "~"),
        ("1万亿元", "1000000000000", "CNY", "="),
        ("第3位", "3", "", "="),
        ("第一", "1", "", "="),
        ("榜首", "1", "", "="),
        ("前三", "3", "", "<"),
        ("前20名", "20", "", "<"),
    ],
)
def test_value_unit_and_bound(reader: NumberReader, text: str, value: str, unit: str, bound: str) -> None:
    number = _one(reader, text)
    assert (number.value, number.unit, number.bound) == (Decimal(value), unit, bound)
    assert (min(number.lead, number.start), number.tail) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("30至50家", 30, 50, "家"),
        ("5%—6%", 5, 6, "%"),
        ("3至5万人", 30_000, 50_000, "人"),
        ("20万至30万家", 200_000, 300_000, "家"),
        ("2—3家", 2, 3, "家"),
    ],
)
def test_range(reader: NumberReader, text: str, low: int, high: int, unit: str) -> None:
    number = _one(reader, text)
    assert number.high is not None
    assert (int(number.value), int(number.high), number.unit) == (low, high, unit)
    assert (number.start, number.end) == (0, len(text))


@pytest.mark.parametrize(("text", "bound"), [("占全省的近一半", "~"), ("占比超過一半", ">"), ("压减一半", "=")])
def test_half_of_what_is_told(reader: NumberReader, text: str, bound: str) -> None:
    number = _one(reader, text)
    assert (number.value, number.unit, number.bound) == (Decimal(50), "%", bound)


@pytest.mark.parametrize(
    "text", ["5G网络", "G20峰会", "01组卫星", "PM2.5", "4K频道", "千家万户", "百米长桌", "万众一心", "七八岁", "三到四百人", "三四百户", "两三亿元", "数十项", "几百个", "网上万人", "规模以上万元", "成千上万户", "近百米长的龙舟", "续航超千公里氢能重卡", "果园一半的枝条", "收入翻番计划"]
)
def test_no_number(reader: NumberReader, text: str) -> None:
    assert [n for n in reader.find(fold(text)) if n.kind != "bare" or n.value >= 100] == []


@pytest.mark.parametrize(
    ("text", "unit"), [("11部门联合印发", ""), ("5口岸", ""), ("20条件", ""), ("11部作品", "部"), ("5口井", "口")]
)
def test_a_classifier_is_not_cut_from_a_word(reader: NumberReader, text: str, unit: str) -> None:
    assert _one(reader, text).unit == unit


def test_three_numbers_that_make_a_hundred_are_shares(reader: NumberReader) -> None:
    found = reader.find(fold("三次产业比重为6.1∶39.8∶54.1，由7:41:52调整，12:30:45开赛，比为2:3:4"))
    assert [(number.value, number.unit) for number in found if number.kind == "percent"] == [(Decimal(x), "%") for x in ("6.1", "39.8", "54.1")]


def test_a_list_shares_the_unit_of_its_last(reader: NumberReader) -> None:
    assert [n.unit for n in reader.find("分别提高20.9、36.2、54个百分点")] == ["个百分点"] * 3
    first, second = reader.find("提高11.1、11.2个百分点")
    assert (first.value, first.unit, first.end) == (Decimal("11.1"), "个百分点", 6)
    assert second.value == Decimal("11.2")


def test_a_count_behind_a_large_number_is_not_added_to_it(reader: NumberReader) -> None:
    assert [int(n.value) for n in reader.find("4万亿、5万亿两个台阶")] == [4 * 10**12, 5 * 10**12, 2]


def test_the_span_is_number_and_unit(reader: NumberReader) -> None:
    text = fold("總投資超過16億元左右的工程")
    number = _one(reader, text)
    assert text[number.start : number.end] == "16亿元"
    assert text[number.lead : number.tail] == "超过16亿元左右"
    assert text[number.unit_start : number.end] == "元"


@pytest.mark.parametrize(
    ("words", "value"),
    [("三百二十", 320), ("两千零五", 2005), ("二〇二一", 2021), ("十二", 12), ("一万亿", 10**12), ("三亿五千万", 350_000_000),
     ("一百二十三万四千五百", 1_234_500), ("百", 100), ("两千五", 2500), ("一百零五", 105), ("三万五", 35_000), ("七八", None), ("三四百", None), ("一百二三十", None), ("两三千", None), ("点五", None), ("个", None)],
)  # fmt: skip
def test_chinese_value(words: str, value: int | None) -> None:
    assert chinese_value(words) == value


def _written(value: int) -> str:
    """The usual way to write a number below ten thousand in characters."""
    digits = "零一二三四五六七八九"
    text, zero = "", False
    for unit, power in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = value // power % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + unit
            zero = False
        else:
            zero = True
    return text


@given(st.integers(min_value=1, max_value=9999))
def test_characters_there_and_back(value: int) -> None:
    assert chinese_value(_written(value)) == value


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from(["家", "亿元", "万吨", "%"]))
def test_digits_there_and_back(value: int, unit: str) -> None:
    scale = {"家": 1, "亿元": 10**8, "万吨": 10**4, "%": 1}[unit]
    (number,) = SHIPPED.find(f"共{value}{unit}")
    assert number.value == value * scale


def test_words_that_bound_a_number_can_be_added(tmp_path: Path) -> None:
    own = tmp_path / "units.yaml"
    own.write_text("bounds:\n  before:\n    '<': [至多]\n  behind:\n    '~': [光景]\n  not: [甚至多]\n", encoding="utf-8")
    files = [path for path in Ontology.load().files("lexicon", ".yaml") if path.stem == "units"]
    reader = NumberReader(unit_table([(path, read_yaml(path)) for path in (*files, own)]), WORDS)
    assert _one(reader, "至多30家").bound == "<"
    assert _one(reader, "30家光景").bound == "~"
    assert _one(reader, "甚至多30家").bound == "="
    assert _one(reader, "超过30家").bound == ">"
    own.write_text("bounds:\n  before:\n    '≤': [至多]\n", encoding="utf-8")
    with pytest.raises(KgError, match="a bound has one of the signs = > < ~, not ≤"):
        unit_table([(own, read_yaml(own))])
