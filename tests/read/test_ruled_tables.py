"""Tables of PDFs: those with ruling lines have cells, on one page and over several; what is not surely a table stays text."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from kg.extract.extractor import Extractor
from kg.model import Document
from kg.read.page_words import page_words
from tests.read.drawn import LEFT, TOP, bar, line, pdf, table, word

ReadAs = Callable[..., list[Document]]
WIDTHS = [120, 80, 80, 100]
EDGES = [LEFT + sum(WIDTHS[:at]) for at in range(5)]
HEAD = ["指标", "2023年", "2024年", "同比增长(%)"]
ROWS = [HEAD, ["地区生产总值", "1090.2", "1142.15", "4.8"], ["固定资产投资", "511.2", "530.1", "3.7"]]
LINES = ["\t".join(row) for row in ROWS]


def words_only(operations: list[str]) -> list[str]:
    return [operation for operation in operations if operation.startswith("BT")]


def around(left: float, right: float, top: float, bottom: float) -> list[str]:
    return [line(left, top, right, top), line(left, bottom, right, bottom), line(left, top, left, bottom), line(right, top, right, bottom)]


BARS = [bar(x, y, 0.5, 20) for x in EDGES for y in (700, 720, 740)] + [bar(x, y, width, 0.5) for x, width in zip(EDGES, WIDTHS, strict=False) for y in (700, 720, 740, 760)]
OPEN = [drawn for drawn in table(ROWS, WIDTHS, rules="columns") if not drawn.startswith((f"{EDGES[0]} {TOP} m {EDGES[0]} ", f"{EDGES[-1]} {TOP} m {EDGES[-1]} "))]


@pytest.mark.parametrize(
    "drawn",
    [table(ROWS, WIDTHS), table(ROWS, WIDTHS, rules="columns"), OPEN, [*words_only(table(ROWS, WIDTHS)), *BARS], [*BARS, *words_only(table(ROWS, WIDTHS))]],
    ids=["all lines", "no lines between rows", "open sides", "bars", "bars first"],
)
def test_a_ruled_table_has_cells(read_as: ReadAs, drawn: list[str]) -> None:
    page = [word("嘉善县2024年主要指标", 60, 800), word("单位：亿元", 300, 770), *drawn, word("注：本表为初步核算数。", 60, 600)]
    (document,) = read_as("a.pdf", pdf(page))
    assert document.text.split("\n") == ["嘉善县2024年主要指标", "单位：亿元", *LINES, "注：本表为初步核算数。"]
    (found,) = document.tables
    assert document.text[found.start : found.end] == "\n".join(LINES) and found.caption == "单位：亿元"
    assert [document.text[cell.start : cell.end] for cell in found.cells] == [text for row in ROWS for text in row]
    assert {cell.row for cell in found.cells if cell.header} == {0}


def test_cells_of_several_lines(read_as: ReadAs) -> None:
    """Which do not stand at the heights of those beside them; in the text they stand cell by cell."""
    words = [("项目名称", 63, 740), ("总投", 183, 746), ("资（亿元）", 183, 734), ("建设年限", 263, 740), ("嘉善大道", 63, 706), ("改造工程", 63, 694), ("7.2", 183, 700), ("2023-", 263, 706), ("2025", 263, 694)]
    lines = [*around(60, 360, 760, 680), line(60, 720, 360, 720), line(180, 760, 180, 680), line(260, 760, 260, 680)]
    (document,) = read_as("a.pdf", pdf([word("嘉善县重点项目", 60, 800), *(word(*placed) for placed in words), *lines, word("注：初步数。", 60, 600)]))
    assert document.text.split("\n") == ["嘉善县重点项目", "项目名称\t总投资（亿元）\t建设年限", "嘉善大道改造工程\t7.2\t2023-2025", "注：初步数。"]


def three_lines(rows: list[list[str]], top: int) -> list[str]:
    return table(rows, WIDTHS, rules="level", top=top)


def test_lines_that_part_rows_only(read_as: ReadAs) -> None:
    """Below the rule of a running head, above that of the foot; beside a table with all its lines."""
    others = [HEAD, ["进出口总额", "8.1", "9.0", "1.5"], ["税收", "5.1", "6.0", "7.0"]]
    page = [
        line(60, 820, 440, 820), word("嘉善县2024年主要指标", 60, 800), *three_lines(ROWS, 760), word("其他指标如下，均为初步核算数，以年报为准。", 60, 660), *three_lines(others, 640),
        word("各镇指标如下，均为初步核算数，以年报为准。", 60, 560), *table(ROWS, WIDTHS, top=540), word("注：初步数。", 60, 460), line(60, 60, 440, 60), word("— 3 —", 240, 40),
    ]  # fmt: skip
    (document,) = read_as("a.pdf", pdf(page))
    told = ["嘉善县2024年主要指标", *LINES, "其他指标如下，均为初步核算数，以年报为准。", *map("\t".join, others), "各镇指标如下，均为初步核算数，以年报为准。", *LINES, "注：初步数。"]
    assert document.text.split("\n") == told and len(document.tables) == 3


def test_a_head_over_several_columns_without_lines_between(read_as: ReadAs) -> None:
    words = [("指标", 63, 726), ("2023年", 215, 746), ("绝对数（亿元）", 163, 726), ("增长（%）", 263, 726)]
    rows = [("地区生产总值", "1142.15", "4.8"), ("固定资产投资", "530.1", "3.7")]
    words += [(text, x, 706 - 20 * row) for row, texts in enumerate(rows) for text, x in zip(texts, (63, 163, 263), strict=True)]
    (document,) = read_as("a.pdf", pdf([*(word(*placed) for placed in words), *(line(60, y, 360, y) for y in (760, 720, 680))]))
    assert document.text.split("\n") == ["指标\t2023年\t", "\t绝对数（亿元）\t增长（%）", *map("\t".join, rows)]
    assert {cell.row for cell in document.tables[0].cells if cell.header} == {0, 1}


def test_a_page_that_lies_on_its_side(read_as: ReadAs) -> None:
    (document,) = read_as("a.pdf", pdf(["q 0 1 -1 0 595 0 cm", *table(ROWS, WIDTHS, top=500), "Q"], turned=90))
    assert document.text.split("\n") == LINES and len(document.tables) == 1


def test_cells_that_span_others_stand_in_the_first(read_as: ReadAs) -> None:
    words = [("指标", 63, 736), ("2024年", 183, 746), ("绝对数（亿元）", 183, 726), ("增长（%）", 263, 726), ("地区生产总值", 63, 706), ("1142.15", 183, 706), ("4.8", 263, 706)]
    lines = [*around(60, 380, 760, 700), line(180, 740, 380, 740), line(60, 720, 380, 720), line(180, 760, 180, 700), line(260, 740, 260, 700)]
    (document,) = read_as("a.pdf", pdf([*(word(*placed) for placed in words), *lines]))
    assert document.text.split("\n") == ["指标\t2024年\t", "\t绝对数（亿元）\t增长（%）", "地区生产总值\t1142.15\t4.8"]
    assert {cell.row for cell in document.tables[0].cells if cell.header} == {0, 1}


def test_a_table_goes_on_on_the_next_pages(read_as: ReadAs) -> None:
    further = [["工业增加值", "5.1", "6.0", "7.0"], ["进出口总额", "8.1", "9.0", "1.5"]]
    pages = [
        [word("嘉善县2024年主要指标", 60, 800), *table(ROWS, WIDTHS, top=140), word("— 1 —", 280, 40)],
        [word("续表", 60, 780), *table([HEAD, further[0]], WIDTHS), word("— 2 —", 280, 40)],
        [*table(further[1:], WIDTHS), word("注：初步数。", 60, 600), word("— 3 —", 280, 40)],
    ]
    (document,) = read_as("a.pdf", pdf(*pages))
    assert document.text.split("\n") == ["嘉善县2024年主要指标", *LINES, *map("\t".join, further), "注：初步数。"]
    assert len(document.tables) == 1
    assert [document.text[at:].split("\t")[0] for at in document.pages[1:]] == ["工业增加值", "进出口总额"]


@pytest.mark.parametrize(
    "below",
    [
        table([["分区", "人口", "面积", "密度"], ["甲区", "5.1", "6.0", "7.0"]], WIDTHS),
        table([HEAD, ["甲区", "5.1", "6.0", "7.0"]], [100, 80, 80, 100]),
        [word("表2 各区情况", 60, 790), *table([HEAD, ["甲区", "5.1", "6.0", "7.0"]], WIDTHS)],
    ],
    ids=["heads of its own", "other columns", "a caption"],
)
def test_another_table_on_the_next_page_is_one_of_its_own(read_as: ReadAs, below: list[str]) -> None:
    (document,) = read_as("a.pdf", pdf([word("嘉善县2024年主要指标", 60, 800), *table(ROWS, WIDTHS, top=140)], below))
    assert len(document.tables) == 2


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ([*words_only(table(ROWS, WIDTHS)), line(60, 780, 440, 780), line(60, 760, 440, 760)], [line.replace("\t", " ") for line in LINES]),
        (table([["指标", "数值", "增长"], ["规模以上工业", "", ""], ["增加值", "5.0", "1.0"], ["投资", "7.0", "2.0"]], [100, 100, 100], rules="level"), ["指标 数值 增长", "规模以上工业", "增加值 5.0 1.0", "投资 7.0 2.0"]),
        (table([["指标", "数值", ""], ["工业", "5.0", "1.0"], ["投资", "7.0", "2.0"]], [100, 100, 100], rules="level"), ["指标 数值", "工业 5.0 1.0", "投资 7.0 2.0"]),
        (table([["指标", "数值"], ["工业", "5.0"], ["投资", "正在汇总"]], [100, 100], rules="level"), ["指标 数值", "工业 5.0", "投资 正在汇总"]),
        (table([["指标", "数值"], ["规模以上工业", ""], ["增加值", "5.0"], ["投资", "7.0"]], [100, 100], rules="columns"), ["指标 数值", "规模以上工业", "增加值 5.0", "投资 7.0"]),
        ([word("各区人民政府：", 70, 700), word("现印发。", 70, 680), *around(60, 500, 760, 600)], ["各区人民政府：", "现印发。"]),
        ([*(line(60, y, 400, y) for y in range(500, 700, 40)), *(line(x, 500, x, 660) for x in range(60, 420, 60)), word("5", 70, 510), word("6", 130, 540)], ["5", "6"]),
        ([*(word("全县各项工作取得新进展，" * 3, 63, 740 - 11 * at) for at in range(12)), word("甲", 450, 740), word("乙", 450, 500), word("丙", 63, 500), *around(60, 480, 760, 480), line(60, 520, 480, 520), line(440, 760, 440, 480)], None),
        (["1 1 1 RG", *table(ROWS, WIDTHS)], [line.replace("\t", " ") for line in LINES]),
    ],
    ids=["lines above only", "a name over two lines, no lines between columns", "a column without a head", "a column of words and values", "a name over two lines", "a frame", "a chart", "text in a frame", "white lines"],
)
def test_what_is_not_surely_a_table_stays_text(read_as: ReadAs, page: list[str], text: list[str] | None) -> None:
    (document,) = read_as("a.pdf", pdf(page))
    assert document.tables == () and (text is None or document.text.split("\n") == text)


def test_lines_between_groups_of_rows(read_as: ReadAs) -> None:
    page = table([["指标", "数值"], ["其中：", ""], ["工业增加值", "5.0"], ["投资", "7.0"]], [100, 100], rules="columns")
    assert read_as("a.pdf", pdf(page))[0].text.split("\n") == ["指标\t数值", "其中：\t", "工业增加值\t5.0", "投资\t7.0"]


@pytest.mark.parametrize("line", ["续表", "續表1", "续表 3-2", "表3（续）", "（续表）", "（接上表）"])
def test_words_above_a_table_that_goes_on(line: str) -> None:
    assert page_words().table_goes_on.fullmatch(line)
    for other in ("续表明细", "表3 各区情况", "续建项目表"):
        assert not page_words().table_goes_on.fullmatch(other)


def test_a_table_on_a_page_of_vertical_text_is_no_part_of_it(read_as: ReadAs) -> None:
    upright = [word(character, 500, 800 - 20 * at) for at, character in enumerate("嘉善县二〇二四年主要指标由统计局汇总")]
    (document,) = read_as("a.pdf", pdf([*upright, *table(ROWS, WIDTHS, top=400)]))
    assert len(document.tables) == 1 and "\ue001" not in document.text


def test_figures_of_a_ruled_table(read_as: ReadAs, extractor: Extractor) -> None:
    page = [word("嘉善县2024年国民经济和社会发展统计公报", 60, 800), word("单位：亿元", 300, 770), *table(ROWS, WIDTHS, rules="columns")]
    facts = extractor.extract(read_as("a.pdf", pdf(page))[0])
    assert [(o.indicator, o.kind, str(o.value), o.unit, o.period) for o in facts.observations[:3]] == [
        ("地区生产总值", "level", "109020000000", "CNY", "2023"), ("地区生产总值", "level", "114215000000", "CNY", "2024"), ("地区生产总值", "growth", "4.8", "%", "2024"),
    ]  # fmt: skip
    assert {o.subject for o in facts.observations} == {facts.entities[0].id} and facts.entities[0].name == "嘉善县"


def test_more_level_lines_than_rows_have_room_take_no_longer_than_a_page(read_as: ReadAs) -> None:
    drawn = [line(60, 4000 - 4 * at, 440, 4000 - 4 * at) for at in range(900)]
    words = [word(text, x, 3997 - 4 * at) for at in range(900) for x, text in ((70, "甲"), (200, str(at)))]
    started = time.process_time()
    (document,) = read_as("a.pdf", pdf([*drawn, *words]))
    assert document.tables == () and time.process_time() - started < 10


def test_a_map_takes_no_longer_than_a_page(read_as: ReadAs) -> None:
    drawn = [line(10 + at % 97 * 6, 10 + at // 97 * 6, 14 + at % 97 * 6, 10 + at // 97 * 6) for at in range(9000)] + [line(20 + at % 89, 5 * (at % 160), 21 + at % 89, 800) for at in range(3000)]
    started = time.process_time()
    (document,) = read_as("a.pdf", pdf([word("嘉善县地图", 60, 800), *drawn]))
    assert document.text == "嘉善县地图" and time.process_time() - started < 5
