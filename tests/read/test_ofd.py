"""OFD: what pages draw, in reading order, however a writer writes it; and files that are broken, encrypted or made to hurt."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO

import pytest

from kg.errors import KgError
from kg.model import Document
from tests.read.conftest import ReadAs
from tests.read.drawn import line as pdf_line
from tests.read.drawn import pdf, word
from tests.read.drawn import table as pdf_table
from tests.read.ofd_files import (
    SIZE,
    SPACE,
    TEXT,
    line,
    lines,
    of_operations,
    ofd,
    one_by_one,
    page,
    paper,
    path,
    row,
    table,
)

COLUMNS = [["城乡居民收入比缩小，农村居民", "增收七个百分点，水库移民同步", "增收，全县脱贫人口人均纯收入", "增长一成。"], ["县统计局负责解释本公报，数据", "为初步核算数，最终核实数另行", "公布，使用时请注明来源并以县", "统计局为准。"]]
JOINED = ["".join(column) for column in COLUMNS]


def text(read_as: ReadAs, *drawn: str) -> str:
    (document,) = read_as("a.ofd", ofd([page(one) for one in drawn]))
    return document.text


def test_a_paper_is_read_as_one_text(read_as: ReadAs) -> None:
    (found,) = read_as("a.bin", paper())
    assert found.text.split("\n") == [
        "临川县2023年国民经济和社会发展情况", "".join(TEXT), "表1 主要指标", "指标\t2023年\t增长", "地区生产总值（亿元）\t512.6\t6.1%", "工业增加值（亿元）\t201.3\t7.2%",
        "城乡居民收入比缩小，农村居民增收七个百分点。", "县统计局负责解释。", "二〇二四年二月三日", "附表：重点项目完成投资九点八亿元。", "临川大桥续建。",
    ]  # fmt: skip
    assert found.format == "ofd" and found.title == "临川县2023年国民经济和社会发展情况" and found.date == "2024-02-03"
    assert [found.text[at : at + 2] for at in found.pages] == ["临川", "城乡", "附表"]
    (figures,) = found.tables
    assert figures.caption == "表1 主要指标" and found.text[figures.start : figures.end].startswith("指标\t2023年")


@pytest.mark.parametrize("write", [line, one_by_one])
def test_columns_are_read_one_after_the_other(read_as: ReadAs, write: Callable[[str, float, float], str]) -> None:
    left, right = lines(COLUMNS[0], 20, 60, write), lines(COLUMNS[1], 110, 60, write)
    head, foot = write("临川县统计公报", 70, 40), write("本公报自发布之日起施行。", 70, 110)
    for order in ([head, left, right, foot], [left, right, foot, head]):
        assert text(read_as, "".join(order)).split("\n") == ["临川县统计公报", *JOINED, "本公报自发布之日起施行。"]


def test_a_column_may_be_longer_than_the_next_or_begin_above_it(read_as: ReadAs) -> None:
    note = line("（接上页）", 110, 50) + lines(COLUMNS[1], 110, 60)
    assert text(read_as, lines([*COLUMNS[0], "另见附表。"], 20, 60) + note).split("\n") == [JOINED[0], "另见附表。", "（接上页）", JOINED[1]]
    assert text(read_as, line("— 3 —", 20, 280) + lines([*COLUMNS[0], "另见附表。"], 20, 60) + note).split("\n") == [JOINED[0], "另见附表。", "（接上页）", JOINED[1]]


def test_what_is_drawn_later_stands_where_it_belongs(read_as: ReadAs) -> None:
    """Writers that change fonts may draw all figures after all words, and the head of a page last."""
    words = line("全县完成投资", 30, 60) + line("亿元，增长", 70, 60) + line("。", 103, 60)
    assert text(read_as, words + line("12.5", 60, 60) + line("6.1%", 95, 60) + line("临川县人民政府公告", 40, 30)) == "临川县人民政府公告\n全县完成投资12.5亿元，增长6.1%。"


def test_characters_drawn_twice_to_look_bold_are_read_once(read_as: ReadAs) -> None:
    assert text(read_as, line("临川县大桥通车。", 30, 60) + line("临川县大桥通车。", 30.2, 60)) == "临川县大桥通车。"
    bold = "".join(one_by_one(character, 30 + SIZE * at, 60) + one_by_one(character, 30.1 + SIZE * at, 60) for at, character in enumerate("大桥通车"))
    assert text(read_as, bold) == "大桥通车"
    assert text(read_as, one_by_one("all offices filled", 30, 60)) == "all offices filled"


def test_gaps_are_blanks_where_none_are_drawn(read_as: ReadAs) -> None:
    assert text(read_as, one_by_one("GDP per head 增长 6.1%", 30, 60)) == "GDP per head 增长 6.1%"
    assert text(read_as, one_by_one("甲县  乙县", 30, 60)) == "甲县 乙县"


CODES = {
    "distances, some repeated": '<ofd:TextCode X="0" Y="5" DeltaX="g 3 5 2.5 2.5 2.5">甲县建成2座</ofd:TextCode>',
    "no distances": '<ofd:TextCode X="0" Y="5">甲县建成2座</ofd:TextCode>',
    "fewer than characters": '<ofd:TextCode X="0" Y="5" DeltaX="5 5 5 5">甲县建成2座</ofd:TextCode>',
    "on lines of its own": '<ofd:TextCode X="0" Y="5" DeltaX="5 5 5 5 2.5">\n            甲县建成2座\n        </ofd:TextCode>',
    "escaped": '<ofd:TextCode X="0" Y="5" DeltaX="5 5 5 5 2.5">甲\\53BF建成\\0032座</ofd:TextCode>',
    "in two codes": '<ofd:TextCode X="0" Y="5" DeltaX="5">甲县</ofd:TextCode><ofd:TextCode X="10" DeltaX="5 5 2.5">建成2座</ofd:TextCode>',
    "by commas": '<ofd:TextCode X="0" Y="5" DeltaX="5,5,5,5,2.5">甲县建成2座</ofd:TextCode>',
    "with glyphs": '<ofd:CGTransform CodePosition="0" CodeCount="6" GlyphCount="6"><ofd:Glyphs>1 2 3 4 5 6</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="0" Y="5" DeltaX="5 5 5 5 2.5">甲县建成2座</ofd:TextCode>',
    "over two lines": '<ofd:TextCode X="0" Y="5" DeltaX="5 -5 5 5 2.5" DeltaY="0 8 g 3 0">甲县建成2座</ofd:TextCode>',
    "downwards": '<ofd:TextCode X="0" Y="5" DeltaY="g 5 6">甲县建成2座</ofd:TextCode>',
    "in the size of a font": '<ofd:TextCode X="0" Y="1" DeltaX="1 1 1 1 0.5">甲县建成2座</ofd:TextCode>',
}


@pytest.mark.parametrize("kind", CODES)
def test_distances(read_as: ReadAs, kind: str) -> None:
    size, ctm = ("1", 'CTM="5 0 0 5 0 0"') if "font" in kind else ("5", "")
    said = text(read_as, f'<ofd:TextObject ID="1" Boundary="30 40 60 6" Font="2" Size="{size}" {ctm}>{CODES[kind]}</ofd:TextObject>')
    assert said == ("甲县\n建成2座" if "two lines" in kind else "甲县建成2座")


# As programs were seen to write it: in the size of a font, with boundaries of glyphs; turned; without boundary and size; far off the page and back;
# with boundaries that say nothing; characters far apart.
OBJECTS = {
    "50+": (
        '<ofd:TextObject ID="93" CTM="11.3 0 0 11.3 0 0" Boundary="150 111 12.3 8.1" Font="92" Size="1"><ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="2"><ofd:Glyphs>28 23</ofd:Glyphs></ofd:CGTransform>'
        '<ofd:TextCode X="0" Y="0.7" DeltaX="0.48">50</ofd:TextCode></ofd:TextObject><ofd:TextObject ID="94" CTM="11.3 0 0 11.3 0 0" Boundary="160.8 112.3 7.9 5.7" Font="92" Size="1"><ofd:TextCode X="0" Y="0.5">+</ofd:TextCode></ofd:TextObject>'
    ),
    "阅读次数：1": '<ofd:TextObject ID="1" Boundary="200 30 20 20" CTM="0 1 -1 0 0.5 -2" Font="5" Size="3.2"><ofd:TextCode DeltaX="g 5 3.2" X="1.5" Y="0">阅读次数：1</ofd:TextCode></ofd:TextObject>',
    "1 范围\n本县行政区域。": '<ofd:TextObject ID="1" CTM="1 0 0 1 31.7 25.4"><ofd:TextCode>1 范围</ofd:TextCode></ofd:TextObject><ofd:TextObject ID="2" CTM="1 0 0 1 31.7 31.6"><ofd:TextCode>本县行政区域。</ofd:TextCode></ofd:TextObject>',
    "局长": "".join(
        f'<ofd:TextObject ID="1" CTM="0.35 0 0 0.35 -114.8 111.35" Boundary="{x} 185.2 4.1 4.7" Font="16" Size="15"><ofd:TextCode X="324" Y="-303">{character}</ofd:TextCode></ofd:TextObject>' for character, x in (("局", 114.8), ("长", 120.05))
    ),
    "临川县": '<ofd:TextObject ID="1" Boundary="0 0 210 297" Font="5" Size="5"><ofd:TextCode X="30" Y="50" DeltaX="5 5">临川县</ofd:TextCode></ofd:TextObject>',
    "地 址：": '<ofd:TextObject ID="1" Boundary="43 111.7 36 7.2" Font="14" Size="7.7"><ofd:TextCode X="1.2" Y="6.6" DeltaX="24.5 7.7">地址：</ofd:TextCode></ofd:TextObject>',
}


@pytest.mark.parametrize("said", OBJECTS)
def test_objects_of_several_programs(read_as: ReadAs, said: str) -> None:
    assert text(read_as, OBJECTS[said]) == said


def test_recognised_text_over_a_picture_is_read(read_as: ReadAs) -> None:
    """An object for each character, unseen, as high and wide as it was found."""
    chance = random.Random(1)
    drawn, x = '<ofd:ImageObject ID="1" ResourceID="3" Boundary="0 0 210 297"/>', 30.0
    for character in "临川县2023年投资12.5亿元，增长6.1%。":
        width = 5 if character >= "\u2e80" else 2.6
        place = f"{x + chance.uniform(-0.3, 0.3):.2f} {50 + chance.uniform(-0.6, 0.6):.2f} {1.1 * width:.2f} 6"
        drawn += f'<ofd:TextObject ID="5" Boundary="{place}" Alpha="0" Font="2" Size="{5 + chance.uniform(-0.7, 0.7):.2f}"><ofd:TextCode X="0" Y="5">{character}</ofd:TextCode></ofd:TextObject>'
        x += width
    assert text(read_as, drawn) == "临川县2023年投资12.5亿元，增长6.1%。"


@pytest.mark.parametrize("number", range(5))
def test_the_order_of_the_objects_of_a_column_does_not_matter(read_as: ReadAs, number: int) -> None:
    objects = [one for at, said in enumerate(TEXT) for one in re.split("(?=<ofd:PageBlock)", one_by_one(said, 30, 40 + 9 * at)) if one]
    random.Random(number).shuffle(objects)
    assert text(read_as, "".join(objects)) == "".join(TEXT)


def test_vertical_text_is_read_from_right_to_left_as_it_is_drawn(read_as: ReadAs) -> None:
    columns = ["甲市推動綠能計畫，投入經費十億元，由市政府主", "辦，預計三年完成。", "乙市配合辦理。"]
    runs = "".join(
        f'<ofd:TextObject ID="5" Boundary="{180 - 9 * at} 40 5 200" Font="2" Size="5"><ofd:TextCode X="0" Y="5" DeltaY="{row([6.0] * (len(said) - 1))}">{said}</ofd:TextCode></ofd:TextObject>' for at, said in enumerate(columns)
    )
    alone = "".join(one_by_one(character, 180 - 9 * at, 45 + 6 * down) for at, said in enumerate(columns) for down, character in enumerate(said))
    assert text(read_as, runs) == columns[0] + columns[1] + "\n" + columns[2]
    assert text(read_as, alone) == "".join(columns)


@pytest.mark.parametrize("distances", ["5 5 5 5", "5 0 5 5 5"])
def test_characters_beyond_16_bits_count_once_or_twice(read_as: ReadAs, distances: str) -> None:
    code = f'<ofd:TextCode X="0" Y="5" DeltaX="{distances}">甲𠮷村桥宽</ofd:TextCode><ofd:TextCode X="25" DeltaX="2.5">12</ofd:TextCode>'
    assert text(read_as, f'<ofd:TextObject ID="1" Boundary="30 40 60 6" Font="2" Size="5">{code}</ofd:TextObject>') == "甲𠮷村桥宽12"


@pytest.mark.parametrize(("ctm", "step"), [("0 -1 1 0 {} 200", (9, 0)), ("-1 0 0 -1 180 {}", (0, -9)), ("0 1 -1 0 {} 20", (-9, 0))], ids=["left", "around", "right"])
def test_a_page_that_is_turned(read_as: ReadAs, ctm: str, step: tuple[int, int]) -> None:
    """As pages with wide tables are: every object is turned by its matrix."""
    drawn = "".join(line(said, 0, SIZE, SIZE, f'CTM="{ctm.format(100 + at * sum(step))}"') for at, said in enumerate(TEXT))
    assert text(read_as, drawn) == "".join(TEXT)


def test_a_table_on_a_page_that_is_turned(read_as: ReadAs) -> None:
    rows = [["指标", "2023年", "增长"], ["地区生产总值", "512.6", "6.1%"], ["工业增加值", "201.3", "7.2%"]]
    turned = '<ofd:CompositeObject ID="3" Boundary="0 0 210 297" CTM="0 -1 1 0 0 250" ResourceID="70"/>'
    resource = f'<ofd:Res {SPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="70"><ofd:Content>{table(rows, [60, 40, 40])}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>'
    (found,) = read_as("a.ofd", ofd([page(turned, '<ofd:PageRes>PageRes.xml</ofd:PageRes>')], parts={"Doc_0/Pages/Page_0/PageRes.xml": resource}))
    assert found.text == "\n".join("\t".join(row) for row in rows) and len(found.tables) == 1


@pytest.mark.parametrize("no", ["false", "0"])
def test_slanted_and_hidden_text_annotations_and_seals_are_not_read(read_as: ReadAs, no: str) -> None:
    slanted = line("内部资料严禁外传", 0, SIZE, SIZE, 'CTM="0.7 -0.7 0.7 0.7 60 200"')
    hidden = line("看不见", 30, 80, SIZE, f'Visible="{no}"')
    note = f'<ofd:PageAnnot {SPACE}><ofd:Annot ID="1" Type="Stamp"><ofd:Appearance Boundary="0 0 50 50">{line("批注", 0, 5)}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>'
    (found,) = read_as("a.ofd", ofd([page(slanted + hidden + lines(TEXT))], parts={"Doc_0/Annots/Page_0/Annotation.xml": note, "Doc_0/Signs/Sign_0/Seal.esl": b"\x30\x82"}))
    assert found.text == "".join(TEXT)


RULES = 60, 700, 440, 700


@pytest.mark.parametrize(
    "operations",
    [
        [word("临川县2023年主要指标", 60, 800), *pdf_table([["指标", "2023年", "2024年", "增长(%)"], ["生产总值", "1090.2", "1142.15", "4.8"], ["固定资产投资", "511.2", "530.1", "3.7"]], [120, 80, 80, 100]), word("注：初步数。", 60, 600)],
        [*pdf_table([["指标", "单位", "绝对数"], ["常住人口", "万人", "41.2"], ["户籍人口", "万人", "40.1"], ["户数", "万户", "13.9"]], [160, 100, 100], rules="level"), word("注：初步数。", 60, 600)],
        [*pdf_table([["指标", "绝对数", "增长"], ["粮食", "30.1", "2.0"], ["油料", "1.1", "-3.0"]], [160, 100, 100], rules="columns")],
        [word("城乡居民收入", 60, 760), word("比缩小。", 60, 740), pdf_line(*RULES), pdf_line(60, 680, 440, 680)],
    ],
    ids=["all lines", "level lines", "lines between columns", "lines below text"],
)  # fmt: skip
def test_tables_are_those_of_a_pdf(read_as: ReadAs, operations: Sequence[str]) -> None:
    (of_pdf,) = read_as("a.pdf", pdf(operations))
    (found,) = read_as("a.ofd", ofd([of_operations(operations)]))
    assert (found.text, found.tables) == (of_pdf.text, of_pdf.tables)


def test_white_and_curved_paths_draw_no_table(read_as: ReadAs) -> None:
    rows = [["指标", "2023年"], ["生产总值", "512.6"]]
    white = table(rows, [60, 40]).replace("<ofd:AbbreviatedData>", '<ofd:StrokeColor Value="255 255 255"/><ofd:FillColor Value="255 255 255"/><ofd:AbbreviatedData>')
    (found,) = read_as("a.ofd", ofd([page(white + path("M 0 0 B 1 1 2 2 3 3 Q 1 1 9 9 A 5 5 0 1 0 9 20 L 9 30 C"))]))
    assert not found.tables and found.text.split() == ["指标", "2023年", "生产总值", "512.6"]


def test_running_heads_of_templates_go_and_a_red_head_stays(read_as: ReadAs) -> None:
    head = page(line("临川县人民政府公报", 80, 15) + line("— 7 —", 100, 285))
    using = '<ofd:Template TemplateID="90" ZOrder="Background"/>'
    (found,) = read_as("a.ofd", ofd([page(lines([f"第{number}页的正文到此为止。"]), using) for number in "一二三"], templates=[head]))
    assert found.text.split("\n") == [f"第{number}页的正文到此为止。" for number in "一二三"]
    (found,) = read_as("a.ofd", ofd([page(lines(["正文到此为止。本页其余部分没有文字，特此说明。"]), using)], templates=[head]))
    assert found.text == "临川县人民政府公报\n正文到此为止。本页其余部分没有文字，特此说明。"


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: (name.replace("/", "\\"), content),
        lambda name, content: (name.lower() if name != "OFD.xml" else name, content),
        lambda name, content: (name, content.replace(b"http://www.ofdspec.org/2016", b"http://www.ofdspec.org")),
        lambda name, content: (name, content.replace(b"ofd:", b"").replace(b"xmlns:ofd", b"xmlns")),
        lambda name, content: (name, content.replace(b'BaseLoc="Pages', b'BaseLoc="/Doc_0/Pages')),
        lambda name, content: (name, content.replace(b'BaseLoc="Pages', b'BaseLoc="Doc_0/./Pages')),
        lambda name, content: (name, content.replace(b"UTF-8", b"GB18030").decode().encode("gb18030") if b"UTF-8" in content else content),
        lambda name, content: (name, content.replace("增长".encode(), "增<!-- a -->长<?b?>".encode())),
    ],
    ids=["other slashes", "small letters", "another namespace", "no namespace", "from the top", "from the top, unsaid", "another encoding", "comments"],
)
def test_what_writers_do_otherwise(read_as: ReadAs, change: Callable[[str, bytes], tuple[str, bytes]]) -> None:
    sound = ofd([page(lines(TEXT)), page(lines(["第二页。"]))])
    raw = BytesIO()
    with zipfile.ZipFile(BytesIO(sound)) as old, zipfile.ZipFile(raw, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    assert read_as("a.ofd", raw.getvalue())[0].text == "".join(TEXT) + "\n第二页。"


def test_folders_named_in_the_encoding_of_a_chinese_windows(read_as: ReadAs) -> None:
    root = f'<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>文档/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'
    sound = ofd([page(lines(TEXT))], parts={"OFD.xml": root})
    for encoding in ("gb18030", "utf-8"):
        raw = BytesIO()
        with zipfile.ZipFile(BytesIO(sound)) as old, zipfile.ZipFile(raw, "w") as new:
            for name in old.namelist():
                new.writestr(zipfile.ZipInfo(name.replace("Doc_0", "AAAAAA"[: len("文档".encode(encoding))])), old.read(name))
        content = raw.getvalue().replace(b"AAAAAA"[: len("文档".encode(encoding))] + b"/", "文档".encode(encoding) + b"/")
        assert read_as("a.ofd", content)[0].text == "".join(TEXT)


def test_several_documents_in_one_file(read_as: ReadAs) -> None:
    body = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    found = read_as("a.ofd", ofd([page(lines(TEXT))], parts={"OFD.xml": f"<ofd:OFD {SPACE}>{body * 2}</ofd:OFD>"}))
    assert [document.part for document in found] == ["01", "02"] and {document.text for document in found} == {"".join(TEXT)}


@pytest.mark.parametrize("yes", ["true", "1"])
def test_of_several_versions_the_current_one_is_read(read_as: ReadAs, yes: str) -> None:
    versions = f'<ofd:Versions><ofd:Version ID="1" Index="1" BaseLoc="V/1.xml"/><ofd:Version ID="2" Index="2" Current="{yes}" BaseLoc="V/2.xml"/></ofd:Versions>'
    root = f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{versions}</ofd:DocBody></ofd:OFD>"
    shown = f"<ofd:DocVersion {SPACE}><ofd:FileList/><ofd:DocRoot>../Doc_0/New.xml</ofd:DocRoot></ofd:DocVersion>"
    new = f'<ofd:Document {SPACE}><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_1/Content.xml"/></ofd:Pages></ofd:Document>'
    (found,) = read_as("a.ofd", ofd([page(lines(["旧文。"])), page(lines(["新文。"]))], parts={"OFD.xml": root, "V/2.xml": shown, "Doc_0/New.xml": new}))
    assert found.text == "新文。"


PICTURE = page('<ofd:ImageObject ID="9" ResourceID="3" Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>')
UNIT = '<ofd:TextObject ID="66" Boundary="{}" Font="2" Size="5" CTM="{}"><ofd:TextCode X="0" Y="5" DeltaX="{}">甲县</ofd:TextCode></ofd:TextObject>'
ROOT = f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>{{}}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (ofd([], parts={"OFD.xml": f"<ofd:OFD {SPACE}/>"}), "is no OFD file: OFD.xml names no document"),
        (ofd([], parts={"OFD.xml": ROOT.format("Doc_9/Document.xml")}), r"is a damaged OFD file: Doc_9/Document.xml, to which OFD.xml points, is missing \(fetch it again"),
        (ofd([], parts={"OFD.xml": ROOT.format("../../../etc/passwd")}), "etc/passwd, to which OFD.xml points, is missing"),
        (ofd([]), "is a damaged OFD file: Doc_0/Document.xml names no pages"),
        (ofd([page(lines(TEXT))], parts={"Doc_0/Document.xml": f'<ofd:Document {SPACE}><ofd:Pages><ofd:Page BaseLoc="P.xml"/></ofd:Pages></ofd:Document>'}), "P.xml, to which Doc_0/Document.xml points, is missing"),
        (ofd([page(lines(TEXT))[:-30]]), "is a damaged OFD file: Doc_0/Pages/Page_0/Content.xml: "),
        (ofd([page(lines(TEXT)).replace("<ofd:Page ", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><ofd:Page ')]), "Content.xml declares a document type, which no OFD file does"),
        (ofd([page(UNIT.format("0 0 nan 5", "1 0 0 1 0 0", "5"))]), r'Page_0/Content.xml: Boundary="0 0 nan 5" of TextObject 66 is no place on a page \(open it and save it again'),
        (ofd([page(UNIT.format("0 0 9 5", "1 0 0 1 1e300 0", "5"))]), 'CTM="1 0 0 1 1e300 0" of TextObject 66 is no place'),
        (ofd([page(UNIT.format("0 0 9", "1 0 0 1 0 0", "5"))]), 'Boundary="0 0 9" of TextObject 66 is no place'),
        (ofd([page(UNIT.format("0 0 9 5", "1 0 0 1 0 0", "g 5"))]), 'Content.xml: DeltaX="g 5" is no row of distances'),
        (ofd([page(UNIT.format("0 0 9 5", "1 0 0 1 0 0", "inf"))]), 'DeltaX="inf" is no row of distances'),
        (ofd([PICTURE]), r"holds no text on its page, only pictures \(run OCR"),
        (ofd([PICTURE, PICTURE, page(lines(TEXT))]), "holds text on 1 of its 3 pages only, pictures on the others"),
        (ofd([page(line("甲¤¤¤¤", 30, 60))]), "its fonts do not say which characters they draw"),
        (ofd([page(lines(TEXT))], parts={"Encryptions.xml": "<a/>"}), r"is encrypted \(save a copy without"),
    ],
    ids=lambda value: value[:60] if isinstance(value, str) else "",
)  # fmt: skip
def test_every_reason(read_as: ReadAs, content: bytes, reason: str) -> None:
    with pytest.raises(KgError, match=reason) as failure:
        read_as("a.ofd", content)
    assert str(failure.value.file).endswith("a.ofd")


def test_an_archive_with_a_password_is_told(read_as: ReadAs) -> None:
    content = bytearray(ofd([page(lines(TEXT))]))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        places = [member.header_offset + 6 for member in archive.infolist()]
    central = [at + 8 for at in range(len(content)) if content[at : at + 4] == b"PK\x01\x02"]
    for at in [*places, *central]:
        content[at] |= 1
    with pytest.raises(KgError, match=r"is protected by a password \(save a copy without"):
        read_as("a.ofd", bytes(content))


def test_bombs_end_soon(read_as: ReadAs) -> None:
    blank = page(f"<a>{' ' * 900_000}</a>")
    with pytest.raises(KgError, match=r"unpacks to more than 1 MB \(raise --max-bytes"):
        read_as("a.ofd", ofd([page(" " * 1_100_000)]), max_bytes=2**20)
    many = "".join(f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_0/Content.xml"/>' for number in range(1000))
    with pytest.raises(KgError, match=r"unpacks to more than 8 MB \(raise --max-bytes"):
        read_as("a.ofd", ofd([blank], parts={"Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:Pages>{many}</ofd:Pages></ofd:Document>"}), max_bytes=2**20)
    using = '<ofd:CompositeObject ID="1" Boundary="0 0 9 9" ResourceID="70"/>'
    nested = f'<ofd:Res {SPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="70"><ofd:Content>{using * 100}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>'
    with pytest.raises(KgError, match="draws more than 1,000,000 objects"):
        read_as("a.ofd", ofd([page(using)], common="<ofd:PublicRes>R.xml</ofd:PublicRes>", parts={"Doc_0/R.xml": nested}))
    assert text(read_as, UNIT.format("0 0 20 5", "1 0 0 1 0 0", "g 999999999 5")) == "甲县"


@pytest.mark.parametrize("number", range(80))
def test_a_changed_file_is_read_or_refused(read_as: ReadAs, number: int) -> None:
    """Of each part some bytes are changed, cut out or doubled: never anything but a text or a message."""
    chance = random.Random(number)
    raw = BytesIO()
    with zipfile.ZipFile(BytesIO(paper())) as old, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = bytearray(old.read(name))
            for _ in range(chance.choice([0, 0, 1, 3])):
                at = chance.randrange(len(content))
                size = chance.choice([1, 3, 40])
                content[at : at + size] = chance.choice([b"", b'"', b"<", b"9" * 9, b"-", b"nan", b" ", bytes(content[at : at + 200]) * 2, chance.randbytes(size)])
            if chance.random() > 0.03:
                new.writestr(name, bytes(content))
    content = raw.getvalue()
    if number % 4 == 0:
        content = content[: chance.randrange(len(content))] + chance.randbytes(8) + content[chance.randrange(len(content)) :]
    try:
        documents: list[Document] = read_as("a.ofd", content)
    except KgError as error:
        assert error.message and str(error.file).endswith("a.ofd")
    else:
        assert documents and all(document.text.strip() for document in documents)

