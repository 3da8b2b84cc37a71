"""Which of the built things that a document names are one: 神舟十六号 … 神舟十六号载人飞船, 阳信高速 … 阳春至信宜高速公路."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.expressions import compiled, either
from kg.extract.coreference.editions import in_order
from kg.extract.coreference.same_routes import SameRoutes
from kg.extract.knowledge.word_lists import listed_pairs, listed_words
from kg.extract.names.mentions import SHORT_FORM
from kg.extract.names.rows import Draft
from kg.ontology import Ontology

_LEAST = 5  # characters of a kind that tell which one it is
_SENTENCE = 200  # characters back to which its subject is looked for
_HEAD = 2  # characters with which both ways to say the kind must end
_OWN = 4  # characters of its own by which a name tells which thing it is, without the place in front


class _Name(NamedTuple):
    """A name without what it may leave off, and the places that stood in front of it."""

    own: str
    places: frozenset[str]
    draft: Draft


class SameWorks:
    """Gives things that are named in two ways one key; what names leave off says `retold:` of `lexicon/identity.yaml`."""

    def __init__(self, ontology: Ontology) -> None:
        def part(key: str) -> str:
            return either(listed_words(ontology, "retold", key))

        behind = [f"(?<={re.escape(word)})(?:{either(map(str, tails))})$" for word, tails in listed_pairs(ontology, "retold", "behind")]
        self._tail = compiled("|".join([f"(?:{part('tails')})$", *behind]))
        self._within = compiled(f"(?:{part('within')})(?={part('before')})")
        self._capital = compiled(part("capital"))
        numbered = f".{{1,4}}?(?:{part('numbered')})"
        self._numbered = compiled(numbered)
        self._line = compiled(f"(?:{part('networks')})(?={numbered})")
        self._routes = SameRoutes(ontology)
        self._told = SameTold(ontology)

    def join(self, drafts: Sequence[Draft], folded: str) -> None:
        """Let shorter and longer names of a thing have the same key."""
        named = [draft for draft in drafts if draft.type == "Project"]
        if len({draft.key for draft in named}) < 2:
            return
        works = [draft for draft in named if not draft.nested]
        names = [name for draft in named if (name := self._name(draft, folded)) is not None]
        by_own: dict[str, list[_Name]] = {}
        for name in names:
            if not name.draft.nested:
                by_own.setdefault(name.own, []).append(name)
        for group in by_own.values():
            self._unite(group)
        _parts(works, by_own, folded)
        for name, line in zip(names, self._routes.lines([(name.draft.key, name.own) for name in names])):
            _rename(name.draft, line)
        for draft, stretch in zip(works, self._routes.stretches([draft.key for draft in works])):
            _rename(draft, stretch)
        self._told.join(works, folded)

    def _name(self, draft: Draft, folded: str) -> _Name | None:
        """A name as written without its places, its tail and what stands within it: 洛杉矶机场 for 美国加州洛杉矶国际机场."""
        at, places = draft.start, []
        for inner in sorted(draft.inner, key=lambda d: d.start):
            if inner.type != "Area" or inner.start < at:
                continue
            if inner.start != at and not self._capital.fullmatch(folded, at, inner.start):
                break
            places.append(inner)
            at = inner.end
        own = self._plain(folded[at : draft.end])
        if len(own) < _OWN and places:
            last = places.pop()
            own = folded[last.start : last.end] + own
        if len(own) < _OWN:
            return None
        return _Name(own, frozenset(place.code or place.key or folded[place.start : place.end] for place in places), draft)

    def _unite(self, group: Sequence[_Name]) -> None:
        """One key for names that differ in nothing but the places before them, unless these are different places."""
        if len({name.draft.key for name in group}) < 2:
            return
        by_places = sorted({name.places for name in group}, key=len)
        if any(not less <= more for less, more in pairwise(by_places)):
            return
        # Each city has its line 15: of that the name with the city is the one that tells.
        numbered = self._numbered.match(group[0].own) is not None
        chosen = min(group, key=lambda name: (len(name.places) * (-1 if numbered else 1), -len(name.draft.key))).draft.key
        for name in group:
            _rename(name.draft, chosen)

    def _plain(self, name: str) -> str:
        name = name.lstrip("的")
        if line := self._line.match(name):
            name = name[line.end() :]
        return self._within.sub("", self._tail.sub("", name))


def _rename(draft: Draft, key: str | None) -> None:
    if key is not None and draft.key != key:
        draft.mean(key, SHORT_FORM)


def _parts(works: Iterable[Draft], by_own: dict[str, list[_Name]], folded: str) -> None:
    """深中通道伶仃洋大桥 is 伶仃洋大桥, where the document names both, and only one work has such a part."""
    longer: dict[str, list[Draft]] = {}
    for draft in works:
        whole = draft.inner[0] if draft.inner else None
        if whole is not None and whole.type == "Project" and whole.start == draft.start and (own := folded[whole.end : draft.end]) in by_own:
            longer.setdefault(own, []).append(draft)
    for own, drafts in longer.items():
        if len({draft.inner[0].key for draft in drafts}) == 1 and len(own) >= _OWN:
            key = by_own[own][0].draft.key
            for draft in drafts:
                _rename(draft, key)


class SameTold:
    """Gives the work that a text says to be the first or greatest of a kind, and that kind where a headline has it, one key.

    首座浮式风电平台完成安装 above 我国首座浮式风电平台——“海油观澜号”.
    """

    def __init__(self, ontology: Ontology) -> None:
        first, where, is_ = (f"(?:{either(listed_words(ontology, 'told', key))})" for key in ("first", "where", "is"))
        self._rules = frozenset(listed_words(ontology, "told", "rules"))
        self._named = compiled(f"{first}[^，。；、—“\\n]{{3,30}}+(?:——“?|“)")
        self._is = compiled(f"{is_}{where}{first}(?:[^，。；、—\\n]|—(?!—)){{3,30}}+(?=[，。；])")
        self._greatest = compiled(f"{where}?{first}")

    def join(self, works: Sequence[Draft], folded: str) -> None:
        """Let what is told of a work have its key."""
        told: dict[str, list[tuple[str, Draft]]] = {}  # by the end of the kind
        for draft in works:
            if draft.rule in self._rules and len(name := self._greatest.sub("", folded[draft.start : draft.end])) >= _LEAST:
                told.setdefault(name[-_HEAD:], []).append((name, draft))
        if not told:
            return
        begins = {draft.start: draft for draft in works}
        for match in self._named.finditer(folded):
            self._rename(told, match[0].rstrip("—“"), begins.get(match.end()) or begins.get(match.end() - 1))
        starts = sorted(begins)
        for match in self._is.finditer(folded):
            reach = max(0, match.start() - _SENTENCE)
            opens = max(folded.rfind(stop, reach, match.start()) for stop in "。\n") + 1
            subjects = [begins[start] for start in starts[bisect_left(starts, opens) : bisect_left(starts, match.start())]] if opens or not reach else []
            if subjects and len({draft.key for draft in subjects}) == 1:
                self._rename(told, match[0], subjects[0])

    def _rename(self, told: Mapping[str, Sequence[tuple[str, Draft]]], kind: str, work: Draft | None) -> None:
        """Let those of `told` that say `kind`, perhaps in fewer words, be `work`."""
        if work is None or work.rule in self._rules:
            return
        for name, draft in told.get(kind[-_HEAD:], ()):
            if in_order(name, kind):
                draft.mean(work.key, SHORT_FORM)
