"""Entity rules over rows, phase by phase: what an earlier phase found is one token for the later ones.

The idea of cascaded phases is that of JAPE (Cunningham 1999) and Odin (Valenzuela-Escárcega 2015).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.extract.knowledge.rules import EntityRule, Refused
from kg.extract.knowledge.sieve import Sieve, places, sieve
from kg.extract.knowledge.symbols import Runs, Symbols, runs
from kg.extract.names.assemble import key_of
from kg.extract.names.counted import PAUSE, REACH, CountedWords, counted_parts
from kg.extract.names.names import NameTable
from kg.extract.names.rows import Draft, Row, Watch
from kg.remembered import Tables

_SHORT_PLACES = 6  # characters of two places that a work in the second is called by: 汕尾陆河
_PASSES = 6  # how often a phase may run again over what it made


class _Match(NamedTuple):
    rule: EntityRule
    order: int
    first: int
    last: int
    surfaces: tuple[tuple[int, int], ...]  # in characters
    head: str  # what the name shares with others of its list, and ends with in full


class Phases:
    """Entity rules, phase by phase."""

    def __init__(
        self, rules: Sequence[EntityRule], symbols: Symbols, refused: Mapping[str, Refused], words: CountedWords, names: NameTable, tables: Tables
    ) -> None:
        """`names`: what the lexicon lists, for rules that find such a name where the list alone does not; `tables`: of the ontology."""
        self._symbols = symbols
        self._refused = refused
        self._words = words
        self._table = names
        self._known = names.of_one_body()
        self._marked = symbols.having("#Quote", "#Title")
        self._whole = symbols.having("@line_name")  # names that are one word
        self._headed = symbols.having("@any_head", "@line_head", "@bare_line")
        self._rules = sorted(rules, key=lambda rule: rule.phase)
        self._sieve = Sieve(tables.get("phases", lambda: sieve([_needs(rule, symbols) for rule in self._rules], len(symbols.in_order))), symbols.in_order)
        # Of each phase: the bits of its rules in what the sieve leaves, and whether it runs again over what it made.
        self._phases: list[tuple[int, bool]] = []
        for phase in sorted({rule.phase for rule in rules}):
            members = [place for place, rule in enumerate(self._rules) if rule.phase == phase]
            self._phases.append((sum(1 << place for place in members), any(self._rules[place].again for place in members)))
        # What is counted stands in the text: by its characters, since it may be part of a longer word (三项工作机制).
        self._counting = [
            (1 << place, re.compile("|".join(map(re.escape, rule.counts)))) for place, rule in enumerate(self._rules) if rule.counts
        ]
        self._counted = sum(bit for bit, _ in self._counting)
        self._of_reports = sum(1 << place for place, rule in enumerate(self._rules) if rule.report)

    def run(self, row: Row, found: list[Draft], watch: Watch | None = None, *, report: bool = True) -> None:
        """Mark the mentions of one sentence: tokens of `row` are joined and the drafts appended to `found`."""
        possible = self._possible(row)
        for members, again in self._phases:
            if watch:
                self._tell(members, row, watch, report=report)
            if not report:
                members &= ~self._of_reports
            if not possible & members:
                continue
            for _ in range(_PASSES):
                matches: list[_Match] = []
                for order in places(possible & members):
                    if match := self._rules[order].pattern.search(row.symbols):
                        matches.extend(self._matches(order, row, match, watch, report))
                if not matches or not self._accept(matches, row, found, watch):
                    break
                possible = self._possible(row)  # the names just found are tokens now
                if not again:
                    break

    def _possible(self, row: Row) -> int:
        """The rules that may find something in a sentence, as bits."""
        possible = self._sieve.possible(row.symbols)
        if possible & self._counted:
            span = max(0, row.sentence.start - REACH), row.sentence.end + REACH
            for bit, counts in self._counting:
                if possible & bit and not counts.search(row.text, *span):
                    possible ^= bit
        return possible

    def _tell(self, members: int, row: Row, watch: Watch, *, report: bool) -> None:
        """Tell of all rules of a phase before it runs, also of those that are sorted out."""
        for order in places(members):
            rule = self._rules[order]
            if rule.report and not report:
                if match := rule.pattern.search(row.symbols):
                    watch(rule.id, row, *match.span("name"), "holds only in reports")
            else:
                watch.tries(rule.id, rule.pattern, row)

    def _matches(self, order: int, row: Row, match: re.Match[str] | None, watch: Watch | None, report: bool) -> list[_Match]:
        """What the rule at a place in the order finds, whose pattern first matches as `match`."""
        found, rule = [], self._rules[order]
        while match:
            this, (first, last) = match, match.span("name")
            match = rule.pattern.regex.search(row.symbols, max(this.start() + 1, last if rule.coordinate else 0))
            if first == last:
                continue
            surfaces = tuple(
                (row.starts[this.start(part)], row.ends[this.end(part) - 1])
                for part in rule.surfaces
                if this.start(part) < this.end(part)
            )
            head = self._head(row, this) if rule.headed else ""
            for part_first, part_last in self._parts(rule, row, first, last, report):
                if why := self._against(rule, row, part_first, part_last):
                    if watch:
                        watch(rule.id, row, part_first, part_last, why)
                    continue
                of_part = "" if row.symbols[part_last - 1] in self._headed else head
                found.append(_Match(rule, order, part_first, part_last, surfaces if part_first == first and part_last == last else (), of_part))
        return found

    def _head(self, row: Row, match: re.Match[str]) -> str:
        """What the names of a list share behind them: the part `head` of the pattern, of a known name in it its end (宜宾、达州机场)."""
        first, last = match.span("head")
        if first == last:
            return ""
        text = row.text[row.starts[first] : row.ends[last - 1]]
        if last - first == 1 and (row.drafts[first] is not None or row.symbols[first] in self._whole):
            return max((end for end in self._table.sharing if text.endswith(end)), key=len, default="")
        return text

    def _parts(self, rule: EntityRule, row: Row, first: int, last: int, report: bool) -> list[tuple[int, int]]:
        """The names in a coordination (A、B和C); the whole, if not each part ends as a name of its own must."""
        if not rule.coordinate:
            return [(first, last)]
        if rule.counted:
            parts = counted_parts(self._words, rule, row, first, last)
            return [self._bare(rule, row, *part) for part in parts]
        cuts = self._cuts(rule, row, first, last)
        parts, start = [], first
        for cut in cuts:
            if cut == start:
                start = cut + 1  # two separators in a row, or one at the front
            elif row.symbols[cut - 1] in rule.part_ends or self._route(row, start, cut):
                parts.append((start, cut))
                start = cut + 1
        if start < last:
            parts.append((start, last))
        named = self._names(rule, row, [each for part in parts for each in _quotations(row, *part)])
        if report or not rule.part_news:
            return named
        specific = [part for part in named if not rule.part_news.isdisjoint(row.symbols[part[0] : part[1]])]
        # Where most members say which they are, the list is of things, not of kinds, and the others have names too.
        return named if len(specific) * 2 > len(named) else specific

    def _cuts(self, rule: EntityRule, row: Row, first: int, last: int) -> list[int]:
        """The tokens at which a list may be cut: 及 before another 、 stands inside a member (生态保护及城乡供水一体化、…)."""
        cuts = [at for at in range(first, last - 1) if row.symbols[at] in rule.coordinate]
        last_pause = max((at for at in cuts if row.text[row.starts[at]] in PAUSE), default=first)
        return [at for at in cuts if at >= last_pause or row.text[row.starts[at]] not in self._words.joins_inside]

    def _names(self, rule: EntityRule, row: Row, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The parts of a coordination that are names by what the rule says of them (`part_has` and its like)."""
        # A bare head is no name; a quotation is one.
        if not rule.part_alone:
            parts = [
                part
                for part in parts
                if len(parts) == 1 or part[1] - part[0] > 1 or row.drafts[part[0]] is not None
                or row.symbols[part[0]] in rule.part_share and row.symbols[part[0]] in rule.part_has
            ]
        if rule.part_not:
            parts = [part for part in parts if row.symbols[part[1] - 1] not in rule.part_not]
        if not rule.part_has:
            return parts
        named = [part for part in parts if not rule.part_has.isdisjoint(row.symbols[part[0] : part[1]])]
        shared = rule.part_share if len(named) * 2 >= len(parts) else frozenset()
        parts = [part for part in parts if part in named or not shared.isdisjoint(row.symbols[part[0] : part[1]])]
        if rule.part_alone:
            return parts
        named = [part for part in parts if not self._only_holders(rule, row, part)]
        if len(named) * 2 <= len(parts):
            return named
        return [part for part in parts if part in named or self._place_in_place(row, *part)]

    def _route(self, row: Row, first: int, last: int) -> bool:
        """Whether tokens first:last say from where to where (洋县至西乡): such a name may end in a place."""
        end = row.drafts[last - 1]
        return end is not None and end.type == "Area" and not self._words.up_to.isdisjoint(row.text[row.starts[first] : end.start])

    @staticmethod
    def _bare(rule: EntityRule, row: Row, first: int, last: int) -> tuple[int, int]:
        """A name of a list without the verb and noun around it: 开展早期筛查工作 is 早期筛查."""
        if last - first > 2 and row.symbols[first] in rule.part_drop:
            first += 1
            last -= row.symbols[last - 1] in rule.part_drop
        return first, last

    @staticmethod
    def _only_holders(rule: EntityRule, row: Row, part: tuple[int, int]) -> bool:
        """Whether a name in a list is made of places and bodies alone: 济南、青岛 (等枢纽) are no projects."""
        return all(
            (draft := row.drafts[at]) is not None and draft.type in ("Area", "Body") or row.symbols[at] in rule.coordinate
            for at in range(*part)
        )

    @staticmethod
    def _place_in_place(row: Row, first: int, last: int) -> bool:
        """Whether a name is a place behind a larger one: among others with names of their own, 汕尾|陆河 (等抽水蓄能项目) is a work, too."""
        ends = row.drafts[first], row.drafts[last - 1]
        if row.ends[last - 1] - row.starts[first] > _SHORT_PLACES:
            return False
        return last - first == 2 and all(draft is not None and draft.type == "Area" for draft in ends) and row.ends[first] == row.starts[first + 1]

    def _against(self, rule: EntityRule, row: Row, first: int, last: int) -> str:
        """Why tokens first:last are no name, although a rule takes them for one; "" if they may be."""
        refused = self._refused.get(rule.type)
        if refused is not None and (row.symbols[first] in refused.begins or not refused.holds.isdisjoint(row.symbols[first:last])):
            return "no name of its type begins with or holds such a word"
        only = row.drafts[first] if last - first == 1 else None
        if only is not None and only.type == rule.type:
            return f"is found already, by {only.rule}"
        if last - first == 2 and row.drafts[first] is not None and row.drafts[first + 1] is not None and row.ends[first] < row.starts[first + 1]:
            return "would swallow two names with a blank between"  # 农业农村部 国家林草局, in a headline
        if "all" in rule.over:
            return ""
        may = ("Quote", "Title") if only is not None else ("Quote", "Title", "Area")
        swallowed = {draft.type: None for draft in row.drafts[first:last] if draft is not None and draft.type not in rule.over and draft.type not in may}
        return f"would swallow {', '.join(swallowed)}, which its `over` does not say" if swallowed else ""

    def _accept(self, matches: list[_Match], row: Row, found: list[Draft], watch: Watch | None) -> bool:
        """Best first (score, length, place), none overlapping another; joined from the right so that places stay true.

        True if any rule fired.
        """
        matches.sort(key=lambda m: (-m.rule.score, m.first - m.last, m.first, m.order))
        taken = [False] * len(row.symbols)
        accepted: list[_Match] = []
        for match in matches:
            if any(taken[match.first : match.last]):
                if watch:
                    watch(match.rule.id, row, match.first, match.last, "lost to another rule")
                continue
            taken[match.first : match.last] = [True] * (match.last - match.first)
            accepted.append(match)
        accepted.sort(key=lambda m: m.first)
        for match in reversed(accepted):
            if watch:
                watch(match.rule.id, row, match.first, match.last, "fired")
            found.append(self._join(match, row))
        return bool(accepted)

    def _join(self, match: _Match, row: Row) -> Draft:
        start, end = row.starts[match.first], row.ends[match.last - 1]
        if match.last - match.first == 1 and (only := row.drafts[match.first]) is not None and row.symbols[match.first] not in self._marked:
            start, end = only.start, only.end  # a name already freed of its marks
        surfaces = [span for span in match.surfaces if span != (start, end)]
        for at in range(match.first, match.last):
            if row.symbols[at] in self._marked:
                inner = (row.starts[at] + 1, row.ends[at] - 1)
                if match.last - match.first == 1:
                    start, end = inner  # the marks are no part of a name
                elif self._symbols.names_alone(row.text[inner[0] : inner[1]]):
                    surfaces.append(inner)
        # A mention of this type that is a surface of the name is the same thing: 中东 and 中东地区.
        same = next((d for d in row.drafts[match.first : match.last] if d is not None and d.type == match.rule.type and (d.start, d.end) in surfaces), None)
        key = self._full_key(match, row.text[start:end]) if match.head else self._known.get((match.rule.type, row.text[start:end]), "")
        draft = Draft(
            start, end, match.rule.type, row.sentence.index, match.rule.id, surfaces=tuple(surfaces), score=0 if match.head else match.rule.score,
            key=same.key if same is not None else key, code=same.code if same is not None else "",
        )  # fmt: skip
        row.replace(match.first, match.last, draft, self._symbols.mention[match.rule.type])
        return draft

    def _full_key(self, match: _Match, written: str) -> str:
        """The key of a name with the head that it shares: 溪洛渡 of 溪洛渡、向家坝水电站 is the listed 溪洛渡水电站."""
        full = written + match.head
        kind, key = self._table.listed.get(full, ("", ""))
        return key_of(key if kind == match.rule.type else full)


def _needs(rule: EntityRule, symbols: Symbols) -> tuple[Runs, ...]:
    """What a sentence must hold for the rule to find anything. A counted list has two members or more, and so a mark between them."""
    return (runs(symbols.bits_of(rule.coordinate)), *rule.pattern.needs) if rule.counted else rule.pattern.needs


def _quotations(row: Row, first: int, last: int) -> list[tuple[int, int]]:
    """A part of a list cut between quotations that stand side by side: “雪如意”“冰玉环” are two; the part itself if it holds anything else."""
    if last - first > 1 and all(row.text[row.starts[at]] == "“" and row.text[row.ends[at] - 1] == "”" for at in range(first, last)):
        return [(at, at + 1) for at in range(first, last)]
    return [(first, last)]
