"""Names of persons beside offices: where they end, and what is none."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document
from kg.text.fold import fold
from kg.text.segment import SegmentedText


def found(extractor: Extractor, text: str) -> list[str]:
    cut = segmented(extractor, fold(text))
    others = [(f.start, f.end) for f in extractor.names.find(cut) if f.kind != "Person"]
    return [cut.folded[f.start : f.end] for f in extractor.names.persons.find(cut, others=others)]


def segmented(extractor: Extractor, folded: str) -> SegmentedText:
    return SegmentedText(folded, extractor.segmenter.words(folded), extractor.segmenter.knows)


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
        ("主席致電卡維·達雷，祝賀他就任總統。", ["卡维·达雷"]),  # the verb behind an office is no part of a name
        ("中方願同卡達雷總理、努爾巴拉總統一道努力。", ["卡达雷", "努尔巴拉"]),  # a title behind the name
        ("中方愿同有关总统一道努力。", []),
        ("昆山市人民政府市长 王浩\n各位代表：", ["王浩"]),
        ("省长　王　浩\n各位代表：", ["王 浩"]),  # folded, the blanks are plain ones
        ("会见市长 王浩介绍情况", []),  # no name alone behind the blank
        ("南通市长王浩介绍。", ["王浩"]),
        ("王浩，男，汉族，1970年出生。", ["王浩"]),
        ("“訂單不斷，”王建國說。", ["王建国"]),
        ("34岁的丁伟正在值班。", ["丁伟"]),
        ("村民扎西顿珠返乡创业。", ["扎西顿珠"]),  # two listed names, and no surname
        ("副大队长王建国出海。", ["王建国"]),
        ("市长王浩一行到企业调研。", ["王浩"]),
        ("听取陈述，陈述说明了理由。", []),
        ("任务高度重要，主任高度重视。", []),
    ],
)
def test_names_beside_offices(extractor: Extractor, text: str, names: list[str]) -> None:
    assert found(extractor, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市場分析師卡維拉表示，需求回升。", ["卡维拉"]),  # a run of such sounds, and speech
        ("市場分析師普遍表示，需求回升。", []),
        ("埃及駐華大使多古稱，兩國友好。", ["多古"]),
        ("駐華大使多次表示，兩國友好。", []),
        ("总理阿里·汗表示，两国友好。", ["阿里·汗"]),
        ("议员卡琳·达代伦称，此举有误。", ["卡琳·达代伦"]),  # the segmenter joins 伦称
        ("總理穆斯塔法呼籲停火。", ["穆斯塔法"]),  # 呼 spells names too
        ("总理卡维拉强烈谴责袭击。", ["卡维拉"]),
        ("市长卡维拉均称有效。", ["卡维拉"]),
        ("议长卡维拉-多科访问我国。", ["卡维拉-多科"]),
        ("总统多科和总理卡维拉表示关切。", ["多科", "卡维拉"]),
        ("院士周忠和、王梅祥出席。", ["周忠和", "王梅祥"]),  # 和 joins nothing before a pause
        ("院士周忠和王梅祥出席。", ["周忠", "王梅祥"]),
    ],
)
def test_where_names_end(extractor: Extractor, text: str, names: list[str]) -> None:
    assert found(extractor, text) == names


def test_the_last_part_of_a_foreign_name_means_the_whole(extractor: Extractor) -> None:
    folded = fold("總統埃內斯托·卡維拉到訪。卡維拉離開。")
    persons = extractor.names.persons.find(segmented(extractor, folded))
    assert [(folded[f.start : f.end], f.key) for f in persons] == [("埃内斯托·卡维拉", "埃内斯托·卡维拉"), ("卡维拉", "埃内斯托·卡维拉")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王建国被任命为甘肃省副省长。", ["王建国"]),
        ("张三被任命为甘肃省副省长。", ["张三"]),
        ("周志強同志不再擔任海南省委書記、常委職務。", ["周志强"]),
        ("吴刚接任中国足协主席。", ["吴刚"]),
        ("会议任命钱学文为甘肃省副省长，免去赵大力的甘肃省副省长职务。", ["钱学文", "赵大力"]),
        ("任命刘小明（女）为司法部部长。", ["刘小明"]),
        ("高校担任理事长单位，石油公司出任会长。", []),  # none of which is a name
        ("任命方式为省长提名。", []),
        ("高管担任项目顾问。", []),
    ],
)
def test_names_of_who_takes_or_leaves_a_post(extractor: Extractor, text: str, names: list[str]) -> None:
    assert found(extractor, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("多米尼克·布朗出席会议。", [("Person", "多米尼克·布朗")]),
        ("約旦·皮克福德出任主席。", [("Person", "约旦·皮克福德")]),
        ("演員馬里·金和奧斯汀·巴特勒獲獎。", [("Person", "马里·金"), ("Person", "奥斯汀·巴特勒")]),
        ("印度尼西亚·万隆的居民表示欢迎。", [("Area", "印度尼西亚"), ("Area", "万隆")]),  # two places
    ],
)
def test_a_country_may_be_a_first_name(extractor: Extractor, text: str, names: list[tuple[str, str]]) -> None:
    facts = extractor.extract(example_document(text))
    assert [(entity.type, fold(entity.name)) for entity in facts.entities] == names


def test_a_place_within_a_foreign_name_is_none(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("发言人卡多罗西安16日称，谈判继续。西安今天有雨。"))
    assert [(entity.type, entity.name, len(entity.mentions)) for entity in facts.entities] == [("Person", "卡多罗西安", 1), ("Area", "西安", 1)]


@pytest.mark.parametrize("text", ["院长考察调研期间看望了学生。", "总书记考察调研期间看望了学生。", "持续提升居民幸福感。"])
def test_a_word_beside_an_office_is_no_name(extractor: Extractor, text: str) -> None:
    assert found(extractor, text) == []
