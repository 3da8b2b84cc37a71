"""A sentence as a row of tokens: words, names, quotations; what the patterns run over."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from kg.expressions import compiled
from kg.extract.knowledge.pattern import Pattern
from kg.extract.knowledge.phrases import Words
from kg.extract.knowledge.symbols import Symbols
from kg.extract.names.mentions import OWN_REGION
from kg.model import Sentence
from kg.text.segment import SegmentedText, Word

_QUOTED = compiled(r"“([^“”。！？；\n《》]{1,40})[”“]|《([^《》\n]{1,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,20})?)》")
_COMMA_QUOTE = 24  # a quotation with a comma in it is a name up to this length, else somebody's words
_BINDING = compiled(r"[、+·×]|(.)..?\1")  # a list, a sum, a repeated character: 放管服 does not, 签约一批、开工一批 does
# Blanks in a headline, and numbers before its items.
_HEADLINE = 80  # characters at most
ABROAD = frozenset({"AreaState", "AreaAbroad"})  # shapes of places abroad
_NAMES = frozenset({"Body", "Person", "Area"})
_NUMBERING = compiled(r"(?m)^(?:\d{1,3}[.．、] ?(?=[^\d\s])|（\d{1,2}） ?)")
_DIVIDED = compiled(r"[\u4e00-\u9fff》] [\u4e00-\u9fff“《]")


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
    form: str = ""  # symbols of the name's tokens
    parts: tuple[Draft | None, ...] = ()  # what each of these tokens stands for
    owner: Draft | None = None  # the area that an organ named without one belongs to: 省委 → 浙江省

    def mean(self, key: str, way: str) -> None:
        """Let it mean what is called `key`; `way` is the rule that found so, unless another has before."""
        self.key, self.reference = key, self.reference or way


@dataclass(slots=True)
class Row:
    """The tokens of one sentence: their spans, their symbols joined to one string, and the mentions they stand for."""

    sentence: Sentence
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    symbols: str = ""
    drafts: list[Draft | None] = field(default_factory=list)
    text: str = ""  # the folded text of the whole document

    def replace(self, first: int, last: int, draft: Draft, symbol: str) -> None:
        """Let tokens first:last become one token that stands for `draft`."""
        draft.inner = tuple(nested for nested in self.drafts[first:last] if nested is not None)
        draft.tail = self.symbols[last - 1]
        draft.form, draft.parts = self.symbols[first:last], tuple(self.drafts[first:last])
        for nested in draft.inner:
            nested.nested = True
        self.starts[first:last] = [self.starts[first]]
        self.ends[first:last] = [self.ends[last - 1]]
        self.drafts[first:last] = [draft]
        self.symbols = self.symbols[:first] + symbol + self.symbols[last:]


class Fixed(NamedTuple):
    """A stretch that is one token whatever the segmenter says: a known name or a quotation."""

    start: int
    end: int
    kind: str  # entity type, Quote or Title
    key: str = ""
    code: str = ""
    rule: str = ""
    shape: str = ""  # of a quotation: one of QUOTE_SHAPES
    inner: tuple[Fixed, ...] = ()  # places in the name


class Watch(Protocol):
    """Who wants to see what rules do, for tracing; nobody does where facts alone are wanted."""

    def __call__(self, rule: str, row: Row, first: int, last: int, outcome: str) -> None:
        """Told what a rule made of tokens first:last, or why it made nothing of them."""

    def tries(self, rule: str, pattern: Pattern, row: Row) -> None:
        """Told before a rule is tried on a row as it is then."""


class QuotationWords(Words):
    """The patterns `quotations` of `rules/names.yaml`, with the same names."""

    speech: re.Pattern[str]  # somebody's words
    no_slogan: re.Pattern[str]  # a ship or a satellite, people, the years of a plan
    day: re.Pattern[str]
    counted: re.Pattern[str]
    service: re.Pattern[str]  # of a province or a city: known as a measure, like those that are listed
    works: re.Pattern[str]  # what is built: “甲市场改建工程”
    articles: re.Pattern[str]  # 稳增长“36条”
    told_of: re.Pattern[str]  # what follows the name of somebody, and of no thing called after him
    works_told_of: re.Pattern[str]  # what follows the whole name of a work


def _shape(inner: str, words: QuotationWords) -> str:
    """What a quotation looks like: a counted slogan (三保), a phrase of parallel parts (两手抓、两促进), a word or two, or somebody's words."""
    if words.speech.search(inner):
        return "QuoteSpeech"
    if words.no_slogan.search(inner):
        return ""
    if words.day.fullmatch(inner):
        return "QuoteShort"
    if words.articles.fullmatch(inner):
        return "QuoteArticles"
    if words.counted.match(inner) and len(inner) <= 8:
        return "QuoteNumber"
    if words.service.fullmatch(inner):
        return "QuoteKnown"
    if words.works.fullmatch(inner):
        return "QuoteWorks"
    if _BINDING.search(inner) or len(inner) == 8:
        return "QuotePhrase"
    if len(inner) == 4:
        return "QuoteFour"  # a slogan, or the name of a dish
    return "QuoteShort" if len(inner) <= 3 else ""


