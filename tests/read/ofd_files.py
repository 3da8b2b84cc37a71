"""OFD files written by hand as writers write them: lines with distances, characters one by one, tables of paths; and the file that others are made from by changes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from itertools import groupby

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.0  # millimetres
LEFT, RIGHT, LEADING = 30.0, 180.0, 9.0
_POINT = 25.4 / 72


def row(distances: Sequence[float]) -> str:
    """Distances as writers shorten them: g 3 5 for 5 5 5."""
    runs = [(distance, len(list(those))) for distance, those in groupby(distances)]
    return " ".join(f"g {times} {distance:g}" if times > 2 else " ".join([f"{distance:g}"] * times) for distance, times in runs)


def widths(text: str, size: float = SIZE) -> list[float]:
    return [size if character >= "\u2e80" or character in "“”—…" else size / 2 for character in text]


def line(text: str, x: float, y: float, size: float = SIZE, more: str = "") -> str:
    """A text object with the distances of its characters."""
    across = widths(text, size)
    distances = f' DeltaX="{row(across[:-1])}"' if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x:g} {y - size:g} {sum(across):g} {1.2 * size:g}" Font="2" Size="{size:g}" {more}>'
        f'<ofd:FillColor Value="0 0 0"/><ofd:TextCode X="0" Y="{size:g}"{distances}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def one_by_one(text: str, x: float, y: float, size: float = SIZE) -> str:
    """As what converts PDF writes it: an object for each character, in units of its own; blanks are not drawn."""
    drawn: list[str] = []
    for character, width in zip(text, widths(text, size), strict=True):
        if not character.isspace():
            drawn.append(
                f'<ofd:PageBlock ID="8"><ofd:TextObject ID="9" Boundary="{x:g} {y - size:g} {width:g} {size:g}" CTM="0.05 0 0 0.05 0 0" Font="2" Size="{20 * size:g}">'
                f'<ofd:CGTransform CodePosition="0" CodeCount="1" GlyphCount="1"><ofd:Glyphs>7</ofd:Glyphs></ofd:CGTransform>'
                f'<ofd:TextCode X="0" Y="{20 * size:g}">{escape(character)}</ofd:TextCode></ofd:TextObject></ofd:PageBlock>'
            )
        x += width
    return "".join(drawn)


def path(data: str, more: str = "", inner: str = "") -> str:
    return f'<ofd:PathObject ID="9" Boundary="0 0 210 297" {more}>{inner}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def lines(texts: Sequence[str], x: float = LEFT, y: float = 40.0, write: object = line) -> str:
    """Lines below each other."""
    assert callable(write)
    return "".join(write(text, x, y + LEADING * at) for at, text in enumerate(texts))


def table(rows: Sequence[Sequence[str]], columns: Sequence[float], *, x: float = LEFT, y: float = 100.0, height: float = 8.0) -> str:
    """The words of a table and the lines around its cells, some of them bars."""
    edges = [x + sum(columns[:at]) for at in range(len(columns) + 1)]
    bottom = y + height * len(rows)
    drawn = [line(text, edges[column] + 1, y + height * at + 6, 4) for at, cells in enumerate(rows) for column, text in enumerate(cells) if text]
    drawn += [path(f"M {edges[0]:g} {y + height * at:g} L {edges[-1]:g} {y + height * at:g}", 'LineWidth="0.3"') for at in range(len(rows) + 1)]
    drawn += [path(f"M {at:g} {y:g} L {at + 0.2:g} {y:g} L {at + 0.2:g} {bottom:g} L {at:g} {bottom:g} C", 'Stroke="false" Fill="true"') for at in edges]
    return "".join(drawn)


def page(drawn: str, head: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {SPACE}>{head}<ofd:Content><ofd:Layer ID="1" Type="Body">{drawn}</ofd:Layer></ofd:Content></ofd:Page>'


def ofd(pages: Sequence[str], *, templates: Sequence[str] = (), title: str = "", common: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """The file; `parts` adds some or replaces those of these names."""
    held: dict[str, str | bytes] = {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {SPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID><ofd:Title>{escape(title)}</ofd:Title>'
        "<ofd:Author>某人</ofd:Author><ofd:CreationDate>2026-01-05</ofd:CreationDate></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{common}"
        + "".join(f'<ofd:TemplatePage ID="{90 + at}" BaseLoc="Tpls/Tpl_{at}/Content.xml"/>' for at in range(len(templates)))
        + "</ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{50 + at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Tpls/Tpl_{at}/Content.xml": template for at, template in enumerate(templates)},
        **{f"Doc_0/Pages/Page_{at}/Content.xml": content for at, content in enumerate(pages)},
        **(parts or {}),
    }
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return raw.getvalue()


def of_operations(operations: Sequence[str]) -> str:
    """The page that `tests.read.drawn` describes for a PDF, drawn the same."""
    drawn: list[str] = []
    for operation in operations:
        numbers = [float(number) * _POINT for number in re.findall(r"(?<![\w.<])-?\d+(?:\.\d+)?(?= )", operation.partition("<")[0])]
        if operation.startswith("BT"):
            found = re.search(r"/F1 (\d+) Tf .* <([0-9a-f]*)>", operation)
            assert found
            x, y = numbers[-2:]
            drawn.append(line(bytes.fromhex(found[2]).decode("utf-16-be"), x, 297 - y, int(found[1]) * _POINT))
        elif operation.endswith(" S"):
            x, y, to_x, to_y = numbers
            drawn.append(path(f"M {x} {297 - y} L {to_x} {297 - to_y}"))
        else:
            x, y, width, height = numbers
            y = 297 - y
            drawn.append(path(f"M {x} {y} L {x + width} {y} L {x + width} {y - height} L {x} {y - height} C", 'Stroke="false" Fill="true"'))
    return page("".join(drawn))


TEXT = ["全县完成地区生产总值512.6亿元，同比增长6.1%，其中工业增加值", "201.3亿元。𠮷村大桥建成通车，总投资3.2亿元，全长1.8公里，连接", "城东新区和高铁站。"]


def paper() -> bytes:
    """A paper of three pages with a template around each, a table over a page's end, a page in columns, one turned, and what is not read."""
    def template(number: int) -> str:
        return page(line("临川县人民政府公报", 80, 15, 3.5) + line(f"— {number} —", 100, 285, 3.5))

    using = '<ofd:Template TemplateID="{}" ZOrder="Background"/>'
    figures = [["指标", "2023年", "增长"], ["地区生产总值（亿元）", "512.6", "6.1%"], ["工业增加值（亿元）", "201.3", "7.2%"]]
    column = ["城乡居民收入比缩小，", "农村居民增收七个百分点。"]
    pages = [
        page(line("临川县2023年国民经济和社会发展情况", 40, 30, 7) + lines(TEXT) + line("表1 主要指标", 80, 95) + table(figures, [60, 40, 40]), using.format(90)),
        page(lines(column, 30, 40, one_by_one) + lines(["县统计局负责解释。", "二〇二四年二月三日"], 110, 40, one_by_one), using.format(91)),
        page(
            line("附表：重点项目完成投资九点八亿元。", 0, 5, SIZE, 'CTM="0 -1 1 0 150 200"')
            + '<ofd:CompositeObject ID="9" Boundary="0 0 0 0" ResourceID="70" CTM="1 0 0 1 170 -30"/>',
            using.format(92),
        ),
    ]
    composite = f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="70"><ofd:Content>{line("临川大桥续建。", 0, 5, SIZE, "CTM=&quot;0 -1 1 0 0 230&quot;".replace("&quot;", chr(34)))}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>'
    return ofd(
        pages,
        templates=[template(number) for number in (1, 2, 3)],
        title="临川县2023年国民经济和社会发展情况",
        common="<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>",
        parts={"Doc_0/DocumentRes.xml": composite},
    )
