"""What 全市, 会议, 该项目 stand for, and where they stand for nothing that the text names."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document


def _meant(extractor: Extractor, text: str, word: str) -> list[str]:
    """The name of what each `word` of a text refers to, in the order of the text."""
    facts = extractor.extract(example_document(text))
    found = [(m.start, e.name) for e in facts.entities for m in e.mentions if m.reference and text[m.start : m.end] == word]
    return [name for _, name in sorted(found)]


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("云南、甘肃麦收加快。\n记者近日在安徽阜阳看到，安徽全省麦收过半。", "全省", ["安徽"]),
        ("今天，上海和宁夏启动检查。\n宁夏启动检查，上海市委作出安排，全市开展自查。", "全市", ["上海市"]),
        ("近日，飞船完成全区合练，北京飞行控制中心发布消息。", "全区", []),
        ("近日，在江西吉安青原区，全区早稻插秧过半。", "全区", ["青原区"]),
        ("在浙江安吉云溪村，全村采摘正忙。", "全村", ["云溪村"]),
        # 工程 is no work named before another one, nor the last of several
        ("云溪改造工程完工。在江城，藻渡水库加快建设，工程总投资3亿元。", "工程", []),
        ("今年将建成京雄高速和云溪改造工程。工程总投资3亿元。", "工程", []),
        ("云溪改造工程开工。工程总投资3亿元。", "工程", ["云溪改造工程"]),
        # 该工程 of a later paragraph is the work of the headline, unless another was named or told of since
        ("云溪改造工程开工\n云溪改造工程今天开工。\n该工程总投资3亿元。", "该工程", ["云溪改造工程"]),
        ("云溪改造工程开工\n京雄高速提速。\n该工程总投资3亿元。", "该工程", []),
        ("云溪改造工程开工\n云溪改造工程今天开工。\n园区工程进展顺利。该工程总投资3亿元。", "该工程", []),
        ("云溪改造工程今天开工。一家企业的新项目也在建设。该项目总投资3亿元。", "该项目", []),
        # nor what it is compared with, borders on or obeys
        ("庆元县一季度运行情况\n一季度，庆元县增速列第二，仅次于云和县。全县企业增加。", "全县", ["庆元县"]),
        ("庆元县概况\n庆元县東鄰壽寧縣，南連政和縣。全縣常住人口14万人。", "全縣", ["庆元县"]),
        ("我市部署防汛\n本报讯 诸暨市委召开会议，传达绍兴市会议精神。全市水库运行平稳。", "我市", ["诸暨市"]),
        ("我市部署防汛\n本报讯 诸暨市委召开会议，传达绍兴市会议精神。全市水库运行平稳。", "全市", ["诸暨市"]),
        ("德清县钟管镇2024年政府工作报告\n2024年，全镇实现工业总产值30亿元。", "全镇", ["钟管镇"]),
        # what one's own area visits is not that area
        ("省长率我省代表团赴甘肃省考察，甘肃省委书记参加座谈。我省新增企业3家。", "我省", ["我省", "我省"]),
    ],
)
def test_an_area_is_of_the_kind_that_the_word_says(extractor: Extractor, text: str, word: str, meant: list[str]) -> None:
    assert _meant(extractor, text, word) == meant


@pytest.mark.parametrize("told", ["自由贸易港建设提速。海南自由贸易港的企业增加。", "推动自贸港封关。海南自贸港的企业增加。", "海南自贸港的企业增加。推动自贸港封关。"])
def test_a_zone_called_by_its_kind_is_the_one_the_text_names_in_full(extractor: Extractor, told: str) -> None:
    facts = extractor.extract(example_document(f"2025年海南省政府工作报告\n{told}"))
    zones = [entity for entity in facts.entities if entity.key.endswith("港")]
    assert [(zone.key, len(zone.mentions)) for zone in zones] == [("海南自由贸易港", 2)]
    assert zones[0].code


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("第三届云贵茶业博览会今天开幕。本届博览会有百家企业参展。", "博览会", ["第三届云贵茶业博览会"]),
        ("第七届进博会新闻发布会5日举行，第七届进博会将开幕。本届进博会有百家企业参展。", "进博会", ["第七届进博会"] * 3),
        ("全国邮政工作会议5日在北京召开。这是一次务实的会议。", "会议", []),
        ("全国邮政工作会议5日在北京召开。过去已举行38次会议。", "会议", []),
        ("第五届云贵发展论坛今天开幕。要清理规范节庆、论坛、展会。", "论坛", []),
        ("2025年云南省政府工作报告\n办好第五届云贵发展论坛。用好论坛平台。", "论坛", []),
        ("邮政局党组今天召开会议，学习全国邮政工作会议部署。会议要求，抓好落实。", "会议", []),
        ("全国邮政工作会议5日在北京召开。会议要求，抓好落实。", "会议", ["全国邮政工作会议"]),
        ("第五届云贵发展论坛今天开幕。会议发布了《发展蓝皮书》。", "会议", ["第五届云贵发展论坛"]),
        ("第五届云贵发展论坛今天开幕。各方落实巴黎会议成果。", "会议", []),
        ("十九届五中全会今天在北京举行。十九届四中全会以来，成绩显著。全会指出，要抓好落实。", "全会", ["十九届五中全会"]),
    ],
)
def test_an_event_is_the_one_that_the_text_tells_of(extractor: Extractor, text: str, word: str, meant: list[str]) -> None:
    assert _meant(extractor, text, word) == meant


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("云龙湖水库工程今天开工。该工程年供水两亿立方米。", "该工程", ["云龙湖水库工程"]),
        ("云龙湖水库工程今天开工。\n首台掘进机今天下线。该工程难点多。", "该工程", []),
        ("乌龙江特大桥今天合龙。大桥全长三公里。", "大桥", ["乌龙江特大桥"]),
        ("乌龙江特大桥今天合龙。全省桥梁、隧道、大桥都有监测。", "大桥", []),
        ("云龙至双江铁路今天开通。当天铁路车次减少。", "铁路", []),
    ],
)
def test_works_are_taken_up_where_they_are_told_of(extractor: Extractor, text: str, word: str, meant: list[str]) -> None:
    assert _meant(extractor, text, word) == meant


def test_what_refers_goes_by_the_name_that_its_referent_has_in_the_end(extractor: Extractor) -> None:
    text = "第十届全球侨商联谊大会今天开幕。全球侨商联谊大会是重要平台。本届大会有百人参加。"
    assert _meant(extractor, text, "大会") == ["第十届全球侨商联谊大会"]


@pytest.mark.parametrize(("text", "found"), [
    ("推進基層減負增能，全市新增崗位3萬個。支持全市中小企業。", ["全市", "全市"]),  # an excerpt without its title
    ("天津發展海洋產業，全市新增崗位3萬個。", ["天津", "全市"]),
    ("國務院召開會議，四川省交通運調中心關注全市橋梁。", []),
])  # fmt: skip
def test_an_excerpt_without_its_title_says_it_of_its_own_area(extractor: Extractor, text: str, found: list[str]) -> None:
    document = example_document(text)
    areas = [entity for entity in extractor.extract(document).entities if entity.type == "Area"]
    assert [text[m.start : m.end] for area in areas for m in area.mentions if "省" not in text[m.start : m.end]] == found


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("杭州市政府印发方案。杭州市人民政府召开会议。", ["杭州市人民政府"]),
        ("浙江省发改委印发通知，浙江省发展改革委与浙江省发展和改革委员会联系。", ["浙江省发展和改革委员会"]),
        ("2025年河南省政府工作报告\n省政府召开会议。省人民政府印发方案。省纪委发布通知。", ["河南省人民政府", "河南省纪委"]),
        ("挪威政府发表声明。", ["挪威政府"]),
    ],
)
def test_an_organ_of_an_area_is_one_however_its_name_is_written(extractor: Extractor, text: str, bodies: list[str]) -> None:
    facts = extractor.extract(example_document(text))
    assert [entity.key for entity in facts.entities if entity.type == "Body"] == bodies


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("国家发展改革委印发规划。发改委表示，将推进建设。", ["国家发展和改革委员会"]),
        ("發改委表示，將推進建設。", ["国家发展和改革委员会"]),
        ("浙江省发展改革委印发规划。发改委表示，将推进建设。", ["浙江省发展和改革委员会", "发改委"]),
        ("浙江省发展改革委落实国家发展改革委部署。发改委表示，将推进建设。", ["浙江省发展和改革委员会", "国家发展和改革委员会", "发改委"]),
        ("浙江推进建设。发改委表示，将推进建设。", ["发改委"]),
    ],
)
def test_a_short_name_of_many_bodies_is_the_national_one_where_nothing_speaks_against_it(extractor: Extractor, text: str, keys: list[str]) -> None:
    assert [e.key for e in extractor.extract(example_document(text)).entities if e.type == "Body"] == keys


@pytest.mark.parametrize(
    ("named", "keys"),
    [
        ("《钱塘区数字经济行动方案（2024—2026年）》已经同意", 1),
        # An edition that is no span of years is another paper; of two spans nobody can tell which is meant.
        ("《钱塘区数字经济行动方案（征求意见稿）》已经同意", 2),
        ("《钱塘区数字经济行动方案（2021—2023年）》结束，《钱塘区数字经济行动方案（2024—2026年）》开始", 3),
    ],
)
def test_a_plan_named_without_its_years_is_the_one_title_with_them(extractor: Extractor, named: str, keys: int) -> None:
    text = f"钱塘区人民政府关于印发钱塘区数字经济行动方案的通知\n各单位：\n{named}，现印发给你们。"
    assert len({e.key for e in extractor.extract(example_document(text)).entities if e.type == "Policy" and e.found_by != "policy-own-title"}) == keys


@pytest.mark.parametrize(
    ("text", "name", "key", "scope"),
    [
        # which of several districts of one name it is, no word tells
        ("鼓楼区举行发布会。区政府实施云溪更新行动。", "区政府", "鼓楼区人民政府", "example"),
        ("鼓楼区举行发布会。区政府实施云溪更新行动。", "鼓楼区", "鼓楼区", "example"),
        ("鼓楼区人民政府印发云溪更新行动方案。区政府组织实施。", "鼓楼区人民政府", "鼓楼区人民政府", "example"),
        ("鼓楼区举行发布会。湖南召开全省会议。", "鼓楼区", "鼓楼区", "example"),
        ("南京举行发布会。鼓楼区人民政府印发云溪更新行动方案。", "鼓楼区人民政府", "鼓楼区人民政府", ""),
        # a city that no word names is this document's
        ("全市推进创建。市政府实施云溪更新行动。", "市政府", "市人民政府", "example"),
        ("全市推进创建。市政府实施云溪更新行动。", "全市", "全市", "example"),
        ("杭州推进创建。市政府实施云溪更新行动。", "市政府", "杭州市人民政府", ""),
    ],
)
def test_organs_of_different_places_are_not_one_thing(extractor: Extractor, text: str, name: str, key: str, scope: str) -> None:
    document = example_document(text)
    [found] = [one for one in extractor.extract(document).entities if one.name == name]
    assert (found.key, found.scope) == (key, document.id if scope else "")


def test_a_statute_speaks_of_all_works_of_a_kind(extractor: Extractor) -> None:
    articles = "第二条 管理单位负责检查。大坝应当定期加固。\n第三条 管理单位应当有资格。大坝的设计由其承担。\n第四条 违反规定的，责令改正。\n第五条 本办法自公布之日起施行。\n"
    facts = extractor.extract(example_document("第一条 为加强青山大坝的管理，制定本办法。\n" + articles))
    assert [len(entity.mentions) for entity in facts.entities if entity.name == "青山大坝"] == [1]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("我国启动2023年自然资源监测\n2023年全国自然资源监测近日启动。", {"2023年全国自然资源监测"}),
        ("我国启动2023年自然资源监测\n2022年全国自然资源监测近日启动。", {"2023年自然资源监测", "2022年全国自然资源监测"}),
    ],
)
def test_a_measure_of_the_country_is_that_of_the_headline(extractor: Extractor, text: str, names: set[str]) -> None:
    facts = extractor.extract(example_document(text))
    assert {entity.name for entity in facts.entities if entity.type == "Policy"} == names
