"""Editions of events: 第六届进博会 is one of the fairs called 中国国际进口博览会, and 进博会 after it is that one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.assemble import key_of
from kg.extract.rows import Draft

_THIS = ("本届", "本次", "此次", "这届")
_NUMBERED = re.compile(r"第[一二三四五六七八九十百\d]+届|(?:19|20)\d\d")
_OF_MANY = ("会议", "全会", "赛")  # of which one body, or one year, has several
_NEAR, _REACH = 12, 500  # names, and characters, back to which 本届 can refer


def name_editions(drafts: Sequence[Draft], folded: str) -> None:
    """Name each edition by the canonical name of its event: 第六届进博会 gets the key 第六届中国国际进口博览会."""
    for draft in drafts:
        if (series := _series(draft)) is not None:
            draft.key = key_of(folded[draft.start : series.start]) + series.key


def _series(draft: Draft) -> Draft | None:
    """The known event with which the name of an edition ends."""
    last = draft.inner[-1] if draft.type == "Event" and draft.inner else None
    return last if last is not None and last.type == "Event" and last.end == draft.end else None


def join_editions(drafts: Sequence[Draft], folded: str) -> None:
    """Let an event named without its edition, or with less of it, be the one edition that the document names."""
    events = [d for d in drafts if d.type == "Event" and not d.reference]
    names: dict[str, tuple[str, str]] = {}  # key → name as written, key of its series
    for draft in events:
        series = _series(draft)
        names.setdefault(draft.key, (key_of(folded[draft.start : draft.end]), series.key if series is not None else ""))
    joined: dict[str, str] = {}
    for key, (name, series_key) in names.items():
        core = series_key or key
        fuller = {
            other for other, (longer, series) in names.items()
            if other != key and ((series == core and _inside(key, other)) or (not series_key and longer.endswith(name)) or _same_edition(name, longer) or (series and _of_series(name, other)))
        }  # fmt: skip
        longest = max(fuller, key=lambda other: (len(other), other), default="")
        if longest and all(_inside(other, longest) for other in fuller):
            joined[key] = longest
    for draft in events:
        if draft.key in joined:
            draft.key, draft.reference = joined[draft.key], "ref-edition"
    for place, draft in enumerate(events):
        if folded.endswith(_THIS, 0, draft.start) and (named := _named_in_full(draft, folded[draft.start : draft.end], events[max(0, place - _NEAR) : place])):
            draft.key, draft.reference = named.key, "ref-edition"


def _named_in_full(draft: Draft, name: str, before: Sequence[Draft]) -> Draft | None:
    """The event that 本届 means, before `draft`, written `name`: for 本届冬运会 第十四届全国冬季运动会."""
    for other in reversed(before):
        if draft.start - other.end > _REACH:
            return None
        if other.key == draft.key:
            return None
        if len(other.key) > len(name) and other.key[-1] == name[-1] and _inside(name, other.key):
            return other
    return None


def _same_edition(short: str, long: str) -> bool:
    """Whether two names of one number or year say the same in fewer and in more words: 第三届消博会主题活动, 第三届中国国际消费品博览会主题活动."""
    one, other = _NUMBERED.search(short), _NUMBERED.search(long)
    if one is None or other is None or one[0] != other[0] or len(short) >= len(long) or short[-2:] != long[-2:]:
        return False
    return not short.endswith(_OF_MANY) and _inside(short, long)


def _of_series(name: str, key: str) -> bool:
    """Whether a name is in full what the key of an edition says: 2023年春节联欢晚会 beside 2023年春晚."""
    number = _NUMBERED.match(name)
    return number is not None and key.startswith(number[0]) and key.endswith(name[number.end() :].lstrip("年"))


def _inside(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in that order: 2024年春晚 in 2024年龙年春晚."""
    rest = iter(long)
    return all(character in rest for character in short)
