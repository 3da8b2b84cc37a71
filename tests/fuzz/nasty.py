"""Files that somebody might well put into a folder, and files made to hurt: python -m tests.fuzz.nasty FOLDER

`write_files` makes them all, the same each time: broken containers, bombs, claims that are not true, wrong encodings,
endless lines, deep nesting, characters that mislead, odd names, links in circles.
"""

from __future__ import annotations

import os
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from tests.fuzz.mutations import with_part, workbook
from tests.read.ofd_files import SPACE, line, ofd, paper, path
from tests.read.ofd_files import page as drawn

CORPUS = Path(__file__).parents[2] / "corpus"
OFFICE = Path(__file__).parents[1] / "read" / "files"
TEXT = "2021年7月15日，钱塘区召开会议，推进杭州地铁8号线一期工程建设。上半年完成投资12.5亿元，同比增长11%。"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DEEP = 100_000
_WIDE_PATH = 255  # bytes that a name may have

Named = Iterator[tuple[str, bytes]]


def docx(body: str | bytes, *, head: str = "", other: dict[str, bytes] | None = None) -> bytes:
    """A Word file with this as its document.xml."""
    raw = BytesIO()
    document = body if isinstance(body, bytes) else f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, content in (other or {}).items():
            archive.writestr(name, content)
    return raw.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(*objects: bytes, trailer: bytes = b"<< /Root 1 0 R /Size 9 >>") -> bytes:
    """A PDF of these objects, numbered from 1, with a true table of their places."""
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n%s\nstartxref\n%d\n%%%%EOF" % (trailer, table)


