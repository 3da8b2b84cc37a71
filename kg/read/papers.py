"""One file as several documents: official papers, laws and articles of newspapers that somebody put one below the other.

Each is read by itself: 全县, 本意见 and 一季度 mean something else in each. A text is cut where one surely begins: an official paper has a
number beside its title, a law begins anew with 第一条, a text with a headline of which the paper that was signed above it said nothing. With
the line of a newspaper and the title of a communique it is cut where another text begins, too. What stands above the first belongs to it,
unless it is a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.read.dates import day_alone
from kg.read.head import date_of
from kg.read.page_words import page_words
from kg.read.rendering import Rendered
from kg.read.sections import section

_LONGEST_HEADLINE = 40
_MOST_HEADLINES = 3  # a title with one above and one below it
_NEAR = 4  # lines from the number of a paper to its title
_HEAD_OF_LAW = 60  # lines from the title of a law, above its history and contents, to its first article
_SHORTEST_TITLE = 8
_SAID_ABOVE = 200  # lines above a signature, in which a paper tells what it attaches
_SHORTEST = 60  # characters of a paper or article
_FULL_STOP = "。"


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str  # without outer blanks


def split_papers(whole: Rendered) -> list[Rendered]:
    """The papers and articles of a text, numbered 01, 02, …; the text itself if it is one."""
    lines = list(_lines(whole.text))
    articles, reports = set(_articles(lines)), set(_reports(lines))
    sure = {*_papers(lines), *_laws(lines), *_below_signatures(lines)}
    begins = sorted(articles | reports | sure)
    starts = [lines[at].start for at in begins]
    kept: list[tuple[int, int]] = []
    titles: set[str] = set()
    for at, start, end in zip(begins, starts, [*starts, len(whole.text)][1:], strict=True):
        running_head = at in reports and lines[at].text in titles
        if _is_text(whole.text[start:end]) and not running_head:
            kept.append((at, start))
            titles.add(lines[at].text)
    above = whole.text[: kept[0][1]] if kept else ""
    if len(kept) < 2 and not (kept and kept[0][0] in sure and _is_text(above)):
        return [whole]
    if _is_text(above):
        kept.insert(0, (-1, 0))
    borders = [0, *(start for _, start in kept[1:]), len(whole.text)]
    parts = [section(whole, start, end, part=f"{number:02d}") for number, (start, end) in enumerate(pairwise(borders), 1)]
    dated = date_of(above) or "" if not _is_text(above) else ""  # the day of a newspaper's page is that of its articles
    return [replace(part, dated=dated) if at in articles else part for part, (at, _) in zip(parts, kept, strict=True)]


def _is_text(text: str) -> bool:
    return len(text.strip()) >= _SHORTEST and _FULL_STOP in text


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for line in text.split("\n"):
        if bare := line.strip():
            yield _Line(at, bare)
        at += len(line) + 1


def _is_headline(line: str) -> bool:
    return len(line) <= _LONGEST_HEADLINE and line[-1] not in "。：；:;)）!！]】" and "。" not in line and not page_words().no_headline.match(line)


def _headed(lines: Sequence[_Line], at: int) -> int:
    """Where the headline above a line begins; the line itself if it has none."""
    first = at
    while first and at - first < _MOST_HEADLINES and _is_headline(lines[first - 1].text):
        first -= 1
    return first


def _articles(lines: Sequence[_Line]) -> Iterator[int]:
    """The lines with which articles of newspapers begin."""
    words = page_words()
    for at, line in enumerate(lines):
        if words.article_opens.match(line.text):
            yield _headed(lines, at)
        elif 0 < at < len(lines) - 1 and words.article_source.fullmatch(line.text) and _FULL_STOP in lines[at + 1].text:
            first = _headed(lines, at)
            if first < at:
                yield first


def _papers(lines: Sequence[_Line]) -> Iterator[int]:
    """The lines with which official papers begin: their titles, or the letterhead or number above those."""
    words = page_words()
    for at, line in enumerate(lines):
        if not words.number.fullmatch(line.text):
            continue
        above = next((up for up in range(at - 1, max(-1, at - _NEAR), -1) if words.paper_opens.fullmatch(lines[up].text)), None)
        if above is not None and _is_title(lines[above:at]):
            first = above
        elif any(_is_title(lines[at + 1 : below]) for below in range(at + 2, min(len(lines), at + _NEAR) + 1)):
            first = at
        else:
            continue
        yield first - 1 if first and words.letterhead.fullmatch(lines[first - 1].text) else first


def _is_title(lines: Sequence[_Line]) -> bool:
    """Whether lines are the title of an official paper: …关于…的通知."""
    words = page_words()
    goes_on = all(words.title_goes_on.match(line.text) for line in lines[1:])
    return goes_on and words.paper_opens.fullmatch(lines[0].text) is not None and words.paper_ends.search(lines[-1].text) is not None


def _laws(lines: Sequence[_Line]) -> Iterator[int]:
    """The lines with the titles of laws, but for the first of them, which a notice may have put into force."""
    words = page_words()
    firsts = [at for at, line in enumerate(lines) if words.first_article.match(line.text)]
    for before, at in pairwise(firsts):
        if (title := next((up for up in range(at - 1, max(before, at - _HEAD_OF_LAW), -1) if words.law_title.fullmatch(lines[up].text)), None)) is not None:
            yield title


def _below_signatures(lines: Sequence[_Line]) -> Iterator[int]:
    """The headlines right below the signature and day of a paper that has said nothing of them, as it would of its attachments."""
    words = page_words()
    for at in range(2, len(lines) - 2):
        above, body, day = (line.text for line in lines[at - 2 : at + 1])
        if not (day_alone(day) and len(body) <= _LONGEST_HEADLINE and _FULL_STOP not in body and above.endswith(_FULL_STOP)):
            continue
        below = next((down for down in range(at + 1, len(lines)) if not words.below_signature.match(lines[down].text) or words.attached_below.match(lines[down].text)), None)
        if below is None or words.attached_below.match(title := lines[below].text) or not _is_headline(title) or len(title) < _SHORTEST_TITLE:
            continue
        if not any(title in line.text for line in lines[max(0, at - _SAID_ABOVE) : at]):
            yield below


def _reports(lines: Sequence[_Line]) -> Iterator[int]:
    """The lines with the titles of communiques and reports of governments."""
    words = page_words()
    for at, line in enumerate(lines[:-1]):
        if words.report_title.fullmatch(line.text):
            yield at
