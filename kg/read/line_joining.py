"""Lines that a typesetter broke, put together again."""

from __future__ import annotations

import re

_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f“”‘’—…·《》"
_END = re.compile(r"[。！？；：!?;:…”’」』）)\]】]$")
# What a new paragraph begins with: numbering, articles, list marks, an indent.
_START = re.compile(
    r"[\u3000\t]|[第（(]?[一二三四五六七八九十百]{1,4}[、章节節条條款項项）)]|[（(]?\d{1,3}[）)、.．]|[·•●■◆○※★△▲]|附件|附表|——"
)
_WORDS = re.compile(rf"(?<=[{_WIDE}])[ ]+(?=[{_WIDE}])")
_SOFT = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n\s*(?=[{_WIDE}])")
_PAPER = r"(?:通知|意[见見]|批[复復]|[决決]定|公告|通告|通[报報]|函|方案|[办辦]法|[规規]定|措施|公[报報])(?:[（(][^（）()]{1,12}[）)])?"
# The title of an official paper, broken, and the line in which it ends.
_TITLE_OPENS = re.compile(rf"(?!.*{_PAPER}$)[^，。；：:]*(?:关于|關於)[^，。；：:]*$")
_TITLE_ENDS = re.compile(rf"[^，。；：:]{{0,60}}{_PAPER}$")
_TITLE_LINES = 6  # of the head, in which such a title begins
_NARROW = re.compile(r"[0-9A-Za-z,.%)]")


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
    full = 0.8 * widths[int(0.9 * (len(widths) - 1))]
    joined: list[str] = []
    for i, line in enumerate(lines):
        titled = i < _TITLE_LINES and joined and _TITLE_OPENS.match(joined[-1]) and _TITLE_ENDS.match(line)
        if joined and i and (titled or _goes_on(lines[i - 1], line, full)):
            joined[-1] = _join(joined[-1], line.lstrip(" "))
        else:
            joined.append(line)
    return "\n".join(joined)


def unspace(line: str) -> str:
    """`line` without the blanks that some PDF producers set between all Chinese characters; else as it is."""
    wide = len(re.findall(rf"[{_WIDE}]", line))
    if wide and len(_WORDS.findall(line)) > 0.5 * wide:
        return _WORDS.sub("", line)
    return line


def unwrap(text: str) -> str:
    """`text` of a web page on one line: a line end in its source is a blank, and none between Chinese characters."""
    return _SOFT.sub("", text.strip()).replace("\n", " ") if "\n" in text else text


def _goes_on(line: str, following: str, full: float) -> bool:
    if not line or not following.strip() or _START.match(following.lstrip(" ")):
        return False
    return _width(line) >= max(full, 16) and not _END.search(line)


def _join(line: str, following: str) -> str:
    last, first = line[-1], following[0]
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
