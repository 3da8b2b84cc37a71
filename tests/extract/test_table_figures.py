"""Tables as observations: what heads, captions and notes of units say of the values between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.extract.extractor import Extractor
from kg.model import Document, Facts
from kg.read import ReadOptions, find, read

Row = tuple[str | None, str, str, str, str, str, str | None]


def rows_of(extractor: Extractor, path: Path, content: str | bytes) -> list[Row]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    (source,) = find([path])
    (document,) = read(source, ReadOptions())
    facts = extractor.extract(document)
    assert document.tables
    check_offsets(document, facts)
    return list(brief(facts))


def check_offsets(document: Document, facts: Facts) -> None:
    assert facts.observations
    for one in facts.observations:
        assert one.quoted in document.text[one.start : one.end]
        sentence = facts.sentences[one.sentence]
        assert sentence.start <= one.start < one.end <= sentence.end


def brief(facts: Facts) -> Iterator[Row]:
    names = {entity.id: entity.name for entity in facts.entities}
    for one in facts.observations:
        yield (
            names.get(one.subject or ""), one.indicator, one.kind, f"{one.bound}{one.value}", one.unit, one.scope or one.found_by,
            one.period,
        )  # fmt: skip


def table(*lines: str) -> str:
    """A Markdown table of lines whose cells are parted by blanks."""
    head, *body = ["| " + " | ".join(line.split()) + " |" for line in lines]
    return "\n".join([head, "|" + "---|" * (head.count("|") - 1), *body]) + "\n"


def test_indicators_in_rows_and_years_in_columns(extractor: Extractor, tmp_path: Path) -> None:
    text = "钱塘区主要指标\n\n单位：亿元\n\n" + table(
        "指标 2023年 2024年 同比增长(%) 全市位次", "地区生产总值 1090.2 1,142.15 11.0 3", "其中：第二产业增加值 500 520 -2.5 第2"
    )
    assert rows_of(extractor, tmp_path / "a.md", text) == [
        ("钱塘区", "地区生产总值", "level", "=109020000000", "CNY", "table", "2023"),
        ("钱塘区", "地区生产总值", "level", "=114215000000", "CNY", "table", "2024"),
        ("钱塘区", "地区生产总值", "growth", "=11", "%", "table", "2024"),
        ("钱塘区", "地区生产总值", "rank", "=3", "", "全市", "2024"),
        ("钱塘区", "第二产业增加值", "level", "=50000000000", "CNY", "table", "2023"),
        ("钱塘区", "第二产业增加值", "level", "=52000000000", "CNY", "table", "2024"),
        ("钱塘区", "第二产业增加值", "growth", "=-2.5", "%", "table", "2024"),
        ("钱塘区", "第二产业增加值", "rank", "=2", "", "全市", "2024"),
    ]


def test_areas_in_rows_and_a_growth_behind_its_amount(extractor: Extractor, tmp_path: Path) -> None:
    text = "2023年各市主要指標\n\n" + table(
        "地區 地區生產總值(億元) 增速(%) 常住人口（萬人）", "杭州市 20059 5.6 1252.2", "寧波市 16452.8 5.5 969.7", "全國 1260582 5.2 140967"
    )
    assert rows_of(extractor, tmp_path / "a.md", text) == [
        ("杭州市", "地區生產總值", "level", "=2005900000000", "CNY", "table", "2023"),
        ("杭州市", "地區生產總值", "growth", "=5.6", "%", "table", "2023"),
        ("杭州市", "常住人口", "level", "=12522000", "人", "table", "2023"),
        ("寧波市", "地區生產總值", "level", "=1645280000000", "CNY", "table", "2023"),
        ("寧波市", "地區生產總值", "growth", "=5.5", "%", "table", "2023"),
        ("寧波市", "常住人口", "level", "=9697000", "人", "table", "2023"),
        (None, "地區生產總值", "level", "=126058200000000", "CNY", "table", "2023"),
        (None, "地區生產總值", "growth", "=5.2", "%", "table", "2023"),
        (None, "常住人口", "level", "=1409670000", "人", "table", "2023"),
    ]


def test_how_much_there_is_of_what_a_row_names(extractor: Extractor, tmp_path: Path) -> None:
    text = "表3 2024年江苏省主要产品产量\n\n" + table("产品 单位 产量 比上年增长(%)", "乙烯 万吨 71 -2.1", "发电量 亿千瓦时 187 4.4")
    assert [(row[1], row[2]) for row in rows_of(extractor, tmp_path / "a.md", text)] == [
        ("乙烯产量", "level"), ("乙烯产量", "growth"), ("发电量", "level"), ("发电量", "growth"),
    ]  # fmt: skip


def test_ages_and_words_set_apart_in_the_names_of_rows(extractor: Extractor, tmp_path: Path) -> None:
    text = "表1 2022年江苏省年末常住人口\n\n| 指标 | 年末数(万人) | 比重(%) |\n|---|---|---|\n| 男 性 | 41 | 51 |\n| 女 性 | 39 | 49 |\n| 60周岁及以上 | 20 | 25 |\n"
    assert [row[1] for row in rows_of(extractor, tmp_path / "a.md", text)] == ["男性", "男性比重", "女性", "女性比重", "60周岁及以上", "60周岁及以上比重"]


def test_a_caption_with_its_year_and_a_day_that_is_no_year(extractor: Extractor, tmp_path: Path) -> None:
    text = "2026年一季度江苏数据\n\n江苏省统计局 2026-04-20\n\n表2 2025年各区县财政支出\n\n" + table("区县 2024年（亿元） 2025年（亿元）", "南京市 41 43")
    assert [row[1] for row in rows_of(extractor, tmp_path / "a.md", text)] == ["财政支出"] * 2
    text = "# 2026年一季度江苏数据\n\n江苏省统计局 2026-04-20\n\n" + table("市 零售总额（亿元）", "南京市 41")
    assert [row[6] for row in rows_of(extractor, tmp_path / "b.md", text)] == ["2026-01-01/2026-03-31"]


def test_a_plan_with_a_column_of_units(extractor: Extractor, tmp_path: Path) -> None:
    text = "浙江省“十四五”规划主要指标\n\n" + table(
        "序号 指标 单位 2020年 2025年目标 属性", "1 森林覆盖率 % 61.15 ≥61.5 约束性", "2 高速公路里程 公里 5096 6000左右 预期性"
    )
    assert rows_of(extractor, tmp_path / "a.md", text) == [
        ("浙江省", "森林覆盖率", "share", "=61.15", "%", "table", "2020"),
        ("浙江省", "森林覆盖率", "target", ">61.5", "%", "table", "2025"),
        ("浙江省", "高速公路里程", "level", "=5096", "公里", "table", "2020"),
        ("浙江省", "高速公路里程", "target", "~6000", "公里", "table", "2025"),
    ]


def test_the_sum_of_a_list_of_works_is_of_none_of_them_and_years_of_building_are_no_figures(extractor: Extractor, tmp_path: Path) -> None:
    text = "嘉兴市重点工程\n\n" + table("序号 项目名称 总投资（万元） 建设年限", "1 湘湖水库工程 4,850 2021-2023", "合计 — 9,610 —")
    assert [row[1:4] for row in rows_of(extractor, tmp_path / "a.md", text)] == [("总投资", "level", "=48500000")]


def test_heads_of_two_rows_in_a_page(extractor: Extractor, tmp_path: Path) -> None:
    head = (
        "<tr><th rowspan=2>地区</th><th colspan=2>地区生产总值</th><th colspan=2>固定资产投资</th></tr>"
        "<tr><th>总量</th><th>增长</th><th>总量</th><th>增长</th></tr>"
    )
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row.split())}</tr>" for row in (
        "南湖区 401.2 6.3 120.5 -3.1", "海宁市 612.5 5.9 210 8.8", "全市合计 3200.1 6.0 900 5.0",
    ))  # fmt: skip
    page = (
        "<html><head><meta charset=utf-8><title>2023年上半年嘉兴市经济运行情况</title></head><body><h1>2023年上半年嘉兴市经济运行情况</h1>"
        f"<p>上半年，全市经济运行平稳向好，主要指标好于预期。</p><p>单位：亿元、%</p><table>{head}{rows}</table></body></html>"
    )
    half = "2023-01-01/2023-06-30"
    assert rows_of(extractor, tmp_path / "a.html", page) == [
        (subject, indicator, kind, f"={value}", unit, "table", half)
        for subject, values in {
            "南湖区": ("40120000000", "6.3", "12050000000", "-3.1"), "海宁市": ("61250000000", "5.9", "21000000000", "8.8"),
            "嘉兴市": ("320010000000", "6", "90000000000", "5"),
        }.items()
        for (indicator, kind, unit), value in zip((
            ("地区生产总值", "level", "CNY"), ("地区生产总值", "growth", "%"), ("固定资产投资", "level", "CNY"), ("固定资产投资", "growth", "%"),
        ), values, strict=True)
    ]  # fmt: skip


def test_a_head_that_the_one_below_says_again_is_said_once(extractor: Extractor, tmp_path: Path) -> None:
    head = "<tr><th rowspan=2>项目名称</th><th colspan=2>投资（万元）</th></tr><tr><th>总投资</th><th>已完成</th></tr>"
    page = f"<html><head><meta charset=utf-8></head><body><h1>嘉兴市重点工程</h1><p>各项工程进展顺利，现将情况公布如下。</p><table>{head}<tr><td>湘湖水库工程</td><td>4850</td><td>1200</td></tr></table></body></html>"
    assert [row[1] for row in rows_of(extractor, tmp_path / "a.html", page)] == ["总投资", "投资已完成"]


def test_classes_of_indicators_in_a_word_file(extractor: Extractor, tmp_path: Path) -> None:
    import docx

    written = docx.Document()
    written.add_paragraph("江苏省2024年主要指标完成情况和2025年目标")
    sheet = written.add_table(rows=0, cols=5)
    for line in ("类别 指标 单位 2024年完成 2025年目标", "经济 地区生产总值增长 % 5.8 5以上", "经济 城镇新增就业 万人 137 120", "民生 城镇调查失业率 % 4.6 5左右"):
        for cell, words in zip(sheet.add_row().cells, line.split(), strict=True):
            cell.text = words
    sheet.cell(2, 0).text = ""
    sheet.cell(1, 0).merge(sheet.cell(2, 0))
    written.save(str(tmp_path / "b.docx"))
    assert rows_of(extractor, tmp_path / "a.docx", (tmp_path / "b.docx").read_bytes()) == [
        ("江苏省", "地区生产总值", "growth", "=5.8", "%", "table", "2024"),
        ("江苏省", "地区生产总值", "target", ">5", "%", "table", "2025"),
        ("江苏省", "城镇新增就业", "change", "=1370000", "人", "table", "2024"),
        ("江苏省", "城镇新增就业", "target", "=1200000", "人", "table", "2025"),
        ("江苏省", "城镇调查失业率", "share", "=4.6", "%", "table", "2024"),
        ("江苏省", "城镇调查失业率", "target", "~5", "%", "table", "2025"),
    ]


def test_a_csv_file_of_figures(extractor: Extractor, tmp_path: Path) -> None:
    text = "2024年浙江省各市主要指标\n单位：亿元,,\n地区,地区生产总值,同比增长(%)\n杭州市,\"21,860\",4.7\n宁波市,18147.7,5.4\n"
    assert rows_of(extractor, tmp_path / "a.csv", text) == [
        ("杭州市", "地区生产总值", "level", "=2186000000000", "CNY", "table", "2024"),
        ("杭州市", "地区生产总值", "growth", "=4.7", "%", "table", "2024"),
        ("宁波市", "地区生产总值", "level", "=1814770000000", "CNY", "table", "2024"),
        ("宁波市", "地区生产总值", "growth", "=5.4", "%", "table", "2024"),
    ]


def test_years_in_rows_and_the_same_time_of_the_year_before(extractor: Extractor, tmp_path: Path) -> None:
    text = "上海市固定资产投资（亿元）\n\n" + table("年份 金额 增长(%)", "2021 9000 8.1", "2022 8910 -1.0")
    assert rows_of(extractor, tmp_path / "a.md", text) == [
        ("上海市", "固定资产投资", "level", "=900000000000", "CNY", "table", "2021"),
        ("上海市", "固定资产投资", "growth", "=8.1", "%", "table", "2021"),
        ("上海市", "固定资产投资", "level", "=891000000000", "CNY", "table", "2022"),
        ("上海市", "固定资产投资", "growth", "=-1", "%", "table", "2022"),
    ]
    text = "2024年1-6月上海市主要指标\n\n" + table("指标 单位 本期 上年同期", "用电量 亿千瓦时 820.5 790")
    assert rows_of(extractor, tmp_path / "b.md", text) == [
        ("上海市", "用电量", "level", "=82050000000", "千瓦时", "table", "2024-01-01/2024-06-30"),
        ("上海市", "用电量", "level", "=79000000000", "千瓦时", "table", "2023-01-01/2023-06-30"),
    ]


@pytest.mark.parametrize("lines", [
    ("部门 联系人 联系电话", "办公室 王某 0571-88880000", "规划科 李某 0571-88880001"),
    ("时间 地点 内容", "9:30 会议室 开幕式", "14:00 会议室 讨论"),
    ("序号 项目名称 建设内容", "1 快速路 新建道路", "2 学校 新建教学楼"),
])  # fmt: skip
def test_a_table_of_words_has_no_figures(extractor: Extractor, tmp_path: Path, lines: tuple[str, ...]) -> None:
    path = tmp_path / "a.md"
    path.write_text("通知\n\n" + table(*lines), encoding="utf-8")
    (source,) = find([path])
    (document,) = read(source, ReadOptions())
    assert document.tables and extractor.extract(document).observations == ()


def test_a_row_of_growth_is_of_the_row_above(extractor: Extractor, tmp_path: Path) -> None:
    text = "钱塘区主要指标如下：\n\n" + table("指标 2023年 2024年", "地区生产总值（亿元） 1090 1142", "同比增长（%） 5.5 6.1", "出口额（亿元） 200 210", "同比增长（%） 4.5 5.0")
    assert [row[1:4] for row in rows_of(extractor, tmp_path / "a.md", text)] == [
        ("地区生产总值", "level", "=109000000000"), ("地区生产总值", "level", "=114200000000"),
        ("地区生产总值", "growth", "=5.5"), ("地区生产总值", "growth", "=6.1"),
        ("出口额", "level", "=20000000000"), ("出口额", "level", "=21000000000"),
        ("出口额", "growth", "=4.5"), ("出口额", "growth", "=5"),
    ]  # fmt: skip
    text = "钱塘区情况如下：\n\n" + table("指标 2023年 2024年", "同比增长（%） 5.5 6.1", "出口额（亿元） 200 210")
    assert [row[1] for row in rows_of(extractor, tmp_path / "b.md", text)] == ["出口额", "出口额"]


def test_a_growth_is_of_the_last_year_of_the_columns_not_of_the_title(extractor: Extractor, tmp_path: Path) -> None:
    text = "# 2025年浙江省国民经济主要指标\n\n单位：亿元\n\n" + table("指标 2023年 2024年 同比增长(%)", "地区生产总值 82553 90131 5.5")
    assert [(row[2], row[6]) for row in rows_of(extractor, tmp_path / "a.md", text)] == [("level", "2023"), ("level", "2024"), ("growth", "2024")]


@pytest.mark.parametrize("text", [
    "地区,年份,常住人口（万人）\n杭州市,2023,1252.2\n杭州市,2024,1262.4\n",
    "年份,地区,常住人口（万人）\n2023,杭州市,1252.2\n2024,杭州市,1262.4\n",
    "地区,常住人口（万人）,年份\n杭州市,1252.2,2023\n杭州市,1262.4,2024\n",
])  # fmt: skip
def test_a_column_of_years_dates_its_rows(extractor: Extractor, tmp_path: Path, text: str) -> None:
    assert rows_of(extractor, tmp_path / "a.csv", text) == [
        ("杭州市", "常住人口", "level", "=12522000", "人", "table", "2023"),
        ("杭州市", "常住人口", "level", "=12624000", "人", "table", "2024"),
    ]


def test_an_amount_that_looks_like_a_month_is_read_among_amounts(extractor: Extractor, tmp_path: Path) -> None:
    text = "杭州市2024年主要指标\n\n" + table("区县 地区生产总值（亿元） 时间", "余杭区 2012.9 2024.11", "临平区 1031.2 2024.12")
    assert [(row[0], row[3]) for row in rows_of(extractor, tmp_path / "a.md", text)] == [
        ("余杭区", "=201290000000"), ("临平区", "=103120000000"),
    ]  # fmt: skip


def test_what_a_sheet_says_besides_its_table(extractor: Extractor, tmp_path: Path) -> None:
    """Who filled it in and when is no head, 合计 below 序号 is of nobody, and the year may stand in the file's name alone."""
    text = "绍兴市各区县指标\n填报单位：绍兴市统计局,,,填报日期：3月5日\n序号,区县,生产总值（亿元）,增速（%）\n1,新昌县,12010.8,5.5\n2,高新区,600,6.1\n合计,,12610.8,\n"
    assert [(row[0], *row[1:4], row[6]) for row in rows_of(extractor, tmp_path / "区县指标2023.csv", text)] == [
        ("新昌县", "生产总值", "level", "=1201080000000", "2023"), ("新昌县", "生产总值", "growth", "=5.5", "2023"),
        ("高新区", "生产总值", "level", "=60000000000", "2023"), ("高新区", "生产总值", "growth", "=6.1", "2023"),
    ]  # fmt: skip


