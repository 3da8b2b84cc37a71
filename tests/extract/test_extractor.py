"""What holds for every text: offsets, scripts, independence, no fact from what is denied."""

from __future__ import annotations

import gc
from dataclasses import replace
from decimal import Decimal
from random import Random
from weakref import ref

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract.extractor import Extractor
from kg.extract.facts_json import to_json
from kg.extract.review.examples import example_document
from kg.model import Facts
from kg.text.fold import fold

TEXTS = [
    "2025年浙江省政府工作报告\n深入实施营商环境大改善三年行动，加快建设杭州地铁8号线一期工程，完善民营企业诉求建议处置机制。",
    "7月14日，钱塘区委召开一届二次全体（扩大）会议。上半年，全区地区生产总值增长11%，规上工业增加值增长14%。",
    "今天（3月30日），国家重大水利工程——广西下六甲灌区工程开工建设。教育部印发《行动方案》。",
    "近日，江苏省获评国家园林城市。“双减”工作深入推进，南京市、苏州市等地开展专项整治。",
]
PIECES = st.sampled_from(
    ["钱塘区", "錢塘區", "实施", "三年行动", "工程", "“三保”", "《方案》", "，", "。", "\n", "（", "）", "增长11%", "1.2亿元", "开工", "的", " ", "等",
     "、", "杭州市", "全会", "a", "\ud800", "\u0000", "𠮷", "：", "7月14日", "委员会", "“", "”", "〈", "％"]
)  # fmt: skip


def _spans(facts: Facts) -> list[tuple[int, int]]:
    spans = [(m.start, m.end) for entity in facts.entities for m in entity.mentions]
    spans += [(fact.start, fact.end) for fact in (*facts.relations, *facts.observations, *facts.attributes)]
    return spans + [(s.start, s.end) for s in facts.sentences]


@pytest.mark.parametrize("text", TEXTS)
def test_there_are_facts_and_their_surfaces_are_in_the_text(extractor: Extractor, text: str) -> None:
    facts = extractor.extract(example_document(text))
    assert facts.entities and (facts.relations or facts.observations)
    for entity in facts.entities:
        assert {entity.name, *entity.surfaces} <= {text[s:e] for s in range(len(text)) for e in range(s, min(len(text), s + 80) + 1)}
        assert all(text[m.start : m.end] in entity.surfaces for m in entity.mentions)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_facts_with_sound_offsets(extractor: Extractor, text: str) -> None:
    facts = extractor.extract(example_document(text))
    assert all(0 <= start < end <= len(text) for start, end in _spans(facts))
    known = {entity.id for entity in facts.entities}
    assert {r.subject for r in facts.relations} | {r.object for r in facts.relations if r.object} <= known
    assert {o.subject for o in facts.observations if o.subject} <= known


def test_sentences_of_all_rules_may_stand_in_one_text(extractor: Extractor) -> None:
    rules = (*extractor.rules.all(), *extractor.references.rules, *extractor.policy_time.rules)
    told = [example.text for rule in rules for example in (*rule.examples, *rule.rejects) if "\n" not in example.text]
    random = Random(7)
    for between in ("", "\n", "，") * 40:
        text = between.join(random.sample(told, 12))
        facts = extractor.extract(example_document(text))
        assert all(0 <= start < end <= len(text) for start, end in _spans(facts))


def test_a_whole_may_be_named_sentences_behind_its_part(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("云江高铁全线贯通。它全长320公里，是京昆通道的重要组成部分。"))
    names = {entity.id: entity.name for entity in facts.entities}
    assert ("京昆通道", "comprises", "云江高铁") in [(names[r.subject], r.predicate, names.get(r.object or "")) for r in facts.relations]


