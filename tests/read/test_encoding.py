from __future__ import annotations

import pytest

from kg.errors import KgError
from kg.read.encoding import clean, decode, detect, wide_encoding

SIMPLIFIED = "7月14日，钱塘区委召开全体会议，部署共同富裕示范区建设。\n全区地区生产总值增长11%，工业投资位居全市第二。"
TRADITIONAL = "7月14日，錢塘區委召開全體會議，部署共同富裕示範區建設。\n全區地區生產總值增長11%，工業投資位居全市第二。"


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL], ids=["simplified", "traditional"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_every_encoding_gives_back_the_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), file="f") == text


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "cp950"])
def test_big5(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding), file="f") == TRADITIONAL


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("全市规划", "gb18030", "gb18030"),
        ("錢塘區建設", "big5", "big5"),
        ("臺北市政府公告", "big5", "big5"),
        ("关于印发方案的通知", "gb18030", "gb18030"),
        ("關於印發方案的通知", "gb18030", "gb18030"),
        ("關於印發方案的通知", "big5", "big5"),
    ],
)
def test_short_texts(text: str, encoding: str, found: str) -> None:
    assert detect(text.encode(encoding), file="f") == found


def test_characters_of_gb18030_beyond_two_bytes() -> None:
    text = SIMPLIFIED + "㐂𠮷"
    assert decode(text.encode("gb18030"), file="f") == text


def test_a_utf8_file_with_one_bad_byte_names_its_offset() -> None:
    data = SIMPLIFIED.encode() + b"\xff" + "结束".encode()
    with pytest.raises(
        KgError, match=rf"f: cannot be decoded: not valid UTF-8 at byte {len(SIMPLIFIED.encode())}, .*--encoding"
    ):
        decode(data, file="f")


def test_other_encodings_are_refused_and_can_be_named() -> None:
    japanese = "すべての人間は、生まれながらにして自由であり".encode("shift_jis")
    with pytest.raises(KgError, match="cannot be decoded"):
        decode(japanese, file="f")
    assert decode(japanese, file="f", encoding="shift_jis").startswith("すべて")


def test_a_named_encoding_is_final() -> None:
    with pytest.raises(KgError, match=r"cannot be decoded as big5 at byte 0 \(leave --encoding out"):
        decode(b"\xff\xff\xff", file="f", encoding="big5")


def test_cleaning_keeps_every_offset_but_that_of_crlf() -> None:
    assert clean("一\r\n二\r三\u2028四\x00五\ud800六\ufffe") == "一\n二\n三\n四 五 六 "


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["一期工程3月5日开工。\n", "最大的一批项目统一开工，一律公开。", "Only English, 2021.\n"])
def test_utf16_without_a_mark_whose_characters_hold_nuls(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), file="f") == text


@pytest.mark.parametrize("unit", [1, 2, 4])
def test_numbers_of_several_bytes_are_no_utf16(unit: int) -> None:
    assert wide_encoding(b"".join(n.to_bytes(unit, "little") for n in range(1, 200)) * 2) == ""


def test_what_nobody_sees_goes_and_lookalikes_become_what_is_meant() -> None:
    assert clean("越\u200b城\ufeff区\u00ad。") == "越城区。"
    assert clean("⼈⺠政府⻓江⾦⻔，\uf9f4，ﬁnance") == "人民政府长江金门，林，finance"
    assert clean("\r\u200b\n甲") == "\n甲"


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"])
@pytest.mark.parametrize("between", [b"", b"\xfa"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_mark_that_lies_is_told(mark: bytes, between: bytes, encoding: str) -> None:
    with pytest.raises(KgError, match=r"begins with the byte order mark of UTF-(16|32), but what follows is something else \(take its first [24] bytes away"):
        detect(mark + between + SIMPLIFIED.encode(encoding), file="f")


@pytest.mark.parametrize("text", ["", "GDP 2023\n", "彧", "㐂𠮷", "name,value\n衢州,1\n", "Ünïcödé", SIMPLIFIED])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_mark_that_is_right_is_believed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), file="f") == text
