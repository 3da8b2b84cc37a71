"""The days of events, by which the figures told of them hold."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kg.extract.names.mentions import MentionRef
from kg.extract.observations.named import Named
from kg.extract.observations.time_words import TimeWords
from kg.text.calendar_spans import is_span_of_days
from kg.text.times import Time

_NEW_SENTENCE = re.compile(r"[。；\n]")
_DATED_NEAR = 60  # characters between an event and its days
_HELD_NEAR = 4  # characters between an event and its day: 协商会16日在京召开


def event_days(named: Named, words: TimeWords, times: Sequence[Time]) -> dict[str, str | None]:
    """The first and last day of each event that is no meeting; None where the text does not give both."""
    days: dict[str, str | None] = {}
    folded = named.folded
    spans = [t for t in times if t.role == "period" and is_span_of_days(t.period) and "日" in folded[t.start : t.end]]
    starts, ends = [time.start for time in spans], [time.end for time in spans]
    for mention in named.all:
        if mention.type != "Event" or named.is_meeting(mention):
            continue
        if days.setdefault(mention.entity, None) is not None:
            continue
        for time in spans[bisect_left(ends, mention.start - _DATED_NEAR) : bisect_right(starts, mention.end + _DATED_NEAR)]:
            if _in_its_sentence(folded, mention, time) and words.held.match(folded, max(time.end, mention.end)):
                days[mention.entity] = time.period
                break
    return days


def held_on(named: Named, words: TimeWords, times: Sequence[Time]) -> dict[str, str]:
    """The day on which each event was held, where the sentence that names it tells: 专题协商会16日在京召开."""
    days: dict[str, str] = {}
    folded = named.folded
    told = [time for time in times if time.role == "day" and time.period]
    starts = [time.start for time in told]
    for mention in named.all:
        if mention.type != "Event" or mention.entity in days or words.lasts_days.search(folded, mention.start, mention.end):
            continue
        for time in told[bisect_left(starts, mention.start - _DATED_NEAR) : bisect_right(starts, mention.end + _HELD_NEAR)]:
            held = words.met.match(folded, max(time.end, mention.end)) or words.held_before.search(folded, time.end, mention.start)
            if held and _in_its_sentence(folded, mention, time):
                days[mention.entity] = str(time.period)
                break
    return days


def _in_its_sentence(folded: str, mention: MentionRef, time: Time) -> bool:
    """Whether a time stands beside an event, on either side, with no sentence ending between them."""
    first, last = (mention.end, time.start) if mention.end <= time.start else (time.end, mention.start)
    return first <= last and not _NEW_SENTENCE.search(folded, first, last)
