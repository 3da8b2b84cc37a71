"""Who is spoken of: news briefs, places in passing, speeches, the glossary of a report."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document
from kg.ontology import Ontology
from kg.text.fold import fold, without_noise


def told(extractor: Extractor, text: str, predicate: str) -> set[tuple[str, str]]:
    facts = extractor.extract(example_document(text))
    name = {entity.id: entity.name for entity in facts.entities}
    return {(name[r.subject], name[r.object or ""]) for r in facts.relations if r.predicate == predicate}


def test_each_story_of_a_news_brief_has_its_own_area(extractor: Extractor) -> None:
    text = (
        "国内联播快讯\n浙江加快发展\n浙江经济平稳增长。实施“春雨”行动。\n江苏举行活动\n今天，江苏举行活动。实施“秋实”行动。\n"
        "全国铁路运行平稳\n全国铁路运行平稳。实施“冬阳”行动。\n"
    )
    assert told(extractor, text, "implements") == {("浙江", "“春雨”行动"), ("江苏", "“秋实”行动")}


def test_an_item_of_a_list_of_headlines_is_not_about_the_place_of_the_item_before(extractor: Extractor) -> None:
    text = (
        "晚间新闻\n本期内容：\n1.安徽打造产业集群；\n2.首个亿级数字电网建成；\n3.快讯：\n（1）北京外贸回升；\n（2）渤海油田年产量增长；\n"
        "安徽打造产业集群\n今天，安徽产业增长。\n汇率保持稳定\n今天，汇率稳定。\n铁路运行平稳\n今天，铁路运行平稳。\n"
    )
    assert told(extractor, text, "partOf") == set()


def test_a_newscast_is_no_report_for_one_of_its_headlines(extractor: Extractor) -> None:
    text = (
        "晚间新闻\n本期内容：\n1.国务院召开会议讨论《政府工作报告（征求意见稿）》；\n2.广西加快建设通道；\n"
        "国务院召开会议\n国务院今天召开会议。贯彻总体国家安全观。\n广西加快建设通道\n今天，广西实施“春雨”行动。广西港口货物增加。广西发展提速。\n"
    )
    assert told(extractor, text, "implements") == {("国务院", "总体国家安全观"), ("广西", "“春雨”行动")}


def figures(extractor: Extractor, text: str) -> dict[str, str | None]:
    """Whose each figure of a text is, by its value as written."""
    facts = extractor.extract(example_document(text))
    name = {entity.id: entity.name for entity in facts.entities}
    return {figure.quoted: name[figure.subject] if figure.subject else None for figure in facts.observations}


@pytest.mark.parametrize("title", ["2018年陇县人民政府工作报告", "（陕西省）2018年陇县人民政府工作报告（全文）", "陕西省陇县2018年政府工作报告", "（陝西省）隴縣人民政府工作報告"])
def test_whose_a_report_is_that_only_its_title_tells(extractor: Extractor, title: str) -> None:
    assert list(figures(extractor, f"{title}\n各位代表：\n一、2017年工作回顾\n地区生产总值20亿元。").values()) in (["陇县"], ["隴縣"])


@pytest.mark.parametrize("title", ["昆山经济技术开发区2018年工作报告", "昆山高新区管委会工作报告"])
def test_the_report_of_a_zone_is_about_the_zone(extractor: Extractor, title: str) -> None:
    text = f"{title}\n一、2017年工作回顾\n全区生产总值增长7%。\n二、2018年主要目标\n今年我区主要预期目标为：生产总值增长8%。\n"
    assert set(figures(extractor, text).values()) == {title.partition("区")[0] + "区"}


OTHERS = "外贸增长\n今天，外贸增长。\n春茶上市\n今天，春茶上市。\n汇率保持稳定\n今天，汇率稳定。\n粮食收购顺利\n今天，粮食入库。\n客流回升\n今天，客流回升。\n"


def test_a_long_story_is_about_the_area_that_it_says_most_and_a_brief_is_not(extractor: Extractor) -> None:
    told = "今天，浙江水利会议召开。浙江增加投入。浙江建设提速。工人进场。设备到位。\n上百台大型机械，每天完成200亩平整。\n"
    assert figures(extractor, f"晚间新闻\n培优增效 看浙江建设提速\n{told}{OTHERS}")["200亩"] == "浙江"
    assert figures(extractor, f"晚间新闻\n看浙江建设提速\n今天，浙江会议召开。\n每天完成200亩平整。\n{OTHERS}")["200亩"] is None


def test_a_figure_takes_up_nothing_of_the_story_before(extractor: Extractor) -> None:
    zone = "今天，临江示范区建设提速。\n"
    told = "示范区一季度签约项目26个。\n"
    assert figures(extractor, f"晚间新闻\n示范区建设提速\n{zone}{told}{OTHERS}")["26个"] == "临江示范区"
    assert figures(extractor, f"晚间新闻\n示范区建设提速\n{zone}招商顺利\n今天，招商顺利。{told}{OTHERS}")["26个"] is None


def test_the_series_before_a_headline_does_not_make_it_too_long(extractor: Extractor) -> None:
    series = "【春耕时节看变化——各地扎实推进高标准农田建设和种业振兴行动纪实】"
    story = "今天，江苏会议召开。江苏增加投入。工人进场。设备到位。农田建设提速。\n上百台大型机械，每天完成200亩平整。\n"
    assert figures(extractor, f"晚间新闻\n北京扩大种植\n今天，北京扩大种植。北京召开会议。\n{series}江苏加快农田建设\n{story}{OTHERS}")["200亩"] == "江苏"


def test_a_story_refers_to_nothing_of_the_story_before(extractor: Extractor) -> None:
    text = (
        "晚间新闻\n首届春耕现场会今天举行\n首届春耕现场会今天在临汾举行。山西、陕西今天签署协议。\n"
        "粮食收购进展顺利\n两地启动“秋实”行动。\n国务院召开会议 王小明主持会议\n国务院今天召开会议。王小明主持会议。\n"
    )
    assert told(extractor, text, "implements") == set()
    assert told(extractor, text, "convenes") == set()


def test_what_a_story_calls_its_own_is_named_in_it(extractor: Extractor) -> None:
    text = (
        "晚间新闻\n杭州加快建设\n今天，杭州市召开会议。\n汇率保持稳定\n今天，汇率稳定。\n村庄变了样\n村里今天实施“秋实”行动，市政府派出干部。\n粮食收购顺利\n今天，粮食入库。\n"
    )
    assert told(extractor, text, "governs") == set()


def test_the_lines_below_a_headline_are_no_stories(extractor: Extractor) -> None:
    story = "浙江加快建设水库\n2024-05-01\n今天，水利会议召开。\n镜岭水库已经开工，建成以后将为下游的农田灌溉、城镇供水和防洪提供保障，施工单位正在加紧组织人员和设备进场。浙江增加投入。\n"
    others = "汇率保持稳定\n今天，汇率稳定。\n粮食收购顺利\n今天，粮食入库。\n3.5亿人出行\n今天，客流回升。\n"
    assert told(extractor, story + others, "locatedIn") == {("镜岭水库", "浙江")}


def test_the_paragraphs_of_a_newscast_are_stories(extractor: Extractor) -> None:
    paragraphs = "今天，浙江增加投入。浙江提出，全省扩大种植。浙江举行会议。\n镜岭水库加快建设。\n"
    assert told(extractor, "新闻联播 2018年10月19日\n" + paragraphs, "locatedIn") == set()
    assert told(extractor, "浙江增加投入\n" + paragraphs, "locatedIn") == {("镜岭水库", "浙江")}


def test_chapters_are_no_stories(extractor: Extractor) -> None:
    text = (
        "省委经济工作会议举行\n省委经济工作会议今天举行。\n第一章 总则\n会议通过《春耕行动方案》。\n第二章 投入\n投入增加。\n第三章 保障\n保障有力。\n第四章 附则\n由农业部门解释。\n"
    )
    assert told(extractor, text, "issues") == {("省委经济工作会议", "春耕行动方案")}


def test_each_paragraph_of_a_story_is_about_the_area_that_its_headline_begins_with(extractor: Extractor) -> None:
    water = "水库已经开工，建成以后将为下游的农田灌溉、城镇供水和防洪提供保障，施工单位正在加紧组织人员和设备进场。"
    text = (
        "晚间新闻\n浙江加快建设水库\n今天，浙江水利会议召开。浙江增加投入，浙江建设提速。宁波扩大种植。\n"
        f"镜岭{water}\n汇率保持稳定\n今天，汇率稳定。\n粮食收购顺利\n今天，粮食入库。\n客流回升\n今天，客流回升。\n水库开工\n青溪{water}\n"
    )
    assert told(extractor, text, "locatedIn") == {("镜岭水库", "浙江")}


def test_the_lines_around_an_article_make_no_stories_of_it(extractor: Extractor) -> None:
    text = "省委经济工作会议召开\n2024-12-20 10:20\n来源：某报\n字体：大 中 小\n会议通过《春耕行动方案》。浙江经济平稳。\n打印本页\n上一篇\n"
    assert told(extractor, text, "issues") == {("省委经济工作会议", "春耕行动方案")}


def test_the_meeting_of_a_story_is_that_of_its_headline(extractor: Extractor) -> None:
    text = (
        "晚间新闻\n铁路运行平稳\n今天，铁路运行平稳。\n国务院常务会议审议春耕方案\n今天审议春耕方案。方案将提请全国政协十四届一次会议讨论。会议通过《春耕行动方案》。\n"
        "汇率保持稳定\n今天，汇率稳定。\n"
    )
    assert told(extractor, text, "issues") == {("国务院常务会议", "春耕行动方案")}


def test_numbered_sections_are_of_one_text(extractor: Extractor) -> None:
    text = (
        "浙江经济运行情况\n浙江省统计局\n前三季度，浙江总值增长5%，全省经济平稳。\n一、农业稳中有升\n粮食产量300万吨。\n"
        "二、工业较快增长\n用电量增长3%。\n三、消费回升\n零售额增长4%。\n四、外贸向好\n出口增长2%。\n"
    )
    facts = extractor.extract(example_document(text))
    name = {entity.id: entity.name for entity in facts.entities}
    assert {name.get(one.subject or "") for one in facts.observations} == {"浙江省"}


def test_places_that_are_listed_are_not_what_is_spoken_of(extractor: Extractor) -> None:
    text = "浙江加快发展。浙江经济增长，浙江消费回升。\n针对杭州和宁波的不同情况，实施“春雨”行动。\n"
    assert told(extractor, text, "implements") == {("浙江", "“春雨”行动")}


def test_what_a_leader_calls_for_no_place_carries_out(extractor: Extractor) -> None:
    assert told(extractor, "王小明近日在浙江调研。王小明强调，要实施“春雨”行动。", "implements") == set()


def test_what_the_state_does_the_area_of_a_report_does_not(extractor: Extractor) -> None:
    text = "2025年浙江省政府工作报告\n国家实施“春雨”行动。我们实施“秋实”行动。"
    assert told(extractor, text, "implements") == {("浙江省", "“秋实”行动")}


def test_a_glossary_tells_no_acts(extractor: Extractor) -> None:
    text = "2025年浙江省政府工作报告\n实施“春雨”行动。\n名词解释\n“秋实”行动：指开展“秋实”行动。\n"
    assert told(extractor, text, "implements") == {("浙江省", "“春雨”行动")}


def test_in_a_municipality_the_organs_of_the_city_are_its_own(extractor: Extractor) -> None:
    assert told(extractor, "2025年天津市政府工作报告\n按照市委部署，天津加快发展。", "governs") == {("市委", "天津市")}


def test_an_organ_of_a_province_is_none_of_a_municipality(extractor: Extractor) -> None:
    assert told(extractor, "上海加快发展。省法院公布案例。", "governs") == set()


def test_what_a_place_does_where_the_text_says_here(extractor: Extractor) -> None:
    text = "在浙江杭州，天气晴好，当地实施“春雨”行动。"
    assert told(extractor, text, "implements") == {("杭州", "“春雨”行动")}
    assert told(extractor, text.replace("当地", "当地农民"), "implements") == set()


def test_a_report_means_the_one_it_builds_and_the_news_a_kind_of_things(extractor: Extractor) -> None:
    def built(text: str) -> set[str]:
        return {entity.name for entity in extractor.extract(example_document(text)).entities if entity.type == "Project"}

    assert built("2025年贵州省政府工作报告\n高标准建设海水育种示范基地。") == {"海水育种示范基地"}
    assert built("各地高标准建设海水育种示范基地。") == set()


PIECE = (
    "大力发展海洋经济。实施“春雨”行动，推进重点项目建设，培育一批优势产业集群，完善服务体系。"
    "深化重点领域改革，放宽投资审批，支持企业扩大生产，为浙江经济发展添动力。"
    "加强与江苏在生态环境方面的合作，拓展共同市场，提升公共服务水平，扩大就业，增加居民收入。"
    "推动教育优质均衡发展，办好人民满意的教育，加强师资队伍建设，改善办学条件，推进校舍改造。"
    "提升医疗卫生服务能力，加强基层医疗机构建设，优化医疗资源布局，方便群众就近看病。"
    "保护生态环境，推进水土流失治理，加强森林防火，改善空气质量，守护绿水青山，让群众享有美好环境。"
    "强化安全生产监管，排查整治风险隐患，提高应急救援能力，守住安全底线。"
)


def test_a_piece_of_a_report_without_its_heading_speaks_for_the_area_that_it_names(extractor: Extractor) -> None:
    assert told(extractor, PIECE, "implements") == {("浙江", "“春雨”行动")}
    assert told(extractor, PIECE.replace("为浙江经济", "为全省经济"), "implements") == {("全省", "“春雨”行动")}
    assert told(extractor, PIECE.replace("为浙江经济", "为宁波经济"), "implements") == set()  # a province has cities, and is named or not


@pytest.mark.parametrize(
    ("named", "whose"),
    [
        ("推进美丽江西建设，为", {"江西"}),
        ("推進美麗江西建設，為", {"江西"}),
        ("支持江西铜业扩大产能，为", {"江西"}),
        ("推进上海电气绿色甲醇等项目建设，为", set()),  # a firm from elsewhere builds it
        ("参加深圳文博会，为", set()),
    ],
)
def test_a_place_in_a_listed_name_tells_whose_a_piece_of_a_report_is(extractor: Extractor, named: str, whose: set[str]) -> None:
    assert {area for area, _ in told(extractor, PIECE.replace("为浙江", named), "implements")} == whose


def test_who_speaks_in_a_piece_is_told_by_what_it_calls_its_own(extractor: Extractor) -> None:
    text = PIECE.replace("完善服务体系。", "健全市场化机制。支持宁波发展。")
    assert told(extractor, text, "implements") == {("浙江", "“春雨”行动")}  # 健全市场 is no 全市
    assert told(extractor, text.replace("拓展共同", "扩大全市共同"), "implements") == {("宁波", "“春雨”行动")}


def test_what_is_told_is_no_piece_of_a_report(extractor: Extractor) -> None:
    assert told(extractor, PIECE.replace("深化重点", "会议强调，要深化重点"), "implements") == set()
    assert told(extractor, "海洋经济成效明显\n" + PIECE, "implements") == set()
    for opening in ("央視網消息（新聞聯播）：", "本报讯（通讯员）", "眼下，春耕开始，", "4月6日，会议召开。"):
        assert told(extractor, opening + PIECE, "implements") == set(), opening
    assert told(extractor, "2024年4月6日以来成效明显。" + PIECE, "implements") != set()


def test_where_its_first_line_ends_and_what_it_speaks_of_make_a_piece_no_story(extractor: Extractor) -> None:
    wanted = {("浙江", "“春雨”行动")}
    assert told(extractor, "繁荣城乡市场。 \n" + PIECE, "implements") == wanted  # blanks behind the full stop
    line = "提升公共服务水平，" * 6 + "继续扩大供电范围。"
    assert line[:60].endswith("供电") and told(extractor, line + PIECE, "implements") == wanted
    dateline = "新华社杭州1月2日电\n"
    story = example_document(dateline + PIECE)
    assert not extractor.reports.may_be_piece(story, without_noise(fold(story.text), [(0, len(dateline))]))


def test_a_text_that_says_neither_what_is_to_be_done_nor_whose_it_is_is_no_piece(extractor: Extractor) -> None:
    text = "海水清澈，山色如画，远处的灯火映在湖面。" * 12
    for more, piece in (("覆盖全市场。", False), ("健全市场机制。", False), ("全市风景秀丽。", True)):
        document = example_document(text + more)
        assert extractor.reports.is_piece(document, extractor.rows(document), fold(document.text)) is piece, more
    for opening, piece in (("（一）", True), ("一是", True), ("——", True), ("一线", False)):
        document = example_document(opening + text)
        assert extractor.reports.is_piece(document, extractor.rows(document), fold(document.text)) is piece, opening


def test_an_area_with_which_a_figure_is_compared_is_not_what_its_sentence_is_about(extractor: Extractor) -> None:
    text = "春日观察\n浙江省推进制造业发展，浙江省各地加快建设。浙江省完善政策。\n园区税收{}，增长5%。"
    for told, whose in (("高于全省平均", None), ("为全省所需", "浙江省")):
        facts = extractor.extract(example_document(text.format(told)))
        names = {entity.id: entity.name for entity in facts.entities}
        assert [names.get(one.subject or "") for one in facts.observations] == [whose], told


def test_no_government_speaks_for_the_ends_of_a_route(extractor: Extractor) -> None:
    assert told(extractor, "建成到安徽的高速公路。" + PIECE, "implements") == {("浙江", "“春雨”行动")}


def test_a_file_may_hold_several_reports(extractor: Extractor) -> None:
    first = "2024年浙江省政府工作报告\n实施“春雨”行动。新修公路3公里。\n附件\n名词解释\n“秋实”行动：指开展“秋实”行动，新修公路4公里。\n"
    second = "2024年福建省政府工作报告\n2024年福建省政府工作报告\n实施“夏荷”行动。新修公路5公里。\n附件\n名词解释\n“冬雪”行动：指开展“冬雪”行动，新修公路6公里。\n"
    text = first + second
    assert told(extractor, text, "implements") == {("浙江省", "“春雨”行动"), ("福建省", "“夏荷”行动")}
    facts = extractor.extract(example_document(text))
    name = {entity.id: entity.name for entity in facts.entities}
    assert [(name.get(o.subject or ""), o.value) for o in facts.observations] == [("浙江省", 3), ("福建省", 5)]


def _figures(extractor: Extractor, text: str) -> list[tuple[str | None, str]]:
    facts = extractor.extract(example_document(text))
    name = {entity.id: entity.name for entity in facts.entities}
    return [(name.get(o.subject or ""), str(o.value)) for o in facts.observations]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("浙江省2024年政府工作报告", "福建省2024年政府工作报告"),
        ("# 2024年浙江省政府工作报告", "# 2024年福建省政府工作报告"),
        ("浙江省人民政府工作报告", "福建省人民政府工作报告（2024年1月）"),
        (
            "政府工作报告\n——2024年1月23日在浙江省第十四届人民代表大会第二次会议上",
            "政府工作报告\n（2024年1月24日在福建省第十四届人民代表大会第二次会议上）\n福建省省长　王某",
        ),
    ],
)
def test_reports_of_two_places_are_told_apart_by_their_titles(extractor: Extractor, first: str, second: str) -> None:
    text = f"{first}\n全省新修公路3公里。全省实施“春雨”行动。\n===\n{second}\n全省新修公路5公里。全省实施“夏荷”行动。\n"
    assert _figures(extractor, text) == [("浙江省", "3"), ("福建省", "5")]
    acts = {(who, what) for who, what in told(extractor, text, "implements") if what.endswith("行动")}
    assert acts == {("浙江省", "“春雨”行动"), ("福建省", "“夏荷”行动")}


@pytest.mark.parametrize(
    ("title", "report"),
    [
        ("2025年甲省人民政府工作报告——2025年1月14日在甲省第十四届人民代表大会第三次会议上", True),
        ("2025年甲省政府工作报告（全文）", True),
        ("凝心聚力谱写新篇章——2025年甲省政府工作报告", True),
        ("代表委员热议政府工作报告", False),
        ("一图读懂2025年甲省政府工作报告", False),
        ("关于政府工作报告的决议", False),
    ],
)
def test_which_title_heads_a_report(extractor: Extractor, title: str, report: bool) -> None:
    facts = extractor.extract(example_document(f"{title}\n浙江经济平稳增长。\n开展“秋实”行动。\n"))
    assert any(one.predicate == "implements" for one in facts.relations) == report


def test_each_report_of_a_file_looks_back_first(extractor: Extractor) -> None:
    parts = [
        f"{place}2024年政府工作报告\n一、2023年工作回顾\n新修公路{done}公里。\n二、2024年工作安排\n新修公路{goal}公里。\n"
        for place, done, goal in (("浙江省", 3, 4), ("福建省", 5, 6))
    ]
    text = parts[0] + parts[1].replace("一、2023年工作回顾\n", "")
    assert [(o.value, o.kind) for o in extractor.extract(example_document(text)).observations] == [(3, "level"), (4, "target"), (5, "level"), (6, "target")]


def test_the_head_of_each_page_opens_no_report(extractor: Extractor) -> None:
    text = "2024年浙江省政府工作报告\n新修公路3公里。\n政府工作报告\n杭州加快发展。新修铁路5公里。\n"
    assert _figures(extractor, text) == [("浙江省", "3"), ("浙江省", "5")]


@pytest.mark.parametrize(
    "head",
    [
        "——2024年1月12日在海宁市第十六届人民代表大会第三次会议上",
        "浙江省海宁市人民政府市长　王某",
        "海宁市市长　王某",
        "各位代表：现在，我代表海宁市人民政府向大会报告工作。",
    ],
)
def test_the_lines_below_its_title_say_whose_a_report_is(extractor: Extractor, head: str) -> None:
    text = f"政府工作报告\n{head}\n全市新修公路3公里，长度跻身全省前五。嘉兴城际铁路建成通车。嘉兴公路提速。\n"
    assert ("海宁市", "3") in _figures(extractor, text)
    assert not {subject for subject, _ in _figures(extractor, text)} & {"嘉兴", "全市", "浙江省"}


@pytest.mark.parametrize("words", ["与甘肃、青海签署合作协议。", "学习甘肃经验，推进共同富裕。", "支援甘肃、青海建设。", "同甘肃签署合作协议。"])
def test_whom_a_place_meets_helps_or_learns_from_is_not_who_speaks(extractor: Extractor, words: str) -> None:
    text = f"全省新修公路3公里。{words}全省实施“春雨”行动。"
    assert not {subject for subject, _ in _figures(extractor, text)} & {"甘肃", "青海"}
    for predicate in ("implements", "cooperatesWith"):
        assert not {subject for subject, _ in told(extractor, text, predicate)} & {"甘肃", "青海"}


def test_partners_met_one_after_the_other_do_not_meet_each_other(extractor: Extractor) -> None:
    text = "我省与甘肃省签署合作协议，与青海省共建产业园区。"
    assert told(extractor, text, "cooperatesWith") == {("我省", "甘肃省"), ("我省", "青海省")}


def test_what_a_government_of_ones_own_tables_calls_its_own_comes_first(tmp_path: Path, extractor: Extractor) -> None:
    """Behind the shipped rows it would never count: the last of them fits every text."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.yaml").write_text("speakers:\n  - {says: 全旗, levels: [county], ends: [旗]}\n", encoding="utf-8")
    text = "扎鲁特旗与内蒙古自治区\n各位代表，加快牧区改造，新增草场3万亩。支持全旗商户发展。\n推进扎鲁特旗道路改造。内蒙古自治区给予补助，内蒙古自治区派出专家。"

    def subjects(extractor: Extractor) -> list[str | None]:
        facts = extractor.extract(example_document(text))
        name = {entity.id: entity.name for entity in facts.entities}
        return [name.get(figure.subject or "") for figure in facts.observations]

    assert subjects(extractor) == ["内蒙古自治区"]
    assert subjects(Extractor(Ontology.load(tmp_path))) == ["扎鲁特旗"]


