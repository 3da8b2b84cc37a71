"""Names of one thing in more and in fewer words: 京雄高速 for 京雄高速公路, 《意见》 for 《关于…的意见》, 龙门大桥 for 广西龙门大桥."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from kg.expressions import compiled, either
from kg.extract.coreference.editions import in_order
from kg.extract.knowledge.word_lists import listed_pairs, listed_words
from kg.extract.names.mentions import SHORT_FORM, SHORT_TITLE
from kg.extract.names.rows import Draft
from kg.ontology import Ontology
from kg.text.fold import fold

_PLACED = ("Project", "Body", "Event")  # things whose name may stand with and without the place they are in
_OWN_NAME = 4  # characters that such a name must have of its own
_LEADING = 12  # characters from a place to the zone that it builds
_SHORT_TITLE = 5  # characters: 《意见》, 《实施方案》
_YEARS = re.compile(r"（(?:19|20)\d\d[^（）]{0,12}）$")
_IN_BRACKETS = re.compile(r"(?:（[^（）]*）)+$")
_RETOLD = 400  # characters between a headline and the story that writes the name of a paper out
_RETOLD_NAME = 8  # characters that the shorter name has at least
_LEFT_OUT = 12  # characters that it may leave out
_SHORT_CEREMONY = 6  # characters of the name of a ceremony that a longer one may be meant by


class ShortNames:
    """Gives mentions of one thing the key of its full name, by `shortened:` of `lexicon/identity.yaml`."""

    def __init__(self, ontology: Ontology) -> None:
        def words(key: str) -> tuple[str, ...]:
            return listed_words(ontology, "shortened", key)

        self._tails = words("tails")
        self._kind_rules = frozenset(words("kind_rules"))
        self._only_one = frozenset(words("only_one"))
        self._zones = [(short, tuple(fold(str(word)) for word in full)) for short, full in listed_pairs(ontology, "shortened", "zones")]
        self._title_rules = words("title_rules")
        self._other_paper = words("other_paper")
        self._counted = compiled(rf"(\d+|[一二三四五六七八九十]+)(?:{either(words('counted_by'))})[^，]{{0,12}}(?:{either(words('measures'))})(?:的通知)?$")
        self._ceremonies = words("ceremonies")
        self._whole_country = words("whole_country")

    def without_place(self, drafts: Sequence[Draft]) -> None:
        """Let a name with its place in front be the one without it: 广西龙门大桥 … 龙门大桥."""
        keys = {(d.type, d.key) for d in drafts if d.type in _PLACED and not d.code}
        for draft in drafts:
            first = draft.inner[0] if draft.inner else None
            if draft.type not in _PLACED or first is None or first.type != "Area" or first.start != draft.start:
                continue
            own = draft.key[first.end - first.start :].lstrip("的")
            if len(own) >= _OWN_NAME and (draft.type, own) in keys:
                draft.mean(own, SHORT_FORM)

    def without_tail(self, drafts: Sequence[Draft]) -> None:
        """Let a name that leaves off its last word be the longer one: 京雄高速 for 京雄高速公路."""
        names: dict[tuple[str, str], Draft] = {}
        for draft in drafts:
            if not draft.code:
                names.setdefault((draft.type, draft.key), draft)
        longer: dict[tuple[str, str], Draft] = {}  # by type and name without its last word
        tailed = [(type_, key, named) for (type_, key), named in names.items() if key.endswith(self._tails)]
        for tail in reversed(self._tails) if tailed else ():  # the first of them wins
            longer.update({(type_, key[: -len(tail)]): named for type_, key, named in tailed if key.endswith(tail)})
        for draft in drafts:
            if draft.code or len(draft.key) < 3 or draft.rule in self._kind_rules:
                continue
            if (whole := longer.get((draft.type, draft.key))) is not None:
                draft.mean(whole.key, SHORT_FORM)  # by the name that it has now

    def of_kinds(self, drafts: Sequence[Draft], folded: str, *, report: bool) -> None:
        """Let a zone called by its kind alone be the one whose name the document gives: for 自贸港 海南自贸港.

        In the news one that stands for all zones of the country is no mention by itself.
        """
        zones = [d for d in drafts if d.rule in self._kind_rules]
        if not zones:
            return
        areas = [d for d in drafts if d.type == "Area"]
        named = {(d.key, folded[d.start : d.end]): d for d in areas if d.rule not in self._kind_rules}
        ends = {d.end for d in areas if d.code}
        for zone in zones:
            # As its key has it or as the text writes it: 海南自贸港 has the key 海南自由贸易港.
            counted = folded[zone.end : zone.end + 1].isdigit()  # 设立自由贸易试验区22个
            fuller = {} if counted else {key: d for (key, written), d in named.items() if key != zone.key and (key.endswith(zone.key) or written.endswith(zone.key))}
            if len(fuller) == 1:
                (whole,) = fuller.values()
                zone.key, zone.code, zone.reference = whole.key, whole.code, SHORT_FORM
            elif not report and zone.key not in self._only_one and not _built_there(zone, ends, folded):
                zone.nested = True

    def of_zones(self, drafts: Sequence[Draft]) -> None:
        """Let a zone whose kind is said in fewer words be the one that the text names in full: 柳州高新区, 柳州高新技术产业开发区."""
        areas = {d.key: d for d in reversed(drafts) if d.type == "Area"}
        same: dict[str, Draft] = {}
        for key, draft in areas.items():
            for short, full in self._zones:
                stem = key.removesuffix(short)
                if stem and stem != key and (named := next((areas[stem + kind] for kind in full if stem + kind in areas), None)) and not (draft.code and named.code):
                    # The one that a table knows gives the name.
                    other, whole = (named, draft) if draft.code else (draft, named)
                    same[other.key] = whole
        for draft in drafts if same else ():
            if draft.type == "Area" and (meant := same.get(draft.key)) is not None:
                draft.mean(meant.key, SHORT_FORM)
                draft.code = meant.code

    def of_titles(self, drafts: Sequence[Draft]) -> None:
        """Let 《意见》 be the document 《关于…的意见》 named before it, else the one named after it."""
        titles = [d for d in drafts if d.type == "Policy" and d.rule.startswith(self._title_rules) and not d.reference]
        full = [d for d in titles if len(d.key) > _SHORT_TITLE]
        for draft in titles:
            if len(draft.key) > _SHORT_TITLE:
                continue
            fitting = [d for d in full if _IN_BRACKETS.sub("", d.key).endswith(draft.key)]
            if not any(word in draft.key for word in self._other_paper):  # 原《某暂行办法》同时废止。《办法》…
                fitting = [d for d in fitting if not any(word in d.key for word in self._other_paper)] or fitting
            before = [d for d in fitting if d.start < draft.start]
            if referent := (before[-1] if before else next(iter(fitting), None)):
                draft.key, draft.reference = referent.key, SHORT_TITLE
        self._without_years(drafts, full)

    @staticmethod
    def _without_years(drafts: Sequence[Draft], titles: Sequence[Draft]) -> None:
        """Let 某市行动方案, named without marks, be 《某市行动方案（2024—2026年）》 where the text has one such title."""
        named: dict[str, set[str]] = {}
        for title in titles:
            if (bare := _YEARS.sub("", title.key)) != title.key:
                named.setdefault(bare, set()).add(title.key)
        for draft in drafts if named else ():
            if draft.type == "Policy" and len(keys := named.get(draft.key, ())) == 1:
                draft.mean(next(iter(keys)), SHORT_TITLE)

    def of_headlines(self, drafts: Sequence[Draft], folded: str) -> None:
        """Let a paper that a headline calls in fewer words, or in another order, be the one that the story names, and a measure the country's."""
        papers = sorted((d for d in drafts if d.type == "Policy" and d.rule.startswith("policy-") and not d.nested), key=lambda d: d.start)
        for place, draft in enumerate(papers):
            count = self._counted.search(draft.key)
            titled = draft.rule in self._title_rules and len(draft.key) >= _RETOLD_NAME
            headline = folded.startswith("\n", draft.end)  # what stands last in its line
            if not count and not titled and not headline:
                continue
            for other in papers[place + 1 :]:
                if other.start - draft.end > _RETOLD:
                    break
                longer = _IN_BRACKETS.sub("", other.key)
                counted = count and (same := self._counted.search(longer)) and same[1] == count[1]
                if counted or headline and self._of_the_country(longer, draft.key) or titled and other.key != draft.key and self._says_in_full(longer, draft.key):
                    draft.mean(other.key, SHORT_TITLE)
                    break

    def _of_the_country(self, longer: str, short: str) -> bool:
        """Whether a name says of a shorter one that it is the country's: 2023年全国节能行动, 2023年节能行动."""
        return any(longer.replace(word, "", 1) == short for word in self._whole_country if word in longer)

    def _says_in_full(self, longer: str, short: str) -> bool:
        """Whether a title has the end and all characters of a shorter one, whatever their order, and few more."""
        if any((word in longer) != (word in short) for word in self._other_paper):
            return False
        return 0 <= len(longer) - len(short) <= _LEFT_OUT and longer[-2:] == short[-2:] and not Counter(short) - Counter(longer)

    def of_ceremonies(self, drafts: Sequence[Draft]) -> None:
        """Let a ceremony called in a few characters of its name be the one that the text names in full: 晋衔仪式, 晋升上将军衔仪式."""
        held = [d for d in drafts if d.type == "Event" and d.key.endswith(self._ceremonies)]
        names = dict.fromkeys(d.key for d in held)
        having: dict[str, list[str]] = {}  # by each character of a name before its last word
        for name in names:
            for character in dict.fromkeys(name[:-2]):
                having.setdefault(character, []).append(name)
        meant: dict[str, str] = {}
        for short in names:
            if 2 < len(short) <= _SHORT_CEREMONY:
                rarest = min((having[character] for character in short[:-2]), key=len)
                fitting = [name for name in rarest if len(name) > len(short) and name[-2:] == short[-2:] and in_order(short, name)]
                if len(fitting) == 1:
                    meant[short] = fitting[0]
        for draft in held:
            if draft.key in meant:
                draft.mean(meant[draft.key], SHORT_FORM)


def _built_there(zone: Draft, ends: AbstractSet[int], folded: str) -> bool:
    """Whether a place that is named just before, and has one of `ends`, speaks of its own zone: 江西全域建设自贸试验区."""
    begin = folded.rfind("，", max(0, zone.start - _LEADING), zone.start) + 1 or zone.start - _LEADING
    return not ends.isdisjoint(range(begin, zone.start))
