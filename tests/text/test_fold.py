from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.fold import fold


@given(st.text())
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("錢塘區「十四五」規劃", "钱塘区“十四五”规划"),
        ("增長１２.５％,下降", "增长12.5%，下降"),
        ("1,142.15億元", "1,142.15亿元"),
        ('"三保"和"雙減"', "“三保”和“双减”"),
        ("8:30(周一)", "8:30（周一）"),
        ("“", "“"),
        ("交通建設\u3000全縣建成公路，3公里。", "交通建设：全县建成公路，3公里。"), ("　（一）財政收支  2024年，增長5%。", " （一）财政收支 ：2024年，增长5%。"), ("二、交通建设 全县建成公路，3公里。", "二、交通建设：全县建成公路，3公里。"),
        # an article, a day, a name and an office, a row of heads, a line that ends no sentence, a blank before figures and one without a number
        ("第一条　为了规范管理，制定本办法。", "第一条 为了规范管理，制定本办法。"), ("2024年3月5日　国务院发布通知，要求落实。", "2024年3月5日 国务院发布通知，要求落实。"), ("甲市人民政府市长　某某", "甲市人民政府市长 某某"),
        ("项目名称　建设单位　进展情况，单位。", "项目名称 建设单位 进展情况，单位。"), ("甲市人民政府　关于修路的通知", "甲市人民政府 关于修路的通知"), ("一、建成公路 120公里，桥3座。", "一、建成公路 120公里，桥3座。"), ("交通建设 全县建成公路，3公里。", "交通建设 全县建成公路，3公里。"),
        ("● 甲大橋\n　■乙路\n中国·丙城", "  甲大桥\n  乙路\n中国·丙城"),
        ("周至至乾县、乾縣、晒乾", "周至至乾县、乾县、晒干"),
        ("著力推進、圍繞著重點，成效顯著；著名學者著有《區志》", "着力推进、围绕着重点，成效显著；著名学者著有《区志》"),
    ],
)
def test_one_form_for_each_mark(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(alphabet="錢塘區规划「」,.;１２％著名乾县 "))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