def quotations(folded: str, words: QuotationWords) -> list[Fixed]:
    """Short quotations and titles of works, with their marks."""
    found = []
    for match in _QUOTED.finditer(folded):
        if (quoted := match[1]) is None:
            found.append(Fixed(*match.span(), "Title"))
        elif "，" not in quoted or len(quoted) <= _COMMA_QUOTE:
            found.append(Fixed(*match.span(), "Quote", shape=_shape(quoted, words)))
    return found


def build_rows(text: SegmentedText, sentences: Sequence[Sentence], fixed: Sequence[Fixed], symbols: Symbols) -> list[Row]:
    """One row for each sentence. `fixed` is sorted and without overlaps, and wins over words."""
    folded, words, ends = text.folded, text.words, text.ends
    starts = [0, *ends[:-1]]
    codes = symbols.of_words(words)
    fixed_starts = [f.start for f in fixed]
    rows = []
    for sentence in sentences:
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        begin = bisect_left(fixed_starts, sentence.start)
        inside = [f for f in fixed[begin : bisect_left(fixed_starts, sentence.end)] if f.end <= sentence.end]
        row = Row(sentence, starts[first:last], ends[first:last], "", [None] * (last - first), folded)
        tokens = codes[first:last]
        if inside:
            tokens = _with_fixed(row, tokens, inside, words[first:last], folded, symbols)
        if " " in folded[sentence.start : sentence.end]:
            tokens = _without_blanks(row, tokens, folded, symbols)
        if (begin := behind_numbering(folded, sentence)) > sentence.start:
            tokens = _without_numbering(row, tokens, begin)
        row.symbols = "".join(tokens)
        rows.append(row)
    return rows


def _draft(f: Fixed, sentence: int, *, nested: bool = False) -> Draft:
    """What is known by a table, as a mention in the making, with the places in its name."""
    inner = tuple(_draft(place, sentence, nested=True) for place in f.inner)
    return Draft(f.start, f.end, f.kind, sentence, f.rule, key=f.key, code=f.code, nested=nested, inner=inner, reference=f.rule if f.rule == OWN_REGION else "")


