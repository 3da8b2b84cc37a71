"""A work and what it is told to be: 首座浮式风电平台完成安装 above 我国首座浮式风电平台——“海油观澜号”."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from kg.expressions import compiled, either
from kg.extract.editions import in_order
from kg.extract.mentions import SHORT_FORM
from kg.extract.rows import Draft
from kg.extract.word_lists import listed_words
from kg.ontology import Ontology

_LEAST = 5  # characters of a kind that tell which one it is
_SENTENCE = 200  # characters back to which its subject is looked for
_HEAD = 2  # characters with which both ways to say the kind must end


class SameTold:
    """Gives the work that a text says to be the first or greatest of a kind, and that kind where a headline has it, one key."""

    def __init__(self, ontology: Ontology) -> None:
        first, where = (f"(?:{either(listed_words(ontology, 'told', key))})" for key in ("first", "where"))
        self._rules = frozenset(listed_words(ontology, "told", "rules"))
        self._named = compiled(f"{first}[^，。；、—“\\n]{{3,30}}+(?:——“?|“)")
        self._is = compiled(f"是(?:目前)?{where}{first}(?:[^，。；、—\\n]|—(?!—)){{3,30}}+(?=[，。；])")
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
                draft.key, draft.reference = work.key, draft.reference or SHORT_FORM
