"""Are the facts of a text the same once it has other numbers, is of another year, or has an adverb or a bracket more? As the table of docs/quality-experiments.md.

    python benchmarks/reworded.py SHARED [--part 0] [--show]

The texts are those of the development gold and the passages of `tests/gold/tune`. `--part` takes half of them, 0 to mend by and 1 to measure with;
`--show` prints what is lost (-) and what is new (+).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

from quality import ROOT, document_of, texts

from kg.extract.extractor import Extractor
from kg.model import Facts

sys.path.insert(0, str(ROOT))

from tests.extract.variants import told_of

Fact = tuple[object, ...]
_YEARS_BACK = 4
_YEAR = re.compile(r"(?<![\d.])(?:20[0-4]|19[89])\d(?![\d.个家人亿万元亩米吨户项名])")
_CALENDAR = re.compile("周末|假期|期间|节|世纪|十[一二三四五]五|民国|[一二三四五六七八九]届|闰")  # what tells a year by other words, or is of that year alone
_VERBS = "推进|实施|开展|落实|建设|打造|深化|完善|启动|推动|建立|支持|培育|构建|加强|优化|举办|制定|建成|健全|促进|扩大|谋划"
_OPENS = re.compile(rf"(?:(?<=[，。；\n])|^)(?=(?:{_VERBS})[^。\n]*。)", re.MULTILINE)
_LED = re.compile(r"近日|日前|目前|据|同时|此外|另外|其中|当|但|而|并|也|又|还|[“《（]|\d|[一二三四五六七八九十]+[是、]|这|那|该")


class Text(NamedTuple):
    text: str
    date: str
    facts: Facts


def _edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(set(edits), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _other_numbers(given: Text) -> Text:
    """Each number that a figure quotes, by another one of as many digits."""
    random, edits = Random(given.text[:20]), []
    for figure in given.facts.observations:
        for found in re.finditer(r"(?<![\d.])\d+(?:\.\d+)?(?!\d)", given.text[figure.start : figure.end]):
            if found[0] in figure.quoted and float(found[0]) not in (0, 1, 100) and given.text.count(figure.quoted) == 1:
                new = "".join(c if c == "." else random.choice("23456789") for c in found[0])
                edits.append((figure.start + found.start(), figure.start + found.end(), new))
    return given._replace(text=_edited(given.text, {edit[:2]: edit for edit in edits}.values()))


def _other_years(given: Text) -> Text:
    if _CALENDAR.search(given.text):
        return given
    year = str(int(given.date[:4]) - _YEARS_BACK)
    return given._replace(text=_YEAR.sub(lambda found: str(int(found[0]) - _YEARS_BACK), given.text), date=year + given.date[4:])


def _adverb(word: str, given: Text) -> Text:
    """`word` before each verb that opens a clause, outside of names."""
    names = [(mention.start, mention.end) for entity in given.facts.entities for mention in entity.mentions]
    places = (found.start() for found in _OPENS.finditer(given.text))
    return given._replace(text=_edited(given.text, ((at, at, word) for at in places if not any(start <= at < end for start, end in names))))


def _opening(words: str, given: Text) -> Text:
    """`words` before each sentence that opens with nothing of the kind."""
    sentences = ((one.start, given.text[one.start : one.end]) for one in given.facts.sentences)
    return given._replace(text=_edited(given.text, ((at, at, words) for at, said in sentences if said.endswith("。") and not _LED.match(said))))


def _bracket(words: str, given: Text) -> Text:
    """`words` behind measures, works and events that end with their clause."""
    mentions = [(m.start, m.end, e.type) for e in given.facts.entities for m in e.mentions]
    edits = []
    for start, end, kind in mentions:
        at = end + (given.text[end : end + 1] in tuple("”》"))
        apart = not any(other[0] <= start and end <= other[1] and other[:2] != (start, end) for other in mentions)
        line = given.text[: given.text.find("\n", at)] if "\n" in given.text[at:] else given.text
        if apart and kind in ("Policy", "Project", "Event") and given.text[at : at + 1] in tuple("，。；") and line.endswith("。"):
            edits.append((at, at, words))
    return given._replace(text=_edited(given.text, edits))


def _without_numbers(fact: Fact) -> Fact:
    return tuple(re.sub(r"[\d.,]+", "#", part) if isinstance(part, str) else None for part in fact)


def _years_back(fact: Fact) -> Fact:
    return tuple(_YEAR.sub(lambda found: str(int(found[0]) - _YEARS_BACK), part) if isinstance(part, str) else part for part in fact)


def _same(fact: Fact) -> Fact:
    return fact


# Title → the change; what is looked at of facts before it, and after it.
CHANGES: dict[str, tuple[Callable[[Text], Text], Callable[[Fact], Fact], Callable[[Fact], Fact]]] = {
    "other numbers in figures": (_other_numbers, _without_numbers, _without_numbers),
    "all years four earlier": (_other_years, _years_back, _same),
    **{f"{word} before verbs": (partial(_adverb, word), _same, _same) for word in ("全面", "积极", "大力", "进一步")},
    **{f"{words} before sentences": (partial(_opening, words), _same, _same) for words in ("据悉，", "同时，")},
    **{f"{words} behind names": (partial(_bracket, words), _same, _same) for words in ("（见附件）", "（以下简称“本项”）")},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--part", type=int, choices=(0, 1))
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    extractor = Extractor()

    def read(text: str, date: str) -> Text:
        return Text(text, date, extractor.extract(document_of("text", text, date)))

    drawn = [(text, json.loads(file.read_text())["date"]) for part in ("dev", "tune") for text, file in texts(given.shared, part).values()]
    halves = [given.part] if given.part is not None else [0, 1]
    plain = [read(text, date) for text, date in drawn if hashlib.sha256(text.encode()).digest()[0] % 2 in halves]
    print("| reworded with | texts changed | facts the same |\n|---|---|---|")
    for title, (change, before, after) in CHANGES.items():
        changed = [(one, other) for one in plain if (other := change(one))[:2] != one[:2]]
        pairs = [(set(map(before, told_of(one.facts))), set(map(after, told_of(read(*other[:2]).facts)))) for one, other in changed]
        same, every = sum(len(one & two) for one, two in pairs), sum(len(one | two) for one, two in pairs)
        print(f"| {title} | {len(changed)} | {same:,} of {every:,} |", flush=True)
        if given.show:
            for one, two in pairs:
                print(*(f"    - {fact}" for fact in sorted(one - two, key=str)), *(f"    + {fact}" for fact in sorted(two - one, key=str)), sep="\n")


if __name__ == "__main__":
    main()
