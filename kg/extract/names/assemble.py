"""Drafts of mentions to entities: one for each thing that the document names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from kg.extract.names.rows import Draft
from kg.ontology import shipped_folder
from kg.yaml_files import read_yaml

_PLACES = "gazetteer"  # what finds the places that the tables list
_MARKS = str.maketrans(dict.fromkeys("“”‘’《》 \u3000", "") | dict.fromkeys("—–―", "-"))  # 中国—中亚峰会, 中国-中亚峰会
_UNWANTED = frozenset(map(chr, _MARKS))


class LawWords(NamedTuple):
    """How laws are named: `laws` of `lexicon/identity.yaml`."""

    country: str
    ends: tuple[str, ...]
    draft: str  # what one is called before it is passed, …
    in_brackets: str  # … as most texts write it


@cache
def law_words() -> LawWords:
    """The shipped words: a key is the same whatever ontology finds the name."""
    given = read_yaml(shipped_folder() / "lexicon" / "identity.yaml")["laws"]
    return LawWords(given["country"], tuple(given["ends"]), given["draft"], f"（{given['draft']}）")


def key_of(folded_name: str) -> str:
    """The canonical form of a name: folded, without marks and spaces, dashes of one kind; of a law of the country without the country's name, which most texts leave out."""
    key = folded_name if _UNWANTED.isdisjoint(folded_name) else folded_name.translate(_MARKS)
    country, ends, draft, in_brackets = law_words()
    if key.endswith(in_brackets):
        key = key.removesuffix(in_brackets) + draft
    return key.removeprefix(country) if key.startswith(country) and key.endswith(ends) else key


def group(drafts: Sequence[Draft], folded: str) -> list[list[Draft]]:
    """Drafts that name the same thing, in order of first mention; `entity` of each draft is its group's place.

    Two drafts are one thing if their types agree and a name of one is a name of the other.
    """
    parent: list[int] = list(range(len(drafts)))

    def find(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    first: dict[tuple[str, str], int] = {}
    for number, draft in enumerate(drafts):
        names = [draft.code or draft.key or key_of(folded[draft.start : draft.end])]
        if draft.surfaces and not draft.code:
            names = sorted({*names, *(key_of(folded[start:end]) for start, end in draft.surfaces)})
        for name in names:
            other = first.setdefault((draft.type, name), number)
            if other != number:
                low, high = sorted((find(other), find(number)))
                parent[high] = low
    groups: dict[int, list[Draft]] = {}
    for _, _, number in sorted([(draft.start, -draft.end, number) for number, draft in enumerate(drafts)]):
        groups.setdefault(find(number), []).append(drafts[number])
    result = list(groups.values())
    for place, members in enumerate(result):
        for draft in members:
            draft.entity = place
    return result


def code_of(members: Sequence[Draft]) -> str:
    """The administrative code that the mentions of a thing have; "" if none has one."""
    for draft in members:
        if draft.code:
            return draft.code
    return ""


def best_name(members: Sequence[Draft], folded: str, level_ends: tuple[str, ...], official: str) -> tuple[int, int]:
    """The span of the name that says most: a name rather than a reference, the `official` one of a place (中国, not 中方), else a full one, with
    one of `level_ends` (北京市, not 北京地区), the longest, the first."""
    named = [d for d in members if not d.reference] or list(members)
    called = [d for d in named if official and not d.nested and folded[d.start : d.end] == official]
    named = called or [d for d in named if d.rule == _PLACES and folded.endswith(level_ends, d.start, d.end)] or named
    if len(named) == 1:
        return named[0].start, named[0].end
    best = max(named, key=lambda d: (d.score, len(key_of(folded[d.start : d.end])), -d.start))
    return best.start, best.end
