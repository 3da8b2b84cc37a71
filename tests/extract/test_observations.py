"""How figures of one text bear on each other. The rules' own examples run in test_rule_examples.py."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kg.errors import KgError
from kg.extract.coreference.editions import EditionWords
from kg.extract.coreference.identity import IdentityWords
from kg.extract.coreference.masthead import MastheadWords
from kg.extract.coreference.references import ReferenceWords
from kg.extract.document.moods import MoodWords
from kg.extract.document.plan_leads import PlanLeads
from kg.extract.document.report_spans import ReportSpans
from kg.extract.document.reports import SpeakerWords
from kg.extract.document.titles import TitleReader, TitleWords
from kg.extract.extractor import Extractor
from kg.extract.knowledge.confidence import read_confidence
from kg.extract.knowledge.person_tables import PersonWords
from kg.extract.knowledge.phrases import read_phrases
from kg.extract.names.beside import BesideWords
from kg.extract.names.counted import CountedWords
from kg.extract.names.gazetteer import PlaceWords
from kg.extract.names.line_ends import LineEndWords
from kg.extract.names.mentions import MentionRef
from kg.extract.names.names import KnownWords
from kg.extract.names.rows import QuotationWords
from kg.extract.names.titled_places import TitledPlaceWords
from kg.extract.observations.figure_words import FigureWords
from kg.extract.observations.indicator_lists import ListNames
from kg.extract.observations.indicators import IndicatorReader
from kg.extract.observations.name_words import NameWords
from kg.extract.observations.observation_rules import observation_rules
from kg.extract.observations.observations import Observer
from kg.extract.observations.subject_words import SubjectWords
from kg.extract.observations.table_words import TableWords
from kg.extract.observations.time_words import TimeWords
from kg.extract.relations.dates import DateWords
from kg.extract.relations.policy_time_rules import PolicyWords
from kg.extract.relations.table_rows import TableRowWords
from kg.extract.review.examples import figures_alone
from kg.model import Document, Observation
from kg.ontology import Ontology, YamlFile
from kg.text.fold import fold
from kg.text.numbers import NumberWords
from kg.text.sentences import split_sentences
from kg.text.times import CalendarWords

RULE_FILES = Ontology.load().yaml("rules")
PHRASES = read_phrases(RULE_FILES)
OBSERVER = Observer(Ontology.load(), PHRASES, read_confidence(Ontology.load()))
# What reads figures, without the tables of names: each process of the tests makes what stands here.
READER: Any = SimpleNamespace(observer=OBSERVER, titles=TitleReader(PHRASES.words_of(TitleWords, "titles")))
LISTS = ListNames(PHRASES.words_of(NameWords, "names"))


def read(
    text: str, *, date: str | None = "2021-07-15", title: str = "", mentions: Sequence[tuple[str, str]] = (),
    topic: str | None = None,
) -> list[Observation]:  # fmt: skip
    document = Document("d", "d", "", text, "txt", "", title=title, date=date)
    sentences = split_sentences(document, fold(text))
    refs = [
        MentionRef(at, at + len(name), name, kind)
        for name, kind in mentions
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    found = figures_alone(READER, document, sorted(refs), topic)
    for one in found:
        assert one.quoted in text[one.start : one.end], "the evidence holds the number"
        assert sentences[one.sentence].start <= one.start < one.end <= sentences[one.sentence].end
    return found


def brief(found: Sequence[Observation]) -> list[tuple[str, str, Decimal, str]]:
    return [(one.kind, one.indicator, one.value, one.unit) for one in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("一季度，新增发电装机中，超过80%都来自于可再生能源装机。", "新增发电装机来自于可再生能源装机"),
        ("一季度，新增發電裝機中，超過80%都來自於可再生能源裝機。", "新增發電裝機來自於可再生能源裝機"),
    ],
)
def test_a_name_told_in_another_order_is_turned_in_either_script(text: str, name: str) -> None:
    assert [one.indicator for one in read(text)] == [name]


def test_values_and_names_pair_up() -> None:
    found = read("太陽能電池、新能源汽車產量分別增長53.2%、22.5%。")
    assert brief(found) == [
        ("growth", "太陽能電池產量", Decimal("53.2"), "%"),
        ("growth", "新能源汽車產量", Decimal("22.5"), "%"),
    ]


def test_each_place_has_what_the_sentence_before_told_of_alone() -> None:
    found = read("工业增加值603亿元，增长9%。分县（市、区）看，甲区增长7%，乙区增长10%；丙县下降2%。", mentions=[("甲区", "Area"), ("乙区", "Area"), ("丙县", "Area")])
    assert brief(found)[2:] == [("growth", "工业增加值", Decimal(7), "%"), ("growth", "工业增加值", Decimal(10), "%"), ("growth", "工业增加值", Decimal(-2), "%")]
    assert len(read("工业增加值增长9%，投资增长3%。分县看，甲区增长7%。", mentions=[("甲区", "Area")])) == 2


def test_what_lies_below_is_told_without_whether_the_fall_is_greater() -> None:
    assert [one.indicator for one in read("投资下降2%，低于平均水平3个百分点。")] == ["投资", "投资低于平均水平"]


def test_rates_pair_up_with_the_amounts_before() -> None:
    found = read("成交量为6.72亿手，成交额为44.16万亿元，同比分别增长43.26%和8.09%。")
    assert [(one.indicator, str(one.value), one.base) for one in found[2:]] == [
        ("成交量", "43.26", "同比"),
        ("成交额", "8.09", "同比"),
    ]


def test_rates_that_turn_pair_up_and_a_rise_and_a_fall_are_no_litres() -> None:
    found = read("轻工业一升一降。粮食产量、肉类产量分别达到100万吨、50万吨，同比分别增长2%和下降1%。")
    assert [(one.indicator, str(one.value)) for one in found] == [
        ("粮食产量", "1000000"), ("肉类产量", "500000"), ("粮食产量", "2"), ("肉类产量", "-1"),
    ]  # fmt: skip


def test_growth_without_a_name_is_of_the_amount_before() -> None:
    found = read("全区规上工业企业实现利润总额达205.64亿元，同比增长17.2%，占全市比重三成。")
    assert brief(found)[1:] == [
        ("growth", "规上工业企业实现利润总额", Decimal("17.2"), "%"),
        ("share", "规上工业企业实现利润总额占全市比重", Decimal(30), "%"),
    ]


def test_growth_goes_on_behind_a_semicolon() -> None:
    found = read("今年，浙江工业增加值增长6.1%；江苏稳中有升，同比增长5.8%；安徽下降1%。", mentions=[("浙江", "Area"), ("江苏", "Area"), ("安徽", "Area")])
    assert [(one.subject, one.indicator, one.value) for one in found] == [
        ("浙江", "工业增加值", Decimal("6.1")), ("江苏", "工业增加值", Decimal("5.8")), ("安徽", "工业增加值", Decimal(-1)),
    ]  # fmt: skip


def test_growth_in_real_terms_is_of_what_was_told_before() -> None:
    assert [one.indicator for one in read("居民收入16820元，扣除价格因素实际增长7.3%。")] == ["居民收入", "居民收入"]


def test_from_and_to() -> None:
    assert brief(read("就业率由47%提高到68%")) == [
        ("share", "就业率", Decimal(47), "%"),
        ("share", "就业率", Decimal(68), "%"),
    ]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("调查失业率和登记失业率分别控制在6%和4.5%以内。", ["<", "<"]),
        ("城鄉居民收入分別增長6%、7%左右。", ["~", "~"]),
        ("城乡居民收入分别增长6%、7%以上。", ["=", ">"]),
        ("失业率控制在6%，物价涨幅控制在3%以内。", ["=", "<"]),
    ],
)
def test_a_limit_behind_a_list_is_that_of_each(text: str, bounds: list[str]) -> None:
    assert [one.bound for one in read(text)] == bounds


@pytest.mark.parametrize(
    ("text", "rank", "quoted"),
    [
        ("2024年，甲区货物吞吐量居全省前三。", "<3", "前三"),
        ("2024年，甲区貨物吞吐量躋身全國百強區前20名。", "<20", "前20名"),
        ("2024年，甲区货物吞吐量居全省第三。", "=3", "第三"),
        ("2024年，甲区空气质量综合指数列96个重点城市前十。", "<10", "前十"),
    ],
)
def test_among_the_first_is_a_bound(text: str, rank: str, quoted: str) -> None:
    assert [(one.kind, f"{one.bound}{one.value}", one.quoted) for one in read(text)] == [("rank", rank, quoted)]


def test_what_is_only_ranked_among_is_no_figure() -> None:
    (one,) = read("2024年，全市空气质量综合指数在全国96个重点城市中排名第12位。")
    assert (one.indicator, one.kind, str(one.value)) == ("空气质量综合指数", "rank", "12")


def test_money_before_its_amount_is_its_unit() -> None:
    assert read("年薪達港幣250萬元。")[0].unit == "港幣"


def test_a_mean_of_two_years_is_told_from_the_rate_of_one() -> None:
    assert [one.base for one in read("总值100亿元，同比增长8%，两年平均增长4%；出口兩年平均下降1%。")] == ["", "同比", "两年平均", "两年平均"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2023年，全市总产值两年平均增长4%。", "2022-01-01/2023-12-31"),
        ("2023年，全市总产值十三年平均增长4%。", "2011-01-01/2023-12-31"),
        ("全市总产值二〇二三年平均增长4%。", "2023"),
    ],
)
def test_a_mean_of_years_holds_for_them(text: str, period: str) -> None:
    assert [one.period for one in read(text)] == [period]


def test_a_range_is_two() -> None:
    found = read("新建30至50家工厂")
    assert [(str(one.value), one.bound, one.unit) for one in found] == [("30", ">", "家"), ("50", "<", "家")]


def test_rank_with_its_scope() -> None:
    (one,) = read("工業投資總量位居全市第二。")
    assert (one.kind, one.indicator, str(one.value), one.unit, one.scope) == ("rank", "工業投資總量", "2", "", "全市")


def test_the_unit_is_kept_in_its_script() -> None:
    assert [one.unit for one in read("建成兩條線路、69項工程，涉及9200多萬畝，提高2個百分點")] == [
        "項",
        "畝",
        "個百分點",
    ]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("上半年，投资增长7%，消费增长8%。出口增长9%。", ["2021-01-01/2021-06-30"] * 3),
        ("加紧赶工今年首个订单，建成项目80个。", [None]),
        ("截至2020年底，十年来建成水库90座。", ["2010-01-01/2020-12-31"]),
        ("近日，举办活动30场。", [None]),
        ("“十三五”期间，高速公路里程由5000公里增至6500公里。", [None, "2020"]),
        ("上半年，投资增长7%。新线开通，首日客流量12万人次。", ["2021-01-01/2021-06-30", None]),
        ("“十三五”时期，经济跃上新台阶。2020年，总值达到3万亿元，年均增长7%。", ["2020", "2016-01-01/2020-12-31"]),
        ("2020年，总值达到3万亿元，年均增长7%。", ["2020", None]),
        ("上半年投资增长7%。\n建成项目80个。", ["2021-01-01/2021-06-30", None]),
        ("目前，已有500余家企业参展。", ["2021-07-15"]),
        ("1934年12月，部队来到这里。全市有遗址70处。", [None]),
        ("签署20年来，出口增长3倍，货值居全国第一位。", ["2001/2021", None]),
        ("投资比2019年增长7%。", [None]),
        ("7月14日，口岸单日客流11万人次，刷新了2019年2月7日创下的10万人次最高纪录，单日车流1万辆次。", ["2021-07-14", "2021-07-14"]),
        ("上半年，接待观众70万人次，增长9%（2019年接待观众60万人次）。其中，夜间接待观众9万人次。", [*["2021-01-01/2021-06-30"] * 2, "2019", "2021-01-01/2021-06-30"]),
        ("今年，截至6月27日16时，出入境车辆150万辆次。", ["2021-01-01/2021-06-27"]),
        ("一是6月底开工率达到100%；二是支出进度98%。", ["2021-06-30", None]),
        ("2019年人员往来530万人次。40年前，贸易额不足25亿美元。", ["2019", None]),
        ("6月初步估计，旅客数字为460万人次。", ["2021-06"]),
        ("与2019年的30万亩相比，甲县2023年棉田增加到35万亩。", ["2023"]),
        ("与2019年相比，甲馆2020年接待游客增长25%，乙馆接待游客下降3%。", ["2020", "2020"]),
        ("截至2月底，全年目标任务完成率21.5%。", ["2021-02-28"]),
        # a month told of as a part, and quarters told one by one, hold for nothing behind them
        ("上半年，甲县出口增长6%，其中6月份增长8%；进口增长5%。", ["2021-01-01/2021-06-30", "2021-06", "2021-01-01/2021-06-30"]),
        ("上半年，甲县出口增长6%。一季度出口增长7%，二季度出口增长5%。进口增长4%。", ["2021-01-01/2021-06-30", "2021-01-01/2021-03-31", "2021-04-01/2021-06-30", "2021-01-01/2021-06-30"]),
        ("甲县制造业行动计划（2020—2022年）\n到2022年，甲县工业增加值年均增长7%以上。", ["2020-01-01/2022-12-31"]),
        ("记者获悉，今天铁路预计发送旅客900万人次。公路方面，预计发送旅客5000万人次。", ["2021-07-15", "2021-07-15"]),
        ("记者获悉，今天铁路预计发送旅客900万人次。公路方面，日均发送旅客5000万人次。", ["2021-07-15", None]),
    ],
)
def test_period(text: str, period: list[str | None]) -> None:
    assert [one.period for one in read(text)] == period


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("到2025年，高铁里程达到500公里。", "target"),
        ("今年将新增2条线路。", "target"),
        ("力争新建10个以上产业学院。", "target"),
        ("甲市计划今年新建充电桩500个。", "target"),
        ("两市计划三年内共建5个实验室。", "target"),
        ("乙省计划对1270个老旧小区实施改造。", "target"),
        ("按计划完成31个考核", "level"),
        ("2021年，甲市预期生产总值增长8%以上。", "target"),
        ("机构预期生产总值增长8%。", "growth"),
        ("项目总投资预计将达到515亿元。", "level"),
        ("成功实现收益超千万的目标。", "target"),
    ],
)
def test_goal_or_not(text: str, kind: str) -> None:
    assert [one.kind for one in read(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("到2027年，乙省经济总量迈上7万亿元台阶，城镇化率达到68%以上。", ["target", "target"]),
        ("到2017年，城镇化率已达到68%以上。", ["share"]),
        ("2027年，城镇化率68%以上。", ["share"]),
    ],
)
def test_a_goal_in_a_text_without_a_date(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in read(text, date=None)] == kinds


REVIEW = "全省城镇新增就业23.35万人，入选全国试点，居全国首位。成功获批重点项目3项，粮食总产量达到800.2亿斤。"
PLAN = "我省要加快培育新产业，力争新增企业200家以上，确保粮食产量800亿斤左右。完善保障机制，打造10个以上示范园区。我省有20个口岸，要用好用足。"


@pytest.mark.parametrize(
    ("title", "periods"),
    [
        ("2024年上半年甲省经济运行情况", ["2024-01-01/2024-06-30", "2024-01-01/2024-06-30", "2024-06", None]),
        ("甲市2024年1—6月工業運行分析", ["2024-01-01/2024-06-30", "2024-01-01/2024-06-30", "2024-06", None]),
        ("甲省上半年与一季度经济运行情况", [None, "2024-01-01/2024-06-30", "2024-06", None]),
        ("甲省举行2024年上半年总结会", [None, "2024-01-01/2024-06-30", "2024-06", None]),
    ],
)
def test_what_is_released_on_a_period_tells_of_it_throughout(title: str, periods: list[str | None]) -> None:
    text = "采矿业增长3%。\n上半年，零售额增长4%。\n从6月份当月看，物价上涨1%。\n服务价格上涨2%。\n"
    assert [one.period for one in read(text, date="2024-07-17", title=title)] == periods


def test_a_report_looks_back_on_the_year_before() -> None:
    found = read(REVIEW, date="2025-01-20", topic="area")
    assert {one.period for one in found} == {"2024"}
    assert "target" not in {one.kind for one in found}
    assert {one.subject for one in found} == {"area"}


def test_a_report_sets_goals_for_its_year() -> None:
    found = read(PLAN, date="2025-01-20", topic="area")
    assert [(one.kind, one.period) for one in found] == [("target", "2025")] * 3 + [("level", None)]


def test_headings_tell_the_parts_of_a_report() -> None:
    text = (
        "2025年甲省政府工作报告\n一、2024年工作回顾\n支持企业100家。\n"
        "二、2025年工作安排\n支持企业200家。\n"
    )  # fmt: skip
    assert [(one.kind, one.period) for one in read(text, date="2025-01-20")] == [("level", "2024"), ("target", "2025")]


@pytest.mark.parametrize(
    ("title", "date"),
    [("2024年甲省政府工作报告", "2025-01-20"), ("2024年甲省政府工作报告", "2024"), ("2025年甲省政府工作报告", "2025-01-20")],
)
def test_a_report_may_be_titled_with_the_year_it_reports_on(title: str, date: str) -> None:
    text = f"{title}\n一、2024年工作回顾\n支持企业100家。去年新建学校20所。\n二、2025年工作安排\n支持企业200家。\n"
    periods = [(one.kind, one.period) for one in read(text, date=date)]
    assert periods == [("level", "2024"), ("level", "2024"), ("target", "2025")]


@pytest.mark.parametrize(
    ("day", "periods"),
    [("2024-12-27", ["2024", "2025"]), ("2025-01-20", ["2024", "2025"])],
)
def test_a_report_made_in_december_looks_back_on_the_year_that_ends(day: str, periods: list[str]) -> None:
    five = "甲市政府工作报告\n一、过去五年工作回顾\n新建学校20所。\n二、今后五年奋斗目标和2025年工作安排\n支持企业200家。\n"
    assert read(five, date=day)[0].period == "2020-01-01/2024-12-31"
    text = "政府工作报告\n一、2024年工作回顾\n支持企业100家。\n二、2025年工作安排\n支持企业200家。\n"
    assert [one.period for one in read(text, date=day)] == periods
    this = "政府工作报告\n一、2024年工作回顾\n今年以来支持企业100家。第二季度新建学校3所。\n二、2025年工作安排\n支持企业200家。\n"
    assert [one.period for one in read(this, date="2024-12-27")] == ["2024-01-01/2024-12-27", "2024-04-01/2024-06-30", "2025"]


@pytest.mark.parametrize("title", ["政府工作报告", "2021年甲县政府工作报告"])
def test_a_report_made_in_december_without_years_in_its_headings(title: str) -> None:
    text = f"{title}\n一、过去五年工作回顾\n五年来，新建学校20所。常住人口达30万人。\n"
    assert [one.period for one in read(text, date="2021-12-10")] == ["2017-01-01/2021-12-31", "2021"]


def test_a_year_goes_on_behind_a_semicolon_in_a_review_of_five() -> None:
    text = (
        "甲市政府工作报告\n一、过去五年工作回顾\n"
        "2022年全市预计实现地区生产总值300亿元，年均增长7%；零售总额90亿元，年均增长5%；新建学校20所。粮食产量30万吨。\n"
    )  # fmt: skip
    five = "2018-01-01/2022-12-31"
    assert [one.period for one in read(text, date="2023-01-10")] == ["2022", five, "2022", five, five, five]


def test_a_part_of_the_year_goes_on_behind_a_semicolon_in_a_report() -> None:
    text = "甲市政府工作报告\n一、2022年工作回顾\n前三季度，零售总额增长5%；出口增长6%。固定资产投资增长8%。\n"
    part = "2022-01-01/2022-09-30"
    assert [one.period for one in read(text, date="2023-01-10")] == [part, part, "2022"]


@pytest.mark.parametrize("title", ["甲市2022年国民经济和社会发展计划执行情况与2023年计划（草案）报告", "甲市2022年计划执行情况与2023年计划（草案）的报告"])
def test_drafts_in_brackets_in_the_title_of_a_report_on_a_plan(title: str) -> None:
    text = f"{title}\n一、2022年计划执行情况\n支持企业100家。\n二、2023年主要目标\n支持企业200家。\n"
    assert [(one.kind, one.period) for one in read(text, date="2023-01-10")] == [("level", "2022"), ("target", "2023")]


def test_a_notice_on_how_a_report_is_carried_out_is_none() -> None:
    text = "关于《政府工作报告》确定的2021年重点工作完成情况的通报\n上半年，投资增长5%；出口增长6%。\n"
    assert [one.period for one in read(text, date="2021-08-10", title="关于《政府工作报告》确定的2021年重点工作完成情况的通报")] == ["2021-01-01/2021-06-30"] * 2


def test_the_end_of_a_year_that_a_report_looks_back_on() -> None:
    text = "甲县政府工作报告\n一、2019年工作回顾\n预计到年末，固定资产投资增长5%。\n"
    assert [(one.kind, one.period) for one in read(text, date="2020-01-05")] == [("growth", "2019")]


def test_what_is_compared_with_the_year_before_is_of_this_one() -> None:
    text = "2019年，与上年比，消费贡献率下降2个百分点。生产总值可比增长6%。预计产值由7亿元增至9亿元以上。"
    found = read(text, date="2020-03-01")
    assert [(one.period, one.base, one.bound) for one in found] == [("2019", "", "="), ("2019", "可比", "="), (None, "", "="), ("2019", "", ">")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("三次产业比由5:40:55调整为4:41:55。", ["第一产业占比", "第二产业占比", "第三产业占比"]),
        ("三次產業占GDP比重為4:41:55。", ["第一產業占比", "第二產業占比", "第三產業占比"]),
        ("三次产业对增长的贡献率分别为4%、41%和55%。", ["第一产业对增长的贡献率", "第二产业对增长的贡献率", "第三产业对增长的贡献率"]),
        ("城乡人均可支配收入分别预计增长6%、7%。", ["城镇人均可支配收入", "农村人均可支配收入"]),
        ("税收收入下降2%，扣除减税因素影响，可比增长3%。", ["税收收入", "税收收入"]),
        ("生产总值剔除停产等不可比因素增长7%。", ["生产总值剔除停产等不可比因素"]),
        ("衣着类上涨9%；居住类居次，上涨3%。", ["衣着类", "居住类"]),
        ("30条120公里乡村道路通车。", ["乡村道路通车", "乡村道路通车"]),
        ("30家龙头企业年销售收入9亿元。", ["龙头企业", "龙头企业年销售收入"]),
        ("15个村被命名为卫生村。", ["村"]),
        ("產量、銷量始終居全省第一。", ["產量、銷量"]),
        ("规模以上工业增加值增长5%，总产值突破900亿元。", ["规模以上工业增加值", "规模以上工业总产值"]),
        ("生产总值增长5%，总量在全省90个县（市）中继续排名第一。", ["生产总值", "生产总值总量"]),
        ("预计实现（下同）生产总值90亿元。", ["生产总值"]),
        ("新建10千伏线路40公里、0.4千伏线路20公里。", ["新建10千伏线路", "新建0.4千伏线路"]),
        ("通过甲博会、乙论坛等平台签约项目14个。", ["签约项目"]),
        ("地方公共预算收入9亿元。", ["地方公共预算收入"]),
        ("产业结构调整为26:33:41。", ["第一产业占比", "第二产业占比", "第三产业占比"]),
        ("58个重点项目进展顺利。", ["重点项目"]),
        ("確診病例46例，其中44例為境外輸入病例。", ["確診病例", "境外輸入病例"]),
    ],
)
def test_names_of_communiques_and_reports_of_other_years(text: str, names: list[str]) -> None:
    assert [one.indicator for one in read(text)] == names


def test_what_two_amounts_told_together_fell_from_has_no_time() -> None:
    found = read("2019年，贫困人口由300户900人减至20户60人。", date="2020-01-10")
    assert [one.period for one in found] == [None, None, "2019", "2019"]


@pytest.mark.parametrize(
    ("title", "over", "ahead"),
    [
        ("关于甲市2024年国民经济和社会发展计划执行情况与2025年计划草案的报告", "2024年计划执行情况", "2025年主要目标"),
        ("甲市2024年財政預算執行情況和2025年財政預算草案的報告", "2024年預算執行情況", "2025年預算安排"),
    ],
)
def test_a_report_on_a_plan_and_the_next_looks_back_and_ahead(title: str, over: str, ahead: str) -> None:
    text = f"{title}\n一、{over}\n支持企业100家。\n二、{ahead}\n支持企业200家。\n"
    assert [(one.kind, one.period) for one in read(text, date="2025-01-20")] == [("level", "2024"), ("target", "2025")]
    told = f"会议审议{title}。\n支持企业100家。\n"
    assert [(one.kind, one.period) for one in read(told, date="2025-01-20")] == [("level", None)]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("抓好甲高速建设，完成投资30亿元。", "甲高速"),
        ("加快甲高速建設，力爭完成年度投資5億元。", "甲高速"),
        ("抓好甲高速、乙大桥建设，完成投资30亿元。", "甲市"),
        ("加快甲高速等20个项目建设，完成投资30亿元。", "甲市"),
        ("抓好甲高速建设，新增投资30亿元。", "甲市"),
        ("甲厅巡视反馈问题整改率98%。", "甲市"),
        ("甲厅整改率98%。", "甲厅"),
        ("乙省丙医药产业基地入驻企业26家。", None),
        ("乙省入驻企业26家。", "乙省"),
        ("丁新区启动建设，丙科技园入驻企业26家。", None),
        ("丁新区启动建设，入驻企业26家。", "丁新区"),
    ],
)
def test_whose_a_figure_of_a_report_is(text: str, subject: str | None) -> None:
    mentions = [("甲高速", "Project"), ("乙大桥", "Project"), ("甲厅", "Body"), ("乙省", "Area"), ("丁新区", "Area")]
    found = read(f"2025年甲市政府工作报告\n{text}", date="2025-01-20", mentions=mentions, topic="甲市")
    assert found[-1].subject == subject


@pytest.mark.parametrize(
    ("text", "mentions", "subject"),
    [
        ("常州工厂投产，甲乡水库完成投资3亿元。", [("常州", "Area"), ("甲乡水库", "Project")], "甲乡水库"),
        (
            "国家林草局最新发布，储备林工程建成9200万亩。",
            [("国家林草局", "Body"), ("储备林工程", "Project")],
            "储备林工程",
        ),
        ("全长1.62公里的京雄大桥完工。", [("京雄大桥", "Project")], "京雄大桥"),
        ("对39个国务院安委会成员单位开展考核。", [("国务院安委会", "Body")], "国务院安委会"),
        ("由贸促会组织的30多家企业来访。", [("贸促会", "Body")], "贸促会"),
        ("甲大会在乙市开幕。1500多位专家参加。", [("甲大会", "Event"), ("乙市", "Area")], "甲大会"),
        ("甲厂在建设乙项目。该项目占地300亩。", [("甲厂", "Body"), ("乙项目", "Project")], "乙项目"),
        ("甲乡地处山区，1962年建立了青山机械林场。\n林场的有林地面积达24万亩。", [("甲乡", "Area"), ("青山机械林场", "Body")], "青山机械林场"),
        ("甲省乙市開始收麥，全市的52支隊伍出動。", [("甲省", "Area"), ("乙市", "Area")], "乙市"),
        ("我国与甲国进出口1730亿元。", [("甲国", "Area")], "甲国"),
        ("地处甲河的乙水库灌溉300亩。", [("甲河", "Area"), ("乙水库", "Project")], "乙水库"),
        ("年产20万吨电池材料项目开工。", [("年产20万吨电池材料项目", "Project")], "年产20万吨电池材料项目"),
        ("投资3亿元的甲集团乙物流园投用。", [("甲集团", "Body"), ("乙物流园", "Project")], "乙物流园"),
        ("投资3亿元的甲集团迁入新址。", [("甲集团", "Body")], None),
    ],
)
def test_subject(text: str, mentions: list[tuple[str, str]], subject: str | None) -> None:
    assert [one.subject for one in read(text, mentions=mentions)] == [subject]


@pytest.mark.parametrize(
    "text",
    ["当地已投入8000多人次。", "新增10家比去年多3家。", "花开时节，有300多个品种。", "5万名司机罢工导致全城停运。", "人员编制统一按照5%，", "30个重大项目中，新能源居多。", "建好2个国家级",
     "启动时速250公里市域列车研制。", "夺得5000米接力冠军。", "守好各地，牢牢守住18亿亩耕地红线。", "推进“31条”政策落地。", "实施“千万工程”。", "召开第六届博览会。", "十大行动全面启动。", "59国免签。", "5G基站覆盖乡村。",
     "2021年1月1日起施行。", "今年是建党100周年。", "外逃23年归案。", "预计每年可节省7亿元。", "两位数增长。", "20项新措施出台。", "小李今年35岁。", "引进投资1亿元以上5亿元以下项目。"],
)  # fmt: skip
def test_no_observation(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("服务游客8000多人次。", ("level", "服务游客", "8000")),
        ("事故导致6人受伤。", ("level", "事故导致受伤", "6")),
        ("引进花卉品种300多个。", ("level", "引进花卉品种", "300")),
        ("新建国家级示范区2个。", ("level", "新建国家级示范区", "2")),
        ("线路设计时速250公里。", ("level", "线路设计时速", "250")),
        ("占地面积30亩。", ("level", "占地面积", "30")),
        ("第二产业项目40个，投资额80亿元。", ("level", "第二产业项目投资额", "8000000000")),
        ("诊疗量6月20日达到峰值30万人次，7月8日回落至8万人次。", ("level", "诊疗量", "80000")),
        ("产量突破9000万斤筑牢防线。", ("level", "产量", "90000000")),
        ("及时转移群众40万人次。", ("level", "及时转移群众", "400000")),
        ("基准利率升至4.25%。", ("level", "基准利率", "4.25")),
        ("经济增速从3.8%升至4.6%。", ("growth", "经济增速", "4.6")),
        ("森林覆盖率升至40%。", ("share", "森林覆盖率", "40")),
        ("60个优质项目集中签约，总投资80亿元。", ("level", "优质项目总投资", "8000000000")),
        ("物流总额同比增长4%，比上月提高0.1个百分点。", ("change", "物流总额增速", "0.1")),
        ("技改占比增长4%，比上月提高0.1个百分点。", ("change", "技改占比", "0.1")),
        ("诊所覆盖率达88%，90%的村庄有书屋。", ("share", "村庄有书屋", "90")),
        ("粮食、蔬菜覆盖率分别达88%、90%。", ("share", "蔬菜覆盖率", "90")),
        ("死亡人数升至28人，超过110人受伤。", ("level", "受伤", "110")),
        ("接待游客人次、旅游花费分别增长5%、6%。", ("growth", "旅游花费", "6")),
        ("甲站预计发送旅客15万人次，这个数字比去年增长50%。", ("growth", "甲站发送旅客", "50")),
        ("创新能力排名从第34位升至第11位。", ("rank", "创新能力", "11")),
        ("打击了2000个丙军军事目标。", ("level", "打击丙军军事目标", "2000")),
        ("原油日产量下调30万桶，减产约5%。", ("growth", "原油日产量", "-5")),
        ("磷肥产量占国内总产量的1/6。", ("share", "磷肥产量占国内总产量", "16.7")),
        ("30万农村居民的用水条件得到改善。", ("level", "农村居民", "300000")),
        ("命名了80个“青山就是金山”实践基地。", ("level", "命名“青山就是金山”实践基地", "80")),
        ("新开工项目计划总投资增长11%。", ("growth", "新开工项目计划总投资", "11")),
        ("在确保安全的前提下稳产，煤炭日产量稳定在12万吨。", ("level", "煤炭日产量", "120000")),
        ("甲银行股价17日再次暴跌30%。", ("growth", "甲银行股价", "-30")),
        ("灌溉冬小麦面积80万亩，进度过四成。", ("share", "灌溉冬小麦面积进度", "40")),
        # How much of what was set is done, and how far it is beside it
        ("改造住房4.1萬套，完成年度任務的106%。", ("share", "改造住房完成年度任務", "106")),
        ("公路投资80亿元，为年度计划的92%。", ("share", "公路投资为年度计划", "92")),
        ("治沙、造林分别完成年度目标任务的112%、145%。", ("share", "造林完成年度目标任务", "145")),
        ("总值增长3.1%，低于预期目标1.9个百分点。", ("level", "总值增速低于预期目标", "1.9")),
        ("总值增长3%，投资下降12%，与增长5%的目标相差17个百分点。", ("growth", "投资", "-12")),
        # Ranks among the parts of a whole
        ("甲区总值增长6.9%，增速居全市各乡镇首位。", ("rank", "甲区总值增速", "1")),
        ("总值增长6%，增速高于全国0.2个百分点，居中部第2位。", ("rank", "总值增速", "2")),
        ("优良水体比例优于考核目标4个百分点，居全省第1位。", ("rank", "优良水体比例", "1")),
        ("连续9年居全国县域经济综合竞争力第1位。", ("rank", "县域经济综合竞争力", "1")),
        ("优良天数比例87%，同比改善2个百分点。", ("change", "优良天数比例", "2")),
        ("综合评价列第5位，比上年前进1位。", ("rank", "综合评价", "5")),
        ("水位33.12米，超警戒水位0.62米。", ("level", "超警戒水位", "0.62")),
        ("41个大类行业中有22个实现增长。", ("level", "实现增长", "22")),
        ("3.2 联合体成员不超过3家。", ("level", "联合体成员", "3")),
        ("改良割台，实现规模化采收，玉米增产幅度达20%。", ("growth", "玉米", "20")),
        ("预计棉花产量增 5%。", ("growth", "棉花产量", "5")),
        # A share of the whole of a time is no growth, and the time is the whole's
        ("工业增加值增长5%，占30%。", ("share", "工业增加值", "30")),
        ("老年人口占年末常住人口的20%。", ("share", "老年人口占年末常住人口", "20")),
    ],
)
def test_names_and_kinds(text: str, expected: tuple[str, str, str]) -> None:
    last = read(text)[-1]
    assert (last.kind, last.indicator, str(last.value)) == expected


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("协会今天（7月4日）公布的6月份商圈指数为55%，环比上升2个百分点。", ["2021-06", "2021-06"]),
        ("7月4日，车站发送旅客30万人次，同比增长2%。", ["2021-07-04", "2021-07-04"]),
    ],
)
def test_what_goes_on_has_the_month_told_before(text: str, periods: list[str]) -> None:
    assert [one.period for one in read(text)] == periods


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("整治桥隧病害110个、违规占道点270个、窨井盖5万个。", ["整治桥隧病害", "整治违规占道点", "整治窨井盖"]),
        ("新增治理水土流失面积180公顷、石漠化面积18公顷。", ["新增治理水土流失面积", "新增治理石漠化面积"]),
        ("新建學校20所、養老院3所，醫院5所。", ["新建學校", "新建養老院", "醫院"]),
        ("新建学校20所、扩建幼儿园3所。", ["新建学校", "扩建幼儿园"]),
        ("新建高标准农田20万亩、保护性耕作250万亩。", ["新建高标准农田", "保护性耕作"]),
        ("引进企业20家、专家30名。", ["引进企业", "专家"]),
        ("新建厂房20公顷、建筑面积30公顷。", ["新建厂房", "建筑面积"]),
        ("建成泵站3座、水渠20公里、惠及农户300户。", ["建成泵站", "建成水渠", "惠及农户"]),
        ("建成泵站3座、受益群众2万人。", ["建成泵站", "受益群众"]),
        ("參編國家標準1項、團體標準5份。", ["參編國家標準", "參編團體標準"]),
    ],
)
def test_the_verb_that_a_list_says_once(text: str, names: list[str]) -> None:
    assert [one.indicator for one in read(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("新能源汽车产销量分别完成16万辆和15万辆，同比分别增长7%和6%。", ["新能源汽车产量", "新能源汽车销量"] * 2),
        ("乘用車3月份產銷同比分別增長15%和9%。", ["乘用車產量", "乘用車銷量"]),
        ("对甲国、乙国和丙国分别进出口3亿元、2亿元和8000万元。", ["对甲国进出口", "对乙国进出口", "对丙国进出口"]),
        ("东部、中部、西部地区投资分别增长3%、5%和1%。", ["东部地区投资", "中部地区投资", "西部地区投资"]),
        ("收割机和拖拉机前7个月出口量分别增长13%和29%。", ["收割机出口量", "拖拉机出口量"]),
        ("教育、卫生健康、社会保障和就业支出，分别同比增长6%、8%和9%。", ["教育支出", "卫生健康支出", "社会保障和就业支出"]),
        ("外包营业额3亿元，新签合同额5亿元，分别占总额的53%和59%。", ["外包营业额", "外包新签合同额", "外包营业额占总额", "外包新签合同额占总额"]),
        ("基本养老、失业、工伤保险参保人数分别为5亿人、2亿人、1亿人。", ["基本养老保险参保人数", "失业保险参保人数", "工伤保险参保人数"]),
        ("省内务工多于省外务工，占务工总人数的51%。", ["省内务工占务工总人数"]),
        ("包裹揽收量与春节相比增长5%。", ["包裹揽收量"]),
        ("食品、纺织、装备制造产业营业收入分别达3亿元、2亿元和5亿元。", ["食品产业营业收入", "纺织产业营业收入", "装备制造产业营业收入"]),
        ("新兴产业增加值增长9%，占地区生产总值比重42%。", ["新兴产业增加值", "新兴产业增加值占地区生产总值比重"]),
        ("汽车、装备、材料三大主导产业产值分别达到5亿元、2亿元、1亿元。", ["汽车产业产值", "装备产业产值", "材料产业产值"]),
        ("三次产业结构比为4:38:58。", ["第一产业占比", "第二产业占比", "第三产业占比"]),
        ("三次产业结构由上年的5:39:56调整为4:38:58。", ["第一产业占比", "第二产业占比", "第三产业占比"]),
        ("三次产业结构由2020年的5:39:56调整为4:38:58。", ["第一产业占比", "第二产业占比", "第三产业占比"] * 2),
        ("化學需氧量、氨氮、氮氧化物排放量分別下降3%、4%、5%。", ["化學需氧量排放量", "氨氮排放量", "氮氧化物排放量"]),
        ("家电、智能手机限上零售额分别增长8%、9%。", ["家电限上零售额", "智能手机限上零售额"]),
        # whose the measures are that are told behind a count
        ("规模以上服务业20户，营业收入3亿元，增长5%，利润总额2亿元。", ["规模以上服务业", *["规模以上服务业营业收入"] * 2, "规模以上服务业利润总额"]),
        ("普通高中招生2000人，在校生6000人，毕业生1900人。", ["普通高中招生", "普通高中在校生", "普通高中毕业生"]),
        ("職業高中15所，招生2000人，在校生6000人。", ["職業高中", "職業高中招生", "職業高中在校生"]),
        ("15个市重点项目完成投资50亿元，年度投资完成率110%。", ["市重点项目", "市重点项目完成投资", "市重点项目年度投资完成率"]),
        ("规上企业120家，一般公共预算收入30亿元，完成投资20亿元。", ["规上企业", "一般公共预算收入", "完成投资"]),
        ("引进企业20家，完成投资30亿元。", ["引进企业", "完成投资"]),
        ("规上工业企业实现营业收入195亿元，增长3%；实现利润总额15亿元。", [*["规上工业企业实现营业收入"] * 2, "规上工业企业利润总额"]),
        ("预算收入12亿元，按可比口径下降9%。", ["预算收入", "预算收入"]),
        ("全旗共有普通高中3所，在校生5120人；初中11所，在校生8765人。", ["普通高中", "普通高中在校生", "初中", "初中在校生"]),
        ("猪、牛、家禽出栏分别为3万头、2万头、5万只。", ["猪出栏", "牛出栏", "家禽出栏"]),
        ("當中建築投資及設備投資分別上升4%及5%，貨物出口則下跌9%，消費亦上升8%。", ["建築投資", "設備投資", "貨物出口", "消費"]),
        ("政府支出按年錄得23%的跌幅。", ["政府支出"]),
        ("收入年均增长14%，总量由全省第3位上升至第2位。", ["收入", "收入总量", "收入总量"]),
        ("应对6.0级地震、暴雨等考验。", ["地震"]),
        ("旅客回升至3400萬人次，第四季的數字恢復至2018年同期的58%。", ["旅客", "旅客恢復至2018年同期"]),
        ("消費開支實質明顯回升7%，投資開支亦隨着經濟恢復而反彈10%，貨物出口顯著下跌9%。", ["消費開支", "投資開支", "貨物出口"]),
        ("去年經濟回復3%的正增長。", ["經濟回復"]),
        ("生產總值增長7%，經濟總量回復至2019年同期的77%。", ["生產總值", "經濟總量回復至2019年同期"]),
        ("旅客828萬人次，相當於2019年同期的83%。", ["旅客", "旅客相當於2019年同期"]),
        ("9个省控断面水质优良比例达到98%。", ["省控断面", "省控断面水质优良比例"]),
        ("9个省控断面水质达标率100%。", ["省控断面", "省控断面水质达标率"]),
        ("120个新开工项目增加产值35亿元。", ["新开工项目", "新开工项目增加产值"]),
        # what those counted do with what is counted next, or what is done there, is no part of their name
        ("30所中学建设了45个实验室。", ["中学", "建设实验室"]),
        ("从养老、托育等9个领域推出26项便民措施。", ["领域"]),
        ("将120名旅客送到对岸。", ["旅客"]),
        ("12位委员和专家作了发言。", ["委员和专家"]),
        ("超过六成的订单集中在三个园区。", ["订单集中在三个园区"]),
        ("包括换乘时间在内的全程时间为5小时20分。", ["全程时间"]),
        ("水库建成后总库容将达到2亿立方米。", ["总库容"]),
        ("共设6个大项20个分项88个小项。", ["设大项", "分项", "小项"]),
        ("班列累计开行300列、运送2万标箱。", ["班列累计开行", "班列运送"]),
        ("对外承包工程完成营业额20亿元，新签合同额30亿元。", ["对外承包工程完成营业额", "对外承包工程新签合同额"]),
        ("省财政日前下达资金3亿元。", ["省财政下达资金"]),
        ("夏粮增产4亿斤。", ["夏粮产量"]),
        ("为2万户农户提供风险保障5亿元。", ["农户", "提供风险保障"]),
        ("30台风机每年提供的9亿度绿色电力源源不断送往甲市。", ["风机", "绿色电力"]),
        ("7部作品中，首映达3部。", ["作品", "首映"]),
        ("两天的会期将举办论坛40场。", ["举办论坛"]),
        ("甲银行股价下跌超过8%，乙地银行下跌超过3%。", ["甲银行股价"]),
        ("6个调研组分别在三个县走访农户。", []),
        ("500多个品种的菊花陆续开放。", ["菊花品种"]),
        ("这一成绩来之不易。", []),
        ("30个自贸区进出口增长5%。", ["自贸区", "自贸区进出口"]),
        ("3个地级市共9个县区和6个园区。", ["地级市", "县区", "园区"]),
        ("出席会议的有委员203人。", ["委员"]),
        ("6家企业分3批向各地供应物资。", ["企业"]),
        ("征集到30个国家和地区的参评对象90人次。", ["征集国家和地区", "国家和地区的参评对象"]),
        ("来自40多个国家、地区和国际组织的数百名嘉宾讨论。", ["国家、地区和国际组织"]),
        ("全国新增装机中，超过80%都来自于可再生能源。", ["新增装机来自于可再生能源"]),
        ("公共充电桩增长6万台，累计数量达到18万台。", ["公共充电桩", "公共充电桩累计数量"]),
        ("甲国与乙地国家扩大合作，一季度贸易额增长8%。", ["与乙地国家贸易额"]),
        ("就業人數較上月增加2萬人或0.14%。", ["就業人數", "就業人數"]),
        ("（二）失业率3.5%。", ["失业率"]),
        # what goes on with the words of the figure before, or of the clause before
        ("铁路累计发送旅客5000万人次，日均发送700万人次。", ["铁路累计发送旅客", "铁路日均发送旅客"]),
        ("采矿业增加值增长8%，制造业增长3%。", ["采矿业增加值", "制造业增加值"]),
        ("一般贸易进出口增长迅猛，进出口90亿元，增长38%。", ["一般贸易进出口"] * 2),
        ("進口12億元，機械業則受設備需求帶動，年增16%。", ["進口", "機械業"]),
        ("全国日供气量两创历史新高，最高达到12亿立方米。", ["日供气量"]),
        ("对甲国、乙国和丙国进出口均明显增长，分别增长3%、5%和9%。", ["对甲国进出口", "对乙国进出口", "对丙国进出口"]),
        # what it is, without who does it, for whom, and that it is foreseen
        ("会同财政部累计下拨资金2亿元。", ["累计下拨资金"]),
        ("围绕急需行业、重点群体等开展技能培训3万人次。", ["开展技能培训"]),
        ("全國鐵路預計發送旅客900萬人次。", ["鐵路發送旅客"]),
        ("接單金額在6億美元至8億美元之間。", ["接單金額"] * 2),
        ("一期包括年产16万吨乙烯的裂解装置，以及年产20万吨聚丙烯装置。", ["年产乙烯", "年产聚丙烯"]),
        ("商品零售额同比增速比一季度加快0.2个百分点。", ["商品零售额增速"]),
        # a name that would be cut too short
        ("引导农户养虾，户均增收4000元。", ["户均增收"]),
        ("通道日均运量较扩能改造前的2020年增长5%。", ["通道日均运量"]),
        ("1800座房屋在地震中受损，学校等公共建筑也有533处受损。", ["房屋受损", "学校等公共建筑受损"]),
        ("固定资产投资增长6%。分产业看，第一产业下降8%，第二产业增长9%。", ["固定资产投资", "第一产业投资", "第二产业投资"]),
        ("通达24个国家200个城市。", ["通达国家", "城市"]),
        ("集装箱吞吐量方面亮点频现，总量突破1.7亿标准箱。", ["集装箱吞吐量总量"]),
        ("新增果园面积9000亩，产量2万吨。", ["新增果园面积", "果园产量"]),
        ("税收收入10亿元，占地方公共预算收入比重达80%。", ["税收收入", "税收收入占地方公共预算收入比重"]),
        ("该月的網上銷售價值為52億元，燃料的銷貨價值下跌8%。", ["網上銷售價值", "燃料的銷貨價值"]),
        ("在园幼儿4000万人，全村一共1085亩土地。", ["在园幼儿", "全村土地"]),
        ("大年初三全台風景區接待遊客84萬人次。", ["風景區接待遊客"]),
        ("总投资达20亿元的改建工程涉及21个县区37座涵闸。", ["改建工程总投资", "县区", "涵闸"]),
        ("接待游客48万人次，与前一年同期相比增长30%。", ["接待游客"] * 2),
        ("全国出游2.7亿人次，按可比口径恢复至2019年同期的119%。", ["出游", "出游恢复至2019年同期"]),
        ("就業不足率亦由2020年6月的1.3%下跌至2021年6月的1.2%。", ["就業不足率"] * 2),
        ("景区在假日第一天共接待游客42万人次。", ["景区接待游客"]),
        ("涉及260多户牧民8万多只羊。", ["牧民", "羊"]),
        ("带动脱贫户，实现年人均增收1000元。", ["年人均增收"]),
        ("现已在20个国家及地区开展同步的研发。", ["国家及地区"]),
        ("收获进度过四成，丙地和丁河区过五成半。", ["收获进度", "丙地和丁河区"]),
        ("带动村集体经济年增收55万元。", ["村集体经济年增收"]),
        ("政府開支繼上季上升9%後，消費升1%。", ["消費"]),
        ("代表建议69件、委员提案83件全部办复。", ["代表建议", "委员提案"]),
        ("共设18个大项269个小项。", ["设大项", "小项"]),
        ("共开行4186列，运送44万标箱。", ["开行", "运送"]),
        ("在80个城市建设1400个生活圈。", ["城市", "建设生活圈"]),
        ("听取22个部门负责人关于推动合作的汇报。", ["听取部门负责人"]),
        ("来自零售、交通等行业的约两万人参加抗议活动。", ["参加抗议活动"]),
        ("我国已建和在建码头规模居全国第一。", ["已建和在建码头规模"]),
        ("大部地区将先后降温8℃。", ["大部地区降温"]),
        ("经济实现年均5.2%的中高速增长。", ["经济"]),
        ("共举办广场舞、“村晚”等文化活动4万场。", ["举办广场舞、“村晚”等文化活动"]),
        ("全年出生率为6.5‰，自然增长率为-1.2‰。", ["出生率", "自然增长率"]),
    ],
)
def test_what_is_told_apart_or_of_what_stands_before(text: str, names: list[str]) -> None:
    assert [one.indicator for one in read(text)] == names


@pytest.mark.parametrize(
    ("text", "date", "period"),
    [
        ("全年贷款余额增长36%。", "2021-01-15", "2020"),
        ("预计全年贷款余额增长36%。", "2021-01-15", "2021"),
        ("全年贷款余额增长36%。", "2021-06-15", "2021"),
        ("截至5月31日，今年以来快递业务量达5亿件。", "2021-06-05", "2021-01-01/2021-05-31"),
    ],
)
def test_a_year_without_a_number(text: str, date: str, period: str) -> None:
    assert [one.period for one in read(text, date=date)] == [period]


def test_who_came_to_a_meeting_came_on_its_day() -> None:
    text = "甲会15日在京召开“水源保护”专题协商会。\n近100位委员参加会议。"
    assert [one.period for one in read(text, mentions=[("“水源保护”专题协商会", "Event")])] == ["2021-07-15"]


def test_a_rank_among_those_counted_has_no_name() -> None:
    found = read("全省8个县入围百强，其中甲市居第5位，乙市居第20位。", mentions=[("甲市", "Area"), ("乙市", "Area")])
    assert [one.kind for one in found] == ["level"]


def test_a_rate_beside_growth_is_growth() -> None:
    assert [one.kind for one in read("甲国经济将增长2%，低于上年的3%。")] == ["growth", "growth"]
    assert [one.kind for one in read("出口增长2%，占比1%。")] == ["growth", "share"]


def test_two_values_that_two_things_rose_from_are_no_goals() -> None:
    text = "2025年甲省政府工作报告\n一、2024年工作回顾\n支持企业100家。\n二、2025年工作安排\n养老、护理补贴标准分别从每月202元、270元提高到209元、280元。\n"
    assert [(one.kind, one.period) for one in read(text, date="2025-01-20")[1:]] == [("level", None)] * 2 + [("target", "2025")] * 2


def test_the_number_of_a_paragraph_counts_nothing() -> None:
    assert not read("3.1 具有总承包特级资质。")
    assert brief(read("2.1 投资5亿元。")) == [("level", "投资", Decimal(500000000), "CNY")]
    assert not read("一、要求\n　　2.1 个体经营。")
    assert brief(read("投资 3.1 亿元，就业 3.2 万人。\n3.3 亿元投资。")) == brief(read("投资3.1亿元，就业3.2万人。\n3.3亿元投资。")) != []


def test_norms_are_no_statistics() -> None:
    assert read("第一条 村民二十人以上参加。\n第二条 补助每户500元。\n第三条 面积不少于30平方米。\n") == []
    assert len(read("第一条 村民二十人以上参加。\n全县补助2000户。")) == 2


def test_how_far_something_is_to_fall_is_a_goal_of_a_plan() -> None:
    text = "甲省國民經濟和社會發展第十五個五年規劃綱要\n第二章　主要目標\n到2030年，總值達到4萬億元，單位能耗累計降低17%。\n"
    assert [one.kind for one in read(text, date=None)] == ["target", "target"]


def test_a_title_above_its_text_is_not_counted_twice() -> None:
    assert len(read("亚投行成员增至109个\n至此，亚投行成员数量增至109个。")) == 1


def test_same_bytes_again() -> None:
    assert repr(read(PLAN + REVIEW)) == repr(read(PLAN + REVIEW))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("高新技術企業、科技型中小企業貸款", "高新技術企業貸款"),
        ("太陽能電池、新能源汽車產量", "太陽能電池產量"),
        ("城镇、农村居民收入", "城镇居民收入"),
        ("就业、创业人数", "就业人数"),
    ],
)
def test_names_of_a_list_share_what_only_the_last_has(text: str, first: str) -> None:
    assert LISTS.completed(fold(text).split("、"), 0, text) == first


def test_a_sum_is_named_without_what_came_to_it() -> None:
    assert [LISTS.without_new(name) for name in ("新建綠道", "新增上市公司总量", "筹措住房")] == ["綠道", "上市公司总量", "筹措住房"]


def test_patterns_of_ones_own_take_the_place_of_shipped_ones(tmp_path: Path) -> None:
    def with_own(**patterns: str) -> NameWords:
        own = YamlFile(tmp_path / "own.yaml", {"patterns": {"names": patterns}})
        return read_phrases([*RULE_FILES, own]).words_of(NameWords, "names")

    assert with_own(price="折价").price.pattern == "折价"
    for patterns, message in (
        ({"cost": "价"}, "pattern names.cost: the program has none of that name"),
        ({"price": "{no_class}"}, "pattern names.price speaks of the class 'no_class', which is not defined"),
        ({"price": "("}, "pattern names.price is no pattern"),
        ({"price": "(价+)+。"}, "could take very long"),
    ):
        with pytest.raises(KgError, match=re.escape(message)):
            with_own(**patterns)


@pytest.mark.parametrize(("piece", "message"), [("(?:比+)+。", "could take very long"), ("{than}比", "a piece that is made of itself"), ("(", "is no pattern")])
def test_a_piece_of_ones_own_is_checked_in_the_patterns_that_have_it(tmp_path: Path, piece: str, message: str) -> None:
    assert read_phrases([*RULE_FILES, YamlFile(tmp_path / "own.yaml", {"pieces": {"than": ["比", "较"]}})]).pieces["than"] == "比|较"
    with pytest.raises(KgError, match=message):
        read_phrases([*RULE_FILES, YamlFile(tmp_path / "own.yaml", {"pieces": {"than": piece}})])


def test_a_piece_is_not_called_like_a_class() -> None:
    files = [YamlFile(Path("a.yaml"), {"pieces": {"reach": "达到?", "__line__": 3}}), YamlFile(Path("b.yaml"), {"classes": {"reach": ["增至"]}})]
    with pytest.raises(KgError, match=r"^a\.yaml:3: the piece reach: a class of b\.yaml has that name \(give it another\)"):
        read_phrases(files)


def test_a_piece_of_ones_own_is_checked_inside_a_shipped_one_too(tmp_path: Path) -> None:
    shipped = YamlFile(RULE_FILES[0].path, {"pieces": {"inner": "a", "outer": "{inner}"}, "patterns": {"names": {"price": "{outer}"}}})
    with pytest.raises(KgError, match="could take very long"):
        read_phrases([shipped, YamlFile(tmp_path / "own.yaml", {"pieces": {"inner": "(?:比+)+。"}})])


def test_own_rules_come_first_or_take_the_place_of_shipped_ones() -> None:
    def rule(name: str, kind: str) -> dict[str, object]:
        return {"id": name, "kind": kind, "unit": ["count"], "match": EXAMPLE, "refuse": ["x"]}

    shipped = YamlFile(Path("a.yaml"), {"rules": [rule("first", "none"), rule("last", "level")]})
    own = YamlFile(Path("b.yaml"), {"rules": [rule("mine", "change"), rule("last", "share")]})
    rules = observation_rules([shipped, own], PHRASES).rules
    assert [(one.id, one.kind) for one in rules] == [("mine", "change"), ("first", "none"), ("last", "share")]


@pytest.mark.parametrize(
    "text", ["3月机票预订量同比去年增长8%。", "3月機票預訂量同比2022年3月增長8%。", "3月机票预订量环比上月增长8%。", "3月，机票预订量5万张，同比去年同期增长8%。"]
)  # fmt: skip
def test_what_a_rise_is_compared_with_is_no_part_of_the_name(text: str) -> None:
    last = read(text, date="2023-04-10")[-1]
    assert (last.indicator.replace("機", "机").replace("預訂", "预订"), last.kind, last.period) == ("机票预订量", "growth", "2023-03")


def test_an_id_stands_once_in_a_file() -> None:
    rows = [{"id": "r", "kind": "level", "unit": ["count"], "match": EXAMPLE, "refuse": ["x"], "__line__": line} for line in (3, 9)]
    with pytest.raises(KgError, match=r"^a\.yaml:9: rule r stands in line 3 already"):
        observation_rules([YamlFile(Path("a.yaml"), {"rules": rows})], PHRASES)


def test_a_class_holds_the_words_of_another_that_it_names() -> None:
    classes = {"reach": ["{reach_to}", "达", "升至"], "reach_to": ["增至", "升至"]}
    assert read_phrases([YamlFile(Path("a.yaml"), {"classes": classes})]).classes["reach"] == ("增至", "升至", "达")


@pytest.mark.parametrize(
    ("other", "message"), [("{none}", r"\{none\} is not defined"), ("{reach}", r"\{reach\} names a class itself")]
)
def test_a_class_names_no_class_that_is_none_or_goes_round(other: str, message: str) -> None:
    with pytest.raises(KgError, match=r"^a\.yaml:3: class reach: " + message):
        read_phrases([YamlFile(Path("a.yaml"), {"classes": {"reach": [other], "__line__": 3}})])


EXAMPLE = [{"text": "3个", "yields": []}]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"id": "r", "kind": "level", "unit": ["count"], "colour": 1}, "unknown key colour"),
        ({"id": "r", "kind": "size", "unit": ["count"]}, "needs an id and a kind"),
        ({"id": "r", "kind": "level", "unit": ["colour"]}, "`unit` must list classes of units"),
        ({"id": "r", "kind": "level", "unit": ["count"]}, "needs examples under `match` and `refuse`"),
        (
            {"id": "r", "kind": "level", "unit": ["count"], "before": "{no}", "match": EXAMPLE, "refuse": [1]},
            "the class 'no'",
        ),
        (
            {"id": "r", "kind": "level", "unit": ["count"], "before": "(", "match": EXAMPLE, "refuse": [1]},
            "is no pattern",
        ),
    ],
)
def test_faulty_rule(row: dict[str, object], message: str) -> None:
    with pytest.raises(KgError, match=r"^rules/mine\.yaml:7: rule r: ") as caught:
        observation_rules([YamlFile(Path("rules/mine.yaml"), {"rules": [row | {"__line__": 7}]})], PHRASES)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("甲省粮食产量已连续两年超过800亿斤。", "2023-04-17", ("level", "2021-01-01/2022-12-31")),
        ("2022年登记183万件，登记数量连续第5年保持在100万件以上。", "2023-04-17", ("level", "2018-01-01/2022-12-31")),
        ("项目今年7月开工建设，2024年投产，規劃年產電池1萬台。", "2023-04-10", ("level", None)),
        ("产值合计10万亿元，是2013年的1.8倍。", "2023-04-10", ("level", None)),
        ("截至5月底，2023年重点项目已开工230个。", "2023-06-22", ("level", "2023-05-31")),
        ("最新农情调度显示，全国已春播粮食1.6亿亩。", "2023-04-20", ("level", "2023-04-20")),
        ("2月10日，航线恢复通航，计划每周开行2班。", "2023-02-11", ("target", None)),
        ("旅客达10万人次，刷新了3年来的最高纪录，单日客流超过5万人次。", "2023-03-21", ("level", None)),
        ("中断近三年的航线恢复，每周有2班船。", "2023-03-21", ("level", None)),
        ("为确保供应，今年甲省设置400多个站点。", "2023-05-27", ("level", "2023")),
        ("甲港吞吐量力争2025年达到150万吨，进入全国前五。", "2024-08-21", ("target", "2025")),
        ("甲港吞吐量力争2025年达到150万吨。总产值居全国第三。", "2024-08-21", ("rank", None)),
        ("完成投资198亿元，完成年度目标的92%。", "2023-03-26", ("share", None)),
        ("经济总量连上台阶，2022年达到3万亿元，年均增长4.6%。", "2023-03-26", ("growth", None)),
        ("2022年旅客213万人次，是2021年的2.2倍，恢复到2019年的84%。", "2023-03-26", ("share", "2022")),
        ("6月底前完成改造小区12个。", "2023-03-26", ("target", "2023-06")),
        ("6月底前完成改造小区12个。", "2023-07-26", ("level", "2023-06")),
        ("去年，包裹量180亿件。其中，省内包裹累计完成60亿件。", "2023-03-26", ("level", "2022")),
        ("1—2月，工业回升，工业用电量增长3%。\n从消费看，零售额增长4%。", "2023-03-26", ("growth", "2023-01-01/2023-02-28")),
        ("据某台12日报道，超过300人受伤。", "2023-03-13", ("level", None)),
        ("1月，新增装机20万千瓦。未来，这里将建成基地，预计年发电30亿千瓦时。", "2023-03-13", ("level", None)),
        ("3月，全省启动为期半年的专项行动，共破获案件60起。", "2023-09-13", ("level", None)),
        ("截至4月2日，甲国今年已发生事故130起，已有300人受伤。", "2023-04-03", ("level", "2023-01-01/2023-04-02")),
        ("产品数量从2019年的近四成增加至七成，两天就收获订单800万元。", "2023-05-02", ("level", None)),
        ("三次產業結構由上年的9.2:43.5:47.3調整為8.8:42.9:48.3。", "2023-03-26", ("share", None)),
        ("今年，航空公司計劃每周安排航班10580班，共涉及62個國家。", "2023-03-26", ("level", "2023")),
        ("计划在“十四五”期间，打造实践基地5个。", "2023-03-26", ("target", "2021-01-01/2025-12-31")),
        ("项目计划今年7月开工，可年产电池1万台。", "2023-03-26", ("level", None)),
        ("某厂今年还计划加大研发投入2000万元。", "2023-03-26", ("target", "2023")),
        ("此前3年间已对接沉管31节。本次安装设备11套。", "2023-06-11", ("level", None)),
        ("今年春节假期，揽收包裹4亿件，与去年春节假期相比增长5%；投递包裹3亿件。", "2023-01-29", ("level", "2023-01-21/2023-01-27")),
        ("节目第四季正在播出，报名企业3000家。", "2023-03-16", ("level", None)),
    ],
)
def test_when_and_whether_a_goal(text: str, date: str, expected: tuple[str, str | None]) -> None:
    assert [(one.kind, one.period) for one in read(text, date=date)][-1] == expected


def test_a_headline_about_a_report_makes_no_report() -> None:
    text = "李某主持召开座谈会讨论《政府工作报告（征求意见稿）》\n1月份全国中标项目增长32.2%。\n"
    assert [(one.kind, one.period) for one in read(text, date="2023-02-03")] == [("growth", "2023-01")]


def test_what_a_report_builds_on_is_no_goal() -> None:
    text = "2025年甲省政府工作报告\n二、2025年工作安排\n做大做强機器人等10個產業。我省每年接待遊客3億人次。新建学校20所。\n"
    assert [(one.kind, one.period) for one in read(text, date="2025-01-20")] == [("level", None), ("level", None), ("target", "2025")]


def test_names_of_several_counts_are_parted() -> None:
    found = read("甲标准、乙品牌分别新增11个和27项，累计分别达到52个和204项。")
    assert [(one.indicator, one.value) for one in found] == [("甲标准", 11), ("乙品牌", 27), ("甲标准", 52), ("乙品牌", 204)]


def test_a_ranked_list_names_its_parts() -> None:
    found = read("抽水蓄能總規模、風電裝機總量居全國第1、第2位。")
    assert [(one.indicator, one.value) for one in found] == [("抽水蓄能總規模", 1), ("風電裝機總量", 2)]


FIVE_YEARS = """2026年某省政府工作报告
一、“十四五”时期和2025年工作回顾
“十四五”时期极不平凡。
——产业升级成效明显。新建工厂310家、累计达到900家，工业增加值年均增长6.2%。
——生态持续向好。造林235万亩，水质连续4年保持优良。
刚刚过去的2025年，我们迎难而上。工业增加值增长5.1%。
二、“十五五”时期的主要目标
“十五五”时期，要实现以下目标：
一是产业更强。工业增加值年均增长6%。
到2030年，建成工厂1500家；绿化率达到45%。
三、2026年重点工作
工业增加值增长5.5%左右。
"""


def test_sections_of_a_report_about_several_years_give_their_years() -> None:
    past, plan = "2021-01-01/2025-12-31", "2026-01-01/2030-12-31"
    periods = [(str(one.value), one.period) for one in read(FIVE_YEARS, date="2026-01-20", title="2026年某省政府工作报告")]
    assert periods == [
        ("310", past), ("900", None), ("6.2", past), ("2350000", past), ("5.1", "2025"),
        ("6", plan), ("1500", "2030"), ("45", "2030"), ("5.5", "2026"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("opening", "period"),
    [
        ("这五年，", "2021-01-01/2025-12-31"), ("过去五年，", "2021-01-01/2025-12-31"), ("五年来，我们奋力前行。", "2021-01-01/2025-12-31"),
        ("——这是产业升级的五年。", "2021-01-01/2025-12-31"), ("各位代表！这五年，我们奋力前行。", "2021-01-01/2025-12-31"),
        ("刚刚过去的一年，", "2025"), ("2025年面对高温干旱，", "2025"), ("我省制定五年行动规划，", "2025"), ("“十四五”规划顺利收官。", "2025"),
    ],
)  # fmt: skip
def test_what_opens_a_paragraph_of_a_report(opening: str, period: str) -> None:
    text = f"2026年某省政府工作报告\n{opening}建成水库12座。新修公路350.6公里。"
    assert {one.period for one in read(text, date="2026-01-20", title="2026年某省政府工作报告")} == {period}


def test_five_years_that_are_no_plan_are_counted_back_and_what_is_reached_has_the_last() -> None:
    text = "2023年某省政府工作报告\n五年来，我们奋力前行。城镇新增就业90万人，新增床位超过3万张，城镇化率达到62%，人均收入超过4.5万元。"
    periods = [(str(one.value), one.period) for one in read(text, date="2023-01-20", title="2023年某省政府工作报告")]
    assert periods == [("900000", "2018/2023"), ("30000", "2018/2023"), ("62", "2022"), ("45000", "2022")]


def test_five_years_in_a_section_about_them_are_those_of_its_heading() -> None:
    text = "某省政府工作报告\n一、过去五年工作回顾\n五年来，我们奋力前行。城镇新增就业90万人。\n二、2023年重点工作\n五年来，成效显著。"
    assert [one.period for one in read(text, date="2023-01-20", title="某省政府工作报告")] == ["2018-01-01/2022-12-31"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建步道137公里、累计达到936公里。", [("level", "新建步道", "137"), ("level", "步道", "936")]),
        ("运营里程新增170公里、突破700公里。", [("change", "运营里程新增", "170"), ("level", "运营里程", "700")]),
        ("造价由2010年的20亿元增长到2015年的41亿元。", [("level", "造价", "2000000000"), ("level", "造价", "4100000000")]),
        ("城鄉居民收入分別增長4.3%和7.1%。", [("growth", "城鎮居民收入", "4.3"), ("growth", "農村居民收入", "7.1")]),
        ("新机床、工业软件产业产值分别增长5%、8%。", [("growth", "新机床产业产值", "5"), ("growth", "工业软件产业产值", "8")]),
        ("出口总量跨过两个百亿元大关、超过三百亿元。", [("level", "出口总量", "30000000000")]),
        (
            "工业产值、零售总额分别同比增长5.4%、3.2%，比8月份分别加快0.9、1.1个百分点。",
            [("growth", "工业产值", "5.4"), ("growth", "零售总额", "3.2"), ("change", "工业产值", "0.9"), ("change", "零售总额", "1.1")],
        ),
        ("汽车制造业利润由1—2月份下降转为增长9.1%。", [("growth", "汽车制造业利润", "9.1")]),
        ("有色、电气机械等行业利润较快增长，分别增长12.7%、11.5%。", [("growth", "有色行业利润", "12.7"), ("growth", "电气机械行业利润", "11.5")]),
        ("东部客运市场增长较快，同比增速达到5.5%。", [("growth", "东部客运市场", "5.5")]),
        ("推出60项“高效办成一件事”事项。", [("level", "推出“高效办成一件事”事项", "60")]),
        ("建成20个500千伏输变电工程。", [("level", "建成500千伏输变电工程", "20")]),
        ("服装、化妆品销售额分别增长5%、8%。", [("growth", "服装销售额", "5"), ("growth", "化妆品销售额", "8")]),
        ("目前已有18个省（区、市）建成8个平台。", [("level", "省（区、市）", "18"), ("level", "建成平台", "8")]),
        # 合: the same again in another unit of mass, which a change may be told in; 节约, 签约 are no 约.
        ("全国夏粮总产量14613万吨，合2923亿斤，比上年减少25.5亿斤。", [("level", "夏粮总产量", "146130000"), ("change", "夏粮总产量", "-2550000000")]),
        (
            "融资规模同比增长9.5%，较一季度和去年四季度分别高2.5个、5.7个百分点。",
            [("growth", "融资规模", "9.5"), ("change", "融资规模增速", "2.5"), ("change", "融资规模增速", "5.7")],
        ),
        ("来自全国的专家、代表等700多人参加大会。", [("level", "专家、代表", "700")]),
        ("建成后可同时满足3000人参会。", [("level", "参会", "3000")]),
        ("63个省级园区新改扩建产业载体2150万平方米。", [("level", "省级园区", "63"), ("level", "省级园区新改扩建产业载体", "21500000")]),
        ("1593个省重点项目完成投资7295亿元。", [("level", "省重点项目", "1593"), ("level", "省重点项目完成投资", "729500000000")]),
        ("首批27个课题研发经费超过3亿元。", [("level", "课题", "27"), ("level", "课题研发经费", "300000000")]),
        ("今年经济增速预期下调0.3个百分点至1.5%。", [("growth", "经济", "1.5")]),
        # What the counted do is cut off, words that only lead in too; clauses without a name give no figure.
        ("在湖边，200多株桃花也竞相绽放。", [("level", "桃花", "200")]),
        ("300名建設者堅守崗位，31個場館已全部竣工。", [("level", "建設者", "300"), ("level", "場館", "31")]),
        ("全世界近140个国家的情况显示。这里每天的气温会降到10℃左右。", [("level", "每天的气温", "10")]),
        ("出口增长3%，增速比上月加快1个百分点。", [("growth", "出口", "3"), ("change", "出口增速", "1")]),
        ("集采药品平均降价56%。", [("growth", "集采药品价格", "-56")]),
        ("总投资5亿元的风电项目成功签约。", [("level", "风电项目总投资", "500000000")]),
        ("加快建设总投资5亿元的风电项目。", [("level", "风电项目总投资", "500000000")]),
        ("营业收入增长8%，增速居绍兴第二、全省第四。", [("growth", "营业收入", "8"), ("rank", "营业收入增速", "2"), ("rank", "营业收入增速", "4")]),
        ("桥梁转体重量约9000吨，历时80分钟。", [("level", "桥梁转体重量", "9000")]),
        ("装机达到22亿千瓦，占总量的60%左右，同比增长24%。", [("level", "装机", "2200000000"), ("share", "装机占总量", "60"), ("growth", "装机", "24")]),
        ("公交车2万辆，其中超充车占比10%。", [("level", "公交车", "20000"), ("share", "超充车占比", "10")]),
        (
            "安排重点项目268个，完成投资15亿元，比去年增加35个、2亿元。",
            [("level", "安排重点项目", "268"), ("level", "完成投资", "1500000000"), ("change", "安排重点项目", "35"), ("change", "完成投资", "200000000")],
        ),
        ("新开工水利项目39个，较去年同期多8项。", [("level", "新开工水利项目", "39"), ("change", "新开工水利项目", "8")]),
        ("园区产值15亿元，比去年增加35个。", [("level", "园区产值", "1500000000")]),
        ("茶叶面积30万亩，产量2万吨。", [("level", "茶叶面积", "300000"), ("level", "茶叶产量", "20000")]),
        ("日均客流9000人次，恢复到2020年同期的60%。", [("level", "日均客流", "9000"), ("share", "日均客流恢复到2020年同期", "60")]),
    ],
)
def test_names_of_figures_that_go_on_from_others(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(one.kind, one.indicator, str(one.value)) for one in read(text)] == expected


def test_the_cost_of_a_work_that_has_no_name_is_not_the_citys() -> None:
    areas = [("甲城", "Area")]
    assert [one.subject for one in read("在甲城，建设提速。眼前这个基地刚刚动工，总投资35亿元。", mentions=areas, topic="甲城")] == [None]
    assert [one.subject for one in read("在甲城，重点项目今天开工，总投资5600亿元。", mentions=areas, topic="甲城")] == ["甲城"]


def test_a_goal_of_so_many_years_has_no_year_in_a_report() -> None:
    text = "2025年甲省政府工作报告\n二、2025年工作安排\n用3—5年时间，培养工程师900名、技师4000名；新建学校20所。经过三年左右努力，建成水库6座。\n"
    assert [one.period for one in read(text, date="2025-01-20", topic="甲省")] == [None, None, "2025", None]


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("今年，乙省将围绕农业、能源等领域，布局项目200项以上，转化成果650项以上。", "2025-03-30", [("target", "2025"), ("target", "2025")]),
        ("3.13亿人！这是截至2024年底，我国农村网民的规模。", "2025-10-22", [("level", "2024-12-31")]),
        ("超过1.6万个！这是今年支持建设冷库的数量，同比增长8%。", "2025-10-22", [("level", "2025"), ("growth", "2025")]),
        ("邮政局将在今年内联合有关部门推出100个示范区。", "2025-03-30", [("target", "2025")]),
        ("甲市将聚焦12个产业集群。", "2025-03-30", [("level", None)]),
        ("预计今明两天，最高气温将达到35℃。", "2025-07-30", [("level", "2025-07-30/2025-07-31")]),
        ("出口同比增长9%，较一季度和去年四季度分别高2.5个、5.7个百分点。", "2023-07-15", [("growth", None), ("change", None), ("change", None)]),
        ("第一季度生产总值环比增长0.1%，比暴发前的2018年第三季度低0.5%。", "2023-06-10", [("growth", "2023-01-01/2023-03-31")] * 2),
        ("截至6月末，贷款余额13亿元，较年初增长8%。", "2025-08-09", [("level", "2025-06-30"), ("growth", "2025-01-01/2025-06-30")]),
    ],
)
def test_kind_and_period_in_the_news(text: str, date: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(one.kind, one.period) for one in read(text, date=date)] == expected


@pytest.mark.parametrize(
    ("year", "opening", "period"),
    [
        (2021, "“十三五”时期，", "2016-01-01/2020-12-31"), (2023, "过去五年，", "2018-01-01/2022-12-31"), (2023, "五年来，", "2018/2023"),
        (2025, "“十四五”以来，", "2021-01-01/2025-01-20"), (2026, "「十四五」時期，", "2021-01-01/2025-12-31"),
    ],
)  # fmt: skip
def test_five_years_of_reports_of_other_years(year: int, opening: str, period: str) -> None:
    text = f"{year}年某省政府工作报告\n{opening}我省建成水库12座，新修公路350.6公里。"
    assert {one.period for one in read(text, date=f"{year}-01-20", title=f"{year}年某省政府工作报告")} == {period}


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("地区生产总值从1.2万亿元提高到1.6万亿元。", ["2020", "2025"]),
        ("三次产业比重为5.1：40.2：54.7，高新产业、数字产业占规上工业比重分别达30%、20%。", ["2025"] * 5),
        ("粮食产量稳居全国第三位。", ["2025"]),
        ("研发经费投入强度达到2.6%。", ["2025"]),
        ("2025年出口达到300亿元，年均增长8%。", ["2025", "2021-01-01/2025-12-31"]),
        ("城镇新增就业达到60万人，新修公路350公里。", ["2021-01-01/2025-12-31"] * 2),
    ],
)
def test_what_stands_at_the_end_of_five_years_and_what_they_brought(text: str, periods: list[str]) -> None:
    whole = f"2026年某省政府工作报告\n“十四五”时期，我省开拓进取。\n{text}"
    assert [one.period for one in read(whole, date="2026-01-20", title="2026年某省政府工作报告")] == periods


def test_a_ratio_that_another_one_became_has_not_its_year() -> None:
    told = "三次产业结构由2020年的5:39:56调整为4:38:58。城镇化率为65%。三次产业结构由2020年的5:39:56优化为2023年的4:38:58。"
    assert [one.period for one in read(told, date="2024-05-20")] == ["2020"] * 3 + [None] * 4 + ["2020"] * 3 + ["2023"] * 3


def test_places_told_of_together_name_no_indicator_and_an_investment_is_its_own() -> None:
    places = [("河南省", "Area"), ("郑州市", "Area"), ("洛阳市", "Area")]
    found = read("2023年，河南省地区生产总值增长4.1%，郑州市、洛阳市分别增长5.2%和8.1%。", mentions=places)
    assert [(one.indicator, one.value) for one in found] == [("地区生产总值", Decimal(x)) for x in ("4.1", "5.2", "8.1")]
    found = read("线路全长24公里，总投资460亿元。")
    assert [one.indicator for one in found] == ["线路全长", "总投资"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("累计完成投资30亿元，占总投资72亿元的41%。", [("level", "累计完成投资"), ("level", "总投资"), ("share", "累计完成投资占总投资")]),
        ("新建高標準農田60萬畝，約佔年度任務80萬畝的75%。", [("level", "新建高標準農田"), ("level", "年度任務"), ("share", "新建高標準農田佔年度任務")]),
        ("产值占全区总产值的40%。", [("share", "产值占全区总产值")]),
    ],
)
def test_the_whole_that_a_share_is_of_has_its_own_name(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.indicator) for one in read(text)] == expected


def test_what_is_newly_run_keeps_its_verb_apart() -> None:
    assert [one.indicator for one in read("新开行班列3条、总数达到12条，新开通航线5条、总数达到40条。")] == ["新开行班列", "班列总数", "新开通航线", "航线总数"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("今天，首批建设项目正式开工，167个项目总投资达597亿元。", ["项目", "项目总投资"]),
        ("有效期内高新技术企业数量突破7000家。", ["有效期内高新技术企业数量"]),
        ("有效改善水质河流30条。", ["改善水质河流"]),
        ("约1400名安保人员再次举行罢工。", ["安保人员"]),
        ("再制造产品进口目录扩展到24个。", ["再制造产品进口目录"]),
        ("该地区有约400人住院治疗。", ["住院治疗"]),
        ("来到附近59个村镇。", ["村镇"]),
        ("失业率由上年的5%降至今年的4%。", ["失业率", "失业率"]),
        ("一元复始，万象更新。", []),
        ("2022年，我国粮食产量再创新高，达到13731亿斤。", ["粮食产量"]),
        ("聘任100名退休醫生擔任首席專家。", ["聘任退休醫生"]),
    ],
)
def test_names_are_whole_and_said_once(text: str, names: list[str]) -> None:
    assert [one.indicator for one in read(text)] == names


def test_a_way_is_named_by_both_its_ends() -> None:
    places = [("甲高速", "Project"), ("拉萨", "Area"), ("日喀则", "Area")]
    found = read("甲高速建成通车后，从拉萨到日喀则将由目前的5个小时缩短到3小时。", mentions=places)
    assert [one.indicator for one in found] == ["拉萨到日喀则"] * 2


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("甲市总产值超过9千亿元，乙市、丙市分别达到400亿元、300亿元，分别增长4%和3%。", ["乙市", "丙市"]),
        ("乙市、丙市总产值分别达到400亿元、300亿元，增长4%、3%。", ["乙市", "丙市"]),
        ("甲市总产值900亿元，乙市200亿元，分别增长4%和3%。", ["甲市", "乙市"]),
    ],
)
def test_rates_of_several_places_are_of_the_place_whose_amount_stood_there(text: str, rates: list[str]) -> None:
    found = read(text, mentions=[(f"{name}市", "Area") for name in "甲乙丙"])
    assert [one.subject for one in found if one.kind == "growth"] == rates
    assert {one.indicator for one in found} == {"总产值"}


def test_townspeople_and_villagers_are_two_and_are_told_of_by_what_was_measured_of_all() -> None:
    found = read("居民人均可支配收入30000元，城镇居民、农村居民分别为40000元和20000元，分别增长4%和5%。")
    names = ["城镇居民人均可支配收入", "农村居民人均可支配收入"]
    assert [one.indicator for one in found] == ["居民人均可支配收入", *names, *names]


def test_goals_behind_semicolons_are_to_be_met_by_the_same_year() -> None:
    found = read("到2025年，港口吞吐量突破3亿吨，年均增长4%；绿化覆盖率保持在40%以上；对新船给予20万元补贴。到会代表20人。")
    assert [(one.kind, one.period) for one in found] == [
        ("target", "2025"), ("target", "2021-01-01/2025-12-31"), ("target", "2025"), ("level", None), ("level", None),
    ]  # fmt: skip


def test_what_the_year_before_had_is_of_that_year() -> None:
    found = read("2020年，手机产量由上年的20万台增加到30万台。")
    assert [(one.value, one.period) for one in found] == [(200000, "2019"), (300000, "2020")]


def test_who_lives_there_at_the_end_of_five_years() -> None:
    found = read("“十三五”时期，生产总值年均增长5%。常住人口300万人，城镇化率达到60%。新建桥梁20座。")
    assert [one.period for one in found] == ["2016-01-01/2020-12-31", "2020", "2020", "2016-01-01/2020-12-31"]


def test_points_of_a_rate_whose_amount_ends_as_a_value() -> None:
    assert [one.indicator for one in read("全市生产总值增长5%，比上年全年提高0.3个百分点。")] == ["生产总值", "生产总值增速"]


def test_the_year_that_a_paragraph_opens_with_is_that_of_what_is_told_of_the_whole() -> None:
    found = read("2020年，面对严峻形势，各方努力。初步核算，全市实现生产总值300亿元。", date="2021-04-20")
    assert [one.period for one in found] == ["2020"]
    assert [one.period for one in read("2015年，某厂落成。全市现有工厂30家。", date="2021-04-20")] == [None]


def test_where_a_way_leads_and_what_something_is_ranked_by() -> None:
    assert read("甲城至乙城最快1小时53分可达。", mentions=[("甲城", "Area"), ("乙城", "Area")]) == []
    assert [one.indicator for one in read("综合评价列第8位。")] == ["综合评价"]
    assert [one.indicator for one in read("外贸规模迈上万亿元台阶。")] == ["外贸规模"]


def test_office_that_tells_of_a_land_has_no_such_figure() -> None:
    assert [one.subject for one in read("国家能源局：上半年全社会用电量4万亿千瓦时，同比增长5%。", mentions=[("国家能源局", "Body")])] == [None, None]
    assert [one.subject for one in read("市委、市政府确定30件民生实事。", mentions=[("市委", "Body"), ("市政府", "Body")])] == [None]
    (own,) = read("东湾市统计局：居民消费价格上涨1%。", mentions=[("东湾市统计局", "Body"), ("东湾市", "Area")])
    assert own.subject == "东湾市"
    assert [one.subject for one in read("国家统计局：工业增加值增长5%。", mentions=[("国家统计局", "Body")])] == [None]
    (act,) = read("国家能源局检查企业320家。", mentions=[("国家能源局", "Body")])
    assert act.subject == "国家能源局"


def test_growth_of_the_world_is_named_so() -> None:
    assert [one.indicator for one in read("2021年全球经济增长2.7%，高于全球平均水平。")] == ["全球经济"]


def test_work_told_of_before_has_its_size() -> None:
    named = [("东湾市", "Area"), ("云岭风电场", "Project")]
    assert [one.subject for one in read("东湾市首个产业园一期建成投产，年产氢气5000吨。", mentions=named[:1])] == [None]
    assert [one.subject for one in read("东湾市首座风电场云岭风电场并网，年发电量3亿千瓦时。", mentions=named)] == ["云岭风电场"]
    assert [one.subject for one in read("东湾市政府推动新城建设，占地67公顷。", mentions=[("东湾市政府", "Body")])] == [None]
    assert [one.subject for one in read("东湾市新建隧道3座，全长12公里。", mentions=named[:1])] == ["东湾市", "东湾市"]


def test_zone_and_port_are_no_part_of_their_town() -> None:
    named = [("东湾市", "Area"), ("临空示范区", "Area")]
    found = read("东湾市加快建设临空示范区，示范区上半年签约项目26个，完成投资42亿元。", mentions=named)
    assert [one.subject for one in found] == ["临空示范区", "临空示范区"]
    assert [one.subject for one in read("东湾市稳步发展，示范区上半年签约项目26个。", mentions=named[:1])] == [None]
    assert [one.subject for one in read("东湾市南湾港上半年集装箱吞吐量720万标箱。", mentions=named[:1])] == [None]
    assert [one.subject for one in read("东湾市进出口额720亿元。", mentions=named[:1])] == ["东湾市"]


def test_ends_of_a_line_have_no_figures_of_it() -> None:
    named = [("甲城", "Area"), ("乙城", "Area")]
    assert [one.subject for one in read("某高铁甲城至乙城段总投资52亿元。", mentions=named)] == [None]
    assert {one.subject for one in read("开通后，甲城至乙城航班达到每周11班。", mentions=named)} <= {None}


def test_new_verb_is_not_that_of_what_stands_behind_a_comma() -> None:
    found = read("新增学位3万个，10件民生实事全部办结。")
    assert [(one.kind, one.indicator) for one in found] == [("change", "新增学位"), ("level", "民生实事")]


def test_share_of_a_budget_and_the_other_side_of_a_fund() -> None:
    found = read("全市预算收入132亿元，为预算的101%，增长3.6%。保险基金收入9亿元，支出8亿元。")
    assert [(one.kind, one.indicator) for one in found] == [
        ("level", "预算收入"), ("share", "预算收入为预算"), ("growth", "预算收入"), ("level", "保险基金收入"), ("level", "保险基金支出"),
    ]  # fmt: skip


def test_balance_struck_on_a_day_dates_no_flow() -> None:
    found = read("5月末，存款余额98亿元。贷款余额84亿元。货物进出口总值7亿元。")
    assert [one.period for one in found] == ["2021-05-31", "2021-05-31", None]


def test_goal_of_the_year_dates_no_result_behind_it() -> None:
    found = read("上半年，产量8万吨，全年计划减排5万吨，力争产值突破3亿元。出口4万吨。")
    assert [(one.kind, one.period) for one in found] == [
        ("level", "2021-01-01/2021-06-30"), ("target", "2021"), ("target", "2021"), ("level", "2021-01-01/2021-06-30"),
    ]  # fmt: skip


def test_rank_in_a_place_is_of_what_grew() -> None:
    found = read("规上工业增加值增长8%，居东湾市第一位。房价上涨1%，涨幅居70城第三位。")
    assert [(one.kind, one.indicator) for one in found if one.kind == "rank"] == [("rank", "规上工业增加值增速"), ("rank", "房价涨幅")]


def test_time_compared_with_is_not_that_of_the_figure() -> None:
    found = read("2021年1—6月，产量增长7%，高于一季度0.4个百分点；产值占比重达61%。")
    assert [one.period for one in found] == ["2021-01-01/2021-06-30"] * 3


def test_growth_of_months_that_are_over_is_no_goal() -> None:
    found = read("全年计划投资8亿元，一季度利润增长5%。")
    assert [(one.kind, one.period) for one in found] == [("target", "2021"), ("growth", "2021-01-01/2021-03-31")]


def test_names_behind_a_sum_a_quotation_and_two_names() -> None:
    found = read("绿道全长137公里，建成92公里。投资下降3%，降幅收窄0.5个百分点，扣除甲类投资后增长2%。营收、利润分别为8亿元和1亿元。")
    assert [one.indicator for one in found] == ["绿道全长", "建成绿道", "投资", "投资降幅", "投资扣除甲类投资后", "营收", "利润"]
    assert [one.indicator for one in read("停电时间0.8小时，同比下降12%。")] == ["停电时间", "停电时间"]
    (port,) = read("甲区乙港新开航线11条。", mentions=[("甲区", "Area"), ("乙港", "Project")])
    assert (port.subject, port.indicator) == ("乙港", "新开航线")


def test_fall_that_narrowed_is_below_zero() -> None:
    found = read("产业产值降幅由一季度的12%收窄至7%。")
    assert [(one.kind, one.indicator, str(one.value), one.period) for one in found] == [
        ("growth", "产业产值", "-12", "2021-01-01/2021-03-31"), ("growth", "产业产值", "-7", None),
    ]  # fmt: skip


def test_whole_that_is_compared_with_is_not_what_is_told_of_next() -> None:
    named = [("云岭省", "Area"), ("东湾市", "Area")]
    found = read("云岭省发布消息。2021年1—6月，东湾市进出口增长9%，高于全省2个百分点。其中，出口47亿元。", mentions=named)
    assert found[-1].subject != "云岭省"


def test_daily_mean_and_progress_of_works() -> None:
    found = read("快递业务量96万件，日均2万件。总投资5亿元，整体进度达97%。")
    assert [one.indicator for one in found] == ["快递业务量", "快递业务量日均", "总投资", "进度"]


def test_every_pattern_and_class_is_used() -> None:
    wanted: dict[str, type] = {
        "figures": FigureWords, "indicators": IndicatorReader, "names": NameWords, "subjects": SubjectWords, "times": TimeWords,
        "titles": TitleWords, "speakers": SpeakerWords, "moods": MoodWords, "sections": ReportSpans, "plan_leads": PlanLeads,
        "persons": PersonWords, "dates": DateWords, "counted": CountedWords, "tables": TableWords,
        "quotations": QuotationWords, "beside": BesideWords, "identity": IdentityWords, "editions": EditionWords, "references": ReferenceWords,
        "calendar": CalendarWords, "numbers": NumberWords, "policy_time": PolicyWords, "table_rows": TableRowWords, "known": KnownWords,
        "titled_places": TitledPlaceWords, "line_ends": LineEndWords, "masthead": MastheadWords,
    }  # fmt: skip
    assert set(PHRASES.patterns["table_stages"]) == set(Ontology.load().terms.statuses)
    assert {step: set(named) for step, named in PHRASES.patterns.items() if step != "table_stages"} == {
        step: {name for name in kind.__annotations__ if name in PHRASES.patterns[step]} for step, kind in wanted.items()
    }
    written = "".join(file.path.read_text(encoding="utf-8") for file in RULE_FILES)
    code = "".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "kg").rglob("*.py"))
    in_code = {name for kind in (*wanted.values(), PlaceWords) for name in kind.__annotations__} | set(re.findall(r'"([a-z_]+)"', code)) | set(re.findall(r"'([a-z_]+)'", code))
    assert [name for name in [*PHRASES.classes, *PHRASES.pieces] if f"{{{name}}}" not in written and name not in in_code] == []


def test_size_of_a_work_is_measured_apart_from_what_it_costs() -> None:
    assert [one.indicator for one in read("该项目总投资12亿元，全长48公里。")] == ["总投资", "全长"]
    assert [one.indicator for one in read("全縣茶園面積20萬畝，總產值15億元。")] == ["茶園面積", "茶園總產值"]
    found = read("云岭水库总投资12亿元，总库容1亿立方米。", mentions=[("云岭水库", "Project")])
    assert [(one.subject, one.indicator) for one in found] == [("云岭水库", "总投资"), ("云岭水库", "总库容")]


def test_class_of_ships_is_no_amount() -> None:
    assert read("东湾港30万吨级码头启用。", mentions=[("东湾港30万吨级码头", "Project")]) == []
    assert [(one.indicator, str(one.value)) for one in read("拥有30万吨级泊位3个。")] == [("30万吨级泊位", "3")]
    (plant,) = read("千万吨级炼化项目投产。", mentions=[("千万吨级炼化项目", "Project")])
    assert (str(plant.value), plant.bound) == ("10000000", "~")


def test_name_with_an_amount_may_end_a_text() -> None:
    (plant,) = read("甲市建设乙工程二期20万吨", mentions=[("甲市", "Area"), ("乙工程二期20万吨", "Project")])
    assert (str(plant.value), plant.bound) == ("200000", "=")


def test_what_may_be_given_at_most_is_a_bound() -> None:
    assert [(str(one.value), one.bound) for one in read("省财政给予东湾市最高2亿元资金支持。")] == [("200000000", "<")]
    assert [one.bound for one in read("单日最高接待游客3万人次。")] == ["="]


def test_rate_below_zero_is_one_of_a_list() -> None:
    found = read("投资和消费增速分别为5.2%和-3.1%。出口增速为-2%，同比-1.5%。")
    assert [(one.kind, one.indicator, str(one.value)) for one in found] == [
        ("growth", "投资", "5.2"), ("growth", "消费", "-3.1"), ("growth", "出口", "-2"), ("growth", "出口", "-1.5"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("主要指标增速：工业5.6%，投资8%。", [("growth", "工业", "5.6"), ("growth", "投资", "8")]),
        ("主要指標增幅如下：工業5.6%；投資-8%。", [("growth", "工業", "5.6"), ("growth", "投資", "-8")]),
        ("主要指标降幅：工业5.6%，投资8%。", [("growth", "工业", "-5.6"), ("growth", "投资", "-8")]),
        ("主要指标增速：投资5.6%，利润率8%。", [("growth", "投资", "5.6"), ("share", "利润率", "8")]),
        ("各产业占比：一产5.6%，二产8%。", [("share", "一产", "5.6"), ("share", "二产", "8")]),
        ("公布增速。占比：一产5.6%。", [("share", "一产", "5.6")]),
    ],
)
def test_a_head_says_what_the_rates_below_it_are(text: str, told: list[tuple[str, str, str]]) -> None:
    assert [(one.kind, one.indicator, str(one.value)) for one in read(text)] == told


def test_what_is_done_next_is_done_with_the_same_thing() -> None:
    found = read("开工保障房2万套、竣工1.5万套。制定地方性法规4件、修改3件、废止2件。签约项目27个，总投资136亿元，已开工19个。")
    assert [one.indicator for one in found] == [
        "开工保障房", "竣工保障房", "制定地方性法规", "修改地方性法规", "废止地方性法规", "签约项目", "签约项目总投资", "开工项目",
    ]  # fmt: skip


def test_sum_behind_what_was_added_is_a_level_of_no_part_of_the_year() -> None:
    found = read("今年以来，新增充电桩1200个，累计完成8900个。")
    assert [(one.kind, one.indicator, one.period) for one in found] == [
        ("change", "新增充电桩", "2021-01-01/2021-07-15"), ("level", "充电桩", None),
    ]  # fmt: skip


def test_two_bases_have_a_rate_each() -> None:
    found = read("甲市零售总额环比、同比分别增长0.4%和3.8%。", mentions=[("甲市", "Area")])
    assert [(one.subject, one.indicator) for one in found] == [("甲市", "零售总额")] * 2
    found = read("二手房价格环比、同比分别下降0.4%和4.8%。")
    assert [(one.indicator, str(one.value), one.base) for one in found] == [("二手房价格", "-0.4", "环比"), ("二手房价格", "-4.8", "同比")]


def test_growth_behind_a_turn_is_of_what_turned() -> None:
    found = read("进出口总值71亿元，增长12%，其中出口由负转正，增长5%。利润由上年同期下降3%转为增长2%。")
    assert [(one.indicator, str(one.value), one.period) for one in found[2:]] == [("出口", "5", None), ("利润", "-3", None), ("利润", "2", None)]


def test_a_congress_to_come_has_its_own_days_not_that_of_the_announcement() -> None:
    told = "记者从今天（9月16日）举行的新闻发布会获悉，第五届湖泊保护大会将于2025年9月22日至25日在浙江杭州举办，将有4000名代表参会。"
    (one,) = read(told, date="2025-09-16", mentions=[("第五届湖泊保护大会", "Event")])
    assert (one.subject, one.period) == ("第五届湖泊保护大会", "2025-09-22/2025-09-25")


def test_those_counted_end_before_what_is_told_of_them() -> None:
    told = "来自90个国家和地区的嘉宾参会。这里有300多个站点的观测信息。200多名产业工人加班加点采摘。40名专家共同研讨发展。8万家企业的智能化改造完成。"
    assert [one.indicator for one in read(told)] == ["国家和地区", "站点", "产业工人", "专家", "企业的智能化改造"]


def test_what_is_taken_up_is_no_part_of_the_name() -> None:
    assert [one.indicator for one in read("该银行的股价下跌20%。该船载重量15万吨。该县城常住人口5万人。")] == ["股价", "载重量", "县城常住人口"]


def test_first_so_many_are_neither_rank_nor_count() -> None:
    assert [one.unit for one in read("产值居前5位的行业共有企业84家。")] == ["家"]


def test_second_rank_has_its_own_scope() -> None:
    assert [(one.value, one.scope) for one in read("甲市拥有独角兽企业102家，居全国第一、全球第三。")[1:]] == [(1, "全国"), (3, "全球")]


def test_mean_over_the_years_that_the_sentence_before_tells_of() -> None:
    found = read("五年来，改革取得突破。总值年均增长5%，企业超1500家。")
    assert [(one.indicator, one.period) for one in found] == [("总值", "2016/2021"), ("企业", None)]


def test_years_of_other_figures_do_not_go_on() -> None:
    assert [one.period for one in read("2020年进口量达90万吨，远高于2019年的57万吨。其中，粮食进口占41%。")] == ["2020", "2020"]
    assert [one.period for one in read("出口延续去年高增长，1—2月实现出口87亿元。")] == ["2021-01-01/2021-02-28"]
    assert [one.period for one in read("至2017年，甲市总值突破6000亿元。")] == ["2017"]


def test_quoted_aim_that_is_worked_for_makes_no_goal() -> None:
    assert [one.kind for one in read("甲县围绕“一县一园”目标，建成基地700亩。", mentions=[("甲县", "Area")])] == ["level"]


def test_size_of_what_is_not_told_of_is_left_out() -> None:
    assert read("这台自重30吨的装载机轮胎很高。占地5500亩的产业园正加快建设。") == []


def test_length_does_not_change_with_the_day() -> None:
    found = read("至此，甲市形成通道，客流12万人次。大桥全长3236米，客流5万人次。", mentions=[("甲市", "Area"), ("大桥", "Project")])
    assert [(one.indicator, one.period) for one in found[1:]] == [("全长", None), ("客流", "2021-07-15")]


def test_since_when_something_goes_on_is_no_part_of_the_name() -> None:
    found = read("甲工程自2014年全面通水以来已累计调水600亿立方米。", mentions=[("甲工程", "Project")])
    assert [(one.indicator, one.period) for one in found] == [("累计调水", "2014-01-01/2021-07-15")]


def test_who_is_to_make_sure_sets_no_goal() -> None:
    assert [one.kind for one in read("巡逻船负责确保航道畅通，查获走私船3艘。")] == ["level"]


def test_sectors_of_a_part_of_the_economy_are_named_so() -> None:
    found = read("民营经济增加值90亿元，增长3%。其中，第一产业增加值9亿元，增长4%；第二产业增加值30亿元。全市总值200亿元。其中，第一产业增加值20亿元。")
    assert [one.indicator for one in found] == [
        "民营经济增加值", "民营经济增加值", "民营经济第一产业增加值", "民营经济第一产业增加值", "民营经济第二产业增加值", "总值", "第一产业增加值",
    ]  # fmt: skip


def test_what_is_summed_up_to_a_quarter_is_of_the_year_so_far() -> None:
    found = read("第一季度总值累计增长3%；第二季度总值累计增长4%；第二季度投资增长5%。")
    assert [one.period for one in found] == ["2021-01-01/2021-03-31", "2021-01-01/2021-06-30", "2021-04-01/2021-06-30"]


def test_brackets_behind_an_amount_and_behind_how_it_grew_are_no_name() -> None:
    assert [one.indicator for one in read("人均GDP45228元（按户籍人口计算），比上年增加235元。生产总值同比（下同）增长4.5%。")] == ["人均GDP", "人均GDP", "生产总值"]


def test_what_is_added_until_the_end_of_a_plan_is_of_all_its_years() -> None:
    head = "湖州市国民经济和社会发展第十四个五年规划\n“十三五”时期，地区生产总值年均增长6.8%。\n"
    goals = head + "主要目标：到2025年，轨道交通运营里程累计达到60公里，城镇新增就业累计20万人以上。"
    assert {(o.indicator, o.kind, o.period) for o in read(goals)} >= {
        ("轨道交通运营里程", "target", "2025"), ("城镇新增就业", "target", "2021-01-01/2025-12-31"),
    }  # fmt: skip


def test_what_five_years_add_up_to_and_a_mean_rate_are_of_no_single_year() -> None:
    text = (
        "湖州市国民经济和社会发展第十四个五年规划\n“十三五”时期，全市经济稳步发展。2020年，出口达到300亿元；零售总额达到90亿元，年均增长5%。"
        "五年累计完成投资860亿元，新增公路里程62公里。2020年，出口达到300亿元，五年累计脱贫7万人。\n第二章 主要目标\n——民生持续改善。五年累计新增城镇就业15万人，人均预期寿命达到81.2岁。\n到2025年，水利投资累计完成1100亿元，单位产值能耗累计下降15%。"
    )
    past, plan = "2016-01-01/2020-12-31", "2021-01-01/2025-12-31"
    assert [(one.kind, one.period) for one in read(text)] == [
        ("level", "2020"), ("level", "2020"), ("growth", past), ("level", past), ("change", past), ("level", "2020"), ("level", past), ("target", plan), ("target", "2025"), ("target", plan), ("target", plan),
    ]  # fmt: skip


def test_a_proposal_looks_back_on_the_plan_before_its_own(extractor: Extractor) -> None:
    head = "中共湖州市委关于制定国民经济和社会发展第十五个五年规划的建议\n一、“十四五”时期发展取得重大成就\n"
    goals = "到2030年，全市地区生产总值突破4000亿元。\n第二章 建设数字基础设施\n“十五五”期间新增机架6000架。"
    facts = extractor.extract(Document("d", "d", "", f"{head}1.“十四五”时期全市实力增强。2024年，地区生产总值达到3000亿元。\n二、主要目标\n{goals}", "txt", "", date=None))
    assert [(one.kind, one.period) for one in facts.observations] == [("level", "2024"), ("target", "2030"), ("target", "2026-01-01/2030-12-31")]


def test_who_does_what_for_a_plan_is_told_by_a_plan_too(extractor: Extractor) -> None:
    title = "日照市加快工业发展三年行动计划（2024—2026年）重点任务分工方案"
    facts = extractor.extract(Document("d", "d", "", f"{title}\n到2026年，全市规上工业企业达到1200家，技改投资年均增长10%。", "txt", "", date=None))
    assert [(one.kind, one.period) for one in facts.observations] == [("target", "2026"), ("target", "2024-01-01/2026-12-31")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("推进福鼎海上风电场（装机40万千瓦）、霞浦海上风电场（总装机30万千瓦）建设。", [("福鼎海上风电场", "装机", 400000), ("霞浦海上风电场", "总装机", 300000)]),
        ("開工建設衢武鐵路（總投資190億元）。", [("衢武鐵路", "總投資", 19000000000)]),
    ],
)
def test_a_bracket_behind_a_work_tells_how_large_it_is(extractor: Extractor, text: str, told: list[tuple[str, str, int]]) -> None:
    facts = extractor.extract(Document("d", "d", "", f"2025年宁德市政府工作报告\n{text}", "txt", "", date="2025-01-10"))
    names = {entity.id: entity.mentions[0] for entity in facts.entities}
    whole = f"2025年宁德市政府工作报告\n{text}"
    found = [(whole[names[one.subject or ""].start : names[one.subject or ""].end], one.indicator, one.value) for one in facts.observations]
    assert found == told
    assert {(one.kind, one.period) for one in facts.observations} == {("level", None)}


def test_what_a_meeting_says_of_a_year_to_come_is_a_goal(extractor: Extractor) -> None:
    text = "全省农村工作会议{}，2025年粮食产量稳定在125亿斤左右。"
    kinds = []
    for says in ("提出", "预计"):
        facts = extractor.extract(Document("d", "d", "", text.format(says), "txt", "", date="2024-12-14"))
        kinds.append([one.kind for one in facts.observations])
    assert kinds == [["target"], ["level"]]
