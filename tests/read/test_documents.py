"""What is the same for all formats: ids, titles, dates, and a stated reason for each file that cannot be read."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.model import Document
from kg.read import ReadOptions, SourceFile, find, read

ReadAs = Callable[..., list[Document]]


def archive(*members: str, content: bytes = b"<x/>") -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as target:
        for member in members:
            target.writestr(member, content)
    return raw.getvalue()


DOCUMENT_XML = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t ", "is empty"),
        ("a.txt", "来源：某日报".encode() + b"\x00\x01\x02\x03\x04" * 40, "is binary data"),
        ("a.txt", b"\x89PNG\r\n\x1a\n0000", "is a PNG picture"),
        ("a.txt", b"\xff\xd8\xff\xe0JFIF", "is a JPEG picture"),
        ("a.txt", gzip.compress(b"text"), "is a gzip archive"),
        ("a.txt", b"\x7fELF\x02\x01", "is a program"),
        ("a.txt", "正文".encode()[:-1] + b"\xff\xfe\xfd" * 9, "cannot be decoded"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "is a damaged Word or Excel file: .* .open it and save it as docx or xlsx"),
        ("a.rtf", b"{\\rtf1 }", "holds no text"),
        ("a.zip", archive("a.txt"), "is a zip archive"),
        ("a.docx", archive("xl/workbook.xml"), "is a damaged Excel workbook"),
        ("a.docx", archive("OFD.xml"), "is no OFD file: OFD.xml names no document"),
        ("a.docx", b"PK\x03\x04" + b"\x00" * 50, "is a damaged zip archive, Word, Excel or OFD file"),
        ("a.docx", archive("word/document.xml", content=b"<w:document"), "is a damaged Word file"),
        ("a.docx", archive("word/document.xml", content=DOCUMENT_XML % b""), "holds no text"),
        (
            "a.docx",
            archive("word/document.xml", content=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
            "declares a document type",
        ),
        ("a.pdf", b"%PDF-1.4\nnothing else", "is a damaged PDF"),
        ("a.html", b"<html><body><script>1</script></body></html>", "the page holds no text"),
        (
            "a.jsonl",
            b'{"title": "x"}\n',
            r"has no column of texts \(name it with --text-column; its columns are: title\)",
        ),
        ("a.csv", b"title,when\nx,y\n", "has no column of texts"),
        ("a.csv", b"text\n", "holds no records"),
        ("a.csv", b"a,\x00\x01\x02\x03\x04\x05\x06\x07\x08\n", "is binary data"),
        ("a.caj", b"some text", "is a caj file, which cannot be read"),
        ("a.md", b"<!-- nothing -->\n", "holds no text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_reason(read_as: ReadAs, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(KgError, match=reason) as failure:
        read_as(name, content)
    assert str(failure.value.file).endswith(name)


def test_entities_of_a_dtd_are_never_expanded(read_as: ReadAs) -> None:
    laughs = (
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + DOCUMENT_XML % b"<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"
    )
    with pytest.raises(KgError, match="declares a document type"):
        read_as("a.docx", archive("word/document.xml", content=laughs))


def test_a_zip_bomb_is_not_unpacked(read_as: ReadAs) -> None:
    bomb = archive("word/document.xml", content=b" " * 3_000_000)
    assert len(bomb) < 10_000
    with pytest.raises(KgError, match="unpacks to more than 1 MB"):
        read_as("a.docx", bomb, max_bytes=2**20)


def test_size_limit(read_as: ReadAs) -> None:
    assert read_as("a.txt", "x" * 100, max_bytes=100)
    with pytest.raises(KgError, match="is larger than"):
        read_as("a.txt", "x" * 101, max_bytes=100)


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (source,) = find([tmp_path / "a.txt"])
    with pytest.raises(KgError, match="is no regular file"):
        read(source)


def test_a_file_that_vanished(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be opened: No such file"):
        read(SourceFile(tmp_path / "gone.txt", "x/gone.txt"))


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.txt", b"%PDF-1.4 broken", None),
        ("a.txt", b"<!DOCTYPE html><html><body><p>\xe6\xad\xa3\xe6\x96\x87\xe3\x80\x82</p></body></html>", "html"),
        ("a.html", "没有标签的正文。".encode(), "txt"),
        ("a.pdf", "另存的正文。".encode(), "txt"),
        ("a", "# 标题\n正文。".encode(), "txt"),
        ("A.MD", "# 标题\n正文。".encode(), "md"),
    ],
)
def test_content_goes_before_suffix(read_as: ReadAs, name: str, content: bytes, format: str | None) -> None:
    if format is None:
        with pytest.raises(KgError, match="PDF"):
            read_as(name, content)
    else:
        assert [document.format for document in read_as(name, content)] == [format]


@pytest.mark.parametrize(
    ("name", "content", "options", "date", "basis"),
    [
        (
            "2021-07-15.txt",
            "---\ndate: 2020-01-01\n---\n2019年1月1日发布",
            {"date": "2022-02-02"},
            "2022-02-02",
            "option",
        ),
        ("2021-07-15.txt", "---\ndate: 2020-01-01\n---\n2019年1月1日发布", {}, "2020-01-01", "metadata"),
        ("2021-07-15.txt", "2019年1月1日发布", {}, "2021-07-15", "filename"),
        ("a.txt", "2019年1月1日发布", {}, "2019-01-01", "text"),
        ("2023年某市统计公报.txt", "公报\n2024年3月29日\n2023年，全市平稳发展。", {}, "2024-03-29", "text"),
        ("tjgb-2023.txt", "2023年某市国民经济和社会发展统计公报\n2024年3月29日\n2023年，全市平稳发展。", {}, "2024-03-29", "text"),
        ("tjgb-2023.txt", "某市园区开园\n2024年3月29日\n2023年，全市平稳发展。", {}, "2023", "filename"),
        ("2023年某市统计公报.txt", "公报\n2025年3月29日\n2023年，全市平稳发展。", {}, "2023", "filename"),
        ("2025年某省报告.txt", "报告\n——2025年1月20日在某会上", {}, "2025-01-20", "text"),
        ("2025年某省报告.txt", "报告\n——2024年1月20日在某会上", {}, "2025", "filename"),
        ("a.txt", "标题\n发布时间：2021-07-15 来源：某网\n2020年1月1日，", {}, "2021-07-15", "metadata"),
        ("a.txt", "没有日期", {}, None, ""),
    ],
)
def test_where_the_date_is_from(
    read_as: ReadAs, name: str, content: str, options: dict[str, str], date: str | None, basis: str
) -> None:
    (document,) = read_as(name, content, **options)
    assert (document.date, document.date_basis) == (date, basis)


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("a.txt", "---\ntitle: 甲\n---\n乙\n丙。", "甲"),
        ("a.txt", "乙\n一、丙\n丁。", "乙"),
        ("a.txt", "打印\n乙\n丙。", "乙"),
        ("a.txt", "这是一个句子。\n丙。", ""),
        ("a.txt", "这些天，我们做了以下几件事：\n丙。", ""),
        ("a.md", "## 乙\n# 甲\n丙。", "甲"),
        ("a.html", "<html><title>甲_某网</title><body><p>丙。</p></body></html>", "甲"),
    ],
)
def test_title(read_as: ReadAs, name: str, content: str, title: str) -> None:
    assert read_as(name, content)[0].title == title


def test_hash_is_of_the_bytes_and_of_the_record(read_as: ReadAs) -> None:
    one, two = read_as("a.jsonl", '{"text": "甲。"}\n{"text": "乙。"}\n')
    again = read_as("b.jsonl", '{"text": "丙。"}\n{"text": "乙。"}\n')[1]
    assert one.sha256 != two.sha256 == again.sha256
    assert read_as("a.txt", "甲\r\n")[0].sha256 != read_as("a.txt", "甲\n")[0].sha256


def test_options_default() -> None:
    assert ReadOptions() == ReadOptions(max_bytes=64 * 1024 * 1024)
