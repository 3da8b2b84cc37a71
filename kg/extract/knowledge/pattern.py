"""Patterns over tokens, compiled to regular expressions over symbols.

    @class   a word of a lexicon class          #Type  a mention of that type (# any)
    %tag     a word with that part of speech    '词'   that very word
    .        any token                          ^ $    where the sentence begins and ends
    !x       a token that is not x              x&y    a token that is both
    x|y      inside ( ): either                 $name  a macro of the rule file
    name:( ) a named part                       <( ) >( )  what must stand before and after, without being matched
    ? * + {m,n}  repetition; a further ? prefers the shortest

`*` and `+` stop at 15 tokens, and a repeated group may hold no repetition but `?`: a pattern takes time linear in the
sentence for each place where it is tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, reduce
from operator import or_
from typing import NamedTuple

from kg.expressions import compiled
from kg.extract.knowledge.symbols import TAGS, Runs, Symbols, char_class, runs
from kg.remembered import packed, unpacked

_TOKEN = re.compile(
    r"\s*(?:(?P<named>[a-z_]+):\(|(?P<look>[<>]!?)\(|(?P<open>\()|(?P<close>\))|(?P<or>\|)|(?P<macro>\$[a-z_][a-z_0-9]*)|(?P<end>\$)"
    r"|(?P<start>\^)|(?P<repeat>[?*+]\??|\{\d+(?:,\d+)?\}\??)|(?P<atom>!?(?:[@%#][A-Za-z_]*|'[^']+'|\.)"
    r"(?:&!?(?:[@%#][A-Za-z_]*|'[^']+'))*))"
)
_PLAIN = dict(zip("‘’＇“”（）｜＃＠％｛｝！？＊＋＆＄，、：", ["'", "'", "'", '"', '"', "(", ")", "|", "#", "@", "%", "{", "}", "!", "?", "*", "+", "&", "$", "'，'", "'、'", "'：'"], strict=True))
_BEFORE_SIGN = re.compile(rf"(?:[a-z_]{{1,20}}:)?([{''.join(_PLAIN)}])")
_MOST = 15
_FEW = 2  # a pattern that begins with less than one part in so many of the symbols is looked for by what it begins with
_COUPLES = 3  # more of them take as long to look for
_LONG = 1000  # characters of an expression that takes longer than a look at the neighbours it needs
_LOOKS = ("(?<", "(?:(?<", "(?:\\A|(?<", "(?=", "(?!")
# What Python may refuse of the expressions made here: look-behinds of more than one length. All else is compiled late.
_MAY_FAIL = re.compile(r"\(\?<[=!](?!(?:\[[^\]]*\]|[^()\[\]?{|])*\))")


class PatternError(ValueError):
    """What is wrong with a pattern."""


@dataclass(frozen=True)
class Pattern:
    """A pattern of a rule, made into a regular expression over the symbols of a sentence."""

    source: str
    names: tuple[str, ...]  # named parts
    packed: bytes = field(repr=False)  # expression, needs and neighbours

    @cached_property
    def _unpacked(self) -> tuple[str, tuple[Runs, ...], str]:
        found: tuple[str, tuple[Runs, ...], str] = unpacked(self.packed)
        return found

    @property
    def expression(self) -> str:
        """The regular expression over symbols."""
        return self._unpacked[0]

    @property
    def needs(self) -> tuple[Runs, ...]:
        """Sets of symbols of each of which one stands in any match; the rarest comes first."""
        return self._unpacked[1]

    @property
    def neighbours(self) -> str:
        """An expression for two tokens side by side that any match holds, or empty."""
        return self._unpacked[2]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when it is first needed: a short text needs few of the rules, and this is half of the time to load them."""
        return compiled(self.expression)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """`regex.search`, after a look whether two tokens that a match needs stand side by side: most sentences do not have them."""
        if not self.neighbours:
            return self.regex.search
        beside, whole = compiled(self.neighbours).search, self.regex.search
        return lambda symbols, *at: whole(symbols, *at) if beside(symbols) else None


def literals(source: str) -> set[str]:
    """The words in quotation marks in a pattern or macro."""
    return set(re.findall(r"'([^']+)'", source))