@pytest.mark.parametrize("title", ["义乌市2024年政府工作报告", "浙江省義烏市2024年政府工作報告"])
def test_a_report_whose_title_stands_beside_the_text_is_of_the_place_that_it_names(extractor: Extractor, title: str) -> None:
    text = (
        "各位代表：\n现在，我代表市人民政府报告工作。\n一、2023年工作回顾\n义乌是全省第二个试点。学习宁波经验，与宁波共建园区，宁波项目落地。"
        "地区生产总值增长6%。\n二、2024年工作安排\n主要预期目标是：地区生产总值增长7%。\n"
    )
    facts = extractor.extract(replace(example_document(text, "2024-01-12"), title=title))
    name = {entity.id: entity.key for entity in facts.entities}
    found = {(name.get(figure.subject or ""), figure.kind, figure.period, figure.quoted) for figure in facts.observations if figure.unit == "%"}
    assert found == {("义乌市", "growth", "2023", "6%"), ("义乌市", "target", "2024", "7%")}


def test_the_line_that_says_where_a_report_was_given_may_be_broken(extractor: Extractor) -> None:
    text = "政府工作报告\n——2024年1月12日在义乌市\n第十六届人民代表大会第三次会议上\n各位代表：\n一、2023年工作回顾\n成为全省第二个试点。学习宁波经验。地区生产总值增长6%。\n"
    assert figures(extractor, text)["6%"] == "义乌市"


