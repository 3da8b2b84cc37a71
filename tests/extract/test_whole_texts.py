"""What runs through a whole text: a title that tells its kind and year, and times that hold behind others."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract.extractor import Extractor
from kg.read import ReadOptions, find, read


def _figures(extractor: Extractor, folder: Path, text: str, name: str = "a.txt") -> list[tuple[str, str, str, str | None]]:
    """Subject, indicator, kind and period of each figure of a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (source,) = find([path])
    (document,) = read(source, ReadOptions())
    facts = extractor.extract(document)
    names = {entity.id: entity.name for entity in facts.entities}
    return [(names.get(one.subject or "", ""), one.indicator, one.kind, one.period) for one in facts.observations]


@pytest.mark.parametrize("title", ["2025年德清县政府工作报告（摘要）", "2025年德清县政府工作报告（节选）", "德清县政府工作报告（2025年）", "德清縣政府工作報告（2025年）"])
def test_what_stands_behind_a_report_s_title_takes_no_year_from_it(extractor: Extractor, tmp_path: Path, title: str) -> None:
    figures = _figures(extractor, tmp_path, f"{title}\n\n去年，全县地区生产总值达到736.8亿元、增长6.2%。\n")
    assert [(kind, period) for _, _, kind, period in figures] == [("level", "2024"), ("growth", "2024")]


@pytest.mark.parametrize("kind", ["行动方案", "实施方案", "行动计划"])
def test_a_scheme_of_several_years_is_a_plan(extractor: Extractor, tmp_path: Path, kind: str) -> None:
    text = f"湖州市低空经济发展{kind}（2023—2025年）\n\n一、总体目标\n到2025年，低空产业产值达到300亿元；龙头企业10家。\n"
    assert _figures(extractor, tmp_path, text) == [
        ("湖州市", "低空产业产值", "target", "2025"),
        ("湖州市", "龙头企业", "target", "2025"),
    ]


def test_the_end_of_the_plan_before_is_where_a_plan_begins(extractor: Extractor, tmp_path: Path) -> None:
    text = "德清县国民经济和社会发展第十四个五年规划\n\n“十三五”末，全县地区生产总值达到544亿元；茶叶产量达到3万吨。\n\n到2025年，全县地区生产总值达到800亿元。\n"
    assert [(kind, period) for _, _, kind, period in _figures(extractor, tmp_path, text)] == [("level", "2020"), ("level", "2020"), ("target", "2025")]


def test_months_of_an_undated_text_are_of_the_year_that_it_names(extractor: Extractor, tmp_path: Path) -> None:
    text = "2024年1—7月德清县经济运行情况\n\n1—7月，规上工业增加值增长8.7%。固定资产投资下降1.8%。\n"
    assert {period for *_, period in _figures(extractor, tmp_path, text)} == {"2024-01-01/2024-07-31"}
    text = "德清县市政项目进展\n\n2025年全县计划实施市政项目31个。截至4月底，完成投资3.85亿元。\n"
    assert [period for *_, period in _figures(extractor, tmp_path, text)] == ["2025", "2025-04-30"]


def test_a_column_of_last_year_s_rates_and_who_signed_above_a_table(extractor: Extractor, tmp_path: Path) -> None:
    text = (
        "# 德清县2024年一季度经济运行情况\n\n德清县统计局（2024年4月24日）\n\n"
        "| 指标 | 一季度 | 增速（%） | 上年同期增速（%） |\n|---|---|---|---|\n| 规上工业增加值（亿元） | 63.2 | 7.1 | 5.4 |\n"
    )
    now, before = "2024-01-01/2024-03-31", "2023-01-01/2023-03-31"
    assert sorted(_figures(extractor, tmp_path, text, "a.md")) == [
        ("德清县", "规上工业增加值", "growth", before),
        ("德清县", "规上工业增加值", "growth", now),
        ("德清县", "规上工业增加值", "level", now),
    ]


def test_loans_of_all_kinds_keep_their_name(extractor: Extractor, tmp_path: Path) -> None:
    text = "安吉县2024年一季度经济运行情况\n2024年4月24日\n一季度末，各项存款余额1532亿元，增长9%；各项贷款余额1398亿元。\n"
    assert [indicator for _, indicator, *_ in _figures(extractor, tmp_path, text)] == ["各项存款余额", "各项存款余额", "各项贷款余额"]


def test_a_part_told_of_ends_no_period_that_the_title_tells(extractor: Extractor, tmp_path: Path) -> None:
    text = "2024年1—7月德清县经济运行情况\n\n1—7月，规上工业增加值增长8.7%，其中7月份增长9.8%。\n投资低位企稳。固定资产投资下降1.8%。\n"
    assert _figures(extractor, tmp_path, text)[-1][-1] == "2024-01-01/2024-07-31"