def compile_pattern(source: str, symbols: Symbols, macros: Mapping[str, str]) -> Pattern:
    """The compiled pattern; PatternError if it is not one."""
    expanded = _expand(source, macros)
    known = symbols.patterns.get(expanded) or symbols.compiled.get(expanded)
    if known is not None:
        symbols.patterns[expanded] = known
        return Pattern(source, *known)
    parser = _Parser(expanded, symbols)
    regex, required, opens, empty, _, _, pairs = parser.alternatives(0, top=True)
    if not required:
        raise PatternError("every pattern needs one token that must be there; all of these may be absent")
    if regex.startswith(_LOOKS) and not empty and opens.bit_count() * _FEW < symbols.all_bits.bit_count():
        # `re` does so by itself where an expression begins with a class, but not where it begins with what stands before.
        regex = f"(?={char_class(opens)})(?:{regex})"
    names = tuple(parser.names)
    if len(set(names)) != len(names):
        raise PatternError("a named part stands twice")
    trigger, *others = sorted(dict.fromkeys(required), key=symbols.frequency)
    half = symbols.all_bits.bit_length() // 2
    needs = tuple(map(runs, (trigger, *(option for option in others if option.bit_count() < half))))
    made = names, packed((regex, needs, parser.neighbours(pairs) if len(regex) >= _LONG else ""))
    pattern = Pattern(source, *made)
    if _MAY_FAIL.search(regex):
        try:
            _ = pattern.regex
        except (re.error, OverflowError) as error:
            raise PatternError(f"cannot be compiled: {error}") from error
    symbols.patterns[expanded] = made
    return pattern


def compile_piece(source: str, symbols: Symbols, macros: Mapping[str, str]) -> tuple[str, bool]:
    """The regular expression over symbols of a part of a pattern that compiles, and whether no token at all matches it too."""
    regex, _, _, empty, *_ = _Parser(_expand(source, macros), symbols).alternatives(0, top=True)
    return regex, empty


def _expand(source: str, macros: Mapping[str, str]) -> str:
    while found := re.search(r"\$([a-z_][a-z_0-9]*)", source):
        if found[1] not in macros:
            raise PatternError(f"there is no macro ${found[1]}")
        if len(source) > 40_000:
            raise PatternError(f"macro ${found[1]} refers to itself")
        # $np&!@act is one atom with a further condition; anything else is a piece of its own.
        text = macros[found[1]] if source.startswith("&", found.end()) else f"({macros[found[1]]})"
        source = source[: found.start()] + text + source[found.end() :]
    return source


_Pairs = tuple[tuple[int, int], ...]  # couples of sets of symbols


class _Part(NamedTuple):
    """A piece of a pattern; sets of symbols are bits."""

    regex: str
    needs: list[int]  # sets of symbols of which a match holds one each
    opens: int = 0  # what a match may begin with
    empty: bool = True  # whether nothing at all matches too
    repeats: bool = False
    closes: int = 0  # what a match may end with
    pairs: tuple[_Pairs, ...] = ()  # neighbours of which a match holds one couple each


