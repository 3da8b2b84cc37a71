"""A session has one name, however a text counts it."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.names.assemble import key_of
from kg.extract.review.examples import example_document


def keys(text: str) -> list[str]:
    return [entity.key for entity in Extractor().extract(example_document(text)).entities if entity.type == "Event"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("学习党的二十届三中全会精神。", ["中国共产党第二十届中央委员会第三次全体会议"]),
        ("学习第二十届中央委员会第三次全体会议精神。", ["中国共产党第二十届中央委员会第三次全体会议"]),
        ("學習二十屆二中、三中全會精神。", [f"中国共产党第二十届中央委员会第{n}次全体会议" for n in "二三"]),
        ("学习党的十八届三中、四中、五中全会精神。", [f"中国共产党第十八届中央委员会第{n}次全体会议" for n in "三四五"]),
        ("二十届中央纪委四次全会今天召开。", ["中国共产党第二十届中央纪律检查委员会第四次全体会议"]),
        ("按照省委十二届六次、七次全会部署推进工作。", ["省委十二届六次全会", "省委十二届七次全会"]),
        ("十三届全国人大常委会第三十九次会议闭幕。", ["第十三届全国人民代表大会常务委员会第三十九次会议"]),
        ("联合国人权理事会第52届会议开幕。", ["联合国人权理事会第五十二届会议"]),
    ],
)
def test_a_session_has_one_name(text: str, named: list[str]) -> None:
    assert keys(text) == named


def test_a_list_of_sessions_is_one_of_those_named_before_it_only() -> None:
    assert "中国共产党第二十届中央委员会第三次全体会议" not in keys("学习二十届二中全会精神。浙江召开三中全会。")


@pytest.mark.parametrize(
    ("one", "other"), [("中国—中亚论坛", "中国-中亚论坛"), ("关于设立植树日的决定（草案）", "关于设立植树日的决定草案"), ("“赣通码”", "赣通码")]
)
def test_marks_dashes_and_brackets_make_no_other_name(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)
