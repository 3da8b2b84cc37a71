"""The tables of a PDF among the lines of its pages: each stands there as one line, its mark, until lines are joined."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kg.read.encoding import clean
from kg.read.line_joining import TABLE_MARK
from kg.read.page_words import page_words
from kg.read.ruled_grid import RuledTable, further_rows

TABLE = re.compile(rf"{TABLE_MARK}(\d+)")


def with_tables_marked(pages: Sequence[str], drawn: Mapping[int, Sequence[RuledTable]]) -> tuple[list[str], list[RuledTable]]:
    """The text of each page with the mark of a table in place of its characters, and the tables by the number behind their marks.

    A table whose characters do not stand together in the text, one by one, stays text.
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
            at = visible.find(characters, read)
            if at >= 0 and characters:
                read = at + len(characters)
                pieces += [text[done : places[at]], f"\n{TABLE_MARK}{len(tables)}\n"]
                done = places[read - 1] + 1
                tables.append(table)
        marked.append("".join([*pieces, text[done:]]))
    return marked, tables


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
