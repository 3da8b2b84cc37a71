"""Each format: what its text is, where its headings and tables stand, what it says of itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from fpdf import FPDF
from PIL import Image
from pypdf import PdfReader, PdfWriter

from kg.errors import KgError
from kg.model import Document
from kg.read import read, read_file
from kg.read.line_joining import join_broken_lines
from kg.read.pages import _joined_pages, _line, _upright, _with_notes_behind, _without_cut_lines, _without_running_heads

ReadAs = Callable[..., list[Document]]
CORPUS = Path(__file__).parents[2] / "corpus"


def headings(document: Document) -> list[str]:
    return [document.text[start:end] for start, end in document.headings]


def noise(document: Document) -> list[str]:
    return [document.text[start:end] for start, end in document.noise]


def cells(document: Document, table: int = 0) -> list[tuple[int, int, str, bool]]:
    return [(c.row, c.column, document.text[c.start : c.end], c.header) for c in document.tables[table].cells]


def word(build: docx.document.Document) -> bytes:
    raw = io.BytesIO()
    build.save(raw)
    return raw.getvalue()


# -- txt --------------------------------------------------------------------------------------------------------------


def test_text_is_the_file_itself(read_as: ReadAs) -> None:
    (document,) = read_as("a.txt", "\ufeff标题\r\n\r\n　　正文 一。\r\n")
    assert document.text == "标题\n\n　　正文 一。\n"
    assert (document.format, document.id, document.stem, document.part) == ("txt", "folder/a.txt", "a", "")


def test_text_headings_are_guessed(read_as: ReadAs) -> None:
    text = "某某报告\n杭办〔2021〕3号\n各区：\n一、工作目标\n全区要加快建设，确保年内完成。\n（一）加快\n1.新建道路\n2021年1月1日\n交出成绩单，持续发展\n上半年，全区地区生产总值增长百分之十一，工业增加值增长。\n"
    assert headings(read_as("a.txt", text)[0]) == ["某某报告", "一、工作目标", "（一）加快", "交出成绩单，持续发展"]


def test_front_matter(read_as: ReadAs) -> None:
    head = "---\ntitle: 甲\ndate: 2021-07-15\nsource: 乙\npublisher: 丙\nurl: https://example.org/a\nother: 1\n---\n"
    (document,) = read_as("a.txt", head + "正文。")
    assert (document.title, document.date, document.source) == ("甲", "2021-07-15", "乙")
    assert (document.publisher, document.url, document.text) == ("丙", "https://example.org/a", "正文。")


@pytest.mark.parametrize("text", ["---\n正文。\n---\n更多。", "---\n正文：甲\n", "正文\n---\ntitle: a\n---\n"])
def test_rules_are_no_front_matter(read_as: ReadAs, text: str) -> None:
    assert read_as("a.txt", text)[0].text == text


@pytest.mark.parametrize("block", ["title: 'a", "date: 2021-02-30", "title: [a"])
def test_broken_front_matter_has_a_line(read_as: ReadAs, block: str) -> None:
    with pytest.raises(KgError, match="front matter") as failure:
        read_as("a.txt", f"---\n{block}\n---\n正文。")
    assert failure.value.line


# -- md ---------------------------------------------------------------------------------------------------------------


def test_markdown_is_rendered(read_as: ReadAs) -> None:
    text = "# 甲\n\n**乙**是[丙](https://example.org)，`丁`。\n戊。\n\n- 己\n- 庚\n\n3. 辛\n4. 壬\n\n> 癸<br>子 &amp; 丑\n\n<!-- x -->\n\n![图](a.png)\n"
    (document,) = read_as("a.md", text)
    assert document.text == "甲\n乙是丙，丁。\n戊。\n己\n庚\n3. 辛\n4. 壬\n癸\n子 & 丑\n图"
    assert headings(document) == ["甲"]


def test_markdown_html_blocks(read_as: ReadAs) -> None:
    text = "### 快讯\n\n<p><strong>央视网消息</strong>（新闻联播）：</p><p><strong>工程开工</strong></p><p>今天，<b>工程</b>开工。</p>\n\n[查看原文](https://x)\n"
    (document,) = read_as("a.md", text)
    assert document.text == "快讯\n央视网消息（新闻联播）：\n工程开工\n今天，工程开工。\n查看原文"
    assert headings(document) == ["快讯", "工程开工"]
    assert noise(document) == ["央视网消息（新闻联播）：", "查看原文"]


def test_markdown_table(read_as: ReadAs) -> None:
    (document,) = read_as("a.md", "表1 产值\n\n| 区 | 产值 |\n|---|---|\n| 甲区 | 1.5 |\n| 乙区 | |\n\n完。\n")
    assert document.text == "表1 产值\n区\t产值\n甲区\t1.5\n乙区\t\n完。"
    assert cells(document)[:3] == [(0, 0, "区", True), (0, 1, "产值", True), (1, 0, "甲区", False)]
    assert document.tables[0].caption == "表1 产值"


def test_wrapped_markdown_lines_are_joined(read_as: ReadAs) -> None:
    line = "全区地区生产总值增长百分之十一点五规上工业增加值增"
    (document,) = read_as("a.md", f"{line}\n长百分之十四。\n\n短行\n另一行\n")
    assert document.text == f"{line}长百分之十四。\n短行\n另一行"


def test_indented_paragraphs_and_rules_are_text(read_as: ReadAs) -> None:
    assert read_as("a.md", "    缩进的段落。\n\n下一段\n---\n再下一段\n")[0].text == "缩进的段落。\n下一段\n再下一段"


def test_markdown_footnotes_and_struck_text(read_as: ReadAs) -> None:
    text = "投资6亿元[^1]，~~原为5亿元，~~年内开工。\n\n> 原文：https://example.org/article\n> 发布时间：2024-05-08\n\n[^1]: 含征地费用。\n"
    assert read_as("a.md", text)[0].text == "投资6亿元，年内开工。\n原文：https://example.org/article\n发布时间：2024-05-08\n含征地费用。"


def test_marks_beside_chinese_punctuation(read_as: ReadAs) -> None:
    assert read_as("a.md", "**目标：**到2025年，产值**翻番。**力争更多。2**3\n")[0].text == "目标：到2025年，产值翻番。力争更多。2**3"


def test_front_matter_in_chinese(read_as: ReadAs) -> None:
    (document,) = read_as("a.md", "---\n标题: 甲\n日期: 2024-05-07\n来源: 乙报\n---\n正文。\n")
    assert (document.title, document.date, document.source, document.text) == ("甲", "2024-05-07", "乙报", "正文。")
    assert read_as("a.txt", "---\n目标: 甲\n---\n正文。")[0].text.startswith("---")


# -- html -------------------------------------------------------------------------------------------------------------


def test_page_loses_navigation_and_keeps_the_rest(read_as: ReadAs) -> None:
    (document,) = read_as("qiantang-metro.html", (CORPUS / "qiantang-metro.html").read_bytes())
    assert document.text.startswith("地鐵8號線一期開通 錢塘邁入三地鐵時代\n")
    for gone in ("政務公開", "關於我們", "相關閱讀", "var page", "當前位置"):
        assert gone not in document.text
    assert (document.date, document.source) == ("2021-06-29", "錢塘發布")
    assert cells(document)[3] == (1, 0, "杭州地鐵8號線一期工程", False)
    assert {"責任編輯：錢塘發布編輯部", "掃一掃在手機打開當前頁"} <= set(noise(document))


@pytest.mark.parametrize(("site", "title"), [("某省农业农村厅", "某省秋收工作全面启动"), ("某省秋收进展", "某省秋收进展")])
def test_the_title_of_a_site_is_not_that_of_the_article(read_as: ReadAs, site: str, title: str) -> None:
    page = f"<html><head><title>{site}</title></head><body><h2>某省秋收工作全面启动</h2><p>全省秋收工作已经全面启动，各地抓紧抢收。</p></body></html>"
    assert read_as("a.html", page)[0].title == title


@pytest.mark.parametrize(
    "body",
    [
        "<h2>相关阅读</h2><p>我市数据局今天成立。</p>",
        "<p>我市数据局今天成立。</p><h2>某区数据中心昨天同时启用</h2><p>更多。</p>",
        "<div>我市数据局今天成立。<br>详情如下</div><h2>某区数据中心昨天同时启用</h2>",
    ],
)
def test_a_side_heading_is_no_title(read_as: ReadAs, body: str) -> None:
    assert read_as("a.html", f"<html><head><title>我市成立数据局</title></head><body>{body}</body></html>")[0].title == "我市成立数据局"


def test_a_short_notice_keeps_its_table(read_as: ReadAs) -> None:
    page = (
        "<html><head><title>公告</title></head><body><ul><li><a href=1>首页</a></li><li><a href=2>政务</a></li></ul>"
        "<div><h1>公告</h1><p>现公布有关项目。</p><table><tr><th>项目</th><th>状态</th></tr>"
        "<tr><td>甲路</td><td>开工</td></tr></table></div></body></html>"
    )
    (document,) = read_as("a.html", page)
    assert document.text == "公告\n现公布有关项目。\n项目\t状态\n甲路\t开工"
    assert [c[3] for c in cells(document)] == [True, True, False, False]


def test_page_encoding_is_checked_not_believed(read_as: ReadAs) -> None:
    page = "<html><head><meta charset='gb2312'><title>通知</title></head><body><p>关于印发《规划》的通知已经公布。</p></body></html>"
    for encoding in ("gb18030", "utf-8"):
        assert "关于印发《规划》的通知" in read_as("a.html", page.encode(encoding))[0].text


def test_line_ends_of_the_source_are_no_blanks_between_chinese(read_as: ReadAs) -> None:
    page = "<html><body><div>　　钱塘区\n  召开会议，\n推进GDP\ngrowth。<br>　　第二段。</div></body></html>"
    assert read_as("a.html", page)[0].text == "钱塘区召开会议，推进GDP growth。\n第二段。"
    assert read_as("a.md", "<p>钱塘区\n召开会议。</p>\n")[0].text == "钱塘区召开会议。"


GOVERNMENT_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>某区政府办公室关于印发实施方案的通知_某区人民政府</title>
<meta name="ArticleTitle" content="某区政府办公室关于印发实施方案的通知"><meta name="PubDate" content="2021-07-15 09:00">
<meta name="ContentSource" content="区政府办公室"><meta name="SiteName" content="某区人民政府"></head><body>
<div class="top"><a href="/">无障碍</a><a href="/l">登录</a></div>
<div class="menu"><ul><li><a href="/1">首页</a></li><li><a href="/2">政务公开</a></li><li><a href="/3">解读回应</a></li></ul></div>
<table class="xxgk"><tr><td>索引号：</td><td>00251/2021-00012</td></tr><tr><td>文号：</td><td>某政办〔2021〕12号</td></tr></table>
<div id="zoom" class="TRS_Editor"><p align="center">某区政府办公室关于印发实施方案的通知</p>
<p>各街道办事处，区级各部门：</p><p>《某区快速路建设实施方案》已经区政府同意，现印发给你们，请结合实际认真贯彻执行。</p>
<p>一、总体要求</p><p>到2025年，全区建成快速路三条，总里程达到45公里，总投资约120亿元。</p>
<p style="text-align:right">某区人民政府办公室</p><p style="text-align:right">2021年7月10日</p></div>
<div class="share">分享到：<a href="w">微信</a><a href="b">微博</a></div>
<div class="links"><a href="/a">国务院部门网站</a><a href="/b">省政府网站</a><a href="/c">市政府网站</a></div>
<div class="footer">主办：某区人民政府办公室　浙ICP备00000000号</div></body></html>"""


