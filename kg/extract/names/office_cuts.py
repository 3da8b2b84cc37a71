"""Offices that the segmenter has joined with what stands beside them, told apart again."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.knowledge.person_tables import PersonTables
from kg.text.segment import Word

_NAME = "nr"  # the tag of names of persons


class OfficeCuts:
    """Cuts words again by the offices of the lexicon."""

    def __init__(self, tables: PersonTables) -> None:
        self._tables = tables
        self._words = tables.words
        self._doubled = {post[0] + post for post in tables.posts if len(post) == 2}
        self._suspects = self._doubled | {end + name for end in self._words.office_last for name in tables.surnames}
        self._suspects |= self._words.head_of_place | {member[at:] for member in tables.members for at in range(1, len(member))}

    def recut(self, words: Sequence[Word]) -> Sequence[Word]:
        """The words, offices told from what the segmenter joined them with.

        主|任何|立峰 is 主任|何|立峰, 局局长 is 局|局长, 全国|人大代表 is 全国人大|代表, 南通市|长 is 南通|市长, 河口镇|长任|立峰 is 河口|镇长|任|立峰.
        """
        heads = self._words.head_of_place
        places = [place for place, (word, tag) in enumerate(words) if word in self._suspects or tag == _NAME and word[0] in heads]
        if not places:
            return words
        mended = list(words)
        for place in reversed(places):
            word, before = mended[place][0], mended[place - 1][0] if place else ""
            if word in heads or mended[place][1] == _NAME and word[0] in heads:
                head, name = word[:1], word[1:]
                following = name or (mended[place + 1][0] if place + 1 < len(mended) else "")
                if len(before) > 2 and before[-1] + head in self._tables.posts and following[:1] in self._tables.surnames:
                    mended[place - 1 : place + 1] = [(before[:-1], "ns"), (before[-1] + head, "n"), *([(name, _NAME)] if name else [])]
                    continue
                if not name:
                    continue
            if word in self._doubled:
                mended[place : place + 1] = [(word[0], "n"), (word[1:], "n")]
            elif before + word in self._tables.members:
                body = self._tables.members[before + word]
                mended[place - 1 : place + 1] = [(body, "nt"), ((before + word)[len(body) :], "n")]
            elif before and word[0] in self._words.office_last and word[1:] in self._tables.surnames and before + word[0] in self._tables.posts:
                mended[place - 1 : place + 1] = [(before + word[0], "n"), (word[1], "nr")]
        return mended
