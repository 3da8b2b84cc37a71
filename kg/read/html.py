"""Web pages: the main text without navigation, with its headings and tables.

trafilatura decides which part of a page is its text. It has no notion of short official notices, though, and may
give back a notice's table as loose words; where it loses structure or sentences, the page's own tree is read with
menus, forms and link lists left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from operator import ge
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.read.encoding import decode
from kg.read.html_fields import fields_of, text_of
from kg.read.line_joining import join_soft_breaks, unwrap
from kg.read.options import ReadOptions
from kg.read.page_words import page_words
from kg.read.rendering import Rendered, TextBuilder, columns_taken, raised

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_MOST_ATTRIBUTES = 2000
_LONG_TAG = re.compile(r"""<[A-Za-z](?:[^<>"']|"[^"]{0,1000}"|'[^']{0,1000}'){4000,}+""")
_XML_ENCODING = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "list", "item", "quote", "row", "cell", "head",
})  # fmt: skip
_HIDDEN = frozenset({
    "script", "style", "noscript", "noframes", "template", "head", "iframe", "object", "svg", "math", "canvas", "button",
    "select", "option", "textarea", "input", "nav", "aside", "header", "footer", "form", "audio", "video", "map", "dialog",
    "menu",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BREAKS = frozenset({"br", "lb"})
_BREAK = "\v"  # stands for one while a line is put together: a line end in the source is none
_MENU = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumb|crumb|crumbs|position|location|sidebar|foot|footer|bottom|header|share|bdsharebuttonbox|toolbar"
    r"|pagination|related|relate|friendlink|comment|comments|copyright|advert|ads|login|search)(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|replies|pinglun)(?:$|[\s_-])", re.IGNORECASE)
_DAY = re.compile(r"[\s\d年月日:：./·•\[\]()（）-]*")  # all that an entry of a list of articles has beside its link
_LEAST_ARTICLES, _LEAST_TEASERS = 3, 2
_LONGEST_TEASER = 300
_LARGEST_PAGE = 2_000_000  # characters; trafilatura takes some 3 s for each million, and no article is as long
_SHORTEST_SENTENCE = 12
_LONGEST_ENTRY = 12  # characters of an entry of a menu


def read_html(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text; KgError if the page cannot be decoded or parsed, or holds no text."""
    declared = _CHARSET.search(data[:4096])
    text = decode(
        data, file=file, encoding=options.encoding, declared=declared[1].decode("ascii") if declared else None
    )
    root = parse(text, file)
    fields = fields_of(root)
    if _dropped(root):
        from lxml import etree

        text = etree.tostring(root, encoding="unicode", method="html")
    builder = _main_text(text, root)
    if not builder.length:
        raise KgError("the page holds no text", file=file, hint="a page made by script must be saved from the browser")
    title = fields.get("title", "")
    if title and not builder.mentions(title):
        body, builder = builder, TextBuilder()
        builder.heading(title, 1)
        builder.append(body)
    builder.join_title()
    return [builder.rendered(fields=fields)]


def parse(text: str, file: str) -> _Element:
    """The tree of a page; KgError if there is none."""
    from lxml import etree, html

    # libxml2 compares each attribute of a tag with those before it: 50,000 of them took it twenty seconds.
    if any(len(tag[0].split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise KgError(f"has a tag with more than {_MOST_ATTRIBUTES} attributes, as no page has", file=file)
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_XML_ENCODING.sub("", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise KgError(f"cannot be parsed as HTML: {error}", file=file) from error
    return root


def _dropped(root: _Element) -> bool:
    """Take out what no reader sees, what readers wrote, and lists of other articles, which trafilatura may keep; whether there was any of it."""
    return any([_drop(root, _is_unseen, _are_most), _drop(root, _is_by_readers, _are_most), _drop(root, _lists_articles, ge)])


def _is_unseen(element: _Element) -> bool:
    return element.get("hidden") is not None or _UNSEEN.search(element.get("style", "")) is not None


def _is_by_readers(element: _Element) -> bool:
    return _COMMENTS.search(f"{element.get('class', '')} {element.get('id', '')}") is not None


def _lists_articles(element: _Element) -> bool:
    """Whether an element is a list of links to other articles, each with no more than its day, or with how it begins (…)."""
    if element.tag not in ("ul", "ol", "div", "section") or len(element) < _LEAST_TEASERS:
        return False
    links = element.tag in ("ul", "ol") and len(element) >= _LEAST_ARTICLES and all(map(_is_link, element))
    return links and len(text_of(element)) > _LONGEST_ENTRY * len(element) or all(map(_is_teaser, element))


def _is_link(entry: _Element) -> bool:
    text = text_of(entry) if entry.tag == "li" else ""
    links = entry.findall(".//a")
    for link in links:
        text = text.replace(text_of(link), "", 1)
    return entry.tag == "li" and bool(links) and _DAY.fullmatch(text) is not None


def _is_teaser(entry: _Element) -> bool:
    if entry.find(".//a[@href]") is None:
        return False
    text = text_of(entry)
    return len(text) <= _LONGEST_TEASER and page_words().cut_off.search(text) is not None


def _are_most(sentences: int, of: int) -> bool:
    return sentences > 0.5 * of


def _drop(root: _Element, kind: Callable[[_Element], bool], is_text: Callable[[int, int], bool]) -> bool:
    """Take out the elements of a kind; whether there were any with text.

    They stay if `is_text` says of how many sentences they hold, of how many of the page, that they are its text.
    """
    gone: list[_Element] = []
    inside: set[_Element] = set()
    for element in root.iter():
        if element.getparent() in inside:
            inside.add(element)  # goes with what it stands in
        elif isinstance(element.tag, str) and element.tag not in ("html", "body") and kind(element):
            inside.add(element)
            gone.append(element)
    texts = ["".join(element.itertext()) for element in gone]
    sentences, whole = sum(text.count("。") for text in texts), "".join(root.itertext()).count("。") if gone else 0
    if not any(text.strip() for text in texts) or is_text(sentences, whole):
        return False
    for element in gone:
        element.clear(keep_tail=True)
    return True


def render_fragment(markup: str, builder: TextBuilder) -> None:
    """Add the lines and tables of a piece of HTML."""
    render(parse(markup, ""), builder)


def _main_text(text: str, root: _Element) -> TextBuilder:
    whole = TextBuilder()
    render(root, whole, hidden=_is_boilerplate)
    sentences = _sentences(whole)
    if not sentences:  # no menu-free part of the page has a sentence: take all there is
        return whole
    chosen = _by_trafilatura(text) if len(text) <= _LARGEST_PAGE else None
    if chosen is None:
        return whole
    kept = _sentences(chosen)
    lost = (sentences - kept).total()  # trafilatura leaves out paragraphs that it has seen
    flattened = not chosen.has_structure and whole.has_structure
    seen = set(_short_lines(whole))
    menus = any(line not in seen for line in _short_lines(chosen))
    return whole if flattened or menus or lost > 0.1 * sentences.total() else chosen


def _by_trafilatura(text: str) -> TextBuilder | None:
    import logging

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs each page that it finds too short
    import trafilatura
    from lxml.etree import LxmlError

    try:
        found = trafilatura.bare_extraction(
            text, favor_recall=True, include_comments=False, include_tables=True, include_formatting=True,
            with_metadata=False,
        )  # fmt: skip
    except (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError, LxmlError):
        # the page's own tree is read instead; no page is lost to a fault in there
        return None
    body = getattr(found, "body", None)
    if body is None:
        return None
    builder = TextBuilder()
    render(body, builder)
    return builder


def _sentences(builder: TextBuilder) -> Counter[str]:
    """How many characters each of the longer sentences has in all, blanks apart: what must not be lost."""
    found = Counter[str]()
    for piece in re.split(r"[。！？\n]", builder.rendered().text):
        sentence = "".join(piece.split())
        if len(sentence) >= _SHORTEST_SENTENCE:
            found[sentence] += len(sentence)
    return found


def _short_lines(builder: TextBuilder) -> Iterator[str]:
    """The lines without a sentence, without blanks: among them are the entries of menus."""
    for line in builder.rendered().text.split("\n"):
        if len(line) <= _LONGEST_ENTRY and "。" not in line:
            yield "".join(line.split())


def render(root: _Element, builder: TextBuilder, *, hidden: Callable[[_Element], bool] = lambda element: False) -> None:
    """Add the lines, headings and tables below `root` (HTML or trafilatura's XML), without what is `hidden`."""
    from lxml import etree

    line: list[str] = []
    level = 0

    def flush() -> None:
        nonlocal level
        text = "".join(line)
        line.clear()
        if not text.strip():
            return
        if level:
            builder.heading(unwrap(text.replace(_BREAK, "\n")), level)
        elif _BREAK in text:
            for piece in join_soft_breaks("\n".join(map(unwrap, text.split(_BREAK)))).split("\n"):
                builder.paragraph(piece)
        else:
            builder.paragraph(unwrap(text))

    left_out: set[_Element] = set()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if element is not root and (tag in _HIDDEN and not element.get("rend") or hidden(element)):
                left_out.add(element)
                walker.skip_subtree()
                continue
            if tag == "table" and _is_data_table(element):
                flush()
                _add_table(element, builder)
                walker.skip_subtree()
                continue
            if tag in _BLOCKS or tag in _HEADINGS:
                flush()
                level = _level(element, tag)
            elif tag in _BREAKS:
                line.append(_BREAK)
            line.append(raised(element.text or "") if tag == "sup" or element.get("rend") == "#sup" else element.text or "")
        else:
            if element not in left_out and (tag in _BLOCKS or tag in _HEADINGS):
                flush()
                level = 0
            if element is not root:
                tail = element.tail or ""
                # A line end between two elements is the blank that a reader sees between the fields of a page.
                line.append(" " if "\n" in tail and tag not in _BLOCKS and tail.isspace() else tail)
    flush()


def _level(element: _Element, tag: str) -> int:
    if tag == "head":  # trafilatura's heading: <head rend="h2">
        return _HEADINGS.get(element.get("rend", ""), 2)
    return _HEADINGS.get(tag, 0)


def _is_data_table(table: _Element) -> bool:
    """Whether a table holds data: several rows of several short cells. Others are layout and read as text."""
    if any(inner is not table for inner in table.iter("table")):
        return False
    rows = [[text_of(cell) for cell in row if cell.tag in ("td", "th", "cell")] for row in table.iter("tr", "row")]
    wide = [row for row in rows if len(row) >= 2]
    return len(wide) >= 2 and all(len(text) <= 400 for row in rows for text in row)


def _add_table(table: _Element, builder: TextBuilder) -> None:
    caption = table.find("caption")
    if caption is not None:
        builder.paragraph(text_of(caption))
    rows: list[list[str]] = []
    header_rows = 0
    below: dict[int, int] = {}  # column → in how many further rows a cell from above still stands
    for row in table.iter("tr", "row"):
        cells = [cell for cell in row if cell.tag in ("td", "th", "cell")]
        texts: list[str] = []
        for cell in cells:
            _pass_over(below, texts)
            width, height = columns_taken(cell.get("colspan", "")), columns_taken(cell.get("rowspan", ""))
            below.update({len(texts) + at: height - 1 for at in range(width) if height > 1})
            texts += [text_of(cell)] + [""] * (width - 1)
        _pass_over(below, texts)
        is_header = bool(cells) and all(c.tag == "th" or c.get("role") == "head" for c in cells)
        if is_header and header_rows == len(rows):
            header_rows += 1
        rows.append(texts)
    builder.table(rows, header_rows=header_rows or 1)


def _pass_over(below: dict[int, int], texts: list[str]) -> None:
    """Add an empty cell for each column that a cell of a row above reaches down into."""
    while below.get(len(texts), 0) > 0:
        below[len(texts)] -= 1
        texts.append("")


def _is_boilerplate(element: _Element) -> bool:
    """Whether an element is a menu by its name, or a list of links without a sentence."""
    tag = element.tag
    if tag in ("body", "html"):
        return False
    name = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    if _MENU.search(name) and "。" not in "".join(element.itertext()):
        return True
    if tag not in ("ul", "ol", "div", "p", "table"):
        return False
    links = element.findall(".//a")
    if len(links) < 2:
        return False
    text = "".join("".join(element.itertext()).split())
    linked = sum(len("".join("".join(link.itertext()).split())) for link in links)
    return linked > 0.6 * len(text) and "。" not in text
