"""One character for each kind of token, so that a pattern over tokens is a regular expression over characters.

A token belongs to word classes: those of the lexicon that list it or a suffix of it, its part of speech (`%n`), the
type of the mention that it stands for (`#Area`). Tokens of the same classes have the same symbol; the set of
symbols is fixed when the lexicon is loaded, so patterns are compiled once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import cast

from kg.errors import KgError
from kg.extract.knowledge.topic_classes import topic_classes
from kg.ontology import Ontology
from kg.program import program_version, runs_its_sources
from kg.remembered import hash_of, keep, recall
from kg.text.fold import fold
from kg.yaml_files import items_of

_FIRST = 0x3400  # a stretch of code points that no regular-expression syntax uses
_BETWEEN = "\t"
_SOME = re.compile(rb"[^\0]")
_SET = [tuple(place for place in range(8) if octet >> place & 1) for octet in range(256)]  # the bits of an octet
# jieba's tags, merged to what patterns can tell apart.
_TAGS = {
    "nr": "nr", "nrt": "nr", "nrfg": "nr", "ns": "ns", "nt": "nt", "nz": "nz", "n": "n", "ng": "n", "vn": "vn",
    "v": "v", "vd": "v", "vg": "v", "vi": "v", "vq": "v", "a": "a", "ad": "ad", "an": "an", "ag": "a", "b": "b",
    "d": "d", "dg": "d", "m": "m", "mq": "m", "q": "q", "r": "r", "rr": "r", "rz": "r", "rg": "r", "p": "p", "c": "c",
    "u": "u", "uj": "u", "ul": "u", "uz": "u", "ud": "u", "ug": "u", "uv": "u", "t": "t", "tg": "t", "f": "f",
    "s": "s", "i": "i", "l": "i", "j": "j", "z": "z", "eng": "eng", "x": "x", "y": "y", "k": "k", "h": "h",
    "o": "y", "e": "y", "df": "d", "zg": "z", "w": "x", "g": "n", "vp": "v", "bg": "b", "yg": "y",
}  # fmt: skip
TAGS = tuple(sorted(set(_TAGS.values())))
_ONE_OF_EACH = tuple({merged: tag for tag, merged in _TAGS.items()}.values())  # of jieba's tags, one for each that patterns tell apart
_KEYS = {"words", "suffixes", "tag", "not", "note", "manner", "__line__"}
_COMMONEST = ("，", "。", "、", "的", "和", "在", "等", "了", "为", "“", "”")
_OFTEN = 1000  # that many rare symbols are met about as often as one that stands in most sentences
_LONGEST_SUFFIX = 6
_IN_BRACKETS = re.compile(r"(?:（[^（）]*）|(?:19|20)\d\d)+$")  # behind a title's name
QUOTE_SHAPES = ("QuoteNumber", "QuoteSlogan", "QuotePhrase", "QuoteKnown", "QuoteFour", "QuoteShort", "QuoteSpeech", "QuoteEvent", "QuotePrize", "QuoteCraft", "QuoteBody", "QuoteWorks", "QuoteArticles", "QuoteSum")
_COINED = "@coined"  # a word that no dictionary has, read as one by the segmenter's model: 中开 (高速), 弗迪
_STATE_LETTER = "@state_letter"  # 德 in 中德环境论坛: what no other class has among them is a letter too
_LETTER = "@letter"  # a character that stands by itself: 成, 达 in 成达万高铁
# Mentions that patterns can tell from others of their type, and what they are called.
_SHAPED = (("Title", "TitleDocument"), ("Area", "AreaNatural"), ("Area", "AreaSight"), ("Area", "AreaAbroad"), ("Area", "AreaState"), ("Body", "BodyParent"), ("Body", "BodyShared"), ("Policy", "PolicyHeaded"), ("Project", "ProjectShared"))
_CJK = "\u2e80"  # Latin letters and digits stand below
_MEASURE_HEADS = frozenset({"@quoted_head"})  # classes of the words with which the name of a measure ends
_NAMED_BY_END = (("QuoteEvent", "@quoted_event", 5), ("QuoteEvent", "@quoted_fair", 3), ("QuotePrize", "@quoted_prize", 3), ("QuoteCraft", "@quoted_craft", 3), ("QuoteBody", "@quoted_body", 6))  # shape, class of the end, characters
_NO_NAMES = "@no_name_alone"  # class of quotations that say how something is done, whatever it is
_SUM = re.compile(r"\d+(?:[+×][\dA-Z]+)+")
_NO_MEASURES = frozenset({"@quoted_people", "@no_slogan"})  # classes of the ends of quotations that are people, as teams are, or otherwise no measures
_TITLE_HEAD = "@title_head"  # class of the words with which the title of a document ends
_TITLED_EVENT = "@titled_event"  # class of the words with which the title of an event ends
_TITLED_PRESS = "@titled_press"  # class of the words with which the title of a newspaper ends

# Symbols by their numbers: neighbouring ones as number of the first, and of the one behind the last.
Runs = tuple[tuple[int, int], ...]
Compiled = tuple[tuple[str, ...], bytes]  # names of a pattern's parts, and all else of it packed: a short text needs little of that
Tables = tuple[
    dict[str, set[str]], dict[str, set[str]], dict[str, set[str]], dict[str, str], frozenset[str], frozenset[str], dict[str, str],
    dict[str, Runs], dict[str, str], dict[str, Compiled],
]  # fmt: skip


@dataclass
class WordClass:
    """A class of words: whole words, suffixes, and words that look like members but are none."""

    name: str
    words: set[str] = field(default_factory=set)
    suffixes: set[str] = field(default_factory=set)
    excluded: set[str] = field(default_factory=set)
    tag: str = ""  # part of speech its words count as
    manner: bool = False  # its words stay what they are behind a word of manner


def read_classes(ontology: Ontology) -> dict[str, WordClass]:
    """The `classes:` of all lexicon files; the same name in two files is one class."""
    classes: dict[str, WordClass] = {}
    manner: set[str] = set()
    for file in ontology.yaml("lexicon"):
        for name, entry in items_of(file.data.get("classes")):
            line = entry.get("__line__", 1) if isinstance(entry, dict) else file.data["classes"]["__line__"]
            if not isinstance(entry, dict) or set(entry) - _KEYS:
                raise KgError(
                    f"class {name!r} must be a mapping with some of words, suffixes, tag, not, note, manner", file=file.path, line=line
                )
            known = classes.setdefault(name, WordClass(name))
            known.words |= {fold(str(word)) for word in entry.get("words") or ()}
            known.suffixes |= {fold(str(word)) for word in entry.get("suffixes") or ()}
            known.excluded |= {fold(str(word)) for word in entry.get("not") or ()}
            known.tag = entry.get("tag") or known.tag
            known.manner |= entry.get("manner") is True
            if known.tag and known.tag not in TAGS:
                raise KgError(f"class {name!r}: no tag {known.tag!r}", file=file.path, line=line, hint=" ".join(TAGS))
        manner |= {fold(str(word)) for word in file.data.get("manner") or ()}
        defined = topic_classes(file.data)
        for (name, tag), words in defined.words.items():
            known = classes.setdefault(name, WordClass(name, tag=tag))
            known.words |= words
            known.suffixes |= defined.suffixes[name, tag]
            known.excluded |= defined.excluded[name, tag]
    _compound(classes.values(), manner)
    return classes


def _compound(classes: Collection[WordClass], manner: Iterable[str]) -> None:
    """Let a word of any class that is a verb behind a word of manner be of the classes of that verb: 正式开工 of those of 开工."""
    compounds = [(word, word[len(how) :]) for how in manner for known in classes for word in known.words if word.startswith(how)]
    for known in classes:
        if known.manner:
            known.words |= {word for word, verb in compounds if verb in known.words} - known.excluded


def own_words(ontology: Ontology) -> frozenset[str]:
    """The words and suffixes that classes of a user's own folder list: there whole words, whatever the segmenter would make of them."""
    entries = [
        entry for file in ontology.yaml("lexicon") if not file.shipped for entry in (file.data.get("classes") or {}).values() if isinstance(entry, dict)
    ]  # fmt: skip
    return frozenset(fold(str(word)) for entry in entries for key in ("words", "suffixes") for word in entry.get(key) or ())


