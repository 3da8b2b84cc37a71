"""The patterns by which it is told who speaks in a text, and of what."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """Those of `rules/reports.yaml`, with the same names."""

    story_title: re.Pattern[str]  # in the first line of a story
    report_word: re.Pattern[str]
    address: re.Pattern[str]  # whom a report is given to
    ours: re.Pattern[str]  # what only a government says
    news: re.Pattern[str]  # what news say, and no report
    news_in_piece: re.Pattern[str]
    numbered: re.Pattern[str]  # a line that goes on a list
    own: re.Pattern[str]  # what speaks of itself
    told: re.Pattern[str]  # what shows that others are told of
    dateline: re.Pattern[str]
    aside: re.Pattern[str]
    report_head: re.Pattern[str]  # in the first line of a report of any kind
    gives: re.Pattern[str]
    government: re.Pattern[str]  # behind the name of an area …
    stands_for: re.Pattern[str]  # … and before it: 我代表甲市人民政府
    first_person: re.Pattern[str]  # what a text calls its own area
    way_before: re.Pattern[str]  # a place is only where something comes from or goes to, or who it is for
    route_before: re.Pattern[str]
    way_behind: re.Pattern[str]
    compared: re.Pattern[str]  # right before what a figure is compared with: 高于全省
