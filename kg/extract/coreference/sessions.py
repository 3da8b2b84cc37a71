"""Sessions by one name each, however texts count them: 二十届三中全会, 第二十届中央委员会第三次全体会议, and 三中全会 behind 二十届二中、."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from kg.expressions import compiled
from kg.extract.names.mentions import SESSION
from kg.extract.names.rows import Draft
from kg.ontology import Ontology
from kg.yaml_files import items_of

_DIGITS = "一二三四五六七八九"
_NUMBER = f"(?P<{{}}>[{_DIGITS}十百零]+)"
_COUNTED = re.compile(r"(?<=第)\d{1,3}(?=[届次])")


class Sessions:
    """Names by `sessions` of `lexicon/identity.yaml`."""

    def __init__(self, ontology: Ontology, joins: Iterable[str]) -> None:
        self._between = {"", *joins}  # two of them
        tables = [dict(items_of(file.data.get("sessions"))) for file in ontology.yaml("lexicon")]
        self._forms = [(compiled(row["written"].replace("N", _NUMBER.format("n")).replace("M", _NUMBER.format("m"))), str(row["key"])) for table in tables for row in table.get("forms") or ()]
        self._part = compiled("|".join(table["part"] for table in tables if "part" in table))

    def name(self, drafts: Sequence[Draft], folded: str) -> None:
        """Give each session of these its one name."""
        before: Draft | None = None
        lead = ""  # what `before` says ahead of its number
        for draft in sorted((draft for draft in drafts if draft.type == "Event"), key=lambda draft: draft.start):
            written = folded[draft.start : draft.end]
            part = self._part.search(written)
            if part and part.start():
                lead = written[: part.start()]
            elif part and before is not None and folded[before.end : draft.start] in self._between and lead:
                draft.key, draft.reference = lead + written, SESSION
            else:
                lead = ""
            draft.key = self._key(draft.key)
            before = draft

    def _key(self, key: str) -> str:
        if "届" not in key and "第" not in key:
            return key
        counted = _COUNTED.sub(lambda number: chinese_number(int(number[0])), key)
        for form, template in self._forms:
            if found := form.fullmatch(counted):
                return template.format(**found.groupdict())
        return counted


@cache
def chinese_number(number: int) -> str:
    """A number below a thousand as it is counted in names.

    >>> chinese_number(28), chinese_number(10), chinese_number(110), chinese_number(105)
    ('二十八', '十', '一百一十', '一百零五')
    """
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if hundreds:
        middle = f"{_DIGITS[tens - 1]}十" if tens else "零" if ones else ""
        return f"{_DIGITS[hundreds - 1]}百{middle}{_DIGITS[ones - 1] if ones else ''}"
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens - 1]}十") + (_DIGITS[ones - 1] if ones else "")