def test_a_notice_on_a_government_site(read_as: ReadAs) -> None:
    (document,) = read_as("notice.html", GOVERNMENT_PAGE)
    assert (document.title, document.date) == ("某区政府办公室关于印发实施方案的通知", "2021-07-15")
    assert (document.source, document.publisher) == ("区政府办公室", "某区人民政府")
    for kept in ("某政办〔2021〕12号", "各街道办事处，区级各部门：", "总投资约120亿元。", "2021年7月10日"):
        assert kept in document.text
    for gone in ("无障碍", "解读回应", "国务院部门网站", "微博"):
        assert gone not in document.text


def test_layout_tables_are_text(read_as: ReadAs) -> None:
    page = "<html><body><table><tr><td><p>第一段正文在表格里，说明项目情况。</p><p>第二段。</p></td></tr></table></body></html>"
    (document,) = read_as("a.html", page)
    assert document.tables == ()
    assert document.text.split("\n") == ["第一段正文在表格里，说明项目情况。", "第二段。"]


def body_of(page: str) -> str:
    return f"<html><head><meta charset=utf-8></head><body>{page}</body></html>"


def test_line_breaks_inside_a_sentence_part_nothing(read_as: ReadAs) -> None:
    page = body_of("<p>对引进的博士，每人给予30万元<br/>安家补贴。<br>其中：第一产业增加值<br>5.1亿元。<br>总投资<br>50亿元<br>甲项目<br>乙项目<br>　　另一段，有逗号<br>　　缩进。</p>")
    assert read_as("a.html", page)[0].text.split("\n") == ["对引进的博士，每人给予30万元安家补贴。", "其中：第一产业增加值5.1亿元。", "总投资", "50亿元", "甲项目", "乙项目", "另一段，有逗号", "缩进。"]


