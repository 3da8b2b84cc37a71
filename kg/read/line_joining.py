"""Lines that a typesetter broke, put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.expressions import compiled
from kg.read.page_words import page_words

_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f“”‘’—…·《》"
# A heading is short of a full line, if only by a few characters.
_HEADING = compiled(r"[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[章节節编編篇]")
# Before the first line of each page while lines are joined: a private-use character, of no font's text that is kept.
PAGE_BORDER = "\ue000"
TABLE_MARK = "\ue001"  # before the number of a table that stands there: a line of its own
_FULL = 0.8  # of the width of the widest lines
_SHORT_OF_FULL = 7  # columns: an indent of two characters, and one that may not stand at the end
HAN = r"\u4e00-\u9fff，。：；、（）《》〔〕“”"  # what stands in running text without blanks
_WORDS = compiled(rf"(?<=[{_WIDE}])[ ]+(?=[{_WIDE}])")
_AT_QUOTES = compiled(rf"(?<=[{HAN}]) (?=[“”])|(?<=[“”]) (?=[{HAN}])")
_SOFT = compiled(rf"(?<=[{_WIDE}])[ \t]*\n\s*(?=[{_WIDE}0-9A-Za-z])|(?<=[0-9A-Za-z%])[ \t]*\n\s*(?=[{_WIDE}])")
# Of texts with lines broken at one width: characters of the longest line, columns of the narrowest setting, and by how
# many columns lines fall short of it, for a mark that may not begin the next or a long Latin word.
_LONGEST_WRAPPED, _NARROWEST, _RAGGED = 100, 40, 4
_LEAST_WRAPPED = 2  # broken lines
_ALL_BLANK = 0.9  # of the lines, that a blank one follows
_CLAUSE = compiled(r"[，。；、：]")
_OPEN = compiled(r"(?:^|[。！？；])[^。！？；]{2,}，[^。！？；]*$")
_CLOSED = compiled(r"[。；]")
_INDENTED = compiled(r"[\xa0\u2002\u2003 ]{2}")
_FIGURE = compiled(r"[-−]?\d[\d,.]*%?")
_UNBROKEN = compiled(r"\d[!-~、，]{0,40}")
_MARK = compiled(r"[，。；]")
_GOES_ON = "，、"
_SHORTEST_CLAUSE = 16  # columns
_TITLE_LINES = 6  # of the head, in which such a title stands
_SHORTEST_OPENING = 8  # characters of its first line, and of all of it, if no verb tells that it is a title
_SHORTEST_TITLE = 20
_NARROW = compiled(r"[0-9A-Za-z,.%)]")


def join_broken_lines(text: str) -> str:
    """`text` with each paragraph on one line.

    A line is taken to go on in the next one if it is nearly as wide as the widest lines, does not end a sentence or
    a clause with 。！？；：, and the next line does not begin with a numbering. Chinese lines are joined without
    a blank, Latin words with one, a word hyphenated at the line's end without the hyphen. Titles are set in few and
    short lines: that of an official paper (…关于…) goes on to the word for the paper (…的通知).
    """
    lines = [line.rstrip() for line in text.split("\n")]
    if len(lines) < 2:
        return text
    widths = sorted(_width(line) for line in lines if line.strip())
    if not widths:
        return ""
    widest = widths[-1 - (len(widths) - 1) // 10]
    title = broken_title(lines)
    joined: list[str] = []
    for i, line in enumerate(lines):
        if joined and i and (i in title or _goes_on(lines[i - 1], line, widest)):
            joined[-1] = join_lines(joined[-1], line.lstrip(" "))
        else:
            joined.append(line)
    return "\n".join(joined)


def join_hard_wraps(text: str) -> str:
    """`text` with each paragraph on one line, if an editor or a mail program broke its lines all at one width; else as it is.

    Such a text has no line that is longer, and a third of its lines are full, hold a mark and end in the middle of a
    sentence. Lines of a list or a poem are not full, or hold no mark. Where every other line is blank, blank lines
    part no paragraphs.
    """
    lines = text.split("\n")
    if max(map(len, lines)) > _LONGEST_WRAPPED:
        return text
    lines = [line.rstrip() for line in lines]
    filled = [line for line in lines if line]
    if len(filled) < 2:
        return text
    blank = sum(not below for line, below in pairwise(lines) if line)
    if len(filled) > _LEAST_WRAPPED and blank >= _ALL_BLANK * (len(filled) - 1):
        lines = filled
    ninth = int(0.9 * (len(filled) - 1))
    columns, characters = (sorted(map(measure, filled))[ninth] for measure in (_width, len))
    if columns < _NARROWEST:
        return text
    words = page_words()
    breaks = {
        at
        for at, (line, below) in enumerate(pairwise(lines), 1)
        if line and below and (_width(line) >= columns - _RAGGED or len(line) >= characters - _RAGGED // 2)
        and not words.line_ends.search(line) and not words.line_begins.match(below) and "\t" not in line
    }  # fmt: skip
    running = sum(_CLAUSE.search(lines[at - 1]) is not None for at in breaks)
    if len(breaks) < _LEAST_WRAPPED or 3 * len(breaks) < len(filled) or 3 * running < 2 * len(breaks):
        return text
    joined: list[str] = []
    for at, line in enumerate(lines):
        if at in breaks:
            joined[-1] = join_lines(joined[-1], line.lstrip(" "))
        else:
            joined.append(line)
    return "\n".join(joined)


def unspace(line: str) -> str:
    """`line` without the blanks that some PDF producers set between all Chinese characters, and beside Chinese quotation marks."""
    line = _AT_QUOTES.sub("", line)
    wide = len(re.findall(rf"[{_WIDE}]", line))
    if wide and len(_WORDS.findall(line)) > 0.5 * wide:
        return _WORDS.sub("", line)
    return line


def join_soft_breaks(text: str) -> str:
    """`text` without the line ends that an author set inside a sentence, or inside the title of an official paper.

    A line goes on in the next if it ends in a comma, or if its last sentence has one and no end, and the next ends as a
    sentence does. Entries of a list, signatures and verses are not like that.
    """
    if "\n" not in text:
        return text
    lines = [line.rstrip() for line in text.split("\n")]
    title = broken_title([line.strip() for line in lines])
    joined = lines[:1]
    for at, line in enumerate(lines[1:], 1):
        before = joined[-1]
        if line and before and (at in title or not _INDENTED.match(line) and not page_words().line_begins.match(line) and _is_cut(before, line)):
            joined[-1] = join_lines(before, line.lstrip())
        else:
            joined.append(line)
    return "\n".join(joined)


def _is_cut(line: str, following: str) -> bool:
    """Whether a line ends in the middle of a sentence, whose end stands in the following one."""
    words = page_words()
    open_ = _OPEN.search(line) or words.amount.match(following)
    return line[-1] in _GOES_ON or not words.line_ends.search(line) and open_ is not None and _CLOSED.search(following) is not None


def unwrap(text: str) -> str:
    """`text` of a web page on one line: a line end in its source is a blank, and none between Chinese characters."""
    return _SOFT.sub("", text.strip()).replace("\n", " ") if "\n" in text else text


def broken_title(lines: Sequence[str]) -> range:
    """The lines of the head, but for the first of them, over which the title of an official paper goes on."""
    words = page_words()
    for i, line in enumerate(lines[:_TITLE_LINES]):
        if not words.title_opens.match(line):
            continue
        title = line.strip()
        for j, following in enumerate(lines[i + 1 : _TITLE_LINES], i + 1):
            bare = following.strip()
            another = words.about.search(bare) and not words.passed_on.search(title)
            if another or not words.title_goes_on.match(bare) or words.line_begins.match(bare):
                break
            title += bare
            if words.title_ends.match(bare):
                long = len(line.strip()) >= _SHORTEST_OPENING and len(title) >= _SHORTEST_TITLE
                if long or words.title_verb.search(title):
                    return range(i + 1, j + 1)
                break
    return range(0)


def _goes_on(line: str, following: str, widest: int) -> bool:
    line, following = line.lstrip(PAGE_BORDER), following.lstrip(PAGE_BORDER)
    words = page_words()
    if not line or not following.strip() or words.line_begins.match(following.lstrip(" ")) or " " in line and _is_row(following):
        return False
    full = widest - _SHORT_OF_FULL if _HEADING.match(line.lstrip()) and "。" not in line else _FULL * widest
    unbroken = _UNBROKEN.match(following)  # what did not fit into the line
    width = _width(line)
    return width >= _SHORTEST_CLAUSE and width + len(unbroken[0] if unbroken else "") >= full and not words.line_ends.search(line) or line[-1] in _GOES_ON and width >= _SHORTEST_CLAUSE


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table: words, then figures."""
    first, *others = line.split()
    figures = sum(_FIGURE.fullmatch(word) is not None for word in others)
    return bool(others) and (figures > 1 or len(others) > 1) and _FIGURE.fullmatch(others[-1]) is not None and not _FIGURE.fullmatch(first) and not _MARK.search(line)


def join_lines(line: str, following: str) -> str:
    """`line` and the one in which it goes on."""
    last, first = line[-1], following.lstrip(PAGE_BORDER)[:1]
    if (
        last == "-"
        and len(line) > 1
        and line[-2].isascii()
        and line[-2].isalpha()
        and first.isascii()
        and first.islower()
    ):
        return line[:-1] + following
    latin = _NARROW.match(last) and _NARROW.match(first)
    letters = last.isascii() and last.isalpha() or first.isascii() and first.isalpha()
    return line + (" " if latin and letters else "") + following


def _width(line: str) -> int:
    """Columns: a wide character takes two."""
    return sum(1 if c < "\u2e80" else 2 for c in line)
