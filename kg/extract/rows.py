"""A sentence as a row of tokens: words, names, quotations; what the patterns run over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.extract.symbols import Symbols
from kg.model import Sentence
from kg.text.segment import Word

_QUOTED = re.compile(r"“([^“”。！？；\n《》]{1,40})[”“]|《([^《》\n]{1,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,20})?)》")
_COMMA_QUOTE = 24  # a quotation with a comma in it is a name up to this length, else somebody's words


@dataclass(slots=True)
class Draft:
    """A mention in the making."""

    start: int
    end: int
    type: str
    sentence: int
    rule: str
    surfaces: tuple[tuple[int, int], ...] = ()  # further spans that name the same thing
    key: str = ""  # canonical name, where a table knows it
    code: str = ""
    nested: bool = False  # lies inside the name of another mention
    reference: str = ""  # rule that resolved it, if it is no name
    entity: int = -1
    score: int = 0
    inner: tuple[Draft, ...] = ()  # mentions inside the name
    tail: str = ""  # symbol of the name's last token


@dataclass(slots=True)
class Row:
    """The tokens of one sentence: their spans, their symbols joined to one string, and the mentions they stand for."""

    sentence: Sentence
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    symbols: str = ""
    drafts: list[Draft | None] = field(default_factory=list)

    def replace(self, first: int, last: int, draft: Draft, symbol: str) -> None:
        """Let tokens first:last become one token that stands for `draft`."""
        draft.inner = tuple(nested for nested in self.drafts[first:last] if nested is not None)
        draft.tail = self.symbols[last - 1]
        for nested in draft.inner:
            nested.nested = True
        self.starts[first:last] = [self.starts[first]]
        self.ends[first:last] = [self.ends[last - 1]]
        self.drafts[first:last] = [draft]
        self.symbols = self.symbols[:first] + symbol + self.symbols[last:]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A stretch that is one token whatever the segmenter says: a known name or a quotation."""

    start: int
    end: int
    kind: str  # entity type, Quote or Title
    key: str = ""
    code: str = ""
    rule: str = ""
    shape: str = ""  # of a quotation: one of QUOTE_SHAPES


_COUNTED = re.compile(r"[一二两三四五六七八九十百千双\d]")
_BINDING = re.compile(r"[、+·—×]|(.)..?\1")  # a list, a sum, a repeated character: 放管服 does not, 签约一批、开工一批 does
_SENTENCE_LIKE = re.compile(r"[，。！？；：… 我你他她]|[了吗呢吧的]$")


def _shape(inner: str) -> str:
    """What a quotation looks like: a counted slogan (三保), a slogan of parallel parts (腾笼换鸟), a word or two, or somebody's words."""
    if _SENTENCE_LIKE.search(inner):
        return "QuoteSpeech"
    if inner.endswith("号"):
        return ""  # 吉林一号: a ship, a satellite
    if _COUNTED.match(inner) and len(inner) <= 8:
        return "QuoteNumber"
    if _BINDING.search(inner) or len(inner) in (4, 8):
        return "QuoteSlogan"
    return "QuoteShort" if len(inner) <= 3 else ""


def quotations(folded: str) -> list[Fixed]:
    """Short quotations and titles of works, with their marks."""
    found = []
    for match in _QUOTED.finditer(folded):
        inner = match[1] if match[1] is not None else match[2]
        if match[1] is not None and "，" in inner and len(inner) > _COMMA_QUOTE:
            continue
        if match[1] is not None:
            found.append(Fixed(match.start(), match.end(), "Quote", shape=_shape(inner)))
        else:
            found.append(Fixed(match.start(), match.end(), "Title"))
    return found


def build_rows(
    folded: str, sentences: Sequence[Sentence], words: Iterable[Word], fixed: Sequence[Fixed], symbols: Symbols
) -> list[Row]:
    """One row for each sentence; `fixed` is sorted and without overlaps, and wins over the words it cuts."""
    rows = [Row(sentence) for sentence in sentences]
    pieces: list[list[str]] = [[] for _ in rows]
    if not rows:
        return rows
    at, place, last = 0, 0, len(rows) - 1
    fixed_at, fixed_end = 0, len(fixed)
    row, symbol_list = rows[0], pieces[0]
    row_start, row_end = row.sentence.start, row.sentence.end
    next_fixed = fixed[0] if fixed else None

    def advance(position: int) -> bool:
        """Move to the row that holds `position`; False if it lies between two rows."""
        nonlocal place, row, symbol_list, row_start, row_end
        while position >= row_end and place < last:
            place += 1
            row, symbol_list = rows[place], pieces[place]
            row_start, row_end = row.sentence.start, row.sentence.end
        return row_start <= position < row_end

    def put(start: int, end: int, symbol: str, draft: Draft | None = None) -> None:
        row.starts.append(start)
        row.ends.append(end)
        row.drafts.append(draft)
        symbol_list.append(symbol)

    for word, tag in words:
        start, end = at, at + len(word)
        at = end
        while next_fixed is not None and next_fixed.start < end:
            if start < next_fixed.start and advance(start):
                put(start, next_fixed.start, symbols.of_word(folded[start : next_fixed.start], tag))
            if next_fixed.start >= start and advance(next_fixed.start) and next_fixed.end <= row_end:
                draft = Draft(
                    next_fixed.start, next_fixed.end, next_fixed.kind, place, next_fixed.rule,
                    key=next_fixed.key, code=next_fixed.code,
                )  # fmt: skip
                put(next_fixed.start, next_fixed.end, symbols.mention[next_fixed.shape or next_fixed.kind], draft)
            start = max(start, next_fixed.end)
            if next_fixed.end > end:
                break
            fixed_at += 1
            next_fixed = fixed[fixed_at] if fixed_at < fixed_end else None
        if start < end and not word.isspace() and advance(start):
            put(start, end, symbols.of_word(word if end - start == len(word) else folded[start:end], tag))
    for row, symbol_list in zip(rows, pieces):
        row.symbols = "".join(symbol_list)
    return rows