def test_a_table_of_projects(extractor: Extractor, tmp_path: Path) -> None:
    """The unit stands in a sentence above; where a project lies and who builds it are no part of the name; what it costs has no day."""
    text = "# 2026年绍兴市重点项目\n\n数据截至2026年6月30日。单位：亿元。\n\n" + table(
        "序号 项目名称 建设地点 建设单位 总投资 2026年计划投资", "3 镜岭水库工程 新昌县 绍兴市水务集团 98.4 21", "4 蓝湾智谷 上虞区、柯桥区 城建公司 12 3",
    )
    assert [(*row[:5], row[6]) for row in rows_of(extractor, tmp_path / "a.md", text)] == [
        ("镜岭水库工程", "总投资", "level", "=9840000000", "CNY", None),
        ("镜岭水库工程", "计划投资", "target", "=2100000000", "CNY", "2026"),
        ("蓝湾智谷", "总投资", "level", "=1200000000", "CNY", None),
        ("蓝湾智谷", "计划投资", "target", "=300000000", "CNY", "2026"),
    ]  # fmt: skip


def test_figures_are_of_the_work_and_of_no_other_column(extractor: Extractor, tmp_path: Path) -> None:
    """What stands before or behind the name of a work, as a district that several share, neither has its figures nor names them."""
    text = "绍兴市重点项目\n\n" + table("区县 项目名称 起止点 总投资（亿元）", "新昌县 镜岭水库工程 甲村—乙村 98.4", "· 澄潭抽水蓄能电站 丙村—丁村 62").replace("·", " ")
    assert [row[:4] for row in rows_of(extractor, tmp_path / "a.md", text)] == [
        ("镜岭水库工程", "总投资", "level", "=9840000000"), ("澄潭抽水蓄能电站", "总投资", "level", "=6200000000"),
    ]  # fmt: skip


