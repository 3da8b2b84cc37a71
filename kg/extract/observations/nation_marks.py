"""Where a text turns to the whole country: 我国…, 2022年全国…; what organs of the country tell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from kg.extract.names.mentions import NATION, MentionRef
from kg.extract.observations.subject_words import SubjectWords

NOWHERE = ""  # the subject of such a mark: none
SOURCE_REACH = 24  # characters behind a name that tell what part it plays
_BREAK = re.compile(r"[，。；：！？\n]")  # what turns to the country does not reach over it
_TO_LAST_BREAK = re.compile(rf"(?s:.*){_BREAK.pattern}")


def nation_marks(folded: str, mentions: Sequence[MentionRef], home: Iterable[MentionRef], words: SubjectWords) -> list[MentionRef]:
    """The places at which a text turns to the whole country; `home` are those of the mentions that name it."""
    starts = [m.start for m in mentions]
    marks = [MentionRef(*span, NOWHERE, NATION) for span in _turns(folded, words)]
    marks += [MentionRef(m.start(), m.end(), NOWHERE, NATION) for m in words.nation_counts.finditer(folded)]
    reach = list(accumulate([m.end for m in mentions], max, initial=0))  # of the mentions before each
    marks = [m for m in marks if reach[bisect_right(starts, m.start)] < m.end]
    marks += [m._replace(type=NATION) for m in home if not words.home_part.match(folded, m.end) and not words.home_aside.search(folded, max(0, m.start - 2), m.start)]
    for mention in mentions:
        if mention.type not in {"Body", "Policy"} or not words.national.match(folded, mention.start, mention.end):
            continue
        if words.source_after.match(folded[mention.end : mention.end + SOURCE_REACH].lstrip("》”")):
            marks.append(MentionRef(mention.end, mention.end, NOWHERE, NATION))
    return marks


def _turns(folded: str, words: SubjectWords) -> Iterator[tuple[int, int]]:
    """The spans of words for the country, looked for only in the clauses that hold one of them: few do."""
    at, clause = 0, 0
    while word := words.nation_word.search(folded, at):
        clause = before.end() if (before := _TO_LAST_BREAK.match(folded, clause, word.start())) else clause
        found = _BREAK.search(folded, word.end())
        at = found.start() if found else len(folded)
        yield from (match.span(1) for match in words.nation.finditer(folded, clause, at))