def test_the_years_of_a_plan_may_stand_below_its_title(extractor: Extractor, tmp_path: Path) -> None:
    text = "湖州市低空经济发展行动方案\n（2023—2025年）\n\n一、总体目标\n低空产业产值达到300亿元，新建起降场30个。\n"
    assert _figures(extractor, tmp_path, text) == [("湖州市", "低空产业产值", "target", "2025"), ("湖州市", "新建起降场", "target", "2023-01-01/2025-12-31")]


def test_accounts_of_a_prefecture_tell_of_it_and_of_their_year(extractor: Extractor, tmp_path: Path) -> None:
    text = "关于喀什地区2021年本级财政决算（草案）的报告\n（2022年8月）\n分科目看：教育支出9.84亿元，增长6.9%。\n2021年末，地区本级政府债务余额46.3亿元。\n"
    assert [(subject, period) for subject, _, _, period in _figures(extractor, tmp_path, text)] == [
        ("喀什地区", "2021"), ("喀什地区", "2021"), ("喀什地区", "2021-12-31"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("昆明医科大学2023年工作总结\n\n全年新增国家级项目300项。毕业生就业率95%。\n", "昆明医科大学"),
        ("合肥天原集团股份有限公司2023年年度报告（摘要）\n\n报告期内，公司研发投入3亿元。\n前五名客户销售额占27.9%。\n", "合肥天原集团股份有限公司"),
        ("桐庐县教育局2023年度部门决算\n\n年度支出3.1亿元。“三公”经费下降5%。\n", "桐庐县教育局"),
    ],
)
def test_a_yearly_report_of_an_institution_is_of_no_place_in_its_name(extractor: Extractor, tmp_path: Path, text: str, whose: str) -> None:
    assert {(subject, period) for subject, _, _, period in _figures(extractor, tmp_path, text)} == {(whose, "2023")}


def test_an_institution_that_a_headline_opens_with_is_not_its_place(extractor: Extractor, tmp_path: Path) -> None:
    assert {subject for subject, *_ in _figures(extractor, tmp_path, "桐庐县中医院举行活动\n\n门急诊量30万人次，三四级手术占比78.5%。\n")} == {""}


def test_the_work_of_the_year_that_is_over_has_a_heading(extractor: Extractor, tmp_path: Path) -> None:
    text = (
        "海西州人民代表大会常务委员会工作报告\n2019年1月22日\n各位代表：\n过去一年的主要工作\n加强监督工作。推动解决安全饮水问题26个。\n"
        "加强代表工作。代表满意率97%。\n2019年主要任务\n开展执法检查4次。\n"
    )
    assert [(kind, period) for *_, kind, period in _figures(extractor, tmp_path, text)] == [("level", "2018"), ("share", "2018"), ("target", "2019")]


def test_paragraphs_that_open_with_their_year(extractor: Extractor, tmp_path: Path) -> None:
    text = "政协福州市委员会常务委员会工作报告\n2023年1月9日\n2022年，收到提案586件。\n2023年，常委会将聚焦建设现代化国际城市，办好6场专题议政会。\n"
    assert [(kind, period) for *_, kind, period in _figures(extractor, tmp_path, text)] == [("level", "2022"), ("target", "2023")]


def test_a_county_of_taiwan_calls_itself_one_and_its_money_is_its_own(extractor: Extractor, tmp_path: Path) -> None:
    text = "彰化縣政府113年度施政計畫\n\n本縣112年度歲出決算數572億元。本縣113年規劃招募警消人員150名。\n"
    assert {(subject, period) for subject, _, _, period in _figures(extractor, tmp_path, text)} == {("彰化縣", "2023"), ("彰化縣", "2024")}


def test_what_is_asked_or_supposed_is_no_figure(extractor: Extractor, tmp_path: Path) -> None:
    text = "惠州市新闻发布会实录\n2024年9月12日\n南方日报记者：听说有企业担心用工成本上涨10%，是否属实？\n王浩：2023年，惠州新增企业200家。如果投资下降5个百分点，拿什么支撑增长？\n"
    assert [(subject, period) for subject, _, _, period in _figures(extractor, tmp_path, text)] == [("惠州市", "2023")]


def test_years_of_account_of_hong_kong(extractor: Extractor, tmp_path: Path) -> None:
    text = "在職家庭津貼計劃\n\n2023-24年度批出津貼總額約17億元。2023-24學年有學生3000名。\n"
    assert [period for *_, period in _figures(extractor, tmp_path, text)] == ["2023-04-01/2024-03-31", "2023-09-01/2024-08-31"]
