from __future__ import annotations

from collections.abc import Callable

from kg.model import Document

ReadAs = Callable[..., list[Document]]
NEWS = """# 要闻 (20230101)

## 摘要

1.水库开工；

2.高铁通车。

## 详细

### 水库开工

今天，水库开工。

### 高铁通车

<p>今天，高铁通车。</p>

| 线 | 里程 |
|---|---|
| 甲 | 10 |
"""


def test_one_document_a_section_and_none_for_the_contents(read_as: ReadAs) -> None:
    one, two = read_as("20230101.md", NEWS, split_heading=3)
    assert (one.id, one.stem, one.part) == ("folder/20230101.md#01", "20230101-01", "01")
    assert (one.text, one.title, one.date) == ("水库开工\n今天，水库开工。", "水库开工", "2023-01-01")
    assert two.text == "高铁通车\n今天，高铁通车。\n线\t里程\n甲\t10"
    assert [two.text[a:b] for a, b in two.headings] == ["高铁通车"]
    assert [two.text[c.start : c.end] for c in two.tables[0].cells] == ["线", "里程", "甲", "10"]


def test_without_the_option_it_is_one(read_as: ReadAs) -> None:
    (document,) = read_as("20230101.md", NEWS)
    assert document.part == ""
    assert document.text.startswith("要闻 (20230101)\n摘要\n1.水库开工；")


def test_what_stands_before_the_first_section_is_kept(read_as: ReadAs) -> None:
    text = "# 条例\n\n2015年6月26日通过\n\n## 第一章\n\n第一条。\n\n## 第二章\n\n第二条。\n"
    parts = read_as("law.md", text, split_heading=2)
    assert [p.text for p in parts] == ["条例\n2015年6月26日通过", "第一章\n第一条。", "第二章\n第二条。"]
    assert [p.part for p in parts] == ["01", "02", "03"]


def test_no_heading_of_the_level_leaves_the_text_whole(read_as: ReadAs) -> None:
    (document,) = read_as("a.md", "# 甲\n\n正文。\n", split_heading=4)
    assert (document.part, document.text) == ("", "甲\n正文。")


def test_sections_lose_nothing_but_the_contents(read_as: ReadAs) -> None:
    whole = read_as("20230101.md", NEWS)[0].text
    parts = read_as("20230101.md", NEWS, split_heading=3)
    rest = whole
    for part in parts:
        assert part.text in rest
        rest = rest.replace(part.text, "", 1)
    assert rest.split("\n") == ["要闻 (20230101)", "摘要", "1.水库开工；", "2.高铁通车。", "详细", "", ""]