@pytest.mark.parametrize("text", TEXTS)
def test_both_scripts_give_the_same_things(extractor: Extractor, text: str) -> None:
    from opencc import OpenCC

    traditional = OpenCC("s2t").convert(text)
    assert traditional != text

    def things(written: str) -> set[tuple[str, str, str]]:
        return {(e.type, e.key, e.code) for e in extractor.extract(example_document(written)).entities}

    assert things(traditional) == things(text)


def test_a_document_is_read_alone(extractor: Extractor) -> None:
    before = to_json(example_document(TEXTS[0]), extractor.extract(example_document(TEXTS[0])))
    for text in TEXTS[1:]:
        extractor.extract(example_document(text))
    assert to_json(example_document(TEXTS[0]), extractor.extract(example_document(TEXTS[0]))) == before


def test_noise_inside_a_sentence_names_nothing(extractor: Extractor) -> None:
    from dataclasses import replace

    text = "钱塘区实施三年行动计划（浙江大学供图）。"
    whole = example_document(text)
    start = text.index("（")
    facts = extractor.extract(replace(whole, noise=((start, text.index("。")),)))
    assert "浙江大学" in {e.name for e in extractor.extract(whole).entities}
    assert "浙江大学" not in {e.name for e in facts.entities}


def test_a_figure_is_a_decimal(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("全年实现利润205.64亿元。", "2021-07-15"))
    assert [(o.value, o.unit) for o in facts.observations] == [(Decimal(20564000000), "CNY")]


@pytest.mark.parametrize("number", ["（8）", "(8)", "8. ", "● ", "•", "◆"])
def test_the_number_of_an_item_is_no_part_of_a_name(extractor: Extractor, number: str) -> None:
    facts = extractor.extract(example_document(f"{number}全国茶艺创新大赛总决赛在杭州举行。"))
    assert [entity.name for entity in facts.entities if entity.type == "Event"] == ["全国茶艺创新大赛总决赛"]


@pytest.mark.parametrize("number", ["8.", "12、", "（8）"])
def test_the_number_of_an_item_is_no_part_of_an_indicator(extractor: Extractor, number: str) -> None:
    facts = extractor.extract(example_document(f"{number}暑期档电影票房突破80亿元；"))
    assert [o.indicator for o in facts.observations] == ["暑期档电影票房"]


def test_a_decimal_at_the_beginning_of_a_line_is_no_number_of_an_item(extractor: Extractor) -> None:
    assert [o.value for o in extractor.extract(example_document("5.3万人参加钱塘区马拉松赛。")).observations] == [Decimal(53000)]


def test_denied_and_planned_things_do_not_become_facts(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("钱塘区尚未实施亚运城市行动。杭州地铁8号线一期工程未开通。"))
    assert not [r for r in facts.relations if r.predicate == "implements" or r.value == "operating"]


def test_folding_keeps_every_offset() -> None:
    text = "錢塘區「十四五」規劃,增長１２％;後來\ud800𠮷"
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("广西龙门大桥主缆架设完成。龙门大桥今天开工。", {"广西龙门大桥", "龙门大桥"}),
        ("贵阳至南宁高速铁路今天开通。贵南高铁投用。", {"贵阳至南宁高速铁路", "贵南高铁"}),
    ],
)
def test_one_project_under_two_names_is_one(extractor: Extractor, text: str, surfaces: set[str]) -> None:
    projects = [entity for entity in extractor.extract(example_document(text)).entities if entity.type == "Project"]
    assert [set(project.surfaces) for project in projects] == [surfaces]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("4月3日，教育部印发《2022年教师培训行动计划》。", "2023-04-03"),
        ("教育部印发《2022年教师培训行动计划》。", None),
        ("今年是教育部提出“春雨”行动十周年。", None),
    ],
)  # fmt: skip
def test_a_year_in_a_name_or_of_an_anniversary_dates_nothing(extractor: Extractor, text: str, date: str | None) -> None:
    facts = extractor.extract(replace(example_document(text), date="2023-05-01"))
    assert [r.date for r in facts.relations if r.predicate == "issues"] == [date]


