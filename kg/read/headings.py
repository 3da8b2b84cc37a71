"""Headings of texts whose format marks none: short lines that end no sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.read.rendering import Heading

_LONGEST = 40
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]{1,5}[章节節编編部篇]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_NO_HEADING = re.compile(r"[。；;，,、：:…！？!?]$|[。；\t〔［]|^\d|^[-—–·•●■]")  # 〔2021〕12号 is a number, no heading


def guess_headings(text: str, noise: Sequence[tuple[int, int]] = ()) -> tuple[Heading, ...]:
    """Lines that head what follows: numbered as a chapter, or short, without an end mark and before a longer line.

    Level 1 is given to the first line if it is one (the title), 2 to 第…章 and 一、, 3 to （一） and to the rest.
    """
    noisy = {start for start, _ in noise}
    lines: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        start = at + len(line) - len(line.lstrip())
        if bare and start not in noisy:
            lines.append((start, bare))
        at += len(line) + 1
    found: list[Heading] = []
    for i, (start, line) in enumerate(lines):
        if len(line) > _LONGEST or _NO_HEADING.search(line):
            continue
        following = lines[i + 1][1] if i + 1 < len(lines) else ""
        numbered = _NUMBERED.match(line)
        if numbered or i == 0 or len(following) > len(line) + 10:
            level = 2 if numbered and line[0] not in "（(" else 1 if i == 0 else 3
            found.append(Heading(start, start + len(line), level))
    return tuple(found)
