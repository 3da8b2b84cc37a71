"""Markdown: the text as read is what a reader of the page would see, one paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.read.encoding import decode
from kg.read.front_matter import split_front_matter
from kg.read.html_fragment import html_lines
from kg.read.line_joining import join_broken_lines
from kg.read.options import ReadOptions
from kg.read.rendering import Rendered, TextBuilder

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

BOLD_LEVEL = 7  # a paragraph wholly in bold heads what follows, below every # heading
_LONGEST_HEADING = 60
# [^1]: begins a footnote, which is a paragraph of its own; commonmark would take it for the target of a link.
_FOOTNOTE = re.compile(r"^\[\^[^\]\s]{1,20}\]:[ \t]*", re.MULTILINE)
# Bold between 。or ： and a Chinese character, **目标：**到2025年, which commonmark does not see as bold.
_BOLD = re.compile(r"\*\*([^*\n]{1,300})\*\*")
_MARK_INSIDE = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]\*\*[^\w\s*]|[^\w\s*]\*\*[\u4e00-\u9fff0-9A-Za-z]")
_STRUCK = re.compile(r"~~[^~\n]{1,300}~~")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,20}\]")


def read_markdown(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text; KgError if it cannot be decoded or its front matter is broken."""
    fields, text = split_front_matter(decode(data, file=file, encoding=options.encoding), file=file)
    builder = TextBuilder()
    _render(_parser().parse(_plain_marks(text)), builder)
    return [builder.rendered(fields=fields)]


def _plain_marks(text: str) -> str:
    """`text` without the marks that the parser does not know: of footnotes, struck text, and bold beside Chinese marks."""
    if "[^" in text:
        text = _FOOTNOTE_MARK.sub("", _FOOTNOTE.sub("\n", text))
    if "~~" in text:
        text = _STRUCK.sub("", text)
    return _BOLD.sub(_without_bold, text) if _MARK_INSIDE.search(text) else text


def _without_bold(found: re.Match[str]) -> str:
    around = found.string[max(0, found.start() - 1) : found.end() + 1]
    return found[1] if _MARK_INSIDE.match(around) or _MARK_INSIDE.match(around[-4:]) else found[0]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Chinese paragraphs are often indented by four blanks: that is no code. A rule of dashes under a paragraph is
    # a rule, not a heading made of the paragraph.
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "lheading"])
    # Link targets are dropped; checking and escaping them took a tenth of the time.
    parser.normalizeLink = str  # type: ignore[assignment, method-assign]
    parser.validateLink = bool  # type: ignore[assignment, method-assign]
    return parser


def _render(tokens: Sequence[Token], builder: TextBuilder) -> None:
    row: list[str] = []
    rows: list[list[str]] = []
    heading = 0
    in_table = False
    marker = ""  # an ordered list's number belongs to the text, a bullet does not
    for token in tokens:
        kind = token.type
        if kind == "inline":
            text = _inline(token)
            if in_table:
                row.append(text)
            elif heading:
                builder.heading(text, heading)
            elif _is_bold(token) and len(text) <= _LONGEST_HEADING and "。" not in text:
                builder.heading(marker + text, BOLD_LEVEL)
            else:
                builder.paragraph(marker + join_broken_lines(text))
            marker = ""
        elif kind == "heading_open":
            heading = int(token.tag[1])
        elif kind == "heading_close":
            heading = 0
        elif kind == "html_block":
            _html_block(token.content, builder)
        elif kind in ("fence", "code_block"):
            builder.paragraph(token.content)
        elif kind == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else ""
        elif kind == "table_open":
            in_table, rows = True, []
        elif kind == "tr_close":
            rows.append(row)
            row = []
        elif kind == "table_close":
            builder.table(rows)
            in_table = False


def _html_block(content: str, builder: TextBuilder) -> None:
    if "<table" in content.lower():
        from kg.read.html import render_fragment

        render_fragment(content, builder)
        return
    for text, level in html_lines(content):
        if level and len(text) <= _LONGEST_HEADING and "。" not in text:
            builder.heading(text, level)
        else:
            builder.paragraph(text)


def _inline(token: Token) -> str:
    """The visible text of an inline token; link targets and images' addresses are not visible."""
    children = token.children or []
    if len(children) == 1 and children[0].type == "text":
        return children[0].content
    pieces: list[str] = []
    for child in children:
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif child.type == "html_inline":
            if child.content.lower().startswith(("<br", "<p", "</p", "<div", "</div")):
                pieces.append("\n")
        elif child.type == "image":
            pieces.append(child.content)
    return "".join(pieces)


def _is_bold(token: Token) -> bool:
    """Whether the whole paragraph stands in one pair of bold marks."""
    children = [c for c in token.children or () if c.type != "text" or c.content.strip()]
    return (
        len(children) > 2
        and children[0].type == "strong_open"
        and children[-1].type == "strong_close"
        and sum(c.type == "strong_open" for c in children) == 1
    )
