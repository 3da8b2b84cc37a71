"""Files of Word 97, WPS, LibreOffice and old Excel, which `files/make.py` made of one paper and one workbook, and pages saved whole."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.model import Document
from kg.read import word97
from tests.read.conftest import ReadAs

FILES = Path(__file__).parent / "files"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {"office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing"}.items()
)


def given(name: str) -> bytes:
    return (FILES / name).read_bytes()


def told(document: Document) -> tuple[object, ...]:
    """What two formats of one paper have in common."""
    headings = [document.text[start:end] for start, end in document.headings]
    return document.text, document.title, headings, [(table.cells, table.caption) for table in document.tables]


def open_document(kind: str, body: str, styles: str = "") -> bytes:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr(
            "content.xml",
            f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        )
    return raw.getvalue()


@pytest.mark.parametrize("name", ["paper.doc", "paper.odt"])
def test_a_paper_says_the_same_in_every_format(read_as: ReadAs, name: str) -> None:
    (as_docx,) = read_as("paper.docx", given("paper.docx"))
    (found,) = read_as(name, given(name))
    assert told(found) == told(as_docx)
    assert "看不見" not in found.text and "30萬噸" not in found.text and "HYPERLINK" not in found.text and "km²" in found.text and "𠮷" in found.text
    assert len(found.tables) == 2 and found.format == name[-3:]


def test_rich_text_has_no_headings_and_no_tables_with_merged_cells(read_as: ReadAs) -> None:
    (as_docx,) = read_as("paper.docx", given("paper.docx"))
    (found,) = read_as("paper.rtf", given("paper.rtf"))
    assert found.text.replace("\t", " ") == "\n".join(" ".join(line.split()) for line in as_docx.text.split("\n"))
    (table,) = found.tables
    assert found.text[table.start : table.end].startswith("甲0\t甲1")


def test_rich_text_in_bytes_of_gbk(read_as: ReadAs) -> None:
    said = "".join(f"\\'{byte:02x}" for byte in "临川县2023年增长6.1%。".encode("gb18030"))
    rtf = "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0 " + said + "{\\v " + said + "}{\\deleted " + said + "}\\par km{\\super 2}\\par}"
    assert read_as("a.rtf", rtf)[0].text == "临川县2023年增长6.1%。\nkm²"


@pytest.mark.parametrize(
    ("group", "said"),
    [
        (r"{\rtlch\fcs1 \af0 \ltrch\fcs0 \super\insrsid123 2}", "km²"), (r"{\super\fs24}", "km"), (r"{\super a 12}", "kma 12"),
        (r"{\super 1234}", "km1234"), (r"{\super 2\nosupersub  long}", "km² long"), (r"{\v \b a}{\b b}", "kmb"), (r"{\v0 a}", "kma"),
        (r"{\uc2{\super 2}b}", "km²b"), (r"{\v a\v0 b}", "kmb"), (r"{a\v b\v0 c\deleted d}e", "kmace"), (r"{\v a{\b b}}c", "kmc"), (r"\v a\'61\u97?\~\{\line\plain b", "kmb"),
        (r"{\v a}{\super\plain 2}", "km2"), (r"}}\v a", "km"),
    ],
)  # fmt: skip
def test_of_rich_text_nothing_is_lost_beside_what_is_raised(read_as: ReadAs, group: str, said: str) -> None:
    assert read_as("a.rtf", "{\\rtf1\\ansi km" + group + "\\par}")[0].text == said


def test_rich_text_with_a_group_that_does_not_end_is_read_at_once(read_as: ReadAs) -> None:
    read_as("a.rtf", "{\\rtf1 a\\par " + "{" + r"\v \super 2" * 40_000 + "{b}")


@pytest.mark.parametrize("times", ["²", "9" * 5000, "-1", ""])
def test_a_number_of_repeats_that_is_none_counts_once(read_as: ReadAs, times: str) -> None:
    row = f"<table:table-row table:number-rows-repeated='{times}'>" + "".join(f"<table:table-cell table:number-columns-repeated='{times}'><text:p>{{}}</text:p></table:table-cell>" for _ in range(2)) + "</table:table-row>"
    rows = "".join(row.format(*cells) for cells in (("地区", "生产总值"), ("甲县", "12.5"), ("乙县", "31.0")))
    assert read_as("2024年.ods", open_document("spreadsheet", f"<table:table>{rows}</table:table>"))[0].text == "2024年\n地区\t生产总值\n甲县\t12.5\n乙县\t31.0"


@pytest.mark.parametrize("name", ["figures.xls", "figures.ods"])
def test_a_workbook_says_the_same_in_every_format(read_as: ReadAs, name: str) -> None:
    of_excel = read_as("figures.xlsx", given("figures.xlsx"))
    found = read_as(name, given(name))
    assert [(told(d), d.part, d.date) for d in found] == [(told(d), d.part, d.date) for d in of_excel]
    assert [d.part for d in found] == ["主要指标", "简讯/1", "简讯/2"]
    assert "512.6\t6.1%" in found[0].text and "1234567\t-0.3%" in found[0].text


@pytest.mark.parametrize("name", ["notes.doc", "notes.odt"])
def test_footnotes_stand_behind_their_paragraph_and_boxes_are_read(read_as: ReadAs, name: str) -> None:
    lines = read_as(name, given(name))[0].text.split("\n")
    assert lines[:4] == ["全县建成高标准农田12万亩，占耕地41%。", "指田块平整的农田。", "第二段有注。", "第二条注。"]
    assert sorted(lines[4:]) == sorted(["框在此：", "框中一段。", "末段。"])


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [("a.wps", "paper.doc", "doc"), ("a.docx", "paper.doc", "doc"), ("a.doc", "paper.docx", "docx"), ("a.doc", "paper.rtf", "rtf"), ("a.et", "figures.xls", "xls"), ("a.xls", "figures.xlsx", "xlsx")],
)
def test_the_content_decides(read_as: ReadAs, name: str, content: str, format: str) -> None:
    assert read_as(name, given(content))[0].format == format


def test_text_by_the_name_of_a_spreadsheet_is_a_table_if_it_has_tabs(read_as: ReadAs) -> None:
    (found,) = read_as("2024年.xls", "地区\t生产总值\n杭州市\t21860\n宁波市\t18147.7\n")
    assert found.format == "csv" and len(found.tables) == 1
    assert read_as("a.xls", "文件不存在。")[0].format == "txt"


@pytest.mark.parametrize(("at", "put", "reason"), [(2, b"\x65\x00", "older than Word 97"), (11, b"\x03", "protected by a password")])
def test_word_files_that_cannot_be_read(read_as: ReadAs, at: int, put: bytes, reason: str) -> None:
    sound = given("paper.doc")
    begins = sound.index(b"\xec\xa5", 512) + at
    with pytest.raises(KgError, match=reason):
        read_as("a.doc", sound[:begins] + put + sound[begins + len(put) :])


def test_a_password_is_told(read_as: ReadAs) -> None:
    with pytest.raises(KgError, match=r"is protected by a password .save a copy without"):
        read_as("a.docx", given("locked.docx"))


def test_formatting_of_many_pieces_is_read_in_one_pass() -> None:
    document, count = object.__new__(word97._Document), 60_000
    document._pieces = [word97._Piece(at, at + 1, 2 * (count - at), 2) for at in range(count)]  # the last of the text stands first in the file
    mask = bytearray(count)
    document._mark(mask, [(at, at + 2, {}) for at in range(2, 2 * count, 4)] * 2)  # every second character, twice
    assert mask == bytearray((count - at) % 2 for at in range(count))


def test_stretches_that_overlap_are_told_apart() -> None:
    assert list(word97._apart([(5, 9), (1, 3), (2, 4), (6, 7), (9, 9), (12, 11)])) == [(1, 3), (3, 4), (5, 9)]


@pytest.mark.parametrize("name", ["paper.doc", "figures.xls", "paper.odt", "figures.ods"])
def test_a_file_that_is_cut_off_is_refused(read_as: ReadAs, name: str) -> None:
    sound = given(name)
    for share in (0.1, 0.5, 0.9):
        with pytest.raises(KgError, match=r"damaged|not all there"):
            read_as(name, sound[: int(len(sound) * share)])


def test_what_an_open_document_does_not_show(read_as: ReadAs) -> None:
    styles = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style><style:style style:name="T2"><style:text-properties style:text-position="super 58%"/></style:style>'
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>删去的。</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        '<text:table-of-content><text:index-body><text:p>目录</text:p></text:index-body></text:table-of-content>'
        '<text:h text:outline-level="1">一、总则</text:h>'
        '<text:p>甲<office:annotation><text:p>批注</text:p></office:annotation><text:span text:style-name="T1">看不见</text:span>县<text:s text:c="2"/>面积5km<text:span text:style-name="T2">2</text:span>'
        "，<text:soft-page-break/>建成<text:ruby><text:ruby-base>乙</text:ruby-base><text:ruby-text>yi</text:ruby-text></text:ruby>桥。</text:p>"
        "<text:list><text:list-item><text:p>第一项。</text:p></text:list-item></text:list><text:section><text:p>节中。</text:p></text:section>"
    )
    (found,) = read_as("a.odt", open_document("text", body, styles))
    assert found.text == "一、总则\n甲县 面积5km²，建成乙桥。\n第一项。\n节中。"
    assert [found.text[start:end] for start, end in found.headings] == ["一、总则"]


def test_cells_that_are_repeated_are_not_made_up(read_as: ReadAs) -> None:
    def cell(text: str, times: int = 1) -> str:
        return f'<table:table-cell table:number-columns-repeated="{times}"><text:p>{text}</text:p></table:table-cell>'

    rows = "".join(f"<table:table-row>{cell(a)}{cell(b)}<table:table-cell table:number-columns-repeated='16000'/></table:table-row>" for a, b in (("地区", "生产总值"), ("甲县", "12.5"), ("乙县", "31.0")))
    empty = "<table:table-row table:number-rows-repeated='1048000'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>"
    (found,) = read_as("2024年.ods", open_document("spreadsheet", f'<table:table table:name="Sheet1">{rows}{empty}</table:table>'))
    assert found.text == "2024年\n地区\t生产总值\n甲县\t12.5\n乙县\t31.0"


@pytest.mark.parametrize("kind", ["presentation", "graphics"])
def test_an_open_document_of_another_kind_is_refused(read_as: ReadAs, kind: str) -> None:
    with pytest.raises(KgError, match="an OpenDocument file that holds no text"):
        read_as("a.odt", open_document(kind, ""))


@pytest.mark.parametrize(("encoding", "transfer"), [("gb2312", "base64"), ("utf-8", "quoted-printable")])
def test_a_page_saved_whole_is_read_as_the_page(read_as: ReadAs, encoding: str, transfer: str) -> None:
    from email.message import EmailMessage

    page = f'<html><head><meta charset="{encoding}"><title>甲县大桥通车</title></head><body><h1>甲县大桥通车</h1><p>2024年5月1日，甲县大桥建成通车，总投资3.2亿元。</p></body></html>'
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message["MIME-Version"] = "1.0"
    message.make_related()
    message.add_related(page.encode(encoding), "text", "html", cte=transfer)
    part = message.get_payload()[0]
    part["Content-Location"] = "http://example.org/a.html"
    message.add_related(b"\x89PNG\r\n\x1a\n", "image", "png")
    (found,) = read_as("a.mht", message.as_bytes())
    assert (found.title, found.format, found.url) == ("甲县大桥通车", "mht", "http://example.org/a.html")
    assert found.text.endswith("总投资3.2亿元。")


def test_a_saved_message_without_a_page_is_refused(read_as: ReadAs) -> None:
    with pytest.raises(KgError, match="a saved page without any html"):
        read_as("a.mht", b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n about text/html")
