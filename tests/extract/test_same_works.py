"""Which names of built things in one document are one thing, and which are two."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.coreference.same_routes import SameRoutes
from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document
from kg.ontology import Ontology


def _works(extractor: Extractor, text: str) -> list[set[str]]:
    """The ways in which each built thing of a text is named."""
    facts = extractor.extract(example_document(text))
    return [set(entity.surfaces) for entity in facts.entities if entity.type == "Project"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("推进长江、大运河国家文化公园建设。", {"长江国家文化公园", "大运河国家文化公园"}),
        ("北沿江、滬渝蓉、通蘇嘉甬高鐵加快建設。", {"北沿江高铁", "沪渝蓉高铁", "通苏嘉甬铁路"}),
        ("建成青岭、石门两座水库。", {"青岭水库", "石门水库"}),
        ("白水河、黑水河综合治理工程完工。", {"白水河综合治理工程", "黑水河综合治理工程"}),
        ("溪洛渡、向家坝水电站全部投产。", {"溪洛渡水电站", "向家坝水电站"}),  # both are listed
        ("开工青岭高铁、石门等3条高速。", {"青岭高铁", "石门高速"}),  # the first has a head of its own
    ],
)
def test_names_of_a_list_are_known_with_the_head_that_they_share(extractor: Extractor, text: str, keys: set[str]) -> None:
    facts = extractor.extract(example_document(text))
    assert {entity.key for entity in facts.entities if entity.type == "Project"} == keys


def test_a_name_of_a_list_is_the_same_thing_in_full_and_is_called_so(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("加快黄桶至百色、盘州至兴义等铁路建设。盘州至兴义铁路建成通车。"))
    assert [entity.name for entity in facts.entities if "盘州至兴义" in entity.surfaces] == ["盘州至兴义铁路"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("神舟四十号载人飞船发射成功。神舟四十号与空间站对接。", {"神舟四十号载人飞船", "神舟四十号"}),
        ("四川泸州云溪长江大桥今天合龙。四川省泸州市云溪长江大桥全长两公里。", {"四川泸州云溪长江大桥", "四川省泸州市云溪长江大桥"}),
        ("广东阳信高速今天通车。广东阳春至信宜高速公路全长一百公里。", {"广东阳信高速", "广东阳春至信宜高速公路"}),
        ("贵南高铁广西段铺轨。贵阳至南宁高铁广西段预计明年建成。", {"贵南高铁广西段", "贵阳至南宁高铁广西段"}),
        ("云溪灌区今天开工。广西云溪灌区工程总投资十亿元。", {"云溪灌区", "广西云溪灌区工程"}),
        ("西安地铁15号线一期工程通车。中铁一局参建15号线一期工程。", {"西安地铁15号线一期工程", "15号线一期工程"}),
        ("美国洛杉矶国际机场关闭。洛杉矶机场航班取消。", {"美国洛杉矶国际机场", "洛杉矶机场"}),
        ("龙南高铁云溪特大桥合龙。云溪特大桥是世界最长的大桥。", {"云溪特大桥"}),
        ("我国首座双层悬索大桥通车\n今天，云溪长江大桥正式通车，这是我国首座双层悬索大桥。", {"云溪长江大桥", "双层悬索大桥"}),
        ("云溪长江大桥正式通车，这是我国首座双层悬索大桥。\n我国首座双层悬索大桥通车\n", {"云溪长江大桥", "双层悬索大桥"}),
        ("国内首台硬岩竖井掘进机下线\n国内首台硬岩超深竖井掘进机“云溪号”今天下线。", {"云溪号", "硬岩竖井掘进机"}),
    ],
)
def test_a_shorter_and_a_longer_name_are_one(extractor: Extractor, text: str, names: set[str]) -> None:
    assert any(names <= found for found in _works(extractor, text))


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("神舟四十号载人飞船发射成功。神舟四十一号载人飞船进行测试。", "神舟四十号载人飞船", "神舟四十一号载人飞船"),
        ("贵南高铁今天通车。贵阳至南宁高速公路今天通车。", "贵南高铁", "贵阳至南宁高速公路"),
        ("贵南高铁广西段铺轨。贵阳至南宁高铁贵州段通车。", "贵南高铁广西段", "贵阳至南宁高铁贵州段"),
        ("贵阳国际机场启用。南宁机场启用。", "贵阳国际机场", "南宁机场"),
        ("我国首座双层悬索大桥通车\n云溪长江大桥也正式通车。", "云溪长江大桥", "双层悬索大桥"),
    ],
)
def test_what_differs_in_its_place_number_or_kind_is_two(extractor: Extractor, text: str, one: str, other: str) -> None:
    works = _works(extractor, text)
    assert any(one in names for names in works)
    assert not any({one, other} <= names for names in works)


@pytest.mark.parametrize(
    ("written", "message"),
    [("lines: {rail: 高铁}", "`routes.lines.rail` must be a list"), ("to: 直至", "routes: .* one character each"), ("stretch: 路段", "routes: .* one character each")],
)
def test_routes_of_a_wrong_shape_are_refused_with_their_place(tmp_path: Path, written: str, message: str) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "own.yaml").write_text(f"routes:\n  {written}\n", encoding="utf-8")
    with pytest.raises(KgError, match=rf"own\.yaml:\d: {message}"):
        SameRoutes(Ontology.load(tmp_path))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("合肥轨道交通8号线二期通车。", "合肥地铁8号线二期"),
        ("合肥地铁8号线二期工程通车。", "合肥地铁8号线二期"),
        ("合肥市推进轨道交通建设。加快8号线二期、10号线三期建设。", "合肥地铁8号线二期"),
        ("合肥市推进技术改造。加快8号线二期建设。", "8号线二期"),
    ],
)
def test_the_lines_of_a_city_are_one_thing_in_all_documents(extractor: Extractor, text: str, key: str) -> None:
    """A number alone is a line of the city that the text is about, if it speaks of its rail transit."""
    facts = extractor.extract(example_document(text))
    assert key in [entity.key for entity in facts.entities if entity.type == "Project"]
    assert all(not entity.scope for entity in facts.entities if entity.key.startswith("合肥地铁"))
