"""What a page is asked to show, checked once at the border."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.errors import KgError
from kg.text.calendar_spans import as_iso

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
DEFAULT_LIMIT = 5000  # things that a page carries; beyond it browsers get slow and files too large to send


@dataclass(frozen=True, slots=True)
class PageOptions:
    """Dates are ISO years, months or days, both ends included; `limit` counts things, `hops` steps from the focus."""

    focus: str | None = None
    hops: int = 1
    types: tuple[str, ...] = ()
    area: str | None = None
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0
    limit: int = DEFAULT_LIMIT


def checked(options: PageOptions) -> PageOptions:
    """The options with dates in ISO 8601; KgError naming the first that cannot be meant."""
    options = replace(options, since=options.since and as_iso(options.since), until=options.until and as_iso(options.until))
    for name, value in (("--since", options.since), ("--until", options.until)):
        if value is not None and not _DATE.fullmatch(value):
            raise KgError(f"{name} is no date: {value!r}", hint="write 2021, 2021-06 or 2021-06-28")
    if options.since and options.until and first_day(options.since) > last_day(options.until):
        raise KgError(f"--since {options.since} is later than --until {options.until}")
    if not 0 <= options.min_confidence <= 1:
        raise KgError(f"--min-confidence must lie between 0 and 1, not {options.min_confidence}")
    if options.hops < 0:
        raise KgError(f"--hops must be 0 or more, not {options.hops}")
    if options.limit < 1:
        raise KgError(f"--limit must be 1 or more, not {options.limit}")
    return options


def first_day(date: str) -> str:
    """The first day of an ISO year, month, day or interval; comparable as text."""
    start = date.partition("/")[0]
    return start + "-01-01"[len(start) - 4 :] if len(start) in (4, 7) else start[:10]


def last_day(date: str) -> str:
    """The last day of an ISO year, month, day or interval; comparable as text (month 02 has a day 31 here)."""
    end = date.rpartition("/")[2]
    return end + "-12-31"[len(end) - 4 :] if len(end) in (4, 7) else end[:10]


def within(date: str, since: str | None, until: str | None) -> bool:
    """Whether a dated fact overlaps the range; a fact without a date only does if no range is asked for."""
    if not since and not until:
        return True
    if not date:
        return False
    return (not since or last_day(date) >= first_day(since)) and (not until or first_day(date) <= last_day(until))


def known_types(wanted: Sequence[str], present: Sequence[str]) -> frozenset[str]:
    """The wanted types; KgError if one is not in the graph, with those that are."""
    names = {name.casefold(): name for name in present}
    unknown = [name for name in wanted if name.casefold() not in names]
    if unknown:
        raise KgError(f"no thing of type {unknown[0]!r} in this graph", hint=f"there are: {', '.join(sorted(present))}")
    return frozenset(names[name.casefold()] for name in wanted)