@pytest.mark.parametrize("title", ["德清县钟管镇2024年政府工作报告", "鐘管鎮2024年政府工作報告"])
def test_the_report_of_a_town_is_about_the_town(extractor: Extractor, title: str) -> None:
    facts = extractor.extract(example_document(f"{title}\n2024年，全镇实现工业总产值30亿元，增长6%；一般公共预算收入2亿元。新增企业6家。"))
    name = {entity.id: fold(entity.name) for entity in facts.entities}
    assert {name.get(figure.subject or "") for figure in facts.observations} == {"钟管镇"}
    assert len(facts.observations) == 4


def test_the_offices_of_a_city_of_the_rank_of_a_county_are_its_own(extractor: Extractor) -> None:
    text = "我市部署防汛\n本报讯 诸暨市委召开会议，传达绍兴市会议精神。会上，市水利局作部署。"
    assert ("市水利局", "诸暨市") in told(extractor, text, "governs")


def test_the_report_of_a_country_is_of_none_of_its_places(extractor: Extractor) -> None:
    text = (
        "政府工作报告\n——2024年3月5日在第十四届全国人民代表大会第二次会议上\n国务院总理　王浩\n各位代表：\n我代表国务院向大会报告工作。\n"
        "国内生产总值增长5%。设立上海等自贸试验区，上海的经验向全国推广。支持上海建设科技创新中心。\n"
    )
    assert figures(extractor, text)["5%"] is None
    assert not told(extractor, text, "undertakes") | told(extractor, text, "implements")


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("苏州工业园区2023年工作报告\n——2023年1月10日\n同志们：", "苏州工业园区"),
        ("贵州省高级人民法院工作报告\n——2023年1月10日在贵州省第十四届人民代表大会第一次会议上\n各位代表：", "贵州省"),
        ("貴州省人民代表大會常務委員會工作報告\n——2023年1月10日在貴州省第十四屆人民代表大會第一次會議上\n各位代表：", "贵州省"),
    ],
)
def test_what_others_than_governments_report_looks_back_and_ahead_too(extractor: Extractor, title: str, who: str) -> None:
    text = f"{title}\n一、2022年工作回顾\n紧扣“强基”战略目标，完成整改86项。贵州发展加快。\n二、2023年工作安排\n办结事项90项。\n"
    facts = extractor.extract(replace(example_document(text), date="2023-01-10"))
    name = {entity.id: fold(entity.name) for entity in facts.entities}
    assert [(name.get(one.subject or ""), one.kind, one.period) for one in facts.observations] == [(who, "level", "2022"), (who, "target", "2023")]