def page(stream: bytes, extra: bytes = b"", resources: bytes = b"<< /Font << /F1 5 0 R >> >>") -> bytes:
    """A PDF with one page of this content stream."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources %s >>" % resources,
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), extra, stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def _broken(name: str, whole: bytes, chance: random.Random) -> Named:
    """A sound file cut short, with bytes turned over, with parts doubled, emptied and put together wrongly."""
    stem, _, suffix = name.rpartition(".")
    for part in (1, 5, 20, 50, 80, 95, 99):
        yield f"cut-{part:02}-{stem}.{suffix}", whole[: max(1, len(whole) * part // 100)]
    for number in range(6):
        mutable = bytearray(whole)
        for _ in range(1 + len(mutable) // 500):
            mutable[chance.randrange(len(mutable))] = chance.randrange(256)
        yield f"turned-{number}-{stem}.{suffix}", bytes(mutable)
    middle = len(whole) // 2
    yield f"twice-{stem}.{suffix}", whole + whole
    yield f"swapped-{stem}.{suffix}", whole[middle:] + whole[:middle]
    yield f"zeroed-{stem}.{suffix}", whole[: middle // 2] + bytes(middle) + whole[middle // 2 + middle :]
    yield f"headless-{stem}.{suffix}", whole[8:]


def _containers(chance: random.Random) -> Named:
    for name in ("zhejiang-targets-2024.docx", "sichuan-brief-2025.pdf", "qiantang-metro.html", "news-briefs-2023.jsonl"):
        yield from _broken(name, (CORPUS / name).read_bytes(), chance)
    yield from _broken("book.xlsx", workbook(), chance)
    for name in ("paper.doc", "paper.odt", "paper.rtf", "figures.xls", "figures.ods"):
        yield from _broken(name, (OFFICE / name).read_bytes(), chance)
    yield from _broken("paper.ofd", paper(), chance)


def _word() -> Named:
    yield "empty-body.docx", docx("")
    yield "no-document.docx", docx(b"", other={"word/x.xml": b"<a/>"})
    yield "no-xml.docx", docx(b"\x00\x01\x02 not xml")
    yield "open-tag.docx", docx("<w:p><w:r><w:t>" + TEXT)
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    yield "billion-laughs.docx", docx(paragraph("&a9;"), head=f'<!DOCTYPE x [<!ENTITY a0 "哈哈">{laughs}]>')
    yield "quadratic-entity.docx", docx(paragraph("&a;" * 5000), head=f'<!DOCTYPE x [<!ENTITY a "{"长" * 20000}">]>')
    yield "outside-entity.docx", docx(paragraph("&a;"), head='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')
    yield "outside-dtd.docx", docx(paragraph(TEXT), head='<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">')
    yield "zip-bomb.docx", docx(b" " * 400_000_000)
    yield "nested-tables.docx", docx("<w:tbl><w:tr><w:tc>" * 5000 + paragraph(TEXT) + "</w:tc></w:tr></w:tbl>" * 5000)
    yield "nested-controls.docx", docx("<w:sdt><w:sdtContent>" * 5000 + paragraph(TEXT) + "</w:sdtContent></w:sdt>" * 5000)
    yield "nested-runs.docx", docx("<w:p>" + "<w:ins>" * 240 + "<w:r><w:t>甲</w:t></w:r>" + "</w:ins>" * 240 + "</w:p>")
    box = "<w:p><w:r><w:txbxContent>"
    yield "nested-boxes.docx", docx(box * 60 + paragraph(TEXT) + "</w:txbxContent></w:r></w:p>" * 60)
    yield "wide-span.docx", docx(f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{"9" * 4000}"/></w:tcPr>{paragraph(TEXT)}</w:tc></w:tr></w:tbl>')
    yield "odd-level.docx", docx('<w:p><w:pPr><w:outlineLvl w:val="-1"/></w:pPr><w:r><w:t>甲区。</w:t></w:r></w:p>')
    styles = f'<w:styles xmlns:w="{W}">' + "".join(
        f'<w:style w:styleId="s{i}"><w:basedOn w:val="s{(i + 1) % 500}"/></w:style>' for i in range(500)
    ) + "</w:styles>"  # fmt: skip
    yield "styles-in-a-circle.docx", docx(paragraph(TEXT), other={"word/styles.xml": styles.encode()})
    yield "many-runs.docx", docx("<w:p>" + "<w:r><w:t>甲</w:t></w:r>" * 100_000 + "</w:p>")
    yield "many-cells.docx", docx("<w:tbl>" + ("<w:tr>" + f"<w:tc>{paragraph('1')}</w:tc>" * 60 + "</w:tr>") * 300 + "</w:tbl>")
    yield "one-line-5mb.docx", docx(paragraph((TEXT * 40_000)[:1_700_000]))
    yield "dots.docx", docx(paragraph(TEXT), other={"../../../../tmp/evil": b"x", "/etc/evil": b"x"})
    yield "two-documents.docx", docx(paragraph(TEXT), other={"WORD/DOCUMENT.XML": b"<x/>"})
    whole = docx(paragraph(TEXT))
    claimed = whole.replace(struct.pack("<I", len(f'<w:document xmlns:w="{W}"><w:body>{paragraph(TEXT)}</w:body></w:document>'.encode())), struct.pack("<I", 2**31 - 1))
    yield "claims-2-gb.docx", claimed
    yield "claims-many-entries.docx", whole[:-12] + b"\xff\xff\xff\xff" + whole[-8:]
    yield "comment.docx", whole + b"PK\x05\x06" * 200
    yield "stored-twice.docx", whole[: whole.rfind(b"PK\x01\x02")] * 2 + whole[whole.rfind(b"PK\x01\x02") :]
    yield "only-end.docx", b"PK\x05\x06" + bytes(18)
    yield "utf-16.docx", docx(f'<?xml version="1.0" encoding="utf-16"?><w:document xmlns:w="{W}"><w:body>{paragraph(TEXT)}</w:body></w:document>'.encode("utf-16"))
    yield "lies-about-encoding.docx", docx(f'<?xml version="1.0" encoding="gb18030"?><w:document xmlns:w="{W}"><w:body>{paragraph(TEXT)}</w:body></w:document>'.encode())
    encrypted = bytearray(whole)
    encrypted[6] |= 1
    encrypted[whole.rfind(b"PK\x01\x02") + 8] |= 1
    yield "encrypted.docx", bytes(encrypted)


def _workbooks() -> Named:
    whole, main = workbook(), "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    def sheet(cells: str, head: str = "") -> bytes:
        content = f'{head}<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
        return with_part(whole, "xl/worksheets/sheet1.xml", content.encode())

    text = f'<c r="A1" t="inlineStr"><is><t>{TEXT}</t></is></c>'
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    yield "empty-sheet.xlsx", sheet("")
    yield "billion-laughs.xlsx", sheet(text.replace(TEXT, "&a9;"), head=f'<!DOCTYPE x [<!ENTITY a0 "哈哈">{laughs}]>')
    yield "outside-entity.xlsx", sheet(text.replace(TEXT, "&a;"), head='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')
    yield "zip-bomb.xlsx", with_part(whole, "xl/worksheets/sheet1.xml", b" " * 400_000_000)
    yield "string-that-is-not-there.xlsx", sheet('<row r="1"><c r="A1" t="s"><v>999999</v></c></row>')
    yield "cell-far-away.xlsx", sheet(f'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="1">{text}</row>')
    yield "cell-beyond.xlsx", sheet('<row r="99999999999"><c r="ZZZZZZ99999999999"><v>1</v></c></row>')
    yield "wide-rows.xlsx", sheet("".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, 2000)))
    yield "no-numbers.xlsx", sheet('<row r="1"><c r="A1"><v>一</v></c><c r="B1"><v>1e99999</v></c><c r="C1"><v>NaN</v></c></row>')
    yield "long-number.xlsx", sheet(f'<row r="1"><c r="A1"><v>{"9" * 100_000}</v></c></row>')
    yield "many-cells.xlsx", sheet("".join(f'<row r="{row}">' + "".join(f"<c><v>{row}</v></c>" for _ in range(60)) + "</row>" for row in range(1, 2000)))
    yield "no-workbook.xlsx", with_part(whole, "xl/workbook.xml", b"<a/>")
    yield "no-styles.xlsx", with_part(whole, "xl/styles.xml", b"")


def _portable() -> Named:
    text = b"BT /F1 12 Tf 72 700 Td (hello) Tj ET"
    yield "one-page.pdf", page(text)
    yield "no-pages.pdf", pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")
    yield "pages-in-a-circle.pdf", pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")
    yield "catalog-of-itself.pdf", pdf(b"1 0 R")
    chain = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (i + 1) for i in range(3, 3000)]
    yield "deep-pages.pdf", pdf(b"<< /Type /Catalog /Pages 2 0 R >>", *[b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", *chain])
    yield "claims-a-million-pages.pdf", pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 1000000 >>")
    yield "claims-2-gb-stream.pdf", page(text).replace(b"/Length 36", b"/Length 2147483647")
    yield "negative-length.pdf", page(text).replace(b"/Length 36", b"/Length -36")
    yield "flate-bomb.pdf", page(zlib.compress(b"(a) Tj " * 30_000_000, 9), b"/Filter /FlateDecode")
    yield "double-bomb.pdf", page(zlib.compress(zlib.compress(bytes(200_000_000), 9), 9), b"/Filter [/FlateDecode /FlateDecode]")
    yield "predictor-bomb.pdf", page(zlib.compress(bytes(1_000_000)), b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2000000000 /Colors 4 >>")
    yield "run-length-bomb.pdf", page(b"\x81a" * 2_000_000 + b"\x80", b"/Filter /RunLengthDecode")
    yield "unknown-filter.pdf", page(text, b"/Filter /Nothing")
    yield "many-filters.pdf", page(text, b"/Filter [" + b"/ASCIIHexDecode " * 3000 + b"]")
    yield "deep-array.pdf", page(b"[" * 50_000 + b"] TJ")
    yield "deep-dictionary.pdf", pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /A " * 20_000 + b">>" * 20_000)
    yield "open-string.pdf", page(b"BT (" + b"(" * 100_000)
    yield "unknown-operators.pdf", page(b"xyzzy " * 200_000)
    yield "numbers.pdf", page(b"9" * 1_000_000 + b" Tj")
    yield "form-in-a-circle.pdf", pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        b"<< /Length 5 >>\nstream\n/X Do\nendstream",
        b"<< /Type /XObject /Subtype /Form /Resources << /XObject << /X 5 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream",
    )  # fmt: skip
    yield "xref-in-a-circle.pdf", pdf(b"<< /Type /Catalog >>", trailer=b"<< /Root 1 0 R /Size 3 /Prev 9 >>")
    yield "xref-far-away.pdf", b"%PDF-1.4\nstartxref\n99999999999999999999\n%%EOF"
    yield "no-xref.pdf", page(text).replace(b"xref", b"yref")
    yield "no-end.pdf", page(text)[:-30]
    yield "only-head.pdf", b"%PDF-1.7\n"
    yield "many-objects.pdf", b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\n" * 50_000
    yield "encrypted.pdf", pdf(b"<< /Type /Catalog >>", b"<< /Filter /Standard /V 5 /R 6 /O () /U () /P -1 >>", trailer=b"<< /Root 1 0 R /Encrypt 2 0 R /ID [() ()] >>")
    cmap = b"/CIDInit begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFFFFFF> <0000> endbfrange endcmap"
    yield "wide-cmap.pdf", pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length 24 >>\nstream\nBT /F1 9 Tf <0041> Tj ET\nendstream",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
    )  # fmt: skip


def _fixed_layout() -> Named:
    text = line(TEXT[:30], 30, 60)
    yield "one-page.ofd", ofd([drawn(text)])
    yield "billion-laughs.ofd", ofd(['<!DOCTYPE x [<!ENTITY a "' + "长" * 20_000 + '">]>' + drawn(text).partition("?>")[2].replace("，", "&a;" * 5000)])
    yield "zip-bomb.ofd", ofd([drawn(" " * 400_000_000)])
    yield "nested-blocks.ofd", ofd([drawn("<ofd:PageBlock>" * 5000 + text + "</ofd:PageBlock>" * 5000)])
    yield "one-spot.ofd", ofd([drawn("".join(line(f"甲{number}", 30, 60) for number in range(40_000)))])
    yield "one-character-a-line.ofd", ofd([drawn("".join(line("甲", 30 + number % 97, number / 50) for number in range(40_000)))])
    yield "long-path.ofd", ofd([drawn(text + path("M 0 0 " + "L 9 9 L 9 0 " * 300_000))])
    yield "many-paths.ofd", ofd([drawn(text + path("M 0 0 L 99 0 L 99 99 C") * 40_000)])
    yield "far-away.ofd", ofd([drawn(text.replace('"30 ', '"1e308 ', 1))])
    page_of_itself = '<ofd:Page BaseLoc="Document.xml"/>' * 1000
    yield "pages-in-a-circle.ofd", ofd([], parts={"Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:Pages>{page_of_itself}</ofd:Pages></ofd:Document>"})
    using = '<ofd:CompositeObject ID="1" Boundary="0 0 9 9" ResourceID="70"/>'
    circle = f'<ofd:Res {SPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="70"><ofd:Content>{text}{using * 99}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>'
    yield "drawing-in-a-circle.ofd", ofd([drawn(using)], common="<ofd:PublicRes>R.xml</ofd:PublicRes>", parts={"Doc_0/R.xml": circle})


def _encodings() -> Named:
    raw = TEXT.encode()
    yield "lone-surrogate.txt", TEXT.encode() + b"\xed\xa0\x80" + raw
    yield "overlong.txt", raw + b"\xc0\xaf" + raw
    yield "half-a-character.txt", raw[:-1]
    yield "wrong-byte.txt", raw + b"\xff" + raw
    yield "invalid-gb18030.txt", TEXT.encode("gb18030") + b"\x81\x30\xff\xff" + TEXT.encode("gb18030")
    yield "half-gbk.txt", TEXT.encode("gbk")[:-1]
    yield "two-encodings.txt", raw + TEXT.encode("gbk")
    yield "big5.txt", "錢塘區召開會議，推進工程建設。".encode("big5")
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "gb18030", "utf-7"):
        yield f"{name}.txt", TEXT.encode(name)
    yield "odd-utf-16.txt", TEXT.encode("utf-16")[:-1]
    yield "surrogate-utf-16.txt", b"\xff\xfe\x00\xd8" + TEXT.encode("utf-16-le")
    yield "two-marks.txt", b"\xef\xbb\xbf\xef\xbb\xbf" + raw
    yield "mark-only.txt", b"\xef\xbb\xbf"
    yield "latin-1.txt", "Zürich café".encode("latin-1")
    for name, data in (("all-bytes", bytes(range(256)) * 40), ("random", random.Random(7).randbytes(100_000)), ("zeros", bytes(100_000)), ("ones", b"\xff" * 100_000)):
        for suffix in ("txt", "md", "html", "csv", "jsonl", "docx", "pdf"):
            yield f"{name}.{suffix}", data
    yield "nul-in-text.txt", raw.replace("，".encode(), b"\x00")
    yield "nul-in-name.csv", b"id\x00,text\n1,\xe7\x94\xb2\n"


def _contents() -> Named:
    for suffix in ("txt", "md", "html", "csv", "jsonl", "docx", "pdf"):
        yield f"empty.{suffix}", b""
        yield f"blanks.{suffix}", b" \n\t\r\n\xe3\x80\x80" * 50
    yield "punctuation.txt", ("，。；：！？“”‘’（）《》【】…—·、" * 400).encode()
    yield "punctuation.md", b"*_`#>-+|~[]()!<>&\\" * 500
    controls = "".join(map(chr, (*range(1, 32), 0x7F, *range(0x80, 0xA0), 0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE)))
    yield "controls.txt", ("钱塘区" + controls + "召开会议。" + controls * 50).encode()
    yield "bidi.txt", ("\u202e区塘钱\u202c与\u2067滨江区\u2069召开会议，\u200f投资12亿元\u202d。" * 50).encode()
    yield "homoglyphs.txt", "钱\u200b塘\ufeff区與錢塘區、⼴州市、广\u3000州市、ＧＤＰ增⻓１１％，完成⼋项，㈱①②Ⅷ﹪。".encode()
    yield "combining.txt", ("区" + "\u0301" * 50_000 + "召开会议。").encode()
    yield "emoji.txt", ("钱塘区👨‍👩‍👧‍👦🇨🇳召开会议🏗️，投资1️⃣2️⃣亿元。" * 200).encode()
    yield "rare.txt", "𠀀𪚥𰻝区召开会议，𫟷𬭳建设工程。\U000e0001\U000e0041\U0010fffd".encode()
    yield "line-ends.txt", "甲区。\r乙区。\r\n丙区。\u2028丁区。\u2029戊区。\x85己区。\x0b庚区。\x0c辛区。".encode()
    yield "words.txt", ("以及" * 5000 + "投资5亿元。" + "为" * 5000 + "11%。").encode()
    yield "years.txt", ("2021年" * 20_000 + "。").encode()
    yield "digits.txt", b"1" * 200_000 + "亿元。".encode()
    yield "huge-number.txt", ("钱塘区投资" + "9" * 400 + "万亿亿亿元，增长1e999999%，" + "九" * 3000 + "千万亿元。").encode()
    yield "percent.txt", ("增长" * 3000 + "5%，" * 3000).encode()
    yield "places.txt", ("浙江省杭州市钱塘区" * 8000 + "。").encode()
    yield "titles.txt", ("《关于" * 3000 + "》" * 3000).encode()
    yield "colons.txt", ("来源：" * 30_000).encode()
    yield "enumeration.txt", ("钱塘区、" * 20_000 + "等工程开工。").encode()
    yield "conjunctions.txt", ("钱塘区和" * 20_000 + "滨江区合作。").encode()
    yield "short-lines.txt", "甲\n" .encode() * 100_000
    yield "sentences.txt", ("钱塘区召开会议。" * 5000).encode()
    yield "front-matter.txt", b"---\ntitle: [" * 2000 + b"\n---\n" + TEXT.encode()
    yield "yaml-aliases.txt", b"---\na: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(b"%c: &%c [%s]\n" % (98 + i, 98 + i, b",".join([b"*%c" % (97 + i)] * 9)) for i in range(8)) + b"title: *i\n---\n" + TEXT.encode()
    yield "yaml-tag.txt", b"---\ntitle: !!python/object/apply:os.system [touch /tmp/kg-was-here]\n---\n" + TEXT.encode()
    yield "paragraphs.txt", (TEXT * 300 + "\n").encode() * 60
    yield "long-paragraph.txt", (TEXT * 850).encode()
    yield "half-nested.txt", ("《“（" * 30_000 + TEXT).encode()
    for name, one, other in (("round", "（", "）"), ("square", "【", "】"), ("quotes", "“", "”"), ("books", "《", "》"), ("ascii", "([{<", ">}])")):
        yield f"open-{name}.txt", (TEXT + one * _DEEP).encode()
        yield f"nested-{name}.txt", (one * _DEEP + TEXT + other * _DEEP).encode()
        yield f"nested-{name}.md", (one * _DEEP + TEXT + other * _DEEP).encode()


def _markup() -> Named:
    yield "nested.html", b"<html><body>" + b"<div>" * _DEEP + TEXT.encode() + b"</div>" * _DEEP
    yield "nested-lists.html", b"<html><body>" + b"<ul><li>" * 20_000 + TEXT.encode()
    yield "tables-inside.html", b"<html><body>" + b"<table><tr><td>" * 10_000 + TEXT.encode()
    yield "open-comment.html", b"<html><body><!--" + b"<!--" * 50_000 + TEXT.encode()
    yield "open-attribute.html", b"<html><body><p class='" + b"a" * 1_000_000
    yield "many-attributes.html", b"<html><body><p " + b" ".join(b"a%d=x" % i for i in range(50_000)) + b">" + TEXT.encode()
    yield "entities.html", b"<html><body><p>" + b"&#x110000;&#0;&#xd800;&#99999999999;&nbsp;&notanentity;" * 5000
    yield "cdata.html", b"<html><body><![CDATA[" * 20_000 + TEXT.encode()
    yield "wide-table.html", b"<html><body><table><tr>" + b"<td colspan=1000000000 rowspan=1000000000>1" * 500 + b"</table>"
    yield "script.html", b"<html><body><script>" + b"while(1){}" * 50_000 + b"</script><p>" + TEXT.encode()
    yield "redirect.html", b"<html><head><meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'><base href='http://127.0.0.1:9/'></head><body><img src=x>" + TEXT.encode()
    yield "lies.html", b"<html><head><meta charset=big5></head><body><p>" + TEXT.encode()
    yield "unknown-charset.html", b"<html><head><meta charset=klingon></head><body><p>" + TEXT.encode()
    yield "xxe.xhtml", b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>&a;' + TEXT.encode()
    yield "links.html", b"<html><body>" + "<a href=x>甲</a>".encode() * 50_000
    yield "quoted-deeply.md", b"> " * 20_000 + TEXT.encode()
    yield "nested-lists.md", b"".join(b"  " * i + b"- x\n" for i in range(600)) + TEXT.encode()
    yield "stars.md", b"*a **b " * 20_000
    yield "images.md", b"![" * 50_000
    yield "links.md", b"[a](" * 50_000
    yield "references.md", b"".join(b"[a%d]: /x\n" % i for i in range(20_000)) + b"[a1]" * 20_000
    yield "table.md", b"|" * 5000 + b"\n" + b"|-" * 5000 + b"|\n" + (b"|a" * 5000 + b"|\n") * 3
    yield "html-inside.md", b"<div><p>" * 20_000 + TEXT.encode()
    yield "fences.md", b"```\n" * 20_000
    yield "backticks.md", b"`" * 99_999 + b" a " + b"``" * 20_000


def _records() -> Named:
    yield "deep.jsonl", b'{"text": ' + b"[" * _DEEP + b"]" * _DEEP + b"}\n"
    yield "open.jsonl", b'{"text": "' + TEXT.encode() * 1000
    yield "not-objects.jsonl", b'1\n"a"\nnull\n[]\ntrue\n'
    yield "numbers.jsonl", b'{"text": 1e400, "id": NaN}\n{"text": -Infinity}\n{"text": ' + b"9" * 5000 + b"}\n"
    yield "surrogates.jsonl", b'{"id": "\\ud800", "text": "\\ud83d\\u0000\\udfff ' + TEXT.encode() + b'"}\n'
    yield "twice.jsonl", b'{"id": "a", "text": "x"}\n' * 2
    yield "ids.jsonl", b'{"id": "../../etc/passwd", "text": "\xe7\x94\xb2"}\n{"id": "a/b\\u0000c\\n", "text": "\xe7\x94\xb2"}\n{"id": "' + b"z" * 100_000 + b'", "text": "x"}\n'
    yield "many.jsonl", b"".join(b'{"id": %d, "text": "\xe9\x92\xb1\xe5\xa1\x98\xe5\x8c\xba\xe3\x80\x82"}\n' % i for i in range(3000))
    yield "many-faults.jsonl", b"{\n" * 50_000
    yield "no-text.jsonl", b'{"id": 1}\n'
    yield "bad-date.jsonl", b'{"text": "x", "date": "2021-02-30"}\n'
    yield "keys.jsonl", b"{" + b",".join(b'"k%d": 1' % i for i in range(50_000)) + b', "text": "x"}\n'
    yield "open-quote.csv", b'text\n"' + TEXT.encode() * 1000
    yield "long-row.csv", b"text\n" + b"a," * 100_000 + b"\n"
    yield "columns.csv", b",".join(b"c%d" % i for i in range(20_000)) + b",text\n" + b"," * 20_000 + b"x\n"
    yield "no-column.csv", b"a,b\n1,2\n"
    yield "quotes.csv", b'text\n' + b'"' * 99_999
    yield "formula.csv", b"text\n=cmd|'/c calc'!A1\n@SUM(A1)\n"
    yield "tabs.tsv", b"text\tid\n" + b"\t" * 50_000
    yield "one-cell.csv", b"text\n" + b'"' + TEXT.encode() * 20_000 + b'"\n'


def _disguised() -> Named:
    for name, head in (("png", b"\x89PNG\r\n\x1a\n"), ("gzip", b"\x1f\x8b\x08"), ("elf", b"\x7fELF\x02"), ("office", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
                       ("sqlite", b"SQLite format 3\x00"), ("rtf", b"{\\rtf1 "), ("jpeg", b"\xff\xd8\xff\xe0"), ("mp4", b"\x00\x00\x00\x18ftypmp42")):  # fmt: skip
        yield f"{name}.txt", head + random.Random(name).randbytes(5000)
    yield "pdf.txt", (CORPUS / "sichuan-brief-2025.pdf").read_bytes()
    yield "docx.html", (CORPUS / "zhejiang-targets-2024.docx").read_bytes()
    yield "html.pdf", b"<html><body>404</body></html>"
    yield "text.docx", TEXT.encode()
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
    yield "sheet.docx", raw.getvalue()
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)


def _large() -> Named:
    yield "one-line-50mb.txt", (TEXT * (50 * 2**20 // len(TEXT.encode())))[:-1].encode()
    yield "too-large.txt", b"a" * (65 * 2**20)
    yield "one-line-50mb.jsonl", b'{"text": "' + b"a" * (50 * 2**20) + b'"}\n'
    yield "one-line-20mb.html", b"<html><body><p>" + ("甲乙丙丁" * (20 * 2**20 // 12)).encode()


def contents(*, large: bool = True) -> Named:
    """Name and bytes of every file; with `large`, also those of tens of megabytes."""
    chance = random.Random(20210715)
    yield from _containers(chance)
    for some in (_word, _workbooks, _portable, _fixed_layout, _encodings, _contents, _markup, _records, _disguised):
        yield from some()
    if large:
        yield from _large()


def _names(folder: Path) -> Iterator[str]:
    """Files with odd names, links in circles, a folder that cannot be left, a pipe."""
    for name in ("new\nline.txt", "tab\tand\rreturn.txt", "quote\"'`$(touch x).txt", "-rf.txt", "*.txt", "a#b?c%20d.txt", "\u202etxt.exe.txt",
                 "é" * 120 + ".txt", "龘" * 83 + ".txt", "x" * (_WIDE_PATH - 4) + ".txt", " .txt", "…….txt", "CON.txt", "{a,b}.txt", "[ab].txt"):  # fmt: skip
        (folder / name).write_text(TEXT, encoding="utf-8")
        yield name
    for raw in (b"\xff\xfe.txt", b"\xb8\xc4\xb8\xef.txt", b"\xed\xa0\x80.txt"):  # no UTF-8; GBK; a surrogate
        with open(os.fsencode(folder) + b"/" + raw, "wb") as stream:
            stream.write(TEXT.encode())
        yield os.fsdecode(raw)
    (folder / "itself.txt").symlink_to("itself.txt")
    (folder / "ping.txt").symlink_to("pong.txt")
    (folder / "pong.txt").symlink_to("ping.txt")
    (folder / "nowhere.txt").symlink_to("/nonexistent/x.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "memory.txt").symlink_to("/proc/self/mem")
    (folder / "loop").mkdir()
    (folder / "loop" / "back").symlink_to("..", target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
    (folder / "folder.txt").mkdir()
    yield from ("itself.txt", "ping.txt", "pong.txt", "nowhere.txt", "zero.txt", "memory.txt", "pipe.txt")


def write_files(folder: Path, *, large: bool = True) -> list[Path]:
    """Write all files into `folder`, which must be empty; their paths."""
    written = []
    for name, data in contents(large=large):
        path = folder / name
        assert not path.exists(), f"two nasty files are called {name}"
        path.write_bytes(data)
        written.append(path)
    odd = folder / "names"
    odd.mkdir()
    return [*written, *(odd / name for name in _names(odd))]


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.mkdir(parents=True, exist_ok=True)
    print(len(write_files(place)))
