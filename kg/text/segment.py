"""Words and their parts of speech, by jieba or by its Rust port."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from itertools import accumulate, compress
from operator import itemgetter
from typing import Any, Protocol

from kg.errors import KgError
from kg.once import Once

Word = tuple[str, str]  # word, part-of-speech tag of jieba's set
PERSON_TAGS = frozenset({"nr", "nrt", "nrfg"})  # of names of persons
NAME_TAGS = PERSON_TAGS | {"ns", "nz"}
_NO_PLACE_TAGS = frozenset({"v", "vd", "vn", "d", "ad", "p", "c", "u", "r", "k"})  # of words of which no name of a place is made
_TIME_TAGS = frozenset({"t"})


class SegmentedText:
    """A folded text and the words that it is made of; `knows` tells whether the segmenter's dictionary has a word."""

    def __init__(self, folded: str, words: Sequence[Word], knows: Callable[[str], bool]) -> None:
        self.folded, self.words, self.knows = folded, words, knows
        self.ends = list(accumulate(map(len, map(itemgetter(0), words))))  # where each word ends

    @cached_property
    def borders(self) -> frozenset[int]:
        """Where words begin and end."""
        return frozenset((0, *self.ends))

    def ending_in(self, start: int, end: int) -> Sequence[Word]:
        """The words that end behind `start`, up to `end`; the first may begin before `start`: 年白|湾县."""
        return self.words[bisect_right(self.ends, start) : bisect_right(self.ends, end)]

    def is_place_spelt(self, start: int, end: int, *, ended: bool = False) -> bool:
        """Whether no word stands in a stretch of which no name of a place is made: not 迈向|新区, nor 昨天.

        Of what is `ended` as places are, a time may be the beginning (秋里|村), but no word for what is done, be it one that no dictionary has.
        """
        first = bisect_right(self.ends, start)
        across = first > 0 and self.ends[first - 1] < start
        inside = self.words[first + across : bisect_right(self.ends, end)]
        none = _NO_PLACE_TAGS if ended else _NO_PLACE_TAGS | _TIME_TAGS
        return not any(tag in none and len(word) > 1 and (ended or self.knows(word)) for word, tag in inside)


class Segmenter(Protocol):
    """Cuts folded text into words that, joined, give the text back."""

    name: str

    def words(self, folded: str) -> Sequence[Word]:
        """The words of `folded`, in order, each with its tag."""
        ...

    def knows(self, word: str) -> bool:
        """Whether the dictionary has `word`; else the segmenter made it of characters that stand together: most often a name."""
        ...


@dataclass(frozen=True)
class Cut:
    """Where a segmenter cuts against its dictionary and its model."""

    apart: tuple[str, ...] = ()  # what the dictionary takes for one word and is two
    # Characters that the model joins with the word before or behind them, and the tag of each: 黄百等+铁路, 成都+至川主寺, 南延线+及古洞, 孙东+生作+了.
    last: Mapping[str, str] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)
    pairs: Mapping[str, str] = field(default_factory=dict)  # two words of one character that the model takes for a name, and the tag of the first: 任+州

    def glues(self, knows: Callable[[str], object]) -> Once[str]:
        """Whether such a character is to be cut from a word: from one that no dictionary `knows`."""
        return Once(lambda word: len(word) > 1 and (word[-1] in self.last or word[0] in self.first or word in self.pairs) and not knows(word))

    def parted(self, words: Sequence[Word], glued: Once[str]) -> Sequence[Word]:
        """`words` with such characters cut from those that are `glued`."""
        found = list(words)
        for at in reversed([*compress(range(len(words)), map(glued.__getitem__, map(itemgetter(0), words)))]):
            word, tag = found[at]
            if word in self.pairs:
                found[at : at + 1] = [(word[0], self.pairs[word]), (word[1:], "n")]
            elif word[0] in self.first:
                found[at : at + 1] = [(word[0], self.first[word[0]]), (word[1:], tag)]
            else:
                found[at : at + 1] = [(word[:-1], tag), (word[-1], self.last[word[-1]])]
        return found


_NO_CUT = Cut()
# How often a word of a user's own counts as met, at least: enough that 采购人|为 wins over 采购|人为, not that 起始价|格 does over 起始|价格.
_FIRM = 300