def _with_fixed(
    row: Row, codes: list[str], fixed: Sequence[Fixed], words: Sequence[Word], folded: str, symbols: Symbols
) -> list[str]:
    """Put the fixed stretches among the tokens of `row`; the symbols of all."""
    starts: list[int] = []
    ends: list[int] = []
    drafts: list[Draft | None] = []
    tokens: list[str] = []
    at = 0  # next token of the segmenter

    def cut(start: int, end: int, tag: str) -> None:
        starts.append(start)
        ends.append(end)
        drafts.append(None)
        tokens.append(symbols.of_word(folded[start:end], tag))

    for f in fixed:
        stop = bisect_left(row.ends, f.start + 1, at)  # the first token that reaches into the stretch
        starts += row.starts[at:stop]
        ends += row.ends[at:stop]
        drafts += [None] * (stop - at)
        tokens += codes[at:stop]
        if stop < len(codes) and row.starts[stop] < f.start and (not ends or ends[-1] <= row.starts[stop]):
            cut(row.starts[stop], f.start, words[stop][1])
        starts.append(f.start)
        ends.append(f.end)
        drafts.append(_draft(f, row.sentence.index))
        if f.kind == "Title":
            tokens.append(symbols.of_title(folded[f.start + 1 : f.end - 1]))
        elif f.kind == "Quote":
            tokens.append(symbols.of_quotation(folded[f.start + 1 : f.end - 1], f.shape))
        else:
            tokens.append(symbols.mention[f.shape or f.kind])
        at = bisect_left(row.ends, f.end, stop)
        if at < len(codes) and row.ends[at] == f.end:
            at += 1
        elif at < len(codes) and row.starts[at] < f.end:
            tail = next((g.start for g in fixed if f.end <= g.start < row.ends[at]), row.ends[at])
            if tail > f.end:
                cut(f.end, tail, words[at][1])
            if tail == row.ends[at]:
                at += 1
    starts += row.starts[at:]
    ends += row.ends[at:]
    drafts += [None] * (len(codes) - at)
    tokens += codes[at:]
    row.starts, row.ends, row.drafts = starts, ends, drafts
    return tokens


def _without_blanks(row: Row, codes: list[str], folded: str, symbols: Symbols) -> list[str]:
    """The tokens without the blanks; in a headline a blank divides clauses, as a comma does (多地降温 暴雨将至)."""
    blank = [row.drafts[n] is None and folded[row.starts[n] : row.ends[n]].isspace() for n in range(len(codes))]
    divides = {n for n in range(1, len(codes) - 1) if blank[n] and _divides(row, n)} if _is_headline(row.sentence, folded) else set()
    last = len(codes) - 2  # 市长 王浩: who it is stands behind the office
    if last in divides and codes[last - 1] in symbols.having("@office") and (name := row.drafts[last + 1]) is not None and name.type == "Person":
        divides.remove(last)
    comma = symbols.of_word("，", "x")
    codes = [comma if n in divides else code for n, code in enumerate(codes)]
    kept = [n for n in range(len(codes)) if not blank[n] or n in divides]
    row.starts, row.ends = [row.starts[n] for n in kept], [row.ends[n] for n in kept]
    row.drafts = [row.drafts[n] for n in kept]
    return [codes[n] for n in kept]


def behind_numbering(folded: str, sentence: Sentence) -> int:
    """Where a sentence begins behind the number of an item, 5. or （5）, if its line begins with one."""
    start = sentence.start
    numbering = _NUMBERING.match(folded, start, sentence.end) if folded[start].isdigit() or folded[start] == "（" else None
    return numbering.end() if numbering else start


def _without_numbering(row: Row, codes: list[str], end: int) -> list[str]:
    """The tokens without the number of an item, which ends at `end`.

    （5） and 5. with a blank are such numbers, but for those of notes, whose patterns ask for them (（5）甲行动：…); 5. without one is, if
    a known name follows: 5.某地铁12号线.
    """
    first, mark = bisect_left(row.starts, end), row.text[end - 1]
    name = row.drafts[first] if first < len(row.drafts) else None
    listed = mark in "） " and first < len(codes) and "：" not in row.text[end : row.sentence.end]
    named = mark != "）" and name is not None and name.type in {*_NAMES, "Project"}
    if not listed and not named:
        return codes
    row.starts, row.ends, row.drafts = row.starts[first:], row.ends[first:], row.drafts[first:]
    return codes[first:]


def _is_headline(sentence: Sentence, folded: str) -> bool:
    """Whether a sentence is short, alone on its line, and ends without a full stop."""
    start, end = sentence.start, sentence.end
    return end - start <= _HEADLINE and folded[end - 1] not in "。！？；：，" and folded[start - 1 : start] in ("", "\n") and folded[end : end + 1] in ("", "\n")


def _divides(row: Row, at: int) -> bool:
    """Whether a blank stands between clauses, and not between names that are listed (中共中央 国务院印发…) or beside figures."""
    before, after = row.drafts[at - 1], row.drafts[at + 1]
    if before is not None and after is not None and before.type in _NAMES and after.type == before.type:
        return False
    return bool(_DIVIDED.match(row.text, row.ends[at - 1] - 1))
