"""What a name is found by: one script, and the letters by which it is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# The CJK blocks that OpenCC's tables speak of; asked as one string, character by character.
_IDEOGRAPHS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


@lru_cache(maxsize=1)
def _simplified_of() -> dict[int, str]:
    """Code point → simplified character, for every ideograph that has another simplified form."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    characters = [chr(code) for first, last in _IDEOGRAPHS for code in range(first, last)]
    # One character a line: phrases cannot form, so the page can fold by single characters and agree.
    folded = convert("\n".join(characters)).split("\n")
    return {ord(a): b for a, b in zip(characters, folded, strict=True) if a != b and len(b) == 1}


def search_key(text: str) -> str:
    """`text` as it is compared: width and case folded, simplified character by character, without spaces.

    >>> search_key("錢塘 ＣＢＤ")
    '钱塘cbd'
    """
    plain = unicodedata.normalize("NFKC", text).translate(_simplified_of()).casefold()
    return "".join(plain.split())


def script_map(texts: Iterable[str]) -> dict[str, str]:
    """The part of the Traditional → Simplified map that somebody searching these texts can need, sorted."""
    occurring = {character for text in texts for character in search_key(text)}
    return {chr(code): simple for code, simple in sorted(_simplified_of().items()) if simple in occurring}


def pinyin_keys(name: str) -> tuple[str, str]:
    """Pinyin initials and full pinyin without tones: 錢塘區 gives ("qtq", "qiantangqu")."""
    from pypinyin import lazy_pinyin

    syllables = [part.casefold() for part in lazy_pinyin(search_key(name)) if part.strip()]
    letters = ["".join(c for c in part if c.isalnum()) for part in syllables]
    return "".join(part[0] for part in letters if part), "".join(letters)