class RustJieba:
    """`rjieba`: jieba's dictionary and model in Rust."""

    name = "rjieba"

    def __init__(self, lexicon: Iterable[str] = (), cut: Cut = _NO_CUT, firm: frozenset[str] = frozenset()) -> None:
        self._jieba = _rust_jieba()()
        self._cut, self._glued = cut, cut.glues(self._jieba.has_word)
        for word in sorted(set(lexicon)):
            # With jieba's own estimate a word joins where its characters stand together.
            self._jieba.add_word(word, max(self._jieba.suggest_freq(word), _FIRM if word in firm else 0), None)
        for word in sorted(set(cut.apart)):
            self._jieba.add_word(word, 0, None)

    def words(self, folded: str) -> Sequence[Word]:
        return self._cut.parted(self._jieba.tag(folded), self._glued)

    def knows(self, word: str) -> bool:
        return bool(self._jieba.has_word(word))


def dictionary_tags() -> Callable[[str], str]:
    """The tag of any word in the dictionary as it is shipped, "" for what is no word there."""
    jieba = _rust_jieba()()
    return lambda word: str(jieba.tag(word)[0][1]) if jieba.has_word(word) else ""


def _rust_jieba() -> Callable[[], Any]:
    """The class `rjieba.Jieba`. The package makes one when it is imported, for functions that are not used here, and
    reads its dictionary for it a second time (0.1 s): so only the module with the class is loaded, where it is found."""
    name = "rjieba.rjieba"
    module: Any = sys.modules.get(name)
    if module is None:
        package = find_spec("rjieba")
        inner = PathFinder.find_spec(name, package.submodule_search_locations) if package else None
        if inner is None or inner.loader is None:
            module = import_module("rjieba")
        else:
            module = sys.modules[name] = module_from_spec(inner)
            try:
                inner.loader.exec_module(module)
            except BaseException:
                del sys.modules[name]
                raise
    made: Callable[[], Any] = module.Jieba
    return made


class PurePythonJieba:
    """`jieba.posseg`: the reference."""

    name = "jieba"

    def __init__(self, lexicon: Iterable[str] = (), cut: Cut = _NO_CUT, firm: frozenset[str] = frozenset()) -> None:
        with warnings.catch_warnings():
            # pkg_resources is deprecated and jieba's patterns raise SyntaxWarnings on newer Pythons.
            warnings.simplefilter("ignore")
            import jieba
            import jieba.posseg

        jieba.setLogLevel(60)
        tokenizer = jieba.Tokenizer()
        tokenizer.tmp_dir = os.path.join(tempfile.gettempdir(), f"kg-jieba-{os.getuid() if hasattr(os, 'getuid') else 0}")
        os.makedirs(tokenizer.tmp_dir, exist_ok=True)
        tokenizer.initialize()
        self._tokenizer = tokenizer
        self._cut, self._glued = cut, cut.glues(tokenizer.FREQ.get)
        self._tagger = jieba.posseg.POSTokenizer(tokenizer)
        for word in sorted(set(lexicon)):
            tokenizer.add_word(word, max(tokenizer.suggest_freq(word), _FIRM) if word in firm else None)
            self._tagger.word_tag_tab.setdefault(word, "n")
        for word in sorted(set(cut.apart)):
            tokenizer.del_word(word)

    def words(self, folded: str) -> Sequence[Word]:
        # A number is one whichever port cuts it: this one tags 8 of 8号线 as an unknown word.
        words = [(word, "m" if tag == "x" and word[:1].isdigit() else tag) for word, tag in self._tagger.cut(folded)]
        return self._cut.parted(words, self._glued)

    def knows(self, word: str) -> bool:
        return bool(self._tokenizer.FREQ.get(word))


SEGMENTERS: dict[str, Callable[[Iterable[str], Cut, frozenset[str]], Segmenter]] = {"rjieba": RustJieba, "jieba": PurePythonJieba}


def segmenter(name: str, lexicon: Iterable[str] = (), cut: Cut = _NO_CUT, firm: frozenset[str] = frozenset()) -> Segmenter:
    """The segmenter called `name`, which knows the words of `lexicon`, keeps those of `firm` whole where another reading is nearly as
    likely, and cuts as `cut` says; KgError for an unknown name."""
    if name not in SEGMENTERS:
        raise KgError(f"no segmenter is called {name!r}", hint="use " + " or ".join(SEGMENTERS))
    return SEGMENTERS[name](lexicon, cut, firm)