def test_a_heading_goes_on_over_a_line_break(read_as: ReadAs) -> None:
    (document,) = read_as("a.html", body_of("<h1>某市加快港口<br>建设</h1><p>某市召开会议，部署工作。</p>"))
    assert headings(document) == ["某市加快港口建设"]


def test_what_a_page_hides_is_not_read(read_as: ReadAs) -> None:
    page = "<h1>甲</h1><p>全市召开项目建设推进会议。</p><p>会议部署了下一步的重点工作。</p><p style='color:red; display: none'>隐藏的广告在这里。</p><p hidden>另一段。</p>"
    assert read_as("a.html", body_of(page))[0].text == "甲\n全市召开项目建设推进会议。\n会议部署了下一步的重点工作。"
    uncovered = body_of("<div style='display:none'><p>全文由脚本显示，读者看得见。</p></div>")
    assert read_as("a.html", uncovered)[0].text == "全文由脚本显示，读者看得见。"


ARTICLE = "<h1>平湖市启动小区改造</h1><p>平湖市计划投资6.8亿元，改造老旧小区45个。</p><p>各街道负责具体推进，市住房和城乡建设局牵头组织实施。</p>"


@pytest.mark.parametrize(
    "aside",
    [
        "<div class=side><h3>要闻</h3><ul>" + "".join(f"<li><a href=/{day}>海盐县一季度工业增加值增长8.{day}%</a> <span>[2023-05-1{day}]</span></li>" for day in range(3)) + "</ul></div>",
        "<div class='box comments'><p>读者：好。全县投资100亿元。</p></div>",
        "<div class='box comments'><div class='box comment'><p>读者：好。全县投资100亿元。</p></div></div>",
        "<div>" + "".join(f"<div><h4><a href=/{day}>德清县获评试点</a></h4><p>日前，德清县入选。全县投资1{day}亿元…</p></div>" for day in range(3)) + "</div>",
        "<ul>" + "".join(f"<li><a href=/{day}>南浔区建设公路</a><p>南浔区计划投资{day}亿元。[详细]</p></li>" for day in range(2)) + "</ul>",
    ],
    ids=["days", "readers", "readers, one inside the other", "beginnings", "more"],
)
def test_other_articles_and_what_readers_say_are_no_text(read_as: ReadAs, aside: str) -> None:
    (document,) = read_as("a.html", body_of(f"<div class=main>{ARTICLE}</div>{aside}"))
    assert document.text.split("\n")[:3] == ["平湖市启动小区改造", "平湖市计划投资6.8亿元，改造老旧小区45个。", "各街道负责具体推进，市住房和城乡建设局牵头组织实施。"]
    assert not any(gone in document.text for gone in ("海盐县", "100亿元", "德清县", "南浔区"))


def test_the_menu_of_a_page_set_in_tables_is_no_text(read_as: ReadAs) -> None:
    menu = "<tr><td><table><tr><td><a href=#>网站首页</a></td><td><a href=#>机构职能</a></td><td><a href=#>政策法规</a></td></tr></table></td></tr>"
    text = "<tr><td><table><tr><td align=center>某区重点项目开工</td></tr><tr><td>　　某区举行开工仪式，共有三十五个项目开工。</td></tr></table></td></tr>"
    (document,) = read_as("a.html", f"<html><head><meta charset=utf-8><title>无标题文档</title></head><body><table>{menu}{text}</table></body></html>")
    assert document.text == "某区重点项目开工\n某区举行开工仪式，共有三十五个项目开工。"
    assert document.title == "某区重点项目开工"