def test_what_a_work_has_taken_so_far_is_no_value_of_the_year(extractor: Extractor, tmp_path: Path) -> None:
    text = "龙游县2025年1—5月重点项目进展情况\n\n" + table(
        "项目名称 总投资（亿元） 年度计划投资（亿元） 1—5月完成投资（亿元） 累计完成投资（亿元） 完成率（%）", "衢江大桥 8.6 3 1.2 4.5 40"
    )
    assert rows_of(extractor, tmp_path / "a.md", text) == [
        ("衢江大桥", "总投资", "level", "=860000000", "CNY", "table", None),
        ("衢江大桥", "年度计划投资", "target", "=300000000", "CNY", "table", "2025"),
        ("衢江大桥", "完成投资", "level", "=120000000", "CNY", "table", "2025-01-01/2025-05-31"),
        ("衢江大桥", "累计完成投资", "level", "=450000000", "CNY", "table", None),
        ("衢江大桥", "完成率", "share", "=40", "%", "table", "2025-01-01/2025-05-31"),
    ]


@pytest.mark.parametrize(
    ("head", "indicator", "kind", "period"),
    [
        ("截至2024年底累计完成投资", "累计完成投资", "level", "2024-12-31"),
        ("開工至今累計完成投資", "開工至今累計完成投資", "level", None),
        ("上年底前已完成投资", "已完成投资", "level", None),
        ("2025年投资", "投资", "target", "2025"),
        ("2025年完成投资", "完成投资", "level", "2025"),
        ("“十四五”计划投资", "“十四五”计划投资", "target", "2021-01-01/2025-12-31"),
    ],
)
def test_columns_of_a_plan_of_works(extractor: Extractor, tmp_path: Path, head: str, indicator: str, kind: str, period: str | None) -> None:
    text = "龙游县2025年重大项目投资计划\n\n单位：万元\n\n" + table(f"项目名称 总投资 {head}", "衢江大桥 86000 21000")
    assert rows_of(extractor, tmp_path / "a.md", text)[1:] == [("衢江大桥", indicator, kind, "=210000000", "CNY", "table", period)]