class Symbols:
    """The symbol of any word or mention, and the symbols that have a feature.

    `literals` are words that patterns name: each becomes a class of its own, `'word'`. One that the segmenter's dictionary has
    keeps the part of speech that `tag_of` gives there (else ""), whatever word it is cut from, which saves half of all symbols.
    """

    def __init__(
        self, classes: dict[str, WordClass], types: Iterable[str], literals: Iterable[str] = (), tag_of: Callable[[str], str] = lambda _: ""
    ) -> None:
        self._words: dict[str, set[str]] = {}
        self._suffixes: dict[str, set[str]] = {}
        self._excluded: dict[str, set[str]] = {}
        for known in classes.values():
            features = {f"@{known.name}"} | ({f"%{known.tag}"} if known.tag else set())
            for word in known.words:
                self._words.setdefault(word, set()).update(features)
            for suffix in known.suffixes:
                self._suffixes.setdefault(suffix, set()).update(features)
                self._words.setdefault(suffix, set()).update(features)
            for word in known.excluded:
                self._excluded.setdefault(word, set()).update(features)
        # What the segmenter must know: a word that only a pattern names is left as jieba cuts it.
        self.classed = frozenset(word for word in self._words if len(word) > 1)
        for word in literals:
            self._words.setdefault(word, set()).add(f"'{word}'")
        for features in self._words.values():
            if features == {_STATE_LETTER}:
                features.add(_LETTER)
        self.class_names = frozenset(classes) | {_COINED[1:], _LETTER[1:]}
        self.patterns: dict[str, Compiled] = {}
        self._begin()
        self._kinds: set[frozenset[str]] = set()
        ends: set[frozenset[str]] = {self._suffix_features(suffix) for suffix in self._suffixes}
        found = ends | {end | {_COINED} for end in ends}
        named = [word for word, features in self._words.items() if len(word) > 1 and f"'{word}'" in features]
        # Words that have one part of speech, whatever the segmenter says of them in a text.
        self.usual = {word: _TAGS.get(tag, "n") for word in named if (tag := tag_of(word))}
        for word in {*self._words, *self._excluded}:
            if word in self.usual:
                self._add(self._features(word, ""))
            else:
                found.add((self._suffix_features(word) | self._words.get(word, set())) - self._excluded.get(word, set()))
        for kind in found:  # far fewer than words
            self._add_tagged(kind)
        for tag in TAGS:
            self._add(frozenset({f"%{tag}"}))
            self._add(frozenset({f"%{tag}", _COINED}))
            self._add(frozenset({f"%{tag}", _LETTER}))
        mentions = {name: frozenset({"#", f"#{name}"}) for name in sorted({*types, "Quote", "Title"})}
        mentions |= {shape: frozenset({"#", "#Quote", f"#{shape}"}) for shape in QUOTE_SHAPES}
        mentions["QuoteKnown"] |= {"#QuoteSlogan"}
        mentions["QuotePhrase"] |= {"#QuoteSlogan"}
        mentions |= {name: frozenset({"#", f"#{of}", f"#{name}"}) for of, name in _SHAPED}
        mentions["AreaState"] |= {"#AreaAbroad"}
        for mention in mentions.values():
            self._add(mention)
        self._ids = self._numbered()
        self.mention = {name: self._ids[_name(mention)] for name, mention in mentions.items()}

    def _add(self, features: Iterable[str]) -> None:
        self._kinds.add(frozenset(features))

    def _numbered(self) -> dict[str, str]:
        """Features as one name → symbol. Neighbouring symbols go to what has its most common features in common.

        The symbols of a class are then few ranges, which makes the patterns that name it shorter by two thirds: most of
        the time that reading the rules takes goes into compiling such classes.
        """
        common = Counter(chain.from_iterable(self._kinds))
        rank = {feature: place for place, feature in enumerate(sorted(common, key=lambda feature: (-common[feature], feature)))}
        numbers: dict[str, list[int]] = {feature: [] for feature in common}
        ids: dict[str, str] = {}
        for number, features in enumerate(sorted(self._kinds, key=lambda features: sorted(map(rank.__getitem__, features)))):
            ids[_name(features)] = chr(_FIRST + number)
            for feature in features:
                numbers[feature].append(number)
        self._runs = {feature: _joined(found) for feature, found in numbers.items()}
        del self._kinds
        return ids

    def _suffix_features(self, word: str) -> frozenset[str]:
        lengths = range(1, min(len(word), _LONGEST_SUFFIX) + 1)
        return frozenset().union(*(more for length in lengths if (more := self._suffixes.get(word[-length:]))))

    def _features(self, word: str, tag: str) -> frozenset[str]:
        exact, suffix = self._words.get(word), self._suffix_features(word)
        if not exact and not suffix:
            return frozenset({f"%{tag}"})  # most words
        found = (suffix | (exact or set())) - self._excluded.get(word, set())
        # A listed word counts as what its class says; jieba's tag stands for the rest.
        return frozenset(found) if any(f[0] == "%" for f in found) else frozenset(found | {f"%{self.usual.get(word, tag)}"})

    def _add_tagged(self, features: frozenset[str]) -> None:
        """The symbols of words with these features: one if a class says their part of speech, else one for each tag."""
        if any(feature[0] == "%" for feature in features):
            self._add(features)
        else:
            for tag in TAGS:
                self._add(features | {f"%{tag}"})

    def of_word(self, word: str, tag: str) -> str:
        """The symbol of a word that the segmenter tagged `tag`."""
        symbol = self._seen.get((word, tag))
        if symbol is None:
            features = self._features(word, _TAGS.get(tag, "n"))
            coined = self._unknown(word)
            # Unlisted combinations (a suffix class of a word that another suffix excludes) fall back to the tag.
            bare = frozenset({f"%{_TAGS.get(tag, 'n')}"}) | coined
            symbol = self._ids.get(_name(features | coined)) or self._ids.get(_name(features)) or self._ids[_name(bare)]
            if len(self._seen) < 200_000:
                self._seen[word, tag] = symbol
        return symbol

    def _unknown(self, word: str) -> frozenset[str]:
        """What marks a word that no table lists: a single character, or one that no dictionary has either."""
        if word[0] < _CJK or word in self._words:
            return frozenset()
        if len(word) == 1:
            return frozenset({_LETTER})
        return frozenset() if self.knows(word) else frozenset({_COINED})

    def of_any_tag(self, word: str) -> set[str]:
        """The symbols that a word can have, whatever its tag."""
        return {self.of_word(word, tag) for tag in _ONE_OF_EACH}

    def of_title(self, inner: str) -> str:
        """The symbol of a title 《…》: that of a document's, an event's or a newspaper's if it ends as such do, whatever brackets or year stand behind it."""
        ends = self._suffix_features(_IN_BRACKETS.sub("", inner))
        if _TITLED_EVENT in ends:
            return self.mention["QuoteEvent"]
        if _TITLED_PRESS in ends:
            return self.mention["QuoteBody"]
        return self.mention["TitleDocument" if _TITLE_HEAD in ends else "Title"]

    def of_quotation(self, inner: str, shape: str) -> str:
        """The symbol of a quotation “…”: that of a slogan if it ends as measures do (银龄讲学计划), of a word if it is listed as none (四风), of an event or a prize by its end."""
        if shape in ("QuoteEvent", "QuoteWorks"):
            return self.mention[shape]
        if "@no_slogan" in self._words.get(inner, ()) or not _NO_MEASURES.isdisjoint(self._suffix_features(inner)):
            return self.mention["QuoteShort"]
        if _SUM.fullmatch(inner):
            return self.mention["QuoteSum"]
        if shape != "QuoteSpeech":
            ends = self._suffix_features(inner)
            for name, end, length in _NAMED_BY_END:
                # 粤字号 ends like a ship, but 字号 is none.
                if end in ends and len(inner) >= length and end not in self._excluded.get(inner[-2:], ()):
                    return self.mention[name]
        named = len(inner) > 4 and shape != "QuoteSpeech" and not self._suffix_features(inner).isdisjoint(_MEASURE_HEADS)
        return self.mention["QuoteSlogan" if named and shape != "QuoteKnown" else shape or "Quote"]

    def names_alone(self, inner: str) -> bool:
        """Whether a quotation names the thing without the words beside it in a longer name: “1+8” and “清零” stand for many things."""
        return _SUM.fullmatch(inner) is None and _NO_NAMES not in self._words.get(inner, ())

    def of_words(self, words: Sequence[tuple[str, str]]) -> list[str]:
        """`of_word` for each word and tag as segmenters give them: one look-up for a pair seen before."""
        found = list(map(self._seen.get, words))
        if None in found:
            return [symbol or self.of_word(*pair) for symbol, pair in zip(found, words)]
        return cast(list[str], found)

    def having(self, *features: str) -> frozenset[str]:
        """All symbols with one of these features (`@class`, `%tag`, `#Type`, `'word'`); empty if no token can have any."""
        return frozenset().union(*(self.of_runs(self._runs.get(feature, ())) for feature in features))

    def bits(self, feature: str) -> int:
        """The symbols with a feature as the bits of an integer, one for each symbol: sets of symbols by the thousand are
        joined and compared when rules are read, and integers take a tenth of the time."""
        found = self._bits.get(feature)
        if found is None:
            found = self._bits[feature] = sum((1 << end) - (1 << first) for first, end in self._runs.get(feature, ()))
        return found

    def of_runs(self, runs: Runs) -> frozenset[str]:
        """The symbols with these numbers."""
        found = self._sets.get(runs)
        if found is None:
            found = self._sets[runs] = frozenset(chain.from_iterable([self.in_order[first:end] for first, end in runs]))
        return found

    @staticmethod
    def bits_of(symbols: Iterable[str]) -> int:
        """These symbols as the bits of an integer."""
        return sum(1 << (ord(symbol) - _FIRST) for symbol in set(symbols))

    def tables(self) -> Tables:
        """Everything about the symbols, and what patterns have been compiled to, as plain tables."""
        return (
            self._words, self._suffixes, self._excluded, self.usual, self.classed, self.class_names, self._ids, self._runs, self.mention,
            self.patterns,
        )  # fmt: skip

    @classmethod
    def of_tables(cls, tables: Tables) -> Symbols:
        """The symbols that gave these tables."""
        self = cls.__new__(cls)
        (
            self._words, self._suffixes, self._excluded, self.usual, self.classed, self.class_names, self._ids, self._runs, self.mention,
            self.patterns,
        ) = tables  # fmt: skip
        self._begin()
        return self

    def _begin(self) -> None:
        self.compiled: dict[str, Compiled] = {}  # what `recall_patterns` has found
        self.knows: Callable[[str], bool] = lambda _: True  # whether the segmenter's dictionary has a word
        self._seen: dict[tuple[str, str], str] = {}
        self._sets: dict[Runs, frozenset[str]] = {}
        self._bits: dict[str, int] = {}
        self.atoms: dict[str, tuple[str, int]] = {}  # what patterns have compiled of their atoms: → expression, symbols as bits

    def recall_patterns(self) -> None:
        """Look up what was compiled over the same symbols before: many edits of rules bring no new words, and change few patterns."""
        self.compiled = recall("patterns", self._key) or {}

    def keep_patterns(self) -> None:
        """Keep what patterns have been compiled to, for when rules are edited next."""
        if runs_its_sources():
            keep("patterns", self._key, self.patterns)
        runs.cache_clear()  # of use while patterns are compiled, and thirty megabytes

    @cached_property
    def _key(self) -> str:
        """All that compiled patterns rest on: the program, what each symbol is, and which of them are common."""
        named = [f"{ord(symbol)} {name}" for name, symbol in self._ids.items()]
        return hash_of(program_version(), *named, *sorted(self.class_names), f"{self._everywhere:x}")

    def features(self, symbol: str) -> frozenset[str]:
        """The features of a symbol, for tracing."""
        return next(frozenset(name.split(_BETWEEN)) for name, found in self._ids.items() if found == symbol)

    @cached_property
    def _everywhere(self) -> int:
        """The symbols that stand in most sentences: mentions, words of which only the part of speech is known, marks."""
        plain = {self._ids[_name({f"%{tag}"})] for tag in TAGS}
        return self.bits_of({*self.mention.values(), *plain, *(symbol for word in _COMMONEST for symbol in self.of_any_tag(word))})

    def frequency(self, bits: int) -> int:
        """How often one of these symbols is to be expected, in no unit: to choose what is looked for first."""
        return bits.bit_count() + _OFTEN * (bits & self._everywhere).bit_count()

    @property
    def all_bits(self) -> int:
        """All symbols as the bits of an integer."""
        return (1 << len(self._ids)) - 1

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """All symbols, that of the lowest bit first: one object each, for hundreds of thousands of places in sets."""
        return tuple(sorted(self._ids.values()))