def test_a_text_may_end_with_those_who_act(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("浙江相关企业"))
    assert [entity.name for entity in facts.entities] == ["浙江"]


def test_the_sentence_below_a_headline_dates_its_status(extractor: Extractor) -> None:
    text = "杭绍甬高速公路开工\n5月9日，杭绍甬高速公路开工。"
    facts = extractor.extract(example_document(text, "2023-05-10"))
    assert [(r.value, r.date) for r in facts.relations if r.predicate == "hasStatus"] == [("started", "2023-05-09")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025年建成京雄大桥。", [("underway", "2025")]),
        ("2025年开工京雄大桥。", [("planned", "2025")]),
        ("京雄大桥12月开工。", []),
        ("京雄大桥6月开工。", [("started", "2024-06")]),
        ("8月28日，京雄大桥开工。", []),
        ("今天（8月28日），京雄大桥开工。", [("started", "2024-08-28")]),  # the text knows better than its file
        ("今天（9月28日），京雄大桥开工。", []),
    ],
)
def test_nothing_is_built_after_the_day_on_which_it_is_told(extractor: Extractor, text: str, found: list[tuple[str, str]]) -> None:
    facts = extractor.extract(example_document(text, "2024-08-21"))
    assert [(one.value, one.date) for one in facts.relations if one.predicate == "hasStatus"] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("项目名称：云溪大桥改造工程\n二、概况\n（1）招标人：合肥市城乡建设局", ["合肥市城乡建设局"]),
        ("项目名称：云溪大桥改造工程\n项目名称：保洁服务\n招标人：合肥市城乡建设局", []),
        ("云溪大桥改造工程开工。\n招标人说，合肥市城乡建设局召开会议。", []),
    ],
)
def test_the_lines_of_a_form_tell_of_the_work_that_one_of_them_names(extractor: Extractor, text: str, found: list[str]) -> None:
    facts = extractor.extract(example_document(text))
    names = {entity.id: entity.name for entity in facts.entities}
    assert [names[r.subject] for r in facts.relations if r.predicate == "undertakes"] == found


def test_the_day_of_one_clause_is_not_that_of_the_next(extractor: Extractor) -> None:
    text = "杭州地铁8号线一期工程已于6月28日开通，钱塘快速路正在加快建设。"
    facts = extractor.extract(example_document(text, "2021-07-15"))
    dates = {r.value: r.date for r in facts.relations if r.predicate == "hasStatus"}
    assert dates == {"operating": "2021-06-28", "underway": None}


def test_what_a_city_is_compared_with_is_no_part_of_it(extractor: Extractor) -> None:
    text = "曲靖市2022年统计公报\n2022年，曲靖市地区生产总值增长7.6%，增速居全省第1位。"
    assert not [r for r in extractor.extract(example_document(text, "2023-03-01")).relations if r.predicate == "partOf"]


@pytest.mark.parametrize("text", ["浙江省2025年的主要预期目标是：地区生产总值增长5.5%。", "浙江省2025年预期目标：地区生产总值增长5.5%。"])
def test_a_year_before_goals_holds_for_all_of_them(extractor: Extractor, text: str) -> None:
    facts = extractor.extract(example_document(text, "2025-01-20"))
    assert [(o.kind, o.period) for o in facts.observations] == [("target", "2025")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("《方案》提出，到2027年，产业规模突破300亿元。建成平台20个。", [("target", "2027"), ("target", "2027")]),
        ("三、发展目标\n到2027年，产业体系更加完善。产业规模突破300亿元。", [("target", "2027")]),
        ("《方案》提出，到2027年，产业规模突破300亿元。目前已建成平台20个。", [("target", "2027"), ("level", "2025-06-30")]),
        ("《方案》提出，到2027年，产业规模突破300亿元。\n建成平台20个。", [("target", "2027"), ("level", None)]),
        ("到2027年，产业规模突破300亿元。某厂建成车间20个。", [("target", "2027"), ("level", None)]),
    ],
)
def test_the_year_of_a_goal_holds_for_the_sentences_behind_it(extractor: Extractor, text: str, wanted: list[tuple[str, str | None]]) -> None:
    facts = extractor.extract(example_document(text, "2025-06-30"))
    assert [(o.kind, o.period) for o in facts.observations] == wanted


