"""Whatever is written: every span lies in the text, and the text of a cell or heading is the one put in."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.model import Document
from kg.read import ReadOptions, SourceFile, read_bytes
from kg.read.encoding import clean
from kg.read.gaps import close_gaps
from kg.read.html_fragment import html_lines
from kg.read.line_joining import PAGE_BORDER, join_broken_lines, join_hard_wraps, unspace
from kg.read.noise import load_noise, noise_spans
from kg.read.rendering import TextBuilder, squeeze

CHINESE = st.text(alphabet="錢塘区建设工程开通图摄记者（）：。，— 12\t\n\u3000𠮷e\u0301", max_size=40)
WORDS = st.text(alphabet="錢塘区建设工程开通12𠮷", min_size=1, max_size=12)
ANYTHING = st.text(max_size=60)


def check_spans(document: Document) -> None:
    length = len(document.text)
    for spans in (document.headings, document.noise):
        at = 0
        for start, end in spans:
            assert at <= start < end <= length
            at = end
    for table in document.tables:
        assert 0 <= table.start <= table.end <= length
        for cell in table.cells:
            assert table.start <= cell.start <= cell.end <= table.end
            assert not set(document.text[cell.start : cell.end]) & {"\t", "\n"}
    assert list(document.pages) == sorted(document.pages)
    assert not set(document.text) & {"\r", "\x00", "\ud800"}


@given(st.lists(st.one_of(CHINESE, ANYTHING), max_size=6), st.sampled_from(["txt", "md", "html", "jsonl", "csv"]))
@settings(max_examples=150, deadline=None)
def test_spans_of_any_text(lines: list[str], suffix: str) -> None:
    data = "\n".join(lines).encode("utf-8", "replace")
    try:
        documents = read_bytes(data, SourceFile(Path(f"a.{suffix}"), "x/a"), ReadOptions()).documents
    except KgError:
        return
    for document in documents:
        check_spans(document)


@given(st.binary(max_size=200), st.sampled_from(["txt", "md", "html", "docx", "pdf", "jsonl", "csv", "doc"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_documents_or_a_reason(data: bytes, suffix: str) -> None:
    try:
        documents = read_bytes(data, SourceFile(Path(f"a.{suffix}"), "x/a"), ReadOptions()).documents
    except KgError as reason:
        assert reason.file == f"a.{suffix}"
    else:
        for document in documents:
            check_spans(document)


@given(
    st.lists(st.tuples(WORDS, st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=2, max_size=3)), max_size=3)
)
def test_cells_and_headings_point_to_what_was_put_in(parts: list[tuple[str, list[list[str]]]]) -> None:
    builder = TextBuilder()
    for heading, rows in parts:
        builder.heading(heading, 2)
        builder.table(rows)
    rendered = builder.rendered()
    assert [rendered.text[h.start : h.end] for h in rendered.headings] == [heading for heading, _ in parts]
    found = [[rendered.text[c.start : c.end] for c in table.cells] for table in rendered.tables]
    assert found == [[cell for row in rows for cell in row] for _, rows in parts]
    assert [rendered.text[t.start : t.end] for t in rendered.tables] == [
        "\n".join("\t".join(row) for row in rows) for _, rows in parts
    ]


@given(CHINESE)
def test_noise_spans_are_sorted_and_apart(text: str) -> None:
    spans = noise_spans(text, load_noise())
    for (_, end), (start, _) in pairwise(spans):
        assert end < start
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(ANYTHING)
def test_cleaning_is_done_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert squeeze(squeeze(text)) == squeeze(text)


@given(CHINESE)
def test_joining_lines_loses_no_character(text: str) -> None:
    joined = join_broken_lines(text)
    assert [c for c in joined if not c.isspace()] == [c for c in text if not c.isspace()] or "-" in text


@given(st.text(alphabet="<>/pbr!- \"='甲乙&;", max_size=60))
def test_any_markup_ends(markup: str) -> None:
    assert all(text.strip() for text, _ in html_lines(markup))


def test_a_broken_title_is_joined() -> None:
    text = "某省人民政府关于公布第八批省级工\n业园区名单的通知\n某政发〔2026〕9号\n" + "各市要按照条例的要求加快园区建设，力争到明年全省的园区总产值再上一个新的大台阶。\n" * 3
    assert join_broken_lines(text).split("\n")[0] == "某省人民政府关于公布第八批省级工业园区名单的通知"
    assert "某省关于公布名单的通知\n关于印发方案的通知" in join_broken_lines("某省关于公布名单的通知\n关于印发方案的通知\n" + text)
    three = text.replace("级工\n业园区", "级\n工业园区\n")
    assert join_broken_lines(three).split("\n")[0] == "某省人民政府关于公布第八批省级工业园区名单的通知"
    passed_on = "某市关于转发某局\n关于开展普查工作方案的通知"
    assert join_broken_lines(f"{passed_on}\n{text}").startswith(passed_on.replace("\n", ""))


@pytest.mark.parametrize(
    "head",
    [
        "关于我们\n通知公告",
        "关于我们\n联系我们\n网站地图\n使用帮助\n隐私声明\n通知公告",
        "某厅关于印发方案\n通知公告",
        "某省关于推进园区工作的总体情况\n某政发〔2026〕9号\n某省的通知",
        "某省关于推进园区工作的总体情况\n关于公布第八批省级工业园区名单的通知",
    ],
)
def test_lines_that_are_no_title_stay_apart(head: str) -> None:
    text = head + "\n" + "各市要按照条例的要求加快园区建设，力争到明年全省的园区总产值再上一个新的大台阶。\n" * 3
    assert join_broken_lines(text).startswith(head + "\n")


def test_gaps_between_scripts_are_closed_where_a_file_has_them_all_through() -> None:
    lines = ["全长 32.5 公里，设站 14 座，时速 120 公里/ 小时。", "某发〔 2024 〕 12 号", "甲水厂 4850 2021", "S2 线工程的批复"]
    assert close_gaps(lines) == ["全长32.5公里，设站14座，时速120公里/小时。", "某发〔2024〕12号", "甲水厂 4850 2021", "S2 线工程的批复"]
    few = ["全长32.5公里，设站14座，时速120公里，共 3 期，投资8亿元。"]
    assert close_gaps(few) == few


def test_gaps_on_one_side_only_and_at_quotation_marks_are_closed() -> None:
    behind = ["全长32.5 公里，设站14 座，时速120 公里。", "单位 2023 年", "12 月 3日"]
    assert close_gaps(behind) == ["全长32.5公里，设站14座，时速120公里。", "单位 2023 年", "12 月 3日"]
    assert unspace("实施 “ 强市 ” 战略 1") == "实施“强市”战略 1"
    fields = ["发布于 2024-04-11 来源：甲报"]
    assert close_gaps([*fields, "全长 32.5 公里，设站 14 座，时速 120 公里。"])[0] == "发布于2024-04-11 来源：甲报"


SPACED = "截至 2024 年 5 月 31 日，全线 12 个标段完成投资 8.5 亿元，占 62.5% 。"


@pytest.mark.parametrize(
    ("suffix", "written"),
    [
        ("txt", f"某线 2024 年进展\n{SPACED}\n"),
        ("md", f"## 某线 2024 年进展\n\n{SPACED}\n\n| 标段 | 2023 年 | 2024 年 |\n|---|---|---|\n| G2 标段 | 310 | 542 |\n"),
        ("html", f"<h1>某线 2024 年进展</h1><p>{SPACED}</p><table><tr><th>标段<th>2023 年<th>2024 年<tr><td>G2 标段<td>310<td>542</table>"),
    ],
)
def test_gaps_are_closed_in_every_format_and_spans_move_with_them(suffix: str, written: str) -> None:
    (document,) = read_bytes(written.encode(), SourceFile(Path(f"a.{suffix}"), "x/a"), ReadOptions()).documents
    check_spans(document)
    lines = document.text.strip().split("\n")
    assert [line for line in lines if line][:2] == ["某线2024年进展", "截至2024年5月31日，全线12个标段完成投资8.5亿元，占62.5%。"]
    assert [document.text[start:end] for start, end in document.headings] == ["某线2024年进展"]
    cells = [[document.text[cell.start : cell.end] for cell in table.cells] for table in document.tables]
    assert cells in ([], [["标段", "2023年", "2024年", "G2标段", "310", "542"]])
    assert bool(cells) == (suffix != "txt")


def test_a_figure_at_the_head_of_a_line_is_no_numbering() -> None:
    line = "全区地区生产总值达到一千零五十亿元以上比上年增长"
    assert join_broken_lines(f"{line}\n2.9%，比上年快。\n{line}\n3.加快建设。") == f"{line}2.9%，比上年快。\n{line}\n3.加快建设。"


FULL_LINE = "全区地区生产总值达到一千零五十亿元以上比上年增长"


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("东部各市要锚定方向加快发展，鼓起“重振雄风”", "的壮志，打造新的优势。"),
        ("推进校（院、所）合作，扶持高校（含职业院校）", "科技平台建设。"),
        ("高技术产业、绿色低碳产业增加值增长", "6.9%、8.4%、10.2%，其余产业增长2%。"),
        ("深化县城新型城镇化建设试点，推进县城精修细补", "十项工程扎实实施。"),
        ("（五）努力把农牧业打造成现代化大产业，加快建", "设新牧区。"),
        (FULL_LINE, f"{PAGE_BORDER}百分之五。"),
    ],
)
def test_a_full_line_goes_on(line: str, following: str) -> None:
    page = f"{FULL_LINE}\n\n" * 9
    assert join_broken_lines(f"{page}{line}\n{following}") == f"{page}{line}{following}"


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("（五）全力保障和改善民生，提升品质", "民心工程扎实推进。"),  # a heading, shorter than a full line
        ("——2024年1月16日在某县第十七届人民代表大会第三次会议上", "某县人民政府"),
        ("加快发展（责任单位：区发展改革局、区财政局）", "推进改革。"),
        ("会议指出：“要加快推进园区建设，早日见效。”", "会议还听取了汇报。"),
        (FULL_LINE, f"{PAGE_BORDER}七、加快建设"),
    ],
)
def test_a_line_that_is_ended_does_not(line: str, following: str) -> None:
    text = f"{FULL_LINE}\n\n" * 9 + f"{line}\n{following}"
    assert join_broken_lines(text) == text


def test_rows_of_a_table_stay_apart() -> None:
    rows = "主要指标及其增长 单位 总量 比上年增长（%）\n地区生产总值合计 亿元 930.5 4.8\n规上工业增加值合计 亿元 1,301.2 -5.5%\n"
    assert join_broken_lines(rows) == rows


def test_a_line_that_ends_in_a_comma_goes_on() -> None:
    assert join_broken_lines("全县生产总值达到四百亿元，\n增长百分之五。") == "全县生产总值达到四百亿元，增长百分之五。"


WRAPPED = (
    "甲市推进港口建设\n"
    "　　近日，甲市召开推进会，部署港口建设的重点工作。会议指出，去年全市港口实现货物吞\n"
    "吐量4200万吨，增长11.3%，占全省的三成以上，其中外贸货物吞吐量超过了1500万\n"
    "吨。\n"
    "　　会议强调，要加快建设二期码头、疏港铁路等重大项目，力争三年内港口吞吐能力突破一\n"
    "亿吨。"
)


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n \n"])
def test_lines_that_an_editor_broke_at_one_width_are_joined(between: str) -> None:
    joined = join_hard_wraps(WRAPPED.replace("\n", between))
    assert [line for line in joined.split("\n") if line] == [
        "甲市推进港口建设",
        "　　近日，甲市召开推进会，部署港口建设的重点工作。会议指出，去年全市港口实现货物吞吐量4200万吨，增长11.3%，占全省的三成以上，其中外贸货物吞吐量超过了1500万吨。",
        "　　会议强调，要加快建设二期码头、疏港铁路等重大项目，力争三年内港口吞吐能力突破一亿吨。",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "名单\n" + "甲地至乙地铁路建设工程第二阶段丙段和丁段\n" * 4,  # a list: no marks
        "甲区，乙区。\n" * 6,  # short
        WRAPPED + "\n" + "全市上下要抓好落实，" * 12,  # a paragraph of one line
        "1.甲公司，注册地为乙区，主要经营港口装卸和货物仓储业务\n" * 5,
    ],
)
def test_other_lines_stay_as_they_are(text: str) -> None:
    assert join_hard_wraps(text) == text