def _name(features: Iterable[str]) -> str:
    """Features as one text: sets as keys take ten times as long to read."""
    return _BETWEEN.join(sorted(features))


def _joined(numbers: Sequence[int]) -> Runs:
    """Ascending numbers as runs."""
    breaks = [place for place, (number, following) in enumerate(pairwise(numbers), 1) if following != number + 1]
    return tuple((numbers[first], numbers[last - 1] + 1) for first, last in pairwise([0, *breaks, len(numbers)]))


@lru_cache(maxsize=2048)
def runs(bits: int) -> Runs:
    """The stretches of neighbouring bits that are set."""
    edges = bits ^ bits << 1  # where a stretch begins, and behind its end: few among tens of thousands of symbols
    octets = edges.to_bytes(edges.bit_length() // 8 + 1, "little")
    places = [8 * found.start() + place for found in _SOME.finditer(octets) for place in _SET[found[0][0]]]
    return tuple(zip(places[::2], places[1::2]))


def char_class(bits: int) -> str:
    """A regular-expression class of the symbols whose bits are set, neighbours written as ranges; of none, what never matches."""
    if not bits:
        return "(?!)"
    ranges = [(_FIRST + first, _FIRST + end - 1) for first, end in runs(bits)]
    return "[" + "".join([chr(low) if low == high else f"{chr(low)}-{chr(high)}" for low, high in ranges]) + "]"
