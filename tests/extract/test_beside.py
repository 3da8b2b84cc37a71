"""Places that no table has, right behind one that a table has."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.model import Document


def places(extractor: Extractor, text: str) -> list[str]:
    document = Document(
        id="x", stem="x", path="x", text=text, format="txt", sha256="", title=text, date="2024-01-01", date_basis="option"
    )
    return [entity.name for entity in extractor.extract(document).entities if entity.type == "Area"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("在浙江桐庐双石岭村，茶农开始采茶。", ["浙江", "桐庐", "双石岭村"]),
        ("在浙江桐廬的雙石嶺村，茶農開始採茶。", ["浙江", "桐廬", "雙石嶺村"]),
        ("在江西万载的金鹭湖边，游客很多。", ["江西", "万载", "金鹭湖"]),
        ("火灾发生在美国俄亥俄州格林莫特市。", ["美国", "俄亥俄州", "格林莫特市"]),
        ("列车在俄亥俄州莫里斯维尔脱轨，莫里斯维尔的居民撤离。", ["俄亥俄州", "莫里斯维尔"]),
        ("美国俄亥俄州首府莫里斯维尔是旅游城市。", ["美国", "俄亥俄州", "莫里斯维尔"]),
        ("在浙江桐庐的国家级传统村落双石岭村，游客很多。", ["浙江", "桐庐", "双石岭村"]),
        ("货物运到得州哈里斯县。", ["得州", "哈里斯县"]),
        ("日本石川县松谷市发生火灾。", ["日本", "石川县", "松谷市"]),
        ("干部来到勐腊县勐腊镇补岭村，看望农户。", ["勐腊县", "勐腊镇", "补岭村"]),  # the segmenter reads 镇补
        ("俄亥俄州降雪，该州格林莫特市停电。", ["俄亥俄州", "格林莫特市"]),
        ("列车停靠汉堡、格林莫特等地。", ["汉堡", "格林莫特"]),
        ("在郑州市区和太湖边，游客很多。", ["郑州", "太湖"]),  # known names, of which a part is told
    ],
)
def test_found(extractor: Extractor, text: str, wanted: list[str]) -> None:
    assert places(extractor, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("在浙江桐庐美丽乡村，茶农开始采茶。", ["浙江", "桐庐"]),
        ("浙江桐庐每个社区都有食堂。", ["浙江", "桐庐"]),
        ("美国俄亥俄州州长表示反对。", ["美国", "俄亥俄州"]),
        ("美国东北城镇降雪。", ["美国"]),
        ("该州格林莫特市停电。", []),
    ],
)
def test_no_place(extractor: Extractor, text: str, wanted: list[str]) -> None:
    assert places(extractor, text) == wanted


def test_towns_abroad_only_where_their_country_is_named(extractor: Extractor) -> None:
    assert "什里夫波特" in places(extractor, "美国多地降雪。什里夫波特的学校停课。")
    assert places(extractor, "什里夫波特的学校停课。") == []
    assert places(extractor, "美国驻当地大使什里夫波特表示反对。") == ["美国"]