def test_the_day_of_an_article_in_its_data_for_search_engines(read_as: ReadAs) -> None:
    data = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-02-18T09:00:00+08:00"}</script>'
    assert read_as("a.html", body_of(f"{data}<h1>甲</h1><p>某市签约项目落地。</p>"))[0].date == "2024-02-18"


def test_fields_of_a_page_end_where_its_tools_begin(read_as: ReadAs) -> None:
    page = body_of("<h1>甲</h1><p>发布时间：2024-06-03&nbsp;来源：某委&nbsp;【字体：<a>大</a> <a>中</a>】</p><p>某委印发规划，明确目标。</p>")
    (document,) = read_as("a.html", page)
    assert (document.date, document.source) == ("2024-06-03", "某委")
    page = body_of("<h1>甲</h1><table><tr><td>发布机构：</td><td>某区</td><td>成文日期：</td><td>2024-01-20</td></tr><tr><td>名称：</td><td>甲</td></tr></table><p>某区印发规划，明确目标。</p>")
    (document,) = read_as("a.html", page)
    assert (document.date, document.publisher) == ("2024-01-20", "某区")


def test_a_title_set_in_two_paragraphs_is_one(read_as: ReadAs) -> None:
    page = body_of("<p>某市人民政府</p><p>某市人民政府关于加快信息</p><p>产业发展的若干意见</p><h2>一、目标</h2><table><tr><td>年</td><td>值</td></tr><tr><td>一</td><td>2</td></tr></table><p>产业收入突破三百亿元。</p>")
    (document,) = read_as("a.html", page)
    assert "\n某市人民政府关于加快信息产业发展的若干意见\n" in document.text
    assert headings(document) == ["一、目标"]
    assert [text for _, _, text, _ in cells(document)] == ["年", "值", "一", "2"]


def test_fields_above_a_title_are_not_it(read_as: ReadAs) -> None:
    (document,) = read_as("a.txt", "生成日期：2024-01-23 文号：\n来源： 关键词：\n有效性：有效\n某县关于印发工作规则的通知\n各乡镇：\n现印发。\n")
    assert (document.title, document.date, document.source) == ("某县关于印发工作规则的通知", "2024-01-23", "")
    (document,) = read_as("a.txt", "某县项目开工\n发布时间:2024-09-14 08:57:00来源: 某报 编辑:甲\n某县举行开工仪式。\n")
    assert (document.date, document.source) == ("2024-09-14", "某报")


def test_the_letterhead_of_a_paper_is_not_its_title(read_as: ReadAs) -> None:
    (document,) = read_as("a.txt", "某市人民政府文件\n某政发〔2024〕12号\n某市人民政府关于印发规划的通知\n各区：\n现印发。\n")
    assert document.title == "某市人民政府关于印发规划的通知"


def test_raised_figures_stay_raised(read_as: ReadAs) -> None:
    page = body_of("<h1>甲</h1><p>某市召开会议，部署工作。</p><p>增长6.1%<sup>3</sup>，每km<sup>2</sup>1200人。</p><table><tr><td>面积（m<sup>2</sup>）</td><td>值</td></tr><tr><td>甲</td><td>2</td></tr></table>")
    (document,) = read_as("a.html", page)
    assert "增长6.1%³，每km²1200人。\n面积（m²）\t值" in document.text
    run = '<w:r><w:t>面积12km</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>。</w:t></w:r>'
    assert read_as("a.docx", word_of(f"<w:p>{run}</w:p>"))[0].text == "面积12km²。"


def test_fields_of_a_page_in_elements_of_their_own(read_as: ReadAs) -> None:
    text = "<p>某市印发产业规划，明确目标。</p>"
    spans = "<div><span>发布时间：</span>\n<span>2024-04-12 09:20</span>\n<span>来源：</span>\n<span>甲日报</span>\n<span>浏览次数：</span></div>"
    blocks = "<div>发布时间：</div><div>2024-04-12 09:20</div><div>来源：</div><div>甲日报</div>"
    for fields in (spans, blocks):
        (document,) = read_as("a.html", body_of(f"<h1>甲</h1>{fields}{text}"))
        assert (document.date, document.source) == ("2024-04-12", "甲日报")


def test_paragraphs_that_return_are_all_read(read_as: ReadAs) -> None:
    paragraph = "各区县要把项目建设摆在突出位置，" * 8 + "确保按时完成。"
    page = body_of("<h1>甲</h1>" + "".join(f"<p>第{at}项工作已经全面部署。</p><p>{paragraph}</p>" for at in range(8)))
    assert read_as("a.html", page)[0].text.count(paragraph) == 8


def test_a_title_alone_is_no_text(read_as: ReadAs) -> None:
    with pytest.raises(KgError, match="the page holds no text .a page made by script"):
        read_as("a.html", "<html><head><title>某市规划</title></head><body><div id=app></div><script>var a='甲。'</script></body></html>")


# -- docx -------------------------------------------------------------------------------------------------------------


def test_word_in_document_order(read_as: ReadAs) -> None:
    build = docx.Document()
    build.add_heading("甲", 1)
    build.add_paragraph("乙。")
    table = build.add_table(2, 2)
    for cell, text in zip([c for row in table.rows for c in row.cells], ["区", "值", "丙", "1"], strict=True):
        cell.text = text
    build.add_paragraph("丁。")
    (document,) = read_as("a.docx", word(build))
    assert document.text == "甲\n乙。\n区\t值\n丙\t1\n丁。"
    assert headings(document) == ["甲"]
    assert cells(document)[3] == (1, 1, "1", False)


