"""Lists that are as long as a number beside them says: A、B、C“三大行动”; “三大工程”:A、B、C。

The number makes sure that the list is all there is of the thing counted, and that nothing else was read into it.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from kg.extract.knowledge.phrases import Words
from kg.extract.knowledge.rules import EntityRule
from kg.extract.names.rows import Row
from kg.text.numbers import whole_number

PAUSE = frozenset("、")
_WHOLE = 4  # characters from which a single word is a name of its own: 警钟长鸣
REACH = 24  # characters beside the list that are read
_NEAR = 6  # characters of what is counted in which a head may stand


class CountedWords(Words):
    """The patterns `counted` of `rules/policies.yaml`, with the same names. Each number is the part `number`, what is counted the part `what`."""

    joins: frozenset[str]  # the members of a list
    joins_inside: frozenset[str]  # two words of a member, before another 、
    up_to: frozenset[str]
    after: re.Pattern[str]  # behind a list; `etc`: it goes on with 等
    before: re.Pattern[str]
    quoted: re.Pattern[str]  # before a list, in quotation marks: “四通行动”:
    built: re.Pattern[str]  # behind what is counted, in a heading
    zones: re.Pattern[str]  # in what is counted: 改革创新实验区 is no 改革


def counted_parts(words: CountedWords, rule: EntityRule, row: Row, first: int, last: int) -> list[tuple[int, int]]:
    """The members of the list in tokens first:last, cut as `rule` says; empty unless their number is the one stated beside them.

    What is counted must end with one of the rule's `counts`. A list that goes on with 等 may be shorter than the number, if
    all that it gives ends or begins as parts of the rule do: fields of work (人工智能等九大专项) are no measures.
    """
    before = rule.counted == "before"
    start, end = row.starts[first], row.ends[last - 1]
    beside = row.text[max(row.sentence.start, start - REACH) : start] if before else ""
    found = words.before.search(beside) or words.quoted.search(beside) if before else words.after.match(row.text, end, end + REACH)
    if found is None or not _ends(words, found["what"], rule.counts, before):
        return []
    number = whole_number(found["number"])
    parts = _cut(row, first, last, rule.coordinate, PAUSE)
    more = _cut(row, parts[-1][0], last, rule.coordinate, words.joins - PAUSE) if 0 < len(parts) < number else []
    if len(more) > 1 and len(parts) + len(more) - 1 == number:
        parts = [*parts[:-1], (parts[-1][0], more[-1][0] - 1), more[-1]]
    if not before and not rule.headed and any(_shares_end(rule, row, *part) for part in parts):
        return []
    if not before and found["etc"] is not None and 1 < len(parts) <= number:
        fits = all(row.symbols[begin] in rule.part_begins or row.symbols[end - 1] in rule.part_ends for begin, end in parts)
        return parts if fits else []
    return parts if len(parts) == number > 1 else []


def _shares_end(rule: EntityRule, row: Row, begin: int, end: int) -> bool:
    """Whether a member is a bare noun, which is whole only with what ends the list: 汽车、钢铁、化工产业转型."""
    short = row.ends[begin] - row.starts[begin] < _WHOLE
    return end - begin == 1 and short and row.drafts[begin] is None and row.symbols[begin] not in rule.part_ends


def _ends(words: CountedWords, what: str, heads: tuple[str, ...], before: bool) -> bool:
    """Whether what is counted ends with a head: of a heading all of it, elsewhere its beginning (五项工作机制不断完善)."""
    if before:
        return words.built.sub("", what.rstrip("”")).rstrip("”").endswith(heads)
    return not words.zones.search(what) and any(0 <= what.find(head) <= _NEAR for head in heads)


def _cut(row: Row, first: int, last: int, marks: AbstractSet[str], at: AbstractSet[str]) -> list[tuple[int, int]]:
    cuts = [n for n in range(first, last) if row.symbols[n] in marks and row.text[row.starts[n]] in at]
    begins, ends = [first, *(n + 1 for n in cuts)], [*cuts, last]
    return [(begin, end) for begin, end in zip(begins, ends) if begin < end]