def test_a_month_beside_what_the_year_has_so_far_and_how_much_of_the_goal_is_done(extractor: Extractor, tmp_path: Path) -> None:
    text = "衢州市2025年1-4月固定资产投资完成情况\n\n" + table("区县 年度目标（亿元） 本月完成 累计完成 完成年度目标（%）", "柯城区 120 9.5 41.2 34.3", "衢江区 98 7.7 30.6 31.2")
    assert rows_of(extractor, tmp_path / "a.md", text)[:4] == [
        ("柯城区", "固定资产投资", "target", "=12000000000", "CNY", "table", "2025"),
        ("柯城区", "固定资产投资", "level", "=950000000", "CNY", "table", "2025-04"),
        ("柯城区", "固定资产投资", "level", "=4120000000", "CNY", "table", "2025-01-01/2025-04-30"),
        ("柯城区", "固定资产投资完成年度目标", "share", "=34.3", "%", "table", "2025-01-01/2025-04-30"),
    ]


def test_the_name_of_a_file_tells_whose_a_table_is(extractor: Extractor, tmp_path: Path) -> None:
    assert rows_of(extractor, tmp_path / "绍兴市月度指标.csv", "指标,单位,2024年,2025年\n地区生产总值,亿元,8100,8500\n出口额,亿元,4000,4100\n")[0] == (
        "绍兴市", "地区生产总值", "level", "=810000000000", "CNY", "table", "2024",
    )  # fmt: skip


