"""Bytes as hypothesis likes them: sound files of every format, cut, spliced, and with what is likely to hurt put in."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
from hypothesis import strategies as st

from tests.read.ofd_files import paper

ROOT = Path(__file__).parents[2]
SEEDS = {
    "txt": "corpus/qiantang-plenary-2021-07-15.txt",
    "md": "corpus/zhejiang-report-2025.md",
    "html": "corpus/qiantang-metro.html",
    "docx": "corpus/zhejiang-targets-2024.docx",
    "pdf": "corpus/sichuan-brief-2025.pdf",
    "jsonl": "corpus/news-briefs-2023.jsonl",
    "csv": "corpus/zhejiang-projects-2024.csv",
    "doc": "tests/read/files/paper.doc",
    "odt": "tests/read/files/paper.odt",
    "rtf": "tests/read/files/paper.rtf",
    "xls": "tests/read/files/figures.xls",
    "ods": "tests/read/files/figures.ods",
}
SUFFIXES = (*SEEDS, "xlsx", "ofd")
_INSIDE = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml", "odt": "content.xml", "ods": "content.xml", "ofd": "Doc_0/Pages/Page_0/Content.xml"}  # the part of an archive that is changed by itself
_COMMON = [b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b"\xed\xa0\x80", b"\xe2\x80\xae", b"9" * 400, b"(" * 500, "《".encode() * 300,
           "为".encode() * 200, "2021年".encode(), "百分之".encode(), "亿元".encode(), "第".encode(), "、".encode() * 50]  # fmt: skip
_OWN = {
    "txt": [b"---\n", b"title: [", b"a: &a [*a]\n"],
    "md": [b"```", b"|", b"|-|-|\n", b"[a](", b"> ", b"<!--", b"# ", b"<table>", b"***", b"- " * 50],
    "html": [b"<", b">", b"<!--", b"<table><tr><td>", b"</table>", b"<script>", b"&#0;", b"&#x110000;", b"<p " + b"a=1 " * 300, b"<![CDATA[", b"colspan='99999999'"],
    "docx": [b"PK\x03\x04", b"PK\x05\x06", b"<w:tbl>", b"<!DOCTYPE a>", b"\xff\xff\xff\xff"],
    "pdf": [b"endobj", b"stream\n", b"endstream", b"/Length -1", b"/Length 9999999999", b"1 0 R", b"/Kids [2 0 R]", b"xref\n", b"trailer", b"<<" * 300, b"[" * 300, b"/Filter /FlateDecode", b"startxref\n1\n"],
    "jsonl": [b"{", b"}", b'"', b"\\ud800", b"\\u0000", b"[" * 3000, b"1e999", b"NaN", b'{"id":"../x","text":"x"}\n'],
    "xlsx": [b"PK\x03\x04", b"PK\x05\x06", b'<c r="A1" t="s"><v>99</v></c>', b'<c r="ZZZZ99999999"/>', b"<!DOCTYPE a>", b"\xff\xff\xff\xff"],
    "doc": [b"\xec\xa5", b"\x07", b"\r\x00", b"\x13\x00", b"\xff" * 30, b"\x01\x00\xff\xff", b"\x08\xd6", b"\x00" * 64],
    "odt": [b"PK\x03\x04", b"PK\x05\x06", b"<!DOCTYPE a>", b"\xff\xff\xff\xff"],
    "rtf": [b"{", b"}", b"\\u-1?", b"\\'", b"\\bin99999999 ", b"{" * 300, b"\\cell\\row", b"\\ansicpg0"],
    "xls": [b"\x09\x08", b"\xfc\x00", b"\xff" * 30, b"\x00" * 64],
    "ods": [b"PK\x03\x04", b"<!DOCTYPE a>", b"\xff\xff\xff\xff"],
    "drawn": [b'"', b"<", b">", b"-", b" 1e300", b" nan", b"g 999999999 5 ", b"<ofd:PageBlock>", b"</ofd:TextObject>", b'CTM="0 0 0 0 0 0"', b" M 0 0 L 9 9 C", b"\\d842"],
    "ofd": [b"PK\x03\x04", b"<!DOCTYPE a>", b"\xff\xff\xff\xff"],
    "csv": [b'"', b",", b"\t", b'""', b"text", b"\x00", b"," * 200],
}  # fmt: skip


def mutated(suffix: str) -> st.SearchStrategy[bytes]:
    """The seed of a format after up to twelve changes; of a Word or Excel file also with changes inside its text."""
    seed = workbook() if suffix == "xlsx" else paper() if suffix == "ofd" else (ROOT / SEEDS[suffix]).read_bytes()
    if suffix not in _INSIDE:
        return _changed(seed, suffix)
    with zipfile.ZipFile(BytesIO(seed)) as archive:
        inside = archive.read(_INSIDE[suffix])
    return st.one_of(_changed(seed, suffix), _changed(inside, "drawn" if suffix == "ofd" else "html").map(lambda part: with_part(seed, _INSIDE[suffix], part)))


def with_part(archive: bytes, name: str, content: bytes) -> bytes:
    """The same zip archive with this as the part `name`."""
    raw = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return raw.getvalue()


def workbook() -> bytes:
    """A sheet of figures and one of texts."""
    book = openpyxl.Workbook()
    for row in (["地区", "生产总值（亿元）", "增长"], ["杭州市", 21860, 0.047], ["宁波市", 18147.7, 0.054]):
        book.active.append(row)
    texts = book.create_sheet("通知")
    for row in (["标题", "正文"], ["通知", "2021年7月15日，钱塘区召开会议，上半年完成投资12.5亿元。"]):
        texts.append(row)
    raw = BytesIO()
    book.save(raw)
    return raw.getvalue()


def _changed(seed: bytes, suffix: str) -> st.SearchStrategy[bytes]:
    place = st.integers(0, len(seed))
    piece = st.one_of(st.sampled_from(_COMMON + _OWN[suffix]), st.binary(max_size=8))
    change = st.one_of(
        st.tuples(st.just("put"), place, piece),
        st.tuples(st.just("over"), place, piece),
        st.tuples(st.just("cut"), place, st.integers(0, 400)),
        st.tuples(st.just("end"), place, st.just(0)),
        st.tuples(st.just("copy"), place, st.integers(1, 2000)),
    )
    return st.lists(change, min_size=1, max_size=12).map(lambda changes: apply(seed, changes))


def apply(data: bytes, changes: list[tuple[str, int, bytes | int]]) -> bytes:
    """`data` after the changes, one after the other."""
    for kind, at, what in changes:
        at = min(at, len(data))
        if isinstance(what, bytes):
            data = data[:at] + what + data[at + (len(what) if kind == "over" else 0) :]
        elif kind == "cut":
            data = data[:at] + data[at + what :]
        elif kind == "end":
            data = data[:at]
        else:
            data = data[:at] + data[at : at + what] * 3 + data[at:]
    return data
