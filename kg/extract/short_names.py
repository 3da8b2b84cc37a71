"""Names of one thing in more and in fewer words: 京雄高速 for 京雄高速公路, 《意见》 for 《关于…的意见》, 龙门大桥 for 广西龙门大桥.

Each function gives those of `drafts` that are one thing the key of one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from kg.extract.assemble import key_of
from kg.extract.editions import in_order
from kg.extract.mentions import SHORT_FORM, SHORT_TITLE
from kg.extract.rows import Draft

_PLACED = ("Project", "Body", "Event")  # things whose name may stand with and without the place they are in
_OWN_NAME = 4  # characters that such a name must have of its own
# What a name may leave off when it is repeated: 京雄高速公路 … 京雄高速.
_TAILS = ("主体工程", "工程", "项目", "公路", "有限公司", "股份有限公司", "建设", "集团", "铁路", "市", "区", "县")
_KIND = "area-free-trade"  # the rule that finds a zone called by its kind alone
_ONLY_ONE = ("自贸港", "自由贸易港")  # kinds of which the country has one zone
_LEADING = 12  # characters from a place to the zone that it builds
_TITLE_RULES = ("policy-title", "policy-signed", "policy-document-bare", "policy-paper-published")  # whose names may be shortened to 《意见》
_SHORT_TITLE = 5  # characters: 《意见》, 《实施方案》
_IN_BRACKETS = re.compile(r"(?:（[^（）]*）)+$")
_RETOLD = 400  # characters between a headline and the story that writes the name of a paper out
_RETOLD_NAME = 8  # characters that the shorter name has at least
_PROVISIONAL = "暂行"  # what 《管理办法》 replaces is called 《管理暂行办法》: another paper
_LEFT_OUT = 12  # characters that it may leave out
_COUNTED = re.compile(r"(\d+|[一二三四五六七八九十]+)[条项个][^，]{0,12}(?:措施|举措|政策|意见|办法)(?:的通知)?$")  # 25条便民新措施: so many measures at once
_CEREMONIES = ("仪式", "典礼")
_SHORT_CEREMONY = 6  # characters of such a name that a longer one may be meant by


def placed_names(drafts: Sequence[Draft]) -> None:
    """Let a name with its place in front be the one without it: 广西龙门大桥 … 龙门大桥."""
    keys = {(d.type, d.key) for d in drafts if d.type in _PLACED and not d.code}
    for draft in drafts:
        first = draft.inner[0] if draft.inner else None
        if draft.type not in _PLACED or first is None or first.type != "Area" or first.start != draft.start:
            continue
        own = draft.key[first.end - first.start :].lstrip("的")
        if len(own) >= _OWN_NAME and (draft.type, own) in keys:
            draft.key, draft.reference = own, draft.reference or SHORT_FORM


def short_forms(drafts: Sequence[Draft], folded: str, *, report: bool) -> None:
    """A name that leaves off its last word is the longer one: 京雄高速 for 京雄高速公路."""
    names: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        draft.key = draft.key or key_of(folded[draft.start : draft.end])
        if not draft.code:
            names.setdefault((draft.type, draft.key), draft)
    longer: dict[tuple[str, str], Draft] = {}  # by type and name without its last word
    for tail in reversed(_TAILS):  # the first of them wins
        longer.update({(type, key[: -len(tail)]): named for (type, key), named in names.items() if key.endswith(tail)})
    ports = {d.key for d in drafts if d.type == "Area" and d.rule != _KIND}
    ends = {d.end for d in drafts if d.type == "Area" and d.code}
    for draft in drafts:
        if draft.rule == _KIND:
            # 自贸港 is the one whose name the document gives: 海南自贸港.
            fuller = sorted(key for key in ports if key.endswith(draft.key) and key != draft.key)
            if len(fuller) == 1:
                draft.key, draft.reference = fuller[0], SHORT_FORM
                draft.code = next((d.code for d in drafts if d.key == fuller[0] and d.type == "Area"), "")
            elif not report and draft.key not in _ONLY_ONE and not _built_there(draft, ends, folded):
                draft.nested = True  # in the news all zones of the country
            continue
        if draft.code or len(draft.key) < 3:
            continue
        if (whole := longer.get((draft.type, draft.key))) is not None:
            draft.key = whole.key
            draft.reference = draft.reference or SHORT_FORM


def _built_there(zone: Draft, ends: AbstractSet[int], folded: str) -> bool:
    """Whether a place that is named just before, and has one of `ends`, speaks of its own zone: 江西全域建设自贸试验区."""
    begin = folded.rfind("，", max(0, zone.start - _LEADING), zone.start) + 1 or zone.start - _LEADING
    return not ends.isdisjoint(range(begin, zone.start))


def short_titles(drafts: Sequence[Draft], folded: str) -> None:
    """Let 《意见》 be the document 《关于…的意见》 named before it, else the one named after it."""
    titles = [d for d in drafts if d.type == "Policy" and d.rule.startswith(_TITLE_RULES) and not d.reference]
    full = [d for d in titles if len(d.key) > _SHORT_TITLE]
    for draft in titles:
        if len(draft.key) > _SHORT_TITLE:
            continue
        fitting = [d for d in full if _IN_BRACKETS.sub("", d.key).endswith(draft.key)]
        before = [d for d in fitting if d.start < draft.start]
        if referent := (before[-1] if before else next(iter(fitting), None)):
            draft.key, draft.reference = referent.key, SHORT_TITLE


def retold(drafts: Sequence[Draft]) -> None:
    """Let a paper that a headline calls in fewer words, or in another order, be the one that the story names."""
    papers = sorted((d for d in drafts if d.type == "Policy" and d.rule.startswith("policy-") and not d.nested), key=lambda d: d.start)
    for place, draft in enumerate(papers):
        count = _COUNTED.search(draft.key)
        if not count and (draft.rule not in _TITLE_RULES or len(draft.key) < _RETOLD_NAME):
            continue
        for other in papers[place + 1 :]:
            if other.start - draft.end > _RETOLD:
                break
            longer = _IN_BRACKETS.sub("", other.key)
            if count and (same := _COUNTED.search(longer)) and same[1] == count[1]:
                draft.key, draft.reference = other.key, draft.reference or SHORT_TITLE
                break
            if draft.rule not in _TITLE_RULES or len(draft.key) < _RETOLD_NAME or (_PROVISIONAL in longer) != (_PROVISIONAL in draft.key):
                continue
            left_out = len(longer) - len(draft.key)
            if 0 <= left_out <= _LEFT_OUT and other.key != draft.key and longer[-2:] == draft.key[-2:] and not Counter(draft.key) - Counter(longer):
                draft.key, draft.reference = other.key, draft.reference or SHORT_TITLE
                break


def short_ceremonies(drafts: Sequence[Draft]) -> None:
    """Let a ceremony called in a few characters of its name be the one that the text names in full: 晋衔仪式, 晋升上将军衔仪式."""
    held = [d for d in drafts if d.type == "Event" and d.key.endswith(_CEREMONIES)]
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
            draft.key, draft.reference = meant[draft.key], draft.reference or SHORT_FORM