def test_goals_set_for_districts_and_how_much_of_them_is_done(extractor: Extractor, tmp_path: Path) -> None:
    text = "2024年绍兴市固定资产投资目标分解\n\n" + table("区县 2024年目标（亿元） 增速目标（%） 1-9月完成（亿元） 完成率（%）", "新昌县 300 5.5 210 70")
    assert [row[:4] + row[6:] for row in rows_of(extractor, tmp_path / "a.md", text)] == [
        ("新昌县", "固定资产投资", "target", "=30000000000", "2024"),
        ("新昌县", "固定资产投资", "target", "=5.5", "2024"),
        ("新昌县", "固定资产投资", "level", "=21000000000", "2024-01-01/2024-09-30"),
        ("新昌县", "固定资产投资完成率", "share", "=70", "2024-01-01/2024-09-30"),
    ]


def test_sectors_have_what_the_row_above_them_measures(extractor: Extractor, tmp_path: Path) -> None:
    rows = "指标 单位 2024年", "全市生产总值 亿元 8100", "#第一产业 亿元 240", "第三产业 亿元 4200", "固定资产投资 亿元 3000", "第一产业 亿元 20"
    names = [row[1] for row in rows_of(extractor, tmp_path / "a.md", "绍兴市主要指标\n\n" + table(*rows))]
    assert names == ["全市生产总值", "第一产业增加值", "第三产业增加值", "固定资产投资", "第一产业投资"]


