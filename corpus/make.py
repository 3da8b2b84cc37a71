"""Write the Word and PDF files of the sample corpus from their sources: python corpus/make.py [FONT]

A source is lines: `# title`, `## heading`, `|cell|cell` for table rows, anything else a paragraph. The PDFs embed the
glyphs they use; the font is Debian's fonts-wqy-microhei (Apache-2.0). Same sources, same bytes.
"""

from __future__ import annotations

import sys
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).parent
FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
WORD = ("qiantang-statistics-2021", "zhejiang-targets-2024")
PDF = ("sichuan-brief-2025", "ningbo-port-2025")
MADE = datetime(2025, 3, 1, tzinfo=UTC)


def lines(stem: str) -> list[str]:
    return (HERE / "source" / f"{stem}.src").read_text(encoding="utf-8").splitlines()


def write_docx(stem: str) -> None:
    """Headings by style, tables with a header row."""
    import docx

    document = docx.Document()
    for is_table, group in groupby(lines(stem), lambda line: line.startswith("|")):
        if is_table:
            rows = [line.strip("|").split("|") for line in group]
            table = document.add_table(rows=len(rows), cols=len(rows[0]))
            for row, values in zip(table.rows, rows, strict=True):
                for cell, value in zip(row.cells, values, strict=True):
                    cell.text = value
            continue
        for line in group:
            marks, _, text = line.partition(" ")
            if marks in ("#", "##"):
                document.add_heading(text, level=len(marks))
            else:
                document.add_paragraph(line)
    document.core_properties.created = document.core_properties.modified = MADE.replace(tzinfo=None)
    document.core_properties.author = document.core_properties.comments = ""
    raw = BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(HERE / f"{stem}.docx", "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():  # python-docx stamps members with the time of day
            fixed = zipfile.ZipInfo(member.filename, (2025, 3, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, source.read(member))


def write_pdf(stem: str, font: Path) -> None:
    """Small pages with page numbers, lines broken where they are full."""
    from fpdf import FPDF
    from fpdf.enums import WrapMode

    class Paged(FPDF):
        def footer(self) -> None:
            self.set_y(-15)
            self.set_font("cjk", size=9)
            self.cell(0, 10, f"— {self.page_no()} —", align="C")

    title, *body = lines(stem)
    pdf = Paged(format=(148, 210))
    pdf.set_creation_date(MADE)
    pdf.set_title(title.removeprefix("# "))
    pdf.add_font("cjk", fname=str(font))
    pdf.add_page()
    pdf.set_font("cjk", size=16)
    pdf.multi_cell(0, 10, title.removeprefix("# "), align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("cjk", size=14)
    for line in body:
        pdf.multi_cell(0, 9, line, align="L", wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(2)
    pdf.output(str(HERE / f"{stem}.pdf"))


def main() -> None:
    font = Path(sys.argv[1]) if len(sys.argv) > 1 else FONT
    if not font.is_file():
        sys.exit(f"{font} is missing: apt-get install fonts-wqy-microhei, or name another font with Chinese glyphs")
    for stem in WORD:
        write_docx(stem)
    for stem in PDF:
        write_pdf(stem, font)


if __name__ == "__main__":
    main()