def test_a_statute_tells_of_nothing_done(extractor: Extractor) -> None:
    articles = ["第一条 为加强临江大桥工程管理，制定本条例。", "第二条 建设单位应当负责临江大桥工程施工，制定消防安全制度。", "第三条 杭州市实行河长制。"]
    told = [[(r.predicate, r.found_by) for r in extractor.extract(example_document("\n".join(["杭州市桥梁条例", *lines]))).relations] for lines in (articles, articles[1:])]
    norms, news = told
    assert "hasStatus" not in dict(norms) and "hasStatus" in dict(news)
    assert ("implements", "implements-act") in norms


def test_a_short_route_that_two_long_ones_fit_stays_itself(extractor: Extractor) -> None:
    text = "贵阳至南宁高速铁路、贵港至南昌高速铁路今天开通。贵南高铁投用。"
    projects = [entity for entity in extractor.extract(example_document(text)).entities if entity.type == "Project"]
    assert len(projects) == 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("支持宁波市建设甬舟铁路，开工建设云溪水库。", []),  # either of the two may go on
        ("要求宁波市建设甬舟铁路，开工建设云溪水库。", ["宁波市"]),
    ],
)
def test_who_is_helped_to_act_need_not_do_what_the_next_clause_tells(extractor: Extractor, text: str, found: list[str]) -> None:
    facts = extractor.extract(example_document(text))
    names = {entity.id: entity.name for entity in facts.entities}
    assert [names[r.subject] for r in facts.relations if r.predicate == "undertakes" and names[r.object or ""] == "云溪水库"] == found


@pytest.mark.parametrize("segmenter", ["rjieba", "jieba"])
def test_what_nobody_needs_any_more_goes_at_once(segmenter: str) -> None:
    """It weighs hundreds of megabytes, and the search for cycles seldom comes to what is that old."""
    gc.collect()
    gc.disable()
    try:
        extractor = Extractor(segmenter=segmenter)
        for text in TEXTS:
            assert extractor.extract(example_document(text)).entities
        parts = [ref(part) for part in (extractor, extractor.ontology, extractor.symbols, extractor.names.gazetteer, extractor.segmenter)]
        del extractor
        assert [part() for part in parts] == [None] * len(parts)
        assert gc.collect() < 10_000  # what it is the first to import or to read; an extractor has 300,000 objects
    finally:
        gc.enable()


def test_a_place_is_called_by_its_official_name_where_the_text_has_it(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("中方愿同各方合作。中国坚持开放。"))
    assert [(entity.name, entity.code) for entity in facts.entities if entity.type == "Area"] == [("中国", "CHN")]


@pytest.mark.parametrize(("text", "codes"), [("展会在首尔市龙山区开幕。", ["", ""]), ("展会在辽源市龙山区开幕。", ["220400", "220402"])])
def test_a_district_of_a_city_abroad_is_not_its_namesake_at_home(extractor: Extractor, text: str, codes: list[str]) -> None:
    facts = extractor.extract(example_document(text))
    assert [entity.code for entity in facts.entities if entity.type == "Area"] == codes


def test_what_a_text_says_of_a_year_to_come_is_not_done(extractor: Extractor) -> None:
    def stages(text: str) -> list[str | None]:
        return [r.value for r in extractor.extract(example_document(text, "2023-05-10")).relations if r.predicate == "hasStatus"]

    assert stages("到2026年，路网总里程超过300公里，建成东港大桥。") == ["underway"]
    assert stages("到2022年，路网总里程超过300公里，建成东港大桥。") == ["completed"]