def test_word_merged_cells_keep_their_column(read_as: ReadAs) -> None:
    build = docx.Document()
    table = build.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "宽"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "高"
    texts = {(r, c): text for r, c, text, _ in cells(read_as("a.docx", word(build))[0])}
    assert (texts[0, 0], texts[0, 1], texts[0, 2]) == ("宽", "", "02")
    assert (texts[1, 0], texts[2, 0], texts[2, 2]) == ("高", "", "22")


def test_word_revisions_boxes_and_controls(read_as: ReadAs) -> None:
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    box = f"<w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent>"
    body = (
        f"<w:p>{run('甲')}<w:ins>{run('增')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        f"<w:r><w:tab/><w:instrText>PAGE</w:instrText><w:br/></w:r>{run('乙')}"
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run('控件')}</w:p></w:sdtContent></w:sdt>"
    )
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as target:
        target.writestr("word/document.xml", f"<w:document {ns}><w:body>{body}</w:body></w:document>")
    assert read_as("a.docx", raw.getvalue())[0].text == "甲增\n乙\n框\n控件"


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_of(body: str, **parts: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as target:
        target.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            target.writestr(f"word/{name}.xml", content)
    return raw.getvalue()


def test_word_page_breaks_part_no_sentence(read_as: ReadAs) -> None:
    broken = '<w:p><w:r><w:t>全县生产总值四百亿元，</w:t><w:br w:type="page"/><w:t>增长百分之五。</w:t><w:br w:type="page"/><w:t>第二页。</w:t></w:r></w:p>'
    title = '<w:p><w:r><w:t>某县报告</w:t><w:br w:type="page"/><w:t>全县加快建设。</w:t></w:r></w:p>'
    assert read_as("a.docx", word_of(title + broken))[0].text == "某县报告\n全县加快建设。\n全县生产总值四百亿元，增长百分之五。\n第二页。"


def test_word_frames_of_one_cell_are_text(read_as: ReadAs) -> None:
    build = docx.Document()
    frame = build.add_table(2, 1)
    frame.cell(0, 0).text = "专栏1 重点工程"
    frame.cell(1, 0).text = "甲工程。总投资30亿元。"
    frame.cell(1, 0).add_paragraph("乙工程。位于新城。")
    inner = frame.cell(1, 0).add_table(2, 2)
    for at, text in enumerate(("指标", "目标", "产值", "6")):
        inner.cell(at // 2, at % 2).text = text
    (document,) = read_as("a.docx", word(build))
    assert document.text == "专栏1 重点工程\n甲工程。总投资30亿元。\n乙工程。位于新城。\n指标\t目标\n产值\t6"
    assert len(document.tables) == 1


def test_word_cells_of_several_paragraphs_have_no_blanks_between_chinese(read_as: ReadAs) -> None:
    build = docx.Document()
    table = build.add_table(2, 2)
    table.cell(0, 0).text = "规模以上"
    table.cell(0, 0).add_paragraph("工业")
    for at, text in ((1, "值"), (2, "甲"), (3, "1")):
        table.cell(at // 2, at % 2).text = text
    assert cells(read_as("a.docx", word(build))[0])[0] == (0, 0, "规模以上工业", True)


def test_word_hidden_text_deleted_ends_and_footnotes(read_as: ReadAs) -> None:
    hidden = '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>见。</w:t></w:r></w:p>'
    ended = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>由甲公司</w:t></w:r></w:p><w:p><w:r><w:t>建设。</w:t></w:r></w:p>"
    noted = '<w:p><w:r><w:t>建设期</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>三年。</w:t></w:r></w:p>'
    notes = f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>自三月起算。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    assert read_as("a.docx", word_of(hidden + ended + noted, footnotes=notes))[0].text == "见。\n由甲公司建设。\n建设期三年。\n自三月起算。"


def test_word_tables_of_contents_are_left_out(read_as: ReadAs) -> None:
    styles = f'<w:styles {W}><w:style w:styleId="a"><w:name w:val="toc 1"/></w:style></w:styles>'
    styled = '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>第一章 基础</w:t><w:tab/><w:t>1</w:t></w:r></w:p>'
    control = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>第二章 3</w:t></w:r></w:p></w:sdtContent></w:sdt>'
    assert read_as("a.docx", word_of(f"{styled}{control}<w:p><w:r><w:t>正文。</w:t></w:r></w:p>", styles=styles))[0].text == "正文。"


def test_word_title_of_a_template_is_not_believed(read_as: ReadAs) -> None:
    build = docx.Document()
    build.add_paragraph("真标题")
    build.add_paragraph("正文。")
    build.core_properties.title = "Word Document"
    assert read_as("a.docx", word(build))[0].title == "真标题"


# -- pdf --------------------------------------------------------------------------------------------------------------


def latin_pdf(*pages: str) -> bytes:
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    for number, page in enumerate(pages, 1):
        pdf.add_page()
        pdf.multi_cell(0, 8, f"Gazette of the County\n{page}\n- {number} -", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def test_pdf_lines_are_joined_and_pages_known(read_as: ReadAs) -> None:
    (document,) = read_as("sichuan-brief-2025.pdf", (CORPUS / "sichuan-brief-2025.pdf").read_bytes())
    assert "四川省第十四届人民代表大会第四次会议在成都举行，省长施小琳代表四川省人民政府报告工作。" in document.text
    assert len(document.pages) == len(PdfReader(CORPUS / "sichuan-brief-2025.pdf").pages) == 2
    assert document.pages[0] == 0 < document.pages[1] < len(document.text)
    assert "— 1 —" not in document.text
    assert (document.title, document.date) == ("四川经济简报", "2025-02-08")


def test_pdf_running_heads_and_page_numbers_go(read_as: ReadAs) -> None:
    (document,) = read_as("a.pdf", latin_pdf("First page.", "Second page.", "Third page."))
    assert document.text == "First page.\nSecond page.\nThird page."
    assert [document.text[at : at + 5] for at in document.pages] == ["First", "Secon", "Third"]


@pytest.mark.parametrize(
    "printed",
    [
        ["2025/5/10 10:02 关于调整票价的通知", "https://example.org/t/a.html 1/1"],
        ["2025/5/10 下午4:02 关于调整票价的通知https://example.org/t/a.html 1/2"],
        ["5/10/25, 10:02 AM", "file:///home/a.htm 1/1"],
    ],
)
def test_what_a_browser_prints_around_a_single_page_goes(printed: list[str]) -> None:
    lines = ["关于调整票价的通知", "票价见 https://example.org/t/b.html", "2025/5/12 10:02起施行。"]
    assert _without_running_heads([[*lines, *printed]]) == _without_running_heads([[*printed, *lines]]) == [lines]


def test_the_title_of_a_short_paper_is_not_joined_with_the_line_below() -> None:
    lines = ["关于调整公交票价的通知", "各镇人民政府：", "嘉善县人民政府决定自2025年6月1日起调整公交票价。", "嘉善县人民政府", "2025年5月10日"]
    assert join_broken_lines("\n".join(lines)) == "\n".join(lines)


def test_pdf_running_heads_of_two_pages_go(read_as: ReadAs) -> None:
    (document,) = read_as("a.pdf", latin_pdf("It goes on", "over the page."))
    assert document.text == "It goes on\nover the page."


def test_a_title_stays_that_the_running_head_repeats() -> None:
    pages = [["公报", "公报", "甲。"], ["公报", "乙。"], ["公报", "丙。"]]
    assert _without_running_heads(pages) == [["公报", "甲。"], ["乙。"], ["丙。"]]


def test_heads_and_feet_of_several_lines_go() -> None:
    pages = [[f"正文{mark}。", "1/2/24, 3:43 PM 某网", f"https://example.org/a {page}/3"] for page, mark in enumerate("甲乙丙", 1)]
    assert _without_running_heads(pages) == [["正文甲。"], ["正文乙。"], ["正文丙。"]]
    assert _without_running_heads([["甲", "第1 页共20 页"], ["乙", "第 2 页 共 20 页"]]) == [["甲"], ["乙"]]


def test_figures_at_the_edge_of_a_page_are_no_page_numbers() -> None:
    assert _without_running_heads([["1", "甲", "930"], ["2", "乙", "610"]]) == [["甲", "930"], ["乙", "610"]]
    assert _without_running_heads([["15", "甲"], ["16", "乙"]]) == [["甲"], ["乙"]]
    rows = [["1.0 2.0"], ["3.0 4.0"], ["5.0 6.0"]]
    assert _without_running_heads(rows) == rows


def test_a_footnote_between_the_halves_of_a_sentence_stands_behind_it() -> None:
    pages = [["总值七百亿元①，约占", "① 初步核算数。"], ["全国的", "四分之一。另一句。", "末行"]]
    assert _with_notes_behind(pages) == [["总值七百亿元①，约占"], ["全国的", "四分之一。另一句。", "① 初步核算数。", "末行"]]
    for page in (["总值①七百亿元。", "① 初步核算数。"], ["如下：", "①甲", "②乙"], ["① 甲，", "① 乙"]):
        assert _with_notes_behind([page, ["下一页。"]]) == [page, ["下一页。"]]


def pictured_pdf(texts: int, pictures: int) -> bytes:
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    for at in range(texts):
        pdf.add_page()
        pdf.cell(text=f"Text {'ab'[at]}.")
    for _ in range(pictures):
        pdf.add_page()
        pdf.image(Image.new("L", (10, 10)), x=0, y=0, w=50)
    return bytes(pdf.output())


def test_pdf_of_pictures_with_a_page_of_text(read_as: ReadAs) -> None:
    with pytest.raises(KgError, match=r"holds text on 1 of its 3 pages only, pictures on the others \(run OCR"):
        read_as("a.pdf", pictured_pdf(1, 2))
    assert read_as("a.pdf", pictured_pdf(2, 2))[0].text.split() == ["Text", "a.", "Text", "b."]


def test_a_line_cut_at_the_border_of_pages_is_read_once() -> None:
    cut, whole = "过去年的成绩来之不易成之惟艰", "过去一年的成绩来之不易、成之惟艰，"
    assert _without_cut_lines([["甲。", cut], [whole, "乙。"]]) == [["甲。"], [whole, "乙。"]]
    assert _without_cut_lines([["甲。", whole], [cut, "乙。"]]) == [["甲。", whole], ["乙。"]]
    for pages in ([["甲。"], ["甲。"]], [["全县加快发展，各项工作取得"], ["全县加快发展，增长百分之五，好于预期。"]]):
        assert _without_cut_lines(pages) == pages


def test_an_indent_begins_a_paragraph() -> None:
    full = "全区地区生产总值达到一千零五十亿元以上比上年增长"
    pages = [[_line(line) for line in page] for page in ([full, full], ["　　" + full, "\u2003\u2003另一段。 "])]
    joined = _joined_pages(pages)
    text, offsets = joined.text, joined.pages
    assert text == f"{full}{full}\n{full}\n另一段。"
    assert [text[at:] for at in offsets] == [text, f"\n{full}\n另一段。"[1:]]


def test_vertical_text_is_one_line() -> None:
    assert _upright(list("甲市推動綠能計畫投入十億元") + ["。"]) == ["甲市推動綠能計畫投入十億元。"]
    assert _upright(["甲", "乙", "1", "2"]) == ["甲", "乙", "1", "2"]


def test_encrypted_pdf(read_as: ReadAs) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(latin_pdf("Secret.")))
    writer.encrypt("password", algorithm="RC4-128")
    raw = io.BytesIO()
    writer.write(raw)
    with pytest.raises(KgError, match="is encrypted"):
        read_as("a.pdf", raw.getvalue())


def test_pdf_without_text(read_as: ReadAs) -> None:
    pdf = FPDF()
    pdf.add_page()
    with pytest.raises(KgError, match=r"holds no text on its page, only pictures \(run OCR"):
        read_as("a.pdf", bytes(pdf.output()))


# -- txt again: lists of contents; records as archives export them ---------------------------------------------------


def test_lines_of_a_table_of_contents_are_noise(read_as: ReadAs) -> None:
    (document,) = read_as("a.txt", "目录\n第一章 基础............1\n第二章 目标…………3\n正文。\n")
    assert noise(document) == ["第一章 基础............1", "第二章 目标…………3"]


def test_markup_in_fields_is_read_as_a_page_is(read_as: ReadAs) -> None:
    line = '{"title": "<em>甲</em>县", "content": "<h2>一</h2><p>　　总投资&lt;20亿元。</p><p>用地&nbsp;百亩。</p>", "publish_time": 1709600000, "site": "甲网"}'
    (document,) = read_as("a.jsonl", line)
    assert (document.title, document.text, document.date, document.source) == ("甲县", "一\n总投资<20亿元。\n用地 百亩。", "2024-03-05", "甲网")
    assert headings(document) == ["一"]
    table = '{"text": "<table><tr><td>年</td><td>值</td></tr><tr><td>一</td><td>2</td></tr></table>"}'
    assert len(read_as("a.jsonl", table)[0].tables) == 1
    assert read_as("a.jsonl", '{"text": "若a<b且b>c，则甲。"}')[0].text == "若a<b且b>c，则甲。"


@pytest.mark.parametrize("whole", ['[{"text": "甲。"},\n {"text": "乙。"}]', '{"RECORDS": [\n{"text": "甲。"}, {"text": "乙。"}]}'])
def test_one_array_of_records(read_as: ReadAs, whole: str) -> None:
    assert [document.text for document in read_as("a.json", whole)] == ["甲。", "乙。"]


def test_columns_of_an_archive_are_known(read_as: ReadAs) -> None:
    (document,) = read_as("a.csv", "文章标题,文章内容,发表时间,媒体名称,原文链接\n甲,乙。,2024-03-05 08:00,丙报,https://example.org\n")
    assert (document.title, document.text, document.date, document.source, document.url) == ("甲", "乙。", "2024-03-05", "丙报", "https://example.org")


# -- jsonl, csv -------------------------------------------------------------------------------------------------------


def test_jsonl_records(read_as: ReadAs) -> None:
    lines = '{"id": "a/1", "title": "甲", "date": "2021-07-15", "text": "正文\\r\\n一。", "source": "乙", "n": 3}\n\n{"text": "二\\u2028三\\ud800。"}\n'
    one, two = read_as("a.jsonl", lines)
    assert (one.id, one.stem, one.part, one.title) == ("folder/a.jsonl#a/1", "a-a_1", "a/1", "甲")
    assert (one.date, one.date_basis, one.source, one.text) == ("2021-07-15", "metadata", "乙", "正文\n一。")
    assert (two.id, two.text) == ("folder/a.jsonl#2", "二\n三 。")


def test_csv_records_and_columns(read_as: ReadAs) -> None:
    content = '\ufeff正文,标题,n\r\n"一，\r\n""二""。",甲,1\r\n三。,乙,2\r\n'
    one, two = read_as("a.csv", content)
    assert (one.text, one.title, one.part) == ('一，\n"二"。', "甲", "1")
    assert two.id == "folder/a.csv#2"
    assert read_as("a.csv", content, text_column="标题", id_column="n")[0].text == "甲"


def test_csv_list_of_works_is_a_table(read_as: ReadAs) -> None:
    head, row = "序号,项目名称,建设地点,建设单位,总投资（亿元）,阶段,备注", "1,甲水库,甲县,甲公司,3.6,续建,无"
    content = f"{head}\n{row}\n{row.replace('续建', '9')}\n"
    (found,) = read_as("a.csv", content)
    assert len(found.tables) == 1
    with pytest.raises(KgError, match="no column of texts"):  # a cell holds a text
        read_as("a.csv", content.replace("无", "这是一段很长的说明文字" * 5))


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_delimiters(read_as: ReadAs, delimiter: str) -> None:
    content = f"id{delimiter}text\nx{delimiter}正文。\n"
    assert [(d.part, d.text) for d in read_as("a.csv", content)] == [("x", "正文。")]


@pytest.mark.parametrize(
    ("name", "content", "line", "message"),
    [
        ("a.jsonl", '{"text": "一。"}\n{"text": \n[1]\n', 2, "no valid JSON.*also line 3"),
        ("a.jsonl", '{"text": "一。"}\n{"text": ""}\n', 2, "has no text"),
        (
            "a.jsonl",
            '{"id": 1, "text": "一。"}\n{"id": 1, "text": "二。"}\n',
            2,
            "two records have the id '1': lines 1 and 2",
        ),
        ("a.jsonl", '{"text": "一。", "date": "soon"}\n', 1, "the date 'soon' is no date"),
        ("a.csv", "text,id\n一。,1\n二,三,4\n", 3, "has 3 fields, the header 2"),
        ("a.csv", 'text\n"一。\n', 2, "no valid CSV"),
    ],
)
def test_faulty_records_have_a_line(read_as: ReadAs, name: str, content: str, line: int, message: str) -> None:
    with pytest.raises(KgError, match=message) as failure:
        read_as(name, content)
    assert failure.value.line == line


SOUND, BROKEN = '{"text": "一。"}', '{"text": "二'


@pytest.mark.parametrize(
    ("name", "content", "texts", "refused"),
    [
        ("a.jsonl", f"{SOUND}\n{BROKEN}\n[1]\n\n{SOUND}\n", ["一。", "一。"], [(2, "no valid JSON"), (3, "is no JSON object")]),
        ("a.jsonl", f"{BROKEN}\n{SOUND}\n", ["一。"], [(1, "no valid JSON")]),
        ("a.jsonl", f'{SOUND}\n{{"text": ""}}\n{{"text": "三。", "date": "soon"}}', ["一。"], [(2, "has no text"), (3, "is no date")]),
        ("a.jsonl", '{"id": 1, "text": "一。"}\n{"id": 1, "text": "二。"}', ["一。"], [(2, "two records have the id '1': lines 1 and 2")]),
        ("a.jsonl", '{"id": 1, "text": ""}\n{"id": 1, "text": "二。"}', ["二。"], [(1, "has no text")]),
        ("a.jsonl", f'{SOUND}\n{{"text": "{"长" * 50_001}"}}\n{BROKEN}', ["一。"], [(2, "its part 2 holds a line of 50,001 characters"), (3, "no valid JSON")]),
        ("a.jsonl", f"[{SOUND}, 5, {SOUND}]", ["一。", "一。"], [(2, "is no JSON object")]),
        ("a.csv", "text,id\n一。,1\n二,三,4\n五。,5\n", ["一。", "五。"], [(3, "has 3 fields, the header 2")]),
        ("a.csv", 'text,id\n"一\n。",1\n"二"。,2\n"三。",3\n', ["一\n。", "三。"], [(4, "no valid CSV")]),
        # a quote that is not closed takes no more with it than it must, and no piece of a text is taken for a row
        ("a.csv", 'text,id\n"一。,1\n二。,2\n三。,3\n', ["二。", "三。"], [(2, "no valid CSV: unexpected end of data")]),
        ("a.csv", 'text,id\n"一\n二"三\n四。",1\n五。,2\n', ["五。"], [(2, "; left out to line 4")]),
        ("a.csv", 'text,id\n"一\n二"三\n1,234\n四。",1\n五。,2\n', ["五。"], [(2, "no valid CSV")]),
        ("a.csv", 'text,id\n"一"三,1\n四。,2\n"五\n六。",3\n', ["四。", "五\n六。"], [(2, "no valid CSV")]),
        ("a.csv", 'text,id\n"一,1\n"二。",2\n三。,3\n"四"五",4\n六。,6\n', ["二。", "三。", "六。"], [(2, "no valid CSV: ',' expected after '\"'"), (5, "no valid CSV")]),
        ("a.csv", 'text,id\n一。,1\n"二\n"三"四\n五六\n七。",2\n八。,8\n', ["一。", "八。"], [(3, "; left out to line 6")]),
        ("a.csv", 'text,id\n"一"三,1\n四\n"五\n六。",3\n', ["五\n六。"], [(2, "no valid CSV"), (3, "has 1 fields, the header 2, below a broken record")]),
        ("a.csv", 'text,id\n一。,1\n"二\n三"四\n五。,2\n', ["一。", "五。"], [(3, "no valid CSV"), (4, "below a broken record")]),
        ("a.csv", 'text\n一。\n"二"三\n四。\n', ["一。"], [(3, "no valid CSV"), (4, "below a broken record")]),
    ],
)  # fmt: skip
def test_a_broken_record_is_refused_and_the_rest_read(tmp_path: Path, name: str, content: str, texts: list[str], refused: list[tuple[int, str]]) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    reading = read_file(tmp_path / name)
    assert [document.text for document in reading.documents] == texts
    assert [error.line for error in reading.refused] == [line for line, _ in refused]
    assert [what in error.message for error, (_, what) in zip(reading.refused, refused, strict=True)] == [True] * len(refused)
    with pytest.raises(KgError) as failure:  # for who asks for all or nothing
        read(tmp_path / name)
    assert failure.value.line == refused[0][0] and str(failure.value).startswith(f"{tmp_path / name}:{refused[0][0]}: ")


def test_a_record_has_its_number_whether_one_above_it_is_broken_or_not(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{SOUND}\n{BROKEN}\n{SOUND}\n", encoding="utf-8")
    assert [document.part for document in read_file(tmp_path / "a.jsonl").documents] == ["1", "3"]


def test_a_broken_array_has_no_records(read_as: ReadAs) -> None:
    with pytest.raises(KgError, match="no valid JSON") as failure:
        read_as("a.jsonl", f"[\n{SOUND},\n{SOUND}\n{SOUND}\n]")  # whose third line would be one by itself
    assert failure.value.line == 4


def test_a_named_column_must_exist(read_as: ReadAs) -> None:
    with pytest.raises(KgError, match=r"has no column 'body' \(its columns are: text, id\)"):
        read_as("a.csv", "text,id\n一。,1\n", text_column="body")
