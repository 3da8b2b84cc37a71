"""The tables of a PDF among the lines of its pages: each stands there as one line, its mark, until lines are joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kg.read.encoding import clean
from kg.read.line_joining import TABLE_MARK
from kg.read.page_words import page_words
from kg.read.ruled_grid import RuledTable, further_rows

_SAME_BEGINNING = 2  # characters of the first cell
TABLE = re.compile(rf"{TABLE_MARK}(\d+)")


def with_tables_marked(pages: Sequence[str], drawn: Mapping[int, Sequence[RuledTable]]) -> tuple[list[str], list[RuledTable]]:
    """The text of each page with the mark of a table in place of its characters, and the tables by the number behind their marks.

    A table whose characters do not stand together in the text stays text.
    """
    marked: list[str] = []
    tables: list[RuledTable] = []
    for number, page in enumerate(pages):
        text = page.replace(TABLE_MARK, "\ufffd")
        places = [at for at, character in enumerate(text) if not character.isspace()] if number in drawn else []
        visible = "".join(text[at] for at in places)
        pieces: list[str] = []
        done = read = 0
        for table in drawn.get(number, ()):
            characters = "".join(clean(table.drawn).split())
            at = _found(characters, visible, read)
            if at >= 0:
                read = at + len(characters)
                pieces += [text[done : places[at]], f"\n{TABLE_MARK}{len(tables)}\n"]
                done = places[read - 1] + 1
                tables.append(table)
        marked.append("".join([*pieces, text[done:]]))
    return marked, tables


def _found(characters: str, text: str, begin: int) -> int:
    """Where in a text the characters of a table begin to stand, in any order, since PDFium sorts those of lines at different heights; -1 if they do not stand together."""
    at = text.find(characters, begin)
    length = len(characters)
    if at >= 0 or not length or begin + length > len(text):
        return at if length else -1
    missing = Counter(characters)
    missing.subtract(text[begin : begin + length])
    wrong = sum(map(bool, missing.values()))
    for start in range(begin, len(text) - length + 1):
        if not wrong and text.startswith(characters[:_SAME_BEGINNING], start):
            return start
        if start + length == len(text):
            break
        for character, change in ((text[start], 1), (text[start + length], -1)):
            was = missing[character]
            missing[character] = was + change
            wrong += bool(was + change) - bool(was)
    return -1


def with_tables_whole(pages: Sequence[list[str]], tables: list[RuledTable]) -> list[list[str]]:
    """The lines of each page, without those that only say that the table of the page before goes on; `tables` then has its further rows alone."""
    kept = [list(page) for page in pages]
    goes_on = page_words().table_goes_on
    begun: dict[int, RuledTable] = {}  # of a table that goes on, its beginning
    for page, below in pairwise(kept):
        first = next((at for at, line in enumerate(below) if not goes_on.fullmatch(line)), len(below))
        if page and first < len(below) and (above := TABLE.fullmatch(page[-1])) and (mark := TABLE.fullmatch(below[first])):
            whole = begun.get(int(above[1]), tables[int(above[1])])
            if (further := further_rows(whole, tables[int(mark[1])])) is not None:
                tables[int(mark[1])], begun[int(mark[1])] = further, whole
                del below[:first]
    return kept
