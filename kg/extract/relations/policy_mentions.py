"""What a law, rule or notice is called in its own text: by its title, by 本条例, by a short name in brackets, and what the papers amend that it tells of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from kg.extract.names.assemble import key_of
from kg.extract.names.mentions import TOLD
from kg.extract.names.rows import Draft
from kg.extract.relations.policy_time_rules import PolicyWords
from kg.model import Sentence
from kg.text.sentences import ReadText

_TITLE_LINES = 3  # first lines of which one may be the title
_AMENDED = "policy-amended"
_OWN = 100  # the title is the best name there is
_BRACKETED = re.compile(r"(?:（[^（）]+）)+")  # behind the name in a title: （试行）, （2024—2026年）


class PolicyMentions:
    """Finds such names in every document."""

    def __init__(self, words: PolicyWords) -> None:
        self._words = words

    def drafts(self, text: ReadText, known: Sequence[Draft]) -> list[Draft]:
        """Mentions of the text itself (title, 本条例) and short names given in brackets; nothing for other texts."""
        _, folded, sentences = text
        found = self._short_names(folded, sentences, known) + self._amended(folded, sentences, known)
        title = self._own_title(folded, sentences)
        if title is None:
            return found
        key = key_of(folded[title.start : title.end])
        passed = passed_on(self._words, folded[title.start : title.end])
        for draft in known:
            if title.start <= draft.start and draft.end <= title.end and folded[draft.start - 1] != "《":
                draft.nested = True  # a part of the title
                if draft.type == "Policy" and (draft.end == title.end or _BRACKETED.fullmatch(folded, draft.end, title.end)):
                    draft.key = key
        self._tell_editions_apart([d for d in known if d.start >= title.end], folded, sentences, {key, passed} - {""})
        found.append(Draft(title.start, title.end, "Policy", title.index, "policy-own-title", key=key, score=_OWN))
        starts = [sentence.start for sentence in sentences]
        for match in self._words.self_words.finditer(folded, title.end):
            at = bisect_right(starts, match.start()) - 1
            if at >= 0 and match.end() <= sentences[at].end:
                meant = passed if passed.endswith(match[0][1:]) else key
                found.append(Draft(match.start(), match.end(), "Policy", sentences[at].index, "policy-own-word", key=meant, reference="policy-own-word"))
        for draft in known:  # 《规划》, where nothing else is said to be called so
            word = folded[draft.start : draft.end]
            if draft.type == "Policy" and draft.start > title.end and draft.reference != TOLD and folded[draft.start - 1] == "《" and self._words.self_words.fullmatch(f"本{word}"):
                meant = passed if passed.endswith(word) else key
                if _BRACKETED.sub("", meant).endswith(word):
                    draft.key, draft.reference = meant, "policy-own-word"
        return found

    def _amended(self, folded: str, sentences: Sequence[Sentence], known: Sequence[Draft]) -> list[Draft]:
        """Mentions of what papers amend by their titles, 关于修改《X法》的决定, as parts of those titles, but for what is `known`."""
        starts, spans = [sentence.start for sentence in sentences], {(d.start, d.end) for d in known if d.type == "Policy"}
        titles = (
            (found.start() + 1, found.end() - 1)
            for paper in self._words.amended.finditer(folded) for found in self._words.nested_title.finditer(folded, *paper.span("names"))
        )  # fmt: skip
        return [
            Draft(start, end, "Policy", bisect_right(starts, start) - 1, _AMENDED, key=key_of(folded[start:end]), nested=True)
            for start, end in titles if (start, end) not in spans and start >= starts[0]
        ]  # fmt: skip

    def _tell_editions_apart(self, known: Sequence[Draft], folded: str, sentences: Sequence[Sentence], names: AbstractSet[str]) -> None:
        """Give what was issued before under one of `names` and now ends a key of its own: 2021年印发的《X预案》同时废止 is no end of this X预案."""
        for draft in known:
            name = key_of(folded[draft.start : draft.end])
            if draft.type != "Policy" or draft.reference or name not in names or folded[draft.start - 1] != "《":
                continue
            sentence = sentences[draft.sentence]
            ended = self._words.ended.match(folded, draft.end, sentence.end)
            earlier = self._words.issued_earlier.search(folded, sentence.start, draft.start - 1)
            if ended is not None or earlier is not None:
                year = (ended and ended["year"]) or (earlier and earlier["year"])
                draft.key = f"{name}（{year}年）" if year else f"{name}（原）"

    def _own_title(self, folded: str, sentences: Sequence[Sentence]) -> Sentence | None:
        """The sentence that is the title of a law, rule or notice; None where the text is no such thing."""
        words = self._words
        # The title stands first, or below the name of who issues the text.
        for first in sentences[:_TITLE_LINES]:
            start, end = first.start, first.end
            while start < end and folded[start] in "# *　":
                start += 1
            while end > start and folded[end - 1] in "* 　\n":
                end -= 1
            title = folded[start:end]
            if 3 <= len(title) <= 100 and "。" not in title and words.title.search(title) and not words.no_title.match(title):
                return Sentence(first.index, start, end) if words.sign.search(folded, end) else None
            if not words.issuer.fullmatch(title):
                return None
        return None

    def _short_names(self, folded: str, sentences: Sequence[Sentence], known: Sequence[Draft]) -> list[Draft]:
        """《X法》（以下简称Y）: Y is a name of X, there and wherever it stands as a title (《Y》), which is `known`."""
        found: list[Draft] = []
        if not self._words.short_name_word.search(folded):
            return found
        starts = [sentence.start for sentence in sentences]
        for match in self._words.nested_title.finditer(folded):
            short = self._words.short_name.match(folded, match.end())
            at = bisect_right(starts, match.start()) - 1
            if short is None or at < 0:
                continue
            name = (match.start() + 1, match.end() - 1)
            draft = Draft(*short.span(1), "Policy", sentences[at].index, TOLD, surfaces=(name,), key=key_of(folded[slice(*name)]), reference=TOLD)
            same = [d for d in known if d.type == "Policy" and d.start >= draft.start and folded[d.start : d.end] == short[1]]
            for other in same:
                other.key, other.reference = draft.key, TOLD
            if draft.start not in [d.start for d in same]:
                found.append(draft)
        return found


def passed_on(words: PolicyWords, title: str) -> str:
    """Key of what a notice passes on, 关于印发《X办法》的通知: 本办法 behind it is that; "" for other titles."""
    inner = [match for match in words.nested_title.finditer(title) if words.passes_on.search(title, 0, match.start())]
    if inner:
        return key_of(inner[-1][0][1:-1])
    plain = words.passed_plain.search(title)
    return key_of(plain[1]) if plain else ""
