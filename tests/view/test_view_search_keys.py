from __future__ import annotations

import pytest

from kg.view.search_keys import pinyin_keys, script_map, search_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("錢塘區", "钱塘区"),
        ("钱塘区", "钱塘区"),
        ("臺灣 省", "台湾省"),
        ("ＣＢＤ", "cbd"),
        ("8號線", "8号线"),
        ("", ""),
    ],
)
def test_one_key_for_both_scripts_widths_and_cases(written: str, key: str) -> None:
    assert search_key(written) == key


def test_the_map_for_the_page_folds_as_the_key_does() -> None:
    texts = ["钱塘区", "杭州地铁"]
    mapped = script_map(texts)
    assert {"錢", "區", "鐵"} <= set(mapped) and "灣" not in mapped
    assert list(mapped) == sorted(mapped)
    assert "".join(mapped.get(c, c) for c in "錢塘區杭州地鐵") == search_key("錢塘區杭州地鐵")


@pytest.mark.parametrize(
    ("name", "initials", "whole"),
    [("錢塘區", "qtq", "qiantangqu"), ("重庆市", "cqs", "chongqingshi"), ("地铁8号线", "dt8hx", "ditie8haoxian"), ("绿道", "ld", "lvdao"),
     ("长三角", "csj", "changsanjiao"), ("（试行）", "sx", "shixing")],
)  # fmt: skip
def test_pinyin_of_a_name_is_among_its_variants(name: str, initials: str, whole: str) -> None:
    found = pinyin_keys(name)
    assert initials in found[0].split() and whole in found[1].split()


def test_signs_alone_have_no_pinyin() -> None:
    assert pinyin_keys("“—”") == ("", "")