def test_what_a_party_committee_proposes_for_five_years_looks_back_first(extractor: Extractor) -> None:
    text = (
        "中共贵州省委关于制定贵州省国民经济和社会发展第十五个五年规划的建议\n一、基础条件和指导思想\n"
        "1.“十四五”时期贵州发展取得的重大成就。全省上下牢记习近平总书记嘱托，经济总量突破2.4万亿元。\n"
        "2.“十五五”时期经济社会发展的主要目标。地区生产总值突破3万亿元。\n"
    )
    facts = extractor.extract(example_document(text))
    assert [(one.quoted, one.kind) for one in facts.observations] == [("2.4万亿元", "level"), ("3万亿元", "target")]


@pytest.mark.parametrize("before", ["贵阳综合保税区通过验收", "遵义市、毕节市入选试点", "习近平总书记致贺信"])
def test_what_a_report_holds_its_own_area_held(extractor: Extractor, before: str) -> None:
    text = f"2025年贵州省政府工作报告\n贵州加快发展。{before}，成功举办第三届山地旅游大会。"
    assert told(extractor, text, "convenes") == {("贵州省", "第三届山地旅游大会")}


def test_what_is_spent_on_a_work_and_how_often_a_train_ran_is_theirs(extractor: Extractor) -> None:
    text = "2025年贵州省政府工作报告\n贵州加快发展。确保平陆运河年度投资200亿元以上，力争郑渝高铁完成投资40亿元。中欧班列累计开行900列。"
    assert figures(extractor, text) == {"200亿元": "平陆运河", "40亿元": "郑渝高铁", "900列": "中欧班列"}


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("衢州加快发展\n近日，衢州市召开发布会。进出口总额居全省第5位。", {"第5位": "衢州市"}),
        ("近日，茶企增多，茶叶产量居全市第2位。", {"第2位": None}),
        ("衢州经验\n近日，增速全省第一。财政收入增长6%。", {"6%": "衢州"}),
        ("全省新增企业5万家。财政收入增长6%。", {"5万家": "全省", "6%": "全省"}),
    ],
)
def test_what_others_are_ranked_in_is_not_spoken_of(extractor: Extractor, text: str, whose: dict[str, str | None]) -> None:
    assert {quoted: name for quoted, name in figures(extractor, text).items() if quoted in whose} == whose
