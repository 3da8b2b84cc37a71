"""Names that share their words: of a list with one head, and of a sum named like the part that came to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.observations.name_words import NameWords

_NUMBERED = re.compile(r"第?[一二三四五六七八九十]")
_INSURANCE = 4  # characters of what an insurance is for: 基本养老、失业、工伤保险


class ListNames:
    """Completes the names of lists by the words that they share."""

    def __init__(self, words: NameWords) -> None:
        self._words = words

    def without_new(self, name: str) -> str:
        """What a sum is of, named like the part that came to it: 绿道 of 新建绿道."""
        return name[found.end() :] if (found := self._words.new.match(name)) else name

    def completed(self, parts: Sequence[str], place: int, text: str) -> str:
        """One of several coordinated names as `text` writes them, with the words that only the last of them has.

        `parts` are the names in folded form, parted in `text` by one character each: of 城镇、农村居民收入 the first is 城镇居民收入.
        """
        words = self._words
        written = _written(parts, place, text)
        own, last = parts[place], parts[-1]
        if place and words.of_front.fullmatch(own) and (front := words.shared_front.match(parts[0])):
            return text[: front.end()] + written  # 农产品零售额、出口额
        if parts[0][0] == "第" and (numbered := _NUMBERED.match(last)) and all(map(_NUMBERED.fullmatch, parts[:-1])):
            # 第一、二、三产业用电量: each has 第 and the noun behind the last
            tail = "" if place == len(parts) - 1 else _end(text, len(last) - numbered.end())
            return ("" if own[0] == "第" else "第") + written + tail
        if place == len(parts) - 1:
            return written
        if whole := words.whole_head.search(last):
            return written + _end(text, len(whole[0]))
        at = last.find(own[-1:])
        if own[-2:] != last[max(0, at - 1) : at + 1] and (words.own_work.search(own) or words.own_work.search(last, 0, at + 1) or words.has_something.search(own)):
            at = -1
        if 0 <= at < len(last) - 1 and not words.whole_measure.search(own):
            return written + _end(text, len(last) - at - 1)
        if (share := words.share_tail.search(last, 1)) and not words.takes_part.search(own):
            return written + _end(text, len(last) - share.start())  # 产值和利润占全省的比重
        if words.measure_end.search(own) or words.measure_noun.search(own) or words.whole_measure.search(own):
            return written
        if len(own) <= _INSURANCE and (insurance := words.insurance.search(last, 1)) and not words.insurance.search(own):
            return written + _end(text, len(last) - insurance.start())
        if len(own) <= 2 and len(last) > 2 * len(own) + 1 and not words.long_word.match(last) and not words.coordinated.search(last):
            return written + _end(text, len(last) - len(own))
        head, noun = words.measure_head.search(last), words.measure_noun.search(last)
        if head is None or noun is None:
            return written
        if words.has_something.search(own):
            # 个体工商户、小微企业贷款 are loans of both; 个体工商户、旅客吞吐量 are two measures
            return written + _end(text, len(noun[0])) if words.has_something.search(last, 0, noun.start()) else written
        return written + _end(text, len(head[0]))


def with_head(parts: Sequence[str], place: int, head: str, text: str) -> str:
    """One of several names before 等 as `text` writes them, with the `head` that stands behind 等; parts and head are folded.

    >>> with_head(["有色", "電氣機械行業"], 0, "行業利潤", "有色、電氣機械行業等行業利潤")
    '有色行業利潤'
    >>> with_head(["有色", "電氣機械行業"], 1, "行業利潤", "有色、電氣機械行業等行業利潤")
    '電氣機械行業利潤'
    """
    said = 2 if parts[place].endswith(head[:2]) else 0  # a name that ends with the head's first word has it once
    return _written(parts, place, text) + _end(text, len(head) - said)


def _written(parts: Sequence[str], place: int, text: str) -> str:
    start = sum(len(part) + 1 for part in parts[:place])
    return text[start : start + len(parts[place])]


def _end(text: str, length: int) -> str:
    """So many characters at the end of a name as written, whose folded form is as long."""
    return text[len(text) - length :]
