"""Makes the files beside it: paper.docx and figures.xlsx, and with LibreOffice (7.4 made these) the same in its other formats.

python make.py && soffice --headless --convert-to doc paper.docx  (odt, rtf; xls, ods of figures.xlsx; doc, odt of notes.fodt)
locked.docx is paper.docx with a password, by msoffcrypto-tool.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

HERE = Path(__file__).parent


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add a field of Word to a paragraph."""
    for content in ('<w:fldChar w:fldCharType="begin"/>', f"<w:instrText>{code}</w:instrText>", '<w:fldChar w:fldCharType="separate"/>', f"<w:t>{shown}</w:t>", '<w:fldChar w:fldCharType="end"/>'):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{content}</w:r>"))


def paper() -> None:
    """What hangs on formatting: headings, hidden and deleted text, fields, raised figures, merged and many cells, pages and sections."""
    made = docx.Document()
    made.core_properties.title = "臨川縣2024年政府工作報告"
    made.sections[0].header.paragraphs[0].text = "頁眉"
    made.add_heading("臨川縣2024年政府工作報告", 0)
    made.add_heading("一、2023年工作回顧", 1)
    line = made.add_paragraph("全縣生產總值")
    line.add_run("512.6億元").bold = True
    line.add_run("，森林面積120km")
    line.add_run("2").font.superscript = True
    line.add_run("。")
    line.add_run("這句看不見。").font.hidden = True
    line.add_run("𠮷村大橋通車。")
    line = made.add_paragraph("詳見")
    field(line, ' HYPERLINK "http://example.org" ', "統計局網站")
    line.add_run("。")
    line = made.add_paragraph("糧食產量")
    for tag, text in (("del", "<w:delText>30萬噸</w:delText>"), ("ins", "<w:t>31萬噸</w:t>")):
        line._p.append(parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="x" w:date="2024-01-01T00:00:00Z"><w:r>{text}</w:r></w:{tag}>'))
    line.add_run("。")
    made.add_heading("主要指標", 2)
    table = made.add_table(rows=4, cols=5)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "指標"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "2023年"
    table.cell(0, 3).merge(table.cell(0, 4)).text = "2022年"
    for at, row in enumerate((["總量", "增速", "總量", "增速"], ["生產總值（億元）", "512.6", "6.1%", "480.2", "5.0%"], ["工業增加值（億元）", "201.3", "7.2%", "188.0", "6.4%"]), start=1):
        for column, text in enumerate(row, start=5 - len(row)):
            table.cell(at, column).text = text
    made.add_paragraph("表後一段。")
    table = made.add_table(rows=2, cols=30)  # more than a page of formatting holds
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            cell.text = f"{'甲乙'[at]}{column}"
    made.add_page_break()
    made.add_paragraph("第二頁。")
    made.add_section()
    made.add_paragraph("新的一節。")
    frame = made.add_table(rows=1, cols=1).cell(0, 0)
    frame.text = "專欄：框內一段。"
    frame.add_paragraph("框內第二段。")
    made.add_paragraph("末段。")
    made.save(str(HERE / "paper.docx"))


def figures() -> None:
    """A sheet of figures in number formats, a hidden one, one with a text in each row."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "主要指标"
    for row in (["临川县2023年主要指标"], ["指标", "单位", "2023年", "增速"], ["生产总值", "亿元", 512.637, 0.061], ["工业投资", "万元", 1234567.4, -0.003], ["开工日", "", date(2023, 5, 1), None]):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    for cell, form in (("C3", "0.0"), ("D3", "0.0%"), ("C4", "#,##0"), ("D4", "0.0%"), ("C5", "yyyy-mm-dd")):
        sheet[cell].number_format = form
    hidden = book.create_sheet("草稿")
    hidden.append(["不", "读"])
    hidden.sheet_state = "hidden"
    texts = book.create_sheet("简讯")
    for row in (["标题", "正文", "日期"], ["大桥通车", "10月1日，临川大桥建成通车。", date(2023, 10, 2)], ["水厂开工", "临川水厂开工建设。", date(2023, 11, 2)]):
        texts.append(row)
    for at in (2, 3):
        texts.cell(at, 3).number_format = "yyyy-mm-dd"
    book.save(HERE / "figures.xlsx")


if __name__ == "__main__":
    paper()
    figures()