class _Parser:
    """Recursive descent."""

    def __init__(self, source: str, symbols: Symbols) -> None:
        self.symbols, self.names = symbols, list[str]()
        self._tokens: list[tuple[str, str]] = []
        at = 0
        source = source.strip()
        while at < len(source):
            found = _TOKEN.match(source, at)
            if not found:
                raise PatternError(f"cannot read {source[at : at + 20].strip()!r}{_mending(source[at:].lstrip())}")
            self._tokens.append((found.lastgroup or "", found[found.lastgroup or 0]))
            at = found.end()
        self._at = 0

    def _peek(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _take(self) -> tuple[str, str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def alternatives(self, depth: int, *, top: bool = False) -> _Part:
        branches = [self._sequence(depth)]
        while self._peek() == "or":
            self._take()
            branches.append(self._sequence(depth))
        if top and self._peek():
            raise PatternError("a bracket is closed that was never opened")
        if len(branches) == 1:
            return branches[0]
        required: list[int] = []
        if all(branch.needs for branch in branches):
            required = [reduce(or_, (min(branch.needs, key=self.symbols.frequency) for branch in branches))]
        opens = reduce(or_, (branch.opens for branch in branches))
        closes = reduce(or_, (branch.closes for branch in branches))
        pairs: tuple[_Pairs, ...] = ()
        if all(branch.pairs for branch in branches):
            pairs = (tuple(dict.fromkeys(pair for branch in branches for pair in min(branch.pairs, key=self._often))),)
        return _Part(
            "|".join(branch.regex for branch in branches), required, opens, any(branch.empty for branch in branches), closes=closes, pairs=pairs
        )

    def _often(self, couples: _Pairs) -> int:
        """How often one of these couples is to be expected, in no unit."""
        return sum(self.symbols.frequency(before) * self.symbols.frequency(behind) for before, behind in couples)

    def neighbours(self, pairs: Sequence[_Pairs]) -> str:
        """The couples that are met most rarely, as an expression; empty where none is worth a look."""
        rarest = min((couples for couples in pairs if len(couples) <= _COUPLES), key=self._often, default=())
        return "|".join(char_class(before) + char_class(behind) for before, behind in rarest)

    def _sequence(self, depth: int) -> _Part:
        parts: list[str] = []
        required: list[int] = []
        opens, empty = 0, True
        before, sure = 0, False  # what may stand before the next part, and whether something surely does
        closes = 0
        pairs: list[_Pairs] = []
        while (kind := self._peek()) and kind not in ("or", "close"):
            opening = self._tokens[self._at][1]
            regex, needs, first, nothing, repeats, last, inner = self._element(depth)
            if self._peek() == "repeat":
                quantifier = self._take()[1]
                if repeats and quantifier not in ("?", "??"):
                    raise PatternError("a repeated group may hold no repetition but ?")
                least, _, most = quantifier.strip("{}?").partition(",")
                if quantifier[0] == "{" and (int(most or least) < int(least) or int(most or least) > 99):
                    raise PatternError(f"{quantifier} repeats less than it must, or more than 99 times")
                regex += {"*": f"{{0,{_MOST}}}", "+": f"{{1,{_MOST}}}"}.get(quantifier[0], quantifier.rstrip("?") if quantifier[0] == "{" else "?")
                regex += "?" if quantifier[1:].endswith("?") else ""
                if quantifier[0] in "?*" or quantifier.startswith("{0"):
                    needs, nothing, inner = [], True, ()
            parts.append(regex)
            required.extend(needs)
            pairs.extend(inner)
            if kind == "look":
                if opening == "<" and last and not sure:
                    before, sure = last, True
                elif opening == ">" and first and sure:
                    pairs.append(((before, first),))
                continue
            if empty:
                opens, empty = opens | first, nothing
            if nothing:
                before, closes = before | last, closes | last
            else:
                if sure:
                    pairs.append(((before, first),))
                before, sure, closes = last, True, last
        return _Part("".join(parts), required, opens, empty, closes=closes, pairs=tuple(pairs))

    def _element(self, depth: int) -> _Part:
        if depth > 20:
            raise PatternError("is nested too deeply")
        kind, text = self._take()
        if kind == "start":
            return _Part(r"\A", [])
        if kind == "end":
            return _Part(r"\Z", [])
        if kind == "atom":
            regex, allowed = self._atom(text)
            return _Part(regex, [allowed], allowed, empty=False, closes=allowed)
        if kind in ("named", "look", "open"):
            begin = self._at
            if kind == "named":
                self.names.append(text)
            regex, needs, opens, empty, _, closes, pairs = self.alternatives(depth + 1)
            if self._peek() != "close":
                raise PatternError("a bracket is not closed")
            repeats = any(k == "repeat" and not t.startswith("?") for k, t in self._tokens[begin : self._at])
            self._take()
            if kind == "named":
                return _Part(f"(?P<{text}>{regex})", needs, opens, empty, repeats, closes, pairs)
            if kind == "look":
                before, negative = text[0] == "<", "!" in text
                if before and repeats:
                    raise PatternError("what stands before must have a fixed length")
                opener = ("(?<" if before else "(?") + ("!" if negative else "=")
                # Branches of a look-behind must be alike in length for Python; one each in a group of its own.
                looks = _look_behind(regex, negative) if before and "|" in regex else f"{opener}{regex})"
                if negative or empty:
                    return _Part(looks, [] if negative else needs)
                return _Part(looks, needs, opens, closes=closes, pairs=pairs)
            return _Part(f"(?:{regex})", needs, opens, empty, repeats, closes, pairs)
        raise PatternError(f"{text!r} stands where a token should")

    def _atom(self, text: str) -> tuple[str, int]:
        """The class of symbols that an atom allows; macros name the same ones again and again, so each is made once."""
        made = self.symbols.atoms.get(text)
        if made is None:
            allowed = self._allowed(text)
            others = self.symbols.all_bits & ~allowed
            # What is left out is written where it is less than what is allowed: most classes with ! are nearly everything.
            shorter = allowed.bit_count() <= others.bit_count() or not others
            made = self.symbols.atoms[text] = (char_class(allowed) if shorter else f"[^{char_class(others)[1:]}", allowed)
        return made

    def _allowed(self, text: str) -> int:
        every = allowed = self.symbols.all_bits
        for part in text.split("&"):
            negated, part = part.startswith("!"), part.lstrip("!")
            if part == ".":
                found = every
            else:
                found = self.symbols.bits(part)
                if part[0] == "@" and part[1:] not in self.symbols.class_names:
                    near = get_close_matches(part[1:], self.symbols.class_names, n=2)
                    raise PatternError(f"there is no word class {part}" + (f": did you mean @{' or @'.join(near)}?" if near else ""))
                if part[0] == "%" and part[1:] not in TAGS:
                    raise PatternError(f"there is no part of speech {part} (there are {' '.join(TAGS)})")
                if part[0] == "#" and not found:
                    near = get_close_matches(part[1:], self.symbols.mention, n=2)
                    raise PatternError(f"there is no type {part}" + (f": did you mean #{' or #'.join(near)}?" if near else ""))
            allowed &= ~found if negated else found
        if not allowed:
            tags = [f"{word} is %{self.symbols.usual[word]}" for word in sorted(literals(text)) if word in self.symbols.usual]
            raise PatternError(f"no token can be {text}" + (f": {', '.join(tags)}" if tags else ""))
        return allowed


def _mending(rest: str) -> str:
    """What to write in place of what a pattern cannot go on with."""
    if found := _BEFORE_SIGN.match(rest):
        return f": {found[1]} is a full-width sign, write {_PLAIN[found[1]]}"
    if rest.startswith("'"):
        return ": a quotation mark is opened and not closed, write 'word'"
    return ": a word stands in quotation marks, 'word'" if rest[:1].isalpha() else ""


def _look_behind(regex: str, negative: bool) -> str:
    """Python wants one length in a look-behind: one look-behind for each branch."""
    branches = _branches(regex)
    if negative:
        return "".join(f"(?<!{branch})" for branch in branches)
    return "(?:" + "|".join(branch if branch == r"\A" else f"(?<={branch})" for branch in branches) + ")"


def _branches(regex: str) -> list[str]:
    """The alternatives of a regular expression, those of groups that stand alone included."""
    bars = [at for at, char in _outermost(regex) if char == "|"]
    branches = [regex[start:end] for start, end in zip([0, *(bar + 1 for bar in bars)], [*bars, len(regex)], strict=True)]
    flat: list[str] = []
    for branch in branches:
        flat.extend(_branches(branch[3:-1]) if _is_one_group(branch) else [branch])
    return flat


def _is_one_group(regex: str) -> bool:
    """Whether a regular expression is one group and nothing else: (?:a|b), but not (?:a|b)(?:c|d)."""
    first_end = next((at for at, char in _outermost(regex) if char == ")"), None)
    return regex.startswith("(?:") and first_end == len(regex) - 1


def _outermost(regex: str) -> Iterator[tuple[int, str]]:
    """Place and character of what stands in no group and no class; of a group itself its end, of a class nothing."""
    level, in_class = 0, False
    for at, char in enumerate(regex):
        if in_class:
            in_class = char != "]"
            continue
        in_class = char == "["
        level += (char == "(") - (char == ")")
        if level == 0 and not in_class:
            yield at, char
