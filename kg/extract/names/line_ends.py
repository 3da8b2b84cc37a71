"""Places at the two ends of a line that no table has, or that the segmenter cuts at will: 推动|思陇|至|岗切|高速公路.

Nothing but a place stands between 至 and the word for a line; where the one before 至 begins, what leads up to it tells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.extract.knowledge.phrases import Words
from kg.extract.names.rows import Fixed
from kg.text.segment import SegmentedText

_BEGINS, _ENDS = "place-line-begins", "place-line-ends"
_LONGEST = 5  # characters of such a name


class LineEndWords(Words):
    """The patterns `line_ends` of `rules/names.yaml`, with the same names."""

    line: re.Pattern[str]  # groups `begin`: what stands before 至; `end`: where it leads; `last`: the word for a line; `next`: what joins it to another line
    leads: re.Pattern[str]  # what a name of a place may stand behind, up to the last of them
    no_place: re.Pattern[str]


class LineEnds:
    """Finds them, and leaves those alone that are known."""

    def __init__(self, words: LineEndWords) -> None:
        self._words = words

    def find(self, text: SegmentedText, found: Sequence[Fixed]) -> list[Fixed]:
        """Those that `found` lacks; sorted. They may overlap shorter names among `found`."""
        folded = text.folded
        starts = [f.start for f in found]
        named: dict[tuple[int, int], Fixed] = {}  # what one line ends at may begin the next: 甲至乙至丙
        for match in self._lines(folded):
            two = self._begin(folded, *match.span("begin"), starts, found), self._end(*match.span("end"), starts, found)
            if all(self._is_known(*span, starts, found) or self._may_be_place(text, *span) for span in two):
                for (start, end), rule in zip(two, (_BEGINS, _ENDS), strict=True):
                    if not self._is_known(start, end, starts, found) and not _is_within(start, end, starts, found):
                        named.setdefault((start, end), Fixed(start, end, "Area", folded[start:end], "", rule))
        return [named[span] for span in sorted(named)]

    def _lines(self, folded: str) -> list[re.Match[str]]:
        """Where lines are told, the last member of each list with the word for all of them: 甲至乙、丙至丁等高速公路."""
        lines: list[re.Match[str]] = []
        for match in reversed(list(self._words.line.finditer(folded))):
            goes_on = match.start("end") if match["next"] == "" else match.end("next")
            if match["last"] is not None or lines and lines[-1].start("begin") == goes_on:
                lines.append(match)
        return lines[::-1]

    def _begin(self, folded: str, start: int, end: int, starts: Sequence[int], found: Sequence[Fixed]) -> tuple[int, int]:
        """Where the name right before 至 stands, of all that is before it."""
        here = found[bisect_left(starts, start) : bisect_left(starts, end)]
        if here and here[-1].end == end:
            return here[-1].start, end
        led = max((lead.end() for lead in self._words.leads.finditer(folded, start, end)), default=start)
        return max([start, led, *(f.end for f in here if f.end < end)]), end

    def _end(self, start: int, end: int, starts: Sequence[int], found: Sequence[Fixed]) -> tuple[int, int]:
        """Where the name stands at which a line ends, which may be told behind what it lies in: 至湖南|岗切."""
        at = bisect_left(starts, start)
        behind = at < len(found) and found[at].start == start and end - found[at].end > 1
        return (found[at].end if behind else start), end

    def _is_known(self, start: int, end: int, starts: Sequence[int], found: Sequence[Fixed]) -> bool:
        at = bisect_left(starts, start)
        return at < len(found) and (found[at].start, found[at].end, found[at].kind) == (start, end, "Area")

    def _may_be_place(self, text: SegmentedText, start: int, end: int) -> bool:
        return 2 <= end - start <= _LONGEST and not self._words.no_place.search(text.folded[start:end]) and text.is_place_spelt(start, end)


def _is_within(start: int, end: int, starts: Sequence[int], found: Sequence[Fixed]) -> bool:
    """Whether a known name reaches over either side of a stretch."""
    over = found[max(0, bisect_left(starts, start) - 1) : bisect_left(starts, end)]
    return any(f.end > start and (f.start < start or f.end > end) for f in over)
