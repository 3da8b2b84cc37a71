"""Excel workbooks, made by openpyxl for each test."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from xlrd import XL_CELL_DATE
from xlrd.sheet import Cell

from kg.errors import KgError
from kg.read import read_file
from kg.read.workbook import _old_cell
from tests.read.conftest import ReadAs

DAY = datetime(2024, 3, 5, 14, 8, 9)
Fill = Callable[[Worksheet], object]


def workbook(**sheets: Sequence[Sequence[object]] | Fill) -> bytes:
    """A workbook by the names of its sheets: their rows, or what fills them."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, content in sheets.items():
        sheet = book.create_sheet(title)
        if callable(content):
            content(sheet)
        else:
            for row in content:
                sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_sheet_of_figures_is_a_table(read_as: ReadAs) -> None:
    (found,) = read_as("2024年各市主要指标.xlsx", workbook(Sheet1=[["地区", "生产总值"], ["杭州市", 21860], ["宁波市", 18147.7]]))
    assert found.text == "2024年各市主要指标\n地区\t生产总值\n杭州市\t21860\n宁波市\t18147.7"  # no line of the sheet says what it is of
    assert (found.title, found.part, found.format, found.date) == ("2024年各市主要指标", "", "xlsx", "2024")
    assert len(found.tables) == 1


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (0.0534, "0.0%", "5.3%"), (0.1, "0%", "10%"), (-0.005, "0.0%", "-0.5%"), (1234.565, "#,##0.00", "1234.57"), (1234.5, "0", "1235"),
        (3.0, "General", "3"), (1e-7, "General", "0.0000001"), (123456789012345.0, "General", "123456789012345"), (1.25, "0.0#", "1.25"),
        (2.5, '0.0"亿元"', "2.5亿元"), (25000, "0.0,", "25.0"), (12, '[Red]_-* #,##0_-;-* #,##0_-', "12"), (330106000000, "0", "330106000000"),
        (7, "@", "7"), (True, "General", "True"),
        (datetime(2024, 3, 5), "yyyy-mm-dd", "2024-03-05"), (datetime(2024, 3, 5), 'yyyy"年"m"月"', "2024年3月"), (date(2024, 1, 1), "yyyy", "2024年"),
        (DAY, 'yyyy"年"m"月"d"日"', "2024年3月5日"), (DAY, "yyyy/m/d;@", "2024/3/5"), (DAY, "yyyy-mm-dd h:mm:ss", "2024-03-05 14:08:09"),
        # by names, by two digits, in another order, without the year, as a number: may be misread, or says less
        (DAY, 'yyyy"年"m"月"d"日" dddd', "2024-03-05"), (DAY, "m/d/yy h:mm", "2024-03-05 14:08"), (DAY, "d/m/yyyy", "2024-03-05"), (DAY, 'm"月"d"日"', "2024-03-05"), (DAY, "yyyymmdd", "2024-03-05"),
        (DAY, '[$-404]e"年"m"月"d"日"', "2024-03-05"), (DAY, "[$-F800]dddd, mmmm dd, yyyy", "2024-03-05"), (DAY, "mmm-yy", "2024年3月"),
        (DAY, "h:mm", "14:08"), (time(8, 30), "h:mm", "8:30"), (time(20, 30), '上午/下午h"时"mm"分"', "下午8时30分"), (time(0, 5), "h:mm AM/PM", "12:05 AM"), (time(0, 5, 7), "mm:ss", "05:07"),
        (time(0), "yyyy/m/d", ""), (timedelta(hours=30), "[h]:mm", "30:00"), (timedelta(hours=30), "[h]:mm:ss", "30:00:00"),
    ],
)  # fmt: skip
def test_cells_are_read_as_they_are_shown(read_as: ReadAs, value: object, form: str, shown: str) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["指标", "本期", "上期"], ["甲", value, 1], ["乙", 2, 3]):
            sheet.append(row)
        sheet.cell(2, 2).number_format = form

    (found,) = read_as("a.xlsx", workbook(Sheet1=fill))
    assert found.text.split("\n")[1].split("\t")[1] == shown  # no name in Chinese stands above it


@pytest.mark.parametrize(("number", "value", "shown"), [(31, 45356, "2024年3月5日"), (57, 45356, "2024年3月"), (58, 45356, "2024-03-05"), (32, 0.354166667, "8时30分"), (31, 9e15, ""), (49, 45356, "45356")])
def test_a_format_that_is_known_by_its_number_alone_is_the_chinese_one(read_as: ReadAs, number: int, value: float, shown: str) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["指标", "本期", "上期"], ["甲", value, 1], ["乙", 2, 3]):
            sheet.append(row)
        sheet.cell(2, 2).number_format = "[h]:mm:ss"  # which the file writes out, as its first

    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook(Sheet1=fill))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"<numFmts.*</numFmts>", b"", old.read(name)).replace(b'numFmtId="46"', b'numFmtId="%d"' % number).replace(b'numFmtId="164"', b'numFmtId="%d"' % number))
    (found,) = read_as("a.xlsx", stream.getvalue())
    assert found.text.split("\n")[1] == f"甲\t{shown}\t1"


