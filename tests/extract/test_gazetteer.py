"""The gazetteer: which places a name can mean, and which of them a context picks."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.knowledge.phrases import read_phrases
from kg.extract.names.gazetteer import Gazetteer, PlaceWords
from kg.ontology import Ontology, shipped_folder
from kg.text.fold import fold

BEIJING, HANGZHOU, QIANTANG, ZHEJIANG, QINGHAI = "110000", "330100", "330114", "330000", "630000"


def load(*folders: Path) -> Gazetteer:
    return Gazetteer.load(folders, read_phrases(Ontology.load().yaml("rules")).words_of(PlaceWords, "places"))


@lru_cache(maxsize=1)
def shipped() -> Gazetteer:
    return load(shipped_folder())


def code(surface: str, *context: str) -> str | None:
    place = shipped().resolve(fold(surface), context)
    return place.code if place else None


@pytest.mark.parametrize(
    ("surface", "context", "wanted"),
    [
        ("东部新区", ["510100"], "zone-chengdudongbuxinqu"),  # Chengdu's, where it is named
        ("东部新区", ["331081"], "331081400"),  # Wenling's street of that name
        ("杭州市", [], HANGZHOU),
        ("杭州", [], HANGZHOU),
        ("錢塘區", [], QIANTANG),
        ("余庆", [], "520329"),
        ("内蒙古", [], "150000"),
        ("恩施", [], "422800"),
        ("凉山州", [], "513400"),
        ("长沙", [], "430100"),  # the city, not 长沙县
        ("东莞", [], "441900"),
        ("西安", ["231000"], "610100"),  # not 西安区 of 牡丹江市, whatever the context
        ("甘南", ["230200"], "230225"),
        ("吉林", ["220000"], "220000"),  # the province in a text of the province
        ("海南", [QINGHAI], "460000"),  # never 海南州 by its short form
        ("海南州", [], "632500"),
        ("朝阳区", [BEIJING], "110105"),
        ("朝阳区", ["220100"], "220104"),
        ("朝阳区", ["110108"], "110105"),  # 海淀区 named beside it: the same city's
        ("朝阳区", [], None),
        ("朝阳", [], None),
        ("朝阳", ["210200"], "211300"),  # in a list of Liaoning's cities
        ("鼓楼区", ["320100"], "320106"),
        ("鼓楼区", ["350000"], "350102"),
        ("西湖区", [ZHEJIANG], "330106"),
        ("西湖区", ["360100"], "360103"),
        ("前进街道", [QIANTANG], "330114007"),
        ("前进街道", [HANGZHOU], "330114007"),
        ("前进街道", [ZHEJIANG], None),
        ("臺中市", [], "taiwan-taizhong"),
        ("台中", [], "taiwan-taizhong"),
        ("大安区", ["taiwan-taibei"], "taiwan-taibei-05"),
        ("大安区", [], "510304"),  # 自贡's, where nothing speaks for Taiwan
        ("前进街道", [], None),
        ("城关镇", [], None),
        ("崇贤街道", [], "330113007"),
        ("長三角", [], "region-changjiangsanjiaozhou"),
        ("钱塘新区", [], "zone-qiantangxinqu"),
        ("江干区", [], "330104"),
        ("南海", [], "water-nanhai"),
        ("南海", ["CHN", "440000", "440100"], "water-nanhai"),  # the sea, where the country, a province or another city is named
        ("南海", ["440600"], "440605"),
        ("太湖", ["region-changjiangsanjiaozhou", "320000"], "water-taihu"),
        ("東盟", [], "world-dongmeng"),
        ("美国", [], "USA"),
        ("香港", [], "810000"),
        ("乾县", [], "610424"),
        ("我国", [], None),
        ("不存在的地方", [], None),
    ],
)
def test_resolve(surface: str, context: list[str], wanted: str | None) -> None:
    assert code(surface, *context) == wanted


def test_a_province_right_before_says_that_no_sea_or_lake_is_meant() -> None:
    for surface, province, wanted in [("南海", "440000", "440605"), ("东海", "320000", "320722"), ("南海", "CHN", "water-nanhai")]:
        place = shipped().resolve(surface, (), province)
        assert place is not None and place.code == wanted


def test_the_first_context_is_the_most_telling() -> None:
    assert code("鼓楼区", "320100", "350100") == "320106"
    assert code("鼓楼区", "350100", "320100") == "350102"


def test_parents_go_up_to_the_country() -> None:
    names = [place.name for place in shipped().parents("330114007")]
    assert names == ["钱塘区", "杭州市", "浙江省", "中国"]
    assert [place.name for place in shipped().parents("429004")] == ["湖北省", "中国"]  # 仙桃市: no city above it
    assert [place.name for place in shipped().parents("110105")] == ["北京市", "中国"]
    assert shipped().parents("nowhere") == ()


def test_contains() -> None:
    assert shipped().contains(HANGZHOU, QIANTANG)
    assert shipped().contains(QIANTANG, QIANTANG)
    assert not shipped().contains(QIANTANG, HANGZHOU)
    assert shipped().contains("region-changjiangsanjiaozhou", "330114007")
    assert not shipped().contains("region-changjiangsanjiaozhou", BEIJING)
    assert not shipped().contains("nowhere", BEIJING)


def test_former_districts_know_their_successors() -> None:
    place = shipped().get("330104")
    assert place is not None
    assert (place.name, place.until, place.successors) == ("江干区", "2021-04-09", ("330102",))
    zone = shipped().get("zone-qiantangxinqu")
    assert zone is not None and zone.successors == (QIANTANG,)


def test_a_former_county_is_meant_by_its_full_name_and_beside_it() -> None:
    shipped_, county, town = shipped(), "421023", "421088"
    assert [place.code for place in (shipped_.resolve("监利县"), shipped_.resolve("监利市"), shipped_.resolve("监利")) if place] == [county, town, town]
    near = shipped_.resolve("监利", [county])
    assert near is not None and near.code == county
    assert shipped_.counts("九江县", "推动", "域经济") is False
    assert [place.name for place in shipped_.parents("310230")] == ["上海市", "中国"]


@pytest.mark.parametrize(
    ("surface", "before", "after", "context", "wanted"),
    [
        ("东部新区", "推进", "建设", [], False),  # many cities have one
        ("松岭", "", "镇2024年工作报告", [], False),  # a town of that name, and not the district
        ("松岭", "", "乡镇", [], True),
        ("浙江", "", "乡村", [], True),
        ("东部新区", "推进", "建设", ["510100"], True),
        ("江东新区", "原", "管委会", ["330100"], False),  # not the one of Haikou
        ("杭州", "", "的", [], True),
        ("大理", "采购", "石材", [], False),
        ("东北", "近日", "部分地区降温", [], True),
        ("东北", "该国", "部多地降温", [], False),
        ("东北", "江城县", "约8公里处", [], False),
        ("东北", "中国", "的黑土地", [], True),
        ("大理", "来到", "古城", [], True),
        ("安康", "祝大家", "。", [], False),
        ("安康", "陕西", "。", [], True),
        ("安康", "", "。", ["610900"], True),
        ("安康", "", "。", ["610000"], False),  # a province named somewhere does not make 安康 a city
        ("白银", "。", "成为试点城市。", ["620000"], True),  # but where a clause begins with it, it is what is spoken of
        ("天门", "，", "、潜江等地", ["429005"], True),
        ("天门", "，", "、米酒和潜江", ["429005"], False),
        ("公安", "荆州、", "", ["421000"], False),
        ("安化", "益阳、", "", ["430900"], False),  # never by its short form
        ("龙泉", "丽水、", "", ["331100"], True),  # listed with a place of its province
        ("龙泉", "成都、", "", ["510100"], False),
        ("龙泉", "、", "", ["331100"], False),
        ("前进街道", "", "", [], False),
        ("前进街道", "", "", [HANGZHOU], True),
        ("前进街道", "钱塘区", "", [], True),
        ("崇贤街道", "", "", [], True),
        ("合作", "", "", [], False),
        ("合作市", "", "", [], True),
        ("上海", "", "合作组织", [], False),
        ("南宁", "", "舰", [], False),
        ("城区", "", "", ["110000"], False),
        ("下沙", "", "", [QIANTANG], True),
        ("下沙", "", "", [], False),
        ("天山", "来到", "深处", [], True),
        ("天山", "今", "西部有雨", [], False),
        ("太湖", "改善", "水质", [], True),
        ("太湖", "", "实验室", [], False),
        ("南海", "维护", "和平稳定", [], True),
        ("南海", "天", "北", [], False),
        ("东海", "以", "空域", [], False),  # 台岛以东海空域
        ("台北", "在", "，", [], True),
        ("台北", "平", "部", [], False),
        ("华山", "登上", "。", [], True),
        ("华山", "九", "。", [], False),
        ("郑州市", "在", "区，", [], False),  # its 市区
        ("郑州市", "", "区县", [], True),
        ("开封", "大会今天在", "开幕", [], True),  # its frame says that it is a place
        ("开封", "大会今天", "开幕", [], False),
        ("榕江", "来自", "的代表", [], True),
        ("民乐", "欣赏中国", "，", ["CHN"], False),  # music
        ("民乐", "甘肃", "，", ["CHN"], True),
        ("泰安", "体验店、", "道5号", [], False),
        ("密云", "临月里、", "一支路", [], False),
        ("东湖", "来自", "的代表", [], False),  # most often a lake
    ],
)
def test_counts(surface: str, before: str, after: str, context: list[str], wanted: bool) -> None:
    assert shipped().counts(surface, before, after, context) is wanted


def test_every_surface_is_written_as_folded_text_can_show_it() -> None:
    wrong = [
        surface
        for surface, places in shipped().names().items()
        if fold(surface) != surface and not any(fold(surface) in (p.name, *p.forms) for p in places)
    ]
    assert wrong == []


def test_every_division_is_there() -> None:
    levels = [
        line.split("\t")[2]
        for line in (shipped_folder() / "gazetteer" / "divisions.tsv").read_text("utf-8").splitlines()
    ]
    assert (levels.count("province"), levels.count("city"), levels.count("county"), levels.count("street")) == (
        31,
        333,
        2975,  # the source has 2,978: 东莞, 中山 and 儋州 stand there as cities and again as counties
        41352,
    )


def test_every_code_named_in_a_table_exists() -> None:
    gazetteer = shipped()
    lines = (shipped_folder() / "gazetteer" / "supplement.tsv").read_text("utf-8").splitlines()[1:]
    places = [gazetteer.get(line.split("\t")[0]) for line in lines]
    named = [(p.name, c) for p in places if p for c in (p.parent, *p.members, *p.successors) if c]
    assert len(named) > 300
    assert [pair for pair in named if gazetteer.get(pair[1]) is None] == []


HEADER = "code\tname\tlevel\tforms\n"


def ontology(folder: Path, table: str, notes: str = "") -> Path:
    (folder / "gazetteer").mkdir()
    (folder / "lexicon").mkdir()
    (folder / "gazetteer" / "own.tsv").write_text(table, encoding="utf-8")
    if notes:
        (folder / "lexicon" / "areas.yaml").write_text(notes, encoding="utf-8")
    return folder


def test_own_tables_add_and_replace(tmp_path: Path) -> None:
    own = ontology(tmp_path, HEADER + "330114\t钱塘区\tcounty\t钱塘新城\nx-1\t月亮湾\tzone\n")
    gazetteer = load(shipped_folder(), own)
    assert [p.code for p in gazetteer.names()["月亮湾"]] == ["x-1"]
    assert [p.code for p in gazetteer.names()["钱塘新城"]] == ["330114"]
    assert "钱塘" not in gazetteer.names()
    assert len(gazetteer) == len(shipped()) + 1


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        ("name\tcode\n", 1, "must begin with the columns"),
        (HEADER + "1\t月亮湾\tzone\n2\t太阳湾\tplanet\n", 3, "one of the levels"),
        (HEADER + "1\t湾\tzone\n", 2, "two characters"),
        (HEADER + "1\n", 2, "needs a code"),
        (HEADER + "1 月亮湾 zone\n", 2, "needs a code.*part the cells with tabs"),
    ],
)
def test_a_table_with_a_mistake_is_refused(tmp_path: Path, table: str, line: int, message: str) -> None:
    with pytest.raises(KgError, match=message) as caught:
        load(ontology(tmp_path, table))
    assert caught.value.line == line
    assert caught.value.file == tmp_path / "gazetteer" / "own.tsv"


def test_a_code_that_no_table_has_is_refused_but_in_what_stands_alone(tmp_path: Path) -> None:
    own = ontology(tmp_path, HEADER[:-1] + "\tparent\n1\t月亮湾\tzone\t\t330114\n2\t太阳湾\tzone\t\t999999\n")
    with pytest.raises(KgError, match="own.tsv:3: the parent of 太阳湾 is 999999, a code that no table has"):
        load(shipped_folder(), own)
    assert len(load(own)) == 2


@pytest.mark.parametrize(
    ("notes", "message"),
    [
        ("uses:\n  - {use: perhaps, surfaces: [月亮]}\n", "use: never or context"),
        ("prefer:\n  月亮湾: x\naliases:\n  110105: [朝外]\n", "quotation marks"),
        ("guards: [大理]\n", "must be a mapping"),
    ],
)
def test_notes_with_a_mistake_are_refused(tmp_path: Path, notes: str, message: str) -> None:
    with pytest.raises(KgError, match=message) as caught:
        load(ontology(tmp_path, HEADER, notes))
    assert caught.value.file == tmp_path / "lexicon" / "areas.yaml"