def test_what_a_plan_adds_up_to_is_of_its_years(extractor: Extractor, tmp_path: Path) -> None:
    text = "绍兴市“十四五”规划主要指标\n\n" + table("指标 2020年 2025年目标 年均增长（累计）", "地区生产总值（亿元） 6000 8500 7%左右", "人均预期寿命（岁） 81.2 82 〔0.8〕")
    assert [(row[1], row[2], row[6]) for row in rows_of(extractor, tmp_path / "a.md", text)] == [
        ("地区生产总值", "level", "2020"), ("地区生产总值", "target", "2025"), ("地区生产总值", "target", "2021-01-01/2025-12-31"),
        ("人均预期寿命", "level", "2020"), ("人均预期寿命", "target", "2025"), ("人均预期寿命", "target", "2021-01-01/2025-12-31"),
    ]  # fmt: skip


def test_no_name_runs_from_one_cell_into_the_next(extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("项目表\n\n" + table("序号 项目名称 建设地点 建设单位", "3 镜岭水库工程 新昌县 绍兴市水利投资集团"), encoding="utf-8")
    (source,) = find([path])
    (document,) = read(source, ReadOptions())
    assert {entity.name for entity in extractor.extract(document).entities} >= {"镜岭水库工程", "新昌县", "绍兴市水利投资集团"}


def test_a_year_to_come_in_a_table_of_a_plan_is_a_goal(extractor: Extractor, tmp_path: Path) -> None:
    text = "嘉善县“十四五”水利规划\n\n2021年9月8日\n\n" + table(
        "指标 单位 2020年 2025年 年均增长", "地区生产总值 亿元 656 900 6.5%", "常住人口城镇化率 % 68 73 〔5〕"
    )
    assert rows_of(extractor, tmp_path / "a.md", text) == [
        ("嘉善县", "地区生产总值", "level", "=65600000000", "CNY", "table", "2020"),
        ("嘉善县", "地区生产总值", "target", "=90000000000", "CNY", "table", "2025"),
        ("嘉善县", "地区生产总值", "target", "=6.5", "%", "table", "2021-01-01/2025-12-31"),
        ("嘉善县", "常住人口城镇化率", "share", "=68", "%", "table", "2020"),
        ("嘉善县", "常住人口城镇化率", "target", "=73", "%", "table", "2025"),
        ("嘉善县", "常住人口城镇化率", "target", "=5", "个百分点", "table", "2021-01-01/2025-12-31"),
    ]


def test_a_column_of_kinds_is_no_part_of_what_is_measured(extractor: Extractor, tmp_path: Path) -> None:
    text = "拱墅区社区改造进展\n\n" + table("社区 类型 改造进展 户数", "半山社区 城市社区 已完工 1200", "和睦社区 老旧社区 在建 980")
    assert [row[:4] for row in rows_of(extractor, tmp_path / "a.md", text)] == [("半山社区", "户数", "level", "=1200"), ("和睦社区", "户数", "level", "=980")]


def test_a_count_in_brackets_behind_a_name_is_no_unit(extractor: Extractor, tmp_path: Path) -> None:
    text = "衢州市2025年重点项目\n\n单位：万元\n\n" + table("项目名称 总投资", "交通类（2个） 185000", "白湾大桥 125000")
    assert {row[3:5] for row in rows_of(extractor, tmp_path / "a.md", text)} == {("=1850000000", "CNY"), ("=1250000000", "CNY")}


def test_a_plan_without_a_day_sets_what_its_last_year_is_to_bring(extractor: Extractor, tmp_path: Path) -> None:
    text = "嘉善縣“十四五”水利規劃\n\n" + table(
        "類別 指標 2020年 2025年 年均增速〔累計〕 屬性", "總量 供水量（億立方米） 2.1 2.6 4.4% 預期性", "效率 單位產值用水量降低（%） — — 〔14〕 約束性"
    )
    assert rows_of(extractor, tmp_path / "a.md", text) == [
        ("嘉善縣", "供水量", "level", "=210000000", "立方米", "table", "2020"),
        ("嘉善縣", "供水量", "target", "=260000000", "立方米", "table", "2025"),
        ("嘉善縣", "供水量", "target", "=4.4", "%", "table", "2021-01-01/2025-12-31"),
        ("嘉善縣", "單位產值用水量", "target", "=-14", "%", "table", "2021-01-01/2025-12-31"),
    ]


def test_what_is_added_behind_columns_of_years(extractor: Extractor, tmp_path: Path) -> None:
    text = "嘉善县“十四五”交通规划\n\n" + table("指标 2020年 2025年 五年增加", "公路里程（公里） 512 680 168", "学龄人口平均受教育年限（年） 9.8 10.6 0.8")
    assert [row[1:5] + row[6:] for row in rows_of(extractor, tmp_path / "a.md", text)] == [
        ("公路里程", "level", "=512", "公里", "2020"), ("公路里程", "target", "=680", "公里", "2025"),
        ("公路里程", "target", "=168", "公里", "2021-01-01/2025-12-31"),
        ("学龄人口平均受教育年限", "level", "=9.8", "年", "2020"), ("学龄人口平均受教育年限", "target", "=10.6", "年", "2025"),
        ("学龄人口平均受教育年限", "target", "=0.8", "年", "2021-01-01/2025-12-31"),
    ]  # fmt: skip


def test_two_halves_of_a_table_set_side_by_side(extractor: Extractor, tmp_path: Path) -> None:
    text = "2024年嘉善县分行业固定资产投资增长速度\n\n" + table(
        "行业 比上年增长（%） 行业 比上年增长（%）", "总计 4.8 金融业 -23.1", "采矿业 15.4 教育 3.9"
    )
    assert sorted(row[:4] for row in rows_of(extractor, tmp_path / "a.md", text)) == sorted([
        ("嘉善县", "固定资产投资", "growth", "=4.8"), ("嘉善县", "采矿业固定资产投资", "growth", "=15.4"),
        ("嘉善县", "金融业固定资产投资", "growth", "=-23.1"), ("嘉善县", "教育固定资产投资", "growth", "=3.9"),
    ])  # fmt: skip


def test_a_caption_that_says_that_all_values_are_rates_of_growth(extractor: Extractor, tmp_path: Path) -> None:
    body = table("指标 全市 农村", "居民消费价格 0.2 0.3", "食品价格 -0.6 -0.4")
    told = {caption: [row[1:4] for row in rows_of(extractor, tmp_path / "a.md", f"2024年嘉兴市{caption}\n\n单位：%\n\n{body}")] for caption in ("价格涨跌幅度", "价格指数及涨幅")}
    assert told["价格涨跌幅度"] == [
        ("居民消费价格", "growth", "=0.2"), ("居民消费价格农村", "growth", "=0.3"), ("食品价格", "growth", "=-0.6"), ("食品价格农村", "growth", "=-0.4"),
    ]  # fmt: skip
    assert "growth" not in {kind for _, kind, _ in told["价格指数及涨幅"]}


def test_of_two_units_in_one_note_a_sum_of_money_has_that_of_money(extractor: Extractor, tmp_path: Path) -> None:
    text = "嘉善县公路项目\n\n单位：公里、亿元\n\n" + table("项目名称 里程 建设年限 总投资 责任单位", "平黎公路改建工程 22.5 2022—2024 9.8 嘉善县交通运输局")
    assert [row[:2] + row[3:5] for row in rows_of(extractor, tmp_path / "a.md", text)] == [
        ("平黎公路改建工程", "里程", "=22.5", "公里"), ("平黎公路改建工程", "总投资", "=980000000", "CNY"),
    ]  # fmt: skip


def test_a_rate_behind_a_column_of_goals_is_one_too(extractor: Extractor, tmp_path: Path) -> None:
    text = "2024年嘉善县主要指标\n\n" + table("指标 计划（亿元） 增长（%） 完成（亿元） 增长（%）", "零售总额 240 5 236 3.1")
    assert [row[2:4] for row in rows_of(extractor, tmp_path / "a.md", text)] == [
        ("target", "=24000000000"), ("target", "=5"), ("level", "=23600000000"), ("growth", "=3.1"),
    ]  # fmt: skip


def test_a_row_heads_works_and_says_how_far_they_are(extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    rows = (
        "合计（3个） · 9600 ·", "一、续建项目（1个） · · ·", "1 镜岭水库工程 4850 市水利局", "二、新开工项目（1个） · · ·", "（一）交通 · · ·", "2 曹娥江大桥改建工程 2750 新昌县交通局",
        "三、其他 · · ·", "3 三江污水处理厂工程 2000 市建设局",
    )  # fmt: skip
    path.write_text("绍兴市重点项目\n\n" + table("序号 项目名称 总投资（万元） 责任单位", *rows).replace("·", ""), encoding="utf-8")
    (source,) = find([path])
    (document,) = read(source, ReadOptions())
    facts = extractor.extract(document)
    names = {entity.id: entity.name for entity in facts.entities}
    assert [(names[one.subject], one.value) for one in facts.relations if one.predicate == "hasStatus"] == [("镜岭水库工程", "underway"), ("曹娥江大桥改建工程", "planned")]
    assert {names[one.subject] for one in facts.observations} == {"镜岭水库工程", "曹娥江大桥改建工程", "三江污水处理厂工程"}


def test_an_organ_in_a_row_is_of_the_area_that_the_table_is_of_not_of_the_place_of_the_work(extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("嘉兴市重点项目\n\n" + table("序号 项目名称 建设地点 总投资（万元） 责任单位", "1 钱塘江大堤加固工程 海宁市 4850 市水利局"), encoding="utf-8")
    (source,) = find([path])
    (document,) = read(source, ReadOptions())
    facts = extractor.extract(document)
    names = {entity.id: entity.name for entity in facts.entities}
    assert [names[one.object or ""] for one in facts.relations if one.predicate == "governs"] == ["嘉兴市"]


def test_a_row_of_a_kind_of_works_is_none_of_them(extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    for numbers, wanted in ((("一", "1"), {"镜岭水库扩建工程"}), (("一", "二"), {"中型水库工程", "镜岭水库扩建工程"})):
        rows = f"{numbers[0]} 中型水库工程 · 市水利局", f"{numbers[1]} 镜岭水库扩建工程 4850 市水利局"
        path.write_text("绍兴市重点项目\n\n" + table("序号 项目名称 总投资（万元） 责任单位", *rows).replace("·", ""), encoding="utf-8")
        (source,) = find([path])
        (document,) = read(source, ReadOptions())
        facts = extractor.extract(document)
        names = {entity.id: entity.name for entity in facts.entities}
        assert {names[one.object or ""] for one in facts.relations if one.predicate == "responsibleFor"} == wanted