@pytest.mark.parametrize(
    ("key", "form", "value", "shown"),
    [(31, None, 45356.0, "2024年3月5日"), (20, "h:mm", 0.354166667, "8:30"), (14, "m/d/yy", 0.0, ""), (46, "[h]:mm:ss", 1.25, "30:00:00"), (14, "m/d/yy", 45356.0, "2024-03-05"), (14, "m/d/yy", 9e15, "")],
)  # fmt: skip
def test_days_and_times_of_old_workbooks(key: int, form: str | None, value: float, shown: str) -> None:
    book: Any = SimpleNamespace(xf_list=[SimpleNamespace(format_key=key)], format_map={key: SimpleNamespace(format_str=form)}, datemode=0)
    assert _old_cell(Cell(XL_CELL_DATE, value, 0), book) == shown


def test_sheets_are_documents_by_their_names(read_as: ReadAs) -> None:
    rows = [["地区", "人口"], ["甲市", 12]]
    one, two = read_as("浙江省人口.xlsx", workbook(**{"2023年": rows, "2024年": [["浙江省2024年人口", None], *rows]}))
    assert (one.id, one.part, one.title) == ("folder/浙江省人口.xlsx#2023年", "2023年", "浙江省人口 2023年")
    assert (two.title, two.tables[0].caption) == ("浙江省2024年人口", "浙江省2024年人口")
    other = read_as("浙江省人口.xlsx", workbook(**{"2023年": rows, "2024年": [["浙江省2024年人口", None], ["地区", "人口"], ["甲市", 13]]}))
    assert (other[0].sha256 == one.sha256, other[1].sha256 == two.sha256) == (True, False)  # a sheet is altered by itself


def test_a_list_of_works_needs_no_numbers(read_as: ReadAs) -> None:
    head, row = ["项目名称", "建设单位", "进展"], ["衢江大桥", "龙游县交通局", "在建"]
    (found,) = read_as("龙游县.xlsx", workbook(重点项目=[head, row]))
    assert (found.text, len(found.tables)) == ("龙游县 重点项目\n项目名称\t建设单位\t进展\n衢江大桥\t龙游县交通局\t在建", 1)
    with pytest.raises(KgError, match="no column of texts"):
        read_as("龙游县.xlsx", workbook(联系人=[["姓名", "单位", "职务"], ["某某", "龙游县交通局", "局长"]]))


def test_rows_with_a_text_are_documents_below_whatever_stands_above_their_head(read_as: ReadAs) -> None:
    head, row = ["编号", "标题", "日期", "正文"], ["x", "甲", datetime(2024, 3, 5), "一。\n二。"]
    data = workbook(通知=[["通知汇总"], head, row, [None] * 4, ["y", "乙", "2024年3月6日", "<p>三。</p>"]])
    one, two = read_as("a.xlsx", data, id_column="编号")
    assert (one.part, one.title, one.date, one.text, two.text, two.date) == ("x", "甲", "2024-03-05", "一。\n二。", "三。", "2024-03-06")
    assert [d.text for d in read_as("a.xlsx", data, text_column="标题")] == ["甲", "乙"]


def test_a_row_without_a_text_is_refused_by_its_sheet_and_the_rest_read(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook(甲=[["标题", "正文"], ["一", "字"], ["二", None]], 乙=[["地区", "人口"], ["甲市", 12]]))
    reading = read_file(tmp_path / "a.xlsx")
    assert [document.part for document in reading.documents] == ["甲/1", "乙"]
    assert [(error.line, error.message) for error in reading.refused] == [(3, "sheet 甲: the record has no text in its column '正文'")]


def test_what_holds_neither_and_what_is_hidden_is_passed_over(read_as: ReadAs) -> None:
    def hidden(sheet: Worksheet) -> None:
        sheet.append(["正文"])
        sheet.append(["不读。"])
        sheet.sheet_state = "hidden"

    telephones = [["部门", "联系人"], ["办公室", "某人"]]
    (found,) = read_as("a.xlsx", workbook(说明=telephones, 甲=hidden, 乙=[["地区", "人口"], ["甲市", 12]], 空=[]))
    assert found.part == "乙"
    with pytest.raises(KgError, match="no column of texts"):
        read_as("a.xlsx", workbook(说明=telephones))
    with pytest.raises(KgError, match="holds no text"):
        read_as("a.xlsx", workbook(甲=[], 乙=hidden))


def test_merged_heads_errors_and_cells_far_away(read_as: ReadAs) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["地区", "生产总值", None], [None, "总量", "增长"], ["甲市", 12, "#DIV/0!"]):
            sheet.append(row)
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:C1")
        sheet.cell(1_048_576, 16_384).number_format = "0.0"

    (found,) = read_as("a.xlsx", workbook(Sheet1=fill))
    assert found.text == "地区\t生产总值\t\n\t总量\t增长\n甲市\t12\t"


def test_an_unsound_workbook_is_refused(read_as: ReadAs) -> None:
    sound = workbook(Sheet1=[["地区", "人口"], ["甲市", 12]])
    with pytest.raises(KgError, match="unpacks to more than 0 MB"):
        read_as("a.xlsx", sound, max_bytes=len(sound))
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(sound)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:-40] if "sheet1" in name else old.read(name))
    with pytest.raises(KgError, match="damaged Excel workbook"):
        read_as("a.xlsx", stream.getvalue())


def test_a_workbook_is_known_by_what_is_in_it(read_as: ReadAs) -> None:
    sound = workbook(Sheet1=[["地区", "人口"], ["甲市", 12]])
    assert read_as("a.csv", sound)[0].format == "xlsx"
    assert read_as("a.xlsx", "text\n正文。")[0].format == "txt"
