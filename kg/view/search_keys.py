"""What a name is found by: one script, and the letters by which it is typed."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from kg.errors import KgError

_LONGEST_PHRASE = 4
_VARIANTS = 4  # of a name's pinyin; more would be noise in the suggestions
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
    """Pinyin initials and full pinyin without tones: 錢塘區 gives ("qtq", "qiantangqu").

    A character that is read in two ways with different initials gives further variants, separated by spaces: no table
    knows that 长三角 is "csj".
    """
    readings = list(_readings(search_key(name)))
    variants = [[first for first, _ in readings]]
    for place, (_, second) in enumerate(readings):
        if second and len(variants) < _VARIANTS:
            variants.append([*variants[0][:place], second, *variants[0][place + 1 :]])
    initials = ("".join(syllable[0] for syllable in variant) for variant in variants)
    return " ".join(dict.fromkeys(initials)), " ".join(dict.fromkeys("".join(variant) for variant in variants))


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """For each character its reading and, if there is one with another initial, a second; toneless.

    Letters and digits stand for themselves, other signs fall away. A phrase of pypinyin's table decides which reading
    comes first (重庆, not zhong); the table is asked directly, since `lazy_pinyin` cuts the text into words before,
    which took 0.2 ms a name.
    """
    phrases, _ = _pinyin_tables()
    place = 0
    while place < len(text):
        for length in range(min(_LONGEST_PHRASE, len(text) - place), 1, -1):
            phrase = phrases.get(text[place : place + length])
            if phrase:
                for character, readings in zip(text[place:], phrase, strict=False):
                    yield from _alone(character, _toneless(readings[0]))
                place += length
                break
        else:
            yield from _alone(text[place])
            place += 1


@lru_cache(maxsize=1)
def _pinyin_tables() -> tuple[dict[str, list[list[str]]], dict[str, str]]:
    """pypinyin's tables: phrase → readings of each character; code point → readings.

    Read as files: importing the package also trains its word segmenter, which takes longer than all names.
    """
    spec = find_spec("pypinyin")
    if spec is None or not spec.origin:
        raise KgError("pypinyin is not installed", hint="install the package again")
    read = (
        json.loads((Path(spec.origin).parent / name).read_bytes()) for name in ("phrases_dict.json", "pinyin_dict.json")
    )
    phrases, characters = read
    return phrases, characters


@lru_cache(maxsize=65536)
def _alone(character: str, first: str = "") -> tuple[tuple[str, str], ...]:
    """The pair of readings of one character, beginning with `first` if that is known; () for a sign."""
    _, characters = _pinyin_tables()
    table = [_toneless(reading) for reading in characters.get(str(ord(character)), "").split(",")[:2]]
    known = [reading for reading in (first, *table) if reading]
    if known:
        return ((known[0], next((other for other in known if other[0] != known[0][0]), "")),)
    return ((character, ""),) if character.isalnum() else ()


@lru_cache(maxsize=4096)
def _toneless(syllable: str) -> str:
    """qián gives qian; lǜ gives lv, as it is typed."""
    letters = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())
